//! What somebody paid: shared with others, or put to a booking.

use std::sync::Arc;

use noaber_core::Command;
use noaber_core::booking::Booking;
use noaber_core::id::MemberId;
use noaber_core::listing::{Details, Listing};
use noaber_core::money::{Cents, split};
use noaber_core::view::CircleView;
use noaber_core::wire::{Cause, Owe, Party, Unit};

use super::Sum;
use crate::api::circles::gone;
use crate::api::request::ExpenseRequest;
use crate::api::rows::Answer;
use crate::api::{Api, Failure, resolve};

/// Who owes what of it, from what it comes, and in which words.
struct Charge {
    cause: Cause,
    debts: Vec<(Party, u64)>,
    text: String,
}

impl Api<'_> {
    pub(super) async fn expense(&self, request: ExpenseRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let sum = match (&request.amount, &request.hours) {
            (Some(amount), None) => Sum::money(amount)?,
            (None, Some(hours)) => Sum::hours(hours)?,
            _ => return Err(Failure::new("bad_value", "say what you paid, or how many hours")),
        };
        let charge = if let Some(booking) = &request.booking {
            self.receipt(&circle, sum, booking, request.title)?
        } else if let Some(booking) = &request.damage {
            let whole = request.beyond_own_risk;
            let cap = |listing: &Listing| own_risk(listing).filter(|_| !whole);
            self.damage(&circle, sum, booking, request.title, cap)?
        } else {
            let debts = self.shares(&circle, sum, &request)?;
            Charge { cause: Cause::Shared, debts, text: request.title }
        };
        let Charge { cause, debts, text } = charge;
        let photo = self.take_in(request.photo.into_iter().collect()).await?.pop();
        let owe = Owe { creditor: self.me(), unit: sum.unit, debts, cause, text, photo };
        self.write(Command::Owe { circle: circle.id, owe }).await
    }

    /// Fuel, charging, a repair on the way: the owner owes it to who paid.
    fn receipt(
        &self,
        circle: &CircleView,
        sum: Sum,
        booking: &str,
        text: String,
    ) -> Result<Charge, Failure> {
        let (booking, listing) = booked(circle, booking)?;
        if listing.owner == self.node.member() {
            let message = "it is your own: there is nobody who owes you for it";
            return Err(Failure::new("bad_value", message));
        }
        let debts = vec![(Party::Member(listing.owner), sum.amount)];
        Ok(Charge { cause: Cause::Receipt(booking.id), debts, text })
    }

    /// What broke: the borrower owes it to the owner, in money up to `cap`.
    fn damage(
        &self,
        circle: &CircleView,
        sum: Sum,
        booking: &str,
        title: String,
        cap: impl Fn(&Listing) -> Option<Cents>,
    ) -> Result<Charge, Failure> {
        let (booking, listing) = booked(circle, booking)?;
        if listing.owner != self.node.member() {
            let who = circle.name_of(listing.owner);
            return Err(Failure::new("not_allowed", format!("only {who} can do this")));
        }
        let cap = cap(&listing).filter(|_| sum.unit == Unit::Cents);
        let (amount, text) = capped(sum.amount, cap, title)?;
        let debts = vec![(Party::Member(booking.borrower), amount)];
        Ok(Charge { cause: Cause::Damage(booking.id), debts, text })
    }

    /// What the others owe. One's own share is what is left: nobody owes it to anybody.
    fn shares(
        &self,
        circle: &CircleView,
        sum: Sum,
        request: &ExpenseRequest,
    ) -> Result<Vec<(Party, u64)>, Failure> {
        let me = self.node.member();
        let mut weights: Vec<(MemberId, u32)> = if request.everybody {
            let active = circle.roster.members.keys().filter(|id| circle.roster.is_active(**id));
            active.map(|id| (*id, 1)).collect()
        } else {
            request.with.iter().map(|text| weight(circle, text)).collect::<Result<_, _>>()?
        };
        if request.not_me {
            weights.retain(|(member, _)| *member != me);
        } else if !weights.iter().any(|(member, _)| *member == me) {
            weights.push((me, 1));
        }
        if !weights.iter().any(|(member, weight)| *member != me && *weight > 0) {
            return Err(Failure::new("bad_value", "say with whom you share it"));
        }
        let whole = i64::try_from(sum.amount)
            .map_err(|_| Failure::new("bad_value", "this is more than anybody pays"))?;
        // Whose turn it is to pay the odd cent is drawn anew each time; only the result is written.
        let shares = split(whole, &weights, &rand::random());
        let others = shares.into_iter().filter(|(member, _)| *member != me);
        let owed = others.filter_map(|(member, share)| {
            u64::try_from(share).ok().filter(|s| *s > 0).map(|s| (Party::Member(member), s))
        });
        let owed: Vec<_> = owed.collect();
        if owed.is_empty() {
            return Err(Failure::new("bad_value", "this is too little to be shared"));
        }
        Ok(owed)
    }
}

/// `Anna`, or `Anna:2` for two shares. A name that holds a colon is a name.
fn weight(circle: &CircleView, text: &str) -> Result<(MemberId, u32), Failure> {
    if let Some((name, weight)) = text.rsplit_once(':')
        && let Ok(weight) = weight.parse()
    {
        return Ok((resolve::member(circle, name)?, weight));
    }
    Ok((resolve::member(circle, text)?, 1))
}

fn booked(circle: &CircleView, text: &str) -> Result<(Arc<Booking>, Arc<Listing>), Failure> {
    let booking = resolve::booking(circle, text)?;
    let listing = circle.listings.get(&booking.listing).ok_or_else(gone)?;
    Ok((booking, Arc::clone(listing)))
}

fn own_risk(listing: &Listing) -> Option<Cents> {
    match &listing.details {
        Details::Car(car) => car.own_risk,
        _ => None,
    }
}

/// A damage up to what its driver pays at most. Both sides sign the words, so these say it.
fn capped(whole: u64, cap: Option<Cents>, title: String) -> Result<(u64, String), Failure> {
    let Some(cap) = cap else { return Ok((whole, title)) };
    let most = u64::try_from(cap.cents()).unwrap_or(0);
    if most == 0 {
        let message =
            "nobody pays for damage of this car (own risk 0): --beyond-own-risk asks for all";
        return Err(Failure::new("own_risk", message));
    }
    if whole <= most {
        return Ok((whole, title));
    }
    let cents = i64::try_from(whole).ok().and_then(Cents::from_cents).unwrap_or(Cents::MAX);
    Ok((most, format!("{title} ({cents}, own risk {cap})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damage_costs_no_more_than_the_own_risk_and_says_so() {
        let cents = |cents| Cents::from_cents(cents);
        let capped = |whole, cap| capped(whole, cap, "bumper".into());
        assert_eq!(capped(40_000, None), Ok((40_000, "bumper".into())));
        assert_eq!(capped(10_000, cents(15_000)), Ok((10_000, "bumper".into())));
        assert_eq!(capped(15_000, cents(15_000)), Ok((15_000, "bumper".into())));
        let text = "bumper (400.00, own risk 150.00)".to_owned();
        assert_eq!(capped(40_000, cents(15_000)), Ok((15_000, text)));
        assert_eq!(capped(1, cents(0)).map_err(|failure| failure.code), Err("own_risk".into()));
    }
}
