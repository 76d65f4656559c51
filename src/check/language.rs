//! Text in the wrong language, and lengths that do not fit.

use rustc_hash::FxHashSet;

use super::fact::Fact;
use super::finding::{Finding, FindingKind, Severity};
use super::material::Material;
use super::number::is_number;
use super::unit::{DOUBTFUL, Unit};
use crate::lexicon::Seed;
use crate::text::Span;
use crate::text::script::is_han;
use crate::types::{Kind, Mention, Pair, Side, TokenKind};

/// Fewest Han characters in a row that are a text rather than a sign.
const LEAST_HAN: usize = 2;

/// Fewest English words in a row that are a text rather than a name.
const LEAST_WORDS: usize = 4;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let seed = material.seed;
    for unit in units {
        if is_code(&unit.text.zh) || is_code(&unit.text.en) {
            continue;
        }
        if !unit.is_single() && is_same(&unit.text) {
            identical(unit, seed, findings);
            continue;
        }
        let han = han_runs(&unit.text.en);
        let english = english_runs(unit);
        for (side, runs) in [(Side::En, han), (Side::Zh, english)] {
            if runs.is_empty() {
                continue;
            }
            let mut marks = Pair::default();
            *marks.get_mut(side) = runs;
            let severity = Severity::Warning;
            findings.push(unit.finding(
                FindingKind::Untranslated,
                severity,
                Fact::Foreign { side },
                marks,
            ));
        }
    }
}

/// Is it a program, markup or a table of contents, which is not running text?
pub(super) fn is_code(text: &str) -> bool {
    let marks = text.chars().filter(|c| "{}<>=;`|\\_#$~^".contains(*c)).count();
    let is_tag = |at: usize| {
        let rest = text[at + 1..].trim_start_matches(['/', '!']);
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
    };
    marks * 25 > text.chars().count().max(25)
        || text.contains("```")
        || text.contains("://")
        || text.contains("....")
        || text.match_indices('<').any(|(at, _)| is_tag(at))
        || text.split_whitespace().any(is_argument)
}

/// `--help`, `-v`, `/usr/bin`: what only a command has.
fn is_argument(word: &str) -> bool {
    let name = word.trim_start_matches('-');
    let is_option = match word.len() - name.len() {
        1 => name.len() == 1 && name.starts_with(|c: char| c.is_ascii_lowercase()),
        2 => name.starts_with(|c: char| c.is_ascii_lowercase()),
        _ => false,
    };
    let is_path = || {
        let path = word.strip_prefix('/').and_then(|path| path.split_once('/'));
        path.is_some_and(|(folder, _)| {
            !folder.is_empty() && folder.bytes().all(|b| b.is_ascii_lowercase())
        })
    };
    is_option || is_path()
}

fn is_same(text: &Pair<String>) -> bool {
    let bare =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    !text.zh.is_empty() && bare(&text.zh) == bare(&text.en)
}

/// Has a segment lines of its own, as listings, screens and addresses have?
fn has_lines(unit: &Unit<'_>) -> bool {
    let text = &unit.text.zh;
    let starts = &unit.starts.zh;
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).any(|(&start, end)| text[start..end].trim().contains('\n'))
}

fn identical(unit: &Unit<'_>, seed: &Seed, findings: &mut Vec<Finding>) {
    let n_han = unit.text.en.chars().filter(|c| is_han(*c)).count();
    // Only what has running words: names, symbols and numbers are the same in both.
    let n_small = running_words(&unit.text.zh, seed);
    if n_han < 2 * LEAST_HAN && (n_small < LEAST_WORDS || has_lines(unit)) {
        return;
    }
    let marks = unit.text.as_ref().map(|text| vec![Span::new(0, text.len())]);
    let severity = Severity::Warning;
    findings.push(unit.finding(FindingKind::Untranslated, severity, Fact::Same, marks));
}

/// Words in small letters that the lexicon knows.
fn running_words(text: &str, seed: &Seed) -> usize {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()))
        .filter(|word| seed.lemma(word).is_some())
        .count()
}

/// What languages that are written in Han call themselves. A list of languages has them so
/// on the page of any language.
#[rustfmt::skip]
const OWN_NAMES: &[&str] = &[
    "中文", "汉语", "漢語", "华语", "華語", "国语", "國語", "普通话", "普通話", "官话", "官話",
    "日本語", "粤语", "粵語", "广东话", "廣東話", "吴语", "吳語", "赣语", "贛語", "湘语", "湘語",
    "客家语", "客家語", "客家话", "客家話", "闽南语", "閩南語", "台语", "台語", "臺語", "文言",
    "简体", "簡體", "繁体", "繁體", "正體",
];

/// Is a run the name of a language by itself, an item of a list?
fn is_language(text: &str, run: Span) -> bool {
    let is_edge = |c: char| ",，、;；.。:：|/·•()（）\n".contains(c);
    let (before, after) = (text[..run.start].trim_end(), text[run.end..].trim_start());
    let is_item = (before.is_empty() || before.ends_with(is_edge))
        && (after.is_empty() || after.starts_with(is_edge));
    let mut rest = run.of(text);
    while let Some(own) = OWN_NAMES.iter().find(|own| rest.starts_with(**own)) {
        rest = &rest[own.len()..];
    }
    is_item && rest.is_empty()
}

/// The runs of Han in an English text that no brackets or quotes show to be meant.
fn han_runs(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '《' | '“' | '「' | '『' | '‘' => depth += 1,
            ')' | '）' | ']' | '》' | '”' | '」' | '』' | '’' => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if !is_han(c) || depth > 0 {
            continue;
        }
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => runs.push(Span::new(at, end)),
        }
    }
    runs.retain(|run| {
        let quoted = text[..run.start].trim_end().ends_with(['"', '\'', '*', '`']);
        run.of(text).chars().count() >= LEAST_HAN && !quoted && !is_language(text, *run)
    });
    runs
}

/// The runs of English words in a Chinese text that are no name or gloss.
fn english_runs(unit: &Unit<'_>) -> Vec<Span> {
    let text = &unit.text.zh;
    let mut runs: Vec<(Span, usize, usize)> = Vec::new();
    let mut fresh = true;
    for token in &unit.tokens.zh {
        match token.kind {
            TokenKind::Latin => {
                let word = token.span.of(text);
                let is_small = word.bytes().all(|b| b.is_ascii_lowercase());
                let is_function = is_small && FUNCTION.contains(&word);
                match runs.last_mut() {
                    Some((run, n, functions)) if !fresh => {
                        run.end = token.span.end;
                        *n += 1;
                        *functions += usize::from(is_function);
                    }
                    _ => runs.push((token.span, 1, usize::from(is_function))),
                }
                fresh = false;
            }
            TokenKind::Number | TokenKind::Extra => {}
            TokenKind::Mark
                if matches!(token.span.of(text), "," | "." | "-" | "'" | "’") => {}
            _ => fresh = true,
        }
    }
    let depths = depths(text);
    let is_meant = |run: Span| {
        let before = text[..run.start].trim_end();
        let at = depths.partition_point(|(at, _)| *at < run.start);
        let depth = at.checked_sub(1).map_or(0, |at| depths[at].1);
        depth > 0 || before.ends_with(['"', '\'', '`', '*'])
    };
    let runs = runs.into_iter().filter(|(_, n, functions)| {
        *n >= LEAST_WORDS && *functions >= 2 && *functions * 5 >= *n
    });
    runs.map(|(run, ..)| run).filter(|run| !is_meant(*run)).collect()
}

/// Where brackets and quotation marks open and close, and how many are open from there on.
fn depths(text: &str) -> Vec<(usize, usize)> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '【' | '《' | '“' | '「' | '『' => depth += 1,
            ')' | '）' | ']' | '】' | '》' | '”' | '」' | '』' => {
                depth = depth.saturating_sub(1);
            }
            _ => continue,
        }
        found.push((at, depth));
    }
    found
}

/// English words that bind others to sentences.
const FUNCTION: &[&str] = &[
    "the", "of", "and", "to", "in", "for", "is", "are", "be", "shall", "that", "by",
    "with", "or", "on", "as", "at", "from", "not", "its", "has", "have", "was", "will",
    "which", "this", "their", "a", "an",
];

/// Fewest Chinese characters of a unit whose length tells something.
const LEAST_CHARS: f64 = 12.0;

/// How many standard deviations from the middle of the document are an outlier.
///
/// Larger tells less. The spread is a robust one, of a normal distribution 1 in 10^5 units.
const OUTLIER: f64 = 4.5;

/// The least spread of the logarithm of the ratio, for documents that are very even.
const LEAST_SPREAD: f64 = 0.16;

/// Fewest units that tell by themselves what is usual in their document.
const FEW: usize = 8;

/// The usual logarithm of English to Chinese length where a document has few units.
///
/// Source: the middle of the middles of 22 documents, statutes, contracts, resolutions,
/// stories and manuals. A manual has 0.8, a statute up to 1.6.
const USUAL: f64 = 1.3;

/// The least spread where a document has few units: that of the same documents among each
/// other.
const LEAST_SPREAD_OF_FEW: f64 = 0.2;

/// Adds the units whose lengths are clear outliers.
pub(super) fn lengths(_: &Material<'_>, units: &[Unit<'_>], findings: &mut Vec<Finding>) {
    let mut known = ratios(units);
    let least_spread = if known.len() < FEW { LEAST_SPREAD_OF_FEW } else { LEAST_SPREAD };
    let Some(middle) = usual(&mut known) else { return };
    let mut off: Vec<f64> = known.iter().map(|ratio| (ratio - middle).abs()).collect();
    // 1.4826 times the median deviation is the standard deviation of a normal distribution.
    let spread = (1.4826 * median(&mut off)).max(least_spread);
    for unit in units.iter().filter(|unit| unit.score >= DOUBTFUL && !unit.is_footnote())
    {
        let Some(Lengths { zh, en }) = Lengths::of(unit) else { continue };
        let least = zh.min(en / 3.0);
        // Short units vary more.
        let spread = spread * (1.0 + 40.0 / least).sqrt();
        let off = ((en / zh).ln() - middle).abs() / spread;
        if off < OUTLIER || is_code(&unit.text.en) || is_code(&unit.text.zh) {
            continue;
        }
        let expected = rounded(zh * middle.exp());
        let fact = Fact::Lengths { zh: zh as usize, en: en as usize, expected };
        let severity =
            if off > 2.0 * OUTLIER { Severity::Error } else { Severity::Warning };
        let severity = unit.at_most(severity);
        findings.push(unit.finding(FindingKind::Length, severity, fact, Pair::default()));
    }
}

/// A length that is an estimate: to tens where it is large.
fn rounded(length: f64) -> usize {
    let unit = if length < 100.0 { 1.0 } else { 10.0 };
    ((length / unit).round() * unit) as usize
}

/// The letters of the English and the Han characters of the Chinese, outside of what each
/// language writes in its own way.
struct Lengths {
    zh: f64,
    en: f64,
}

impl Lengths {
    /// `None` where lengths tell nothing.
    fn of(unit: &Unit<'_>) -> Option<Self> {
        let is_plain = |kind: Kind| !matches!(kind, Kind::Row | Kind::DateLine);
        let is_text = !unit.is_single()
            && Side::BOTH
                .into_iter()
                .all(|side| unit.segments.get(side).iter().all(|s| is_plain(s.kind)));
        let (zh, en) = (weight(unit, Side::Zh), weight(unit, Side::En));
        let is_long = zh.max(en / 3.0) >= LEAST_CHARS;
        (is_text && is_long && zh > 0.0 && en > 0.0).then_some(Self { zh, en })
    }
}

/// The logarithms of English to Chinese length, of all units that tell something by it.
fn ratios(units: &[Unit<'_>]) -> Vec<f64> {
    let lengths = units.iter().filter_map(Lengths::of);
    lengths.map(|Lengths { zh, en }| (en / zh).ln()).collect()
}

/// The middle of these ratios, those that are lacking to enough taken to be as in other texts.
fn usual(known: &mut Vec<f64>) -> Option<f64> {
    if known.is_empty() {
        return None;
    }
    known.resize(known.len().max(FEW), USUAL);
    Some(median(known))
}

/// The usual logarithm of English to Chinese length; `None` where no unit tells it.
pub(super) fn usual_ratio(units: &[Unit<'_>]) -> Option<f64> {
    usual(&mut ratios(units))
}

/// Do the lengths say too that the other side lacks something of this length? The unit must
/// be too long by as much, and right without it.
pub(super) fn is_missed(unit: &Unit<'_>, side: Side, len: usize, usual: f64) -> bool {
    let count = |side: Side| {
        unit.text.get(side).chars().filter(|c| c.is_alphanumeric()).count() as f64
    };
    let (zh, en) = (count(Side::Zh), count(Side::En));
    let len = len as f64;
    let (with, without) = match side {
        Side::Zh => (usual - (en / zh).ln(), usual - (en / (zh - len).max(1.0)).ln()),
        Side::En => ((en / zh).ln() - usual, ((en - len).max(1.0) / zh).ln() - usual),
    };
    with > LEAST_EXCESS && without.abs() < with / 2.0
}

/// How much longer a side must be than usual, as a logarithm, to have a sentence more.
const LEAST_EXCESS: f64 = 0.3;

/// Letters and Han characters outside of what both languages write in their own ways: dates,
/// numbers, references. A name is outside only where both write the same.
fn weight(unit: &Unit<'_>, side: Side) -> f64 {
    let others = unit.mentions.get(side.other());
    let shared: FxHashSet<&str> = others.iter().map(|m| m.value.as_str()).collect();
    let is_apart =
        |mention: &&Mention| is_number(mention.kind) || shared.contains(&*mention.value);
    let mut mentions = unit.mentions.get(side).iter().filter(is_apart).peekable();
    let mut n = 0_usize;
    for (at, c) in unit.text.get(side).char_indices() {
        while mentions.next_if(|mention| mention.span.end <= at).is_some() {}
        let is_mentioned =
            mentions.peek().is_some_and(|mention| mention.span.start <= at);
        n += usize::from(c.is_alphabetic() && !is_mentioned);
    }
    n as f64
}

/// The middle value; 0 for none.
fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}
