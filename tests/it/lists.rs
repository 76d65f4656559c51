//! Lists that each language sorts anew, and texts that are no translations of one another.

use std::fs;
use std::path::Path;

use bitext::align::unrelated::paired_share;
use bitext::config::Config;
use bitext::pipeline::{Aligner, Request, run};
use bitext::types::{Bitext, Input, Noted, Notice, Pair, Side, Source};

fn align(zh: &str, en: &str) -> Noted<Bitext> {
    let sources = Pair::new(zh, en).map_sides(|side, text| {
        let name = if side == Side::Zh { "zh.txt" } else { "en.txt" };
        Source::plain(name, text, "UTF-8")
    });
    let aligner = Aligner::new(Config::default());
    let outcome = run(Input::Texts(sources).into(), &Request::new(&aligner), &());
    Noted { value: outcome.bitext, notices: outcome.notices }
}

fn lines(title: &str, items: &[&str], end: &str) -> String {
    format!("{title}\n\n{}\n\n{end}\n", items.join("\n\n"))
}

/// The pairs of a bitext, those tied across the ladder among them.
fn pairs(bitext: &Bitext) -> Vec<(String, String)> {
    let units = bitext.units().filter(|unit| !unit.bead.is_single());
    units.map(|unit| (unit.text(Side::Zh), unit.text(Side::En))).collect()
}

fn has_pair(pairs: &[(String, String)], zh: &str, en: &str) -> bool {
    pairs.iter().any(|pair| pair.0.starts_with(zh) && pair.1.starts_with(en))
}

fn is_list(notice: &Notice) -> bool {
    matches!(notice, Notice::SortedAnew { .. })
}

const STATES: [(&str, &str); 8] = [
    ("冰岛", "Iceland"),
    ("荷兰", "Netherlands"),
    ("墨西哥", "Mexico"),
    ("挪威", "Norway"),
    ("葡萄牙", "Portugal"),
    ("土耳其", "Turkey"),
    ("西班牙", "Spain"),
    ("希腊", "Greece"),
];

#[test]
fn states_sorted_by_each_alphabet_are_paired_across() {
    let zh = STATES.map(|state| state.0);
    let mut en = STATES.map(|state| state.1);
    en.sort_unstable();
    let zh = lines("第一条 下列国家为会员国：", &zh, "第二条 总部设在海边。");
    let en = lines(
        "Article 1 The following States are members:",
        &en,
        "Article 2 The headquarters are by the sea.",
    );
    let Noted { value, notices } = align(&zh, &en);
    let pairs = pairs(&value);
    for (zh, en) in STATES {
        assert!(has_pair(&pairs, zh, en), "{zh} = {en}: {pairs:?}");
    }
    assert!(has_pair(&pairs, "第二条", "Article 2"));
    assert!(notices.iter().any(is_list), "{notices:?}");
}

#[test]
fn definitions_sorted_by_each_alphabet_are_paired_by_their_glosses() {
    let definitions = [
        (
            "堤坝 (dam) 指挡住河水的构筑物；",
            "dam (堤坝) means a structure that holds back a river;",
        ),
        (
            "船闸 (lock) 指供船舶升降的水室；",
            "lock (船闸) means a chamber in which vessels rise and fall;",
        ),
        (
            "河段 (reach) 指两座堤坝之间的水道；",
            "reach (河段) means the water between two dams;",
        ),
        (
            "引水员 (pilot) 指引导船舶通过的人；",
            "pilot (引水员) means a person who guides vessels through;",
        ),
        (
            "浮标 (buoy) 指标明航道的标志；",
            "buoy (浮标) means a mark that shows the fairway;",
        ),
        (
            "驳船 (barge) 指没有发动机的船舶。",
            "barge (驳船) means a vessel without an engine.",
        ),
    ];
    let zh = definitions.map(|definition| definition.0);
    let mut en = definitions.map(|definition| definition.1);
    en.sort_unstable();
    let zh = lines("第二条 在本规则中：", &zh, "第三条 本规则适用于所有河段。");
    let en =
        lines("Rule 2 In these Rules:", &en, "Rule 3 These Rules apply to all reaches.");
    let pairs = pairs(&align(&zh, &en).value);
    for (zh, en) in definitions {
        let is_paired = |pair: &&(String, String)| pair.0 == zh || pair.1 == en;
        for pair in pairs.iter().filter(is_paired) {
            assert_eq!((pair.0.as_str(), pair.1.as_str()), (zh, en));
        }
        assert!(has_pair(&pairs, zh, en), "{zh}: {pairs:?}");
    }
}

/// Definitions name one another, so a body says little about which of them it is.
#[test]
fn definitions_that_name_one_another_are_paired_by_what_they_define() {
    let definitions = [
        (
            "船员，是指在船舶上工作的人员。",
            "\"crew member\" means a person working on a ship;",
        ),
        (
            "船长，是指指挥船舶的船员。",
            "\"captain\" means the crew member in command of a ship;",
        ),
        ("乘客，是指船舶所载的人员。", "\"passenger\" means a person carried by a ship;"),
        (
            "码头，是指供船舶停靠的建筑物。",
            "\"wharf\" means a pier, quay or other structure, fixed or not, for the berthing of ships;",
        ),
        (
            "船舶，是指各种水上移动装置。",
            "\"ship\" means any vessel, raft or other mobile unit, propelled or not, upon the water;",
        ),
        ("货物，是指船舶所载的物品。", "\"cargo\" means the goods carried by a ship;"),
    ];
    let zh = definitions.map(|definition| definition.0);
    let mut en = definitions.map(|definition| definition.1);
    en.sort_unstable();
    let zh = lines("第二条 本法中：", &zh, "第三条 本法适用于沿海水域。");
    let en = lines(
        "Article 2 In this Law:",
        &en,
        "Article 3 This Law applies to coastal waters.",
    );
    let pairs = pairs(&align(&zh, &en).value);
    for (zh, en) in definitions {
        let is_paired = |pair: &&(String, String)| pair.0 == zh || pair.1 == en;
        for pair in pairs.iter().filter(is_paired) {
            assert_eq!((pair.0.as_str(), pair.1.as_str()), (zh, en));
        }
    }
    assert!(has_pair(&pairs, "船舶", "\"ship"), "{pairs:?}");
}

/// 引航 is in no lexicon, and ships stand in most of the bodies.
#[test]
fn definitions_are_never_paired_by_their_bodies_alone() {
    let zh = [
        "船舶，是指各类排水或者不排水的船、艇和水上移动装置。",
        "船员，是指在船舶上任职的人员。",
        "港口，是指供船舶停靠的水域和陆域。",
        "货物，是指由船舶运输的物品。",
        "引航，是指引导船舶航行的服务。",
    ];
    let en = [
        "\"cargo\" means the goods carried by ships;",
        "\"crew member\" means a person serving on board a ship;",
        "\"pilotage\" means the service of conducting ships;",
        "\"port\" means the waters and land where ships berth;",
        "\"ship\" means any ship, boat or other mobile unit, displacing water or not.",
    ];
    let partners = ["\"ship", "\"crew", "\"port", "\"cargo", "\"pilotage"];
    let found = lines("第二条 本法中：", &zh, "第三条 本法适用于沿海水域。");
    let en = lines(
        "Article 2 In this Law:",
        &en,
        "Article 3 This Law applies to coastal waters.",
    );
    let pairs = pairs(&align(&found, &en).value);
    for (zh, partner) in zh.iter().zip(partners) {
        for pair in pairs.iter().filter(|pair| pair.0 == *zh) {
            assert!(pair.1.starts_with(partner), "{pair:?}");
        }
    }
    assert!(has_pair(&pairs, "船舶", "\"ship"), "{pairs:?}");
}

#[test]
fn a_list_in_the_same_order_stays_in_the_ladder() {
    let zh = lines("名单：", &STATES.map(|state| state.0), "名单到此为止。");
    let en = lines("List:", &STATES.map(|state| state.1), "Here the list ends.");
    let Noted { value, notices } = align(&zh, &en);
    assert!(value.links.is_empty());
    assert!(!notices.iter().any(is_list), "{notices:?}");
    assert_eq!(pairs(&value).len(), STATES.len() + 2);
}

#[test]
fn two_paragraphs_that_change_places_are_no_list() {
    let zh = "规则\n\n绳索应当挂在墙上。\n\n木箱应当放在架子上。\n\n钥匙由管理员保管。\n";
    let en = "Rules\n\nWooden boxes shall stand on the shelves.\n\nRopes shall hang on the \
              wall.\n\nThe keys are kept by the keeper.\n";
    assert!(!align(zh, en).notices.iter().any(is_list));
}

#[test]
fn where_nothing_speaks_for_a_bead_it_is_doubtful() {
    let zh = ["莫多维", "卡拉本", "西斯特", "波伦塔"];
    let en = ["Bolenta", "Carabun", "Modowy", "Sistre"];
    let zh = lines("附件 缔约方名单", &zh, "本名单每年更新。");
    let en = lines("Annex List of Parties", &en, "This list is updated every year.");
    let bitext = align(&zh, &en).value;
    for unit in bitext.units().filter(|unit| !unit.bead.is_single()) {
        let is_name = unit.text(Side::En).split(' ').count() == 1;
        assert!(!is_name || unit.bead.score < 0.5, "{}", unit.text(Side::En));
    }
}

fn corpus(name: &str) -> Pair<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora").join(name);
    Pair::new("zh.txt", "en.txt")
        .map(|file| fs::read_to_string(folder.join(file)).unwrap())
}

const CORPORA: [&str; 5] =
    ["contract", "resolution", "resolution-pdf", "statute", "story"];

fn share_if_unrelated(notices: &[Notice]) -> Option<f64> {
    notices.iter().find_map(|notice| match notice {
        Notice::Unrelated { share } => Some(*share),
        _ => None,
    })
}

#[test]
fn translations_are_never_called_unrelated() {
    for name in CORPORA {
        let Pair { zh, en } = corpus(name);
        let Noted { value, notices } = align(&zh, &en);
        let is_told = |notice: &Notice| {
            matches!(notice, Notice::Unrelated { .. } | Notice::OtherLanguage { .. })
        };
        assert!(!notices.iter().any(is_told), "{name}: {notices:?}");
        assert!(paired_share(&value) > 0.9, "{name}");
    }
}

#[test]
fn texts_that_have_nothing_to_do_with_each_other_are_called_unrelated() {
    for (zh, en) in [
        ("statute", "contract"),
        ("contract", "story"),
        ("story", "resolution"),
        ("resolution", "statute"),
        ("statute", "story"),
        ("contract", "resolution-pdf"),
    ] {
        let Noted { value, notices } = align(&corpus(zh).zh, &corpus(en).en);
        let share = share_if_unrelated(&notices);
        assert_eq!(share, Some(paired_share(&value)), "{zh} against {en}");
    }
}

#[test]
fn two_short_notes_of_different_things_are_called_unrelated() {
    let zh = "通知\n\n本楼电梯将于下周三停止运行，届时请各住户走楼梯，由此带来的不便敬请谅解。\n\n\
              如有老人或病人需要帮助，请提前与物业联系，我们会派人协助。\n";
    let en = "Recipe\n\nPeel four large potatoes, cut them into thin slices and fry these in \
              butter until they are golden brown on both sides.\n\nSeason with salt, pepper and \
              a little nutmeg, then serve them hot with a green salad and fresh bread.\n";
    let share = share_if_unrelated(&align(zh, en).notices);
    assert!(share.is_some_and(|share| share < 0.1), "{share:?}");
}

#[test]
fn a_few_lines_are_called_unrelated_only_where_nothing_pairs() {
    let notices = align("他没有来。\n\n门开着。\n", "Blue is a colour.\n").notices;
    assert_eq!(share_if_unrelated(&notices), None);
    let zh = "第一条 好。\n\n第二条 钱三千元，二〇二〇年五月四日。\n";
    let en = "The committee decided in 1998 that the seventeen members of the board shall be \
              elected by secret ballot every three years, and that the treasurer and the \
              president report on the funds and the programme of the association each spring.\n";
    assert_eq!(share_if_unrelated(&align(zh, en).notices), Some(0.0));
}

#[test]
fn french_is_not_english_and_japanese_is_not_chinese() {
    let french = "Le gardien du phare tient un registre dans lequel il note chaque jour la \
                  direction du vent et la hauteur des vagues.\n\nLes bateaux qui entrent dans \
                  le port pendant la nuit doivent allumer toutes leurs lampes et sonner trois \
                  fois la cloche.\n"
        .repeat(4);
    let japanese =
        "灯台の管理人は、毎日の風向きと波の高さを記録簿に書き入れなければならない。\n\n\
                    夜に港へ入る船は、すべての灯りをつけて、鐘を三回鳴らすものとする。\n"
            .repeat(4);
    let told = |zh: &str, en: &str| {
        let notices = align(zh, en).notices.into_iter();
        notices
            .filter_map(|notice| match notice {
                Notice::OtherLanguage { side } => Some(side),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let Pair { zh, en } = corpus("statute");
    assert_eq!(told(&zh, &french), [Side::En]);
    assert_eq!(told(&japanese, &en), [Side::Zh]);
}
