//! Notices in words.

use super::{Ink, Page, short};
use crate::api::rows::NoticeRow;

impl Page {
    pub(super) fn notices(&self, rows: &[NoticeRow]) -> String {
        if rows.is_empty() {
            return "Nothing waits for you.".into();
        }
        let line = |row: &NoticeRow| {
            let ink = match (row.seen, row.asks) {
                (true, _) => Ink::Weak,
                (false, true) => Ink::Yellow,
                (false, false) => Ink::Bold,
            };
            let when = self.when(&row.at);
            format!(
                "{}  {}  {when}",
                self.ink(Ink::Weak, short(&row.notice)),
                self.ink(ink, &row.text)
            )
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
