//! The wall clock, or a test's.
//!
//! The only place in the workspace that reads the time of day for the rules. A test may set it, with
//! the environment's leave; then it goes on from there.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use noaber_core::time::Timestamp;

/// Set to 1, this lets `--now` set the clock.
pub const TEST_CLOCK: &str = "NOABER_ALLOW_TEST_CLOCK";

/// Tells the time. Clones are the same clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    ahead_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Timestamp {
        Timestamp::from(jiff::Timestamp::now()).plus_ms(self.ahead_ms.load(Ordering::Relaxed))
    }

    /// From here on it is `now`, and time goes on.
    pub fn set(&self, now: Timestamp) {
        let real = Timestamp::from(jiff::Timestamp::now());
        self.ahead_ms.store(now.as_ms() - real.as_ms(), Ordering::Relaxed);
    }

    /// Whether the environment lets tests set the clock.
    pub fn may_be_set() -> bool {
        std::env::var(TEST_CLOCK).is_ok_and(|value| value == "1")
    }
}
