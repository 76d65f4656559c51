//! The alignment: rows, and the panel that says why a row is one.

use askama::Template;
use askama::filters::HtmlSafe;

use super::parts::{Mark, Parts};
use super::words::Words;
use super::{Chip, Shell, zh_lang};
use crate::lexicon::Seed;
use crate::review::begin::{Place, Tie, TieKind};
use crate::review::desk::Desk;
use crate::review::event::{FindingState, RowStatus, SidePiece, TextPlace};
use crate::review::marked::RowTie;
use crate::review::state::Placed;
use crate::text::Span;
use crate::types::{Pair, Side};

/// How many rows a page has.
pub(crate) const PAGE: usize = 300;

/// How much of a cell is shown at first, in characters.
const LONGEST: usize = 20_000;

/// How many events the history of a row tells.
const HISTORY: usize = 8;

/// Which rows are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) from: usize,
    pub(crate) filter: String,
    pub(crate) search: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rows.html")]
pub(crate) struct RowsPage {
    pub(crate) shell: Shell,
    pub(crate) rows: Vec<RowView>,
    pub(crate) chips: Vec<Chip>,
    pub(crate) query: Query,
    pub(crate) files: Pair<String>,
    /// Rows that pass the filter.
    pub(crate) n_found: usize,
    /// Where the pages beside begin.
    pub(crate) previous: Option<usize>,
    pub(crate) next: Option<usize>,
    /// The row to begin at.
    pub(crate) focus: String,
    pub(crate) why: Option<WhyView>,
    pub(crate) map: String,
}

/// A row.
#[derive(Debug, Template)]
#[template(path = "row.html")]
pub(crate) struct RowView {
    pub(crate) words: &'static Words,
    pub(crate) zh_lang: &'static str,
    pub(crate) key: String,
    pub(crate) n: usize,
    pub(crate) status: &'static str,
    pub(crate) status_name: &'static str,
    pub(crate) classes: String,
    pub(crate) filters: String,
    pub(crate) lines: Vec<Line>,
    /// What stands in an empty side.
    pub(crate) slots: Pair<Option<Slot>>,
    pub(crate) score: String,
    pub(crate) ratio: String,
    pub(crate) said: String,
    /// Another reading that begins at the row; empty for none.
    pub(crate) other: String,
    pub(crate) note: String,
}

/// The pieces of both sides that stand beside each other.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) zh: Option<Cell>,
    pub(crate) en: Option<Cell>,
}

/// A piece.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) piece: String,
    pub(crate) parts: Parts,
    pub(crate) is_edited: bool,
    pub(crate) is_cut_short: bool,
}

/// What stands in the cell of a side that has nothing.
#[derive(Debug)]
pub(crate) struct Slot {
    /// What was written into it.
    pub(crate) supplied: Option<Parts>,
    /// The row it is tied to.
    pub(crate) tied: Option<(String, String)>,
}

/// The panel.
#[derive(Debug, Template)]
#[template(path = "why.html")]
pub(crate) struct WhyView {
    pub(crate) words: &'static Words,
    pub(crate) zh_lang: &'static str,
    pub(crate) key: String,
    pub(crate) n: usize,
    pub(crate) label: String,
    pub(crate) big: String,
    pub(crate) sub: &'static str,
    pub(crate) cite: String,
    pub(crate) groups: Vec<Group>,
    pub(crate) said: Vec<String>,
    pub(crate) originals: Vec<(&'static str, String)>,
    pub(crate) note: String,
    pub(crate) history: Vec<(String, String, String)>,
}

impl WhyView {
    /// What can be done: key, name, operation.
    pub(crate) fn acts(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let w = self.words;
        vec![
            ("Enter", w.confirm_on, "Enter"),
            ("C", w.confirm_stay, "c"),
            ("Shift Enter", w.confirm_up, "Shift+Enter"),
            ("Q", w.needs_look, "q"),
            ("B", w.bookmark, "b"),
            ("M", w.merge_below, "m"),
            ("Shift M", w.merge_above, "Shift+m"),
            ("S", w.split, "s"),
            ("D", w.down, "d"),
            ("U", w.up, "u"),
            ("O", w.part, "o"),
            ("W", w.swap, "w"),
            ("X", w.tie, "x"),
            ("E", w.edit, "e"),
            ("Shift D", w.shift_down, "Shift+d"),
            ("Shift U", w.shift_up, "Shift+u"),
            ("R", w.realign, "r"),
            ("Shift R", w.realign_all, "Shift+r"),
            ("Y", w.take_other, "y"),
        ]
    }
}

/// What both sides name, of one kind.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) class: &'static str,
    pub(crate) name: &'static str,
    /// Number of the tie, and the words.
    pub(crate) ties: Vec<(usize, String, String)>,
}

// Parts of a page: their templates escape what they hold.
impl HtmlSafe for RowView {}
impl HtmlSafe for WhyView {}

/// The page that is asked for; `focus` names the row to begin at.
pub(crate) fn page(
    desk: &Desk,
    shell: Shell,
    query: Query,
    focus: Option<usize>,
) -> RowsPage {
    let state = desk.state();
    let search = folded(&query.search);
    let found: Vec<usize> = state
        .placed()
        .filter(|placed| {
            query.filter.is_empty() || desk.look(placed).is_of(&query.filter)
        })
        .filter(|placed| search.is_empty() || holds(desk, placed, &search))
        .map(|placed| placed.index)
        .collect();
    let at = focus.and_then(|row| found.iter().position(|index| *index == row));
    let from = at.map_or(query.from, |at| at / PAGE * PAGE).min(found.len());
    let query = Query { from, ..query };
    let shown = &found[from..found.len().min(from + PAGE)];
    let first = focus.filter(|row| shown.contains(row)).or_else(|| {
        let is_open = |index: &&usize| desk.look(&state.at(**index)).look;
        shown.iter().find(is_open).or(shown.first()).copied()
    });
    let rows = shown.iter().map(|index| row(desk, shell.words, &state.at(*index), false));
    let head = desk.session.head();
    RowsPage {
        rows: rows.collect(),
        chips: chips(&shell, &query),
        n_found: found.len(),
        previous: (from > 0).then(|| from.saturating_sub(PAGE)),
        next: (from + PAGE < found.len()).then_some(from + PAGE),
        focus: first
            .map_or_else(String::new, |row| state.key(&state.at(row)).to_string()),
        why: first.map(|row| why(desk, shell.words, &state.at(row))),
        map: map(desk),
        files: Pair::new(file_name(&head.zh.file), file_name(&head.en.file)),
        query,
        shell,
    }
}

/// The map beside the rows: a block for the slices that are alike, and one for where one is.
pub(crate) fn map(desk: &Desk) -> String {
    let letters = desk.map();
    let mut svg = format!(
        "<svg viewBox=\"0 0 12 {}\" preserveAspectRatio=none>",
        letters.len().max(1)
    );
    let block = |class: &str, y: usize, height: f64| {
        format!("<rect class=\"{class}\" width=12 y={y} height={height} />")
    };
    let mut from = 0;
    for alike in letters.as_bytes().chunk_by(|a, b| a == b) {
        let class = match alike.first() {
            Some(b'o') => "c-ok",
            Some(b'd') => "c-doubt",
            Some(b'b') => "c-bad",
            _ => "c-sure",
        };
        svg += &block(class, from, alike.len() as f64 - GAP);
        from += alike.len();
    }
    svg + &block("here", 0, 0.0) + "</svg>"
}

/// Between two blocks of the map, in slices.
const GAP: f64 = 0.12;

fn chips(shell: &Shell, query: &Query) -> Vec<Chip> {
    let (w, n) = (shell.words, &shell.counts);
    let chip = |name, filter, n, class| Chip {
        name,
        filter,
        n,
        class,
        is_on: query.filter == filter,
    };
    vec![
        chip(w.all, "", n.rows, ""),
        chip(w.to_look_at, "look", n.look, "w"),
        chip(w.doubtful, "doubt", n.doubt, ""),
        chip(w.many, "many", n.many, ""),
        chip(w.unaligned, "alone", n.alone, "w"),
        chip(w.contradictions, "bad", n.bad, "x"),
        chip(w.bookmarked, "mark", n.mark, "lo"),
        chip(w.changed, "changed", n.changed, "lo"),
    ]
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> String {
    let name = std::path::Path::new(path).file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A text as it is searched: one script, one width, one case.
pub(crate) fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let seed = Seed::shipped();
    text.trim().nfkc().map(|c| seed.simplify(c)).flat_map(char::to_lowercase).collect()
}

fn holds(desk: &Desk, placed: &Placed, folded_search: &str) -> bool {
    let sides = Side::BOTH.into_iter();
    sides
        .map(|side| desk.cell(placed, side))
        .any(|text| folded(&text).contains(folded_search))
}

/// A row; `is_whole`, with all of its text however long.
pub(crate) fn row(
    desk: &Desk,
    words: &'static Words,
    placed: &Placed,
    is_whole: bool,
) -> RowView {
    let look = desk.look(placed);
    let error = desk.error_in(placed);
    let cells = Cells::new(desk, placed, is_whole);
    let lines = (0..placed.row.n.zh.max(placed.row.n.en))
        .map(|at| Line { zh: cells.cell(Side::Zh, at), en: cells.cell(Side::En, at) });
    let lines = lines.collect();
    let (status, status_name) = status(words, placed.row.status);
    let said = match error {
        _ if look.pinned => String::new(),
        Some(n) => super::findings::message(words, &desk.backing.findings[n].finding),
        None if look.alone => String::new(),
        None if look.doubt => words.unsure.to_owned(),
        None => String::new(),
    };
    let n = placed.row.n;
    let ratio = match (n.zh, n.en) {
        (1, 1) | (0, _) | (_, 0) => String::new(),
        (zh, en) => format!("{zh}:{en}"),
    };
    RowView {
        words,
        zh_lang: zh_lang(desk),
        key: desk.state().key(placed).to_string(),
        n: placed.index + 1,
        status,
        status_name,
        classes: classes(desk, placed, &look),
        filters: filters(&look),
        lines,
        slots: Pair::new(slot(desk, placed, Side::Zh), slot(desk, placed, Side::En)),
        score: placed
            .row
            .score
            .filter(|_| look.doubt && !placed.row.is_single())
            .map_or_else(String::new, percent),
        ratio,
        said,
        other: other(desk, words, placed),
        note: desk.note(placed),
    }
}

/// How much of a passage another reading quotes, in characters.
const QUOTED: usize = 24;

/// What the other reading of the rows that begin with this one would change.
fn other(desk: &Desk, words: &'static Words, placed: &Placed) -> String {
    let Some((rows, reading)) = desk.reading(placed) else { return String::new() };
    if rows.start != placed.index {
        return String::new();
    }
    let share = percent(reading.share);
    let what = moved_words(desk, words, placed, reading).unwrap_or_else(|| {
        let sizes = reading.now.iter().map(|n| format!("{}:{}", n.zh, n.en));
        sizes.collect::<Vec<_>>().join(" ")
    });
    format!("{} {what} · {share} / 100", words.other_reading)
}

/// The words that change their row, where as many rows stay and one border moves first.
fn moved_words(
    desk: &Desk,
    words: &'static Words,
    first: &Placed,
    reading: &crate::review::begin::PlacedReading,
) -> Option<String> {
    if reading.was.len() != reading.now.len() {
        return None;
    }
    let mut ends = first.range.as_ref().map(|range| (range.start, range.start));
    for (was, now) in reading.was.iter().zip(&reading.now) {
        for side in Side::BOTH {
            let (old, new) = ends.get_mut(side);
            (*old, *new) = (*old + was.get(side), *new + now.get(side));
            if old == new {
                continue;
            }
            let pieces = *old.min(new)..*old.max(new);
            let way = if new < old { words.to_row_below } else { words.to_row_above };
            let text: String = pieces.map(|at| desk.text(side, at)).collect();
            let short: String = text.chars().take(QUOTED).collect();
            let dots = if short.len() < text.len() { "…" } else { "" };
            return Some(format!("{short}{dots} {way}"));
        }
    }
    None
}

fn status(words: &'static Words, status: RowStatus) -> (&'static str, &'static str) {
    match status {
        RowStatus::Auto => ("auto", words.st_auto),
        RowStatus::Look => ("look", words.st_look),
        RowStatus::Confirmed => ("ok", words.st_confirmed),
        RowStatus::Corrected => ("fix", words.st_corrected),
    }
}

fn classes(desk: &Desk, placed: &Placed, look: &crate::review::desk::Look) -> String {
    let state = desk.state();
    let first = Side::BOTH.into_iter().find_map(|side| {
        let piece = state.pieces(side).get(placed.range.get(side).clone())?.first()?;
        Some(desk.segment(side, *piece).kind.replace(' ', "-"))
    });
    let mut classes = format!("k-{}", first.unwrap_or_default());
    let marks = [(look.bad, " bad"), (look.doubt, " doubt"), (look.alone, " alone")];
    let mark = marks.into_iter().find(|(is, _)| *is && !look.pinned);
    classes += mark.map_or("", |(_, name)| name);
    classes += if look.mark { " marked" } else { "" };
    classes += if look.changed { " changed" } else { "" };
    classes
}

fn filters(look: &crate::review::desk::Look) -> String {
    let names = ["look", "doubt", "many", "alone", "bad", "mark", "changed"];
    let names: Vec<&str> = names.into_iter().filter(|name| look.is_of(name)).collect();
    names.join(" ")
}

fn slot(desk: &Desk, placed: &Placed, side: Side) -> Option<Slot> {
    if *placed.row.n.get(side) > 0 {
        return None;
    }
    let tied = desk.tied(placed).and_then(|key| {
        let other = desk.state().find(key)?;
        Some((key.to_string(), (other.index + 1).to_string()))
    });
    Some(Slot { supplied: desk.supplied(placed, side).map(Parts::plain), tied })
}

fn percent(score: f64) -> String {
    let hundredths = (score * 100.0).floor().clamp(0.0, 100.0);
    if hundredths > 99.0 { ">99".into() } else { format!("{hundredths}") }
}

/// A piece of a row, and which bytes of its segment it is.
struct Laid {
    segment: usize,
    bytes: std::ops::Range<usize>,
    /// Is its text another than that of the base?
    is_edited: bool,
}

impl Laid {
    /// The pieces of both sides of a row.
    fn of(desk: &Desk, placed: &Placed) -> Pair<Vec<Laid>> {
        placed.range.clone().map_sides(|side, range| {
            range.map(|index| Self::one(desk, side, index)).collect()
        })
    }

    fn one(desk: &Desk, side: Side, index: usize) -> Laid {
        let state = desk.state();
        let piece = state.pieces(side)[index];
        let text = &desk.segment(side, piece).text;
        let start: usize = text.chars().take(piece.from).map(char::len_utf8).sum();
        let len = desk.session.original(side, index).len();
        let over = TextPlace::Over(SidePiece { side, piece });
        let is_edited = state.text(over).is_some();
        Laid { segment: piece.segment, bytes: start..start + len, is_edited }
    }

    /// Where words of the base stand in the piece.
    fn range(&self, place: &Place) -> Option<std::ops::Range<usize>> {
        let is_inside = self.segment == place.segment
            && !self.is_edited
            && self.bytes.start <= place.span.start
            && place.span.end <= self.bytes.end;
        let start = self.bytes.start;
        is_inside.then(|| place.span.start - start..place.span.end - start)
    }
}

/// What both sides of a row name, in the order of the Chinese.
fn ties(desk: &Desk, placed: &Placed, laid: &Pair<Vec<Laid>>) -> Vec<RowTie> {
    if let Some(ties) = desk.marks_of(placed) {
        return ties.to_vec();
    }
    let mut segments: Vec<usize> = laid.zh.iter().map(|piece| piece.segment).collect();
    segments.dedup();
    let ties = segments.iter().flat_map(|segment| desk.backing.ties.get(segment));
    let stands = |side: Side, place: &Place| {
        let mut pieces = laid.get(side).iter().enumerate();
        pieces.find_map(|(n, piece)| Some((n, Span::from(piece.range(place)?))))
    };
    let tie = |tie: &Tie| {
        let at = Pair::new(stands(Side::Zh, &tie.at.zh)?, stands(Side::En, &tie.at.en)?);
        Some(RowTie { kind: tie.kind, at })
    };
    ties.flatten().filter_map(tie).collect()
}

/// The cells of a row.
struct Cells<'a> {
    desk: &'a Desk,
    placed: &'a Placed,
    laid: Pair<Vec<Laid>>,
    ties: Vec<RowTie>,
    error: Option<usize>,
    is_whole: bool,
}

impl<'a> Cells<'a> {
    fn new(desk: &'a Desk, placed: &'a Placed, is_whole: bool) -> Self {
        let error = desk.error_in(placed).filter(|_| !placed.row.status.is_pinned());
        let laid = Laid::of(desk, placed);
        let ties = ties(desk, placed, &laid);
        Self { desk, placed, laid, ties, error, is_whole }
    }

    /// The piece of that place in the row.
    fn cell(&self, side: Side, at: usize) -> Option<Cell> {
        let index = self.placed.range.get(side).clone().nth(at)?;
        let piece = self.desk.state().pieces(side)[index];
        let whole = self.desk.text(side, index);
        let short = whole.char_indices().nth(LONGEST).filter(|_| !self.is_whole);
        let text = short.map_or(whole, |(end, _)| &whole[..end]);
        let over = TextPlace::Over(SidePiece { side, piece });
        Some(Cell {
            piece: piece.to_string(),
            parts: Parts::new(text, &self.marks(side, at)),
            is_edited: self.desk.state().text(over).is_some(),
            is_cut_short: short.is_some(),
        })
    }

    fn marks(&self, side: Side, at: usize) -> Vec<Mark> {
        let piece = &self.laid.get(side)[at];
        let wrong = self.error.into_iter().flat_map(|n| {
            self.desk.backing.findings[n].marks.get(side).iter().filter_map(|place| {
                let range = piece.range(place)?;
                Some(Mark { range, class: "clash", tie: String::new() })
            })
        });
        let ties = self.ties.iter().enumerate().filter_map(|(n, tie)| {
            let (place, span) = *tie.at.get(side);
            let (range, class) = (span.start..span.end, tie.kind.as_str());
            (place == at).then(|| Mark { range, class, tie: n.to_string() })
        });
        wrong.chain(ties).collect()
    }
}

/// The panel of a row.
pub(crate) fn why(desk: &Desk, words: &'static Words, placed: &Placed) -> WhyView {
    let look = desk.look(placed);
    let (big, sub) = match placed.row.score {
        _ if placed.row.is_single() => (words.slot.to_owned(), ""),
        Some(score) => (percent(score), words.of_100),
        None => (words.made_by_hand.to_owned(), ""),
    };
    let said = desk.findings_in(placed).into_iter().filter(|n| {
        let id = &desk.backing.findings[*n].finding.fingerprint;
        desk.state().finding(id) != FindingState::Accepted
    });
    let mut said: Vec<String> = said
        .map(|n| super::findings::message(words, &desk.backing.findings[n].finding))
        .collect();
    if look.doubt && !placed.row.is_single() {
        said.insert(0, words.unsure.to_owned());
    }
    WhyView {
        words,
        zh_lang: zh_lang(desk),
        key: desk.state().key(placed).to_string(),
        n: placed.index + 1,
        label: label(desk, placed),
        big,
        sub,
        cite: cite(desk, placed),
        groups: groups(desk, words, placed),
        said,
        originals: originals(desk, placed),
        note: desk.note(placed),
        history: history(desk, words, placed),
    }
}

/// How a reader would cite a row.
pub(crate) fn label(desk: &Desk, placed: &Placed) -> String {
    let mut pieces = Side::BOTH.into_iter().filter_map(|side| {
        let index = placed.range.get(side).start;
        let piece = (!placed.range.get(side).is_empty())
            .then(|| desk.state().pieces(side)[index])?;
        Some(desk.segment(side, piece).label.clone())
    });
    pieces.find(|label| !label.is_empty()).unwrap_or_default()
}

/// Where both sides stand in their files.
pub(crate) fn cite(desk: &Desk, placed: &Placed) -> String {
    let head = desk.session.head();
    let of_side = |side: Side| {
        let pieces = &desk.state().pieces(side)[placed.range.get(side).clone()];
        let first = desk.segment(side, *pieces.first()?).lines.0;
        let last = desk.segment(side, *pieces.last()?).lines.1;
        let name = match side {
            Side::Zh => file_name(&head.zh.file),
            Side::En => file_name(&head.en.file),
        };
        Some(if first == last {
            format!("{name}:{first}")
        } else {
            format!("{name}:{first}–{last}")
        })
    };
    let sides: Vec<String> = Side::BOTH.into_iter().filter_map(of_side).collect();
    sides.join(" = ")
}

fn groups(desk: &Desk, words: &'static Words, placed: &Placed) -> Vec<Group> {
    let ties = ties(desk, placed, &Laid::of(desk, placed));
    let kinds = [
        (TieKind::Number, words.group_num),
        (TieKind::Citation, words.group_cite),
        (TieKind::Term, words.group_term),
        (TieKind::Name, words.group_name),
        (TieKind::Word, words.group_word),
    ];
    let words_at = |side: Side, (piece, span): (usize, Span)| {
        span.of(desk.text(side, placed.range.get(side).start + piece)).to_owned()
    };
    let groups = kinds.into_iter().map(|(kind, name)| {
        let mut of_kind = Vec::new();
        for (n, tie) in ties.iter().enumerate().filter(|(_, tie)| tie.kind == kind) {
            let zh = words_at(Side::Zh, tie.at.zh);
            let en = words_at(Side::En, tie.at.en);
            if !of_kind.iter().any(|(_, z, e)| *z == zh && *e == en) {
                of_kind.push((n, zh, en));
            }
        }
        Group { class: kind.as_str(), name, ties: of_kind }
    });
    groups.filter(|group| !group.ties.is_empty()).collect()
}

/// What stood there before somebody wrote.
fn originals(desk: &Desk, placed: &Placed) -> Vec<(&'static str, String)> {
    let mut originals = Vec::new();
    for side in Side::BOTH {
        let lang = if side == Side::Zh { zh_lang(desk) } else { "en" };
        for index in placed.range.get(side).clone() {
            let piece = desk.state().pieces(side)[index];
            if desk.state().text(TextPlace::Over(SidePiece { side, piece })).is_some() {
                originals.push((lang, desk.session.original(side, index).to_owned()));
            }
        }
    }
    originals
}

/// What was done to a row, last first: time, who, what.
fn history(
    desk: &Desk,
    words: &'static Words,
    placed: &Placed,
) -> Vec<(String, String, String)> {
    let events = desk.session.events_here().iter().rev();
    let touching = events.filter(|event| desk.touches(event, placed.index)).take(HISTORY);
    let told = touching.map(|event| {
        let time = event.at.get(..16).unwrap_or(&event.at).replace('T', " ");
        (time, event.who.clone(), words.deed(&event.op).to_owned())
    });
    told.collect()
}
