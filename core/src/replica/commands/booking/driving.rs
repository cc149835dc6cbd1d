//! Driving: odometers, what a trip costs, and what was noted wrongly.

use crate::booking::{Booking, Readings, State};
use crate::id::MemberId;
use crate::ledger::{Line, Standing};
use crate::limits::MAX_TRIP_KM;
use crate::listing::tariff::{Bill, Charge, Line as BillLine, Tariff};
use crate::listing::{Details, Listing};
use crate::replica::CommandError;
use crate::time::{Interval, Timestamp};
use crate::view::CircleView;
use crate::wire::{Cause, Correct, HandOver, Owe, Party, Payload, Unit, Waive};

use super::word;

/// What the trip costs that ends with this return, as a line for both sides to sign: said by who
/// brings it back, so that a borrower's own reading is a borrower's own debt.
pub(super) fn bill(
    now: Timestamp,
    said_at: Timestamp,
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    over: &HandOver,
) -> Option<Payload> {
    let status = view.status(booking, now);
    if over.quantity < status.out {
        return None;
    }
    let start_km = booking.readings(listing.owner).start_km;
    let km = Readings { start_km, end_km: over.odometer_km }.driven_km();
    let end = said_at.min(status.interval.to());
    let used = Interval::new(status.interval.from(), end);
    line(view, listing, booking, km, used)
}

fn line(
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    km: Option<u32>,
    used: Option<Interval>,
) -> Option<Payload> {
    if booking.borrower == listing.owner {
        return None;
    }
    let tariff: &Tariff = view.tariffs.at(listing.id, listing.owner, booking.interval.from())?;
    if km.is_none() && !tariff.bands.is_empty() {
        return None;
    }
    let bill = tariff.price(km.unwrap_or(0), used.map_or(0, Interval::length_ms));
    let amount = u64::try_from(bill.total.cents()).ok().filter(|amount| *amount > 0)?;
    Some(Payload::Owe(Owe {
        creditor: Party::Member(listing.owner),
        unit: Unit::Cents,
        debts: vec![(Party::Member(booking.borrower), amount)],
        cause: Cause::Trip(booking.id),
        text: in_words(&bill, km),
        photo: None,
    }))
}

/// Puts right what the odometer showed. A bill that `me` wrote and that does not count yet is taken back,
/// and written anew; one that both sides have signed stands, for them to agree on something else.
pub(super) fn correct(
    now: Timestamp,
    me: MemberId,
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    (start_km, end_km): (Option<u32>, Option<u32>),
) -> Result<Vec<Payload>, CommandError> {
    if !matches!(listing.details, Details::Car(_)) {
        return Err(CommandError::NotCar);
    }
    let status = view.status(booking, now);
    if !matches!(status.state, State::Out | State::Returned) {
        return Err(CommandError::WrongState { state: word(status.state).into() });
    }
    let before = booking.readings(listing.owner);
    let start_km = start_km.or(before.start_km);
    let end_km = end_km.or(before.end_km);
    check_odometer(start_km, end_km)?;
    if (Readings { start_km, end_km }) == before {
        return Err(CommandError::Edit(crate::document::EditError::Unchanged));
    }
    let mut said = vec![Payload::Correct(Correct { booking: booking.id, start_km, end_km })];
    let trip_lines = || view.ledger.lines().filter(|line| line.cause == Cause::Trip(booking.id));
    let standing = |line: &Line| view.ledger.debts(line, &view.roster).next().map(|d| d.standing);
    let is_settled = trip_lines().any(|line| standing(line) == Some(Standing::Counts));
    if status.state == State::Returned && !is_settled {
        let open = |line: &&Line| {
            let standing = standing(line);
            line.by == me && matches!(standing, Some(Standing::Debtor | Standing::Creditor))
        };
        said.extend(
            trip_lines().filter(open).map(|line| {
                Payload::Waive(Waive { line: line.id, reason: "put right".to_owned() })
            }),
        );
        let km = Readings { start_km, end_km }.driven_km();
        said.extend(line(view, listing, booking, km, status.used()));
    }
    Ok(said)
}

/// An odometer does not go back, and nobody drives that far in one go.
pub(super) fn check_odometer(last_km: Option<u32>, km: Option<u32>) -> Result<(), CommandError> {
    let (Some(last_km), Some(km)) = (last_km, km) else { return Ok(()) };
    if km < last_km {
        return Err(CommandError::Odometer { last_km });
    }
    if km - last_km > MAX_TRIP_KM {
        return Err(CommandError::FarOdometer { km: km - last_km });
    }
    Ok(())
}

/// A bill as the text of a line: what both sides sign is what they read.
fn in_words(bill: &Bill, km: Option<u32>) -> String {
    // Where kilometres are priced, the parts say how many there were.
    let is_priced = |line: &BillLine| matches!(line.charge, Charge::Distance { .. });
    let driven = km.filter(|_| !bill.lines.iter().any(is_priced)).map(|km| format!("{km} km"));
    let parts = bill.lines.iter().map(|line| match line.charge {
        Charge::Distance { km, per_km } => format!("{km} km × {per_km} = {}", line.amount),
        Charge::Time { duration_ms, per_hour } => {
            let minutes = duration_ms / 60_000;
            format!("{}:{:02} h × {per_hour} = {}", minutes / 60, minutes % 60, line.amount)
        }
        Charge::Fixed => format!("fixed {}", line.amount),
    });
    driven.into_iter().chain(parts).collect::<Vec<_>>().join("; ")
}
