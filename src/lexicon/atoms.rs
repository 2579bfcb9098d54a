//! Atoms: what phrases are made of.
//!
//! A token of letters is cut at its joiners and between letters and digits (`TP.HCM` is three atoms, `QL1A` three), an
//! apostrophe inside a word is part of it (`K'Ré`); numbers, dates, codes and addresses are one atom each, so no phrase
//! ever looks into a document number.
//!
//! Word ids, 32 bits: below 2^15 the code of a syllable, then the vocabulary of the data files, then marks
//! (`MARK | char`, dashes and quotes folded), [`NUMBER`], and [`UNKNOWN`] for every word in no data file.

use alloc::vec::Vec;

use super::blob::Lexicon;
use crate::scan::{
    Case, Token, TokenKind, case_of, fold_hash, is_apostrophe, is_dash, is_digit, is_invisible, is_letter, letter_count,
};
use crate::span::Span;
use crate::syllable::Syllable;

pub(crate) const VOCABULARY: u32 = 1 << 15;
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
    Opaque,
}

/// One unit of a phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub(crate) span: Span,
    /// See the module's head.
    pub(crate) word: u32,
    /// Index of the token it came from.
    pub(crate) token: u32,
    pub(crate) kind: AtomKind,
    pub(crate) case: Case,
    /// Letters, digits or marks it has, the same in every Unicode form.
    pub(crate) len: u32,
    /// The syllable, exact (with i and y apart), if it is one.
    pub(crate) syllable: Option<Syllable>,
    /// Nothing stands between this atom and the one before.
    pub(crate) glued: bool,
    /// Line breaks in the gap before it, at most 255.
    pub(crate) breaks: u8,
}

impl Atom {
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == AtomKind::Mark(mark)
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == AtomKind::Word
    }

    /// Begins with a capital letter.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.is_word() && matches!(self.case, Case::Title | Case::Upper | Case::Mixed)
    }
}

pub(crate) fn atoms(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Atom> {
    let mut out = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    each_atom(text, tokens, |span, kind, token, breaks, glued| {
        let letters = span.of(text);
        let is_word = kind == AtomKind::Word;
        let syllable = if is_word { Syllable::parse(letters) } else { None };
        let word = match kind {
            AtomKind::Word => match syllable {
                Some(s) => u32::from(s.lexical().code()),
                None => lexicon.word(fold_hash(letters)).unwrap_or(UNKNOWN),
            },
            other => mark_id(other),
        };
        let case = if is_word { case_of(letters) } else { Case::None };
        let len = letter_count(letters) as u32;
        out.push(Atom { span, word, token, kind, case, len, syllable, glued, breaks });
    });
    out
}

/// Id of an atom without letters.
pub(crate) fn mark_id(kind: AtomKind) -> u32 {
    match kind {
        AtomKind::Mark(c) => MARK | c as u32,
        AtomKind::Number => NUMBER,
        AtomKind::Word | AtomKind::Opaque => UNKNOWN,
    }
}

/// Calls `give(span, kind, token, line breaks before, glued)` for every atom.
pub(crate) fn each_atom(text: &str, tokens: &[Token], mut give: impl FnMut(Span, AtomKind, u32, u8, bool)) {
    let mut end_of_last = 0;
    for (i, token) in tokens.iter().enumerate() {
        let gap = text.get(end_of_last..token.span.start).unwrap_or("");
        let breaks = gap.bytes().filter(|&b| b == b'\n').count().min(255) as u8;
        let mut glued = gap.is_empty() && i > 0;
        end_of_last = token.span.end;
        let letters = token.span.of(text);
        match token.kind {
            TokenKind::Number => give(token.span, AtomKind::Number, i as u32, breaks, glued),
            TokenKind::Date
            | TokenKind::Time
            | TokenKind::DocumentCode
            | TokenKind::Url
            | TokenKind::Email
            | TokenKind::Handle
            | TokenKind::Hashtag => give(token.span, AtomKind::Opaque, i as u32, breaks, glued),
            TokenKind::Punctuation | TokenKind::Symbol => {
                let c = folded_mark(letters.chars().next().unwrap_or(' '));
                give(token.span, AtomKind::Mark(c), i as u32, breaks, glued);
            }
            TokenKind::Syllable | TokenKind::Word | TokenKind::Acronym | TokenKind::Alphanumeric => {
                let (mut at, mut breaks) = (0, breaks);
                while let Some(rest) = letters.get(at..).filter(|r| !r.is_empty()) {
                    let (len, kind) = next_piece(rest);
                    let start = token.span.start + at;
                    give(Span::new(start, start + len), kind, i as u32, breaks, glued);
                    (at, breaks, glued) = (at + len, 0, true);
                }
            }
        }
    }
}

/// Calls `give(letters, kind)` for the pieces of a phrase of a data file: words, numbers and marks.
pub(crate) fn each_piece(phrase: &str, mut give: impl FnMut(&str, AtomKind)) {
    let mut rest = phrase.trim_start();
    while !rest.is_empty() {
        let (len, kind) = next_piece(rest);
        let (piece, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        give(piece, kind);
        rest = tail.trim_start();
    }
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

fn folded_mark(c: char) -> char {
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
