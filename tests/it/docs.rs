//! The pages that users read: what they type is run, what they are shown is what comes, and
//! links lead somewhere.
//!
//! `UPDATE=1 cargo test --test it docs` writes what commands print today into the pages.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page for users: those of the root, of `docs/`, and what stands beside data.
fn pages() -> Vec<PathBuf> {
    let folders =
        ["", "docs", "corpora", "glossary", "python"].map(|name| root().join(name));
    let mut pages: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap().display().to_string()
}

#[cfg(unix)]
mod commands {
    use std::process::Command;

    use regex::Regex;

    use super::*;

    /// A page with what its commands print today in place of what it shows.
    fn with_real_output(page: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root().join("corpora"), folder.path().join("corpora"))
            .unwrap();
        let mut told = String::new();
        let mut in_block = false;
        for line in page.lines() {
            if line.starts_with("```") {
                in_block = line == "```console";
            }
            match line.strip_prefix("$ ").filter(|_| in_block) {
                Some(command) => {
                    let output = run(command, folder.path());
                    let end = if output.is_empty() { "" } else { "\n" };
                    writeln!(told, "{line}{end}{output}").unwrap();
                }
                None if in_block && !line.starts_with("```") => {}
                None => writeln!(told, "{line}").unwrap(),
            }
        }
        told
    }

    fn run(command: &str, folder: &Path) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_align")).parent().unwrap();
        let path =
            format!("{}:{}", program.display(), env::var("PATH").unwrap_or_default());
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(folder)
            .env("PATH", path)
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .env("ALIGN_CACHE", folder.join("cache"))
            .env("ALIGN_WHO", "Lin")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// The times that runs took differ from run to run.
    fn without_times(page: &str) -> String {
        Regex::new(r"\d+\.\d+ s\b").unwrap().replace_all(page, "… s").into_owned()
    }

    #[test]
    fn what_the_pages_show_is_what_comes() {
        let is_update = env::var_os("UPDATE").is_some();
        let mut n_pages = 0;
        for path in pages() {
            let page = fs::read_to_string(&path).unwrap();
            if !page.contains("```console") {
                continue;
            }
            n_pages += 1;
            let told = with_real_output(&page);
            if is_update {
                fs::write(&path, told).unwrap();
            } else {
                assert_same(&without_times(&page), &without_times(&told), &name(&path));
            }
        }
        assert!(n_pages > 1, "{n_pages} pages");
    }

    /// Tells the first line that differs.
    fn assert_same(shown: &str, told: &str, page: &str) {
        let first = shown.lines().zip(told.lines()).find(|(shown, told)| shown != told);
        assert_eq!(first, None, "{page}: shown and told");
        assert_eq!(shown.lines().count(), told.lines().count(), "{page}");
    }
}

/// The targets of the links of a page, outside its listings.
fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_listing = false;
    for line in page.lines() {
        is_listing ^= line.starts_with("```");
        for rest in line.split("](").skip(1).filter(|_| !is_listing) {
            if let Some((target, _)) = rest.split_once(')') {
                found.push(target.to_owned());
            }
        }
    }
    found
}

/// The anchors of the headings of a page, as GitHub and mdBook make them.
fn anchors(page: &str) -> BTreeSet<String> {
    page.lines()
        .filter_map(|line| line.strip_prefix('#'))
        .map(|heading| {
            let heading = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = heading
                .chars()
                .filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.collect::<String>().replace(' ', "-")
        })
        .collect()
}

#[test]
fn links_lead_somewhere() {
    let mut n_links = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for link in links(&page) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            n_links += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => path.clone(),
                file => path.parent().unwrap().join(file),
            };
            assert!(target.exists(), "{}: {link}", name(&path));
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(&target).unwrap());
                assert!(there.contains(anchor), "{}: {link}", name(&path));
            }
        }
    }
    assert!(n_links > 20, "{n_links} links");
}

#[test]
fn the_book_holds_every_page_of_its_folder() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let listed: BTreeSet<String> = links(&summary).into_iter().collect();
    let there: BTreeSet<String> = pages()
        .into_iter()
        .filter(|page| page.parent() == Some(&root().join("docs")))
        .map(|page| page.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "SUMMARY.md")
        .collect();
    assert_eq!(listed, there);
}
