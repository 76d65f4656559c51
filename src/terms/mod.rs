//! What makes two terms the same, where terms stand in a text, and how a unit renders those
//! of a glossary.
//!
//! ```text
//! 解除 = termination   ─Keys─▶    解除 = terminate       the same for all who compare terms
//!                      ─Finder─▶  买方有权«解除»合同 / may «terminate» the contract
//!                      ─Rules─▶   Used
//! ```
//!
//! Everybody asks here: who marks mined pairs by a glossary, merges them into it, counts and
//! points out terms, aligns by them, and tells where a translation departs from them. So a
//! pair that is accepted for one is accepted for all.

mod family;
mod finder;
mod key;
mod match_rule;
mod rules;
mod sentence;
mod speech;
mod word;

pub use finder::{Finder, Found, longest};
pub use key::Keys;
pub(crate) use key::{is_short_for, written};
pub use match_rule::MatchRule;
pub use rules::{Judgement, Rules, Verdict};
pub use speech::Speech;
pub(crate) use word::singular;
