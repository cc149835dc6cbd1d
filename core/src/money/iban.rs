//! Account numbers: ISO 13616, for the countries of the euro transfer area (SEPA).
//!
//! Checked for form, length and check digits, which finds every single mistyped digit and every pair
//! of neighbouring ones swapped. Whether the account exists, and whose it is, only its bank knows.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How long an account number is, by country (SWIFT's IBAN registry; the countries are those of the
/// SEPA schemes, EPC409-09).
const LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FI NL"),
    (19, "MK SI"),
    (20, "AT EE LT LU"),
    (21, "CH HR LI LV"),
    (22, "BG DE GB IE ME RS VA"),
    (23, "GI"),
    (24, "AD CZ ES MD RO SE SK"),
    (25, "PT"),
    (26, "IS"),
    (27, "FR GR IT MC SM"),
    (28, "AL CY HU PL"),
    (31, "MT"),
];

/// An account number whose country, length and check digits are right.
///
/// Prints in groups of four, as on a bank card; reads with or without spaces, in either case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Iban(String);

/// A text is not an account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadIban {
    /// Something else than letters and digits, or not in the order country, check digits, account.
    #[error("an IBAN has only letters and digits, like NL91 ABNA 0417 1643 00")]
    Characters,
    /// A country outside the area, or none at all.
    #[error(
        "an IBAN begins with two letters of a country in the euro transfer area (SEPA), like NL"
    )]
    Country,
    /// Too short or too long for its country.
    #[error("an IBAN of this country has {expected} letters and digits, this one has {found}")]
    Length {
        /// How many it has to have.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The check digits do not fit the rest.
    #[error("there is a typing mistake in this IBAN: compare it with the bank card")]
    Checksum,
}

impl Iban {
    /// Without spaces, in capitals, as banks exchange it.
    pub fn compact(&self) -> &str {
        &self.0
    }
}

impl FromStr for Iban {
    type Err = BadIban;

    fn from_str(text: &str) -> Result<Self, BadIban> {
        let mut compact = String::new();
        let mut found = 0;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if !c.is_ascii_alphanumeric() {
                return Err(BadIban::Characters);
            }
            found += 1;
            // Longer than any: only counted, so that a text of megabytes is not copied.
            if found <= 40 {
                compact.push(c.to_ascii_uppercase());
            }
        }
        let country = compact.get(..2).ok_or(BadIban::Country)?;
        let expected = length(country).ok_or(BadIban::Country)?;
        if found != expected {
            return Err(BadIban::Length { expected, found });
        }
        let check = compact.get(2..4).unwrap_or_default();
        if !check.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadIban::Characters);
        }
        // 00, 01 and 99 leave the same rest as 97, 98 and 02, but no bank gives them out.
        if remainder(&compact) != 1 || matches!(check, "00" | "01" | "99") {
            return Err(BadIban::Checksum);
        }
        Ok(Self(compact))
    }
}

impl TryFrom<String> for Iban {
    type Error = BadIban;

    fn try_from(text: String) -> Result<Self, BadIban> {
        text.parse()
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut grouped = String::with_capacity(self.0.len() + self.0.len() / 4);
        for (place, c) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(c);
        }
        f.pad(&grouped)
    }
}

fn length(country: &str) -> Option<usize> {
    let row = LENGTHS.iter().find(|(_, countries)| countries.split(' ').any(|c| c == country));
    row.map(|(length, _)| *length)
}

/// What is left after division by 97 (ISO 7064), with the first four characters moved to the end and
/// each letter read as a number, A as 10 and Z as 35. It is 1 when nothing is mistyped.
fn remainder(compact: &str) -> u32 {
    let (head, account) = compact.split_at_checked(4).unwrap_or(("", compact));
    account.chars().chain(head.chars()).filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shifted = if value < 10 { rest * 10 } else { rest * 100 };
        (shifted + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One made-up account a country, as the registry gives them.
    const EXAMPLES: [&str; 42] = [
        "AD12 0001 2030 2003 5910 0100",
        "AL47 2121 1009 0000 0002 3569 8741",
        "AT61 1904 3002 3457 3201",
        "BE68 5390 0754 7034",
        "BG80 BNBG 9661 1020 3456 78",
        "CH93 0076 2011 6238 5295 7",
        "CY17 0020 0128 0000 0012 0052 7600",
        "CZ65 0800 0000 1920 0014 5399",
        "DE89 3704 0044 0532 0130 00",
        "DK50 0040 0440 1162 43",
        "EE38 2200 2210 2014 5685",
        "ES91 2100 0418 4502 0005 1332",
        "FI21 1234 5600 0007 85",
        "FR14 2004 1010 0505 0001 3M02 606",
        "GB29 NWBK 6016 1331 9268 19",
        "GI75 NWBK 0000 0000 7099 453",
        "GR16 0110 1250 0000 0001 2300 695",
        "HR12 1001 0051 8630 0016 0",
        "HU42 1177 3016 1111 1018 0000 0000",
        "IE29 AIBK 9311 5212 3456 78",
        "IS14 0159 2600 7654 5510 7303 39",
        "IT60 X054 2811 1010 0000 0123 456",
        "LI21 0881 0000 2324 013A A",
        "LT12 1000 0111 0100 1000",
        "LU28 0019 4006 4475 0000",
        "LV80 BANK 0000 4351 9500 1",
        "MC58 1122 2000 0101 2345 6789 030",
        "MD24 AG00 0225 1000 1310 4168",
        "ME25 5050 0001 2345 6789 51",
        "MK07 2501 2000 0058 984",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "NL91 ABNA 0417 1643 00",
        "NO93 8601 1117 947",
        "PL61 1090 1014 0000 0712 1981 2874",
        "PT50 0002 0123 1234 5678 9015 4",
        "RO49 AAAA 1B31 0075 9384 0000",
        "RS35 2600 0560 1001 6113 79",
        "SE45 5000 0000 0583 9825 7466",
        "SI56 2633 0001 2039 086",
        "SK31 1200 0000 1987 4263 7541",
        "SM86 U032 2509 8000 0000 0270 100",
        "VA59 0011 2300 0012 3456 78",
    ];

    #[test]
    fn an_account_of_every_country_reads_as_it_prints() {
        for text in EXAMPLES {
            let iban: Iban = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(iban.to_string(), text);
            assert_eq!(iban.compact(), text.replace(' ', ""));
            assert_eq!(text.to_lowercase().replace(' ', "").parse(), Ok(iban.clone()));
            let bytes = postcard::to_allocvec(&iban).unwrap();
            assert_eq!(postcard::from_bytes(&bytes), Ok(iban));
        }
        let known: Vec<&str> = LENGTHS.iter().flat_map(|(_, c)| c.split(' ')).collect();
        assert_eq!(known.len(), EXAMPLES.len(), "each country has its example");
    }

    #[test]
    fn what_is_not_an_account_is_refused_and_says_why() {
        let short = BadIban::Length { expected: 18, found: 17 };
        let long = BadIban::Length { expected: 18, found: 19 };
        let cases = [
            ("", BadIban::Country),
            ("N", BadIban::Country),
            ("US64 SVBK US6S 3300 9586 79", BadIban::Country),
            ("1234", BadIban::Country),
            ("NL91-ABNA-0417-1643-00", BadIban::Characters),
            ("NLX1 ABNA 0417 1643 00", BadIban::Characters),
            ("NL91 ABNA 0417 1643 0", short),
            ("NL91 ABNA 0417 1643 000", long),
            ("NL91 ABNA 0417 1643 01", BadIban::Checksum),
            ("NL19 ABNA 0417 1643 00", BadIban::Checksum),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<Iban>(), Err(error), "{text}");
        }
        let endless = format!("NL{}", "0".repeat(1_000_000));
        assert_eq!(
            endless.parse::<Iban>(),
            Err(BadIban::Length { expected: 18, found: 1_000_002 })
        );
    }

    #[test]
    fn check_digits_that_no_bank_gives_out_are_refused() {
        let (mut twins, mut n) = (0, 0);
        while twins < 3 {
            for check in ["00", "01", "99"] {
                let text = format!("NL{check}ABNA{n:010}");
                if remainder(&text) == 1 {
                    assert_eq!(text.parse::<Iban>(), Err(BadIban::Checksum), "{text}");
                    twins += 1;
                }
            }
            n += 1;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_wrong_digit_or_two_swapped_are_found(
            example in prop::sample::select(EXAMPLES.to_vec()),
            place in 2..30_usize,
            by in 1..10_u8,
        ) {
            let right: Vec<u8> = example.bytes().filter(|b| *b != b' ').collect();
            let place = place.min(right.len() - 2);
            let is_right = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().parse::<Iban>().is_ok();
            let mut wrong = right.clone();
            if wrong[place].is_ascii_digit() {
                wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
                prop_assert!(!is_right(&wrong));
            }
            let mut swapped = right.clone();
            swapped.swap(place, place + 1);
            if swapped != right && right[place..place + 2].iter().all(u8::is_ascii_digit) {
                prop_assert!(!is_right(&swapped));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = text.parse::<Iban>().is_ok();
        }
    }
}
