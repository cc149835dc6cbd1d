//! Noaber's window: a street that shares, on one screen.
//!
//! The way of a click: a page pushes a command onto its [`desk`], the [`engine`] hands it to the node on
//! another thread, the node's view changes, the window wakes and shows it. Pages are functions of the
//! view; there is no second copy of the state, no lock and no waiting in here.
//!
//! | room | what happens there |
//! |---|---|
//! | [`app`] | one frame: the news, the rail, the page, what it wished |
//! | [`engine`] | the node inside, on threads of its own |
//! | [`desk`] | what a page reads and hands in |
//! | [`pages`] | one file a page |
//! | [`widgets`] | what pages are made of |
//! | [`words`] | everything that is said, in both languages |
//! | [`theme`], [`fonts`] | colours, shapes, letters, icons |
//! | [`looks`], [`photos`], [`sync`] | how a listing looks; its photos; how far we are with the neighbours |
//! | [`notices`] | what happened, as a sentence |
//! | [`start`] | how long it took until the window was there |
//! | [`keys`] | what the keyboard does on every page |
//! | [`sample`], [`codes`], [`locale`] | the beginning: a visit to the sample street; invites from pictures; where we are |
//! | `arrivals` | pictures that are dropped or pasted |
//! | [`trouble`] | why the node cannot run, or has stopped, with a way on |
//! | [`preferences`], `closing` | what is kept of the window; the question before it closes |
//! | [`log`] | what the program tells about itself, for the technical page |
//! | [`rail`] | where one can go, and how the window looks |

pub mod app;
mod arrivals;
mod closing;
pub mod codes;
pub mod desk;
pub mod engine;
pub mod fonts;
pub mod keys;
pub mod locale;
pub mod log;
pub mod looks;
pub mod notices;
pub mod pages;
pub mod photos;
pub mod preferences;
pub mod rail;
pub mod sample;
pub mod start;
pub mod sync;
pub mod theme;
pub mod trouble;
pub mod widgets;
pub mod words;

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
