//! What each car costs, from when on.

use imbl::OrdMap;
use serde::Serialize;

use super::tariff::{Band, Tariff};
use crate::id::{ListingId, MemberId};
use crate::limits::MAX_TARIFFS;
use crate::money::{Cents, Rate};
use crate::place::Place;
use crate::time::Timestamp;
use crate::wire::TariffFrom;

/// Every tariff that was ever said, by listing and by when it begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tariffs {
    said: OrdMap<(ListingId, Timestamp, Place), (MemberId, Tariff)>,
}

impl Tariffs {
    /// A tariff counts from the time that it names, and never before it was said: what was driven
    /// before is not touched by it.
    pub(crate) fn add(&mut self, place: Place, by: MemberId, said: &TariffFrom) {
        let Some(tariff) = from_wire(said) else { return };
        let of_device = |(at, _): &(Place, &Tariff)| at.device == place.device;
        let listing = said.listing;
        if self.of(listing).map(|(_, at, _, t)| (at, t)).filter(of_device).count() < MAX_TARIFFS {
            self.said.insert((listing, said.from.max(place.at()), place), (by, tariff));
        }
    }

    fn of(
        &self,
        listing: ListingId,
    ) -> impl Iterator<Item = (Timestamp, Place, MemberId, &Tariff)> {
        self.said
            .range((listing, Timestamp::MIN, Place::MIN)..)
            .take_while(move |((of, ..), _)| *of == listing)
            .map(|((_, from, place), (by, tariff))| (*from, *place, *by, tariff))
    }

    /// The owner's versions, in the order in which they begin.
    pub fn versions(
        &self,
        listing: ListingId,
        owner: MemberId,
    ) -> impl Iterator<Item = (Timestamp, &Tariff)> {
        let own = self.of(listing).filter(move |(_, _, by, _)| *by == owner);
        own.map(|(from, _, _, tariff)| (from, tariff))
    }

    /// The one that is valid at an instant.
    pub fn at(&self, listing: ListingId, owner: MemberId, at: Timestamp) -> Option<&Tariff> {
        self.versions(listing, owner).take_while(|(from, _)| *from <= at).last().map(|(_, t)| t)
    }
}

/// What an entry says, as a tariff; `None` if that makes no sense.
fn from_wire(said: &TariffFrom) -> Option<Tariff> {
    let rate = |thousandths: u32| Rate::from_thousandths(i64::from(thousandths));
    let band = |(up_to_km, per_km): &(Option<u32>, u32)| {
        rate(*per_km).map(|per_km| Band { up_to_km: *up_to_km, per_km })
    };
    let bands = said.bands.iter().map(band).collect::<Option<Vec<Band>>>()?;
    let per_hour = match said.per_hour {
        Some(per_hour) => Some(rate(per_hour)?),
        None => None,
    };
    let fixed = Some(said.fixed_cents).filter(|cents| *cents > 0);
    let fixed = match fixed {
        Some(cents) => Some(Cents::from_cents(i64::from(cents))?),
        None => None,
    };
    let tariff = Tariff { bands, per_hour, fixed };
    tariff.check().is_ok().then_some(tariff)
}

/// A tariff as an entry says it. One that passes its check loses nothing by it.
pub(crate) fn to_wire(tariff: &Tariff, listing: ListingId, from: Timestamp) -> TariffFrom {
    let thousandths = |rate: Rate| u32::try_from(rate.thousandths()).unwrap_or(u32::MAX);
    TariffFrom {
        listing,
        from,
        bands: tariff.bands.iter().map(|b| (b.up_to_km, thousandths(b.per_km))).collect(),
        per_hour: tariff.per_hour.map(thousandths),
        fixed_cents: tariff.fixed.map_or(0, |f| u32::try_from(f.cents()).unwrap_or(u32::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::time::Hlc;

    const CAR: ListingId = ListingId::from_bytes([1; 16]);
    const OWNER: MemberId = MemberId::from_bytes([2; 32]);

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    /// Said at one time, to be valid from another.
    fn say(tariffs: &mut Tariffs, said_ms: u64, by: MemberId, from_ms: i64, text: &str) {
        let (time, device) = (Hlc::from_bits(said_ms << 16), DeviceId::from_bytes([3; 32]));
        let place = Place { time, device, seq: said_ms };
        let tariff: Tariff = text.parse().unwrap();
        tariffs.add(place, by, &to_wire(&tariff, CAR, at(from_ms)));
    }

    #[test]
    fn a_trip_is_billed_by_the_tariff_valid_when_it_was_driven() {
        let mut tariffs = Tariffs::default();
        say(&mut tariffs, 10, OWNER, 200, "0.40");
        say(&mut tariffs, 20, OWNER, 100, "0.30");
        say(&mut tariffs, 30, OWNER, 200, "0.50");
        // Said at 300 as if it had been so since 0: what was driven before is not touched.
        say(&mut tariffs, 300, OWNER, 0, "9.00");
        say(&mut tariffs, 40, MemberId::from_bytes([9; 32]), 100, "7.00");
        let cases = [
            (99, None),
            (100, Some("0.30 per km")),
            (199, Some("0.30 per km")),
            (200, Some("0.50 per km")),
            (299, Some("0.50 per km")),
            (300, Some("9.00 per km")),
        ];
        for (ms, expected) in cases {
            let valid = tariffs.at(CAR, OWNER, at(ms)).map(Tariff::to_string);
            assert_eq!(valid.as_deref(), expected, "at {ms}");
        }
    }
}
