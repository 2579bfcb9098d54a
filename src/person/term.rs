//! The term of an office: what stands behind a title and says which of its terms is meant.
//!
//! ```text
//! term  = items | "(" items ")"
//! items = item { [ "," | "-" | "và" ] item } [ "(" years ")" ]
//! item  = counted value { ( "," | "và" | "-" ) value }        khóa XIII, XIV · nhiệm kỳ 2021-2026 · nhiệm kỳ Đại hội XIII
//!       | "từ" ["năm"] year [ "đến" ( ["năm"] year | "nay" ) ]
//!       | years                                               in brackets only: (2016 - 2021)
//! ```
//! The words are rows of class `term` of `data/context_words.tsv`; those that a number must follow have the note `counted`.
//! A comma is crossed before `khóa` only: *Chủ tịch UBND xã, giai đoạn 2016-2020 xã đã …* begins something else.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::lexicon::{Annotated, AtomKind, Class};
use crate::span::Span;

/// Items of one term, values of one item: real ones have four or five.
const MAX_ITEMS: usize = 12;

/// The note of words that a number must follow.
const COUNTED: &str = "counted";

/// Terms are counted from one, and no body has had more of them: a greater number is something else.
const MAX_NUMBER: u16 = 99;

/// Letters of the longest Roman number up to [`MAX_NUMBER`]: LXXXVIII.
const MAX_ROMAN: usize = 8;

/// Years in which the offices of news and documents were held.
const YEARS: RangeInclusive<u16> = 1900..=2099;

/// The term of an office.
///
/// ```
/// let doc = vanban::analyze("Bà Trần Thị Ngà, đại biểu Quốc hội khóa XIII, XIV, phát biểu.");
/// let term = doc.mentions()[0].titles[0].term.as_ref().unwrap();
/// assert_eq!(term.span.of(doc.text()), "khóa XIII, XIV");
/// assert_eq!(term.numbers, [13, 14]);
///
/// let doc = vanban::analyze("Ông Lê Ngọc Khoa, Chủ tịch UBND tỉnh Gia Lai nhiệm kỳ 2021 – 2026.");
/// let term = doc.mentions()[0].titles[0].term.as_ref().unwrap();
/// assert_eq!((term.from, term.until), (Some(2021), Some(2026)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Term {
    /// Bytes from the first word of the term to its last value, without brackets.
    pub span: Span,
    /// Which terms they are, ascending as written: *khóa XIII, XIV* is 13 and 14. Roman numbers are read.
    pub numbers: Vec<u16>,
    /// First year: *nhiệm kỳ 2021-2026, từ năm 2021*.
    pub from: Option<u16>,
    /// Last year; `None` also where it lasts: *đến nay*.
    pub until: Option<u16>,
}

/// A term and where it ends.
pub(crate) struct TermPhrase {
    pub(crate) term: Term,
    /// One past its last atom, brackets included.
    pub(crate) end: usize,
}

/// One past the term that begins at `at`, or `at` itself.
#[inline]
pub(crate) fn past(text: &Annotated<'_>, at: usize) -> usize {
    read(text, at).map_or(at, |t| t.end)
}

/// Whether a term may begin at `at`.
#[inline]
fn may_begin(text: &Annotated<'_>, at: usize) -> bool {
    text.begins(at).contains(Class::Term)
        || text.atom(at).is_some_and(|a| match a.kind() {
            AtomKind::Mark('(') => true,
            AtomKind::Mark(',') => text.begins(at + 1).contains(Class::Term) && text.is_word(at + 1, "khóa"),
            _ => false,
        })
}

/// The term that begins at `at`, behind a title.
#[inline]
pub(crate) fn read(text: &Annotated<'_>, at: usize) -> Option<TermPhrase> {
    if may_begin(text, at) { Reader { text, term: Term::default() }.phrase(at) } else { None }
}

struct Reader<'a, 't> {
    text: &'a Annotated<'t>,
    term: Term,
}

impl Reader<'_, '_> {
    fn phrase(mut self, at: usize) -> Option<TermPhrase> {
        let open = self.is(at, '(');
        let start = if open || self.is(at, ',') { at + 1 } else { at };
        let mut end = if open { self.item(start).or_else(|| self.years(start)) } else { self.item(start) }?;
        let (mut last, mut closed) = (end, false);
        for _ in 0..MAX_ITEMS {
            let linked = usize::from(self.is_link(end));
            if let Some(next) = self.item(end + linked) {
                (end, last) = (next, next);
            } else if !open && self.is(end, '(') {
                // khóa XV (nhiệm kỳ 2016-2021)
                let aside = self.item(end + 1).or_else(|| self.years(end + 1)).filter(|&e| self.is(e, ')'));
                let Some(aside) = aside else { break };
                (end, last) = (aside + 1, aside + 1);
                break;
            } else {
                break;
            }
        }
        if open {
            closed = self.is(end, ')');
            end += 1;
        }
        let (first, last) = (self.text.atom(start)?.span(), self.text.atom(last - 1)?.span());
        self.term.span = first.cover(last);
        (closed || !open).then_some(TermPhrase { term: self.term, end })
    }

    /// End of the item that begins at `at`.
    fn item(&mut self, at: usize) -> Option<usize> {
        if !self.goes_on(at) {
            return None;
        }
        if self.text.is_word(at, "từ") {
            return self.span_of_years(at + 1);
        }
        let word = self.text.context(at, Class::Term).filter(|m| self.text.cell(*m, 2) == COUNTED)?;
        let mut end = self.value(word.end as usize)?;
        for _ in 0..MAX_ITEMS {
            // A list goes on only with another number: *khóa XIII, 2 nhiệm kỳ* has one.
            let more = self.is_link(end) && self.goes_on(end + 1) && self.is_value(end + 1);
            let Some(next) = more.then(|| self.value(end + 1)).flatten() else { break };
            end = next;
        }
        Some(end)
    }

    /// `năm 2015 đến năm 2020`, `tháng 1/2015 đến nay`, behind *từ*.
    fn span_of_years(&mut self, at: usize) -> Option<usize> {
        let at = self.over_nouns(at);
        let end = self.year(at)?;
        let to = self.text.is_word(end, "đến") || self.text.is_word(end, "tới") || self.is(end, '-');
        if !to || !self.goes_on(end) {
            return Some(end);
        }
        let at = self.over_nouns(end + 1);
        if self.text.is_word(at, "nay") && self.goes_on(at) { Some(at + 1) } else { self.year(at).or(Some(end)) }
    }

    /// Steps over `năm`, `tháng`, `ngày`.
    fn over_nouns(&self, mut at: usize) -> usize {
        for _ in 0..2 {
            at += usize::from(["năm", "tháng", "ngày"].iter().any(|w| self.text.spells(at, w)));
        }
        at
    }

    /// `2016-2021`, `2016 - 2021`.
    fn years(&mut self, at: usize) -> Option<usize> {
        let end = self.year(at)?;
        if self.is(end, '-') { self.year(end + 1).or(Some(end)) } else { Some(end) }
    }

    /// A number of one year or two.
    fn year(&mut self, at: usize) -> Option<usize> {
        let mut found = false;
        if self.goes_on(at) && self.is_digits(at) {
            for year in years_of(self.text.letters(at)) {
                found = true;
                match self.term.from {
                    None => self.term.from = Some(year),
                    Some(_) => self.term.until = Some(year),
                }
            }
        }
        found.then_some(at + 1)
    }

    /// A year, or a number in Arabic or Roman digits.
    fn value(&mut self, at: usize) -> Option<usize> {
        if !self.goes_on(at) {
            return None;
        }
        if let Some(end) = self.year(at) {
            return Some(end);
        }
        let n = self.number(at)?;
        self.term.numbers.push(n);
        Some(at + 1)
    }

    fn is_value(&self, at: usize) -> bool {
        self.is_digits(at) && years_of(self.text.letters(at)).next().is_some() || self.number(at).is_some()
    }

    fn number(&self, at: usize) -> Option<u16> {
        let letters = self.text.letters(at);
        if self.is_digits(at) {
            return letters.parse().ok().filter(|&n| (1..=MAX_NUMBER).contains(&n));
        }
        roman(letters)
    }

    fn is_digits(&self, at: usize) -> bool {
        self.text.atom(at).is_some_and(|a| matches!(a.kind(), AtomKind::Number | AtomKind::Opaque(_)))
    }

    fn is(&self, at: usize, mark: char) -> bool {
        self.goes_on(at) && self.text.atom(at).is_some_and(|a| a.is_mark(mark))
    }

    fn is_link(&self, at: usize) -> bool {
        self.is(at, ',') || self.is(at, '-') || self.text.is_word(at, "và")
    }

    fn goes_on(&self, at: usize) -> bool {
        self.text.atom(at).is_some_and(|a| a.breaks() == 0)
    }
}

/// The years that the runs of digits of an atom name: `2016-2021`, `1/2015`.
fn years_of(letters: &str) -> impl Iterator<Item = u16> {
    let runs = letters.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    runs.filter_map(|digits| digits.parse().ok()).filter(|year| YEARS.contains(year))
}

/// The value of a Roman number in capitals.
fn roman(letters: &str) -> Option<u16> {
    let value = |c: u8| match c {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        _ => None,
    };
    if letters.is_empty() || letters.len() > MAX_ROMAN {
        return None;
    }
    let (mut sum, mut before) = (0u16, 0u16);
    for c in letters.bytes().rev() {
        let n = value(c)?;
        if n < before {
            sum = sum.checked_sub(n)?
        } else {
            sum += n
        }
        before = before.max(n);
    }
    (1..=MAX_NUMBER).contains(&sum).then_some(sum)
}
