//! What the miner learned of kinds of text, each with the passages that taught it.

use super::{Params, Strictness, Unit, mine};
use crate::lexicon::Seed;
use crate::tokenize::tokenize;
use crate::types::{Pair, TermPair};

fn terms_at(strictness: Strictness, texts: &[(&str, &str)]) -> Vec<TermPair> {
    let seed = Seed::shipped();
    let unit = |(bead, (zh, en)): (usize, &(&str, &str))| {
        let text = Pair::new((*zh).to_owned(), (*en).to_owned());
        let tokens = text.as_ref().map_sides(|side, text| tokenize(side, text, seed));
        Unit { text, tokens, bead, place: format!("§ {bead}").into() }
    };
    let units = texts.iter().enumerate().map(unit);
    mine(units, seed, &Params { strictness, ..Params::default() })
}

fn terms(texts: &[(&str, &str)]) -> Vec<TermPair> {
    terms_at(Strictness::Balanced, texts)
}

fn english_of<'a>(terms: &'a [TermPair], zh: &str) -> Vec<&'a str> {
    let of_zh = terms.iter().filter(|pair| pair.term.zh == zh);
    of_zh.map(|pair| pair.term.en.as_str()).collect()
}

#[test]
fn a_denied_term_is_not_the_bare_one() {
    let found = terms(&[
        ("规则不要求夜间引航。", "The rules do not require pilotage at night."),
        ("港长不要求拖带。", "The harbour master does not require towage."),
        ("规则不要求拖带。", "The rules do not require towage."),
    ]);
    let denied = found.iter().filter(|pair| pair.term.zh.starts_with('不'));
    assert_eq!(
        denied.filter(|pair| !pair.term.en.contains("not")).count(),
        0,
        "{found:?}"
    );
}

#[test]
fn a_row_is_a_term_where_both_sides_count_alike() {
    let found = terms(&[
        (
            "灯塔、浮标和航道由港务局管理。",
            "Lighthouses, buoys and channels are run by the port.",
        ),
        (
            "灯塔、浮标和航道每年检查。",
            "Lighthouses, buoys and channels are inspected yearly.",
        ),
        (
            "船长报告灯塔、浮标和航道。",
            "Masters report on lighthouses, buoys and channels.",
        ),
    ]);
    let rows: Vec<_> = found.iter().filter(|pair| pair.term.zh.contains('、')).collect();
    for pair in &rows {
        let members = 1 + pair.term.zh.matches(['、', '和']).count();
        let separators =
            pair.term.en.matches(',').count() + pair.term.en.matches(" and ").count();
        assert_eq!(members, 1 + separators, "{:?}", pair.term);
    }
    assert!(
        rows.iter().any(|pair| pair.term.zh == "灯塔、浮标和航道"),
        "{:?}",
        found.iter().map(|pair| &pair.term).collect::<Vec<_>>()
    );
}

#[test]
fn the_members_of_a_row_do_not_take_each_others_renderings() {
    let row = (
        "受让人取得终局的、独占的许可。",
        "The assignee obtains a conclusive, sole licence.",
    );
    let found =
        terms(&[row, ("许可是终局的、独占的。", "The licence is conclusive, sole.")]);
    assert!(!english_of(&found, "独占").contains(&"conclusive"), "{found:?}");
    assert!(!english_of(&found, "终局").contains(&"sole"), "{found:?}");
}

#[test]
fn a_name_with_a_slash_is_not_cut_at_it() {
    let found = terms(&[
        ("打开 A/D 转换器。", "Switch on the A/D converter."),
        ("检查 A/D 转换器。", "Check the A/D converter."),
        ("更换 A/D 转换器。", "Replace the A/D converter."),
    ]);
    assert!(found.iter().all(|pair| pair.term.zh != "D转换器"), "{found:?}");
    assert!(
        found.iter().all(|pair| pair.term.en.to_lowercase() != "d converter"),
        "{found:?}"
    );
}

#[test]
fn a_foreign_name_is_whole_with_its_dot_and_without_courtesies() {
    let found = terms(&[
        ("马尔科·贝里尼先生主持会议。", "Mr. Marco Bellini presided."),
        ("马尔科·贝里尼作了说明。", "Marco Bellini explained."),
        ("大会感谢马尔科·贝里尼先生。", "The meeting thanked Mr. Marco Bellini."),
    ]);
    assert_eq!(english_of(&found, "马尔科·贝里尼"), ["Marco Bellini"]);
}

#[test]
fn an_ordinal_is_not_cut() {
    let found = terms(&[
        ("依第三条及第十条办理。", "It is done under Article 3 and Article 10."),
        ("依第五条及第八条办理。", "It is done under Article 5 and Article 8."),
        ("依第六条及第九条办理。", "It is done under Article 6 and Article 9."),
    ]);
    assert!(found.iter().all(|pair| !pair.term.zh.ends_with('第')), "{found:?}");
}

#[test]
fn a_country_by_itself_keeps_its_capital() {
    let found = terms(&[("挪威", "Norway"), ("挪威", "Norway")]);
    assert_eq!(english_of(&found, "挪威"), ["Norway"]);
}

#[test]
fn a_term_defined_in_brackets_needs_no_common_unit() {
    let found = terms(&[
        ("碼頭 (wharf) 指供船隻停泊的地方；", "berth (泊位) means a place at a wharf;"),
        (
            "泊位 (berth) 指碼頭的一部分。",
            "wharf (碼頭) means a place where vessels lie.",
        ),
    ]);
    assert_eq!(english_of(&found, "碼頭"), ["wharf"]);
    assert_eq!(english_of(&found, "泊位"), ["berth"]);
}

#[test]
fn scattered_renderings_are_pooled_in_one_row() {
    let found = terms_at(
        Strictness::Broad,
        &[
            ("双方约定交货日期。", "The parties agree on the date of delivery."),
            ("依照约定支付货款。", "The price is paid under the agreement."),
            ("另有约定的除外。", "This applies unless otherwise agreed."),
            ("约定不明的，由法院解释。", "A court construes an unclear agreement."),
        ],
    );
    let pair = found.iter().find(|pair| pair.term.zh == "约定").expect("it is listed");
    let forms: Vec<&str> = pair.forms(crate::types::Side::En).collect();
    assert!(forms.iter().any(|form| form.starts_with("agree")), "{forms:?}");
}

#[test]
fn the_strict_list_is_part_of_the_balanced_one_and_that_of_the_broad_one() {
    let texts = [
        ("仲裁庭作出裁决。", "The arbitral tribunal makes an award."),
        ("仲裁庭可以延期裁决。", "The arbitral tribunal may postpone the award."),
        (
            "当事人服从仲裁庭的裁决。",
            "The parties obey the award of the arbitral tribunal.",
        ),
    ];
    let [strict, balanced, broad] =
        [Strictness::Strict, Strictness::Balanced, Strictness::Broad].map(|level| {
            terms_at(level, &texts).into_iter().map(|pair| pair.term).collect::<Vec<_>>()
        });
    assert!(strict.len() <= balanced.len() && balanced.len() <= broad.len());
    assert!(strict.iter().all(|term| balanced.contains(term)));
    assert!(balanced.iter().all(|term| broad.contains(term)));
}

#[test]
fn nested_terms_stand_below_their_longer_term() {
    let texts = [
        ("港口安全委员会召开会议。", "The Port Safety Committee holds a meeting."),
        ("港口安全委员会通过报告。", "The Port Safety Committee adopts a report."),
        ("主席代表港口安全委员会。", "The chair represents the Port Safety Committee."),
    ];
    let seed = Seed::shipped();
    let unit = |(bead, (zh, en)): (usize, &(&str, &str))| {
        let text = Pair::new((*zh).to_owned(), (*en).to_owned());
        let tokens = text.as_ref().map_sides(|side, text| tokenize(side, text, seed));
        Unit { text, tokens, bead, place: "".into() }
    };
    let params = Params { nested: true, ..Params::default() };
    let found = mine(texts.iter().enumerate().map(unit), seed, &params);
    let at = |zh: &str| found.iter().position(|pair| pair.term.zh == zh);
    let whole = at("港口安全委员会").expect("the name is listed");
    if let Some(nested) = at("港口安全") {
        assert!(whole < nested, "{found:?}");
    }
    assert!(found.iter().any(|pair| pair.term.en == "Port Safety Committee"));
}

#[test]
fn the_members_of_a_row_are_paired_in_order() {
    // Neither the lexicon nor the counts tell 甲醚 from 丙腈: each stands beside each other's
    // rendering. The order does.
    let found = terms_at(
        Strictness::Broad,
        &[
            (
                "仓库存放甲醚、乙烷和丙腈。",
                "The depot stores dorvane, quilane and mestrine.",
            ),
            ("船舶装运甲醚、乙烷或丙腈。", "Vessels carry dorvane, quilane or mestrine."),
        ],
    );
    for (zh, en) in [("甲醚", "dorvane"), ("乙烷", "quilane"), ("丙腈", "mestrine")]
    {
        assert_eq!(english_of(&found, zh), [en], "{found:?}");
    }
}

#[test]
fn forms_that_differ_by_a_particle_or_an_article_are_one_term() {
    let found = terms(&[
        ("检查失效的浮标。", "Inspect the light of the buoy."),
        ("更换失效浮标。", "Replace the light of its buoy."),
    ]);
    let forms = |side| {
        let all = found.iter().flat_map(move |pair| pair.forms(side));
        all.map(str::to_owned).collect::<Vec<_>>()
    };
    use crate::types::Side;
    let zh = forms(Side::Zh);
    assert!(zh.iter().any(|form| form == "失效浮标"), "{zh:?}");
    assert!(zh.iter().any(|form| form == "失效的浮标"), "{zh:?}");
    let row = found.iter().find(|pair| pair.term.en.contains("light of the buoy"));
    assert!(row.is_some(), "{found:?}");
}

#[test]
fn a_word_behind_a_prefix_answers_for_its_stem() {
    let found = terms(&[
        ("禁止网络犯罪。", "Cybercrime is forbidden."),
        ("港口打击网络犯罪。", "The port fights cybercrime."),
    ]);
    assert_eq!(english_of(&found, "网络犯罪"), ["cybercrime"], "{found:?}");
}

#[test]
fn no_word_is_torn_off_the_front_of_a_rendering() {
    let found = terms(&[
        (
            "货物存入露天堆场，该露天堆场由港务局管理。",
            "Goods are put into an open storage yard; the port runs that open storage yard.",
        ),
        ("车辆停在岸上。", "Vehicles are parked ashore."),
    ]);
    assert!(!english_of(&found, "露天堆场").contains(&"storage yard"), "{found:?}");
}
