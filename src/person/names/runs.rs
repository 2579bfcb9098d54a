//! Capital runs: where names may be.

use alloc::vec::Vec;
use core::ops::Range;

use super::{is_foreign, is_particle, name_row};
use crate::lexicon::{Annotated, Atom, Class, Classes, Table};
use crate::scan::Case;

/// The capital runs of a text, in atoms.
pub(super) fn runs(text: &Annotated<'_>) -> Vec<Range<usize>> {
    let (mut runs, mut at) = (Vec::with_capacity(text.marks.capitals.len()), 0);
    while let Some(start) = text.marks.capitals.next(at) {
        at = run_end(text, start).max(start + 1);
        runs.push(start..at);
    }
    runs
}

/// End of the capital run that starts at `at`; `at` itself when none starts there.
pub(super) fn run_end(text: &Annotated<'_>, at: usize) -> usize {
    if !text.atom(at).is_some_and(Atom::is_capitalised) {
        return at;
    }
    let mut end = at + 1;
    while let Some(atom) = text.atom(end).filter(|a| a.breaks() == 0) {
        let next = text.atom(end + 1).filter(|a| a.breaks() == 0);
        let next_capital = next.is_some_and(Atom::is_capitalised);
        let initial = text.atom(end - 1).is_some_and(|a| a.len <= 2);
        if atom.is_capitalised() {
            end += 1;
        } else if atom.is_mark('.') && is_cut_short(text, end - 1) {
            // Phạm Hồng Kh.: the full stop is part of the anonymised name, and ends it unless a name goes on.
            end += 1;
            if !next_capital {
                break;
            }
        } else if atom.is_mark('-')
            && (joins_syllables(text, end) || atom.glued() && next.is_some_and(|n| n.glued() && n.is_word()))
            || atom.is_mark('.') && initial && next_capital
        {
            end += 2;
        } else if is_particle(text, end)
            && text.atom(end + 1).is_some_and(|a| a.is_mark('-') && a.glued())
            && text.atom(end + 2).is_some_and(|a| a.glued() && a.is_capitalised())
        {
            // Bashar al-Assad
            end += 3;
        } else if is_particle(text, end)
            && is_particle(text, end + 1)
            && text.atom(end + 2).is_some_and(|a| a.breaks() == 0 && a.is_capitalised())
        {
            end += 2;
        } else if next_capital && (is_particle(text, end) || atom.is_mark('-') && is_particle(text, end - 1)) {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a word is a name cut to its first letters: capital, at most three letters, no vowel behind the first (*Kh, Ph, M*).
pub(super) fn is_cut_short(text: &Annotated<'_>, at: usize) -> bool {
    let Some(atom) = text.atom(at).filter(|a| a.is_capitalised() && a.case == Case::Title) else { return false };
    let dot_glued = text.atom(at + 1).is_some_and(|d| d.glued() && d.is_mark('.'));
    let consonants = || text.letters(at).chars().skip(1).all(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let in_name = || {
        let honorific = text.context_before(at, Class::Honorific).is_some_and(|m| m.len() == 1)
            || text.ends(at).contains(Class::Rank);
        let surname = at >= 1 && text.atom(at - 1).is_some_and(|a| a.case == Case::Title && a.syllable.is_some());
        honorific || surname && name_row(text, at - 1).is_some()
    };
    dot_glued
        && atom.len <= 3
        && atom.syllable.is_none()
        && consonants()
        && (text.longest(at, Table::Abbreviations).is_none() || in_name())
}

/// What is no syllable of a transcription.
const OTHER_WORDS: Classes = Classes::of_all(&[Table::Titles, Table::TitleWords, Table::ContextWords]);

/// A hyphen with spaces inside a transcription, as some agencies set it: *Moon Jae - in*, *Jean - Claude Juncker*.
pub(super) fn joins_syllables(text: &Annotated<'_>, dash: usize) -> bool {
    let (Some(left), Some(right)) = (dash.checked_sub(1).and_then(|i| text.atom(i)), text.atom(dash + 1)) else {
        return false;
    };
    if right.breaks() > 0
        || !right.is_word()
        || left.syllable.is_some() && text.atom(dash).is_some_and(|d| !d.glued()) && right.is_capitalised()
    {
        return false;
    }
    let no_other_word =
        !text.has_asked(dash + 1, |m| m.table == Table::ContextWords) && !text.begins(dash + 1).intersects(OTHER_WORDS);
    let korean = is_foreign(text, dash - 1, Class::Korean)
        && left.is_capitalised()
        && dash >= 2
        && text.atom(dash - 2).is_some_and(Atom::is_capitalised);
    match right.case {
        Case::Lower if korean => right.len <= 5,
        Case::Lower => {
            right.len <= 5
                && no_other_word
                && (left.syllable.is_none() || is_foreign(text, dash - 1, Class::Chinese) || right.syllable.is_none())
        }
        Case::Title => {
            let given = |i: usize| is_foreign(text, i, Class::GivenName);
            given(dash - 1)
                && given(dash + 1)
                && text.atom(dash + 2).is_some_and(|a| a.breaks() == 0 && a.is_capitalised() && a.syllable.is_none())
        }
        _ => false,
    }
}
