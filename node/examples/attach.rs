//! How long it takes until a window beside a running node shows a home with so many listings:
//! `cargo run --release -p noaber_node --example attach -- 10000`.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use noaber_core::listing::{Details, Draft, General, Item};
use noaber_core::{Command, Outcome};
use noaber_node::attach::Guest;
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::node::Node;
use noaber_node::service::Service;
use tokio::task::JoinSet;

/// How often it is measured; the median is printed.
const ROUNDS: usize = 21;
/// Listings that are written at a time: they share a commit.
const AT_A_TIME: usize = 64;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listings = std::env::args().nth(1).map_or(Ok(10_000), |text| text.parse())?;
    let dir = std::env::temp_dir().join(format!("noaber-attach-{}", std::process::id()));
    let done = measure(&dir, listings).await;
    std::fs::remove_dir_all(&dir)?;
    done
}

async fn measure(dir: &Path, listings: usize) -> Result<(), Box<dyn Error>> {
    let home = Home::at(dir);
    home.init("Anna", "Anna’s computer")?;
    let start = Instant::now();
    let service = Service::open(home.clone(), Clock::default()).await?;
    fill(service.node(), listings).await?;
    println!("{listings} listings, written in {:.1} s", start.elapsed().as_secs_f64());
    service.listen()?;

    let mut first_ms = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let guest = Guest::attach(&home).await?;
        first_ms.push(start.elapsed().as_secs_f64() * 1e3);
        let shown =
            guest.view().circles.values().map(|circle| circle.listings.len()).sum::<usize>();
        if shown != listings {
            return Err(format!("the guest shows {shown}").into());
        }
    }
    print("attach to the first view", &mut first_ms);

    let guest = Guest::attach(&home).await?;
    let Some(circle) = guest.view().circles.keys().next().copied() else { return Ok(()) };
    let mut more_ms = Vec::with_capacity(ROUNDS);
    for number in 0..ROUNDS {
        let mut views = guest.watch();
        let entries = views.borrow_and_update().circles[&circle].entries;
        let start = Instant::now();
        let draft = thing(&format!("One more {number}"));
        guest.submit(Command::Offer { circle, draft }).await?;
        views.wait_for(|view| view.circles[&circle].entries > entries).await?;
        more_ms.push(start.elapsed().as_secs_f64() * 1e3);
    }
    print("one more, asked by the guest and shown there", &mut more_ms);
    service.stop().await;
    Ok(())
}

fn print(what: &str, times_ms: &mut [f64]) {
    times_ms.sort_by(f64::total_cmp);
    let (median, slowest) = (times_ms[times_ms.len() / 2], times_ms[times_ms.len() - 1]);
    println!("{what}: {median:.1} ms (median of {}; slowest {slowest:.1} ms)", times_ms.len());
}

fn thing(title: &str) -> Draft {
    let general = General {
        title: title.to_owned(),
        about: "In good order; please bring it back clean.".to_owned(),
        category: "tools".to_owned(),
        quantity: 1,
        ..General::default()
    };
    Draft::new(general, Details::Item(Item::default()))
}

async fn fill(node: &Node, listings: usize) -> Result<(), Box<dyn Error>> {
    let create = Command::CreateCircle {
        name: "Lindenstraat".to_owned(),
        timezone: "Europe/Amsterdam".to_owned(),
        currency: "EUR".to_owned(),
    };
    let Outcome::Circle(circle) = node.submit(create).await? else {
        return Err("no circle".into());
    };
    let numbers: Vec<usize> = (0..listings).collect();
    for some in numbers.chunks(AT_A_TIME) {
        let mut offers = JoinSet::new();
        for number in some {
            let (node, draft) = (node.clone(), thing(&format!("Thing {number}")));
            offers.spawn(async move { node.submit(Command::Offer { circle, draft }).await });
        }
        while let Some(offered) = offers.join_next().await {
            offered??;
        }
    }
    Ok(())
}
