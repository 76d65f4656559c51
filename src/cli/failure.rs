//! Why nothing was done.

use std::path::PathBuf;

use crate::batch::{Plan, Roots};
use crate::check::ExceptionsError;
use crate::error::Error;
use crate::eval::GoldError;
use crate::export::{ExportError, ExportKind};
use crate::glossary::{GlossaryError, Problem, RowError, Unknown};
use crate::read::{self, FileKind, PartSize, ReadError};
use crate::review::log::LogError;
use crate::review::session::SessionError;

use crate::cli::preset::PresetError;
use crate::cli::wording;

/// Why the program ends without an outcome.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The library says why.
    #[error(transparent)]
    Library(#[from] Error),
    /// The name would lead to another folder.
    #[error("\"{0}\" is no name for files")]
    Name(String),
    /// An output would take the place of an input.
    #[error("{}: is an input and would be overwritten", .0.display())]
    Overwrite(PathBuf),
    /// An option that means something for folders only.
    #[error("{0} is for folders")]
    OnlyFolders(&'static str),
    /// The first word is neither a file nor a command, but nearly one.
    #[error("there is no file and no command {word}")]
    Mistyped {
        /// As it was typed.
        word: String,
        /// The line that may be meant.
        meant: String,
    },
    /// An option that the command has not.
    #[error("there is no option {option}")]
    UnknownOption {
        /// As it was typed, without its value.
        option: String,
        /// What may be meant.
        hint: String,
    },
    /// More texts than a pair has.
    #[error("{0} texts are given, and a pair has two")]
    TooManyTexts(usize),
    /// The outputs were asked for on standard output.
    #[error("--out names a folder: the run writes several files")]
    OutIsNoFolder,
    /// Both texts were to come from the standard input.
    #[error("- stands for the standard input, which is one text")]
    StdinTwice,
    /// A text from the standard input for what reads it again later.
    #[error("-: a review needs its texts as files, to go on with them later")]
    StdinReviewed,
    /// A name of a file that tells no format.
    #[error("{}: no glossary ends so", .0.display())]
    UnknownEnding(PathBuf),
    /// Several formats for one file.
    #[error("{}: is one file, and --write names several formats", .0.display())]
    OneFile(PathBuf),
    /// A command of which the manual says nothing.
    #[error("there is no command {0}")]
    NoCommand(String),
    /// A result cannot be made.
    #[error("the result cannot be written: {0}")]
    Output(std::io::Error),
    /// What holds where the command line is silent cannot be told.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// A name for one pair where there are many.
    #[error("--name is for one pair")]
    NameOfMany,
    /// A line of the stop list is no term.
    #[error("{}:{line}: is no term, but {len} characters of text", path.display())]
    StopLine {
        /// The stop list.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// How long it is.
        len: usize,
    },
    /// No two files of a folder belong together.
    #[error("{}: no two files belong together by their names", .0.display())]
    NoPairs(PathBuf),
    /// A folder in which there is no text.
    #[error("{}: holds only what align wrote", .0.display())]
    OnlyOutputs(PathBuf),
    /// Another run writes into the same folder.
    #[error("{}: another run is at work in it", .0.display())]
    Busy(PathBuf),
    /// Terms that are not in the termbase.
    #[error("{}", unknown(.0))]
    UnknownTerms(Vec<Unknown>),
    /// No terms to decide on.
    #[error("no terms are given")]
    NoTerms,
    /// Nothing to change.
    #[error("nothing is given that should be changed")]
    NoEdit,
    /// A term without a character.
    #[error("a term is empty")]
    EmptyTerm,
    /// The standard input cannot be read.
    #[error("the standard input cannot be read: {0}")]
    Input(String),
    /// A kind of output that holds no terms alone.
    #[error("{0} is no glossary")]
    NoTermKind(&'static str),
    /// Only what was reviewed is wanted, and there is no review.
    #[error("{}: there is no such review", .0.display())]
    NothingReviewed(PathBuf),
    /// A file of decisions that is none.
    #[error("{}: {problem}", path.display())]
    Decisions {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A glossary from which nothing came in.
    #[error("{}: has no term in both Chinese and English; nothing was imported", .0.display())]
    NothingImported(PathBuf),
    /// A termbase of which nothing is to be given away.
    #[error("{}: no row is accepted, preferred or forbidden, or of the status and subject asked for", .0.display())]
    NothingExported(PathBuf),
    /// A folder or file in which nothing can be looked for.
    #[error("{}: {message}", path.display())]
    Search {
        /// The file.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// Memories without anything that is to be found in them, or the other way round.
    #[error("a memory and what to look for in it are needed")]
    NothingSought,
    /// A pattern that is none.
    #[error("{0}")]
    Pattern(String),
    /// A review cannot be opened or written.
    #[error(transparent)]
    Review(#[from] SessionError),
    /// The page cannot be answered.
    #[error("the page cannot be opened: {0}")]
    Serve(std::io::Error),
    /// A memory or a table that is taken in parts, and what is made of one text only.
    #[error("{}: is too large for one text, and of parts {what} cannot be made", path.display())]
    OfParts {
        /// The memory or the table.
        path: PathBuf,
        /// What was asked for.
        what: String,
    },
    /// A fault of the program.
    #[error("the program broke off: {0}")]
    Panicked(String),
}

impl From<ExceptionsError> for Failure {
    fn from(error: ExceptionsError) -> Self {
        Failure::Library(error.into())
    }
}

impl From<GoldError> for Failure {
    fn from(error: GoldError) -> Self {
        Failure::Library(error.into())
    }
}

impl From<Vec<Unknown>> for Failure {
    fn from(unknown: Vec<Unknown>) -> Self {
        Failure::UnknownTerms(unknown)
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Failure::Library(error.into())
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Failure::Library(error.into())
    }
}

impl From<GlossaryError> for Failure {
    fn from(error: GlossaryError) -> Self {
        Failure::Library(error.into())
    }
}

impl Failure {
    /// Why there is nothing to do in a folder.
    pub(crate) fn of_no_pairs(plan: &Plan, roots: &Roots) -> Self {
        let root = roots.first().to_owned();
        match plan.holds_only_outputs {
            true => Failure::OnlyOutputs(root),
            false => Failure::NoPairs(root),
        }
    }

    /// What to do about it, where that can be told.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Failure::Overwrite(_) => Some(
                "name the outputs otherwise with --name, or another folder with --out"
                    .into(),
            ),
            Failure::Library(Error::Read(error)) => read_hint(error),
            Failure::Library(Error::Export(error)) => export_hint(error),
            Failure::Library(Error::Exceptions(ExceptionsError::Line { .. })) => Some(
                "--write exceptions makes such a file; delete the lines that are not right"
                    .into(),
            ),
            Failure::Library(Error::Glossary(error)) => glossary_hint(error),
            Failure::Mistyped { meant, .. } => Some(format!("did you mean `{meant}`?")),
            Failure::UnknownOption { hint, .. } => Some(hint.clone()),
            Failure::TooManyTexts(_) => Some(
                "put the texts into one folder and give that: align FOLDER pairs them by their \
                 names, and --dry-run shows how"
                    .into(),
            ),
            Failure::OutIsNoFolder => Some(
                "of one pair one kind can be printed: --write KIND --out -; with --json what \
                 was made is told on standard output, the names of the files too"
                    .into(),
            ),
            Failure::StdinTwice => {
                Some("write one of the two texts to a file first, and name that".into())
            }
            Failure::StdinReviewed => {
                Some("write what comes in to a file first, and name that".into())
            }
            Failure::UnknownEnding(_) => Some(
                "known are .csv, .xlsx, .tbx, .xml (MultiTerm), .utx, .txt (OmegaT) and .json; \
                 or name the format with --write"
                    .into(),
            ),
            Failure::OneFile(_) => {
                Some("name one format, or leave the file out and give --out DIR".into())
            }
            Failure::NoCommand(_) => Some("align --help names the commands".into()),
            Failure::Preset(error) => error.hint(),
            Failure::Name(_) => {
                Some("give --name without slashes, and the folder with --out".into())
            }
            Failure::NameOfMany => {
                Some("the pairs of a folder are called by their files".into())
            }
            Failure::StopLine { .. } => {
                Some("a stop list has one term a line, of Chinese or of English".into())
            }
            Failure::NoPairs(_) => Some(
                "name them a.zh.txt and a.en.txt, or zh/a.txt and en/a.txt, or give the \
                 folder of the Chinese and that of the English"
                    .into(),
            ),
            Failure::OnlyOutputs(_) => {
                Some("name the folder of the texts; outputs are never read as such".into())
            }
            Failure::Busy(_) => {
                Some("wait for it, or name another folder with --out".into())
            }
            Failure::Panicked(_) => {
                Some("a fault of align, not of the files: please report it".into())
            }
            Failure::UnknownTerms(unknown) => Some(unknown_hint(unknown)),
            Failure::NoTerms => Some(
                "name ids or pairs, convention or 公约=convention, or give a list of them \
                 on the standard input"
                    .into(),
            ),
            Failure::NoEdit => {
                Some("give --zh, --en, --add-zh, --add-en, --note, --subject, --zh-definition, \
                 --en-definition, --source, --usage or --match".into())
            }
            Failure::Input(_) => Some("save the list as UTF-8".into()),
            Failure::NoTermKind(_) => {
                Some(format!("glossaries are {}", ExportKind::list(ExportKind::glossaries())))
            }
            Failure::NothingReviewed(_) => {
                Some("begin one with align review, or leave out --only".into())
            }
            Failure::Decisions { .. } => {
                Some("\"Save decisions\" on the page makes such a file".into())
            }
            Failure::OfParts { .. } => Some(format!(
                "split it into files of at most {} MB, or leave that out",
                PartSize::default().whole >> 20
            )),
            Failure::NothingImported(path) => Some(format!(
                "--preview shows how it is read, and --map zh=A,en=B says otherwise: \
                 align glossary import --preview terms.csv {}",
                path.display()
            )),
            Failure::NothingExported(_) => Some(
                "exports hold decisions: decide with `align glossary accept`, or give \
                 --status candidate for what nobody decided on"
                    .into(),
            ),
            Failure::NothingSought => {
                Some("name the memories first: align search law.tmx 犯罪所得".into())
            }
            Failure::Pattern(_) => Some(
                "leave out --regex to look for the text as it stands".into(),
            ),
            Failure::Serve(_) => Some("name another port with --port".into()),
            Failure::Review(error) => review_hint(error),
            Failure::EmptyTerm
            | Failure::OnlyFolders(_)
            | Failure::Output(_)
            | Failure::Library(_)
            | Failure::Search { .. } => None,
        }
    }
}

fn review_hint(error: &SessionError) -> Option<String> {
    let hint = match error {
        SessionError::Log(LogError::Busy { .. }) => {
            "end it with Ctrl-C there, or look at it with --until"
        }
        SessionError::Log(LogError::Line { .. }) | SessionError::Replay { .. } => {
            "--until N shows the review as it was before the damage"
        }
        SessionError::Log(LogError::Version { .. }) => {
            "a later align wrote it: use that one"
        }
        _ => return None,
    };
    Some(hint.into())
}

fn read_hint(error: &ReadError) -> Option<String> {
    let hint = match error {
        ReadError::Io { source, .. } => match source.kind() {
            std::io::ErrorKind::NotFound => "check the spelling of the path",
            _ => return None,
        },
        ReadError::Folder { .. } => "name the two text files themselves",
        ReadError::NoFile { .. } => {
            "give - in its place and lead it to the standard input, or write what comes out \
             of it to a file first"
        }
        ReadError::TooLarge { .. } => "cut it into parts",
        ReadError::TooLargeAtOnce { path, limit, .. } => {
            return Some(format!(
                "split it into files of at most {} MB; of a memory or a table `align {}` writes \
                 the memory and the glossary part by part",
                limit >> 20,
                path.display()
            ));
        }
        ReadError::Binary { kind, .. } => return Some(conversion(*kind)),
        ReadError::Format { path, problem } => return problem_hint(path, problem),
        ReadError::Undecodable { encoding: "UTF-8", named: false, .. } => {
            "the rest of the file is UTF-8: mend that place in an editor, or name another \
             encoding with --zh-encoding or --en-encoding"
        }
        ReadError::Undecodable { named: true, .. } => {
            "leave the option out to have the encoding found out, or name another"
        }
        ReadError::Undecodable { .. } => {
            "name the encoding with --zh-encoding big5 or --en-encoding windows-1252, or \
             save the file as UTF-8"
        }
        ReadError::UnknownEncoding { .. } => {
            "known are utf-8, utf-16le, utf-16be, gb18030, gbk, big5, windows-1252 and the \
             other labels of the WHATWG Encoding Standard"
        }
        ReadError::NoText { .. } => {
            "if it came from scanned pages, they need text recognition (OCR) first"
        }
        ReadError::OneLanguage { .. } | ReadError::SameText { .. } => {
            "give one file in Chinese and one in English"
        }
    };
    Some(hint.into())
}

/// What to do about a file of a known kind that something is wrong with.
fn problem_hint(path: &std::path::Path, problem: &read::Problem) -> Option<String> {
    let path = path.display();
    Some(match problem {
        read::Problem::Damaged(_) => {
            "open it in its program and save it anew, or fetch it once more".into()
        }
        read::Problem::TooLarge { .. } | read::Problem::TooMany { .. } | read::Problem::TooDeep { .. } => {
            "no document is like that; if it is a real one, save it as plain text in UTF-8"
                .into()
        }
        read::Problem::Entities => "open it in its program and save it anew".into(),
        read::Problem::Locked => "unlock it in its program and save it without a password".into(),
        read::Problem::Scan { .. } | read::Problem::NoCharacters { .. } => {
            "its pages need text recognition (OCR) first".into()
        }
        read::Problem::Slow { .. } | read::Problem::Crowded { .. } => {
            format!("make text of it with another program: pdftotext -layout \"{path}\"")
        }
        read::Problem::NoPairs => {
            "say in the file which language is which: xml:lang, or a first row of zh and en"
                .into()
        }
        read::Problem::OneText | read::Problem::OneLanguage { .. } => {
            "name two files, one in Chinese and one in English".into()
        }
    })
}

/// How to make a file of another kind readable.
fn conversion(kind: FileKind) -> String {
    match kind {
        FileKind::OldOffice | FileKind::Rtf => {
            "install LibreOffice, by which .doc, .ppt and .rtf are read, or save it as .docx \
             or .pptx"
                .into()
        }
        FileKind::Workbook => {
            "a workbook with a column of Chinese and one of English is read by itself: \
             name it alone"
                .into()
        }
        FileKind::Zip | FileKind::Compressed => "unpack it first".into(),
        FileKind::Picture => "it needs text recognition (OCR) first".into(),
        FileKind::Utf32 => "save it as UTF-8".into(),
        _ => {
            "give a text, .docx, .pptx, .odt, .html, .md, .epub, .srt, .vtt or .pdf; if it \
              is a text, save it as UTF-8"
                .into()
        }
    }
}

/// What could not be told, one after the other.
fn unknown(unknown: &[Unknown]) -> String {
    const SHOWN: usize = 5;
    let mut texts: Vec<String> =
        unknown.iter().take(SHOWN).map(ToString::to_string).collect();
    if unknown.len() > SHOWN {
        texts.push(format!("and {} more", unknown.len() - SHOWN));
    }
    texts.join("; ")
}

fn unknown_hint(unknown: &[Unknown]) -> String {
    let near: Vec<String> = unknown
        .iter()
        .flat_map(Unknown::near)
        .take(3)
        .map(|(id, term)| format!("{id} ({})", wording::pair(term)))
        .collect();
    let nothing = "nothing was changed; ";
    if unknown.iter().all(|one| matches!(one, Unknown::Ambiguous { .. })) {
        return format!("{nothing}name one pair of it: {}", near.join(", "));
    }
    let add = match unknown.iter().any(|one| matches!(one, Unknown::Pair { .. })) {
        true => "; --add takes in pairs that are not there",
        false => "",
    };
    match near.is_empty() {
        true => format!("{nothing}`align glossary search` finds what there is{add}"),
        false => format!("{nothing}is one of these meant: {}{add}", near.join(", ")),
    }
}

fn glossary_hint(error: &GlossaryError) -> Option<String> {
    match error {
        GlossaryError::Row(RowError { problem: Problem::OpenQuote, .. }) => Some(
            "nothing was changed; close the cell with a quotation mark, and double those \
             inside it"
                .into(),
        ),
        GlossaryError::NotOurs { path } => Some(format!(
            "`align glossary import terms.csv {}` makes a termbase of it",
            path.display()
        )),
        GlossaryError::NotCsv { .. } => {
            Some("end it in .csv; other formats are made with `align glossary export`".into())
        }
        GlossaryError::Missing { .. } => Some(
            "check the spelling; `align ZH EN --glossary FILE` and `align glossary import` \
             make one"
                .into(),
        ),
        GlossaryError::Locked { .. } => Some(
            "nothing was changed; wait until that run ends and run this again. The lock \
             goes with the run that holds it, there is nothing to delete"
                .into(),
        ),
        GlossaryError::ReadOnly { .. } => {
            Some("nothing was changed; let the file be written to, or work on a copy".into())
        }
        GlossaryError::Changed { .. } => Some(
            "nothing was changed; close the file in the other program and run this again"
                .into(),
        ),
        GlossaryError::Write { source, .. } => match source.kind() {
            std::io::ErrorKind::PermissionDenied
            | std::io::ErrorKind::ReadOnlyFilesystem => Some(
                "nothing was changed; the folder of the termbase must be one that you may \
                 write to"
                    .into(),
            ),
            _ => None,
        },
        GlossaryError::Edited { .. } => Some(
            "nothing was changed; --force goes back all the same and keeps the present \
             state beside the file"
                .into(),
        ),
        GlossaryError::Unreadable { message, .. } if message.contains("no UTF-8") => {
            Some("save it as CSV UTF-8".into())
        }
        GlossaryError::Row(RowError { problem: Problem::Status(_), .. }) => Some(
            "known are candidate, accepted, preferred, rejected, forbidden; or pass over \
             such rows with --skip-bad-rows"
                .into(),
        ),
        GlossaryError::Row(RowError { problem: Problem::Markup(_), .. }) => None,
        GlossaryError::Row(_) => {
            Some("mend the row, or pass over such rows with --skip-bad-rows".into())
        }
        _ => None,
    }
}

fn export_hint(error: &ExportError) -> Option<String> {
    match error {
        ExportError::UnknownKind { .. } => {
            let known = ExportKind::list(ExportKind::ALL.iter().copied());
            Some(format!("known are {known} and all"))
        }
        ExportError::Folder { .. } => Some("name another folder with --out".into()),
        ExportError::Foreign { .. } => Some(
            "nothing was written; name the outputs otherwise with --name, or replace it \
             with --force"
                .into(),
        ),
        ExportError::Occupied { .. } => Some(
            "name the outputs otherwise with --name, or another folder with --out".into(),
        ),
        _ => None,
    }
}
