//! The data we ship.

use std::fs;
use std::path::{Path, PathBuf};

use bitext::lexicon::{self, table};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The lines of a table that are not header. Fails unless the header says where the table
/// comes from and under what licence, and the lines are sorted and each stands once.
fn sorted_lines(name: &str) -> Vec<String> {
    let text = read(name);
    let header: String = text.lines().take_while(|line| line.starts_with('#')).collect();
    for word in ["What:", "Source:", "Licence:", "Rebuild:"] {
        assert!(header.contains(word), "{name}: the header lacks {word}");
    }
    let lines: Vec<String> =
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    assert!(text.ends_with('\n') && !lines.is_empty(), "{name}");
    for pair in lines.windows(2) {
        let key = |line: &String| line.split('\t').next().unwrap_or_default().to_owned();
        assert!(key(&pair[0]) < key(&pair[1]), "{name}: {} {}", pair[0], pair[1]);
    }
    lines
}

#[test]
fn the_lexicon_is_what_its_text_says() {
    let words = read("lexicon/data/words.tsv");
    let characters = read("lexicon/data/characters.tsv");
    let compiled = lexicon::compile(&words, &characters).unwrap();
    let file = path("lexicon/data/seed.bin");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &compiled).unwrap();
    }
    assert!(fs::read(&file).unwrap() == compiled, "rebuild it with UPDATE=1");
}

#[test]
fn the_words_of_the_lexicon_are_well_formed() {
    sorted_lines("lexicon/data/words.tsv");
    let text = read("lexicon/data/words.tsv");
    for entry in table::parse_words(&text).unwrap() {
        let is_char = entry.headword.chars().count() == 1;
        assert!(is_char || entry.readings.is_empty(), "{}", entry.headword);
        for gloss in &entry.glosses {
            assert!(gloss.lemmas.len() <= 6, "{}", entry.headword);
        }
    }
}

#[test]
fn what_a_character_is_simplified_to_is_simplified() {
    sorted_lines("lexicon/data/characters.tsv");
    let seed = lexicon::Seed::shipped();
    let text = read("lexicon/data/characters.tsv");
    for (from, to) in table::parse_characters(&text).unwrap() {
        assert_eq!(seed.simplify(from), to);
        assert_eq!(seed.simplify(to), to, "{from}");
    }
}

#[test]
fn irregular_forms_families_and_stop_words_are_well_formed() {
    for line in sorted_lines("tokenize/data/irregular.tsv") {
        assert_eq!(line.split('\t').count(), 2, "{line}");
    }
    for name in ["terms/data/families.tsv", "terms/data/singular.tsv"] {
        for line in sorted_lines(name) {
            assert_eq!(line.split('\t').count(), 2, "{line}");
        }
    }
    sorted_lines("terms/data/always_ise.txt");
    for name in ["tokenize/data/stop-en.txt", "tokenize/data/stop-zh.txt"] {
        sorted_lines(name);
    }
}
