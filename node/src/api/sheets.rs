//! Things as a spreadsheet, in and out.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use noaber_core::id::{CircleId, ListingId};
use noaber_core::view::CircleView;
use noaber_core::{Command, Outcome};

use super::request::SeparatorName;
use super::rows::{Answer, ExportedRow, ImportedRow, RejectedRow};
use super::{Api, Failure};
use crate::sheet::{self, Known, Meant, Row, Separator};

/// What spreadsheet programs want to see before they believe in UTF-8.
const BOM: &str = "\u{feff}";

/// What became of a row.
enum Done {
    Imported,
    Updated,
    Unchanged,
}

impl Api<'_> {
    pub(super) async fn import_items(&self, file: PathBuf) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let directory = file.parent().map(Path::to_owned).unwrap_or_default();
        let read = tokio::task::spawn_blocking(move || read(&file)).await;
        let sheet = read.map_err(|error| Failure::new("file", error.to_string()))??;
        let mut known = self.known(&circle)?;
        let refs = known.refs().clone();
        let rejected = sheet.rejected.into_iter();
        let mut rejected: Vec<RejectedRow> =
            rejected.map(|row| RejectedRow { line: row.line, reason: row.reason }).collect();
        let mut told = ImportedRow::default();
        let mut ended = Ok(());
        for row in &sheet.rows {
            match self.import_item(circle.id, &mut known, row, &directory).await {
                Ok(Done::Imported) => told.imported += 1,
                Ok(Done::Updated) => told.updated += 1,
                Ok(Done::Unchanged) => told.unchanged += 1,
                Err(failure) if is_fatal(&failure) => {
                    ended = Err(failure);
                    break;
                }
                Err(failure) => {
                    rejected.push(RejectedRow { line: row.line, reason: failure.message });
                }
            }
        }
        // Whatever ended it: what was brought in is known again the next time.
        if refs != *known.refs() {
            ended = ended.and(self.remember(circle.id, known.refs()).await);
        }
        ended?;
        rejected.sort_by_key(|row| row.line);
        Ok(Answer::Imported(ImportedRow { rejected, ..told }))
    }

    async fn import_item(
        &self,
        circle: CircleId,
        known: &mut Known,
        row: &Row,
        directory: &Path,
    ) -> Result<Done, Failure> {
        let meant = known.find(row).map_err(|reason| Failure::new("bad_value", reason))?;
        let before = match &meant {
            Meant::New => None,
            Meant::Listing(listing) => Some(&**listing),
        };
        let mut draft = row.draft(before);
        let photos = self.take_in(row.photos.iter().map(|file| directory.join(file)).collect());
        for photo in photos.await? {
            if !draft.general.photos.contains(&photo) {
                draft.general.photos.push(photo);
            }
        }
        let Some(before) = before else {
            if let Outcome::Listing(_, id) = self.submit(Command::Offer { circle, draft }).await? {
                known.remember(row, id);
            }
            return Ok(Done::Imported);
        };
        if draft == before.to_draft() {
            return Ok(Done::Unchanged);
        }
        self.submit(Command::Edit { circle, listing: before.id, draft }).await?;
        Ok(Done::Updated)
    }

    pub(super) fn export_items(
        &self,
        out: Option<&Path>,
        separator: SeparatorName,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let known = self.known(&circle)?;
        let things = known.things();
        let separator = match separator {
            SeparatorName::Comma => Separator::Comma,
            SeparatorName::Semicolon => Separator::Semicolon,
        };
        let (items, text) = (things.len(), sheet::write(&things, separator));
        let Some(file) = out else {
            let bytes = text.len();
            return Ok(Answer::Exported(ExportedRow {
                file: None,
                items,
                bytes,
                text: Some(text),
            }));
        };
        let text = format!("{BOM}{text}");
        std::fs::write(file, &text).map_err(|error| wrong_file(file, &error))?;
        let file = Some(file.display().to_string());
        Ok(Answer::Exported(ExportedRow { file, items, bytes: text.len(), text: None }))
    }

    /// What we offer here. Refs are this device's own memory: elsewhere, titles and ids serve.
    fn known(&self, circle: &CircleView) -> Result<Known, Failure> {
        let kept = self.node.read(|store| store.setting(&setting(circle.id)))?;
        let kept: BTreeMap<String, String> =
            kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let refs = kept.into_iter();
        let refs = refs.filter_map(|(name, id)| Some((name, ListingId::from_str(&id).ok()?)));
        Ok(Known::new(circle, self.node.member(), refs.collect()))
    }

    async fn remember(
        &self,
        circle: CircleId,
        refs: &BTreeMap<String, ListingId>,
    ) -> Result<(), Failure> {
        let refs: BTreeMap<&String, String> =
            refs.iter().map(|(name, id)| (name, id.to_string())).collect();
        let text = serde_json::to_string(&refs).expect("names and ids are plain data");
        let written = self.node.write(move |store| store.set(&setting(circle), &text)).await;
        written.map_err(|error| Failure::new("store", error.to_string()))
    }
}

fn setting(circle: CircleId) -> String {
    format!("refs {circle}")
}

/// Whether the rows that follow would fail alike.
fn is_fatal(failure: &Failure) -> bool {
    matches!(&*failure.code, "store" | "stopped" | "not_member" | "disk_full")
}

fn read(file: &Path) -> Result<sheet::Sheet, Failure> {
    let wrong = |error: std::io::Error| wrong_file(file, &error);
    let mut bytes = Vec::new();
    // A byte more than may be, so that what is too long is seen to be.
    let limit = sheet::MAX_BYTES as u64 + 1;
    std::fs::File::open(file).map_err(wrong)?.take(limit).read_to_end(&mut bytes).map_err(wrong)?;
    sheet::read(&bytes).map_err(|error| {
        let code = match error {
            sheet::SheetError::TooLong | sheet::SheetError::TooManyRows => "limit",
            _ => "bad_value",
        };
        Failure::new(code, error.to_string())
    })
}

fn wrong_file(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new("file", format!("{}: {error}", file.display()))
}
