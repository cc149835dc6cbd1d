//! From plurals and diminutives back to the word, in Dutch and English.
//!
//! Gives candidates, not answers: *zagen* may be of *zaag* or of *zag*, and nobody minds the second,
//! as no listing has it. Deliberately no grammar beyond that: verbs and adjectives stay as written.

/// Plurals that follow no rule, and what they are of.
const IRREGULAR: &[(&str, &str)] = &[
    ("children", "child"),
    ("eieren", "ei"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("kalveren", "kalf"),
    ("kinderen", "kind"),
    ("kinderen", "kinder"),
    ("koeien", "koe"),
    ("lammeren", "lam"),
    ("leden", "lid"),
    ("men", "man"),
    ("mice", "mouse"),
    ("people", "person"),
    ("schepen", "schip"),
    ("steden", "stad"),
    ("teeth", "tooth"),
    ("vlooien", "vlo"),
    ("women", "woman"),
];

/// Shorter words are no longer told apart.
const MIN_SINGULAR: usize = 3;

/// What a folded word may be a plural or diminutive of; never the word itself.
pub(super) fn singulars(word: &str) -> Vec<String> {
    let irregular = IRREGULAR.iter().filter(|(many, _)| *many == word);
    let mut found: Vec<String> = irregular.map(|(_, one)| (*one).to_owned()).collect();
    if found.is_empty() && word.is_ascii() {
        of_s(word, &mut found);
        of_en(word, &mut found);
        of_je(word.strip_suffix('s').unwrap_or(word), &mut found);
        found.retain(|one| one.len() >= MIN_SINGULAR && one != word);
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// ladders, batteries, boxes, knives; tafels, auto's (folded to autos).
fn of_s(word: &str, found: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) else { return };
    found.push(stem.to_owned());
    if let Some(stem) = stem.strip_suffix("ie") {
        found.push(format!("{stem}y"));
    }
    if let Some(stem) = stem.strip_suffix("ve") {
        found.push(format!("{stem}f"));
        found.push(format!("{stem}fe"));
    }
    if let Some(stem) = stem.strip_suffix('e')
        && ["x", "ch", "sh", "s", "z", "o"].iter().any(|end| stem.ends_with(end))
    {
        found.push(stem.to_owned());
    }
}

/// fietsen, zagen (zaag), messen (mes), huizen (huis), brieven (brief), bladeren (blad).
fn of_en(word: &str, found: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix("en") else { return };
    if let Some(stem) = stem.strip_suffix("er") {
        found.push(stem.to_owned());
    }
    let hard = hardened(stem);
    if let [.., before, vowel, last] = *[b" ", hard.as_bytes()].concat().as_slice()
        && is_vowel(vowel)
        && !is_vowel(before)
        && !is_vowel(last)
    {
        // An open syllable: its vowel is long, and is then written twice in the singular.
        if vowel != b'i' {
            let (head, last) = hard.split_at(hard.len() - 1);
            found.push(format!("{head}{}{last}", char::from(vowel)));
        }
    }
    found.push(undoubled(&hard).to_owned());
}

/// tafeltje, tentje, boompje, balletje, autootje, and (without their s) many of them.
fn of_je(word: &str, found: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix("je") else { return };
    found.push(stem.to_owned());
    if let Some(stem) = stem.strip_suffix('t') {
        found.push(undoubled(stem).to_owned());
        if let Some(stem) = stem.strip_suffix('e') {
            found.push(undoubled(stem).to_owned());
        }
    }
    if let Some(stem) = stem.strip_suffix('p') {
        found.push(stem.to_owned());
    }
}

/// What is written v or z before a vowel ends in f or s.
fn hardened(stem: &str) -> String {
    match (stem.strip_suffix('v'), stem.strip_suffix('z')) {
        (Some(stem), _) => format!("{stem}f"),
        (_, Some(stem)) => format!("{stem}s"),
        (None, None) => stem.to_owned(),
    }
}

/// Without the second of two equal letters at the end, but for the e of *zee* and *idee*.
fn undoubled(stem: &str) -> &str {
    match stem.as_bytes() {
        [.., a, b] if a == b && *a != b'e' => &stem[..stem.len() - 1],
        _ => stem,
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_diminutives_lead_back_to_the_word() {
        for (many, one) in [
            ("ladders", "ladder"),
            ("boormachines", "boormachine"),
            ("fietsen", "fiets"),
            ("tafels", "tafel"),
            ("tenten", "tent"),
            ("autos", "auto"),
            ("babys", "baby"),
            ("boeken", "boek"),
            ("knives", "knife"),
            ("shelves", "shelf"),
            ("batteries", "battery"),
            ("cookies", "cookie"),
            ("boxes", "box"),
            ("dishes", "dish"),
            ("glasses", "glass"),
            ("zagen", "zaag"),
            ("stoelen", "stoel"),
            ("messen", "mes"),
            ("huizen", "huis"),
            ("dozen", "doos"),
            ("glazen", "glas"),
            ("schaven", "schaaf"),
            ("brieven", "brief"),
            ("uren", "uur"),
            ("ideeen", "idee"),
            ("batterijen", "batterij"),
            ("bladeren", "blad"),
            ("kinderen", "kind"),
            ("children", "child"),
            ("tafeltje", "tafel"),
            ("tentjes", "tent"),
            ("boompje", "boom"),
            ("balletje", "bal"),
            ("autootje", "auto"),
        ] {
            let found = singulars(many);
            assert!(found.iter().any(|found| found == one), "{many}: {found:?}");
        }
    }

    #[test]
    fn short_words_and_other_scripts_stay_as_they_are() {
        for word in ["", "s", "en", "je", "eten", "bus", "jas", "glass", "λαδς", "日本"] {
            assert!(singulars(word).iter().all(|one| one.len() >= 3 && one != word), "{word}");
        }
        assert_eq!(singulars("bus"), Vec::<String>::new());
        assert_eq!(singulars("glass"), Vec::<String>::new());
    }
}
