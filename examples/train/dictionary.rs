//! Words of two to four units, and which of them cover a gap.

use std::collections::HashSet;

use vanban::segment::training;

use crate::examples::Examples;

/// Longest word in units.
pub const MAX_LEN: usize = 4;

/// A set of words as sequences of numbers of units.
#[derive(Default)]
pub struct Dictionary {
    words: HashSet<u64>,
}

impl Dictionary {
    /// Adds a word of two to four units.
    pub fn add(&mut self, units: &[u16]) {
        self.words.insert(key(units));
    }

    /// For every unit the lengths of the words that begin there: bit 0 two units, bit 1 three, bit 2 four. A word never
    /// spans a gap that is no candidate. All words count, not the longest alone.
    pub fn matches(&self, x: &Examples) -> Vec<u8> {
        let mut out = vec![0u8; x.numbers.len()];
        for (from, found) in out.iter_mut().enumerate() {
            for len in 2..=MAX_LEN {
                let Some(units) = x.numbers.get(from..from + len) else { break };
                if !x.is_candidate(from + len - 2) {
                    break;
                }
                if self.words.contains(&key(units)) {
                    *found |= 1 << (len - 2);
                }
            }
        }
        out
    }
}

/// Numbers fit 16 bits and are never 0 inside a word, so the key is unique.
fn key(units: &[u16]) -> u64 {
    units.iter().fold(0, |key, &unit| key << 16 | u64::from(unit))
}

/// The pattern of the gap behind unit `g`, from the lengths of words that begin at the units g+1 to g-3.
pub fn pattern(matches: &[u8], g: usize) -> usize {
    let words = (0..=MAX_LEN).fold(0, |words, back| {
        let found = (g + 1).checked_sub(back).and_then(|at| matches.get(at)).copied().unwrap_or(0);
        words | u32::from(found) << (3 * back)
    });
    training::pattern(words)
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_word_of_three_sets_one_bit_at_each_of_its_gaps() {
        // hợp tác xã begins at unit 1; hợp tác is a word too.
        let matches = [0, 0b011, 0, 0, 0];
        assert_eq!(pattern(&matches, 0), 1 << 0 | 1 << 1); // both begin behind this gap
        assert_eq!(pattern(&matches, 1), 1 << 3 | 1 << 4); // both cover it
        assert_eq!(pattern(&matches, 2), 1 << 6 | 1 << 7); // hợp tác ends, hợp tác xã goes on
        assert_eq!(pattern(&matches, 3), 1 << 9); // hợp tác xã ends
    }
}
