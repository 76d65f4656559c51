//! What the name of a column says: `English term`, `中文术语`, `Status`, `备注`.
//!
//! A name is taken apart into words; each names a language, a kind of content, or is filler.
//! A word that is none of these makes the whole name one of something else:
//! `english_pronunciation` is no column of terms.

use crate::text::fold::fold;
use crate::text::script::is_han;
use crate::types::Side;

/// What a column is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Variants,
    Forbidden,
    Definition,
    DefinitionSource,
    Context,
    Count,
    Confidence,
    Evidence,
    Status,
    /// Whether it was approved: yes or no.
    Approved,
    Unit,
    Document,
    /// In how many documents, or which.
    Documents,
    PartOfSpeech,
    TermType,
    Note,
    Subject,
    Usage,
    Matching,
    Created,
    Changed,
    Who,
    Id,
    /// Numbers that only count the rows.
    Ordinal,
}

/// A name of a column, as far as it is understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// The language that it names.
    pub(super) side: Option<Side>,
    /// What else it names; a term where it names nothing.
    pub(super) kind: Option<Kind>,
    /// Does it name the language that is translated from?
    pub(super) is_source: bool,
    /// Or the one that is translated into?
    pub(super) is_target: bool,
    /// Is it a name of terms, of whatever language?
    pub(super) is_term: bool,
}

/// Latin words of Chinese and of English.
const ZH_WORDS: [&str; 12] = [
    "zh",
    "zho",
    "chi",
    "chs",
    "cht",
    "cmn",
    "cn",
    "chinese",
    "mandarin",
    "putonghua",
    "zhcn",
    "zhtw",
];
const EN_WORDS: [&str; 5] = ["en", "eng", "english", "enus", "engb"];

/// Words that say nothing of what a column holds beside a language or a kind. `zh_TW` and
/// `English (US)` are languages; *simplified* and *traditional* are forms of one.
const FILLER: [&str; 42] = [
    "prc",
    "china",
    "sc",
    "tc",
    "hans",
    "hant",
    "tw",
    "hk",
    "mo",
    "sg",
    "taiwan",
    "hong",
    "kong",
    "us",
    "uk",
    "gb",
    "usa",
    "united",
    "states",
    "kingdom",
    "american",
    "british",
    "language",
    "lang",
    "text",
    "expression",
    "preferred",
    "approved",
    "official",
    "main",
    "equivalent",
    "of",
    "the",
    "in",
    "entry",
    "name",
    "word",
    "headword",
    "column",
    "and",
    "or",
    "form",
];
/// What is asked of a term, and answered by yes or no.
const APPROVED: [&str; 5] = ["approved", "confirmed", "verified", "validated", "final"];
const TERM_WORDS: [&str; 5] = ["term", "terms", "terminology", "phrase", "keyword"];

/// Kinds by Latin words; the first that has one of its words counts.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Id, &["id", "rowid", "conceptid", "entryid", "termid", "uuid"]),
    (
        Kind::Variants,
        &[
            "variant",
            "variants",
            "synonym",
            "synonyms",
            "alias",
            "aliases",
            "aka",
            "alternative",
            "alternatives",
            "alternate",
            "abbreviation",
            "abbreviations",
            "abbr",
            "acronym",
        ],
    ),
    (
        Kind::Forbidden,
        &["forbidden", "deprecated", "avoid", "prohibited", "banned", "wrong"],
    ),
    (Kind::DefinitionSource, &["reference", "references", "ref", "citation", "origin"]),
    (
        Kind::Definition,
        &["definition", "definitions", "meaning", "def", "explanation", "gloss"],
    ),
    (
        Kind::Context,
        &["context", "contexts", "example", "examples", "sentence", "sample"],
    ),
    (
        Kind::Note,
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "annotation",
            "memo",
        ],
    ),
    (Kind::Status, &["status", "state", "approval", "reviewed"]),
    (
        Kind::Subject,
        &[
            "subject",
            "domain",
            "field",
            "category",
            "topic",
            "area",
            "subjectfield",
            "discipline",
            "industry",
        ],
    ),
    (Kind::PartOfSpeech, &["pos", "speech", "wordclass"]),
    (Kind::TermType, &["type", "termtype"]),
    (Kind::Usage, &["region", "country", "locale", "usage", "geographical"]),
    (Kind::Matching, &["match", "matching"]),
    (Kind::Created, &["created", "creation", "added", "date"]),
    (Kind::Changed, &["changed", "modified", "updated", "modification"]),
    (
        Kind::Who,
        &["who", "author", "translator", "reviewer", "owner", "creator", "editor"],
    ),
    (Kind::Document, &["document", "file", "project"]),
    (Kind::Documents, &["documents"]),
    (Kind::Count, &["count", "frequency", "freq", "occurrences"]),
    (Kind::Confidence, &["confidence", "score"]),
    (Kind::Evidence, &["evidence"]),
    (Kind::Unit, &["unit"]),
    (Kind::Ordinal, &["no", "nr", "number", "num", "sn", "row", "line", "index", "item"]),
];

/// Kinds by words of Han; longer words before those that they hold.
const HAN_KINDS: &[(Kind, &[&str])] = &[
    (
        Kind::DefinitionSource,
        &[
            "定义来源",
            "定義來源",
            "来源",
            "來源",
            "出处",
            "出處",
            "依据",
            "依據",
            "参考",
            "參考",
        ],
    ),
    (
        Kind::Definition,
        &["定义", "定義", "释义", "釋義", "含义", "含義", "解释", "解釋", "涵义", "涵義"],
    ),
    (
        Kind::Variants,
        &[
            "同义词",
            "同義詞",
            "近义词",
            "别名",
            "別名",
            "变体",
            "變體",
            "又称",
            "又稱",
            "别称",
            "別稱",
            "简称",
            "簡稱",
            "缩写",
            "縮寫",
            "缩略语",
            "縮略語",
            "异名",
        ],
    ),
    (Kind::Forbidden, &["禁用", "禁止", "勿用", "误译", "誤譯", "弃用", "棄用"]),
    (Kind::Context, &["例句", "语境", "語境", "上下文", "用例", "示例", "例子"]),
    (
        Kind::Note,
        &[
            "备注", "備註", "備注", "注释", "註釋", "注釋", "说明", "說明", "附注",
            "附註", "批注", "意见", "意見",
        ],
    ),
    (
        Kind::Approved,
        &[
            "是否批准",
            "是否通过",
            "是否通過",
            "是否审核",
            "是否審核",
            "是否确认",
            "是否確認",
            "已批准",
            "已审核",
            "已審核",
            "已确认",
            "已確認",
        ],
    ),
    (Kind::Status, &["状态", "狀態", "审批", "審批", "审核", "審核", "审定", "審定"]),
    (Kind::PartOfSpeech, &["词性", "詞性", "词类", "詞類"]),
    (Kind::TermType, &["术语类型", "術語類型", "类型", "類型"]),
    (
        Kind::Subject,
        &[
            "领域", "領域", "学科", "學科", "专业", "專業", "分类", "分類", "类别",
            "類別", "主题", "主題", "行业", "行業", "范畴", "範疇",
        ],
    ),
    (Kind::Usage, &["地区", "地區", "国家", "國家"]),
    (Kind::Changed, &["修改", "更新"]),
    (Kind::Created, &["创建", "創建", "日期", "录入", "錄入"]),
    (Kind::Who, &["译者", "譯者", "译员", "譯員", "作者", "审校", "審校"]),
    (Kind::Document, &["文件", "文档", "文檔", "项目", "專案"]),
    (Kind::Count, &["频次", "頻次", "次数", "次數", "词频", "詞頻"]),
    (Kind::Ordinal, &["序号", "序號"]),
    (Kind::Id, &["编号", "編號", "编码", "編碼"]),
];

const ZH_HAN: [&str; 17] = [
    "简体中文",
    "繁体中文",
    "簡體中文",
    "繁體中文",
    "正體中文",
    "中文",
    "汉语",
    "漢語",
    "华语",
    "華語",
    "国语",
    "國語",
    "简体",
    "簡體",
    "繁体",
    "繁體",
    "正體",
];
const EN_HAN: [&str; 5] = ["英文", "英语", "英語", "美式英语", "英式英语"];
const SOURCE_HAN: [&str; 8] =
    ["源语言", "源語言", "来源语", "來源語", "源语", "源語", "原文", "源文"];
const TARGET_HAN: [&str; 13] = [
    "目标语言",
    "目標語言",
    "目的语",
    "目的語",
    "目标语",
    "目標語",
    "译入语",
    "译文",
    "譯文",
    "译语",
    "譯語",
    "译名",
    "譯名",
];
const TERM_HAN: [&str; 12] = [
    "术语", "術語", "词条", "詞條", "词语", "詞語", "词汇", "詞彙", "名称", "名稱",
    "用语", "用語",
];
const FILLER_HAN: [&str; 22] = [
    "表述", "表达", "表達", "译法", "譯法", "全称", "全稱", "对应", "對應", "推荐",
    "推薦", "首选", "首選", "正式", "标准", "標準", "名", "词", "詞", "语", "語", "的",
];

impl Heading {
    /// What a name says; `None` of one that says nothing that is known.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = fold(name.trim());
        if name.is_empty() || name.chars().count() > LONGEST {
            return None;
        }
        let mut heading = Self::default();
        let is_latin = |c: char| c.is_alphanumeric() && !is_han(c);
        let words: Vec<&str> =
            name.split(|c| !is_latin(c)).filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            heading.take_words(&words)?;
        } else if name.contains('#') {
            heading.kind = Some(Kind::Ordinal);
        }
        let han: String = name.chars().filter(|&c| is_han(c)).collect();
        heading.take_han(&han)?;
        let is_known = heading != Self::default();
        is_known.then_some(heading)
    }

    /// Does it name terms of a language and nothing else?
    pub(super) fn term_side(&self) -> Option<Side> {
        if self.kind.is_none() { self.side } else { None }
    }

    /// Names the source or the target, or terms, and no language?
    pub(super) fn is_of_some_language(&self) -> bool {
        self.kind.is_none()
            && self.side.is_none()
            && (self.is_source || self.is_target || self.is_term)
    }

    fn take_words(&mut self, words: &[&str]) -> Option<()> {
        let has = |word: &str| words.contains(&word);
        let (zh, en) = (
            words.iter().any(|word| ZH_WORDS.contains(word)),
            words.iter().any(|word| EN_WORDS.contains(word)),
        );
        if zh && en {
            return None; // a title: English-Chinese glossary
        }
        // Alone they are forms of Chinese: Simplified, Traditional.
        let is_form = has("simplified") || has("traditional");
        self.side = match (zh || is_form, en) {
            (true, _) => Some(Side::Zh),
            (_, true) => Some(Side::En),
            _ => None,
        };
        self.is_target = has("target") || has("tgt") || has("translation");
        self.is_source = !self.is_target && (has("source") || has("src"));
        self.is_term = words.iter().any(|word| TERM_WORDS.contains(word));
        let found =
            KINDS.iter().find(|(_, names)| words.iter().any(|word| names.contains(word)));
        if has("do") && has("not") || has("don") && has("use") {
            self.kind = Some(Kind::Forbidden);
            return Some(());
        }
        if has("source") && found.is_some_and(|(kind, _)| *kind == Kind::Definition) {
            self.kind = Some(Kind::DefinitionSource);
            return Some(());
        }
        // *Modified by* names a person.
        if has("by") && matches!(found, Some((Kind::Created | Kind::Changed, _))) {
            self.kind = Some(Kind::Who);
            return Some(());
        }
        let is_question = |word: &&str| APPROVED.contains(word) || *word == "is";
        if words.iter().all(is_question) {
            self.kind = Some(Kind::Approved);
            return Some(());
        }
        if has("case") && has("sensitive") {
            self.kind = Some(Kind::Matching);
            return Some(());
        }
        self.kind = found.map(|(kind, _)| *kind);
        let is_known = |word: &&str| {
            ZH_WORDS.contains(word)
                || EN_WORDS.contains(word)
                || FILLER.contains(word)
                || TERM_WORDS.contains(word)
                || ["simplified", "traditional", "target", "tgt", "translation"]
                    .contains(word)
                || ["source", "src"].contains(word)
                || word.chars().all(|c| c.is_ascii_digit())
        };
        // What a kind is of may be said in any words: definition of the concept.
        (self.kind.is_some() || words.iter().all(is_known)).then_some(())
    }

    fn take_han(&mut self, han: &str) -> Option<()> {
        if han.is_empty() {
            return Some(());
        }
        let mut rest = han.to_owned();
        let mut take = |names: &[&str]| {
            let mut is_found = false;
            for name in names {
                if rest.contains(name) {
                    rest = rest.replace(name, "");
                    is_found = true;
                }
            }
            is_found
        };
        let is_source = take(&SOURCE_HAN);
        let is_target = take(&TARGET_HAN);
        let mut kind = None;
        for (one, names) in HAN_KINDS {
            if kind.is_none() && take(names) {
                kind = Some(*one);
            }
        }
        if take(&["人"]) && matches!(kind, Some(Kind::Created | Kind::Changed)) {
            kind = Some(Kind::Who);
        }
        let (en, zh) = (take(&EN_HAN), take(&ZH_HAN));
        let is_term = take(&TERM_HAN);
        let (zh, en) = (zh || rest == "中" || rest == "汉", en || rest == "英");
        let side = match (zh, en) {
            (true, true) => return None, // a title: 中英文术语表
            (true, false) => Some(Side::Zh),
            (false, true) => Some(Side::En),
            (false, false) => None,
        };
        if side.is_some() && self.side.is_some() && side != self.side {
            return None;
        }
        self.side = self.side.or(side);
        self.kind = self.kind.or(kind);
        self.is_source |= is_source;
        self.is_target |= is_target;
        self.is_term |= is_term;
        for name in FILLER_HAN.iter().chain(&["中", "英", "汉"]) {
            rest = rest.replace(name, "");
        }
        (self.kind.is_some() || rest.is_empty()).then_some(())
    }
}

/// The longest name of a column, in characters; what is longer is a sentence.
const LONGEST: usize = 40;

/// The language that an attribute names: `zh_CN`, `Chinese_PRC`, `English (US)`.
pub(super) fn language(name: &str) -> Option<Side> {
    Heading::of(name)?.term_side()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(name: &str) -> Option<Side> {
        Heading::of(name).and_then(|heading| heading.term_side())
    }

    fn kind(name: &str) -> Option<Kind> {
        Heading::of(name).and_then(|heading| heading.kind)
    }

    #[test]
    fn columns_of_terms_are_known_in_both_languages() {
        for name in [
            "zh",
            "ZH-CN",
            "Chinese (Simplified)",
            "Simplified Chinese",
            "中文术语",
            "简体中文",
            "中文",
            "中文 Chinese",
            "Target (ZH)",
            "Chinese term",
            "汉语",
            "中文名称",
            "Chinese_PRC",
            "Chinese (Taiwan)",
            "译文（中文）",
            "zh_hant_tw",
            "Traditional",
        ] {
            assert_eq!(side(name), Some(Side::Zh), "{name}");
        }
        for name in [
            "en",
            "en-US",
            "English (United States)",
            "英文术语",
            "English Term",
            "Source (EN)",
            "英语",
            "英文译名",
            "English 英文",
            "EN term",
            "英文全称",
        ] {
            assert_eq!(side(name), Some(Side::En), "{name}");
        }
    }

    #[test]
    fn what_only_holds_the_name_of_a_language_is_none() {
        for name in [
            "english_pronunciation",
            "中文拼音",
            "中英文术语表",
            "English-Chinese glossary",
            "",
        ] {
            assert_eq!(side(name), None, "{name}");
        }
        assert_eq!(kind("zh_definition"), Some(Kind::Definition));
        assert_eq!(Heading::of("zh_definition").unwrap().side, Some(Side::Zh));
    }

    #[test]
    fn other_columns_are_known_by_many_names() {
        for (name, is) in [
            ("备注", Kind::Note),
            ("Remarks", Kind::Note),
            ("审核状态", Kind::Status),
            ("Subject field", Kind::Subject),
            ("专业领域", Kind::Subject),
            ("Part of Speech", Kind::PartOfSpeech),
            ("定义来源", Kind::DefinitionSource),
            ("Source of definition", Kind::DefinitionSource),
            ("英文同义词", Kind::Variants),
            ("No.", Kind::Ordinal),
            ("序号", Kind::Ordinal),
            ("#", Kind::Ordinal),
            ("Do not use", Kind::Forbidden),
            ("例句", Kind::Context),
        ] {
            assert_eq!(kind(name), Some(is), "{name}");
        }
        for name in ["Source", "原文", "源语"] {
            assert!(Heading::of(name).unwrap().is_source, "{name}");
        }
        for name in ["Target", "译文", "Translation", "译名"] {
            assert!(Heading::of(name).unwrap().is_target, "{name}");
        }
        assert_eq!(Heading::of("其他"), None);
    }
}
