//! Nothing is lost: each character that a reader gives stands in a segment or in the list of
//! what was left out, under a kind that a rule has answered for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bitext::clean::clean;
use bitext::read::read;
use bitext::segment;
use bitext::text::radical::unified;
use bitext::types::{Document, LeftOutKind, Pair, Paired, PairedUnit, Side, Source};
use proptest::prelude::*;

/// The characters of texts, blanks aside, how often each stands there. Those that cleaning
/// writes in another form count as that form.
fn characters<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<char, usize> {
    let mut found = BTreeMap::new();
    let mut add = |c: char| *found.entry(c).or_default() += 1;
    for c in texts.into_iter().flat_map(str::chars).filter(|c| !c.is_whitespace()) {
        match c {
            'ﬀ' => ['f', 'f'].into_iter().for_each(&mut add),
            'ﬁ' => ['f', 'i'].into_iter().for_each(&mut add),
            'ﬂ' => ['f', 'l'].into_iter().for_each(&mut add),
            'ﬃ' => ['f', 'f', 'i'].into_iter().for_each(&mut add),
            'ﬄ' => ['f', 'f', 'l'].into_iter().for_each(&mut add),
            'ﬅ' | 'ﬆ' => ['s', 't'].into_iter().for_each(&mut add),
            c => add(unified(c)),
        }
    }
    found
}

/// What a document lacks or has too much of, and what no rule answered for.
fn broken_law(source: &Source, document: &Document) -> Option<String> {
    let taken = &document.left_out[source.left_out.len()..];
    let told = taken.iter().map(|left_out| left_out.text.as_str());
    let read = characters([source.text.as_str()]);
    let found = characters(document.texts().chain(told));
    if let Some(other) = taken.iter().find(|one| one.kind == LeftOutKind::Other) {
        return Some(format!("{}: no rule took \"{}\"", other.place, other.text));
    }
    let differs = |c: &&char| read.get(c) != found.get(c);
    let c = read.keys().chain(found.keys()).find(differs)?;
    let count = |map: &BTreeMap<char, usize>| map.get(c).copied().unwrap_or_default();
    Some(format!("{c:?} was read {} times and told {}", count(&read), count(&found)))
}

fn segmented(source: &Source, side: Side) -> Document {
    match &source.blocks {
        Some(blocks) => segment::blocks(source, blocks, side),
        None => segment::segment(source, &clean(source, side, &|_| false).value, side),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|p| p.is_dir());
    files
        .into_iter()
        .chain(folders.iter().flat_map(|folder| self::files(folder)))
        .collect()
}

#[test]
fn no_file_loses_a_character() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("../shared/data");
    if !data.exists() {
        println!("skipped: {} is not here", data.display());
    }
    let folders = [root.join("corpora"), root.join("tests"), root.join("glossary"), data];
    let mut n_read = 0;
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let Ok(source) = read(&path, None).map(|noted| noted.value) else { continue };
        n_read += 1;
        for side in Side::BOTH {
            for document in [segmented(&source, side), segment::lines(&source)] {
                let broken = broken_law(&source, &document);
                assert_eq!(broken, None, "{} as {side}", path.display());
            }
        }
    }
    assert!(n_read >= 10, "only {n_read} files were read");
}

/// Lines as pages have them: furniture, notes and their marks, numbers, rules, doubled print.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[一-龥]{1,30}[，。；]?[0-9]?",
        3 => "([a-z]{1,9}[0-9]?[ ,.]){1,12}[-\u{ad}]?",
        1 => Just("Keeping of archives".to_owned()),
        1 => Just("A/99/77".to_owned()),
        1 => Just("_______________".to_owned()),
        2 => "[1-9]",
        1 => "[1-9][. ] ?[A-Z一-龥][a-z一-龥]{1,9}[.。]",
        1 => "[1-9]/9",
        1 => "Page [1-9]",
        1 => "\\(?[a-c]\\)",
        1 => "[¹²³][a-z一-龥]{1,9}[¹²³]",
        1 => Just("会议会议会议会议，确认确认确认确认，".to_owned()),
        1 => "[ﬁﬂ⻓⻔a-z一-龥]{1,9}",
        1 => "目录 ?[.…]{4,9} ?[1-9]",
        1 => "[ \u{3000}\u{c}\u{b}\u{85}]{0,3}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 400,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_loses_a_character(
        lines in prop::collection::vec(line(), 0..40),
        ends in prop::collection::vec("(\n|\n\n|\n  |\n\u{c})", 40),
        is_paged in any::<bool>(),
    ) {
        let text: String = lines.iter().zip(&ends).flat_map(|(l, e)| [l.as_str(), e]).collect();
        let mut source = Source::plain("t", text, "UTF-8");
        source.is_paged = is_paged;
        for side in Side::BOTH {
            prop_assert_eq!(broken_law(&source, &segmented(&source, side)), None);
            prop_assert_eq!(broken_law(&source, &segment::lines(&source)), None);
        }
    }

    #[test]
    fn no_unit_that_is_paired_loses_a_character(
        units in prop::collection::vec((line(), line()), 0..9),
    ) {
        let units: Vec<_> = units.into_iter().map(|(zh, en)| Pair::new(zh, en)).collect();
        let read = units.clone();
        let unit = |text| PairedUnit { text, ..PairedUnit::default() };
        let units = units.into_iter().map(unit).collect();
        let (name, left_out) = ("t".into(), Vec::new());
        let (documents, _) = segment::paired(&Paired { name, units, left_out });
        for side in Side::BOTH {
            let texts = read.iter().map(|unit| unit.get(side).as_str());
            prop_assert_eq!(characters(texts), characters(documents.get(side).texts()));
        }
    }
}
