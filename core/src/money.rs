//! Money and time given, counted exactly: no floating point, no cent that appears or goes missing.
//!
//! Here is [`Rate`], what one of something costs. What has been counted is an amount, in whole
//! hundredths ([`Cents`]) or quarters of an hour ([`Quarters`]). Who owes whom is in
//! [`crate::settle`]; what a car costs in [`crate::listing::tariff`]. Nothing here knows a circle's
//! currency, except that a bank transfer ([`epc()`]) is always in euros.

mod amount;
mod epc;
mod iban;
mod split;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use amount::{BadCents, BadQuarters, Cents, Quarters};
pub use epc::{BadPayment, epc};
pub use iban::{BadIban, Iban};
pub use split::split;

/// A price for one of something (a kilometre, an hour), in thousandths of the circle's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "i64")]
pub struct Rate(i64);

/// A text is not a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("this is not a price: write it like 0.25, with at most three decimals")]
pub struct BadRate;

impl Rate {
    /// The highest price that is believed.
    const MAX: i64 = 1_000_000_000;

    /// From thousandths; `None` below zero or beyond belief.
    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        (0..=Self::MAX).contains(&thousandths).then_some(Self(thousandths))
    }

    /// In thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Rate {
    type Error = BadRate;

    fn try_from(thousandths: i64) -> Result<Self, BadRate> {
        Self::from_thousandths(thousandths).ok_or(BadRate)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1000, self.0 % 1000);
        if rest % 10 == 0 {
            write!(f, "{whole}.{:02}", rest / 10)
        } else {
            write!(f, "{whole}.{rest:03}")
        }
    }
}

impl FromStr for Rate {
    type Err = BadRate;

    fn from_str(text: &str) -> Result<Self, BadRate> {
        // A comma is what most of Europe writes.
        let text = text.replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 7
            || decimals.len() > 3
            || !digits(whole)
            || !digits(decimals)
        {
            return Err(BadRate);
        }
        let thousandths: i64 = format!("{whole}{decimals:0<3}").parse().map_err(|_| BadRate)?;
        Self::from_thousandths(thousandths).ok_or(BadRate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_read_as_they_print() {
        for (text, print) in [("0.25", "0.25"), ("2,5", "2.50"), ("3", "3.00"), ("0.185", "0.185")]
        {
            assert_eq!(text.parse::<Rate>().unwrap().to_string(), print);
        }
        for bad in ["", "-1", "1.2345", "a", "1e3", ".5", "99999999"] {
            assert_eq!(bad.parse::<Rate>(), Err(BadRate), "{bad}");
        }
    }

    #[test]
    fn bytes_that_are_no_price_are_refused() {
        let price = Rate(250);
        let bytes = postcard::to_allocvec(&price).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(price));
        for bad in [-1, Rate::MAX + 1, i64::MIN] {
            let bytes = postcard::to_allocvec(&bad).unwrap();
            assert!(postcard::from_bytes::<Rate>(&bytes).is_err(), "{bad}");
        }
    }
}
