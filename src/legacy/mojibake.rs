//! UTF-8 that was read as windows-1252 or Latin-1: `Tiáº¿ng Viá»‡t`.
//!
//! At each character the longest misreading wins: a sequence of characters whose bytes are the UTF-8 of a character, whose
//! byte with its neighbours' is again the UTF-8 of a character, up to [`MAX_LEVEL`] times. It is replaced only if the
//! last character is a Vietnamese letter, a combining tone or typographic punctuation; so `São Paulo`, `Zoë`, `Â©` stay.
//!
//! Why by sequence and not by text: pages are glued together from parts of which only some were misread. A sequence of
//! two to three characters that is valid UTF-8 of a Vietnamese letter does not occur in writing.
//!
//! O(length): a character is looked at a bounded number of times.

use alloc::borrow::Cow;
use alloc::string::String;

use super::tables::{byte_read_as, is_marked_letter};
use crate::span::Alignment;

/// How often a text can have been misread; more than two has not been seen.
const MAX_LEVEL: usize = 3;

/// Repairs UTF-8 that was read as windows-1252 or Latin-1, once or several times; what is no such misreading stays.
///
/// # Complexity
///
/// O(length); borrowed when nothing changes.
///
/// # Examples
///
/// ```
/// use vanban::legacy::repair_mojibake;
/// let (text, alignment) = repair_mojibake("Tiáº¿ng Viá»‡t â€“ São Paulo");
/// assert_eq!(text, "Tiếng Việt – São Paulo");
/// assert_eq!(alignment.changes().len(), 3);
/// assert_eq!(repair_mojibake("Â© Zoë").0, "Â© Zoë");
/// ```
#[must_use]
pub fn repair_mojibake(text: &str) -> (Cow<'_, str>, Alignment) {
    let mut out = String::new();
    let mut alignment = Alignment::builder();
    let mut kept = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        // Only characters that stand for a lead byte can begin a sequence.
        let Some(next) = rest.find(|c: char| !c.is_ascii()) else { break };
        at += next;
        let rest = text.get(at..).unwrap_or("");
        let found = (1..=MAX_LEVEL).rev().find_map(|level| read(level, rest).filter(|&(c, _)| is_expected(c)));
        let Some((c, len)) = found else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        out.push_str(text.get(kept..at).unwrap_or(""));
        out.push(c);
        alignment.keep(at - kept);
        alignment.replace(len, c.len_utf8());
        at += len;
        kept = at;
    }
    if kept == 0 {
        return (Cow::Borrowed(text), Alignment::identity());
    }
    out.push_str(text.get(kept..).unwrap_or(""));
    (Cow::Owned(out), alignment.build())
}

/// Whether Vietnamese text has the character beside ASCII.
fn is_expected(c: char) -> bool {
    is_marked_letter(c)
        || matches!(c, '\u{300}' | '\u{301}' | '\u{302}' | '\u{303}' | '\u{306}' | '\u{309}' | '\u{31B}' | '\u{323}')
        || matches!(c, '\u{2010}'..='\u{2015}' | '‘' | '’' | '“' | '”' | '…' | '•' | '₫')
}

/// The character that the start of `text` is after undoing `level` misreadings, and how many bytes of `text` it took.
fn read(level: usize, text: &str) -> Option<(char, usize)> {
    let Some(below) = level.checked_sub(1) else {
        return text.chars().next().map(|c| (c, c.len_utf8()));
    };
    let mut bytes = [0u8; 4];
    let (mut filled, mut wanted, mut len) = (0, 1, 0);
    while filled < wanted {
        let (c, n) = read(below, text.get(len..)?)?;
        let byte = byte_read_as(c)?;
        match (filled, byte) {
            (0, 0xC2..=0xDF) => wanted = 2,
            (0, 0xE0..=0xEF) => wanted = 3,
            (0, 0xF0..=0xF4) => wanted = 4,
            (1.., 0x80..=0xBF) => {}
            _ => return None,
        }
        *bytes.get_mut(filled)? = byte;
        filled += 1;
        len += n;
    }
    let c = core::str::from_utf8(bytes.get(..filled)?).ok()?.chars().next()?;
    Some((c, len))
}
