//! What must hold of settling up, against a search that tries every payment.

use proptest::prelude::*;

use super::*;
use crate::id::MemberId;

fn member(n: usize) -> Party {
    let n = u8::try_from(n).expect("a test has few members");
    Party::Member(MemberId::from_bytes([n; 32]))
}

/// Balances of members 0, 1, 2 and so on.
fn owed(balances: &[i64]) -> BTreeMap<Party, i64> {
    balances.iter().enumerate().map(|(n, balance)| (member(n), *balance)).collect()
}

fn pay(from: usize, to: usize, amount: i64) -> Payment {
    Payment { from: member(from), to: member(to), amount }
}

/// What is still open after payments; checks that nobody paid or got too much on the way.
fn after(balances: &BTreeMap<Party, i64>, payments: &[Payment]) -> BTreeMap<Party, i64> {
    let mut open = balances.clone();
    for payment in payments {
        assert!(payment.amount > 0 && payment.from != payment.to, "{payment:?}");
        *open.get_mut(&payment.from).unwrap() += payment.amount;
        *open.get_mut(&payment.to).unwrap() -= payment.amount;
    }
    for (party, left) in &open {
        let before = balances[party];
        assert!(left.signum() * before.signum() >= 0 && left.abs() <= before.abs(), "{party:?}");
    }
    open
}

/// The fewest payments there can be: the first who is not even settles with each of the others in
/// turn, and so on. A different way than the one that is tested.
fn fewest(balances: &mut Vec<i64>, first: usize) -> usize {
    let Some(first) = (first..balances.len()).find(|i| balances[*i] != 0) else { return 0 };
    let mut best = usize::MAX;
    for other in first + 1..balances.len() {
        if balances[other].signum() == -balances[first].signum() {
            balances[other] += balances[first];
            best = best.min(1 + fewest(balances, first + 1));
            balances[other] -= balances[first];
        }
    }
    best
}

/// Balances that add up to zero.
fn zero_sum(
    amount: impl Strategy<Value = i64>,
    count: impl Into<prop::collection::SizeRange>,
) -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(amount, count).prop_map(|mut balances| {
        let rest: i64 = balances.iter().sum();
        balances.push(-rest);
        balances
    })
}

#[test]
fn lines_add_up_to_balances() {
    let (anna, bert, pot) = (member(1), member(2), Party::Pot);
    let lines = [
        (anna, bert, 500),
        (bert, anna, 200),
        (anna, pot, 100),
        (bert, pot, -30),
        (bert, bert, 99),
        // Nobody owes ninety quadrillions.
        (anna, bert, i64::MAX),
    ];
    let expected = BTreeMap::from([(anna, -400), (bert, 330), (pot, 70)]);
    assert_eq!(balances(lines), expected);
    assert_eq!(balances([]), BTreeMap::new());
    assert_eq!(balances([(anna, pot, 5), (pot, anna, 5)]), BTreeMap::from([(anna, 0), (pot, 0)]));
}

#[test]
fn a_street_settles_up_with_few_payments() {
    let cases: [(&str, &[i64], &[Payment]); 6] = [
        ("nobody owes", &[0, 0], &[]),
        ("one owes one", &[-5, 5], &[pay(0, 1, 5)]),
        ("a chain is cut short", &[-5, 0, 5], &[pay(0, 2, 5)]),
        ("those who cancel pay each other", &[-5, -7, 7, 5], &[pay(0, 3, 5), pay(1, 2, 7)]),
        ("one for all", &[-4, -3, -2, 9], &[pay(0, 3, 4), pay(1, 3, 3), pay(2, 3, 2)]),
        (
            "two threes instead of one six: largest to largest would need five",
            &[-9, 6, 3, 8, -7, -1],
            &[pay(0, 1, 6), pay(0, 2, 3), pay(4, 3, 7), pay(5, 3, 1)],
        ),
    ];
    for (name, balances, expected) in cases {
        assert_eq!(payments(&owed(balances)), expected, "{name}");
    }
}

#[test]
fn the_pot_pays_and_is_paid_like_a_neighbour() {
    let (anna, bert) = (member(1), member(2));
    let settled = payments(&balances([(anna, Party::Pot, 40), (Party::Pot, bert, 25)]));
    assert_eq!(
        settled,
        [
            Payment { from: anna, to: bert, amount: 25 },
            Payment { from: anna, to: Party::Pot, amount: 15 }
        ]
    );
}

#[test]
fn balances_that_do_not_cancel_are_settled_as_far_as_they_do() {
    assert_eq!(payments(&owed(&[-5, 3])), [pay(0, 1, 3)]);
    assert_eq!(payments(&owed(&[-5, -1])), []);
    assert_eq!(payments(&owed(&[i64::MIN, i64::MAX])), [pay(0, 1, i64::MAX)]);
    assert_eq!(payments(&owed(&[1; 40])), []);
    let many: Vec<i64> = (0..40).map(|n| if n == 7 { -1_000 } else { n + 1 }).collect();
    let open = after(&owed(&many), &payments(&owed(&many)));
    assert_eq!(open.values().filter(|left| **left != 0).count(), 1);
}

#[test]
fn three_hundred_neighbours_are_settled() {
    let balances: Vec<i64> = (0..250).map(|n| (n * 7_919) % 1_000 - 500).collect();
    let rest: i64 = balances.iter().sum();
    let balances = owed(&[balances, vec![-rest]].concat());
    let uneven = balances.values().filter(|balance| **balance != 0).count();
    let payments = payments(&balances);
    assert!(after(&balances, &payments).values().all(|left| *left == 0));
    assert!(payments.len() < uneven * 4 / 5, "{} for {uneven}", payments.len());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn balances_are_zero_sum_and_do_not_depend_on_order(
        (lines, shuffled) in prop::collection::vec((0..6_usize, 0..6_usize, any::<i64>()), 0..20)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
    ) {
        let party = |n| if n == 0 { Party::Pot } else { member(n) };
        let folded = |lines: &[(usize, usize, i64)]| {
            balances(lines.iter().map(|(from, to, by)| (party(*from), party(*to), by % (1 << 44))))
        };
        prop_assert_eq!(folded(&lines).values().sum::<i64>(), 0);
        prop_assert_eq!(payments(&folded(&lines)), payments(&folded(&shuffled)));
        prop_assert_eq!(folded(&lines), folded(&shuffled));
    }

    #[test]
    fn few_neighbours_need_the_fewest_payments(balances in zero_sum(-12..12_i64, 0..7)) {
        let payments = payments(&owed(&balances));
        prop_assert!(after(&owed(&balances), &payments).values().all(|left| *left == 0));
        prop_assert_eq!(payments.len(), fewest(&mut balances.clone(), 0), "{:?}", balances);
    }

    #[test]
    fn everybody_is_even_after_fewer_payments_than_there_are_people(
        balances in prop_oneof![
            zero_sum(-40..40_i64, 8..16),
            zero_sum(-1_000_000..1_000_000_i64, 0..40),
            zero_sum(-20..20_i64, 16..60),
        ],
    ) {
        let uneven = balances.iter().filter(|balance| **balance != 0).count();
        let payments = payments(&owed(&balances));
        prop_assert!(after(&owed(&balances), &payments).values().all(|left| *left == 0));
        prop_assert!(payments.len() <= uneven.saturating_sub(1));
    }
}
