//! The data we ship.

use std::fs;
use std::path::{Path, PathBuf};

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

/// What they say is held by the tests of `examples/lexicon`, which compiles them.
#[test]
fn the_tables_of_the_lexicon_are_sorted() {
    sorted_lines("lexicon/data/words.tsv");
    sorted_lines("lexicon/data/characters.tsv");
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
