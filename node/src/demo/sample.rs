//! A street to look around in: six real nodes on this machine with two dozen things to share, a fortnight
//! of life behind them, and neighbours who answer.
//!
//! It is built by living it: the clock of the street is set back, its neighbours ask, fetch, bring back,
//! pay and talk by the same commands that everybody uses, and then the clock shows the present again.
//! Everything in it is true of these nodes, and nothing in it is real.
//!
//! | room | what is there |
//! |---|---|
//! | `things` | what they share |
//! | `days` | who borrowed what, and what was said and paid, in the order of time |
//! | `alive` | neighbours who answer what the visitor does |
//! | `place` | the directory that is thrown away after |

mod alive;
mod days;
mod loans;
mod place;
mod things;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, ListingId, MemberId};
use noaber_core::time::Timestamp;
use noaber_core::zone::Zone;
use noaber_core::{Command, Outcome, View};

use super::household::{Household, unexpected};
use crate::api::Failure;
use crate::clock::Clock;
use crate::drawing::Subject;

pub use alive::{PAUSE, stay_alive};
pub use place::{Place, sweep};
pub use words::Tongue;

/// Who lives there; the visitor looks around as the first of them.
pub const NAMES: [&str; 6] = [
    "Saar de Vries",
    "Anna Bakker",
    "Mehmet Yıldız",
    "Zoë van Dijk",
    "Łukasz Nowak",
    "Fatima El Amrani",
];
const SAAR: usize = 0;
const ANNA: usize = 1;
const MEHMET: usize = 2;
const ZOE: usize = 3;
const LUKASZ: usize = 4;
const FATIMA: usize = 5;

/// So long ago the circle was founded.
const AGE_DAYS: i64 = 13;
/// Nothing on one machine takes this long unless something is broken.
const PATIENCE: Duration = Duration::from_mins(1);
/// Where there is nothing to wait on, looks are this far apart.
const LOOK: Duration = Duration::from_millis(2);

/// How a street is to be built.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where its homes are made.
    pub dir: PathBuf,
    /// What its neighbours speak.
    pub tongue: Tongue,
    /// The clock of the street. What it shows now is the present of the street: it is set back while the
    /// past is lived, and then shows the present again.
    pub clock: Clock,
    /// IANA name of the time zone.
    pub timezone: String,
}

/// How far the building is; told as it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Neighbours move in.
    MovingIn,
    /// They bring what they share.
    Sharing,
    /// Days go by.
    Living,
    /// The last hellos.
    Arriving,
}

impl Step {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::MovingIn, Self::Sharing, Self::Living, Self::Arriving];
}

/// A street.
pub struct Street {
    /// Its households, in the order of [`NAMES`].
    pub homes: Vec<Household>,
    /// Their circle.
    pub circle: CircleId,
    /// Their clock.
    pub clock: Clock,
    visitor: MemberId,
    tongue: Tongue,
    dir: PathBuf,
    listings: Vec<(Subject, ListingId)>,
    calendar: Calendar,
}

/// The days around the present of the street.
struct Calendar {
    now: Timestamp,
    today: Date,
    zone: Zone,
}

impl Calendar {
    /// An hour of a day, counted from today.
    fn at(&self, day: i64, hour: i8) -> Timestamp {
        let date = self.today.saturating_add(day.days());
        self.zone.at(date.at(hour, 0, 0, 0))
    }

    /// The full hour that was so many hours ago.
    fn ago(&self, hours: i64) -> Timestamp {
        const HOUR_MS: i64 = 3_600_000;
        let past = self.now.as_ms() - hours * HOUR_MS;
        Timestamp::from_ms(past - past.rem_euclid(HOUR_MS))
    }
}

/// Builds a street, and tells how far it is.
pub async fn build(plan: Plan, tell: impl Fn(Step)) -> Result<Street, Failure> {
    let Plan { dir, tongue, clock, timezone } = plan;
    let now = clock.now();
    let zone = Zone::named(&timezone)
        .ok_or_else(|| Failure::new("demo", format!("there is no time zone {timezone}")))?;
    let calendar = Calendar { now, today: zone.date(now), zone };
    // Drawn while the neighbours move in.
    let photos = things::draw_all();
    clock.set(calendar.at(-AGE_DAYS, 9));
    tell(Step::MovingIn);
    let mut homes = Vec::new();
    for name in NAMES {
        let first = name.split(' ').next().unwrap_or(name);
        homes.push(Household::move_in(&dir, name, &tongue.laptop_of(first), &clock).await?);
    }
    let create =
        Command::CreateCircle { name: "Lindenstraat".into(), timezone, currency: "EUR".into() };
    let Outcome::Circle(circle) = homes[SAAR].submit(create).await? else {
        return Err(unexpected());
    };
    for newcomer in &homes[1..] {
        homes[SAAR].let_in(newcomer, circle).await?;
    }
    let (visitor, listings) = (homes[SAAR].node.member(), Vec::new());
    let mut street = Street { homes, circle, clock, visitor, tongue, dir, listings, calendar };
    tell(Step::Sharing);
    street.share(photos).await?;
    street.level().await?;
    tell(Step::Living);
    street.live().await?;
    tell(Step::Arriving);
    street.level().await?;
    street.photos().await?;
    street.clock.set(now);
    Ok(street)
}

impl Street {
    /// The listing with this picture.
    pub fn listing(&self, subject: Subject) -> Option<ListingId> {
        self.listings.iter().find(|(of, _)| *of == subject).map(|(_, id)| *id)
    }

    /// As whom a visitor looks around.
    pub fn visitor(&self) -> MemberId {
        self.visitor
    }

    /// The directory of a household's node.
    pub fn home_of(&self, name: &str) -> PathBuf {
        Household::path(&self.dir, name)
    }

    /// The first household goes out, so that a visitor can open its home; gives where that is.
    pub async fn make_room(&mut self) -> PathBuf {
        let path = self.home_of(NAMES[SAAR]);
        if !self.homes.is_empty() {
            let household = self.homes.remove(SAAR);
            // It stops with the program where it cannot stop in order.
            let _ = household.leave().await;
        }
        path
    }

    /// All go.
    pub async fn leave(&mut self) {
        let farewells: Vec<_> = self.homes.drain(..).map(|home| home.leave()).collect();
        for farewell in farewells {
            // As above.
            let _ = farewell.await;
        }
    }

    /// Until all hold the same.
    pub async fn level(&self) -> Result<(), Failure> {
        let circle = self.circle;
        let is_level = || {
            let mut digests =
                self.homes.iter().map(|home| home.sees(circle).map(|view| view.digest()));
            let first = digests.next();
            first.is_some_and(|first| digests.all(|digest| digest == first))
        };
        self.wait_for("the street to come to rest", is_level).await
    }

    /// Until the visitor’s home has all photos.
    async fn photos(&self) -> Result<(), Failure> {
        let saar = &self.homes[SAAR];
        let view = saar.sees(self.circle).ok_or_else(unexpected)?;
        let all = || view.listings.values().flat_map(|listing| &listing.general.photos);
        let has = |id| saar.node.read(|store| store.has_photo(id)).unwrap_or(false);
        self.wait_for("photos to arrive", || all().all(|id| has(*id))).await
    }

    async fn wait_for(&self, what: &str, is_so: impl Fn() -> bool) -> Result<(), Failure> {
        let waiting = async {
            while !is_so() {
                tokio::time::sleep(LOOK).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        waited.map_err(|_| Failure::new("demo", format!("waited in vain for {what}")))
    }

    /// Whether somebody sees a booking so.
    fn is(&self, view: &View, booking: BookingId, state: State) -> bool {
        let now = self.clock.now();
        view.circles.get(&self.circle).is_some_and(|circle| {
            circle.bookings.get(&booking).is_some_and(|b| circle.status(b, now).state == state)
        })
    }
}

#[cfg(test)]
mod tests {
    use noaber_core::notice::notices;

    use super::*;

    /// Just before midnight and before clocks change, and far from Europe.
    const NOWS: [(&str, &str, Tongue); 2] = [
        ("2026-03-28T22:58:00Z", "Europe/Amsterdam", Tongue::Dutch),
        ("2027-01-01T11:00:00Z", "Pacific/Auckland", Tongue::English),
    ];

    #[test]
    fn a_street_can_be_visited_at_any_hour() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        for (now, timezone, tongue) in NOWS {
            let place = Place::new().unwrap();
            let clock = Clock::default();
            let now: Timestamp = now.parse::<jiff::Timestamp>().unwrap().into();
            clock.set(now);
            let (dir, timezone) = (place.path().to_owned(), timezone.to_owned());
            let plan = Plan { dir, tongue, clock: clock.clone(), timezone };
            let mut street = runtime.block_on(build(plan, |_| ())).unwrap();
            assert!(clock.now() >= now && clock.now() < now.plus_ms(60_000));
            let view = street.homes[SAAR].sees(street.circle).unwrap();
            assert!(view.listings.len() >= 20 && view.bookings.len() >= 45);
            let states: Vec<State> =
                view.bookings.values().map(|b| view.status(b, now).state).collect();
            for state in
                [State::Asked, State::Confirmed, State::Out, State::Returned, State::Declined]
            {
                assert!(states.contains(&state), "{now:?}: {state:?}");
            }
            let waiting = view.bookings.values().filter(|b| {
                view.listings[&b.listing].owner == street.visitor()
                    && view.status(b, now).state == State::Asked
            });
            assert_eq!(waiting.count(), 2, "questions wait for the visitor");
            assert!(!notices(&view, street.visitor(), now).is_empty());
            runtime.block_on(street.leave());
        }
    }
}
