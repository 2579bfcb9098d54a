//! Whether an office is held.
//!
//! A word of the title decides (`nguyên, quyền, tân`), else an office in apposition is held now. A predicated office takes
//! its status from the nearest word of tenure before it in its sentence (class `tenure` of `data/context_words.tsv`):
//! `từng đảm nhiệm các chức vụ: A; B` are both former. Two words reach further: behind `Trước khi …,` everything is
//! former, and a vote that is only asked for (`tờ trình về việc bầu`) makes no holder.

use crate::lexicon::{Annotated, Class};
use crate::person::pairing::Pair;
use crate::person::{Relation, Status};

/// Atoms looked at before a title: lists of offices are long.
const REACH: usize = 90;

pub(super) fn status(text: &Annotated<'_>, sentences: &[u32], pair: &Pair) -> Status {
    let word = pair.title.status.and_then(|m| Status::from_note(text.cell(m, 2)));
    if let Some(status) = word {
        return status;
    }
    if pair.relation != Relation::Predicate {
        return Status::Current;
    }
    if pair.said == Some(Status::Acting) {
        return Status::Acting;
    }
    let at = pair.title.start;
    let sentence = sentences.partition_point(|&s| s as usize <= at);
    let start = sentence.checked_sub(1).and_then(|i| sentences.get(i)).map_or(0, |&s| s as usize);
    let tenure = |i: usize| {
        let m = text.context(i, Class::Tenure).filter(|m| m.end as usize <= at)?;
        Some((text.cell(m, 2), m.end as usize))
    };
    let mut nearest = None;
    for i in (start.max(at.saturating_sub(REACH))..at).rev() {
        let Some((note, end)) = tenure(i) else { continue };
        match note {
            "before" if (end..at).any(|i| text.atom(i).is_some_and(|a| a.is_mark(','))) => return Status::Former,
            "asked" if matches!(nearest, None | Some(Status::New)) => return Status::Proposed,
            _ => nearest = nearest.or_else(|| Status::from_note(note)),
        }
    }
    nearest.or(pair.said.filter(|s| *s != Status::New)).unwrap_or(Status::Current)
}
