//! The review that lies in the folder of the outputs: what of it holds for a new run.

use std::path::{Path, PathBuf};

use crate::cli::clock;
use crate::cli::failure::Failure;
use crate::pipeline::{self, Aligner, Outcome, Pinned, Review};
use crate::review::begin::{self, Backing};
use crate::review::carry;
use crate::review::desk::{Desk, Setting};
use crate::review::event::FindingState;
use crate::review::reviewed::{self, ReviewedBitext};
use crate::review::session::Session;
use crate::types::{Notice, Pair};

/// How the file of a review ends.
pub(crate) const ENDING: &str = ".review.jsonl";

/// Where the review of a pair is.
pub(crate) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{ENDING}"))
}

/// A review that was found.
#[derive(Debug)]
pub(crate) struct Earlier {
    session: Session,
    pinned: Pinned,
    path: PathBuf,
    /// Are its units those of the run?
    is_of_level: bool,
}

impl Earlier {
    /// The review of a pair, if there is one. `level` is that of the run, as reviews name it.
    pub(crate) fn load(
        folder: &Path,
        name: &str,
        level: &str,
    ) -> Result<Option<Self>, Failure> {
        let path = path(folder, name);
        if !path.exists() {
            return Ok(None);
        }
        let session = Session::read(&path, None)?;
        let is_of_level = session.head().level == level;
        let pinned =
            if is_of_level { carry::pinned(&session) } else { Pinned::default() };
        Ok(Some(Self { session, pinned, path, is_of_level }))
    }

    /// The rows that the aligner has to go through.
    pub(crate) fn pinned(&self) -> &Pinned {
        &self.pinned
    }

    /// Is the finding one that the reviewer found right as it is?
    pub(crate) fn accepts(&self, fingerprint: &str) -> bool {
        self.session.state().finding(fingerprint) == FindingState::Accepted
    }

    /// Lays what was decided over what came of the run: texts, ties, terms. `None` of a review
    /// of other units. With `is_only_confirmed` the rows that nobody confirmed are left out. What
    /// the run checked by `review` is checked again where a person changed it.
    pub(crate) fn apply(
        &self,
        outcome: &mut Outcome,
        aligner: &Aligner,
        name: &str,
        languages: &Pair<String>,
        is_only_confirmed: bool,
        review: Option<Review<'_>>,
    ) -> Result<Option<ReviewedBitext>, Failure> {
        let file = self.path.display().to_string();
        if !self.is_of_level {
            let level = self.session.head().level.clone();
            outcome.notices.push(Notice::ReviewOfOthers { file, level });
            return Ok(None);
        }
        let base = begin::base(&outcome.bitext);
        let carried = carry::carry(&self.session, &base, &outcome.pinned);
        let (rows, lost) = (self.pinned.rows.len(), carried.lost.len());
        let head = self.session.head().clone();
        let backing = Backing {
            bitext: Some(outcome.bitext.clone()),
            terms: outcome.mined.as_ref().map_or_else(Vec::new, |m| m.terms.clone()),
            ..Backing::default()
        };
        let setting =
            Setting::without_page(name.to_owned(), languages.clone(), clock::now);
        let session = Session::carried(head, base, carried)?;
        let desk = Desk::new(session, backing, setting);
        let reviewed = reviewed::bitext(&desk, is_only_confirmed);
        if reviewed.bitext != outcome.bitext {
            outcome.bitext = reviewed.bitext.clone();
            if outcome.sentences.is_some() {
                outcome.sentences =
                    Some(pipeline::sentences_of(aligner, &outcome.bitext));
            }
            if let Some(review) = review {
                let level = aligner.config().level;
                outcome.findings =
                    pipeline::check_again(aligner, &outcome.bitext, level, review);
            }
        }
        if let Some(mined) = &mut outcome.mined {
            mined.terms = reviewed::terms(&desk);
        }
        outcome.notices.push(Notice::Reviewed { file, rows: rows - lost, lost });
        Ok(Some(reviewed))
    }
}
