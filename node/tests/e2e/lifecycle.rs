//! What becomes of a booking: in line, again and again, longer, broken, given away.

use serde_json::{Value, json};

use crate::home::{Home, text, until, until_level};

const NOW: &str = "2026-12-01T09:00:00Z";

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn each(rows: &Value, field: &str) -> Vec<String> {
    list(rows).iter().map(|row| text(&row[field])).collect()
}

#[test]
fn who_waits_longest_is_offered_what_frees_and_the_next_one_when_that_lapses() {
    let mut anna = Home::founder_at("Anna", NOW);
    anna.ok(&["item", "add", "Ladder", "--instant"]);
    let cem = Home::guest_at("Cem", &anna, NOW);
    let mut ben = Home::guest_at("Ben", &anna, "2026-12-01T09:01:00Z");
    let mut dea = Home::guest_at("Dea", &anna, "2026-12-01T09:02:00Z");
    let time = ["Ladder", "--from", "2026-12-05T10:00", "--to", "2026-12-05T12:00"];
    let wait = |home: &Home| home.ok(&[&["wait"][..], &time].concat());
    assert_eq!(ben.refused(&[&["wait"][..], &time].concat()), "free");
    let taken = cem.ask("Ladder", "2026-12-05T09:00", "2026-12-05T13:00");
    for home in [&ben, &dea] {
        home.until_booking(&taken, "confirmed");
    }
    let row = wait(&ben);
    assert_eq!((&row["state"], &row["waits"]), (&json!("waiting"), &json!(true)));
    let bens = text(&row["booking"]);
    // Dea asks after she has heard of it, whatever their clocks show.
    dea.until_booking(&bens, "waiting");
    let deas = text(&wait(&dea)["booking"]);
    for id in [&bens, &deas] {
        anna.until_booking(id, "waiting");
    }
    assert_eq!(ben.refused(&["booking", "accept", &bens]), "not_offered");

    cem.until_booking(&bens, "waiting");
    cem.ok(&["booking", "cancel", &taken]);
    let offered = ben.until_booking(&bens, "offered");
    let until_when = text(&offered["offered_until"]);
    assert!(until_when.starts_with("2026-12-02T10:"), "a day: {until_when}");
    assert_eq!(each(&ben.ok(&["booking", "list", "--waiting"]), "booking"), [bens.as_str()]);
    dea.until_booking(&bens, "offered");
    assert_eq!(dea.booking(&deas)["state"], "waiting");
    // It is held for Ben: nobody else can have it meanwhile.
    let dry = cem.run(&[&["ask"][..], &time, &["--dry-run"]].concat()).json();
    assert_eq!((&dry["allowed"], &dry["reasons"][0]["code"]), (&json!(false), &json!("overlap")));

    // Ben sleeps over it. A day later it is Dea's turn.
    anna.stop();
    for home in [&mut anna, &mut ben, &mut dea] {
        home.set_clock("2026-12-02T10:00:00Z");
    }
    anna.start();
    assert_eq!(anna.until_booking(&deas, "offered")["borrower_name"], "Dea");
    assert_eq!(ben.booking(&bens)["state"], "expired");
    dea.until_booking(&deas, "offered");
    dea.ok(&["booking", "accept", &deas]);
    let got = dea.until_booking(&deas, "confirmed");
    assert_eq!(got["offered_until"], Value::Null);
}

#[test]
fn every_tuesday_at_three_stays_at_three_and_is_answered_in_one_go() {
    let now = "2026-10-01T09:00:00Z";
    let anna = Home::founder_at("Anna", now);
    let ben = Home::guest_at("Ben", &anna, now);
    anna.ok(&["item", "add", "Piano"]);
    until_level(&[&anna, &ben]);
    let series = ["ask", "Piano", "--from", "2026-10-13T15:00", "--to", "2026-10-13T16:00"];
    let series = [&series[..], &["--repeat", "weekly", "--until", "2026-11-10"]].concat();
    let dry = ben.ok(&[&series[..], &["--dry-run"]].concat());
    let starts = [
        "2026-10-13T15:00:00+02:00",
        "2026-10-20T15:00:00+02:00",
        "2026-10-27T15:00:00+01:00",
        "2026-11-03T15:00:00+01:00",
        "2026-11-10T15:00:00+01:00",
    ];
    assert_eq!(each(&dry["times"], "from"), starts);
    assert_eq!((&dry["allowed"], &dry["at_once"]), (&json!(true), &json!(false)));
    let asked = ben.ok(&series);
    assert_eq!(each(&asked["bookings"], "from"), starts);
    // The first booking's own fields are those of the answer.
    assert_eq!(
        (&asked["booking"], &asked["state"]),
        (&asked["bookings"][0]["booking"], &json!("asked"))
    );
    let id = text(&asked["series"]);
    assert!(list(&asked["bookings"]).iter().all(|row| row["series"] == id.as_str()));
    let first = text(&asked["booking"]);
    let third = text(&asked["bookings"][2]["booking"]);

    anna.until_booking(&third, "asked");
    anna.ok(&["booking", "confirm", &third]);
    let other = anna.ok(&["booking", "decline", &first, "--reason", "party"]);
    assert_eq!(other["state"], "declined");
    ben.until_booking(&first, "declined");
    ben.until_booking(&third, "confirmed");

    // Another hour from now on: what is promised stays, what is not is asked anew.
    let changed = ben.ok(&[
        "series",
        "change",
        &id[..8],
        "--from",
        "2026-10-20T15:30",
        "--to",
        "2026-10-20T16:30",
        "--repeat",
        "weekly",
        "--until",
        "2026-11-03",
    ]);
    assert_eq!(
        each(&changed["bookings"], "from"),
        ["2026-10-20T15:30:00+02:00", "2026-11-03T15:30:00+01:00"],
        "not on the day that is promised"
    );
    assert_eq!(each(&changed["kept"], "booking"), [third.as_str()]);
    let states = |series: &str| each(&ben.ok(&["booking", "list", "--series", series]), "state");
    assert_eq!(states(&id), ["declined", "cancelled", "confirmed", "cancelled", "cancelled"]);
    let new = text(&changed["series"]);
    assert_ne!(new, id);
    let last = text(&changed["bookings"][1]["booking"]);
    anna.until_booking(&last, "asked");
    let answered = anna.ok(&["booking", "confirm", &last, "--series"]);
    assert_eq!(each(&answered["bookings"], "state"), ["confirmed", "confirmed"]);
    ben.until_booking(&last, "confirmed");
    assert_eq!(states(&last), ["confirmed", "confirmed"]);
    ben.ok(&["booking", "cancel", &last, "--series", "--reason", "moved away"]);
    assert_eq!(states(&new), ["cancelled", "cancelled"]);

    // A quota that the third week uses up stands against the fourth, and the keeper says the same.
    anna.ok(&["listing", "rule", "Piano", "--quota", "3h/month", "--instant", "true"]);
    until_level(&[&anna, &ben]);
    let weekly = ["ask", "Piano", "--from", "2026-12-01T15:00", "--to", "2026-12-01T16:00"];
    let weekly = [&weekly[..], &["--repeat", "weekly", "--until", "2026-12-22"]].concat();
    let dry = ben.ok(&[&weekly[..], &["--dry-run"]].concat());
    let allowed: Vec<bool> =
        list(&dry["times"]).iter().map(|time| time["allowed"].as_bool().unwrap()).collect();
    assert_eq!(allowed, [true, true, true, false]);
    assert_eq!(dry["times"][3]["reasons"][0]["code"], "quota");
    let asked = ben.ok(&weekly);
    let last = text(&asked["bookings"][3]["booking"]);
    assert_eq!(ben.until_booking(&last, "declined")["why_code"], "quota");
    let id = text(&asked["series"]);
    assert_eq!(states(&id), ["confirmed", "confirmed", "confirmed", "declined"]);
}

#[test]
fn what_is_kept_longer_keeps_its_first_end_on_record() {
    let anna = Home::founder_at("Anna", NOW);
    let mut ben = Home::guest_at("Ben", &anna, NOW);
    let cem = Home::guest_at("Cem", &anna, NOW);
    anna.ok(&["item", "add", "Ladder"]);
    until_level(&[&anna, &ben, &cem]);
    let bens = ben.ask("Ladder", "2026-12-05T10:00", "2026-12-05T12:00");
    let cems = cem.ask("Ladder", "2026-12-05T15:00", "2026-12-05T17:00");
    for id in [&bens, &cems] {
        anna.until_booking(id, "asked");
        anna.ok(&["booking", "confirm", id]);
    }
    ben.until_booking(&bens, "confirmed");
    ben.until_booking(&cems, "confirmed");
    assert_eq!(ben.refused(&["booking", "extend", &bens, "--to", "2026-12-05T11:00"]), "bad_time");
    assert_eq!(ben.refused(&["booking", "extend", &bens, "--to", "2026-12-05T16:00"]), "overlap");
    let row = ben.ok(&["booking", "extend", &bens, "--to", "2026-12-05T14:00"]);
    assert_eq!(row["extension"], "2026-12-05T14:00:00+01:00");
    assert_eq!(row["to"], "2026-12-05T12:00:00+01:00");
    until("Anna is asked", || {
        let rows = anna.ok(&["booking", "list", "--waiting"]);
        if each(&rows, "booking") == [bens.as_str()] { Ok(()) } else { Err(rows) }
    });
    anna.ok(&["booking", "decline", &bens, "--reason", "I paint then"]);
    let row = until("Ben is told", || {
        let row = ben.booking(&bens);
        if row["not_extended"] == "I paint then" { Ok(row) } else { Err(row) }
    });
    assert_eq!((&row["state"], &row["extension"]), (&json!("confirmed"), &Value::Null));
    ben.ok(&["booking", "extend", &bens, "--to", "2026-12-05T13:00"]);
    until("Anna is asked again", || {
        let row = anna.booking(&bens);
        if row["extension"] == Value::Null { Err(row) } else { Ok(()) }
    });
    let row = anna.ok(&["booking", "confirm", &bens]);
    assert_eq!((&row["to"], &row["due"]), (&json!("2026-12-05T13:00:00+01:00"), &row["to"]));
    assert_eq!(row["first_to"], "2026-12-05T12:00:00+01:00");

    // Taken along and not brought back: late, from its new end on.
    until_level(&[&anna, &ben, &cem]);
    ben.set_clock("2026-12-05T09:00:00Z");
    ben.ok(&["booking", "pickup", &bens]);
    for (now, late) in [("2026-12-05T11:59:00Z", 0), ("2026-12-05T12:00:00Z", 1)] {
        ben.set_clock(now);
        let rows = ben.ok(&["booking", "list", "--late"]);
        assert_eq!(list(&rows).len(), late, "at {now}");
        assert_eq!(ben.booking(&bens)["late"], late == 1);
    }
}

#[test]
fn what_breaks_is_repaired_and_whoever_counts_on_it_is_named() {
    let mut anna = Home::founder_at("Anna", NOW);
    let mut ben = Home::guest_at("Ben", &anna, NOW);
    let cem = Home::guest_at("Cem", &anna, NOW);
    anna.ok(&["item", "add", "Ladder", "--instant"]);
    until_level(&[&anna, &ben, &cem]);
    let bens = ben.ask("Ladder", "2026-12-02T10:00", "2026-12-02T12:00");
    let cems = cem.ask("Ladder", "2026-12-03T10:00", "2026-12-03T12:00");
    let later = cem.ask("Ladder", "2026-12-09T10:00", "2026-12-09T12:00");
    ben.until_booking(&bens, "confirmed");
    for id in [&cems, &later] {
        ben.until_booking(id, "confirmed");
    }
    until_level(&[&anna, &ben, &cem]);
    ben.set_clock("2026-12-02T09:30:00Z");
    anna.set_clock("2026-12-02T10:00:00Z");
    ben.ok(&["booking", "pickup", &bens]);
    let photo = ben.file("rung.png");
    crate::lending::photo(64, 48).save(&photo).unwrap();
    let report = ["booking", "damage", &bens, "a rung broke", "--unusable", "--photo"];
    let damaged = ben.ok(&[&report[..], &[photo.to_str().unwrap()]].concat());
    assert_eq!((&damaged["booking"], &damaged["unusable"]), (&json!(bens), &json!(true)));
    assert_eq!(damaged["damage"][0]["text"], "a rung broke");
    assert_eq!(list(&damaged["damage"][0]["photos"]).len(), 1);
    assert_eq!(each(&damaged["affected"], "booking"), [cems.clone(), later.clone()]);
    assert_eq!(ben.refused(&["booking", "damage", &cems, "x"]), "not_allowed");

    until("Anna sees the damage", || {
        let row = anna.booking(&bens);
        if row["damage"][0]["unusable"] == true { Ok(()) } else { Err(row) }
    });
    let repair = ["listing", "rule", "Ladder", "--repair", "2026-12-02T11:00..2026-12-05"];
    let set = anna.ok(&[&repair[..], &["--repair-note", "new rung"]].concat());
    assert_eq!(each(&set["affected"], "booking"), [cems.as_str()], "only what lies in it");
    assert_eq!(set["rules"]["repair"]["to"], "2026-12-05T00:00:00+01:00");
    assert_eq!(set["rules"]["repair"]["note"], "new rung");
    until_level(&[&anna, &ben, &cem]);
    let ask = ["ask", "Ladder", "--from", "2026-12-04T10:00", "--to", "2026-12-04T12:00"];
    let dry = cem.ok(&[&ask[..], &["--dry-run"]].concat());
    assert_eq!(dry["reasons"][0]["code"], "repair");
    assert_eq!(dry["next"][0]["from"], "2026-12-05T00:00:00+01:00");
    let free = ["listing", "list", "--free", "2026-12-04T10:00..2026-12-04T12:00"];
    assert_eq!(cem.ok(&free), json!([]));
    let fixed = anna.ok(&["listing", "rule", "Ladder", "--repaired"]);
    assert_eq!((&fixed["rules"]["repair"], fixed.get("affected")), (&Value::Null, None));
    let bare = anna.ok(&["listing", "rule", "Ladder", "--repair"]);
    assert_eq!(bare["rules"]["repair"]["from"], "2026-12-02T11:00:00+01:00");
    assert_eq!(each(&bare["affected"], "booking"), [cems, later]);
}

#[test]
fn a_gift_is_given_taken_and_belongs_to_another() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    let old = text(&anna.ok(&["item", "add", "Cot", "--give-away"])["listing"]);
    until_level(&[&anna, &ben]);
    assert_eq!(ben.refused(&["listing", "take", "Cot"]), "not_given");
    assert_eq!(ben.refused(&["listing", "give", "Cot", "--to", "Ben"]), "not_allowed");
    let given = anna.ok(&["listing", "give", "Cot", "--to", "Ben"]);
    assert_eq!((&given["given_to_name"], &given["state"]), (&json!("Ben"), &json!("active")));
    until_level(&[&anna, &ben]);
    let taken = ben.ok(&["listing", "take", "Cot"]);
    assert_eq!((&taken["owner_name"], &taken["came_from"]), (&json!("Ben"), &json!(old)));
    assert_eq!(taken["give_away"], false, "it is lent from now on");
    until_level(&[&anna, &ben]);
    let before = anna.ok(&["listing", "show", &old]);
    assert_eq!((&before["state"], &before["successor"]), (&json!("given"), &taken["listing"]));
    // The name means the new one, and lists show it once.
    assert_eq!(anna.ok(&["listing", "show", "Cot"])["listing"], taken["listing"]);
    assert_eq!(each(&anna.ok(&["listing", "list"]), "listing"), [text(&taken["listing"])]);
    assert_eq!(list(&anna.ok(&["listing", "list", "--retired"])).len(), 2);
    let ask = ["ask", &old, "--from", "2040-06-04T10:00", "--to", "2040-06-04T12:00"];
    assert_eq!(anna.refused(&ask), "retired");
    let dry = anna.ok(&[&ask[..], &["--dry-run"]].concat());
    assert_eq!((&dry["allowed"], &dry["reasons"][0]["code"]), (&json!(false), &json!("retired")));

    // Help is done, with thanks; hours count only where the circle counts them.
    anna.ok(&["help", "offer", "Carry a piano"]);
    until_level(&[&anna, &ben]);
    let help = ben.ask("Carry a piano", "2040-06-04T10:00", "2040-06-04T12:00");
    anna.until_booking(&help, "asked");
    anna.ok(&["booking", "confirm", &help]);
    ben.until_booking(&help, "confirmed");
    assert_eq!(ben.refused(&["booking", "done", &help, "--hours", "1.5"]), "no_timebank");
    assert_eq!(ben.refused(&["booking", "done", &help, "--hours", "long"]), "bad_value");
    let done = ben.ok(&["booking", "done", &help, "--thanks", "what a strength"]);
    assert_eq!(done["state"], "returned");
    let last = list(&done["history"]).last().unwrap();
    assert_eq!((&last["what"], &last["note"]), (&json!("done"), &json!("what a strength")));
}
