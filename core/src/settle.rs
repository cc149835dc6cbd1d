//! Settling up: from who owes whom to few payments after which everybody is even.
//!
//! Counts in whole units of anything: cents, or quarters of an hour in a timebank. Why somebody owes,
//! and whether a payment was made, is not known here.
//!
//! The fewest payments for `n` people are `n` less the largest number of groups in which debts and
//! credits cancel, for a group of `m` needs `m − 1`. Finding these groups is as hard as subset sum:
//! up to [`EXACT`] people it is done exactly, beyond that by good luck first and then by size.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::money::Cents;
use crate::wire::Party;

/// How many unbalanced parties are settled exactly: 2^16 sets to look at are a few milliseconds.
pub const EXACT: usize = 16;

/// One party pays another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Payment {
    /// Who pays.
    pub from: Party,
    /// Who is paid.
    pub to: Party,
    /// How much, above zero.
    pub amount: i64,
}

/// What each party is owed (above zero) or owes (below), from lines of debtor, creditor and amount.
///
/// The balances add up to zero. Parties that came out even are in it, with zero. A line below zero
/// owes the other way. A line beyond what [`Cents`] can hold is no honest one and does not count; so
/// hundreds of thousands of lines are needed before a balance has to be held within 64 bits.
pub fn balances(lines: impl IntoIterator<Item = (Party, Party, i64)>) -> BTreeMap<Party, i64> {
    let mut exact: BTreeMap<Party, i128> = BTreeMap::new();
    for (debtor, creditor, amount) in lines {
        if Cents::from_cents(amount).is_some() {
            *exact.entry(debtor).or_default() -= i128::from(amount);
            *exact.entry(creditor).or_default() += i128::from(amount);
        }
    }
    let held = |sum: i128| i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
    exact.into_iter().map(|(party, sum)| (party, held(sum))).collect()
}

/// Few payments after which all balances are zero: the fewest possible for up to [`EXACT`] parties
/// that are not even, and always fewer than there are such parties. In the order of payers.
///
/// Balances that do not add up to zero are settled as far as they cancel; nobody pays more than they
/// owe or gets more than they are owed.
pub fn payments(balances: &BTreeMap<Party, i64>) -> Vec<Payment> {
    let uneven = balances.iter().filter(|(_, balance)| **balance != 0);
    let open = uneven.map(|(party, balance)| (*party, i128::from(*balance))).collect();
    let mut table = Table { open, paid: Vec::new() };
    // A pair that cancels is in some best answer: whatever groups its two are in can be merged
    // without them. So it may always be taken out first.
    table.cancel_pairs();
    if table.open.len() > EXACT {
        table.cancel_triples();
    }
    while table.open.len() > EXACT {
        if !table.pay_largest() {
            break;
        }
        table.cancel_pairs();
    }
    for group in groups(&table.open) {
        table.settle(&group);
    }
    table.paid.sort_unstable();
    table.paid
}

/// Everybody who is not even yet, and the payments so far.
struct Table {
    open: BTreeMap<Party, i128>,
    paid: Vec<Payment>,
}

impl Table {
    /// Lets every debtor pay the creditor who is owed the same, where there is one.
    fn cancel_pairs(&mut self) {
        let mut creditors: BTreeMap<i128, Vec<Party>> = BTreeMap::new();
        for (party, balance) in self.open.iter().rev().filter(|(_, balance)| **balance > 0) {
            creditors.entry(*balance).or_default().push(*party);
        }
        for (party, balance) in self.open.clone() {
            if let Some(creditor) = creditors.get_mut(&-balance).and_then(Vec::pop) {
                self.pay(party, creditor);
            }
        }
    }

    /// Settles every three that cancel among themselves, as they are found: not always the best choice
    /// of threes, but each saves a payment.
    fn cancel_triples(&mut self) {
        for (first, _) in self.open.clone() {
            if let Some((second, third)) = self.complete(first) {
                self.settle(&[first, second, third]);
            }
        }
    }

    /// Two others who cancel together with this one.
    fn complete(&self, first: Party) -> Option<(Party, Party)> {
        let own = self.open.get(&first)?;
        let mut seen: BTreeMap<i128, Party> = BTreeMap::new();
        for (party, balance) in self.open.iter().filter(|(party, _)| **party != first) {
            if let Some(other) = seen.get(&-(own + balance)) {
                return Some((*other, *party));
            }
            seen.insert(*balance, *party);
        }
        None
    }

    /// Makes a group even among itself: the largest debtor pays the largest creditor, again and again.
    fn settle(&mut self, group: &[Party]) {
        while let Some((debtor, creditor)) = self.extremes(|party| group.contains(party)) {
            self.pay(debtor, creditor);
        }
    }

    /// One payment from the largest debtor to the largest creditor; `false` if there are no two such.
    fn pay_largest(&mut self) -> bool {
        let extremes = self.extremes(|_| true);
        if let Some((debtor, creditor)) = extremes {
            self.pay(debtor, creditor);
        }
        extremes.is_some()
    }

    /// The largest debtor and the largest creditor among some; the first in order where several are.
    fn extremes(&self, is_among: impl Fn(&Party) -> bool) -> Option<(Party, Party)> {
        let among = || self.open.iter().filter(|(party, _)| is_among(party));
        let debtor = among().filter(|(_, balance)| **balance < 0).min_by_key(|(_, b)| **b)?;
        let creditor = among().filter(|(_, b)| **b > 0).min_by_key(|(_, b)| -**b)?;
        Some((*debtor.0, *creditor.0))
    }

    /// The debtor pays the creditor as much as the one owes and the other is owed. One of them is even
    /// after it.
    fn pay(&mut self, debtor: Party, creditor: Party) {
        let owes = self.open.get(&debtor).map_or(0, |balance| -balance);
        let owed = self.open.get(&creditor).copied().unwrap_or(0);
        // Nobody is owed more than 64 bits hold, and no payment is larger than that.
        let Ok(amount) = i64::try_from(owes.min(owed)) else { return };
        for (party, change) in [(debtor, i128::from(amount)), (creditor, -i128::from(amount))] {
            if let Some(balance) = self.open.get_mut(&party) {
                *balance += change;
            }
        }
        self.open.retain(|_, balance| *balance != 0);
        self.paid.push(Payment { from: debtor, to: creditor, amount });
    }
}

/// Parts the parties into as many groups that cancel as there can be, and one of what is left over
/// (empty if the whole adds up to zero).
///
/// Looks at every set of parties, each built up one party at a time: the best order to add them
/// passes through as many sets with sum zero as there are groups.
fn groups(open: &BTreeMap<Party, i128>) -> Vec<Vec<Party>> {
    let parties: Vec<(Party, i128)> = open.iter().map(|(party, sum)| (*party, *sum)).collect();
    if parties.len() > EXACT {
        // Only debtors or only creditors: nothing cancels.
        return Vec::new();
    }
    let sets = 1_usize << parties.len();
    let mut sums = vec![0_i128; sets];
    // For each set, how many of the sets on the best way to it have sum zero, itself included.
    let mut zeros = vec![0_u8; sets];
    for set in 1..sets {
        let lowest = set.trailing_zeros() as usize;
        sums[set] = sums[set & (set - 1)] + parties[lowest].1;
        let best = members(set, parties.len()).map(|i| zeros[set & !(1 << i)]).max();
        zeros[set] = best.unwrap_or(0) + u8::from(sums[set] == 0);
    }
    let mut groups = Vec::new();
    let mut group = Vec::new();
    let mut set = sets - 1;
    while set != 0 {
        if sums[set] == 0 && !group.is_empty() {
            groups.push(std::mem::take(&mut group));
        }
        let before = zeros[set] - u8::from(sums[set] == 0);
        let last = members(set, parties.len()).find(|i| zeros[set & !(1 << i)] == before);
        let last = last.expect("the best way to a set has a last step");
        group.push(parties[last].0);
        set &= !(1 << last);
    }
    groups.push(group);
    groups
}

/// The places of the bits that are set.
fn members(set: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |i| set & (1 << i) != 0)
}

#[cfg(test)]
mod tests;
