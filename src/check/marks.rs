//! Brackets and quotation marks without their other half.

use super::fact::Fact;
use super::finding::{Finding, FindingKind, Severity};
use super::language::is_code;
use super::material::Material;
use super::unit::{DOUBTFUL, Unit};
use crate::numbering::label_at;
use crate::text::Span;
use crate::types::Side;

/// Marks that open and close; full and half width are one kind.
const PAIRS: &[(&[char], &[char])] = &[
    (&['(', '（'], &[')', '）']),
    (&['[', '［', '【'], &[']', '］', '】']),
    (&['《'], &['》']),
    (&['〈'], &['〉']),
    (&['「'], &['」']),
    (&['『'], &['』']),
    (&['“', '〝'], &['”', '〞']),
];

/// How many units a quotation may go on for.
const MOST_UNITS: usize = 12;

/// A mark without its other half.
struct Lone {
    span: Span,
    kind: usize,
    opens: bool,
}

/// Adds what is found in all units.
pub(super) fn find(_: &Material<'_>, units: &[Unit<'_>], findings: &mut Vec<Finding>) {
    for side in Side::BOTH {
        let mut lone: Vec<Vec<Lone>> =
            units.iter().map(|unit| of_unit(side, unit)).collect();
        settle(units, &mut lone);
        for (unit, lone) in units.iter().zip(lone) {
            let Some(first) = lone.first() else { continue };
            let mark = first.span.of(unit.text.get(side)).to_owned();
            let fact = match (lone.len(), first.opens) {
                (1, true) => Fact::NotClosed(mark),
                (1, false) => Fact::NotOpened(mark),
                (n, _) => Fact::Unbalanced(n),
            };
            let severity = match unit.score < DOUBTFUL || unit.is_single() {
                true => Severity::Note,
                false => Severity::Warning,
            };
            let mut finding = Finding::new(FindingKind::Punctuation, severity, fact);
            let marks = lone.iter().map(|lone| lone.span).collect();
            *finding.passages.get_mut(side) = unit.passage(side, marks);
            let other = side.other();
            *finding.passages.get_mut(other) = unit.passage(other, vec![]);
            findings.push(finding);
        }
    }
}

/// The lone marks of one side of a unit, in order.
fn of_unit(side: Side, unit: &Unit<'_>) -> Vec<Lone> {
    let text = unit.text.get(side);
    if is_code(text) {
        return Vec::new();
    }
    let (mut open, mut lone): (Vec<Lone>, Vec<Lone>) = (Vec::new(), Vec::new());
    let mut straight: Vec<Span> = Vec::new();
    let labels: Vec<Span> = unit
        .starts
        .get(side)
        .iter()
        .map(|&start| {
            let len = label_at(side, &text[start..]).map_or(0, |(_, len)| len);
            Span::new(start, start + len)
        })
        .collect();
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        if c == '"' {
            straight.push(span);
        }
        let Some((kind, opens)) = kind_of(c) else { continue };
        if labels.iter().any(|label| label.contains(span)) {
            continue;
        }
        if opens {
            open.push(Lone { span, kind, opens });
        } else if let Some(place) = open.iter().rposition(|lone| lone.kind == kind) {
            open.remove(place);
        } else if !is_enumerator(text, at) && !is_face(text, at) {
            lone.push(Lone { span, kind, opens });
        }
    }
    lone.extend(open.into_iter().filter(|lone| !is_face_open(text, lone.span)));
    // 5": inches.
    let is_inches =
        |span: &Span| text[..span.start].ends_with(|c: char| c.is_ascii_digit());
    if straight.len() % 2 == 1 && !straight.iter().any(is_inches) {
        let span = straight[straight.len() - 1];
        lone.push(Lone { span, kind: PAIRS.len(), opens: true });
    }
    let other = unit.text.get(side.other());
    lone.retain(|lone| !is_in_code(text, other, lone.span));
    lone.sort_by_key(|lone| lone.span);
    lone
}

/// Does a mark stand between backquotes, or inside of a word of signs that the other side has
/// as well, as `level[0`? There it is no punctuation.
fn is_in_code(text: &str, other: &str, mark: Span) -> bool {
    let n_before = text[..mark.start].matches('`').count();
    if n_before % 2 == 1 && text[mark.end..].contains('`') {
        return true;
    }
    let is_outside = |c: char| !c.is_ascii_graphic();
    let start = text[..mark.start]
        .rfind(is_outside)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[mark.end..].find(is_outside).map_or(text.len(), |at| mark.end + at);
    let word = &text[start..end];
    let n_signs = word.chars().filter(char::is_ascii_punctuation).count();
    let is_inside =
        text[start..mark.start].ends_with(|c: char| c.is_ascii_alphanumeric());
    word.len() > n_signs && (is_inside || n_signs > 1) && other.contains(word)
}

fn kind_of(c: char) -> Option<(usize, bool)> {
    PAIRS.iter().enumerate().find_map(|(kind, (open, close))| {
        if open.contains(&c) {
            return Some((kind, true));
        }
        close.contains(&c).then_some((kind, false))
    })
}

/// `a)`, `12)`, `一）` in running text: an enumeration with closing brackets only.
fn is_enumerator(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let token: Vec<char> =
        before.by_ref().take_while(|c| c.is_alphanumeric()).take(4).collect();
    let is_number = |c: &char| {
        c.is_ascii_digit() || crate::text::number::is_numeral(*c) || token.len() == 1
    };
    (1..4).contains(&token.len())
        && (token.iter().all(is_number) || token.iter().all(|c| "ivx".contains(*c)))
}

/// `:)` and the like.
fn is_face(text: &str, at: usize) -> bool {
    text[..at].ends_with([':', ';', '-'])
}

fn is_face_open(text: &str, span: Span) -> bool {
    text[..span.start].ends_with(":-")
        || text[..span.start].ends_with(":") && text[span.end..].trim_start().is_empty()
}

/// A quotation may run over several units, each of which may open it anew.
fn settle(units: &[Unit<'_>], lone: &mut [Vec<Lone>]) {
    let mut n = 0;
    while n < units.len() {
        let Some(kind) = lone[n].iter().find(|lone| lone.opens).map(|lone| lone.kind)
        else {
            n += 1;
            continue;
        };
        let to = (n + 1 + MOST_UNITS).min(units.len());
        // The straight mark closes as it opens.
        let closes_it = |lone: &Lone| !lone.opens || kind == PAIRS.len();
        let closes = (n + 1..to)
            .find(|&m| lone[m].iter().any(|lone| lone.kind == kind && closes_it(lone)));
        // “ at the head of each paragraph and ” at the end of the last.
        let reopened = || {
            let goes_on =
                |m: &usize| lone[*m].iter().any(|lone| lone.kind == kind && lone.opens);
            let last = (n + 1..to).take_while(goes_on).last().unwrap_or(n);
            let next = units.get(last + 1)?;
            let begins = |side: Side| {
                let first = next.text.get(side).chars().next();
                first.is_some_and(|c| PAIRS[kind.min(PAIRS.len() - 1)].0.contains(&c))
            };
            (begins(Side::Zh) || begins(Side::En)).then_some(last)
        };
        let balanced = closes.or_else(reopened);
        if let Some(end) = balanced {
            for unit in &mut lone[n..=end] {
                unit.retain(|lone| lone.kind != kind);
            }
        }
        n += 1;
    }
}
