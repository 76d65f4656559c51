//! Which candidates of the two sides belong together, and how much speaks for it.
//!
//! In come the candidates of both sides, the trained word alignment and the lexicon; out go the
//! pairs that stand together often enough and whose words answer one another, each with a
//! score. Formulas and constants: docs/terms.md, 7.

use super::params::Params;
use rustc_hash::FxHashSet;

use super::candidates::{Candidate, Candidates, RunPlace, shared_units};
use super::candidates_en::capital_share;
use super::corpus::{Corpus, Run, is_affix};
use super::dictionary::{Dictionary, Support};
use super::series::{Order, Series};
use super::word_alignment::WordAlignment;
use crate::lexicon::{Seed, WordId};

/// How many partners of a Chinese candidate are looked at closely.
const MAX_PARTNERS: usize = 60;
/// In how many units at most the links of a pair are looked at, at even steps.
const MAX_LOOKS: usize = 64;
/// How many links of a Chinese candidate are kept, the best of those it has. Source: with 12 the
/// recall on the four development texts is what it is with all.
const MAX_LINKS: usize = 12;
/// Power of the Dice coefficient in the score. Source: measured on the four development texts
/// (prototype: 1). Smaller gives more to the words and less to the counts, which say little when
/// they are small.
const DICE_POWER: f64 = 0.6;
/// Power of the lexical support in the score. Source: as above (prototype: 1.25).
const SUPPORT_POWER: f64 = 2.0;
/// How much the logarithm of the count adds to the score. Source: as above (prototype: 0.25).
const COUNT_SHARE: f64 = 0.4;
/// How much of the score an edge without a link costs: the first and last word of either side
/// should answer to something on the other. Source: as above; 0.5 and more lose recall.
const EDGE_SHARE: f64 = 0.3;
/// Factor where the Chinese opens or closes with one character that no English word answers to:
/// 科 of 科新臺幣. Source: chosen by reading; it moves no figure of the development texts by more
/// than 0.02.
const LOOSE: f64 = 0.6;
/// A character with a link of at least this strength is not loose.
const TIED: f32 = 0.1;
/// Factor where a side opens or closes with what seldom stands at the edge of a term.
const SOFT: f64 = 0.75;
/// From this cover on both members of an English pair are accounted for by the Chinese:
/// 权益 = *rights and interests*.
const BOTH_SUPPORTED: f64 = 0.75;
/// From so many common places on a headword may have a rendering that the lexicon lacks.
const FEW: u32 = 3;
/// Support, at least, of a pair that is the same member of each series it stands in (measured).
const IN_ORDER: f64 = 0.6;
/// Dice coefficient, at least, of such a pair.
const IN_ORDER_DICE: f64 = 0.5;
/// An edge with a link of at least this strength costs nothing.
const EDGE_FULL: f64 = 0.4;
/// Weight of a trained link against an entry of the lexicon.
const TRAINED: f32 = 1.3;

/// Two candidates that may translate one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) zh: u32,
    pub(super) en: u32,
    /// How often they stand in one unit.
    pub(super) count: u32,
    /// Dice coefficient of their places over the units, 0 to 1.
    pub(super) dice: f64,
    /// Mean of lexical cover and alignment consistency, 0 to 1.
    pub(super) support: f64,
    /// How well the English words are accounted for, and the Chinese characters, 0 to 1.
    pub(super) covers: (f64, f64),
    /// How far the links of both stay among themselves, 0 to 1.
    pub(super) consistency: f64,
    /// Share of the words that the lexicon alone accounts for, 0 to 1.
    pub(super) lexicon: f64,
    /// How well it goes together; higher is better, about 0 to 2.
    pub(super) score: f64,
    /// Both sides name several things at once.
    pub(super) is_coordination: bool,
    /// One of both sides opens or closes with what seldom stands at the edge of a term.
    pub(super) is_soft: bool,
    /// Only one side does.
    pub(super) is_lopsided: bool,
    /// How much the least supported word at an edge is linked to the other side, 0 to 1.
    pub(super) edge: f64,
    /// A coordination that is one name: 经济及社会理事会.
    pub(super) is_name: bool,
    /// The Chinese has 的 or 之 inside.
    pub(super) has_particle: bool,
    /// The English is a whole gloss of the Chinese headword.
    pub(super) is_gloss: bool,
    /// The text itself glosses the Chinese with the English, in brackets.
    pub(super) is_glossed: bool,
}

/// How much a gloss in brackets raises the score of a pair.
const GLOSSED: f64 = 1.5;

impl Link {
    /// Takes note of a gloss in brackets.
    pub(super) fn be_glossed_if(&mut self, is_glossed: bool) {
        if is_glossed && !self.is_glossed {
            self.is_glossed = true;
            self.support = self.support.max(0.9);
            self.score *= GLOSSED;
        }
    }
}

/// What the features ask of an English candidate, looked up once.
#[derive(Debug)]
pub(super) struct EnSide {
    /// Lemmas of its words of content.
    lemmas: Vec<u32>,
    has_conjunction: bool,
    /// Members of the series it is, 1 if it is none.
    n_members: usize,
    /// Nearly always capitalised.
    is_name: bool,
    is_soft: bool,
    negation: Negation,
}

/// Does the English deny something?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Negation {
    No,
    /// By a word or prefix that may deny: *invalid*, *failure*.
    Perhaps,
    /// By a word that always does: *not*, *without*.
    Yes,
}

/// What the features ask of a Chinese candidate.
pub(super) struct ZhSide {
    chars: Vec<char>,
    /// The headword it is, if it is one.
    word: Option<WordId>,
    support: Vec<Support>,
    dictionary: Vec<Support>,
    has_conjunction: bool,
    /// Members of the series it is, 1 if it is none.
    n_members: usize,
    has_particle: bool,
    is_soft: bool,
    /// Where words of denial stand in it.
    negations: Vec<u32>,
    /// Its first and last word, in cells.
    edges: [Run; 2],
    /// It stands in a row at its first place.
    is_member: bool,
}

/// What all pairs share.
pub(super) struct Scorer<'a, 'b> {
    pub(super) corpus: &'a Corpus,
    pub(super) seed: &'b Seed,
    pub(super) dictionary: &'a mut Dictionary<'b>,
    pub(super) alignment: &'a WordAlignment,
    pub(super) params: &'a Params,
}

/// All pairs with something to say for them, in order of the Chinese candidate, then the
/// English one.
pub(super) fn links(
    scorer: &mut Scorer<'_, '_>,
    series: &Series,
    zh: &Candidates,
    en: &Candidates,
) -> Vec<Link> {
    let sides: Vec<EnSide> =
        en.list.iter().map(|candidate| en_side(scorer.corpus, candidate)).collect();
    let mut counts = vec![0_u32; en.list.len()];
    let mut out = Vec::new();
    for (id, candidate) in zh.list.iter().enumerate() {
        let partners = partners(candidate, en, &mut counts, scorer.params);
        if partners.is_empty() {
            continue;
        }
        let side = scorer.zh_side(candidate);
        let first = out.len();
        for (partner, count, dice) in partners {
            let other = &en.list[partner as usize];
            let order = series.order(candidate, other);
            let met = (count, dice, order);
            let link = scorer.link(&side, &sides[partner as usize], met, |needed| {
                scorer.consistency(candidate, other, needed)
            });
            out.extend(link.map(|link| Link { zh: id as u32, en: partner, ..link }));
        }
        keep_best(&mut out, first);
    }
    out
}

/// Keeps the best links of a Chinese candidate, those from `first` on, in order of the English.
pub(super) fn keep_best(links: &mut Vec<Link>, first: usize) {
    if links.len() - first > MAX_LINKS {
        // Best first for the cut, then back into the order that is promised.
        links[first..].sort_by(|a, b| b.score.total_cmp(&a.score).then(a.en.cmp(&b.en)));
        links.truncate(first + MAX_LINKS);
        links[first..].sort_unstable_by_key(|link| link.en);
    }
}

/// The English candidates that stand with a Chinese one: index, how often, Dice.
fn partners(
    zh: &Candidate,
    en: &Candidates,
    counts: &mut [u32],
    params: &Params,
) -> Vec<(u32, u32, f64)> {
    let mut met = Vec::new();
    for (unit, n) in zh.units() {
        for &(id, m) in &en.in_unit[unit as usize] {
            if counts[id as usize] == 0 {
                met.push(id);
            }
            // Two places on one side and one on the other make one pair.
            counts[id as usize] += m.min(n as u32);
        }
    }
    let frequency = zh.frequency();
    let mut partners: Vec<(u32, u32, f64)> = met
        .iter()
        .map(|&id| {
            let count = counts[id as usize];
            (id, count, dice(count, frequency, en.list[id as usize].frequency()))
        })
        .filter(|&(_, count, dice)| {
            count as usize >= params.min_count.max(2) && dice >= params.min_dice
        })
        .collect();
    // Only what was met: the table is as long as all candidates together.
    met.iter().for_each(|&id| counts[id as usize] = 0);
    closest(&mut partners);
    partners
}

/// The Dice coefficient of two that meet so often, and stand so often each.
pub(super) fn dice(count: u32, zh: usize, en: usize) -> f64 {
    2.0 * f64::from(count) / (zh + en) as f64
}

/// Keeps those partners that are looked at closely, in order of the English: index, how often,
/// Dice.
pub(super) fn closest(partners: &mut Vec<(u32, u32, f64)>) {
    let weight =
        |&(_, count, dice): &(u32, u32, f64)| dice * (1.0 + f64::from(count)).ln();
    partners.sort_unstable_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.0.cmp(&b.0)));
    partners.truncate(MAX_PARTNERS);
    partners.sort_unstable_by_key(|partner| partner.0);
}

pub(super) fn en_side(corpus: &Corpus, candidate: &Candidate) -> EnSide {
    let place = candidate.sample();
    let words = &corpus.en[place.unit as usize].words[place.run.range()];
    let forms = words.iter().map(|word| corpus.en_form(*word));
    let mut lemmas: Vec<u32> =
        forms.clone().filter(|form| !form.is_stop).map(|form| form.lemma).collect();
    if lemmas.is_empty() {
        lemmas = forms.clone().map(|form| form.lemma).collect();
    }
    let has_conjunction = forms.clone().any(|form| matches!(&*form.text, "and" | "or"));
    let is_name = capital_share(corpus, candidate) > 0.9;
    let is_soft =
        super::candidates_en::is_soft(corpus, &corpus.en[place.unit as usize], place.run);
    let mut n_members = 1;
    let mut is_parted = true;
    for form in forms.clone() {
        let parts = matches!(&*form.text, "and" | "or" | ",");
        n_members += usize::from(parts && !is_parted);
        is_parted = parts;
    }
    let negation = forms.map(|form| negation(&form.text)).max_by_key(|n| *n as u8);
    let negation = negation.unwrap_or(Negation::No);
    EnSide { lemmas, has_conjunction, n_members, is_name, is_soft, negation }
}

/// How surely an English word denies something.
fn negation(word: &str) -> Negation {
    const DENY: [&str; 9] =
        ["not", "no", "non", "without", "never", "neither", "nor", "cannot", "none"];
    const MAY_DENY: [&str; 12] = [
        "un", "in", "im", "ir", "il", "dis", "mis", "anti", "fail", "refus", "lack",
        "absen",
    ];
    if DENY.contains(&word) || word.starts_with("non-") || word.starts_with("not-") {
        Negation::Yes
    } else if MAY_DENY.iter().any(|prefix| word.starts_with(prefix))
        || word.ends_with("less")
        || word.contains("-free")
        || matches!(
            word,
            "prohibit" | "prohibited" | "free" | "exempt" | "unless" | "minor"
        )
    {
        Negation::Perhaps
    } else {
        Negation::No
    }
}

/// Characters that open a word of denial.
const ZH_NEGATIONS: &str = "不未无非没勿";

/// Particles and conjunctions, which no English word need answer to.
fn is_empty_char(c: char) -> bool {
    "的之和与及或、等以并".contains(c)
}

impl Scorer<'_, '_> {
    /// The features of one Chinese run of a unit with each of several English ones, as if
    /// they stood nowhere else.
    pub(super) fn assess(&mut self, unit: u32, zh: Run, ens: &[Run]) -> Vec<(Run, Link)> {
        let zh = Candidate::at(RunPlace { unit, run: zh });
        let side = self.zh_side(&zh);
        ens.iter()
            .filter_map(|&run| {
                let en = Candidate::at(RunPlace { unit, run });
                let other = en_side(self.corpus, &en);
                let link = self.link(&side, &other, (1, 1.0, Order::Unknown), |needed| {
                    self.consistency(&zh, &en, needed)
                });
                link.map(|link| (run, link))
            })
            .collect()
    }

    /// Those of several English runs of whose words of content the lexicon knows each from the
    /// Chinese run.
    pub(super) fn known_runs(&mut self, zh: RunPlace, ens: &[Run]) -> Vec<Run> {
        let chars = &self.corpus.zh[zh.unit as usize].chars[zh.run.range()];
        let known: FxHashSet<u32> =
            self.dictionary.support(chars).iter().map(|support| support.lemma).collect();
        let words = &self.corpus.en[zh.unit as usize].words;
        let is_known = |run: &Run| {
            words[run.range()]
                .iter()
                .map(|word| self.corpus.en_form(*word))
                .all(|form| form.is_stop || known.contains(&form.lemma))
        };
        ens.iter().copied().filter(is_known).collect()
    }

    /// In how many glosses of the lexicon a lemma of the text stands.
    pub(super) fn gloss_count(&self, lemma: u32) -> u32 {
        let known = self.corpus.lemmas[lemma as usize].known.first();
        known.map_or(0, |(lemma, _)| self.seed.lemma_frequency(*lemma))
    }

    /// Those of several English runs that are a whole gloss of a Chinese one.
    pub(super) fn glossed(&mut self, unit: u32, zh: Run, ens: &[Run]) -> Vec<Run> {
        let zh = self.zh_side(&Candidate::at(RunPlace { unit, run: zh }));
        let is_gloss = |run: Run| {
            let en = Candidate::at(RunPlace { unit, run });
            self.is_gloss(&zh, &en_side(self.corpus, &en))
        };
        ens.iter().copied().filter(|&run| is_gloss(run)).collect()
    }

    pub(super) fn zh_side(&mut self, candidate: &Candidate) -> ZhSide {
        let place = candidate.sample();
        let text = &self.corpus.zh[place.unit as usize];
        let chars = text.chars[place.run.range()].to_vec();
        let dictionary = self.dictionary.support(&chars);
        let mut support = dictionary.clone();
        let first = text.words.partition_point(|word| word.run.start < place.run.start);
        let words = text.words[first..].iter().take_while(|w| w.run.end <= place.run.end);
        let (mut has_conjunction, mut has_particle) = (false, false);
        let whole = Run::new(0, chars.len());
        let mut edges = [whole; 2];
        let mut n_members = 1;
        let mut negations = Vec::new();
        let mut is_first = true;
        for word in words {
            let run = Run {
                start: word.run.start - place.run.start,
                end: word.run.end - place.run.start,
            };
            if is_first {
                edges[0] = run;
                is_first = false;
            }
            edges[1] = run;
            let form = self.corpus.zh_form(*word);
            has_conjunction |= form.is_conjunction;
            n_members += usize::from(form.is_conjunction);
            if ZH_NEGATIONS.contains(text.chars[word.run.start as usize]) {
                negations.push(run.start);
            }
            has_particle |= matches!(&*form.text, "的" | "之");
            // What the text itself taught counts more than the lexicon, up to certainty.
            let links = self.alignment.of_form.get(&word.form);
            support.extend(links.into_iter().flatten().map(|&(lemma, t)| Support {
                start: word.run.start - place.run.start,
                end: word.run.end - place.run.start,
                lemma,
                strength: (TRAINED * t).min(1.0),
                share: (TRAINED * t).min(1.0),
            }));
        }
        let written: String = chars.iter().collect();
        let word = self.seed.word(&written).map(|word| word.id);
        let is_soft = super::candidates_zh::is_soft(self.corpus, text, place.run);
        let is_member = is_member(&text.chars, place.run);
        ZhSide {
            chars,
            word,
            support,
            dictionary,
            has_conjunction,
            n_members,
            has_particle,
            is_soft,
            negations,
            edges,
            is_member,
        }
    }

    /// A pair without its indices, `None` where too little speaks for it. `consistency` tells
    /// how far the links of both stay among themselves, or nothing where that is less than
    /// what is needed.
    pub(super) fn link(
        &self,
        zh: &ZhSide,
        en: &EnSide,
        (count, dice, order): (u32, f64, Order),
        consistency: impl FnOnce(f64) -> Option<f64>,
    ) -> Option<Link> {
        if !is_same_series(zh, en) || !denies_alike(zh, en) {
            return None;
        }
        let is_few = (2..FEW).contains(&count) && !en.is_name;
        let is_unsure = match order {
            Order::Same => false,
            Order::Different => true,
            Order::Unknown => is_unsure_member(zh, en),
        };
        if is_few && is_unsure {
            return None;
        }
        let covers = (
            en_cover(&zh.support, &en.lemmas),
            zh_cover(&zh.support, &zh.chars, &en.lemmas),
        );
        let cover = (covers.0 * covers.1).sqrt();
        let is_gloss = self.is_gloss(zh, en);
        // Two that hardly ever stand apart need half as much from their words.
        let is_sure = dice >= 0.9 && count >= 3;
        let is_in_order = order == Order::Same && dice >= IN_ORDER_DICE;
        let least = match is_in_order {
            true => 0.0,
            false if is_sure => 0.5 * self.params.min_support,
            false => self.params.min_support,
        };
        // The mean of cover and consistency must reach the least, so consistency this much.
        let needed = if is_gloss { 0.0 } else { 2.0 * least - cover };
        let consistency = consistency(needed)?;
        let mut support = (cover + consistency) / 2.0;
        if is_gloss {
            support = support.max(0.9);
        }
        if is_in_order {
            support = support.max(IN_ORDER);
        }
        let n_chars = zh.chars.iter().filter(|c| !is_empty_char(**c)).count();
        let ratio = n_chars as f64 / en.lemmas.len().max(1) as f64;
        let length = length_factor(ratio);
        // A conjunction on one side alone hints at a cut in the wrong place; a short Chinese
        // term has no room for two things.
        let conjunction = match (zh.has_conjunction, en.has_conjunction) {
            (false, false) => 1.0,
            (true, true) => 0.75,
            (true, false) => 0.5,
            (false, true) if n_chars < 4 && cover < BOTH_SUPPORTED => 0.5,
            (false, true) => 1.0,
        };
        let particle = if zh.has_particle { 0.85 } else { 1.0 };
        let edge = edge(&zh.support, &zh.edges, &en.lemmas);
        let cut = 1.0 - EDGE_SHARE + EDGE_SHARE * (edge / EDGE_FULL).min(1.0);
        let soft = if zh.is_soft || en.is_soft { SOFT } else { 1.0 };
        let loose = if is_loose(zh, &en.lemmas) { LOOSE } else { 1.0 };
        // 经济及社会理事会: the conjunction belongs to one name.
        let is_name = en.is_name && zh.has_conjunction && en.has_conjunction;
        let conjunction = if is_name { 1.0 } else { conjunction };
        let score = dice.powf(DICE_POWER)
            * (0.15 + 0.85 * support).powf(SUPPORT_POWER)
            * cut
            * loose
            * soft
            * length
            * (1.0 + COUNT_SHARE * f64::from(count).ln())
            * conjunction
            * particle;
        Some(Link {
            zh: 0,
            en: 0,
            count,
            dice,
            support,
            covers,
            consistency,
            lexicon: en_cover(&zh.dictionary, &en.lemmas),
            score,
            edge,
            is_name,
            is_coordination: zh.has_conjunction || en.has_conjunction,
            is_soft: zh.is_soft || en.is_soft,
            // 权益 = *rights and interests*: what is one word here are two there.
            is_lopsided: zh.has_conjunction != en.has_conjunction
                && (zh.has_conjunction || covers.0 < BOTH_SUPPORTED),
            has_particle: zh.has_particle,
            is_gloss,
            is_glossed: false,
        })
    }

    /// Mean over the units of the best match of links between the two; `None` where it is
    /// less than what is needed.
    fn consistency(&self, zh: &Candidate, en: &Candidate, needed: f64) -> Option<f64> {
        if needed > 1.0 {
            return None;
        }
        let shared: Vec<u32> = shared_units(zh, en);
        let step = shared.len().div_ceil(MAX_LOOKS).max(1);
        let n = shared.len().div_ceil(step);
        let mut sum = 0.0;
        for (looked, &unit) in shared.iter().step_by(step).enumerate() {
            // Not even full marks in all that is left would do.
            if sum + ((n - looked) as f64) < needed * n as f64 {
                return None;
            }
            let links = &self.alignment.units[unit as usize];
            let best = zh
                .places_in(unit)
                .iter()
                .flat_map(|z| en.places_in(unit).iter().map(move |e| (z.run, e.run)))
                .map(|(z, e)| links.consistency(z, e))
                .fold(0.0_f32, f32::max);
            sum += f64::from(best);
        }
        let mean = sum / n.max(1) as f64;
        (mean >= needed).then_some(mean)
    }

    /// Is the English a whole gloss of the Chinese headword?
    fn is_gloss(&self, zh: &ZhSide, en: &EnSide) -> bool {
        let Some(word) = zh.word else { return false };
        self.seed.glosses(word).any(|gloss| {
            gloss.len() == en.lemmas.len()
                && gloss.iter().zip(&en.lemmas).all(|(lemma, &other)| {
                    self.corpus.lemmas[other as usize]
                        .known
                        .iter()
                        .any(|(known, strength)| known == lemma && *strength >= 1.0)
                })
        })
    }
}

/// Does a run stand in a row: 永久的、独占的?
fn is_member(chars: &[char], run: Run) -> bool {
    let mut behind = chars[run.end as usize..].iter().filter(|c| **c != '的');
    let before = chars[..run.start as usize].last();
    behind.next() == Some(&'、') || before.is_some_and(|c| "、非不".contains(*c))
}

/// Is the Chinese a member of a row (永久的、独占的 and *perpetual, exclusive*), while the
/// lexicon has nothing to say for the pair? Each member stands beside each other's rendering,
/// so that counts and places say little.
fn is_unsure_member(zh: &ZhSide, en: &EnSide) -> bool {
    zh.is_member && !zh.dictionary.iter().any(|s| en.lemmas.contains(&s.lemma))
}

/// Where one side lists with commas, does the other list as many members?
fn is_same_series(zh: &ZhSide, en: &EnSide) -> bool {
    let is_list = zh.chars.contains(&'、') || en.n_members > 2;
    !is_list || zh.n_members == en.n_members
}

/// Does each side deny where the other does? 不允许 is not *allow*; 无线 is *wireless*.
fn denies_alike(zh: &ZhSide, en: &EnSide) -> bool {
    if zh.negations.is_empty() {
        return en.negation != Negation::Yes;
    }
    // A headword over the word of denial answers for it: 未成年人 = juvenile.
    let answers = |at: &u32| {
        zh.dictionary
            .iter()
            .any(|s| s.start <= *at && at + 1 < s.end && en.lemmas.contains(&s.lemma))
    };
    en.negation != Negation::No || zh.negations.iter().all(answers)
}

/// How far characters for each English word of content are from what is usual.
fn length_factor(ratio: f64) -> f64 {
    match ratio {
        r if (1.0..=4.0).contains(&r) => 1.0,
        r if (0.6..=6.0).contains(&r) => 0.7,
        _ => 0.4,
    }
}

/// Does the Chinese open or close with a word of one character that has no counterpart?
fn is_loose(zh: &ZhSide, lemmas: &[u32]) -> bool {
    let strength = |run: &Run| {
        let fits = |s: &&Support| {
            lemmas.contains(&s.lemma) && s.start < run.end && run.start < s.end
        };
        zh.support.iter().filter(fits).map(|s| s.strength).fold(0.0, f32::max)
    };
    let is_bound = |run: &Run| is_affix(zh.chars[run.start as usize]);
    zh.chars.len() >= 3
        && zh
            .edges
            .iter()
            .any(|run| run.len() == 1 && !is_bound(run) && strength(run) < TIED)
}

/// How much the least supported of the four edge words is linked to the other side.
fn edge(support: &[Support], edges: &[Run; 2], lemmas: &[u32]) -> f64 {
    let strongest = |fits: &dyn Fn(&Support) -> bool| {
        let strengths = support.iter().filter(|s| fits(s)).map(|s| s.strength);
        f64::from(strengths.fold(0.0, f32::max))
    };
    let en = [lemmas.first(), lemmas.last()]
        .into_iter()
        .flatten()
        .map(|lemma| strongest(&|s| s.lemma == *lemma));
    let zh = edges.iter().map(|run| {
        strongest(&|s| {
            lemmas.contains(&s.lemma) && s.start < run.end && run.start < s.end
        })
    });
    en.chain(zh).fold(1.0, f64::min)
}

/// The share of English words that Chinese words account for, 0 to 1.
fn en_cover(support: &[Support], lemmas: &[u32]) -> f64 {
    let total: f64 = lemmas
        .iter()
        .map(|lemma| {
            let strengths =
                support.iter().filter(|s| s.lemma == *lemma).map(|s| s.strength);
            f64::from(strengths.fold(0.0, f32::max))
        })
        .sum();
    total / lemmas.len().max(1) as f64
}

/// The share of Chinese characters that English words account for, 0 to 1; those that need no
/// counterpart are left aside.
fn zh_cover(support: &[Support], chars: &[char], lemmas: &[u32]) -> f64 {
    let mut best = vec![0.0_f32; chars.len()];
    // The lemmas of one gloss account for its stretch together.
    for stretch in support.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)) {
        let answering = stretch.iter().filter(|s| lemmas.contains(&s.lemma));
        let share = answering.map(|s| s.share).sum::<f32>().min(1.0);
        // Entries overlap, a word and its characters: the strongest counts, not their sum.
        for b in &mut best[Run { start: stretch[0].start, end: stretch[0].end }.range()] {
            *b = b.max(share);
        }
    }
    let needing: Vec<f32> =
        (0..chars.len()).filter(|&i| !is_empty_char(chars[i])).map(|i| best[i]).collect();
    f64::from(needing.iter().sum::<f32>()) / needing.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(start: u32, end: u32, lemma: u32) -> Support {
        Support { start, end, lemma, strength: 1.0, share: 1.0 }
    }

    fn cover(support: &[Support], chars: &[char], lemmas: &[u32]) -> f64 {
        (en_cover(support, lemmas) * zh_cover(support, chars, lemmas)).sqrt()
    }

    #[test]
    fn a_word_without_counterpart_lowers_the_cover() {
        let chars: Vec<char> = "技术援助".chars().collect();
        let known = [support(0, 2, 1), support(2, 4, 2)];
        assert!(cover(&known, &chars, &[1, 2]) > 0.99);
        assert!(cover(&known, &chars, &[1, 2, 3]) < 0.9);
        assert!(cover(&known, &chars, &[1]) < 0.8);
    }

    #[test]
    fn particles_need_no_counterpart() {
        let chars: Vec<char> = "法律的援助".chars().collect();
        let known = [support(0, 2, 1), support(3, 5, 2)];
        assert!(cover(&known, &chars, &[1, 2]) > 0.99);
    }
}
