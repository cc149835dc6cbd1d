//! Spreadsheets as people and their programs write them, and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use noaber_core::id::ListingId;
use noaber_core::listing::{Details, Draft, General, Item, Listing};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::{Command, Effect, Identity, Input, Outcome, Replica, Ticket};
use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

/// Anna and her circle.
struct Anna {
    replica: Replica,
}

impl Anna {
    fn new() -> Self {
        let key = |seed| SigningKey::from_bytes(&[seed; 32]);
        let (name, device_name) = ("Anna".to_owned(), "laptop".to_owned());
        let replica = Replica::new(Identity { root: key(1), device: key(2), name, device_name });
        let mut anna = Self { replica };
        let (name, timezone) = ("Lindenstraat".to_owned(), "Europe/Amsterdam".to_owned());
        anna.does(Command::CreateCircle { name, timezone, currency: "EUR".into() });
        anna
    }

    fn does(&mut self, command: Command) -> Outcome {
        let input = Input::Command { ticket: Ticket(0), command: Box::new(command) };
        let effects = self.replica.handle(NOW, &mut rand::rng(), input);
        let reply = effects.into_iter().find_map(|effect| match effect {
            Effect::Reply { result, .. } => Some(result),
            _ => None,
        });
        reply.unwrap().unwrap()
    }

    fn circle(&self) -> Arc<CircleView> {
        Arc::clone(self.replica.view().circles.values().next().unwrap())
    }

    fn offers(&mut self, general: General, give_away: bool) -> ListingId {
        let details = Details::Item(Item { give_away });
        let circle = self.circle().id;
        let draft = Draft::new(general, details);
        let Outcome::Listing(_, id) = self.does(Command::Offer { circle, draft }) else {
            panic!("no listing");
        };
        id
    }

    fn known(&self, refs: &BTreeMap<String, ListingId>) -> Known {
        Known::new(&self.circle(), self.replica.identity().member(), refs.clone())
    }

    /// Brings in a file as `api` does, but for photos: (new, changed, unchanged, refused).
    fn imports(&mut self, refs: &mut BTreeMap<String, ListingId>, text: &str) -> [usize; 4] {
        let sheet = read(text.as_bytes()).unwrap();
        let mut known = self.known(refs);
        let mut counts = [0, 0, 0, sheet.rejected.len()];
        let circle = self.circle().id;
        for row in &sheet.rows {
            match known.find(row) {
                Err(_) => counts[3] += 1,
                Ok(Meant::New) => {
                    let command = Command::Offer { circle, draft: row.draft(None) };
                    let Outcome::Listing(_, id) = self.does(command) else { panic!("no listing") };
                    known.remember(row, id);
                    counts[0] += 1;
                }
                Ok(Meant::Listing(listing)) => {
                    let draft = row.draft(Some(&listing));
                    if draft == listing.to_draft() {
                        counts[2] += 1;
                    } else {
                        self.does(Command::Edit { circle, listing: listing.id, draft });
                        counts[1] += 1;
                    }
                }
            }
        }
        *refs = known.refs().clone();
        counts
    }

    fn titles(&self) -> Vec<String> {
        let nothing = BTreeMap::new();
        let known = self.known(&nothing);
        known.things().iter().map(|(listing, _)| listing.general.title.clone()).collect()
    }
}

fn thing(title: &str, about: &str, category: &str) -> General {
    let (title, about, category) = (title.to_owned(), about.to_owned(), category.to_owned());
    General { title, about, category, quantity: 1, ..General::default() }
}

#[test]
fn files_of_every_usual_kind_say_the_same() {
    let wanted = Row {
        line: 2,
        title: "Ladder".into(),
        about: Some("4,5 m; \"heavy\"\nbring two".into()),
        quantity: Some(2),
        instant: Some(true),
        ..Row::default()
    };
    let body = "\"4,5 m; \"\"heavy\"\"\nbring two\"";
    let comma = format!("title,about,quantity,instant\nLadder,{body},2,yes\n");
    let semicolon = format!("title;about;quantity;instant\nLadder;{body};2;yes\n");
    let cases = [
        comma.clone(),
        semicolon.clone(),
        format!("\u{feff}{semicolon}"),
        comma.replace('\n', "\r\n"),
        comma.trim_end().to_owned(),
        format!("Quantity, Title ,ABOUT,Instant\n2, Ladder ,{body},TRUE\n"),
        format!("title,about,quantity,instant,,\nLadder,{body},2,WAAR,,\n,,,,,\n\n"),
    ];
    for text in cases {
        let sheet = read(text.as_bytes()).unwrap();
        assert_eq!(sheet, Sheet { rows: vec![wanted.clone()], rejected: Vec::new() }, "{text}");
    }
}

#[test]
fn what_is_no_such_file_is_told_with_what_to_do() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xfffe]
            .into_iter()
            .map(u16::swap_bytes)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    let cases: [(Vec<u8>, SheetError); 9] = [
        (b"title\nLadder\nB\xfcrste\n".to_vec(), SheetError::Encoding { line: 3 }),
        (utf16("title\nLadder\n"), SheetError::Encoding { line: 1 }),
        (b"t\0i\0t\0l\0e\0".to_vec(), SheetError::Encoding { line: 1 }),
        (b"PK\x03\x04\x14\x00\x06\x00".to_vec(), SheetError::Encoding { line: 1 }),
        (Vec::new(), SheetError::Empty),
        (b"\xef\xbb\xbf\n\n".to_vec(), SheetError::Empty),
        (b"title,colour\nLadder,red\n".to_vec(), SheetError::UnknownColumn("colour".into())),
        (b"title,Title\nLadder,red\n".to_vec(), SheetError::ColumnTwice("title")),
        (b"about,category\nLadder,red\n".to_vec(), SheetError::NoTitle),
    ];
    for (bytes, error) in cases {
        assert_eq!(read(&bytes), Err(error), "{bytes:?}");
    }
}

#[test]
fn limits_are_those_that_are_told() {
    let rows = |n: usize| format!("title\n{}", "Ladder\n".repeat(n));
    assert_eq!(read(rows(MAX_ROWS).as_bytes()).unwrap().rows.len(), MAX_ROWS);
    assert_eq!(read(rows(MAX_ROWS + 1).as_bytes()), Err(SheetError::TooManyRows));
    assert_eq!(read(&vec![b'\n'; MAX_BYTES]), Err(SheetError::Empty));
    assert_eq!(read(&vec![b'\n'; MAX_BYTES + 1]), Err(SheetError::TooLong));
}

#[test]
fn bad_rows_are_told_by_their_line_and_good_ones_kept() {
    let long = "x".repeat(201);
    let text = format!(
        "title,quantity,instant\r\n\
         Ladder,1,\r\n\
         \r\n\
         ,1,\r\n\
         Drill,many,\r\n\
         Saw,0,\r\n\
         \"Rake\nand leaves\",1,\r\n\
         Spade,1\r\n\
         Hoe,1,perhaps\r\n\
         {long},1,\r\n\
         Axe,-1,no\r\n\
         Barrow,2,no\r\n"
    );
    let sheet = read(text.as_bytes()).unwrap();
    let good: Vec<(usize, &str)> = sheet.rows.iter().map(|row| (row.line, &*row.title)).collect();
    assert_eq!(good, [(2, "Ladder"), (13, "Barrow")]);
    let bad: Vec<(usize, &str)> =
        sheet.rejected.iter().map(|row| (row.line, &*row.reason)).collect();
    let expected = [
        (4, "title"),
        (5, "“many” is not a whole number"),
        (6, "quantity must be from 1"),
        (7, "one line"),
        (9, "2 cells and not 3"),
        (10, "yes or no"),
        (11, "at most 200 bytes"),
        (12, "“-1” is not a whole number"),
    ];
    assert_eq!(bad.len(), expected.len(), "{bad:?}");
    for ((line, reason), (wanted, words)) in bad.into_iter().zip(expected) {
        assert!(
            line == wanted && reason.contains(words),
            "line {line}: {reason}; {wanted}: {words}"
        );
    }
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_rows_unseen() {
    let sheet = read(b"title,about\nLadder,long\n\"Drill,loud\nSaw,sharp\n").unwrap();
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(sheet.rejected.len(), 1);
    assert_eq!(sheet.rejected[0].line, 3);
    assert!(sheet.rejected[0].reason.contains("quote"), "{:?}", sheet.rejected);
    assert!(read(b"title\n\"Drill\nSaw\n").unwrap().rows.is_empty());
}

#[test]
fn a_second_time_nothing_is_doubled_and_what_differs_is_changed() {
    let first = "title,category,quantity\nLadder,tools,1\nDrill,tools,1\nLadder,toys,1\n";
    let mut anna = Anna::new();
    let mut refs = BTreeMap::new();
    assert_eq!(anna.imports(&mut refs, first), [3, 0, 0, 0]);
    assert_eq!(anna.imports(&mut refs, first), [0, 0, 3, 0]);
    let second = first.replace("Drill,tools,1", "Drill,tools,2");
    assert_eq!(anna.imports(&mut refs, &second), [0, 1, 2, 0]);
    assert_eq!(anna.imports(&mut refs, &second), [0, 0, 3, 0]);
    // What the file does not speak of stays as it is.
    assert_eq!(anna.imports(&mut refs, "title\nDrill\n"), [0, 0, 1, 0]);
    assert_eq!(anna.imports(&mut refs, "title,category\nDrill,\n"), [1, 0, 0, 0]);
    assert_eq!(anna.titles(), ["Drill", "Drill", "Ladder", "Ladder"]);
}

#[test]
fn a_ref_knows_a_thing_whatever_it_is_called_now() {
    let mut anna = Anna::new();
    let mut refs = BTreeMap::new();
    let two = "ref,title\nA,Ladder\nB,Ladder\n";
    assert_eq!(anna.imports(&mut refs, two), [2, 0, 0, 0]);
    assert_eq!(anna.imports(&mut refs, two), [0, 0, 2, 0]);
    assert_eq!(anna.imports(&mut refs, "ref,title\nB,Tall ladder\nA,Ladder\n"), [0, 1, 1, 0]);
    assert_eq!(anna.titles(), ["Ladder", "Tall ladder"]);
    // Forgotten on another device, the title serves.
    let mut forgotten = BTreeMap::new();
    let renamed = "ref,title\nB,Tall ladder\nA,Ladder\n";
    assert_eq!(anna.imports(&mut forgotten, renamed), [0, 0, 2, 0]);
    assert_eq!(forgotten, refs);
}

#[test]
fn a_row_without_a_ref_and_one_with_it_do_not_take_each_others_thing() {
    let mut anna = Anna::new();
    let mut refs = BTreeMap::new();
    for text in ["ref,title\n,Ladder\nA,Ladder\n", "ref,title\nB,Saw\n,Saw\n"] {
        assert_eq!(anna.imports(&mut refs, text), [2, 0, 0, 0]);
        assert_eq!(anna.imports(&mut refs, text), [0, 0, 2, 0]);
        assert_eq!(anna.imports(&mut refs, text), [0, 0, 2, 0]);
    }
}

#[test]
fn rows_that_mean_the_same_are_refused_but_the_first() {
    let mut anna = Anna::new();
    let mut refs = BTreeMap::new();
    assert_eq!(anna.imports(&mut refs, "title\nLadder\nLadder\n"), [1, 0, 0, 1]);
    assert_eq!(anna.imports(&mut refs, "title\nLadder\nLadder\n"), [0, 0, 1, 1]);
    assert_eq!(anna.imports(&mut refs, "ref,title\nX,Saw\nX,Rake\n"), [1, 0, 0, 1]);
    let id = anna.known(&refs).things()[0].0.id;
    let both = format!("ref,title\n{id},Ladder\nY,Hoe\n{id},Rake\n");
    assert_eq!(anna.imports(&mut refs, &both), [1, 0, 1, 1]);
    assert_eq!(anna.titles(), ["Hoe", "Ladder", "Saw"]);
}

#[test]
fn of_several_alike_a_row_means_the_one_that_is_just_so() {
    let mut anna = Anna::new();
    anna.offers(thing("Chair", "", ""), false);
    anna.offers(thing("Chair", "red", ""), false);
    let mut refs = BTreeMap::new();
    assert_eq!(anna.imports(&mut refs, "title,about\nChair,red\n"), [0, 0, 1, 0]);
    assert_eq!(anna.imports(&mut refs, "title,about\nChair,blue\n"), [0, 0, 0, 1]);
}

#[test]
fn what_is_no_longer_offered_or_no_thing_is_not_meant() {
    let mut anna = Anna::new();
    let id = anna.offers(thing("Ladder", "", ""), false);
    let circle = anna.circle();
    let draft = Draft { retired: true, ..circle.listings[&id].to_draft() };
    anna.does(Command::Edit { circle: circle.id, listing: id, draft });
    let help = Details::HelpOffer(noaber_core::listing::Help::default());
    let draft = Draft::new(thing("Garden", "", ""), help);
    anna.does(Command::Offer { circle: circle.id, draft });
    assert_eq!(anna.titles(), [""; 0]);
    let mut refs = BTreeMap::from([("A".to_owned(), id)]);
    assert_eq!(anna.imports(&mut refs, "ref,title\nA,Ladder\n,Garden\n"), [2, 0, 0, 0]);
}

#[test]
fn a_spreadsheet_program_calculates_nothing() {
    let cases = [
        ("=1+1", "'=1+1"),
        ("+31 6 1234", "'+31 6 1234"),
        ("-5 °C freezer bag", "'-5 °C freezer bag"),
        ("@home", "'@home"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''@", "'''@"),
        ("'t Zaagje", "'t Zaagje"),
        ("'", "'"),
        ("''", "''"),
        ("", ""),
        ("Ladder = long", "Ladder = long"),
    ];
    for (text, written) in cases {
        assert_eq!(guarded(text), written);
        assert_eq!(unguarded(written), text);
    }
}

fn written(anna: &Anna, refs: &BTreeMap<String, ListingId>, separator: Separator) -> String {
    let known = anna.known(refs);
    write(&known.things(), separator)
}

#[test]
fn the_file_is_as_it_is_documented() {
    let mut anna = Anna::new();
    let general =
        General { quantity: 3, instant: true, ..thing("Chairs, red", "=SUM(A1)", "a\nb") };
    let id = anna.offers(general, true);
    let comma = written(&anna, &BTreeMap::new(), Separator::Comma);
    assert_eq!(
        comma,
        format!(
            "title,about,category,quantity,instant,give_away,photo,ref\r\n\
             \"Chairs, red\",'=SUM(A1),a b,3,yes,yes,,{id}\r\n"
        )
    );
    let refs = BTreeMap::from([("shed 1".to_owned(), id)]);
    let semicolon = written(&anna, &refs, Separator::Semicolon);
    assert!(
        semicolon.ends_with("\r\nChairs, red;'=SUM(A1);a b;3;yes;yes;;shed 1\r\n"),
        "{semicolon}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_written_is_read_again_as_unchanged(
        things in prop::collection::vec(
            (r"['=+@ -]{0,3}[a-z,;\n\t\r\x22'|é=]{1,12}x", r"['=+@\r\n\t -]{0,3}\PC{0,20}", r"['= ]{0,2}[a-z]{0,3}", 1..9_u32, any::<[bool; 2]>()),
            1..8,
        ),
        is_comma in any::<bool>(),
    ) {
        let mut anna = Anna::new();
        for (title, about, category, quantity, [instant, give_away]) in &things {
            let general = General { quantity: *quantity, instant: *instant, ..thing(title, about, category) };
            anna.offers(general, *give_away);
        }
        let separator = if is_comma { Separator::Comma } else { Separator::Semicolon };
        let mut refs = BTreeMap::new();
        let text = written(&anna, &refs, separator);
        prop_assert_eq!(anna.imports(&mut refs, &text), [0, 0, things.len(), 0], "{}", text);
        // Also without the refs, where titles tell them apart.
        let own: std::collections::BTreeSet<String> = things.iter().map(|(title, ..)| flat(title)).collect();
        if own.len() == things.len() {
            let bare = things_without_refs(&anna, separator);
            prop_assert_eq!(anna.imports(&mut refs, &bare), [0, 0, things.len(), 0], "{}", bare);
        }
    }

    #[test]
    fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200), text in r#"[a-z,;"\n\r']{0,80}"#) {
        let _ = read(&bytes);
        let _ = read(format!("title,about\n{text}").as_bytes());
    }
}

fn things_without_refs(anna: &Anna, separator: Separator) -> String {
    let nothing = BTreeMap::new();
    let known = anna.known(&nothing);
    let bare: Vec<(&Listing, String)> =
        known.things().into_iter().map(|(listing, _)| (listing, String::new())).collect();
    write(&bare, separator)
}
