//! Amounts: how much money, how much time given. Whole numbers of the smallest unit, below zero
//! where somebody owes.
//!
//! Both kinds count alike and never mix: an amount of one is not an amount of the other. Arithmetic
//! is either checked or held within the bounds; there is no operator that could overflow. What an
//! amount is worth, and to whom, is not known here.

use std::fmt;
use std::iter::Sum;
use std::ops::Neg;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The largest amount either way: more than any circle moves, and far enough from the ends of 64 bits
/// that nine hundred thousand amounts add up inside them.
const MAX: i64 = 10_000_000_000_000;

macro_rules! amounts {
    ($(#[$doc:meta] $name:ident, $from:ident, $of:ident, $bad:ident, $unit:literal;)*) => {$(
        #[$doc]
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize,
            Deserialize,
        )]
        #[serde(try_from = "i64")]
        pub struct $name(i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);
            /// The largest amount.
            pub const MAX: Self = Self(MAX);
            /// The largest amount below zero.
            pub const MIN: Self = Self(-MAX);

            #[doc = concat!("From ", $unit, "; `None` outside [`Self::MIN`] to [`Self::MAX`].")]
            pub fn $from(count: i64) -> Option<Self> {
                (-MAX..=MAX).contains(&count).then_some(Self(count))
            }

            #[doc = concat!("In ", $unit, ".")]
            pub const fn $of(self) -> i64 {
                self.0
            }

            /// From an exact result, held within the bounds.
            pub(crate) fn held(count: i128) -> Self {
                let held = count.clamp(i128::from(-MAX), i128::from(MAX));
                Self(i64::try_from(held).expect("the bounds are within 64 bits"))
            }

            /// The sum, or `None` out of bounds.
            pub fn checked_add(self, other: Self) -> Option<Self> {
                Self::$from(self.0 + other.0)
            }

            /// The difference, or `None` out of bounds.
            pub fn checked_sub(self, other: Self) -> Option<Self> {
                Self::$from(self.0 - other.0)
            }

            /// The sum, held within the bounds.
            #[must_use]
            pub fn saturating_add(self, other: Self) -> Self {
                Self::held(i128::from(self.0 + other.0))
            }

            /// The difference, held within the bounds.
            #[must_use]
            pub fn saturating_sub(self, other: Self) -> Self {
                Self::held(i128::from(self.0 - other.0))
            }
        }

        impl Neg for $name {
            type Output = Self;

            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        /// Added up exactly and only then held within the bounds, so that the order does not matter.
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                Self::held(amounts.map(|amount| i128::from(amount.0)).sum())
            }
        }

        impl TryFrom<i64> for $name {
            type Error = $bad;

            fn try_from(count: i64) -> Result<Self, $bad> {
                Self::$from(count).ok_or($bad::TooLarge)
            }
        }
    )*};
}

amounts! {
    /// Money, in hundredths of the circle's currency.
    Cents, from_cents, cents, BadCents, "hundredths of the currency";
    /// Time given (above zero) or taken (below), in quarters of an hour.
    Quarters, from_quarters, quarters, BadQuarters, "quarters of an hour";
}

/// A text is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadCents {
    /// It is not a number, or one with separators between thousands.
    #[error("this is not an amount: write it like 12.50")]
    NotANumber,
    /// It is finer than the smallest coin.
    #[error("an amount has at most two decimals: write it like 12.50")]
    Decimals,
    /// Beyond [`Cents::MAX`].
    #[error("an amount may be at most 100000000000")]
    TooLarge,
}

/// A text is not a number of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadQuarters {
    /// It is not a number.
    #[error("this is not a number of hours: write it like 1.5")]
    NotANumber,
    /// It is not a whole number of quarters.
    #[error("hours count in quarters: write them like 0.25, 1.5 or 2")]
    NotAQuarter,
    /// Beyond [`Quarters::MAX`].
    #[error("this is more hours than can be counted")]
    TooLarge,
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", cents / 100, cents % 100))
    }
}

impl FromStr for Cents {
    type Err = BadCents;

    /// Reads `12.50`, `12,5`, `3` and `-0.05`.
    fn from_str(text: &str) -> Result<Self, BadCents> {
        let hundredths = hundredths(text).map_err(|flaw| match flaw {
            Flaw::NotANumber => BadCents::NotANumber,
            Flaw::Decimals => BadCents::Decimals,
            Flaw::TooLarge => BadCents::TooLarge,
        })?;
        Self::from_cents(hundredths).ok_or(BadCents::TooLarge)
    }
}

impl fmt::Display for Quarters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let quarters = self.0.unsigned_abs();
        let rest = ["", ".25", ".5", ".75"][(quarters % 4) as usize];
        f.pad(&format!("{sign}{}{rest}", quarters / 4))
    }
}

impl FromStr for Quarters {
    type Err = BadQuarters;

    /// Reads `1.5`, `0,25`, `2` and `-0.75`.
    fn from_str(text: &str) -> Result<Self, BadQuarters> {
        let hundredths = hundredths(text).map_err(|flaw| match flaw {
            Flaw::NotANumber => BadQuarters::NotANumber,
            Flaw::Decimals => BadQuarters::NotAQuarter,
            Flaw::TooLarge => BadQuarters::TooLarge,
        })?;
        if hundredths % 25 != 0 {
            return Err(BadQuarters::NotAQuarter);
        }
        Self::from_quarters(hundredths / 25).ok_or(BadQuarters::TooLarge)
    }
}

/// Why a text is not a number with two decimals.
enum Flaw {
    NotANumber,
    Decimals,
    TooLarge,
}

/// Reads a number with up to two decimals, in hundredths.
fn hundredths(text: &str) -> Result<i64, Flaw> {
    let text = text.trim();
    // Texts that are copied from a bank's page have the typographic minus.
    let unsigned = text.strip_prefix(['-', '\u{2212}']);
    // A comma is what most of Europe writes. One separator only: with two, which one is meant?
    let (whole, decimals) = match unsigned.unwrap_or(text).split_once(['.', ',']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned.unwrap_or(text), None),
    };
    let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !decimals.is_none_or(is_digits) {
        return Err(Flaw::NotANumber);
    }
    let decimals = decimals.unwrap_or("");
    if decimals.len() > 2 {
        return Err(Flaw::Decimals);
    }
    let whole = whole.trim_start_matches('0');
    // Sixteen digits and two decimals fit 64 bits, and are beyond either amount's bound.
    if whole.len() > 16 {
        return Err(Flaw::TooLarge);
    }
    let count: i64 = format!("{whole}{decimals:0<2}").parse().map_err(|_| Flaw::NotANumber)?;
    Ok(if unsigned.is_some() { -count } else { count })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_reads_as_it_prints() {
        let cases = [
            ("12.50", 1_250, "12.50"),
            ("12,5", 1_250, "12.50"),
            ("3", 300, "3.00"),
            ("-1", -100, "-1.00"),
            ("-3,05", -305, "-3.05"),
            ("\u{2212}0.05", -5, "-0.05"),
            ("-0", 0, "0.00"),
            (" 007.10 ", 710, "7.10"),
            ("100000000000", MAX, "100000000000.00"),
        ];
        for (text, cents, print) in cases {
            let amount = text.parse::<Cents>();
            assert_eq!(amount.map(Cents::cents), Ok(cents), "{text}");
            assert_eq!(amount.map(|amount| amount.to_string()), Ok(print.to_owned()));
        }
        assert_eq!(format!("{:>7}|", Cents(-5)), "  -0.05|");
    }

    #[test]
    fn what_is_not_money_is_refused_and_says_why() {
        let cases = [
            ("", BadCents::NotANumber),
            ("-", BadCents::NotANumber),
            ("--1", BadCents::NotANumber),
            ("+1", BadCents::NotANumber),
            (".5", BadCents::NotANumber),
            ("5.", BadCents::NotANumber),
            ("1,234.50", BadCents::NotANumber),
            ("1e3", BadCents::NotANumber),
            ("€5", BadCents::NotANumber),
            ("٣", BadCents::NotANumber),
            ("1.005", BadCents::Decimals),
            ("100000000000.01", BadCents::TooLarge),
            ("-99999999999999999999", BadCents::TooLarge),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<Cents>(), Err(error), "{text}");
        }
    }

    #[test]
    fn hours_read_as_they_print() {
        let cases = [
            ("1.5", 6, "1.5"),
            ("-0,25", -1, "-0.25"),
            ("2", 8, "2"),
            ("0.75", 3, "0.75"),
            ("-10.50", -42, "-10.5"),
            ("0", 0, "0"),
        ];
        for (text, quarters, print) in cases {
            let hours = text.parse::<Quarters>();
            assert_eq!(hours.map(Quarters::quarters), Ok(quarters), "{text}");
            assert_eq!(hours.map(|hours| hours.to_string()), Ok(print.to_owned()));
        }
        for (text, error) in [
            ("1.3", BadQuarters::NotAQuarter),
            ("1.125", BadQuarters::NotAQuarter),
            ("an hour", BadQuarters::NotANumber),
            ("3000000000000", BadQuarters::TooLarge),
        ] {
            assert_eq!(text.parse::<Quarters>(), Err(error), "{text}");
        }
    }

    #[test]
    fn sums_stay_within_the_bounds() {
        let cent = Cents(1);
        assert_eq!(Cents::MAX.checked_add(cent), None);
        assert_eq!(Cents::MIN.checked_sub(cent), None);
        assert_eq!(Cents::MAX.saturating_add(cent), Cents::MAX);
        assert_eq!(Cents::MIN.saturating_sub(cent), Cents::MIN);
        assert_eq!(-Cents::MIN, Cents::MAX);
        assert_eq!(Cents(250).checked_sub(Cents(300)), Some(Cents(-50)));
        // Out of the bounds half-way, and back inside.
        assert_eq!([Cents::MAX, cent, Cents::MIN].into_iter().sum::<Cents>(), cent);
    }

    #[test]
    fn bytes_out_of_bounds_are_refused() {
        let bytes = postcard::to_allocvec(&Quarters(-3)).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(Quarters(-3)));
        let bytes = postcard::to_allocvec(&(MAX + 1)).unwrap();
        assert!(postcard::from_bytes::<Cents>(&bytes).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_amount_survives_print_and_parse(count in -MAX..=MAX) {
            prop_assert_eq!(Cents(count).to_string().parse(), Ok(Cents(count)));
            prop_assert_eq!(Quarters(count).to_string().parse(), Ok(Quarters(count)));
        }

        #[test]
        fn no_text_panics(text in "[-−0-9.,]{0,40}") {
            if let Ok(amount) = text.parse::<Cents>() {
                prop_assert_eq!(amount.to_string().parse(), Ok(amount));
            }
            let _ = text.parse::<Quarters>().is_ok();
        }
    }
}
