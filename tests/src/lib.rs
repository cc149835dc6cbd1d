//! A street without wires: replicas, a network of queues and stores of vectors, all in one thread.
//!
//! Time passes only when a test says so, randomness comes from a seed, and nothing sleeps. Every
//! road that bytes take between replicas here is the one they take in the node: frames.

mod evil;
mod life;
mod seeds;
mod story;
mod street;
pub mod truth;

pub use evil::Evil;
pub use life::Life;
pub use seeds::for_seeds;
pub use story::{ANNA, BEN, CEM, DEA, Goods, Story, bring_back, cancel, fetch, odometer, pieces};
pub use street::{Person, Stored, Street};
