//! The units that texts are numbered by, read from `units.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::script::is_han;
use crate::types::LabelUnit;

/// How deep a unit lies: only order counts.
pub(super) type Depth = u8;
/// Chapters, parts, annexes: cited by themselves.
pub(super) const APART: Depth = 0;
/// Articles and what is called alike.
pub(super) const ARTICLE: Depth = 1;
/// The first unit below the article.
pub(super) const PARAGRAPH: Depth = 2;

/// May a unit open a paragraph as its label?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    Yes,
    /// Before a blank only: the form is an everyday word, too.
    Gap,
    No,
}

/// Is a unit a citation inside a sentence?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cites {
    Yes,
    /// Behind 第 only.
    Ordinal,
    No,
}

/// One row of the table: a word that names a unit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// As written, an abbreviation without its full stop.
    pub(super) form: &'static str,
    pub(super) name: &'static str,
    pub(super) depth: Depth,
    pub(super) opens: Opens,
    pub(super) cites: Cites,
    is_short: bool,
    /// Characters behind a Chinese form with which it is another word.
    unless: &'static str,
}

impl Unit {
    /// The unit of a label, for a unit that opens one.
    pub(super) fn label_unit(&self) -> Option<LabelUnit> {
        match self.name {
            "part" => Some(LabelUnit::Part),
            "chapter" => Some(LabelUnit::Chapter),
            "section" => Some(LabelUnit::Section),
            "article" => Some(LabelUnit::Article),
            _ => None,
        }
    }

    /// Is its number written behind it in Chinese, too: 附件二?
    pub(super) fn is_annex(&self) -> bool {
        self.name == "annex"
    }
}

/// What an English unit is written like.
pub(super) struct EnglishUnit {
    pub(super) unit: &'static Unit,
    pub(super) is_plural: bool,
    /// Bytes, with the full stop of an abbreviation.
    pub(super) len: usize,
}

struct Table {
    /// Longest first, so that 部分 is found before 部.
    chinese: Vec<Unit>,
    english: FxHashMap<&'static str, Unit>,
}

const TABLE: &str = include_str!("units.tsv");

static UNITS: LazyLock<Table> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let units = rows.map(|row| parse(row).expect("a test reads the table"));
    let (mut chinese, english): (Vec<_>, Vec<_>) =
        units.partition(|unit| unit.form.starts_with(is_han));
    chinese.sort_by_key(|unit| std::cmp::Reverse(unit.form.len()));
    Table {
        chinese,
        english: english.into_iter().map(|unit| (unit.form, unit)).collect(),
    }
});

fn parse(row: &'static str) -> Option<Unit> {
    let mut cells = row.split('\t');
    let form = cells.next()?;
    let name = cells.next()?;
    let depth = cells.next()?.parse().ok()?;
    let opens = match cells.next()? {
        "yes" => Opens::Yes,
        "gap" => Opens::Gap,
        "no" => Opens::No,
        _ => return None,
    };
    let cites = match cells.next()? {
        "yes" => Cites::Yes,
        "ordinal" => Cites::Ordinal,
        "no" => Cites::No,
        _ => return None,
    };
    let unless = cells.next().unwrap_or_default();
    let (form, is_short) = match form.strip_suffix('.') {
        Some(short) => (short, true),
        None => (form, false),
    };
    Some(Unit { form, name, depth, opens, cites, is_short, unless })
}

/// The Chinese unit that `text` opens with: 条, 款, 附件.
pub(super) fn chinese_unit_at(text: &str) -> Option<&'static Unit> {
    let first = text.chars().next().filter(|&c| is_han(c))?;
    let units = UNITS.chinese.iter().filter(|unit| unit.form.starts_with(first));
    let unit = units.into_iter().find(|unit| text.starts_with(unit.form))?;
    let is_other = text[unit.form.len()..].starts_with(|c| unit.unless.contains(c));
    (!is_other).then_some(unit)
}

/// The longest English form, in bytes.
const LONGEST: usize = 13;

/// The English unit that `text` opens with, in any case: Article, sections, paras.
pub(super) fn english_unit_at(text: &str) -> Option<EnglishUnit> {
    let len = match text.chars().next()? {
        '§' => '§'.len_utf8(),
        _ => text.bytes().take_while(u8::is_ascii_alphabetic).take(LONGEST + 1).count(),
    };
    let mut buffer = [0; LONGEST];
    let word = buffer.get_mut(..len)?;
    word.copy_from_slice(&text.as_bytes()[..len]);
    word.make_ascii_lowercase();
    let word = std::str::from_utf8(word).ok()?;
    let singulars = [Some(word), word.strip_suffix('s'), word.strip_suffix("es")];
    let (k, unit) = singulars.into_iter().enumerate().find_map(|(k, singular)| {
        Some((k, UNITS.english.get(singular.filter(|form| !form.is_empty())?)?))
    })?;
    let stop = usize::from(unit.is_short && text[len..].starts_with('.'));
    Some(EnglishUnit { unit, is_plural: k > 0, len: len + stop })
}

/// May a unit begin with this character? Of the letters both cases, and `s` for sub-paragraph.
pub(super) fn begins_unit(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => "abceiprstv".contains(c.to_ascii_lowercase()),
        _ => c == '§',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows: Vec<&str> =
            TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        for row in &rows {
            let unit = parse(row).unwrap_or_else(|| panic!("{row}"));
            let names = ["part", "chapter", "section", "article", "paragraph", "annex"];
            assert!(names.contains(&unit.name), "{row}");
            assert_eq!(
                unit.opens == Opens::No,
                unit.label_unit().is_none() || unit.form == "cap"
            );
            assert!(unit.form.len() <= LONGEST && !unit.form.is_empty(), "{row}");
            assert!(
                unit.form.starts_with(is_han) || unit.form.starts_with(begins_unit),
                "{row}"
            );
        }
        assert_eq!(UNITS.chinese.len() + UNITS.english.len(), rows.len());
    }

    #[test]
    fn units_are_known_in_any_form() {
        let english =
            |text| english_unit_at(text).map(|u| (u.unit.name, u.is_plural, u.len));
        assert_eq!(english("ARTICLES 3"), Some(("article", true, 8)));
        assert_eq!(english("Sec. 3"), Some(("section", false, 4)));
        assert_eq!(english("annexes"), Some(("annex", true, 7)));
        assert_eq!(english("§ 3"), Some(("section", false, 2)));
        assert_eq!(english("this Part."), None);
        assert_eq!(english("Part. A"), Some(("part", false, 4)));
        assert_eq!(chinese_unit_at("部分").map(|u| u.form), Some("部分"));
        assert_eq!(chinese_unit_at("项目"), None);
        assert_eq!(chinese_unit_at("項").map(|u| u.name), Some("paragraph"));
    }
}
