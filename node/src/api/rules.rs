//! What owners ask of those who use their things: reading it as typed, and who drives a car.

use std::str::FromStr;

use noaber_core::booking::State;
use noaber_core::id::MemberId;
use noaber_core::listing::{Draft, Listing};
use noaber_core::rules::{Borrowers, ClosedDays, Repair, Rules, Span};
use noaber_core::time::Interval;
use noaber_core::view::CircleView;
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::request::RuleFields;
use super::rows::{Answer, BookingRow, RuledRow};
use super::{Api, Failure, resolve, show};

/// The word that takes a rule away.
pub(super) const NONE: &str = "none";

impl Api<'_> {
    pub(super) async fn rule(&self, listing: &str, fields: RuleFields) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let listing = resolve::listing(&circle, listing)?;
        let mut draft = listing.to_draft();
        draft.general.instant = fields.instant.unwrap_or(draft.general.instant);
        let sets_repair = fields.repair.is_some();
        self.change_rules(&circle, &mut draft.rules, fields)?;
        let repair = draft.rules.repair.as_ref().and_then(Repair::interval);
        let repair = repair.filter(|_| sets_repair);
        self.save_rules(&circle, &listing, draft, repair).await
    }

    /// Lets somebody drive a car, and so nobody who is not let.
    pub(super) async fn admit(&self, car: &str, member: &str) -> Result<Answer, Failure> {
        self.change_drivers(car, member, |drivers, member| {
            let drivers = match drivers {
                Borrowers::Everybody => vec![member],
                Borrowers::Only(drivers) if drivers.contains(&member) => drivers,
                Borrowers::Only(drivers) => [drivers, vec![member]].concat(),
            };
            Ok(Borrowers::Only(drivers))
        })
        .await
    }

    /// Lets somebody drive a car no longer.
    pub(super) async fn dismiss(&self, car: &str, member: &str) -> Result<Answer, Failure> {
        self.change_drivers(car, member, |drivers, member| match drivers {
            Borrowers::Everybody => {
                let message = "everybody may drive it: say first who may, with `noaber car admit`";
                Err(Failure::new("bad_value", message))
            }
            Borrowers::Only(mut drivers) => {
                drivers.retain(|driver| *driver != member);
                Ok(Borrowers::Only(drivers))
            }
        })
        .await
    }

    async fn change_drivers(
        &self,
        car: &str,
        member: &str,
        change: impl FnOnce(Borrowers, MemberId) -> Result<Borrowers, Failure>,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let listing = resolve::car(&circle, car)?;
        let member = resolve::member(&circle, member)?;
        let mut draft = listing.to_draft();
        draft.rules.borrowers = change(draft.rules.borrowers, member)?;
        self.save_rules(&circle, &listing, draft, None).await
    }

    /// Saves rules where they changed; who sets what is set already has what they want.
    async fn save_rules(
        &self,
        circle: &CircleView,
        listing: &Listing,
        draft: Draft,
        repair: Option<Interval>,
    ) -> Result<Answer, Failure> {
        draft.check().map_err(|error| self.explain(&error.into()))?;
        let (circle, id) = (circle.id, listing.id);
        if draft != listing.to_draft() {
            let edit = Command::Edit { circle, listing: id, draft };
            let Outcome::Listing(..) = self.submit(edit).await? else { return Err(gone()) };
        }
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let listing = circle.listings.get(&id).ok_or_else(gone)?;
        let affected = repair.map(|repair| self.affected(circle, listing, repair));
        let listing = self.full_row(circle, listing);
        Ok(Answer::Ruled(Box::new(RuledRow { listing, affected })))
    }

    /// Coming bookings of a listing that lie in a stretch of time, by their start.
    pub(super) fn affected(
        &self,
        circle: &CircleView,
        listing: &Listing,
        interval: Interval,
    ) -> Vec<BookingRow> {
        let now = self.now();
        let shelf = circle.shelves.get(&listing.id);
        let ids = shelf.into_iter().flat_map(|shelf| &shelf.bookings);
        let mut coming: Vec<_> = ids
            .filter_map(|(_, id)| circle.bookings.get(id))
            .filter(|booking| {
                let status = circle.status(booking, now);
                let is_coming =
                    matches!(status.state, State::Asked | State::Offered | State::Confirmed);
                is_coming && status.interval.to() > now && status.interval.overlaps(interval)
            })
            .collect();
        coming.sort_by_key(|booking| (booking.interval.from(), booking.id));
        show::bookings(circle, coming, now)
    }

    fn change_rules(
        &self,
        circle: &CircleView,
        rules: &mut Rules,
        fields: RuleFields,
    ) -> Result<(), Failure> {
        for (rule, given) in [
            (&mut rules.lead, &fields.lead),
            (&mut rules.horizon, &fields.horizon),
            (&mut rules.shortest, &fields.shortest),
            (&mut rules.longest, &fields.longest),
            (&mut rules.gap, &fields.gap),
        ] {
            change_one::<Span>(rule, given.as_deref())?;
        }
        change_all(&mut rules.open, &fields.open, read)?;
        change_all(&mut rules.closed, &fields.closed, read)?;
        change_all(&mut rules.quotas, &fields.quota, read)?;
        let member = |text: &str| resolve::member(circle, text);
        change_all(&mut rules.privileged, &fields.privileged, member)?;
        rules.closed_days = match fields.closed_days.as_deref() {
            None => rules.closed_days,
            Some(NONE) => ClosedDays::default(),
            Some(text) => read(text)?,
        };
        if fields.everybody || is_none(&fields.borrower) {
            rules.borrowers = Borrowers::Everybody;
        } else if !fields.borrower.is_empty() {
            let members = fields.borrower.iter().map(|text| member(text));
            rules.borrowers = Borrowers::Only(members.collect::<Result<_, _>>()?);
        }
        self.change_repair(circle, rules, fields)
    }

    fn change_repair(
        &self,
        circle: &CircleView,
        rules: &mut Rules,
        fields: RuleFields,
    ) -> Result<(), Failure> {
        let RuleFields { repair, repair_note, repaired, .. } = fields;
        if repaired || repair.as_deref() == Some(NONE) {
            rules.repair = None;
            return Ok(());
        }
        let zone = resolve::zone(circle);
        if let Some(text) = repair {
            let (from, to) = text.split_once("..").unwrap_or((&text, ""));
            let time = |text: &str| match text.trim() {
                "" => Ok(None),
                text => resolve::time(text, &zone).map(Some),
            };
            let from = time(from)?.unwrap_or_else(|| self.now().minute());
            let note = rules.repair.take().map(|before| before.note).unwrap_or_default();
            rules.repair = Some(Repair { from, until: time(to)?, note });
        }
        match (&mut rules.repair, repair_note) {
            (_, None) => Ok(()),
            (Some(repair), Some(note)) => {
                note.trim().clone_into(&mut repair.note);
                Ok(())
            }
            (None, Some(_)) => {
                let message = "it is not under repair: say since when with --repair";
                Err(Failure::new("bad_value", message))
            }
        }
    }
}

fn read<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Failure> {
    let bad = |error: T::Err| Failure::new("bad_value", format!("“{text}”: {error}"));
    text.trim().parse().map_err(bad)
}

/// Changes a rule of which there is one at most.
pub(super) fn change_one<T: FromStr<Err: std::fmt::Display>>(
    rule: &mut Option<T>,
    given: Option<&str>,
) -> Result<(), Failure> {
    match given {
        None => {}
        Some(NONE) => *rule = None,
        Some(text) => *rule = Some(read(text)?),
    }
    Ok(())
}

/// Changes a rule of several parts: what is given takes the place of all that was there.
fn change_all<T>(
    rule: &mut Vec<T>,
    given: &[String],
    read: impl Fn(&str) -> Result<T, Failure>,
) -> Result<(), Failure> {
    if is_none(given) {
        rule.clear();
    } else if !given.is_empty() {
        *rule = given.iter().map(|text| read(text)).collect::<Result<_, _>>()?;
    }
    Ok(())
}

fn is_none(given: &[String]) -> bool {
    matches!(given, [only] if only == NONE)
}
