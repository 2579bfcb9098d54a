//! What the document says about the gap of a title.
//!
//! The missing body comes from, in this order:
//! 1. a longer title of the same person, beginning with the same words (`Bộ trưởng` … `Bộ trưởng Bộ Y tế`);
//! 2. a body that begins with the title's last noun (`Giám đốc Sở` … `Sở Y tế`);
//! 3. the company or school of another title of the same person;
//! 4. the superior or deputy of the same office nearby (`Chủ tịch Hội Luật gia …, Phó Chủ tịch thường trực …`).
//!
//! The missing place comes from another title of the same mention, the head of the section (`Về phía tỉnh Quảng Trị
//! có …`), the same body with its place elsewhere (`Sở Nội vụ Hà Nội`), another title of the same person, the places of
//! that unit in the document.
//!
//! A source that offers several answers gives the nearest one before the title, with its share among them as
//! confidence; below [`ENOUGH`] the gap stays open, for a wrong place is worse than none.
//!
//! Complexity: every list is ordered by place in the text; a look at it is a binary search and at most [`REACH`] steps.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bodies::{Bodies, longer};
use super::gap::{Gap, bodies, noted};
use super::places::{self, Country, Place, Unit, behind_unit, with_unit};
use super::words::{Key, is_named, join, key, tail, words};
use super::writing::Writer;
use crate::lexicon::{Annotated, Match, Table};
use crate::person::Level;
use crate::person::names::Name;
use crate::person::pairing::Pair;
use crate::person::titles::column;

/// The least confidence that fills a gap.
const ENOUGH: f32 = 0.7;

/// Most answers of one source that are weighed.
const REACH: usize = 48;

/// Atoms between a title and the superior or deputy of the same office.
const NEARBY: usize = 60;

/// The answer before `at` that is nearest, else the first behind, with its share among those around; answers are in
/// text order, equal where `same` says so.
fn nearest<A: Copy>(answers: &[(usize, A)], at: usize, same: impl Fn(A, A) -> bool) -> Option<(A, f32)> {
    let n = answers.partition_point(|a| a.0 < at);
    let around = answers.get(n.saturating_sub(REACH)..answers.len().min(n + REACH))?;
    let chosen = n.checked_sub(1).and_then(|i| answers.get(i)).or_else(|| answers.first())?.1;
    let equal = around.iter().filter(|a| same(a.1, chosen)).count();
    Some((chosen, equal as f32 / around.len() as f32))
}

/// A title before its gap is filled.
pub(super) struct Parsed<'a> {
    pub(super) written: String,
    pub(super) key: Key,
    pub(super) gap: Gap,
    /// The most specific place that the title itself names.
    pub(super) place: Option<&'a Place>,
    pub(super) country: Option<&'a Country>,
    pub(super) level: Option<Level>,
    /// Words of the head.
    pub(super) head_len: usize,
    /// Whether *này* points back at a body named before.
    pub(super) definite: bool,
    /// One past the last atom, without the pointing word.
    pub(super) end: usize,
    /// The office without *phó*.
    pub(super) office: &'static str,
}

/// A title with its gap filled.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) written: String,
    pub(super) place: Option<String>,
    pub(super) level: Option<Level>,
    /// Whether the document names rivals and does not decide between them.
    pub(super) open: bool,
}

/// Everything that fills gaps.
pub(super) struct Context<'a, 't> {
    text: &'a Annotated<'t>,
    names: &'a [Name],
    people: &'a [usize],
    pairs: &'a [Pair],
    places: &'a [Place],
    countries: &'a [Country],
    parsed: &'a [Parsed<'a>],
    bodies: Bodies<'a, 't>,
    /// Pairs by person and words of the title.
    by_person: BTreeMap<Key, Vec<usize>>,
    /// Pairs whose title names a body, by office.
    by_office: BTreeMap<&'static str, Vec<(usize, usize)>>,
    /// The first place of a unit among the titles of a mention, of a person.
    mention_places: BTreeMap<(usize, Unit), &'a Place>,
    person_places: BTreeMap<(usize, Unit), &'a Place>,
    mention_countries: BTreeMap<usize, &'a Country>,
    /// The country that a person governs.
    person_countries: BTreeMap<usize, &'a Country>,
    /// The pair that names the company of a person.
    companies: BTreeMap<usize, (usize, usize)>,
    /// The pair that names a Party committee beside a mention, and the committee's first atom.
    committees: BTreeMap<usize, (usize, usize)>,
    /// Offices with a body that the text names, by the words of the office.
    central_offices: BTreeMap<Key, &'static str>,
    /// Places by kind, in text order.
    by_kind: BTreeMap<Kind, Vec<(usize, &'a Place)>>,
    /// First atoms of the lines.
    lines: Vec<u32>,
}

/// Places that fill the same gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Unit(Unit),
    /// Province, district or commune.
    Level(u8),
}

impl Kind {
    fn level(level: Level) -> Self {
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
fn fits(gap: Gap, p: &Place) -> bool {
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

impl<'a, 't> Context<'a, 't> {
    #[expect(clippy::too_many_arguments, reason = "one constructor of a struct of references")]
    pub(super) fn new(
        text: &'a Annotated<'t>,
        writer: Writer<'a, 't>,
        names: &'a [Name],
        people: &'a [usize],
        pairs: &'a [Pair],
        places: &'a [Place],
        countries: &'a [Country],
        parsed: &'a [Parsed<'a>],
    ) -> Self {
        let lines = (0..).zip(&text.atoms).filter(|(i, a)| *i == 0 || a.breaks > 0).map(|(i, _)| i).collect();
        let mut c = Self {
            text,
            names,
            people,
            pairs,
            places,
            countries,
            parsed,
            bodies: Bodies::new(writer, places, names),
            by_person: BTreeMap::new(),
            by_office: BTreeMap::new(),
            mention_places: BTreeMap::new(),
            person_places: BTreeMap::new(),
            mention_countries: BTreeMap::new(),
            person_countries: BTreeMap::new(),
            companies: BTreeMap::new(),
            committees: BTreeMap::new(),
            central_offices: BTreeMap::new(),
            by_kind: BTreeMap::new(),
            lines,
        };
        if parsed.iter().any(|p| p.gap != Gap::None || p.level == Some(Level::Central)) {
            c.read_pairs();
            c.read_offices();
            for p in places {
                for kind in [Kind::Unit(p.unit), Kind::level(p.level())] {
                    c.by_kind.entry(kind).or_default().push((p.at, p));
                }
            }
        }
        c
    }

    fn read_pairs(&mut self) {
        for (i, (pair, p)) in self.pairs.iter().zip(self.parsed).enumerate() {
            let Some(&person) = self.people.get(pair.name) else { continue };
            let mut key = alloc::vec![person as u64];
            key.extend(&p.key);
            self.by_person.entry(key).or_default().push(i);
            if let Some(place) = p.place {
                self.mention_places.entry((pair.name, place.unit)).or_insert(place);
                self.person_places.entry((person, place.unit)).or_insert(place);
            }
            if let Some(country) = p.country {
                self.mention_countries.entry(pair.name).or_insert(country);
                // An ambassador's country is not the one that he serves.
                if self.governs(pair) && pair.title.end == country.end {
                    self.person_countries.entry(person).or_insert(country);
                }
            }
            let t = &pair.title;
            let noted = |m: Match, class: &str| noted(self.text, m, class);
            let committee = bodies(self.text, t.head.start as usize, t.end).find(|m| noted(*m, "committee"));
            if let Some(m) = committee {
                self.committees.entry(pair.name).or_insert((i, m.start as usize));
            }
            let named = self.text.longest(t.head.end as usize, Table::Organisations).is_some()
                && is_named(tail(&p.written, p.head_len));
            if named && t.end > t.head.end as usize {
                self.by_office.entry(p.office).or_default().push((t.start, i));
                let official = matches!(self.text.cell(t.head, column::DEGREE), "chief" | "deputy" | "member");
                let company = bodies(self.text, t.head.end as usize, t.end).find(|m| {
                    self.text.cell(*m, 1) == "organisation" && !noted(*m, "part") && m.start as usize + 1 < t.end
                });
                if let Some(m) = company.filter(|_| official) {
                    self.companies.entry(person).or_insert((i, m.start as usize));
                }
            }
        }
        for list in self.by_office.values_mut() {
            list.sort_unstable();
        }
    }

    fn read_offices(&mut self) {
        let mut seen = BTreeSet::new();
        for at in 0..self.text.atoms.len() {
            let Some(m) = self.text.longest(at, Table::Titles) else { continue };
            if !seen.insert(m.row) {
                continue;
            }
            let role = self.text.cell(m, column::ROLE);
            let body = !matches!(self.text.cell(m, column::BODY), "" | "-");
            if body && role.contains(' ') {
                self.central_offices.entry(key(role)).or_insert(role);
            }
        }
    }

    /// The title of a pair as far as the document tells it.
    pub(super) fn fill(&self, i: usize, writer: Writer<'_, '_>) -> Option<Filled> {
        let (pair, p) = (self.pairs.get(i)?, self.parsed.get(i)?);
        let filled = match p.gap {
            Gap::None => self.foreign_office(pair, p),
            Gap::Unit(_) | Gap::Local(..) => return Some(self.with_place(pair, p)),
            Gap::Body => self
                .longer_title(i, pair, p)
                .or_else(|| self.chained(i, pair, p))
                .or_else(|| self.company(pair, p, writer))
                .or_else(|| self.same_office(i, pair, p))
                .or_else(|| self.minister(i, pair, p))
                .or_else(|| self.central_office(pair, p)),
            Gap::Noun(at) => self.longer_title(i, pair, p).or_else(|| self.named_body(pair, p, at)),
            Gap::Part(at) => self
                .longer_title(i, pair, p)
                .or_else(|| self.chained(i, pair, p))
                .or_else(|| self.company(pair, p, writer))
                .or_else(|| self.commune_committee(pair, p, at))
                .or_else(|| self.named_body(pair, p, at)),
            Gap::Party(at) => self
                .longer_title(i, pair, p)
                .or_else(|| self.committee(pair, p, writer))
                .or_else(|| self.named_body(pair, p, at)),
            Gap::Country => self.longer_title(i, pair, p).or_else(|| self.country(pair, p)),
        };
        // A country that the document does not name is no rival.
        let unknown = p.gap == Gap::Country && self.countries.is_empty();
        filled.or_else(|| self.placed(i)).map(|f| Filled { open: f.open && !unknown, ..f })
    }

    /// A longer title of the same person that begins with the same words.
    fn longer_title(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let mut key = alloc::vec![*self.people.get(pair.name)? as u64];
        key.extend(&p.key);
        let mut answers: Vec<(usize, usize)> = longer(&self.by_person, &key)
            .take(REACH)
            .flatten()
            .filter_map(|&j| Some((self.pairs.get(j)?.title.start, j)))
            .take(REACH)
            .collect();
        answers.sort_unstable();
        let tail_key = |j: usize| self.parsed.get(j).and_then(|q| q.key.get(p.key.len()..));
        let row = |j: usize| self.parsed.get(j).and_then(|q| q.country).map(|c| c.row);
        let same = |a: usize, b: usize| tail_key(a) == tail_key(b) || row(a).is_some() && row(a) == row(b);
        let (mut j, share) = nearest(&answers, pair.title.start, same)?;
        if row(j).is_some() {
            // The first mention of a country is its fullest, the shortest title the one that the bare word means.
            let len = |j: usize| if p.gap == Gap::Country { 0 } else { self.parsed.get(j).map_or(0, |q| q.key.len()) };
            j = answers.iter().map(|a| a.1).filter(|&a| same(a, j)).min_by_key(|&a| len(a)).unwrap_or(j);
        }
        if share < 0.5 || i == j {
            return None;
        }
        let source = self.placed(j)?;
        let written = join(&p.written, tail(&source.written, p.key.len()));
        Some(Filled { written, ..source })
    }

    /// A body of the text that begins with the noun in which the title ends.
    fn named_body(&self, pair: &Pair, p: &Parsed<'_>, from: usize) -> Option<Filled> {
        let noun = (from..p.end).filter(|&i| self.text.atom(i).is_some_and(|a| a.is_word())).count();
        let words = p.key.len();
        let key = p.key.get(words.checked_sub(noun)?..)?.to_vec();
        let answers = self.bodies.longer(&key);
        let (body, share) = nearest(&answers, pair.title.start, |a, b| a.key == b.key)?;
        if share < ENOUGH && !p.definite {
            return None;
        }
        let written = join(&p.written, tail(&self.bodies.written(body), noun));
        let place = body.place.map(|q| q.name.clone());
        Some(Filled { written, place, level: p.level, open: false })
    }

    /// The body of the title that *kiêm* ties to this one: *Phó Chủ tịch kiêm Tổng Thư ký Hội X*.
    fn chained(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let (next, q) = (self.pairs.get(i + 1)?, self.parsed.get(i + 1)?);
        let tied = next.name == pair.name && next.title.start == pair.title.end + 1;
        if !tied || !self.text.spells(pair.title.end, "kiêm") || p.level == Some(Level::Central) {
            return None;
        }
        let full = self.placed(i + 1).filter(|f| !f.open && is_named(tail(&f.written, q.head_len)))?;
        Some(Filled { written: join(&p.written, tail(&full.written, q.head_len)), ..full })
    }

    /// A member of the government without a ministry: *Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ*.
    fn minister(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let next = self.pairs.get(i + 1).filter(|n| n.name == pair.name)?;
        let (head, other) = (pair.title.head, next.title.head);
        let central =
            self.text.cell(other, column::LEVEL) == "central" && self.text.cell(other, column::DEGREE) == "chief";
        let adjacent = next.title.start <= pair.title.end + 1;
        let minister = self.text.cell(head, column::BODY) == "Bộ" && self.text.cell(head, column::DEGREE) == "chief";
        (central && adjacent && minister).then(|| Filled {
            written: p.written.clone(),
            place: None,
            level: p.level,
            open: false,
        })
    }

    /// The company, school or hospital that another title of the person names.
    fn company(&self, pair: &Pair, p: &Parsed<'_>, writer: Writer<'_, '_>) -> Option<Filled> {
        let head = self.text.cell(pair.title.head, column::LEVEL) == "organisation";
        let part = matches!(p.gap, Gap::Part(_)) && p.level == Some(Level::Organisation);
        if !part && !head {
            return None;
        }
        let &(j, at) = self.companies.get(self.people.get(pair.name)?)?;
        let source = self.pairs.get(j)?;
        let written = join(&p.written, &writer.written(at, source.title.end));
        let place = self.parsed.get(j).and_then(own_place);
        Some(Filled { written, place, level: Some(Level::Organisation), open: false })
    }

    /// The Party committee of another title of the mention: *Ủy viên Ban Thường vụ, Bí thư Huyện ủy*.
    fn committee(&self, pair: &Pair, p: &Parsed<'_>, writer: Writer<'_, '_>) -> Option<Filled> {
        let &(j, at) = self.committees.get(&pair.name)?;
        let source = self.pairs.get(j)?;
        let placed = self.placed(j)?;
        let before = words(&writer.written(source.title.head.start as usize, at)).count();
        let written = join(&p.written, tail(&placed.written, before));
        Some(Filled { written, ..placed })
    }

    /// The commune of another title of the mention: *Bí thư Đảng ủy, Chủ tịch UBND xã Ia Pa*.
    fn commune_committee(&self, pair: &Pair, p: &Parsed<'_>, at: usize) -> Option<Filled> {
        let organ = self.text.longest(at, Table::Organisations)?;
        let place = [Unit::Commune, Unit::Ward, Unit::Township]
            .iter()
            .find_map(|u| self.mention_places.get(&(pair.name, *u)))?;
        if !noted(self.text, organ, "commune") {
            return None;
        }
        Some(Filled {
            written: join(&p.written, &with_unit(place, self.text)),
            place: Some(place.name.clone()),
            level: Some(Level::Commune),
            open: false,
        })
    }

    /// A central office of this name that the document names: *đại biểu Quốc hội*.
    fn central_office(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        // *Chủ tịch* alone is hardly ever short for *Chủ tịch nước*.
        let member = self.text.cell(pair.title.head, column::DEGREE) == "member";
        if !member && !p.office.contains("tổng ") {
            return None;
        }
        let office = key(p.office);
        let mut rows = longer(&self.central_offices, &office);
        let only = rows.next().filter(|_| rows.next().is_none())?;
        let written = join(&p.written, tail(only, office.len()));
        Some(Filled { written, place: None, level: Some(Level::Central), open: false })
    }

    /// The body of the superior or deputy nearby: *Chủ tịch Hội X, Phó Chủ tịch thường trực*.
    fn same_office(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        if p.gap != Gap::Body {
            return None;
        }
        let list = self.by_office.get(p.office)?;
        let at = pair.title.start;
        let n = list.partition_point(|a| a.0 < at);
        let &(from, j) = n.checked_sub(1).and_then(|n| list.get(n)).or_else(|| list.first())?;
        let (source, q) = (self.pairs.get(j)?, self.parsed.get(j)?);
        let other = self.people.get(source.name) != self.people.get(pair.name);
        let same_rank =
            self.text.cell(source.title.head, column::DEGREE) == self.text.cell(pair.title.head, column::DEGREE);
        let chief = self.text.cell(pair.title.head, column::DEGREE) == "chief";
        // Ministers of one list differ; those of one document seldom.
        let ministry = self.text.cell(pair.title.head, column::BODY) == "Bộ";
        let body_key = |j: usize| self.parsed.get(j).and_then(|q| q.key.get(q.head_len..));
        let agree = || nearest(list, at, |a, b| body_key(a) == body_key(b)).is_some_and(|a| a.1 >= ENOUGH);
        if ministry && !agree() {
            return None;
        }
        if j == i || from.abs_diff(at) > NEARBY || other && same_rank && chief || q.gap == Gap::Body {
            return None;
        }
        let full = self.placed(j)?;
        let written = join(&p.written, tail(&full.written, q.head_len));
        Some(Filled { written, ..full })
    }

    /// The country of an office that says only that it is foreign.
    fn country(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let person = self.people.get(pair.name)?;
        let of_mention = self.mention_countries.get(&pair.name).or_else(|| self.person_countries.get(person)).copied();
        let country = of_mention.or_else(|| {
            let at = pair.title.start;
            let n = self.countries.partition_point(|c| c.at < at);
            let around = self.countries.get(n.saturating_sub(REACH)..self.countries.len().min(n + REACH))?;
            let abroad = || around.iter().filter(|c| c.name != "Việt Nam");
            let chosen = abroad().rev().find(|c| c.at < at).or_else(|| abroad().next())?;
            let equal = abroad().filter(|c| c.row == chosen.row).count();
            (equal as f32 >= ENOUGH * abroad().count() as f32).then_some(chosen)
        })?;
        Some(Filled {
            written: join(&p.written, &country.written),
            place: Some(country.name.clone()),
            level: Some(Level::Foreign),
            open: false,
        })
    }

    /// Whether the office is one of a state's government.
    fn governs(&self, pair: &Pair) -> bool {
        let head = pair.title.head;
        self.text.cell(head, column::LEVEL) == "foreign"
            || self.text.cell(head, column::NOTE).contains("foreign with a country")
            || matches!(self.text.cell(head, column::ROLE), "chủ tịch" | "tổng bí thư")
    }

    /// A central office of one who holds another in a foreign country: *Tổng Bí thư, Chủ tịch Trung Quốc*.
    fn foreign_office(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let head_only = pair.title.end == pair.title.head.end as usize;
        let person = self.people.get(pair.name)?;
        let country = self.mention_countries.get(&pair.name).or_else(|| self.person_countries.get(person))?;
        if !self.governs(pair) || p.level != Some(Level::Central) || p.country.is_some() || !head_only {
            return None;
        }
        Some(Filled {
            written: join(&p.written, &country.written),
            place: Some(country.name.clone()),
            level: Some(Level::Foreign),
            open: false,
        })
    }

    /// A title whose body is known, with its place as far as the document tells it.
    fn placed(&self, i: usize) -> Option<Filled> {
        let (pair, p) = (self.pairs.get(i)?, self.parsed.get(i)?);
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

    fn with_place(&self, pair: &Pair, p: &Parsed<'_>) -> Filled {
        let local = matches!(p.gap, Gap::Local(..));
        let fill = |place: &Place| {
            let tail = if local { with_unit(place, self.text) } else { behind_unit(place, &p.written) };
            Filled { written: join(&p.written, &tail), place: Some(place.name.clone()), level: p.level, open: false }
        };
        let person = self.people.get(pair.name).copied().unwrap_or(usize::MAX);
        let units = || UNITS.iter().copied();
        let first = |map: &BTreeMap<(usize, Unit), &'a Place>, id: usize| {
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
        let list = Kind::of(p.gap).and_then(|k| self.by_kind.get(&k));
        let found = list.and_then(|l| nearest(l, pair.title.start, |a, b| a.id == b.id));
        match found {
            Some((place, share)) if share >= ENOUGH => fill(place),
            _ => Filled { written: p.written.clone(), place: None, level: p.level, open: found.is_some() },
        }
    }

    /// The same body with its place elsewhere.
    fn placed_body(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let Gap::Local(from, _) = p.gap else { return None };
        let own = self.text.longest(from, Table::Organisations)?;
        let head = (pair.title.head.start as usize..own.start as usize)
            .filter(|&i| self.text.atom(i).is_some_and(|a| a.is_word()))
            .count();
        let bare = p.key.get(head..).filter(|k| !k.is_empty())?;
        let (answers, bodies) = self.bodies.placed(bare)?;
        let place = |b: usize| bodies.get(b).and_then(|b| b.place).map(|q| q.id);
        let (b, share) = nearest(answers, pair.title.start, |a, b| place(a) == place(b))?;
        let body = bodies.get(b).filter(|_| share >= ENOUGH)?;
        Some(Filled {
            written: join(&p.written, tail(&self.bodies.written(body), body.bare_len)),
            place: body.place.map(|q| q.name.clone()),
            level: p.level.or_else(|| body.place.map(Place::level)),
            open: false,
        })
    }

    /// First atom of the line of `at`.
    fn line_start(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|&l| l as usize <= at);
        behind.checked_sub(1).and_then(|i| self.lines.get(i)).map_or(0, |&l| l as usize)
    }

    /// The place that stands before the first person of a line, if there is one only that fits.
    fn section_place(&self, at: usize, gap: Gap) -> Option<&'a Place> {
        let line = self.line_start(at);
        let first_name = self.names.partition_point(|n| n.start < line);
        let first_person = self.names.get(first_name).map_or(usize::MAX, |n| n.start);
        let first = self.places.partition_point(|p| p.at < line);
        let head = self.places.iter().skip(first).take_while(|p| p.end <= first_person).take(REACH);
        let mut head = head.filter(|p| fits(gap, p));
        let only = head.next()?;
        head.all(|p| p.name == only.name).then_some(only)
    }

    /// The title as it is written; *Bộ trưởng Y tế* is *Bộ trưởng Bộ Y tế* where the document says *Bộ Y tế*.
    fn with_ministry(&self, pair: &Pair, p: &Parsed<'_>) -> String {
        let head = pair.title.head;
        let (noun, head_len) = (self.text.cell(head, column::BODY), p.head_len);
        let field = p.key.get(head_len..).unwrap_or_default();
        let own = key(noun);
        if noun != "Bộ" || p.country.is_some() || field.is_empty() || field.starts_with(&own) {
            return p.written.clone();
        }
        let full: Key = own.into_iter().chain(field.iter().copied()).collect();
        if self.bodies.has(&full) {
            let rest = tail(&p.written, head_len);
            let office = p.written.get(..p.written.len() - rest.len()).unwrap_or("").trim_end();
            return format!("{office} {noun} {rest}");
        }
        p.written.clone()
    }
}

fn own_place(p: &Parsed<'_>) -> Option<String> {
    p.place.map(|q| q.name.clone()).or_else(|| p.country.map(|c| c.name.to_string()))
}
