//! Provisions that are cited: `第 14 条第 2 款(b)项`, `article 14, paragraph 2 (b)`,
//! `第十四條第一項第二款`, `subparagraph 2, paragraph 1 of Article 14`.
//!
//! The value names the outermost unit and then the numbers from the outside in:
//! `article 14.2.b`. Below the article the units have no common names (款 is a paragraph on the
//! mainland and a subparagraph in Taiwan), so a provision cited without its article is a
//! `paragraph` in any case. 条 is an article, a section with an Arabic number, a clause or a
//! rule; 节 a section with a Roman one. Of a list each member is a mention of its own with
//! what it leans on: 第二条第一款、第三款 gives `article 2.1` and `article 2.3`.

use super::scan::{MAX_LIST, Page};
use crate::text::number::{Number, digit};
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let end = dotted(page, at, found);
    end.or_else(|| match page.side {
        Side::Zh => zh(page, at, found),
        Side::En => en(page, at, found),
    })
}

/// `3.1.2`: three or more numbers between points.
fn dotted(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (first, mut end) = page.digits_up_to(at, 3)?;
    let mut value = first.to_string();
    let mut n_parts = 1;
    while let Some(next) = page.eat(end, ".．")
        && let Some((part, part_end)) = page.digits_up_to(next, 3)
        && n_parts < 8
    {
        value.push_str(&format!(".{part}"));
        n_parts += 1;
        end = part_end;
    }
    if n_parts < 3 || page.char(end).is_some_and(|c| digit(c).is_some()) {
        return None;
    }
    found.push(page.mention(MentionKind::Provision, value, at, end));
    Some(end)
}

/// How deep a unit lies: only order counts.
type Depth = u8;
/// Chapters, parts, annexes: cited by themselves.
const APART: Depth = 0;
/// Articles and what is called alike.
const ARTICLE: Depth = 1;
/// The first unit below the article.
const PARAGRAPH: Depth = 2;

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

/// One number of a provision.
#[derive(Clone)]
struct Step {
    depth: Depth,
    unit: &'static str,
    numbers: Vec<String>,
}

impl Cited {
    fn value(&self) -> String {
        let numbers: Vec<&str> =
            self.path.iter().flat_map(|step| &step.numbers).map(String::as_str).collect();
        let unit = match self.path.first() {
            Some(step) if step.depth == APART => step.unit,
            Some(step) if step.depth == ARTICLE => "article",
            _ => "paragraph",
        };
        format!("{unit} {}", numbers.join("."))
    }
}

/// Adds the provisions of one citation; those alone take all of its bytes.
fn push_all(
    page: &Page,
    cited: &[Cited],
    at: usize,
    end: usize,
    found: &mut Vec<Mention>,
) {
    for (k, one) in cited.iter().enumerate() {
        let start = if k == 0 { at } else { one.start };
        let end = if k + 1 == cited.len() { end } else { one.end };
        found.push(page.mention(MentionKind::Provision, one.value(), start, end));
    }
}

// ── Chinese ───────────────────────────────────────────────────────────────────────────

/// Numbers that share one unit, and where they stand: 第一、二款.
struct Group {
    unit: &'static str,
    depth: Depth,
    /// Each with its bytes.
    members: Vec<(Vec<String>, usize, usize)>,
    end: usize,
}

fn zh(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    if let Some(end) = zh_annex(page, at, found) {
        return Some(end);
    }
    let first = zh_group(page, at)?;
    let mut end = first.end;
    let apart = first.depth == APART;
    let mut cited = begin(&first, &[]);
    while !apart && cited.len() < MAX_LIST {
        if let Some(group) = zh_group(page, page.skip(end)).filter(|g| g.depth > ARTICLE)
        {
            end = group.end;
            go_deeper(&mut cited, &group);
            continue;
        }
        let Some(joint) = zh_joint(page, end) else { break };
        let Some(group) = zh_group(page, joint).filter(|g| g.depth != APART) else {
            break;
        };
        end = group.end;
        let leans_on =
            cited.last().map(|last| outer_of(last, &group)).unwrap_or_default();
        cited.extend(begin(&group, &leans_on));
    }
    push_all(page, &cited, at, end, found);
    Some(end)
}

/// Past what joins two provisions.
fn zh_joint(page: &Page, at: usize) -> Option<usize> {
    // 第一項後段、第二項之罪
    let end = page.skip(at);
    let at = page
        .eat_any(end, &["前段", "後段", "后段", "中段", "但书", "但書", "本文", "之罪"])
        .map_or(end, |end| page.skip(end));
    let end = page.eat_any(
        at,
        &["以及", "、", "和", "及", "与", "與", "或", "至", "到", "-", "—", "～"],
    )?;
    Some(page.skip(end))
}

fn begin(group: &Group, leans_on: &[Step]) -> Vec<Cited> {
    let member = |(numbers, start, end): &(Vec<String>, usize, usize)| {
        let mut path = leans_on.to_vec();
        path.push(Step {
            depth: group.depth,
            unit: group.unit,
            numbers: numbers.clone(),
        });
        Cited { path, start: *start, end: *end, n_borrowed: leans_on.len() }
    };
    group.members.iter().map(member).collect()
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

/// The group lies inside the last provision: 第二条 + 第一款.
fn go_deeper(cited: &mut Vec<Cited>, group: &Group) {
    let Some(last) = cited.pop() else { return };
    for (numbers, start, end) in &group.members {
        let mut one = last.clone();
        let depth = one.path.last().map_or(group.depth, |step| step.depth + 1);
        one.path.push(Step { depth, unit: group.unit, numbers: numbers.clone() });
        (one.start, one.end) = (*start, *end);
        cited.push(one);
    }
}

/// 第 14 条, 第一、二款, (b)项, a 款: numbers before one unit.
fn zh_group(page: &Page, at: usize) -> Option<Group> {
    let mut next = at;
    let mut members = Vec::new();
    let mut has_ordinal = false;
    while members.len() < MAX_LIST {
        let mut start = next;
        if let Some(end) = page.eat(next, "第") {
            has_ordinal = true;
            next = page.skip(end);
        }
        if members.is_empty() {
            start = at;
        }
        let (numbers, end) = zh_count(page, next, has_ordinal)?;
        let unit_at = page.skip(end);
        if let Some((unit, depth, unit_end)) = zh_unit(page, unit_at, has_ordinal) {
            let (numbers, unit_end) = zh_inserted(page, numbers, unit, unit_end);
            members.push((numbers, start, unit_end));
            return Some(Group { unit, depth, members, end: unit_end });
        }
        members.push((numbers, start, end));
        next = page.skip(page.eat(unit_at, "、和及与與或至到-－–~～")?);
    }
    None
}

/// 14, 十四, 14-1, 13A, 5(2)(b); without 第 only (b) and a.
fn zh_count(page: &Page, at: usize, has_ordinal: bool) -> Option<(Vec<String>, usize)> {
    if let Some((inner, end)) = bracketed(page, at) {
        return Some(with_brackets(page, vec![inner], end));
    }
    let word = page.word(at);
    if word.len() == 1 {
        return Some((vec![word.to_ascii_lowercase()], at + 1));
    }
    if !has_ordinal {
        return None;
    }
    let (number, mut end) = page.number(at)?;
    let mut number = number.to_u32()?.to_string();
    if let Some(next) = page.eat(end, "-－–之")
        && let Some((inserted, inserted_end)) = page.number(next)
        && zh_unit(page, page.skip(inserted_end), true).is_some()
    {
        number = format!("{number}-{inserted}");
        end = inserted_end;
    } else if page.word(end).len() == 1 {
        number.push_str(&page.word(end).to_ascii_lowercase());
        end += 1;
    }
    Some(with_brackets(page, vec![number], end))
}

/// 条之一: the number of an article put in later.
fn zh_inserted(
    page: &Page,
    mut numbers: Vec<String>,
    unit: &str,
    end: usize,
) -> (Vec<String>, usize) {
    if unit == "条"
        && let Some(next) = page.skip_eat(end, "之")
        && let Some((inserted, inserted_end)) = page.number(page.skip(next))
        && inserted.to_u32().is_some_and(|n| n < 100)
        && !page.text[inserted_end..].starts_with(['部', '般', '方', '切', '分'])
    {
        if let Some(number) = numbers.last_mut() {
            number.push_str(&format!("-{inserted}"));
        }
        return (numbers, inserted_end);
    }
    (numbers, end)
}

fn zh_unit(
    page: &Page,
    at: usize,
    has_ordinal: bool,
) -> Option<(&'static str, Depth, usize)> {
    let c = page.char(at)?;
    let end = at + c.len_utf8();
    let next = page.char(end);
    let goes_on = |chars: &str| next.is_some_and(|next| chars.contains(next));
    let (unit, depth) = match c {
        '条' | '條' if has_ordinal => ("条", ARTICLE),
        // 款项, 段落, 项目, 目标 are words.
        '款' if has_ordinal || !goes_on("项項") => ("款", PARAGRAPH),
        '项' | '項' if has_ordinal || !goes_on("目") => ("项", PARAGRAPH),
        '目' if !goes_on("标標的录錄前") => ("目", PARAGRAPH),
        '段' if !goes_on("落时時话話") => ("段", PARAGRAPH),
        '章' if has_ordinal => ("chapter", APART),
        '节' | '節' if has_ordinal && !goes_on("课課") => ("section", APART),
        '节' | '節' if !goes_on("目课課日约約省点點假能奏") => {
            ("section", APART)
        }
        '编' | '編' if has_ordinal => ("part", APART),
        '部' if has_ordinal && next == Some('分') => {
            return Some(("part", APART, end + 3));
        }
        _ => return None,
    };
    Some((unit, depth, end))
}

/// 附件一, 附表 2, 附录三.
fn zh_annex(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    const ANNEXES: &[&str] =
        &["附件", "附录", "附錄", "附表", "附则", "附則", "附圖", "附图", "附屬書"];
    let start = page.skip(page.eat_any(at, ANNEXES)?);
    if let Some((letter, end)) = lone_letter(page, start) {
        found.push(page.mention(
            MentionKind::Provision,
            format!("annex {letter}"),
            at,
            end,
        ));
        return Some(end);
    }
    let (number, end) = page
        .number(start)
        .and_then(|(number, end)| Some((number.to_u32()?, end)))
        .or_else(|| page.roman(start))
        .filter(|&(number, _)| (1..100).contains(&number))?;
    // 附表一份: one copy of it.
    if page.text[end..].starts_with(['份', '张', '張', '套', '个', '個', '部']) {
        return None;
    }
    found.push(page.mention(MentionKind::Provision, format!("annex {number}"), at, end));
    Some(end)
}

// ── both ──────────────────────────────────────────────────────────────────────────────

/// (b), （三）, (ii), (12): what stands in the brackets, in one writing.
fn bracketed(page: &Page, at: usize) -> Option<(String, usize)> {
    let open = page.skip(page.eat(at, "(（")?);
    let word = page.word(open);
    let (inner, end) = if word.is_empty() {
        let (number, end) = page.number(open)?;
        (number.to_u32().filter(|&n| n < 1000)?.to_string(), end)
    } else {
        let is_count = word.len() == 1
            || page.roman(open).is_some()
            || word.len() == 2 && word.as_bytes()[0] == word.as_bytes()[1];
        (is_count && word.len() <= 5)
            .then(|| (word.to_ascii_lowercase(), open + word.len()))?
    };
    Some((inner, page.skip_eat(end, ")）")?))
}

/// Adds the brackets that follow: 5(2)(b).
fn with_brackets(
    page: &Page,
    mut numbers: Vec<String>,
    mut end: usize,
) -> (Vec<String>, usize) {
    while numbers.len() < 8
        && let Some((inner, inner_end)) = bracketed(page, page.skip(end))
    {
        // 第二款 (b)项: the bracket belongs to its own unit, behind which it is read.
        numbers.push(inner);
        end = inner_end;
    }
    (numbers, end)
}

// ── English ───────────────────────────────────────────────────────────────────────────

/// Words for provisions, and how deep they lie.
const EN_UNITS: &[(&str, Depth)] = &[
    ("article", ARTICLE),
    ("articles", ARTICLE),
    ("art", ARTICLE),
    ("arts", ARTICLE),
    ("section", ARTICLE),
    ("sections", ARTICLE),
    ("sect", ARTICLE),
    ("clause", ARTICLE),
    ("clauses", ARTICLE),
    ("rule", ARTICLE),
    ("rules", ARTICLE),
    ("paragraph", PARAGRAPH),
    ("paragraphs", PARAGRAPH),
    ("para", PARAGRAPH),
    ("paras", PARAGRAPH),
    ("subsection", PARAGRAPH),
    ("subsections", PARAGRAPH),
    ("subparagraph", PARAGRAPH + 1),
    ("subparagraphs", PARAGRAPH + 1),
    ("subclause", PARAGRAPH + 1),
    ("subclauses", PARAGRAPH + 1),
    ("item", PARAGRAPH + 2),
    ("items", PARAGRAPH + 2),
    ("subitem", PARAGRAPH + 3),
];

/// Words for units that are cited by themselves.
const EN_APART: &[(&str, &str)] = &[
    ("chapter", "chapter"),
    ("chapters", "chapter"),
    ("cap", "chapter"),
    ("chap", "chapter"),
    ("chaps", "chapter"),
    ("part", "part"),
    ("parts", "part"),
    ("title", "part"),
    ("annex", "annex"),
    ("annexes", "annex"),
    ("appendix", "annex"),
    ("schedule", "annex"),
    ("exhibit", "annex"),
    ("attachment", "annex"),
];

fn en(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    if let Some(end) = en_apart(page, at, found) {
        return Some(end);
    }
    let first = en_group(page, at)?;
    let mut end = first.end;
    let mut cited = begin(&first, &[]);
    while cited.len() < MAX_LIST {
        let Some((joint, group)) = en_next(page, end) else { break };
        // article 16, paragraph 4 of article 19: the paragraph is not of 16.
        let is_inner = cited
            .last()
            .and_then(|last| last.path.last())
            .is_some_and(|step| step.depth < group.depth);
        let joined = if joint == Joint::Comma && is_inner && leads_outward(page, &group) {
            cited.extend(begin(&group, &[]));
            true
        } else {
            en_join(&mut cited, joint, &group)
        };
        if !joined {
            break;
        }
        end = group.end;
    }
    push_all(page, &cited, at, end, found);
    Some(end)
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

fn en_next(page: &Page, end: usize) -> Option<(Joint, Group)> {
    let mut next = page.skip(end);
    let mut joint = Joint::Comma;
    if let Some(comma) = page.eat(next, ",") {
        next = page.skip(comma);
    }
    if let Some(end) = page.eat_words(next, &["and", "or", "to", "through"]) {
        (next, joint) = (page.skip(end), Joint::And);
    } else if let Some(end) = page.eat_words(next, &["of", "under", "in"]) {
        (next, joint) = (page.skip(end), Joint::Of);
    }
    next = page.eat_word(next, "the").map_or(next, |end| page.skip(end));
    Some((joint, en_group(page, next)?))
}

/// Does an `of` lead from this group to one outside it?
fn leads_outward(page: &Page, group: &Group) -> bool {
    let (mut depth, mut end) = (group.depth, group.end);
    for _ in 0..4 {
        match en_next(page, end) {
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
fn en_join(cited: &mut Vec<Cited>, joint: Joint, group: &Group) -> bool {
    let Some(last) = cited.last().cloned() else { return false };
    let own = &last.path[last.n_borrowed..];
    let (Some(outer), Some(inner)) = (own.first(), own.last()) else { return false };
    if group.depth < outer.depth && joint != Joint::And {
        // paragraph 1 and paragraph 2 + of article 5
        let Some((numbers, _, _)) = group.members.first() else { return false };
        let step =
            Step { depth: group.depth, unit: group.unit, numbers: numbers.clone() };
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
        go_deeper(cited, group);
        return true;
    }
    if group.depth > ARTICLE && joint != Joint::Of {
        // paragraph 1 of article 5 + and paragraph 3
        let leans_on: Vec<Step> =
            last.path.iter().filter(|step| step.depth < group.depth).cloned().collect();
        cited.extend(begin(group, &leans_on));
        return true;
    }
    false
}

/// `article 14`, `paragraphs 1, 2 and 5`, `Section 2(a)(5)`, `the second paragraph`.
fn en_group(page: &Page, at: usize) -> Option<Group> {
    if let Some((ordinal, end)) = page.ordinal(at) {
        let (unit, depth, end) = en_unit(page, page.skip(end))?;
        // The third section of a speech is its third part.
        if unit.starts_with("sect") {
            return None;
        }
        let members = vec![(vec![ordinal.to_string()], at, end)];
        return Some(Group { unit, depth, members, end });
    }
    let (unit, depth, end) = en_unit(page, at)?;
    let start = page.skip(end);
    if start == end && page.char(end) != Some('(') {
        return None;
    }
    if let Some(members) = en_range(page, at, start, depth) {
        let end = members[1].2;
        return Some(Group { unit, depth, members, end });
    }
    let (numbers, mut end) = en_count(page, start)?;
    let mut members = vec![(numbers, at, end)];
    while members.len() < MAX_LIST {
        let Some((next, is_comma)) = en_list_joint(page, end) else { break };
        let Some((numbers, next_end)) = en_count(page, next) else { break };
        // article 14, 18 December: the number behind the comma is not a provision.
        let is_other = is_comma && !page.word(page.skip(next_end)).is_empty() && {
            let word = page.word(page.skip(next_end));
            !matches!(word, "and" | "or" | "to" | "of" | "above" | "below")
        };
        if is_other {
            break;
        }
        members.push((numbers, next, next_end));
        end = next_end;
    }
    Some(Group { unit, depth, members, end })
}

/// Articles 4-9, paragraph 1-2: from one to the other. Article 14-1 is one article.
fn en_range(
    page: &Page,
    at: usize,
    start: usize,
    depth: Depth,
) -> Option<Vec<(Vec<String>, usize, usize)>> {
    let (first, first_end) = page.digits_up_to(start, 4)?;
    let next = page.eat(first_end, "-–‑—")?;
    let (last, end) = page.digits_up_to(next, 4)?;
    let is_plural = page.before(page.text[..start].trim_end().len()) == Some('s');
    let is_range = first < last && (depth > ARTICLE || is_plural);
    is_range.then(|| {
        vec![
            (vec![first.to_string()], at, first_end),
            (vec![last.to_string()], next, end),
        ]
    })
}

/// Past `, `, `and`, `to`, a dash between two numbers of a list; was it a mere comma?
fn en_list_joint(page: &Page, at: usize) -> Option<(usize, bool)> {
    let next = page.skip(at);
    if let Some(end) = page.eat(next, "–—") {
        return Some((page.skip(end), false));
    }
    let comma = page.eat(next, ",").map(|end| page.skip(end));
    let word_at = comma.unwrap_or(next);
    match page.eat_words(word_at, &["and", "or", "to", "through"]) {
        Some(end) => Some((page.skip(end), false)),
        None => comma.map(|end| (end, true)),
    }
}

fn en_unit(page: &Page, at: usize) -> Option<(&'static str, Depth, usize)> {
    let mut word = page.word(at);
    let mut start = at;
    // sub-paragraph
    if word.eq_ignore_ascii_case("sub")
        && let Some(rest) = page.eat(at + 3, "-‑")
    {
        start = rest;
        word = page.word(rest);
        let end = start + word.len();
        let lower = word.to_ascii_lowercase();
        let (unit, depth) = EN_UNITS.iter().find(|(name, _)| *name == lower)?;
        return Some((unit, (depth + 1).max(PARAGRAPH), end));
    }
    if !(3..=13).contains(&word.len()) {
        return None;
    }
    let (unit, depth) =
        EN_UNITS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    let end = start + word.len();
    let is_short = matches!(*unit, "art" | "arts" | "para" | "paras" | "sect");
    let end = if is_short { page.eat(end, ".").unwrap_or(end) } else { end };
    Some((unit, *depth, end))
}

/// 14, 14-1, 14 bis, 13A, 2(a)(5), (b), XIV, one.
fn en_count(page: &Page, at: usize) -> Option<(Vec<String>, usize)> {
    if let Some((inner, end)) = bracketed(page, at) {
        return Some(with_brackets(page, vec![inner], end));
    }
    if let Some((first, mut end)) = page.digits_up_to(at, 4) {
        let mut number = first.to_string();
        if let Some(next) = page.eat(end, "-‑")
            && let Some((inserted, inserted_end)) = page.digits_up_to(next, 2)
        {
            number = format!("{number}-{inserted}");
            end = inserted_end;
        } else if let Some(word) = Some(page.word(end)).filter(|word| word.len() == 1) {
            number.push_str(&word.to_ascii_lowercase());
            end += 1;
        } else if let Some((behind, behind_end)) = latin_inserted(page, end) {
            number = format!("{number}-{behind}");
            end = behind_end;
        }
        let mut numbers = vec![number];
        // Section 3.2
        while let Some(next) = page.eat(end, ".")
            && let Some((part, part_end)) = page.digits_up_to(next, 3)
            && numbers.len() < 8
        {
            numbers.push(part.to_string());
            end = part_end;
        }
        let is_other =
            !page.word(end).is_empty() || page.text[end..].starts_with(['/', '%']);
        return (!is_other).then(|| with_brackets(page, numbers, end));
    }
    if let Some((roman, end)) = page.roman(at).filter(|_| is_capital(page, at)) {
        return Some(with_brackets(page, vec![roman.to_string()], end));
    }
    let (number, end) = page.number(at)?;
    let number = number.to_u32().filter(|n| (1..100).contains(n))?;
    Some((vec![number.to_string()], end))
}

fn is_capital(page: &Page, at: usize) -> bool {
    page.char(at).is_some_and(char::is_uppercase)
}

fn latin_inserted(page: &Page, at: usize) -> Option<(u32, usize)> {
    let start = page.skip(at);
    let behind = match page.word(start) {
        "bis" => 2,
        "ter" => 3,
        "quater" => 4,
        _ => return None,
    };
    Some((behind, start + page.word(start).len()))
}

/// `Chapter VII`, `Part III`, `annex II`, `Cap. 486`, `section II`.
fn en_apart(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let word = page.word(at);
    if !(3..=10).contains(&word.len()) {
        return None;
    }
    let end = at + word.len();
    if word.eq_ignore_ascii_case("section") || word.eq_ignore_ascii_case("sect") {
        let start = page.skip(page.eat(end, ".").unwrap_or(end));
        let letter = lone_letter(page, start).map(|(c, end)| (c.to_string(), end));
        let (number, end) = letter.or_else(|| {
            let (number, end) = page.roman(start).filter(|_| is_capital(page, start))?;
            Some((number.to_string(), end))
        })?;
        let value = format!("section {number}");
        found.push(page.mention(MentionKind::Provision, value, at, end));
        return Some(end);
    }
    let (_, unit) = EN_APART.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    let start = page.skip(page.eat(end, ".").unwrap_or(end));
    if start == end {
        return None;
    }
    if let Some((letter, end)) = lone_letter(page, start).filter(|_| *unit != "chapter") {
        let value = format!("{unit} {letter}");
        found.push(page.mention(MentionKind::Provision, value, at, end));
        return Some(end);
    }
    let mut numbers = vec![apart_number(page, at, start, unit)?];
    let mut end = numbers[0].2;
    while numbers.len() < MAX_LIST
        && let Some((next, _)) =
            en_list_joint(page, end).or_else(|| Some((page.eat(end, "-‑")?, false)))
        && let Some(number) = apart_number(page, next, next, unit)
        && word.ends_with('s')
    {
        end = number.2;
        numbers.push(number);
    }
    for (number, from, to) in numbers {
        let value = format!("{unit} {number}");
        found.push(page.mention(MentionKind::Provision, value, from, to));
    }
    Some(end)
}

/// The number of a chapter at `start`, with the bytes from `at` on.
fn apart_number(
    page: &Page,
    at: usize,
    start: usize,
    unit: &str,
) -> Option<(u32, usize, usize)> {
    let roman = page.roman(start).filter(|_| is_capital(page, start));
    let (number, end) = roman
        .or_else(|| page.digits_up_to(start, 4))
        .or_else(|| {
            let (number, end) = page.number(start)?;
            Some((number_word(number)?, end))
        })
        .filter(|&(_, end)| page.word(end).is_empty())?;
    // Part I went to: a pronoun.
    let next = page.word(page.skip(end));
    let is_pronoun = page.text[start..end] == *"I"
        && unit != "annex"
        && next.starts_with(|c: char| c.is_lowercase())
        && !matches!(next, "of" | "and" | "to" | "or" | "above" | "below");
    (!is_pronoun).then_some((number, at, end))
}

/// The letter of part B, annex A; I, V and X are numbers.
fn lone_letter(page: &Page, at: usize) -> Option<(char, usize)> {
    let word = page.word(at);
    let letter =
        word.chars().next().filter(|c| c.is_ascii_uppercase() && !"IVX".contains(*c))?;
    let is_alone =
        word.len() == 1 && !page.text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    is_alone.then(|| (letter.to_ascii_lowercase(), at + 1))
}

fn number_word(number: Number) -> Option<u32> {
    number.to_u32().filter(|n| (1..100).contains(n))
}
