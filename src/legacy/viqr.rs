//! VIQR: which punctuation is a mark.
//!
//! RFC 1456 reads a mark wherever it can stand on the letter before it, and asks writers to escape the others with `\`.
//! Writers forget. A *piece* (a run of letters with such marks) is therefore read greedily; if that makes no Vietnamese
//! syllable, but taking one of its marks as punctuation leaves a syllable before it (and a syllable or nothing behind
//! it), that is the reading: `No^.i.` is *Nội* and a full stop, `ba(xem)` is *ba* and a bracket. A piece without such a
//! reading stays greedy (`Kso+r`, *Ksơr*), except that a `. ? '` that is its only mark is
//! none (`Obama.`), and `dd` behind
//! a vowel is no đ (`address`). A syllable has one tone, so the second of two marks is punctuation. Addresses of the internet
//! are left as they are.
//!
//! Deviations from RFC 1456: the state sequences `\V \L \M` are not known; `\` before anything but a mark, `d` or `\`
//! is a backslash; `Dd` is Đ and `dD` is not.
//!
//! O(symbols): alternatives are tried in pieces of at most [`MAX_PIECE`] letters.

use alloc::string::String;
use alloc::vec::Vec;

use super::Encoding;
use super::chunk::{Chunk, Symbol};
use super::tables::letter_of;
use crate::scan::{TokenKind, tokens};
use crate::span::Span;
use crate::syllable::Syllable;

/// Letters of the longest piece in which marks may turn out to be punctuation; two syllables of seven letters, joined.
const MAX_PIECE: usize = 14;

/// Whether the byte marks a tone.
pub(super) const fn is_tone(byte: u8) -> bool {
    matches!(byte, b'\'' | b'`' | b'?' | b'~' | b'.')
}

/// Whether the byte is a mark.
pub(super) const fn is_mark(byte: u8) -> bool {
    is_tone(byte) || matches!(byte, b'(' | b'^' | b'+')
}

/// Whether the byte may be a mark and is also what ends a sentence or a quotation.
const fn is_weak(byte: u8) -> bool {
    matches!(byte, b'.' | b'?' | b'\'')
}

/// Addresses in a chunk of ASCII, as byte ranges; the same for reading and for writing.
pub(super) fn addresses(chunk: &str) -> Vec<Span> {
    if !chunk.contains(['@', '.']) && !chunk.contains("://") {
        return Vec::new();
    }
    let address = |t: &crate::scan::Token| matches!(t.kind, TokenKind::Url | TokenKind::Email);
    tokens(chunk).filter(address).map(|t| t.span).collect()
}

/// One letter of a piece with its marks.
#[derive(Clone, Copy)]
struct Letter {
    /// With all marks.
    c: char,
    /// Without the last mark.
    before: char,
    /// The last mark.
    mark: Option<u8>,
    n_symbols: usize,
}

/// Reads a chunk.
pub(super) fn read(symbols: &[Symbol], out: &mut Chunk) {
    let ascii: String = symbols.iter().map(|s| s.filter(u8::is_ascii).map_or(' ', char::from)).collect();
    let mut addresses = addresses(&ascii).into_iter().peekable();
    let mut letters = Vec::new();
    let mut at = 0;
    while let Some(&symbol) = symbols.get(at) {
        while addresses.next_if(|a| a.end <= at).is_some() {}
        let in_address = addresses.peek().is_some_and(|a| a.start <= at);
        let next = symbols.get(at + 1).copied().flatten();
        match symbol {
            None => out.push_outside(),
            Some(0x80..) => out.push(1, None),
            Some(b) if in_address => out.push(1, Some(char::from(b))),
            Some(b'\\') => match next.filter(|&n| is_mark(n) || matches!(n, b'd' | b'D' | b'\\')) {
                Some(escaped) => {
                    out.push(2, Some(char::from(escaped)));
                    at += 1;
                }
                None => out.push(1, Some('\\')),
            },
            Some(b) if b.is_ascii_alphabetic() => {
                let end = addresses.peek().map_or(symbols.len(), |a| a.start);
                let piece = symbols.get(at..end).unwrap_or(&[]);
                at += read_piece(piece, &mut letters, out);
                continue;
            }
            Some(b) => out.push(1, Some(char::from(b))),
        }
        at += 1;
    }
}

/// Splits the piece at the start of `symbols` into letters: how many symbols it has.
fn letters_of(symbols: &[Symbol], letters: &mut Vec<Letter>) -> usize {
    letters.clear();
    let mut toned = false;
    let mut at = 0;
    while let Some(b) = symbols.get(at).copied().flatten().filter(u8::is_ascii_alphabetic) {
        let mut code = u32::from(b);
        let mut letter = Letter { c: char::from(b), before: char::from(b), mark: None, n_symbols: 1 };
        while let Some(mark) = symbols.get(at + letter.n_symbols).copied().flatten() {
            // `Dd` is written for Đ as well.
            let second = if b == b'D' && mark == b'd' { b'D' } else { mark };
            let Some(c) = letter_of(Encoding::Viqr, code << 8 | u32::from(second)) else { break };
            if is_tone(mark) && toned {
                break;
            }
            toned |= is_tone(mark);
            code = code << 8 | u32::from(second);
            letter.before = if second.is_ascii_alphabetic() { letter.before } else { letter.c };
            letter.mark = is_mark(mark).then_some(mark);
            letter.c = c;
            letter.n_symbols += 1;
        }
        at += letter.n_symbols;
        letters.push(letter);
    }
    at
}

fn is_syllable(letters: &[Letter]) -> bool {
    let word: String = letters.iter().map(|l| l.c).collect();
    Syllable::parse(&word).is_some()
}

/// Reads a piece or, where one of its marks is punctuation, the part up to that: how many symbols it took.
fn read_piece(symbols: &[Symbol], letters: &mut Vec<Letter>, out: &mut Chunk) -> usize {
    let n_symbols = letters_of(symbols, letters);
    let marked = letters.iter().any(|l| l.c.len_utf8() > 1);
    // One letter alone is the letter itself, as in a table of letters.
    if !marked || letters.len() == 1 || is_syllable(letters) {
        push(letters, false, out);
        return n_symbols;
    }
    if letters.len() <= MAX_PIECE {
        let mut behind = Vec::new();
        let mut end = n_symbols;
        for k in (0..letters.len()).rev() {
            let (Some(&last), Some(front)) = (letters.get(k), letters.get(..k)) else { break };
            let after = end;
            end -= last.n_symbols;
            if last.mark.is_none() {
                continue;
            }
            let mut word: String = front.iter().map(|l| l.c).collect();
            word.push(last.before);
            let rest = symbols.get(after..).unwrap_or(&[]);
            if Syllable::parse(&word).is_some() && (letters_of(rest, &mut behind) == 0 || is_syllable(&behind)) {
                letters.truncate(k + 1);
                push(letters, true, out);
                return after;
            }
        }
    }
    // No reading makes a syllable: a foreign word or a name.
    let mut marks = letters.iter().filter_map(|l| l.mark.map(|mark| (mark, l.before)));
    let only_weak = match (marks.next(), marks.next()) {
        (Some((mark, before)), None) => is_weak(mark) && before.is_ascii(),
        _ => false,
    };
    let at_mark = letters.iter().position(|l| l.mark.is_some());
    let is_last = at_mark.is_some_and(|k| k + 1 == letters.len());
    let dot = at_mark.and_then(|k| letters.get(k)).is_some_and(|l| l.mark != Some(b'\''));
    split_double_d(letters);
    if only_weak && (is_last || dot) {
        let k = letters.iter().position(|l| l.mark.is_some()).unwrap_or(0);
        let behind = letters.split_off((k + 1).min(letters.len()));
        push(letters, true, out);
        push(&behind, false, out);
    } else {
        push(letters, false, out);
    }
    n_symbols
}

/// Takes `dd` behind a vowel apart: a syllable never has đ there.
fn split_double_d(letters: &mut Vec<Letter>) {
    let mut k = 1usize;
    while let (Some(previous), Some(&letter)) = (letters.get(k.wrapping_sub(1)), letters.get(k)) {
        let vowel = matches!(previous.c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'A' | 'E' | 'I' | 'O' | 'U' | 'Y');
        if vowel && letter.c == 'đ' {
            let d = Letter { c: 'd', before: 'd', mark: None, n_symbols: 1 };
            letters.splice(k..=k, [d, d]);
            k += 1;
        }
        k += 1;
    }
}

/// Writes letters; with `literal`, the last mark as punctuation.
fn push(letters: &[Letter], literal: bool, out: &mut Chunk) {
    let last_idx = letters.len().saturating_sub(1);
    for (i, l) in letters.iter().enumerate() {
        match l.mark.filter(|_| literal && i == last_idx) {
            Some(mark) => {
                out.push(l.n_symbols - 1, Some(l.before));
                out.push(1, Some(char::from(mark)));
            }
            None => out.push(l.n_symbols, Some(l.c)),
        }
    }
}
