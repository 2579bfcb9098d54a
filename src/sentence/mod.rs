//! Where sentences begin and end.
//!
//! One pass over the tokens. A sentence ends
//! 1. at a blank line, and at a line break unless the next line goes on in lower case (text with hard line breaks);
//! 2. behind `.`, `!`, `?`, `…` with the quotes and brackets that close after them, when what follows can begin a
//!    sentence: not a lower-case word, not a comma, not the dash between a quotation and its speaker. An ellipsis ends
//!    only before a capital. Writers drop the space (`pháp luật.Tập trung`), which makes no difference.
//!
//! A full stop is looked at more closely ([`stop`]): it may belong to a short form (`TP.`, `GS.TS.`: `data/dotted.tsv`), to
//! the initial of a name (`Nguyễn Văn A.`), to the label of a list item (`1.`, `Điều 5.` at the head of a sentence) or to a
//! number that a space has cut (`25. 000`).
//!
//! Rules instead of a trained model: what decides stands within two tokens of the mark, and a reader of the data file can
//! predict and correct every decision. Work per token is one look at its kind and at the gap before it; letters are read
//! only beside end marks and line breaks. Nothing is allocated; O(length), about 6 ns a token (`benches/scan.rs`).
//!
//! Invariants: sentences are sorted and disjoint, begin and end with a token, and hold every token of the text. NFC and
//! NFD give the same sentences. A `;` never ends one, so a list of persons is one sentence.

mod stop;

use core::iter::FusedIterator;

use crate::scan::{self, Source, Token, TokenKind, Tokens, letter_count};
use crate::span::Span;

/// Cuts `text` into sentences, lazily: their spans, trimmed of white space. O(length) in all, no allocation.
///
/// ```
/// let text = "Ông làm việc ở TP. Hồ Chí Minh. GS.TS. Lê Văn Tám đến.Mọi người vui.";
/// let sentences: Vec<&str> = vanban::sentences(text).map(|s| s.of(text)).collect();
/// assert_eq!(sentences, ["Ông làm việc ở TP. Hồ Chí Minh.", "GS.TS. Lê Văn Tám đến.", "Mọi người vui."]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { inner: split(text, scan::tokens(text)) }
}

/// Iterator of [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    inner: Splitter<'t, Tokens<'t>>,
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        self.inner.next()
    }
}

impl FusedIterator for Sentences<'_> {}

/// The sentences of a text that is cut into `tokens` already.
pub(crate) fn split<'t, I: Source>(text: &'t str, tokens: I) -> Splitter<'t, I> {
    Splitter { text, tokens, start: None, peeked: None }
}

/// Tells whether a sentence begins at a place, without reading what nobody asks about: a line whose first token begins a
/// sentence whatever stands above is read anew. Asked from left to right, every byte is read at most twice.
#[derive(Clone, Debug)]
pub(crate) struct Starts<'t> {
    text: &'t str,
    /// Where `ahead` began to read, and the start that it found last.
    from: usize,
    ahead: Sentences<'t>,
    found: Option<usize>,
    /// Up to here it has been asked.
    asked: usize,
}

impl<'t> Starts<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, from: 0, ahead: sentences(text), found: None, asked: 0 }
    }

    /// Whether a sentence begins at one of the bytes from `first` to `last`.
    pub(crate) fn is_within(&mut self, first: usize, last: usize) -> bool {
        let since = self.text.get(self.asked..first).unwrap_or("");
        if let Some(line) = since.rfind('\n').and_then(|i| Some((self.asked + i, self.text.get(self.asked + i..)?)))
            && begins_alone(line.1)
        {
            (self.from, self.ahead, self.found) = (line.0, sentences(line.1), None);
        }
        self.asked = self.asked.max(last);
        loop {
            if self.found.is_none() {
                self.found = self.ahead.next().map(|s| self.from + s.start);
            }
            match self.found {
                Some(start) if start < first => self.found = None,
                found => return found.is_some_and(|start| start <= last),
            }
        }
    }
}

/// Whether the first token of a line begins a sentence in any case.
fn begins_alone(line: &str) -> bool {
    let Some(token) = scan::tokens(line).next() else { return false };
    match shape(line, token) {
        Shape::Word => begins_with(line, token) != Begins::Lower,
        Shape::Inner | Shape::Close | Shape::Quote { straight: false } => false,
        _ => true,
    }
}

/// Iterator of [`split`].
#[derive(Clone, Debug)]
pub(crate) struct Splitter<'t, I> {
    text: &'t str,
    tokens: I,
    /// First token of the next sentence.
    start: Option<Token>,
    /// The token after the current one, where it had to be looked at.
    peeked: Option<Token>,
}

/// What a token is to the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Letters, digits, addresses.
    Word,
    /// One full stop.
    Stop,
    /// `…`, two or more full stops.
    Ellipsis,
    /// `!`, `?`.
    Call,
    /// A bracket or quotation mark that opens.
    Open,
    /// A bracket that closes.
    Close,
    /// A quotation mark that closes when writers use it right (`”`), or that may do either (`"`).
    Quote { straight: bool },
    /// `-`, `–`
    Dash,
    /// `,`, `;`, `:` and other marks inside a sentence.
    Inner,
    /// Bullets, emoji, other symbols.
    Symbol,
}

/// The case of a token's first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    Lower,
    Upper,
    Digit,
    Other,
}

/// The sentence so far.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// The last token and, from two tokens on, the one before it.
    last: Token,
    before: Token,
    /// How many tokens it has.
    n: usize,
    has_word: bool,
}

impl Head {
    fn second_last(&self) -> Option<Token> {
        (self.n > 1).then_some(self.before)
    }
}

/// An end mark, and what stands before it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    shape: Shape,
    span: Span,
    /// First token of the sentence.
    first: Token,
    head: Head,
    /// A quotation mark or bracket has closed since.
    closed: bool,
}

/// What a token means to an end mark before it.
enum Verdict {
    /// It begins a sentence.
    Begins,
    /// It closes what stands before it; the mark still holds.
    Closes,
    /// The sentence goes on.
    GoesOn,
}

impl<I: Source> Iterator for Splitter<'_, I> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let first = self.start.take().or_else(|| self.take())?;
        let mut head = Head { last: first, before: first, n: 1, has_word: !is_sign(first) };
        loop {
            let Some(token) = self.take_plain(&mut head) else {
                return Some(Span::new(first.span.start, head.last.span.end));
            };
            let mut mark: Option<Mark> = None;
            let mut next = Some(token);
            while let Some(token) = next {
                let shape = shape(self.text, token);
                let verdict = match (breaks(self.text, head.last.span.end, token.span.start), &mark) {
                    (0, None) => Verdict::GoesOn,
                    (0, Some(mark)) => self.after_mark(mark, token, shape, token.span.start == head.last.span.end),
                    (1, _) if self.continues_line(token, shape) => Verdict::GoesOn,
                    _ => Verdict::Begins,
                };
                mark = match verdict {
                    Verdict::Begins => {
                        self.start = Some(token);
                        return Some(Span::new(first.span.start, head.last.span.end));
                    }
                    Verdict::Closes => mark.map(|m| Mark { closed: true, ..m }),
                    Verdict::GoesOn if head.has_word && shape.is_end_mark() && !self.opens_bracket(head.last) => {
                        Some(Mark { shape, span: token.span, first, head, closed: false }.after(mark))
                    }
                    Verdict::GoesOn => None,
                };
                head.has_word |= shape == Shape::Word;
                head = Head { before: head.last, last: token, n: head.n + 1, ..head };
                next = if mark.is_some() { self.take() } else { None };
            }
        }
    }
}

impl<I: Source> FusedIterator for Splitter<'_, I> {}

impl<'t, I: Source> Splitter<'t, I> {
    fn take(&mut self) -> Option<Token> {
        self.peeked.take().or_else(|| self.tokens.next())
    }

    /// Takes the words that go on in the same line and returns the first token that is a sign or begins a line.
    #[inline]
    fn take_plain(&mut self, head: &mut Head) -> Option<Token> {
        let (mut last, mut before) = (head.last, head.before);
        let mut n = 0;
        let next = loop {
            let (passed, token) = match self.peeked.take() {
                Some(token) => (0, Some(token)),
                None => self.tokens.words(&mut last, &mut before),
            };
            n += passed;
            let Some(token) = token else { break None };
            if is_sign(token) || breaks(self.text, last.span.end, token.span.start) != 0 {
                break Some(token);
            }
            (before, last) = (last, token);
            n += 1;
        };
        *head = Head { last, before, n: head.n + n, has_word: head.has_word || n > 0 };
        next
    }

    /// The token after `token`, the last one taken, if it stands on the same line.
    fn peek(&mut self, token: Token) -> Option<Token> {
        if self.peeked.is_none() {
            self.peeked = self.tokens.next();
        }
        self.peeked.filter(|p| breaks(self.text, token.span.end, p.span.start) == 0)
    }

    fn after_mark(&mut self, mark: &Mark, token: Token, shape: Shape, glued: bool) -> Verdict {
        let begins = |yes: bool| if yes { Verdict::Begins } else { Verdict::GoesOn };
        let straight = match shape {
            Shape::Word => return begins(self.word_begins(mark, token, glued)),
            Shape::Close => return Verdict::Closes,
            // Quotations that the speaker follows: “…!” - ông nói.
            Shape::Dash if mark.closed || glued => return Verdict::GoesOn,
            Shape::Symbol if glued => return Verdict::Closes,
            Shape::Dash | Shape::Symbol => {
                return begins(self.peek(token).is_some_and(|p| begins_with(self.text, p) != Begins::Lower));
            }
            Shape::Quote { .. } if glued => return Verdict::Closes,
            Shape::Quote { straight } => Some(straight),
            Shape::Open => None,
            Shape::Stop | Shape::Ellipsis | Shape::Call | Shape::Inner => return Verdict::GoesOn,
        };
        // A mark that opens, or a quotation mark that may.
        let Some(inside) = self.peek(token) else {
            return if straight.is_some() { Verdict::Closes } else { Verdict::GoesOn };
        };
        let opens = match straight {
            None => true,
            Some(true) => matches!(self::shape(self.text, inside), Shape::Word | Shape::Open),
            Some(false) => !is_sign(inside) && inside.span.start == token.span.end,
        };
        if !opens {
            return Verdict::Closes;
        }
        let goes_on = begins_with(self.text, inside) == Begins::Lower
            && (self.opens_bracket(token) || mark.shape == Shape::Ellipsis);
        let short_form = mark.shape == Shape::Stop && self.stands_before_name(mark);
        begins(!goes_on && !short_form)
    }

    /// Whether a word after the mark begins a sentence.
    fn word_begins(&mut self, mark: &Mark, token: Token, glued: bool) -> bool {
        let case = begins_with(self.text, token);
        match mark.shape {
            _ if case == Begins::Lower => false,
            Shape::Ellipsis => case == Begins::Upper,
            Shape::Stop => self.stop_ends(mark, token, case, glued),
            _ => true,
        }
    }

    /// Whether a line goes on what the line above began.
    fn continues_line(&mut self, token: Token, shape: Shape) -> bool {
        match shape {
            Shape::Word => begins_with(self.text, token) == Begins::Lower && !self.is_letter_label(token),
            Shape::Inner | Shape::Close | Shape::Quote { straight: false } => true,
            _ => false,
        }
    }

    /// `a)`, `đ.`
    fn is_letter_label(&mut self, token: Token) -> bool {
        let glued = |p: Token| {
            p.span.start == token.span.end && matches!(self.text.as_bytes().get(p.span.start), Some(b')' | b'.'))
        };
        self.peek(token).is_some_and(glued) && letter_count(token.span.of(self.text)) == 1
    }

    /// A mark right after it says something about a word: `(!)`, `(?)`, `(…)`.
    fn opens_bracket(&self, token: Token) -> bool {
        is_sign(token) && matches!(self.text.as_bytes().get(token.span.start), Some(b'(' | b'['))
    }
}

impl Shape {
    fn is_end_mark(self) -> bool {
        matches!(self, Self::Stop | Self::Ellipsis | Self::Call)
    }
}

impl Mark {
    /// This mark, right after another: the stronger counts. A full stop behind a closed quotation is no short form's.
    fn after(self, other: Option<Self>) -> Self {
        match other {
            Some(o) if o.closed || o.shape == Shape::Call => Self { shape: Shape::Call, ..self },
            _ => self,
        }
    }
}

/// Punctuation or another sign, not letters or digits.
#[inline]
fn is_sign(token: Token) -> bool {
    matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol)
}

fn shape(text: &str, token: Token) -> Shape {
    if !is_sign(token) {
        return Shape::Word;
    }
    match token.span.of(text).as_bytes() {
        [b'.'] => Shape::Stop,
        [b'.', ..] | [0xE2, 0x80, 0xA6, ..] => Shape::Ellipsis,
        // ! ? 。！？
        [b'!' | b'?', ..] | [0xE3, 0x80, 0x82, ..] | [0xEF, 0xBC, 0x81 | 0x9F, ..] => Shape::Call,
        // ( [ { “ ‘ „ « （
        [b'(' | b'[' | b'{', ..] | [0xE2, 0x80, 0x9C | 0x98 | 0x9E, ..] | [0xC2, 0xAB, ..] | [0xEF, 0xBC, 0x88, ..] => {
            Shape::Open
        }
        // ) ] } ）
        [b')' | b']' | b'}', ..] | [0xEF, 0xBC, 0x89, ..] => Shape::Close,
        [b'"' | b'\'', ..] => Shape::Quote { straight: true },
        // ” ’ »
        [0xE2, 0x80, 0x9D | 0x99, ..] | [0xC2, 0xBB, ..] => Shape::Quote { straight: false },
        // - ‐ to ―
        [b'-', ..] | [0xE2, 0x80, 0x90..=0x95, ..] => Shape::Dash,
        [b',' | b';' | b':' | b'/' | b'&' | b'%' | b'_' | b'\\', ..] => Shape::Inner,
        _ => Shape::Symbol,
    }
}

/// Addresses and handles have no case.
fn begins_with(text: &str, token: Token) -> Begins {
    match token.kind {
        TokenKind::Syllable | TokenKind::Word | TokenKind::Acronym | TokenKind::Alphanumeric => {
            match token.span.of(text).chars().next() {
                Some(c) if c.is_lowercase() => Begins::Lower,
                Some(c) if c.is_uppercase() => Begins::Upper,
                Some(c) if c.is_numeric() => Begins::Digit,
                _ => Begins::Other,
            }
        }
        TokenKind::Number | TokenKind::Date | TokenKind::Time | TokenKind::DocumentCode => Begins::Digit,
        _ => Begins::Other,
    }
}

/// Line breaks between two tokens: 0, 1, or more (a blank line, or a character that ends a paragraph).
#[inline]
fn breaks(text: &str, from: usize, to: usize) -> usize {
    let gap = text.as_bytes().get(from..to).unwrap_or_default();
    match gap {
        [] | [b' '] => 0,
        _ => text.get(from..to).map_or(0, count_breaks),
    }
}

fn count_breaks(gap: &str) -> usize {
    let mut n = 0;
    let mut last = ' ';
    for c in gap.chars() {
        n += match c {
            '\n' if last == '\r' => 0,
            '\n' | '\r' | '\u{85}' | '\u{2028}' => 1,
            '\u{B}' | '\u{C}' | '\u{2029}' => 2,
            _ => 0,
        };
        last = c;
    }
    n
}

#[cfg(test)]
mod tests;
