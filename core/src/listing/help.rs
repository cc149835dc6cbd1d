//! Help: offered or asked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fields::{Reader, Writer};
use crate::limits::MAX_NAME;

pub(super) const OFFER: &str = "help-offer";
pub(super) const ASK: &str = "help-ask";

/// What only help has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// How long it takes, by the one who wrote it.
    pub hours: Option<Hours>,
    /// How often.
    pub rhythm: HelpRhythm,
}

/// How often help is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HelpRhythm {
    /// When it suits.
    #[default]
    Once,
    /// Every week.
    Weekly,
}

/// The only rhythm that is written: without one, it is once.
const WEEKLY: &str = "weekly";

impl fmt::Display for HelpRhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Once => "once",
            Self::Weekly => WEEKLY,
        })
    }
}

impl Help {
    pub(super) fn read(fields: &Reader<'_>) -> Self {
        let quarters = fields.int("quarters").and_then(|value| u32::try_from(value).ok());
        let rhythm = match fields.text("rhythm", MAX_NAME).as_str() {
            WEEKLY => HelpRhythm::Weekly,
            _ => HelpRhythm::Once,
        };
        Self { hours: quarters.and_then(Hours::from_quarters), rhythm }
    }

    pub(super) fn write(&self, fields: &mut Writer<'_, '_>) {
        fields.optional_int("quarters", self.hours.map(|hours| i64::from(hours.quarters())));
        let is_weekly = self.rhythm == HelpRhythm::Weekly;
        fields.optional_text("rhythm", is_weekly.then_some(WEEKLY));
    }
}

/// Time given, in quarters of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct Hours(u32);

/// A text is not a number of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("hours count in quarters: write them like 0.25, 1.5 or 2")]
pub struct BadHours;

impl TryFrom<u32> for Hours {
    type Error = BadHours;

    fn try_from(quarters: u32) -> Result<Self, BadHours> {
        Self::from_quarters(quarters).ok_or(BadHours)
    }
}

impl Hours {
    const MAX_QUARTERS: u32 = 4 * 24 * 31;

    /// From quarters; `None` for nothing, or more than a month.
    pub fn from_quarters(quarters: u32) -> Option<Self> {
        (1..=Self::MAX_QUARTERS).contains(&quarters).then_some(Self(quarters))
    }

    /// In quarters.
    pub const fn quarters(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = ["", ".25", ".5", ".75"][(self.0 % 4) as usize];
        write!(f, "{}{rest}", self.0 / 4)
    }
}

impl FromStr for Hours {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let text = text.replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let rest = match decimals {
            "" | "0" | "00" => 0,
            "25" => 1,
            "5" | "50" => 2,
            "75" => 3,
            _ => return Err(BadHours),
        };
        if whole.len() > 4 {
            return Err(BadHours);
        }
        let whole: u32 = whole.parse().map_err(|_| BadHours)?;
        Self::from_quarters(whole * 4 + rest).ok_or(BadHours)
    }
}

#[cfg(test)]
mod tests {
    use automerge::{Automerge, ROOT, ReadDoc};

    use super::*;

    #[test]
    fn hours_read_as_they_print() {
        for (text, print) in [("0.25", "0.25"), ("1,5", "1.5"), ("2", "2"), ("3.75", "3.75")] {
            assert_eq!(text.parse::<Hours>().unwrap().to_string(), print);
        }
        for bad in ["0", "1.3", "-1", "", "x"] {
            assert_eq!(bad.parse::<Hours>(), Err(BadHours), "{bad}");
        }
    }

    #[test]
    fn only_help_for_every_week_writes_its_rhythm_and_can_take_it_back() {
        let mut document = Automerge::new();
        let mut write = |rhythm| {
            let help = Help { hours: Hours::from_quarters(6), rhythm };
            let mut transaction = document.transaction();
            help.write(&mut Writer::new(&mut transaction));
            transaction.commit();
            assert_eq!(Help::read(&Reader::new(&document)), help);
            document.get(ROOT, "rhythm").unwrap().is_some()
        };
        assert!(!write(HelpRhythm::Once), "as it was written before there were rhythms");
        assert!(write(HelpRhythm::Weekly));
        assert!(!write(HelpRhythm::Once));
    }
}
