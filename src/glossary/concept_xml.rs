//! Concepts as XML has them: the editions of TBX in both styles, and MultiTerm.
//!
//! All of them have a concept with languages in it and terms in these, and say things at each
//! level under a name: `<descrip type="definition">`, `<min:subjectField>`,
//! `<descrip type="Usage">`. So one reader reads them; what the names mean, [`Said`] tells.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::FxHashMap;

use super::cells::{self, bare};
use super::error::{GlossaryError, Problem};
use super::headings::{Heading, Kind, language};
use super::rows::Rows;
use super::xml::{Attributes, Part, walk};
use crate::text::script::is_han;
use crate::types::{
    Concept, Context, Pair, PartOfSpeech, Side, Status, TermEvidence, TermPair, TermType,
    anchor_of_row,
};

/// Reads the entries that have terms of both languages; others are passed over and told.
pub(super) fn read(text: &str, rows: &mut Rows) -> Result<(), GlossaryError> {
    let mut entry = Entry::default();
    let mut is_termbase = false;
    let (mut n_entries, mut n_other) = (0, 0);
    let mut names = Names::default();
    // Of the elements that are open, what they tell of.
    let mut kinds: Vec<usize> = Vec::new();
    // Languages that are neither, and the line where each first stands.
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    walk(text, rows, |part, place, rows| match part {
        Part::Start(name, attributes) => {
            is_termbase |= matches!(name, "tbx" | "martif" | "TBX" | "mtf");
            kinds.push(names.met(kind(name, attributes)));
            entry.start(name, attributes, &mut names);
            if is_entry(name) {
                entry.line = place.line();
            }
            if entry.is_other && (is_language(name) || name == "language") {
                let Attributes { language, kind, .. } = attributes;
                let other = if language.is_empty() { kind } else { language };
                others.entry(other.clone()).or_insert_with(|| place.line());
            }
            Ok(())
        }
        Part::End(name, text) => {
            let kind = kinds.pop().map(|at| names.get(at)).unwrap_or_default();
            entry.end(name, kind, text);
            if !is_entry(name) {
                return Ok(());
            }
            let whole = std::mem::take(&mut entry);
            let line = whole.line;
            n_entries += 1;
            if whole.is_of_other_languages() {
                n_other += 1;
                return Ok(());
            }
            for word in &whole.unknown {
                rows.tell(line, "status".into(), Problem::UnknownStatus(word.clone()));
            }
            whole
                .into_concepts()
                .into_iter()
                .try_for_each(|concept| rows.take(line, concept.map(Some)))
        }
    })?;
    for (language, line) in others.into_iter().filter(|(name, _)| !name.is_empty()) {
        rows.tell(line, String::new(), Problem::OtherLanguage(language));
    }
    if n_other > 0 {
        let problem = Problem::OtherLanguages { n: n_other, all: n_entries };
        rows.tell(1, String::new(), problem);
    }
    match is_termbase {
        true => Ok(()),
        false => Err(rows.unreadable("is no TBX file and none of MultiTerm")),
    }
}

fn is_entry(name: &str) -> bool {
    matches!(name, "conceptEntry" | "termEntry" | "conceptGrp")
}

fn is_term(name: &str) -> bool {
    matches!(name, "termSec" | "tig" | "ntig" | "termGrp")
}

fn is_language(name: &str) -> bool {
    matches!(name, "langSec" | "langSet" | "languageGrp")
}

/// What an element tells of: its type in the style DCA, its own name in DCT.
fn kind<'a>(name: &'a str, attributes: &'a Attributes) -> &'a str {
    match name {
        "termNote" | "descrip" | "admin" | "transac" | "transacNote" | "xref" | "ref"
        | "adminNote" | "descripNote" => &attributes.kind,
        name => name,
    }
}

/// The names that a file uses, each of them thousands of times.
#[derive(Debug, Default)]
struct Names {
    /// What they say, in order of their first use.
    said: Vec<(String, Said)>,
    places: FxHashMap<String, usize>,
    /// The languages that they name.
    languages: FxHashMap<String, Option<Side>>,
}

impl Names {
    /// The place of a name of something that is told.
    fn met(&mut self, kind: &str) -> usize {
        if let Some(&place) = self.places.get(kind) {
            return place;
        }
        self.places.insert(kind.to_owned(), self.said.len());
        self.said.push((kind.to_owned(), Said::of(kind)));
        self.said.len() - 1
    }

    /// The name at a place and what it says.
    fn get(&self, place: usize) -> (&str, Said) {
        let (kind, said) = &self.said[place];
        (kind, *said)
    }

    fn language(&mut self, name: &str) -> Option<Side> {
        if let Some(&side) = self.languages.get(name) {
            return side;
        }
        let side = language(name);
        self.languages.insert(name.to_owned(), side);
        side
    }
}

/// What is said of a concept, a language or a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Said {
    Term,
    Status,
    PartOfSpeech,
    TermType,
    Usage,
    Note,
    Subject,
    Definition,
    Context,
    /// Where what was said before is from.
    Source,
    /// A person did something: made or changed it.
    Transaction,
    Origination,
    Modification,
    Who,
    Date,
    /// What has a name that is not known.
    Other,
    /// Nothing that is kept.
    #[default]
    Nothing,
}

impl Said {
    fn of(kind: &str) -> Self {
        match kind {
            "term" => Said::Term,
            "administrativeStatus" | "normativeAuthorization" => Said::Status,
            "partOfSpeech" => Said::PartOfSpeech,
            "termType" => Said::TermType,
            "geographicalUsage" | "regionalUsage" => Said::Usage,
            "note" => Said::Note,
            "subjectField" => Said::Subject,
            "definition" => Said::Definition,
            "context" => Said::Context,
            "source" => Said::Source,
            "transactionType" => Said::Transaction,
            "origination" => Said::Origination,
            "modification" => Said::Modification,
            "responsibility" => Said::Who,
            "date" => Said::Date,
            "customerSubset"
            | "projectSubset"
            | "crossReference"
            | "externalCrossReference"
            | "xGraphic"
            | "grammaticalGender"
            | "termLocation" => Said::Other,
            _ => Self::by_words(kind),
        }
    }

    /// What a name in the words of a person says: `Part of speech`, `Anmerkung` nothing.
    fn by_words(kind: &str) -> Self {
        if STRUCTURE.contains(&kind) || kind.is_empty() {
            return Said::Nothing;
        }
        let Some(heading) = Heading::of(&spaced(kind)) else { return Said::Other };
        if heading.is_source && heading.kind.is_none() {
            return Said::Source;
        }
        match heading.kind {
            Some(Kind::Status) => Said::Status,
            Some(Kind::PartOfSpeech) => Said::PartOfSpeech,
            Some(Kind::TermType) => Said::TermType,
            Some(Kind::Usage) => Said::Usage,
            Some(Kind::Note) => Said::Note,
            Some(Kind::Subject) => Said::Subject,
            Some(Kind::Definition) => Said::Definition,
            Some(Kind::Context) => Said::Context,
            Some(Kind::DefinitionSource) => Said::Source,
            _ => Said::Other,
        }
    }
}

/// Elements that hold others, and what is no business of a termbase.
const STRUCTURE: [&str; 22] = [
    "conceptEntry",
    "termEntry",
    "conceptGrp",
    "concept",
    "langSec",
    "langSet",
    "languageGrp",
    "language",
    "termSec",
    "tig",
    "ntig",
    "termGrp",
    "descripGrp",
    "adminGrp",
    "transacGrp",
    "termNoteGrp",
    "system",
    "hi",
    "foreign",
    "xref",
    "p",
    "entryClass",
];

/// `regionalUsage` as `regional Usage`.
fn spaced(kind: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in kind.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A term with what is said of it.
#[derive(Clone, Debug, Default)]
struct Term {
    text: String,
    /// The word of the file, and what it means.
    status: Option<Status>,
    part_of_speech: Option<PartOfSpeech>,
    term_type: String,
    notes: VecDeque<String>,
    usages: VecDeque<String>,
    /// Passages with their sources.
    contexts: VecDeque<(String, String)>,
    created: VecDeque<Done>,
    changed: VecDeque<Done>,
    other: Vec<(String, String)>,
}

/// Something that a person did: when and who.
#[derive(Clone, Debug, Default, PartialEq)]
struct Done {
    day: String,
    who: String,
}

impl Term {
    fn is_deprecated(&self) -> bool {
        matches!(self.status, Some(Status::Forbidden | Status::Rejected))
    }

    /// Has it something to say that the main term of its language does not?
    fn is_its_own(&self, main: Option<&Term>) -> bool {
        let usual = main.and_then(|main| main.status);
        !self.notes.is_empty()
            || !self.usages.is_empty()
            || !self.other.is_empty()
            || !self.contexts.is_empty()
            || self.status.is_some() && self.status != usual
    }
}

impl Term {
    /// Gives a row its last change, if it is of this term.
    fn date(&self, concept: &mut Concept) {
        for changed in &self.changed {
            if (&changed.day, &changed.who) > (&concept.changed, &concept.who) {
                concept.changed.clone_from(&changed.day);
                concept.who.clone_from(&changed.who);
            }
        }
    }
}

/// What somebody did, while its group is open.
#[derive(Debug, Default)]
struct Open {
    is_change: bool,
    done: Done,
}

/// An entry as far as it is read.
#[derive(Debug, Default)]
struct Entry {
    id: String,
    line: usize,
    side: Option<Side>,
    /// Is a language open that is neither?
    is_other: bool,
    terms: Pair<Vec<Term>>,
    /// How many elements of a term are open, so that what is said is said of it: the nested
    /// form of TBX has a `termGrp` in its `ntig`.
    in_term: usize,
    open: Option<Open>,
    created: Option<Done>,
    changed: Option<Done>,
    subjects: Vec<String>,
    /// Definitions and where they are from.
    definitions: Pair<Vec<(String, String)>>,
    /// Whose source comes next.
    last: Option<Said>,
    last_side: Option<Side>,
    /// The remarks of the owner, and what we wrote ourselves.
    notes: Vec<String>,
    ours: Vec<String>,
    other: Vec<(String, String)>,
    /// Words for a status that are not known.
    unknown: Vec<String>,
}

impl Entry {
    fn start(&mut self, name: &str, attributes: &Attributes, names: &mut Names) {
        if is_entry(name) {
            *self = Entry { id: attributes.id.clone(), ..Entry::default() };
        } else if is_language(name) {
            self.side = names.language(&attributes.language);
            self.is_other = self.side.is_none() && name != "languageGrp";
        } else if name == "language" {
            // MultiTerm names the language in an element of its own.
            let of = [&attributes.language, &attributes.kind];
            self.side = of.iter().find_map(|name| names.language(name));
            self.is_other = self.side.is_none();
        } else if is_term(name) {
            if let Some(side) = self.side {
                if self.in_term == 0 {
                    self.terms.get_mut(side).push(Term::default());
                }
                self.in_term += 1;
            }
        } else if name == "transacGrp" {
            self.open = Some(Open::default());
        }
    }

    fn end(&mut self, name: &str, kind: (&str, Said), text: &str) {
        if is_language(name) {
            (self.side, self.is_other) = (None, false);
        } else if is_term(name) {
            self.in_term = self.in_term.saturating_sub(1);
        } else if name == "transacGrp" {
            self.close();
        } else if name == "concept" && self.id.is_empty() {
            text.trim().clone_into(&mut self.id);
        }
        // What is said in other languages is not ours.
        if !self.is_other {
            self.take(kind, text);
        }
    }

    /// What somebody did is done.
    fn close(&mut self) {
        let Some(Open { is_change, done }) = self.open.take() else { return };
        if done == Done::default() {
            return;
        }
        let term = self
            .side
            .filter(|_| self.in_term > 0)
            .and_then(|side| self.terms.get_mut(side).last_mut());
        match (term, is_change) {
            (Some(term), false) => term.created.push_back(done),
            (Some(term), true) => term.changed.push_back(done),
            (None, false) => self.created = Some(done),
            (None, true) => self.changed = Some(done),
        }
    }

    fn take(&mut self, (kind, said): (&str, Said), text: &str) {
        if let Some(open) = &mut self.open {
            let text = text.trim();
            match said {
                Said::Transaction => open.is_change = text == "modification",
                // MultiTerm names the person here.
                Said::Origination => text.clone_into(&mut open.done.who),
                Said::Modification => {
                    open.is_change = true;
                    text.clone_into(&mut open.done.who);
                }
                Said::Who => text.clone_into(&mut open.done.who),
                Said::Date => {
                    // 2026-11-24T10:00:00 is that day.
                    let day = text.split('T').next().unwrap_or_default();
                    day.clone_into(&mut open.done.day);
                }
                _ => {}
            }
            return;
        }
        match said {
            Said::Nothing => return,
            Said::Definition => {
                let has_han = text.chars().any(is_han);
                let guessed = if has_han { Side::Zh } else { Side::En };
                let side = self.side.unwrap_or(guessed);
                self.definitions.get_mut(side).push((text.to_owned(), String::new()));
                (self.last, self.last_side) = (Some(said), Some(side));
                return;
            }
            Said::Source if self.last == Some(Said::Definition) => {
                let side = self.last_side.unwrap_or(Side::Zh);
                if let Some((_, source)) = self.definitions.get_mut(side).last_mut() {
                    text.clone_into(source);
                }
                return;
            }
            Said::Subject => {
                self.subjects.push(text.to_owned());
                return;
            }
            _ => {}
        }
        if let (true, Some(side)) = (self.in_term > 0, self.side) {
            let term = self.terms.get_mut(side).last_mut();
            if said == Said::Status {
                let status = cells::status(text);
                if let Err(Problem::Status(word)) = &status {
                    self.unknown.push(word.clone());
                }
                if let Some(term) = term {
                    // What is not known is for somebody to decide.
                    term.status = Some(status.unwrap_or(Status::Candidate));
                }
            } else if let Some(term) = term {
                term.take(said, kind, text);
            }
            self.last = Some(said);
            return;
        }
        match said {
            Said::Note => match text.strip_prefix("align: ") {
                Some(ours) => self.ours.push(ours.to_owned()),
                None => self.notes.push(text.to_owned()),
            },
            Said::Other | Said::Source | Said::Usage if !text.trim().is_empty() => {
                self.other.push((kind.to_owned(), text.to_owned()));
            }
            _ => {}
        }
        self.last = Some(said);
    }

    fn is_of_other_languages(&self) -> bool {
        self.ours.is_empty() && (self.terms.zh.is_empty() || self.terms.en.is_empty())
    }

    /// The entry in rows: what may be said apart from what must not.
    fn into_concepts(mut self) -> Vec<Result<Concept, (String, Problem)>> {
        if self.ours.is_empty() {
            for side in Side::BOTH {
                let terms = self.terms.get_mut(side);
                for term in terms.iter_mut() {
                    term.text =
                        term.text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                terms.sort_by_key(|term| term.status != Some(Status::Preferred));
            }
        }
        for side in Side::BOTH {
            if self.terms.get(side).iter().any(|term| term.text.is_empty()) {
                return vec![Err((side.to_string(), Problem::NoTerm))];
            }
        }
        match self.ours.len() {
            0 => self.foreign().into_iter().map(Ok).collect(),
            1 => vec![self.own(0, None, &mut BTreeSet::new())],
            n => {
                let kept = self.own_statuses();
                let mut anchored = BTreeSet::new();
                (0..n).map(|row| self.own(row, Some(&kept), &mut anchored)).collect()
            }
        }
    }

    /// The status that each term had when we wrote it: the best of its rows, as the export
    /// gives it.
    fn own_statuses(&self) -> Pair<Vec<Option<Status>>> {
        let mut best = self.terms.as_ref().map(|terms| vec![None; terms.len()]);
        let mut is_met = self.terms.as_ref().map(|terms| vec![false; terms.len()]);
        for note in &self.ours {
            let field = Fields::of(note);
            let status = Status::from_name(field.get("status")).unwrap_or_default();
            let has_en = !field.numbers(Side::En).is_empty();
            for side in Side::BOTH {
                let said = match status {
                    Status::Candidate => None,
                    Status::Rejected | Status::Forbidden
                        if side == Side::Zh && has_en =>
                    {
                        None
                    }
                    status => Some(status),
                };
                for number in field.numbers(side) {
                    let Some(known) = best.get_mut(side).get_mut(number - 1) else {
                        continue;
                    };
                    let is_first =
                        !std::mem::replace(&mut is_met.get_mut(side)[number - 1], true);
                    if is_first || rank(said) > rank(*known) {
                        *known = said;
                    }
                }
            }
        }
        best
    }
}

/// How much a status counts against others of one term.
fn rank(status: Option<Status>) -> u8 {
    match status {
        Some(Status::Rejected) => 0,
        Some(Status::Forbidden) => 1,
        None | Some(Status::Candidate) => 2,
        Some(Status::Accepted) => 3,
        Some(Status::Preferred) => 4,
    }
}

impl Term {
    fn take(&mut self, said: Said, kind: &str, text: &str) {
        match said {
            Said::Term => text.clone_into(&mut self.text),
            Said::PartOfSpeech => self.part_of_speech = Some(cells::part_of_speech(text)),
            Said::TermType => text.trim().clone_into(&mut self.term_type),
            Said::Usage => self.usages.push_back(text.to_owned()),
            Said::Note => self.notes.push_back(text.to_owned()),
            Said::Context => self.contexts.push_back((text.to_owned(), String::new())),
            Said::Source => match self.contexts.back_mut() {
                Some((_, source)) => text.clone_into(source),
                None => self.other.push((kind.to_owned(), text.to_owned())),
            },
            Said::Other if !text.trim().is_empty() => {
                self.other.push((kind.to_owned(), text.to_owned()));
            }
            _ => {}
        }
    }

    fn term_type(&self) -> TermType {
        match self.term_type.as_str() {
            "acronym" | "abbreviation" | "initialism" => TermType::Acronym,
            _ => TermType::default(),
        }
    }
}

/// The fields of a note of ours: `status=candidate; confidence=0.900; …`.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn of(note: &'a str) -> Self {
        Self(note.split("; ").filter_map(|field| field.split_once('=')).collect())
    }

    fn get(&self, name: &str) -> &'a str {
        let own = self.0.iter().find(|(known, _)| *known == name);
        own.map_or("", |(_, value)| value)
    }

    fn number(&self, name: &str) -> Result<f64, (String, Problem)> {
        let problem = || ("note".to_owned(), Problem::Number(self.get(name).to_owned()));
        self.get(name).parse::<f64>().map_err(|_| problem())
    }

    /// Which terms of a language, from 1.
    fn numbers(&self, side: Side) -> Vec<usize> {
        let name = side.to_string();
        let numbers = self.get(&name).split(',').filter_map(|n| n.parse().ok());
        numbers.filter(|&number| number > 0).collect()
    }
}

impl Entry {
    /// A row that this program wrote: its note holds what TBX has no field for. What a tool
    /// changed since, the status of the English term, goes before the note.
    fn own(
        &mut self,
        row: usize,
        kept: Option<&Pair<Vec<Option<Status>>>>,
        anchored: &mut BTreeSet<(Side, usize)>,
    ) -> Result<Concept, (String, Problem)> {
        let note = self.ours[row].clone();
        let field = Fields::of(&note);
        let numbers = match kept {
            Some(_) => Pair::new(field.numbers(Side::Zh), field.numbers(Side::En)),
            None => self.terms.as_ref().map(|terms| (1..=terms.len()).collect()),
        };
        let text = |side: Side, number: &usize| {
            self.terms.get(side).get(number - 1).map(|term| term.text.clone())
        };
        let forms = numbers.as_ref().map_sides(|side, numbers: &Vec<usize>| {
            numbers.iter().filter_map(|number| text(side, number)).collect::<Vec<_>>()
        });
        let noted = Status::from_name(field.get("status")).unwrap_or_default();
        let speaker = [Side::En, Side::Zh].into_iter().find_map(|side| {
            let number = numbers.get(side).first()?;
            Some((side, *number - 1, self.terms.get(side).get(number - 1)?))
        });
        let Some((side, at, main)) = speaker else {
            return Err(("zh".to_owned(), Problem::NoTerm));
        };
        let written = match kept {
            Some(kept) => kept.get(side).get(at).copied().flatten(),
            None => Some(noted).filter(|noted| *noted != Status::Candidate),
        };
        let status = status_now(main.status, noted, written);
        let evidence = field.get("evidence").split('|');
        let term_type = TermType::from_name(field.get("type")).unwrap_or_default();
        let is_acronym = main.term_type() == TermType::Acronym && side == Side::En;
        let part_of_speech = main.part_of_speech.unwrap_or_default();
        let first = |forms: &Vec<String>| forms.first().cloned().unwrap_or_default();
        let others = |forms: &Vec<String>| forms.iter().skip(1).cloned().collect();
        let mut concept = Concept {
            id: self.id.clone(),
            pair: TermPair {
                term: forms.as_ref().map(first),
                variants: forms.as_ref().map(others),
                count: field.number("count")? as usize,
                counts: Pair::new(
                    field.number("zh_count")? as usize,
                    field.number("en_count")? as usize,
                ),
                // Files of an earlier version do not say.
                documents: field.get("documents").parse().unwrap_or_default(),
                confidence: field.number("confidence")?,
                evidence: evidence.filter_map(TermEvidence::from_name).collect(),
                part_of_speech,
                term_type: if is_acronym { TermType::Acronym } else { term_type },
                status,
                contexts: Vec::new(),
            },
            matching: field.get("match").to_owned(),
            ..Concept::default()
        };
        match kept {
            Some(_) => self.say_own(&field, &numbers, anchored, &mut concept),
            None => self.say_all(&mut concept),
        }
        Ok(concept)
    }

    /// Gives the one row of its concept all that is said.
    fn say_all(&mut self, concept: &mut Concept) {
        concept.subject = self.subjects.first().cloned().unwrap_or_default();
        for side in Side::BOTH {
            if let Some((text, source)) = self.definitions.get(side).first() {
                concept.definition.get_mut(side).clone_from(text);
                concept.definition_source.clone_from(source);
            }
        }
        concept.note = self.notes.join("; ");
        let (zh, en) = (self.terms.zh.first(), self.terms.en.first());
        if let (Some(zh), Some(en)) = (zh, en) {
            concept.pair.contexts = contexts(zh, en);
        }
        for term in [self.terms.en.first_mut(), self.terms.zh.first_mut()] {
            let Some(term) = term else { continue };
            for note in term.notes.drain(..) {
                cells::add_note(&mut concept.note, &note);
            }
            if let Some(usage) = term.usages.pop_front() {
                concept.usage = usage;
            }
            if let Some(made) = term.created.pop_front() {
                concept.created = made.day;
            }
            if let Some(changed) = term.changed.pop_front() {
                (concept.changed, concept.who) = (changed.day, changed.who);
            }
        }
    }

    /// Gives a row what its note says is its.
    fn say_own(
        &mut self,
        field: &Fields<'_>,
        numbers: &Pair<Vec<usize>>,
        anchored: &mut BTreeSet<(Side, usize)>,
        concept: &mut Concept,
    ) {
        let number = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
        let subject = number(field.get("subject")).and_then(|at| self.subjects.get(at));
        concept.subject = subject.cloned().unwrap_or_default();
        let (zh, en) = field.get("definitions").split_once('/').unwrap_or_default();
        for (side, text) in [(Side::Zh, zh), (Side::En, en)] {
            let known = self.definitions.get(side);
            if let Some((text, source)) = number(text).and_then(|at| known.get(at)) {
                concept.definition.get_mut(side).clone_from(text);
                concept.definition_source.clone_from(source);
            }
        }
        for _ in 0..field.get("contexts").parse::<usize>().unwrap_or(0).min(100) {
            let mut next = |side: Side| {
                let at = numbers.get(side).first()?;
                self.terms.get_mut(side).get_mut(at - 1)?.contexts.pop_front()
            };
            let (zh, en) = (next(Side::Zh), next(Side::En));
            let source = zh.as_ref().or(en.as_ref()).map(|(_, source)| source.clone());
            let text = |found: Option<(String, String)>| found.unwrap_or_default().0;
            concept.pair.contexts.push(Context {
                text: Pair::new(text(zh), text(en)),
                place: unit_of(&source.unwrap_or_default()).into(),
                ..Context::default()
            });
        }
        let Some((side, at)) = anchor_of_row(numbers, anchored) else { return };
        let Some(term) = self.terms.get_mut(side).get_mut(at) else { return };
        let with = field.get("with").split('|');
        let has = |name| with.clone().any(|word| word == name);
        if has("note") {
            concept.note = term.notes.pop_front().unwrap_or_default();
        }
        if has("usage") {
            concept.usage = term.usages.pop_front().unwrap_or_default();
        }
        if has("created") {
            concept.created = term.created.pop_front().unwrap_or_default().day;
        }
        if has("changed") {
            let changed = term.changed.pop_front().unwrap_or_default();
            (concept.changed, concept.who) = (changed.day, changed.who);
        }
    }

    /// What somebody else's entry says: the terms that may be used as one pair with variants,
    /// those that have something of their own, and those that must not be used, each as a
    /// row with the main term of the other language.
    fn foreign(self) -> Vec<Concept> {
        let main = self.terms.as_ref().map(|terms| {
            terms.iter().position(|term| !term.is_deprecated()).unwrap_or(0)
        });
        let mut concepts = Vec::new();
        let is_usable = |side: Side| {
            let at = *main.get(side);
            self.terms.get(side).get(at).is_some_and(|term| !term.is_deprecated())
        };
        let is_whole = is_usable(Side::Zh) && is_usable(Side::En);
        let mut done: BTreeSet<(Side, usize)> = BTreeSet::new();
        if is_whole {
            let (zh, en) = (&self.terms.zh[main.zh], &self.terms.en[main.en]);
            // The English speaks for the pair, and the Chinese where that says nothing.
            let status = en.status.or(zh.status).unwrap_or(Status::Accepted);
            let mut pair = TermPair {
                part_of_speech: en
                    .part_of_speech
                    .or(zh.part_of_speech)
                    .unwrap_or_default(),
                term_type: en.term_type(),
                contexts: contexts(zh, en),
                ..bare(Pair::new(zh.text.clone(), en.text.clone()), status)
            };
            for side in Side::BOTH {
                let terms = self.terms.get(side);
                let main_at = *main.get(side);
                done.insert((side, main_at));
                for (at, term) in
                    terms.iter().enumerate().filter(|(at, _)| *at != main_at)
                {
                    if !term.is_deprecated() && !term.is_its_own(terms.get(main_at)) {
                        done.insert((side, at));
                        if term.text != *pair.term.get(side) {
                            pair.variants.get_mut(side).push(term.text.clone());
                        }
                    }
                }
            }
            let mut concept = self.concept(pair);
            for side in Side::BOTH {
                let term = self.terms.get(side)[*main.get(side)].clone();
                self.say(&term, &mut concept);
            }
            // What was done to a variant was done to the pair.
            for (side, at) in &done {
                self.terms.get(*side)[*at].date(&mut concept);
            }
            concepts.push(concept);
        }
        // Those that no term of the other language may go with.
        let mut alone: Vec<(Side, usize)> = Vec::new();
        for side in Side::BOTH {
            for at in 0..self.terms.get(side).len() {
                if done.contains(&(side, at)) {
                    continue;
                }
                let term = self.terms.get(side)[at].clone();
                let other = &self.terms.get(side.other())[*main.get(side.other())];
                // That a rendering is forbidden does not make the term accepted with it.
                // Nor does that a synonym is accepted.
                let is_proposed = side == Side::Zh
                    && other.status == Some(Status::Candidate)
                    && term.status.is_some_and(|status| status != Status::Candidate);
                let is_alone =
                    !term.is_deprecated() && (other.is_deprecated() || is_proposed);
                let main_term = self.terms.get(side).get(*main.get(side));
                if is_alone && (at == *main.get(side) || !term.is_its_own(main_term)) {
                    alone.push((side, at));
                    continue;
                }
                let mut text: Pair<String> = Pair::default();
                text.get_mut(side).clone_from(&term.text);
                if !is_alone {
                    text.get_mut(side.other()).clone_from(&other.text);
                }
                // What says nothing is as the main pair is.
                let usual = concepts.first().map(|first: &Concept| first.pair.status);
                let status = term.status.or(usual).unwrap_or(Status::Accepted);
                let none = Term::default();
                let pair = TermPair {
                    part_of_speech: term.part_of_speech.unwrap_or_default(),
                    term_type: term.term_type(),
                    // Those of the other term are of its own row.
                    contexts: match side {
                        Side::Zh => contexts(&term, &none),
                        Side::En => contexts(&none, &term),
                    },
                    ..bare(text, status)
                };
                let is_first = concepts.is_empty();
                let mut concept = match is_first {
                    true => self.concept(pair),
                    false => Concept {
                        id: self.id.clone(),
                        subject: self.subjects.first().cloned().unwrap_or_default(),
                        ..Concept::of_pair(pair)
                    },
                };
                self.say(&term, &mut concept);
                concepts.push(concept);
            }
        }
        for (side, at) in alone {
            self.add_alone(side, at, *main.get(side), &mut concepts);
        }
        concepts
    }

    /// Gives what is said of a term that stands alone to the row that has the main term of its
    /// language; another term of it is one more form there.
    fn add_alone(&self, side: Side, at: usize, main: usize, concepts: &mut [Concept]) {
        let terms = self.terms.get(side);
        let (term, main_text) = (&terms[at], &terms[main].text);
        let is_it = |concept: &Concept| concept.pair.term.get(side) == main_text;
        let place = concepts.iter().position(is_it).unwrap_or(0);
        let Some(concept) = concepts.get_mut(place) else { return };
        if at != main {
            if concept.pair.forms(side).all(|form| *form != *term.text) {
                concept.pair.variants.get_mut(side).push(term.text.clone());
            }
            return;
        }
        self.say(term, concept);
        let none = Term::default();
        let own = match side {
            Side::Zh => contexts(term, &none),
            Side::En => contexts(&none, term),
        };
        for (n, context) in own.into_iter().enumerate() {
            let known = concept.pair.contexts.get_mut(n);
            match known.filter(|known| known.text.get(side).is_empty()) {
                Some(known) => {
                    *known.text.get_mut(side) = context.text.get(side).clone();
                }
                None => concept.pair.contexts.push(context),
            }
        }
    }

    /// The first row of the entry: what is said of all is said of it.
    fn concept(&self, pair: TermPair) -> Concept {
        let definition = self.definitions.as_ref().map(|known| {
            let texts: Vec<&str> = known.iter().map(|(text, _)| text.as_str()).collect();
            texts.join(" / ")
        });
        let mut sources: Vec<&str> = Vec::new();
        let known = self.definitions.en.iter().chain(&self.definitions.zh);
        for (_, source) in known {
            if !source.is_empty() && !sources.contains(&source.as_str()) {
                sources.push(source);
            }
        }
        let made = self.created.clone().unwrap_or_default();
        let changed = self.changed.clone().unwrap_or_default();
        Concept {
            id: self.id.clone(),
            subject: self.subjects.join(" / "),
            note: self.notes.join("; "),
            definition,
            definition_source: sources.join(" / "),
            created: made.day,
            changed: changed.day,
            who: if changed.who.is_empty() { made.who } else { changed.who },
            other: self.other.clone(),
            ..Concept::of_pair(pair)
        }
    }

    /// Adds what is said of a term.
    fn say(&self, term: &Term, concept: &mut Concept) {
        for note in &term.notes {
            cells::add_note(&mut concept.note, note);
        }
        for usage in &term.usages {
            cells::add_note(&mut concept.usage, usage);
        }
        if let Some(made) = term.created.front() {
            concept.created.clone_from(&made.day);
        }
        term.date(concept);
        for (name, text) in &term.other {
            match concept.other.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => cells::add_note(known, text),
                None => concept.other.push((name.clone(), text.clone())),
            }
        }
    }
}

/// The status of a row of ours: what its note says, unless a tool changed that of the term
/// since it was `written`.
fn status_now(said: Option<Status>, noted: Status, written: Option<Status>) -> Status {
    let is_out = |status| matches!(status, Some(Status::Rejected | Status::Forbidden));
    match said {
        said if said == written || is_out(said) && is_out(written) => noted,
        Some(status) => status,
        None => Status::Candidate,
    }
}

/// The passages of both terms, first with first.
fn contexts(zh: &Term, en: &Term) -> Vec<Context> {
    let n = zh.contexts.len().max(en.contexts.len());
    let at = |term: &Term, n: usize| term.contexts.get(n).cloned().unwrap_or_default();
    (0..n)
        .map(|n| {
            let ((zh, of_zh), (en, of_en)) = (at(zh, n), at(en, n));
            let source = if of_zh.is_empty() { of_en } else { of_zh };
            Context {
                text: Pair::new(zh, en),
                place: unit_of(&source).into(),
                ..Context::default()
            }
        })
        .collect()
}

/// The unit of a source of ours, behind `file: `.
fn unit_of(source: &str) -> &str {
    source.split_once(": ").map_or("", |(_, unit)| unit)
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
    fn a_term_whose_renderings_are_all_forbidden_is_accepted_with_none() {
        let concepts = loaded(
            r#"<martif type="TBX"><text><body><termEntry id="c5">
            <langSet xml:lang="zh"><tig><term>泊位</term><note>of ships</note></tig></langSet>
            <langSet xml:lang="en"><tig><term>stall</term>
              <termNote type="administrativeStatus">forbidden</termNote></tig></langSet></termEntry></body></text></martif>"#,
        );
        let seen: Vec<_> = concepts.iter().map(|c| (c.pair.status, &*c.note)).collect();
        assert_eq!(seen, [(Status::Forbidden, "of ships")]);
    }

    #[test]
    fn broken_markup_is_named_with_its_line() {
        let mut rows = Rows::new(Path::new("t.tbx"), true);
        let error = read("<tbx>\n<text>\n</body></tbx>", &mut rows).unwrap_err();
        assert!(error.to_string().starts_with("t.tbx:3: "), "{error}");
        let error = read("<html></html>", &mut rows).unwrap_err();
        assert!(error.to_string().starts_with("t.tbx: is no TBX file"), "{error}");
    }
}
