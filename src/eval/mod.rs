//! Alignments against gold: scores, and weights fitted to it.
//!
//! A folder with gold holds `zh/ID.txt`, `en/ID.txt` and `gold/ID.ladder`, one segment a line;
//! or `zh.txt`, `en.txt` and `gold.ladder`.

mod fit;
mod gold;
mod lbfgs;
mod reliability;
mod score;

pub use fit::{Fit, Fitter, Held};
pub use gold::{Gold, GoldDocument, GoldError, load_folder};
pub use reliability::{Reliability, Tenth};
pub use score::Score;
