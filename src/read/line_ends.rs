/// A text with one kind of line end and no stray control characters.
#[derive(Debug)]
pub(super) struct Normal {
    pub(super) text: String,
    /// How many control characters were dropped.
    pub(super) n_controls: usize,
    /// The line of the first of them, from 1.
    pub(super) first_control_line: Option<usize>,
}

/// Makes every line end `\n` and drops the control characters that no text needs.
///
/// Line ends are CR LF, CR and LF, as other tools count lines. Tab and form feed stay, and so
/// do the vertical tab of word processors, NEL, and the line and paragraph separators of
/// Unicode, which part a line and do not end it. One pass.
pub(super) fn normalize(text: &str) -> Normal {
    let mut out = String::with_capacity(text.len());
    let mut normalizer = Normalizer::default();
    normalizer.push(text, &mut out);
    let Normalizer { n_controls, first_control_line, .. } = normalizer;
    Normal { text: out, n_controls, first_control_line }
}

/// Does what [`normalize`] does to a text that comes in pieces.
#[derive(Debug, Default)]
pub(super) struct Normalizer {
    n_lines: usize,
    is_behind_cr: bool,
    pub(super) n_controls: usize,
    pub(super) first_control_line: Option<usize>,
}

impl Normalizer {
    pub(super) fn push(&mut self, piece: &str, out: &mut String) {
        for c in piece.chars() {
            let is_behind_cr = std::mem::replace(&mut self.is_behind_cr, c == '\r');
            match c {
                '\n' if is_behind_cr => {}
                '\n' | '\r' => {
                    out.push('\n');
                    self.n_lines += 1;
                }
                '\t' | '\u{B}' | '\u{C}' => out.push(c),
                '\0'..'\u{20}' | '\u{7F}' | '\u{FEFF}' => {
                    self.n_controls += 1;
                    self.first_control_line.get_or_insert(1 + self.n_lines);
                }
                _ => out.push(c),
            }
        }
    }
}

/// The text with a line feed for whatever else parts its lines: a format that has a mark of
/// its own for that knows no others.
pub(super) fn all_fed(text: &str) -> std::borrow::Cow<'_, str> {
    let parts = ['\u{B}', '\u{85}', '\u{2028}', '\u{2029}'];
    match text.contains(parts) {
        true => text.replace(parts, "\n").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_one() {
        let text = "一\r\n二\r三\n四\r\r\n";
        assert_eq!(normalize(text).text, "一\n二\n三\n四\n\n");
        let text = "四\u{2028}五\u{2029}六\u{85}七\u{B}八\u{C}九";
        assert_eq!(normalize(text).text, text);
    }

    #[test]
    fn dropped_controls_are_counted_from_their_line() {
        let normal = normalize("大会\n决\u{8}定\u{1B}\t附件\u{c}");
        assert_eq!(normal.text, "大会\n决定\t附件\u{c}");
        assert_eq!((normal.n_controls, normal.first_control_line), (2, Some(2)));
    }
}
