use std::fmt;

use memchr::memmem;

/// What a file that is no plain text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A PDF document.
    Pdf,
    /// A Word document of the old kind, `.doc`, or a kin of it.
    OldOffice,
    /// A workbook, `.xlsx`.
    Workbook,
    /// A zip archive; a document may be in it.
    Zip,
    /// Text with the commands of the Rich Text Format.
    Rtf,
    /// A compressed file.
    Compressed,
    /// A picture.
    Picture,
    /// Text of four bytes a character.
    Utf32,
    /// Bytes that make no sense as text.
    Unknown,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileKind::Pdf => "a PDF document",
            FileKind::OldOffice => "a Word or Office document of the old kind",
            FileKind::Workbook => "a workbook",
            FileKind::Zip => "a zip archive",
            FileKind::Rtf => "Rich Text Format",
            FileKind::Compressed => "a compressed file",
            FileKind::Picture => "a picture",
            FileKind::Utf32 => "UTF-32",
            FileKind::Unknown => "binary data",
        })
    }
}

/// How far into a PDF its first line may stand.
/// Source: Adobe's implementation notes to PDF 1.7, 13: within the first 1024 bytes.
const PDF_HEAD: usize = 1024;

/// The kind of a file that says so in its first bytes; `None` where it may be plain text.
pub(super) fn by_signature(bytes: &[u8]) -> Option<FileKind> {
    const SIGNATURES: &[(&[u8], FileKind)] = &[
        (b"PK\x03\x04", FileKind::Zip),
        (b"%PDF-", FileKind::Pdf),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::OldOffice),
        (b"{\\rtf", FileKind::Rtf),
        (b"\x1F\x8B", FileKind::Compressed),
        (b"7z\xBC\xAF\x27\x1C", FileKind::Compressed),
        (b"Rar!\x1A\x07", FileKind::Compressed),
        (b"BZh91AY&SY", FileKind::Compressed),
        (b"\xFD7zXZ\0", FileKind::Compressed),
        (b"\x89PNG\r\n\x1A\n", FileKind::Picture),
        (b"\xFF\xD8\xFF", FileKind::Picture),
        (b"GIF87a", FileKind::Picture),
        (b"GIF89a", FileKind::Picture),
        (b"II*\0", FileKind::Picture),
        (b"MM\0*", FileKind::Picture),
        (b"\xFF\xFE\0\0", FileKind::Utf32),
        (b"\0\0\xFE\xFF", FileKind::Utf32),
    ];
    let first = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    first.map(|&(_, kind)| kind).or_else(|| is_late_pdf(bytes).then_some(FileKind::Pdf))
}

/// Is this a PDF behind other bytes, as mail and web servers leave them? A text that merely
/// speaks of one has no objects.
fn is_late_pdf(bytes: &[u8]) -> bool {
    speaks_of_pdf(bytes) && memmem::find(bytes, b"endobj").is_some()
}

/// May a file that begins so be a PDF behind other bytes?
pub(super) fn speaks_of_pdf(head: &[u8]) -> bool {
    memmem::find(&head[..head.len().min(PDF_HEAD)], b"%PDF-1.").is_some()
}

/// Is a container of the old kind the envelope of a document that a password locks?
///
/// Source: [MS-OFFCRYPTO] 2.3.4, the stream `EncryptedPackage`; its name is in UTF-16.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    holds_stream(bytes, "EncryptedPackage")
}

/// Is a name in UTF-16 in the bytes, as a container of the old kind names its streams?
fn holds_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memmem::find(bytes, &name).is_some()
}

/// How the document in a container of the old kind ends, and its newer format; `None` of one
/// that holds something else, as a workbook does.
///
/// Source: [MS-DOC] 2.1.1 and [MS-PPT] 2.1.2, the names of the streams; they are in UTF-16.
pub(super) fn old_document(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    // A presentation may hold a text as an object, a text seldom a presentation.
    if holds_stream(bytes, "PowerPoint Document") {
        Some(("ppt", "pptx"))
    } else {
        holds_stream(bytes, "WordDocument").then_some(("doc", "docx"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_document_is_told_from_an_old_one() {
        let name: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let container = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &name].concat();
        assert_eq!(by_signature(&container), Some(FileKind::OldOffice));
        assert!(is_encrypted(&container));
        assert!(!is_encrypted(&container[..30]));
    }

    #[test]
    fn an_old_document_is_known_by_its_stream() {
        let of = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            old_document(&name)
        };
        assert_eq!(of("WordDocument"), Some(("doc", "docx")));
        assert_eq!(of("PowerPoint Document"), Some(("ppt", "pptx")));
        assert_eq!(of("Workbook"), None);
    }

    #[test]
    fn other_bytes_may_stand_before_a_pdf() {
        let file = b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n";
        assert_eq!(by_signature(file), Some(FileKind::Pdf));
        assert_eq!(by_signature(b"It begins with %PDF-1.4 or later."), None);
    }

    #[test]
    fn plain_text_has_no_signature() {
        assert_eq!(by_signature("大会".as_bytes()), None);
        assert_eq!(by_signature(b""), None);
        assert_eq!(by_signature(b"BZ is no archive"), None);
    }
}
