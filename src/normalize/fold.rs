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
use alloc::vec::Vec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Normalizer, TonePlacement, compose};
use crate::span::Alignment;
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
    let bytes = text.as_bytes();
    let Some(first) = first_change::<DEGREE>(text) else { return Cow::Borrowed(text) };
    if has_marks(bytes.get(first..).unwrap_or_default()) {
        return with_marks::<DEGREE>(text, alignment);
    }
    if let Some(alignment) = alignment {
        let (folded, made) = aligned::<DEGREE>(text, first);
        *alignment = made;
        return Cow::Owned(folded);
    }
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    out.extend_from_slice(bytes.get(..first).unwrap_or_default());
    let mut at = first;
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 {
            out.push(b);
            at += 1;
            continue;
        }
        let (folded, len) = letter::<DEGREE>(bytes, at, b);
        if folded.is_ascii() && folded != '\0' {
            out.push(folded as u8);
        } else {
            push_other::<DEGREE>(text, at, len, folded, &mut out);
        }
        at += len;
    }
    // Every byte came from a character of the text or of the table.
    Cow::Owned(String::from_utf8(out).unwrap_or_default())
}

/// Whether combining marks or other characters stand there that composition may touch.
fn has_marks(bytes: &[u8]) -> bool {
    bytes.iter().any(|&b| matches!(b, 0xCC | 0xCD)) || core::str::from_utf8(bytes).is_ok_and(|t| !compose::is_nfc(t))
}

/// The combining marks that a degree drops.
fn is_dropped<const DEGREE: usize>(c: char) -> bool {
    match c {
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => true,
        '\u{302}' | '\u{306}' | '\u{31B}' => DEGREE >= MARK,
        c => DEGREE == ASCII && is_combining_mark(c),
    }
}

/// Composes, folds letter by letter and drops the marks that the degree drops, until nothing changes.
fn with_marks<'t, const DEGREE: usize>(text: &'t str, alignment: Option<&mut Alignment>) -> Cow<'t, str> {
    let (composed, mut so_far) = compose::nfc_aligned(text);
    let mut current = composed.into_owned();
    loop {
        let (letters, step) = aligned::<DEGREE>(&current, 0);
        let mut kept = String::with_capacity(letters.len());
        let mut marks = Alignment::builder();
        for c in letters.chars() {
            if is_dropped::<DEGREE>(c) {
                marks.replace(c.len_utf8(), 0);
            } else {
                kept.push(c);
                marks.keep(c.len_utf8());
            }
        }
        let (next, last) = compose::nfc_aligned(&kept);
        so_far = so_far.then(&step).then(&marks.build()).then(&last);
        let settled = next == current;
        current = next.into_owned();
        if settled {
            break;
        }
    }
    if let Some(alignment) = alignment {
        *alignment = so_far;
    }
    Cow::Owned(current)
}

/// Letters that do not fold to ASCII, and characters of no table.
fn push_other<const DEGREE: usize>(text: &str, at: usize, len: usize, folded: char, out: &mut Vec<u8>) {
    let original = text.get(at..at + len).unwrap_or("");
    if folded != '\0' {
        out.extend_from_slice(folded.encode_utf8(&mut [0; 4]).as_bytes());
    } else if let Some(base) = (DEGREE == ASCII).then(|| ascii_base(original)).flatten() {
        out.push(base);
    } else {
        out.extend_from_slice(original.as_bytes());
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
    let before = |at: usize| text.get(..at).and_then(|t| t.char_indices().next_back()).map_or(0, |(i, _)| i);
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
        let replacement = match folded {
            '\0' if DEGREE == ASCII => ascii_base(original).map(char::from),
            '\0' => None,
            c => Some(c).filter(|c| !original.starts_with(*c)),
        };
        if let Some(c) = replacement {
            let kept = text.get(run..at).unwrap_or("");
            out.push_str(kept);
            alignment.keep(kept.len());
            out.push(c);
            alignment.replace(len, c.len_utf8());
            run = at + len;
        }
        at += len;
    }
    out.push_str(text.get(run..).unwrap_or(""));
    (out, alignment.build())
}
