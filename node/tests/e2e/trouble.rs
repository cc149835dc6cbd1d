//! When something is wrong: the right word, a sentence that helps, and nothing lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::home::{Done, Home, finish, outcome, text, until_level};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn wrong_usage_ends_with_two_and_says_how_it_goes() {
    let home = Home::empty();
    for args in [
        &["nonsense"][..],
        &["ask"],
        &["ask", "Ladder", "--from", "2040-01-01"],
        &["item", "add", "Ladder", "--quantity", "many"],
        &["booking", "decline", "abcd"],
        &["run", "--bind", "here"],
        &["completions", "cobol"],
        &["sync", "--relay", "http://127.0.0.1:1", "--no-relay"],
    ] {
        let done = finish(home.command(args));
        assert_eq!(done.status.code(), Some(2), "{args:?}: {done:?}");
        assert_eq!(done.out, "");
        assert!(done.err.contains("Usage:") || done.err.contains("--help"), "{args:?}: {done:?}");
    }
    for args in [&["--help"][..], &["--version"], &["ask", "--help"], &["help", "offer", "--help"]]
    {
        let done = finish(home.command(args));
        assert_eq!(done.status.code(), Some(0), "{args:?}: {done:?}");
        assert!(done.out.contains("noaber"), "{args:?}: {done:?}");
    }
    assert!(!home.path().exists(), "asking for help makes no home");
}

#[test]
fn a_refusal_has_its_word_and_its_sentence() {
    let mut anna = Home::empty();
    assert_eq!(anna.refused(&["status"]), "no_home");
    anna.ok(&["init", "--name", "Anna"]);
    assert_eq!(anna.refused(&["init", "--name", "Eve"]), "home_taken");
    assert_eq!(anna.ok(&["whoami"])["name"], "Anna");
    assert_eq!(anna.refused(&["listing", "list"]), "not_member");
    assert_eq!(anna.refused(&["circle", "create", "X", "--timezone", "Moon/Base"]), "bad_value");
    assert_eq!(anna.refused(&["circle", "create", "X", "--currency", "EURO"]), "bad_value");
    anna.ok(&["circle", "create", "Lindenstraat", "--timezone", "Europe/Amsterdam"]);
    anna.ok(&["item", "add", "Ladder"]);
    anna.ok(&["item", "add", "Ladder"]);
    let drill = text(&anna.ok(&["item", "add", "Drill"])["listing"]);

    // Alone and through a running node the answers are the same.
    let circumstances = [false, true];
    for running in circumstances {
        if running {
            anna.start();
        }
        let ask = |listing: &str, from: &str, to: &str| {
            anna.refused(&["ask", listing, "--from", from, "--to", to])
        };
        let (from, to) = ("2040-06-04T10:00", "2040-06-04T12:00");
        assert_eq!(ask("Spade", from, to), "not_found");
        assert_eq!(ask("Ladder", from, to), "ambiguous");
        assert_eq!(ask("", from, to), "not_found");
        assert_eq!(ask(&drill[..3], from, to), "not_found");
        assert_eq!(ask("Drill", "2020-01-01", "2020-01-02"), "in_past");
        assert_eq!(ask("Drill", to, from), "bad_time");
        assert_eq!(ask("Drill", from, from), "bad_time");
        assert_eq!(ask("Drill", "tomorrow", to), "bad_time");
        assert_eq!(ask("Drill", "2040-02-30", to), "bad_time");
        assert_eq!(ask("Drill", "2040-01-01", "2042-01-01"), "too_long");
        let days = &["calendar", "Drill", "--from", "2040-01-02", "--to", "2040-01-01"];
        assert_eq!(anna.refused(days), "bad_time");
        assert_eq!(anna.refused(&["listing", "list", "--free", "now"]), "bad_time");
        assert_eq!(anna.refused(&["booking", "show", "abcdef"]), "not_found");
        assert_eq!(anna.refused(&["booking", "show", ""]), "not_found");
        assert_eq!(anna.refused(&["member", "show", "Zoe"]), "not_found");
        assert_eq!(anna.refused(&["item", "add", ""]), "bad_value");
        assert_eq!(anna.refused(&["item", "add", "Lamp", "--quantity", "0"]), "bad_value");
        assert_eq!(anna.refused(&["item", "add", &"x".repeat(5000)]), "limit");
        assert_eq!(anna.refused(&["item", "add", "Lamp", "--photo", "/no/such/file"]), "photo");
        assert_eq!(anna.refused(&["car", "add", "Fiat", "--per-km", "cheap"]), "bad_value");
        assert_eq!(anna.refused(&["listing", "edit", "Drill", "--seats", "4"]), "bad_value");
        assert_eq!(anna.refused(&["sync", "--timeout", "long"]), "bad_time");
        assert_eq!(anna.refused(&["member", "list", "--circle", "Elmstreet"]), "not_found");
    }
    assert_eq!(anna.ok(&["booking", "list"]), serde_json::json!([]));

    // A title means what is still offered, and what is not can still be named by it.
    anna.ok(&["listing", "retire", "Drill"]);
    let (from, to) = ("2040-06-04T10:00", "2040-06-04T12:00");
    assert_eq!(anna.refused(&["ask", "Drill", "--from", from, "--to", to]), "retired");
    assert_eq!(anna.ok(&["listing", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(anna.ok(&["listing", "list", "--retired"]).as_array().unwrap().len(), 3);
    let again = text(&anna.ok(&["item", "add", "Drill"])["listing"]);
    assert_eq!(anna.ok(&["listing", "show", "drill"])["listing"], again.as_str());
}

#[test]
fn without_json_a_refusal_is_one_plain_sentence() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let said = |args: &[&str]| {
        let Done { status, out, err } = finish(anna.command(args));
        assert_eq!((status.code(), out.as_str()), (Some(1), ""), "{args:?}: {err}");
        let sentence = err.trim_end();
        assert_eq!(sentence.lines().count(), 1, "{err}");
        assert!(sentence.ends_with(['.', '!', '?']), "{err}");
        assert!(!sentence.starts_with(|c: char| c.is_lowercase()), "{err}");
        sentence.to_owned()
    };
    let spade = said(&["ask", "Spade", "--from", "2040-01-01", "--to", "2040-01-02"]);
    assert!(spade.contains("Spade"), "{spade}");
    let link = said(&["join", "https://example.org", "--no-lan"]);
    assert!(link.contains("noaber:join/"), "{link}");
    said(&["booking", "confirm", "abcdef"]);
    said(&["init", "--name", "Eve"]);
}

#[test]
fn the_clock_is_set_by_tests_only() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    let now = ["status", "--json", "--now", "2026-12-01T10:00:00Z"];
    // Not without leave; and a node that was started without leave keeps its own clock.
    assert_eq!(finish(anna.command(&now)).refusal().0, "not_allowed");
    let mut command = anna.command(&now);
    command.env("NOABER_ALLOW_TEST_CLOCK", "0");
    assert_eq!(finish(command).refusal().0, "not_allowed");
    anna.set_clock("2026-12-01T10:00:00Z");
    assert_eq!(anna.refused(&["status"]), "not_allowed");
    anna.stop();
    anna.start();
    assert_eq!(anna.ok(&["status"])["running"], true);
}

#[test]
fn a_home_has_one_node_and_the_commands_talk_to_it() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    let (code, sentence) = anna.refusal(&["run", "--no-lan", "--bind", "127.0.0.1:0"]);
    assert_eq!(code, "store_locked");
    assert!(sentence.contains(&anna.pid().to_string()), "names the process: {sentence}");
    // The one that runs is none the worse for it.
    let status = anna.ok(&["status"]);
    assert_eq!(
        (&status["running"], &status["addresses"]),
        (&true.into(), &anna.ready()["addresses"])
    );
    anna.ok(&["item", "add", "Ladder"]);
    anna.stop();
    assert_eq!(anna.ok(&["listing", "list"])[0]["title"], "Ladder");
    // After kill -9 the file of the socket is still there, and in nobody's way.
    anna.start();
    anna.kill();
    assert_eq!(anna.ok(&["status"])["running"], false);
    anna.start();
    assert_eq!(anna.ok(&["status"])["running"], true);
}

#[test]
fn commands_on_a_home_without_a_node_wait_for_each_other() {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let titles: Vec<String> = (0..8).map(|i| format!("Thing {i}")).collect();
    let begun: Vec<_> = titles.iter().map(|title| anna.begin(&["item", "add", title])).collect();
    for child in begun {
        outcome(child).json();
    }
    let list = anna.ok(&["listing", "list"]);
    let listed: Vec<String> =
        list.as_array().unwrap().iter().map(|row| text(&row["title"])).collect();
    assert_eq!(listed, titles);
}

#[test]
fn what_is_private_is_for_its_owner_alone() {
    // An umask that lets everybody in must not matter.
    let anna = Home::empty();
    let mut shell = std::process::Command::new("sh");
    let init = anna.command(&["init", "--name", "Anna"]);
    shell.args(["-c", "umask 0; exec \"$0\" \"$@\""]).arg(init.get_program()).args(init.get_args());
    assert!(finish(shell).status.success());
    assert_eq!(mode(anna.path()), 0o700);
    assert_eq!(mode(&anna.path().join("identity.json")), 0o600);
    let mut anna = anna;
    anna.start();
    assert_eq!(mode(&anna.path().join("node.sock")) & 0o077, 0);
    anna.stop();
    assert!(!anna.path().join("node.sock").exists());
}

#[test]
fn a_home_may_have_a_long_path() {
    let mut anna = Home::empty().at(&format!("{}/{}", "long ".repeat(12), "päth".repeat(20)));
    anna.ok(&["init", "--name", "Anna"]);
    anna.ok(&["circle", "create", "Lindenstraat"]);
    anna.start();
    assert_eq!(anna.ok(&["status"])["running"], true);
    let ben = Home::guest("Ben", &anna);
    until_level(&[&anna, &ben]);
    anna.stop();
    assert_eq!(anna.ok(&["status"])["running"], false);
}

/// A home with something in it, all of it in the one file.
fn settled() -> Home {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    for i in 0..40 {
        anna.ok(&["item", "add", &format!("Thing {i}"), "--about", &"words ".repeat(60)]);
    }
    anna
}

#[test]
fn a_damaged_store_is_told_and_never_touched() {
    let anna = settled();
    let store = anna.path().join("noaber.db");
    let whole = fs::read(&store).unwrap();
    let overwritten = |from: usize, to: usize| {
        let mut bytes = whole.clone();
        bytes[from..to].fill(0xee);
        bytes
    };
    let foreign = {
        let mut bytes = whole.clone();
        bytes[68..72].fill(0);
        bytes
    };
    let damages = [
        ("its header is overwritten", overwritten(0, 100)),
        ("its first page is overwritten", overwritten(0, 4096)),
        ("its first bytes are overwritten", overwritten(0, 4)),
        ("its tables are overwritten", overwritten(100, 4096)),
        ("it is cut in the middle", whole[..whole.len() / 2].to_owned()),
        ("it is cut in its header", whole[..50].to_owned()),
        ("it is cut to one page", whole[..4096].to_owned()),
        ("it is empty", Vec::new()),
        ("it is some other file", b"Dear diary, ".repeat(1000)),
        ("it is some other program's", foreign),
    ];
    for (damage, bytes) in damages {
        fs::write(&store, &bytes).unwrap();
        for args in [
            &["status"][..],
            &["listing", "list"],
            &["item", "add", "Spade"],
            &["check"],
            &["run", "--no-lan", "--bind", "127.0.0.1:0"],
            &["sync", "--no-lan"],
        ] {
            let (code, sentence) = anna.refusal(args);
            assert_eq!(code, "store_damaged", "{damage}, {args:?}: {sentence}");
            assert!(sentence.contains(store.to_str().unwrap()), "{sentence}");
            assert!(sentence.contains("Nothing was changed"), "{sentence}");
        }
        assert_eq!(anna.refused(&["init", "--name", "Eve"]), "home_taken");
        assert!(fs::read(&store).unwrap() == bytes, "{damage}: the file was changed");
    }
    fs::remove_file(&store).unwrap();
    assert_eq!(anna.refused(&["status"]), "store_damaged");
    assert_eq!(anna.refused(&["run", "--no-lan"]), "store_damaged");
    assert!(!store.exists(), "it was made anew");
    // The file from a copy: everything is there.
    fs::write(&store, &whole).unwrap();
    assert_eq!(anna.ok(&["listing", "list"]).as_array().unwrap().len(), 40);
    assert_eq!(anna.ok(&["check"])["ok"], true);
}

#[test]
fn damage_deep_in_the_store_is_found_by_a_check() {
    let anna = settled();
    let store = anna.path().join("noaber.db");
    let open = || rusqlite::Connection::open(&store).unwrap();
    let keep = fs::read(&store).unwrap();
    for damage in [
        "UPDATE entries SET payload = CAST(substr(payload, 1, length(payload) - 1) || x'2a' AS BLOB) WHERE place % 64 = 9",
        "UPDATE entries SET signature = zeroblob(64) WHERE place = (SELECT max(place) FROM entries)",
        "UPDATE entries SET hash = zeroblob(32) WHERE place % 64 = 9",
    ] {
        assert!(open().execute(damage, []).unwrap() > 0);
        let done = anna.run(&["check"]);
        if done.status.success() {
            let checked = done.json();
            assert_eq!(checked["ok"], false, "{damage}");
            assert!(text(&checked["problems"][0]).contains("Anna"), "{checked}");
        } else {
            assert_eq!(done.refusal().0, "store_damaged", "{damage}");
        }
        fs::write(&store, &keep).unwrap();
    }
    assert_eq!(anna.ok(&["check"])["ok"], true);
}
