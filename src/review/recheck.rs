//! The check of the texts as they are now, behind the review.
//!
//! ```text
//! change ─ 400 ms of rest ─▶ the bitext as reviewed ─ check ─▶ findings, by their fingerprints
//! ```
//!
//! A check of a long text takes longer than a key may: it runs in a thread of its own, and
//! what it found comes to the page when it asks again. A finding keeps its decision, for that
//! is known by its fingerprint.

use std::sync::Arc;

use super::begin;
use super::desk::{Desk, Touched};
use super::rechecked::Recheck;
use super::reviewed;
use crate::check::{Finding, FindingKind};
use crate::config::Level;
use crate::pipeline::{self, Aligner, Review};
use crate::types::{Bitext, Side};

/// What is to be checked.
#[derive(Debug)]
pub struct Check {
    aligner: Arc<Aligner>,
    bitext: Bitext,
    level: Level,
    source: Side,
    /// The revision of the texts.
    revision: usize,
}

impl Check {
    /// The texts of a review as they are now; `None` where nobody can check them.
    pub fn of(desk: &Desk) -> Option<Self> {
        let level = match desk.setting.is_sentences {
            true => Level::Sentence,
            false => Level::Paragraph,
        };
        Some(Self {
            aligner: Arc::clone(&desk.realigner.as_ref()?.aligner),
            bitext: reviewed::bitext(desk, false).bitext,
            level,
            source: desk.setting.source,
            revision: desk.texts_revision(),
        })
    }

    /// The revision of the texts.
    pub fn revision(&self) -> usize {
        self.revision
    }

    /// Checks them.
    pub fn run(&self) -> Vec<Finding> {
        let review = Review { kinds: &FindingKind::ALL, source: self.source };
        pipeline::check_again(&self.aligner, &self.bitext, self.level, review)
    }
}

impl Desk {
    /// Takes the findings of a check, unless the texts were changed since.
    pub fn take_findings(&mut self, revision: usize, findings: Vec<Finding>) {
        if revision != self.texts_revision() {
            return;
        }
        let findings = begin::placed_findings(findings, self.session.base());
        let recheck = Recheck::new(revision, &self.backing.findings, &findings);
        self.set_findings(findings, recheck);
    }

    /// What checks since one revision of the texts have changed.
    pub fn rechecked_since(&self, revision: usize) -> Touched {
        let mut touched = Touched::default();
        for one in self.rechecks().iter().filter(|one| one.revision > revision) {
            touched.findings.extend(one.findings.iter().cloned());
            let row = |(side, segment): &(Side, usize)| {
                let piece = super::event::Piece::whole(*segment);
                self.state().row_of(*side, piece).map(|placed| placed.index)
            };
            touched.rows.extend(one.segments.iter().filter_map(row));
        }
        touched
    }
}
