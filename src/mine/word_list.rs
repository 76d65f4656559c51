//! The word lists that keep candidates from opening or closing with the wrong word.
//!
//! Text tables under `data/`: one word a line, sorted, unique, `#` opens a remark.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// A set of words read from a shipped table.
type WordList = LazyLock<FxHashSet<&'static str>>;

/// Chinese function words.
pub(super) static ZH_STOP: WordList =
    LazyLock::new(|| read(include_str!("data/zh_stop.txt")));
/// Chinese words of reporting and asking.
pub(super) static ZH_OPERATIVE: WordList =
    LazyLock::new(|| read(include_str!("data/zh_operative.txt")));
/// Chinese verbs that govern an object.
pub(super) static ZH_VERB: WordList =
    LazyLock::new(|| read(include_str!("data/zh_verb.txt")));
/// Chinese words that stand at the edge of a term now and then.
pub(super) static ZH_SOFT: WordList =
    LazyLock::new(|| read(include_str!("data/zh_soft.txt")));
/// Chinese characters that write the sounds of foreign names.
pub(super) static ZH_SOUNDS: WordList =
    LazyLock::new(|| read(include_str!("data/zh_sounds.txt")));
/// Chinese nouns that sort what stands before them.
pub(super) static ZH_LIGHT: WordList =
    LazyLock::new(|| read(include_str!("data/zh_light.txt")));
/// English function words.
pub(super) static EN_STOP: WordList =
    LazyLock::new(|| read(include_str!("data/en_stop.txt")));
/// English words of reference and degree.
pub(super) static EN_EDGE: WordList =
    LazyLock::new(|| read(include_str!("data/en_edge.txt")));
/// English verbs of resolutions, speeches and statutes.
pub(super) static EN_OPERATIVE: WordList =
    LazyLock::new(|| read(include_str!("data/en_operative.txt")));

/// English nouns that sort what follows them with *of*.
pub(super) static EN_LIGHT: WordList =
    LazyLock::new(|| read(include_str!("data/en_light.txt")));

fn read(table: &'static str) -> FxHashSet<&'static str> {
    lines(table).collect()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_sorted_and_hold_nothing_twice() {
        for table in [
            include_str!("data/zh_stop.txt"),
            include_str!("data/zh_operative.txt"),
            include_str!("data/zh_verb.txt"),
            include_str!("data/zh_soft.txt"),
            include_str!("data/zh_sounds.txt"),
            include_str!("data/en_stop.txt"),
            include_str!("data/en_edge.txt"),
            include_str!("data/en_operative.txt"),
            include_str!("data/zh_light.txt"),
            include_str!("data/en_light.txt"),
        ] {
            let words: Vec<&str> = lines(table).collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{words:?}");
        }
    }
}
