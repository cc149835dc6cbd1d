//! Lending from end to end, and what may not be done.

use crate::home::{Home, text, until, until_level};

#[test]
fn a_ladder_with_a_photo_is_found_borrowed_and_brought_back() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();

    let picture = anna.file("ladder.png");
    photo(640, 480).save(&picture).unwrap();
    let added = anna.ok(&["item", "add", "Ladder", "--photo", picture.to_str().unwrap()]);
    assert_eq!((&added["kind"], &added["photos_here"]), (&"item".into(), &1.into()));
    let shown = until("Ben has the photo", || {
        let list = ben.ok(&["listing", "list", "--search", "ladder"]);
        if list[0]["photos_here"] == 1 { Ok(list[0].clone()) } else { Err(list) }
    });
    assert_eq!(shown["owner_name"], "Anna");
    let (hers, his) = (anna.file("photos"), ben.file("photos"));
    for (home, dir) in [(&anna, &hers), (&ben, &his)] {
        let saved = home.ok(&["listing", "photo", "Ladder", "--out", dir.to_str().unwrap()]);
        assert_eq!(saved["missing"], serde_json::json!([]));
        let file = text(&saved["files"][0]);
        let seen = image::open(&file).unwrap();
        assert_eq!((seen.width(), seen.height()), (640, 480));
    }
    let files = |dir| std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    let bytes = |dir| files(dir).map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>();
    assert_eq!(bytes(&hers), bytes(&his));

    let booking = ben.ask("Ladder", "2040-06-04T10:00", "2040-06-05T10:00");
    anna.until_booking(&booking, "asked");
    let waiting = anna.ok(&["booking", "list", "--waiting"]);
    assert_eq!(waiting[0]["borrower_name"], "Ben");
    assert_eq!(waiting[0]["from"], "2040-06-04T10:00:00+02:00");
    assert_eq!(anna.refused(&["booking", "confirm", ""]), "not_found");
    anna.ok(&["booking", "confirm", "ladder"]);
    ben.until_booking(&booking, "confirmed");
    ben.ok(&["booking", "pickup", &booking[..8], "--note", "one rung is loose"]);
    anna.until_booking(&booking, "out");
    anna.ok(&["booking", "return", &booking]);
    ben.until_booking(&booking, "returned");

    until_level(&[&anna, &ben]);
    let before = anna.ok(&["booking", "list"]);
    assert_eq!(before, ben.ok(&["booking", "list"]));
    let history = before[0]["history"].as_array().unwrap();
    let what: Vec<&str> = history.iter().map(|event| event["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["asked", "received", "confirmed", "pickup", "return"]);

    anna.stop();
    ben.stop_by("INT");
    assert_eq!(anna.ok(&["status"])["running"], false);
    anna.start();
    ben.start();
    until("they are linked again", || {
        let peer = anna.peer("Ben");
        if peer["connected"] == true && peer["behind"] == 0 { Ok(()) } else { Err(peer) }
    });
    until_level(&[&anna, &ben]);
    assert_eq!(anna.ok(&["booking", "list"]), before);
    assert_eq!(ben.ok(&["booking", "list"]), before);
    for home in [&anna, &ben] {
        assert_eq!(home.ok(&["check"])["ok"], true);
    }
}

#[test]
fn one_of_two_who_asked_for_the_same_hours_unseen_gets_the_car() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["car", "add", "Red Fiat", "--seats", "4", "--instant"]);
    let mut ben = Home::guest("Ben", &anna);
    let mut cem = Home::guest("Cem", &anna);
    anna.stop();

    // Every node is off: each asks into its own store.
    let asked = |home: &Home, from: &str, to: &str| {
        let row = home.ok(&["ask", "Red Fiat", "--from", from, "--to", to]);
        assert_eq!((&row["state"], &row["assurance"]), (&"asked".into(), &"local".into()));
        text(&row["booking"])
    };
    let bens = asked(&ben, "2040-06-04T10:00", "2040-06-04T12:00");
    let cems = asked(&cem, "2040-06-04T11:00", "2040-06-04T13:00");

    for home in [&mut ben, &mut cem, &mut anna] {
        home.start();
    }
    let all = [&anna, &ben, &cem];
    let settled = |home: &Home, id: &str| {
        until("the request is answered", || {
            let done = home.run(&["booking", "show", id]);
            if !done.status.success() {
                return Err(done.err);
            }
            let row = done.json();
            if row["state"] == "asked" { Err(row.to_string()) } else { Ok(row) }
        })
    };
    let mut seen = Vec::new();
    for home in all {
        let (a, b) = (settled(home, &bens), settled(home, &cems));
        let (yes, no) = if a["state"] == "confirmed" { (a, b) } else { (b, a) };
        assert_eq!((&yes["state"], &yes["assurance"]), (&"confirmed".into(), &"confirmed".into()));
        assert_eq!((&no["state"], &no["why_code"]), (&"declined".into(), &"overlap".into()));
        assert_eq!(no["why_by"], "Anna");
        seen.push((yes, no));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    until_level(&all);
    let lists: Vec<_> = all.iter().map(|home| home.ok(&["booking", "list"])).collect();
    assert_eq!((&lists[0], &lists[0]), (&lists[1], &lists[2]));
}

#[test]
fn only_the_keeper_promises_and_never_more_than_there_is() {
    let anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["item", "add", "Ladder"]);
    anna.ok(&["item", "add", "Chairs", "--quantity", "10", "--instant"]);
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    let mut cem = Home::guest("Cem", &anna);
    cem.start();

    let bens = ben.ask("Ladder", "2040-06-04T10:00", "2040-06-04T12:00");
    let cems = cem.ask("Ladder", "2040-06-04T11:00", "2040-06-04T13:00");
    let later = cem.ask("Ladder", "2040-06-04T12:00", "2040-06-04T14:00");
    for id in [&bens, &cems, &later] {
        anna.until_booking(id, "asked");
    }
    let (code, sentence) = ben.refusal(&["booking", "confirm", &bens]);
    assert_eq!(code, "not_keeper");
    assert!(sentence.contains("Anna"), "{sentence}");
    assert_eq!(ben.refused(&["booking", "decline", &bens, "--reason", "no"]), "not_keeper");
    cem.until_booking(&bens, "asked");
    assert_eq!(cem.refused(&["booking", "cancel", &bens]), "not_allowed");
    assert_eq!(ben.refused(&["booking", "pickup", &bens]), "not_confirmed");

    assert_eq!(anna.ok(&["booking", "confirm", &bens])["state"], "confirmed");
    // Whoever waited for a part of the same hours is told at once, whoever comes next is not.
    assert_eq!(cem.until_booking(&cems, "declined")["why_code"], "overlap");
    assert_eq!(anna.refused(&["booking", "confirm", &cems]), "wrong_state");
    assert_eq!(anna.ok(&["booking", "confirm", &later])["state"], "confirmed");

    ben.until_booking(&later, "confirmed");
    let (code, sentence) =
        ben.refusal(&["ask", "Ladder", "--from", "2040-06-04T11:00", "--to", "2040-06-04T12:30"]);
    assert_eq!(code, "overlap");
    assert!(sentence.contains("2040-06-04T14:00"), "names the next free time: {sentence}");

    let chairs = |home: &Home, count: &str, from: &str, to: &str| {
        home.run(&["ask", "Chairs", "--quantity", count, "--from", from, "--to", to])
    };
    let (start, end) = ("2040-07-01T10:00", "2040-07-01T20:00");
    let six = text(&chairs(&ben, "6", start, end).json()["booking"]);
    cem.until_booking(&six, "confirmed");
    assert_eq!(chairs(&cem, "5", start, end).refusal().0, "overlap");
    assert_eq!(chairs(&cem, "11", start, end).refusal().0, "quantity");
    assert_eq!(chairs(&cem, "0", start, end).refusal().0, "quantity");
    let four = text(&chairs(&cem, "4", start, end).json()["booking"]);
    cem.until_booking(&four, "confirmed");
    let calendar = cem.ok(&["calendar", "Chairs", "--from", "2040-07-01", "--to", "2040-07-02"]);
    let free: Vec<i64> =
        calendar.as_array().unwrap().iter().map(|row| row["free"].as_i64().unwrap()).collect();
    assert_eq!(free, [10, 0, 10]);
    until_level(&[&anna, &ben, &cem]);
    let in_use = "2040-07-01T12:00..2040-07-01T13:00";
    let found = ben.ok(&["listing", "list", "--free", in_use]);
    let titles: Vec<_> = found.as_array().unwrap().iter().map(|row| &row["title"]).collect();
    assert_eq!(titles, ["Ladder"]);
}

/// A picture with something on it.
pub(crate) fn photo(width: u32, height: u32) -> image::RgbImage {
    image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 7) as u8, (x / 3 + y) as u8, (x * y / 50) as u8])
    })
}
