//! What a row of the list is known by: the features that the ranker weighs.
//!
//! Comes in: a claimed pair and the text around its places. Goes out: a number for each
//! [`Trait`], all of them about the pair, none about its words: nothing here is keyed to a
//! subject. docs/terms.md, 10, says what each is worth.

use rustc_hash::FxHashMap;

use super::candidates::{Candidate, RunPlace};
use super::candidates_en::{VERB, capital_share};
use super::claiming::Claim;
use super::corpus::{Corpus, EnForm, Run};
use super::features::Link;
use super::kind::is_modifier;
use crate::lexicon::Seed;
use crate::types::Pair;

/// Share of places with capitals from which several English words are a name.
const NAME: f64 = 0.9;
/// From here on names count as equally long, in characters and words.
const LONG_NAME: Pair<usize> = Pair { zh: 6, en: 3 };
/// At most this many places of a candidate are looked at, at even steps.
const MAX_LOOKS: usize = 200;
/// Variety is that of so many places, taken at random from those that are looked at: it grows with
/// their number, and with all of them the commonest words of a long text came first (measured).
const SAMPLE: u32 = 16;

macro_rules! traits {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A feature of a row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Trait {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Trait {
            /// All of them, in the order in which a row holds them.
            pub const ALL: &[Trait] = &[$(Trait::$variant,)*];

            /// As the table of weights writes it.
            pub fn name(self) -> &'static str {
                match self { $(Trait::$variant => $name,)* }
            }
        }
    };
}

traits! {
    /// Logarithm of the score of the link.
    Score = "score",
    /// Logarithm of the common places.
    Count = "count",
    /// Dice coefficient over the units.
    Dice = "dice",
    /// Lexical support.
    Support = "support",
    /// How well the English words are accounted for.
    EnCover = "en-cover",
    /// How well the Chinese characters are.
    ZhCover = "zh-cover",
    /// How far the links of both stay among themselves.
    Consistency = "consistency",
    /// Share of the English words that the lexicon alone accounts for.
    Lexicon = "lexicon",
    /// How much the weakest edge is linked.
    Edge = "edge",
    /// The English is a whole gloss of the Chinese.
    Gloss = "gloss",
    /// Logarithm of the English words of content.
    EnWords = "en-words",
    /// Logarithm of the Chinese characters.
    ZhChars = "zh-chars",
    /// Logarithm of the Chinese words.
    ZhWords = "zh-words",
    /// 的 or 之 inside.
    Particle = "particle",
    /// One side or both name several things.
    Coordination = "coordination",
    /// Only one side does.
    LopsidedCoordination = "lopsided",
    /// A side opens or closes with what seldom stands at the edge of a term.
    Soft = "soft",
    /// Entropy of what stands left of the Chinese, in nats.
    ZhLeft = "zh-left",
    /// The same right of it.
    ZhRight = "zh-right",
    /// The same left of the English.
    EnLeft = "en-left",
    /// The same right of it.
    EnRight = "en-right",
    /// Share of places with a mark, an end or a joining word left of the Chinese.
    ZhFreeLeft = "zh-free-left",
    /// The same right of it.
    ZhFreeRight = "zh-free-right",
    /// Share of places with a mark, an end or a function word left of the English.
    EnFreeLeft = "en-free-left",
    /// The same right of it.
    EnFreeRight = "en-free-right",
    /// Share of places with an article before the English.
    Article = "article",
    /// The Chinese is a headword of the lexicon.
    Headword = "headword",
    /// Least count of an English word of content among all glosses, as a logarithm.
    LeastGeneral = "least-general",
    /// The mean of these.
    MeanGeneral = "mean-general",
    /// Logarithm of how frequent the rarest Chinese word is in general text.
    Frequency = "frequency",
    /// One word against one word.
    Plain = "plain",
    /// The only English word is a verb.
    SingleVerb = "single-verb",
    /// The first of several English words is more of a verb than a noun, or a gerund.
    OpeningVerb = "opening-verb",
    /// The English ends in what may be an adjective or participle.
    ClosingModifier = "closing-modifier",
    /// The Chinese opens with a verb by the word list.
    ZhVerb = "zh-verb",
    /// The Chinese closes with a noun by the word list.
    ZhNoun = "zh-noun",
    /// Logarithm of score over that of the best other English of the Chinese.
    ZhMargin = "zh-margin",
    /// The same over the best other Chinese of the English.
    EnMargin = "en-margin",
    /// Share of its Chinese places inside longer claims.
    Enclosed = "enclosed",
    /// It has no place outside longer claims.
    Nested = "nested",
    /// Claims that it holds on both sides, as log(1 + n).
    Holds = "holds",
    /// How far characters for each English word are from two, as a logarithm.
    Length = "length",
}

/// The features of a row, in the order of [`Trait::ALL`].
pub(super) type Traits = Vec<f64>;

/// What of the other rows bears on one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Company {
    /// Best score of another link of the same Chinese, of the same English.
    pub(super) rivals: (f64, f64),
    /// Claims that it holds.
    pub(super) held: usize,
}

/// What of the links and claims bears on each of them.
pub(super) struct Companies {
    best_of_zh: FxHashMap<u32, [f64; 2]>,
    best_of_en: FxHashMap<u32, [f64; 2]>,
    /// For each claim those that it holds.
    held: Vec<usize>,
}

impl Companies {
    pub(super) fn new(links: &[Link], held: Vec<usize>) -> Self {
        let raise = |best: &mut [f64; 2], score: f64| {
            if score > best[0] {
                *best = [score, best[0]];
            } else if score > best[1] {
                best[1] = score;
            }
        };
        let (mut best_of_zh, mut best_of_en) =
            (FxHashMap::default(), FxHashMap::default());
        for link in links {
            raise(best_of_zh.entry(link.zh).or_default(), link.score);
            raise(best_of_en.entry(link.en).or_default(), link.score);
        }
        Self { best_of_zh, best_of_en, held }
    }

    /// What bears on a link that is, or might be, the claim with this index.
    pub(super) fn of(&self, link: &Link, claim: usize) -> Company {
        let rival = |best: Option<&[f64; 2]>| match best {
            Some(best) if best[0] > link.score => best[0],
            Some(best) => best[1],
            // What was pooled has no link of its own.
            None => 0.0,
        };
        Company {
            rivals: (
                rival(self.best_of_zh.get(&link.zh)),
                rival(self.best_of_en.get(&link.en)),
            ),
            held: self.held[claim],
        }
    }
}

/// What is seen of a Chinese candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct ZhLook {
    n_chars: usize,
    n_words: usize,
    /// Occurrences in general text of its rarest word of content.
    frequency: u32,
    is_headword: bool,
    opens_with_predicate: bool,
    closes_with_noun: bool,
    /// What stands beside it.
    pub(super) sides: Neighbours,
}

/// What is seen of an English candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct EnLook {
    pub(super) capital: f64,
    n_words: usize,
    n_content: usize,
    /// Least count of a word of content among all glosses, as a logarithm, and their mean.
    least: f64,
    mean: f64,
    opens_with_verb: bool,
    opens_with_gerund: bool,
    closes_with_modifier: bool,
    /// What stands beside it.
    pub(super) sides: Neighbours,
}

impl ZhLook {
    /// What is seen at the first place, and beside those at hand; `claimed` are the Chinese
    /// places of the claims by unit.
    pub(super) fn new(
        corpus: &Corpus,
        seed: &Seed,
        zh: &Candidate,
        claimed: &[Vec<Run>],
    ) -> Self {
        let place = zh.sample();
        let words = zh_words(corpus, place);
        let forms: Vec<_> = words.iter().map(|word| corpus.zh_form(*word)).collect();
        let content = forms.iter().filter(|form| form.is_content);
        let written: String =
            corpus.zh[place.unit as usize].chars[place.run.range()].iter().collect();
        Self {
            n_chars: zh.len(),
            n_words: words.len(),
            frequency: content.map(|form| form.frequency).min().unwrap_or(0),
            is_headword: seed.word(&written).is_some(),
            opens_with_predicate: forms.first().is_some_and(|form| form.is_predicate),
            closes_with_noun: forms.last().is_some_and(|form| form.is_noun),
            sides: Neighbours {
                enclosed: n_enclosed(claimed, looks(zh)),
                ..zh_sides(corpus, looks(zh))
            },
        }
    }
}

impl EnLook {
    /// What is seen at the first place, and beside those at hand.
    pub(super) fn new(corpus: &Corpus, seed: &Seed, en: &Candidate) -> Self {
        let place = en.sample();
        let words = &corpus.en[place.unit as usize].words[place.run.range()];
        let content: Vec<&EnForm> = words
            .iter()
            .map(|w| corpus.en_form(*w))
            .filter(|form| !form.is_stop)
            .collect();
        let general: Vec<f64> = content
            .iter()
            .map(|form| {
                let known = corpus.lemmas[form.lemma as usize].known.first();
                let count = known.map_or(0, |(lemma, _)| seed.lemma_frequency(*lemma));
                f64::from(count).ln_1p()
            })
            .collect();
        let least = general.iter().copied().fold(f64::INFINITY, f64::min);
        let (first, last) =
            (corpus.en_form(words[0]), corpus.en_form(words[words.len() - 1]));
        Self {
            capital: capital_share(corpus, en),
            n_words: words.len(),
            n_content: content.len(),
            least: if least.is_finite() { least } else { 0.0 },
            mean: general.iter().sum::<f64>() / general.len().max(1) as f64,
            opens_with_verb: first.verbness > VERB || first.is_operative,
            opens_with_gerund: first.text.ends_with("ing"),
            closes_with_modifier: is_modifier(&last.text),
            sides: en_sides(corpus, looks(en)),
        }
    }
}

/// The features of a claimed pair.
pub(super) fn of_claim(
    claim: &Claim,
    zh: &ZhLook,
    en: &EnLook,
    company: Company,
) -> Traits {
    let link = &claim.link;
    let ln = |x: f64| (x + 0.01).ln();
    let flag = |is: bool| f64::from(u8::from(is));
    let n_chars = zh.n_chars as f64;
    // A name is no worse for being long.
    let is_name = en.capital > NAME && en.n_content >= 2;
    let longest = if is_name { LONG_NAME } else { Pair::new(usize::MAX, usize::MAX) };
    vec![
        ln(link.score),
        f64::from(link.count).ln(),
        link.dice,
        link.support,
        link.covers.0,
        link.covers.1,
        link.consistency,
        link.lexicon,
        link.edge.min(1.0),
        flag(link.is_gloss),
        (en.n_content.clamp(1, longest.en) as f64).ln(),
        (zh.n_chars.min(longest.zh) as f64).ln(),
        (zh.n_words.clamp(1, longest.en) as f64).ln(),
        flag(link.has_particle),
        flag(link.is_coordination && !is_name),
        flag(link.is_lopsided && !is_name),
        flag(link.is_soft),
        zh.sides.left.entropy(),
        zh.sides.right.entropy(),
        en.sides.left.entropy(),
        en.sides.right.entropy(),
        zh.sides.left.free_share(),
        zh.sides.right.free_share(),
        en.sides.left.free_share(),
        en.sides.right.free_share(),
        f64::from(en.sides.left.articles) / f64::from(en.sides.left.total.max(1)),
        flag(zh.is_headword),
        en.least,
        en.mean,
        f64::from(zh.frequency).ln_1p(),
        flag(en.n_words == 1 && zh.n_words == 1),
        flag(en.n_words == 1 && en.opens_with_verb),
        flag(en.n_words > 1 && (en.opens_with_verb || en.opens_with_gerund)),
        flag(en.closes_with_modifier),
        flag(zh.opens_with_predicate),
        flag(zh.closes_with_noun),
        (ln(link.score) - ln(company.rivals.0)).clamp(-2.0, 2.0),
        (ln(link.score) - ln(company.rivals.1)).clamp(-2.0, 2.0),
        zh.sides.enclosed_share(),
        flag(claim.inside.is_some()),
        (company.held as f64).ln_1p(),
        if is_name {
            0.0
        } else {
            (n_chars / en.n_content.max(1) as f64 / 2.0).ln().abs()
        },
    ]
}

/// What stands beside the places of a candidate, on one of its sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    counts: FxHashMap<u32, u32>,
    /// Marks and ends of units. Each is a neighbour of its own: it says that anything might
    /// stand there.
    ends: u32,
    free: u32,
    articles: u32,
    total: u32,
}

/// Both sides of the places.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    left: Beside,
    right: Beside,
    /// How many of the places lie inside longer claims; asked of the Chinese alone.
    enclosed: u32,
}

impl Neighbours {
    /// Adds what stands beside other places.
    pub(super) fn add(&mut self, other: &Self) {
        self.left.add(&other.left);
        self.right.add(&other.right);
        self.enclosed += other.enclosed;
    }

    /// The share of places inside longer claims.
    fn enclosed_share(&self) -> f64 {
        f64::from(self.enclosed) / f64::from(self.left.total.max(1))
    }
}

impl Beside {
    /// Takes note of a neighbour, `None` for a mark or an end.
    fn meet(&mut self, neighbour: Option<u32>, is_free: bool) {
        match neighbour {
            Some(word) => *self.counts.entry(word).or_default() += 1,
            None => self.ends += 1,
        }
        self.free += u32::from(is_free);
        self.total += 1;
    }

    #[expect(clippy::iter_over_hash_type, reason = "a sum in whole numbers has no order")]
    fn add(&mut self, other: &Self) {
        for (word, n) in &other.counts {
            *self.counts.entry(*word).or_default() += n;
        }
        self.ends += other.ends;
        self.free += other.free;
        self.articles += other.articles;
        self.total += other.total;
    }

    /// The entropy that a sample of the places may be expected to have, in nats.
    fn entropy(&self) -> f64 {
        let n = self.total.clamp(1, SAMPLE);
        let mut counts: Vec<u32> = self.counts.values().copied().collect();
        counts.extend((0..self.ends).map(|_| 1));
        counts.sort_unstable();
        let same = counts.chunk_by(|a, b| a == b);
        same.map(|same| same.len() as f64 * expected_term(same[0], self.total, n)).sum()
    }

    fn free_share(&self) -> f64 {
        f64::from(self.free) / f64::from(self.total.max(1))
    }
}

/// What a neighbour with `count` of `total` places may be expected to add to the entropy of `n` of
/// them: the mean of -k/n ln k/n, the k of the sample being hypergeometric (rarefaction, after
/// Hurlbert 1971, Ecology 52:4).
fn expected_term(count: u32, total: u32, n: u32) -> f64 {
    let samples = choose(total, n);
    let term = |k: u32| {
        let share = f64::from(k) / f64::from(n);
        let chance = choose(count, k) * choose(total - count, n - k) / samples;
        -chance * share * share.ln()
    };
    (1..=n.min(count)).map(term).sum()
}

/// The number of ways to take `k` of `n`.
fn choose(n: u32, k: u32) -> f64 {
    (0..k).map(|i| (f64::from(n) - f64::from(i)).max(0.0) / f64::from(i + 1)).product()
}

fn looks(candidate: &Candidate) -> impl Iterator<Item = &RunPlace> {
    let step = candidate.places.len().div_ceil(MAX_LOOKS).max(1);
    candidate.places.iter().step_by(step)
}

/// How many places of a Chinese candidate lie inside longer claims.
fn n_enclosed<'a>(
    claimed: &[Vec<Run>],
    places: impl Iterator<Item = &'a RunPlace>,
) -> u32 {
    let is_enclosed = |place: &&RunPlace| {
        let mut around = claimed[place.unit as usize].iter();
        around.any(|run| run.contains(place.run) && *run != place.run)
    };
    places.filter(is_enclosed).count() as u32
}

/// What stands beside places of a Chinese candidate.
fn zh_sides<'a>(
    corpus: &Corpus,
    places: impl Iterator<Item = &'a RunPlace>,
) -> Neighbours {
    const JOINS: [&str; 7] = ["的", "之", "和", "与", "或", "及", "以及"];
    const LEADS: [&str; 3] = ["在", "对", "由"];
    let mut out = Neighbours::default();
    for place in places {
        let text = &corpus.zh[place.unit as usize];
        let at = text.words.partition_point(|word| word.run.end <= place.run.start);
        let beside = |word: Option<&super::corpus::ZhWord>, is_left: bool| match word {
            None => (None, true),
            Some(word) => {
                let form = corpus.zh_form(*word);
                let joins = JOINS.contains(&&*form.text)
                    || (is_left && LEADS.contains(&&*form.text));
                let neighbour = (!form.is_mark).then_some(word.form);
                (neighbour, form.is_mark || joins)
            }
        };
        let (left, is_free) =
            beside(at.checked_sub(1).map(|before| &text.words[before]), true);
        out.left.meet(left, is_free);
        let behind = text.words.partition_point(|word| word.run.start < place.run.end);
        let (right, is_free) = beside(text.words.get(behind), false);
        out.right.meet(right, is_free);
    }
    out
}

/// What stands beside places of an English candidate.
fn en_sides<'a>(
    corpus: &Corpus,
    places: impl Iterator<Item = &'a RunPlace>,
) -> Neighbours {
    let mut out = Neighbours::default();
    for place in places {
        let words = &corpus.en[place.unit as usize].words;
        let beside = |word: Option<&super::corpus::EnWord>| match word {
            None => (None, true),
            Some(word) => {
                let form = corpus.en_form(*word);
                ((!form.is_mark).then_some(form.fold), form.is_stop)
            }
        };
        let before = (place.run.start as usize).checked_sub(1).map(|at| &words[at]);
        let (left, is_free) = beside(before);
        out.left.meet(left, is_free);
        out.left.articles += u32::from(before.is_some_and(|word| {
            matches!(&*corpus.en_form(*word).text, "the" | "a" | "an")
        }));
        let (right, is_free) = beside(words.get(place.run.end as usize));
        out.right.meet(right, is_free);
    }
    out
}

/// The words of a Chinese place.
fn zh_words(corpus: &Corpus, place: RunPlace) -> &[super::corpus::ZhWord] {
    let words = &corpus.zh[place.unit as usize].words;
    let run: Run = place.run;
    let first = words.partition_point(|word| word.run.start < run.start);
    let n = words[first..].iter().take_while(|word| word.run.end <= run.end).count();
    &words[first..first + n]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands beside places, by how often each neighbour does.
    fn beside(counts: &[u32]) -> Beside {
        let mut out = Beside::default();
        for (word, n) in (0..).zip(counts) {
            (0..*n).for_each(|_| out.meet(Some(word), false));
        }
        out
    }

    #[test]
    fn few_places_have_their_own_entropy() {
        let even = beside(&[2, 2]).entropy();
        assert!((even - 2.0_f64.ln()).abs() < 1e-9, "{even}");
        assert!(beside(&[9]).entropy().abs() < 1e-9);
        assert!(beside(&[]).entropy().abs() < 1e-9);
    }

    #[test]
    fn a_longer_text_of_the_same_kind_has_no_more_variety() {
        let (short, long) =
            (beside(&[8, 4, 4]).entropy(), beside(&[800, 400, 400]).entropy());
        assert!((short - long).abs() < 0.1, "{short} {long}");
        // Each place with a neighbour of its own: no more than the sample can hold.
        let all_new = beside(&[1; 180]).entropy();
        assert!((all_new - f64::from(SAMPLE).ln()).abs() < 1e-9, "{all_new}");
    }
}
