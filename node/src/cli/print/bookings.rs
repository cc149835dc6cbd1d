//! Bookings, requests and what would become of them, as people read them.

use super::dates::{day_and_time, span};
use super::{Ink, Page, short};
use crate::api::rows::{
    BookingRow, DamagedRow, EstimateRow, JudgedRow, JudgedTimeRow, ReasonRow, SeriesRow,
    StretchRow, TripRow,
};

impl Page {
    pub(super) fn bookings(&self, rows: &[BookingRow]) -> String {
        if rows.is_empty() {
            return "No bookings.".into();
        }
        let cells = |row: &BookingRow| {
            let title = if row.quantity == 1 {
                row.title.clone()
            } else {
                format!("{} × {}", row.quantity, row.title)
            };
            [
                self.ink(Ink::Weak, short(&row.booking)),
                self.ink(Ink::Bold, &title),
                row.borrower_name.clone(),
                span(&row.from, &row.to),
                self.standing(row),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["id", "what", "for", "when", "how it stands"], &rows)
    }

    /// State and assurance as a neighbour would say them; never more than is proved.
    fn standing(&self, row: &BookingRow) -> String {
        let owner = &row.owner_name;
        let why = row.why.as_deref().map(reason).unwrap_or_default();
        let by = row.why_by.as_deref().unwrap_or("somebody");
        match (row.state.as_str(), row.assurance.as_str()) {
            (_, "clash") => {
                self.ink(Ink::Red, "clash: promised to somebody else as well, call each other")
            }
            ("asked", "local") => {
                self.ink(Ink::Yellow, &format!("asked; {owner}’s device has not answered yet"))
            }
            ("asked", _) => self.ink(Ink::Yellow, &format!("asked; waits for {owner}")),
            ("waiting", _) => self.ink(Ink::Yellow, "in line: you hear of it when it is free"),
            ("offered", _) => {
                let until = row.offered_until.as_deref().map(|at| self.when(at));
                let until = until.unwrap_or_default();
                self.ink(Ink::Yellow, &format!("free now, and held until {until}: accept it"))
            }
            ("confirmed" | "out", _) if row.extension.is_some() => {
                let to = row.extension.as_deref().map(day_and_time).unwrap_or_default();
                self.ink(Ink::Yellow, &format!("asks to keep it until {to}; waits for {owner}"))
            }
            ("confirmed", _) => self.ink(Ink::Green, "confirmed"),
            ("out", _) if row.late => {
                let words = format!("{} has it, and it should be back", row.borrower_name);
                self.ink(Ink::Red, &words)
            }
            ("out", _) => self.ink(Ink::Green, &format!("{} has it", row.borrower_name)),
            ("returned", _) => "brought back".into(),
            ("declined", _) => self.ink(Ink::Red, &format!("declined: {why}")),
            ("cancelled", _) if why == "cancelled" => format!("called off by {by}"),
            ("cancelled", _) => format!("called off by {by}: {why}"),
            ("expired", _) => "nobody answered in time".into(),
            (state, _) => state.to_owned(),
        }
    }

    pub(super) fn booking(&self, row: &BookingRow) -> String {
        let mut lines = vec![
            format!(
                "{}  {}",
                self.ink(Ink::Bold, &row.title),
                self.ink(Ink::Weak, short(&row.booking))
            ),
            format!(
                "{} for {}, {}",
                span(&row.from, &row.to),
                row.borrower_name,
                self.when(&row.from)
            ),
            self.standing(row),
        ];
        lines.extend(
            row.first_to
                .as_deref()
                .map(|to| format!("First asked for until {}; extended since.", day_and_time(to))),
        );
        lines.extend(
            row.not_extended
                .as_deref()
                .map(|why| format!("Not to be kept longer: {}.", reason(why))),
        );
        lines.extend(row.damage.iter().map(|damage| {
            let unusable = if damage.unusable { " It cannot be used like this." } else { "" };
            self.ink(Ink::Red, &format!("Broken: {}.{unusable}", damage.text))
        }));
        lines.extend(row.trip.as_ref().map(trip));
        lines.extend(row.estimate.as_ref().filter(|_| row.trip.is_none()).map(estimated));
        for event in &row.history {
            let mut words = vec![format!("{} {}", event.by_name, happened(&event.what))];
            words.extend(
                event
                    .quantity
                    .filter(|q| *q > 1 || row.quantity > 1)
                    .map(|q| format!("{q} pieces")),
            );
            words.extend(event.odometer.map(|km| format!("{km} km")));
            words.extend(event.note.as_deref().map(|note| match event.what.as_str() {
                "offered" | "extend" | "extended" => day_and_time(note),
                _ => format!("“{}”", reason(note)),
            }));
            lines.push(format!(
                "  {}  {}",
                self.ink(Ink::Weak, &day_and_time(&event.at)),
                words.join(", ")
            ));
        }
        lines.join("\n")
    }

    pub(super) fn calendar(&self, rows: &[StretchRow]) -> String {
        let cells = |row: &StretchRow| {
            let free = if row.free == 0 {
                self.ink(Ink::Yellow, "taken")
            } else {
                self.ink(Ink::Green, &format!("{} free", row.free))
            };
            [self.ink(Ink::Bold, &row.title), span(&row.from, &row.to), free, row.names.join(", ")]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["what", "when", "", "who"], &rows)
    }

    pub(super) fn judged(&self, row: &JudgedRow) -> String {
        let what = self.ink(Ink::Bold, &row.title);
        let time = span(&row.from, &row.to);
        let mut lines = vec![match (&row.booking, row.allowed, row.at_once) {
            (Some(booking), ..) => {
                let id = short(booking);
                format!(
                    "You have asked for {what}, {time}, already: see `noaber booking show {id}`."
                )
            }
            (None, true, true) => {
                let yes = self.ink(Ink::Green, "would be confirmed at once");
                format!("{what}, {time}, {yes}.")
            }
            (None, true, false) => {
                format!("{what}, {time}, can be asked for: {} answers.", row.owner_name)
            }
            (None, false, _) => {
                let no = self.ink(Ink::Red, "would be refused");
                format!("{what}, {time}, {no}:")
            }
        }];
        match &row.times {
            Some(times) => {
                let cells = |one: &JudgedTimeRow| {
                    [span(&one.from, &one.to), self.verdict(one.allowed, one.at_once, &one.reasons)]
                };
                let rows: Vec<_> = times.iter().map(cells).collect();
                lines.push(self.table(["when", "what would be answered"], &rows));
            }
            None => lines.extend(row.reasons.iter().map(|why| format!("  {}.", why.message))),
        }
        if let Some((first, others)) = row.next.split_first() {
            let mut times = span(&first.from, &first.to);
            for other in others {
                times = format!("{times}, or {}", span(&other.from, &other.to));
            }
            lines.push(format!("Next: {times}."));
        }
        if row.can_wait {
            lines.push("Or get in line for it with `noaber wait`.".into());
        }
        lines.extend(row.estimate.as_ref().map(|estimate| {
            let each = if row.times.is_some() { "For the first time: " } else { "" };
            format!("{each}{}", estimated(estimate))
        }));
        lines.join("\n")
    }

    fn verdict(&self, allowed: bool, at_once: bool, reasons: &[ReasonRow]) -> String {
        match (allowed, at_once) {
            (true, true) => self.ink(Ink::Green, "yes"),
            (true, false) => "the owner answers".into(),
            (false, _) => {
                let reasons: Vec<&str> = reasons.iter().map(|why| why.message.as_str()).collect();
                self.ink(Ink::Red, &format!("no: {}", reasons.join("; ")))
            }
        }
    }

    pub(super) fn series(&self, row: &SeriesRow) -> String {
        let id = row.first.series.as_deref().map(short).unwrap_or_default();
        let count = row.bookings.len();
        let head = format!(
            "{} × {}  {}",
            count,
            self.ink(Ink::Bold, &row.first.title),
            self.ink(Ink::Weak, &format!("series {id}"))
        );
        let mut lines = vec![head, self.bookings(&row.bookings)];
        if let Some(kept) = row.kept.as_deref().filter(|kept| !kept.is_empty()) {
            lines.push(format!("\nWhat was confirmed before stays:\n{}", self.bookings(kept)));
        }
        lines.join("\n")
    }

    pub(super) fn damaged(&self, row: &DamagedRow) -> String {
        let mut text = self.booking(&row.booking);
        if !row.affected.is_empty() {
            let (count, rows) = (row.affected.len(), self.bookings(&row.affected));
            text = format!("{text}\n\n{}\n{rows}", affected(count));
        }
        text
    }
}

/// What is said above a list of coming bookings of what cannot be used.
pub(super) fn affected(count: usize) -> String {
    match count {
        1 => "One booking counts on it: move it or call it off, and tell its borrower.".into(),
        _ => format!(
            "{count} bookings count on it: move them or call them off, and tell their borrowers."
        ),
    }
}

/// "EUR 12.50".
pub(super) fn price(amount: &str, currency: &str) -> String {
    format!("{currency} {amount}")
}

fn estimated(row: &EstimateRow) -> String {
    let lines: Vec<String> =
        row.lines.iter().map(|line| format!("{} = {}", line.text, line.amount)).collect();
    let made_of = if lines.is_empty() { String::new() } else { format!(" ({})", lines.join(", ")) };
    let amount = price(&row.amount, &row.currency);
    match &row.per_km_beside {
        None => format!("It will cost about {amount}{made_of}."),
        Some(per_km) => format!("It will cost {amount}{made_of}, and {per_km} for each km."),
    }
}

fn trip(row: &TripRow) -> String {
    let driven = match (row.km, row.start_km) {
        (Some(km), _) => format!("{km} km driven"),
        (None, Some(km)) => format!("On the road since {km} km"),
        (None, None) => "On the road".to_owned(),
    };
    let gap = match row.unlogged_km {
        0 => String::new(),
        km => format!("; {km} km before it nobody logged"),
    };
    let cost = match (row.billed.as_ref().or(row.cost.as_ref()), row.standing.as_deref()) {
        (None, _) => String::new(),
        (Some(cost), standing) => {
            let words = match standing {
                Some("counts") => ", which both agreed to",
                Some("creditor") => ", which the owner has yet to approve",
                Some("debtor") => ", which the driver has yet to approve",
                Some("refused") => ", which the driver refuses",
                Some("waived") => ", which was let go",
                _ => "",
            };
            format!(" for {}{words}", price(cost, &row.currency))
        }
    };
    format!("{driven}{cost}{gap}.")
}

/// Words that programs know, as people say them.
fn reason(why: &str) -> &str {
    match why {
        "overlap" => "somebody else has it then",
        "retired" => "it is no longer offered",
        "left" => "whoever asked has left the circle",
        "owner" => "no reason given",
        other => other,
    }
}

fn happened(what: &str) -> &str {
    match what {
        "received" => "has the request",
        "pickup" => "noted: taken along",
        "return" => "noted: brought back",
        "cancelled" => "called it off",
        "offered" => "holds it until",
        "accepted" => "takes it",
        "extend" => "asks to keep it until",
        "extended" => "agrees until",
        "not_extended" => "does not let it be kept longer",
        "damage" => "noted: something broke",
        "done" => "noted: done",
        other => other,
    }
}
