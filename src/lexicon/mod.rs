//! Phrases of the data files, found in text in one pass.
//!
//! `atoms` turns tokens into atoms, the units that phrases are made of: runs of letters, numbers and single marks, each
//! with a word id that is the same for every Unicode form, tone placement, letter case and i/y spelling; what the scanner
//! knows of a token is not parsed again. The files of `data/` are compiled into one blob (a vocabulary, a trie over word ids)
//! and the text of their cells.
//!
//! A stage that asks about few places reads `Atoms` there and walks the trie where it asks (`abbreviation`);
//! `Annotated::read` walks it from every atom of a text and lists what it finds, for the stages that ask everywhere.
//!
//! Why a trie in hash tables over word ids and not an Aho-Corasick automaton over bytes: one text has many byte
//! spellings (NFD, *Uỷ*/*Ủy*, capitals, NBSP, `-`/`–`) but one sequence of ids, and phrases must begin and end at words.
//!
//! `Annotated` keeps what begins and ends at an atom as bits of classes, and as lists only phrases of several atoms: two
//! thirds of all that is found are single words, and those stand in the tables of the lexicon by the word's id. `marks` lists
//! the atoms at which a stage has to look.
//!
//! Memory: the blob is read in place (no start-up work); an annotated text takes 60 bytes an atom and 16 a phrase of several.
//! Complexity: O(atoms × longest phrase), the longest phrase being some 16 atoms.

pub(crate) mod atoms;
mod blob;
mod class;
#[cfg(feature = "std")]
mod compile;
pub(crate) mod cues;
mod marks;
mod notes;

use alloc::vec::Vec;
use core::ops::Deref;

pub(crate) use atoms::{Atom, AtomKind, Atoms};
use blob::Begun;
pub(crate) use blob::Lexicon;
pub(crate) use class::{Class, Classes};
#[cfg(feature = "std")]
pub use compile::{CompileError, Compiled, compile};

pub(crate) use marks::{Marks, UNITS};
pub(crate) use notes::Note;

use crate::scan::{self, Source, Token};

/// The data files, in the order of the blob. The first column of each holds the phrase, variants separated by `|`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Table {
    Abbreviations,
    Titles,
    Organisations,
    TitleWords,
    ContextWords,
    Places,
    NameSyllables,
    ForeignNames,
    Compounds,
    AbbreviationParts,
    DocumentCodes,
    DefinitionWords,
}

impl Table {
    pub(crate) const ALL: [Self; 12] = [
        Self::Abbreviations,
        Self::Titles,
        Self::Organisations,
        Self::TitleWords,
        Self::ContextWords,
        Self::Places,
        Self::NameSyllables,
        Self::ForeignNames,
        Self::Compounds,
        Self::AbbreviationParts,
        Self::DocumentCodes,
        Self::DefinitionWords,
    ];

    /// Whether the phrases of the file are looked for everywhere in the text; the others only where a stage asks.
    #[cfg(feature = "std")]
    const fn is_in_trie(self) -> bool {
        !matches!(self, Self::AbbreviationParts | Self::DocumentCodes | Self::DefinitionWords)
    }
}

/// Names of the compiled files, in the order in which [`compile`] takes them.
#[doc(hidden)]
pub const FILES: [&str; 12] = [
    "abbreviations.tsv",
    "titles.tsv",
    "organisations.tsv",
    "title_words.tsv",
    "context_words.tsv",
    "places.tsv",
    "name_syllables.tsv",
    "foreign_names.tsv",
    "compounds.tsv",
    "abbreviation_parts.tsv",
    "document_codes.tsv",
    "definition_words.tsv",
];

/// A phrase found in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// First atom.
    pub(crate) start: u32,
    /// One past the last atom.
    pub(crate) end: u32,
    /// The file it stands in.
    pub(crate) table: Table,
    /// The class of its row.
    pub(crate) class: Class,
    /// Its row lists words that it is no part of, or may not stand before.
    excludes: bool,
    /// Its row there.
    pub(crate) row: u32,
}

impl Match {
    /// Whether its row lists words that it is no part of, or may not stand before.
    pub(crate) const fn excludes(self) -> bool {
        self.excludes
    }

    /// Length in atoms.
    pub(crate) const fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A text as atoms with every phrase of the lexicon that stands in it.
#[derive(Debug)]
pub(crate) struct Annotated<'t> {
    all: Atoms<'t>,
    /// The phrases of several atoms; those of one are read where they are asked for.
    longer: Vec<Match>,
    /// Where those of an atom begin; one entry more than atoms.
    first: Vec<u32>,
    /// The classes of the phrases that begin at an atom.
    begins: Vec<Classes>,
    /// The phrases that end before an atom; one entry more than atoms.
    ends: Vec<Ends>,
    /// The atoms that a stage has to look at.
    pub(crate) marks: Marks,
}

/// What ends before an atom: bits of classes, and in the upper [`LONGEST_BITS`] bits the atoms of the longest phrase.
#[derive(Clone, Copy, Debug, Default)]
struct Ends(u64);

/// Phrases have at most 31 atoms; the compiler of the data files sees to it.
const LONGEST_BITS: u32 = 5;

impl Ends {
    fn insert(&mut self, m: Match) {
        let longest = (m.len() as u64).max(self.longest() as u64);
        let mut classes = self.classes();
        classes.insert(m.class);
        self.0 = longest << (64 - LONGEST_BITS) | classes.bits();
    }

    /// The same for what the last atom alone is.
    const fn insert_word(&mut self, classes: Classes) {
        let is_first = self.longest() == 0 && !classes.is_empty();
        self.0 |= classes.bits() | (is_first as u64) << (64 - LONGEST_BITS);
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
        let (mut longer, mut first) = (Vec::with_capacity(n / 2), Vec::with_capacity(n + 1));
        let mut begins = Vec::with_capacity(n);
        let mut ends = alloc::vec![Ends::default(); n + 1];
        let mut marks = Marks::with_capacity(n);
        for (start, atom) in all.atoms.iter().enumerate() {
            first.push(longer.len() as u32);
            let begun = all.lexicon.begun(atom.word);
            let mut classes = begun.classes;
            if let Some(ends) = ends.get_mut(start + 1) {
                ends.insert_word(classes);
            }
            let next = all.atom(start + 1);
            if next.is_some_and(|next| begun.may_go_on(next.word) && next.breaks == 0) {
                all.longer_phrases(start, begun, |m| {
                    classes.insert(m.class);
                    if let Some(ends) = ends.get_mut(m.end as usize) {
                        ends.insert(m);
                    }
                    longer.push(m);
                });
            }
            begins.push(classes);
            let ended = ends.get(start).map_or(Classes::default(), |e| e.classes());
            marks.push(atom, classes, ended, next);
        }
        first.push(longer.len() as u32);
        marks.flush();
        Self { all, longer, first, begins, ends, marks }
    }

    /// The phrases of these classes that begin at `atom`, shortest first.
    #[inline(always)]
    pub(crate) fn at(&self, atom: usize, among: Classes) -> Phrases<'_> {
        if self.begins(atom).intersects(among) { self.phrases_at(atom, among) } else { Phrases::default() }
    }

    fn phrases_at(&self, atom: usize, among: Classes) -> Phrases<'_> {
        Phrases { start: atom, among, words: self.words(atom), longer: self.longer(atom).iter() }
    }

    /// The rows whose phrase the atom alone is.
    #[inline]
    fn words(&self, atom: usize) -> core::slice::Iter<'static, [u8; 4]> {
        self.atom(atom).map_or_else(Default::default, |a| self.lexicon.first_values(self.lexicon.begun(a.word)).iter())
    }

    /// The phrases of several atoms that begin at `atom`, shortest first.
    #[inline]
    fn longer(&self, atom: usize) -> &[Match] {
        let bound = |i: usize| self.first.get(i).map_or(self.longer.len(), |&n| n as usize);
        self.longer.get(bound(atom)..bound(atom + 1)).unwrap_or_default()
    }

    /// The phrases of these classes whose last atom is the one before `atom`, longest first.
    pub(crate) fn ending_at(&self, atom: usize, among: Classes) -> impl Iterator<Item = Match> + use<'_, 't> {
        let here = self.ends.get(atom).filter(|e| e.classes().intersects(among));
        let longest = here.map_or(0, |e| e.longest());
        let mut phrases = Phrases::default();
        let mut start = atom - longest;
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
        self.begins.get(atom).copied().unwrap_or_default()
    }

    /// The classes of the phrases that end before `atom`.
    #[inline]
    pub(crate) fn ends(&self, atom: usize) -> Classes {
        self.ends.get(atom).map_or(Classes::default(), |e| e.classes())
    }

    /// The longest phrase of `table` that begins at `atom`.
    #[inline(always)]
    pub(crate) fn longest(&self, atom: usize, table: Table) -> Option<Match> {
        if self.begins(atom).has(table) { self.phrases_at(atom, table.into()).next_back() } else { None }
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

    fn in_excluded_compound(&self, m: Match) -> bool {
        if !m.excludes {
            return false;
        }
        let note = self.cell(m, 2);
        let Some(list) = note.split(';').find_map(|item| item.trim_start().strip_prefix("not=")) else { return false };
        list.split('|').any(|compound| {
            let n = 1 + compound.bytes().filter(|b| *b == b' ').count();
            let (start, end) = (m.start as usize, m.end as usize);
            (end.saturating_sub(n)..=start).any(|from| self.spells(from, compound))
        })
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

impl<'t> Atoms<'t> {
    /// Calls `found` for every phrase that begins at `start`, shortest first, but for those that are asked for.
    #[inline]
    pub(crate) fn phrases(&self, start: usize, found: impl FnMut(Match)) {
        if let Some(begun) = self.atom(start).and_then(|a| self.lexicon.begin(a.word)) {
            self.phrases_from(start, begun, found);
        }
    }

    /// The same for the phrases of classes that are [asked](Class::is_asked) for.
    #[inline]
    pub(crate) fn asked(&self, start: usize, found: impl FnMut(Match)) {
        if let Some(begun) = self.atom(start).and_then(|a| self.lexicon.begin_asked(a.word)) {
            self.phrases_from(start, begun, found);
        }
    }

    /// Whether one of the phrases that are asked for is such a one.
    #[inline]
    pub(crate) fn has_asked(&self, start: usize, is_such: impl Fn(Match) -> bool) -> bool {
        let mut has = false;
        self.asked(start, |m| has = has || is_such(m));
        has
    }

    #[inline]
    fn phrases_from(&self, start: usize, begun: Begun, mut found: impl FnMut(Match)) {
        let words = self.lexicon.first_values(begun).iter().filter_map(blob::value);
        words.for_each(|v| found(v.found(start, start + 1)));
        self.longer_phrases(start, begun, found);
    }

    /// Calls `found` for every phrase of several atoms that begins so.
    #[inline]
    fn longer_phrases(&self, start: usize, begun: Begun, mut found: impl FnMut(Match)) {
        let (mut state, mut end) = (begun.state, start + 1);
        while let Some(atom) = self.atom(end).filter(|a| a.breaks == 0)
            && (end > start + 1 || begun.may_go_on(atom.word))
            && let Some(next) = self.lexicon.step(state, atom.word)
        {
            (state, end) = (next, end + 1);
            self.lexicon.values(state).for_each(|v| found(v.found(start, end)));
        }
    }

    /// Whether one of the phrases that begin at `start` is such a one.
    pub(crate) fn has_phrase(&self, start: usize, is_such: impl Fn(Match) -> bool) -> bool {
        let mut has = false;
        self.phrases(start, |m| has = has || is_such(m));
        has
    }

    /// Whether the notes of the row that a match found have this remark.
    #[inline]
    pub(crate) fn noted(&self, m: Match, note: Note) -> bool {
        self.lexicon.notes(m.table, m.row) & note.bit() != 0
    }

    /// A cell of the row that a match found.
    pub(crate) fn cell(&self, m: Match, column: usize) -> &'static str {
        self.lexicon.cell(m.table, m.row, column)
    }

    /// Whether an atom is this syllable in use, as [`Atoms::spells`] compares. Of a literal only the place in the table of
    /// syllables is left when the crate is compiled.
    #[inline(always)]
    pub(crate) fn is_word(&self, atom: usize, syllable: &str) -> bool {
        let found = crate::syllable::find_word(syllable).map(|found| found.syllable);
        found.is_some() && self.atom(atom).is_some_and(|a| a.syllable == found)
    }

    /// Whether the atoms from `atom` on spell this phrase, in any case, tone style and Unicode form.
    #[inline]
    pub(crate) fn spells(&self, atom: usize, phrase: &str) -> bool {
        let first = self.atom(atom).and_then(|a| self.text.as_bytes().get(a.span.start));
        first.is_some() && may_be(first, phrase.as_bytes().first()) && self.spells_all(atom, phrase)
    }

    fn spells_all(&self, atom: usize, phrase: &str) -> bool {
        let (mut at, mut rest) = (atom, phrase);
        while let Some((piece, kind, tail)) = atoms::cut_piece(rest) {
            if !self.atom(at).is_some_and(|a| (at == atom || a.breaks == 0) && self.is_piece(a, piece, kind)) {
                return false;
            }
            (at, rest) = (at + 1, tail);
        }
        at > atom
    }

    fn is_piece(&self, atom: &Atom, piece: &str, kind: AtomKind) -> bool {
        let letters = atom.span.of(self.text);
        match (kind, atom.syllable) {
            (AtomKind::Word, _) if atom.is_word() && letters == piece => true,
            (AtomKind::Word, _) if !may_be_same(atom, letters, piece) => false,
            (AtomKind::Word, Some(s)) => crate::syllable::Syllable::parse(piece) == Some(s),
            (AtomKind::Word, None) => crate::scan::fold_hash(letters) == crate::scan::fold_hash(piece),
            (AtomKind::Number, _) => atom.kind == kind && letters == piece,
            (kind, _) => atom.kind == kind,
        }
    }

    pub(crate) fn atom(&self, i: usize) -> Option<&Atom> {
        self.atoms.get(i)
    }

    /// The letters of an atom as the text has them.
    pub(crate) fn letters(&self, i: usize) -> &'t str {
        self.atoms.get(i).map_or("", |a| a.span.of(self.text))
    }
}

/// Whether an atom may be this word: they have as many letters, and begin and end alike.
fn may_be_same(atom: &Atom, letters: &str, piece: &str) -> bool {
    atom.is_word()
        && may_be(letters.as_bytes().first(), piece.as_bytes().first())
        && may_be(letters.as_bytes().last(), piece.as_bytes().last())
        && atom.len as usize == piece.chars().count()
}

/// Words that begin or end with different letters of ASCII are different, whatever their case, tone style and Unicode form.
#[inline]
fn may_be(letters: Option<&u8>, phrase: Option<&u8>) -> bool {
    match (letters, phrase) {
        (Some(a), Some(b)) if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => a.eq_ignore_ascii_case(b),
        _ => true,
    }
}
