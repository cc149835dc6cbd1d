//! A tariff as people write it, like `0.30 to 100, 0.20 per km; 2.50 per hour; 5.00 fixed`.
//!
//! Parts stand in any order with semicolons between them, each at most once. A part without a word
//! for what it prices is per kilometre. Decimal commas are understood, for what ends a price of a
//! kilometre is always the whole number after `to`. A tariff with nothing in it is written `free`.

use std::fmt;
use std::str::FromStr;

use super::{BadTariff, Band, MAX_BANDS, Tariff};

const FREE: &str = "free";
const PER_KM: [&str; 4] = ["per km", "/km", "/ km", "a km"];
const PER_HOUR: [&str; 5] = ["per hour", "/hour", "/ hour", "/h", "an hour"];
const FIXED: [&str; 1] = ["fixed"];

impl fmt::Display for Tariff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bands = self.bands.iter().map(Band::to_string).collect::<Vec<_>>().join(", ");
        let per_km = (!bands.is_empty()).then(|| format!("{bands} per km"));
        let per_hour = self.per_hour.map(|price| format!("{price} per hour"));
        let fixed = self.fixed.map(|amount| format!("{amount} fixed"));
        let parts: Vec<String> = per_km.into_iter().chain(per_hour).chain(fixed).collect();
        f.write_str(if parts.is_empty() { FREE } else { "" })?;
        f.write_str(&parts.join("; "))
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.up_to_km {
            Some(km) => write!(f, "{} to {km}", self.per_km),
            None => write!(f, "{}", self.per_km),
        }
    }
}

impl FromStr for Tariff {
    type Err = BadTariff;

    /// Reads what [`Display`](fmt::Display) writes and what people write instead of it. What it gives
    /// passes [`Tariff::check`].
    fn from_str(text: &str) -> Result<Self, BadTariff> {
        let text = text.to_lowercase();
        let mut tariff = Self::default();
        if text.trim() == FREE {
            return Ok(tariff);
        }
        for part in text.split(';').map(str::trim) {
            if part.is_empty() {
                return Err(BadTariff::Unclear);
            } else if let Some(price) = before(part, &PER_HOUR) {
                set(&mut tariff.per_hour, price.parse()?)?;
            } else if let Some(amount) = before(part, &FIXED) {
                set(&mut tariff.fixed, amount.parse()?)?;
            } else if tariff.bands.is_empty() {
                tariff.bands = bands(before(part, &PER_KM).unwrap_or(part))?;
            } else {
                return Err(BadTariff::Twice);
            }
        }
        tariff.check()?;
        Ok(tariff)
    }
}

/// What stands before one of some words, without them.
fn before<'a>(part: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| part.strip_suffix(word)).map(str::trim)
}

/// Sets what has not been set before.
fn set<T>(place: &mut Option<T>, value: T) -> Result<(), BadTariff> {
    place.replace(value).map_or(Ok(()), |_| Err(BadTariff::Twice))
}

/// Prices of a kilometre: each but the last has `to` and a whole number of kilometres.
fn bands(text: &str) -> Result<Vec<Band>, BadTariff> {
    let mut bands = Vec::new();
    let mut rest = text;
    while let Some((price, after)) = rest.split_once("to") {
        let (end, next) = after.split_once(',').unwrap_or((after, ""));
        let end = end.trim().trim_end_matches("km").trim_end();
        if end.is_empty() || !end.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadTariff::Unclear);
        }
        let up_to_km = end.parse().map_err(|_| BadTariff::Unclear)?;
        bands.push(Band { up_to_km: Some(up_to_km), per_km: price.trim().parse()? });
        if bands.len() > MAX_BANDS {
            return Err(BadTariff::Bands);
        }
        if next.trim().is_empty() {
            return Err(BadTariff::End);
        }
        rest = next;
    }
    let price = rest.trim();
    if price.is_empty() || price.contains(char::is_alphabetic) || price.contains(", ") {
        return Err(BadTariff::Unclear);
    }
    bands.push(Band { up_to_km: None, per_km: price.parse()? });
    Ok(bands)
}
