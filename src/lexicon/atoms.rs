//! Atoms: what phrases are made of.
//!
//! A token of letters is cut at its joiners and between letters and digits (`TP.HCM` is three atoms, `QL1A` three), an
//! apostrophe inside a word is part of it (`K'Ré`); numbers, dates, codes and addresses are one atom each, so no phrase
//! ever looks into a document number.
//!
//! Word ids, 32 bits: first the rank of a syllable in use, so that what the tables say of frequent words stands together,
//! then the vocabulary of the data files, then marks (`MARK | char`, dashes and quotes folded), [`NUMBER`], and [`UNKNOWN`]
//! for every word in no data file.

use alloc::vec::Vec;

use super::blob::Lexicon;
use crate::scan::{
    Case, Gap, Token, TokenKind, Unit, case_of, fold_hash, is_apostrophe, is_dash, is_digit, is_invisible, is_letter,
    letter_count,
};
use crate::span::Span;
use crate::syllable::{Attested, Syllable};

pub(crate) const VOCABULARY: u32 = crate::syllable::N_RANKS as u32;
pub(crate) const MARK: u32 = 1 << 22;
pub(crate) const NUMBER: u32 = 1 << 23;
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// A run of letters.
    Word,
    /// Digits, with separators.
    Number,
    /// One punctuation mark or symbol; several full stops are one.
    Mark(char),
    /// A token that must not be looked into: date, time, document code, address.
    Opaque(TokenKind),
}

/// One unit of a phrase, in 24 bytes: a text has many, and what the stages wait for is memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    start: usize,
    n_bytes: u32,
    /// See the module's head.
    pub(crate) word: u32,
    /// The syllable, exact (with i and y apart), if it is one.
    pub(crate) syllable: Option<Syllable>,
    sort: Sort,
    pub(crate) case: Case,
    /// Letters, digits or marks it has, the same in every Unicode form, at most 255.
    pub(crate) len: u8,
    /// Line breaks before it, and [`GLUED`].
    gap: u8,
}

const _: () = assert!(size_of::<Atom>() == 24);

/// What an atom is; which mark it is, its word tells.
#[derive(Clone, Copy, Debug)]
enum Sort {
    Word,
    Number,
    Mark,
    Opaque(TokenKind),
}

/// Bit of a gap that is none.
const GLUED: u8 = 1 << 7;

/// Line breaks that are told apart.
const MAX_BREAKS: u8 = GLUED - 1;

impl Atom {
    #[inline(always)]
    fn new(span: Span, word: u32, kind: AtomKind, (glued, breaks): (bool, u8)) -> Self {
        let sort = match kind {
            AtomKind::Word => Sort::Word,
            AtomKind::Number => Sort::Number,
            AtomKind::Mark(_) => Sort::Mark,
            AtomKind::Opaque(kind) => Sort::Opaque(kind),
        };
        let n_bytes = u32::try_from(span.len()).unwrap_or(u32::MAX);
        let gap = if glued { GLUED } else { breaks.min(MAX_BREAKS) };
        Self { start: span.start, n_bytes, word, syllable: None, sort, case: Case::None, len: 1, gap }
    }

    /// Its bytes (of a word of four gigabytes, the first of them).
    #[inline(always)]
    pub(crate) const fn span(&self) -> Span {
        Span::new(self.start, self.start + self.n_bytes as usize)
    }

    #[inline(always)]
    pub(crate) fn kind(&self) -> AtomKind {
        match self.sort {
            Sort::Word => AtomKind::Word,
            Sort::Number => AtomKind::Number,
            Sort::Mark => AtomKind::Mark(char::from_u32(self.word ^ MARK).unwrap_or(' ')),
            Sort::Opaque(kind) => AtomKind::Opaque(kind),
        }
    }

    /// Nothing stands between this atom and the one before.
    #[inline(always)]
    pub(crate) const fn glued(&self) -> bool {
        self.gap == GLUED
    }

    /// Line breaks in the gap before it, at most [`MAX_BREAKS`].
    #[inline(always)]
    pub(crate) const fn breaks(&self) -> u8 {
        self.gap & MAX_BREAKS
    }

    #[inline(always)]
    pub(crate) const fn is_mark(&self, mark: char) -> bool {
        self.word == MARK | mark as u32
    }

    #[inline(always)]
    pub(crate) const fn is_word(&self) -> bool {
        matches!(self.sort, Sort::Word)
    }

    /// A word, or the number of a document.
    #[inline(always)]
    pub(super) const fn is_word_or_code(&self) -> bool {
        matches!(self.sort, Sort::Word | Sort::Opaque(TokenKind::DocumentCode))
    }

    /// Begins with a capital letter, as only words do.
    #[inline(always)]
    pub(crate) const fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Mixed)
    }
}

/// The atoms of a text, or of the parts of it that are read.
#[derive(Debug)]
pub(crate) struct Atoms<'t> {
    pub(crate) text: &'t str,
    pub(crate) lexicon: Lexicon,
    pub(crate) atoms: Vec<Atom>,
    /// End of the token that was read last.
    end: usize,
    /// Tokens were passed over since.
    passed: bool,
}

impl<'t> Atoms<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, lexicon: Lexicon::builtin(), atoms: Vec::new(), end: 0, passed: false }
    }

    /// Some tokens are passed over: what follows stands apart from what stood before.
    pub(crate) fn pass(&mut self) {
        self.passed = true;
    }

    /// Takes back the atoms from this byte on.
    pub(crate) fn forget(&mut self, start: usize) {
        while self.atoms.last().is_some_and(|a| a.start >= start) {
            self.atoms.pop();
        }
        self.end = self.atoms.last().map_or(0, |a| a.span().end);
    }

    /// Whether the token that was read last ends at this byte.
    pub(crate) fn ends_at(&self, byte: usize) -> bool {
        self.end == byte
    }

    /// Tokens that end here were read.
    #[inline]
    pub(super) fn read_to(&mut self, end: usize) {
        self.end = end;
    }

    /// Adds a syllable that was found.
    #[inline(always)]
    pub(super) fn push_syllable(&mut self, unit: &Unit, found: Attested, glued: bool, breaks: u8) {
        let atom = Atom::new(unit.token.span, u32::from(found.rank), AtomKind::Word, (glued, breaks));
        let (len, case, syllable) = (at_most_255(unit.letters), unit.case(self.text), Some(found.syllable));
        self.atoms.push(Atom { case, len, syllable, ..atom });
    }

    /// Adds the atoms of the next token.
    #[inline]
    pub(crate) fn push(&mut self, unit: &Unit) {
        let (text, span) = (self.text, unit.token.span);
        let (mut glued, mut breaks) = match unit.gap {
            _ if core::mem::take(&mut self.passed) => (false, u8::MAX),
            Gap::Space => (false, 0),
            _ => {
                let gap = text.get(self.end..span.start).unwrap_or("");
                (gap.is_empty() && self.end > 0, gap.bytes().filter(|&b| b == b'\n').count().min(255) as u8)
            }
        };
        self.end = span.end;
        if let Some(found) = unit.found {
            return self.push_syllable(unit, found, glued, breaks);
        }
        if let Some((kind, len)) = plain_sign(text, unit.token) {
            let word = mark_id(kind);
            self.atoms.push(Atom { len, ..Atom::new(span, word, kind, (glued, breaks)) });
            return;
        }
        each_atom_of(text, unit.token, |span, kind| {
            let letters = span.of(text);
            let is_word = kind == AtomKind::Word;
            let syllable = if is_word { Syllable::parse(letters) } else { None };
            let word = match (kind, syllable) {
                (AtomKind::Word, Some(s)) => self.lexicon.syllable(s).unwrap_or(UNKNOWN),
                (AtomKind::Word, None) => self.lexicon.word(fold_hash(letters)).unwrap_or(UNKNOWN),
                (other, _) => mark_id(other),
            };
            let case = if is_word { case_of(letters) } else { Case::None };
            let len = at_most_255(letter_count(letters));
            self.atoms.push(Atom { case, len, syllable, ..Atom::new(span, word, kind, (glued, breaks)) });
            (glued, breaks) = (true, 0);
        });
    }
}

#[inline(always)]
fn at_most_255(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

/// What a mark or number of ASCII is, with its length.
#[inline(always)]
fn plain_sign(text: &str, token: Token) -> Option<(AtomKind, u8)> {
    match (token.kind, token.span.of(text).as_bytes()) {
        (TokenKind::Punctuation | TokenKind::Symbol, [mark @ 0..0x80]) => Some((AtomKind::Mark(char::from(*mark)), 1)),
        (TokenKind::Number, digits) if digits.is_ascii() => Some((AtomKind::Number, at_most_255(digits.len()))),
        _ => None,
    }
}

/// Id of an atom without letters.
pub(crate) fn mark_id(kind: AtomKind) -> u32 {
    match kind {
        AtomKind::Mark(c) => MARK | c as u32,
        AtomKind::Number => NUMBER,
        AtomKind::Word | AtomKind::Opaque(_) => UNKNOWN,
    }
}

/// Calls `give(span, kind)` for every atom of a phrase.
#[cfg(feature = "std")]
pub(crate) fn each_atom(phrase: &str, mut give: impl FnMut(Span, AtomKind)) {
    for token in crate::scan::tokens(phrase) {
        each_atom_of(phrase, token, &mut give);
    }
}

/// Calls `give(span, kind)` for every atom of a token.
pub(crate) fn each_atom_of(text: &str, token: Token, mut give: impl FnMut(Span, AtomKind)) {
    let letters = token.span.of(text);
    match token.kind {
        TokenKind::Number => give(token.span, AtomKind::Number),
        TokenKind::Date
        | TokenKind::Time
        | TokenKind::DocumentCode
        | TokenKind::Url
        | TokenKind::Email
        | TokenKind::Handle
        | TokenKind::Hashtag => give(token.span, AtomKind::Opaque(token.kind)),
        TokenKind::Punctuation | TokenKind::Symbol => {
            give(token.span, AtomKind::Mark(folded_mark(letters.chars().next().unwrap_or(' '))));
        }
        TokenKind::Syllable | TokenKind::Word | TokenKind::Acronym | TokenKind::Alphanumeric => {
            let mut at = 0;
            while let Some(rest) = letters.get(at..).filter(|r| !r.is_empty()) {
                let (len, kind) = next_piece(rest);
                let start = token.span.start + at;
                give(Span::new(start, start + len), kind);
                at += len;
            }
        }
    }
}

/// Calls `give(letters, kind)` for the pieces of a phrase of a data file: words, numbers and marks.
pub(crate) fn each_piece(phrase: &str, mut give: impl FnMut(&str, AtomKind)) {
    let mut rest = phrase;
    while let Some((piece, kind, tail)) = cut_piece(rest) {
        give(piece, kind);
        rest = tail;
    }
}

/// The first piece of a phrase, and what follows it.
#[inline]
pub(crate) fn cut_piece(phrase: &str) -> Option<(&str, AtomKind, &str)> {
    // Most are Latin letters up to one space or the end.
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || matches!(b, 0x80..=0xBF | 0xC3..=0xE1);
    let end = phrase.as_bytes().iter().position(|b| !is_letter(b)).unwrap_or(phrase.len());
    let (piece, tail) = phrase.split_at_checked(end)?;
    if !piece.is_empty() && (tail.is_empty() || tail.starts_with(' ')) {
        return Some((piece, AtomKind::Word, tail.get(1..).unwrap_or("")));
    }
    let rest = phrase.trim_start();
    if rest.is_empty() {
        return None;
    }
    let (len, kind) = next_piece(rest);
    let (piece, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
    Some((piece, kind, tail))
}

/// Length and kind of the first atom of a token of letters and digits.
fn next_piece(rest: &str) -> (usize, AtomKind) {
    let first = rest.chars().next().unwrap_or(' ');
    if is_digit(first) {
        let len = rest.find(|c: char| !(is_digit(c) || matches!(c, '.' | ','))).unwrap_or(rest.len());
        return (len, AtomKind::Number);
    }
    if !is_letter(first) {
        return (first.len_utf8(), AtomKind::Mark(folded_mark(first)));
    }
    let inside = |c: char| is_letter(c) || is_apostrophe(c) || is_invisible(c);
    (rest.find(|c| !inside(c)).unwrap_or(rest.len()), AtomKind::Word)
}

pub(crate) fn folded_mark(c: char) -> char {
    match c {
        c if is_dash(c) => '-',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '‘' | '’' | 'ʼ' => '\'',
        '…' => '.',
        '（' => '(',
        '）' => ')',
        c => c,
    }
}
