//! Offices that the text names without their holder: *Bí thư Thành ủy yêu cầu*, *Thứ trưởng Bộ Công Thương cho biết*.
//!
//! They tell what a bare title of the same words means. One who is nobody holds them, so that they are completed like
//! the titles of the persons.

use alloc::vec::Vec;

use crate::lexicon::{Annotated, Table};
use crate::person::names::Name;
use crate::person::pairing::Pair;
use crate::person::titles;
use crate::person::{Relation, TitleKind};

/// The name of an office without a holder: past every list of names.
pub(super) const NOBODY: usize = usize::MAX;

/// The positions of the text with something behind the head that no pair has.
pub(super) fn unheld(text: &Annotated<'_>, names: &[Name], pairs: &[Pair]) -> Vec<Pair> {
    let mut held: Vec<usize> = pairs.iter().map(|p| p.title.head.start as usize).collect();
    held.sort_unstable();
    let is_name = |i: usize| {
        let next = names.partition_point(|n| n.end <= i);
        names.get(next).is_some_and(|n| n.start <= i)
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.atoms.len() {
        let title = text.longest(at, Table::Titles).and_then(|_| titles::parse(text, at, &is_name));
        let Some(title) = title.filter(|t| t.end > at) else {
            at += 1;
            continue;
        };
        at = title.end;
        if title.kind == TitleKind::Position && held.binary_search(&(title.head.start as usize)).is_err() {
            out.push(Pair { name: NOBODY, title, relation: Relation::Before, said: None });
        }
    }
    out
}
