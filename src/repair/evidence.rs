//! Evidence that one spelling is a misprint of another, for and against.
//!
//! [`compare`] gives values only, [`describe`] puts one into words with the places in the text that bear it; most pairs
//! are compared and never shown. O(what is said of the two names).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::slip::{Slip, Word};
use super::spelling::{Office, Said, Spelling, name_count};
use super::weights::Feature;
use crate::lexicon::Annotated;
use crate::span::Span;
use crate::syllable::Syllable;

/// One piece of evidence of a repair.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Evidence {
    /// What sort of evidence it is.
    pub feature: Feature,
    /// Its value; a weight times this is added to the log-odds.
    pub value: f32,
    /// What it adds to the log-odds, in nats: negative speaks against the repair.
    pub log_odds: f32,
    /// In words.
    pub words: String,
    /// The places in the text that bear it, ascending.
    pub spans: Vec<Span>,
}

/// Two spellings, the first a misprint of the second?
pub(super) struct Pair<'p, 't> {
    pub(super) wrong: &'p Spelling<'t>,
    pub(super) right: &'p Spelling<'t>,
    /// The word in which they differ.
    pub(super) hole: usize,
    pub(super) slip: Slip,
    /// Further names that differ in this word alone.
    pub(super) alike: usize,
}

/// Atoms between two names that stand side by side: *Lê Văn Dũng (34 tuổi, ở xã Tam Kỳ) và Lê Văn Dụng*.
const SIDE_BY_SIDE: usize = 14;

fn log2(x: f32) -> f32 {
    ln(x) / core::f32::consts::LN_2
}

/// Natural logarithm without the standard library, to four digits for x from 2^-20 to 2^20.
fn ln(x: f32) -> f32 {
    let (mut x, mut doublings) = (x.clamp(1e-6, 1e6), 0.0);
    while x > 1.5 {
        (x, doublings) = (x / 2.0, doublings + 1.0);
    }
    while x < 0.75 {
        (x, doublings) = (x * 2.0, doublings - 1.0);
    }
    let y = (x - 1.0) / (x + 1.0);
    let y2 = y * y;
    2.0 * y * (1.0 + y2 / 3.0 + y2 * y2 / 5.0 + y2 * y2 * y2 / 7.0) + doublings * core::f32::consts::LN_2
}

/// The value of [`Feature::Ratio`] for so many occurrences.
fn ratio(right: usize, wrong: usize) -> f32 {
    log2((right as f32).max(0.5) / (wrong as f32).max(0.5)).clamp(-4.0, 4.0)
}

/// The values of all evidence there is, each feature at most once.
pub(super) fn compare(text: &Annotated<'_>, pair: &Pair<'_, '_>) -> Vec<(Feature, f32)> {
    let (wrong, right) = (pair.wrong, pair.right);
    let mut out = Vec::with_capacity(12);
    let mut say = |feature: Feature, value: f32| {
        if value != 0.0 {
            out.push((feature, value));
        }
    };
    let yes = |b: bool| f32::from(u8::from(b));
    say(Feature::Prior, 1.0);
    if let Some(f) = Feature::of(pair.slip) {
        say(f, 1.0);
    }
    form(text, pair, &mut say);
    say(Feature::Ratio, ratio(right.occurrences.len(), wrong.occurrences.len()));
    say(Feature::Again, log2(wrong.occurrences.len().max(1) as f32).min(3.0));
    let last = pair.hole + 1 == right.words.len();
    say(Feature::GivenAlone, yes(last && wrong.alone > 0 && wrong.keys != right.keys));
    offices(pair, &mut say);
    say(Feature::OneIntroduced, yes(wrong.is_introduced() != right.is_introduced()));
    let mut sets = |same: Feature, other: Feature, both: bool, equal: bool| {
        if both {
            say(if equal { same } else { other }, 1.0);
        }
    };
    let both = |a: bool, b: bool| !a && !b;
    let (a, b) = (&wrong.callings, &right.callings);
    sets(Feature::SameCalling, Feature::OtherCalling, both(a.is_empty(), b.is_empty()), shared(a, b).is_some());
    let (a, b) = (&wrong.honorifics, &right.honorifics);
    sets(Feature::SameHonorific, Feature::OtherHonorific, both(a.is_empty(), b.is_empty()), shared(a, b).is_some());
    let (a, b) = (&wrong.places, &right.places);
    sets(Feature::SamePlace, Feature::OtherPlace, both(a.is_empty(), b.is_empty()), shared(a, b).is_some());
    let (a, b) = (&wrong.ages, &right.ages);
    let comparable = a.iter().any(|x| b.iter().any(|y| core::mem::discriminant(&x.0) == core::mem::discriminant(&y.0)));
    sets(Feature::SameAge, Feature::OtherAge, comparable, shared(a, b).is_some());
    say(Feature::OtherGender, yes(genders_differ(pair)));
    match nearest(wrong, right) {
        Some((apart, _)) if apart <= SIDE_BY_SIDE => say(Feature::Listed, 1.0),
        Some(_) => say(Feature::OneSentence, 1.0),
        None => {}
    }
    say(Feature::Alike, log2(1.0 + pair.alike as f32).min(3.0));
    say(Feature::NoPerson, yes(!wrong.is_person && !right.is_person && !right.in_roster()));
    roster(pair, &mut say);
    out
}

fn roster(pair: &Pair<'_, '_>, say: &mut impl FnMut(Feature, f32)) {
    match (pair.wrong.roster, pair.right.roster) {
        (Some(_), _) => say(Feature::RosterForm, 1.0),
        (None, Some(_)) => say(if roster_office(pair).is_some() { Feature::RosterTitle } else { Feature::Roster }, 1.0),
        (None, None) => {}
    }
}

/// An office of the name that the roster has for the other form.
fn roster_office<'p>(pair: &Pair<'p, '_>) -> Option<&'p Office> {
    let titles = pair.right.roster?;
    pair.wrong.offices.iter().find(|o| titles.contains(&o.key))
}

fn form(text: &Annotated<'_>, pair: &Pair<'_, '_>, say: &mut impl FnMut(Feature, f32)) {
    let n = pair.right.words.len();
    let position = position(pair);
    let spaces = matches!(pair.slip, Slip::SpaceMissing | Slip::SpaceExtra | Slip::Capital);
    if let (Some(w), Some(r)) = (pair.wrong.words.get(pair.hole), pair.right.words.get(pair.hole))
        && !spaces
    {
        let known = |w: &Word<'_>| name_count(text, w, position);
        if w.1.is_none() {
            say(Feature::NoSyllable, 1.0);
        } else if r.1.is_none() {
            say(Feature::RightNoSyllable, 1.0);
        } else {
            say(Feature::NeverHere, f32::from(u8::from(known(w) == 0 && known(r) > 0)));
            say(Feature::Usual, ln((known(r) as f32 + 1.0) / (known(w) as f32 + 1.0)).clamp(-5.0, 5.0));
        }
    }
    match position {
        0 => say(Feature::Surname, 1.0),
        2 => say(Feature::GivenName, 1.0),
        _ => {}
    }
    match n {
        0..=2 => say(Feature::ShortName, 1.0),
        4.. => say(Feature::LongName, 1.0),
        _ => {}
    }
}

fn position(pair: &Pair<'_, '_>) -> usize {
    match pair.hole {
        0 => 0,
        h if h + 1 == pair.right.words.len() => 2,
        _ => 1,
    }
}

fn offices(pair: &Pair<'_, '_>, say: &mut impl FnMut(Feature, f32)) {
    let (wrong, right) = (pair.wrong, pair.right);
    if same_title(pair).is_some() {
        say(Feature::SameTitle, 1.0);
    } else if same_role(pair).is_some() {
        say(Feature::SameRole, 1.0);
    } else if succession(pair).is_some() {
        say(Feature::Succession, 1.0);
    } else if !wrong.offices.is_empty() && !right.offices.is_empty() {
        say(Feature::OtherTitles, 1.0);
    }
}

fn both_hold<'p>(pair: &Pair<'p, '_>, fits: impl Fn(&Office, &Office) -> bool) -> Option<(&'p Office, &'p Office)> {
    pair.wrong.offices.iter().find_map(|o| Some((o, pair.right.offices.iter().find(|p| fits(o, p))?)))
}

fn same_title<'p>(pair: &Pair<'p, '_>) -> Option<(&'p Office, &'p Office)> {
    both_hold(pair, |o, p| o.key == p.key && o.former == p.former)
}

fn same_role<'p>(pair: &Pair<'p, '_>) -> Option<(&'p Office, &'p Office)> {
    both_hold(pair, Office::agrees)
}

fn succession<'p>(pair: &Pair<'p, '_>) -> Option<(&'p Office, &'p Office)> {
    both_hold(pair, |o, p| o.key == p.key)
}

/// The first thing that both lists say, and where.
fn shared<'p, T: PartialEq>(a: &'p Said<T>, b: &Said<T>) -> Option<(&'p T, [Span; 2])> {
    a.iter().find_map(|(x, at)| b.iter().find(|(y, _)| x == y).map(|(_, there)| (x, [*at, *there])))
}

fn genders_differ(pair: &Pair<'_, '_>) -> bool {
    let [men, women] = pair.wrong.genders;
    let [other_men, other_women] = pair.right.genders;
    let called = men != women && other_men != other_women && men != other_men;
    let middle = |s: &Spelling<'_>| s.words.get(pair.hole).map_or(0, |w| gender(w.1));
    called || position(pair) == 1 && middle(pair.wrong) * middle(pair.right) < 0
}

/// The middle names that tell the gender.
fn gender(middle: Option<Syllable>) -> i8 {
    match middle {
        s if s.is_some() && s == Syllable::parse("thị") => 1,
        s if s.is_some() && s == Syllable::parse("văn") => -1,
        _ => 0,
    }
}

/// The fewest atoms between the two within one sentence, and where. O(occurrences of both).
fn nearest(a: &Spelling<'_>, b: &Spelling<'_>) -> Option<(usize, [Span; 2])> {
    let mut best: Option<(usize, [Span; 2])> = None;
    let mut from = 0;
    for o in &a.occurrences {
        while b.occurrences.get(from).is_some_and(|p| p.sentence < o.sentence) {
            from += 1;
        }
        for p in b.occurrences.iter().skip(from).take_while(|p| p.sentence == o.sentence).take(MAX_NEAR) {
            let apart = if o.atoms.0 < p.atoms.0 {
                p.atoms.0.saturating_sub(o.atoms.1)
            } else {
                o.atoms.0.saturating_sub(p.atoms.1)
            };
            if best.is_none_or(|(least, _)| apart < least) {
                best = Some((apart, [o.span.min(p.span), o.span.max(p.span)]));
            }
        }
    }
    best
}

/// Occurrences of one sentence that are looked at.
const MAX_NEAR: usize = 16;

/// One piece of evidence in words, and where it stands.
pub(super) fn describe(text: &Annotated<'_>, pair: &Pair<'_, '_>, feature: Feature) -> (String, Vec<Span>) {
    let (wrong, right) = (pair.wrong, pair.right);
    let (wrong_times, right_times) = (wrong.occurrences.len(), right.occurrences.len());
    let of_slip = Feature::of(pair.slip) == Some(feature);
    let count = |s: &Spelling<'_>| s.words.get(pair.hole).map_or(0, |w| name_count(text, w, position(pair)));
    let all = || [wrong.spans(), right.spans()].concat();
    let said = |what: &str, found: Option<(&String, [Span; 2])>| match found {
        Some((words, spans)) => (format!("both are called {words}"), spans.to_vec()),
        None => (what.to_string(), Vec::new()),
    };
    let firsts = |a: Option<Span>, b: Option<Span>| a.into_iter().chain(b).collect::<Vec<Span>>();
    let (words, mut spans) = match feature {
        _ if of_slip => (pair.slip.describe().to_string(), all()),
        Feature::Ratio => (format!("written {right_times} times against {wrong_times}"), all()),
        Feature::Again => (format!("against: written so {wrong_times} times"), wrong.spans()),
        Feature::Usual => {
            let (w, r) = (count(wrong), count(right));
            let which = if w <= r { "less usual in a name" } else { "against: more usual in a name" };
            (format!("{which} ({w} to {r} in the lists)"), Vec::new())
        }
        Feature::NoSyllable => ("it is no Vietnamese syllable".to_string(), wrong.spans()),
        Feature::RightNoSyllable => ("against: the other form is no Vietnamese syllable".to_string(), right.spans()),
        Feature::SameTitle => match same_title(pair) {
            Some((o, p)) => (format!("both are called {}", o.title), Vec::from([o.span, p.span])),
            None => (String::new(), Vec::new()),
        },
        Feature::SameRole => match same_role(pair) {
            Some((o, p)) => (format!("both are {}", o.role), Vec::from([o.span, p.span])),
            None => (String::new(), Vec::new()),
        },
        Feature::Succession => {
            let spans = succession(pair).map_or_else(Vec::new, |(o, p)| Vec::from([o.span, p.span]));
            ("against: one held the office before the other".to_string(), spans)
        }
        Feature::OtherTitles => {
            let spans = firsts(wrong.offices.first().map(|o| o.span), right.offices.first().map(|o| o.span));
            ("against: each has an office of its own".to_string(), spans)
        }
        Feature::SameCalling => said("", shared(&wrong.callings, &right.callings)),
        Feature::SameHonorific => said("", shared(&wrong.honorifics, &right.honorifics)),
        Feature::SamePlace => match shared(&wrong.places, &right.places) {
            Some((place, spans)) => (format!("both are of {place}"), spans.to_vec()),
            None => (String::new(), Vec::new()),
        },
        Feature::SameAge => {
            let spans = shared(&wrong.ages, &right.ages).map_or_else(Vec::new, |(_, s)| s.to_vec());
            ("both have the same age".to_string(), spans)
        }
        Feature::OtherAge => {
            let spans = firsts(wrong.ages.first().map(|a| a.1), right.ages.first().map(|a| a.1));
            ("against: each has an age of its own".to_string(), spans)
        }
        Feature::OtherPlace => {
            let spans = firsts(wrong.places.first().map(|a| a.1), right.places.first().map(|a| a.1));
            ("against: each is of another place".to_string(), spans)
        }
        Feature::OtherCalling => {
            let spans = firsts(wrong.callings.first().map(|a| a.1), right.callings.first().map(|a| a.1));
            ("each is called something else".to_string(), spans)
        }
        Feature::Listed | Feature::OneSentence => {
            let spans = nearest(wrong, right).map_or_else(Vec::new, |(_, s)| s.to_vec());
            (lower(feature), spans)
        }
        Feature::RosterTitle => {
            let office = roster_office(pair);
            let title = office.map_or("", |o| &o.title);
            (format!("the roster has a {title} of the other name"), office.map(|o| o.span).into_iter().collect())
        }
        Feature::Alike => (format!("against: {} more names differ in this word alone", pair.alike), Vec::new()),
        Feature::LongName => (format!("{} other words are equal", right.words.len().saturating_sub(1)), Vec::new()),
        _ => (lower(feature), Vec::new()),
    };
    spans.sort_unstable();
    spans.dedup();
    spans.truncate(MAX_SPANS);
    (words, spans)
}

/// Places that one piece of evidence names.
const MAX_SPANS: usize = 8;

/// The meaning of a feature inside a sentence.
fn lower(feature: Feature) -> String {
    let meaning = feature.meaning().trim_end_matches('.');
    let mut letters = meaning.chars();
    letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
}
