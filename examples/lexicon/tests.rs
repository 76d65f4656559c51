//! Small lexicons, compiled and read back; and the shipped one, made anew from its text.

use std::fs;
use std::path::{Path, PathBuf};

use bitext::lexicon::{LemmaId, Seed};

use crate::compile::compile;
use crate::table::{parse_characters, parse_words};
use crate::trie::Layout;

const WORDS: &str = "\
# 着
中\t243191\tf\tzhong Zhong\tmiddle; to hit
中国\t88967\tns\t\tchina
缔\t3\tv\tdi\tto join
缔结\t331\tv\t\tto conclude; to conclude contract
";

fn seed() -> Seed {
    Seed::parse(compile(WORDS, "國\t国\n締\t缔\n").unwrap().leak()).unwrap()
}

fn glosses(seed: &Seed, word: &str) -> Vec<String> {
    let word = seed.word(word).unwrap().id;
    let text = |gloss: &[LemmaId]| {
        gloss.iter().map(|&id| seed.lemma_text(id)).collect::<Vec<_>>().join(" ")
    };
    seed.glosses(word).map(text).collect()
}

#[test]
fn a_headword_brings_its_frequency_tag_and_glosses() {
    let seed = seed();
    let word = seed.word("中国").unwrap();
    assert_eq!((word.frequency, word.pos), (88967, "ns"));
    assert_eq!(glosses(&seed, "缔结"), ["conclude", "conclude contract"]);
    assert_eq!(seed.word("國"), None);
    assert_eq!(seed.simplify('國'), '国');
}

#[test]
fn prefixes_rise_in_length() {
    let lengths: Vec<usize> = seed().prefixes("中国人").map(|found| found.0).collect();
    assert_eq!(lengths, [3, 6]);
}

#[test]
fn a_lemma_knows_its_count_its_verbs_and_its_words() {
    let seed = seed();
    let conclude = seed.lemma("conclude").unwrap();
    assert_eq!(seed.lemma_frequency(conclude), 2);
    assert_eq!(seed.verbness(conclude), Some(1.0));
    assert_eq!(seed.verbness(seed.lemma("middle").unwrap()), None);
    assert_eq!(seed.words_of(conclude), [seed.word("缔结").unwrap().id]);
    assert_eq!(seed.lemma("to"), None);
}

#[test]
fn lemmas_of_one_stem_find_each_other() {
    let seed = seed();
    let found: Vec<&str> =
        seed.same_stem("contracts").map(|lemma| seed.lemma_text(lemma)).collect();
    assert_eq!(found, ["contract"]);
}

#[test]
fn a_character_has_readings_and_lemmas() {
    let seed = seed();
    assert_eq!(seed.readings('中').collect::<Vec<_>>(), ["zhong"]);
    assert!(seed.char_lemmas('中').count() >= 2);
    assert_eq!(seed.char_lemmas('a').count(), 0);
    assert_eq!(seed.readings('a').count(), 0);
}

fn seed_of_names() -> Seed {
    let words = "\
县\t1\tn\txian\tcounty
安\t1\tn\tan An\tpeace
宝\t1\tn\tbao\ttreasure
玉\t1\tn\tyu\tjade
西\t1\tn\txi\twest
";
    Seed::parse(compile(words, "").unwrap().leak()).unwrap()
}

#[test]
fn a_word_that_parses_in_two_ways_gives_both() {
    let seed = seed_of_names();
    let ways = seed.syllables("xian");
    assert_eq!(ways.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    assert!(seed.reads_as("县", &ways[0]));
    assert!(seed.reads_as("西安", &ways[1]));
    assert!(!seed.reads_as("西", &ways[1]));
    assert!(!seed.reads_as("西安县", &ways[1]));
}

#[test]
fn apostrophe_and_hyphen_divide() {
    let seed = seed_of_names();
    assert_eq!(seed.syllables("xi'an").len(), 1);
    assert!(seed.reads_as("宝玉", &seed.syllables("bao-yu")[0]));
    assert!(seed.syllables("-bao").is_empty());
}

#[test]
fn other_words_are_no_names() {
    let seed = seed_of_names();
    for word in ["", "smith", "baobaobaobao", "café", "baoy"] {
        assert!(seed.syllables(word).is_empty(), "{word}");
    }
}

#[test]
fn surnames_are_told_apart() {
    let seed = seed_of_names();
    assert!(seed.is_surname('安', seed.syllable("an").unwrap()));
    assert!(!seed.is_surname('玉', seed.syllable("yu").unwrap()));
}

fn compiled(headwords: &[&str]) -> Seed {
    let words: String =
        headwords.iter().map(|word| format!("{word}\t1\tn\t\tx\n")).collect();
    Seed::parse(compile(&words, "").unwrap().leak()).unwrap()
}

#[test]
fn prefixes_are_all_headwords_a_text_begins_with_shortest_first() {
    let seed = compiled(&["中", "中华", "中华人民", "华", "合同"]);
    let finds = |text: &str| -> Vec<String> {
        seed.prefixes(text).map(|(length, _)| text[..length].to_owned()).collect()
    };
    assert_eq!(finds("中华人民共和国"), ["中", "中华", "中华人民"]);
    assert_eq!(finds("合"), Vec::<String>::new());
    assert_eq!(finds(""), Vec::<String>::new());
    assert_eq!(compiled(&[]).prefixes("中华").count(), 0);
    assert_eq!(compiled(&[]).lemma("a"), None);
}

#[test]
fn a_headword_is_found_under_the_number_it_was_given() {
    let headwords =
        ["一", "一九", "丁", "七", "三", "三七", "三九", "法", "法律", "法院", "𠀋"];
    let numbers = Layout::new(&headwords).numbers;
    let seed = compiled(&headwords);
    for (headword, number) in headwords.iter().zip(numbers) {
        assert_eq!(seed.word(headword).unwrap().id.0, number, "{headword}");
    }
    for other in ["律", "九", "三三", "𠀌", ""] {
        assert_eq!(seed.word(other), None, "{other}");
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/data").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

#[test]
fn the_shipped_lexicon_is_what_its_text_says() {
    let compiled = compile(&read("words.tsv"), &read("characters.tsv")).unwrap();
    let file = path("seed.bin");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &compiled).unwrap();
    }
    assert!(fs::read(&file).unwrap() == compiled, "rebuild it with UPDATE=1");
}

#[test]
fn the_words_of_the_shipped_lexicon_are_well_formed() {
    for entry in parse_words(&read("words.tsv")).unwrap() {
        let is_char = entry.headword.chars().count() == 1;
        assert!(is_char || entry.readings.is_empty(), "{}", entry.headword);
        for gloss in &entry.glosses {
            assert!(gloss.lemmas.len() <= 6, "{}", entry.headword);
        }
    }
}

#[test]
fn what_a_character_is_simplified_to_is_simplified() {
    let seed = Seed::shipped();
    for (from, to) in parse_characters(&read("characters.tsv")).unwrap() {
        assert_eq!(seed.simplify(from), to);
        assert_eq!(seed.simplify(to), to, "{from}");
    }
}
