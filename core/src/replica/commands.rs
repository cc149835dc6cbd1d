//! What users ask: every rule is checked here before anything is written.
//!
//! In this file is what concerns a circle and its members; a room each for listings, for asking, for what
//! happens to a booking, for words and for money.

mod asking;
mod booking;
mod listing;
mod money;
mod words;

use rand::Rng;

pub(super) use booking::word;

use super::{Act, Command, CommandError, Outbox, Outcome, Replica, check_name};
use crate::id::{CircleId, EntryHash, InviteId, NoticeId};
use crate::limits::{MAX_ADDRESSES, MAX_NAME, MAX_NOTICES_SEEN, MAX_TEXT};
use crate::time::{Interval, Timestamp};
use crate::view::{CircleView, Standing};
use crate::wire::{Address, Found, Head, HouseRules, Leave, Payload, Profile, Seen, seal};
use asking::{Wanted, Way};

impl Replica {
    pub(super) fn command(
        &mut self,
        now: Timestamp,
        rng: &mut dyn Rng,
        command: Command,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        match command {
            Command::CreateCircle { name, timezone, currency } => {
                self.create_circle(now, rng, name, timezone, currency, out)
            }
            Command::Invite { circle, expires, here } => {
                self.invite(now, rng, circle, expires, &within_limits(here), out)
            }
            Command::Join { link } => self.join(now, &link, out),
            Command::Leave { circle } => {
                self.member_of(circle)?;
                self.append(now, circle, &Payload::Leave(Leave {}), out);
                Ok(Outcome::Done)
            }
            Command::Announce { here } => {
                self.announce(now, &within_limits(here), out);
                Ok(Outcome::Done)
            }
            Command::Offer { circle, draft } => self.offer(now, circle, &draft, out),
            Command::Edit { circle, listing, draft } => {
                self.edit(now, circle, listing, &draft, out)
            }
            Command::Ask { circle, listing, from, to, quantity, note } => {
                let interval = stretch(from, to)?;
                let wanted = Wanted { listing, quantity, note };
                self.ask(now, circle, interval, wanted, Way::Ask, out)
            }
            Command::Wait { circle, listing, from, to, quantity, note } => {
                let interval = stretch(from, to)?;
                let wanted = Wanted { listing, quantity, note };
                self.ask(now, circle, interval, wanted, Way::Wait, out)
            }
            Command::AskSeries { circle, listing, times, quantity, note } => {
                let wanted = Wanted { listing, quantity, note };
                self.ask_series(now, circle, times, wanted, out)
            }
            Command::Series { circle, series, act } => self.series(now, circle, series, &act, out),
            Command::Booking { circle, booking, act } => self.act(now, circle, booking, act, out),
            other => self.say(now, other, out),
        }
    }

    /// Commands of which each is one record, checked and written.
    fn say(
        &mut self,
        now: Timestamp,
        command: Command,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        match command {
            Command::SetTariff { circle, listing, from, tariff } => {
                self.set_tariff(now, circle, listing, from, &tariff, out)
            }
            Command::Give { circle, listing, to } => self.give(now, circle, listing, to, out),
            Command::Take { circle, listing } => self.take(now, circle, listing, out),
            Command::Say { circle, about, text } => self.talk(now, circle, about, text, out),
            Command::Reword { circle, message, text } => {
                self.reword(now, circle, message, text, out)
            }
            Command::Seen { circle, notices } => self.seen(now, circle, &notices, out),
            Command::Owe { circle, owe } => self.owe(now, circle, owe, out),
            Command::Agree { circle, line } => self.agree(now, circle, line, out),
            Command::Waive { circle, line, reason } => self.waive(now, circle, line, reason, out),
            Command::SetHouseRules { circle, rules } => self.house_rules(now, circle, rules, out),
            Command::SetProfile { circle, profile } => self.profile(now, circle, profile, out),
            _ => unreachable!("`command` takes all others"),
        }
    }

    /// The circle, if we are in it.
    pub(super) fn member_of(&self, circle: CircleId) -> Result<&CircleView, CommandError> {
        let view = &self.circles.get(&circle).ok_or(CommandError::NotFound)?.view;
        if view.standing == Standing::Member { Ok(view) } else { Err(CommandError::NotMember) }
    }

    fn create_circle(
        &mut self,
        now: Timestamp,
        rng: &mut dyn Rng,
        name: String,
        timezone: String,
        currency: String,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        check_name("the name of the circle", &name)?;
        check_name("the time zone", &timezone)?;
        check_name("the currency", &currency)?;
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let founder = self.identity.introduce(CircleId::ZERO);
        let payload = Payload::Found(Found { name, timezone, currency, salt, founder }).encode();
        let entry = crate::wire::Entry { time: self.clock.tick(now), payload };
        let founding = seal(&self.identity.device, CircleId::ZERO, Head::default(), entry);
        let id = circle_of(founding.hash);
        self.load(
            id,
            imbl::OrdSet::new(),
            std::slice::from_ref(&founding),
            Vec::new(),
            super::More::Complete,
        );
        out.circles.push(super::Effect::SaveCircle { circle: id, admitters: imbl::OrdSet::new() });
        out.persist.entry(id).or_default().push(founding);
        Ok(Outcome::Circle(id))
    }

    fn announce(&mut self, now: Timestamp, here: &Address, out: &mut Outbox) {
        let me = self.identity.device();
        let news: Vec<CircleId> = self
            .circles
            .values()
            .filter(|circle| circle.view.standing == Standing::Member)
            .filter(|circle| circle.view.addresses.get(&me) != Some(here))
            .map(super::Circle::id)
            .collect();
        for circle in news {
            self.append(now, circle, &Payload::Address(here.clone()), out);
        }
    }

    fn house_rules(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        rules: HouseRules,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let me = self.identity.member();
        if !view.roster.members.get(&me).is_some_and(|member| member.steward) {
            return Err(CommandError::NotAllowed { who: "a steward".to_owned() });
        }
        self.append(now, circle, &Payload::HouseRules(rules), out);
        Ok(Outcome::Circle(circle))
    }

    fn profile(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        profile: Profile,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        self.member_of(circle)?;
        if profile.iban.len() > MAX_NAME || profile.payee.len() > MAX_NAME {
            return Err(CommandError::Text { what: "the account".into(), limit: MAX_NAME });
        }
        self.append(now, circle, &Payload::Profile(profile), out);
        Ok(Outcome::Done)
    }

    fn seen(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        notices: &[NoticeId],
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let me = self.identity.member();
        let fresh: Vec<NoticeId> =
            notices.iter().copied().filter(|notice| !view.seen.contains(&(me, *notice))).collect();
        for notices in fresh.chunks(MAX_NOTICES_SEEN) {
            let notices = notices.to_vec();
            self.append(now, circle, &Payload::Seen(Seen { notices }), out);
        }
        Ok(Outcome::Done)
    }
}

/// The time that a user wants.
fn stretch(from: Timestamp, to: Timestamp) -> Result<Interval, CommandError> {
    let mistake = if to < from { CommandError::Backwards } else { CommandError::EmptyTime };
    Interval::new(from, to).ok_or(mistake)
}

/// A text that a user wrote, within a limit.
pub(super) fn check_text(what: &'static str, text: &str) -> Result<(), CommandError> {
    if text.len() > MAX_TEXT {
        return Err(CommandError::Text { what: what.into(), limit: MAX_TEXT });
    }
    Ok(())
}

/// An address that fits its record: a machine with more ways in than that is found by the first.
fn within_limits(address: Address) -> Address {
    let fit = |mut all: Vec<String>| {
        all.retain(|one| one.len() <= MAX_NAME);
        all.truncate(MAX_ADDRESSES);
        all
    };
    Address { direct: fit(address.direct), relays: fit(address.relays) }
}

pub(super) fn circle_of(founding: EntryHash) -> CircleId {
    CircleId::from_bytes(*founding.as_bytes())
}

pub(super) fn invite_of(key: &ed25519_dalek::SigningKey) -> InviteId {
    InviteId::from_bytes(key.verifying_key().to_bytes())
}
