//! The aligner by size: passages of invented words, a side. Cutting the text into words and
//! learning are part of it, loading the lexicon is not.

use bitext::align::{Params, Passage, align};
use bitext::lexicon::Seed;
use bitext::types::{Kind, Pair};

fn main() {
    divan::main();
}

/// Random numbers that are the same on every machine (Marsaglia 2003, xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Passages of five to twenty Latin words, the same on both sides.
fn texts(n: usize) -> Pair<Vec<String>> {
    let mut dice = Dice(2026);
    let text = (0..n)
        .map(|_| {
            let words = 5 + dice.roll(16);
            (0..words)
                .map(|_| format!("Word{}", dice.roll(5_000)))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect::<Vec<_>>();
    Pair::new(text.clone(), text)
}

fn passages(texts: &Pair<Vec<String>>) -> Pair<Vec<Passage<'_>>> {
    texts.as_ref().map(|side| {
        side.iter()
            .map(|text| Passage {
                text,
                tokens: Vec::new(),
                mentions: Vec::new(),
                label: None,
                parents: Vec::new(),
                kind: Kind::Paragraph,
                soft: false,
            })
            .collect()
    })
}

fn run(bencher: divan::Bencher<'_, '_>, texts: &Pair<Vec<String>>) {
    let (passages, seed, params) = (passages(texts), Seed::shipped(), Params::default());
    bencher.bench_local(|| align(&passages, seed, &params));
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 3)]
fn sentences(bencher: divan::Bencher<'_, '_>, n: usize) {
    run(bencher, &texts(n));
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn one_side_ten_times_longer(bencher: divan::Bencher<'_, '_>, n: usize) {
    let mut texts = texts(n);
    texts.zh.truncate(n / 10);
    run(bencher, &texts);
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn the_same_sentence(bencher: divan::Bencher<'_, '_>, n: usize) {
    let text = vec!["Word1 Word2 Word3 Word4".to_owned(); n];
    run(bencher, &Pair::new(text.clone(), text));
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn nothing_in_common(bencher: divan::Bencher<'_, '_>, n: usize) {
    let mut texts = texts(n);
    texts.en.iter_mut().for_each(|text| *text = text.replace("Word", "Other"));
    run(bencher, &texts);
}
