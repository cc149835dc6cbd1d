//! The words of the window, in English and Dutch: `en.ftl` and `nl.ftl` beside this file, in the
//! [Fluent](https://projectfluent.org) language, which knows plurals. Changing the language needs no
//! restart: ask another [`Words`].
//!
//! Dates, clock times and amounts are in [`dates`] and [`amounts`]; rules and reasons in [`rules`].

pub mod amounts;
pub mod dates;
pub mod rules;
pub mod sizes;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use noaber_core::time::Timestamp;
use unic_langid::LanguageIdentifier;

const EN: &str = include_str!("en.ftl");
const NL: &str = include_str!("nl.ftl");

/// A language that the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl Lang {
    /// The first language of this machine's user, where we speak it; else English.
    pub fn of_the_system() -> Self {
        let is_dutch = |name: &String| name.to_lowercase().starts_with("nl");
        if sys_locale::get_locale().as_ref().is_some_and(is_dutch) { Self::Nl } else { Self::En }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Nl,
            Self::Nl => Self::En,
        }
    }

    /// What it calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Nl => "Nederlands",
        }
    }

    /// A word that is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// From that word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::En, Self::Nl].into_iter().find(|lang| lang.code() == code)
    }
}

/// Says things in one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// What is filled into a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// A name, a date: as it is.
    Text(String),
    /// A number, by which the plural is chosen.
    Count(i64),
}

impl From<&str> for Fill {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Fill {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Fill {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Fill {
    fn from(count: usize) -> Self {
        Self::Count(count as i64)
    }
}

impl From<u32> for Fill {
    fn from(count: u32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl Words {
    /// The words of a language.
    pub fn new(lang: Lang) -> Self {
        let (text, id) = match lang {
            Lang::En => (EN, "en-GB"),
            Lang::Nl => (NL, "nl-NL"),
        };
        let id = id.parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![id]);
        // Marks around what is filled in are for texts of two writing directions.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::En => |value, _| grouped(value, ','),
            Lang::Nl => |value, _| grouped(value, '.'),
        }));
        let resource = FluentResource::try_new(text.to_owned());
        let resource = resource.unwrap_or_else(|(whole_lines, errors)| {
            tracing::error!(?errors, "a line of the window's words cannot be read");
            whole_lines
        });
        bundle.add_resource_overriding(resource);
        Self { lang, bundle }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A sentence.
    pub fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A sentence with something filled in.
    pub fn tell(&self, key: &str, fills: &[(&str, Fill)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "a word is missing");
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, fill) in fills {
            match fill {
                Fill::Text(text) => args.set(*name, text.as_str()),
                Fill::Count(count) => args.set(*name, *count),
            }
        }
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a word has gaps");
        }
        said
    }

    /// A greeting by the time of day. From midnight until people rise it is no evening any more and no
    /// morning yet: whoever is up is greeted without either.
    pub fn greeting(&self, hour: i8, name: &str) -> String {
        let key = match hour {
            0..=4 => "greeting-night",
            5..=11 => "greeting-morning",
            12..=17 => "greeting-afternoon",
            _ => "greeting-evening",
        };
        self.tell(key, &[("name", name.into())])
    }
}

/// With a capital at its start: where a date stands by itself.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What somebody is called who is spoken to, or was just named in full.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// The moment at which something is shown: words about dates need it.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Now.
    pub now: Timestamp,
    /// Where.
    pub zone: &'a noaber_core::zone::Zone,
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = format!("{:.0}", number.value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(if number.value < 0.0 { format!("−{text}") } else { text })
}

#[cfg(test)]
mod tests;
