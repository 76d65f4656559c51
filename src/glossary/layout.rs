//! Which column of a table holds what.
//!
//! A client's table may have titles above its header, a header in any language, or none. So
//! the header is looked for among the first rows by [what it says](super::headings), and
//! where there is none, the columns are told by what stands in them.

use rustc_hash::FxHashSet;

use super::cells::{self, Remark, Splitting};
use super::error::{Cell, Problem};
use super::headings::{Heading, Kind};
use crate::text::script::is_han;
use crate::types::{Concept, Context, Pair, Side, Status, TermType};

/// Among how many rows a header is looked for.
const TITLES: usize = 20;

/// Of the cells of a column, the share that must be of one sort for it to be a column of that
/// sort.
const MOST: f64 = 0.6;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Term(Side),
    Variants(Side),
    /// Terms that must not be used, or a mark that the row's must not.
    Forbidden(Option<Side>),
    Context(Side),
    Definition(Option<Side>),
    CountOf(Side),
    /// The status of each term of a language, with `|` between.
    StatusOf(Side),
    /// A note, or what is said of one language beside it.
    Plain(Kind),
}

impl Role {
    /// By what its name says; terms are found apart.
    fn of(heading: &Heading) -> Option<Self> {
        Some(match (heading.kind?, heading.side) {
            (Kind::Variants, Some(side)) => Role::Variants(side),
            (Kind::Variants, None) => return None,
            (Kind::Forbidden, side) => Role::Forbidden(side),
            (Kind::Definition, side) => Role::Definition(side),
            (Kind::Context, Some(side)) => Role::Context(side),
            // A passage whose language is not said stays what it is called.
            (Kind::Context, None) => return None,
            (Kind::Count, Some(side)) => Role::CountOf(side),
            (Kind::Status, Some(side)) => Role::StatusOf(side),
            (kind, _) => Role::Plain(kind),
        })
    }

    /// As the user may call it in `--map`: `zh`, `en`, `status`, `zh-definition`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let heading = Heading::of(name)?;
        match heading.term_side() {
            Some(side) => Some(Role::Term(side)),
            None => Self::of(&heading),
        }
    }

    /// In words.
    pub(super) fn describe(self) -> String {
        let language = |side| match side {
            Side::Zh => "Chinese",
            Side::En => "English",
        };
        match self {
            Role::Term(side) => format!("{} term", language(side)),
            Role::Variants(side) => format!("other {} terms", language(side)),
            Role::Forbidden(Some(side)) => format!("forbidden {} terms", language(side)),
            Role::Forbidden(None) => "what is forbidden".into(),
            Role::Context(side) => format!("{} passage", language(side)),
            Role::Definition(Some(side)) => format!("{} definition", language(side)),
            Role::Definition(None) => "definition".into(),
            Role::CountOf(side) => format!("{} count", language(side)),
            Role::StatusOf(side) => format!("status of the {} terms", language(side)),
            Role::Plain(kind) => match kind {
                Kind::DefinitionSource => "source of the definition",
                Kind::Count => "count",
                Kind::Confidence => "confidence",
                Kind::Evidence => "evidence",
                Kind::Status => "status",
                Kind::Approved => "approved or not",
                Kind::Unit => "unit",
                Kind::Document => "document",
                Kind::Documents => "documents",
                Kind::PartOfSpeech => "part of speech",
                Kind::TermType => "sort of term",
                Kind::Note => "note",
                Kind::Subject => "subject",
                Kind::Usage => "where it is used",
                Kind::Matching => "match rule",
                Kind::Created => "day of creation",
                Kind::Changed => "day of change",
                Kind::Who => "who",
                Kind::Id => "concept",
                Kind::Ordinal => "row number, left out",
                Kind::Variants | Kind::Forbidden | Kind::Definition | Kind::Context => {
                    "text"
                }
            }
            .into(),
        }
    }
}

/// Which column holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The names of the columns: those of the header, or else letters.
    pub(super) names: Vec<String>,
    pub(super) roles: Vec<Option<Role>>,
    /// Are cells taken apart, which a person filled in as it came?
    splitting: Splitting,
    /// Has it a header?
    pub(super) has_header: bool,
}

/// The entries of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Entries {
    /// The entry, and those of its forbidden terms.
    pub(super) concepts: Vec<Concept>,
    /// What was not understood: the column and why.
    pub(super) told: Vec<(String, Problem)>,
}

impl Layout {
    /// The layout of a table, and how many of its first rows are none of terms; `None` of a
    /// table that is no glossary.
    pub(super) fn find(rows: &[Vec<String>]) -> Option<(Self, usize)> {
        for (at, row) in rows.iter().enumerate().take(TITLES) {
            if let Some(layout) = Self::of_header(row, &rows[at + 1..]) {
                // A second row of names in another language.
                let more = rows[at + 1..]
                    .iter()
                    .take_while(|row| is_second_header(row, &layout))
                    .count();
                let under = rows[at + 1..].get(..more)?;
                let layout = under.iter().fold(layout, |layout, second| {
                    layout.with_names_under(row, second, &rows[at + 1 + more..])
                });
                return Some((layout, at + 1 + more));
            }
        }
        Self::of_rows(rows)
    }

    /// By a header; `None` of a row that does not name both languages. `below` are rows under
    /// it, by which *source* and *target* are told.
    pub(super) fn of_header(cells: &[String], below: &[Vec<String>]) -> Option<Self> {
        let headings: Vec<Option<Heading>> =
            cells.iter().map(|cell| Heading::of(cell)).collect();
        let sides = term_columns(&headings, below)?;
        let mut roles: Vec<Option<Role>> = Vec::new();
        for (column, heading) in headings.iter().enumerate() {
            let role = match heading {
                _ if sides.zh == column => Some(Role::Term(Side::Zh)),
                _ if sides.en == column => Some(Role::Term(Side::En)),
                None => None,
                // The second column of a language is of another form of it.
                Some(heading) => match heading.term_side() {
                    Some(side) => Some(Role::Variants(side)),
                    None if heading.is_source && heading.kind.is_none() => {
                        Some(Role::Plain(Kind::DefinitionSource))
                    }
                    None => Role::of(heading),
                },
            };
            // Of two columns of one name the first counts.
            let is_repeated = role.is_some_and(|role| {
                roles.contains(&Some(role)) && !matches!(role, Role::Variants(_))
            });
            roles.push(role.filter(|_| !is_repeated));
        }
        let is_ours = cells.iter().any(|cell| {
            matches!(cell.trim().to_lowercase().as_str(), "zh_variants" | "en_variants")
        });
        let splitting = if is_ours { Splitting::Bars } else { Splitting::ByPeople };
        if !is_ours {
            put_right(&mut roles, below);
        }
        Some(Self { names: cells.to_vec(), roles, splitting, has_header: true })
    }

    /// With the names of a second row, where that says more: 术语 and 词性 under Source, which
    /// goes for the columns behind it that have no name of their own.
    fn with_names_under(
        self,
        first: &[String],
        second: &[String],
        below: &[Vec<String>],
    ) -> Self {
        let mut group = "";
        let name = |at: usize| {
            let above = first.get(at).map_or("", |cell| cell.trim());
            group = if above.is_empty() { group } else { above };
            let own = second.get(at).map_or("", |cell| cell.trim());
            let both = format!("{group} {own}");
            match Heading::of(&both) {
                _ if own.is_empty() => above.to_owned(),
                Some(_) => both,
                None => own.to_owned(),
            }
        };
        let names: Vec<String> = (0..first.len().max(second.len())).map(name).collect();
        let n_known = |layout: &Self| layout.roles.iter().flatten().count();
        let both = Self::of_header(&names, below);
        both.filter(|both| n_known(both) > n_known(&self)).unwrap_or(self)
    }

    /// By the rows themselves, with how many of them are names of things or titles.
    fn of_rows(rows: &[Vec<String>]) -> Option<(Self, usize)> {
        let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let columns: Vec<Column> =
            (0..n_columns).map(|column| Column::of(rows, column)).collect();
        let first = |side| {
            let mut found = columns.iter().position(|column| column.is_of_terms(side));
            // Where all are repeated, the first of that language.
            found = found.or_else(|| {
                columns.iter().position(|column| column.is_of_language(side))
            });
            found
        };
        let is_first_two = |zh: usize, en: usize| {
            let is = |at: usize, side| {
                columns.get(at).is_some_and(|column| column.is_of_language(side))
            };
            is(zh, Side::Zh) && is(en, Side::En)
        };
        let (zh, en) = match (is_first_two(0, 1), is_first_two(1, 0)) {
            (true, _) => (0, 1),
            (_, true) => (1, 0),
            _ => (first(Side::Zh)?, first(Side::En)?),
        };
        let mut roles = vec![None; n_columns];
        roles[zh] = Some(Role::Term(Side::Zh));
        roles[en] = Some(Role::Term(Side::En));
        for (column, role) in roles.iter_mut().enumerate() {
            if role.is_some() || columns[column].n == 0 {
                continue;
            }
            *role = if columns[column].is_of_statuses() {
                Some(Role::Plain(Kind::Status))
            } else if columns[column].is_of_numbers() && column < zh.min(en) {
                Some(Role::Plain(Kind::Ordinal))
            } else {
                None
            };
        }
        // The first of the others is a comment.
        let note = (zh.max(en) + 1..n_columns).find(|&column| roles[column].is_none());
        if let Some(note) = note {
            roles[note] = Some(Role::Plain(Kind::Note));
        }
        let is_of_terms = |row: &&Vec<String>| {
            let has = |column: usize, side: Side| {
                row.get(column).is_some_and(|cell| is_of(side, cell))
            };
            has(zh, Side::Zh) && has(en, Side::En)
        };
        let n_above = rows.iter().position(|row| is_of_terms(&row)).unwrap_or(0);
        let mut names: Vec<String> = (0..n_columns).map(column_letter).collect();
        // What stands above the first terms in both columns is a header of other words.
        let mut has_header = false;
        if let Some(above) = n_above.checked_sub(1).map(|at| &rows[at]) {
            let is_filled = |column: usize| {
                above.get(column).is_some_and(|cell| !cell.trim().is_empty())
            };
            if is_filled(zh) && is_filled(en) {
                has_header = true;
                for (name, cell) in names.iter_mut().zip(above) {
                    if !cell.trim().is_empty() {
                        cell.clone_into(name);
                    }
                }
                for (column, role) in roles.iter_mut().enumerate() {
                    let heading = above.get(column).and_then(|cell| Heading::of(cell));
                    let named = heading.as_ref().and_then(Role::of);
                    if column != zh && column != en && named.is_some() {
                        *role = named;
                    }
                }
            }
        }
        let splitting = Splitting::ByPeople;
        Some((Self { names, roles, splitting, has_header }, n_above))
    }

    /// By what the user says: roles with columns, each by its letter, its number from 1 or
    /// its name. What is not said is as it was guessed.
    pub(super) fn mapped(
        rows: &[Vec<String>],
        map: &[(String, String)],
    ) -> Result<(Self, usize), (String, Problem)> {
        let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let plain = || {
            let names = (0..n_columns).map(column_letter).collect();
            let roles = vec![None; n_columns];
            let splitting = Splitting::ByPeople;
            (Self { names, roles, splitting, has_header: false }, 0)
        };
        let (mut layout, mut n_above) = Self::find(rows).unwrap_or_else(plain);
        layout.roles.resize(n_columns.max(layout.roles.len()), None);
        while layout.names.len() < layout.roles.len() {
            layout.names.push(column_letter(layout.names.len()));
        }
        let mut said = vec![false; layout.roles.len()];
        for (role, column) in map {
            let unknown = || (column.clone(), Problem::NoColumn);
            let at = column_of(column, &layout, rows).ok_or_else(unknown)?;
            let role = Role::named(role).ok_or((role.clone(), Problem::NoRole))?;
            for (other, known) in layout.roles.iter_mut().enumerate() {
                if *known == Some(role) && !said[other] {
                    *known = None;
                }
            }
            layout.roles[at] = Some(role);
            said[at] = true;
        }
        if !layout.has_header {
            let place = |side| {
                layout.roles.iter().position(|role| *role == Some(Role::Term(side)))
            };
            if let (Some(zh), Some(en)) = (place(Side::Zh), place(Side::En)) {
                let cell = |row: &Vec<String>, at: usize| row.get(at).cloned();
                let is_of_terms = |row: &Vec<String>| {
                    cell(row, zh).is_some_and(|cell| is_of(Side::Zh, &cell))
                        && cell(row, en).is_some_and(|cell| is_of(Side::En, &cell))
                };
                n_above = rows.iter().position(is_of_terms).unwrap_or(0);
            }
        }
        Ok((layout, n_above))
    }

    /// The same of a table that no person filled in: every cell is one term.
    pub(super) fn with_a_term_a_cell(self) -> Self {
        Self { splitting: Splitting::Bars, ..self }
    }

    /// Has it a column of terms of either language?
    pub(super) fn is_whole(&self) -> bool {
        let has = |side| self.roles.contains(&Some(Role::Term(side)));
        has(Side::Zh) && has(Side::En)
    }

    /// The names of the columns that say nothing that is known.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &str> {
        let columns = self.names.iter().zip(&self.roles);
        let unknown =
            columns.filter(|(name, role)| role.is_none() && !name.trim().is_empty());
        unknown.map(|(name, _)| name.trim())
    }

    /// The entries of a row; `None` of an empty one.
    pub(super) fn entries(&self, cells: &[String]) -> Cell<Option<Entries>> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        let extra = cells.iter().skip(self.roles.len());
        if extra.filter(|cell| !cell.trim().is_empty()).count() > 0 {
            let (cells, columns) = (cells.len(), self.roles.len());
            return Err((String::new(), Problem::TooMany { cells, columns }));
        }
        let mut reading = Reading { splitting: self.splitting, ..Reading::default() };
        for (column, role) in self.roles.iter().enumerate() {
            let Some(cell) = cells.get(column) else { continue };
            let name = self.names[column].trim();
            match role {
                Some(role) => reading.take(*role, cell, name)?,
                None if !cell.trim().is_empty() && !name.is_empty() => {
                    reading.concept.other.push((name.to_owned(), cell.clone()));
                }
                None => {}
            }
        }
        reading.finish().map(Some)
    }
}

/// A row as far as it is read.
#[derive(Debug, Default)]
struct Reading {
    splitting: Splitting,
    concept: Concept,
    context: Context,
    status: Option<Status>,
    forbidden: Pair<Vec<String>>,
    /// The statuses of the terms of each language, in order.
    statuses: Pair<Vec<Status>>,
    told: Vec<(String, Problem)>,
}

impl Reading {
    fn take(&mut self, role: Role, cell: &str, name: &str) -> Cell<()> {
        let problem = |problem| (name.to_owned(), problem);
        let pair = &mut self.concept.pair;
        match role {
            Role::Term(side) => {
                let (terms, note) = self.splitting.terms(side, cell);
                let mut terms = terms.into_iter();
                *pair.term.get_mut(side) = terms.next().unwrap_or_default();
                pair.variants.get_mut(side).splice(0..0, terms);
                if let Some(note) = note {
                    cells::add_note(&mut self.concept.note, &note);
                }
            }
            Role::Variants(side) => {
                let terms = self.splitting.variants(side, cell);
                pair.variants.get_mut(side).extend(terms);
            }
            Role::Forbidden(side) => self.take_forbidden(side, cell),
            Role::Context(side) => cell.clone_into(self.context.text.get_mut(side)),
            Role::Definition(side) => {
                let has_han = cell.chars().any(is_han);
                let side = side.unwrap_or(if has_han { Side::Zh } else { Side::En });
                cell.clone_into(self.concept.definition.get_mut(side));
            }
            Role::CountOf(side) => {
                *pair.counts.get_mut(side) = cells::count(cell).map_err(problem)?;
            }
            Role::StatusOf(side) => {
                for word in cell.split(['|', ';', '；', '\n']) {
                    let status = cells::status(word).unwrap_or_else(|_| {
                        let word = word.trim().to_owned();
                        self.told.push(problem(Problem::UnknownStatus(word)));
                        Status::Candidate
                    });
                    self.statuses.get_mut(side).push(status);
                }
            }
            Role::Plain(kind) => return self.take_plain(kind, cell, name),
        }
        Ok(())
    }

    /// A mark that the row's rendering must not be used, or what must not be.
    fn take_forbidden(&mut self, side: Option<Side>, cell: &str) {
        let cell = cell.trim();
        match cells::yes_or_no(cell) {
            Some(true) => self.status = Some(Status::Forbidden),
            Some(false) => {}
            None => {
                let has_han = cell.chars().any(is_han);
                let side = side.unwrap_or(if has_han { Side::Zh } else { Side::En });
                let terms = self.splitting.variants(side, cell);
                self.forbidden.get_mut(side).extend(terms);
            }
        }
    }

    fn take_plain(&mut self, kind: Kind, cell: &str, name: &str) -> Cell<()> {
        let problem = |problem| (name.to_owned(), problem);
        let concept = &mut self.concept;
        let pair = &mut concept.pair;
        match kind {
            Kind::Count => pair.count = cells::count(cell).map_err(problem)?,
            Kind::Confidence => pair.confidence = cells::number(cell).map_err(problem)?,
            Kind::Evidence => pair.evidence = cells::evidence(cell),
            Kind::Status => match cells::status(cell) {
                Ok(status) => {
                    // A mark that it is forbidden counts more.
                    self.status.get_or_insert(status);
                }
                Err(Problem::Status(word)) => {
                    self.status.get_or_insert(Status::Candidate);
                    self.told.push(problem(Problem::UnknownStatus(word)));
                }
                Err(other) => return Err(problem(other)),
            },
            Kind::Approved => match cells::yes_or_no(cell) {
                Some(is_approved) => {
                    let status =
                        if is_approved { Status::Accepted } else { Status::Candidate };
                    self.status.get_or_insert(status);
                }
                None => return self.take_plain(Kind::Status, cell, name),
            },
            Kind::Unit => self.context.place.unit = cell.to_owned(),
            Kind::Document => cell.clone_into(&mut concept.document),
            Kind::Documents => match cell.trim().parse() {
                Ok(n) => pair.documents = n,
                Err(_) if concept.document.is_empty() => {
                    cell.clone_into(&mut concept.document);
                }
                Err(_) => {}
            },
            Kind::PartOfSpeech => pair.part_of_speech = cells::part_of_speech(cell),
            Kind::TermType => {
                pair.term_type = TermType::from_name(cell.trim()).unwrap_or_default();
            }
            Kind::Note => {
                let of_terms = std::mem::take(&mut concept.note);
                cell.clone_into(&mut concept.note);
                if !of_terms.is_empty() {
                    cells::add_note(&mut concept.note, &of_terms);
                }
            }
            Kind::Subject => cell.clone_into(&mut concept.subject),
            Kind::DefinitionSource => cell.clone_into(&mut concept.definition_source),
            Kind::Usage => cell.clone_into(&mut concept.usage),
            Kind::Matching => cell.clone_into(&mut concept.matching),
            Kind::Created => concept.created = cells::day(cell),
            Kind::Changed => concept.changed = cells::day(cell),
            Kind::Who => cell.clone_into(&mut concept.who),
            Kind::Id => concept.id = cell.trim().to_owned(),
            Kind::Ordinal | Kind::Variants | Kind::Forbidden => {}
            Kind::Definition | Kind::Context => {}
        }
        Ok(())
    }

    /// Puts the terms of a language that have a status each to where it belongs: those that
    /// must not be used apart from the others.
    fn sort_out(&mut self, side: Side) {
        let statuses = std::mem::take(self.statuses.get_mut(side));
        let pair = &mut self.concept.pair;
        let forms: Vec<String> = pair.forms(side).map(str::to_owned).collect();
        if statuses.len() != forms.len() {
            // One for all.
            if let [status] = statuses[..] {
                self.status.get_or_insert(status);
            }
            return;
        }
        let is_out =
            |status: Status| matches!(status, Status::Forbidden | Status::Rejected);
        let (out, usable): (Vec<_>, Vec<_>) =
            forms.into_iter().zip(statuses).partition(|(_, status)| is_out(*status));
        let Some((_, first)) = usable.first() else {
            self.status.get_or_insert(Status::Forbidden);
            return;
        };
        self.status.get_or_insert(*first);
        let mut usable = usable.into_iter().map(|(form, _)| form);
        *pair.term.get_mut(side) = usable.next().unwrap_or_default();
        *pair.variants.get_mut(side) = usable.collect();
        self.forbidden.get_mut(side).extend(out.into_iter().map(|(form, _)| form));
    }

    fn finish(mut self) -> Cell<Entries> {
        for side in [Side::En, Side::Zh] {
            if !self.statuses.get(side).is_empty() {
                self.sort_out(side);
            }
        }
        let term = &self.concept.pair.term;
        let is_half = |side: Side| term.get(side).trim().is_empty();
        match (is_half(Side::Zh), is_half(Side::En)) {
            (false, false) => {}
            (true, true) if self.splitting == Splitting::Bars => {
                return Err((String::new(), Problem::NoTerm));
            }
            (zh, _)
                if self.splitting == Splitting::ByPeople
                    || self.concept.id.is_empty() =>
            {
                let side = if zh { Side::Zh } else { Side::En };
                return Err((String::new(), Problem::OneLanguage(side)));
            }
            _ => {}
        }
        let text = std::mem::take(&mut self.concept.note);
        let remark = Remark::of(&text);
        remark.note.clone_into(&mut self.concept.note);
        if !remark.subject.is_empty() {
            remark.subject.clone_into(&mut self.concept.subject);
        }
        for side in
            Side::BOTH.into_iter().filter(|side| !remark.definition.get(*side).is_empty())
        {
            (*remark.definition.get(side))
                .clone_into(self.concept.definition.get_mut(side));
        }
        self.concept.pair.status =
            self.status.or(remark.status).unwrap_or(Status::Accepted);
        if self.context != Context::default() {
            self.concept.pair.contexts.push(self.context);
        }
        for side in Side::BOTH {
            if let Some(text) = self.splitting.doubt(side, &self.concept.pair) {
                self.told.push((String::new(), Problem::MayBeSeveral(text)));
                break;
            }
        }
        let mut concepts = vec![self.concept];
        for side in Side::BOTH {
            for text in self.forbidden.get(side) {
                let mut term = concepts[0].pair.term.clone();
                term.get_mut(side).clone_from(text);
                concepts.push(Concept {
                    id: concepts[0].id.clone(),
                    pair: cells::bare(term, Status::Forbidden),
                    subject: concepts[0].subject.clone(),
                    ..Concept::default()
                });
            }
        }
        Ok(Entries { concepts, told: self.told })
    }
}

/// Corrects by what stands in the columns what their names say: a column of nothing but statuses
/// is none of notes, and what does not count the rows names the concepts.
fn put_right(roles: &mut [Option<Role>], below: &[Vec<String>]) {
    let is = |role: Option<Role>, kind: Kind| role == Some(Role::Plain(kind));
    let has =
        |roles: &[Option<Role>], kind: Kind| roles.iter().any(|role| is(*role, kind));
    let says_status = |role: &Option<Role>| {
        matches!(
            role,
            Some(Role::Plain(Kind::Status | Kind::Approved) | Role::StatusOf(_))
        )
    };
    if !roles.iter().any(says_status) {
        let is_it = |(column, role): (usize, &Option<Role>)| {
            (role.is_none() || is(*role, Kind::Note))
                && Column::of(below, column).has_nothing_but_statuses()
        };
        if let Some(column) = roles.iter().enumerate().position(is_it) {
            roles[column] = Some(Role::Plain(Kind::Status));
        }
    }
    if !has(roles, Kind::Id)
        && let Some(column) = roles.iter().position(|role| is(*role, Kind::Ordinal))
        && Column::of(below, column).has_names()
    {
        roles[column] = Some(Role::Plain(Kind::Id));
    }
}

/// The columns of the two terms.
fn term_columns(
    headings: &[Option<Heading>],
    below: &[Vec<String>],
) -> Option<Pair<usize>> {
    let of = |side| {
        headings
            .iter()
            .position(|heading| heading.is_some_and(|h| h.term_side() == Some(side)))
    };
    let mut free = headings.iter().enumerate().filter_map(|(at, heading)| {
        let heading = heading.as_ref()?;
        heading.is_of_some_language().then_some((at, *heading))
    });
    match (of(Side::Zh), of(Side::En)) {
        (Some(zh), Some(en)) => Some(Pair::new(zh, en)),
        // 译名 beside English is Chinese.
        (Some(zh), None) => Some(Pair::new(zh, free.next()?.0)),
        (None, Some(en)) => Some(Pair::new(free.next()?.0, en)),
        (None, None) => {
            let free: Vec<(usize, Heading)> = free.collect();
            let target = free.iter().find(|(_, h)| h.is_target)?.0;
            let is_source = |h: &Heading| h.is_source && !h.is_target;
            let source = free.iter().find(|(_, h)| is_source(h));
            let source = source.or_else(|| free.iter().find(|(at, _)| *at != target))?.0;
            let n_zh = |column: usize| {
                let cells = below.iter().filter_map(|row| row.get(column));
                cells.filter(|cell| is_of(Side::Zh, cell)).count()
            };
            match (n_zh(source), n_zh(target)) {
                (source_zh, target_zh) if source_zh > target_zh => {
                    Some(Pair::new(source, target))
                }
                (source_zh, target_zh) if source_zh < target_zh => {
                    Some(Pair::new(target, source))
                }
                _ => None,
            }
        }
    }
}

/// Is a row under the header one of names too: 源语 under Source?
fn is_second_header(cells: &[String], layout: &Layout) -> bool {
    let is_name = |(role, cell): (&Option<Role>, &String)| match role {
        Some(Role::Term(side)) => Heading::of(cell).is_some_and(|heading| {
            heading.kind.is_none() && heading.side.is_none_or(|named| named == *side)
        }),
        _ => true,
    };
    cells.len() >= 2 && layout.roles.iter().zip(cells).all(is_name)
}

/// What a column without a name holds.
struct Column {
    /// How many cells have something in them.
    n: usize,
    n_of: Pair<usize>,
    n_statuses: usize,
    n_numbers: usize,
    /// How many are different.
    n_distinct: usize,
}

impl Column {
    fn of(rows: &[Vec<String>], column: usize) -> Self {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim());
        let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let n_of = |side| cells.iter().filter(|cell| is_of(side, cell)).count();
        let is_number = |cell: &&&str| {
            let digits = cell.trim_end_matches(['.', ')', '、', '．']);
            !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        };
        Self {
            n: cells.len(),
            n_of: Pair::new(n_of(Side::Zh), n_of(Side::En)),
            n_statuses: cells.iter().filter(|cell| cells::status(cell).is_ok()).count(),
            n_numbers: cells.iter().filter(is_number).count(),
            n_distinct: cells.iter().collect::<FxHashSet<_>>().len(),
        }
    }

    fn is_mostly(&self, n: usize) -> bool {
        self.n > 0 && n as f64 >= MOST * self.n as f64
    }

    /// Terms are of one language and, unlike subjects and statuses, hardly repeated.
    fn is_of_terms(&self, side: Side) -> bool {
        self.is_of_language(side) && (self.n < 5 || self.is_mostly(self.n_distinct))
    }

    fn is_of_language(&self, side: Side) -> bool {
        self.is_mostly(*self.n_of.get(side)) && !self.is_of_statuses()
    }

    fn is_of_statuses(&self) -> bool {
        self.n > 1 && self.n_statuses as f64 >= 0.8 * self.n as f64
    }

    fn has_nothing_but_statuses(&self) -> bool {
        self.n > 1 && self.n_statuses == self.n
    }

    /// Does each cell name something of its own, and not only by a number?
    fn has_names(&self) -> bool {
        self.n > 0 && self.n_numbers == 0 && self.n_distinct == self.n
    }

    fn is_of_numbers(&self) -> bool {
        self.is_mostly(self.n_numbers)
    }
}

/// May a cell be a term of that language?
fn is_of(side: Side, cell: &str) -> bool {
    let has_han = cell.chars().any(is_han);
    match side {
        Side::Zh => has_han,
        Side::En => !has_han && cell.chars().any(|c| c.is_alphabetic()),
    }
}

/// The letter of a column as spreadsheets have it: `A`, `Z`, `AA`.
pub(super) fn column_letter(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The column that a user means: by its name, its letter, or its number from 1.
fn column_of(given: &str, layout: &Layout, rows: &[Vec<String>]) -> Option<usize> {
    let given = given.trim();
    let n_columns = layout.roles.len();
    let is_it = |name: &String| name.trim().eq_ignore_ascii_case(given);
    let named = || {
        let above = rows.iter().take(TITLES);
        above.filter_map(|row| row.iter().position(is_it)).next()
    };
    let by_letter = || {
        let is_letters =
            given.len() <= 3 && given.bytes().all(|b| b.is_ascii_alphabetic());
        let letters =
            given.bytes().map(|b| usize::from(b.to_ascii_uppercase() - b'A') + 1);
        (is_letters && !given.is_empty())
            .then(|| letters.fold(0, |sum, letter| sum * 26 + letter) - 1)
    };
    let by_number = || given.parse::<usize>().ok()?.checked_sub(1);
    let at = layout.names.iter().position(is_it).filter(|_| layout.has_header);
    at.or_else(|| by_letter().filter(|&at| at < n_columns))
        .or_else(by_number)
        .filter(|&at| at < n_columns)
        .or_else(named)
}
