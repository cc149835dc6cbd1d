//! What the neighbours of the sample street share.

use std::sync::{Arc, OnceLock};

use noaber_core::Command;
use noaber_core::id::ListingId;
use noaber_core::listing::tariff::{Band, Tariff};
use noaber_core::listing::{Car, Details, Draft, General, Help, Hours, Item};
use noaber_core::money::{Cents, Rate};
use tokio::task::JoinHandle;

use super::super::household::Household;
use super::words::Both;
use super::{ANNA, FATIMA, LUKASZ, MEHMET, SAAR, Street, ZOE};
use crate::api::Failure;
use crate::drawing::{Subject, draw};
use crate::photo;

/// How something is shared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Item,
    /// Whoever takes it keeps it.
    Gift,
    /// A dozen, with rules.
    Chairs,
    /// By kilometres and hours, in thousandths; with the odometer.
    Car(i64, i64, u32),
    /// So many quarters of an hour.
    Offer(u32),
    Ask(u32),
}

struct Thing {
    owner: usize,
    subject: Subject,
    kind: Kind,
    category: &'static str,
    title: Both,
    about: Both,
}

const fn thing(
    owner: usize,
    subject: Subject,
    kind: Kind,
    category: &'static str,
    title: Both,
    about: Both,
) -> Thing {
    Thing { owner, subject, kind, category, title, about }
}

const NOTHING: Both = ["", ""];

/// In the order in which they are seen: the last one offered comes first.
const THINGS: [Thing; 24] = [
    thing(
        ANNA,
        Subject::Ladder,
        Kind::Item,
        "tools",
        ["Ladder, 4.5 m", "Ladder, 4,5 m"],
        [
            "Two parts, aluminium, light enough for one. It lives in the shed behind the house; just ring the \
         bell. Please bring the straps back too.",
            "Twee delen, aluminium, licht genoeg voor één persoon. Hij staat in de schuur achter het huis; bel \
         gewoon aan. Breng de spanbanden ook weer mee terug.",
        ],
    ),
    thing(
        ZOE,
        Subject::Tent,
        Kind::Item,
        "outdoor",
        ["Tent for four", "Tent voor vier"],
        [
            "Up in ten minutes, dry in any rain so far. The pegs are in the red bag.",
            "Staat in tien minuten, en tot nu toe in elke regen droog. De haringen zitten in het rode zakje.",
        ],
    ),
    thing(
        FATIMA,
        Subject::ElectricCar,
        Kind::Car(180, 2_000, 21_640),
        "car",
        ["Fatima’s electric car", "Fatima’s elektrische auto"],
        [
            "Four seats, 280 km on a full battery. Plug it in again at number 8 when you are back.",
            "Vier plaatsen, 280 km op een volle accu. Steek hem bij nummer 8 weer in het stopcontact als je \
         terug bent.",
        ],
    ),
    thing(
        LUKASZ,
        Subject::Bicycle,
        Kind::Item,
        "outdoor",
        ["City bicycle with basket", "Stadsfiets met mand"],
        [
            "Seven gears, new brakes. The key hangs in my hall.",
            "Zeven versnellingen, nieuwe remmen. De sleutel hangt bij mij in de gang.",
        ],
    ),
    thing(
        ZOE,
        Subject::Sewing,
        Kind::Item,
        "house",
        ["Sewing machine", "Naaimachine"],
        [
            "Sews jeans too. I am happy to show you how it works.",
            "Naait ook spijkerstof. Ik laat je graag zien hoe het werkt.",
        ],
    ),
    thing(
        MEHMET,
        Subject::Barbecue,
        Kind::Item,
        "party",
        ["Barbecue", "Barbecue"],
        [
            "Kettle, 57 cm, with a brush. Bring your own coal.",
            "Kogelbarbecue, 57 cm, met borstel. Neem zelf kolen mee.",
        ],
    ),
    thing(
        ANNA,
        Subject::Books,
        Kind::Item,
        "media",
        ["Travel guides to Italy", "Reisgidsen van Italië"],
        [
            "Rome, Tuscany, Sicily and a map. Notes in pencil are welcome.",
            "Rome, Toscane, Sicilië en een kaart. Aantekeningen in potlood zijn welkom.",
        ],
    ),
    thing(
        MEHMET,
        Subject::Car,
        Kind::Car(250, 2_500, 48_210),
        "car",
        ["The red Fiat", "De rode Fiat"],
        [
            "Bring it back with a quarter of a tank. Parked in front of number 14.",
            "Breng hem terug met een kwart tank. Hij staat voor nummer 14.",
        ],
    ),
    thing(
        SAAR,
        Subject::Drill,
        Kind::Item,
        "tools",
        ["Cordless drill", "Accuboormachine"],
        ["With two batteries and a box of bits.", "Met twee accu’s en een doos boortjes."],
    ),
    thing(
        ZOE,
        Subject::Garden,
        Kind::Offer(4),
        "help",
        ["An hour in your garden", "Een uurtje in je tuin"],
        [
            "Weeding, pruning, or just two hands more.",
            "Wieden, snoeien, of gewoon twee handen extra.",
        ],
    ),
    thing(
        LUKASZ,
        Subject::Guitar,
        Kind::Item,
        "media",
        ["Acoustic guitar", "Akoestische gitaar"],
        [
            "Western guitar with a bag and a tuner. It likes to be played.",
            "Westerngitaar met hoes en stemapparaat. Hij wordt graag bespeeld.",
        ],
    ),
    thing(
        SAAR,
        Subject::Fondue,
        Kind::Item,
        "kitchen",
        ["Fondue set for eight people", "Fonduestel voor acht personen"],
        ["Two pans, sixteen forks.", "Twee pannen, zestien vorkjes."],
    ),
    thing(
        FATIMA,
        Subject::Telescope,
        Kind::Item,
        "outdoor",
        ["Telescope", "Telescoop"],
        [
            "Shows the rings of Saturn. The park is dark enough.",
            "Je ziet de ringen van Saturnus. In het park is het donker genoeg.",
        ],
    ),
    thing(LUKASZ, Subject::HighChair, Kind::Item, "kids", ["High chair", "Kinderstoel"], NOTHING),
    thing(
        ANNA,
        Subject::Wheelbarrow,
        Kind::Item,
        "garden",
        ["Wheelbarrow", "Kruiwagen"],
        [
            "Fits through every garden gate of the street.",
            "Past door elk tuinpoortje van de straat.",
        ],
    ),
    thing(
        MEHMET,
        Subject::Cooking,
        Kind::Offer(8),
        "help",
        ["Soup for whoever is ill", "Soep voor wie ziek is"],
        [
            "Tell me a day ahead. It comes in a pan and with bread.",
            "Zeg het een dag van tevoren. Je krijgt een pan vol, met brood erbij.",
        ],
    ),
    thing(
        MEHMET,
        Subject::Chairs,
        Kind::Chairs,
        "party",
        ["Folding chairs", "Klapstoelen"],
        ["Stackable, in the hall.", "Stapelbaar, ze staan in de gang."],
    ),
    thing(
        FATIMA,
        Subject::Projector,
        Kind::Item,
        "media",
        ["Projector with screen", "Beamer met scherm"],
        [
            "For films on a wall or on the screen that comes with it.",
            "Voor films op de muur of op het scherm dat erbij hoort.",
        ],
    ),
    thing(
        SAAR,
        Subject::Toolbox,
        Kind::Item,
        "tools",
        ["Toolbox", "Gereedschapskist"],
        [
            "Hammer, pliers, screwdrivers, a level.",
            "Hamer, tangen, schroevendraaiers, een waterpas.",
        ],
    ),
    thing(
        ANNA,
        Subject::Suitcase,
        Kind::Item,
        "outdoor",
        ["Large suitcase", "Grote koffer"],
        ["For two weeks or for one family.", "Voor twee weken of voor één gezin."],
    ),
    thing(
        LUKASZ,
        Subject::Lamp,
        Kind::Ask(2),
        "help",
        ["Who can hang a lamp?", "Wie kan een lamp ophangen?"],
        [
            "The ceiling is high. I have the lamp, and coffee.",
            "Het plafond is hoog. De lamp heb ik, en koffie ook.",
        ],
    ),
    thing(
        FATIMA,
        Subject::Train,
        Kind::Gift,
        "kids",
        ["Wooden train", "Houten trein"],
        [
            "Ours have outgrown it. Whoever wants it may keep it.",
            "Die van ons zijn er te groot voor. Wie hem wil, mag hem houden.",
        ],
    ),
    thing(
        SAAR,
        Subject::Letter,
        Kind::Offer(4),
        "help",
        ["An hour with your paperwork", "Een uurtje papierwerk samen"],
        [
            "Letters from the town hall, forms, taxes.",
            "Brieven van de gemeente, formulieren, belasting.",
        ],
    ),
    thing(
        ANNA,
        Subject::Plant,
        Kind::Ask(4),
        "help",
        ["Who waters my plants at Christmas?", "Wie geeft mijn planten water met kerst?"],
        ["Twice a week will do. You get jam.", "Twee keer per week is genoeg. Je krijgt jam."],
    ),
];

/// A photo that is being drawn.
pub(super) type Drawing = JoinHandle<Arc<[u8]>>;

/// Begins to draw all photos, beside everything else.
pub(super) fn draw_all() -> Vec<Drawing> {
    let one = |thing: &Thing| {
        let subject = thing.subject;
        tokio::task::spawn_blocking(move || drawn(subject))
    };
    THINGS.iter().map(one).collect()
}

/// A photo as it is shared; drawn once a run of the program.
fn drawn(subject: Subject) -> Arc<[u8]> {
    type Album = [OnceLock<Arc<[u8]>>; Subject::ALL.len()];
    static ALBUM: Album = [const { OnceLock::new() }; Subject::ALL.len()];
    let photo = || photo::from_picture(draw(subject)).bytes.into();
    Arc::clone(ALBUM[subject as usize].get_or_init(photo))
}

impl Street {
    /// Everybody brings what they share.
    pub(super) async fn share(&mut self, photos: Vec<Drawing>) -> Result<(), Failure> {
        for (minutes, (thing, photo)) in THINGS.iter().zip(photos).rev().enumerate() {
            let minute = self.calendar.at(-super::AGE_DAYS, 10).plus_ms(minutes as i64 * 60_000);
            self.clock.set(minute);
            let bytes = photo.await.map_err(|error| Failure::new("demo", error.to_string()))?;
            let id = self.bring(thing, bytes.to_vec()).await?;
            self.listings.push((thing.subject, id));
        }
        Ok(())
    }

    async fn bring(&self, thing: &Thing, photo: Vec<u8>) -> Result<ListingId, Failure> {
        let owner = &self.homes[thing.owner];
        let (photo, _) = owner.keep_photo(photo).await?;
        let general = General {
            title: self.tongue.say(thing.title).to_owned(),
            about: self.tongue.say(thing.about).to_owned(),
            category: thing.category.to_owned(),
            quantity: if thing.kind == Kind::Chairs { 12 } else { 1 },
            instant: matches!(thing.kind, Kind::Car(..)),
            photos: vec![photo],
            ..General::default()
        };
        let help = |quarters| Help { hours: Hours::from_quarters(quarters), ..Help::default() };
        let details = match thing.kind {
            Kind::Item | Kind::Chairs => Details::Item(Item::default()),
            Kind::Gift => Details::Item(Item { give_away: true }),
            Kind::Offer(quarters) => Details::HelpOffer(help(quarters)),
            Kind::Ask(quarters) => Details::HelpAsk(help(quarters)),
            Kind::Car(_, _, odometer) => Details::Car(car(thing.subject, odometer)),
        };
        let mut draft = Draft::new(general, details);
        if thing.kind == Kind::Chairs {
            draft.rules.lead = "1d".parse().ok();
            draft.rules.longest = "3d".parse().ok();
            let open = ["mon-fri 18:00-21:00", "sat,sun 10:00-17:00"];
            draft.rules.open = open.iter().filter_map(|text| text.parse().ok()).collect();
            draft.rules.quotas = "4d/month".parse().into_iter().collect();
        }
        let id = owner.offer_so(self.circle, draft).await?;
        if let Kind::Car(per_km, per_hour, _) = thing.kind {
            self.price(owner, id, per_km, per_hour).await?;
        }
        Ok(id)
    }

    async fn price(
        &self,
        owner: &Household,
        listing: ListingId,
        per_km: i64,
        per_hour: i64,
    ) -> Result<(), Failure> {
        let rate = |thousandths| Rate::from_thousandths(thousandths).unwrap_or_default();
        let bands = vec![Band { up_to_km: None, per_km: rate(per_km) }];
        let tariff = Tariff { bands, per_hour: Some(rate(per_hour)), fixed: None };
        let (circle, from) = (self.circle, self.clock.now());
        owner.submit(Command::SetTariff { circle, listing, from, tariff }).await.map(drop)
    }
}

fn car(subject: Subject, odometer: u32) -> Car {
    let (seats, plate) = if subject == Subject::Car { (5, "AB-123-C") } else { (4, "EL-808-X") };
    Car {
        seats: Some(seats),
        plate: plate.into(),
        odometer_km: Some(odometer),
        own_risk: Cents::from_cents(15_000),
    }
}
