//! Asking: what would be answered, once, in line, again and again.

use std::sync::Arc;

use jiff::civil::Date;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, SeriesId};
use noaber_core::limits::MAX_OCCURRENCES;
use noaber_core::listing::Listing;
use noaber_core::replica::SeriesAct;
use noaber_core::rules::{Reason, Request as Wish, Verdict};
use noaber_core::time::Interval;
use noaber_core::view::{CircleView, may_pass};
use noaber_core::zone::{Rhythm, repeat};
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::request::{AskRequest, RepeatName, SeriesRequest, WantedFields};
use super::rows::{Answer, JudgedRow, JudgedTimeRow, ReasonRow, SeriesRow};
use super::{Api, Failure, resolve, show};

/// How many other times are offered to who cannot have the one that they asked for.
const NEXT_TIMES: usize = 3;

/// Longer than from one repetition to the next.
const LONG_STEP_DAYS: i64 = 32;

impl Api<'_> {
    pub(super) async fn ask(&self, request: AskRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let AskRequest { wanted, repeat, until, km, dry_run } = request;
        let listing = resolve::listing(&circle, &wanted.listing)?;
        let first = time_of(&circle, &wanted)?;
        let times = match (repeat, until) {
            (Some(rhythm), Some(until)) => Some(repeated(&circle, first, rhythm, &until)?),
            _ => None,
        };
        if dry_run {
            let judged = self.judged(&circle, &listing, &wanted, first, times.as_deref(), km);
            return Ok(Answer::Judged(Box::new(judged)));
        }
        let WantedFields { quantity, note, .. } = wanted;
        let (circle_id, id) = (circle.id, listing.id);
        let mut answer = match times {
            None => {
                let (from, to) = (first.from(), first.to());
                let ask = Command::Ask { circle: circle_id, listing: id, from, to, quantity, note };
                self.do_and_show(ask).await?
            }
            Some(times) => {
                let ask =
                    Command::AskSeries { circle: circle_id, listing: id, times, quantity, note };
                self.do_and_show_series(ask).await?
            }
        };
        if let (Answer::Booking(row), Some(_)) = (&mut answer, km) {
            let estimated = circle.estimate(&listing, first, km);
            row.estimate = estimated.map(|estimated| show::estimate(&circle, &estimated));
        }
        Ok(answer)
    }

    pub(super) async fn wait(&self, wanted: WantedFields) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let listing = resolve::listing(&circle, &wanted.listing)?.id;
        let time = time_of(&circle, &wanted)?;
        let WantedFields { quantity, note, .. } = wanted;
        let (circle, from, to) = (circle.id, time.from(), time.to());
        self.do_and_show(Command::Wait { circle, listing, from, to, quantity, note }).await
    }

    fn wish(&self, interval: Interval, quantity: u32) -> Wish {
        Wish { borrower: self.node.member(), interval, quantity, now: self.now() }
    }

    fn judged(
        &self,
        circle: &CircleView,
        listing: &Listing,
        wanted: &WantedFields,
        first: Interval,
        times: Option<&[Interval]>,
        km: Option<u32>,
    ) -> JudgedRow {
        let zone = resolve::zone(circle);
        let wish = self.wish(first, wanted.quantity);
        let verdicts = match times {
            Some(times) => circle.judge_series(listing, &wish, times),
            None => vec![circle.judge(listing, &wish)],
        };
        let booking = circle.same_request(listing.id, &wish).filter(|_| times.is_none());
        let is_offered = circle.is_offered(listing);
        let is_allowed = |verdict: &Verdict| {
            is_offered && (booking.is_some() || matches!(verdict, Verdict::Allowed { .. }))
        };
        let allowed = verdicts.iter().all(is_allowed);
        let refused = verdicts.iter().find(|verdict| !is_allowed(verdict)).map(against);
        let reasons = refused.unwrap_or_default();
        let next = if allowed || !is_offered {
            Vec::new()
        } else {
            circle.next_times(listing, &wish, NEXT_TIMES)
        };
        let shown = show::times(&[first], &zone).swap_remove(0);
        let estimate = |time, km| {
            circle.estimate(listing, time, km).map(|estimated| show::estimate(circle, &estimated))
        };
        let row = |(time, verdict): (&Interval, &Verdict)| {
            let shown = show::times(&[*time], &zone).swap_remove(0);
            JudgedTimeRow {
                from: shown.from,
                to: shown.to,
                allowed: is_allowed(verdict),
                at_once: is_offered && is_at_once(verdict),
                reasons: said(is_offered, &against(verdict)),
                estimate: estimate(*time, km),
            }
        };
        JudgedRow {
            listing: listing.id.to_string(),
            title: listing.general.title.clone(),
            owner_name: circle.name_of(listing.owner).to_owned(),
            from: shown.from,
            to: shown.to,
            quantity: wanted.quantity,
            allowed,
            at_once: allowed && verdicts.iter().all(is_at_once),
            can_wait: is_offered && !reasons.is_empty() && reasons.iter().all(may_pass),
            reasons: said(is_offered, &reasons),
            next: show::times(&next, &zone),
            booking: booking.map(|id| id.to_string()),
            estimate: estimate(first, km),
            times: times.map(|times| times.iter().zip(&verdicts).map(row).collect()),
        }
    }

    pub(super) async fn series(&self, request: SeriesRequest) -> Result<Answer, Failure> {
        let SeriesRequest::Change { series, from, to, repeat, until } = request;
        let circle = self.chosen_circle()?;
        let series = resolve::series(&circle, &series)?;
        let first = resolve::interval(&from, &to, &resolve::zone(&circle))?;
        let times = repeated(&circle, first, repeat, &until)?;
        self.change_series(&circle, series, times).await
    }

    /// Calls off what has no answer yet and asks anew. Judged before anything is called off, so that who
    /// cannot have the new times keeps the old ones.
    async fn change_series(
        &self,
        circle: &Arc<CircleView>,
        series: SeriesId,
        mut times: Vec<Interval>,
    ) -> Result<Answer, Failure> {
        let ids = circle.series.get(&series).ok_or_else(gone)?;
        let bookings: Vec<_> = ids.iter().filter_map(|id| circle.bookings.get(id)).collect();
        let sample = bookings.first().ok_or_else(gone)?;
        if sample.borrower != self.node.member() {
            let who = circle.name_of(sample.borrower);
            return Err(Failure::new("not_allowed", format!("only {who} can do this")));
        }
        let now = self.now();
        let state = |id: &BookingId| {
            circle.bookings.get(id).map(|booking| circle.status(booking, now).state)
        };
        let open: Vec<BookingId> =
            ids.iter().copied().filter(|id| state(id) == Some(State::Asked)).collect();
        let kept: Vec<BookingId> = ids
            .iter()
            .copied()
            .filter(|id| matches!(state(id), Some(State::Confirmed | State::Out)))
            .collect();
        // Whatever is promised already is not asked for a second time.
        times.retain(|time| {
            let mut promised = kept.iter().filter_map(|id| circle.bookings.get(id));
            !promised.any(|booking| circle.status(booking, now).interval.overlaps(*time))
        });
        let Some(first) = times.first().copied() else {
            let message = "all of these times are promised to you already: choose others";
            return Err(Failure::new("unchanged", message));
        };
        let listing = circle.listings.get(&sample.listing).ok_or_else(gone)?;
        let wish = self.wish(first, sample.quantity);
        let rest = circle.without(&open);
        if let Verdict::Refused(reasons) = rest.judge(listing, &wish) {
            let next = rest.next_times(listing, &wish, NEXT_TIMES);
            return Err(self.explain(&noaber_core::CommandError::Refused { reasons, next }));
        }
        let (circle_id, listing, quantity, note) =
            (circle.id, listing.id, sample.quantity, sample.note.to_string());
        let act = SeriesAct::CancelUnanswered { reason: String::new() };
        self.submit(Command::Series { circle: circle_id, series, act }).await?;
        let ask = Command::AskSeries { circle: circle_id, listing, times, quantity, note };
        let mut answer = self.do_and_show_series(ask).await?;
        if let Answer::Series(row) = &mut answer {
            let view = self.node.view();
            let circle = view.circles.get(&circle_id).ok_or_else(gone)?;
            let kept = kept.iter().filter_map(|id| circle.bookings.get(id));
            row.kept = Some(show::bookings(circle, kept, now));
        }
        Ok(answer)
    }

    pub(super) async fn do_and_show_series(&self, command: Command) -> Result<Answer, Failure> {
        match self.submit(command).await? {
            Outcome::Series(circle, series) => self.series_row(circle, series),
            _ => Err(gone()),
        }
    }

    fn series_row(&self, circle: CircleId, series: SeriesId) -> Result<Answer, Failure> {
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let ids = circle.series.get(&series).ok_or_else(gone)?;
        let bookings = ids.iter().filter_map(|id| circle.bookings.get(id));
        let bookings = show::bookings(circle, bookings, self.now());
        let first = bookings.first().ok_or_else(gone)?.clone();
        Ok(Answer::Series(Box::new(SeriesRow { first, bookings, kept: None })))
    }
}

fn repeated(
    circle: &CircleView,
    first: Interval,
    rhythm: RepeatName,
    until: &str,
) -> Result<Vec<Interval>, Failure> {
    let until: Date = resolve::date(until)?;
    let rhythm = match rhythm {
        RepeatName::Weekly => Rhythm::Weekly,
        RepeatName::Monthly => Rhythm::Monthly,
    };
    let times = repeat(&circle.zone, first, rhythm, until);
    let Some(last) = times.last() else {
        let message = "the series would end before it begins: choose a later --until";
        return Err(Failure::new("bad_time", message));
    };
    let next = circle.zone.date(circle.zone.plus_days(last.from(), LONG_STEP_DAYS));
    if times.len() == MAX_OCCURRENCES && next <= until {
        let message = format!("at most {MAX_OCCURRENCES} times can be asked for in one go");
        return Err(Failure::new("limit", message));
    }
    Ok(times)
}

/// The time that is asked for. An end before the start is a slip that is told as one.
fn time_of(circle: &CircleView, wanted: &WantedFields) -> Result<Interval, Failure> {
    resolve::interval(&wanted.from, &wanted.to, &resolve::zone(circle))
}

fn against(verdict: &Verdict) -> Vec<Reason> {
    match verdict {
        Verdict::Allowed { .. } => Vec::new(),
        Verdict::Refused(reasons) => reasons.clone(),
    }
}

fn is_at_once(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Allowed { at_once: true })
}

/// What stands against it; for what is not offered any more, nothing else counts.
fn said(is_offered: bool, reasons: &[Reason]) -> Vec<ReasonRow> {
    if is_offered {
        return show::reasons(reasons);
    }
    let retired = noaber_core::CommandError::Retired;
    vec![ReasonRow { code: retired.code().to_owned(), message: retired.to_string() }]
}
