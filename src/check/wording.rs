//! Facts in words, of two languages: one table.

use super::fact::{Fact, Part, Value};
use crate::types::{LeftOutKind, Mention, MentionKind, Side};

/// The English or the Chinese of a sentence, whichever is wanted.
macro_rules! say {
    ($language:expr, $en:literal, $zh:literal) => {
        match $language {
            Side::En => format!($en),
            Side::Zh => format!($zh),
        }
    };
}

impl Fact {
    /// The fact in a few English words.
    pub fn english(&self) -> String {
        self.worded(Side::En)
    }

    /// The fact in a few words of a language.
    pub fn worded(&self, tongue: Side) -> String {
        let name = |side: Side| language(tongue, side);
        match self {
            Fact::Elsewhere => {
                say!(tongue, "stands elsewhere on the other side", "在另一侧位于别处")
            }
            Fact::Exchanged => say!(
                tongue,
                "has the place of another on the other side",
                "在另一侧与另一段互换了位置"
            ),
            Fact::Lacks { side, part } => {
                let (side, part) = (name(*side), part_name(tongue, *part));
                say!(tongue, "the {side} lacks this {part}", "{side}缺{part}")
            }
            Fact::Twice { side } => {
                let (side, other) = (name(*side), name(side.other()));
                say!(
                    tongue,
                    "stands twice in the {side}, once in the {other}",
                    "{side}出现两次，{other}只有一次"
                )
            }
            Fact::WordsTwice { side } => {
                let (side, other) = (name(*side), name(side.other()));
                say!(
                    tongue,
                    "the same words twice in the {side}, once in the {other}",
                    "同样的词语{side}出现两次，{other}只有一次"
                )
            }
            Fact::Differ(values) => {
                let (zh, en) = (value(tongue, &values.zh), value(tongue, &values.en));
                say!(
                    tongue,
                    "{zh} in the Chinese, {en} in the English",
                    "中文为 {zh}，英文为 {en}"
                )
            }
            Fact::Only { side, value: it } => {
                let it = value(tongue, it);
                let (side, other) = (name(*side), name(side.other()));
                say!(
                    tongue,
                    "{it} in the {side} only; the {other} lacks it",
                    "仅{side}有 {it}，{other}缺"
                )
            }
            Fact::NumberTwice { side, number } => {
                let side = name(*side);
                say!(
                    tongue,
                    "{number} stands twice in the {side}",
                    "编号 {number} 在{side}中出现两次"
                )
            }
            Fact::NumberSkipped { side, before, number } => {
                let (side, other) = (name(*side), name(side.other()));
                say!(
                    tongue,
                    "{number} follows {before} in the {side}, not in the {other}",
                    "{side}中 {before} 之后是 {number}，{other}不是"
                )
            }
            Fact::InBrackets { words, brackets } => say!(
                tongue,
                "{words} in words and {brackets} in brackets",
                "文字为 {words}，括号内为 {brackets}"
            ),
            Fact::LeftOut { number, kind } => {
                let kind = left_out(tongue, *kind);
                say!(
                    tongue,
                    "{number} stands in a line that was left out as {kind}",
                    "{number} 所在的行已作为{kind}略去"
                )
            }
            Fact::LeftOutText { kind } => {
                let kind = left_out(tongue, *kind);
                say!(
                    tongue,
                    "its counterpart stands in a line that was left out as {kind}",
                    "其对应文字所在的行已作为{kind}略去"
                )
            }
            Fact::InList { name: one, side } => {
                let side = name(*side);
                say!(
                    tongue,
                    "{one} in the list in the {side} only",
                    "列举中仅{side}有 {one}"
                )
            }
            Fact::Forbidden { term, used } => {
                say!(tongue, "{term} must not be “{used}”", "“{term}”禁止译为“{used}”")
            }
            Fact::NotPreferred { term, used } => say!(
                tongue,
                "{term} is “{used}”, accepted but not preferred",
                "“{term}”译为“{used}”，可用但非首选"
            ),
            Fact::NotEverywhere { term, best, used: Some(used) } => say!(
                tongue,
                "{term} is “{best}” and “{used}”",
                "“{term}”既译为“{best}”又译为“{used}”"
            ),
            Fact::NotEverywhere { term, best, used: None } => say!(
                tongue,
                "{term} is not everywhere “{best}”",
                "“{term}”并非处处译为“{best}”"
            ),
            Fact::Without { term, best } => {
                say!(tongue, "{term} without “{best}”", "有“{term}”而无“{best}”")
            }
            Fact::Renderings { side: Side::Zh, term, n } => {
                say!(tongue, "{term} is rendered in {n} ways", "“{term}”有 {n} 种译法")
            }
            Fact::Renderings { side: Side::En, term, n } => {
                say!(tongue, "“{term}” renders {n} terms", "“{term}”译 {n} 个术语")
            }
            Fact::Translations { text, n } => say!(
                tongue,
                "“{text}” is translated in {n} ways",
                "“{text}”有 {n} 种译文"
            ),
            Fact::TranslatedAlike { text, n } => {
                say!(
                    tongue,
                    "“{text}” translates {n} texts",
                    "“{text}”译 {n} 段不同的文字"
                )
            }
            Fact::Misspelled { word, right, n } => say!(
                tongue,
                "{word} is {right} in {n} other places",
                "{word} 在另外 {n} 处写作 {right}"
            ),
            Fact::NotClosed(mark) => {
                say!(tongue, "{mark} is not closed", "{mark} 没有闭合")
            }
            Fact::NotOpened(mark) => {
                say!(tongue, "{mark} was not opened", "{mark} 没有对应的前半")
            }
            Fact::Unbalanced(n) => say!(
                tongue,
                "{n} brackets or quotation marks lack their other half",
                "{n} 个括号或引号不成对"
            ),
            Fact::Same => say!(tongue, "the same text on both sides", "两侧文字相同"),
            Fact::Foreign { side } => {
                let (other, side) = (name(side.other()), name(*side));
                say!(tongue, "{other} in the {side}", "{side}中夹有{other}")
            }
            Fact::Lengths { zh, en, expected } => say!(
                tongue,
                "{en} letters for {zh} Chinese characters; about {expected} were expected",
                "{zh} 个汉字对 {en} 个英文字母，预计约 {expected} 个"
            ),
        }
    }
}

fn language(tongue: Side, side: Side) -> &'static str {
    match (tongue, side) {
        (Side::En, Side::Zh) => "Chinese",
        (Side::En, Side::En) => "English",
        (Side::Zh, Side::Zh) => "中文",
        (Side::Zh, Side::En) => "英文",
    }
}

fn part_name(tongue: Side, part: Part) -> String {
    let (en, zh) = match part {
        Part::Sentence => ("sentence", "此句"),
        Part::Title => ("title", "此标题"),
        Part::Heading => ("heading", "此小标题"),
        Part::Item => ("list item", "此列项"),
        Part::Footnote => ("footnote", "此脚注"),
        Part::Line => ("line", "此行"),
        Part::Row => ("row", "此表格行"),
        Part::Paragraph => ("paragraph", "此段"),
        Part::Units(n) => return say!(tongue, "passage of {n} units", "这 {n} 段"),
    };
    (if tongue == Side::En { en } else { zh }).to_owned()
}

fn left_out(tongue: Side, kind: LeftOutKind) -> &'static str {
    let zh = match kind {
        LeftOutKind::RunningHead => "页眉页脚",
        LeftOutKind::PageNumber => "页码",
        LeftOutKind::Contents => "目录",
        LeftOutKind::FootnoteMark => "脚注标记",
        LeftOutKind::Ornament => "装饰",
        LeftOutKind::Overprint => "重印字",
        LeftOutKind::LineHyphen => "行尾连字符",
        LeftOutKind::Menu => "菜单",
        LeftOutKind::Code => "代码",
        LeftOutKind::Hidden => "隐藏文字",
        LeftOutKind::Deleted => "已删除文字",
        LeftOutKind::AltText => "图片说明",
        LeftOutKind::Comment => "批注",
        LeftOutKind::FormField => "表单栏",
        LeftOutKind::Ruby => "注音",
        LeftOutKind::Timing => "时间轴",
        LeftOutKind::Control => "控制字符",
        LeftOutKind::UnknownGlyph => "未知字形",
        LeftOutKind::Unread => "未读部分",
        LeftOutKind::OtherLanguage => "其他语言的文本",
        LeftOutKind::Metadata => "元数据",
        LeftOutKind::Other => "其他内容",
    };
    if tongue == Side::En { kind.as_str() } else { zh }
}

fn value(tongue: Side, value: &Value) -> String {
    match value {
        Value::Mention(mention) => mentioned(tongue, mention),
        Value::Label(label) => label.to_string(),
        Value::Written(text) => text.clone(),
    }
}

/// A mention in words: its kind and its value.
fn mentioned(tongue: Side, mention: &Mention) -> String {
    let value = &mention.value;
    match mention.kind {
        MentionKind::Symbol => say!(tongue, "document {value}", "文件 {value}"),
        MentionKind::Resolution => say!(tongue, "resolution {value}", "决议 {value}"),
        MentionKind::Ordinal => say!(tongue, "ordinal {value}", "序数 {value}"),
        MentionKind::Treaty => value.replace("vol ", "volume ").replace("no ", "No. "),
        MentionKind::Year => say!(tongue, "year {value}", "年份 {value}"),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Pair;

    #[test]
    fn a_fact_is_said_in_both_languages() {
        let written = |text: &str| Value::Written(text.to_owned());
        let fact = Fact::Differ(Pair::new(written("30日"), written("20 days")));
        assert_eq!(fact.english(), "30日 in the Chinese, 20 days in the English");
        assert_eq!(fact.worded(Side::Zh), "中文为 30日，英文为 20 days");
        let fact = Fact::Lacks { side: Side::En, part: Part::Units(3) };
        assert_eq!(fact.english(), "the English lacks this passage of 3 units");
        assert_eq!(fact.worded(Side::Zh), "英文缺这 3 段");
    }
}
