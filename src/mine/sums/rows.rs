//! The rows of the list: what the ranker weighs of each claim, and what a reader sees.
//!
//! Two looks at the documents: one for what stands beside the candidates, by which the best cut
//! of each claim is chosen, and one for how those that are listed are written, and where.

use std::collections::BTreeMap;
use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::claims::Claims;
use super::documents::{Sides, Sums};
use super::pairs::{Both, Linked};
use crate::mine::candidates::{Candidate, shared_units};
use crate::mine::claiming::Claim;
use crate::mine::contexts::{self, MAX_CONTEXTS};
use crate::mine::features::Link;
use crate::mine::rows::{
    RankedRow, confidence_of, evidence, held, is_shown, is_sure, listed, surest_first,
    whole_cut,
};
use crate::mine::traits::{self, Companies, EnLook, ZhLook};
use crate::mine::unit::Unit;
use crate::mine::written::{self, Written};
use crate::mine::{acronyms, kind, ranker};
use crate::types::{Context, Pair, PartOfSpeech, TermPair};

/// The terms that recur, best first.
pub(super) fn rows(
    sums: &mut Sums<'_>,
    sides: &Sides,
    linked: &Linked,
    claims: &Claims,
) -> io::Result<Vec<TermPair>> {
    let cuts: Vec<Vec<Claim>> = cuts(sides, linked, &claims.list);
    let looks = looks(sums, sides, claims, &cuts)?;
    let chosen = chosen(sums, sides, linked, claims, cuts, &looks);
    let mut seen = Seen::new(&chosen);
    for document in sums.order() {
        seen.look(sums, sides, &chosen, document)?;
    }
    let rows = chosen.iter().enumerate();
    let mut rows: Vec<RankedRow> =
        rows.map(|(at, row)| seen.row(sides, at, row, &looks)).collect();
    rows.sort_by(surest_first);
    Ok(listed(rows.into_iter(), sums.params))
}

/// For each claim itself and the pairs that cut one side of it longer or shorter and stand
/// nearly as often.
fn cuts(sides: &Sides, linked: &Linked, claims: &[Claim]) -> Vec<Vec<Claim>> {
    let mut by_en: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (i, link) in linked.links.iter().enumerate() {
        by_en.entry(link.en).or_default().push(i);
    }
    let claimed: FxHashSet<u32> = claims.iter().map(|claim| claim.link.zh).collect();
    let holds = |inner: &FxHashMap<u32, Vec<u32>>, long: u32, short: u32| {
        inner.get(&long).is_some_and(|inside| inside.contains(&short))
    };
    let of_claim = |claim: &Claim| {
        let held = claim.link;
        let first = linked.links.partition_point(|link| link.zh < held.zh);
        let of_zh = linked.links[first..].iter().take_while(|link| link.zh == held.zh);
        let of_en = by_en.get(&held.en).into_iter().flatten().map(|i| &linked.links[*i]);
        let fits = |link: &&Link| {
            let is_other_cut = if link.zh == held.zh {
                holds(&linked.inner_en, link.en, held.en)
                    || holds(&linked.inner_en, held.en, link.en)
            } else {
                let is_torn = sides.zh.len_of(link.zh) < sides.zh.len_of(held.zh)
                    && sides.zh.frequency(link.zh) <= sides.zh.frequency(held.zh);
                !is_torn
                    && (holds(&linked.inner_zh, link.zh, held.zh)
                        || holds(&linked.inner_zh, held.zh, link.zh))
            };
            (link.zh == held.zh) != (link.en == held.en)
                && 5 * link.count >= 3 * held.count
                && (!link.is_coordination || held.is_coordination)
                && (link.zh == held.zh || !claimed.contains(&link.zh))
                && is_other_cut
        };
        let others = of_zh.chain(of_en).filter(fits).map(|link| Claim {
            link: *link,
            inside: claim.inside,
            places: Vec::new(),
        });
        others.chain([claim.clone()]).collect()
    };
    claims.iter().map(of_claim).collect()
}

/// What is seen of the candidates that the ranker is asked for.
#[derive(Default)]
struct Looks {
    zh: FxHashMap<u32, ZhLook>,
    en: FxHashMap<u32, EnLook>,
    /// Acronyms given to a long form, by what it says, each with the document that does.
    acronyms: BTreeMap<u64, (usize, String)>,
}

fn looks(
    sums: &mut Sums<'_>,
    sides: &Sides,
    claims: &Claims,
    cuts: &[Vec<Claim>],
) -> io::Result<Looks> {
    let asked = cuts.iter().flatten();
    let (zhs, ens): (FxHashSet<u32>, FxHashSet<u32>) =
        asked.map(|cut| (cut.link.zh, cut.link.en)).unzip();
    let list = (&sides.zh.list, &sides.en.list);
    let mut out = Looks::default();
    for document in sums.order() {
        let both = Both::open(sums, sides, document)?;
        let (corpus, seed) = (&sums.corpus, sums.seed);
        let claimed = claims.runs(corpus.len(), &both);
        for (id, zh) in both.zh.iter().filter(|(id, _)| zhs.contains(id)) {
            let mut look = ZhLook::new(corpus, seed, zh, &claimed);
            let sides = &mut out.zh.entry(id).or_default().sides;
            sides.add(&look.sides);
            if sums.holds(document, list.0[id as usize].first) {
                look.sides = std::mem::take(sides);
                out.zh.insert(id, look);
            }
        }
        for (id, en) in both.en.iter().filter(|(id, _)| ens.contains(id)) {
            let mut look = EnLook::new(corpus, seed, en);
            let sides = &mut out.en.entry(id).or_default().sides;
            sides.add(&look.sides);
            if sums.holds(document, list.1[id as usize].first) {
                look.sides = std::mem::take(sides);
                out.en.insert(id, look);
            }
        }
        let units = sums.shelf.units(document)?;
        for (long, short) in acronyms::acronyms(&sums.corpus, &units) {
            let known =
                out.acronyms.entry(long).or_insert_with(|| (document, short.clone()));
            if document < known.0 {
                *known = (document, short);
            }
        }
    }
    Ok(out)
}

/// A row before it is known how its terms are written.
struct Chosen {
    claim: usize,
    /// The best cut.
    best: Claim,
    confidence: f64,
    /// Other English that is shown beside, in order.
    variants: Vec<u32>,
}

/// The best cut of each claim, one for each Chinese candidate; those that are not sure enough
/// to be listed left out.
fn chosen(
    sums: &Sums<'_>,
    sides: &Sides,
    linked: &Linked,
    claims: &Claims,
    cuts: Vec<Vec<Claim>>,
    looks: &Looks,
) -> Vec<Chosen> {
    let first = |claim: &Claim| {
        let (zh, en) = (claim.link.zh as usize, claim.link.en as usize);
        (sides.zh.list[zh].first, sides.en.list[en].first)
    };
    let company = Companies::new(&linked.links, held(&claims.list, first));
    let is_torn_out = |inner: u32, outer: u32| {
        let of_outer = linked.inner_en.get(&outer);
        of_outer.is_some_and(|inside| inside.contains(&inner))
            && sides.en.len_of(inner) < sides.en.len_of(outer)
            && sides.en.frequency(inner) <= sides.en.frequency(outer)
    };
    let mut rows: Vec<Chosen> = Vec::new();
    let mut row_of_zh: FxHashMap<u32, usize> = FxHashMap::default();
    for (i, (claim, cuts)) in claims.list.iter().zip(cuts).enumerate() {
        if let Some(&row) = row_of_zh.get(&claim.link.zh) {
            rows[row].variants.push(claim.link.en);
            continue;
        }
        let weigh = |cut: Claim| {
            let (zh, en) = (&looks.zh[&cut.link.zh], &looks.en[&cut.link.en]);
            let traits = traits::of_claim(&cut, zh, en, company.of(&cut.link, i));
            (ranker::SHIPPED.confidence(&traits), cut)
        };
        let mut cuts: Vec<(f64, Claim)> = cuts.into_iter().map(weigh).collect();
        cuts.sort_by(|a, b| {
            let key = |cut: &Claim| (cut.link.zh, cut.link.en);
            b.0.total_cmp(&a.0).then_with(|| key(&a.1).cmp(&key(&b.1)))
        });
        let seen = cuts.iter().map(|(confidence, cut)| (*confidence, cut.link));
        let (confidence, best) = cuts.remove(whole_cut(seen, is_torn_out));
        if row_of_zh.contains_key(&best.link.zh) {
            continue;
        }
        let is_shown = |(confidence, cut): &&(f64, Claim)| {
            let is_longer = sides.en.len_of(cut.link.en) > sides.en.len_of(best.link.en);
            is_shown(sums.params, (*confidence, &cut.link), &best.link, is_longer)
        };
        let shown = cuts.iter().filter(is_shown);
        row_of_zh.insert(best.link.zh, rows.len());
        rows.push(Chosen {
            claim: i,
            confidence: confidence_of(&best.link, confidence),
            variants: shown.map(|(_, cut)| cut.link.en).collect(),
            best: Claim { inside: claim.inside, ..best },
        });
    }
    rows.retain(|row| is_sure(sums.params, row.confidence, row.best.inside.is_some()));
    rows
}

/// What a reader sees of a Chinese candidate.
#[derive(Default)]
struct SeenZh {
    forms: BTreeMap<String, usize>,
    is_name: bool,
    has_title: bool,
    occurrences: usize,
}

/// What a reader sees of an English candidate.
#[derive(Default)]
struct SeenEn {
    forms: BTreeMap<Written, usize>,
    /// Its first word has a capital inside a sentence.
    is_name: bool,
    part_of_speech: PartOfSpeech,
    occurrences: usize,
}

/// Where a row stands.
#[derive(Default)]
struct SeenPair {
    together: usize,
    /// The documents in which the two stand together.
    documents: FxHashSet<usize>,
    /// Of each passage how far it is from a good one, and its unit.
    contexts: Vec<(usize, u32, Context)>,
}

/// What is seen of the chosen rows.
struct Seen {
    zh: FxHashMap<u32, Option<SeenZh>>,
    en: FxHashMap<u32, Option<SeenEn>>,
    row_of_zh: FxHashMap<u32, usize>,
    pairs: Vec<SeenPair>,
}

impl Seen {
    fn new(chosen: &[Chosen]) -> Self {
        let ens =
            chosen.iter().flat_map(|row| row.variants.iter().chain([&row.best.link.en]));
        Self {
            zh: chosen.iter().map(|row| (row.best.link.zh, None)).collect(),
            en: ens.map(|en| (*en, None)).collect(),
            row_of_zh: (0..)
                .zip(chosen)
                .map(|(at, row)| (row.best.link.zh, at))
                .collect(),
            pairs: chosen.iter().map(|_| SeenPair::default()).collect(),
        }
    }

    fn look(
        &mut self,
        sums: &mut Sums<'_>,
        sides: &Sides,
        chosen: &[Chosen],
        document: usize,
    ) -> io::Result<()> {
        let both = Both::open(sums, sides, document)?;
        let units = sums.shelf.units(document)?;
        for (id, zh) in both.zh.iter() {
            let Some(seen) = self.zh.get_mut(&id) else { continue };
            let seen = seen.get_or_insert_default();
            if sums.holds(document, sides.zh.list[id as usize].first) {
                seen.is_name = written::is_name(&sums.corpus, zh);
            }
            seen.look(sums, &units, zh);
            let row = self.row_of_zh[&id];
            if let Some(en) = both.en.find(chosen[row].best.link.en) {
                let en = &both.en.candidates.list[en as usize];
                self.pairs[row].look(sums, &units, (zh, en), document);
            }
        }
        for (id, en) in both.en.iter() {
            let Some(seen) = self.en.get_mut(&id) else { continue };
            let seen = seen.get_or_insert_default();
            if sums.holds(document, sides.en.list[id as usize].first) {
                seen.part_of_speech = kind::part_of_speech(&sums.corpus, en);
            }
            seen.look(sums, &units, en);
        }
        Ok(())
    }

    fn row(&self, sides: &Sides, at: usize, row: &Chosen, looks: &Looks) -> RankedRow {
        let link = &row.best.link;
        let zh = self.zh[&link.zh].as_ref().expect("what was linked stands somewhere");
        let en = self.en[&link.en].as_ref().expect("what was linked stands somewhere");
        let mut zh_forms = names(written::most_frequent_first(zh.forms.clone()));
        let mut en_forms = en.told(zh.is_name);
        let term = Pair::new(zh_forms.remove(0), en_forms.remove(0));
        en_forms.extend(
            looks
                .acronyms
                .get(&sides.en.list[link.en as usize].hash)
                .map(|a| a.1.clone()),
        );
        for other in &row.variants {
            let other =
                self.en[other].as_ref().expect("what was linked stands somewhere");
            en_forms.extend(other.told(false));
        }
        let seen = &self.pairs[at];
        let capital = looks.en[&link.en].capital;
        let pair = TermPair {
            part_of_speech: en.part_of_speech,
            term_type: kind::term_type_of(zh.has_title, capital, &term.en),
            term,
            variants: Pair::new(zh_forms, en_forms),
            count: seen.together,
            counts: Pair::new(zh.occurrences, en.occurrences),
            documents: seen.documents.len(),
            confidence: row.confidence,
            evidence: evidence(&row.best),
            contexts: seen
                .contexts
                .iter()
                .map(|(_, _, context)| context.clone())
                .collect(),
            ..TermPair::default()
        };
        RankedRow { pair, traits: Vec::new(), claim: row.claim, inside: row.best.inside }
    }
}

fn names(forms: Vec<written::Form>) -> Vec<String> {
    forms.into_iter().map(|(form, _)| form).collect()
}

/// How often a candidate stands in the document at hand, copies of units counted.
fn occurrences(sums: &Sums<'_>, candidate: &Candidate) -> usize {
    candidate.units().map(|(unit, n)| n * sums.corpus.weight(unit)).sum()
}

impl SeenZh {
    fn look(&mut self, sums: &Sums<'_>, units: &[Unit], zh: &Candidate) {
        for place in written::read(zh) {
            let form = written::zh_written(&sums.corpus, units, *place);
            *self.forms.entry(form).or_default() += 1;
        }
        self.has_title |= kind::has_title(&sums.corpus, zh);
        self.occurrences += occurrences(sums, zh);
    }
}

impl SeenEn {
    fn look(&mut self, sums: &Sums<'_>, units: &[Unit], en: &Candidate) {
        for place in written::read(en) {
            self.is_name |= written::is_capital_inside(&sums.corpus, *place);
            let form = written::en_written(&sums.corpus, units, *place);
            *self.forms.entry(form).or_default() += 1;
        }
        self.occurrences += occurrences(sums, en);
    }

    /// The written forms, most frequent first, given whether the Chinese is a name.
    fn told(&self, is_name: bool) -> Vec<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (form, n) in &self.forms {
            *counts.entry(form.told(is_name || self.is_name)).or_default() += n;
        }
        names(written::most_frequent_first(counts))
    }
}

impl SeenPair {
    fn look(
        &mut self,
        sums: &Sums<'_>,
        units: &[Unit],
        (zh, en): (&Candidate, &Candidate),
        document: usize,
    ) {
        for unit in shared_units(zh, en) {
            let whole = unit + sums.starts[document];
            let copies = sums.corpus.copies(whole).map(|copy| sums.document_of(copy));
            self.documents.extend(copies.chain([document]));
            let n = zh.places_in(unit).len().min(en.places_in(unit).len());
            self.together += n * sums.corpus.weight(unit);
            let key = (contexts::awkwardness(&units[unit as usize]), whole);
            let at = self.contexts.partition_point(|(bad, unit, _)| (*bad, *unit) < key);
            if at < MAX_CONTEXTS {
                let tools = (&sums.corpus, &sums.alignment);
                let context =
                    contexts::context_in(tools.0, units, tools.1, (zh, en), unit);
                if let Some(context) = context {
                    self.contexts.insert(at, (key.0, key.1, context));
                    self.contexts.truncate(MAX_CONTEXTS);
                }
            }
        }
    }
}
