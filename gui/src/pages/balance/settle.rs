//! Few payments, and everybody is even: what I pay, with a code that banking apps scan, and what others
//! pay. Writing that it is paid changes nobody's balance until the receiver has seen it come.

use eframe::egui::{Align, Image, Layout, RichText, TextureHandle, Ui, vec2};
use noaber_core::money::{Cents, Iban, epc};
use noaber_core::settle::Payment;
use noaber_core::wire::{Cause, Owe, Party, Unit};
use qrcode::EcLevel;

use super::sums::Sums;
use super::{amount, face, name};
use crate::desk::Desk;
use crate::fonts::{Icon, Weight};
use crate::theme::Palette;
use crate::widgets::{
    Button, Dialog, Look, Tone, dialog, divider, icon_button, pill, section, text,
};
use crate::words::first_name;

/// The plan; gives the payment that I want to make.
pub(super) fn plan(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums) -> Option<Payment> {
    let words = desk.words;
    let me = Party::Member(desk.me);
    let mut wanted = None;
    section(ui, &words.say("balance-settle"), |ui| {
        if sums.plan.is_empty() {
            text::weak(ui, words.say("balance-settle-even"));
            return;
        }
        text::weak(ui, words.say("balance-settle-line"));
        let (mine, others): (Vec<&Payment>, Vec<&Payment>) =
            sums.plan.iter().partition(|payment| payment.from == me || payment.to == me);
        for payment in &mine {
            divider(ui);
            if own(ui, desk, sums, payment) {
                wanted = Some(**payment);
            }
        }
        if !others.is_empty() {
            divider(ui);
        }
        for payment in others {
            let fills = [
                ("from", name(desk, payment.from).into()),
                ("to", name(desk, payment.to).into()),
                ("amount", amount(desk, payment.amount).into()),
            ];
            text::weak(ui, words.tell("balance-others-pay", &fills));
        }
    });
    wanted
}

/// A payment that I make or get; gives whether I want to make it.
fn own(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums, payment: &Payment) -> bool {
    let (words, palette) = (desk.words, Palette::of(ui));
    let me = Party::Member(desk.me);
    let is_from_me = payment.from == me;
    let other = if is_from_me { payment.to } else { payment.from };
    let who = name(desk, other);
    let key = if is_from_me { "balance-you-pay" } else { "balance-pays-you" };
    let line = words.tell(key, &[("name", (&who).into())]);
    let (shown, colour) =
        (amount(desk, payment.amount), if is_from_me { palette.accent } else { palette.ok });
    ui.horizontal(|ui| {
        face(ui, desk, other, 38.0);
        text::strong(ui, line);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(&shown).font(Weight::Heavy.at(19.0)).color(colour));
        });
    });
    let on_its_way = sums.on_its_way.get(&other).copied().unwrap_or(0);
    if !is_from_me {
        return false;
    }
    if on_its_way >= payment.amount {
        let fills = [("name", first_name(&who).into())];
        pill(ui, Icon::HOURGLASS, &words.tell("balance-said-paid", &fills), Tone::Going);
        return false;
    }
    let label = words.say("balance-pay");
    let named = format!("{label}: {who}, {shown}");
    let button = Button::new(&label, Look::Primary).icon(Icon::QR_CODE).named(&named);
    ui.add(button).clicked()
}

/// What became of the dialog in this frame.
pub(super) enum Decided {
    /// Nothing yet.
    Nothing,
    /// Not now.
    Closed,
    /// It is paid: the line to be written.
    Paid(Owe),
}

/// A payment that is being made.
pub(super) struct Paying {
    pub(super) payment: Payment,
    account: Option<(Iban, String)>,
    code: Option<TextureHandle>,
    copied: Option<&'static str>,
    is_paid: bool,
}

impl Paying {
    /// Begins one.
    pub(super) fn new(ui: &Ui, desk: &Desk<'_>, payment: Payment) -> Self {
        let account = account(desk, payment.to);
        let code = account.as_ref().and_then(|(iban, payee)| {
            let amount = Cents::from_cents(payment.amount)?;
            if desk.circle.currency != "EUR" {
                return None;
            }
            let text = epc(payee, iban, amount, &desk.circle.name).ok()?;
            // Transfers must be coded at level M.
            crate::widgets::code(ui.ctx(), "payment", &text, EcLevel::M)
        });
        Self { payment, account, code, copied: None, is_paid: false }
    }

    /// It could not be written.
    pub(super) fn try_again(&mut self) {
        self.is_paid = false;
    }

    /// Shows it.
    pub(super) fn show(&mut self, ui: &Ui, desk: &Desk<'_>) -> Decided {
        let words = desk.words;
        let who = name(desk, self.payment.to);
        let title = words.tell("balance-pay-title", &[("name", (&who).into())]);
        let mut is_paid = false;
        let shown = dialog(ui, "pay", &title, |ui| {
            let rich = RichText::new(amount(desk, self.payment.amount));
            let colour = Palette::of(ui).text;
            ui.label(rich.font(Weight::Heavy.at(30.0)).color(colour));
            if let Some(code) = &self.code {
                ui.vertical_centered(|ui| {
                    let alt = words.say("balance-qr");
                    ui.add(Image::new((code.id(), vec2(232.0, 232.0))).alt_text(alt));
                });
                text::weak(ui, words.say("balance-qr-line"));
            }
            self.account(ui, desk, &who);
            ui.add_space(6.0);
            let (yes, no) = (words.say("balance-paid"), words.say("cancel"));
            let button = Button::new(&yes, Look::Primary).icon(Icon::CHECK).wide();
            is_paid = ui.add(button.only_if(!self.is_paid)).clicked();
            let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked();
            if is_over { Dialog::Closed } else { Dialog::Open }
        });
        if is_paid {
            self.is_paid = true;
            return Decided::Paid(self.line(desk));
        }
        if shown == Dialog::Closed { Decided::Closed } else { Decided::Nothing }
    }

    /// Where to, and how much, to be copied.
    fn account(&mut self, ui: &mut Ui, desk: &Desk<'_>, who: &str) {
        let words = desk.words;
        let Some((iban, payee)) = &self.account else {
            text::weak(ui, words.tell("balance-no-account", &[("name", who.into())]));
            return;
        };
        if self.code.is_none() && desk.circle.currency != "EUR" {
            text::small(ui, words.say("balance-no-euro"));
        }
        let cents = Cents::from_cents(self.payment.amount).unwrap_or(Cents::ZERO);
        let mut copied = self.copied;
        text::small(ui, payee);
        for (key, shown, pasted) in [
            ("balance-copy-iban", iban.to_string(), iban.compact().to_owned()),
            ("balance-copy-amount", amount(desk, cents.cents()), cents.to_string()),
        ] {
            ui.horizontal(|ui| {
                ui.set_min_height(44.0);
                text::strong(ui, shown);
                let is_copied = copied == Some(key);
                let icon = if is_copied { Icon::CHECK } else { Icon::COPY };
                let name = words.say(if is_copied { "balance-copied" } else { key });
                if icon_button(ui, icon, &name).clicked() {
                    ui.ctx().copy_text(pasted);
                    copied = Some(key);
                }
            });
        }
        self.copied = copied;
    }

    /// A payment is owed back by its receiver: it counts once that one has agreed.
    fn line(&self, desk: &Desk<'_>) -> Owe {
        Owe {
            creditor: Party::Member(desk.me),
            unit: Unit::Cents,
            debts: vec![(self.payment.to, self.payment.amount.unsigned_abs())],
            cause: Cause::Payment,
            text: desk.words.say("balance-paid-text"),
            photo: None,
        }
    }
}

fn account(desk: &Desk<'_>, party: Party) -> Option<(Iban, String)> {
    let Party::Member(member) = party else { return None };
    let (_, profile) = desk.circle.profiles.get(&member)?;
    let iban: Iban = profile.iban.parse().ok()?;
    let holder = Some(profile.payee.trim()).filter(|payee| !payee.is_empty());
    Some((iban, holder.unwrap_or(desk.circle.name_of(member)).to_owned()))
}
