//! Who owes whom, as neighbours say it.

use super::{Ink, Page, one_line, short};
use crate::api::rows::{AccountRow, CircleRow, LedgerRow, PaymentRow, SettledRow};
use crate::qr;

/// What stands as a currency where hours of help are counted.
const HOURS: &str = "hours";

impl Page {
    pub(super) fn ledger(&self, rows: &[LedgerRow]) -> String {
        if rows.is_empty() {
            return "The ledger has nothing like that.".into();
        }
        let cells = |row: &LedgerRow| {
            [
                self.ink(Ink::Weak, short(&row.line)),
                sides(row),
                self.ink(Ink::Bold, &sum(&row.amount, &row.currency)),
                one_line(&row.about),
                self.debt_standing(row),
                self.when(&row.at),
            ]
        };
        let rows: Vec<_> = rows.iter().map(cells).collect();
        self.table(["id", "who", "how much", "for", "how it stands", "when"], &rows)
    }

    /// A line that was just written or answered.
    pub(super) fn line(&self, rows: &[LedgerRow]) -> String {
        let sentence = |row: &LedgerRow| {
            let about = one_line(&row.about);
            let about =
                if about.is_empty() { String::new() } else { format!(" for “{about}”") };
            let id = self.ink(Ink::Weak, short(&row.line));
            let sum = self.ink(Ink::Bold, &sum(&row.amount, &row.currency));
            format!("{} {sum}{about}: {}  {id}", sides(row), self.debt_standing(row))
        };
        rows.iter().map(sentence).collect::<Vec<_>>().join("\n")
    }

    fn debt_standing(&self, row: &LedgerRow) -> String {
        let why = row.why.as_deref().map(|why| format!(": {}", one_line(why))).unwrap_or_default();
        let waits = |name: &str| {
            let text = if row.waits_for_me {
                format!("waits for you: `noaber agree {}`", short(&row.line))
            } else {
                format!("waits for {name} to agree")
            };
            self.ink(Ink::Yellow, &text)
        };
        match row.state.as_str() {
            "counts" => self.ink(Ink::Green, "counts"),
            "waiting_debtor" => waits(&row.from_name),
            "waiting_creditor" => waits(&row.to_name),
            "refused" => self.ink(Ink::Red, &format!("{} does not agree{why}", row.from_name)),
            "waived" => self.ink(Ink::Weak, &format!("let go{why}")),
            other => other.to_owned(),
        }
    }

    pub(super) fn settled(&self, row: &SettledRow) -> String {
        if row.balances.is_empty() {
            return "Everybody is even.".into();
        }
        let balances: Vec<_> = row
            .balances
            .iter()
            .map(|balance| {
                let (verb, amount) = match balance.amount.strip_prefix('-') {
                    Some(amount) => ("owes", amount),
                    None => ("gets", balance.amount.as_str()),
                };
                let warning = balance.warning.as_deref().unwrap_or_default();
                [
                    self.ink(Ink::Bold, &balance.name),
                    verb.to_owned(),
                    sum(amount, &row.currency),
                    self.ink(Ink::Yellow, warning),
                ]
            })
            .collect();
        let mut lines = vec![self.table(["who", "", "how much", ""], &balances), String::new()];
        lines.push("All are even after:".to_owned());
        lines.extend(row.payments.iter().map(|payment| self.payment(payment, &row.currency)));
        lines.join("\n")
    }

    /// One's own payments with the code to scan.
    fn payment(&self, row: &PaymentRow, currency: &str) -> String {
        let sum = |amount: &str| sum(amount, currency);
        let (you, they) = if currency == HOURS { ("give", "gives") } else { ("pay", "pays") };
        let who = if row.mine { format!("you {you}") } else { format!("{} {they}", row.from_name) };
        let mut first =
            format!("  {who} {} {}", row.to_name, self.ink(Ink::Bold, &sum(&row.amount)));
        if let Some(waits) = &row.unconfirmed {
            let note = format!(" ({} said to be paid: waits for {})", sum(waits), row.to_name);
            first.push_str(&self.ink(Ink::Yellow, &note));
        }
        let mut lines = vec![first];
        lines.extend(row.file.iter().map(|file| format!("    QR code: {file}")));
        if !row.mine {
            return lines.join("\n");
        }
        if let Some(why) = &row.why_no_qr {
            lines.push(self.ink(Ink::Weak, &format!("    no QR code: {why}")));
        }
        if let Some(code) = &row.qr {
            lines.push("Scan this with your banking app:".into());
            // A transfer always fits a code.
            lines.push(qr::terminal(code).unwrap_or_default());
            lines.push(format!("When it is done: `noaber pay {} --all`", quoted(&row.to_name)));
        }
        lines.join("\n")
    }

    pub(super) fn account(&self, row: &AccountRow) -> String {
        let name = self.ink(Ink::Bold, &row.name);
        match (&row.iban, &row.payee) {
            (Some(iban), payee) => {
                let payee = payee.as_deref().unwrap_or_default();
                format!("{name} can be paid at {}, in the name of {payee}.", in_fours(iban))
            }
            (None, _) => format!("{name} has not told where to be paid."),
        }
    }
}

pub(super) fn house_rules(row: &CircleRow) -> String {
    if row.timebank {
        let floor = &row.floor;
        format!("{} counts hours of help; who is below {floor} hours is reminded.", row.name)
    } else {
        format!(
            "{} does not count hours of help. A steward can change that: `noaber circle rules --timebank true`",
            row.name
        )
    }
}

/// A payment is a debt of its receiver: nobody says it like that.
fn sides(row: &LedgerRow) -> String {
    if row.cause == "payment" {
        format!("{} paid {}", row.to_name, row.from_name)
    } else {
        format!("{} owes {}", row.from_name, row.to_name)
    }
}

/// Money has its currency before it, hours theirs behind.
fn sum(amount: &str, currency: &str) -> String {
    if currency == HOURS { format!("{amount} h") } else { format!("{currency} {amount}") }
}

/// As on a bank card.
fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// A name as it can be typed in a shell.
fn quoted(name: &str) -> String {
    if name.chars().all(char::is_alphanumeric) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use noaber_core::time::Timestamp;

    use super::*;

    fn row(cause: &str, state: &str) -> LedgerRow {
        LedgerRow {
            line: "0123456789abcdef".into(),
            from: String::new(),
            from_name: "Ben".into(),
            to: String::new(),
            to_name: "Anna".into(),
            amount: "12.50".into(),
            currency: "EUR".into(),
            about: "two\nlines".into(),
            cause: cause.into(),
            booking: None,
            at: "2026-12-01T10:00:00+01:00".into(),
            by: String::new(),
            by_name: "Anna".into(),
            state: state.into(),
            why: None,
            waits_for_me: false,
            photo: None,
        }
    }

    #[test]
    fn a_debt_is_one_sentence() {
        let page = Page { now: Timestamp::from_ms(0), colours: false };
        let line = |row| page.line(&[row]);
        assert_eq!(
            line(row("shared", "waiting_debtor")),
            "Ben owes Anna EUR 12.50 for “two lines”: waits for Ben to agree  01234567"
        );
        let mine = LedgerRow {
            waits_for_me: true,
            about: String::new(),
            ..row("payment", "waiting_debtor")
        };
        assert_eq!(
            line(mine),
            "Anna paid Ben EUR 12.50: waits for you: `noaber agree 01234567`  01234567"
        );
        let refused = LedgerRow { why: Some("I was away".into()), ..row("shared", "refused") };
        assert!(line(refused).contains("Ben does not agree: I was away"));
    }

    #[test]
    fn names_and_accounts_are_written_as_they_are_typed() {
        assert_eq!(quoted("Ben"), "Ben");
        assert_eq!(quoted("Anna's mum"), "'Anna'\\''s mum'");
        assert_eq!(in_fours("NL91ABNA0417164300"), "NL91 ABNA 0417 1643 00");
    }
}
