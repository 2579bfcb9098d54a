//! Short forms that the document itself defines.
//!
//! `FULL (SHORT)`: the letters of SHORT must be, from right to left, the initials of words before the parenthesis.
//! Words may be skipped only if they are links (*và, của, về …*) or follow the last initial (`Ủy ban nhân dân tỉnh
//! (UBND)`). A capital with small letters after it stands for one word (`ThS`, `TTr`). `SHORT (FULL)` is read the same way.
//! A phrase that announces (`sau đây gọi tắt là`, `viết tắt là`) may stand before SHORT.
//!
//! This is the algorithm of Schwartz and Hearst (2003) with three changes for Vietnamese: an initial is the first letter
//! of a syllable, compared without tone (Ủ = U) but with its own mark (Đ ≠ D); words of other alphabets and punctuation
//! between them are crossed; W stands for ư, as in TW.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::lexicon::{Annotated, Atom, AtomKind, Table, atoms};
use crate::scan::Case;
use crate::span::Span;

/// How many atoms before the parenthesis are searched.
pub(super) const REACH: usize = 24;

/// Phrases between the parenthesis and the short form.
const ANNOUNCERS: [&str; 8] = [
    "sau đây gọi tắt là",
    "sau đây viết tắt là",
    "gọi tắt là",
    "viết tắt là",
    "viết tắt",
    "gọi chung là",
    "sau đây gọi là",
    "tên viết tắt là",
];

/// One definition.
#[derive(Debug)]
struct Definition {
    /// The short form's letters, and how many atoms it has.
    letters: String,
    atoms: usize,
    full: Span,
}

/// All definitions of one document.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// By the letters of the short form's first atom.
    found: BTreeMap<String, Vec<Definition>>,
}

impl Definitions {
    /// The definition used at this atom: (atoms of the short form, full form).
    pub(super) fn at<'t>(&self, text: &Annotated<'t>, at: usize) -> Option<(usize, Option<&'t str>)> {
        let first = text.atom(at)?;
        if first.case == Case::Lower {
            return None;
        }
        let used = |d: &&Definition| {
            letters(text, at, at + d.atoms) == d.letters
                && text.atom(at + d.atoms).is_none_or(|a| !a.glued || !a.is_word())
        };
        if self.found.is_empty() {
            return None;
        }
        let d = self.found.get(&letters(text, at, at + 1))?.iter().filter(used).max_by_key(|d| d.atoms)?;
        Some((d.atoms, Some(d.full.of(text.text))))
    }
}

/// Finds the definitions of a document. The first definition of a short form wins.
pub(super) fn find(text: &Annotated<'_>) -> Definitions {
    let mut out = Definitions::default();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (open, atom) in text.atoms.iter().enumerate() {
        if !atom.is_mark('(') {
            continue;
        }
        if let Some((start, d)) = short_inside(text, open).or_else(|| short_outside(text, open))
            && known.insert(d.letters.clone())
        {
            out.found.entry(letters(text, start, start + 1)).or_default().push(d);
        }
    }
    out
}

/// `FULL (SHORT)`, `FULL (SHORT tỉnh)`, `FULL (gọi tắt là SHORT)`.
fn short_inside(text: &Annotated<'_>, open: usize) -> Option<(usize, Definition)> {
    let mut start = open + 1;
    while text.atom(start).is_some_and(|a| a.is_mark('"')) {
        start += 1;
    }
    let announcer = ANNOUNCERS.iter().find(|p| text.spells(start, p));
    let announced = announcer.is_some();
    if let Some(phrase) = announcer {
        start += phrase.split(' ').count();
        while text.atom(start).is_some_and(|a| a.is_mark(':') || a.is_mark('"')) {
            start += 1;
        }
    }
    let end = short_form_end(text, start)?;
    // Behind the short form only the closing mark, or words that end the full form too: (HĐND tỉnh).
    let mut behind = end;
    while text.atom(behind).is_some_and(|a| a.is_word() && a.breaks == 0) && behind < end + 4 {
        behind += 1;
    }
    if !text.atom(behind).is_some_and(|a| a.is_mark(')') || a.is_mark('"') || a.is_mark(';')) {
        return None;
    }
    let tail = behind - end;
    let last = open.checked_sub(tail)?;
    for i in 0..tail {
        let (inner, outer) = (text.atom(end + i)?, text.atom(last + i)?);
        if inner.word != outer.word || inner.word == atoms::UNKNOWN {
            return None;
        }
    }
    let full = full_form(text, last, start, end, announced)?;
    Some((start, definition(text, start, end, full)))
}

/// `SHORT (FULL)`: the initials of the words in the parentheses.
fn short_outside(text: &Annotated<'_>, open: usize) -> Option<(usize, Definition)> {
    let start = (open.saturating_sub(7)..open).find(|&s| short_form_end(text, s) == Some(open))?;
    let close = (open + 1..open + REACH).find(|&i| text.atom(i).is_none_or(|a| a.is_mark(')')))?;
    let full = full_form(text, close, start, open, false)?;
    let begins = text.atom(open + 1)?.span.start;
    (full.start == begins).then(|| (start, definition(text, start, open, full)))
}

fn definition(text: &Annotated<'_>, start: usize, end: usize, full: Span) -> Definition {
    Definition { letters: letters(text, start, end), atoms: end - start, full }
}

/// The short form's characters without white space, NFC.
fn letters(text: &Annotated<'_>, start: usize, end: usize) -> String {
    use unicode_normalization::UnicodeNormalization;
    let atoms = text.atoms.get(start..end).unwrap_or_default();
    atoms.iter().flat_map(|a| a.span.of(text.text).nfc()).filter(|c| !c.is_whitespace()).collect()
}

/// End of a short form that starts at `start`: capitals, with `-`, `&`, `.` glued between, or two runs of capitals (BCH TW).
fn short_form_end(text: &Annotated<'_>, start: usize) -> Option<usize> {
    let is_short = |a: &Atom| {
        let capitals = a.span.of(text.text).chars().filter(|c| c.is_uppercase()).count();
        a.is_word() && a.case != Case::Lower && (capitals >= 2 || a.len == 1)
    };
    let mut end = start;
    let mut capitals = 0;
    while let Some(atom) = text.atom(end).filter(|a| is_short(a) && (end == start || a.breaks == 0)) {
        capitals += atom.span.of(text.text).chars().filter(|c| c.is_uppercase()).count();
        end += 1;
        let joined = text.atom(end).is_some_and(|a| {
            a.glued
                && matches!(a.kind, AtomKind::Mark('-' | '&' | '.' | '/' | ','))
                && text.atom(end + 1).is_some_and(|b| b.glued && is_short(b))
        });
        if joined {
            end += 1;
        } else if text.atom(end).is_some_and(|a| a.glued) {
            break;
        }
    }
    (capitals >= 2).then_some(end)
}

/// The words before `last` whose initials the short form gives.
fn full_form(text: &Annotated<'_>, last: usize, start: usize, end: usize, announced: bool) -> Option<Span> {
    let initials = initials(text, start, end);
    if initials.len() < 2 {
        return None;
    }
    let floor = last.saturating_sub(REACH);
    // Up to two words may follow the last initial: Ủy ban nhân dân tỉnh (UBND); more where the text announces the form.
    for skip in 0..if announced { 9 } else { 3 } {
        let Some(mut at) = last.checked_sub(skip) else { break };
        let full_end = text.atom(at.checked_sub(1)?)?.span.end;
        let mut left = initials.len();
        let mut begins = None;
        while left > 0 && at > floor {
            at -= 1;
            let atom = text.atom(at)?;
            match atom.kind {
                AtomKind::Word => {
                    let wanted = initials.get(left - 1)?;
                    let word = atom.span.of(text.text);
                    if starts_with(word, wanted) {
                        left -= 1;
                        begins = Some(atom.span.start);
                    } else if !is_link(text, at) || left == initials.len() {
                        break;
                    }
                }
                AtomKind::Mark(',' | '-' | '&' | '"' | '/') if left < initials.len() => {}
                _ => break,
            }
            if atom.breaks > 0 {
                break;
            }
        }
        if let (0, Some(begins)) = (left, begins) {
            let full = Span::new(begins, full_end);
            return (!is_name(text, at, last - skip)).then_some(full);
        }
    }
    None
}

/// A place or a person in parentheses' company is no definition: Quảng Trị (QT), Lê Văn Tám (LVT).
fn is_name(text: &Annotated<'_>, start: usize, end: usize) -> bool {
    let titled = |i: usize| text.atom(i).is_some_and(|a| a.case == Case::Title);
    let place = text.at(start).iter().any(|m| m.table == Table::Places && m.end as usize == end);
    let surname = text
        .at(start)
        .iter()
        .any(|m| m.table == Table::NameSyllables && text.lexicon.name_scores(m.row).first().is_some_and(|s| *s > 100));
    let body = text.at(start).iter().any(|m| m.table == Table::Organisations);
    place || (start..end).all(titled) && (3..=4).contains(&(end - start)) && surname && !body
}

fn is_link(text: &Annotated<'_>, at: usize) -> bool {
    ["và", "của", "về", "các", "cho", "với", "tại", "trong", "theo"].iter().any(|w| text.spells(at, w))
}

/// What each word of the full form begins with: a capital and the small letters after it, without tones.
fn initials(text: &Annotated<'_>, start: usize, end: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in letters(text, start, end).chars().filter(|c| c.is_alphabetic()) {
        let plain = without_tone(c);
        match out.last_mut().filter(|_| c.is_lowercase()) {
            Some(last) => last.push_str(&plain),
            None if plain == "w" => out.push("ư".into()),
            None => out.push(plain),
        }
    }
    out
}

fn starts_with(word: &str, initial: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let mut letters = word.nfc().flat_map(|c| without_tone(c).chars().collect::<Vec<_>>());
    let vowel_without_mark = |c: char| match c {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        c => c,
    };
    initial.chars().all(|want| letters.next().is_some_and(|have| have == want || vowel_without_mark(have) == want))
}

/// The lower-case letter without its tone mark (ủ → u, ấ → â; đ stays).
fn without_tone(c: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    let tone = |c: &char| !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    c.to_lowercase().nfd().filter(tone).nfc().collect()
}
