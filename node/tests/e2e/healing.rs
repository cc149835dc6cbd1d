//! Cut off and back: everybody ends up with the same, and the node says truthfully how it stands.

use std::net::UdpSocket;

use crate::home::{Home, text, until, until_level};
use crate::serving::figure;

fn until_peer(home: &Home, name: &str, connected: bool) {
    until(&format!("{name} is seen as connected: {connected}"), || {
        let peer = home.peer(name);
        if peer["connected"] == connected { Ok(()) } else { Err(peer) }
    });
}

#[test]
fn a_node_that_hung_is_told_as_gone_and_catches_up() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    let mut cem = Home::guest("Cem", &anna);
    cem.start();
    for (home, others) in
        [(&anna, ["Ben", "Cem"]), (&ben, ["Anna", "Cem"]), (&cem, ["Anna", "Ben"])]
    {
        for name in others {
            until_peer(home, name, true);
        }
    }
    until_level(&[&anna, &ben, &cem]);
    let path = anna.peer("Cem")["path"].clone();
    assert_eq!(path, "direct");
    until("the others are known to have everything", || {
        let (ben, cem) = (anna.peer("Ben"), anna.peer("Cem"));
        if ben["behind"] == 0 && cem["behind"] == 0 { Ok(()) } else { Err((ben, cem)) }
    });

    cem.signal("STOP");
    anna.ok(&["item", "add", "Ladder"]);
    ben.ok(&["item", "add", "Drill"]);
    until_level(&[&anna, &ben]);
    // Until the link is known to be dead, it is known that Cem lacks something; never that he has it.
    until("Cem is told as gone", || {
        let peer = anna.peer("Cem");
        assert_ne!(peer["behind"], 0, "{peer}");
        if peer["connected"] == false { Ok(()) } else { Err(peer) }
    });
    let peer = anna.peer("Cem");
    assert!(peer["path"].is_null(), "{peer}");
    text(&peer["last_seen"]);
    assert_eq!(anna.peer("Ben")["connected"], true);
    let synced = anna.ok(&["sync", "--timeout", "2s"]);
    assert_eq!(synced["synced_with"].as_array().unwrap().len(), 1, "{synced}");
    assert_eq!(synced["unreachable"].as_array().unwrap().len(), 1, "{synced}");
    anna.ok(&["item", "add", "Spade"]);

    cem.signal("CONT");
    until_level(&[&anna, &ben, &cem]);
    until("Cem is told as level", || {
        let peer = anna.peer("Cem");
        if peer["connected"] == true && peer["behind"] == 0 { Ok(()) } else { Err(peer) }
    });
    assert_eq!(cem.ok(&["listing", "list"]).as_array().unwrap().len(), 3);
}

#[test]
fn a_node_that_was_killed_catches_up_from_whoever_is_there() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    let mut cem = Home::guest("Cem", &anna);
    cem.start();
    until_level(&[&anna, &ben, &cem]);
    let stale = cem.frontier();
    cem.kill();
    for i in 0..20 {
        anna.ok(&["item", "add", &format!("Thing {i}")]);
    }
    until_peer(&anna, "Cem", false);
    until_level(&[&anna, &ben]);
    assert_eq!(cem.frontier(), stale);
    let alone = cem.ok(&["status"]);
    assert_eq!(alone["running"], false);
    assert_eq!(alone["circles"][0]["peers"][0]["connected"], false);
    // Anna's news reaches Cem through Ben.
    anna.stop();
    cem.start();
    until_level(&[&ben, &cem]);
    assert_eq!(cem.ok(&["listing", "list"]).as_array().unwrap().len(), 20);
    assert_eq!(cem.peer("Anna")["connected"], false);
}

#[test]
fn nodes_that_take_any_port_find_each_other_after_a_restart() {
    let mut anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let any = ["run", "--no-lan", "--bind", "127.0.0.1:0"];
    anna.start_as(&any);
    let mut ben = Home::guest("Ben", &anna);
    ben.start_as(&any);
    until_peer(&anna, "Ben", true);
    let were = [anna.ready()["addresses"].clone(), ben.ready()["addresses"].clone()];
    anna.stop();
    ben.stop();
    anna.start_as(&any);
    ben.start_as(&any);
    assert_eq!([anna.ready()["addresses"].clone(), ben.ready()["addresses"].clone()], were);
    until_peer(&anna, "Ben", true);

    // Where the port is taken by now, another will do, and those who are still there are told.
    anna.stop();
    let squatter = UdpSocket::bind(text(&were[0][0])).unwrap();
    anna.start_as(&any);
    assert_ne!(anna.ready()["addresses"], were[0]);
    until_peer(&anna, "Ben", true);
    until_level(&[&anna, &ben]);
    drop(squatter);
}

#[test]
fn a_photo_that_was_cut_off_arrives_after_all() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    for round in 0..6 {
        // Noise does not compress: each of these is as large as a photo can be.
        let file = anna.file(&format!("{round}.png"));
        noise(1600, 1200, round).save(&file).unwrap();
        let title = format!("Painting {round}");
        anna.ok(&["item", "add", &title, "--photo", file.to_str().unwrap()]);
        // Killed as soon as the listing shows, which is when the photo is on its way.
        until("the listing has come", || {
            let done = ben.run(&["listing", "show", &title]);
            if done.status.success() { Ok(()) } else { Err(done) }
        });
        ben.kill();
        assert_eq!(ben.ok(&["check"])["ok"], true);
        ben.start();
    }
    until("all photos are here", || {
        let list = ben.ok(&["listing", "list"]);
        let rows = list.as_array().unwrap();
        if rows.len() == 6 && rows.iter().all(|row| row["photos_here"] == 1) {
            Ok(())
        } else {
            Err(list.clone())
        }
    });
    let checked = ben.ok(&["check"]);
    assert_eq!((&checked["ok"], &checked["photos"]), (&true.into(), &6.into()));
    for round in 0..6 {
        let title = format!("Painting {round}");
        let saved = |home: &Home| {
            let dir = home.file(&format!("saved-{round}"));
            let row = home.ok(&["listing", "photo", &title, "--out", dir.to_str().unwrap()]);
            std::fs::read(text(&row["files"][0])).unwrap()
        };
        assert!(saved(&anna) == saved(&ben), "{title} differs");
    }
}

#[test]
fn what_is_here_of_a_photo_is_not_sent_again() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    let store = |home: &Home| rusqlite::Connection::open(home.path().join("noaber.db")).unwrap();
    let mut whole = 0;
    for (seed, part_is_right) in [(1, true), (2, false)] {
        let file = anna.file(&format!("{seed}.png"));
        noise(1600, 1200, seed).save(&file).unwrap();
        let title = format!("Painting {seed}");
        let photo = anna.ok(&["item", "add", &title, "--photo", file.to_str().unwrap()]);
        let id = text(&photo["photos"][0]);
        let mut bytes: Vec<u8> = store(&anna)
            .query_row("SELECT bytes FROM photos WHERE lower(hex(id)) = ?", [&id], |row| row.get(0))
            .unwrap();
        whole = bytes.len();
        assert!(whole > 100_000, "{whole}");
        // What a connection that broke leaves behind; once with bytes that went wrong on the way.
        bytes.truncate(50_000);
        if !part_is_right {
            bytes.reverse();
        }
        let put = "INSERT INTO photo_parts(id, bytes) SELECT unhex(?), ?";
        store(&ben).execute(put, rusqlite::params![id, bytes]).unwrap();
    }
    let ready = ben.start_with(&["--metrics", "127.0.0.1:0"]);
    let figures = text(&ready["metrics"]);
    let photo = |title: &str| {
        until("the photo is here", || {
            let done = ben.run(&["listing", "show", title]);
            if done.out.contains("\"photos_here\":1") { Ok(()) } else { Err(done) }
        });
    };
    photo("Painting 1");
    photo("Painting 2");
    let row = ben.ok(&["check"]);
    assert_eq!((&row["ok"], &row["photos"]), (&true.into(), &2.into()));
    let left: i64 =
        store(&ben).query_row("SELECT count(*) FROM photo_parts", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    // The rest of the first, the rest of the second in vain, then all of the second.
    let carried = figure(&figures, "noaber_photo_bytes_total");
    assert!(carried < 3 * whole as u64, "{carried} bytes for two photos of about {whole}");
}

/// A picture that is as large as bytes as it is in points.
fn noise(width: u32, height: u32, seed: u32) -> image::RgbImage {
    let mut state = seed.wrapping_mul(0x9e37_79b9) | 1;
    image::RgbImage::from_fn(width, height, |_, _| {
        image::Rgb(std::array::from_fn(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        }))
    })
}

#[test]
fn a_sync_does_not_give_up_on_whoever_is_there() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let ben = Home::guest("Ben", &anna);
    for i in 0..25 {
        let title = format!("Thing {i}");
        ben.ok(&["item", "add", &title]);
        let synced = ben.ok(&["sync", "--no-lan"]);
        assert_eq!(synced["unreachable"], serde_json::json!([]), "{synced}");
        assert_ne!(synced["sent"], 0, "{synced}");
        assert_eq!(anna.ok(&["listing", "show", &title])["owner_name"], "Ben");
    }
}
