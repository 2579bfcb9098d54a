//! The inventory of onsets and rimes, read from `data/onsets.tsv` and `data/rimes.tsv` while the crate is compiled.
//!
//! A spelling of up to four letters is packed five bits a letter, first letter lowest ([`pack`]). Rimes are found
//! through a 512-entry open-addressing table (filled to a third), onsets by comparing with the 27 rows.

use super::letters::ALPHABET;

/// Packed spelling: letter `i` in bits `5 * i ..`.
pub(crate) type Packed = u32;

const ONSET_FILE: &[u8] = include_bytes!("../../data/onsets.tsv");
const RIME_FILE: &[u8] = include_bytes!("../../data/rimes.tsv");

/// Rows of `data/onsets.tsv` plus the empty onset at index 0.
pub(crate) const N_ONSETS: usize = rows(ONSET_FILE) + 1;
/// Rows of `data/rimes.tsv`.
pub(crate) const N_RIMES: usize = rows(RIME_FILE);

/// An onset: its letters and the set of letters (bit per code) that may begin the rime after it.
#[derive(Clone, Copy)]
pub(crate) struct Onset {
    pub(crate) letters: Packed,
    pub(crate) before: u32,
}

/// A rime: its letters and which onsets it follows (see the bits below).
#[derive(Clone, Copy)]
pub(crate) struct Rime {
    pub(crate) letters: Packed,
    pub(crate) after: u8,
}

pub(crate) const AFTER_NONE: u8 = 1;
pub(crate) const AFTER_ONSET: u8 = 2;
pub(crate) const AFTER_QU: u8 = 4;

pub(crate) static ONSETS: [Onset; N_ONSETS] = onsets();
pub(crate) static RIMES: [Rime; N_RIMES] = rimes();
static RIME_SLOTS: [u8; 512] = slots();

// Two bytes hold every syllable; a rime index fits a slot, with 255 kept for "empty".
const _: () = assert!(N_ONSETS * N_RIMES * 6 < 1 << 15 && N_RIMES < 255);

/// Index of the rime with these letters.
#[inline]
pub(crate) fn rime_idx(letters: Packed) -> Option<usize> {
    let mut at = slot(letters);
    loop {
        let i = usize::from(*RIME_SLOTS.get(at)?);
        let rime = RIMES.get(i)?; // 255: empty slot
        if rime.letters == letters {
            return Some(i);
        }
        at = (at + 1) % RIME_SLOTS.len();
    }
}

const fn slot(letters: Packed) -> usize {
    (letters.wrapping_mul(0x9E37_79B1) >> 23) as usize
}

const fn rows(file: &[u8]) -> usize {
    let (mut n, mut at) = (0, 0);
    while at < file.len() {
        n += (!is_comment(file, at)) as usize;
        at = next_line(file, at);
    }
    n
}

static ONSET_CELLS: [(u16, u16); N_ONSETS - 1] = first_cells(ONSET_FILE);
static RIME_CELLS: [(u16, u16); N_RIMES] = first_cells(RIME_FILE);

/// The letters of an onset as its file has them.
pub(crate) fn onset_letters(i: usize) -> &'static str {
    const FILE: &str = include_str!("../../data/onsets.tsv");
    i.checked_sub(1).map_or("", |i| cell(FILE, &ONSET_CELLS, i))
}

/// The letters of a rime as its file has them.
pub(crate) fn rime_letters(i: usize) -> &'static str {
    const FILE: &str = include_str!("../../data/rimes.tsv");
    cell(FILE, &RIME_CELLS, i)
}

fn cell(file: &'static str, cells: &[(u16, u16)], i: usize) -> &'static str {
    cells.get(i).and_then(|&(start, end)| file.get(usize::from(start)..usize::from(end))).unwrap_or("")
}

/// Where the first cell of every row stands.
#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn first_cells<const N: usize>(file: &[u8]) -> [(u16, u16); N] {
    let mut out = [(0, 0); N];
    let (mut at, mut n) = (0, 0);
    while at < file.len() {
        if !is_comment(file, at) {
            let mut end = at;
            while file[end] != b'\t' && file[end] != b'\n' {
                end += 1;
            }
            out[n] = (at as u16, end as u16);
            n += 1;
        }
        at = next_line(file, at);
    }
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn is_comment(file: &[u8], at: usize) -> bool {
    file[at] == b'#'
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn next_line(file: &[u8], mut at: usize) -> usize {
    while file[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// Reads one letter of the alphabet at `at`: (code, bytes).
#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn letter(file: &[u8], at: usize) -> (u8, usize) {
    let (c, len) = match file[at] {
        b if b < 0x80 => (b as u32, 1),
        b => ((b as u32 & 0x1F) << 6 | file[at + 1] as u32 & 0x3F, 2),
    };
    let mut i = 0;
    while ALPHABET[i] as u32 != c {
        i += 1;
    }
    (i as u8 + 1, len)
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn spelling(file: &[u8], mut at: usize) -> (Packed, usize) {
    let (mut packed, mut shift) = (0, 0);
    while file[at] != b'\t' {
        let (code, len) = letter(file, at);
        packed |= (code as Packed) << shift;
        shift += 5;
        at += len;
    }
    (packed, at + 1)
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn onsets() -> [Onset; N_ONSETS] {
    let mut out = [Onset { letters: 0, before: u32::MAX }; N_ONSETS];
    let (mut at, mut n) = (0, 1);
    while at < ONSET_FILE.len() {
        if !is_comment(ONSET_FILE, at) {
            let (letters, mut cell) = spelling(ONSET_FILE, at);
            let mut before = 0;
            if ONSET_FILE[cell] == b'*' {
                before = u32::MAX;
            } else {
                while ONSET_FILE[cell] != b'\n' {
                    let (code, len) = letter(ONSET_FILE, cell);
                    before |= 1 << code;
                    cell += len;
                }
            }
            out[n] = Onset { letters, before };
            n += 1;
        }
        at = next_line(ONSET_FILE, at);
    }
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn rimes() -> [Rime; N_RIMES] {
    let mut out = [Rime { letters: 0, after: 0 }; N_RIMES];
    let (mut at, mut n) = (0, 0);
    while at < RIME_FILE.len() {
        if !is_comment(RIME_FILE, at) {
            let (letters, mut cell) = spelling(RIME_FILE, at);
            let mut after = 0;
            while RIME_FILE[cell] != b'\n' {
                after |= match RIME_FILE[cell] {
                    b'0' => AFTER_NONE,
                    b'c' => AFTER_ONSET,
                    b'q' => AFTER_QU,
                    // Anything else in the column `after` of data/rimes.tsv stops the build here.
                    _ => ONSET_FILE[ONSET_FILE.len()],
                };
                cell += 1;
            }
            out[n] = Rime { letters, after };
            n += 1;
        }
        at = next_line(RIME_FILE, at);
    }
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn slots() -> [u8; 512] {
    let rimes = rimes();
    let mut out = [255; 512];
    let mut i = 0;
    while i < N_RIMES {
        let mut at = slot(rimes[i].letters);
        while out[at] != 255 {
            at = (at + 1) % out.len();
        }
        out[at] = i as u8;
        i += 1;
    }
    out
}
