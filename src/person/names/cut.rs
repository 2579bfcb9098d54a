//! Cutting a capital run into names, phrases and rest.

use alloc::vec::Vec;
use core::ops::Range;

use super::around::honorific_before;
use super::score::Scorer;
use super::{Name, name_scores, weight};
use crate::lexicon::{Annotated, Class, Classes, Match, Table};
use crate::person::Clues;
use crate::scan::Case;

/// The best way to cut a run up to an atom.
#[derive(Clone, Copy)]
pub(super) struct Step {
    score: f32,
    from: usize,
    /// The name in which it ends.
    name: Option<Name>,
}

/// Cuts one run by dynamic programming and appends its names; `best` and what `scorer` read before are scratch.
pub(super) fn cut_run(
    text: &Annotated<'_>,
    clues: &Clues,
    run: Range<usize>,
    scorer: &mut Scorer<'_, '_>,
    best: &mut Vec<Option<Step>>,
    names: &mut Vec<Name>,
) {
    if !scorer.may_be_name(&run) {
        return;
    }
    scorer.read(run.clone());
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
    for to in start + 1..=end {
        let crosses = |m: Match| (m.start as usize) < start && is_phrase(text, m);
        if text.longest_ending(to) > to - start && text.ending_at(to, PHRASES).any(crosses) {
            let score = weight::PHRASE * (to - start) as f32;
            put(best, to, Step { score, from: start, name: None });
        }
    }
    for at in start..end {
        let Some(here) = best.get(at - start).copied().flatten() else { continue };
        put(best, at + 1, Step { score: here.score, from: at, name: None });
        for m in text.at(at, PHRASES).filter(|m| is_phrase(text, *m)) {
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
                let per_atom = if person || addressed || at > start && is_given_part(text, at, m) {
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
        scorer.names_from(at, |name| {
            // Two names never touch.
            let score = here.score + name.score + if here.name.is_some() { weight::TOUCHING } else { 0.0 };
            put(best, name.end, Step { score, from: at, name: Some(name) });
        });
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

/// Phrases that a capital run may be cut into, as [`is_phrase`] tells.
const PHRASES: Classes =
    Classes::of_all(&[Table::Places, Table::Organisations, Table::Titles, Table::TitleWords, Table::Abbreviations]);

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
pub(super) fn is_given_part(text: &Annotated<'_>, at: usize, m: Match) -> bool {
    m.len() == 2
        && matches!(m.table, Table::Places | Table::TitleWords)
        && (at..m.end as usize).all(|i| text.atom(i).is_some_and(|a| a.case == Case::Title && a.syllable.is_some()))
        && name_scores(text, at - 1)[0] > 1.0
        // The delegation of a province, a lake.
        && !["đoàn", "hồ"].iter().any(|w| text.spells(at - 1, w))
        && !text.ending_at(at, PHRASES).any(|b| b.len() > 1 && is_phrase(text, b))
}

pub(super) fn announces_place(text: &Annotated<'_>, at: usize) -> bool {
    text.context_before(at, Class::PlaceHead).is_some() || text.ends(at).contains(Class::Unit)
}
