//! The figures that Noaber promises, measured on real nodes: own store on disk, own iroh endpoint on
//! loopback, every entry signed, checked and flushed. Beside them, with `--features samod`, the same
//! work by samod 0.16 in the same run.
//!
//! ```text
//! cargo bench -p noaber_tests --features samod
//! ```
//!
//! Prints a table and asserts nothing about time: machines differ. Bytes and messages are those of
//! our frames in both directions, with their lengths; QUIC's own come on top. Quote medians.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly"
)]

mod entries;
mod live;
#[cfg(feature = "samod")]
mod samod;
mod world;

/// One line of the table.
pub struct Figure {
    pub name: &'static str,
    pub median_ms: f64,
    pub bytes: Option<u64>,
    pub messages: Option<u64>,
    pub runs: usize,
    /// What was to be reached.
    pub target: &'static str,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    // Memory is measured from outside, on a process that does nothing else.
    if let Some(at) = args.iter().position(|arg| arg == "--serve") {
        return world::serve(&args[at + 1]);
    }
    let rounds = 5;
    println!(
        "{:<44} {:>11} {:>11} {:>9} {:>5}  to reach",
        "Noaber", "median", "bytes", "messages", "runs"
    );
    for figure in live::figures(1_000, rounds) {
        figure.print();
    }
    entries::run();
    #[cfg(feature = "samod")]
    {
        println!(
            "\nsamod 0.16, in memory, no disk, no signatures, no encryption; see benches/road/samod.rs"
        );
        for figure in samod::run(1_000, 3) {
            let samod::Figure { name, median_ms, bytes, messages, runs } = figure;
            Figure { name, median_ms, bytes, messages, runs, target: "" }.print();
        }
    }
    #[cfg(not(feature = "samod"))]
    println!("\n(samod was not run: add --features samod)");
}

impl Figure {
    pub fn print(&self) {
        let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
        println!(
            "{:<44} {:>8.2} ms {:>11} {:>9} {:>5}  {}",
            self.name,
            self.median_ms,
            count(self.bytes),
            count(self.messages),
            self.runs,
            self.target
        );
    }
}

/// The middle one.
pub fn median(mut times_ms: Vec<f64>) -> f64 {
    times_ms.sort_by(f64::total_cmp);
    times_ms[times_ms.len() / 2]
}
