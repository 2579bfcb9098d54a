//! Diacritics put right: Unicode forms, tone placement, look-alikes; and folding for search.
//!
//! [`normalize`] brings text to NFC and repairs tone marks that stand where neither style puts them (*tóan → toán*,
//! *qủa → quả*); [`Normalizer`] also switches between the styles (*hòa/hoà*) and cleans spaces, dashes, quotes and
//! invisible characters on request. A word is changed only if the result is a Vietnamese syllable, so foreign words stay.
//!
//! 1. `clean`: is there anything to do? A finite automaton over bytes; a clean text is returned as it is.
//! 2. characters: spaces, dashes, quotes, invisible characters, stray marks, each an option.
//! 3. `compose`: NFC, byte for byte that of `unicode-normalization`.
//! 4. `words`: tone placement, marks in the wrong order, look-alikes, in the suspected words only.
//! 5. NFD, if that form is asked for.
//!
//! Laws: idempotent; ASCII comes back borrowed; switching styles there and back restores the text; every change is
//! reported with its bytes. Cost: a clean text is read once, a text in NFD written once.

mod characters;
mod clean;
mod collate;
mod compose;
mod fold;
mod words;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub use collate::collation_key;
pub use compose::{is_nfc, nfc, nfc_aligned, nfd, nfd_aligned};
pub use fold::{Fold, fold, fold_aligned};

use crate::span::{Alignment, Span};

/// The bytes of `data/clean.bin`, made anew.
#[cfg(feature = "std")]
#[doc(hidden)]
#[must_use]
pub fn compile_automaton() -> Vec<u8> {
    clean::compile()
}

/// Where tone marks belong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TonePlacement {
    /// Both styles stay; only what is wrong in both is repaired.
    #[default]
    Preserve,
    /// The older style: *hòa, khỏe, thủy*.
    FirstVowel,
    /// The newer style: *hoà, khoẻ, thuỷ*.
    SecondVowel,
}

/// Unicode normalisation form of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// Composed.
    #[default]
    Nfc,
    /// Decomposed.
    Nfd,
}

/// What sort of change an edit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EditKind {
    /// Another Unicode form of the same characters.
    Form,
    /// A tone mark on the wrong vowel, or in the other style.
    TonePlacement,
    /// Combining marks in an order that composes to no letter.
    MarkOrder,
    /// A character of another alphabet or language in the place of a Vietnamese letter.
    Lookalike,
    /// A character without width.
    Invisible,
    /// A white space of another kind.
    Space,
    /// A dash of another kind.
    Dash,
    /// A curly quotation mark.
    Quote,
    /// A combining mark behind a space.
    StrayMark,
}

impl EditKind {
    /// Why such an edit is made, in words.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Form => "the same characters in the asked Unicode form",
            Self::TonePlacement => "the tone mark belongs on another letter of the syllable",
            Self::MarkOrder => "the marks compose to a letter in another order",
            Self::Lookalike => "the character only looks like a letter of this Vietnamese syllable",
            Self::Invisible => "the character has no width",
            Self::Space => "one kind of space",
            Self::Dash => "one kind of dash",
            Self::Quote => "straight quotation marks",
            Self::StrayMark => "the mark belongs to the letter before the space",
        }
    }

    const fn confidence(self) -> f32 {
        match self {
            Self::Form | Self::Invisible | Self::Space | Self::Dash | Self::Quote => 1.0,
            Self::TonePlacement | Self::MarkOrder => 0.99,
            Self::Lookalike => 0.95,
            Self::StrayMark => 0.9,
        }
    }
}

/// One change of the text.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Edit {
    /// Bytes of the original text.
    pub span: Span,
    /// What they become.
    pub replacement: String,
    /// What sort of change.
    pub kind: EditKind,
    /// Why.
    pub reason: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

/// Everything that normalising would change, and what it cannot decide.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Edits {
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
    /// Words with two tone marks (*hóà*), which are left as they are.
    pub undecided: Vec<Span>,
}

/// Normalises texts in one way. Immutable and cheap to copy.
///
/// ```
/// use vanban::normalize::{Normalizer, TonePlacement};
/// let n = Normalizer::builder().tone(TonePlacement::SecondVowel).build();
/// assert_eq!(n.normalize("Ủy ban tỉnh Thanh Hóa, ngừơi Hà Nội, señor Raúl"), "Uỷ ban tỉnh Thanh Hoá, người Hà Nội, señor Raúl");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Normalizer {
    tone: TonePlacement,
    form: Form,
    lookalikes: bool,
    characters: characters::Options,
}

impl Default for Normalizer {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Sets the options of a [`Normalizer`].
#[derive(Clone, Copy, Debug)]
pub struct NormalizerBuilder {
    made: Normalizer,
}

impl NormalizerBuilder {
    /// Where tone marks belong (default: [`TonePlacement::Preserve`]).
    #[must_use]
    pub fn tone(mut self, tone: TonePlacement) -> Self {
        self.made.tone = tone;
        self
    }

    /// Unicode form of the output (default: NFC).
    #[must_use]
    pub fn form(mut self, form: Form) -> Self {
        self.made.form = form;
        self
    }

    /// Whether look-alikes inside Vietnamese words are replaced (default: yes).
    #[must_use]
    pub fn lookalikes(mut self, yes: bool) -> Self {
        self.made.lookalikes = yes;
        self
    }

    /// Whether every kind of space becomes U+0020, line breaks apart (default: no).
    #[must_use]
    pub fn spaces(mut self, yes: bool) -> Self {
        self.made.characters.spaces = yes;
        self
    }

    /// Whether every kind of dash becomes `-` (default: no).
    #[must_use]
    pub fn dashes(mut self, yes: bool) -> Self {
        self.made.characters.dashes = yes;
        self
    }

    /// Whether curly quotation marks become straight (default: no).
    #[must_use]
    pub fn quotes(mut self, yes: bool) -> Self {
        self.made.characters.quotes = yes;
        self
    }

    /// Whether soft hyphens, zero-width characters and byte order marks are removed (default: no).
    #[must_use]
    pub fn invisible(mut self, yes: bool) -> Self {
        self.made.characters.invisible = yes;
        self
    }

    /// Whether a combining mark behind a space joins the letter before it, as PDF text needs (*la ̀*; default: no).
    #[must_use]
    pub fn stray_marks(mut self, yes: bool) -> Self {
        self.made.characters.stray_marks = yes;
        self
    }

    /// The normaliser.
    #[must_use]
    pub fn build(self) -> Normalizer {
        self.made
    }
}

/// What the steps did to a text.
struct Steps<'t> {
    text: Cow<'t, str>,
    alignment: Alignment,
    /// Per step: its changes in the original's bytes, and their kinds.
    edits: Vec<(Span, EditKind)>,
    undecided: Vec<Span>,
}

impl Normalizer {
    /// Starts with the defaults: NFC, tone style preserved, look-alikes replaced.
    #[must_use]
    pub const fn builder() -> NormalizerBuilder {
        NormalizerBuilder {
            made: Self {
                tone: TonePlacement::Preserve,
                form: Form::Nfc,
                lookalikes: true,
                characters: characters::Options::NONE,
            },
        }
    }

    /// The normalised text, borrowed when nothing changes. O(length).
    #[must_use]
    pub fn normalize<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_quickly_clean(text) {
            return Cow::Borrowed(text);
        }
        self.run(text, false).text
    }

    /// The normalised text with its alignment to the original.
    #[must_use]
    pub fn normalize_aligned<'t>(&self, text: &'t str) -> (Cow<'t, str>, Alignment) {
        if self.is_quickly_clean(text) {
            return (Cow::Borrowed(text), Alignment::identity());
        }
        let steps = self.run(text, true);
        (steps.text, steps.alignment)
    }

    /// Whether normalising changes nothing. With default options as fast as checking UTF-8 (bench `normalize`).
    #[must_use]
    pub fn is_normalized(&self, text: &str) -> bool {
        self.is_quickly_clean(text) || matches!(self.run(text, false).text, Cow::Borrowed(_))
    }

    /// Every change with kind and reason, and the words that cannot be decided.
    ///
    /// ```
    /// use vanban::normalize::{EditKind, Normalizer};
    /// let edits = Normalizer::default().edits("môn tóan, Ðảng, hóà");
    /// let kinds: Vec<_> = edits.edits.iter().map(|e| (e.replacement.as_str(), e.kind)).collect();
    /// assert_eq!(kinds, [("oá", EditKind::TonePlacement), ("Đ", EditKind::Lookalike)]);
    /// assert_eq!(edits.undecided.len(), 1);
    /// ```
    #[must_use]
    pub fn edits(&self, text: &str) -> Edits {
        let steps = self.run(text, true);
        let kind_of = |original: Span| {
            let touches = |s: Span| s.overlaps(original) || s.is_empty() && original.contains(s) || s == original;
            // Composition follows from other changes; what caused it is the better reason.
            let mut kinds = steps.edits.iter().rev().filter(|(s, _)| touches(*s)).map(|e| e.1);
            kinds.find(|k| *k != EditKind::Form).unwrap_or(EditKind::Form)
        };
        let edit = |c: &crate::span::Change| {
            let kind = kind_of(c.original);
            Edit {
                span: c.original,
                replacement: c.output.of(&steps.text).to_string(),
                kind,
                reason: kind.reason(),
                confidence: kind.confidence(),
            }
        };
        Edits { edits: steps.alignment.changes().iter().map(edit).collect(), undecided: steps.undecided }
    }

    /// Whether the automaton alone can say that nothing changes.
    fn is_quickly_clean(&self, text: &str) -> bool {
        if self.characters != characters::Options::NONE
            || self.form == Form::Nfd
            || self.tone != TonePlacement::Preserve
        {
            return text.is_ascii() && self.characters == characters::Options::NONE;
        }
        clean::all_clean(text, |start, end| {
            let piece = text.get(start..end).unwrap_or("");
            let mut found = words::Findings::default();
            if compose::is_nfc(piece) {
                words::find(text, start, end, self.tone, self.lookalikes, &mut found);
                return found.changes.is_empty();
            }
            false
        })
    }

    fn run<'t>(&self, text: &'t str, aligned: bool) -> Steps<'t> {
        let mut steps = Steps {
            text: Cow::Borrowed(text),
            alignment: Alignment::identity(),
            edits: Vec::new(),
            undecided: Vec::new(),
        };
        if self.characters != characters::Options::NONE {
            let changes = characters::find(text, self.characters);
            steps.apply(&changes);
        }
        if aligned {
            let (composed, alignment) = nfc_aligned(&steps.text);
            if let Cow::Owned(composed) = composed {
                steps.step(composed, &alignment, |_| EditKind::Form);
            }
        } else if let Cow::Owned(composed) = nfc(&steps.text) {
            steps.text = Cow::Owned(composed);
        }
        let mut found = words::Findings::default();
        if self.tone == TonePlacement::Preserve {
            clean::all_clean(&steps.text, |start, end| {
                words::find(&steps.text, start, end, self.tone, self.lookalikes, &mut found);
                true
            });
            found.changes.sort_by_key(|c| c.span);
            found.undecided.sort();
        } else {
            words::find(&steps.text, 0, steps.text.len(), self.tone, self.lookalikes, &mut found);
        }
        steps.undecided = found.undecided.iter().map(|&s| steps.alignment.to_original(s)).collect();
        steps.apply(&found.changes);
        if self.form == Form::Nfd {
            let (decomposed, alignment) = nfd_aligned(&steps.text);
            if let Cow::Owned(decomposed) = decomposed {
                steps.step(decomposed, &alignment, |_| EditKind::Form);
            }
        }
        // Steps may cancel each other: composed here, decomposed there.
        if steps.text == text {
            steps.text = Cow::Borrowed(text);
            steps.alignment = Alignment::identity();
        }
        steps
    }
}

impl Steps<'_> {
    /// Applies changes that are sorted and disjoint.
    fn apply(&mut self, changes: &[words::Change]) {
        if changes.is_empty() {
            return;
        }
        let mut out = String::with_capacity(self.text.len());
        let mut alignment = Alignment::builder();
        let mut at = 0;
        for c in changes {
            let kept = self.text.get(at..c.span.start).unwrap_or("");
            out.push_str(kept);
            alignment.keep(kept.len());
            out.push_str(&c.replacement);
            alignment.replace(c.span.len(), c.replacement.len());
            at = c.span.end;
        }
        out.push_str(self.text.get(at..).unwrap_or(""));
        let alignment = alignment.build();
        self.step(out, &alignment, |i| changes.get(i).map_or(EditKind::Form, |c| c.kind));
    }

    fn step(&mut self, text: String, alignment: &Alignment, kind: impl Fn(usize) -> EditKind) {
        for (i, c) in alignment.changes().iter().enumerate() {
            self.edits.push((self.alignment.to_original(c.original), kind(i)));
        }
        self.alignment = self.alignment.then(alignment);
        self.text = Cow::Owned(text);
    }
}

/// Text that is written byte by byte. The bytes gather in a buffer that stays in the cache and are checked as UTF-8 when
/// they move on; they come from a text and from tables, so the check never fails.
struct Output {
    text: String,
    buffer: Vec<u8>,
}

impl Output {
    /// Bytes from which on the buffer is emptied.
    const FULL: usize = 1 << 14;

    fn with_capacity(len: usize) -> Self {
        Self { text: String::with_capacity(len), buffer: Vec::with_capacity(Self::FULL + 16) }
    }

    /// Empties a full buffer. Called where no later byte can change what was written.
    #[inline]
    fn settle(&mut self) {
        if self.buffer.len() >= Self::FULL {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.text.push_str(simdutf8::basic::from_utf8(&self.buffer).unwrap_or_default());
        self.buffer.clear();
    }

    fn finish(mut self) -> String {
        self.flush();
        self.text
    }
}

/// The text in NFC with misplaced tones and look-alikes repaired, borrowed when it is clean:
/// [`Normalizer::normalize`] with default options.
///
/// ```
/// use std::borrow::Cow;
/// assert_eq!(vanban::normalize("Ðảng, tóan, qủa, señor"), "Đảng, toán, quả, señor");
/// assert!(matches!(vanban::normalize("Ủy ban, Uỷ ban"), Cow::Borrowed(_)));
/// ```
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    Normalizer::default().normalize(text)
}

#[cfg(test)]
mod tests;
