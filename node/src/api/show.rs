//! From the view to rows. In this file circles, members and listings; a room each for bookings, for cars
//! and for rules.

mod bookings;
mod cars;
mod rules;

use noaber_core::View;
use noaber_core::id::{BookingId, MemberId, PhotoId};
use noaber_core::listing::{Details, Listing};
use noaber_core::roster::{Member, Membership};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::{CircleView, Standing};

use super::resolve::{circles, show, zone};
use super::rows::{CircleRow, KeeperRow, ListingRow, MemberRow, NamedCircle, StretchRow};
pub(super) use bookings::{booking, bookings};
pub(super) use cars::{estimate, just_said, logged, price_of_km, tariffs};
pub(super) use rules::{reasons, refusal, ruled, times};

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
    let gift = circle.gifts.gift(listing.id, listing.owner);
    let offered_to = circle.gifts.offered_to(listing.id, listing.owner).map(|(_, to)| to);
    let given_to = gift.map(|gift| gift.to).or(offered_to);
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
        state: match (gift, listing.retired) {
            (Some(_), _) => "given",
            (None, true) => "retired",
            (None, false) => "active",
        }
        .to_owned(),
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
        rhythm: None,
        people: None,
        given_to: given_to.map(|member| member.to_string()),
        given_to_name: given_to.map(|member| circle.name_of(member).to_owned()),
        successor: gift.map(|gift| gift.successor.to_string()),
        came_from: circle.gifts.came_from(listing.id).map(|before| before.to_string()),
        rules: None,
        rules_in_words: None,
    };
    match &listing.details {
        Details::Item(item) => row.give_away = Some(item.give_away),
        Details::Car(car) => {
            row.seats = car.seats;
            row.plate = Some(car.plate.clone());
            let tariff = circle.tariffs.at(listing.id, listing.owner, cars::just_said(now));
            row.odometer = circle.last_km(listing);
            row.per_km = tariff.and_then(|tariff| price_of_km(&tariff.bands));
            row.per_hour = tariff.and_then(|t| t.per_hour).map(|rate| rate.to_string());
            row.per_trip = tariff.and_then(|t| t.fixed).map(|cents| cents.to_string());
            row.own_risk = car.own_risk.map(|cents| cents.to_string());
            row.currency = Some(circle.currency.clone());
        }
        Details::HelpOffer(help) | Details::HelpAsk(help) => {
            row.hours = help.hours.map(|hours| hours.to_string());
            row.rhythm = Some(help.rhythm.to_string());
            row.people = Some(general.quantity);
        }
        Details::Newer { .. } => {}
    }
    row
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
