//! Words of the user's own.
//!
//! An entry is cut into tokens as text is, and found in text by its tokens: whole tokens only (*thang* never inside
//! *thanggggg*), on one line, whatever white space stands between them, in any letter case, Unicode form, tone placement
//! and i/y. The first two tokens of every entry are in a bit set that is asked at every cell; only behind a bit are
//! entries compared, longest first.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::units::{BOUNDARY, Cell, Decision, FIRST_SYLLABLE};
use super::words::cells_of;
use super::{MODEL, Segmenter};
use crate::model::{Model, Tables};
use crate::scan::{self, TokenKind};
use crate::syllable::Syllable;

/// Most tokens of an entry.
const MAX_TOKENS: usize = 16;

/// Builds a [`Segmenter`].
///
/// ```
/// use vanban::segment::Segmenter;
/// let segmenter = Segmenter::builder().add_word("FIS Bank").forbid("học sinh học").build()?;
/// let words: Vec<&str> = segmenter.words("Ngân hàng fis bank khai trương").map(|w| w.text).collect();
/// assert_eq!(words, ["Ngân hàng", "fis bank", "khai trương"]);
/// # Ok::<(), vanban::segment::UserWordError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SegmenterBuilder {
    entries: Vec<(Kind, String)>,
    model: Option<Model>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Add,
    Remove,
    Forbid,
}

/// Why an entry is no word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserWordError {
    /// Which entry, counted from 1 in the order in which they were given; of a list, its line.
    pub entry: usize,
    /// The entry.
    pub word: String,
    /// What is wrong.
    pub reason: &'static str,
}

impl fmt::Display for UserWordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "entry {}: {:?}: {}", self.entry, self.word, self.reason)
    }
}

impl core::error::Error for UserWordError {}

impl SegmenterBuilder {
    /// This word is one word wherever its tokens stand together: the gaps inside are joined, those at its edges are not.
    /// Of two such words that overlap, the one that begins first counts; of two that begin together, the longer.
    #[must_use]
    pub fn add_word(mut self, word: impl Into<String>) -> Self {
        self.entries.push((Kind::Add, word.into()));
        self
    }

    /// Takes back an earlier [`add_word`](Self::add_word), and takes the word out of the model's dictionary: whether it is
    /// joined then depends on its syllables and their neighbours alone.
    #[must_use]
    pub fn remove_word(mut self, word: impl Into<String>) -> Self {
        self.entries.push((Kind::Remove, word.into()));
        self
    }

    /// No word consists of just these tokens: where the model would make it, it is cut at its weakest gap.
    #[must_use]
    pub fn forbid(mut self, word: impl Into<String>) -> Self {
        self.entries.push((Kind::Forbid, word.into()));
        self
    }

    /// A list, one word a line: `word` is added, `-word` removed, `!word` forbidden; empty lines and lines that begin with
    /// `#` are passed over.
    #[must_use]
    pub fn word_list(mut self, list: &str) -> Self {
        for line in list.lines() {
            let line = line.trim();
            let (kind, word) = match line.split_at_checked(1) {
                Some(("-", word)) => (Kind::Remove, word),
                Some(("!", word)) => (Kind::Forbid, word),
                _ => (Kind::Add, line),
            };
            // Remarks keep their place, so that an error names the line.
            let word = if line.starts_with('#') { "" } else { word };
            self.entries.push((kind, word.trim().to_string()));
        }
        self
    }

    /// Another model than the one the crate carries.
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.model = Some(model);
        self
    }

    /// Builds the segmenter. O(length of all entries).
    ///
    /// # Errors
    /// The first entry that no text could contain as a word: of more than 16 tokens.
    pub fn build(self) -> Result<Segmenter, UserWordError> {
        let model = self.model.unwrap_or_else(|| Model::built_in(MODEL));
        let mut user = UserWords::default();
        let mut added = BTreeSet::new();
        for (i, (kind, word)) in self.entries.into_iter().enumerate() {
            let tokens = keys(&word, &model.tables());
            if tokens.len() > MAX_TOKENS {
                return Err(UserWordError { entry: i + 1, word, reason: "it has more than 16 tokens" });
            }
            if tokens.is_empty() {
                continue;
            }
            match kind {
                Kind::Add => {
                    added.insert(tokens);
                }
                Kind::Remove => {
                    added.remove(&tokens);
                    user.removed.insert(tokens);
                }
                Kind::Forbid => {
                    user.forbidden.insert(tokens);
                }
            }
        }
        user.index(added);
        let any = !(user.entries.is_empty() && user.removed.is_empty() && user.forbidden.is_empty());
        Ok(Segmenter { model, user: any.then(|| Arc::new(user)) })
    }
}

/// What identifies a token: the number of a syllable in use, the code of another syllable with the second highest bit set, or
/// the hash of any other token's letters with the highest.
type Key = u64;

fn key(text: &str, cell: &Cell) -> Key {
    if cell.unit >= FIRST_SYLLABLE {
        return Key::from(cell.unit);
    }
    let letters = cell.span.of(text);
    match Syllable::parse(letters) {
        Some(syllable) => Key::from(syllable.lexical().code()) | 1 << 62,
        None => scan::fold_hash(letters) | 1 << 63,
    }
}

fn keys(word: &str, tables: &Tables<'_>) -> Vec<Token> {
    cells_of(tables, word).iter().map(|cell| Token::new(word, cell)).collect()
}

/// The number of a token for the bit sets: its unit, but one for all words that the model does not know, since letter case
/// tells acronyms from other words.
#[inline(always)]
fn class(cell: &Cell) -> u16 {
    match cell.kind {
        TokenKind::Word | TokenKind::Acronym if cell.unit < FIRST_SYLLABLE => FIRST_SYLLABLE - 1,
        _ => cell.unit,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Token {
    key: Key,
    class: u16,
}

impl Token {
    fn new(text: &str, cell: &Cell) -> Self {
        Self { key: key(text, cell), class: class(cell) }
    }
}

/// The entries, ready to be found.
#[derive(Debug, Default)]
pub(super) struct UserWords {
    /// Added words, sorted by their first two keys, then longest first.
    entries: Vec<Vec<Token>>,
    /// Open addressing: hash of the first two keys → index of the first such entry plus one.
    slots: Vec<u32>,
    /// A bit for the first two units of every entry.
    bits: Vec<u64>,
    /// A bit for the unit of every entry of one token; empty if there is none.
    single_bits: Vec<u64>,
    longest: usize,
    removed: BTreeSet<Vec<Token>>,
    forbidden: BTreeSet<Vec<Token>>,
}

/// Bits of the set per entry: one in 32 of the other pairs is looked at in vain.
const BITS_PER_ENTRY: usize = 32;
/// Second key of an entry of one token.
const ALONE: Key = Key::MAX;

fn first_two(word: &[Token]) -> [Key; 2] {
    [word.first().map_or(ALONE, |t| t.key), word.get(1).map_or(ALONE, |t| t.key)]
}

/// Mixes two numbers into one whose upper bits are even.
const fn mix(a: u64, b: u64) -> u64 {
    let h = (a ^ b.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (h ^ h >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

fn bit(bits: &[u64], hash: u64) -> (usize, u64) {
    // The number of words is a power of two.
    let at = (hash >> 24) as usize & (bits.len() * 64 - 1);
    (at / 64, 1 << (at % 64))
}

fn has(bits: &[u64], hash: u64) -> bool {
    let (word, mask) = bit(bits, hash);
    bits.get(word).is_some_and(|w| w & mask != 0)
}

impl UserWords {
    fn index(&mut self, added: BTreeSet<Vec<Token>>) {
        self.entries = added.into_iter().collect();
        self.entries.sort_by(|a, b| first_two(a).cmp(&first_two(b)).then(b.len().cmp(&a.len())).then(a.cmp(b)));
        self.longest = self.entries.iter().map(Vec::len).max().unwrap_or(0);
        let n = self.entries.len();
        self.bits = alloc::vec![0; (n * BITS_PER_ENTRY / 64).next_power_of_two()];
        self.slots = alloc::vec![0; (n * 2).next_power_of_two()];
        let n_slots = self.slots.len();
        for (i, word) in self.entries.iter().enumerate() {
            let bits = match word.as_slice() {
                [only] => {
                    self.single_bits.resize(1 << 10, 0);
                    let (at, mask) = (usize::from(only.class) / 64, 1 << (only.class % 64));
                    if let Some(word) = self.single_bits.get_mut(at) {
                        *word |= mask;
                    }
                    None
                }
                [a, b, ..] => Some(mix(u64::from(a.class), u64::from(b.class))),
                [] => None,
            };
            if let Some(hash) = bits {
                let (at, mask) = bit(&self.bits, hash);
                if let Some(word) = self.bits.get_mut(at) {
                    *word |= mask;
                }
            }
            let first = first_two(word);
            if i.checked_sub(1).and_then(|b| self.entries.get(b)).is_some_and(|b| first_two(b) == first) {
                continue;
            }
            let mut at = mix(first[0], first[1]) as usize;
            while let Some(slot) = self.slots.get_mut(at & (n_slots - 1)) {
                if *slot == 0 {
                    *slot = i as u32 + 1;
                    break;
                }
                at += 1;
            }
        }
    }

    /// Tokens of the longest added word.
    pub(super) const fn longest(&self) -> usize {
        self.longest
    }

    /// Cells of the longest added word that begins with the first of `cells`, or 0.
    #[inline(always)]
    fn match_at(&self, text: &str, cells: &[Cell]) -> usize {
        let [first, rest @ ..] = cells else { return 0 };
        let (one, two) = (class(first), rest.first().map_or(BOUNDARY, class));
        let mut len = 0;
        if has(&self.bits, mix(u64::from(one), u64::from(two))) && two != BOUNDARY {
            len = self.longest_entry(text, cells, 2);
        }
        if len == 0 && !self.single_bits.is_empty() {
            let word = self.single_bits.get(usize::from(one) / 64).copied().unwrap_or(0);
            if word >> (one % 64) & 1 == 1 {
                len = self.longest_entry(text, cells, 1);
            }
        }
        len
    }

    #[inline(never)]
    fn longest_entry(&self, text: &str, cells: &[Cell], n: usize) -> usize {
        let key_of = |i: usize| cells.get(i).filter(|c| c.unit != BOUNDARY).map(|c| key(text, c));
        let (Some(first), Some(second)) = (key_of(0), if n == 1 { Some(ALONE) } else { key_of(1) }) else { return 0 };
        let n_slots = self.slots.len();
        let mut at = mix(first, second) as usize;
        while let Some(start) = self.slots.get(at & (n_slots - 1)).and_then(|s| s.checked_sub(1)) {
            let same = |w: &&Vec<Token>| first_two(w) == [first, second];
            let entries = self.entries.get(start as usize..).unwrap_or_default();
            if entries.first().is_some_and(|w| same(&w)) {
                let fits = |w: &&Vec<Token>| w.iter().enumerate().skip(n).all(|(i, t)| key_of(i) == Some(t.key));
                return entries.iter().take_while(same).find(fits).map_or(0, Vec::len);
            }
            at += 1;
        }
        0
    }

    /// Marks the gaps of added words that begin at `from..limit`; returns where the last one ends (at least `from`).
    pub(super) fn mark(&self, text: &str, cells: &mut [Cell], from: usize, limit: usize) -> usize {
        let mut at = from;
        while at < limit {
            let len = self.match_at(text, cells.get(at..).unwrap_or_default());
            if len == 0 {
                at += 1;
                continue;
            }
            for (i, cell) in cells.iter_mut().enumerate().skip(at.saturating_sub(1)).take(len + 1) {
                // The gap before the word, those inside, the gap behind.
                cell.gap = if i + 1 == at || i + 1 == at + len { Decision::Cut } else { Decision::Joined };
            }
            at += len;
        }
        at
    }

    /// The lengths of dictionary words that begin with the first of `cells`, bit 0 for two cells, without removed ones.
    pub(super) fn without_removed(&self, text: &str, cells: &[Cell], mut words: u32) -> u32 {
        for len in 2..=4 {
            let bit = 1 << (len - 2);
            if words & bit != 0 && !self.removed.is_empty() {
                let word = cells.get(..len).unwrap_or_default();
                if contains(&self.removed, text, word) {
                    words &= !bit;
                }
            }
        }
        words
    }

    /// Cuts forbidden words among the decided cells; returns up to where the cells are whole words, or `limit` where a word
    /// is too long to be an entry.
    pub(super) fn forbid(&self, text: &str, cells: &mut [Cell], scores: &[i32], from: usize, limit: usize) -> usize {
        if self.forbidden.is_empty() {
            return limit;
        }
        // A word that goes on from the block before was too long for an entry.
        let goes_on = from.checked_sub(1).and_then(|b| cells.get(b)).is_some_and(|c| c.gap == Decision::Joined);
        let mut start = from;
        if goes_on {
            start = first_end(cells, from, limit).map_or(limit, |e| e + 1);
        }
        while let Some(end) = first_end(cells, start, limit) {
            let word = cells.get(start..=end).unwrap_or_default();
            if word.len() > 1 && word.len() <= MAX_TOKENS && contains(&self.forbidden, text, word) {
                let weakest = (start..end).min_by_key(|&gap| scores.get(gap + 2).copied().unwrap_or(0));
                if let Some(cell) = weakest.and_then(|gap| cells.get_mut(gap)) {
                    cell.gap = Decision::Cut;
                    continue;
                }
            }
            start = end + 1;
        }
        if limit - start > MAX_TOKENS || start <= from || limit == cells.len() - 2 { limit } else { start }
    }
}

/// The first cell from `from` on behind which a word ends.
fn first_end(cells: &[Cell], from: usize, limit: usize) -> Option<usize> {
    (from..limit).find(|&i| cells.get(i).is_some_and(|c| c.gap == Decision::Cut))
}

fn contains(set: &BTreeSet<Vec<Token>>, text: &str, cells: &[Cell]) -> bool {
    let word: Vec<Token> = cells.iter().map(|c| Token::new(text, c)).collect();
    set.contains(&word)
}
