//! The bodies that a text names, for titles that leave theirs open.
//!
//! They are grouped by their first word (*Sở*, *Công ty*); a group is read when the first title asks for it, into maps by
//! all words and by the words before a place. Only those that an answer gives are written out.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::places::{Country, Place};
use super::words::Key;
use super::writing::Writer;
use crate::lexicon::{Atom, Class, Match, Note, Table};
use crate::person::Level;
use crate::person::names::Name;
use crate::person::titles;

/// Most names of bodies that are walked for an answer, and most bodies that are weighed.
const REACH: usize = 48;

/// No body has more atoms: its last phrase begins within the reach of a complement.
const LONGEST: usize = titles::MAX_COMPLEMENT + Match::MAX_ATOMS;

/// A body named in the text, with its place if it has one.
pub(super) struct Body<'a> {
    /// Its atoms.
    pub(super) at: usize,
    pub(super) end: usize,
    /// All its words.
    pub(super) key: Key,
    /// How many there are up to the last that has a capital.
    named: usize,
    pub(super) place: Option<&'a Place<'a>>,
    pub(super) level: Option<Level>,
    /// Words before the place and its unit.
    pub(super) bare_len: usize,
}

impl Body<'_> {
    /// The words before the place.
    fn bare_name(&self) -> Option<&[u64]> {
        self.key.get(..self.bare_len).filter(|bare| !bare.is_empty())
    }
}

/// A noun at which a body begins.
struct Noun {
    phrase: Match,
    /// Where the next name of a person begins.
    next_name: usize,
    /// Where the body ends, once that is read.
    body_end: OnceCell<usize>,
}

/// All nouns of a text.
struct Nouns<'a> {
    /// In text order.
    all: Vec<Noun>,
    by_word: BTreeMap<u64, Group<'a>>,
}

/// The bodies that begin with one word.
#[derive(Default)]
struct Group<'a> {
    /// Numbers of their nouns, ascending.
    nouns: Vec<usize>,
    read: OnceCell<Read<'a>>,
}

struct Read<'a> {
    bodies: Vec<Body<'a>>,
    /// Their numbers, by all words, then in text order.
    by_name: Vec<usize>,
    /// Those with a place, by the words before it, then in text order: where they stand, and which they are.
    by_bare_name: Vec<(usize, usize)>,
}

impl<'a> Read<'a> {
    fn new(bodies: Vec<Body<'a>>) -> Self {
        let mut by_name: Vec<usize> = (0..bodies.len()).collect();
        by_name.sort_by_key(|&i| bodies.get(i).map(|b| &b.key));
        let bare = |&(_, i): &(usize, usize)| bodies.get(i).and_then(Body::bare_name);
        let mut by_bare_name: Vec<_> = bodies.iter().enumerate().map(|(i, b)| (b.at, i)).collect();
        by_bare_name.retain(|b| bare(b).is_some());
        by_bare_name.sort_by(|a, b| bare(a).cmp(&bare(b)));
        Self { bodies, by_name, by_bare_name }
    }

    /// All words of a body.
    fn name(&self, i: usize) -> &[u64] {
        self.bodies.get(i).map_or(&[], |b| &b.key)
    }

    /// The bodies by name, from the first that is not before.
    fn from(&self, is_before: impl Fn(&[u64]) -> bool) -> &[usize] {
        let first = self.by_name.partition_point(|&i| is_before(self.name(i)));
        self.by_name.get(first..).unwrap_or_default()
    }

    /// Those of these words with a place behind them.
    fn placed(&self, bare: &[u64]) -> Option<&[(usize, usize)]> {
        let name = |i: usize| self.bodies.get(i).and_then(Body::bare_name).unwrap_or_default();
        let first = self.by_bare_name.partition_point(|b| name(b.1) < bare);
        let end = self.by_bare_name.partition_point(|b| name(b.1) <= bare);
        self.by_bare_name.get(first..end).filter(|found| !found.is_empty())
    }
}

/// Where bodies of the same words stand with their numbers, and the bodies by number.
type Placed<'x, 'a> = (&'x [(usize, usize)], &'x [Body<'a>]);

/// All bodies of a text.
pub(super) struct Bodies<'a, 't> {
    writer: Writer<'a, 't>,
    places: &'a [Place<'a>],
    names: &'a [Name],
    nouns: OnceCell<Nouns<'a>>,
    ministries: OnceCell<Vec<(usize, Match)>>,
}

impl<'a, 't> Bodies<'a, 't> {
    pub(super) fn new(writer: Writer<'a, 't>, places: &'a [Place<'a>], names: &'a [Name]) -> Self {
        Self { writer, places, names, nouns: OnceCell::new(), ministries: OnceCell::new() }
    }

    /// Finds the nouns outside of the names of persons.
    fn find(&self) -> Nouns<'a> {
        let text = self.writer.text;
        let mut nouns = Nouns { all: Vec::new(), by_word: BTreeMap::new() };
        let mut names = self.names.iter().peekable();
        let mut at = 0;
        while let Some(next) = text.marks.bodies.next(at) {
            at = next;
            while names.next_if(|n| n.end <= at).is_some() {}
            let next_name = names.peek().map_or(usize::MAX, |n| n.start);
            let noun = if at < next_name { text.longest(at, Table::Organisations) } else { None };
            let Some(phrase) = noun else {
                at += 1;
                continue;
            };
            if let Some(word) = self.writer.first_word(at, (phrase.end as usize).min(next_name)) {
                nouns.by_word.entry(word).or_default().nouns.push(nouns.all.len());
            }
            nouns.all.push(Noun { phrase, next_name, body_end: OnceCell::new() });
            at = (phrase.end as usize).max(at + 1);
        }
        nouns
    }

    /// The bodies of a group.
    fn ranges(&self, nouns: &Nouns<'a>, group: &Group<'a>) -> Vec<(usize, usize)> {
        let text = self.writer.text;
        let end = |noun: &Noun| {
            *noun.body_end.get_or_init(|| {
                let at = noun.phrase.start as usize;
                self.without_topic(at, titles::body_end(text, at, &|i| i >= noun.next_name).max(at + 1))
            })
        };
        let body = |&i: &usize| {
            let noun = nouns.all.get(i)?;
            let (at, end_here) = (noun.phrase.start as usize, end(noun));
            // A noun alone names none; inside a body only a noun with a name does: *Ban Giám đốc Công ty Sao Mai*.
            let capital = |i: usize| text.atom(i).is_some_and(Atom::is_capitalised);
            let named_inside =
                || noun.phrase.class == Class::BodyHead && (noun.phrase.end as usize..end_here).any(capital);
            let mut before = nouns.all.get(..i)?.iter().rev().take_while(|n| n.phrase.start as usize + LONGEST > at);
            let named = named_inside() || (end_here - at > 1 || capital(at)) && !before.any(|n| end(n) > at);
            // *Đoàn đại biểu Ban | Tổng Thư ký Tổ chức X*: cut at an office.
            let is_cut = end_here > noun.phrase.end as usize
                && text.ends(end_here).contains(Class::BodyHead)
                && text.ending_at(end_here, Table::Organisations.into()).next().is_some_and(|m| m.len() == 1)
                && text.atom(end_here).is_some_and(|a| a.is_capitalised() && a.breaks() == 0);
            (named && !is_cut).then_some((at, end_here))
        };
        group.nouns.iter().filter_map(body).collect()
    }

    /// Behind the place of a body comes what it is about: *Công ty Cấp nước Gia Lai về …*.
    fn without_topic(&self, at: usize, end: usize) -> usize {
        let place = self.places.get(self.places.partition_point(|p| p.at <= at)).filter(|p| p.end < end);
        place.filter(|p| self.writer.text.is_word(p.end, "về")).map_or(end, |p| p.end)
    }

    /// The ministries of the state, in text order.
    pub(super) fn ministries(&self, countries: &[Country<'_>]) -> &[(usize, Match)] {
        self.ministries.get_or_init(|| {
            let text = self.writer.text;
            let abroad = |end: usize| {
                let next = countries.partition_point(|c| c.at < end);
                countries.get(next).is_some_and(|c| c.at == end && c.name != "Việt Nam")
            };
            let at = |at: usize| text.longest(at, Table::Organisations).filter(|m| text.noted(*m, Note::Ministry));
            let found = text.marks.bodies.iter().filter_map(at).filter(|m| !abroad(m.end as usize));
            found.map(|m| (m.start as usize, m)).collect()
        })
    }

    fn group(&self, key: &[u64]) -> Option<&Read<'a>> {
        let nouns = self.nouns.get_or_init(|| self.find());
        let group = nouns.by_word.get(key.first()?)?;
        Some(group.read.get_or_init(|| self.read(&self.ranges(nouns, group))))
    }

    fn read(&self, ranges: &[(usize, usize)]) -> Read<'a> {
        let body = |&(at, end): &(usize, usize)| {
            let (key, named) = self.writer.key(at, end);
            let first = self.places.partition_point(|p| p.at <= at);
            let place = self.places.get(first).filter(|p| p.end <= end);
            let bare_len = place.map_or(0, |p| self.writer.n_words(at, p.from));
            let noun = self.writer.text.longest(at, Table::Organisations);
            let level = noun.and_then(|m| Level::from_cell(self.writer.text.cell(m, 1)));
            Body { at, end, key, named, place, level, bare_len }
        };
        Read::new(ranges.iter().map(body).collect())
    }

    /// How many words a stretch has when it is written out.
    pub(super) fn words(&self, start: usize, end: usize) -> usize {
        self.writer.n_words(start, end)
    }

    pub(super) fn written_match(&self, m: Match) -> String {
        self.writer.written(m.start as usize, m.end as usize)
    }

    pub(super) fn written(&self, body: &Body<'_>) -> String {
        self.writer.written(body.at, body.end)
    }

    /// Whether a body has these words, or begins with them.
    pub(super) fn has(&self, key: &[u64]) -> bool {
        let Some(group) = self.group(key) else { return false };
        group.from(|name| name < key).first().is_some_and(|&i| group.name(i).starts_with(key))
    }

    /// The bodies that begin with these words and have a name behind them, in text order.
    pub(super) fn longer(&self, key: &[u64]) -> Vec<(usize, &Body<'a>)> {
        let Some(group) = self.group(key) else { return Vec::new() };
        let body = |i: &usize| group.bodies.get(*i);
        let mut answers: Vec<(usize, &Body<'a>)> = group
            .from(|name| name <= key)
            .chunk_by(|a, b| group.name(*a) == group.name(*b))
            .take_while(|same| same.first().is_some_and(|&i| group.name(i).starts_with(key)))
            .take(REACH)
            .filter(|same| same.first().and_then(body).is_some_and(|b| b.named > key.len()))
            .flatten()
            .filter_map(|i| body(i).map(|b| (b.at, b)))
            .take(2 * REACH)
            .collect();
        answers.sort_unstable_by_key(|a| a.0);
        answers
    }

    /// The bodies of these words that have a place behind them: where each stands with its number, and the bodies by number.
    pub(super) fn placed(&self, bare: &[u64]) -> Option<Placed<'_, 'a>> {
        let group = self.group(bare)?;
        Some((group.placed(bare)?, &group.bodies))
    }
}

/// The values of all keys that begin with `prefix` and are longer.
pub(super) fn longer<'m, T>(map: &'m BTreeMap<Key, T>, prefix: &Key) -> impl Iterator<Item = &'m T> + use<'m, T> {
    let prefix = prefix.clone();
    let from = (core::ops::Bound::Excluded(prefix.clone()), core::ops::Bound::Unbounded);
    map.range(from).take_while(move |(k, _)| k.starts_with(&prefix)).map(|(_, v)| v)
}
