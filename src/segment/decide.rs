//! From cells to joined gaps: the fast scorer.
//!
//! Two passes over a block. The first looks up every pair of neighbours; the lookups do not depend on each other, so their
//! cache misses overlap. The second adds rows: a register holds four lanes, one for each gap that is still open; the row
//! of a unit and of the pair it ends are added to all lanes at once, the lowest lane is complete and is shifted out.
//! `reference` says the same the obvious way; a test holds them equal.

use alloc::vec::Vec;

use super::units::Cell;
use crate::model::{LONGER, NO_PAIR, Tables, WORD};

/// Cells behind a gap that its decision may ask about: the longest word of the dictionary.
pub(crate) const LOOK_AHEAD: usize = 4;
/// Cells before it: the same.
pub(crate) const CONTEXT: usize = 4;

/// What was looked up about a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    /// Value of the pair with the next cell.
    pair: u32,
    /// Slot of that pair in the upper bits; in the three lowest the lengths of the words that begin here: bit 0 two cells,
    /// bit 1 three, bit 2 four.
    slot_and_words: u32,
}

/// Bits of the lengths.
const WORDS: u32 = 0b111;

impl Found {
    const NONE: Self = Self { pair: NO_PAIR, slot_and_words: 0 };

    const fn words(self) -> u32 {
        self.slot_and_words & WORDS
    }

    /// Whether a word of `len` cells (two to four) begins here.
    pub(crate) const fn has_word(self, len: usize) -> bool {
        self.words() >> (len - 2) & 1 == 1
    }

    pub(crate) const fn remove_word(&mut self, len: usize) {
        self.slot_and_words &= !(1 << (len - 2));
    }
}

/// Looks up every pair, and the words that begin at every cell. `found` gets one entry a cell.
pub(crate) fn look_up(tables: &Tables<'_>, cells: &[Cell], found: &mut Vec<Found>) {
    found.clear();
    // First where every pair would stand, then what stands there: the second loop is so short that many of its loads, most
    // of which miss the cache, are under way at once. No branch looks at what they bring: a wrong guess would wait for it.
    found.extend(
        cells.iter().zip(cells.iter().skip(1)).map(|(left, right)| Found {
            pair: NO_PAIR,
            slot_and_words: tables.pairs.slot(pair_key(left, right)) << 3,
        }),
    );
    for (found, (left, right)) in found.iter_mut().zip(cells.iter().zip(cells.iter().skip(1))) {
        found.pair = tables.pairs.value(found.slot_and_words >> 3, pair_key(left, right)).unwrap_or(NO_PAIR);
    }
    found.push(Found::NONE);
    for (i, found) in found.iter_mut().enumerate() {
        let pair = found.pair;
        let joinable = cells.get(i + 1).is_some_and(|c| c.joinable);
        found.slot_and_words |= u32::from(pair & WORD != 0 && joinable);
        if pair & LONGER != 0 && joinable {
            let slot = found.slot_and_words >> 3;
            found.slot_and_words |= longer(tables, slot, cells.get(i + 2..).unwrap_or_default());
        }
    }
}

#[inline(always)]
fn pair_key(left: &Cell, right: &Cell) -> u64 {
    u64::from(left.unit) << 16 | u64::from(right.unit)
}

/// The words of three and four cells that begin with the pair in `slot`; `rest` is what follows the pair.
#[inline(never)]
fn longer(tables: &Tables<'_>, slot: u32, rest: &[Cell]) -> u32 {
    let Some(third) = rest.first().filter(|c| c.joinable) else { return 0 };
    let key = u64::from(slot) << 16 | u64::from(third.unit);
    let slot = tables.triples.slot(key);
    let Some(value) = tables.triples.value(slot, key) else { return 0 };
    let mut words = if value & WORD != 0 { 0b010 } else { 0 };
    if value & LONGER != 0
        && let Some(fourth) = rest.get(1).filter(|c| c.joinable)
        && tables.quadruples.get(u64::from(slot) << 16 | u64::from(fourth.unit)).is_some()
    {
        words |= 0b100;
    }
    words
}

/// The score of every gap: `scores[g + 2]` is that of the gap behind cell `g`, positive where a word goes on. The words near
/// the last gaps are complete only up to `cells.len() - LOOK_AHEAD`, unless the text ends there.
pub(crate) fn score(tables: &Tables<'_>, cells: &[Cell], found: &[Found], scores: &mut Vec<i32>) {
    // Sums of the gap two cells back, one back, behind the cell, and the next; lowest first.
    let mut lanes = 0u64;
    let (mut shapes, mut words) = (0usize, 0u32);
    let mut before = Found::NONE;
    scores.clear();
    scores.extend(cells.iter().zip(found).map(|(cell, &here)| {
        lanes = lanes.wrapping_add(tables.unit(cell.row)).wrapping_add(tables.pair(before.pair));
        shapes = shapes << 3 | cell.shape as usize;
        words = words << 3 | before.words();
        before = here;
        let complete = lanes as u16;
        lanes >>= 16;
        tables.score(complete, shapes, pattern(words))
    }));
}

/// The row of the table of patterns, twelve bits, from the words that begin at the cells around a gap, three bits a cell,
/// the cell right of the gap lowest.
///
/// | bits | words that |
/// |---|---|
/// | 0–2 | begin right of the gap, of two, three, four cells |
/// | 3–5 | begin at its left cell and cover it, of two, three, four |
/// | 6 | end at its left cell, of two |
/// | 7–8 | cover it with their second gap, of three, four |
/// | 9 | end at its left cell, of three |
/// | 10 | cover it with their third gap, of four |
/// | 11 | end at its left cell, of four |
#[inline(always)]
pub(crate) const fn pattern(words: u32) -> usize {
    (words & 0x1FF | (words >> 10 & 3) << 9 | (words >> 14 & 1) << 11) as usize
}
