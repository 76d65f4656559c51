//! Whole alignments of hand-made passages. A word `x7` on one side translates `x7` on the other
//! because equal Latin words do.

use super::band::Band;
use super::lattice::Lattice;
use super::score::{Gap, TranslationRatios};
use super::*;
use crate::text::Span;
use crate::types::{
    Kind, Label, LabelUnit, Mention, MentionKind, Side, Token, TokenKind,
};

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
        let engine =
            Engine::new(&[&passages], Seed::shipped(), &Learned::default(), Threads::ONE);
        let scorer = engine.scorer(0, &Weights::prior(), 3.3);
        let ratios = engine.prior_ratios();
        let translation = TranslationRatios { table: &ratios, held_out: None };
        let len = Pair::new(passages.zh.len(), passages.en.len());
        let places = |band: &Band| {
            let lattice =
                Lattice::new(search::search(&scorer, translation, band, Threads::ONE));
            let path = lattice.best_path(scorer.gap);
            path.into_iter()
                .map(|edge| (lattice.edges[edge].zh, lattice.edges[edge].en))
                .collect::<Vec<_>>()
        };
        let anchors =
            skeleton::anchors(&engine.corpus, &scorer, translation, Threads::ONE);
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
        let engine =
            Engine::new(&[&passages], Seed::shipped(), &Learned::default(), Threads::ONE);
        let scorer = engine.scorer(0, &Weights::prior(), 3.3);
        let ratios = engine.prior_ratios();
        let translation = TranslationRatios { table: &ratios, held_out: None };
        let len = Pair::new(passages.zh.len(), passages.en.len());
        let lattice = Lattice::new(search::search(
            &scorer,
            translation,
            &Band::full(len),
            Threads::ONE,
        ));
        let path = lattice.best_path(scorer.gap);
        let found: f64 = path.iter().map(|&e| f64::from(lattice.edges[e].score)).sum();
        let all = slow::best(&scorer, translation, len, &Pins::default());
        assert!((found - all).abs() < 1e-3, "seed {seed}: {found} {all}");
    }
}

/// Some pins of a document of that many passages, of any size.
fn some_pins(len: Pair<usize>, dice: &mut Dice) -> Pins {
    let (mut at, mut pins) = (Pair::new(0, 0), Vec::new());
    loop {
        let pin = at.map(|at| {
            let start = at + dice.roll(4) as usize;
            start..start + dice.roll(4) as usize
        });
        if pin.zh.end > len.zh || pin.en.end > len.en {
            return Pins::new(pins, len).expect("they rise by construction");
        }
        at = pin.as_ref().map(|range| range.end);
        if !pin.zh.is_empty() || !pin.en.is_empty() {
            pins.push(pin);
        }
    }
}

#[test]
fn the_lattice_keeps_the_best_of_all_ladders_through_pins() {
    let mut n_pins = 0;
    for seed in 1..60 {
        let mut dice = Dice(seed * 104_729);
        let texts = texts(8, 14, &mut dice);
        let passages = borrow(&texts);
        let len = Pair::new(passages.zh.len(), passages.en.len());
        let pins = some_pins(len, &mut dice);
        n_pins += pins.beads().len();
        let engine = Engine::pinned(
            &[&passages],
            &[&pins],
            Seed::shipped(),
            &Learned::default(),
            Threads::ONE,
        );
        let mut scorer = engine.scorer(0, &Weights::prior(), 3.3);
        // The slow search knows no longer omissions.
        scorer.gap = Gap { open: -100.0, each: -100.0 };
        let ratios = engine.prior_ratios();
        let translation = TranslationRatios { table: &ratios, held_out: None };
        let lattice = engine.sift(&scorer, translation, &pins);
        let path = lattice.best_path(scorer.gap);
        let found: f64 = path.iter().map(|&e| f64::from(lattice.edges[e].score)).sum();
        let all = slow::best(&scorer, translation, len, &pins);
        assert!((found - all).abs() < 1e-3, "seed {seed}: {found} {all}");
    }
    assert!(n_pins > 60, "{n_pins}");
}

#[test]
fn every_pin_is_a_sure_bead_of_the_ladder() {
    for seed in 1..40 {
        let mut dice = Dice(seed * 31_337);
        let texts = texts(30, 60, &mut dice);
        let passages = borrow(&texts);
        let len = Pair::new(passages.zh.len(), passages.en.len());
        let pins = some_pins(len, &mut dice);
        let params = Params::default();
        let seed = Seed::shipped();
        let pinned = align_pinned(&passages, &pins, seed, &params, &Learned::default()).0;
        for pin in pins.beads() {
            let bead = pinned.ladder.beads().iter().find(|bead| bead.range == *pin);
            assert_eq!(bead.map(|bead| bead.score), Some(1.0), "{pin:?}");
        }
    }
}

#[test]
fn without_pins_it_is_the_plain_alignment() {
    for n in [0, 1, 30, 500] {
        let texts = texts(n, 400, &mut Dice(77));
        let passages = borrow(&texts);
        let (seed, params) = (Seed::shipped(), Params::default());
        let none = Learned::default();
        let pinned = align_pinned(&passages, &Pins::default(), seed, &params, &none);
        assert_eq!(pinned, align_after(&passages, seed, &params, &none));
    }
}

#[test]
fn pins_that_the_ladder_has_already_change_no_bead() {
    let texts = texts(60, 80, &mut Dice(5));
    let passages = borrow(&texts);
    let (seed, params) = (Seed::shipped(), Params::default());
    let plain = align(&passages, seed, &params).ladder;
    let ranges = |ladder: &Ladder| -> Vec<_> {
        ladder.beads().iter().map(|bead| bead.range.clone()).collect()
    };
    for every in [1, 2, 7] {
        let pins = ranges(&plain).into_iter().step_by(every).collect();
        let pins = Pins::new(pins, plain.len()).unwrap();
        let pinned = align_pinned(&passages, &pins, seed, &params, &Learned::default());
        assert_eq!(ranges(&pinned.0.ladder), ranges(&plain), "every {every}");
    }
}

/// English passages of which some stand joined, and where a page is missing.
#[test]
fn ten_pins_around_a_missing_page_are_worth_two_halves_aligned_by_themselves() {
    let mut dice = Dice(20_261);
    let mut both = texts(120, 90, &mut dice);
    let n_zh = both.zh.len();
    // The page that is missing, and what is right: a passage each, and none for the page.
    let page = 50..70.min(both.en.len());
    let whole = align(&borrow(&both), Seed::shipped(), &Params::default()).ladder;
    both.en.drain(page.clone());
    let right = |bead: &Bead| -> Option<Pair<Range<usize>>> {
        let en = bead.range.en.clone();
        let is_kept = en.end <= page.start || en.start >= page.end;
        let moved = |at: usize| if at >= page.end { at - page.len() } else { at };
        (is_kept && !bead.is_single())
            .then(|| Pair::new(bead.range.zh.clone(), moved(en.start)..moved(en.end)))
    };
    let gold: Vec<Pair<Range<usize>>> = whole.beads().iter().filter_map(right).collect();
    let pins: Vec<_> = gold.iter().step_by(gold.len().div_ceil(10)).cloned().collect();
    assert_eq!(pins.len(), 10);
    let passages = borrow(&both);
    let len = Pair::new(passages.zh.len(), passages.en.len());
    let pins = Pins::new(pins, len).unwrap();
    let (seed, params) = (Seed::shipped(), Params::default());
    let pinned = align_pinned(&passages, &pins, seed, &params, &Learned::default()).0;
    let cut = gold.iter().find(|bead| bead.en.start >= page.start).unwrap();
    let half = |range: Pair<Range<usize>>| {
        let texts = Pair::new(
            both.zh[range.zh.clone()].to_vec(),
            both.en[range.en.clone()].to_vec(),
        );
        let ladder = align(&borrow(&texts), seed, &params).ladder;
        let shifted = |bead: &Bead| {
            bead.range.clone().map_sides(|side, r| {
                let start = range.get(side).start;
                r.start + start..r.end + start
            })
        };
        ladder.beads().iter().map(shifted).collect::<Vec<_>>()
    };
    let mut halves = half(Pair::new(0..cut.zh.start, 0..cut.en.start));
    halves.extend(half(Pair::new(cut.zh.start..n_zh, cut.en.start..len.en)));
    let n_right = |beads: &[Pair<Range<usize>>]| {
        beads.iter().filter(|bead| gold.contains(bead)).count()
    };
    let found: Vec<_> =
        pinned.ladder.beads().iter().map(|bead| bead.range.clone()).collect();
    assert!(
        n_right(&found) >= n_right(&halves),
        "{} {} of {}",
        n_right(&found),
        n_right(&halves),
        gold.len()
    );
}

#[test]
fn pins_that_cross_or_lie_outside_are_none() {
    let len = Pair::new(300, 300);
    let pins = |beads: &[(Range<usize>, Range<usize>)]| {
        let beads = beads.iter().map(|(zh, en)| Pair::new(zh.clone(), en.clone()));
        Pins::new(beads.collect(), len)
    };
    assert!(pins(&[(0..1, 0..0), (1..256, 0..9)]).is_ok());
    assert_eq!(pins(&[(3..3, 4..4)]), Err(PinError::Empty { pin: 0 }));
    assert_eq!(
        pins(&[(0..2, 0..2), (1..3, 2..3)]),
        Err(PinError::Crossing { pin: 1, side: Side::Zh })
    );
    assert_eq!(
        pins(&[(0..1, 0..256)]),
        Err(PinError::TooLong { pin: 0, side: Side::En })
    );
    assert_eq!(
        pins(&[(299..301, 0..1)]),
        Err(PinError::Outside { pin: 0, side: Side::Zh })
    );
}

#[test]
fn a_confirmed_bead_teaches_its_words() {
    // Two words that nothing else ties, side by side in ten confirmed beads of three passages
    // each: where they stand alone, they find each other.
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for k in 0..10 {
        zh.extend([format!("p{k} kappa"), format!("r{k}"), format!("s{k}")]);
        en.extend([format!("q{k} lambda"), format!("t{k}")]);
    }
    let pins: Vec<_> =
        (0..10).map(|k| Pair::new(3 * k..3 * k + 3, 2 * k..2 * k + 2)).collect();
    zh.push("kappa kappa kappa".to_owned());
    en.push("lambda lambda lambda".to_owned());
    let texts = Pair::new(zh, en);
    let passages = borrow(&texts);
    let pins = Pins::new(pins, Pair::new(31, 21)).unwrap();
    let (seed, params) = (Seed::shipped(), Params::default());
    let taught = align_pinned(&passages, &pins, seed, &params, &Learned::default()).0;
    let last = taught.evidence.last().unwrap();
    let words = Pair::new("kappa".to_owned(), "lambda".to_owned());
    assert!(last.iter().any(|one| one.text == words), "{last:?}");
}

/// The search once more, as slow and plain as can be. Omissions do not run.
mod slow {
    use super::super::score::{Scorer, SpanRatios, TranslationRatios, may_pair};
    use super::*;

    pub(super) fn best(
        scorer: &Scorer<'_>,
        translation: TranslationRatios<'_>,
        len: Pair<usize>,
        pins: &Pins,
    ) -> f64 {
        let mut best = vec![vec![f64::NEG_INFINITY; len.en + 1]; len.zh + 1];
        best[0][0] = 0.0;
        for zh in 0..=len.zh {
            for en in 0..=len.en {
                let is_here =
                    |pin: &&Pair<Range<usize>>| (pin.zh.end, pin.en.end) == (zh, en);
                if let Some(pin) = pins.beads().iter().find(is_here) {
                    best[zh][en] = best[zh][en].max(best[pin.zh.start][pin.en.start]);
                }
                for n_zh in 0..=zh.min(5) {
                    for n_en in 0..=en.min(10) {
                        let is_bead = (n_zh, n_en) == (1, 0)
                            || (n_zh, n_en) == (0, 1)
                            || may_pair(n_zh, n_en);
                        // A bead lies on one side of each pin.
                        let is_free = pins.beads().iter().all(|pin| {
                            zh <= pin.zh.start && en <= pin.en.start
                                || pin.zh.end <= zh - n_zh && pin.en.end <= en - n_en
                        });
                        if is_bead && is_free {
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
fn any_number_of_threads_gives_the_same_alignment() {
    let mut dice = Dice(97);
    // So long that it is searched along anchors, in many pieces.
    let texts = texts(900, 400, &mut dice);
    let passages = borrow(&texts);
    let [one, two, five] = [1, 2, 5].map(|threads| {
        let params = Params { threads, ..Params::default() };
        align_after(&passages, Seed::shipped(), &params, &Learned::default())
    });
    assert_eq!(one.0, two.0);
    assert_eq!(one.0, five.0);
    assert_eq!(one.1, five.1, "what is learned");
}

#[test]
fn the_same_input_gives_the_same_alignment() {
    let texts = texts(80, 100, &mut Dice(3));
    let run = || align(&borrow(&texts), Seed::shipped(), &Params::default());
    assert_eq!(run(), run());
}
