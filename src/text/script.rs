//! Which script a character belongs to.

/// Is this a Han character (an ideograph, not a mark)?
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'      // CJK Unified Ideographs
        | '\u{3400}'..='\u{4DBF}'    // CJK Unified Ideographs Extension A
        | '\u{F900}'..='\u{FAFF}'    // CJK Compatibility Ideographs
        | '\u{20000}'..='\u{3FFFF}'  // Extensions B to J
        | '〇')
}

/// Is this a full-width mark of the Chinese page (，。《》「」 and their kin)?
pub fn is_wide_mark(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' // CJK Symbols and Punctuation
        | '\u{FE30}'..='\u{FE4F}'                         // CJK Compatibility Forms
        | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･') // Halfwidth and Fullwidth Forms
}

/// How wide a character is drawn in a fixed-width font: 2 for Han and full-width, else 1.
pub fn columns(c: char) -> usize {
    if is_han(c) || is_wide_mark(c) || matches!(c, '\u{3000}' | '０'..='９' | 'Ａ'..='ｚ')
    {
        2
    } else {
        1
    }
}
