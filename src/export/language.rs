use std::collections::BTreeSet;

use crate::lexicon::Seed;
use crate::text::script::is_han;
use crate::types::{Bitext, Pair, PairedUnit, Side};

/// A text is traditional if at least this share of its Han characters has another simplified
/// form. In traditional prose about a third has, in simplified prose nearly none (names, 乾坤);
/// one in twenty leaves room for quotations on both sides.
const TRADITIONAL: f64 = 0.05;

/// Characters that Hong Kong writes in one form and Taiwan in another, and only those that
/// mean the same: 裏/裡, 衞/衛.
///
/// Source: List of Graphemes of Commonly-used Chinese Characters (Education Bureau of Hong
/// Kong, 2012) against the Standard Form of National Characters (Ministry of Education, 1982).
const OF_HONG_KONG: &str = "裏衞綫説税鋭脱悦閲着污啓麪牀羣峯鈎厠";
const OF_TAIWAN: &str = "裡衛線說稅銳脫悅閱著汙啟麵床群峰鉤廁";

/// Words that are written in Hong Kong and hardly elsewhere, each as good as several
/// characters. Macao writes as Hong Kong does.
const HONG_KONG_WORDS: [&str; 6] = [
    "香港特別行政區",
    "行政長官會同行政會議",
    "憲報",
    "附屬法例",
    "原訟法庭",
    "立法會決議",
];

/// A text is of Hong Kong if it has at least this many signs.
const FEWEST_SIGNS: usize = 3;

/// The language of each side as in BCP 47: `zh-CN`, `zh-TW` or `zh-HK` by the script and the
/// forms of its characters, `en-US`.
///
/// Region tags and no script tags, for translation memories of every age know them; with a
/// hyphen, for `zh_CN` matches nothing in OmegaT.
pub fn language_tags(bitext: &Bitext, seed: &Seed) -> Pair<String> {
    let mut signs = LanguageSigns::default();
    signs.add_zh(bitext.documents.zh.text.as_str(), seed);
    signs.tags()
}

/// What tells the languages of a text, gathered part by part.
#[derive(Clone, Debug, Default)]
pub struct LanguageSigns {
    han: usize,
    traditional: usize,
    hong_kong: usize,
    taiwan: usize,
    /// The languages that the units with two sides are said to be in, `None` of those of which
    /// nothing is said.
    told: Pair<BTreeSet<Option<String>>>,
}

impl LanguageSigns {
    /// Takes in the units of a part.
    pub fn add(&mut self, units: &[PairedUnit], seed: &Seed) {
        for PairedUnit { text, languages, .. } in units {
            self.add_zh(&text.zh, seed);
            if !text.zh.is_empty() && !text.en.is_empty() {
                for side in Side::BOTH {
                    let told = languages.get(side).as_deref();
                    let told = told.and_then(|told| told_tag(side, told));
                    self.told.get_mut(side).insert(told);
                }
            }
        }
    }

    fn add_zh(&mut self, text: &str, seed: &Seed) {
        for c in text.chars() {
            self.han += usize::from(is_han(c));
            self.traditional += usize::from(is_han(c) && seed.simplify(c) != c);
            self.hong_kong += usize::from(OF_HONG_KONG.contains(c));
            self.taiwan += usize::from(OF_TAIWAN.contains(c));
        }
        let words = HONG_KONG_WORDS.iter().map(|word| text.matches(word).count());
        self.hong_kong += FEWEST_SIGNS * words.sum::<usize>();
    }

    /// The language of each side, as [`language_tags`] tells that of a text.
    pub fn tags(&self) -> Pair<String> {
        let is_traditional =
            self.traditional as f64 >= TRADITIONAL * self.han.max(1) as f64;
        let zh = match is_traditional {
            true if self.is_of_hong_kong() => "zh-HK",
            true => "zh-TW",
            false => "zh-CN",
        };
        Pair::new(zh.to_owned(), "en-US".to_owned())
    }

    /// Is a traditional text written as in Hong Kong, and not as in Taiwan?
    fn is_of_hong_kong(&self) -> bool {
        self.hong_kong >= FEWEST_SIGNS && self.hong_kong > self.taiwan
    }

    /// The language that all units are translated from, or `*all*` where there are several;
    /// `languages` are those of units of which nothing is said.
    pub fn translated_from(&self, source: Side, languages: &Pair<String>) -> String {
        let usual = languages.get(source);
        let told = self.told.get(source).iter();
        let told: BTreeSet<&String> =
            told.map(|told| told.as_ref().unwrap_or(usual)).collect();
        match told.first() {
            _ if told.len() > 1 => "*all*".to_owned(),
            Some(one) => (*one).clone(),
            None => usual.clone(),
        }
    }
}

/// What a memory says that a unit is in, where it says which kind of the language.
pub(super) fn told_tag(side: Side, told: &str) -> Option<String> {
    language_tag(side, told).filter(|told| told.contains('-'))
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

    fn is_of_hong_kong(text: &str) -> bool {
        let mut signs = LanguageSigns::default();
        signs.add_zh(text, Seed::shipped());
        signs.is_of_hong_kong()
    }

    #[test]
    fn hong_kong_is_told_by_its_forms() {
        assert!(is_of_hong_kong("税務條例規定，納税人須着手啓動程序，並説明理由。"));
        assert!(is_of_hong_kong("本條例在憲報公布，說明從略。"));
        assert!(!is_of_hong_kong("稅務條例規定，納稅人須著手啟動程序，並說明理由。"));
        assert!(!is_of_hong_kong("本條例自公布日施行。"));
        assert_eq!(OF_HONG_KONG.chars().count(), OF_TAIWAN.chars().count());
    }

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
