use crate::lexicon::Seed;
use crate::text::script::is_han;
use crate::types::{Bitext, Pair, Side};

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

/// A language tag as a user gives it, `zh-hk` or `en_GB`, in the form that every tool knows:
/// `zh-HK`, `en-GB`. `None` of what is no tag of that side.
///
/// ```
/// use bitext::export::language_tag;
/// use bitext::types::Side;
///
/// assert_eq!(language_tag(Side::Zh, "zh_hk").as_deref(), Some("zh-HK"));
/// assert_eq!(language_tag(Side::En, "zh-CN"), None);
/// ```
pub fn language_tag(side: Side, given: &str) -> Option<String> {
    let given = given.trim().replace('_', "-");
    let (language, rest) = given.split_once('-').unwrap_or((&given, ""));
    if !language.eq_ignore_ascii_case(&side.to_string()) {
        return None;
    }
    let is_letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
    match rest {
        "" if given.contains('-') => None,
        "" => Some(side.to_string()),
        script if script.eq_ignore_ascii_case("hans") => Some(format!("{side}-Hans")),
        script if script.eq_ignore_ascii_case("hant") => Some(format!("{side}-Hant")),
        region if region.len() == 2 && is_letters(region) => {
            Some(format!("{side}-{}", region.to_ascii_uppercase()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_as_every_tool_knows_them() {
        let zh = |given| language_tag(Side::Zh, given);
        assert_eq!(zh("ZH-hant").as_deref(), Some("zh-Hant"));
        assert_eq!(zh("zh").as_deref(), Some("zh"));
        for given in ["", "zh-", "zho", "zh-C1", "zh-Hans-CN", "chinese", "-"] {
            assert_eq!(zh(given), None, "{given}");
        }
    }
}
