//! Text from before Unicode: TCVN3, VNI, VISCII, VIQR, windows-1258; and Unicode that was damaged on the way.
//!
//! Archives of offices hold three decades of text in fonts that show Vietnamese letters on the bytes of Latin-1. Read
//! today, `Bộ Nội vụ` is `Bé Néi vô` (TCVN3) or `Boä Noäi vuï` (VNI). [`decode`] reads the bytes themselves,
//! [`decode_text`] a string into which they were misread, [`decode_mixed`] a document that is legacy in part;
//! [`detect`] and [`detect_text`] say which encoding it is, or nothing. [`encode`] writes, and [`losses`] says before
//! that what would be lost. [`repair_mojibake`] restores UTF-8 that was read as windows-1252, [`decode_entities`]
//! what was written as `&#7879;`.
//!
//! Algorithm: text is read chunk by chunk (what lies between white space), each chunk by one greedy pass over its bytes
//! (`chunk`, for VIQR `viqr`); where bytes have two readings, as the dot of VIQR, the one that makes a Vietnamese
//! syllable wins. Detection decodes with every encoding and counts syllables among the words that the encoding changed.
//!
//! Why not the ready-made converters: they know the tables and no Vietnamese, so they cannot tell the full stop of VIQR
//! from its tone, tell apart two encodings, or leave alone what is not theirs.
//!
//! Everything is linear in its input. Invariants: what is decoded is NFC; what an [`Alignment`] keeps is equal byte for
//! byte; a text that is not changed is borrowed; `decode(encode(text))` is the NFC of `text` whenever `encode` succeeds.
//!
//! Sources: TCVN 5712:1993 (TCVN3 is its third part, VN3), RFC 1456 (VISCII, VIQR), Microsoft's code page 1258, the VNI
//! fonts. Letters stand in `data/legacy_letters.tsv`, the other bytes in `data/legacy_signs.tsv`.

mod chunk;
mod decode;
mod detect;
mod encode;
mod entities;
mod mixed;
mod mojibake;
mod tables;
mod viqr;

pub use decode::{DecodeError, Decoder, TcvnCapitals, decode, decode_lossy, decode_text};
pub use detect::{DetectedEncoding, Detection, detect, detect_text};
pub use encode::{EncodeError, Loss, LossReason, encode, encode_lossy, losses};
pub use entities::decode_entities;
pub use mixed::decode_mixed;
pub use mojibake::repair_mojibake;

#[cfg(doc)]
use crate::Alignment;

use core::fmt;
use core::str::FromStr;

/// An encoding of Vietnamese from before Unicode.
///
/// ```
/// use vanban::legacy::Encoding;
/// assert_eq!(Encoding::from_name("TCVN3"), Some(Encoding::Tcvn3));
/// assert_eq!("cp1258".parse(), Ok(Encoding::Windows1258));
/// assert_eq!(Encoding::Viqr.name(), "viqr");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Encoding {
    /// The fonts `.VnTime`, `.VnArial`: one byte a letter, no toned capitals (TCVN 5712:1993, VN3; ABC).
    Tcvn3,
    /// The fonts `VNI-Times`: a base letter and a byte for its marks.
    Vni,
    /// One byte a letter, six capitals among the control characters (RFC 1456).
    Viscii,
    /// Marks as ASCII punctuation behind the letter: `Vie^.t Nam` (RFC 1456).
    Viqr,
    /// Microsoft's code page: letters with combining tones.
    Windows1258,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Tcvn3, Self::Vni, Self::Viscii, Self::Viqr, Self::Windows1258];

    const fn index(self) -> usize {
        self as usize
    }

    /// The name: `tcvn3`, `vni`, `viscii`, `viqr`, `windows-1258`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Viscii => "viscii",
            Self::Viqr => "viqr",
            Self::Windows1258 => "windows-1258",
        }
    }

    /// The encoding with this name, in any letter case; `cp1258` is another name of `windows-1258`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("cp1258") {
            return Some(Self::Windows1258);
        }
        Self::ALL.into_iter().find(|e| name.eq_ignore_ascii_case(e.name()))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of no [`Encoding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEncoding;

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown encoding; known are tcvn3, vni, viscii, viqr, windows-1258")
    }
}

impl core::error::Error for UnknownEncoding {}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        Self::from_name(name).ok_or(UnknownEncoding)
    }
}

#[cfg(test)]
mod tests;
