//! Money and other figures as each language writes them.

use noaber_core::id::MemberId;
use noaber_core::ledger::{Debt, Line};
use noaber_core::money::{Cents, Quarters, Rate};
use noaber_core::view::CircleView;
use noaber_core::wire::{Cause, Party, Unit};

use super::{Lang, Words};

impl Words {
    /// Such as “€ 12,50” in Dutch and “€12.50” in English; other currencies by their code.
    pub fn money(&self, amount: Cents, currency: &str) -> String {
        let cents = amount.cents();
        let sign = if cents < 0 { "−" } else { "" };
        let digits = format!("{}.{:02}", (cents / 100).abs(), (cents % 100).abs());
        format!("{sign}{}", self.with_currency(&digits, currency))
    }

    /// A price, with a third decimal only where there is one.
    pub fn price(&self, rate: Rate, currency: &str) -> String {
        self.with_currency(&rate.to_string(), currency)
    }

    /// Such as “1.5 h” in English and “1,5 uur” in Dutch; without a sign.
    pub fn hours(&self, quarters: i64) -> String {
        let hours = Quarters::from_quarters(quarters.saturating_abs()).unwrap_or(Quarters::MAX);
        let hours = match self.lang() {
            Lang::En => hours.to_string(),
            Lang::Nl => hours.to_string().replace('.', ","),
        };
        self.tell("amount-hours", &[("hours", hours.into())])
    }

    /// One debt from the side of a member: “You owe Anna Bakker €12.50”.
    pub fn debt(&self, circle: &CircleView, me: MemberId, line: &Line, debt: &Debt) -> String {
        let is_owed = debt.creditor == Party::Member(me);
        let other = match if is_owed { debt.debtor } else { debt.creditor } {
            Party::Member(member) => circle.name_of(member).to_owned(),
            Party::Pot => self.say("balance-pot"),
        };
        let amount = debt.amount.cast_signed();
        let amount = match line.unit {
            Unit::Cents => {
                self.money(Cents::from_cents(amount).unwrap_or(Cents::MAX), &circle.currency)
            }
            Unit::Quarters => self.hours(amount),
        };
        // A payment's receiver is its debtor.
        let key = match (&line.cause, is_owed) {
            (Cause::Payment, true) => "balance-you-paid",
            (Cause::Payment, false) => "balance-paid-you",
            (_, true) => "balance-owes-you",
            (_, false) => "balance-you-owe",
        };
        self.tell(key, &[("name", other.into()), ("amount", amount.into())])
    }

    fn with_currency(&self, digits: &str, currency: &str) -> String {
        let digits = match self.lang() {
            Lang::En => digits.to_owned(),
            Lang::Nl => digits.replace('.', ","),
        };
        match (currency, self.lang()) {
            ("EUR", Lang::En) => format!("€{digits}"),
            ("EUR", Lang::Nl) => format!("€ {digits}"),
            (other, _) => format!("{other} {digits}"),
        }
    }
}
