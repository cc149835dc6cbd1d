//! Who owes whom, counted from the entries themselves.

use std::collections::{BTreeMap, BTreeSet};

use noaber_core::id::{LineId, MemberId};
use noaber_core::ledger::Standing;
use noaber_core::limits::MAX_AMOUNT;
use noaber_core::place::Place;
use noaber_core::view::CircleView;
use noaber_core::wire::{Cause, Owe, Party, Payload, StoredEntry, Unit};

/// All that was ever said about debts by who counts.
#[derive(Default)]
struct Said {
    lines: BTreeMap<LineId, (Place, MemberId, Owe)>,
    /// When each first agreed, and first did not.
    agreed: BTreeMap<(LineId, MemberId), Place>,
    waived: BTreeMap<(LineId, MemberId), Place>,
}

/// The balances are those that follow from what was signed, they sum to zero, and nobody owes anything
/// by a line that they neither wrote nor agreed to.
pub fn check_ledger(view: &CircleView, entries: &[StoredEntry]) {
    let said = Said::of(view, entries);
    for unit in [Unit::Cents, Unit::Quarters] {
        let balances = view.ledger.balances(unit, &view.roster);
        assert_eq!(balances.values().sum::<i64>(), 0, "{unit:?}: {balances:?}");
        let mut expected: BTreeMap<Party, i64> = BTreeMap::new();
        let mut in_order: Vec<_> = said.lines.iter().collect();
        in_order.sort_by_key(|(id, (place, ..))| (*place, **id));
        // Of one trip, the first line between the same two that both have signed, whatever its unit.
        let mut billed = BTreeSet::new();
        for (id, (_, by, owe)) in in_order {
            for (debtor, amount) in said.counting(view, *id, *by, owe) {
                if let Cause::Trip(booking) = owe.cause
                    && !billed.insert((booking, debtor, owe.creditor))
                {
                    continue;
                }
                if owe.unit != unit {
                    continue;
                }
                *expected.entry(debtor).or_default() -= amount;
                *expected.entry(owe.creditor).or_default() += amount;
            }
        }
        assert_eq!(balances, expected, "{unit:?}");
    }
    for line in view.ledger.lines() {
        for debt in view.ledger.debts(line, &view.roster) {
            let counts = debt.standing == Standing::Counts;
            assert!(!counts || said.signed(view, line.id, line.by, debt.debtor), "{line:?}");
        }
    }
}

impl Said {
    fn of(view: &CircleView, entries: &[StoredEntry]) -> Self {
        let mut said = Self::default();
        for stored in entries {
            let Some(by) = view.roster.speaks_for(stored.device, stored.seq) else { continue };
            match Payload::decode(&stored.entry.payload) {
                Ok((Payload::Owe(owe), _)) => {
                    let id = LineId::said_at(view.id, stored.device, stored.seq);
                    said.lines.insert(id, (Place::of(stored), by, owe));
                }
                Ok((Payload::Agree(agree), _)) => {
                    first(&mut said.agreed, (agree.line, by), Place::of(stored));
                }
                Ok((Payload::Waive(waive), _)) => {
                    first(&mut said.waived, (waive.line, by), Place::of(stored));
                }
                _ => {}
            }
        }
        said
    }

    fn signed_by(&self, line: LineId, by: MemberId, member: MemberId) -> bool {
        by == member || self.agreed.contains_key(&(line, member))
    }

    /// For the pot signs a steward; one who gets something out of it only where there is no other.
    fn signed(&self, view: &CircleView, line: LineId, by: MemberId, party: Party) -> bool {
        let Party::Pot = party else {
            return matches!(party, Party::Member(member) if self.signed_by(line, by, member));
        };
        let creditor = self.lines.get(&line).map(|(.., owe)| owe.creditor);
        let stewards: Vec<MemberId> = stewards(view).collect();
        stewards.iter().any(|steward| {
            let is_alone = stewards.len() == 1;
            self.signed_by(line, by, *steward)
                && (is_alone || creditor != Some(Party::Member(*steward)))
        })
    }

    fn counting(
        &self,
        view: &CircleView,
        id: LineId,
        by: MemberId,
        owe: &Owe,
    ) -> Vec<(Party, i64)> {
        let names: BTreeSet<Party> = owe.debts.iter().map(|(debtor, _)| *debtor).collect();
        let can_mean_something = names.len() == owe.debts.len()
            && !names.contains(&owe.creditor)
            && owe.debts.iter().all(|(_, amount)| (1..=MAX_AMOUNT).contains(amount));
        let mut sides = names.iter().chain([&owe.creditor]);
        let is_side = sides.any(|side| {
            *side == Party::Member(by)
                || (*side == Party::Pot && stewards(view).any(|steward| steward == by))
        });
        let is_waived = matches!(owe.creditor, Party::Member(creditor) if self.waived.contains_key(&(id, creditor)));
        let is_approved =
            !matches!(owe.cause, Cause::Trip(_)) || self.signed(view, id, by, owe.creditor);
        if !can_mean_something || !is_side || is_waived || !is_approved {
            return Vec::new();
        }
        // What driving costs can be taken back by its debtor until the creditor has approved it.
        let approved = match owe.creditor {
            Party::Member(creditor) if by != creditor => self.agreed.get(&(id, creditor)),
            _ => self.lines.get(&id).map(|(place, ..)| place),
        };
        let is_taken_back = |debtor: &Party| {
            let Party::Member(member) = debtor else { return false };
            matches!(owe.cause, Cause::Trip(_))
                && self.waived.get(&(id, *member)).is_some_and(|at| Some(at) < approved)
        };
        let signed = owe.debts.iter().filter(|(debtor, _)| self.signed(view, id, by, *debtor));
        let signed = signed.filter(|(debtor, _)| !is_taken_back(debtor));
        signed.map(|(debtor, amount)| (*debtor, amount.cast_signed())).collect()
    }
}

fn first(held: &mut BTreeMap<(LineId, MemberId), Place>, key: (LineId, MemberId), place: Place) {
    let earliest = held.entry(key).or_insert(place);
    *earliest = place.min(*earliest);
}

fn stewards(view: &CircleView) -> impl Iterator<Item = MemberId> + '_ {
    view.roster.members.iter().filter(|(_, member)| member.steward).map(|(id, _)| *id)
}
