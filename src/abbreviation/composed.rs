//! Short forms that no list has, read part by part: *UVBCHTW* is *UV* + *BCH* + *TW*.
//!
//! The parts are in `data/abbreviation_parts.tsv`, each with a class; classes stand in one order (role, organ, body, field,
//! scope), each at most once, and at least one organ or body is among them. The reading with the fewest parts holds; if two
//! readings have that number of parts, or none covers all letters, the form is left alone: an unknown acronym is more
//! often a name than a composition.
//!
//! Complexity: a form has at most [`MAX_LETTERS`] letters and at most five parts.

use alloc::string::String;
use alloc::vec::Vec;

use crate::lexicon::{Lexicon, Table};

/// Longer forms are not read; the longest in use (UBTWMTTQVN) has ten.
const MAX_LETTERS: usize = 14;

/// Classes in the order in which they stand.
const CLASSES: [&str; 5] = ["role", "organ", "body", "field", "scope"];

/// The full form of a composed short form given in NFC; `None` when it cannot be read in exactly one way.
pub(super) fn read(lexicon: &Lexicon, letters: &str) -> Option<String> {
    let n = letters.chars().count();
    if !(4..=MAX_LETTERS).contains(&n) {
        return None;
    }
    let mut search = Search { lexicon, best: Vec::new(), n_best: 0, path: Vec::new() };
    search.go(letters, 0);
    if search.n_best != 1 {
        return None;
    }
    let cell = |row: &u32, column: usize| lexicon.cell(Table::AbbreviationParts, *row, column);
    let mut out = String::new();
    for row in &search.best {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(cell(row, 1));
    }
    Some(out)
}

struct Search<'l> {
    lexicon: &'l Lexicon,
    best: Vec<u32>,
    /// Readings with as many parts as `best`.
    n_best: usize,
    path: Vec<u32>,
}

impl Search<'_> {
    /// Reads `rest` in parts of class number `from` and later.
    fn go(&mut self, rest: &str, from: usize) {
        if rest.is_empty() {
            self.finish();
            return;
        }
        if from >= CLASSES.len() {
            return;
        }
        for (end, c) in rest.char_indices() {
            let (part, tail) = rest.split_at(end + c.len_utf8());
            let Some(row) = self.lexicon.exact(Table::AbbreviationParts, part) else { continue };
            let cell = |column: usize| self.lexicon.cell(Table::AbbreviationParts, row, column);
            let Some(class) = CLASSES.iter().position(|c| *c == cell(2)).filter(|class| *class >= from) else {
                continue;
            };
            let before = self.path.last().map(|row| self.lexicon.cell(Table::AbbreviationParts, *row, 0));
            let follows = cell(3);
            if !follows.is_empty() && !before.is_some_and(|b| follows.split('|').any(|f| f == b)) {
                continue;
            }
            self.path.push(row);
            self.go(tail, class + 1);
            self.path.pop();
        }
    }

    fn finish(&mut self) {
        let has_body = self
            .path
            .iter()
            .any(|row| matches!(self.lexicon.cell(Table::AbbreviationParts, *row, 2), "organ" | "body"));
        if self.path.len() < 2 || !has_body {
            return;
        }
        match (self.n_best, self.path.len().cmp(&self.best.len())) {
            (0, _) | (_, core::cmp::Ordering::Less) => {
                self.best.clone_from(&self.path);
                self.n_best = 1;
            }
            (_, core::cmp::Ordering::Equal) => self.n_best += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_parts_or_leaves_alone() {
        for (short, full) in [
            ("UVBCHTW", Some("Ủy viên Ban Chấp hành Trung ương")),
            ("TTHĐND", Some("Thường trực Hội đồng nhân dân")),
            ("VKSNDTC", Some("Viện kiểm sát nhân dân tối cao")),
            ("TANDCC", Some("Tòa án nhân dân cấp cao")),
            ("PCTUBND", Some("Phó Chủ tịch Ủy ban nhân dân")),
            ("BTVTU", Some("Ban Thường vụ Tỉnh ủy")),
            ("UVBTVTU", Some("Ủy viên Ban Thường vụ Tỉnh ủy")),
            ("BCĐCCHC", Some("Ban Chỉ đạo cải cách hành chính")),
            ("CTVN", None),
            ("UBNDUBND", None),
            ("ABCDEF", None),
            ("TWTW", None),
        ] {
            assert_eq!(read(&Lexicon::builtin(), short).as_deref(), full, "{short}");
        }
    }
}
