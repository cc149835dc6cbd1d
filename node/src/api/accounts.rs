//! How members can be paid, and what is agreed for the whole circle.

use noaber_core::id::MemberId;
use noaber_core::money::{BadPayment, Cents, Iban, Quarters, epc};
use noaber_core::view::CircleView;
use noaber_core::wire::{HouseRules, Profile};
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::listings::parsed;
use super::request::AccountRequest;
use super::rows::{AccountRow, Answer};
use super::{Api, Failure, resolve, show};

impl Api<'_> {
    pub(super) async fn account(&self, request: AccountRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        match request {
            AccountRequest::Set { iban, name } => {
                let bad = |error: noaber_core::money::BadIban| {
                    Failure::new("bad_iban", error.to_string())
                };
                let iban: Iban = iban.parse().map_err(bad)?;
                let me = circle.name_of(self.node.member()).to_owned();
                let payee = name.unwrap_or(me).trim().to_owned();
                check_payee(&payee, &iban)?;
                let profile = Profile { iban: iban.compact().to_owned(), payee };
                self.set_profile(&circle, profile).await
            }
            AccountRequest::Show { member } => {
                let member = match member {
                    Some(text) => resolve::member(&circle, &text)?,
                    None => self.node.member(),
                };
                Ok(Answer::Account(row(&circle, member)))
            }
            AccountRequest::Clear => self.set_profile(&circle, Profile::default()).await,
        }
    }

    async fn set_profile(&self, circle: &CircleView, profile: Profile) -> Result<Answer, Failure> {
        let circle = circle.id;
        self.submit(Command::SetProfile { circle, profile }).await?;
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        Ok(Answer::Account(row(circle, self.node.member())))
    }

    /// Shows the house rules, changed first where something is said about them.
    pub(super) async fn house_rules(
        &self,
        timebank: Option<bool>,
        floor: Option<String>,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        if timebank.is_none() && floor.is_none() {
            return Ok(Answer::HouseRules(show::circle(&circle)));
        }
        let mut rules = circle.house_rules.map(|(_, rules)| rules).unwrap_or_default();
        rules.timebank = timebank.unwrap_or(rules.timebank);
        if let Some(floor) = parsed::<Quarters>(floor)? {
            rules.floor_quarters = floor_quarters(floor)?;
        }
        let Outcome::Circle(id) =
            self.submit(Command::SetHouseRules { circle: circle.id, rules }).await?
        else {
            return Err(gone());
        };
        let view = self.node.view();
        let circle = view.circles.get(&id).ok_or_else(gone)?;
        Ok(Answer::HouseRules(show::circle(circle)))
    }
}

/// Below which a member is warned.
pub(super) fn floor(rules: HouseRules) -> Quarters {
    Quarters::from_quarters(i64::from(rules.floor_quarters)).unwrap_or_default()
}

fn floor_quarters(floor: Quarters) -> Result<i32, Failure> {
    let bad = |message| Failure::new("bad_value", message);
    if floor > Quarters::ZERO {
        return Err(bad("a floor is zero or below, like -10: everybody starts at zero"));
    }
    i32::try_from(floor.quarters()).map_err(|_| bad("nobody gets that far below zero"))
}

/// A name that cannot stand in a transfer is said now, not when somebody wants to pay.
fn check_payee(payee: &str, iban: &Iban) -> Result<(), Failure> {
    let cent = Cents::from_cents(1).unwrap_or_default();
    epc(payee, iban, cent, "").map(|_| ()).map_err(|error| {
        let code = if error == BadPayment::LongName { "limit" } else { "bad_value" };
        Failure::new(code, error.to_string())
    })
}

fn row(circle: &CircleView, member: MemberId) -> AccountRow {
    let profile = circle.profiles.get(&member).map(|(_, profile)| profile);
    let profile = profile.filter(|profile| !profile.iban.is_empty());
    AccountRow {
        member: member.to_string(),
        name: circle.name_of(member).to_owned(),
        iban: profile.map(|profile| profile.iban.clone()),
        payee: profile.map(|profile| profile.payee.clone()),
    }
}
