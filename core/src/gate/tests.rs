//! Tests of the gate: the rows of limits.md, honest people, and people who are not.

#![allow(clippy::unwrap_used)]

mod craft;
mod honest;
mod poison;
mod refusals;
mod street;
