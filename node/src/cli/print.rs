//! What neighbours read: tables and sentences instead of rows.

mod bookings;
mod dates;
mod listings;
mod money;
mod notices;
mod words;

use noaber_core::time::Timestamp;

use crate::api::rows::{
    Answer, CheckedRow, CircleRow, IdentityRow, ImportedRow, InviteRow, MemberRow, StatusRow,
    SyncedRow,
};
use crate::qr;

/// Characters of an id that are shown: enough to type, unlikely to be shared.
const SHORT_ID: usize = 8;

/// The answer in words. `now` makes "in 3 days" of a date.
pub(super) fn human(answer: &Answer, now: Timestamp, colours: bool) -> String {
    let page = Page { now, colours };
    match &harmless(answer) {
        Answer::Identity(row) => page.identity(row),
        Answer::Status(row) => page.status(row),
        Answer::Synced(row) => synced(row),
        Answer::Circle(row) => page.circles(std::slice::from_ref(row)),
        Answer::Circles(rows) => page.circles(rows),
        Answer::Invite(row) => page.invite(row),
        Answer::Joined(row) => {
            format!("You are in {} now. See what there is: `noaber listing list`", row.name)
        }
        Answer::Left(row) => {
            format!("You have left {}. What you have borrowed still has to go back.", row.name)
        }
        Answer::Member(row) => page.members(std::slice::from_ref(row)),
        Answer::Members(rows) => page.members(rows),
        Answer::Listing(row) => page.listing(row),
        Answer::Listings(rows) => page.listings(rows),
        Answer::Ruled(row) => page.ruled(row),
        Answer::Tariffs(row) => page.tariffs(row),
        Answer::Trips(row) => page.trips(row),
        Answer::Keeper(row) => {
            format!("{}’s {} answers requests for this.", row.member_name, row.device_name)
        }
        Answer::Photos(row) => {
            let mut lines = row.files.clone();
            lines.extend(row.missing.iter().map(|id| format!("{} has not come in yet", short(id))));
            if lines.is_empty() { "It has no photos.".into() } else { lines.join("\n") }
        }
        Answer::Booking(row) => page.booking(row),
        Answer::Bookings(rows) => page.bookings(rows),
        Answer::HouseRules(row) => money::house_rules(row),
        Answer::Ledger(rows) => page.ledger(rows),
        Answer::Line(rows) => page.line(rows),
        Answer::Settled(row) => page.settled(row),
        Answer::Account(row) => page.account(row),
        Answer::Message(row) => page.messages(std::slice::from_ref(row)),
        Answer::Messages(rows) => page.messages(rows),
        Answer::Judged(row) => page.judged(row),
        Answer::Series(row) => page.series(row),
        Answer::Damaged(row) => page.damaged(row),
        Answer::Calendar(rows) => page.calendar(rows),
        Answer::Ics(row) => {
            let count = if row.events == 1 {
                "1 booking".into()
            } else {
                format!("{} bookings", row.events)
            };
            format!("Saved {count} in {}.", row.file.as_deref().unwrap_or("no file"))
        }
        Answer::Imported(row) => imported(row),
        Answer::Exported(row) => {
            let count =
                if row.items == 1 { "1 thing".into() } else { format!("{} things", row.items) };
            format!("Saved {count} in {}.", row.file.as_deref().unwrap_or("no file"))
        }
        Answer::Notices(rows) => page.notices(rows),
        Answer::Checked(row) => checked(row),
        Answer::BackedUp(row) => format!(
            "Saved everything in {} ({} entries, {} bytes).\nSHA-256 {}\nYour keys are in it: keep it where \
             only you can get at it.",
            row.file, row.entries, row.bytes, row.sha256
        ),
    }
}

fn short(id: &str) -> &str {
    id.get(..SHORT_ID).unwrap_or(id)
}

fn synced(row: &SyncedRow) -> String {
    if row.synced_with.is_empty() && row.unreachable.is_empty() {
        return "There is nobody to exchange news with yet: let a neighbour in with `noaber invite`."
            .into();
    }
    let level = match row.synced_with.len() {
        0 => "Up to date with nobody".to_owned(),
        1 => "Up to date with one device".to_owned(),
        n => format!("Up to date with {n} devices"),
    };
    let missed = match row.unreachable.len() {
        0 => String::new(),
        1 => "; one could not be reached".to_owned(),
        n => format!("; {n} could not be reached"),
    };
    format!("{level}{missed}. {} came in, {} went out.", news(row.received), news(row.sent))
}

fn news(count: u64) -> String {
    if count == 1 { "1 piece of news".into() } else { format!("{count} pieces of news") }
}

fn imported(row: &ImportedRow) -> String {
    let mut lines = vec![format!(
        "{} new, {} changed, {} as they were.",
        row.imported, row.updated, row.unchanged
    )];
    let rejected = row.rejected.iter();
    lines.extend(rejected.map(|row| format!("Line {} was not taken: {}.", row.line, row.reason)));
    lines.join("\n")
}

fn checked(row: &CheckedRow) -> String {
    if row.ok {
        format!(
            "All is well: {} entries and {} photos are as they were written.",
            row.entries, row.photos
        )
    } else {
        format!(
            "Something is damaged:\n{}\nKeep a copy of it as it is; your neighbours hold the circle too.",
            row.problems.join("\n")
        )
    }
}

#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Green,
    Yellow,
    Red,
    Weak,
}

struct Page {
    now: Timestamp,
    colours: bool,
}

impl Page {
    fn when(&self, at: &str) -> String {
        dates::when(at, self.now)
    }

    fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Bold => "1",
            Ink::Green => "32",
            Ink::Yellow => "33",
            Ink::Red => "31",
            Ink::Weak => "2",
        };
        if self.colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Columns as wide as they need to be, the first row in bold.
    fn table<const N: usize>(&self, head: [&str; N], rows: &[[String; N]]) -> String {
        let width = |column: usize| {
            let cells = rows.iter().map(|row| visible_width(&row[column]));
            cells.chain([head[column].chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..N).map(width).collect();
        let line = |cells: &[String; N]| {
            let padded = cells
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - visible_width(cell))));
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let head = line(&head.map(|title| self.ink(Ink::Weak, title)));
        std::iter::once(head).chain(rows.iter().map(line)).collect::<Vec<_>>().join("\n")
    }

    fn identity(&self, row: &IdentityRow) -> String {
        let circles: Vec<&str> = row.circles.iter().map(|circle| circle.name.as_str()).collect();
        let circles =
            if circles.is_empty() { "no circle yet".to_owned() } else { circles.join(", ") };
        format!("{} on {}, in {circles}.", self.ink(Ink::Bold, &row.name), row.device_name)
    }

    fn status(&self, row: &StatusRow) -> String {
        let mut lines = vec![if row.running {
            format!("Your node runs, at {}.", row.addresses.join(", "))
        } else {
            "Your node does not run: neighbours cannot reach it. Start it with `noaber run`."
                .to_owned()
        }];
        lines.extend(row.calendar.iter().map(|url| format!("Calendar, for you alone: {url}")));
        for circle in &row.circles {
            let level = circle.peers.iter().filter(|peer| peer.connected && peer.behind == Some(0));
            let name = self.ink(Ink::Bold, &circle.name);
            let of = circle.peers.len();
            lines.push(format!(
                "\n{name}: {} entries, up to date with {} of {of}",
                circle.entries,
                level.count()
            ));
            let rows: Vec<[String; 3]> = circle
                .peers
                .iter()
                .map(|peer| {
                    let here = match (&peer.path, &peer.last_seen) {
                        (Some(path), _) => self.ink(Ink::Green, &format!("connected ({path})")),
                        (None, Some(at)) => format!("last heard {}", self.when(at)),
                        (None, None) => self.ink(Ink::Weak, "not heard yet"),
                    };
                    let behind = match peer.behind {
                        Some(0) => "has everything".to_owned(),
                        Some(n) => format!("lacks {n}"),
                        None => String::new(),
                    };
                    [peer.name.clone(), here, behind]
                })
                .collect();
            if !rows.is_empty() {
                lines.push(self.table(["who", "where", "what"], &rows));
            }
            if circle.newer > 0 {
                lines.push(format!(
                    "{} from a newer Noaber: update to see all of it.",
                    news(circle.newer)
                ));
            }
        }
        lines.join("\n")
    }

    fn circles(&self, rows: &[CircleRow]) -> String {
        if rows.is_empty() {
            return "You are in no circle yet: `noaber circle create NAME`, or `noaber join LINK`."
                .into();
        }
        let cells = |row: &CircleRow| {
            [
                self.ink(Ink::Bold, &row.name),
                row.members.to_string(),
                row.listings.to_string(),
                format!("{}, {}", row.timezone, row.currency),
                row.state.clone(),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["circle", "members", "listings", "where", "you are"], &rows)
    }

    fn invite(&self, row: &InviteRow) -> String {
        // A link that is too long for a code is still a link.
        let qr = qr::terminal(&row.link).unwrap_or_default();
        let mut text = format!(
            "{qr}\nFor one new neighbour in {}, until {}:\n\n{}\n",
            self.ink(Ink::Bold, &row.name),
            self.when(&row.expires),
            row.link
        );
        if !row.has_address {
            text.push_str("\nNobody can reach this device yet: start `noaber run` before you hand out the link.");
        }
        text
    }

    fn members(&self, rows: &[MemberRow]) -> String {
        let cells = |row: &MemberRow| {
            let role = if row.state == "left" {
                self.ink(Ink::Weak, "has left")
            } else if row.steward {
                "steward".into()
            } else {
                String::new()
            };
            [
                self.ink(Ink::Bold, &row.name),
                role,
                row.device_names.join(", "),
                self.when(&row.since),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["name", "", "devices", "since"], &rows)
    }
}

/// What neighbours wrote, as text that cannot command a terminal: colours, titles and cursors are
/// ours alone. Only descriptions and messages keep their lines; what becomes a QR code is never printed
/// as it is.
fn harmless(answer: &Answer) -> Answer {
    let mut value = serde_json::to_value(answer).expect("rows are plain data");
    tame("", &mut value);
    serde_json::from_value(value).expect("text was replaced by text")
}

fn tame(field: &str, value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(_) if field == "qr" => {}
        serde_json::Value::String(text) if matches!(field, "about" | "text") => {
            *text = text.split('\n').map(one_line).collect::<Vec<_>>().join("\n");
        }
        serde_json::Value::String(text) => *text = one_line(text),
        serde_json::Value::Array(all) => all.iter_mut().for_each(|value| tame(field, value)),
        serde_json::Value::Object(all) => {
            for (name, value) in all {
                tame(name, value);
            }
        }
        _ => {}
    }
}

/// Text without line breaks, control codes, and characters that turn the reading direction around.
pub(super) fn one_line(text: &str) -> String {
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect()
}

/// Characters on the screen, without the codes that colour them.
fn visible_width(text: &str) -> usize {
    let mut width = 0;
    let mut in_code = false;
    for c in text.chars() {
        match c {
            '\x1b' => in_code = true,
            'm' if in_code => in_code = false,
            _ if !in_code => width += 1,
            _ => {}
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_colours() {
        let plain = Page { now: Timestamp::from_ms(0), colours: false };
        let colour = Page { now: Timestamp::from_ms(0), colours: true };
        let rows =
            |page: &Page| vec![[page.ink(Ink::Bold, "a"), "b".into()], ["long".into(), "c".into()]];
        assert_eq!(plain.table(["x", "y"], &rows(&plain)), "x     y\na     b\nlong  c");
        let coloured = colour.table(["x", "y"], &rows(&colour));
        assert!(coloured.lines().nth(1).is_some_and(|line| visible_width(line) == 7));
    }
}
