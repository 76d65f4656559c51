//! The one way that data flows, and the only room that knows it.
//!
//! ```text
//! Source ─clean─▶ CleanText ─segment─▶ Document ┐ one of each side
//!                                               ├─ align ─▶ Ladder ─ heal ─▶ Bitext
//!                       words, mentions of each ┘                             │
//!                                   findings ◀─ check ◀─ terms ◀─ mine ◀──────┤
//!                                                 sentences ◀─ align inside ◀─┘
//! ```
//!
//! [`run`] goes this way, as far as a [`Request`] asks. What the segments hold is found once:
//! it is kept beside the bitext for all who ask for it later.

mod again;
mod aligned;
mod aligner;
mod heal;
mod kept;
mod later;
mod notices;
mod observer;
mod outcome;
mod paired;
mod parts;
mod pinned;
mod request;
mod sentences;
mod texts;

pub use again::{check_again, evidence_again};
pub use aligner::{Aligner, MINED_AS_ONE};
pub use observer::{Observer, Stage};
pub use outcome::Outcome;
pub use parts::run_in_parts;
pub use pinned::Pinned;
pub use request::{Request, Review};

use self::aligned::Aligned;
use crate::align::{self, Pins};
use crate::check;
use crate::config::Level;
use crate::lexicon::Learned;
use crate::types::{Bitext, Document, Input, Ladder, Noted, Pair, Sentences};

/// Goes the way of a pair, as far as the request asks. Total: any two texts give an outcome.
///
/// What was noticed while the input was read comes first in [`Outcome::notices`].
///
/// # Examples
///
/// ```
/// use bitext::config::Config;
/// use bitext::pipeline::{Aligner, Request, run};
/// use bitext::types::{Input, Pair, Source};
///
/// let source = |name: &str, text: &str| Source::plain(name, text, "UTF-8");
/// let input = Input::Texts(Pair::new(
///     source("zh.txt", "第一条 合同\n\n双方应当履行义务。\n"),
///     source("en.txt", "Article 1 Contract\n\nThe parties shall perform their duties.\n"),
/// ));
/// let aligner = Aligner::new(Config::default());
/// let request = Request { terms: true, ..Request::new(&aligner) };
/// let outcome = run(input.into(), &request, &());
/// assert_eq!(outcome.bitext.ladder.beads().len(), 2);
/// assert!(outcome.mined.is_some());
/// ```
pub fn run(
    input: Noted<Input>,
    request: &Request<'_>,
    observer: &dyn Observer,
) -> Outcome {
    let aligner = request.aligner;
    let Noted { value: input, notices: mut told } = input;
    let n_read = told.len();
    let Aligned { bitext, moved, mut kept, learned, pinned, readings, notices } =
        align(input, request, observer);
    told.extend(notices);
    told.extend(check::left_out_notices(&bitext.documents));
    told.extend(notices::moved(&bitext.documents, &moved));
    told.extend(notices::contradictions(&bitext));

    let analysis = match request.needs_analysis() {
        true => Some(std::mem::take(&mut kept).into_analysis(aligner, &bitext.documents)),
        false => None,
    };
    let mined = request.needs_terms().then(|| {
        observer.stage(Stage::Mine);
        aligner.mine(&bitext, |side, segment| match &analysis {
            Some(analysis) => Some(analysis.segments.get(side)[segment].tokens.clone()),
            None => Some(kept.take(side, segment)?.tokens),
        })
    });
    drop(kept);
    let sentences =
        request.needs_sentences().then(|| sentences::inside(aligner, &bitext));
    let mut outcome = Outcome {
        bitext,
        analysis,
        sentences,
        mined,
        findings: Vec::new(),
        learned,
        pinned,
        readings,
        notices: told,
        n_read,
    };
    if let Some(review) = request.review {
        observer.stage(Stage::Check);
        outcome.findings = outcome.review(aligner, review);
    }
    outcome
}

/// The bitext, at the level that is asked for.
fn align(input: Input, request: &Request<'_>, observer: &dyn Observer) -> Aligned {
    let aligner = request.aligner;
    let (nothing, unpinned) = (Learned::default(), Pinned::default());
    let pinned = request.pinned.unwrap_or(&unpinned);
    let is_of_sentences = request.level == Level::Sentence && !aligner.config().lines;
    let aligned = match input {
        Input::Paired(paired) => {
            let taken = paired::take(aligner, &paired, observer);
            return over(aligner, taken, pinned);
        }
        Input::Texts(sources) => {
            let learned = request.learned.unwrap_or(&nothing);
            // Rows of sentences are laid over the sentences.
            let pinned = if is_of_sentences { &unpinned } else { pinned };
            texts::align(aligner, sources, learned, pinned, observer)
        }
    };
    match is_of_sentences {
        true => over(aligner, sentences::as_units(aligner, aligned), pinned),
        false => aligned,
    }
}

/// The sentences inside the beads of a bitext, aligned; of given lines, the bitext itself.
pub fn sentences_of(aligner: &Aligner, bitext: &Bitext) -> Sentences {
    sentences::inside(aligner, bitext)
}

/// The ladder of two documents through pins, with what was learned before. Total, like [`run`].
///
/// `is_whole`: they are learned from too. A part of a pair is searched by what the whole taught,
/// which is all that it could teach, in a third of the time.
///
/// # Panics
///
/// If the pins were checked for shorter documents.
pub fn through_pins(
    aligner: &Aligner,
    documents: &Pair<Document>,
    pins: &Pins,
    learned: &Learned,
    is_whole: bool,
) -> Ladder {
    let passages = aligner.passages(documents);
    let params = &aligner.config().align;
    let known = params.known();
    let params = if is_whole { params } else { &known };
    align::align_pinned(&passages, pins, aligner.seed(), params, learned).0.ladder
}

/// The pair with what a person pinned laid over it, if anything is.
fn over(aligner: &Aligner, aligned: Aligned, pinned: &Pinned) -> Aligned {
    match pinned.rows.is_empty() {
        true => aligned,
        false => pinned::lay_over(aligner, aligned, pinned),
    }
}
