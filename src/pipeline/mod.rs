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

mod aligned;
mod aligner;
mod heal;
mod kept;
mod later;
mod notices;
mod observer;
mod outcome;
mod paired;
mod request;
mod sentences;
mod texts;

pub use aligner::Aligner;
pub use observer::{Observer, Stage};
pub use outcome::Outcome;
pub use request::{Request, Review};

use self::aligned::Aligned;
use crate::check;
use crate::config::Level;
use crate::lexicon::Learned;
use crate::types::{Input, Noted};

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
    let Aligned { bitext, moved, mut kept, learned, notices } =
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
    let nothing = Learned::default();
    let aligned = match input {
        Input::Paired(paired) => return paired::take(aligner, &paired, observer),
        Input::Texts(sources) => {
            let learned = request.learned.unwrap_or(&nothing);
            texts::align(aligner, sources, learned, observer)
        }
    };
    match request.level == Level::Sentence && !aligner.config().lines {
        true => sentences::as_units(aligner, aligned),
        false => aligned,
    }
}
