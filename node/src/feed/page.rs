//! From a path to a calendar: `CIRCLE.ics`, `CIRCLE/mine.ics`, `CIRCLE/listing/ID.ics`.
//!
//! `CIRCLE` is the beginning of the circle's id, or its name as [`slug`] writes it. It knows nothing of
//! HTTP and tokens.

use noaber_core::View;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;

use crate::ics::{Calendar, Purpose, Selection, calendar};

/// The shortest beginning of an id that is taken for one.
const MIN_PREFIX: usize = 4;
/// Characters of an id in an address that we give out: no two circles of a person share so many.
const GIVEN_PREFIX: usize = 16;

/// How a circle is called in the addresses that we give out. By its id, which never changes.
pub(super) fn name_of(circle: &CircleView) -> String {
    let mut id = circle.id.to_string();
    id.truncate(GIVEN_PREFIX);
    id
}

/// The calendar that a path means, without the token and its slash.
pub(super) fn find(view: &View, path: &str, now: Timestamp) -> Option<Calendar> {
    let parts: Vec<&str> = path.strip_suffix(".ics")?.split('/').collect();
    let circle = circle(view, parts.first()?)?;
    let selection = match parts[..] {
        [_] => Selection::Circle,
        [_, "mine"] => Selection::Member(view.member),
        [_, "listing", text] => {
            let listings = circle.listings.keys();
            Selection::Listing(only(
                listings.filter(|id| is_prefix(text, &id.to_string())).copied(),
            )?)
        }
        _ => return None,
    };
    Some(calendar(circle, selection, Purpose::Feed, now))
}

fn circle<'a>(view: &'a View, text: &str) -> Option<&'a CircleView> {
    let known = || view.circles.values().filter(|circle| circle.entries > 0).map(AsRef::as_ref);
    let named = only(known().filter(|circle| slug(&circle.name) == text));
    named.or_else(|| only(known().filter(|circle| is_prefix(text, &circle.id.to_string()))))
}

fn is_prefix(text: &str, id: &str) -> bool {
    text.len() >= MIN_PREFIX && id.starts_with(text)
}

/// The only one there is.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let one = all.next()?;
    all.next().is_none().then_some(one)
}

/// A name as it stands in an address: `Lindenstraat & Co` is `lindenstraat-co`. Empty, and so of no
/// use, for names without Latin letters or digits.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        let cases = [
            ("Lindenstraat", "lindenstraat"),
            (" De  Straat & Co. ", "de-straat-co"),
            ("漢字", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn only_a_long_enough_beginning_names_something() {
        assert!(is_prefix("abcd", "abcdef") && is_prefix("abcdef", "abcdef"));
        assert!(
            !is_prefix("abc", "abcdef") && !is_prefix("", "abcdef") && !is_prefix("bcde", "abcdef")
        );
    }
}
