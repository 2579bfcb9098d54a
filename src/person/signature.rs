//! The signature block: an office on a line of its own, the name on a line below.
//!
//! ```text
//! KT. CHỦ TỊCH
//! PHÓ CHỦ TỊCH
//! (Đã ký)
//! TS. Lê Ngọc Khoa
//! ```
//! The nearest line above that is nothing but a title is the signer's. What stands behind *KT., TL., TUQ.* is the office
//! for which he signs, not his own.

use alloc::vec::Vec;

use super::names::Name;
use super::pairing::Pair;
use super::{Relation, TitleKind, titles};
use crate::lexicon::Annotated;

/// Lines between the office and the name: *(Đã ký)*, a seal.
const MAX_LINES: usize = 2;

/// Adds the titles of signers.
pub(crate) fn sign(text: &Annotated<'_>, sentences: &[u32], names: &[Name], out: &mut Vec<Pair>) {
    let mut has_office = alloc::vec![false; names.len()];
    for pair in out.iter().filter(|p| p.title.kind == TitleKind::Position) {
        has_office.get_mut(pair.name).into_iter().for_each(|b| *b = true);
    }
    for (i, name) in names.iter().enumerate().filter(|(i, _)| !has_office.get(*i).copied().unwrap_or(false)) {
        if let Some(title) = office_above(text, sentences, name) {
            out.push(Pair { name: i, title, relation: Relation::Before, said: None });
        }
    }
}

fn office_above(text: &Annotated<'_>, sentences: &[u32], name: &Name) -> Option<titles::TitlePhrase> {
    let own = sentences.partition_point(|&s| s as usize <= name.start).checked_sub(1)?;
    let (start, end) = line(text, sentences, own)?;
    let alone = start == name.start
        || titles::parse(text, start, &|_| false)
            .is_some_and(|t| t.kind != TitleKind::Position && name.start.checked_sub(t.end).is_some_and(|n| n <= 1));
    if !alone || end != name.end {
        return None;
    }
    for above in (0..own).rev().take(MAX_LINES + 1) {
        let (start, end) = line(text, sentences, above)?;
        let title = (start..start + 2).find_map(|at| titles::parse(text, at, &|_| false));
        if let Some(title) = title.filter(|t| t.start == start && t.end == end && t.kind == TitleKind::Position) {
            return Some(title);
        }
        let signed = text.atom(start).is_some_and(|a| a.is_mark('(')) || text.spells(start, "đã ký");
        if !signed {
            return None;
        }
    }
    None
}

/// First atom and end of a sentence that begins a line.
fn line(text: &Annotated<'_>, sentences: &[u32], i: usize) -> Option<(usize, usize)> {
    let start = *sentences.get(i)? as usize;
    let end = sentences.get(i + 1).map_or(text.atoms.len(), |&e| e as usize);
    let begins = start == 0 || text.atom(start).is_some_and(|a| a.breaks() > 0);
    (begins && end > start).then_some((start, end))
}
