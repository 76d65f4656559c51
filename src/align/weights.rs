//! What each feature of a bead weighs.
//!
//! The numbers stand in `data/weights.tsv`, a named feature a line, with their unit and
//! source. `docs/measuring.md` tells how to fit them anew.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::align::corpus::Closing;

/// Most passages of a bead on the Chinese side, soft ones not counted.
pub(crate) const MAX_ZH: usize = 5;
/// Most passages of a bead on the English side, soft ones not counted.
pub(crate) const MAX_EN: usize = 10;
/// Most soft passages inside one side of a bead.
pub(crate) const MAX_SOFT: usize = 16;

/// Index of the weight of words with content.
pub(crate) const CONTENT: usize = 0;
/// Index of the weight of function words.
pub(crate) const FUNCTION: usize = 1;
/// Index of the weight of the squared difference of lengths.
pub(crate) const GAUSS: usize = 2;
/// Index of the weight of the logarithm of the ratio of lengths.
pub(crate) const RATIO: usize = 3;
/// Index of the weight of a Chinese character without counterpart.
pub(crate) const ALONE_ZH: usize = 4;
/// Index of the weight of an English letter without counterpart.
pub(crate) const ALONE_EN: usize = 5;
/// Index of the weight of a clause that crosses a border inside a bead.
pub(crate) const CROSSING: usize = 6;
const TYPES: usize = 7;
const CLOSINGS: usize = TYPES + (MAX_ZH + 1) * (MAX_EN + 1);
const OPENS: usize = CLOSINGS + Closing::COUNT * Closing::COUNT;
const CLOSES: usize = OPENS + 4;
const SPEECH: usize = CLOSES + 4;
/// How many weights there are.
pub(crate) const DIMENSIONS: usize = SPEECH + 4;

/// Index of the weight of a bead type.
pub(crate) fn type_index(zh: usize, en: usize) -> usize {
    TYPES + zh * (MAX_EN + 1) + en
}

/// Index of the weight of a pair of closing marks.
pub(crate) fn closing_index(zh: Closing, en: Closing) -> usize {
    CLOSINGS + zh as usize * Closing::COUNT + en as usize
}

/// Index of the weight of quotes at the beginning.
pub(crate) fn opens_index(zh: bool, en: bool) -> usize {
    OPENS + usize::from(zh) * 2 + usize::from(en)
}

/// Index of the weight of quotes at the end.
pub(crate) fn closes_index(zh: bool, en: bool) -> usize {
    CLOSES + usize::from(zh) * 2 + usize::from(en)
}

/// Index of the weight of speech being open at the end.
pub(crate) fn speech_index(zh: bool, en: bool) -> usize {
    SPEECH + usize::from(zh) * 2 + usize::from(en)
}

/// May a bead have these numbers of passages?
pub fn is_bead(zh: usize, en: usize) -> bool {
    (1..=MAX_ZH).contains(&zh) && (1..=7).contains(&en) && zh + en <= 8
        || zh == 1 && (1..=MAX_EN).contains(&en)
}

/// Most English passages of a bead that has `zh` Chinese ones.
pub(crate) fn max_en(zh: usize) -> usize {
    match zh {
        1 => MAX_EN,
        _ => 8usize.saturating_sub(zh),
    }
}

/// What a feature is of; each kind is held at the prior more or less firmly when weights are
/// fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureKind {
    /// Words and lengths, which are measured.
    Measure,
    /// The number of passages on both sides of a bead.
    BeadType,
    /// Marks and quotes at its ends.
    Boundary,
}

/// What a bead type weighs that the table does not list: no gold has one.
const UNLISTED: f64 = -8.0;

/// The features before [`TYPES`]: name and unit.
const MEASURES: [(&str, &str); TYPES] = [
    ("words.content", "nat"),
    ("words.function", "nat"),
    ("length.difference", "variance"),
    ("length.ratio", "nat"),
    ("alone.zh", "character"),
    ("alone.en", "character"),
    ("crossing", "nat"),
];

/// The unit of a feature that a bead has or has not.
const INDICATOR: &str = "bead";

/// The name of each feature, in the order of the weights.
fn names() -> Vec<String> {
    let closings = || Closing::ALL.iter().map(|closing| closing.as_str());
    let quotes = |what: &'static str| {
        pairs(["no", "yes"].into_iter()).map(move |pair| format!("{what}.{pair}"))
    };
    let measures = MEASURES.iter().map(|(name, _)| (*name).to_owned());
    let beads = (0..=MAX_ZH)
        .flat_map(|zh| (0..=MAX_EN).map(move |en| format!("beads.{zh}-{en}")));
    measures
        .chain(beads)
        .chain(pairs(closings()).map(|pair| format!("closing.{pair}")))
        .chain(["quote-opens", "quote-closes", "speech"].into_iter().flat_map(quotes))
        .collect()
}

/// Each with each, the Chinese first.
fn pairs<'a>(
    names: impl Iterator<Item = &'a str> + Clone + 'a,
) -> impl Iterator<Item = String> + 'a {
    names.clone().flat_map(move |zh| names.clone().map(move |en| format!("{zh}-{en}")))
}

/// The weights that are shipped.
struct Shipped {
    prior: Weights,
    first: Weights,
    last: Weights,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let rows = rows(include_str!("data/weights.tsv"));
    let column = |column: usize| {
        let weight = |name: &String| match rows.get(name.as_str()) {
            Some(row) => row[column],
            None => UNLISTED,
        };
        Weights(names().iter().map(weight).collect())
    };
    Shipped { prior: column(0), first: column(1), last: column(2) }
});

/// The rows of the table by feature: prior, first and last weight.
fn rows(table: &str) -> BTreeMap<&str, [f64; 3]> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut numbers = cells.skip(1).map(|cell| cell.parse().ok());
            let row = std::array::from_fn(|_| {
                numbers.next().flatten().expect("a test reads every row of the table")
            });
            (name, row)
        })
        .collect()
}

/// A weight for each feature, in nats per unit of the feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(pub(crate) Vec<f64>);

impl Weights {
    /// The shipped weights for the first stage, while only the lexicon is known.
    pub fn first() -> Self {
        SHIPPED.first.clone()
    }

    /// The shipped weights for the last stage, after learning from the documents.
    pub fn last() -> Self {
        SHIPPED.last.clone()
    }

    /// The weights to start from where there is no gold.
    pub fn prior() -> Self {
        SHIPPED.prior.clone()
    }

    /// The weight of each feature.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// Weights of the same features; `None` where they are not as many.
    pub fn with_values(&self, values: Vec<f64>) -> Option<Self> {
        (values.len() == self.0.len()).then_some(Weights(values))
    }

    /// What each feature is of, in the order of [`Weights::values`].
    pub fn kinds() -> impl Iterator<Item = FeatureKind> {
        (0..DIMENSIONS).map(|index| match index {
            _ if index < TYPES => FeatureKind::Measure,
            _ if index < CLOSINGS => FeatureKind::BeadType,
            _ => FeatureKind::Boundary,
        })
    }

    /// The rows of `data/weights.tsv` with these weights for the first and the last stage.
    pub fn table(first: &Weights, last: &Weights) -> String {
        let prior = Weights::prior();
        let mut table = String::new();
        for (index, name) in names().iter().enumerate() {
            let row = [prior.0[index], first.0[index], last.0[index]];
            let is_type = (TYPES..CLOSINGS).contains(&index);
            if is_type && row.iter().all(|weight| (weight - UNLISTED).abs() < 5e-4) {
                continue;
            }
            let unit = MEASURES.get(index).map_or(INDICATOR, |(_, unit)| unit);
            let [prior, first, last] = row.map(|weight| format!("{weight:.3}"));
            table += &format!("{name}\t{unit}\t{prior}\t{first}\t{last}\n");
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_feature_once_and_nothing_else() {
        let text = include_str!("data/weights.tsv");
        let start = text.find("\nwords.").expect("the first feature") + 1;
        assert_eq!(Weights::table(&Weights::first(), &Weights::last()), text[start..]);
        assert_eq!(names().len(), DIMENSIONS);
        assert_eq!(
            names()[closing_index(Closing::Question, Closing::Open)],
            "closing.question-open"
        );
        assert_eq!(names()[type_index(2, 10)], "beads.2-10");
        assert_eq!(names()[speech_index(true, false)], "speech.yes-no");
    }

    #[test]
    fn every_bead_that_may_be_is_listed() {
        let prior = Weights::prior();
        for zh in 1..=MAX_ZH {
            for en in (1..=MAX_EN).filter(|&en| is_bead(zh, en)) {
                let is_rare = zh + en > 7;
                let weight = prior.0[type_index(zh, en)];
                assert!(is_rare || weight > UNLISTED, "{zh}-{en}: {weight}");
            }
        }
    }
}
