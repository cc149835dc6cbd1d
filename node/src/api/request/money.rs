//! About money and hours: who owes whom, paying, settling up, accounts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

/// About money and hours. The commands stand beside the others, not below one of their own.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum MoneyRequest {
    /// Who owes whom what, and what still waits for somebody's agreement
    Ledger {
        /// Only what this member owes or is owed; `pot` for the pot
        #[arg(long, value_name = "M")]
        member: Option<String>,
        /// Only what waits for you: see `noaber agree` and `noaber waive`
        #[arg(long)]
        waiting: bool,
        /// Only money, or only hours
        #[arg(long)]
        unit: Option<UnitName>,
    },
    /// How everybody stands, and the fewest payments after which all are even
    Settle {
        /// Hours of help instead of money
        #[arg(long)]
        hours: bool,
        /// Save the bank transfers in this folder, as pictures of QR codes that banking apps scan
        #[arg(long, value_name = "DIR", conflicts_with = "hours")]
        qr: Option<PathBuf>,
    },
    /// Note that you have paid somebody: it counts when they agree
    Pay(PayRequest),
    /// Note that you owe somebody: it counts at once
    Owe {
        /// Name or id of who is to get it; `pot` for the pot
        to: String,
        /// How much
        #[command(flatten)]
        sum: SumFields,
        /// For what
        #[arg(long, default_value = "")]
        about: String,
    },
    /// Share what you have paid: each share counts when its debtor agrees
    Expense(ExpenseRequest),
    /// What the circle keeps together
    #[command(subcommand)]
    Pot(PotRequest),
    /// Agree with a line of the ledger that waits for you
    Agree {
        /// Id of the line, or its words if no other has them
        line: String,
    },
    /// Let a line go that is owed to you, or refuse one that says that you owe
    Waive {
        /// Id of the line, or its words if no other has them
        line: String,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// How you and others can be paid
    #[command(subcommand)]
    Account(AccountRequest),
}

/// In what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum UnitName {
    /// The circle's currency.
    Money,
    /// Hours of help.
    Hours,
}

/// An amount of money, or of hours.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct SumFields {
    /// How much, e.g. 12.50; with --hours in hours, e.g. 1.5
    #[arg(required_unless_present = "hours")]
    pub amount: Option<String>,
    /// In hours of help: `1.5 --hours` or `--hours 1.5`
    #[arg(long, value_name = "H", num_args = 0..=1, default_missing_value = "")]
    pub hours: Option<String>,
}

/// A payment.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct PayRequest {
    /// Name or id of who got it; `pot` for the pot
    pub to: String,
    /// How much, e.g. 12.50
    #[arg(required_unless_present = "all")]
    pub amount: Option<String>,
    /// All that `noaber settle` says you owe them
    #[arg(long, conflicts_with = "amount")]
    pub all: bool,
    /// A word about it
    #[arg(long, default_value = "")]
    pub about: String,
    /// It was paid out of the pot; only stewards
    #[arg(long)]
    pub from_pot: bool,
}

/// Something that you have paid, and with whom you share it.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct ExpenseRequest {
    /// For what
    pub title: String,
    /// How much you paid, e.g. 12.50
    #[arg(long, value_name = "X", required_unless_present = "hours", conflicts_with = "hours")]
    pub amount: Option<String>,
    /// How many hours you gave, e.g. 1.5
    #[arg(long, value_name = "H")]
    pub hours: Option<String>,
    /// With whom you share it, may be given several times; `Anna:2` for two shares. You take one
    /// share yourself, unless you name yourself with another weight
    #[arg(
        long,
        value_name = "M[:WEIGHT]",
        required_unless_present_any = ["everybody", "booking", "damage"]
    )]
    pub with: Vec<String>,
    /// You share it with everybody in the circle
    #[arg(long, conflicts_with = "with")]
    pub everybody: bool,
    /// You take no share yourself
    #[arg(long, conflicts_with_all = ["booking", "damage"])]
    pub not_me: bool,
    /// It was for something you borrowed (fuel, a repair): its owner owes you all of it. Id of the
    /// booking, or title of the listing if it has only one
    #[arg(long, value_name = "B", conflicts_with_all = ["with", "everybody", "damage"])]
    pub booking: Option<String>,
    /// Something of yours broke during this booking: its borrower owes you, of a car up to the own risk
    #[arg(long, value_name = "B", conflicts_with_all = ["with", "everybody"])]
    pub damage: Option<String>,
    /// The whole damage, also what is beyond the own risk
    #[arg(long, requires = "damage")]
    pub beyond_own_risk: bool,
    /// A photo of the receipt
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

/// About the pot.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum PotRequest {
    /// Owe the pot something, or give it hours: it counts at once
    Give {
        /// How much
        #[command(flatten)]
        sum: SumFields,
        /// For what
        #[arg(long, default_value = "")]
        about: String,
    },
    /// Be owed something by the pot, or take hours from it: it counts when a steward agrees
    Take {
        /// How much
        #[command(flatten)]
        sum: SumFields,
        /// For what
        #[arg(long, default_value = "")]
        about: String,
    },
}

/// About bank accounts.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum AccountRequest {
    /// Tell the circle where you can be paid
    Set {
        /// The account number, as on your bank card
        iban: String,
        /// The name on the account; your own when left out
        #[arg(long)]
        name: Option<String>,
    },
    /// Where you, or somebody else, can be paid
    Show {
        /// Name or id; you when left out
        member: Option<String>,
    },
    /// Take your account number back. Who has it already, may still know it
    Clear,
}

impl MoneyRequest {
    /// The files that are named in it.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        match self {
            Self::Settle { qr: path, .. } | Self::Expense(ExpenseRequest { photo: path, .. }) => {
                path.as_mut()
            }
            _ => None,
        }
        .into_iter()
    }
}
