//! Unicode normalisation forms with alignment: NFC and NFD, byte for byte those of `unicode-normalization`.
//!
//! NFC: bytes are skipped while they begin characters that composition leaves alone (Latin letters, general punctuation).
//! At a combining mark behind an ASCII vowel, the usual shape of Vietnamese in NFD, the letter and its one or two marks
//! are composed from a table. Everything else (marks on other letters, three marks, other scripts) goes through
//! `unicode-normalization` in pieces that end before a character which never joins what stands before it.
//!
//! Why: the general algorithm decomposes and sorts every character (some 40 MB/s); nearly all input needs neither.

use alloc::borrow::Cow;
use alloc::string::String;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::Output;
use crate::span::{Alignment, AlignmentBuilder};
use crate::syllable::COMPOSED;

/// What is written down about each change; nothing, if nobody asks.
pub(super) trait Track {
    /// `kept` bytes stayed, then `from` bytes became `to` bytes.
    fn change(&mut self, kept: usize, from: usize, to: usize);
}

/// Writes nothing down.
pub(super) struct Untracked;

impl Track for Untracked {
    #[inline]
    fn change(&mut self, _: usize, _: usize, _: usize) {}
}

impl Track for AlignmentBuilder {
    #[inline]
    fn change(&mut self, kept: usize, from: usize, to: usize) {
        self.keep(kept);
        self.replace(from, to);
    }
}

/// The text in NFC, borrowed when it is already. Equal to `text.nfc().collect()` byte for byte. O(length).
///
/// ```
/// use std::borrow::Cow;
/// assert_eq!(vanban::normalize::nfc("Vie\u{323}\u{302}t"), "Việt");
/// assert!(matches!(vanban::normalize::nfc("Việt"), Cow::Borrowed(_)));
/// ```
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    match first_change(text) {
        None => Cow::Borrowed(text),
        Some(from) => Cow::Owned(compose(text, from, &mut Untracked)),
    }
}

/// [`nfc`] with the alignment to the input.
#[must_use]
pub fn nfc_aligned(text: &str) -> (Cow<'_, str>, Alignment) {
    let Some(from) = first_change(text) else { return (Cow::Borrowed(text), Alignment::identity()) };
    let mut alignment = Alignment::builder();
    // In Vietnamese text in NFD some seventh byte begins a change.
    alignment.reserve((text.len() - from) / 7);
    let composed = compose(text, from, &mut alignment);
    (Cow::Owned(composed), alignment.build())
}

/// The text in NFD, borrowed when it is already. Equal to `text.nfd().collect()` byte for byte. O(length).
#[must_use]
pub fn nfd(text: &str) -> Cow<'_, str> {
    nfd_aligned(text).0
}

/// [`nfd`] with the alignment to the input.
#[must_use]
pub fn nfd_aligned(text: &str) -> (Cow<'_, str>, Alignment) {
    let (mut out, mut alignment) = (String::new(), Alignment::builder());
    let mut changed = false;
    let mut rest = text;
    let mut kept = 0;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|b| b >= 0x80).unwrap_or(rest.len());
        // The last ASCII character belongs to the marks behind it, which may have to be sorted.
        let skip = if ascii == rest.len() { ascii } else { ascii.saturating_sub(1) };
        kept += skip;
        rest = rest.get(skip..).unwrap_or("");
        let mut chars = rest.char_indices().skip(1);
        // Some characters of class 0 decompose into marks (U+0F73): what they begin with decides.
        let starts = |c: char| {
            c.is_ascii() || core::iter::once(c).nfd().next().is_none_or(|first| canonical_combining_class(first) == 0)
        };
        let len = chars.find(|&(_, c)| starts(c)).map_or(rest.len(), |(i, _)| i);
        let (segment, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        if segment.is_ascii() || segment.chars().eq(segment.nfd()) {
            kept += segment.len();
        } else {
            let start = text.len() - rest.len();
            if !changed {
                out.reserve(text.len() * 3 / 2);
                changed = true;
            }
            out.push_str(text.get(start - kept..start).unwrap_or(""));
            let before = out.len();
            out.extend(segment.nfd());
            alignment.change(kept, segment.len(), out.len() - before);
            kept = 0;
        }
        rest = tail;
    }
    if !changed {
        return (Cow::Borrowed(text), Alignment::identity());
    }
    out.push_str(text.get(text.len() - kept..).unwrap_or(""));
    (Cow::Owned(out), alignment.build())
}

/// Whether the text is in NFC. O(length).
#[must_use]
pub fn is_nfc(text: &str) -> bool {
    first_change(text).is_none()
}

/// Where the first character stands that composition may touch, with the character before it; `None` for NFC.
fn first_change(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let stop = at + stable_len(text.as_bytes().get(at..)?);
        if stop == text.len() {
            return None;
        }
        let start = previous_char(text, stop).max(at);
        let end = piece_end(text, stop);
        let piece = text.get(start..end)?;
        if !piece.chars().eq(piece.nfc()) {
            return Some(start);
        }
        at = end;
    }
}

/// Where the character at `at` may compose or be one of several: the piece from the character before it (not before
/// `floor`) to the next that joins nothing; `None` for a character that composition leaves alone.
pub(super) fn unstable_piece(text: &str, at: usize, floor: usize) -> Option<(usize, usize)> {
    (stable_step(text.as_bytes(), at) == 0).then(|| (previous_char(text, at).max(floor), piece_end(text, at)))
}

/// Start of the character before `at`, or `at` at the beginning.
fn previous_char(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|t| t.chars().next_back()).map_or(at, |c| at - c.len_utf8())
}

/// End of the piece whose unstable part begins at `at`: the next character that joins nothing before it.
fn piece_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let joins_nothing = |c: char| {
        c.is_ascii() || canonical_combining_class(c) == 0 && is_nfc_quick(core::iter::once(c)) == IsNormalized::Yes
    };
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(first..).and_then(|r| r.find(joins_nothing)).map_or(text.len(), |i| at + first + i)
}

/// Bytes of the longest prefix whose characters composition leaves alone, whatever follows but marks.
#[inline]
fn stable_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match stable_step(bytes, at) {
            0 => return at,
            step => at += step,
        }
    }
}

/// Bytes of the character at `at` if composition leaves it alone, else 0.
#[inline]
fn stable_step(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(0..0x80) => 1,
        Some(0xC2..=0xCB) => 2,
        Some(0xE1) if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
        Some(0xE2) if is_stable_punctuation(bytes.get(at + 1), bytes.get(at + 2)) => 3,
        _ => 0,
    }
}

/// U+2000–U+20FF without the two quads that change and without combining marks for symbols.
fn is_stable_punctuation(second: Option<&u8>, third: Option<&u8>) -> bool {
    match second {
        Some(0x80) => !matches!(third, Some(0x80 | 0x81)),
        Some(0x81 | 0x82) => true,
        _ => false,
    }
}

/// Composes from byte `from` on; everything before stays.
fn compose(text: &str, from: usize, track: &mut impl Track) -> String {
    let bytes = text.as_bytes();
    let mut output = Output::with_capacity(text.len());
    output.text.push_str(text.get(..from).unwrap_or(""));
    // `run`: behind the last change; the bytes from there on are written as they are.
    let (mut run, mut at) = (0, from);
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            // Marks join this letter or a later one: what was written stays.
            output.settle();
        }
        let out = &mut output.buffer;
        if b < 0x80 {
            // Four letters at once where no mark is near.
            if let Some(four) = bytes.get(at..at + 4).filter(|f| f.is_ascii()) {
                out.extend_from_slice(four);
                at += 4;
            } else {
                out.push(b);
                at += 1;
            }
            continue;
        }
        if b == 0xCC
            && at > run
            && let Some((len, composed)) = vowel_with_marks(bytes, at)
        {
            out.pop();
            let c = composed as u32;
            let to = if c < 0x800 {
                out.push(0xC0 | (c >> 6) as u8);
                2
            } else {
                out.push(0xE0 | (c >> 12) as u8);
                out.push(0x80 | (c >> 6 & 0x3F) as u8);
                3
            };
            out.push(0x80 | (c & 0x3F) as u8);
            track.change(at - 1 - run, len + 1, to);
            at += len;
            run = at;
            continue;
        }
        let step = stable_step(bytes, at);
        if step > 0 {
            out.extend_from_slice(bytes.get(at..at + step).unwrap_or_default());
            at += step;
            continue;
        }
        let start = previous_char(text, at).max(run).max(from);
        let end = piece_end(text, at);
        let piece = text.get(start..end).unwrap_or("");
        // The character before the marks is taken back.
        out.truncate(out.len() - (at - start));
        if piece.chars().eq(piece.nfc()) {
            out.extend_from_slice(piece.as_bytes());
        } else {
            let before = out.len();
            piece.nfc().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
            track.change(start - run, piece.len(), out.len() - before);
            run = end;
        }
        at = end;
    }
    output.finish()
}

/// The marks at `at` behind an ASCII vowel: their length and the composed letter, if no other mark follows.
#[inline]
fn vowel_with_marks(bytes: &[u8], at: usize) -> Option<(usize, char)> {
    let [base, 0xCC, first, rest @ ..] = bytes.get(at.checked_sub(1)?..)? else { return None };
    let (second, len, next) = match rest {
        [0xCC, second, next @ ..] => (mark(*second), 4, next.first()),
        next => (NO_MARK, 2, next.first()),
    };
    // What follows must join nothing: an ASCII or Latin letter, or the end.
    if !matches!(next, None | Some(0..0x80 | 0xC2..=0xCB)) {
        return None;
    }
    let composed = COMPOSED.get(usize::from(base & 63))?.get(mark(*first))?.get(second)?;
    (base & 0xC0 == 0x40 && *composed != '\0').then_some((len, *composed))
}

/// Index of no mark in [`COMPOSED`].
const NO_MARK: usize = 8;

/// Index in [`COMPOSED`] of the mark U+0300–U+033F with this second byte; out of range for marks that are none of ours.
#[inline]
fn mark(second: u8) -> usize {
    const OTHER: u8 = 255;
    const MARKS: [u8; 64] = {
        let mut t = [OTHER; 64];
        t[0x02] = 0;
        t[0x06] = 1;
        t[0x1B] = 2;
        t[0x00] = 3;
        t[0x01] = 4;
        t[0x09] = 5;
        t[0x03] = 6;
        t[0x23] = 7;
        t
    };
    MARKS.get(usize::from(second & 63)).map_or(usize::from(OTHER), |&i| usize::from(i))
}
