//! Which atoms a stage has to look at, as bits: most atoms begin nothing that is asked about, and a stage passes over sixty-four
//! of them at once.

use alloc::vec::Vec;

use super::{Class, Classes, Table};

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
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Words with a capital.
    pub(crate) capitals: AtomSet,
    /// Where a phrase of `titles.tsv` begins.
    pub(crate) titles: AtomSet,
    /// Where one of `organisations.tsv` does.
    pub(crate) bodies: AtomSet,
    /// Where one of `places.tsv` does, and names and numbers behind a unit of administration.
    pub(crate) places: AtomSet,
    last: [u64; 4],
    n: usize,
}

/// What ends before the name of a place.
pub(crate) const UNITS: Classes = Classes::of(Table::Organisations).with(Classes::new(&[Class::Unit]));

impl Marks {
    pub(super) fn with_capacity(atoms: usize) -> Self {
        let set = || AtomSet(Vec::with_capacity(atoms / 64 + 1));
        Self { capitals: set(), titles: set(), bodies: set(), places: set(), last: [0; 4], n: 0 }
    }

    /// Adds the next atom: whether it has a capital or is a number, and what begins and ends there.
    #[inline]
    pub(super) fn push(&mut self, is_capital: bool, is_number: bool, begins: Classes, ends: Classes) {
        let is_place = begins.has(Table::Places) || (is_capital || is_number) && ends.intersects(UNITS);
        let bits = [is_capital, begins.has(Table::Titles), begins.has(Table::Organisations), is_place];
        for (last, bit) in self.last.iter_mut().zip(bits) {
            *last |= u64::from(bit) << (self.n % 64);
        }
        self.n += 1;
        if self.n.is_multiple_of(64) {
            self.flush();
        }
    }

    pub(super) fn flush(&mut self) {
        let sets = [&mut self.capitals, &mut self.titles, &mut self.bodies, &mut self.places];
        for (set, last) in sets.into_iter().zip(&mut self.last) {
            set.0.push(core::mem::take(last));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_next_atom_of_a_set() {
        let mut marks = Marks::with_capacity(300);
        let is_capital = |i: usize| i == 0 || i == 63 || i == 64 || i == 250;
        (0..260).for_each(|i| marks.push(is_capital(i), false, Classes::default(), Classes::default()));
        marks.flush();
        assert_eq!(marks.capitals.iter().collect::<Vec<_>>(), [0, 63, 64, 250]);
        assert_eq!((marks.capitals.next(1), marks.capitals.next(65)), (Some(63), Some(250)));
        assert_eq!((marks.capitals.next(251), marks.capitals.next(1000)), (None, None));
        assert_eq!(marks.titles.next(0), None);
    }
}
