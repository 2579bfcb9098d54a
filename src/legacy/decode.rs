//! From legacy bytes, or from text into which they were misread, to Unicode.
//!
//! Both inputs become symbols; [`Chunk`] reads them, and what could not be read is an error, U+FFFD, or stays, as the
//! caller's function has it. Chunks in which every byte means itself are copied. O(input).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Encoding;
use super::chunk::{Chunk, Content, Symbol, has_toned_capitals, is_plain, is_separator};
use super::tables::byte_read_as;
use crate::span::{Alignment, AlignmentBuilder};

/// A byte that the encoding does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The encoding that was asked for.
    pub encoding: Encoding,
    /// Where the byte stands.
    pub offset: usize,
    /// The byte.
    pub byte: u8,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {:02X} at offset {} is no character of {}", self.byte, self.offset, self.encoding)
    }
}

impl core::error::Error for DecodeError {}

/// What the letters of a TCVN3 text look like in its font.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TcvnCapitals {
    /// A font such as `.VnTime`: letters are what their bytes are.
    #[default]
    AsWritten,
    /// A capital font such as `.VnTimeH`, which shows the bytes of small letters as capitals.
    CapitalFont,
}

/// Decodes with options.
///
/// ```
/// use vanban::legacy::{Decoder, Encoding, TcvnCapitals};
/// let heading = b"\xF1y ban nh\xA9n d\xA9n huy\xD6n"; // in .VnTimeH
/// let decoder = Decoder::new(Encoding::Tcvn3).tcvn_capitals(TcvnCapitals::CapitalFont);
/// assert_eq!(decoder.decode(heading).unwrap(), "ỦY BAN NHÂN DÂN HUYỆN");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decoder {
    encoding: Encoding,
    capitals: TcvnCapitals,
}

impl Decoder {
    /// A decoder with default options.
    #[must_use]
    pub const fn new(encoding: Encoding) -> Self {
        Self { encoding, capitals: TcvnCapitals::AsWritten }
    }

    /// Says in which font TCVN3 text stood; other encodings have their own capitals.
    #[must_use]
    pub const fn tcvn_capitals(mut self, capitals: TcvnCapitals) -> Self {
        self.capitals = capitals;
        self
    }

    /// Decodes bytes: [`decode`].
    ///
    /// # Errors
    ///
    /// The first byte that the encoding does not have.
    pub fn decode(&self, bytes: &[u8]) -> Result<String, DecodeError> {
        let mut error = None;
        let text = self.read(bytes, |e| {
            error.get_or_insert(e);
        });
        error.map_or(Ok(text), Err)
    }

    /// Decodes bytes, U+FFFD standing for each that the encoding does not have: [`decode_lossy`].
    #[must_use]
    pub fn decode_lossy(&self, bytes: &[u8]) -> (String, Vec<DecodeError>) {
        let mut errors = Vec::new();
        let text = self.read(bytes, |e| errors.push(e));
        (text, errors)
    }

    /// Decodes text into which the bytes were misread: [`decode_text`].
    #[must_use]
    pub fn decode_text<'t>(&self, text: &'t str) -> (Cow<'t, str>, Alignment) {
        let mut out = String::with_capacity(text.len());
        let mut alignment = Alignment::builder();
        self.read_text(text, &mut out, &mut alignment);
        let alignment = alignment.build();
        (if alignment.is_identity() { Cow::Borrowed(text) } else { Cow::Owned(out) }, alignment)
    }

    /// Appends `c` as the font shows it.
    fn show(self, decoded: &str, out: &mut String) {
        if self.encoding == Encoding::Tcvn3 && self.capitals == TcvnCapitals::CapitalFont {
            out.extend(decoded.chars().flat_map(char::to_uppercase));
        } else {
            out.push_str(decoded);
        }
    }

    /// Whether bytes that mean themselves are also shown as themselves.
    fn shows_plain(self) -> bool {
        !(self.encoding == Encoding::Tcvn3 && self.capitals == TcvnCapitals::CapitalFont)
    }

    fn read(self, bytes: &[u8], mut invalid: impl FnMut(DecodeError)) -> String {
        let encoding = self.encoding;
        let toned = encoding == Encoding::Tcvn3 && has_toned_capitals(bytes.iter().map(|&b| Some(b)));
        let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
        let (mut chunk, mut symbols): (Chunk, Vec<Symbol>) = Default::default();
        let mut offset = 0;
        for piece in bytes.split_inclusive(|&b| is_separator(b)) {
            if self.shows_plain() && piece.iter().all(|&b| is_plain(encoding, b)) {
                out.extend(piece.iter().map(|&b| char::from(b)));
                offset += piece.len();
                continue;
            }
            symbols.clear();
            symbols.extend(piece.iter().map(|&b| Some(b)));
            chunk.read(encoding, &symbols, toned);
            let mut decoded = chunk.text.as_str();
            for unit in &chunk.units {
                if let Content::Text(len) = unit.content {
                    let (text, rest) = decoded.split_at_checked(len).unwrap_or((decoded, ""));
                    self.show(text, &mut out);
                    decoded = rest;
                } else {
                    out.push(char::REPLACEMENT_CHARACTER);
                    let byte = bytes.get(offset).copied().unwrap_or_default();
                    invalid(DecodeError { encoding, offset, byte });
                }
                offset += unit.n_symbols;
            }
        }
        out
    }

    /// Decodes `text` onto `out`; characters that are no such byte, or no character of the encoding, stay.
    pub(super) fn read_text(self, text: &str, out: &mut String, alignment: &mut AlignmentBuilder) {
        let encoding = self.encoding;
        let toned = encoding == Encoding::Tcvn3 && has_toned_capitals(text.chars().map(byte_read_as));
        let (mut chunk, mut symbols): (Chunk, Vec<Symbol>) = Default::default();
        let ascii_separator = |c: char| u8::try_from(c).is_ok_and(is_separator);
        for piece in text.split_inclusive(ascii_separator) {
            if self.shows_plain() && piece.bytes().all(|b| is_plain(encoding, b)) {
                out.push_str(piece);
                alignment.keep(piece.len());
                continue;
            }
            symbols.clear();
            symbols.extend(piece.chars().map(byte_read_as));
            chunk.read(encoding, &symbols, toned);
            let (mut decoded, mut source) = (chunk.text.as_str(), piece);
            for unit in &chunk.units {
                let len = source.char_indices().nth(unit.n_symbols).map_or(source.len(), |(i, _)| i);
                let (original, source_rest) = source.split_at_checked(len).unwrap_or((source, ""));
                source = source_rest;
                let start = out.len();
                match unit.content {
                    Content::Text(len) => {
                        let (text, rest) = decoded.split_at_checked(len).unwrap_or((decoded, ""));
                        self.show(text, out);
                        decoded = rest;
                    }
                    Content::Invalid | Content::Outside => out.push_str(original),
                }
                let shown = out.get(start..).unwrap_or("");
                // A control character that windows-1252 has as punctuation is what the reader made of that byte; it stays.
                if shown == original {
                    alignment.keep(original.len());
                } else {
                    alignment.replace(original.len(), shown.len());
                }
            }
        }
    }
}

/// Decodes bytes to text in NFC.
///
/// TCVN3 accepts the toned capitals and combining tones of TCVN 5712-1 where they make a syllable; VNI a small mark behind
/// a capital; VIQR leaves addresses alone and tells full stops from tones by the syllable.
///
/// # Errors
///
/// The first byte that the encoding does not have: [`decode_lossy`] goes on.
///
/// # Complexity
///
/// O(bytes).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{Encoding, decode};
/// assert_eq!(decode(Encoding::Tcvn3, b"B\xE9 N\xE9i v\xF4").unwrap(), "Bộ Nội vụ");
/// assert_eq!(decode(Encoding::Viqr, b"Ha` No^.i. DDo^.c la^.p\\.").unwrap(), "Hà Nội. Độc lập.");
/// let error = decode(Encoding::Vni, b"H\xE9").unwrap_err();
/// assert_eq!(error.to_string(), "byte E9 at offset 1 is no character of vni");
/// ```
pub fn decode(encoding: Encoding, bytes: &[u8]) -> Result<String, DecodeError> {
    Decoder::new(encoding).decode(bytes)
}

/// Decodes bytes to text in NFC, U+FFFD standing for each byte that the encoding does not have; these are returned.
///
/// # Complexity
///
/// O(bytes).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{Encoding, decode_lossy};
/// let (text, errors) = decode_lossy(Encoding::Vni, b"Vie\xE4t\xE9 Nam");
/// assert_eq!(text, "Việt\u{FFFD} Nam");
/// assert_eq!((errors.len(), errors[0].offset), (1, 5));
/// ```
#[must_use]
pub fn decode_lossy(encoding: Encoding, bytes: &[u8]) -> (String, Vec<DecodeError>) {
    Decoder::new(encoding).decode_lossy(bytes)
}

/// Decodes text in which the bytes of `encoding` were read as Latin-1 or windows-1252.
///
/// Characters that are no such byte, and bytes that the encoding does not have, stay. The text is taken to be in that
/// encoding: whether it is says [`detect_text`](super::detect_text).
///
/// # Complexity
///
/// O(length).
///
/// # Examples
///
/// ```
/// use vanban::legacy::{Encoding, decode_text};
/// use vanban::Span;
/// let misread = "Nguyeãn Vaên Löûa";
/// let (text, alignment) = decode_text(Encoding::Vni, misread);
/// assert_eq!(text, "Nguyễn Văn Lửa");
/// assert_eq!(alignment.to_original(Span::new(9, 13)).of(misread), "Vaên");
/// ```
#[must_use]
pub fn decode_text(encoding: Encoding, text: &str) -> (Cow<'_, str>, Alignment) {
    Decoder::new(encoding).decode_text(text)
}
