//! What a title says: status, role, grade, body, place, level and term, and the title written out.
//!
//! `writing` replaces short forms and `words` compares what is written; `places` and `bodies` list what the text names,
//! `offices` those without a holder; `status` tells whether an office is held, `gap` what a title leaves to its
//! surroundings (a bare *tỉnh*, *Sở*, *Giám đốc*). `context` fills the gap from the document (`other_titles`,
//! `named_bodies`, `country`, `whereabouts`), or leaves it open where the document does not decide (`answers`).

mod answers;
mod bodies;
mod context;
mod country;
mod gap;
mod named_bodies;
mod offices;
mod other_titles;
mod places;
mod status;
mod whereabouts;
mod words;
mod writing;

pub(crate) use writing::plain;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use self::context::{Context, Document, Filled, Parsed};
use self::gap::Gap;
use self::places::{Country, Place};
use self::words::key;
use self::writing::Writer;
use super::names::Name;
use super::pairing::Pair;
use super::titles::{TitlePhrase, column};
use super::{Grade, Level, Relation, Status, Title, TitleKind, term};
use crate::abbreviation::Abbreviation;
use crate::lexicon::{Annotated, Atom, Class, Classes, Match, Note, Table};
use crate::scan::Case;

/// Words behind a noun that point at a body named before: *sở này*.
const POINTERS: [&str; 3] = ["này", "đó", "trên"];

/// The school that was named before.
const OWN_SCHOOL: &str = "nhà trường";

/// Nouns that a pointer takes for a country: *Tổng thống nước này*.
const COUNTRY_NOUNS: [&str; 2] = ["nước", "quốc gia"];

/// Most atoms in parentheses that tell a place.
const ASIDE: usize = 12;

/// Parses and expands every pair's title.
pub(crate) fn read(
    text: &Annotated<'_>,
    sentences: &[u32],
    names: &[Name],
    titles: &[TitlePhrase],
    pairs: &[Pair],
    people: &[usize],
    abbreviations: &[Abbreviation<'_>],
) -> Vec<Title> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let writer = Writer { text, abbreviations };
    let (places, countries) = places::read(text, names);
    let reader = Reader { text, sentences, writer, places: &places, countries: &countries };
    let mut parsed: Vec<Parsed<'_>> = pairs.iter().map(|p| reader.parse(names.get(p.name), &p.title)).collect();
    let mut offices = pairs.to_vec();
    if parsed.iter().any(|p| matches!(p.gap, Gap::Body | Gap::Country)) {
        offices.extend(offices::unheld(titles, pairs));
        parsed.extend(offices.iter().skip(pairs.len()).map(|p| reader.parse(None, &p.title)));
    }
    let context = Context::new(Document {
        text,
        writer,
        names,
        people,
        pairs: &offices,
        parsed: &parsed,
        places: &places,
        countries: &countries,
    });
    let mut filled: Vec<Filled> = (0..pairs.len()).filter_map(|i| context.fill(i)).collect();
    same_titles_of_one_person(pairs, people, &parsed, &mut filled);
    for (i, f) in filled.iter_mut().enumerate().filter(|(_, f)| f.open) {
        if let Some(only) = context.only_body(i) {
            *f = only;
        }
    }
    let titles = pairs.iter().zip(&parsed).zip(filled);
    let mut titles: Vec<Title> =
        titles.map(|((pair, parsed), filled)| reader.title(pair, parsed, filled, names.get(pair.name))).collect();
    same_status_of_one_office(text, pairs, &parsed, &mut titles);
    same_place_of_one_office(pairs, people, &mut titles);
    titles
}

/// *ĐB A (Hưng Yên)*, then *ĐB A*: what one mention tells of the place.
fn same_place_of_one_office(pairs: &[Pair], people: &[usize], titles: &mut [Title]) {
    let mut told: BTreeMap<(usize, String), String> = BTreeMap::new();
    let id = |pair: &Pair, t: &Title| Some((*people.get(pair.name)?, t.expanded.clone()?));
    for (pair, t) in pairs.iter().zip(titles.iter()) {
        if let (Some(id), Some(place)) = (id(pair, t), &t.place) {
            told.entry(id).or_insert_with(|| place.clone());
        }
    }
    for (pair, t) in pairs.iter().zip(titles).filter(|(_, t)| t.place.is_none()) {
        if let Some(place) = id(pair, t).and_then(|id| told.get(&id)) {
            t.place = Some(place.clone());
        }
    }
}

/// *Nguyên Chủ tịch kiêm Tổng Giám đốc*, *nguyên Bí thư Huyện ủy, Chủ tịch UBND huyện A*: the word of the first office is
/// said of both, if they share their body or place.
fn same_status_of_one_office(text: &Annotated<'_>, pairs: &[Pair], parsed: &[Parsed<'_>], titles: &mut [Title]) {
    let mut said: Option<(usize, usize, Status)> = None;
    let mut unit = None;
    for ((pair, p), title) in pairs.iter().zip(parsed).zip(titles) {
        let t = &pair.title;
        let joined = |end: usize| {
            let comma = usize::from(text.atom(end).is_some_and(|a| a.is_mark(',')));
            let shares = comma == 1 && end + 1 == t.start && unit.is_some() && unit == p.place.map(|place| place.unit);
            shares || text.is_word(end + comma, "kiêm") && end + comma + 1 == t.start
        };
        let before = said.filter(|&(name, end, _)| name == pair.name && t.status.is_none() && joined(end));
        if let Some((_, _, status)) = before {
            title.status = status;
        }
        let word = before.is_some() || t.status.is_some();
        said = word.then_some((pair.name, t.end, title.status));
        unit = match p.gap {
            Gap::Unit(unit) => Some(unit),
            _ => None,
        };
    }
}

/// What one mention leaves open another may tell: the same words of the same person mean the same office.
fn same_titles_of_one_person(pairs: &[Pair], people: &[usize], parsed: &[Parsed<'_>], filled: &mut [Filled]) {
    let id = |i: usize| Some((*people.get(pairs.get(i)?.name)?, parsed.get(i)?.key.as_slice()));
    let mut told: BTreeMap<(usize, &[u64]), Filled> = BTreeMap::new();
    for (i, f) in filled.iter().enumerate().filter(|(_, f)| !f.open) {
        if let Some(id) = id(i) {
            told.entry(id).or_insert_with(|| f.clone());
        }
    }
    for (i, f) in filled.iter_mut().enumerate().filter(|(_, f)| f.open) {
        if let Some(same) = id(i).and_then(|id| told.get(&id)) {
            f.clone_from(same);
        }
    }
}

/// How a title ends.
struct Ending {
    /// Without what points and what tells the status.
    end: usize,
    /// Without every attribute: *tự phong, danh dự*.
    bare_end: usize,
    /// Whether *này* points back at a body or country named before.
    definite: bool,
    status: Option<Status>,
}

/// Offices that a state has, and other bodies too.
fn governs(role: &str) -> bool {
    matches!(role, "chủ tịch" | "phó chủ tịch" | "tổng bí thư")
}

struct Reader<'a, 't> {
    text: &'a Annotated<'t>,
    sentences: &'a [u32],
    writer: Writer<'a, 't>,
    places: &'a [Place<'a>],
    countries: &'a [Country<'a>],
}

impl<'a> Reader<'a, '_> {
    fn parse(&self, name: Option<&Name>, t: &TitlePhrase) -> Parsed<'a> {
        let Ending { end, bare_end, definite, status } = self.ending(t);
        let t = &TitlePhrase { end, ..*t };
        let written = self.with_full_head(t, self.without_short_form(t));
        let place = self.place_inside(t);
        let abroad = self.serves_abroad(t);
        let country = if abroad { None } else { self.country_inside(t) };
        let role = self.text.cell(t.head, column::ROLE);
        let statesman = name.and_then(|n| self.statesman(n));
        let foreigner = statesman.is_some() || name.is_some_and(|n| self.is_foreigner(n));
        let gap = match name {
            Some(name) if self.is_honoured(name) => Gap::None,
            _ if abroad => Gap::None,
            // *Chủ tịch Tập Cận Bình*
            _ if statesman.is_some() && country.is_none() && t.end == t.head.end as usize && governs(role) => {
                Gap::Country
            }
            _ => gap::gap(self.text, &TitlePhrase { end: bare_end, ..*t }, place, country, foreigner),
        };
        // Most heads are written in full, and the words of the text are known.
        let (head_start, head_end) = (t.head.start as usize, t.head.end as usize);
        let (key, head_len) = if self.text.noted(t.head, Note::Short) {
            let head = self.writer.written(head_start, head_end);
            (key(&written), key(&self.with_full_head(t, head)).len())
        } else {
            (self.writer.key(head_start, t.end).0, self.writer.n_words(head_start, head_end))
        };
        Parsed {
            head_len,
            foreigner,
            statesman,
            definite,
            status,
            end,
            key,
            written,
            gap,
            place,
            country,
            level: if abroad { Some(Level::Central) } else { self.level(t, place, country, gap) },
            office: match role.strip_prefix("phó ").unwrap_or(role) {
                "thứ trưởng" => "bộ trưởng",
                // *Chủ tịch Hạ viện* is no *chủ tịch* of a state.
                "chủ tịch" if self.text.cell(t.head, column::LEVEL) == "foreign" => {
                    self.text.cell(t.head, column::BODY)
                }
                office => office,
            },
        }
    }

    /// Words behind an office that name nothing: *sở này, Tổng thống đương nhiệm*.
    fn ending(&self, t: &TitlePhrase) -> Ending {
        let head_end = t.head.end as usize;
        let before = |end: usize, word: &str| {
            let from = end.checked_sub(word.split(' ').count()).filter(|&at| at >= head_end);
            from.filter(|&at| self.text.spells(at, word))
        };
        let pointer = POINTERS.iter().find_map(|w| before(t.end, w));
        // *Hiệu trưởng nhà trường*
        let pointer = pointer.or_else(|| before(t.end, OWN_SCHOOL).filter(|&at| at == head_end));
        let country = pointer.and_then(|at| COUNTRY_NOUNS.iter().find_map(|w| before(at, w)));
        let mut end = country.or(pointer).unwrap_or(t.end);
        let (mut bare_end, mut status) = (end, None);
        let tail = |end: usize| self.text.ending_at(end, Class::Tail.into()).find(|m| m.start as usize >= head_end);
        while let Some(m) = tail(bare_end) {
            let held = Status::from_note(self.text.cell(m, 2));
            if held.is_some() && bare_end == end {
                end = m.start as usize;
            }
            status = status.or(held);
            bare_end = m.start as usize;
        }
        Ending { end, bare_end, definite: pointer.is_some(), status }
    }

    /// The title written out, but not the short form of what stands before it: *Tổng Giám đốc (TGĐ) Đài X*.
    fn without_short_form(&self, t: &TitlePhrase) -> String {
        let (start, text) = (t.head.start as usize, self.text);
        let mark = |i: usize, c: char| text.atom(i).is_some_and(|a| a.is_mark(c));
        let aside = |&i: &usize| {
            mark(i, '(') && mark(i + 2, ')') && self.writer.written(i + 1, i + 2).len() > text.letters(i + 1).len()
        };
        match (start + 1..t.end.saturating_sub(3)).find(aside) {
            Some(at) => words::join(&self.writer.written(start, at), &self.writer.written(at + 3, t.end)),
            None => self.writer.written(start, t.end),
        }
    }

    /// *Phó ban* is short for *phó trưởng ban*: the remarks of the head's row say so.
    fn with_full_head(&self, t: &TitlePhrase, written: String) -> String {
        if !self.text.noted(t.head, Note::Short) {
            return written;
        }
        let rule = self.text.cell(t.head, column::NOTE).split("; ").find_map(|n| n.strip_prefix("short: "));
        let Some((short, full)) = rule.and_then(|r| r.split_once(" = ")) else { return written };
        if !self.text.spells(t.head.start as usize, short) {
            return written;
        }
        let mut out = String::new();
        let mut letters = full.chars();
        if written.starts_with(char::is_uppercase) {
            out.extend(letters.by_ref().take(1).flat_map(char::to_uppercase));
        }
        out.extend(letters);
        words::join(&out, words::tail(&written, short.split(' ').count())).trim_end().to_string()
    }

    /// Whether a name has a word that is no syllable (*Giép Xét-xừn* with its hyphen), and is not one of an ethnic
    /// minority: *Điểu Kré, Y Biêr Niê*.
    fn is_foreigner(&self, name: &Name) -> bool {
        let atoms = || (name.start..name.end).filter_map(|i| self.text.atom(i));
        let marked = |a: &Atom| a.syllable.is_some() && !a.span().of(self.text.text).is_ascii();
        let here = |a: &Atom| self.text.lexicon.is_foreign(a.word, Class::Ethnic);
        let hyphen = atoms().any(|a| a.is_mark('-') && a.glued());
        (hyphen
            || atoms().any(|a| a.is_word() && a.syllable.is_none() && a.len > 2) && !atoms().next().is_some_and(marked))
            && !atoms().any(here)
    }

    /// The country that one of this name governs.
    fn statesman(&self, name: &Name) -> Option<&'static str> {
        let known = self.text.context(name.start, Class::Statesman).filter(|m| m.end as usize == name.end)?;
        Some(self.text.cell(known, 2))
    }

    /// Whether a place bears the person's name: *Chủ tịch Hồ Chí Minh* needs no body.
    fn is_honoured(&self, name: &Name) -> bool {
        let here = |m: &Match| m.end as usize == name.end;
        self.text.at(name.start, Table::Places.into()).find(here).is_some_and(|m| m.class == Class::Province)
    }

    fn title(&self, pair: &Pair, parsed: &Parsed<'_>, filled: Filled, name: Option<&Name>) -> Title {
        let t = &pair.title;
        let written = filled.written;
        let seat = || {
            let mut bodies = gap::bodies(self.text, t.head.start as usize, t.end);
            bodies.find_map(|m| {
                self.text.cell(m, 4).split("; ").find_map(|n| n.strip_prefix("country=")).map(str::to_string)
            })
        };
        let said = || name.map_or(Status::Current, |name| status::status(self.text, self.sentences, name, pair));
        let national = written.ends_with(" Việt Nam").then(|| "Việt Nam".to_string());
        Title {
            span: places::span(self.text, t.start, t.end),
            kind: t.kind,
            relation: pair.relation,
            expanded: if filled.open { None } else { self.decided(t, written) },
            written: parsed.written.clone(),
            status: parsed.status.unwrap_or_else(said),
            role: self.role(t),
            grade: (t.kind == TitleKind::Position)
                .then(|| Grade::from_cell(self.text.cell(t.head, column::DEGREE)))
                .flatten(),
            organisation: self.organisation(t),
            level: filled.level,
            term: term::read(self.text, t.end).map(|phrase| phrase.term),
            place: self
                .named_seat(t)
                .or(filled.place)
                .or(national)
                .or_else(seat)
                .or_else(|| self.town_inside(t))
                .or_else(|| self.place_aside(pair, t, name)),
        }
    }

    /// A head that stays a short form says nothing (*TT*), but what is a degree before a name is that degree (*TS*).
    fn decided(&self, t: &TitlePhrase, written: String) -> Option<String> {
        let (start, end) = (t.head.start as usize, t.head.end as usize);
        if end > start + 1 || !self.writer.is_undecided(start, end) {
            return Some(written);
        }
        (t.kind == TitleKind::Degree && t.end == end).then(|| self.role(t))
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
                return Some(if display.is_empty() { self.writer.written(at, t.end) } else { display.to_string() });
            }
        }
        let implied = self.text.cell(t.head, column::BODY);
        (!implied.is_empty()).then(|| implied.to_string())
    }

    fn level(
        &self,
        t: &TitlePhrase,
        place: Option<&Place<'_>>,
        country: Option<&Country<'_>>,
        gap: Gap,
    ) -> Option<Level> {
        if country.is_some_and(|c| c.name != "Việt Nam") {
            return Some(Level::Foreign);
        }
        let by_head = Level::from_cell(self.text.cell(t.head, column::LEVEL));
        if by_head == Some(Level::Foreign) {
            return by_head;
        }
        let mut bodies = gap::bodies(self.text, t.head.end as usize, t.end);
        let body = bodies.find_map(|m| Level::from_cell(self.text.cell(m, 1)));
        if body == Some(Level::Organisation) {
            return body;
        }
        let by_unit = || match gap {
            Gap::Unit(unit) => Some(unit.level()),
            _ => place.map(Place::level),
        };
        by_unit().or(by_head).or(body)
    }

    /// The name behind a post, park or port (*Hạt Kiểm lâm Nam Quảng Nam*) or a city of another country.
    fn named_seat(&self, t: &TitlePhrase) -> Option<String> {
        let last = gap::bodies(self.text, t.head.start as usize, t.end).last();
        let seat = last.filter(|m| self.text.noted(*m, Note::Seat)).map(|m| m.end as usize);
        let governor = || {
            let head = self.text.cell(t.head, column::LEVEL) == "foreign" && last.is_none();
            head.then_some(t.head.end as usize)
        };
        let mut from = seat.or_else(governor)?;
        if let Some(unit) = self.text.longest(from, Table::TitleWords).filter(|m| m.class == Class::Unit) {
            from = unit.end as usize;
        }
        let named = from < t.end && (from..t.end).all(|i| self.text.atom(i).is_some_and(Atom::is_capitalised));
        let country = self.country_inside(t).is_some();
        (named && !country).then(|| plain(places::span(self.text, from, t.end).of(self.text.text)))
    }

    /// A town that the title names without its unit: *Viện Hải dương học Nha Trang*.
    fn town_inside(&self, t: &TitlePhrase) -> Option<String> {
        let town = |at: usize| {
            let m = self.text.longest(at, Table::Places)?;
            let is_town = matches!(m.class, Class::District | Class::City) && m.end as usize <= t.end;
            let capital = |i: usize| self.text.atom(i).is_some_and(Atom::is_capitalised);
            // *Trường Lương Thế Vinh*: part of a longer name.
            let noun = self.text.ends(at).has(Table::Organisations);
            let upper = self.text.atom(at - 1).is_some_and(|a| a.case == Case::Upper);
            let begins = noun || upper || !capital(at - 1);
            let alone = begins && (m.end as usize == t.end || !capital(m.end as usize));
            (is_town && alone && (at..m.end as usize).all(capital)).then_some(m)
        };
        let m = (t.head.end as usize..t.end).rev().find_map(town)?;
        Some(plain(places::span(self.text, m.start as usize, m.end as usize).of(self.text.text)))
    }

    /// The place in parentheses behind the title, or behind the name of a delegate: *đại biểu Lê Ngọc Khoa (Bến Tre)*.
    fn place_aside(&self, pair: &Pair, t: &TitlePhrase, name: Option<&Name>) -> Option<String> {
        let delegate = || self.text.cell(t.head, column::ROLE).starts_with("đại biểu");
        let at = match pair.relation {
            Relation::After => t.end,
            Relation::Before if delegate() => name?.end,
            _ => return None,
        };
        let mark = |i: usize, c: char| self.text.atom(i).is_some_and(|a| a.is_mark(c));
        if !mark(at, '(') {
            return None;
        }
        let close = (at + 1..at + ASIDE).find(|&i| mark(i, ')'))?;
        let place = self.places.get(self.places.partition_point(|p| p.at < at))?;
        (place.end <= close).then(|| place.name.to_string())
    }

    /// The most specific place that the title itself names.
    fn place_inside(&self, t: &TitlePhrase) -> Option<&'a Place<'a>> {
        let first = self.places.partition_point(|p| p.at < t.head.start as usize);
        self.places.get(first).filter(|p| p.end <= t.end)
    }

    fn country_inside(&self, t: &TitlePhrase) -> Option<&'a Country<'a>> {
        let first = self.countries.partition_point(|c| c.at < t.head.end as usize);
        let mut inside = self.countries.get(first..)?.iter().take_while(|c| c.end <= t.end);
        // *Công ty Nhật Đức, Hội đồng Kinh doanh Mỹ-ASEAN*: part of a longer name.
        let inside_name = |c: &Country<'_>| {
            let named = |i: usize| i < t.end && self.text.atom(i).is_some_and(Atom::is_capitalised);
            let dash = |i: usize| self.text.atom(i).is_some_and(|a| a.is_mark('-'));
            let syllable = |i: usize| self.text.atom(i).is_some_and(|a| a.syllable.is_some());
            let before = c.at.saturating_sub(1);
            let apart = |i: usize| !self.text.ends(i).without(Classes::of(Table::Places)).is_empty();
            named(c.end) && syllable(c.end)
                || dash(c.end) && named(c.end + 1)
                || dash(before) && named(before.saturating_sub(1))
                || before >= t.head.end as usize && named(before) && !apart(c.at)
        };
        inside.find(|c| c.name != "Việt Nam" && !inside_name(c))
    }

    /// Whether an office is one of this state in another: *Đại sứ Việt Nam tại Nga*.
    fn serves_abroad(&self, t: &TitlePhrase) -> bool {
        let first = self.countries.get(self.countries.partition_point(|c| c.at < t.head.end as usize));
        let role = || self.text.cell(t.head, column::ROLE);
        let envoy = || ["đại sứ", "lãnh sự", "tham tán", "tùy viên"].iter().any(|w| role().contains(w));
        first.is_some_and(|c| c.end < t.end && c.name == "Việt Nam") && envoy()
    }
}
