//! Added words in text: marks in a copy of the model, and what they decide from gap to gap.
//!
//! The model looks up every pair of neighbours anyway. In a copy of it, made when the segmenter is built, the pairs with which
//! an entry begins are marked, so that one lookup answers for both; pairs that it does not have stand beside it (`others`). A
//! mark tells all about an entry of two known tokens; of longer ones a filter over the first three units is asked, and only
//! then the entries. What is joined is a number carried from gap to gap without a branch, since where the words of a
//! dictionary stand is as hard to guess as where any word ends; a block without a mark is scored as if there were no entries.
//!
//! Cost, by time against the plain segmenter (two runs of that differ by 3 %): one to a thousand rare words 1 to 3 %, 34,000
//! words of a dictionary of which every third pair of the text is one 13 %, 100,000 pairs of random syllables 15 %, 100,000
//! words of both kinds 20 to 27 %. Building: half a millisecond with one word, 70 to 80 with 100,000. Memory: a copy of the
//! model (0.8 MB), 18 to 34 bytes a pair that it does not have, some 60 an entry of another kind. Rejected: putting those pairs into the map of the copy (10 ms for one word; with 100,000 pairs the map is more than
//! the second cache holds), a filter for all pairs (twice the work at every cell, 50 % for the dictionary), and a trie (a load
//! that depends on the one before, at every cell). Carrying the number in the pass that lists the words, and asking the entries
//! at every pair that begins a longer one, cost 25 % for the dictionary together.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::hint::select_unpredictable;
use core::ops::Range;

use super::entries::{Entries, Token};
use super::others::Others;
use crate::model::{CLAIMED, FIRST_MARK, Model, NO_PAIR, Tables, longer_with};
use crate::segment::decide;
use crate::segment::units::Cell;

/// Mark of a pair: longer entries begin with its two cells and units that the pair names as the model does.
const LONGER: u32 = 1 << FIRST_MARK;
/// The highest bits hold the length of the entry of at most two tokens that begins with its first cell, or 0, or
/// [`BY_LETTERS`].
const LEN: u32 = FIRST_MARK + 1;
const ALONE: u32 = 1 << LEN;
const BOTH: u32 = 2 << LEN;
/// An entry may begin with its first cell; its letters decide.
const ASK: u32 = BY_LETTERS << LEN;
const BY_LETTERS: u32 = 3;

/// Bits of the filter for an entry, before they are rounded up to a power of two.
const BITS_PER_ENTRY: usize = 16;

/// The pairs of units that text may have in the place of two tokens.
fn pairs(left: Token, right: Token) -> impl Iterator<Item = u32> {
    left.units().flat_map(move |l| right.units().map(move |r| u32::from(l) << 16 | u32::from(r)))
}

/// The added words, ready to be found.
#[derive(Debug, Default)]
pub(in crate::segment) struct Added {
    /// Those pairs.
    others: Others,
    /// Those that a mark does not tell.
    entries: Entries,
    /// A bit for the first three units of every entry of more than two tokens; the number of words is a power of two.
    thirds: Vec<u64>,
    /// For every unit that may be an entry of one token the mark, from [`LEN`] on; empty if there is none.
    alone: Vec<u8>,
    /// Tokens of the longest word.
    longest: usize,
}

impl Added {
    /// The words, and a copy of the model in which they are marked.
    pub(super) fn new(words: &BTreeSet<Vec<Token>>, model: &Model) -> (Self, Model) {
        let longest = words.iter().map(Vec::len).max().unwrap_or(0);
        let n_longer = words.iter().filter(|w| w.len() > 2).count();
        let thirds = alloc::vec![0; (n_longer * BITS_PER_ENTRY).div_ceil(64).next_power_of_two()];
        let mut out = Self { longest, thirds, ..Self::default() };
        let mut marks: Vec<(u32, u32)> = Vec::new();
        for word in words {
            match word.as_slice() {
                &[only] => out.let_be(only),
                &[left, right, ref rest @ ..] => {
                    let mark = match rest.first() {
                        _ if !left.is_known() || !right.is_known() => ASK,
                        None => BOTH,
                        Some(third) => third.units().fold(LONGER, |mark, unit| mark | longer_with(unit)),
                    };
                    marks.extend(pairs(left, right).map(|pair| (pair, mark)));
                    for unit in rest.first().into_iter().flat_map(|third| third.units()) {
                        for pair in pairs(left, right) {
                            let (at, bit) = out.third(pair, unit);
                            if let Some(word) = out.thirds.get_mut(at) {
                                *word |= bit;
                            }
                        }
                    }
                }
                [] => {}
            }
        }
        marks.sort_unstable();
        marks.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 |= if same { later.1 } else { 0 };
            same
        });
        // What a mark tells need not be among the entries.
        let is_asked = |word: &&[Token]| match **word {
            [left, right, ..] => {
                let pair = pairs(left, right).next().unwrap_or(0);
                let at = marks.partition_point(|m| m.0 < pair);
                marks.get(at).is_some_and(|m| m.1 != BOTH)
            }
            _ => true,
        };
        out.entries = Entries::new(words.iter().map(Vec::as_slice).filter(is_asked).collect());
        let (model, others) = model.marked(&marks);
        out.others = Others::new(&others);
        (out, model)
    }

    fn let_be(&mut self, word: Token) {
        self.alone.resize(1 << 16, 0);
        let mark = if word.is_known() { ALONE } else { ASK };
        for unit in word.units() {
            if let Some(marks) = self.alone.get_mut(usize::from(unit)) {
                *marks = (mark >> LEN) as u8;
            }
        }
    }

    /// Where the filter has the bit of three units: a word of it, and the bit there.
    fn third(&self, pair: u32, third: u16) -> (usize, u64) {
        let hash = (u64::from(pair) << 16 | u64::from(third)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((hash >> 32) as usize & (self.thirds.len() - 1), 1 << (hash >> 58))
    }

    /// Tokens of the longest word.
    pub(in crate::segment) const fn longest(&self) -> usize {
        self.longest
    }

    /// Looks up the pair of every cell with the one before, and lists the second cells of those with which an added word may
    /// begin.
    pub(in crate::segment) fn look_up(&self, tables: &Tables<'_>, cells: &mut [Cell], marked: &mut Vec<u16>) {
        marked.resize(cells.len(), 0);
        let list = marked.as_mut_slice();
        let (mut i, mut n) = (0, 0);
        let claimed = |slot| NO_PAIR | slot & CLAIMED;
        let seen = |pair| {
            // Written in any case and counted if it is one: where words begin nobody can guess.
            if let Some(place) = list.get_mut(n) {
                *place = i;
            }
            i += 1;
            n += usize::from(pair >= CLAIMED);
        };
        decide::look_up(tables, cells, |pair| pair & !CLAIMED, claimed, seen);
        marked.truncate(n);
        if !self.alone.is_empty() {
            self.mark_alone(cells, marked);
        }
    }

    /// The same with the cells that may be an entry of one token.
    fn mark_alone(&self, cells: &mut [Cell], marked: &mut Vec<u16>) {
        marked.clear();
        let mut mark = 0;
        for (i, cell) in (0..).zip(cells) {
            // Two tokens are more than one, and to ask is more than both.
            let len = mark.max(cell.pair >> LEN);
            cell.pair = cell.pair & (ALONE - 1) | len << LEN;
            if cell.pair >= CLAIMED {
                marked.push(i);
            }
            mark = u32::from(self.alone.get(usize::from(cell.unit)).copied().unwrap_or(0));
        }
    }

    /// Sets the scores of the gaps that added words decide: 1 inside of one, 0 at its edges. `scores[g + 2]` is that of the gap
    /// behind cell `g`, `marked` what [`look_up`](Self::look_up) listed, `taken` the first cell behind the last word found
    /// before; returns that behind the last word found now. Of two words that overlap the first counts, of two that begin
    /// together the longer.
    pub(in crate::segment) fn decide(
        &self,
        text: &str,
        cells: &[Cell],
        marked: &[u16],
        gaps: Range<usize>,
        taken: usize,
        scores: &mut Vec<i32>,
    ) -> usize {
        // Behind the scores of the gaps is a place for what is to be forgotten.
        let nowhere = gaps.end + 2;
        scores.resize(nowhere + 3, 0);
        join(gaps.start, taken, scores);
        let mut taken = taken.max(gaps.start + 1);
        for &second in marked {
            let Some(start) = usize::from(second).checked_sub(1).filter(|&start| start <= gaps.end) else { continue };
            let Some([_, second, third, ..]) = cells.get(start..) else { break };
            let pair = second.pair;
            if pair & (CLAIMED | ALONE) != 0 || pair & LONGER != 0 && pair & longer_with(third.unit) != 0 {
                if start >= taken {
                    let end = start + self.len_at(text, cells.get(start..).unwrap_or_default());
                    if end > start {
                        join(start - 1, start, scores);
                        join(start, end, scores);
                        taken = end;
                    }
                }
                continue;
            }
            // An entry of two tokens, or none. No branch asks.
            let is_word = start >= taken && pair & BOTH != 0;
            let at = select_unpredictable(is_word, start + 1, nowhere);
            taken = select_unpredictable(is_word, start + 2, taken);
            if let Some(around) = scores.get_mut(at..at + 3) {
                around.copy_from_slice(&[0, 1, 0]);
            }
        }
        taken
    }

    /// Tokens of the longest entry that begins with the first of `cells`, or 0.
    #[inline(never)]
    fn len_at(&self, text: &str, cells: &[Cell]) -> usize {
        let [first, second, rest @ ..] = cells else { return 0 };
        let mut pair = second.pair;
        if pair & CLAIMED != 0 {
            let marks = self.others.marks(u32::from(first.unit) << 16 | u32::from(second.unit));
            pair = marks & (ALONE - 1) | (pair >> LEN).max(marks >> LEN) << LEN;
        }
        let len = pair >> LEN;
        let goes_on = |third: &Cell| pair & LONGER != 0 && self.may_be_longer(first, second, third);
        if len == BY_LETTERS || rest.first().is_some_and(goes_on) {
            return self.entries.longest_at(text, cells);
        }
        len as usize
    }

    /// Whether an entry of more than two tokens may begin with these.
    fn may_be_longer(&self, first: &Cell, second: &Cell, third: &Cell) -> bool {
        let (at, bit) = self.third(u32::from(first.unit) << 16 | u32::from(second.unit), third.unit);
        self.thirds.get(at).is_some_and(|word| word & bit != 0)
    }
}

/// Joins the gaps behind the cells from `start` to `end` but that behind the last.
fn join(start: usize, end: usize, scores: &mut [i32]) {
    for gap in start..end {
        if let Some(score) = scores.get_mut(gap + 2) {
            *score = i32::from(gap + 1 < end);
        }
    }
}
