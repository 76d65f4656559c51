//! Layers that may be shown or not (ISO 32000-1, 8.11): drafts, notes to the printer, the other
//! language of a page.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

/// The most layers of a file.
const MOST: usize = 10_000;

/// The layers of a file that are not shown when it is opened.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: BTreeSet<ObjectIdentifier>,
}

impl Layers {
    /// Reads which layers are off.
    pub(super) fn read(pdf: &Pdf) -> Self {
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let Some(all) = root.get::<Dict<'_>>("OCProperties") else {
            return Self::default();
        };
        let setting = all.get::<Dict<'_>>("D").unwrap_or_default();
        let mut off = BTreeSet::new();
        if setting.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
            off.extend(layers(&all, "OCGs"));
            let on = layers(&setting, "ON");
            off.retain(|layer| !on.contains(layer));
        }
        off.extend(layers(&setting, "OFF"));
        Self { off }
    }

    /// Is every layer shown, as in most files?
    pub(super) fn are_all_on(&self) -> bool {
        self.off.is_empty()
    }

    /// Is nothing shown that belongs to this layer, or group of layers?
    pub(super) fn is_off(&self, layer: &Dict<'_>) -> bool {
        let is_off = |layer: Option<ObjectIdentifier>| {
            layer.is_some_and(|layer| self.off.contains(&layer))
        };
        if layer.get::<Name<'_>>("Type").as_deref() != Some(b"OCMD") {
            return is_off(layer.obj_id());
        }
        let one = layer.get::<Dict<'_>>("OCGs").map(|layer| is_off(layer.obj_id()));
        let members: Vec<bool> = match one {
            Some(one) => vec![one],
            None => layers(layer, "OCGs").into_iter().map(|l| is_off(Some(l))).collect(),
        };
        // A group without members is shown (ISO 32000-1, table 99).
        let is_shown = match layer.get::<Name<'_>>("P").as_deref() {
            Some(b"AllOn") => members.iter().all(|off| !off),
            Some(b"AnyOff") => members.is_empty() || members.contains(&true),
            Some(b"AllOff") => members.iter().all(|&off| off),
            _ => members.is_empty() || members.contains(&false),
        };
        !is_shown
    }
}

fn layers(dict: &Dict<'_>, name: &str) -> Vec<ObjectIdentifier> {
    let list = dict.get::<Array<'_>>(name);
    let layers = list.iter().flat_map(|list| list.iter::<Dict<'_>>());
    layers.take(MOST).filter_map(|layer| layer.obj_id()).collect()
}
