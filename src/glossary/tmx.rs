//! Translation memories whose units are terms.

use super::cells::bare;
use super::error::{GlossaryError, Problem};
use super::headings::language;
use super::rows::Rows;
use super::xml::{Part, walk};
use crate::types::{Concept, Pair, Side, Status};

/// Reads the units that have both languages, the tags inside their texts left out.
pub(super) fn read(text: &str, rows: &mut Rows) -> Result<(), GlossaryError> {
    let mut is_memory = false;
    let (mut id, mut first_line, mut side) = (String::new(), 0, None);
    let mut texts: Pair<Option<String>> = Pair::default();
    walk(text, rows, |part, place, rows| {
        match part {
            Part::Start("tmx", _) => is_memory = true,
            Part::Start("tu", attributes) => {
                (id, first_line, side) = (attributes.id.clone(), place.line(), None);
                texts = Pair::default();
            }
            Part::Start("tuv", attributes) => side = language(&attributes.language),
            Part::End("seg", text) => {
                if let Some(side) = side {
                    // Of several of one language the first counts.
                    texts.get_mut(side).get_or_insert_with(|| text.to_owned());
                }
            }
            Part::End("tu", _) => {
                let both = std::mem::take(&mut texts);
                if let (Some(zh), Some(en)) = (both.zh, both.en) {
                    rows.take(first_line, concept(&id, zh, en))?;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if is_memory { Ok(()) } else { Err(rows.unreadable("is no TMX file")) }
}

fn concept(
    id: &str,
    zh: String,
    en: String,
) -> Result<Option<Concept>, (String, Problem)> {
    for (side, text) in [(Side::Zh, &zh), (Side::En, &en)] {
        if text.trim().is_empty() {
            return Err((side.to_string(), Problem::NoTerm));
        }
    }
    let pair = bare(Pair::new(zh, en), Status::Accepted);
    Ok(Some(Concept { id: id.to_owned(), pair, ..Concept::default() }))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn tags_are_no_text_and_other_languages_no_terms() {
        let text = r#"<tmx version="1.4"><body>
            <tu tuid="7"><tuv xml:lang="en-GB"><seg><bpt i="1">&lt;b></bpt>the <hi>High</hi> Court<ept i="1">&lt;/b></ept></seg></tuv>
            <tuv lang="ZH-HK"><seg>高等法院 &amp; 上訴</seg></tuv></tu>
            <tu><tuv xml:lang="de"><seg>Gericht</seg></tuv><tuv xml:lang="en"><seg>court</seg></tuv></tu></body></tmx>"#;
        let mut rows = Rows::new(Path::new("t.tmx"), false);
        read(text, &mut rows).unwrap();
        let concepts = rows.into_loaded().concepts;
        assert_eq!(concepts.len(), 1);
        let term = &concepts[0].pair.term;
        assert_eq!(
            (term.zh.as_str(), term.en.as_str()),
            ("高等法院 & 上訴", "the High Court")
        );
        assert_eq!((concepts[0].id.as_str(), concepts[0].line), ("7", 2));
    }
}
