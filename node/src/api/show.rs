//! From the view to rows.

use jiff::tz::TimeZone;
use noaber_core::View;
use noaber_core::booking::{Assurance, Booking, Fact, Handed, State, What};
use noaber_core::id::{BookingId, MemberId, PhotoId};
use noaber_core::listing::tariff::Tariff;
use noaber_core::listing::{Details, Listing};
use noaber_core::roster::{Member, Membership};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::{CircleView, Standing};

use super::resolve::{circles, show, zone};
use super::rows::{
    BookingRow, CircleRow, HistoryRow, KeeperRow, ListingRow, MemberRow, NamedCircle, StretchRow,
};

pub(super) fn named_circles(view: &View) -> Vec<NamedCircle> {
    let named =
        |c: &std::sync::Arc<CircleView>| NamedCircle { id: c.id.to_string(), name: c.name.clone() };
    circles(view).map(named).collect()
}

pub(super) fn circle(circle: &CircleView) -> CircleRow {
    let active = |m: &&Member| m.membership == Membership::Active;
    let rules = circle.house_rules.map(|(_, rules)| rules).unwrap_or_default();
    CircleRow {
        circle: circle.id.to_string(),
        name: circle.name.clone(),
        timezone: circle.timezone.clone(),
        currency: circle.currency.clone(),
        timebank: rules.timebank,
        floor: super::accounts::floor(rules).to_string(),
        members: circle.roster.members.values().filter(active).count(),
        listings: circle.listings.values().filter(|listing| !listing.retired).count(),
        state: standing(circle.standing).to_owned(),
    }
}

pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Joining => "joining",
        Standing::Member => "member",
        Standing::Left => "left",
    }
}

pub(super) fn member(circle: &CircleView, id: MemberId, member: &Member) -> MemberRow {
    let name = |device| circle.roster.devices.get(device).map_or("", |d| &d.name).to_owned();
    MemberRow {
        member: id.to_string(),
        name: member.name.clone(),
        steward: member.steward,
        devices: member.devices.iter().map(ToString::to_string).collect(),
        device_names: member.devices.iter().map(name).collect(),
        state: match member.membership {
            Membership::Active => "active",
            Membership::Left => "left",
        }
        .to_owned(),
        since: show(member.since, &zone(circle)),
    }
}

pub(super) fn listing(
    circle: &CircleView,
    listing: &Listing,
    now: Timestamp,
    has_photo: impl Fn(PhotoId) -> bool,
) -> ListingRow {
    let general = &listing.general;
    let minute = Interval::new(now, now.plus_ms(60_000));
    let mut row = ListingRow {
        listing: listing.id.to_string(),
        kind: listing.details.kind().to_owned(),
        title: general.title.clone(),
        about: general.about.clone(),
        category: general.category.clone(),
        tags: general.tags.clone(),
        quantity: general.quantity,
        free_now: minute.map_or(0, |minute| circle.free(listing, minute, now)),
        owner: listing.owner.to_string(),
        owner_name: circle.name_of(listing.owner).to_owned(),
        keeper: listing.keeper.to_string(),
        state: if listing.retired { "retired" } else { "active" }.to_owned(),
        instant: general.instant,
        photos: general.photos.iter().map(ToString::to_string).collect(),
        photos_here: general.photos.iter().filter(|photo| has_photo(**photo)).count(),
        created: show(listing.created_at, &zone(circle)),
        give_away: None,
        seats: None,
        plate: None,
        odometer: None,
        per_km: None,
        per_hour: None,
        per_trip: None,
        own_risk: None,
        currency: None,
        hours: None,
    };
    match &listing.details {
        Details::Item(item) => row.give_away = Some(item.give_away),
        Details::Car(car) => {
            row.seats = car.seats;
            row.plate = Some(car.plate.clone());
            let tariff = circle.tariffs.at(listing.id, listing.owner, now);
            row.odometer = circle.last_km(listing);
            row.per_km = tariff.and_then(per_km);
            row.per_hour = tariff.and_then(|t| t.per_hour).map(|rate| rate.to_string());
            row.per_trip = tariff.and_then(|t| t.fixed).map(|cents| cents.to_string());
            row.own_risk = car.own_risk.map(|cents| cents.to_string());
            row.currency = Some(circle.currency.clone());
        }
        Details::HelpOffer(help) | Details::HelpAsk(help) => {
            row.hours = help.hours.map(|hours| hours.to_string());
        }
        Details::Newer { .. } => {}
    }
    row
}

/// The price of a kilometre as people write it: one, or one for each stretch.
fn per_km(tariff: &Tariff) -> Option<String> {
    let bands = tariff.bands.iter().map(|band| match band.up_to_km {
        Some(km) => format!("{} to {km}", band.per_km),
        None => band.per_km.to_string(),
    });
    Some(bands.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
}

pub(super) fn keeper(circle: &CircleView, listing: &Listing) -> KeeperRow {
    let device = circle.roster.devices.get(&listing.keeper);
    KeeperRow {
        listing: listing.id.to_string(),
        keeper: listing.keeper.to_string(),
        device_name: device.map_or("", |device| &device.name).to_owned(),
        member_name: device.map_or("", |device| circle.name_of(device.member)).to_owned(),
        term: listing.term,
    }
}

pub(super) fn booking(circle: &CircleView, booking: &Booking, now: Timestamp) -> BookingRow {
    let zone = zone(circle);
    let listing = circle.listings.get(&booking.listing);
    let status = circle.status(booking, now);
    let assurance = circle.assurance(booking, &status, now);
    let why = status.why.as_ref();
    let in_words =
        |text: &String, code: &String| if text.is_empty() { code.clone() } else { text.clone() };
    let owner = listing.map(|listing| listing.owner);
    let asked = HistoryRow {
        at: show(booking.asked_at, &zone),
        by: booking.borrower.to_string(),
        by_name: circle.name_of(booking.borrower).to_owned(),
        what: "asked".to_owned(),
        quantity: None,
        odometer: None,
        photo: None,
        note: Some(booking.note.to_string()).filter(|note| !note.is_empty()),
    };
    let facts = booking.facts.iter().map(|fact| history(circle, fact, &zone));
    BookingRow {
        booking: booking.id.to_string(),
        listing: booking.listing.to_string(),
        title: listing.map_or("", |listing| &listing.general.title).to_owned(),
        borrower: booking.borrower.to_string(),
        borrower_name: circle.name_of(booking.borrower).to_owned(),
        owner: owner.map(|owner| owner.to_string()).unwrap_or_default(),
        owner_name: owner.map_or("somebody", |owner| circle.name_of(owner)).to_owned(),
        from: show(booking.interval.from(), &zone),
        to: show(booking.interval.to(), &zone),
        quantity: booking.quantity,
        state: state(status.state).to_owned(),
        assurance: self::assurance(assurance).to_owned(),
        why: why.map(|why| in_words(&why.text, &why.code)),
        why_code: why.map(|why| why.code.clone()),
        why_by: why.map(|why| circle.name_of(why.by).to_owned()),
        note: booking.note.to_string(),
        out: status.out,
        history: std::iter::once(asked).chain(facts).collect(),
    }
}

fn history(circle: &CircleView, fact: &Fact, zone: &TimeZone) -> HistoryRow {
    let words = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (what, handed, note): (_, Option<&Handed>, _) = match &fact.what {
        What::Received => ("received", None, None),
        What::Confirmed { .. } => ("confirmed", None, None),
        What::Declined { code, text } => {
            ("declined", None, words(if text.is_empty() { code } else { text }))
        }
        What::Cancelled { reason } => ("cancelled", None, words(reason)),
        What::Offered { until } => ("offered", None, Some(show(*until, zone))),
        What::Accepted => ("accepted", None, None),
        What::Extend { to } => ("extend", None, Some(show(*to, zone))),
        What::Extended { to, .. } => ("extended", None, Some(show(*to, zone))),
        What::NotExtended { code, text, .. } => {
            ("not_extended", None, words(if text.is_empty() { code } else { text }))
        }
        What::Damaged { text, .. } => ("damage", None, words(text)),
        What::Done { text } => ("done", None, words(text)),
        What::PickedUp(handed) => ("pickup", Some(handed), words(&handed.note)),
        What::Returned(handed) => ("return", Some(handed), words(&handed.note)),
    };
    HistoryRow {
        at: show(fact.time.timestamp(), zone),
        by: fact.by.to_string(),
        by_name: circle.name_of(fact.by).to_owned(),
        what: what.to_owned(),
        quantity: handed.map(|handed| handed.quantity),
        odometer: handed.and_then(|handed| handed.odometer_km),
        photo: handed.and_then(|handed| handed.photo).map(|photo| photo.to_string()),
        note,
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Offered => "offered",
        State::Asked => "asked",
        State::Confirmed => "confirmed",
        State::Declined => "declined",
        State::Cancelled => "cancelled",
        State::Expired => "expired",
        State::Out => "out",
        State::Returned => "returned",
    }
}

fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Local => "local",
        Assurance::Delivered => "delivered",
        Assurance::Confirmed => "confirmed",
        Assurance::Clash => "clash",
    }
}

pub(super) fn stretches(
    circle: &CircleView,
    listing: &Listing,
    interval: Interval,
    now: Timestamp,
) -> Vec<StretchRow> {
    let zone = zone(circle);
    let name = |id: &BookingId| {
        circle.bookings.get(id).map(|booking| circle.name_of(booking.borrower).to_owned())
    };
    circle
        .stretches(listing, interval, now)
        .into_iter()
        .map(|stretch| StretchRow {
            from: show(stretch.interval.from(), &zone),
            to: show(stretch.interval.to(), &zone),
            listing: listing.id.to_string(),
            title: listing.general.title.clone(),
            free: stretch.free,
            names: stretch.bookings.iter().filter_map(name).collect(),
            bookings: stretch.bookings.iter().map(ToString::to_string).collect(),
        })
        .collect()
}
