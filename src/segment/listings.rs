//! Listings of code on a page of broken lines: each is one unit, its lines as they stand.
//!
//! Nothing marks a listing in plain text or in a PDF; it is told by its lines. They are short,
//! no blank line parts them, and most look like code, some of them surely:
//!
//! ```text
//! $ cat archive/rules            a prompt
//! #!/usr/bin/make -f             a comment
//! DESTDIR = /srv                 an assignment
//! Section: vault                 a field: code only beside what surely is
//! ```

use std::ops::Range;

use super::looks::bullet;
use crate::clean::{Layout, Line, ends_sentence};
use crate::text::script::is_han;

/// Share of the lines that must look like code, and of those that must surely be.
const LIKE_CODE: f64 = 0.65;
const SURELY_CODE: f64 = 0.25;

/// Share of the lines that may be as wide as lines of running text.
const WIDE: f64 = 0.5;

/// How many short blocks may stand before the one that shows that they are code.
const MOST_AHEAD: usize = 4;

/// How much a line looks like code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Prose,
    /// As code and forms have it: `Section: vault`, `*** done ***`.
    Field,
    Code,
    /// `$ make install`.
    Prompt,
}

/// For each line, the listing that it stands in.
pub(super) fn listings(lines: &[Line], layout: &Layout) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; lines.len()];
    if !layout.is_wrapped {
        return found;
    }
    let blocks = blocks(lines, layout);
    let looks: Vec<Looks> =
        blocks.iter().map(|block| Looks::of(&lines[block.clone()], layout)).collect();
    let mut n = 0;
    for (b, block) in blocks.iter().enumerate() {
        let before = block.start.checked_sub(1).and_then(|k| found[k]);
        // Where the file sets listings, it also says where they end.
        let is_alike = b > 0 && looks[b].is_set == looks[b - 1].is_set;
        let goes_on = before.filter(|_| is_alike && looks[b].may_go_on());
        let mut ahead = looks[b..].iter().take(MOST_AHEAD);
        if goes_on.is_none() && ahead.find_map(Looks::opens) != Some(true) {
            continue;
        }
        n += usize::from(goes_on.is_none());
        found[block.clone()].fill(goes_on.or(Some(n)));
    }
    found
}

/// The runs of lines without a blank line between.
fn blocks(lines: &[Line], layout: &Layout) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut from = 0;
    for k in 1..=lines.len() {
        let is_parted = lines.get(k).is_none_or(|line| {
            let is_apart = line.blanks > layout.inner_blanks || line.page_break;
            match (line.in_listing, lines[k - 1].in_listing) {
                (true, true) => false,
                (false, false) => is_apart || line.begins_paragraph,
                _ => true,
            }
        });
        if is_parted {
            blocks.push(from..k);
            from = k;
        }
    }
    blocks
}

/// What the lines of a block look like.
struct Looks {
    n: usize,
    /// How many lines look like code, surely do, and are as wide as running text.
    like: usize,
    sure: usize,
    wide: usize,
    first: Look,
    /// Does the file set the lines as those of a listing?
    is_set: bool,
    is_list: bool,
    /// Does it end as what leads to a listing ends: `as follows:`?
    is_lead: bool,
}

impl Looks {
    fn of(lines: &[Line], layout: &Layout) -> Self {
        let looks: Vec<Look> =
            lines.iter().map(|line| look(line.text.as_str())).collect();
        let first = looks.first().copied().unwrap_or(Look::Prose);
        Self {
            n: looks.len(),
            like: looks.iter().filter(|&&look| look > Look::Prose).count(),
            sure: looks.iter().filter(|&&look| look > Look::Field).count(),
            wide: lines.iter().filter(|line| layout.is_full(line)).count(),
            first,
            is_set: lines.iter().all(|line| line.in_listing),
            is_list: lines
                .first()
                .is_some_and(|line| bullet(line.text.as_str()).is_some()),
            is_lead: lines.len() == 1 && ends_sentence(lines[0].text.as_str()),
        }
    }

    fn is_code(&self) -> bool {
        !self.is_list && self.like as f64 >= LIKE_CODE * self.n as f64
    }

    fn is_surely_code(&self) -> bool {
        self.is_code()
            && self.sure as f64 >= SURELY_CODE * self.n as f64
            && self.wide as f64 <= WIDE * self.n as f64
    }

    /// Is the block a listing because it is set as one? A text that is typewritten is not.
    fn is_set_as_code(&self) -> bool {
        let is_short = self.wide as f64 <= WIDE * self.n as f64;
        self.is_set && self.n >= 2 && (is_short || self.is_code())
    }

    /// Is the block a listing, whatever stands around it? `None` if it is one before another.
    fn opens(&self) -> Option<bool> {
        let is_listing =
            self.first == Look::Prompt || self.n >= 2 && self.is_surely_code();
        match is_listing || self.is_set_as_code() {
            true => Some(self.n >= 2),
            false if self.is_surely_code() && !self.is_lead => None,
            false => Some(false),
        }
    }

    /// Is the block, behind a listing, the next part of it?
    fn may_go_on(&self) -> bool {
        self.is_code() && (!self.is_lead || self.first == Look::Prompt)
    }
}

fn look(text: &str) -> Look {
    if is_prompt(text) {
        Look::Prompt
    } else if is_code(text) {
        Look::Code
    } else if is_field(text) {
        Look::Field
    } else {
        Look::Prose
    }
}

/// Does a shell ask here: `$ make`, `# make`, `>>> 1 + 1`?
fn is_prompt(text: &str) -> bool {
    let command = text.strip_prefix("$ ").or_else(|| text.strip_prefix(">>> "));
    command.is_some_and(|command| {
        command.trim_start().starts_with(|c: char| {
            c.is_ascii_lowercase() || matches!(c, '.' | '/' | '~' | '"' | '\'')
        })
    })
}

/// What stands in code and hardly in sentences.
const SIGNS: [&str; 20] = [
    " = ", "=\"", "='", "$(", "${", "\"$", "()", "::", " && ", "&&", "||", "</", "/>",
    "->", ":=", "+=", "?=", "==", "#!", " >/",
];

fn is_code(text: &str) -> bool {
    let n_chars = text.chars().count();
    let n_han = text.chars().filter(|&c| is_han(c)).count();
    let begins = text.starts_with(['├', '└', '│', '{', '}', '\\'])
        || ["...", "//", "/*", "*/", "--- ", "+++ ", "@@ "]
            .iter()
            .any(|mark| text.starts_with(mark))
        || text.starts_with('#') && !text[1..].starts_with(|c: char| c.is_ascii_digit());
    let ends = text.ends_with(['\\', '{', '}']) || text.ends_with(");");
    begins
        || 2 * n_han <= n_chars
            && (ends || is_path(text) || SIGNS.iter().any(|sign| text.contains(sign)))
}

/// One word with strokes, dots or low lines inside: `archive/vault_1.txt`.
fn is_path(text: &str) -> bool {
    let inner = text.trim_end_matches(['.', ',', ':', ';', '/']);
    inner.bytes().all(|b| b.is_ascii_graphic())
        && inner.contains(['/', '.', '_', '='])
        && inner.contains(|c: char| c.is_ascii_lowercase())
        && !inner.contains("://")
        && !inner.contains('@')
}

/// Does the line name a field, take an option, or hold signs instead of words?
fn is_field(text: &str) -> bool {
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let name = first.strip_suffix(':').unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    let is_option = |word: &str| {
        word.trim_start_matches('-').len() + 3 > word.len()
            && word.starts_with('-')
            && word[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
    };
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    !name.is_empty() && name.chars().all(is_name)
        || first.starts_with(|c: char| c.is_ascii_lowercase()) && words.any(is_option)
        || 2 * letters < text.chars().count()
        || text == "."
        || text.starts_with('[') && text.ends_with(']')
}

#[cfg(test)]
mod tests {
    use crate::segment::tests::segmented;
    use crate::types::Side;

    /// Running text of broken lines, a text inside it.
    fn page(inside: &str) -> Vec<String> {
        let prose = "The registrar keeps the deeds in the vault under the tower and opens it\n\
                     to all who ask for it on the first day of the month, but for feasts, on\n\
                     which the vault is closed.\n";
        let text = format!("{prose}\n{inside}\n{prose}");
        let document = segmented(Side::En, &text);
        let n = document.segments.len();
        document.texts().skip(1).take(n - 2).map(str::to_owned).collect()
    }

    #[test]
    fn a_listing_is_one_unit() {
        let shell = "$ cd archive\n$ ls\nvault.txt\nkeys.txt\n";
        assert_eq!(page(shell), [shell.trim_end()]);
        let rules =
            "all: vault\nvault: vault.c\n        $(CC) -o $@ $^\n.PHONY: all clean\n";
        assert_eq!(page(rules).len(), 1);
        let tree = "$ tree\n.\n├── deeds\n└── keys\n\n1 directory, 2 files\n";
        assert!(page(tree)[0].ends_with("└── keys"));
    }

    #[test]
    fn a_blank_line_inside_a_listing_parts_nothing() {
        let text = "$ cat vault/control\nSource: vault\nSection: deeds\n\n\
                    Package: vault\nArchitecture: all\n";
        assert_eq!(page(text).len(), 1);
        let comment = "# keys of the vault\n\n[keys]\nlent = no\nplace = drawer\n";
        assert_eq!(page(comment).len(), 1);
    }

    #[test]
    fn what_a_form_asks_for_is_no_listing() {
        let form = "Name: J. Doe\nTitle: Registrar\nDate: 3 May\n";
        assert!(page(form).iter().all(|text| !text.contains('\n')), "{:?}", page(form));
        let bullets = "* deeds = those kept\n* keys = those lent\n* lamps = the rest\n";
        assert_eq!(page(bullets).len(), 3);
        let list = "Deeds of the town\n(a) those kept in the vault;\n(b) those lent.\n";
        assert!(page(list).iter().all(|text| !text.contains('\n')));
    }

    #[test]
    fn lines_that_the_file_sets_as_a_listing_are_one() {
        let set = "\u{2028}registrar keeps deeds\n\n\u{2028}vault keeps keys\n";
        assert_eq!(page(&format!("{set}Deeds of the town\n")).len(), 2);
        assert_eq!(page(&set.replace('\u{2028}', "")).len(), 2);
        let alone = "\u{2028}registrar keeps deeds\nDeeds of the town\n";
        assert!(page(alone).iter().all(|text| !text.contains('\n')));
    }
}
