//! Builds the sample street and says how long that takes; with a folder, saves its drawings there:
//! `cargo run --release -p noaber_node --example sample -- [FOLDER]`.

use std::time::Instant;

use noaber_node::clock::Clock;
use noaber_node::demo::sample::{Place, Plan, Tongue, build};
use noaber_node::drawing::{Subject, draw};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Some(folder) = std::env::args().nth(1) {
        for subject in Subject::ALL {
            draw(subject).save(std::path::Path::new(&folder).join(format!("{subject:?}.png")))?;
        }
    }
    let place = Place::new()?;
    let start = Instant::now();
    let plan = Plan {
        dir: place.path().to_owned(),
        tongue: Tongue::English,
        clock: Clock::default(),
        timezone: "Europe/Amsterdam".into(),
    };
    let told = |step| println!("{:>6} ms  {step:?}", start.elapsed().as_millis());
    let mut street = build(plan, told).await.map_err(|failure| failure.message)?;
    println!("{:>6} ms  ready", start.elapsed().as_millis());
    if let Some(view) = street.homes[0].sees(street.circle) {
        let (listings, bookings) = (view.listings.len(), view.bookings.len());
        println!("{listings} listings, {bookings} bookings, {} entries", view.entries);
    }
    street.leave().await;
    Ok(())
}
