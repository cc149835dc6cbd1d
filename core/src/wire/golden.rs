//! Golden bytes: one example of everything that is stored or sent, as hexadecimal.
//!
//! A line that differs means that old logs read differently, or no longer verify. A new meaning is
//! a new payload kind; an existing line never changes. To add an example, run the test and take the
//! line that it prints.

use ed25519_dalek::SigningKey;

use super::*;
use crate::id::{
    BookingId, CircleId, DeviceId, EntryHash, FrontierDigest, InviteId, ListingId, LogTag,
    MemberId, PhotoId,
};
use crate::limits::{MAX_ADDRESSES, MAX_NAME, MAX_TEXT};
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
    let names: [Write; 8] = [
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
    ];
    let texts: [Write; 5] = [
        |note| Payload::Ask(Ask { note, ..ask() }),
        |text| Payload::Decline(Decline { booking: BOOKING, code: String::new(), text }),
        |reason| Payload::Cancel(Cancel { booking: BOOKING, reason }),
        |note| Payload::PickUp(HandOver { note, ..hand_over() }),
        |note| Payload::Return(HandOver { note, ..hand_over() }),
    ];
    let limits = names.iter().map(|write| (write, MAX_NAME));
    for (write, limit) in limits.chain(texts.iter().map(|write| (write, MAX_TEXT))) {
        let (full, over) = (write("x".repeat(limit)), write("x".repeat(limit + 1)));
        assert!(fits(&full), "{} at its limit", name_of(&full));
        assert!(!fits(&over), "{} over its limit", name_of(&over));
    }
    let many =
        |count| Payload::Address(Address { direct: vec![String::new(); count], relays: vec![] });
    assert!(fits(&many(MAX_ADDRESSES)) && !fits(&many(MAX_ADDRESSES + 1)));
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
