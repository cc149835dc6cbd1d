//! The rules of a listing as fields of its document: each a short text, the same as people type.
//!
//! What cannot be read (written by a newer Noaber, or by a malicious owner) reads as no rule.

use super::fields::{Reader, Writer};
use crate::id::MemberId;
use crate::limits::{MAX_MEMBERS, MAX_TEXT};
use crate::rules::{Borrowers, Repair, Rules, Span};
use crate::time::Timestamp;

/// A list of every member there can be: 64 digits and a line end each.
const MEMBERS_TEXT: usize = 65 * MAX_MEMBERS;

pub(super) fn read(fields: &Reader<'_>) -> Rules {
    let text = |key| fields.text(key, MAX_TEXT);
    let members = |key| fields.text(key, MEMBERS_TEXT);
    let span = |key| text(key).parse::<Span>().ok();
    let rules = Rules {
        lead: span("rule_lead"),
        horizon: span("rule_horizon"),
        shortest: span("rule_shortest"),
        longest: span("rule_longest"),
        gap: span("rule_gap"),
        open: each(&text("rule_open")),
        closed: each(&text("rule_closed")),
        closed_days: text("rule_closed_days").parse().unwrap_or_default(),
        quotas: each(&text("rule_quotas")),
        privileged: each(&members("rule_privileged")),
        borrowers: borrowers(&members("rule_borrowers")),
        repair: repair(fields),
    };
    // Rules that contradict each other would stop everybody for no reason that can be told.
    if rules.check().is_ok() { rules } else { Rules { repair: rules.repair, ..Rules::default() } }
}

/// Writes what differs from `before`.
pub(super) fn write(rules: &Rules, before: Option<&Rules>, fields: &mut Writer<'_, '_>) {
    let none = Rules::default();
    let before = before.unwrap_or(&none);
    let span = |span: &Option<Span>| span.map(|span| span.to_string()).unwrap_or_default();
    for (key, now, old) in [
        ("rule_lead", &rules.lead, &before.lead),
        ("rule_horizon", &rules.horizon, &before.horizon),
        ("rule_shortest", &rules.shortest, &before.shortest),
        ("rule_longest", &rules.longest, &before.longest),
        ("rule_gap", &rules.gap, &before.gap),
    ] {
        if now != old {
            fields.text(key, &span(now));
        }
    }
    let mut list = |key, now: String, old: String| {
        if now != old {
            fields.text(key, &now);
        }
    };
    list("rule_open", lines(&rules.open), lines(&before.open));
    list("rule_closed", lines(&rules.closed), lines(&before.closed));
    list("rule_quotas", lines(&rules.quotas), lines(&before.quotas));
    list("rule_privileged", lines(&rules.privileged), lines(&before.privileged));
    list("rule_borrowers", borrowers_text(rules), borrowers_text(before));
    if rules.closed_days != before.closed_days {
        fields.text("rule_closed_days", &rules.closed_days.to_string());
    }
    if rules.repair != before.repair {
        let repair = rules.repair.as_ref();
        fields.optional_int("repair_from", repair.map(|repair| repair.from.as_ms()));
        let until = repair.and_then(|repair| repair.until);
        fields.optional_int("repair_until", until.map(Timestamp::as_ms));
        fields.text("repair_note", repair.map_or("", |repair| &repair.note));
    }
}

fn each<T: std::str::FromStr>(text: &str) -> Vec<T> {
    text.lines().filter_map(|line| line.parse().ok()).collect()
}

fn lines<T: ToString>(all: &[T]) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join("\n")
}

/// Nothing is everybody; a list of nobody is written as a dash.
fn borrowers(text: &str) -> Borrowers {
    if text.is_empty() { Borrowers::Everybody } else { Borrowers::Only(each::<MemberId>(text)) }
}

fn borrowers_text(rules: &Rules) -> String {
    match &rules.borrowers {
        Borrowers::Everybody => String::new(),
        Borrowers::Only(members) if members.is_empty() => "-".to_owned(),
        Borrowers::Only(members) => lines(members),
    }
}

fn repair(fields: &Reader<'_>) -> Option<Repair> {
    let from = Timestamp::from_ms(fields.int("repair_from")?);
    let until = fields.int("repair_until").map(Timestamp::from_ms);
    let repair = Repair { from, until, note: fields.text("repair_note", MAX_TEXT) };
    repair.is_sane().then_some(repair)
}
