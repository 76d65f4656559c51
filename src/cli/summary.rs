//! What came of a run, in the words of a translator.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::PathBuf;

use crate::mine::{Departure, Inconsistency, Mined};
use crate::types::{Bitext, EvidenceKind, MentionKind, Notice, Side, TranslationUnit};

use crate::text::layout::{counted, excerpt, padded, width};

/// How many rows of a list are shown; the files hold the rest.
const ROWS: usize = 8;

/// How wide the beginning of a passage is shown, in columns.
const EXCERPT: usize = 48;

/// What a term answers to, and how often: `加强: strengthen (13×), enhance (6×)`.
fn ways(one: &Inconsistency) -> String {
    let ways: Vec<String> = one
        .renderings
        .iter()
        .map(|way| format!("{} ({}×)", way.text, way.units.len()))
        .collect();
    format!("{}: {}", one.term, ways.join(", "))
}

/// How many places of a departure are named.
const PLACES: usize = 3;

/// Where a term of the glossary is not followed: `大会 = General Assembly: not in 2 of 5
/// units, paragraph 3, 7`.
fn departure(one: &Departure) -> String {
    let n = one.units.len();
    let places: Vec<&str> =
        one.units.iter().take(PLACES).map(|(_, name)| name.as_str()).collect();
    let more = if n > PLACES { ", …" } else { "" };
    format!(
        "{} = {}: not in {n} of {}, {}{more}",
        one.term,
        one.renderings.join(" | "),
        counted(n + one.n_kept, "unit"),
        places.join(", ")
    )
}

/// A run to tell of. Its `Display` is the whole text.
#[derive(Debug)]
pub(crate) struct Summary<'a> {
    pub(crate) bitext: &'a Bitext,
    /// `None` where no terms were asked for.
    pub(crate) mined: Option<&'a Mined>,
    pub(crate) notices: &'a [Notice],
    pub(crate) files: &'a [PathBuf],
    /// What the termbase gained, as titles and texts.
    pub(crate) glossary: &'a [(&'static str, String)],
    pub(crate) seconds: f64,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sides(f)?;
        self.cleaning(f)?;
        self.left_out(f)?;
        self.beads(f)?;
        self.reviewed(f)?;
        self.agreement(f)?;
        self.disagreement(f)?;
        self.sorted_anew(f)?;
        self.moved(f)?;
        self.doubtful(f)?;
        self.unaligned(f)?;
        self.term_list(f)?;
        self.inconsistent(f)?;
        self.departing(f)?;
        self.glossary.iter().try_for_each(|(title, text)| row(f, title, text))?;
        self.written(f)
    }
}

impl Summary<'_> {
    fn cleaning(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        for notice in self.notices {
            let Notice::Cleaned { side, rule, places, first_line } = notice else {
                continue;
            };
            let title = if is_first { "Cleaned" } else { "" };
            let (name, places) = (self.name(*side), counted(*places, "place"));
            row(
                f,
                title,
                &format!("{} in {places}, first {name}:{first_line}", what(rule)),
            )?;
            is_first = false;
        }
        Ok(())
    }

    /// What no unit holds, by kind.
    fn left_out(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut title = "Left out";
        for side in Side::BOTH {
            let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
            for left_out in &self.bitext.documents.get(side).left_out {
                *kinds.entry(left_out.kind.as_str()).or_default() += 1;
            }
            if kinds.is_empty() {
                continue;
            }
            let items: Vec<String> =
                kinds.iter().map(|(kind, n)| format!("{n} × {kind}")).collect();
            row(f, title, &format!("{}: {}", self.name(side), items.join(", ")))?;
            title = "";
        }
        Ok(())
    }

    /// What was taken from a review.
    fn reviewed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for notice in self.notices {
            if let Some(text) = taken_from_review(notice) {
                row(f, "Reviewed", &text)?;
            }
        }
        Ok(())
    }

    fn sides(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (side, title) in [(Side::Zh, "Chinese"), (Side::En, "English")] {
            let document = self.bitext.documents.get(side);
            let units = counted(document.segments.len(), "unit");
            row(f, title, &format!("{units} in {}", document.name))?;
        }
        Ok(())
    }

    /// Beads by their type, `1-2` for one Chinese and two English units.
    fn beads(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut types: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for unit in self.bitext.units() {
            let len = unit.bead.range.as_ref().map(ExactSizeIterator::len);
            *types.entry((len.zh, len.en)).or_default() += 1;
        }
        let paired: usize =
            types.iter().filter(|((zh, en), _)| zh * en > 0).map(|(_, n)| n).sum();
        let mut types: Vec<_> =
            types.into_iter().filter(|((zh, en), _)| zh * en > 0).collect();
        types.sort_by_key(|&(kind, n)| (std::cmp::Reverse(n), kind));
        let types: Vec<String> =
            types.iter().map(|((zh, en), n)| format!("{n} of {zh}-{en}")).collect();
        let detail = match types.len() {
            0 => String::new(),
            _ => format!(": {} (Chinese-English)", types.join(", ")),
        };
        row(f, "Aligned", &format!("{}{detail}", counted(paired, "pair")))
    }

    fn agreement(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: BTreeMap<EvidenceKind, usize> = BTreeMap::new();
        let evidence = self.bitext.evidence.iter().flatten();
        for evidence in evidence.filter(|e| e.kind != EvidenceKind::Word) {
            *kinds.entry(evidence.kind).or_default() += 1;
        }
        if kinds.is_empty() {
            return Ok(());
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|&(kind, n)| (std::cmp::Reverse(n), kind));
        let kinds: Vec<String> =
            kinds.into_iter().map(|(kind, n)| counted(n, noun(kind))).collect();
        wrapped(f, "Agreeing", &kinds)
    }

    fn disagreement(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<String> = self
            .notices
            .iter()
            .filter_map(|notice| match notice {
                Notice::LabelsDisagree { labels, lines, .. } => Some(format!(
                    "{}:{} is {}, {}:{} is {}",
                    self.name(Side::Zh),
                    lines.zh,
                    labels.zh,
                    self.name(Side::En),
                    lines.en,
                    labels.en
                )),
                _ => None,
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        row(
            f,
            "Disagreeing",
            &format!("{} with different numbers", counted(rows.len(), "pair")),
        )?;
        some(f, &rows, "")
    }

    /// The lists that each language sorts anew.
    fn sorted_anew(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<String> = self
            .notices
            .iter()
            .filter_map(|notice| match notice {
                Notice::SortedAnew { lines, pairs, alone } => Some(format!(
                    "{} = {}: {}, {alone} left alone",
                    self.place(Side::Zh, lines.zh),
                    self.place(Side::En, lines.en),
                    counted(*pairs, "pair"),
                )),
                _ => None,
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let n = counted(rows.len(), "list");
        row(f, "Sorted anew", &format!("{n} in another order on the other side"))?;
        some(f, &rows, "")
    }

    /// The passages that stand elsewhere on the other side.
    fn moved(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |side, lines| self.place(side, lines);
        let rows: Vec<String> = self
            .notices
            .iter()
            .filter_map(|notice| match notice {
                Notice::Moved { lines, .. } => Some(format!(
                    "{} = {}",
                    place(Side::Zh, lines.zh),
                    place(Side::En, lines.en)
                )),
                _ => None,
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let n = counted(rows.len(), "passage");
        let is_tied = |notice: &Notice| match notice {
            Notice::Moved { segments, .. } => {
                let mut links = self.bitext.links.iter();
                links.any(|link| link.bead.range == *segments)
            }
            _ => false,
        };
        let done = match self.notices.iter().any(is_tied) {
            true => "tied to it",
            false => "left out of the memory; --moved link ties them",
        };
        row(f, "Moved", &format!("{n} elsewhere on the other side, {done}"))?;
        some(f, &rows, "")
    }

    /// Terms rendered in several ways, and several rendered alike; the longest first, which
    /// say most.
    fn inconsistent(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (side, title, what) in [
            (Side::Zh, "Varying", "with more than one rendering"),
            (Side::En, "Alike", "for more than one Chinese term"),
        ] {
            let all = self.mined.iter().flat_map(|mined| &mined.inconsistencies);
            let of_side = all.filter(|one| one.side == side);
            let mut found: Vec<&Inconsistency> = of_side.collect();
            if found.is_empty() {
                continue;
            }
            found.sort_by_key(|one| std::cmp::Reverse(one.term.chars().count()));
            row(f, title, &format!("{} {what}", counted(found.len(), "term")))?;
            let rows: Vec<String> = found.iter().map(|one| ways(one)).collect();
            some(f, &rows, "")?;
        }
        Ok(())
    }

    /// The terms of the glossary that the text does not follow, those that it never does
    /// first.
    fn departing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.mined.iter().flat_map(|mined| &mined.departures);
        let mut found: Vec<&Departure> = all.collect();
        if found.is_empty() {
            return Ok(());
        }
        found.sort_by_key(|one| (one.n_kept > 0, std::cmp::Reverse(one.units.len())));
        let n = counted(found.len(), "term");
        row(f, "Departing", &format!("{n} of the glossary with another rendering"))?;
        let rows: Vec<String> = found.iter().map(|one| departure(one)).collect();
        some(f, &rows, "")
    }

    /// The pairs that a reader should look at first, least sure first.
    fn doubtful(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paired = self.bitext.units().filter(|unit| !unit.bead.is_single());
        let mut units: Vec<_> = paired.filter(|unit| unit.bead.is_doubtful()).collect();
        if units.is_empty() {
            return Ok(());
        }
        let n = counted(units.len(), "pair");
        row(f, "Doubtful", &format!("{n} that may well be wrong, least sure first"))?;
        units.sort_by(|a, b| a.bead.score.total_cmp(&b.bead.score));
        let rows: Vec<String> = units
            .iter()
            .map(|unit| {
                let place = |side| self.place(side, unit.lines(side).unwrap_or_default());
                format!("{} = {}", place(Side::Zh), place(Side::En))
            })
            .collect();
        some(f, &rows, "")
    }

    fn unaligned(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let single = self.bitext.units().filter(|unit| unit.bead.is_single());
        let segments: Vec<(Side, usize)> =
            single.flat_map(|unit| segments(&unit)).collect();
        if segments.is_empty() {
            return row(f, "Alone", "nothing: every unit has its counterpart");
        }
        let n = |side| segments.iter().filter(|(s, _)| *s == side).count();
        let (zh, en) = (n(Side::Zh), n(Side::En));
        row(f, "Alone", &format!("{zh} Chinese and {en} English without a counterpart"))?;
        let lines = |side, n: usize| self.bitext.documents.get(side).segments[n].lines;
        let places: Vec<String> =
            segments.iter().map(|&(side, n)| self.place(side, lines(side, n))).collect();
        let width = places.iter().take(ROWS).map(|p| width(p)).max().unwrap_or(0);
        let rows: Vec<String> = segments
            .iter()
            .zip(&places)
            .map(|(&(side, segment), place)| {
                let text = self.bitext.documents.get(side).segment_text(segment);
                format!("{}  {}", padded(place, width), excerpt(text, EXCERPT))
            })
            .collect();
        let rest =
            self.files.iter().find(|file| file.to_string_lossy().ends_with(".tsv"));
        let rest = rest.map(|file| format!(", all in {}", file.display()));
        some(f, &rows, &rest.unwrap_or_default())
    }

    fn term_list(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Mined { terms, .. }) = self.mined else { return Ok(()) };
        if terms.is_empty() {
            return row(f, "Terms", "none found");
        }
        row(f, "Terms", &format!("{}, the surest:", counted(terms.len(), "pair")))?;
        let top: Vec<_> = terms
            .iter()
            .take(ROWS)
            .map(|t| {
                (excerpt(&t.term.zh, EXCERPT / 2), excerpt(&t.term.en, EXCERPT), t.count)
            })
            .collect();
        let zh_width = top.iter().map(|(zh, ..)| width(zh)).max().unwrap_or(0);
        let en_width = top.iter().map(|(_, en, _)| width(en)).max().unwrap_or(0);
        for (zh, en, count) in top {
            let (zh, en) = (padded(&zh, zh_width), padded(&en, en_width));
            row(f, "", &format!("{zh}  {en}  {count}×"))?;
        }
        Ok(())
    }

    fn written(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, file) in self.files.iter().enumerate() {
            let title = if n == 0 { "Written" } else { "" };
            row(f, title, &file.display().to_string())?;
        }
        row(f, "Time", &format!("{:.2} s", self.seconds))
    }

    /// The file of a side without its folder, or with it where both are called the same.
    fn name(&self, side: Side) -> &str {
        let last = |side| {
            let name = self.bitext.documents.get(side).name.as_str();
            name.rsplit(['/', '\\']).next().unwrap_or(name)
        };
        if last(side) == last(side.other()) {
            return &self.bitext.documents.get(side).name;
        }
        last(side)
    }

    /// Where a passage stands: `zh.txt:310-342`.
    fn place(&self, side: Side, (first, last): (usize, usize)) -> String {
        let name = self.name(side);
        if first == last {
            format!("{name}:{first}")
        } else {
            format!("{name}:{first}-{last}")
        }
    }
}

/// What a cleaning rule did, in plain words.
fn what(rule: &str) -> &str {
    match rule {
        "glyph forms" => {
            "joined letters such as ﬁ, and radicals, read as what they stand for"
        }
        "overprint" => "text printed twice to look bold, taken once",
        "spacing" => "stray blanks taken out",
        "footnotes" => "footnotes set apart",
        "footnote marks" => "footnote marks taken out of the words",
        "page furniture" => "headers, footers and page numbers taken out",
        "paragraph numbers" => "paragraph numbers put before their paragraph",
        "broken words" => "words broken at the line end made whole",
        other => other,
    }
}

fn segments(unit: &TranslationUnit<'_>) -> Vec<(Side, usize)> {
    let range = &unit.bead.range;
    Side::BOTH
        .into_iter()
        .flat_map(|s| range.get(s).clone().map(move |n| (s, n)))
        .collect()
}

/// How many rows were taken from a review; `None` of another notice.
pub(crate) fn taken_from_review(notice: &Notice) -> Option<String> {
    let Notice::Reviewed { file, rows, .. } = notice else { return None };
    Some(format!("{} confirmed in {file}", counted(*rows, "row")))
}

fn row(f: &mut fmt::Formatter<'_>, title: &str, text: &str) -> fmt::Result {
    writeln!(f, "{title:<12}{text}")
}

/// The first rows of a list, and how many more there are.
fn some(f: &mut fmt::Formatter<'_>, rows: &[String], rest: &str) -> fmt::Result {
    for text in rows.iter().take(ROWS) {
        row(f, "", text)?;
    }
    match rows.len().saturating_sub(ROWS) {
        0 => Ok(()),
        n => row(f, "", &format!("… and {n} more{rest}")),
    }
}

/// Items with commas, in lines that a terminal of 80 columns holds.
fn wrapped(f: &mut fmt::Formatter<'_>, title: &str, items: &[String]) -> fmt::Result {
    const LINE: usize = 66;
    let (mut title, mut line) = (title, String::new());
    for (n, item) in items.iter().enumerate() {
        if !line.is_empty() && width(&line) + width(item) > LINE {
            row(f, title, line.trim_end())?;
            title = "";
            line.clear();
        }
        let comma = if n + 1 < items.len() { ", " } else { "" };
        write!(line, "{item}{comma}")?;
    }
    row(f, title, &line)
}

fn noun(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Label => "unit number",
        EvidenceKind::Glossary => "glossary term",
        EvidenceKind::Mention(mention) => match mention {
            MentionKind::Symbol => "document symbol",
            MentionKind::Ordinal => "ordinal number",
            MentionKind::Provision => "cited provision",
            MentionKind::LatinName => "Latin name",
            MentionKind::Money => "amount",
            MentionKind::Cue => "cue time",
            other => other.as_str(),
        },
        other => other.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Span, Traced};
    use crate::types::{
        Bead, Document, Evidence, Kind, Label, LabelUnit, Ladder, Pair, Segment, TermPair,
    };

    use super::*;

    /// A document of one unit a line.
    fn document(name: &str, texts: &[&str]) -> Document {
        let mut text = String::new();
        let mut segments = Vec::new();
        for (n, line) in texts.iter().enumerate() {
            let span = Span::new(text.len(), text.len() + line.len());
            text += &format!("{line}\n");
            segments.push(Segment {
                span,
                kind: Kind::Paragraph,
                label: None,
                parents: vec![],
                lines: (n + 1, n + 1),
                soft: false,
                cited_in: None,
                cue: None,
                language: None,
            });
        }
        Document {
            name: name.into(),
            text: Traced::verbatim(&text, 0),
            segments,
            left_out: Vec::new(),
        }
    }

    fn small() -> Bitext {
        let zh = document("un/zh.txt", &["标题", "第一条 合作", "第三条 生效"]);
        let en = document("un/en.txt", &["Title", "Article 2. Cooperation", "An aside"]);
        let bead = |zh, en, score| Bead { range: Pair::new(zh, en), score };
        let beads = vec![
            bead(0..1, 0..1, 0.99),
            bead(1..2, 1..2, 0.4),
            bead(2..3, 2..2, 0.8),
            bead(3..3, 2..3, 0.8),
        ];
        let text = Pair::new("合作".into(), "Cooperation".into());
        let kind = EvidenceKind::Mention(MentionKind::Quantity);
        let at = Pair::default();
        let found = Evidence { kind, text, at, weight: 1.0 };
        Bitext {
            documents: Pair::new(zh, en),
            ladder: Ladder::new(beads, Pair::new(3, 3)).unwrap(),
            evidence: vec![vec![], vec![found.clone(), found], vec![], vec![]],
            links: Vec::new(),
        }
    }

    fn article(number: u32) -> Label {
        Label { unit: LabelUnit::Article, number: vec![number] }
    }

    #[test]
    fn a_translator_reads_what_was_done_and_what_to_look_at() {
        let term = TermPair {
            term: Pair::new("犯罪所得".into(), "proceeds of crime".into()),
            count: 4,
            ..TermPair::default()
        };
        let notices = [
            Notice::Cleaned { side: Side::Zh, rule: "spacing", places: 2, first_line: 7 },
            Notice::LabelsDisagree {
                bead: 1,
                labels: Pair::new(article(1), article(2)),
                lines: Pair::new(2, 2),
            },
        ];
        let mined = Mined {
            terms: vec![term],
            departures: vec![Departure {
                term: "合作".into(),
                renderings: vec!["collaboration".into()],
                n_kept: 0,
                units: vec![(1, "article 1".into())],
            }],
            inconsistencies: vec![],
        };
        let summary = Summary {
            bitext: &small(),
            mined: Some(&mined),
            notices: &notices,
            files: &["aligned/un.tmx".into(), "aligned/un.unaligned.tsv".into()],
            glossary: &[("Glossary", "terms.csv: 1 concept new, 0 rows updated".into())],
            seconds: 0.0625,
        };
        let expected = "\
Chinese     3 units in un/zh.txt
English     3 units in un/en.txt
Cleaned     stray blanks taken out in 2 places, first zh.txt:7
Aligned     2 pairs: 2 of 1-1 (Chinese-English)
Agreeing    2 quantities
Disagreeing 1 pair with different numbers
            zh.txt:2 is article 1, en.txt:2 is article 2
Doubtful    1 pair that may well be wrong, least sure first
            zh.txt:2 = en.txt:2
Alone       1 Chinese and 1 English without a counterpart
            zh.txt:3  第三条 生效
            en.txt:3  An aside
Terms       1 pair, the surest:
            犯罪所得  proceeds of crime  4×
Departing   1 term of the glossary with another rendering
            合作 = collaboration: not in 1 of 1 unit, article 1
Glossary    terms.csv: 1 concept new, 0 rows updated
Written     aligned/un.tmx
            aligned/un.unaligned.tsv
Time        0.06 s
";
        assert_eq!(summary.to_string(), expected);
    }
}
