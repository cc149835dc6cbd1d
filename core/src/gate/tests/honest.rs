//! Honest changes of every shape pass.

use automerge::AutoCommit;
use proptest::prelude::*;
use rand::prelude::*;

use super::super::{Ledger, inspect};
use super::street::{Street, assert_alive, assert_same};

proptest! {
    // A failure prints the seed; `seed` is all that the run depends on.
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn honest_changes_of_many_shapes_pass(seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut street = Street::new(rng.random_range(1..6));
        street.live(&mut rng, 25);
        let mut ledger = Ledger::default();
        let mut replica = AutoCommit::new();
        for change in &street.log {
            let inspected = inspect(change.raw_bytes()).unwrap();
            prop_assert_eq!(inspected.ops(), change.len());
            prop_assert_eq!(inspected.max_op(), change.max_op());
            prop_assert_eq!(ledger.next_seq(change.actor_id()), change.seq());
            ledger.check(&inspected, change.actor_id().to_bytes()).unwrap();
            ledger.record(&inspected).unwrap();
            replica.apply_changes([inspected.into_change()]).unwrap();
        }
        assert_same(&replica, &street.whole());
        assert_alive(&mut replica, &mut rng);
    }
}
