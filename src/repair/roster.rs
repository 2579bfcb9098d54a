//! Names that the user knows to be spelt right.
//!
//! A document may misspell a name every time, or more often than not; then only knowledge from outside decides. A roster
//! holds names with the titles of their bearers. A name of the document that is near to one of the roster is compared with
//! it as with one of the document's own; a name that the roster has is never changed.
//!
//! A near-equal name alone does not make one person: *Lê Văn Dũng* of the roster may have a namesake's brother *Lê Văn
//! Dụng* in the text. A title in common does, or a form that cannot be a name.
//!
//! Memory: the letters of names and titles once, two words for each word of a name. Lookup: O(words) a name.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::near;
use super::spelling::{Spelling, word_key};
use crate::syllable::Syllable;

/// Names known to be right, with titles.
///
/// ```
/// use vanban::Analyzer;
/// use vanban::repair::Roster;
///
/// let mut roster = Roster::default();
/// roster.add("Huỳnh Thị Bích Trâm", ["Thứ trưởng Bộ Nội vụ"]);
/// let analyzer = Analyzer::new().roster(roster);
/// let doc = analyzer.analyze("Thứ trưởng Bộ Nội vụ Huỳnh Thị Bích Châm đến dự.");
/// assert_eq!(doc.repairs()[0].replacement, "Huỳnh Thị Bích Trâm");
/// assert!(doc.repairs()[0].applied);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Roster {
    names: Vec<Name>,
    by_keys: BTreeMap<Vec<u64>, usize>,
    by_rest: BTreeMap<(usize, usize, u64), Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Name {
    words: Vec<String>,
    keys: Vec<u64>,
    /// In lower case.
    titles: Vec<String>,
}

impl Roster {
    /// Adds a name, or titles to a name that is there. Names of one word are left out. Titles are written out in full,
    /// with the body and the place: *Chủ tịch Ủy ban nhân dân tỉnh Quảng Trị*.
    pub fn add<'a>(&mut self, name: &str, titles: impl IntoIterator<Item = &'a str>) {
        let words: Vec<String> = crate::person::plain(name).split_whitespace().map(ToString::to_string).collect();
        let keys: Vec<u64> = words.iter().map(|w| word_key(&(w, Syllable::parse(w)))).collect();
        if keys.len() < 2 {
            return;
        }
        let i = *self.by_keys.entry(keys.clone()).or_insert(self.names.len());
        if i == self.names.len() {
            for hole in 0..keys.len() {
                self.by_rest.entry((keys.len(), hole, near::rest(&keys, hole, 1))).or_default().push(i);
            }
            self.names.push(Name { words, keys, titles: Vec::new() });
        }
        let Some(entry) = self.names.get_mut(i) else { return };
        for title in titles {
            let title = crate::person::plain(title).to_lowercase();
            if !title.is_empty() && !entry.titles.contains(&title) {
                entry.titles.push(title);
            }
        }
    }

    /// Reads a name a line, its titles behind it, tabs between; empty lines and lines that begin with `#` are left out.
    /// Reads as it goes; only the roster stays in memory.
    ///
    /// # Errors
    /// The first line that cannot be read or is no UTF-8.
    #[cfg(feature = "std")]
    pub fn from_reader(mut reader: impl std::io::BufRead) -> Result<Self, RosterError> {
        let mut roster = Self::default();
        let mut line = String::new();
        for number in 1.. {
            line.clear();
            match reader.read_line(&mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(source) => return Err(RosterError { line: number, source }),
            }
            let row = line.trim_start_matches('\u{feff}').trim();
            if !row.is_empty() && !row.starts_with('#') {
                let mut cells = row.split('\t').map(str::trim);
                roster.add(cells.next().unwrap_or_default(), cells);
            }
        }
        Ok(roster)
    }

    /// Names it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether it holds no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Marks the spellings that the roster has, and adds the names of the roster that are near to one of the others.
    pub(super) fn mark<'a>(&'a self, spellings: &mut Vec<Spelling<'a>>) {
        let mut wanted: BTreeSet<usize> = BTreeSet::new();
        for s in spellings.iter_mut() {
            if let Some(name) = self.by_keys.get(&s.keys).and_then(|&i| self.names.get(i)) {
                s.roster = s.near.is_none().then_some(name.titles.as_slice());
                continue;
            }
            let n = s.keys.len();
            for hole in 0..n {
                let list = self.by_rest.get(&(n, hole, near::rest(&s.keys, hole, 1)));
                wanted.extend(list.into_iter().flatten().take(super::MAX_BUCKET));
            }
        }
        let present: BTreeSet<Vec<u64>> = spellings.iter().filter(|s| s.in_roster()).map(|s| s.keys.clone()).collect();
        for name in wanted.into_iter().filter_map(|i| self.names.get(i)) {
            if present.contains(&name.keys) {
                continue;
            }
            let words = name.words.iter().map(|w| (w.as_str(), Syllable::parse(w))).collect();
            spellings.push(Spelling {
                words,
                keys: name.keys.clone(),
                is_person: true,
                roster: Some(&name.titles),
                ..Spelling::default()
            });
        }
        spellings.sort_by(|a, b| (&a.keys, &a.near).cmp(&(&b.keys, &b.near)));
    }
}

/// Why a roster could not be read.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct RosterError {
    /// Line, from 1.
    pub line: usize,
    /// What happened there.
    pub source: std::io::Error,
}

#[cfg(feature = "std")]
impl core::fmt::Display for RosterError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "line {}: {}", self.line, self.source)
    }
}

#[cfg(feature = "std")]
impl core::error::Error for RosterError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.source)
    }
}
