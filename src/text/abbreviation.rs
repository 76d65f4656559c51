//! English words that are written short, with a full stop behind them.

/// In lower case, the last stop left off; sorted.
const ABBREVIATIONS: [&str; 62] = [
    "a.m", "adm", "al", "approx", "apr", "art", "arts", "aug", "ave", "bros", "c.f",
    "ca", "capt", "cf", "chap", "chaps", "co", "col", "corp", "corr", "dec", "dr", "e.g",
    "ed", "eds", "etc", "feb", "fig", "figs", "gen", "gov", "i.e", "ibid", "inc", "jan",
    "jr", "ltd", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct", "op", "p",
    "p.m", "para", "paras", "pp", "prof", "rev", "sect", "sects", "sen", "sept", "st",
    "vol", "vols", "vs",
];

/// Is this word (lower case, its last stop left off) written short, so that a full stop behind
/// it need not end a sentence?
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.binary_search(&word).is_ok()
}

/// All of them, sorted.
pub fn abbreviations() -> &'static [&'static str] {
    &ABBREVIATIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(is_abbreviation("chap") && !is_abbreviation("chapter"));
    }
}
