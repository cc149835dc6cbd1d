//! Rows about money and hours.

use serde::{Deserialize, Serialize};

/// One debt of the ledger; a line with several debtors gives several.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The line that says so.
    pub line: String,
    /// Who owes: a member, or `pot`. Of a payment it is the receiver.
    pub from: String,
    /// Their name.
    pub from_name: String,
    /// To whom: a member, or `pot`. Of a payment it is the payer.
    pub to: String,
    /// Their name.
    pub to_name: String,
    /// How much.
    pub amount: String,
    /// ISO 4217 code, or `hours`.
    pub currency: String,
    /// Why, in words.
    pub about: String,
    /// `trip receipt damage help payment shared`.
    pub cause: String,
    /// The booking that it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking: Option<String>,
    /// When it was written, by the author's clock.
    pub at: String,
    /// Who wrote it.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// `counts waiting_debtor waiting_creditor refused waived`.
    pub state: String,
    /// Why it was refused or let go, where somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Whether it waits for you to agree.
    pub waits_for_me: bool,
    /// The receipt, by hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// See [`super::Answer::Settled`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SettledRow {
    /// ISO 4217 code, or `hours`.
    pub currency: String,
    /// Everybody who is not even. Sums to zero.
    pub balances: Vec<BalanceRow>,
    /// Few payments after which everybody is.
    pub payments: Vec<PaymentRow>,
}

/// How somebody stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BalanceRow {
    /// Who: a member, or `pot`.
    pub member: String,
    /// Their name.
    pub name: String,
    /// What they have to get, or below zero to give.
    pub amount: String,
    /// That they are below what the circle has agreed, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

/// A payment that would settle something. Nothing here has been paid.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Who pays: a member, or `pot`.
    pub from: String,
    /// Their name.
    pub from_name: String,
    /// Who is paid: a member, or `pot`.
    pub to: String,
    /// Their name.
    pub to_name: String,
    /// How much.
    pub amount: String,
    /// Whether it is for you to pay.
    pub mine: bool,
    /// What of it is said to be paid, and waits for the receiver to agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unconfirmed: Option<String>,
    /// The transfer as the text of a QR code (EPC069-12), where it can be made one.
    pub qr: Option<String>,
    /// Where its picture was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Why there is no code for money, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_no_qr: Option<String>,
}

/// See [`super::Answer::Account`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountRow {
    /// Whose.
    pub member: String,
    /// Their name.
    pub name: String,
    /// The account number without spaces, if they gave one.
    pub iban: Option<String>,
    /// The name on the account.
    pub payee: Option<String>,
}
