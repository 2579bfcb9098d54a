//! Where persons are named.
//!
//! 1. Capital runs: capitalised words in a row, with the hyphens, initials and particles that foreign names have inside.
//! 2. Each run is cut by dynamic programming into names, phrases of the lexicon (places, bodies, titles) and rest, so
//!    that `Quảng Trị Trần Phong` falls apart where a place ends and a surname begins. A name scores the log-odds of its
//!    syllables as surname, middle and given name against capitalised words of running text, plus what stands around it:
//!    an honorific, a title, a verb that persons do; minus what makes a name a street or a school.
//! 3. With the names found, the document is searched again for their short forms without honorific (`Hải khai …`).
//!
//! Why a score and not rules in order: each clue alone is wrong often; the surname in the place name *Hồ Chí Minh*, the
//! given name in *Đoàn Thanh niên*, the honorific before *Bà Rịa*.
//!
//! Complexity: O(atoms × [`MAX_WORDS`]).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::Range;

use super::Clues;
use crate::lexicon::{Annotated, Atom, AtomKind, Class, Match, Table};
use crate::scan::Case;

/// Most words of one name: *Công Tằng Tôn Nữ* with a given name, transcriptions by syllables.
const MAX_WORDS: usize = 7;

/// Most atoms between the noun of a firm or school and its name.
const MAX_LINE_OF_BUSINESS: usize = 8;

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
    let runs = runs(text);
    let (mut names, mut steps) = (Vec::new(), Vec::new());
    for run in &runs {
        cut_run(text, clues, run.clone(), &mut steps, &mut names);
    }
    by_document(text, clues, &runs, &mut names);
    short_forms(text, clues, &runs, &mut names);
    names
}

/// The capital runs of a text, in atoms.
fn runs(text: &Annotated<'_>) -> Vec<Range<usize>> {
    let (mut runs, mut at) = (Vec::new(), 0);
    while let Some(atom) = text.atom(at) {
        let end = if atom.is_capitalised() { run_end(text, at) } else { at };
        if end > at {
            runs.push(at..end);
        }
        at = end.max(at + 1);
    }
    runs
}

/// What the rest of the document says of a name.
///
/// 1. *Công ty TNHH MTV Nam | Triệu Đặng Ngọc Oanh*: a name that ends in one met with an honorific is that one.
/// 2. *người dân Đồng Tâm* in a text about *xã Đồng Tâm*: what is a place or a company elsewhere is no person without a
///    title or an honorific.
fn by_document(text: &Annotated<'_>, clues: &Clues, runs: &[Range<usize>], names: &mut Vec<Name>) {
    let key = |start: usize, end: usize| -> Vec<u64> { (start..end).map(|i| word_key(text, i)).collect() };
    let addressed: BTreeSet<Vec<u64>> = names
        .iter()
        .filter(|n| n.end - n.start >= 3 && honorific_before(text, n.start))
        .map(|n| key(n.start, n.end))
        .collect();
    let things: BTreeSet<Vec<u64>> = runs
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
    text.context_before(at, Class::Eponym).is_some_and(|m| {
        let note = text.cell(m, 2);
        !note.contains("ambiguous") && !note.contains("doctrine") && !clues.title_reaches(at)
    })
}

/// End of the capital run that starts at `at`; `at` itself when none starts there.
fn run_end(text: &Annotated<'_>, at: usize) -> usize {
    if !text.atom(at).is_some_and(Atom::is_capitalised) {
        return at;
    }
    let mut end = at + 1;
    while let Some(atom) = text.atom(end).filter(|a| a.breaks == 0) {
        let next = text.atom(end + 1).filter(|a| a.breaks == 0);
        let next_capital = next.is_some_and(Atom::is_capitalised);
        let initial = text.atom(end - 1).is_some_and(|a| a.len <= 2);
        if atom.is_capitalised() {
            end += 1;
        } else if atom.is_mark('.') && is_cut_short(text, end - 1) {
            // Phạm Hồng Kh.: the full stop is part of the anonymised name, and ends it unless a name goes on.
            end += 1;
            if !next_capital {
                break;
            }
        } else if atom.is_mark('-')
            && (joins_syllables(text, end) || atom.glued && next.is_some_and(|n| n.glued && n.is_word()))
            || atom.is_mark('.') && initial && next_capital
        {
            end += 2;
        } else if is_particle(text, end)
            && text.atom(end + 1).is_some_and(|a| a.is_mark('-') && a.glued)
            && text.atom(end + 2).is_some_and(|a| a.glued && a.is_capitalised())
        {
            // Bashar al-Assad
            end += 3;
        } else if is_particle(text, end)
            && is_particle(text, end + 1)
            && text.atom(end + 2).is_some_and(|a| a.breaks == 0 && a.is_capitalised())
        {
            end += 2;
        } else if next_capital && (is_particle(text, end) || atom.is_mark('-') && is_particle(text, end - 1)) {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a word is a name cut to its first letters: capital, at most three letters, no vowel behind the first (*Kh, Ph, M*).
fn is_cut_short(text: &Annotated<'_>, at: usize) -> bool {
    let Some(atom) = text.atom(at).filter(|a| a.is_capitalised() && a.case == Case::Title) else { return false };
    let dot_glued = text.atom(at + 1).is_some_and(|d| d.glued && d.is_mark('.'));
    let consonants = || text.letters(at).chars().skip(1).all(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let in_name = || {
        let honorific = text.context_before(at, Class::Honorific).is_some_and(|m| m.len() == 1)
            || text.ending_at(at).any(|m| m.class == Class::Rank);
        let surname = at >= 1 && text.atom(at - 1).is_some_and(|a| a.case == Case::Title && a.syllable.is_some());
        honorific || surname && name_row(text, at - 1).is_some()
    };
    dot_glued
        && atom.len <= 3
        && atom.syllable.is_none()
        && consonants()
        && (text.longest(at, Table::Abbreviations).is_none() || in_name())
}

/// A hyphen with spaces inside a transcription, as some agencies set it: *Moon Jae - in*, *Jean - Claude Juncker*.
fn joins_syllables(text: &Annotated<'_>, dash: usize) -> bool {
    let (Some(left), Some(right)) = (dash.checked_sub(1).and_then(|i| text.atom(i)), text.atom(dash + 1)) else {
        return false;
    };
    if right.breaks > 0
        || !right.is_word()
        || left.syllable.is_some() && text.atom(dash).is_some_and(|d| !d.glued) && right.is_capitalised()
    {
        return false;
    }
    let no_other_word = !text.has_asked(dash + 1, |m| m.table == Table::ContextWords)
        && text
            .at(dash + 1)
            .iter()
            .all(|m| !matches!(m.table, Table::Titles | Table::TitleWords | Table::ContextWords));
    let korean = is_foreign(text, dash - 1, Class::Korean)
        && left.is_capitalised()
        && dash >= 2
        && text.atom(dash - 2).is_some_and(Atom::is_capitalised);
    match right.case {
        Case::Lower if korean => right.len <= 5,
        Case::Lower => {
            right.len <= 5
                && no_other_word
                && (left.syllable.is_none() || is_foreign(text, dash - 1, Class::Chinese) || right.syllable.is_none())
        }
        Case::Title => {
            let given = |i: usize| is_foreign(text, i, Class::GivenName);
            given(dash - 1)
                && given(dash + 1)
                && text.atom(dash + 2).is_some_and(|a| a.breaks == 0 && a.is_capitalised() && a.syllable.is_none())
        }
        _ => false,
    }
}

fn is_foreign(text: &Annotated<'_>, at: usize, class: Class) -> bool {
    text.atom(at).is_some_and(|a| text.lexicon.is_foreign(a.word, class))
}

fn is_particle(text: &Annotated<'_>, at: usize) -> bool {
    is_foreign(text, at, Class::Particle)
}

/// The best way to cut a run up to an atom.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    from: usize,
    /// The name in which it ends.
    name: Option<Name>,
}

/// Cuts one run by dynamic programming and appends its names; `best` is scratch.
fn cut_run(
    text: &Annotated<'_>,
    clues: &Clues,
    run: Range<usize>,
    best: &mut Vec<Option<Step>>,
    names: &mut Vec<Name>,
) {
    let (start, end) = (run.start, run.end);
    best.clear();
    best.resize(run.len() + 1, None);
    let put = |best: &mut Vec<Option<Step>>, to: usize, step: Step| {
        if let Some(slot) = best.get_mut(to - start)
            && slot.is_none_or(|s| s.score < step.score)
        {
            *slot = Some(step);
        }
    };
    put(best, start, Step { score: 0.0, from: start, name: None });
    // A phrase that begins in lower case before the run: sở Tài nguyên, huyện Lý Sơn.
    for from in start.saturating_sub(6)..start {
        for m in text.at(from).iter().filter(|m| is_phrase(text, **m)) {
            let to = m.end as usize;
            if to > start && to <= end {
                let score = weight::PHRASE * (to - start) as f32;
                put(best, to, Step { score, from: start, name: None });
            }
        }
    }
    for at in start..end {
        let Some(here) = best.get(at - start).copied().flatten() else { continue };
        put(best, at + 1, Step { score: here.score, from: at, name: None });
        for m in text.at(at).iter().filter(|m| is_phrase(text, **m)) {
            let to = m.end as usize;
            if to <= end {
                let announced = m.table == Table::Places && at > 0 && announces_place(text, at);
                let person = m.table == Table::Places
                    && m.len() >= 3
                    && m.class != Class::Country
                    && !announced
                    && (honorific_before(text, at) || clues.title_ends(at));
                // bà Mỹ, ông Lào
                let addressed = m.class == Class::Country && m.len() == 1 && honorific_before(text, at);
                let per_atom = if person || addressed || at > start && is_given_part(text, at, *m) {
                    weight::PHRASE_PERSON
                } else if announced {
                    weight::PHRASE_ANNOUNCED
                } else {
                    weight::PHRASE
                };
                let score = here.score + per_atom * m.len() as f32;
                put(best, to, Step { score, from: at, name: None });
            }
        }
        for to in at + 1..=end.min(at + 2 * MAX_WORDS) {
            if let Some(name) = candidate(text, clues, at, to) {
                // Two names never touch.
                let score = here.score + name.score + if here.name.is_some() { weight::TOUCHING } else { 0.0 };
                put(best, to, Step { score, from: at, name: Some(name) });
            }
        }
    }
    let first_new = names.len();
    let mut at = end;
    while at > start {
        let Some(step) = best.get(at - start).copied().flatten() else { break };
        names.extend(step.name);
        at = step.from;
    }
    if let Some(new) = names.get_mut(first_new..) {
        new.reverse();
    }
}

/// Phrases that a capital run may be cut into.
fn is_phrase(text: &Annotated<'_>, m: Match) -> bool {
    match m.table {
        Table::Places | Table::Organisations => true,
        Table::Titles => m.len() > 1 || text.atom(m.start as usize).is_some_and(|a| a.case != Case::Upper || a.len > 3),
        Table::TitleWords => m.len() > 1,
        Table::Abbreviations => text.atom(m.start as usize).is_some_and(|a| a.case == Case::Upper),
        _ => false,
    }
}

/// A phrase right behind a surname is the rest of a name: *Trương | Hòa Bình, Huỳnh | Cách Mạng, Lưu | Bình Nhưỡng*.
fn is_given_part(text: &Annotated<'_>, at: usize, m: Match) -> bool {
    m.len() == 2
        && matches!(m.table, Table::Places | Table::TitleWords)
        && (at..m.end as usize).all(|i| text.atom(i).is_some_and(|a| a.case == Case::Title && a.syllable.is_some()))
        && name_scores(text, at - 1)[0] > 1.0
        // The delegation of a province, a lake.
        && !["đoàn", "hồ"].iter().any(|w| text.spells(at - 1, w))
        && !text.ending_at(at).any(|b| b.len() > 1 && is_phrase(text, b))
}

fn announces_place(text: &Annotated<'_>, at: usize) -> bool {
    text.context_before(at, Class::PlaceHead).is_some() || text.ending_at(at).any(|m| m.class == Class::Unit)
}

/// Scores `start..end` as one name.
fn candidate(text: &Annotated<'_>, clues: &Clues, start: usize, end: usize) -> Option<Name> {
    let (first, last) = (text.atom(start)?, text.atom(end - 1)?);
    let cut_short = last.is_mark('.') && end - start > 1 && is_cut_short(text, end - 2);
    let hyphenated = last.case == Case::Lower && end - start > 2 && text.atom(end - 2).is_some_and(|a| a.is_mark('-'));
    // One syllable is a name only by what stands before it.
    if end - start == 1 && first.syllable.is_some() && left(text, clues, start, 1) < weight::ANNOUNCER {
        return None;
    }
    if !first.is_capitalised() || !(last.is_word() || cut_short) || last.case == Case::Lower && !hyphenated {
        return None;
    }
    // A hyphenated word is not cut: Kim Jong|-un.
    if text.atom(end).is_some_and(|a| a.is_mark('-') && a.glued)
        && text.atom(end + 1).is_some_and(|a| a.glued && a.case == Case::Lower)
    {
        return None;
    }
    // Nor are two given names with a hyphen: Frank|-Walter Steinmeier.
    let joined = |i: usize| {
        let word = |k: usize| text.atom(k).is_some_and(|a| a.is_capitalised() && a.breaks == 0 && a.syllable.is_none());
        text.atom(i).is_some_and(|a| a.is_mark('-') && a.glued)
            && text.atom(i + 1).is_some_and(|a| a.glued)
            && i.checked_sub(1).is_some_and(word)
            && word(i + 1)
            || text.atom(i).is_some_and(|a| a.is_mark('-') && a.breaks == 0) && joins_syllables(text, i)
            // V.Pu-tin
            || text.atom(i).is_some_and(|a| a.is_mark('.') && a.glued)
                && text.atom(i + 1).is_some_and(|a| a.glued && a.is_capitalised())
                && i.checked_sub(1).and_then(|k| text.atom(k)).is_some_and(|a| a.is_capitalised() && a.len == 1)
    };
    if joined(end) || start.checked_sub(1).is_some_and(joined) {
        return None;
    }
    // A credit ends at a mark or a capital: Ảnh: Trân Châu | Chứng kiến …
    if credit_before(text, start)
        && last.syllable.is_some()
        && text.atom(end).is_some_and(|a| a.case == Case::Lower && a.breaks == 0)
    {
        return None;
    }
    // A word cut short takes its full stop along.
    if last.is_word() && is_cut_short(text, end - 1) && last.len > 1 {
        return None;
    }
    if is_particle(text, end - 1) && end - start > 1 && last.case == Case::Lower {
        return None;
    }
    let in_capitals = clues.capital_line(start);
    // ẢNH: LÊ PHI | Được biết: letters change their case where a sentence begins.
    let loud = |a: &Atom| a.case == Case::Upper && a.len > 2 && a.syllable.is_some();
    let quiet = |a: &Atom| a.case == Case::Title && a.len > 1;
    let (a, b) = (text.atoms.get(start..end)?.iter().any(loud), text.atoms.get(start..end)?.iter().any(quiet));
    if a && b {
        return None;
    }
    if (start + 1..end).any(|i| matches!(text.letters(i), "Ông" | "Bà")) {
        return None;
    }
    // quochoi.vn
    let domain = text.atom(end).is_some_and(|a| a.is_mark('.') && a.glued)
        && text.atom(end + 1).is_some_and(|a| a.glued && a.case == Case::Lower && a.len <= 4);
    if domain && !cut_short {
        return None;
    }
    let mut words = 0usize;
    let mut vietnamese = true;
    let mut misprints = 0usize;
    for (i, atom) in text.atoms.get(start..end)?.iter().enumerate() {
        if !atom.is_word() {
            // Only hyphens and the full stops of initials stand inside a name.
            vietnamese &= atom.is_mark('.') || atom.is_mark('-');
            continue;
        }
        words += 1;
        // Bun-nhăng Vo-la-chít: syllables in lower case behind hyphens are a transcription.
        vietnamese &= !(atom.case == Case::Lower && i > 0 && text.atom(start + i - 1).is_some_and(|a| a.is_mark('-')));
        let known = atom.syllable.is_some() || name_row(text, start + i).is_some();
        let misprint = !known && i > 0 && crate::syllable::has_only_letters(atom.span.of(text.text));
        misprints += usize::from(misprint);
        vietnamese &= known || misprint;
        if atom.case == Case::Upper && !in_capitals && !(atom.syllable.is_some() || name_row(text, start + i).is_some())
        {
            return None;
        }
        if atom.case == Case::Mixed && foreign_score(text, start + i) <= 0.0 && atom.syllable.is_none() {
            let second_capital = atom.span.of(text.text).chars().filter(|c| c.is_uppercase()).count() > 2;
            if second_capital {
                return None;
            }
        }
    }
    // One word of a Vietnamese name may be no syllable: Trần Thị Bíchh.
    let minority = words >= 2 && is_foreign(text, start, Class::Ethnic);
    vietnamese &= misprints == 0 || misprints == 1 && words >= 3 && name_scores(text, start)[0] > 0.5 || minority;
    if words > MAX_WORDS || crosses_phrase(text, start, end) {
        return None;
    }
    let before = match left(text, clues, start, words) {
        veto if veto < 0.0 => veto,
        left => left.max(alone(text, clues, start, end, words)),
    };
    let around = before + right(text, clues, end) + leftovers(text, clues, start, end);
    // Linh mục Giuse Trần Văn Khoa: a saint's name before the family's.
    let saint = words >= 3 && is_foreign(text, start, Class::Saint);
    let (inside, full) = if saint && end > start + 2 {
        vietnamese_score(text, clues, start + 1, end, words - 1, before.max(weight::TITLE))?
    } else if vietnamese || cut_short {
        vietnamese_score(text, clues, start, end, words, before)?
    } else {
        foreign(text, clues, start, end, words, before + right(text, clues, end))?
    };
    // A capital function word that only begins the sentence is no part of a name.
    let opener = clues.sentence_start(start)
        && text.context(start, Class::NotNameStart).is_some_and(|m| {
            let note = text.cell(m, 2);
            !(note.contains("surname") && words > 1)
        });
    let strangers = (start + 1..end)
        .filter(|&i| {
            text.context(i, Class::NotNameStart).is_some_and(|m| m.len() == 1 && text.cell(m, 2).is_empty())
                && name_scores(text, i).iter().all(|s| *s < 0.0)
        })
        .count();
    // … Võ Kim Cự | Theo đó: a caption ends without a mark.
    let closes = text.context(end - 1, Class::NotNameStart).is_some_and(|m| text.cell(m, 2).is_empty());
    let goes_on = text.atom(end).is_some_and(|a| a.breaks == 0 && !matches!(a.kind, AtomKind::Mark(_)));
    if end - start > 1 && closes && goes_on && last.case == Case::Title {
        return None;
    }
    let inside = inside + weight::NOT_FIRST * strangers as f32;
    let agency = credit_before(text, start)
        && text.atom(end).is_some_and(|a| {
            let short = || text.atom(end + 1).is_some_and(|a| a.case == Case::Upper && a.len > 1 && a.breaks == 0);
            a.is_mark('/') || a.is_mark(')') || a.is_mark('-') && short()
        });
    let inside = if agency { inside + weight::AGENCY } else { inside };
    let score = inside + around + if opener { weight::NOT_FIRST } else { 0.0 } - weight::THRESHOLD;
    (score > 0.0).then_some(Name { start, end, full, score })
}

/// Capitalised words that stay over beside a name speak against the cut: *Khánh|Hà, Trương Hòa|Bình*.
fn leftovers(text: &Annotated<'_>, clues: &Clues, start: usize, end: usize) -> f32 {
    let plain =
        |a: &Atom| a.is_word() && matches!(a.case, Case::Title | Case::Upper) && a.breaks == 0 && a.syllable.is_some();
    let misprint = |a: &Atom| {
        a.is_word() && a.case == Case::Title && a.breaks == 0 && crate::syllable::has_only_letters(a.span.of(text.text))
    };
    let opens = text.context(end, Class::NotNameStart).is_some()
        || text.has_asked(end, |m| {
            m.class == Class::Compound && text.atom(m.end as usize - 1).is_some_and(|a| a.case == Case::Lower)
        });
    let after = text.atom(end).is_some_and(|a| plain(a) || misprint(a))
        && !(opens && credit_before(text, start))
        && !text
            .at(end)
            .iter()
            .any(|m| m.len() > 1 && matches!(m.table, Table::Places | Table::Organisations | Table::Titles));
    let named = clues.title_reaches(start) && (2..=3).any(|k| behind_thing(text, start, k));
    let before = start
        .checked_sub(1)
        .and_then(|i| text.atom(i))
        .is_some_and(|a| plain(a) || a.is_word() && a.case == Case::Title)
        && text.atom(start).is_some_and(|a| a.breaks == 0)
        && !clues.sentence_start(start - 1)
        && !honorific_before(text, start)
        && !clues.title_ends(start)
        && !named
        && !text
            .ending_at(start)
            .any(|m| matches!(m.table, Table::Places | Table::Organisations | Table::Titles | Table::TitleWords));
    (if after { weight::LEFTOVER } else { 0.0 }) + (if before { weight::LEFTOVER } else { 0.0 })
}

/// A sentence that is nothing but the name, perhaps with an agency: the author's line.
fn alone(text: &Annotated<'_>, clues: &Clues, start: usize, end: usize, words: usize) -> f32 {
    let begins = clues.sentence_start(start) && start > 0
        || start > 1 && text.atom(start - 1).is_some_and(|a| a.is_mark('-')) && clues.author_line(start);
    // Liên Hệ, Giới Thiệu, VŨ KHÍ: the menus and headings of a page.
    let menu = (start..end).any(|i| text.has_asked(i, |m| m.class == Class::Compound && m.end as usize <= end));
    if !begins || menu || !(2..=4).contains(&words) || text.atom(start).is_some_and(|a| a.is_mark('.')) {
        return 0.0;
    }
    let over = |i: usize| text.atom(i).is_none() || clues.sentence_start(i);
    let agency = text.atom(end).is_some_and(|a| a.is_mark('(') || a.is_mark('/')) && {
        let close = (end + 1..end + 6).find(|&i| over(i) || text.atom(i).is_some_and(|a| a.is_mark(')')));
        close.is_some_and(|c| over(c) || over(c + 1) || text.atom(c + 1).is_some_and(|a| a.is_capitalised()))
    };
    let second =
        text.atom(end).is_some_and(|a| a.is_mark('-')) && text.atom(end + 1).is_some_and(Atom::is_capitalised) && {
            let rest = run_end(text, end + 1);
            over(rest) || text.atom(rest).is_some_and(|a| a.is_mark('('))
        };
    if over(end) || agency || second { weight::BYLINE } else { 0.0 }
}

/// Whether a longer word begins inside and ends behind: *Đoàn Thanh|niên*.
fn crosses_phrase(text: &Annotated<'_>, start: usize, end: usize) -> bool {
    // Nhật Bắc Tổng | Bí thư
    let title = |i: usize| {
        text.at(i).iter().any(|m| {
            m.table == Table::Titles
                && m.end as usize > end
                && (end..m.end as usize).any(|k| text.atom(k).is_some_and(|a| a.case == Case::Lower))
        })
    };
    if (start..end).any(title) {
        return true;
    }
    // Nguyễn Đức Hải | trình bày: a verb of two words, not the end of *hải trình*.
    let verb = text.context(end, Class::Verb).is_some_and(|v| v.len() > 1);
    let continues = |m: &Match| {
        m.end as usize > end
            && !(verb && m.table == Table::Compounds)
            && matches!(m.table, Table::Organisations | Table::Titles | Table::TitleWords | Table::Compounds)
    };
    text.atom(end).is_some_and(|a| a.case == Case::Lower)
        && (start..end).any(|i| text.at(i).iter().any(continues) || text.has_asked(i, |m| continues(&m)))
}

/// Whether the `words` capitalised words before `at` stand behind a word like *trường, xã*: they are its name.
fn behind_thing(text: &Annotated<'_>, at: usize, words: usize) -> bool {
    at.checked_sub(words).is_some_and(|from| {
        (from..at).all(|i| text.atom(i).is_some_and(|a| a.case == Case::Title && a.breaks == 0))
            && text.context_before(from, Class::Eponym).is_some_and(|m| !text.cell(m, 2).contains("closed"))
    })
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

fn vietnamese_score(
    text: &Annotated<'_>,
    clues: &Clues,
    start: usize,
    end: usize,
    words: usize,
    before: f32,
) -> Option<(f32, bool)> {
    let at: Vec<usize> = (start..end).filter(|&i| text.atom(i).is_some_and(Atom::is_word)).collect();
    // Behind a surname of the ethnic minorities any word may follow: Ksor, Giàng, Y, Niê.
    let minority = words >= 2 && is_foreign(text, start, Class::Ethnic);
    let floor = if minority {
        0.3
    } else if credit_before(text, start) {
        -0.5
    } else if before >= weight::TITLE_REACH && words >= 3 {
        -1.5
    } else {
        -3.0f32
    };
    let scores: Vec<[f32; 3]> = at.iter().map(|&i| name_scores(text, i).map(|s| s.max(floor))).collect();
    let (first, last) = (scores.first()?, scores.last()?);
    if words == 1 {
        // One syllable is a name only by what stands before it.
        let honorific = honorific_before(text, start);
        let other = text.at(start).iter().any(|m| matches!(m.table, Table::Places | Table::Organisations))
            || text.at(start).iter().any(|m| m.len() > 1 && matches!(m.table, Table::Titles | Table::TitleWords));
        let initial = text.atom(start)?.len == 1;
        // Theo lãnh đạo …, Việc nuôi …: the word that opens a sentence whose border is not written.
        let opener =
            text.context(start, Class::NotNameStart).is_some() || text.context(start, Class::Honorific).is_some();
        if !honorific && opener {
            return None;
        }
        // One syllable with capitals behind is cut short: Ảnh: Tiên | Minh, đại biểu Lưu | Bình Nhưỡng.
        let more = |a: &Atom| {
            a.is_capitalised() && a.breaks == 0 && a.case == text.atoms.get(start).map_or(a.case, |f| f.case)
        };
        if text.atom(end).is_some_and(more) && !clues.sentence_start(end) && !clues.title_starts(end) {
            return None;
        }
        let allowed = before >= weight::ANNOUNCER
            && (honorific && !text.at(start).iter().any(|m| m.len() > 1 && m.table == Table::Titles)
                || !other && !initial);
        return allowed.then_some((last[2].clamp(-1.0, 1.0) - 1.0, false));
    }
    let chinese = is_foreign(text, start, Class::Chinese);
    let surname = if chinese { first[0].max(if before >= weight::TITLE_REACH { 2.5 } else { 0.5 }) } else { first[0] };
    // Trương Hòa Bình: that the place occurs often does not speak against the name.
    let place =
        words == 3 && text.at(start + 1).iter().any(|m| m.end as usize == end && is_given_part(text, start + 1, *m));
    let middle: f32 = scores.get(1..scores.len() - 1)?.iter().map(|s| s[1].max(s[0])).sum();
    let middle = if place { middle.max(0.0) } else { middle };
    let bias = match words {
        2 => -0.8,
        3 => 1.0,
        4 => 0.8,
        5 => -1.0,
        _ => -2.5,
    };
    // A rare given name does not undo a surname: Vũ Đức Đam.
    let given = match surname > 0.5 && words >= 3 {
        true if place => last[2].max(0.0),
        true => last[2].max(-1.0),
        false => last[2],
    };
    let with_surname = surname + middle + given + bias;
    let without = first[1] + middle + last[2] - 1.5;
    let needs_context = surname < 0.0 && before < weight::TITLE_REACH;
    // Chủ tịch Hội đồng Nhà nước Trường Chinh: behind a title's body, two syllables that end the run.
    let apposed = clues.title_before(start).is_some_and(|t| in_apposition(text, clues, t));
    // Behind a body of a province, district or commune it is rather the place: Bí thư Huyện đoàn Hoài Nhơn.
    let local = text.ending_at(start).any(|m| {
        let level = match m.table {
            Table::Organisations => text.cell(m, 1),
            Table::Titles => text.cell(m, super::titles::column::LEVEL),
            _ => "",
        };
        matches!(level, "province" | "district" | "commune")
    });
    let whole = words == 2
        && !apposed
        && !local
        && before >= weight::TITLE_OPEN
        && !text.atom(end).is_some_and(|a| a.is_capitalised() && a.breaks == 0);
    let best = if with_surname >= without || before < weight::ANNOUNCER && !whole { with_surname } else { without };
    Some((if needs_context { best - 2.0 } else { best }, true))
}

fn foreign_score(text: &Annotated<'_>, at: usize) -> f32 {
    let given = is_foreign(text, at, Class::GivenName);
    let family = is_foreign(text, at, Class::FamilyName);
    let transcribed = is_foreign(text, at, Class::Transcribed);
    if given || family || transcribed { 2.2 } else { 0.0 }
}

fn foreign(
    text: &Annotated<'_>,
    clues: &Clues,
    start: usize,
    end: usize,
    words: usize,
    around: f32,
) -> Option<(f32, bool)> {
    let mut score = 0.0;
    let mut listed = 0usize;
    // Written by syllables (Giép Xét-xừn), or in the letters of its language.
    let syllables =
        (start..end).any(|i| text.atom(i).is_some_and(|a| a.case == Case::Lower && a.glued && a.syllable.is_some()));
    for i in start..end {
        let atom = text.atom(i)?;
        if !atom.is_word() {
            continue;
        }
        let known = foreign_score(text, i);
        let initial = atom.len == 1;
        let chinese = words > 1 && (is_foreign(text, i, Class::Chinese) || is_foreign(text, i, Class::Korean));
        listed += usize::from(known > 0.0 || chinese);
        score += if known > 0.0 {
            known
        } else if is_particle(text, i) || initial {
            0.3
        } else if atom.syllable.is_some() {
            let hyphen = |k: usize| text.atom(k).is_some_and(|a| a.is_mark('-') && a.glued);
            let transcribed = hyphen(i + 1) || i > start && hyphen(i - 1);
            let marked =
                !syllables && !text.letters(i).is_ascii() && !atom.glued && !text.atom(i + 1).is_some_and(|a| a.glued);
            if chinese {
                1.0
            } else if transcribed {
                0.3
            } else if marked {
                // A Vietnamese word among foreign ones: Sylvie Goulard | Đảng Modem.
                -2.0
            } else {
                -0.4
            }
        } else {
            0.3
        };
    }
    // A place or body alone is none: Washington, Google.
    let is_lexical = text.at(start).iter().any(|m| {
        m.end as usize == end
            && (matches!(m.table, Table::Places | Table::Organisations)
                || m.table == Table::Abbreviations && listed == 0)
    });
    let begins_with_place = words > 1
        && text.at(start).iter().any(|m| m.table == Table::Places || m.table == Table::Organisations && m.len() == 1);
    if is_lexical || begins_with_place {
        return None;
    }
    // Ông Lê, giám đốc Samco: behind a title in apposition stands its body.
    let company =
        clues.title_before(start).is_some_and(|t| in_apposition(text, clues, t)) && !clues.title_is_complete(start);
    // các thành viên Keidanren: behind a word like that, one strange word is a body.
    let member = |t: usize| {
        text.longest(t, Table::Titles)
            .is_some_and(|m| m.class == Class::Position && text.cell(m, super::titles::column::NOTE).contains("weak"))
    };
    let members = clues.title_before(start).is_some_and(member) && !honorific_before(text, start);
    let company = company || words == 1 && members;
    let reached = around >= weight::TITLE_REACH;
    let strong = around >= weight::ANNOUNCER;
    match (words, listed) {
        (_, 0) if !reached || company => None,
        (1, 0) => (strong && !company).then_some((0.0, true)),
        (1, _) if strong => Some((score, true)),
        (1, _) => Some((score - 1.8, true)),
        (_, 0) if !strong => Some((score - 1.5, true)),
        _ => Some((score + if reached { 1.0 } else { -0.6 }, true)),
    }
}

/// What the words before a name say.
fn left(text: &Annotated<'_>, clues: &Clues, start: usize, words: usize) -> f32 {
    let Some(before) = start.checked_sub(1).and_then(|i| text.atom(i)) else { return 0.0 };
    if clues.sentence_start(start) {
        return 0.0;
    }
    let mut score = 0.0f32;
    if honorific_before(text, start) {
        score = score.max(weight::HONORIFIC);
    }
    // các đồng chí Ủy viên Trung ương: A; Chủ tịch nước - A
    let inside_name = start >= 2 && (is_particle(text, start - 2) || is_foreign(text, start - 2, Class::GivenName));
    let surname = before.is_mark(':') || name_scores(text, start)[0] > 0.5;
    if matches!(before.kind, AtomKind::Mark(':' | '-'))
        && surname
        && !inside_name
        && (clues.title_ends(start - 1) || clues.title_reaches(start - 1))
    {
        score = score.max(weight::TITLE_OPEN);
    }
    if text.context_before(start, Class::Announcer).is_some() {
        score = score.max(weight::ANNOUNCER);
    }
    if credit_before(text, start) {
        score = score.max(weight::BYLINE);
    }
    if clues.title_ends(start) {
        score = score.max(if clues.title_is_complete(start) { weight::TITLE } else { weight::TITLE_OPEN });
    } else if clues.title_reaches(start) && !before.is_mark(',') {
        let country = |m: Match| m.class == Class::Country;
        let body = |m: Match| matches!(m.table, Table::Places | Table::Organisations);
        let lone_syllable = words == 1 && text.atom(start).is_some_and(|a| a.syllable.is_some());
        let foreign_pair = words > 1 && text.atom(start).is_some_and(|a| a.syllable.is_none());
        score = score.max(if text.ending_at(start).any(country) && !lone_syllable {
            weight::TITLE
        } else if text.ending_at(start).any(|m| body(m) || foreign_pair && m.class == Class::Domain) {
            weight::TITLE_OPEN
        } else {
            weight::TITLE_REACH
        });
    }
    // số 32 Hoàng Bật Đạt: behind the number of a house the whole run is a street.
    let numbered = |at: usize| {
        let number = |i: usize| text.atom(i).is_some_and(|a| matches!(a.kind, AtomKind::Number | AtomKind::Opaque(_)));
        at >= 2 && number(at - 1) && text.context(at - 2, Class::HouseNumber).is_some()
    };
    let run = (0..3)
        .take_while(|k| start.checked_sub(k + 1).and_then(|i| text.atom(i)).is_some_and(|a| a.case == Case::Title))
        .count();
    if !clues.title_reaches(start) && (0..=run).any(|k| numbered(start - k)) {
        return weight::EPONYM;
    }
    let title_start = clues.title_before(start);
    if title_start
        .and_then(|t| text.context_before(t, Class::Eponym))
        .is_some_and(|m| ["office", "ambiguous", "doctrine"].iter().all(|w| !text.cell(m, 2).contains(w)))
    {
        return weight::EPONYM;
    }
    let listed = before.is_mark(',') || before.is_mark('-') || text.spells(start - 1, "và");
    if listed && follows_eponym(text, start - 1) {
        return weight::EPONYM;
    }
    if let Some(m) = eponym_before(text, clues, start) {
        let note = text.cell(m, 2);
        // UBND Thành phố Ngô Văn Quý: all provinces and cities are known, what is none is a name.
        let closed =
            note.contains("closed") && words >= 3 && clues.title_reaches(start) && name_scores(text, start)[0] > 0.5;
        let office = note.contains("office") || note.contains("ambiguous");
        // Behind the name it is said of, a title's school or ward keeps its name: … Cương, Chủ tịch trường Lương Thế Vinh.
        let apposed = clues.title_before(start).is_some_and(|t| in_apposition(text, clues, t));
        let pupil = clues.title_before(start).is_some_and(|t| is_pupil(text, t));
        let in_title = clues.title_reaches(start) && words >= 3 && !apposed && !pupil;
        if !closed && (score < weight::ANNOUNCER || !office) {
            score = match (office, in_title) {
                // A name of five is a school's and a person's: Trường THPT Trần Phú | Lê Ngọc Khoa.
                (true, true) if words > 4 => score - 5.0,
                (true, true) => score - 1.5,
                (true, false) if note.contains("ambiguous") => weight::EPONYM_OFFICE,
                (true, false) => weight::EPONYM,
                (false, _) => weight::EPONYM,
            };
        }
    } else if score == 0.0 && (matches!(before.kind, AtomKind::Mark(';' | ':' | ',')) || text.spells(start - 1, "và"))
    {
        score = weight::LIST;
    }
    score
}

/// The word that makes what follows the name of a thing, directly before it or before its line of business: *Công ty CP
/// Du lịch | Nghinh Phong, Trường ĐH Y khoa | Phạm Ngọc Thạch*.
fn eponym_before(text: &Annotated<'_>, clues: &Clues, start: usize) -> Option<Match> {
    if let Some(m) = text.context_before(start, Class::Eponym) {
        return Some(m);
    }
    let mut at = start;
    while let Some(field) = text.ending_at(at).find(|m| m.class == Class::Domain)
        && start - field.start as usize <= MAX_LINE_OF_BUSINESS
        && !text.ending_at(at).any(|m| m.table == Table::Places)
        && !clues.title_starts(field.start as usize)
    {
        at = field.start as usize;
        let linked =
            at.checked_sub(1).filter(|&i| text.spells(i, "và") || text.atom(i).is_some_and(|a| a.is_mark(',')));
        at = linked.unwrap_or(at);
        if let Some(m) = text.context_before(at, Class::Eponym) {
            return text.cell(m, 2).contains("line").then_some(m);
        }
    }
    None
}

/// Whether the title that starts here is one of many in a school or firm: what follows the school's word is its name.
fn is_pupil(text: &Annotated<'_>, title: usize) -> bool {
    text.longest(title, Table::Titles)
        .is_some_and(|m| m.class == Class::Profession || text.cell(m, super::titles::column::NOTE).contains("weak"))
}

/// Whether a title that starts here stands behind a capitalised word, a separator between, in one sentence.
fn in_apposition(text: &Annotated<'_>, clues: &Clues, title: usize) -> bool {
    title >= 2
        && !clues.sentence_start(title)
        && text.atom(title - 1).is_some_and(|a| matches!(a.kind, AtomKind::Mark(',' | '-' | '(')))
        && text.atom(title - 2).is_some_and(|a| a.is_capitalised() && a.syllable.is_some())
        && !text.ending_at(title - 1).any(|m| matches!(m.table, Table::Places | Table::Organisations | Table::Titles))
}

/// `Ảnh: |Hải An`, `Ảnh: VGP/|Hải An`.
pub(super) fn credit_before(text: &Annotated<'_>, start: usize) -> bool {
    let Some(mut at) = start.checked_sub(1) else { return false };
    if text.atom(at).is_some_and(|a| a.is_mark('/'))
        && at >= 2
        && text.atom(at - 1).is_some_and(|a| a.case == Case::Upper)
    {
        at -= 2;
    }
    text.atom(at).is_some_and(|a| a.is_mark(':')) && text.context_before(at, Class::Byline).is_some()
}

/// `đường Võ Chí Công và |Phạm Văn Đồng`: the run before the comma or *và* stands behind a word like *đường*.
fn follows_eponym(text: &Annotated<'_>, end: usize) -> bool {
    let mut end = end;
    for _ in 0..6 {
        let run = (0..5)
            .take_while(|k| end.checked_sub(k + 1).and_then(|i| text.atom(i)).is_some_and(Atom::is_capitalised))
            .count();
        if run == 0 {
            return false;
        }
        let before = end - run;
        if let Some(m) = text.context_before(before, Class::Eponym) {
            let note = text.cell(m, 2);
            let plural = ["các", "những", "hai"].iter().any(|w| m.start > 0 && text.spells(m.start as usize - 1, w));
            return !note.contains("ambiguous") && (!note.contains("office") || plural);
        }
        let separator = before.checked_sub(1).and_then(|i| text.atom(i));
        if !separator.is_some_and(|a| a.is_mark(',') || a.is_mark('-')) {
            return false;
        }
        end = before - 1;
    }
    false
}

/// Whether an honorific stands before; *Anh* inside a capital run is part of a name (*Lương Anh Khoa*).
fn honorific_before(text: &Annotated<'_>, start: usize) -> bool {
    text.context_before(start, Class::Honorific).is_some_and(|m| {
        let first = m.start as usize;
        let lower = text.atom(first).is_some_and(|a| a.case == Case::Lower);
        let inside_run = first > 0
            && text.atom(first).is_some_and(|a| a.breaks == 0)
            && text.atom(first - 1).is_some_and(|a| a.is_capitalised() && (a.case != Case::Upper || a.len == 1))
            && !matches!(text.letters(first), "Ông" | "Bà");
        // Bà Chiểu, Bà Đen behind chợ, núi are places.
        let place = !lower && text.context_before(first, Class::Eponym).is_some();
        (lower || !inside_run) && !place
    })
}

/// What the words after a name say.
fn right(text: &Annotated<'_>, clues: &Clues, end: usize) -> f32 {
    let Some(after) = text.atom(end).filter(|a| a.breaks == 0) else { return 0.0 };
    if after.case == Case::Lower && text.context(end, Class::Verb).is_some() {
        return weight::VERB_AFTER;
    }
    match after.kind {
        AtomKind::Mark(',' | '-' | '(') if clues.title_starts(end + 1) => weight::TITLE_AFTER,
        AtomKind::Mark(',' | '(' | '-') if is_age(text, end + 1) => weight::AGE_AFTER,
        _ => 0.0,
    }
}

/// `42 tuổi`, `SN 1986`, `sinh năm 1986`.
fn is_age(text: &Annotated<'_>, at: usize) -> bool {
    let number = |i: usize| text.atom(i).is_some_and(|a| a.kind == AtomKind::Number);
    number(at) && text.spells(at + 1, "tuổi")
        || text.spells(at, "sinh năm")
        || text.letters(at).eq_ignore_ascii_case("sn") && number(at + 1)
}

/// Key under which two spellings of one word are the same: the exact syllable, else the hash of the folded letters.
pub(crate) fn word_key(text: &Annotated<'_>, at: usize) -> u64 {
    let Some(atom) = text.atom(at) else { return 0 };
    match atom.syllable {
        Some(s) => u64::from(s.code()),
        None => crate::scan::fold_hash(atom.span.of(text.text)) | 1 << 63,
    }
}

/// A set of words by their keys.
struct Words {
    /// A bit for the code of every syllable.
    syllables: Vec<u64>,
    others: BTreeSet<u64>,
}

impl Default for Words {
    fn default() -> Self {
        Self { syllables: alloc::vec![0; 1 << 10], others: BTreeSet::new() }
    }
}

impl Words {
    fn insert(&mut self, word: u64) {
        match self.syllables.get_mut(word as usize >> 6).filter(|_| word < 1 << 16) {
            Some(bits) => *bits |= 1 << (word & 63),
            None => {
                self.others.insert(word);
            }
        }
    }

    fn contains(&self, word: u64) -> bool {
        match self.syllables.get(word as usize >> 6).filter(|_| word < 1 << 16) {
            Some(bits) => bits >> (word & 63) & 1 == 1,
            None => self.others.contains(&word),
        }
    }
}

/// Adds mentions by given name (or a foreign family name) alone, of persons that the document names elsewhere.
fn short_forms(text: &Annotated<'_>, clues: &Clues, runs: &[Range<usize>], names: &mut Vec<Name>) {
    let mut known = Words::default();
    let mut pairs: BTreeSet<(u64, u64)> = BTreeSet::new();
    // Whole names by length, first and last word: what is a person once is one again.
    let mut whole: BTreeSet<(usize, u64, u64)> = BTreeSet::new();
    for n in names.iter() {
        let strange = text.atom(n.start).is_some_and(|a| a.syllable.is_none());
        let introduced = honorific_before(text, n.start)
            || clues.title_ends(n.start)
            || (strange || n.end - n.start >= 3) && clues.title_reaches(n.start);
        if n.full && n.end - n.start >= 2 && introduced && text.context(n.start, Class::Eponym).is_none() {
            whole.insert((n.end - n.start, word_key(text, n.start), word_key(text, n.end - 1)));
        }
        known.insert(word_key(text, n.end - 1));
        if n.end - n.start >= 3 {
            pairs.insert((word_key(text, n.end - 2), word_key(text, n.end - 1)));
        }
        if n.full && text.atom(n.start).is_some_and(|a| a.syllable.is_none()) {
            known.insert(word_key(text, n.start));
        }
    }
    let mut found = Vec::new();
    let mut covered = names.iter().peekable();
    for run in runs {
        while covered.next_if(|n| n.end <= run.start).is_some() {}
        let free = covered.peek().is_none_or(|n| n.start >= run.end);
        let last = word_key(text, run.end - 1);
        let is_known = free
            && match run.len() {
                1 => known.contains(last),
                2 => known.contains(last) && pairs.contains(&(word_key(text, run.start), last)),
                _ => false,
            };
        let is_whole = free
            && run.len() >= 2
            && whole.contains(&(run.len(), word_key(text, run.start), last))
            && left(text, clues, run.start, run.len()) >= 0.0;
        if (is_known || is_whole) && stands_alone(text, clues, run.start, run.end) {
            found.push(Name { start: run.start, end: run.end, full: is_whole, score: 1.0 });
        }
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|n| n.start);
    }
}

/// Whether the words around allow a bare given name.
fn stands_alone(text: &Annotated<'_>, clues: &Clues, start: usize, end: usize) -> bool {
    let Some(atom) = text.atom(start) else { return false };
    if text.context_before(start, Class::Eponym).is_some() || crosses_phrase(text, start, end) {
        return false;
    }
    if text.at(start).iter().any(|m| {
        m.end as usize >= end && matches!(m.table, Table::Places | Table::Organisations | Table::Abbreviations)
    }) {
        return false;
    }
    if announces_place(text, start) && atom.syllable.is_some() {
        return false;
    }
    let foreign = atom.syllable.is_none();
    let verb = text.context(end, Class::Verb).is_some();
    foreign || verb || !clues.sentence_start(start)
}
