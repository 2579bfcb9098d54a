//! Where a result stands in the caller's text: [`Span`] and [`Alignment`].
//!
//! A [`Span`] is a half-open range of UTF-8 bytes. An [`Alignment`] ties a text that was derived from another
//! (normalised, expanded, repaired) to its original: it keeps only the stretches that differ, so an unchanged text
//! of any length costs nothing (24 bytes, no heap) and a changed one 32 bytes per change.
//!
//! Why not one offset per byte: a normalised 1 MB article has a few hundred changes; a table of offsets would be
//! eight times the text and would have to be built even when nothing changed.
//!
//! Invariants: changes are sorted and disjoint on both sides; between two changes both texts are equal byte for byte.

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// A half-open range of UTF-8 bytes, `start..end`, on character boundaries of the text it was made for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    #[inline]
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers no byte.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The span as a range.
    #[inline]
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The bytes of `text` under the span, or `""` when the span does not fit `text`.
    ///
    /// ```
    /// use vanban::Span;
    /// assert_eq!(Span::new(5, 12).of("ông Thịnh"), "Thịnh");
    /// assert_eq!(Span::new(1, 99).of("ông Thịnh"), "");
    /// ```
    #[inline]
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether both spans share at least one byte.
    #[inline]
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span.
    #[inline]
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[inline]
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same place counted in characters (Unicode scalar values) of `text`. Linear in `end`.
    #[must_use]
    pub fn in_chars(self, text: &str) -> Range<usize> {
        self.counted(text, |_| 1)
    }

    /// The same place counted in UTF-16 code units of `text`, as JavaScript, Java and C# count. Linear in `end`.
    ///
    /// ```
    /// use vanban::Span;
    /// assert_eq!(Span::new(5, 12).in_utf16("ông Thịnh"), 4..9);
    /// ```
    #[must_use]
    pub fn in_utf16(self, text: &str) -> Range<usize> {
        self.counted(text, char::len_utf16)
    }

    fn counted(self, text: &str, unit: impl Fn(char) -> usize) -> Range<usize> {
        let mut start = 0;
        let mut end = 0;
        for (at, c) in text.char_indices() {
            if at >= self.end {
                break;
            }
            if at < self.start {
                start += unit(c);
            }
            end += unit(c);
        }
        start..end.max(start)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(r: Range<usize>) -> Self {
        Self::new(r.start, r.end)
    }
}

/// One stretch that differs: `original` bytes of the source became `output` bytes of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the original text; empty for an insertion.
    pub original: Span,
    /// Bytes of the output text; empty for a deletion.
    pub output: Span,
}

/// Ties the bytes of an output text to the bytes of the text it was made from, in both directions.
///
/// ```
/// use vanban::{Alignment, Span};
/// let mut a = Alignment::builder();
/// a.keep(8);            // "ông Chủ " … copied
/// a.replace(4, 24);     // "UBND" became "Ủy ban nhân dân"
/// a.keep(1);
/// let a = a.build();
/// assert_eq!(a.to_original(Span::new(10, 20)), Span::new(8, 12));
/// assert_eq!(a.to_output(Span::new(8, 12)), Span::new(8, 32));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    changes: Vec<Change>,
}

impl Alignment {
    /// The alignment of a text with itself.
    #[must_use]
    pub const fn identity() -> Self {
        Self { changes: Vec::new() }
    }

    /// Starts an alignment that is written from left to right.
    #[must_use]
    pub const fn builder() -> AlignmentBuilder {
        AlignmentBuilder { changes: Vec::new(), original: 0, output: 0 }
    }

    /// Whether output and original are equal.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.changes.is_empty()
    }

    /// The stretches that differ, from left to right.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The smallest span of the original that produced `output`. A span that cuts through a change is widened to the
    /// whole change, since its inside has no finer correspondence. O(log changes).
    #[must_use]
    pub fn to_original(&self, output: Span) -> Span {
        map(&self.changes, output, |c| c.output, |c| c.original)
    }

    /// The smallest span of the output that `original` became; widened as in [`to_original`](Self::to_original).
    #[must_use]
    pub fn to_output(&self, original: Span) -> Span {
        map(&self.changes, original, |c| c.original, |c| c.output)
    }

    /// The alignment of two steps in a row: `self` made the middle text, `next` made the output from it.
    ///
    /// Changes that touch in the middle text melt into one, so the result maps a span to the same place as the two
    /// steps do, or, where the changes of the steps overlap in part, to a wider one; never to a narrower one.
    /// O(changes of both).
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let mut out: Vec<Change> = Vec::with_capacity(self.changes.len() + next.changes.len());
        let (mut a, mut b) = (self.changes.iter().peekable(), next.changes.iter().peekable());
        // Offsets of what follows the changes already taken: original - middle, output - middle.
        let (mut to_original, mut to_output) = (0isize, 0isize);
        loop {
            let middle_of = |x: Option<&&Change>, y: Option<&&Change>| match (x, y) {
                (Some(x), Some(y)) if x.output.start <= y.original.start => Some((x.output, true)),
                (_, Some(y)) => Some((y.original, false)),
                (Some(x), None) => Some((x.output, true)),
                (None, None) => None,
            };
            let Some((mut middle, _)) = middle_of(a.peek(), b.peek()) else { break };
            let (first_original, first_output) = (to_original, to_output);
            // Grow the group while a change of either step touches it.
            loop {
                if let Some(x) = a.next_if(|x| x.output.start <= middle.end) {
                    middle = middle.cover(x.output);
                    to_original = signed(x.original.end) - signed(x.output.end);
                } else if let Some(y) = b.next_if(|y| y.original.start <= middle.end) {
                    middle = middle.cover(y.original);
                    to_output = signed(y.output.end) - signed(y.original.end);
                } else {
                    break;
                }
            }
            let shift = |at: usize, by: isize| at.saturating_add_signed(by);
            out.push(Change {
                original: Span::new(shift(middle.start, first_original), shift(middle.end, to_original)),
                output: Span::new(shift(middle.start, first_output), shift(middle.end, to_output)),
            });
        }
        Self { changes: out }
    }
}

/// Offsets into a `str` fit `isize` by Rust's own limit on allocations.
fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}

fn map(changes: &[Change], span: Span, from: impl Fn(&Change) -> Span, to: impl Fn(&Change) -> Span) -> Span {
    // Start: the first change that ends after it decides; an empty change exactly at the start lies before it.
    let i = changes.partition_point(|c| from(c).end <= span.start);
    let shifted = |k: usize, at: usize| match k.checked_sub(1).and_then(|k| changes.get(k)) {
        Some(c) => at.saturating_sub(from(c).end).saturating_add(to(c).end),
        None => at,
    };
    let start = match changes.get(i) {
        Some(c) if from(c).start <= span.start && span.start < from(c).end => to(c).start,
        _ => shifted(i, span.start),
    };
    if span.end <= span.start {
        return Span::new(start, start);
    }
    // End: the last change that starts before it decides; an empty change exactly at the end lies after it.
    let j = changes.partition_point(|c| from(c).start < span.end);
    let end = match j.checked_sub(1).and_then(|j| changes.get(j)) {
        Some(c) if span.end <= from(c).end => to(c).end,
        _ => shifted(j, span.end),
    };
    Span::new(start, end.max(start))
}

/// Writes an [`Alignment`] from left to right.
#[derive(Clone, Debug)]
pub struct AlignmentBuilder {
    changes: Vec<Change>,
    original: usize,
    output: usize,
}

impl AlignmentBuilder {
    /// `len` bytes were copied unchanged.
    pub fn keep(&mut self, len: usize) {
        self.original += len;
        self.output += len;
    }

    /// `original_len` bytes became `output_len` bytes. Adjacent changes stay apart.
    pub fn replace(&mut self, original_len: usize, output_len: usize) {
        let original = Span::new(self.original, self.original + original_len);
        let output = Span::new(self.output, self.output + output_len);
        (self.original, self.output) = (original.end, output.end);
        if original_len > 0 || output_len > 0 {
            self.changes.push(Change { original, output });
        }
    }

    /// Makes room for so many more changes.
    pub fn reserve(&mut self, changes: usize) {
        self.changes.reserve(changes);
    }

    /// Bytes of the original consumed so far.
    #[must_use]
    pub const fn original_len(&self) -> usize {
        self.original
    }

    /// The finished alignment.
    #[must_use]
    pub fn build(self) -> Alignment {
        Alignment { changes: self.changes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;

    /// A script of steps: (kept bytes, original bytes replaced, output bytes written).
    fn alignment(steps: &[(usize, usize, usize)]) -> (Alignment, usize, usize) {
        let mut b = Alignment::builder();
        let (mut original, mut output) = (0, 0);
        for &(keep, from, to) in steps {
            b.keep(keep);
            b.replace(from, to);
            original += keep + from;
            output += keep + to;
        }
        b.keep(5);
        (b.build(), original + 5, output + 5)
    }

    #[test]
    fn maps_a_replacement_both_ways() {
        let (a, original, output) = alignment(&[(3, 4, 10), (2, 2, 0), (1, 0, 3)]);
        assert_eq!((original, output), (17, 24));
        assert_eq!(a.to_original(Span::new(0, 3)), Span::new(0, 3));
        assert_eq!(a.to_original(Span::new(4, 6)), Span::new(3, 7));
        assert_eq!(a.to_original(Span::new(13, 15)), Span::new(7, 9));
        // The deletion of original 9..11 lies at output 15: outside of both neighbours.
        assert_eq!(a.to_original(Span::new(15, 16)), Span::new(11, 12));
        assert_eq!(a.to_output(Span::new(9, 11)), Span::new(15, 15));
        // The insertion at original 12 is output 16..19.
        assert_eq!(a.to_original(Span::new(16, 19)), Span::new(12, 12));
        assert_eq!(a.to_output(Span::new(12, 17)), Span::new(19, 24));
        assert_eq!(a.to_output(Span::new(11, 12)), Span::new(15, 16));
    }

    #[test]
    fn counts_characters_and_utf16_units() {
        let text = "𝄞 Ủy ban";
        let at = text.find("ban").unwrap();
        assert_eq!(Span::new(at, at + 3).in_chars(text), 5..8);
        assert_eq!(Span::new(at, at + 3).in_utf16(text), 6..9);
    }

    fn steps() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        prop::collection::vec((1usize..4, 0usize..4, 0usize..4), 0..8)
    }

    proptest! {
        #[test]
        fn there_and_back_covers(s in steps(), from in 0usize..20, len in 1usize..12) {
            let (a, original, output) = alignment(&s);
            let r = Span::new(from.min(output - 1), (from + len).min(output));
            prop_assume!(!r.is_empty());
            let o = a.to_original(r);
            prop_assert!(o.end <= original);
            if !o.is_empty() {
                prop_assert!(a.to_output(o).contains(r) || a.changes().iter().any(|c| c.original.is_empty()));
            }
        }

        #[test]
        fn spans_of_kept_bytes_are_exact(s in steps()) {
            // Rebuild both texts: kept bytes carry unique numbers, changed ones do not.
            let mut b = Alignment::builder();
            let (mut source, mut result, mut n) = (Vec::new(), Vec::new(), 0u32);
            for &(keep, from, to) in &s {
                for _ in 0..keep { n += 1; source.push(n); result.push(n); }
                b.keep(keep);
                source.extend(core::iter::repeat_n(0, from));
                result.extend(core::iter::repeat_n(0, to));
                b.replace(from, to);
            }
            let a = b.build();
            for (i, &x) in result.iter().enumerate().filter(|p| *p.1 > 0) {
                let o = a.to_original(Span::new(i, i + 1));
                prop_assert_eq!(&source[o.range()], &[x]);
                prop_assert_eq!(a.to_output(o), Span::new(i, i + 1));
            }
        }

        #[test]
        fn two_steps_compose(s in steps(), t in steps(), from in 0usize..30, len in 1usize..12) {
            let (a, original, middle) = alignment(&s);
            // The second script must fit the middle text: cut it where that ends.
            let mut b = Alignment::builder();
            let mut output = 0;
            for &(keep, f, to) in &t {
                if b.original_len() + keep + f > middle { break; }
                b.keep(keep); b.replace(f, to);
                output += keep + to;
            }
            let rest = middle - b.original_len();
            b.keep(rest);
            output += rest;
            let b = b.build();
            let c = a.then(&b);
            let r = Span::new(from.min(output.saturating_sub(1)), (from + len).min(output));
            prop_assume!(!r.is_empty());
            let (one, two) = (c.to_original(r), a.to_original(b.to_original(r)));
            prop_assert!(one.end <= original);
            prop_assert!(two.is_empty() || one.contains(two), "{one:?} {two:?}");
            // Steps whose changes keep a distance compose exactly.
            let apart = a.changes().iter().all(|x| b.changes().iter().all(|y|
                x.output.end < y.original.start || y.original.end < x.output.start));
            if apart { prop_assert_eq!(one, two); }
            prop_assert_eq!(Alignment::identity().then(&a), a.clone());
            prop_assert_eq!(a.then(&Alignment::identity()), a);
        }
    }

    #[test]
    fn debug_is_a_range() {
        let mut s = String::new();
        core::fmt::write(&mut s, format_args!("{:?}", Span::new(1, 4))).unwrap();
        assert_eq!(s, "1..4");
    }
}
