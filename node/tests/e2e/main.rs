//! End-to-end: the real `noaber`, as separate processes on this machine's loopback.
//!
//! Each file is one theme. [`home::Home`] is one neighbour's computer: it runs commands, starts, stops
//! and kills the node, and takes everything away when it is dropped, also when a test fails. Nothing
//! here sleeps for a fixed time: what takes time is asked for again until a deadline.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod backup;
mod calendar;
mod cars;
mod choosing;
mod crash;
mod healing;
mod home;
mod joining;
mod ledger;
mod lending;
mod lifecycle;
mod messages;
mod notices;
mod rules;
mod serving;
mod sheets;
mod speaking;
mod trouble;
