//! PDF: the text layer, a form feed between two pages.
//!
//! What the page did to the text (broken lines, running heads, footnotes at the foot) is left
//! to the cleaning rules. The reader behind is watched: it runs on a thread of its own, may
//! fail there, and is given up when it takes too long.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use pdf_extract::{Document, OutputError, PlainTextOutput, output_doc_page};

use super::Problem;

/// The most bytes of a file.
const LARGEST: usize = 200 << 20;

/// The time a file is given, in seconds, and what it is given more for each megabyte: a book
/// of 500 pages with 3 MB takes about a tenth of this.
const SECONDS: u64 = 20;
const SECONDS_PER_MB: u64 = 2;

/// The most text of all pages, in bytes.
const MOST_TEXT: usize = 48 << 20;

/// A page of a scan may still carry a stamp: with fewer letters a page than this on average
/// it is one.
const FEW_LETTERS: usize = 4;

/// The name of the thread that PDFs are read on. It may panic, which is caught and reported
/// as [`Problem::Damaged`]; a program that wants no word of it leaves it out of its hook.
pub const PDF_THREAD: &str = "pdf";

/// The text of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::TooLarge { limit: LARGEST as u64 });
    }
    let seconds = SECONDS + SECONDS_PER_MB * (bytes.len() as u64 >> 20);
    let (sender, receiver) = mpsc::channel();
    let owned = bytes.to_owned();
    let worker = std::thread::Builder::new()
        .name(PDF_THREAD.into())
        .stack_size(64 << 20)
        .spawn(move || {
            let pages = catch_unwind(AssertUnwindSafe(|| pages(&owned)));
            let pages = pages.unwrap_or_else(|_| Err(broken()));
            // Nobody listens any more where the time is over.
            let _ = sender.send(pages);
        });
    worker.map_err(|error| Problem::damaged(error.to_string()))?;
    let pages = receiver
        .recv_timeout(Duration::from_secs(seconds))
        .map_err(|_| Problem::Slow { seconds })??;
    let letters: usize = pages
        .iter()
        .flat_map(|page| page.chars())
        .filter(|c| c.is_alphanumeric())
        .count();
    if letters < FEW_LETTERS * pages.len().max(1) {
        return Err(Problem::Scan { pages: pages.len() });
    }
    Ok(pages.join("\n\u{c}"))
}

fn pages(bytes: &[u8]) -> Result<Vec<String>, Problem> {
    let mut document = Document::load_mem(bytes)
        .map_err(|error| problem(&OutputError::PdfError(error)))?;
    if document.is_encrypted() {
        // Many files are locked against changes only and open without a password.
        document.decrypt("").map_err(|_| Problem::Locked)?;
    }
    let mut out = Vec::new();
    let mut len = 0;
    let mut failed = None;
    for number in document.get_pages().into_keys() {
        // A page that cannot be read is left out if others can.
        let page = catch_unwind(AssertUnwindSafe(|| page(&document, number)));
        let page = page.unwrap_or_else(|_| Err(broken())).unwrap_or_else(|problem| {
            failed = Some(problem);
            String::new()
        });
        len += page.len();
        if len > MOST_TEXT {
            return Err(Problem::TooLarge { limit: MOST_TEXT as u64 });
        }
        out.push(page);
    }
    match failed {
        Some(problem) if out.iter().all(|page| page.trim().is_empty()) => Err(problem),
        _ => Ok(out),
    }
}

fn page(document: &Document, number: u32) -> Result<String, Problem> {
    let mut page = String::new();
    let mut writer = PlainTextOutput::new(&mut page);
    output_doc_page(document, &mut writer, number).map_err(|error| problem(&error))?;
    Ok(page)
}

fn broken() -> Problem {
    Problem::damaged("its pages break the rules of the format")
}

fn problem(error: &OutputError) -> Problem {
    let message = error.to_string();
    let lower = message.to_lowercase();
    if lower.contains("decrypt")
        || lower.contains("password")
        || lower.contains("encrypt")
    {
        return Problem::Locked;
    }
    Problem::damaged(message)
}
