//! The Vietnamese syllable (tiếng): onset, rime and tone in one `u16`.
//!
//! A written syllable is an onset (one of 27 or none), a rime and one of six tones. [`Syllable::parse`] reads it from
//! any spelling that means the same: NFC, NFD, half-composed or with marks in the wrong order, either tone placement,
//! any letter case; [`Syllable::spelling`] writes it in one of the two placements. The inventory is
//! `data/onsets.tsv` and `data/rimes.tsv`, the orthography of Quyết định 240/QĐ (1984) with the attested loans
//! (*xoong*, *tuýp*); it accepts what can be a syllable, about 18 thousand spellings, of which some 7 thousand are in use.
//!
//! Why arithmetic and not a word list: a list of spellings needs one entry per tone placement, Unicode form and case
//! (over 200 thousand); the code of a syllable is found from its letters with one 512-byte table, and comparing two
//! syllables, however spelt, is comparing two integers.
//!
//! Invariants: `Syllable::parse(s.spelling(placement)) == Some(s)` for every syllable, placement, case and form; the
//! code is below [`Syllable::COUNT`]. Nothing here knows about text.

mod attested;
mod letters;
mod tables;

use core::fmt;
use core::ops::Deref;

#[cfg(feature = "std")]
#[doc(hidden)]
pub use attested::compile;
pub(crate) use attested::{Attested, N_RANKS, find, find_word};
pub(crate) use letters::{COMPOSED, plain_letter};
use letters::{Part, code, is_marked, is_vowel};
use tables::{AFTER_NONE, AFTER_ONSET, AFTER_QU, N_ONSETS, N_RIMES, ONSETS, Packed, RIMES, rime_idx};

/// The six tones in the order of the dictionaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tone {
    /// Level, unmarked: *ma*.
    #[default]
    Ngang = 0,
    /// Falling, grave: *mà*.
    Huyen = 1,
    /// Rising, acute: *má*.
    Sac = 2,
    /// Dipping, hook above: *mả*.
    Hoi = 3,
    /// Creaky rising, tilde: *mã*.
    Nga = 4,
    /// Heavy, dot below: *mạ*.
    Nang = 5,
}

impl Tone {
    /// All six, in order.
    pub const ALL: [Self; 6] = [Self::Ngang, Self::Huyen, Self::Sac, Self::Hoi, Self::Nga, Self::Nang];

    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    pub(crate) const fn from_index(i: u8) -> Self {
        match i {
            1 => Self::Huyen,
            2 => Self::Sac,
            3 => Self::Hoi,
            4 => Self::Nga,
            5 => Self::Nang,
            _ => Self::Ngang,
        }
    }
}

/// Where an open *oa*, *oe*, *uy* carries its tone mark; every other rime has one right place in both styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ToneStyle {
    /// On the first vowel, the older style: *hòa, khỏe, thủy*.
    #[default]
    FirstVowel,
    /// On the second vowel, the newer style: *hoà, khoẻ, thuỷ*.
    SecondVowel,
}

/// A Vietnamese syllable.
///
/// Bits: `code = (onset * N_RIMES + rime) * 6 + tone`, all three as table indices.
///
/// ```
/// use vanban::syllable::{Syllable, Tone, ToneStyle};
/// let s = Syllable::parse("HOÀ").unwrap();
/// assert_eq!(Some(s), Syllable::parse("hòa"));
/// assert_eq!((s.onset(), s.rime(), s.tone()), ("h", "oa", Tone::Huyen));
/// assert_eq!(&*s.spelling(ToneStyle::FirstVowel), "hòa");
/// assert!(Syllable::parse("Raúl").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Syllable(u16);

/// Longest spelling in letters: *nghiêng*.
const MAX_LETTERS: usize = 7;

impl Syllable {
    /// Every code is below this number.
    pub const COUNT: usize = N_ONSETS * N_RIMES * 6;

    /// Reads one syllable; the tone mark may stand on any letter of the rime. `None` when the letters are no
    /// Vietnamese syllable, or carry two tones. O(length), no allocation.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Nearly every word that is asked about is a syllable in use.
        attested::find_text(text).map(|found| found.syllable).or_else(|| Self::read(text))
    }

    /// Reads it letter by letter.
    fn read(text: &str) -> Option<Self> {
        let mut letters = [0u8; MAX_LETTERS];
        let (mut n, mut tone) = (0usize, Tone::Ngang);
        let mut set_tone = |t: Tone| {
            let free = t == Tone::Ngang || tone == Tone::Ngang;
            if t != Tone::Ngang {
                tone = t;
            }
            free
        };
        for c in text.chars() {
            match letters::part(c)? {
                Part::Letter(letter, t) => {
                    *letters.get_mut(n)? = letter;
                    n += 1;
                    if !set_tone(t) {
                        return None;
                    }
                }
                Part::Mark(t) => {
                    if n == 0 || !set_tone(t) {
                        return None;
                    }
                }
                Part::Modifier(mark) => {
                    let last = letters.get_mut(n.checked_sub(1)?)?;
                    *last = letters::modified(*last, mark)?;
                }
                Part::Nothing => {}
            }
        }
        Self::from_letters(letters.get(..n)?, tone)
    }

    fn from_letters(letters: &[u8], tone: Tone) -> Option<Self> {
        let n_onset = onset_len(letters);
        let (onset, rest) = letters.split_at_checked(n_onset)?;
        let onset = pack(onset);
        let mut rime = pack(rest);
        if onset == GI && rest.first() == Some(&code::I) {
            // One i stands for both.
            return None;
        }
        if onset == GI && !rest.first().is_some_and(|&l| is_vowel(l) && l != code::E_CIRCUMFLEX) {
            // The i of gi is also the first letter of the rime: gì, gìn, giếng.
            rime = rime << 5 | u32::from(code::I);
        }
        let rime = rime_idx(rime)?;
        let onset = ONSETS.iter().position(|o| o.letters == onset)?;
        let s = Self::from_parts(onset, rime, tone);
        s.is_valid().then_some(s)
    }

    fn from_parts(onset: usize, rime: usize, tone: Tone) -> Self {
        // Below 2^15 by the assertion in `tables`.
        Self(((onset * N_RIMES + rime) * 6 + tone.index()) as u16)
    }

    /// Whether onset, rime and tone may stand together.
    fn is_valid(self) -> bool {
        let (Some(onset), Some(rime)) = (ONSETS.get(self.onset_idx()), RIMES.get(self.rime_idx())) else {
            return false;
        };
        let after = match onset.letters {
            0 => AFTER_NONE,
            QU => AFTER_QU,
            _ => AFTER_ONSET,
        };
        let first = rime.letters & 31;
        // gi + ê… is spelt like gi + iê…, gi + ia like gi + a, gi + iu like gi + u.
        let respelt = rime.letters == pack(&[code::I, code::A]) || rime.letters == pack(&[code::I, code::U]);
        let gi_swallows = onset.letters == GI && (first == u32::from(code::E_CIRCUMFLEX) || respelt);
        let stopped = matches!(last_letter(rime.letters), code::C | code::P | code::T)
            || rime.letters >> (bits(rime.letters).saturating_sub(10)) == pack(&[code::C, code::H]);
        rime.after & after != 0
            && onset.before >> first & 1 == 1
            && !gi_swallows
            && (!stopped || matches!(self.tone(), Tone::Sac | Tone::Nang))
    }

    /// Every syllable, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT as u16).map(Self).filter(|s| s.is_valid())
    }

    /// The code: dense, below [`COUNT`](Self::COUNT), the same for every spelling.
    #[inline]
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// The syllable with this code, if there is one.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        let s = Self(code);
        s.is_valid().then_some(s)
    }

    const fn onset_idx(self) -> usize {
        self.0 as usize / (N_RIMES * 6)
    }

    const fn rime_idx(self) -> usize {
        self.0 as usize / 6 % N_RIMES
    }

    /// The tone.
    #[inline]
    #[must_use]
    pub const fn tone(self) -> Tone {
        Tone::from_index((self.0 % 6) as u8)
    }

    /// The same onset and rime with another tone, if that is a syllable (*-c, -ch, -p, -t* take sắc and nặng only).
    #[must_use]
    pub fn with_tone(self, tone: Tone) -> Option<Self> {
        let s = Self(self.0 / 6 * 6 + tone.index() as u16);
        s.is_valid().then_some(s)
    }

    /// The onset's letters, `""` for none.
    #[must_use]
    pub fn onset(self) -> &'static str {
        tables::onset_letters(self.onset_idx())
    }

    /// The rime's letters without tone.
    #[must_use]
    pub fn rime(self) -> &'static str {
        tables::rime_letters(self.rime_idx())
    }

    /// Writes the syllable in lower case, NFC. No allocation.
    #[must_use]
    pub fn spelling(self, style: ToneStyle) -> Spelling {
        let mut out = Spelling { bytes: [0; Spelling::CAPACITY], len: 0 };
        let (Some(onset), Some(rime)) = (ONSETS.get(self.onset_idx()), RIMES.get(self.rime_idx())) else {
            return out;
        };
        let mut rest = rime.letters;
        let marked = tone_letter(rime.letters, style);
        let n_onset = bits(onset.letters) / 5;
        for i in 0..n_onset {
            // gi before i: one i for both.
            if onset.letters == GI && i == 1 && rest & 31 == u32::from(code::I) {
                break;
            }
            out.push(letters::with_tone((onset.letters >> (5 * i) & 31) as u8, Tone::Ngang));
        }
        let mut i = 0;
        while rest != 0 {
            let tone = if i == marked { self.tone() } else { Tone::Ngang };
            out.push(letters::with_tone((rest & 31) as u8, tone));
            rest >>= 5;
            i += 1;
        }
        out
    }

    /// Whether the two styles place its tone mark on different letters: open *oa oe uy* with a tone.
    #[inline(always)]
    pub(crate) fn has_two_spellings(self) -> bool {
        has_bit(&TWO_SPELLINGS, self)
    }

    /// The syllable under which lexicons file it: final *y* after an onset becomes *i* (kỹ/kĩ, lý/lí, sỹ/sĩ, Mỹ/Mĩ),
    /// which both orthographies allow. Names are never compared by this key.
    #[must_use]
    pub fn lexical(self) -> Self {
        if !has_bit(&ENDS_IN_Y, self) {
            return self;
        }
        let i = rime_idx(u32::from(code::I)).map(|i| Self::from_parts(self.onset_idx(), i, self.tone()));
        i.filter(|s| s.is_valid()).unwrap_or(self)
    }
}

impl fmt::Debug for Syllable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Syllable({})", &*self.spelling(ToneStyle::FirstVowel))
    }
}

impl fmt::Display for Syllable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelling(ToneStyle::FirstVowel))
    }
}

/// A bit per syllable code, for what is asked of every word of a text.
type Bits = [u8; Syllable::COUNT / 8 + 1];

#[inline(always)]
fn has_bit(bits: &Bits, syllable: Syllable) -> bool {
    bits.get(usize::from(syllable.0 >> 3)).is_some_and(|byte| byte >> (syllable.0 & 7) & 1 != 0)
}

/// Open *oa, oe, uy* with a tone.
static TWO_SPELLINGS: Bits =
    bits_of(&[pack(&[code::O, code::A]), pack(&[code::O, code::E]), pack(&[code::U, code::Y])], false);

/// *y* alone behind an onset.
static ENDS_IN_Y: Bits = bits_of(&[pack(&[code::Y])], true);

/// The syllables of these rimes: with an onset and any tone, or with a tone and any onset.
#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn bits_of(rimes: &[Packed], with_onset: bool) -> Bits {
    let mut out = [0; Syllable::COUNT / 8 + 1];
    let mut code = 0;
    while code < Syllable::COUNT {
        let syllable = Syllable(code as u16);
        let rime = RIMES[syllable.rime_idx()].letters;
        let fits = if with_onset { syllable.onset_idx() > 0 } else { !matches!(syllable.tone(), Tone::Ngang) };
        let mut i = 0;
        while fits && i < rimes.len() {
            if rimes[i] == rime {
                out[code / 8] |= 1 << (code % 8);
            }
            i += 1;
        }
        code += 1;
    }
    out
}

const GI: Packed = pack(&[code::G, code::I]);
const QU: Packed = pack(&[code::Q, code::U]);

const fn pack(letters: &[u8]) -> Packed {
    let (mut packed, mut i) = (0, 0);
    let mut rest = letters;
    while let [first, tail @ ..] = rest {
        // Seven letters are the most that reaches here; more would only fail to match.
        packed |= (*first as Packed).wrapping_shl(5 * i);
        if i == 6 && !tail.is_empty() {
            return Packed::MAX;
        }
        i += 1;
        rest = tail;
    }
    packed
}

/// Bits in use, a multiple of five.
const fn bits(packed: Packed) -> u32 {
    (32 - packed.leading_zeros()).div_ceil(5) * 5
}

const fn last_letter(packed: Packed) -> u8 {
    (packed >> bits(packed).saturating_sub(5) & 31) as u8
}

/// A character without its tone, and the tone.
pub(crate) fn tone_of(c: char) -> (char, Tone) {
    match letters::part(c) {
        Some(Part::Letter(letter, tone)) if tone != Tone::Ngang => (letters::with_tone(letter, Tone::Ngang), tone),
        _ => (c, Tone::Ngang),
    }
}

/// Whether all characters are letters of the Vietnamese alphabet (or marks on them); a misprint of a syllable is.
pub(crate) fn has_only_letters(text: &str) -> bool {
    text.chars().all(|c| letters::part(c).is_some())
}

/// What one character is to the spelling of a syllable, for the normaliser's automaton.
#[cfg(feature = "std")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) code: u8,
    pub(crate) toned: bool,
    pub(crate) vowel: bool,
}

#[cfg(feature = "std")]
impl Letter {
    pub(crate) const Q: u8 = code::Q;
    pub(crate) const G: u8 = code::G;
    pub(crate) const U: u8 = code::U;
    pub(crate) const I: u8 = code::I;
    pub(crate) const E_CIRCUMFLEX: u8 = code::E_CIRCUMFLEX;

    /// Index of the vowel letter that carries the tone in a rime with these vowels.
    pub(crate) fn tone_place(vowels: &[u8], closed: bool, style: ToneStyle) -> usize {
        let coda = if closed { code::C } else { 0 };
        let letters: alloc::vec::Vec<u8> = vowels.iter().copied().chain([coda]).filter(|&l| l != 0).collect();
        tone_letter(pack(&letters), style)
    }
}

/// The letter that a character stands for, if it is one of the Vietnamese alphabet.
#[cfg(feature = "std")]
pub(crate) fn reads(c: char) -> Option<Letter> {
    match letters::part(c)? {
        Part::Letter(code, tone) => Some(Letter { code, toned: tone != Tone::Ngang, vowel: is_vowel(code) }),
        _ => None,
    }
}

/// The vowel letters of every rime, and whether a consonant follows.
#[cfg(feature = "std")]
pub(crate) fn nuclei() -> alloc::vec::Vec<(alloc::vec::Vec<u8>, bool)> {
    let vowels =
        |rime: Packed| (0..bits(rime) / 5).map(|i| (rime >> (5 * i) & 31) as u8).collect::<alloc::vec::Vec<_>>();
    let split = |letters: alloc::vec::Vec<u8>| {
        let n = letters.iter().take_while(|&&l| is_vowel(l)).count();
        let closed = n < letters.len();
        (letters.into_iter().take(n).collect(), closed)
    };
    let all: alloc::collections::BTreeSet<_> = RIMES.iter().map(|r| split(vowels(r.letters))).collect();
    all.into_iter().collect()
}

/// How many letters form the onset.
fn onset_len(letters: &[u8]) -> usize {
    match letters {
        [code::Q, code::U, ..] => 2,
        [code::G, code::I, ..] => 2,
        _ => letters.iter().position(|&l| is_vowel(l)).unwrap_or(letters.len()),
    }
}

/// Which letter of the rime carries the tone mark.
///
/// The rules in order: the last of the marked letters (ă â ê ô ơ ư); the only vowel; of two vowels in a closed rime the
/// second; of open *oa oe uy* the style's choice; of other open pairs the first; of three vowels the middle one.
fn tone_letter(rime: Packed, style: ToneStyle) -> usize {
    let letter = |i: u32| (rime >> (5 * i) & 31) as u8;
    let n = bits(rime) / 5;
    let marked = (0..n).rev().find(|&i| is_marked(letter(i)));
    if let Some(i) = marked {
        return i as usize;
    }
    let n_vowels = (0..n).take_while(|&i| is_vowel(letter(i))).count();
    match n_vowels {
        3 => 1,
        2 if n > 2 => 1,
        2 if matches!((letter(0), letter(1)), (code::O, code::A | code::E) | (code::U, code::Y)) => {
            usize::from(style == ToneStyle::SecondVowel)
        }
        _ => 0,
    }
}

/// A spelled syllable: a short string on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spelling {
    bytes: [u8; Self::CAPACITY],
    len: u8,
}

impl Spelling {
    /// Three ASCII onset letters, four rime letters of at most three bytes: *nghiễng* needs 9, *nguyễn* 8.
    const CAPACITY: usize = 15;

    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        let encoded = c.encode_utf8(&mut buffer).as_bytes();
        let start = usize::from(self.len);
        if let Some(to) = self.bytes.get_mut(start..start + encoded.len()) {
            to.copy_from_slice(encoded);
            self.len += encoded.len() as u8;
        }
    }
}

impl Deref for Spelling {
    type Target = str;

    fn deref(&self) -> &str {
        let used = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        core::str::from_utf8(used).unwrap_or_default()
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests;
