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

/// Walks through a file; the visitor is told each part and where it begins, and may end the
/// walk.
pub(super) fn walk(
    text: &str,
    rows: &mut Rows,
    mut visit: impl FnMut(Part<'_>, &mut Place<'_>, &mut Rows) -> Result<(), GlossaryError>,
) -> Result<(), GlossaryError> {
    let mut reader = Reader::from_str(text);
    // `<a/>` is `<a></a>`.
    reader.config_mut().expand_empty_elements = true;
    let mut place = Place { text, byte: 0, counted: 0, line: 1 };
    let mut open = Open::default();
    let mut attributes = Attributes::default();
    loop {
        place.byte = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(broken(rows, place.line(), error.to_string())),
        };
        match event {
            Event::Start(tag) => {
                open.begin();
                attributes
                    .read(&tag)
                    .map_err(|message| broken(rows, place.line(), message))?;
                visit(
                    Part::Start(tag.local_name().as_ref(), &attributes),
                    &mut place,
                    rows,
                )?;
            }
            Event::End(tag) => {
                let name = tag.local_name();
                visit(Part::End(name.as_ref(), open.text()), &mut place, rows)?;
                // What is marked up inside a term or a passage belongs to it.
                open.end(matches!(name.as_ref(), "hi" | "foreign" | "mrk" | "g"));
            }
            Event::Text(text) => open.add(&text.xml10_content()),
            Event::CData(text) => open.add(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let resolved = match entity.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match resolve_predefined_entity(&entity) {
                        Some(text) => text.to_owned(),
                        None => {
                            let message =
                                format!("the entity &{};is not known", &*entity);
                            return Err(broken(rows, place.line(), message));
                        }
                    },
                };
                open.add(&resolved);
            }
            Event::Eof if open.depth == 0 => return Ok(()),
            Event::Eof => {
                let message = "the file ends inside an element".into();
                return Err(broken(rows, place.line(), message));
            }
            _ => {}
        }
    }
}

/// Broken markup is no bad row: what follows has no meaning, so it is never skipped.
fn broken(rows: &Rows, line: usize, message: String) -> GlossaryError {
    rows.error(line, String::new(), Problem::Markup(message)).into()
}

impl Attributes {
    /// Takes those of a tag in place of what was there.
    fn read(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        [&mut self.kind, &mut self.language, &mut self.id]
            .into_iter()
            .for_each(String::clear);
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| error.to_string())?;
            let place = match attribute.key.as_ref() {
                "type" => &mut self.kind,
                "xml:lang" => &mut self.language,
                "lang" if self.language.is_empty() => &mut self.language,
                "id" | "tuid" => &mut self.id,
                _ => continue,
            };
            value.as_ref().clone_into(place);
        }
        Ok(())
    }
}

/// The texts of the elements that are open. A file of terms has millions of elements, a few
/// deep: the memory of those that are closed is used again.
#[derive(Debug, Default)]
struct Open {
    /// Outermost first; behind `depth` what is free.
    texts: Vec<String>,
    depth: usize,
}

impl Open {
    fn begin(&mut self) {
        match self.texts.get_mut(self.depth) {
            Some(text) => text.clear(),
            None => self.texts.push(String::new()),
        }
        self.depth += 1;
    }

    /// The text directly in the innermost.
    fn text(&self) -> &str {
        let innermost = self.depth.checked_sub(1).and_then(|at| self.texts.get(at));
        innermost.map_or("", String::as_str)
    }

    fn add(&mut self, text: &str) {
        if let Some(innermost) = self.texts[..self.depth].last_mut() {
            innermost.push_str(text);
        }
    }

    /// Closes the innermost; `is_part`: its text is of the one around it, too.
    fn end(&mut self, is_part: bool) {
        self.depth = self.depth.saturating_sub(1);
        if is_part && let ([.., outer], [text, ..]) = self.texts.split_at_mut(self.depth)
        {
            outer.push_str(text);
        }
    }
}

/// Where a part of a file begins. Its line is counted when it is asked for: few are.
pub(super) struct Place<'a> {
    text: &'a str,
    /// Only ever goes up.
    byte: usize,
    /// How far lines are counted, and the line there.
    counted: usize,
    line: usize,
}

impl Place<'_> {
    /// The line, from 1.
    pub(super) fn line(&mut self) -> usize {
        let to = self.byte.clamp(self.counted, self.text.len());
        let passed = &self.text.as_bytes()[self.counted..to];
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.counted = to;
        self.line
    }
}
