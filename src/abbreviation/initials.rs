//! Whether a short form is made of the initials of the words before it.
//!
//! The algorithm of Schwartz and Hearst (2003) with changes for Vietnamese: an initial is the beginning of a syllable,
//! compared without tone (Ủ = U) but with its own mark (Đ ≠ D); a capital with small letters after it stands for one word
//! (`ThS`, `TTr`); W stands for ư, as in TW; links (`data/definition_words.tsv`) and punctuation between words are crossed.

use alloc::string::String;
use alloc::vec::Vec;

use super::definitions::{REACH, letters};
use crate::lexicon::{Atom, AtomKind, Atoms, Table};
use crate::span::Span;
use crate::syllable::tone_of;

/// What the words before a short form are to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    /// They spell it out.
    Full(Span),
    /// They are a name in another language that it abbreviates.
    Foreign(Span),
    /// They are a place or a person whose initials it has.
    PlaceOrPerson,
    /// It is not made of their initials.
    Other,
}

/// How freely the words before a short form may be chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Freedom {
    /// They are the whole content of parentheses.
    None,
    /// Two words may follow them: Ủy ban nhân dân tỉnh (UBND).
    Usual,
    /// The text announces the form, so more words may follow.
    Announced,
}

/// Compares the words before atom `last` with the short form in the atoms `short`.
pub(super) fn compare(text: &Atoms<'_>, last: usize, short: (usize, usize), freedom: Freedom) -> Outcome {
    let initials = initials(text, short);
    if initials.len() < 2 {
        return Outcome::Other;
    }
    // Two initials fit too many words for leaving any out.
    let n_ends = match freedom {
        Freedom::Announced => 9,
        Freedom::Usual if initials.len() > 2 => 3,
        _ => 1,
    };
    for skip in 0..n_ends {
        let Some(end) = last.checked_sub(skip).filter(|end| *end > 0) else { break };
        if skip > 0 && !may_follow(text, end, last) {
            continue;
        }
        if let Some(start) = begin(text, end, &initials, 0) {
            return judge(text, start, end);
        }
    }
    // Words that the short form leaves out, links not counted: Ủy ban (Trung ương) Mặt trận Tổ quốc (UBMTTQ).
    if freedom != Freedom::None
        && initials.len() >= 4
        && let Some(start) = begin(text, last, &initials, 2)
    {
        return judge(text, start, last);
    }
    Outcome::Other
}

/// Words after the full form that the short form does not have: small ones, or one whole place.
fn may_follow(text: &Atoms<'_>, from: usize, to: usize) -> bool {
    let place = text.has_phrase(from, |m| m.table == Table::Places && m.end as usize == to);
    place || text.atoms.get(from..to).is_some_and(|rest| !rest.iter().any(Atom::is_capitalised))
}

/// Where the words begin whose initials end before `end`.
fn begin(text: &Atoms<'_>, end: usize, initials: &[String], mut spare: usize) -> Option<usize> {
    let floor = end.saturating_sub(REACH);
    let mut left = initials.len();
    let mut at = end;
    while left > 0 && at > floor {
        at -= 1;
        let atom = text.atom(at)?;
        if text.atom(at + 1).is_some_and(|next| next.breaks() > 0 && at + 1 < end) {
            return None;
        }
        match atom.kind() {
            AtomKind::Word => {
                let word = atom.span().of(text.text);
                if initials.get(left - 1).is_some_and(|wanted| starts_with(word, wanted)) {
                    left -= 1;
                } else if left == initials.len() {
                    return None;
                } else if !is_link(text, at) {
                    if spare == 0 {
                        return None;
                    }
                    spare -= 1;
                }
            }
            AtomKind::Mark(',' | '-' | '&' | '"' | '/') if left < initials.len() => {}
            _ => return None,
        }
    }
    (left == 0).then_some(at)
}

fn judge(text: &Atoms<'_>, start: usize, end: usize) -> Outcome {
    let span = |i: usize| text.atom(i).map_or(Span::default(), |a| a.span());
    let full = span(start).cover(span(end - 1));
    let words = || (start..end).filter_map(|i| text.atom(i)).filter(|a| a.is_word());
    if words().any(|a| a.syllable.is_none()) {
        return Outcome::Foreign(full);
    }
    let titled = words().all(|a| a.is_capitalised());
    let place = text.has_phrase(start, |m| m.table == Table::Places && m.end as usize == end);
    let is_surname = |row: u32| text.lexicon.name_scores(row).first().is_some_and(|s| *s > 100);
    let surname = text.atom(start).and_then(|a| text.lexicon.name_row(a.word)).is_some_and(is_surname);
    let body = text.has_phrase(start, |m| m.table == Table::Organisations);
    if place || titled && (3..=4).contains(&(end - start)) && surname && !body {
        return Outcome::PlaceOrPerson;
    }
    Outcome::Full(full)
}

fn is_link(text: &Atoms<'_>, at: usize) -> bool {
    text.definition_words(at).is_some_and(|(row, _)| text.lexicon.cell(Table::DefinitionWords, row, 1) == "link")
}

/// What each word of the full form begins with: a capital and the small letters after it, without tones.
fn initials(text: &Atoms<'_>, short: (usize, usize)) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in letters(text, short.0, short.1).chars().filter(|c| c.is_alphabetic()) {
        let plain = tone_of(c).0.to_lowercase();
        match out.last_mut().filter(|_| c.is_lowercase()) {
            Some(last) => last.extend(plain),
            None if matches!(c, 'W' | 'w') => out.push("ư".into()),
            None => out.push(plain.collect()),
        }
    }
    out
}

fn starts_with(word: &str, initial: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let mut letters = word.nfc().flat_map(|c| tone_of(c).0.to_lowercase());
    let without_mark = |c: char| match c {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        c => c,
    };
    initial.chars().all(|want| letters.next().is_some_and(|have| have == want || without_mark(have) == want))
}
