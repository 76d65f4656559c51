//! The units of memories, as they are read the first time.

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
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(&*ending, "tmx" | "jsonl")
}

/// Reads all units that have a text in Chinese or in English.
pub(super) fn read(path: &Path) -> Result<Vec<Unit>, SearchError> {
    let io = |source| SearchError::Io { path: path.to_owned(), source };
    let unreadable =
        |message: String| SearchError::Unreadable { path: path.to_owned(), message };
    let text = match String::from_utf8(std::fs::read(path).map_err(io)?) {
        Ok(text) => text,
        Err(_) => match crate::read::read(path, None) {
            Ok(read) => read.value.text,
            Err(error) => return Err(unreadable(error.to_string())),
        },
    };
    let is_lines = path.extension().is_some_and(|ending| ending == "jsonl");
    let units = match is_lines {
        true => read_lines(&text),
        false => read_tmx(text.trim_start_matches('\u{FEFF}')),
    };
    units.map_err(unreadable)
}

#[derive(Deserialize)]
struct Row {
    zh: String,
    en: String,
    #[serde(default)]
    label: String,
}

fn read_lines(text: &str) -> Result<Vec<Unit>, String> {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(at, line)| {
        let row: Row = serde_json::from_str(line)
            .map_err(|error| format!("line {}: {error}", at + 1))?;
        Ok(Unit { name: row.label, text: Pair::new(row.zh, row.en) })
    })
    .collect()
}

fn read_tmx(text: &str) -> Result<Vec<Unit>, String> {
    let mut reader = Reader::from_str(text);
    let mut units = Vec::new();
    let mut open = Unit { name: String::new(), text: Pair::default() };
    let (mut side, mut depth, mut is_memory) = (None, 0_usize, false);
    let mut segment: Option<String> = None;
    loop {
        let event = reader.read_event().map_err(|error| {
            format!("broken at byte {}: {error}", reader.buffer_position())
        })?;
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
                            units.push(unit);
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
            Event::Eof => return Ok(units),
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
