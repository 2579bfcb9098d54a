//! Sixteen bytes at once: how far a word reaches and which of its letters are capitals.
//!
//! A word ends at a *stop*: a byte below 0x40 (space, digits, most marks), or the first of a curly quote or the like. The few
//! marks above that are not told from letters, since they are in no syllable: whoever looks the word up finds nothing. So
//! eight bytes are tested in one register with four operations. Bench: `scan`.

use super::GENERAL_PUNCTUATION;

const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of every lane.
const HIGH: u64 = ONES << 7;

/// A word of at most twelve bytes at the start of a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// Bytes of the word.
    pub(super) len: usize,
    /// Its first eight bytes, ASCII in lower case, little-endian, zero behind the word.
    pub(super) low: u64,
    /// The four bytes after them.
    pub(super) high: u32,
    /// The first byte is an ASCII capital.
    pub(super) first_capital: bool,
    /// Another byte is.
    pub(super) more_capitals: bool,
}

impl Window {
    /// Letters of the word, each composed: the bytes that do not go on behind another.
    #[inline(always)]
    pub(super) fn letters(&self) -> usize {
        let behind = |bytes: u64| {
            // One bit for every such byte, added up in the highest lane.
            let lanes = (bytes & !(bytes << 1) & HIGH) >> 7;
            (lanes.wrapping_mul(ONES) >> 56) as usize
        };
        self.len - behind(self.low) - behind(u64::from(self.high))
    }
}

/// The highest bit of the first lane that holds a [stop](self); lanes above it may have theirs, too.
#[inline(always)]
const fn stops(bytes: u64) -> u64 {
    let other = !(bytes | bytes << 1);
    // Zero where the byte is that one; the borrow of a subtraction reaches only lanes above the first such byte.
    let marks = bytes ^ (ONES * GENERAL_PUNCTUATION as u64);
    (other | marks.wrapping_sub(ONES) & !marks) & HIGH
}

/// Reads the word at the start of `bytes`; `None` if it is empty or may be longer than twelve bytes.
#[inline(always)]
pub(super) fn read(bytes: &[u8; 16]) -> Option<Window> {
    let whole = u128::from_le_bytes(*bytes);
    let (low, high) = (whole as u64, (whole >> 64) as u64);
    let stop = stops(low);
    if stop != 0 {
        let len = (stop.trailing_zeros() / 8) as usize;
        if len == 0 {
            return None;
        }
        let (low, capitals) = lowered(low, before(stop));
        let first = capitals & 0x20 != 0;
        let more = capitals & !0xFF != 0;
        return Some(Window { len, low, high: 0, first_capital: first, more_capitals: more });
    }
    let stop = stops(high) & 0xFF_FFFF_FFFF;
    if stop == 0 {
        return None;
    }
    let (low, capitals) = lowered(low, u64::MAX);
    let (high, more) = lowered(high, before(stop));
    Some(Window {
        len: 8 + (stop.trailing_zeros() / 8) as usize,
        low,
        high: high as u32,
        first_capital: capitals & 0x20 != 0,
        more_capitals: capitals & !0xFF != 0 || more != 0,
    })
}

/// Bytes of the number at the start of `bytes`; `None` if it may be longer than seven.
#[inline(always)]
pub(super) fn digits(bytes: &[u8; 16]) -> Option<usize> {
    let values = u128::from_le_bytes(*bytes) as u64 ^ (ONES * b'0' as u64);
    // A carry reaches only lanes above the first that is no digit.
    let other = (values.wrapping_add(ONES * 0x76) | values) & HIGH;
    (other != 0).then_some((other.trailing_zeros() / 8) as usize)
}

/// All bits of the lanes before the first that has its highest bit.
#[inline(always)]
const fn before(stop: u64) -> u64 {
    (stop ^ (stop - 1)) >> 8
}

/// The lanes of the mask, ASCII letters in lower case, and where capitals were.
#[inline(always)]
const fn lowered(bytes: u64, mask: u64) -> (u64, u64) {
    let letters = bytes & mask;
    let ascii = (!bytes & HIGH) >> 2 & mask;
    (letters | ascii, !letters & ascii)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The obvious way.
    fn naive(bytes: &[u8; 16]) -> Option<(usize, [u8; 12], bool, bool)> {
        let len = bytes.iter().position(|&b| b < 0x40 || b == 0xE2)?;
        if len == 0 || len > 12 {
            return None;
        }
        let mut key = [0; 12];
        // Marks from 0x40 to 0x5F are not told from capitals.
        let is_capital = |b: &u8| matches!(b, 0x40..=0x5F);
        for (to, b) in key.iter_mut().zip(&bytes[..len]) {
            *to = if b.is_ascii() { b | 0x20 } else { *b };
        }
        Some((len, key, is_capital(&bytes[0]), bytes[1..len].iter().any(is_capital)))
    }

    proptest! {
        #[test]
        fn equals_the_bytewise_reading(
            bytes in prop::array::uniform16(prop_oneof![Just(b'a'), Just(b'Z'), Just(b'1'), Just(b' '), Just(0xE1), Just(0xE2), any::<u8>()]),
        ) {
            let fast = read(&bytes).map(|w| {
                let mut key = [0; 12];
                key[..8].copy_from_slice(&w.low.to_le_bytes());
                key[8..].copy_from_slice(&w.high.to_le_bytes());
                (w.len, key, w.first_capital, w.more_capitals)
            });
            prop_assert_eq!(fast, naive(&bytes));
            if let Some(word) = read(&bytes) {
                let is_behind = |b: &&u8| **b & 0xC0 == 0x80;
                prop_assert_eq!(word.letters(), word.len - bytes[..word.len].iter().filter(is_behind).count());
            }
            let n_digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            prop_assert_eq!(digits(&bytes), Some(n_digits).filter(|&n| n < 8));
        }
    }
}
