//! No file needs a file that needs it: not directly, and not by way of others.
//!
//! A file needs another where its code names something that stands there: in a `use`, or by a
//! path that begins with `crate`, `super`, `self` or a module of its own. What a module gives
//! away again by `use` is looked up where it stands, so that a room with a door in its
//! `mod.rs` is no circle; its tests may need what they like.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::layers::{code, library_files, root};

#[test]
fn no_file_needs_one_that_needs_it() {
    let files = library_files().into_iter().map(|path| {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        (path.to_string_lossy().replace('\\', "/"), text)
    });
    let found = circles(&files.collect());
    let told: Vec<String> = found.iter().map(|circle| circle.join(" ")).collect();
    assert!(found.is_empty(), "circles of files:\n{}", told.join("\n"));
}

/// The circles among files, each with its files in order.
fn circles(files: &BTreeMap<String, String>) -> Vec<Vec<String>> {
    let house = House::new(files);
    let needs: BTreeMap<&str, BTreeSet<&str>> =
        house.modules.values().map(|room| (room.file, house.needs(room))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for &file in needs.keys() {
        let of_file = reached(&needs, file);
        if of_file.contains(file) {
            let back = |other: &&&str| reached(&needs, other).contains(file);
            found.insert(of_file.iter().filter(back).map(|f| (*f).to_owned()).collect());
        }
    }
    found.into_iter().collect()
}

/// The files that a file needs, and those that they need.
fn reached<'a>(
    needs: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    from: &str,
) -> BTreeSet<&'a str> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for &next in needs.get(file).into_iter().flatten() {
            if found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

/// The path of a module or of something in it.
type Path = Vec<String>;

/// A module that is a file.
struct Module<'a> {
    path: Path,
    file: &'a str,
    /// What its `use`s name, by the name it has here.
    uses: BTreeMap<String, Path>,
    /// The paths that its code goes by.
    named: Vec<Path>,
}

/// All modules, by their paths.
struct House<'a> {
    modules: BTreeMap<Path, Module<'a>>,
}

impl<'a> House<'a> {
    fn new(files: &'a BTreeMap<String, String>) -> Self {
        let modules = files.iter().map(|(file, text)| {
            let path = module_path(file);
            let words = words(&code(text));
            let Names { uses, named } = names(&words);
            (path.clone(), Module { path, file, uses, named })
        });
        Self { modules: modules.collect() }
    }

    /// The files that a module's code needs.
    fn needs(&self, module: &Module<'a>) -> BTreeSet<&'a str> {
        let files = module.named.iter().filter_map(|path| self.file(module, path, 0));
        files.filter(|file| *file != module.file).collect()
    }

    /// The file where something stands that a module calls by a path; `None` of what is not
    /// of this house.
    fn file(&self, from: &Module<'a>, path: &[String], depth: usize) -> Option<&'a str> {
        let mut at = from.path.clone();
        let mut steps = path.iter().peekable();
        match steps.peek()?.as_str() {
            "crate" => at.clear(),
            "self" | "super" => {}
            first if self.modules.contains_key(&below(&at, first)) => {}
            _ => return None,
        }
        while let Some(step) =
            steps.next_if(|s| ["crate", "self", "super"].contains(&s.as_str()))
        {
            if step == "super" {
                at.pop();
            }
        }
        while let Some(step) =
            steps.next_if(|step| self.modules.contains_key(&below(&at, step)))
        {
            at.push(step.clone());
        }
        let module = self.modules.get(&at)?;
        let given = steps.next().and_then(|item| module.uses.get(item));
        match given.filter(|_| depth < 16) {
            Some(given) => self.file(module, given, depth + 1),
            None => Some(module.file),
        }
    }
}

fn below(path: &Path, name: &str) -> Path {
    path.iter().cloned().chain([name.to_owned()]).collect()
}

/// `export/tmx.rs` is the module export::tmx, `export/mod.rs` is export, `lib.rs` the root.
fn module_path(file: &str) -> Path {
    let steps = file.trim_end_matches(".rs").split('/').map(str::to_owned);
    let mut path: Path = steps.collect();
    if path.last().is_some_and(|last| last == "mod" || last == "lib") {
        path.pop();
    }
    path
}

/// The words and marks of a code; neither what stands in quotes nor lifetimes.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            _ if c.is_alphabetic() || c == '_' => rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
            '"' => quoted(rest, '"'),
            '\'' if is_char(rest) => quoted(rest, '\''),
            ':' if rest.starts_with("::") => 2,
            _ => c.len_utf8(),
        };
        let raw = rest[..len].strip_prefix('r').map(|hashes| (hashes, &rest[len..]));
        if let Some(("", after)) = raw
            && after.trim_start_matches('#').starts_with('"')
        {
            let hashes = after.len() - after.trim_start_matches('#').len();
            let end = format!("\"{}", "#".repeat(hashes));
            let body = &after[hashes + 1..];
            rest = body.split_once(&end).map_or("", |(_, behind)| behind);
            continue;
        }
        if !c.is_whitespace() && c != '"' && c != '\'' {
            words.push(rest[..len].to_owned());
        }
        rest = &rest[len..];
    }
    words
}

/// How long a text in quotes is, with the quotes.
fn quoted(text: &str, mark: char) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == mark && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// Is it a character in quotes and no lifetime?
fn is_char(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    matches!((chars.next(), chars.next()), (Some('\\'), _) | (_, Some('\'')))
}

/// What a code names.
#[derive(Default)]
struct Names {
    uses: BTreeMap<String, Path>,
    named: Vec<Path>,
}

fn names(words: &[String]) -> Names {
    let mut names = Names::default();
    let mut given_away: Vec<(String, Path)> = Vec::new();
    let mut plain: BTreeSet<&str> = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let is_use =
            words[at] == "use" && words.get(at + 1).is_none_or(|next| next != "<");
        if is_use {
            let is_given_away =
                at > 0 && (words[at - 1] == "pub" || words[at - 1] == ")");
            let mut found = Vec::new();
            at = tree(words, at + 1, &Vec::new(), &mut found);
            for (name, path) in found {
                names.uses.insert(name.clone(), path.clone());
                match is_given_away {
                    true => given_away.push((name, path)),
                    false => names.named.push(path),
                }
            }
            continue;
        }
        // Who may see an item is no need: pub(in crate::room).
        if at > 0 && words[at - 1] == "pub" && words[at] == "(" {
            at += words[at..].iter().take_while(|word| *word != ")").count();
            continue;
        }
        let is_inside = at > 0 && ["::", "."].contains(&words[at - 1].as_str());
        let mut path = vec![words[at].clone()];
        plain.insert(&words[at]);
        while words.get(at + 1).is_some_and(|next| next == "::")
            && words.get(at + 2).is_some_and(|next| is_name(next))
        {
            path.push(words[at + 2].clone());
            at += 2;
        }
        if path.len() > 1 && !is_inside {
            names.named.push(path);
        }
        at += 1;
    }
    // What is given away is needed where the code itself speaks of it.
    let needed = given_away.into_iter().filter(|(name, _)| plain.contains(name.as_str()));
    names.named.extend(needed.map(|(_, path)| path));
    names
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads a tree of a `use` from `at`, below a path; gives the place behind it.
fn tree(
    words: &[String],
    mut at: usize,
    above: &Path,
    found: &mut Vec<(String, Path)>,
) -> usize {
    let mut path = above.clone();
    while let Some(word) = words.get(at) {
        match word.as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while words.get(at).is_some_and(|word| word != "}") {
                    at = tree(words, at, &path, found);
                    if words.get(at).is_some_and(|word| word == ",") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "as" => {
                let name = words.get(at + 1).cloned().unwrap_or_default();
                found.push((name, path));
                return at + 2;
            }
            "self" if !path.is_empty() => at += 1,
            _ if is_name(word) => {
                path.push(word.clone());
                at += 1;
            }
            _ => break,
        }
    }
    if let Some(name) = path.last().cloned() {
        found.push((name, path));
    }
    at
}

/// The circles of a house of such files.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let files = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
    circles(&files.collect())
}

#[test]
fn two_files_that_need_one_another_are_a_circle() {
    let files = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "use crate::b::B;\nstruct A(B);"),
        ("b.rs", "struct B;\nfn f(_: super::a::A) {}"),
    ];
    assert_eq!(circles_of(&files), [["a.rs", "b.rs"]]);
}

#[test]
fn a_circle_goes_by_way_of_others() {
    let files = [
        ("lib.rs", ""),
        ("a.rs", "use crate::{x::{self, X}, b};"),
        ("b/mod.rs", "mod c;\nfn f() { c::g() }"),
        ("b/c.rs", "use crate::a::A as Other;"),
        ("x.rs", "struct X;"),
    ];
    assert_eq!(circles_of(&files), [["a.rs", "b/c.rs", "b/mod.rs"]]);
}

#[test]
fn what_a_door_gives_away_stands_behind_it() {
    let files = [
        ("lib.rs", "pub mod room;"),
        ("room/mod.rs", "mod a;\nmod b;\npub use a::A;\npub(crate) use self::b::B as C;"),
        ("room/a.rs", "pub struct A;"),
        ("room/b.rs", "use super::A;\npub struct B(A);"),
    ];
    assert!(circles_of(&files).is_empty());
    let speaks = files.map(|(file, text)| match file {
        "room/b.rs" => (file, "use super::f;"),
        "room/mod.rs" => (file, "mod b;\npub use b::B;\nfn f() -> B { B }"),
        _ => (file, text),
    });
    assert_eq!(circles_of(&speaks), [["room/b.rs", "room/mod.rs"]]);
}

#[test]
fn words_in_quotes_in_tests_and_of_who_may_see_an_item_need_nothing() {
    let files = [
        ("lib.rs", ""),
        ("a.rs", "use crate::b::B;\nconst C: char = '\"';"),
        (
            "b.rs",
            "// crate::a\nconst S: &str = \"crate::a\";\nconst R: &str = r#\"\"crate::a\"#;\n\
             pub(in crate::a) struct B;\n\
             fn f<'a>() -> impl Fn() + use<'a> {}\n#[cfg(test)]\nmod tests {\nuse crate::a;\n}",
        ),
    ];
    assert!(circles_of(&files).is_empty());
}
