//! From Unicode to legacy bytes, with what gets lost.
//!
//! Text is taken chunk by chunk and unit by unit (a character with its combining marks), in NFC. A unit without a code is
//! a loss. So that nothing is lost in silence, each chunk is decoded again and compared: what would be read otherwise
//! (`m²` is fine in TCVN3, but `a²` is `ã`) is a loss too. VIQR escapes a mark behind a letter that could take it.
//!
//! Why decode again and not a rule: the reader decides by syllables; only the reader knows what it will read. O(length).

use alloc::vec::Vec;
use core::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::chunk::is_separator;
use super::decode::Decoder;
use super::tables::{byte_of_sign, code_of};
use super::{Encoding, viqr};
use crate::span::Span;

/// Why a character would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LossReason {
    /// TCVN3 has no toned capitals: *Ủ* is written *ủ*.
    NoCapital,
    /// The encoding has no such character.
    NotInEncoding,
    /// The bytes exist and would be read as something else.
    Misread,
}

/// A character that the encoding cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Loss {
    /// Where it stands, with its combining marks.
    pub span: Span,
    /// The character, in NFC.
    pub character: char,
    /// Why.
    pub reason: LossReason,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            LossReason::NoCapital => "exists only as a small letter",
            LossReason::NotInEncoding => "does not exist",
            LossReason::Misread => "would be read as something else",
        };
        write!(f, "{:?} at {:?} {reason}", self.character, self.span)
    }
}

/// The first character that the encoding cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The encoding that was asked for.
    pub encoding: Encoding,
    /// The character.
    pub loss: Loss,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.encoding, self.loss)
    }
}

impl core::error::Error for EncodeError {}

/// Encodes text so that [`decode`](super::decode) gives back its NFC.
///
/// # Errors
///
/// The first of the [`losses`]: [`encode_lossy`] goes on.
///
/// # Complexity
///
/// O(length).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{Encoding, encode};
/// assert_eq!(encode(Encoding::Viqr, "Hà Nội.").unwrap(), b"Ha` No^.i\\.");
/// let error = encode(Encoding::Tcvn3, "UBND tỉnh và Ủy ban").unwrap_err();
/// assert_eq!(error.to_string(), "tcvn3: 'Ủ' at 16..19 exists only as a small letter");
/// ```
pub fn encode(encoding: Encoding, text: &str) -> Result<Vec<u8>, EncodeError> {
    let (bytes, losses) = encode_lossy(encoding, text);
    losses.first().map_or(Ok(bytes), |&loss| Err(EncodeError { encoding, loss }))
}

/// What would be lost if `text` were encoded; nothing is written.
///
/// # Complexity
///
/// O(length).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{Encoding, LossReason, losses};
/// let text = "Ủy ban 你";
/// let lost: Vec<_> = losses(Encoding::Tcvn3, text).iter().map(|l| (l.character, l.reason)).collect();
/// assert_eq!(lost, [('Ủ', LossReason::NoCapital), ('你', LossReason::NotInEncoding)]);
/// assert!(losses(Encoding::Viscii, "Ủy ban").is_empty());
/// ```
#[must_use]
pub fn losses(encoding: Encoding, text: &str) -> Vec<Loss> {
    encode_lossy(encoding, text).1
}

/// Encodes text, writing the nearest the encoding has, and returns what was lost.
///
/// The nearest of a toned capital in TCVN3 is the small letter; of other letters the one without the foreign mark; of
/// typographic signs their ASCII form; of the rest `?`.
///
/// # Complexity
///
/// O(length).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{Encoding, encode_lossy};
/// let (bytes, losses) = encode_lossy(Encoding::Viqr, "“Zürich”");
/// assert_eq!(bytes, b"\"Zurich\"");
/// assert_eq!(losses.len(), 3);
/// ```
#[must_use]
pub fn encode_lossy(encoding: Encoding, text: &str) -> (Vec<u8>, Vec<Loss>) {
    let mut writer = Writer { encoding, out: Vec::with_capacity(text.len()), losses: Vec::new(), viqr: None };
    let mut start = 0;
    for piece in text.split_inclusive(|c: char| u8::try_from(c).is_ok_and(is_separator)) {
        let body = piece.trim_end_matches(|c: char| u8::try_from(c).is_ok_and(is_separator));
        writer.chunk(body, start);
        writer.out.extend(piece.get(body.len()..).unwrap_or("").bytes());
        start += piece.len();
    }
    (writer.out, writer.losses)
}

/// A character and the combining marks behind it: (offset, bytes).
fn units(chunk: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    core::iter::from_fn(move || {
        let rest = chunk.get(at..)?;
        let first = rest.chars().next()?;
        let behind = rest.get(first.len_utf8()..).unwrap_or("");
        let len = first.len_utf8() + behind.find(|c| !is_combining_mark(c)).unwrap_or(behind.len());
        let unit = (at, rest.get(..len)?);
        at += len;
        Some(unit)
    })
}

struct Writer {
    encoding: Encoding,
    out: Vec<u8>,
    losses: Vec<Loss>,
    /// VIQR: the letter last written, if a mark could join it.
    viqr: Option<Last>,
}

/// What a mark written next would meet.
#[derive(Clone, Copy)]
struct Last {
    /// The letter's code.
    code: u32,
    /// Whether it is a vowel, so that readers may look for a tone.
    vowel: bool,
}

impl Writer {
    fn chunk(&mut self, chunk: &str, start: usize) {
        if self.encoding != Encoding::Viqr && chunk.bytes().all(|b| matches!(b, 0x20..=0x7F)) {
            self.out.extend(chunk.bytes());
            return;
        }
        self.viqr = None;
        let (first_byte, first_loss) = (self.out.len(), self.losses.len());
        let addresses = if self.encoding == Encoding::Viqr { viqr::addresses(chunk) } else { Vec::new() };
        let mut addresses = addresses.into_iter().peekable();
        for (at, unit) in units(chunk) {
            let span = Span::new(start + at, start + at + unit.len());
            while addresses.next_if(|a| a.end <= at).is_some() {}
            let verbatim = unit.is_ascii() && addresses.peek().is_some_and(|a| a.start <= at);
            for character in unit.nfc() {
                if verbatim {
                    self.out.extend(u8::try_from(character));
                } else if let Err(reason) = self.write(character) {
                    self.losses.push(Loss { span, character, reason });
                    self.write_nearest(character);
                }
            }
        }
        if self.losses.len() == first_loss {
            let written = self.out.get(first_byte..).unwrap_or(&[]);
            if let Some((span, character)) = self.misread(chunk, written) {
                let span = Span::new(start + span.start, start + span.end);
                self.losses.push(Loss { span, character, reason: LossReason::Misread });
            }
        }
    }

    /// The first unit of `chunk` that is read otherwise from its bytes.
    fn misread(&self, chunk: &str, bytes: &[u8]) -> Option<(Span, char)> {
        let (decoded, _) = Decoder::new(self.encoding).decode_lossy(bytes);
        let mut decoded = decoded.chars();
        let mut last = None;
        for (at, unit) in units(chunk) {
            for c in unit.nfc() {
                last = Some((Span::new(at, at + unit.len()), c));
                if decoded.next() != Some(c) {
                    return last;
                }
            }
        }
        decoded.next().and(last)
    }

    fn write(&mut self, c: char) -> Result<(), LossReason> {
        let last = self.viqr.take();
        if let Some(code) = code_of(self.encoding, c) {
            if code == 0 {
                return Err(LossReason::NoCapital);
            }
            if self.encoding == Encoding::Viqr {
                self.viqr_letter(code, last);
            }
            self.out.extend(code.to_be_bytes().into_iter().skip_while(|&b| b == 0));
            return Ok(());
        }
        let byte = byte_of_sign(self.encoding, c).ok_or(LossReason::NotInEncoding)?;
        if self.encoding == Encoding::Viqr && !self.viqr_ascii(byte, last) {
            self.out.push(b'\\');
        }
        self.out.push(byte);
        Ok(())
    }

    /// Before a marked letter: a plain d must not join đ.
    fn viqr_letter(&mut self, code: u32, last: Option<Last>) {
        let is_d = |code: u32| matches!(code, 0x64 | 0x44);
        if is_d(code >> 8) && last.is_some_and(|l| is_d(l.code)) {
            self.out.pop().into_iter().for_each(|d| self.out.extend([b'\\', d]));
        }
        self.viqr = Some(Last { code, vowel: !is_d(code >> 8) });
    }

    /// Before an ASCII character: whether it can be written without an escape.
    fn viqr_ascii(&mut self, byte: u8, last: Option<Last>) -> bool {
        let joins = |l: Last| {
            let second = if l.code == 0x44 && byte == b'd' { b'D' } else { byte };
            super::tables::letter_of(Encoding::Viqr, l.code << 8 | u32::from(second)).is_some()
                || l.vowel && viqr::is_tone(byte)
        };
        let escaped = byte == b'\\' || last.is_some_and(joins);
        if !escaped && byte.is_ascii_alphabetic() {
            let vowel = matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
            self.viqr = Some(Last { code: u32::from(byte), vowel });
        }
        !escaped
    }

    /// Writes what comes nearest to a character that the encoding does not have.
    fn write_nearest(&mut self, c: char) {
        let ascii = match c {
            '“' | '”' | '„' | '«' | '»' => "\"",
            '‘' | '’' | '‚' | 'ʼ' => "'",
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
            '…' => "...",
            '•' => "-",
            '₫' => "đ",
            _ if c.is_whitespace() => " ",
            _ => "",
        };
        let mut small = c.to_lowercase();
        if let (Some(small), None) = (small.next(), small.next())
            && ascii.is_empty()
            && small != c
            && code_of(self.encoding, c) == Some(0)
            && self.write(small).is_ok()
        {
            return;
        }
        let mut written = false;
        for c in ascii.chars() {
            written |= self.write(c).is_ok();
        }
        if !written && !is_combining_mark(c) {
            let base = core::iter::once(c).nfkd().next().filter(|b| *b != c);
            let found = base.is_some_and(|b| self.write(b).is_ok());
            if !found && self.write('?').is_err() {
                self.out.push(b'?');
            }
        }
    }
}
