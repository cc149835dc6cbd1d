//! What lies in the month, as it follows from the circle. Reckoned once for all that has arrived, each
//! month that is shown, and each minute.

use jiff::civil::Date;
use noaber_core::booking::{Booking, State};
use noaber_core::id::{BookingId, CircleId, ListingId};
use noaber_core::listing::Listing;
use noaber_core::time::{Interval, Timestamp};

use super::lanes::{Bar, WEEK, Weeks, days_of, lay};
use crate::desk::Desk;
use crate::fonts::Icon;
use crate::looks::icon_of;
use crate::widgets::Tone;
use crate::widgets::booking::{self, Side};

/// What was to be back longer ago is not looked for.
const LOOK_BACK_MS: i64 = 120 * 24 * 60 * 60 * 1000;

/// See the module.
pub(super) struct Month {
    key: (CircleId, u64, i64, Date, crate::words::Lang),
    /// The days that are shown.
    pub(super) weeks: Weeks,
    /// All that lies in them, by when it begins.
    pub(super) entries: Vec<Entry>,
    /// The same, as bars.
    pub(super) bars: Vec<Bar>,
    /// What lies on each day: places in `entries`.
    pub(super) on: Vec<Vec<usize>>,
}

/// One booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Which.
    pub(super) booking: BookingId,
    /// Of what.
    pub(super) listing: ListingId,
    /// What it is called.
    pub(super) title: String,
    /// The sign of what it is.
    pub(super) icon: Icon,
    /// From when until when, by agreement.
    pub(super) interval: Interval,
    /// The first and the last day on which it lies: what is late lies until today.
    pub(super) days: (Date, Date),
    /// From which side the member sees it.
    pub(super) side: Side,
    /// How sure it is.
    pub(super) sure: Sure,
    /// The same in words.
    pub(super) standing: String,
    /// Whether it is out, and has to come back.
    pub(super) is_out: bool,
}

/// How sure a booking is, as far as the calendar draws it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    /// It is asked, and not answered.
    Asked,
    /// It is promised, or out.
    Promised,
    /// Look at this: it is late, or clashes, or waits for me.
    Mind,
    /// It is over.
    Over,
}

impl Month {
    /// The month of a day; the one before, if nothing has changed.
    pub(super) fn refreshed(before: Option<Self>, desk: &Desk<'_>, day: Date) -> Self {
        let (circle, minute) = (&desk.circle, desk.now.minute().as_ms());
        let lang = desk.words.lang();
        let key = (circle.id, circle.entries, minute, day.first_of_month(), lang);
        match before {
            Some(month) if month.key == key => month,
            _ => Self::reckoned(key, desk, day),
        }
    }

    fn reckoned(
        key: (CircleId, u64, i64, Date, crate::words::Lang),
        desk: &Desk<'_>,
        day: Date,
    ) -> Self {
        let weeks = Weeks::around(day);
        let mut entries = entries(desk, weeks);
        entries.sort_by_key(|entry| (entry.interval.from(), entry.booking));
        let stretches: Vec<(Date, Date)> = entries.iter().map(|entry| entry.days).collect();
        let mut on = vec![Vec::new(); weeks.count * WEEK];
        for (place, (from, to)) in stretches.iter().enumerate() {
            for (cell, all) in on.iter_mut().enumerate() {
                if (*from..=*to).contains(&weeks.day(cell)) {
                    all.push(place);
                }
            }
        }
        Self { key, weeks, bars: lay(weeks, &stretches), entries, on }
    }

    /// What lies on a day.
    pub(super) fn of_day(&self, day: Date) -> impl Iterator<Item = &Entry> {
        let places = self.weeks.cell(day).and_then(|cell| self.on.get(cell));
        places.into_iter().flatten().filter_map(|place| self.entries.get(*place))
    }
}

/// My bookings, as borrower and as owner, that are not refused, called off or expired.
fn entries(desk: &Desk<'_>, weeks: Weeks) -> Vec<Entry> {
    let zone = &desk.circle.zone;
    let Some(shown) = weeks.interval(zone) else { return Vec::new() };
    let since = shown.from().plus_ms(-LOOK_BACK_MS);
    let Some(span) = Interval::new(since, Timestamp::MAX) else { return Vec::new() };
    let last = weeks.day(weeks.count * WEEK - 1);
    let all = desk.circle.bookings_of(desk.me, span).filter_map(|booking| entry(desk, booking));
    all.filter(|entry| entry.days.1 >= weeks.first && entry.days.0 <= last).collect()
}

fn entry(desk: &Desk<'_>, booking: &Booking) -> Option<Entry> {
    let circle = &desk.circle;
    let listing = circle.listings.get(&booking.listing).map(AsRef::as_ref);
    let status = circle.status(booking, desk.now);
    let side = booking::side(desk, booking, listing);
    let (_, standing, tone) = booking::standing(desk, booking, &status, side);
    let is_over = status.interval.to() <= desk.now;
    let sure = match status.state {
        State::Declined | State::Cancelled | State::Expired => return None,
        // Never fetched: it freed itself.
        State::Confirmed if is_over && !listing.is_some_and(Listing::is_help) => return None,
        State::Returned => Sure::Over,
        _ if tone == Tone::Mind && status.state != State::Asked => Sure::Mind,
        State::Asked if side == Side::Owner => Sure::Mind,
        State::Asked | State::Waiting | State::Offered => Sure::Asked,
        State::Confirmed | State::Out => Sure::Promised,
    };
    let mut days = days_of(&circle.zone, status.interval);
    let is_out = status.state == State::Out;
    if is_out && is_over {
        days.1 = days.1.max(circle.zone.date(desk.now));
    }
    let title = listing
        .map_or_else(|| desk.words.say("booking-unknown"), |listing| listing.general.title.clone());
    Some(Entry {
        booking: booking.id,
        listing: booking.listing,
        title,
        icon: icon_of(listing),
        interval: status.interval,
        days,
        side,
        sure,
        standing,
        is_out,
    })
}
