//! What people write down and say in a random life: debts, messages, house rules, accounts, notices.

use std::collections::BTreeSet;

use noaber_core::id::{BookingId, LineId, MessageId, NoticeId};
use noaber_core::ledger::Standing;
use noaber_core::wire::{About, Cause, HouseRules, Owe, Party, Profile, Unit};
use noaber_core::{Command, Outcome};

use super::Life;

impl Life {
    /// Somebody writes a line: mostly of what others owe them or they owe others, now and then between
    /// anybody and anybody, which is refused.
    pub(super) fn owe(&mut self) {
        let Some(who) = self.member() else { return };
        let me = Party::Member(self.street.people[who].member());
        let parties: Vec<Party> = (0..=self.below(3)).map(|_| self.party(who)).collect();
        let (creditor, debtors) = match self.below(5) {
            0..3 => (me, parties.into_iter().filter(|party| *party != me).collect()),
            3 => (parties[0], BTreeSet::from([me])),
            _ => (parties[0], parties.into_iter().collect()),
        };
        let debts = debtors.into_iter().map(|debtor| (debtor, self.below(5_000) as u64)).collect();
        let bookings: Vec<BookingId> =
            self.view(who).map(|view| view.bookings.keys().copied().collect()).unwrap_or_default();
        let cause = match (self.below(7), self.pick(&bookings)) {
            (0, Some(booking)) => Cause::Trip(booking),
            (1, Some(booking)) => Cause::Receipt(booking),
            (2, Some(booking)) => Cause::Damage(booking),
            (3, Some(booking)) => Cause::Help(booking),
            (4, _) => Cause::Payment,
            _ => Cause::Shared,
        };
        let unit = if self.below(4) > 0 { Unit::Cents } else { Unit::Quarters };
        let owe = Owe { creditor, unit, debts, cause, text: "cake".into(), photo: None };
        self.attempt(who, "owe", Command::Owe { circle: self.circle, owe });
    }

    fn party(&mut self, who: usize) -> Party {
        match self.neighbour(who) {
            Some(member) if self.below(6) > 0 => Party::Member(member),
            _ => Party::Pot,
        }
    }

    fn line(&mut self, who: usize) -> Option<LineId> {
        let lines: Vec<LineId> = self.view(who)?.ledger.by_id().keys().copied().collect();
        self.pick(&lines)
    }

    /// Mostly somebody for whom a line waits.
    pub(super) fn agree(&mut self) {
        let mut waiting: Vec<(usize, LineId)> = Vec::new();
        for who in self.members() {
            let me = Party::Member(self.street.people[who].member());
            let view = self.street.circle(who, self.circle);
            for line in view.ledger.lines() {
                let debts = view.ledger.debts(line, &view.roster);
                let mut open = debts.filter(|debt| debt.standing == Standing::Debtor);
                if open.any(|debt| debt.debtor == me) {
                    waiting.push((who, line.id));
                }
            }
        }
        let any = self.member().and_then(|who| Some((who, self.line(who)?)));
        let is_wild = self.one_in(4);
        let Some((who, line)) = self.pick(&waiting).filter(|_| !is_wild).or(any) else { return };
        self.attempt(who, "agree", Command::Agree { circle: self.circle, line });
    }

    pub(super) fn waive(&mut self) {
        let Some(who) = self.member() else { return };
        let Some(line) = self.line(who) else { return };
        let reason = "never mind".to_owned();
        self.attempt(who, "waive", Command::Waive { circle: self.circle, line, reason });
    }

    pub(super) fn talk_about(&mut self) {
        let Some(who) = self.member() else { return };
        let Some(view) = self.view(who) else { return };
        let listings = view.listings.keys().copied().map(About::Listing);
        let about: Vec<About> =
            listings.chain(view.bookings.keys().copied().map(About::Booking)).collect();
        let Some(about) = self.pick(&about) else { return };
        let text = format!("at {}?", self.below(24));
        self.attempt(who, "say", Command::Say { circle: self.circle, about, text });
    }

    pub(super) fn reword(&mut self) {
        let Some(who) = self.member() else { return };
        let Some(view) = self.view(who) else { return };
        let all: Vec<MessageId> = view.messages.newest().map(|(_, message)| message.id).collect();
        let Some(message) = self.pick(&all) else { return };
        let text = format!("better at {}", self.below(24));
        self.attempt(who, "reword", Command::Reword { circle: self.circle, message, text });
    }

    /// Only the founder is a steward; of all others it is refused.
    pub(super) fn set_house_rules(&mut self, who: usize) {
        let rules = HouseRules { timebank: self.below(4) > 0, floor_quarters: -20 };
        let done =
            self.attempt(who, "house rules", Command::SetHouseRules { circle: self.circle, rules });
        assert!(done.is_none_or(|done| done == Outcome::Circle(self.circle)), "about the circle");
    }

    pub(super) fn set_profile(&mut self) {
        let Some(who) = self.member() else { return };
        let iban = format!("NL91ABNA04171643{:02}", self.below(100));
        let profile = Profile { iban, payee: "A. Neighbour".into() };
        self.attempt(who, "profile", Command::SetProfile { circle: self.circle, profile });
    }

    pub(super) fn mark_seen(&mut self) {
        let Some(who) = self.member() else { return };
        let notices = (0..=self.below(3)).map(|_| NoticeId::of("life", &[], self.below(9) as i64));
        let notices = notices.collect();
        self.attempt(who, "seen", Command::Seen { circle: self.circle, notices });
    }
}
