//! Command lines that mean something else than they say.

use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, Command};
use strsim::osa_distance;

use crate::cli::failure::Failure;

/// Letters that a mistyped name of a command may differ by.
const SLIPS: usize = 2;

/// How many options are proposed for one that is not known.
const PROPOSED: usize = 3;

/// What is wrong with a command line that can be read, or is refused with less than that.
pub(crate) fn find(program: &Command, argv: &[OsString]) -> Option<Failure> {
    let mut program = program.clone();
    program.build();
    let words: Vec<String> =
        argv.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let first = *words.first()?;
    if let Some(command) = command_meant(first, &program) {
        let meant = [&["align", &command], &words[1..]].concat().join(" ");
        return Some(Failure::Mistyped { word: first.to_owned(), meant });
    }
    if first == "help" {
        return None;
    }
    match Words::of(&words, &program) {
        Ok(words) if words.is_too_many() => Some(Failure::TooManyTexts(words.n_texts)),
        Ok(_) => None,
        Err(failure) => Some(failure),
    }
}

fn is_command(word: &str, program: &Command) -> bool {
    program.find_subcommand(word).is_some() || word == "help"
}

/// The command whose name is spelled nearly so; none where there is such a file.
fn command_meant(word: &str, program: &Command) -> Option<String> {
    let is_name = word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase());
    if !is_name || is_command(word, program) || Path::new(word).exists() {
        return None;
    }
    program
        .get_subcommands()
        .map(|command| (osa_distance(command.get_name(), word), command.get_name()))
        .min()
        .filter(|&(distance, name)| distance <= SLIPS && distance * 2 < name.len())
        .map(|(_, name)| name.to_owned())
}

/// What the words of a command line are.
struct Words<'a> {
    /// The command that they ask for.
    command: &'a Command,
    /// How many are neither options nor their values.
    n_texts: usize,
}

impl<'a> Words<'a> {
    /// Refused where an option is not one of its command: what stands behind it could be its
    /// value as well as a text.
    fn of(words: &[&str], program: &'a Command) -> Result<Self, Failure> {
        let mut found = Words { command: program, n_texts: 0 };
        let mut path = vec!["align"];
        let mut rest = words.iter();
        while let Some(&word) = rest.next() {
            let command = found.command;
            if word == "--" {
                found.n_texts += rest.count();
                break;
            }
            if word.len() > 1 && word.starts_with('-') {
                match takes_value(word, command) {
                    Some(true) => drop(rest.next()),
                    Some(false) => {}
                    None => {
                        let hint = meant(word, command, &path.join(" "), program);
                        let option = option_of(word).to_owned();
                        return Err(Failure::UnknownOption { option, hint });
                    }
                }
                continue;
            }
            match command.find_subcommand(word).filter(|_| found.n_texts == 0) {
                Some(inner) => {
                    path.push(inner.get_name());
                    found.command = inner;
                }
                None => found.n_texts += 1,
            }
        }
        Ok(found)
    }

    /// Are there more texts than the two of a pair?
    fn is_too_many(&self) -> bool {
        self.n_texts > 2 && self.command.get_arguments().any(|arg| arg.get_id() == "zh")
    }
}

/// An option without its value: `--out` of `--out=made`.
fn option_of(word: &str) -> &str {
    word.split_once('=').map_or(word, |(option, _)| option)
}

/// Is the next word the value of this option? `None` where there is no such option.
fn takes_value(word: &str, command: &Command) -> Option<bool> {
    let takes = |arg: &Arg| arg.get_action().takes_values();
    let Some(name) = word.strip_prefix("--") else {
        let mut letters = word.chars().skip(1);
        while let Some(letter) = letters.next() {
            let mut options = command.get_arguments();
            let option = options.find(|arg| arg.get_short() == Some(letter))?;
            if takes(option) {
                return Some(letters.next().is_none());
            }
        }
        return Some(false);
    };
    let (name, has_value) = (option_of(name), name.contains('='));
    let is_it = |arg: &&Arg| {
        arg.get_long() == Some(name)
            || arg.get_all_aliases().is_some_and(|aliases| aliases.contains(&name))
    };
    let option = command.get_arguments().find(is_it)?;
    Some(takes(option) && !has_value)
}

/// The names of the options of a command.
fn names(command: &Command) -> impl Iterator<Item = &str> {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    shown.filter_map(Arg::get_long)
}

/// What may be meant by an option that the command has not, as a hint. `path` is how the
/// command is called.
fn meant(word: &str, command: &Command, path: &str, program: &Command) -> String {
    let name = option_of(word).trim_start_matches('-');
    let near = near(name, command);
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|name| format!("--{name}")).collect();
        return format!("did you mean {}?", near.join(" or "));
    }
    let elsewhere = commands(program, "align");
    let elsewhere = elsewhere.iter().find(|(_, of)| names(of).any(|one| one == name));
    match elsewhere {
        Some((of, _)) => format!("it is an option of `{of}`"),
        None => format!(
            "`{path} --help` lists the options; what begins with - and is none goes behind --"
        ),
    }
}

/// The options of a command that are spelled nearly so, or that are a part of the name, or
/// the name a part of them: `--encoding`, `--output`.
fn near<'a>(name: &str, command: &'a Command) -> Vec<&'a str> {
    let spelled = names(command)
        .map(|one| (osa_distance(one, name), one))
        .min()
        .filter(|&(distance, one)| distance <= SLIPS && distance * 2 < one.len());
    if let Some((_, one)) = spelled {
        return vec![one];
    }
    let is_part = |one: &&str| {
        let begins = |long: &str, short: &str| short.len() > 2 && long.starts_with(short);
        begins(name, one)
            || begins(one, name)
            || one.strip_suffix(name).is_some_and(|front| front.ends_with('-'))
    };
    names(command).filter(is_part).take(PROPOSED).collect()
}

/// A command and those inside it, each with how it is called.
fn commands<'a>(command: &'a Command, path: &str) -> Vec<(String, &'a Command)> {
    let mut all = vec![(path.to_owned(), command)];
    for inner in command.get_subcommands() {
        all.extend(commands(inner, &format!("{path} {}", inner.get_name())));
    }
    all
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::commands::Cli;

    fn told(line: &str) -> Option<String> {
        let argv: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        find(&Cli::command(), &argv)
            .map(|failure| format!("{failure}; {}", failure.hint().unwrap_or_default()))
    }

    #[test]
    fn a_slip_in_the_name_of_a_command_is_told() {
        let found = told("align glosary list terms.csv").unwrap();
        assert!(found.contains("glosary"), "{found}");
        assert!(found.contains("align glossary list terms.csv"), "{found}");
        assert!(
            told("align chekc a.txt b.txt").unwrap().contains("align check a.txt b.txt")
        );
        assert!(told("align reviw a.txt b.txt").is_some());
    }

    #[test]
    fn a_name_of_a_file_is_no_slip() {
        for line in [
            "align zh.txt en.txt",
            "align texts",
            "align check a b",
            "align help",
            "align",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn of_three_texts_the_next_step_is_told() {
        let found = told("align a.txt b.txt --out made c.txt --force").unwrap();
        assert!(found.contains("folder"), "{found}");
        assert_eq!(told("align a.txt b.txt --out made --write tmx,csv"), None);
        assert!(told("align --write all a.txt b.txt c.txt").unwrap().contains("3 texts"));
    }

    #[test]
    fn an_option_that_no_command_has_is_told_with_its_neighbour() {
        for (line, option, hint) in [
            ("align --wirte all zh.txt en.txt", "--wirte", "did you mean --write?"),
            ("align zh.txt en.txt --wirte=all", "--wirte", "did you mean --write?"),
            ("align zh.txt en.txt -write all", "-write", "did you mean --write?"),
            ("align a b --output made", "--output", "did you mean --out?"),
            (
                "align a b --encoding big5",
                "--encoding",
                "did you mean --zh-encoding or --en-encoding?",
            ),
            ("align check a b --fial-on any", "--fial-on", "did you mean --fail-on?"),
            ("align a b --fail-on any", "--fail-on", "it is an option of `align check`"),
            (
                "align glossary list t.csv --statsu x",
                "--statsu",
                "did you mean --status?",
            ),
            ("align search m.tmx --regx x", "--regx", "did you mean --regex?"),
            ("align update a b c --frce", "--frce", "did you mean --force?"),
            ("align search m.tmx -5%", "-5%", "behind --"),
            ("align a b --klingon", "--klingon", "`align --help` lists"),
        ] {
            let found = told(line).unwrap_or_else(|| panic!("{line}"));
            assert!(found.contains(&format!("no option {option};")), "{line}: {found}");
            assert!(found.ends_with(hint) || found.contains(hint), "{line}: {found}");
        }
    }

    #[test]
    fn options_that_are_known_are_left_to_be_read() {
        for line in [
            "align -q a b",
            "align --quiet --out=x a b",
            "align -h",
            "align --version",
            "align check -h",
            "align check a b --write all --fail-on any",
            "align glossary export t.csv --write tbx",
            "align search m.tmx -- -5%",
            "align -- --a.txt b.txt",
            "align - b.txt",
            "align help check",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn three_texts_are_too_many_for_a_check_too() {
        assert!(told("align check a.txt b.txt c.txt").unwrap().contains("3 texts"));
        assert!(told("align review a.txt b.txt -- c.txt").unwrap().contains("3 texts"));
        assert_eq!(told("align update a.txt b.txt c.txt"), None);
    }
}
