mod start;

use std::fmt;

use crate::types::Side;

/// What a label counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelUnit {
    /// `第三编`, `Part III`.
    Part,
    /// `第三章`, `Chapter III`.
    Chapter,
    /// `第二节`, `Section 2`.
    Section,
    /// `第十三条`, `Article 13`.
    Article,
    /// `1.`, `12.`, `一、`: a numbered paragraph or a list item without brackets.
    Point,
    /// `(1)`, `（一）`, `1)`, `①`: an item in brackets.
    Item,
    /// `(a)`, `a.`: an item under a letter.
    Letter,
    /// `(ii)`, `iv.`: an item under a small Roman number.
    Roman,
    /// The number of a footnote.
    Footnote,
}

impl LabelUnit {
    /// Is the unit named in words (article, chapter), not only shown by the style of a number?
    pub fn is_named(self) -> bool {
        match self {
            LabelUnit::Part
            | LabelUnit::Chapter
            | LabelUnit::Section
            | LabelUnit::Article
            | LabelUnit::Footnote => true,
            LabelUnit::Point | LabelUnit::Item | LabelUnit::Letter | LabelUnit::Roman => {
                false
            }
        }
    }
}

/// The number that opens a segment, as a value: `第十三条`, `第 13 條` and `Article 13` are one.
///
/// Zero-sized differences of writing (width, script, brackets) are gone; what it counts
/// remains in `unit`, the count in `number`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// What is counted.
    pub unit: LabelUnit,
    /// The count: `[13]` for article 13, `[14, 1]` for `第十四條之一` and `3.2`. Letters and
    /// Roman numbers by their place: (c) is 3, (iv) is 4.
    pub number: Vec<u32>,
}

impl Label {
    /// A label of one number.
    pub fn new(unit: LabelUnit, number: u32) -> Self {
        Self { unit, number: vec![number] }
    }

    /// The label that `text` opens with, and its length in bytes, the blanks behind it not
    /// counted. `None` where the text opens with none.
    ///
    /// Bytes are counted from the start of `text`, blanks before the label and the marks that
    /// close it (`.`, `、`, `:`) included. Call again on the rest for labels in a row: `(1)(a)`.
    ///
    /// ```
    /// use bitext::types::{Label, LabelUnit, Side};
    ///
    /// let zh = Label::at_start(Side::Zh, "第 十三 條　會議").map(|(label, _)| label);
    /// let en = Label::at_start(Side::En, "ARTICLE XIII: Meetings").map(|(label, _)| label);
    /// assert_eq!(zh, Some(Label::new(LabelUnit::Article, 13)));
    /// assert_eq!(zh, en);
    /// ```
    pub fn at_start(side: Side, text: &str) -> Option<(Label, usize)> {
        start::label_at(side, text)
    }

    /// The label, read in the light of the one before it on the same level: (i) after (h) is a
    /// letter, (i) elsewhere a Roman number.
    pub fn resolve(previous: Option<&Label>, this: Label) -> Label {
        Self::resolve_between(previous, this, None)
    }

    /// As [`Label::resolve`], with the label behind it as well where that is known: (i)
    /// between (h) and (ii) is Roman, a list nested under (h).
    pub fn resolve_between(
        previous: Option<&Label>,
        this: Label,
        next: Option<&Label>,
    ) -> Label {
        let Some(letter) = this.as_letter() else { return this };
        let follows = |label: Option<&Label>, step: u32| {
            label.is_some_and(|label| *label == Label::new(LabelUnit::Letter, step))
        };
        let goes_on_roman = next.is_some_and(|next| {
            next.unit == LabelUnit::Roman && next.number[..] == [this.number[0] + 1]
        });
        let after_letter = follows(previous, letter - 1);
        if after_letter && !goes_on_roman || follows(next, letter + 1) {
            Label::new(LabelUnit::Letter, letter)
        } else {
            this
        }
    }

    /// The place in the alphabet of a Roman label that may as well be a letter: i, v, x, and
    /// doubled ii, xx.
    fn as_letter(&self) -> Option<u32> {
        match (self.unit, self.number.as_slice()) {
            (LabelUnit::Roman, [1]) => Some(9),
            (LabelUnit::Roman, [5]) => Some(22),
            (LabelUnit::Roman, [10]) => Some(24),
            (LabelUnit::Roman, [2]) => Some(35),
            (LabelUnit::Roman, [20]) => Some(50),
            _ => None,
        }
    }

    /// Do the labels of two segments speak for or against their being translations? `None`
    /// where they say nothing: a named unit against a list item, an article against a
    /// section.
    pub fn agrees(&self, other: &Label) -> Option<Agreement> {
        if self.unit == other.unit {
            return Some(if self.number == other.number {
                Agreement::Same
            } else {
                Agreement::Conflict
            });
        }
        if self.unit.is_named() || other.unit.is_named() {
            return None;
        }
        let equal =
            self.number == other.number || self.reads_as(other) || other.reads_as(self);
        Some(if equal { Agreement::Compatible } else { Agreement::Conflict })
    }

    /// Is this a Roman number that can be the letter `other`?
    fn reads_as(&self, other: &Label) -> bool {
        other.unit == LabelUnit::Letter
            && self.as_letter().is_some_and(|letter| other.number[..] == [letter])
    }
}

/// What two labels say of two segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agreement {
    /// The same unit and number: 第十三条 and Article 13.
    Same,
    /// The same number in another style: （三） and (c).
    Compatible,
    /// Another number.
    Conflict,
}

impl fmt::Display for Label {
    /// `article 13`, `1`, `(2)`, `(c)`: one writing for both languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        let first = self.number.first().copied().unwrap_or(0);
        match self.unit {
            LabelUnit::Part => write!(f, "part {number}"),
            LabelUnit::Chapter => write!(f, "chapter {number}"),
            LabelUnit::Section => write!(f, "section {number}"),
            LabelUnit::Article => write!(f, "article {number}"),
            LabelUnit::Point => f.write_str(&number),
            LabelUnit::Item => write!(f, "({number})"),
            LabelUnit::Letter => match u8::try_from(first) {
                Ok(n @ 1..=26) => write!(f, "({})", char::from(b'a' + n - 1)),
                _ => write!(f, "({number})"),
            },
            LabelUnit::Roman => write!(f, "(roman {number})"),
            LabelUnit::Footnote => write!(f, "note {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(side: Side, text: &str) -> String {
        match Label::at_start(side, text) {
            Some((label, len)) => format!("{label}|{}", &text[len..]),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn chinese_labels_are_read() {
        for (text, label) in [
            ("第十三条 总则", "article 13| 总则"),
            ("第 13 條", "article 13|"),
            ("第１３条　范围", "article 13|　范围"),
            ("第 十 三 條　通則", "article 13|　通則"),
            ("第14-1条", "article 14.1|"),
            ("第十四條之一 辦理", "article 14.1| 辦理"),
            ("第十四之一條", "article 14.1|"),
            ("第13A条", "article 13.1|"),
            ("第三章 组织", "chapter 3| 组织"),
            ("第三章组织机构", "chapter 3|组织机构"),
            ("第二节　表决", "section 2|　表决"),
            ("第一编 民事", "part 1| 民事"),
            ("第二部分 定义", "part 2| 定义"),
            ("第七回　雪夜", "chapter 7|　雪夜"),
            ("第十七条 以公司名义", "article 17| 以公司名义"),
            ("第十二条：费用", "article 12|费用"),
            ("一、目的", "1|目的"),
            ("十二、其他", "12|其他"),
            ("二十一．附则", "21|附则"),
            ("一 、用語", "1|用語"),
            ("（一）甲方应当", "(1)|甲方应当"),
            ("(十二) 付款", "(12)| 付款"),
            ("（ 三 ）付款", "(3)|付款"),
            ("（1）交付", "(1)|交付"),
            ("１．交付", "1|交付"),
            ("3、交付", "3|交付"),
            ("2)交付", "(2)|交付"),
            ("①交付", "(1)|交付"),
            ("㈠交付", "(1)|交付"),
            ("⑴ 交付", "(1)| 交付"),
            ("（ａ）交付", "(a)|交付"),
            ("(b)款项", "(b)|款项"),
            ("（二）项目经理", "(2)|项目经理"),
            ("甲、总论", "(a)|总论"),
            ("3.2 租金", "3.2| 租金"),
            ("3.2.1租金", "3.2.1|租金"),
            ("4.1．租金", "4.1|租金"),
            ("三", "3|"),
            ("[3] 见附录", "note 3| 见附录"),
        ] {
            assert_eq!(read(Side::Zh, text), label, "{text}");
        }
    }

    #[test]
    fn english_labels_are_read() {
        for (text, label) in [
            ("1. Urges", "1| Urges"),
            ("12.the offer", "12|the offer"),
            ("  7. Notes", "7| Notes"),
            ("(1) Where", "(1)| Where"),
            ("1) Where", "(1)| Where"),
            ("(a) goods;", "(a)| goods;"),
            ("a. goods", "(a)| goods"),
            ("b.Goods", "(b)|Goods"),
            ("(ii) goods", "(roman 2)| goods"),
            ("(i) goods", "(roman 1)| goods"),
            ("(c) goods", "(c)| goods"),
            ("(aa) goods", "(27)| goods"),
            ("iv. goods", "(roman 4)| goods"),
            ("II. Findings", "(roman 2)| Findings"),
            ("Article 13", "article 13|"),
            ("ARTICLE XIII", "article 13|"),
            ("Art. 13 Scope", "article 13| Scope"),
            ("Article 14-1 Notice", "article 14.1| Notice"),
            ("Article 14 bis", "article 14.2|"),
            ("Article 13A. Fees", "article 13.1| Fees"),
            ("Article 5: Fees", "article 5| Fees"),
            ("Chapter III", "chapter 3|"),
            ("Chapter Three: The Inn", "chapter 3| The Inn"),
            ("CHAPTER TWENTY-ONE", "chapter 21|"),
            ("Chapter the First", "chapter 1|"),
            ("Section 2 – Scope", "section 2| – Scope"),
            ("Section 2(a)(5)(B) Other", "section 2.1.5.2| Other"),
            ("Part I", "part 1|"),
            ("Part C", "part 3|"),
            ("PART II. GENERAL", "part 2| GENERAL"),
            ("3.2 Rent", "3.2| Rent"),
            ("3.2 the Tenant shall", "3.2| the Tenant shall"),
            ("3.2.1 Rent", "3.2.1| Rent"),
        ] {
            assert_eq!(read(Side::En, text), label, "{text}");
        }
    }

    #[test]
    fn the_first_words_of_a_sentence_are_no_label() {
        for text in [
            "1991 年，大会",
            "1991年",
            "68/193. 加强",
            "第三委员会的报告",
            "第六十四届会议",
            "第十三条规定的",
            "第十三條第二項之罪",
            "第五條之罪，處罰金",
            "第一部电影",
            "第十七条以外的情形",
            "第一回见到他",
            "一个人",
            "一九九一年",
            "二、三级",
            "三四个人",
            "3.5万",
            "3.5 万人",
            "1.5倍",
            "2.5%",
            "甲、乙双方",
            "（二〇一三）",
            "（2013）",
            "（一）、（二）项",
            "（一）项规定的",
            "（甲方）",
            "1、2、3 号",
            "十月",
            "",
        ] {
            assert_eq!(read(Side::Zh, text), "-", "{text}");
        }
        for text in [
            "2.5 million people",
            "10 per cent",
            "1.5",
            "I went",
            "A man",
            "Part of the",
            "Part I of the",
            "Section chiefs",
            "Section 2 of the Act",
            "Article 13, paragraph 2",
            "Articles 13",
            "article 13",
            "a. m.",
            "a.m. and p.m.",
            "J. K. Smith",
            "in (a)",
            "(see above)",
            "(c) 2013 The Authors",
            "(a) and (b) above",
            "(2013)",
            "68/193. Strengthening",
            "1991. That was",
            "1.1.2020",
            "3.05 p.m.",
            "6.30 p.m.",
            "Did. not",
            "mix. of",
            "Particular",
            "14 December 1990",
        ] {
            assert_eq!(read(Side::En, text), "-", "{text}");
        }
    }

    #[test]
    fn a_letter_i_is_known_by_its_neighbours() {
        let letter = |n| Label::new(LabelUnit::Letter, n);
        let roman = |n| Label::new(LabelUnit::Roman, n);
        assert_eq!(Label::resolve(Some(&letter(8)), roman(1)), letter(9));
        assert_eq!(Label::resolve(Some(&letter(1)), roman(1)), roman(1));
        assert_eq!(Label::resolve(None, roman(1)), roman(1));
        assert_eq!(Label::resolve(Some(&roman(4)), roman(5)), roman(5));
        assert_eq!(Label::resolve(Some(&letter(21)), roman(5)), letter(22));
        let (h, ii, j) = (letter(8), roman(2), letter(10));
        assert_eq!(Label::resolve_between(Some(&h), roman(1), Some(&ii)), roman(1));
        assert_eq!(Label::resolve_between(None, roman(1), Some(&j)), letter(9));
    }

    #[test]
    fn labels_agree_across_styles_and_conflict_by_number() {
        let label = Label::new;
        let article = label(LabelUnit::Article, 3);
        assert_eq!(article.agrees(&label(LabelUnit::Article, 3)), Some(Agreement::Same));
        assert_eq!(
            article.agrees(&label(LabelUnit::Article, 4)),
            Some(Agreement::Conflict)
        );
        assert_eq!(article.agrees(&label(LabelUnit::Section, 3)), None);
        assert_eq!(article.agrees(&label(LabelUnit::Point, 3)), None);
        let item = label(LabelUnit::Item, 3);
        assert_eq!(
            item.agrees(&label(LabelUnit::Letter, 3)),
            Some(Agreement::Compatible)
        );
        assert_eq!(item.agrees(&label(LabelUnit::Letter, 4)), Some(Agreement::Conflict));
        let i = label(LabelUnit::Roman, 1);
        assert_eq!(i.agrees(&label(LabelUnit::Letter, 9)), Some(Agreement::Compatible));
    }
}
