//! What an owner asks of borrowers, as a part of the form: how long, how far ahead, when it can be fetched,
//! how often, who, and whether it is broken. What the window has no field for stays as it was said.

use eframe::egui::{Ui, vec2};
use jiff::civil::{Time, Weekday};
use noaber_core::id::MemberId;
use noaber_core::roster::Membership;
use noaber_core::rules::{
    Borrowers, Opening, Per, Quota, Repair, Rules, Span, TimeOfDay, Weekdays,
};

use crate::desk::{Desk, Room};
use crate::fonts::Icon;
use crate::widgets::{Field, chip, choice, icon_button, switch, text, when};

/// Lengths that are offered; others can be told on the command line, and stay.
const LENGTHS: [Span; 13] = [
    Span::Minutes(30),
    Span::Minutes(60),
    Span::Minutes(120),
    Span::Minutes(240),
    Span::Minutes(720),
    Span::Days(1),
    Span::Days(2),
    Span::Days(3),
    Span::Days(7),
    Span::Days(14),
    Span::Days(30),
    Span::Days(60),
    Span::Days(180),
];
const MOST_OPENINGS: usize = 6;

/// Shows the rules, and changes them as they are chosen.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, rules: &mut Rules) {
    lengths(ui, desk, rules);
    opening(ui, desk, rules);
    who(ui, desk, rules);
    repair(ui, desk, rules);
}

fn lengths(ui: &mut Ui, desk: &Desk<'_>, rules: &mut Rules) {
    let fields: [(&str, &mut Option<Span>); 4] = [
        ("rules-longest", &mut rules.longest),
        ("rules-lead", &mut rules.lead),
        ("rules-horizon", &mut rules.horizon),
        ("rules-gap", &mut rules.gap),
    ];
    let columns = if desk.room == Room::Narrow { 1 } else { 2 };
    let mut fields: Vec<_> = fields.into_iter().collect();
    for pair in fields.chunks_mut(columns) {
        ui.columns(columns, |columns| {
            for (ui, (key, span)) in columns.iter_mut().zip(pair) {
                length(ui, desk, key, span);
            }
        });
    }
    quota(ui, desk, rules);
}

/// A length of time, or none.
fn length(ui: &mut Ui, desk: &Desk<'_>, key: &str, span: &mut Option<Span>) {
    let words = desk.words;
    let mut all: Vec<Option<Span>> = vec![None];
    all.extend(LENGTHS.map(Some));
    if !all.contains(span) {
        all.push(*span);
    }
    let name = words.say(key);
    let chosen = all.iter().position(|each| each == span).unwrap_or(0);
    let shown: Vec<String> = all
        .iter()
        .map(|each| each.map_or_else(|| words.say("rules-none"), |span| words.length(span)))
        .collect();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        text::caption(ui, &name);
        let width = ui.available_width().min(260.0);
        if let Some(place) = choice(ui, Icon::HOURGLASS, &name, &shown, chosen, width) {
            *span = all[place];
        }
    });
}

/// How much of it each neighbour may have: the first quota; more than one stays as it was said.
fn quota(ui: &mut Ui, desk: &Desk<'_>, rules: &mut Rules) {
    let words = desk.words;
    let monday = Weekday::Monday;
    let mut all: Vec<Option<Quota>> = vec![None];
    for (days, per) in [
        (1, Per::Week { from: monday }),
        (2, Per::Week { from: monday }),
        (3, Per::Week { from: monday }),
        (2, Per::Month { from: 1 }),
        (4, Per::Month { from: 1 }),
        (8, Per::Month { from: 1 }),
    ] {
        all.push(Some(Quota { amount: Span::Days(days), per }));
    }
    let now = rules.quotas.first().copied();
    if !all.contains(&now) {
        all.push(now);
    }
    let name = words.say("rules-quota");
    let chosen = all.iter().position(|each| *each == now).unwrap_or(0);
    let shown: Vec<String> = all
        .iter()
        .map(|each| each.as_ref().map_or_else(|| words.say("rules-none"), |q| words.quota(q)))
        .collect();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        text::caption(ui, &name);
        let width = ui.available_width().min(360.0);
        if let Some(place) = choice(ui, Icon::SCALES, &name, &shown, chosen, width) {
            rules.quotas = all[place].into_iter().collect();
        }
    });
}

fn opening(ui: &mut Ui, desk: &Desk<'_>, rules: &mut Rules) {
    let words = desk.words;
    text::caption(ui, words.say("rules-open"));
    let mut removed = None;
    for (place, open) in rules.open.iter_mut().enumerate() {
        ui.push_id(("open", place), |ui| {
            days(ui, desk, open);
            ui.horizontal(|ui| {
                let (from, to) = (words.say("rules-open-from"), words.say("rules-open-to"));
                clock(ui, desk, &from, &mut open.from, TimeOfDay::MIDNIGHT);
                text::body(ui, "–");
                clock(ui, desk, &to, &mut open.to, TimeOfDay::END);
                if icon_button(ui, Icon::TRASH, &words.say("rules-open-remove")).clicked() {
                    removed = Some(place);
                }
            });
        });
    }
    if let Some(place) = removed {
        rules.open.remove(place);
    }
    let key = if rules.open.is_empty() { "rules-open-add" } else { "rules-open-more" };
    let is_full = rules.open.len() >= MOST_OPENINGS;
    if !is_full && chip(ui, &words.say(key), Some(Icon::CLOCK), false).clicked() {
        let at = |hour| TimeOfDay::new(hour, 0).unwrap_or(TimeOfDay::MIDNIGHT);
        rules.open.push(Opening { days: Weekdays::ALL, from: at(9), to: at(21) });
    }
}

fn days(ui: &mut Ui, desk: &Desk<'_>, open: &mut Opening) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for day in Weekday::Monday.cycle_forward().take(7) {
            let is_in = open.days.contains(day);
            if chip(ui, desk.words.weekday_short(day), None, is_in).clicked() {
                let others = open.days.iter().filter(|each| *each != day);
                let mut days: Vec<Weekday> = others.collect();
                if !is_in {
                    days.push(day);
                }
                open.days = Weekdays::of(&days);
            }
        }
    });
}

/// A time of day; midnight is the start or the end of the day, as it is needed.
fn clock(ui: &mut Ui, desk: &Desk<'_>, name: &str, at: &mut TimeOfDay, midnight: TimeOfDay) {
    let mut time = at.on_a_clock().unwrap_or(Time::midnight());
    if when::time(ui, desk.words, name, &mut time) {
        let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
        let chosen = TimeOfDay::new(u16::from(hour), u16::from(minute));
        *at = chosen.filter(|_| time != Time::midnight()).unwrap_or(midnight);
    }
}

/// Who may borrow it: everybody, or some.
fn who(ui: &mut Ui, desk: &Desk<'_>, rules: &mut Rules) {
    let words = desk.words;
    let mut is_some = matches!(rules.borrowers, Borrowers::Only(_));
    let (label, line) = (words.say("rules-only"), words.say("rules-only-line"));
    if switch(ui, &mut is_some, &label, &line).changed() {
        let nobody = Borrowers::Only(Vec::new());
        rules.borrowers = if is_some { nobody } else { Borrowers::Everybody };
    }
    let Borrowers::Only(members) = &mut rules.borrowers else { return };
    let mut others: Vec<(MemberId, &str)> = desk
        .circle
        .roster
        .members
        .iter()
        .filter(|(id, member)| **id != desk.me && member.membership == Membership::Active)
        .map(|(id, member)| (*id, member.name.as_str()))
        .collect();
    others.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        for (id, name) in others {
            let is_in = members.contains(&id);
            let icon = if is_in { Icon::CHECK } else { Icon::PLUS };
            if chip(ui, name, Some(icon), is_in).clicked() {
                if is_in {
                    members.retain(|each| *each != id);
                } else {
                    members.push(id);
                }
            }
        }
    });
}

fn repair(ui: &mut Ui, desk: &Desk<'_>, rules: &mut Rules) {
    let words = desk.words;
    let mut is_broken = rules.repair.is_some();
    let (label, line) = (words.say("rules-repair"), words.say("rules-repair-line"));
    if switch(ui, &mut is_broken, &label, &line).changed() {
        let since = Repair { from: desk.now, until: None, note: String::new() };
        rules.repair = is_broken.then_some(since);
    }
    if let Some(repair) = &mut rules.repair {
        let (caption, hint) = (words.say("rules-repair-note"), words.say("rules-repair-hint"));
        Field::new(&caption).hint(&hint).most(120).show(ui, &mut repair.note);
    }
}
