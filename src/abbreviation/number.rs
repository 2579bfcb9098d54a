//! The number of a document, taken apart.
//!
//! The State writes `NUMBER/YEAR/TYPE-BODY` (Decree 30/2020/NĐ-CP), the Party `NUMBER-TYPE/BODY` (Guideline 36-HD/VPTW).
//! An official letter has no type: `NUMBER/BODY-UNIT`. What the parts stand for is in `data/document_codes.tsv`; a short form
//! means something else here than in running text (*TT* is a circular, *CP* the Government), so it is a list of its own.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::lexicon::{Lexicon, Table};

/// Whose rules a document number follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum System {
    /// `123/QĐ-UBND`, `30/2020/NĐ-CP`
    State,
    /// `18-NQ/TW`
    Party,
}

/// One part of a document number, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CodePart<'t> {
    /// As the number has it.
    pub short: &'t str,
    /// Spelled out; `None` when it is not in the list.
    pub full: Option<&'static str>,
    /// The term of the National Assembly in `QH14`.
    pub term: Option<u16>,
}

/// The number of a document, taken apart. The text itself is never rewritten.
///
/// ```
/// use vanban::abbreviation::{DocumentNumber, System};
/// let n = DocumentNumber::parse("30/2020/NĐ-CP").unwrap();
/// assert_eq!((n.number, n.year, n.system), ("30", Some(2020), System::State));
/// assert_eq!(n.kind.as_ref().unwrap().full, Some("Nghị định"));
/// assert_eq!(n.bodies[0].full, Some("Chính phủ"));
/// assert_eq!(n.spelled_out(), "Nghị định số 30 năm 2020 của Chính phủ");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DocumentNumber<'t> {
    /// The running number, with the letter that may follow it (`12a`).
    pub number: &'t str,
    /// The year, where the number has one.
    pub year: Option<u16>,
    /// Whose rules it follows.
    pub system: System,
    /// Kind of document (*Quyết định*). An official letter has none.
    pub kind: Option<CodePart<'t>>,
    /// Who issued it; several for a joint circular.
    pub bodies: Vec<CodePart<'t>>,
    /// Who drafted it, last in an official letter: `567/TTg-KTN`.
    pub unit: Option<CodePart<'t>>,
}

/// Classes of `data/document_codes.tsv`.
const TYPE: &str = "type";
const BODY: &str = "body";
const UNIT: &str = "unit";

impl<'t> DocumentNumber<'t> {
    /// Takes a document number apart; `None` when `code` is none. White space around the joints is allowed.
    #[must_use]
    pub fn parse(code: &'t str) -> Option<Self> {
        let mut parts = code.split('/').map(str::trim);
        let head = parts.next()?;
        let (number, party_type) = match head.split_once(is_dash) {
            Some((number, kind)) => (number.trim(), Some(kind.trim())),
            None => (head, None),
        };
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || number.chars().count() > digits + 3 {
            return None;
        }
        let mut next = parts.next()?;
        let mut year = None;
        if party_type.is_none() && next.len() == 4 && next.bytes().all(|b| b.is_ascii_digit()) {
            year = next.parse().ok();
            next = parts.next()?;
        }
        if parts.next().is_some() || next.is_empty() {
            return None;
        }
        let mut names: Vec<&str> = next.split(is_dash).map(str::trim).filter(|n| !n.is_empty()).collect();
        let system = if party_type.is_some() { System::Party } else { System::State };
        let mut kind = party_type.map(|kind| part(kind, &[TYPE], system));
        if kind.is_none()
            && let Some(first) = names.first()
            && (names.len() > 1 || find(first, BODY, system).is_none())
            && find(first, TYPE, system).is_some()
        {
            kind = Some(part(first, &[TYPE], system));
            names.remove(0);
        }
        let mut bodies: Vec<CodePart<'t>> = Vec::new();
        let mut unit = None;
        // The law of an assembly: 45/2019/QH14.
        for (i, name) in names.iter().enumerate() {
            let is_last = i > 0 && i + 1 == names.len();
            if is_last && (kind.is_none() || system == System::Party || find(name, BODY, system).is_none()) {
                unit = Some(part(name, &[UNIT, BODY], system));
            } else {
                bodies.push(part(name, &[BODY], system));
            }
        }
        Some(Self { number, year, system, kind, bodies, unit })
    }

    /// In words, as far as the parts are known; unknown parts stay short.
    #[must_use]
    pub fn spelled_out(&self) -> String {
        let name = |p: &CodePart<'_>| match (p.full, p.term) {
            (Some(full), Some(term)) => format!("{full} khóa {}", roman(term)),
            (full, _) => full.unwrap_or(p.short).into(),
        };
        let kind = match (&self.kind, self.bodies.first()) {
            (Some(kind), _) => name(kind),
            // The National Assembly numbers its laws and resolutions alike: only the year tells them from letters.
            (None, Some(body)) if body.term.is_some() => "Văn bản".into(),
            (None, _) => "Công văn".into(),
        };
        let mut out = format!("{kind} số {}", self.number);
        if let Some(year) = self.year {
            out.push_str(&format!(" năm {year}"));
        }
        for (i, body) in self.bodies.iter().enumerate() {
            out.push_str(if i == 0 { " của " } else { ", " });
            out.push_str(&name(body));
        }
        out
    }
}

fn is_dash(c: char) -> bool {
    crate::scan::is_dash(c)
}

/// The first class in which the list knows the part.
fn part<'t>(short: &'t str, classes: &[&str], system: System) -> CodePart<'t> {
    let letters = short.trim_end_matches(|c: char| c.is_ascii_digit());
    let term = short.get(letters.len()..).and_then(|digits| digits.parse().ok());
    let known = classes.iter().find_map(|class| find(short, class, system));
    match (known, term) {
        (None, Some(_)) => {
            let full = classes.iter().find_map(|class| find(letters, class, system));
            CodePart { short, full, term: term.filter(|_| full.is_some()) }
        }
        _ => CodePart { short, full: known, term: None },
    }
}

fn find(short: &str, class: &str, system: System) -> Option<&'static str> {
    let lexicon = Lexicon::builtin();
    let cell = |row: u32, column: usize| lexicon.cell(Table::DocumentCodes, row, column);
    let first = lexicon.exact(Table::DocumentCodes, short)?;
    let other = if system == System::State { "party" } else { "state" };
    let same_code = (first..).take_while(|row| cell(*row, 0) == cell(first, 0) && !cell(*row, 0).is_empty());
    let rows: Vec<u32> = same_code.filter(|row| cell(*row, 2) == class).collect();
    // A row of its own system, then one for all.
    let own = rows.iter().find(|row| !cell(**row, 3).is_empty() && cell(**row, 3) != other);
    let any = || rows.iter().find(|row| cell(**row, 3) != other);
    own.or_else(any).map(|row| cell(*row, 1))
}

/// What the short form of a type of State documents stands for.
pub(super) fn state_type(short: &str) -> Option<&'static str> {
    find(short, TYPE, System::State)
}

/// What the short form of a State body stands for in document numbers.
pub(super) fn state_body(short: &str) -> Option<&'static str> {
    find(short, BODY, System::State)
}

/// Roman numeral, as the terms of the National Assembly are written.
fn roman(mut n: u16) -> Cow<'static, str> {
    const DIGITS: [(u16, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    if n > 399 {
        return Cow::Owned(format!("{n}"));
    }
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while n >= value {
            out.push_str(digit);
            n -= value;
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str) -> String {
        DocumentNumber::parse(code).map_or("-".into(), |n| n.spelled_out())
    }

    #[test]
    fn takes_numbers_of_both_systems_apart() {
        for (code, expected) in [
            ("123/QĐ-UBND", "Quyết định số 123 của Ủy ban nhân dân"),
            ("01/2020/TT-BNV", "Thông tư số 01 năm 2020 của Bộ Nội vụ"),
            ("16/CT-TTg", "Chỉ thị số 16 của Thủ tướng Chính phủ"),
            ("18-NQ/TW", "Nghị quyết số 18 của Ban Chấp hành Trung ương"),
            ("36-HD/VPTW", "Hướng dẫn số 36 của Văn phòng Trung ương Đảng"),
            ("08-QĐi/TW", "Quy định số 08 của Ban Chấp hành Trung ương"),
            ("12-TT/TW", "Thông tri số 12 của Ban Chấp hành Trung ương"),
            ("45/TB-VPCP", "Thông báo số 45 của Văn phòng Chính phủ"),
            ("567/TTg-KTN", "Công văn số 567 của Thủ tướng Chính phủ"),
            ("45/2019/QH14", "Văn bản số 45 năm 2019 của Quốc hội khóa XIV"),
            ("02/2018/TTLT-BCA-BQP", "Thông tư liên tịch số 02 năm 2018 của Bộ Công an, Bộ Quốc phòng"),
            ("367 - QĐ/TWĐTN-VP", "Quyết định số 367 của Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
            ("15a/NQ-HĐND", "Nghị quyết số 15a của Hội đồng nhân dân"),
            ("77/BC-XYZ", "Báo cáo số 77 của XYZ"),
            ("UBND/QĐ", "-"),
            ("12/2020", "-"),
            ("", "-"),
            ("1/2/3/4", "-"),
        ] {
            assert_eq!(words(code), expected, "{code}");
        }
    }

    #[test]
    fn names_the_unit_that_drafted_a_letter() {
        let n = DocumentNumber::parse("567/TTg-KTN").unwrap();
        assert_eq!(n.unit.unwrap().full, Some("Kinh tế ngành"));
        assert!(n.kind.is_none());
    }
}
