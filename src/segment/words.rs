//! The stream: text → tokens → cells in a block → decisions → words.

use alloc::vec::Vec;
use core::borrow::BorrowMut;
use core::iter::FusedIterator;

use super::caseless::{Case, Caseless};
use super::decide;
use super::units::{BOUNDARY, Cell, MARK, NUMBER, STOP, Shape};
use super::user::UserWords;
use super::{Scratch, Segmenter};
use crate::model::{NO_PAIR, Tables};
use crate::scan::{self, Gap, Token, TokenKind, Tokens, tokens};
use crate::span::Span;

/// Cells of a block; large against [`decide::CONTEXT`], small against the first cache.
const BLOCK: usize = 512;

/// Cells of the edges of a text: one before it, two behind it.
const N_EDGES: usize = 3;

/// A word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Word<'t> {
    /// As the text has it, spaces between syllables included.
    pub text: &'t str,
    /// Bytes of the text.
    pub span: Span,
    /// Its kind.
    pub kind: WordKind,
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WordKind {
    /// Several units, not all with a capital: *học sinh*, *Thủ tướng*.
    Compound,
    /// Several units, each with a capital: *Quảng Trị*, *Nguyễn Thế Tuân*.
    Name,
    /// One syllable.
    Syllable,
    /// One token of other letters.
    Word,
    /// Capitals that are no syllable: *UBND*.
    Acronym,
    /// A number.
    Number,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// The number of a document.
    DocumentCode,
    /// Letters and digits mixed.
    Alphanumeric,
    /// An internet address.
    Url,
    /// An e-mail address.
    Email,
    /// `@name`.
    Handle,
    /// `#thẻ`.
    Hashtag,
    /// A punctuation mark.
    Punctuation,
    /// Any other character.
    Symbol,
}

impl From<TokenKind> for WordKind {
    fn from(kind: TokenKind) -> Self {
        Self::of(kind)
    }
}

impl WordKind {
    /// The kind of a word of one token.
    const fn of(kind: TokenKind) -> Self {
        match kind {
            TokenKind::Syllable => Self::Syllable,
            TokenKind::Word => Self::Word,
            TokenKind::Acronym => Self::Acronym,
            TokenKind::Number => Self::Number,
            TokenKind::Date => Self::Date,
            TokenKind::Time => Self::Time,
            TokenKind::DocumentCode => Self::DocumentCode,
            TokenKind::Alphanumeric => Self::Alphanumeric,
            TokenKind::Url => Self::Url,
            TokenKind::Email => Self::Email,
            TokenKind::Handle => Self::Handle,
            TokenKind::Hashtag => Self::Hashtag,
            TokenKind::Punctuation => Self::Punctuation,
            TokenKind::Symbol => Self::Symbol,
        }
    }
}

/// The beginning of a word whose first cells are gone: it is longer than half a block.
#[derive(Clone, Copy, Debug)]
struct Carried {
    start: usize,
    /// So far every unit has a capital.
    capitalised: bool,
}

/// From tokens to cells.
#[derive(Clone, Debug)]
struct Reader<'s, 't> {
    tables: Tables<'s>,
    text: &'t str,
    tokens: Tokens<'t>,
    /// What the next cell must know of the last one: its shape, whether a word may go on from it, where it ends.
    shape: Shape,
    is_word: bool,
    end: usize,
    /// It is a full stop right behind a short form, and belongs to it if anything follows on its line.
    is_joined_stop: bool,
    ended: bool,
}

impl<'s, 't> Reader<'s, 't> {
    fn new(tables: Tables<'s>, text: &'t str) -> Self {
        let tokens = tokens(text);
        Self { tables, text, tokens, shape: Shape::Mark, is_word: false, end: 0, is_joined_stop: false, ended: false }
    }

    /// Adds cells until the block is full or the text ends, and which of them are edges of lines.
    fn read(&mut self, cells: &mut Vec<Cell>, edges: &mut Vec<usize>) {
        while cells.len() < BLOCK && !self.ended {
            let other = self.read_plain(cells);
            if cells.len() < BLOCK {
                self.read_any(other, cells, edges);
            }
        }
    }

    /// Adds the cells of syllables and marks as far as they are plain; returns the token that is not, if it was read.
    ///
    /// All that changes is in local variables, hence in registers, until something else comes.
    #[inline(always)]
    fn read_plain(&mut self, cells: &mut Vec<Cell>) -> Option<Token> {
        if self.is_joined_stop {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut tokens = self.tokens.clone();
        let (mut shape, mut is_word, mut end) = (self.shape, self.is_word, self.end);
        let mut other = None;
        for _ in cells.len()..BLOCK {
            let Some(unit) = tokens.plain() else { break };
            let span = unit.token.span;
            if unit.gap == Gap::Other {
                other = Some(unit.token);
                break;
            }
            if let Some(found) = unit.found {
                let cell = Cell::syllable(&unit, found, shape, is_word && unit.gap == Gap::Space);
                (shape, is_word, end) = (cell.shape, true, span.end);
                cells.push(cell);
                continue;
            }
            if unit.token.kind == TokenKind::Number {
                (shape, is_word, end) = (Shape::Number, false, span.end);
                cells.push(Cell::number(span));
                continue;
            }
            // A mark; if it is one that what stands before might take, that is seen to elsewhere.
            let mark = bytes.get(span.end - 1).copied().unwrap_or(0);
            if matches!(mark, b'.' | b'%') && !matches!(shape, Shape::Lower | Shape::Mark) {
                other = Some(unit.token);
                break;
            }
            (shape, is_word, end) = (Shape::Mark, false, span.end);
            cells.push(Cell::mark(span, mark));
        }
        (self.tokens, self.shape, self.is_word, self.end) = (tokens, shape, is_word, end);
        other
    }

    /// Adds the cell of a token that is no plain syllable, or that is yet to be read.
    #[inline(never)]
    fn read_any(&mut self, token: Option<Token>, cells: &mut Vec<Cell>, edges: &mut Vec<usize>) {
        let Some(token) = token.or_else(|| self.tokens.any()) else {
            edges.push(cells.len());
            // Two, since the score of a gap is complete two cells behind it.
            for _ in 0..2 {
                self.push(Cell::boundary(self.text.len()), cells);
            }
            self.ended = true;
            return;
        };
        let gap = self.text.get(self.end..token.span.start).unwrap_or_default();
        if scan::breaks_line(gap) {
            self.is_joined_stop = false;
            edges.push(cells.len());
            self.push(Cell::boundary(token.span.start), cells);
        }
        if self.is_joined_stop {
            self.is_joined_stop = false;
            cells.pop();
            let stop = Span::new(self.end - 1, self.end);
            self.extend(stop, cells);
        }
        let joinable = self.is_word && !gap.is_empty();
        let cell = Cell::any(self.text, token, self.shape, joinable, &self.tables);
        let last = cells.last().filter(|last| last.span.end == cell.span.start);
        let mark = |mark: &str| gap.is_empty() && cell.span.of(self.text) == mark;
        if cell.unit == MARK && last.is_some_and(|last| last.unit == NUMBER) && mark("%") {
            self.extend(cell.span, cells);
            return;
        }
        self.is_joined_stop = cell.unit == STOP && mark(".") && last.is_some_and(|last| last.takes_stop(self.text));
        self.push(cell, cells);
    }

    fn push(&mut self, cell: Cell, cells: &mut Vec<Cell>) {
        (self.shape, self.is_word, self.end) = (cell.shape, cell.is_word(), cell.span.end);
        cells.push(cell);
    }

    /// Makes the mark a part of the last cell.
    fn extend(&mut self, mark: Span, cells: &mut [Cell]) {
        if let Some(last) = cells.last_mut() {
            last.take(mark);
            (self.shape, self.is_word, self.end) = (last.shape, last.is_word(), last.span.end);
        }
    }
}

/// The cells of a word of the user, as text has them where something follows.
pub(super) fn cells_of(tables: &Tables<'_>, word: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut reader = Reader::new(*tables, word);
    while !reader.ended && cells.len() < BLOCK {
        reader.read(&mut cells, &mut Vec::new());
    }
    cells.retain(|c| c.unit != BOUNDARY);
    if reader.is_joined_stop {
        let stop = cells.pop();
        if let (Some(form), Some(stop)) = (cells.last_mut(), stop) {
            form.take(stop.span);
        }
    }
    cells
}

/// All cells of a text, as they are read for decisions.
#[cfg(feature = "std")]
pub(super) fn all_cells(tables: &Tables<'_>, text: &str) -> Vec<Cell> {
    let (mut read, mut cells) = (Vec::new(), Vec::new());
    let mut reader = Reader::new(*tables, text);
    while !reader.ended {
        reader.read(&mut cells, &mut Vec::new());
        // The last two may still become one.
        read.extend(cells.drain(..cells.len().saturating_sub(2)));
    }
    read.append(&mut cells);
    read
}

/// The cells of a text, decided block by block.
#[derive(Debug)]
struct Stream<'s, 't> {
    segmenter: &'s Segmenter,
    reader: Reader<'s, 't>,
    /// The gaps behind the cells before this one are decided.
    decided: usize,
    /// First cell behind the last word of the user.
    taken: usize,
    /// What the letters of the line have shown.
    case: Case,
    /// First cell of the next word to be given out, and what of it is gone.
    first: usize,
    carried: Option<Carried>,
}

impl<'s, 't> Stream<'s, 't> {
    fn new(segmenter: &'s Segmenter, text: &'t str, scratch: &mut Scratch) -> Self {
        scratch.cells.clear();
        // No more tokens than bytes, and the edges of the text.
        scratch.cells.reserve(BLOCK.min(text.len()) + N_EDGES);
        scratch.cells.push(Cell::boundary(0));
        scratch.edges.clear();
        scratch.edges.push(0);
        let model = segmenter.user.as_deref().map_or(&segmenter.model, UserWords::model);
        let reader = Reader::new(model.tables(), text);
        Self { segmenter, reader, decided: 0, taken: 0, case: Case::default(), first: 0, carried: None }
    }

    /// Reads the next block; returns up to where its gaps can be decided, `None` at the end of the text.
    fn read(&mut self, scratch: &mut Scratch) -> Option<usize> {
        if self.reader.ended {
            return None;
        }
        if self.decided - self.first > BLOCK / 2 {
            let word = scratch.cells.get(self.first..self.decided).unwrap_or_default();
            let before =
                self.carried.unwrap_or(Carried { start: word.first().map_or(0, |c| c.span.start), capitalised: true });
            let capitalised = before.capitalised && word.iter().all(Cell::is_capitalised);
            self.carried = Some(Carried { capitalised, ..before });
            self.first = self.decided;
        }
        let dropped = self.decided.saturating_sub(decide::CONTEXT).min(self.first);
        scratch.cells.drain(..dropped);
        self.decided -= dropped;
        self.first -= dropped;
        self.taken = self.taken.saturating_sub(dropped);
        scratch.edges.retain_mut(|edge| {
            let is_kept = *edge >= dropped;
            *edge = edge.saturating_sub(dropped);
            is_kept
        });
        self.reader.read(&mut scratch.cells, &mut scratch.edges);
        let (tables, Scratch { cells, .. }) = (&self.reader.tables, scratch);
        let mut kept = decide::LOOK_AHEAD;
        match self.segmenter.user.as_deref() {
            None => decide::look_up(tables, cells, |pair| pair, |_| NO_PAIR),
            Some(UserWords { added, .. }) => {
                added.look_up(tables, cells);
                // A word of the user may begin behind the last gap, and the last two cells may still become one.
                kept = kept.max(added.longest() + 2);
            }
        }
        Some(cells.len() - if self.reader.ended { 2 } else { kept })
    }

    /// Decides the next block and lists where words end in it; returns their number, `None` at the end of the text.
    fn fill(&mut self, scratch: &mut Scratch) -> Option<usize> {
        let limit = self.read(scratch)?;
        let user = self.segmenter.user.as_deref();
        if user.is_some_and(|user| !user.only_adds()) {
            let limit = self.decide(scratch, limit);
            let Scratch { cells, ends, .. } = scratch;
            return Some(self.list(cells, limit, ends, |cell| cell.joined));
        }
        let Scratch { cells, scores, edges, ends, found, .. } = scratch;
        decide::score(&self.reader.tables, cells, limit + 2, scores, |_, words| words);
        let mut caseless = Caseless::new(self.case);
        caseless.add(&self.reader.tables, cells, edges, scores);
        self.case = caseless.case();
        if let Some(UserWords { added, .. }) = user {
            self.taken = added.decide(self.reader.text, cells, self.decided..limit, self.taken, scores, found);
        }
        let scores = scores.get(2..).unwrap_or_default();
        Some(self.list(scores, limit, ends, |&score| score > 0))
    }

    /// The same decisions, kept in the cells together with their scores; returns up to where they are final.
    fn decide(&mut self, scratch: &mut Scratch, limit: usize) -> usize {
        let Scratch { cells, scores, edges, decided, found, .. } = scratch;
        let text = self.reader.text;
        let user = self.segmenter.user.as_deref();
        let words = |cells: &[Cell], words| user.map_or(words, |user| user.without_removed(text, cells, words));
        decide::score(&self.reader.tables, cells, limit + 2, scores, words);
        let case = self.case;
        let mut caseless = Caseless::new(case);
        caseless.add(&self.reader.tables, cells, edges, scores);
        self.case = caseless.case();
        // The scores tell how sure the model is, whatever words of the user decide.
        decided.clone_from(scores);
        let from = self.decided;
        let taken = self.taken;
        if let Some(UserWords { added, .. }) = user {
            self.taken = added.decide(text, cells, from..limit, taken, decided, found);
        }
        for (cell, score) in cells.iter_mut().zip(decided.get(2..).unwrap_or_default()).take(limit).skip(from) {
            cell.joined = *score > 0;
        }
        let Some(user) = user else { return limit };
        let end = user.forbid(text, cells, scores, from, limit);
        if end < limit {
            self.taken = user.added.decide(text, cells, from..end, taken, decided, found);
            self.case = case.behind_all(cells.get(..end + 2).unwrap_or_default());
        }
        end
    }

    /// Lists the cells before `limit` with which a word ends, the first unlisted gap being that behind cell `decided`; there
    /// is one of `gaps` behind every cell.
    #[inline(always)]
    fn list<G>(&mut self, gaps: &[G], limit: usize, ends: &mut Vec<u16>, is_joined: impl Fn(&G) -> bool) -> usize {
        let mut n = 0;
        ends.resize(BLOCK + 2, 0);
        let gaps = gaps.get(self.decided..limit).unwrap_or_default();
        for (last, gap) in (self.decided as u16..).zip(gaps) {
            // Written in any case and counted if it is an end: whether a word goes on is the least predictable thing in a
            // text, so no branch asks for it.
            if let Some(end) = ends.get_mut(n) {
                *end = last;
            }
            n += usize::from(!is_joined(gap));
        }
        self.decided = limit;
        n
    }
}

/// Iterator of [`Segmenter::words`].
#[derive(Debug)]
pub struct Words<'s, 't, S = Scratch> {
    stream: Stream<'s, 't>,
    scratch: S,
    /// The next of the listed ends, and their number.
    next: usize,
    n_listed: usize,
}

impl<'s, 't, S: BorrowMut<Scratch>> Words<'s, 't, S> {
    pub(super) fn new(segmenter: &'s Segmenter, text: &'t str, mut scratch: S) -> Self {
        let stream = Stream::new(segmenter, text, scratch.borrow_mut());
        Self { stream, scratch, next: 0, n_listed: 0 }
    }

    #[inline(never)]
    fn refill(&mut self) -> Option<()> {
        self.next = 0;
        self.n_listed = 0;
        while self.n_listed == 0 {
            self.n_listed = self.stream.fill(self.scratch.borrow_mut())?;
        }
        Some(())
    }

    /// The next word without its text.
    #[inline(always)]
    pub(super) fn word(&mut self) -> Option<(Span, WordKind)> {
        loop {
            if self.next == self.n_listed {
                self.refill()?;
            }
            let Scratch { cells, ends, .. } = self.scratch.borrow();
            let last = usize::from(*ends.get(self.next)?);
            self.next += 1;
            let first = core::mem::replace(&mut self.stream.first, last + 1);
            let word = cells.get(first..=last)?;
            let [.., last] = word else { continue };
            if last.unit == BOUNDARY {
                continue;
            }
            let carried = self.stream.carried.take();
            let start = carried.map_or(word.first()?.span.start, |c| c.start);
            let kind = if word.len() == 1 && carried.is_none() {
                WordKind::of(last.kind)
            } else if carried.is_none_or(|c| c.capitalised) && word.iter().all(Cell::is_capitalised) {
                WordKind::Name
            } else {
                WordKind::Compound
            };
            return Some((Span::new(start, last.span.end), kind));
        }
    }
}

impl<'t, S: BorrowMut<Scratch>> Iterator for Words<'_, 't, S> {
    type Item = Word<'t>;

    #[inline]
    fn next(&mut self) -> Option<Word<'t>> {
        let (span, kind) = self.word()?;
        Some(Word { text: span.of(self.stream.reader.text), span, kind })
    }
}

impl<S: BorrowMut<Scratch>> FusedIterator for Words<'_, '_, S> {}

/// A gap between two tokens at which a word could go on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Boundary {
    /// The white space between the two tokens.
    pub span: Span,
    /// Whether the two are one word.
    pub joined: bool,
    /// How sure that is, from 0 to 1: the probability of this decision under the model. Below 0.5 where a word of the user
    /// decided against it.
    pub confidence: f32,
}

/// Iterator of [`Segmenter::boundaries`].
#[derive(Debug)]
pub struct Boundaries<'s, 't> {
    stream: Stream<'s, 't>,
    scratch: Scratch,
    next: usize,
}

impl<'s, 't> Boundaries<'s, 't> {
    pub(super) fn new(segmenter: &'s Segmenter, text: &'t str) -> Self {
        let mut scratch = Scratch::new();
        let stream = Stream::new(segmenter, text, &mut scratch);
        Self { stream, scratch, next: 0 }
    }
}

impl Iterator for Boundaries<'_, '_> {
    type Item = Boundary;

    fn next(&mut self) -> Option<Boundary> {
        loop {
            while self.next == self.stream.decided {
                let limit = self.stream.read(&mut self.scratch)?;
                self.next = self.stream.decided;
                self.stream.decided = self.stream.decide(&mut self.scratch, limit);
            }
            let at = self.next;
            self.next += 1;
            let cells = &self.scratch.cells;
            let (Some(left), Some(right)) = (cells.get(at), cells.get(at + 1)) else { continue };
            let joined = left.joined;
            if right.joinable || joined {
                let score = self.scratch.scores.get(at + 2).copied().unwrap_or(0);
                let sure = probability(score, self.stream.reader.tables.unit_of_odds());
                let confidence = if joined == (score > 0) { sure } else { 1.0 - sure };
                return Some(Boundary { span: Span::new(left.span.end, right.span.start), joined, confidence });
            }
        }
    }
}

impl FusedIterator for Boundaries<'_, '_> {}

/// Probability of the likelier side: 1 / (1 + e^-x) for x = |score| / unit, with e^x as (1 + x/2^10)^(2^10).
fn probability(score: i32, unit: u32) -> f32 {
    let x = score.unsigned_abs() as f32 / unit as f32;
    let mut odds = 1.0 + x.min(30.0) / 1024.0;
    for _ in 0..10 {
        odds *= odds;
    }
    odds / (1.0 + odds)
}
