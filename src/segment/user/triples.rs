//! What begins with three units whose first two are known.
//!
//! A table of open addressing, and a filter before it: of the places of a text where three units might begin an entry they do
//! at one in five, and the table is more than a cache holds. Memory: 16 to 32 bytes a triple, and 2 to 4 of filter.

use alloc::vec::Vec;

/// Bits of the filter for a triple, before its words are rounded up to a power of two.
const BITS_PER_TRIPLE: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Triples {
    /// A bit for every triple.
    filter: Vec<u64>,
    /// Triples and what begins with them; nothing in a free place. Half of them are free at least.
    places: Vec<(u32, u16, u16)>,
}

impl Triples {
    /// The three are an entry.
    pub(super) const ENTRY: u16 = 1;
    /// Entries that only their letters tell begin with them.
    pub(super) const ASK: u16 = 2;

    /// Room for so many.
    pub(super) fn new(n: usize) -> Self {
        Self {
            filter: alloc::vec![0; (n * BITS_PER_TRIPLE).div_ceil(64).next_power_of_two()],
            places: alloc::vec![(0, 0, 0); (2 * n).next_power_of_two()],
        }
    }

    #[inline(always)]
    const fn hash(pair: u32, third: u16) -> u64 {
        ((pair as u64) << 16 | third as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// A word of the filter, and the bit there.
    #[inline(always)]
    const fn bit(&self, pair: u32, third: u16) -> (usize, u64) {
        let hash = Self::hash(pair, third);
        ((hash >> 32) as usize & (self.filter.len() - 1), 1 << (hash >> 58))
    }

    /// Whether the three may be here. No branch.
    #[inline(always)]
    pub(super) fn may_have(&self, pair: u32, third: u16) -> bool {
        let (at, bit) = self.bit(pair, third);
        self.filter.get(at).is_some_and(|word| word & bit != 0)
    }

    /// Where the three stand, or could.
    fn place(&self, pair: u32, third: u16) -> usize {
        let mut at = (Self::hash(pair, third) >> 32) as usize;
        loop {
            at &= self.places.len() - 1;
            match self.places.get(at) {
                Some(&(p, t, what)) if what != 0 && (p, t) != (pair, third) => at += 1,
                _ => return at,
            }
        }
    }

    pub(super) fn add(&mut self, pair: u32, third: u16, what: u16) {
        let (at, bit) = self.bit(pair, third);
        if let Some(word) = self.filter.get_mut(at) {
            *word |= bit;
        }
        let at = self.place(pair, third);
        if let Some(place) = self.places.get_mut(at) {
            *place = (pair, third, place.2 | what);
        }
    }

    /// What begins with the three.
    pub(super) fn get(&self, pair: u32, third: u16) -> u16 {
        let place = self.places.get(self.place(pair, third)).copied().unwrap_or_default();
        if (place.0, place.1) == (pair, third) { place.2 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        let key = |i: u32| (i.wrapping_mul(0x0001_0003), (i % 7) as u16);
        for n in [0u32, 1, 2, 17, 5000] {
            let mut triples = Triples::new(n as usize);
            for i in 0..n {
                let (pair, third) = key(i);
                triples.add(pair, third, Triples::ENTRY);
                if i % 3 == 0 {
                    triples.add(pair, third, Triples::ASK);
                }
            }
            for i in 0..n {
                let (pair, third) = key(i);
                assert!(triples.may_have(pair, third));
                assert_eq!(
                    triples.get(pair, third),
                    if i % 3 == 0 { Triples::ENTRY | Triples::ASK } else { Triples::ENTRY }
                );
                assert_eq!(triples.get(pair, third + 7), 0);
            }
            let n_passed = (n..n + 10_000).filter(|&i| triples.may_have(key(i).0, key(i).1)).count();
            assert!(n_passed < 1_500, "{n_passed} of 10,000 pass the filter of {n}");
        }
    }
}
