//! Which atoms a stage has to look at, as bits: most atoms begin nothing that is asked about, and a stage passes over sixty-four
//! of them at once.

use alloc::vec::Vec;

use super::atoms::{MARK, NUMBER};
use super::{Atom, Class, Classes, Table};
use crate::scan::Case;

/// A set of atoms.
#[derive(Clone, Debug, Default)]
pub(crate) struct AtomSet(Vec<u64>);

impl AtomSet {
    /// The first of its atoms from `at` on.
    #[inline]
    pub(crate) fn next(&self, at: usize) -> Option<usize> {
        let first = self.0.get(at / 64)? & u64::MAX << (at % 64);
        if first != 0 {
            return Some(at / 64 * 64 + first.trailing_zeros() as usize);
        }
        let behind = at / 64 + 1;
        let i = self.0.get(behind..)?.iter().position(|bits| *bits != 0)?;
        let bits = self.0.get(behind + i)?;
        Some((behind + i) * 64 + bits.trailing_zeros() as usize)
    }

    /// How many atoms it has.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Its atoms, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let mut at = 0;
        core::iter::from_fn(move || {
            let next = self.next(at)?;
            at = next + 1;
            Some(next)
        })
    }
}

/// The sets of a text.
#[derive(Debug)]
pub(crate) struct Marks {
    /// Words with a capital.
    pub(crate) capitals: AtomSet,
    /// Where a phrase of `titles.tsv` begins.
    pub(crate) titles: AtomSet,
    /// Where one of `organisations.tsv` does.
    pub(crate) bodies: AtomSet,
    /// Where one of `places.tsv` does, and names and numbers behind a unit of administration.
    pub(crate) places: AtomSet,
    /// Capitals, words before a slash, document codes, and capitalised words of the list: what a short form begins with.
    pub(crate) forms: AtomSet,
    /// Brackets, commas and dashes: what the definition of a short form begins with.
    pub(crate) brackets: AtomSet,
    /// Where a line begins, but for the first.
    pub(crate) lines: AtomSet,
}

/// Atoms that are marked at once.
pub(super) const BLOCK: usize = 64;

/// Marks that the definition of a short form begins with: a bit for each from the space on.
const BRACKETS: u64 = 1 << (b'(' - 32) | 1 << (b'[' - 32) | 1 << (b',' - 32) | 1 << (b'-' - 32);

/// What ends before the name of a place.
pub(crate) const UNITS: Classes = Classes::of(Table::Organisations).with(Classes::new(&[Class::Unit]));

impl Marks {
    pub(super) fn with_capacity(atoms: usize) -> Self {
        let set = || AtomSet(Vec::with_capacity(atoms / 64 + 1));
        Self {
            capitals: set(),
            titles: set(),
            bodies: set(),
            places: set(),
            forms: set(),
            brackets: set(),
            lines: set(),
        }
    }

    /// Adds a block of atoms, the last one shorter: of each what [`of`] says of it, behind the last nothing.
    pub(super) fn push(&mut self, block: &[u8; BLOCK]) {
        let Self { capitals, titles, bodies, places, forms, brackets, lines } = self;
        for (i, set) in [capitals, titles, bodies, places, forms, brackets, lines].into_iter().enumerate() {
            let eights = block.as_chunks().0.iter().rev();
            set.0.push(eights.fold(0, |all, eight| all << 8 | bits_of(*eight, i)));
        }
    }
}

/// A bit for each set that an atom is in, by what begins and ends there and the atom behind it.
#[inline(always)]
pub(super) fn of(atom: &Atom, begins: Classes, ends: Classes, next: Option<&Atom>) -> u8 {
    // Without branches: what comes next is hard to foretell.
    let is_capital = atom.is_capitalised();
    let may_be_place = is_capital | (atom.word == NUMBER);
    let is_place = begins.has(Table::Places) | (may_be_place & ends.intersects(UNITS));
    let is_listed = begins.has(Table::Abbreviations) | (atom.case != Case::Title) | (atom.len == 1);
    let is_before_slash = next.is_some_and(|a| a.is_mark('/') & a.glued());
    let is_form = (is_capital & is_listed)
        | ((atom.case == Case::Lower) & is_before_slash)
        | ((atom.case == Case::None) & atom.is_word_or_code());
    let sign = atom.word.wrapping_sub(MARK | 32);
    let is_bracket = (sign < 64) & (BRACKETS >> (sign & 63) & 1 == 1);
    u8::from(is_capital)
        | u8::from(begins.has(Table::Titles)) << 1
        | u8::from(begins.has(Table::Organisations)) << 2
        | u8::from(is_place) << 3
        | u8::from(is_form) << 4
        | u8::from(is_bracket) << 5
        | u8::from(atom.breaks() > 0) << 6
}

/// One bit of each of eight bytes, side by side: the bit of byte b goes to place b, moved by 7 for each byte before it.
const fn bits_of(bytes: [u8; 8], bit: usize) -> u64 {
    const APART: u64 = 0x0101_0101_0101_0101;
    (u64::from_le_bytes(bytes) >> bit & APART).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_next_atom_of_a_set() {
        let set = AtomSet(alloc::vec![1 | 1 << 63, 1, 0, 1 << 58, 0]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 250]);
        assert_eq!((set.next(1), set.next(65), set.next(250)), (Some(63), Some(250), Some(250)));
        assert_eq!((set.next(251), set.next(1000), AtomSet::default().next(0)), (None, None, None));
    }

    #[test]
    fn marks_what_the_stages_ask_for() {
        let text = super::super::Annotated::read("Ông A, Bí thư Quận 3 (Q.3), đ/c B theo 12/QĐ-UBND đến Huế");
        let letters = |set: &AtomSet| set.iter().map(|i| text.letters(i)).collect::<Vec<_>>();
        let marks = &text.marks;
        assert_eq!(letters(&marks.capitals), ["Ông", "A", "Bí", "Quận", "Q", "B", "Huế"]);
        assert_eq!(letters(&marks.forms), ["A", "Q", "đ", "B", "12/QĐ-UBND"]);
        assert_eq!(letters(&marks.brackets), [",", "(", ","]);
        assert!(letters(&marks.titles).contains(&"Bí"));
        assert!(letters(&marks.places).contains(&"3") && letters(&marks.places).contains(&"Huế"));
    }
}
