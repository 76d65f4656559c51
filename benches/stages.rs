//! How long each stage takes, and how it grows with the text.
//!
//! `cargo bench --bench stages`. The text is the sample resolution of `corpora/`, repeated to
//! about 10², 10³ and 10⁴ units a side; files are read before the clock starts. Quote the
//! medians; the machine decides the rest. `whole_pair` is a run from text to terms; on Linux
//! the peak memory of this process is printed at the end.

use bitext::clean::{CleanText, clean};
use bitext::config::Config;
use bitext::lexicon::Seed;
use bitext::pipeline::{Aligner, Outcome, Request, run};
use bitext::segment::segment;
use bitext::tokenize::tokenize;
use bitext::types::{Document, Input, Pair, Side, Source};
use divan::{Bencher, black_box};

/// Copies of the resolution of some 57 units a side.
const COPIES: [usize; 3] = [2, 18, 176];

fn main() {
    divan::main();
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
        report(peak);
    }
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn report(peak: &str) {
    println!("peak memory of all benches together: {peak}");
}

fn sources(copies: usize) -> Pair<Source> {
    let source = |name: &str| {
        Source::plain(
            name,
            std::fs::read_to_string(format!("corpora/resolution/{name}"))
                .expect("the sample is there")
                .repeat(copies),
            "UTF-8",
        )
    };
    Pair::new(source("zh.txt"), source("en.txt"))
}

fn cleaned(source: &Source, side: Side) -> CleanText {
    clean(source, side, &|word| Seed::shipped().lemma(word).is_some()).value
}

fn document(copies: usize, side: Side) -> Document {
    let source = sources(copies).get(side).clone();
    segment(&source, &cleaned(&source, side), side)
}

fn outcome(aligner: &Aligner, sources: Pair<Source>, terms: bool) -> Outcome {
    let request = Request { terms, ..Request::new(aligner) };
    run(Input::Texts(sources).into(), &request, &())
}

#[divan::bench]
fn start_up() -> Aligner {
    Aligner::new(Config::default())
}

#[divan::bench(args = COPIES)]
fn clean_chinese(bencher: Bencher, copies: usize) {
    let source = sources(copies).zh;
    bencher.bench(|| cleaned(black_box(&source), Side::Zh));
}

#[divan::bench(args = COPIES)]
fn segment_english(bencher: Bencher, copies: usize) {
    let source = sources(copies).en;
    let clean = cleaned(&source, Side::En);
    bencher.bench(|| segment(black_box(&source), &clean, Side::En));
}

#[divan::bench(args = COPIES)]
fn mentions(bencher: Bencher, copies: usize) {
    let document = document(copies, Side::Zh);
    bencher.bench(|| {
        document
            .texts()
            .map(|text| bitext::anchor::mentions(Side::Zh, text).len())
            .sum::<usize>()
    });
}

#[divan::bench(args = COPIES)]
fn tokens(bencher: Bencher, copies: usize) {
    let document = document(copies, Side::Zh);
    let seed = Seed::shipped();
    bencher.bench(|| {
        document.texts().map(|text| tokenize(Side::Zh, text, seed).len()).sum::<usize>()
    });
}

#[divan::bench(args = COPIES, sample_count = 5)]
fn read_and_align(bencher: Bencher, copies: usize) {
    let aligner = Aligner::new(Config::default());
    bencher
        .with_inputs(|| sources(copies))
        .bench_values(|pair| outcome(&aligner, pair, false));
}

#[divan::bench(args = COPIES, sample_count = 5)]
fn mine(bencher: Bencher, copies: usize) {
    let aligner = Aligner::new(Config::default());
    let bitext = outcome(&aligner, sources(copies), false).bitext;
    let paired = bitext.units().filter(|unit| !unit.bead.is_single());
    let units: Vec<_> = paired.map(|unit| unit.kept()).collect();
    bencher.bench(|| aligner.mine_units(black_box(units.clone())));
}

#[divan::bench(sample_count = 10)]
fn whole_pair(bencher: Bencher) {
    bencher
        .with_inputs(|| sources(1))
        .bench_values(|pair| outcome(&Aligner::new(Config::default()), pair, true));
}
