//! What draws a page, cut down to its text before the reader takes it.
//!
//! The reader parses all of a page's operators before it looks at the first, and takes
//! hundreds of bytes for each. So only those that set text are given to it, and they are
//! weighed first. Running heads and feet that the file itself calls such are left out
//! (`/Artifact <</Type/Pagination>> BDC`; ISO 32000-1, 14.8.2.2): word processors and browsers
//! mark them.

use pdf_extract::Object;

/// The operators that set text or place it (ISO 32000-1, 8.4.4 and 9).
const TEXT: [&[u8]; 20] = [
    b"q", b"Q", b"cm", b"gs", b"Do", b"BT", b"ET", b"Tc", b"Tw", b"Tz", b"TL", b"Tf",
    b"Tr", b"Ts", b"Td", b"TD", b"Tm", b"T*", b"Tj", b"TJ",
];

/// The reader keeps room for so many operands of each operator.
const SLOTS: usize = 4;

/// What an operator takes beside its operands, and a string or name beside its object, in
/// bytes: names and boxes of the allocator, the list of operators while it grows.
const OPERATOR: usize = 160;
const STRING: usize = 64;

/// What sets the text of a page or form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// The operators with their operands.
    pub(super) bytes: Vec<u8>,
    /// About how many bytes they take once they are parsed.
    pub(super) parsed: usize,
}

/// The part of a content stream that sets text, without heads and feet. Where more than half
/// of the text claims to be heads and feet, all of it is kept.
pub(super) fn text_of(stream: &[u8]) -> Content {
    let mut cutter = Cutter { drops_artifacts: true, ..Cutter::new(stream) };
    cutter.run();
    if 2 * cutter.in_artifacts > cutter.shown {
        cutter = Cutter::new(stream);
        cutter.run();
    }
    Content { bytes: cutter.out, parsed: cutter.parsed }
}

/// A word of a content stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// `[`, `<<` or their ends.
    Opens,
    Closes,
    /// A string or name.
    String,
    /// A number, `true`, `false`, `null`.
    Value,
    Operator,
}

struct Cutter<'a> {
    stream: &'a [u8],
    at: usize,
    drops_artifacts: bool,
    /// Is each open marked content a head or foot?
    marked: Vec<bool>,
    /// How many of them are.
    n_artifacts: usize,
    out: Vec<u8>,
    parsed: usize,
    /// Bytes of shown strings, and of those in heads and feet.
    shown: usize,
    in_artifacts: usize,
}

impl<'a> Cutter<'a> {
    fn new(stream: &'a [u8]) -> Self {
        Cutter {
            stream,
            at: 0,
            drops_artifacts: false,
            marked: Vec::new(),
            n_artifacts: 0,
            out: Vec::new(),
            parsed: 0,
            shown: 0,
            in_artifacts: 0,
        }
    }

    fn run(&mut self) {
        let (mut start, mut depth, mut operands, mut weight) = (None, 0_usize, 0, 0);
        while let Some((token, from)) = self.next() {
            let start_of_operands = *start.get_or_insert(from);
            match token {
                Token::Operator if depth == 0 => {
                    let slots = SLOTS.max(usize::next_power_of_two(operands));
                    let weight = weight + OPERATOR + slots * size_of::<Object>();
                    self.operator(start_of_operands, from, weight);
                    (start, operands) = (None, 0);
                }
                Token::Opens => depth += 1,
                Token::Closes => depth = depth.saturating_sub(1),
                Token::String => weight += STRING,
                Token::Value | Token::Operator => {}
            }
            match (depth, start) {
                (_, None) => weight = 0,
                (0, _) => operands += 1,
                // The elements of an array, in a list that has grown by doubling.
                _ => weight += size_of::<Object>() * 3 / 2,
            }
        }
    }

    /// Keeps the operator that ends here, if it sets text.
    fn operator(&mut self, start: usize, from: usize, weight: usize) {
        let (operands, operator) =
            (&self.stream[start..from], &self.stream[from..self.at]);
        let is_artifact = self.n_artifacts > 0;
        match operator {
            b"BMC" => self.marked.push(false),
            b"BDC" => {
                let is_artifact = is_pagination(operands);
                self.marked.push(is_artifact);
                self.n_artifacts += usize::from(is_artifact);
            }
            b"EMC" => self.n_artifacts -= usize::from(self.marked.pop() == Some(true)),
            b"BI" => self.skip_image(),
            b"Tj" | b"TJ" | b"'" | b"\"" | b"Do" => {
                self.shown += operands.len();
                if is_artifact {
                    self.in_artifacts += operands.len();
                }
                let is_next_line = matches!(operator, b"'" | b"\"");
                if !(is_artifact && self.drops_artifacts) {
                    self.keep(start..self.at, weight);
                } else if is_next_line {
                    self.out.extend_from_slice(b"T*\n");
                }
            }
            _ if TEXT.contains(&operator) => self.keep(start..self.at, weight),
            _ => {}
        }
    }

    fn keep(&mut self, range: std::ops::Range<usize>, weight: usize) {
        self.out.extend_from_slice(&self.stream[range]);
        self.out.push(b'\n');
        self.parsed += weight;
    }

    /// The next token and where it begins; it ends where the cutter then stands.
    fn next(&mut self) -> Option<(Token, usize)> {
        loop {
            self.skip_while(is_blank);
            if self.stream.get(self.at) != Some(&b'%') {
                break;
            }
            self.skip_while(|b| !matches!(b, b'\r' | b'\n'));
        }
        let from = self.at;
        let rest = &self.stream[from..];
        self.at += 1;
        let token = match rest.first()? {
            b'(' => {
                self.skip_string();
                Token::String
            }
            b'<' if rest.starts_with(b"<<") => {
                self.at += 1;
                Token::Opens
            }
            b'<' => {
                self.skip_while(|b| b != b'>');
                self.at += 1;
                Token::String
            }
            b'>' => {
                self.at += usize::from(rest.starts_with(b">>"));
                Token::Closes
            }
            b'[' | b'{' => Token::Opens,
            b']' | b'}' | b')' => Token::Closes,
            b'/' => {
                self.skip_while(is_regular);
                Token::String
            }
            &first => {
                self.skip_while(is_regular);
                let word = &self.stream[from..self.at];
                let is_word =
                    first.is_ascii_alphabetic() || matches!(first, b'\'' | b'"');
                match is_word && !matches!(word, b"true" | b"false" | b"null") {
                    true => Token::Operator,
                    false => Token::Value,
                }
            }
        };
        self.at = self.at.min(self.stream.len());
        Some((token, from))
    }

    fn skip_while(&mut self, is_in: impl Fn(u8) -> bool) {
        let rest = &self.stream[self.at.min(self.stream.len())..];
        self.at += rest.iter().take_while(|&&byte| is_in(byte)).count();
    }

    /// Goes on behind the string whose bracket was opened.
    fn skip_string(&mut self) {
        let mut depth = 1;
        while depth > 0 && self.at < self.stream.len() {
            match self.stream[self.at] {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Goes on behind the picture that `BI` begins: its bytes stand between `ID` and an `EI`
    /// that blanks part from what is around it.
    fn skip_image(&mut self) {
        let rest = &self.stream[self.at..];
        let data = rest.windows(2).position(|pair| pair == b"ID").unwrap_or(rest.len());
        let is_end = |four: &[u8]| {
            is_blank(four[0])
                && &four[1..3] == b"EI"
                && four.get(3).is_none_or(|&b| is_blank(b))
        };
        let data = &rest[data..];
        let end = (0..data.len().saturating_sub(2))
            .find(|&k| is_end(&data[k..data.len().min(k + 4)]));
        self.at =
            end.map_or(self.stream.len(), |end| self.stream.len() - data.len() + end + 3);
    }
}

/// Does marked content with these operands belong to the page and not to the text?
fn is_pagination(operands: &[u8]) -> bool {
    let says = |word: &[u8]| operands.windows(word.len()).any(|window| window == word);
    operands.starts_with(b"/Artifact") && says(b"/Pagination")
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' | b'\0')
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(stream: &str) -> String {
        String::from_utf8(text_of(stream.as_bytes()).bytes).unwrap().replace('\n', " ")
    }

    #[test]
    fn lines_and_pictures_are_left_out() {
        let stream = "q 0 0 9 9 re W n % a line\n1 0 0 1 2 3 cm BI /W 9 ID \u{1} EIEI Tj\nEI \
                      BT /F 12 Tf (a \\) (b) Q) Tj [(c) -20 <41>] TJ (d) ' ET 0 g f Q";
        assert_eq!(
            cut(stream),
            "q 1 0 0 1 2 3 cm BT /F 12 Tf (a \\) (b) Q) Tj [(c) -20 <41>] TJ (d) ' ET Q "
        );
    }

    #[test]
    fn heads_and_feet_that_are_called_so_are_left_out() {
        let head = "/Artifact <</Type /Pagination /Subtype /Header>> BDC (head) Tj EMC ";
        let text = "/P <</MCID 0>> BDC /Artifact BMC (the text) Tj EMC EMC ";
        assert_eq!(cut(&format!("{head}{text}")), "(the text) Tj ");
        assert_eq!(cut(head), "(head) Tj ", "a page of nothing else");
    }

    #[test]
    fn broken_streams_have_an_end() {
        for stream in
            ["(", "<41", "BI ID x", "[[[", "/", "(\\", "% a", "BI", ">>>", "ID EI"]
        {
            cut(stream);
        }
    }

    #[test]
    fn what_is_parsed_is_weighed() {
        let object = size_of::<Object>();
        let weight = |stream: &str| text_of(stream.as_bytes()).parsed;
        assert_eq!(weight("0 0 m 1 1 l S"), 0);
        assert_eq!(weight("(a) Tj"), OPERATOR + 4 * object + STRING);
        assert!(weight(&format!("[{}] TJ", "(a) 1 ".repeat(100))) > 200 * object);
    }
}
