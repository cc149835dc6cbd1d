//! Messages, as a conversation reads.

use super::{Ink, Page, short};
use crate::api::rows::MessageRow;

impl Page {
    pub(super) fn messages(&self, rows: &[MessageRow]) -> String {
        if rows.is_empty() {
            return "Nothing was said yet.".into();
        }
        rows.iter().map(|row| self.message(row)).collect::<Vec<_>>().join("\n\n")
    }

    fn message(&self, row: &MessageRow) -> String {
        let about = match (row.title.as_str(), row.about_kind.as_str()) {
            ("", _) => String::new(),
            (title, "booking") => format!(" about the booking of {title}"),
            (title, _) => format!(" about {title}"),
        };
        let edited = if row.edited { ", in other words since" } else { "" };
        let mut lines = vec![format!(
            "{}{about}, {}{edited}  {}",
            self.ink(Ink::Bold, &row.by_name),
            self.when(&row.at),
            self.ink(Ink::Weak, short(&row.message))
        )];
        lines.extend(row.text.lines().map(|line| format!("  {line}")));
        let versions = row.versions.as_deref().unwrap_or_default();
        // The last one is how it stands.
        for former in versions.iter().rev().skip(1).rev() {
            let text = format!("  before, {}: {}", self.when(&former.at), former.text);
            lines.push(self.ink(Ink::Weak, &text));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use noaber_core::time::Timestamp;

    use super::*;
    use crate::api::rows::VersionRow;

    #[test]
    fn a_message_shows_how_it_stands_and_what_it_was() {
        let version =
            |text: &str| VersionRow { at: "2026-12-01T10:00:00+01:00".into(), text: text.into() };
        let row = MessageRow {
            message: "0123456789abcdef".into(),
            about: String::new(),
            about_kind: "booking".into(),
            title: "Ladder".into(),
            by: String::new(),
            by_name: "Ben".into(),
            at: "2026-12-01T10:00:00+01:00".into(),
            text: "at 10?\nor later".into(),
            edited: true,
            versions: Some(vec![version("at 9?"), version("at 10?\nor later")]),
        };
        let page = Page { now: Timestamp::from_ms(0), colours: false };
        assert_eq!(
            page.messages(&[row]),
            "Ben about the booking of Ladder, 1 Dec 2026, in other words since  01234567\n  \
             at 10?\n  or later\n  before, 1 Dec 2026: at 9?"
        );
    }
}
