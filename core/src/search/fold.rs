//! Text to words: lower case, no accents, one spelling.
//!
//! A small table instead of Unicode's: it covers what people on a Dutch street write (Latin-1 and
//! Latin Extended-A, and decomposed accents). Other scripts are only lowered. This module does not
//! know which words matter; see [`vocabulary`](super::vocabulary).

/// Letters of a word that count; what follows is cut off in texts and queries alike.
pub(super) const MAX_WORD: usize = 32;

/// What a text falls into, folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A word, or a part of a hyphenated one.
    Word(&'a str),
    /// A hyphenated word written as one, after its parts: their number and the whole.
    Joined(usize, &'a str),
}

/// Hands over the words of a text in their order.
pub(super) fn pieces(text: &str, mut take: impl FnMut(Piece<'_>)) {
    let (mut word, mut whole, mut parts) = (Word::default(), Word::default(), 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let goes_on = !word.text.is_empty() && chars.peek().is_some_and(|c| c.is_alphanumeric());
        if c.is_alphanumeric() {
            fold(c, |letter| {
                word.push(letter);
                whole.push(letter);
            });
        } else if is_silent(c) || (is_apostrophe(c) && goes_on) {
            // "auto's" is one word, and so is "geo\u{308}rdend".
        } else {
            parts += usize::from(word.hand_over(&mut take));
            if !(is_hyphen(c) && goes_on) {
                whole.close(parts, &mut take);
                parts = 0;
            }
        }
    }
    parts += usize::from(word.hand_over(&mut take));
    whole.close(parts, &mut take);
}

/// A word in the making, and how many letters it has.
#[derive(Default)]
struct Word {
    text: String,
    letters: usize,
}

impl Word {
    fn push(&mut self, letter: char) {
        if self.letters < MAX_WORD {
            self.text.push(letter);
            self.letters += 1;
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.letters = 0;
    }

    /// Whether there was one.
    fn hand_over(&mut self, take: &mut impl FnMut(Piece<'_>)) -> bool {
        let any = !self.text.is_empty();
        if any {
            take(Piece::Word(&self.text));
        }
        self.clear();
        any
    }

    fn close(&mut self, parts: usize, take: &mut impl FnMut(Piece<'_>)) {
        if parts > 1 {
            take(Piece::Joined(parts, &self.text));
        }
        self.clear();
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' | '\u{b4}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Combining accents, soft hyphens and zero-width joiners: inside a word, and not heard.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

fn fold(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        return push(c.to_ascii_lowercase());
    }
    for lower in c.to_lowercase().filter(|c| !is_silent(*c)) {
        match plain(lower) {
            Some(letters) => letters.chars().for_each(&mut push),
            None => push(lower),
        }
    }
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut all = Vec::new();
        pieces(text, |piece| match piece {
            Piece::Word(word) => all.push(word.to_owned()),
            Piece::Joined(parts, whole) => all.push(format!("{parts}={whole}")),
        });
        all.join(" ")
    }

    #[test]
    fn text_falls_into_folded_words() {
        for (text, expected) in [
            ("Ladder, 3 meter (aluminium)!", "ladder 3 meter aluminium"),
            ("CAFÉ crème", "cafe creme"),
            ("cafe\u{301}", "cafe"),
            ("Straße STRASSE STRAẞE", "strasse strasse strasse"),
            ("ĳs Ĳsmachine ijs", "ijs ijsmachine ijs"),
            ("geërfd knieën İzmir ı", "geerfd knieen izmir i"),
            ("auto's auto\u{2019}s 's avonds", "autos autos s avonds"),
            ("e-bike in-/uitklapbaar", "e bike 2=ebike in uitklapbaar"),
            ("Jan-Willem- -x-", "jan willem 2=janwillem x"),
            ("", ""),
            ("-- '' …", ""),
            ("Ελλάδα 日本", "ελλάδα 日本"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn endless_words_are_cut() {
        assert_eq!(words(&"é".repeat(500)), "e".repeat(MAX_WORD));
        assert_eq!(words(&"ß".repeat(500)), "s".repeat(MAX_WORD));
    }
}
