//! The shape that a full form takes in its place: capitals, tone placement, Unicode form, the spaces around it.
//!
//! What is asked of the whole document (where sentences begin, which tone placement it uses) is found out when the first
//! full form needs it.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use unicode_normalization::UnicodeNormalization;

use super::capitals::{CapitalPlaces, capitalised};
use super::expander::{Edit, Headings, Settings};
use super::result::{Abbreviation, Why};
use super::survey::Survey;
use crate::lexicon::{Atom, AtomKind, Atoms};
use crate::normalize::{Form, Normalizer, TonePlacement};
use crate::scan;
use crate::sentence::Starts;
use crate::span::Span;

/// Gives full forms the shape that their place asks for.
pub(super) struct Writer<'a, 't> {
    survey: &'a Survey<'t>,
    text: &'a Atoms<'t>,
    settings: &'a Settings,
    capitals: CapitalPlaces,
    sentences: Starts<'t>,
    normalizer: Option<Normalizer>,
    /// Full forms as they are written in this document.
    spelled: BTreeMap<String, String>,
}

impl<'a, 't> Writer<'a, 't> {
    pub(super) fn new(survey: &'a Survey<'t>, settings: &'a Settings) -> Self {
        let text = &survey.atoms;
        let (capitals, sentences) = (CapitalPlaces::default(), Starts::new(text.text));
        Self { survey, text, settings, capitals, sentences, normalizer: None, spelled: BTreeMap::new() }
    }

    pub(super) fn edits(&mut self, found: Vec<Abbreviation<'t>>) -> Vec<Edit<'t>> {
        let mut out: Vec<Edit<'t>> = Vec::new();
        let mut used: BTreeSet<(String, String)> = BTreeSet::new();
        let mut first = 0;
        for a in found {
            let Some(full) = &a.expansion else { continue };
            first = self.atom_at(a.span.start, first);
            let in_capitals = self.capitals.takes_capitals(self.text, &self.survey.lines, a.span.start);
            if in_capitals && self.settings.headings == Headings::Leave {
                continue;
            }
            if self.settings.first_use_only {
                let key = (a.text(self.text.text).nfc().collect(), full.nfc().collect());
                if !used.insert(key) {
                    continue;
                }
            }
            // At its definition the full form stands beside it already.
            if a.why == Why::DefinedHere {
                continue;
            }
            let replacement = self.shaped(full, first, in_capitals);
            out.push(Edit { span: a.span, replacement, abbreviation: a });
        }
        self.set_apart(&mut out);
        out
    }

    /// The first atom from `from` on that begins at this byte or behind it.
    fn atom_at(&self, byte: usize, from: usize) -> usize {
        let atoms = self.text.atoms.get(from..).unwrap_or_default();
        from + atoms.iter().take_while(|atom| atom.span().start < byte).count()
    }

    /// The full form with the tone placement, capitals and Unicode form of its place.
    fn shaped(&mut self, full: &str, first: usize, in_capitals: bool) -> String {
        let mut out = match self.spelled.get(full) {
            Some(out) => out.clone(),
            None => self.spell(full),
        };
        if in_capitals {
            out = out.chars().flat_map(char::to_uppercase).collect();
        } else if out.starts_with(char::is_lowercase) && self.begins_sentence(first) {
            out = capitalised(&out);
        }
        out
    }

    /// The full form with the spaces, tone placement and Unicode form of the document.
    fn spell(&mut self, full: &str) -> String {
        let joined = if full.contains(|c: char| c != ' ' && c.is_whitespace()) || full.contains("  ") {
            Cow::Owned(full.split_whitespace().collect::<Vec<_>>().join(" "))
        } else {
            Cow::Borrowed(full.trim())
        };
        let out = self.normalizer().normalize(&joined).into_owned();
        self.spelled.insert(full.into(), out.clone());
        out
    }

    /// A space where the short form touches a letter or digit, or the hyphen that ties it to another that is written out;
    /// and the short form behind, where that is asked for.
    fn set_apart(&self, edits: &mut [Edit<'t>]) {
        let spans: Vec<Span> = edits.iter().map(|e| e.span).collect();
        let mut at = 0;
        for (i, edit) in edits.iter_mut().enumerate() {
            let end_before = i.checked_sub(1).and_then(|i| spans.get(i)).map(|s| s.end);
            let start_after = spans.get(i + 1).map(|s| s.start);
            let first = self.atom_at(edit.span.start, at);
            let end = self.atom_at(edit.span.end, first);
            at = end;
            let glued = |i: usize| self.text.atom(i).filter(|a| a.glued());
            let is_letters = |a: &Atom| a.is_word() || matches!(a.kind(), AtomKind::Number | AtomKind::Opaque(_));
            let before = glued(first).and_then(|_| self.text.atom(first.checked_sub(1)?));
            let after = glued(end);
            // Where both sides of a joint are written out, the left one brings the space.
            let space_before = before.is_some_and(|a| {
                is_letters(a) && end_before != Some(a.span().end)
                    || a.is_mark('-') && a.glued() && end_before == Some(a.span().start)
            });
            let space_after = after.is_some_and(|a| {
                is_letters(a) || a.is_mark('-') && glued(end + 1).is_some_and(|n| start_after == Some(n.span().start))
            });
            if self.settings.keep_short_form && before.is_none_or(|a| !a.is_mark('.')) && !space_after {
                let short = edit.span.of(self.text.text);
                if scan::letter_count(short) > 2 {
                    edit.replacement = format!("{} ({short})", edit.replacement);
                }
            }
            if space_before {
                edit.replacement.insert(0, ' ');
            }
            if space_after {
                edit.replacement.push(' ');
            }
        }
    }

    fn begins_sentence(&mut self, first: usize) -> bool {
        let text = self.text;
        // Quotes and bullets stand before the first word.
        let is_opening = |a: &Atom| matches!(a.kind(), AtomKind::Mark('"' | '\'' | '-' | '+' | '•' | '*'));
        let before = text.atoms.get(..first).unwrap_or_default();
        let opening = before.iter().rposition(|a| !is_opening(a)).map_or(0, |i| i + 1);
        let Some(atoms) = text.atoms.get(opening..=first) else { return false };
        let (Some(from), Some(to)) = (atoms.first(), atoms.last()) else { return false };
        // In one line behind a word or a comma no sentence begins.
        let goes_on = opening.checked_sub(1).and_then(|i| text.atom(i)).is_some_and(|before| {
            let inside = !matches!(before.kind(), AtomKind::Mark(c) if !matches!(c, ',' | ';' | ':' | '/' | '&' | '%'));
            let mut end = before.span().end;
            inside
                && atoms.iter().all(|a| {
                    let gap = text.text.get(core::mem::replace(&mut end, a.span().end)..a.span().start);
                    matches!(gap, Some("" | " "))
                })
        });
        !goes_on && self.sentences.is_within(from.span().start, to.span().start)
    }

    fn normalizer(&mut self) -> Normalizer {
        let (survey, tone) = (self.survey, self.settings.tone);
        *self.normalizer.get_or_insert_with(|| {
            let style = match tone {
                TonePlacement::Preserve if survey.first_vowels < 0 => TonePlacement::SecondVowel,
                TonePlacement::Preserve => TonePlacement::FirstVowel,
                other => other,
            };
            let form = if survey.is_decomposed { Form::Nfd } else { Form::Nfc };
            Normalizer::builder().tone(style).form(form).lookalikes(false).build()
        })
    }
}
