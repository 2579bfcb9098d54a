//! What the model sees of a token: a number and a shape.
//!
//! Numbers: first the classes of tokens that are no word ([`CLASSES`]), then one for every syllable in use by its rank,
//! then one for every listed other word. Letter case, Unicode form, tone placement and i/y never reach the number; the
//! shape is what remains of the case. Weights come in rows: a syllable has a second row for where it has a capital inside a
//! sentence (*Hà*, a name, against *hà*).

use crate::model::{NO_PAIR, Tables};
use crate::scan::dotted::{Class, class_of};
use crate::scan::{self, Token, TokenKind};
use crate::span::Span;
use crate::syllable::{Attested, N_RANKS, Syllable};

/// Names of the classes in the text form of the model, by number.
#[cfg(feature = "std")]
pub(crate) const CLASSES: [&str; 19] = [
    "<boundary>",
    "<number>",
    "<date>",
    "<code>",
    "<alphanumeric>",
    "<address>",
    "<word>",
    "<acronym>",
    "<stop>",
    "<comma>",
    "<semicolon>",
    "<colon>",
    "<quote>",
    "<open>",
    "<close>",
    "<dash>",
    "<slash>",
    "<mark>",
    "<syllable>",
];
pub(crate) const BOUNDARY: u16 = 0;
pub(super) const NUMBER: u16 = 1;
const DATE: u16 = 2;
const CODE: u16 = 3;
const ALPHANUMERIC: u16 = 4;
const ADDRESS: u16 = 5;
pub(crate) const WORD: u16 = 6;
pub(crate) const ACRONYM: u16 = 7;
pub(super) const STOP: u16 = 8;
pub(super) const MARK: u16 = 17;
const SYLLABLE: u16 = 18;
/// Number of the most frequent syllable.
pub(crate) const FIRST_SYLLABLE: u16 = 32;
/// Number of the first listed word that is no syllable.
#[cfg(feature = "std")]
pub(crate) const FIRST_OTHER: u16 = FIRST_TITLE + N_RANKS as u16;
/// Row of the most frequent syllable with a capital; all other rows are numbered as their units.
pub(crate) const FIRST_TITLE: u16 = FIRST_SYLLABLE + N_RANKS as u16;

/// Letter shape of a unit, three bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// Beyond the line, and every mark.
    Mark = 0,
    /// Digits, alone or with letters; codes and addresses.
    Number = 1,
    /// *tỉnh*
    Lower = 2,
    /// *Tỉnh*
    Title = 3,
    /// *TỈNH*
    Upper = 4,
    /// *karaoke*: no syllable.
    OtherLower = 5,
    /// *Trump*
    OtherTitle = 6,
    /// *UBND*, *VnExpress*
    OtherUpper = 7,
}

/// A token as the model sees it, and what is known about the gap behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) span: Span,
    pub(crate) unit: u16,
    /// Row of its weights.
    pub(crate) row: u16,
    pub(crate) shape: Shape,
    pub(crate) kind: TokenKind,
    /// A word may go on from the cell before to this one.
    pub(crate) joinable: bool,
    /// A word goes on behind it; kept only where [`Segmenter`](super::Segmenter) has more than one reason to decide.
    pub(crate) joined: bool,
    /// Value of the pair with the cell before in the model, and its slot there.
    pub(crate) pair: u32,
    pub(crate) slot: u32,
}

impl Cell {
    /// The edge of a line.
    pub(crate) const fn boundary(at: usize) -> Self {
        Self {
            span: Span::new(at, at),
            unit: BOUNDARY,
            row: BOUNDARY,
            shape: Shape::Mark,
            kind: TokenKind::Punctuation,
            joinable: false,
            joined: false,
            pair: NO_PAIR,
            slot: 0,
        }
    }

    /// The cell of a syllable behind a cell of the shape `before`; `joinable` says whether only white space without a line
    /// break stands between them and the one before is a word.
    #[inline(always)]
    pub(crate) fn syllable(unit: &scan::Unit, found: Attested, before: Shape, joinable: bool) -> Self {
        let shape = if unit.first_capital { Shape::Title } else { Shape::Lower };
        let shape = if unit.more_capitals { Shape::Upper } else { shape };
        let number = FIRST_SYLLABLE + found.rank;
        // The capital of a first word says nothing.
        let is_title = unit.first_capital & !unit.more_capitals & (before as u8 != Shape::Mark as u8);
        Self {
            span: unit.token.span,
            unit: number,
            row: number + u16::from(is_title) * N_RANKS as u16,
            shape,
            kind: TokenKind::Syllable,
            joinable,
            joined: false,
            pair: NO_PAIR,
            slot: 0,
        }
    }

    /// The cell of a mark of ASCII, or of “ ” or … by its last byte.
    #[inline(always)]
    pub(crate) fn mark(span: Span, mark: u8) -> Self {
        let unit = u16::from(MARKS.get(usize::from(mark)).copied().unwrap_or(MARK as u8));
        Self { span, unit, row: unit, ..Self::boundary(0) }
    }

    /// The cell of a number.
    #[inline(always)]
    pub(crate) fn number(span: Span) -> Self {
        Self { span, unit: NUMBER, row: NUMBER, shape: Shape::Number, kind: TokenKind::Number, ..Self::boundary(0) }
    }

    /// The cell of any token.
    pub(crate) fn any(text: &str, token: Token, before: Shape, joinable: bool, tables: &Tables<'_>) -> Self {
        let (number, shape) = read(token.kind, token.span.of(text), tables);
        let is_title = shape == Shape::Title && before != Shape::Mark && number >= FIRST_SYLLABLE;
        let row = number + if is_title { FIRST_TITLE - FIRST_SYLLABLE } else { 0 };
        let mut cell =
            Self { span: token.span, unit: number, row, shape, kind: token.kind, joinable, ..Self::boundary(0) };
        cell.joinable &= cell.is_word();
        cell
    }

    /// Whether a word of several units may hold this one.
    #[inline(always)]
    pub(crate) const fn is_word(&self) -> bool {
        self.unit >= FIRST_SYLLABLE || matches!(self.unit, WORD | ACRONYM | SYLLABLE)
    }

    /// Whether a full stop right behind belongs to this: a form of `data/dotted.tsv` that stands before something (*TP.*,
    /// *GS.TS.*), or one capital (the *V.* of *V.Pu-tin*).
    pub(crate) fn takes_stop(&self, text: &str) -> bool {
        if self.shape == Shape::Lower || !self.is_word() {
            return false;
        }
        let letters = self.span.of(text);
        let last = letters.rsplit('.').next().unwrap_or(letters);
        let stands_before = |class| matches!(class, Class::Title | Class::Name | Class::Number | Class::Chain);
        self.is_capitalised() && scan::letter_count(letters) == 1
            || class_of(letters).is_some_and(stands_before)
            || class_of(last).is_some_and(|c| c == Class::Title)
    }

    /// Makes the mark right behind a part of this.
    pub(crate) fn take(&mut self, mark: Span) {
        self.span = self.span.cover(mark);
        (self.unit, self.row, self.shape) = (ALPHANUMERIC, ALPHANUMERIC, Shape::Number);
        self.joinable = false;
    }

    /// Begins with a capital.
    pub(crate) const fn is_capitalised(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::OtherTitle | Shape::OtherUpper)
    }
}

fn read(kind: TokenKind, letters: &str, tables: &Tables<'_>) -> (u16, Shape) {
    match kind {
        TokenKind::Syllable => {
            let rank = Syllable::parse(letters).and_then(Syllable::rank);
            let shape = [Shape::Lower, Shape::Title, Shape::Upper];
            (rank.map_or(SYLLABLE, |r| FIRST_SYLLABLE + r), by_case(letters, shape))
        }
        TokenKind::Word | TokenKind::Acronym => {
            let class = if kind == TokenKind::Word { WORD } else { ACRONYM };
            let listed = tables.others.get(crate::model::other_key(scan::fold_hash(letters)));
            let shape = [Shape::OtherLower, Shape::OtherTitle, Shape::OtherUpper];
            (listed.map_or(class, |unit| unit as u16), by_case(letters, shape))
        }
        TokenKind::Number => (NUMBER, Shape::Number),
        TokenKind::Date | TokenKind::Time => (DATE, Shape::Number),
        TokenKind::DocumentCode => (CODE, Shape::Number),
        TokenKind::Alphanumeric => (ALPHANUMERIC, Shape::Number),
        TokenKind::Url | TokenKind::Email | TokenKind::Handle | TokenKind::Hashtag => (ADDRESS, Shape::Number),
        TokenKind::Punctuation | TokenKind::Symbol => (mark(letters.chars().next().unwrap_or(' ')), Shape::Mark),
    }
}

/// Of three shapes: no capital, the first letter alone, others.
fn by_case(letters: &str, [lower, title, upper]: [Shape; 3]) -> Shape {
    if letters.is_ascii() {
        let capitals = |bytes: &[u8]| bytes.iter().any(u8::is_ascii_uppercase);
        return match letters.as_bytes() {
            [_, rest @ ..] if capitals(rest) => upper,
            [first, ..] if first.is_ascii_uppercase() => title,
            _ => lower,
        };
    }
    let mut capitals = letters.chars().filter(|&c| scan::is_letter(c)).map(char::is_uppercase);
    match (capitals.next(), capitals.any(|c| c)) {
        (_, true) => upper,
        (Some(true), false) => title,
        _ => lower,
    }
}

/// The class of every mark of ASCII, and of “ ” and … by its last byte.
static MARKS: [u8; 256] = {
    let mut out = [MARK as u8; 256];
    let mut b = 0u8;
    #[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
    while b < 128 {
        out[b as usize] = mark(b as char) as u8;
        b += 1;
    }
    out[0x9C] = mark('“') as u8;
    out[0x9D] = mark('”') as u8;
    out[0xA6] = mark('…') as u8;
    out
};

const fn mark(c: char) -> u16 {
    match c {
        '.' | '!' | '?' | '…' => STOP,
        ',' => 9,
        ';' => 10,
        ':' => 11,
        '"' | '“' | '”' | '\'' | '‘' | '’' | '«' | '»' => 12,
        '(' | '[' | '{' => 13,
        ')' | ']' | '}' => 14,
        '-' | '–' | '—' | '‐' | '‑' => 15,
        '/' => 16,
        _ => MARK,
    }
}

/// The number that a name of the text form stands for: a class, a syllable in use, or a listed word.
#[cfg(feature = "std")]
pub(crate) fn number(name: &str, other: impl FnOnce(&str) -> Option<u16>) -> Option<u16> {
    if let Some(class) = CLASSES.iter().position(|&c| c == name) {
        return Some(class as u16);
    }
    match Syllable::parse(name) {
        Some(s) => s.rank().map(|r| FIRST_SYLLABLE + r),
        None => other(name),
    }
}

/// The row that a name of the text form stands for; a syllable with a capital has its own.
#[cfg(feature = "std")]
pub(crate) fn row(name: &str, other: impl FnOnce(&str) -> Option<u16>) -> Option<u16> {
    let number = number(name, other)?;
    let is_title = (FIRST_SYLLABLE..FIRST_TITLE).contains(&number) && name.starts_with(char::is_uppercase);
    Some(number + if is_title { FIRST_TITLE - FIRST_SYLLABLE } else { 0 })
}
