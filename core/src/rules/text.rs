//! What the text forms of rules share: why a text is not one, weekdays by their short names, and one
//! line of free words.

use jiff::civil::Weekday;

use crate::limits::MAX_NAME;

/// A text is not a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Not a length of time.
    #[error("this is not a length of time: write it like 90m, 2h, 3d or 2w")]
    Span,
    /// Not an opening time.
    #[error(
        "this is not an opening time: write it like \"mon-fri 09:00-17:00\" or \"sat 10:00-24:00\""
    )]
    Opening,
    /// Not a closed day.
    #[error(
        "these are not closed days: write them like \"2026-12-24..2027-01-02 Christmas\", or \"12-25\" for every year"
    )]
    Closure,
    /// Not a quota.
    #[error(
        "this is not a quota: write it like \"3d/week from mon\", \"10h/month from 31\" or \"5d in 14d\""
    )]
    Quota,
    /// Not what becomes of closed days.
    #[error(
        "closed days inside a booking \"count\", do not (\"skip\") or are \"forbidden\": write one of these words"
    )]
    ClosedDays,
    /// Not a set of borrowers.
    #[error("write \"everybody\", or \"only\" and the ids of members, like \"only 3b1f…,9c20…\"")]
    Borrowers,
    /// Not a repair.
    #[error(
        "this is not a repair: write it like \"2026-12-01T10:00Z..2026-12-05T18:00Z new brakes\", or without an end \"2026-12-01T10:00Z.. new brakes\""
    )]
    Repair,
}

/// The weekdays by the short names that texts use, from Monday.
const SHORT_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) fn short_name(day: Weekday) -> &'static str {
    SHORT_NAMES[usize::from(place(day))]
}

pub(super) fn named(text: &str) -> Option<Weekday> {
    let place = SHORT_NAMES.iter().position(|name| name.eq_ignore_ascii_case(text))?;
    Weekday::from_monday_zero_offset(place as i8).ok()
}

/// 0 for Monday to 6 for Sunday.
pub(super) fn place(day: Weekday) -> u8 {
    day.to_monday_zero_offset().unsigned_abs()
}

/// Whether words fit into a text form: one line, not empty, no longer than a name.
pub(super) fn is_line(words: &str) -> bool {
    !words.is_empty()
        && words.len() <= MAX_NAME
        && words.trim() == words
        && !words.contains(char::is_control)
}

/// The first word of a text and the rest of it.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim_start())
}

/// Between two devices and in JSON, a rule is its text form: what people type and what is stored.
macro_rules! serialize_as_text {
    ($($name:ty),+) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}
pub(super) use serialize_as_text;

/// The way back. Only what can stand comes back: a rule that makes no sense has no text form.
macro_rules! deserialize_from_text {
    ($($name:ty),+) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(super) use deserialize_from_text;
