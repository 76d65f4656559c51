//! Time and memory of reading a file of each kind.
//!
//! ```text
//! cargo bench --bench readers                a made-up manual in every kind that is easily made
//! cargo bench --bench readers -- FILE…       these files
//! ```
//!
//! Each file is read in a process of its own, so that the peak of memory is its own; the time
//! is the least of five readings. Figures of memory come from `/proc`, so this runs on Linux.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::unwrap_used, reason = "a bench may fail as a test does")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use bitext::read::read;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PARAGRAPHS: usize = 20_000;
const READINGS: usize = 5;

/// Says to the process of a file that it is one.
const ONE: &str = "--one";

fn main() {
    let args: Vec<String> =
        std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [one, file] = &args[..]
        && one == ONE
    {
        return measure(Path::new(file));
    }
    let made = tempfile::tempdir().unwrap();
    let files = if args.is_empty() {
        manual(made.path())
    } else {
        args.iter().map(PathBuf::from).collect()
    };
    println!("{:<32}{:>9}{:>10}{:>10}{:>9}", "file", "MB", "ms", "MB/s", "MiB");
    for file in files {
        let child = Command::new(std::env::current_exe().unwrap())
            .arg(ONE)
            .arg(&file)
            .output()
            .unwrap();
        print!(
            "{}{}",
            String::from_utf8_lossy(&child.stdout),
            String::from_utf8_lossy(&child.stderr)
        );
    }
}

fn measure(file: &Path) {
    let least = (0..READINGS)
        .map(|_| {
            let start = Instant::now();
            read(file, None).unwrap();
            start.elapsed().as_secs_f64()
        })
        .min_by(f64::total_cmp)
        .unwrap();
    let megabytes = fs::metadata(file).unwrap().len() as f64 / 1e6;
    let name = file.file_name().unwrap().to_string_lossy();
    println!(
        "{name:<32}{megabytes:>9.2}{:>10.1}{:>10.1}{:>9}",
        least * 1e3,
        megabytes / least,
        peak()
    );
}

/// The most memory that this process held, in MiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

/// One text as plain text, Markdown, a web page, a Word document, a book and subtitles.
fn manual(folder: &Path) -> Vec<PathBuf> {
    let paragraph = |n: usize| {
        format!(
            "第{n}条　承租人应当按照约定的方法使用租赁物，并在{}日内支付第 {n} 期租金。",
            n % 30 + 1
        )
    };
    let joined = |wrap: &dyn Fn(&str) -> String| {
        (0..PARAGRAPHS).map(|n| wrap(&paragraph(n))).collect::<String>()
    };
    let html = joined(&|text| format!("<p>{text}</p>\n"));
    let page =
        format!("<!DOCTYPE html>\n<html lang=\"zh\"><body>\n{html}</body></html>\n");
    let word = joined(&|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let mut srt = String::new();
    for n in 0..PARAGRAPHS {
        let (minute, second) = (n / 20 % 60, n % 20 * 3);
        let hour = n / 1200;
        writeln!(
            srt,
            "{}\n{hour:02}:{minute:02}:{second:02},000 --> {hour:02}:{minute:02}:{:02},500\n{}\n",
            n + 1,
            second + 2,
            paragraph(n)
        )
        .unwrap();
    }
    let files = [
        ("manual.txt", joined(&|text| format!("{text}\n\n")).into_bytes()),
        ("manual.md", joined(&|text| format!("- **{text}**\n\n")).into_bytes()),
        ("manual.html", page.clone().into_bytes()),
        ("manual.docx", docx(&word)),
        ("manual.epub", epub(&page)),
        ("manual.srt", srt.into_bytes()),
    ];
    files
        .into_iter()
        .map(|(name, bytes)| {
            let path = folder.join(name);
            fs::write(&path, bytes).unwrap();
            path
        })
        .collect()
}

fn docx(paragraphs: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/\
         wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    packed(&[("word/document.xml", &document)])
}

fn epub(page: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
             <rootfile full-path=\"book.opf\"/></rootfiles></container>",
        ),
        (
            "book.opf",
            "<package xmlns=\"http://www.idpf.org/2007/opf\"><manifest>\
             <item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
             <spine><itemref idref=\"a\"/></spine></package>",
        ),
        ("a.xhtml", page),
    ])
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
