//! Many things at once, from a spreadsheet and into one.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::home::{Home, text, until_level};
use crate::lending::photo;

fn save(home: &Home, name: &str, bytes: &[u8]) -> PathBuf {
    let file = home.file(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

fn import(home: &Home, bytes: impl AsRef<[u8]>) -> Value {
    let file = save(home, "things.csv", bytes.as_ref());
    home.ok(&["import", "items", file.to_str().unwrap()])
}

fn counts(imported: usize, updated: usize, unchanged: usize) -> Value {
    json!({ "imported": imported, "updated": updated, "unchanged": unchanged, "rejected": [] })
}

const THINGS: &str = "title;about;category;quantity;instant;give_away;photo;ref\r\n\
    Ladder;4,5 m;tools;1;;;ladder.png;L1\r\n\
    Chairs;\"folding\nwooden\";;12;yes;;;\r\n\
    '-5 °C box;\"=HYPERLINK(\"\"http://x\"\")\";kitchen;;;yes;;\r\n";

#[test]
fn a_spreadsheet_of_things_is_brought_in_once_and_kept_up() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    photo(64, 48).save(anna.file("ladder.png")).unwrap();

    assert_eq!(import(&anna, THINGS), counts(3, 0, 0));
    assert_eq!(import(&anna, THINGS), counts(0, 0, 3));
    let ladder = anna.ok(&["listing", "show", "Ladder"]);
    assert_eq!((&ladder["about"], &ladder["category"]), (&json!("4,5 m"), &json!("tools")));
    assert_eq!(ladder["photos_here"], 1);
    until_level(&[&anna, &ben]);
    let chairs = ben.ok(&["listing", "show", "Chairs"]);
    assert_eq!((&chairs["quantity"], &chairs["instant"]), (&json!(12), &json!(true)));
    assert_eq!(chairs["about"], "folding\nwooden");
    let frozen = ben.ok(&["listing", "list", "--search", "°C box"])[0].clone();
    assert_eq!(frozen["give_away"], true);
    assert_eq!(frozen["about"], "=HYPERLINK(\"http://x\")");

    // A ref knows the ladder by any name, also when the node is started anew or does not run.
    anna.stop();
    let renamed = THINGS.replace("Ladder;4,5 m", "Tall ladder;4,5 m");
    assert_eq!(import(&anna, &renamed), counts(0, 1, 2));
    anna.start();
    assert_eq!(import(&anna, &renamed), counts(0, 0, 3));
    assert_eq!(anna.ok(&["listing", "show", "Tall ladder"])["listing"], ladder["listing"]);
    // Ben brings in the same file: they are his own then.
    photo(64, 48).save(ben.file("ladder.png")).unwrap();
    assert_eq!(import(&ben, THINGS), counts(3, 0, 0));
    assert_eq!(ben.ok(&["check"])["ok"], true);
}

#[test]
fn what_was_taken_out_comes_in_again_as_unchanged() {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    photo(64, 48).save(anna.file("ladder.png")).unwrap();
    import(&anna, THINGS);
    anna.ok(&["item", "add", "'t Zaagje", "--about", "\"sharp\"; mind, yourself"]);
    anna.ok(&["item", "add", "Gone"]);
    anna.ok(&["listing", "retire", "Gone"]);
    anna.ok(&["car", "add", "Red Fiat"]);
    for separator in ["comma", "semicolon"] {
        let file = anna.file("out.csv");
        let path = file.to_str().unwrap();
        let told = anna.ok(&["export", "items", "--out", path, "--separator", separator]);
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(told, json!({ "file": path, "items": 4, "bytes": written.len() }));
        assert!(written.starts_with("\u{feff}title"), "{written}");
        assert!(!written.contains("\n=") && !written.contains("\n-") && !written.contains(",="));
        assert_eq!(anna.ok(&["import", "items", path]), counts(0, 0, 4));
        let edited = written.replace("sharp", "blunt");
        assert_eq!(import(&anna, &edited), counts(0, 1, 3));
        assert_eq!(import(&anna, &written), counts(0, 1, 3));
    }
    let printed = crate::home::finish(anna.command(&["export", "items"]));
    assert!(printed.out.starts_with("title,about,category,"), "{printed:?}");
    assert_eq!(printed.out, text(&anna.ok(&["export", "items"])["text"]));
    assert_eq!(import(&anna, printed.out), counts(0, 0, 4));
}

#[test]
fn bad_rows_and_bad_files_are_told_and_good_rows_kept() {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let told =
        import(&anna, "title,quantity,photo\nLadder,1,\nDrill,none,\nSaw,1,no.png\nRake,2,\n");
    assert_eq!((&told["imported"], &told["unchanged"]), (&json!(2), &json!(0)));
    let lines: Vec<&Value> =
        told["rejected"].as_array().unwrap().iter().map(|row| &row["line"]).collect();
    assert_eq!(lines, [3, 4]);
    assert!(text(&told["rejected"][0]["reason"]).contains("none"), "{told}");
    assert!(text(&told["rejected"][1]["reason"]).contains("no.png"), "{told}");
    let words = crate::home::finish(anna.command(&[
        "import",
        "items",
        anna.file("things.csv").to_str().unwrap(),
    ]));
    assert!(words.out.contains("Line 3 was not taken"), "{words:?}");

    for (bytes, code, word) in [
        (&b"title\nB\xfcrste\n"[..], "bad_value", "UTF-8"),
        (b"", "bad_value", "empty"),
        (b"title,colour\nx,red\n", "bad_value", "colour"),
        (&b"title\nx\n".repeat(2_600), "limit", "5000 rows"),
        (&vec![b'x'; 8 * 1024 * 1024 + 1], "limit", "8 MiB"),
    ] {
        let file = save(&anna, "bad.csv", bytes);
        let (given, sentence) = anna.refusal(&["import", "items", file.to_str().unwrap()]);
        assert_eq!(given, code, "{sentence}");
        assert!(sentence.contains(word), "{sentence}");
    }
    assert_eq!(anna.refused(&["import", "items", "/nowhere/at/all.csv"]), "file");
    assert_eq!(anna.ok(&["listing", "list"]).as_array().unwrap().len(), 2);
}
