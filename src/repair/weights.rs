//! What each piece of evidence weighs.
//!
//! A repair is judged by a logistic model: the log-odds that the one name is a misprint of the other are a sum of weights
//! times values, one row of `data/repair_weights.tsv` each, with its meaning beside it. The file is written by
//! `cargo run --release --example repairs -- train`, may be corrected by hand, and a user may bring another.
//!
//! Rejected: trees and networks. A few hundred labelled pairs do not feed them, and nobody could say why a name was
//! changed.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::slip::Slip;

macro_rules! features {
    ($($variant:ident $name:literal $doc:literal,)*) => {
        /// A piece of evidence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
        #[non_exhaustive]
        pub enum Feature {
            $(#[doc = $doc] $variant,)*
        }

        impl Feature {
            /// Every piece of evidence, in the order of the file.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in the file.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

features! {
    Prior "prior" "Every pair of near-equal names of one document.",
    ToneLost "tone_lost" "The tone of a word is missing.",
    Tone "tone" "A word has another tone.",
    Mark "mark" "A vowel mark or the bar of đ differs.",
    Onset "onset" "The onset differs as data/confusions.tsv lists it.",
    Final "final" "The final differs as data/confusions.tsv lists it.",
    Letter "letter" "A letter is dropped, added, swapped, or struck beside its key.",
    OtherLetter "other_letter" "A letter is another.",
    Typing "typing" "Telex or VNI keys were not converted.",
    LookAlike "look_alike" "A letter only looks like the right one.",
    SpaceMissing "space_missing" "A space is missing.",
    SpaceExtra "space_extra" "A space is too many.",
    Capital "capital" "A capital is missing.",
    NoSyllable "no_syllable" "The form is no Vietnamese syllable.",
    RightNoSyllable "right_no_syllable" "The other form is no Vietnamese syllable.",
    NeverHere "never_here" "The lists of names do not have the word at this position.",
    Usual "usual" "How much more usual the other word is in a name at this position (natural logarithm, -5 to 5).",
    Ratio "ratio" "How much more often the other form is written (logarithm to base 2, -4 to 4).",
    Again "again" "How often the form is written beyond once (logarithm to base 2, up to 3).",
    GivenAlone "given_alone" "The given name is written alone too, in the form in question.",
    Surname "surname" "The surnames differ.",
    GivenName "given_name" "The given names differ.",
    ShortName "short_name" "The name has two words.",
    LongName "long_name" "The name has four words or more.",
    SameTitle "same_title" "Both are called by one title.",
    SameRole "same_role" "Both hold an office that may be the same.",
    OtherTitles "other_titles" "Each has an office of its own.",
    Succession "succession" "One held the office before the other.",
    OneIntroduced "one_introduced" "The document says of one only who it is.",
    SameCalling "same_calling" "Both have the same rank, degree, calling or kind.",
    OtherCalling "other_calling" "Each has another rank, degree, calling or kind.",
    SameHonorific "same_honorific" "Both have the same honorific.",
    OtherHonorific "other_honorific" "Each has another honorific.",
    OtherGender "other_gender" "One is a man, the other a woman.",
    SameAge "same_age" "Both have the same age or year of birth.",
    OtherAge "other_age" "Each has another age or year of birth.",
    SamePlace "same_place" "Both are said to be of one place.",
    OtherPlace "other_place" "Each is said to be of another place.",
    Listed "listed" "Both stand side by side in one sentence.",
    OneSentence "one_sentence" "Both stand in one sentence, apart.",
    Alike "alike" "The document has more names that differ in this word alone (logarithm to base 2, up to 3).",
    NoPerson "no_person" "Neither stands where a person is named.",
    Roster "roster" "The roster has the other name.",
    RosterTitle "roster_title" "The roster has the other name with a title of this one.",
    RosterForm "roster_form" "The roster has the name as it is written.",
}

impl Feature {
    pub(super) const fn of(slip: Slip) -> Option<Self> {
        Some(match slip {
            Slip::Variant => return None,
            Slip::ToneLost => Self::ToneLost,
            Slip::Tone => Self::Tone,
            Slip::Mark => Self::Mark,
            Slip::Onset => Self::Onset,
            Slip::Final => Self::Final,
            Slip::Letter => Self::Letter,
            Slip::OtherLetter => Self::OtherLetter,
            Slip::Typing => Self::Typing,
            Slip::LookAlike => Self::LookAlike,
            Slip::SpaceMissing => Self::SpaceMissing,
            Slip::SpaceExtra => Self::SpaceExtra,
            Slip::Capital => Self::Capital,
        })
    }
}

const COUNT: usize = Feature::ALL.len();

/// A weight for each [`Feature`], in nats.
///
/// ```
/// use vanban::repair::{Feature, Weights};
///
/// let weights = Weights::default();
/// assert!(weights.get(Feature::SameTitle) > 0.0);
/// assert!(weights.get(Feature::Listed) < 0.0);
/// assert!(Weights::parse("same_titel\t1.0").is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Weights([f32; COUNT]);

static BUILTIN: &str = include_str!("../../data/repair_weights.tsv");

impl Default for Weights {
    /// Those of `data/repair_weights.tsv`.
    fn default() -> Self {
        Self::read(BUILTIN, |_, _| {})
    }
}

impl Weights {
    /// Reads rows of name, weight and meaning, tabs between; lines that begin with `#` are remarks. What is not named
    /// weighs nothing.
    ///
    /// # Errors
    /// A name that is no [`Feature`], or a weight that is no finite number.
    pub fn parse(tsv: &str) -> Result<Self, WeightsError> {
        let mut error = None;
        let weights = Self::read(tsv, |line, reason| {
            error.get_or_insert(WeightsError { line, reason });
        });
        error.map_or(Ok(weights), Err)
    }

    fn read(tsv: &str, mut bad: impl FnMut(usize, String)) -> Self {
        let mut weights = Self([0.0; COUNT]);
        for (line, row) in (1..).zip(tsv.lines()).filter(|(_, r)| !r.starts_with('#') && !r.trim().is_empty()) {
            let mut cells = row.split('\t');
            let name = cells.next().unwrap_or_default();
            let feature = Feature::ALL.iter().find(|f| f.as_str() == name);
            let value = cells.next().and_then(|c| c.trim().parse::<f32>().ok()).filter(|v| v.is_finite());
            match (feature, value) {
                (Some(f), Some(v)) => weights.set(*f, v),
                (None, _) => bad(line, format!("no evidence is called {name}")),
                (_, None) => bad(line, "the weight is no number".to_string()),
            }
        }
        weights
    }

    /// The weight of one piece of evidence.
    #[must_use]
    pub fn get(&self, feature: Feature) -> f32 {
        self.0.get(feature as usize).copied().unwrap_or(0.0)
    }

    /// Sets the weight of one piece of evidence.
    pub fn set(&mut self, feature: Feature, weight: f32) {
        if let Some(w) = self.0.get_mut(feature as usize) {
            *w = weight;
        }
    }
}

/// Why weights could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightsError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl core::error::Error for WeightsError {}
