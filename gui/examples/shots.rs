//! Pictures of every page, in three widths, both themes, both languages, over a real street:
//! `cargo run -p noaber_gui --example shots -- FOLDER [only what has one of these in its name, with commas between]`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{ThemePreference, Vec2};
use egui_kittest::kittest::Queryable;
use noaber_gui::desk::Route;
use noaber_gui::words::Lang;
use support::street::Street;
use support::{Setup, Window};

fn main() {
    // The technical page shows what the program tells about itself.
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;
    tracing_subscriber::registry().with(noaber_gui::log::remember()).init();
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "shots".to_owned());
    let only = args.next().unwrap_or_default();
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).expect("a folder can be made there");
    let homes = tempfile::tempdir().expect("a temporary folder");
    let mut street = Street::live(homes.path());
    street.reckon();
    street.help();
    let home = street.make_room(1);
    let routes = [
        ("browse", Route::Browse),
        ("ladder", Route::Listing(street.ladder)),
        ("car", Route::Listing(street.car)),
        ("chairs", Route::Listing(street.chairs)),
        ("today", Route::Today),
        ("share", Route::Share),
        ("neighbours", Route::Neighbours),
        ("week", Route::Week),
        ("balance", Route::Balance),
        ("help", Route::Help),
        ("calendar", Route::Calendar),
        ("notices", Route::Notices),
        ("devices", Route::Devices),
        ("settings", Route::Settings),
    ];
    let sizes = [
        ("wide", [1440.0, 900.0]),
        ("middle", [900.0, 800.0]),
        ("narrow", [390.0, 844.0]),
        ("tall", [1280.0, 1900.0]),
    ];
    for lang in [Lang::En, Lang::Nl] {
        for (look, theme) in [("light", ThemePreference::Light), ("dark", ThemePreference::Dark)] {
            for (width, size) in sizes {
                let suffix = format!("{width}-{look}-{}", lang.code());
                let wanted = |name: &str| {
                    let name = format!("{name}-{suffix}");
                    only.split(',').any(|part| name.contains(part))
                };
                if !routes.iter().any(|(name, _)| wanted(name))
                    && !["picked", "booked", "coming", "pay", "bought", "technical", "closing"]
                        .iter()
                        .any(|name| wanted(name))
                    && !["first", "visit"].iter().any(|name| wanted(name))
                    && !wanted("invite")
                    && !wanted("extra")
                {
                    continue;
                }
                let (clock, size) = (street.clock.clone(), Vec2::from(size));
                let page = Route::Browse;
                let setup = Setup { home: home.clone(), clock, lang, theme, size, page };
                let mut window = Window::open(setup.clone());
                window.until("the circle", |h| {
                    h.state().view().is_some_and(|view| {
                        view.peers.values().filter(|p| p.is_level()).count() >= 3
                    })
                });
                for (name, route) in routes {
                    if wanted(name) {
                        window.app().go(route);
                        shoot(&mut window, &folder.join(format!("{name}-{suffix}.png")));
                    }
                }
                deeper(&mut window, lang, &wanted, &|name| {
                    folder.join(format!("{name}-{suffix}.png"))
                });
                if wanted("invite") {
                    window.app().go(Route::Neighbours);
                    window.settle();
                    window.button(if lang == Lang::En { "Invite" } else { "uitnodigen" });
                    window.until_said(if lang == Lang::En {
                        "It works until"
                    } else {
                        "Hij werkt"
                    });
                    shoot(&mut window, &folder.join(format!("invite-{suffix}.png")));
                }
                if wanted("extra") {
                    extras(&mut window, &street, lang, &folder.join(format!("extra-{suffix}")));
                }
                drop(window);
                if ["first", "visit"].iter().any(|name| wanted(name)) {
                    beginning(&setup, &wanted, &|name| folder.join(format!("{name}-{suffix}.png")));
                }
            }
        }
    }
}

/// Pictures of the first page, and of a visit to the sample street.
fn beginning(
    setup: &Setup,
    wanted: &dyn Fn(&str) -> bool,
    file: &dyn Fn(&str) -> std::path::PathBuf,
) {
    let is_english = setup.lang == Lang::En;
    let [change, join, look, here] = if is_english {
        ["Change the time zone", "I have an invite", "Look around", "Nothing here is real"]
    } else {
        ["De tijdzone en de munt", "Ik ben uitgenodigd", "Rondkijken", "Niets hier is echt"]
    };
    let nobody = tempfile::tempdir().expect("a temporary folder");
    let setup = Setup { home: nobody.path().join("home"), ..setup.clone() };
    let mut window = Window::open(setup.clone());
    if wanted("first") {
        shoot(&mut window, &file("first"));
        window.button(change);
        shoot(&mut window, &file("first-place"));
        window.press(Role::RadioButton, join);
        shoot(&mut window, &file("first-join"));
    }
    if wanted("visit") {
        window.button(look);
        window.until_said(if is_english {
            "Two weeks go by"
        } else {
            "Er gaan twee weken voorbij"
        });
        window.settle();
        let image = window.harness.render().expect("it can be painted");
        image.save(file("visit-building")).expect("it can be saved");
        window.until("the street", |harness| {
            harness
                .query_all_by_label_contains(if is_english {
                    "nothing here is real"
                } else {
                    "niets hier is echt"
                })
                .next()
                .is_some()
                || harness.query_all_by_label_contains(here).next().is_some()
        });
        for (name, route) in [
            ("visit", Route::Browse),
            ("visit-today", Route::Today),
            ("visit-week", Route::Week),
            ("visit-balance", Route::Balance),
        ] {
            window.app().go(route);
            shoot(&mut window, &file(name));
        }
    }
}

/// Pictures of what opens after a press.
fn deeper(
    window: &mut Window,
    lang: Lang,
    wanted: &dyn Fn(&str) -> bool,
    file: &dyn Fn(&str) -> std::path::PathBuf,
) {
    let is_english = lang == Lang::En;
    if wanted("picked") {
        window.app().go(Route::Week);
        window.settle();
        let free = if is_english { "Choose a time" } else { "Een tijd kiezen" };
        window.button(free);
        shoot(window, &file("picked"));
        window.button(if is_english { "Never mind" } else { "Laat maar" });
    }
    if wanted("booked") {
        window.app().go(Route::Week);
        window.settle();
        window.button(if is_english { "Zoë van Dijk, today" } else { "Zoë van Dijk, vandaag" });
        shoot(window, &file("booked"));
        window.button(if is_english { "Put it away" } else { "Weer dicht" });
    }
    if wanted("coming") {
        window.app().go(Route::Week);
        window.settle();
        window.button("Later");
        shoot(window, &file("coming"));
        window.button(if is_english { "Earlier" } else { "Eerder" });
    }
    if wanted("pay") {
        window.app().go(Route::Balance);
        window.settle();
        window.button(if is_english { "Pay: Anna" } else { "Betalen: Anna" });
        shoot(window, &file("pay"));
        window.button(if is_english { "Never mind" } else { "Laat maar" });
    }
    if wanted("technical") {
        window.app().go(Route::Settings);
        window.settle();
        let name = if is_english { "Technical" } else { "Technisch" };
        window.press(Role::DisclosureTriangle, name);
        window.until_said("Frontier");
        shoot(window, &file("technical"));
        let all = if is_english { "Warnings" } else { "Waarschuwingen" };
        window.press(Role::RadioButton, all);
        shoot(window, &file("technical-low"));
        window.press(Role::DisclosureTriangle, name);
    }
    if wanted("closing") {
        window.app().go(Route::Share);
        window.settle();
        window.type_into(if is_english { "What is it?" } else { "Wat is het?" }, "Fiets");
        let root = window.harness.input_mut().viewports.entry(eframe::egui::ViewportId::ROOT);
        root.or_default().events.push(eframe::egui::ViewportEvent::Close);
        window.settle();
        shoot(window, &file("closing"));
        window.button(if is_english { "Keep writing" } else { "Verder schrijven" });
    }
    if wanted("bought") {
        window.app().go(Route::Balance);
        window.settle();
        let [share, amount] = if is_english {
            ["I paid for something", "How much did you pay?"]
        } else {
            ["Ik heb iets betaald", "Hoeveel heb je betaald?"]
        };
        window.button(share);
        window.type_into(amount, "20");
        shoot(window, &file("bought"));
        window.button(if is_english { "Never mind" } else { "Laat maar" });
    }
}

/// What opens, pops up and goes by.
fn extras(window: &mut Window, street: &Street, lang: Lang, stem: &Path) {
    let [day, time, decline, size] = match lang {
        Lang::En => ["From, day", "From, time", "Decline", "Size of text"],
        Lang::Nl => ["Vanaf, dag", "Vanaf, tijd", "Afwijzen", "Tekstgrootte"],
    };
    let name = |what: &str| {
        stem.with_file_name(format!(
            "{}-{what}.png",
            stem.file_name().unwrap_or_default().to_string_lossy()
        ))
    };
    window.app().go(Route::Listing(street.ladder));
    window.settle();
    window.press(Role::ComboBox, day);
    shoot(window, &name("day"));
    window.harness.key_press(eframe::egui::Key::Escape);
    window.settle();
    window.press(Role::ComboBox, time);
    shoot(window, &name("time"));
    window.harness.key_press(eframe::egui::Key::Escape);
    window.settle();
    window.app().go(Route::Today);
    window.settle();
    window.button(decline);
    shoot(window, &name("decline"));
    window.harness.key_press(eframe::egui::Key::Escape);
    window.settle();
    window.button(size);
    shoot(window, &name("size"));
    for _ in 0..10 {
        window.button(if lang == Lang::En { "Larger text" } else { "Grotere tekst" });
    }
    window.harness.key_press(eframe::egui::Key::Escape);
    window.app().go(Route::Browse);
    shoot(window, &name("200"));
}

fn shoot(window: &mut Window, file: &Path) {
    // Photos are decoded elsewhere, and come a few a frame.
    for _ in 0..40 {
        window.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(6));
    }
    let image = window.harness.render().expect("it can be painted");
    image.save(file).expect("it can be saved");
    println!("{}", file.display());
}
