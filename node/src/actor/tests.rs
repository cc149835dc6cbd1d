//! The actor by itself, mail by mail.
#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use super::*;
use crate::home::Home;

#[test]
fn time_that_goes_by_wakes_nobody_who_watches() {
    let home = tempfile::tempdir().unwrap();
    let home = Home::at(home.path().join("anna"));
    home.init("Anna", "laptop").unwrap();
    let identity = || home.identity().unwrap();
    let empty = noaber_core::Replica::new(identity()).view().clone();
    let (sender, mut view) = watch::channel(Arc::new(empty));
    let store = Store::open(&home.store_path()).unwrap();
    let mut actor = Actor::open(store, identity(), Clock::default(), sender).unwrap();
    let mut work = |mail| assert!(actor.work(VecDeque::from([mail])).is_continue());
    let (reply, _answer) = oneshot::channel();
    let command = Box::new(Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    });
    work(Mail::Command { command, now: None, reply });
    assert!(view.has_changed().unwrap());
    assert_eq!(view.borrow_and_update().circles.len(), 1);
    work(Mail::Input { input: Input::Tick, permits: Vec::new() });
    assert!(!view.has_changed().unwrap(), "nothing changed");
}
