//! Sentences as rows of integers, all in a few flat arrays.
//!
//! Lines are separated by one boundary unit, which is at once the end of one line and the beginning of the next.

use std::ops::Range;

use vanban::segment::training::{self, BOUNDARY};

use crate::corpus::Sentence;
use crate::inventory::Inventory;

/// Gap flags: the gap can be joined; it is.
pub const CANDIDATE: u8 = 1;
pub const JOINED: u8 = 2;

pub struct Examples {
    /// Numbers of the units, with a boundary before the first, between and after the lines.
    pub numbers: Vec<u16>,
    /// Rows of their weights.
    pub rows: Vec<u16>,
    pub shapes: Vec<u8>,
    /// Flags of the gap behind each unit.
    pub gaps: Vec<u8>,
    /// First unit of each line, and the end of the last.
    lines: Vec<u32>,
}

impl Examples {
    pub fn new() -> Self {
        let mut new =
            Self { numbers: Vec::new(), rows: Vec::new(), shapes: Vec::new(), gaps: Vec::new(), lines: vec![1] };
        new.push(BOUNDARY, BOUNDARY, 0);
        new
    }

    fn push(&mut self, number: u16, row: u16, shape: u8) {
        self.numbers.push(number);
        self.rows.push(row);
        self.shapes.push(shape);
        self.gaps.push(0);
    }

    pub fn add(&mut self, sentence: &Sentence, inventory: &Inventory) {
        let mut ends = sentence.ends.iter().copied().peekable();
        let (mut at, mut byte) = (0, 0);
        for unit in training::units(&sentence.text).iter().filter(|u| u.number != BOUNDARY) {
            // The gap before the unit: a word that does not end there goes on.
            while ends.next_if(|&end| end < at).is_some() {}
            if let (true, Some(gap)) = (unit.joinable, self.gaps.last_mut()) {
                *gap = CANDIDATE | if ends.peek() != Some(&at) { JOINED } else { 0 };
            }
            let (number, row) = inventory.place(unit, &sentence.text);
            self.push(number, row, unit.shape);
            at += sentence.letters(byte, unit.span.end);
            byte = unit.span.end;
        }
        self.push(BOUNDARY, BOUNDARY, 0);
        self.lines.push(self.numbers.len() as u32);
    }

    /// Units of line `i`.
    pub fn line(&self, i: usize) -> Range<usize> {
        // The boundary behind the line is no unit of it.
        self.lines[i] as usize..self.lines[i + 1] as usize - 1
    }

    pub fn n_lines(&self) -> usize {
        self.lines.len() - 1
    }

    pub fn is_joined(&self, gap: usize) -> bool {
        self.gaps[gap] & JOINED != 0
    }

    pub fn is_candidate(&self, gap: usize) -> bool {
        self.gaps[gap] & CANDIDATE != 0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::corpus::Form;

    #[test]
    fn gaps_follow_the_words_of_the_line() {
        let inventory = Inventory::new(BTreeMap::from([("tivi".to_owned(), 9)]), 5, 1);
        let mut x = Examples::new();
        x.add(&Sentence::read("Bà Lê_Hoa mua tivi , radio .", Form::Natural), &inventory);
        let names: Vec<&str> = x.rows.iter().map(|&r| inventory.name(r)).collect();
        assert_eq!(
            names,
            ["<boundary>", "bà", "Lê", "Hoa", "mua", "tivi", "<comma>", "<word>", "<stop>", "<boundary>"]
        );
        assert_eq!(x.gaps, [0, 1, 3, 1, 1, 0, 0, 0, 0, 0]);
        assert_eq!(x.line(0), 1..9);
    }
}
