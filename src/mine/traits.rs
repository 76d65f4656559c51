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
/// At most this many places of a candidate are looked at, at even steps. Few, so that what stands
/// beside a word varies no more in a long text than in the short ones that the curves were fitted
/// to (measured: with 200, the commonest words of a long text came first).
const MAX_LOOKS: usize = 16;

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
    /// Share of the Chinese places inside longer claims.
    pub(super) enclosed: f64,
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
            enclosed: 0.0,
        }
    }
}

/// The features of a claimed pair.
pub(super) fn of_claim(
    (corpus, seed): (&Corpus, &Seed),
    claim: &Claim,
    (zh, en): (&Candidate, &Candidate),
    company: Company,
) -> Traits {
    let link = &claim.link;
    let ln = |x: f64| (x + 0.01).ln();
    let flag = |is: bool| f64::from(u8::from(is));
    let place = en.sample();
    let words = &corpus.en[place.unit as usize].words[place.run.range()];
    let content: Vec<&EnForm> =
        words.iter().map(|w| corpus.en_form(*w)).filter(|form| !form.is_stop).collect();
    let general: Vec<f64> = content
        .iter()
        .map(|form| {
            let known = corpus.lemmas[form.lemma as usize].known.first();
            let count = known.map_or(0, |(lemma, _)| seed.lemma_frequency(*lemma));
            f64::from(count).ln_1p()
        })
        .collect();
    let mean = general.iter().sum::<f64>() / general.len().max(1) as f64;
    let least = general.iter().copied().fold(f64::INFINITY, f64::min);
    let (first, last) =
        (corpus.en_form(words[0]), corpus.en_form(words[words.len() - 1]));
    let zh_words = zh_words(corpus, zh.sample());
    let zh_forms: Vec<_> = zh_words.iter().map(|w| corpus.zh_form(*w)).collect();
    let frequency = zh_forms
        .iter()
        .filter(|form| form.is_content)
        .map(|form| form.frequency)
        .min()
        .unwrap_or(0);
    let n_chars = zh.len() as f64;
    // A name is no worse for being long.
    let is_name = capital_share(corpus, en) > NAME && content.len() >= 2;
    let longest = if is_name { LONG_NAME } else { Pair::new(usize::MAX, usize::MAX) };
    let zh_sides = zh_sides(corpus, zh);
    let en_sides = en_sides(corpus, en);
    let written: String = {
        let place = zh.sample();
        corpus.zh[place.unit as usize].chars[place.run.range()].iter().collect()
    };
    let is_headword = seed.word(&written).is_some();
    let is_verb = first.verbness > VERB || first.is_operative;
    let is_gerund = first.text.ends_with("ing");
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
        (content.len().clamp(1, longest.en) as f64).ln(),
        (zh.len().min(longest.zh) as f64).ln(),
        (zh_words.len().clamp(1, longest.en) as f64).ln(),
        flag(link.has_particle),
        flag(link.is_coordination && !is_name),
        flag(link.is_lopsided && !is_name),
        flag(link.is_soft),
        zh_sides.left.entropy(),
        zh_sides.right.entropy(),
        en_sides.left.entropy(),
        en_sides.right.entropy(),
        zh_sides.left.free_share(),
        zh_sides.right.free_share(),
        en_sides.left.free_share(),
        en_sides.right.free_share(),
        en_sides.left.articles as f64 / en_sides.left.total.max(1) as f64,
        flag(is_headword),
        if least.is_finite() { least } else { 0.0 },
        mean,
        f64::from(frequency).ln_1p(),
        flag(words.len() == 1 && zh_words.len() == 1),
        flag(words.len() == 1 && is_verb),
        flag(words.len() > 1 && (is_verb || is_gerund)),
        flag(is_modifier(&last.text)),
        flag(zh_forms.first().is_some_and(|form| form.is_predicate)),
        flag(zh_forms.last().is_some_and(|form| form.is_noun)),
        (ln(link.score) - ln(company.rivals.0)).clamp(-2.0, 2.0),
        (ln(link.score) - ln(company.rivals.1)).clamp(-2.0, 2.0),
        company.enclosed,
        flag(claim.inside.is_some()),
        (company.held as f64).ln_1p(),
        if is_name {
            0.0
        } else {
            (n_chars / content.len().max(1) as f64 / 2.0).ln().abs()
        },
    ]
}

/// What stands beside the places of a candidate, on one of its sides.
#[derive(Debug, Default)]
struct Beside {
    counts: FxHashMap<u32, u32>,
    free: usize,
    articles: usize,
    total: usize,
}

/// Both sides of the places.
#[derive(Debug, Default)]
struct Neighbours {
    left: Beside,
    right: Beside,
}

/// Stands for the beginning or end of a unit, which is new each time.
const END: u32 = u32::MAX;

impl Beside {
    fn meet(&mut self, neighbour: u32, is_free: bool) {
        // Each end is a neighbour of its own: it says that anything might stand there.
        let neighbour =
            if neighbour == END { END - self.total as u32 } else { neighbour };
        *self.counts.entry(neighbour).or_default() += 1;
        self.free += usize::from(is_free);
        self.total += 1;
    }

    fn entropy(&self) -> f64 {
        let total = self.total.max(1) as f64;
        let mut counts: Vec<u32> = self.counts.values().copied().collect();
        counts.sort_unstable();
        let share = counts.into_iter().map(|n| f64::from(n) / total);
        share.map(|p| -p * p.ln()).sum()
    }

    fn free_share(&self) -> f64 {
        self.free as f64 / self.total.max(1) as f64
    }
}

fn looks(candidate: &Candidate) -> impl Iterator<Item = &RunPlace> {
    let step = candidate.places.len().div_ceil(MAX_LOOKS).max(1);
    candidate.places.iter().step_by(step)
}

fn zh_sides(corpus: &Corpus, zh: &Candidate) -> Neighbours {
    const JOINS: [&str; 7] = ["的", "之", "和", "与", "或", "及", "以及"];
    const LEADS: [&str; 3] = ["在", "对", "由"];
    let mut out = Neighbours::default();
    for place in looks(zh) {
        let text = &corpus.zh[place.unit as usize];
        let at = text.words.partition_point(|word| word.run.end <= place.run.start);
        let beside = |word: Option<&super::corpus::ZhWord>, is_left: bool| match word {
            None => (END, true),
            Some(word) => {
                let form = corpus.zh_form(*word);
                let joins = JOINS.contains(&&*form.text)
                    || (is_left && LEADS.contains(&&*form.text));
                let neighbour = if form.is_mark { END } else { word.form };
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

fn en_sides(corpus: &Corpus, en: &Candidate) -> Neighbours {
    let mut out = Neighbours::default();
    for place in looks(en) {
        let words = &corpus.en[place.unit as usize].words;
        let beside = |word: Option<&super::corpus::EnWord>| match word {
            None => (END, true),
            Some(word) => {
                let form = corpus.en_form(*word);
                (if form.is_mark { END } else { form.fold }, form.is_stop)
            }
        };
        let before = (place.run.start as usize).checked_sub(1).map(|at| &words[at]);
        let (left, is_free) = beside(before);
        out.left.meet(left, is_free);
        out.left.articles += usize::from(before.is_some_and(|word| {
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
