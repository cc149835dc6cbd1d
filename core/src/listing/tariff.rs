//! What the use of a car costs: by the kilometre, by the hour, and once.
//!
//! Prices are in thousandths, a bill is in whole hundredths: each line of it is computed exactly and
//! rounded once (half away from zero), so that the lines add up to the total to the cent. An hour is
//! an hour of real time: a night in which the clocks change is billed with its 23 or 25.
//!
//! Who pays whom, fuel that somebody paid for, and where kilometres come from are not known here.
//! How a tariff is written as text is in `text`.

mod text;

use serde::{Deserialize, Serialize};

use crate::limits::MAX_BANDS;
use crate::money::{BadCents, BadRate, Cents, Rate};

/// The highest fixed price that is believed, as of a [`Rate`].
const MAX_FIXED: i64 = 100_000_000;
const HOUR_MS: i128 = 3_600_000;
/// A tariff counts in thousandths, a bill in hundredths.
const THOUSANDTHS: i128 = 10;

/// What the use of something costs. With nothing in it, it is free.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tariff {
    /// Prices of a kilometre, the first for the first kilometres, the next for those after.
    pub bands: Vec<Band>,
    /// Price of an hour from start to end; parts of an hour count exactly.
    pub per_hour: Option<Rate>,
    /// Price of the use as such.
    pub fixed: Option<Cents>,
}

/// The price of a kilometre up to a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The last kilometre of a trip that costs this; `None` for all that are left.
    pub up_to_km: Option<u32>,
    /// What each costs.
    pub per_km: Rate,
}

/// A tariff that makes no sense, or a text that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadTariff {
    /// More than [`MAX_BANDS`].
    #[error("a tariff may have at most {MAX_BANDS} prices of a kilometre")]
    Bands,
    /// A band that ends before it begins.
    #[error("each price of a kilometre must reach further than the one before it")]
    Order,
    /// Nobody knows what the kilometres after the last band cost, or those after an endless one.
    #[error(
        "all prices of a kilometre but the last need an end, like “0.30 to 100, 0.20”; the last has none"
    )]
    End,
    /// A fixed price below zero or beyond belief.
    #[error("the fixed price must be from 0 to 1000000")]
    Fixed,
    /// A text in which something is left that is not understood.
    #[error("write a tariff like “0.30 to 100, 0.20 per km; 2.50 per hour; 5 fixed”")]
    Unclear,
    /// The same thing priced twice.
    #[error("name each of per km, per hour and fixed once only")]
    Twice,
    /// A price in it is not one.
    #[error(transparent)]
    Rate(#[from] BadRate),
    /// The fixed price in it is not an amount.
    #[error(transparent)]
    Cents(#[from] BadCents),
}

/// What a use costs, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// What it is made of, in the order of the tariff.
    pub lines: Vec<Line>,
    /// All lines together, exactly.
    pub total: Cents,
}

/// One line of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is for.
    pub charge: Charge,
    /// What it comes to.
    pub amount: Cents,
}

/// What a line of a bill is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Charge {
    /// Kilometres of one band.
    Distance {
        /// How many.
        km: u32,
        /// What each costs.
        per_km: Rate,
    },
    /// Time.
    Time {
        /// How long, in milliseconds of real time.
        duration_ms: i64,
        /// What an hour costs.
        per_hour: Rate,
    },
    /// The use as such.
    Fixed,
}

/// What a use will cost, before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Estimate {
    /// What is known already.
    pub bill: Bill,
    /// Prices of the kilometres that come on top, when nobody has said how many there will be.
    pub still_per_km: Vec<Band>,
}

impl Tariff {
    /// Whether it may become somebody's tariff.
    pub fn check(&self) -> Result<(), BadTariff> {
        if self.bands.len() > MAX_BANDS {
            return Err(BadTariff::Bands);
        }
        if let Some((last, others)) = self.bands.split_last() {
            if last.up_to_km.is_some() || others.iter().any(|band| band.up_to_km.is_none()) {
                return Err(BadTariff::End);
            }
            let ends = || others.iter().filter_map(|band| band.up_to_km);
            if std::iter::once(0).chain(ends()).zip(ends()).any(|(from, to)| from >= to) {
                return Err(BadTariff::Order);
            }
        }
        if self.fixed.is_some_and(|fixed| !(0..=MAX_FIXED).contains(&fixed.cents())) {
            return Err(BadTariff::Fixed);
        }
        Ok(())
    }

    /// What so many kilometres in so much real time cost. A time below zero counts as none.
    ///
    /// Total, even for a tariff that does not pass [`Tariff::check`]: the last band goes on without
    /// an end, and a bill ends at [`Cents::MAX`].
    pub fn price(&self, km: u32, duration_ms: i64) -> Bill {
        let mut bill = Bill::default();
        let mut from = 0;
        for (place, band) in self.bands.iter().enumerate() {
            let is_last = place + 1 == self.bands.len();
            let to = band.up_to_km.filter(|_| !is_last).unwrap_or(u32::MAX).min(km);
            if to > from {
                let charge = Charge::Distance { km: to - from, per_km: band.per_km };
                let thousandths = i128::from(to - from) * i128::from(band.per_km.thousandths());
                bill.add(charge, rounded(thousandths, THOUSANDTHS));
                from = to;
            }
        }
        if let Some(per_hour) = self.per_hour.filter(|_| duration_ms > 0) {
            let exact = i128::from(duration_ms) * i128::from(per_hour.thousandths());
            bill.add(Charge::Time { duration_ms, per_hour }, rounded(exact, THOUSANDTHS * HOUR_MS));
        }
        if let Some(fixed) = self.fixed {
            bill.add(Charge::Fixed, i128::from(fixed.cents()));
        }
        bill
    }

    /// What it will cost by what is known before asking: always how long, not always how far.
    pub fn estimate(&self, km: Option<u32>, duration_ms: i64) -> Estimate {
        let bill = self.price(km.unwrap_or(0), duration_ms);
        let still_per_km = if km.is_none() { self.bands.clone() } else { Vec::new() };
        Estimate { bill, still_per_km }
    }
}

impl Bill {
    /// Adds a line, held to what the total can still take, so that the lines always add up to it.
    fn add(&mut self, charge: Charge, cents: i128) {
        let room = i128::from(Cents::MAX.cents()) - i128::from(self.total.cents());
        let amount = Cents::held(cents.min(room));
        self.lines.push(Line { charge, amount });
        self.total = self.total.saturating_add(amount);
    }
}

/// The nearest whole number to a fraction that is not below zero; a half goes up, away from zero.
fn rounded(numerator: i128, denominator: i128) -> i128 {
    (numerator + denominator / 2) / denominator
}

#[cfg(test)]
mod tests;
