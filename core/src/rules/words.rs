//! Rules as plain English sentences, for terminals and logs. A window that speaks other languages
//! makes its own from the fields.

use super::{Borrowers, ClosedDays, Closure, Per, Quota, Rules, Span};

impl Rules {
    /// What they ask, one sentence a rule; none where nothing is asked.
    pub fn sentences(&self) -> Vec<String> {
        let said = |span: Option<Span>, words: &dyn Fn(String) -> String| {
            span.map(|span| words(span.in_words()))
        };
        let mut all = Vec::new();
        all.extend(self.repair.as_ref().map(|repair| match repair.note.as_str() {
            "" => "Under repair.".to_owned(),
            note => format!("Under repair: {note}."),
        }));
        all.extend(said(self.lead, &|span| format!("Ask at least {span} ahead.")));
        all.extend(said(self.horizon, &|span| format!("Bookings may start at most {span} ahead.")));
        all.extend(said(self.shortest, &|span| format!("A booking lasts at least {span}.")));
        all.extend(said(self.longest, &|span| {
            format!("A booking lasts at most {span}, also together with your bookings next to it.")
        }));
        all.extend(said(self.gap, &|span| format!("{span} stay free between two bookings.")));
        all.extend(self.opening_sentence());
        all.extend(self.closed_sentence());
        all.extend(self.closed_days_sentence());
        all.extend(self.quotas.iter().map(Quota::sentence));
        all.extend(match &self.borrowers {
            Borrowers::Everybody => None,
            Borrowers::Only(members) => {
                Some(format!("Only {} may borrow it.", people(members.len())))
            }
        });
        let privileged = self.privileged.len();
        all.extend((privileged > 0).then(|| {
            let verb = if privileged == 1 { "is" } else { "are" };
            format!("{} {verb} confirmed at once.", people(privileged))
        }));
        all
    }

    fn opening_sentence(&self) -> Option<String> {
        let times: Vec<String> = self.open.iter().map(ToString::to_string).collect();
        (!times.is_empty()).then(|| format!("Fetch it and bring it back {}.", times.join(", ")))
    }

    fn closed_sentence(&self) -> Option<String> {
        let days: Vec<String> = self.closed.iter().map(Closure::in_words).collect();
        (!days.is_empty()).then(|| format!("Closed {}.", days.join(", ")))
    }

    fn closed_days_sentence(&self) -> Option<String> {
        match self.closed_days {
            ClosedDays::Count => None,
            ClosedDays::DontCount => Some("Closed days inside a booking do not count.".to_owned()),
            ClosedDays::Forbidden => Some("A booking cannot have a closed day inside.".to_owned()),
        }
    }
}

impl Closure {
    fn in_words(&self) -> String {
        self.name
            .as_ref()
            .map_or_else(|| self.dates.to_string(), |name| format!("{} ({name})", self.dates))
    }
}

impl Quota {
    /// Such as "3 days a week (weeks begin on mon)".
    pub fn in_words(&self) -> String {
        let amount = self.amount.in_words();
        match self.per {
            Per::Week { from } => {
                format!("{amount} a week (weeks begin on {})", super::text::short_name(from))
            }
            Per::Month { from: 1 } => format!("{amount} a month"),
            Per::Month { from } => format!("{amount} a month (months begin on day {from})"),
            Per::Rolling { days } => format!("{amount} in any {days} days"),
        }
    }

    fn sentence(&self) -> String {
        format!("Each borrower may use it {}.", self.in_words())
    }
}

fn people(count: usize) -> String {
    if count == 1 { "1 member".to_owned() } else { format!("{count} members") }
}
