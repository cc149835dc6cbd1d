//! Messages about listings and bookings: in order, each with every version of its words.
//!
//! Who may read along is everybody in the circle; who may speak about a booking are its two sides, which
//! is judged where messages are read, because a message may arrive before the booking it is about.

use imbl::{OrdMap, OrdSet};
use serde::Serialize;

use crate::id::{DeviceId, MemberId, MessageId};
use crate::limits::MAX_REWORDS;
use crate::place::Place;
use crate::wire::About;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// About what.
    pub about: About,
    /// Who said it.
    pub by: MemberId,
    /// Its words as first said, and every later version, in order.
    pub versions: Vec<(Place, String)>,
}

impl Message {
    /// The words as they stand.
    pub fn text(&self) -> &str {
        self.versions.last().map_or("", |(_, text)| text)
    }

    /// Whether the words were changed.
    pub fn is_edited(&self) -> bool {
        self.versions.len() > 1
    }
}

/// All messages of a circle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Messages {
    said: OrdMap<MessageId, (Place, Message)>,
    in_order: OrdSet<(Place, MessageId)>,
    threads: OrdSet<(About, Place, MessageId)>,
    /// New words for messages that are not here yet: said by another device of the author.
    early: OrdMap<MessageId, Vec<(Place, MemberId, String)>>,
}

impl Messages {
    pub(crate) fn say(
        &mut self,
        place: Place,
        by: MemberId,
        id: MessageId,
        about: About,
        text: String,
    ) {
        let message = Message { id, about, by, versions: vec![(place, text)] };
        self.said.insert(id, (place, message));
        self.in_order.insert((place, id));
        self.threads.insert((about, place, id));
        for (place, by, text) in self.early.remove(&id).unwrap_or_default() {
            self.reword(place, by, id, text);
        }
    }

    pub(crate) fn reword(&mut self, place: Place, by: MemberId, id: MessageId, text: String) {
        let Some((_, message)) = self.said.get_mut(&id) else {
            let early = self.early.entry(id).or_default();
            if has_room(early.iter().map(|(place, ..)| *place), place.device) {
                early.push((place, by, text));
            }
            return;
        };
        let versions = &mut message.versions;
        if message.by != by || !has_room(versions.iter().map(|(place, _)| *place), place.device) {
            return;
        }
        // The first words stay first, whatever a clock said.
        let at = versions[1..].partition_point(|(other, _)| *other < place) + 1;
        versions.insert(at, (place, text));
    }

    /// One message.
    pub fn one(&self, id: MessageId) -> Option<&Message> {
        self.said.get(&id).map(|(_, message)| message)
    }

    /// The messages about something, in order.
    pub fn about(&self, about: About) -> impl Iterator<Item = &Message> {
        let least = Place::MIN;
        self.threads
            .range((about, least, MessageId::from_bytes([0; 16]))..)
            .take_while(move |(thread, ..)| *thread == about)
            .filter_map(|(.., id)| self.one(*id))
    }

    /// All messages, the newest first.
    pub fn newest(&self) -> impl Iterator<Item = (Place, &Message)> {
        let all = self.in_order.iter().rev();
        all.filter_map(|(place, id)| self.one(*id).map(|message| (*place, message)))
    }
}

/// Of one device only so many versions count: logs arrive in order, so these are the same everywhere.
fn has_room(versions: impl Iterator<Item = Place>, device: DeviceId) -> bool {
    versions.filter(|place| place.device == device).count() < MAX_REWORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ListingId;
    use crate::time::Hlc;

    const ABOUT: About = About::Listing(ListingId::from_bytes([1; 16]));
    const ID: MessageId = MessageId::from_bytes([2; 16]);
    const ANNA: MemberId = MemberId::from_bytes([3; 32]);
    const BEN: MemberId = MemberId::from_bytes([4; 32]);

    fn place(time: u64, device: u8) -> Place {
        Place { time: Hlc::from_bits(time), device: DeviceId::from_bytes([device; 32]), seq: time }
    }

    #[test]
    fn only_the_author_rewords_and_the_history_stays_in_any_order_of_arrival() {
        type Step = fn(&mut Messages);
        let steps: [Step; 4] = [
            |all| all.say(place(1, 1), ANNA, ID, ABOUT, "at 9?".into()),
            |all| all.reword(place(2, 1), ANNA, ID, "at 10?".into()),
            |all| all.reword(place(3, 7), BEN, ID, "never".into()),
            |all| all.reword(place(4, 2), ANNA, ID, "at 11?".into()),
        ];
        let mut seen = Vec::new();
        for order in [[0, 1, 2, 3], [3, 0, 2, 1], [2, 3, 1, 0]] {
            let mut all = Messages::default();
            for step in order {
                steps[step](&mut all);
            }
            let message = all.about(ABOUT).next().unwrap().clone();
            assert_eq!(message.text(), "at 11?");
            assert_eq!(message.versions.len(), 3);
            seen.push(all);
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "whatever came first");
    }
}
