//! Short forms of officialdom (UBND, HĐND, TĐKT, UVTW …) and what they stand for.
//!
//! Sources, strongest first:
//! 1. the user's own entries ([`ExpanderBuilder::entry`]);
//! 2. the document itself: `thi đua, khen thưởng (TĐKT)` (`definitions`), valid in the whole document, also before;
//! 3. the document's shape: a document number (`123/QĐ-UBND`) is recognised as a whole and never looked into;
//! 4. `data/abbreviations.tsv`: a row per sense, with the neighbours that select it (`senses`);
//! 5. `data/abbreviation_parts.tsv`: parts of which a form that nobody lists is made (`composed`).
//!
//! A form whose neighbours decide nothing takes the sense it has elsewhere in the document, then the sense of the
//! document's domain where its row allows that; otherwise it is listed with its alternatives and no expansion. Nothing
//! found in one document is known in the next.
//!
//! Only the neighbourhoods of what may be a short form are read (`survey`); the rest of the text costs little more than
//! its tokens. Within the analysis of a whole document the same reader works on all atoms and finds the same.
//!
//! Complexity: linear in the text; a definition looks back over a bounded number of atoms. Bench: `expand`.

mod capitals;
mod composed;
mod definitions;
mod entries;
mod expander;
mod initials;
mod number;
mod reader;
mod result;
mod senses;
mod shape;
mod survey;
mod writing;

pub(crate) use capitals::Lines;
pub use entries::EntryError;
pub use expander::{Edit, Expander, ExpanderBuilder, Headings};
pub use number::{CodePart, DocumentNumber, System};
pub use result::{Abbreviation, Source, Why, Years};

use alloc::vec::Vec;

use crate::lexicon::Annotated;

/// Columns of `data/abbreviations.tsv`.
mod column {
    pub(super) const SHORT: usize = 0;
    pub(super) const FULL: usize = 1;
    pub(super) const DOMAIN: usize = 2;
    pub(super) const PRIOR: usize = 3;
    pub(super) const BEFORE: usize = 4;
    pub(super) const VALID: usize = 6;
}

/// Confidences, set beforehand by rank of evidence, then compared with a sample of news that was read by hand.
mod confidence {
    /// The user says so, or the number of a document stays.
    pub(super) const CERTAIN: f32 = 1.0;
    pub(super) const DEFINED: f32 = 0.99;
    pub(super) const ONLY_SENSE: f32 = 0.98;
    pub(super) const NEIGHBOUR: f32 = 0.95;
    /// The list says that the form stays.
    pub(super) const STAYS: f32 = 0.95;
    pub(super) const PARTS: f32 = 0.9;
    pub(super) const USUAL: f32 = 0.85;
    pub(super) const SAME_DOCUMENT: f32 = 0.8;
    pub(super) const DOMAIN: f32 = 0.7;
    pub(super) const UNDECIDED: f32 = 0.3;
    /// From here on a sense is given as the expansion.
    pub(super) const THRESHOLD: f32 = 0.6;
}

/// Finds every abbreviation of a text, in text order, disjoint.
pub(crate) fn abbreviations(text: &str) -> Vec<Abbreviation<'_>> {
    let survey = survey::Survey::read(text, None);
    reader::find(&survey.atoms, &survey.lines, &reader::Options::default())
}

/// The same of a text that is read as a whole.
pub(crate) fn find<'t>(text: &Annotated<'t>, lines: &Lines) -> Vec<Abbreviation<'t>> {
    let definitions = definitions::find(text, text.marks.brackets.iter());
    reader::find_among(text, lines, definitions, &reader::Options::default(), |at| text.marks.forms.next(at))
}
