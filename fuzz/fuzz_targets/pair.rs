//! Two texts go the whole way: aligned, mined, checked.
#![no_main]

use bitext::check::FindingKind;
use bitext::config::Config;
use bitext::pipeline::{Aligner, Request, Review, run};
use bitext::types::{Input, Pair, Side, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (zh, en) = bitext_fuzz::two(text);
    let source = |name: &str, text: &str| Source::plain(name, text, "UTF-8");
    let sources = Pair::new(source("zh.txt", zh), source("en.txt", en));
    let aligner = Aligner::new(Config::default());
    let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
    let request = Request {
        terms: true,
        sentences: true,
        review: Some(review),
        ..Request::new(&aligner)
    };
    let outcome = run(Input::Texts(sources).into(), &request, &());
    for bead in outcome.bitext.ladder.beads() {
        assert!(bead.score.is_finite());
    }
});
