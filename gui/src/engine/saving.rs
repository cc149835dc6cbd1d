//! The member's bookings as a file for other calendar programs: the same text as the command line writes.

use std::path::PathBuf;
use std::sync::Arc;

use noaber_core::id::MemberId;
use noaber_core::view::CircleView;
use noaber_node::ics::{Purpose, Selection, calendar};

use super::{Answer, Engine, Ticket};

impl Engine {
    /// Asks where to, in a dialog of the desktop, and writes a member's bookings there. The answer is an
    /// [`Answer::Saved`].
    pub fn save_calendar(
        &mut self,
        circle: Arc<CircleView>,
        member: MemberId,
        title: String,
        name: String,
    ) -> Ticket {
        let (chosen, now) = (self.next_file.take(), self.now());
        self.answer_later(move |_| async move {
            let file = match chosen {
                Some(file) => Some(file),
                None => ask(title, name).await,
            };
            let Some(file) = file else { return Answer::Saved(None) };
            let write = move || {
                let calendar = calendar(&circle, Selection::Member(member), Purpose::File, now);
                std::fs::write(&file, calendar.text).map(|()| file)
            };
            let written = tokio::task::spawn_blocking(write).await;
            Answer::Saved(Some(written.unwrap_or_else(|error| Err(error.into()))))
        })
    }
}

async fn ask(title: String, name: String) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter("iCalendar", &["ics"]);
    let file = dialog.set_file_name(name).save_file().await;
    file.map(|file| file.path().to_owned())
}
