//! Given what neighbours offer, when one types this, then these are found, in this order.

mod always;

use std::sync::Arc;

use imbl::OrdSet;

use super::*;
use crate::id::{CircleId, DeviceId};
use crate::listing::{Car, Details, Help, Item};
use crate::roster::Membership;
use crate::time::Timestamp;

const JAN: u8 = 1;
const ANS: u8 = 2;

fn circle() -> CircleView {
    let mut circle = CircleView::new(CircleId::from_bytes([0; 32]), OrdSet::new());
    name(&mut circle, JAN, "Jan de Groot");
    name(&mut circle, ANS, "Ans Pénélope");
    circle
}

fn name(circle: &mut CircleView, member: u8, name: &str) {
    let member_id = MemberId::from_bytes([member; 32]);
    let since = Timestamp::from_ms(0);
    let (name, membership) = (name.to_owned(), Membership::Active);
    let member = Member { name, steward: false, since, devices: Vec::new(), membership };
    circle.roster.members.insert(member_id, member);
}

fn listing(at: u8, owner: u8, title: &str) -> Listing {
    Listing {
        id: ListingId::from_bytes([at; 16]),
        owner: MemberId::from_bytes([owner; 32]),
        keeper: DeviceId::from_bytes([owner; 32]),
        term: 0,
        created_at: Timestamp::from_ms(0),
        general: General { title: title.to_owned(), quantity: 1, ..General::default() },
        details: Details::Item(Item::default()),
        rules: crate::rules::Rules::default(),
        retired: false,
    }
}

fn put(circle: &mut CircleView, listing: Listing) {
    circle.listings.insert(listing.id, Arc::new(listing));
}

fn index(circle: &CircleView) -> Index {
    let mut index = Index::default();
    index.catch_up(circle);
    index
}

/// A street with a bit of everything. Written: owner, kind, title, category, text.
fn street() -> CircleView {
    let give = Details::Item(Item { give_away: true });
    let lend = Details::Item(Item::default());
    let car = Details::Car(Car::default());
    let offer = Details::HelpOffer(Help::default());
    let ask = Details::HelpAsk(Help::default());
    let mut circle = circle();
    for (at, (owner, details, title, category, about)) in (1..).zip([
        (JAN, &lend, "Ladder", "gereedschap", "Aluminium, drie meter."),
        (ANS, &lend, "Keukenladder", "huishouden", "Vier treden."),
        (ANS, &lend, "Trap, 2 m", "tools", "Of hout."),
        (JAN, &lend, "Verf en kwasten", "klussen", "Een ladder heb je er wel bij nodig."),
        (JAN, &lend, "Boormachine Bosch", "gereedschap", "Met boren voor hout en steen."),
        (ANS, &lend, "Cordless drill", "tools", "18V, two batteries."),
        (JAN, &lend, "Grasmaaier", "tuin", "Elektrisch."),
        (ANS, &lend, "Lawn mower", "garden", "Petrol, starts at once."),
        (ANS, &lend, "Kinderfiets 16 inch", "fietsen", "Rood, voor kinderen van 4 tot 6."),
        (JAN, &lend, "Bakfiets", "fietsen", "Twee kinderen passen erin."),
        (ANS, &lend, "Naaimachine", "huishouden", "Singer."),
        (JAN, &car, "Škoda Fabia", "", "Trekhaak aanwezig."),
        (ANS, &offer, "Oppassen", "kinderen", "Dinsdags en donderdags."),
        (JAN, &ask, "Verhuizen", "", "Zaterdag een bank naar boven."),
        (ANS, &give, "Zes stoelen", "meubels", "Eén poot wiebelt."),
        (JAN, &lend, "Decoupeerzaag", "gereedschap", ""),
        (JAN, &lend, "Twee zagen", "gereedschap", ""),
        (ANS, &lend, "Tenten", "kamperen", "Een voor twee en een voor vier."),
        (ANS, &lend, "Sharp knives", "kitchen", "Mind your fingers."),
        (ANS, &lend, "E-bike", "", "Volle accu gaat 60 km."),
    ]) {
        let mut listing = listing(at, owner, title);
        listing.details = details.clone();
        listing.general.category = category.to_owned();
        listing.general.about = about.to_owned();
        put(&mut circle, listing);
    }
    circle
}

fn found(circle: &CircleView, index: &Index, query: &str) -> Vec<String> {
    let hits = index.find(query, usize::MAX);
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score), "{query}: {hits:?}");
    hits.iter().map(|hit| circle.listings[&hit.listing].general.title.clone()).collect()
}

#[test]
fn neighbours_find_what_they_mean() {
    let circle = street();
    let index = index(&circle);
    for (query, expected) in [
        // As written, then its synonym, then in the text, then as a compound.
        ("ladder", &["Ladder", "Trap, 2 m", "Keukenladder", "Verf en kwasten"][..]),
        ("ladders", &["Ladder", "Trap, 2 m", "Keukenladder", "Verf en kwasten"]),
        ("LÀDDER", &["Ladder", "Trap, 2 m", "Keukenladder", "Verf en kwasten"]),
        ("ladder aluminum", &["Ladder"]),
        ("aluminium ladder", &["Ladder"]),
        ("een ladder te leen", &["Ladder", "Trap, 2 m", "Keukenladder", "Verf en kwasten"]),
        // Two languages.
        ("boormachine", &["Boormachine Bosch", "Cordless drill"]),
        ("boormachines", &["Boormachine Bosch", "Cordless drill"]),
        ("drill", &["Cordless drill", "Boormachine Bosch"]),
        ("lawn mower", &["Lawn mower", "Grasmaaier"]),
        ("lawnmower", &["Grasmaaier", "Lawn mower"]),
        ("grasmaaier", &["Grasmaaier", "Lawn mower"]),
        ("sewing machine", &["Naaimachine"]),
        ("babysitter", &["Oppassen"]),
        (
            "tool",
            &[
                "Cordless drill",
                "Trap, 2 m",
                "Boormachine Bosch",
                "Decoupeerzaag",
                "Ladder",
                "Twee zagen",
            ],
        ),
        ("e-bike", &["E-bike"]),
        ("ebike", &["E-bike"]),
        ("elektrische fiets", &["E-bike"]),
        // Plurals, both ways.
        ("fiets kinderen", &["Bakfiets", "Kinderfiets 16 inch"]),
        ("zaag", &["Twee zagen", "Decoupeerzaag"]),
        ("saw", &["Twee zagen", "Decoupeerzaag"]),
        ("stoel", &["Zes stoelen"]),
        ("chairs", &["Zes stoelen"]),
        ("tent", &["Tenten"]),
        ("knife", &["Sharp knives"]),
        ("mes", &["Sharp knives"]),
        ("battery drill", &["Cordless drill"]),
        // While typing, and slips.
        ("boo", &["Boormachine Bosch"]),
        ("l", &["Ladder", "Lawn mower"]),
        ("grasmaajer", &["Grasmaaier"]),
        ("boormahcine", &["Boormachine Bosch"]),
        ("decoupeerzag", &["Decoupeerzaag"]),
        ("skoda", &["Škoda Fabia"]),
        // Inside longer words.
        ("machine", &["Boormachine Bosch", "Naaimachine"]),
        ("boor machine", &["Boormachine Bosch"]),
        // Owners and kinds.
        ("Jan grasmaaier", &["Grasmaaier"]),
        ("penelope stoelen", &["Zes stoelen"]),
        ("auto", &["Škoda Fabia"]),
        ("car", &["Škoda Fabia"]),
        ("auto's", &["Škoda Fabia"]),
        ("gratis", &["Zes stoelen"]),
        ("free chairs", &["Zes stoelen"]),
        ("hulp", &["Oppassen", "Verhuizen"]),
        ("help moving", &["Verhuizen"]),
        // All words must match.
        ("ladder fiets", &[]),
        ("helikopter", &[]),
        ("", &[]),
        (" -!- ", &[]),
    ] {
        let mut found = found(&circle, &index, query);
        if query == "l" {
            // All that is lent begins with an l; the titles come first.
            found.truncate(2);
        }
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn a_title_comes_before_a_category_before_an_owner_before_a_text() {
    let mut circle = circle();
    name(&mut circle, 3, "Zaag");
    let mut text = listing(1, JAN, "A");
    text.general.about = "Geen zaag.".to_owned();
    let mut category = listing(2, JAN, "B");
    category.general.category = "zaag".to_owned();
    put(&mut circle, text);
    put(&mut circle, category);
    put(&mut circle, listing(3, 3, "C"));
    put(&mut circle, listing(4, JAN, "D zaag"));
    assert_eq!(found(&circle, &index(&circle), "zaag"), ["D zaag", "B", "C", "A"]);
}

#[test]
fn exact_comes_before_plural_synonym_prefix_slip_and_inside() {
    let mut circle = circle();
    let titles =
        ["Ladder", "Ladders", "Trap", "Ladderwagen", "Keukenladder", "Inladderen", "Sadder"];
    for (at, title) in (1..).zip(titles) {
        put(&mut circle, listing(at, JAN, title));
    }
    assert_eq!(found(&circle, &index(&circle), "ladder"), titles);
    circle.listings.remove(&ListingId::from_bytes([1; 16]));
    let slip_first = ["Ladders", "Trap", "Ladderwagen", "Sadder", "Keukenladder", "Inladderen"];
    assert_eq!(found(&circle, &index(&circle), "ladder"), slip_first);
}

#[test]
fn equals_stand_by_title_and_then_by_id() {
    let mut circle = circle();
    for (at, title) in [(4, "Tent é"), (3, "Tent f"), (2, "tent d"), (9, "Tent"), (8, "Tent")] {
        put(&mut circle, listing(at, JAN, title));
    }
    let index = index(&circle);
    let ids = |limit| -> Vec<u8> {
        index.find("tent", limit).iter().map(|hit| hit.listing.as_bytes()[0]).collect()
    };
    assert_eq!(ids(10), [8, 9, 2, 4, 3]);
    for limit in 0..5 {
        assert_eq!(ids(limit), ids(10)[..limit], "the best {limit}");
    }
}

#[test]
fn what_is_retired_is_found_only_by_whoever_asks_for_it() {
    let mut circle = circle();
    put(&mut circle, listing(1, JAN, "Oude tent"));
    put(&mut circle, Listing { retired: true, ..listing(2, JAN, "Nog een tent") });
    let index = index(&circle);
    assert_eq!(found(&circle, &index, "tent"), ["Oude tent"]);
    let retired: Vec<Hit> = index.find_where("tent", 9, |listing| listing.retired);
    assert_eq!(retired.len(), 1);
    assert_eq!(retired[0].listing, ListingId::from_bytes([2; 16]));
    assert_eq!(index.find_where("tent", 9, |_| true).len(), 2);
}

#[test]
fn an_owner_with_another_name_is_found_by_that_name() {
    let mut circle = circle();
    put(&mut circle, listing(1, JAN, "Tent"));
    put(&mut circle, listing(2, 7, "Tent van een onbekende"));
    let mut index = index(&circle);
    assert_eq!(found(&circle, &index, "tent jan"), ["Tent"]);
    name(&mut circle, JAN, "Johanna");
    name(&mut circle, 7, "Johan");
    index.catch_up(&circle);
    assert_eq!(found(&circle, &index, "groot"), Vec::<String>::new());
    assert_eq!(found(&circle, &index, "johan"), ["Tent van een onbekende", "Tent"]);
    circle.roster.members.remove(&MemberId::from_bytes([JAN; 32]));
    index.catch_up(&circle);
    assert_eq!(found(&circle, &index, "johan"), ["Tent van een onbekende"]);
}

#[test]
fn only_so_many_words_of_a_listing_are_found() {
    let mut circle = circle();
    let mut endless = listing(1, JAN, "Woordenboek");
    let words: Vec<String> = (0..2 * MAX_LISTING_WORDS).map(|n| format!("woord{n:03}")).collect();
    endless.general.about = words.join(" ");
    put(&mut circle, endless);
    let index = index(&circle);
    assert_eq!(index.find("woordenboek woord000 jan lenen", 9).len(), 1);
    // At best a slip of another word.
    let score = |query: &str| index.find(query, 1).first().map_or(0, |hit| hit.score);
    assert!(score(&words[2 * MAX_LISTING_WORDS - 1]) < score(&words[0]));
    assert_eq!(index.dictionary.sizes().0, MAX_LISTING_WORDS);
}
