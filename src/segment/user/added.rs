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

/// The pair of units of two cells.
fn unit_pair(left: &Cell, right: &Cell) -> u32 {
    u32::from(left.unit) << 16 | u32::from(right.unit)
}

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
    /// What begins with three units.
    triples: Triples,
    /// For every unit that may be an entry of one token the mark, from [`LEN`] on; empty if there is none.
    alone: Vec<u8>,
    /// Tokens of the longest word.
    longest: usize,
}

impl Added {
    /// The words, and a copy of the model in which they are marked.
    pub(super) fn new(words: &BTreeSet<Vec<Token>>, model: &Model) -> (Self, Model) {
        let longest = words.iter().map(Vec::len).max().unwrap_or(0);
        let mut out = Self { longest, triples: Triples::new(words.iter().filter(|w| w.len() > 2).count()), ..Self::default() };
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
                    if mark & LONGER != 0
                        && let Some(third) = rest.first()
                    {
                        for unit in third.units() {
                            let what = if rest.len() == 1 && third.is_known() { Triples::ENTRY } else { Triples::ASK };
                            for pair in pairs(left, right) {
                                out.triples.add(pair, unit, what);
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
        // What marks and triples tell need not be among the entries.
        let is_asked = |word: &&[Token]| !matches!(word.len(), 2 | 3) || !word.iter().all(|token| token.is_known());
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

    /// Tokens of the longest word.
    pub(in crate::segment) const fn longest(&self) -> usize {
        self.longest
    }

    /// Looks up the pair of every cell with the one before.
    pub(in crate::segment) fn look_up(&self, tables: &Tables<'_>, cells: &mut [Cell]) {
        if self.others.is_empty() {
            decide::look_up(tables, cells, |pair| pair, |_| NO_PAIR);
        } else {
            decide::look_up(tables, cells, |pair| pair & !CLAIMED, |slot| NO_PAIR | slot & CLAIMED);
        }
        if !self.alone.is_empty() {
            self.mark_alone(cells);
        }
    }

    /// Marks the pairs whose first cell may be an entry of one token.
    fn mark_alone(&self, cells: &mut [Cell]) {
        let mut mark = 0;
        for cell in cells {
            // Two tokens are more than one, and to ask is more than both.
            let len = mark.max(cell.pair >> LEN);
            cell.pair = cell.pair & (ALONE - 1) | len << LEN;
            mark = u32::from(self.alone.get(usize::from(cell.unit)).copied().unwrap_or(0));
        }
    }

    /// Sets the scores of the gaps that added words decide: 1 inside of one, 0 at its edges. `scores[g + 2]` is that of the gap
    /// behind cell `g`, `taken` the first cell behind the last word found before; returns that behind the last word found now.
    /// Of two words that overlap the first counts, of two that begin together the longer.
    pub(in crate::segment) fn decide(
        &self,
        text: &str,
        cells: &[Cell],
        gaps: Range<usize>,
        mut taken: usize,
        scores: &mut Vec<i32>,
        found: &mut Found,
    ) -> usize {
        // Behind the scores of the gaps is a place for what is to be forgotten.
        let nowhere = gaps.end + 2;
        scores.resize(nowhere + 3, 0);
        join(gaps.start, taken, scores);
        taken = taken.max(gaps.start + 1);
        self.list(text, cells, gaps.start + 1..gaps.end + 1, found);
        for &(start, len) in &found.words {
            let (start, end) = (usize::from(start), usize::from(start + len));
            if len & 1 != 0 || len > 2 {
                if start >= taken {
                    join(start - 1, start, scores);
                    join(start, end, scores);
                    taken = end;
                }
                continue;
            }
            // An entry of two tokens, or none.
            let is_word = (start >= taken) & (len != 0);
            let at = select_unpredictable(is_word, start + 1, nowhere);
            taken = select_unpredictable(is_word, end, taken);
            if let Some(around) = scores.get_mut(at..at + 3) {
                around.copy_from_slice(&[0, 1, 0]);
            }
        }
        taken
    }

    /// Lists the longest words that begin with these cells.
    fn list(&self, text: &str, cells: &[Cell], starts: Range<usize>, found: &mut Found) {
        let Found { starts: marked, words, asked, longer } = found;
        let begins = (starts.start as u16..starts.end as u16).zip(cells.get(starts.start + 1..).unwrap_or_default());
        keep(marked, starts.len(), begins.map(|(start, second)| (start, second.pair >= CLAIMED)));
        words.clear();
        words.reserve(marked.len());
        // Those of which the mark does not tell all, then those of them that the filter lets pass.
        let may_be_asked = |(i, &start): (u16, &u16)| {
            let [_, second, third, ..] = cells.get(usize::from(start)..).unwrap_or_default() else { return (i, false) };
            let pair = second.pair;
            words.push((start, (pair >> LEN) as u16));
            let may_be_longer = (pair & LONGER != 0) & (pair & longer_with(third.unit) != 0);
            (i, (pair & (CLAIMED | ALONE) != 0) | may_be_longer)
        };
        keep(asked, marked.len(), (0..).zip(&*marked).map(may_be_asked));
        let may_be_entry = |&i: &u16| {
            let start = marked.get(usize::from(i)).copied().unwrap_or(0);
            let [first, second, third, ..] = cells.get(usize::from(start)..).unwrap_or_default() else { return (i, true) };
            let may_be_longer = self.triples.may_have(unit_pair(first, second), third.unit);
            (i, (second.pair & (CLAIMED | ALONE) != 0) | may_be_longer)
        };
        keep(longer, asked.len(), asked.iter().map(may_be_entry));
        for &i in &*longer {
            if let Some((start, len)) = words.get_mut(usize::from(i)) {
                *len = self.len_at(text, cells.get(usize::from(*start)..).unwrap_or_default()) as u16;
            }
        }
    }

    /// Tokens of the longest entry that begins with the first of `cells`, or 0.
    #[inline(never)]
    fn len_at(&self, text: &str, cells: &[Cell]) -> usize {
        let [first, second, rest @ ..] = cells else { return 0 };
        let mut pair = second.pair;
        if pair & CLAIMED != 0 {
            let marks = self.others.marks(unit_pair(first, second));
            pair = marks & (ALONE - 1) | (pair >> LEN).max(marks >> LEN) << LEN;
        }
        let len = pair >> LEN;
        if len == BY_LETTERS {
            return self.entries.longest_at(text, cells);
        }
        let Some(third) = rest.first().filter(|_| pair & LONGER != 0) else { return len as usize };
        let what = self.triples.get(unit_pair(first, second), third.unit);
        let len = if what & Triples::ENTRY != 0 { 3 } else { len as usize };
        if what & Triples::ASK != 0 { self.entries.longest_at(text, cells).max(len) } else { len }
    }
}

/// What begins with three units whose first two are known: an entry of just these, and others that only their letters tell.
#[derive(Debug, Default)]
struct Triples {
    /// A bit for every one, so that nearly all others need not be looked for; the number of words is a power of two.
    filter: Vec<u64>,
    /// Units and what begins with them, by open addressing; nothing in a free place. Half of them are free at least.
    places: Vec<(u32, u16, u16)>,
}

impl Triples {
    const ENTRY: u16 = 1;
    const ASK: u16 = 2;

    fn new(n: usize) -> Self {
        Self {
            filter: alloc::vec![0; (n * 16).div_ceil(64).next_power_of_two()],
            places: alloc::vec![Default::default(); (2 * n).next_power_of_two()],
        }
    }

    const fn hash(pair: u32, third: u16) -> u64 {
        ((pair as u64) << 16 | third as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// A word of the filter, and the bit there.
    const fn bit(&self, pair: u32, third: u16) -> (usize, u64) {
        let hash = Self::hash(pair, third);
        ((hash >> 32) as usize & (self.filter.len() - 1), 1 << (hash >> 58))
    }

    /// Whether the three may be here. No branch.
    fn may_have(&self, pair: u32, third: u16) -> bool {
        let (at, bit) = self.bit(pair, third);
        self.filter.get(at).is_some_and(|word| word & bit != 0)
    }

    fn place(&self, pair: u32, third: u16) -> usize {
        let mut at = (Self::hash(pair, third) >> 32) as usize;
        loop {
            at &= self.places.len() - 1;
            match self.places.get(at) {
                Some(&(p, t, what)) if what != 0 && (p, t) != (pair, third) => at += 1,
                _ => return at,
            }
        }
    }

    fn add(&mut self, pair: u32, third: u16, what: u16) {
        let (at, bit) = self.bit(pair, third);
        if let Some(word) = self.filter.get_mut(at) {
            *word |= bit;
        }
        let at = self.place(pair, third);
        if let Some(place) = self.places.get_mut(at) {
            *place = (pair, third, place.2 | what);
        }
    }

    fn get(&self, pair: u32, third: u16) -> u16 {
        let place = self.places.get(self.place(pair, third)).copied().unwrap_or_default();
        if (place.0, place.1) == (pair, third) { place.2 } else { 0 }
    }
}

/// What is found in a block.
#[derive(Clone, Debug, Default)]
pub(in crate::segment) struct Found {
    /// First cells of the pairs with a mark.
    starts: Vec<u16>,
    /// The same and the numbers of cells of the words, 0 where there is none.
    words: Vec<(u16, u16)>,
    /// Indices of those of which the mark does not tell all.
    asked: Vec<u16>,
    /// Those of them that are asked.
    longer: Vec<u16>,
}

/// Makes a list of those of at most `n` candidates that count. Which ones do nobody can guess, so no branch asks: every one is
/// written, and counted if it counts.
#[inline(always)]
fn keep(list: &mut Vec<u16>, n: usize, candidates: impl Iterator<Item = (u16, bool)>) {
    list.resize(n, 0);
    let places = list.as_mut_slice();
    let mut n_kept = 0;
    for (candidate, counts) in candidates {
        if let Some(place) = places.get_mut(n_kept) {
            *place = candidate;
        }
        n_kept += usize::from(counts);
    }
    list.truncate(n_kept);
}

/// Joins the gaps behind the cells from `start` to `end` but that behind the last.
fn join(start: usize, end: usize, scores: &mut [i32]) {
    for gap in start..end {
        if let Some(score) = scores.get_mut(gap + 2) {
            *score = i32::from(gap + 1 < end);
        }
    }
}
