//! What a match is worth: where the word stands times how it matched, added up over the query.
//!
//! The numbers only order; nothing else may be read from them. They keep these promises: in the same
//! field, exact stands before plural, synonym, prefix, slip, inside; and for the same kind of match,
//! title before label, owner, about. A word on its own in the text beats a guess in a title.

use super::dictionary::{Dictionary, Fields, Posting, WordId};
use super::query::{Asked, Phrase};

/// Where a word stands, and what that is worth.
const FIELDS: [(Fields, u32); 4] =
    [(Fields::TITLE, 100), (Fields::LABEL, 80), (Fields::OWNER, 70), (Fields::ABOUT, 30)];

const EXACT: u32 = 100;
const PLURAL: u32 = 90;
const SYNONYM: u32 = 80;
const PREFIX: u32 = 65;
const SLIP: u32 = 35;
/// At the end of a compound: a *keukenladder* is a ladder.
const HEAD: u32 = 34;
/// Elsewhere in a longer word: a *ladderhaak* is not.
const INSIDE: u32 = 25;
/// A synonym at the end of a compound.
const SYNONYM_HEAD: u32 = 20;
/// A slip, where the typed word is known: who types *boek* hardly means *hoek*.
const DOUBTFUL_SLIP: u32 = 10;

/// Shorter words stand inside too many others by chance.
const MIN_INSIDE: usize = 4;
/// Listed words that are shorter must be typed rightly.
const MIN_MEANT: usize = 4;

/// The best match of one phrase in each slot, 0 for none.
pub(super) fn of_phrase(dictionary: &Dictionary, slots: usize, phrase: &Phrase) -> Vec<u32> {
    let own = phrase.words.iter().map(|word| of_word(dictionary, slots, word));
    let mut best = own.reduce(|all, one| both(&all, &one, |a, b| a + b)).unwrap_or_default();
    // What stands for the whole phrase is worth as much as all its words.
    let weight = u32::try_from(phrase.words.len()).unwrap_or(u32::MAX);
    if let Some(id) = phrase.joined.as_deref().and_then(|joined| dictionary.exact(joined)) {
        raise(&mut best, dictionary.postings(id), EXACT * weight);
    }
    for synonym in &phrase.synonyms {
        let words = synonym.iter().map(|word| of_synonym(dictionary, slots, word));
        let Some(scores) = words.reduce(|all, one| both(&all, &one, u32::min)) else { continue };
        for (best, score) in best.iter_mut().zip(scores) {
            *best = (*best).max(score * weight);
        }
    }
    best
}

/// Where both match.
pub(super) fn both(a: &[u32], b: &[u32], join: impl Fn(u32, u32) -> u32) -> Vec<u32> {
    let join = |(a, b): (&u32, &u32)| if *a == 0 || *b == 0 { 0 } else { join(*a, *b) };
    a.iter().zip(b).map(join).collect()
}

fn of_word(dictionary: &Dictionary, slots: usize, asked: &Asked) -> Vec<u32> {
    let mut best = vec![0; slots];
    let mut take = |id: WordId, worth| raise(&mut best, dictionary.postings(id), worth);
    let exact = dictionary.exact(&asked.text);
    if let Some(id) = exact {
        take(id, EXACT);
    }
    for id in kin(dictionary, asked) {
        take(id, PLURAL);
    }
    if asked.last {
        dictionary.starting_with(&asked.text).for_each(|id| take(id, PREFIX));
    }
    if !asked.text.bytes().all(|byte| byte.is_ascii_digit()) {
        let worth = if exact.is_some() { DOUBTFUL_SLIP } else { SLIP };
        dictionary.slips_of(&asked.text, MIN_MEANT).for_each(|id| take(id, worth));
    }
    for form in asked.forms().filter(|form| form.chars().count() >= MIN_INSIDE) {
        for (text, id) in dictionary.containing(form) {
            take(id, if text.ends_with(form) { HEAD } else { INSIDE });
        }
    }
    best
}

/// Words of the same singular.
fn kin(dictionary: &Dictionary, asked: &Asked) -> impl Iterator<Item = WordId> {
    let singulars = asked.singulars.iter().filter_map(|singular| dictionary.exact(singular));
    singulars.chain(asked.forms().flat_map(|form| dictionary.plurals_of(form)).copied())
}

fn of_synonym(dictionary: &Dictionary, slots: usize, word: &str) -> Vec<u32> {
    let mut best = vec![0; slots];
    for id in dictionary.exact(word).iter().chain(dictionary.plurals_of(word)) {
        raise(&mut best, dictionary.postings(*id), SYNONYM);
    }
    if word.len() >= MIN_INSIDE {
        for (_, id) in dictionary.containing(word).filter(|(text, _)| text.ends_with(word)) {
            raise(&mut best, dictionary.postings(id), SYNONYM_HEAD);
        }
    }
    best
}

fn raise(best: &mut [u32], postings: &[Posting], worth: u32) {
    for Posting { slot, fields } in postings {
        let field = FIELDS.iter().find(|(field, _)| fields.has(*field)).map_or(0, |(_, f)| *f);
        let best = &mut best[slot.index()];
        *best = (*best).max(worth * field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promised_order_holds() {
        let kinds =
            [EXACT, PLURAL, SYNONYM, PREFIX, SLIP, HEAD, INSIDE, SYNONYM_HEAD, DOUBTFUL_SLIP];
        assert!(kinds.is_sorted_by(|a, b| a > b));
        assert!(FIELDS.is_sorted_by(|(_, a), (_, b)| a > b));
        let [title, .., about] = FIELDS.map(|(_, worth)| worth);
        assert!(EXACT * about > INSIDE * title && EXACT * about > DOUBTFUL_SLIP * title);
    }
}
