//! Which encoding a text is in, by the syllables it would have.
//!
//! The text is decoded with every encoding. *Evidence* are the words that contain something other than ASCII (for
//! VIQR: a mark that is no punctuation); an encoding's *share* is the part of the evidence that becomes Vietnamese
//! syllables in correct spelling. The best encoding wins if its share is high, if it is clearly above the share of the text
//! as it is and of the second encoding, and if the whole text looks Vietnamese; otherwise nothing is said.
//!
//! Why syllables and not statistics of bytes: they need no training text, they work from three words on, and the same count
//! says that a text is right as it is. O(length) for each of the five encodings.

use alloc::string::String;
use alloc::vec::Vec;

use super::Encoding;
use super::chunk::{Chunk, Content, Symbol, has_toned_capitals, is_separator, is_spelt_syllable};
use super::mojibake::repair_mojibake;
use super::tables::{byte_read_as, is_marked_letter};
use super::viqr;

/// Least words that must be changed into syllables.
const MIN_VALID: u32 = 2;
/// Least share of the evidence.
const MIN_SHARE: f32 = 0.75;
/// Least share of all words that must be syllables; officialdom has numbers, codes and foreign names.
const MIN_TOTAL: f32 = 0.5;
/// Least distance to the share as it is.
const MARGIN_AS_IS: f32 = 0.25;
/// Least distance to the second encoding.
const MARGIN_SECOND: f32 = 0.15;
/// Least part of the words of VIQR that have marks: in Vietnamese it is two thirds, in program text and sums far less.
const MIN_MARKED: f32 = 0.3;

/// What a text was found to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum DetectedEncoding {
    /// UTF-8; for text: UTF-8 that was misread, see [`repair_mojibake`].
    Utf8,
    /// One from before Unicode.
    Legacy(Encoding),
}

/// An encoding and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Detection {
    /// The encoding.
    pub encoding: DetectedEncoding,
    /// From 0 to 1: share · n / (n + 1) · (1 − rival²), where n words were changed into syllables and the rival is the
    /// larger share of the text as it is and of the second encoding.
    pub confidence: f32,
}

/// Detects the encoding of bytes; `None` when they are ASCII, short, foreign or ambiguous.
///
/// # Complexity
///
/// O(bytes).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{DetectedEncoding, Encoding, detect};
/// let found = detect(b"B\xE9 N\xE9i v\xF4 v\xB5 c\xB8c s\xEB").unwrap();
/// assert_eq!(found.encoding, DetectedEncoding::Legacy(Encoding::Tcvn3));
/// assert_eq!(detect("Bộ Nội vụ".as_bytes()).unwrap().encoding, DetectedEncoding::Utf8);
/// assert_eq!(detect("São Paulo, Zoë".as_bytes()), None);
/// assert_eq!(detect(b"Ha Noi"), None);
/// ```
#[must_use]
pub fn detect(bytes: &[u8]) -> Option<Detection> {
    match core::str::from_utf8(bytes) {
        Ok(text) if !text.is_ascii() => utf8(text),
        Ok(text) => legacy(text),
        Err(_) => legacy(&bytes.iter().map(|&b| char::from(b)).collect::<String>()),
    }
}

/// Detects in which encoding the bytes were that `text` was misread from; `None` when it is right as it is, ASCII, short,
/// foreign or ambiguous.
///
/// # Complexity
///
/// O(length).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{DetectedEncoding, Encoding, detect_text};
/// let found = detect_text("Boä Noäi vuï vaø caùc sôû").unwrap();
/// assert_eq!(found.encoding, DetectedEncoding::Legacy(Encoding::Vni));
/// assert_eq!(detect_text("Tiáº¿ng Viá»‡t").unwrap().encoding, DetectedEncoding::Utf8);
/// assert_eq!(detect_text("Bộ Nội vụ và các sở"), None);
/// assert_eq!(detect_text("Béatrice et Zoë"), None);
/// ```
#[must_use]
pub fn detect_text(text: &str) -> Option<Detection> {
    if text.is_ascii() {
        return legacy(text);
    }
    let (repaired, alignment) = repair_mojibake(text);
    if alignment.changes().len() >= 2
        && let Some(found) = utf8(&repaired)
    {
        return Some(found);
    }
    legacy(text)
}

/// Unicode text: whether its words with marks are Vietnamese.
fn utf8(text: &str) -> Option<Detection> {
    let (mut n, mut valid) = (0u32, 0u32);
    let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    for word in words.map(|w| w.trim_matches(|c: char| !c.is_alphabetic())).filter(|w| !w.is_ascii()) {
        n += 1;
        valid += u32::from(is_spelt_syllable(word));
    }
    let share = ratio(valid, n);
    (valid >= MIN_VALID && share >= MIN_SHARE)
        .then(|| Detection { encoding: DetectedEncoding::Utf8, confidence: confidence(share, valid, 0.0) })
}

fn legacy(text: &str) -> Option<Detection> {
    weigh(text).and_then(|w| w.detection())
}

fn confidence(share: f32, valid: u32, rival: f32) -> f32 {
    share * ratio(valid, valid.saturating_add(1)) * (1.0 - rival * rival)
}

fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// How an encoding and its rivals fare on a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub(super) encoding: Encoding,
    /// Words that were changed into syllables.
    changed: u32,
    pub(super) share: f32,
    /// Share of the text as it is.
    pub(super) as_is: f32,
    second: f32,
    /// Share of syllables among all words.
    total: f32,
    /// Part of the words that are evidence.
    marked: f32,
}

impl Weighed {
    pub(super) fn detection(self) -> Option<Detection> {
        let viqr_like = self.encoding != Encoding::Viqr || self.marked >= MIN_MARKED;
        let clear = self.changed >= MIN_VALID
            && self.share >= MIN_SHARE
            && self.total >= MIN_TOTAL
            && self.share - self.as_is >= MARGIN_AS_IS
            && self.share - self.second >= MARGIN_SECOND;
        (clear && viqr_like).then(|| Detection {
            encoding: DetectedEncoding::Legacy(self.encoding),
            confidence: confidence(self.share, self.changed, self.as_is.max(self.second)),
        })
    }
}

/// Weighs all encodings on `text`: the best, or `None` without any evidence.
pub(super) fn weigh(text: &str) -> Option<Weighed> {
    weigh_as(text, None)
}

/// Weighs `only` on `text`, or all encodings.
pub(super) fn weigh_as(text: &str, only: Option<Encoding>) -> Option<Weighed> {
    let as_is = as_it_is(text);
    let weighed = Encoding::ALL.map(|encoding| {
        let eight_bit = encoding != Encoding::Viqr;
        // An encoding that changes nothing has no evidence: VIQR needs a mark, the others a byte beyond ASCII (or, VISCII,
        // among the control characters).
        let possible =
            if eight_bit { !text.bytes().all(|b| matches!(b, 0x20..=0x7F) || is_separator(b)) } else { true };
        let count = if possible { count(encoding, text) } else { Count::default() };
        let evidence = if eight_bit { count.evidence.max(as_is.evidence) } else { count.evidence };
        Weighed {
            encoding,
            changed: count.changed,
            share: ratio(count.valid, evidence),
            as_is: if eight_bit { ratio(as_is.valid, as_is.evidence) } else { 0.0 },
            second: 0.0,
            total: ratio(count.syllables, count.words),
            marked: ratio(count.evidence, count.words),
        }
    });
    // An encoding that changes no word into a syllable is the text as it is.
    let rivals = || weighed.iter().filter(|w| w.changed > 0);
    let mut best = *match only {
        Some(encoding) => rivals().find(|w| w.encoding == encoding),
        None => rivals().max_by(|a, b| a.share.total_cmp(&b.share).then(a.changed.cmp(&b.changed))),
    }?;
    best.second = rivals().filter(|w| w.encoding != best.encoding).map(|w| w.share).fold(0.0, f32::max);
    Some(best)
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Words with letters.
    words: u32,
    /// Those that are syllables.
    syllables: u32,
    /// Words that speak for or against an encoding.
    evidence: u32,
    /// Those that are syllables.
    valid: u32,
    /// Those that are syllables and were written otherwise.
    changed: u32,
}

/// Signs that stand at the edge of a word in any text.
fn is_edge(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2026}' | '«' | '»' | '\u{A0}') || c.is_ascii()
}

/// Whether a word with marks, and signs around it, is a Vietnamese syllable as it is.
pub(super) fn is_syllable_as_is(word: &str) -> bool {
    let word = word.trim_matches(|c: char| is_edge(c) && !c.is_alphabetic());
    !word.is_ascii() && is_spelt_syllable(word)
}

fn as_it_is(text: &str) -> Count {
    let mut count = Count::default();
    for word in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
        let word = word.trim_matches(|c: char| is_edge(c) && !c.is_alphabetic());
        if word.is_ascii() || !word.contains(char::is_alphabetic) {
            continue;
        }
        count.evidence += 1;
        count.valid += u32::from(is_spelt_syllable(word));
    }
    count
}

/// A word while it is being read.
#[derive(Default)]
struct Word {
    text: String,
    /// Something in it is more than ASCII, or a mark of VIQR.
    evidence: bool,
    /// Something in it is read otherwise than it is written.
    changed: bool,
    /// It cannot be a word of the encoding.
    bad: bool,
    small: bool,
    /// How many characters of the text as it is are letters.
    n_letters: u32,
    n_units: u32,
}

impl Word {
    fn end(&mut self, count: &mut Count) {
        let word = self.text.trim_matches(|c: char| is_edge(c) && !c.is_alphabetic());
        // A sign that stands alone, ® or §, is a sign in every text.
        let is_sign = self.n_units == 1 && self.n_letters == 0;
        if word.contains(char::is_alphabetic) && !is_sign {
            let valid = !self.bad && is_spelt_syllable(word);
            // At the edges of an ASCII word only signs were changed.
            let evidence = self.bad || self.evidence && !word.is_ascii();
            count.words += 1;
            count.syllables += u32::from(valid);
            count.evidence += u32::from(evidence);
            count.valid += u32::from(evidence && valid);
            count.changed += u32::from(evidence && valid && self.changed);
        }
        self.text.clear();
        *self = Self { text: core::mem::take(&mut self.text), ..Self::default() };
    }
}

fn count(encoding: Encoding, text: &str) -> Count {
    let mut count = Count::default();
    let toned = encoding == Encoding::Tcvn3 && has_toned_capitals(text.chars().map(byte_read_as));
    let (mut chunk, mut symbols): (Chunk, Vec<Symbol>) = Default::default();
    let mut word = Word::default();
    for piece in text.split_inclusive(|c: char| u8::try_from(c).is_ok_and(is_separator)) {
        symbols.clear();
        symbols.extend(piece.chars().map(byte_read_as));
        chunk.read(encoding, &symbols, toned);
        let (mut decoded, mut source) = (chunk.text.as_str(), piece);
        for unit in &chunk.units {
            let len = source.char_indices().nth(unit.n_symbols).map_or(source.len(), |(i, _)| i);
            let (original, rest) = source.split_at_checked(len).unwrap_or((source, ""));
            source = rest;
            let shown = match unit.content {
                Content::Text(len) => {
                    let (shown, rest) = decoded.split_at_checked(len).unwrap_or((decoded, ""));
                    decoded = rest;
                    shown
                }
                Content::Invalid | Content::Outside => original,
            };
            let letters = shown.contains(char::is_alphabetic);
            if !letters && (shown.is_ascii() || unit.content == Content::Outside) {
                word.end(&mut count);
                continue;
            }
            word.n_units += 1;
            word.n_letters += u32::from(original.contains(char::is_alphabetic));
            word.changed |= shown != original;
            let changed = shown != original || !original.is_ascii();
            word.bad |= !matches!(unit.content, Content::Text(_));
            // A capital of the encoding does not follow a small letter.
            let foreign = changed && encoding != Encoding::Viqr;
            word.bad |= foreign && word.small && shown.starts_with(char::is_uppercase);
            word.small |= shown.starts_with(char::is_lowercase);
            word.evidence |= if encoding == Encoding::Viqr {
                let weak = original.ends_with(['.', '?', '\'']);
                let before_letter = source.starts_with(|c: char| c.is_ascii_alphabetic());
                changed
                    && (!weak || before_letter)
                    && shown.starts_with(is_marked_letter)
                    && original.bytes().skip(1).all(|b| viqr::is_mark(b) || matches!(b, b'd' | b'D'))
            } else {
                changed
            };
            word.text.push_str(shown);
        }
    }
    word.end(&mut count);
    count
}
