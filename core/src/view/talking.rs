//! What is heard of what was said: everybody speaks about a listing, about a booking only its two sides.
//!
//! All messages are kept, because one may arrive before the booking it is about. Words and their versions
//! are in [`crate::message`].

use super::CircleView;
use crate::message::Message;
use crate::wire::About;

impl CircleView {
    /// Whether a message is shown. One about a booking is not while the booking or its listing is not
    /// here yet: whether its author is a side of it is not known before.
    pub fn is_heard(&self, message: &Message) -> bool {
        match message.about {
            About::Listing(_) => true,
            About::Booking(booking) => self.bookings.get(&booking).is_some_and(|booking| {
                let owner = self.listings.get(&booking.listing).map(|listing| listing.owner);
                message.by == booking.borrower || Some(message.by) == owner
            }),
        }
    }

    /// The messages about something by those who may speak about it, in order.
    pub fn thread(&self, about: About) -> impl Iterator<Item = &Message> {
        self.messages.about(about).filter(|message| self.is_heard(message))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use imbl::OrdSet;

    use super::*;
    use crate::booking::{Booking, Facts};
    use crate::id::{BookingId, CircleId, DeviceId, ListingId, MemberId, MessageId};
    use crate::listing::{Details, General, Item, Listing};
    use crate::place::Place;
    use crate::rules::Rules;
    use crate::time::{Hlc, Interval, Timestamp};

    const OWNER: MemberId = MemberId::from_bytes([1; 32]);
    const BORROWER: MemberId = MemberId::from_bytes([2; 32]);
    const THIRD: MemberId = MemberId::from_bytes([3; 32]);
    const DEVICE: DeviceId = DeviceId::from_bytes([4; 32]);
    const LISTING: ListingId = ListingId::from_bytes([5; 16]);
    const BOOKING: BookingId = BookingId::from_bytes([6; 16]);

    fn everybody_speaks(circle: &mut CircleView, about: About) {
        for (n, by) in (1..).zip([THIRD, OWNER, BORROWER]) {
            let place = Place { time: Hlc::from_bits(n), device: DEVICE, seq: n };
            let mut id = [n as u8; 16];
            id[0] = u8::from(matches!(about, About::Booking(_)));
            circle.messages.say(place, by, MessageId::from_bytes(id), about, "hello".into());
        }
    }

    fn authors(circle: &CircleView, about: About) -> Vec<MemberId> {
        circle.thread(about).map(|message| message.by).collect()
    }

    #[test]
    fn about_a_booking_only_its_two_sides_are_heard() {
        let mut circle = CircleView::new(CircleId::from_bytes([0; 32]), OrdSet::new());
        everybody_speaks(&mut circle, About::Listing(LISTING));
        everybody_speaks(&mut circle, About::Booking(BOOKING));
        assert_eq!(authors(&circle, About::Listing(LISTING)), [THIRD, OWNER, BORROWER]);
        assert_eq!(authors(&circle, About::Booking(BOOKING)), [], "whose booking it is came later");

        circle.bookings.insert(BOOKING, Arc::new(booking()));
        assert_eq!(authors(&circle, About::Booking(BOOKING)), [BORROWER], "as did the listing");
        circle.listings.insert(LISTING, Arc::new(listing()));
        assert_eq!(authors(&circle, About::Booking(BOOKING)), [OWNER, BORROWER]);
        assert_eq!(authors(&circle, About::Listing(LISTING)), [THIRD, OWNER, BORROWER]);
    }

    fn booking() -> Booking {
        let at = Timestamp::from_ms;
        Booking {
            id: BOOKING,
            listing: LISTING,
            borrower: BORROWER,
            asked: Place::MIN,
            interval: Interval::new(at(1), at(2)).expect("its end is after its start"),
            quantity: 1,
            note: "".into(),
            series: None,
            waits: false,
            facts: Facts::default(),
        }
    }

    fn listing() -> Listing {
        Listing {
            id: LISTING,
            owner: OWNER,
            keeper: DEVICE,
            term: 0,
            created_at: Timestamp::from_ms(0),
            general: General::default(),
            details: Details::Item(Item::default()),
            rules: Rules::default(),
            retired: false,
        }
    }
}
