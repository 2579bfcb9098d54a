//! The shape of a short form and of what touches it: spelled as the lexicon spells it, no part of a longer run, no part of a
//! document number, no initial of a name.

use super::column;
use super::definitions::letters;
use crate::lexicon::{Atom, AtomKind, Atoms, Match, Table};
use crate::scan::{Case, TokenKind};

pub(super) fn is_glued_number(atom: &Atom) -> bool {
    atom.glued() && atom.kind() == AtomKind::Number
}

/// Whether the atom belongs to a document number that is written with spaces: `123 /QĐ-UBND`, `12/QĐ -UBND`.
pub(super) fn is_in_spaced_code(text: &Atoms<'_>, at: usize) -> bool {
    let is_code = |a: &Atom| a.kind() == AtomKind::Opaque(TokenKind::DocumentCode);
    // Number and year look like a month: 04/2012/ TT-BYT, 10/2016 QĐ-UBND.
    let is_year = |a: &Atom| a.kind() == AtomKind::Opaque(TokenKind::Date);
    let is_type = |i: usize| {
        let row = text.lexicon.exact(Table::DocumentCodes, &letters(text, i, i + 1));
        row.is_some_and(|row| text.lexicon.cell(Table::DocumentCodes, row, 2) == "type")
    };
    let mark_after = |mark: char| text.atom(at + 1).is_some_and(|a| a.is_mark(mark));
    if mark_after('-') && at.checked_sub(1).and_then(|i| text.atom(i)).is_some_and(is_year) && is_type(at) {
        return true;
    }
    // A00629 QSDĐ/AH: the number of a certificate.
    let numbered = at.checked_sub(1).and_then(|i| text.atom(i)).is_some_and(is_glued_number);
    if numbered && mark_after('/') && text.atom(at + 2).is_some_and(|a| a.glued() && a.case == Case::Upper) {
        return true;
    }
    let (mut i, mut slashes) = (at, 0);
    // Back over TYPE- pairs to the slash behind the number, or to a code that was cut off.
    for _ in 0..3 {
        let Some(joint) = i.checked_sub(1).and_then(|j| text.atom(j)) else { return false };
        if i < at && is_year(joint) && is_type(i) {
            return true;
        }
        let Some(before) = i.checked_sub(2).and_then(|j| text.atom(j)) else { return false };
        if text.atom(i).is_some_and(|a| a.breaks() > 0) {
            return false;
        }
        slashes += usize::from(joint.is_mark('/'));
        match joint.kind() {
            AtomKind::Mark('/' | '-') if is_code(before) || is_year(before) => return true,
            AtomKind::Mark('/') if before.kind() == AtomKind::Number => return true,
            // 30 c / NQ-CP
            AtomKind::Mark('/') if before.len == 1 && before.case == Case::Lower => {
                return i.checked_sub(3).and_then(|j| text.atom(j)).is_some_and(|a| a.kind() == AtomKind::Number);
            }
            // 36 - HD / BTCTW
            AtomKind::Mark('-') if before.kind() == AtomKind::Number && (slashes > 0 || mark_after('/')) => {
                return true;
            }
            AtomKind::Mark('-' | '/') if before.case == Case::Upper => i -= 2,
            _ => return false,
        }
    }
    false
}

/// Whether the text has the letters as the lexicon lists them: same capitals, marks equal up to kinds of dashes.
pub(super) fn is_written_so(text: &Atoms<'_>, m: Match) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let atoms = text.atoms.get(m.start as usize..m.end as usize).unwrap_or_default();
    text.cell(m, column::SHORT).split('|').map(str::trim).any(|short| {
        // The usual case: one run of letters, equal byte for byte.
        if let [one] = atoms
            && one.span().of(text.text) == short
        {
            return true;
        }
        let mut rest = short.chars().filter(|c| !c.is_whitespace());
        let same = atoms.iter().all(|atom| match atom.kind() {
            // An ellipsis is no full stop of an abbreviation.
            AtomKind::Mark('.') => rest.next() == Some('.') && atom.span().of(text.text) == ".",
            AtomKind::Mark(c) => rest.next() == Some(c),
            _ => atom.span().of(text.text).nfc().all(|c| rest.next() == Some(c)),
        });
        same && rest.next().is_none()
    })
}

/// A short form never ends in the middle of a longer run of letters or digits (`TP` in `TP-Link` stays), except before a
/// number (`QL1A`) and at the joints of composed forms (`TP.HCM`, `UBND-HĐND`).
pub(super) fn ends_well(text: &Atoms<'_>, m: Match) -> bool {
    let (start, end) = (m.start as usize, m.end as usize);
    let joint_before = start.checked_sub(1).and_then(|i| text.atom(i));
    let glued_before = text.atom(start).is_some_and(|a| a.glued());
    let before = !glued_before
        || joint_before.is_none_or(|a| match a.kind() {
            AtomKind::Mark('\'' | '@' | '_') => false,
            AtomKind::Mark(_) => true,
            AtomKind::Number => false,
            _ => a.case == Case::Lower,
        });
    let after = text.atom(end).is_none_or(|a| {
        !a.glued()
            || match a.kind() {
                AtomKind::Mark('\'' | '@' | '_') => false,
                // BMT-01A is the code of a contract.
                AtomKind::Mark('-') => text
                    .atom(end + 1)
                    .is_none_or(|b| !b.glued() || b.case != Case::Lower && b.kind() != AtomKind::Number),
                _ => true,
            }
    });
    before && after && !is_initial(text, start, end)
}

/// Letters and full stops beside another letter with a full stop are initials of a name: P.T, N.V.H, C.T.P.
fn is_initial(text: &Atoms<'_>, start: usize, end: usize) -> bool {
    let letter = |i: usize| text.atom(i).is_some_and(|a| a.is_word() && a.len == 1);
    let glued = |i: usize| text.atom(i).is_some_and(|a| a.glued());
    let stop = |i: usize| text.atom(i).is_some_and(|a| a.is_mark('.'));
    if !(start..end).all(|i| letter(i) || stop(i)) {
        return false;
    }
    let next = if stop(end) && glued(end) { end + 1 } else { end };
    let after = stop(next.wrapping_sub(1)) && letter(next) && glued(next);
    let before = start >= 2 && stop(start - 1) && glued(start) && glued(start - 1) && letter(start - 2);
    after || before
}

/// The full stop that ends a line ends its sentence; it does not belong to the form (`họp tại TP.`).
pub(super) fn takes_the_last_stop(text: &Atoms<'_>, m: Match) -> bool {
    let end = m.end as usize;
    m.len() > 1
        && text.atom(end - 1).is_some_and(|a| a.is_mark('.'))
        && text.atom(end).is_none_or(|next| next.breaks() > 0)
}

pub(super) fn is_roman_numeral(letters: &str) -> bool {
    letters.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}
