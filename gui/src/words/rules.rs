//! What an owner asks, and why a request cannot be, in the words of a neighbour.

use noaber_core::listing::Listing;
use noaber_core::listing::tariff::Tariff;
use noaber_core::rules::reason::End;
use noaber_core::rules::{Borrowers, ClosedDays, Dates, Opening, Per, Quota, Reason, Rules, Span};

use super::{Moment, Words};

impl Words {
    /// What a listing's rules ask, one sentence each.
    pub fn rules(&self, listing: &Listing, moment: Moment<'_>) -> Vec<String> {
        let rules = &listing.rules;
        let mut all = Vec::new();
        if let Some(repair) = &rules.repair {
            all.push(self.repair(&repair.note));
        }
        all.push(self.say(if listing.general.instant { "rule-instant" } else { "rule-asked" }));
        for (key, span) in [
            ("rule-lead", rules.lead),
            ("rule-horizon", rules.horizon),
            ("rule-shortest", rules.shortest),
            ("rule-longest", rules.longest),
            ("rule-gap", rules.gap),
        ] {
            all.extend(span.map(|span| self.with_length(key, span)));
        }
        if !rules.open.is_empty() {
            let times: Vec<String> = rules.open.iter().map(|open| self.opening(*open)).collect();
            all.push(self.tell("rule-open", &[("times", times.join(", ").into())]));
        }
        all.extend(self.closures(rules, moment));
        match rules.closed_days {
            ClosedDays::Count => {}
            ClosedDays::DontCount => all.push(self.say("rule-closed-skipped")),
            ClosedDays::Forbidden => all.push(self.say("rule-closed-inside")),
        }
        for quota in &rules.quotas {
            all.push(self.tell("rule-quota", &[("quota", self.quota(quota).into())]));
        }
        if let Borrowers::Only(members) = &rules.borrowers {
            all.push(self.tell("rule-only", &[("count", members.len().into())]));
        }
        all
    }

    fn with_length(&self, key: &str, span: Span) -> String {
        self.tell(key, &[("length", self.length(span).into())])
    }

    fn repair(&self, note: &str) -> String {
        if note.is_empty() {
            self.say("rule-repair")
        } else {
            self.tell("rule-repair-note", &[("note", note.into())])
        }
    }

    fn opening(&self, opening: Opening) -> String {
        let days: Vec<_> = opening.days.iter().collect();
        let days = match days.as_slice() {
            all if all.len() == 7 => self.say("rule-every-day"),
            [first, .., last]
                if days.len() > 2 && (last.since(*first) as usize) + 1 == days.len() =>
            {
                format!("{}–{}", self.weekday_short(*first), self.weekday_short(*last))
            }
            few => few.iter().map(|day| self.weekday_short(*day)).collect::<Vec<_>>().join(", "),
        };
        format!("{days} {}–{}", opening.from, opening.to)
    }

    fn closures(&self, rules: &Rules, moment: Moment<'_>) -> Option<String> {
        let today = moment.zone.date(moment.now);
        let to_come = rules.closed.iter().filter(|closure| match closure.dates {
            Dates::Once { to, .. } => to >= today,
            Dates::Yearly { .. } => true,
        });
        let words: Vec<String> = to_come
            .map(|closure| match (&closure.name, closure.dates) {
                (Some(name), _) => name.clone(),
                (None, Dates::Once { from, to }) if from == to => self.date(from),
                (None, Dates::Once { from, to }) => {
                    format!("{} – {}", self.date(from), self.date(to))
                }
                (None, yearly @ Dates::Yearly { .. }) => yearly.to_string(),
            })
            .collect();
        let days = words.join(", ");
        (!days.is_empty()).then(|| self.tell("rule-closed", &[("days", days.into())]))
    }

    /// How much of something one borrower may have, such as “3 days a week”.
    pub fn quota(&self, quota: &Quota) -> String {
        let amount = ("amount", self.length(quota.amount).into());
        match quota.per {
            Per::Week { .. } => self.tell("quota-week", &[amount]),
            Per::Month { .. } => self.tell("quota-month", &[amount]),
            Per::Rolling { days } => {
                self.tell("quota-rolling", &[amount, ("days", u32::from(days).into())])
            }
        }
    }

    /// Why a request cannot be, and what would help.
    pub fn reason(&self, reason: &Reason, moment: Moment<'_>) -> String {
        match reason {
            Reason::Quantity { capacity } => {
                self.tell("reason-quantity", &[("count", (*capacity).into())])
            }
            Reason::InPast => self.say("reason-past"),
            Reason::NotAllowed => self.say("reason-not-allowed"),
            Reason::TooSoon { lead, earliest } => self.tell(
                "reason-too-soon",
                &[
                    ("length", self.length(*lead).into()),
                    ("at", self.civil(*earliest, moment).into()),
                ],
            ),
            Reason::TooEarly { horizon, .. } => self.with_length("reason-too-early", *horizon),
            Reason::TooShort { shortest } => self.with_length("reason-too-short", *shortest),
            Reason::TooLong { longest } => self.with_length("reason-too-long", *longest),
            Reason::Chain { longest, .. } => self.with_length("reason-chain", *longest),
            Reason::Closed { end, at, name } => {
                let at = name.clone().unwrap_or_else(|| self.civil(*at, moment));
                let key = match end {
                    End::Start => "reason-closed-start",
                    End::Finish => "reason-closed-end",
                };
                self.tell(key, &[("at", at.into())])
            }
            Reason::ClosedDay { date, name } => {
                let day = name.clone().unwrap_or_else(|| self.date(*date));
                self.tell("reason-closed-day", &[("day", day.into())])
            }
            Reason::Quota { quota, used, .. } => self.tell(
                "reason-quota",
                &[("quota", self.quota(quota).into()), ("used", self.length(*used).into())],
            ),
            Reason::Repair { note, .. } => self.repair(note),
            Reason::Gap { gap } => self.with_length("reason-gap", *gap),
            Reason::Overlap { free: 0, .. } => self.say("reason-taken"),
            Reason::Overlap { free, capacity } => self.tell(
                "reason-overlap",
                &[("free", (*free).into()), ("capacity", (*capacity).into())],
            ),
        }
    }

    /// What driving costs, in one line; nothing where it is free.
    pub fn tariff(&self, tariff: &Tariff, currency: &str) -> String {
        let mut parts = Vec::new();
        for band in &tariff.bands {
            let price = ("price", self.price(band.per_km, currency).into());
            parts.push(match band.up_to_km {
                Some(km) => self.tell("tariff-km-to", &[price, ("km", km.into())]),
                None => self.tell("tariff-km", &[price]),
            });
        }
        if let Some(rate) = tariff.per_hour {
            parts.push(self.tell("tariff-hour", &[("price", self.price(rate, currency).into())]));
        }
        if let Some(fixed) = tariff.fixed {
            parts.push(self.tell("tariff-fixed", &[("price", self.money(fixed, currency).into())]));
        }
        parts.join(" · ")
    }
}
