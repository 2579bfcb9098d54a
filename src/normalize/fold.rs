//! Folding for search, in four degrees, and what each lets fall together.
//!
//! | degree | *Hoà ấy Đức* | falls together |
//! |---|---|---|
//! | [`Fold::ToneStyle`] | Hòa ấy Đức | Unicode forms, the two tone placements |
//! | [`Fold::Tone`] | Hoa ây Đưc | and the tones |
//! | [`Fold::Mark`] | Hoa ay Đuc | and the marks of ă â ê ô ơ ư; đ stays |
//! | [`Fold::Ascii`] | Hoa ay Duc | and đ with d, and marks on other Latin letters (*ñ, ü*) |
//!
//! Letter case stays. The last three replace characters one by one by table; text in another form than NFC is composed
//! first, so that NFC and NFD fold alike.

use alloc::borrow::Cow;
use alloc::string::String;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Normalizer, Output, TonePlacement, compose};
use crate::span::{Alignment, AlignmentBuilder};
use crate::syllable::plain_letter;

/// How much falls together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fold {
    /// Unicode form and tone placement.
    ToneStyle,
    /// And tones.
    Tone,
    /// And vowel marks; đ stays apart from d.
    Mark,
    /// And đ; marks on other Latin letters.
    Ascii,
}

/// The folded text, borrowed when nothing changes. O(length).
///
/// ```
/// use vanban::normalize::{Fold, fold};
/// assert_eq!(fold("Đặng Thị Hoà", Fold::ToneStyle), "Đặng Thị Hòa");
/// assert_eq!(fold("Đặng Thị Hoà", Fold::Tone), "Đăng Thi Hoa");
/// assert_eq!(fold("Đặng Thị Hoà", Fold::Mark), "Đang Thi Hoa");
/// assert_eq!(fold("Đặng Thị Hoà", Fold::Ascii), "Dang Thi Hoa");
/// ```
#[must_use]
pub fn fold(text: &str, degree: Fold) -> Cow<'_, str> {
    match degree {
        Fold::ToneStyle => tone_style().normalize(text),
        Fold::Tone => letters::<{ TONE }>(text, None),
        Fold::Mark => letters::<{ MARK }>(text, None),
        Fold::Ascii => letters::<{ ASCII }>(text, None),
    }
}

/// [`fold`] with the alignment to the original.
#[must_use]
pub fn fold_aligned(text: &str, degree: Fold) -> (Cow<'_, str>, Alignment) {
    let mut alignment = Alignment::identity();
    let folded = match degree {
        Fold::ToneStyle => return tone_style().normalize_aligned(text),
        Fold::Tone => letters::<{ TONE }>(text, Some(&mut alignment)),
        Fold::Mark => letters::<{ MARK }>(text, Some(&mut alignment)),
        Fold::Ascii => letters::<{ ASCII }>(text, Some(&mut alignment)),
    };
    (folded, alignment)
}

fn tone_style() -> Normalizer {
    Normalizer::builder().tone(TonePlacement::FirstVowel).lookalikes(false).build()
}

const TONE: usize = 0;
const MARK: usize = 1;
const ASCII: usize = 2;

/// What a letter folds to, per degree; NUL: not by table.
static LOW: [[char; 0x1C0]; 3] = table(0);
static HIGH: [[char; 0x60]; 3] = table(0x1EA0);

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn table<const N: usize>(base: u32) -> [[char; N]; 3] {
    let mut out = [['\0'; N]; 3];
    let mut degree = 0;
    while degree < 3 {
        let mut i = 0;
        while i < N {
            if let Some(c) = char::from_u32(base + i as u32) {
                out[degree][i] = plain_letter(c, degree >= MARK, degree == ASCII);
            }
            i += 1;
        }
        degree += 1;
    }
    out
}

/// The character behind the lead byte at `at`: what it folds to (NUL: not by table) and its length in bytes.
#[inline]
fn letter<const DEGREE: usize>(bytes: &[u8], at: usize, lead: u8) -> (char, usize) {
    let next = |k: usize| bytes.get(at + k).map_or(0, |b| usize::from(b & 0x3F));
    let from = |t: Option<&char>| t.copied().unwrap_or('\0');
    match lead {
        0xC3..=0xC6 => (from(LOW.get(DEGREE).and_then(|t| t.get(usize::from(lead & 0x1F) << 6 | next(1)))), 2),
        0xE1 => {
            let c = 0x1000 | next(1) << 6 | next(2);
            (from(HIGH.get(DEGREE).and_then(|t| t.get(c.wrapping_sub(0x1EA0)))), 3)
        }
        0xC2..=0xDF => ('\0', 2),
        0xE0..=0xEF => ('\0', 3),
        _ => ('\0', 4),
    }
}

fn letters<'t, const DEGREE: usize>(text: &'t str, alignment: Option<&mut Alignment>) -> Cow<'t, str> {
    // Nothing to fold, nothing to build.
    let Some(first) = first_change::<DEGREE>(text) else { return Cow::Borrowed(text) };
    match alignment {
        Some(alignment) => {
            let (folded, made) = aligned::<DEGREE>(text, first);
            *alignment = made;
            Cow::Owned(folded)
        }
        None => Cow::Owned(unaligned::<DEGREE>(text, first)),
    }
}

/// The hot loop: bytes to bytes, checked as UTF-8 once at the end (which costs little where the result is ASCII).
fn unaligned<const DEGREE: usize>(text: &str, first: usize) -> String {
    let bytes = text.as_bytes();
    let mut output = Output::with_capacity(text.len());
    output.text.push_str(text.get(..first).unwrap_or(""));
    let (mut at, mut floor) = (first, first);
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            output.settle();
            output.buffer.push(b);
            at += 1;
            continue;
        }
        let out = &mut output.buffer;
        let (folded, len) = letter::<DEGREE>(bytes, at, b);
        if folded != '\0' {
            if folded.is_ascii() {
                out.push(folded as u8);
            } else {
                // Two bytes: ă â ê ô ơ ư đ.
                let c = folded as u32;
                out.push(0xC0 | (c >> 6) as u8);
                out.push(0x80 | (c & 0x3F) as u8);
            }
            at += len;
        } else if let Some((start, end)) = compose::unstable_piece(text, at, floor) {
            // Marks and other scripts: composed with the character before them, which is taken back.
            let before = text.get(start..at).and_then(|t| t.chars().next());
            let written = before.map_or(0, folded_len::<DEGREE>);
            out.truncate(out.len() - written);
            out.extend_from_slice(with_marks::<DEGREE>(text.get(start..end).unwrap_or("")).0.as_bytes());
            (at, floor) = (end, end);
        } else {
            let original = text.get(at..at + len).unwrap_or("");
            match (DEGREE == ASCII).then(|| ascii_base(original)).flatten() {
                Some(base) => out.push(base),
                None => out.extend_from_slice(original.as_bytes()),
            }
            at += len;
        }
    }
    output.finish()
}

/// Bytes that a character folds to.
fn folded_len<const DEGREE: usize>(c: char) -> usize {
    let mut buffer = [0; 4];
    let original = c.encode_utf8(&mut buffer);
    let lead = original.bytes().next().unwrap_or(0);
    if lead < 0x80 {
        return 1;
    }
    match letter::<DEGREE>(original.as_bytes(), 0, lead).0 {
        '\0' if DEGREE == ASCII && ascii_base(original).is_some() => 1,
        '\0' => c.len_utf8(),
        folded => folded.len_utf8(),
    }
}

/// The combining marks that a degree drops.
fn is_dropped<const DEGREE: usize>(c: char) -> bool {
    match c {
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => true,
        '\u{302}' | '\u{306}' | '\u{31B}' => DEGREE >= MARK,
        c => DEGREE == ASCII && is_combining_mark(c),
    }
}

/// Composes, folds letter by letter and drops the marks that the degree drops, until nothing changes. For short pieces.
fn with_marks<const DEGREE: usize>(piece: &str) -> (String, Alignment) {
    let (composed, mut so_far) = compose::nfc_aligned(piece);
    let mut current = composed.into_owned();
    loop {
        let mut folded = String::with_capacity(current.len());
        let mut step = Alignment::builder();
        for c in current.chars() {
            let original = c.encode_utf8(&mut [0; 4]).len();
            if is_dropped::<DEGREE>(c) {
                step.replace(original, 0);
                continue;
            }
            let to = folded_char::<DEGREE>(c);
            folded.push(to);
            if to == c { step.keep(original) } else { step.replace(original, to.len_utf8()) }
        }
        let (next, last) = compose::nfc_aligned(&folded);
        so_far = so_far.then(&step.build()).then(&last);
        let settled = next == current;
        current = next.into_owned();
        if settled {
            return (current, so_far);
        }
    }
}

fn folded_char<const DEGREE: usize>(c: char) -> char {
    let mut buffer = [0; 4];
    let original = c.encode_utf8(&mut buffer);
    let lead = original.bytes().next().unwrap_or(0);
    if lead < 0x80 {
        return c;
    }
    match letter::<DEGREE>(original.as_bytes(), 0, lead).0 {
        '\0' if DEGREE == ASCII => ascii_base(original).map_or(c, char::from),
        '\0' => c,
        folded => folded,
    }
}

/// The ASCII letter under the marks of a Latin letter: ñ → n.
fn ascii_base(original: &str) -> Option<u8> {
    let mut parts = original.nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    parts.all(is_combining_mark).then_some(base as u8)
}

/// Where the first character stands that folding or composition changes; the character before it, as marks belong there.
fn first_change<const DEGREE: usize>(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // The letter that the marks before `at` stand on.
    let before = |at: usize| {
        let letters = text.get(..at).unwrap_or("").trim_end_matches(is_combining_mark);
        letters.char_indices().next_back().map_or(0, |(i, _)| i)
    };
    let mut is_composed = false;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            at += 1;
            continue;
        }
        let (folded, len) = letter::<DEGREE>(bytes, at, b);
        let original = text.get(at..at + len).unwrap_or("");
        let stays = match folded {
            '\0' => DEGREE != ASCII || ascii_base(original).is_none(),
            c => original.starts_with(c),
        };
        if !stays || b >= 0xCC && original.starts_with(is_dropped::<DEGREE>) {
            return Some(before(at));
        }
        // From the first character on that composition may touch, the rest is looked at once.
        if b >= 0xCC && !is_composed {
            if !compose::is_nfc(text.get(before(at)..).unwrap_or("")) {
                return Some(before(at));
            }
            is_composed = true;
        }
        at += len;
    }
    None
}

fn aligned<const DEGREE: usize>(text: &str, first: usize) -> (String, Alignment) {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut alignment = Alignment::builder();
    let (mut run, mut at) = (0, first);
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            at += 1;
            continue;
        }
        let (folded, len) = letter::<DEGREE>(bytes, at, b);
        let original = text.get(at..at + len).unwrap_or("");
        let keep = |to: usize, out: &mut String, alignment: &mut AlignmentBuilder| {
            let kept = text.get(run..to).unwrap_or("");
            out.push_str(kept);
            alignment.keep(kept.len());
        };
        if folded == '\0' {
            // A letter before the marks that was changed already is not taken back: it cannot be, a changed letter of
            // the table has no composition with what follows but through `unstable_piece` of its own start.
            if let Some((start, end)) = compose::unstable_piece(text, at, run.max(first)) {
                keep(start, &mut out, &mut alignment);
                let (piece, step) = with_marks::<DEGREE>(text.get(start..end).unwrap_or(""));
                let mut done = 0;
                for c in step.changes() {
                    alignment.keep(c.original.start - done);
                    alignment.replace(c.original.len(), c.output.len());
                    done = c.original.end;
                }
                alignment.keep((end - start).saturating_sub(done));
                out.push_str(&piece);
                (run, at) = (end, end);
                continue;
            }
        }
        let replacement = match folded {
            '\0' if DEGREE == ASCII => ascii_base(original).map(char::from),
            '\0' => None,
            c => Some(c).filter(|c| !original.starts_with(*c)),
        };
        // A letter that marks follow belongs to their piece.
        let marked = replacement.is_some() && matches!(bytes.get(at + len), Some(0xCC | 0xCD));
        if let Some(c) = replacement.filter(|_| !marked) {
            keep(at, &mut out, &mut alignment);
            out.push(c);
            alignment.replace(len, c.len_utf8());
            run = at + len;
        }
        at += len;
    }
    out.push_str(text.get(run..).unwrap_or(""));
    (out, alignment.build())
}
