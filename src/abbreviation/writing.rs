//! The shape that a full form takes in its place: capitals, tone placement, Unicode form, the spaces around it.
//!
//! What is asked of the whole document (where sentences begin, which tone placement it uses) is found out when the first
//! full form needs it.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use unicode_normalization::UnicodeNormalization;

use super::capitals::{Line, capitalised};
use super::expander::{Edit, Headings, Settings};
use super::result::{Abbreviation, Why};
use crate::lexicon::{Annotated, Atom, AtomKind};
use crate::normalize::{Form, Normalizer, TonePlacement};
use crate::scan;
use crate::sentence;
use crate::span::Span;
use crate::syllable::{Tone, ToneStyle};

/// Gives full forms the shape that their place asks for.
pub(super) struct Writer<'a, 't> {
    text: &'a Annotated<'t>,
    settings: &'a Settings,
    line: Line,
    sentences: Option<Vec<usize>>,
    normalizer: Option<Normalizer>,
}

impl<'a, 't> Writer<'a, 't> {
    pub(super) fn new(text: &'a Annotated<'t>, settings: &'a Settings) -> Self {
        Self { text, settings, line: Line::default(), sentences: None, normalizer: None }
    }

    pub(super) fn edits(&mut self, found: Vec<Abbreviation<'t>>) -> Vec<Edit<'t>> {
        let mut out: Vec<Edit<'t>> = Vec::new();
        let mut used: BTreeSet<(String, String)> = BTreeSet::new();
        for a in found {
            let Some(full) = &a.expansion else { continue };
            let first = self.atom_at(a.span.start);
            let in_capitals = self.line.takes_capitals(self.text, first);
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

    /// The first atom that begins at this byte or behind it.
    fn atom_at(&self, byte: usize) -> usize {
        self.text.atoms.partition_point(|atom| atom.span.start < byte)
    }

    /// The full form with the tone placement, capitals and Unicode form of its place.
    fn shaped(&mut self, full: &str, first: usize, in_capitals: bool) -> String {
        let mut out = full.split_whitespace().collect::<Vec<_>>().join(" ");
        out = self.normalizer().normalize(&out).into_owned();
        if in_capitals {
            out = out.chars().flat_map(char::to_uppercase).collect();
        } else if out.starts_with(char::is_lowercase) && self.begins_sentence(first) {
            out = capitalised(&out);
        }
        out
    }

    /// A space where the short form touches a letter or digit, or the hyphen that ties it to another that is written out;
    /// and the short form behind, where that is asked for.
    fn set_apart(&self, edits: &mut [Edit<'t>]) {
        let spans: Vec<Span> = edits.iter().map(|e| e.span).collect();
        for (i, edit) in edits.iter_mut().enumerate() {
            let end_before = i.checked_sub(1).and_then(|i| spans.get(i)).map(|s| s.end);
            let start_after = spans.get(i + 1).map(|s| s.start);
            let (first, end) = (self.atom_at(edit.span.start), self.atom_at(edit.span.end));
            let glued = |i: usize| self.text.atom(i).filter(|a| a.glued);
            let is_letters = |a: &Atom| a.is_word() || matches!(a.kind, AtomKind::Number | AtomKind::Opaque);
            let before = glued(first).and_then(|_| self.text.atom(first.checked_sub(1)?));
            let after = glued(end);
            // Where both sides of a joint are written out, the left one brings the space.
            let space_before = before.is_some_and(|a| {
                is_letters(a) && end_before != Some(a.span.end)
                    || a.is_mark('-') && a.glued && end_before == Some(a.span.start)
            });
            let space_after = after.is_some_and(|a| {
                is_letters(a) || a.is_mark('-') && glued(end + 1).is_some_and(|n| start_after == Some(n.span.start))
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
        let starts = || sentence::split(text.text, text.tokens.iter().copied()).map(|s| s.start).collect();
        let sentences: &mut Vec<usize> = self.sentences.get_or_insert_with(starts);
        // Quotes and bullets stand before the first word.
        let mut at = first;
        let begins = |at: usize| text.atom(at).is_some_and(|a| sentences.binary_search(&a.span.start).is_ok());
        while at > 0 && !begins(at) {
            let is_opening = |a: &Atom| matches!(a.kind, AtomKind::Mark('"' | '\'' | '-' | '+' | '•' | '*'));
            if !text.atom(at - 1).is_some_and(is_opening) {
                return false;
            }
            at -= 1;
        }
        true
    }

    fn normalizer(&mut self) -> Normalizer {
        let (text, tone) = (self.text, self.settings.tone);
        *self.normalizer.get_or_insert_with(|| {
            let style = match tone {
                TonePlacement::Preserve => style_of(text),
                other => other,
            };
            let decomposed = text.text.contains(['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}', '\u{302}']);
            let form = if decomposed { Form::Nfd } else { Form::Nfc };
            Normalizer::builder().tone(style).form(form).lookalikes(false).build()
        })
    }
}

/// The tone placement that the document uses more often; the first vowel when it shows none.
fn style_of(text: &Annotated<'_>) -> TonePlacement {
    let mut balance = 0i64;
    for atom in &text.atoms {
        // Only open oa, oe, uy differ; their last letter tells most words apart without spelling them.
        let last = atom.span.of(text.text).chars().next_back().unwrap_or(' ');
        if !"aeyàáảãạèéẻẽẹỳýỷỹỵ\u{300}\u{301}\u{303}\u{309}\u{323}".contains(last.to_ascii_lowercase())
            && last.is_lowercase()
        {
            continue;
        }
        let Some(syllable) = atom.syllable.filter(|s| s.tone() != Tone::Ngang) else { continue };
        let (first, second) = (syllable.spelling(ToneStyle::FirstVowel), syllable.spelling(ToneStyle::SecondVowel));
        if first == second {
            continue;
        }
        let same = |s: &str| atom.span.of(text.text).nfc().flat_map(char::to_lowercase).eq(s.chars());
        balance += i64::from(same(&first)) - i64::from(same(&second));
    }
    if balance < 0 { TonePlacement::SecondVowel } else { TonePlacement::FirstVowel }
}
