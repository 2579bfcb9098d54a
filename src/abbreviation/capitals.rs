//! Letter case around a short form: lines in capitals, and the case of what is written out.

use alloc::string::String;
use alloc::vec::Vec;

use crate::lexicon::{Annotated, Atoms, Table};
use crate::scan::Case;

/// The lines of a text with the case of their syllables.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where its first token begins.
    start: usize,
    /// Its syllables in capitals, and those in small letters or with a capital first letter.
    n_capital: usize,
    n_small: usize,
}

impl Line {
    #[inline]
    fn count(&mut self, case: Case) {
        self.n_small += usize::from(matches!(case, Case::Lower | Case::Title));
        self.n_capital += usize::from(case == Case::Upper);
    }

    fn is_capital(&self) -> bool {
        self.n_capital >= 3 && self.n_capital > self.n_small
    }
}

impl Lines {
    /// The lines of a text that is read as a whole. Of a line without a syllable in capitals nothing is counted.
    pub(crate) fn of(text: &Annotated<'_>) -> Self {
        let marks = &text.marks;
        let is_capital = |&at: &usize| text.atom(at).is_some_and(|a| a.syllable.is_some() && a.case == Case::Upper);
        let mut capitals = marks.capitals.iter().filter(is_capital).peekable();
        let mut lines = Vec::with_capacity(marks.lines.len() + 1);
        let mut first = 0;
        while first < text.atoms.len() || lines.is_empty() {
            let end = marks.lines.next(first + 1).unwrap_or(text.atoms.len());
            let start = if lines.is_empty() { 0 } else { text.atom(first).map_or(0, |a| a.span().start) };
            let mut line = Line { start, n_capital: 0, n_small: 0 };
            if capitals.next_if(|at| *at < end).is_some() {
                while capitals.next_if(|at| *at < end).is_some() {}
                let atoms = text.atoms.get(first..end).unwrap_or_default();
                atoms.iter().filter(|a| a.syllable.is_some()).for_each(|a| line.count(a.case));
            }
            lines.push(line);
            first = end;
        }
        Self { lines }
    }

    /// The atoms whose line is in capitals: at least three capital syllables, and more than in lower case.
    pub(crate) fn in_capitals(&self, text: &Atoms<'_>) -> impl Iterator<Item = usize> {
        let first = |line: Option<&Line>| {
            line.map_or(text.atoms.len(), |line| text.atoms.partition_point(|a| a.span().start < line.start))
        };
        let capital = self.lines.iter().enumerate().filter(|(_, line)| line.is_capital());
        capital.flat_map(move |(i, line)| first(Some(line))..first(self.lines.get(i + 1)))
    }

    /// A line begins at this byte.
    pub(super) fn begin(&mut self, start: usize) {
        self.lines.push(Line { start, n_capital: 0, n_small: 0 });
    }

    /// The line has a syllable of this case.
    #[inline]
    pub(super) fn count(&mut self, case: Case) {
        if let Some(line) = self.lines.last_mut() {
            line.count(case);
        }
    }

    fn index(&self, byte: usize) -> Option<usize> {
        self.lines.partition_point(|l| l.start <= byte).checked_sub(1)
    }

    /// Whether the line of this byte is in capitals.
    pub(super) fn is_capital_at(&self, byte: usize) -> bool {
        self.index(byte).and_then(|i| self.lines.get(i)).is_some_and(Line::is_capital)
    }
}

/// Whether what is written out in a line takes capitals. Asked from left to right, every line is looked at once.
#[derive(Debug, Default)]
pub(super) struct CapitalPlaces {
    /// The line asked about last, and the answer.
    last: Option<(usize, bool)>,
}

impl CapitalPlaces {
    pub(super) fn takes_capitals(&mut self, text: &Atoms<'_>, lines: &Lines, byte: usize) -> bool {
        let Some(i) = lines.index(byte) else { return false };
        match self.last {
            Some((line, answer)) if line == i => answer,
            _ => {
                let answer = takes_capitals(text, lines, i);
                self.last = Some((i, answer));
                answer
            }
        }
    }
}

/// A line in capitals, or one with nothing in small letters and a capital syllable that is no short form: `KT. CHỦ TỊCH`.
fn takes_capitals(text: &Atoms<'_>, lines: &Lines, i: usize) -> bool {
    let Some(line) = lines.lines.get(i) else { return false };
    if line.is_capital() || line.n_small > 0 || line.n_capital == 0 {
        return line.is_capital();
    }
    let end = lines.lines.get(i + 1).map_or(text.text.len(), |next| next.start);
    let start = text.atoms.partition_point(|a| a.span().start < line.start);
    let mut atoms =
        (start..).zip(text.atoms.get(start..).unwrap_or_default()).take_while(|(_, a)| a.span().start < end);
    atoms.any(|(i, a)| {
        a.syllable.is_some() && a.case == Case::Upper && !text.has_phrase(i, |m| m.table == Table::Abbreviations)
    })
}

/// With a capital first letter.
pub(super) fn capitalised(full: &str) -> String {
    let mut chars = full.chars();
    let first = chars.next();
    first.into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
