//! A repaired text is read again, until nothing more is found in it.
//!
//! A repair tells more than a spelling: a name that was cut before its misprint is whole now, the title behind it is tied
//! to somebody, a form counts for the one that it stands for. So the law that a second time changes nothing is kept by
//! doing what it says. Hardly one article in a hundred has a repair, and is read twice; one without costs nothing.
//!
//! What is read again does not depend on the threshold that the user sets, and a repair of a later reading is no surer than
//! the least sure one that the reading rests on. So a higher threshold applies a part of what a lower one does.

use alloc::string::String;
use alloc::vec::Vec;

use super::{DEFAULT_THRESHOLD, Found, Repair};
use crate::span::Alignment;

/// How often a text is read again at most.
const MAX_ROUNDS: usize = 8;

impl Found {
    fn reaches(&self, threshold: f32) -> bool {
        self.is_decided && self.repair.confidence >= threshold
    }

    fn is_sure(&self) -> bool {
        self.reaches(DEFAULT_THRESHOLD)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.repair.span.overlaps(other.repair.span)
    }
}

/// The repairs of a text that begins with `first`, in text order, applied from `threshold` on: `read` gives those of a text
/// as it is written. Spans are bytes of `text`. O(what `read` costs × rounds).
pub(crate) fn to_the_end(
    text: &str,
    first: Vec<Found>,
    threshold: f32,
    read: impl Fn(&str) -> Vec<Found>,
) -> Vec<Repair> {
    let mut all = first;
    for _ in 0..MAX_ROUNDS {
        if !all.iter().any(Found::is_sure) {
            break;
        }
        let sure = || all.iter().filter(|f| f.is_sure()).map(|f| &f.repair);
        let least = sure().map(|r| r.confidence).fold(1.0, f32::min);
        let (corrected, alignment) = write(text, sure());
        let mut more = read(&corrected);
        let ends = !more.iter().any(Found::is_sure);
        for found in &mut more {
            take_back(&mut found.repair, &corrected, &alignment);
            found.repair.confidence = found.repair.confidence.min(least);
        }
        // What was suggested before the last reading is judged by the last one.
        all.retain(Found::is_sure);
        more.retain(|f| f.is_sure() || !all.iter().any(|a| a.overlaps(f)));
        all.retain(|f| !more.iter().any(|m| m.overlaps(f)));
        all.append(&mut more);
        all.sort_by_key(|f| f.repair.span);
        all.dedup_by(|b, a| a.overlaps(b));
        if ends {
            break;
        }
    }
    let judged = all.into_iter().map(|found| Repair { applied: found.reaches(threshold), ..found.repair });
    judged.collect()
}

/// The text with the applied repairs, and where each byte came from.
pub(crate) fn apply(text: &str, repairs: &[Repair]) -> (String, Alignment) {
    write(text, repairs.iter().filter(|r| r.applied))
}

fn write<'r>(text: &str, repairs: impl Iterator<Item = &'r Repair>) -> (String, Alignment) {
    let mut out = String::with_capacity(text.len());
    let mut alignment = Alignment::builder();
    let mut at = 0;
    for r in repairs {
        let kept = text.get(at..r.span.start).unwrap_or("");
        out.push_str(kept);
        alignment.keep(kept.len());
        out.push_str(&r.replacement);
        alignment.replace(r.span.len(), r.replacement.len());
        at = r.span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    (out, alignment.build())
}

/// Moves a repair of the corrected text to the text that it was made from. One that cuts through an earlier repair takes
/// in the whole of it.
fn take_back(repair: &mut Repair, corrected: &str, alignment: &Alignment) {
    let original = alignment.to_original(repair.span);
    let whole = alignment.to_output(original);
    let part = |from: usize, to: usize| corrected.get(from..to).unwrap_or("");
    let (before, behind) = (part(whole.start, repair.span.start), part(repair.span.end, whole.end));
    repair.replacement = [before, repair.replacement.as_str(), behind].concat();
    repair.span = original;
    for e in &mut repair.evidence {
        e.spans.iter_mut().for_each(|s| *s = alignment.to_original(*s));
        e.spans.dedup();
    }
}
