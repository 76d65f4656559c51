//! Words without content of their own.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

pub(super) const ENGLISH: &str = include_str!("data/stop-en.txt");
pub(super) const CHINESE: &str = include_str!("data/stop-zh.txt");

fn words(table: &'static str) -> FxHashSet<&'static str> {
    table.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Is the English lemma a function word?
pub fn is_stop_en(lemma: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words(ENGLISH));
    WORDS.contains(lemma)
}

/// Is the Chinese word (simplified) a function word?
pub(super) fn is_stop_zh(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words(CHINESE));
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_told_from_content() {
        assert!(is_stop_en("of") && is_stop_en("he") && !is_stop_en("law"));
        assert!(is_stop_zh("的") && is_stop_zh("我们") && !is_stop_zh("法律"));
    }
}
