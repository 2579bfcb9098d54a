//! A set of words that is asked by the first two tokens of each.
//!
//! A table of open addressing over the first two keys, and the entries that begin with them, longest first. Memory: some 60
//! bytes an entry.

use alloc::vec::Vec;

use crate::scan;
use crate::segment::units::{ACRONYM, BOUNDARY, Cell, FIRST_SYLLABLE, WORD};
use crate::syllable::Syllable;

/// What identifies a token: the number of a syllable or word that the model knows, the code of another syllable with the
/// second highest bit set, or the hash of any other token's letters with the highest.
type Key = u64;

#[inline(always)]
fn key(text: &str, cell: &Cell) -> Key {
    if cell.unit >= FIRST_SYLLABLE { Key::from(cell.unit) } else { unknown_key(cell.span.of(text)) }
}

#[inline(never)]
fn unknown_key(letters: &str) -> Key {
    match Syllable::parse(letters) {
        Some(syllable) => Key::from(syllable.lexical().code()) | 1 << 62,
        None => scan::fold_hash(letters) | 1 << 63,
    }
}

/// A token of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Token {
    key: Key,
    unit: u16,
}

impl Token {
    pub(super) fn new(text: &str, cell: &Cell) -> Self {
        // Letter case tells acronyms from other words.
        Self { key: key(text, cell), unit: if cell.unit == ACRONYM { WORD } else { cell.unit } }
    }

    /// Whether the unit says all about it.
    pub(super) const fn is_known(self) -> bool {
        self.unit >= FIRST_SYLLABLE
    }

    /// The units that text may have in its place.
    pub(super) fn units(self) -> impl Iterator<Item = u16> + Clone {
        let other = (self.unit == WORD).then_some(ACRONYM);
        core::iter::once(self.unit).chain(other)
    }
}

/// Second key of an entry of one token.
const ALONE: Key = Key::MAX;

/// The entries that begin with the same two tokens.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    /// Of both keys. It stands for them: different keys of one hash are as unlikely as different words of one key.
    hash: u64,
    /// The first entry, and how many there are; none marks a free place.
    first: u32,
    n: u32,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where its keys from the third on begin.
    rest: u32,
    /// Its tokens.
    len: u32,
}

#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Open addressing.
    starts: Vec<Start>,
    /// By their first two keys, then longest first.
    entries: Vec<Entry>,
    rests: Vec<Key>,
}

fn first_two(word: &[Token]) -> [Key; 2] {
    [word.first().map_or(ALONE, |t| t.key), word.get(1).map_or(ALONE, |t| t.key)]
}

const fn mix([a, b]: [Key; 2]) -> u64 {
    let h = (a ^ b.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (h ^ h >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

impl Entries {
    pub(super) fn new(mut words: Vec<&[Token]>) -> Self {
        words.sort_by(|a, b| first_two(a).cmp(&first_two(b)).then(b.len().cmp(&a.len())).then(a.cmp(b)));
        let starts = alloc::vec![Start::default(); (words.len() * 2).next_power_of_two()];
        let mut out = Self { starts, ..Self::default() };
        for entries in words.chunk_by(|a, b| first_two(a) == first_two(b)) {
            let start = Start {
                hash: mix(first_two(entries.first().copied().unwrap_or_default())),
                first: out.entries.len() as u32,
                n: entries.len() as u32,
            };
            out.put(start);
            for word in entries {
                out.entries.push(Entry { rest: out.rests.len() as u32, len: word.len() as u32 });
                out.rests.extend(word.iter().skip(2).map(|t| t.key));
            }
        }
        out
    }

    fn put(&mut self, start: Start) {
        let mut at = start.hash as usize;
        loop {
            at &= self.starts.len() - 1;
            match self.starts.get_mut(at) {
                Some(place) if place.n > 0 => at += 1,
                Some(place) => return *place = start,
                None => return,
            }
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Cells of the longest entry that begins with the first of `cells`, or 0.
    #[inline(never)]
    pub(super) fn longest_at(&self, text: &str, cells: &[Cell]) -> usize {
        let [first, after @ ..] = cells else { return 0 };
        let first = key(text, first);
        if let [second, after @ ..] = after
            && second.unit != BOUNDARY
        {
            for entry in self.start(first, key(text, second)) {
                let rest = self.rest(entry);
                let same = |(cell, &k): (&Cell, &Key)| cell.unit != BOUNDARY && key(text, cell) == k;
                if rest.len() <= after.len() && after.iter().zip(rest).all(same) {
                    return entry.len as usize;
                }
            }
        }
        self.start(first, ALONE).len()
    }

    /// Whether these cells are an entry.
    pub(super) fn contains(&self, text: &str, cells: &[Cell]) -> bool {
        let [first, after @ ..] = cells else { return false };
        let (second, rest) = after.split_first().map_or((ALONE, after), |(second, rest)| (key(text, second), rest));
        let mut entries = self.start(key(text, first), second);
        let same = |keys: &[Key]| keys.iter().copied().eq(rest.iter().map(|c| key(text, c)));
        entries.any(|entry| same(self.rest(entry)))
    }

    /// The entries that begin with these two keys, longest first.
    fn start(&self, first: Key, second: Key) -> core::slice::Iter<'_, Entry> {
        let hash = mix([first, second]);
        let mut at = hash as usize;
        loop {
            at &= self.starts.len() - 1;
            let Some(place) = self.starts.get(at).filter(|p| p.n > 0) else { return [].iter() };
            if place.hash == hash {
                let (first, n) = (place.first as usize, place.n as usize);
                return self.entries.get(first..first + n).unwrap_or_default().iter();
            }
            at += 1;
        }
    }

    /// The keys of an entry from the third on.
    fn rest(&self, entry: &Entry) -> &[Key] {
        let start = entry.rest as usize;
        self.rests.get(start..start + (entry.len as usize).saturating_sub(2)).unwrap_or_default()
    }
}
