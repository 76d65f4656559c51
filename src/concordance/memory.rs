//! The units of memories, as they are read the first time.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use serde::Deserialize;

use super::error::SearchError;
use crate::types::{Pair, Side};

/// A unit: its name and its texts.
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) text: Pair<String>,
}

/// Is it a memory by its name?
pub(super) fn is_memory(path: &Path) -> bool {
    let ending = crate::read::ending(path);
    matches!(&*ending, "tmx" | "jsonl")
}

/// A file of more bytes is not held while it is read.
const HELD: u64 = 32 << 20;

/// Reads all units that have a text in Chinese or in English, one after the other.
pub(super) fn read(path: &Path, mut each: impl FnMut(Unit)) -> Result<(), SearchError> {
    let io = |source| SearchError::Io { path: path.to_owned(), source };
    let unreadable =
        |message: String| SearchError::Unreadable { path: path.to_owned(), message };
    let is_lines = path.extension().is_some_and(|ending| ending == "jsonl");
    if fs::metadata(path).is_ok_and(|about| about.len() > HELD) && is_utf8(path) {
        let file = BufReader::new(File::open(path).map_err(io)?);
        let read = match is_lines {
            true => read_lines(file, &mut each),
            false => read_tmx(file, &mut each),
        };
        return read.map_err(unreadable);
    }
    let text = match String::from_utf8(crate::read::whole(path).map_err(io)?) {
        Ok(text) => text,
        Err(_) => match crate::read::read(path, None) {
            Ok(read) => read.value.text,
            Err(error) => return Err(unreadable(error.to_string())),
        },
    };
    let text = text.trim_start_matches('\u{FEFF}').as_bytes();
    let units = match is_lines {
        true => read_lines(text, &mut each),
        false => read_tmx(text, &mut each),
    };
    units.map_err(unreadable)
}

/// Is a file UTF-8 from the first byte to the last?
fn is_utf8(path: &Path) -> bool {
    let is_utf8 = || -> io::Result<bool> {
        let mut file = File::open(path)?.take(crate::read::LARGEST);
        let mut bytes = Vec::new();
        loop {
            let n = (&mut file).take(1 << 20).read_to_end(&mut bytes)?;
            match std::str::from_utf8(&bytes) {
                Ok(_) => bytes.clear(),
                // What is cut at the end of what was read goes on in what follows.
                Err(error) if error.error_len().is_none() && n > 0 => {
                    bytes.drain(..error.valid_up_to());
                }
                Err(_) => return Ok(false),
            }
            if n == 0 {
                return Ok(true);
            }
        }
    };
    is_utf8().unwrap_or(false)
}

#[derive(Deserialize)]
struct Row {
    zh: String,
    en: String,
    #[serde(default)]
    label: String,
}

fn read_lines(text: impl BufRead, each: &mut impl FnMut(Unit)) -> Result<(), String> {
    for (line, number) in text.lines().zip(1..) {
        let at = |error: &dyn std::fmt::Display| format!("line {number}: {error}");
        let line = line.map_err(|error| at(&error))?;
        let line = line.trim_start_matches('\u{FEFF}');
        if !line.trim().is_empty() {
            let row: Row = serde_json::from_str(line).map_err(|error| at(&error))?;
            each(Unit { name: row.label, text: Pair::new(row.zh, row.en) });
        }
    }
    Ok(())
}

fn read_tmx(text: impl BufRead, each: &mut impl FnMut(Unit)) -> Result<(), String> {
    let mut reader = Reader::from_reader(text);
    let mut buffer = Vec::new();
    let mut open = Unit { name: String::new(), text: Pair::default() };
    let (mut side, mut depth, mut is_memory) = (None, 0_usize, false);
    let mut segment: Option<String> = None;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let at = reader.buffer_position();
        let event = event.map_err(|error| format!("broken at byte {at}: {error}"))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                match tag.local_name().as_ref() {
                    "tmx" => is_memory = true,
                    "tu" => {
                        let name = attribute(&tag, &["tuid"]);
                        open = Unit { name, text: Pair::default() };
                    }
                    "tuv" => {
                        let language = attribute(&tag, &["xml:lang", "lang"]);
                        side = side_of(&language);
                    }
                    "seg" => segment = Some(String::new()),
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag.local_name().as_ref() {
                    "seg" => {
                        let text = segment.take().unwrap_or_default();
                        if let Some(side) = side
                            && open.text.get(side).is_empty()
                        {
                            *open.text.get_mut(side) = text;
                        }
                    }
                    "tu" => {
                        let empty = Unit { name: String::new(), text: Pair::default() };
                        let unit = std::mem::replace(&mut open, empty);
                        if !unit.text.zh.is_empty() || !unit.text.en.is_empty() {
                            each(unit);
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(text) => {
                if let Some(segment) = &mut segment {
                    segment.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => {
                if let Some(segment) = &mut segment {
                    segment.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(segment) = &mut segment {
                    match entity.resolve_char_ref() {
                        Ok(Some(c)) => segment.push(c),
                        _ => segment
                            .push_str(resolve_predefined_entity(&entity).unwrap_or(" ")),
                    }
                }
            }
            Event::Eof if depth > 0 => return Err("ends inside an element".into()),
            Event::Eof if !is_memory => return Err("is no TMX file".into()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(tag: &quick_xml::events::BytesStart<'_>, names: &[&str]) -> String {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|one| names.contains(&one.key.as_ref()));
    let value = found.and_then(|one| {
        Some(one.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    });
    value.unwrap_or_default()
}

fn side_of(language: &str) -> Option<Side> {
    let language = language.to_lowercase();
    let first = language.split(['-', '_']).next().unwrap_or_default();
    match first {
        "zh" | "zho" | "chi" | "cmn" => Some(Side::Zh),
        "en" | "eng" => Some(Side::En),
        _ => None,
    }
}
