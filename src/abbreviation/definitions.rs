//! Short forms that the document itself defines.
//!
//! `FULL (SHORT)`, `FULL (SHORT tỉnh)` after a full form that ends so too, `FULL (sau đây gọi tắt là SHORT)`, `FULL, viết
//! tắt là SHORT`, and `SHORT (FULL)`. Whether the letters fit is asked of [`super::initials`]. A form that is not made of the
//! initials of the name before it, and that the lexicon does not know otherwise, is linked to that name:
//! `Tập đoàn Dầu khí Việt Nam (PVN)`. The announcing phrases are in `data/definition_words.tsv`.
//!
//! A use means the definition before it that is nearest, or the first one when none stands before.
//!
//! Complexity: linear; at every opening bracket and comma at most [`REACH`] atoms are read on either side.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::initials::{self, Freedom, Outcome};
use super::{column, reader};
use crate::lexicon::{Atom, AtomKind, Atoms, Table};
use crate::scan::{Case, is_composed};
use crate::span::Span;

/// How many atoms before a bracket are searched.
pub(super) const REACH: usize = 24;

/// One definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition {
    /// Atoms of the short form where it is defined.
    pub(super) short: (usize, usize),
    /// What it stands for.
    pub(super) full: Span,
    /// It is not made of the initials of `full`: linked, not expanded.
    pub(super) is_link: bool,
}

/// All definitions of one document.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// By the letters of the short form, in text order.
    found: BTreeMap<String, Vec<Definition>>,
    /// Lengths in atoms of the short forms that begin with these letters, longest first.
    lengths: BTreeMap<String, Vec<usize>>,
}

impl Definitions {
    /// The definition that a use at this atom means, and the use's length in atoms.
    pub(super) fn at(&self, text: &Atoms<'_>, at: usize) -> Option<(usize, Definition)> {
        // No form begins with one capital and small letters.
        if self.found.is_empty() || text.atom(at).is_none_or(|a| a.case == Case::Title && a.len > 1) {
            return None;
        }
        let lengths = self.lengths.get(&*letters(text, at, at + 1))?;
        lengths.iter().find_map(|&len| {
            if text.atom(at + len).is_some_and(|a| a.glued() && a.is_word()) {
                return None;
            }
            let all = self.found.get(&*letters(text, at, at + len))?;
            let n_before = all.partition_point(|d| d.short.0 <= at);
            let meant = all.get(n_before.saturating_sub(1))?;
            Some((len, *meant))
        })
    }

    fn add(&mut self, text: &Atoms<'_>, d: Definition) {
        let (start, end) = d.short;
        let lengths = self.lengths.entry(letters(text, start, start + 1).to_string()).or_default();
        if let Err(i) = lengths.binary_search_by(|len| (end - start).cmp(len)) {
            lengths.insert(i, end - start);
        }
        self.found.entry(letters(text, start, end).to_string()).or_default().push(d);
    }
}

/// Finds the definitions of a document at these atoms, among which are all brackets, commas and dashes.
pub(super) fn find(text: &Atoms<'_>, places: impl Iterator<Item = usize>) -> Definitions {
    let mut out = Definitions::default();
    for at in places {
        let found = match text.atom(at).map(|a| a.kind()) {
            Some(AtomKind::Mark('(' | '[')) => short_inside(text, at).or_else(|| short_outside(text, at)),
            Some(AtomKind::Mark(',' | '-')) => announced(text, at),
            _ => None,
        };
        if let Some(d) = found {
            out.add(text, d);
        }
    }
    out
}

/// `FULL (SHORT)`, `FULL (SHORT tỉnh)`, `FULL (gọi tắt là SHORT)`.
fn short_inside(text: &Atoms<'_>, open: usize) -> Option<Definition> {
    let (start, is_announced) = after_announcer(text, open + 1);
    let end = short_form_end(text, start)?;
    // Behind the short form only the closing mark, or words that end the full form too: (HĐND tỉnh).
    let mut behind = end;
    while text.atom(behind).is_some_and(|a| a.is_word() && a.breaks() == 0) && behind < end + 4 {
        behind += 1;
    }
    if !text.atom(behind).is_some_and(|a| matches!(a.kind(), AtomKind::Mark(')' | ']' | '"' | ';' | ','))) {
        return None;
    }
    let tail = behind - end;
    let last = open.checked_sub(tail)?;
    for i in 0..tail {
        let (inner, outer) = (text.atom(end + i)?, text.atom(last + i)?);
        let inner = inner.syllable?;
        if outer.syllable.is_none_or(|outer| inner.lexical() != outer.lexical()) {
            return None;
        }
    }
    let link = |full: Span| Definition { short: (start, end), full, is_link: true };
    let freedom = if is_announced { Freedom::Announced } else { Freedom::Usual };
    match initials::compare(text, last, (start, end), freedom) {
        Outcome::Full(full) => Some(Definition { short: (start, end), full, is_link: false }),
        Outcome::Foreign(full) => Some(link(full)),
        Outcome::Other if tail == 0 && !reader::is_known(text, start) => name_before(text, open).map(link),
        _ => None,
    }
}

/// `FULL, viết tắt là SHORT`: without an announcing phrase a comma defines nothing.
fn announced(text: &Atoms<'_>, mark: usize) -> Option<Definition> {
    // Behind most commas stands another word.
    if text.atom(mark + 1).is_none_or(|a| a.is_word() && !text.lexicon.begins_announcer(a.word)) {
        return None;
    }
    let (start, is_announced) = after_announcer(text, mark + 1);
    let end = if is_announced { short_form_end(text, start)? } else { return None };
    match initials::compare(text, mark, (start, end), Freedom::Announced) {
        Outcome::Full(full) => Some(Definition { short: (start, end), full, is_link: false }),
        _ => None,
    }
}

/// `SHORT (FULL)`: the initials of the words in the parentheses.
fn short_outside(text: &Atoms<'_>, open: usize) -> Option<Definition> {
    let start = (open.saturating_sub(7)..open).find(|&s| short_form_end(text, s) == Some(open))?;
    let close = (open + 1..open + REACH).find(|&i| text.atom(i).is_none_or(|a| a.is_mark(')') || a.is_mark(']')))?;
    let begins = text.atom(open + 1)?.span().start;
    match initials::compare(text, close, (start, open), Freedom::None) {
        Outcome::Full(full) if full.start == begins => Some(Definition { short: (start, open), full, is_link: false }),
        Outcome::Foreign(full) if full.start == begins => {
            Some(Definition { short: (start, open), full, is_link: true })
        }
        _ => None,
    }
}

/// Where the short form begins behind quotes and an announcing phrase, and whether there is one.
fn after_announcer(text: &Atoms<'_>, mut at: usize) -> (usize, bool) {
    let skip_marks = |at: &mut usize| {
        while text.atom(*at).is_some_and(|a| matches!(a.kind(), AtomKind::Mark(':' | '"' | '\''))) {
            *at += 1;
        }
    };
    skip_marks(&mut at);
    let words = text.definition_words(at);
    match words.filter(|(row, _)| text.lexicon.cell(Table::DefinitionWords, *row, 1) == "announcer") {
        Some((_, len)) => {
            at += len;
            skip_marks(&mut at);
            (at, true)
        }
        None => (at, false),
    }
}

/// The short form's characters without white space, NFC.
pub(super) fn letters<'t>(text: &Atoms<'t>, start: usize, end: usize) -> Cow<'t, str> {
    use unicode_normalization::{UnicodeNormalization, is_nfc};
    let atoms = text.atoms.get(start..end).unwrap_or_default();
    if let [one] = atoms {
        let letters = one.span().of(text.text);
        if letters.chars().all(is_composed) || is_nfc(letters) {
            return Cow::Borrowed(letters);
        }
    }
    Cow::Owned(atoms.iter().flat_map(|a| a.span().of(text.text).nfc()).filter(|c| !c.is_whitespace()).collect())
}

/// End of a short form that starts at `start`: capitals, with `-`, `&`, `.` glued between, or two runs of capitals (BCH TW).
fn short_form_end(text: &Atoms<'_>, start: usize) -> Option<usize> {
    let n_capitals = |a: &Atom| a.span().of(text.text).chars().filter(|c| c.is_uppercase()).count();
    let is_short = |a: &Atom| a.is_word() && a.case != Case::Lower && (n_capitals(a) >= 2 || a.len == 1);
    let mut end = start;
    let mut capitals = 0;
    while let Some(atom) = text.atom(end).filter(|a| is_short(a) && (end == start || a.breaks() == 0)) {
        capitals += n_capitals(atom);
        end += 1;
        if end > start + REACH {
            return None;
        }
        let joined = text.atom(end).is_some_and(|a| {
            a.glued()
                && matches!(a.kind(), AtomKind::Mark('-' | '&' | '.' | '/' | ','))
                && text.atom(end + 1).is_some_and(|b| b.glued() && is_short(b))
        });
        if joined {
            end += 1;
        } else if text.atom(end).is_some_and(|a| a.glued()) {
            break;
        }
    }
    (capitals >= 2).then_some(end)
}

/// The name before a bracket: from the nearest noun that begins names (`data/definition_words.tsv`, class `head`), together
/// with such a noun directly before it (*Tổ chức Hiệp ước …*); a capital must be in it. Without such a noun nothing tells
/// where a name begins.
fn name_before(text: &Atoms<'_>, open: usize) -> Option<Span> {
    let is_capital_between =
        |from: usize, to: usize| from + 1 == to && text.atom(from).is_some_and(Atom::is_capitalised);
    let floor = open.saturating_sub(REACH);
    let mut start: Option<usize> = None;
    for at in (floor..open).rev() {
        let atom = text.atom(at)?;
        if !(atom.is_word() || matches!(atom.kind(), AtomKind::Mark('-' | '&'))) {
            break;
        }
        let head =
            text.definition_words(at).filter(|(row, _)| text.lexicon.cell(Table::DefinitionWords, *row, 1) == "head");
        match (start, head) {
            (None, Some((_, len))) if at + len < open => start = Some(at),
            // Tổng công ty begins before công ty, Tổ chức stands before Hiệp ước, Hiệp ước before (Các) lực lượng.
            (Some(later), Some((_, len))) if at + len >= later || is_capital_between(at + len, later) => {
                start = Some(at)
            }
            (Some(later), _) if at + 3 < later => break,
            _ => {}
        }
        if atom.breaks() > 0 {
            break;
        }
    }
    let start = start?;
    let has_capital = text.atoms.get(start..open)?.iter().any(Atom::is_capitalised);
    has_capital.then(|| text.atom(start).map(|a| a.span().cover(text.atom(open - 1).map_or(a.span(), |b| b.span()))))?
}

/// Whether a sense of the lexicon says the same as a definition, up to capitals, punctuation and a misprint in one word: then
/// its spelling is better than that of a full form that happens to begin a sentence.
pub(super) fn says_the_same(text: &Atoms<'_>, row: crate::lexicon::Match, full: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        let letters = s.split(|c: char| !crate::scan::is_letter(c)).filter(|w| !w.is_empty());
        letters.map(plain).collect()
    };
    let (listed, defined) = (words(text.cell(row, column::FULL)), words(full));
    let mut misprints = 0;
    listed.len() == defined.len()
        && listed.iter().zip(&defined).all(|(a, b)| {
            if a == b {
                return true;
            }
            misprints += 1;
            misprints == 1 && listed.len() > 2 && is_misprint(a, b)
        })
}

/// The word in lower case and one tone style, NFC.
fn plain(word: &str) -> String {
    use crate::syllable::{Syllable, ToneStyle};
    use unicode_normalization::UnicodeNormalization;
    match Syllable::parse(word) {
        Some(s) => s.lexical().spelling(ToneStyle::FirstVowel).to_string(),
        None => word.nfc().flat_map(char::to_lowercase).collect(),
    }
}

/// Other marks on the same letters, or one letter missing at the end: tại, tai; thôn, thông.
fn is_misprint(a: &str, b: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let letters = |s: &str| -> String {
        s.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).map(|c| if c == 'đ' { 'd' } else { c }).collect()
    };
    let (bare_a, bare_b) = (letters(a), letters(b));
    let cut = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.chars().count() == 1);
    bare_a == bare_b || cut(a, b) || cut(b, a)
}
