//! A person as a round badge with their initials in their own hue.

use eframe::egui::{Align2, Sense, Ui, Vec2};
use noaber_core::id::MemberId;

use crate::fonts::Weight;
use crate::theme::Palette;

/// Paints the badge; the name stands beside it, so screen readers pass it over.
pub fn avatar(ui: &mut Ui, member: MemberId, name: &str, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    let (strong, soft) = Palette::of(ui).person(member);
    ui.painter().circle_filled(rect.center(), size * 0.5, soft);
    let font = Weight::Bold.at(size * if size < 28.0 { 0.42 } else { 0.38 });
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, initials(name), font, strong);
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let both = first.into_iter().chain(words.next_back());
    both.flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_last_name() {
        for (name, letters) in [
            ("Saar de Vries", "SV"),
            ("Anna", "A"),
            ("łukasz nowak", "ŁN"),
            ("", ""),
            ("  Zoë  ", "Z"),
        ] {
            assert_eq!(initials(name), letters);
        }
    }
}
