//! How Chinese texts define terms.

use std::sync::LazyLock;

use regex::Regex;

use super::half::{Certainty, Half};

/// Opens an item: 一、 （二） 3. (c)
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:[（(][^（()）]{1,4}[)）]|[一二三四五六七八九十百]+[、，.．]|[\d.]+[、.．)）]?|[a-zA-Z][.)、])\s*",
    )
});

/// “验潮站”(tide station)，是指 …
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"[“「『"]([^“”「」『』"。；]{1,30})[”」』"]\s*(?:[（(]([^（()）]{1,60})[)）])?\s*(?:[一1]?词)?[，,：:]?\s*(?:是指|系指|係指|即指|意指|指的是|意为|指)\s*"#,
    )
});

/// 本法所称验潮站，指 …
static SO_CALLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"所[称稱謂谓](?:之|的)?([^，,。；：“”「」『』]{1,24}?)\s*(?:[（(]([^（()）]{1,60})[)）])?[，,：:]?\s*(?:是指|系指|係指|即指|，指|,指|指)\s*",
    )
});

/// 验潮站：指 … or 验潮站，是指 …, at the beginning.
static HEADED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^([^，,。；：:！？“”「」『』]{1,30}?)\s*(?:[（(]([^（()）]{1,60})[)）])?\s*(?:[：:]\s*(?:是指|系指|係指|即|指|屬於[^，。]{1,16}，指|属于[^，。]{1,16}，指)|[，,]?\s*(?:是指|系指|係指))\s*",
    )
});

/// 验潮站：记录潮位的 …
static COLON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^([^，,。；：:！？“”「」『』]{1,20}?)\s*(?:[（(]([^（()）]{1,60})[)）])?\s*[：:]\s*",
    )
});

/// 验潮站 - 记录潮位的 …
static DASH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^([^，,。；：:！？]{1,40}?)\s*(?:[（(]([^（()）]{1,60})[)）])?\s+(?:-|–|—|——)\s+",
    )
});

/// （以下简称“协定”）
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"[（(](?:以下|下|下文|后文)(?:统|統|简|簡|合)?(?:称|稱)(?:为|為)?\s*[“「『"]?([^“”「」『』"（()）]{1,20})[”」』"]?[)）]"#,
    )
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

/// The definitions of a text.
pub(super) fn find(text: &str) -> Vec<Half> {
    let start = ITEM.find(text).map_or(0, |item| item.end());
    let body = text[start..].trim_start();
    if let Some(found) = HEADED.captures(body) {
        let rest = &body[found.get(0).map_or(0, |whole| whole.end())..];
        let term = &found[1];
        if is_term(term) && !term.contains("所称") && !term.contains("所稱") {
            let gloss = found.get(2).map_or("", |gloss| gloss.as_str());
            return half(term, gloss, rest, Certainty::Sure).into_iter().collect();
        }
    }
    let mut halves: Vec<(usize, usize, Half)> = Vec::new();
    for pattern in [&QUOTED, &SO_CALLED] {
        for found in pattern.captures_iter(text) {
            let Some(all) = found.get(0) else { continue };
            if !is_term(&found[1])
                || halves.iter().any(|(at, ..)| at.abs_diff(all.start()) < 12)
            {
                continue;
            }
            let gloss = found.get(2).map_or("", |gloss| gloss.as_str());
            let rest = sentence(&text[all.end()..]);
            if let Some(half) = half(&found[1], gloss, rest, Certainty::Sure) {
                halves.push((all.start(), all.end(), half));
            }
        }
    }
    halves.sort_by_key(|(start, ..)| *start);
    let starts: Vec<usize> = halves.iter().map(|(start, ..)| *start).collect();
    let mut halves: Vec<Half> = halves
        .into_iter()
        .enumerate()
        .map(|(at, (_, end, mut half))| {
            // What the sentence goes on to define is not this.
            if let Some(&next) = starts.get(at + 1)
                && next > end
                && next - end < half.text.len()
            {
                let own = text[end..next].trim_end();
                let own = own.rsplit_once(['，', ',']).map_or(own, |(own, rest)| {
                    if rest.chars().count() <= 12 { own } else { &text[end..next] }
                });
                half.text = trimmed(own).to_owned();
            }
            half
        })
        .collect();
    halves.extend(short_names(text));
    if halves.is_empty() {
        halves.extend(possible(body));
    }
    halves
}

/// 《…协定》（以下简称“协定”）: the short name by the long one.
fn short_names(text: &str) -> Vec<Half> {
    let mut halves = Vec::new();
    for found in SHORT.captures_iter(text) {
        let Some(all) = found.get(0) else { continue };
        let before = text[..all.start()].trim_end();
        let long = if before.ends_with('》') {
            before.rfind('《').map(|at| &before[at..])
        } else {
            let marks = [
                '，', ',', '。', '；', '：', ':', '、', '（', '）', '\n', '与', '和',
                '由', '对', '向', '按', '据',
            ];
            Some(before.rsplit(marks).next().unwrap_or(before))
        };
        let long = long.map(str::trim).filter(|long| {
            let n_chars = long.chars().count();
            n_chars > found[1].chars().count() && n_chars <= 40
        });
        halves.extend(long.and_then(|long| half(&found[1], "", long, Certainty::Sure)));
    }
    halves
}

/// What may define, if the other language does.
fn possible(body: &str) -> Option<Half> {
    for (pattern, certainty) in
        [(&COLON, Certainty::Possible), (&DASH, Certainty::Listed)]
    {
        if let Some(found) = pattern.captures(body) {
            let rest = &body[found.get(0).map_or(0, |all| all.end())..];
            let gloss = found.get(2).map_or("", |gloss| gloss.as_str());
            return half(&found[1], gloss, rest, certainty);
        }
    }
    None
}

/// May it be a term: no pronoun, no clause?
fn is_term(term: &str) -> bool {
    let term = term.trim();
    let han = term.chars().any(crate::text::script::is_han);
    let is_clause =
        ["不得", "应当", "應當", "可以", "的，"].iter().any(|word| term.contains(word));
    let is_pronoun = ["这", "那", "此", "其", "這", "该", "該"].contains(&term)
        || term.starts_with(['这', '這', '他', '她', '它']);
    (han || !term.is_empty() && term.is_ascii()) && !is_clause && !is_pronoun
}

fn half(term: &str, gloss: &str, text: &str, certainty: Certainty) -> Option<Half> {
    let term = term.trim().trim_matches(['“', '”', '"', '「', '」', '《', '》', ' ']);
    // 本條例所稱主管機關：: what is said to be so called is the term.
    let so_called = ["所称", "所稱"].iter().find_map(|word| term.split_once(word));
    let term = so_called.map_or(term, |(_, term)| term);
    let text = trimmed(text);
    let is_whole = !term.is_empty() && text.chars().count() >= 2;
    is_whole.then(|| Half {
        term: term.to_owned(),
        gloss: gloss.trim().to_owned(),
        text: text.to_owned(),
        certainty,
    })
}

/// To the end of the sentence.
fn sentence(text: &str) -> &str {
    let end = text.find(['。', '；', '\n']);
    // 指下列之一： goes on behind the colon.
    &text[..end.unwrap_or(text.len())]
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches(['。', '；', ';', '，', ',', ' '])
}
