use super::*;
use crate::types::MentionKind;
use proptest::prelude::{prop_assert, proptest};

/// The mentions of a kind, as `value|what is written`.
fn of_kind(side: Side, kind: MentionKind, text: &str) -> Vec<String> {
    mentions(side, text)
        .into_iter()
        .filter(|mention| mention.kind == kind)
        .map(|mention| mention.value)
        .collect()
}

/// Both passages mention just these values of the kind.
#[track_caller]
fn both(kind: MentionKind, zh: &str, en: &str, values: &[&str]) {
    assert_eq!(of_kind(Side::Zh, kind, zh), values, "{zh}");
    assert_eq!(of_kind(Side::En, kind, en), values, "{en}");
}

/// Like [`both`], where the languages name them in another order.
#[track_caller]
fn both_in_any_order(kind: MentionKind, zh: &str, en: &str, values: &[&str]) {
    for (side, text) in [(Side::Zh, zh), (Side::En, en)] {
        let mut found = of_kind(side, kind, text);
        found.sort();
        assert_eq!(found, values, "{text}");
    }
}

#[test]
fn symbols_take_the_numbers_inside_them() {
    let kind = MentionKind::Symbol;
    both(
        kind,
        "载于 A/70/12 和 Add.1 号文件",
        "contained in A/70/12 and Add.1",
        &["A/70/12"],
    );
    both(kind, "见E/CN.4/2003/5。", "see E/CN.4/2003/5.", &["E/CN.4/2003/5"]);
    both(kind, "S/RES/1500（2003）", "S/RES/1500 (2003)", &["S/RES/1500 (2003)"]);
    both(kind, "TCP/IP 协议", "TCP/IP and/or other", &[]);
}

#[test]
fn resolutions_are_single_mentions_also_in_lists() {
    let kind = MentionKind::Resolution;
    both(
        kind,
        "第 55/25 号、第58/4 号和第61／180号决议",
        "resolutions 55/25, 58/4 and 61/180",
        &["55/25", "58/4", "61/180"],
    );
    both(kind, "第1500(2003)号决议", "resolution 1500 (2003)", &["1500(2003)"]);
    both(kind, "第 2000（XX）号决议", "resolution 2000 (XX)", &["2000(20)"]);
    both(kind, "第2001/29/EC号指令", "Directive 2001/29/EC", &["2001/29"]);
    both(kind, "占1/3", "1/3 of all, on 12/25/2013", &[]);
}

#[test]
fn days_have_one_writing() {
    let kind = MentionKind::Date;
    both(kind, "2005 年 9月 16 日", "16 September 2005", &["2005-09-16"]);
    both(kind, "二〇一三年十二月十八日", "December 18, 2013", &["2013-12-18"]);
    both(kind, "２０１３年１２月１８日", "18th December 2013", &["2013-12-18"]);
    both(kind, "中華民國九十二年二月六日", "February 6, 2003", &["2003-02-06"]);
    both(
        kind,
        "民國92年2月6日",
        "February 6, 92nd year of the Republic of China",
        &["2003-02-06"],
    );
    both(kind, "2013年12月", "in December 2013", &["2013-12"]);
    both(
        kind,
        "中華民國九十九年五月四日修正，一百零四年一月二十日施行",
        "amended on May 4, 2010, in force on January 20, 2015",
        &["2010-05-04", "2015-01-20"],
    );
    both(kind, "2011年4月至6月", "April to June 2011", &["2011-04", "2011-06"]);
    both(kind, "每年12月10日", "10 December of each year", &["12-10"]);
    both(kind, "10月1日", "on October 1st", &["10-01"]);
    both(kind, "2013-12-18", "Dec. 18, 2013", &["2013-12-18"]);
    both(
        kind,
        "2010年4月12日至19日",
        "from 12 to 19 April 2010",
        &["2010-04-12", "2010-04-19"],
    );
    both(
        kind,
        "2010年4月12日至5月3日",
        "12 April to 3 May 2010",
        &["2010-04-12", "2010-05-03"],
    );
    both(kind, "1999年5月8-9日", "May 8-9, 1999", &["1999-05-08", "1999-05-09"]);
    both(kind, "2001年1月1日", "the 1st day of January, 2001", &["2001-01-01"]);
    both(kind, "六月以上", "may 10 march 12 of them", &[]);
}

#[test]
fn years_and_decades_are_told_from_counts() {
    let kind = MentionKind::Year;
    both(kind, "1990 年以来", "since 1990", &["1990"]);
    both(kind, "一九四九年", "in 1949", &["1949"]);
    both(kind, "民國三十八年", "in nineteen forty-nine", &["1949"]);
    both(kind, "2007-2013 年期间", "the period 2007-2013", &["2007", "2013"]);
    both(kind, "2008 年至 2011 年", "from 2008 to 2011", &["2008", "2011"]);
    both(kind, "1990年代", "the 1990s", &["1990s"]);
    both(kind, "二十世纪九十年代", "the 1990s", &["1990s"]);
    both(kind, "2000人，2,000 名，一千九百名", "2000 people, 2,000", &[]);
    both(kind, "民國十年。一百零四年以前", "in 1921, after 104 years", &["1921"]);
    both(kind, "1971年,", "of 1971,3 the", &["1971"]);
}

#[test]
fn sessions_and_centuries_are_ordinals() {
    let kind = MentionKind::Ordinal;
    both(kind, "第六十四届会议", "sixty-fourth session", &["64"]);
    both(kind, "第十二屆大會", "the Twelfth Congress", &["12"]);
    both(kind, "第 70 次全体会议", "70th plenary meeting", &["70"]);
    both(kind, "二十一世纪", "the twenty-first century", &["21"]);
    both(kind, "成立六十周年", "sixtieth anniversary", &["60"]);
    both(
        kind,
        "十八大、十一届三中全会",
        "18th Congress; 11th Committee, third plenary",
        &["18", "11", "3"],
    );
    both(kind, "第三委员会", "the Third Committee", &["3"]);
    both(kind, "第二級毒品", "Category 2 narcotics", &["2"]);
    both(kind, "第一级、第二级或第四级", "Category 1, 2 or 4", &["1", "2", "4"]);
    both(kind, "第一、二級", "Grades 1 and 2", &["1", "2"]);
    both(kind, "第三人", "a third party", &[]);
    both(kind, "第一，第二天，第三部电影", "first, the second day, third time", &[]);
}

#[test]
fn provisions_are_read_from_the_outside_in() {
    let kind = MentionKind::Provision;
    both(
        kind,
        "第 14 条第 2 款(b)项",
        "article 14, paragraph 2 (b)",
        &["article 14.2.2"],
    );
    both(
        kind,
        "第14條第2款（b）項",
        "paragraph 2 (b) of article 14",
        &["article 14.2.2"],
    );
    both(
        kind,
        "第十四條第一項第二款",
        "subparagraph 2, paragraph 1 of Article 14",
        &["article 14.1.2"],
    );
    both(
        kind,
        "第十四條第一項第二款",
        "Article 14, Paragraph 1, Subparagraph 2",
        &["article 14.1.2"],
    );
    both(
        kind,
        "按第三条a款第(1)项(A)目",
        "under Section 3(a)(1)(A)",
        &["article 3.1.1.1"],
    );
    both(kind, "依第 5(2)(b) 條", "under section 5(2)(b)", &["article 5.2.2"]);
    both(kind, "第二條之一第三項", "Paragraph 3 of Article 2-1", &["article 2-1.3"]);
    both(kind, "依第 13A 條", "in section 13A", &["article 13-1"]);
    both(kind, "第三条和第五条", "articles 3 and 5", &["article 3", "article 5"]);
    both(kind, "第七条至第九条", "Articles 7 to 9", &["article 7", "article 9"]);
    both(kind, "第四條至第九條", "Articles 4-9", &["article 4", "article 9"]);
    both(
        kind,
        "第十六條、第十九條第四項",
        "Article 16, Paragraph 4 of Article 19",
        &["article 16", "article 19.4"],
    );
    both(
        kind,
        "第三條第一項後段、第二項",
        "paragraphs 1 and 2 of Article 3",
        &["article 3.1", "article 3.2"],
    );
    both(kind, "第 4 至 9 段", "paragraphs 4 to 9", &["paragraph 4", "paragraph 9"]);
    both(
        kind,
        "第七條第一項、第二項",
        "Paragraph 1 and Paragraph 2 of Article 7",
        &["article 7.1", "article 7.2"],
    );
    both(
        kind,
        "第七条第一款和第三款",
        "article 7, paragraphs 1 and 3",
        &["article 7.1", "article 7.3"],
    );
    both_in_any_order(
        kind,
        "第四條第一項、第六條第二項",
        "Paragraph 2 of Article 6 and Paragraph 1 of Article 4",
        &["article 4.1", "article 6.2"],
    );
    both(kind, "前條第一項", "paragraph 1 of the preceding article", &["paragraph 1"]);
    both(kind, "宪章第七章", "Chapter VII of the Charter", &["chapter 7"]);
    both(kind, "第二章和第三章", "in Chapters II and III", &["chapter 2", "chapter 3"]);
    both(kind, "附件一第B部分", "annex I, part B", &["annex 1", "part 2"]);
    both(
        kind,
        "第一章，A节和第二节",
        "chap. I, sect. A, section II",
        &["chapter 1", "section 1", "section 2"],
    );
    both(kind, "附件二", "annex II", &["annex 2"]);
    both(kind, "见第486章", "see Cap. 486", &["chapter 486"]);
    both(kind, "按第 3.1.2 条", "by Clause 3.1.2", &["article 3.1.2"]);
    both(kind, "见 3.1.2", "as 3.1.2 says", &["3.1.2"]);
    both(kind, "款项，(b)项目，第一段时间", "part of the article, a section chief", &[]);
}

/// 第（三）项 is item (c): the languages count the items of one list in other signs.
#[test]
fn items_are_cited_by_their_place_in_any_signs() {
    let kind = MentionKind::Provision;
    both(kind, "第一款第（三）项", "paragraph 1 (c)", &["paragraph 1.3"]);
    both(kind, "第一项（寅）款", "paragraph 1 (c)", &["paragraph 1.3"]);
    both(kind, "前述第（四）目", "subparagraph (d) above", &["paragraph 4"]);
    both(kind, "按第二条第①项", "article 2 (i)", &["article 2.1"]);
    both(kind, "依第七條甲款", "under Article 7(a)", &["article 7.1"]);
    both(kind, "见第 IV 部分", "see Part Four", &["part 4"]);
    both(kind, "附录三", "Appendix C", &["annex 3"]);
}

/// In Taiwan articles are numbered digit by digit: 第二三條 is no second or third article.
#[test]
fn articles_are_numbered_digit_by_digit() {
    let kind = MentionKind::Provision;
    both(kind, "依第二三條", "under Article 23", &["article 23"]);
    both(
        kind,
        "依第一〇五條及第一八四條",
        "Articles 105 and 184",
        &["article 105", "article 184"],
    );
    both(kind, "依第十五條之二", "in article 15 bis", &["article 15-2"]);
    both(kind, "依第六條之五", "in article 6 quinquies", &["article 6-5"]);
    both(kind, "依第四條", "see § 4", &["article 4"]);
}

#[test]
fn sections_of_annexes_have_a_letter_and_numbers() {
    let kind = MentionKind::Provision;
    both(kind, "见第 D.2 节", "see Section D.2", &["section 4.2"]);
    both(kind, "第 B.4.1 節規定", "in section B.4.1", &["section 2.4.1"]);
    both(
        kind,
        "附录 C 第 C.3 节",
        "Appendix C, Section C.3",
        &["annex 3", "section 3.3"],
    );
    both(kind, "见本部分。一项决定", "in this Part. A decision", &[]);
}

#[test]
fn volumes_and_numbers_of_series_are_treaties() {
    let kind = MentionKind::Treaty;
    both(
        kind,
        "第 1000、1010 和 1022 卷，第 14001 号",
        "vols. 1000, 1010 and 1022, No. 14001",
        &["vol 1000", "vol 1010", "vol 1022", "no 14001"],
    );
    both(kind, "补编第 20 号", "Supplement No. 20", &["no 20"]);
    both(kind, "第二號", "No one knows; no. 2", &["no 2"]);
}

#[test]
fn money_has_currency_and_amount() {
    let kind = MentionKind::Money;
    both(kind, "新臺幣一百萬元", "NT$1,000,000", &["TWD 1000000"]);
    both(kind, "新台币100萬元", "one million New Taiwan dollars", &["TWD 1000000"]);
    both(kind, "500万美元", "US$ 5 million", &["USD 5000000"]);
    both(kind, "人民币三十万元", "RMB 300,000", &["CNY 300000"]);
    both(kind, "3.5亿欧元", "350 million euros", &["EUR 350000000"]);
    both(kind, "20元", "20 yuan", &["CNY 20"]);
    both(kind, "新臺幣五百萬元", "five(5) million New Taiwan dollars", &["TWD 5000000"]);
    both(
        kind,
        "约500万欧元（600万美元）",
        "€5 million ($6 million)",
        &["EUR 5000000", "USD 6000000"],
    );
    both(kind, "5元起，另付港币3元", "$5 first, then HK$3", &["HKD 5", "HKD 3"]);
    both(
        kind,
        "新臺幣一萬元以上五萬元以下",
        "not less than ten thousand and not more than fifty thousand New Taiwan dollars",
        &["TWD 10000", "TWD 50000"],
    );
    both(kind, "1000至5000欧元", "1,000 to 5,000 euros", &["EUR 1000", "EUR 5000"]);
    both(
        kind,
        "新臺幣一百萬元以上五百萬元以下",
        "between NT$1 million and NT$5 million",
        &["TWD 1000000", "TWD 5000000"],
    );
    both(kind, "元月、多元、一元素、二元论", "pound, dollar", &[]);
}

#[test]
fn percentages_are_one_however_written() {
    let kind = MentionKind::Percentage;
    both(kind, "百分之三十", "thirty per cent", &["30%"]);
    both(kind, "３０％", "30 percent", &["30%"]);
    both(kind, "百分之五点五", "5.5%", &["5.5%"]);
    both(kind, "10%至20%", "10 to 20 per cent", &["10%", "20%"]);
    both(kind, "百分之十至二十", "10-20%", &["10%", "20%"]);
    both(kind, "万分之五", "0.05%", &["0.05%"]);
    both(kind, "百分之百", "one hundred per cent", &["100%"]);
    both(kind, "约七成受访者", "about 70 per cent of them", &["70%"]);
    both(kind, "三成五反对", "35% object", &["35%"]);
    both(kind, "约两成半的渔船", "some 25 per cent of the boats", &["25%"]);
    both(kind, "六成半年报", "60 per cent of the interim reports", &["60%"]);
    both(kind, "三至四成", "30 to 40 per cent", &["30%", "40%"]);
    both(kind, "六七成居民", "60 to 70 per cent of the residents", &["60%", "70%"]);
    both(kind, "打八折，七五折", "at 80%, at 75 per cent", &["80%", "75%"]);
    both(kind, "三成员，统一成一个，一成不变，两折叠", "three members", &[]);
}

#[test]
fn quantities_are_exact_and_small_ones_need_a_unit() {
    let kind = MentionKind::Quantity;
    both(kind, "179 个国家", "179 countries", &["179"]);
    both(kind, "三万五千人", "thirty-five thousand people", &["35000"]);
    both(kind, "320万人", "3.2 million people", &["3200000"]);
    both(kind, "三分之二多数", "a two-thirds majority", &["2/3"]);
    both(kind, "七年以下", "not more than seven years", &["7"]);
    both(kind, "六月以上", "not less than six months", &["6"]);
    both(kind, "三十日内", "within thirty days", &["30"]);
    both(kind, "三十（30）日，六年", "thirty (30) days, six(6) years", &["30", "6"]);
    both(
        kind,
        "三年以上十年以下",
        "not less than three and not more than ten years",
        &["3", "10"],
    );
    both(kind, "腐败", "Corruption,11 and crime.12 The", &[]);
    both(
        kind,
        "三人，一二事，十分，数十年，二十多",
        "three of one, two, ten, twenty",
        &["20"],
    );
    both(
        kind,
        "1 850 000人，2 500.5吨",
        "1,850,000 persons, 2 500.5 tons",
        &["1850000", "2500.5"],
    );
    both(kind, "12'500人", "12 500 people", &["12500"]);
    both(
        kind,
        "两年半，一年半",
        "two and a half years, a year and a half",
        &["2.5", "1.5"],
    );
    both(kind, "十六进制，第一四分位，五四运动，十二指肠，十七八岁", "hexadecimal", &[]);
    both(kind, "系数71.4077578277", "71.4077578277", &["71.4077578277"]);
}

/// Digits of two numbers side by side are two numbers.
#[test]
fn numbers_side_by_side_do_not_merge() {
    let kind = MentionKind::Quantity;
    both(kind, "2010 850人", "2010 850 people", &["850"]);
    both(kind, "第 3 章 100 页", "Chapter 3 100 pages", &["100"]);
    both(kind, "35 100 50", "35 100 50", &["35", "100", "50"]);
    both(kind, "12 3456人", "12 3456 people", &["12", "3456"]);
}

#[test]
fn times_are_those_of_the_clock() {
    let kind = MentionKind::Quantity;
    both(kind, "下午2时30分", "at 2.30 p.m.", &["2:30"]);
    both(kind, "14:30开会", "at 2:30 pm", &["2:30"]);
    both(kind, "上午九点半", "at 9:30", &["9:30"]);
    both(kind, "晚上8时", "at eight o'clock", &["8:00"]);
    both(kind, "三点意见", "three points", &[]);
}

/// What a reader knows must not be kept from it: each declares what it opens with.
#[test]
fn no_reader_knows_what_it_does_not_open() {
    let texts = [
        (Side::Zh, include_str!("../../corpora/resolution/zh.txt")),
        (Side::Zh, include_str!("../../corpora/statute/zh.txt")),
        (Side::En, include_str!("../../corpora/resolution/en.txt")),
        (Side::En, include_str!("../../corpora/statute/en.txt")),
        (
            Side::Zh,
            "民國三年、西元1999年，新臺幣5元，上世纪90年代，晚上8时，甲款，（寅）款，①项",
        ),
        (
            Side::En,
            "US$ 5, vol. 3, Nos. 4, § 4, www.example.org, eight, a year and a half",
        ),
    ];
    for (side, text) in texts {
        for line in text.lines() {
            every_opener_is_declared(side, line);
        }
    }
}

fn every_opener_is_declared(side: Side, text: &str) {
    let scan = Scan::new(side, text);
    for (at, c) in text.char_indices().filter(|(at, _)| begins_word(text, *at)) {
        for (k, reader) in READERS.iter().enumerate() {
            let end = (reader.read)(&scan, at, &mut Vec::new());
            let is_declared = (reader.opens)(side, c) || end.is_none_or(|end| end <= at);
            assert!(is_declared, "reader {k} of {:?} at {at}", &text[at..]);
        }
    }
}

#[test]
fn latin_words_and_acronyms_meet() {
    both(
        MentionKind::Acronym,
        "由NGO和UNESCO主办",
        "by NGOs and UNESCO",
        &["NGO", "UNESCO"],
    );
    both(
        MentionKind::LatinName,
        "经Zhang Wei（Miller）签字",
        "signed by Zhang Wei, Miller",
        &["zhang", "wei", "miller"],
    );
    both(MentionKind::Acronym, "IV 和 A", "GENERAL RULES", &[]);
}

#[test]
fn addresses_are_read_whole() {
    both(
        MentionKind::Address,
        "请写信至info@example.org，见https://example.org/a/。",
        "write to info@example.org, see https://example.org/a/.",
        &["info@example.org", "https://example.org/a"],
    );
}

#[test]
fn the_label_that_opens_a_segment_is_no_mention() {
    assert_eq!(mentions(Side::Zh, "第十三条 出租人应当"), []);
    assert_eq!(mentions(Side::En, "12. The lessor shall"), []);
}

#[test]
fn words_that_only_look_like_numbers_stay_silent() {
    for text in [
        "万一",
        "千万不要",
        "一些",
        "统一",
        "三心二意",
        "四川",
        "十分",
        "百姓",
        "一一九",
        "第一",
    ] {
        assert_eq!(mentions(Side::Zh, text), [], "{text}");
    }
    for text in ["someone", "often", "tenant", "the first", "attend", "one of the", "may"]
    {
        assert_eq!(mentions(Side::En, text), [], "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_taken_and_spans_are_whole(
        text in "([ -~]|第|条|款|项|[一二三十百千万亿零]|[0-9]{1,4}|年|月|日|（|）|、|和|é|article |paragraph |of |and |May |\\PC){0,60}"
    ) {
        for side in [Side::Zh, Side::En] {
            every_opener_is_declared(side, &text);
            let found = mentions(side, &text);
            for mention in &found {
                prop_assert!(text.is_char_boundary(mention.span.start));
                prop_assert!(text.is_char_boundary(mention.span.end));
                prop_assert!(!mention.span.is_empty());
            }
            for pair in found.windows(2) {
                prop_assert!(!pair[0].span.overlaps(pair[1].span), "{:?}", pair);
            }
        }
    }
}
