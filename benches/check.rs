//! The check of a translation, by the size of the glossary and of the text.
//!
//! ```text
//! cargo bench --bench check
//! ```
//!
//! The glossary is generated: Chinese terms of two to six characters of the text itself, so
//! that many of them are found, with English terms that are not there. The text is
//! `corpora/resolution`, and that a number of times over.
#![expect(clippy::unwrap_used, reason = "a bench may fail as a test does")]

use std::path::Path;

use bitext::check::{FindingKind, Material, check};
use bitext::config::Config;
use bitext::lexicon::Seed;
use bitext::pipeline::{Aligner, Outcome, Request, run};
use bitext::read::read_input;
use bitext::terms::Rules;
use bitext::types::{Concept, Input, Pair, Side, Source, Status, TermPair};

fn main() {
    divan::main();
}

fn texts(times: usize) -> Pair<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/resolution");
    let (zh, en) = (root.join("zh.txt"), root.join("en.txt"));
    let read = read_input(&zh, Some(&en), Pair::new(None, None)).unwrap().value;
    let Input::Texts(sources) = read else { unreachable!("two files are two texts") };
    sources.map(|source| Source {
        text: vec![source.text.as_str(); times].join("\n\n"),
        ..source
    })
}

fn aligned(times: usize) -> Outcome {
    let aligner = Aligner::new(Config::default());
    let request = Request { analysis: true, ..Request::new(&aligner) };
    run(Input::Texts(texts(times)).into(), &request, &())
}

fn glossary(n: usize) -> Vec<Concept> {
    let text = texts(1).zh.text;
    let chars: Vec<char> = text.chars().filter(|c| *c >= '一').collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut roll = |sides: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % sides as u64).unwrap()
    };
    let concept = |at: usize| {
        let zh = (0..2 + at % 5).map(|_| chars[roll(chars.len())]).collect();
        let term = Pair::new(zh, format!("rendering number {at}"));
        let pair = TermPair { term, status: Status::Accepted, ..TermPair::default() };
        Concept { pair, ..Concept::default() }
    };
    (0..n).map(concept).collect()
}

fn findings(outcome: &Outcome, glossary: &[Concept]) -> usize {
    let rules = Rules::new(glossary, Seed::shipped());
    let material = Material {
        bitext: &outcome.bitext,
        analysis: outcome.analysis.as_ref().unwrap(),
        sentences: None,
        notices: &[],
        inconsistencies: &[],
        rules: &rules,
        seed: Seed::shipped(),
        source: Side::Zh,
    };
    check(&material, &FindingKind::ALL).len()
}

#[divan::bench(args = [0, 1_000, 10_000, 100_000])]
fn concepts(bencher: divan::Bencher<'_, '_>, n: usize) {
    let (outcome, glossary) = (aligned(1), glossary(n));
    bencher.bench(|| findings(&outcome, &glossary));
}

#[divan::bench(args = [1, 4, 16])]
fn copies_of_the_text(bencher: divan::Bencher<'_, '_>, times: usize) {
    let outcome = aligned(times);
    bencher.bench(|| findings(&outcome, &[]));
}
