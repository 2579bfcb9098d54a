//! Makes the blob of [`super::blob`] from the data files. Same files, same bytes.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::atoms::{self, AtomKind, UNKNOWN, VOCABULARY};
use super::blob::{
    ASKED, BARE, BEGINS_ANNOUNCER, BEGINS_SHORT_FORM, EMPTY, ENDS_ANNOUNCER, EXCLUDES, FEW_EDGES, LEAF, MAGIC, NONE,
    ONE, edge_slot, follower_bit, foreign_bit, slot, syllable_key,
};
use super::cues::{self, CueKind};
use super::{Class, Classes, FILES, Lexicon, Note, Table};
use crate::syllable::Syllable;

/// Why a data file could not be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// Name of the file.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

impl core::error::Error for CompileError {}

/// Ids given out so far, and the trie as it grows.
#[derive(Default)]
struct Builder {
    vocabulary: BTreeMap<u64, u32>,
    trie: BTreeMap<u64, u32>,
    /// Per state, in the order of creation: the values of phrases that end there.
    values: Vec<Vec<u32>>,
    cue_trie: BTreeMap<u64, u32>,
    cue_values: Vec<Vec<u32>>,
    exact: BTreeMap<u64, u32>,
    /// By word id.
    roles: BTreeMap<u32, u8>,
    /// By word id: how frequent the row is, and its number plus one.
    name_rows: BTreeMap<u32, (u32, u16)>,
    foreign: BTreeMap<u32, u8>,
}

impl Builder {
    fn add(&mut self, phrase: &str, class: Class, value: u32) -> Result<(), &'static str> {
        let mut words = Vec::new();
        atoms::each_atom(phrase, |span, kind| {
            words.push(match kind {
                AtomKind::Word => self.word(span.of(phrase)),
                other => atoms::mark_id(other),
            });
        });
        if words.is_empty() || words.contains(&UNKNOWN) {
            return Err("the phrase has no letters or holds a date, code or address");
        }
        if words.len() >> super::annotated::LONGEST_BITS > 0 {
            return Err("the phrase has more than 31 words and marks");
        }
        if let Some(first) = words.first().filter(|_| class == Class::Abbreviation) {
            *self.roles.entry(*first).or_default() |= BEGINS_SHORT_FORM;
        }
        let mut state = if class.is_asked() { ASKED } else { Lexicon::ROOT };
        for word in words {
            let free = self.values.len() as u32;
            state = *self.trie.entry(u64::from(state) << 32 | u64::from(word)).or_insert(free);
            if state == free {
                self.values.push(Vec::new());
            }
        }
        let values = self.values.get_mut(state as usize).ok_or("the phrase has no state")?;
        if !values.contains(&value) {
            values.push(value);
        }
        if values.len() > 255 { Err("more than 255 rows have the phrase") } else { Ok(()) }
    }

    /// A cue: `root` says where it is looked for; before a short form it is read from right to left.
    fn add_cue(&mut self, root: u32, phrase: &str, value: u32) -> Result<(), &'static str> {
        let mut words = Vec::new();
        if let Some(kind) = CueKind::named(phrase) {
            words.push(kind.id());
        } else {
            atoms::each_atom(phrase, |span, kind| {
                words.push(match kind {
                    AtomKind::Word | AtomKind::Number => self.word(span.of(phrase)),
                    other => atoms::mark_id(other),
                });
            });
            if root == cues::BEFORE {
                words.reverse();
            }
        }
        if words.is_empty() || words.contains(&UNKNOWN) {
            return Err("the cue has no letters or holds a date, code or address");
        }
        let mut state = 0;
        for word in core::iter::once(root).chain(words) {
            let free = self.cue_values.len() as u32;
            state = *self.cue_trie.entry(u64::from(state) << 32 | u64::from(word)).or_insert(free);
            if state == free {
                self.cue_values.push(Vec::new());
            }
        }
        if let Some(values) = self.cue_values.get_mut(state as usize)
            && !values.contains(&value)
        {
            values.push(value);
            values.sort_unstable();
        }
        Ok(())
    }

    /// What the row of an abbreviation looks for beside it.
    fn add_cues(&mut self, row: &[&str], n_row: u32) -> Result<(), (String, &'static str)> {
        for (root, column) in [(cues::BEFORE, 4), (cues::AFTER, 5)] {
            let cell = row.get(column).copied().unwrap_or("").trim_start_matches('+');
            for cue in cell.split('|').filter(|c| !c.is_empty() && *c != "-") {
                let (phrase, forbids) = cue.strip_prefix('!').map_or((cue, 0), |c| (c, 1));
                let capital = u32::from(phrase.starts_with(char::is_uppercase)) << 1;
                self.add_cue(root, phrase, n_row << 2 | capital | forbids).map_err(|reason| (cue.into(), reason))?;
            }
        }
        Ok(())
    }

    /// The words that the phrase of a row is no part of, by its remark `not=`.
    fn add_excluded(&mut self, note: &str, n_row: u32) -> Result<(), (String, &'static str)> {
        let list = note.split(';').find_map(|item| item.trim().strip_prefix("not=")).unwrap_or("");
        for word in list.split('|').filter(|w| !w.is_empty()) {
            let (mut n, wrong) = (0, |reason| (String::from(word), reason));
            atoms::each_atom(word, |_, _| n += 1);
            if n > cues::MAX_EXCLUDED {
                return Err(wrong("an excluded word has more than five syllables"));
            }
            self.add_cue(cues::EXCLUDED | n_row, word, 0).map_err(wrong)?;
        }
        Ok(())
    }

    /// Numbers the states anew, level by level and behind frequent words first: what is read often stands together. A state
    /// in which one phrase ends and from which none goes on is its value instead, see [`ONE`].
    fn sort_states(&mut self) {
        let with_children: BTreeSet<u32> = self.trie.keys().map(|key| (key >> 32) as u32).collect();
        let own = |state: u32| self.values.get(state as usize).map_or(&[][..], Vec::as_slice);
        let one = |from: u32, state: u32| match own(state) {
            [value] if from > ASKED && !with_children.contains(&state) => Some(ONE | LEAF | value),
            _ => None,
        };
        let mut order = Vec::from([Lexicon::ROOT, ASKED]);
        let mut next = 0;
        while let Some(&state) = order.get(next) {
            let key = u64::from(state) << 32;
            let behind = self.trie.range(key..key + (1 << 32)).map(|(_, to)| *to);
            order.extend(behind.filter(|to| one(state, *to).is_none()));
            next += 1;
        }
        let number: BTreeMap<u32, u32> = order.iter().zip(0..).map(|(&state, n)| (state, n)).collect();
        let new = |state: u32| number.get(&state).copied().unwrap_or(state);
        let renumbered = self.trie.iter().map(|(key, &to)| {
            let (from, word) = ((key >> 32) as u32, key & 0xFFFF_FFFF);
            let leaf = if with_children.contains(&to) { 0 } else { LEAF };
            let bare = if own(to).is_empty() { BARE } else { 0 };
            (u64::from(new(from)) << 32 | word, one(from, to).unwrap_or(new(to) | leaf | bare))
        });
        let trie = renumbered.collect();
        self.values = order.iter().map(|&state| own(state).to_vec()).collect();
        self.trie = trie;
    }

    fn word(&mut self, letters: &str) -> u32 {
        let key = match Syllable::parse(letters).map(|s| (s, s.rank())) {
            Some((_, Some(rank))) => return u32::from(rank),
            Some((s, None)) => syllable_key(s),
            None => crate::scan::fold_hash(letters),
        };
        let free = self.vocabulary.len() as u32;
        VOCABULARY + *self.vocabulary.entry(key).or_insert(free)
    }
}

/// What the data files are compiled into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// `data/lexicon.bin`
    pub index: Vec<u8>,
    /// `data/lexicon.txt`: the cells of all tables, one after the other.
    pub cells: String,
}

/// Compiles the contents of [`FILES`](super::FILES), in that order.
///
/// # Errors
/// The first line that has another number of columns than its header, a class that its file does not know, or a phrase
/// without letters.
pub fn compile(contents: &[&str]) -> Result<Compiled, CompileError> {
    let error = |file: &str, line: usize, reason: String| CompileError { file: file.into(), line, reason };
    if contents.len() != FILES.len() {
        return Err(error("data", 0, format!("{} files are needed, {} were given", FILES.len(), contents.len())));
    }
    let mut builder =
        Builder { values: alloc::vec![Vec::new(); 2], cue_values: alloc::vec![Vec::new()], ..Builder::default() };
    let (mut tables, mut cells) = (Vec::new(), String::new());
    let mut scores = Vec::new();
    for ((table, file), content) in Table::ALL.into_iter().zip(FILES).zip(contents) {
        let header = content.lines().next().unwrap_or("");
        let columns = header.split('\t').count();
        if !header.starts_with('#') || columns < 2 {
            return Err(error(file, 1, "the first line must be the header and begin with #".into()));
        }
        let (start, mut ends, mut notes, mut n_rows) = (cells.len() as u32, Vec::new(), Vec::new(), 0u32);
        for (i, line) in content.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let row: Vec<&str> = line.split('\t').collect();
            if row.len() != columns {
                return Err(error(file, i + 1, format!("{} columns instead of {columns}", row.len())));
            }
            let phrases = row.first().copied().unwrap_or("");
            let wrong = |(phrase, reason): (String, &str)| error(file, i + 1, format!("{phrase}: {reason}"));
            if table == Table::NameSyllables {
                let n = u16::try_from(n_rows + 1).ok();
                let n = n.ok_or_else(|| wrong((phrases.into(), "there are more than 65,534 rows")))?;
                // *Mỹ* and *Mĩ* are one word: the spelling that is more frequent stands for both.
                let count = row.iter().skip(1).filter_map(|c| c.parse::<u32>().ok()).sum();
                let (word, entry) = (builder.word(phrases), (count, n));
                let usual = builder.name_rows.entry(word).or_insert(entry);
                *usual = entry.max(*usual);
            } else if table == Table::ForeignNames {
                let class = Class::of_row(table, &row).map_err(|reason| wrong((phrases.into(), reason)))?;
                // Those with hyphens are read word by word.
                if phrases.chars().all(crate::scan::is_letter) {
                    let word = builder.word(phrases);
                    *builder.foreign.entry(word).or_default() |= foreign_bit(class);
                }
            } else if table.is_in_trie() {
                let class = Class::of_row(table, &row).map_err(|reason| wrong((phrases.into(), reason)))?;
                let notes = |column: usize, what: &str| row.get(column).is_some_and(|n| n.contains(what));
                let excludes = match table {
                    Table::ContextWords => notes(2, "not="),
                    Table::Titles => notes(6, "not-before:"),
                    _ => false,
                };
                let value = (class as u32) << 24 | if excludes { EXCLUDES } else { 0 } | n_rows;
                for phrase in phrases.split('|').map(str::trim) {
                    builder.add(phrase, class, value).map_err(|reason| wrong((phrase.into(), reason)))?;
                }
            } else if table == Table::DefinitionWords {
                builder.add_cue(cues::DEFINITION, phrases, n_rows).map_err(|r| wrong((phrases.into(), r)))?;
                if row.get(1) == Some(&"announcer") {
                    let mut words = Vec::new();
                    atoms::each_atom(phrases, |span, _| words.push(builder.word(span.of(phrases))));
                    for (word, role) in [(words.first(), BEGINS_ANNOUNCER), (words.last(), ENDS_ANNOUNCER)] {
                        *builder.roles.entry(word.copied().unwrap_or(UNKNOWN)).or_default() |= role;
                    }
                }
            } else {
                // Rows of one form stand together; the map knows the first.
                builder.exact.entry(cues::exact_key(table, phrases)).or_insert(n_rows);
            }
            if table == Table::Abbreviations {
                builder.add_cues(&row, n_rows).map_err(wrong)?;
            } else if table == Table::ContextWords {
                builder.add_excluded(row.get(2).copied().unwrap_or(""), n_rows).map_err(wrong)?;
            }
            for cell in &row {
                cells.push_str(if *cell == "-" { "" } else { cell });
                ends.extend_from_slice(&(cells.len() as u32).to_le_bytes());
            }
            if table == Table::NameSyllables {
                let score = name_scores(&row).ok_or_else(|| error(file, i + 1, "a count is no number".into()))?;
                scores.extend(score.iter().flat_map(|s| s.to_le_bytes()));
            }
            notes.extend_from_slice(&Note::of_row(table, &row).to_le_bytes());
            n_rows += 1;
        }
        let mut section = Vec::new();
        section.extend_from_slice(&(columns as u32).to_le_bytes());
        section.extend_from_slice(&n_rows.to_le_bytes());
        section.extend_from_slice(&start.to_le_bytes());
        section.extend(ends);
        // Most files have none that matter.
        if notes.iter().any(|b| *b != 0) {
            section.extend(notes);
        }
        tables.push(section);
    }
    builder.sort_states();
    let (first_value, values) = lists(&builder.values);
    let (first_edge, edges) = edges(&builder.trie, builder.values.len() as u32);
    let states =
        first_edge.chunks(4).zip(first_value.chunks(4)).flat_map(|(e, v)| e.iter().chain(v)).copied().collect();
    let (cue_first, cue_values) = lists(&builder.cue_values);
    let mut out = MAGIC.to_vec();
    let words = || 0..VOCABULARY + builder.vocabulary.len() as u32;
    let roles = words().map(|word| builder.roles.get(&word).copied().unwrap_or(0)).collect();
    let foreign = words().map(|word| builder.foreign.get(&word).copied().unwrap_or(0)).collect();
    let name_rows = words().flat_map(|word| builder.name_rows.get(&word).map_or(0, |r| r.1).to_le_bytes()).collect();
    let [begins, begins_asked] = [Lexicon::ROOT, ASKED].map(|root| {
        let entry = |word: u32| {
            let state = builder.trie.get(&(u64::from(root) << 32 | u64::from(word))).copied();
            let from = state.map_or(u64::MAX, |s| u64::from(s & !(LEAF | BARE)) << 32);
            let next = builder.trie.range(from..from | u64::from(u32::MAX));
            let followers = next.fold(0, |bits, (key, _)| bits | follower_bit(*key as u32));
            let number = state.map_or(0, |s| (s & !(LEAF | BARE)) as usize);
            let bound =
                |i: usize| first_value.get(4 * i..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b));
            let values = bound(number) | (bound(number + 1) - bound(number)) << 24;
            let mut classes = Classes::default();
            let own = state.and_then(|_| builder.values.get(number)).into_iter().flatten();
            own.filter_map(|v| Class::ALL.get((v >> 24) as usize)).for_each(|c| classes.insert(*c));
            let head = [state.unwrap_or(NONE), values].map(u32::to_le_bytes).concat();
            head.into_iter().chain(followers.to_le_bytes()).chain(classes.bits().to_le_bytes())
        };
        words().flat_map(entry).collect()
    });
    let phrases =
        [map(&builder.vocabulary), roles, states, edges, values, begins, begins_asked, foreign, name_rows, scores];
    let cues = [map(&builder.cue_trie), cue_first, cue_values, map(&builder.exact)];
    let head = phrases.into_iter().chain(cues);
    for section in head.chain(tables) {
        out.extend_from_slice(&(section.len() as u32).to_le_bytes());
        out.extend(section);
    }
    Ok(Compiled { index: out, cells })
}

/// The edges of all states one after the other, and where each state's begin.
fn edges(trie: &BTreeMap<u64, u32>, n_states: u32) -> (Vec<u8>, Vec<u8>) {
    let (mut first, mut edges) = (Vec::new(), Vec::new());
    for state in (0..n_states).map(u64::from) {
        first.extend_from_slice(&((edges.len() / 8) as u32).to_le_bytes());
        let own: Vec<(u32, u32)> =
            trie.range(state << 32..(state + 1) << 32).map(|(key, next)| (*key as u32, *next)).collect();
        for (word, next) in if own.len() > FEW_EDGES { edge_table(&own) } else { own } {
            edges.extend_from_slice(&word.to_le_bytes());
            edges.extend_from_slice(&next.to_le_bytes());
        }
    }
    first.extend_from_slice(&((edges.len() / 8) as u32).to_le_bytes());
    (first, edges)
}

/// The edges of one state as [`Lexicon::step`] looks for them.
fn edge_table(edges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let len = (edges.len() * 3 / 2).next_power_of_two();
    let mut slots = alloc::vec![(UNKNOWN, 0); len];
    for edge in edges {
        let mut at = edge_slot(edge.0, len);
        while slots.get(at).is_some_and(|s| s.0 != UNKNOWN) {
            at = (at + 1) & (len - 1);
        }
        if let Some(slot) = slots.get_mut(at) {
            *slot = *edge;
        }
    }
    slots
}

/// The values of all states one after the other, and where each state's begin.
fn lists(states: &[Vec<u32>]) -> (Vec<u8>, Vec<u8>) {
    let (mut first, mut values) = (Vec::new(), Vec::new());
    for state in states {
        first.extend_from_slice(&((values.len() / 4) as u32).to_le_bytes());
        values.extend(state.iter().flat_map(|v| v.to_le_bytes()));
    }
    first.extend_from_slice(&((values.len() / 4) as u32).to_le_bytes());
    (first, values)
}

/// ln of how much more frequent the syllable is in a position of a name (public name lists) than among capitalised
/// syllables of running text (news), with half a count and five counts added so that rare syllables stay near zero.
fn name_scores(row: &[&str]) -> Option<[i16; 3]> {
    /// Sums of the columns of the lists that `data/name_syllables.tsv` was made from.
    const N_NAMES: f64 = 187_243.0;
    const N_MIDDLE: f64 = 247_531.0;
    const N_CAPITAL: f64 = 446_905.0;
    let count = |i: usize| row.get(i)?.parse::<f64>().ok();
    let capital = (count(4)? + 5.0) / N_CAPITAL;
    let score = |n: f64, total: f64| (((n + 0.5) / total / capital).ln() * 100.0).round() as i16;
    Some([score(count(1)?, N_NAMES), score(count(2)?, N_MIDDLE), score(count(3)?, N_NAMES)])
}

fn map(entries: &BTreeMap<u64, u32>) -> Vec<u8> {
    let len = (entries.len() * 2).next_power_of_two().max(2);
    let mut slots = alloc::vec![(0u64, EMPTY); len];
    for (&key, &value) in entries {
        let mut at = slot(key, len);
        while slots.get(at).is_some_and(|s| s.1 != EMPTY) {
            at = (at + 1) & (len - 1);
        }
        if let Some(s) = slots.get_mut(at) {
            *s = (key, value);
        }
    }
    slots.iter().flat_map(|s| s.0.to_le_bytes().into_iter().chain(s.1.to_le_bytes())).collect()
}
