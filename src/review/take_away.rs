//! What can be taken away: files of the reviewed bitext, and the review itself.

use std::path::{Path, PathBuf};

use askama::Template as _;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::answer::Answer;
use super::app::Visit;
use super::change::{self, Wish};
use super::desk::{Desk, Touched};
use super::feeding;
use super::reviewed;
use super::view;
use crate::export::{
    Columns, ExportKind, OutputFile, OutputFiles, Part, Product, SegType,
};

/// Writes one file of a kind.
fn exported(
    desk: &Desk,
    file: &OutputFile,
    is_only_pinned: bool,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let reviewed = reviewed::bitext(desk, is_only_pinned);
    let terms = reviewed::terms(desk);
    let setting = &desk.setting;
    let product = Product {
        bitext: &reviewed.bitext,
        sentences: None,
        terms: &terms,
        concepts: &[],
        name: &setting.name,
        languages: &setting.languages,
        segtype: if setting.is_sentences {
            SegType::Sentence
        } else {
            SegType::Paragraph
        },
        created: setting.created,
        by_lines: setting.is_lines,
        source: setting.source,
        min_score: 0.0,
        columns: Columns::Full,
        is_both_levels: false,
        reviewed: reviewed.reviewed(),
        part: Part::default(),
    };
    file.write(&product, out)
}

/// What the report for the translator is asked for by.
const REPORT: &str = "report";

/// One file of a kind, to be kept by the browser.
pub(super) async fn download(visit: Visit) -> Response {
    change::look_for_the_rest(&visit.app, visit.document);
    let desk = visit.desk();
    if visit.name("kind") == REPORT {
        return match view::report::page(&desk, visit.words()).render() {
            Ok(text) => {
                let name = format!("{}.report.html", desk.setting.name);
                attached("review.report.html", &name, text.into_bytes())
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        };
    }
    let kinds = ExportKind::parse_list(visit.name("kind")).unwrap_or_default();
    let kind = kinds.first().filter(|kind| kinds.len() == 1 && !kind.needs_sentences());
    let Some(file) = kind.and_then(|kind| kind.files().first()) else {
        return visit.not_found();
    };
    let is_only_pinned = visit.asked("only") == "confirmed";
    // Some formats are packed, and so cannot be written straight to the answer.
    let mut bytes = Vec::new();
    if exported(&desk, file, is_only_pinned, &mut bytes).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    attached(&file.name("review"), &file.name(&desk.setting.name), bytes)
}

/// The review as it stands on the disk: where that is full, it can be kept elsewhere.
pub(super) async fn log(visit: Visit) -> Response {
    let mut desk = visit.desk();
    let name = format!("{}.review.jsonl", desk.setting.name);
    let Some(text) = desk.session.log().and_then(|log| log.text().ok()) else {
        return visit.not_found();
    };
    attached("review.jsonl", &name, text)
}

/// A file that the browser keeps; `plain` is its name for those that know ASCII alone.
fn attached(plain: &str, name: &str, bytes: Vec<u8>) -> Response {
    let name = name.rsplit('/').next().unwrap_or(name);
    let disposition = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        percent_encoded(name)
    );
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// A name as RFC 5987 writes it.
fn percent_encoded(name: &str) -> String {
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let encode = |b: u8| {
        if is_plain(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }
    };
    name.bytes().map(encode).collect()
}

/// Writes the usual files of a pair into the folder, as reviewed.
pub(super) async fn write_all(wish: Wish) -> Response {
    change::look_for_the_rest(&wish.visit.app, wish.visit.document);
    // That it could not be handed on the answer tells.
    drop(feeding::hand_on(&wish.visit.app, wish.visit.document));
    let mut desk = wish.visit.desk();
    let upto = desk.session.revision();
    let files: Vec<_> = ExportKind::defaults()
        .filter(|kind| !kind.needs_terms() || !desk.backing.terms.is_empty())
        .flat_map(ExportKind::files)
        .filter(|file| !file.is_for_both_levels)
        .map(|file| (file.name(&desk.setting.name), file))
        .collect();
    let names = files.iter().map(|(name, _)| name.as_str());
    if let Some(path) = input_among(&desk, names.clone()) {
        let text = format!("{} {}", wish.words().not_saved, path.display());
        return wish.refuse(StatusCode::CONFLICT, &text);
    }
    let written = OutputFiles::open(&desk.setting.out, names).and_then(|mut outputs| {
        for (name, file) in &files {
            outputs.write(name, |out| exported(&desk, file, false, out))?;
        }
        outputs.commit()
    });
    // That it cannot be told in the log takes nothing from what was written.
    let told = written.as_ref().map_or(Ok(()), |paths| desk.note_written(paths, upto));
    match written {
        Ok(paths) if wish.is_json => {
            let names: Vec<String> =
                paths.iter().map(|p| p.display().to_string()).collect();
            let say = format!("{} {}", wish.words().written_files, names.join(", "));
            let answer = Answer::new(&desk, wish.words(), &Touched::default());
            let warn = told.err().map_or(answer.warn, |error| error.to_string());
            axum::Json(Answer { say, warn, ..answer }).into_response()
        }
        Ok(_) => Redirect::to(&wish.visit.base()).into_response(),
        Err(error) => {
            let text = format!("{} {error}", wish.words().not_saved);
            wish.refuse(StatusCode::INTERNAL_SERVER_ERROR, &text)
        }
    }
}

/// The output that is a source of the review, or the termbase that decisions go to.
fn input_among<'a>(desk: &Desk, names: impl Iterator<Item = &'a str>) -> Option<PathBuf> {
    let head = desk.session.head();
    let inputs =
        [Path::new(&head.zh.file), Path::new(&head.en.file), &desk.setting.termbase];
    let inputs = inputs.map(|path| path.canonicalize().ok());
    let mut paths = names.map(|name| desk.setting.out.join(name));
    paths.find(|path| {
        let real = path.canonicalize().ok();
        real.is_some() && inputs.contains(&real)
    })
}
