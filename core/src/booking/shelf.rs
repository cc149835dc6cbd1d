//! What is free: the taken stretches of one listing.
//!
//! A shelf holds what is promised or out, ordered by start, so that a question about a week looks at
//! that week only. It knows quantities and times, not people.

use imbl::{OrdMap, OrdSet};
use serde::Serialize;

use super::{Booking, State, Status};
use crate::id::{BookingId, MemberId};
use crate::time::{Interval, Timestamp};

/// One booking's claim on a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// When.
    pub interval: Interval,
    /// How many.
    pub quantity: u32,
    /// When it lapses by itself: a time that is only held for somebody.
    pub lapses: Option<Timestamp>,
}

/// What there is of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stock {
    /// How many.
    pub quantity: u32,
    /// When none of them can be used.
    pub repair: Option<Interval>,
}

/// The bookings of one listing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shelf {
    /// Every booking ever asked, whatever became of it, by the start that was asked for.
    pub bookings: OrdSet<(Timestamp, BookingId)>,
    /// Those that were ever promised, by borrower and by the end that was asked for.
    uses: OrdSet<(MemberId, Timestamp, BookingId)>,
    /// Promised and not yet fetched, or brought back early: by start.
    promised: OrdMap<(Timestamp, BookingId), Claim>,
    /// With a borrower. Few at a time; what is late has no known end.
    out: OrdMap<BookingId, Claim>,
    /// The highest reading of the odometer of each booking, in kilometres, the lowest first.
    readings_km: OrdSet<(u32, BookingId)>,
    reading_of: OrdMap<BookingId, u32>,
    /// The longest promise ever, in milliseconds: how far back a search must start.
    #[serde(skip)]
    longest_ms: i64,
}

/// A stretch of time in which the same quantity is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// When.
    pub interval: Interval,
    /// How many are free; never below zero, even in a clash.
    pub free: u32,
    /// Who has the others.
    pub bookings: Vec<BookingId>,
}

impl Shelf {
    /// Takes in what a booking claims now, in place of what it claimed before.
    pub fn place(&mut self, booking: &Booking, status: &Status) {
        let key = (booking.interval.from(), booking.id);
        self.bookings.insert(key);
        let use_key = (booking.borrower, booking.interval.to(), booking.id);
        if status.is_promise() {
            self.uses.insert(use_key);
        } else {
            self.uses.remove(&use_key);
        }
        self.promised.remove(&key);
        self.out.remove(&booking.id);
        let claim = Claim { interval: status.interval, quantity: booking.quantity, lapses: None };
        match status.state {
            State::Confirmed | State::Out => {
                // Pieces that are not fetched yet stay promised, those brought back are free.
                if status.promised > 0 {
                    self.promise(key, Claim { quantity: status.promised, ..claim });
                }
                if status.out > 0 {
                    // What was fetched before its time is away from then on.
                    let from = claim.interval.from();
                    let since = status.fetched_at.map_or(from, |at| at.min(from));
                    let interval = Interval::new(since, claim.interval.to());
                    let interval = interval.unwrap_or(claim.interval);
                    self.out.insert(booking.id, Claim { quantity: status.out, interval, ..claim });
                }
            }
            State::Returned => {
                let end = status.returned_at.unwrap_or(claim.interval.to());
                let used = Interval::new(claim.interval.from(), end.min(claim.interval.to()));
                if let Some(interval) = used {
                    self.promise(key, Claim { interval, ..claim });
                }
            }
            // Held while the one who waited thinks it over. Who said yes has done their part: it stays
            // held until the keeper has answered, or nobody did in time.
            State::Offered if status.offered_until.is_some() => {
                self.promise(key, Claim { lapses: status.offered_until, ..claim });
            }
            State::Asked if status.offered_until.is_some() => {
                self.promise(key, Claim { lapses: Some(booking.expires_at()), ..claim });
            }
            State::Waiting
            | State::Offered
            | State::Asked
            | State::Declined
            | State::Cancelled
            | State::Expired => {}
        }
    }

    /// Takes in what the odometer showed in a booking, in place of what it was said to show before.
    pub fn note_km(&mut self, booking: BookingId, km: Option<u32>) {
        if let Some(before) = self.reading_of.remove(&booking) {
            self.readings_km.remove(&(before, booking));
        }
        if let Some(km) = km {
            self.reading_of.insert(booking, km);
            self.readings_km.insert((km, booking));
        }
    }

    /// The highest reading of the odometer, in kilometres.
    pub fn odometer_km(&self) -> Option<u32> {
        self.readings_km.get_max().map(|(km, _)| *km)
    }

    /// What one borrower was ever promised, of what was asked for until a time in `span`.
    pub fn promised_to(
        &self,
        borrower: MemberId,
        span: Interval,
    ) -> impl Iterator<Item = BookingId> {
        let least = BookingId::from_bytes([0; 16]);
        let uses = self.uses.range((borrower, span.from(), least)..(borrower, span.to(), least));
        uses.map(|(.., id)| *id)
    }

    fn promise(&mut self, key: (Timestamp, BookingId), claim: Claim) {
        let length = claim.interval.to().as_ms() - claim.interval.from().as_ms();
        self.longest_ms = self.longest_ms.max(length);
        self.promised.insert(key, claim);
    }

    /// The claims that share time with `interval`, but for one booking's own.
    fn claims(
        &self,
        interval: Interval,
        now: Timestamp,
        late: Late,
        except: Option<BookingId>,
    ) -> Vec<(BookingId, Claim)> {
        let earliest = interval.from().plus_ms(-self.longest_ms);
        let first = (earliest, BookingId::from_bytes([0; 16]));
        let end = (interval.to(), BookingId::from_bytes([0; 16]));
        let holds = |claim: &Claim| claim.lapses.is_none_or(|lapses| now < lapses);
        let promised = self.promised.range(first..end).map(|((_, id), claim)| (*id, *claim));
        let promised = promised.filter(|(_, claim)| holds(claim));
        let out = self.out.iter().map(|(id, claim)| {
            let stays = late == Late::Stays && claim.interval.to() <= now;
            let to = if stays { Timestamp::MAX } else { claim.interval.to() };
            let interval = Interval::new(claim.interval.from(), to).unwrap_or(claim.interval);
            (*id, Claim { interval, ..*claim })
        });
        promised
            .chain(out)
            .filter(|(id, claim)| Some(*id) != except && claim.interval.overlaps(interval))
            .collect()
    }

    /// The smallest quantity that is free at any instant of `interval`, by what is known here.
    pub fn free(
        &self,
        stock: Stock,
        interval: Interval,
        now: Timestamp,
        except: Option<BookingId>,
    ) -> u32 {
        let claims = self.claims(interval, now, Late::Stays, except);
        left(stock, &claims, interval)
    }

    /// The same, if whatever is late comes back in time: what is promised beside it.
    pub fn free_if_back(
        &self,
        stock: Stock,
        interval: Interval,
        now: Timestamp,
        except: Option<BookingId>,
    ) -> u32 {
        let claims = self.claims(interval, now, Late::ComesBack, except);
        left(stock, &claims, interval)
    }

    /// Whether more is promised inside `interval` than there is.
    pub fn is_overbooked(&self, capacity: u32, interval: Interval, now: Timestamp) -> bool {
        peak(&self.claims(interval, now, Late::Stays, None), interval) > capacity
    }

    /// Cuts `interval` into stretches of equal free quantity.
    pub fn stretches(&self, stock: Stock, interval: Interval, now: Timestamp) -> Vec<Stretch> {
        let claims = self.claims(interval, now, Late::Stays, None);
        let repair = stock.repair.filter(|repair| repair.overlaps(interval));
        let mut cuts = vec![interval.from(), interval.to()];
        for cut in claims.iter().map(|(_, claim)| claim.interval).chain(repair) {
            cuts.push(cut.from().max(interval.from()));
            cuts.push(cut.to().min(interval.to()));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut stretches: Vec<Stretch> = Vec::new();
        for pair in cuts.windows(2) {
            let Some(piece) = Interval::new(pair[0], pair[1]) else { continue };
            let inside = claims.iter().filter(|(_, claim)| claim.interval.overlaps(piece));
            let (ids, quantities): (Vec<_>, Vec<_>) =
                inside.map(|(id, claim)| (*id, claim.quantity)).unzip();
            let taken = quantities.into_iter().fold(0, u32::saturating_add);
            let is_usable = repair.is_none_or(|repair| !repair.overlaps(piece));
            let free = if is_usable { stock.quantity.saturating_sub(taken) } else { 0 };
            stretches.push(Stretch { interval: piece, free, bookings: ids });
        }
        stretches
    }

    /// When claims end that have not ended at `from`: the only times at which something becomes free.
    pub fn ends(&self, from: Timestamp, now: Timestamp) -> Vec<Timestamp> {
        let Some(rest) = Interval::new(from, Timestamp::MAX) else { return Vec::new() };
        let mut ends: Vec<Timestamp> = self
            .claims(rest, now, Late::Stays, None)
            .iter()
            .map(|(_, claim)| claim.interval.to())
            .collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }
}

/// What becomes of something that is out after its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Late {
    /// It stays away: nobody knows until when.
    Stays,
    /// It is taken to be back at its end.
    ComesBack,
}

fn left(stock: Stock, claims: &[(BookingId, Claim)], interval: Interval) -> u32 {
    if stock.repair.is_some_and(|repair| repair.overlaps(interval)) {
        return 0;
    }
    stock.quantity.saturating_sub(peak(claims, interval))
}

/// The highest sum of quantities at any instant of `interval`.
fn peak(claims: &[(BookingId, Claim)], interval: Interval) -> u32 {
    let inside = || claims.iter().filter(|(_, claim)| claim.interval.overlaps(interval));
    let starts = inside().map(|(_, c)| (c.interval.from(), i64::from(c.quantity)));
    let ends = inside().map(|(_, c)| (c.interval.to(), -i64::from(c.quantity)));
    let mut steps: Vec<(Timestamp, i64)> = starts.chain(ends).collect();
    // At one instant, ends come before starts: intervals are half-open.
    steps.sort_unstable();
    let (mut sum, mut highest) = (0, 0);
    for (at, step) in steps {
        sum += step;
        // Before the interval begins, what is over by then does not count.
        if at < interval.to() {
            highest = if at <= interval.from() { sum } else { sum.max(highest) };
        }
    }
    u32::try_from(highest).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::Facts;
    use crate::id::{ListingId, MemberId};
    use crate::place::Place;

    fn interval(from: i64, to: i64) -> Interval {
        Interval::new(Timestamp::from_ms(from), Timestamp::from_ms(to)).unwrap()
    }

    fn booking(id: u8, from: i64, to: i64, quantity: u32) -> Booking {
        Booking {
            id: BookingId::from_bytes([id; 16]),
            listing: ListingId::from_bytes([0; 16]),
            borrower: MemberId::from_bytes([0; 32]),
            asked: Place::MIN,
            interval: interval(from, to),
            quantity,
            note: "".into(),
            series: None,
            waits: false,
            facts: Facts::default(),
        }
    }

    fn status(state: State, promised: u32, out: u32, returned_at: Option<i64>) -> Status {
        Status { state, promised, out, ..status_of(returned_at) }
    }

    fn status_of(returned_at: Option<i64>) -> Status {
        let returned_at = returned_at.map(Timestamp::from_ms);
        Status { returned_at, ..booking(0, 0, 1, 1).status(None, EARLY) }
    }

    /// Places a booking whose time is what was asked.
    fn place(shelf: &mut Shelf, booking: &Booking, status: Status) {
        shelf.place(booking, &Status { interval: booking.interval, ..status });
    }

    fn stock(quantity: u32) -> Stock {
        Stock { quantity, repair: None }
    }

    const EARLY: Timestamp = Timestamp::from_ms(0);

    #[test]
    fn of_five_chairs_three_and_two_fit_but_three_and_three_do_not() {
        let mut shelf = Shelf::default();
        place(&mut shelf, &booking(1, 10, 20, 3), status(State::Confirmed, 3, 0, None));
        assert_eq!(shelf.free(stock(5), interval(15, 25), EARLY, None), 2);
        assert_eq!(shelf.free(stock(5), interval(20, 25), EARLY, None), 5, "adjacent");
        let stretches = shelf.stretches(stock(5), interval(0, 30), EARLY);
        let free: Vec<u32> = stretches.iter().map(|s| s.free).collect();
        assert_eq!(free, [5, 2, 5]);
    }

    #[test]
    fn a_booking_blocks_the_days_in_its_middle_and_a_day_blocks_what_contains_it() {
        let mut shelf = Shelf::default();
        place(&mut shelf, &booking(1, 100, 500, 1), status(State::Confirmed, 1, 0, None));
        assert_eq!(shelf.free(stock(1), interval(300, 301), EARLY, None), 0);
        assert_eq!(shelf.free(stock(1), interval(0, 1000), EARLY, None), 0);
    }

    #[test]
    fn peaks_do_not_add_up_over_time() {
        let mut shelf = Shelf::default();
        place(&mut shelf, &booking(1, 0, 10, 1), status(State::Confirmed, 1, 0, None));
        place(&mut shelf, &booking(2, 10, 20, 1), status(State::Confirmed, 1, 0, None));
        assert_eq!(shelf.free(stock(2), interval(0, 20), EARLY, None), 1);
    }

    #[test]
    fn what_is_late_has_no_end_and_what_came_back_early_frees_the_rest() {
        let mut shelf = Shelf::default();
        let loan = booking(1, 10, 20, 1);
        place(&mut shelf, &loan, status(State::Out, 0, 1, None));
        assert_eq!(shelf.free(stock(1), interval(30, 40), Timestamp::from_ms(15), None), 1);
        assert_eq!(shelf.free(stock(1), interval(30, 40), Timestamp::from_ms(25), None), 0);
        assert_eq!(shelf.ends(Timestamp::from_ms(30), Timestamp::from_ms(25)), [Timestamp::MAX]);
        place(&mut shelf, &loan, status(State::Returned, 0, 0, Some(14)));
        assert_eq!(shelf.free(stock(1), interval(14, 40), Timestamp::from_ms(25), None), 1);
        assert_eq!(shelf.free(stock(1), interval(13, 40), Timestamp::from_ms(25), None), 0);
    }

    #[test]
    fn what_is_in_repair_is_not_free() {
        let shelf = Shelf::default();
        let stock = Stock { quantity: 3, repair: Some(interval(10, 20)) };
        assert_eq!(shelf.free(stock, interval(15, 30), EARLY, None), 0);
        assert_eq!(shelf.free(stock, interval(20, 30), EARLY, None), 3);
        let free: Vec<u32> =
            shelf.stretches(stock, interval(0, 30), EARLY).iter().map(|s| s.free).collect();
        assert_eq!(free, [3, 0, 3]);
    }

    #[test]
    fn a_time_that_is_held_is_not_free_until_it_lapses() {
        let mut shelf = Shelf::default();
        let offered_until = Some(Timestamp::from_ms(5));
        let held = Status { offered_until, ..status(State::Offered, 0, 0, None) };
        place(&mut shelf, &booking(1, 10, 20, 1), held);
        assert_eq!(shelf.free(stock(1), interval(10, 20), Timestamp::from_ms(4), None), 0);
        assert_eq!(shelf.free(stock(1), interval(10, 20), Timestamp::from_ms(5), None), 1);
    }
}
