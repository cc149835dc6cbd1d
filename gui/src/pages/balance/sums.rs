//! What follows from the ledger. Reckoned once for all that has arrived, not once a frame.

use std::collections::BTreeMap;

use noaber_core::id::{CircleId, LineId, MemberId};
use noaber_core::ledger::{Debt, Line, Standing};
use noaber_core::settle::{Payment, payments};
use noaber_core::wire::{Cause, Party, Unit};

use crate::desk::Desk;

/// See the module.
#[derive(Default)]
pub(super) struct Sums {
    key: Option<(CircleId, u64)>,
    /// What everybody gets (above zero) or owes, in cents.
    pub(super) balances: BTreeMap<Party, i64>,
    /// The same in quarters of an hour.
    pub(super) hours: BTreeMap<Party, i64>,
    /// How all are even again.
    pub(super) plan: Vec<Payment>,
    /// Lines that wait for my word, the newest first.
    pub(super) wanted: Vec<LineId>,
    /// Lines of mine that wait for others, or that they refuse.
    pub(super) written: Vec<LineId>,
    /// What I said I paid, by whom it has to come to, in cents.
    pub(super) on_its_way: BTreeMap<Party, i64>,
}

impl Sums {
    /// Reckons anew if something has arrived.
    pub(super) fn refresh(&mut self, desk: &Desk<'_>) {
        let circle = &desk.circle;
        let key = Some((circle.id, circle.entries));
        if self.key == key {
            return;
        }
        let (ledger, roster) = (&circle.ledger, &circle.roster);
        let balances = ledger.balances(Unit::Cents, roster);
        let mut sums = Self {
            key,
            plan: payments(&balances),
            balances,
            hours: ledger.balances(Unit::Quarters, roster),
            ..Self::default()
        };
        for line in ledger.lines().rev() {
            let debts: Vec<Debt> = ledger.debts(line, roster).collect();
            if debts.iter().any(|debt| waits_for_me(desk, debt)) {
                sums.wanted.push(line.id);
            } else if line.by == desk.me && debts.iter().any(is_open) {
                sums.written.push(line.id);
            }
            sums.note_payment(desk.me, line, &debts);
        }
        *self = sums;
    }

    fn note_payment(&mut self, me: MemberId, line: &Line, debts: &[Debt]) {
        let is_mine = line.by == me && line.creditor == Party::Member(me);
        if line.cause != Cause::Payment || line.unit != Unit::Cents || !is_mine {
            return;
        }
        for debt in debts.iter().filter(|debt| debt.standing == Standing::Debtor) {
            *self.on_its_way.entry(debt.debtor).or_default() += debt.amount.cast_signed();
        }
    }

    /// What somebody gets, or owes.
    pub(super) fn of(&self, party: Party) -> i64 {
        self.balances.get(&party).copied().unwrap_or(0)
    }
}

/// Whether a debt lacks a word that I can give.
pub(super) fn waits_for_me(desk: &Desk<'_>, debt: &Debt) -> bool {
    let is_steward = || {
        let me = desk.circle.roster.members.get(&desk.me);
        me.is_some_and(|member| member.steward)
    };
    let mine = |party: Party| match party {
        Party::Member(member) => member == desk.me,
        // Who gains by it does not sign for the pot.
        Party::Pot => debt.creditor != Party::Member(desk.me) && is_steward(),
    };
    match debt.standing {
        Standing::Debtor => mine(debt.debtor),
        Standing::Creditor => mine(debt.creditor),
        Standing::Counts | Standing::Refused | Standing::Waived => false,
    }
}

/// Whether somebody still has to say something to it.
pub(super) fn is_open(debt: &Debt) -> bool {
    matches!(debt.standing, Standing::Debtor | Standing::Creditor | Standing::Refused)
}
