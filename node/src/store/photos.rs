//! Photos, whole or as far as they have come.

use noaber_core::id::PhotoId;
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};

impl Store {
    /// Keeps a photo.
    pub fn put_photo(&self, id: PhotoId, bytes: &[u8]) -> Result<(), StoreError> {
        let put = self.connection.execute(
            "INSERT OR IGNORE INTO photos(id, bytes) VALUES(?, ?)",
            params![id.as_bytes(), bytes],
        );
        self.tell(put)?;
        self.drop_photo_part(id)
    }

    /// Keeps the first part of a photo whose transfer was cut off.
    pub fn put_photo_part(&self, id: PhotoId, bytes: &[u8]) -> Result<(), StoreError> {
        let put = self.connection.execute(
            "INSERT INTO photo_parts(id, bytes) VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET bytes = excluded.bytes",
            params![id.as_bytes(), bytes],
        );
        self.tell(put.map(drop))
    }

    /// Forgets a part.
    pub fn drop_photo_part(&self, id: PhotoId) -> Result<(), StoreError> {
        self.tell(
            self.connection
                .execute("DELETE FROM photo_parts WHERE id = ?", [id.as_bytes()])
                .map(drop),
        )
    }

    /// A photo.
    pub fn photo(&self, id: PhotoId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut find =
            self.tell(self.connection.prepare_cached("SELECT bytes FROM photos WHERE id = ?"))?;
        self.tell(find.query_row([id.as_bytes()], |row| row.get(0)).optional())
    }

    /// Whether a photo is held whole.
    pub fn has_photo(&self, id: PhotoId) -> Result<bool, StoreError> {
        let mut find =
            self.tell(self.connection.prepare_cached("SELECT 1 FROM photos WHERE id = ?"))?;
        self.tell(find.exists([id.as_bytes()]))
    }

    /// What is held of a photo whose transfer was cut off.
    pub fn photo_part(&self, id: PhotoId) -> Result<Vec<u8>, StoreError> {
        let query = self.connection.query_row(
            "SELECT bytes FROM photo_parts WHERE id = ?",
            [id.as_bytes()],
            |r| r.get(0),
        );
        Ok(self.tell(query.optional())?.unwrap_or_default())
    }
}
