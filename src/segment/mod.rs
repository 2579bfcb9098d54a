//! From tokens to words (*từ*): which neighbouring syllables belong together.
//!
//! Vietnamese writes a space between syllables, not between words; *học sinh học sinh học* is *học_sinh học sinh_học*.
//! Every gap between two tokens is decided on its own by a linear score of what stands around it (`model`): the four units
//! nearest, their three pairs, the joint shape of their letters, and which words of a dictionary cover the gap or end and
//! begin at it. No lattice, no search: a pointwise decision sees both sides and never carries an error on (Neubig, Nakata
//! and Mori 2011). Rejected: longest match (6 to 8 points of F1 worse), and sequence labelling by neural networks, whose
//! best published figures are some tenths of a point higher at a thousandth of the speed.
//!
//! A gap can be joined only where nothing but white space without a line break stands between two tokens of letters;
//! whatever the scanner keeps whole (numbers, dates, document codes, addresses) is one word.
//!
//! Text flows through a block of cells of fixed size, so memory does not grow with the text. Complexity: O(length).
//! Benches: `segment`.

mod caseless;
#[cfg(feature = "std")]
mod compile;
mod decide;
#[cfg(feature = "std")]
#[doc(hidden)]
pub mod reference;
#[cfg(feature = "std")]
mod text;
#[cfg(feature = "std")]
#[doc(hidden)]
pub mod training;
mod units;
mod user;
mod words;

use alloc::sync::Arc;
use alloc::vec::Vec;

pub use user::{SegmenterBuilder, UserWordError};
pub use words::{Boundaries, Boundary, Word, WordKind, Words};
#[cfg(feature = "std")]
#[doc(hidden)]
pub use {compile::compile, text::FILES};

pub use crate::model::{Model, ModelError};
use crate::span::Span;
use units::Cell;

/// Made by `cargo run --example compile_data` from `data/words`; a test compares.
static MODEL: &[u8] = include_bytes!("../../data/words.bin");

/// Cuts text into words.
///
/// Immutable, `Send + Sync`, cheap to clone; one is enough for a program. [`Segmenter::default`] costs nothing.
///
/// ```
/// use vanban::segment::Segmenter;
/// let segmenter = Segmenter::default();
/// let words: Vec<&str> = segmenter.words("Hội đồng nhân dân tỉnh Quảng Trị họp.").map(|w| w.text).collect();
/// assert_eq!(words, ["Hội đồng nhân dân", "tỉnh", "Quảng Trị", "họp", "."]);
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    model: Model,
    user: Option<Arc<user::UserWords>>,
}

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

/// Memory that is used again from text to text; one for each thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    cells: Vec<Cell>,
    scores: Vec<i32>,
    /// Scores that words of the user have changed, where both are needed.
    decided: Vec<i32>,
    /// What words of the user may be in the block.
    found: user::Found,
    /// Cells that are edges of lines.
    edges: Vec<usize>,
    /// Cells with which words end.
    ends: Vec<u16>,
    spans: Vec<Span>,
}

impl Scratch {
    /// Empty; it grows to some 20 KB at the first use and is never freed before it is dropped.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Segmenter {
    /// The segmenter with the model that the crate carries. Costs nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { model: Model::built_in(MODEL), user: None }
    }

    /// A segmenter with words of your own or another model.
    #[must_use]
    pub fn builder() -> SegmenterBuilder {
        SegmenterBuilder::default()
    }

    /// The words of `text`, in order, lazily; white space and what is invisible lie between them.
    pub fn words<'s, 't>(&'s self, text: &'t str) -> Words<'s, 't> {
        Words::new(self, text, Scratch::new())
    }

    /// The same with scratch memory of yours: nothing is allocated once it has grown.
    pub fn words_with<'s, 't>(&'s self, text: &'t str, scratch: &'s mut Scratch) -> Words<'s, 't, &'s mut Scratch> {
        Words::new(self, text, scratch)
    }

    /// The spans of the words, in memory of `scratch`.
    ///
    /// ```
    /// use vanban::segment::{Scratch, Segmenter};
    /// let (segmenter, mut scratch) = (Segmenter::default(), Scratch::new());
    /// for text in ["khen thưởng đột xuất", "nông thôn mới"] {
    ///     let spans = segmenter.segment_into(text, &mut scratch);
    ///     assert_eq!(spans[0].of(text).split(' ').count(), 2);
    /// }
    /// ```
    pub fn segment_into<'s>(&self, text: &str, scratch: &'s mut Scratch) -> &'s [Span] {
        let mut spans = core::mem::take(&mut scratch.spans);
        spans.clear();
        let mut words = Words::new(self, text, &mut *scratch);
        spans.extend(core::iter::from_fn(|| words.word()).map(|(span, _)| span));
        scratch.spans = spans;
        &scratch.spans
    }

    /// Many texts with one scratch: `give` gets the index of a text and the spans of its words.
    pub fn segment_batch<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        mut give: impl FnMut(usize, &'t str, &[Span]),
    ) {
        let mut scratch = Scratch::new();
        for (i, text) in texts.into_iter().enumerate() {
            give(i, text, self.segment_into(text, &mut scratch));
        }
    }

    /// Every gap at which a word could go on, with the decision and how sure it is.
    pub fn boundaries<'s, 't>(&'s self, text: &'t str) -> Boundaries<'s, 't> {
        Boundaries::new(self, text)
    }

    /// The model in use.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }
}
