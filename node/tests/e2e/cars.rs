//! Cars: who drives, what it costs, and the log book.

use serde_json::{Value, json};

use crate::home::{Home, text, until, until_level};

const NOW: &str = "2026-12-01T09:00:00Z";

#[test]
fn a_trip_is_estimated_driven_billed_and_approved() {
    let mut anna = Home::founder_at("Anna", NOW);
    let mut ben = Home::guest_at("Ben", &anna, NOW);
    anna.ok(&[
        "car",
        "add",
        "Red Fiat",
        "--seats",
        "4",
        "--odometer",
        "48210",
        "--per-km",
        "0.25",
        "--per-hour",
        "2",
        "--instant",
    ]);
    anna.ok(&["item", "add", "Ladder"]);
    until_level(&[&anna, &ben]);
    assert_eq!(anna.refused(&["car", "tariff", "Ladder"]), "wrong_kind");
    let versions = anna.ok(&["car", "tariff", "Red Fiat", "--per-trip", "1"]);
    let last = versions["versions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["per_km"], &last["per_hour"]), (&json!("0.25"), &json!("2.00")));
    assert_eq!((&last["per_trip"], &last["now"]), (&json!("1.00"), &json!(true)));
    until_level(&[&anna, &ben]);

    let ask = ["ask", "Red Fiat", "--from", "2026-12-05T10:00", "--to", "2026-12-05T13:00"];
    let estimate = |more: &[&str]| ben.ok(&[&ask[..], more].concat())["estimate"].clone();
    let open = estimate(&["--dry-run"]);
    assert_eq!((&open["amount"], &open["currency"]), (&json!("7.00"), &json!("EUR")));
    assert_eq!(open["per_km_beside"], "0.25");
    let known = estimate(&["--dry-run", "--km", "40"]);
    assert_eq!((&known["amount"], &known["per_km_beside"]), (&json!("17.00"), &Value::Null));
    let what: Vec<_> = known["lines"].as_array().unwrap().iter().map(|l| &l["what"]).collect();
    assert_eq!(what, ["distance", "time", "fixed"]);
    let row = ben.ok(&[&ask[..], &["--km", "40"]].concat());
    assert_eq!(row["estimate"]["amount"], "17.00");
    let booking = text(&row["booking"]);
    ben.until_booking(&booking, "confirmed");

    ben.set_clock("2026-12-05T09:00:00Z");
    let out = ben.ok(&["booking", "pickup", &booking, "--odometer", "48222"]);
    assert_eq!(
        (&out["trip"]["start_km"], &out["trip"]["unlogged_km"]),
        (&json!(48222), &json!(12))
    );
    // A price from tomorrow on does not touch what is driven today.
    anna.set_clock("2026-12-05T09:30:00Z");
    anna.ok(&["car", "tariff", "Red Fiat", "--per-km", "9", "--from", "2026-12-06"]);
    assert_eq!(ben.refused(&["booking", "approve", &booking]), "nothing_waits");
    ben.set_clock("2026-12-05T11:30:00Z");
    let back = ben.ok(&["booking", "return", &booking, "--odometer", "48264"]);
    let trip = &back["trip"];
    assert_eq!((&trip["km"], &trip["cost"]), (&json!(42), &json!("16.50")));
    assert_eq!((&trip["billed"], &trip["standing"]), (&json!("16.50"), &json!("creditor")));
    anna.until_booking(&booking, "returned");
    anna.set_clock("2026-12-05T12:00:00Z");
    until("the bill waits for Anna", || {
        let rows = anna.ok(&["booking", "list", "--waiting"]);
        if rows[0]["booking"] == booking.as_str() { Ok(()) } else { Err(rows) }
    });
    assert_eq!(ben.refused(&["booking", "approve", &booking]), "nothing_waits");
    let approved = anna.ok(&["booking", "approve", &booking]);
    assert_eq!(approved["trip"]["standing"], "counts");
    assert_eq!(anna.ok(&["booking", "list", "--waiting"]), json!([]));

    let trips = anna.ok(&["car", "trips", "Red Fiat"]);
    assert_eq!((&trips["km"], &trips["unlogged_km"]), (&json!(42), &json!(12)));
    assert_eq!((&trips["cost"], &trips["odometer"]), (&json!("16.50"), &json!(48264)));
    let logged = &trips["trips"][0];
    assert_eq!((&logged["borrower_name"], &logged["end_km"]), (&json!("Ben"), &json!(48264)));
    let none = anna.ok(&["car", "trips", "Red Fiat", "--from", "2026-12-06", "--to", "2026-12-31"]);
    assert_eq!((&none["trips"], &none["cost"]), (&json!([]), &json!("0.00")));
    let said = crate::home::finish(anna.command(&["car", "trips", "Red Fiat"])).out;
    assert!(said.contains("12 km nobody logged"), "{said}");
    let cleared = anna.ok(&["car", "tariff", "Red Fiat", "--per-hour", "none"]);
    let now = cleared["versions"].as_array().unwrap().iter().find(|v| v["now"] == true).unwrap();
    assert_eq!((&now["per_hour"], &now["per_km"]), (&Value::Null, &json!("0.25")));
}

#[test]
fn only_who_is_let_drives() {
    let anna = Home::founder_at("Anna", NOW);
    let ben = Home::guest_at("Ben", &anna, NOW);
    let cem = Home::guest_at("Cem", &anna, NOW);
    anna.ok(&["car", "add", "Red Fiat", "--instant"]);
    assert_eq!(anna.refused(&["car", "dismiss", "Red Fiat", "Ben"]), "bad_value");
    assert_eq!(anna.refused(&["car", "admit", "Red Fiat", "Nobody"]), "not_found");
    let row = anna.ok(&["car", "admit", "Red Fiat", "Ben"]);
    assert_eq!(row["rules"]["borrower_names"], json!(["Ben"]));
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(cem.refused(&["car", "admit", "Red Fiat", "Cem"]), "not_allowed");
    let ask = ["ask", "Red Fiat", "--from", "2026-12-05T10:00", "--to", "2026-12-05T13:00"];
    assert_eq!(cem.refused(&ask), "not_allowed");
    assert_eq!(
        cem.ok(&["listing", "list", "--free", "2026-12-05T10:00..2026-12-05T13:00"]),
        json!([])
    );
    let booking = text(&ben.ok(&ask)["booking"]);
    ben.until_booking(&booking, "confirmed");
    let both = anna.ok(&["car", "admit", "Red Fiat", "Cem"]);
    assert_eq!(both["rules"]["borrower_names"], json!(["Ben", "Cem"]));
    let left = anna.ok(&["car", "dismiss", "Red Fiat", "Ben"]);
    assert_eq!(left["rules"]["borrower_names"], json!(["Cem"]));
    until_level(&[&anna, &ben, &cem]);
    let next = ["ask", "Red Fiat", "--from", "2026-12-06T10:00", "--to", "2026-12-06T13:00"];
    assert_eq!(ben.refused(&next), "not_allowed");
    assert_eq!(cem.ok(&[&next[..], &["--dry-run"]].concat())["at_once"], true);
}
