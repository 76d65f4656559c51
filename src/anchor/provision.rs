//! Provisions that are cited: `第 14 条第 2 款(b)项`, `article 14, paragraph 2 (b)`.
//!
//! [`crate::numbering`] reads them.

use crate::numbering::{Scan, citations_at};
use crate::types::{Mention, MentionKind};

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let citations = citations_at(scan, at);
    let end = citations.last()?.span.end;
    found.extend(citations.into_iter().map(|citation| Mention {
        kind: MentionKind::Provision,
        value: citation.value,
        span: citation.span,
    }));
    Some(end)
}
