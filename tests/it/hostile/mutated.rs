//! Files of every kind that is read, made by our own writers and then damaged as disks, mails
//! and editors damage them. Each is read, cleaned and cut into segments: what is broken is
//! refused or told, nothing panics, and nothing is read by half without a word.
//!
//! A run tries a few hundred; `ALIGN_MUTATIONS=10000` tries as many as it says. A process of its own
//! tries them, so that what it needs is needed for nothing else.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use bitext::clean::clean;
use bitext::read::{read, read_input};
use bitext::segment::{blocks, segment};
use bitext::types::{Input, Pair, Side, Source};

use crate::broken::numbered;
use crate::cli::{Desk, zipped};
use crate::dice::Dice;

/// How many files a plain run of the tests tries.
const FEW: usize = 300;

/// What broken files are full of.
const TOKENS: [&[u8]; 14] = [
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\"",
    b"<",
    b"</",
    b">",
    b"&#x110000;",
    b"]]>",
    b"endstream",
    b"PK\x03\x04",
    b"-1",
    b"4294967296",
    "\u{202E}第".as_bytes(),
];

/// Damages a file in one to four places.
pub(super) fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(64)).min(bytes.len());
        match dice.roll(7) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 if at < bytes.len() => bytes[at] = dice.next().to_le_bytes()[0],
            3 if at < end => drop(bytes.drain(at..end)),
            4 if at < end => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            5 => {
                let token = TOKENS[dice.roll(TOKENS.len())];
                bytes.splice(at..at, token.iter().copied());
            }
            _ if at < end => bytes[at..end].reverse(),
            _ => {}
        }
    }
}

/// A part of an archive is damaged and packed anew: else its checksum would end the reading.
fn damage_inside(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let chosen = dice.roll(archive.len());
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        if at == chosen {
            damage(&mut content, dice);
        }
        let name = part.name().unwrap_or_default().into_owned();
        parts.push((name, String::from_utf8_lossy(&content).into_owned()));
    }
    let parts: Vec<_> = parts.iter().map(|(name, part)| (&name[..], &part[..])).collect();
    Some(zipped(&parts))
}

/// A PDF of a page of text.
fn pdf() -> Vec<u8> {
    let content = "BT /F1 9 Tf 50 700 Td (Article 1 The Parties shall cooperate) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    numbered(&objects, "")
}

/// Files of all kinds: what the program writes of a pair, and the kinds that it only reads.
pub(super) fn seeds(desk: &Desk) -> Vec<PathBuf> {
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "all", "--out", "seeds"]).done();
    let zh = desk.get("un/zh.txt");
    desk.put("seeds/plain.txt", &zh);
    desk.put("seeds/gbk.txt", encoding_rs::GB18030.encode(&zh).0);
    desk.put(
        "seeds/notes.md",
        format!("# 总则\n\n- {zh}\n\n| 甲 | A |\n|---|---|\n| 乙 | B |\n"),
    );
    desk.put("seeds/film.srt", format!("1\n00:00:01,000 --> 00:00:02,000\n{zh}\n"));
    desk.put(
        "seeds/page.html",
        format!(
            "<html><body><h1>总则</h1><ol><li>{zh}</ol><table><tr><td>甲<td>A</table>"
        ),
    );
    desk.put("seeds/page.pdf", pdf());
    let container =
        "<container><rootfiles><rootfile full-path='o.opf'/></rootfiles></container>";
    let book = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let chapter = format!(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{zh}</p></body></html>"
    );
    let parts = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("o.opf", book),
        ("a.xhtml", &chapter),
    ];
    desk.put("seeds/book.epub", zipped(&parts));
    let content = format!(
        "<o:document-content xmlns:o='o' xmlns:text='t'><o:body><o:text><text:p>{zh}</text:p></o:text></o:body></o:document-content>"
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ];
    desk.put("seeds/text.odt", zipped(&parts));
    let entries =
        fs::read_dir(desk.path("seeds")).unwrap().map(|entry| entry.unwrap().path());
    let mut seeds: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    seeds.sort();
    seeds
}

/// Cleans and cuts a text of either language.
fn cut(source: &Source) {
    for side in Side::BOTH {
        let document = match &source.blocks {
            Some(found) => blocks(source, found, side),
            None => segment(source, &clean(source, side, &|_| true).value, side),
        };
        assert!(document.segments.iter().all(|one| one.span.end <= document.text.len()));
    }
}

/// Reads a file as one side and as both, and goes on as far as it leads.
fn take(path: &Path) -> bool {
    let alone = read(path, None).map(|noted| cut(&noted.value)).is_ok();
    let both = match read_input(path, None, Pair::default()).map(|noted| noted.value) {
        Ok(Input::Texts(pair)) => {
            cut(&pair.zh);
            cut(&pair.en);
            true
        }
        Ok(_) => true,
        Err(_) => false,
    };
    alone || both
}

/// How many characters a file gives, read as one text; `None` where it is refused, as one with
/// next to no text is by whoever reads a text, or where it is told that something is not in it.
fn n_silent(path: &Path) -> Option<usize> {
    let noted = read(path, None).ok()?;
    let source = noted.value;
    let is_told = !noted.notices.is_empty() || !source.left_out.is_empty();
    let n_chars = source.text.chars().filter(|c| !c.is_whitespace()).count();
    (!is_told && n_chars > 1).then_some(n_chars)
}

/// The most memory of the process that any file takes, in MB.
const MOST_MEMORY: u64 = 500;

/// The most time of the processor that any file takes in a long run, in seconds.
const MOST_TIME: f64 = 10.0;

/// The length of a tick in which Linux counts the time of the processor, in seconds.
const TICK: f64 = 0.01;

/// What a process needs, as Linux tells it.
mod needed {
    use super::{TICK, fs};

    /// Forgets the peak of the memory.
    pub(super) fn forget() {
        // Where it cannot be forgotten the peak is that of all files, which says more.
        drop(fs::write("/proc/self/clear_refs", "5"));
    }

    /// The peak of the memory since then, in MB; 0 where nobody tells.
    pub(super) fn memory() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb =
            peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kb.unwrap_or(0) >> 10
    }

    /// The time of the processor until now, in seconds; 0 where nobody tells.
    pub(super) fn time() -> f64 {
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        // Behind the name, which may hold blanks, user and system are the 12th and 13th.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
        ticks.sum::<f64>() * TICK
    }
}

/// Says to the process that tries the files that it is the one.
const ALONE: &str = "ALIGN_MUTATIONS_ALONE";

#[test]
fn a_damaged_file_is_read_or_refused_and_nothing_panics() {
    if std::env::var_os(ALONE).is_none() {
        let mut alone = Command::new(std::env::current_exe().unwrap());
        let name =
            "hostile::mutated::a_damaged_file_is_read_or_refused_and_nothing_panics";
        let output =
            alone.args([name, "--exact", "--nocapture"]).env(ALONE, "1").output();
        let output = output.unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains("1 passed"), "{told}{why}");
        return println!("{told}");
    }
    let wanted: Option<usize> =
        std::env::var("ALIGN_MUTATIONS").ok().and_then(|n| n.parse().ok());
    let n_files = wanted.unwrap_or(FEW);
    let desk = Desk::with_sample();
    let seeds = seeds(&desk);
    let mut dice = Dice(2026);
    let mut n_read = 0;
    let (mut most_memory, mut most_time) = (0, 0.0_f64);
    let mut halved = Vec::new();
    let whole: Vec<(usize, usize)> = seeds
        .iter()
        .map(|seed| (n_silent(seed).unwrap_or(0), fs::read(seed).unwrap().len()))
        .collect();
    assert!(whole.iter().filter(|(n_chars, _)| *n_chars > 0).count() > 6, "{whole:?}");
    for n in 0..n_files {
        let seed = &seeds[n % seeds.len()];
        let mut bytes = fs::read(seed).unwrap();
        let inside =
            if dice.roll(4) > 0 { damage_inside(&bytes, &mut dice) } else { None };
        match inside {
            Some(anew) => bytes = anew,
            None => damage(&mut bytes, &mut dice),
        }
        let path =
            desk.path("damaged").with_extension(seed.extension().unwrap_or_default());
        fs::write(&path, &bytes).unwrap();
        needed::forget();
        let began = needed::time();
        let taken = catch_unwind(AssertUnwindSafe(|| take(&path)));
        if taken.is_err() {
            let kept = std::env::temp_dir().join(path.file_name().unwrap());
            fs::copy(&path, &kept).unwrap();
        }
        let name = seed.file_name().unwrap().display().to_string();
        let (memory, time) = (needed::memory(), needed::time() - began);
        assert!(memory <= MOST_MEMORY, "mutation {n} of {name} takes {memory} MB");
        let is_slow = wanted.is_some_and(|n| n > FEW) && time > MOST_TIME;
        assert!(!is_slow, "mutation {n} of {name} takes {time} s");
        (most_memory, most_time) = (memory.max(most_memory), time.max(most_time));
        n_read += usize::from(taken.unwrap_or_else(|_| panic!("mutation {n} of {name}")));
        // Of a file that was cut short there is as much less to read.
        let (n_chars, n_bytes) = whole[n % seeds.len()];
        let least = n_chars * bytes.len().min(n_bytes) / n_bytes / 2;
        if let Some(n_silent) = n_silent(&path).filter(|n_silent| *n_silent < least) {
            let kept = std::env::temp_dir().join(format!("{n}-{name}"));
            fs::copy(&path, &kept).unwrap();
            halved.push(format!("{}: {n_silent} of {n_chars}", kept.display()));
        }
    }
    assert!(halved.is_empty(), "read by half without a word:\n{}", halved.join("\n"));
    // Else only the first door was tried.
    assert!(n_read * 4 > n_files, "{n_read} of {n_files} were read");
    println!(
        "{n_files} files, {n_read} read: none over {most_memory} MB or {most_time:.2} s, all in \
         {:.1} s of the processor",
        needed::time()
    );
}
