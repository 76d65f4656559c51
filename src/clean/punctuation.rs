//! Marks that end a sentence, and those that open and close a quotation or a bracket.

/// Does the text end a sentence or clause list: a full stop, semicolon, colon, question or
/// exclamation mark, closing marks behind it allowed?
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c));
    bare.ends_with(['.', ';', ':', '?', '!', '。', '；', '：', '？', '！', '．', '…'])
}

/// Is this a mark that closes a quotation or bracket?
pub(crate) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '"'
            | '»'
            | ')'
            | ']'
            | '）'
            | '］'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
    )
}

/// Is this a mark that opens a quotation or bracket?
pub(crate) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '"'
            | '«'
            | '('
            | '['
            | '（'
            | '［'
            | '「'
            | '『'
            | '《'
            | '〈'
            | '【'
    )
}
