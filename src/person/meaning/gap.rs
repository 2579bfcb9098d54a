//! What a title leaves to its surroundings.
//!
//! A title is complete when it names its body and the body's place. The rest is a gap, told by the title's own end:
//! nothing behind the head (`Giám đốc`), a noun that many bodies share (`Giám đốc Sở`), a unit without a name
//! (`UBND tỉnh`), a local body without a place (`Giám đốc Sở Y tế`), an office of another country without the country.

use super::places::{Country, Place, Unit, unit_ending};
use crate::lexicon::{Annotated, Table};
use crate::person::titles::{TitlePhrase, column};
use crate::person::{Level, TitleKind};

/// The missing part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    /// The body: *Giám đốc*.
    Body,
    /// What the last noun is part of, or stands for; its first atom: *thành viên Hội đồng quản trị*, *Giám đốc Sở*.
    Noun(usize),
    /// The name of a unit: *UBND tỉnh*.
    Unit(Unit),
    /// The place of a body from the atom on; its level if it has one: *Sở Y tế*, *UBND*.
    Local(usize, Option<Level>),
    Country,
}

pub(super) fn gap(text: &Annotated<'_>, t: &TitlePhrase, place: Option<&Place>, country: Option<&Country>) -> Gap {
    if t.kind != TitleKind::Position || country.is_some() {
        return Gap::None;
    }
    let (start, head_end) = (t.head.start as usize, t.head.end as usize);
    let bare = t.end == head_end;
    let level = text.cell(t.head, column::LEVEL);
    if let Some((unit, from)) = unit_ending(text, t.end).filter(|u| u.1 >= start)
        && place.is_none_or(|p| p.end <= from)
    {
        return Gap::Unit(unit);
    }
    if place.is_some() {
        return Gap::None;
    }
    if level == "foreign" {
        return if bare { Gap::Country } else { Gap::None };
    }
    let note = text.cell(t.head, column::NOTE);
    let office = matches!(text.cell(t.head, column::DEGREE), "chief" | "deputy" | "member");
    let body = text.cell(t.head, column::BODY);
    let last = text.ending_at(t.end).find(|m| m.table == Table::Organisations && m.start as usize >= start);
    let named = matches!(body, "" | "-") && level != "central" || note.contains("join") && !body.contains(' ');
    if bare && office && named && last.is_none_or(|m| m.end - m.start == t.head.end - t.head.start) {
        return Gap::Body;
    }
    if let Some(last) = last {
        let whole = text.cell(last, 2) == "head" && Level::from_cell(text.cell(last, 1)) != Some(Level::Central);
        let part = text.cell(last, 4).split("; ").any(|n| n == "part");
        if (whole || part) && level != "central" {
            return Gap::Noun(last.start as usize);
        }
        if text.cell(last, 4).split("; ").any(|n| n == "local") {
            return Gap::Local(last.start as usize, None);
        }
    }
    let local = (start..t.end).find_map(|at| {
        let m = text.longest(at, Table::Organisations).filter(|m| m.end as usize <= t.end)?;
        let level = Level::from_cell(text.cell(m, 1))?;
        matches!(level, Level::Province | Level::District | Level::Commune).then_some((at, level))
    });
    match local {
        Some((at, level)) => Gap::Local(at, Some(level)),
        None => Gap::None,
    }
}
