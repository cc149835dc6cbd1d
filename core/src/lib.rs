//! Noaber's rules, without any input or output.
//!
//! One door: [`Replica::handle`] takes the time, randomness and one [`Input`], and gives the
//! [`Effect`]s to perform in order. Nothing in here reads a clock, a file, a socket or the
//! environment. Where to go next:
//!
//! | room | what happens there |
//! |---|---|
//! | [`wire`] | the only types that become bytes: payloads, entries, runs, messages, links |
//! | [`roster`] | who is in: found, invite, admit, leave |
//! | [`document`], [`gate`] | Automerge documents, and what is refused before Automerge sees it |
//! | [`listing`] | items, cars, help: one file a kind |
//! | [`booking`] | ask, confirm, hand over; what is free |
//! | [`money`], [`settle`] | amounts, prices, shares, accounts; who pays whom to be even |
//! | [`rules`] | what an owner asks of borrowers, and the one function that judges a request |
//! | [`zone`] | civil time: days, clocks, repeating |
//! | [`view`] | what screens and the command line show |
//! | [`ledger`], [`message`], [`gift`] | what was owed, said and given, as sets of what both sides signed |
//! | [`notice`] | what concerns a member now |
//! | [`search`] | finds listings by words, beside the view |
//! | [`replica`] | the door: commands, sync, joining, the keeper's answers |
//! | [`limits`] | every bound, with its reason |

pub mod booking;
pub mod document;
pub mod gate;
pub mod gift;
pub mod id;
pub mod ledger;
pub mod limits;
pub mod listing;
pub mod message;
pub mod money;
pub mod notice;
pub mod place;
pub mod replica;
pub mod roster;
pub mod rules;
pub mod search;
pub mod settle;
pub mod time;
pub mod view;
pub mod wire;
pub mod zone;

pub use replica::{
    Command, CommandError, Effect, Identity, Input, Mirror, Outcome, Replica, Ticket,
};
pub use view::View;
