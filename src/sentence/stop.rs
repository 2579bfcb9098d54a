//! Whether a full stop ends a sentence, when what follows is no lower-case word.
//!
//! In this order: closed quotations and signs before the stop end; labels (`1.`, `II.`, `a.`, `Điều 5.`) and cut numbers go
//! on; the form before the stop is looked up in `data/dotted.tsv`; a single capital is the initial of a name. After an
//! initial or a short form that stands before names the question is whether a name follows: two capitals in a row, or one that is no
//! syllable, or a place of one word from the data file.

use super::{Begins, Mark, Shape, Splitter, begins_with, is_sign, shape};
use crate::scan::dotted::{Class, class_of};
use crate::scan::{Source, Token, TokenKind, letter_count};

/// Bytes of the longest stretch that may be a short form (`GS.TSKH.BSCKII`, `NSƯT` in NFD).
const LONGEST_FORM: usize = 32;

impl<I: Source> Splitter<'_, I> {
    pub(super) fn stop_ends(&mut self, mark: &Mark, next: Token, case: Begins, glued: bool) -> bool {
        let before = mark.head.last;
        if mark.closed || is_sign(before) || before.span.end != mark.span.start {
            return true;
        }
        if self.is_label(mark, before) || self.is_cut_number(before, next) {
            return false;
        }
        // The most frequent case, without a look at the letters: no form is a syllable in lower case.
        let plain = before.kind == TokenKind::Syllable && begins_with(self.text, before) == Begins::Lower;
        let form = if plain { None } else { self.form(mark) };
        match form.and_then(form_class) {
            Some(Class::Title) => case != Begins::Upper,
            Some(Class::Name) => case != Begins::Digit && !glued && !self.begins_name(next, false),
            Some(Class::Number) => case != Begins::Digit,
            Some(Class::Chain) => class_of(next.span.of(self.text)).is_none(),
            Some(Class::End) => true,
            Some(Class::Section | Class::Lone | Class::Opener) | None => {
                let word = form.map_or("", last_component);
                if word.starts_with(char::is_uppercase) && letter_count(word) == 1 {
                    return self.initial_ends(mark, next, case, glued);
                }
                // v.2 and Node.Js, but not luật.2 and luật.Tập.
                let technical =
                    before.kind != TokenKind::Syllable && (case == Begins::Digit || next.kind == TokenKind::Word);
                !(glued && technical)
            }
        }
    }

    /// Whether the form before the stop stands before a name, whatever follows.
    pub(super) fn stands_before_name(&self, mark: &Mark) -> bool {
        !mark.closed && matches!(self.form(mark).and_then(form_class), Some(Class::Title | Class::Name))
    }

    /// After one capital letter and a stop.
    fn initial_ends(&mut self, mark: &Mark, next: Token, case: Begins, glued: bool) -> bool {
        if case != Begins::Upper {
            return true;
        }
        if glued {
            return false;
        }
        // The last part of a name: Nguyễn Văn A. But in John F. Kennedy what follows is no Vietnamese word.
        let surname = mark.head.second_last().filter(|&b| begins_with(self.text, b) == Begins::Upper);
        let after_name = surname.is_some_and(|b| class_of(b.span.of(self.text)) != Some(Class::Opener));
        if after_name && next.kind != TokenKind::Word {
            return true;
        }
        !self.begins_name(next, true)
    }

    /// Whether a name begins with `next`: after an initial (`person`) or after a short form of class `name`.
    fn begins_name(&mut self, next: Token, person: bool) -> bool {
        if begins_with(self.text, next) != Begins::Upper {
            return false;
        }
        let word = next.span.of(self.text);
        let after = self.peek(next);
        match class_of(word) {
            Some(Class::Lone) => return true,
            Some(Class::Opener | Class::Section) => return false,
            _ => {}
        }
        if letter_count(word) == 1 {
            let dot = after.is_some_and(|a| shape(self.text, a) == Shape::Stop && a.span.start == next.span.end);
            return dot && person;
        }
        match (next.kind, after) {
            (TokenKind::Acronym | TokenKind::Alphanumeric, _) => false,
            (TokenKind::Word, _) => true,
            (_, None) => !person,
            (_, Some(after)) if is_sign(after) => !person,
            (_, Some(after)) => {
                let all_capitals = |w: &str| letter_count(w) > 1 && !w.chars().any(char::is_lowercase);
                // In a text of capitals two of them say nothing.
                let says_nothing = person && all_capitals(word) && all_capitals(after.span.of(self.text));
                begins_with(self.text, after) == Begins::Upper && !says_nothing
            }
        }
    }

    /// The number or letter of a list item, and the number of an article at the head of its text.
    fn is_label(&self, mark: &Mark, before: Token) -> bool {
        let word = before.span.of(self.text);
        let first = mark.first;
        match mark.head.n {
            1 => is_short_number(before, word) || is_roman(word) || letter_count(word) == 1,
            2 if is_sign(first) => is_short_number(before, word) || is_roman(word),
            2 if class_of(first.span.of(self.text)) == Some(Class::Section) => {
                before.kind == TokenKind::Number || is_roman(word)
            }
            _ => {
                let list = |b: Token| matches!(self.text.as_bytes().get(b.span.start), Some(b':' | b';'));
                is_short_number(before, word) && mark.head.second_last().is_some_and(list)
            }
        }
    }

    /// `25. 000`
    fn is_cut_number(&self, before: Token, next: Token) -> bool {
        let digits = |t: Token, len: core::ops::RangeInclusive<usize>| {
            let word = t.span.of(self.text);
            t.kind == TokenKind::Number && len.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
        };
        digits(before, 1..=3) && digits(next, 3..=3)
    }

    /// The letters and joiners right before the mark, if there are few.
    fn form(&self, mark: &Mark) -> Option<&str> {
        let head = self.text.get(..mark.span.start)?;
        let mut start = head.len();
        for (at, c) in head.char_indices().rev() {
            let inside = match c {
                '.' | '-' | '/' | '&' => true,
                '\u{A0}' | '«' | '»' | '\u{2000}'..='\u{206F}' | '\u{3000}' => false,
                c => c.is_ascii_alphanumeric() || !c.is_ascii(),
            };
            if !inside {
                break;
            }
            if head.len() - at > LONGEST_FORM {
                return None;
            }
            start = at;
        }
        head.get(start..)
    }
}

/// The class of a form; a degree also when others stand before it (`GS.TS`). `KH-CN` is no `CN`.
fn form_class(form: &str) -> Option<Class> {
    class_of(form).or_else(|| class_of(last_component(form)).filter(|&c| c == Class::Title))
}

fn last_component(form: &str) -> &str {
    form.rsplit(['.', '-']).next().unwrap_or(form)
}

/// `1`, `12`, `1.2`, but no year.
fn is_short_number(token: Token, word: &str) -> bool {
    token.kind == TokenKind::Number && word.split('.').all(|p| p.len() <= 2)
}

/// `II`, `XIV`
fn is_roman(word: &str) -> bool {
    (1..=7).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}
