//! What the program tells about itself, as far as it is remembered: the last lines, for the technical page.
//!
//! Lines are kept in memory only, and leave it when somebody copies them.

use std::collections::VecDeque;
use std::fmt::{Debug, Write};
use std::sync::{Mutex, PoisonError};

use noaber_core::time::Timestamp;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// So many lines are remembered.
const MOST_LINES: usize = 500;
/// A longer line is cut.
const MOST_LETTERS: usize = 600;
/// What is remembered: our own news, and the troubles of others.
const REMEMBERED: &str = "warn,noaber_node=debug,noaber_core=debug,noaber_gui=debug,iroh=error";

static LINES: Mutex<VecDeque<Line>> = Mutex::new(VecDeque::new());

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it was told, by this machine's clock.
    pub at: Timestamp,
    /// How much it matters.
    pub level: Level,
    /// Who told it.
    pub who: &'static str,
    /// What.
    pub text: String,
}

/// Remembers lines; to be put beside what writes them to the terminal.
pub fn remember<S: Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    Remember.with_filter(EnvFilter::new(REMEMBERED))
}

/// The lines that are remembered, the newest last; `None` while one is being written: ask again.
pub fn lines() -> Option<Vec<Line>> {
    match LINES.try_lock() {
        Ok(lines) => Some(lines.iter().cloned().collect()),
        Err(_) => None,
    }
}

struct Remember;

impl<S: Subscriber> Layer<S> for Remember {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let meta = event.metadata();
        let mut text = Text::default();
        event.record(&mut text);
        let text = text.whole();
        let at = Timestamp::from(jiff::Timestamp::now());
        let line = Line { at, level: *meta.level(), who: meta.target(), text };
        // Lines are whole or absent, whoever died while holding them.
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == MOST_LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }
}

/// What an event says: its message, then its fields.
#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Text {
    fn whole(self) -> String {
        let whole = format!("{}{}", self.message, self.fields);
        whole.trim().chars().take(MOST_LETTERS).collect()
    }
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing into a text does not fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn the_newest_lines_are_remembered_with_what_belongs_to_them() {
        let subscriber = tracing_subscriber::registry().with(remember());
        tracing::subscriber::with_default(subscriber, || {
            tracing::debug!(target: "quinn", "of no interest here");
            for number in 0..MOST_LINES + 3 {
                tracing::info!(number, "a line");
            }
            tracing::warn!(error = "no route", "{}", "x".repeat(2 * MOST_LETTERS));
        });
        let lines = lines().unwrap();
        assert_eq!(lines.len(), MOST_LINES);
        assert_eq!(lines[0].text, "a line number=4");
        let last = lines.last().unwrap();
        assert_eq!((last.level, last.text.len()), (Level::WARN, MOST_LETTERS));
        assert!(lines.iter().all(|line| line.who.starts_with("noaber_gui")));
    }
}
