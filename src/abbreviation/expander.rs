//! Writing abbreviations out: [`Expander`].
//!
//! What is found (`reader`) is turned into edits (`writing`): the full form with the capitals, the tone placement and the
//! Unicode form that its place in the document asks for, and with a space where the short form touched a letter or digit
//! (`TP.HCM`, `QL1A`). The place where the document defines a form is never edited, nor are document numbers.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::confidence;
use super::entries::{Entries, EntryError, Given};
use super::reader::{self, Options};
use super::result::Abbreviation;
use super::survey::Survey;
use super::writing::Writer;
use crate::normalize::TonePlacement;
use crate::span::{Alignment, Span};

/// What happens to a short form in a line of capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Headings {
    /// It is written out in capitals: `UBND TỈNH` becomes `ỦY BAN NHÂN DÂN TỈNH`.
    #[default]
    Capitals,
    /// It stays.
    Leave,
}

/// One change that writes an abbreviation out.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Edit<'t> {
    /// Bytes that are replaced: the short form.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
    /// What was found: sense, reason, confidence, alternatives.
    pub abbreviation: Abbreviation<'t>,
}

#[derive(Debug)]
pub(super) struct Settings {
    pub(super) entries: Entries,
    pub(super) tone: TonePlacement,
    pub(super) headings: Headings,
    pub(super) first_use_only: bool,
    pub(super) keep_short_form: bool,
    pub(super) threshold: f32,
    pub(super) year: Option<u16>,
}

/// Writes the abbreviations of a document out. Immutable; a clone shares everything.
///
/// ```
/// use vanban::abbreviation::Expander;
/// let expander = Expander::builder()
///     .entry("TTPVHCC", "Trung tâm Phục vụ hành chính công")
///     .forbid("CT")
///     .build()?;
/// let text = "TTPVHCC và PCT UBND tỉnh ký Quyết định 12/QĐ-UBND.";
/// let (full, alignment) = expander.apply(text);
/// assert_eq!(
///     full,
///     "Trung tâm Phục vụ hành chính công và Phó Chủ tịch Ủy ban nhân dân tỉnh ký Quyết định 12/QĐ-UBND."
/// );
/// let at = full.find("Ủy ban").unwrap();
/// assert_eq!(alignment.to_original(vanban::Span::new(at, at + 6)).of(text), "UBND");
/// # Ok::<(), vanban::abbreviation::EntryError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Expander {
    settings: Arc<Settings>,
}

impl Default for Expander {
    fn default() -> Self {
        Self::new()
    }
}

/// Options of an [`Expander`].
#[derive(Clone, Debug)]
pub struct ExpanderBuilder {
    given: Vec<Given>,
    tone: TonePlacement,
    headings: Headings,
    first_use_only: bool,
    keep_short_form: bool,
    threshold: f32,
    year: Option<u16>,
}

impl Default for ExpanderBuilder {
    fn default() -> Self {
        Self {
            given: Vec::new(),
            tone: TonePlacement::Preserve,
            headings: Headings::Capitals,
            first_use_only: false,
            keep_short_form: false,
            threshold: confidence::THRESHOLD,
            year: None,
        }
    }
}

impl ExpanderBuilder {
    /// Adds a short form, or overrides what the lexicon and the document say about it.
    #[must_use]
    pub fn entry(mut self, short: impl Into<String>, full: impl Into<String>) -> Self {
        self.given.push((format!("entry {}", self.given.len() + 1), short.into(), Some(full.into())));
        self
    }

    /// Leaves a short form as it is, whatever it may mean.
    #[must_use]
    pub fn forbid(mut self, short: impl Into<String>) -> Self {
        self.given.push((format!("entry {}", self.given.len() + 1), short.into(), None));
        self
    }

    /// Adds the lines of a file: `SHORT<TAB>FULL`, a short form alone forbids it, `#` begins a remark.
    #[must_use]
    pub fn entries(mut self, content: &str) -> Self {
        self.given.extend(Entries::lines(content));
        self
    }

    /// Where tone marks stand in what is written out. [`TonePlacement::Preserve`], the default, follows the document.
    #[must_use]
    pub fn tone(mut self, tone: TonePlacement) -> Self {
        self.tone = tone;
        self
    }

    /// What happens in lines of capitals.
    #[must_use]
    pub fn headings(mut self, headings: Headings) -> Self {
        self.headings = headings;
        self
    }

    /// Writes every form out at its first use only. A form that the document defines is not written out after that place.
    #[must_use]
    pub fn first_use_only(mut self, yes: bool) -> Self {
        self.first_use_only = yes;
        self
    }

    /// Keeps the short form behind the full one: `Ủy ban nhân dân (UBND)`.
    #[must_use]
    pub fn keep_short_form(mut self, yes: bool) -> Self {
        self.keep_short_form = yes;
        self
    }

    /// Confidence from which a sense counts (default 0.6): 0.9 leaves the usual sense of an ambiguous form, 0.97 what
    /// neighbours decide.
    #[must_use]
    pub fn threshold(mut self, confidence: f32) -> Self {
        self.threshold = confidence;
        self
    }

    /// The year of the document: senses that had another name then are left out.
    #[must_use]
    pub fn year(mut self, year: u16) -> Self {
        self.year = Some(year);
        self
    }

    /// Checks the entries.
    ///
    /// # Errors
    /// The first entry that cannot be used, with its place and the reason: empty, without a capital, entered twice with
    /// different full forms, entered and forbidden.
    ///
    /// ```
    /// use vanban::abbreviation::Expander;
    /// let e = Expander::builder().entry("UBND", "Ủy ban").entry("của", "x").build().unwrap_err();
    /// assert!(e.to_string().starts_with("entry 2, \"của\": "));
    /// ```
    pub fn build(self) -> Result<Expander, EntryError> {
        let entries = Entries::new(&self.given)?;
        Ok(self.finish(entries))
    }

    fn finish(self, entries: Entries) -> Expander {
        let Self { tone, headings, first_use_only, keep_short_form, threshold, year, .. } = self;
        let settings = Settings { entries, tone, headings, first_use_only, keep_short_form, threshold, year };
        Expander { settings: Arc::new(settings) }
    }
}

impl Expander {
    /// An expander with default options.
    #[must_use]
    pub fn new() -> Self {
        ExpanderBuilder::default().finish(Entries::default())
    }

    /// Starts an expander with options.
    #[must_use]
    pub fn builder() -> ExpanderBuilder {
        ExpanderBuilder::default()
    }

    /// The abbreviations of `text`, in text order, those that stay among them. O(length).
    #[must_use]
    pub fn list<'t>(&self, text: &'t str) -> Vec<Abbreviation<'t>> {
        self.find(&self.survey(text))
    }

    /// The changes that [`apply`](Self::apply) makes, in text order. O(length).
    #[must_use]
    pub fn edits<'t>(&self, text: &'t str) -> Vec<Edit<'t>> {
        let survey = self.survey(text);
        let found = self.find(&survey);
        Writer::new(&survey, &self.settings).edits(found)
    }

    /// The text with its abbreviations written out, borrowed when there are none, and where each byte came from. O(length).
    #[must_use]
    pub fn apply<'t>(&self, text: &'t str) -> (Cow<'t, str>, Alignment) {
        self.apply_with(text, |_| true)
    }

    /// The same with only those changes that `keep` accepts.
    ///
    /// ```
    /// use vanban::abbreviation::Expander;
    /// let text = "Sở GD&ĐT tỉnh và UBND xã";
    /// let (out, _) = Expander::new().apply_with(text, |e| e.abbreviation.domain == Some("education"));
    /// assert_eq!(out, "Sở Giáo dục và Đào tạo tỉnh và UBND xã");
    /// ```
    #[must_use]
    pub fn apply_with<'t>(&self, text: &'t str, mut keep: impl FnMut(&Edit<'t>) -> bool) -> (Cow<'t, str>, Alignment) {
        let edits = self.edits(text);
        let n_new = edits.iter().map(|e| e.replacement.len()).sum::<usize>();
        let mut out = String::with_capacity(if edits.is_empty() { 0 } else { text.len() + n_new });
        let mut alignment = Alignment::builder();
        let mut at = 0;
        for edit in edits.iter().filter(|e| keep(e)) {
            let kept = text.get(at..edit.span.start).unwrap_or("");
            out.push_str(kept);
            alignment.keep(kept.len());
            out.push_str(&edit.replacement);
            alignment.replace(edit.span.len(), edit.replacement.len());
            at = edit.span.end;
        }
        if at == 0 {
            return (Cow::Borrowed(text), Alignment::identity());
        }
        out.push_str(text.get(at..).unwrap_or(""));
        (Cow::Owned(out), alignment.build())
    }

    fn survey<'t>(&self, text: &'t str) -> Survey<'t> {
        Survey::read(text, Some(&self.settings.entries))
    }

    fn find<'t>(&self, survey: &Survey<'t>) -> Vec<Abbreviation<'t>> {
        let s = &*self.settings;
        let entries = Some(&s.entries).filter(|e| !e.is_empty());
        let options = Options { entries, threshold: s.threshold, year: s.year };
        reader::find(&survey.atoms, &survey.lines, &options)
    }
}
