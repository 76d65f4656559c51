use std::collections::BTreeMap;
use std::fmt;

use crate::eval::{GoldDocument, Reliability, Score};
use crate::types::Ladder;

/// How documents with gold were aligned, as a text: a row each, a row for each folder, and how
/// far the scores of beads can be trusted.
#[derive(Clone, Debug, Default)]
pub struct Report {
    rows: Vec<(String, Row)>,
    reliability: Reliability,
}

#[derive(Clone, Copy, Debug, Default)]
struct Row {
    score: Score,
    likelihood: Option<f64>,
}

impl Report {
    /// Adds the ladder that was found for a document; with the log-likelihood of the gold in
    /// nats, where it is known.
    pub fn add(
        &mut self,
        document: &GoldDocument,
        ladder: &Ladder,
        likelihood: Option<f64>,
    ) {
        let score = Score::strict(ladder, &document.gold);
        self.rows.push((document.name.clone(), Row { score, likelihood }));
        self.reliability.add(ladder, &document.gold);
    }

    /// The sum over the documents of each folder: what stands before the first `/` of a name.
    fn folders(&self) -> BTreeMap<&str, Row> {
        let mut folders: BTreeMap<&str, Row> = BTreeMap::new();
        for (name, row) in &self.rows {
            let folder = name.split('/').next().unwrap_or_default();
            let sum = folders.entry(folder).or_default();
            sum.score += row.score;
            if let Some(likelihood) = row.likelihood {
                *sum.likelihood.get_or_insert_default() += likelihood;
            }
        }
        folders
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documents = self.rows.iter().map(|(name, row)| (name.as_str(), *row));
        for (name, Row { score, likelihood }) in documents.chain(self.folders()) {
            let (p, r, f1) = (score.precision(), score.recall(), score.f1());
            write!(f, "{name:20} P {p:.3}  R {r:.3}  F1 {f1:.3}")?;
            match likelihood {
                Some(likelihood) => writeln!(f, "  log-likelihood {likelihood:.1}")?,
                None => writeln!(f)?,
            }
        }
        f.write_str("\nmean score   beads   right\n")?;
        for tenth in self.reliability.tenths().iter().filter(|tenth| tenth.beads > 0) {
            let n = tenth.beads as f64;
            let (mean, right) = (tenth.score_sum / n, tenth.right as f64 / n);
            writeln!(f, "{mean:10.2} {:7}   {right:.2}", tenth.beads)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Gold;
    use crate::types::{Bead, Pair};

    #[test]
    fn documents_and_their_folder_have_a_row_each() {
        let bead = Bead { range: Pair::new(0..1, 0..1), score: 0.93 };
        let ladder = Ladder::new(vec![bead], Pair::new(1, 1)).expect("it tiles");
        let document = |name: &str, gold: &str| GoldDocument {
            name: name.into(),
            lines: Pair::default(),
            gold: Gold::parse(gold).expect("well formed"),
        };
        let mut report = Report::default();
        report.add(&document("law/1", "[0]:[0]\n"), &ladder, None);
        report.add(&document("law/2", "[0]:[]\n[]:[0]\n"), &ladder, None);
        assert_eq!(
            report.to_string(),
            "law/1                P 1.000  R 1.000  F1 1.000\n\
             law/2                P 0.000  R 0.000  F1 0.000\n\
             law                  P 0.500  R 0.333  F1 0.400\n\
             \nmean score   beads   right\n      0.93       2   0.50\n"
        );
    }
}
