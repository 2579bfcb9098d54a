//! The compiled lexicon, read in place.
//!
//! Little-endian, no alignment needed. A section is a `u32` byte length and its bytes:
//!
//! | section | content |
//! |---|---|
//! | vocabulary | map: 64-bit hash of a folded word, or [key](syllable_key) of a syllable out of use → word id − [`VOCABULARY`](super::atoms::VOCABULARY) |
//! | roles | a byte per word id: [`BEGINS_SHORT_FORM`], [`ENDS_ANNOUNCER`], [`BEGINS_ANNOUNCER`] |
//! | states | per state plus one: where its edges begin and where its values do (2 × `u32`) |
//! | edges | of every state: word id (`u32`), the state behind it (`u32`) with [`LEAF`], [`BARE`] and [`ONE`]; more than [`FEW_EDGES`] are open-addressing with linear probing, [`UNKNOWN`] in free slots; the trie begins at two states, see [`ASKED`] |
//! | values | `u32`: class in the upper 8 bits, [`EXCLUDES`], row in the lower 23 |
//! | begins | per word id the state after it from the root, or [`NONE`] (`u32`), where its values begin (`u32`: 24 bits, and their number in the upper 8), a bit for each word that goes on (`u64`, see [`follower_bit`]), and the [classes](Classes) of those values (`u64`); the same from [`ASKED`] |
//! | foreign | a byte per word id: a bit for each class that `foreign_names.tsv` gives the word |
//! | name rows | `u16` per word id: its row in `name_syllables.tsv` plus one, or 0 |
//! | scores | 3 × `i16` per row of `name_syllables.tsv`: hundredths of a nat as surname, middle, given name |
//! | cue trie, cue first, cue values | map: state and word id → state; `u32` per state plus one: where its values begin; values; for the phrases of [`super::cues`] |
//! | exact | map: 64-bit hash of table and letters → row, for the lists that are looked up by exact letters |
//! | one per table | `u32` columns, `u32` rows, `u32` where its first cell begins, `u32` end offsets of all cells, `u32` of [notes](super::Note) per row |
//!
//! A map is open-addressing with linear probing: slots of a `u64` key and a `u32` value; the value [`EMPTY`] marks a free one.
//! The cells are in a text of their own, so that they are known to be UTF-8 when the crate is compiled.

use super::atoms::{UNKNOWN, VOCABULARY};
use super::{Class, Classes, Match, Table};
use crate::syllable::Syllable;

pub(super) const MAGIC: &[u8; 8] = b"vanban\x00g";
pub(super) const EMPTY: u32 = u32::MAX;

/// Set in a state of the trie from which no phrase goes on,
pub(super) const LEAF: u32 = 1 << 30;
/// and in one where none ends.
pub(super) const BARE: u32 = 1 << 29;
/// Set beside [`LEAF`] in a state where one phrase ends; its other bits are the value. Most states are so, and two looks into
/// the tables are saved.
pub(super) const ONE: u32 = 1 << 31;

/// No class takes the bits of [`LEAF`] and [`ONE`] in a value.
const _: () = assert!(Class::ALL.len() <= 64);

/// Set in a value whose row lists words that it is no part of, or may not stand before.
pub(super) const EXCLUDES: u32 = 1 << 23;

/// The state from which the phrases go on that are looked for where a stage asks.
pub(super) const ASKED: u32 = 1;

/// No state: no phrase begins with the word.
pub(super) const NONE: u32 = u32::MAX;

/// Roles of a word: a short form begins with it,
pub(super) const BEGINS_SHORT_FORM: u8 = 1;
/// it is the last of a phrase that announces one,
pub(super) const ENDS_ANNOUNCER: u8 = 2;
/// or the first.
pub(super) const BEGINS_ANNOUNCER: u8 = 4;

/// Compiled by `cargo run --example compile_data` from `data/*.tsv`; a test compares.
static BLOB: &[u8] = include_bytes!("../../data/lexicon.bin");
/// The cells of all tables, one after the other.
static CELLS: &str = include_str!("../../data/lexicon.txt");

/// A phrase of which one word is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Begun {
    pub(crate) state: u32,
    /// The classes of the rows whose phrase is that word alone.
    pub(crate) classes: Classes,
    /// Where the values of that word alone begin (24 bits), and how many they are.
    values: u32,
    /// A bit for each word that may follow; most that do not follow are told by it, without a look at the trie.
    followers: u64,
}

impl Begun {
    #[inline(always)]
    fn read(entry: &[u8; 24]) -> Self {
        let [s0, s1, s2, s3, v0, v1, v2, v3, f0, f1, f2, f3, f4, f5, f6, f7, classes @ ..] = *entry;
        Self {
            state: u32::from_le_bytes([s0, s1, s2, s3]),
            classes: Classes::from_bits(u64::from_le_bytes(classes)),
            values: u32::from_le_bytes([v0, v1, v2, v3]),
            followers: u64::from_le_bytes([f0, f1, f2, f3, f4, f5, f6, f7]),
        }
    }

    #[inline]
    pub(crate) const fn may_go_on(self, word: u32) -> bool {
        self.followers & follower_bit(word) != 0
    }
}

/// One of 64 bits for a word that goes on.
#[inline]
pub(super) const fn follower_bit(word: u32) -> u64 {
    1 << (word.wrapping_mul(0x9E37_79B1) >> 26)
}

/// A row whose phrase was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    pub(crate) class: Class,
    /// Its remarks list words that the phrase is no part of.
    pub(crate) excludes: bool,
    pub(crate) row: u32,
}

impl Value {
    /// The same found at atoms of a text.
    #[inline]
    pub(super) fn found(self, start: usize, end: usize) -> Match {
        let Self { class, excludes, row } = self;
        Match { start: start as u32, end: end as u32, table: class.table(), class, excludes, row }
    }
}

/// View of the compiled data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon {
    vocabulary: Map,
    roles: &'static [u8],
    states: &'static [[u8; 8]],
    edges: &'static [[u8; 8]],
    values: &'static [[u8; 4]],
    begins: [&'static [[u8; 24]]; 2],
    foreign: &'static [u8],
    name_rows: &'static [[u8; 2]],
    scores: &'static [[u8; 2]],
    cues: Cues,
    exact: Map,
    tables: [Rows; Table::ALL.len()],
}

impl Lexicon {
    pub(crate) const ROOT: u32 = 0;

    /// The lexicon that the crate carries. A dozen slices are cut; nothing is copied.
    pub(crate) fn builtin() -> Self {
        Self::read(BLOB)
    }

    fn read(blob: &'static [u8]) -> Self {
        let mut rest = blob.strip_prefix(MAGIC.as_slice()).unwrap_or_default();
        let mut section = || {
            let (len, tail) = rest.split_first_chunk::<4>().unwrap_or((&[0; 4], &[]));
            let (body, tail) = tail.split_at_checked(u32::from_le_bytes(*len) as usize).unwrap_or_default();
            rest = tail;
            body
        };
        Self {
            vocabulary: Map::read(section()),
            roles: section(),
            states: section().as_chunks().0,
            edges: section().as_chunks().0,
            values: section().as_chunks().0,
            begins: [section().as_chunks().0, section().as_chunks().0],
            foreign: section(),
            name_rows: section().as_chunks().0,
            scores: section().as_chunks().0,
            cues: Cues::read(Map::read(section()), section().as_chunks().0, section().as_chunks().0),
            exact: Map::read(section()),
            tables: core::array::from_fn(|_| Rows::read(section())),
        }
    }

    /// Id of the word with this hash.
    pub(crate) fn word(&self, hash: u64) -> Option<u32> {
        self.vocabulary.get(hash).map(|n| VOCABULARY + n)
    }

    /// Id of a syllable.
    #[inline]
    pub(crate) fn syllable(&self, s: Syllable) -> Option<u32> {
        s.rank().map(u32::from).or_else(|| self.word(syllable_key(s)))
    }

    /// The roles of a word; marks and numbers, which have no byte, may have any.
    #[inline]
    fn roles(&self, word: u32) -> u8 {
        let unlisted = if word == UNKNOWN { 0 } else { u8::MAX };
        self.roles.get(word as usize).copied().unwrap_or(unlisted)
    }

    /// Whether a short form may begin with the word.
    #[inline]
    pub(crate) fn begins_short_form(&self, word: u32) -> bool {
        self.roles(word) & BEGINS_SHORT_FORM != 0
    }

    /// Whether a phrase that announces a short form may begin with the word.
    #[inline]
    pub(crate) fn begins_announcer(&self, word: u32) -> bool {
        self.roles(word) & BEGINS_ANNOUNCER != 0
    }

    /// Whether a phrase that announces a short form may end with the syllable.
    pub(crate) fn ends_announcer(&self, syllable: Syllable) -> bool {
        self.roles(self.syllable(syllable).unwrap_or(UNKNOWN)) & ENDS_ANNOUNCER != 0
    }

    /// The state after the first word of a phrase.
    #[inline]
    pub(crate) fn begin(&self, word: u32) -> Option<Begun> {
        self.begin_at(Self::ROOT, word)
    }

    /// The same of every word: where no phrase begins, no word goes on and no class is there. Whether one begins is hard to
    /// foretell, so no branch asks for it.
    #[inline(always)]
    pub(super) fn begun(&self, word: u32) -> Begun {
        match self.begins.first().and_then(|b| b.get(word as usize)) {
            Some(entry) => Begun::read(entry),
            None => self.begin(word).unwrap_or_default(),
        }
    }

    /// The same for the phrases that are looked for where a stage asks.
    #[inline]
    pub(crate) fn begin_asked(&self, word: u32) -> Option<Begun> {
        self.begin_at(ASKED, word)
    }

    /// Marks and numbers, which are not in the tables, are looked up.
    #[inline(always)]
    fn begin_at(&self, root: u32, word: u32) -> Option<Begun> {
        let Some(entry) = self.begins.get(root as usize).and_then(|b| b.get(word as usize)) else {
            let state = if word == UNKNOWN { None } else { self.step(root, word) };
            return state.map(|state| {
                let [here, next] = self.state(state);
                let mut classes = Classes::default();
                self.values(state, |v| classes.insert(v.class));
                let values = (here.1 | (next.1 - here.1) << 24) as u32;
                Begun { state, classes, values, followers: u64::MAX }
            });
        };
        let begun = Begun::read(entry);
        (begun.state != NONE).then_some(begun)
    }

    /// Whether a word has this class in `foreign_names.tsv`.
    #[inline]
    pub(crate) fn is_foreign(&self, word: u32, class: Class) -> bool {
        self.foreign.get(word as usize).is_some_and(|bits| bits & foreign_bit(class) != 0)
    }

    /// The row of a word in `name_syllables.tsv`.
    #[inline]
    pub(crate) fn name_row(&self, word: u32) -> Option<u32> {
        self.name_rows.get(word as usize).and_then(|b| u32::from(u16::from_le_bytes(*b)).checked_sub(1))
    }

    /// Where the edges and the values of a state and of the next one begin.
    #[inline]
    fn state(&self, state: u32) -> [(usize, usize); 2] {
        let at = (state & !(LEAF | BARE)) as usize;
        let bounds = |[e0, e1, e2, e3, v @ ..]: [u8; 8]| {
            (u32::from_le_bytes([e0, e1, e2, e3]) as usize, u32::from_le_bytes(v) as usize)
        };
        match self.states.get(at..).and_then(|s| s.first_chunk()) {
            Some([here, next]) => [bounds(*here), bounds(*next)],
            None => [(0, 0); 2],
        }
    }

    /// The state after `word`, if a phrase goes on with it.
    #[inline]
    pub(crate) fn step(&self, state: u32, word: u32) -> Option<u32> {
        if state & LEAF != 0 || word == UNKNOWN {
            return None;
        }
        let [here, next] = self.state(state);
        let edges = self.edges.get(here.0..next.0)?;
        let word_of = |[w0, w1, w2, w3, ..]: &[u8; 8]| u32::from_le_bytes([*w0, *w1, *w2, *w3]);
        let edge = if edges.len() <= FEW_EDGES {
            edges.iter().find(|e| word_of(e) == word)?
        } else {
            let from = edge_slot(word, edges.len());
            let (behind, ahead) = edges.split_at_checked(from)?;
            let end = |e: &&[u8; 8]| matches!(word_of(e), w if w == word || w == UNKNOWN);
            ahead.iter().chain(behind).find(end).filter(|e| word_of(e) == word)?
        };
        let [.., s0, s1, s2, s3] = *edge;
        Some(u32::from_le_bytes([s0, s1, s2, s3]))
    }

    /// The rows whose phrase is the word alone.
    #[inline]
    pub(super) fn first_values(&self, begun: Begun) -> &'static [[u8; 4]] {
        let (from, n) = ((begun.values & 0xFF_FFFF) as usize, (begun.values >> 24) as usize);
        self.values.get(from..from + n).unwrap_or_default()
    }

    /// Calls `found` for the rows whose phrase ends in `state`.
    #[inline(always)]
    pub(crate) fn values(&self, state: u32, mut found: impl FnMut(Value)) {
        if state & ONE != 0 {
            value(&(state & !(ONE | LEAF)).to_le_bytes()).into_iter().for_each(found);
        } else if state & BARE == 0 {
            let [here, next] = self.state(state);
            let rows = self.values.get(here.1..next.1).unwrap_or_default();
            rows.iter().filter_map(value).for_each(&mut found);
        }
    }

    /// The state after `word` in the trie of cues.
    #[inline]
    pub(crate) fn cue_step(&self, state: u32, word: u32) -> Option<u32> {
        self.cues.trie.get(cue_key(state, word))
    }

    /// The state behind one of [`super::cues::ROOTS`].
    #[inline]
    pub(super) fn cue_root(&self, root: u32) -> Option<u32> {
        self.cues.roots.get(root.wrapping_sub(super::cues::BEFORE) as usize).copied().flatten()
    }

    /// The values of the cues that end in `state`, ascending.
    pub(crate) fn cue_values(&self, state: u32) -> &'static [[u8; 4]] {
        let bound = |i: usize| self.cues.first.get(i).map_or(0, |b| u32::from_le_bytes(*b) as usize);
        let at = state as usize;
        self.cues.values.get(bound(at)..bound(at + 1)).unwrap_or_default()
    }

    /// The first row of an exact table that has these letters.
    pub(crate) fn exact(&self, table: Table, letters: &str) -> Option<u32> {
        self.exact.get(super::cues::exact_key(table, letters))
    }

    /// One cell of a data file, `""` for none.
    pub(crate) fn cell(&self, table: Table, row: u32, column: usize) -> &'static str {
        self.tables.get(table as usize).map_or("", |t| t.cell(row as usize, column))
    }

    /// The bits of a row's notes.
    #[inline]
    pub(super) fn notes(&self, table: Table, row: u32) -> u32 {
        self.tables.get(table as usize).and_then(|t| t.notes.get(row as usize)).map_or(0, |b| u32::from_le_bytes(*b))
    }

    /// Log-odds (hundredths of a nat) of a row of `name_syllables.tsv` as surname, middle and given name.
    pub(crate) fn name_scores(&self, row: u32) -> [i16; 3] {
        let at = row as usize * 3;
        core::array::from_fn(|i| self.scores.get(at + i).map_or(0, |b| i16::from_le_bytes(*b)))
    }
}

#[inline]
pub(super) fn value(bytes: &[u8; 4]) -> Option<Value> {
    let v = u32::from_le_bytes(*bytes);
    let class = *Class::ALL.get((v >> 24) as usize)?;
    Some(Value { class, excludes: v & EXCLUDES != 0, row: v & (EXCLUDES - 1) })
}

/// States with more edges have them in a table of a power of two of slots.
pub(super) const FEW_EDGES: usize = 4;

/// First slot of a word among the edges of a state.
#[inline]
pub(super) const fn edge_slot(word: u32, len: usize) -> usize {
    (word.wrapping_mul(0x9E37_79B1) >> 16) as usize & (len - 1)
}

/// Key of a syllable out of use in the vocabulary, the same for i and y.
pub(super) fn syllable_key(s: Syllable) -> u64 {
    u64::from(s.lexical().code()) | 1 << 32
}

/// The bit of a class of `foreign_names.tsv`.
pub(super) const fn foreign_bit(class: Class) -> u8 {
    match (class as u8).checked_sub(Class::GivenName as u8) {
        Some(n @ 0..8) => 1 << n,
        _ => 0,
    }
}

/// The trie of cues.
#[derive(Clone, Copy, Debug)]
struct Cues {
    trie: Map,
    /// The states behind the roots that are asked most.
    roots: [Option<u32>; super::cues::ROOTS.len()],
    first: &'static [[u8; 4]],
    values: &'static [[u8; 4]],
}

impl Cues {
    fn read(trie: Map, first: &'static [[u8; 4]], values: &'static [[u8; 4]]) -> Self {
        let roots = super::cues::ROOTS.map(|root| trie.get(cue_key(Lexicon::ROOT, root)));
        Self { trie, roots, first, values }
    }
}

const fn cue_key(state: u32, word: u32) -> u64 {
    (state as u64) << 32 | word as u64
}

/// `u64` → `u32`, read in place.
#[derive(Clone, Copy, Debug)]
struct Map {
    slots: &'static [[u8; 12]],
}

/// First slot of a key among `len` slots, a power of two.
pub(super) fn slot(key: u64, len: usize) -> usize {
    let mixed = (key ^ key >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize & (len - 1)
}

impl Map {
    fn read(section: &'static [u8]) -> Self {
        Self { slots: section.as_chunks().0 }
    }

    #[inline]
    fn get(&self, key: u64) -> Option<u32> {
        let len = self.slots.len();
        if !len.is_power_of_two() {
            return None;
        }
        let mut at = slot(key, len);
        for _ in 0..len {
            let [k0, k1, k2, k3, k4, k5, k6, k7, v0, v1, v2, v3] = *self.slots.get(at)?;
            let value = u32::from_le_bytes([v0, v1, v2, v3]);
            if value == EMPTY {
                return None;
            }
            if u64::from_le_bytes([k0, k1, k2, k3, k4, k5, k6, k7]) == key {
                return Some(value);
            }
            at = (at + 1) & (len - 1);
        }
        None
    }
}

/// The cells of one data file.
#[derive(Clone, Copy, Debug)]
struct Rows {
    columns: usize,
    start: usize,
    ends: &'static [[u8; 4]],
    notes: &'static [[u8; 4]],
}

impl Rows {
    fn read(section: &'static [u8]) -> Self {
        let numbers: &'static [[u8; 4]] = section.as_chunks().0;
        let number = |at: usize| numbers.get(at).map_or(0, |b| u32::from_le_bytes(*b) as usize);
        let (columns, rows) = (number(0), number(1));
        let cells = numbers.get(3..).unwrap_or_default();
        let (ends, notes) = cells.split_at_checked(columns.saturating_mul(rows)).unwrap_or((cells, &[]));
        Self { columns, start: number(2), ends, notes }
    }

    fn cell(&self, row: usize, column: usize) -> &'static str {
        if column >= self.columns {
            return "";
        }
        let at = row * self.columns + column;
        let end = |i: usize| self.ends.get(i).map_or(0, |b| u32::from_le_bytes(*b) as usize);
        let start = at.checked_sub(1).map_or(self.start, end);
        CELLS.get(start..end(at)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_blobs_read_as_empty() {
        for cut in (0..BLOB.len()).step_by(BLOB.len() / 97).chain(0..64) {
            let l = Lexicon::read(BLOB.get(..cut).unwrap());
            for state in [0, 1, 77, u32::MAX - 1] {
                let mut n = 0;
                l.values(state, |_| n += 1);
                assert!(n < BLOB.len());
                l.step(state, 5);
            }
            l.word(3);
            l.cue_step(0, 5);
            assert!(l.cue_values(7).len() < BLOB.len());
            l.exact(Table::DocumentCodes, "QĐ");
            l.name_scores(9999);
            for t in Table::ALL {
                l.cell(t, 3, 1);
            }
        }
    }
}
