//! What came of a run, in the words of a translator.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use crate::mine::{Departure, Inconsistency, Mined};
use crate::types::{EvidenceKind, MentionKind, Notice, Pair, Side};

use crate::cli::counted::{Counted, EXCERPT, ROWS};
use crate::text::layout::{counted, excerpt, padded, width};

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
    pub(crate) counted: &'a Counted,
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
            let kinds = self.counted.left_out.get(side);
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
            let units = counted(*self.counted.n_segments.get(side), "unit");
            row(f, title, &format!("{units} in {}", self.counted.names.get(side)))?;
        }
        Ok(())
    }

    /// Beads by their type, `1-2` for one Chinese and two English units.
    fn beads(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paired = self.counted.n_pairs();
        let types = self.counted.shapes.iter().map(|(&shape, &n)| (shape, n));
        let mut types: Vec<_> = types.filter(|((zh, en), _)| zh * en > 0).collect();
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
        let kinds = self.counted.evidence.iter().map(|(&kind, &n)| (kind, n));
        let mut kinds: Vec<_> =
            kinds.filter(|(kind, _)| *kind != EvidenceKind::Word).collect();
        if kinds.is_empty() {
            return Ok(());
        }
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
        some(f, &rows)
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
        some(f, &rows)
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
            Notice::Moved { segments, .. } => self.counted.links.contains(segments),
            _ => false,
        };
        let done = match self.notices.iter().any(is_tied) {
            true => "tied to it",
            false => "left out of the memory; --moved link ties them",
        };
        row(f, "Moved", &format!("{n} elsewhere on the other side, {done}"))?;
        some(f, &rows)
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
            some(f, &rows)?;
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
        some(f, &rows)
    }

    /// The pairs that a reader should look at first, least sure first.
    fn doubtful(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.counted.n_doubtful == 0 {
            return Ok(());
        }
        let n = counted(self.counted.n_doubtful, "pair");
        row(f, "Doubtful", &format!("{n} that may well be wrong, least sure first"))?;
        let rows: Vec<String> = self
            .counted
            .doubtful
            .iter()
            .map(|(_, lines)| {
                let place = |side| self.place(side, *lines.get(side));
                format!("{} = {}", place(Side::Zh), place(Side::En))
            })
            .collect();
        some_of(f, &rows, self.counted.n_doubtful, "")
    }

    fn unaligned(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Pair { zh, en } = self.counted.n_alone;
        if zh + en == 0 {
            return row(f, "Alone", "nothing: every unit has its counterpart");
        }
        row(f, "Alone", &format!("{zh} Chinese and {en} English without a counterpart"))?;
        let alone = &self.counted.alone;
        let places: Vec<String> =
            alone.iter().map(|(side, lines, _)| self.place(*side, *lines)).collect();
        let width = places.iter().map(|p| width(p)).max().unwrap_or(0);
        let rows: Vec<String> = alone
            .iter()
            .zip(&places)
            .map(|((_, _, text), place)| format!("{}  {text}", padded(place, width)))
            .collect();
        let rest =
            self.files.iter().find(|file| file.to_string_lossy().ends_with(".tsv"));
        let rest = rest.map(|file| format!(", all in {}", file.display()));
        some_of(f, &rows, zh + en, &rest.unwrap_or_default())
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
            let name = self.counted.names.get(side).as_str();
            name.rsplit(['/', '\\']).next().unwrap_or(name)
        };
        if last(side) == last(side.other()) {
            return self.counted.names.get(side);
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

/// How many rows were taken from a review; `None` of another notice.
pub(crate) fn taken_from_review(notice: &Notice) -> Option<String> {
    let Notice::Reviewed { file, rows, .. } = notice else { return None };
    Some(format!("{} confirmed in {file}", counted(*rows, "row")))
}

fn row(f: &mut fmt::Formatter<'_>, title: &str, text: &str) -> fmt::Result {
    writeln!(f, "{title:<12}{text}")
}

/// The first rows of a list, and how many more there are.
fn some(f: &mut fmt::Formatter<'_>, rows: &[String]) -> fmt::Result {
    some_of(f, rows, rows.len(), "")
}

/// The first rows of a list of so many, and how many more there are.
fn some_of(
    f: &mut fmt::Formatter<'_>,
    rows: &[String],
    n: usize,
    rest: &str,
) -> fmt::Result {
    for text in rows.iter().take(ROWS) {
        row(f, "", text)?;
    }
    match n.saturating_sub(ROWS) {
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
        Bead, Bitext, Document, Evidence, Kind, Label, LabelUnit, Ladder, Segment,
        TermPair,
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
            counted: &Counted::of(&small()),
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
