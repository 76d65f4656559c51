//! XML to a tree, with a limit on everything a hostile file may grow.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Problem, encoding};

/// The deepest that elements stand in one another. Office programs stay under 60 with tables
/// in tables; the walks over the tree are recursive and have room for this.
pub(super) const DEEPEST: usize = 200;

/// The most elements of a tree.
const MOST_ELEMENTS: usize = 3_000_000;

/// A node of the tree.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// An element; names without their prefixes.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    pub(super) children: Vec<Node>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| &**key == name);
        found.map(|(_, value)| &**value)
    }

    /// The values of all attributes of that name, whatever their prefixes.
    pub(super) fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        let found = self.attributes.iter().filter(move |(key, _)| &**key == name);
        found.map(|(_, value)| &**value)
    }

    /// A number in an attribute.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).and_then(|value| value.trim().parse().ok())
    }

    /// The elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name directly in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The first element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements of that name inside it, in order, none inside another.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if &*element.name == name {
                found.push(element);
            } else {
                element.all(name, found);
            }
        }
    }

    /// The text inside it, markup left out.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_text(out),
            }
        }
    }
}

/// What a walk through a file is told.
pub(super) enum Part {
    Start(Element),
    End,
    Text(String),
}

/// The root of an XML file.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, Problem> {
    // The root is the only child of the first.
    let mut open = vec![Element::default()];
    let mut n_elements = 0;
    walk(bytes, |part, _| {
        match part {
            Part::Start(element) => {
                n_elements += 1;
                if n_elements > MOST_ELEMENTS {
                    let limit = MOST_ELEMENTS;
                    return Err(Problem::TooMany { what: "elements", limit });
                }
                open.push(element);
            }
            Part::End => {
                if let Some(element) = open.pop()
                    && let Some(parent) = open.last_mut()
                {
                    parent.children.push(Node::Element(element));
                }
            }
            Part::Text(text) => {
                let Some(parent) = open.last_mut() else { return Ok(()) };
                if let Some(Node::Text(last)) = parent.children.last_mut() {
                    last.push_str(&text);
                } else {
                    parent.children.push(Node::Text(text));
                }
            }
        }
        Ok(())
    })?;
    let root = open.pop().and_then(|mut top| top.children.drain(..).find_map(element));
    root.ok_or_else(|| Problem::damaged("it holds no XML"))
}

fn element(node: Node) -> Option<Element> {
    match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    }
}

/// Walks through an XML file of any size; each part comes with the line that it ends on.
pub(super) fn walk(
    bytes: &[u8],
    mut visit: impl FnMut(Part, usize) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let text = decoded(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut depth = 0;
    let (mut line, mut counted) = (1, 0);
    loop {
        let event = reader.read_event().map_err(|error| {
            let line = line_of(&text, reader.error_position());
            Problem::damaged(format!("line {line} of its XML: {error}"))
        })?;
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let read = text.as_bytes().get(counted..at).unwrap_or_default();
        line += read.iter().filter(|&&b| b == b'\n').count();
        counted = at.max(counted);
        if !tell(event, &mut depth, line, &mut visit)? {
            return Ok(());
        }
    }
}

/// A walk through an XML file that is read as it goes on, so that it need not be held.
pub(super) struct Walker<R> {
    reader: Reader<Decoded<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Walker<R> {
    pub(super) fn new(file: R) -> io::Result<Self> {
        let reader = Reader::from_reader(Decoded::new(file)?);
        Ok(Self { reader, buffer: Vec::new(), depth: 0 })
    }

    /// Goes one step, as [`walk`] goes all; says whether there is another.
    pub(super) fn step(
        &mut self,
        visit: impl FnMut(Part, usize) -> Result<(), Problem>,
    ) -> Result<bool, Problem> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer);
        let line = 1 + self.reader.get_ref().n_lines;
        let event = event.map_err(|error| {
            Problem::damaged(format!("line {line} of its XML: {error}"))
        })?;
        tell(event, &mut self.depth, line, visit)
    }
}

/// Tells what an event is; `false` at the end of the file.
fn tell(
    event: Event<'_>,
    depth: &mut usize,
    line: usize,
    mut visit: impl FnMut(Part, usize) -> Result<(), Problem>,
) -> Result<bool, Problem> {
    match event {
        Event::Start(tag) => {
            *depth += 1;
            if *depth > DEEPEST {
                return Err(Problem::TooDeep { limit: DEEPEST });
            }
            visit(Part::Start(start(&tag)?), line)?;
        }
        Event::Empty(tag) => {
            visit(Part::Start(start(&tag)?), line)?;
            visit(Part::End, line)?;
        }
        Event::End(_) => {
            *depth -= 1;
            visit(Part::End, line)?;
        }
        Event::Text(text) if *depth > 0 => {
            visit(Part::Text(text.xml10_content().into_owned()), line)?;
        }
        Event::CData(text) if *depth > 0 => {
            visit(Part::Text(text.xml10_content().into_owned()), line)?;
        }
        Event::GeneralRef(entity) => {
            let resolved = match entity.resolve_char_ref() {
                Ok(Some(c)) => c.to_string(),
                _ => match resolve_predefined_entity(&entity) {
                    Some(text) => text.to_owned(),
                    // A name of HTML at most: no bomb, and no reason to stop.
                    None => format!("&{};", &*entity),
                },
            };
            visit(Part::Text(resolved), line)?;
        }
        Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
            return Err(Problem::Entities);
        }
        Event::Eof if *depth > 0 => {
            return Err(Problem::damaged("its XML ends inside an element"));
        }
        Event::Eof => return Ok(false),
        _ => {}
    }
    Ok(true)
}

fn line_of(text: &str, byte: u64) -> usize {
    let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    1 + text.as_bytes()[..byte].iter().filter(|&&b| b == b'\n').count()
}

/// The text of an XML file: by its mark, the encoding it declares, or UTF-8.
fn decoded(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, Problem> {
    let (encoding, skipped) = encoding_of(bytes);
    encoding
        .decode_without_bom_handling_and_without_replacement(&bytes[skipped..])
        .ok_or_else(|| Problem::damaged(format!("its XML is not {}", encoding.name())))
}

/// The encoding of a file by how it begins, and how many bytes its mark takes.
fn encoding_of(head: &[u8]) -> (&'static Encoding, usize) {
    Encoding::for_bom(head).unwrap_or_else(|| (without_mark(head), 0))
}

/// How many bytes are read and decoded at a time.
const CHUNK: usize = 64 << 10;

/// An XML file that is decoded to UTF-8 as it is read; it counts the lines that were taken.
struct Decoded<R> {
    file: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    /// How much of the text was taken.
    at: usize,
    is_read: bool,
    n_lines: usize,
}

impl<R: Read> Decoded<R> {
    fn new(mut file: R) -> io::Result<Self> {
        let mut raw = Vec::with_capacity(CHUNK);
        (&mut file).take(CHUNK as u64).read_to_end(&mut raw)?;
        let (encoding, skipped) = encoding_of(&raw);
        raw.drain(..skipped);
        let decoder = encoding.new_decoder_without_bom_handling();
        let text = String::with_capacity(2 * CHUNK);
        Ok(Self { file, decoder, raw, text, at: 0, is_read: false, n_lines: 0 })
    }

    /// Decodes what was read, and reads on.
    fn fill(&mut self) -> io::Result<()> {
        (self.at, self.is_read) = (0, self.raw.is_empty());
        self.text.clear();
        let (decoder, text) = (&mut self.decoder, &mut self.text);
        let (result, _) = encoding::decode_on(decoder, &self.raw, text, self.is_read);
        if let DecoderResult::Malformed(..) = result {
            let name = self.decoder.encoding().name();
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("not {name}"),
            ));
        }
        self.raw.clear();
        (&mut self.file).take(CHUNK as u64).read_to_end(&mut self.raw)?;
        Ok(())
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.is_read {
            self.fill()?;
        }
        Ok(&self.text.as_bytes()[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let taken = &self.text.as_bytes()[self.at..self.at + amount];
        self.n_lines += taken.iter().filter(|&&b| b == b'\n').count();
        self.at += amount;
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

/// The encoding of a file without a mark: UTF-16 if its first sign takes two bytes.
///
/// Source: XML 1.0, appendix F.1, detection without external encoding information.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<', 0, second, 0, ..] if *second != 0 => encoding_rs::UTF_16LE,
        [0, b'<', 0, second, ..] if *second != 0 => encoding_rs::UTF_16BE,
        _ => declared(bytes).unwrap_or(encoding_rs::UTF_8),
    }
}

/// The encoding named in `<?xml encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let head: String = head.iter().map(|&b| char::from(b)).collect();
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start_matches([' ', '=']);
    let label = value.split(['"', '\'']).nth(1)?;
    Encoding::for_label_no_replacement(label.as_bytes())
}

fn start(tag: &BytesStart<'_>) -> Result<Element, Problem> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let damage = |error: &dyn std::fmt::Display| {
            Problem::damaged(format!("an attribute of its XML: {error}"))
        };
        let attribute = attribute.map_err(|error| damage(&error))?;
        let name = attribute.key.as_ref();
        // Revision marks of Word, one and more an element, and names of namespaces.
        if name.contains("rsid") || name.starts_with("xmlns") {
            continue;
        }
        let name = if name == "xml:lang" { name } else { local(name) };
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| damage(&error))?;
        attributes.push((name.into(), value.into()));
    }
    let name = tag.local_name().as_ref().into();
    Ok(Element { name, attributes, children: Vec::new() })
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_prefix_and_text_its_entities() {
        let root = parse("<a:p x:k='1'>买<a:q/>&lt;&#x5356;</a:p>".as_bytes()).unwrap();
        assert_eq!((&*root.name, root.get("k")), ("p", Some("1")));
        assert_eq!(root.text(), "买<卖");
    }

    #[test]
    fn utf16_is_read_by_its_mark() {
        let text = "\u{feff}<p>买卖</p>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(parse(&bytes).unwrap().text(), "买卖");
    }

    #[test]
    fn utf16_is_read_without_its_mark() {
        let text = "<?xml version='1.0' encoding='UTF-16'?><p>仓库</p>";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            assert_eq!(parse(&bytes).unwrap().text(), "仓库");
        }
    }

    #[test]
    fn parts_come_with_their_lines() {
        let mut lines = Vec::new();
        let visit = |part, line| {
            if let Part::Text(text) = part
                && !text.trim().is_empty()
            {
                lines.push((text, line));
            }
            Ok(())
        };
        walk("<a\n b='1'>\n<p>一</p>\n\n<p>二</p></a>".as_bytes(), visit).unwrap();
        assert_eq!(lines, [("一".to_owned(), 3), ("二".to_owned(), 5)]);
    }

    #[test]
    fn a_file_that_is_read_as_the_walk_goes_on_tells_the_same() {
        let line = "<p k='1'>买 &amp; 卖</p>\n\n<q/><!-- 注\n -->";
        let text = format!("<a>\n{}</a>", line.repeat(4000));
        let utf16 = format!("\u{feff}{text}");
        let utf16: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), &utf16] {
            let (mut whole, mut stepped) = (Vec::new(), Vec::new());
            let row = |part, line| match part {
                Part::Start(element) => (format!("<{}", element.name), line),
                Part::End => (">".to_owned(), line),
                Part::Text(text) => (text, line),
            };
            walk(bytes, |part, line| {
                whole.push(row(part, line));
                Ok(())
            })
            .unwrap();
            let mut walker = Walker::new(bytes).unwrap();
            while walker
                .step(|part, line| {
                    stepped.push(row(part, line));
                    Ok(())
                })
                .unwrap()
            {}
            assert_eq!(stepped, whole);
        }
        let mut walker = Walker::new(&b"<a>\n\xff</a>"[..]).unwrap();
        while walker.step(|_, _| Ok(())).is_ok_and(|more| more) {}
        let problem = walker.step(|_, _| Ok(()));
        assert!(problem.is_err() || walker.depth > 0);
    }

    #[test]
    fn entities_of_its_own_are_refused() {
        let bomb = "<!DOCTYPE p [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><p>&b;</p>";
        assert_eq!(parse(bomb.as_bytes()).unwrap_err(), Problem::Entities);
    }

    #[test]
    fn a_tower_of_elements_is_refused() {
        let tower = "<p>".repeat(5000);
        let problem = parse(tower.as_bytes()).unwrap_err();
        assert_eq!(problem, Problem::TooDeep { limit: DEEPEST });
    }

    #[test]
    fn broken_xml_is_damage() {
        for broken in ["", "<p>", "<p", "<p></q>", "<p a=>", "\u{0}\u{1}"] {
            let problem = parse(broken.as_bytes()).unwrap_err();
            assert!(matches!(problem, Problem::Damaged(_)), "{broken}: {problem}");
        }
    }
}
