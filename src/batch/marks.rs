//! What in the name of a file says its language.
//!
//! A path is taken apart into its folders and the name without its extension, each of them
//! into parts: at every character that is neither letter nor digit, between Han and other
//! letters (`合同EN`), before a capital that follows a small letter (`ContractEN`), and around
//! Chinese words for the languages (`合同中文版`). A part, or several, that names a language
//! is a *mark*.
//!
//! ```text
//! law/Act-12_zh-Hant.docx  ─▶  law / Act 12 [zh Hant]
//! ```
//!
//! A strong mark hardly means anything else (`zh`, `English`, `中文`); a weak one may well do
//! (`C` and `E`, `us`), so it counts only where the strong ones pair nothing.

use std::ops::Range;
use std::path::Path;

use crate::lexicon::Seed;
use crate::text::fold::fold_char;
use crate::text::script::is_han;
use crate::types::Side;

/// A part of a name, in lower case and simplified.
#[derive(Clone, Debug)]
struct Part {
    form: String,
    /// Where it stands in its component.
    bytes: Range<usize>,
}

/// A folder's name, or the file's without its extension.
#[derive(Clone, Debug)]
struct Component {
    text: String,
    parts: Vec<Part>,
}

/// A place of a name that says a language.
#[derive(Clone, Debug)]
struct Mark {
    component: usize,
    /// Which bytes of the component.
    bytes: Range<usize>,
    side: Side,
    is_strong: bool,
}

/// The path of a file, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Name {
    components: Vec<Component>,
    marks: Vec<Mark>,
}

/// A name with some of its marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unmarked {
    /// The form to compare, a `*` where a mark was.
    pub(super) key: String,
    /// What is left, as a reader would write it; empty where there were only marks.
    pub(super) rest: String,
}

/// Of more marks than these the last ones count: every set of them is tried.
const MAX_MARKS: usize = 5;

impl Name {
    pub(super) fn new(path: &Path, seed: &Seed) -> Self {
        let folders = path.parent().into_iter().flat_map(Path::components);
        let folders = folders.map(|c| c.as_os_str().to_string_lossy().into_owned());
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let components: Vec<Component> =
            folders.chain([stem]).map(|text| component(text, seed)).collect();
        let mut marks: Vec<Mark> = components
            .iter()
            .enumerate()
            .flat_map(|(index, component)| marks(index, component))
            .collect();
        let mut per_side = Side::BOTH.map(|side| (side, 0));
        marks.reverse();
        marks.retain(|mark| {
            let count = per_side.iter_mut().find(|(side, _)| *side == mark.side);
            count.is_some_and(|(_, n)| {
                *n += 1;
                *n <= MAX_MARKS
            })
        });
        marks.reverse();
        Self { components, marks }
    }

    /// Does it name a language for certain?
    pub(super) fn is_marked(&self) -> bool {
        self.marks.iter().any(|mark| mark.is_strong)
    }

    /// The name with each set of its marks of one side taken out, the empty set first.
    pub(super) fn unmarked(&self, side: Side, weak_too: bool) -> Vec<Unmarked> {
        let marks: Vec<&Mark> = self
            .marks
            .iter()
            .filter(|mark| mark.side == side && (weak_too || mark.is_strong))
            .collect();
        (0..1_usize << marks.len())
            .map(|set| {
                let chosen: Vec<&Mark> = marks
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| set >> n & 1 == 1)
                    .map(|(_, mark)| *mark)
                    .collect();
                self.without(&chosen)
            })
            .collect()
    }

    fn without(&self, marks: &[&Mark]) -> Unmarked {
        let (mut keys, mut rests) = (Vec::new(), Vec::new());
        for (index, component) in self.components.iter().enumerate() {
            let cuts: Vec<Range<usize>> = marks
                .iter()
                .filter(|mark| mark.component == index)
                .map(|mark| mark.bytes.clone())
                .collect();
            keys.push(key(component, &cuts));
            let rest = rest(&component.text, &cuts);
            // `..` would lead out of the folder of the outputs.
            if rest.chars().any(|c| c != '.') {
                rests.push(rest);
            }
        }
        Unmarked { key: keys.join("/"), rest: rests.join("/") }
    }
}

/// A key without its `*`, so that the place of a mark does not count.
pub(super) fn bare(key: &str) -> String {
    let components = key.split('/').map(|component| {
        let words: Vec<&str> =
            component.split([' ', '*']).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    });
    let components: Vec<String> = components.filter(|c| !c.is_empty()).collect();
    components.join("/")
}

/// The form of a component to compare: parts in lower case and simplified, a blank for what
/// stands between them, a `*` for each cut.
fn key(component: &Component, cuts: &[Range<usize>]) -> String {
    let (mut key, mut end) = (String::new(), 0);
    for part in &component.parts {
        let cut = cuts.iter().find(|cut| cut.contains(&part.bytes.start));
        if cut.is_some_and(|cut| cut.start != part.bytes.start) {
            end = part.bytes.end;
            continue;
        }
        if part.bytes.start > end && !key.is_empty() {
            key.push(' ');
        }
        key.push_str(if cut.is_some() { "*" } else { &part.form });
        end = part.bytes.end;
    }
    key
}

/// What is left of a component, the separators around the cuts closed.
fn rest(text: &str, cuts: &[Range<usize>]) -> String {
    let is_separator = |c: char| !c.is_alphanumeric();
    let (mut out, mut from) = (String::new(), 0);
    for cut in cuts {
        out.push_str(&text[from..cut.start]);
        let behind = &text[cut.end..];
        let is_closed = behind.chars().next().is_none_or(is_separator);
        if is_closed {
            out.truncate(out.trim_end_matches(is_separator).len());
        }
        from = cut.end;
        if out.is_empty() || out.ends_with(is_separator) {
            from += behind.len() - behind.trim_start_matches(is_separator).len();
        }
    }
    out.push_str(&text[from..]);
    if cuts.is_empty() { out } else { out.trim_matches(is_bracket_or_blank).to_owned() }
}

fn is_bracket_or_blank(c: char) -> bool {
    c.is_whitespace() || "()[]（）【】".contains(c)
}

fn component(text: String, seed: &Seed) -> Component {
    let mut parts: Vec<Part> = Vec::new();
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            last = None;
            continue;
        }
        let is_inside = last.is_some_and(|last| {
            is_han(last) == is_han(c) && (last.is_uppercase() || !c.is_uppercase())
        });
        let end = at + c.len_utf8();
        match parts.last_mut().filter(|_| is_inside) {
            Some(part) => part.bytes.end = end,
            None => parts.push(Part { form: String::new(), bytes: at..end }),
        }
        last = Some(c);
    }
    for part in &mut parts {
        let chars = text[part.bytes.clone()].chars();
        part.form = chars.map(|c| seed.simplify(c)).flat_map(fold_char).collect();
    }
    let parts = parts.into_iter().flat_map(|part| split_han(part, &text)).collect();
    Component { text, parts }
}

/// Parts a Han part before or behind a word for a language: 合同|中文版.
fn split_han(part: Part, text: &str) -> Vec<Part> {
    let n_chars = part.form.chars().count();
    if language(&part.form).is_some()
        || text[part.bytes.clone()].chars().count() != n_chars
        || !part.form.starts_with(is_han)
    {
        return vec![part];
    }
    let words = || HAN.iter().filter(|word| word.len() < part.form.len());
    let longest = |fits: &dyn Fn(&str) -> bool| {
        words().filter(|word| fits(word)).map(|word| word.chars().count()).max()
    };
    let cut = match longest(&|word| part.form.ends_with(word)) {
        Some(n) => n_chars - n,
        None => match longest(&|word| part.form.starts_with(word)) {
            Some(n) => n,
            None => return vec![part],
        },
    };
    let byte = |text: &str| text.chars().take(cut).map(char::len_utf8).sum::<usize>();
    let (head, tail) = part.form.split_at(byte(&part.form));
    let middle = part.bytes.start + byte(&text[part.bytes.clone()]);
    vec![
        Part { form: head.into(), bytes: part.bytes.start..middle },
        Part { form: tail.into(), bytes: middle..part.bytes.end },
    ]
}

/// Words for the languages that stand glued to other Han, simplified.
const HAN: [&str; 18] = [
    "中文",
    "中文版",
    "中文本",
    "中文稿",
    "汉语",
    "汉文",
    "华文",
    "中译",
    "中译本",
    "中译版",
    "英文",
    "英文版",
    "英文本",
    "英文稿",
    "英语",
    "英译",
    "英译本",
    "英译版",
];

/// Names of Chinese that mean hardly anything else.
const ZH: [&str; 21] = [
    "zh",
    "zho",
    "zhs",
    "zht",
    "zhcn",
    "zhtw",
    "zhhk",
    "zhhans",
    "zhhant",
    "chs",
    "cht",
    "hans",
    "hant",
    "chinese",
    "mandarin",
    "zhongwen",
    "putonghua",
    "简体中文",
    "繁体中文",
    "华语",
    "汉字",
];

/// Names of English that mean hardly anything else.
const EN: [&str; 6] = ["en", "eng", "enus", "engb", "english", "yingwen"];

/// Names of Chinese that may mean something else.
const WEAK_ZH: [&str; 15] = [
    "c", "ch", "chi", "chn", "cn", "tw", "hk", "sc", "tc", "中", "汉", "简", "繁",
    "简体", "繁体",
];

/// Names of English that may mean something else.
const WEAK_EN: [&str; 5] = ["e", "us", "uk", "gb", "英"];

/// Scripts and regions behind a name of Chinese: `zh-Hant-TW`, `chinese_simplified`.
const OF_ZH: [&str; 17] = [
    "cn",
    "tw",
    "hk",
    "mo",
    "sg",
    "hans",
    "hant",
    "sc",
    "tc",
    "simplified",
    "traditional",
    "simp",
    "trad",
    "简体",
    "繁体",
    "正体",
    "大陆",
];

/// Scripts before a name of Chinese: `simplified-chinese`.
const BEFORE_ZH: [&str; 7] =
    ["simplified", "traditional", "simp", "trad", "简体", "繁体", "正体"];

/// Regions behind a name of English.
const OF_EN: [&str; 8] = ["us", "gb", "uk", "au", "ca", "nz", "ie", "za"];

fn language(form: &str) -> Option<(Side, bool)> {
    let is_of = |side: char| form.starts_with(side) && HAN.contains(&form);
    if ZH.contains(&form) || is_of('中') || is_of('汉') || is_of('华') {
        Some((Side::Zh, true))
    } else if EN.contains(&form) || is_of('英') {
        Some((Side::En, true))
    } else if WEAK_ZH.contains(&form) {
        Some((Side::Zh, false))
    } else if WEAK_EN.contains(&form) {
        Some((Side::En, false))
    } else {
        None
    }
}

fn marks(index: usize, component: &Component) -> Vec<Mark> {
    let parts = &component.parts;
    let is_one_of = |at: usize, list: &[&str]| {
        parts.get(at).is_some_and(|part| list.contains(&part.form.as_str()))
    };
    let (mut marks, mut at) = (Vec::new(), 0);
    while at < parts.len() {
        let Some((side, is_strong)) = language(&parts[at].form) else {
            at += 1;
            continue;
        };
        let (mut first, mut last) = (at, at);
        if is_strong {
            let regions: &[&str] = if side == Side::Zh { &OF_ZH } else { &OF_EN };
            while is_one_of(last + 1, regions) {
                last += 1;
            }
            let is_free = |mark: &Mark| mark.bytes.end <= parts[first].bytes.start;
            if side == Side::Zh && first > 0 && is_one_of(first - 1, &BEFORE_ZH) {
                // 简体 by itself was taken for a weak mark.
                marks.pop_if(|mark: &mut Mark| {
                    is_free(mark) && mark.bytes == parts[first - 1].bytes
                });
                first -= 1;
            }
        }
        let bytes = parts[first].bytes.start..parts[last].bytes.end;
        marks.push(Mark { component: index, bytes, side, is_strong });
        at = last + 1;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a name, and its key, without all marks of a side.
    fn without_all(path: &str, side: Side) -> (String, String) {
        let name = Name::new(Path::new(path), Seed::shipped());
        let last = name.unmarked(side, true).pop().unwrap();
        (last.rest, last.key)
    }

    #[test]
    fn a_mark_is_taken_out_with_its_separators() {
        let table = [
            ("a.zh.docx", Side::Zh, "a", "a *"),
            ("zh/a.txt", Side::Zh, "a", "*/a"),
            ("A_C.pdf", Side::Zh, "A", "a *"),
            ("law_zh-Hant-TW.txt", Side::Zh, "law", "law *"),
            ("a_en-US.txt", Side::En, "a", "a *"),
            ("a-simplified-chinese.txt", Side::Zh, "a", "a *"),
            ("合同（中文）.docx", Side::Zh, "合同", "合同 *"),
            ("合同中文版.docx", Side::Zh, "合同", "合同*"),
            ("條約(英文).docx", Side::En, "條約", "条约 *"),
            ("英文合同.docx", Side::En, "合同", "*合同"),
            ("ContractEN.txt", Side::En, "Contract", "contract*"),
            ("合同EN.txt", Side::En, "合同", "合同*"),
            ("en_law_2010.txt", Side::En, "law_2010", "* law 2010"),
            ("law_en_2010.txt", Side::En, "law_2010", "law * 2010"),
            ("ＺＨ/１.txt", Side::Zh, "１", "*/1"),
            ("zh.txt", Side::Zh, "", "*"),
            ("un/zh.txt", Side::Zh, "un", "un/*"),
            ("essence.txt", Side::En, "essence", "essence"),
            ("中文系.txt", Side::Zh, "系", "*系"),
        ];
        for (path, side, rest, key) in table {
            assert_eq!(without_all(path, side), (rest.into(), key.into()), "{path}");
        }
    }

    #[test]
    fn a_mark_of_the_other_side_is_a_word_like_any_other() {
        assert_eq!(without_all("zh/report_us.txt", Side::Zh).1, "*/report us");
        assert_eq!(without_all("zh/report_us.txt", Side::En).1, "zh/report *");
    }

    #[test]
    fn the_place_of_a_mark_can_be_set_aside() {
        assert_eq!(bare("*/a b *"), "a b");
        assert_eq!(bare("*"), "");
    }
}
