//! What is said about one short form.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use super::number::DocumentNumber;
use crate::span::Span;

/// Where an expansion comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Source {
    /// The document spells it out: `Ủy ban nhân dân (UBND)`.
    Definition,
    /// The crate's list of abbreviations.
    Lexicon,
    /// The number of a document, which stays as it is.
    Code,
    /// An entry of the user.
    User,
}

impl Source {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Lexicon => "lexicon",
            Self::Code => "code",
            Self::User => "user",
        }
    }
}

/// Why a short form is read as it is. [`Display`](fmt::Display) gives a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Why {
    /// This is the place where the document defines it; the full form stands beside it.
    DefinedHere,
    /// The document defines it, with the short form at this span.
    DefinedAt(Span),
    /// The words at this span select the sense.
    Neighbour(Span),
    /// The list has one sense.
    OnlySense,
    /// The usual sense; nothing here speaks for another.
    UsualSense,
    /// It has this sense elsewhere in the document.
    SameDocument,
    /// The other short forms of the document belong to this domain.
    Domain(&'static str),
    /// It is made of parts that are known.
    Parts,
    /// The user said so.
    UserEntry,
    /// The user forbade it.
    Forbidden,
    /// The number of a document stays as it is.
    DocumentNumber,
    /// A brand, a foreign or an international acronym stays as it is.
    Stays,
    /// Several senses are possible and nothing decides.
    Undecided,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DefinedHere => f.write_str("defined here"),
            Self::DefinedAt(span) => write!(f, "defined at bytes {span:?}"),
            Self::Neighbour(span) => write!(f, "the words at bytes {span:?} select the sense"),
            Self::OnlySense => f.write_str("the only sense"),
            Self::UsualSense => f.write_str("the usual sense"),
            Self::SameDocument => f.write_str("the sense it has elsewhere in the document"),
            Self::Domain(domain) => write!(f, "the document is about: {domain}"),
            Self::Parts => f.write_str("made of known parts"),
            Self::UserEntry => f.write_str("the user's entry"),
            Self::Forbidden => f.write_str("forbidden by the user"),
            Self::DocumentNumber => f.write_str("the number of a document stays"),
            Self::Stays => f.write_str("a name or an international acronym stays"),
            Self::Undecided => f.write_str("several senses, and nothing decides"),
        }
    }
}

/// The years in which a name was in use; an open side is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Years {
    /// First year.
    pub from: Option<u16>,
    /// Last year.
    pub until: Option<u16>,
}

impl Years {
    /// Reads `1981-1992`, `2025-`, `-2025`; an empty cell has no limits.
    pub(super) fn read(cell: &str) -> Option<Self> {
        let (from, until) = cell.split_once('-')?;
        let years = Self { from: from.parse().ok(), until: until.parse().ok() };
        (years != Self::default()).then_some(years)
    }

    /// Whether the name was in use in `year`.
    #[must_use]
    pub fn contains(self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
}

/// One short form in a text.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Abbreviation<'t> {
    /// Bytes of the short form, with the full stop that belongs to it (`TP.`).
    pub span: Span,
    /// The full form; `None` when the short form must stay, or when its sense is undecided.
    pub expansion: Option<Cow<'t, str>>,
    /// The name that the document ties to a short form which is not made of its initials:
    /// `Tập đoàn Dầu khí Việt Nam (PVN)`. Such a form is not expanded.
    pub name: Option<Cow<'t, str>>,
    /// Where the expansion comes from.
    pub source: Source,
    /// 0 to 1: how sure the sense is.
    pub confidence: f32,
    /// Why it is read so.
    pub why: Why,
    /// The other senses that the lexicon knows, likelier first.
    pub alternatives: Vec<&'static str>,
    /// Field of the chosen sense: party, state, education …
    pub domain: Option<&'static str>,
    /// When the body had this name, if it was renamed.
    pub valid: Option<Years>,
}

impl<'t> Abbreviation<'t> {
    pub(super) fn new(span: Span, source: Source, confidence: f32, why: Why) -> Self {
        Self {
            span,
            expansion: None,
            name: None,
            source,
            confidence,
            why,
            alternatives: Vec::new(),
            domain: None,
            valid: None,
        }
    }

    /// The short form as the text has it.
    #[must_use]
    pub fn text(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// The parts of a document number, spelled out; `None` for everything else.
    ///
    /// ```
    /// let text = "theo Nghị quyết 18-NQ/TW";
    /// let number = vanban::abbreviations(text)[0].document_number(text).unwrap();
    /// assert_eq!(number.kind.unwrap().full, Some("Nghị quyết"));
    /// assert_eq!(number.bodies[0].full, Some("Ban Chấp hành Trung ương"));
    /// ```
    #[must_use]
    pub fn document_number(&self, text: &'t str) -> Option<DocumentNumber<'t>> {
        (self.source == Source::Code).then(|| DocumentNumber::parse(self.text(text)))?
    }
}
