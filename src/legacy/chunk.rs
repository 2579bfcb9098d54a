//! One chunk, the symbols between white space, read in one encoding.
//!
//! A symbol is a byte, or a character that was never such a byte (in text where only part is legacy). Reading makes
//! *units*: how many symbols went in and how many bytes of text came out, so that callers can align, report or replace.
//!
//! | encoding | a unit is |
//! |---|---|
//! | VISCII | one byte |
//! | TCVN3 | one byte, or a vowel and a combining tone of TCVN 5712-1 |
//! | VNI | the longest of base + mark, capital base + small mark, single letter |
//! | windows-1258 | a byte and all combining bytes behind it, in NFC |
//! | VIQR | see `viqr` |
//!
//! TCVN 5712-1 has toned capitals where windows-1252, on which the fonts lie, has its quotation marks and dashes. A run of
//! letters is read with such capitals if that makes it a syllable; at the edge of a run, where quotation marks stand, only
//! if the text also has one where no punctuation can be ([`has_toned_capitals`]).
//!
//! O(symbols); both buffers are used again for the next chunk.

use alloc::string::String;
use alloc::vec::Vec;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

use super::Encoding;
use super::tables::{is_marked_letter, letter_of, sign_of, tcvn5712};
use super::viqr;
use crate::syllable::{Syllable, ToneStyle};

/// A byte of the encoding, or `None` for a character from outside of it.
pub(super) type Symbol = Option<u8>;

/// What became of one or several symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// So many bytes of [`Chunk::text`].
    Text(usize),
    /// The encoding has no character for the byte.
    Invalid,
    /// A symbol from outside.
    Outside,
}

/// So many symbols became this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) n_symbols: usize,
    pub(super) content: Content,
}

/// The result for one chunk.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunk {
    pub(super) text: String,
    pub(super) units: Vec<Unit>,
}

/// What separates chunks; in all encodings these bytes mean themselves.
pub(super) const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0B | 0x0C | b'\r')
}

/// Whether a byte means itself whatever stands around it.
pub(super) fn is_plain(encoding: Encoding, byte: u8) -> bool {
    encoding != Encoding::Viqr && matches!(byte, 0x20..=0x7F) || is_separator(byte)
}

impl Chunk {
    /// Reads one chunk, forgetting the chunk before. `toned_capitals`: see [`has_toned_capitals`].
    pub(super) fn read(&mut self, encoding: Encoding, symbols: &[Symbol], toned_capitals: bool) {
        self.text.clear();
        self.units.clear();
        match encoding {
            Encoding::Tcvn3 => self.tcvn3(symbols, toned_capitals),
            Encoding::Vni => self.vni(symbols),
            Encoding::Viscii => self.viscii(symbols),
            Encoding::Viqr => viqr::read(symbols, self),
            Encoding::Windows1258 => self.windows_1258(symbols),
        }
    }

    /// `n_symbols` became `c`; `None` is an invalid byte.
    pub(super) fn push(&mut self, n_symbols: usize, c: Option<char>) {
        let content = match c {
            Some(c) => {
                self.text.push(c);
                Content::Text(c.len_utf8())
            }
            None => Content::Invalid,
        };
        self.units.push(Unit { n_symbols, content });
    }

    pub(super) fn push_outside(&mut self) {
        self.units.push(Unit { n_symbols: 1, content: Content::Outside });
    }

    fn viscii(&mut self, symbols: &[Symbol]) {
        for &symbol in symbols {
            match symbol {
                Some(b) => {
                    let letter = letter_of(Encoding::Viscii, u32::from(b));
                    self.push(1, letter.or_else(|| sign_of(Encoding::Viscii, b)));
                }
                None => self.push_outside(),
            }
        }
    }

    fn vni(&mut self, symbols: &[Symbol]) {
        let find = |code: u32| letter_of(Encoding::Vni, code);
        let mut rest = symbols;
        while let [symbol, tail @ ..] = rest {
            rest = tail;
            let Some(base) = *symbol else {
                self.push_outside();
                continue;
            };
            if let [Some(mark), after_mark @ ..] = tail {
                let code = |mark: u8| u32::from(base) << 8 | u32::from(mark);
                // Small marks stand 20 hex above those of capitals and are often typed after a capital base.
                if let Some(c) = find(code(*mark)).or_else(|| find(code(mark.checked_sub(0x20)?))) {
                    self.push(2, Some(c));
                    rest = after_mark;
                    continue;
                }
            }
            self.push(1, find(u32::from(base)).or_else(|| sign_of(Encoding::Vni, base)));
        }
    }

    fn windows_1258(&mut self, symbols: &[Symbol]) {
        let character =
            |b: u8| letter_of(Encoding::Windows1258, u32::from(b)).or_else(|| sign_of(Encoding::Windows1258, b));
        let mark_of = |s: &Symbol| s.and_then(character).filter(|&c| is_combining_mark(c));
        let mut rest = symbols;
        while let [symbol, tail @ ..] = rest {
            rest = tail;
            let Some(byte) = *symbol else {
                self.push_outside();
                continue;
            };
            let Some(base) = character(byte) else {
                self.push(1, None);
                continue;
            };
            let n_marks = tail.iter().take_while(|s| mark_of(s).is_some()).count();
            let (marks, after) = tail.split_at_checked(n_marks).unwrap_or((&[], tail));
            let start = self.text.len();
            self.text.extend(core::iter::once(base).chain(marks.iter().filter_map(mark_of)).nfc());
            let content = Content::Text(self.text.len() - start);
            self.units.push(Unit { n_symbols: 1 + n_marks, content });
            rest = after;
        }
    }

    fn tcvn3(&mut self, symbols: &[Symbol], toned_capitals: bool) {
        let mut rest = symbols;
        while !rest.is_empty() {
            let n_run = rest.iter().take_while(|s| s.is_some_and(|b| run_letter(b).is_some())).count();
            let (run, after) = rest.split_at_checked(n_run).unwrap_or((rest, &[]));
            let capitals = toned_capitals.then(|| capitals_in(run)).flatten().unwrap_or((0, 0));
            let mut i = 0;
            while let Some(&Some(byte)) = run.get(i) {
                let mut c = tcvn3_letter(byte);
                if c.is_none() && (capitals.0..capitals.1).contains(&i) {
                    c = tcvn5712(byte);
                }
                let c = c.or_else(|| sign_of(Encoding::Tcvn3, byte));
                // A combining tone of TCVN 5712-1 makes one letter with the vowel before it.
                let toned = c.zip(run.get(i + 1).copied().flatten()).and_then(|(c, next)| with_tone(c, next));
                let n_symbols = 1 + usize::from(toned.is_some());
                self.push(n_symbols, toned.or(c));
                i += n_symbols;
            }
            rest = after;
            if let [symbol, tail @ ..] = after {
                match symbol {
                    Some(b) => self.push(1, sign_of(Encoding::Tcvn3, *b)),
                    None => self.push_outside(),
                }
                rest = tail;
            }
        }
    }
}

/// A letter that the byte is in every reading: of TCVN3, ASCII, or a capital of TCVN 5712-1 on a byte that is free
/// elsewhere (C0 and above).
fn tcvn3_letter(byte: u8) -> Option<char> {
    if byte.is_ascii_alphabetic() {
        return Some(char::from(byte));
    }
    letter_of(Encoding::Tcvn3, u32::from(byte)).or_else(|| if byte >= 0xC0 { tcvn5712(byte) } else { None })
}

/// A letter, or a byte that TCVN 5712-1 may make one (or a tone).
fn run_letter(byte: u8) -> Option<char> {
    tcvn3_letter(byte).or_else(|| tcvn5712(byte))
}

/// The letter `c` with the combining tone of TCVN 5712-1 on `byte`.
fn with_tone(c: char, byte: u8) -> Option<char> {
    let mark = tcvn5712(byte).filter(|&m| is_combining_mark(m))?;
    compose(c, mark).filter(|&c| is_marked_letter(c))
}

/// The longest run that can be a syllable with marks around it: seven letters, a tone and four quotation marks.
const MAX_RUN: usize = 12;

/// Which part of a run is a syllable with toned capitals of TCVN 5712-1: the largest one, at most two symbols being cut
/// at either edge.
fn capitals_in(run: &[Symbol]) -> Option<(usize, usize)> {
    let is_capital = |s: &Symbol| s.is_some_and(|b| tcvn3_letter(b).is_none() && !is_tone(b));
    if run.len() > MAX_RUN || !run.iter().any(is_capital) {
        return None;
    }
    let cuts = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (2, 2)];
    let fits = |&(lead, trail): &(usize, usize)| {
        let end = run.len().checked_sub(trail)?;
        let edge = run.iter().take(lead).chain(run.get(end..)?).all(is_capital);
        let part = run.get(lead..end)?;
        (edge && part.iter().any(is_capital) && is_titled_syllable(part)).then_some((lead, end))
    };
    cuts.iter().find_map(fits)
}

fn is_tone(byte: u8) -> bool {
    tcvn5712(byte).is_some_and(is_combining_mark)
}

/// Whether the run with all its capitals is a syllable of two letters or more in correct spelling, and no capital follows a
/// small letter.
fn is_titled_syllable(run: &[Symbol]) -> bool {
    let mut word = String::new();
    let mut small = false;
    for c in run.iter().filter_map(|s| s.and_then(run_letter)) {
        if c.is_uppercase() && small {
            return false;
        }
        small |= c.is_lowercase();
        word.extend(c.to_lowercase());
    }
    word.chars().filter(|&c| !is_combining_mark(c)).count() > 1 && is_spelt_syllable(&word)
}

/// Whether the word, in any letter case, is a syllable with its tone mark in one of the two right places. No allocation but
/// for decomposed letters.
pub(super) fn is_spelt_syllable(word: &str) -> bool {
    let Some(syllable) = Syllable::parse(word) else { return false };
    let spelt = |style| {
        let spelling = syllable.spelling(style);
        word.nfc().flat_map(char::to_lowercase).eq(spelling.chars())
    };
    spelt(ToneStyle::FirstVowel) || spelt(ToneStyle::SecondVowel)
}

/// Whether a text uses the toned capitals of TCVN 5712-1: one stands where neither a quotation mark nor a dash would, inside
/// a run of letters or on another byte, and makes a syllable. O(symbols).
pub(super) fn has_toned_capitals(symbols: impl Iterator<Item = Symbol>) -> bool {
    let mut run: Vec<Symbol> = Vec::with_capacity(MAX_RUN + 1);
    let certain = |run: &[Symbol]| {
        let Some((start, end)) = capitals_in(run) else { return false };
        let part = run.get(start..end).unwrap_or(&[]);
        let last = part.len().saturating_sub(1);
        part.iter().enumerate().any(|(i, s)| {
            s.is_some_and(|b| {
                let punctuation = matches!(b, 0x82 | 0x84 | 0x85 | 0x8B | 0x91..=0x99 | 0x9B | 0xAF | 0xBA | 0xBF);
                tcvn3_letter(b).is_none() && !is_tone(b) && (!punctuation || (i > 0 && i < last))
            })
        })
    };
    for symbol in symbols.chain(core::iter::once(None)) {
        if symbol.is_some_and(|b| run_letter(b).is_some()) {
            if run.len() <= MAX_RUN {
                run.push(symbol);
            }
        } else {
            if certain(&run) {
                return true;
            }
            run.clear();
        }
    }
    false
}
