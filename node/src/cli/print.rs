//! What neighbours read: tables and sentences instead of rows.

mod dates;
mod money;
mod notices;
mod words;

use noaber_core::time::Timestamp;

use dates::{day_and_time, span};

use crate::api::rows::{
    Answer, BookingRow, CheckedRow, CircleRow, IdentityRow, ImportedRow, InviteRow, ListingRow,
    MemberRow, StatusRow, StretchRow, SyncedRow,
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
            "Something is damaged:\n{}\nRestore a backup, or join again from another device.",
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

    fn listings(&self, rows: &[ListingRow]) -> String {
        if rows.is_empty() {
            return "Nothing found.".into();
        }
        let cells = |row: &ListingRow| {
            [
                self.ink(Ink::Weak, short(&row.listing)),
                kind(&row.kind).to_owned(),
                self.ink(Ink::Bold, &row.title),
                row.owner_name.clone(),
                self.availability(row),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["id", "kind", "what", "whose", "now"], &rows)
    }

    fn availability(&self, row: &ListingRow) -> String {
        if row.state == "retired" {
            self.ink(Ink::Weak, "no longer offered")
        } else if row.kind.starts_with("help") {
            row.hours.as_ref().map(|hours| format!("{hours} h")).unwrap_or_default()
        } else if row.free_now == 0 {
            self.ink(Ink::Yellow, "in use")
        } else if row.quantity == 1 {
            self.ink(Ink::Green, "free")
        } else {
            self.ink(Ink::Green, &format!("{} of {} free", row.free_now, row.quantity))
        }
    }

    fn listing(&self, row: &ListingRow) -> String {
        let mut lines = vec![
            format!(
                "{}  {}",
                self.ink(Ink::Bold, &row.title),
                self.ink(Ink::Weak, short(&row.listing))
            ),
            format!("{} of {}, since {}", kind(&row.kind), row.owner_name, self.when(&row.created)),
        ];
        let mut facts = vec![self.availability(row)];
        if !row.category.is_empty() {
            facts.push(row.category.clone());
        }
        facts.push(if row.instant { "confirmed at once" } else { "the owner answers" }.to_owned());
        if row.give_away == Some(true) {
            facts.push("to keep".into());
        }
        facts.extend(row.seats.map(|seats| format!("{seats} seats")));
        facts.extend(row.plate.clone().filter(|plate| !plate.is_empty()));
        let currency = row.currency.as_deref().unwrap_or_default();
        facts.extend(row.per_km.as_ref().map(|price| format!("{currency} {price} per km")));
        facts.extend(row.per_hour.as_ref().map(|price| format!("{currency} {price} per hour")));
        lines.push(facts.join(" · "));
        if !row.about.is_empty() {
            lines.push(String::new());
            lines.push(row.about.clone());
        }
        if !row.photos.is_empty() {
            let (here, all) = (row.photos_here, row.photos.len());
            lines.push(self.ink(Ink::Weak, &format!("{here} of {all} photos here")));
        }
        lines.join("\n")
    }

    fn bookings(&self, rows: &[BookingRow]) -> String {
        if rows.is_empty() {
            return "No bookings.".into();
        }
        let cells = |row: &BookingRow| {
            let title = if row.quantity == 1 {
                row.title.clone()
            } else {
                format!("{} × {}", row.quantity, row.title)
            };
            [
                self.ink(Ink::Weak, short(&row.booking)),
                self.ink(Ink::Bold, &title),
                row.borrower_name.clone(),
                span(&row.from, &row.to),
                self.standing(row),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["id", "what", "for", "when", "how it stands"], &rows)
    }

    /// State and assurance as a neighbour would say them; never more than is proved.
    fn standing(&self, row: &BookingRow) -> String {
        let owner = &row.owner_name;
        let why = row.why.as_deref().map(reason).unwrap_or_default();
        let by = row.why_by.as_deref().unwrap_or("somebody");
        match (row.state.as_str(), row.assurance.as_str()) {
            (_, "clash") => {
                self.ink(Ink::Red, "clash: promised to somebody else as well, call each other")
            }
            ("asked", "local") => {
                self.ink(Ink::Yellow, &format!("asked; {owner}’s device has not answered yet"))
            }
            ("asked", _) => self.ink(Ink::Yellow, &format!("asked; waits for {owner}")),
            ("confirmed", _) => self.ink(Ink::Green, "confirmed"),
            ("out", _) => self.ink(Ink::Green, &format!("{} has it", row.borrower_name)),
            ("returned", _) => "brought back".into(),
            ("declined", _) => self.ink(Ink::Red, &format!("declined: {why}")),
            ("cancelled", _) if why == "cancelled" => format!("called off by {by}"),
            ("cancelled", _) => format!("called off by {by}: {why}"),
            ("expired", _) => "nobody answered in time".into(),
            (state, _) => state.to_owned(),
        }
    }

    fn booking(&self, row: &BookingRow) -> String {
        let mut lines = vec![
            format!(
                "{}  {}",
                self.ink(Ink::Bold, &row.title),
                self.ink(Ink::Weak, short(&row.booking))
            ),
            format!(
                "{} for {}, {}",
                span(&row.from, &row.to),
                row.borrower_name,
                self.when(&row.from)
            ),
            self.standing(row),
        ];
        for event in &row.history {
            let mut words = vec![format!("{} {}", event.by_name, happened(&event.what))];
            words.extend(
                event
                    .quantity
                    .filter(|q| *q > 1 || row.quantity > 1)
                    .map(|q| format!("{q} pieces")),
            );
            words.extend(event.odometer.map(|km| format!("{km} km")));
            words.extend(event.note.as_deref().map(|note| format!("“{}”", reason(note))));
            lines.push(format!(
                "  {}  {}",
                self.ink(Ink::Weak, &day_and_time(&event.at)),
                words.join(", ")
            ));
        }
        lines.join("\n")
    }

    fn calendar(&self, rows: &[StretchRow]) -> String {
        let cells = |row: &StretchRow| {
            let free = if row.free == 0 {
                self.ink(Ink::Yellow, "taken")
            } else {
                self.ink(Ink::Green, &format!("{} free", row.free))
            };
            [self.ink(Ink::Bold, &row.title), span(&row.from, &row.to), free, row.names.join(", ")]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["what", "when", "", "who"], &rows)
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

fn kind(kind: &str) -> &str {
    match kind {
        "item" => "thing",
        "help-offer" => "help offered",
        "help-ask" => "help asked",
        other => other,
    }
}

/// Words that programs know, as people say them.
fn reason(why: &str) -> &str {
    match why {
        "overlap" => "somebody else has it then",
        "retired" => "it is no longer offered",
        "left" => "whoever asked has left the circle",
        "owner" => "no reason given",
        other => other,
    }
}

fn happened(what: &str) -> &str {
    match what {
        "received" => "has the request",
        "pickup" => "noted: taken along",
        "return" => "noted: brought back",
        "cancelled" => "called it off",
        other => other,
    }
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
