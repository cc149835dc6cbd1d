//! Rules and what they say, as rows.

use jiff::tz::TimeZone;
use noaber_core::id::MemberId;
use noaber_core::listing::Listing;
use noaber_core::rules::{Borrowers, Reason, Repair, Rules};
use noaber_core::time::Interval;
use noaber_core::view::CircleView;

use crate::api::resolve::{show, zone};
use crate::api::rows::{ListingRow, ReasonRow, Refusal, RepairRow, RulesRow, TimeRow};

/// Adds its rules to the row of a listing.
pub(in crate::api) fn ruled(circle: &CircleView, listing: &Listing, row: ListingRow) -> ListingRow {
    ListingRow {
        rules: Some(Box::new(rules(circle, &listing.rules))),
        rules_in_words: Some(sentences(circle, &listing.rules)),
        ..row
    }
}

fn rules(circle: &CircleView, rules: &Rules) -> RulesRow {
    fn text<T: ToString>(rule: Option<T>) -> Option<String> {
        rule.map(|rule| rule.to_string())
    }
    fn texts<T: ToString>(all: &[T]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }
    let borrowers = match &rules.borrowers {
        Borrowers::Everybody => None,
        Borrowers::Only(members) => Some(members),
    };
    let zone = zone(circle);
    RulesRow {
        lead: text(rules.lead),
        horizon: text(rules.horizon),
        shortest: text(rules.shortest),
        longest: text(rules.longest),
        gap: text(rules.gap),
        open: texts(&rules.open),
        closed: texts(&rules.closed),
        closed_days: rules.closed_days.to_string(),
        quotas: texts(&rules.quotas),
        privileged: texts(&rules.privileged),
        privileged_names: names(circle, &rules.privileged),
        borrowers: borrowers.map(|members| texts(members)),
        borrower_names: borrowers.map(|members| names(circle, members)),
        repair: rules.repair.as_ref().map(|repair| RepairRow {
            from: show(repair.from, &zone),
            to: repair.until.map(|until| show(until, &zone)),
            note: repair.note.clone(),
        }),
    }
}

/// What the rules ask, a sentence each. The core knows neither names nor how a time is written here.
fn sentences(circle: &CircleView, rules: &Rules) -> Vec<String> {
    let plain = Rules {
        repair: None,
        borrowers: Borrowers::Everybody,
        privileged: Vec::new(),
        ..rules.clone()
    };
    let mut all: Vec<String> = Vec::new();
    all.extend(rules.repair.as_ref().map(|repair| repair_sentence(repair, &zone(circle))));
    all.extend(plain.sentences());
    match &rules.borrowers {
        Borrowers::Everybody => {}
        Borrowers::Only(members) if members.is_empty() => {
            all.push("Nobody but the owner may use it.".to_owned());
        }
        Borrowers::Only(members) => {
            all.push(format!("Only {} may use it.", listed(&names(circle, members))));
        }
    }
    if !rules.privileged.is_empty() {
        let verb = if rules.privileged.len() == 1 { "is" } else { "are" };
        let names = listed(&names(circle, &rules.privileged));
        all.push(format!("{names} {verb} confirmed at once."));
    }
    all
}

fn repair_sentence(repair: &Repair, zone: &TimeZone) -> String {
    let day = |at| show(at, zone).get(..16).unwrap_or_default().replace('T', " ");
    let until = repair
        .until
        .map_or_else(|| "nobody knows until when".to_owned(), |at| format!("until {}", day(at)));
    let note = if repair.note.is_empty() { "" } else { ": " };
    format!("Under repair from {}, {until}{note}{}.", day(repair.from), repair.note)
}

fn names(circle: &CircleView, members: &[MemberId]) -> Vec<String> {
    members.iter().map(|member| circle.name_of(*member).to_owned()).collect()
}

/// "Ben, Cem and Dea".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(in crate::api) fn reasons(reasons: &[Reason]) -> Vec<ReasonRow> {
    let row =
        |reason: &Reason| ReasonRow { code: reason.code().to_owned(), message: reason.to_string() };
    reasons.iter().map(row).collect()
}

pub(in crate::api) fn times(times: &[Interval], zone: &TimeZone) -> Vec<TimeRow> {
    let row =
        |time: &Interval| TimeRow { from: show(time.from(), zone), to: show(time.to(), zone) };
    times.iter().map(row).collect()
}

pub(in crate::api) fn refusal(against: &[Reason], next: &[Interval], zone: &TimeZone) -> Refusal {
    Refusal { reasons: reasons(against), next: times(next, zone) }
}
