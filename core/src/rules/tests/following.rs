//! The next times that are offered instead.

use super::*;
use crate::rules::next::MAX_JUDGEMENTS;

impl Scene {
    fn next(&self, from: &str, to: &str, count: usize) -> Vec<String> {
        let request = self.request(from, to);
        let found = self.asked(|known| next_times(&request, known, count));
        let civil = |at| self.zone.civil(at).strftime("%a %m-%d %H:%M").to_string();
        found.iter().map(|one| format!("{} to {}", civil(one.from()), civil(one.to()))).collect()
    }
}

#[test]
fn what_is_allowed_is_offered_itself_and_then_the_days_after() {
    let scene = Scene::with(Rules::default());
    assert_eq!(
        scene.next("2026-12-01 10:00", "2026-12-01 12:00", 2),
        ["Tue 12-01 10:00 to Tue 12-01 12:00", "Wed 12-02 10:00 to Wed 12-02 12:00"]
    );
    assert!(scene.next("2026-12-01 10:00", "2026-12-01 12:00", 0).is_empty());
}

#[test]
fn the_end_of_what_blocks_is_a_start() {
    let others =
        [("2026-12-01 09:00", "2026-12-01 11:00"), ("2026-12-01 13:00", "2026-12-01 14:00")];
    let ask = ("2026-12-01 10:00", "2026-12-01 12:00");
    let scene = Scene::with(Rules::default()).others(&others);
    assert_eq!(
        scene.next(ask.0, ask.1, 3),
        [
            "Tue 12-01 11:00 to Tue 12-01 13:00",
            "Tue 12-01 14:00 to Tue 12-01 16:00",
            "Wed 12-02 10:00 to Wed 12-02 12:00"
        ]
    );
    let gap = Scene::with(Rules { gap: span("30m"), ..Rules::default() }).others(&others);
    assert_eq!(gap.next(ask.0, ask.1, 1), ["Tue 12-01 14:30 to Tue 12-01 16:30"]);
}

#[test]
fn nothing_is_offered_in_the_past_or_before_the_lead_is_over() {
    let scene = Scene::with(Rules::default()).now("2026-11-23 08:00:20");
    assert_eq!(
        scene.next("2026-11-20 10:00", "2026-11-20 12:00", 2),
        ["Mon 11-23 08:01 to Mon 11-23 10:01", "Tue 11-24 10:00 to Tue 11-24 12:00"],
        "the same time today would overlap the first"
    );
    let lead = Scene::with(Rules { lead: span("26h"), ..Rules::default() });
    assert_eq!(
        lead.next("2026-11-23 10:00", "2026-11-23 10:30", 2),
        ["Tue 11-24 10:00 to Tue 11-24 10:30", "Wed 11-25 10:00 to Wed 11-25 10:30"]
    );
}

#[test]
fn openings_repairs_and_quotas_have_an_end_too() {
    let open = all(&["tue,thu 14:00-18:00"]);
    let scene = Scene::with(Rules { open, ..Rules::default() });
    assert_eq!(
        scene.next("2026-12-01 10:00", "2026-12-01 12:00", 2),
        ["Tue 12-01 14:00 to Tue 12-01 16:00", "Thu 12-03 14:00 to Thu 12-03 16:00"]
    );
    let repair = "2026-11-01T00:00Z..2026-12-03T15:20Z".parse().ok();
    let scene = Scene::with(Rules { repair, ..Rules::default() });
    assert_eq!(
        scene.next("2026-12-01 10:00", "2026-12-01 12:00", 1),
        ["Thu 12-03 16:20 to Thu 12-03 18:20"]
    );
    let quotas = all(&["2d/week"]);
    let scene = Scene::with(Rules { quotas, ..Rules::default() })
        .mine(&[("2026-12-01 10:00", "2026-12-02 12:00")]);
    assert_eq!(
        scene.next("2026-12-03 10:00", "2026-12-03 12:00", 2),
        ["Mon 12-07 00:00 to Mon 12-07 02:00", "Mon 12-07 10:00 to Mon 12-07 12:00"]
    );
}

#[test]
fn an_overnight_booking_stays_overnight_when_clocks_change() {
    let scene = Scene::with(Rules::default()).now("2026-10-20 10:00");
    assert_eq!(
        scene.next("2026-10-23 20:00", "2026-10-24 09:00", 3),
        [
            "Fri 10-23 20:00 to Sat 10-24 09:00",
            "Sat 10-24 20:00 to Sun 10-25 09:00",
            "Sun 10-25 20:00 to Mon 10-26 09:00"
        ]
    );
}

#[test]
fn nobody_is_sent_on_a_search_without_hope() {
    let hopeless = [
        Rules { borrowers: Borrowers::Only(vec![]), ..Rules::default() },
        Rules { longest: span("1h"), ..Rules::default() },
        Rules { horizon: span("1d"), ..Rules::default() },
        Rules { repair: "2026-11-01T00:00Z..".parse().ok(), ..Rules::default() },
    ];
    for rules in hopeless {
        let scene = Scene::with(rules);
        let found = scene.next("2026-12-01 10:00", "2026-12-01 12:00", 3);
        assert_eq!(found, [""; 0], "{:?}", scene.rules.sentences());
    }
}

#[test]
fn the_search_looks_at_three_months_and_asks_no_more_than_it_may() {
    let scene = Scene::with(Rules::default()).others(&[("2026-11-01 00:00", "2027-02-01 00:00")]);
    assert_eq!(scene.next("2026-11-24 10:00", "2026-11-24 12:00", 1).len(), 1);
    let scene = Scene::with(Rules::default()).others(&[("2026-11-01 00:00", "2027-06-01 00:00")]);
    assert_eq!(scene.next("2026-11-24 10:00", "2026-11-24 12:00", 1).len(), 0);
    let ends: Vec<_> = (0..10_000).map(|n| scene.now.plus_ms(n * 60_000)).collect();
    let asked = std::cell::Cell::new(0);
    let taken = |_| {
        asked.set(asked.get() + 1);
        0
    };
    let request = scene.request("2026-11-24 10:00", "2026-11-24 12:00");
    let found = scene
        .asked(|known| next_times(&request, &Known { ends: &ends, free: &taken, ..*known }, 5));
    assert!(found.is_empty());
    assert!((1_000..=MAX_JUDGEMENTS).contains(&asked.get()), "{}", asked.get());
}
