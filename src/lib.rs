//! Vietnamese text as the State, the Party and the press write it: cut into tokens and sentences, abbreviations spelled
//! out, persons found with their titles, misspelt names repaired, and every result tied to exact bytes of the caller's
//! own string.
//!
//! ```
//! let text = "Đồng chí Lê Ngọc Khoa, UVTW Đảng, Chủ tịch UBND tỉnh Gia Lai khẳng định.";
//! let doc = vanban::analyze(text);
//! let person = &doc.persons()[0];
//! assert_eq!(person.name, "Lê Ngọc Khoa");
//! assert_eq!(person.titles, ["Ủy viên Trung ương Đảng", "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai"]);
//! assert_eq!(doc.mentions()[0].titles[0].span.of(text), "UVTW Đảng");
//! ```
//!
//! # Overview
//!
//! | question | answer |
//! |---|---|
//! | what is in this document? | [`analyze`], [`Analyzer`], [`Document`] |
//! | who is named, with which titles? | [`person`], [`Document::persons`] |
//! | what does UBND stand for here? | [`abbreviation`], [`Document::abbreviations`] |
//! | how do I write abbreviations out, with my own list? | [`expand`], [`Expander`] |
//! | what do the parts of *18-NQ/TW* mean? | [`abbreviation::DocumentNumber`] |
//! | which names are misspelt? | [`repair`], [`Document::repairs`], [`Document::corrected`] |
//! | where are the words? | [`words`], [`segment::Segmenter`] |
//! | where are the tokens, the sentences? | [`scan::tokens`], [`sentences()`] |
//! | is *HOÀ* the same syllable as *hòa*? | [`syllable::Syllable`] |
//! | how do I put diacritics right, switch styles, fold for search? | [`normalize()`], [`mod@normalize`] |
//! | how do I read TCVN3, VNI, VIQR, mojibake? | [`legacy`] |
//! | which bytes of my text was this? | [`Span`], [`Alignment`] |
//!
//! Which abbreviations does a text use?
//! ```
//! let text = "Quyết định 12/QĐ-UBND của UBND tỉnh về thi đua, khen thưởng (TĐKT).";
//! let doc = vanban::analyze(text);
//! let found: Vec<_> = doc.abbreviations().iter().map(|a| (a.text(text), a.expansion.as_deref())).collect();
//! assert_eq!(found, [
//!     ("12/QĐ-UBND", None), // the number of a document stays as it is
//!     ("UBND", Some("Ủy ban nhân dân")),
//!     ("TĐKT", Some("thi đua, khen thưởng")),
//! ]);
//! ```
//!
//! Which names are misspelt?
//! ```
//! let text = "Thứ trưởng Trần Thị Bích Thảo đến. Thứ trưởng Trần Thị Bích Thảo nói. Thứ trưởng Trần Thị Bích Tảo về.";
//! let doc = vanban::analyze(text);
//! let (corrected, alignment) = doc.corrected();
//! assert!(corrected.ends_with("Trần Thị Bích Thảo về."));
//! assert_eq!(alignment.to_output(doc.repairs()[0].span).of(&corrected), "Trần Thị Bích Thảo");
//! ```
//!
//! # Promises
//!
//! Text input never fails: no panic, no error, time linear in the text. Offsets are UTF-8 bytes of the text as it was
//! given, half-open, on character boundaries. NFC, NFD and both tone placements mean the same. Results are
//! deterministic, and one document never influences the next. What changes text says so, with a reason and a
//! confidence; unsure means silent.
//!
//! # Glossary
//!
//! syllable = tiếng; onset = âm đầu; rime = vần; tone = thanh; word = từ; title = chức danh; head = the noun a title begins
//! with (*chủ tịch*); status = *nguyên, quyền, cố*; grade = *cấp trưởng, cấp phó*; term = nhiệm kỳ, khóa; honorific = *ông,
//! bà, đồng chí*; body = cơ quan, tổ chức; atom = a run of letters, a number or a mark, the unit in which phrases are
//! matched.
//!
//! # Features
//!
//! - `std` (default): without it the crate is `no_std` with `alloc`.
//! - `serde`: `Serialize` for all results.
//!
//! # Data
//!
//! Linguistic knowledge stands in `data/*.tsv`, which a Vietnamese speaker can read and correct; `data/README.md` names the
//! origin and terms of each file.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

extern crate alloc;

pub mod abbreviation;
mod analyzer;
pub mod legacy;
#[doc(hidden)]
pub mod lexicon;
mod model;
pub mod normalize;
pub mod person;
pub mod repair;
pub mod scan;
pub mod segment;
mod sentence;
pub mod span;
pub mod syllable;

pub use abbreviation::Expander;
pub use analyzer::{Analyzer, Document};
pub use normalize::{Normalizer, TonePlacement, normalize};
pub use sentence::{Sentences, sentences};
pub use span::{Alignment, Span};

/// Analyses one document with default options: [`Analyzer::analyze`].
#[must_use]
pub fn analyze(text: &str) -> Document<'_> {
    Analyzer::new().analyze(text)
}

/// The abbreviations of `text`, in text order. O(length).
///
/// ```
/// let text = "Ủy viên BCH TW Đảng";
/// let full: Vec<_> = vanban::abbreviations(text).into_iter().filter_map(|a| a.expansion).collect();
/// assert_eq!(full, ["Ban Chấp hành", "Trung ương"]);
/// ```
#[must_use]
pub fn abbreviations(text: &str) -> alloc::vec::Vec<abbreviation::Abbreviation<'_>> {
    abbreviation::abbreviations(text)
}

/// The text with its abbreviations written out, borrowed when there are none: [`Expander::apply`] with default options.
/// O(length).
///
/// ```
/// assert_eq!(
///     vanban::expand("HĐND, UBND TP.HCM thực hiện Nghị quyết 18-NQ/TW"),
///     "Hội đồng nhân dân, Ủy ban nhân dân Thành phố Hồ Chí Minh thực hiện Nghị quyết 18-NQ/TW"
/// );
/// ```
#[must_use]
pub fn expand(text: &str) -> alloc::borrow::Cow<'_, str> {
    Expander::new().apply(text).0
}

/// The words of `text`, lazily. O(length); one allocation a call, none a word.
///
/// ```
/// let words: Vec<&str> = vanban::words("Chủ tịch nước thăm nhà máy sản xuất ở Hà Nội.").map(|w| w.text).collect();
/// assert_eq!(words, ["Chủ tịch", "nước", "thăm", "nhà máy", "sản xuất", "ở", "Hà Nội", "."]);
/// ```
pub fn words(text: &str) -> segment::Words<'static, '_> {
    static SEGMENTER: segment::Segmenter = segment::Segmenter::new();
    SEGMENTER.words(text)
}
