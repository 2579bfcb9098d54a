//! Which mentions are one human being.
//!
//! 1. Full names are equal when their words are (either tone placement, any case); two ages or years of birth keep two
//!    persons of one name apart.
//! 2. A short form belongs to a person whose full name ends in it, or begins with it (`ông Tập`, `bà Park`). Whoever is
//!    addressed otherwise (`bà Hà` is not `ông Trần Văn Hà`) is no candidate; one who holds the office that the short form
//!    is called by (`Bộ trưởng Dũng`) is preferred; else the nearest earlier one is meant, failing that the next.
//! 3. A second name behind *tức, bí danh, tên thật là* is the same person.
//!
//! Complexity: O(mentions × [`REACH`]).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::names::{self, Name};
use super::pairing::Pair;
use super::{Mention, Person, TitleKind, meaning};
use crate::lexicon::{Annotated, AtomKind, Class};

/// Candidates looked at in either direction.
const REACH: usize = 64;

/// Most offices remembered of a person.
const MAX_OFFICES: usize = 16;

/// Atoms between a name and its other name: *A (tức Tổng Bí thư B)*.
const ALIAS_REACH: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

/// What the text says of a mention beside its name.
#[derive(Clone, Debug, Default)]
struct Traits {
    gender: Option<Gender>,
    /// Year of birth, or age.
    age: Option<u32>,
    /// Rows of the heads of its offices.
    offices: Vec<u32>,
}

/// The person of each name, numbered by first mention.
pub(crate) fn join(text: &Annotated<'_>, found: &[Name], pairs: &[Pair]) -> Vec<usize> {
    let keys: Vec<Vec<u64>> = found.iter().map(|n| key(text, n)).collect();
    let mut traits: Vec<Traits> = found.iter().map(|n| traits(text, n)).collect();
    for pair in pairs.iter().filter(|p| p.title.kind == TitleKind::Position) {
        if let Some(t) = traits.get_mut(pair.name) {
            t.offices.push(pair.title.head.row);
        }
    }
    let mut joiner =
        Joiner { keys: &keys, traits: &traits, by_key: BTreeMap::new(), by_word: BTreeMap::new(), of: Vec::new() };
    let mut person: Vec<Option<usize>> = alloc::vec![None; found.len()];
    for (i, k) in keys.iter().enumerate().filter(|(_, k)| k.len() > 1) {
        let id = joiner.person_of(i, k);
        if let Some(p) = person.get_mut(i) {
            *p = Some(id);
        }
        for word in [k.last(), k.first()].into_iter().flatten() {
            joiner.by_word.entry(*word).or_default().push(i);
        }
    }
    // Two words may be the tail of a longer name (bà Thu Nga for Châu Thị Thu Nga), and one word of either.
    for len in [2, 1] {
        for (i, k) in keys.iter().enumerate().filter(|(_, k)| k.len() == len) {
            let id = joiner.short_form(i, k, &person);
            if let Some(slot) = person.get_mut(i) {
                *slot = id.or(*slot).or_else(|| Some(joiner.person_of(i, k)));
            }
        }
    }
    join_aliases(text, found, &mut person);
    renumber(person)
}

struct Joiner<'a> {
    keys: &'a [Vec<u64>],
    traits: &'a [Traits],
    /// Persons by all words of their names.
    by_key: BTreeMap<&'a [u64], Vec<usize>>,
    /// Full mentions by last and first word, in text order.
    by_word: BTreeMap<u64, Vec<usize>>,
    /// What is known of each person.
    of: Vec<Traits>,
}

impl<'a> Joiner<'a> {
    /// The person of a name by all its words.
    fn person_of(&mut self, i: usize, k: &'a [u64]) -> usize {
        let Some(own) = self.traits.get(i) else { return 0 };
        let same = self.by_key.entry(k).or_default();
        let is_other = |id: &&usize| {
            let age = self.of.get(**id).and_then(|t| t.age);
            own.age.is_some() && age.is_some() && own.age != age
        };
        if let Some(&id) = same.iter().rev().take(REACH).find(|id| !is_other(id)) {
            if let Some(t) = self.of.get_mut(id) {
                t.age = t.age.or(own.age);
                t.gender = t.gender.or(own.gender);
                for office in &own.offices {
                    if t.offices.len() < MAX_OFFICES && !t.offices.contains(office) {
                        t.offices.push(*office);
                    }
                }
            }
            return id;
        }
        let id = self.of.len();
        same.push(id);
        self.of.push(own.clone());
        id
    }

    /// The person whom a name of one or two words is short for.
    fn short_form(&self, i: usize, k: &[u64], person: &[Option<usize>]) -> Option<usize> {
        let own = self.traits.get(i)?;
        let longer = |c: &usize| self.keys.get(*c).filter(|full| full.len() > k.len());
        let ends = |c: &usize| longer(c).is_some_and(|full| full.ends_with(k));
        let begins = |c: &usize| k.len() == 1 && longer(c).is_some_and(|full| full.starts_with(k));
        let of = |c: &usize| person.get(*c).copied().flatten().and_then(|id| self.of.get(id));
        let fits =
            |c: &usize| of(c).is_some_and(|t| t.gender.is_none() || own.gender.is_none() || t.gender == own.gender);
        let list = self.by_word.get(k.last()?)?;
        let (before, behind) = list.split_at_checked(list.partition_point(|&c| c < i))?;
        let near = || before.iter().rev().take(REACH).chain(behind.iter().filter(|&&c| c > i).take(REACH));
        let colleague = |c: &&usize| of(c).is_some_and(|t| own.offices.iter().any(|o| t.offices.contains(o)));
        let same_end = || near().filter(|c| ends(c) && fits(c));
        let found = same_end().find(colleague).or_else(|| same_end().next());
        person.get(*found.or_else(|| near().find(|c| begins(c) && fits(c)))?).copied().flatten()
    }
}

/// Joins a name with the one that *tức, bí danh, tên thật là* gives it.
fn join_aliases(text: &Annotated<'_>, found: &[Name], person: &mut [Option<usize>]) {
    let mut same_as: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, pair) in found.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if second.start > first.end + ALIAS_REACH {
            continue;
        }
        let phrase = (first.end..(first.end + 2).min(second.start)).find_map(|at| text.context(at, Class::Announcer));
        let alias = phrase.is_some_and(|m| text.cell(m, 2).split("; ").any(|n| n == "alias"));
        if let (true, Some(Some(a)), Some(Some(b))) = (alias, person.get(i), person.get(i + 1))
            && a != b
        {
            same_as.insert(*b.max(a), *a.min(b));
        }
    }
    if same_as.is_empty() {
        return;
    }
    for slot in person.iter_mut().flatten() {
        // Numbers only fall, so the chain ends.
        while let Some(&id) = same_as.get(slot) {
            *slot = id;
        }
    }
}

fn traits(text: &Annotated<'_>, name: &Name) -> Traits {
    let addressed = text.context_before(name.start, Class::Honorific).and_then(|m| {
        let note = |class: &str| text.cell(m, 2).split("; ").any(|n| n == class);
        match (note("male"), note("female")) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    });
    // *Thị* is a middle name of women only.
    let middle = name.start + 1..name.end.saturating_sub(1);
    let female = middle.clone().any(|i| text.is_word(i, "Thị")).then_some(Gender::Female);
    Traits { gender: addressed.or(female), age: age_behind(text, name.end), offices: Vec::new() }
}

/// `(32 tuổi`, `, 32 tuổi`, `(SN 1986`, `sinh năm 1970` behind a name.
fn age_behind(text: &Annotated<'_>, end: usize) -> Option<u32> {
    let at = end + usize::from(text.atom(end).is_some_and(|a| a.is_mark('(') || a.is_mark(',')));
    let number = |i: usize| {
        text.atom(i)
            .filter(|a| a.kind() == AtomKind::Number && a.breaks() == 0)
            .and_then(|_| text.letters(i).parse().ok())
    };
    if text.is_word(at + 1, "tuổi") {
        return number(at);
    }
    let lead = ["sn", "sinh năm"].iter().find(|w| text.spells(at, w))?;
    number(at + lead.split(' ').count())
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
