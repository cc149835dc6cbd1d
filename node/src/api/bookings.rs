//! Asking, answering, handing over.

use std::sync::Arc;

use noaber_core::booking::{Booking, State};
use noaber_core::id::{BookingId, CircleId};
use noaber_core::replica::{Act, Handing};
use noaber_core::view::CircleView;
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::request::{AskRequest, BookingRequest, HandOverFields};
use super::rows::Answer;
use super::{Api, Failure, resolve, show};

impl Api<'_> {
    pub(super) async fn ask(&self, request: AskRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let listing = resolve::listing(&circle, &request.listing)?;
        let zone = resolve::zone(&circle);
        let (from, to) = (resolve::time(&request.from, &zone)?, resolve::time(&request.to, &zone)?);
        let AskRequest { quantity, note, .. } = request;
        let (circle, listing) = (circle.id, listing.id);
        self.do_and_show(Command::Ask { circle, listing, from, to, quantity, note }).await
    }

    async fn do_and_show(&self, command: Command) -> Result<Answer, Failure> {
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
            BookingRequest::List { listing, mine, waiting } => {
                return self.bookings(&circle, listing.as_deref(), mine, waiting);
            }
            BookingRequest::Show { booking } => {
                let booking = resolve::booking(&circle, &booking)?;
                return Ok(Answer::Booking(Box::new(show::booking(&circle, &booking, self.now()))));
            }
            BookingRequest::Confirm { booking } => (booking, Act::Confirm),
            BookingRequest::Decline { booking, reason } => (booking, Act::Decline { reason }),
            BookingRequest::Cancel { booking, reason } => (booking, Act::Cancel { reason }),
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

    fn bookings(
        &self,
        circle: &CircleView,
        listing: Option<&str>,
        mine: bool,
        waiting: bool,
    ) -> Result<Answer, Failure> {
        let listing = listing.map(|text| resolve::listing(circle, text)).transpose()?;
        let (me, now) = (self.node.member(), self.now());
        let waits_for_me = |booking: &Booking| {
            let owner = circle.listings.get(&booking.listing).map(|listing| listing.owner);
            owner == Some(me) && circle.status(booking, now).state == State::Asked
        };
        let mut found: Vec<&Arc<Booking>> = circle
            .bookings
            .values()
            .filter(|booking| listing.as_ref().is_none_or(|l| l.id == booking.listing))
            .filter(|booking| !mine || booking.borrower == me)
            .filter(|booking| !waiting || waits_for_me(booking))
            .collect();
        found.sort_by_key(|booking| (booking.interval.from(), booking.id));
        Ok(Answer::Bookings(found.iter().map(|b| show::booking(circle, b, now)).collect()))
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
