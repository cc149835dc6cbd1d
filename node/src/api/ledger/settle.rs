//! How everybody stands, few payments after which all are even, and these as bank transfers.
//!
//! Nothing here moves money, or knows whether it was moved: who paid notes it with `pay`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use noaber_core::ledger::Standing;
use noaber_core::money::{BadPayment, Cents, Iban, epc};
use noaber_core::settle::{Payment, payments};
use noaber_core::view::CircleView;
use noaber_core::wire::{Cause, HouseRules, Party, Profile, Unit};

use super::{amount, currency, named};
use crate::api::accounts::floor;
use crate::api::rows::{Answer, BalanceRow, PaymentRow, SettledRow};
use crate::api::{Api, Failure};
use crate::qr::{self, EcLevel};

/// The one currency in which a transfer can be a QR code.
const EURO: &str = "EUR";
/// Longest part of a name in the name of a file, in characters.
const MAX_FILE_NAME: usize = 40;

impl Api<'_> {
    pub(super) fn settle(&self, unit: Unit, folder: Option<&Path>) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let balances = circle.ledger.balances(unit, &circle.roster);
        let mut rows: Vec<PaymentRow> = payments(&balances)
            .iter()
            .map(|payment| row(&circle, unit, payment, self.me()))
            .collect();
        if let Some(folder) = folder {
            save(&mut rows, folder)?;
        }
        Ok(Answer::Settled(SettledRow {
            currency: currency(&circle, unit),
            balances: standing(&circle, unit, &balances),
            payments: rows,
        }))
    }
}

/// What a payer owes a receiver when everybody settles up. Refused where a payment between them still
/// waits: it is easily said twice.
pub(super) fn all_that_is_owed(
    circle: &CircleView,
    payer: Party,
    receiver: Party,
) -> Result<u64, Failure> {
    let balances = circle.ledger.balances(Unit::Cents, &circle.roster);
    let (_, name) = named(circle, receiver);
    let waits = unconfirmed(circle, payer, receiver);
    if waits > 0 {
        let sum = amount(Unit::Cents, waits);
        let message = format!(
            "a payment of {} {sum} to {name} waits for them to agree: say how much you paid besides",
            circle.currency
        );
        return Err(Failure::new("unconfirmed", message));
    }
    let due = payments(&balances).into_iter().find(|p| (p.from, p.to) == (payer, receiver));
    due.and_then(|payment| u64::try_from(payment.amount).ok()).ok_or_else(|| {
        let message =
            format!("settling up, there is nothing to pay to {name}: see `noaber settle`");
        Failure::new("nothing_owed", message)
    })
}

/// What is said to be paid and waits for its receiver to agree.
fn unconfirmed(circle: &CircleView, payer: Party, receiver: Party) -> i64 {
    let paid = circle.ledger.lines();
    let paid = paid.filter(|line| line.cause == Cause::Payment && line.unit == Unit::Cents);
    let debts = paid.flat_map(|line| circle.ledger.debts(line, &circle.roster));
    let waits = debts.filter(|debt| {
        debt.standing == Standing::Debtor && (debt.creditor, debt.debtor) == (payer, receiver)
    });
    waits.map(|debt| debt.amount.cast_signed()).sum()
}

/// Who gets most first.
fn standing(circle: &CircleView, unit: Unit, balances: &BTreeMap<Party, i64>) -> Vec<BalanceRow> {
    let rules = circle.house_rules.map(|(_, rules)| rules).filter(|_| unit == Unit::Quarters);
    let mut uneven: Vec<(Party, i64)> =
        balances.iter().filter(|(_, sum)| **sum != 0).map(|(party, sum)| (*party, *sum)).collect();
    uneven.sort_by_key(|(party, sum)| (std::cmp::Reverse(*sum), *party));
    let rows = uneven.into_iter().map(|(party, sum)| {
        let (member, name) = named(circle, party);
        let warning = rules.and_then(|rules| warning(rules, party, sum));
        BalanceRow { member, name, amount: amount(unit, sum), warning }
    });
    rows.collect()
}

/// A member below the floor is told so; nobody is stopped.
fn warning(rules: HouseRules, party: Party, quarters: i64) -> Option<String> {
    let is_below = quarters < i64::from(rules.floor_quarters);
    let floor = floor(rules);
    (party != Party::Pot && is_below)
        .then(|| format!("below {floor} hours: time to give some help, or to be asked for it"))
}

fn row(circle: &CircleView, unit: Unit, payment: &Payment, me: Party) -> PaymentRow {
    let (from, from_name) = named(circle, payment.from);
    let (to, to_name) = named(circle, payment.to);
    let (qr, why_no_qr) = match unit {
        Unit::Cents => match transfer(circle, payment) {
            Ok(text) => (Some(text), None),
            Err(why) => (None, Some(why)),
        },
        // Hours are given back in hours.
        Unit::Quarters => (None, None),
    };
    let waits = match unit {
        Unit::Cents => unconfirmed(circle, payment.from, payment.to),
        Unit::Quarters => 0,
    };
    PaymentRow {
        from,
        from_name,
        to,
        to_name,
        amount: amount(unit, payment.amount),
        mine: payment.from == me,
        unconfirmed: (waits > 0).then(|| amount(unit, waits)),
        qr,
        file: None,
        why_no_qr,
    }
}

/// The payment as the text of a QR code that banking apps read, or why it cannot be one.
fn transfer(circle: &CircleView, payment: &Payment) -> Result<String, String> {
    if circle.currency != EURO {
        return Err(BadPayment::Currency.to_string());
    }
    let Party::Member(receiver) = payment.to else {
        return Err("the pot has no account: ask a steward where to pay".to_owned());
    };
    let name = circle.name_of(receiver);
    let no_account = || format!("{name} has not told where to be paid: ask them");
    let (_, profile) = circle.profiles.get(&receiver).ok_or_else(no_account)?;
    let Profile { iban, payee } = profile;
    if iban.is_empty() {
        return Err(no_account());
    }
    let iban: Iban = iban.parse().map_err(|error| format!("{name}’s account: {error}"))?;
    let payee = if payee.trim().is_empty() { name } else { payee };
    let cents = Cents::from_cents(payment.amount).ok_or_else(|| BadPayment::Amount.to_string())?;
    epc(payee, &iban, cents, &format!("Noaber {}", circle.name)).map_err(|error| error.to_string())
}

/// Saves every transfer as a picture. One's own are named by who is paid; others' by both.
fn save(rows: &mut [PaymentRow], folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let message = format!("QR codes could not be saved in {}: {error}", folder.display());
        Failure::new("file", message)
    })?;
    let mut taken = BTreeSet::new();
    for row in rows {
        let Some(text) = &row.qr else { continue };
        let file = folder.join(file_name(row, &mut taken));
        qr::save_png(text, EcLevel::M, &file)?;
        row.file = Some(file.display().to_string());
    }
    Ok(())
}

/// A name that no other payment has, also where capitals do not tell files apart.
fn file_name(row: &PaymentRow, taken: &mut BTreeSet<String>) -> String {
    let mut stem = format!("pay-{}", plain(&row.to_name));
    if !row.mine {
        stem = format!("{stem}-from-{}", plain(&row.from_name));
    }
    if !taken.insert(stem.to_lowercase()) {
        // Two of one name; ids are unique.
        stem = format!("{stem}-{:.8}-{:.8}", row.to, row.from);
        taken.insert(stem.to_lowercase());
    }
    format!("{stem}.png")
}

/// A name as a part of a file's name: letters and digits of any script stay.
fn plain(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let plain: String = name.trim().chars().take(MAX_FILE_NAME).map(safe).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "somebody".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(from_name: &str, to_name: &str, mine: bool) -> PaymentRow {
        PaymentRow {
            from: format!("f{from_name:0>9}"),
            from_name: from_name.into(),
            to: format!("t{to_name:0>9}"),
            to_name: to_name.into(),
            amount: "1.00".into(),
            mine,
            unconfirmed: None,
            qr: None,
            file: None,
            why_no_qr: None,
        }
    }

    #[test]
    fn every_transfer_has_a_file_of_its_own_inside_the_folder() {
        let mut taken = BTreeSet::new();
        let mut name = |from, to, mine| file_name(&payment(from, to, mine), &mut taken);
        assert_eq!(name("Ben", "Anna", true), "pay-Anna.png");
        assert_eq!(name("Cem", "Anna", false), "pay-Anna-from-Cem.png");
        assert_eq!(name("Ben", "anna", true), "pay-anna-t00000an-f000000B.png");
        assert_eq!(name("Ben", "Jürgen Groß", true), "pay-Jürgen-Groß.png");
        assert_eq!(name("Ben", "../../etc/x", true), "pay-etc-x.png");
        assert_eq!(name("Ben", "🚲", true), "pay-somebody.png");
    }

    #[test]
    fn only_members_below_the_floor_are_warned() {
        let rules = HouseRules { timebank: true, floor_quarters: -8 };
        let anna = Party::Member(noaber_core::id::MemberId::from_bytes([1; 32]));
        assert_eq!(warning(rules, anna, -8), None);
        assert!(warning(rules, anna, -9).is_some_and(|text| text.starts_with("below -2 hours")));
        assert_eq!(warning(rules, Party::Pot, -9), None);
    }
}
