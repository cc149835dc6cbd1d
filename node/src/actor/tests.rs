//! The actor by itself, mail by mail.
#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use noaber_core::listing::{Details, Draft, General, Item};

use super::*;
use crate::home::Home;

fn moved_in(dir: &std::path::Path) -> Home {
    let home = Home::at(dir.join("anna"));
    home.init("Anna", "laptop").unwrap();
    home
}

fn open(home: &Home) -> (Actor, watch::Receiver<Arc<View>>) {
    let identity = || home.identity().unwrap();
    let empty = noaber_core::Replica::new(identity()).view().clone();
    let (sender, view) = watch::channel(Arc::new(empty));
    let store = Store::open(&home.store_path()).unwrap();
    (Actor::open(store, identity(), Clock::default(), sender).unwrap(), view)
}

fn found() -> Command {
    Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    }
}

fn command(command: Command) -> Mail {
    Mail::Command { command: Box::new(command), now: None, reply: oneshot::channel().0 }
}

#[test]
fn time_that_goes_by_wakes_nobody_who_watches() {
    let dir = tempfile::tempdir().unwrap();
    let (mut actor, mut view) = open(&moved_in(dir.path()));
    let mut work = |mail| assert!(actor.work(VecDeque::from([mail])).is_continue());
    work(command(found()));
    assert!(view.has_changed().unwrap());
    assert_eq!(view.borrow_and_update().circles.len(), 1);
    work(Mail::Input { input: Input::Tick, permits: Vec::new() });
    assert!(!view.has_changed().unwrap(), "nothing changed");
}

#[test]
fn what_listings_read_as_is_kept_at_the_latest_when_it_stops() {
    let dir = tempfile::tempdir().unwrap();
    let home = moved_in(dir.path());
    let (mut actor, view) = open(&home);
    assert!(actor.work(VecDeque::from([command(found())])).is_continue());
    let circle = *view.borrow().circles.keys().next().unwrap();
    let general = General { title: "Ladder".into(), quantity: 1, ..General::default() };
    let draft = Draft::new(general, Details::Item(Item::default()));
    let offer = command(Command::Offer { circle, draft });
    assert!(actor.work(VecDeque::from([offer])).is_continue());
    assert!(actor.store.snapshots(circle).unwrap().is_empty());
    assert!(actor.work(VecDeque::from([Mail::Stop])).is_break());
    let kept = actor.store.snapshots(circle).unwrap();
    assert_eq!(kept.len(), 1);
    drop(actor);

    let (mut actor, view) = open(&home);
    assert!(view.borrow().circles[&circle].listings.contains_key(&kept[0].listing));
    assert!(actor.work(VecDeque::from([Mail::Stop])).is_break());
    assert_eq!(actor.store.snapshots(circle).unwrap(), kept);
}
