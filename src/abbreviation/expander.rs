//! Writing abbreviations out: [`Expander`].
//!
//! What is found (`reader`) is turned into edits: the full form with the capitals, the tone placement and the Unicode form
//! that its place in the document asks for, and with a space where the short form touched a letter or digit (`TP.HCM`,
//! `QL1A`). The place where the document defines a form is never edited, nor are document numbers.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use unicode_normalization::UnicodeNormalization;

use super::capitals::{Line, capitalised};
use super::confidence;
use super::entries::{Entries, EntryError, Given};
use super::reader::{self, Options};
use super::result::{Abbreviation, Why};
use crate::lexicon::{Annotated, Atom, AtomKind};
use crate::normalize::{Form, Normalizer, TonePlacement};
use crate::scan;
use crate::sentence;
use crate::span::{Alignment, Span};
use crate::syllable::{Tone, ToneStyle};

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
struct Settings {
    entries: Entries,
    tone: TonePlacement,
    headings: Headings,
    first_use_only: bool,
    keep_short_form: bool,
    threshold: f32,
    year: Option<u16>,
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
        self.find(&Annotated::read(text, scan::tokens(text).collect()))
    }

    /// The changes that [`apply`](Self::apply) makes, in text order. O(length).
    #[must_use]
    pub fn edits<'t>(&self, text: &'t str) -> Vec<Edit<'t>> {
        let annotated = Annotated::read(text, scan::tokens(text).collect());
        let found = self.find(&annotated);
        Writer::new(&annotated, &self.settings).edits(found)
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
        let mut out = String::new();
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

    fn find<'t>(&self, text: &Annotated<'t>) -> Vec<Abbreviation<'t>> {
        let s = &*self.settings;
        let options = Options { entries: Some(&s.entries), threshold: s.threshold, year: s.year };
        reader::find(text, &options)
    }
}

/// Gives full forms the shape that their place asks for. What is asked of the whole document is found out at first need.
struct Writer<'a, 't> {
    text: &'a Annotated<'t>,
    settings: &'a Settings,
    line: Line,
    sentences: Option<Vec<u32>>,
    normalizer: Option<Normalizer>,
}

impl<'a, 't> Writer<'a, 't> {
    fn new(text: &'a Annotated<'t>, settings: &'a Settings) -> Self {
        Self { text, settings, line: Line::default(), sentences: None, normalizer: None }
    }

    fn edits(&mut self, found: Vec<Abbreviation<'t>>) -> Vec<Edit<'t>> {
        let mut out: Vec<Edit<'t>> = Vec::new();
        let mut used: BTreeSet<(String, String)> = BTreeSet::new();
        for a in found {
            let Some(full) = &a.expansion else { continue };
            let first = self.atom_at(a.span.start);
            let in_capitals = self.line.is_capital_at(self.text, first);
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
        let sentences = self.sentences.get_or_insert_with(|| sentence::starts(text));
        // Quotes and bullets stand before the first word.
        let mut at = first;
        while at > 0 && !sentences.binary_search(&(at as u32)).is_ok_and(|_| true) {
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
