//! Where persons are named.
//!
//! 1. Capital runs (`runs`): capitalised words in a row, with the hyphens, initials and particles that foreign names have inside.
//! 2. Each run is cut by dynamic programming (`cut`) into names, phrases of the lexicon (places, bodies, titles) and rest, so
//!    that `Quảng Trị Trần Phong` falls apart where a place ends and a surname begins. A name scores (`score`) the log-odds of
//!    its syllables as surname, middle and given name against capitalised words of running text (`words`), plus what stands
//!    around it (`around`): an honorific, a title, a verb that persons do; minus what makes a name a street or a school.
//! 3. With the names found, the document is searched again for their short forms without honorific (`short_forms`):
//!    *Hải khai …*.
//!
//! Why a score and not rules in order: each clue alone is wrong often; the surname in the place name *Hồ Chí Minh*, the
//! given name in *Đoàn Thanh niên*, the honorific before *Bà Rịa*.
//!
//! Complexity: O(atoms × [`MAX_WORDS`]).

mod around;
mod cut;
mod runs;
mod score;
mod short_forms;
mod words;

pub(super) use around::credit_before;

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::Range;

use self::around::{honorific_before, left};
use self::score::Scorer;
use super::Clues;
use crate::lexicon::{Annotated, Atom, Class, Note};

/// Most words of one name: *Công Tằng Tôn Nữ* with a given name, transcriptions by syllables.
const MAX_WORDS: usize = 7;

/// Scores in nats, set by hand on development passages.
mod weight {
    /// What a name must reach to be taken.
    pub(super) const THRESHOLD: f32 = 1.2;
    pub(super) const HONORIFIC: f32 = 4.5;
    pub(super) const ANNOUNCER: f32 = 3.0;
    pub(super) const TITLE: f32 = 4.0;
    /// A head that usually goes on with its body (*giám đốc*).
    pub(super) const TITLE_OPEN: f32 = 2.5;
    /// Inside the reach of a title, behind a word that may end it.
    pub(super) const TITLE_REACH: f32 = 2.0;
    pub(super) const BYLINE: f32 = 5.5;
    pub(super) const LIST: f32 = 0.7;
    pub(super) const EPONYM: f32 = -14.0;
    pub(super) const EPONYM_OFFICE: f32 = -4.0;
    pub(super) const VERB_AFTER: f32 = 1.0;
    pub(super) const TITLE_AFTER: f32 = 2.0;
    pub(super) const AGE_AFTER: f32 = 2.0;
    /// A phrase of the lexicon, per atom.
    pub(super) const PHRASE: f32 = 1.6;
    /// The same behind a word that announces a place (*tỉnh, huyện, tại*).
    pub(super) const PHRASE_ANNOUNCED: f32 = 4.0;
    /// A place named after a person, behind a title: *Chủ tịch Hồ Chí Minh*.
    pub(super) const PHRASE_PERSON: f32 = 0.4;
    /// A syllable in no list of names.
    pub(super) const UNKNOWN_SYLLABLE: f32 = -1.2;
    pub(super) const NOT_FIRST: f32 = -3.0;
    /// A photo credit that an agency follows: *Ảnh: Hải An/TTXVN*.
    pub(super) const AGENCY: f32 = 2.0;
    pub(super) const TOUCHING: f32 = -8.0;
    pub(super) const LEFTOVER: f32 = -2.0;
}

/// A name found, in atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Name {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Has a surname or several words: can introduce a person.
    pub(crate) full: bool,
    pub(crate) score: f32,
}

/// Finds the names of a text, ascending and disjoint.
pub(crate) fn find(text: &Annotated<'_>, clues: &Clues) -> Vec<Name> {
    let runs = runs::runs(text);
    let (mut names, mut scorer, mut steps) = (Vec::new(), Scorer::new(text, clues), Vec::new());
    for run in &runs {
        cut::cut_run(text, clues, run.clone(), &mut scorer, &mut steps, &mut names);
    }
    by_document(text, clues, &runs, &mut names);
    short_forms::add(text, clues, &runs, &mut names);
    names
}

/// What the rest of the document says of a name.
///
/// 1. *Công ty TNHH MTV Nam | Triệu Đặng Ngọc Oanh*: a name that ends in one met with an honorific is that one.
/// 2. *người dân Đồng Tâm* in a text about *xã Đồng Tâm*: what is a place or a company elsewhere is no person without a
///    title or an honorific.
fn by_document(text: &Annotated<'_>, clues: &Clues, runs: &[Range<usize>], names: &mut Vec<Name>) {
    // Words that differ have the same number once in 2^64; the syllable *a* has the key 0, so the sum begins otherwise.
    let key = |start: usize, end: usize| {
        (start..end).fold(1, |h: u64, i| (h.rotate_left(5) ^ word_key(text, i)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    };
    let addressed: BTreeSet<u64> = names
        .iter()
        .filter(|n| n.end - n.start >= 3 && honorific_before(text, n.start))
        .map(|n| key(n.start, n.end))
        .collect();
    let things: BTreeSet<u64> = runs
        .iter()
        .filter(|run| (2..=4).contains(&run.len()) && named_thing(text, clues, run.start))
        .map(|run| key(run.start, run.end))
        .collect();
    for n in names.iter_mut() {
        let known = |start: &usize| addressed.contains(&key(*start, n.end));
        // Xã trưởng THX Thái | Danh Chiếu, elsewhere đồng chí Thái Danh Chiếu.
        let cut_off = n.start.checked_sub(1).filter(|&s| text.atom(s).is_some_and(Atom::is_capitalised)).filter(known);
        if let Some(start) = cut_off.or_else(|| (n.start + 1..n.end.saturating_sub(2)).find(known)) {
            n.start = start;
        }
    }
    if !things.is_empty() {
        names.retain(|n| {
            let addressed = clues.title_ends(n.start) || honorific_before(text, n.start);
            let weak = !addressed && left(text, clues, n.start, n.end - n.start) <= weight::ANNOUNCER;
            !(weak && things.contains(&key(n.start, n.end)))
        });
    }
}

/// Whether a word like *xã, đường, Công ty* makes the run that starts here the name of a thing.
fn named_thing(text: &Annotated<'_>, clues: &Clues, at: usize) -> bool {
    text.context_before(at, Class::Eponym)
        .is_some_and(|m| !text.noted(m, Note::Ambiguous) && !text.noted(m, Note::Doctrine) && !clues.title_reaches(at))
}

fn is_foreign(text: &Annotated<'_>, at: usize, class: Class) -> bool {
    text.atom(at).is_some_and(|a| text.lexicon.is_foreign(a.word, class))
}

fn is_particle(text: &Annotated<'_>, at: usize) -> bool {
    is_foreign(text, at, Class::Particle)
}

fn name_row(text: &Annotated<'_>, at: usize) -> Option<u32> {
    text.lexicon.name_row(text.atom(at)?.word)
}

/// Nats as surname, middle and given name.
fn name_scores(text: &Annotated<'_>, at: usize) -> [f32; 3] {
    match name_row(text, at) {
        Some(row) => text.lexicon.name_scores(row).map(|s| (f32::from(s) / 100.0).clamp(-3.0, 3.0)),
        None => [weight::UNKNOWN_SYLLABLE; 3],
    }
}

/// Key under which two spellings of one word are the same: the exact syllable, else the hash of the folded letters.
pub(crate) fn word_key(text: &Annotated<'_>, at: usize) -> u64 {
    let Some(atom) = text.atom(at) else { return 0 };
    match atom.syllable {
        Some(s) => u64::from(s.code()),
        None => crate::scan::fold_hash(atom.span().of(text.text)) | 1 << 63,
    }
}
