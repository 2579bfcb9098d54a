//! Which sense of a short form is meant: the neighbours that its rows in `data/abbreviations.tsv` name.

use super::column;
use crate::lexicon::{Annotated, AtomKind, Match, Table};
use crate::scan::Case;

use alloc::vec::Vec;

/// The sense that is meant, with a confidence; `None` when undecided.
///
/// Rows are tried in the order of the file for a cue; without one the row whose prior is `sure` or `likely` holds, unless
/// one of its own cues forbids it.
pub(super) fn choose(text: &Annotated<'_>, senses: &[Match]) -> Option<(Match, f32)> {
    let prior = |m: &Match| text.cell(*m, column::PRIOR);
    let allowed = |m: &&Match| prior(m) != "never" && !is_vetoed(text, **m);
    // Words decide before kinds of words.
    for kinds in [false, true] {
        if let Some(m) = senses.iter().filter(allowed).find(|m| has_cue(text, **m, kinds)) {
            return Some((*m, 0.95));
        }
    }
    let usual = senses.iter().filter(allowed).find(|m| matches!(prior(m), "sure" | "likely"))?;
    Some((*usual, if prior(usual) == "sure" { 0.98 } else { 0.85 }))
}

/// The cues of one cell; `+` in front of the cell means that both columns must match, `!` in front of a cue that it forbids.
fn cues(text: &Annotated<'_>, m: Match, column: usize) -> impl Iterator<Item = &'static str> + use<> {
    text.cell(m, column).trim_start_matches('+').split('|').filter(|cue| !cue.is_empty())
}

fn is_vetoed(text: &Annotated<'_>, m: Match) -> bool {
    let veto = |cue: &'static str| cue.strip_prefix('!');
    cues(text, m, column::BEFORE).filter_map(veto).any(|cue| stands_before(text, m.start as usize, cue))
        || cues(text, m, column::AFTER).filter_map(veto).any(|cue| stands_after(text, m.end as usize, cue))
}

/// Whether a cue stands there; those in angle brackets count only with `kinds`.
fn has_cue(text: &Annotated<'_>, m: Match, kinds: bool) -> bool {
    let counts = |cue: &&str| !cue.starts_with('!') && (kinds || !cue.starts_with('<'));
    let before = cues(text, m, column::BEFORE).filter(counts).any(|cue| stands_before(text, m.start as usize, cue));
    let after = cues(text, m, column::AFTER).filter(counts).any(|cue| stands_after(text, m.end as usize, cue));
    if text.cell(m, column::BEFORE).starts_with('+') { before && after } else { before || after }
}

fn stands_before(text: &Annotated<'_>, at: usize, cue: &str) -> bool {
    let Some(short) = text.atom(at) else { return false };
    let begins_line = at == 0 || short.breaks > 0;
    if cue == "^" || begins_line {
        return cue == "^" && begins_line;
    }
    let Some(before) = text.atom(at - 1) else { return false };
    match cue {
        "<any>" => true,
        "<number>" => before.kind == AtomKind::Number,
        "<place>" | "<name>" => before.is_word() && before.case == Case::Title,
        "<title>" => text.ending_at(at).any(|m| m.table == Table::Titles),
        _ => at.checked_sub(text.len_of(cue)).is_some_and(|from| text.spells(from, cue)),
    }
}

fn stands_after(text: &Annotated<'_>, at: usize, cue: &str) -> bool {
    let Some(after) = text.atom(at).filter(|a| a.breaks == 0) else { return false };
    match cue {
        "<any>" => true,
        "<number>" => after.kind == AtomKind::Number,
        "<phone>" => {
            let digits = after.span.of(text.text);
            after.kind == AtomKind::Number && (digits.starts_with('0') || digits.len() >= 7)
        }
        "<place>" => is_place(text, at),
        "<name>" => after.is_word() && after.case == Case::Title,
        "<title>" => text.longest(at, Table::Titles).is_some(),
        _ => text.spells(at, cue),
    }
}

/// A capitalised word that is no common one: a place in the list, or two capitalised words in a row.
fn is_place(text: &Annotated<'_>, at: usize) -> bool {
    let capitalised =
        |i: usize| text.atom(i).is_some_and(|a| a.is_capitalised() && a.case != Case::Upper && a.breaks == 0);
    capitalised(at)
        && (text.longest(at, Table::Places).is_some()
            || capitalised(at + 1)
            || text.atom(at).is_some_and(|a| a.syllable.is_none()))
}

/// For every atom whether its line is written in capitals: at least three capital syllables, and more than in lower case.
pub(crate) fn capital_lines(text: &Annotated<'_>) -> Vec<bool> {
    let mut out = Vec::with_capacity(text.atoms.len());
    let mut line = 0;
    while line < text.atoms.len() {
        let rest = text.atoms.get(line..).unwrap_or_default();
        let len = 1 + rest.iter().skip(1).take_while(|a| a.breaks == 0).count();
        let atoms = rest.get(..len).unwrap_or_default();
        let count = |case: Case| atoms.iter().filter(|a| a.syllable.is_some() && a.case == case).count();
        let capital = count(Case::Upper) >= 3 && count(Case::Upper) > count(Case::Lower) + count(Case::Title);
        out.resize(line + len, capital);
        line += len;
    }
    out
}
