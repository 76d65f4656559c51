//! How words are set in lines: counted, cut, and padded to columns.

use super::script::columns;

/// A count with its noun, in the number that English asks for: `3 quantities`.
pub fn counted(n: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if n == 1 => format!("1 {noun}"),
        Some(stem) => format!("{n} {stem}ies"),
        None if noun.ends_with('s') => format!("{n} {noun}es"),
        None => format!("{n} {noun}s"),
    }
}

/// A text with a capital at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The beginning of a text on one line, `limit` columns wide at most.
pub fn excerpt(text: &str, limit: usize) -> String {
    let (mut out, mut used) = (String::new(), 0);
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        used += columns(c);
        if used > limit {
            while width(&out) + 1 > limit {
                out.pop();
            }
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

/// How wide a text is shown, in columns.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// A text with blanks behind it up to a width.
pub fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_take_two_columns() {
        assert_eq!(padded("公约", 6), "公约  ");
        assert_eq!(excerpt("打击跨国有组织犯罪公约", 9), "打击跨国…");
        assert_eq!(excerpt("the Convention", 40), "the Convention");
        assert_eq!(excerpt("the Convention", 5), "the…");
    }

    #[test]
    fn nouns_are_counted_as_english_counts_them() {
        assert_eq!(counted(1, "address"), "1 address");
        assert_eq!(counted(2, "address"), "2 addresses");
        assert_eq!(counted(3, "quantity"), "3 quantities");
        assert_eq!(counted(0, "unit"), "0 units");
    }
}
