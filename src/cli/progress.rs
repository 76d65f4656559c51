//! What is going on, while it goes on.

use std::time::Duration;

use crate::pipeline::{Observer, Stage};
use indicatif::{ProgressBar, ProgressStyle};

/// A spinner on stderr with the stage in words; silent where stderr is no terminal.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

/// How often the spinner turns.
const TURN: Duration = Duration::from_millis(100);

impl Progress {
    pub(crate) fn new(is_quiet: bool) -> Self {
        if is_quiet {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
        bar.set_style(style.expect("the template names known fields"));
        if !bar.is_hidden() {
            bar.enable_steady_tick(TURN);
        }
        Self(bar)
    }

    /// Takes the spinner away, before anything else is printed.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Observer for Progress {
    fn stage(&self, stage: Stage) {
        self.0.set_message(words(stage));
    }
}

/// What is done at a stage.
pub(crate) fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "reading the files",
        Stage::Clean => "cleaning the pages",
        Stage::Segment => "finding paragraphs",
        Stage::Analyse => "looking at the words",
        Stage::Align => "aligning",
        Stage::Mine => "finding terms",
        Stage::Check => "looking for what a reviser should see",
        Stage::Write => "writing",
    }
}
