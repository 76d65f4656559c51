//! What the packages of Office (ECMA-376 part 2) have in common, whatever is in them.

use std::collections::BTreeMap;

use super::Problem;
use super::archive::{Archive, joined};
use super::flow::Flow;
use super::xml::{self, Element};
use crate::types::LeftOutKind;

/// The part that the package is about, or else the one that it usually is.
pub(super) fn main_part(
    archive: &mut Archive<'_>,
    usual: &str,
) -> Result<String, Problem> {
    let relations = Relations::of(archive, "")?;
    Ok(relations.of_kind("officeDocument").next().unwrap_or(usual).to_owned())
}

/// The parts that a part leads to.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// For each id the kind, the last step of its address, and the part.
    by_id: BTreeMap<String, (String, String)>,
}

impl Relations {
    /// Those of a part; an empty name is the package itself.
    pub(super) fn of(archive: &mut Archive<'_>, part: &str) -> Result<Self, Problem> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = joined(folder, &format!("_rels/{name}.rels"));
        let Some(bytes) = archive.part(&path)? else { return Ok(Self::default()) };
        let root = xml::parse(&bytes)?;
        let by_id = root.elements().filter_map(|relation| {
            let kind = relation.get("Type")?.rsplit('/').next()?.to_owned();
            let part = joined(folder, relation.get("Target")?);
            let is_inside = relation.get("TargetMode") != Some("External");
            is_inside.then_some((relation.get("Id")?.to_owned(), (kind, part)))
        });
        Ok(Self { by_id: by_id.collect() })
    }

    /// The part of that id.
    pub(super) fn part(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|(_, part)| part.as_str())
    }

    /// The parts of a kind, by their ids.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        let of_kind = self.by_id.values().filter(move |(of, _)| of == kind);
        of_kind.map(|(_, part)| part.as_str())
    }
}

/// Tells of the title and the like, which no reader of the page sees.
pub(super) fn leave_metadata(
    archive: &mut Archive<'_>,
    flow: &mut Flow,
) -> Result<(), Problem> {
    const PART: &str = "docProps/core.xml";
    if let Some(bytes) = archive.part(PART)?
        && let Ok(root) = xml::parse(&bytes)
    {
        let mut part = Flow::default();
        let is_words = |e: &&Element| {
            matches!(&*e.name, "title" | "subject" | "description" | "keywords")
        };
        for element in root.elements().filter(is_words) {
            part.leave_out(LeftOutKind::Metadata, None, &element.text());
        }
        part.name_part(PART);
        flow.append(part);
    }
    Ok(())
}
