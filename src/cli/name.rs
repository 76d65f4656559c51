//! What to call the outputs.

use std::path::Path;

/// Names of languages as they stand in names of files, in lower case.
const LANGUAGES: [&str; 26] = [
    "zh",
    "en",
    "cn",
    "tw",
    "hk",
    "us",
    "gb",
    "uk",
    "chs",
    "cht",
    "chi",
    "zho",
    "eng",
    "hans",
    "hant",
    "sc",
    "tc",
    "chinese",
    "english",
    "simplified",
    "traditional",
    "中文",
    "英文",
    "中",
    "英",
    "zhongwen",
];

const SEPARATORS: [char; 4] = ['.', '_', '-', ' '];

/// The name of a pair by its files: what is left of their names without the language, or
/// else the folder's name, or else the Chinese file's.
///
/// | files | name |
/// | --- | --- |
/// | `un/zh.txt`, `un/en.txt` | `un` |
/// | `res.zh.txt`, `res.en.txt` | `res` |
/// | `zh/002.txt`, `en/002.txt` | `002` |
/// | `law_2010_zh-CN.txt`, `law_2010_en-US.txt` | `law_2010` |
/// | `合同.txt`, `contract.txt` | `合同` |
pub fn derive(zh: &Path, en: &Path) -> String {
    let (zh_stem, en_stem) = (stem(zh), stem(en));
    let (zh_bare, en_bare) = (without_language(&zh_stem), without_language(&en_stem));
    if zh_bare.is_empty() && en_bare.is_empty() {
        return folder_name(zh).unwrap_or(zh_stem);
    }
    if zh_bare == en_bare {
        return zh_bare.to_owned();
    }
    let common = common_parts(zh_bare, en_bare);
    let name = [common, zh_bare, en_bare].into_iter().find(|name| !name.is_empty());
    name.unwrap_or("aligned").to_owned()
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.trim_start_matches('.').to_owned()
}

/// A stem without the names of languages at its end, or else at its beginning.
fn without_language(stem: &str) -> &str {
    let mut rest = stem;
    while let Some((start, part)) = last_part(rest) {
        if !is_language(part) {
            break;
        }
        rest = rest[..start].trim_end_matches(SEPARATORS);
    }
    if rest.len() < stem.len() {
        return rest;
    }
    match stem.split_once(SEPARATORS) {
        Some((part, behind)) if is_language(part) => {
            behind.trim_start_matches(SEPARATORS)
        }
        _ => stem,
    }
}

fn last_part(stem: &str) -> Option<(usize, &str)> {
    let part = stem.rsplit(SEPARATORS).next().filter(|part| !part.is_empty())?;
    Some((stem.len() - part.len(), part))
}

fn is_language(part: &str) -> bool {
    LANGUAGES.contains(&part.to_lowercase().as_str())
}

/// The parts that both names begin with, up to a separator.
fn common_parts<'a>(a: &'a str, b: &str) -> &'a str {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    let end = shared.map(|(c, _)| c.len_utf8()).sum();
    let cut = a[..end].rfind(SEPARATORS).unwrap_or(0);
    a[..cut].trim_end_matches(SEPARATORS)
}

/// The name of the folder a file lies in, as it was typed where it was typed.
fn folder_name(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let folder = path.parent()?;
    let name = |folder: &Path| Some(folder.file_name()?.to_string_lossy().into_owned());
    name(folder).or_else(|| name(&folder.canonicalize().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(zh: &str, en: &str) -> String {
        derive(Path::new(zh), Path::new(en))
    }

    #[test]
    fn bare_languages_are_called_by_their_folder() {
        assert_eq!(derived("un/zh.txt", "un/en.txt"), "un");
        assert_eq!(derived("texts/un/zh-CN.txt", "texts/un/en.txt"), "un");
        let here = std::env::current_dir().unwrap();
        assert_eq!(
            derived("zh.txt", "en.txt"),
            here.file_name().unwrap().to_str().unwrap()
        );
    }

    #[test]
    fn the_language_is_no_part_of_the_name() {
        assert_eq!(derived("res.zh.txt", "res.en.txt"), "res");
        assert_eq!(derived("a_zh-CN.txt", "a_en-US.txt"), "a");
        assert_eq!(derived("law_2010_zh-Hant.txt", "law_2010_en.txt"), "law_2010");
        assert_eq!(derived("zh_law.txt", "en_law.txt"), "law");
        assert_eq!(derived("合同-中文.txt", "合同-英文.txt"), "合同");
        assert_eq!(derived("zh/002.txt", "en/002.txt"), "002");
    }

    #[test]
    fn different_names_give_their_common_parts_or_the_chinese_one() {
        assert_eq!(derived("A_68_193-甲.txt", "A_68_193-b.txt"), "A_68_193");
        assert_eq!(derived("合同.txt", "contract.txt"), "合同");
        assert_eq!(derived("contract.txt", "contrast.txt"), "contract");
        assert_eq!(derived("law.txt", "en.txt"), "law");
        assert_eq!(derived("zh.txt", "law.txt"), "law");
        assert_eq!(derived("texts/both.txt", ""), "both");
    }
}
