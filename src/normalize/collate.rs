//! The order of Vietnamese dictionaries as a sort key.
//!
//! Letters first (a ă â b c d đ e ê … o ô ơ … u ư …, a space before all), then tones (ngang, huyền, hỏi, ngã, sắc, nặng),
//! then case (lower first): the three levels of CLDR's `vi`. The tone placement is brought to one style before, so both
//! spellings of a word have one key.

use alloc::vec::Vec;

use super::fold::{Fold, fold};
use crate::syllable::{Tone, tone_of};

/// The letters that sort as letters of their own; the index decides.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// A key whose byte order is the dictionary order of the texts. O(length); at most 3 bytes a character of Vietnamese text.
///
/// ```
/// use vanban::normalize::collation_key;
/// let mut names = ["Đức", "Dũng", "Ân", "An", "Ánh", "Anh"];
/// names.sort_by_cached_key(|n| collation_key(n));
/// assert_eq!(names, ["An", "Anh", "Ánh", "Ân", "Dũng", "Đức"]);
/// assert_eq!(collation_key("hoà"), collation_key("hòa"));
/// ```
#[must_use]
pub fn collation_key(text: &str) -> Vec<u8> {
    let text = fold(text, Fold::ToneStyle);
    let (mut primary, mut secondary, mut tertiary) = (Vec::with_capacity(text.len() * 3), Vec::new(), Vec::new());
    for c in text.chars() {
        let mut lower = c.to_lowercase();
        let letter = lower.next().unwrap_or(c);
        let (plain, tone) = tone_of(letter);
        match ALPHABET.chars().position(|a| a == plain) {
            Some(i) => primary.push(FIRST_LETTER + i as u8),
            None if c.is_whitespace() => primary.push(SPACE),
            None => {
                // Other characters: ASCII before letters, the rest behind, by code point.
                primary.push(if c.is_ascii() { OTHER_ASCII } else { OTHER });
                primary.extend((c as u32).to_be_bytes().iter().skip(1).map(|b| b.saturating_add(1)));
            }
        }
        // The dictionaries' order of tones.
        secondary.push(match tone {
            Tone::Ngang => 1,
            Tone::Huyen => 2,
            Tone::Hoi => 3,
            Tone::Nga => 4,
            Tone::Sac => 5,
            Tone::Nang => 6,
        });
        tertiary.push(1 + u8::from(letter != c));
    }
    primary.push(0);
    primary.extend(secondary);
    primary.push(0);
    primary.extend(tertiary);
    primary
}

const SPACE: u8 = 1;
const OTHER_ASCII: u8 = 2;
const FIRST_LETTER: u8 = 3;
const OTHER: u8 = FIRST_LETTER + 33;
