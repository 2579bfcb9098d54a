//! Titles and bodies written out: short forms replaced by what [`crate::abbreviation`] found at the same place; a body
//! written with one (`Hội đồng TĐKT`) takes its official capitals from `data/organisations.tsv`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::abbreviation::Abbreviation;
use crate::lexicon::{Annotated, Atom, Table};
use crate::scan::Case;

/// Letters as one would write them: composed (NFC), without the layout's white space.
pub(crate) fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Writes stretches of a text out.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a, 't> {
    pub(super) text: &'a Annotated<'t>,
    pub(super) abbreviations: &'a [Abbreviation<'t>],
}

impl Writer<'_, '_> {
    pub(super) fn written(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        let mut at = start;
        let mut expanded_before = false;
        while at < end {
            let Some(atom) = self.text.atom(at) else { break };
            if !out.is_empty() && (!atom.glued || expanded_before) && !out.ends_with(' ') {
                out.push(' ');
            }
            expanded_before = false;
            if let Some((display, len)) = self.body_with_short_form(at, end) {
                out.push_str(display);
                at += len;
                expanded_before = true;
            } else if let Some((full, next)) = self.expansion_at(at, atom, end) {
                out.push_str(full);
                at = next;
                expanded_before = true;
            } else {
                out.push_str(atom.span.of(self.text.text));
                at += 1;
            }
        }
        plain(&out)
    }

    fn body_with_short_form(&self, at: usize, end: usize) -> Option<(&'static str, usize)> {
        let m = self.text.longest(at, Table::Organisations).filter(|m| m.end as usize <= end)?;
        // A form of one word was decided by its neighbours: *BTC* is no ministry everywhere, *WHO* stays.
        if m.len() < 2 {
            return None;
        }
        let display = self.text.cell(m, 3);
        let short = (at..m.end as usize)
            .any(|i| self.text.atom(i).is_some_and(|a| a.is_word() && a.case == Case::Upper && a.len > 1));
        (short && !display.is_empty()).then_some((display, m.len()))
    }

    fn expansion_at(&self, at: usize, atom: &Atom, end: usize) -> Option<(&str, usize)> {
        let i = self.abbreviations.binary_search_by_key(&atom.span.start, |a| a.span.start).ok()?;
        let found = self.abbreviations.get(i)?;
        let next = (at..end).take_while(|&i| self.text.atom(i).is_some_and(|a| a.span.start < found.span.end)).count();
        Some((found.expansion.as_deref()?, at + next))
    }
}
