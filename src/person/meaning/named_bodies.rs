//! What the bodies that a text names say about a title that leaves its own open.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::answers::{ENOUGH, nearest};
use super::bodies::Body;
use super::context::{Context, Filled, Parsed};
use super::places::{Place, unit_ending, with_unit};
use super::whereabouts::Kind;
use super::words::{Key, contains, join, key, tail};
use crate::lexicon::Table;
use crate::person::Level;
use crate::person::pairing::Pair;
use crate::person::titles::{self, column};

/// Party committees with a place of their own.
const COMMITTEES: [&str; 5] = ["Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy"];

impl Context<'_, '_> {
    /// A body of the text that begins with the noun in which the title ends.
    pub(super) fn named_body(&self, pair: &Pair, p: &Parsed<'_>, from: usize) -> Option<Filled> {
        let noun = self.bodies.words(from, p.end);
        let words = p.key.len();
        let prefix = p.key.get(words.checked_sub(noun)?..)?.to_vec();
        let answers = self.bodies.longer(&prefix);
        // *Bệnh viện Đa khoa tỉnh Gia Lai* and *Bệnh viện Đa khoa Gia Lai* are one.
        let same = |a: &Body<'_>, b: &Body<'_>| contains(&a.key, &b.key) || contains(&b.key, &a.key);
        let (chosen, share) = nearest(&answers, pair.title.start, same)?;
        if share < ENOUGH && !p.definite {
            return None;
        }
        // One mention of a board tells little among companies.
        let often = || answers.iter().filter(|a| same(a.1, chosen)).count() > 1;
        if self.bodies.words(from, p.end) > p.end - from && !often() {
            return None;
        }
        let equal = |b: &Body<'_>| answers.iter().filter(|a| a.1.key == b.key).count();
        let forms = answers.iter().map(|a| a.1).filter(|b| same(b, chosen));
        let body = forms.max_by_key(|b| (equal(b), b.at == chosen.at))?;
        let written = join(&p.written, tail(&self.bodies.written(body), noun));
        let local = body.level.filter(|l| matches!(l, Level::Province | Level::District | Level::Commune));
        match (body.place, local) {
            (None, Some(level)) => {
                // *Sở Y tế* of the only province.
                let list = self.places_of(Kind::level(level))?;
                let found = nearest(list, pair.title.start, |a, b| a.id == b.id);
                let place = found.filter(|f| f.1 >= ENOUGH)?.0;
                Some(Filled {
                    written: join(&written, &with_unit(place, self.doc.text)),
                    place: Some(place.name.to_string()),
                    level: p.level.or(Some(level)),
                    open: false,
                })
            }
            _ => Some(Filled { written, place: body.place.map(|q| q.name.to_string()), level: p.level, open: false }),
        }
    }

    /// The one ministry that the text names: *Bộ Công Thương họp. Thứ trưởng … nói.*
    pub(super) fn ministry(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        if p.foreigner || self.doc.text.cell(pair.title.head, column::BODY) != "Bộ" {
            return None;
        }
        let ministries = self.bodies.ministries(self.doc.countries);
        let (ministry, share) = nearest(ministries, pair.title.start, |a, b| a.row == b.row)?;
        if share < ENOUGH {
            return None;
        }
        Some(Filled {
            written: join(&p.written, &self.bodies.written_match(ministry)),
            place: None,
            level: p.level,
            open: false,
        })
    }

    /// The one body of its kind that the text names: *Trường Đại học X họp. Hiệu trưởng … nói*, *Tổng cục Y. Phó Tổng cục
    /// trưởng …*.
    pub(super) fn body_of_kind(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let noun = self.doc.text.cell(pair.title.head, column::BODY);
        if !matches!(noun, "Trường" | "Tổng cục" | "Cục" | "Vụ" | "Viện") {
            return None;
        }
        let kind = key(noun);
        let answers = self.bodies.longer(&kind);
        let same = |a: &Body<'_>, b: &Body<'_>| contains(&a.key, &b.key) || contains(&b.key, &a.key);
        let (chosen, share) = nearest(&answers, pair.title.start, same)?;
        if share < ENOUGH && !p.definite {
            return None;
        }
        let equal = |b: &Body<'_>| answers.iter().filter(|a| a.1.key == b.key).count();
        let forms = answers.iter().map(|a| a.1).filter(|b| same(b, chosen));
        let body = forms.max_by_key(|b| (equal(b), b.at == chosen.at))?;
        Some(Filled {
            written: join(&p.written, &self.bodies.written(body)),
            place: body.place.map(|q| q.name.to_string()),
            level: p.level.or(body.level),
            open: false,
        })
    }

    /// The one Party committee that the text names: *Tỉnh ủy Đồng Nai họp. Phó Bí thư … nói*.
    pub(super) fn only_committee(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        if p.office != "bí thư" {
            return None;
        }
        // No *Tỉnh ủy các tỉnh A, B*.
        let placed = |b: &Body<'_>| b.place.is_some_and(|q| q.from <= b.at + 2 && q.end == b.end);
        let mut named: Vec<(usize, &Body<'_>)> =
            COMMITTEES.iter().flat_map(|noun| self.bodies.longer(&key(noun))).filter(|b| placed(b.1)).collect();
        named.sort_unstable_by_key(|b| b.0);
        self.in_one_place(pair, p, &named)
    }

    /// The title with the body that has these words in one place, if the text names one place or nearly so.
    fn in_one_place(&self, pair: &Pair, p: &Parsed<'_>, answers: &[(usize, &Body<'_>)]) -> Option<Filled> {
        let place = |b: &Body<'_>| b.place.map(|q| q.id);
        let (body, share) = nearest(answers, pair.title.start, |a, b| place(a) == place(b))?;
        let place = body.place.filter(|_| share >= ENOUGH)?;
        Some(Filled {
            written: join(&p.written, &self.bodies.written(body)),
            place: Some(place.name.to_string()),
            level: Some(place.level()),
            open: false,
        })
    }

    /// The body in parentheses behind its department: *Vụ trưởng Vụ Pháp chế (Bộ Công an)*.
    pub(super) fn body_aside(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let (text, t) = (self.doc.text, &pair.title);
        let department = matches!(text.cell(t.head, column::BODY), "Vụ" | "Cục" | "Tổng cục" | "Phòng");
        if t.end == t.head.end as usize || !department || !text.atom(t.end).is_some_and(|a| a.is_mark('(')) {
            return None;
        }
        let from = t.end + 1;
        text.longest(from, Table::Organisations)?;
        // *Vụ trưởng Vụ Pháp chế (Vụ PC)*: its own short form.
        if text.spells(from, &text.cell(t.head, column::BODY).to_lowercase()) {
            return None;
        }
        let end = titles::body_end(text, from, &|_| false);
        let closed = text.atom(end).is_some_and(|a| a.is_mark(')')) && unit_ending(text, end).is_none();
        let place = self.doc.places.get(self.doc.places.partition_point(|q| q.at < from)).filter(|q| q.end <= end);
        closed.then(|| Filled {
            written: join(&p.written, &self.doc.writer.written(from, end)),
            place: place.map(|q| q.name.to_string()),
            level: p.level.or_else(|| place.map(Place::level)),
            open: false,
        })
    }

    /// The one assembly that the text names: *Quốc hội họp. Đại biểu … nêu*.
    pub(super) fn assembly(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        if p.office != "đại biểu" {
            return None;
        }
        let council = key("Hội đồng nhân dân");
        match (self.bodies.has(&key("Quốc hội")), self.bodies.has(&council)) {
            (true, false) => Some(Filled {
                written: join(&p.written, "Quốc hội"),
                place: None,
                level: Some(Level::Central),
                open: false,
            }),
            (false, true) => self.in_one_place(pair, p, &self.bodies.longer(&council)),
            _ => None,
        }
    }

    /// The title as it is written; *Bộ trưởng Y tế* is *Bộ trưởng Bộ Y tế* where the document says *Bộ Y tế*.
    pub(super) fn with_ministry(&self, pair: &Pair, p: &Parsed<'_>) -> String {
        let head = pair.title.head;
        let (noun, head_len) = (self.doc.text.cell(head, column::BODY), p.head_len);
        let field = p.key.get(head_len..).unwrap_or_default();
        let own = key(noun);
        if !matches!(noun, "Bộ" | "Cục" | "Vụ" | "Tổng cục")
            || p.country.is_some()
            || field.is_empty()
            || field.starts_with(&own)
        {
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
