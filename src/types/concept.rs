use std::collections::BTreeSet;

use crate::types::{Pair, Side, TermPair};

/// A glossary entry as a file holds it: one meaning, its terms on both sides, and what the
/// owner of the file says of them (ISO 30042 calls it a concept).
///
/// A file that gives its terms different statuses has an entry for each status: what may be
/// said and what must not are different advice. Entries of one concept follow one another
/// and have one [id](Self::id).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concept {
    /// What the file calls it: a row id, an entry id; empty where it has no name.
    pub id: String,
    /// The terms, with all that the file tells of their origin. Of a further entry of a
    /// concept one term may be empty.
    pub pair: TermPair,
    /// The field it belongs to: law, finance; empty where unknown.
    pub subject: String,
    /// A remark of the owner.
    pub note: String,
    /// What the terms mean, in each language.
    pub definition: Pair<String>,
    /// Where the definition is from: a document and its article.
    pub definition_source: String,
    /// Where the terms are used: Hong Kong, `en-GB`.
    pub usage: String,
    /// How uses of the terms are to be found: see
    /// [`MatchRule`](crate::terms::MatchRule); empty for the usual way.
    pub matching: String,
    /// The document that the terms are from; empty where unknown.
    pub document: String,
    /// The day on which it was made, `2026-11-24`; empty where unknown.
    pub created: String,
    /// The day on which it was last changed.
    pub changed: String,
    /// Who changed it last.
    pub who: String,
    /// What the file tells under names that are not known: name and text, in order.
    pub other: Vec<(String, String)>,
    /// Where it stands in the file: the line or row, from 1.
    pub line: usize,
}

impl Concept {
    /// An entry of nothing but its terms.
    pub fn of_pair(pair: TermPair) -> Self {
        Self { pair, ..Self::default() }
    }
}

/// The term that carries what is said of a row, in files that say it of terms: its English, or
/// else its Chinese, the first of them that carries nothing of another row.
///
/// `terms` are the terms of the row by their numbers in the entry, from 1; the answer counts
/// from 0. Who writes such a file and who reads it must choose alike.
pub(crate) fn anchor_of_row(
    terms: &Pair<Vec<usize>>,
    anchored: &mut BTreeSet<(Side, usize)>,
) -> Option<(Side, usize)> {
    let first = |side: Side| terms.get(side).first().map(|number| (side, number - 1));
    let both = [first(Side::En), first(Side::Zh)];
    let mut known = both.into_iter().flatten();
    let free = known.clone().find(|one| !anchored.contains(one));
    let chosen = free.or_else(|| known.next())?;
    anchored.insert(chosen);
    Some(chosen)
}
