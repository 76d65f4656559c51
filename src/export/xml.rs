//! Escaping for every XML format.

use std::borrow::Cow;

/// May XML 1.0 hold this character? One that it may not makes a client refuse the whole file,
/// even as `&#11;`.
///
/// Source: XML 1.0 (fifth edition), production 2, Char. Surrogates cannot stand in a `char`.
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A text as the content of an element: `& < >` escaped, what XML forbids left out, line ends
/// and tabs as blanks, for no format here has a use for them.
pub(super) fn content(text: &str) -> Cow<'_, str> {
    match cleaned(text) {
        Cow::Borrowed(text) => quick_xml::escape::partial_escape(text),
        Cow::Owned(text) => quick_xml::escape::partial_escape(text),
    }
}

/// A text as an attribute in double quotes: quotes escaped too.
pub(super) fn attribute(text: &str) -> Cow<'_, str> {
    match cleaned(text) {
        Cow::Borrowed(text) => quick_xml::escape::escape(text),
        Cow::Owned(text) => quick_xml::escape::escape(text),
    }
}

/// Is there nothing to see in a text once XML holds it?
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || !is_allowed(c))
}

fn cleaned(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| is_allowed(c) && !is_line_end(c)) {
        return Cow::Borrowed(text);
    }
    let allowed = text.chars().filter(|&c| is_allowed(c));
    Cow::Owned(allowed.map(|c| if is_line_end(c) { ' ' } else { c }).collect())
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_xml_are_escaped_and_han_of_any_plane_is_not() {
        let text = "《𠮷》 <a href=\"x\"> & 'b' 😀";
        assert_eq!(content(text), "《𠮷》 &lt;a href=\"x\"&gt; &amp; 'b' 😀");
        assert_eq!(
            attribute(text),
            "《𠮷》 &lt;a href=&quot;x&quot;&gt; &amp; &apos;b&apos; 😀"
        );
    }

    #[test]
    fn what_xml_forbids_is_left_out() {
        assert_eq!(content("第\u{c}一\u{b}条\u{FFFF}\n完"), "第一条 完");
        assert!(is_blank("\u{c} \u{b}\n") && !is_blank("\u{c}条"));
    }
}
