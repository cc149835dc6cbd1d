//! Calendars of a circle of one, made by real commands: Anna lends to herself.

use std::collections::BTreeMap;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use noaber_core::booking::{Booking, Fact, Facts, What};
use noaber_core::id::{BookingId, ListingId, MemberId};
use noaber_core::listing::{Details, Draft, General, Item};
use noaber_core::replica::{Act, Handing};
use noaber_core::time::{Hlc, Interval, Timestamp};
use noaber_core::view::CircleView;
use noaber_core::{Command, Effect, Identity, Input, Outcome, Replica, Ticket};

use super::{Calendar, Purpose, Selection, calendar};

fn at(text: &str) -> Timestamp {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

/// A circle, and the time in it.
struct Street {
    replica: Replica,
    now: Timestamp,
    listing: ListingId,
}

impl Street {
    fn new(zone: &str, now: &str, title: &str) -> Self {
        let key = |seed| SigningKey::from_bytes(&[seed; 32]);
        let replica = Replica::new(Identity {
            root: key(1),
            device: key(2),
            name: "Anna".into(),
            device_name: "laptop".into(),
        });
        let nothing = ListingId::from_bytes([0; 16]);
        let mut street = Self { replica, now: at(now), listing: nothing };
        let (timezone, currency) = (zone.to_owned(), "EUR".to_owned());
        let command = Command::CreateCircle { name: "Lindenstraat".into(), timezone, currency };
        street.does(command);
        let general = General { title: title.to_owned(), quantity: 1, ..General::default() };
        let details = Details::Item(Item::default());
        let draft = Draft::new(general, details);
        let circle = street.circle().id;
        let Outcome::Listing(_, listing) = street.does(Command::Offer { circle, draft }) else {
            panic!("no listing");
        };
        Self { listing, ..street }
    }

    fn does(&mut self, command: Command) -> Outcome {
        let input = Input::Command { ticket: Ticket(0), command: Box::new(command) };
        let effects = self.replica.handle(self.now, &mut rand::rng(), input);
        let reply = effects.into_iter().find_map(|effect| match effect {
            Effect::Reply { result, .. } => Some(result),
            _ => None,
        });
        reply.unwrap().unwrap()
    }

    fn circle(&self) -> Arc<CircleView> {
        Arc::clone(self.replica.view().circles.values().next().unwrap())
    }

    fn asks(&mut self, from: &str, to: &str, note: &str) -> BookingId {
        let (circle, listing) = (self.circle().id, self.listing);
        let (from, to, note) = (at(from), at(to), note.to_owned());
        let command = Command::Ask { circle, listing, from, to, quantity: 1, note };
        let Outcome::Booking(_, id) = self.does(command) else { panic!("no booking") };
        id
    }

    fn acts(&mut self, booking: BookingId, act: Act) {
        let circle = self.circle().id;
        self.does(Command::Booking { circle, booking, act });
    }

    fn file(&self) -> Calendar {
        calendar(&self.circle(), Selection::Circle, Purpose::File, self.now)
    }

    fn feed(&self) -> Calendar {
        calendar(&self.circle(), Selection::Circle, Purpose::Feed, self.now)
    }
}

/// The properties of each event, as a reader sees them after unfolding.
fn events(calendar: &Calendar) -> Vec<BTreeMap<String, String>> {
    let unfolded = calendar.text.replace("\r\n ", "");
    let mut events = Vec::new();
    for line in unfolded.split("\r\n") {
        match (line, line.split_once([':', ';'])) {
            ("BEGIN:VEVENT", _) => events.push(BTreeMap::new()),
            (_, Some((name, value))) if !events.is_empty() => {
                let event: &mut BTreeMap<_, _> = events.last_mut().unwrap();
                event.insert(name.to_owned(), value.to_owned());
            }
            _ => {}
        }
    }
    assert_eq!(events.len(), calendar.events);
    events
}

/// The observances of the zone: kind, onset, offsets before and after.
fn observances(calendar: &Calendar) -> Vec<String> {
    let zone = calendar.text.split("BEGIN:VEVENT").next().unwrap();
    let blocks = zone.split("BEGIN:").filter(|block| block.contains("TZOFFSETTO"));
    let value = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(':').to_owned()
    };
    let row = |block: &str| {
        let kind = block.lines().next().unwrap();
        let [start, from, to] =
            ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"].map(|name| value(block, name));
        format!("{kind} {start} {from} {to}")
    };
    blocks.map(row).collect()
}

/// A booking across a clock change.
struct Change {
    zone: &'static str,
    now: &'static str,
    booked: [&'static str; 2],
    /// What clocks on the wall show at its start and end.
    wall: [&'static str; 2],
    observances: &'static [&'static str],
}

#[test]
fn clock_changes_of_every_kind_are_written_as_they_were() {
    let cases = [
        Change {
            zone: "Europe/Amsterdam",
            now: "2027-03-01T12:00:00Z",
            booked: ["2027-03-27T09:00:00Z", "2027-03-28T08:00:00Z"],
            wall: ["20270327T100000", "20270328T100000"],
            observances: &[
                "STANDARD 20261025T030000 +0200 +0100",
                "DAYLIGHT 20270328T020000 +0100 +0200",
            ],
        },
        Change {
            zone: "America/New_York",
            now: "2027-11-01T12:00:00Z",
            booked: ["2027-11-06T14:00:00Z", "2027-11-07T15:00:00Z"],
            wall: ["20271106T100000", "20271107T100000"],
            observances: &[
                "DAYLIGHT 20270314T020000 -0500 -0400",
                "STANDARD 20271107T020000 -0400 -0500",
            ],
        },
        Change {
            zone: "Australia/Lord_Howe",
            now: "2027-04-01T00:00:00Z",
            booked: ["2027-04-03T01:00:00Z", "2027-04-04T01:00:00Z"],
            wall: ["20270403T120000", "20270404T113000"],
            observances: &[
                "DAYLIGHT 20261004T020000 +1030 +1100",
                "STANDARD 20270404T020000 +1100 +1030",
            ],
        },
        // There was no 30 December: the evening of the 29th and the morning of the 31st are one
        // night.
        Change {
            zone: "Pacific/Apia",
            now: "2011-12-01T00:00:00Z",
            booked: ["2011-12-30T04:00:00Z", "2011-12-30T20:00:00Z"],
            wall: ["20111229T180000", "20111231T100000"],
            observances: &[
                "DAYLIGHT 20110924T030000 -1100 -1000",
                "DAYLIGHT 20111230T000000 -1000 +1400",
            ],
        },
        Change {
            zone: "UTC",
            now: "2027-03-01T12:00:00Z",
            booked: ["2027-03-27T09:00:00Z", "2027-03-28T08:00:00Z"],
            wall: ["20270327T090000", "20270328T080000"],
            observances: &["STANDARD 19700101T000000 +0000 +0000"],
        },
    ];
    for Change { zone, now, booked: [from, to], wall, observances: expected } in cases {
        let mut street = Street::new(zone, now, "Ladder");
        street.asks(from, to, "");
        let file = street.file();
        assert_eq!(observances(&file), expected, "{zone}");
        let event = &events(&file)[0];
        assert_eq!(event["DTSTART"], format!("TZID={zone}:{}", wall[0]));
        assert_eq!(event["DTEND"], format!("TZID={zone}:{}", wall[1]));
        assert!(file.text.contains(&format!("X-WR-TIMEZONE:{zone}\r\n")), "{zone}");
    }
}

#[test]
fn the_hour_that_comes_twice_is_told_in_utc() {
    let mut street = Street::new("Europe/Amsterdam", "2027-10-01T12:00:00Z", "Ladder");
    street.asks("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "");
    let event = &events(&street.file())[0];
    assert_eq!(event["DTSTART"], "20271031T003000Z");
    assert_eq!(event["DTEND"], "20271031T013000Z");
}

#[test]
fn a_zone_that_is_not_known_here_is_told_in_utc() {
    let mut street = Street::new("Mars/Olympus\r\nX-EVIL:1", "2027-10-01T12:00:00Z", "Ladder");
    street.asks("2027-10-30T10:00:00Z", "2027-10-30T12:00:00Z", "");
    let file = street.file();
    assert_eq!(events(&file)[0]["DTSTART"], "TZID=UTC:20271030T100000");
    assert!(!file.text.contains("X-EVIL"));
}

#[test]
fn a_cancelled_booking_leaves_the_feed_and_is_cancelled_in_the_file() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    let kept = street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", "");
    let gone = street.asks("2027-03-11T10:00:00Z", "2027-03-11T12:00:00Z", "");
    assert_eq!(street.feed().events, 2);
    street.acts(gone, Act::Cancel { reason: "it rains".into() });
    let feed = events(&street.feed());
    assert_eq!(feed.len(), 1);
    assert_eq!(feed[0]["UID"], format!("{kept}@noaber"));
    let file = events(&street.file());
    assert_eq!(file[1]["UID"], format!("{gone}@noaber"));
    assert_eq!(file[1]["STATUS"], "CANCELLED");
    assert!(file[1]["DESCRIPTION"].contains("Called off by Anna: it rains"), "{file:?}");
}

#[test]
fn one_booking_keeps_its_uid_and_its_sequence_grows_with_each_change() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    let id = street.asks("2027-03-01T12:10:00Z", "2027-03-02T12:00:00Z", "");
    let mut seen = vec![events(&street.file())[0].clone()];
    // Her own ladder is confirmed at once.
    for act in [Act::PickUp(Handing::default()), Act::Return(Handing::default())] {
        street.now = street.now.plus_ms(60_000);
        street.acts(id, act);
        seen.push(events(&street.file())[0].clone());
    }
    let field = |name: &str| seen.iter().map(|event| event[name].clone()).collect::<Vec<_>>();
    assert_eq!(field("SEQUENCE"), ["1", "2", "3"]);
    assert_eq!(field("STATUS"), ["CONFIRMED"; 3]);
    assert_eq!(field("UID"), vec![format!("{id}@noaber"); 3]);
    assert_eq!(field("CREATED"), ["20270301T120000Z"; 3]);
    let modified = ["20270301T120000Z", "20270301T120100Z", "20270301T120200Z"];
    assert_eq!(
        (field("LAST-MODIFIED"), field("DTSTAMP")),
        (modified.map(String::from).into(), modified.map(String::from).into())
    );
    assert!(seen[1]["DESCRIPTION"].contains("Anna has it"), "{seen:?}");
}

#[test]
fn a_request_is_tentative_and_when_nobody_answers_goes_out_as_a_new_version() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    let id = street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", "");
    let mut circle = CircleView::clone(&street.circle());
    let unanswered = Booking { facts: Facts::default(), ..Booking::clone(&circle.bookings[&id]) };
    circle.bookings.insert(id, Arc::new(unanswered));
    let file = |now| events(&calendar(&circle, Selection::Circle, Purpose::File, now))[0].clone();
    let asked = file(street.now);
    assert_eq!((&asked["STATUS"][..], &asked["SEQUENCE"][..]), ("TENTATIVE", "0"));
    assert!(asked["DESCRIPTION"].starts_with("Asked\\; waits for Anna\\n"), "{asked:?}");
    let later = at("2027-03-10T11:00:00Z");
    let expired = file(later);
    assert_eq!((&expired["STATUS"][..], &expired["SEQUENCE"][..]), ("CANCELLED", "1"));
    assert_eq!(expired["LAST-MODIFIED"], "20270310T100000Z");
    assert_eq!(calendar(&circle, Selection::Circle, Purpose::Feed, later).events, 0);
}

#[test]
fn the_keeper_having_a_request_is_no_change() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    let id = street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", "");
    let mut circle = CircleView::clone(&street.circle());
    let mut booking = Booking::clone(&circle.bookings[&id]);
    let (device, by) = (booking.asked.device, booking.borrower);
    let time = Hlc::from_bits(u64::MAX);
    booking.facts.insert(Fact { time, device, seq: 99, by, what: What::Received });
    circle.bookings.insert(id, Arc::new(booking));
    let after = calendar(&circle, Selection::Circle, Purpose::File, street.now);
    assert_eq!(after, street.file());
}

#[test]
fn nobodys_words_become_a_property() {
    let evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\rX-EVIL:1\nX-EVIL:2\u{2028}X-EVIL:3;,\\";
    let title = evil.replace("\r\n", "\n");
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", &title);
    street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", &evil.repeat(9));
    let file = street.file();
    let unfolded = file.text.replace("\r\n ", "");
    assert!(unfolded.split("\r\n").all(|line| !line.starts_with("X-EVIL")), "{unfolded}");
    assert!(unfolded.split("\r\n").all(|line| !line.contains(['\r', '\n', '\u{2028}'])));
    assert_eq!(unfolded.matches("BEGIN:VEVENT\r\n").count(), 1);
    assert!(file.text.split("\r\n").all(|line| line.len() <= 75));
    let listing =
        calendar(&street.circle(), Selection::Listing(street.listing), Purpose::Feed, street.now);
    assert!(!listing.text.replace("\r\n ", "").contains("\nX-EVIL"));
}

#[test]
fn a_selection_leaves_out_what_is_somebody_elses() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", "");
    let circle = street.circle();
    let count = |selection| calendar(&circle, selection, Purpose::Feed, street.now).events;
    let anna = circle.listings[&street.listing].owner;
    assert_eq!(count(Selection::Listing(street.listing)), 1);
    assert_eq!(count(Selection::Member(anna)), 1);
    assert_eq!(count(Selection::Listing(ListingId::from_bytes([9; 16]))), 0);
    assert_eq!(count(Selection::Member(MemberId::from_bytes([9; 32]))), 0);
    // Lent to somebody else it is still Anna's, and theirs.
    let mut lent = CircleView::clone(&circle);
    let ben = MemberId::from_bytes([9; 32]);
    let bookings = lent.bookings.values().map(|booking| Booking::clone(booking));
    let bens: Vec<Booking> = bookings.map(|booking| Booking { borrower: ben, ..booking }).collect();
    for booking in bens {
        lent.bookings.insert(booking.id, Arc::new(booking));
    }
    for member in [anna, ben] {
        let theirs = calendar(&lent, Selection::Member(member), Purpose::Feed, street.now);
        assert_eq!(theirs.events, 1);
    }
}

#[test]
fn what_is_long_over_and_years_that_calendars_do_not_know_are_left_out() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    let id = street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", "");
    let end = at("2027-03-10T12:00:00Z");
    let days = |days: i64| end.plus_ms(days * 86_400_000);
    let circle = street.circle();
    let events_at = |now| calendar(&circle, Selection::Circle, Purpose::File, now).events;
    assert_eq!((events_at(days(400)), events_at(days(401))), (1, 0));
    for [from, to] in [[i64::MIN, i64::MAX], [i64::MAX - 1, i64::MAX], [-1 << 50, 1 << 47]] {
        let mut circle = CircleView::clone(&circle);
        let interval = Interval::new(Timestamp::from_ms(from), Timestamp::from_ms(to)).unwrap();
        let booking = Booking { interval, ..Booking::clone(&circle.bookings[&id]) };
        circle.bookings.insert(id, Arc::new(booking));
        let file = calendar(&circle, Selection::Circle, Purpose::File, street.now);
        assert_eq!(file.events, 0, "{from} {to}");
    }
}

#[test]
fn what_is_near_is_not_pushed_out_by_what_is_far() {
    let mut street = Street::new("Europe/Amsterdam", "2027-03-01T12:00:00Z", "Ladder");
    let id = street.asks("2027-03-10T10:00:00Z", "2027-03-10T12:00:00Z", "");
    let mut circle = CircleView::clone(&street.circle());
    let near = Booking::clone(&circle.bookings[&id]);
    for n in 0..=super::MAX_EVENTS as u64 {
        let far = near.interval.from().plus_ms(86_400_000 * (1 + n as i64));
        let interval = Interval::new(far, far.plus_ms(60_000)).unwrap();
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&n.to_be_bytes());
        let far = Booking { id: BookingId::from_bytes(bytes), interval, ..near.clone() };
        circle.bookings.insert(far.id, Arc::new(far));
    }
    let feed = calendar(&circle, Selection::Circle, Purpose::Feed, street.now);
    assert_eq!(feed.events, super::MAX_EVENTS);
    assert!(feed.text.contains(&format!("UID:{id}@noaber")));
}
