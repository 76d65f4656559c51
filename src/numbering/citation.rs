//! Provisions that are cited: `第 14 条第 2 款(b)项`, `article 14, paragraph 2 (b)`,
//! `第十四條第一項第二款`, `subparagraph 2, paragraph 1 of Article 14`.
//!
//! The value names the outermost unit and then the numbers from the outside in:
//! `article 14.2.2`. Below the article the units have no common names (款 is a paragraph on the
//! mainland and a subparagraph in Taiwan), so a provision cited without its article is a
//! `paragraph` in any case. 条 is an article, a section with an Arabic number, a clause or a
//! rule; 节 a section with a Roman number or a letter. Of a list each member is a citation of
//! its own with what it leans on: 第二条第一款、第三款 gives `article 2.1` and `article 2.3`.

use super::count::{
    Count, Counted, MAX_PARTS, Style, begins_marked, chinese_count, english_count,
    inserted_behind, marked_count,
};
use super::scan::{MAX_LIST, Scan};
use super::units::{
    APART, ARTICLE, Cites, Depth, PARAGRAPH, Unit, begins_unit, chinese_unit_at,
    english_unit_at,
};
use crate::text::Span;
use crate::text::number::digit;
use crate::types::Side;

/// A provision that is cited, and where.
pub(crate) struct Citation {
    /// In one writing for both languages: `article 14.2.2`.
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// May a citation begin with this character?
pub(crate) fn begins_citation(side: Side, c: char) -> bool {
    digit(c).is_some()
        || match side {
            // A letter may stand before its unit: a 款.
            Side::Zh => c.is_ascii_alphabetic() || begins_marked(c) || "第附".contains(c),
            // second paragraph
            Side::En => begins_unit(c) || "aefhnostz".contains(c.to_ascii_lowercase()),
        }
}

/// The provisions that are cited at a byte, in order; none where no citation begins.
pub(crate) fn citations_at(scan: &Scan, at: usize) -> Vec<Citation> {
    if let Some(citation) = dotted(scan, at) {
        return vec![citation];
    }
    let cited = match scan.side {
        Side::Zh => chinese(scan, at),
        Side::En => english(scan, at),
    };
    let citation =
        |one: Cited| Citation { value: one.value(), span: Span::new(one.start, one.end) };
    cited.unwrap_or_default().into_iter().map(citation).collect()
}

/// `3.1.2`: three or more numbers between points.
fn dotted(scan: &Scan, at: usize) -> Option<Citation> {
    let (first, mut end) = scan.digits_up_to(at, 3)?;
    let mut value = first.to_string();
    let mut n_parts = 1;
    while let Some(next) = scan.eat(end, ".．")
        && let Some((part, part_end)) = scan.digits_up_to(next, 3)
        && n_parts < MAX_PARTS
    {
        value.push_str(&format!(".{part}"));
        n_parts += 1;
        end = part_end;
    }
    let goes_on = scan.char(end).is_some_and(|c| digit(c).is_some());
    (n_parts >= 3 && !goes_on).then(|| Citation { value, span: Span::new(at, end) })
}

/// One provision as far as it is read: numbers from the outside in, each with its depth and
/// the unit it was counted in.
#[derive(Clone)]
struct Cited {
    path: Vec<Step>,
    start: usize,
    end: usize,
    /// How many of the first steps it only leans on.
    n_borrowed: usize,
}

/// The numbers of a provision in one unit.
#[derive(Clone)]
struct Step {
    depth: Depth,
    unit: &'static Unit,
    counts: Vec<Count>,
}

impl Cited {
    fn value(&self) -> String {
        let counts = self.path.iter().flat_map(|step| &step.counts);
        let numbers: Vec<String> = counts.map(Count::to_string).collect();
        let unit = match self.path.first() {
            Some(step) if step.depth == APART => step.unit.name,
            Some(step) if step.depth == ARTICLE => "article",
            _ => "paragraph",
        };
        format!("{unit} {}", numbers.join("."))
    }
}

/// Numbers that share one unit, and where they stand: 第一、二款, paragraphs 1 and 2.
struct Group {
    unit: &'static Unit,
    depth: Depth,
    members: Vec<Member>,
    end: usize,
}

struct Member {
    counts: Vec<Count>,
    start: usize,
    end: usize,
}

impl Group {
    fn of_one(unit: &'static Unit, depth: Depth, member: Member) -> Self {
        let end = member.end;
        Self { unit, depth, members: vec![member], end }
    }

    fn step(&self, member: &Member, depth: Depth) -> Step {
        Step { depth, unit: self.unit, counts: member.counts.clone() }
    }

    /// The provisions of the group, with what they lean on.
    fn begin(&self, leans_on: &[Step]) -> Vec<Cited> {
        let begin = |member: &Member| {
            let mut path = leans_on.to_vec();
            path.push(self.step(member, self.depth));
            let n_borrowed = leans_on.len();
            Cited { path, start: member.start, end: member.end, n_borrowed }
        };
        self.members.iter().map(begin).collect()
    }

    /// The group lies inside the last provision: 第二条 + 第一款.
    fn deepen(&self, cited: &mut Vec<Cited>) {
        let Some(last) = cited.pop() else { return };
        for (k, member) in self.members.iter().enumerate() {
            let mut one = last.clone();
            let depth = one.path.last().map_or(self.depth, |step| step.depth + 1);
            one.path.push(self.step(member, depth));
            one.start = if k == 0 { last.start } else { member.start };
            one.end = member.end;
            cited.push(one);
        }
    }
}

// ── Chinese ───────────────────────────────────────────────────────────────────────────

fn chinese(scan: &Scan, at: usize) -> Option<Vec<Cited>> {
    if let Some(annex) = chinese_annex(scan, at) {
        return Some(annex.begin(&[]));
    }
    let first = chinese_group(scan, at)?;
    let mut end = first.end;
    let is_apart = first.depth == APART;
    let mut cited = first.begin(&[]);
    while !is_apart && cited.len() < MAX_LIST {
        let inner = chinese_group(scan, scan.skip(end)).filter(|g| g.depth > ARTICLE);
        if let Some(group) = inner {
            end = group.end;
            group.deepen(&mut cited);
            continue;
        }
        let joined = chinese_joint(scan, end).and_then(|at| chinese_group(scan, at));
        let Some(group) = joined.filter(|group| group.depth != APART) else { break };
        end = group.end;
        let leans_on =
            cited.last().map(|last| outer_of(last, &group)).unwrap_or_default();
        cited.extend(group.begin(&leans_on));
    }
    Some(cited)
}

/// Past what joins two provisions.
fn chinese_joint(scan: &Scan, at: usize) -> Option<usize> {
    // 第一項後段、第二項之罪
    let end = scan.skip(at);
    let at = scan
        .eat_any(end, &["前段", "後段", "后段", "中段", "但书", "但書", "本文", "之罪"])
        .map_or(end, |end| scan.skip(end));
    let end = scan.eat_any(
        at,
        &["以及", "、", "和", "及", "与", "與", "或", "至", "到", "-", "—", "～"],
    )?;
    Some(scan.skip(end))
}

/// What a joined group shares with the provision before it: all that is outside its unit.
fn outer_of(last: &Cited, group: &Group) -> Vec<Step> {
    let same_unit = last.path.iter().position(|step| step.unit == group.unit);
    let kept = same_unit.unwrap_or_else(|| {
        last.path
            .iter()
            .take_while(|step| step.depth < group.depth.min(PARAGRAPH))
            .count()
    });
    if group.depth == ARTICLE { Vec::new() } else { last.path[..kept].to_vec() }
}

/// 第 14 条, 第一、二款, (b)项, a 款: numbers before one unit.
fn chinese_group(scan: &Scan, at: usize) -> Option<Group> {
    let mut next = at;
    let mut members: Vec<Member> = Vec::new();
    let mut is_ordinal = false;
    while members.len() < MAX_LIST {
        let start = next;
        if let Some(end) = scan.eat(next, "第") {
            is_ordinal = true;
            next = scan.skip(end);
        }
        let text = &scan.text[next..];
        let counted = if is_ordinal { chinese_count(text) } else { marked_count(text) };
        let Counted { mut counts, len, .. } = counted?;
        let end = next + len;
        let unit_at = scan.skip(end);
        let unit =
            chinese_unit_at(&scan.text[unit_at..]).filter(|unit| match unit.cites {
                Cites::Yes => !unit.is_annex(),
                Cites::Ordinal => is_ordinal,
                Cites::No => false,
            });
        if let Some(unit) = unit {
            let mut end = unit_at + unit.form.len();
            if unit.depth == ARTICLE
                && scan.skip_eat(end, "之").is_some()
                && let Some((inserted, len)) = inserted_behind(&scan.text[end..])
                && let Some(last) = counts.last_mut()
            {
                last.inserted = Some(inserted);
                end += len;
            }
            members.push(Member { counts, start, end });
            return Some(Group { unit, depth: unit.depth, members, end });
        }
        members.push(Member { counts, start, end });
        next = scan.skip(scan.eat(unit_at, "、和及与與或至到-－–~～")?);
    }
    None
}

/// 附件一, 附表 2, 附录 C.
fn chinese_annex(scan: &Scan, at: usize) -> Option<Group> {
    let unit = chinese_unit_at(&scan.text[at..]).filter(|unit| unit.is_annex())?;
    let start = scan.skip(at + unit.form.len());
    let counted = chinese_count(&scan.text[start..])?;
    let end = start + counted.len;
    let is_number = match counted.style {
        Style::Brackets => false,
        // 附表a is no way to write it.
        Style::Letter => scan.text[start..].starts_with(|c: char| c.is_uppercase()),
        _ => (1..100).contains(&counted.counts[0].number),
    };
    // 附表一份: one copy of it.
    let counts_copies =
        scan.text[end..].starts_with(['份', '张', '張', '套', '个', '個', '部']);
    let member = Member { counts: counted.counts, start: at, end };
    (is_number && !counts_copies).then(|| Group::of_one(unit, unit.depth, member))
}

// ── English ───────────────────────────────────────────────────────────────────────────

fn english(scan: &Scan, at: usize) -> Option<Vec<Cited>> {
    let first = english_group(scan, at)?;
    let mut end = first.end;
    let is_apart = first.depth == APART;
    let mut cited = first.begin(&[]);
    while !is_apart && cited.len() < MAX_LIST {
        let next = english_next(scan, end).filter(|(_, group)| group.depth != APART);
        let Some((joint, group)) = next else { break };
        // article 16, paragraph 4 of article 19: the paragraph is not of 16.
        let is_inner = cited
            .last()
            .and_then(|last| last.path.last())
            .is_some_and(|step| step.depth < group.depth);
        let is_joined =
            if joint == Joint::Comma && is_inner && leads_outward(scan, &group) {
                cited.extend(group.begin(&[]));
                true
            } else {
                join(&mut cited, joint, &group)
            };
        if !is_joined {
            break;
        }
        end = group.end;
    }
    // Of paragraph 1 of article 14 the last takes all bytes up to the article.
    if let Some(last) = cited.last_mut() {
        last.end = end;
    }
    Some(cited)
}

/// What stands between two groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing or a comma.
    Comma,
    /// of, under.
    Of,
    /// and, or, to.
    And,
}

fn english_next(scan: &Scan, end: usize) -> Option<(Joint, Group)> {
    let mut next = scan.skip(end);
    let mut joint = Joint::Comma;
    if let Some(comma) = scan.eat(next, ",") {
        next = scan.skip(comma);
    }
    if let Some(end) = scan.eat_words(next, &["and", "or", "to", "through"]) {
        (next, joint) = (scan.skip(end), Joint::And);
    } else if let Some(end) = scan.eat_words(next, &["of", "under", "in"]) {
        (next, joint) = (scan.skip(end), Joint::Of);
    }
    next = scan.eat_word(next, "the").map_or(next, |end| scan.skip(end));
    Some((joint, english_group(scan, next)?))
}

/// Does an `of` lead from this group to one outside it?
fn leads_outward(scan: &Scan, group: &Group) -> bool {
    let (mut depth, mut end) = (group.depth, group.end);
    for _ in 0..4 {
        match english_next(scan, end).filter(|(_, next)| next.depth != APART) {
            Some((Joint::Of, next)) if next.depth < depth => return true,
            Some((_, next)) if next.depth > ARTICLE => {
                (depth, end) = (next.depth, next.end);
            }
            _ => return false,
        }
    }
    false
}

/// Puts a group where it belongs; `false` where it opens a citation of its own.
fn join(cited: &mut Vec<Cited>, joint: Joint, group: &Group) -> bool {
    let Some(last) = cited.last().cloned() else { return false };
    let own = &last.path[last.n_borrowed..];
    let (Some(outer), Some(inner)) = (own.first(), own.last()) else { return false };
    if group.depth < outer.depth && joint != Joint::And {
        // paragraph 1 and paragraph 2 + of article 5
        let Some(member) = group.members.first() else { return false };
        let step = group.step(member, group.depth);
        for one in cited.iter_mut() {
            let is_open = one.n_borrowed > 0
                || one.path.first().is_some_and(|first| first.depth > group.depth);
            if is_open {
                one.path.drain(..one.n_borrowed);
                one.n_borrowed = 0;
                one.path.insert(0, step.clone());
            }
        }
        return true;
    }
    if group.depth > inner.depth && joint == Joint::Comma {
        group.deepen(cited);
        return true;
    }
    if group.depth > ARTICLE && joint != Joint::Of {
        // paragraph 1 of article 5 + and paragraph 3
        let leans_on: Vec<Step> =
            last.path.iter().filter(|step| step.depth < group.depth).cloned().collect();
        cited.extend(group.begin(&leans_on));
        return true;
    }
    false
}

/// A unit at a byte, how deep it lies, and where it ends.
struct UnitRead {
    unit: &'static Unit,
    depth: Depth,
    is_plural: bool,
    end: usize,
}

fn english_unit(scan: &Scan, at: usize) -> Option<UnitRead> {
    let sub = scan.eat_word(at, "sub").and_then(|end| scan.eat(end, "-‑"));
    let start = sub.unwrap_or(at);
    let found = english_unit_at(&scan.text[start..]);
    let found = found.filter(|found| found.unit.cites != Cites::No)?;
    let depth = match sub {
        Some(_) => (found.unit.depth + 1).max(PARAGRAPH),
        None => found.unit.depth,
    };
    let end = start + found.len;
    Some(UnitRead { unit: found.unit, depth, is_plural: found.is_plural, end })
}

/// `article 14`, `paragraphs 1, 2 and 5`, `Section 2(a)(5)`, `Parts I and II`, `annex B`,
/// `the second paragraph`.
fn english_group(scan: &Scan, at: usize) -> Option<Group> {
    if let Some((ordinal, end)) = scan.ordinal(at) {
        let UnitRead { unit, depth, end, .. } = english_unit(scan, scan.skip(end))?;
        // The third section of a speech is its third part.
        let counts = vec![Count::plain(ordinal)];
        let is_cited = depth != APART && unit.name != "section";
        let member = Member { counts, start: at, end };
        return is_cited.then(|| Group::of_one(unit, depth, member));
    }
    let read = english_unit(scan, at)?;
    let start = scan.skip(read.end);
    let may_touch = scan.char(read.end) == Some('(') || read.unit.form == "§";
    if start == read.end && !may_touch {
        return None;
    }
    let first = cited_count(scan, start, read.unit)?;
    // A section with a letter or a Roman number is cited by itself.
    let is_apart = read.unit.name == "section"
        && matches!(first.style, Style::Roman | Style::Letter);
    let depth = if is_apart { APART } else { read.depth };
    let read = UnitRead { depth, ..read };
    if let Some(members) = english_range(scan, at, start, &read) {
        let end = members[1].end;
        return Some(Group { unit: read.unit, depth, members, end });
    }
    let mut end = start + first.len;
    let mut members = vec![Member { counts: first.counts, start: at, end }];
    while members.len() < MAX_LIST && (depth != APART || read.is_plural) {
        let Some((next, is_comma)) = list_joint(scan, end) else { break };
        let Some(counted) = cited_count(scan, next, read.unit) else { break };
        let next_end = next + counted.len;
        // article 14, 18 December: the number behind the comma is not a provision.
        let word = scan.word(scan.skip(next_end));
        let goes_on = matches!(word, "" | "and" | "or" | "to" | "of" | "above" | "below");
        if is_comma && !goes_on {
            break;
        }
        members.push(Member { counts: counted.counts, start: next, end: next_end });
        end = next_end;
    }
    Some(Group { unit: read.unit, depth, members, end })
}

/// The count behind a unit, where it may be one of a citation.
fn cited_count(scan: &Scan, at: usize, unit: &Unit) -> Option<Counted> {
    let text = &scan.text[at..];
    let counted = english_count(text)?;
    let first = counted.counts[0].number;
    let next = scan.word(scan.skip(at + counted.len));
    let is_apart = unit.depth == APART;
    let is_one = match counted.style {
        Style::Digits => true,
        Style::Brackets => !is_apart,
        Style::Letter => {
            is_apart && unit.name != "chapter"
                || unit.name == "section"
                || counted.counts.len() > 1
        }
        // Part I went to: a pronoun.
        Style::Roman if is_apart && !unit.is_annex() && text[..counted.len] == *"I" => {
            !next.starts_with(|c: char| c.is_lowercase())
                || matches!(next, "of" | "and" | "to" | "or" | "above" | "below")
        }
        Style::Roman => text.starts_with(char::is_uppercase),
        Style::Words => first < 100,
        Style::Ordinal => false,
    };
    is_one.then_some(counted)
}

/// Articles 4-9, paragraph 1-2: from one to the other. Article 14-1 is one article.
fn english_range(
    scan: &Scan,
    at: usize,
    start: usize,
    read: &UnitRead,
) -> Option<Vec<Member>> {
    let (first, first_end) = scan.digits_up_to(start, 4)?;
    let next = scan.eat(first_end, "-–‑—")?;
    let (last, end) = scan.digits_up_to(next, 4)?;
    let is_range = first < last && (read.depth > ARTICLE || read.is_plural);
    let member =
        |number, start, end| Member { counts: vec![Count::plain(number)], start, end };
    is_range.then(|| vec![member(first, at, first_end), member(last, next, end)])
}

/// Past `, `, `and`, `to`, a dash between two numbers of a list; was it a mere comma?
fn list_joint(scan: &Scan, at: usize) -> Option<(usize, bool)> {
    let next = scan.skip(at);
    if let Some(end) = scan.eat(next, "–—") {
        return Some((scan.skip(end), false));
    }
    let comma = scan.eat(next, ",").map(|end| scan.skip(end));
    let word_at = comma.unwrap_or(next);
    match scan.eat_words(word_at, &["and", "or", "to", "through"]) {
        Some(end) => Some((scan.skip(end), false)),
        None => comma.map(|end| (end, true)),
    }
}
