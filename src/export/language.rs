use crate::lexicon::Seed;
use crate::text::script::is_han;
use crate::types::{Bitext, Pair};

/// A text is traditional if at least this share of its Han characters has another simplified
/// form. In traditional prose about a third has, in simplified prose nearly none (names, 乾坤);
/// one in twenty leaves room for quotations on both sides.
const TRADITIONAL: f64 = 0.05;

/// The language of each side as in BCP 47: `zh-CN` or `zh-TW` by the script, `en-US`.
///
/// Region tags and no script tags, for translation memories of every age know them; with a
/// hyphen, for `zh_CN` matches nothing in OmegaT.
pub fn language_tags(bitext: &Bitext, seed: &Seed) -> Pair<String> {
    let han = || bitext.documents.zh.text.as_str().chars().filter(|&c| is_han(c));
    let traditional = han().filter(|&c| seed.simplify(c) != c).count();
    let is_traditional = traditional as f64 >= TRADITIONAL * han().count().max(1) as f64;
    Pair::new(
        if is_traditional { "zh-TW" } else { "zh-CN" }.to_owned(),
        "en-US".to_owned(),
    )
}
