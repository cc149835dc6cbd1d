//! A visit to the sample street: built on threads of its own, told about in steps, and thrown away after.
//!
//! The street itself is [`noaber_node::demo::sample`]. A [`Visit`] owns it: when the visit is dropped, its
//! neighbours go and its directory with them.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use eframe::egui::Context;
use noaber_node::clock::Clock;
use noaber_node::demo::sample::{PAUSE, Place, Plan, Step, Tongue, build, stay_alive, sweep};
use noaber_node::net::NetOptions;
use tokio::sync::oneshot;

use crate::engine::Start;
use crate::locale;
use crate::words::Lang;

/// How far a visit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The street is being built.
    Building(Step),
    /// It is there.
    Ready,
    /// It could not be built, in the node's own words.
    Failed(String),
}

enum News {
    Step(Step),
    Ready(PathBuf),
    Failed(String),
}

/// See the module.
pub struct Visit {
    stage: Stage,
    clock: Clock,
    news: Receiver<News>,
    leave: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Tells the window how far it is, and wakes it.
#[derive(Clone)]
struct Teller {
    sender: Sender<News>,
    ctx: Context,
}

impl Teller {
    fn tell(&self, news: News) {
        // Whoever has left does not listen any more.
        let _ = self.sender.send(news);
        self.ctx.request_repaint();
    }
}

impl Visit {
    /// Begins to build a street in this language, as of this clock's present.
    pub fn begin(ctx: &Context, lang: Lang, present: &Clock) -> std::io::Result<Self> {
        let clock = Clock::default();
        clock.set(present.now());
        let tongue = match lang {
            Lang::En => Tongue::English,
            Lang::Nl => Tongue::Dutch,
        };
        let (sender, news) = channel();
        let (leave, left) = oneshot::channel();
        let teller = Teller { sender, ctx: ctx.clone() };
        let plan = Plan {
            dir: PathBuf::new(),
            tongue,
            clock: clock.clone(),
            timezone: locale::timezone(),
        };
        let thread = std::thread::Builder::new().name("noaber-sample".into()).spawn(move || {
            if let Err(detail) = run(plan, &teller, left) {
                teller.tell(News::Failed(detail));
            }
        })?;
        let stage = Stage::Building(Step::MovingIn);
        Ok(Self { stage, clock, news, leave: Some(leave), thread: Some(thread) })
    }

    /// How far it is.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Takes in what happened; gives where the visitor's home is, once.
    pub fn poll(&mut self) -> Option<Start> {
        let mut start = None;
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::Step(step) => self.stage = Stage::Building(step),
                News::Failed(detail) => self.stage = Stage::Failed(detail),
                News::Ready(home) => {
                    self.stage = Stage::Ready;
                    let bind = vec![([127, 0, 0, 1], 0).into()];
                    let net = NetOptions { bind, announce: true, ..NetOptions::default() };
                    start = Some(Start { home, net, clock: self.clock.clone() });
                }
            }
        }
        start
    }
}

impl Drop for Visit {
    /// Waits until the neighbours have gone and nothing is left of them.
    fn drop(&mut self) {
        if let Some(leave) = self.leave.take() {
            // The street may have ended by itself.
            let _ = leave.send(());
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the sample street panicked");
        }
    }
}

/// Throws away, in the background, what earlier visits left behind when their program was stopped hard.
pub fn sweep_in_background() {
    // Without a thread for it, the next start sweeps.
    let _ = std::thread::Builder::new().name("noaber-sweep".into()).spawn(sweep);
}

fn run(plan: Plan, teller: &Teller, mut left: oneshot::Receiver<()>) -> Result<(), String> {
    let place = Place::new().map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("noaber-street")
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let plan = Plan { dir: place.path().to_owned(), ..plan };
    let done = runtime.block_on(async {
        let told = |step| teller.tell(News::Step(step));
        let built = tokio::select! {
            _ = &mut left => return Ok(()),
            built = build(plan, told) => built,
        };
        let mut street = built.map_err(|failure| failure.message)?;
        let visitor = street.visitor();
        teller.tell(News::Ready(street.make_room().await));
        tokio::select! {
            _ = left => {}
            () = stay_alive(&street, visitor, PAUSE) => {}
        }
        street.leave().await;
        Ok(())
    });
    // What still runs ends before its files are thrown away.
    drop(runtime);
    drop(place);
    done
}
