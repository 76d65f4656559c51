//! What an outcome holds fits together, on every pair of `corpora/` and on any text.

use bitext::anchor;
use bitext::check::FindingKind;
use bitext::config::{Config, Level, Moved};
use bitext::lexicon::Seed;
use bitext::pipeline::{Aligner, Outcome, Request, Review, run};
use bitext::read::read_input;
use bitext::tokenize::tokenize;
use bitext::types::{
    Bitext, EvidenceKind, Input, Noted, Notice, Pair, Side, Source, TranslationUnit,
};
use proptest::prelude::*;

use crate::gold::corpora;

/// The inputs of `corpora/`, those of running text.
fn inputs() -> impl Iterator<Item = (String, Noted<Input>)> {
    corpora().into_iter().filter(|(_, _, is_lines)| !is_lines).map(|(name, folder, _)| {
        let (zh, en) = (folder.join("zh.txt"), folder.join("en.txt"));
        (name, read_input(&zh, Some(&en), Pair::new(None, None)).unwrap())
    })
}

fn aligner(level: Level, moved: Moved) -> Aligner {
    Aligner::new(Config { level, moved, ..Config::default() })
}

/// Everything that can be asked for.
fn everything(aligner: &Aligner, input: Noted<Input>) -> Outcome {
    let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
    let request = Request {
        terms: true,
        sentences: true,
        analysis: true,
        review: Some(review),
        ..Request::new(aligner)
    };
    run(input, &request, &())
}

/// What is wrong with the places of what speaks for the units.
fn misplaced(bitext: &Bitext) -> Vec<String> {
    bitext.units().flat_map(|unit| misplaced_in(&unit)).collect()
}

fn misplaced_in(unit: &TranslationUnit<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for side in Side::BOTH {
        let text = unit.text(side);
        for one in unit.evidence() {
            let (at, said) = (one.at.get(side), one.text.get(side));
            let there = text.get(at.range());
            // What a label says is not how it is written.
            let is_right = match one.kind {
                EvidenceKind::Label => there.is_some_and(|label| text.starts_with(label)),
                _ => there == Some(said),
            };
            if !is_right {
                wrong.push(format!("{}: {said:?} is {there:?} in {text:?}", unit.index));
            }
        }
    }
    wrong
}

#[test]
fn what_speaks_for_a_unit_stands_where_it_says() {
    for level in [Level::Paragraph, Level::Sentence] {
        let aligner = aligner(level, Moved::Link);
        let (mut n, mut n_second) = (0, 0);
        for (name, input) in inputs() {
            let outcome = everything(&aligner, input);
            let sentences = outcome.sentences.iter().map(|sentences| &sentences.bitext);
            for bitext in sentences.chain([&outcome.bitext]) {
                assert_eq!(misplaced(bitext), [""; 0], "{name}");
                n += bitext.units().map(|unit| unit.evidence().len()).sum::<usize>();
                let is_second = |unit: &TranslationUnit<'_>| {
                    unit.evidence().iter().any(|one| {
                        unit.text(Side::Zh)[..one.at.zh.start].contains(&one.text.zh)
                    })
                };
                n_second += bitext.units().filter(is_second).count();
            }
        }
        assert!(n > 1_000, "{n}");
        // A word may stand in another before it stands by itself.
        assert!(n_second > 0);
    }
}

#[test]
fn what_is_kept_of_a_segment_is_what_it_holds() {
    for level in [Level::Paragraph, Level::Sentence] {
        let aligner = aligner(level, Moved::Report);
        for (name, input) in inputs() {
            let Outcome { bitext, analysis, .. } = everything(&aligner, input);
            let analysis = analysis.unwrap();
            for side in Side::BOTH {
                let texts = bitext.documents.get(side).texts();
                let kept = analysis.segments.get(side);
                assert_eq!(kept.len(), texts.len(), "{name}");
                for (text, kept) in texts.zip(kept) {
                    assert_eq!(
                        kept.tokens,
                        tokenize(side, text, Seed::shipped()),
                        "{text}"
                    );
                    assert_eq!(kept.mentions, anchor::mentions(side, text), "{text}");
                }
            }
            for unit in bitext.units() {
                for mention in analysis.mentions(&unit, Side::En) {
                    assert!(unit.text(Side::En).get(mention.span.range()).is_some());
                }
            }
        }
    }
}

#[test]
fn terms_do_not_depend_on_what_else_is_asked_for() {
    for level in [Level::Paragraph, Level::Sentence] {
        let aligner = aligner(level, Moved::Report);
        for (name, input) in inputs() {
            let request = Request { terms: true, ..Request::new(&aligner) };
            let alone = run(input.clone(), &request, &());
            let all = everything(&aligner, input);
            assert_eq!(alone.mined, all.mined, "{name}");
            assert_eq!((alone.bitext, alone.notices), (all.bitext, all.notices));
            assert!(alone.analysis.is_none() && alone.sentences.is_none());
        }
    }
}

fn source(name: &str, text: &str) -> Source {
    Source::plain(name, text, "UTF-8")
}

#[test]
fn a_moved_passage_is_told_by_its_segments_at_either_level() {
    let zh = "一、本委员会每年在河口举行两次会议，由主席召集。会议以多数票通过决定。\n\n\
              二、渔业观察员应于每年三月提交鲑鱼洄游报告。报告应附水温记录。\n\n\
              三、灯塔管理员的薪金由港务局支付，并按季度结算。\n\n\
              四、任何船只进入保护水域须事先取得许可证。\n\n\
              五、秘书处保管所有档案，并答复成员的询问。\n";
    let en = "1. The Commission shall meet twice a year at the estuary, convened by the Chair. \
              It takes its decisions by majority vote.\n\n\
              3. The salary of the lighthouse keeper shall be paid by the port authority and \
              settled each quarter.\n\n\
              4. Any vessel entering the protected waters shall first obtain a permit.\n\n\
              5. The secretariat keeps all archives and answers the enquiries of members.\n\n\
              2. The fishery observers shall submit a report on the salmon migration in March \
              of each year. Records of water temperature shall be annexed to the report.\n";
    for level in [Level::Paragraph, Level::Sentence] {
        let input = Input::Texts(Pair::new(source("zh", zh), source("en", en)));
        let aligner = aligner(level, Moved::Report);
        let outcome = run(input.into(), &Request::new(&aligner), &());
        let moved = outcome.notices.iter().find_map(|notice| match notice {
            Notice::Moved { segments, lines, .. } => Some((segments, lines)),
            _ => None,
        });
        let (segments, lines) = moved.expect("the second passage was moved to the end");
        let text = |side: Side| {
            let document = outcome.bitext.documents.get(side);
            let texts = segments.get(side).clone().map(|n| document.segment_text(n));
            texts.collect::<Vec<_>>().join(" ")
        };
        let (zh, en) = (text(Side::Zh), text(Side::En));
        assert!(zh.starts_with("二、渔业观察员") && zh.ends_with("水温记录。"), "{zh}");
        assert!(en.starts_with("2. The fishery") && en.ends_with("the report."), "{en}");
        assert_eq!(*lines, Pair::new((3, 3), (9, 9)));
    }
}

fn text() -> impl Strategy<Value = String> {
    "([一-龥]|第[一二三]条|[0-9]{1,4}年?|《[一-龥]{2}》|, |the |of |Article [0-9] |No\\. |[a-z]{3,7} |[.。]|\n|\n\n| ){0,60}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn an_outcome_of_any_two_texts_fits_together(
        zh in text(), en in text(), is_sentence in any::<bool>()
    ) {
        let level = if is_sentence { Level::Sentence } else { Level::Paragraph };
        let input = Input::Texts(Pair::new(source("zh", &zh), source("en", &en)));
        let outcome = everything(&aligner(level, Moved::Link), input.into());
        prop_assert_eq!(misplaced(&outcome.bitext), [""; 0]);
        if let Some(sentences) = &outcome.sentences {
            prop_assert_eq!(misplaced(&sentences.bitext), [""; 0]);
        }
        let analysis = outcome.analysis.unwrap();
        for side in Side::BOTH {
            let texts = outcome.bitext.documents.get(side).texts();
            for (text, kept) in texts.zip(analysis.segments.get(side)) {
                prop_assert_eq!(&kept.tokens, &tokenize(side, text, Seed::shipped()));
            }
        }
    }
}
