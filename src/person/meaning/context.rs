//! Everything of a document that fills the gaps of its titles, and the order in which it is asked.
//!
//! A missing body comes first from a longer title of the same person that begins with the same words (`Bộ trưởng` …
//! `Bộ trưởng Bộ Y tế`), then from other titles ([`super::other_titles`]), then from bodies that the text names
//! ([`super::named_bodies`]). A missing country comes from the person's titles, then from the text ([`super::country`]); a
//! missing place from the nearest that fits ([`super::whereabouts`]). What offers rivals without a majority leaves the gap
//! open, for a wrong place is worse than none.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::bodies::Bodies;
use super::gap::{Gap, bodies};
use super::places::{Country, Place, Unit};
use super::whereabouts::Kind;
use super::words::{Key, is_named, key, tail};
use super::writing::Writer;
use crate::lexicon::{Annotated, Match, Note, Table};
use crate::person::names::Name;
use crate::person::pairing::Pair;
use crate::person::titles::column;
use crate::person::{Level, Status};

/// A title before its gap is filled.
pub(super) struct Parsed<'a> {
    pub(super) written: String,
    pub(super) key: Key,
    pub(super) gap: Gap,
    /// The most specific place that the title itself names.
    pub(super) place: Option<&'a Place<'a>>,
    pub(super) country: Option<&'a Country<'a>>,
    pub(super) level: Option<Level>,
    /// Words of the head.
    pub(super) head_len: usize,
    /// Whether the holder's name has a word that is no syllable.
    pub(super) foreigner: bool,
    /// The country that the holder is known to govern.
    pub(super) statesman: Option<&'static str>,
    /// Whether *này* points back at a body named before.
    pub(super) definite: bool,
    /// What the title's own end says of its holder.
    pub(super) status: Option<Status>,
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

/// What is known of a document before a gap is filled.
#[derive(Clone, Copy)]
pub(super) struct Document<'a, 't> {
    pub(super) text: &'a Annotated<'t>,
    pub(super) writer: Writer<'a, 't>,
    pub(super) names: &'a [Name],
    /// The person of each name.
    pub(super) people: &'a [usize],
    /// The titles of names, then those that the text names without a holder.
    pub(super) pairs: &'a [Pair],
    /// What each of them says by itself.
    pub(super) parsed: &'a [Parsed<'a>],
    pub(super) places: &'a [Place<'a>],
    pub(super) countries: &'a [Country<'a>],
}

/// Offices with their bodies, by the words of the office.
pub(super) type CentralOffices = BTreeMap<Key, (&'static str, &'static str)>;

/// Everything that fills gaps.
pub(super) struct Context<'a, 't> {
    pub(super) doc: Document<'a, 't>,
    pub(super) bodies: Bodies<'a, 't>,
    /// Pairs by person and words of the title.
    pub(super) by_person: BTreeMap<Key, Vec<usize>>,
    /// Pairs by words of the title, those without a holder too.
    pub(super) by_title: BTreeMap<Key, Vec<usize>>,
    /// The mentions of each country.
    pub(super) named_countries: OnceCell<BTreeMap<&'static str, Vec<&'a Country<'a>>>>,
    /// How often the text names towns and houses of government of a country.
    pub(super) town_countries: OnceCell<BTreeMap<&'static str, usize>>,
    /// Where the text names cities of other countries, and their rows.
    pub(super) cities: OnceCell<Vec<(usize, Match)>>,
    /// Pairs whose title names a body, by office.
    pub(super) by_office: BTreeMap<&'static str, Vec<(usize, usize)>>,
    /// The first place of a unit among the titles of a mention, of a person.
    pub(super) mention_places: BTreeMap<(usize, Unit), &'a Place<'a>>,
    pub(super) person_places: BTreeMap<(usize, Unit), &'a Place<'a>>,
    pub(super) mention_countries: BTreeMap<usize, &'a Country<'a>>,
    /// The country that a person governs.
    pub(super) person_countries: BTreeMap<usize, &'a Country<'a>>,
    /// The pair that names the company of a person.
    pub(super) companies: BTreeMap<usize, (usize, usize)>,
    /// The pair that names a Party committee beside a mention, and the committee's first atom.
    pub(super) committees: BTreeMap<usize, (usize, usize)>,
    /// Offices with a body that the text names, by the words of the office.
    central_offices: OnceCell<CentralOffices>,
    /// Places by kind, in text order.
    by_kind: OnceCell<BTreeMap<Kind, Vec<(usize, &'a Place<'a>)>>>,
    /// First atoms of the lines.
    lines: OnceCell<Vec<u32>>,
}

impl<'a, 't> Context<'a, 't> {
    pub(super) fn new(doc: Document<'a, 't>) -> Self {
        let mut c = Self {
            doc,
            bodies: Bodies::new(doc.writer, doc.places, doc.names),
            by_person: BTreeMap::new(),
            by_title: BTreeMap::new(),
            by_office: BTreeMap::new(),
            mention_places: BTreeMap::new(),
            person_places: BTreeMap::new(),
            mention_countries: BTreeMap::new(),
            person_countries: BTreeMap::new(),
            companies: BTreeMap::new(),
            committees: BTreeMap::new(),
            central_offices: OnceCell::new(),
            by_kind: OnceCell::new(),
            town_countries: OnceCell::new(),
            cities: OnceCell::new(),
            named_countries: OnceCell::new(),
            lines: OnceCell::new(),
        };
        if doc.parsed.iter().any(|p| p.gap != Gap::None || p.level == Some(Level::Central)) {
            c.read_pairs();
        }
        c
    }

    fn read_pairs(&mut self) {
        for (i, (pair, p)) in self.doc.pairs.iter().zip(self.doc.parsed).enumerate() {
            self.by_title.entry(p.key.clone()).or_default().push(i);
            let Some(&person) = self.doc.people.get(pair.name) else { continue };
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
            let noted = |m: Match, note: Note| self.doc.text.noted(m, note);
            let committee = bodies(self.doc.text, t.head.start as usize, t.end).find(|m| noted(*m, Note::Committee));
            if let Some(m) = committee {
                self.committees.entry(pair.name).or_insert((i, m.start as usize));
            }
            let named = self.doc.text.longest(t.head.end as usize, Table::Organisations).is_some()
                && is_named(tail(&p.written, p.head_len));
            if named && t.end > t.head.end as usize {
                self.by_office.entry(p.office).or_default().push((t.start, i));
                let official = matches!(self.doc.text.cell(t.head, column::DEGREE), "chief" | "deputy" | "member");
                let company = bodies(self.doc.text, t.head.end as usize, t.end).find(|m| {
                    self.doc.text.cell(*m, 1) == "organisation"
                        && !noted(*m, Note::Part)
                        && m.start as usize + 1 < t.end
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

    pub(super) fn central_offices(&self) -> &CentralOffices {
        self.central_offices.get_or_init(|| {
            let (mut offices, mut seen) = (CentralOffices::new(), BTreeSet::new());
            let text = self.doc.text;
            for m in text.marks.titles.iter().filter_map(|at| text.longest(at, Table::Titles)) {
                let (role, body) = (text.cell(m, column::ROLE), text.cell(m, column::BODY));
                if seen.insert(m.row) && !matches!(body, "" | "-") && role.contains(' ') {
                    offices.entry(key(role)).or_insert((role, body));
                }
            }
            offices
        })
    }

    /// The places of a kind, in text order.
    pub(super) fn places_of(&self, kind: Kind) -> Option<&[(usize, &'a Place<'a>)]> {
        let by_kind = self.by_kind.get_or_init(|| {
            let mut by_kind: BTreeMap<Kind, Vec<(usize, &'a Place<'a>)>> = BTreeMap::new();
            for p in self.doc.places.iter().filter(|p| !p.borrowed) {
                for kind in [Kind::Unit(p.unit), Kind::level(p.level())] {
                    by_kind.entry(kind).or_default().push((p.at, p));
                }
            }
            by_kind
        });
        by_kind.get(&kind).map(Vec::as_slice)
    }

    /// First atoms of the lines.
    pub(super) fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let atoms = (0..).zip(&self.doc.text.atoms);
            atoms.filter(|(i, a)| *i == 0 || a.breaks() > 0).map(|(i, _)| i).collect()
        })
    }

    /// The title of a pair as far as the document tells it.
    pub(super) fn fill(&self, i: usize) -> Option<Filled> {
        let (pair, p) = (self.doc.pairs.get(i)?, self.doc.parsed.get(i)?);
        let filled = match p.gap {
            Gap::None => self.foreign_office(pair, p).or_else(|| self.body_aside(pair, p)),
            Gap::Unit(_) | Gap::Local(..) => return Some(self.with_place(pair, p)),
            Gap::Body => self
                .longer_title(i, pair, p)
                .or_else(|| self.chained(i, pair, p))
                .or_else(|| self.company(pair, p))
                .or_else(|| self.same_office(i, pair, p))
                .or_else(|| self.minister(pair, p))
                .or_else(|| self.committee_beside(i, pair, p))
                .or_else(|| self.central_office(pair, p))
                .or_else(|| self.unheld(pair, p))
                .or_else(|| self.ministry(pair, p))
                .or_else(|| self.assembly(pair, p)),
            Gap::Noun(at) => self.longer_title(i, pair, p).or_else(|| self.named_body(pair, p, at)),
            Gap::Part(at) => self
                .body_aside(pair, p)
                .or_else(|| self.longer_title(i, pair, p))
                .or_else(|| self.chained(i, pair, p))
                .or_else(|| self.company(pair, p))
                .or_else(|| self.commune_committee(pair, p, at))
                .or_else(|| self.organ_beside(i, pair, p))
                .or_else(|| self.named_body(pair, p, at)),
            Gap::Party(at) => self
                .longer_title(i, pair, p)
                .or_else(|| self.committee(pair, p))
                .or_else(|| self.named_body(pair, p, at)),
            // *Thị trưởng* governs no country.
            Gap::Country if self.doc.text.noted(pair.title.head, Note::Seat) => {
                self.longer_title(i, pair, p).or_else(|| self.city_around(pair, p))
            }
            Gap::Country => {
                self.longer_title(i, pair, p).or_else(|| self.own_country(pair, p)).or_else(|| match p.statesman {
                    Some(country) => self.known_country(pair, p, country),
                    None => self
                        .listed_country(i, p)
                        .or_else(|| self.unheld(pair, p))
                        .or_else(|| self.country_around(pair, p)),
                })
            }
        };
        // A country that the document does not name is no rival.
        let unknown = p.gap == Gap::Country && self.doc.countries.is_empty();
        filled.or_else(|| self.placed(i)).map(|f| Filled { open: f.open && !unknown, ..f })
    }

    /// The body of a title that nothing else completes: the only one of its kind that the text names.
    pub(super) fn only_body(&self, i: usize) -> Option<Filled> {
        let (pair, p) = (self.doc.pairs.get(i)?, self.doc.parsed.get(i)?);
        let bare = p.gap == Gap::Body && !p.foreigner;
        bare.then(|| self.body_of_kind(pair, p).or_else(|| self.only_committee(pair, p)))?
    }
}

/// The place that the title itself names.
pub(super) fn own_place(p: &Parsed<'_>) -> Option<String> {
    p.place.map(|q| q.name.to_string()).or_else(|| p.country.map(|c| c.name.to_string()))
}
