//! Punctuation: one form for all marks of a kind.

use crate::text::fold::narrow;

/// What a character is between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A mark, with its form.
    Form(&'static str),
    /// Only parts words: a hyphen, the dot of a foreign name, a blank.
    Gap,
}

/// The mark of a character that is neither letter nor digit.
pub(super) fn mark(c: char) -> Mark {
    let form = match narrow(c) {
        c if c.is_whitespace() || c.is_control() || is_invisible(c) => return Mark::Gap,
        ',' | '、' => "P,",
        '.' | '。' | '｡' => "P.",
        '?' | '؟' => "P?",
        '!' => "P!",
        ';' => "P;",
        ':' => "P:",
        '"' | '\'' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '」'
        | '『' | '』' | '《' | '》' | '〈' | '〉' | '‘' | '’' | '‚' | '〝' | '〞'
        | '｢' | '｣' => "P\"",
        '(' | '[' | '{' | '【' | '〔' | '〖' => "P(",
        ')' | ']' | '}' | '】' | '〕' | '〗' => "P)",
        '—' | '–' | '―' | '─' | '~' | '〜' | '-' | '−' => "P-",
        '…' | '⋯' => "P…",
        '·' | '‧' | '・' | '･' => return Mark::Gap,
        _ => "P*",
    };
    Mark::Form(form)
}

/// Marks of which a run of one character counts as one: `……`, `——`, `!!`, `____`.
pub(super) fn is_run(form: &str) -> bool {
    matches!(form, "P-" | "P…" | "P!" | "P?" | "P*")
}

/// Characters that show nothing: soft hyphen, zero-width joiners, variation selectors, marks
/// of direction, the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_both_scripts_are_one() {
        for (zh, en) in [('，', ','), ('。', '.'), ('？', '?'), ('《', '"'), ('（', '(')]
        {
            assert_eq!(mark(zh), mark(en), "{zh}{en}");
        }
        assert_eq!(mark('·'), Mark::Gap);
        assert_eq!(mark('§'), Mark::Form("P*"));
    }
}
