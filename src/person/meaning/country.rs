//! The country of an office that says only that it is foreign: *Tổng thống, Bộ trưởng Quốc phòng*.
//!
//! Another title of the mention or of the person tells it, else the text: what it names most, and near, among the
//! countries whose state has such an office.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::answers::{ENOUGH, REACH, nearest};
use super::context::{Context, Filled, Parsed};
use super::places::{self, Country};
use super::words::join;
use super::writing::plain;
use crate::lexicon::{Class, Classes, Note, Table};
use crate::person::pairing::Pair;
use crate::person::titles::column;
use crate::person::{Level, Relation};

/// The least share of one country among those that a text names: an office that a state does not have thins them out.
const ENOUGH_COUNTRY: f32 = 0.6;

/// Most atoms between two titles of a list: a name and a separator.
const IN_LIST: usize = 8;

/// Most titles of a list that are looked at.
const LISTED: usize = 4;

impl Context<'_, '_> {
    /// The country of another title of the mention, or the one that the person governs.
    pub(super) fn own_country(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let person = self.doc.people.get(pair.name)?;
        let country = self.mention_countries.get(&pair.name).or_else(|| self.person_countries.get(person))?;
        Some(self.in_country(p, country))
    }

    /// The country of the title before it in a list: *Chủ tịch Hạ viện Mỹ A, Chủ tịch Ủy ban Đối ngoại Thượng viện B*.
    pub(super) fn listed_country(&self, i: usize, p: &Parsed<'_>) -> Option<Filled> {
        let start = |i: usize| self.doc.pairs.get(i).map(|q| q.title.start);
        let near = |i: usize| {
            start(i + 1).zip(self.doc.pairs.get(i)).is_some_and(|(next, q)| {
                q.title.end <= next && next - q.title.end <= IN_LIST && q.relation == Relation::Before
            })
        };
        let before = (i.saturating_sub(LISTED)..i).rev().take_while(|&j| near(j));
        let country = before.filter_map(|j| self.doc.parsed.get(j)?.country).next()?;
        (p.key.len() > p.head_len || country.has(p.office)).then(|| self.in_country(p, country))
    }

    /// The country that the holder is known to govern, where the text names it.
    pub(super) fn known_country(&self, pair: &Pair, p: &Parsed<'_>, title: &str) -> Option<Filled> {
        let named = self.named_countries.get_or_init(|| {
            let mut named: BTreeMap<&'static str, Vec<&Country<'_>>> = BTreeMap::new();
            self.doc.countries.iter().for_each(|c| named.entry(c.title).or_default().push(c));
            named
        });
        let mentions = named.get(title)?;
        let behind = mentions.partition_point(|c| c.at < pair.title.start);
        let nearest = behind.checked_sub(1).and_then(|i| mentions.get(i)).or_else(|| mentions.first())?;
        Some(self.in_country(p, nearest))
    }

    /// The country that the text speaks of.
    pub(super) fn country_around(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let at = pair.title.start;
        let n = self.doc.countries.partition_point(|c| c.at < at);
        let around = self.doc.countries.get(n.saturating_sub(REACH)..self.doc.countries.len().min(n + REACH))?;
        let abroad = || around.iter().filter(|c| c.name != "Việt Nam" && c.has(p.office));
        let before = abroad().rev().find(|c| c.at < at);
        if p.definite {
            return before.map(|c| self.in_country(p, c));
        }
        let chosen = before.or_else(|| abroad().next())?;
        // A town or a house of government speaks for its country.
        let seats = self.town_countries().get(chosen.title).copied().unwrap_or(0);
        let equal = abroad().filter(|c| c.row == chosen.row).count() + seats;
        (equal as f32 >= ENOUGH_COUNTRY * (abroad().count() + seats) as f32).then(|| self.in_country(p, chosen))
    }

    /// Whether the office is one of a state's government.
    pub(super) fn governs(&self, pair: &Pair) -> bool {
        let head = pair.title.head;
        self.doc.text.cell(head, column::LEVEL) == "foreign"
            || self.doc.text.noted(head, Note::ForeignWithCountry)
            || matches!(self.doc.text.cell(head, column::ROLE), "chủ tịch" | "tổng bí thư")
    }

    /// A central office of one who holds another in a foreign country: *Tổng Bí thư, Chủ tịch Trung Quốc*.
    pub(super) fn foreign_office(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let head_only = pair.title.end == pair.title.head.end as usize;
        let foreign = self.governs(pair) && p.level == Some(Level::Central) && p.country.is_none() && head_only;
        if foreign { self.own_country(pair, p) } else { None }
    }

    /// The city of a mayor: the one that the text names.
    pub(super) fn city_around(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let text = self.doc.text;
        let city = |at: usize| text.at(at, Class::City.into()).next_back().map(|m| (at, m));
        let cities = self.cities.get_or_init(|| {
            let named = (0..text.atoms.len()).filter(|&at| text.begins(at).contains(Class::City));
            named.filter_map(city).filter(|c| text.cell(c.1, 3).len() > 1).collect()
        });
        let (city, share) = nearest(cities, pair.title.start, |a, b| a.row == b.row)?;
        let name = places::span(text, city.start as usize, city.end as usize).of(text.text);
        (share >= ENOUGH).then(|| Filled {
            written: join(&p.written, &plain(name)),
            place: Some(plain(name)),
            level: Some(Level::Foreign),
            open: false,
        })
    }

    /// The title with the country behind it: *Thủ tướng Séc*, where the text has no other form *Thủ tướng Cộng hòa Séc*.
    pub(super) fn in_country(&self, p: &Parsed<'_>, country: &Country) -> Filled {
        let n = self.doc.countries.partition_point(|c| c.at < country.at);
        let around = self.doc.countries.get(n.saturating_sub(REACH)..self.doc.countries.len().min(n + REACH));
        let bare = |c: &Country| c.row == country.row && c.written == c.name;
        let is_bare = country.name == country.title && around.is_some_and(|around| around.iter().any(bare));
        let form = if is_bare { &country.name } else { &country.written };
        // *Thủ tướng Nhật bản*
        let end = p.written.len().checked_sub(form.len()).and_then(|at| p.written.get(at..));
        let is_there = form.contains(' ') && end.is_some_and(|end| end.to_lowercase() == form.to_lowercase());
        Filled {
            written: if is_there { p.written.clone() } else { join(&p.written, form) },
            place: Some(country.name.to_string()),
            level: Some(Level::Foreign),
            open: false,
        }
    }

    fn town_countries(&self) -> &BTreeMap<&'static str, usize> {
        let may_be = Classes::of(Table::Organisations).with(Class::City.into());
        let seat = |at: usize| {
            let seat = self.doc.text.at(at, may_be).rev().find_map(|m| match m.class {
                Class::City => Some(self.doc.text.cell(m, 3)),
                _ => self.doc.text.cell(m, 4).split("; ").find_map(|n| n.strip_prefix("country=")),
            });
            seat.filter(|s| s.len() > 1)
        };
        self.town_countries.get_or_init(|| {
            let mut counts = BTreeMap::new();
            let marks = &self.doc.text.marks;
            let cities = marks.places.iter().filter(|&at| !self.doc.text.begins(at).has(Table::Organisations));
            for country in marks.bodies.iter().chain(cities).filter_map(seat) {
                *counts.entry(country).or_default() += 1;
            }
            counts
        })
    }
}
