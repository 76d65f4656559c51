//! The files that a run reads, whatever the option that named them: no output takes the place
//! of one, not even with `--force`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::earlier::ENDING;
use crate::cli::failure::Failure;
use crate::cli::job::Job;
use crate::cli::preset;
use crate::export::OutputFiles;
use crate::review::log;

/// The files that a run reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs(BTreeSet<PathBuf>);

impl Inputs {
    /// These files, and the file of options that belongs to them.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut inputs = Self::default();
        for path in paths.into_iter().filter(|path| !path.as_os_str().is_empty()) {
            if inputs.0.is_empty() {
                inputs.0.extend(preset::nearest(path).as_deref().and_then(place));
            }
            inputs.0.extend(place(path));
        }
        inputs
    }

    /// What a run on a pair reads.
    pub(crate) fn of(job: &Job) -> Self {
        let others = [&job.glossary, &job.reject, &job.stop];
        let others = others.into_iter().flatten().map(PathBuf::as_path);
        let texts = [job.paths.zh.as_path(), &job.paths.en];
        Self::new(texts.into_iter().chain(others))
    }

    /// These and more.
    pub(crate) fn and<'a>(mut self, paths: impl IntoIterator<Item = &'a Path>) -> Self {
        self.0.extend(paths.into_iter().filter_map(place));
        self
    }

    /// The outputs of these names, in that folder, their door tried; refused if one of them is
    /// an input. `is_forced`: files that somebody else wrote are replaced too.
    pub(crate) fn outputs<'a>(
        &self,
        folder: &Path,
        names: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
        is_forced: bool,
    ) -> Result<OutputFiles, Failure> {
        let names = names.into_iter();
        self.spare(folder, names.clone())?;
        Ok(match is_forced {
            true => OutputFiles::forced(folder, names)?,
            false => OutputFiles::open(folder, names)?,
        })
    }

    /// Refuses outputs of these names, in that folder, of which one is an input.
    pub(crate) fn spare<'a>(
        &self,
        folder: &Path,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Failure> {
        let mut paths = names.into_iter().map(|name| folder.join(name));
        let is_input = |path: &PathBuf| {
            place(path).is_some_and(|at| self.0.contains(&at)) || is_review(path)
        };
        paths.find(is_input).map_or(Ok(()), |path| Err(Failure::Overwrite(path)))
    }
}

/// Is it what was decided on a pair? No other pair's outputs may be called so.
fn is_review(path: &Path) -> bool {
    path.to_string_lossy().ends_with(ENDING) && log::read(path).is_ok()
}

/// Where a file is, links followed. One that is not there yet, as a termbase before the first
/// run, has the place of its folder and its name.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let folder = folder.canonicalize().or_else(|_| std::path::absolute(folder)).ok()?;
    Some(folder.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_any_of_its_names() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir(at("out")).unwrap();
        std::fs::write(at("terms.csv"), "").unwrap();
        let inputs = Inputs::new([at("terms.csv").as_path(), &at("out/later.csv")]);
        let is_spared =
            |folder: &str, name: &str| inputs.spare(&at(folder), [name]).is_err();
        assert!(is_spared("", "terms.csv"));
        assert!(is_spared("out/..", "terms.csv"));
        assert!(is_spared("out", "later.csv"));
        assert!(!is_spared("out", "terms.csv"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("terms.csv"), at("out/link.csv")).unwrap();
            assert!(is_spared("out", "link.csv"));
        }
    }
}
