//! Golden bytes: one example of everything that is stored or sent, as hexadecimal.
//!
//! A line that differs means that old logs read differently, or no longer verify. A new meaning is
//! a new payload kind; an existing line never changes. To add an example, run the test and take the
//! line that it prints.

use ed25519_dalek::SigningKey;

use super::*;
use crate::id::{
    BookingId, CircleId, DeviceId, EntryHash, FrontierDigest, InviteId, LineId, ListingId, LogTag,
    MemberId, MessageId, NoticeId, PhotoId, SeriesId,
};
use crate::limits::{
    MAX_ADDRESSES, MAX_BANDS, MAX_DEBTS, MAX_MESSAGE, MAX_NAME, MAX_NOTICES_SEEN, MAX_OCCURRENCES,
    MAX_PHOTOS, MAX_TEXT,
};
use crate::time::{Hlc, Timestamp};

const CIRCLE: CircleId = CircleId::from_bytes([0xc1; 32]);
const BOOKING: BookingId = BookingId::from_bytes([0xb0; 16]);
const LISTING: ListingId = ListingId::from_bytes([0x11; 16]);
const DEVICE: DeviceId = DeviceId::from_bytes([0xde; 32]);

fn introduction() -> Introduction {
    Introduction {
        member: MemberId::from_bytes([0x3e; 32]),
        name: "Anna".into(),
        device_name: "laptop".into(),
        bond: Bond {
            root: Signature::from_bytes([0x0a; 64]),
            device: Signature::from_bytes([0x0b; 64]),
        },
    }
}

fn address() -> Address {
    Address { direct: vec!["192.0.2.1:4433".into()], relays: vec!["https://r.example".into()] }
}

fn hand_over() -> HandOver {
    HandOver {
        booking: BOOKING,
        quantity: 2,
        odometer_km: Some(70_000),
        photo: Some(PhotoId::from_bytes([0x70; 32])),
        note: "ok".into(),
    }
}

fn found() -> Found {
    Found {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
        salt: [0x5a; 16],
        founder: introduction(),
    }
}

fn admit() -> Admit {
    Admit {
        invite: InviteId::from_bytes([0x17; 32]),
        device: DEVICE,
        newcomer: introduction(),
        invite_signature: Signature::from_bytes([0x0c; 64]),
    }
}

fn ask() -> Ask {
    Ask {
        listing: LISTING,
        from: Timestamp::from_ms(1_780_000_000_000),
        to: Timestamp::from_ms(1_780_003_600_000),
        quantity: 3,
        note: "żółw".into(),
    }
}

/// One example of every kind; the match in [`name_of`] reminds whoever adds one.
fn payloads() -> Vec<Payload> {
    vec![
        Payload::Found(found()),
        Payload::Invite(InviteRecord {
            invite: InviteId::from_bytes([0x17; 32]),
            expires: Timestamp::from_ms(1_780_604_800_000),
        }),
        Payload::Admit(admit()),
        Payload::Leave(Leave {}),
        Payload::Address(address()),
        Payload::CreateDocument(CreateDocument {
            kind: "item".into(),
            writers: Writers::Member,
            change: vec![1, 2, 3],
        }),
        Payload::EditDocument(EditDocument { document: LISTING, change: vec![4, 5] }),
        Payload::Ask(ask()),
        Payload::Received(Received { booking: BOOKING }),
        Payload::Confirm(Confirm { booking: BOOKING, term: 1 }),
        Payload::Decline(Decline {
            booking: BOOKING,
            code: "overlap".into(),
            text: "sorry".into(),
        }),
        Payload::Cancel(Cancel { booking: BOOKING, reason: "rain".into() }),
        Payload::PickUp(hand_over()),
        Payload::Return(HandOver { odometer_km: None, photo: None, ..hand_over() }),
    ]
    .into_iter()
    .chain(later_payloads())
    .collect()
}

/// The kinds that came with the second version.
fn later_payloads() -> Vec<Payload> {
    let (booking, line) = (BOOKING, LineId::from_bytes([0x1e; 16]));
    let (to, until) =
        (Timestamp::from_ms(1_780_007_200_000), Timestamp::from_ms(1_780_090_000_000));
    let message = MessageId::from_bytes([0x3a; 16]);
    vec![
        Payload::HouseRules(HouseRules { timebank: true, floor_quarters: -40 }),
        Payload::Profile(profile()),
        Payload::Give(Give { listing: LISTING, to: introduction().member }),
        Payload::Take(Take { listing: LISTING, successor: ListingId::from_bytes([0x12; 16]) }),
        Payload::AskSeries(series()),
        Payload::Wait(ask()),
        Payload::Offered(Offered { booking, until }),
        Payload::Accept(Accept { booking }),
        Payload::Extend(Extend { booking, to }),
        Payload::Extended(Extended { booking, to, term: 1 }),
        Payload::NotExtended(not_extended()),
        Payload::Damage(damage()),
        Payload::Done(Done { booking, text: "dank!".into() }),
        Payload::Correct(Correct { booking, start_km: None, end_km: Some(70_042) }),
        Payload::Message(Words { about: About::Booking(booking), text: "om 10 uur?".into() }),
        Payload::Message(Words { about: About::Listing(LISTING), text: "mooi".into() }),
        Payload::Reword(Reword { message, text: "om 11 uur?".into() }),
        Payload::Seen(Seen { notices: vec![NoticeId::from_bytes([0x4e; 8])] }),
        Payload::Owe(owe()),
        Payload::Agree(Agree { line }),
        Payload::Waive(Waive { line, reason: "laat maar".into() }),
        Payload::Tariff(tariff()),
    ]
}

fn profile() -> Profile {
    Profile { iban: "NL91ABNA0417164300".into(), payee: "A. Jansen".into() }
}

fn series() -> AskSeries {
    let Ask { listing, from, to, quantity, note } = ask();
    AskSeries { listing, times: vec![(from, to), (to, to.plus_ms(1))], quantity, note }
}

fn not_extended() -> NotExtended {
    let to = Timestamp::from_ms(1_780_007_200_000);
    NotExtended { booking: BOOKING, to, code: "overlap".into(), text: "sorry".into() }
}

fn damage() -> Damage {
    let photos = vec![PhotoId::from_bytes([0x70; 32])];
    Damage { booking: BOOKING, text: "deuk".into(), photos, unusable: true }
}

fn owe() -> Owe {
    Owe {
        creditor: Party::Member(introduction().member),
        unit: Unit::Cents,
        debts: vec![(Party::Pot, 1250), (Party::Member(MemberId::from_bytes([0x3f; 32])), 300)],
        cause: Cause::Trip(BOOKING),
        text: "42 km".into(),
        photo: Some(PhotoId::from_bytes([0x70; 32])),
    }
}

fn tariff() -> TariffFrom {
    TariffFrom {
        listing: LISTING,
        from: Timestamp::from_ms(1_780_000_000_000),
        bands: vec![(Some(100), 300), (None, 200)],
        per_hour: Some(2_500),
        fixed_cents: 100,
    }
}

fn name_of(payload: &Payload) -> &'static str {
    match payload {
        Payload::Found(_) => "found",
        Payload::Invite(_) => "invite",
        Payload::Admit(_) => "admit",
        Payload::Leave(_) => "leave",
        Payload::Address(_) => "address",
        Payload::CreateDocument(_) => "create document",
        Payload::EditDocument(_) => "edit document",
        Payload::Ask(_) => "ask",
        Payload::Received(_) => "received",
        Payload::Confirm(_) => "confirm",
        Payload::Decline(_) => "decline",
        Payload::Cancel(_) => "cancel",
        Payload::PickUp(_) => "pick up",
        Payload::Return(_) => "return",
        Payload::HouseRules(_) => "house rules",
        Payload::Profile(_) => "profile",
        Payload::Give(_) => "give",
        Payload::Take(_) => "take",
        Payload::AskSeries(_) => "ask series",
        Payload::Wait(_) => "wait",
        Payload::Offered(_) => "offered",
        Payload::Accept(_) => "accept",
        Payload::Extend(_) => "extend",
        Payload::Extended(_) => "extended",
        Payload::NotExtended(_) => "not extended",
        Payload::Damage(_) => "damage",
        Payload::Done(_) => "done",
        Payload::Correct(_) => "correct",
        Payload::Message(_) => "message",
        Payload::Reword(_) => "reword",
        Payload::Seen(_) => "seen",
        Payload::Owe(_) => "owe",
        Payload::Agree(_) => "agree",
        Payload::Waive(_) => "waive",
        Payload::Tariff(_) => "tariff",
        Payload::Unknown { .. } => "unknown",
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Two entries of one log, sealed with a fixed key.
fn sealed() -> [StoredEntry; 2] {
    let key = SigningKey::from_bytes(&[7; 32]);
    let entry =
        |bits, payload: Payload| Entry { time: Hlc::from_bits(bits), payload: payload.encode() };
    let first =
        seal(&key, CIRCLE, Head::default(), entry(0x0123_4567_89ab_0001, Payload::Ask(ask())));
    let head = Head { seq: 1, hash: first.hash, time: first.entry.time };
    let second = seal(&key, CIRCLE, head, entry(0x0123_4567_89ab_0002, Payload::Leave(Leave {})));
    [first, second]
}

fn run() -> Run {
    let [first, second] = sealed();
    Run {
        device: first.device,
        first: 1,
        prev: EntryHash::ZERO,
        signature: second.signature.expect("sealed entries are signed"),
        entries: vec![first.entry, second.entry],
    }
}

fn messages() -> Vec<(&'static str, Message)> {
    let digest = FrontierDigest::from_bytes([0xd1; 32]);
    let hello =
        Message::Hello { version: VERSION, circles: vec![CircleDigest { circle: CIRCLE, digest }] };
    let logs = vec![(LogTag::from_bytes([0x7a; 8]), 300)];
    let frontier = Message::Frontier { circle: CIRCLE, full: true, logs };
    let partial = Message::Frontier { circle: CIRCLE, full: false, logs: vec![] };
    let runs = Message::Runs(RunsFrame { circle: CIRCLE, runs: vec![run()] });
    vec![
        ("hello", hello),
        ("full frontier", frontier),
        ("partial frontier", partial),
        ("runs", runs),
    ]
}

fn request() -> JoinRequest {
    JoinRequest {
        circle: CIRCLE,
        invite: InviteId::from_bytes([0x17; 32]),
        newcomer: introduction(),
        invite_signature: Signature::from_bytes([0x0c; 64]),
    }
}

fn link() -> Link {
    let Address { direct, relays } = address();
    Link {
        circle: CIRCLE,
        name: "Lindenstraat".into(),
        secret: [0x5e; 32],
        expires: Timestamp::from_ms(1_780_604_800_000),
        admitters: vec![Admitter { device: DEVICE, direct, relays }],
    }
}

const ANSWERS: [JoinAnswer; 5] = [
    JoinAnswer::Welcome,
    JoinAnswer::Refused,
    JoinAnswer::Used,
    JoinAnswer::Expired,
    JoinAnswer::Full,
];

/// All examples, a line each.
fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |name: &str, bytes: String| lines.push(format!("{name}: {bytes}"));
    for payload in payloads() {
        line(name_of(&payload), hex(&payload.encode()));
    }
    for writers in [Writers::Device, Writers::Member, Writers::Stewards, Writers::Circle] {
        let bytes = postcard::to_allocvec(&writers).expect("a plain enum always fits");
        line(&format!("writers {writers:?}"), hex(&bytes));
    }
    for unit in [Unit::Cents, Unit::Quarters] {
        let bytes = postcard::to_allocvec(&unit).expect("a plain enum always fits");
        line(&format!("unit {unit:?}"), hex(&bytes));
    }
    let b = BOOKING;
    for cause in [
        Cause::Trip(b),
        Cause::Receipt(b),
        Cause::Damage(b),
        Cause::Help(b),
        Cause::Payment,
        Cause::Shared,
    ] {
        let bytes = postcard::to_allocvec(&cause).expect("a plain enum always fits");
        line("cause", hex(&bytes));
    }
    for (name, message) in messages() {
        line(name, hex(&message.encode()));
    }
    line("run", hex(&postcard::to_allocvec(&run()).expect("a run is plain data")));
    line("join request", hex(&request().encode()));
    for answer in ANSWERS {
        line(&format!("answer {answer:?}"), hex(&answer.encode()));
    }
    line("link", link().to_text());
    let [first, second] = sealed();
    let founding = seal(
        &SigningKey::from_bytes(&[7; 32]),
        CircleId::ZERO,
        Head::default(),
        Entry { time: Hlc::from_bits(1), payload: Payload::Found(found()).encode() },
    );
    for (name, entry) in [("first", first), ("second", second), ("founding", founding)] {
        line(&format!("{name} hash"), entry.hash.to_string());
        let signature = entry.signature.expect("sealed entries are signed");
        line(&format!("{name} signature"), hex(signature.as_bytes()));
    }
    line("bond statement", hex(&Bond::statement(CIRCLE, introduction().member, DEVICE)));
    line("join statement", hex(&Admit::statement(CIRCLE, DEVICE, &introduction())));
    line("log tag", LogTag::of(CIRCLE, DEVICE).to_string());
    line("listing id", ListingId::created_at(CIRCLE, DEVICE, 300).to_string());
    line("booking id", BookingId::asked_at(CIRCLE, DEVICE, 300).to_string());
    let series = SeriesId::asked_at(CIRCLE, DEVICE, 300);
    line("series id", series.to_string());
    line("booking id in a series", series.booking(7).to_string());
    line("message id", MessageId::said_at(CIRCLE, DEVICE, 300).to_string());
    line("line id", LineId::said_at(CIRCLE, DEVICE, 300).to_string());
    line("notice id", NoticeId::of("question", BOOKING.as_bytes(), -1).to_string());
    lines
}

const GOLDEN: &str = include_str!("golden.txt");

#[test]
fn bytes_are_what_they_always_were() {
    let (now, golden) = (lines(), GOLDEN.lines().collect::<Vec<_>>());
    let missing = golden.iter().filter(|line| !now.iter().any(|n| n == *line));
    let new = now.iter().filter(|line| !golden.contains(&line.as_str()));
    let diff: Vec<String> = missing
        .map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .collect();
    assert!(diff.is_empty(), "stored bytes would change:\n{}", diff.join("\n"));
}

#[test]
fn golden_bytes_read_back_as_what_they_say() {
    for payload in payloads() {
        assert_eq!(Payload::decode(&payload.encode()), Ok((payload, false)));
    }
    for (name, message) in messages() {
        assert_eq!(Message::decode(&message.encode()), Ok(message), "{name}");
    }
    assert_eq!(JoinRequest::decode(&request().encode()), Ok(request()));
    for answer in ANSWERS {
        assert_eq!(JoinAnswer::decode(&answer.encode()), Ok(answer));
    }
    assert_eq!(Link::parse(&link().to_text()), Ok(link()));
    let fresh = verify_run(CIRCLE, Head::default(), run(), false).expect("the run is whole");
    assert_eq!(fresh.last().map(|entry| entry.hash), Some(sealed()[1].hash));
}

#[test]
fn kinds_of_a_newer_version_are_kept_as_unknown() {
    let known: Vec<u32> = payloads().iter().map(|p| kind_of(&p.encode())).collect();
    for kind in (0..200).chain([300, 65_536, u32::MAX]).filter(|kind| !known.contains(kind)) {
        let mut bytes = postcard::to_allocvec(&kind).expect("a number always fits");
        assert_eq!(Payload::decode(&bytes), Ok((Payload::Unknown { kind }, false)));
        bytes.extend([0xff; 40]);
        assert_eq!(Payload::decode(&bytes), Ok((Payload::Unknown { kind }, false)), "any body");
    }
}

fn kind_of(bytes: &[u8]) -> u32 {
    postcard::take_from_bytes(bytes).expect("a payload starts with its kind").0
}

#[test]
fn fields_of_a_newer_version_are_noticed_and_what_is_cut_short_is_malformed() {
    for payload in payloads() {
        let bytes = payload.encode();
        for rest in [&[0][..], b"more fields"] {
            let longer = [&bytes[..], rest].concat();
            assert_eq!(Payload::decode(&longer), Ok((payload.clone(), true)));
        }
        for cut in 0..bytes.len() {
            assert_eq!(Payload::decode(&bytes[..cut]), Err(Malformed), "{payload:?} cut at {cut}");
        }
    }
    for (name, message) in messages() {
        let bytes = message.encode();
        assert_eq!(Message::decode(&[&bytes[..], &[0]].concat()), Err(Malformed), "{name}");
        for cut in 0..bytes.len() {
            assert_eq!(Message::decode(&bytes[..cut]), Err(Malformed), "{name} cut at {cut}");
        }
    }
}

/// Makes a payload of a text.
type Write = fn(String) -> Payload;

#[test]
fn texts_are_taken_up_to_their_limit_and_not_beyond() {
    let fits = |payload: &Payload| Payload::decode(&payload.encode()).is_ok();
    let names: [Write; 11] = [
        |name| Payload::Found(Found { name, ..found() }),
        |timezone| Payload::Found(Found { timezone, ..found() }),
        |currency| Payload::Found(Found { currency, ..found() }),
        |name| {
            Payload::Found(Found { founder: Introduction { name, ..introduction() }, ..found() })
        },
        |device_name| {
            let newcomer = Introduction { device_name, ..introduction() };
            Payload::Admit(Admit { newcomer, ..admit() })
        },
        |relay| Payload::Address(Address { direct: vec![], relays: vec![relay] }),
        |kind| {
            let (writers, change) = (Writers::Member, vec![]);
            Payload::CreateDocument(CreateDocument { kind, writers, change })
        },
        |code| Payload::Decline(Decline { booking: BOOKING, code, text: String::new() }),
        |iban| Payload::Profile(Profile { iban, ..profile() }),
        |payee| Payload::Profile(Profile { payee, ..profile() }),
        |code| Payload::NotExtended(NotExtended { code, ..not_extended() }),
    ];
    let texts: [Write; 12] = [
        |note| Payload::Ask(Ask { note, ..ask() }),
        |text| Payload::Decline(Decline { booking: BOOKING, code: String::new(), text }),
        |reason| Payload::Cancel(Cancel { booking: BOOKING, reason }),
        |note| Payload::PickUp(HandOver { note, ..hand_over() }),
        |note| Payload::Return(HandOver { note, ..hand_over() }),
        |note| Payload::Wait(Ask { note, ..ask() }),
        |note| Payload::AskSeries(AskSeries { note, ..series() }),
        |text| Payload::NotExtended(NotExtended { text, ..not_extended() }),
        |text| Payload::Damage(Damage { text, ..damage() }),
        |text| Payload::Done(Done { booking: BOOKING, text }),
        |text| Payload::Owe(Owe { text, ..owe() }),
        |reason| Payload::Waive(Waive { line: LineId::from_bytes([0; 16]), reason }),
    ];
    let messages: [Write; 2] = [
        |text| Payload::Message(Words { about: About::Booking(BOOKING), text }),
        |text| Payload::Reword(Reword { message: MessageId::from_bytes([0; 16]), text }),
    ];
    let limits = names.iter().map(|write| (write, MAX_NAME));
    let limits = limits.chain(texts.iter().map(|write| (write, MAX_TEXT)));
    for (write, limit) in limits.chain(messages.iter().map(|write| (write, MAX_MESSAGE))) {
        let (full, over) = (write("x".repeat(limit)), write("x".repeat(limit + 1)));
        assert!(fits(&full), "{} at its limit", name_of(&full));
        assert!(!fits(&over), "{} over its limit", name_of(&over));
    }
    let many =
        |count| Payload::Address(Address { direct: vec![String::new(); count], relays: vec![] });
    assert!(fits(&many(MAX_ADDRESSES)) && !fits(&many(MAX_ADDRESSES + 1)));
}

#[test]
fn lists_are_taken_up_to_their_limit_and_not_beyond() {
    type List = fn(usize) -> Payload;
    let lists: [(List, usize); 5] = [
        (
            |count| {
                let times = vec![(Timestamp::MIN, Timestamp::MAX); count];
                Payload::AskSeries(AskSeries { times, ..series() })
            },
            MAX_OCCURRENCES,
        ),
        (
            |count| {
                let photos = vec![PhotoId::from_bytes([0; 32]); count];
                Payload::Damage(Damage { photos, ..damage() })
            },
            MAX_PHOTOS,
        ),
        (
            |count| Payload::Seen(Seen { notices: vec![NoticeId::from_bytes([0; 8]); count] }),
            MAX_NOTICES_SEEN,
        ),
        (|count| Payload::Owe(Owe { debts: vec![(Party::Pot, 1); count], ..owe() }), MAX_DEBTS),
        (
            |count| Payload::Tariff(TariffFrom { bands: vec![(None, 1); count], ..tariff() }),
            MAX_BANDS,
        ),
    ];
    for (list, limit) in lists {
        assert!(Payload::decode(&list(limit).encode()).is_ok(), "{}", name_of(&list(1)));
        assert!(Payload::decode(&list(limit + 1).encode()).is_err(), "{}", name_of(&list(1)));
    }
}

#[test]
fn a_frame_or_link_over_a_limit_is_refused() {
    let wide = vec![(LogTag::from_bytes([0; 8]), 1); crate::limits::MAX_CONTROL_FRAME / 9 + 1];
    let frontier = Message::Frontier { circle: CIRCLE, full: true, logs: wide };
    assert_eq!(Message::decode(&frontier.encode()), Err(Malformed));
    let many = Message::Runs(RunsFrame { circle: CIRCLE, runs: vec![run(); 1025] });
    assert_eq!(Message::decode(&many.encode()), Err(Malformed));
    let long_name = Link { name: "x".repeat(MAX_NAME + 1), ..link() };
    assert_eq!(Link::parse(&long_name.to_text()), Err(BadLink::Damaged));
    let many_admitters = Link { admitters: vec![link().admitters[0].clone(); 5], ..link() };
    assert_eq!(Link::parse(&many_admitters.to_text()), Err(BadLink::Damaged));
    let long = Introduction { name: "x".repeat(1024), ..introduction() };
    let request = JoinRequest { newcomer: long, ..request() };
    assert_eq!(JoinRequest::decode(&request.encode()), Err(Malformed));
}
