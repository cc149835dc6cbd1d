//! Everything in one file, made while the node runs.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};

use crate::home::Home;

fn named(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_backup_of_a_running_node_is_whole_private_and_not_written_over() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let photo = anna.path().with_file_name("photo.png");
    image::RgbImage::new(64, 64).save(&photo).unwrap();
    anna.ok(&["item", "add", "Ladder", "--photo", named(&photo)]);
    let file = anna.path().with_file_name("anna.backup");
    let made = anna.ok(&["backup", named(&file)]);
    let status = anna.ok(&["status"]);
    assert_eq!(made["entries"], status["circles"][0]["entries"]);
    assert_eq!(made["file"], named(&file));
    let bytes = fs::read(&file).unwrap();
    assert_eq!(made["bytes"], bytes.len());
    let sum = std::process::Command::new("sha256sum").arg(&file).output();
    if let Ok(sum) = sum {
        let sum = String::from_utf8(sum.stdout).unwrap();
        assert_eq!(made["sha256"], sum.split(' ').next().unwrap());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let left: Vec<_> = fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("backup"))
        .collect();
    assert_eq!(left, ["anna.backup"], "nothing is left beside it");

    let (code, _) = anna.refusal(&["backup", named(&file)]);
    assert_eq!(code, "file_exists");
    assert_eq!(fs::read(&file).unwrap(), bytes, "it is as it was");
    anna.ok(&["item", "add", "Tent"]);
    let again = anna.ok(&["backup", "--overwrite", named(&file)]);
    assert!(again["entries"].as_u64() > made["entries"].as_u64());
}

#[test]
fn a_backup_is_looked_through_without_any_home_and_every_damage_is_found() {
    let anna = Home::founder("Anna", "Lindenstraat");
    for thing in ["Ladder", "Tent", "Drill"] {
        anna.ok(&["item", "add", thing]);
    }
    let file = anna.path().with_file_name("anna.backup");
    let made = anna.ok(&["backup", named(&file)]);
    let nobody = Home::empty();
    let check = || nobody.ok(&["backup", "--check", named(&file)]);
    let row = check();
    assert_eq!((&row["ok"], &row["entries"]), (&true.into(), &made["entries"]), "{row}");
    assert!(!nobody.path().exists(), "looking makes no home");

    let good = fs::read(&file).unwrap();
    // One bit in every tenth part: in tables, in entries, in what is empty.
    for part in 0..10 {
        let place = good.len() as u64 * part / 10 + 40;
        let mut damaged = fs::OpenOptions::new().read(true).write(true).open(&file).unwrap();
        damaged.seek(SeekFrom::Start(place)).unwrap();
        let mut byte = [0];
        damaged.read_exact(&mut byte).unwrap();
        damaged.seek(SeekFrom::Start(place)).unwrap();
        damaged.write_all(&[byte[0] ^ 4]).unwrap();
        drop(damaged);
        let row = check();
        assert_eq!(row["ok"], false, "a bit at {place} was not seen: {row}");
        fs::write(&file, &good).unwrap();
    }
    for bad in [&good[..good.len() / 2], b"a letter to my sister", b""] {
        fs::write(&file, bad).unwrap();
        let (code, _) = nobody.refusal(&["backup", "--check", named(&file)]);
        assert_eq!(code, "not_a_backup");
    }
    fs::remove_file(&file).unwrap();
    let (code, _) = nobody.refusal(&["backup", "--check", named(&file)]);
    assert_eq!(code, "file");
}

#[test]
fn where_there_is_no_room_for_a_backup_the_node_says_so_and_leaves_nothing() {
    let anna = Home::of("Anna");
    let nowhere = anna.path().join("no such folder").join("anna.backup");
    let (code, message) = anna.refusal(&["backup", named(&nowhere)]);
    assert_eq!(code, "file");
    assert!(message.contains("no such folder"), "{message}");
}
