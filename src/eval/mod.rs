//! Alignments against gold: scores, and how far they can be trusted.
//!
//! A folder with gold holds `zh/ID.txt`, `en/ID.txt` and `gold/ID.ladder`, one segment a line;
//! or `zh.txt`, `en.txt` and `gold.ladder`. Weights are fitted to gold by `examples/fit`.

mod gold;
mod reliability;
mod report;
mod score;

pub use gold::{Gold, GoldDocument, GoldError, load_folder, load_folders};
pub use reliability::{Reliability, Tenth};
pub use report::Report;
pub use score::{Score, score_together};
