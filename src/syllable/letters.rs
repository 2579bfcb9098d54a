//! Letters of the Vietnamese alphabet: from characters to (letter, tone, case) and back.
//!
//! The alphabet has 29 letters; five bits hold one. A character is a letter with at most one tone mark, precomposed
//! (U+00C0–U+01B0, U+1EA0–U+1EF9) or followed by combining marks in any order. Both tables are made from
//! [`VOWELS`] when the crate is compiled.

use super::Tone;

/// The 29 letters in alphabetical order; a letter's code is its position here plus one.
pub(crate) const ALPHABET: [char; 29] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ', 'p', 'q', 'r', 's',
    't', 'u', 'ư', 'v', 'x', 'y',
];

/// Codes of the letters that rules name.
pub(crate) mod code {
    #![allow(missing_docs)]
    pub(crate) const A: u8 = 1;
    pub(crate) const A_BREVE: u8 = 2;
    pub(crate) const A_CIRCUMFLEX: u8 = 3;
    pub(crate) const C: u8 = 5;
    pub(crate) const E: u8 = 8;
    pub(crate) const E_CIRCUMFLEX: u8 = 9;
    pub(crate) const G: u8 = 10;
    pub(crate) const H: u8 = 11;
    pub(crate) const I: u8 = 12;
    pub(crate) const O: u8 = 17;
    pub(crate) const O_CIRCUMFLEX: u8 = 18;
    pub(crate) const O_HORN: u8 = 19;
    pub(crate) const P: u8 = 20;
    pub(crate) const Q: u8 = 21;
    pub(crate) const T: u8 = 24;
    pub(crate) const U: u8 = 25;
    pub(crate) const U_HORN: u8 = 26;
    pub(crate) const Y: u8 = 29;
}

/// The 12 vowel letters with their six tones (ngang, huyền, sắc, hỏi, ngã, nặng), lower then upper case.
pub(crate) const VOWELS: [(u8, [char; 6], [char; 6]); 12] = [
    (code::A, ['a', 'à', 'á', 'ả', 'ã', 'ạ'], ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ']),
    (code::A_BREVE, ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'], ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ']),
    (code::A_CIRCUMFLEX, ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'], ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ']),
    (code::E, ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'], ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ']),
    (code::E_CIRCUMFLEX, ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'], ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ']),
    (code::I, ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'], ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị']),
    (code::O, ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'], ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ']),
    (code::O_CIRCUMFLEX, ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'], ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ']),
    (code::O_HORN, ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'], ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ']),
    (code::U, ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'], ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ']),
    (code::U_HORN, ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'], ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự']),
    (code::Y, ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'], ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ']),
];

/// What one character is to a Vietnamese syllable: `tone << 5 | letter`, or 0 for none.
type Packed = u8;

/// U+0000–U+01BF and U+1EA0–U+1EFF: every character that carries a letter.
const LOW: [Packed; 0x1C0] = table(0);
const HIGH: [Packed; 0x60] = table(0x1EA0);

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn table<const N: usize>(base: usize) -> [Packed; N] {
    let mut t = [0; N];
    let mut i = 0;
    while i < ALPHABET.len() {
        let c = ALPHABET[i] as usize;
        set(&mut t, base, c, i as u8 + 1);
        // Only ASCII letters and đ need an upper case here; the other vowels come from VOWELS.
        if c < 0x80 {
            set(&mut t, base, c - 0x20, i as u8 + 1);
        } else if ALPHABET[i] == 'đ' {
            set(&mut t, base, 'Đ' as usize, i as u8 + 1);
        }
        i += 1;
    }
    let mut v = 0;
    while v < VOWELS.len() {
        let (letter, lower, upper) = VOWELS[v];
        let mut tone = 0;
        while tone < 6 {
            set(&mut t, base, lower[tone] as usize, (tone as u8) << 5 | letter);
            set(&mut t, base, upper[tone] as usize, (tone as u8) << 5 | letter);
            tone += 1;
        }
        v += 1;
    }
    t
}

#[expect(clippy::indexing_slicing, reason = "the index was compared with the length in the line before")]
const fn set(t: &mut [Packed], base: usize, c: usize, value: Packed) {
    if c >= base && c - base < t.len() {
        t[c - base] = value;
    }
}

/// What a character contributes to a syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A letter of the alphabet, with the tone that a precomposed character carries.
    Letter(u8, Tone),
    /// A combining tone mark.
    Mark(Tone),
    /// U+0302, U+0306 or U+031B: turns the letter before it into another letter.
    Modifier(char),
    /// Invisible inside a word: soft hyphen, zero-width characters, combining grapheme joiner.
    Nothing,
}

/// Classifies one character, or `None` when it cannot stand in a Vietnamese syllable. O(1).
#[inline]
pub(crate) fn part(c: char) -> Option<Part> {
    let at = c as usize;
    let packed = LOW.get(at).or_else(|| HIGH.get(at.wrapping_sub(0x1EA0))).copied().unwrap_or(0);
    if packed != 0 {
        return Some(Part::Letter(packed & 31, Tone::from_index(packed >> 5)));
    }
    Some(match c {
        '\u{300}' | '\u{340}' => Part::Mark(Tone::Huyen),
        '\u{301}' | '\u{341}' => Part::Mark(Tone::Sac),
        '\u{309}' => Part::Mark(Tone::Hoi),
        '\u{303}' => Part::Mark(Tone::Nga),
        '\u{323}' => Part::Mark(Tone::Nang),
        '\u{302}' | '\u{306}' | '\u{31B}' => Part::Modifier(c),
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{34F}' => Part::Nothing,
        _ => return None,
    })
}

/// The letter that `letter` becomes under a combining circumflex, breve or horn.
pub(crate) const fn modified(letter: u8, mark: char) -> Option<u8> {
    Some(match (letter, mark) {
        (code::A, '\u{302}') => code::A_CIRCUMFLEX,
        (code::A, '\u{306}') => code::A_BREVE,
        (code::E, '\u{302}') => code::E_CIRCUMFLEX,
        (code::O, '\u{302}') => code::O_CIRCUMFLEX,
        (code::O, '\u{31B}') => code::O_HORN,
        (code::U, '\u{31B}') => code::U_HORN,
        _ => return None,
    })
}

/// Whether the letter carries a mark of its own (ă â ê ô ơ ư).
pub(crate) const fn is_marked(letter: u8) -> bool {
    matches!(
        letter,
        code::A_BREVE | code::A_CIRCUMFLEX | code::E_CIRCUMFLEX | code::O_CIRCUMFLEX | code::O_HORN | code::U_HORN
    )
}

/// Whether the letter is a vowel letter.
pub(crate) const fn is_vowel(letter: u8) -> bool {
    is_marked(letter) || matches!(letter, code::A | code::E | code::I | code::O | code::U | code::Y)
}

/// The lower-case character of a letter with a tone; consonants carry none.
pub(crate) fn with_tone(letter: u8, tone: Tone) -> char {
    let vowel = VOWELS.iter().find(|v| v.0 == letter).and_then(|v| v.1.get(tone.index()));
    let plain = || ALPHABET.get(usize::from(letter).wrapping_sub(1));
    vowel.or_else(plain).copied().unwrap_or('\u{FFFD}')
}

/// An ASCII vowel with one or two combining marks, composed: `[byte & 63][first][second, or 8 for none]`, NUL where the
/// marks compose to no letter or stand in an order that composition keeps apart. Marks are numbered circumflex, breve,
/// horn, then grave, acute, hook, tilde, dot below (tones in the order of [`Tone`], without ngang).
pub(crate) static COMPOSED: [[[char; 9]; 8]; 64] = composed();

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn composed() -> [[[char; 9]; 8]; 64] {
    const MODIFIERS: [char; 3] = ['\u{302}', '\u{306}', '\u{31B}'];
    let mut out = [[['\0'; 9]; 8]; 64];
    let mut v = 0;
    while v < VOWELS.len() {
        let (letter, lower, upper) = VOWELS[v];
        let mut case = 0;
        while case < 2 && lower[0].is_ascii() {
            let forms = if case == 0 { lower } else { upper };
            let slot = forms[0] as usize & 63;
            let mut tone = 1;
            while tone < 6 {
                out[slot][2 + tone][8] = forms[tone];
                tone += 1;
            }
            let mut m = 0;
            while m < 3 {
                if let Some(other) = modified(letter, MODIFIERS[m]) {
                    let marked = row(other, case == 1);
                    out[slot][m][8] = marked[0];
                    let mut tone = 1;
                    while tone < 6 {
                        out[slot][m][2 + tone] = marked[tone];
                        // The tone first: sorted behind only where the classes of the marks differ.
                        if m == 2 || tone == Tone::Nang as usize {
                            out[slot][2 + tone][m] = marked[tone];
                        }
                        tone += 1;
                    }
                }
                m += 1;
            }
            case += 1;
        }
        v += 1;
    }
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn row(letter: u8, upper: bool) -> [char; 6] {
    let mut i = 0;
    while VOWELS[i].0 != letter {
        i += 1;
    }
    if upper { VOWELS[i].2 } else { VOWELS[i].1 }
}

/// The letter without its tone, without its mark if `marks` and đ as d if `bar`; NUL for what is no Vietnamese letter.
pub(crate) const fn plain_letter(c: char, marks: bool, bar: bool) -> char {
    let mut v = 0;
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated when the crate is compiled: a wrong index is a compile error"
    )]
    while v < VOWELS.len() {
        let (letter, lower, upper) = VOWELS[v];
        let mut tone = 0;
        while tone < 6 {
            let (is_lower, is_upper) = (lower[tone] == c, upper[tone] == c);
            if is_lower || is_upper {
                let letter = if marks { unmarked(letter) } else { letter };
                return row(letter, is_upper)[0];
            }
            tone += 1;
        }
        v += 1;
    }
    match c {
        'đ' if bar => 'd',
        'Đ' if bar => 'D',
        'đ' | 'Đ' => c,
        c if c.is_ascii() => c,
        _ => '\0',
    }
}

const fn unmarked(letter: u8) -> u8 {
    match letter {
        code::A_BREVE | code::A_CIRCUMFLEX => code::A,
        code::E_CIRCUMFLEX => code::E,
        code::O_CIRCUMFLEX | code::O_HORN => code::O,
        code::U_HORN => code::U,
        other => other,
    }
}
