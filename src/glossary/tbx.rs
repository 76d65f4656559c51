//! TBX of 2008 (`martif`) and of 2019, in the styles DCA and DCT.

use super::cells::{self, bare, language};
use super::error::{GlossaryError, Problem};
use super::rows::Rows;
use super::xml::{Attributes, Part, walk};
use crate::types::{
    Concept, Context, Pair, PartOfSpeech, Side, Status, TermEvidence, TermPair, TermType,
};

/// Reads the entries that have terms of both languages; other languages are passed over.
pub(super) fn read(text: &str, rows: &mut Rows) -> Result<(), GlossaryError> {
    let mut entry = Entry::default();
    let mut is_termbase = false;
    let mut kinds: Vec<String> = Vec::new();
    walk(text, rows, |part, line, rows| match part {
        Part::Start(name, attributes) => {
            is_termbase |= matches!(name, "tbx" | "martif" | "TBX");
            kinds.push(kind(name, attributes));
            entry.start(name, attributes, line);
            Ok(())
        }
        Part::End(name, text) => {
            let kind = kinds.pop().unwrap_or_default();
            entry.end(name, &kind, text);
            if !matches!(name, "conceptEntry" | "termEntry") {
                return Ok(());
            }
            let line = entry.line;
            for concept in std::mem::take(&mut entry).into_concepts() {
                rows.take(line, concept.map(Some))?;
            }
            Ok(())
        }
    })?;
    if is_termbase { Ok(()) } else { Err(rows.unreadable("is no TBX file")) }
}

/// What an element tells of: its type in the style DCA, its own name in DCT.
fn kind(name: &str, attributes: &Attributes) -> String {
    match name {
        "termNote" | "descrip" | "admin" => attributes.kind.clone(),
        name => name.to_owned(),
    }
}

/// A term with what is said of it.
#[derive(Debug, Default)]
struct Term {
    text: String,
    status: String,
    part_of_speech: Option<PartOfSpeech>,
    term_type: String,
    /// Passages with their sources.
    contexts: Vec<(String, String)>,
}

impl Term {
    fn is_deprecated(&self) -> bool {
        self.status.starts_with("deprecated") || self.status.starts_with("superseded")
    }
}

/// An entry as far as it is read.
#[derive(Debug, Default)]
struct Entry {
    id: String,
    line: usize,
    side: Option<Side>,
    terms: Pair<Vec<Term>>,
    /// Is a term open, so that what is said is said of it?
    in_term: bool,
    subject: String,
    /// The remark of the owner, and what we wrote ourselves.
    note: String,
    ours: Option<String>,
}

impl Entry {
    fn start(&mut self, name: &str, attributes: &Attributes, line: usize) {
        match name {
            "conceptEntry" | "termEntry" => {
                *self = Entry { id: attributes.id.clone(), line, ..Entry::default() };
            }
            "langSec" | "langSet" => self.side = language(&attributes.language),
            "termSec" | "tig" | "ntig" => {
                if let Some(side) = self.side {
                    self.terms.get_mut(side).push(Term::default());
                    self.in_term = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, kind: &str, text: &str) {
        match name {
            "langSec" | "langSet" => self.side = None,
            "termSec" | "tig" | "ntig" => self.in_term = false,
            _ => {}
        }
        if let (true, Some(side)) = (self.in_term, self.side) {
            if let Some(term) = self.terms.get_mut(side).last_mut() {
                term.take(kind, text);
            }
            return;
        }
        match kind {
            "subjectField" => self.subject = text.trim().to_owned(),
            "note" => match text.strip_prefix("align: ") {
                Some(ours) => self.ours = Some(ours.to_owned()),
                None => text.clone_into(&mut self.note),
            },
            _ => {}
        }
    }

    /// The entry, apart by what may be said and what must not; none of other languages.
    fn into_concepts(mut self) -> Vec<Result<Concept, (String, Problem)>> {
        if self.terms.zh.is_empty() || self.terms.en.is_empty() {
            return Vec::new();
        }
        if self.ours.is_none() {
            for side in Side::BOTH {
                for term in self.terms.get_mut(side) {
                    term.text =
                        term.text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                self.terms
                    .get_mut(side)
                    .sort_by_key(|t| !t.status.starts_with("preferred"));
            }
        }
        for side in Side::BOTH {
            if self.terms.get(side).iter().any(|term| term.text.is_empty()) {
                return vec![Err((side.to_string(), Problem::NoTerm))];
            }
        }
        let concept = |pair: TermPair| Concept {
            id: self.id.clone(),
            pair,
            subject: self.subject.clone(),
            note: self.note.clone(),
            ..Concept::default()
        };
        if let Some(ours) = &self.ours {
            return vec![own(&self.terms, ours).map(concept)];
        }
        foreign(&self.terms).into_iter().map(|pair| Ok(concept(pair))).collect()
    }
}

impl Term {
    fn take(&mut self, kind: &str, text: &str) {
        match kind {
            "term" => text.clone_into(&mut self.text),
            "administrativeStatus" => text.trim().clone_into(&mut self.status),
            "partOfSpeech" => self.part_of_speech = Some(cells::part_of_speech(text)),
            "termType" => text.trim().clone_into(&mut self.term_type),
            "context" => self.contexts.push((text.to_owned(), String::new())),
            "source" => {
                if let Some((_, source)) = self.contexts.last_mut() {
                    text.clone_into(source);
                }
            }
            _ => {}
        }
    }
}

/// A pair that this program wrote: its note holds what TBX has no field for. What a tool
/// changed since, the status of the English term, goes before the note.
fn own(terms: &Pair<Vec<Term>>, note: &str) -> Result<TermPair, (String, Problem)> {
    let field = |name: &str| {
        note.split("; ")
            .find_map(|f| f.strip_prefix(name)?.strip_prefix('='))
            .unwrap_or("")
    };
    let number = |name: &str| {
        let problem = || ("note".to_owned(), Problem::Number(field(name).to_owned()));
        field(name).parse::<f64>().map_err(|_| problem())
    };
    let noted = Status::from_name(field("status")).unwrap_or_default();
    let (zh, en) = (&terms.zh[0], &terms.en[0]);
    let status = match en.status.as_str() {
        status if status.starts_with("preferred") => Status::Preferred,
        status if status.starts_with("admitted") => Status::Accepted,
        _ if en.is_deprecated() && noted == Status::Rejected => Status::Rejected,
        _ if en.is_deprecated() => Status::Forbidden,
        _ => Status::Candidate,
    };
    let evidence = field("evidence").split('|');
    let term_type = TermType::from_name(field("type")).unwrap_or_default();
    Ok(TermPair {
        term: Pair::new(zh.text.clone(), en.text.clone()),
        variants: variants(terms),
        count: number("count")? as usize,
        counts: Pair::new(number("zh_count")? as usize, number("en_count")? as usize),
        confidence: number("confidence")?,
        evidence: evidence.filter_map(TermEvidence::from_name).collect(),
        part_of_speech: en.part_of_speech.unwrap_or_default(),
        term_type: if en.term_type == "acronym" { TermType::Acronym } else { term_type },
        status,
        contexts: contexts(zh, en),
    })
}

fn variants(terms: &Pair<Vec<Term>>) -> Pair<Vec<String>> {
    let others =
        |terms: &Vec<Term>| terms.iter().skip(1).map(|term| term.text.clone()).collect();
    terms.as_ref().map(others)
}

/// The passages of both terms, first with first. Behind `file: ` stands the unit.
fn contexts(zh: &Term, en: &Term) -> Vec<Context> {
    let both = zh.contexts.iter().zip(&en.contexts);
    both.map(|((zh_text, source), (en_text, _))| Context {
        text: Pair::new(zh_text.clone(), en_text.clone()),
        place: source.split_once(": ").map_or("", |(_, unit)| unit).into(),
        ..Context::default()
    })
    .collect()
}

/// What somebody else's entry says: the terms that may be used as one pair with variants, and
/// each that must not with the main one of the other language.
fn foreign(terms: &Pair<Vec<Term>>) -> Vec<TermPair> {
    let allowed = terms.as_ref().map(|terms| {
        terms.iter().filter(|term| !term.is_deprecated()).collect::<Vec<_>>()
    });
    let mut pairs = Vec::new();
    if let (Some(zh), Some(en)) = (allowed.zh.first(), allowed.en.first()) {
        let is_preferred = en.status.starts_with("preferred");
        let status = if is_preferred { Status::Preferred } else { Status::Accepted };
        let others = |terms: &Vec<&Term>| {
            terms.iter().skip(1).map(|term| term.text.clone()).collect::<Vec<_>>()
        };
        pairs.push(TermPair {
            variants: allowed.as_ref().map(others),
            part_of_speech: en.part_of_speech.unwrap_or_default(),
            term_type: match en.term_type.as_str() {
                "acronym" => TermType::Acronym,
                _ => TermType::default(),
            },
            contexts: contexts(zh, en),
            ..bare(Pair::new(zh.text.clone(), en.text.clone()), status)
        });
    }
    for side in Side::BOTH {
        let main = |side: Side| {
            allowed.get(side).first().map_or(&terms.get(side)[0].text, |term| &term.text)
        };
        for term in terms.get(side).iter().filter(|term| term.is_deprecated()) {
            let mut pair = Pair::new(main(Side::Zh).clone(), main(Side::En).clone());
            pair.get_mut(side).clone_from(&term.text);
            pairs.push(bare(pair, Status::Forbidden));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn loaded(text: &str) -> Vec<Concept> {
        let mut rows = Rows::new(Path::new("t.tbx"), false);
        read(text, &mut rows).unwrap();
        rows.into_loaded().concepts
    }

    #[test]
    fn what_must_not_be_said_is_apart_from_what_may() {
        let concepts = loaded(
            r#"<martif type="TBX"><text><body><termEntry id="c5"><descrip type="subjectField">law</descrip>
            <langSet xml:lang="zh"><tig><term>缔约方</term></tig></langSet>
            <langSet xml:lang="en"><tig><term>signatory</term>
              <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
              <tig><term>State
              party</term></tig>
              <tig><term>Party</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
            </langSet><langSet xml:lang="fr"><tig><term>Partie</term></tig></langSet></termEntry></body></text></martif>"#,
        );
        let seen: Vec<_> = concepts
            .iter()
            .map(|c| (c.pair.term.en.as_str(), c.pair.status, c.pair.variants.en.len()))
            .collect();
        assert_eq!(
            seen,
            [("Party", Status::Preferred, 1), ("signatory", Status::Forbidden, 0)]
        );
        assert_eq!(
            (concepts[0].id.as_str(), concepts[0].subject.as_str()),
            ("c5", "law")
        );
        assert_eq!(concepts[0].pair.variants.en, ["State party"]);
    }

    #[test]
    fn the_style_that_names_elements_is_read_too() {
        let concepts = loaded(
            r#"<tbx type="TBX-Min" style="dct" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min">
            <text><body><conceptEntry id="c1"><min:subjectField>law</min:subjectField>
            <langSec xml:lang="en-US"><termSec><term>bail</term><min:partOfSpeech>verb</min:partOfSpeech>
            <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
            <langSec xml:lang="zh-TW"><termSec><term>保釋</term></termSec></langSec></conceptEntry></body></text></tbx>"#,
        );
        let pair = &concepts[0].pair;
        assert_eq!(pair.term, Pair::new("保釋".into(), "bail".into()));
        assert_eq!(
            (pair.status, pair.part_of_speech),
            (Status::Preferred, PartOfSpeech::Verb)
        );
    }

    #[test]
    fn broken_markup_is_named_with_its_line() {
        let mut rows = Rows::new(Path::new("t.tbx"), true);
        let error = read("<tbx>\n<text>\n</body></tbx>", &mut rows).unwrap_err();
        assert!(error.to_string().starts_with("t.tbx:3: "), "{error}");
        let error = read("<html></html>", &mut rows).unwrap_err();
        assert_eq!(error.to_string(), "t.tbx: is no TBX file");
    }
}
