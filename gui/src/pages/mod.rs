//! The pages, one a file. A page is a plain struct that holds what the user is in the middle of, and a
//! `show` that reads the desk. To add one: its file, a field in [`Pages`], a [`Route`], a line in
//! [`Pages::show`], and where it has a place in the rail, one in [`crate::rail`].

mod album;
mod asking;
mod availability;
mod balance;
mod browse;
mod calendar;
mod clashes;
mod concerns;
mod devices;
mod drafts;
mod first_run;
mod help;
mod listing;
mod neighbours;
mod notices;
mod own;
mod question;
pub(crate) mod sample;
mod settings;
mod share;
mod thanks;
mod thread;
mod today;
mod week;

pub use drafts::Drafts;
pub(crate) use drafts::Unsent;
pub use first_run::{FirstRun, opening};
pub use share::Kind;
use week::cars;

use eframe::egui::Ui;
use jiff::civil::Date;
use noaber_core::id::ListingId;

use crate::desk::{Desk, Route};

/// What the user is in the middle of, on every page.
#[derive(Default)]
pub struct Pages {
    concerns: concerns::Concerns,
    browse: browse::Browse,
    listing: listing::ListingPage,
    today: today::Today,
    share: share::Share,
    edit: share::Edit,
    neighbours: neighbours::Neighbours,
    week: week::Week,
    balance: balance::Balance,
    help: help::HelpBoard,
    calendar: calendar::Calendar,
    notices: notices::Notices,
    devices: devices::Devices,
    settings: settings::Settings,
    shown: Option<Route>,
}

impl Pages {
    /// Shows a page.
    pub fn show(&mut self, route: Route, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.shown.replace(route) != Some(route) {
            match route {
                Route::Share => self.share.begin(),
                Route::Devices => self.devices.begin(),
                _ => {}
            }
        }
        match route {
            Route::Browse => self.browse.show(ui, desk),
            Route::Listing(listing) => self.listing.show(listing, ui, desk),
            Route::Edit(listing) => self.edit.show(listing, ui, desk),
            Route::Today => self.today.show(ui, desk, &self.concerns),
            Route::Share => self.share.show(ui, desk),
            Route::Neighbours => self.neighbours.show(ui, desk),
            Route::Week => self.week.show(ui, desk),
            Route::Balance => self.balance.show(ui, desk),
            Route::Help => {
                let quarters = self.balance.quarters(desk);
                self.help.show(ui, desk, quarters);
            }
            Route::Calendar => self.calendar.show(ui, desk),
            Route::Notices => self.notices.show(ui, desk, &self.concerns),
            Route::Devices => self.devices.show(ui, desk),
            Route::Settings => self.settings.show(ui, desk),
        }
    }

    /// Puts the keyboard into the search on Browse.
    pub(crate) fn search(&mut self) {
        self.browse.search_next();
    }

    /// Begins to share something of a kind.
    pub(crate) fn begin_sharing(&mut self, kind: Kind) {
        self.share.begin_with(kind);
    }

    /// Turns the week of a car to a day.
    pub(crate) fn turn_week(&mut self, car: ListingId, day: Date) {
        self.week.turn_to(car, day);
    }

    /// Takes in what concerns the member, before anything is shown.
    pub(crate) fn refresh(&mut self, desk: &Desk<'_>) {
        self.concerns.refresh(desk);
    }

    /// How many questions wait for the member.
    pub(crate) fn waiting(&self) -> usize {
        self.concerns.waiting.len()
    }

    /// How many notices are new.
    pub(crate) fn news(&self) -> usize {
        self.concerns.news
    }

    /// Whether the circle has a car.
    pub(crate) fn has_car(&self) -> bool {
        self.concerns.has_car
    }

    /// What was begun and not sent, as far as it is kept.
    pub(crate) fn drafts(&self) -> Drafts {
        Drafts { share: self.share.kept(), messages: self.listing.kept() }
    }

    /// Goes on with what was begun before.
    pub(crate) fn resume(&mut self, drafts: Drafts) {
        if let Some(share) = drafts.share {
            self.share.resume(share);
        }
        self.listing.resume(drafts.messages);
    }

    /// How much would be lost by closing now, beside what stands in a dialog.
    pub(crate) fn unsent(&self) -> Unsent {
        if self.listing.is_asking() || self.week.is_asking() || self.edit.has_changes() {
            Unsent::Lost
        } else if self.drafts() == Drafts::default() {
            Unsent::Nothing
        } else {
            Unsent::Kept
        }
    }

    /// How many lines of the ledger wait for the member's word.
    pub(crate) fn lines(&mut self, desk: &Desk<'_>) -> usize {
        self.balance.wanted(desk)
    }
}
