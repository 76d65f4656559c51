//! Whole alignments of hand-made passages. A word `x7` on one side translates `x7` on the other
//! because equal Latin words do.

use super::band::Band;
use super::lattice::Lattice;
use super::score::TranslationRatios;
use super::*;
use crate::text::Span;
use crate::types::{Kind, Label, LabelUnit, Mention, MentionKind, Token, TokenKind};

fn passage(text: &str) -> Passage<'_> {
    let mut at = 0;
    let tokens = text
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let start = at + text[at..].find(word).expect("the word stands in the text");
            at = start + word.len();
            Token {
                span: Span::new(start, at),
                kind: TokenKind::Latin,
                form: word.into(),
                is_stop: false,
                is_capital: false,
            }
        })
        .collect();
    Passage {
        text,
        tokens,
        mentions: Vec::new(),
        label: None,
        parents: Vec::new(),
        kind: Kind::Paragraph,
        soft: false,
    }
}

fn pair<'a>(zh: &[&'a str], en: &[&'a str]) -> Pair<Vec<Passage<'a>>> {
    Pair::new(zh, en).map(|texts| texts.iter().map(|text| passage(text)).collect())
}

fn ladder_of(pair: &Pair<Vec<Passage<'_>>>) -> Vec<(usize, usize)> {
    sizes(&align(pair, Seed::shipped(), &Params::default()))
}

fn sizes(alignment: &Alignment) -> Vec<(usize, usize)> {
    let beads = alignment.ladder.beads();
    beads.iter().map(|bead| (bead.range.zh.len(), bead.range.en.len())).collect()
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

/// Texts of `n` passages that follow one another on both sides, each of a few words of
/// `n_words`, some left out.
fn texts(n: usize, n_words: u64, dice: &mut Dice) -> Pair<Vec<String>> {
    let mut texts = Pair::new(Vec::new(), Vec::new());
    for _ in 0..n {
        let words: Vec<String> =
            (0..3 + dice.roll(6)).map(|_| format!("x{}", dice.roll(n_words))).collect();
        let fate = dice.roll(12);
        if fate != 0 {
            texts.zh.push(words.join(" "));
        }
        if fate != 1 {
            texts.en.push(words.join(" "));
        }
        if fate == 2 {
            let last: &mut String = texts.en.last_mut().expect("just pushed");
            let tail = last.split_off(last.find(' ').unwrap_or(0));
            texts.en.push(tail);
        }
    }
    texts
}

fn borrow(texts: &Pair<Vec<String>>) -> Pair<Vec<Passage<'_>>> {
    texts.as_ref().map(|side| side.iter().map(|text| passage(text)).collect())
}

#[test]
fn nothing_against_nothing_is_an_empty_ladder() {
    assert!(ladder_of(&pair(&[], &[])).is_empty());
}

#[test]
fn one_side_alone_stays_alone() {
    assert_eq!(ladder_of(&pair(&["a", "b"], &[])), [(1, 0), (1, 0)]);
    assert_eq!(ladder_of(&pair(&[], &["a"])), [(0, 1)]);
}

#[test]
fn blanks_and_no_words_at_all_tile() {
    let beads = ladder_of(&pair(&["", " ", ""], &["", ""]));
    assert_eq!(beads.iter().map(|b| b.0).sum::<usize>(), 3);
    assert_eq!(beads.iter().map(|b| b.1).sum::<usize>(), 2);
}

#[test]
fn equal_words_meet() {
    let words = ["x1 x2 x3", "x4 x5 x6 x7", "x8 x9 x1", "x2 x5 x8"];
    assert_eq!(ladder_of(&pair(&words, &words)), [(1, 1); 4]);
}

#[test]
fn a_sentence_cut_in_two_meets_both_halves() {
    let zh = ["x1 x2 x3", "x4 x5 x6 x7 x8 x9", "y1 y2 y3"];
    let en = ["x1 x2 x3", "x4 x5 x6", "x7 x8 x9", "y1 y2 y3"];
    assert_eq!(ladder_of(&pair(&zh, &en)), [(1, 1), (1, 2), (1, 1)]);
}

#[test]
fn a_paragraph_dropped_from_one_side_stays_alone() {
    let long =
        |name: &str| (0..25).map(|k| format!("{name}{k}")).collect::<Vec<_>>().join(" ");
    let texts: Vec<String> = ["a", "b", "c", "d", "e", "f"].map(long).into();
    let mut both = Pair::new(texts.clone(), texts);
    both.en.remove(2);
    let mut passages = borrow(&both);
    for passage in passages.zh.iter_mut().chain(&mut passages.en) {
        passage.kind = Kind::Item;
    }
    assert_eq!(ladder_of(&passages), [(1, 1), (1, 1), (1, 0), (1, 1), (1, 1), (1, 1)]);
}

#[test]
fn a_long_omission_is_left_alone() {
    let mut dice = Dice(7);
    let mut texts = texts(120, 300, &mut dice);
    texts.en.drain(40..80);
    let beads = ladder_of(&borrow(&texts));
    let alone = beads.iter().filter(|bead| bead.1 == 0).count();
    assert!(alone >= 34, "{alone}");
}

#[test]
fn soft_pieces_are_joined_at_no_cost() {
    let zh = ["x1 x2 x3 x4 x5 x6 x7 x8 x9 y1 y2 y3 y4 y5 y6 y7 y8 y9 z1 z2 z3 z4 z5 z6"];
    let en = [
        "x1 x2", "x3 x4", "x5 x6", "x7 x8", "x9 y1", "y2 y3", "y4 y5", "y6 y7", "y8 y9",
        "z1 z2", "z3 z4", "z5 z6",
    ];
    let mut passages = pair(&zh, &en);
    passages.en[1..].iter_mut().for_each(|passage| passage.soft = true);
    assert_eq!(ladder_of(&passages), [(1, 12)]);
}

#[test]
fn renumbered_articles_keep_their_text() {
    let article = |number: u32, words: &'static str| {
        let mut passage = passage(words);
        passage.label = Some(Label::new(LabelUnit::Article, number));
        passage
    };
    let texts = [
        "a1 a2 a3 a4 a5 a6 a7 a8",
        "b1 b2 b3 b4 b5 b6 b7 b8",
        "c1 c2 c3 c4 c5 c6 c7 c8",
        "d1 d2 d3 d4 d5 d6 d7 d8",
        "e1 e2 e3 e4 e5 e6 e7 e8",
        "f1 f2 f3 f4 f5 f6 f7 f8",
    ];
    let kept = [texts[0], texts[2], texts[3], texts[4], texts[5]];
    let passages = Pair::new(
        (1..).zip(texts).map(|(number, words)| article(number, words)).collect(),
        (1..).zip(kept).map(|(number, words)| article(number, words)).collect(),
    );
    assert_eq!(ladder_of(&passages), [(1, 1), (1, 0), (1, 1), (1, 1), (1, 1), (1, 1)]);
}

#[test]
fn a_moved_article_is_found_again() {
    let article = |name: &str| {
        (0..3)
            .map(|part| {
                let words = (0..12).map(|k| format!("{name}{part}word{k}"));
                words.collect::<Vec<_>>().join(" ")
            })
            .collect::<Vec<_>>()
    };
    let zh: Vec<String> =
        ["a", "b", "c", "d", "e", "f"].into_iter().flat_map(article).collect();
    let mut en = zh.clone();
    let moved: Vec<String> = en.drain(3..6).collect();
    en.splice(12..12, moved);
    let texts = Pair::new(zh, en);
    let alignment = align(&borrow(&texts), Seed::shipped(), &Params::default());
    let moved: Vec<(usize, usize)> = alignment
        .moved
        .iter()
        .map(|link| (link.bead.range.zh.start, link.bead.range.en.start))
        .collect();
    assert_eq!(moved, [(3, 12), (4, 13), (5, 14)]);
}

#[test]
fn a_heading_of_nothing_but_a_label_meets_its_counterpart() {
    let heading = |text: &'static str, number: u32| {
        let mut passage = passage(text);
        passage.label = Some(Label::new(LabelUnit::Article, number));
        passage.kind = Kind::Heading;
        passage
    };
    let passages = Pair::new(
        vec![heading("", 1), passage("a1 a2"), heading("", 2), passage("b1 b2 b3")],
        vec![heading("", 1), passage("q1 q2"), heading("", 2), passage("b1 b2 b3")],
    );
    assert_eq!(ladder_of(&passages), [(1, 1); 4]);
}

#[test]
fn a_mention_is_evidence_and_is_told() {
    let with = |text: &'static str, value: &str| {
        let mut passage = passage(text);
        let span = Span::new(0, text.len());
        passage.mentions.push(Mention {
            kind: MentionKind::Resolution,
            value: value.to_owned(),
            span,
        });
        passage
    };
    let passages = Pair::new(
        vec![with("p1 p2", "67/186"), with("p3", "68/1")],
        vec![with("q1 q2", "67/186"), with("q3", "68/1")],
    );
    let alignment = align(&passages, Seed::shipped(), &Params::default());
    assert_eq!(sizes(&alignment), [(1, 1); 2]);
    let first = &alignment.evidence[0][0];
    assert_eq!(first.kind.as_str(), "resolution");
    assert_eq!(first.text, Pair::new("p1 p2".to_owned(), "q1 q2".to_owned()));
}

#[test]
fn a_band_finds_what_the_full_search_finds() {
    for seed in 1..30 {
        let mut dice = Dice(seed * 7919);
        let texts = texts(30, 60, &mut dice);
        let passages = borrow(&texts);
        let engine = Engine::new(&[&passages], Seed::shipped(), &Learned::default());
        let scorer = engine.scorer(0, &Weights::prior(), 3.3);
        let ratios = engine.prior_ratios();
        let translation = TranslationRatios { table: &ratios, held_out: None };
        let len = Pair::new(passages.zh.len(), passages.en.len());
        let places = |band: &Band| {
            let lattice = Lattice::new(search::search(&scorer, translation, band));
            let path = lattice.best_path(scorer.gap);
            path.into_iter()
                .map(|edge| (lattice.edges[edge].zh, lattice.edges[edge].en))
                .collect::<Vec<_>>()
        };
        let anchors = skeleton::anchors(&engine.corpus, &scorer, translation);
        let band = skeleton::band(len, &anchors, 1);
        assert_eq!(places(&Band::full(len)), places(&band), "seed {seed}");
    }
}

#[test]
fn the_lattice_keeps_the_best_of_all_ladders() {
    for seed in 1..20 {
        let mut dice = Dice(seed * 104_729);
        let texts = texts(6, 12, &mut dice);
        let passages = borrow(&texts);
        let engine = Engine::new(&[&passages], Seed::shipped(), &Learned::default());
        let scorer = engine.scorer(0, &Weights::prior(), 3.3);
        let ratios = engine.prior_ratios();
        let translation = TranslationRatios { table: &ratios, held_out: None };
        let len = Pair::new(passages.zh.len(), passages.en.len());
        let lattice =
            Lattice::new(search::search(&scorer, translation, &Band::full(len)));
        let path = lattice.best_path(scorer.gap);
        let found: f64 = path.iter().map(|&e| f64::from(lattice.edges[e].score)).sum();
        let all = slow::best(&scorer, translation, len);
        assert!((found - all).abs() < 1e-3, "seed {seed}: {found} {all}");
    }
}

/// The search once more, as slow and plain as can be. Omissions do not run.
mod slow {
    use super::super::score::{Scorer, SpanRatios, TranslationRatios, may_pair};
    use super::*;

    pub(super) fn best(
        scorer: &Scorer<'_>,
        translation: TranslationRatios<'_>,
        len: Pair<usize>,
    ) -> f64 {
        let mut best = vec![vec![f64::NEG_INFINITY; len.en + 1]; len.zh + 1];
        best[0][0] = 0.0;
        for zh in 0..=len.zh {
            for en in 0..=len.en {
                for n_zh in 0..=zh.min(5) {
                    for n_en in 0..=en.min(10) {
                        if (n_zh, n_en) == (1, 0)
                            || (n_zh, n_en) == (0, 1)
                            || may_pair(n_zh, n_en)
                        {
                            let from = (zh - n_zh, en - n_en);
                            let bead = score(scorer, translation, from, (n_zh, n_en));
                            best[zh][en] = best[zh][en].max(best[from.0][from.1] + bead);
                        }
                    }
                }
            }
        }
        best[len.zh][len.en]
    }

    fn score(
        scorer: &Scorer<'_>,
        translation: TranslationRatios<'_>,
        (zh, en): (usize, usize),
        (n_zh, n_en): (usize, usize),
    ) -> f64 {
        let mut score = scorer.frame(zh, n_zh, en, n_en);
        if n_zh > 0 && n_en > 0 {
            let mut span_ratios = SpanRatios::new(scorer.n_en_words());
            (zh..zh + n_zh)
                .for_each(|k| span_ratios.add(&scorer.texts.zh, k, translation));
            let size = scorer.size(zh, n_zh);
            for passage in en..en + n_en {
                score += scorer.weigh(scorer.words(&span_ratios, size, passage));
            }
        }
        f64::from(score)
    }
}

#[test]
fn odd_shapes_tile() {
    let mut dice = Dice(99);
    let rich = texts(900, 2_000, &mut dice);
    let same =
        Pair::new(vec!["x1 x2 x3".to_owned(); 1_500], vec!["x1 x2 x3".to_owned(); 1_700]);
    let no_anchor = Pair::new(
        (0..1_200).map(|k| format!("p{k}")).collect(),
        (0..1_300).map(|k| format!("q{k}")).collect(),
    );
    let mut lopsided = rich.clone();
    lopsided.en.truncate(90);
    let mut missing = rich.clone();
    missing.zh.drain(200..600);
    let mut swapped = rich.clone();
    swapped.zh.rotate_left(400);
    for texts in [same, no_anchor, lopsided, missing, swapped, rich] {
        let passages = borrow(&texts);
        let ladder = align(&passages, Seed::shipped(), &Params::default()).ladder;
        assert_eq!(ladder.len(), Pair::new(texts.zh.len(), texts.en.len()));
    }
}

#[test]
fn the_same_input_gives_the_same_alignment() {
    let texts = texts(80, 100, &mut Dice(3));
    let run = || align(&borrow(&texts), Seed::shipped(), &Params::default());
    assert_eq!(run(), run());
}
