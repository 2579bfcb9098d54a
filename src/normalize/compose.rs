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

use crate::span::{Alignment, AlignmentBuilder};
use crate::syllable::COMPOSED;

/// Receives the output piece by piece; what is not wanted costs nothing.
trait Sink {
    /// Bytes of the input that stay.
    fn keep(&mut self, text: &str);
    /// `len` bytes of the input became `output`.
    fn replace(&mut self, len: usize, output: &str);
    fn replace_char(&mut self, len: usize, output: char) {
        self.replace(len, output.encode_utf8(&mut [0; 4]));
    }
}

struct Text(String);

impl Sink for Text {
    fn keep(&mut self, text: &str) {
        self.0.push_str(text);
    }
    fn replace(&mut self, _: usize, output: &str) {
        self.0.push_str(output);
    }
    fn replace_char(&mut self, _: usize, output: char) {
        self.0.push(output);
    }
}

struct Aligned {
    text: String,
    alignment: AlignmentBuilder,
}

impl Sink for Aligned {
    fn keep(&mut self, text: &str) {
        self.text.push_str(text);
        self.alignment.keep(text.len());
    }
    fn replace(&mut self, len: usize, output: &str) {
        self.text.push_str(output);
        self.alignment.replace(len, output.len());
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
        Some(from) => {
            let (kept, rest) = text.split_at_checked(from).unwrap_or(("", text));
            let mut out = Text(String::with_capacity(text.len()));
            out.keep(kept);
            compose(rest, &mut out);
            Cow::Owned(out.0)
        }
    }
}

/// [`nfc`] with the alignment to the input.
#[must_use]
pub fn nfc_aligned(text: &str) -> (Cow<'_, str>, Alignment) {
    let Some(from) = first_change(text) else { return (Cow::Borrowed(text), Alignment::identity()) };
    let (kept, rest) = text.split_at_checked(from).unwrap_or(("", text));
    let mut out = Aligned { text: String::with_capacity(text.len()), alignment: Alignment::builder() };
    out.keep(kept);
    compose(rest, &mut out);
    (Cow::Owned(out.text), out.alignment.build())
}

/// The text in NFD, borrowed when it is already. Equal to `text.nfd().collect()` byte for byte. O(length).
#[must_use]
pub fn nfd(text: &str) -> Cow<'_, str> {
    nfd_aligned(text).0
}

/// [`nfd`] with the alignment to the input.
#[must_use]
pub fn nfd_aligned(text: &str) -> (Cow<'_, str>, Alignment) {
    let mut out = Aligned { text: String::new(), alignment: Alignment::builder() };
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
        let len = chars.find(|&(_, c)| canonical_combining_class(c) == 0).map_or(rest.len(), |(i, _)| i);
        let (segment, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        if segment.is_ascii() || segment.chars().eq(segment.nfd()) {
            kept += segment.len();
        } else {
            let start = text.len() - rest.len();
            if !changed {
                out.text.reserve(text.len() * 3 / 2);
                changed = true;
            }
            out.keep(text.get(start - kept..start).unwrap_or(""));
            out.replace(segment.len(), &segment.nfd().collect::<String>());
            kept = 0;
        }
        rest = tail;
    }
    if !changed {
        return (Cow::Borrowed(text), Alignment::identity());
    }
    out.keep(text.get(text.len() - kept..).unwrap_or(""));
    (Cow::Owned(out.text), out.alignment.build())
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
    while let Some(&b) = bytes.get(at) {
        at += match b {
            0..0x80 => 1,
            0xC2..=0xCB => 2,
            0xE1 if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
            0xE2 if is_stable_punctuation(bytes.get(at + 1), bytes.get(at + 2)) => 3,
            _ => break,
        };
    }
    at
}

/// U+2000–U+20FF without the two quads that change and without combining marks for symbols.
fn is_stable_punctuation(second: Option<&u8>, third: Option<&u8>) -> bool {
    match second {
        Some(0x80) => !matches!(third, Some(0x80 | 0x81)),
        Some(0x81 | 0x82) => true,
        _ => false,
    }
}

fn compose(text: &str, out: &mut impl Sink) {
    let bytes = text.as_bytes();
    let mut run = 0;
    let mut at = 0;
    loop {
        at += stable_len(bytes.get(at..).unwrap_or_default());
        if at >= bytes.len() {
            break;
        }
        // An ASCII vowel with one or two marks of Vietnamese.
        if let Some((len, composed)) = vowel_with_marks(bytes, at) {
            if at > run {
                out.keep(text.get(run..at - 1).unwrap_or(""));
                out.replace_char(len + 1, composed);
                at += len;
                run = at;
                continue;
            }
        }
        let start = previous_char(text, at).max(run);
        let end = piece_end(text, at);
        let piece = text.get(start..end).unwrap_or("");
        if !piece.chars().eq(piece.nfc()) {
            out.keep(text.get(run..start).unwrap_or(""));
            out.replace(piece.len(), &piece.nfc().collect::<String>());
            run = end;
        }
        at = end;
    }
    out.keep(text.get(run..).unwrap_or(""));
}

/// The marks at `at` behind an ASCII vowel: their length and the composed letter, if no other mark follows.
#[inline]
fn vowel_with_marks(bytes: &[u8], at: usize) -> Option<(usize, char)> {
    let base = bytes.get(at.checked_sub(1)?)?;
    let first = mark(bytes.get(at..at + 2)?)?;
    let second = bytes.get(at + 2..at + 4).and_then(mark);
    let len = if second.is_some() { 4 } else { 2 };
    // What follows must join nothing: an ASCII or Latin letter, or the end.
    if !matches!(bytes.get(at + len), None | Some(0..0x80 | 0xC2..=0xCB)) {
        return None;
    }
    let composed = COMPOSED.get(usize::from(base & 63))?.get(first)?.get(second.unwrap_or(8))?;
    let is_letter = base & 0xC0 == 0x40;
    (is_letter && *composed != '\0').then_some((len, *composed))
}

/// Number of a Vietnamese combining mark in [`COMPOSED`].
#[inline]
fn mark(bytes: &[u8]) -> Option<usize> {
    Some(match bytes {
        [0xCC, 0x82] => 0,
        [0xCC, 0x86] => 1,
        [0xCC, 0x9B] => 2,
        [0xCC, 0x80] => 3,
        [0xCC, 0x81] => 4,
        [0xCC, 0x89] => 5,
        [0xCC, 0x83] => 6,
        [0xCC, 0xA3] => 7,
        _ => return None,
    })
}
