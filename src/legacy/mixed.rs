//! Documents that are legacy in part.
//!
//! A line is cut into runs at the words that are surely Unicode, those with letters that are no byte of windows-1252 (`ế`,
//! `đ`). Each run is weighed for itself and decoded if its encoding is found. Then the encoding that most of the
//! document's legacy words are in is also tried on the runs that were too short to tell: they are decoded if every word that
//! changes becomes a syllable and none was one before.
//!
//! O(length).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Encoding;
use super::chunk::is_separator;
use super::decode::Decoder;
use super::detect::{DetectedEncoding, weigh, weigh_as};
use super::tables::byte_read_as;
use crate::span::Alignment;

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
/// let text = "Ủy ban nhân dân tỉnh\nB¸o c¸o tµi chÝnh quý\nBoä Noäi vuï vaø caùc sôû\nông Zoë ở São Paulo";
/// let (decoded, _) = decode_mixed(text);
/// assert_eq!(decoded, "Ủy ban nhân dân tỉnh\nBáo cáo tài chính quý\nBộ Nội vụ và các sở\nông Zoë ở São Paulo");
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
    for (run, encoding) in runs {
        match encoding {
            Some(encoding) => Decoder::new(encoding).read_text(run, &mut out, &mut alignment),
            None => {
                out.push_str(run);
                alignment.keep(run.len());
            }
        }
    }
    let alignment = alignment.build();
    (if alignment.is_identity() { Cow::Borrowed(text) } else { Cow::Owned(out) }, alignment)
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
        for word in rest.split_inclusive(|c: char| u8::try_from(c).is_ok_and(is_separator)) {
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
