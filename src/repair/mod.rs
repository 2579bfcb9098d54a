//! Misspelt names, repaired from the document's own evidence.
//!
//! Two spellings of one document that differ in a single syllable, by a slip that happens (`distance`), may be one
//! person. Evidence for it (same title, frequency, a form that cannot be a name, more equal syllables) and against it
//! (both in one sentence, each with an office of its own, both frequent, other gender) is summed as log-odds; each piece
//! is listed in words. Below the threshold the repair is a suggestion. Two accepted spellings (*Sĩ/Sỹ*) are a variant,
//! never applied by default. A tie of counts is a suggestion unless one form is no Vietnamese syllable.
//!
//! Why not a string distance: in 212 labelled pairs Jaro-Winkler puts *Thịnh/Tịnh* (a misprint) at 0.98 and *Hùng/Hưng*
//! (two men) at 0.97; what decides stands around the names, not in them.
//!
//! Laws: the result does not depend on the order of comparison; a higher threshold applies a subset; applying twice
//! changes nothing. Names are compared only when all syllables but one are equal (a hash bucket each), so a list of
//! n names costs O(n).

mod distance;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::lexicon::{Annotated, Table};
use crate::person::{Mention, Status, TitleKind};
use crate::span::Span;
use crate::syllable::Syllable;
use distance::Slip;

/// The confidence from which a repair is applied.
pub(crate) const DEFAULT_THRESHOLD: f32 = 0.8;

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
    /// 0 to 1: how sure it is that both are one person and the replacement is right.
    pub confidence: f32,
    /// Whether the confidence reaches the threshold.
    pub applied: bool,
    /// The evidence, for and against, in words.
    pub evidence: Vec<String>,
}

/// Log-odds of the evidence. The prior of each slip is its share of one person among labelled pairs of near-equal names
/// in one article; the rest is set so that single clues do not decide alone.
mod weight {
    pub(super) const TONE: f32 = 0.6;
    pub(super) const LETTERS: f32 = -0.2;
    pub(super) const IMPOSSIBLE: f32 = 3.0;
    pub(super) const SAME_TITLE: f32 = 2.4;
    pub(super) const SAME_ROLE: f32 = 1.2;
    pub(super) const PER_DOUBLING: f32 = 0.7;
    pub(super) const RARE_SYLLABLE: f32 = 1.6;
    pub(super) const FOUR_SYLLABLES: f32 = 1.0;
    pub(super) const TIE: f32 = -1.2;
    pub(super) const SAME_SENTENCE: f32 = -4.0;
    pub(super) const OTHER_TITLES: f32 = -1.6;
    pub(super) const BOTH_FREQUENT: f32 = -2.5;
    pub(super) const OTHER_GENDER: f32 = -3.0;
    pub(super) const TWO_SYLLABLES: f32 = -1.5;
}

/// One spelling of a name in the document.
struct Spelling<'t> {
    words: Vec<(&'t str, Option<Syllable>)>,
    /// Indices of mentions.
    mentions: Vec<usize>,
    sentences: BTreeSet<usize>,
    offices: Vec<Office>,
    /// What the honorifics before it say: men, women.
    genders: [bool; 2],
    /// Mentions by the last word alone.
    alone: usize,
}

/// An office of a spelling's mentions.
struct Office {
    title: String,
    /// The title in lower case, to compare.
    key: String,
    role: String,
    place: Option<String>,
    organisation: Option<String>,
    former: bool,
}

impl Office {
    /// Whether both may be one office, named more or less fully, held at one time.
    fn agrees(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        self.role == other.role
            && self.former == other.former
            && same(&self.place, &other.place)
            && same(&self.organisation, &other.organisation)
    }
}

/// Finds the repairs of a document, in text order.
pub(crate) fn find(text: &Annotated<'_>, sentences: &[u32], mentions: &[Mention], threshold: f32) -> Vec<Repair> {
    let mut spellings = spellings(text, sentences, mentions);
    // A given name alone (anh Đượm) speaks for the full name that ends in it.
    let mut alone: BTreeMap<u64, usize> = BTreeMap::new();
    for s in spellings.iter().filter(|s| s.words.len() == 1) {
        if let Some(w) = s.words.first() {
            *alone.entry(word_key(w)).or_default() += s.mentions.len();
        }
    }
    for s in &mut spellings {
        s.alone = s.words.last().and_then(|w| alone.get(&word_key(w))).copied().unwrap_or(0);
    }
    spellings.retain(|s| s.words.len() > 1);
    let mut buckets: BTreeMap<(usize, Vec<u64>), Vec<usize>> = BTreeMap::new();
    for (i, s) in spellings.iter().enumerate() {
        for hole in 0..s.words.len() {
            let keys = s.words.iter().enumerate().map(|(k, w)| if k == hole { u64::MAX } else { word_key(w) });
            buckets.entry((hole, keys.collect())).or_default().push(i);
        }
    }
    // The best partner of each spelling: a spelling is repaired to one other at most.
    let mut best: BTreeMap<usize, (usize, Verdict)> = BTreeMap::new();
    for ((hole, _), members) in buckets {
        // Dozens of names that differ in one place are a list of relatives or a table, not misprints.
        if members.len() > MAX_BUCKET {
            continue;
        }
        for (k, &i) in members.iter().enumerate() {
            for &j in members.iter().skip(k + 1) {
                let (Some(a), Some(b)) = (spellings.get(i), spellings.get(j)) else { continue };
                let Some((wrong, verdict)) = judge(text, a, b, hole) else { continue };
                let (from, to) = if wrong == 0 { (i, j) } else { (j, i) };
                let better = best.get(&from).is_none_or(|(_, v)| v.log_odds < verdict.log_odds);
                if better {
                    best.insert(from, (to, verdict));
                }
            }
        }
    }
    let is_applied = |v: &Verdict| v.kind == RepairKind::Misprint && v.decided && v.confidence() >= threshold;
    let mut out = Vec::new();
    for (&from, (to, verdict)) in &best {
        // A form that is itself repaired stands for what it is repaired to.
        let mut to = *to;
        for _ in 0..MAX_BUCKET {
            match best.get(&to).filter(|(_, v)| is_applied(v)) {
                Some((next, _)) if *next != from => to = *next,
                _ => break,
            }
        }
        let (Some(wrong), Some(right)) = (spellings.get(from), spellings.get(to)) else { continue };
        let confidence = verdict.confidence();
        // A headline's capitals are not carried into the text.
        let forms = || right.mentions.iter().filter_map(|&m| mentions.get(m)).map(|m| m.span.of(text.text));
        let replacement = forms().find(|f| f.chars().any(char::is_lowercase)).or_else(|| forms().next()).unwrap_or("");
        for m in wrong.mentions.iter().filter_map(|&m| mentions.get(m)) {
            out.push(Repair {
                span: m.span,
                replacement: as_written(m.span.of(text.text), replacement),
                kind: verdict.kind,
                confidence,
                applied: is_applied(verdict),
                evidence: verdict.evidence.clone(),
            });
        }
    }
    out.sort_by_key(|r| r.span);
    out
}

/// Offices of one spelling that are compared.
const MAX_OFFICES: usize = 32;

/// Names in one bucket beyond this number are not compared.
const MAX_BUCKET: usize = 24;

/// e^x without the standard library, to three digits: enough for a confidence.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-20.0, 20.0);
    let mut y = 1.0 + x / 1024.0;
    for _ in 0..10 {
        y *= y;
    }
    y
}

/// The replacement in the case of what it replaces.
fn as_written(wrong: &str, right: &str) -> String {
    let right = crate::person::plain(right);
    if wrong.chars().any(char::is_lowercase) { right } else { right.to_uppercase() }
}

fn word_key((letters, syllable): &(&str, Option<Syllable>)) -> u64 {
    syllable.map_or_else(|| crate::scan::fold_hash(letters) | 1 << 63, |s| u64::from(s.code()))
}

fn spellings<'t>(text: &Annotated<'t>, sentences: &[u32], mentions: &[Mention]) -> Vec<Spelling<'t>> {
    let mut out: Vec<Spelling<'t>> = Vec::new();
    let mut by_key: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
    let mut atom = 0;
    for (i, m) in mentions.iter().enumerate() {
        while text.atom(atom).is_some_and(|a| a.span.start < m.span.start) {
            atom += 1;
        }
        let words: Vec<(&str, Option<Syllable>)> = (atom..)
            .map_while(|k| text.atom(k).filter(|a| a.span.end <= m.span.end))
            .filter(|a| a.is_word())
            .map(|a| (a.span.of(text.text), a.syllable))
            .collect();
        // Only Vietnamese names, with at most one word that is no syllable.
        if words.is_empty() || words.iter().filter(|w| w.1.is_none()).count() > 1 {
            continue;
        }
        let key: Vec<u64> = words.iter().map(word_key).collect();
        let at = *by_key.entry(key).or_insert_with(|| {
            out.push(Spelling {
                words,
                mentions: Vec::new(),
                sentences: BTreeSet::new(),
                offices: Vec::new(),
                genders: [false; 2],
                alone: 0,
            });
            out.len() - 1
        });
        let Some(s) = out.get_mut(at) else { continue };
        s.mentions.push(i);
        s.sentences.insert(sentences.partition_point(|&start| start as usize <= atom));
        for t in m.titles.iter().filter(|t| t.kind == TitleKind::Position) {
            let key = t.known().to_lowercase();
            let former = t.status == Status::Former;
            if s.offices.len() < MAX_OFFICES && !s.offices.iter().any(|o| o.key == key && o.former == former) {
                s.offices.push(Office {
                    title: t.known().into(),
                    key,
                    role: t.role.clone(),
                    place: t.place.clone(),
                    organisation: t.organisation.clone(),
                    former,
                });
            }
        }
        if let Some(m) = text.context_before(atom, "honorific") {
            for (gender, known) in ["male", "female"].iter().zip(&mut s.genders) {
                *known |= text.cell(m, 2).split("; ").any(|note| note == *gender);
            }
        }
    }
    out
}

struct Verdict {
    log_odds: f32,
    kind: RepairKind,
    /// Whether it is clear which of the two forms is wrong.
    decided: bool,
    evidence: Vec<String>,
}

impl Verdict {
    fn confidence(&self) -> f32 {
        1.0 / (1.0 + exp(-self.log_odds))
    }
}

/// Judges two spellings that differ at `hole`: which is wrong (0 or 1), and how sure.
fn judge(text: &Annotated<'_>, a: &Spelling<'_>, b: &Spelling<'_>, hole: usize) -> Option<(usize, Verdict)> {
    let (word_a, word_b) = (*a.words.get(hole)?, *b.words.get(hole)?);
    let slip = distance::slip(word_a, word_b)?;
    let (n_a, n_b) = (a.mentions.len(), b.mentions.len());
    let position = if hole == 0 {
        0
    } else if hole + 1 == a.words.len() {
        2
    } else {
        1
    };
    let count = |w: (&str, Option<Syllable>)| name_count(text, w, position);
    let (known_a, known_b) = (count(word_a), count(word_b));
    // The rarer form is wrong; at a tie the one that is no syllable, then the rarer as a name, then the later.
    let rank = |n: usize, w: (&str, Option<Syllable>), known: u32| (w.1.is_some(), n, known);
    let wrong = usize::from(rank(n_a, word_a, known_a) >= rank(n_b, word_b, known_b));
    let (minor, major) = if wrong == 0 { (a, b) } else { (b, a) };
    let (known_minor, known_major) = if wrong == 0 { (known_a, known_b) } else { (known_b, known_a) };
    let (few, many) = (minor.mentions.len(), major.mentions.len());
    let mut evidence = Vec::from([slip.describe().to_string()]);
    let mut log_odds = match slip {
        Slip::Spelling | Slip::Tone => weight::TONE,
        Slip::Onset | Slip::Rime => weight::LETTERS,
        Slip::Impossible => weight::IMPOSSIBLE,
    };
    let mut add = |value: f32, words: String| {
        log_odds += value;
        evidence.push(words);
    };
    let in_both = |fits: &dyn Fn(&Office, &Office) -> bool| {
        minor.offices.iter().find(|o| major.offices.iter().any(|p| fits(o, p)))
    };
    // Frequency alone decides only from three to one: there nine of ten labelled pairs are one person.
    let mut strong = slip == Slip::Impossible || a.words.len() >= 4 || few == 1 && many >= 3;
    if let Some(office) = in_both(&|o, p| o.key == p.key && o.former == p.former) {
        strong = true;
        add(weight::SAME_TITLE, format!("both are called {}", office.title));
    } else if let Some(office) = in_both(&Office::agrees) {
        strong = true;
        add(weight::SAME_ROLE, format!("both are {}", office.role));
    } else if in_both(&|o, p| o.key == p.key).is_some() {
        add(weight::OTHER_TITLES, "against: one held the office before the other".to_string());
    } else if !minor.offices.is_empty() && !major.offices.is_empty() {
        add(weight::OTHER_TITLES, "against: each has an office of its own".to_string());
    }
    if many > few {
        let doublings = usize::BITS - 1 - (many / few.max(1)).leading_zeros();
        let value = 0.4 + weight::PER_DOUBLING * doublings.min(4) as f32;
        add(value, format!("{many} mentions against {few}"));
    } else if slip != Slip::Impossible {
        add(weight::TIE, format!("against: a tie, {many} to {few}"));
    }
    let last = hole + 1 == a.words.len();
    if last && minor.alone > 0 && major.alone > 0 {
        add(weight::BOTH_FREQUENT, "against: each is called by given name alone too".to_string());
    }
    if few >= 2 {
        add(weight::BOTH_FREQUENT, format!("against: the rarer form is written {few} times"));
    }
    let mut odd_majority = false;
    if slip != Slip::Impossible && known_major * 20 < known_minor {
        odd_majority = true;
        add(weight::TIE, format!("against: the frequent form is unusual in a name ({known_major} to {known_minor})"));
    }
    if slip != Slip::Impossible && known_minor * 20 < known_major {
        strong = true;
        add(weight::RARE_SYLLABLE, format!("the rarer form is unusual in a name ({known_minor} to {known_major})"));
    }
    match a.words.len() {
        0..=2 => add(weight::TWO_SYLLABLES, "against: a short name".to_string()),
        4.. => add(weight::FOUR_SYLLABLES, format!("{} other syllables are equal", a.words.len() - 1)),
        _ => {}
    }
    if minor.sentences.intersection(&major.sentences).next().is_some() {
        add(weight::SAME_SENTENCE, "against: both stand in one sentence".to_string());
    }
    let [men, women] = minor.genders;
    let [other_men, other_women] = major.genders;
    if men != women && other_men != other_women && men != other_men {
        add(weight::OTHER_GENDER, "against: one is called a man, the other a woman".to_string());
    }
    if position == 1 && gender(word_a.1) * gender(word_b.1) < 0 {
        add(weight::OTHER_GENDER, "against: the middle names are of different gender".to_string());
    }
    let kind = if slip == Slip::Spelling { RepairKind::Variant } else { RepairKind::Misprint };
    let decided = strong && !odd_majority && (many > few || slip == Slip::Impossible);
    Some((wrong, Verdict { log_odds, kind, decided, evidence }))
}

/// How often the lists of names have the word at a position (0 surname, 1 middle, 2 given).
fn name_count(text: &Annotated<'_>, word: (&str, Option<Syllable>), position: usize) -> u32 {
    let Some(s) = word.1 else { return 0 };
    let state = text.lexicon.step(crate::lexicon::Lexicon::ROOT, u32::from(s.lexical().code()));
    let row = state.and_then(|s| text.lexicon.values(s).find(|v| v.0 == Table::NameSyllables));
    row.and_then(|(t, row)| text.lexicon.cell(t, row, 1 + position).parse().ok()).unwrap_or(0)
}

/// The middle names that tell the gender.
fn gender(middle: Option<Syllable>) -> i8 {
    match middle {
        s if s.is_some() && s == Syllable::parse("thị") => 1,
        s if s.is_some() && s == Syllable::parse("văn") => -1,
        _ => 0,
    }
}
