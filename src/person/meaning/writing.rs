//! Titles and bodies written out: short forms replaced by what [`crate::abbreviation`] found at the same place; a body
//! written with one (`Hội đồng TĐKT`) takes its official capitals from `data/organisations.tsv`.
//!
//! [`Writer::written`] gives the letters, [`Writer::key`] only the words, which most bodies of a text are compared by and
//! never written; both are made of the same [pieces](Piece).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::places;
use super::words::{Key, is_named, of_syllable, words};
use crate::abbreviation::Abbreviation;
use crate::lexicon::{Annotated, Atom, Note, Table};
use crate::scan::Case;

/// Letters as one would write them: composed (NFC), without the layout's white space.
pub(crate) fn plain(text: &str) -> String {
    as_plain(text).into_owned()
}

/// The same, borrowed where the text is so.
pub(super) fn as_plain(text: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect())
}

/// Whether a text surely is as [`plain`] would make it; most are.
fn is_plain(text: &str) -> bool {
    let mut last = ' ';
    for c in text.chars() {
        // ASCII, precomposed letters of Vietnamese and of the languages around it, dashes and quotes.
        let composed = matches!(c, ' '..='~' | 'À'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2026}');
        if !composed || c == ' ' && last == ' ' {
            return false;
        }
        last = c;
    }
    last != ' '
}

/// Bytes that short forms in a stretch may take more than they have.
const ROOM: usize = 32;

/// A part of a stretch that is written out.
enum Piece<'x> {
    /// What is written instead of a short form.
    Full(&'x str),
    /// An atom as it stands.
    Atom(usize, &'x Atom),
}

/// Writes stretches of a text out.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a, 't> {
    pub(super) text: &'a Annotated<'t>,
    pub(super) abbreviations: &'a [Abbreviation<'t>],
}

impl<'a> Writer<'a, '_> {
    /// The atoms `start..end` written out.
    pub(super) fn written(&self, start: usize, end: usize) -> String {
        let stretch = places::span(self.text, start, end);
        let mut out = String::with_capacity(stretch.len() + ROOM);
        let mut expanded_before = false;
        self.pieces(start, end, |piece, glued| {
            if !out.is_empty() && (!glued || expanded_before) && !out.ends_with(' ') {
                out.push(' ');
            }
            expanded_before = matches!(piece, Piece::Full(_));
            out.push_str(match piece {
                Piece::Full(full) => full,
                Piece::Atom(_, atom) => atom.span().of(self.text.text),
            });
            true
        });
        if is_plain(&out) { out } else { plain(&out) }
    }

    /// Whether a short form stays in it that may mean several things: *TT*.
    pub(super) fn is_undecided(&self, start: usize, end: usize) -> bool {
        let bytes = places::span(self.text, start, end);
        let first = self.abbreviations.partition_point(|a| a.span.start < bytes.start);
        let inside = self.abbreviations.iter().skip(first).take_while(|a| a.span.start < bytes.end);
        let mut undecided = inside.filter(|a| a.expansion.is_none() && !a.alternatives.is_empty()).peekable();
        if undecided.peek().is_none() {
            return false;
        }
        let mut stays = false;
        self.pieces(start, end, |piece, _| {
            let Piece::Atom(_, atom) = piece else { return true };
            let at = atom.span().start;
            while undecided.next_if(|a| a.span.start < at).is_some() {}
            stays = undecided.peek().is_some_and(|a| a.span.start == at);
            !stays
        });
        stays
    }

    /// The words of the same, and how many there are up to the last that has a capital.
    pub(super) fn key(&self, start: usize, end: usize) -> (Key, usize) {
        let (mut key, mut named) = (Key::with_capacity(end.saturating_sub(start)), 0);
        self.each_word(start, end, |word, capital| {
            key.push(word);
            named = if capital { key.len() } else { named };
            true
        });
        (key, named)
    }

    /// How many there are.
    pub(super) fn n_words(&self, start: usize, end: usize) -> usize {
        let mut n = 0;
        self.each_word(start, end, |_, _| {
            n += 1;
            true
        });
        n
    }

    /// The first of them.
    pub(super) fn first_word(&self, start: usize, end: usize) -> Option<u64> {
        let mut first = None;
        self.each_word(start, end, |word, _| {
            first = Some(word);
            false
        });
        first
    }

    /// Calls `give` for every word, and whether it has a capital, until it says no.
    fn each_word(&self, start: usize, end: usize, mut give: impl FnMut(u64, bool) -> bool) {
        fn all(written: &str, give: &mut impl FnMut(u64, bool) -> bool) -> bool {
            let mut from = 0;
            words(written).all(|(end, word)| {
                let letters = written.get(core::mem::replace(&mut from, end)..end);
                give(word, letters.is_some_and(is_named))
            })
        }
        let mut behind = start;
        self.pieces(start, end, |piece, _| match piece {
            Piece::Full(full) => all(full, &mut give),
            Piece::Atom(at, _) if at < behind => true,
            Piece::Atom(at, atom) => {
                // What stands together without white space is cut by the rules of written words.
                let glued = |&i: &usize| self.text.atom(i).is_some_and(|a| a.glued());
                behind = at + 1 + (at + 1..end).take_while(glued).count();
                match (atom.syllable, self.text.atom(behind - 1)) {
                    (Some(s), _) if behind == at + 1 => give(of_syllable(s), atom.is_capitalised()),
                    (_, Some(last)) => all(atom.span().cover(last.span()).of(self.text.text), &mut give),
                    (_, None) => true,
                }
            }
        });
    }

    /// Calls `give` for every piece of `start..end`, and whether it touches what stands before it, until it says no.
    fn pieces(&self, start: usize, end: usize, mut give: impl FnMut(Piece<'a>, bool) -> bool) {
        let first = self.text.atom(start).map_or(0, |a| a.span().start);
        // Most stretches have no capitals in a row, and no body in them is written short.
        let loud = (start..end).any(|i| self.is_loud(i));
        let mut next_short = self.abbreviations.partition_point(|a| a.span.start < first);
        let mut at = start;
        while at < end {
            let Some(atom) = self.text.atom(at) else { return };
            while self.abbreviations.get(next_short).is_some_and(|a| a.span.start < atom.span().start) {
                next_short += 1;
            }
            let short = self.abbreviations.get(next_short).filter(|a| a.span.start == atom.span().start);
            let (piece, n) = if let Some((display, n)) = if loud { self.body_with_short_form(at, end) } else { None } {
                (Piece::Full(display), n)
            } else if let Some((full, short)) = short.and_then(|a| Some((a.expansion.as_deref()?, a))) {
                let inside = |&i: &usize| self.text.atom(i).is_some_and(|a| a.span().start < short.span.end);
                (Piece::Full(full), (at..end).take_while(inside).count().max(1))
            } else {
                (Piece::Atom(at, atom), 1)
            };
            if !give(piece, atom.glued()) {
                return;
            }
            at += n;
        }
    }

    fn is_loud(&self, at: usize) -> bool {
        self.text.atom(at).is_some_and(|a| a.case == Case::Upper && a.len > 1)
    }

    fn body_with_short_form(&self, at: usize, end: usize) -> Option<(&'static str, usize)> {
        let m = self.text.longest(at, Table::Organisations).filter(|m| m.end as usize <= end)?;
        // A form of one word was decided by its neighbours: *BTC* is no ministry everywhere, *WHO* stays.
        // *ĐH Luật* is spelled out short form by short form, not as the official name.
        if m.len() < 2 || self.text.noted(m, Note::Spelled) {
            return None;
        }
        let short = (at..m.end as usize).any(|i| self.is_loud(i));
        let display = if short { self.text.cell(m, 3) } else { "" };
        (!display.is_empty()).then_some((display, m.len()))
    }
}
