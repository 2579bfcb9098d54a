//! What the trainer (`examples/train`) sees of a text: the units exactly as the segmenter reads them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::text::SHAPES;
use super::units::{self, ACRONYM, CLASSES, Cell, FIRST_SYLLABLE, FIRST_TITLE, Shape, WORD};
use super::{Segmenter, decide, words};
use crate::scan;
use crate::span::Span;
use crate::syllable::{Syllable, ToneStyle};

/// Number of the edge of a line.
pub const BOUNDARY: u16 = units::BOUNDARY;
/// First number and first row that no class and no syllable has: those of listed other words.
pub const FIRST_OTHER: u16 = units::FIRST_OTHER;
/// Shapes are below this number.
pub const N_SHAPES: usize = SHAPES.len();
/// Patterns are below this number.
pub const N_PATTERNS: usize = crate::model::N_PATTERNS;

/// Classes of units are below this number.
pub const N_CLASSES: usize = crate::model::N_CLASSES;
/// Rows of caseless weights are below this number.
pub const N_CASELESS: usize = crate::model::N_CASELESS;

/// The row of the caseless weights, from whether the gap before is joined and the classes of three units.
#[must_use]
pub fn caseless_row(before: bool, classes: [usize; 3]) -> usize {
    crate::model::caseless_row(before, classes)
}

/// A unit of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where it stands.
    pub span: Span,
    /// Its class or syllable.
    pub number: u16,
    /// The row of its weights: a syllable with a capital inside a sentence has its own.
    pub row: u16,
    /// Its letter shape.
    pub shape: u8,
    /// A word may go on from the unit before to this one.
    pub joinable: bool,
}

impl Unit {
    /// Whether it is letters of no syllable, so that its [`folded`] text may be listed.
    #[must_use]
    pub const fn is_other(&self) -> bool {
        matches!(self.number, WORD | ACRONYM)
    }
}

/// The units of `text` as they are without any listed word; lines are separated and ended by a boundary.
#[must_use]
pub fn units(text: &str) -> Vec<Unit> {
    let segmenter = Segmenter::default();
    let cells = words::all_cells(&segmenter.model.tables(), text);
    cells.iter().map(unlisted).collect()
}

fn unlisted(cell: &Cell) -> Unit {
    let class = if cell.kind == scan::TokenKind::Acronym { ACRONYM } else { WORD };
    let is_listed = cell.unit >= FIRST_OTHER;
    Unit {
        span: cell.span,
        number: if is_listed { class } else { cell.unit },
        row: if is_listed { class } else { cell.row },
        shape: cell.shape as u8,
        joinable: cell.joinable,
    }
}

/// The form by which a word that is no syllable is listed.
#[must_use]
pub fn folded(letters: &str) -> String {
    scan::folded(letters)
}

/// The number of a class or of a syllable in use; a word that is no syllable is looked up in `others`, folded.
#[must_use]
pub fn number(name: &str, others: impl FnOnce(&str) -> Option<u16>) -> Option<u16> {
    units::number(name, |name| others(&scan::folded(name)))
}

/// The names in the text form of all rows below [`FIRST_OTHER`]; free rows have empty names.
#[must_use]
pub fn row_names() -> Vec<String> {
    let mut names = alloc::vec![String::new(); usize::from(FIRST_OTHER)];
    for (name, class) in names.iter_mut().zip(CLASSES) {
        *name = class.to_string();
    }
    for syllable in Syllable::all() {
        let Some(rank) = syllable.rank() else { continue };
        let spelling = syllable.lexical().spelling(ToneStyle::FirstVowel).to_string();
        let mut letters = spelling.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        for (first, spelling) in [(FIRST_SYLLABLE, spelling), (FIRST_TITLE, capital)] {
            if let Some(name) = names.get_mut(usize::from(first + rank)) {
                *name = spelling;
            }
        }
    }
    names
}

/// Names of the shapes in the text form, by number.
#[must_use]
pub fn shape_names() -> [&'static str; N_SHAPES] {
    SHAPES.map(|(_, name)| name)
}

/// Whether a word of this shape begins with a capital; `None` if the shape is none of letters.
#[must_use]
pub fn has_capital(shape: u8) -> Option<bool> {
    let (shape, _) = SHAPES.get(usize::from(shape))?;
    match shape {
        Shape::Mark | Shape::Number => None,
        Shape::Lower | Shape::OtherLower => Some(false),
        Shape::Title | Shape::Upper | Shape::OtherTitle | Shape::OtherUpper => Some(true),
    }
}

/// The pattern of a gap from the lengths of the dictionary's words that begin at the units around it: three bits a unit
/// (two, three, four units long; lowest first), the unit right of the gap lowest, then to the left.
#[must_use]
pub const fn pattern(words: u32) -> usize {
    decide::pattern(words)
}
