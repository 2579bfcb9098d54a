//! Pairs of units that the model does not have, and the marks of the added words that begin with them.
//!
//! They stand beside the model as long as few words are added, so that a segmenter with one word is built at once. What the
//! map of the model answers for another pair says for nothing whether one of these claims the same slot; only then this table
//! is asked. Memory: 16 to 32 bytes a pair.

use alloc::vec::Vec;

/// The pairs.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Pairs and their marks, by open addressing; a free place has no mark. Half of them are free at least.
    places: Vec<(u32, u32)>,
}

impl Others {
    pub(super) fn new(pairs: &[(u32, u32)]) -> Self {
        let mut out = Self { places: alloc::vec![(0, 0); (pairs.len() * 2).next_power_of_two()] };
        for &(pair, marks) in pairs {
            let at = out.place(pair);
            if let Some(place) = out.places.get_mut(at) {
                *place = (pair, marks);
            }
        }
        out
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.places.len() <= 1
    }

    /// Where the pair stands, or could.
    fn place(&self, pair: u32) -> usize {
        let mut at = (u64::from(pair).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24) as usize;
        loop {
            at &= self.places.len() - 1;
            match self.places.get(at) {
                Some(&(other, marks)) if marks != 0 && other != pair => at += 1,
                _ => return at,
            }
        }
    }

    /// The marks of a pair, none if it is not one of these.
    pub(super) fn marks(&self, pair: u32) -> u32 {
        let place = self.places.get(self.place(pair));
        place.filter(|place| place.0 == pair).map_or(0, |place| place.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        for n in [1u32, 2, 17, 5000] {
            let pairs: Vec<(u32, u32)> = (1..=n).map(|i| (i.wrapping_mul(0x0001_0003), i << 29 | 1 << 31)).collect();
            let others = Others::new(&pairs);
            for &(pair, marks) in &pairs {
                assert_eq!(others.marks(pair), marks);
            }
            let absent = (1..20_000).map(|i: u32| i.wrapping_mul(0x0005_0007) | 1 << 31);
            for pair in absent.filter(|p| pairs.iter().all(|q| q.0 != *p)) {
                assert_eq!(others.marks(pair), 0);
            }
        }
    }
}
