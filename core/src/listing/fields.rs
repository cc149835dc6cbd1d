//! Plain fields of an Automerge document, read and written one way by all kinds.
//!
//! Texts are plain values, the last writer's stands: a listing is written by one member, and an
//! operation for each letter would spend a document's limits on typing.

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use crate::id::PhotoId;
use crate::limits::MAX_PHOTOS;

/// Reads fields; whatever is missing or of another type reads as the default.
pub(super) struct Reader<'a> {
    document: &'a Automerge,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Automerge) -> Self {
        Self { document }
    }

    fn scalar(&self, key: &str) -> Option<ScalarValue> {
        match self.document.get(ROOT, key).ok()?? {
            (Value::Scalar(value), _) => Some(value.into_owned()),
            (Value::Object(_), _) => None,
        }
    }

    /// At most `limit` bytes of a text, cut at a character.
    pub(super) fn text(&self, key: &str, limit: usize) -> String {
        match self.scalar(key) {
            Some(ScalarValue::Str(text)) => text[..text.floor_char_boundary(limit)].to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn int(&self, key: &str) -> Option<i64> {
        match self.scalar(key) {
            Some(ScalarValue::Int(value)) => Some(value),
            _ => None,
        }
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        matches!(self.scalar(key), Some(ScalarValue::Boolean(true)))
    }

    pub(super) fn photos(&self, key: &str) -> Vec<PhotoId> {
        let Ok(Some((Value::Object(ObjType::List), list))) = self.document.get(ROOT, key) else {
            return Vec::new();
        };
        let photo = |value: Value<'_>| match value {
            Value::Scalar(scalar) => match scalar.as_ref() {
                ScalarValue::Bytes(bytes) => {
                    bytes.as_slice().try_into().ok().map(PhotoId::from_bytes)
                }
                _ => None,
            },
            Value::Object(_) => None,
        };
        let count = self.document.length(&list).min(MAX_PHOTOS);
        (0..count)
            .filter_map(|i| self.document.get(&list, i).ok().flatten())
            .filter_map(|(value, _)| photo(value))
            .collect()
    }
}

/// Writes fields.
pub(super) struct Writer<'t, 'd> {
    transaction: &'t mut Transaction<'d>,
}

/// Writing a scalar to the root map of a document that we loaded ourselves cannot fail.
const WRITES: &str = "the root is a map and keys are not empty";

impl<'t, 'd> Writer<'t, 'd> {
    pub(super) fn new(transaction: &'t mut Transaction<'d>) -> Self {
        Self { transaction }
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.transaction.put(ROOT, key, value).expect(WRITES);
    }

    pub(super) fn int(&mut self, key: &str, value: i64) {
        self.transaction.put(ROOT, key, value).expect(WRITES);
    }

    /// Writes a number, or takes away the one that was there.
    pub(super) fn optional_int(&mut self, key: &str, value: Option<i64>) {
        match value {
            Some(value) => self.int(key, value),
            None => self.take_away(key),
        }
    }

    /// Writes a text, or takes away the one that was there.
    pub(super) fn optional_text(&mut self, key: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(key, value),
            None => self.take_away(key),
        }
    }

    fn take_away(&mut self, key: &str) {
        if matches!(self.transaction.get(ROOT, key), Ok(Some(_))) {
            self.transaction.delete(ROOT, key).expect(WRITES);
        }
    }

    pub(super) fn flag(&mut self, key: &str, value: bool) {
        self.transaction.put(ROOT, key, value).expect(WRITES);
    }

    pub(super) fn photos(&mut self, key: &str, photos: &[PhotoId]) {
        let list = self.transaction.put_object(ROOT, key, ObjType::List).expect(WRITES);
        for (i, photo) in photos.iter().enumerate() {
            let bytes = ScalarValue::Bytes(photo.as_bytes().to_vec());
            self.transaction.insert(&list, i, bytes).expect(WRITES);
        }
    }
}
