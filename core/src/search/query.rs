//! What a member typed, made ready: words with their singulars, and phrases with what else they may
//! be called. Knows nothing of what is there to be found.

use super::fold::{Piece, pieces};
use super::plural::singulars;
use super::vocabulary::{is_said, is_small, lines_with};

/// Bytes of a query that are read; nobody types more into a search box.
pub const MAX_QUERY: usize = 200;
/// Words of a query that count. All must match, so that more would find nothing anyway.
pub const MAX_QUERY_WORDS: usize = 8;

/// No phrase of [`vocabulary`](super::vocabulary) is longer.
const MAX_PHRASE: usize = 3;

/// A query: all of its phrases must match.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) phrases: Vec<Phrase>,
}

/// Words that belong together: mostly one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// As typed: all must match.
    pub(super) words: Vec<Asked>,
    /// The parts of a hyphenated word as one word.
    pub(super) joined: Option<String>,
    /// What else it is called: the words of each must all match.
    pub(super) synonyms: Vec<Vec<&'static str>>,
}

/// One typed word.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// As typed, folded.
    pub(super) text: String,
    /// What it may be a plural of.
    pub(super) singulars: Vec<String>,
    /// The last one of the query may be unfinished.
    pub(super) last: bool,
}

impl Asked {
    /// As typed, then its singulars.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.text).chain(self.singulars.iter().map(String::as_str))
    }
}

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let mut phrases = typed(&text[..text.floor_char_boundary(MAX_QUERY)]);
        if phrases.iter().any(|phrase| !phrase.is_small()) {
            phrases.retain(|phrase| !phrase.is_small());
        }
        if let Some(last) = phrases.last_mut().and_then(|phrase| phrase.words.last_mut()) {
            last.last = true;
        }
        Self { phrases: with_synonyms(phrases) }
    }
}

impl Phrase {
    fn of(word: &str) -> Self {
        let asked = Asked { text: word.to_owned(), singulars: singulars(word), last: false };
        Self { words: vec![asked], ..Self::default() }
    }

    fn is_small(&self) -> bool {
        self.words.iter().all(|word| is_small(&word.text))
    }
}

/// Each word a phrase, and each hyphenated one.
fn typed(text: &str) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut words = 0;
    pieces(text, |piece| match piece {
        Piece::Word(word) => {
            words += 1;
            if words <= MAX_QUERY_WORDS {
                phrases.push(Phrase::of(word));
            }
        }
        // One that is only half within the bound stays in parts.
        Piece::Joined(parts, whole) if words <= MAX_QUERY_WORDS => {
            let parts = phrases.split_off(phrases.len() - parts);
            let words = parts.into_iter().flat_map(|phrase| phrase.words).collect();
            phrases.push(Phrase { words, joined: Some(whole.to_owned()), synonyms: Vec::new() });
        }
        Piece::Joined(..) => {}
    });
    phrases
}

/// Joins neighbouring words to phrases that have synonyms, the longest first, and adds these.
fn with_synonyms(typed: Vec<Phrase>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut rest = typed;
    while !rest.is_empty() {
        let most = rest.len().min(MAX_PHRASE);
        let longest =
            (2..=most).rev().map(|n| (n, synonyms(&rest[..n]))).find(|(_, s)| !s.is_empty());
        let (n, synonyms) = longest.unwrap_or_else(|| (1, synonyms(&rest[..1])));
        let after = rest.split_off(n);
        let mut phrase = Phrase { synonyms, ..Phrase::default() };
        for part in std::mem::replace(&mut rest, after) {
            phrase.words.extend(part.words);
            phrase.joined = if n == 1 { part.joined } else { None };
        }
        phrases.push(phrase);
    }
    phrases
}

/// What neighbouring phrases are also called, taken together.
fn synonyms(phrases: &[Phrase]) -> Vec<Vec<&'static str>> {
    let words: Vec<&Asked> = phrases.iter().flat_map(|phrase| &phrase.words).collect();
    let says = |at: usize, word: &str| words[at].forms().any(|form| form == word);
    let mut found: Vec<Vec<&'static str>> = lines_with(words.len(), says)
        .flatten()
        .filter(|other| !is_said(other, words.len(), &says))
        .map(|other| other.split(' ').collect())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let phrases = Query::parse(text).phrases;
        let phrases: Vec<String> = phrases
            .iter()
            .map(|phrase| {
                let words: Vec<&str> = phrase.words.iter().map(|word| &*word.text).collect();
                let synonyms: Vec<String> =
                    phrase.synonyms.iter().map(|words| format!("={}", words.join(" "))).collect();
                let joined = phrase.joined.iter().map(|joined| format!("~{joined}"));
                let shown: Vec<String> =
                    [words.join(" ")].into_iter().chain(joined).chain(synonyms).collect();
                shown.join(" ")
            })
            .collect();
        phrases.join(", ")
    }

    #[test]
    fn a_query_falls_into_phrases() {
        for (text, expected) in [
            ("", ""),
            (" … ", ""),
            ("Jan grasmaaiers", "jan, grasmaaiers =grasmaaimachine =lawn mower =lawnmower =mower"),
            ("a tent for the party", "tent, party"),
            ("de", "de"),
            ("sewing machine for Jan", "sewing machine =naaimachine, jan"),
            ("e-bike", "e bike ~ebike =ebike =electric bike =elektrische fiets"),
            ("Jan-Willem", "jan willem ~janwillem"),
            ("naaimachine", "naaimachine =sewing machine"),
            ("1 2 3 4 5 6 7 8 9 10", "1, 2, 3, 4, 5, 6, 7, 8"),
            ("1 2 3 4 5 6 7 8-9", "1, 2, 3, 4, 5, 6, 7, 8"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn only_the_last_word_may_be_unfinished() {
        let phrases = Query::parse("sewing mach van").phrases;
        let last: Vec<bool> =
            phrases.iter().flat_map(|phrase| &phrase.words).map(|word| word.last).collect();
        assert_eq!(last, [false, true]);
    }

    #[test]
    fn a_long_query_is_cut_between_letters() {
        let long = "é".repeat(MAX_QUERY);
        assert_eq!(Query::parse(&long).phrases[0].words[0].text.len(), 32);
    }
}
