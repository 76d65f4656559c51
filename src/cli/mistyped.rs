//! Command lines that mean something else than they say.

use std::ffi::OsString;
use std::path::Path;

use clap::Command;
use strsim::osa_distance;

use crate::cli::failure::Failure;

/// Letters that a mistyped name of a command may differ by.
const SLIPS: usize = 2;

/// What is wrong with a command line that can be read, or is refused with less than that.
pub(crate) fn find(program: &Command, argv: &[OsString]) -> Option<Failure> {
    let words: Vec<&str> = argv.iter().skip(1).filter_map(|word| word.to_str()).collect();
    let first = *words.first()?;
    if let Some(command) = command_meant(first, program) {
        let meant = [&["align", &command], &words[1..]].concat().join(" ");
        return Some(Failure::Mistyped { word: first.to_owned(), meant });
    }
    if is_command(first, program) {
        return None;
    }
    let texts = texts(&words, program);
    (texts.len() > 2).then_some(Failure::TooManyTexts(texts.len()))
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

/// The words that are neither options nor their values.
fn texts<'a>(words: &[&'a str], program: &Command) -> Vec<&'a str> {
    let takes_value = |word: &str| {
        let mut options = program.get_arguments();
        options.any(|arg| {
            let is_it =
                word.strip_prefix("--").is_some_and(|w| arg.get_long() == Some(w));
            is_it && arg.get_action().takes_values()
        })
    };
    let mut texts = Vec::new();
    let mut rest = words.iter();
    while let Some(&word) = rest.next() {
        if takes_value(word) {
            rest.next();
        } else if !word.starts_with('-') || word == "-" {
            texts.push(word);
        }
    }
    texts
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
    }
}
