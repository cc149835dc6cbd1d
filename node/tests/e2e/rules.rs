//! Rules of a listing: said, read, kept by the keeper, and searched by.

use serde_json::{Value, json};

use crate::home::{Home, text, until, until_level};

const NOW: &str = "2026-12-01T09:00:00Z";

fn codes(reasons: &Value) -> Vec<String> {
    reasons.as_array().unwrap().iter().map(|reason| text(&reason["code"])).collect()
}

fn titles(rows: &Value) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| text(&row["title"])).collect()
}

#[test]
fn rules_are_said_shown_and_taken_away() {
    let anna = Home::founder_at("Anna", NOW);
    let ben = Home::guest_at("Ben", &anna, NOW);
    anna.ok(&["item", "add", "Ladder"]);
    let bare = anna.ok(&["listing", "rule", "Ladder"]);
    assert_eq!((&bare["rules_in_words"], &bare["rules"]["lead"]), (&json!([]), &Value::Null));

    let set = anna.ok(&[
        "listing",
        "rule",
        "Ladder",
        "--lead",
        "48h",
        "--horizon",
        "60d",
        "--shortest",
        "1h",
        "--longest",
        "3d",
        "--gap",
        "30m",
        "--open",
        "mon-fri 9:00-17:00",
        "--open",
        "sat 10:00-12:00",
        "--closed",
        "12-25 Christmas",
        "--closed-days",
        "skip",
        "--quota",
        "3d/week",
        "--privileged",
        "ben",
        "--borrower",
        "Ben",
        "--instant",
        "true",
    ]);
    let rules = &set["rules"];
    assert_eq!((&rules["lead"], &rules["horizon"]), (&json!("48h"), &json!("60d")));
    assert_eq!((&rules["shortest"], &rules["longest"]), (&json!("1h"), &json!("3d")));
    assert_eq!(rules["open"], json!(["mon-fri 09:00-17:00", "sat 10:00-12:00"]));
    assert_eq!(rules["closed"], json!(["12-25 Christmas"]));
    assert_eq!((&rules["closed_days"], &rules["gap"]), (&json!("skip"), &json!("30m")));
    assert_eq!(rules["quotas"], json!(["3d/week from mon"]));
    assert_eq!(rules["borrower_names"], json!(["Ben"]));
    assert_eq!(rules["privileged_names"], json!(["Ben"]));
    assert_eq!((&set["instant"], &set["title"]), (&json!(true), &json!("Ladder")));
    let words: Vec<String> = set["rules_in_words"].as_array().unwrap().iter().map(text).collect();
    assert!(words.contains(&"Only Ben may use it.".to_owned()), "{words:?}");

    // What is not named stays; what is set already is no failure; everybody sees it.
    let same = anna.ok(&["listing", "rule", "Ladder", "--lead", "48h"]);
    assert_eq!(same["rules"], *rules);
    until_level(&[&anna, &ben]);
    assert_eq!(ben.ok(&["listing", "show", "Ladder"])["rules"], *rules);
    assert_eq!(ben.refused(&["listing", "rule", "Ladder", "--lead", "1h"]), "not_allowed");

    let cleared = anna.ok(&[
        "listing",
        "rule",
        "Ladder",
        "--lead",
        "none",
        "--open",
        "none",
        "--quota",
        "none",
        "--privileged",
        "none",
        "--everybody",
        "--closed-days",
        "none",
    ]);
    let rules = &cleared["rules"];
    assert_eq!((&rules["lead"], &rules["borrowers"]), (&Value::Null, &Value::Null));
    assert_eq!((&rules["open"], &rules["privileged"]), (&json!([]), &json!([])));
    assert_eq!((&rules["longest"], &rules["closed_days"]), (&json!("3d"), &json!("count")));
    for wrong in [
        ["--lead", "soon"],
        ["--open", "mon 17:00-9:00"],
        ["--quota", "lots"],
        ["--longest", "10m"],
        ["--closed-days", "maybe"],
    ] {
        let args = [&["listing", "rule", "Ladder"][..], &wrong].concat();
        assert_eq!(anna.refused(&args), "bad_value", "{wrong:?}");
    }
    assert_eq!(anna.refused(&["listing", "rule", "Ladder", "--borrower", "Zed"]), "not_found");
}

#[test]
fn a_dry_run_says_what_the_keeper_then_answers() {
    let anna = Home::founder_at("Anna", NOW);
    anna.ok(&["item", "add", "Ladder", "--instant"]);
    anna.ok(&[
        "listing",
        "rule",
        "Ladder",
        "--lead",
        "1d",
        "--horizon",
        "60d",
        "--longest",
        "2d",
        "--open",
        "mon-sat 09:00-18:00",
        "--closed",
        "12-25 Christmas",
        "--gap",
        "1h",
    ]);
    anna.ok(&["item", "add", "Drill"]);
    let ben = Home::guest_at("Ben", &anna, NOW);
    let cem = Home::guest_at("Cem", &anna, NOW);
    let taken = cem.ask("Ladder", "2026-12-10T10:00", "2026-12-10T14:00");
    ben.until_booking(&taken, "confirmed");

    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("Ladder", "2026-12-08T10:00", "2026-12-08T12:00", &[]),
        ("Drill", "2026-12-08T10:00", "2026-12-08T12:00", &[]),
        ("Ladder", "2026-12-01T14:00", "2026-12-01T15:00", &["too_soon"]),
        ("Ladder", "2027-03-01T14:00", "2027-03-01T15:00", &["too_early"]),
        ("Ladder", "2026-12-14T10:00", "2026-12-17T10:00", &["too_long"]),
        ("Ladder", "2026-12-13T10:00", "2026-12-14T10:00", &["closed"]),
        ("Ladder", "2026-12-25T10:00", "2026-12-25T12:00", &["closed", "closed"]),
        ("Ladder", "2026-12-10T13:00", "2026-12-10T15:00", &["overlap"]),
        ("Ladder", "2026-12-10T14:30", "2026-12-10T15:30", &["gap"]),
        ("Drill", "2026-11-30T10:00", "2026-11-30T12:00", &["in_past"]),
    ];
    for (listing, from, to, expected) in cases {
        let ask = ["ask", listing, "--from", from, "--to", to];
        let dry = ben.ok(&[&ask[..], &["--dry-run"]].concat());
        assert_eq!(codes(&dry["reasons"]), *expected, "{listing} {from}");
        assert_eq!(dry["allowed"], expected.is_empty());
        let done = ben.run(&ask);
        if expected.is_empty() {
            assert_eq!(dry["next"], json!([]));
            let state = if dry["at_once"] == true { "confirmed" } else { "asked" };
            let booking = text(&done.json()["booking"]);
            let answered = until("the keeper has said something", || {
                let row = ben.booking(&booking);
                if row["assurance"] == "local" { Err(row) } else { Ok(row) }
            });
            assert_eq!(answered["state"], state, "{listing} {from}");
            let again = ben.ok(&[&ask[..], &["--dry-run"]].concat());
            assert_eq!((&again["allowed"], &again["booking"]), (&json!(true), &json!(booking)));
        } else {
            let (code, sentence) = done.refusal();
            let error: Value = serde_json::from_str(&done.err).unwrap();
            assert_eq!(code, expected[0]);
            assert_eq!(error["error"]["reasons"], dry["reasons"], "{sentence}");
            assert_eq!(error["error"]["next"], dry["next"]);
        }
    }
    // Only what somebody else has can be waited for.
    let dry =
        |from: &str, to: &str| ben.ok(&["ask", "Ladder", "--from", from, "--to", to, "--dry-run"]);
    assert_eq!(dry("2026-12-10T13:00", "2026-12-10T15:00")["can_wait"], true);
    assert_eq!(dry("2026-12-13T10:00", "2026-12-13T11:00")["can_wait"], false);

    // Three next times: after the gap, and each of them would be allowed.
    let next = dry("2026-12-10T12:00", "2026-12-10T14:00")["next"].clone();
    assert_eq!(next.as_array().unwrap().len(), 3, "{next}");
    assert_eq!(next[0]["from"], "2026-12-10T15:00:00+01:00");
    for time in next.as_array().unwrap() {
        assert_eq!(dry(&text(&time["from"]), &text(&time["to"]))["allowed"], true, "{time}");
    }
    // Wrong ends are told apart.
    let sentence = |from, to| ben.refusal(&["ask", "Drill", "--from", from, "--to", to]);
    let (before, same) = (
        sentence("2026-12-20T10:00", "2026-12-20T09:00"),
        sentence("2026-12-20T10:00", "2026-12-20T10:00"),
    );
    assert_eq!((&*before.0, &*same.0), ("bad_time", "bad_time"));
    assert_ne!(before.1, same.1);
}

#[test]
fn things_are_found_in_dutch_with_a_slip_and_by_the_rules() {
    let anna = Home::founder_at("Anna", NOW);
    let ben = Home::guest_at("Ben", &anna, NOW);
    anna.ok(&["item", "add", "Boormachine", "--about", "met boortjes", "--instant"]);
    anna.ok(&["item", "add", "Stoelen", "--quantity", "6", "--about", "klapstoelen"]);
    anna.ok(&["item", "add", "Boekenkast"]);
    anna.ok(&["help", "ask", "Hond uitlaten", "--weekly", "--people", "2", "--hours", "1.5"]);
    until_level(&[&anna, &ben]);
    let search = |words: &str| titles(&ben.ok(&["listing", "list", "--search", words]));
    assert_eq!(search("boormachien")[0], "Boormachine");
    assert_eq!(search("stoel")[0], "Stoelen");
    assert_eq!(search("boek")[0], "Boekenkast");
    assert_eq!(search("zwembad"), Vec::<String>::new());
    // Also by a node that does not run, and as things change.
    anna.ok(&["listing", "edit", "Boekenkast", "--title", "Zwembad"]);
    until("the new name is found", || {
        let found = search("zwembad");
        if found == ["Zwembad"] { Ok(()) } else { Err(found) }
    });
    assert_eq!(search("boekenkast"), Vec::<String>::new());

    let free = |more: &[&str]| {
        let time =
            ["listing", "list", "--kind", "item", "--free", "2026-12-13T10:00..2026-12-13T12:00"];
        titles(&ben.ok(&[&time[..], more].concat()))
    };
    assert_eq!(free(&[]), ["Boormachine", "Stoelen", "Zwembad"]);
    assert_eq!(free(&["--quantity", "4"]), ["Stoelen"]);
    anna.ok(&["listing", "rule", "Boormachine", "--open", "mon-fri 09:00-17:00"]);
    until_level(&[&anna, &ben]);
    assert_eq!(free(&[]), ["Stoelen", "Zwembad"], "not on a Sunday");

    let walk = ben.ok(&["listing", "show", "Hond uitlaten"]);
    assert_eq!((&walk["rhythm"], &walk["people"]), (&json!("weekly"), &json!(2)));
    assert_eq!((&walk["hours"], &walk["quantity"]), (&json!("1.5"), &json!(2)));
    let edited = anna.ok(&["listing", "edit", "Hond uitlaten", "--weekly", "false"]);
    assert_eq!((&edited["rhythm"], &edited["hours"]), (&json!("once"), &json!("1.5")));
    assert_eq!(anna.refused(&["listing", "edit", "Stoelen", "--weekly", "true"]), "bad_value");
}
