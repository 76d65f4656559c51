//! What a text is, and what there is to say of how it was read.

use std::path::Path;

use super::binary::FileKind;
use super::encoding;
use super::error::ReadError;
use super::flow::Flow;
use super::problem::Problem;
use super::{file, html, markdown, subtitles};
use crate::types::{FilePlace, LeftOut, LeftOutKind, Notice};

/// A format of text that tells its paragraphs.
pub(super) struct TextFormat {
    /// The endings of its files, in small letters, where the name decides.
    endings: &'static [&'static str],
    /// Is a text of this format by what it says, whatever its name?
    is_meant: fn(&str) -> bool,
    pub(super) read: fn(&str) -> Result<Flow, Problem>,
}

/// A new one is a file and its entry here.
const TEXTS: [TextFormat; 3] = [
    TextFormat {
        endings: &[],
        is_meant: subtitles::is_subtitles,
        read: |text| Ok(subtitles::read(text)),
    },
    TextFormat {
        endings: &["html", "htm", "xhtml", "shtml", "mht"],
        is_meant: html::is_page,
        read: html::read,
    },
    TextFormat {
        endings: &["md", "markdown", "mkd", "mdown"],
        is_meant: |_| false,
        read: |text| Ok(markdown::read(text)),
    },
];

impl TextFormat {
    /// What a text is; `None` of plain text. The name decides where the content could be
    /// anything.
    pub(super) fn find(path: &Path, text: &str) -> Option<&'static Self> {
        let ending = file::ending(path);
        let by_name = TEXTS.iter().find(|format| format.endings.contains(&&*ending));
        by_name.or_else(|| TEXTS.iter().find(|format| (format.is_meant)(text)))
    }
}

/// Why bytes are no text of the encoding that is known.
pub(super) fn undecoded(path: &Path, failure: encoding::Failure) -> ReadError {
    let path = path.to_owned();
    match failure {
        encoding::Failure::NoText => ReadError::Binary { path, kind: FileKind::Unknown },
        encoding::Failure::Undecodable { byte, encoding, named } => {
            ReadError::Undecodable { path, byte, encoding, named }
        }
    }
}

/// What there is to say of a text that is read: the encoding, if it was guessed, and the line of
/// the first of the control characters that were dropped, and their number.
pub(super) fn told(
    name: &str,
    guessed: Option<&'static str>,
    controls: Option<(usize, usize)>,
) -> (Vec<Notice>, Option<LeftOut>) {
    let mut notices = Vec::new();
    if let Some(encoding) = guessed {
        notices.push(Notice::EncodingGuessed { name: name.to_owned(), encoding });
    }
    if let Some((first_line, count)) = controls {
        let name = name.to_owned();
        notices.push(Notice::ControlsDropped { name, count, first_line });
    }
    let left_out = controls.map(|(line, n_chars)| LeftOut {
        n_chars,
        ..LeftOut::new(LeftOutKind::Control, FilePlace::Line(line), "")
    });
    (notices, left_out)
}
