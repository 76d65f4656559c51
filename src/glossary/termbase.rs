//! A termbase that a person keeps: concepts, the rows of each, and what was decided of them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ids::{NewIds, first_free, slug};
use crate::terms::Keys;
use crate::types::{
    Concept, Context, Pair, PartOfSpeech, Side, Status, TermPair, TermType,
};

/// A termbase as its file holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Termbase {
    /// The concepts by their ids.
    pub concepts: BTreeMap<String, Entry>,
    /// Columns that are not ours, in order; they are kept as they are.
    pub other_columns: Vec<String>,
}

/// A concept of a [`Termbase`]: one meaning. All its terms translate one another, whichever
/// row they stand in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its rows, the usual pair first.
    pub rows: Vec<Row>,
}

/// A row of a [`Termbase`]: a pair of terms, or one term more of its concept.
///
/// Cells that this program only hands on are kept as text, so that nothing that somebody
/// wrote into them is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The terms; of a further row one may be empty.
    pub term: Pair<String>,
    /// What was decided of them.
    pub status: Status,
    /// The field: law, finance.
    pub subject: String,
    /// A remark of the owner.
    pub note: String,
    /// What the terms mean, in each language.
    pub definition: Pair<String>,
    /// Where the definitions are from: `law: article 2`.
    pub definition_source: String,
    /// Where the terms are used: Hong Kong.
    pub usage: String,
    /// How uses of the terms are found, see [`MatchRule`](crate::terms::MatchRule).
    pub matching: String,
    /// What the terms were before a person put them right: what is mined as such is this row.
    pub former: Vec<Pair<String>>,
    /// Other written forms and renderings.
    pub variants: Pair<Vec<String>>,
    /// How often the two stand in which document, by its name. An empty name is for counts
    /// of no document that is known.
    pub uses: BTreeMap<String, Use>,
    /// How sure the miner was, 0 to 1.
    pub confidence: String,
    /// Why it was proposed, with `|` between.
    pub evidence: String,
    /// A passage of each side to judge by.
    pub context: Pair<String>,
    /// Where the passage stands: `law: article 1`.
    pub unit: String,
    /// What kind of phrase it is.
    pub part_of_speech: String,
    /// What sort of expression it is.
    pub term_type: String,
    /// The day on which the row came in, `2026-11-24`.
    pub created: String,
    /// The day on which it was last changed.
    pub changed: String,
    /// Who decided on it last; empty where only the program did anything.
    pub who: String,
    /// The cells of the columns that are not ours.
    pub other_cells: Vec<String>,
}

/// How often a pair stands in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Both in one unit.
    pub count: usize,
    /// Each in its text.
    pub counts: Pair<usize>,
}

/// When and by whom a change is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The day, `2026-11-24`.
    pub day: String,
    /// The person; empty for the program.
    pub who: String,
}

impl std::ops::AddAssign for Use {
    fn add_assign(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.counts.zh = self.counts.zh.saturating_add(other.counts.zh);
        self.counts.en = self.counts.en.saturating_add(other.counts.en);
    }
}

impl Row {
    /// The counts of all documents together.
    pub fn total(&self) -> Use {
        let mut total = Use::default();
        self.uses.values().for_each(|one| total += *one);
        total
    }

    /// The documents it was found in.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.uses.keys().map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Has a person decided on it?
    pub fn is_decided(&self) -> bool {
        self.status != Status::Candidate
    }

    /// May it be used as a translation?
    pub fn is_accepted(&self) -> bool {
        matches!(self.status, Status::Accepted | Status::Preferred)
    }

    /// All written forms of a side, `term` being the usual one.
    pub(super) fn forms<'a>(
        &'a self,
        side: Side,
        term: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let variants = self.variants.get(side).iter().map(String::as_str);
        std::iter::once(term).chain(variants)
    }

    /// The pair, for the formats that glossaries are written in.
    pub fn to_pair(&self) -> TermPair {
        let total = self.total();
        let context = Context {
            text: self.context.clone(),
            place: self.unit.clone().into(),
            ..Context::default()
        };
        let is_empty = context == Context::default();
        TermPair {
            term: self.term.clone(),
            variants: self.variants.clone(),
            count: total.count,
            counts: total.counts,
            documents: self.documents().count(),
            confidence: self.confidence_value(),
            evidence: super::cells::evidence(&self.evidence),
            part_of_speech: match self.part_of_speech.as_str() {
                "" => PartOfSpeech::Noun,
                name => super::cells::part_of_speech(name),
            },
            term_type: TermType::from_name(&self.term_type).unwrap_or_default(),
            status: self.status,
            contexts: if is_empty { Vec::new() } else { vec![context] },
        }
    }

    /// The row as an entry of a glossary.
    fn to_concept(&self, id: &str) -> Concept {
        Concept {
            id: id.to_owned(),
            pair: self.to_pair(),
            subject: self.subject.clone(),
            note: self.note.clone(),
            definition: self.definition.clone(),
            definition_source: self.definition_source.clone(),
            usage: self.usage.clone(),
            matching: self.matching.clone(),
            document: self.documents().next().unwrap_or_default().to_owned(),
            created: self.created.clone(),
            changed: self.changed.clone(),
            who: self.who.clone(),
            other: Vec::new(),
            line: 0,
        }
    }

    /// The term that its concept is named by: the English, or where there is none the Chinese.
    fn name(&self) -> &str {
        if self.term.en.is_empty() { &self.term.zh } else { &self.term.en }
    }

    /// The confidence as a number; 0 where there is none.
    pub(super) fn confidence_value(&self) -> f64 {
        let value = self.confidence.replace(',', ".").parse::<f64>().unwrap_or(0.0);
        if value.is_finite() { value } else { 0.0 }
    }
}

impl Entry {
    /// The pairs of each row, its empty sides filled from the first row that has the side.
    pub fn pairs(&self) -> impl Iterator<Item = (&Row, Pair<&str>)> {
        let first = |of: fn(&Row) -> &String| {
            self.rows
                .iter()
                .map(of)
                .find(|term| !term.is_empty())
                .map_or("", String::as_str)
        };
        let (zh, en) = (first(|row| &row.term.zh), first(|row| &row.term.en));
        self.rows.iter().map(move |row| {
            let zh = if row.term.zh.is_empty() { zh } else { row.term.zh.as_str() };
            let en = if row.term.en.is_empty() { en } else { row.term.en.as_str() };
            (row, Pair::new(zh, en))
        })
    }
}

/// The keys of the terms that are looked up.
pub(super) type Wanted = FxHashSet<String>;

/// Which pairs a termbase has, by the form in which they are compared.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    places: FxHashMap<(String, String), (String, usize)>,
    /// Those that rows had before they were put right.
    former: FxHashMap<(String, String), (String, usize)>,
}

impl Pairs {
    /// All with these Chinese terms. The pair of a row counts before those of its variants,
    /// these before pairs of the terms of two rows.
    pub(super) fn collect(termbase: &Termbase, wanted: &Wanted, keys: &Keys<'_>) -> Self {
        let mut pairs = Self::own(termbase, Some(wanted), keys);
        for (id, entry) in &termbase.concepts {
            for (at, row) in entry.rows.iter().enumerate() {
                for key in row.former.iter().map(|pair| keys.pair(pair)) {
                    pairs.former.entry(key).or_insert_with(|| (id.clone(), at));
                }
            }
        }
        let has_more = |entry: &&Entry| {
            let mut rows = entry.rows.iter().map(|row| &row.variants);
            entry.rows.len() > 1
                || rows.any(|all| !all.zh.is_empty() || !all.en.is_empty())
        };
        for (id, entry) in termbase.concepts.iter().filter(|(_, entry)| has_more(entry)) {
            let zh_keys: Vec<Vec<String>> = entry
                .pairs()
                .map(|(row, pair)| {
                    let of_row =
                        row.forms(Side::Zh, pair.zh).map(|zh| keys.of(Side::Zh, zh));
                    of_row.filter(|zh| wanted.contains(zh)).collect()
                })
                .collect();
            if zh_keys.iter().all(Vec::is_empty) {
                continue;
            }
            let en_keys = entry.pairs().map(|(row, pair)| {
                row.forms(Side::En, pair.en).map(|en| keys.of(Side::En, en)).collect()
            });
            let of_rows: Vec<Pair<Vec<String>>> = zh_keys
                .into_iter()
                .zip(en_keys)
                .map(|(zh, en)| Pair::new(zh, en))
                .collect();
            let n_rows = of_rows.len();
            let same = (0..n_rows).map(|row| (row, row));
            let crossed = (0..n_rows).flat_map(|a| {
                let rows = &entry.rows;
                // What may be said and what must not are no translations of one another.
                (0..n_rows)
                    .filter(move |&b| {
                        a != b && rows[a].is_accepted() == rows[b].is_accepted()
                    })
                    .map(move |b| (a, b))
            });
            for (a, b) in same.chain(crossed) {
                for zh in &of_rows[a].zh {
                    for en in &of_rows[b].en {
                        pairs.add(id, a, (zh.clone(), en.clone()));
                    }
                }
            }
        }
        pairs
    }

    /// The pairs of the rows alone; all, or those with these Chinese terms.
    pub(super) fn own(
        termbase: &Termbase,
        wanted: Option<&Wanted>,
        keys: &Keys<'_>,
    ) -> Self {
        let mut pairs = Self::default();
        for (id, entry) in &termbase.concepts {
            for (at, (_, pair)) in entry.pairs().enumerate() {
                let zh = keys.of(Side::Zh, pair.zh);
                if wanted.is_none_or(|wanted| wanted.contains(&zh)) {
                    pairs.add(id, at, (zh, keys.of(Side::En, pair.en)));
                }
            }
        }
        pairs
    }

    /// Adds a pair, unless it is there.
    pub(super) fn add(&mut self, id: &str, row: usize, key: (String, String)) {
        self.places.entry(key).or_insert_with(|| (id.to_owned(), row));
    }

    /// The concept and the row that had the pair before a person put it right.
    pub(super) fn get_former(&self, key: &(String, String)) -> Option<(&str, usize)> {
        self.former.get(key).map(|(id, row)| (id.as_str(), *row))
    }

    /// Are there none?
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The concept and the row that have the pair.
    pub(super) fn get(&self, key: &(String, String)) -> Option<(&str, usize)> {
        self.places.get(key).map(|(id, row)| (id.as_str(), *row))
    }
}

impl Termbase {
    /// An id that no concept has, made of an English term: `money-laundering`,
    /// `money-laundering-2`.
    pub fn free_id(&self, en: &str) -> String {
        first_free(slug(en), 2, |id| self.concepts.contains_key(id)).0
    }

    /// Adds a concept of one row; tells its id.
    pub fn add(&mut self, row: Row) -> String {
        let id = self.free_id(row.name());
        self.concepts.insert(id.clone(), Entry { rows: vec![row] });
        id
    }

    /// Every row with the id of its concept, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.concepts
            .iter()
            .flat_map(|(id, entry)| entry.rows.iter().map(|row| (id.as_str(), row)))
    }

    /// What a person decided of: the entries that pairs are marked by. Candidates are left
    /// out, for what the program proposed is no evidence for itself.
    pub fn decided(&self) -> Vec<Concept> {
        self.concepts_of(Row::is_decided)
    }

    /// The pairs that were rejected.
    pub fn rejected(&self) -> Vec<Pair<String>> {
        self.concepts_of(|row| row.status == Status::Rejected)
            .into_iter()
            .flat_map(|one| {
                let pair = one.pair;
                let zh = std::iter::once(pair.term.zh).chain(pair.variants.zh);
                let en: Vec<String> =
                    std::iter::once(pair.term.en).chain(pair.variants.en).collect();
                zh.flat_map(move |zh| {
                    en.clone().into_iter().map(move |en| Pair::new(zh.clone(), en))
                })
                .collect::<Vec<_>>()
            })
            .collect()
    }

    /// The entries as any glossary has them: of each concept one a status, whose first row
    /// gives the pair and the others its variants. Of rejected and forbidden rows each is an
    /// entry of its own: that 公约 is not *treaty* says nothing of 条约.
    pub fn to_concepts(&self) -> Vec<Concept> {
        self.concepts_of(|_| true)
    }

    /// The entries of some rows; what is wanted depends on nothing but the status.
    fn concepts_of(&self, is_wanted: impl Fn(&Row) -> bool) -> Vec<Concept> {
        let mut concepts: Vec<Concept> = Vec::new();
        let mut line = 1; // the header
        for (id, entry) in &self.concepts {
            let start = concepts.len();
            for (row, pair) in entry.pairs() {
                line += 1;
                if !is_wanted(row) {
                    continue;
                }
                let known = concepts[start..].iter_mut().find(|one| {
                    one.pair.status == row.status
                        && !matches!(row.status, Status::Rejected | Status::Forbidden)
                });
                let Some(known) = known else {
                    let mut whole = row.to_pair();
                    whole.term = pair.map(str::to_owned);
                    concepts.push(Concept { pair: whole, line, ..row.to_concept(id) });
                    continue;
                };
                join(
                    &mut known.pair.variants.zh,
                    &known.pair.term.zh,
                    &row.term.zh,
                    &row.variants.zh,
                );
                join(
                    &mut known.pair.variants.en,
                    &known.pair.term.en,
                    &row.term.en,
                    &row.variants.en,
                );
            }
        }
        concepts
    }

    /// Every row as an entry of its own, for the formats that glossaries are written in: what
    /// is said of a row stays with it. `is_wanted` chooses the rows.
    pub fn to_rows(&self, is_wanted: impl Fn(&Row) -> bool) -> Vec<Concept> {
        let names = &self.other_columns;
        let rows = self.rows().filter(|(_, row)| is_wanted(row));
        rows.map(|(id, row)| {
            let cells = names.iter().cloned().zip(row.other_cells.iter().cloned());
            let other = cells.filter(|(_, cell)| !cell.is_empty()).collect();
            Concept { other, ..row.to_concept(id) }
        })
        .collect()
    }

    /// A termbase of the entries of any glossary. Counts are those of the document that an
    /// entry names, or else of `document`.
    pub fn from_concepts(concepts: Vec<Concept>, document: &str, stamp: &Stamp) -> Self {
        let mut other_columns = OtherColumns::default();
        let mut ids = NewIds::default();
        let mut entries: Vec<(String, Entry)> = Vec::new();
        // What another tool calls its entries is no name to read, but tells what is one.
        let mut named: FxHashMap<String, usize> = FxHashMap::default();
        for mut concept in concepts {
            let own_id = std::mem::take(&mut concept.id);
            let other_cells = other_columns.cells(std::mem::take(&mut concept.other));
            let row = Row { other_cells, ..row_of(concept, document, stamp) };
            if let Some(&known) = named.get(&own_id) {
                entries[known].1.rows.push(row);
                continue;
            }
            if !own_id.is_empty() {
                named.insert(own_id, entries.len());
            }
            entries.push((ids.free(row.name()), Entry { rows: vec![row] }));
        }
        let n_columns = other_columns.names.len();
        let rows = entries.iter_mut().flat_map(|(_, entry)| &mut entry.rows);
        rows.for_each(|row| row.other_cells.resize(n_columns, String::new()));
        let concepts = entries.into_iter().collect();
        Self { concepts, other_columns: other_columns.names }
    }

    /// Adds a concept for each row, as [`Self::add`] does, in one go.
    pub(super) fn add_all(&mut self, rows: Vec<Row>) {
        let mut ids = NewIds::beside(self.concepts.keys());
        let named = rows.into_iter().map(|row| {
            let id = ids.free(row.name());
            (id, Entry { rows: vec![row] })
        });
        self.concepts.extend(named);
    }

    /// The names of the documents that anything was found in.
    pub fn documents(&self) -> BTreeSet<&str> {
        self.rows().flat_map(|(_, row)| row.documents()).collect()
    }
}

fn join(variants: &mut Vec<String>, term: &str, other: &str, more: &[String]) {
    for text in std::iter::once(other).chain(more.iter().map(String::as_str)) {
        if !text.is_empty() && text != term && !variants.iter().any(|known| known == text)
        {
            variants.push(text.to_owned());
        }
    }
}

/// Columns that are not ours, as they are met.
#[derive(Debug, Default)]
struct OtherColumns {
    names: Vec<String>,
}

impl OtherColumns {
    /// The cells of a row, each in its column.
    fn cells(&mut self, told: Vec<(String, String)>) -> Vec<String> {
        let mut cells = Vec::new();
        for (name, text) in told {
            let known = self.names.iter().position(|known| *known == name);
            let at = known.unwrap_or_else(|| {
                self.names.push(name);
                self.names.len() - 1
            });
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            cells[at] = text;
        }
        cells
    }
}

fn row_of(concept: Concept, document: &str, stamp: &Stamp) -> Row {
    let mut pair = concept.pair;
    // As its file is read: blanks around a term are no part of it.
    for side in Side::BOTH {
        trim(pair.term.get_mut(side));
        pair.variants.get_mut(side).iter_mut().for_each(trim);
    }
    let found = Use { count: pair.count, counts: pair.counts };
    let document = or(concept.document, document);
    let decided = if pair.status == Status::Candidate { "" } else { &*stamp.who };
    let mut row = Row {
        subject: concept.subject,
        note: concept.note,
        definition: concept.definition,
        definition_source: concept.definition_source,
        usage: concept.usage,
        matching: concept.matching,
        created: or(concept.created, &stamp.day),
        changed: or(concept.changed, &stamp.day),
        who: or(concept.who, decided),
        ..of_pair(pair)
    };
    if found != Use::default() || !document.is_empty() {
        row.uses.insert(document, found);
    }
    row
}

fn trim(term: &mut String) {
    let trimmed = term.trim();
    if trimmed.len() < term.len() {
        *term = trimmed.to_owned();
    }
}

/// A text, or the other where it is empty.
fn or(own: String, other: &str) -> String {
    if own.is_empty() { other.to_owned() } else { own }
}

/// The row of a mined pair, without its uses and dates.
pub(super) fn of_pair(pair: TermPair) -> Row {
    let evidence: Vec<&str> = pair
        .evidence
        .iter()
        .filter(|evidence| **evidence != crate::types::TermEvidence::Glossary)
        .map(|evidence| evidence.as_str())
        .collect();
    let context = pair.contexts.into_iter().next().unwrap_or_default();
    Row {
        term: pair.term,
        status: pair.status,
        variants: pair.variants,
        confidence: match pair.confidence > 0.0 {
            true => format!("{:.3}", pair.confidence),
            false => String::new(),
        },
        evidence: evidence.join("|"),
        unit: context.place.to_string(),
        context: context.text,
        part_of_speech: pair.part_of_speech.as_str().to_owned(),
        term_type: pair.term_type.as_str().to_owned(),
        ..Row::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_term_keeps_the_blanks_around_it() {
        let pair = TermPair {
            term: Pair::new("公约 ".into(), "\u{3000}convention".into()),
            variants: Pair::new(vec![], vec![" treaty\t".into()]),
            ..TermPair::default()
        };
        let concepts = vec![Concept::of_pair(pair)];
        let termbase = Termbase::from_concepts(concepts, "", &Stamp::default());
        let (_, row) = termbase.rows().next().unwrap();
        assert_eq!(row.term, Pair::new("公约".into(), "convention".into()));
        assert_eq!(row.variants.en, ["treaty"]);
    }
}
