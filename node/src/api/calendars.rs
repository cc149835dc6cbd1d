//! Bookings as calendar files.

use std::path::Path;

use super::rows::{Answer, IcsRow};
use super::{Api, Failure, resolve};
use crate::ics::{self, Purpose, Selection};

impl Api<'_> {
    pub(super) fn ics(
        &self,
        listing: Option<&str>,
        member: Option<&str>,
        purpose: Purpose,
        out: Option<&Path>,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let selection = match (listing, member) {
            (Some(text), _) => Selection::Listing(resolve::listing(&circle, text)?.id),
            (None, Some(text)) => Selection::Member(resolve::member(&circle, text)?),
            (None, None) => Selection::Circle,
        };
        let calendar = ics::calendar(&circle, selection, purpose, self.now());
        let (events, bytes) = (calendar.events, calendar.text.len());
        let Some(file) = out else {
            return Ok(Answer::Ics(IcsRow {
                file: None,
                events,
                bytes,
                text: Some(calendar.text),
            }));
        };
        std::fs::write(file, &calendar.text).map_err(|error| {
            let file = file.display();
            Failure::new("file", format!("the calendar could not be saved as {file}: {error}"))
        })?;
        let file = Some(file.display().to_string());
        Ok(Answer::Ics(IcsRow { file, events, bytes, text: None }))
    }
}
