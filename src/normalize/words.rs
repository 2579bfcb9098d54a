//! Repairs inside words: tone placement, marks in the wrong order, look-alikes.
//!
//! A word is changed only if the result is a Vietnamese syllable ([`crate::syllable`]); so *señor*, *Raúl*, *Kđăm* and
//! *Guðmundur* stay. Letters correspond one to one before and after, so every letter keeps its case. Addresses, handles
//! and hashtags are not looked into.

use alloc::string::String;
use alloc::vec::Vec;

use super::{EditKind, TonePlacement};
use crate::scan::{self, TokenKind};
use crate::span::Span;
use crate::syllable::{Syllable, ToneStyle};

/// One change: where, what for, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) span: Span,
    pub(super) replacement: String,
    pub(super) kind: EditKind,
}

/// What the words of a text need.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) changes: Vec<Change>,
    /// Words with two tones, which no rule can decide.
    pub(super) undecided: Vec<Span>,
}

/// Syllables whose tone stands against the rule by custom.
static EXCEPTIONS: &str = include_str!("../../data/tone_exceptions.tsv");

static LOOKALIKES: &str = include_str!("../../data/lookalikes.tsv");

/// Looks at every word of `text`, which must be in NFC, from byte `from` to `to`.
pub(super) fn find(text: &str, from: usize, to: usize, placement: TonePlacement, lookalikes: bool, out: &mut Findings) {
    let piece = text.get(from..to).unwrap_or("");
    if piece.is_ascii() {
        return;
    }
    for token in scan::tokens(piece) {
        match token.kind {
            TokenKind::Url | TokenKind::Email | TokenKind::Handle | TokenKind::Hashtag | TokenKind::Number => continue,
            _ => {}
        }
        let letters = token.span.of(piece);
        // A token may hold several words: K'Ré, quỷ-quái, 5kg.
        let mut at = 0;
        while let Some(rest) = letters.get(at..).filter(|r| !r.is_empty()) {
            let is_part = |c: char| scan::is_letter(c) || scan::is_invisible(c) || lookalike(c).is_some();
            let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            if len == 0 {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let start = from + token.span.start + at;
            word(text, Span::new(start, start + len), placement, lookalikes, out);
            at += len;
        }
    }
}

fn word(text: &str, span: Span, placement: TonePlacement, lookalikes: bool, out: &mut Findings) {
    let letters = span.of(text);
    if letters.is_ascii() {
        return;
    }
    if let Some(s) = Syllable::parse(letters) {
        return place(letters, span, s, placement, EditKind::TonePlacement, out);
    }
    if lookalikes && letters.chars().any(|c| lookalike(c).is_some()) {
        let mapped: String = letters.chars().map(|c| lookalike(c).unwrap_or(c)).collect();
        let latin =
            letters.chars().any(|c| c.is_ascii_alphabetic() || Syllable::parse(c.encode_utf8(&mut [0; 4])).is_some());
        let single = matches!(letters, "Ð" | "ð" | "Ɖ");
        if latin && !single && in_vietnamese(text, span) {
            if let Some(s) = Syllable::parse(&mapped) {
                return replace_letters(letters, span, s, &mapped, placement, out);
            }
            if is_consonant_acronym(&mapped) {
                out.changes.push(Change { span, replacement: mapped, kind: EditKind::Lookalike });
                return;
            }
        }
    }
    if has_two_tones(letters) {
        out.undecided.push(span);
    }
}

/// The spelling that the placement wants, or `None` when the word has it already.
fn wanted(letters: &str, s: Syllable, placement: TonePlacement) -> Option<ToneStyle> {
    let spelt = |style: ToneStyle| {
        let spelling = s.spelling(style);
        letters.chars().filter(|&c| !scan::is_invisible(c)).flat_map(char::to_lowercase).eq(spelling.chars())
    };
    let (first, second) = (spelt(ToneStyle::FirstVowel), spelt(ToneStyle::SecondVowel));
    match placement {
        TonePlacement::Preserve => (!first && !second).then_some(ToneStyle::FirstVowel),
        TonePlacement::FirstVowel => (!first).then_some(ToneStyle::FirstVowel),
        TonePlacement::SecondVowel => (!second).then_some(ToneStyle::SecondVowel),
    }
}

/// Moves the tone of a syllable; one edit from the first changed letter to the last.
fn place(letters: &str, span: Span, s: Syllable, placement: TonePlacement, kind: EditKind, out: &mut Findings) {
    let Some(style) = wanted(letters, s, placement) else { return };
    if is_exception(letters) {
        return;
    }
    // Marks that composition left apart (a+acute+circumflex) make the letters of the word fewer than its characters.
    let kind =
        if letters.chars().any(unicode_normalization::char::is_combining_mark) { EditKind::MarkOrder } else { kind };
    let replacement = recased(letters, s, style);
    push_narrow(letters, span, &replacement, kind, out);
}

fn replace_letters(letters: &str, span: Span, s: Syllable, mapped: &str, placement: TonePlacement, out: &mut Findings) {
    let style = wanted(mapped, s, placement);
    let replacement = match style {
        Some(style) => recased(mapped, s, style),
        None => mapped.into(),
    };
    push_narrow(letters, span, &replacement, EditKind::Lookalike, out);
}

/// The syllable in a style, every letter in the case of the letter it stands for.
fn recased(letters: &str, s: Syllable, style: ToneStyle) -> String {
    let skip = |c: &char| !unicode_normalization::char::is_combining_mark(*c) && !scan::is_invisible(*c);
    let cases = letters.chars().filter(skip).map(char::is_uppercase);
    let spelling = s.spelling(style);
    let mut out = String::with_capacity(letters.len());
    for (c, upper) in spelling.chars().zip(cases) {
        if upper { out.extend(c.to_uppercase()) } else { out.push(c) }
    }
    out
}

/// Pushes the change without the letters that both ends share.
fn push_narrow(letters: &str, span: Span, replacement: &str, kind: EditKind, out: &mut Findings) {
    let shared = |a: &mut dyn Iterator<Item = (char, char)>| -> usize {
        a.take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
    };
    let head = shared(&mut letters.chars().zip(replacement.chars()));
    let (Some(a), Some(b)) = (letters.get(head..), replacement.get(head..)) else { return };
    let tail = shared(&mut a.chars().rev().zip(b.chars().rev()));
    if let Some(middle) = b.get(..b.len() - tail) {
        let span = Span::new(span.start + head, span.end - tail);
        out.changes.push(Change { span, replacement: middle.into(), kind });
    }
}

fn is_exception(letters: &str) -> bool {
    let lower: String = letters.chars().flat_map(char::to_lowercase).collect();
    EXCEPTIONS.lines().filter(|l| !l.starts_with('#')).any(|l| l.split('\t').next() == Some(&*lower))
}

/// The Vietnamese letter that a character is often written for.
fn lookalike(c: char) -> Option<char> {
    // Of the Latin letters below U+0250 only these are taken for others.
    let latin = matches!(c, 'Ð' | 'ð' | 'Ɖ' | 'ɖ' | 'ƣ' | 'Ƣ' | 'ı');
    if (c < '\u{250}' && !latin) || ('\u{1E00}'..='\u{1EFF}').contains(&c) {
        return None;
    }
    LOOKALIKES.lines().filter(|l| !l.starts_with('#')).find_map(|line| {
        let mut cells = line.split('\t');
        let is_it = cells.next().is_some_and(|cell| cell.chars().eq([c]));
        if is_it { cells.next()?.chars().next() } else { None }
    })
}

/// Whether letters that only Vietnamese has stand in or near the word: đ, ơ, ư, or anything from U+1EA0 on.
fn in_vietnamese(text: &str, span: Span) -> bool {
    /// Bytes looked at in either direction.
    const NEAR: usize = 64;
    let mut start = span.start.saturating_sub(NEAR);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end + NEAR).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let own = |c: char| matches!(c, 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}');
    text.get(start..end).is_some_and(|near| near.contains(own))
}

/// QĐ, HĐND: capitals without a vowel.
fn is_consonant_acronym(letters: &str) -> bool {
    let consonant = |c: char| c == 'Đ' || c.is_ascii_uppercase() && !matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y');
    letters.chars().all(consonant) && (2..=6).contains(&letters.chars().count())
}

/// Whether the word would be a syllable but for a second tone mark: *hoàà, hóà*.
fn has_two_tones(letters: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let decomposed: Vec<char> = letters.nfd().take(32).collect();
    if decomposed.iter().filter(|c| is_tone(c)).count() < 2 {
        return false;
    }
    let mut toneless: String = decomposed.iter().filter(|c| !is_tone(c)).collect();
    // Doubled letters of the second tone fall together: hoàà is hoa with an a too many.
    let doubled = toneless.chars().rev().take(2).collect::<Vec<_>>();
    if doubled.first() == doubled.get(1) && doubled.len() == 2 {
        toneless.pop();
    }
    Syllable::parse(&toneless).is_some()
}
