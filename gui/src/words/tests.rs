//! What holds the languages together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use noaber_core::money::Cents;
use noaber_core::rules::Span;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::zone::Zone;

use super::{EN, Lang, Moment, NL, Words, capital};

/// The keys of a file with the names of what is filled in.
fn keys(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut all: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" = ")
            && !line.starts_with(' ')
        {
            all.push((key.to_owned(), BTreeSet::new()));
        }
        let Some((_, fills)) = all.last_mut() else { continue };
        for part in line.split("{ $").skip(1) {
            let end = part.find([' ', '}']).unwrap_or(part.len());
            fills.insert(part[..end].to_owned());
        }
    }
    all
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The texts between quotes in a source, without its comments and tests.
fn quoted(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut all = Vec::new();
    for line in lines {
        let mut parts = line.split('"');
        parts.next();
        while let (Some(inside), Some(_)) = (parts.next(), parts.next()) {
            all.push(inside.to_owned());
        }
    }
    all
}

#[test]
fn both_languages_say_the_same_things_with_the_same_gaps() {
    let (english, dutch) = (keys(EN), keys(NL));
    let mut seen = BTreeSet::new();
    for (key, _) in &english {
        assert!(seen.insert(key), "{key} is said twice");
    }
    for ((en, fills), (nl, dutch_fills)) in english.iter().zip(&dutch) {
        assert_eq!(en, nl, "the files are in the same order");
        assert_eq!(fills, dutch_fills, "{en} has the same gaps");
    }
    assert_eq!(english.len(), dutch.len());
    assert!(english.len() > 200);
}

#[test]
fn every_word_is_used_and_every_word_that_is_used_is_there() {
    let known: BTreeSet<String> = keys(EN).into_iter().map(|(key, _)| key).collect();
    let prefixes: BTreeSet<&str> = known.iter().filter_map(|key| key.split('-').next()).collect();
    let mut used = BTreeSet::new();
    for (path, source) in sources(&source_folder()) {
        for text in quoted(&source) {
            let is_key = text.contains('-')
                && text.split('-').next().is_some_and(|start| prefixes.contains(start))
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if known.contains(&text) {
                used.insert(text);
            } else if is_key {
                panic!("{}: nobody says {text}", path.display());
            }
        }
    }
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(unused.is_empty(), "never said: {unused:?}");
}

#[test]
fn no_page_or_widget_has_words_of_its_own() {
    for folder in ["pages", "widgets"] {
        for (path, source) in sources(&source_folder().join(folder)) {
            for text in quoted(&source) {
                let without_gaps: String =
                    text.split('{').map(|part| part.split('}').next_back().unwrap_or("")).collect();
                let is_a_sentence = without_gaps.contains(' ')
                    && without_gaps.chars().filter(|c| c.is_alphabetic()).count() > 3;
                let is_a_word = without_gaps.chars().next().is_some_and(char::is_uppercase)
                    && without_gaps != "EUR"
                    && !without_gaps.contains('/');
                assert!(!is_a_sentence && !is_a_word, "{}: {text:?}", path.display());
            }
        }
    }
}

#[test]
fn numbers_choose_their_plural_and_are_grouped_as_each_language_does() {
    let (en, nl) = (Words::new(Lang::En), Words::new(Lang::Nl));
    let line = |words: &Words, count: usize| {
        words.tell("browse-line", &[("count", count.into()), ("circle", "Noord".into())])
    };
    assert_eq!(line(&en, 0), "Nothing is shared in Noord yet");
    assert_eq!(line(&en, 1), "One thing to share in Noord");
    assert_eq!(line(&en, 10_000), "10,000 things to share in Noord");
    assert_eq!(line(&nl, 1), "Eén ding om te delen in Noord");
    assert_eq!(line(&nl, 10_000), "10.000 dingen om te delen in Noord");
    for (span, english, dutch) in [
        (Span::Minutes(1), "1 minute", "1 minuut"),
        (Span::Minutes(45), "45 minutes", "45 minuten"),
        (Span::Minutes(60), "1 hour", "1 uur"),
        (Span::Minutes(120), "2 hours", "2 uur"),
        (Span::Days(1), "1 day", "1 dag"),
        (Span::Days(3), "3 days", "3 dagen"),
    ] {
        assert_eq!((en.length(span).as_str(), nl.length(span).as_str()), (english, dutch));
    }
}

#[test]
fn dates_and_amounts_are_written_as_each_language_does() {
    let (en, nl) = (Words::new(Lang::En), Words::new(Lang::Nl));
    let zone = Zone::named("Europe/Amsterdam").unwrap();
    let at = |text: &str| -> Timestamp { text.parse::<jiff::Timestamp>().unwrap().into() };
    let moment = Moment { now: at("2026-11-21T09:00:00Z"), zone: &zone };
    let stretch = |words: &Words, from: &str, to: &str| {
        capital(&words.stretch(Interval::new(at(from), at(to)).unwrap(), moment))
    };
    for (from, to, english, dutch) in [
        (
            "2026-11-21T10:00:00Z",
            "2026-11-21T12:30:00Z",
            "Today, 11:00–13:30",
            "Vandaag, 11:00–13:30",
        ),
        (
            "2026-11-24T09:00:00Z",
            "2026-11-26T09:00:00Z",
            "Tue 24 Nov 10:00 – Thu 26 Nov 10:00",
            "Di 24 nov 10:00 – do 26 nov 10:00",
        ),
        (
            "2026-11-21T23:00:00Z",
            "2026-11-22T23:00:00Z",
            "Tomorrow, all day",
            "Morgen, de hele dag",
        ),
        (
            "2027-03-01T09:00:00Z",
            "2027-03-01T10:00:00Z",
            "Mon 1 Mar 2027, 10:00–11:00",
            "Ma 1 mrt 2027, 10:00–11:00",
        ),
    ] {
        assert_eq!(stretch(&en, from, to), english);
        assert_eq!(stretch(&nl, from, to), dutch);
    }
    assert_eq!(en.since(at("2026-11-16T09:00:00Z"), moment), "Monday");
    assert_eq!(nl.since(at("2026-11-16T09:00:00Z"), moment), "maandag");
    assert_eq!(en.since(at("2026-11-21T07:05:00Z"), moment), "08:05");
    assert_eq!(nl.date(date(2026, 5, 1)), "vr 1 mei");
    let cents = Cents::from_cents(-1_250).unwrap();
    assert_eq!(en.money(cents, "EUR"), "−€12.50");
    assert_eq!(nl.money(cents, "EUR"), "−€ 12,50");
    assert_eq!(nl.money(Cents::from_cents(5).unwrap(), "CHF"), "CHF 0,05");
}

#[test]
fn everybody_is_greeted_by_their_own_clock() {
    let (en, nl) = (Words::new(Lang::En), Words::new(Lang::Nl));
    for (hours, english, dutch) in [
        (0..5, "Hello, Anna", "Hallo, Anna"),
        (5..12, "Good morning, Anna", "Goedemorgen, Anna"),
        (12..18, "Good afternoon, Anna", "Goedemiddag, Anna"),
        (18..24, "Good evening, Anna", "Goedenavond, Anna"),
    ] {
        for hour in hours {
            assert_eq!(en.greeting(hour, "Anna"), english, "{hour}");
            assert_eq!(nl.greeting(hour, "Anna"), dutch, "{hour}");
        }
    }
}
