//! A copy that only reads shows what the replica shows that it follows, all through random lives.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeMap;

use noaber_core::id::{CircleId, DeviceId};
use noaber_core::{Mirror, View};
use noaber_tests::{Life, Person, Street, for_seeds};

/// A mirror, and what it has been told.
struct Follower {
    mirror: Mirror,
    told: BTreeMap<CircleId, BTreeMap<DeviceId, u64>>,
}

impl Follower {
    fn of(person: &Person) -> Self {
        let mirror = Mirror::new(person.view.member, person.view.device);
        Self { mirror, told: BTreeMap::new() }
    }

    /// Tells it what is new, as a node tells its guests: by a comparison of what was told with what is
    /// shown.
    fn follow(&mut self, person: &Person) {
        loop {
            for circle in person.view.circles.keys() {
                self.tell(person, *circle);
            }
            let gone = |circle: &&CircleId| !person.view.circles.contains_key(*circle);
            let gone: Vec<CircleId> = self.told.keys().filter(gone).copied().collect();
            for circle in gone {
                self.told.remove(&circle);
                self.mirror.forget(circle);
            }
            let again = self.mirror.settle();
            if again.is_empty() {
                break;
            }
            for circle in again {
                self.told.remove(&circle);
            }
        }
        self.mirror.put_peers(person.view.peers.clone());
    }

    fn tell(&mut self, person: &Person, id: CircleId) {
        let circle = &person.view.circles[&id];
        let held = |device: &DeviceId| circle.heads.get(device).map_or(0, |head| head.seq);
        let known = self.told.get(&id);
        let continues = known.is_some_and(|logs| logs.iter().all(|(log, seq)| *seq <= held(log)));
        if continues {
            self.mirror.admit(id, circle.admitters.clone());
        } else {
            self.told.insert(id, BTreeMap::new());
            self.mirror.begin(id, circle.admitters.clone());
        }
        let logs = self.told.get_mut(&id).unwrap();
        for device in &circle.roster.order {
            let from = logs.entry(*device).or_default();
            let log = person.log(id, *device);
            self.mirror.take(id, &log[*from as usize..held(device) as usize]);
            *from = held(device);
        }
    }
}

/// What is only remembered to find things faster depends on what was seen on the way; all else does not.
fn check_same(one: &View, two: &View) {
    assert_eq!((one.member, one.device, &one.peers), (two.member, two.device, &two.peers));
    assert!(one.circles.keys().eq(two.circles.keys()));
    for (a, b) in one.circles.values().zip(two.circles.values()) {
        assert_eq!((a.standing, a.entries), (b.standing, b.entries));
        assert_eq!((&a.admitters, &a.addresses, &a.heads), (&b.admitters, &b.addresses, &b.heads));
        assert_eq!(a.fingerprint(), b.fingerprint());
    }
}

#[test]
fn a_mirror_shows_what_is_shown_where_it_looks() {
    for_seeds("mirrors", 200, |seed| {
        let mut life = Life::new(seed);
        let mut followers: Vec<Follower> = Vec::new();
        for step in 0..12 {
            life.pass(1 + seed as usize % 9);
            // Nobody looks all the time.
            for who in 0..life.street.people.len() {
                let person = &life.street.people[who];
                if who == followers.len() {
                    followers.push(Follower::of(person));
                }
                if (seed as usize + step + who).is_multiple_of(3) {
                    followers[who].follow(person);
                    check_same(followers[who].mirror.view(), &person.view);
                }
            }
        }
        life.heal();
        for (person, follower) in life.street.people.iter().zip(&mut followers) {
            follower.follow(person);
            check_same(follower.mirror.view(), &person.view);
        }
    });
}

/// Entries that came before their device was let in count for more than was thought, once it is.
#[test]
fn what_counts_for_others_than_was_thought_is_asked_for_again_and_not_shown_half_way() {
    let (mut street, circle) = Street::founded(7, 2);
    street.offer(1, circle, "Ladder", 1, true);
    street.run();
    let anna = &street.people[0];
    let founder = street.circle(0, circle).roster.order[0];
    let newcomer = street.circle(0, circle).roster.order[1];
    let mut mirror = Mirror::new(anna.view.member, anna.view.device);
    mirror.begin(circle, anna.view.circles[&circle].admitters.clone());
    mirror.take(circle, &anna.log(circle, founder)[..1]);
    mirror.take(circle, anna.log(circle, newcomer));
    mirror.take(circle, &anna.log(circle, founder)[1..]);
    assert_eq!(mirror.settle(), [circle]);
    assert!(mirror.view().circles.is_empty());
    // Until it begins anew, what is told is of no use.
    mirror.take(circle, anna.log(circle, founder));
    assert!(mirror.settle().is_empty());
    assert!(mirror.view().circles.is_empty());
    mirror.begin(circle, anna.view.circles[&circle].admitters.clone());
    mirror.take(circle, &anna.entries(circle));
    assert!(mirror.settle().is_empty());
    mirror.put_peers(anna.view.peers.clone());
    check_same(mirror.view(), &anna.view);
    mirror.forget(circle);
    assert!(mirror.view().circles.is_empty());
}
