//! From cells to joined gaps: the fast scorer.
//!
//! First every pair of neighbours is looked up; the lookups do not depend on each other, so their cache misses overlap. Then
//! rows are added: a register holds four lanes, one for each gap that is still open; the row of a unit and of the pair it
//! ends are added to all lanes at once, the lowest lane is complete and is shifted out. (Looking pairs up while text is read,
//! or while rows are added, was tried: slower by a fifth and a twentieth, since the misses hold up the other work.)
//! `reference` says the same the obvious way; a test holds them equal.

use alloc::vec::Vec;

use super::units::{BOUNDARY, Cell};
use crate::model::{LONGER, Tables, WORD, longer_with};

/// Cells behind a gap that its decision may ask about: the longest word of the dictionary.
pub(crate) const LOOK_AHEAD: usize = 4;
/// Cells before it: the same.
pub(crate) const CONTEXT: usize = 4;

/// Looks up the pair of every cell with the one before. `found` and `other` make its value from what the model has for it or
/// for another pair.
#[inline(always)]
pub(crate) fn look_up(tables: &Tables<'_>, cells: &mut [Cell], found: impl Fn(u32) -> u32, other: impl Fn(u32) -> u32) {
    // First where every pair would stand, then what stands there: the second loop is so short that many of its loads, most
    // of which miss the cache, are under way at once. No branch looks at what they bring: a wrong guess would wait for it.
    let mut before = BOUNDARY;
    for cell in &mut *cells {
        cell.slot = tables.pairs.slot(pair_key(before, cell.unit));
        before = cell.unit;
    }
    before = BOUNDARY;
    for cell in cells {
        cell.pair = tables.pairs.either(cell.slot, pair_key(before, cell.unit), &found, &other);
        before = cell.unit;
    }
}

#[inline(always)]
fn pair_key(left: u16, right: u16) -> u64 {
    u64::from(left) << 16 | u64::from(right)
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

/// The scores of the gaps behind all of the first `n` cells but two: `scores[g + 2]` is that of the gap behind cell `g`,
/// positive where a word goes on, 0 where none can. The words near the last gaps are complete only up to
/// `cells.len() - LOOK_AHEAD`, unless the text ends there. `words` may change the lengths of the words that begin with the
/// first of some cells.
#[inline(always)]
pub(crate) fn score(
    tables: &Tables<'_>,
    cells: &[Cell],
    n: usize,
    scores: &mut Vec<i32>,
    words: impl Fn(&[Cell], u32) -> u32,
) {
    // Sums of the gap two cells back, one back, behind the cell, and the next; lowest first.
    let mut lanes = 0u64;
    let (mut shapes, mut near) = (0usize, 0u32);
    // Whether a word can go on behind the gap whose score is complete.
    let mut joinable = false;
    // A loop and no iterator that is collected: what is carried from cell to cell has to stay in registers.
    scores.resize(n.min(cells.len()), 0);
    for (i, (cell, sum)) in cells.iter().zip(scores).enumerate() {
        let pair = cell.pair;
        lanes = lanes.wrapping_add(tables.unit(cell.row)).wrapping_add(tables.pair(pair));
        shapes = shapes << 3 | cell.shape as usize;
        // The words that begin at the cell before.
        let mut begin = u32::from((pair & WORD != 0) & cell.joinable);
        let third = cells.get(i + 1).map_or(BOUNDARY, |c| c.unit);
        if pair & longer_with(third) != 0 && cell.joinable {
            begin |= longer(tables, cell.slot, cells.get(i + 1..).unwrap_or_default());
        }
        if begin != 0 {
            begin = words(cells.get(i.wrapping_sub(1)..).unwrap_or_default(), begin);
        }
        near = near << 3 | begin;
        let complete = lanes as u16;
        lanes >>= 16;
        let score = tables.score(complete, shapes, pattern(near));
        let mask = -i32::from(joinable);
        joinable = cell.joinable;
        *sum = score & mask;
    }
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
