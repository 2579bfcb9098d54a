//! What a title says: status, role, body, place and level, and the title written out.
//!
//! Short forms are replaced by what [`crate::abbreviation`] found at the same place; a body written with one
//! (`Hội đồng TĐKT`) takes its official capitals from `data/organisations.tsv`. A bare unit (`UBND tỉnh`, `Tỉnh ủy`) is
//! completed from, in this order: another title of the same mention, the section head of its paragraph (`Về phía tỉnh
//! Quảng Trị …`), another mention of the same person, the only place of that level in the document. Where these do
//! not decide, the unit stays bare: a wrong place is worse than none.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::names::Name;
use super::pairing::Pair;
use super::titles::{TitlePhrase, column};
use super::{Level, Relation, Status, Title};
use crate::abbreviation::Abbreviation;
use crate::lexicon::{Annotated, Atom, AtomKind, Table};
use crate::scan::Case;
use crate::span::Span;

/// A unit of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Province,
    /// *Thành phố*: under central authority or under a province.
    City,
    District,
    Commune,
}

/// A place named in the text: `tỉnh Quảng Trị`.
#[derive(Clone, Debug)]
struct Place {
    /// First atom of the name (not of the unit word).
    at: usize,
    end: usize,
    unit: Unit,
    name: String,
}

/// Parses and expands every pair's title.
pub(crate) fn read(
    text: &Annotated<'_>,
    names: &[Name],
    pairs: &[Pair],
    people: &[usize],
    abbreviations: &[Abbreviation<'_>],
) -> Vec<Title> {
    let places = places(text, names);
    let lines = (0..).zip(&text.atoms).filter(|(i, a)| *i == 0 || a.breaks > 0).map(|(i, _)| i).collect();
    let mut reader = Reader {
        text,
        names,
        people,
        abbreviations,
        places: &places,
        by_mention: BTreeMap::new(),
        by_person: BTreeMap::new(),
        only: [None; 4],
        lines,
    };
    for unit in [Unit::Province, Unit::City, Unit::District, Unit::Commune] {
        let mut all = places.iter().filter(|p| p.unit == unit);
        let first = all.next();
        if let (Some(first), Some(only)) = (first, reader.only.get_mut(unit as usize)) {
            *only = all.all(|p| p.name == first.name).then_some(first);
        }
    }
    for pair in pairs {
        if let (Some(place), Some(&person)) = (reader.place_inside(&pair.title), people.get(pair.name)) {
            reader.by_mention.entry((pair.name, place.unit as usize)).or_insert(place);
            reader.by_person.entry((person, place.unit as usize)).or_insert(place);
        }
    }
    let mut sections = BTreeMap::new();
    pairs.iter().map(|p| reader.title(p, &mut sections)).collect()
}

/// The place of a section head by line and unit, once looked up.
type Sections<'a> = BTreeMap<(usize, usize), Option<&'a Place>>;

struct Reader<'a, 't> {
    text: &'a Annotated<'t>,
    names: &'a [Name],
    people: &'a [usize],
    abbreviations: &'a [Abbreviation<'t>],
    places: &'a [Place],
    /// The first place that a title of a mention names, by unit.
    by_mention: BTreeMap<(usize, usize), &'a Place>,
    /// The first place that a title of a person names, by unit.
    by_person: BTreeMap<(usize, usize), &'a Place>,
    /// The only place of a unit in the document, by unit.
    only: [Option<&'a Place>; 4],
    /// First atoms of the lines.
    lines: Vec<u32>,
}

impl<'a> Reader<'a, '_> {
    fn title(&self, pair: &Pair, sections: &mut Sections<'a>) -> Title {
        let t = &pair.title;
        let own = self.place_inside(t);
        let bare = own.is_none().then(|| self.bare_unit(t)).flatten();
        let completed = bare.and_then(|unit| self.context_place(pair, unit, sections));
        let mut expanded = self.written_out(t);
        if let Some(place) = &completed {
            expanded.push(' ');
            expanded.push_str(&place.name);
        }
        let country = self.country_inside(t);
        let place = own.map(|p| p.name.clone()).or_else(|| completed.map(|p| p.name.clone())).or(country.clone());
        Title {
            span: self.span(t.start, t.end),
            kind: t.kind,
            relation: pair.relation,
            expanded,
            status: self.status(pair),
            role: self.role(t),
            organisation: self.organisation(t),
            level: self.level(t, own.map(|p| p.unit).or(bare), country.is_some()),
            place,
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let first = self.text.atom(start).map_or(Span::default(), |a| a.span);
        self.text.atom(end.saturating_sub(1)).map_or(first, |a| first.cover(a.span))
    }

    fn status(&self, pair: &Pair) -> Status {
        let word = pair.title.status.and_then(|m| Status::from_note(self.text.cell(m, 2)));
        let said = pair.said.filter(|_| pair.relation == Relation::Predicate);
        word.or(said).unwrap_or(Status::Current)
    }

    fn role(&self, t: &TitlePhrase) -> String {
        let role = self.text.cell(t.head, column::ROLE);
        if role.is_empty() {
            self.text.cell(t.head, 0).split('|').next().unwrap_or("").to_string()
        } else {
            role.to_string()
        }
    }

    /// The first body in the complement, else the one that the head implies.
    fn organisation(&self, t: &TitlePhrase) -> Option<String> {
        let in_place =
            |at: usize| self.places.get(self.places.partition_point(|p| p.end <= at)).is_some_and(|p| p.at <= at);
        for at in (t.head.end as usize..t.end).filter(|&at| !in_place(at)) {
            if let Some(m) = self.text.longest(at, Table::Organisations).filter(|m| m.end as usize <= t.end) {
                let display = self.text.cell(m, 3);
                return Some(if display.is_empty() { self.written(at, t.end) } else { display.to_string() });
            }
        }
        let implied = self.text.cell(t.head, 5);
        (!implied.is_empty()).then(|| implied.to_string())
    }

    fn level(&self, t: &TitlePhrase, unit: Option<Unit>, foreign: bool) -> Option<Level> {
        if foreign {
            return Some(Level::Foreign);
        }
        let by_unit = unit.map(|u| match u {
            Unit::Province | Unit::City => Level::Province,
            Unit::District => Level::District,
            Unit::Commune => Level::Commune,
        });
        let by_body = || {
            (t.head.end as usize..t.end).find_map(|at| {
                let m = self.text.longest(at, Table::Organisations)?;
                Level::from_cell(self.text.cell(m, 1))
            })
        };
        let by_head = || Level::from_cell(self.text.cell(t.head, column::LEVEL));
        by_unit.or_else(by_head).or_else(by_body)
    }

    /// The title without its status word, short forms replaced.
    fn written_out(&self, t: &TitlePhrase) -> String {
        self.written(t.head.start as usize, t.end)
    }

    fn written(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        let mut at = start;
        let mut expanded_before = false;
        while at < end {
            let Some(atom) = self.text.atom(at) else { break };
            if !out.is_empty() && (!atom.glued || expanded_before) && !out.ends_with(' ') {
                out.push(' ');
            }
            expanded_before = false;
            if let Some((display, len)) = self.body_with_short_form(at, end) {
                out.push_str(display);
                at += len;
                expanded_before = true;
            } else if let Some((full, next)) = self.expansion_at(at, atom, end) {
                out.push_str(full);
                at = next;
                expanded_before = true;
            } else {
                out.push_str(atom.span.of(self.text.text));
                at += 1;
            }
        }
        plain(&out)
    }

    fn body_with_short_form(&self, at: usize, end: usize) -> Option<(&'static str, usize)> {
        let m = self.text.longest(at, Table::Organisations).filter(|m| m.end as usize <= end)?;
        let display = self.text.cell(m, 3);
        let short = (at..m.end as usize)
            .any(|i| self.text.atom(i).is_some_and(|a| a.is_word() && a.case == Case::Upper && a.len > 1));
        (short && !display.is_empty()).then_some((display, m.len()))
    }

    fn expansion_at(&self, at: usize, atom: &Atom, end: usize) -> Option<(&str, usize)> {
        let i = self.abbreviations.binary_search_by_key(&atom.span.start, |a| a.span.start).ok()?;
        let found = self.abbreviations.get(i)?;
        let next = (at..end).take_while(|&i| self.text.atom(i).is_some_and(|a| a.span.start < found.span.end)).count();
        Some((found.expansion.as_deref()?, at + next))
    }

    /// The most specific place that the title itself names.
    fn place_inside(&self, t: &TitlePhrase) -> Option<&'a Place> {
        let first = self.places.partition_point(|p| p.at < t.head.start as usize);
        self.places.get(first).filter(|p| p.end <= t.end)
    }

    fn country_inside(&self, t: &TitlePhrase) -> Option<String> {
        (t.head.end as usize..t.end).find_map(|at| {
            let m =
                self.text.at(at).iter().find(|m| m.table == Table::Places && self.text.cell(**m, 2) == "country")?;
            let name = self.text.cell(*m, 0).split('|').next().unwrap_or("");
            (name != "Việt Nam").then(|| plain(self.span(at, m.end as usize).of(self.text.text)))
        })
    }

    /// The unit that the title ends in without naming it: `UBND tỉnh`, `Tỉnh ủy`.
    fn bare_unit(&self, t: &TitlePhrase) -> Option<Unit> {
        let last = t.end.checked_sub(1)?;
        if let Some(unit) = unit_at(self.text, last) {
            return Some(unit);
        }
        let before = last.checked_sub(1)?;
        if self.text.spells(last, "phố") && self.text.spells(before, "thành") {
            return Some(Unit::City);
        }
        if self.text.spells(last, "ủy") {
            return ["tỉnh", "thành", "huyện", "quận", "thị"]
                .iter()
                .zip([Unit::Province, Unit::City, Unit::District, Unit::District, Unit::District])
                .find(|(w, _)| self.text.spells(before, w))
                .map(|(_, u)| u);
        }
        None
    }

    fn context_place(&self, pair: &Pair, unit: Unit, sections: &mut Sections<'a>) -> Option<&'a Place> {
        // 1. Another title of the same mention.
        if let Some(place) = self.by_mention.get(&(pair.name, unit as usize)) {
            return Some(place);
        }
        // 2. The head of the section.
        let line = self.line_start(pair.title.start);
        if let Some(place) = *sections.entry((line, unit as usize)).or_insert_with(|| self.section_place(line, unit)) {
            return Some(place);
        }
        // 3. The same person elsewhere. 4. The only place of this level in the document.
        let person = self.people.get(pair.name)?;
        let elsewhere = self.by_person.get(&(*person, unit as usize)).copied();
        elsewhere.or_else(|| self.only.get(unit as usize).copied().flatten())
    }

    /// First atom of the line of `at`.
    fn line_start(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|&l| l as usize <= at);
        behind.checked_sub(1).and_then(|i| self.lines.get(i)).map_or(0, |&l| l as usize)
    }

    /// The unit with its name that stands before the first person of a line, if there is one only.
    fn section_place(&self, line: usize, unit: Unit) -> Option<&'a Place> {
        let first_name = self.names.partition_point(|n| n.start < line);
        let first_person = self.names.get(first_name).map_or(usize::MAX, |n| n.start);
        let first = self.places.partition_point(|p| p.at < line);
        let mut head = self.places.iter().skip(first).take_while(|p| p.end <= first_person).filter(|p| p.unit == unit);
        let only = head.next()?;
        head.next().is_none().then_some(only)
    }
}

/// Letters as one would write them: composed (NFC), without the layout's white space.
pub(crate) fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

fn unit_at(text: &Annotated<'_>, at: usize) -> Option<Unit> {
    const UNITS: [(&str, Unit); 5] = [
        ("tỉnh", Unit::Province),
        ("huyện", Unit::District),
        ("quận", Unit::District),
        ("xã", Unit::Commune),
        ("phường", Unit::Commune),
    ];
    if at > 0 && text.spells(at - 1, "thị xã") {
        return Some(Unit::District);
    }
    if at > 0 && text.spells(at - 1, "thị trấn") {
        return Some(Unit::Commune);
    }
    if text.atom(at).is_some_and(|a| a.is_word() && a.span.of(text.text).eq_ignore_ascii_case("tp")) {
        return Some(Unit::City);
    }
    UNITS.iter().find(|(w, _)| text.spells(at, w)).map(|u| u.1)
}

/// Every place that the text names with its unit, or that the lexicon knows as a province.
fn places(text: &Annotated<'_>, names: &[Name]) -> Vec<Place> {
    let mut out = Vec::new();
    let mut next_name = 0;
    let mut at = 0;
    while at < text.atoms.len() {
        while names.get(next_name).is_some_and(|n| n.end <= at) {
            next_name += 1;
        }
        let name_start = names.get(next_name).map_or(usize::MAX, |n| n.start);
        if name_start <= at {
            at += 1;
            continue;
        }
        let unit = unit_before(text, at);
        let lexical = text.at(at).iter().rev().find(|m| {
            m.table == Table::Places && !matches!(text.cell(**m, 2), "country" | "city") && m.end as usize <= name_start
        });
        let capital = text.atom(at).is_some_and(|a| a.is_capitalised());
        let end = match (unit, lexical) {
            (_, Some(m)) if capital => m.end as usize,
            (Some(_), None) if capital => {
                let run = (at + 1..at + 4).take_while(|&i| {
                    i < name_start
                        && text.atom(i).is_some_and(|a| a.breaks == 0 && a.is_capitalised() && a.case != Case::Upper)
                });
                at + 1 + run.count()
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let unit = match (unit, lexical) {
            (Some(u), _) => Some(u),
            (None, Some(m)) if text.cell(*m, 2) == "province" => {
                Some(if text.cell(*m, 1) == "tỉnh" { Unit::Province } else { Unit::City })
            }
            _ => None,
        };
        if let Some(unit) = unit {
            let first = text.atom(at).map_or(Span::default(), |a| a.span);
            let span = text.atom(end - 1).map_or(first, |a| first.cover(a.span));
            let short = text.atom(at).is_some_and(|a| a.case == Case::Upper && a.len > 2);
            let full = lexical.filter(|_| short).map(|m| text.cell(*m, 0).split('|').next().unwrap_or(""));
            let name = plain(full.unwrap_or_else(|| span.of(text.text)));
            out.push(Place { at, end, unit, name });
        }
        at = end.max(at + 1);
    }
    out
}

/// The unit word directly before `at`, perhaps with its full stop (`TP. Huế`).
fn unit_before(text: &Annotated<'_>, at: usize) -> Option<Unit> {
    let mut last = at.checked_sub(1)?;
    if text.atom(at)?.breaks > 0 {
        return None;
    }
    if text.atom(last)?.kind == AtomKind::Mark('.') {
        last = last.checked_sub(1)?;
        return (text.letters(last).eq_ignore_ascii_case("tp")).then_some(Unit::City);
    }
    if text.spells(last, "phố") && last > 0 && text.spells(last - 1, "thành") {
        return Some(Unit::City);
    }
    unit_at(text, last)
}
