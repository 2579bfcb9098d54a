//! Letter case around a short form: lines in capitals, and the case of what is written out.

use alloc::string::String;
use alloc::vec::Vec;

use crate::lexicon::{Annotated, Table};
use crate::scan::Case;

/// For every atom whether its line is written in capitals: at least three capital syllables, and more than in lower case.
pub(crate) fn capital_lines(text: &Annotated<'_>) -> Vec<bool> {
    let mut out = Vec::with_capacity(text.atoms.len());
    while out.len() < text.atoms.len() {
        let line = Line::at(text, out.len());
        out.resize(line.end, line.is_capital);
    }
    out
}

/// A line of the text, as atoms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    start: usize,
    end: usize,
    is_capital: bool,
    /// At least one capital syllable that is no short form itself, and none in small letters: `KT. CHỦ TỊCH`.
    is_all_capital: bool,
}

impl Line {
    /// The line whose first atom is `start`.
    fn at(text: &Annotated<'_>, start: usize) -> Self {
        let rest = text.atoms.get(start..).unwrap_or_default();
        let end = start + rest.iter().skip(1).take_while(|a| a.breaks == 0).count() + usize::from(!rest.is_empty());
        let atoms = text.atoms.get(start..end).unwrap_or_default();
        let count = |case: Case| atoms.iter().filter(|a| a.syllable.is_some() && a.case == case).count();
        let is_capital = count(Case::Upper) >= 3 && count(Case::Upper) > count(Case::Lower) + count(Case::Title);
        let is_word = |i: usize| text.at(i).iter().all(|m| m.table != Table::Abbreviations);
        let has_word = || {
            let capital = |i: usize| text.atom(i).is_some_and(|a| a.syllable.is_some() && a.case == Case::Upper);
            (start..end).any(|i| capital(i) && is_word(i))
        };
        let is_all_capital = count(Case::Lower) + count(Case::Title) == 0 && count(Case::Upper) > 0 && has_word();
        Self { start, end: end.max(start + 1), is_capital, is_all_capital }
    }

    /// Whether what is written out in the line of `atom` takes capitals.
    pub(super) fn takes_capitals(&mut self, text: &Annotated<'_>, atom: usize) -> bool {
        self.is_capital_at(text, atom) || self.is_all_capital
    }

    /// Whether the line of `atom` is in capitals; moves to that line first. Asked from left to right, every line is read once.
    pub(super) fn is_capital_at(&mut self, text: &Annotated<'_>, atom: usize) -> bool {
        if !(self.start..self.end).contains(&atom) {
            let before = text.atoms.get(..=atom).unwrap_or_default();
            let start = before.iter().rposition(|a| a.breaks > 0).unwrap_or(0);
            *self = Self::at(text, start);
        }
        self.is_capital
    }
}

/// With a capital first letter.
pub(super) fn capitalised(full: &str) -> String {
    let mut chars = full.chars();
    let first = chars.next();
    first.into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
