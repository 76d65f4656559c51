//! What the cells of a table mean.

use super::error::Problem;
use super::rows::Cell;
use crate::text::script::is_han;
use crate::types::{
    Concept, Context, Pair, PartOfSpeech, Side, Status, TermEvidence, TermPair, TermType,
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Term(Side),
    Variants(Side),
    Context(Side),
    Count,
    CountOf(Side),
    Confidence,
    Evidence,
    Status,
    Unit,
    Document,
    PartOfSpeech,
    TermType,
    Note,
    Subject,
    Id,
}

/// Which column holds what.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    names: Vec<String>,
    roles: Vec<Option<Role>>,
}

impl Layout {
    /// By a header; `None` of a row that does not name both languages.
    pub(super) fn of_header(cells: &[String]) -> Option<Self> {
        let mut roles: Vec<Option<Role>> = Vec::new();
        for cell in cells {
            let role = role(cell);
            // Of two columns of one name the first counts.
            roles.push(role.filter(|role| !roles.contains(&Some(*role))));
        }
        let has = |side| roles.contains(&Some(Role::Term(side)));
        (has(Side::Zh) && has(Side::En)).then(|| Self { names: cells.to_vec(), roles })
    }

    /// By the rows themselves, where the first two columns are the two languages and a third
    /// a comment; with the number of rows to pass over, those of a header that names other
    /// things.
    pub(super) fn of_rows(rows: &[Vec<String>]) -> Option<(Self, usize)> {
        let has_han = |cell: Option<&String>| cell.is_some_and(|c| c.chars().any(is_han));
        let n_han = |k: usize| rows.iter().filter(|row| has_han(row.get(k))).count();
        let (first, second) = (n_han(0), n_han(1));
        if first == second {
            return None;
        }
        let zh = usize::from(second > first);
        let (zh_role, en_role) = (Some(Role::Term(Side::Zh)), Some(Role::Term(Side::En)));
        let mut roles =
            if zh == 0 { vec![zh_role, en_role] } else { vec![en_role, zh_role] };
        roles.push(Some(Role::Note));
        let names = (1..=roles.len()).map(|k| k.to_string()).collect();
        let is_header = rows.len() > 1 && !has_han(rows[0].get(zh));
        Some((Self { names, roles }, usize::from(is_header)))
    }

    /// The entry of a row; `None` of an empty one.
    pub(super) fn concept(&self, cells: &[String]) -> Cell<Option<Concept>> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        let extra = cells.iter().skip(self.roles.len());
        if extra.filter(|cell| !cell.trim().is_empty()).count() > 0 {
            let (cells, columns) = (cells.len(), self.roles.len());
            return Err((String::new(), Problem::TooMany { cells, columns }));
        }
        let mut concept = Concept::default();
        let mut context = Context::default();
        let mut status = None;
        for (column, role) in self.roles.iter().enumerate() {
            let (Some(role), Some(cell)) = (role, cells.get(column)) else { continue };
            let problem = |problem| (self.names[column].trim().to_owned(), problem);
            let pair = &mut concept.pair;
            match *role {
                Role::Term(side) if cell.trim().is_empty() => {
                    let _ = side;
                    return Err(problem(Problem::NoTerm));
                }
                Role::Term(side) => pair.term.get_mut(side).clone_from(cell),
                Role::Variants(side) => *pair.variants.get_mut(side) = items(cell),
                Role::Context(side) => context.text.get_mut(side).clone_from(cell),
                Role::Count => pair.count = count(cell).map_err(problem)?,
                Role::CountOf(side) => {
                    *pair.counts.get_mut(side) = count(cell).map_err(problem)?;
                }
                Role::Confidence => pair.confidence = number(cell).map_err(problem)?,
                Role::Evidence => pair.evidence = evidence(cell),
                Role::Status => status = Some(self::status(cell).map_err(problem)?),
                Role::Unit => context.place.unit.clone_from(cell),
                Role::Document => concept.document.clone_from(cell),
                Role::PartOfSpeech => pair.part_of_speech = part_of_speech(cell),
                Role::TermType => {
                    pair.term_type = TermType::from_name(cell.trim()).unwrap_or_default();
                }
                Role::Note => concept.note.clone_from(cell),
                Role::Subject => concept.subject.clone_from(cell),
                Role::Id => concept.id = cell.trim().to_owned(),
            }
        }
        for (column, role) in self.roles.iter().enumerate() {
            if matches!(role, Some(Role::Term(_))) && column >= cells.len() {
                return Err((self.names[column].trim().to_owned(), Problem::NoTerm));
            }
        }
        concept.pair.status =
            status.or_else(|| status_in_note(&concept.note)).unwrap_or(Status::Accepted);
        if context != Context::default() {
            concept.pair.contexts.push(context);
        }
        Ok(Some(concept))
    }
}

/// What a column of that name holds.
fn role(name: &str) -> Option<Role> {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    Some(match name.as_str() {
        "zh_variants" => Role::Variants(Side::Zh),
        "en_variants" => Role::Variants(Side::En),
        "zh_context" => Role::Context(Side::Zh),
        "en_context" => Role::Context(Side::En),
        "zh_count" => Role::CountOf(Side::Zh),
        "en_count" => Role::CountOf(Side::En),
        "count" => Role::Count,
        "confidence" => Role::Confidence,
        "evidence" => Role::Evidence,
        "status" | "状态" | "狀態" | "term_status" => Role::Status,
        "unit" => Role::Unit,
        "document" => Role::Document,
        "part_of_speech" | "pos" | "词性" | "詞性" => Role::PartOfSpeech,
        "term_type" => Role::TermType,
        "note" | "notes" | "comment" | "备注" | "備註" | "entry_note" => Role::Note,
        "subject" | "domain" | "entry_subject" | "领域" | "領域" => Role::Subject,
        "id" | "row_id" | "entry_id" | "concept_id" => Role::Id,
        _ => Role::Term(language(&name)?),
    })
}

/// The language that a column or an attribute names: `zh_CN`, `Chinese_PRC`, `English (US)`.
pub(super) fn language(name: &str) -> Option<Side> {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    let first = name.split(['_', '(']).next().unwrap_or_default();
    let rest = name[first.len()..].trim_matches(['_', '(', ')']);
    // A longer name is of something else: zh_definition, english_gloss.
    let is_region = rest.len() <= 4
        || matches!(
            rest,
            "simplified" | "traditional" | "taiwan" | "hong_kong" | "china"
        )
        || matches!(rest, "united_states" | "united_kingdom" | "hans_cn" | "hant_tw");
    let side = match first {
        "zh" | "zho" | "chi" | "cmn" | "chinese" | "cn" | "中文" | "汉语" | "漢語"
        | "简体中文" | "繁體中文" => Side::Zh,
        "en" | "eng" | "english" | "英文" | "英语" | "英語" => Side::En,
        _ => return None,
    };
    is_region.then_some(side)
}

/// The items of a cell, with `|` between them; `\|` and `\\` stand for the marks themselves.
pub(super) fn items(cell: &str) -> Vec<String> {
    if cell.is_empty() {
        return Vec::new();
    }
    let mut items = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let last = items.last_mut().expect("it is never empty");
        match (c, next) {
            ('\\', Some('|' | '\\')) => last.extend(chars.next()),
            ('|', _) => items.push(String::new()),
            _ => last.push(c),
        }
    }
    items
}

/// A status by our name or that of other tools; of an empty cell a candidate.
pub(super) fn status(cell: &str) -> Result<Status, Problem> {
    let name = cell.trim().to_lowercase();
    Ok(match name.as_str() {
        "" | "provisional" | "proposed" | "new" | "候选" | "候選" => {
            Status::Candidate
        }
        "approved" | "admitted" | "已确认" | "已確認" => Status::Accepted,
        "首选" | "首選" => Status::Preferred,
        "deprecated" | "non-standard" | "禁用" => Status::Forbidden,
        "拒绝" | "拒絕" => Status::Rejected,
        name => Status::from_name(name)
            .ok_or_else(|| Problem::Status(cell.trim().to_owned()))?,
    })
}

/// The status that opens a note of ours: `candidate, 0.90, article 1`.
fn status_in_note(note: &str) -> Option<Status> {
    let note = note.strip_prefix("variant, ").unwrap_or(note);
    Status::from_name(note.split(',').next()?)
}

pub(super) fn evidence(cell: &str) -> Vec<TermEvidence> {
    cell.split('|').filter_map(|name| TermEvidence::from_name(name.trim())).collect()
}

pub(super) fn part_of_speech(cell: &str) -> PartOfSpeech {
    let name = cell.trim().to_lowercase();
    PartOfSpeech::from_name(&name).unwrap_or(match name.as_str() {
        "" | "propernoun" | "n" => PartOfSpeech::Noun,
        "v" => PartOfSpeech::Verb,
        "adj" => PartOfSpeech::Adjective,
        _ => PartOfSpeech::Other,
    })
}

fn count(cell: &str) -> Result<usize, Problem> {
    let number = number(cell)?;
    if number < 0.0 || number.fract() > 0.0 {
        return Err(Problem::Number(cell.trim().to_owned()));
    }
    Ok(number as usize)
}

/// A number; of an empty cell 0. A spreadsheet may write a comma for the point.
fn number(cell: &str) -> Result<f64, Problem> {
    let text = cell.trim();
    if text.is_empty() {
        return Ok(0.0);
    }
    let number = text.parse().or_else(|_| text.replace(',', ".").parse());
    match number {
        Ok(number) if f64::is_finite(number) => Ok(number),
        _ => Err(Problem::Number(text.to_owned())),
    }
}

/// The pair of a row with nothing but its terms.
pub(super) fn bare(term: Pair<String>, status: Status) -> TermPair {
    TermPair { term, status, ..TermPair::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let layout =
            Layout::of_header(&cells(&["Status", "English", "其他", " ZH "])).unwrap();
        let row = cells(&["Preferred", "convention", "?", "公约"]);
        let concept = layout.concept(&row).unwrap().unwrap();
        assert_eq!(concept.pair.term, Pair::new("公约".into(), "convention".into()));
        assert_eq!(concept.pair.status, Status::Preferred);
        assert!(Layout::of_header(&cells(&["zh", "zh definition"])).is_none());
    }

    #[test]
    fn a_row_that_makes_no_sense_names_its_column() {
        let layout = Layout::of_header(&cells(&["zh", "en", "status", "count"])).unwrap();
        let problem = |row: &[&str]| layout.concept(&cells(row)).unwrap_err();
        assert_eq!(
            problem(&["公约", "convention", "maybe"]),
            ("status".into(), Problem::Status("maybe".into()))
        );
        assert_eq!(problem(&["公约", " "]), ("en".into(), Problem::NoTerm));
        assert_eq!(problem(&["公约"]), ("en".into(), Problem::NoTerm));
        assert_eq!(problem(&["a", "b", "", "x"]).1, Problem::Number("x".into()));
        assert_eq!(
            problem(&["a", "b", "", "1", "y"]).1,
            Problem::TooMany { cells: 5, columns: 4 }
        );
        assert_eq!(layout.concept(&cells(&["", " ", ""])).unwrap(), None);
    }

    #[test]
    fn without_a_header_the_chinese_column_is_the_one_with_han() {
        let rows = [cells(&["convention", "公约"]), cells(&["Party", "缔约方"])];
        let (layout, skipped) = Layout::of_rows(&rows).unwrap();
        let concept = layout.concept(&rows[0]).unwrap().unwrap();
        assert_eq!((concept.pair.term.zh.as_str(), skipped), ("公约", 0));
        let rows = [cells(&["src", "tgt"]), rows[0].clone(), rows[1].clone()];
        assert_eq!(Layout::of_rows(&rows).unwrap().1, 1);
        assert!(Layout::of_rows(&[cells(&["a", "b"])]).is_none());
    }

    #[test]
    fn lists_come_apart_where_they_were_joined() {
        assert_eq!(items("a\\|b|c\\\\"), ["a|b", "c\\"]);
        assert_eq!(items("a||"), ["a", "", ""]);
        assert!(items("").is_empty());
    }
}
