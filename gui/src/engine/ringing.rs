//! The bell: tells what concerns the member on the desktop, each notice once on this device; while
//! somebody looks at the window, in the window instead.
//!
//! It rings on a thread of its own, which nobody waits for: where the desktop has no service for this, or
//! one that hangs, all that is missing is the bell.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use noaber_node::access::Access;
use noaber_node::bell;
use noaber_node::clock::Clock;

use super::{Engine, News, Teller};
use crate::fonts::Icon;
use crate::notices::Hearer;
use crate::preferences::Bell;
use crate::words::{Lang, Words};

/// What happens together is told together.
const TOGETHER: Duration = Duration::from_millis(400);
/// More than these are told as a number.
const MOST: usize = 3;

const RINGS: u8 = 1;
const LOOKED_AT: u8 = 2;
const DUTCH: u8 = 4;

/// How the bell is to ring, as the window said in its last frame.
#[derive(Debug, Default)]
pub(super) struct Mode(AtomicU8);

impl Mode {
    fn is(&self, bit: u8) -> bool {
        self.0.load(Ordering::Relaxed) & bit != 0
    }

    fn lang(&self) -> Lang {
        if self.is(DUTCH) { Lang::Nl } else { Lang::En }
    }
}

/// Something to be told.
struct Rung {
    circle: String,
    icon: Icon,
    text: String,
}

impl Engine {
    /// How the bell is to ring from now on, and whether somebody looks at the window.
    pub fn set_bell(&self, bell: Bell, lang: Lang, is_looked_at: bool) {
        let bits =
            [(bell == Bell::Rings, RINGS), (is_looked_at, LOOKED_AT), (lang == Lang::Nl, DUTCH)];
        let mode = bits.into_iter().filter(|(holds, _)| *holds).map(|(_, bit)| bit).sum();
        self.bell.0.store(mode, Ordering::Relaxed);
    }

    /// What rang while somebody looked at the window, once.
    pub fn take_rung(&mut self) -> Vec<(Icon, String)> {
        std::mem::take(&mut self.rung)
    }
}

/// Rings until the node stops.
pub(super) async fn ring(access: Access, clock: Clock, mode: Arc<Mode>, teller: Teller) {
    let (sender, rung) = channel();
    let (me, told_at, thread_mode) = (access.view().member, clock.clone(), Arc::clone(&mode));
    let thread = std::thread::Builder::new().name("noaber-bell".into());
    if let Err(error) = thread.spawn(move || tell_all(&rung, &thread_mode, &teller)) {
        return tracing::warn!(%error, "no bell rings");
    }
    bell::ring(access, clock, move |circle, notice| {
        let words = Words::new(mode.lang());
        let hearer = Hearer { words: &words, circle, me, now: told_at.now() };
        if let Some(told) = hearer.told(&notice.reason) {
            send(&sender, Rung { circle: circle.name.clone(), icon: told.icon, text: told.text });
        }
    })
    .await;
}

fn send(sender: &Sender<Rung>, rung: Rung) {
    // A bell that broke is quiet; the notice stands in the window.
    let _ = sender.send(rung);
}

fn tell_all(rung: &Receiver<Rung>, mode: &Mode, teller: &Teller) {
    while let Ok(first) = rung.recv() {
        let mut all = vec![first];
        while let Ok(next) = rung.recv_timeout(TOGETHER) {
            all.push(next);
        }
        for one in summed_up(all, mode.lang()) {
            if mode.is(LOOKED_AT) {
                teller.tell(News::Rang(one.icon, one.text));
            } else if mode.is(RINGS)
                && let Err(error) = on_the_desktop(&one)
            {
                tracing::debug!(%error, "the desktop tells nobody");
            }
        }
    }
}

/// A few as they are, many as one.
fn summed_up(all: Vec<Rung>, lang: Lang) -> Vec<Rung> {
    if all.len() <= MOST {
        return all;
    }
    let count = all.len();
    let circle = all.into_iter().next().map(|one| one.circle).unwrap_or_default();
    let fills = [("count", count.into()), ("circle", (&circle).into())];
    let text = Words::new(lang).tell("bell-several", &fills);
    vec![Rung { circle, icon: Icon::BELL, text }]
}

fn on_the_desktop(rung: &Rung) -> Result<(), notify_rust::error::Error> {
    let mut notification = notify_rust::Notification::new();
    notification.appname("Noaber").summary(&rung.circle).body(&plain(&rung.text)).icon("noaber");
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.hint(notify_rust::Hint::DesktopEntry("noaber".to_owned()));
    notification.show().map(drop)
}

/// A text that means what it says: where the desktop takes what neighbours wrote for markup, they could
/// make it show pictures and links.
fn plain(text: &str) -> String {
    if !takes_markup() {
        return text.to_owned();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(unix, not(target_os = "macos")))]
fn takes_markup() -> bool {
    let can = notify_rust::get_capabilities();
    can.is_ok_and(|can| can.iter().any(|one| one == "body-markup"))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn takes_markup() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(count: usize) -> Vec<Rung> {
        let rung = |number| Rung {
            circle: "Lindenstraat".into(),
            icon: Icon::BELL,
            text: format!("notice {number}"),
        };
        (0..count).map(rung).collect()
    }

    #[test]
    fn a_few_notices_are_told_one_by_one_and_many_as_a_number() {
        let texts = |count, lang| -> Vec<String> {
            summed_up(some(count), lang).into_iter().map(|one| one.text).collect()
        };
        assert_eq!(texts(2, Lang::En), ["notice 0", "notice 1"]);
        assert_eq!(texts(7, Lang::En), ["7 things happened in Lindenstraat"]);
        assert_eq!(texts(7, Lang::Nl), ["Er zijn 7 dingen gebeurd in Lindenstraat"]);
    }
}
