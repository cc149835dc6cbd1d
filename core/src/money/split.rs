//! Shares of a whole: a bill among those who rode along, a cost among all members.
//!
//! By the method of the largest remainder (Hamilton's): everybody gets their exact share rounded down,
//! and the units that are left go, one each, to those who lost most by the rounding. Whole numbers of
//! any unit; what is split, and why, is the caller's.

use std::collections::BTreeMap;

use crate::id::MemberId;

/// Splits `total` by weights. The shares add up to `total` exactly, and each is less than one unit
/// away from its exact size.
///
/// The answer is in the order of the members and does not depend on the order of `weights`; weights
/// of one member add up. Who weighs nothing is not in the answer; when nobody weighs anything it is
/// empty. A total below zero gives the mirror image of the same total above.
///
/// Among equal remainders the `salt` decides, say a booking's id: each time anew, so that it is not
/// always the same neighbour who pays the odd cent, and on every device alike.
pub fn split(total: i64, weights: &[(MemberId, u32)], salt: &[u8; 16]) -> Vec<(MemberId, i64)> {
    let mut merged: BTreeMap<MemberId, u64> = BTreeMap::new();
    for (member, weight) in weights.iter().filter(|(_, weight)| *weight > 0) {
        let sum = merged.entry(*member).or_default();
        *sum = sum.saturating_add(u64::from(*weight));
    }
    let all: u128 = merged.values().map(|weight| u128::from(*weight)).sum();
    let whole = u128::from(total.unsigned_abs());
    let mut shares: Vec<Share> = merged
        .into_iter()
        .map(|(member, weight)| {
            // At most 2^63 · 2^64: fits. `all` is not zero, for this weight is in it.
            let exact = whole * u128::from(weight);
            Share { member, units: exact / all, remainder: exact % all }
        })
        .collect();

    let left = whole - if shares.is_empty() { whole } else { units(&shares) };
    let left = usize::try_from(left).expect("fewer units are left than there are shares");
    shares.sort_by_cached_key(|share| {
        (std::cmp::Reverse(share.remainder), lot(salt, share.member), share.member)
    });
    for share in shares.iter_mut().take(left) {
        share.units += 1;
    }
    shares.sort_by_key(|share| share.member);
    shares.into_iter().map(|share| (share.member, signed(share.units, total))).collect()
}

struct Share {
    member: MemberId,
    units: u128,
    remainder: u128,
}

fn units(shares: &[Share]) -> u128 {
    shares.iter().map(|share| share.units).sum()
}

/// A member's place in the queue for odd units.
fn lot(salt: &[u8; 16], member: MemberId) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"noaber odd unit v1");
    hasher.update(salt);
    hasher.update(member.as_bytes());
    *hasher.finalize().as_bytes()
}

fn signed(units: u128, total: i64) -> i64 {
    let units = i128::try_from(units).expect("a share is not larger than the whole");
    let share = if total < 0 { -units } else { units };
    i64::try_from(share).expect("a share is not larger than the whole")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn member(n: u8) -> MemberId {
        MemberId::from_bytes([n; 32])
    }

    fn shares(total: i64, weights: &[u32]) -> Vec<i64> {
        let weights: Vec<_> = (1..).map(member).zip(weights.iter().copied()).collect();
        split(total, &weights, &[7; 16]).into_iter().map(|(_, share)| share).collect()
    }

    #[test]
    fn a_bill_is_split_by_weight() {
        assert_eq!(shares(1_000, &[1, 1]), [500, 500]);
        assert_eq!(shares(1_000, &[1, 3]), [250, 750]);
        // 333.3 and 666.6: the cent goes to who lost more by the rounding.
        assert_eq!(shares(1_000, &[1, 2]), [333, 667]);
        assert_eq!(shares(-1_000, &[1, 2]), [-333, -667]);
        assert_eq!(shares(0, &[1, 2]), [0, 0]);
        assert_eq!(shares(i64::MIN, &[5]), [i64::MIN]);
        assert_eq!(shares(i64::MAX, &[u32::MAX, u32::MAX]).iter().sum::<i64>(), i64::MAX);
    }

    #[test]
    fn who_weighs_nothing_gets_nothing() {
        let weights = [(member(1), 0), (member(2), 4)];
        assert_eq!(split(99, &weights, &[0; 16]), [(member(2), 99)]);
        assert_eq!(split(99, &[(member(1), 0)], &[0; 16]), []);
        assert_eq!(split(99, &[], &[0; 16]), []);
    }

    #[test]
    fn weights_of_one_member_add_up() {
        let twice = [(member(1), 1), (member(2), 2), (member(1), 1)];
        let once = [(member(1), 2), (member(2), 2)];
        assert_eq!(split(1_001, &twice, &[3; 16]), split(1_001, &once, &[3; 16]));
    }

    #[test]
    fn the_odd_cent_goes_round() {
        let three: Vec<_> = (1..=3).map(|n| (member(n), 1)).collect();
        let mut odd = BTreeMap::new();
        for salt in 0..60 {
            for (member, share) in split(100, &three, &[salt; 16]) {
                *odd.entry(member).or_insert(0) += share - 33;
            }
        }
        assert_eq!(odd.values().sum::<i64>(), 60);
        assert!(odd.values().all(|cents| (8..=32).contains(cents)), "{odd:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn shares_add_up_and_are_within_one_unit(
            total in any::<i64>(),
            weights in prop::collection::vec((0..12_u8, prop_oneof![0..5_u32, any::<u32>()]), 0..20),
            salt in any::<[u8; 16]>(),
        ) {
            let weights: Vec<_> = weights.into_iter().map(|(n, w)| (member(n), w)).collect();
            let shares = split(total, &weights, &salt);
            let all: i128 = weights.iter().map(|(_, weight)| i128::from(*weight)).sum();
            let sum: i128 = shares.iter().map(|(_, share)| i128::from(*share)).sum();
            prop_assert_eq!(sum, if all == 0 { 0 } else { i128::from(total) });
            for (member, share) in &shares {
                let own: i128 =
                    weights.iter().filter(|(m, _)| m == member).map(|(_, w)| i128::from(*w)).sum();
                prop_assert!(own > 0);
                let off = i128::from(*share) * all - i128::from(total) * own;
                prop_assert!(off.abs() < all, "{} of {} by {}/{}", share, total, own, all);
            }
        }

        #[test]
        fn the_order_of_the_weights_does_not_matter(
            total in -1_000..1_000_i64,
            (weights, shuffled) in prop::collection::vec((0..9_u8, 0..4_u32), 0..12)
                .prop_flat_map(|w| (Just(w.clone()), Just(w).prop_shuffle())),
            salt in any::<[u8; 16]>(),
        ) {
            let named = |weights: Vec<(u8, u32)>| -> Vec<_> {
                weights.into_iter().map(|(n, w)| (member(n), w)).collect()
            };
            let shares = split(total, &named(weights), &salt);
            prop_assert_eq!(&shares, &split(total, &named(shuffled.clone()), &salt));
            let mirrored: Vec<_> = shares.iter().map(|(m, share)| (*m, -share)).collect();
            prop_assert_eq!(mirrored, split(-total, &named(shuffled), &salt));
        }
    }
}
