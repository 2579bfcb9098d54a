//! What a title leaves to its surroundings.
//!
//! A title is complete when it names its body and the body's place. The rest is a gap, told by the title's own end:
//! nothing behind the head (`Giám đốc`), a noun that many bodies share (`Giám đốc Sở`), a unit without a name
//! (`UBND tỉnh`), a local body without a place (`Giám đốc Sở Y tế`), an office of another country without the country.

use super::places::{Country, Place, Unit, unit_ending};
use crate::lexicon::{Annotated, Atom, AtomKind, Class, Classes, Match, Note, Table};
use crate::person::titles::{TitlePhrase, column};
use crate::person::{Level, TitleKind};
use crate::scan::Case;

/// The missing part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    /// The body: *Giám đốc*.
    Body,
    /// The body that a noun stands for; its first atom: *Giám đốc Sở*.
    Noun(usize),
    /// The body that an organ is part of; its first atom: *thành viên Hội đồng quản trị*.
    Part(usize),
    /// The committee of a Party organ; its first atom: *Ủy viên Ban Thường vụ*.
    Party(usize),
    /// The name of a unit: *UBND tỉnh*.
    Unit(Unit),
    /// The place of a body from the atom on; its level if it has one: *Sở Y tế*, *UBND*.
    Local(usize, Option<Level>),
    Country,
}

pub(super) fn gap(
    text: &Annotated<'_>,
    t: &TitlePhrase,
    place: Option<&Place<'_>>,
    country: Option<&Country<'_>>,
    foreigner: bool,
) -> Gap {
    if t.kind != TitleKind::Position || country.is_some() {
        return Gap::None;
    }
    let (start, head_end) = (t.head.start as usize, t.head.end as usize);
    let bare = t.end == head_end;
    let level = text.cell(t.head, column::LEVEL);
    // *Trưởng đặc khu* governs no unit of this state.
    let abroad = bare && level == "foreign";
    if let Some((unit, from)) = unit_ending(text, t.end).filter(|u| u.1 >= start && !abroad)
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
    // *Bộ trưởng* alone lacks its ministry first.
    let ministry = bare && text.noted(t.head, Note::Join);
    let of_state = text.noted(t.head, Note::ForeignWithCountry)
        || bodies(text, start, t.end).any(|m| Level::from_cell(text.cell(m, 1)) == Some(Level::Central));
    if foreigner && of_state && !ministry {
        return Gap::Country;
    }
    let office = matches!(text.cell(t.head, column::DEGREE), "chief" | "deputy" | "member");
    let body = text.cell(t.head, column::BODY);
    let last =
        text.ending_at(t.end, Table::Organisations.into()).find(|m| m.start as usize >= start && is_body(text, *m));
    let named = matches!(body, "" | "-") && level != "central" || text.noted(t.head, Note::Join);
    if bare && office && named && last.is_none_or(|m| m.end - m.start == t.head.end - t.head.start) {
        return Gap::Body;
    }
    // *Chủ tọa phiên tòa* lacks nothing.
    let within_head = |m: &Match| bare && !office && m.start >= t.head.start;
    if let Some(last) = last.filter(|m| !within_head(m)) {
        let whole = last.class == Class::BodyHead && Level::from_cell(text.cell(last, 1)) != Some(Level::Central);
        let at = last.start as usize;
        let noted = |note: Note| text.noted(last, note);
        match level {
            "central" => {}
            // *Chủ tịch Ủy ban Quân lực Thượng viện*
            _ if noted(Note::OfState) => return Gap::Country,
            _ if whole => return Gap::Noun(at),
            _ if noted(Note::Party) => return Gap::Party(at),
            _ if noted(Note::Part) => return Gap::Part(at),
            _ if noted(Note::Local) => return Gap::Local(at, None),
            _ => {}
        }
    }
    // *Trưởng phòng Vật tư* of which hospital?
    let mut all = bodies(text, start, t.end);
    let inner = all.next().filter(|m| text.noted(*m, Note::Inner));
    let acronym = t.end > head_end && text.atom(t.end - 1).is_some_and(|a| a.case == Case::Upper);
    if let Some(m) = inner.filter(|_| !acronym && all.all(|m| text.cell(m, 1) == "-")) {
        return Gap::Part(m.start as usize);
    }
    // The last is the superior one: *Trưởng phòng Nội vụ Sở Y tế*.
    let last = bodies(text, start, t.end).filter_map(|m| Some((m, Level::from_cell(text.cell(m, 1))?))).last();
    // *Bộ chỉ huy quân sự thủ đô Viêng Chăn*: a name that no table knows.
    let named = |m: Match| {
        let bare = |i: usize| !text.ends(i + 1).intersects(Classes::of_all(&[Table::Organisations, Table::TitleWords]));
        (m.end as usize..t.end).any(|i| bare(i) && text.atom(i).is_some_and(|a| a.case == Case::Title))
    };
    match last {
        Some((m, level @ (Level::Province | Level::District | Level::Commune))) if !named(m) => {
            Gap::Local(m.start as usize, Some(level))
        }
        _ => Gap::None,
    }
}

/// Whether a phrase of the table is a body here: *buôn lậu, nông thôn* are no villages, *lễ hội* no association.
fn is_body(text: &Annotated<'_>, m: Match) -> bool {
    let capital = |i: u32| text.atom(i as usize).is_some_and(Atom::is_capitalised);
    let numbered = || text.atom(m.end as usize).is_some_and(|a| a.kind() == AtomKind::Number);
    // TP Hội An
    let in_place = || {
        text.begins(m.start as usize).has(Table::Places)
            && text.ends(m.start as usize).contains(Class::Unit)
            && text.longest(m.start as usize, Table::Places).is_some_and(|place| place.end > m.end)
    };
    (!text.noted(m, Note::Village) || capital(m.end) || numbered())
        && (!text.noted(m, Note::Cap) || capital(m.start))
        && !in_place()
}

/// The bodies of a range, the longest from the left, none inside another.
pub(super) fn bodies<'x>(text: &'x Annotated<'_>, start: usize, end: usize) -> impl Iterator<Item = Match> + 'x {
    let mut at = start;
    core::iter::from_fn(move || {
        while at < end {
            if let Some(m) =
                text.longest(at, Table::Organisations).filter(|m| m.end as usize <= end && is_body(text, *m))
            {
                at = m.end as usize;
                return Some(m);
            }
            at += 1;
        }
        None
    })
}
