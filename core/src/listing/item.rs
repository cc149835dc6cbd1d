//! Items: things to lend, or to give away.

use serde::{Deserialize, Serialize};

use super::fields::{Reader, Writer};

pub(super) const KIND: &str = "item";

/// What only items have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Whoever gets it keeps it.
    pub give_away: bool,
}

impl Item {
    pub(super) fn read(fields: &Reader<'_>) -> Self {
        Self { give_away: fields.flag("give_away") }
    }

    pub(super) fn write(&self, fields: &mut Writer<'_, '_>) {
        if self.give_away {
            fields.flag("give_away", true);
        }
    }
}
