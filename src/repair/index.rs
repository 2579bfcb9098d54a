//! One person's spellings over many documents.
//!
//! What a single article cannot know, a batch does: the same office, written out with its body or place, is held in ten
//! articles by *Thịnh* and in one by *Tịnh*. The index counts names and the titles said of them; names that are near to
//! each other and share a title are one person.
//!
//! Counts are added, so neither the order of the documents nor the way a batch was cut and merged changes the result.
//! Memory: every distinct spelling and title once. `people` is O(n log n) in the spellings.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::roster::Roster;
use super::slip::{Confusions, Word, slip};
use super::spelling::word_key;
use super::{MAX_BUCKET, near};
use crate::person::{Mention, Status, TitleKind};
use crate::syllable::Syllable;

/// Counts of names and titles over many documents.
///
/// ```
/// use vanban::repair::NameIndex;
///
/// let texts = [
///     "Thứ trưởng Bộ Nội vụ Huỳnh Thị Bích Trâm đến dự.",
///     "Thứ trưởng Bộ Nội vụ Huỳnh Thị Bích Trâm nói.",
///     "Thứ trưởng Bộ Nội vụ Huỳnh Thị Bích Châm về.",
/// ];
/// let mut index = NameIndex::default();
/// for text in texts {
///     let mut one = NameIndex::default();
///     one.add(text, vanban::analyze(text).mentions());
///     index.merge(one);
/// }
/// let people = index.people();
/// assert_eq!(people[0].name, "Huỳnh Thị Bích Trâm");
/// assert_eq!(people[0].spellings[1], ("Huỳnh Thị Bích Châm".to_string(), 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameIndex {
    names: BTreeMap<Vec<u64>, Entry>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    /// How the name is written, case and tone placement, with counts.
    forms: BTreeMap<String, u64>,
    titles: BTreeMap<String, u64>,
}

impl Entry {
    fn count(&self) -> u64 {
        self.forms.values().sum()
    }

    /// The most frequent form; of equals the one with small letters.
    fn form(&self) -> &str {
        let rank = |(form, n): &(&String, &u64)| {
            (**n, form.chars().any(char::is_lowercase), core::cmp::Reverse((*form).clone()))
        };
        self.forms.iter().max_by_key(rank).map_or("", |(form, _)| form)
    }
}

/// One person of many documents.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IndexedPerson {
    /// The most frequent spelling.
    pub name: String,
    /// All spellings with the number of their mentions, most frequent first.
    pub spellings: Vec<(String, u64)>,
    /// Full titles in lower case with the number of times they are said of this person, most frequent first.
    pub titles: Vec<(String, u64)>,
}

impl NameIndex {
    /// Counts the mentions of one document, as [`Document::mentions`](crate::Document::mentions) gives them. Only titles
    /// that name one office of the country count: positions with a body or a place, not former.
    pub fn add(&mut self, text: &str, mentions: &[Mention]) {
        for m in mentions {
            let form = crate::person::plain(m.span.of(text));
            let keys: Vec<u64> = form.split_whitespace().map(|w| word_key(&(w, Syllable::parse(w)))).collect();
            if keys.len() < 2 {
                continue;
            }
            let entry = self.names.entry(keys).or_default();
            *entry.forms.entry(form).or_default() += 1;
            for t in &m.titles {
                let names_office = t.place.is_some() || t.organisation.is_some();
                let Some(expanded) = t.expanded.as_ref().filter(|_| names_office) else { continue };
                if t.kind == TitleKind::Position && t.status != Status::Former {
                    *entry.titles.entry(expanded.to_lowercase()).or_default() += 1;
                }
            }
        }
    }

    /// Adds the counts of another index.
    pub fn merge(&mut self, other: Self) {
        for (keys, theirs) in other.names {
            let ours = self.names.entry(keys).or_default();
            for (form, n) in theirs.forms {
                *ours.forms.entry(form).or_default() += n;
            }
            for (title, n) in theirs.titles {
                *ours.titles.entry(title).or_default() += n;
            }
        }
    }

    /// The persons, by name.
    #[must_use]
    pub fn people(&self) -> Vec<IndexedPerson> {
        let entries: Vec<(&Vec<u64>, &Entry)> = self.names.iter().collect();
        let confusions = Confusions::default();
        let mut group: Vec<usize> = (0..entries.len()).collect();
        let mut buckets: Vec<(usize, usize, u64, usize)> = Vec::new();
        for (i, (keys, entry)) in entries.iter().enumerate() {
            if !entry.titles.is_empty() {
                buckets.extend((0..keys.len()).map(|hole| (keys.len(), hole, near::rest(keys, hole, 1), i)));
            }
        }
        buckets.sort_unstable();
        for members in buckets.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)).filter(|m| m.len() <= MAX_BUCKET) {
            for (k, &(_, hole, _, i)) in members.iter().enumerate() {
                for &(_, _, _, j) in members.iter().skip(k + 1) {
                    let (Some((x, a)), Some((y, b))) = (entries.get(i), entries.get(j)) else { continue };
                    if super::equal_but(x, y, hole)
                        && share_title(a, b)
                        && is_slip(&confusions, a.form(), b.form(), hole)
                    {
                        join(&mut group, i, j);
                    }
                }
            }
        }
        let mut people: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
        for (i, (_, entry)) in entries.iter().enumerate() {
            people.entry(root(&group, i)).or_default().push(entry);
        }
        let mut out: Vec<IndexedPerson> = people.into_values().map(|spelt| person(&spelt)).collect();
        out.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.spellings.cmp(&b.spellings)));
        out
    }

    /// A roster of the persons whose spelling is sure: written at least `times` as often as any other.
    #[must_use]
    pub fn roster(&self, times: u64) -> Roster {
        let mut roster = Roster::default();
        for p in self.people() {
            let (first, second) = (p.spellings.first().map_or(0, |s| s.1), p.spellings.get(1).map_or(0, |s| s.1));
            if first >= times.max(2) * second.max(1) {
                roster.add(&p.name, p.titles.iter().map(|t| t.0.as_str()));
            }
        }
        roster
    }
}

fn share_title(a: &Entry, b: &Entry) -> bool {
    a.titles.keys().any(|t| b.titles.contains_key(t))
}

fn is_slip(confusions: &Confusions, a: &str, b: &str, hole: usize) -> bool {
    let word = |form: &'_ str| form.split_whitespace().nth(hole).map(ToString::to_string).unwrap_or_default();
    let (a, b) = (word(a), word(b));
    let as_word = |w: &'_ str| -> Option<Syllable> { Syllable::parse(w) };
    let (a, b): (Word<'_>, Word<'_>) = ((&a, as_word(&a)), (&b, as_word(&b)));
    slip(confusions, a, b).is_some() || slip(confusions, b, a).is_some()
}

fn root(group: &[usize], mut i: usize) -> usize {
    while let Some(&up) = group.get(i).filter(|up| **up != i) {
        i = up;
    }
    i
}

/// The smaller number becomes the root, so the order of joining does not show.
fn join(group: &mut [usize], i: usize, j: usize) {
    let (a, b) = (root(group, i), root(group, j));
    if let Some(slot) = group.get_mut(a.max(b)) {
        *slot = a.min(b);
    }
}

fn person(spelt: &[&Entry]) -> IndexedPerson {
    let by_count = |list: &mut Vec<(String, u64)>| list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut spellings: Vec<(String, u64)> = spelt.iter().map(|e| (e.form().to_string(), e.count())).collect();
    by_count(&mut spellings);
    let names: BTreeSet<&String> = spelt.iter().flat_map(|e| e.titles.keys()).collect();
    let said = |t: &String| spelt.iter().filter_map(|e| e.titles.get(t)).sum();
    let mut titles: Vec<(String, u64)> = names.into_iter().map(|t| (t.clone(), said(t))).collect();
    by_count(&mut titles);
    let name = spellings.first().map(|s| s.0.clone()).unwrap_or_default();
    IndexedPerson { name, spellings, titles }
}
