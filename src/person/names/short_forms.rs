//! Names by given name alone, of persons whom the document names in full.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::Range;

use super::around::{honorific_before, left};
use super::cut::announces_place;
use super::{Name, around, score, word_key};
use crate::lexicon::{Annotated, Class, Classes, Table};
use crate::person::Clues;

/// A set of words by their keys.
#[derive(Default)]
struct Words {
    /// A bit for each key, by its lower bits: most words are told by it.
    may_have: [u64; 16],
    keys: BTreeSet<u64>,
}

impl Words {
    fn insert(&mut self, word: u64) {
        let [here, bit] = Self::bit(word);
        if let Some(bits) = self.may_have.get_mut(here as usize) {
            *bits |= bit;
        }
        self.keys.insert(word);
    }

    fn contains(&self, word: u64) -> bool {
        let [here, bit] = Self::bit(word);
        self.may_have.get(here as usize).is_some_and(|bits| bits & bit != 0) && self.keys.contains(&word)
    }

    const fn bit(word: u64) -> [u64; 2] {
        [word >> 6 & 15, 1 << (word & 63)]
    }
}

/// Adds mentions by given name (or a foreign family name) alone, of persons that the document names elsewhere.
pub(super) fn add(text: &Annotated<'_>, clues: &Clues, runs: &[Range<usize>], names: &mut Vec<Name>) {
    let mut known = Words::default();
    let mut pairs: BTreeSet<(u64, u64)> = BTreeSet::new();
    // Whole names by length, first and last word: what is a person once is one again.
    let mut whole: BTreeSet<(usize, u64, u64)> = BTreeSet::new();
    for n in names.iter() {
        let strange = text.atom(n.start).is_some_and(|a| a.syllable.is_none());
        let introduced = honorific_before(text, n.start)
            || clues.title_ends(n.start)
            || (strange || n.end - n.start >= 3) && clues.title_reaches(n.start);
        if n.full && n.end - n.start >= 2 && introduced && text.context(n.start, Class::Eponym).is_none() {
            whole.insert((n.end - n.start, word_key(text, n.start), word_key(text, n.end - 1)));
        }
        known.insert(word_key(text, n.end - 1));
        // Chủ tịch Tập: the family name of one who governs another country.
        if text.context(n.start, Class::Statesman).is_some_and(|m| m.end as usize == n.end) {
            known.insert(word_key(text, n.start));
        }
        if n.end - n.start >= 3 {
            pairs.insert((word_key(text, n.end - 2), word_key(text, n.end - 1)));
        }
        if n.full && text.atom(n.start).is_some_and(|a| a.syllable.is_none()) {
            known.insert(word_key(text, n.start));
        }
    }
    let mut found = Vec::new();
    let mut covered = names.iter().peekable();
    for run in runs {
        // ĐB | Khoa: a short form of a title is in capitals too.
        let titled = run.len() > 1 && clues.title_ends(run.end - 1);
        let run = &if titled { run.end - 1..run.end } else { run.clone() };
        while covered.next_if(|n| n.end <= run.start).is_some() {}
        let free = covered.peek().is_none_or(|n| n.start >= run.end);
        let last = word_key(text, run.end - 1);
        if !free || !known.contains(last) {
            continue;
        }
        let is_known = match run.len() {
            1 => true,
            2 => pairs.contains(&(word_key(text, run.start), last)),
            _ => false,
        };
        let is_whole = run.len() >= 2
            && whole.contains(&(run.len(), word_key(text, run.start), last))
            && left(text, clues, run.start, run.len()) >= 0.0;
        if (is_known || is_whole) && stands_alone(text, clues, run.start, run.end) {
            found.push(Name { start: run.start, end: run.end, full: is_whole, score: 1.0 });
        }
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|n| n.start);
    }
}

/// What a bare given name is not.
const THINGS: Classes = Classes::of_all(&[Table::Places, Table::Organisations, Table::Abbreviations]);

/// Whether the words around allow a bare given name.
fn stands_alone(text: &Annotated<'_>, clues: &Clues, start: usize, end: usize) -> bool {
    let Some(atom) = text.atom(start) else { return false };
    if text.context_before(start, Class::Eponym).is_some()
        || score::crossed_from(text, start, end, around::verb_behind(text, end)).is_some()
    {
        return false;
    }
    // Thượng úy Đức, of one whom the document names: a rank governs no country.
    let ranked = clues.title_ends(start) && text.ends(start).contains(Class::Rank);
    if !ranked && text.at(start, THINGS).any(|m| m.end as usize >= end) {
        return false;
    }
    if announces_place(text, start) && atom.syllable.is_some() {
        return false;
    }
    let foreign = atom.syllable.is_none();
    let verb = text.context(end, Class::Verb).is_some();
    foreign || verb || !clues.sentence_start(start)
}
