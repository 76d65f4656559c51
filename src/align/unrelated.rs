//! Are two texts translations of one another at all?
//!
//! Any two texts give a ladder. Of translations nearly all of the text stands in beads for
//! which something speaks, of other texts next to nothing. Where one side is an excerpt, its
//! share is as high, so the larger of the two sides' shares counts.

use crate::align::confidence::DOUBTFUL;
use crate::text::script::is_han;
use crate::tokenize::is_stop_en;
use crate::types::{Bitext, Document, Notice, Pair, Side};

/// Texts of which a smaller share pairs with evidence are no translations of one another.
///
/// Source: of 23 pairs of statutes, contracts, resolutions, licences, manuals and stories the
/// least share is .93, of 42 pairs of texts that have nothing to do with each other the largest
/// .35 (two statutes of one country).
const LEAST_SHARE: f64 = 0.5;
/// Fewest letters of each side to be sure: few words may go unexplained by chance.
const LEAST_LETTERS: Pair<usize> = Pair { zh: 200, en: 600 };
/// Shorter texts of which a smaller share pairs with evidence are no translations of one
/// another.
///
/// Source: of 475 excerpts of 60 to 250 Chinese characters, taken out of translations of all
/// kinds, three had less; of as many that have nothing to do with each other 19 in 20.
const LEAST_SHARE_OF_SHORT: f64 = 0.1;
/// Fewest letters of a side that show anything.
const FEWEST_LETTERS: Pair<usize> = Pair { zh: 60, en: 180 };

/// Fewest words of a line of running text.
const LEAST_WORDS: usize = 10;
/// Fewest words of running text that show a language.
const LEAST_RUNNING: usize = 60;
/// Share of function words in running text below which it is not English.
///
/// Source: English texts of all kinds show .35 to .5, French and German ones .02 to .08.
const LEAST_FUNCTION: f64 = 0.15;
/// Share of kana among the letters of a Chinese text above which it is Japanese.
const MOST_KANA: f64 = 0.1;

/// The share of the letters of a side that stand in beads that are more likely right than
/// wrong, of the side where it is larger; 0 for empty texts.
pub fn paired_share(bitext: &Bitext) -> f64 {
    share_of(bitext, bitext.documents.as_ref().map(n_letters))
}

/// The same, where the letters of each side are counted.
fn share_of(bitext: &Bitext, all: Pair<usize>) -> f64 {
    let mut paired = Pair::new(0, 0);
    for unit in bitext.units().filter(|unit| !unit.bead.is_single()) {
        if unit.bead.score > DOUBTFUL {
            for side in Side::BOTH {
                *paired.get_mut(side) +=
                    unit.segment_texts(side).map(letters).sum::<usize>();
            }
        }
    }
    Side::BOTH
        .map(|side| *paired.get(side) as f64 / *all.get(side).max(&1) as f64)
        .into_iter()
        .fold(0.0, f64::max)
}

/// What the reader is told where the texts are no translations of one another, or one of them
/// is in another language. Texts of a few lines show neither, unless nothing at all pairs.
pub fn notices(bitext: &Bitext) -> Vec<Notice> {
    let documents = bitext.documents.as_ref();
    let mut notices = Vec::new();
    if is_japanese(documents.zh) {
        notices.push(Notice::OtherLanguage { side: Side::Zh });
    }
    if !reads_like_english(documents.en) {
        notices.push(Notice::OtherLanguage { side: Side::En });
    }
    let letters = documents.map(n_letters);
    let has = |least: Pair<usize>| letters.zh >= least.zh && letters.en >= least.en;
    let least = if has(LEAST_LETTERS) { LEAST_SHARE } else { LEAST_SHARE_OF_SHORT };
    let share = share_of(bitext, letters);
    let pairs_nothing = bitext.units().all(|unit| unit.bead.is_single());
    let is_text = has(Pair::new(1, 1));
    if has(FEWEST_LETTERS) && share < least || pairs_nothing && is_text {
        notices.push(Notice::Unrelated { share });
    }
    notices
}

fn letters(text: &str) -> usize {
    // Most are of these two, which are told at a glance.
    let is_letter =
        |c: &char| c.is_ascii_alphanumeric() || is_han(*c) || c.is_alphanumeric();
    text.chars().filter(is_letter).count()
}

fn n_letters(document: &Document) -> usize {
    document.texts().map(letters).sum()
}

fn is_japanese(document: &Document) -> bool {
    let is_kana =
        |c: &char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}');
    let chars = || document.texts().flat_map(str::chars);
    let (kana, han) =
        (chars().filter(is_kana).count(), chars().filter(|&c| is_han(c)).count());
    kana + han >= LEAST_RUNNING && kana as f64 > MOST_KANA * (kana + han) as f64
}

/// Has the running text of a document the words that no English text does without? So it is
/// where there is too little to tell.
fn reads_like_english(document: &Document) -> bool {
    let (mut n_words, mut n_function) = (0, 0);
    for text in document.texts() {
        let (mut n, mut n_stops) = (0, 0);
        let is_letter = |c: char| c.is_ascii_alphabetic() || c.is_alphabetic();
        for word in text.split(|c| !is_letter(c)).filter(|word| !word.is_empty()) {
            n += 1;
            let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
            let is_stop = match is_small {
                true => is_stop_en(word),
                false => is_stop_en(&word.to_lowercase()),
            };
            n_stops += usize::from(is_stop);
        }
        if n >= LEAST_WORDS {
            n_words += n;
            n_function += n_stops;
        }
    }
    n_words < LEAST_RUNNING || n_function as f64 >= LEAST_FUNCTION * n_words as f64
}
