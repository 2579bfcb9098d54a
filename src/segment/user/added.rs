//! Added words in text: marks in a copy of the model, and what they decide from gap to gap.
//!
//! The model looks up every pair of neighbours anyway. In a copy of it, made when the segmenter is built, the pairs with which
//! an entry begins are marked, so that one lookup answers for both; pairs that it does not have stand beside it
//! (`others`) if few words are added, and are put into its map if many are. A mark tells all about an entry of two known tokens; longer ones are looked for by
//! their first three units (`triples`), and only behind those by their letters. The gaps are scored as if there were no
//! entries; then what is marked is listed and decided. Lists are narrowed down without a branch, since where the words of a
//! dictionary stand is as hard to guess as where any word ends.
//!
//! Cost, by time against the plain segmenter (two runs of that differ by 3 %): one to a thousand rare words 3 to 4 %,
//! 34,000 words of a dictionary, of which every fourth pair of the text is one, 8 to 10 %, 100,000 rare words 6 to 11 %,
//! 100,000 words of both kinds 13 to 19 %. A third of the last is the larger map, which is more than the second cache
//! holds. Building: two thirds of a millisecond with one word, 37 with 34,000 of a dictionary, 85 with 100,000 pairs, 140
//! with as many words of two to four tokens. Memory: a copy of the model (0.8 MB), nine bytes a pair that it does not have,
//! some 20 an entry of three tokens, 60 one of another kind.
//!
//! Rejected: a filter for all pairs that the model does not have, beside the displacements of the map or as bits of both
//! units (five to nine per cent more for 100,000 rare words: the loads of the map are under way in a shorter loop without),
//! or one asked only where the model has no pair (four per cent: that is a third of all pairs, which costs what the larger
//! map does); listing in the loop that looks up (the same reason) or in that which scores (too many registers); marks and
//! scores as sets of 64 bits, in which six in ten marked pairs fall because the model joins them already (a quarter fewer
//! instructions and the same time: how many bits a set has is hard to guess); keys of pairs apart from values, so that what
//! a text asks in vain is half as much (the value waits for the key); carrying what is joined from gap to gap while rows
//! are added; marks of triples in the model (the branch behind them costs more than they save); and a trie (a load that
//! depends on the one before, at every cell).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::hint::select_unpredictable;
use core::ops::Range;

use super::entries::{Entries, Token};
use super::others::Others;
use super::triples::Triples;
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
    /// Pairs with marks that the copy of the model does not have.
    others: Others,
    /// What begins with three known units.
    triples: Triples,
    /// Entries that neither marks nor triples tell.
    entries: Entries,
    /// For every unit that may be an entry of one token the mark, from [`LEN`] on; empty if there is none.
    alone: Vec<u8>,
    /// Tokens of the longest word.
    longest: usize,
}

impl Added {
    /// The words, and a copy of the model in which they are marked.
    pub(super) fn new(words: &BTreeSet<Vec<Token>>, model: &Model) -> (Self, Model) {
        let longest = words.iter().map(Vec::len).max().unwrap_or(0);
        let n_triples = words.iter().filter_map(|word| word.get(2)).map(|third| third.units().count()).sum();
        let mut out = Self { longest, triples: Triples::new(n_triples), ..Self::default() };
        let mut marks: Vec<(u32, u32)> = Vec::new();
        for word in words {
            match word.as_slice() {
                &[only] => out.let_be(only),
                &[left, right, ref rest @ ..] if left.is_known() && right.is_known() => {
                    for pair in pairs(left, right) {
                        marks.push((pair, rest.first().map_or(BOTH, |third| out.let_go_on(pair, *third, rest.len()))));
                    }
                }
                &[left, right, ..] => marks.extend(pairs(left, right).map(|pair| (pair, ASK))),
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

    /// Notes an entry that goes on behind a pair with so many tokens, of which this is the first; returns the mark of the pair.
    fn let_go_on(&mut self, pair: u32, third: Token, n: usize) -> u32 {
        let what = if n == 1 && third.is_known() { Triples::ENTRY } else { Triples::ASK };
        third.units().fold(LONGER, |mark, unit| {
            self.triples.add(pair, unit, what);
            mark | longer_with(unit)
        })
    }

    /// Notes an entry of one token.
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

    /// Lists what is marked among the cells that may begin a word, with the longest entry that begins there.
    #[inline(never)]
    fn list(&self, text: &str, cells: &[Cell], starts: Range<usize>, found: &mut Found) {
        let Found { marked, words, doubtful, asked } = found;
        let seconds = cells.get(starts.start + 1..).unwrap_or_default();
        let starts = starts.start as u16..starts.end as u16;
        keep(marked, seconds.len(), starts.zip(seconds).map(|(start, second)| (start, second.pair >= CLAIMED)));
        words.resize(marked.len(), (0, 0));
        let doubt = |(i, (&start, word)): (u16, (&u16, &mut (u16, u16)))| {
            let [_, second, third, ..] = cells.get(usize::from(start)..).unwrap_or_default() else { return (i, false) };
            let pair = second.pair;
            *word = (start, (pair >> LEN) as u16);
            let may_be_longer = (pair & LONGER != 0) & (pair & longer_with(third.unit) != 0);
            (i, may_be_longer | is_asked(pair))
        };
        keep(doubtful, marked.len(), (0..).zip(marked.iter().zip(&mut *words)).map(doubt));
        let pass = |&i: &u16| {
            let start = marked.get(usize::from(i)).map_or(0, |&start| usize::from(start));
            let [first, second, third, ..] = cells.get(start..).unwrap_or_default() else { return (i, false) };
            (i, self.triples.may_have(unit_pair(first, second), third.unit) | is_asked(second.pair))
        };
        keep(asked, doubtful.len(), doubtful.iter().map(pass));
        for &i in &*asked {
            if let Some((start, len)) = words.get_mut(usize::from(i)) {
                *len = self.len_at(text, cells.get(usize::from(*start)..).unwrap_or_default()) as u16;
            }
        }
    }

    /// Tokens of the longest entry that begins with the first of `cells`, or 0.
    #[inline(never)]
    fn len_at(&self, text: &str, cells: &[Cell]) -> usize {
        let [first, second, rest @ ..] = cells else { return 0 };
        let pair = unit_pair(first, second);
        let marks = if second.pair & CLAIMED != 0 { self.others.marks(pair) } else { second.pair };
        // A pair that is claimed may have the mark of an entry of one token too.
        let len = (second.pair >> LEN).max(marks >> LEN);
        if len == BY_LETTERS {
            return self.entries.longest_at(text, cells);
        }
        let third = rest.first().filter(|_| marks & LONGER != 0);
        let what = third.map_or(0, |third| self.triples.get(pair, third.unit));
        let len = if what & Triples::ENTRY != 0 { 3 } else { len as usize };
        if what & Triples::ASK != 0 { self.entries.longest_at(text, cells).max(len) } else { len }
    }
}

/// Whether the mark of a pair leaves open what entry begins with its first token, be the third what it may.
const fn is_asked(pair: u32) -> bool {
    pair & (CLAIMED | ALONE) != 0
}

/// Lists for a block, kept for their memory.
#[derive(Clone, Debug, Default)]
pub(in crate::segment) struct Found {
    /// First cells of pairs with a mark.
    marked: Vec<u16>,
    /// The same, and the number of cells of the longest entry that begins there, or 0.
    words: Vec<(u16, u16)>,
    /// Which of them the mark leaves open.
    doubtful: Vec<u16>,
    /// Which of those pass the filter of the triples.
    asked: Vec<u16>,
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
