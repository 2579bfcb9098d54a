//! Numbers and names of units: the segmenter's classes and syllables, then the listed other words.

use std::collections::{BTreeMap, HashMap};

use vanban::segment::training::{self, FIRST_OTHER, Unit};

/// The listed words that are no syllables, and the names of all rows.
pub struct Inventory {
    /// Names of the rows; the last are those of the listed words.
    names: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Inventory {
    /// Lists the most frequent of the counted words, at most `limit`, each at least `min_count` times.
    pub fn new(counts: BTreeMap<String, u32>, limit: usize, min_count: u32) -> Self {
        // What reads as a syllable or class would be taken for one.
        let is_free = |word: &str| training::number(word, |_| None).is_none();
        let mut rows: Vec<_> = counts.into_iter().filter(|(word, n)| *n >= min_count && is_free(word)).collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        rows.truncate(limit);
        let mut words: Vec<_> = rows.into_iter().map(|(word, _)| word).collect();
        words.sort();
        let numbers = words.iter().zip(FIRST_OTHER..).map(|(word, number)| (word.clone(), number)).collect();
        let mut names = training::row_names();
        names.append(&mut words);
        Self { names, numbers }
    }

    /// Numbers and rows are below this.
    pub fn n_rows(&self) -> usize {
        self.names.len()
    }

    /// Number and row of a unit of `text`.
    pub fn place(&self, unit: &Unit, text: &str) -> (u16, u16) {
        match unit.is_other().then(|| self.numbers.get(&training::folded(unit.span.of(text)))).flatten() {
            Some(&number) => (number, number),
            None => (unit.number, unit.row),
        }
    }

    /// The numbers of the units of a word, if all of them are syllables in use or listed.
    pub fn units_of(&self, word: &str) -> Option<Vec<u16>> {
        word.split(' ').map(|p| training::number(p, |folded| self.numbers.get(folded).copied())).collect()
    }

    /// The name of a row or number.
    pub fn name(&self, row: u16) -> &str {
        self.names.get(usize::from(row)).map_or("", String::as_str)
    }

    /// Whether it is the row of a listed word.
    pub fn is_listed(&self, row: usize) -> bool {
        row >= usize::from(FIRST_OTHER)
    }
}
