//! The first page: an invite as a picture, where a new circle is, and the program’s own options.

mod support;

use std::io::Cursor;
use std::process::Command;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use image::{DynamicImage, ImageFormat, Luma, Rgb, RgbImage, imageops};
use noaber_gui::words::Lang;
use noaber_node::drawing::{Subject, draw};
use qrcode::{EcLevel, QrCode};
use support::{Setup, Window};

fn png(picture: RgbImage) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut png, ImageFormat::Png).expect("memory takes it");
    png.into_inner()
}

/// A screenshot of a window that shows this as a code.
fn screenshot(text: &str) -> RgbImage {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).expect("it fits");
    let code = code.render::<Luma<u8>>().module_dimensions(4, 4).build();
    let code = DynamicImage::ImageLuma8(code).into_rgb8();
    let mut screen = RgbImage::from_pixel(1_280, 900, Rgb([0xFA, 0xF5, 0xEE]));
    imageops::overlay(&mut screen, &code, 420, 180);
    screen
}

#[test]
fn ben_comes_in_by_a_picture_of_his_invite() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = Window::open(Setup::new(&homes.path().join("anna")));
    anna.type_into("Your name", "Anna Bakker");
    anna.type_into("Name of your circle", "Lindenstraat");
    anna.button("Start this circle");
    anna.until_said("An empty shelf");
    anna.press(Role::Link, "Neighbours");
    anna.button("Invite a neighbour");
    anna.until_said("It works until");
    anna.button("Copy the link");
    let link = anna.copied.clone().expect("the link was copied");

    let mut ben = Window::open(Setup::new(&homes.path().join("ben")));
    // What is no invite is told kindly, with what to do.
    ben.drop_file(b"a letter".to_vec());
    ben.until_said("This file is no photo that Noaber can open.");
    ben.drop_file(png(draw(Subject::Ladder)));
    ben.until_said("There is no QR code on this picture.");
    ben.paste(&screenshot("https://example.org"));
    ben.until_said("This code is no invite to a circle.");
    ben.drop_file(png(screenshot(&link[..link.len() - 9])));
    ben.until_said("A piece of this invite is missing.");
    ben.drop_file(png(screenshot(&link)));
    ben.until_said("This is the way into Lindenstraat");
    assert!(!ben.says("is missing"));
    ben.type_into("Your name", "Ben Visser");
    ben.button("Knock at the door");
    for _ in 0..3_000 {
        anna.harness.step();
        ben.harness.step();
        if ben.says("0 things") || ben.says("Nothing is shared in Lindenstraat yet") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(4));
    }
    panic!("the door stays shut: {}", ben.said());
}

#[test]
fn a_new_circle_is_where_its_founder_says() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = Window::open(Setup::new(&homes.path().join("anna")));
    window.type_into("Your name", "Urs Frei");
    window.type_into("Name of your circle", "Langstrasse");
    window.button("Change the time zone and the currency");
    window.type_into("Time zone", "zuric");
    window.press(Role::RadioButton, "Europe/Zurich");
    window.until_said("Zurich time, Swiss franc");
    window.button("That is right");
    window.button("Start this circle");
    window.until_said("An empty shelf");
    let view = window.app().view().unwrap();
    let circle = view.circles.values().next().unwrap();
    assert_eq!((circle.timezone.as_str(), circle.currency.as_str()), ("Europe/Zurich", "CHF"));
}

#[test]
fn the_three_ways_fit_and_are_reached_by_keyboard_at_all_sizes() {
    let homes = tempfile::tempdir().unwrap();
    for (lang, ways) in [
        (Lang::En, ["Start a circle", "I have an invite", "Look around in a sample street"]),
        (
            Lang::Nl,
            ["Een kring beginnen", "Ik ben uitgenodigd", "Rondkijken in een voorbeeldstraat"],
        ),
    ] {
        let mut window = Window::open(Setup { lang, ..Setup::new(&homes.path().join("home")) });
        window.until_said(ways[0]);
        for width in [390.0, 800.0, 1440.0] {
            window.harness.set_size(eframe::egui::vec2(width, 844.0));
            window.settle();
            window.harness.check_accessibility();
            for way in ways {
                let rect = window.harness.get_by_label(way).rect();
                assert!(rect.left() >= 0.0 && rect.right() <= width, "{way} at {width}: {rect:?}");
                assert!(rect.height() >= 44.0, "{way} at {width}: {rect:?}");
            }
        }
    }
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_noaber-gui"));
    for screen in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(screen);
    }
    program
}

#[test]
fn without_a_screen_the_program_says_so_and_tells_the_sample_street() {
    let homes = tempfile::tempdir().unwrap();
    let run = program().arg("--home").arg(homes.path().join("home")).output().unwrap();
    let (said, told) = (String::from_utf8_lossy(&run.stderr), String::from_utf8_lossy(&run.stdout));
    assert_eq!(run.status.code(), Some(0), "{said}");
    assert!(said.contains("needs a screen") && said.contains("noaber --help"), "{said}");
    assert!(told.contains("A sample street. Five neighbours"), "{told}");
    assert!(told.contains("All five hold exactly the same."), "{told}");
    assert!(!homes.path().join("home").exists());
}

#[test]
fn what_cannot_be_meant_is_a_usage_error_that_lists_what_can() {
    for (option, value, allowed) in [
        ("--lang", "de", ["en", "nl"]),
        ("--page", "attic", ["browse", "today"]),
        ("--theme", "pink", ["light", "dark"]),
    ] {
        let run = program().args([option, value]).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(allowed.iter().all(|word| said.contains(word)), "{said}");
    }
}
