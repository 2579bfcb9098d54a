//! Words of the user's own.
//!
//! An entry is cut into tokens as text is, and found in text by its tokens: whole tokens only (*thang* never inside
//! *thanggggg*), on one line, whatever white space stands between them, in any letter case, Unicode form, tone placement
//! and i/y. `added` finds added words; [`Entries`] is a set that is asked.

mod added;
mod entries;
mod others;
mod triples;

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::units::Cell;
use super::words::cells_of;
use super::{MODEL, Segmenter};
use crate::model::Model;
pub(super) use added::{Added, Found};
use entries::{Entries, Token};

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

    /// Builds the segmenter. O(length of all entries), and some half a millisecond for a copy of the model if words are added.
    ///
    /// # Errors
    /// The first entry that no text could contain as a word: of more than 16 tokens.
    pub fn build(self) -> Result<Segmenter, UserWordError> {
        let model = self.model.unwrap_or_else(|| Model::built_in(MODEL));
        let [mut added, mut removed, mut forbidden] = [const { BTreeSet::new() }; 3];
        for (i, (kind, word)) in self.entries.into_iter().enumerate() {
            let tokens: Vec<Token> = cells_of(&model.tables(), &word).iter().map(|c| Token::new(&word, c)).collect();
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
                    removed.insert(tokens);
                }
                Kind::Forbid => {
                    forbidden.insert(tokens);
                }
            }
        }
        if added.is_empty() && removed.is_empty() && forbidden.is_empty() {
            return Ok(Segmenter { model, user: None });
        }
        let (added, marked) = Added::new(&added, &model);
        let entries = |words: &BTreeSet<Vec<Token>>| Entries::new(words.iter().map(Vec::as_slice).collect());
        let user = UserWords { added, removed: entries(&removed), forbidden: entries(&forbidden), model: marked };
        Ok(Segmenter { model, user: Some(Arc::new(user)) })
    }
}

/// The entries, ready to be found.
#[derive(Debug)]
pub(super) struct UserWords {
    pub(super) added: Added,
    removed: Entries,
    forbidden: Entries,
    /// With marks where added words begin.
    model: Model,
}

impl UserWords {
    /// The model with marks where added words begin.
    pub(super) const fn model(&self) -> &Model {
        &self.model
    }

    /// Nothing is removed or forbidden.
    pub(super) const fn only_adds(&self) -> bool {
        self.removed.is_empty() && self.forbidden.is_empty()
    }

    /// The lengths of dictionary words that begin with the first of `cells`, bit 0 for two cells, without removed ones.
    pub(super) fn without_removed(&self, text: &str, cells: &[Cell], mut words: u32) -> u32 {
        if self.removed.is_empty() {
            return words;
        }
        for len in 2..=4 {
            let bit = 1 << (len - 2);
            if words & bit != 0 && self.removed.contains(text, cells.get(..len).unwrap_or_default()) {
                words &= !bit;
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
        let goes_on = from.checked_sub(1).and_then(|b| cells.get(b)).is_some_and(|c| c.joined);
        let mut start = from;
        if goes_on {
            start = first_end(cells, from, limit).map_or(limit, |e| e + 1);
        }
        while let Some(end) = first_end(cells, start, limit) {
            let word = cells.get(start..=end).unwrap_or_default();
            if word.len() > 1 && word.len() <= MAX_TOKENS && self.forbidden.contains(text, word) {
                let weakest = (start..end).min_by_key(|&gap| scores.get(gap + 2).copied().unwrap_or(0));
                if let Some(cell) = weakest.and_then(|gap| cells.get_mut(gap)) {
                    cell.joined = false;
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
    (from..limit).find(|&i| cells.get(i).is_some_and(|c| !c.joined))
}
