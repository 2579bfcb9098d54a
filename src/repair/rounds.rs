//! A repaired text is read again, until nothing more is found in it.
//!
//! A repair tells more than a spelling: a name that was cut before its misprint is whole now, the title behind it is tied
//! to somebody, a form counts for the one that it stands for. So the law that a second time changes nothing is kept by
//! doing what it says. Hardly one article in a hundred has a repair, and is read twice; one without costs nothing.

use alloc::string::String;
use alloc::vec::Vec;

use super::Repair;
use crate::span::Alignment;

/// How often a text is read again at most.
const MAX_ROUNDS: usize = 8;

/// The repairs of a text that begins with `first`, in text order: `read` gives those of a text as it is written. Spans
/// are bytes of `text`. O(what `read` costs × rounds).
pub(crate) fn to_the_end(text: &str, first: Vec<Repair>, read: impl Fn(&str) -> Vec<Repair>) -> Vec<Repair> {
    let mut all = first;
    for _ in 0..MAX_ROUNDS {
        if !all.iter().any(|r| r.applied) {
            break;
        }
        let (corrected, alignment) = apply(text, &all);
        let mut more = read(&corrected);
        let ends = !more.iter().any(|r| r.applied);
        more.iter_mut().for_each(|r| take_back(r, &corrected, &alignment));
        // What was suggested before the last reading is judged by the last one.
        all.retain(|r| r.applied);
        more.retain(|r| r.applied || !all.iter().any(|a| a.span.overlaps(r.span)));
        all.retain(|r| !more.iter().any(|m| m.span.overlaps(r.span)));
        all.append(&mut more);
        all.sort_by_key(|r| r.span);
        if ends {
            break;
        }
    }
    all
}

/// The text with the applied repairs, and where each byte came from.
pub(crate) fn apply(text: &str, repairs: &[Repair]) -> (String, Alignment) {
    let mut out = String::with_capacity(text.len());
    let mut alignment = Alignment::builder();
    let mut at = 0;
    for r in repairs.iter().filter(|r| r.applied) {
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
