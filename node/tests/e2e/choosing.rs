//! Which one is meant: circles, names, ids, times; and what the command line offers besides.

use std::fs;

use crate::home::{Home, finish, text};

#[test]
fn in_two_circles_one_says_which() {
    let anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["item", "add", "Ladder"]);
    let choir = text(&anna.ok(&["circle", "create", "Choir", "--timezone", "UTC"])["circle"]);
    let (code, sentence) = anna.refusal(&["listing", "list"]);
    assert_eq!(code, "ambiguous");
    assert!(sentence.contains("Choir") && sentence.contains("Lindenstraat"), "{sentence}");

    let titles = |circle: &str| {
        let list = anna.ok(&["listing", "list", "--circle", circle]);
        list.as_array().unwrap().iter().map(|row| text(&row["title"])).collect::<Vec<_>>()
    };
    anna.ok(&["--circle", "choir", "item", "add", "Piano"]);
    assert_eq!(titles("Lindenstraat"), ["Ladder"]);
    assert_eq!(titles("CHOIR"), ["Piano"]);
    assert_eq!(titles(&choir), ["Piano"]);
    assert_eq!(titles(&choir[..4]), ["Piano"]);
    assert_eq!(anna.refused(&["listing", "list", "--circle", &choir[..3]]), "not_found");
    assert_eq!(anna.refused(&["listing", "list", "--circle", ""]), "not_found");

    // A link leads into its own circle only.
    let link = text(&anna.ok(&["invite", "--circle", "Choir"])["link"]);
    let ben = Home::of("Ben");
    assert_eq!(ben.ok(&["join", &link, "--no-lan"])["name"], "Choir");
    assert_eq!(ben.ok(&["circle", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(ben.ok(&["listing", "list"])[0]["title"], "Piano");
    assert_eq!(anna.ok(&["member", "list", "--circle", "Lindenstraat"])[0]["name"], "Anna");
    let joined = anna.ok(&["status"])["circles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|circle| (text(&circle["name"]), circle["peers"].as_array().unwrap().len()))
        .collect::<std::collections::BTreeMap<_, _>>();
    assert_eq!((joined["Choir"], joined["Lindenstraat"]), (1, 0));
}

#[test]
fn things_are_named_by_title_or_by_the_beginning_of_an_id() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let ladder = text(&anna.ok(&["item", "add", "Ladder"])["listing"]);
    let second = text(&anna.ok(&["item", "add", "Ladder"])["listing"]);
    anna.ok(&["help", "offer", "Walk the dog", "--hours", "1.5"]);
    assert_eq!(anna.ok(&["listing", "show", " walk THE dog "])["kind"], "help-offer");
    let (code, sentence) = anna.refusal(&["listing", "show", "Ladder"]);
    assert_eq!(code, "ambiguous");
    // The sentence gives what is needed to say it better.
    assert!(sentence.contains(&ladder[..8]) && sentence.contains(&second[..8]), "{sentence}");
    let unique = (4..=32).find(|length| ladder[..*length] != second[..*length]).unwrap();
    for length in [unique, 8.max(unique), 32] {
        assert_eq!(anna.ok(&["listing", "show", &ladder[..length]])["listing"], ladder.as_str());
    }
    assert_eq!(anna.refused(&["listing", "show", &ladder[..3]]), "not_found");
    let ben = Home::guest("Ben", &anna);
    let me = ben.ok(&["whoami"]);
    for name in ["Ben", "ben", &text(&me["member"]), &text(&me["member"])[..6]] {
        assert_eq!(ben.ok(&["member", "show", name])["member"], me["member"]);
    }
    // Who asks twice for the same has one request.
    let first = ben.ask(&ladder, "2040-06-04T10:00", "2040-06-04T12:00");
    assert_eq!(ben.ask(&ladder, "2040-06-04T10:00:00+02:00", "2040-06-04T10:00:00Z"), first);
    assert_eq!(ben.ok(&["booking", "show", "ladder"])["booking"], first.as_str());
    let next = ben.ask(&second, "2040-06-04", "2040-06-05");
    let (code, sentence) = ben.refusal(&["booking", "cancel", "Ladder"]);
    assert_eq!(code, "ambiguous");
    assert!(sentence.contains(&first[..8]) && sentence.contains(&next[..8]), "{sentence}");
    assert_eq!(ben.ok(&["booking", "cancel", &next])["state"], "cancelled");
}

#[test]
fn an_unanswered_request_expires_when_its_time_has_come() {
    let mut anna = Home::of("Anna");
    anna.set_clock("2026-12-01T09:00:00Z");
    anna.ok(&["circle", "create", "Lindenstraat", "--timezone", "Europe/Amsterdam"]);
    anna.ok(&["item", "add", "Ladder"]);
    anna.start();
    let mut ben = Home::of("Ben");
    ben.set_clock("2026-12-01T09:00:00Z");
    ben.ok(&["join", &anna.invite(), "--no-lan"]);
    let booking = ben.ask("Ladder", "2026-12-02T10:00", "2026-12-02T12:00");
    assert_eq!(ben.ok(&["sync", "--no-lan"])["unreachable"], serde_json::json!([]));
    let row = anna.until_booking(&booking, "asked");
    assert_eq!(row["assurance"], "delivered");
    assert_eq!(row["from"], "2026-12-02T10:00:00+01:00");
    for (now, state) in [
        ("2026-12-02T08:59:59Z", "asked"),
        ("2026-12-02T09:00:00Z", "expired"),
        ("2027-01-01T00:00:00Z", "expired"),
    ] {
        for home in [&mut anna, &mut ben] {
            home.set_clock(now);
            assert_eq!(home.booking(&booking)["state"], state, "at {now}");
        }
    }
    anna.set_clock("2026-12-02T09:00:00Z");
    let (code, sentence) = anna.refusal(&["booking", "confirm", &booking]);
    assert_eq!(code, "wrong_state");
    assert!(sentence.contains("expired"), "{sentence}");
    assert_eq!(anna.ok(&["booking", "list", "--waiting"]), serde_json::json!([]));
    // A clock change: on that day in March, 03:30 is one hour after 01:30.
    let night = ["calendar", "Ladder", "--from", "2027-03-28T01:30", "--to", "2027-03-28T03:30"];
    let row = anna.ok(&night)[0].clone();
    assert_eq!(row["from"], "2027-03-28T01:30:00+01:00");
    assert_eq!(row["to"], "2027-03-28T03:30:00+02:00");
}

#[test]
fn the_command_line_offers_scripts_pictures_and_figures() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    for shell in ["bash", "zsh", "fish"] {
        let done = finish(anna.command(&["completions", shell]));
        assert!(done.status.success(), "{done:?}");
        assert!(done.out.contains("booking") && done.out.contains("no-lan"), "{shell}");
    }
    let script = finish(anna.command(&["completions", "bash"])).out;
    let mut bash = std::process::Command::new("bash");
    bash.args(["-n", "-c", &script]);
    assert!(finish(bash).status.success(), "bash reads it");

    let file = anna.file("invite.png");
    let row = anna.ok(&["invite", "--qr", file.to_str().unwrap()]);
    let picture = image::open(&file).unwrap().to_luma8();
    assert!(picture.width() >= 400 && picture.width() == picture.height());
    let dark = picture.pixels().filter(|pixel| pixel.0[0] < 128).count();
    assert!(dark > 1000 && dark < picture.len() / 2 + 1000, "{dark} dark points");
    assert!(!text(&row["link"]).is_empty());
    let nowhere = anna.file("no/such/dir/invite.png");
    assert_eq!(anna.refused(&["invite", "--qr", nowhere.to_str().unwrap()]), "file");
    // For people, the code is in the terminal as well, with the link below.
    let shown = finish(anna.command(&["invite"])).out;
    assert!(shown.contains("noaber:join/") && shown.contains('█'), "{shown}");

    // The picture is wanted where the command is given, also when a running node draws it.
    fs::create_dir(anna.file("elsewhere")).unwrap();
    let mut command = anna.command(&["invite", "--qr", "here.png"]);
    command.current_dir(anna.file("elsewhere"));
    assert!(finish(command).status.success());
    assert!(anna.file("elsewhere/here.png").exists());
    anna.stop();
}
