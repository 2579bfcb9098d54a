//! All of it, once: from a text to its [`Document`].

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::abbreviation::{self, Abbreviation};
use crate::lexicon::{Annotated, Atom};
use crate::person::{self, Mention, Person};
use crate::repair::{self, Judgement, NearEqual, Repair, Roster, Weights};
use crate::scan::{self, Tokens};
use crate::sentence;
use crate::span::{Alignment, Span};

/// Analyses texts. Immutable and cheap to share; making one does no work.
#[derive(Clone, Debug, Default)]
pub struct Analyzer {
    without_repairs: bool,
    repair_threshold: Option<f32>,
    weights: Option<Arc<Weights>>,
    roster: Option<Arc<Roster>>,
}

impl Analyzer {
    /// An analyzer with default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the confidence from which a repair is applied (default 0.5). Repairs below stay suggestions.
    #[must_use]
    pub fn repair_threshold(mut self, confidence: f32) -> Self {
        self.repair_threshold = Some(confidence);
        self
    }

    /// Looks for no misspelt names: [`Document::repairs`] is empty, and the rest takes two thirds of the time.
    ///
    /// ```
    /// let analyzer = vanban::Analyzer::new().without_repairs();
    /// let doc = analyzer.analyze("Bà Trần Thị Lụa, Bí thư Huyện ủy Ba Bể, chủ trì cuộc họp.");
    /// assert_eq!(doc.persons()[0].titles, ["Bí thư Huyện ủy Ba Bể"]);
    /// ```
    #[must_use]
    pub fn without_repairs(mut self) -> Self {
        self.without_repairs = true;
        self
    }

    /// Judges repairs by these weights instead of those of `data/repair_weights.tsv`.
    #[must_use]
    pub fn repair_weights(mut self, weights: Weights) -> Self {
        self.weights = Some(Arc::new(weights));
        self
    }

    /// Names known to be spelt right: they are never changed, and decide where the document alone does not.
    #[must_use]
    pub fn roster(mut self, roster: Roster) -> Self {
        self.roster = Some(Arc::new(roster));
        self
    }

    /// Every two near-equal names of a document with the evidence, in both directions, before anything is decided: what
    /// weights are learned from. Costs as much as [`Analyzer::analyze`].
    #[must_use]
    pub fn near_equal_names(&self, text: &str) -> Vec<NearEqual> {
        let reading = Reading::of(text);
        let mentions = reading.mentions();
        repair::near_equal(&reading.annotated, &reading.starts, &mentions, self.roster.as_deref())
    }

    /// Analyses one document. Never fails; O(length of the text) but for near-equal names, which are compared in pairs
    /// that share all syllables but one.
    #[must_use]
    pub fn analyze<'t>(&self, text: &'t str) -> Document<'t> {
        let reading = Reading::of(text);
        let mut mentions = reading.mentions();
        let repairs = if self.without_repairs { Vec::new() } else { self.repairs(&reading, &mentions) };
        let persons = person::merge_repaired(text, &mut mentions, &repairs);
        let Reading { sentences, abbreviations, .. } = reading;
        Document { text, sentences, abbreviations, mentions, persons, repairs }
    }

    fn repairs(&self, reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Repair> {
        let how = Judgement { weights: self.weights.as_deref(), roster: self.roster.as_deref() };
        let threshold = self.repair_threshold.unwrap_or(repair::DEFAULT_THRESHOLD);
        let find = |r: &Reading<'_>, m: &[Mention]| repair::find(&r.annotated, &r.starts, m, &how);
        repair::to_the_end(reading.annotated.text, find(reading, mentions), threshold, |corrected| {
            let reading = Reading::of(corrected);
            find(&reading, &reading.mentions())
        })
    }
}

/// A text with the phrases, the sentences and the short forms in it.
struct Reading<'t> {
    annotated: Annotated<'t>,
    sentences: Vec<Span>,
    /// The first atom of every sentence, ascending.
    starts: Vec<u32>,
    lines: abbreviation::Lines,
    abbreviations: Vec<Abbreviation<'t>>,
}

impl<'t> Reading<'t> {
    fn of(text: &'t str) -> Self {
        let (annotated, sentences) =
            Annotated::read_beside(text, |tokens| sentence::split(text, tokens).collect::<Vec<Span>>());
        let starts = first_atoms(&annotated, &sentences);
        let lines = abbreviation::Lines::of(&annotated);
        let abbreviations = abbreviation::find(&annotated, &lines);
        Self { annotated, sentences, starts, lines, abbreviations }
    }

    fn mentions(&self) -> Vec<Mention> {
        person::find(&self.annotated, &self.starts, &self.lines, &self.abbreviations)
    }
}

/// The first atom of every sentence, ascending. O(sentences × log atoms of one).
fn first_atoms(annotated: &Annotated<'_>, sentences: &[Span]) -> Vec<u32> {
    let atoms = annotated.atoms.as_slice();
    let mut at = 0;
    let first = |s: &Span| {
        let is_before = |a: &Atom| a.span().start < s.start;
        let mut step = 8;
        while atoms.get(at + step).is_some_and(is_before) {
            (at, step) = (at + step, 2 * step);
        }
        let near = atoms.get(at..atoms.len().min(at + step))?;
        at += near.partition_point(is_before);
        (at < atoms.len()).then_some(at as u32)
    };
    sentences.iter().map_while(first).collect()
}

/// Everything found in one text. All spans are bytes of that text.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Document<'t> {
    text: &'t str,
    sentences: Vec<Span>,
    abbreviations: Vec<Abbreviation<'t>>,
    mentions: Vec<Mention>,
    persons: Vec<Person>,
    repairs: Vec<Repair>,
}

impl<'t> Document<'t> {
    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its tokens, read from the text again, which is quicker than to keep them.
    pub fn tokens(&self) -> Tokens<'t> {
        scan::tokens(self.text)
    }

    /// Its sentences.
    #[must_use]
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// Its abbreviations and document codes.
    #[must_use]
    pub fn abbreviations(&self) -> &[Abbreviation<'t>] {
        &self.abbreviations
    }

    /// Every mention of a person by name, in text order.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The persons, by first mention.
    #[must_use]
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// Repairs of misspelt names, applied or suggested.
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// The text with the applied repairs, borrowed when there are none, and where each byte came from.
    #[must_use]
    pub fn corrected(&self) -> (Cow<'t, str>, Alignment) {
        if !self.repairs.iter().any(|r| r.applied) {
            return (Cow::Borrowed(self.text), Alignment::identity());
        }
        let (corrected, alignment) = repair::apply(self.text, &self.repairs);
        (Cow::Owned(corrected), alignment)
    }
}
