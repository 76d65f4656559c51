//! What of a translation still holds after its source was changed.
//!
//! ```text
//! old source ─ aligned ─ old translation       new source
//!     └──────────────── compare ──────────────────┘
//!                          │
//!       fates: unchanged renumbered moved changed new gone
//!                          │
//!              carried over ─▶ new source, with the translations that hold beside it
//! ```
//!
//! Both sources are lists of segments. [`compare`] says what became of each; [`Carried`] lays
//! the old translation beside the new source, as a [`Bitext`](crate::types::Bitext) that every format can write.

mod carried;
mod compare;
mod table;

pub use carried::Carried;
pub use compare::{Fate, Passage, compare};
pub use table::write_table;
