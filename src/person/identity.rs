//! Which mentions are one human being.
//!
//! Full names are equal when their words are (either tone placement, any case). A short form belongs to the nearest
//! earlier person whose full name ends in it, or begins with it for foreign names; failing that, to a later one.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::names::{self, Name};
use super::{Mention, Person, meaning};
use crate::lexicon::Annotated;

/// The person of each name, numbered by first mention.
pub(crate) fn join(text: &Annotated<'_>, found: &[Name]) -> Vec<usize> {
    let keys: Vec<Vec<u64>> = found.iter().map(|n| key(text, n)).collect();
    let mut by_key: BTreeMap<&[u64], usize> = BTreeMap::new();
    let mut person: Vec<Option<usize>> = alloc::vec![None; found.len()];
    let mut count = 0;
    // Words by which a short form may mean a person: position of mention → longest key wins.
    let mut by_word: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, k) in keys.iter().enumerate() {
        if k.len() < 2 {
            continue;
        }
        let id = *by_key.entry(k).or_insert_with(|| {
            count += 1;
            count - 1
        });
        if let Some(p) = person.get_mut(i) {
            *p = Some(id);
        }
        for word in [k.last(), k.first().filter(|w| **w >> 63 == 1)].into_iter().flatten() {
            by_word.entry(*word).or_default().push((i, id));
        }
    }
    for (i, k) in keys.iter().enumerate() {
        let Some(slot) = person.get_mut(i) else { continue };
        let candidates = k.last().and_then(|w| by_word.get(w));
        if k.len() == 2 && slot.is_some() {
            // Two words may be the tail of a longer name: bà Thu Nga for Châu Thị Thu Nga.
            let longer = |c: &(usize, usize)| keys.get(c.0).is_some_and(|full| full.len() > 2 && full.ends_with(k));
            if let Some(list) = candidates {
                *slot = nearest(list, i, longer).or(*slot);
            }
        } else if slot.is_none() {
            let id = candidates.and_then(|list| nearest(list, i, |_| true));
            *slot = Some(id.unwrap_or_else(|| {
                *by_key.entry(k).or_insert_with(|| {
                    count += 1;
                    count - 1
                })
            }));
        }
    }
    renumber(person)
}

/// The last candidate before mention `at`, else the first behind it.
fn nearest(list: &[(usize, usize)], at: usize, fits: impl Fn(&(usize, usize)) -> bool) -> Option<usize> {
    /// Candidates looked at in either direction.
    const REACH: usize = 64;
    let (before, behind) = list.split_at_checked(list.partition_point(|c| c.0 < at))?;
    let mut near = before.iter().rev().take(REACH).chain(behind.iter().filter(|c| c.0 > at).take(REACH));
    near.find(|c| fits(c)).map(|c| c.1)
}

fn renumber(person: Vec<Option<usize>>) -> Vec<usize> {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    person
        .into_iter()
        .map(|p| {
            let next = numbers.len();
            *numbers.entry(p.unwrap_or(usize::MAX)).or_insert(next)
        })
        .collect()
}

/// Numbers the persons of the mentions by first mention again.
pub(crate) fn renumber_mentions(mentions: &mut [Mention]) {
    let ids = renumber(mentions.iter().map(|m| Some(m.person)).collect());
    for (m, id) in mentions.iter_mut().zip(ids) {
        m.person = id;
    }
}

fn key(text: &Annotated<'_>, name: &Name) -> Vec<u64> {
    let is_word = |i: &usize| text.atom(*i).is_some_and(crate::lexicon::Atom::is_word);
    (name.start..name.end).filter(is_word).map(|i| names::word_key(text, i)).collect()
}

/// The persons of a document from its mentions.
pub(crate) fn persons(text: &str, mentions: &[Mention]) -> Vec<Person> {
    let n = mentions.iter().map(|m| m.person + 1).max().unwrap_or(0);
    let mut out: Vec<Person> =
        (0..n).map(|_| Person { name: String::new(), mentions: Vec::new(), titles: Vec::new() }).collect();
    let mut seen: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (i, m) in mentions.iter().enumerate() {
        let Some(p) = out.get_mut(m.person) else { continue };
        p.mentions.push(i);
        for t in m.titles.iter().map(super::Title::known).filter(|t| seen.insert((m.person, t))) {
            p.titles.push(t.into());
        }
    }
    for p in &mut out {
        p.name = fullest(text, mentions, &p.mentions);
    }
    out
}

fn fullest(text: &str, mentions: &[Mention], of: &[usize]) -> String {
    // Spelling → (words, times, first mention).
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for &i in of {
        let Some(m) = mentions.get(i) else { continue };
        let name = m.span.of(text);
        counts.entry(name).or_insert_with(|| (name.split_whitespace().count(), 0, i)).1 += 1;
    }
    let best = counts.iter().max_by_key(|(_, (words, times, first))| (*words, *times, core::cmp::Reverse(*first)));
    best.map_or_else(String::new, |(name, _)| meaning::plain(name))
}
