//! Tables as columns: a dict of lists, all of one length.

use bitext::check::Finding;
use bitext::glossary::Termbase;
use bitext::types::{Bitext, LeftOut, Notice, Pair, Sentences, Side, TermPair};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// A table under construction.
pub(crate) struct Columns<'py> {
    columns: Bound<'py, PyDict>,
}

impl<'py> Columns<'py> {
    fn new(py: Python<'py>) -> Self {
        Self { columns: PyDict::new(py) }
    }

    /// Adds the column of what each row has.
    fn add<R, T: IntoPyObject<'py>>(
        &self,
        name: &str,
        rows: &[R],
        cell: impl Fn(&R) -> T,
    ) -> PyResult<()> {
        let py = self.columns.py();
        let cells = PyList::empty(py);
        for row in rows {
            cells.append(cell(row))?;
        }
        self.columns.set_item(name, cells)
    }

    /// Adds first and last line of a side.
    fn add_lines<R>(
        &self,
        side: Side,
        rows: &[R],
        lines: impl Fn(&R) -> Option<(usize, usize)>,
    ) -> PyResult<()> {
        self.add(&format!("{side}_line"), rows, |row| {
            lines(row).map(|(first, _)| first)
        })?;
        self.add(&format!("{side}_line_end"), rows, |row| {
            lines(row).map(|(_, last)| last)
        })
    }
}

/// The units of a bitext.
pub(crate) fn beads<'py>(
    py: Python<'py>,
    bitext: &Bitext,
) -> PyResult<Bound<'py, PyDict>> {
    let units: Vec<_> = bitext.units().collect();
    let table = Columns::new(py);
    table.add("bead", &units, |unit| unit.index)?;
    table.add("zh", &units, |unit| unit.text(Side::Zh))?;
    table.add("en", &units, |unit| unit.text(Side::En))?;
    table.add("score", &units, |unit| unit.bead.score)?;
    table.add("unit", &units, |unit| unit.name())?;
    table.add("kind", &units, |unit| {
        let of = |side| {
            let segments = &unit.document(side).segments;
            Some(segments[unit.bead.range.get(side).clone()].first()?.kind.as_str())
        };
        of(Side::Zh).or_else(|| of(Side::En)).unwrap_or_default()
    })?;
    for side in Side::BOTH {
        table.add(&format!("{side}_start"), &units, |unit| {
            unit.bead.range.get(side).start
        })?;
        table
            .add(&format!("{side}_end"), &units, |unit| unit.bead.range.get(side).end)?;
        table.add_lines(side, &units, |unit| unit.lines(side))?;
    }
    Ok(table.columns)
}

/// What speaks for each unit.
pub(crate) fn evidence<'py>(
    py: Python<'py>,
    bitext: &Bitext,
) -> PyResult<Bound<'py, PyDict>> {
    let rows: Vec<_> = bitext
        .units()
        .flat_map(|unit| unit.evidence().iter().map(move |one| (unit.index, one)))
        .collect();
    let table = Columns::new(py);
    table.add("bead", &rows, |(bead, _)| *bead)?;
    table.add("kind", &rows, |(_, one)| one.kind.as_str())?;
    table.add("zh", &rows, |(_, one)| one.text.zh.clone())?;
    table.add("en", &rows, |(_, one)| one.text.en.clone())?;
    table.add("weight", &rows, |(_, one)| one.weight)?;
    Ok(table.columns)
}

/// Terms.
pub(crate) fn terms<'py>(
    py: Python<'py>,
    terms: &[TermPair],
) -> PyResult<Bound<'py, PyDict>> {
    let context = |term: &TermPair| term.contexts.first().cloned().unwrap_or_default();
    let table = Columns::new(py);
    table.add("zh", terms, |term| term.term.zh.clone())?;
    table.add("en", terms, |term| term.term.en.clone())?;
    table.add("zh_variants", terms, |term| term.variants.zh.clone())?;
    table.add("en_variants", terms, |term| term.variants.en.clone())?;
    table.add("count", terms, |term| term.count)?;
    table.add("zh_count", terms, |term| term.counts.zh)?;
    table.add("en_count", terms, |term| term.counts.en)?;
    table.add("documents", terms, |term| term.documents)?;
    table.add("confidence", terms, |term| term.confidence)?;
    table.add("evidence", terms, |term| {
        term.evidence.iter().map(|one| one.as_str()).collect::<Vec<_>>()
    })?;
    table.add("status", terms, |term| term.status.as_str())?;
    table.add("part_of_speech", terms, |term| term.part_of_speech.as_str())?;
    table.add("term_type", terms, |term| term.term_type.as_str())?;
    table.add("zh_context", terms, |term| context(term).text.zh)?;
    table.add("en_context", terms, |term| context(term).text.en)?;
    table.add("unit", terms, |term| context(term).place.to_string())?;
    Ok(table.columns)
}

/// What the reader should know.
pub(crate) fn notices<'py>(
    py: Python<'py>,
    notices: &[Notice],
) -> PyResult<Bound<'py, PyDict>> {
    let table = Columns::new(py);
    table.add("kind", notices, Notice::kind)?;
    table.add("message", notices, Notice::english)?;
    Ok(table.columns)
}

/// What a reviser should look at.
pub(crate) fn findings<'py>(
    py: Python<'py>,
    findings: &[Finding],
) -> PyResult<Bound<'py, PyDict>> {
    let table = Columns::new(py);
    table.add("kind", findings, |one| one.kind.as_str())?;
    table.add("severity", findings, |one| one.severity.as_str())?;
    table.add("message", findings, Finding::message)?;
    for side in Side::BOTH {
        let passage = |one: &Finding| one.passages.get(side).clone();
        table.add(&format!("{side}"), findings, |one| passage(one).map(|p| p.text))?;
        table.add(&format!("{side}_words"), findings, |one| {
            one.marked(side).into_iter().map(str::to_owned).collect::<Vec<_>>()
        })?;
        table.add(&format!("{side}_label"), findings, |one| {
            passage(one).map(|p| p.label)
        })?;
        table.add_lines(side, findings, |one| passage(one).map(|p| p.lines))?;
    }
    table.add("usages", findings, |one| {
        let usages = one.usages.iter();
        usages.map(|usage| (usage.text.clone(), usage.places.clone())).collect::<Vec<_>>()
    })?;
    table.add("fix_side", findings, |one| {
        one.fix.as_ref().map(|fix| fix.side.to_string())
    })?;
    table.add("fix", findings, |one| one.fix.as_ref().map(|fix| fix.text.clone()))?;
    table.add("fingerprint", findings, |one| one.fingerprint.clone())?;
    Ok(table.columns)
}

/// What the files hold and no unit does.
pub(crate) fn left_out<'py>(
    py: Python<'py>,
    bitext: &Bitext,
) -> PyResult<Bound<'py, PyDict>> {
    let rows: Vec<(Side, &LeftOut)> = Side::BOTH
        .into_iter()
        .flat_map(|side| {
            bitext.documents.get(side).left_out.iter().map(move |one| (side, one))
        })
        .collect();
    let table = Columns::new(py);
    table.add("side", &rows, |(side, _)| side.to_string())?;
    table.add("kind", &rows, |(_, one)| one.kind.as_str())?;
    table.add("place", &rows, |(_, one)| one.place.to_string())?;
    table.add("text", &rows, |(_, one)| one.text.clone())?;
    table.add("chars", &rows, |(_, one)| one.n_chars)?;
    Ok(table.columns)
}

/// The beads of a ladder: the segments of each side and the score.
pub(crate) fn ladder(bitext: &Bitext) -> Vec<(Vec<usize>, Vec<usize>, f64)> {
    let beads = bitext.ladder.beads().iter();
    let segments = |bead: &bitext::types::Bead| {
        let Pair { zh, en } = bead.range.clone();
        (zh.collect(), en.collect(), bead.score)
    };
    beads.map(segments).collect()
}

/// The sentences inside the units, each with the unit it stands in.
pub(crate) fn sentences<'py>(
    py: Python<'py>,
    sentences: &Sentences,
) -> PyResult<Bound<'py, PyDict>> {
    let columns = beads(py, &sentences.bitext)?;
    let within: Vec<usize> = sentences
        .bitext
        .units()
        .map(|unit| sentences.starts.partition_point(|&start| start <= unit.index) - 1)
        .collect();
    columns.set_item("within", within)?;
    Ok(columns)
}

/// The rows of a termbase, by concept.
pub(crate) fn rows<'py>(
    py: Python<'py>,
    termbase: &Termbase,
) -> PyResult<Bound<'py, PyDict>> {
    let rows: Vec<_> = termbase.rows().collect();
    let table = Columns::new(py);
    table.add("concept", &rows, |(id, _)| (*id).to_owned())?;
    table.add("zh", &rows, |(_, row)| row.term.zh.clone())?;
    table.add("en", &rows, |(_, row)| row.term.en.clone())?;
    table.add("status", &rows, |(_, row)| row.status.as_str())?;
    table.add("subject", &rows, |(_, row)| row.subject.clone())?;
    table.add("note", &rows, |(_, row)| row.note.clone())?;
    table.add("unit", &rows, |(_, row)| row.unit.clone())?;
    table.add("changed", &rows, |(_, row)| row.changed.clone())?;
    table.add("who", &rows, |(_, row)| row.who.clone())?;
    table.add("zh_variants", &rows, |(_, row)| row.variants.zh.clone())?;
    table.add("en_variants", &rows, |(_, row)| row.variants.en.clone())?;
    table.add("count", &rows, |(_, row)| row.total().count)?;
    table.add("documents", &rows, |(_, row)| {
        row.documents().map(str::to_owned).collect::<Vec<_>>()
    })?;
    Ok(table.columns)
}
