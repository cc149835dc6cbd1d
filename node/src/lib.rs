//! A neighbour's node: all input and output around `noaber_core`.
//!
//! | room | what happens there |
//! |---|---|
//! | [`access`] | what a window has of a node, whether it runs here or in another process |
//! | [`attach`] | a program beside the one that has the store |
//! | [`service`] | a node with all that serves it: network, local socket, calendars, figures |
//! | [`node`] | the handle: submit a command, watch the view |
//! | [`actor`] | the one thread that owns replica and store, and performs effects in order |
//! | [`store`] | the SQLite file |
//! | `finder` | the words of all circles, ready for searching |
//! | [`backup`] | everything in one file, with a checksum |
//! | `check` | looks through a store for damage |
//! | [`home`] | the directory: keys, lock, names of files |
//! | [`net`] | iroh: links, dialling, joining, photos |
//! | [`api`] | what programs ask of a node, and the rows that they get |
//! | [`bell`] | rings once for each notice |
//! | [`ipc`] | the local socket between the command line and a running node |
//! | [`ics`], [`feed`] | bookings as calendars: the text, and the server that programs subscribe to |
//! | [`sheet`] | things as a spreadsheet, in and out |
//! | [`cli`] | the `noaber` command |
//! | [`photo`], [`drawing`] | photos taken in, pictures drawn for the sample street |
//! | [`qr`] | texts as QR codes, on the terminal and as pictures |
//! | [`demo`] | the sample street |

pub mod access;
pub mod actor;
pub mod api;
pub mod attach;
pub mod backup;
pub mod bell;
mod check;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod drawing;
pub mod feed;
pub mod finder;
pub mod home;
pub mod ics;
pub mod ipc;
pub mod net;
pub mod node;
pub mod photo;
pub mod qr;
pub mod service;
pub mod sheet;
pub mod store;
