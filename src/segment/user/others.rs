//! Pairs of units that the model does not have, and the marks of the added words that begin with them.
//!
//! They stand beside the model, so that its own map, which every pair of a text asks, does not grow out of the cache. What
//! the map answers for another pair says for nothing whether one of these claims the same slot; only then this table is asked.
//! Where they are so many that most slots are claimed, a filter is asked instead, of 12 bits a pair, two of them set in one
//! word: of a hundred other pairs it lets three pass. Memory: 16 to 32 bytes a pair, and 1.5 of filter.

use alloc::vec::Vec;

use crate::model::{CLAIMED, NO_PAIR};
use crate::segment::units::Cell;

/// Most pairs without a filter: they claim at most one slot in sixteen of the model that the crate carries.
const FEW: usize = 1 << 12;
const BITS_PER_PAIR: usize = 12;

/// The pairs.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Empty if there are few pairs.
    filter: Vec<u64>,
    /// Pairs and their marks, by open addressing; a free place has no mark. Half of them are free at least.
    places: Vec<(u32, u32)>,
}

/// Value of a pair that may be one of these.
const MAYBE: u32 = NO_PAIR | CLAIMED;

impl Others {
    pub(super) fn new(pairs: &[(u32, u32)]) -> Self {
        let n_words = if pairs.len() > FEW { (pairs.len() * BITS_PER_PAIR).div_ceil(64) } else { 0 };
        let filter = alloc::vec![0; n_words];
        let places = alloc::vec![(0, 0); (pairs.len() * 2).next_power_of_two()];
        let mut out = Self { filter, places };
        for &(pair, marks) in pairs {
            let (at, bits) = out.bits(pair);
            if let Some(word) = out.filter.get_mut(at) {
                *word |= bits;
            }
            let at = out.place(pair);
            if let Some(place) = out.places.get_mut(at) {
                *place = (pair, marks);
            }
        }
        out
    }

    pub(super) const fn has_filter(&self) -> bool {
        !self.filter.is_empty()
    }

    #[inline(always)]
    const fn hash(pair: u32) -> u64 {
        (pair as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// A word of the filter, and the bits there.
    #[inline(always)]
    const fn bits(&self, pair: u32) -> (usize, u64) {
        let hash = Self::hash(pair);
        let at = ((hash >> 32) * self.filter.len() as u64) >> 32;
        (at as usize, 1 << (hash >> 32 & 63) | 1 << (hash >> 38 & 63))
    }

    /// Where the pair stands, or could.
    fn place(&self, pair: u32) -> usize {
        let mut at = (Self::hash(pair) >> 24) as usize;
        loop {
            at &= self.places.len() - 1;
            match self.places.get(at) {
                Some(&(other, marks)) if marks != 0 && other != pair => at += 1,
                _ => return at,
            }
        }
    }

    /// The value of a pair that the model does not have, as far as the filter knows. No branch.
    #[inline(always)]
    pub(super) fn filtered(&self, pair: u32) -> u32 {
        let (at, bits) = self.bits(pair);
        let word = self.filter.get(at).copied().unwrap_or(0);
        if word & bits == bits { MAYBE } else { NO_PAIR }
    }

    /// The same from what stands in its slot.
    #[inline(always)]
    pub(super) const fn claimed(slot: u32) -> u32 {
        NO_PAIR | slot & CLAIMED
    }

    /// Finds out about a pair that may be one of these.
    #[inline(always)]
    pub(super) fn settle(&self, pair: u32, cell: &mut Cell) {
        if cell.pair & CLAIMED != 0 {
            // No word of the model begins with it, whatever its marks say of words of the user.
            (cell.pair, cell.slot) = (self.value(pair), u32::MAX);
        }
    }

    #[inline(never)]
    fn value(&self, pair: u32) -> u32 {
        let place = self.places.get(self.place(pair));
        NO_PAIR | place.filter(|place| place.0 == pair).map_or(0, |place| place.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(others: &Others, pair: u32) -> u32 {
        if others.has_filter() { others.filtered(pair) } else { Others::claimed(CLAIMED | 7) }
    }

    fn settled(others: &Others, pair: u32, value: u32) -> u32 {
        let mut cell = Cell { pair: value, ..Cell::boundary(0) };
        others.settle(pair, &mut cell);
        cell.pair
    }

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        for n in [1u32, 2, 17, 5000] {
            let pairs: Vec<(u32, u32)> = (1..=n).map(|i| (i.wrapping_mul(0x0001_0003), i << 29 | 1 << 31)).collect();
            let others = Others::new(&pairs);
            for &(pair, marks) in &pairs {
                assert_eq!(filtered(&others, pair), MAYBE);
                assert_eq!(settled(&others, pair, MAYBE), NO_PAIR | marks);
                assert_eq!(settled(&others, pair, 7), 7);
            }
            let absent = (1..20_000).map(|i: u32| i.wrapping_mul(0x0005_0007) | 1 << 31);
            let mut n_passed = 0;
            for pair in absent.filter(|p| pairs.iter().all(|q| q.0 != *p)) {
                n_passed += usize::from(others.has_filter() && others.filtered(pair) == MAYBE);
                assert_eq!(settled(&others, pair, filtered(&others, pair)), NO_PAIR);
            }
            assert!(n_passed < 2_000, "{n_passed} of 20,000 pass the filter of {n}");
        }
    }
}
