//! The ledger: who owes whom, as it follows from what both sides signed.
//!
//! A line says who owes what to whom, and why. **It counts for a debtor only when that debtor has signed
//! it**: by writing it, or by agreeing. What driving costs is also approved by the creditor. A payment is a
//! line like any other: its receiver is the debtor, so it counts when the receiver has confirmed it. Nothing
//! here depends on the order of arrival: a line, its agreements and refusals are sets.
//!
//! How sums are settled is in `settle`; what a trip costs in `listing::tariff`.

use std::collections::BTreeMap;

use imbl::{OrdMap, OrdSet};
use serde::Serialize;

use crate::id::{BookingId, LineId, MemberId, PhotoId};
use crate::limits::MAX_AMOUNT;
use crate::place::Place;
use crate::roster::Roster;
use crate::settle;
use crate::wire::{Cause, Owe, Party, Unit};

/// One line: what one entry says about one or several debts to one creditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// Where it stands among all that was said.
    pub place: Place,
    /// Who wrote it: the creditor, or one of the debtors.
    pub by: MemberId,
    /// To whom it is owed.
    pub creditor: Party,
    /// In what it is counted.
    pub unit: Unit,
    /// Who owes how much.
    pub debts: Vec<(Party, u64)>,
    /// From what it comes.
    pub cause: Cause,
    /// Why, in words.
    pub text: String,
    /// The receipt.
    pub photo: Option<PhotoId>,
}

/// How far one debt of a line has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It counts.
    Counts,
    /// The debtor has not signed it.
    Debtor,
    /// The creditor has not approved it.
    Creditor,
    /// The debtor refuses it.
    Refused,
    /// The creditor let it go, the author took it back, or another line says it already.
    Waived,
}

/// One debt of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Debt {
    /// Who owes.
    pub debtor: Party,
    /// To whom.
    pub creditor: Party,
    /// How much, in units of the line.
    pub amount: u64,
    /// How far it has come.
    pub standing: Standing,
}

impl Debt {
    /// Whether it waits for this member: to agree with what they owe, or to approve what they are to get.
    /// The pot is asked of the stewards, not of one who gains by it where there are others.
    pub fn waits_for(&self, member: MemberId, roster: &Roster) -> bool {
        let (asked, other) = match self.standing {
            Standing::Debtor => (self.debtor, self.creditor),
            Standing::Creditor => (self.creditor, self.debtor),
            Standing::Counts | Standing::Refused | Standing::Waived => return false,
        };
        let me = Party::Member(member);
        match asked {
            Party::Member(_) => asked == me,
            Party::Pot => {
                let mut stewards = roster.members.iter().filter(|(_, m)| m.steward);
                let is_steward = roster.members.get(&member).is_some_and(|m| m.steward);
                is_steward && (other != me || stewards.nth(1).is_none())
            }
        }
    }
}

/// All lines of a circle and what was said about them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    lines: OrdMap<LineId, Line>,
    in_order: OrdSet<(Place, LineId)>,
    /// Lines about driving, by the booking.
    trips: OrdSet<(BookingId, Place, LineId)>,
    agreed: OrdMap<(LineId, MemberId), Place>,
    waived: OrdMap<(LineId, MemberId), (Place, String)>,
}

impl Ledger {
    pub(crate) fn write(&mut self, place: Place, by: MemberId, id: LineId, owe: Owe) {
        let Owe { creditor, unit, debts, cause, text, photo } = owe;
        let line = Line { id, place, by, creditor, unit, debts, cause, text, photo };
        if line.is_sound() {
            if let Cause::Trip(booking) = line.cause {
                self.trips.insert((booking, place, id));
            }
            self.lines.insert(id, line);
            self.in_order.insert((place, id));
        }
    }

    pub(crate) fn agree(&mut self, place: Place, by: MemberId, line: LineId) {
        let held = self.agreed.entry((line, by)).or_insert(place);
        // The earliest stands, whichever came first.
        *held = place.min(*held);
    }

    pub(crate) fn waive(&mut self, place: Place, by: MemberId, line: LineId, reason: String) {
        let key = (line, by);
        // The earliest stands, whichever came first.
        if self.waived.get(&key).is_none_or(|(held, _)| place < *held) {
            self.waived.insert(key, (place, reason));
        }
    }

    /// All lines, by id.
    pub fn by_id(&self) -> &OrdMap<LineId, Line> {
        &self.lines
    }

    /// One line.
    pub fn line(&self, id: LineId) -> Option<&Line> {
        self.lines.get(&id)
    }

    /// All lines in order.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Line> {
        self.in_order.iter().filter_map(|(_, id)| self.lines.get(id))
    }

    /// Why one member does not agree, where they said so.
    pub fn reason_of(&self, line: LineId, member: MemberId) -> Option<&str> {
        let (_, reason) = self.waived.get(&(line, member))?;
        Some(reason.as_str()).filter(|reason| !reason.is_empty())
    }

    /// The debts of a line, each as far as it has come.
    pub fn debts<'a>(
        &'a self,
        line: &'a Line,
        roster: &'a Roster,
    ) -> impl Iterator<Item = Debt> + 'a {
        let is_sided = line.is_sided(roster);
        line.debts.iter().filter(move |_| is_sided).map(move |(debtor, amount)| Debt {
            debtor: *debtor,
            creditor: line.creditor,
            amount: *amount,
            standing: self.standing(line, *debtor, roster),
        })
    }

    fn standing(&self, line: &Line, debtor: Party, roster: &Roster) -> Standing {
        if let Cause::Trip(booking) = line.cause
            && self.billed(booking, debtor, line.creditor, roster).is_some_and(|id| id != line.id)
        {
            return Standing::Waived;
        }
        self.signed(line, debtor, roster)
    }

    /// The line by which a trip is owed. Both sides may note its end before they hear of each other, each
    /// with a line: the first that both have signed counts, and it alone.
    fn billed(
        &self,
        booking: BookingId,
        debtor: Party,
        creditor: Party,
        roster: &Roster,
    ) -> Option<LineId> {
        let least = (booking, Place::MIN, LineId::from_bytes([0; 16]));
        let lines = self.trips.range(least..).take_while(|(of, ..)| *of == booking);
        let mut lines = lines.filter_map(|(.., id)| self.lines.get(id));
        let is_it = |line: &&Line| {
            line.creditor == creditor
                && line.is_sided(roster)
                && line.debts.iter().any(|(party, _)| *party == debtor)
                && self.signed(line, debtor, roster) == Standing::Counts
        };
        lines.find(is_it).map(|line| line.id)
    }

    /// How far a debt has come by itself, whatever other lines say.
    fn signed(&self, line: &Line, debtor: Party, roster: &Roster) -> Standing {
        let signed = |party: Party| match party {
            Party::Member(member) => {
                line.by == member || self.agreed.contains_key(&(line.id, member))
            }
            Party::Pot => self.pot_signed(line, roster),
        };
        let waived = |party: Party| match party {
            Party::Member(member) => self.waived.contains_key(&(line.id, member)),
            Party::Pot => false,
        };
        let needs_creditor = matches!(line.cause, Cause::Trip(_));
        if waived(line.creditor) {
            return Standing::Waived;
        }
        if !signed(debtor) {
            return if waived(debtor) { Standing::Refused } else { Standing::Debtor };
        }
        if needs_creditor {
            // What the other side has not approved yet can be taken back by who wrote it.
            match (self.approved_at(line, roster), self.waived_at(line.id, debtor)) {
                (Some(approved), Some(taken_back)) if taken_back < approved => Standing::Waived,
                (None, Some(_)) => Standing::Waived,
                (None, None) => Standing::Creditor,
                (Some(_), _) => Standing::Counts,
            }
        } else {
            Standing::Counts
        }
    }

    /// When the creditor signed.
    fn approved_at(&self, line: &Line, roster: &Roster) -> Option<Place> {
        let Party::Member(creditor) = line.creditor else {
            return self.pot_signed(line, roster).then_some(line.place);
        };
        let wrote = (line.by == creditor).then_some(line.place);
        wrote.or_else(|| self.agreed.get(&(line.id, creditor)).copied())
    }

    fn waived_at(&self, line: LineId, party: Party) -> Option<Place> {
        let Party::Member(member) = party else { return None };
        self.waived.get(&(line, member)).map(|(place, _)| *place)
    }

    /// For the pot signs a steward who gains nothing by it; where there is only one steward, that one.
    fn pot_signed(&self, line: &Line, roster: &Roster) -> bool {
        let stewards: Vec<MemberId> =
            roster.members.iter().filter(|(_, m)| m.steward).map(|(id, _)| *id).collect();
        let signed = |steward: &&MemberId| {
            line.by == **steward || self.agreed.contains_key(&(line.id, **steward))
        };
        let gains = |steward: &MemberId| line.creditor == Party::Member(*steward);
        stewards.iter().filter(signed).any(|steward| !gains(steward) || stewards.len() == 1)
    }

    /// What everybody has to get (above zero) or to give, in one unit. Sums to zero.
    pub fn balances(&self, unit: Unit, roster: &Roster) -> BTreeMap<Party, i64> {
        let lines = self.lines.values().filter(|line| line.unit == unit);
        let debts = lines.flat_map(|line| self.debts(line, roster));
        let count = debts.filter(|debt| debt.standing == Standing::Counts);
        settle::balances(count.map(|debt| (debt.debtor, debt.creditor, debt.amount.cast_signed())))
    }
}

impl Line {
    /// Whether it can mean anything at all: whatever else a line says, it is passed over everywhere.
    fn is_sound(&self) -> bool {
        let fits = |(debtor, amount): &(Party, u64)| {
            (1..=MAX_AMOUNT).contains(amount) && *debtor != self.creditor
        };
        let mut debtors: Vec<Party> = self.debts.iter().map(|(debtor, _)| *debtor).collect();
        debtors.sort_unstable();
        debtors.dedup();
        !debtors.is_empty() && debtors.len() == self.debts.len() && self.debts.iter().all(fits)
    }

    /// Whether its author is a side of it. Nobody writes lines between two others.
    fn is_sided(&self, roster: &Roster) -> bool {
        let author = Party::Member(self.by);
        let is_steward = roster.members.get(&self.by).is_some_and(|member| member.steward);
        let mut sides = self.debts.iter().map(|(debtor, _)| *debtor).chain([self.creditor]);
        sides.any(|side| side == author || (side == Party::Pot && is_steward))
    }

    /// All that the line says together.
    pub fn total(&self) -> u64 {
        self.debts.iter().map(|(_, amount)| amount).sum()
    }

    /// Whether a member is a side of it.
    pub fn concerns(&self, member: MemberId) -> bool {
        let me = Party::Member(member);
        self.creditor == me || self.debts.iter().any(|(debtor, _)| *debtor == me)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Member, Membership};
    use crate::time::Timestamp;

    const ANNA: MemberId = MemberId::from_bytes([1; 32]);
    const BEN: MemberId = MemberId::from_bytes([2; 32]);
    const CEM: MemberId = MemberId::from_bytes([3; 32]);

    fn street(stewards: &[MemberId]) -> Roster {
        let member = |id: MemberId| Member {
            name: String::new(),
            steward: stewards.contains(&id),
            since: Timestamp::from_ms(0),
            devices: Vec::new(),
            membership: Membership::Active,
        };
        let members = [ANNA, BEN, CEM].map(|id| (id, member(id))).into_iter().collect();
        Roster { members, ..Roster::default() }
    }

    #[test]
    fn a_debt_waits_for_whoever_has_not_signed_it() {
        let (anna, ben) = (Party::Member(ANNA), Party::Member(BEN));
        let (one, two) = (street(&[ANNA]), street(&[ANNA, BEN]));
        let cases: [(Party, Party, Standing, &Roster, &[MemberId]); 9] = [
            (anna, ben, Standing::Debtor, &one, &[ANNA]),
            (anna, ben, Standing::Creditor, &one, &[BEN]),
            (anna, ben, Standing::Counts, &one, &[]),
            (anna, ben, Standing::Refused, &one, &[]),
            (anna, ben, Standing::Waived, &one, &[]),
            (Party::Pot, ben, Standing::Debtor, &one, &[ANNA]),
            (Party::Pot, anna, Standing::Debtor, &one, &[ANNA]),
            (Party::Pot, anna, Standing::Debtor, &two, &[BEN]),
            (anna, Party::Pot, Standing::Creditor, &two, &[BEN]),
        ];
        for (debtor, creditor, standing, roster, expected) in cases {
            let debt = Debt { debtor, creditor, amount: 1, standing };
            let waits = [ANNA, BEN, CEM].into_iter().filter(|who| debt.waits_for(*who, roster));
            assert_eq!(waits.collect::<Vec<_>>(), expected, "{debt:?}");
        }
    }
}
