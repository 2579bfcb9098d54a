//! Stretches of text that are a known name but for one slip, where no search for names sees a name: letters that are no
//! syllable, a word in lower case, a space missing or too many.
//!
//! The text is cut into pieces (letters and digits without anything between). A window of pieces is looked up with one
//! piece left out, under the same key as the names with one word left out; nearly every window is dismissed by a filter
//! of 512 bytes, as its pieces are words of no name. O(pieces × words of the longest name).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::slip::{Confusions, Slip, Word, slip};
use super::spelling::{Near, Occurrence, Spelling, is_letters, occurrence, word_key};
use crate::lexicon::{Annotated, Class, Classes, Table};
use crate::syllable::Syllable;

/// Shortest and longest names that are looked for; shorter ones leave too little that is equal.
const WORDS: core::ops::RangeInclusive<usize> = 3..=5;

/// Letters and digits without anything between.
struct Piece<'t> {
    atoms: (usize, usize),
    word: Word<'t>,
    key: u64,
    capital: bool,
    /// Nothing but white space on one line stands before it.
    follows: bool,
}

/// Finds them, ascending and disjoint, none across the border of a mention. `covered` tells the number of the mention of
/// each atom, from 1.
pub(super) fn find<'t>(
    text: &Annotated<'t>,
    sentences: &[u32],
    known: &[Spelling<'t>],
    covered: &[u32],
) -> Vec<Occurrence<'t>> {
    let names = Names::new(known);
    if names.by_rest.is_empty() {
        return Vec::new();
    }
    let pieces = pieces(text);
    let is_known: Vec<bool> = pieces.iter().map(|p| names.filter.has(p.key)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        // Longest first: a name with a space too many is longer than the name it begins with.
        let hit = (2..=WORDS.end() + 1).rev().find_map(|n| {
            let window = pieces.get(at..at + n)?;
            let rare = is_known.get(at..at + n)?.iter().filter(|k| !**k).count();
            let bounded = window.iter().skip(1).all(|p| p.follows)
                && window.first().is_some_and(|p| p.capital)
                && !pieces.get(at + n).is_some_and(|p| p.follows && p.capital);
            let near = (rare <= 2 && bounded && crosses_no_mention(covered, window)).then(|| names.near(window))??;
            // A mention of one word for one is compared as such; one with a space missing is a mention of other words.
            let by_word = near.as_ref().is_none_or(|n| n.slip == Slip::Capital);
            let is_common = |n: &Near| n.slip == Slip::Capital && window.iter().any(|p| is_common(text, p));
            if by_word && is_mention(covered, window) || near.as_ref().is_some_and(is_common) {
                return None;
            }
            let (first, last) = (window.first()?.atoms.0, window.last()?.atoms.1);
            let words = window.iter().map(|p| p.word).collect();
            let found = occurrence(text, sentences, (first, last), words)?;
            Some((n, Occurrence { near, ..found }))
        });
        match hit {
            Some((n, near)) => {
                out.push(near);
                at += n;
            }
            None => at += 1,
        }
    }
    out
}

/// Whether the window is one mention.
fn is_mention(covered: &[u32], window: &[Piece<'_>]) -> bool {
    let (Some(first), Some(last)) = (window.first(), window.last()) else { return false };
    let number = covered.get(first.atoms.0).copied().unwrap_or(0);
    number != 0 && covered.get(first.atoms.0..last.atoms.1).is_some_and(|w| w.iter().all(|c| *c == number))
}

/// Whether every mention is inside of the window or outside.
fn crosses_no_mention(covered: &[u32], window: &[Piece<'_>]) -> bool {
    let (Some(first), Some(last)) = (window.first(), window.last()) else { return false };
    let at = |i: Option<usize>| i.and_then(|i| covered.get(i)).copied().unwrap_or(0);
    let (start, end) = (first.atoms.0, last.atoms.1);
    let begins = at(Some(start)) == 0 || at(start.checked_sub(1)) != at(Some(start));
    let ends = at(Some(end - 1)) == 0 || at(Some(end)) != at(Some(end - 1));
    begins && ends
}

/// Whether a word in lower case is part of a common word, a body or a place (*Nguyễn Xuân Phúc |khẳng định*, *Hoàng
/// |thành*), or says that the words before it are a family (*Nguyễn Phước |tộc*).
fn is_common(text: &Annotated<'_>, piece: &Piece<'_>) -> bool {
    let start = piece.atoms.0;
    const OTHER: Classes = Classes::of_all(&[Table::Places, Table::Organisations, Table::TitleWords]);
    let phrases = || text.at(start, OTHER).chain(text.ending_at(start + 1, OTHER));
    // Compounds have two words.
    let compound = |i: usize| text.has_asked(i, |m| m.class == Class::Compound && m.len() > 1);
    let family = || ["tộc", "thị", "gia"].iter().any(|w| text.spells(start, w));
    !piece.capital && (phrases().any(|m| m.len() > 1) || (start.saturating_sub(1)..=start).any(compound) || family())
}

fn pieces<'t>(text: &Annotated<'t>) -> Vec<Piece<'t>> {
    let mut out: Vec<Piece<'t>> = Vec::with_capacity(text.atoms.len());
    let mut at = 0;
    let mut follows = false;
    while let Some(first) = text.atom(at) {
        if !is_letters(first) {
            (follows, at) = (false, at + 1);
            continue;
        }
        let glued = |&i: &usize| text.atom(i).is_some_and(|a| a.glued() && is_letters(a));
        let end = at + 1 + (at + 1..).take_while(glued).count();
        let span = text.atom(end - 1).map_or(first.span(), |last| first.span().cover(last.span()));
        let letters = span.of(text.text);
        let syllable = if end == at + 1 { first.syllable } else { None };
        let word = (letters, syllable);
        let key = word_key(&word);
        let follows_here = follows && first.breaks() == 0;
        out.push(Piece { atoms: (at, end), word, key, capital: first.is_capitalised(), follows: follows_here });
        (follows, at) = (true, end);
    }
    out
}

/// The known names, found by what stays when a word is left out.
struct Names<'k, 't> {
    known: &'k [Spelling<'t>],
    by_rest: BTreeMap<(usize, usize, u64), Vec<usize>>,
    by_whole: BTreeMap<&'k [u64], usize>,
    filter: Filter,
    confusions: Confusions,
}

impl<'k, 't> Names<'k, 't> {
    fn new(known: &'k [Spelling<'t>]) -> Self {
        let mut names = Self {
            known,
            by_rest: BTreeMap::new(),
            by_whole: BTreeMap::new(),
            filter: Filter([0; FILTER_WORDS]),
            confusions: Confusions::default(),
        };
        for (i, s) in known.iter().enumerate() {
            if !WORDS.contains(&s.words.len()) || s.words.iter().any(|w| w.1.is_none()) {
                continue;
            }
            names.by_whole.insert(&s.keys, i);
            s.keys.iter().for_each(|k| names.filter.add(*k));
            let n = s.keys.len();
            for hole in 0..n {
                names.by_rest.entry((n, hole, rest(&s.keys, hole, 1))).or_default().push(i);
                if hole + 1 < n {
                    names.by_rest.entry((n - 1, hole + JOINED, rest(&s.keys, hole, 2))).or_default().push(i);
                }
            }
        }
        names
    }

    /// Whether the window is a known name, or one but for a slip; which slip where the words do not answer one for one.
    #[expect(clippy::option_option, reason = "outer: whether it is near; inner: whether the words differ in number")]
    fn near(&self, window: &[Piece<'_>]) -> Option<Option<Near>> {
        let keys: Vec<u64> = window.iter().map(|p| p.key).collect();
        let n = keys.len();
        if let Some(name) = self.by_whole.get(keys.as_slice()).and_then(|&i| self.known.get(i)) {
            let Some(hole) = window.iter().position(|p| !p.capital) else { return Some(None) };
            // Nguyễn Xuân Phúc tiếp: the name ends before the verb.
            let start = window.first().map_or(0, |p| p.atoms.0);
            let elsewhere = |s: &Spelling<'_>| s.occurrences.iter().any(|o| o.atoms.0 != start);
            let shorter = keys.get(..n - 1).and_then(|k| self.by_whole.get(k)).and_then(|&i| self.known.get(i));
            let shorter = shorter.is_some_and(elsewhere);
            let sure = name.is_person && name.occurrences.len() > 1 && !shorter;
            return sure.then_some(Some(Near { keys, hole, slip: Slip::Capital }));
        }
        let named = |n: usize, hole: usize, cut: usize| {
            let list = self.by_rest.get(&(n, hole, rest(&keys, hole % JOINED, cut)));
            list.into_iter().flatten().take(MAX_TRIED).filter_map(|&i| self.known.get(i))
        };
        let capitals = |hole: usize| window.iter().enumerate().all(|(k, p)| p.capital || k == hole);
        for hole in 0..n {
            let word = window.get(hole)?.word;
            if capitals(n)
                && named(n, hole, 1)
                    .any(|s| s.words.get(hole).is_some_and(|w| slip(&self.confusions, word, *w).is_some()))
            {
                return Some(None);
            }
            // NgọcThịnh
            let joins = |s: &&Spelling<'_>| match (s.words.get(hole), s.words.get(hole + 1)) {
                (Some(a), Some(b)) => parts(word.0, a, b),
                _ => false,
            };
            if let Some(s) = capitals(n).then(|| named(n, hole + JOINED, 1).find(joins)).flatten() {
                return Some(Some(Near { keys: s.keys.clone(), hole, slip: Slip::SpaceMissing }));
            }
            // Th ịnh
            if let Some(next) = window.get(hole + 1).filter(|p| !p.capital) {
                let joined = [word.0, next.word.0].concat();
                let key = word_key(&(&joined, Syllable::parse(&joined)));
                let same = |s: &&Spelling<'_>| s.keys.get(hole) == Some(&key);
                if let Some(s) = capitals(hole + 1).then(|| named(n - 1, hole, 2).find(same)).flatten() {
                    return Some(Some(Near { keys: s.keys.clone(), hole, slip: Slip::SpaceExtra }));
                }
            }
        }
        None
    }
}

/// Marks, in the keys of [`Names`], a hole of two words.
const JOINED: usize = 16;

/// Names of one key that are tried.
const MAX_TRIED: usize = 24;

/// Whether the letters are the two words without the space.
fn parts(letters: &str, a: &Word<'_>, b: &Word<'_>) -> bool {
    letters.char_indices().skip(1).any(|(at, _)| {
        let Some((left, right)) = letters.split_at_checked(at) else { return false };
        let same = |part: &str, w: &Word<'_>| word_key(&(part, Syllable::parse(part))) == word_key(w);
        same(left, a) && same(right, b)
    })
}

/// A hash of the keys without `cut` of them at `hole`.
pub(super) fn rest(keys: &[u64], hole: usize, cut: usize) -> u64 {
    let kept = keys.iter().enumerate().filter(|(i, _)| *i < hole || *i >= hole + cut);
    kept.fold(0xcbf2_9ce4_8422_2325, |h, (_, k)| (h ^ k).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(17))
}

/// A set of keys that may say yes too often.
struct Filter([u64; FILTER_WORDS]);

const FILTER_WORDS: usize = 64;

impl Filter {
    fn bit(key: u64) -> (usize, u64) {
        let h = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
        ((h >> 6) as usize, 1 << (h & 63))
    }

    fn add(&mut self, key: u64) {
        let (word, bit) = Self::bit(key);
        if let Some(w) = self.0.get_mut(word) {
            *w |= bit;
        }
    }

    fn has(&self, key: u64) -> bool {
        let (word, bit) = Self::bit(key);
        self.0.get(word).is_some_and(|w| w & bit != 0)
    }
}
