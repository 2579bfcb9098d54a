//! Misspelt names, repaired from the document's own evidence.
//!
//! 1. `spelling` collects every way names are written, `near` adds stretches that are a known name but for one slip;
//! 2. names that are equal but for one word, by a slip that happens (`slip`), are compared in both directions;
//! 3. `evidence` values what speaks for and against one being a misprint of the other: same title, frequency, a form that
//!    cannot be a name; side by side in one sentence, an office, an age or a gender of its own;
//! 4. a logistic model (`weights`, `data/repair_weights.tsv`) sums it; each repair lists its evidence in words, with the
//!    places in the text;
//! 5. from the threshold on a repair is applied, below it is a suggestion;
//! 6. what was applied makes another text, which is read anew until nothing more is found (`rounds`).
//!
//! Silence is the default: two thirds of near-equal name pairs in one article are one person, the rest are brothers,
//! defendants, players of one team. Two accepted spellings (*Sĩ/Sỹ, Phúc/Phước*) are a [`RepairKind::Variant`] and never
//! applied. A tie of counts is a suggestion unless one form cannot be a name. Where the frequent form is the wrong one, a
//! [`Roster`] of the user decides; [`NameIndex`] finds one person's spellings over many documents.
//!
//! Why not a string distance: in 212 labelled pairs Jaro-Winkler puts *Thịnh/Tịnh* (a misprint) at 0.98 and *Hùng/Hưng*
//! (two men) at 0.97; what decides stands around the names, not in them.
//!
//! Laws: the result does not depend on the order of comparison; a higher threshold applies a subset; applying twice
//! at the default threshold changes nothing. Names are compared only within a bucket of names that are equal but for one word, so a document of
//! n names costs O(n log n).

mod evidence;
mod index;
mod near;
mod roster;
mod rounds;
mod slip;
mod spelling;
mod weights;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::lexicon::Annotated;
use crate::person::Mention;
use crate::span::Span;
use evidence::Pair;
use slip::Word;
use spelling::{Occurrence, Spelling};

pub use evidence::Evidence;
pub use index::{IndexedPerson, NameIndex};
pub use roster::Roster;
#[cfg(feature = "std")]
pub use roster::RosterError;
pub(crate) use rounds::{apply, to_the_end};
pub use slip::Slip;
pub use weights::{Feature, Weights, WeightsError};

/// The confidence from which a repair is applied. On the labelled articles, held out by name, nothing wrong is applied at
/// any threshold from 0.3 on; 0.5 leaves a margin and costs no recall.
pub(crate) const DEFAULT_THRESHOLD: f32 = 0.5;

/// Suggestions below this confidence are not worth a reader's time.
const LEAST: f32 = 0.1;

/// What sort of difference is repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RepairKind {
    /// A slip of writing.
    Misprint,
    /// Two accepted spellings of one name, never applied by default.
    Variant,
}

impl RepairKind {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Misprint => "misprint",
            Self::Variant => "variant",
        }
    }
}

/// A name that the document spells in another way elsewhere.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Repair {
    /// Bytes of the name as written.
    pub span: Span,
    /// The name as it should be.
    pub replacement: String,
    /// Misprint or variant.
    pub kind: RepairKind,
    /// By which slip the one form became the other.
    pub slip: Slip,
    /// 0 to 1: how sure it is that both are one person and the replacement is right.
    pub confidence: f32,
    /// Whether the confidence reaches the threshold.
    pub applied: bool,
    /// The evidence, for and against, what weighs most first.
    pub evidence: Vec<Evidence>,
}

/// Two near-equal names of one document in one direction, before anything is decided: what weights are learned from.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NearEqual {
    /// The name that would be wrong, as written.
    pub wrong: String,
    /// The name that would be right.
    pub right: String,
    /// The slip between them.
    pub slip: Slip,
    /// What speaks for and against, as values.
    pub values: Vec<(Feature, f32)>,
}

/// A repair, and whether it is clear which of the two forms is wrong: only then it may be applied.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    repair: Repair,
    is_decided: bool,
}

/// How repairs are judged.
pub(crate) struct Judgement<'r> {
    pub(crate) weights: Option<&'r Weights>,
    pub(crate) roster: Option<&'r Roster>,
}

/// A pair of spellings in the direction in which it is judged.
struct Candidate {
    wrong: usize,
    right: usize,
    hole: usize,
    slip: Slip,
    alike: usize,
    values: Vec<(Feature, f32)>,
    /// Of all evidence, once it is weighed.
    log_odds: f32,
}

/// Names in one bucket beyond this number are a list of relatives or a table, and are not compared.
const MAX_BUCKET: usize = 12;

/// Finds the repairs of a document as it is written, in text order; [`to_the_end`] reads on from there.
pub(crate) fn find(text: &Annotated<'_>, sentences: &[u32], mentions: &[Mention], how: &Judgement<'_>) -> Vec<Found> {
    let found = occurrences(text, sentences, mentions, how.roster.is_some());
    let spellings = spellings(text, mentions, found, how.roster);
    let both = candidates(text, &spellings);
    if both.is_empty() {
        return Vec::new();
    }
    let builtin;
    let weights = match how.weights {
        Some(weights) => weights,
        None => {
            builtin = Weights::default();
            &builtin
        }
    };
    let state = State { text, spellings: &spellings, weights };
    let mut out: Vec<Found> = best(both, weights).values().flat_map(|c| state.repairs(c)).collect();
    out.sort_by_key(|found| found.repair.span);
    out
}

/// Every pair of near-equal names in both directions, with the evidence.
pub(crate) fn near_equal(
    text: &Annotated<'_>,
    sentences: &[u32],
    mentions: &[Mention],
    roster: Option<&Roster>,
) -> Vec<NearEqual> {
    let spellings = spellings(text, mentions, occurrences(text, sentences, mentions, roster.is_some()), roster);
    let pairs = candidates(text, &spellings).into_iter().filter_map(|c| {
        let wrong = spellings.get(c.wrong)?;
        let right = spellings.get(c.right)?;
        Some(NearEqual { wrong: wrong.form(), right: right.form(), slip: c.slip, values: c.values })
    });
    pairs.collect()
}

/// Where the document writes names, or stretches that are near to one.
fn occurrences<'t>(
    text: &Annotated<'t>,
    sentences: &[u32],
    mentions: &[Mention],
    has_roster: bool,
) -> Vec<Occurrence<'t>> {
    let mut covered = alloc::vec![0u32; text.atoms.len()];
    let mut found = spelling::from_mentions(text, sentences, mentions, &mut covered);
    found.extend(spelling::from_runs(text, sentences, &covered));
    // Without a name of three words there is nothing to be near to.
    if !has_roster && !found.iter().any(|o| o.words.len() >= 3) {
        return found;
    }
    let known = spelling::group(text, found.clone(), mentions);
    let mut near = near::find(text, sentences, &known, &covered);
    if near.is_empty() {
        return found;
    }
    // A longer stretch takes the place of the mention inside it, and its titles.
    let inside = |o: &Occurrence<'_>| {
        let i = near.partition_point(|n| n.span.end < o.span.end);
        near.get(i).is_some_and(|n| n.span.start <= o.span.start)
    };
    let (swallowed, mut kept): (Vec<_>, Vec<_>) = found.into_iter().partition(inside);
    for n in &mut near {
        n.mention = swallowed.iter().find(|o| o.span.start == n.span.start).and_then(|o| o.mention);
    }
    kept.extend(near);
    kept.sort_by_key(|o| o.span);
    kept
}

/// The spellings of the document's names, and those of the roster that are near to one.
fn spellings<'a>(
    text: &'a Annotated<'a>,
    mentions: &[Mention],
    found: Vec<Occurrence<'a>>,
    roster: Option<&'a Roster>,
) -> Vec<Spelling<'a>> {
    let mut all = spelling::group(text, found, mentions);
    if let Some(roster) = roster {
        roster.mark(&mut all);
    }
    all
}

/// The pairs of spellings that differ by one slip, in both directions where both are possible.
fn candidates(text: &Annotated<'_>, spellings: &[Spelling<'_>]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut judge = |wrong: usize, right: usize, hole: usize, slip: Slip, alike: usize| {
        if let (Some(w), Some(r)) = (spellings.get(wrong), spellings.get(right)) {
            let values = evidence::compare(text, &Pair { wrong: w, right: r, hole, slip, alike });
            out.push(Candidate { wrong, right, hole, slip, alike, values, log_odds: 0.0 });
        }
    };
    let by_keys: BTreeMap<&[u64], usize> =
        spellings.iter().enumerate().filter(|(_, s)| s.near.is_none()).map(|(i, s)| (s.keys.as_slice(), i)).collect();
    let confusions = slip::Confusions::default();
    let mut buckets: Vec<(usize, usize, u64, usize)> = Vec::new();
    for (i, s) in spellings.iter().enumerate() {
        if let Some(near) = &s.near {
            if let Some(&right) = by_keys.get(near.keys.as_slice()) {
                judge(i, right, near.hole, near.slip, 0);
            }
            continue;
        }
        let n = s.keys.len();
        buckets.extend((0..n).map(|hole| (n, hole, near::rest(&s.keys, hole, 1), i)));
    }
    buckets.sort_unstable();
    for members in buckets.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        if !(2..=MAX_BUCKET).contains(&members.len()) {
            continue;
        }
        for &(_, hole, _, i) in members {
            for &(_, _, _, j) in members.iter().filter(|m| m.3 != i) {
                let (Some(w), Some(r)) = (spellings.get(i), spellings.get(j)) else { continue };
                // Names that only the roster has are no part of the document.
                if w.occurrences.is_empty() || !equal_but(&w.keys, &r.keys, hole) {
                    continue;
                }
                let (Some(a), Some(b)) = (w.words.get(hole), r.words.get(hole)) else { continue };
                if let Some(slip) = slip::slip(&confusions, *a, *b) {
                    judge(i, j, hole, slip, members.len() - 2);
                }
            }
        }
    }
    out
}

fn equal_but(a: &[u64], b: &[u64], hole: usize) -> bool {
    a != b && a.iter().zip(b).enumerate().all(|(k, (x, y))| k == hole || x == y)
}

/// For each spelling the one other that it is a misprint of, if of any; of two directions the likelier.
fn best(both: Vec<Candidate>, weights: &Weights) -> BTreeMap<usize, Candidate> {
    let mut both = both;
    for c in &mut both {
        c.log_odds = c.values.iter().map(|(f, v)| weights.get(*f) * v).sum();
    }
    let reverse: BTreeMap<(usize, usize), f32> = both.iter().map(|c| ((c.right, c.wrong), c.log_odds)).collect();
    // Spellings stand in the order of their keys, which the order of the text does not change.
    let rank = |c: &Candidate| (c.log_odds, core::cmp::Reverse(c.right));
    let mut best: BTreeMap<usize, Candidate> = BTreeMap::new();
    for c in both {
        let back = reverse.get(&(c.wrong, c.right)).copied().unwrap_or(f32::NEG_INFINITY);
        if back > c.log_odds || back == c.log_odds && c.wrong > c.right {
            continue;
        }
        if best.get(&c.wrong).is_none_or(|b| rank(b) < rank(&c)) {
            best.insert(c.wrong, c);
        }
    }
    best
}

/// Whether it is clear which of two forms is wrong.
fn is_decided(spellings: &[Spelling<'_>], c: &Candidate) -> bool {
    let (Some(wrong), Some(right)) = (spellings.get(c.wrong), spellings.get(c.right)) else { return false };
    let no_name = |s: &Spelling<'_>| s.words.get(c.hole).is_some_and(|w| w.1.is_none());
    let impossible = c.slip.is_impossible() || no_name(wrong) && !no_name(right);
    c.slip != Slip::Variant
        && match (wrong.in_roster(), right.in_roster()) {
            (true, _) => false,
            (false, true) => true,
            (false, false) if impossible => true,
            (false, false) if is_transcribed(wrong, right, c.slip) => false,
            (false, false) => {
                let (few, many) = (wrong.occurrences.len(), right.occurrences.len());
                let enough = match (link(c), is_odd(c)) {
                    (Link::Sure, false) => TWICE,
                    (Link::Weak, false) => THRICE,
                    (Link::None, false) | (Link::Sure | Link::Weak, true) => ALONE,
                    (Link::None, true) => return false,
                };
                many >= enough * few && !is_contradicted(c)
            }
        }
}

/// Whether the one form may stand for the other in a text of another language: it has no diacritics at all (*Phan Chau
/// Trinh Institute*).
fn is_transcribed(wrong: &Spelling<'_>, right: &Spelling<'_>, slip: Slip) -> bool {
    let unmarked = |s: &Spelling<'_>| s.words.iter().all(|w| w.0.is_ascii());
    matches!(slip, Slip::ToneLost | Slip::Mark) && unmarked(wrong) && !unmarked(right)
}

/// So many times as often the right form must be written, by what else ties the two to one person. Among the labelled
/// pairs four to one is seen the wrong way round, where most writers take a rare name for a common one.
const TWICE: usize = 2;
const THRICE: usize = 3;
const ALONE: usize = 5;

/// What ties two forms to one person beside their frequency.
enum Link {
    /// A title, a calling or an age in common; a form that no name has; a person that is introduced once.
    Sure,
    /// An honorific in common.
    Weak,
    None,
}

fn link(c: &Candidate) -> Link {
    use Feature::{NeverHere, OneIntroduced, SameAge, SameCalling, SameHonorific, SameRole, SameTitle};
    let has = |f: &[Feature]| c.values.iter().any(|v| f.contains(&v.0));
    // Names of two words are many, and many of them are places.
    if has(&[Feature::ShortName]) {
        return if has(&[SameTitle, SameRole, SameAge]) { Link::Sure } else { Link::None };
    }
    // Nguyễn Thi Hà: as good as never a name, where the other form is one of the commonest.
    let hardly = c.values.iter().any(|v| v.0 == Feature::Usual && v.1 > 4.5);
    if hardly || has(&[SameTitle, SameRole, SameAge, SameCalling, NeverHere, OneIntroduced]) {
        Link::Sure
    } else if has(&[SameHonorific]) {
        Link::Weak
    } else {
        Link::None
    }
}

/// Whether the text says that they are two: side by side in one sentence, of two ages, man and woman, one in office after
/// the other.
fn is_contradicted(c: &Candidate) -> bool {
    use Feature::{Listed, OtherAge, OtherGender, Succession};
    c.values.iter().any(|v| matches!(v.0, Listed | OtherAge | OtherGender | Succession))
}

/// Whether the frequent form is the odd one in a name, by more than e to one; of names of two words, always.
fn is_odd(c: &Candidate) -> bool {
    let has = |f: Feature| c.values.iter().any(|v| v.0 == f);
    let unusual = c.values.iter().any(|v| v.0 == Feature::Usual && v.1 < -1.0);
    unusual || has(Feature::ShortName) && matches!(link(c), Link::None)
}

/// e^x without the standard library, to three digits: enough for a confidence.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-20.0, 20.0);
    let mut y = 1.0 + x / 1024.0;
    for _ in 0..10 {
        y *= y;
    }
    y
}

/// All that is known when repairs are written down.
struct State<'s, 't> {
    text: &'s Annotated<'s>,
    spellings: &'s [Spelling<'t>],
    weights: &'s Weights,
}

impl<'t> State<'_, 't> {
    /// The repairs of every occurrence of one spelling.
    fn repairs(&self, c: &Candidate) -> Vec<Found> {
        let (Some(wrong), Some(right)) = (self.spellings.get(c.wrong), self.spellings.get(c.right)) else {
            return Vec::new();
        };
        let kind = if c.slip == Slip::Variant { RepairKind::Variant } else { RepairKind::Misprint };
        let decided = is_decided(self.spellings, c);
        let mut confidence = 1.0 / (1.0 + exp(-c.log_odds));
        // Both may be one person, but which of the two forms is right is open.
        if !decided && kind == RepairKind::Misprint {
            confidence /= 2.0;
        }
        if kind == RepairKind::Misprint && confidence < LEAST {
            return Vec::new();
        }
        let evidence = self.evidence(c);
        let repair = |o: &Occurrence<'t>| {
            let replacement = spelling::in_one_line(&mended(o, c, right));
            // A headline's capitals stay.
            let lower = o.span.of(self.text.text).chars().any(char::is_lowercase);
            let repair = Repair {
                span: o.span,
                replacement: if lower { replacement } else { replacement.to_uppercase() },
                kind,
                slip: c.slip,
                confidence,
                applied: false,
                evidence: evidence.clone(),
            };
            Found { repair, is_decided: decided }
        };
        wrong.occurrences.iter().map(repair).collect()
    }

    fn evidence(&self, c: &Candidate) -> Vec<Evidence> {
        let (Some(wrong), Some(right)) = (self.spellings.get(c.wrong), self.spellings.get(c.right)) else {
            return Vec::new();
        };
        let pair = Pair { wrong, right, hole: c.hole, slip: c.slip, alike: c.alike };
        let mut out: Vec<Evidence> = Vec::new();
        for &(feature, value) in c.values.iter().filter(|v| v.0 != Feature::Prior) {
            let (words, spans) = evidence::describe(self.text, &pair, feature);
            out.push(Evidence { feature, value, log_odds: self.weights.get(feature) * value, words, spans });
        }
        if c.slip == Slip::Variant {
            let mut spans = [wrong.spans(), right.spans()].concat();
            spans.sort_unstable();
            let words = c.slip.describe().into();
            out.push(Evidence { feature: Feature::Prior, value: 1.0, log_odds: 0.0, words, spans });
        }
        out.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
        out
    }
}

/// The words as written, but for the one with the slip.
fn mended<'t>(o: &Occurrence<'t>, c: &Candidate, right: &Spelling<'t>) -> Vec<Word<'t>> {
    let (cut, put) = match c.slip {
        Slip::SpaceMissing => (1, 2),
        Slip::SpaceExtra => (2, 1),
        // More than one capital may be missing.
        Slip::Capital => return right.usual_words().to_vec(),
        _ => (1, 1),
    };
    // A headline's capitals are not carried into the text.
    let meant = right.usual_words().iter().skip(c.hole).take(put);
    o.words.iter().take(c.hole).chain(meant).chain(o.words.iter().skip(c.hole + cut)).copied().collect()
}
