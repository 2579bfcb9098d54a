//! Whether an office is held.
//!
//! A word of the title decides (`nguyên, quyền, tân`), else an office in apposition is held now. A predicated office takes
//! its status from the nearest word of tenure before it in its sentence (class `tenure` of `data/context_words.tsv`):
//! `từng đảm nhiệm các chức vụ: A; B` are both former. Two words reach further: behind `Trước khi …,` everything is
//! former, and a vote that is only asked for (`tờ trình về việc bầu`) makes no holder.

use crate::lexicon::{Annotated, Atom, Class, Table};
use crate::person::names::Name;
use crate::person::pairing::Pair;
use crate::person::{Relation, Status};

/// Atoms looked at before a title: lists of offices are long.
const REACH: usize = 90;

/// At the head of a sentence: what it says was so before.
const BEFORE_THAT: [&str; 3] = ["trước đó", "trước đây", "trước kia"];

/// Between a dismissal and the name of the dismissed.
const TO_WHOM: [&str; 12] = ["đối", "với", "ông", "bà", "anh", "chị", "đồng", "chí", "các", "hai", "ba", "bốn"];

/// Between an office and the dismissal from it.
const BEFORE_DISMISSAL: [&str; 13] =
    ["cũng", "đều", "đã", "vừa", "mới", "bị", "nhận", "kỷ", "luật", "hình", "thức", "bằng", "là"];

pub(super) fn status(text: &Annotated<'_>, sentences: &[u32], name: &Name, pair: &Pair) -> Status {
    let word = pair.title.status.and_then(|m| Status::from_note(text.cell(m, 2)));
    if let Some(status) = word {
        return status;
    }
    // *Phó giám đốc phụ trách Sở*: in charge of the body, not of a field.
    let head = pair.title.head;
    let charge = (head.start as usize + 1..=head.end as usize).find(|&i| is_in_charge(text, i)).map(|i| i + 2);
    let of_body = |i: usize| text.longest(i, Table::Organisations).is_some();
    if charge.is_some_and(|i| of_body(i) && text.atom(i).is_some_and(Atom::is_capitalised)) {
        return Status::Acting;
    }
    if pair.relation != Relation::Predicate {
        return beside(text, sentences, name, pair);
    }
    if pair.said == Some(Status::Acting) {
        return Status::Acting;
    }
    let at = pair.title.start;
    let start = sentence(sentences, at).0;
    let tenure = |i: usize| {
        let m = text.context(i, Class::Tenure).filter(|m| m.end as usize <= at)?;
        Some((text.cell(m, 2), m.end as usize))
    };
    let mut nearest = None;
    for i in (start.max(at.saturating_sub(REACH))..at).rev() {
        let Some((note, end)) = tenure(i) else { continue };
        match note {
            "before" if (end..at).any(|i| text.atom(i).is_some_and(|a| a.is_mark(','))) => return Status::Former,
            "asked" if matches!(nearest, None | Some(Status::New)) => return Status::Proposed,
            _ => nearest = nearest.or_else(|| Status::from_note(note)),
        }
    }
    let earlier = || BEFORE_THAT.iter().any(|w| text.spells(start, w)).then_some(Status::Former);
    nearest.or(pair.said.filter(|s| *s != Status::New)).or_else(earlier).unwrap_or(Status::Current)
}

fn is_in_charge(text: &Annotated<'_>, at: usize) -> bool {
    text.is_word(at, "phụ") && text.is_word(at + 1, "trách")
}

/// First and one past the last atom of the sentence of `at`.
fn sentence(sentences: &[u32], at: usize) -> (usize, usize) {
    let next = sentences.partition_point(|&s| s as usize <= at);
    let start = next.checked_sub(1).and_then(|i| sentences.get(i)).map_or(0, |&s| s as usize);
    (start, sentences.get(next).map_or(usize::MAX, |&s| s as usize))
}

/// An office beside its name is held now, unless the words between say otherwise (`lúc đó là`) or a dismissal stands
/// before the name (`cách chức đối với ông A, Trưởng …`) or behind the office (`A, Trưởng …, bị cách chức`).
fn beside(text: &Annotated<'_>, sentences: &[u32], name: &Name, pair: &Pair) -> Status {
    let t = &pair.title;
    let tenure = |i: usize| text.context(i, Class::Tenure).map(|m| (text.cell(m, 2), m.end as usize));
    if pair.relation == Relation::After {
        let between = (name.end..t.start).rev().filter_map(tenure).find(|m| m.1 <= t.start);
        if let Some(status @ (Status::Former | Status::Proposed)) = between.and_then(|m| Status::from_note(m.0)) {
            return status;
        }
    }
    // *Chủ tịch UBND tỉnh, nay là Bí thư Tỉnh ủy*
    let aside = usize::from(text.atom(t.end).is_some_and(|a| a.is_mark(',') || a.is_mark('(')));
    if text.spells(t.end + aside, "nay là") && text.begins(t.end + aside + 2).has(Table::Titles) {
        return Status::Former;
    }
    let (start, end) = sentence(sentences, t.start);
    // Most titles have no word of dismissal near.
    let mut near =
        start.max(name.start.min(t.start).saturating_sub(REACH))..end.min(text.atoms.len()).min(t.end + 2 * REACH);
    if !near.any(|i| text.begins(i).contains(Class::Tenure)) {
        return Status::Current;
    }
    let is_dismissal =
        |i: usize| text.context(i, Class::Tenure).is_some_and(|m| text.cell(m, 2).ends_with("dismissal"));
    let is_one = |i: usize, words: &[&str]| words.iter().any(|w| text.spells(i, w));
    // *sa thải Giám đốc A*: the office stands between.
    let phrase = name.start.min(t.start);
    let before =
        (start..phrase).rev().take_while(|&i| is_dismissal(i) || is_one(i, &TO_WHOM)).find(|&i| is_dismissal(i));
    // The second syllable of the dismissal itself ends the walk.
    let before = before.or_else(|| {
        let from = (start..phrase).rev().find(|&i| !is_one(i, &TO_WHOM))?;
        (from.saturating_sub(3)..=from)
            .find(|&i| is_dismissal(i) && text.context(i, Class::Tenure).is_some_and(|m| m.end as usize == from + 1))
    });
    let said = |mut at: usize| {
        while at < end.min(text.atoms.len())
            && (text.atom(at).is_some_and(|a| a.is_mark(',')) || is_one(at, &BEFORE_DISMISSAL))
        {
            at += 1;
        }
        at < end && is_dismissal(at)
    };
    // *A, …; B, … cũng bị cách chức*: the last of the list says it of all.
    let of_all = || {
        let list = text.atom(t.end).is_some_and(|a| a.is_mark(';'));
        let last = end.min(text.atoms.len()).min(t.end + REACH);
        list && (t.end..last).any(|i| is_one(i, &["cũng", "đều"]) && said(i))
    };
    if before.is_some() || said(t.end) || of_all() { Status::Former } else { Status::Current }
}
