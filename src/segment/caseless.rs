//! Lines in which letters have no case.
//!
//! Where a line has shown small letters alone, or capitals alone, up to the second unit behind a gap, its letters tell
//! nothing of names; what classes of the units tell is then added to the score (see `Tables::caseless`). Proper text begins a
//! line with a capital and is left alone, so only the beginnings of lines are looked at, and as much of a line as shows no
//! case; the loop that scores all gaps knows nothing of this.

use super::units::{BOUNDARY, Cell, Shape};
use crate::model::Tables;

/// What a line has shown up to a cell: bit 0 no capital, bit 1 no small letter, bit 2 nothing at all; 0 both letters, or that
/// it begins with a mark or number. A line of proper text that begins without a capital is mostly such a one, an item of a
/// list or a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Case(u8);

impl Case {
    const BOTH: Self = Self(0);
    const EDGE: Self = Self(0b111);

    /// What is left with a cell.
    const fn with(self, cell: &Cell) -> Self {
        Self(match cell.shape {
            Shape::Mark | Shape::Number if self.0 == Self::EDGE.0 => 0,
            Shape::Mark | Shape::Number => self.0,
            Shape::Lower | Shape::OtherLower => self.0 & 0b01,
            Shape::Upper | Shape::OtherUpper => self.0 & 0b10,
            Shape::Title | Shape::OtherTitle => 0,
        })
    }

    /// What is known behind a cell: nothing, if a line ends there.
    const fn behind(self, cell: &Cell) -> Self {
        if cell.row == BOUNDARY { Self::EDGE } else { self.with(cell) }
    }

    /// The same behind some cells.
    pub(super) fn behind_all(self, cells: &[Cell]) -> Self {
        cells.iter().fold(self, Self::behind)
    }
}

/// Goes with the scores from gap to gap.
#[derive(Debug)]
pub(super) struct Caseless {
    case: Case,
    /// Whether the gap before scores above zero, as the model alone has it.
    before: bool,
}

impl Caseless {
    /// Before the first of some cells. Of those that come again, `case` may be what was known behind the last: what they
    /// show, they show twice.
    pub(super) const fn new(case: Case) -> Self {
        Self { case, before: false }
    }

    /// What is known behind the last gap.
    pub(super) const fn case(&self) -> Case {
        self.case
    }

    /// The score of the gap whose second cell behind is cell `i`.
    #[inline(always)]
    fn score(&mut self, tables: &Tables<'_>, cells: &[Cell], i: usize, score: i32) -> i32 {
        let before = core::mem::replace(&mut self.before, score > 0);
        let Some(cell) = cells.get(i) else { return score };
        if self.case == Case::BOTH && cell.row != BOUNDARY {
            return score;
        }
        let case = self.case.with(cell);
        self.case = self.case.behind(cell);
        match cells.get(i.wrapping_sub(3)..=i) {
            Some([a, b, c, d]) if c.joinable && case != Case::BOTH => {
                score + tables.caseless(before, [a, b, c, d].map(|cell| cell.unit))
            }
            _ => score,
        }
    }

    /// The scores of all gaps; `edges` are the cells that are edges of lines.
    #[inline(never)]
    pub(super) fn add(&mut self, tables: &Tables<'_>, cells: &[Cell], edges: &[usize], scores: &mut [i32]) {
        let mut at = self.stretch(tables, cells, 0, scores);
        for &edge in edges {
            if (at..scores.len()).contains(&edge) {
                self.case = Case::default().behind_all(cells.get(edge..=edge).unwrap_or_default());
                at = self.stretch(tables, cells, edge + 1, scores);
            }
        }
    }

    /// The scores from `at` on as long as letters have no case; returns where they have one.
    fn stretch(&mut self, tables: &Tables<'_>, cells: &[Cell], mut at: usize, scores: &mut [i32]) -> usize {
        self.before = false;
        while self.case != Case::BOTH
            && let Some(score) = scores.get_mut(at)
        {
            *score = self.score(tables, cells, at, *score);
            at += 1;
        }
        at
    }
}
