//! What the name of an element says of it.

/// Elements of which a browser shows nothing that is written in them.
pub(super) fn is_never_shown(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "head")
}

/// Does an element stand on lines of its own?
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "p"
            | "section"
            | "summary"
            | "caption"
            | "optgroup"
            | "option"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "search"
    )
}
