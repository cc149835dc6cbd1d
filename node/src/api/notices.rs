//! What concerns you, in words.

use noaber_core::Command;
use noaber_core::booking::{Booking, What};
use noaber_core::id::{MemberId, NoticeId};
use noaber_core::notice::{Notice, Reason, notices};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::wire::{About, Cause, Unit};

use super::resolve::{show, zone};
use super::rows::{Answer, NoticeRow};
use super::{Api, Failure};

impl Api<'_> {
    /// The notices of this member; `read` marks what is shown, or those that are named, as seen.
    pub(super) async fn notices(
        &self,
        all: bool,
        read: bool,
        named: &[String],
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let mut found = notices(&circle, self.node.member(), self.now());
        found.retain(|notice| all || !notice.seen || !named.is_empty());
        if !named.is_empty() {
            let ids = named.iter().map(|text| chosen(&found, text));
            let ids = ids.collect::<Result<Vec<NoticeId>, Failure>>()?;
            found.retain(|notice| ids.contains(&notice.id));
        }
        if read {
            let notices = found.iter().map(|notice| notice.id).collect();
            self.submit(Command::Seen { circle: circle.id, notices }).await?;
            for notice in &mut found {
                notice.seen = true;
            }
        }
        let rows = found.iter().map(|notice| row(&circle, self.node.member(), notice));
        Ok(Answer::Notices(rows.collect()))
    }
}

fn chosen(notices: &[Notice], text: &str) -> Result<NoticeId, Failure> {
    let mut fits = notices.iter().filter(|notice| notice.id.to_string().starts_with(text));
    match (fits.next(), fits.next()) {
        (Some(notice), None) if text.len() >= 4 => Ok(notice.id),
        (Some(_), _) => {
            Err(Failure::new("ambiguous", format!("“{text}” could be several notices")))
        }
        (None, _) => Err(Failure::new("not_found", format!("there is no notice “{text}”"))),
    }
}

/// A notice as a row.
pub(crate) fn row(circle: &CircleView, me: MemberId, notice: &Notice) -> NoticeRow {
    let mut row = NoticeRow {
        notice: notice.id.to_string(),
        code: notice.reason.code().to_owned(),
        at: show(notice.due_at, &zone(circle)),
        text: Words { circle, me }.sentence(&notice.reason),
        asks: notice.reason.asks(),
        seen: notice.seen,
        booking: None,
        listing: None,
        line: None,
        message: None,
    };
    match &notice.reason {
        Reason::Message(id) => {
            row.message = Some(id.to_string());
            match circle.messages.one(*id).map(|message| message.about) {
                Some(About::Booking(booking)) => row.booking = Some(booking.to_string()),
                Some(About::Listing(listing)) => row.listing = Some(listing.to_string()),
                None => {}
            }
        }
        Reason::Line(id) => row.line = Some(id.to_string()),
        Reason::Gift(id) => row.listing = Some(id.to_string()),
        reason => row.booking = reason.booking().map(|id| id.to_string()),
    }
    if let Some(booking) = notice.reason.booking().and_then(|id| circle.bookings.get(&id)) {
        row.listing = Some(booking.listing.to_string());
    }
    row
}

struct Words<'a> {
    circle: &'a CircleView,
    me: MemberId,
}

impl Words<'_> {
    fn sentence(&self, reason: &Reason) -> String {
        match reason {
            Reason::Message(id) => {
                let Some(message) = self.circle.messages.one(*id) else { return String::new() };
                let about = match message.about {
                    About::Listing(listing) => self.circle.listings.get(&listing),
                    About::Booking(booking) => {
                        let booking = self.circle.bookings.get(&booking);
                        booking.and_then(|b| self.circle.listings.get(&b.listing))
                    }
                };
                let title = about.map_or("something", |listing| &listing.general.title);
                format!("{} about {title}: {}", self.circle.name_of(message.by), message.text())
            }
            Reason::Line(id) => self.line(*id),
            Reason::Gift(id) => {
                let listing = self.circle.listings.get(id);
                let owner = listing.map_or("somebody", |l| self.circle.name_of(l.owner));
                let title = listing.map_or("something", |l| &l.general.title);
                format!("{owner} gives you {title}: take it with `noaber listing take`")
            }
            reason => {
                let booking = reason.booking().and_then(|id| self.circle.bookings.get(&id));
                booking.map(|booking| self.about(booking, reason)).unwrap_or_default()
            }
        }
    }

    fn line(&self, id: noaber_core::id::LineId) -> String {
        let Some(line) = self.circle.ledger.line(id) else { return String::new() };
        let total = i64::try_from(line.total()).unwrap_or(i64::MAX);
        let amount = match line.unit {
            Unit::Cents => noaber_core::money::Cents::from_cents(total)
                .map(|cents| format!("{cents} {}", self.circle.currency)),
            Unit::Quarters => noaber_core::money::Quarters::from_quarters(total)
                .map(|quarters| format!("{quarters} hours")),
        };
        let (by, amount) = (self.circle.name_of(line.by), amount.unwrap_or_default());
        let about = if line.text.is_empty() { String::new() } else { format!(" ({})", line.text) };
        match line.cause {
            Cause::Payment => format!("{by} has paid you {amount}{about}: has it come?"),
            _ => format!("{by} has written down {amount}{about}: is that right?"),
        }
    }

    fn about(&self, booking: &Booking, reason: &Reason) -> String {
        let listing = self.circle.listings.get(&booking.listing);
        let title = listing.map_or("something", |listing| &listing.general.title);
        let owner = listing.map_or("somebody", |listing| self.circle.name_of(listing.owner));
        let borrower = self.circle.name_of(booking.borrower);
        let status = self.circle.status(booking, Timestamp::MIN);
        let at = |time: Timestamp| {
            let civil = self.circle.zone.civil(time);
            civil.strftime("%a %-d %b %H:%M").to_string()
        };
        let (from, to) = (at(status.interval.from()), at(status.interval.to()));
        let why = status.why.as_ref().map(|why| why.text.as_str()).unwrap_or_default();
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        let mine = booking.borrower == self.me;
        match reason {
            Reason::Question(_) => format!("{borrower} asks for {title}, {from} to {to}"),
            Reason::ExtensionAsked(_) => {
                let until = status.extension.map(at).unwrap_or_default();
                format!("{borrower} would like to keep {title} until {until}")
            }
            Reason::Confirmed(_) => format!("{title} is yours, {from} to {to}"),
            Reason::Declined(_) => format!("{owner} cannot give you {title}, {from} to {to}{why}"),
            Reason::Expired(_) => format!("your request for {title} has expired, {from} to {to}"),
            Reason::Cancelled(_) => {
                let by = if mine { owner } else { borrower };
                format!("{by} has called off {title}, {from} to {to}{why}")
            }
            Reason::Extended(_) => format!("you may keep {title} until {to}"),
            Reason::NotExtended(_) => format!("{title} has to be back at {to}: it is needed after"),
            Reason::Held(_) => {
                let until = status.offered_until.map(at).unwrap_or_default();
                format!("{title} has become free, {from} to {to}: it is held for you until {until}")
            }
            Reason::StartsSoon(_) => format!("{title} is yours from {from}"),
            Reason::DueSoon(_) => format!("{title} has to be back at {to}"),
            Reason::Overdue(_) if mine => format!("{title} should have been back at {to}"),
            Reason::Overdue(_) => format!("{borrower} should have brought back {title} at {to}"),
            Reason::StillOut(_) => {
                format!("{title}, yours from {from}, is not back yet: call each other")
            }
            Reason::InRepair(_) => format!("{title} is under repair; you have it from {from}"),
            Reason::Damaged(_) => {
                let owner = listing.map_or(booking.borrower, |listing| listing.owner);
                let texts = booking.damages(owner).filter_map(|fact| match &fact.what {
                    What::Damaged { text, .. } => Some(text.as_str()),
                    _ => None,
                });
                format!(
                    "{title} is damaged, noted with {borrower}’s booking: {}",
                    texts.last().unwrap_or("?")
                )
            }
            Reason::Clash(_) => {
                format!("{title} is promised twice, {from} to {to}: call each other")
            }
            Reason::NotFetched(_) if mine => {
                format!("{title} was yours, {from} to {to}, and you did not fetch it")
            }
            Reason::NotFetched(_) => format!("{borrower} never fetched {title}, {from} to {to}"),
            Reason::Departed(_) if mine => format!("{owner} has left; you have {title} until {to}"),
            Reason::Departed(_) => format!(
                "{borrower} has left; {title} is theirs from {from} to {to}: get it back, or call it off"
            ),
            Reason::Message(_) | Reason::Line(_) | Reason::Gift(_) => String::new(),
        }
    }
}
