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

use super::entries::{Entries, Token};
use super::others::Others;
use crate::model::{FIRST_MARK, Model, Tables, longer_with};
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

/// How far a gap is into an added word: the cells of it that follow and one more, 1 behind its last cell, 0 elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::segment) struct Inside(u32);

impl Inside {
    /// Whether an added word reaches the gap.
    pub(in crate::segment) const fn is_inside(self) -> bool {
        self.0 > 0
    }

    /// What to begin with so that this is reached behind these cells, whose words are decided.
    pub(in crate::segment) fn before(self, cells: &mut [Cell]) -> Self {
        for cell in &mut *cells {
            cell.pair &= (1 << FIRST_MARK) - 1;
        }
        Self(if self.0 > 0 { self.0 + cells.len() as u32 } else { 0 })
    }
}

/// The pairs of units that text may have in the place of two tokens.
fn pairs(left: Token, right: Token) -> impl Iterator<Item = u32> {
    left.units().flat_map(move |l| right.units().map(move |r| u32::from(l) << 16 | u32::from(r)))
}

/// The added words, ready to be found.
#[derive(Debug, Default)]
pub(in crate::segment) struct Added {
    /// Pairs with marks that the model does not have.
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

    /// Looks up the pair of every cell with the one before, and marks it; says whether any has a mark.
    pub(in crate::segment) fn look_up(&self, tables: &Tables<'_>, cells: &mut [Cell]) -> bool {
        let mut all = 0;
        let settle = |pair, cell: &mut Cell| {
            self.others.settle(pair, cell);
            all |= cell.pair;
        };
        if self.others.has_filter() {
            let filter = |cell: &mut Cell, pair| cell.pair = self.others.filtered(pair);
            decide::look_up(tables, cells, filter, |cell, _| cell.pair, settle);
        } else {
            decide::look_up(tables, cells, |_, _| (), |_, slot| Others::claimed(slot), settle);
        }
        let alone = !self.alone.is_empty() && self.mark_alone(cells);
        alone || all >> FIRST_MARK != 0
    }

    /// Marks the pairs whose first cell may be an entry of one token; says whether there are any.
    fn mark_alone(&self, cells: &mut [Cell]) -> bool {
        let (mut mark, mut any) = (0, 0);
        for cell in cells {
            // Two tokens are more than one, and to ask is more than both.
            let len = mark.max(cell.pair >> LEN);
            cell.pair = cell.pair & (ALONE - 1) | len << LEN;
            mark = u32::from(self.alone.get(usize::from(cell.unit)).copied().unwrap_or(0));
            any |= mark;
        }
        any != 0
    }

    /// The score of the next gap, which is that of the model unless an added word decides: 1 inside of it, 0 at its edges.
    /// `pair` is that of the two cells behind the gap, `may_go_on` what it says of the third, and `cells` from the first of
    /// them on are given on demand. Of two words that overlap the first counts, of two that begin together the longer.
    #[inline(always)]
    pub(in crate::segment) fn score<'c>(
        &self,
        inside: &mut Inside,
        text: &str,
        pair: u32,
        may_go_on: bool,
        by_model: i32,
        cells: impl FnOnce() -> &'c [Cell],
    ) -> i32 {
        let goes_on = inside.0 > 1;
        // No branch but that for longer words: where words begin nobody can guess.
        let mut len = pair >> LEN;
        if (may_go_on && pair & LONGER != 0 || len == BY_LETTERS) && !goes_on {
            let cells = cells();
            if len == BY_LETTERS || self.may_be_longer(cells) {
                len = self.entries.longest_at(text, cells) as u32;
            }
        }
        let next = if goes_on { inside.0 - 1 } else { len };
        let score = if inside.0 | next == 0 { by_model } else { 0 };
        inside.0 = next;
        if goes_on { 1 } else { score }
    }

    /// Whether an entry of more than two tokens may begin with the first of `cells`.
    #[inline(always)]
    fn may_be_longer(&self, cells: &[Cell]) -> bool {
        let [a, b, c, ..] = cells else { return false };
        let (at, bit) = self.third(u32::from(a.unit) << 16 | u32::from(b.unit), c.unit);
        self.thirds.get(at).is_some_and(|word| word & bit != 0)
    }
}
