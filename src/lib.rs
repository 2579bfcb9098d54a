//! vanban
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]
extern crate alloc;
pub mod abbreviation;
mod analyzer;
#[doc(hidden)]
pub mod lexicon;
pub mod person;
pub mod repair;
pub mod scan;
mod sentence;
pub mod span;
pub mod syllable;

pub use analyzer::{Analyzer, Document};
pub use span::{Alignment, Span};

/// Analyses one document with default options: [`Analyzer::analyze`].
#[must_use]
pub fn analyze(text: &str) -> Document<'_> {
    Analyzer::new().analyze(text)
}
