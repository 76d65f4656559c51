//! The check of the texts as they are now, behind the review.
//!
//! ```text
//! change ─ 400 ms of rest ─▶ the bitext as reviewed ─ check ─▶ findings, by their fingerprints
//!                                     └──────────── marks ─▶ what speaks for rows that are changed
//! ```
//!
//! A check of a long text takes longer than a key may: it runs in a thread of its own, and
//! what it found comes to the page when it asks again. A finding keeps its decision, for that
//! is known by its fingerprint.

use std::sync::Arc;

use super::begin;
use super::desk::{Desk, Touched};
use super::marked::Marks;
use super::marks::Looked;
use super::rechecked::Recheck;
use super::reviewed;
use crate::check::{Finding, FindingKind};
use crate::config::Level;
use crate::lexicon::Learned;
use crate::pipeline::{self, Aligner, Review};
use crate::types::{Bitext, Side};

/// What is to be checked.
#[derive(Debug)]
pub struct Check {
    aligner: Arc<Aligner>,
    learned: Arc<Learned>,
    bitext: Bitext,
    looked: Looked,
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
        let realigner = desk.realigner.as_ref()?;
        let reviewed = reviewed::bitext(desk, false);
        Some(Self {
            aligner: Arc::clone(&realigner.aligner),
            learned: Arc::clone(&realigner.learned),
            looked: Looked::of(desk, &reviewed),
            bitext: reviewed.bitext,
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
    pub fn run(self) -> Checked {
        let Self { aligner, learned, bitext, looked, level, source, revision } = self;
        let review = Review { kinds: &FindingKind::ALL, source };
        let findings = pipeline::check_again(&aligner, &bitext, level, review);
        let marks = looked.marks(&aligner, &bitext, &learned);
        Checked { revision, findings, marks }
    }
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The revision of the texts.
    revision: usize,
    findings: Vec<Finding>,
    /// What speaks for the rows that are not as they were aligned.
    marks: Marks,
}

impl Desk {
    /// Takes what a check found, unless the texts were changed since.
    pub fn take_checked(&mut self, checked: Checked) {
        let Checked { revision, findings, marks } = checked;
        if revision != self.texts_revision() {
            return;
        }
        let findings = begin::placed_findings(findings, self.session.base());
        let mut recheck = Recheck::new(&self.backing.findings, &findings);
        recheck.add_marks(&self.marks, &marks);
        self.set_checked(findings, marks, recheck);
    }

    /// What the checks behind the first so many have changed.
    pub fn rechecked_since(&self, n_checks: usize) -> Touched {
        let mut touched = Touched::default();
        for one in self.rechecks().iter().skip(n_checks) {
            touched.findings.extend(one.findings.iter().cloned());
            let row = |(side, segment): &(Side, usize)| {
                let piece = super::event::Piece::whole(*segment);
                self.state().row_of(*side, piece).map(|placed| placed.index)
            };
            touched.rows.extend(one.segments.iter().filter_map(row));
            let marked = one.rows.iter().filter_map(|key| self.state().find(*key));
            touched.rows.extend(marked.map(|placed| placed.index));
        }
        touched
    }
}
