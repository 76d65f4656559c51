//! From the bytes of a shown string to characters and widths.
//!
//! Simple fonts (one byte a letter) are read by `hayro-font`, which knows the encodings, glyph
//! names and widths of ISO 32000-1, 9.6. Composite fonts (9.7) are read here: bytes give a code,
//! the code a number of the font's character collection (CID), the CID a width. What character
//! a code is, the file says in a table (`ToUnicode`); where it does not, the code itself says it
//! (`UniGB-UCS2-H`) or the public table of the collection does (Adobe-GB1, -CNS1, -Japan1,
//! -Korea1). The tables are Adobe's `cmap-resources` (BSD-3-Clause), as `hayro-cmap` carries them.
//!
//! A font that cannot be read costs its own letters only: each of them is a letter without a
//! character.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_font::{CMapResolverFn, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use rustc_hash::FxHashMap;

use super::codespace::Codespace;
use super::stream;

/// The most letters of a font whose width it tells: they are counted by two bytes.
const MOST_WIDTHS: usize = 1 << 16;

/// How wide a letter of a composite font is that has no width of its own.
/// Source: ISO 32000-1, table 117, `DW`.
const DEFAULT_WIDTH: f64 = 1000.0;

/// How far the next letter stands below one that is set from above.
/// Source: ISO 32000-1, table 117, `DW2`.
const DEFAULT_HEIGHT: f64 = -1000.0;

/// A letter of a shown string.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// Its character, or the few that it stands for; `None` where the file does not say.
    pub(super) text: Option<Rc<str>>,
    /// How far the next one stands, in the size of the font.
    pub(super) advance: f64,
    /// Is it a blank of one byte, which the spacing of words widens (ISO 32000-1, 9.3.3)?
    pub(super) is_word_space: bool,
}

/// The fonts of a file, each read once.
pub(super) struct Fonts<'a> {
    simple: FontCache<'a>,
    known: RefCell<BTreeMap<ObjectIdentifier, Rc<Font>>>,
    collections: RefCell<BTreeMap<&'static str, Option<Rc<CMap>>>>,
    standard: FontResolverFn,
    cmaps: CMapResolverFn,
}

/// A font as far as text needs it.
pub(super) struct Font {
    kind: Kind,
    /// Which of the fonts of the file it is.
    pub(super) face: Face,
}

/// A font of a file, told from the others; fonts that have no number of their own are one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Face(u32);

#[cfg(test)]
impl Face {
    /// The font of that number.
    pub(super) fn numbered(number: u32) -> Self {
        Self(number)
    }
}

enum Kind {
    /// The letters of the 256 codes.
    Simple(Vec<Letter>),
    Composite(Box<Composite>),
    /// It cannot be read; so many bytes make a letter.
    Unreadable(usize),
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            simple: FontCache::new(),
            known: RefCell::default(),
            collections: RefCell::default(),
            standard: Arc::new(|query| {
                let font = match query {
                    FontQuery::Standard(font) => *font,
                    FontQuery::Fallback(query) => query.pick_standard_font(),
                };
                Some(font.get_font_data())
            }),
            cmaps: Arc::new(load_embedded),
        }
    }

    /// The font that a dictionary describes.
    pub(super) fn font(&self, dict: &Dict<'a>) -> Rc<Font> {
        let Some(id) = dict.obj_id() else { return Rc::new(self.read(dict)) };
        if let Some(known) = self.known.borrow().get(&id) {
            return known.clone();
        }
        let font = Rc::new(self.read(dict));
        self.known.borrow_mut().insert(id, font.clone());
        font
    }

    fn read(&self, dict: &Dict<'a>) -> Font {
        let is_composite = dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type0");
        let read = AssertUnwindSafe(|| match is_composite {
            true => self.composite(dict).map(|font| Kind::Composite(Box::new(font))),
            false => self.simple(dict).map(Kind::Simple),
        });
        // The readers of font programs are others' work on bytes that may be anything.
        let kind = catch_unwind(read).ok().flatten();
        let kind = kind.unwrap_or(Kind::Unreadable(1 + usize::from(is_composite)));
        let face = dict.obj_id().map_or(Face::default(), |id| Face(id.obj_number));
        Font { kind, face }
    }

    fn simple(&self, dict: &Dict<'a>) -> Option<Vec<Letter>> {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let is_safe =
            |stream: Option<Stream<'_>>| stream.is_none_or(|s| stream::is_small(&s));
        // What fills the codes before the first one is written out by the reader.
        let first = dict.get::<i32>("FirstChar").unwrap_or(0);
        let programs = ["FontFile", "FontFile2", "FontFile3"];
        if !(0..=0xFF).contains(&first)
            || !is_safe(dict.get("ToUnicode"))
            || !programs.iter().all(|name| is_safe(descriptor.get(*name)))
        {
            return None;
        }
        let font = self.simple.font(dict, &self.standard, &self.cmaps)?;
        let letter = |code: u32| {
            let text = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            Letter {
                text: text.and_then(|text| printed(&text)),
                advance: font.code_advance(code).x / 1000.0,
                is_word_space: code == 0x20,
            }
        };
        Some((0..=0xFF).map(letter).collect())
    }

    fn composite(&self, dict: &Dict<'a>) -> Option<Composite> {
        let descendants = dict.get::<Array<'_>>("DescendantFonts")?;
        let descendant = descendants.iter::<Dict<'_>>().next()?;
        let encoding = Encoding::read(&dict.get::<Object<'_>>("Encoding")?)?;
        let said = encoding.cmap.metadata().character_collection.as_ref();
        let family = said.map(|said| said.family.clone()).filter(|family| {
            !matches!(family, CidFamily::AdobeIdentity | CidFamily::Custom { .. })
        });
        let family = family.or_else(|| family_of(&descendant));
        let is_vertical =
            encoding.cmap.metadata().writing_mode == Some(WritingMode::Vertical);
        Some(Composite {
            to_unicode: ToUnicode::read(dict),
            collection: family.and_then(|family| self.collection(&family)),
            encoding,
            default_width: descendant.get::<f64>("DW").unwrap_or(DEFAULT_WIDTH),
            widths: widths(descendant.get("W")),
            is_vertical,
        })
    }

    /// The characters of a collection.
    fn collection(&self, family: &CidFamily) -> Option<Rc<CMap>> {
        let name = match family {
            CidFamily::AdobeGB1 => "GB1",
            CidFamily::AdobeCNS1 => "CNS1",
            CidFamily::AdobeJapan1 => "Japan1",
            CidFamily::AdobeKorea1 => "Korea1",
            CidFamily::AdobeIdentity | CidFamily::Custom { .. } => return None,
        };
        let mut known = self.collections.borrow_mut();
        let table = known.entry(name).or_insert_with(|| {
            let table = load_embedded(family.ucs2_cmap()?)?;
            CMap::parse(table, load_embedded).map(Rc::new)
        });
        table.clone()
    }
}

impl Font {
    /// Are its letters set from above?
    pub(super) fn is_vertical(&self) -> bool {
        matches!(&self.kind, Kind::Composite(font) if font.is_vertical)
    }

    /// The letters of a string, handed to `put` one by one.
    pub(super) fn letters(&self, bytes: &[u8], mut put: impl FnMut(Letter)) {
        match &self.kind {
            Kind::Simple(letters) => {
                bytes.iter().for_each(|&code| put(letters[usize::from(code)].clone()));
            }
            Kind::Composite(font) => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let len = font.encoding.codespace.len_of(rest);
                    let (code, others) = rest.split_at(len);
                    put(font.letter(code));
                    rest = others;
                }
            }
            Kind::Unreadable(len) => {
                for _ in bytes.chunks(*len) {
                    put(Letter { text: None, advance: 0.5, is_word_space: false });
                }
            }
        }
    }
}

/// A font whose letters are numbers of a character collection.
struct Composite {
    encoding: Encoding,
    to_unicode: Option<ToUnicode>,
    collection: Option<Rc<CMap>>,
    default_width: f64,
    widths: FxHashMap<u32, f64>,
    is_vertical: bool,
}

impl Composite {
    fn letter(&self, bytes: &[u8]) -> Letter {
        let code = bytes.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
        let cid = self.encoding.cmap.lookup_cid_code(code, bytes.len() as u8);
        let advance = match self.is_vertical {
            true => DEFAULT_HEIGHT,
            false => {
                let width = cid.and_then(|cid| self.widths.get(&cid));
                width.copied().unwrap_or(self.default_width)
            }
        };
        Letter {
            text: self.text(bytes, code, cid),
            advance: advance / 1000.0,
            is_word_space: bytes == [0x20],
        }
    }

    fn text(&self, bytes: &[u8], code: u32, cid: Option<u32>) -> Option<Rc<str>> {
        let told = self.to_unicode.as_ref().and_then(|table| table.text(bytes, code));
        told.or_else(|| self.encoding.is_unicode.then(|| utf16(bytes)).flatten()).or_else(
            || {
                let text = self.collection.as_ref()?.lookup_bf_string(cid?)?;
                printed(&text)
            },
        )
    }
}

/// How the codes of a font stand in a string, and which number each is.
struct Encoding {
    cmap: CMap,
    codespace: Codespace,
    /// Are the codes themselves UTF-16?
    is_unicode: bool,
}

impl Encoding {
    fn read(object: &Object<'_>) -> Option<Self> {
        match object {
            Object::Name(name) => {
                let cmap = match CMapName::from_bytes(name) {
                    CMapName::IdentityH => CMap::identity_h(),
                    CMapName::IdentityV => CMap::identity_v(),
                    known => CMap::parse(load_embedded(known)?, load_embedded)?,
                };
                let says =
                    |word: &[u8]| name.windows(word.len()).any(|part| part == word);
                let is_unicode =
                    name.starts_with(b"Uni") && (says(b"-UCS2") || says(b"-UTF16"));
                Some(Self { cmap, codespace: Codespace::named(name), is_unicode })
            }
            Object::Stream(table) => {
                let table = stream::unpack(table).bytes;
                let cmap = CMap::parse(&table, load_embedded)?;
                Some(Self { cmap, codespace: Codespace::told(&table), is_unicode: false })
            }
            _ => None,
        }
    }
}

/// What the file says of the characters of a font.
enum ToUnicode {
    Table(Box<CMap>),
    /// The codes are UTF-16. Some makers write the name of a table in its place.
    Identity,
}

impl ToUnicode {
    fn read(font: &Dict<'_>) -> Option<Self> {
        match font.get::<Object<'_>>("ToUnicode")? {
            Object::Stream(table) => {
                let table = stream::unpack(&table).bytes;
                let table = CMap::parse(&table, load_embedded)?;
                Some(Self::Table(Box::new(table)))
            }
            Object::Name(name) if name.starts_with(b"Identity") => Some(Self::Identity),
            _ => None,
        }
    }

    fn text(&self, bytes: &[u8], code: u32) -> Option<Rc<str>> {
        match self {
            Self::Table(table) => printed(&table.lookup_bf_string(code)?),
            Self::Identity => utf16(bytes),
        }
    }
}

/// The text that a table gives for a letter, if it can be printed: what some makers write for
/// letters that they know nothing of is no character.
fn printed(text: &BfString) -> Option<Rc<str>> {
    let mut buffer = [0; 4];
    let text = match text {
        BfString::Char(c) => &*c.encode_utf8(&mut buffer),
        BfString::String(text) => text,
    };
    let text: String = text
        .chars()
        .map(|c| if matches!(c, '\t' | '\n' | '\r' | '\u{A0}') { ' ' } else { c })
        .filter(|&c| !c.is_control() && c != '\u{FFFD}')
        .collect();
    (!text.is_empty()).then(|| Rc::from(text))
}

/// The characters of a code in UTF-16.
fn utf16(bytes: &[u8]) -> Option<Rc<str>> {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|unit| u16::from_be_bytes([unit[0], unit[1]]))
        .collect();
    let text = String::from_utf16(&units).ok()?;
    printed(&BfString::String(text))
}

/// The collection that a font says its numbers are of.
fn family_of(descendant: &Dict<'_>) -> Option<CidFamily> {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let registry = info.get::<hayro_syntax::object::String<'_>>("Registry")?;
    let ordering = info.get::<hayro_syntax::object::String<'_>>("Ordering")?;
    Some(CidFamily::from_registry_ordering(&registry, &ordering))
}

/// Widths by number, written as `first [w w w …]` or `first last w` (ISO 32000-1, 9.7.4.3).
fn widths(list: Option<Array<'_>>) -> FxHashMap<u32, f64> {
    let mut out = FxHashMap::default();
    let Some(list) = list else { return out };
    let mut items = list.iter::<Object<'_>>();
    while let (Some(Object::Number(first)), Some(second)) = (items.next(), items.next()) {
        let Ok(first) = u32::try_from(first.as_i64()) else { break };
        let room = MOST_WIDTHS.saturating_sub(out.len());
        match (second, u32::MAX) {
            (Object::Array(listed), last) => {
                out.extend((first..last).zip(listed.iter::<f64>()).take(room));
            }
            (Object::Number(last), _) => {
                let Some(width) =
                    items.next().and_then(|w| Some(w.into_number()?.as_f64()))
                else {
                    break;
                };
                let last = u32::try_from(last.as_i64()).unwrap_or(0);
                out.extend((first..=last).map(|cid| (cid, width)).take(room));
            }
            _ => break,
        }
    }
    out
}
