//! How long it took until the window was there: told to the log, a line for each step, for whoever
//! measures it (`NOABER_LOG=noaber_gui::start=debug`, as `gui/benches/start` does) or waits for it.

use std::sync::OnceLock;
use std::time::Instant;

/// When the program began.
static BEGAN: OnceLock<Instant> = OnceLock::new();

/// The program begins.
pub fn begin() {
    BEGAN.get_or_init(Instant::now);
}

/// A step on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There is a window, with nothing in it.
    Window,
    /// The first frame is on the screen.
    Frame,
    /// The node is open, and has told what it knows.
    Node,
    /// A frame that shows the circle, or the first run, is on the screen.
    Contents,
}

impl Step {
    const fn name(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Frame => "frame",
            Self::Node => "node",
            Self::Contents => "contents",
        }
    }
}

/// Tells each step once. A frame is on the screen when the next one begins.
#[derive(Debug, Default)]
pub struct Steps {
    told: Vec<Step>,
    painted: Vec<Step>,
}

impl Steps {
    /// This is so now.
    pub fn reach(&mut self, step: Step) {
        if self.told.contains(&step) {
            return;
        }
        self.told.push(step);
        let after_ms = BEGAN.get().map_or(0.0, |began| began.elapsed().as_secs_f64() * 1e3);
        tracing::debug!(step = step.name(), after_ms = format_args!("{after_ms:.1}"), "reached");
    }

    /// A frame begins: what the one before painted is on the screen.
    pub fn begin_frame(&mut self) {
        for step in std::mem::take(&mut self.painted) {
            self.reach(step);
        }
    }

    /// This frame paints it. Gives whether that is new: then another frame is wanted, to tell it.
    pub fn paint(&mut self, step: Step) -> bool {
        let is_new = !self.told.contains(&step) && !self.painted.contains(&step);
        if is_new {
            self.painted.push(step);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_painted_is_reached_with_the_next_frame_and_once() {
        let mut steps = Steps::default();
        assert!(steps.paint(Step::Frame));
        assert!(!steps.paint(Step::Frame));
        assert!(steps.told.is_empty());
        steps.begin_frame();
        assert_eq!(steps.told, [Step::Frame]);
        assert!(!steps.paint(Step::Frame));
        steps.reach(Step::Node);
        steps.reach(Step::Node);
        assert_eq!(steps.told, [Step::Frame, Step::Node]);
    }
}
