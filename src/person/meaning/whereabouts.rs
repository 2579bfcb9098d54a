//! The place of a title whose body is known.
//!
//! It comes from another title of the same mention, the head of the section (`Về phía tỉnh Quảng Trị có …`), the same
//! body with its place elsewhere (`Sở Nội vụ Hà Nội`), another title of the same person, the places of that unit in the
//! document.

use alloc::collections::BTreeMap;
use alloc::string::ToString;

use super::answers::{ENOUGH, REACH, nearest};
use super::context::{Context, Filled, Parsed, own_place};
use super::gap::Gap;
use super::places::{self, Place, Unit, behind_unit, with_unit};
use super::words::{join, tail};
use crate::lexicon::Table;
use crate::person::Level;
use crate::person::pairing::Pair;
use crate::person::titles::column;

/// Places that fill the same gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Unit(Unit),
    /// Province, district or commune.
    Level(u8),
}

impl Kind {
    pub(super) fn level(level: Level) -> Self {
        Self::Level(match level {
            Level::Province => 0,
            Level::District => 1,
            _ => 2,
        })
    }

    /// The places that a gap asks for, if it asks for one kind.
    fn of(gap: Gap) -> Option<Self> {
        match gap {
            Gap::Unit(unit) => Some(Self::Unit(unit)),
            Gap::Local(_, Some(level)) => Some(Self::level(level)),
            _ => None,
        }
    }
}

/// Whether a place fills a gap.
fn fits(gap: Gap, p: &Place<'_>) -> bool {
    match gap {
        Gap::Unit(unit) => p.unit == unit,
        Gap::Local(_, Some(level)) => p.unit != Unit::Village && p.level() == level,
        Gap::Local(_, None) => p.unit != Unit::Village,
        _ => false,
    }
}

const UNITS: [Unit; 9] = [
    Unit::Province,
    Unit::City,
    Unit::RuralDistrict,
    Unit::UrbanDistrict,
    Unit::Town,
    Unit::Commune,
    Unit::Ward,
    Unit::Township,
    Unit::Zone,
];

impl<'a> Context<'a, '_> {
    /// A title whose body is known, with its place as far as the document tells it.
    pub(super) fn placed(&self, i: usize) -> Option<Filled> {
        let (pair, p) = (self.doc.pairs.get(i)?, self.doc.parsed.get(i)?);
        Some(match p.gap {
            Gap::Unit(_) | Gap::Local(..) => self.with_place(pair, p),
            _ => Filled {
                written: self.with_ministry(pair, p),
                place: own_place(p),
                level: p.level,
                open: p.gap != Gap::None,
            },
        })
    }

    pub(super) fn with_place(&self, pair: &Pair, p: &Parsed<'_>) -> Filled {
        // *Huyện ủy viên Gia Lâm*
        let of_committee = self.doc.text.cell(pair.title.head, column::BODY).ends_with(" ủy");
        let local = matches!(p.gap, Gap::Local(..)) && !of_committee;
        let fill = |place: &Place<'_>| {
            // *Sở Y tế HN*: the place is there, written short.
            if p.written.ends_with(&*place.name) {
                let place = Some(place.name.to_string());
                return Filled { written: p.written.clone(), place, level: p.level, open: false };
            }
            let tail = if local { with_unit(place, self.doc.text) } else { behind_unit(&place.name, &p.written) };
            Filled {
                written: join(&p.written, &tail),
                place: Some(place.name.to_string()),
                level: p.level,
                open: false,
            }
        };
        let person = self.doc.people.get(pair.name).copied().unwrap_or(usize::MAX);
        let units = || UNITS.iter().copied();
        let first = |map: &BTreeMap<(usize, Unit), &'a Place<'a>>, id: usize| {
            units().filter_map(|u| map.get(&(id, u)).copied()).find(|q| fits(p.gap, q))
        };
        let sure = first(&self.mention_places, pair.name).or_else(|| self.section_place(pair.title.start, p.gap));
        // The document's own form of the body is better: *Sở Nội vụ Hà Nội*.
        let elsewhere = self.placed_body(pair, p);
        let agrees = |f: &Filled| sure.is_none_or(|q| f.place.as_ref().is_some_and(|n| places::id(n) == q.id));
        if let Some(filled) = elsewhere.filter(agrees) {
            return filled;
        }
        if let Some(place) = sure {
            return fill(place);
        }
        if let Some(place) = first(&self.person_places, person) {
            return fill(place);
        }
        let list = Kind::of(p.gap).and_then(|k| self.places_of(k));
        let found = list.and_then(|l| nearest(l, pair.title.start, |a, b| a.id == b.id));
        match found {
            Some((place, share)) if share >= ENOUGH => fill(place),
            _ => Filled { written: p.written.clone(), place: None, level: p.level, open: found.is_some() },
        }
    }

    /// The same body with its place elsewhere.
    fn placed_body(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let Gap::Local(from, _) = p.gap else { return None };
        let own = self.doc.text.longest(from, Table::Organisations)?;
        let head = self.bodies.words(pair.title.head.start as usize, own.start as usize);
        let bare = p.key.get(head..).filter(|k| !k.is_empty())?;
        let (answers, bodies) = self.bodies.placed(bare)?;
        let place = |b: usize| bodies.get(b).and_then(|b| b.place).map(|q| q.id);
        let (b, share) = nearest(answers, pair.title.start, |a, b| place(a) == place(b))?;
        let body = bodies.get(b).filter(|_| share >= ENOUGH)?;
        Some(Filled {
            written: join(&p.written, tail(&self.bodies.written(body), body.bare_len)),
            place: body.place.map(|q| q.name.to_string()),
            level: p.level.or_else(|| body.place.map(Place::level)),
            open: false,
        })
    }

    /// First atom of the line of `at`.
    fn line_start(&self, at: usize) -> usize {
        let lines = self.lines();
        let behind = lines.partition_point(|&l| l as usize <= at);
        behind.checked_sub(1).and_then(|i| lines.get(i)).map_or(0, |&l| l as usize)
    }

    /// The place that stands before the first person of a line, if there is one only that fits.
    fn section_place(&self, at: usize, gap: Gap) -> Option<&'a Place<'a>> {
        let line = self.line_start(at);
        let first_name = self.doc.names.partition_point(|n| n.start < line);
        let first_person = self.doc.names.get(first_name).map_or(usize::MAX, |n| n.start);
        let first = self.doc.places.partition_point(|p| p.at < line);
        let head = self.doc.places.iter().skip(first).take_while(|p| p.end <= first_person).take(REACH);
        let mut head = head.filter(|p| fits(gap, p));
        let only = head.next()?;
        head.all(|p| p.name == only.name).then_some(only)
    }
}
