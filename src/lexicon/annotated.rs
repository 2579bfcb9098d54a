//! A text with every phrase of the lexicon that stands in it.
//!
//! What begins and ends at an atom is kept as bits of classes, and as lists only phrases of several atoms: two thirds of all
//! that is found are single words, and those stand in the tables of the lexicon by the word's id.

use alloc::vec::Vec;
use core::ops::Deref;

use super::blob::Begun;
use super::marks::{self, BLOCK, Marks};
use super::{Atoms, Class, Classes, Match, Table, blob};
use crate::scan::{self, Source, Token};

/// A text as atoms with every phrase of the lexicon that stands in it.
#[derive(Debug)]
pub(crate) struct Annotated<'t> {
    all: Atoms<'t>,
    /// The phrases of several atoms; those of one are read where they are asked for.
    longer: Vec<Match>,
    /// One entry more than atoms.
    borders: Vec<Border>,
    /// The atoms that a stage has to look at.
    pub(crate) marks: Marks,
}

/// What begins and ends before an atom. It stands together, since a stage that looks at one atom of a long text waits for each
/// place in memory.
#[derive(Clone, Copy, Debug, Default)]
struct Border {
    /// The classes of the phrases that begin here.
    begins: Classes,
    /// The phrases that end here.
    ends: Ends,
    /// Where those of several atoms that begin here stand in the list.
    first: u32,
}

/// What ends before an atom: bits of classes, and in the upper [`LONGEST_BITS`] bits the atoms of the longest phrase, or
/// one more.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends(u64);

/// Bits for the atoms of a phrase, see [`Match::MAX_ATOMS`].
pub(super) const LONGEST_BITS: u32 = 5;

impl Ends {
    fn insert(&mut self, m: Match) {
        let longest = (m.len() as u64).max(self.longest() as u64);
        let mut classes = self.classes();
        classes.insert(m.class);
        self.0 = longest << (64 - LONGEST_BITS) | classes.bits();
    }

    /// The same for what the last atom alone is.
    const fn insert_word(&mut self, classes: Classes) {
        self.0 |= classes.bits() | (!classes.is_empty() as u64) << (64 - LONGEST_BITS);
    }

    const fn classes(self) -> Classes {
        Classes::from_bits(self.0 & (u64::MAX >> LONGEST_BITS))
    }

    const fn longest(self) -> usize {
        (self.0 >> (64 - LONGEST_BITS)) as usize
    }
}

impl<'t> Deref for Annotated<'t> {
    type Target = Atoms<'t>;

    fn deref(&self) -> &Atoms<'t> {
        &self.all
    }
}

impl<'t> Annotated<'t> {
    /// Reads `text` against the built-in lexicon.
    #[cfg(test)]
    pub(crate) fn read(text: &'t str) -> Self {
        Self::read_beside(text, |tokens| tokens.for_each(drop)).0
    }

    /// Reads `text` against the built-in lexicon while `other` reads the tokens: a text is scanned once.
    pub(crate) fn read_beside<T>(text: &'t str, other: impl FnOnce(&mut Reading<'t>) -> T) -> (Self, T) {
        let mut reading = Reading { tokens: scan::tokens(text), atoms: Atoms::new(text) };
        // News has some five bytes a token.
        reading.atoms.atoms.reserve(text.len() / 5);
        let result = other(&mut reading);
        reading.by_ref().for_each(drop);
        (Self::annotate(reading.atoms), result)
    }

    fn annotate(all: Atoms<'t>) -> Self {
        let n = all.atoms.len();
        let mut longer = Vec::with_capacity(n / 2);
        let mut borders = alloc::vec![Border::default(); n + 1];
        let mut marks = Marks::with_capacity(n);
        let mut before = Classes::default();
        for (block, from) in all.atoms.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
            let behind = all.atoms.get(from + 1..).unwrap_or_default();
            // The tables are far: what they say of many words is asked at once, so that one answer need not wait for another.
            let mut begun = [Begun::default(); BLOCK];
            let mut going_on = 0u64;
            let here = borders.get_mut(from..).unwrap_or_default().iter_mut().zip(&mut begun);
            for ((i, atom), (border, begun)) in block.iter().enumerate().zip(here) {
                *begun = all.lexicon.begun(atom.word);
                border.ends.insert_word(before);
                border.begins = begun.classes;
                before = begun.classes;
                let goes_on = behind.get(i).is_some_and(|next| begun.may_go_on(next.word) & (next.breaks() == 0));
                going_on |= u64::from(goes_on) << i;
            }
            let mut written = from;
            while going_on != 0 {
                let i = going_on.trailing_zeros() as usize;
                going_on &= going_on - 1;
                let Some(begun) = begun.get(i) else { break };
                let start = from + i;
                let passed = borders.get_mut(written..=start).unwrap_or_default();
                passed.iter_mut().for_each(|b| b.first = longer.len() as u32);
                written = start + 1;
                let mut begins = begun.classes;
                all.longer_phrases(start, *begun, |m| {
                    begins.insert(m.class);
                    if let Some(border) = borders.get_mut(m.end as usize) {
                        border.ends.insert(m);
                    }
                    longer.push(m);
                });
                if let Some(border) = borders.get_mut(start) {
                    border.begins = begins;
                }
            }
            let mut marked = [0; BLOCK];
            let rest = borders.get_mut(from..).unwrap_or_default();
            rest.iter_mut().take(block.len()).skip(written - from).for_each(|b| b.first = longer.len() as u32);
            for (((i, atom), marked), border) in block.iter().enumerate().zip(&mut marked).zip(&*rest) {
                *marked = marks::of(atom, border.begins, border.ends.classes(), behind.get(i));
            }
            marks.push(&marked);
        }
        if let Some(last) = borders.last_mut() {
            last.ends.insert_word(before);
            last.first = longer.len() as u32;
        }
        Self { all, longer, borders, marks }
    }

    /// The phrases of these classes that begin at `atom`, shortest first.
    #[inline(always)]
    pub(crate) fn at(&self, atom: usize, among: Classes) -> Phrases<'_> {
        if self.begins(atom).intersects(among) { self.phrases_at(atom, among) } else { Phrases::default() }
    }

    fn phrases_at(&self, atom: usize, among: Classes) -> Phrases<'_> {
        Phrases { start: atom, among, words: self.words(atom, among), longer: self.longer(atom).iter() }
    }

    /// The rows whose phrase the atom alone is, if one is of these classes.
    #[inline]
    fn words(&self, atom: usize, among: Classes) -> core::slice::Iter<'static, [u8; 4]> {
        let begun = self.atom(atom).map(|a| self.lexicon.begun(a.word));
        let begun = begun.filter(|begun| begun.classes.intersects(among));
        begun.map_or_else(Default::default, |begun| self.lexicon.first_values(begun).iter())
    }

    /// The phrases of several atoms that begin at `atom`, shortest first.
    #[inline]
    fn longer(&self, atom: usize) -> &[Match] {
        let bound = |i: usize| self.borders.get(i).map_or(self.longer.len(), |b| b.first as usize);
        self.longer.get(bound(atom)..bound(atom + 1)).unwrap_or_default()
    }

    /// The phrases of these classes whose last atom is the one before `atom`, longest first.
    pub(crate) fn ending_at(&self, atom: usize, among: Classes) -> impl Iterator<Item = Match> + use<'_, 't> {
        let here = self.borders.get(atom).filter(|b| b.ends.classes().intersects(among));
        let longest = here.map_or(0, |b| b.ends.longest());
        let mut phrases = Phrases::default();
        let mut start = atom.saturating_sub(longest);
        core::iter::from_fn(move || {
            loop {
                if let Some(m) = phrases.find(|m| m.end as usize == atom) {
                    return Some(m);
                }
                if start == atom {
                    return None;
                }
                phrases = self.at(start, among);
                start += 1;
            }
        })
    }

    /// The classes of the phrases that begin at `atom`.
    #[inline]
    pub(crate) fn begins(&self, atom: usize) -> Classes {
        self.borders.get(atom).map_or(Classes::default(), |b| b.begins)
    }

    /// The classes of the phrases that end before `atom`.
    #[inline]
    pub(crate) fn ends(&self, atom: usize) -> Classes {
        self.borders.get(atom).map_or(Classes::default(), |b| b.ends.classes())
    }

    /// The atoms of the longest phrase that ends before `atom`, or one more.
    #[inline]
    pub(crate) fn longest_ending(&self, atom: usize) -> usize {
        self.borders.get(atom).map_or(0, |b| b.ends.longest())
    }

    /// The longest phrase of `table` that begins at `atom`.
    #[inline(always)]
    pub(crate) fn longest(&self, atom: usize, table: Table) -> Option<Match> {
        if self.begins(atom).has(table) { self.longest_at(atom, table.into()) } else { None }
    }

    fn longest_at(&self, atom: usize, among: Classes) -> Option<Match> {
        let longer = self.longer(atom).iter().rfind(|m| among.contains(m.class));
        longer.copied().or_else(|| {
            let mut words = self.words(atom, among).rev().filter_map(blob::value);
            words.find(|v| among.contains(v.class)).map(|v| v.found(atom, atom + 1))
        })
    }

    /// The longest phrase of this class that begins at `atom` and is no part of a word that its row excludes.
    #[inline]
    pub(crate) fn context(&self, atom: usize, class: Class) -> Option<Match> {
        if class.is_asked() {
            let mut longest = None;
            self.asked(atom, |m| {
                longest = if m.class == class && !self.in_excluded_compound(m) { Some(m) } else { longest }
            });
            return longest;
        }
        if !self.begins(atom).contains(class) {
            return None;
        }
        self.at(atom, class.into()).rev().find(|m| !self.in_excluded_compound(*m))
    }

    /// The longest phrase of this class that ends before `atom` and is no part of a word that its row excludes.
    #[inline]
    pub(crate) fn context_before(&self, atom: usize, class: Class) -> Option<Match> {
        if !self.ends(atom).contains(class) {
            return None;
        }
        self.ending_at(atom, class.into()).find(|m| !self.in_excluded_compound(*m))
    }

    #[inline]
    fn in_excluded_compound(&self, m: Match) -> bool {
        m.excludes && m.table == Table::ContextWords && self.is_in_excluded(m)
    }
}

/// Iterator of [`Annotated::at`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases<'x> {
    start: usize,
    among: Classes,
    words: core::slice::Iter<'static, [u8; 4]>,
    longer: core::slice::Iter<'x, Match>,
}

impl Phrases<'_> {
    #[inline]
    fn word(&self, value: &[u8; 4]) -> Option<Match> {
        let value = blob::value(value).filter(|v| self.among.contains(v.class))?;
        Some(value.found(self.start, self.start + 1))
    }
}

impl Iterator for Phrases<'_> {
    type Item = Match;

    #[inline]
    fn next(&mut self) -> Option<Match> {
        while let Some(value) = self.words.next() {
            if let Some(m) = self.word(value) {
                return Some(m);
            }
        }
        self.longer.find(|m| self.among.contains(m.class)).copied()
    }
}

impl DoubleEndedIterator for Phrases<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Match> {
        if let Some(m) = self.longer.rfind(|m| self.among.contains(m.class)) {
            return Some(*m);
        }
        while let Some(value) = self.words.next_back() {
            if let Some(m) = self.word(value) {
                return Some(m);
            }
        }
        None
    }
}

/// The tokens of a text; what is read is kept as atoms.
pub(crate) struct Reading<'t> {
    tokens: scan::Tokens<'t>,
    atoms: Atoms<'t>,
}

impl Iterator for Reading<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let unit = self.tokens.unit()?;
        self.atoms.push(&unit);
        Some(unit.token)
    }
}

impl Source for Reading<'_> {
    #[inline]
    fn words(&mut self, last: &mut Token, before: &mut Token) -> (usize, Option<Token>) {
        let Self { tokens, atoms } = self;
        let (n, unit) = tokens.spaced_units(last, before, |unit, found| atoms.push_syllable(unit, found, false, 0));
        if n > 0 {
            atoms.read_to(last.span.end);
        }
        if let Some(unit) = &unit {
            atoms.push(unit);
        }
        (n, unit.map(|u| u.token))
    }
}
