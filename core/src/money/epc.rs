//! A bank transfer as the text of a QR code: EPC069-12, the European Payments
//! Council's guidelines for starting a SEPA credit transfer (version 002, where the BIC may be absent).
//!
//! A banking app that scans it fills in the transfer; the payer only approves. Nothing here moves money
//! or knows whether it was paid. Drawing the code is the node's (`qr`): error correction M, at most
//! version 13, which is what 331 bytes need.

use super::{Cents, Iban};

/// Longest payload, in bytes: what version 13 holds at level M.
const MAX_BYTES: usize = 331;
/// Longest name, in characters.
const MAX_NAME: usize = 70;
/// Longest text for the receiver, in characters.
const MAX_TEXT: usize = 140;
/// Largest amount, in hundredths of a euro.
const MAX_CENTS: i64 = 99_999_999_999;
/// The lines between amount and text that stay empty: purpose, and structured reference.
const BEFORE_TEXT: &str = "\n\n\n";

/// A payment cannot become a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPayment {
    /// The circle counts in another currency. [`epc`] does not know it: its caller says so.
    #[error("a QR code for a bank transfer works for euros only")]
    Currency,
    /// Nobody to be paid.
    #[error("say whose account it is: a transfer needs a name")]
    NoName,
    /// A name that banks do not take.
    #[error("the name of an account holder may have at most {MAX_NAME} letters")]
    LongName,
    /// Nothing, less than nothing, or more than a transfer can hold.
    #[error("a transfer is from 0.01 to 999999999.99 euros")]
    Amount,
}

/// The payload for a transfer of euros to the account `iban` of `name`, with a `text` for the receiver
/// (may be empty).
///
/// Line breaks and other control characters become spaces. A text that is too long is cut, for it only
/// explains; a name that is too long is refused, for banks compare it with the account's.
///
/// # Errors
/// [`BadPayment`], for a name or an amount that a transfer cannot have.
pub fn epc(name: &str, iban: &Iban, amount: Cents, text: &str) -> Result<String, BadPayment> {
    if !(1..=MAX_CENTS).contains(&amount.cents()) {
        return Err(BadPayment::Amount);
    }
    let name = one_line(name);
    if name.is_empty() {
        return Err(BadPayment::NoName);
    }
    // Service tag, version, UTF-8, SEPA credit transfer, and no BIC: within SEPA the IBAN is enough.
    let head = format!("BCD\n002\n1\nSCT\n\n{name}\n{}\nEUR{amount}", iban.compact());
    if name.chars().count() > MAX_NAME || head.len() > MAX_BYTES {
        return Err(BadPayment::LongName);
    }
    let room = MAX_BYTES.saturating_sub(head.len() + BEFORE_TEXT.len());
    let text = one_line(text);
    let text = text.get(..cut(&text, room)).unwrap_or_default().trim_end();
    // No line break follows the last field that says something.
    if text.is_empty() { Ok(head) } else { Ok(head + BEFORE_TEXT + text) }
}

/// The text in one line: what is not a letter on paper becomes a space, and spaces do not pile up.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where to cut a text so that it has at most `room` bytes and [`MAX_TEXT`] whole characters.
fn cut(text: &str, room: usize) -> usize {
    let ends = text.char_indices().map(|(start, c)| start + c.len_utf8());
    ends.take(MAX_TEXT).take_while(|end| *end <= room).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn iban() -> Iban {
        "NL91 ABNA 0417 1643 00".parse().unwrap()
    }

    fn cents(cents: i64) -> Cents {
        Cents::from_cents(cents).unwrap()
    }

    #[test]
    fn a_transfer_is_exactly_this_text() {
        assert_eq!(
            epc("Anna de Vries", &iban(), cents(1_250), "Noaber: Twingo, 12–14 May").unwrap(),
            "BCD\n002\n1\nSCT\n\nAnna de Vries\nNL91ABNA0417164300\nEUR12.50\n\n\nNoaber: Twingo, 12–14 May"
        );
        assert_eq!(
            epc("Jürgen Groß", &iban(), cents(5), "").unwrap(),
            "BCD\n002\n1\nSCT\n\nJürgen Groß\nNL91ABNA0417164300\nEUR0.05"
        );
        assert_eq!(
            epc(" Eve\nEUR9999\u{7f} ", &iban(), cents(MAX_CENTS), "a\r\n\tb\u{2028}c\0").unwrap(),
            "BCD\n002\n1\nSCT\n\nEve EUR9999\nNL91ABNA0417164300\nEUR999999999.99\n\n\na b c"
        );
    }

    #[test]
    fn what_a_transfer_cannot_say_is_refused() {
        let long = "n".repeat(71);
        // 70 characters, but with four bytes each there is no room left for the rest.
        let wide = "🚲".repeat(70);
        let malta = "MT84 MALT 0110 0001 2345 MTLC AST0 01S".parse().unwrap();
        let cases = [
            ("", iban(), 1, BadPayment::NoName),
            (" \n\t", iban(), 1, BadPayment::NoName),
            (&long, iban(), 1, BadPayment::LongName),
            (&wide, malta, MAX_CENTS, BadPayment::LongName),
            ("Anna", iban(), 0, BadPayment::Amount),
            ("Anna", iban(), -1, BadPayment::Amount),
            ("Anna", iban(), MAX_CENTS + 1, BadPayment::Amount),
        ];
        for (name, iban, amount, error) in cases {
            assert_eq!(epc(name, &iban, cents(amount), "trip"), Err(error), "{name:?} {amount}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = |name: &str, text: &str| {
            let payload = epc(name, &iban(), cents(1), text).unwrap();
            payload.split('\n').nth(10).unwrap_or_default().to_owned()
        };
        assert_eq!(text("Anna", &"x".repeat(200)), "x".repeat(140));
        // 282 bytes are left for 94 signs of three; one less leaves room for 93.
        assert_eq!(text("Anna", &"€".repeat(200)), "€".repeat(94));
        assert_eq!(text("Annas", &"€".repeat(200)), "€".repeat(93));
        assert_eq!(text("Anna", &format!("{} y", "x".repeat(139))), "x".repeat(139));
        assert_eq!(text(&"🚲".repeat(70), "a long trip"), "a long");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_payload_is_at_most_eleven_lines_and_331_bytes(
            name in "\\PC{1,80}|[\\x00-\\x20é]{1,20}",
            text in "\\PC{0,200}|[\\x00-\\x20é🚲]{0,200}",
            amount in -5..MAX_CENTS,
        ) {
            if let Ok(payload) = epc(&name, &iban(), cents(amount), &text) {
                prop_assert!(payload.len() <= MAX_BYTES);
                let lines: Vec<&str> = payload.split('\n').collect();
                prop_assert!(matches!(lines.len(), 8 | 11), "{payload:?}");
                prop_assert_eq!(lines[6], "NL91ABNA0417164300");
                prop_assert_eq!(lines[7], format!("EUR{}", cents(amount)));
                prop_assert!(payload.chars().all(|c| c == '\n' || !c.is_control()));
                prop_assert!(!payload.ends_with('\n'));
            }
        }
    }
}
