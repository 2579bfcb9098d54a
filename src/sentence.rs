//! Where sentences begin and end.
//!
//! A sentence ends at a line break, and at `.`, `!`, `?`, `…` (with the quotes and brackets that close after them) when
//! what follows is no lower-case word. A full stop is no end inside a known short form (`TP.`, `GS.TS.`), after the
//! initial of a name (`Nguyễn Văn A.` before a lower-case word, `J. K.`), nor after the number of a list item (`1.`).
//! A full stop glued between a lower-case word and a capital is an end: writers drop the space (`pháp luật.Tập trung`).
//!
//! The unit of titles and names: nothing of [`crate::person`] crosses a sentence, except that a title line may name the
//! place for the section under it.

use alloc::vec::Vec;

use crate::lexicon::{Annotated, Atom, AtomKind, Table};
use crate::scan::Case;
use crate::span::Span;

/// The first atom of every sentence, ascending; never empty unless the text has no atom.
pub(crate) fn starts(text: &Annotated<'_>) -> Vec<u32> {
    let mut out = Vec::new();
    for (i, atom) in text.atoms.iter().enumerate() {
        if i == 0 || atom.breaks > 0 || ends_before(text, i, atom) {
            out.push(i as u32);
        }
    }
    out
}

/// The spans of the sentences, trimmed to their tokens.
pub(crate) fn spans(text: &Annotated<'_>, starts: &[u32]) -> Vec<Span> {
    let end_of = |i: usize| starts.get(i + 1).map_or(text.atoms.len(), |&s| s as usize);
    let sentence = |(i, &s): (usize, &u32)| {
        let first = text.atom(s as usize)?;
        let last = text.atom(end_of(i).checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    };
    starts.iter().enumerate().filter_map(sentence).collect()
}

/// Whether a sentence ends between atom `i - 1` and `i`.
fn ends_before(text: &Annotated<'_>, i: usize, atom: &Atom) -> bool {
    if closes(atom) || is_end_mark(atom) || atom.case == Case::Lower {
        return false;
    }
    // Back over quotes and brackets that close.
    let mut mark = i - 1;
    while mark > 0 && text.atom(mark).is_some_and(|a| matches!(a.kind, AtomKind::Mark(')' | ']' | '"' | '\''))) {
        mark -= 1;
    }
    let Some(end) = text.atom(mark) else { return false };
    match end.kind {
        AtomKind::Mark('!' | '?') => true,
        AtomKind::Mark('.') if end.len > 1 => atom.is_capitalised(),
        AtomKind::Mark('.') => is_full_stop(text, mark, atom),
        _ => false,
    }
}

fn is_full_stop(text: &Annotated<'_>, mark: usize, next: &Atom) -> bool {
    let Some(before) = mark.checked_sub(1).and_then(|i| text.atom(i)) else { return false };
    if text.atom(mark).is_some_and(|a| !a.glued) {
        return true;
    }
    // A dotted short form is one only if it goes on: at the end of a sentence TP. is followed by another sentence.
    let dotted = text.ending_at(mark + 1).any(|m| m.table == Table::Abbreviations && m.len() >= 2);
    let degree = text.ending_at(mark).any(|m| m.table == Table::Titles && text.cell(m, 1) == "degree");
    if (dotted || degree) && before.case != Case::Lower && next.is_word() {
        return false;
    }
    let initial = before.is_word() && before.len == 1 && before.case == Case::Title;
    if initial {
        let inside_name = text.atom(mark.wrapping_sub(2)).is_none_or(|a| !a.is_capitalised());
        return !(next.is_capitalised() && (inside_name || next.glued));
    }
    let list_number = before.kind == AtomKind::Number
        && (mark == 1 || text.atom(mark - 1).is_some_and(|a| a.breaks > 0))
        && before.len <= 3;
    !list_number
}

fn is_end_mark(atom: &Atom) -> bool {
    matches!(atom.kind, AtomKind::Mark('.' | '!' | '?'))
}

fn closes(atom: &Atom) -> bool {
    matches!(atom.kind, AtomKind::Mark(')' | ']' | '"' | '\'' | '.' | ',' | ';' | ':'))
}
