//! Definitions that a text gives of its own terms.
//!
//! Comes in: aligned units. Goes out: terms with what they mean, in both languages, and where
//! they are defined:
//!
//! ```text
//! 二、验潮站：指记录潮位的固定设施。   ┐    验潮站 = tide station
//! 2. “tide station” means a fixed  ├─▶  指记录… / means a fixed installation …
//!    installation that records …   ┘    article 2, item 2
//! ```
//!
//! Each language has its own ways to define, some that are sure, and some that are read so
//! only where the other language is sure: *Tide station: any fixed installation …*. What is
//! defined on one side of a unit is paired with what is defined on the other, by the gloss
//! behind a term where there is one, and else in order where there are as many.
//!
//! It does not say which definition of a term is the right one: a text may define it twice.

mod chinese;
mod english;
mod half;

use self::half::{Certainty, Half};
use crate::types::{KeptUnit, Pair, Side, UnitPlace};

/// A term and what a text says that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The term.
    pub term: Pair<String>,
    /// What it means, in the words of the text.
    pub text: Pair<String>,
    /// The passages that say so.
    pub passage: Pair<String>,
    /// Index of the bead.
    pub bead: usize,
    /// Where it stands.
    pub place: UnitPlace,
}

/// In so many units of a text a term must stand before a dash to make a list of definitions.
const LIST: usize = 3;

/// The longest definition that is kept, in characters; what is longer is cut there.
const LONGEST: usize = 2_000;

/// The definitions of aligned units, in order.
pub fn definitions(units: &[KeptUnit]) -> Vec<Definition> {
    let halves: Vec<Pair<Vec<Half>>> = units
        .iter()
        .map(|unit| Pair::new(chinese::find(&unit.text.zh), english::find(&unit.text.en)))
        .collect();
    let is_listed = |halves: &&Pair<Vec<Half>>| {
        let is = |side: Side| {
            halves.get(side).iter().any(|half| half.certainty == Certainty::Listed)
        };
        is(Side::Zh) && is(Side::En)
    };
    let has_list = halves.iter().filter(is_listed).count() >= LIST;
    let of_units = units.iter().zip(halves);
    of_units.flat_map(|(unit, halves)| paired(unit, halves, has_list)).collect()
}

/// Pairs what is defined on both sides of a unit.
fn paired(unit: &KeptUnit, halves: Pair<Vec<Half>>, has_list: bool) -> Vec<Definition> {
    let is_kept = |half: &Half| has_list || half.certainty != Certainty::Listed;
    let mut halves = halves
        .map(|halves| -> Vec<Half> { halves.into_iter().filter(is_kept).collect() });
    // What one side is sure of decides how much the other has to show.
    let n_sure = halves.as_ref().map(|halves| {
        halves.iter().filter(|half| half.certainty == Certainty::Sure).count()
    });
    if n_sure.zh > 0 && n_sure.en > 0 {
        halves = halves.map(|halves| {
            halves.into_iter().filter(|half| half.certainty == Certainty::Sure).collect()
        });
    }
    let both = glossed(&halves).or_else(|| in_order(&halves)).unwrap_or_default();
    both.into_iter()
        .filter(|(zh, en)| is_sure_enough(zh, en))
        .map(|(zh, en)| Definition {
            term: Pair::new(zh.term.clone(), en.term.clone()),
            text: Pair::new(cut(&zh.text), cut(&en.text)),
            passage: unit.text.clone(),
            bead: unit.bead,
            place: unit.place.clone(),
        })
        .collect()
}

fn is_sure_enough(zh: &Half, en: &Half) -> bool {
    let best = zh.certainty.max(en.certainty);
    best == Certainty::Sure
        || (zh.certainty, en.certainty) == (Certainty::Listed, Certainty::Listed)
}

/// Pairs by the English name that stands behind the Chinese.
fn glossed(halves: &Pair<Vec<Half>>) -> Option<Vec<(&Half, &Half)>> {
    let pairs: Vec<_> = halves
        .zh
        .iter()
        .filter_map(|zh| {
            let is_it = |en: &&Half| en.term.eq_ignore_ascii_case(zh.gloss.trim());
            Some((zh, halves.en.iter().find(is_it)?))
        })
        .collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// Pairs in order, where there are as many.
fn in_order(halves: &Pair<Vec<Half>>) -> Option<Vec<(&Half, &Half)>> {
    let is_even = halves.zh.len() == halves.en.len();
    is_even.then(|| halves.zh.iter().zip(&halves.en).collect())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(zh: &str, en: &str) -> KeptUnit {
        KeptUnit {
            text: Pair::new(zh.into(), en.into()),
            bead: 7,
            place: "article 2".into(),
        }
    }

    fn terms(zh: &str, en: &str) -> Vec<(String, String)> {
        let found = definitions(&[unit(zh, en)]);
        found.into_iter().map(|one| (one.term.zh, one.term.en)).collect()
    }

    #[test]
    fn a_definition_is_paired_through_its_unit() {
        let units = [unit(
            "二、验潮站：指记录潮位的固定设施。",
            "2. “tide station” means a fixed installation that records tides;",
        )];
        let found = definitions(&units);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].term, Pair::new("验潮站".into(), "tide station".into()));
        assert_eq!(found[0].text.zh, "记录潮位的固定设施");
        assert_eq!(found[0].text.en, "a fixed installation that records tides");
        assert_eq!((found[0].bead, &found[0].place.unit[..]), (7, "article 2"));
    }

    #[test]
    fn each_language_has_its_ways() {
        for (zh, en) in [
            (
                "本规程所称航标，是指供船舶定位的设施。",
                "For the purposes of these Rules, the term “navigation mark” refers to a facility for fixing positions.",
            ),
            (
                "本條例所稱航標，指供船舶定位之設施。",
                "The term navigation mark in this Act refers to a facility for fixing positions.",
            ),
            (
                "“航标”系指供船舶定位的设施。",
                "“Navigation mark” means a facility for fixing positions.",
            ),
            (
                "三、航標：指供船舶定位之設施。",
                "3. Navigation mark: any facility for fixing positions.",
            ),
            (
                "(c) 航标： 指供船舶定位的设施。",
                "c. Navigation Mark means a facility for fixing positions.",
            ),
            (
                "航标：供船舶定位的设施。",
                "Navigation mark: means a facility for fixing positions.",
            ),
        ] {
            let found = terms(zh, en);
            assert_eq!(found.len(), 1, "{zh}");
            assert!(["航标", "航標"].contains(&&*found[0].0), "{found:?}");
            assert_eq!(found[0].1.to_lowercase(), "navigation mark");
        }
    }

    #[test]
    fn two_in_a_sentence_are_two() {
        let found = terms(
            "本规程所称“大潮”指朔望后的潮，所称“小潮”指上下弦后的潮。",
            "In these Rules, “spring tide” means a tide after new or full moon and “neap tide” means one after the quarters.",
        );
        let expected = [("大潮", "spring tide"), ("小潮", "neap tide")];
        assert_eq!(found, expected.map(|(zh, en)| (zh.to_owned(), en.to_owned())));
    }

    #[test]
    fn a_short_name_is_defined_by_the_long_one() {
        let found = definitions(&[unit(
            "港务局与《沿岸灯标维护协定》（以下简称“协定”）各方会商。",
            "The Port Authority consults the parties to the Coastal Lights Agreement (hereinafter “the Agreement”).",
        )]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].term, Pair::new("协定".into(), "Agreement".into()));
        assert_eq!(found[0].text.zh, "《沿岸灯标维护协定》");
        assert_eq!(found[0].text.en, "Coastal Lights Agreement");
    }

    #[test]
    fn means_of_doing_things_are_no_definitions() {
        for (zh, en) in [
            (
                "依本法指定之人員應以電信或其他方法通報。",
                "The persons shall report by telephone or other means.",
            ),
            ("（一）不當手段：以欺瞞。", "(1) Illegal means: the use of fraud."),
            ("他指出这是个问题。", "This means that there is a problem."),
            ("地址：青岚路三号", "Address: 3 Qinglan Road"),
        ] {
            assert_eq!(terms(zh, en), [], "{zh}");
        }
    }

    #[test]
    fn a_list_with_dashes_is_one_only_if_it_is_long() {
        let items = [
            unit("灯船 - 载有航标灯的船", "Lightship - a vessel that carries a light"),
            unit("浮标 - 系泊的标志", "Buoy - a moored mark"),
            unit("立标 - 固定的标志", "Beacon - a fixed mark"),
        ];
        assert_eq!(definitions(&items).len(), 3);
        assert_eq!(definitions(&items[..2]), []);
    }
}
