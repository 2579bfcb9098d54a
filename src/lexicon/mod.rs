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
//! `annotated` keeps what begins and ends at each atom, `marks` at which atoms a stage has to look, and `spelling` tells whether
//! letters that a rule gives stand at an atom.
//!
//! Memory: the blob is read in place (no start-up work); an annotated text takes 60 bytes an atom and 16 a phrase of several.
//! Complexity: O(atoms × longest phrase), the longest phrase being some 16 atoms.

mod annotated;
pub(crate) mod atoms;
mod blob;
mod class;
#[cfg(feature = "std")]
mod compile;
pub(crate) mod cues;
mod marks;
mod notes;
mod spelling;

pub(crate) use annotated::Annotated;
pub(crate) use atoms::{Atom, AtomKind, Atoms};
use blob::Begun;
pub(crate) use blob::Lexicon;
pub(crate) use class::{Class, Classes};
#[cfg(feature = "std")]
pub use compile::{CompileError, Compiled, compile};

pub(crate) use marks::UNITS;
pub(crate) use notes::Note;

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
    /// Phrases have at most so many atoms; the compiler of the data files sees to it.
    pub(crate) const MAX_ATOMS: usize = (1 << annotated::LONGEST_BITS) - 1;

    /// Whether its row lists words that it is no part of, or may not stand before.
    pub(crate) const fn excludes(self) -> bool {
        self.excludes
    }

    /// Length in atoms.
    pub(crate) const fn len(self) -> usize {
        (self.end - self.start) as usize
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
        while let Some(atom) = self.atom(end).filter(|a| a.breaks() == 0)
            && (end > start + 1 || begun.may_go_on(atom.word))
            && let Some(next) = self.lexicon.step(state, atom.word)
        {
            (state, end) = (next, end + 1);
            self.lexicon.values(state, |v| found(v.found(start, end)));
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

    pub(crate) fn atom(&self, i: usize) -> Option<&Atom> {
        self.atoms.get(i)
    }

    /// The letters of an atom as the text has them.
    pub(crate) fn letters(&self, i: usize) -> &'t str {
        self.atoms.get(i).map_or("", |a| a.span().of(self.text))
    }
}
