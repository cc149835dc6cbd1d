//! What people on a street share, in the words of both languages: so that a Dutch and an English
//! neighbour find the same things. Plain tables, to be added to. All words are folded and singular.
//!
//! How words are compared is not known here; see [`query`](super::query).

use crate::listing::{Details, Item};

/// Words that say nothing about a thing: passed over in queries and descriptions. Sorted.
const SMALL: &[&str] = &[
    "a", "aan", "all", "als", "an", "and", "any", "are", "at", "be", "bij", "by", "can", "dat",
    "de", "der", "die", "dit", "do", "een", "en", "er", "for", "from", "had", "has", "have", "heb",
    "hebben", "heeft", "het", "i", "iemand", "iets", "ik", "in", "is", "it", "je", "jij", "kan",
    "kun", "me", "met", "mij", "mijn", "my", "naar", "need", "nog", "of", "om", "on", "ons",
    "onze", "ook", "op", "or", "our", "some", "te", "that", "the", "this", "to", "tot", "u", "uit",
    "uw", "van", "voor", "wat", "we", "wie", "wij", "with", "you", "your", "zijn", "zoek",
];

/// Each line: words, or phrases of two or three, that find each other.
const SAME: &[&[&str]] = &[
    // Tools.
    &["drill", "boormachine", "boor"],
    &["hammer drill", "rotary hammer", "klopboormachine", "klopboor", "boorhamer"],
    &["ladder", "trap", "trapladder", "stepladder", "step ladder"],
    &["scaffold", "scaffolding", "steiger", "rolsteiger"],
    &["saw", "zaag"],
    &["jigsaw", "decoupeerzaag"],
    &["chainsaw", "chain saw", "kettingzaag"],
    &["circular saw", "cirkelzaag"],
    &["sander", "sanding machine", "schuurmachine"],
    &["hammer", "hamer"],
    &["screwdriver", "schroevendraaier"],
    &["wrench", "spanner", "moersleutel", "steeksleutel"],
    &["pliers", "tang"],
    &["tool", "gereedschap"],
    &["tile cutter", "tegelsnijder"],
    &["concrete mixer", "cement mixer", "betonmolen"],
    &["wallpaper steamer", "behangstomer"],
    &["paint", "verf"],
    &["brush", "kwast", "borstel"],
    &["extension cord", "extension lead", "verlengsnoer", "verlengkabel", "kabelhaspel"],
    &["rope", "touw"],
    &["crowbar", "koevoet"],
    // Garden.
    &["lawnmower", "lawn mower", "mower", "grasmaaier", "grasmaaimachine"],
    &["wheelbarrow", "kruiwagen"],
    &["hedge trimmer", "heggenschaar", "heggeschaar"],
    &["shovel", "spade", "schop", "schep"],
    &["rake", "hark"],
    &["leaf blower", "bladblazer"],
    &["garden hose", "hose", "tuinslang"],
    &["pressure washer", "high pressure cleaner", "hogedrukreiniger", "hogedrukspuit"],
    &["scarifier", "verticuteermachine"],
    &["garden", "tuin"],
    &["shears", "scissors", "schaar"],
    // On the road.
    &["bike", "bicycle", "fiets", "rijwiel"],
    &["cargo bike", "bakfiets"],
    &["ebike", "e bike", "electric bike", "elektrische fiets"],
    &["bike carrier", "bike rack", "fietsendrager", "fietsenrek"],
    &["car", "auto"],
    &["van", "bestelbus", "bestelauto", "busje"],
    &["trailer", "aanhanger", "aanhangwagen"],
    &["roof box", "dakkoffer", "dakbox"],
    &["car seat", "autostoel", "autozitje"],
    &["child seat", "kinderzitje", "fietszitje", "fietsstoel"],
    &["jumper cable", "jump lead", "startkabel"],
    &["car jack", "krik"],
    &["pump", "pomp"],
    &["ride", "lift", "meerijden"],
    &["hand truck", "sack truck", "steekwagen"],
    &["moving box", "verhuisdoos"],
    &["boat", "boot"],
    &["canoe", "kano"],
    // In the house.
    &["sewing machine", "naaimachine"],
    &["vacuum cleaner", "vacuum", "hoover", "stofzuiger"],
    &["carpet cleaner", "tapijtreiniger"],
    &["steam cleaner", "stoomreiniger"],
    &["iron", "strijkijzer"],
    &["ironing board", "strijkplank"],
    &["washing machine", "wasmachine"],
    &["fridge", "refrigerator", "koelkast"],
    &["freezer", "vriezer", "diepvries"],
    &["microwave", "magnetron"],
    &["kettle", "waterkoker"],
    &["waffle iron", "wafelijzer"],
    &["ice cream maker", "ijsmachine"],
    &["fondue set", "fonduestel"],
    &["knife", "mes"],
    &["pot", "pan"],
    &["plate", "bord"],
    &["table", "tafel"],
    &["chair", "stoel"],
    &["bench", "bank"],
    &["bed", "matras", "mattress"],
    &["lamp", "light"],
    &["clothes", "clothing", "kleding", "kleren"],
    &["shoe", "schoen"],
    &["battery", "batterij", "accu"],
    // Feasts, travel, play.
    &["party tent", "marquee", "gazebo", "partytent"],
    &["barbecue", "bbq", "grill"],
    &["sleeping bag", "slaapzak"],
    &["air mattress", "luchtbed"],
    &["backpack", "rucksack", "rugzak"],
    &["suitcase", "koffer"],
    &["cool box", "koelbox"],
    &["projector", "beamer"],
    &["speaker", "luidspreker"],
    &["toy", "speelgoed"],
    &["game", "spel"],
    &["board game", "bordspel", "gezelschapsspel"],
    &["jigsaw puzzle", "puzzle", "puzzel"],
    &["book", "boek"],
    &["guitar", "gitaar"],
    &["sled", "sledge", "slee"],
    &["skate", "schaats"],
    // Children and care.
    &["child", "kid", "kind"],
    &["baby carrier", "draagzak"],
    &["stroller", "pram", "pushchair", "kinderwagen", "buggy"],
    &["high chair", "highchair", "kinderstoel"],
    &["cot", "crib", "travel cot", "reisbed", "campingbed", "ledikant"],
    &["babysit", "babysitter", "babysitting", "oppas", "oppassen"],
    &["dog", "hond"],
    &["cat", "kat", "poes"],
    // Help.
    &["help", "hulp", "helpen"],
    &["walk", "walking", "uitlaten", "wandelen"],
    &["move", "moving", "verhuizen", "verhuizing"],
    &["shopping", "groceries", "boodschappen", "boodschap"],
    &["cook", "cooking", "koken"],
    &["painting", "schilderen", "schilderwerk"],
    &["repair", "fix", "repareren", "reparatie"],
    &["gardening", "tuinieren", "tuinwerk"],
    &["cleaning", "schoonmaken", "schoonmaak"],
    &["lesson", "les", "bijles", "tutoring"],
];

/// Whether a folded word says nothing about a thing.
pub(super) fn is_small(word: &str) -> bool {
    SMALL.binary_search(&word).is_ok()
}

/// The lines that have a phrase of so many words, as `says` recognises each by its place.
pub(super) fn lines_with(
    words: usize,
    says: impl Fn(usize, &str) -> bool,
) -> impl Iterator<Item = &'static [&'static str]> {
    SAME.iter().copied().filter(move |line| line.iter().any(|phrase| is_said(phrase, words, &says)))
}

/// Whether a phrase has so many words, all recognised.
pub(super) fn is_said(phrase: &str, words: usize, says: &impl Fn(usize, &str) -> bool) -> bool {
    let mut count = 0;
    for (at, word) in phrase.split(' ').enumerate() {
        if at >= words || !says(at, word) {
            return false;
        }
        count += 1;
    }
    count == words
}

/// Words for the kind of a listing, in both languages.
pub(super) fn kind_words(details: &Details) -> &str {
    match details {
        Details::Item(Item { give_away: true }) => {
            "weggeven gratis gegeven cadeau gift give away giveaway free"
        }
        Details::Item(Item { give_away: false }) => "lenen leen uitlenen lend borrow loan",
        Details::Car(_) => "auto car deelauto rijden drive delen share",
        Details::HelpOffer(_) => "hulp help helpen aangeboden aanbod offered offer",
        Details::HelpAsk(_) => "hulp help helpen gevraagd nodig vraag needed wanted asked ask",
        Details::Newer { kind } => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold::{Piece, pieces};

    #[test]
    fn the_small_words_are_sorted() {
        assert!(SMALL.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn the_tables_are_folded_and_every_line_relates_something() {
        for line in SAME {
            assert!(line.len() > 1, "{line:?}");
            for phrase in *line {
                let mut folded = Vec::new();
                pieces(phrase, |piece| match piece {
                    Piece::Word(word) => folded.push(word.to_owned()),
                    Piece::Joined(..) => panic!("{phrase} is hyphenated"),
                });
                assert_eq!(folded.join(" "), *phrase);
                assert!(folded.len() <= 3, "{phrase}");
            }
        }
    }
}
