//! A program beside the one that has the store: what a guest sees, asks and is told.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use noaber_core::id::{CircleId, ListingId, PhotoId};
use noaber_core::listing::{Details, Draft, General, Item};
use noaber_core::replica::Act;
use noaber_core::view::CircleView;
use noaber_core::{Command, CommandError, Outcome, View};
use noaber_node::access::{Access, AccessError};
use noaber_node::actor::SubmitError;
use noaber_node::api::request::Request;
use noaber_node::api::rows::Answer;
use noaber_node::attach::{AttachError, Guest, Version};
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::net::NetOptions;
use noaber_node::service::{NetChoice, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

const PATIENCE: Duration = Duration::from_secs(40);
const HOUR_MS: i64 = 3_600_000;

/// Somebody's node, with network and socket.
async fn serve(dir: &Path, name: &str) -> (Home, Service) {
    let home = Home::at(dir.join(name));
    home.init(name, &format!("{name}’s computer")).unwrap();
    let service = Service::open(home.clone(), Clock::default()).await.unwrap();
    let bind = vec![([127, 0, 0, 1], 0).into()];
    let options = NetOptions { bind, announce: true, ..NetOptions::default() };
    service.set_network(options).await.unwrap();
    service.listen().unwrap();
    (home, service)
}

async fn found(service: &Service) -> CircleId {
    let create = Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    };
    match service.node().submit(create).await.unwrap() {
        Outcome::Circle(circle) => circle,
        other => panic!("{other:?}"),
    }
}

fn thing(title: &str) -> Draft {
    let general = General { title: title.into(), quantity: 1, instant: true, ..General::default() };
    Draft::new(general, Details::Item(Item::default()))
}

async fn offer(guest: &Guest, circle: CircleId, title: &str) -> ListingId {
    match guest.submit(Command::Offer { circle, draft: thing(title) }).await.unwrap() {
        Outcome::Listing(_, listing) => listing,
        other => panic!("{other:?}"),
    }
}

/// Whether two views show the same; what they only remember to find things faster may differ.
fn is_same(one: &View, two: &View) -> bool {
    let same_circle = |(a, b): (&Arc<CircleView>, &Arc<CircleView>)| {
        (a.id, a.standing, a.entries) == (b.id, b.standing, b.entries)
            && (&a.admitters, &a.addresses) == (&b.admitters, &b.addresses)
            && a.fingerprint() == b.fingerprint()
    };
    (one.member, one.device, &one.peers) == (two.member, two.device, &two.peers)
        && one.circles.len() == two.circles.len()
        && one.circles.values().zip(two.circles.values()).all(same_circle)
}

/// Until both show the same; gives what that is.
async fn level(guest: &Guest, service: &Service) -> Arc<View> {
    let (mut there, mut here) = (guest.watch(), service.node().watch());
    let same = async {
        loop {
            let (one, two) = (there.borrow_and_update().clone(), here.borrow_and_update().clone());
            if is_same(&one, &two) {
                return one;
            }
            tokio::select! {
                changed = there.changed() => changed.unwrap(),
                changed = here.changed() => changed.unwrap(),
            }
        }
    };
    tokio::time::timeout(PATIENCE, same).await.expect("the same view")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_shows_what_the_node_shows_whatever_happens() {
    let homes = tempfile::tempdir().unwrap();
    let (home, anna) = serve(homes.path(), "Anna").await;
    let early = Guest::attach(&home).await.unwrap();
    assert!(early.view().circles.is_empty());
    let circle = found(&anna).await;
    level(&early, &anna).await;
    let ladder = offer(&early, circle, "Ladder").await;

    // A neighbour comes in and asks; his node is in no way different from others.
    let (_, ben) = serve(homes.path(), "Ben").await;
    let expires = anna.node().now().plus_ms(24 * HOUR_MS);
    let here = early.address().await;
    assert!(!here.direct.is_empty());
    let invite = Command::Invite { circle, expires, here };
    let Outcome::Invite(link) = early.submit(invite).await.unwrap() else { panic!("no invite") };
    ben.node().submit(Command::Join { link }).await.unwrap();
    let is_in = |view: &Arc<View>| view.circles.values().any(|c| c.listings.contains_key(&ladder));
    let mut views = ben.node().watch();
    tokio::time::timeout(PATIENCE, views.wait_for(is_in)).await.unwrap().unwrap();
    let from = ben.node().now().plus_ms(HOUR_MS);
    let to = from.plus_ms(HOUR_MS);
    let note = String::new();
    let ask = Command::Ask { circle, listing: ladder, from, to, quantity: 1, note: note.clone() };
    ben.node().submit(ask).await.unwrap();
    let mut views = early.watch();
    let has_booking = |view: &Arc<View>| view.circles[&circle].bookings.len() == 1;
    tokio::time::timeout(PATIENCE, views.wait_for(has_booking)).await.unwrap().unwrap();
    let view = level(&early, &anna).await;
    assert!(view.peers.contains_key(&(circle, ben.node().device())));

    // Whoever comes later sees the same.
    let late = Guest::attach(&home).await.unwrap();
    let (late_view, view) = (level(&late, &anna).await, level(&early, &anna).await);
    assert_eq!(late_view.circles[&circle].bookings, view.circles[&circle].bookings);

    // What the rules say no to comes back whole.
    let ask = Command::Ask { circle, listing: ladder, from, to, quantity: 1, note };
    let there = late.submit(ask.clone()).await;
    let SubmitError::Command(there) = there.unwrap_err() else { panic!("no rule") };
    let SubmitError::Command(here) = anna.node().submit(ask).await.unwrap_err() else { panic!() };
    assert_eq!(there, here);
    assert!(matches!(there, CommandError::Refused { .. }));
    let bad = late.submit(Command::Offer { circle, draft: thing(" ") }).await;
    assert!(matches!(bad, Err(SubmitError::Command(CommandError::Draft(_)))), "{bad:?}");
    let booking = *view.circles[&circle].bookings.keys().next().unwrap();
    let act = Act::Cancel { reason: "Rain".into() };
    late.submit(Command::Booking { circle, booking, act }).await.unwrap();
    level(&late, &anna).await;
    level(&early, &anna).await;
    ben.stop().await;
    anna.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_entry_goes_through_the_node_as_well() {
    let homes = tempfile::tempdir().unwrap();
    let (home, anna) = serve(homes.path(), "Anna").await;
    found(&anna).await;
    let guest = Guest::attach(&home).await.unwrap();
    let bytes = vec![7; 300_000];
    let id = PhotoId::from_bytes(*blake3::hash(&bytes).as_bytes());
    assert_eq!(guest.photo(id).await, None);
    guest.keep_photo(id, bytes.clone()).await.unwrap();
    assert_eq!(guest.photo(id).await, Some(bytes));
    assert_eq!(guest.setting("window.look").await, None);
    guest.set("window.look".into(), "nl dark".into()).await.unwrap();
    assert_eq!(guest.setting("window.look").await.as_deref(), Some("nl dark"));
    assert!(guest.heard().await.is_empty());

    let mut reach = guest.watch_reach();
    guest.choose_calendar(Some(([127, 0, 0, 1], 0).into())).await.unwrap();
    let served = reach.wait_for(|reached| reached.calendars.is_some());
    let served = tokio::time::timeout(PATIENCE, served).await.unwrap().unwrap().clone();
    let Ok(Answer::Status(row)) = guest.execute(Request::Status).await else { panic!() };
    assert_eq!(Some(row.calendar), served.calendars);
    let relays = vec!["nonsense".to_owned()];
    let refused = guest.choose_network(NetChoice { lan: false, relays }).await;
    assert_eq!(refused.unwrap_err().code, "bad_value");

    // The node goes: what is asked then is answered, and the view ends.
    let mut views = guest.watch();
    anna.stop().await;
    let ended = async { while views.changed().await.is_ok() {} };
    tokio::time::timeout(PATIENCE, ended).await.expect("an end");
    let asked = guest.submit(Command::Leave { circle: CircleId::from_bytes([1; 32]) }).await;
    assert!(matches!(asked, Err(SubmitError::Stopped)), "{asked:?}");
    assert_eq!(guest.choose_calendar(None).await.unwrap_err().code, "stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_tell_each_other_apart_and_stop_there() {
    let homes = tempfile::tempdir().unwrap();
    let (home, anna) = serve(homes.path(), "Anna").await;
    // A guest of another version is told ours, and nothing else.
    let mut stream = UnixStream::connect(home.socket_path()).await.unwrap();
    let other = Version { program: "99.0.0".into(), ..Version::own() };
    say(&mut stream, &serde_json::json!({ "attach": other })).await;
    let welcome = hear(&mut stream).await.unwrap();
    assert_eq!(welcome["Ok"]["version"]["program"], Version::own().program);
    assert!(hear(&mut stream).await.is_none());
    anna.stop().await;

    // A node of another version, and one from before there were guests.
    let answers = [
        serde_json::json!({ "Ok": { "version": other } }),
        serde_json::json!({ "Err": { "code": "version", "message": "what?" } }),
    ];
    let home = Home::at(homes.path().join("Ben"));
    home.init("Ben", "Ben’s computer").unwrap();
    let lock = home.lock().unwrap();
    for (answer, expected) in answers.into_iter().zip([Some("99.0.0"), None]) {
        let listener = UnixListener::bind(home.socket_path()).unwrap();
        let node = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            hear(&mut stream).await.unwrap();
            say(&mut stream, &answer).await;
        });
        let access = Access::open(&home, &Clock::default(), Duration::ZERO).await;
        let Err(AccessError::Attach(AttachError::Version { theirs, ours })) = access else {
            panic!("another version is no host")
        };
        assert_eq!((theirs.as_deref(), ours), (expected, Version::own().program));
        node.await.unwrap();
        std::fs::remove_file(home.socket_path()).unwrap();
    }
    drop(lock);
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_and_silence_at_the_socket_harm_nobody() {
    let homes = tempfile::tempdir().unwrap();
    let (home, anna) = serve(homes.path(), "Anna").await;
    let circle = found(&anna).await;
    // One that says nothing, one that says too much, one that attaches and then talks nonsense, and one
    // that attaches and takes nothing of what it is told.
    let _silent = UnixStream::connect(home.socket_path()).await.unwrap();
    let mut loud = UnixStream::connect(home.socket_path()).await.unwrap();
    loud.write_u32_le(u32::MAX).await.unwrap();
    assert!(hear(&mut loud).await.is_none());
    let mut babbling = UnixStream::connect(home.socket_path()).await.unwrap();
    say(&mut babbling, &serde_json::json!({ "attach": Version::own() })).await;
    babbling.write_u32_le(3).await.unwrap();
    babbling.write_all(&[255; 3]).await.unwrap();
    let mut rest = Vec::new();
    tokio::time::timeout(PATIENCE, babbling.read_to_end(&mut rest))
        .await
        .expect("cut off")
        .unwrap();
    let mut deaf = UnixStream::connect(home.socket_path()).await.unwrap();
    say(&mut deaf, &serde_json::json!({ "attach": Version::own() })).await;
    let guest = Guest::attach(&home).await.unwrap();
    for number in 0..200 {
        offer(&guest, circle, &format!("Thing {number}")).await;
    }
    let view = level(&guest, &anna).await;
    assert_eq!(view.circles[&circle].listings.len(), 200);
    anna.stop().await;
}

async fn say(stream: &mut UnixStream, message: &serde_json::Value) {
    let bytes = serde_json::to_vec(message).unwrap();
    stream.write_u32_le(bytes.len() as u32).await.unwrap();
    stream.write_all(&bytes).await.unwrap();
}

/// `None` when the other side has gone.
async fn hear(stream: &mut UnixStream) -> Option<serde_json::Value> {
    let length = tokio::time::timeout(PATIENCE, stream.read_u32_le()).await.expect("an answer");
    let mut bytes = vec![0; length.ok()? as usize];
    stream.read_exact(&mut bytes).await.ok()?;
    serde_json::from_slice(&bytes).ok()
}
