//! Documents that are legacy in part.
//!
//! A line is cut into runs at the words that are surely Unicode, those with letters that are no byte of windows-1252 (`ế`,
//! `đ`). Each run is weighed for itself and decoded if its encoding is found. Then the encoding that most of the
//! document's legacy words are in is also tried on the runs that were too short to tell: they are decoded if every word that
//! changes becomes a syllable and none was one before.
//!
//! Of a decoded run, words stay that are syllables as they are and would be none, and those that are syllables as they are and
//! stand beside a word that is surely Unicode: `Tại Đồng Tháp: Héi nghÞ`.
//!
//! O(length).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Encoding;
use super::chunk::is_separator;
use super::decode::Decoder;
use super::detect::{DetectedEncoding, is_syllable_as_is, weigh, weigh_as};
use super::tables::byte_read_as;
use crate::span::{Alignment, AlignmentBuilder};

/// Decodes the parts of a text that are surely in an encoding from before Unicode; all else stays.
///
/// # Complexity
///
/// O(length); borrowed when nothing is legacy.
///
/// # Examples
///
/// ```
/// use vanban::legacy::decode_mixed;
/// let lines = ["Ủy ban nhân dân tỉnh", "B¸o c¸o tµi chÝnh quý", "Boä Noäi vuï vaø caùc sôû", "ông Zoë ở São Paulo"];
/// let text = lines.join("\n");
/// let (decoded, _) = decode_mixed(&text);
/// let decoded: Vec<&str> = decoded.lines().collect();
/// assert_eq!(decoded[..3], ["Ủy ban nhân dân tỉnh", "Báo cáo tài chính quý", "Bộ Nội vụ và các sở"]);
/// assert_eq!(decoded[3], lines[3]);
/// ```
#[must_use]
pub fn decode_mixed(text: &str) -> (Cow<'_, str>, Alignment) {
    let mut runs: Vec<(&str, Option<Encoding>)> = runs(text).map(|r| (r, encoding_of(r))).collect();
    let mut words = [0usize; Encoding::ALL.len()];
    for (run, encoding) in &runs {
        if let Some(n) = encoding.and_then(|e| words.get_mut(e.index())) {
            *n += run.len();
        }
    }
    let most = Encoding::ALL.into_iter().zip(words).filter(|w| w.1 > 0 && w.0 != Encoding::Viqr).max_by_key(|w| w.1);
    let Some((common, _)) = most.or_else(|| runs.iter().find_map(|r| r.1).map(|e| (e, 0))) else {
        return (Cow::Borrowed(text), Alignment::identity());
    };
    for (run, encoding) in runs.iter_mut().filter(|r| r.1.is_none()) {
        if common != Encoding::Viqr
            && let Some(w) = weigh_as(run, Some(common))
            && w.share >= 1.0
            && w.as_is <= 0.0
        {
            *encoding = Some(common);
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut alignment = Alignment::builder();
    let mut before = "\n";
    let mut runs = runs.into_iter().peekable();
    while let Some((run, encoding)) = runs.next() {
        let Some(encoding) = encoding else {
            keep(run, &mut out, &mut alignment);
            before = run;
            continue;
        };
        // Beside a word that is surely Unicode, a word that is right as it is belongs to that one.
        let touches = |text: &str| !text.ends_with(['\n', '\r']);
        let front = if touches(before) { right_words(run.split_inclusive(is_space)) } else { 0 };
        let back = if touches(run) && runs.peek().is_some() { right_words(words_backwards(run)) } else { 0 };
        let end = run.len().saturating_sub(back).max(front);
        keep(run.get(..front).unwrap_or(""), &mut out, &mut alignment);
        decode_run(encoding, run.get(front..end).unwrap_or(""), &mut out, &mut alignment);
        keep(run.get(end..).unwrap_or(""), &mut out, &mut alignment);
        before = run;
    }
    let alignment = alignment.build();
    (if alignment.is_identity() { Cow::Borrowed(text) } else { Cow::Owned(out) }, alignment)
}

fn keep(text: &str, out: &mut String, alignment: &mut AlignmentBuilder) {
    out.push_str(text);
    alignment.keep(text.len());
}

/// Bytes of the words, from the first on, that are Vietnamese syllables with marks as they are.
fn right_words<'t>(words: impl Iterator<Item = &'t str>) -> usize {
    words.take_while(|w| is_syllable_as_is(w)).map(str::len).sum()
}

/// The words of a run from the last on, each with the separator behind it.
fn words_backwards(run: &str) -> impl Iterator<Item = &str> {
    let mut rest = run;
    core::iter::from_fn(move || {
        let start = rest.trim_end_matches(is_space).rfind(is_space).map_or(0, |i| i + 1);
        let (front, word) = rest.split_at_checked(start).filter(|s| !s.1.is_empty())?;
        rest = front;
        Some(word)
    })
}

/// Decodes a run, but for words that are syllables as they are and would be none.
fn decode_run(encoding: Encoding, run: &str, out: &mut String, alignment: &mut AlignmentBuilder) {
    let decoder = Decoder::new(encoding);
    let mut start = 0;
    let mut at = 0;
    for word in run.split_inclusive(is_space) {
        if is_syllable_as_is(word) && !is_syllable_as_is(&decoder.decode_text(word).0) {
            decoder.read_text(run.get(start..at).unwrap_or(""), out, alignment);
            keep(word, out, alignment);
            start = at + word.len();
        }
        at += word.len();
    }
    decoder.read_text(run.get(start..).unwrap_or(""), out, alignment);
}

fn is_space(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_separator)
}

fn encoding_of(run: &str) -> Option<Encoding> {
    match weigh(run).and_then(|w| w.detection())?.encoding {
        DetectedEncoding::Legacy(encoding) => Some(encoding),
        DetectedEncoding::Utf8 => None,
    }
}

/// The text in runs: lines, cut around words that are surely Unicode.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let is_unicode = |word: &str| word.contains(|c: char| c.is_alphabetic() && byte_read_as(c).is_none());
    let mut rest = text;
    core::iter::from_fn(move || {
        let mut len = 0;
        let mut unicode = None;
        for word in rest.split_inclusive(is_space) {
            let kind = is_unicode(word);
            if *unicode.get_or_insert(kind) != kind {
                break;
            }
            len += word.len();
            if word.ends_with(['\n', '\r']) {
                break;
            }
        }
        let (run, tail) = rest.split_at_checked(len).filter(|s| !s.0.is_empty())?;
        rest = tail;
        Some(run)
    })
}
