//! The ledger: written, agreed with, let go.

use super::{CommandError, Outbox, Outcome, Replica, check_text};
use crate::id::{CircleId, LineId, MemberId};
use crate::ledger::{Line, Standing};
use crate::limits::{MAX_AMOUNT, MAX_DEBTS};
use crate::roster::Roster;
use crate::time::Timestamp;
use crate::view::CircleView;
use crate::wire::{Agree, Cause, Owe, Party, Payload, Unit, Waive};

impl Replica {
    pub(super) fn owe(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        owe: Owe,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        check_text("the reason", &owe.text)?;
        self.check_line(view, &owe)?;
        let seq = self.append(now, circle, &Payload::Owe(owe), out);
        Ok(Outcome::Line(circle, LineId::said_at(circle, self.identity.device(), seq)))
    }

    fn check_line(&self, view: &CircleView, owe: &Owe) -> Result<(), CommandError> {
        let me = Party::Member(self.identity.member());
        if !(1..=MAX_DEBTS).contains(&owe.debts.len()) {
            return Err(CommandError::Line("say who owes it".into()));
        }
        if !owe.debts.iter().all(|(_, amount)| (1..=MAX_AMOUNT).contains(amount)) {
            return Err(CommandError::Line(
                "an amount must be above zero and within reason".into(),
            ));
        }
        if owe.debts.iter().any(|(debtor, _)| *debtor == owe.creditor) {
            return Err(CommandError::Line("nobody owes anything to themselves".into()));
        }
        let mut debtors: Vec<Party> = owe.debts.iter().map(|(debtor, _)| *debtor).collect();
        debtors.sort_unstable();
        if debtors.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(CommandError::Line("name everybody once".into()));
        }
        let sides = || debtors.iter().chain([&owe.creditor]);
        let is_known = |party: &Party| match party {
            Party::Member(member) => view.roster.members.contains_key(member),
            Party::Pot => true,
        };
        if !sides().all(is_known) {
            return Err(CommandError::NotFound);
        }
        let signs = |party: &Party| *party == me || signs_for_pot(&view.roster, *party, me);
        if !sides().any(signs) {
            return Err(CommandError::NotAllowed { who: "one of the two sides".to_owned() });
        }
        let counts_hours = view.house_rules.is_some_and(|(_, rules)| rules.timebank);
        if owe.unit == Unit::Quarters && !counts_hours {
            return Err(CommandError::NoTimebank);
        }
        match owe.cause {
            Cause::Trip(b) | Cause::Receipt(b) | Cause::Damage(b) | Cause::Help(b)
                if !view.bookings.contains_key(&b) =>
            {
                Err(CommandError::NotFound)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn agree(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: LineId,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let line = self.my_line(view, id)?;
        let me = self.identity.member();
        // Who refused can think again.
        let waits = view.ledger.debts(line, &view.roster).any(|debt| {
            let refused = debt.standing == Standing::Refused && debt.debtor == Party::Member(me);
            refused || debt.waits_for(me, &view.roster)
        });
        if !waits {
            return Err(CommandError::Line("this does not wait for you (any more)".into()));
        }
        self.append(now, circle, &Payload::Agree(Agree { line: id }), out);
        Ok(Outcome::Line(circle, id))
    }

    pub(super) fn waive(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: LineId,
        reason: String,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        check_text("the reason", &reason)?;
        let line = self.my_line(view, id)?;
        let me = Party::Member(self.identity.member());
        let can = view.ledger.debts(line, &view.roster).any(|debt| match debt.standing {
            Standing::Counts | Standing::Refused => debt.creditor == me,
            Standing::Debtor | Standing::Creditor => debt.creditor == me || debt.debtor == me,
            Standing::Waived => false,
        });
        if !can {
            return Err(CommandError::Line(
                "what both sides signed stands: only who is to get it can let it go".into(),
            ));
        }
        self.append(now, circle, &Payload::Waive(Waive { line: id, reason }), out);
        Ok(Outcome::Line(circle, id))
    }

    fn my_line<'a>(&self, view: &'a CircleView, id: LineId) -> Result<&'a Line, CommandError> {
        let line = view.ledger.line(id).ok_or(CommandError::NotFound)?;
        let me = self.identity.member();
        let sides = line.debts.iter().map(|(debtor, _)| *debtor).chain([line.creditor]);
        let signs = |party| signs_for_pot(&view.roster, party, Party::Member(me));
        if line.concerns(me) || sides.into_iter().any(signs) {
            return Ok(line);
        }
        Err(CommandError::NotAllowed { who: "its sides".to_owned() })
    }
}

/// Whether a member may sign for the pot, where the pot is the side in question.
fn signs_for_pot(roster: &Roster, party: Party, member: Party) -> bool {
    let is_steward = |id: &MemberId| roster.members.get(id).is_some_and(|member| member.steward);
    match (party, member) {
        (Party::Pot, Party::Member(member)) => is_steward(&member),
        _ => false,
    }
}
