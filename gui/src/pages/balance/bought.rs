//! Something that I paid for and others share in: what, how much, who. The shares add up to the cent.

use std::collections::BTreeSet;

use eframe::egui::{
    CornerRadius, CursorIcon, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use noaber_core::id::MemberId;
use noaber_core::money::{Cents, split};
use noaber_core::wire::{Cause, Owe, Party, Unit};

use super::amount;
use crate::desk::Desk;
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::Palette;
use crate::widgets::{Button, Dialog, Field, Look, avatar, dialog, focus_ring, text};

/// What became of the dialog in this frame.
pub(super) enum Decided {
    /// Nothing yet.
    Nothing,
    /// Never mind.
    Closed,
    /// The line to be written.
    Shared(Owe),
}

/// See the module.
pub(super) struct Bought {
    what: String,
    cents: String,
    sharing: BTreeSet<MemberId>,
    /// Decides who pays an odd cent.
    salt: [u8; 16],
    trouble: Option<&'static str>,
}

impl Bought {
    /// Shared by everybody, until somebody is left out.
    pub(super) fn new(desk: &Desk<'_>) -> Self {
        let mut salt = [0; 16];
        salt[..8].copy_from_slice(&desk.now.as_ms().to_le_bytes());
        Self {
            what: String::new(),
            cents: String::new(),
            sharing: members(desk).into_iter().collect(),
            salt,
            trouble: None,
        }
    }

    fn shares(&self) -> Vec<(MemberId, i64)> {
        let Ok(total) = self.cents.parse::<Cents>() else { return Vec::new() };
        let weights: Vec<(MemberId, u32)> = self.sharing.iter().map(|id| (*id, 1)).collect();
        split(total.cents(), &weights, &self.salt)
    }

    /// Shows it.
    pub(super) fn show(&mut self, ui: &Ui, desk: &Desk<'_>, is_sent: bool) -> Decided {
        let words = desk.words;
        let mut is_pressed = false;
        let shown = dialog(ui, "bought", &words.say("balance-bought"), |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            let (caption, hint) =
                (words.say("balance-bought-what"), words.say("balance-bought-hint"));
            Field::new(&caption).hint(&hint).most(120).show(ui, &mut self.what);
            let (caption, hint) =
                (words.say("balance-bought-amount"), words.say("balance-bought-amount-hint"));
            Field::new(&caption).hint(&hint).most(14).show(ui, &mut self.cents);
            text::weak(ui, words.say("balance-bought-line"));
            let shares = self.shares();
            ui.spacing_mut().item_spacing.y = 2.0;
            for member in members(desk) {
                let share = shares.iter().find(|(id, _)| *id == member).map(|(_, share)| *share);
                self.tick(ui, desk, member, share);
            }
            if let Some(trouble) = self.trouble {
                text::trouble(ui, words.say(trouble));
            }
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let (yes, no) = (words.say("balance-bought-yes"), words.say("cancel"));
                let button = Button::new(&yes, Look::Primary).icon(Icon::USERS);
                is_pressed = ui.add(button.only_if(!is_sent)).clicked();
                let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked();
                if is_over { Dialog::Closed } else { Dialog::Open }
            })
            .inner
        });
        if is_pressed {
            match self.line(desk) {
                Ok(owe) => return Decided::Shared(owe),
                Err(trouble) => self.trouble = Some(trouble),
            }
        }
        if shown == Dialog::Closed { Decided::Closed } else { Decided::Nothing }
    }

    /// The line, or the key of what is missing.
    fn line(&self, desk: &Desk<'_>) -> Result<Owe, &'static str> {
        let text = self.what.trim().to_owned();
        if text.is_empty() {
            return Err("balance-bought-no-text");
        }
        if self.cents.parse::<Cents>().map_or(0, Cents::cents) <= 0 {
            return Err("balance-bought-bad");
        }
        let others = self.shares().into_iter().filter(|(member, _)| *member != desk.me);
        let owed = others.filter(|(_, share)| *share > 0);
        let debts: Vec<(Party, u64)> =
            owed.map(|(member, share)| (Party::Member(member), share.unsigned_abs())).collect();
        if debts.is_empty() {
            return Err("balance-bought-none");
        }
        let creditor = Party::Member(desk.me);
        let (unit, cause, photo) = (Unit::Cents, Cause::Shared, None);
        Ok(Owe { creditor, unit, debts, cause, text, photo })
    }

    /// Somebody who shares in it, or not.
    fn tick(&mut self, ui: &mut Ui, desk: &Desk<'_>, member: MemberId, share: Option<i64>) {
        let palette = Palette::of(ui);
        let is_in = self.sharing.contains(&member);
        let name = if member == desk.me {
            desk.words.say("week-you")
        } else {
            desk.circle.name_of(member).to_owned()
        };
        let shown = share.filter(|_| is_in).map(|share| amount(desk, share)).unwrap_or_default();
        let label = if shown.is_empty() {
            name.clone()
        } else {
            let fills = [("name", (&name).into()), ("amount", (&shown).into())];
            desk.words.tell("balance-bought-each", &fills)
        };
        let size = vec2(ui.available_width(), 44.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_in, &label));
        let mut row = ui.new_child(
            eframe::egui::UiBuilder::new()
                .max_rect(rect)
                .layout(eframe::egui::Layout::left_to_right(eframe::egui::Align::Center)),
        );
        let (_, square) = row.allocate_space(vec2(24.0, 24.0));
        let (fill, line) =
            if is_in { (palette.primary, palette.primary) } else { (palette.card, palette.weak) };
        let corner = CornerRadius::same(7);
        row.painter().rect(square, corner, fill, Stroke::new(1.5, line), StrokeKind::Inside);
        if is_in {
            let colour = palette.on_primary;
            Icon::CHECK.paint(row.painter(), square.center(), 17.0, Fill::Outline, colour);
        }
        avatar(&mut row, member, desk.circle.name_of(member), 30.0);
        let at = row.cursor().left_center();
        let font = Weight::Semibold.at(15.5);
        let align = eframe::egui::Align2::LEFT_CENTER;
        ui.painter().text(at, align, name, font.clone(), palette.text);
        let align = eframe::egui::Align2::RIGHT_CENTER;
        ui.painter().text(rect.right_center(), align, shown, font, palette.text);
        focus_ring(ui, &response, rect, 8);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            if is_in {
                self.sharing.remove(&member);
            } else {
                self.sharing.insert(member);
            }
            self.trouble = None;
        }
    }
}

/// Those who are in the circle: I first, then by name.
fn members(desk: &Desk<'_>) -> Vec<MemberId> {
    let roster = &desk.circle.roster;
    let mut all: Vec<MemberId> =
        roster.members.keys().copied().filter(|id| roster.is_active(*id)).collect();
    all.sort_by_key(|id| (*id != desk.me, desk.circle.name_of(*id).to_owned()));
    all
}
