//! Invites that come as a picture of their code: read on a thread of its own, because that takes as long
//! as a blink of an eye or as a sigh.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use eframe::egui::Context;
use noaber_core::wire::{BadLink, Link};
use noaber_node::qr::{NoCode, read};

/// Why a picture is no invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoInvite {
    /// The file cannot be read.
    File(String),
    /// No code was read from it.
    Code(NoCode),
    /// Its code says something else, or not all of it.
    Link(BadLink),
}

/// A picture that is being read.
pub struct Reading {
    answer: Receiver<Result<Box<Link>, NoInvite>>,
}

impl Reading {
    /// Begins to read a picture.
    pub fn begin(
        ctx: &Context,
        file: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) -> Self {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        // Without a thread the sender is gone, which is told as a picture that cannot be read.
        let _ = std::thread::Builder::new().name("noaber-code".into()).spawn(move || {
            // Dropped before the window wakes, so that it finds the end of a reading that broke off too.
            let wakes = Waking(ctx);
            let _ = sender.send(invite(file));
            drop(sender);
            drop(wakes);
        });
        Self { answer }
    }

    /// What came of it, if it is known by now.
    pub fn poll(&self) -> Option<Result<Box<Link>, NoInvite>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(NoInvite::Code(NoCode::Blurred))),
        }
    }
}

/// Wakes the window, whatever happens.
struct Waking(Context);

impl Drop for Waking {
    fn drop(&mut self) {
        self.0.request_repaint();
    }
}

fn invite(file: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<Box<Link>, NoInvite> {
    let bytes = file().map_err(NoInvite::File)?;
    let texts = read(&bytes).map_err(NoInvite::Code)?;
    let mut links = texts.iter().map(|text| Link::parse(text));
    let first = links.next().unwrap_or(Err(BadLink::NotALink));
    let link = first.or_else(|bad| links.find_map(Result::ok).ok_or(bad));
    link.map(Box::new).map_err(NoInvite::Link)
}
