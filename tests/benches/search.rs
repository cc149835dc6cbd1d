//! How long a search box takes, in a circle with 10,000 listings in Dutch and English.
//!
//! ```text
//! cargo bench -p noaber_tests --bench search
//! ```
//!
//! Prints medians and asserts nothing about time: machines differ. To be reached: 5 ms for any query,
//! so that a screen that searches at every key still draws its frame. The listings are made up by a
//! seeded generator, the same on every run.

#![allow(missing_docs, reason = "a benchmark")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use imbl::OrdMap;
use noaber_core::id::{DeviceId, ListingId, MemberId};
use noaber_core::listing::{Car, Details, General, Help, Item, Listing};
use noaber_core::roster::{Member, Membership};
use noaber_core::rules::Rules;
use noaber_core::search::Index;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_tests::Street;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const LISTINGS: usize = 10_000;
const MEMBERS: usize = 300;
const ROUNDS: usize = 101;

/// What is shared, in words that its owner would use.
const THINGS: &str = "\
    ladder, keukenladder, boormachine, klopboormachine, drill, grasmaaier, lawn mower, \
    kruiwagen, wheelbarrow, naaimachine, sewing machine, fiets, kinderfiets, bakfiets, bike, \
    cargo bike, tent, partytent, party tent, slaapzak, sleeping bag, tafel, klaptafel, \
    folding table, stoel, klapstoelen, chairs, heggenschaar, hedge trimmer, hogedrukreiniger, \
    pressure washer, decoupeerzaag, cirkelzaag, kettingzaag, saw, schuurmachine, sander, \
    aanhanger, trailer, dakkoffer, roof box, fietsendrager, beamer, projector, \
    geluidsinstallatie, speaker, barbecue, fonduestel, gourmetstel, wafelijzer, waffle iron, \
    kinderstoel, high chair, reisbed, cot, draagzak, stroller, kinderwagen, bordspel, \
    board game, puzzel, puzzle, boeken, books, gitaar, guitar, slee, sled, schaatsen, skates, \
    kano, canoe, verfspullen, behangtafel, stoomreiniger, steam cleaner, tapijtreiniger, \
    stofzuiger, vacuum cleaner, tegelsnijder, tile cutter, betonmolen, steekwagen, hand truck, \
    verhuisdozen, moving boxes, koelbox, cool box, luidspreker, naaidoos, gereedschapskist, \
    toolbox";

const QUALITIES: &str = "\
    oude, nieuwe, grote, kleine, zware, lichte, stevige, opvouwbare, elektrische, old, new, \
    large, small, heavy, light, sturdy, foldable, electric, aluminium, houten, wooden, rode, \
    red, groene, green, blauwe, blue, professionele";

/// Of these the descriptions are made, besides words of their own.
const TALK: &str = "\
    de, het, een, van, met, voor, in, op, en, is, the, a, of, with, for, and, to, graag, \
    schoon, terugbrengen, please, bring, back, clean, werkt, prima, works, fine, accu, battery, \
    oplader, charger, inclusief, including, handleiding, manual, kelder, basement, schuur, \
    shed, ophalen, collect, avond, evening, weekend, voorzichtig, careful, kinderen, children, \
    huis, house, tuin, garden, meter, kilo, jaar, year, gekocht, bought, weinig, gebruikt, \
    hardly, used, bel, even, call, first, buren, neighbours, samen, together";

const SYLLABLES: &str = "\
    ba, ker, lo, vin, stra, te, mo, lin, hout, werk, ston, dal, per, gi, ven, schot, ra, mel, \
    tuk, fen, zo, ber, wij, king, lam, dor, pa, nel";

const NAMES: &str = "\
    Jan, Ans, Piet, Fatima, Mohammed, Emma, Noor, Sem, Olivia, James, Zoë, Jürgen, Agnieszka, \
    Hanneke, Willem, Kees, Aisha, Daan, Lotte, Bram";

/// One of those that commas part.
fn pick(rng: &mut ChaCha8Rng, from: &'static str) -> &'static str {
    let at = rng.random_range(0..from.split(", ").count());
    from.split(", ").nth(at).expect("it was counted")
}

/// A brand, a street, a type: what a vocabulary's long tail is made of.
fn rare(rng: &mut ChaCha8Rng) -> String {
    (0..rng.random_range(2..4)).map(|_| pick(rng, SYLLABLES)).collect()
}

fn listing(rng: &mut ChaCha8Rng, at: usize) -> Listing {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&(at as u64).to_be_bytes());
    let (thing, quality) = (pick(rng, THINGS), pick(rng, QUALITIES));
    let mut about = String::new();
    for _ in 0..rng.random_range(5..60) {
        match rng.random_range(0..12) {
            0 => about.push_str(&rare(rng)),
            1 => about.push_str(pick(rng, THINGS)),
            _ => about.push_str(pick(rng, TALK)),
        }
        about.push(' ');
    }
    let details = match rng.random_range(0..20) {
        0 => Details::Car(Car::default()),
        1 => Details::HelpOffer(Help::default()),
        2 => Details::HelpAsk(Help::default()),
        kind => Details::Item(Item { give_away: kind < 6 }),
    };
    Listing {
        id: ListingId::from_bytes(id),
        owner: member(rng.random_range(0..MEMBERS)),
        keeper: DeviceId::from_bytes([0; 32]),
        term: 0,
        created_at: Timestamp::from_ms(0),
        general: General {
            title: format!("{quality} {thing} {}", rare(rng)),
            about,
            category: pick(rng, "gereedschap, tuin, keuken, tools, garden, toys").to_owned(),
            quantity: 1,
            ..General::default()
        },
        details,
        rules: Rules::default(),
        retired: rng.random_range(0..20) == 0,
    }
}

fn member(at: usize) -> MemberId {
    let mut id = [0; 32];
    id[24..].copy_from_slice(&(at as u64).to_be_bytes());
    MemberId::from_bytes(id)
}

fn circle(rng: &mut ChaCha8Rng) -> CircleView {
    let (street, id) = Street::founded(1, 1);
    let mut circle = street.circle(0, id).clone();
    for at in 0..MEMBERS {
        let name = format!("{} {}", pick(rng, NAMES), rare(rng));
        let since = Timestamp::from_ms(0);
        let membership = Membership::Active;
        let member_there = Member { name, steward: false, since, devices: Vec::new(), membership };
        circle.roster.members.insert(member(at), member_there);
    }
    let listings = (0..LISTINGS).map(|at| Arc::new(listing(rng, at)));
    circle.listings = listings.map(|listing| (listing.id, listing)).collect::<OrdMap<_, _>>();
    circle
}

/// The median of so many runs, in milliseconds.
fn median_ms(rounds: usize, mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut circle = circle(&mut rng);
    let build = median_ms(5, || {
        let mut index = Index::default();
        index.catch_up(&circle);
        black_box(&index);
    });
    let mut index = Index::default();
    index.catch_up(&circle);
    println!("Noaber: search in {LISTINGS} listings{:>12} {:>8}", "median", "hits");
    println!("{:<36} {build:>8.2} ms", "index built");
    // The edit itself is the view's work: only taking it in is timed.
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let edited = listing(&mut rng, round * 97 % LISTINGS);
            circle.listings.insert(edited.id, Arc::new(edited));
            let start = Instant::now();
            index.catch_up(&circle);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{:<36} {:>8.3} ms", "caught up after one edit", times[ROUNDS / 2]);
    for (name, query) in [
        ("exact", "wheelbarrow"),
        ("exact, with synonyms", "ladder"),
        ("plural", "boormachines"),
        ("prefix of three letters", "kin"),
        ("prefix of one letter", "b"),
        ("slip", "grasmaajer"),
        ("inside", "machine"),
        ("two words", "elektrische boormachine"),
        ("owner and thing", "jan grasmaaier"),
        ("eight words", "oude fiets met accu en lader in schuur voor kinderen graag schoon"),
        ("kind (half of all)", "lenen"),
        ("phrase", "sewing machine"),
        ("nothing found", "onderzeeboot"),
    ] {
        let hits = index.find(query, usize::MAX).len();
        let median = median_ms(ROUNDS, || drop(black_box(index.find(black_box(query), 50))));
        println!("{name:<36} {median:>8.3} ms {hits:>8}");
    }
}
