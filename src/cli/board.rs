//! What is going on, of many pairs at once.

use std::time::Duration;

use crate::pipeline::{Observer, Stage};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::progress::words;
use crate::cli::terminal;

/// How often the spinners turn.
const TURN: Duration = Duration::from_millis(100);

/// A bar for all pairs and below it one for each pair that is worked on; silent where stderr
/// is no terminal.
#[derive(Debug)]
pub(crate) struct Board {
    bars: MultiProgress,
    total: ProgressBar,
}

/// The bar of one pair; it goes when it is dropped.
#[derive(Debug)]
pub(crate) struct Lane<'a> {
    board: &'a Board,
    bar: ProgressBar,
}

impl Board {
    pub(crate) fn new(n_pairs: usize, is_quiet: bool) -> Self {
        let bars = MultiProgress::new();
        if is_quiet {
            bars.set_draw_target(ProgressDrawTarget::hidden());
        }
        let total = bars.add(ProgressBar::new(n_pairs as u64));
        total.set_style(style("{bar:30} {pos} of {len} pairs {msg} {elapsed}"));
        Self { bars, total }
    }

    /// A bar for a pair.
    pub(crate) fn lane(&self, name: &str) -> Lane<'_> {
        let bar = self.bars.add(ProgressBar::new_spinner());
        bar.set_style(style("  {spinner} {prefix}  {msg}"));
        bar.set_prefix(terminal::harmless(name, false).into_owned());
        if !self.bars.is_hidden() {
            bar.enable_steady_tick(TURN);
        }
        Lane { board: self, bar }
    }

    /// The bars, for whoever takes them away from elsewhere.
    pub(crate) fn bars(&self) -> MultiProgress {
        self.bars.clone()
    }

    /// One pair more is done.
    pub(crate) fn advance(&self) {
        self.total.inc(1);
    }

    /// Takes the bars away, before anything else is printed.
    pub(crate) fn finish(&self) {
        self.total.finish_and_clear();
        // Best effort: a terminal that is gone needs no clearing.
        drop(self.bars.clear());
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        self.board.bars.remove(&self.bar);
    }
}

impl Observer for Lane<'_> {
    fn stage(&self, stage: Stage) {
        self.bar.set_message(words(stage));
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template names known fields")
}
