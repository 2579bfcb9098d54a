//! Offices that the text names without their holder: *Bí thư Thành ủy yêu cầu*, *Thứ trưởng Bộ Công Thương cho biết*.
//!
//! They tell what a bare title of the same words means. One who is nobody holds them, so that they are completed like
//! the titles of the persons.

use alloc::vec::Vec;

use crate::person::pairing::Pair;
use crate::person::titles::TitlePhrase;
use crate::person::{Relation, TitleKind};

/// The name of an office without a holder: past every list of names.
pub(super) const NOBODY: usize = usize::MAX;

/// The positions among the titles of the text that no pair has.
pub(super) fn unheld<'a>(titles: &'a [TitlePhrase], pairs: &[Pair]) -> impl Iterator<Item = Pair> + use<'a> {
    let mut held: Vec<usize> = pairs.iter().map(|p| p.title.head.start as usize).collect();
    held.sort_unstable();
    let is_free =
        move |t: &&TitlePhrase| t.kind == TitleKind::Position && held.binary_search(&(t.head.start as usize)).is_err();
    let nobody = |t: &TitlePhrase| Pair { name: NOBODY, title: *t, relation: Relation::Before, said: None };
    titles.iter().filter(is_free).map(nobody)
}
