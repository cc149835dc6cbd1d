//! What one change can see: the operations among its causes, and its own so far.
//!
//! An operation that happens to be in the document but is no cause of the change does not count: another
//! replica may not hold it yet, and would then refuse what this one took.

use automerge::ActorId;

use super::Refusal;
use super::ledger::{Id, Kind, Ledger, Place, Reach, Row};

/// The causes of one change, and the change's own rows, ready to be looked at.
pub(super) struct Causes<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) reach: Reach,
    pub(super) author: &'a ActorId,
    /// The author's number, which the ledger may not have given out yet.
    pub(super) own: usize,
    pub(super) start_op: u64,
    pub(super) own_rows: &'a [Row],
}

impl Causes<'_> {
    /// Checks all the references of one of the change's own operations.
    pub(super) fn check(&self, row: &Row, predecessors: &[Id]) -> Result<(), Refusal> {
        self.check_object(row)?;
        self.check_place(row)?;
        for &id in predecessors {
            let target = self.find(id)?;
            let is_same_place = target.object == row.object
                && match (&row.place, &target.place) {
                    (Place::Element(element), Place::After(_)) => *element == id,
                    (left, right) => left == right,
                };
            let is_replaceable = !matches!(target.kind, Kind::Mark | Kind::Effect);
            if !(is_same_place && is_replaceable) {
                return Err(Refusal::WrongReference);
            }
        }
        Ok(())
    }

    /// The object is one, and takes operations of this kind.
    fn check_object(&self, row: &Row) -> Result<(), Refusal> {
        let object = match row.object {
            None => Kind::Map,
            Some(id) => self.find(id)?.kind,
        };
        let is_of_kind = match row.place {
            Place::Key(_) => object == Kind::Map,
            // Automerge lays marks only over texts.
            _ if row.kind == Kind::Mark => object == Kind::Text,
            Place::After(_) | Place::Element(_) => matches!(object, Kind::List | Kind::Text),
        };
        if is_of_kind { Ok(()) } else { Err(Refusal::WrongReference) }
    }

    /// The element, if the place names one, exists in the same object.
    fn check_place(&self, row: &Row) -> Result<(), Refusal> {
        let (Place::After(Some(id)) | Place::Element(id)) = row.place else {
            return Ok(());
        };
        let element = self.find(id)?;
        let is_element = matches!(element.place, Place::After(_)) && element.object == row.object;
        let is_update_of_mark = element.kind == Kind::Mark && row.place == Place::Element(id);
        if is_element && !is_update_of_mark { Ok(()) } else { Err(Refusal::WrongReference) }
    }

    /// Each mark's end comes after its begin in the text; a document with one the other way round does not load.
    pub(super) fn check_marks(&self) -> Result<(), Refusal> {
        let is_mark =
            |counter: &u64| self.find((*counter, self.own)).is_ok_and(|row| row.kind == Kind::Mark);
        let own_ids = self.start_op..self.start_op + self.own_rows.len() as u64;
        let marks: Vec<u64> = own_ids.filter(is_mark).collect();
        // `operations` made sure that begins and ends alternate.
        for pair in marks.chunks(2) {
            let &[begin, end] = pair else {
                return Err(Refusal::BadMark);
            };
            if !self.is_before(&self.ancestry((begin, self.own))?, &self.ancestry((end, self.own))?)
            {
                return Err(Refusal::BadMark);
            }
        }
        Ok(())
    }

    /// The elements from the head of the sequence down to this one, each inserted after the one before.
    fn ancestry(&self, id: Id) -> Result<Vec<Id>, Refusal> {
        let mut ancestry = vec![id];
        let mut next = id;
        // Ids only decrease on the way to the head, so this ends.
        while let Place::After(Some(before)) = self.find(next)?.place {
            ancestry.push(before);
            next = before;
        }
        ancestry.reverse();
        Ok(ancestry)
    }

    /// The order of two elements of a sequence: a parent before its children, and the newest child first.
    fn is_before(&self, left: &[Id], right: &[Id]) -> bool {
        match left.iter().zip(right).find(|(left, right)| left != right) {
            None => left.len() < right.len(),
            Some((&left, &right)) => (left.0, self.actor(left.1)) > (right.0, self.actor(right.1)),
        }
    }

    fn actor(&self, number: usize) -> Option<&ActorId> {
        if number == self.own { Some(self.author) } else { self.ledger.actor(number) }
    }

    fn find(&self, id: Id) -> Result<&Row, Refusal> {
        let (counter, actor) = id;
        let own_index = counter.checked_sub(self.start_op).filter(|_| actor == self.own);
        let row = match own_index.and_then(|index| usize::try_from(index).ok()) {
            Some(index) => self.own_rows.get(index),
            None if self.reach.get(actor).is_some_and(|&highest| counter <= highest) => {
                self.ledger.row(id)
            }
            None => None,
        };
        row.ok_or(Refusal::MissingReference)
    }
}
