//! The ledger: what is owed, written, agreed with, let go.
//!
//! Who signs what is decided in core; here are only the words for it. `expense` shares what somebody
//! paid, `settle` says how everybody stands.

mod expense;
mod settle;

use jiff::tz::TimeZone;
use noaber_core::id::{CircleId, LineId, MemberId};
use noaber_core::ledger::{Debt, Line, Standing};
use noaber_core::money::{Cents, Quarters};
use noaber_core::view::CircleView;
use noaber_core::wire::{Cause, Owe, Party, Unit};
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::request::{MoneyRequest, PayRequest, PotRequest, SumFields, UnitName};
use super::resolve::{self, POT};
use super::rows::{Answer, LedgerRow};
use super::{Api, Failure};

/// How much of what.
#[derive(Clone, Copy)]
struct Sum {
    unit: Unit,
    amount: u64,
}

impl Api<'_> {
    pub(super) async fn money(&self, request: MoneyRequest) -> Result<Answer, Failure> {
        match request {
            MoneyRequest::Ledger { member, waiting, unit } => {
                self.ledger(member.as_deref(), waiting, unit)
            }
            MoneyRequest::Settle { hours, qr } => {
                let unit = if hours { Unit::Quarters } else { Unit::Cents };
                self.settle(unit, qr.as_deref())
            }
            MoneyRequest::Pay(request) => self.pay(request).await,
            MoneyRequest::Owe { to, sum, about } => {
                let creditor = resolve::party(&*self.chosen_circle()?, &to)?;
                self.owe(self.me(), creditor, &sum, about).await
            }
            MoneyRequest::Expense(request) => self.expense(request).await,
            MoneyRequest::Pot(PotRequest::Give { sum, about }) => {
                self.owe(self.me(), Party::Pot, &sum, about).await
            }
            MoneyRequest::Pot(PotRequest::Take { sum, about }) => {
                self.owe(Party::Pot, self.me(), &sum, about).await
            }
            MoneyRequest::Agree { line } => {
                let circle = self.chosen_circle()?;
                let line = resolve::line(&circle, &line)?;
                self.write(Command::Agree { circle: circle.id, line }).await
            }
            MoneyRequest::Waive { line, reason } => {
                let circle = self.chosen_circle()?;
                let line = resolve::line(&circle, &line)?;
                self.write(Command::Waive { circle: circle.id, line, reason }).await
            }
            MoneyRequest::Account(request) => self.account(request).await,
        }
    }

    fn me(&self) -> Party {
        Party::Member(self.node.member())
    }

    fn ledger(
        &self,
        member: Option<&str>,
        waiting: bool,
        unit: Option<UnitName>,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let side = member.map(|text| resolve::party(&circle, text)).transpose()?;
        let unit = unit.map(|unit| match unit {
            UnitName::Money => Unit::Cents,
            UnitName::Hours => Unit::Quarters,
        });
        let me = self.node.member();
        let is_meant = |debt: &Debt| {
            side.is_none_or(|side| debt.debtor == side || debt.creditor == side)
                && (!waiting || debt.waits_for(me, &circle.roster))
        };
        let zone = resolve::zone(&circle);
        let lines = circle.ledger.lines().filter(|line| unit.is_none_or(|u| u == line.unit));
        let debts = lines.flat_map(|line| {
            circle.ledger.debts(line, &circle.roster).map(move |debt| (line, debt))
        });
        let meant = debts.filter(|(_, debt)| is_meant(debt));
        Ok(Answer::Ledger(meant.map(|(line, debt)| row(&circle, line, &debt, me, &zone)).collect()))
    }

    /// The payer is the creditor: what they have paid is what the receiver owes them for it.
    async fn pay(&self, request: PayRequest) -> Result<Answer, Failure> {
        let PayRequest { to, amount, all, about, from_pot } = request;
        let circle = self.chosen_circle()?;
        let receiver = resolve::party(&circle, &to)?;
        let payer = if from_pot { Party::Pot } else { self.me() };
        let amount = match amount {
            Some(text) if !all => Sum::money(&text)?.amount,
            _ => settle::all_that_is_owed(&circle, payer, receiver)?,
        };
        let owe = Owe {
            creditor: payer,
            unit: Unit::Cents,
            debts: vec![(receiver, amount)],
            cause: Cause::Payment,
            text: about,
            photo: None,
        };
        self.write(Command::Owe { circle: circle.id, owe }).await
    }

    async fn owe(
        &self,
        debtor: Party,
        creditor: Party,
        sum: &SumFields,
        about: String,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?.id;
        let Sum { unit, amount } = Sum::read(sum)?;
        let owe = Owe {
            creditor,
            unit,
            debts: vec![(debtor, amount)],
            cause: Cause::Shared,
            text: about,
            photo: None,
        };
        self.write(Command::Owe { circle, owe }).await
    }

    /// Writes or answers a line, and shows it.
    async fn write(&self, command: Command) -> Result<Answer, Failure> {
        match self.submit(command).await? {
            Outcome::Line(circle, line) => self.line_rows(circle, line),
            _ => Err(gone()),
        }
    }

    fn line_rows(&self, circle: CircleId, line: LineId) -> Result<Answer, Failure> {
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let line = circle.ledger.line(line).ok_or_else(gone)?;
        let (me, zone) = (self.node.member(), resolve::zone(circle));
        let debts = circle.ledger.debts(line, &circle.roster);
        Ok(Answer::Line(debts.map(|debt| row(circle, line, &debt, me, &zone)).collect()))
    }
}

impl Sum {
    fn read(fields: &SumFields) -> Result<Self, Failure> {
        let bad = |message| Err(Failure::new("bad_value", message));
        match (fields.amount.as_deref(), fields.hours.as_deref()) {
            (Some(amount), None) => Self::money(amount),
            (None, None | Some("")) => bad("say how much"),
            (Some(hours), Some("")) | (None, Some(hours)) => Self::hours(hours),
            (Some(_), Some(_)) => bad("say how much once: money, or with --hours hours"),
        }
    }

    fn money(text: &str) -> Result<Self, Failure> {
        let amount = text.parse::<Cents>().map(Cents::cents);
        Self::of(text, Unit::Cents, amount.map_err(|error| error.to_string()))
    }

    fn hours(text: &str) -> Result<Self, Failure> {
        let amount = text.parse::<Quarters>().map(Quarters::quarters);
        Self::of(text, Unit::Quarters, amount.map_err(|error| error.to_string()))
    }

    fn of(text: &str, unit: Unit, amount: Result<i64, String>) -> Result<Self, Failure> {
        let bad = |why: String| Failure::new("bad_value", format!("“{text}”: {why}"));
        let amount = u64::try_from(amount.map_err(bad)?).unwrap_or(0);
        if amount == 0 {
            return Err(bad("an amount must be above zero".into()));
        }
        Ok(Self { unit, amount })
    }
}

/// An amount as a decimal text.
fn amount(unit: Unit, count: i64) -> String {
    let held = count.clamp(Cents::MIN.cents(), Cents::MAX.cents());
    match unit {
        Unit::Cents => Cents::from_cents(held).unwrap_or_default().to_string(),
        Unit::Quarters => Quarters::from_quarters(held).unwrap_or_default().to_string(),
    }
}

/// What is written behind an amount.
fn currency(circle: &CircleView, unit: Unit) -> String {
    match unit {
        Unit::Cents => circle.currency.clone(),
        Unit::Quarters => "hours".to_owned(),
    }
}

/// Id and name of a side.
fn named(circle: &CircleView, party: Party) -> (String, String) {
    match party {
        Party::Member(member) => (member.to_string(), circle.name_of(member).to_owned()),
        Party::Pot => (POT.to_owned(), "the pot".to_owned()),
    }
}

fn row(circle: &CircleView, line: &Line, debt: &Debt, me: MemberId, zone: &TimeZone) -> LedgerRow {
    let (from, from_name) = named(circle, debt.debtor);
    let (to, to_name) = named(circle, debt.creditor);
    LedgerRow {
        line: line.id.to_string(),
        from,
        from_name,
        to,
        to_name,
        amount: amount(line.unit, debt.amount.cast_signed()),
        currency: currency(circle, line.unit),
        about: line.text.clone(),
        cause: cause(line.cause).to_owned(),
        booking: match line.cause {
            Cause::Trip(id) | Cause::Receipt(id) | Cause::Damage(id) | Cause::Help(id) => {
                Some(id.to_string())
            }
            Cause::Payment | Cause::Shared => None,
        },
        at: resolve::show(line.place.at(), zone),
        by: line.by.to_string(),
        by_name: circle.name_of(line.by).to_owned(),
        state: state(debt.standing).to_owned(),
        why: why(circle, line, debt),
        waits_for_me: debt.waits_for(me, &circle.roster),
        photo: line.photo.map(|photo| photo.to_string()),
    }
}

/// In the words of who let it go or refused it.
fn why(circle: &CircleView, line: &Line, debt: &Debt) -> Option<String> {
    let said = |party| match party {
        Party::Member(member) => circle.ledger.reason_of(line.id, member).map(str::to_owned),
        Party::Pot => None,
    };
    match debt.standing {
        Standing::Refused => said(debt.debtor),
        Standing::Waived => said(debt.creditor).or_else(|| said(debt.debtor)),
        Standing::Counts | Standing::Debtor | Standing::Creditor => None,
    }
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Trip(_) => "trip",
        Cause::Receipt(_) => "receipt",
        Cause::Damage(_) => "damage",
        Cause::Help(_) => "help",
        Cause::Payment => "payment",
        Cause::Shared => "shared",
    }
}

fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Counts => "counts",
        Standing::Debtor => "waiting_debtor",
        Standing::Creditor => "waiting_creditor",
        Standing::Refused => "refused",
        Standing::Waived => "waived",
    }
}
