//! Phrases that are looked for at one place only, and lists that are looked up by exact letters.
//!
//! The cues of `data/abbreviations.tsv` (common words like *của* among them) would find something everywhere if they stood
//! in the trie of phrases. They have a trie of their own over the same word ids, which is walked where a short form
//! stands: forwards from its end, backwards from its start. The first step says which: [`BEFORE`], [`AFTER`], or
//! [`DEFINITION`] for `data/definition_words.tsv`, or [`EXCLUDED`] for the words that a row of `data/context_words.tsv` leaves
//! out. A value is `row << 2 | needs a capital << 1 | forbids` for cues, the row
//! for definition words. One walk finds the cues of all senses at once.

use super::atoms::{self, AtomKind, Atoms};
use super::blob::Lexicon;
use super::{Match, Table};

/// Roots of the three parts of the trie.
pub(crate) const BEFORE: u32 = 1 << 26;
pub(crate) const AFTER: u32 = BEFORE + 1;
pub(crate) const DEFINITION: u32 = BEFORE + 2;
pub(super) const ROOTS: [u32; 3] = [BEFORE, AFTER, DEFINITION];

/// Roots, by the row of `data/context_words.tsv`, of the words that its phrase is no part of.
pub(super) const EXCLUDED: u32 = 1 << 27;

/// Most atoms of such a word.
pub(super) const MAX_EXCLUDED: usize = 5;

/// Ids of the cues in angle brackets.
const KIND: u32 = 1 << 25;

/// A cue that names a kind of neighbour instead of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum CueKind {
    Any,
    Number,
    Phone,
    Place,
    Name,
    LineStart,
}

impl CueKind {
    /// How the data file writes it.
    #[cfg(feature = "std")]
    pub(super) fn named(cue: &str) -> Option<Self> {
        Some(match cue {
            "<any>" => Self::Any,
            "<number>" => Self::Number,
            "<phone>" => Self::Phone,
            "<place>" => Self::Place,
            "<name>" => Self::Name,
            "^" => Self::LineStart,
            _ => return None,
        })
    }

    pub(crate) const fn id(self) -> u32 {
        KIND | self as u32
    }
}

/// Key of an exact table's row: FNV-1a over the table and the letters in NFC.
pub(super) fn exact_key(table: Table, letters: &str) -> u64 {
    use unicode_normalization::UnicodeNormalization;
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3);
    let start = step(0xCBF2_9CE4_8422_2325, table as u8);
    if letters.is_ascii() {
        return letters.bytes().fold(start, step);
    }
    letters.nfc().fold(start, |h, c| c.encode_utf8(&mut [0; 4]).bytes().fold(h, step))
}

impl Atoms<'_> {
    /// The id under which an atom stands in the trie of cues: numbers there have their digits.
    fn cue_word(&self, i: usize) -> Option<u32> {
        let atom = self.atom(i)?;
        Some(match atom.kind() {
            AtomKind::Number => {
                self.lexicon.word(crate::scan::fold_hash(atom.span().of(self.text))).unwrap_or(atoms::UNKNOWN)
            }
            _ => atom.word,
        })
    }

    /// Calls `found(atoms, values)` for every cue that begins at `at`, shortest first. Cues never cross a line.
    pub(crate) fn cues_after(&self, root: u32, at: usize, mut found: impl FnMut(usize, &'static [[u8; 4]])) {
        let mut state = self.lexicon.cue_root(root);
        for i in at.. {
            let Some(atom) = self.atom(i).filter(|a| a.breaks() == 0) else { return };
            let Some(next) = state.and_then(|s| self.lexicon.cue_step(s, self.cue_word(i).unwrap_or(atom.word))) else {
                return;
            };
            found(i + 1 - at, self.lexicon.cue_values(next));
            state = Some(next);
        }
    }

    /// The same for the cues that end before `at`.
    pub(crate) fn cues_before(&self, at: usize, mut found: impl FnMut(usize, &'static [[u8; 4]])) {
        let mut state = self.lexicon.cue_root(BEFORE);
        let mut i = at;
        while self.atom(i).is_some_and(|a| a.breaks() == 0) && i > 0 {
            i -= 1;
            let next = self.cue_word(i).and_then(|word| self.lexicon.cue_step(state?, word));
            let Some(next) = next else { return };
            found(at - i, self.lexicon.cue_values(next));
            state = Some(next);
        }
    }

    /// The values of the cue that names `kind`.
    pub(crate) fn kind_cue(&self, root: u32, kind: CueKind) -> &'static [[u8; 4]] {
        let state = self.lexicon.cue_root(root).and_then(|s| self.lexicon.cue_step(s, kind.id()));
        state.map_or(&[], |s| self.lexicon.cue_values(s))
    }

    /// Whether a match is part of a word that its row excludes.
    pub(super) fn is_in_excluded(&self, m: Match) -> bool {
        let Some(root) = self.lexicon.cue_step(Lexicon::ROOT, EXCLUDED | m.row) else { return false };
        let (start, end) = (m.start as usize, m.end as usize);
        let covers = |from: usize| {
            let mut state = root;
            for i in from..from + MAX_EXCLUDED {
                let atom = self.atom(i).filter(|a| i == from || a.breaks() == 0);
                let Some(next) = atom.and_then(|a| self.lexicon.cue_step(state, a.word)) else { return false };
                if i + 1 >= end && !self.lexicon.cue_values(next).is_empty() {
                    return true;
                }
                state = next;
            }
            false
        };
        (end.saturating_sub(MAX_EXCLUDED)..=start).any(covers)
    }

    /// The longest row of `definition_words.tsv` that begins at `at`: its row and atoms. It may stand in a new line.
    pub(crate) fn definition_words(&self, at: usize) -> Option<(u32, usize)> {
        let mut state = self.lexicon.cue_root(DEFINITION);
        let mut longest = None;
        for i in at.. {
            let next = self.atom(i).and_then(|a| self.lexicon.cue_step(state?, a.word));
            let Some(next) = next else { break };
            if let Some(value) = self.lexicon.cue_values(next).first() {
                longest = Some((u32::from_le_bytes(*value), i + 1 - at));
            }
            state = Some(next);
        }
        longest
    }
}
