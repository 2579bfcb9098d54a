//! Short forms of officialdom (UBND, HĐND, TĐKT, UVTW …) and what they stand for.
//!
//! Three sources, strongest first:
//! 1. the document itself: `thi đua, khen thưởng (TĐKT)` (`definitions`), valid in the whole document, also before;
//! 2. the document's shape: a document code (`123/QĐ-UBND`) is recognised as a whole and never looked into;
//! 3. `data/abbreviations.tsv`: a row per sense, with the neighbours that select it (`senses`).
//!
//! An ambiguous form whose neighbours decide nothing is listed with its alternatives and no expansion. Nothing found in
//! one document is known in the next.
//!
//! Complexity: linear in the text; a definition looks back over at most `definitions::REACH` atoms.

mod definitions;
mod senses;

pub(crate) use senses::capital_lines;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::lexicon::{Annotated, AtomKind, Match, Table};
use crate::scan::{Case, TokenKind};
use crate::span::Span;

/// Where an expansion comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Source {
    /// The document spells it out: `Ủy ban nhân dân (UBND)`.
    Definition,
    /// The crate's list of abbreviations.
    Lexicon,
    /// The number of a document, which stays as it is.
    Code,
}

impl Source {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Lexicon => "lexicon",
            Self::Code => "code",
        }
    }
}

/// One short form in a text.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Abbreviation<'t> {
    /// Bytes of the short form, with the full stop that belongs to it (`TP.`).
    pub span: Span,
    /// The full form; `None` when the short form must stay, or when its sense is undecided.
    pub expansion: Option<Cow<'t, str>>,
    /// Where the expansion comes from.
    pub source: Source,
    /// 0 to 1: how sure the sense is.
    pub confidence: f32,
    /// The other senses that the lexicon knows.
    pub alternatives: Vec<&'static str>,
}

impl<'t> Abbreviation<'t> {
    /// The short form as the text has it.
    #[must_use]
    pub fn text(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

/// Columns of `data/abbreviations.tsv`.
mod column {
    pub(super) const SHORT: usize = 0;
    pub(super) const FULL: usize = 1;
    pub(super) const PRIOR: usize = 3;
    pub(super) const BEFORE: usize = 4;
    pub(super) const AFTER: usize = 5;
}

/// Finds every abbreviation of a text, in text order, disjoint.
pub(crate) fn find<'t>(text: &Annotated<'t>) -> Vec<Abbreviation<'t>> {
    let definitions = definitions::find(text);
    let headline = senses::capital_lines(text);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(atom) = text.atom(at) {
        let kind = text.tokens.get(atom.token as usize).map(|t| t.kind);
        if kind == Some(TokenKind::DocumentCode) {
            out.push(Abbreviation {
                span: atom.span,
                expansion: None,
                source: Source::Code,
                confidence: 1.0,
                alternatives: Vec::new(),
            });
            at += 1;
            continue;
        }
        if atom.kind != AtomKind::Word {
            at += 1;
            continue;
        }
        if let Some((len, full)) = definitions.at(text, at) {
            out.push(Abbreviation {
                span: span_of(text, at, at + len),
                expansion: full.map(Cow::Borrowed),
                source: Source::Definition,
                confidence: 0.99,
                alternatives: Vec::new(),
            });
            at += len;
            continue;
        }
        if in_spaced_code(text, at) {
            at += 1;
            continue;
        }
        if let Some((found, len)) = from_lexicon(text, at, headline.get(at).copied().unwrap_or(false)) {
            out.push(found);
            at += len;
            continue;
        }
        at += 1;
    }
    out
}

/// Whether the atom belongs to a document number that is written with spaces: `123 /QĐ-UBND`, `12/QĐ -UBND`.
fn in_spaced_code(text: &Annotated<'_>, at: usize) -> bool {
    let is_code =
        |a: &crate::lexicon::Atom| text.tokens.get(a.token as usize).is_some_and(|t| t.kind == TokenKind::DocumentCode);
    let mut i = at;
    // Back over TYPE- pairs to the slash behind the number, or to a code that was cut off.
    for _ in 0..3 {
        let Some(joint) = i.checked_sub(1).and_then(|j| text.atom(j)) else { return false };
        let Some(before) = i.checked_sub(2).and_then(|j| text.atom(j)) else { return false };
        if text.atom(i).is_some_and(|a| a.breaks > 0) {
            return false;
        }
        match joint.kind {
            AtomKind::Mark('/' | '-') if is_code(before) => return true,
            AtomKind::Mark('/') if before.kind == AtomKind::Number => return true,
            AtomKind::Mark('-' | '/') if before.case == Case::Upper => i -= 2,
            _ => return false,
        }
    }
    false
}

fn from_lexicon<'t>(text: &Annotated<'t>, at: usize, in_headline: bool) -> Option<(Abbreviation<'t>, usize)> {
    let longest = text.at(at).iter().rev().filter(|m| m.table == Table::Abbreviations);
    let mut candidates: Vec<Match> = Vec::new();
    let mut len = 0;
    for m in longest {
        if (len == 0 || m.len() == len) && is_written_so(text, *m) && ends_well(text, *m) {
            len = m.len();
            candidates.push(*m);
        }
    }
    candidates.sort_by_key(|m| m.row);
    let first = *candidates.first()?;
    // Between other capitals a short form that is also a syllable is that syllable: CA CAO, HỘI NGHỊ.
    if in_headline && len == 1 && text.atom(at)?.syllable.is_some() {
        return None;
    }
    let sense = senses::choose(text, &candidates);
    let never = text.cell(first, column::PRIOR) == "never";
    let chosen = sense.map(|(m, _)| text.cell(m, column::FULL)).filter(|full| !full.is_empty());
    if chosen.is_none() && !never && is_roman_numeral(text.letters(at)) {
        return None;
    }
    let alternatives = candidates
        .iter()
        .map(|m| text.cell(*m, column::FULL))
        .filter(|full| !full.is_empty() && Some(*full) != chosen)
        .collect();
    let found = Abbreviation {
        span: span_of(text, at, at + len),
        expansion: chosen.map(Cow::Borrowed),
        source: Source::Lexicon,
        confidence: sense.map_or(if never { 0.95 } else { 0.3 }, |s| s.1),
        alternatives,
    };
    Some((found, len))
}

fn span_of(text: &Annotated<'_>, start: usize, end: usize) -> Span {
    let first = text.atom(start).map_or(Span::default(), |a| a.span);
    let last = text.atom(end.saturating_sub(1)).map_or(first, |a| a.span);
    first.cover(last)
}

/// Whether the text has the letters as the lexicon lists them: same capitals, marks equal up to kinds of dashes.
fn is_written_so(text: &Annotated<'_>, m: Match) -> bool {
    let (start, end) = (m.start as usize, m.end as usize);
    text.cell(m, column::SHORT).split('|').map(str::trim).any(|short| {
        let mut rest = short.chars().filter(|c| !c.is_whitespace());
        let mut same = true;
        for atom in text.atoms.get(start..end).unwrap_or_default() {
            match atom.kind {
                AtomKind::Mark(c) => same &= rest.next() == Some(c),
                _ => {
                    use unicode_normalization::UnicodeNormalization;
                    for c in atom.span.of(text.text).nfc() {
                        same &= rest.next() == Some(c);
                    }
                }
            }
        }
        same && rest.next().is_none()
    })
}

/// A short form never ends in the middle of a longer run of letters or digits (`TP` in `TP-Link` stays), except before a
/// number (`QL1A`) and at the joints of composed forms (`TP.HCM`, `UBND-HĐND`).
fn ends_well(text: &Annotated<'_>, m: Match) -> bool {
    let (start, end) = (m.start as usize, m.end as usize);
    let joint_before = start.checked_sub(1).and_then(|i| text.atom(i));
    let glued_before = text.atom(start).is_some_and(|a| a.glued);
    let before = !glued_before
        || joint_before.is_none_or(|a| match a.kind {
            AtomKind::Mark('\'' | '@' | '_') => false,
            AtomKind::Mark(_) => true,
            AtomKind::Number => false,
            _ => a.case == Case::Lower,
        });
    let after = text.atom(end).is_none_or(|a| {
        !a.glued
            || match a.kind {
                AtomKind::Mark('\'' | '@' | '_') => false,
                AtomKind::Mark('-') => text.atom(end + 1).is_none_or(|b| !b.glued || b.case != Case::Lower),
                _ => true,
            }
    });
    before && after
}

fn is_roman_numeral(letters: &str) -> bool {
    letters.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}
