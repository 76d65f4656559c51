//! Escaping for every XML format.

use std::borrow::Cow;

/// May XML 1.0 hold this character? One that it may not makes a client refuse the whole file,
/// even as `&#11;`.
///
/// Source: XML 1.0 (fifth edition), production 2, Char. Surrogates cannot stand in a `char`.
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A text as the content of an element: `& < >` escaped, what XML forbids left out. Line ends
/// and tabs stay; a carriage return is named, for a reader would make a line feed of it.
pub(super) fn content(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// A text as an attribute in double quotes: quotes escaped too, and line ends and tabs, which
/// a reader would make blanks of.
pub(super) fn attribute(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        '\t' => Some("&#9;"),
        _ => None,
    })
}

/// A text without what XML forbids.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|&c| is_allowed(c)).collect())
}

/// Is there nothing to see in a text once XML holds it?
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || !is_allowed(c))
}

fn escaped(text: &str, name: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let is_plain = |c| is_allowed(c) && name(c).is_none();
    let Some(first) = text.find(|c| !is_plain(c)) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars().filter(|&c| is_allowed(c)) {
        match name(c) {
            Some(name) => out.push_str(name),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
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
        assert_eq!(content("第\u{c}一\u{b}条\u{FFFF}完"), "第一条完");
        assert!(is_blank("\u{c} \u{b}\n") && !is_blank("\u{c}条"));
    }

    #[test]
    fn line_ends_come_back_as_they_were() {
        assert_eq!(content("a\nb\r\tc"), "a\nb&#13;\tc");
        assert_eq!(attribute("a\nb\r\tc"), "a&#10;b&#13;&#9;c");
    }
}
