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

pub mod event;
pub mod log;
pub mod operations;
pub mod session;
pub mod state;
