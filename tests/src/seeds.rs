//! Seeded cases: every failure names the seed that repeats it.

/// Runs `case` with so many seeds. `NOABER_SEED` sets the first one, `NOABER_CASES` how many; a
/// failure prints the seed that it takes to see it again.
pub fn for_seeds(name: &str, cases: u64, case: impl Fn(u64)) {
    let number = |key| std::env::var(key).ok().and_then(|text| text.parse().ok());
    let first = number("NOABER_SEED").unwrap_or(1);
    let cases = number("NOABER_CASES").unwrap_or(cases);
    println!("{name}: {cases} cases from seed {first}");
    for seed in first..first.saturating_add(cases) {
        let _guard = Guard { name, seed };
        case(seed);
    }
}

/// Says on the way out of a panic which case it was.
struct Guard<'a> {
    name: &'a str,
    seed: u64,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: failed with NOABER_SEED={} NOABER_CASES=1", self.name, self.seed);
        }
    }
}
