//! What a person makes of an alignment: rows confirmed and mended, terms and findings decided.
//!
//! ```text
//!            operations (merge, split, …)          append
//! State ────────────────────────────────▶ Change ────────▶ NAME.review.jsonl
//!   ▲                                        │                    │
//!   └──────────────── apply ─────────────────┘                    │
//!   └──────────────── replay: the base, and all events but those undone
//! ```
//!
//! [`event`] says what a change is, [`state`] applies it, [`operations`] make one from what a
//! reviewer asks for, [`log`] keeps them, and [`session`] holds the whole together. None of
//! them knows a page or a socket.
//!
//! ```text
//! Outcome ─begin─▶ Base, Backing ─┐
//!                                 ├─▶ Desk ◀─ requests ◀─ router ◀─ guard ◀─ server
//!          log ─▶ Session ────────┘    │         view ──────▶
//!                                      ├─ feed ─────▶ termbase, exceptions
//!                                      └─ reviewed ─▶ exports
//! ```
//!
//! [`begin`] makes the first state and what the page tells beside it, a [`desk`] holds both,
//! [`requests`] are what a page asks for, and [`reviewed`] is what came of it. With the feature
//! `review` there is the page itself: `router`, `guard`, `server` and the views.

#[cfg(feature = "review")]
mod answer;
#[cfg(feature = "review")]
pub mod app;
pub mod begin;
pub mod carry;
#[cfg(feature = "review")]
pub mod change;
pub mod decisions;
pub mod desk;
pub mod event;
pub mod feed;
#[cfg(feature = "review")]
pub mod feeding;
#[cfg(feature = "review")]
pub mod guard;
pub mod handed_on;
pub mod joints;
pub mod later;
pub mod log;
pub mod marked;
mod marks;
#[cfg(feature = "review")]
pub mod offline;
pub mod operations;
pub mod realign;
pub mod realigner;
pub mod recheck;
mod rechecked;
#[cfg(feature = "review")]
pub mod renew;
pub mod renewal;
pub mod requests;
pub mod reviewed;
#[cfg(feature = "review")]
pub mod router;
#[cfg(feature = "review")]
pub mod server;
pub mod session;
pub mod state;
#[cfg(feature = "review")]
mod take_away;
#[cfg(feature = "review")]
mod view;
