//! Elements of an XML file, one after the other.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::{GlossaryError, Problem};
use super::rows::Rows;

/// What a reader of elements is told.
pub(super) enum Part<'a> {
    /// An element begins: its name without prefix, its attributes.
    Start(&'a str, &'a Attributes),
    /// An element ends: its name, and the text directly in it.
    End(&'a str, &'a str),
}

/// The attributes that termbases use.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// `type`.
    pub(super) kind: String,
    /// `xml:lang`, or `lang` in files of old.
    pub(super) language: String,
    /// `id` or `tuid`.
    pub(super) id: String,
}

/// Walks through a file; the visitor is told each part and its line, and may end the walk.
pub(super) fn walk(
    text: &str,
    rows: &mut Rows,
    mut visit: impl FnMut(Part<'_>, usize, &mut Rows) -> Result<(), GlossaryError>,
) -> Result<(), GlossaryError> {
    let mut reader = Reader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    // The text of each open element, outermost first.
    let mut open: Vec<String> = Vec::new();
    loop {
        let at = reader.buffer_position();
        let line = lines.line_at(usize::try_from(at).unwrap_or(usize::MAX));
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(broken(rows, line, error.to_string())),
        };
        match event {
            Event::Start(tag) => {
                open.push(String::new());
                let attributes =
                    attributes(&tag).map_err(|message| broken(rows, line, message))?;
                visit(Part::Start(tag.local_name().as_ref(), &attributes), line, rows)?;
            }
            Event::Empty(tag) => {
                let attributes =
                    attributes(&tag).map_err(|message| broken(rows, line, message))?;
                visit(Part::Start(tag.local_name().as_ref(), &attributes), line, rows)?;
                visit(Part::End(tag.local_name().as_ref(), ""), line, rows)?;
            }
            Event::End(tag) => {
                let text = open.pop().unwrap_or_default();
                visit(Part::End(tag.local_name().as_ref(), &text), line, rows)?;
                // What is marked up inside a term or a passage belongs to it.
                if matches!(tag.local_name().as_ref(), "hi" | "foreign" | "mrk" | "g")
                    && let Some(outer) = open.last_mut()
                {
                    outer.push_str(&text);
                }
            }
            Event::Text(text) => {
                if let Some(inner) = open.last_mut() {
                    inner.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => {
                if let Some(inner) = open.last_mut() {
                    inner.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                let resolved = match entity.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match resolve_predefined_entity(&entity) {
                        Some(text) => text.to_owned(),
                        None => {
                            let message =
                                format!("the entity &{};is not known", &*entity);
                            return Err(broken(rows, line, message));
                        }
                    },
                };
                if let Some(inner) = open.last_mut() {
                    inner.push_str(&resolved);
                }
            }
            Event::Eof if open.is_empty() => return Ok(()),
            Event::Eof => {
                return Err(broken(rows, line, "the file ends inside an element".into()));
            }
            _ => {}
        }
    }
}

/// Broken markup is no bad row: what follows has no meaning, so it is never skipped.
fn broken(rows: &Rows, line: usize, message: String) -> GlossaryError {
    rows.error(line, String::new(), Problem::Markup(message)).into()
}

fn attributes(tag: &BytesStart<'_>) -> Result<Attributes, String> {
    let mut found = Attributes::default();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        match attribute.key.as_ref() {
            "type" => found.kind = value.into_owned(),
            "xml:lang" => found.language = value.into_owned(),
            "lang" if found.language.is_empty() => found.language = value.into_owned(),
            "id" | "tuid" => found.id = value.into_owned(),
            _ => {}
        }
    }
    Ok(found)
}

/// Counts lines as far as a reader has come.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a byte, from 1. Bytes only go up.
    fn line_at(&mut self, byte: usize) -> usize {
        let to = byte.clamp(self.at, self.text.len());
        let passed = &self.text.as_bytes()[self.at..to];
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.at = to;
        self.line
    }
}
