//! The model the obvious way: every gap on its own, by the definition, from the text form.
//!
//! No blob, no hash of units, no lanes, no block. Slow, and meant only to be compared with.
#![expect(clippy::indexing_slicing, clippy::expect_used, reason = "plain to read; every index is a length away")]

use std::collections::{HashMap, HashSet};

use super::text::{SHAPES, TextForm};
use super::units::{CLASSES, Shape};
use crate::model::caseless_row;
use crate::scan::dotted::{Class, class_of};
use crate::scan::{self, Token, TokenKind};
use crate::span::Span;
use crate::syllable::{Syllable, ToneStyle};

/// A word model as maps from names to weights.
#[derive(Debug)]
pub struct Reference {
    units: HashMap<String, [i32; 4]>,
    pairs: HashMap<(String, String), [i32; 3]>,
    compounds: HashSet<Vec<String>>,
    shapes: Vec<i32>,
    patterns: Vec<i32>,
    classes: HashMap<String, usize>,
    caseless: Vec<[i32; 2]>,
    bias: i32,
}

/// A token as the model sees it.
#[derive(Clone, Debug)]
struct Unit {
    name: String,
    shape: Shape,
    span: Span,
    is_word: bool,
}

fn edge() -> Unit {
    Unit { name: CLASSES[0].to_owned(), shape: Shape::Mark, span: Span::new(0, 0), is_word: false }
}

/// One name for all spellings of a syllable.
fn syllable_name(s: Syllable) -> String {
    s.lexical().spelling(ToneStyle::FirstVowel).to_string()
}

/// The name under which weights are filed: with a capital if it has one.
fn row_name(name: &str) -> String {
    match Syllable::parse(name) {
        Some(s) if name.starts_with(char::is_uppercase) => capitalised(&syllable_name(s)),
        Some(s) => syllable_name(s),
        None => scan::folded(name),
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Joins a full stop to a short form right before it unless it ends the line, and a per cent sign to its number.
fn with_marks(text: &str, line: Vec<Unit>) -> Vec<Unit> {
    let n = line.len();
    let mut out: Vec<Unit> = Vec::new();
    for (i, unit) in line.into_iter().enumerate() {
        let mark = unit.span.of(text);
        if let Some(last) = out.last_mut()
            && last.span.end == unit.span.start
            && (mark == "." && i + 1 < n && takes_stop(text, last) || mark == "%" && last.name == "<number>")
        {
            let span = last.span.cover(unit.span);
            *last = Unit { name: "<alphanumeric>".to_owned(), shape: Shape::Number, span, is_word: false };
        } else {
            out.push(unit);
        }
    }
    out
}

fn takes_stop(text: &str, unit: &Unit) -> bool {
    let form = unit.span.of(text);
    let capital = !matches!(unit.shape, Shape::Lower | Shape::OtherLower);
    let degree = |f: &str| class_of(f) == Some(Class::Title);
    let stands_before = |c| matches!(c, Class::Title | Class::Name | Class::Number | Class::Chain);
    let listed = class_of(form).is_some_and(stands_before) || form.rsplit('.').next().is_some_and(degree);
    unit.is_word && unit.shape != Shape::Lower && (listed || capital && scan::letter_count(form) == 1)
}

impl Reference {
    /// Reads the text form.
    ///
    /// # Errors
    /// As [`compile`](super::compile).
    pub fn new(files: &[&str]) -> Result<Self, String> {
        let form = TextForm::read(files)?;
        let name = |n: &str| Syllable::parse(n).map_or_else(|| scan::folded(n), syllable_name);
        Ok(Self {
            units: form.units.iter().map(|(n, w)| (row_name(n), *w)).collect(),
            pairs: form.pairs.iter().map(|([l, r], w)| ((name(l), name(r)), *w)).collect(),
            compounds: form.compounds.iter().map(|w| w.split(' ').map(name).collect()).collect(),
            shapes: form.shapes,
            patterns: form.patterns,
            classes: form.classes.iter().map(|&(n, class)| (name(n), class)).collect(),
            caseless: form.caseless,
            bias: form.bias,
        })
    }

    fn unit(&self, text: &str, token: Token) -> Unit {
        let letters = token.span.of(text);
        let is_word = matches!(token.kind, TokenKind::Syllable | TokenKind::Word | TokenKind::Acronym);
        let capitals: Vec<bool> = letters.chars().filter(|&c| scan::is_letter(c)).map(char::is_uppercase).collect();
        let case = match capitals.split_first() {
            Some((_, rest)) if rest.contains(&true) => 2,
            Some((true, _)) => 1,
            _ => 0,
        };
        let class = |i: usize, shape| (CLASSES[i].to_owned(), shape);
        let (name, shape) = match token.kind {
            TokenKind::Syllable => {
                let syllable = Syllable::parse(letters).filter(|s| s.rank().is_some());
                let name = syllable.map_or_else(|| CLASSES[18].to_owned(), syllable_name);
                (name, [Shape::Lower, Shape::Title, Shape::Upper][case])
            }
            TokenKind::Word | TokenKind::Acronym => {
                let listed = Some(scan::folded(letters)).filter(|n| self.units.contains_key(n));
                let class = CLASSES[if token.kind == TokenKind::Word { 6 } else { 7 }];
                let shape = [Shape::OtherLower, Shape::OtherTitle, Shape::OtherUpper][case];
                (listed.unwrap_or_else(|| class.to_owned()), shape)
            }
            TokenKind::Number => class(1, Shape::Number),
            TokenKind::Date | TokenKind::Time => class(2, Shape::Number),
            TokenKind::DocumentCode => class(3, Shape::Number),
            TokenKind::Alphanumeric => class(4, Shape::Number),
            TokenKind::Url | TokenKind::Email | TokenKind::Handle | TokenKind::Hashtag => class(5, Shape::Number),
            TokenKind::Punctuation | TokenKind::Symbol => {
                let i = match letters.chars().next() {
                    Some('.' | '!' | '?' | '…') => 8,
                    Some(',') => 9,
                    Some(';') => 10,
                    Some(':') => 11,
                    Some('"' | '“' | '”' | '\'' | '‘' | '’' | '«' | '»') => 12,
                    Some('(' | '[' | '{') => 13,
                    Some(')' | ']' | '}') => 14,
                    Some('-' | '–' | '—' | '‐' | '‑') => 15,
                    Some('/') => 16,
                    _ => 17,
                };
                class(i, Shape::Mark)
            }
        };
        Unit { name, shape, span: token.span, is_word }
    }

    /// The spans of the words of `text`. O(length).
    pub fn words(&self, text: &str) -> Vec<Span> {
        let mut lines: Vec<Vec<Unit>> = vec![Vec::new()];
        let mut end = 0;
        for token in scan::tokens(text) {
            if scan::breaks_line(&text[end..token.span.start]) {
                lines.push(Vec::new());
            }
            end = token.span.end;
            let unit = self.unit(text, token);
            lines.last_mut().expect("it was pushed").push(unit);
        }
        for line in &mut lines {
            *line = with_marks(text, core::mem::take(line));
        }
        let mut out: Vec<Span> = Vec::new();
        for line in &lines {
            for (i, unit) in line.iter().enumerate() {
                let joined =
                    i > 0 && self.candidate(line, i - 1) && self.score(line, i - 1) + self.caseless(line, i - 1) > 0;
                match out.last_mut() {
                    Some(word) if joined => *word = word.cover(unit.span),
                    _ => out.push(unit.span),
                }
            }
        }
        out
    }

    fn candidate(&self, line: &[Unit], gap: usize) -> bool {
        let (left, right) = (&line[gap], &line[gap + 1]);
        left.is_word && right.is_word && left.span.end < right.span.start
    }

    /// The four units around a gap.
    fn around(&self, line: &[Unit], gap: usize) -> [Unit; 4] {
        [0, 1, 2, 3].map(|i| (gap + i).checked_sub(1).and_then(|at| line.get(at)).cloned().unwrap_or_else(edge))
    }

    fn score(&self, line: &[Unit], gap: usize) -> i32 {
        let around = self.around(line, gap);
        let mut score = self.bias;
        for (place, unit) in around.iter().enumerate() {
            // The unit before this one, if there is a line before it.
            let before = (gap + place).checked_sub(2).and_then(|at| line.get(at)).map_or(Shape::Mark, |u| u.shape);
            let is_title = unit.shape == Shape::Title && before != Shape::Mark;
            let row = if is_title { capitalised(&unit.name) } else { unit.name.clone() };
            score += self.units.get(&row).map_or(0, |w| w[place]);
        }
        for (place, pair) in around.windows(2).enumerate() {
            let weights = self.pairs.get(&(pair[0].name.clone(), pair[1].name.clone()));
            score += weights.map_or(0, |w| w[place]);
        }
        let number = |shape: Shape| SHAPES.iter().position(|s| s.0 == shape).unwrap_or(0);
        score += self.shapes[around.iter().fold(0, |row, u| row * 8 + number(u.shape))];
        // (cells left of the gap at which a word begins, its length), in the order of the bits; -1: right of the gap.
        let places =
            [(-1, 2), (-1, 3), (-1, 4), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)];
        let mut pattern = 0;
        for (bit, (before, len)) in places.into_iter().enumerate() {
            let from = gap as isize - before;
            if from >= 0 && self.is_compound(line, from as usize, len) {
                pattern |= 1 << bit;
            }
        }
        score + self.patterns[pattern]
    }

    /// What is added where the line begins with letters and has no capital up to the second unit behind the gap, or no small
    /// letter.
    fn caseless(&self, line: &[Unit], gap: usize) -> i32 {
        let is_letters = |s: &Shape| !matches!(s, Shape::Mark | Shape::Number);
        let shapes = || line.iter().take(gap + 3).map(|u| u.shape).filter(is_letters);
        let is_small = shapes().all(|s| matches!(s, Shape::Lower | Shape::OtherLower));
        let begins_so = line.first().is_some_and(|u| is_letters(&u.shape));
        let is_large = shapes().all(|s| matches!(s, Shape::Upper | Shape::OtherUpper));
        if !begins_so || !(is_small || is_large) {
            return 0;
        }
        let before = gap > 0 && self.candidate(line, gap - 1) && self.score(line, gap - 1) > 0;
        let [a, b, c, d] = self.around(line, gap).map(|unit| self.classes.get(&unit.name).copied().unwrap_or(0));
        self.caseless[caseless_row(before, [a, b, c])][0] + self.caseless[caseless_row(before, [b, c, d])][1]
    }

    fn is_compound(&self, line: &[Unit], from: usize, len: usize) -> bool {
        let Some(units) = line.get(from..from + len) else { return false };
        let joinable = (from..from + len - 1).all(|gap| self.candidate(line, gap));
        joinable && self.compounds.contains(&units.iter().map(|u| u.name.clone()).collect::<Vec<_>>())
    }
}
