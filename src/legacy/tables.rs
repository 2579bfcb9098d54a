//! What the bytes mean: `data/legacy_letters.tsv` and `data/legacy_signs.tsv`, read while the crate is compiled.
//!
//! A code is one to three bytes, the first highest, in a `u32`; 0 stands for none. The 134 letters are kept twice: by
//! character with their codes ([`code_of`]) and, for each encoding, by code ([`letter_of`]), both searched by
//! bisection. Signs are three tables of 256 characters. 134 × 24 + 5 × 134 × 8 + 3 × 512 bytes = 10 KiB.
//!
//! Invariants: both orders are sorted; a wrong line in a file stops the build.

use super::Encoding;

const LETTER_FILE: &[u8] = include_bytes!("../../data/legacy_letters.tsv");
const SIGN_FILE: &[u8] = include_bytes!("../../data/legacy_signs.tsv");

/// Rows of `data/legacy_letters.tsv`.
const N_LETTERS: usize = 134;
/// Columns of codes.
const N_ENCODINGS: usize = Encoding::ALL.len();

/// A letter and its codes by [`Encoding::index`].
#[derive(Clone, Copy)]
struct Letter {
    letter: u16,
    codes: [u32; N_ENCODINGS],
}

static LETTERS: [Letter; N_LETTERS] = letters();
static BY_CODE: [[(u32, u16); N_LETTERS]; N_ENCODINGS] = by_code();
static SIGNS: [[u16; 256]; 3] = signs();

/// Rows of [`SIGNS`].
const CP1252: usize = 0;
const TCVN5712: usize = 1;
const CP1258: usize = 2;

/// A byte to which a code page gives no character.
const UNDEFINED: u16 = 0xFFFF;

/// The code of `letter`: `None` when it is none of the 134, 0 when the encoding has no code for it.
pub(super) fn code_of(encoding: Encoding, letter: char) -> Option<u32> {
    let letter = u16::try_from(u32::from(letter)).ok()?;
    let i = LETTERS.binary_search_by_key(&letter, |l| l.letter).ok()?;
    LETTERS.get(i)?.codes.get(encoding.index()).copied()
}

/// The letter with this code.
pub(super) fn letter_of(encoding: Encoding, code: u32) -> Option<char> {
    let rows = BY_CODE.get(encoding.index())?;
    let i = rows.binary_search_by_key(&code, |r| r.0).ok().filter(|_| code != 0)?;
    rows.get(i).and_then(|r| char::from_u32(u32::from(r.1)))
}

/// Whether `c` is one of the 134 letters with marks.
pub(super) fn is_marked_letter(c: char) -> bool {
    code_of(Encoding::Viqr, c).is_some()
}

fn sign(set: usize, byte: u8) -> u16 {
    SIGNS.get(set).and_then(|t| t.get(usize::from(byte))).copied().unwrap_or(0)
}

fn character(sign: u16) -> Option<char> {
    if matches!(sign, 0 | UNDEFINED) { None } else { char::from_u32(u32::from(sign)) }
}

/// The toned capital or combining tone of TCVN 5712-1 on this byte.
pub(super) fn tcvn5712(byte: u8) -> Option<char> {
    character(sign(TCVN5712, byte))
}

/// The windows-1252 character of a byte; its five holes are the control characters that Latin-1 has there.
pub(super) fn windows_1252(byte: u8) -> char {
    character(sign(CP1252, byte)).unwrap_or(char::from(byte))
}

/// The byte that was read as `c` by windows-1252 or by Latin-1.
pub(super) fn byte_read_as(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    (0x80..=0x9F).find(|&b| character(sign(CP1252, b)) == Some(c))
}

/// What a byte means that is no letter: ASCII, and the signs of the code page on which the fonts were laid.
pub(super) fn sign_of(encoding: Encoding, byte: u8) -> Option<char> {
    if byte < 0x80 {
        return Some(char::from(byte));
    }
    if encoding == Encoding::Windows1258 {
        match sign(CP1258, byte) {
            0 => {}
            sign => return character(sign),
        }
    }
    match (encoding, byte) {
        (Encoding::Viscii | Encoding::Viqr, _) => None,
        (_, 0x80..=0x9F) => character(sign(CP1252, byte)),
        (_, 0xA0..=0xBF) => Some(char::from(byte)),
        (Encoding::Vni, 0xD7 | 0xF7) => Some(char::from(byte)),
        (Encoding::Windows1258, _) => Some(char::from(byte)),
        _ => None,
    }
}

/// The byte of a sign, the inverse of [`sign_of`] on bytes that are no letters.
pub(super) fn byte_of_sign(encoding: Encoding, c: char) -> Option<u8> {
    let is_letter = |b: u8| letter_of(encoding, u32::from(b)).is_some();
    if c.is_ascii() {
        return u8::try_from(c).ok().filter(|&b| !is_letter(b));
    }
    (0x80..=0xFF).find(|&b| sign_of(encoding, b) == Some(c) && !is_letter(b))
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn next_line(file: &[u8], mut at: usize) -> usize {
    while file[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// Reads a cell of hexadecimal digits, or `-` as `none`: (value, start of the next cell).
#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn hex(file: &[u8], mut at: usize, none: u32) -> (u32, usize) {
    let mut value = 0;
    if file[at] == b'-' {
        return (none, at + 2);
    }
    while file[at] != b'\t' && file[at] != b'\n' {
        let digit = match file[at] {
            b @ b'0'..=b'9' => b - b'0',
            b @ b'A'..=b'F' => b - b'A' + 10,
            // Anything else in a column of codes stops the build here.
            _ => file[file.len()],
        };
        value = value << 4 | digit as u32;
        at += 1;
    }
    (value, at + 1)
}

/// Reads the UTF-8 character of two or three bytes at `at`: (character, bytes).
#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn utf8(file: &[u8], at: usize) -> (u16, usize) {
    let (a, b) = (file[at] as u16, file[at + 1] as u16 & 0x3F);
    if a < 0xE0 { ((a & 0x1F) << 6 | b, 2) } else { ((a & 0xF) << 12 | b << 6 | file[at + 2] as u16 & 0x3F, 3) }
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn letters() -> [Letter; N_LETTERS] {
    let mut out = [Letter { letter: 0, codes: [0; N_ENCODINGS] }; N_LETTERS];
    let (mut at, mut n) = (next_line(LETTER_FILE, 0), 0);
    while at < LETTER_FILE.len() {
        let (letter, len) = utf8(LETTER_FILE, at);
        let mut row = Letter { letter, codes: [0; N_ENCODINGS] };
        let mut cell = at + len + 1;
        let mut i = 0;
        while i < N_ENCODINGS {
            (row.codes[i], cell) = hex(LETTER_FILE, cell, 0);
            i += 1;
        }
        // Sorted by insertion.
        let mut j = n;
        while j > 0 && out[j - 1].letter > letter {
            out[j] = out[j - 1];
            j -= 1;
        }
        out[j] = row;
        n += 1;
        at = next_line(LETTER_FILE, at);
    }
    assert!(n == N_LETTERS);
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn by_code() -> [[(u32, u16); N_LETTERS]; N_ENCODINGS] {
    let letters = letters();
    let mut out = [[(0, 0); N_LETTERS]; N_ENCODINGS];
    let mut e = 0;
    while e < N_ENCODINGS {
        let mut n = 0;
        while n < N_LETTERS {
            let row = (letters[n].codes[e], letters[n].letter);
            let mut j = n;
            while j > 0 && out[e][j - 1].0 > row.0 {
                out[e][j] = out[e][j - 1];
                j -= 1;
            }
            out[e][j] = row;
            n += 1;
        }
        e += 1;
    }
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn signs() -> [[u16; 256]; 3] {
    let mut out = [[0; 256]; 3];
    let mut at = next_line(SIGN_FILE, 0);
    while at < SIGN_FILE.len() {
        // The sets are told apart by their first and last letters: cp1252, tcvn5712, cp1258.
        let mut cell = at;
        while SIGN_FILE[cell] != b'\t' {
            cell += 1;
        }
        let set = match (SIGN_FILE[at], SIGN_FILE[cell - 1]) {
            (b'c', b'2') => CP1252,
            (b't', b'2') => TCVN5712,
            (b'c', b'8') => CP1258,
            _ => SIGN_FILE.len(),
        };
        let (byte, cell) = hex(SIGN_FILE, cell + 1, 0);
        let (character, _) = hex(SIGN_FILE, cell, UNDEFINED as u32);
        out[set][byte as usize] = character as u16;
        at = next_line(SIGN_FILE, at);
    }
    out
}
