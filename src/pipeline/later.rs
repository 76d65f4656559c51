//! What is asked of an outcome when the run is over: the same that the run would have found.

use std::borrow::Cow;

use super::aligner::Aligner;
use super::kept::Kept;
use super::outcome::Outcome;
use super::request::{Request, Review};
use super::sentences;
use crate::check::{self, Finding, Material};
use crate::mine::Mined;
use crate::types::{Notice, Sentences};

/// Least score of a unit that goes into the memory of two texts that are no translations of one
/// another.
const LEAST_OF_UNRELATED: f64 = 0.5;

impl Outcome {
    /// Were the texts found to be no translations of one another?
    pub fn is_unrelated(&self) -> bool {
        self.notices.iter().any(Notice::is_of_unrelated)
    }

    /// The least score of a unit that goes into a memory, where `wanted` was asked for: of texts
    /// that do not belong together it takes nothing that is doubtful. 0 to 1.
    pub fn min_score(&self, wanted: f64) -> f64 {
        if self.is_unrelated() { wanted.max(LEAST_OF_UNRELATED) } else { wanted }
    }

    /// The terms, and where the text is at odds with itself and the glossary: those of the run,
    /// or mined now by the aligner that made the outcome.
    pub fn terms(&self, aligner: &Aligner) -> Cow<'_, Mined> {
        match &self.mined {
            Some(mined) => Cow::Borrowed(mined),
            None => Cow::Owned(aligner.mine(&self.bitext, |_, _| None)),
        }
    }

    /// The sentences inside the units: those of the run, or aligned now by the aligner that made
    /// the outcome.
    pub fn sentences(&self, aligner: &Aligner) -> Cow<'_, Sentences> {
        match &self.sentences {
            Some(sentences) => Cow::Borrowed(sentences),
            None => Cow::Owned(sentences::inside(aligner, &self.bitext)),
        }
    }

    /// What a reviser should look at, found by the aligner that made the outcome.
    pub fn review(&self, aligner: &Aligner, review: Review<'_>) -> Vec<Finding> {
        let request = Request { review: Some(review), ..Request::new(aligner) };
        let analysis = match &self.analysis {
            Some(analysis) => Cow::Borrowed(analysis),
            None => {
                let documents = &self.bitext.documents;
                Cow::Owned(Kept::nothing(documents).into_analysis(aligner, documents))
            }
        };
        let sentences = (self.sentences.is_some() || request.needs_sentences())
            .then(|| self.sentences(aligner));
        let mined =
            (self.mined.is_some() || request.needs_terms()).then(|| self.terms(aligner));
        let material = Material {
            bitext: &self.bitext,
            analysis: &analysis,
            sentences: sentences.as_deref(),
            notices: &self.notices[self.n_read..],
            inconsistencies: mined.as_ref().map_or(&[], |m| &m.inconsistencies),
            rules: aligner.rules(),
            seed: aligner.seed(),
            source: review.source,
        };
        check::check(&material, review.kinds)
    }
}

#[cfg(test)]
mod tests {
    use crate::check::FindingKind;
    use crate::config::{Config, Level};
    use crate::pipeline::{Aligner, Outcome, Request, Review, run};
    use crate::types::{Input, Pair, Side, Source};

    fn outcome(request: &Request<'_>) -> Outcome {
        let zh = "第一条　买方应当在三十日内支付货款。买方逾期付款的，应当支付违约金。\n\n\
                  第二条　违约金不超过合同价款的 5%。\n\n第三条　卖方应当交付货物。\n";
        let en = "Article 1. The buyer shall pay the price within 30 days. A buyer who pays \
                  late shall pay liquidated damages.\n\nArticle 2. Liquidated damages shall \
                  not exceed 6% of the price.\n";
        let texts = Pair::new(
            Source::plain("zh.txt", zh, "UTF-8"),
            Source::plain("en.txt", en, "UTF-8"),
        );
        run(Input::Texts(texts).into(), request, &())
    }

    #[test]
    fn what_is_asked_for_later_is_what_the_run_would_have_found() {
        for level in [Level::Paragraph, Level::Sentence] {
            let aligner = Aligner::new(Config { level, ..Config::default() });
            let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
            let bare = outcome(&Request::new(&aligner));
            let whole = outcome(&Request {
                terms: true,
                sentences: true,
                review: Some(review),
                ..Request::new(&aligner)
            });
            assert_eq!(bare.bitext, whole.bitext);
            assert_eq!(Some(bare.terms(&aligner).into_owned()), whole.mined);
            assert!(!whole.findings.is_empty());
            assert_eq!(bare.review(&aligner, review), whole.findings);
            if level == Level::Paragraph {
                let sentences = bare.sentences(&aligner).into_owned();
                assert_eq!(Some(sentences), whole.sentences);
            }
        }
    }

    #[test]
    fn of_texts_that_do_not_belong_together_nothing_doubtful_is_kept() {
        let aligner = Aligner::new(Config::default());
        let mut one = outcome(&Request::new(&aligner));
        assert!(!one.is_unrelated());
        assert!((one.min_score(0.1) - 0.1).abs() < 1e-9);
        one.notices.push(crate::types::Notice::Unrelated { share: 0.1 });
        assert!((one.min_score(0.1) - 0.5).abs() < 1e-9);
        assert!((one.min_score(0.7) - 0.7).abs() < 1e-9);
    }
}
