//! UTX.

use super::cells::{self, bare};
use super::error::{Cell, GlossaryError, Problem};
use super::headings::language;
use super::rows::Rows;
use super::table::uncommented;
use crate::types::{Concept, Pair, Side, Status};

/// Reads UTX 1.x: languages in the first line, columns in the last comment before the rows.
/// Rows of one concept that follow one another are its variants.
pub(super) fn read(text: &str, rows: &mut Rows) -> Result<(), GlossaryError> {
    let mut source = None;
    let mut columns: Vec<String> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            if n == 0 {
                source = comment.split(';').nth(1).and_then(source_language);
            } else if comment.starts_with("src") {
                columns = comment.split('\t').map(str::to_owned).collect();
            }
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        let Some(source) = source else {
            return Err(rows.unreadable(
                "the first line does not name Chinese and English: #UTX 1.20; zh-CN/en-US; …",
            ));
        };
        if let Some(word) = unknown_status(line, &columns) {
            rows.tell(n + 1, "term status".into(), Problem::UnknownStatus(word));
        }
        let row = row(line, &columns, source);
        match row {
            Ok(concept) if goes_on(rows.last(), &concept) => {
                if let Some(last) = rows.last() {
                    add(last, &concept.pair.term);
                }
            }
            row => rows.take(n + 1, row.map(Some))?,
        }
    }
    Ok(())
}

/// The first of ` zh-CN/en-US`.
fn source_language(languages: &str) -> Option<Side> {
    let (source, target) = languages.split_once('/')?;
    let source = language(source)?;
    (language(target)? == source.other()).then_some(source)
}

/// The word for a status of a row, where it is not known.
fn unknown_status(line: &str, columns: &[String]) -> Option<String> {
    let column = columns.iter().position(|column| column == "term status")?;
    match cells::status(line.split('\t').nth(column)?) {
        Err(Problem::Status(word)) => Some(word),
        _ => None,
    }
}

fn row(line: &str, columns: &[String], source: Side) -> Cell<Concept> {
    let cells: Vec<&str> = line.split('\t').collect();
    let cell = |name: &str| {
        let column = columns.iter().position(|column| column == name)?;
        cells.get(column).copied()
    };
    let mut term = Pair::default();
    for (k, side) in [source, source.other()].into_iter().enumerate() {
        let text = cells.get(k).copied().unwrap_or_default();
        if text.trim().is_empty() {
            let name = if k == 0 { "src" } else { "tgt" };
            return Err((name.to_owned(), Problem::NoTerm));
        }
        *term.get_mut(side) = if k == 0 { uncommented(text) } else { text }.to_owned();
    }
    let status = match cell("term status") {
        Some(status) if !status.trim().is_empty() => {
            // What is not known is for somebody to decide; the reader is told.
            cells::status(status).unwrap_or(Status::Candidate)
        }
        _ => Status::Accepted,
    };
    let note = cell("comment").unwrap_or_default();
    let rest = note.strip_prefix("preferred").filter(|_| status == Status::Accepted);
    let rest = rest.and_then(|rest| match rest {
        "" => Some(""),
        rest => rest.strip_prefix("; "),
    });
    let is_preferred = rest.is_some();
    let mut pair = bare(term, if is_preferred { Status::Preferred } else { status });
    pair.part_of_speech = cells::part_of_speech(match cell("src:pos") {
        None => "",
        Some("") => "other",
        Some(pos) => pos,
    });
    Ok(Concept {
        id: cell("concept ID").unwrap_or_default().trim().to_owned(),
        pair,
        note: rest.unwrap_or(note).to_owned(),
        ..Concept::default()
    })
}

/// Is a row of the concept before it, and of the same status?
fn goes_on(last: Option<&mut Concept>, row: &Concept) -> bool {
    last.is_some_and(|last| {
        !row.id.is_empty()
            && last.id == row.id
            && last.pair.status == row.pair.status
            && last.note == row.note
            && last.pair.part_of_speech == row.pair.part_of_speech
    })
}

fn add(concept: &mut Concept, term: &Pair<String>) {
    for side in Side::BOTH {
        let text = term.get(side);
        let pair = &mut concept.pair;
        if pair.term.get(side) != text && !pair.variants.get(side).contains(text) {
            pair.variants.get_mut(side).push(text.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn rows_of_one_concept_are_its_variants() {
        let text = "#UTX 1.20; en-US/zh-CN; 2026-01-01T00:00:00Z; copyright: me\n\
            #src\ttgt\tsrc:pos\tterm status\tconcept ID\n\
            Party\t缔约方\tnoun\tapproved\t1\nparty\t缔约方\tnoun\tapproved\t1\n\
            signatory\t缔约方\tnoun\tforbidden\t1\n";
        let mut rows = Rows::new(Path::new("t.utx"), false);
        read(text, &mut rows).unwrap();
        let concepts = rows.into_loaded().concepts;
        assert_eq!(concepts.len(), 2);
        assert_eq!(concepts[0].pair.variants.en, ["party"]);
        assert_eq!(concepts[1].pair.status, Status::Forbidden);
    }

    #[test]
    fn other_languages_are_refused() {
        let mut rows = Rows::new(Path::new("t.utx"), true);
        let error =
            read("#UTX 1.11; ja/en\n#src\ttgt\n猫\tcat\n", &mut rows).unwrap_err();
        assert!(error.to_string().contains("does not name Chinese and English"));
    }
}
