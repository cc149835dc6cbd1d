//! Who borrowed what on the sample street.

use noaber_core::booking::State;
use noaber_core::id::{BookingId, ListingId};
use noaber_core::replica::{Act, Handing};
use noaber_core::time::Timestamp;
use noaber_core::wire::Cause;
use noaber_core::{Command, View};

use super::super::household::{Household, unexpected};
use super::words::Both;
use super::{ANNA, Calendar, FATIMA, LUKASZ, MEHMET, SAAR, Street, ZOE};
use crate::api::Failure;
use crate::drawing::Subject;

const HOUR_MS: i64 = 3_600_000;
const NOTHING: Both = ["", ""];

/// When something begins.
#[derive(Clone, Copy)]
pub(super) enum Start {
    /// A day counted from today, and an hour of it.
    Day(i64, i8),
    /// So many hours ago.
    Ago(i64),
}

/// What became of a loan.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// It came back.
    Back,
    /// A car was driven so far, if its time has come.
    Driven(u32),
    /// It was fetched and is still there.
    Out,
    /// It is promised.
    Promised,
    /// It waits for an answer.
    Asked,
    /// It was refused, and why.
    Refused(Both),
    /// Help was given: for so many quarters of an hour, with thanks.
    Helped(u32, Both),
}

/// Somebody borrows something.
pub(super) struct Loan {
    pub(super) who: usize,
    pub(super) what: Subject,
    start: Start,
    hours: i64,
    pub(super) end: End,
    note: Both,
}

const fn loan(who: usize, what: Subject, start: Start, hours: i64, end: End, note: Both) -> Loan {
    Loan { who, what, start, hours, end, note }
}

const fn trip(who: usize, what: Subject, day: i64, hour: i8, hours: i64, km: u32) -> Loan {
    loan(who, what, Start::Day(day, hour), hours, End::Driven(km), NOTHING)
}

const fn said(mut trip: Loan, note: Both) -> Loan {
    trip.note = note;
    trip
}

use Start::{Ago, Day};
use Subject::{Car, ElectricCar};

/// All loans. In what a car does there is something on every day of the week, whichever it is.
#[rustfmt::skip]
pub(super) const LOANS: &[Loan] = &[
    // What came back.
    loan(ZOE, Subject::Ladder, Day(-9, 10), 8, End::Back, NOTHING),
    loan(ANNA, Subject::Drill, Day(-8, 10), 8, End::Back, NOTHING),
    loan(SAAR, Subject::Ladder, Day(-7, 10), 30, End::Back, ["The gutter again", "Weer de dakgoot"]),
    loan(LUKASZ, Subject::Barbecue, Day(-6, 15), 6, End::Back, NOTHING),
    loan(MEHMET, Subject::Telescope, Day(-5, 19), 14, End::Back, NOTHING),
    loan(ANNA, Subject::Garden, Day(-5, 10), 2, End::Helped(8, [
        "It looks like a garden again!", "Het lijkt weer op een tuin!",
    ]), NOTHING),
    loan(LUKASZ, Subject::Letter, Day(-4, 19), 1, End::Helped(6, [
        "Now I understand my tax letter.", "Nu snap ik mijn belastingbrief.",
    ]), NOTHING),
    // What is out.
    loan(SAAR, Subject::Bicycle, Ago(26), 50, End::Out, NOTHING),
    loan(LUKASZ, Subject::Drill, Ago(27), 34, End::Out, ["Two shelves", "Twee planken"]),
    loan(MEHMET, Subject::Toolbox, Ago(75), 72, End::Out, NOTHING),
    loan(FATIMA, Subject::Wheelbarrow, Ago(20), 72, End::Out, NOTHING),
    // What is promised.
    loan(ZOE, Subject::Ladder, Day(1, 9), 9, End::Promised, NOTHING),
    loan(MEHMET, Subject::Ladder, Day(5, 12), 48, End::Promised, NOTHING),
    loan(SAAR, Subject::Projector, Day(2, 18), 5, End::Promised, ["Film night", "Filmavond"]),
    loan(ANNA, Subject::Fondue, Day(6, 17), 5, End::Promised, NOTHING),
    // What waits for an answer.
    loan(ANNA, Subject::Drill, Day(3, 10), 8, End::Asked, [
        "Hanging curtains for my mother; I’ll be quick!",
        "Gordijnen ophangen bij mijn moeder; ik ben zo klaar!",
    ]),
    loan(FATIMA, Subject::Fondue, Day(2, 17), 6, End::Asked, [
        "Six friends, and one pan too few", "Zes vrienden, en een pan te weinig",
    ]),
    loan(SAAR, Subject::Tent, Day(6, 10), 72, End::Asked, [
        "A weekend in the Ardennes", "Een weekend in de Ardennen",
    ]),
    loan(SAAR, Subject::Ladder, Day(9, 10), 24, End::Refused([
        "My brother has it that week, sorry!", "Mijn broer heeft hem die week, sorry!",
    ]), NOTHING),
    // The red Fiat.
    trip(LUKASZ, Car, -7, 14, 3, 38),
    said(trip(ZOE, Car, -6, 9, 4, 61), ["To my sister", "Naar mijn zus"]),
    trip(ANNA, Car, -5, 17, 3, 22),
    said(trip(FATIMA, Car, -4, 8, 9, 140), ["An interview in Utrecht", "Sollicitatie in Utrecht"]),
    trip(LUKASZ, Car, -3, 13, 5, 55),
    said(trip(SAAR, Car, -2, 14, 3, 24), ["Choir", "Koor"]),
    trip(ZOE, Car, -1, 10, 4, 31),
    trip(ZOE, Car, 0, 16, 5, 44),
    said(trip(SAAR, Car, 1, 9, 3, 18), ["To the dentist and back", "Naar de tandarts en terug"]),
    trip(LUKASZ, Car, 1, 13, 5, 60),
    trip(FATIMA, Car, 2, 8, 2, 12),
    trip(ANNA, Car, 2, 14, 5, 35),
    said(trip(ANNA, Car, 3, 8, 10, 190), ["A day at the sea", "Een dagje naar zee"]),
    trip(ZOE, Car, 4, 9, 4, 33),
    said(trip(SAAR, Car, 4, 18, 4, 24), ["Choir", "Koor"]),
    trip(LUKASZ, Car, 5, 8, 7, 71),
    said(trip(ANNA, Car, 6, 12, 3, 15), ["The old couch goes", "De oude bank gaat weg"]),
    trip(FATIMA, Car, 7, 9, 4, 40),
    // The electric one.
    trip(ANNA, ElectricCar, -7, 9, 3, 20),
    trip(MEHMET, ElectricCar, -6, 13, 2, 14),
    said(trip(SAAR, ElectricCar, -5, 8, 4, 48), ["Grandma’s birthday", "Oma is jarig"]),
    trip(LUKASZ, ElectricCar, -4, 12, 5, 66),
    trip(ZOE, ElectricCar, -3, 9, 3, 27),
    trip(MEHMET, ElectricCar, -2, 8, 8, 92),
    trip(ANNA, ElectricCar, -1, 15, 4, 30),
    trip(MEHMET, ElectricCar, 0, 9, 4, 25),
    trip(ANNA, ElectricCar, 1, 12, 6, 50),
    trip(ZOE, ElectricCar, 2, 9, 7, 80),
    trip(MEHMET, ElectricCar, 3, 13, 4, 21),
    trip(LUKASZ, ElectricCar, 4, 7, 5, 48),
    said(trip(SAAR, ElectricCar, 5, 10, 3, 16), ["Swimming", "Zwemmen"]),
    said(trip(MEHMET, ElectricCar, 6, 9, 8, 110), ["Family visit", "Familiebezoek"]),
    trip(ANNA, ElectricCar, 7, 14, 3, 19),
];

impl Loan {
    /// When it begins and ends.
    pub(super) fn times(&self, calendar: &Calendar) -> [Timestamp; 2] {
        let from = match self.start {
            Day(day, hour) => calendar.at(day, hour),
            Ago(hours) => calendar.ago(hours),
        };
        [from, from.plus_ms(self.hours * HOUR_MS)]
    }

    /// When it is asked for: cars some days before, the rest the day before, and never later than a
    /// little while ago.
    pub(super) fn asked_at(&self, calendar: &Calendar) -> Timestamp {
        let [from, _] = self.times(calendar);
        let before = if matches!(self.end, End::Driven(_)) { 72 } else { 18 };
        from.plus_ms(-before * HOUR_MS).min(calendar.ago(17))
    }
}

/// A loan that is going on.
pub(super) struct Going {
    pub(super) booking: BookingId,
    /// What the odometer showed when it was fetched.
    pub(super) km: Option<u32>,
}

impl Street {
    fn owner_of(&self, listing: ListingId) -> Result<&Household, Failure> {
        let view = self.homes[SAAR].sees(self.circle).ok_or_else(unexpected)?;
        let owner = view.listings.get(&listing).ok_or_else(unexpected)?.owner;
        self.homes.iter().find(|home| home.node.member() == owner).ok_or_else(unexpected)
    }

    /// Somebody asks, and is answered as it goes.
    pub(super) async fn ask_for(&self, loan: &Loan) -> Result<Going, Failure> {
        let listing = self.listing(loan.what).ok_or_else(unexpected)?;
        let (owner, borrower) = (self.owner_of(listing)?, &self.homes[loan.who]);
        let [from, _] = loan.times(&self.calendar);
        let note = self.tongue.say(loan.note);
        let booking = borrower.ask(self.circle, listing, from, loan.hours, note).await?;
        match loan.end {
            End::Asked => {}
            End::Driven(_) => {
                let is_so = |view: &View| self.is(view, booking, State::Confirmed);
                borrower.until("the car", is_so).await?;
            }
            End::Refused(reason) => {
                let reason = self.tongue.say(reason).to_owned();
                self.answer(owner, booking, Act::Decline { reason }).await?;
            }
            End::Back | End::Out | End::Promised | End::Helped(..) => {
                self.answer(owner, booking, Act::Confirm).await?;
                let is_so = |view: &View| self.is(view, booking, State::Confirmed);
                borrower.until("an answer", is_so).await?;
            }
        }
        Ok(Going { booking, km: None })
    }

    async fn answer(&self, owner: &Household, booking: BookingId, act: Act) -> Result<(), Failure> {
        let circle = self.circle;
        let is_here = |view: &View| view.circles[&circle].bookings.contains_key(&booking);
        owner.until("a question", is_here).await?;
        owner.act(circle, booking, act).await
    }

    /// It is fetched.
    pub(super) async fn fetch(
        &self,
        loan: &Loan,
        going: &mut Going,
        km: Option<u32>,
    ) -> Result<(), Failure> {
        going.km = km;
        let handing = Handing { odometer_km: km, ..Handing::default() };
        self.homes[loan.who].act(self.circle, going.booking, Act::PickUp(handing)).await
    }

    /// It comes back; gives what the odometer shows. A bill is approved at once.
    pub(super) async fn bring_back(
        &self,
        loan: &Loan,
        going: &Going,
    ) -> Result<Option<u32>, Failure> {
        let (borrower, booking) = (&self.homes[loan.who], going.booking);
        let End::Driven(driven) = loan.end else {
            let act = match loan.end {
                End::Helped(quarters, thanks) => {
                    let text = self.tongue.say(thanks).to_owned();
                    Act::Done { text, quarters: Some(quarters) }
                }
                _ => Act::Return(Handing::default()),
            };
            borrower.act(self.circle, booking, act).await?;
            return Ok(None);
        };
        let km = going.km.map(|start| start + driven);
        let handing = Handing { odometer_km: km, ..Handing::default() };
        borrower.act(self.circle, booking, Act::Return(handing)).await?;
        let owner = self.owner_of(self.listing(loan.what).ok_or_else(unexpected)?)?;
        let (circle, cause) = (self.circle, Cause::Trip(booking));
        let bill = |view: &View| {
            let mut lines = view.circles[&circle].ledger.lines();
            lines.find(|line| line.cause == cause).map(|line| line.id)
        };
        owner.until("a bill", |view| bill(view).is_some()).await?;
        let line = bill(&owner.node.view()).ok_or_else(unexpected)?;
        owner.submit(Command::Agree { circle, line }).await?;
        Ok(km)
    }
}
