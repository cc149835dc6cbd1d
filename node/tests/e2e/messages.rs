//! What neighbours say about things and bookings, and how it was put before.

use serde_json::{Value, json};

use crate::home::{Home, finish, text, until, until_level};

fn texts(list: &Value) -> Vec<(&str, &str)> {
    let part = |row: &'_ Value, name: &str| row[name].as_str().unwrap().len();
    let rows = list.as_array().unwrap();
    assert!(rows.iter().all(|row| part(row, "message") == 32 && part(row, "at") == 29), "{list}");
    rows.iter()
        .map(|row| (row["by_name"].as_str().unwrap(), row["text"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_booking_is_talked_about_by_its_two_sides_and_reworded_by_the_author() {
    let anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["item", "add", "Ladder"]);
    let mut ben = Home::guest("Ben", &anna);
    let mut cem = Home::guest("Cem", &anna);
    ben.start();
    cem.start();
    let booking = ben.ask("Ladder", "2040-06-04T10:00", "2040-06-05T10:00");
    let sent = ben.ok(&["message", "send", "I come at 9", "--booking", &booking]);
    assert_eq!((&sent["by_name"], &sent["edited"]), (&"Ben".into(), &false.into()));
    assert_eq!(
        (&sent["about"], &sent["about_kind"]),
        (&booking.as_str().into(), &"booking".into())
    );
    assert_eq!((&sent["title"], sent.get("versions")), (&"Ladder".into(), None));
    let id = text(&sent["message"]);

    let said = |home: &Home, count: usize| {
        until("the messages are here", || {
            let list = home.ok(&["message", "list", "--booking", "Ladder"]);
            if list.as_array().unwrap().len() == count { Ok(list) } else { Err(list) }
        })
    };
    said(&anna, 1);
    anna.ok(&["message", "send", "9 is fine", "--booking", &booking]);
    let expected = [("Ben", "I come at 9"), ("Anna", "9 is fine")];
    assert_eq!(texts(&said(&ben, 2)), expected);
    // Everybody may listen, but not join in.
    assert_eq!(texts(&said(&cem, 2)), expected);
    assert_eq!(cem.refused(&["message", "send", "me too", "--booking", &booking]), "not_allowed");

    assert_eq!(anna.refused(&["message", "edit", &id, "I come at 7"]), "not_allowed");
    let edited = ben.ok(&["message", "edit", &id[..8], "I come at 10"]);
    assert_eq!((&edited["text"], &edited["edited"]), (&"I come at 10".into(), &true.into()));
    assert_eq!(edited["message"], *id);
    until_level(&[&anna, &ben, &cem]);
    let list = anna.ok(&["message", "list", "--booking", &booking, "--history"]);
    // It keeps its place in the conversation.
    assert_eq!(texts(&list), [("Ben", "I come at 10"), ("Anna", "9 is fine")]);
    assert_eq!(list[0]["at"], sent["at"]);
    let versions: Vec<&Value> =
        list[0]["versions"].as_array().unwrap().iter().map(|version| &version["text"]).collect();
    assert_eq!(versions, ["I come at 9", "I come at 10"]);
    assert_eq!(list[1]["versions"].as_array().unwrap().len(), 1);
    let shown = finish(anna.command(&["message", "list", "--history"])).out;
    assert!(shown.contains("I come at 10") && shown.contains("before"), "{shown}");
}

#[test]
fn a_listing_is_talked_about_by_everybody() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["item", "add", "Ladder"]);
    anna.ok(&["item", "add", "Drill"]);
    let mut ben = Home::guest("Ben", &anna);
    // Said while nobody hears it, and brought along later.
    ben.ok(&["message", "send", "is it\n3 metres?\u{1b}[2J", "--listing", "ladder"]);
    assert_eq!(anna.ok(&["message", "list"]), json!([]));
    ben.start();
    until_level(&[&anna, &ben]);
    anna.ok(&["message", "send", "5 metres", "--listing", "Ladder"]);
    anna.ok(&["message", "send", "with bits", "--listing", "Drill"]);
    until_level(&[&anna, &ben]);

    let all = ben.ok(&["message", "list"]);
    assert_eq!(
        texts(&all),
        [("Ben", "is it\n3 metres?\u{1b}[2J"), ("Anna", "5 metres"), ("Anna", "with bits")]
    );
    assert_eq!(texts(&ben.ok(&["message", "list", "--listing", "Drill"])), [("Anna", "with bits")]);
    assert_eq!((&all[0]["about_kind"], &all[0]["title"]), (&"listing".into(), &"Ladder".into()));
    let shown = finish(anna.command(&["message", "list", "--listing", "Ladder"])).out;
    assert!(shown.contains("  is it\n  3 metres?"), "its lines stay lines: {shown}");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");

    for (args, code) in [
        (&["message", "send", " ", "--listing", "Ladder"][..], "limit"),
        (&["message", "send", "hello", "--listing", "Piano"], "not_found"),
        (&["message", "edit", "ffff", "hello"], "not_found"),
        (&["message", "list", "--booking", "ffff"], "not_found"),
    ] {
        assert_eq!(ben.refused(args), code, "{args:?}");
    }
    let long = "x".repeat(2 * 1024 + 1);
    assert_eq!(ben.refused(&["message", "send", &long, "--listing", "Ladder"]), "limit");
    for wrong in [
        &["message", "send", "about what?"][..],
        &["message", "send", "both", "--listing", "Ladder", "--booking", "Ladder"],
    ] {
        assert_eq!(ben.run(wrong).status.code(), Some(2), "{wrong:?}");
    }

    let before = ben.ok(&["message", "list", "--history"]);
    anna.stop();
    ben.stop();
    assert_eq!(ben.ok(&["message", "list", "--history"]), before, "it is kept");
    assert_eq!(anna.ok(&["message", "list", "--history"]), before);
}
