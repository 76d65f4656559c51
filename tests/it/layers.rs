//! A module uses only modules of lower layers, and itself.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The layers, bottom first. Modules of one layer are strangers; the program stands on top
/// of all.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["types"],
    &["numbering"],
    &["read", "clean", "lexicon"],
    &["tokenize"],
    &["terms"],
    &["segment", "anchor", "align", "mine"],
    &["glossary", "export", "eval", "concordance"],
    &["check", "update"],
    &["config", "error"],
    &["pipeline", "batch"],
    &["review"],
    &["cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Where the files of the library are.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file of the library, by its path under `src`.
pub(crate) fn library_files() -> Vec<PathBuf> {
    let root = root();
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(&root).unwrap().to_owned());
            }
        }
    }
    let is_test = |file: &Path| file.file_stem().is_some_and(|stem| stem == "tests");
    files.retain(|file| !file.starts_with("bin") && file != Path::new("lib.rs"));
    files.retain(|file| !is_test(file));
    files.sort();
    files
}

/// The top module of a file: `export` of `export/tmx.rs`, `config` of `config.rs`.
fn module_of(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file: no comments, and nothing from its tests on, which may use anything.
pub(crate) fn code(text: &str) -> String {
    let tests =
        Regex::new(r"#\[cfg\(test\)\]\n(?:pub(?:\([a-z]+\))? )?mod [a-z_]+ \{").unwrap();
    let before_tests = tests.splitn(text, 2).next().unwrap();
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The top modules that a code names by `crate::`, in a group or alone.
fn used_modules(code: &str) -> Vec<String> {
    let path = Regex::new(r"\bcrate::(?:([a-z_]+)|\{((?:[^{}]|\{[^{}]*\})*)\})").unwrap();
    let inner = Regex::new(r"\{[^{}]*\}").unwrap();
    let mut used = Vec::new();
    for found in path.captures_iter(code) {
        match (found.get(1), found.get(2)) {
            (Some(module), _) => used.push(module.as_str().to_owned()),
            (_, Some(group)) => {
                let flat = inner.replace_all(group.as_str(), "");
                let names =
                    flat.split(',').map(|item| item.trim().split("::").next().unwrap());
                used.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }
    used
}

#[test]
fn every_module_has_its_layer() {
    for file in library_files() {
        let module = module_of(&file);
        assert!(
            layer(&module).is_some(),
            "{}: `{module}` is in no layer",
            file.display()
        );
    }
}

#[test]
fn a_module_uses_lower_layers_only() {
    let root = root();
    let mut broken = Vec::new();
    for file in library_files() {
        let module = module_of(&file);
        let text = fs::read_to_string(root.join(&file)).unwrap();
        for used in used_modules(&code(&text)) {
            if used != module && layer(&used) >= layer(&module) {
                broken.push(format!("{}: `{module}` uses `{used}`", file.display()));
            }
        }
    }
    broken.dedup();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn grouped_paths_are_read_too() {
    let code = "use crate::text::Span;\nuse crate::{read, types::{Pair, Side}};\n\
                let x = crate::lexicon::Seed::shipped();";
    assert_eq!(used_modules(code), ["text", "read", "types", "lexicon"]);
}
