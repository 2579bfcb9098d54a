//! The syllables in use, found by their bytes: one probe where [`Syllable::parse`] reads letter by letter.
//!
//! A word of at most twelve bytes, its ASCII letters in lower case, is the key of an open-addressing table that holds the
//! spellings of `data/syllables.tsv`: NFC, both tone styles, with a small or capital first letter. What is not found
//! (decomposed text, all capitals, rare syllables, foreign words) has to be parsed; the answer is the same.
//!
//! Every syllable of the file has a *rank*, its place by frequency with i and y after an onset folded, so that tables of
//! the word model keep what is frequent together. Syllables are put into the table in that order and stand in their first
//! slot with few exceptions.
//!
//! Why not an automaton over bytes: its states depend on each other byte by byte (some 6 cycles each), a probe depends on
//! nothing and overlaps with the search for the next word. Memory: 256 KiB of slots, of which a text touches some 128
//! KiB, and 56 KiB of ranks for syllables that had to be parsed. Bench: `scan`.

#[cfg(feature = "std")]
mod compile;

#[cfg(feature = "std")]
pub use compile::compile;

use super::Syllable;

/// Slots of the table: two fifths of them are used.
const N_SLOTS: usize = 1 << 14;
/// Bytes of a slot: key (12), code with [`CAPITAL`] (2), rank (2); little-endian. The key of a free slot is zero.
const SLOT_LEN: usize = 16;
/// Longest key in bytes.
pub(crate) const MAX_LEN: usize = 12;
/// Set in the code of a slot whose spelling begins with a capital outside ASCII (*Đ*, *Ấ*).
const CAPITAL: u16 = 1 << 15;
/// Rank of a syllable that is not in the file.
const NONE: u16 = u16::MAX;

/// Made by `cargo run --example compile_data` from `data/syllables.tsv`; a test compares.
static BLOB: &[u8; N_SLOTS * SLOT_LEN + Syllable::COUNT * 2] = include_bytes!("../../data/syllables.bin");
static SLOTS: &[[u8; SLOT_LEN]; N_SLOTS] = slots();
static RANKS: &[[u8; 2]; Syllable::COUNT] = ranks();

const fn slots() -> &'static [[u8; SLOT_LEN]; N_SLOTS] {
    match BLOB.as_chunks().0.first_chunk() {
        Some(slots) => slots,
        None => unreachable!(),
    }
}

const fn ranks() -> &'static [[u8; 2]; Syllable::COUNT] {
    match BLOB.split_at(N_SLOTS * SLOT_LEN).1.as_chunks().0.first_chunk() {
        Some(ranks) => ranks,
        None => unreachable!(),
    }
}

/// A syllable that was found by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attested {
    pub(crate) syllable: Syllable,
    pub(crate) rank: u16,
    /// Whether the spelling begins with a capital outside ASCII.
    pub(crate) capital: bool,
}

/// First slot of a key.
#[inline(always)]
const fn slot(low: u64, high: u32) -> usize {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = (low ^ (high as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(K);
    (mixed >> (64 - N_SLOTS.trailing_zeros())) as usize
}

/// Finds a spelling of up to twelve bytes, ASCII in lower case: the first eight in `low`, the others in `high`, both
/// little-endian and padded with zero.
#[inline(always)]
pub(crate) fn find(low: u64, high: u32) -> Option<Attested> {
    let mut at = slot(low, high);
    loop {
        let [k0, k1, k2, k3, k4, k5, k6, k7, h0, h1, h2, h3, c0, c1, r0, r1] = *SLOTS.get(at % N_SLOTS)?;
        let key = u64::from_le_bytes([k0, k1, k2, k3, k4, k5, k6, k7]);
        if key == low && u32::from_le_bytes([h0, h1, h2, h3]) == high {
            let code = u16::from_le_bytes([c0, c1]);
            return Some(Attested {
                syllable: Syllable(code & !CAPITAL),
                rank: u16::from_le_bytes([r0, r1]),
                capital: code & CAPITAL != 0,
            });
        }
        if key == 0 {
            return None;
        }
        at += 1;
    }
}

/// The same for a word that is given as letters.
#[inline(always)]
pub(crate) fn find_word(word: &str) -> Option<Attested> {
    let (mut low, mut high) = (0, 0);
    for (i, byte) in (0..).zip(word.bytes()) {
        let byte = byte.to_ascii_lowercase();
        match i {
            0..8 => low |= u64::from(byte) << (8 * i),
            8..12 => high |= u32::from(byte) << (8 * (i - 8)),
            _ => return None,
        }
    }
    find(low, high)
}

/// The same for a word as it stands in a text.
pub(super) fn find_text(text: &str) -> Option<Attested> {
    let mut key = [0; MAX_LEN];
    let letters = key.get_mut(..text.len())?;
    letters.copy_from_slice(text.as_bytes());
    letters.make_ascii_lowercase();
    // A zero byte at the end would be no part of the key.
    if letters.last().is_none_or(|last| *last == 0) {
        return None;
    }
    let [low @ .., h0, h1, h2, h3] = key;
    find(u64::from_le_bytes(low), u32::from_le_bytes([h0, h1, h2, h3]))
}

/// Number of ranks: every rank is below it.
pub(crate) const N_RANKS: usize = 7680;

impl Syllable {
    /// Place of the syllable among those in use, most frequent first, i and y after an onset being one.
    pub(crate) fn rank(self) -> Option<u16> {
        let rank = RANKS.get(usize::from(self.0)).map(|r| u16::from_le_bytes(*r));
        rank.filter(|&r| r != NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syllable::ToneStyle;

    #[test]
    fn finds_what_the_parser_reads() {
        let mut n = 0;
        for s in Syllable::all() {
            for style in [ToneStyle::FirstVowel, ToneStyle::SecondVowel] {
                let spelling = s.spelling(style);
                let found = find_text(&spelling);
                assert_eq!(find_word(&spelling), found);
                assert_eq!(found.is_some(), s.rank().is_some() && is_listed(s), "{s}");
                if let Some(found) = found {
                    n += 1;
                    assert_eq!(
                        (Syllable::read(&spelling), Some(found.rank), found.capital),
                        (Some(found.syllable), s.rank(), false)
                    );
                    let mut capital: String = spelling.chars().take(1).flat_map(char::to_uppercase).collect();
                    let ascii = capital.is_ascii();
                    capital.extend(spelling.chars().skip(1));
                    if !ascii {
                        assert_eq!(find_text(&capital), Some(Attested { capital: true, ..found }), "{capital}");
                    }
                }
            }
        }
        assert!(n > 9_000, "{n}");
    }

    fn is_listed(s: Syllable) -> bool {
        include_str!("../../data/syllables.tsv")
            .lines()
            .any(|l| l.split('\t').next() == Some(&*s.spelling(ToneStyle::FirstVowel)))
    }

    #[test]
    fn folds_i_and_y_in_ranks_only() {
        let parse = |t| Syllable::parse(t).unwrap();
        assert_ne!(parse("kỹ"), parse("kĩ"));
        assert_eq!(parse("kỹ").rank(), parse("kĩ").rank());
        assert!(parse("và").rank() < parse("thịnh").rank());
        assert_eq!(find_text("trump"), None);
        assert_eq!(find_text("nghiễngngng"), None);
        assert_eq!((find_text(""), find_text("\0"), find_text("ba\0")), (None, None, None));
    }
}
