//! What is one's own, in windows over real nodes: changed, given away, taken off the shelf; photos that are
//! pasted; several cars beside each other; and leaving.

mod support;

use std::sync::Arc;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use image::{Rgb, RgbImage};
use noaber_core::listing::{Details, Listing};
use noaber_gui::desk::Route;
use support::street::Street;
use support::{Setup, Window};

/// Saar's window on the street, while the others live on; `away` of them have left.
fn window_of_saar(homes: &std::path::Path, away: usize) -> (Street, Window) {
    let mut street = Street::live(homes);
    let home = street.make_room(away);
    let setup = Setup { clock: street.clock.clone(), ..Setup::new(&home) };
    let mut window = Window::open(setup);
    window.until_said("Good ");
    (street, window)
}

fn listing(window: &mut Window, title: &str) -> Arc<Listing> {
    let view = window.app().view().expect("it runs");
    let circle = view.circles.values().next().expect("one circle");
    let found = circle.listings.values().find(|listing| listing.general.title == title);
    found.unwrap_or_else(|| panic!("no {title}")).clone()
}

#[test]
fn what_is_ones_own_is_changed_with_a_way_back_and_asks_what_its_owner_wants() {
    let homes = tempfile::tempdir().unwrap();
    let (_street, mut saar) = window_of_saar(homes.path(), 4);
    let drill = listing(&mut saar, "Cordless drill");
    saar.app().go(Route::Listing(drill.id));
    saar.until_said("It is yours");
    saar.button("Change it");
    saar.until_said("Change “Cordless drill”");
    saar.type_into("What is it?", "!");
    saar.button("Rules: how long, when, for whom");
    saar.until_said("What you ask of borrowers");
    saar.press(Role::ComboBox, "For how long at most");
    saar.press(Role::MenuItem, "2 days");
    saar.press(Role::Switch, "It is broken, or away");
    saar.type_into("What is the matter", "New brushes");
    saar.button("Keep the changes");
    saar.until_said("“Cordless drill!” is changed");
    let changed = listing(&mut saar, "Cordless drill!");
    assert_eq!(changed.general.photos, drill.general.photos, "photos stay");
    assert_eq!(changed.rules.longest, "2d".parse().ok());
    assert_eq!(changed.rules.repair.as_ref().map(|r| r.note.as_str()), Some("New brushes"));
    saar.until_said("New brushes");
    saar.button("Undo");
    saar.until("the old words", |h| {
        let view = h.state().view().expect("it runs");
        let circle = view.circles.values().next().expect("one circle");
        circle.listings.get(&drill.id).is_some_and(|l| l.to_draft() == drill.to_draft())
    });
}

#[test]
fn a_car_keeps_what_the_form_has_no_field_for_and_a_new_price_counts_from_now_on() {
    let homes = tempfile::tempdir().unwrap();
    let (street, window) = window_of_saar(homes.path(), 4);
    drop(window);
    // Mehmet's home is vacant too by now: his window opens there.
    let home = homes.path().join("mehmet-yıldız");
    let mut mehmet = Window::open(Setup { clock: street.clock.clone(), ..Setup::new(&home) });
    mehmet.until_said("Good ");
    let car = listing(&mut mehmet, "The red Fiat");
    mehmet.app().go(Route::Edit(car.id));
    mehmet.until_said("Change “The red Fiat”");
    mehmet.type_into("Price of a km", "5");
    mehmet.button("Keep the changes");
    mehmet.until_said("“The red Fiat” is changed");
    let after = listing(&mut mehmet, "The red Fiat");
    assert_eq!(after.to_draft(), car.to_draft(), "nothing else changed");
    mehmet.until_said("€0.255 a km · €2.50 an hour");
    let Details::Car(details) = &after.details else { panic!("a car") };
    assert_eq!(details.odometer_km, Some(48_210));
}

#[test]
fn a_thing_goes_to_a_neighbour_who_is_asked_to_take_it() {
    let homes = tempfile::tempdir().unwrap();
    let (street, mut saar) = window_of_saar(homes.path(), 0);
    let drill = listing(&mut saar, "Fondue set for eight people and two pans");
    saar.app().go(Route::Listing(drill.id));
    saar.button("Give it to somebody");
    saar.until_said("Whoever gets it owns it from then on");
    saar.press(Role::RadioButton, "Anna Bakker");
    saar.button("Give it to Anna");
    saar.until_said("Anna Bakker is asked to take");
    let anna = &street.houses[0];
    street.runtime.block_on(anna.until(|view| {
        let circle = &view.circles[&street.circle];
        let notices = noaber_core::notice::notices(circle, view.member, anna.node.now());
        let is_it =
            |reason| matches!(reason, noaber_core::notice::Reason::Gift(id) if id == drill.id);
        notices.iter().any(|notice| is_it(notice.reason))
    }));
}

#[test]
fn a_pasted_picture_becomes_a_photo_of_what_is_shared() {
    let homes = tempfile::tempdir().unwrap();
    let (_street, mut saar) = window_of_saar(homes.path(), 4);
    saar.app().go(Route::Share);
    saar.settle();
    saar.paste(&RgbImage::from_pixel(320, 240, Rgb([200, 90, 40])));
    saar.until_said("Remove photo 1");
    saar.type_into("What is it?", "Wheelbarrow");
    saar.button("Share it");
    saar.until_said("“Wheelbarrow” is shared");
    assert_eq!(listing(&mut saar, "Wheelbarrow").general.photos.len(), 1);
}

#[test]
fn two_cars_lie_side_by_side_and_a_day_leads_to_booking_one() {
    let homes = tempfile::tempdir().unwrap();
    let (_street, mut saar) = window_of_saar(homes.path(), 4);
    saar.app().go(Route::Share);
    saar.press(Role::RadioButton, "A car");
    saar.type_into("What is it?", "The blue van");
    saar.button("Share it");
    saar.until_said("“The blue van” is shared");
    saar.app().go(Route::Week);
    saar.press(Role::RadioButton, "Side by side");
    saar.until_said("The red Fiat, Sat 21 Nov: Zoë van Dijk, today, 16:00–21:00");
    saar.button("The blue van, Sun 22 Nov: free");
    saar.until_said("The blue van, from Mon 16 Nov to Sun 22 Nov. Chosen: tomorrow, 10:00–12:00.");
}

#[test]
fn who_leaves_is_told_what_is_still_open_and_can_stay() {
    let homes = tempfile::tempdir().unwrap();
    let (_street, mut saar) = window_of_saar(homes.path(), 4);
    saar.app().go(Route::Neighbours);
    saar.until_said("Saar’s laptop");
    saar.button("Leave this circle");
    saar.until_said("Leave Lindenstraat?");
    assert!(saar.says("You still have one thing of a neighbour’s."), "{}", saar.said());
    saar.button("I stay");
    saar.until_gone("Leave Lindenstraat?");
    saar.button("Leave this circle");
    saar.press_exactly("Leave");
    saar.until_said("Start this circle");
    assert!(saar.harness.query_by_label_contains("Good morning").is_none());
}
