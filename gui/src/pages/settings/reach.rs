//! How neighbours are reached: on the network of the house, and by relays.

use eframe::egui::{Key, Label, RichText, Ui};
use noaber_node::net::parse_relays;
use noaber_node::service::NetChoice;

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Field, Look, divider, icon_button, section, switch, text};

/// More relays than this help nobody.
const MOST_RELAYS: usize = 8;

/// See the module.
#[derive(Default)]
pub(super) struct ReachCard {
    relay: String,
    trouble: Option<String>,
    changing: Option<Ticket>,
}

impl ReachCard {
    /// Shows the card.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(desk);
        let words = desk.words;
        let choice = desk.engine.reached().network.clone();
        let mut chosen = choice.clone();
        section(ui, &words.say("settings-reach"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let (label, line) = (words.say("settings-lan"), words.say("settings-lan-line"));
            switch(ui, &mut chosen.lan, &label, &line);
            divider(ui);
            text::caption(ui, words.say("settings-relays"));
            text::small(ui, words.say("settings-relays-line"));
            if choice.relays.is_empty() {
                text::weak(ui, words.say("settings-relays-none"));
            }
            for address in &choice.relays {
                if relay(ui, desk, address) {
                    chosen.relays.retain(|kept| kept != address);
                }
            }
            self.add(ui, desk, &mut chosen);
            if self.changing.is_some() {
                text::weak(ui, words.say("settings-changing"));
            }
            if let Some(trouble) = &self.trouble {
                text::trouble(ui, trouble.clone());
            }
        });
        // One change at a time: the next is chosen from what then holds.
        if chosen != choice && self.changing.is_none() {
            self.trouble = None;
            self.changing = Some(desk.engine.choose_network(chosen));
        }
    }

    fn hear(&mut self, desk: &mut Desk<'_>) {
        if let Some(Answer::Chosen(Err(failure))) = desk.take(&mut self.changing) {
            let fills = [("detail", failure.message.into())];
            self.trouble = Some(desk.words.tell("settings-reach-bad", &fills));
        }
    }

    fn add(&mut self, ui: &mut Ui, desk: &Desk<'_>, chosen: &mut NetChoice) {
        let words = desk.words;
        let caption = words.say("settings-relay-field");
        let hint = words.say("settings-relay-hint");
        let field = Field::new(&caption).hint(&hint).most(300).show(ui, &mut self.relay);
        if field.changed() {
            self.trouble = None;
        }
        let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let label = words.say("settings-relay-add");
        let has_text = !self.relay.trim().is_empty();
        let is_ready = has_text && self.changing.is_none();
        let button = Button::new(&label, Look::Plain).icon(Icon::PLUS).only_if(is_ready);
        if !(ui.add(button).clicked() || is_entered) || !is_ready {
            return;
        }
        match checked(&self.relay, &chosen.relays) {
            Ok(address) => {
                chosen.relays.push(address);
                self.relay.clear();
            }
            Err(key) => self.trouble = Some(words.say(key)),
        }
    }
}

/// An address as it is kept; else the key of what to say about it.
fn checked(typed: &str, known: &[String]) -> Result<String, &'static str> {
    let typed = typed.trim().to_owned();
    let is_web = typed.starts_with("https://") || typed.starts_with("http://");
    let parsed = parse_relays(&[typed]).ok().filter(|_| is_web);
    let address = parsed.and_then(|all| all.first().map(ToString::to_string));
    match address {
        None => Err("settings-relay-bad"),
        Some(address) if known.contains(&address) => Err("settings-relay-twice"),
        Some(_) if known.len() >= MOST_RELAYS => Err("settings-relay-many"),
        Some(address) => Ok(address),
    }
}

/// A relay that is used; whether it is to go.
fn relay(ui: &mut Ui, desk: &Desk<'_>, address: &str) -> bool {
    ui.horizontal(|ui| {
        text::glyph(ui, Icon::LINK, Palette::of(ui).primary);
        let name = desk.words.tell("settings-relay-remove", &[("address", address.into())]);
        let room = ui.available_width() - 54.0;
        ui.scope(|ui| {
            ui.set_max_width(room);
            let shown = RichText::new(address).color(Palette::of(ui).text);
            ui.add(Label::new(shown).truncate());
        });
        icon_button(ui, Icon::TRASH, &name).clicked()
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn an_address_is_checked_before_it_is_used() {
        let one = checked(" https://relay.example ", &[]).unwrap();
        assert_eq!(
            checked("https://relay.example", std::slice::from_ref(&one)),
            Err("settings-relay-twice")
        );
        for bad in ["relay.example", "https://", "ftp://relay.example", "mailto:anna@example", "x"]
        {
            assert_eq!(checked(bad, &[]), Err("settings-relay-bad"), "{bad}");
        }
        let many: Vec<String> = (0..8).map(|i| format!("https://{i}.example/")).collect();
        assert_eq!(checked("https://relay.example", &many), Err("settings-relay-many"));
    }
}
