//! The places that a text names: `tỉnh Quảng Trị`, `TP. Huế`, `Nghệ An`.
//!
//! A place is a capitalised phrase behind a word of administration (class `unit` of `data/title_words.tsv`, whose note
//! tells the level), or a province that the lexicon knows. Countries are kept apart. Both lists are in text order and
//! disjoint, so one binary search finds what stands inside a title.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::words::{contains, key, of_syllable, words};
use super::writing::{as_plain, plain};
use crate::lexicon::{Annotated, AtomKind, Class, Classes, Match, Table, UNITS};
use crate::person::Level;
use crate::person::names::Name;
use crate::scan::Case;
use crate::span::Span;

/// A unit of administration. A commune never fills the gap of a ward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// *Tỉnh*.
    Province,
    /// *Thành phố*: under central authority or under a province.
    City,
    /// *Huyện*.
    RuralDistrict,
    /// *Quận*.
    UrbanDistrict,
    /// *Thị xã*.
    Town,
    /// *Xã*.
    Commune,
    /// *Phường*.
    Ward,
    /// *Thị trấn*.
    Township,
    /// *Đặc khu*.
    Zone,
    /// *Thôn, ấp, bản*: below the commune.
    Village,
}

impl Unit {
    fn from_note(note: &str) -> Option<Self> {
        note.split(';').find_map(|item| {
            Some(match item.trim_start().strip_prefix("unit=")? {
                "province" => Self::Province,
                "city" => Self::City,
                "rural_district" => Self::RuralDistrict,
                "urban_district" => Self::UrbanDistrict,
                "town" => Self::Town,
                "commune" => Self::Commune,
                "ward" => Self::Ward,
                "township" => Self::Township,
                "zone" => Self::Zone,
                "village" => Self::Village,
                _ => return None,
            })
        })
    }

    /// The level of its offices; a city's as long as nothing says that it is under a province.
    pub(super) const fn level(self) -> Level {
        match self {
            Self::Province | Self::City => Level::Province,
            Self::RuralDistrict | Self::UrbanDistrict | Self::Town => Level::District,
            Self::Commune | Self::Ward | Self::Township | Self::Zone | Self::Village => Level::Commune,
        }
    }
}

/// A place named in the text.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// First atom of the unit word, or of the name where it has none.
    pub(super) from: usize,
    /// First atom of the name.
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) unit: Unit,
    /// Province or city under central authority.
    pub(super) central: bool,
    /// Whether it names a street or a newspaper, not where the text is.
    pub(super) borrowed: bool,
    /// Bare name: *Quảng Trị*.
    pub(super) name: Cow<'a, str>,
    /// The same for every spelling of the name.
    pub(super) id: u64,
}

impl Place<'_> {
    /// The level of its offices.
    pub(super) fn level(&self) -> Level {
        if self.unit == Unit::City && !self.central { Level::District } else { self.unit.level() }
    }
}

/// What tells the names of places apart.
pub(super) fn id(name: &str) -> u64 {
    words(name).fold(0, |h, w| mix(h, w.1))
}

const fn mix(id: u64, word: u64) -> u64 {
    (id.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A country named in the text.
#[derive(Clone, Debug)]
pub(super) struct Country<'a> {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) row: u32,
    /// As the text has it: *Cộng hòa Séc*.
    pub(super) written: Cow<'a, str>,
    /// Without the form of its state: *Séc*.
    pub(super) name: Cow<'a, str>,
    /// First name of the lexicon.
    pub(super) title: &'static str,
    /// Chief offices of the state.
    offices: &'static str,
}

impl Country<'_> {
    /// Whether a state of this kind has the office: no *Tổng thống Anh*.
    pub(super) fn has(&self, office: &str) -> bool {
        let listed = matches!(office, "tổng thống" | "thủ tướng" | "chủ tịch" | "trưởng đặc khu");
        self.offices.len() > 1 && (!listed || self.offices.split(", ").any(|o| o == office))
    }
}

/// The unit that ends before an atom without a name (`UBND tỉnh`, `Tỉnh ủy`), and the first atom of its word.
pub(super) fn unit_ending(text: &Annotated<'_>, end: usize) -> Option<(Unit, usize)> {
    if !text.ends(end).intersects(UNITS) {
        return None;
    }
    // Nhật Bản
    if text.ends(end).contains(Class::Country) {
        return None;
    }
    let mut phrases = text.ending_at(end, UNITS.with(Classes::of(Table::TitleWords)));
    // The longest phrase decides: a commune is no part of *nông thôn, hợp tác xã*.
    let longest = phrases.next()?;
    let (mut unit, mut word) = (None, None);
    for m in core::iter::once(longest).chain(phrases) {
        if unit.is_none() && m.len() == longest.len() && UNITS.contains(m.class) {
            unit = Unit::from_note(text.cell(m, if m.class == Class::Unit { 2 } else { 4 }));
        }
        if word.is_none() && m.class == Class::Unit {
            word = Some(m.start as usize);
        }
        if unit.is_none() && m.len() < longest.len() {
            return None;
        }
    }
    Some((unit?, word.unwrap_or(end)))
}

/// Most words of a name that no table knows: *Nam Trà My*.
const MAX_WORDS: usize = 4;

/// Every place and country that the text names outside the names of persons.
pub(super) fn read<'t>(text: &Annotated<'t>, names: &[Name]) -> (Vec<Place<'t>>, Vec<Country<'t>>) {
    let (mut places, mut countries) = (Vec::with_capacity(text.marks.places.len() / 4), Vec::new());
    let mut next_name = 0;
    let mut at = 0;
    while let Some(next) = text.marks.places.next(at) {
        at = next;
        while names.get(next_name).is_some_and(|n| n.end <= at) {
            next_name += 1;
        }
        let limit = names.get(next_name).map_or(text.atoms.len(), |n| n.start);
        if limit <= at {
            at += 1;
        } else if let Some(place) = place_at(text, at, limit) {
            at = place.end;
            places.push(place);
        } else if let Some(country) = country_at(text, at, limit) {
            at = country.end;
            countries.push(country);
        } else {
            // No *Bình Dương* in *Thái Bình Dương*.
            let sea = text.longest(at, Table::Places).filter(|m| m.class == Class::Sea);
            at = sea.map_or(at + 1, |m| m.end as usize);
        }
    }
    (places, countries)
}

/// The one city whose name is a person's.
const NEVER_BARE: &str = "Hồ Chí Minh";

fn place_at<'t>(text: &Annotated<'t>, at: usize, limit: usize) -> Option<Place<'t>> {
    let atom = text.atom(at)?;
    if atom.kind() == AtomKind::Number {
        // *Phường 5*: the unit is part of such a name.
        let (unit, from) = unit_ending(text, at).filter(|u| matches!(u.0, Unit::UrbanDistrict | Unit::Ward))?;
        let short = atom.breaks() == 0 && atom.len <= 2 && at < limit;
        let name =
            || alloc::format!("{} {}", if unit == Unit::UrbanDistrict { "quận" } else { "phường" }, text.letters(at));
        return short.then(|| {
            let name = name();
            Place {
                from,
                at,
                end: at + 1,
                unit,
                central: false,
                borrowed: false,
                id: id(&name),
                name: Cow::Owned(name),
            }
        });
    }
    if !atom.is_capitalised() {
        return None;
    }
    let said = (atom.breaks() == 0).then(|| unit_ending(text, at)).flatten();
    let unit = said;
    let row = place_row(text, at, limit, unit.map(|u| u.0));
    let end = match (row, unit) {
        (Some(m), _) => m.end as usize,
        (None, Some(_)) => {
            let goes_on = |i: &usize| {
                // xã Quế Long | Đến thời điểm hiện tại …
                let opens = || {
                    *i > at + 1
                        && text.atom(*i + 1).is_some_and(|a| a.case == Case::Lower && a.breaks() == 0)
                        && text.context(*i, Class::NotNameStart).is_some()
                };
                text.atom(*i).is_some_and(|a| a.breaks() == 0 && a.is_capitalised() && a.case != Case::Upper)
                    && unit_starting(text, *i).is_none()
                    && !opens()
            };
            let run = (at + 1..limit.min(at + MAX_WORDS)).take_while(goes_on).count();
            // *… của TP. Nếu …*: the stop ends the sentence.
            let stop = || text.text.get(..atom.span().start).is_some_and(|t| t.trim_end().ends_with('.'));
            let word = unit_starting(text, at).is_none() && (run > 0 || !stop());
            word.then_some(at + 1 + run)?
        }
        (None, None) => return None,
    };
    let province = row.filter(|m| m.class == Class::Province);
    let of_row = || province.map(|m| if text.cell(m, 1) == "tỉnh" { Unit::Province } else { Unit::City });
    let (unit, from) = match unit {
        Some(unit) => unit,
        None => (of_row()?, at),
    };
    let central = unit == Unit::Province || unit == Unit::City && province.is_some();
    let short = atom.case == Case::Upper && atom.len > 1;
    let written = span(text, at, end).of(text.text);
    // Short and colloquial names (*HCM, Sài Gòn*) are written out.
    let full = row.map(|m| text.cell(m, 0).split('|').next().unwrap_or(""));
    // *Huế, Vũng Tàu* are no short forms of their provinces.
    let other = |full: &&str| short || said.is_none() && *full != written && !contains(&key(full), &key(written));
    let name = as_plain(full.filter(other).unwrap_or(written));
    // The city is never written without its unit, the person often.
    if said.is_none() && end - at == 3 && text.spells(at, NEVER_BARE) {
        return None;
    }
    // *đường Hà Nội, Pháp luật TP.HCM*
    let borrowed = text.ends(from).contains(Class::Lender);
    // The words of most names are known.
    let as_written = || (at..end).map(|i| text.atom(i).filter(|a| i == at || !a.glued())?.syllable.map(of_syllable));
    let id = if name == written { as_written().try_fold(0, |h, w| Some(mix(h, w?))) } else { None };
    let id = id.unwrap_or_else(|| self::id(&name));
    Some(Place { from, at, end, unit, central, borrowed, id, name })
}

/// The longest place of the lexicon here; of several of one name the one of this unit, a province where there is none.
fn place_row(text: &Annotated<'_>, at: usize, limit: usize, unit: Option<Unit>) -> Option<Match> {
    const HERE: Classes = Classes::new(&[Class::Province, Class::District, Class::Sea]);
    // *Thành ủy Hải phòng*: behind its unit a name may be written small.
    let fits =
        |m: &Match| m.end as usize <= limit && (unit.is_some() && m.class == Class::Province || !goes_on(text, m));
    let longest = text.at(at, HERE).rev().find(fits)?;
    let same_type = |m: &Match| match unit {
        None => m.class == Class::Province,
        Some(Unit::Province) => text.cell(*m, 1) == "tỉnh",
        Some(Unit::City) => text.cell(*m, 1) == "thành phố",
        Some(_) => m.class == Class::District,
    };
    let rows = || text.at(at, HERE).filter(fits).filter(|m| m.end == longest.end);
    Some(rows().find(same_type).unwrap_or(longest))
}

/// Whether the name of a place is the beginning of another word: *Hà Nam* in *Hà Nam Ninh*.
fn goes_on(text: &Annotated<'_>, m: &Match) -> bool {
    (m.start as usize..m.end as usize).any(|i| text.atom(i).is_some_and(|a| a.case == Case::Lower))
}

fn unit_starting(text: &Annotated<'_>, at: usize) -> Option<Match> {
    text.longest(at, Table::TitleWords).filter(|m| m.class == Class::Unit)
}

fn country_at<'t>(text: &Annotated<'t>, at: usize, limit: usize) -> Option<Country<'t>> {
    text.atom(at).filter(|a| a.is_capitalised())?;
    let m = text.at(at, Class::Country.into()).next_back()?;
    // *Pháp* in *Ủy ban Pháp luật* is no country.
    const LONGER: Classes = Classes::of_all(&[Table::Organisations, Table::TitleWords, Table::Titles, Table::Places]);
    let inside = (at.saturating_sub(MAX_WORDS)..=at).any(|i| text.at(i, LONGER).any(|longer| longer.end > m.end))
        || text.ends(m.end as usize).contains(Class::Domain)
            && text.ending_at(m.end as usize, Class::Domain.into()).any(|field| field.start < m.start);
    // *Cộng hòa Séc*: the form of a state is written small.
    let small = |i: u32| text.atom(i as usize).is_some_and(|a| a.case == Case::Lower);
    if m.end as usize > limit || inside || small(m.end - 1) || m.len() == 2 && small(m.start) {
        return None;
    }
    let title = text.cell(m, 0).split('|').next().unwrap_or("");
    let offices = text.cell(m, 6);
    let short = text.atom(at).is_some_and(|a| a.case == Case::Upper && a.len == 2);
    if short {
        let (written, name) = (Cow::Borrowed(title), Cow::Borrowed(title));
        return Some(Country { at, end: m.end as usize, row: m.row, written, name, title, offices });
    }
    // The name without the form of its state is the shortest phrase of the same row that ends here.
    let bare = text.ending_at(m.end as usize, m.class.into()).filter(|b| b.row == m.row).map(|b| b.start).max();
    let end = m.end as usize;
    let written = as_plain(span(text, at, end).of(text.text));
    let bare = bare.filter(|_| written != title).map_or(at, |b| b as usize);
    let name = as_plain(span(text, bare, end).of(text.text));
    // *CHDCND Triều Tiên, Cộng hòa Dân chủ Nhân dân Lào*: a title takes the bare name.
    let acronym = text.atom(at).is_some_and(|a| a.case == Case::Upper && a.len > 1);
    let written = if acronym || m.len() > 4 { name.clone() } else { written };
    Some(Country { at, end, row: m.row, name, written, title, offices })
}

/// The bytes of a range of atoms.
pub(super) fn span(text: &Annotated<'_>, start: usize, end: usize) -> Span {
    let first = text.atom(start).map_or(Span::default(), |a| a.span());
    text.atom(end.saturating_sub(1)).map_or(first, |a| first.cover(a.span()))
}

/// How a place is written behind a unit that is named (`UBND tỉnh`) or meant (`Thành ủy`).
pub(super) fn behind_unit(place: &str, title: &str) -> String {
    let city_meant = place == NEVER_BARE && !title.to_lowercase().ends_with("thành phố");
    let repeated = place.split_once(' ').filter(|(unit, _)| title.ends_with(unit));
    match repeated {
        _ if city_meant => alloc::format!("Thành phố {NEVER_BARE}"),
        Some((_, number)) => number.to_string(),
        None => place.to_string(),
    }
}

/// How a place is written behind a body that has none: *tỉnh Quảng Trị*.
pub(super) fn with_unit(place: &Place<'_>, text: &Annotated<'_>) -> String {
    let word = match place.unit {
        Unit::Province => "tỉnh",
        Unit::City => "thành phố",
        // Districts and communes have several words; the text's own is right.
        _ => return plain(span(text, place.from, place.end).of(text.text)),
    };
    alloc::format!("{word} {}", place.name)
}
