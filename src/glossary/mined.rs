//! What was mined of documents goes into a termbase.
//!
//! A pair that the termbase has gets the counts of the documents anew, and where nobody
//! decided on it also what else the miner knows. Another pair becomes a concept. Decisions,
//! terms, notes and ids are never touched; rows are never taken out. A document counts once,
//! however often it is mined: what it gave before is replaced.
//!
//! The same documents again change nothing.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::fragments::Wholes;
use super::termbase::{Pairs, Row, Stamp, Termbase, Use, Wanted, of_pair};
use crate::lexicon::Seed;
use crate::mine::Definition;
use crate::terms::{Keys, is_short_for, written};
use crate::types::{Context, Pair, Side, Status, TermPair};

/// A mined pair and how often it stands in which of the documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The pair. Its passages name their document.
    pub pair: TermPair,
    /// Its uses by document.
    pub uses: BTreeMap<String, Use>,
}

/// All that was mined of some documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Harvest {
    /// The documents. What the termbase has of them is replaced.
    pub documents: BTreeSet<String>,
    /// The pairs, best first.
    pub found: Vec<Found>,
    /// What the documents say that their terms mean. The places name their document.
    pub definitions: Vec<Definition>,
}

impl Harvest {
    /// The harvest of one document: the counts of the pairs are its own, and the units of their
    /// passages do not name it yet.
    pub fn from_document(document: &str, terms: &[TermPair]) -> Self {
        let found = terms.iter().map(|pair| {
            let mut pair = pair.clone();
            for context in &mut pair.contexts {
                document.clone_into(&mut context.place.document);
            }
            let one = Use { count: pair.count, counts: pair.counts };
            Found { pair, uses: BTreeMap::from([(document.to_owned(), one)]) }
        });
        Self {
            documents: BTreeSet::from([document.to_owned()]),
            found: found.collect(),
            definitions: Vec::new(),
        }
    }

    /// The same with what the documents define. Of a place that names no document it is that
    /// of the harvest, where there is one.
    pub fn with_definitions(self, mut definitions: Vec<Definition>) -> Self {
        let only = self.documents.first().filter(|_| self.documents.len() == 1);
        for place in definitions.iter_mut().map(|one| &mut one.place) {
            if let (true, Some(only)) = (place.document.is_empty(), only) {
                place.document.clone_from(only);
            }
        }
        Self { definitions, ..self }
    }

    /// The terms that are defined and were not found to recur: a text that defines a term has
    /// it, however seldom.
    fn only_defined(&self, keys: &Keys<'_>) -> Vec<Found> {
        let pairs = self.found.iter().map(|found| keys.pair(&found.pair.term));
        let mut known: BTreeSet<(String, String)> = pairs.collect();
        let mut found: Vec<Found> = Vec::new();
        for one in &self.definitions {
            if !known.insert(keys.pair(&one.term)) {
                continue;
            }
            let context = Context {
                text: one.passage.clone(),
                bead: one.bead,
                place: one.place.clone(),
                ..Context::default()
            };
            let pair = TermPair {
                term: one.term.clone(),
                count: 1,
                counts: Pair::new(1, 1),
                confidence: OF_DEFINITION,
                contexts: vec![context],
                ..TermPair::default()
            };
            let of_document = Use { count: 1, counts: Pair::new(1, 1) };
            let uses = BTreeMap::from([(one.place.document.clone(), of_document)]);
            found.push(Found { pair, uses });
        }
        found
    }
}

/// How sure a pair is that a text defines on both sides of a unit.
///
/// Source: of the definitions of the texts that were judged, more than nine in ten are right.
const OF_DEFINITION: f64 = 0.9;

/// What a harvest brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gain {
    /// How many concepts are new.
    pub added: usize,
    /// How many rows that were there have other counts or passages now.
    pub updated: usize,
    /// Where the documents depart from what was decided, best first.
    pub conflicts: Vec<Conflict>,
}

/// A pair of a document that a decision speaks against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The pair as it was found.
    pub term: Pair<String>,
    /// How often.
    pub count: usize,
    /// Is the pair itself forbidden?
    pub is_forbidden: bool,
    /// The accepted pairs that render one of the two otherwise, in order.
    pub accepted: Vec<Pair<String>>,
}

/// Adds what was mined.
pub fn add_mined(
    termbase: &mut Termbase,
    harvest: &Harvest,
    stamp: &Stamp,
    seed: &Seed,
) -> Gain {
    let keys = Keys::new(seed);
    let defined = harvest.only_defined(&keys);
    let all = || harvest.found.iter().chain(&defined);
    let found: Vec<(String, String)> =
        all().map(|found| keys.pair(&found.pair.term)).collect();
    let wanted = Pair::new(
        found.iter().map(|(zh, _)| zh.clone()).collect(),
        found.iter().map(|(_, en)| en.clone()).collect(),
    );
    let mut pairs = Pairs::collect(termbase, &wanted.zh, &keys);
    let accepted = Accepted::collect(termbase, &wanted, &keys);
    let (mut gain, mut added) = (Gain::default(), BTreeSet::new());
    let mut news: FxHashMap<String, BTreeMap<usize, News>> = FxHashMap::default();
    let wholes = Wholes::collect(termbase, &keys);
    // Pairs that are there as they stand before those that were put right since.
    let (known, others): (Vec<_>, Vec<_>) =
        all().zip(found).enumerate().partition(|(_, (_, key))| pairs.get(key).is_some());
    let mut conflicts: Vec<(usize, Conflict)> = Vec::new();
    for (place_in_list, (Found { pair, uses }, key)) in known.into_iter().chain(others) {
        let former = match pairs.get(&key) {
            Some(_) => None,
            None => pairs.get_former(&key),
        };
        if let Some((id, row)) = former
            && news.get(id).is_some_and(|rows| rows.contains_key(&row))
        {
            continue; // it was found as it should be
        }
        let place = pairs.get(&key).or(former).map(|(id, row)| (id.to_owned(), row));
        if place.is_none() && wholes.has_piece(&key, pair.count) {
            continue;
        }
        let place = place.unwrap_or_else(|| {
            let row = Row {
                term: pair.term.clone(),
                created: stamp.day.clone(),
                changed: stamp.day.clone(),
                ..Row::default()
            };
            let id = termbase.add(row);
            added.insert(id.clone());
            pairs.add(&id, 0, key.clone());
            (id, 0)
        });
        let status = termbase.concepts[&place.0].rows[place.1].status;
        let conflict = accepted.conflict(&key, pair, status);
        conflicts.extend(conflict.map(|conflict| (place_in_list, conflict)));
        let of_concept = news.entry(place.0).or_default();
        let (mined, sum) = of_concept
            .entry(place.1)
            .or_insert_with(|| (of_pair(pair.clone()), BTreeMap::new()));
        if mined.term != pair.term {
            mined.variants = pair.variants.clone(); // two written forms of one row
        }
        for (document, one) in uses {
            *sum.entry(document.clone()).or_default() += *one;
        }
    }
    conflicts.sort_by_key(|(place_in_list, _)| *place_in_list);
    gain.conflicts = conflicts.into_iter().map(|(_, conflict)| conflict).collect();
    // The first definition of a term counts.
    let mut meanings: BTreeMap<(String, usize), &Definition> = BTreeMap::new();
    for one in &harvest.definitions {
        if let Some((id, row)) = pairs.get(&keys.pair(&one.term)) {
            meanings.entry((id.to_owned(), row)).or_insert(one);
        }
    }
    for (id, entry) in &mut termbase.concepts {
        let mut of_concept = news.remove(id).unwrap_or_default();
        for (at, row) in entry.rows.iter_mut().enumerate() {
            let new = of_concept.remove(&at);
            let is_defined = match meanings.remove(&(id.clone(), at)) {
                Some(meaning) => define(row, meaning, &harvest.documents),
                None => false,
            };
            if update(row, new, &harvest.documents) || is_defined {
                row.changed.clone_from(&stamp.day);
                gain.updated += usize::from(!added.contains(id));
            }
        }
    }
    gain.added = added.len();
    gain
}

/// Gives a row what a document says that it means, unless a person wrote a definition or
/// another document gave one. Is it another now?
fn define(row: &mut Row, meaning: &Definition, documents: &BTreeSet<String>) -> bool {
    let source = meaning.place.to_string();
    let is_ours = |known: &str| {
        let is_of = |rest: &str| rest.is_empty() || rest.starts_with(": ");
        documents.iter().any(|name| known.strip_prefix(name.as_str()).is_some_and(is_of))
    };
    let is_free = row.definition == Pair::default() || is_ours(&row.definition_source);
    let is_same = row.definition == meaning.text && row.definition_source == source;
    if !is_free || is_same || row.status == Status::Rejected {
        return false;
    }
    row.definition.clone_from(&meaning.text);
    row.definition_source = source;
    true
}

/// What was mined of a row: the row that it would be alone, and its uses by document.
type News = (Row, BTreeMap<String, Use>);

/// Brings a row up to date. Is it another now?
fn update(row: &mut Row, new: Option<News>, documents: &BTreeSet<String>) -> bool {
    // What was rejected is not listed again, so there is no news of it.
    let is_touched =
        new.is_some() || row.uses.keys().any(|name| documents.contains(name));
    if row.status == Status::Rejected || !is_touched {
        return false;
    }
    let before = row.clone();
    row.uses.retain(|document, _| !documents.contains(document));
    let Some((mined, uses)) = new else { return *row != before };
    row.uses.extend(uses);
    let is_of_these = |unit: &str| {
        let is_of = |rest: &str| rest.is_empty() || rest.starts_with(": ");
        documents.iter().any(|name| unit.strip_prefix(name.as_str()).is_some_and(is_of))
    };
    let is_empty = row.context.zh.is_empty() && row.context.en.is_empty();
    if is_empty || is_of_these(&row.unit) {
        row.context.clone_from(&mined.context);
        row.unit.clone_from(&mined.unit);
    }
    if !before.is_decided() {
        if mined.confidence_value() > row.confidence_value() {
            row.confidence = mined.confidence;
        }
        row.evidence = union(&row.evidence, &mined.evidence);
        if row.part_of_speech.is_empty() {
            row.part_of_speech = mined.part_of_speech;
        }
        if row.term_type.is_empty() {
            row.term_type = mined.term_type;
        }
        for (known, more, term) in [
            (&mut row.variants.zh, mined.variants.zh, &row.term.zh),
            (&mut row.variants.en, mined.variants.en, &row.term.en),
        ] {
            for variant in more {
                if variant != *term && !known.contains(&variant) {
                    known.push(variant);
                }
            }
        }
    }
    *row != before
}

/// The items of two lists with `|` between, those of the first first.
pub(super) fn union(first: &str, second: &str) -> String {
    let mut items: Vec<&str> = first.split('|').filter(|item| !item.is_empty()).collect();
    for item in second.split('|').filter(|item| !item.is_empty()) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items.join("|")
}

/// The terms that were accepted.
struct Accepted {
    of_term: Pair<Ids>,
    concepts: BTreeMap<String, Decided>,
}

/// What was accepted of a concept.
struct Decided {
    /// The first accepted pair.
    pair: Pair<String>,
    /// The English, as keys and [as written](written).
    en: Vec<(String, String)>,
}

/// Concepts by the key of a term.
type Ids = FxHashMap<String, Vec<String>>;

impl Accepted {
    /// Those with one of the `wanted` keys, of either side.
    fn collect(termbase: &Termbase, wanted: &Pair<Wanted>, keys: &Keys<'_>) -> Self {
        let mut accepted = Self { of_term: Pair::default(), concepts: BTreeMap::new() };
        for (id, entry) in &termbase.concepts {
            let mut is_met = false;
            for (row, pair) in entry.pairs().filter(|(row, _)| row.is_accepted()) {
                for side in Side::BOTH {
                    let of_row =
                        row.forms(side, pair.get(side)).map(|term| keys.of(side, term));
                    for key in of_row.filter(|key| wanted.get(side).contains(key)) {
                        is_met = true;
                        let ids = accepted.of_term.get_mut(side).entry(key).or_default();
                        if ids.last().is_none_or(|last| last != id) {
                            ids.push(id.clone());
                        }
                    }
                }
            }
            let mut pairs =
                entry.pairs().filter(|(row, _)| is_met && row.is_accepted()).peekable();
            if let Some(pair) = pairs.peek().map(|(_, pair)| pair.map(str::to_owned)) {
                let en = pairs.flat_map(|(row, pair)| {
                    let forms = row.forms(Side::En, pair.en);
                    forms
                        .map(|en| (keys.of(Side::En, en), written(en)))
                        .collect::<Vec<_>>()
                });
                accepted.concepts.insert(id.clone(), Decided { pair, en: en.collect() });
            }
        }
        accepted
    }

    /// What speaks against a pair that has this status in the termbase.
    fn conflict(
        &self,
        (zh, en): &(String, String),
        pair: &TermPair,
        status: Status,
    ) -> Option<Conflict> {
        if !matches!(status, Status::Candidate | Status::Forbidden) {
            return None;
        }
        let ids = |map: &Ids, key: &String| map.get(key).cloned().unwrap_or_default();
        let (of_zh, mut of_en) = (ids(&self.of_term.zh, zh), ids(&self.of_term.en, en));
        // What holds an accepted rendering, or is short for one, keeps to it.
        let keeps = |id: &String| {
            let holds = |known: &str| format!(" {en} ").contains(&format!(" {known} "));
            let mut known = self.concepts[id].en.iter();
            known.any(|(known, _)| is_short_for(en, known) || holds(known))
        };
        let is_known = of_zh.iter().any(|id| of_en.contains(id) || keeps(id));
        // That 条款 is *provision* says nothing of who *provides* what.
        let as_written = written(&pair.term.en);
        of_en.retain(|id| {
            self.concepts[id].en.iter().any(|(_, written)| *written == as_written)
        });
        let is_forbidden = status == Status::Forbidden;
        if (is_known || of_zh.is_empty() && of_en.is_empty()) && !is_forbidden {
            return None;
        }
        let ids: BTreeSet<&String> = of_zh.iter().chain(&of_en).collect();
        Some(Conflict {
            term: pair.term.clone(),
            count: pair.count,
            is_forbidden,
            accepted: ids
                .into_iter()
                .filter_map(|id| self.concepts.get(id))
                .map(|concept| concept.pair.clone())
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mined(zh: &str, en: &str, count: usize) -> TermPair {
        TermPair {
            term: Pair::new(zh.into(), en.into()),
            count,
            counts: Pair::new(count, count),
            confidence: 0.5,
            contexts: vec![Context {
                text: Pair::new(format!("{zh}。"), format!("{en}.")),
                place: "article 1".into(),
                ..Context::default()
            }],
            ..TermPair::default()
        }
    }

    fn stamp(day: &str) -> Stamp {
        Stamp { day: day.into(), who: String::new() }
    }

    fn add(
        termbase: &mut Termbase,
        document: &str,
        terms: &[TermPair],
        day: &str,
    ) -> Gain {
        add_mined(
            termbase,
            &Harvest::from_document(document, terms),
            &stamp(day),
            Seed::shipped(),
        )
    }

    fn decide(termbase: &mut Termbase, id: &str, status: Status) {
        termbase.concepts.get_mut(id).unwrap().rows[0].status = status;
    }

    #[test]
    fn the_same_document_again_changes_nothing() {
        let mut termbase = Termbase::default();
        let terms = [mined("公约", "convention", 3), mined("締約方", "Parties", 2)];
        assert_eq!(add(&mut termbase, "un", &terms, "2026-01-01").added, 2);
        let first = termbase.to_text();
        let gain = add(&mut termbase, "un", &terms, "2026-01-02");
        assert_eq!(gain, Gain::default());
        assert_eq!(termbase.to_text(), first);
    }

    #[test]
    fn counts_of_several_documents_add_up_and_are_replaced_by_document() {
        let mut termbase = Termbase::default();
        add(&mut termbase, "un", &[mined("缔约方", "party", 3)], "1");
        let gain = add(&mut termbase, "law", &[mined("締約方", "Parties", 2)], "2");
        assert_eq!((gain.added, gain.updated), (0, 1));
        assert_eq!(termbase.concepts["party"].rows[0].total().count, 5);
        add(&mut termbase, "un", &[mined("缔约方", "party", 1)], "3");
        let row = &termbase.concepts["party"].rows[0];
        assert_eq!((row.total().count, row.changed.as_str()), (3, "3"));
        add(&mut termbase, "un", &[], "4");
        assert_eq!(termbase.concepts["party"].rows[0].total().count, 2);
    }

    #[test]
    fn decisions_are_never_touched() {
        let mut termbase = Termbase::default();
        let terms = [mined("公约", "convention", 3), mined("条约", "treaty", 2)];
        add(&mut termbase, "un", &terms, "1");
        decide(&mut termbase, "convention", Status::Preferred);
        decide(&mut termbase, "treaty", Status::Rejected);
        let rejected = termbase.concepts["treaty"].clone();
        let again = TermPair { confidence: 0.9, ..mined("公约", "Conventions", 9) };
        add(&mut termbase, "law", &[again, mined("条约", "treaty", 7)], "2");
        let row = &termbase.concepts["convention"].rows[0];
        assert_eq!((row.status, row.term.en.as_str()), (Status::Preferred, "convention"));
        assert_eq!((row.total().count, row.confidence.as_str()), (12, "0.500"));
        assert_eq!(termbase.concepts["treaty"], rejected);
    }

    #[test]
    fn another_rendering_of_an_accepted_term_is_told_and_stays_a_candidate() {
        let mut termbase = Termbase::default();
        add(&mut termbase, "un", &[mined("公约", "convention", 3)], "1");
        decide(&mut termbase, "convention", Status::Accepted);
        let found = [mined("公约", "treaty", 2), mined("协定", "agreement", 2)];
        let gain = add(&mut termbase, "law", &found, "2");
        assert_eq!(gain.conflicts.len(), 1);
        assert_eq!(gain.conflicts[0].term.en, "treaty");
        assert_eq!(gain.conflicts[0].accepted[0].en, "convention");
        assert_eq!(termbase.concepts["treaty"].rows[0].status, Status::Candidate);
        decide(&mut termbase, "treaty", Status::Forbidden);
        let gain = add(&mut termbase, "law", &found, "2");
        assert!(gain.conflicts[0].is_forbidden);
    }

    #[test]
    fn a_term_of_another_row_of_its_concept_is_known() {
        let text = "concept,zh,en,status\n\
            accountability,问责制,accountability,accepted\naccountability,问责,,accepted\n";
        let mut termbase = Termbase::parse(text, std::path::Path::new("t.csv")).unwrap();
        let gain = add(&mut termbase, "un", &[mined("问责", "accountability", 4)], "1");
        assert_eq!((gain.added, gain.updated, gain.conflicts.len()), (0, 1, 0));
        assert_eq!(termbase.concepts["accountability"].rows[1].total().count, 4);
    }

    #[test]
    fn ids_are_numbered_where_the_english_is_the_same_and_never_change() {
        let mut termbase = Termbase::default();
        let terms = [mined("决议", "resolution", 3), mined("分辨率", "resolution", 2)];
        add(&mut termbase, "un", &terms, "1");
        assert_eq!(termbase.concepts["resolution-2"].rows[0].term.zh, "分辨率");
        add(&mut termbase, "law", &[mined("分辨率", "resolution", 9)], "1");
        assert_eq!(termbase.concepts["resolution-2"].rows[0].total().count, 11);
    }
}
