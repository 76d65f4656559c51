//! What belongs together in a folder, and what came of it.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::batch::Plan;

use crate::cli::failure::Failure;
use crate::text::layout::{counted, padded, width};

/// How many rows of a list are shown while the work goes on; `--dry-run` shows all.
const ROWS: usize = 20;

/// The pairs of a folder, what is refused and what is left over.
#[derive(Debug)]
pub(crate) struct Overview<'a> {
    pub(crate) plan: &'a Plan,
    /// All rows, not the first?
    pub(crate) is_whole: bool,
}

impl fmt::Display for Overview<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan;
        let refused: usize = plan.ambiguous.iter().map(Vec::len).sum();
        let left = counted(plan.left_over.len(), "file");
        let by_language = match plan.is_by_language {
            true => ", by their languages: their names share nothing",
            false => "",
        };
        writeln!(f, "Paired      {}{by_language}", counted(plan.pairs.len(), "pair"))?;
        let rows: Vec<[String; 3]> = plan
            .pairs
            .iter()
            .map(|p| [p.name.clone(), shown(&p.shown.zh), shown(&p.shown.en)])
            .collect();
        f.write_str(&self.cut(&table(&rows)))?;
        if refused > 0 {
            writeln!(
                f,
                "Refused     {}, their names fit in several ways",
                counted(refused, "file")
            )?;
            let groups: Vec<String> = plan
                .ambiguous
                .iter()
                .map(|group| format!("            {}\n", listed(group)))
                .collect();
            f.write_str(&self.cut(&groups))?;
        }
        if !plan.left_over.is_empty() {
            writeln!(f, "Left over   {left} without a counterpart by name")?;
            let files: Vec<String> = plan
                .left_over
                .iter()
                .map(|file| format!("            {}\n", shown(file)))
                .collect();
            f.write_str(&self.cut(&files))?;
        }
        for (folder, why) in &plan.unreadable {
            writeln!(f, "Unreadable  {}: {why}", shown(folder))?;
        }
        Ok(())
    }
}

impl Overview<'_> {
    fn cut(&self, rows: &[String]) -> String {
        let limit = if self.is_whole { rows.len() } else { ROWS };
        let mut text = rows.iter().take(limit).map(String::as_str).collect::<String>();
        if rows.len() > limit {
            let n = rows.len() - limit;
            // Writing to a string does not fail.
            let _ = writeln!(text, "            … and {n} more, all with --dry-run");
        }
        text
    }
}

/// What came of a folder.
#[derive(Debug, Default)]
pub(crate) struct Outcome<'a> {
    pub(crate) n_done: usize,
    pub(crate) n_unchanged: usize,
    /// Outputs that somebody changed and that were left so.
    pub(crate) edited: Vec<&'a str>,
    pub(crate) failed: Vec<(&'a str, &'a Failure)>,
    /// Why there are no files of all pairs together.
    pub(crate) failed_together: Option<&'a Failure>,
    /// Units with and segments without a counterpart.
    pub(crate) paired: usize,
    pub(crate) alone: usize,
    /// The terms of all pairs together; `None` where they were not mined anew.
    pub(crate) n_terms: Option<usize>,
    /// What the termbase gained, as titles and texts.
    pub(crate) glossary: &'a [(&'static str, String)],
    pub(crate) files: Vec<PathBuf>,
    /// Files that belong to no pair.
    pub(crate) n_without: usize,
    pub(crate) seconds: f64,
}

impl Outcome<'_> {
    /// Is everything as the last run left it?
    fn is_unchanged(&self) -> bool {
        self.n_done == 0
            && self.edited.is_empty()
            && self.failed.is_empty()
            && self.failed_together.is_none()
            && self.files.is_empty()
    }

    /// What there is to say where everything is as it was.
    fn unchanged(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.n_unchanged;
        writeln!(
            f,
            "Done        0 pairs, {n} unchanged since the last run: nothing to do"
        )?;
        if self.n_without > 0 {
            let n = counted(self.n_without, "file");
            writeln!(f, "Left over   {n} in no pair; --dry-run shows which")?;
        }
        for (title, text) in self.glossary {
            writeln!(f, "{title:<12}{text}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unchanged() {
            return self.unchanged(f);
        }
        let unchanged = match self.n_unchanged {
            0 => String::new(),
            n => format!(", {n} unchanged since the last run"),
        };
        writeln!(f, "Done        {}{unchanged}", counted(self.n_done, "pair"))?;
        for name in &self.edited {
            writeln!(f, "            {name}: its files were edited and stay so")?;
        }
        writeln!(
            f,
            "Aligned     {}, {} without a counterpart",
            counted(self.paired, "unit"),
            self.alone
        )?;
        if let Some(n) = self.n_terms {
            writeln!(f, "Terms       {} of all together", counted(n, "pair"))?;
        }
        for (title, text) in self.glossary {
            writeln!(f, "{title:<12}{text}")?;
        }
        if !self.failed.is_empty() {
            writeln!(f, "Failed      {}", counted(self.failed.len(), "pair"))?;
            let wide = self.failed.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
            for (name, failure) in &self.failed {
                writeln!(f, "            {}  {failure}", padded(name, wide))?;
                if let Some(hint) = failure.hint() {
                    writeln!(f, "            {}  {hint}", padded("", wide))?;
                }
            }
        }
        if let Some(failure) = self.failed_together {
            writeln!(f, "Failed      all together: {failure}")?;
        }
        for (n, file) in self.files.iter().enumerate() {
            let title = if n == 0 { "Written" } else { "" };
            writeln!(f, "{title:<12}{}", file.display())?;
        }
        writeln!(f, "Time        {:.2} s", self.seconds)
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ")
}

/// Rows with their columns below one another.
fn table(rows: &[[String; 3]]) -> Vec<String> {
    let wide = |column: usize| rows.iter().map(|row| width(&row[column])).max();
    let (first, second) = (wide(0).unwrap_or(0), wide(1).unwrap_or(0));
    rows.iter()
        .map(|[name, zh, en]| {
            format!("            {}  {}  {en}\n", padded(name, first), padded(zh, second))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::batch::PlannedPair;
    use crate::types::Pair;

    use super::*;

    #[test]
    fn a_folder_is_shown_with_what_is_refused_and_left() {
        let files = Pair::new(PathBuf::from("中文/a.txt"), PathBuf::from("en/a.txt"));
        let pair = PlannedPair { name: "a".into(), files: files.clone(), shown: files };
        let plan = Plan {
            pairs: vec![pair],
            ambiguous: vec![vec![
                "b_cn.txt".into(),
                "b_tw.txt".into(),
                "b_en.txt".into(),
            ]],
            left_over: vec!["c.txt".into()],
            ..Plan::default()
        };
        let text = Overview { plan: &plan, is_whole: true }.to_string();
        assert_eq!(
            text,
            "Paired      1 pair\n            a  中文/a.txt  en/a.txt\n\
             Refused     3 files, their names fit in several ways\n            \
             b_cn.txt, b_tw.txt, b_en.txt\n\
             Left over   1 file without a counterpart by name\n            c.txt\n"
        );
    }
}
