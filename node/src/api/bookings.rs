//! Answering, keeping longer, handing over, breaking.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use noaber_core::booking::{Booking, State};
use noaber_core::id::{BookingId, CircleId, LineId, ListingId, SeriesId};
use noaber_core::ledger::Line;
use noaber_core::listing::Hours;
use noaber_core::replica::{Act, Handing, SeriesAct, Usable};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::CircleView;
use noaber_core::wire::Cause;
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::listings::parsed;
use super::request::{BookingRequest, HandOverFields};
use super::rows::{Answer, DamagedRow};
use super::{Api, Failure, resolve, show};

/// Which bookings are looked for.
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct Wanted {
    listing: Option<ListingId>,
    series: Option<SeriesId>,
    mine: bool,
    waiting: bool,
    late: bool,
}

impl Api<'_> {
    pub(super) async fn do_and_show(&self, command: Command) -> Result<Answer, Failure> {
        match self.submit(command).await? {
            Outcome::Booking(circle, booking) => self.booking_row(circle, booking),
            _ => Err(gone()),
        }
    }

    fn booking_row(&self, circle: CircleId, booking: BookingId) -> Result<Answer, Failure> {
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let booking = circle.bookings.get(&booking).ok_or_else(gone)?;
        Ok(Answer::Booking(Box::new(show::booking(circle, booking, self.now()))))
    }

    pub(super) async fn booking(&self, request: BookingRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let (booking, act) = match request {
            BookingRequest::List { listing, mine, waiting, late, series } => {
                let listing = listing.map(|text| resolve::listing(&circle, &text)).transpose()?;
                let series = series.map(|text| resolve::series(&circle, &text)).transpose()?;
                let listing = listing.map(|listing| listing.id);
                let wanted = Wanted { listing, series, mine, waiting, late };
                return Ok(self.bookings(&circle, &wanted));
            }
            BookingRequest::Show { booking } => {
                let booking = resolve::booking(&circle, &booking)?;
                return Ok(Answer::Booking(Box::new(show::booking(&circle, &booking, self.now()))));
            }
            BookingRequest::Damage { booking, text, photos, unusable } => {
                return self.report_damage(&circle, &booking, text, photos, unusable).await;
            }
            BookingRequest::Approve { booking } => return self.approve(&circle, &booking).await,
            BookingRequest::Confirm { booking, series: true } => {
                return self.act_on_series(&circle, &booking, SeriesAct::Confirm).await;
            }
            BookingRequest::Decline { booking, reason, series: true } => {
                return self.act_on_series(&circle, &booking, SeriesAct::Decline { reason }).await;
            }
            BookingRequest::Cancel { booking, reason, series: true } => {
                return self.act_on_series(&circle, &booking, SeriesAct::Cancel { reason }).await;
            }
            BookingRequest::Confirm { booking, .. } => (booking, Act::Confirm),
            BookingRequest::Decline { booking, reason, .. } => (booking, Act::Decline { reason }),
            BookingRequest::Cancel { booking, reason, .. } => (booking, Act::Cancel { reason }),
            BookingRequest::Extend { booking, to } => {
                let to = resolve::time(&to, &resolve::zone(&circle))?;
                (booking, Act::Extend { to })
            }
            BookingRequest::Accept { booking } => (booking, Act::Accept),
            BookingRequest::Correct { booking, start, end } => {
                (booking, Act::Correct { start_km: start, end_km: end })
            }
            BookingRequest::Done { booking, hours, thanks } => {
                let quarters = parsed::<Hours>(hours)?.map(Hours::quarters);
                (booking, Act::Done { text: thanks, quarters })
            }
            BookingRequest::Pickup(fields) => {
                let (booking, handing) = self.handing(&circle, fields).await?;
                (booking, Act::PickUp(handing))
            }
            BookingRequest::Return(fields) => {
                let (booking, handing) = self.handing(&circle, fields).await?;
                (booking, Act::Return(handing))
            }
        };
        let booking = resolve::booking(&circle, &booking)?.id;
        self.do_and_show(Command::Booking { circle: circle.id, booking, act }).await
    }

    async fn act_on_series(
        &self,
        circle: &CircleView,
        booking: &str,
        act: SeriesAct,
    ) -> Result<Answer, Failure> {
        let series = resolve::series(circle, booking)?;
        self.do_and_show_series(Command::Series { circle: circle.id, series, act }).await
    }

    /// Notes that something broke, and says whose coming bookings that concerns.
    async fn report_damage(
        &self,
        circle: &CircleView,
        booking: &str,
        text: String,
        photos: Vec<PathBuf>,
        unusable: bool,
    ) -> Result<Answer, Failure> {
        let id = resolve::booking(circle, booking)?.id;
        let photos = self.take_in(photos).await?;
        let usable = if unusable { Usable::No } else { Usable::Yes };
        let act = Act::Damage { text, photos, usable };
        let command = Command::Booking { circle: circle.id, booking: id, act };
        let Outcome::Booking(..) = self.submit(command).await? else { return Err(gone()) };
        let view = self.node.view();
        let circle = view.circles.get(&circle.id).ok_or_else(gone)?;
        let booking = circle.bookings.get(&id).ok_or_else(gone)?;
        let listing = circle.listings.get(&booking.listing).ok_or_else(gone)?;
        let now = self.now();
        let mut affected = Vec::new();
        if let (true, Some(rest)) = (unusable, Interval::new(now, Timestamp::MAX)) {
            affected = self.affected(circle, listing, rest);
            affected.retain(|row| row.booking != id.to_string());
        }
        let booking = show::booking(circle, booking, now);
        Ok(Answer::Damaged(Box::new(DamagedRow { booking, unusable, affected })))
    }

    /// Agrees with what a trip costs, where that waits for whoever asks.
    async fn approve(&self, circle: &CircleView, booking: &str) -> Result<Answer, Failure> {
        let id = resolve::booking(circle, booking)?.id;
        let lines = circle.ledger.lines().filter(|line| line.cause == Cause::Trip(id));
        let mine: Vec<LineId> =
            lines.filter(|line| self.waits_for_my_word(circle, line)).map(|line| line.id).collect();
        if mine.is_empty() {
            let message = "there is no bill of this trip that waits for you";
            return Err(Failure::new("nothing_waits", message));
        }
        for line in mine {
            self.submit(Command::Agree { circle: circle.id, line }).await?;
        }
        self.booking_row(circle.id, id)
    }

    fn waits_for_my_word(&self, circle: &CircleView, line: &Line) -> bool {
        let (me, roster) = (self.node.member(), &circle.roster);
        circle.ledger.debts(line, roster).any(|debt| debt.waits_for(me, roster))
    }

    async fn handing(
        &self,
        circle: &CircleView,
        fields: HandOverFields,
    ) -> Result<(String, Handing), Failure> {
        let HandOverFields { booking, quantity, odometer, photo, note } = fields;
        // An unknown booking is said before a photo is worked on.
        let id = resolve::booking(circle, &booking)?.id;
        let photo = self.take_in(photo.into_iter().collect()).await?.pop();
        let handing = Handing { quantity, odometer_km: odometer, photo, note };
        Ok((id.to_string(), handing))
    }

    fn bookings(&self, circle: &CircleView, wanted: &Wanted) -> Answer {
        let (me, now) = (self.node.member(), self.now());
        let trips: BTreeSet<BookingId> = if wanted.waiting {
            let mine = circle.ledger.lines().filter(|line| self.waits_for_my_word(circle, line));
            let trip = |line: &Line| match line.cause {
                Cause::Trip(booking) => Some(booking),
                _ => None,
            };
            mine.filter_map(trip).collect()
        } else {
            BTreeSet::new()
        };
        let waits_for_me = |booking: &Booking| {
            let owner = circle.listings.get(&booking.listing).map(|listing| listing.owner);
            let status = circle.status(booking, now);
            let asks_owner = status.state == State::Asked || status.extension.is_some();
            (owner == Some(me) && asks_owner)
                || (booking.borrower == me && status.state == State::Offered)
                || trips.contains(&booking.id)
        };
        let is_late = |booking: &Booking| {
            let status = circle.status(booking, now);
            status.state == State::Out && status.interval.to() <= now
        };
        let mut found: Vec<&Arc<Booking>> = circle
            .bookings
            .values()
            .filter(|booking| wanted.listing.is_none_or(|listing| listing == booking.listing))
            .filter(|booking| wanted.series.is_none_or(|series| Some(series) == booking.series))
            .filter(|booking| !wanted.mine || booking.borrower == me)
            .filter(|booking| !wanted.late || is_late(booking))
            .filter(|booking| !wanted.waiting || waits_for_me(booking))
            .collect();
        found.sort_by_key(|booking| (booking.interval.from(), booking.id));
        Answer::Bookings(show::bookings(circle, found, now))
    }

    pub(super) fn calendar(
        &self,
        listing: Option<&str>,
        from: &str,
        to: &str,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let interval = resolve::interval(from, to, &resolve::zone(&circle))?;
        let listings = match listing {
            Some(text) => vec![resolve::listing(&circle, text)?],
            None => circle.listings.values().filter(|l| !l.retired).map(Arc::clone).collect(),
        };
        let now = self.now();
        let rows = listings.iter().flat_map(|l| show::stretches(&circle, l, interval, now));
        Ok(Answer::Calendar(rows.collect()))
    }
}
