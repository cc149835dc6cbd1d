//! Things as a spreadsheet: CSV (RFC 4180), read as people and their programs write it.
//!
//! Only text in, rows out, and back: files, listings and commands are the business of `api`. `known`
//! says which listing a row means, so that a file can be brought in again and again.

mod known;
#[cfg(test)]
mod tests;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use noaber_core::limits::MAX_NAME;
use noaber_core::listing::{Details, Draft, General, Item, Listing};

pub use known::{Known, Meant};

/// The largest file.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most rows: more than a street owns, and each becomes an entry that all neighbours keep.
pub const MAX_ROWS: usize = 5_000;
/// What stands between two photos in a cell.
const BETWEEN_PHOTOS: char = '|';

/// What stands between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, where numbers are written like 1,5.
    Semicolon,
}

impl Separator {
    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }
}

/// The columns, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Title,
    About,
    Category,
    Quantity,
    Instant,
    GiveAway,
    Photo,
    Ref,
}

const COLUMNS: [(Column, &str); 8] = [
    (Column::Title, "title"),
    (Column::About, "about"),
    (Column::Category, "category"),
    (Column::Quantity, "quantity"),
    (Column::Instant, "instant"),
    (Column::GiveAway, "give_away"),
    (Column::Photo, "photo"),
    (Column::Ref, "ref"),
];

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Too long.
    #[error("the file has more than {} MiB: split it", MAX_BYTES >> 20)]
    TooLong,
    /// Too many rows.
    #[error("the file has more than {MAX_ROWS} rows: split it")]
    TooManyRows,
    /// Not UTF-8.
    #[error(
        "the file is not in UTF-8 (line {line}): in your spreadsheet program, save it as “CSV UTF-8”"
    )]
    Encoding {
        /// The first line that shows it.
        line: usize,
    },
    /// Nothing in it.
    #[error("the file is empty: its first row must name the columns, like title,about,category")]
    Empty,
    /// A column that means nothing to us.
    #[error(
        "the column “{0}” is not known: there are title, about, category, quantity, instant, \
         give_away, photo and ref"
    )]
    UnknownColumn(String),
    /// A column that is there twice.
    #[error("the column “{0}” is there twice")]
    ColumnTwice(&'static str),
    /// No titles.
    #[error("there is no column “title”: the first row must name the columns")]
    NoTitle,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The line of the file in which it begins, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

/// A row, as far as the file says something: `None` where there is no such column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file in which it begins, from 1.
    pub line: usize,
    /// What it is.
    pub title: String,
    /// A few words.
    pub about: Option<String>,
    /// One word.
    pub category: Option<String>,
    /// How many.
    pub quantity: Option<u32>,
    /// Confirmed by itself.
    pub instant: Option<bool>,
    /// Given away.
    pub give_away: Option<bool>,
    /// Files, as they are named in the file.
    pub photos: Vec<String>,
    /// By what it is known again.
    pub reference: Option<String>,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Rows that can be read.
    pub rows: Vec<Row>,
    /// Rows that cannot.
    pub rejected: Vec<Rejected>,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    if bytes.len() > MAX_BYTES {
        return Err(SheetError::TooLong);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|error| encoding_at(&bytes[..error.valid_up_to()]))?;
    // UTF-16 without umlauts passes for UTF-8, but for its zeros.
    if let Some(at) = text.find('\0') {
        return Err(encoding_at(&bytes[..at]));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator_of(text).byte())
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut columns: Option<Vec<Option<Column>>> = None;
    let mut lines = LineCounter::new(text);
    let mut record = StringRecord::new();
    // Reading from memory, text that is UTF-8, of any number of fields: nothing else can fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let line = lines.at(start);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(read_header(&record)?);
            continue;
        };
        if sheet.rows.len() + sheet.rejected.len() == MAX_ROWS {
            return Err(SheetError::TooManyRows);
        }
        match read_row(line, columns, &record) {
            Ok(row) => sheet.rows.push(row),
            Err(reason) => sheet.rejected.push(Rejected { line, reason }),
        }
    }
    if columns.is_none() { Err(SheetError::Empty) } else { Ok(sheet) }
}

fn encoding_at(before: &[u8]) -> SheetError {
    SheetError::Encoding { line: before.split(|byte| *byte == b'\n').count() }
}

/// Whichever stands in the first row more often.
fn separator_of(text: &str) -> Separator {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let semicolons = header.matches(';').count();
    if semicolons > header.matches(',').count() { Separator::Semicolon } else { Separator::Comma }
}

/// Counts lines as text editors do, whatever is quoted.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of the first thing at or after `start`; called with growing starts.
    fn at(&mut self, start: usize) -> usize {
        while let Some(byte) = self.text.get(self.at) {
            let is_break = matches!(byte, b'\r' | b'\n');
            if self.at >= start && !is_break {
                break;
            }
            let is_half = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.line += usize::from(is_break && !is_half);
            self.at += 1;
        }
        self.line
    }
}

fn read_header(record: &StringRecord) -> Result<Vec<Option<Column>>, SheetError> {
    let mut columns = Vec::new();
    for cell in record {
        let name = cell.trim().to_lowercase().replace([' ', '-'], "_");
        // Spreadsheets leave empty columns at the end.
        if name.is_empty() {
            columns.push(None);
            continue;
        }
        let known = COLUMNS.iter().find(|(_, known)| *known == name);
        let (column, name) = known.ok_or_else(|| SheetError::UnknownColumn(cell.to_owned()))?;
        if columns.contains(&Some(*column)) {
            return Err(SheetError::ColumnTwice(name));
        }
        columns.push(Some(*column));
    }
    if columns.contains(&Some(Column::Title)) { Ok(columns) } else { Err(SheetError::NoTitle) }
}

fn read_row(line: usize, columns: &[Option<Column>], record: &StringRecord) -> Result<Row, String> {
    if record.len() != columns.len() {
        let (has, wants) = (record.len(), columns.len());
        return Err(format!(
            "it has {has} cells and not {wants}: is there a quote too many or too few?"
        ));
    }
    let mut row = Row { line, ..Row::default() };
    for (column, cell) in columns.iter().zip(record) {
        let cell = unguarded(cell);
        match column {
            None if cell.trim().is_empty() => {}
            None => return Err("there is something in a column without a name".to_owned()),
            Some(Column::Title) => row.title = one_line("title", cell)?,
            Some(Column::About) => row.about = Some(words(cell)),
            Some(Column::Category) => row.category = Some(one_line("category", cell)?),
            Some(Column::Quantity) => row.quantity = Some(quantity(cell)?),
            Some(Column::Instant) => row.instant = Some(yes_or_no("instant", cell)?),
            Some(Column::GiveAway) => row.give_away = Some(yes_or_no("give_away", cell)?),
            Some(Column::Photo) => {
                let files =
                    cell.split(BETWEEN_PHOTOS).map(str::trim).filter(|file| !file.is_empty());
                row.photos = files.map(str::to_owned).collect();
            }
            Some(Column::Ref) => {
                let reference = one_line("ref", cell)?;
                if reference.len() > MAX_NAME {
                    return Err(format!("the ref may have at most {MAX_NAME} bytes"));
                }
                row.reference = Some(reference).filter(|text| !text.is_empty());
            }
        }
    }
    let draft = row.draft(None);
    draft.check().map_err(|error| error.to_string())?;
    Ok(row)
}

fn one_line(what: &str, cell: &str) -> Result<String, String> {
    let text = cell.trim();
    if text.contains(char::is_control) {
        return Err(format!("the {what} must be one line: is there a quote too many or too few?"));
    }
    Ok(text.to_owned())
}

/// A title as it is written and compared: in one line.
fn flat(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

/// Text as it is compared: programs change line ends, and people leave spaces behind.
fn words(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn quantity(cell: &str) -> Result<u32, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(1);
    }
    cell.parse().map_err(|_| format!("the quantity “{cell}” is not a whole number"))
}

fn yes_or_no(what: &str, cell: &str) -> Result<bool, String> {
    // Also as spreadsheet programs say true and false around here.
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "waar" | "wahr" | "oui" | "vrai" => {
            Ok(true)
        }
        "" | "no" | "n" | "false" | "0" | "nee" | "nein" | "onwaar" | "falsch" | "non" | "faux" => {
            Ok(false)
        }
        other => Err(format!("write yes or no for {what}, not “{other}”")),
    }
}

impl Row {
    /// What the listing shall be: `before` with what this row says, or something new. Photos are
    /// not in it, for they must be taken in first.
    pub fn draft(&self, before: Option<&Listing>) -> Draft {
        let general = General { quantity: 1, ..General::default() };
        let new = || Draft::new(general, Details::Item(Item::default()));
        let mut draft = before.map_or_else(new, Listing::to_draft);
        let general = &mut draft.general;
        put(&mut general.title, Some(&self.title), flat);
        put(&mut general.about, self.about.as_ref(), words);
        put(&mut general.category, self.category.as_ref(), flat);
        general.quantity = self.quantity.unwrap_or(general.quantity);
        general.instant = self.instant.unwrap_or(general.instant);
        if let Details::Item(item) = &mut draft.details {
            item.give_away = self.give_away.unwrap_or(item.give_away);
        }
        draft
    }
}

/// What only looks different in a spreadsheet stays as it is.
fn put(field: &mut String, new: Option<&String>, shown: fn(&str) -> String) {
    if let Some(new) = new
        && shown(field) != *new
    {
        field.clone_from(new);
    }
}

/// Writes things as a file that [`read`] understands, each with the ref by which it is known again.
/// Photos are not in it.
pub fn write(things: &[(&Listing, String)], separator: Separator) -> String {
    let mut writer = WriterBuilder::new()
        .delimiter(separator.byte())
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let in_memory = "memory can be written to, and each row has as many cells as the first";
    writer.write_record(COLUMNS.map(|(_, name)| name)).expect(in_memory);
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    for (listing, reference) in things {
        let general = &listing.general;
        let is_given_away = matches!(&listing.details, Details::Item(item) if item.give_away);
        let cells = [
            guarded(&flat(&general.title)),
            guarded(&general.about),
            guarded(&flat(&general.category)),
            general.quantity.to_string(),
            yes_or_no(general.instant),
            yes_or_no(is_given_away),
            String::new(),
            guarded(reference),
        ];
        writer.write_record(cells).expect(in_memory);
    }
    let bytes = writer.into_inner().expect(in_memory);
    String::from_utf8(bytes).expect("only text was written")
}

/// Whether a spreadsheet program would take a cell for a formula, but for apostrophes before it.
fn is_formula(cell: &str) -> bool {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(starts)
}

/// What a spreadsheet program would take for a formula gets an apostrophe; so does what looks as if it
/// had got one already. `'t Zaagje` is left alone.
fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Takes away what [`guarded`] added.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}
