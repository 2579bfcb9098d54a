//! Whether atoms spell a phrase that is given as letters, in any case, tone style and Unicode form: what rules ask of a text that
//! no class of the data files tells.

use super::atoms::cut_piece;
use super::{Atom, AtomKind, Atoms};
use crate::scan::fold_hash;
use crate::syllable::{Syllable, find_word};

impl Atoms<'_> {
    /// Whether an atom is this syllable in use, as [`Atoms::spells`] compares. Of a literal only the place in the table of
    /// syllables is left when the crate is compiled.
    #[inline(always)]
    pub(crate) fn is_word(&self, atom: usize, syllable: &str) -> bool {
        let found = find_word(syllable).map(|found| found.syllable);
        debug_assert!(found.is_some(), "no syllable in use: {syllable}");
        found.is_some() && self.atom(atom).is_some_and(|a| a.syllable == found)
    }

    /// Whether the atoms from `atom` on spell this phrase, in any case, tone style and Unicode form.
    #[inline]
    pub(crate) fn spells(&self, atom: usize, phrase: &str) -> bool {
        let first = self.atom(atom).and_then(|a| self.text.as_bytes().get(a.span().start));
        first.is_some() && may_be(first, phrase.as_bytes().first()) && self.spells_all(atom, phrase)
    }

    fn spells_all(&self, atom: usize, phrase: &str) -> bool {
        let (mut at, mut rest) = (atom, phrase);
        while let Some((piece, kind, tail)) = cut_piece(rest) {
            if !self.atom(at).is_some_and(|a| (at == atom || a.breaks() == 0) && self.is_piece(a, piece, kind)) {
                return false;
            }
            (at, rest) = (at + 1, tail);
        }
        at > atom
    }

    fn is_piece(&self, atom: &Atom, piece: &str, kind: AtomKind) -> bool {
        let letters = atom.span().of(self.text);
        match (kind, atom.syllable) {
            (AtomKind::Word, _) if atom.is_word() && letters == piece => true,
            (AtomKind::Word, _) if !may_be_same(atom, letters, piece) => false,
            (AtomKind::Word, Some(s)) => Syllable::parse(piece) == Some(s),
            (AtomKind::Word, None) => fold_hash(letters) == fold_hash(piece),
            (AtomKind::Number, _) => atom.kind() == kind && letters == piece,
            (kind, _) => atom.kind() == kind,
        }
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
