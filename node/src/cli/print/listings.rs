//! Listings, their rules, and the papers of a car, as people read them.

use super::bookings::{affected, price};
use super::dates::{day_and_time, span};
use super::{Ink, Page, short};
use crate::api::rows::{ListingRow, LoggedRow, RuledRow, TariffRow, TariffsRow, TripsRow};

impl Page {
    pub(super) fn listings(&self, rows: &[ListingRow]) -> String {
        if rows.is_empty() {
            return "Nothing found.".into();
        }
        let cells = |row: &ListingRow| {
            [
                self.ink(Ink::Weak, short(&row.listing)),
                kind(&row.kind).to_owned(),
                self.ink(Ink::Bold, &row.title),
                row.owner_name.clone(),
                self.availability(row),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["id", "kind", "what", "whose", "now"], &rows)
    }

    fn availability(&self, row: &ListingRow) -> String {
        if row.state == "retired" {
            self.ink(Ink::Weak, "no longer offered")
        } else if row.state == "given" {
            let to = row.given_to_name.as_deref().unwrap_or("somebody");
            self.ink(Ink::Weak, &format!("given to {to}"))
        } else if row.kind.starts_with("help") {
            help(row).join(", ")
        } else if row.free_now == 0 {
            self.ink(Ink::Yellow, "in use")
        } else if row.quantity == 1 {
            self.ink(Ink::Green, "free")
        } else {
            self.ink(Ink::Green, &format!("{} of {} free", row.free_now, row.quantity))
        }
    }

    pub(super) fn listing(&self, row: &ListingRow) -> String {
        let mut lines = vec![
            format!(
                "{}  {}",
                self.ink(Ink::Bold, &row.title),
                self.ink(Ink::Weak, short(&row.listing))
            ),
            format!("{} of {}, since {}", kind(&row.kind), row.owner_name, self.when(&row.created)),
        ];
        let mut facts = vec![self.availability(row)];
        if !row.category.is_empty() {
            facts.push(row.category.clone());
        }
        facts.push(if row.instant { "confirmed at once" } else { "the owner answers" }.to_owned());
        if row.give_away == Some(true) {
            facts.push("to keep".into());
        }
        facts.extend(row.seats.map(|seats| format!("{seats} seats")));
        facts.extend(row.plate.clone().filter(|plate| !plate.is_empty()));
        let currency = row.currency.as_deref().unwrap_or_default();
        facts.extend(row.per_km.as_ref().map(|price| format!("{currency} {price} per km")));
        facts.extend(row.per_hour.as_ref().map(|price| format!("{currency} {price} per hour")));
        facts.extend(row.per_trip.as_ref().map(|price| format!("{currency} {price} per trip")));
        lines.push(facts.join(" · "));
        if !row.about.is_empty() {
            lines.push(String::new());
            lines.push(row.about.clone());
        }
        let rules = row.rules_in_words.as_deref().unwrap_or_default();
        if !rules.is_empty() {
            lines.push(String::new());
            lines.extend(rules.iter().map(|rule| format!("  {rule}")));
        }
        if let (Some(name), "active") = (&row.given_to_name, row.state.as_str()) {
            lines.push(format!("Given to {name}, who has yet to take it."));
        }
        if !row.photos.is_empty() {
            let (here, all) = (row.photos_here, row.photos.len());
            lines.push(self.ink(Ink::Weak, &format!("{here} of {all} photos here")));
        }
        lines.join("\n")
    }

    pub(super) fn ruled(&self, row: &RuledRow) -> String {
        let listing = &row.listing;
        let mut lines = vec![self.ink(Ink::Bold, &listing.title)];
        let rules = listing.rules_in_words.as_deref().unwrap_or_default();
        lines.extend(rules.iter().map(|rule| format!("  {rule}")));
        if rules.is_empty() {
            lines.push("  It has no rules: everybody may ask for it at any time.".into());
        }
        lines.push(
            if listing.instant {
                "  It is confirmed at once when it is free."
            } else {
                "  Its owner answers each request."
            }
            .into(),
        );
        if let Some(rows) = &row.affected {
            lines.push(String::new());
            lines.push(if rows.is_empty() {
                "No booking lies in that time.".into()
            } else {
                format!("{}\n{}", affected(rows.len()), self.bookings(rows))
            });
        }
        lines.join("\n")
    }

    pub(super) fn tariffs(&self, row: &TariffsRow) -> String {
        if row.versions.is_empty() {
            return format!("Driving {} costs nothing.", row.title);
        }
        let cells = |version: &TariffRow| {
            let text = if version.now {
                self.ink(Ink::Green, &version.text)
            } else {
                version.text.clone()
            };
            [day_and_time(&version.from), self.when(&version.from), text]
        };
        let rows: Vec<_> = row.versions.iter().map(cells).collect();
        let head = format!("{}, in {}", self.ink(Ink::Bold, &row.title), row.currency);
        format!("{head}\n{}", self.table(["from", "", "price"], &rows))
    }

    pub(super) fn trips(&self, row: &TripsRow) -> String {
        if row.trips.is_empty() {
            return format!("Nobody has noted a trip with {}.", row.title);
        }
        let currency = &row.currency;
        let mut lines = Vec::new();
        let cells = |logged: &LoggedRow| {
            let trip = &logged.trip;
            let gap = match trip.unlogged_km {
                0 => String::new(),
                km => self.ink(Ink::Yellow, &format!("{km} km nobody logged before it")),
            };
            [
                span(&logged.from, &logged.to),
                logged.borrower_name.clone(),
                trip.start_km.map(|km| km.to_string()).unwrap_or_default(),
                trip.end_km.map_or_else(|| "on the road".into(), |km| km.to_string()),
                trip.km.map(|km| format!("{km} km")).unwrap_or_default(),
                trip.cost.clone().unwrap_or_default(),
                gap,
            ]
        };
        let rows: Vec<_> = row.trips.iter().map(cells).collect();
        lines.push(self.table(["when", "who", "start", "end", "driven", currency, ""], &rows));
        let gaps = match row.unlogged_km {
            0 => String::new(),
            km => format!(", and {km} km nobody logged"),
        };
        let cost = price(&row.cost, currency);
        lines.push(format!("\n{} km for {cost} in all{gaps}.", row.km));
        lines.join("\n")
    }
}

fn kind(kind: &str) -> &str {
    match kind {
        "item" => "thing",
        "help-offer" => "help offered",
        "help-ask" => "help asked",
        other => other,
    }
}

/// How long, how often and with how many help is.
fn help(row: &ListingRow) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(row.hours.as_ref().map(|hours| format!("{hours} h")));
    if row.rhythm.as_deref() == Some("weekly") {
        facts.push("every week".into());
    }
    facts.extend(row.people.filter(|people| *people > 1).map(|people| format!("{people} people")));
    facts
}
