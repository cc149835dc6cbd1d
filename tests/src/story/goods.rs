//! What is lent in a story: a draft, put together in words.

use noaber_core::listing::{Car, Details, Draft, General, Help, Item};
use noaber_core::rules::Rules;

/// Something to lend. Without more words it is a single piece, and its owner answers by hand.
pub struct Goods {
    pub(super) draft: Draft,
}

impl Goods {
    /// A thing.
    pub fn a(title: &str) -> Self {
        Self::of(title, Details::Item(Item::default()))
    }

    /// A car whose odometer stands there when it is first shared.
    pub fn a_car(odometer_km: u32) -> Self {
        let car = Car { odometer_km: Some(odometer_km), ..Car::default() };
        Self::of("car", Details::Car(car))
    }

    /// Help.
    pub fn help(title: &str) -> Self {
        Self::of(title, Details::HelpOffer(Help::default()))
    }

    fn of(title: &str, details: Details) -> Self {
        let general = General { title: title.into(), quantity: 1, ..General::default() };
        Self { draft: Draft::new(general, details) }
    }

    /// There are several of it.
    #[must_use]
    pub fn pieces(mut self, quantity: u32) -> Self {
        self.draft.general.quantity = quantity;
        self
    }

    /// Whoever asks for a free time has it at once.
    #[must_use]
    pub fn at_once(mut self) -> Self {
        self.draft.general.instant = true;
        self
    }

    /// Under these rules.
    #[must_use]
    pub fn under(mut self, rules: impl FnOnce(&mut Rules)) -> Self {
        rules(&mut self.draft.rules);
        self
    }
}
