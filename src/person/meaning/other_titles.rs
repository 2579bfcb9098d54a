//! What the other titles of a document say about a title that leaves its body open.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::answers::{ENOUGH, REACH, nearest};
use super::bodies::longer;
use super::context::{Context, Filled, Parsed, own_place};
use super::gap::{Gap, bodies};
use super::offices::NOBODY;
use super::places::{Place, Unit, behind_unit, with_unit};
use super::words::{is_named, join, key, tail, words};
use crate::lexicon::{Note, Table};
use crate::person::Level;
use crate::person::pairing::Pair;
use crate::person::titles::{self, column};

/// Atoms between a title and the superior or deputy of the same office.
const NEARBY: usize = 60;

impl Context<'_, '_> {
    /// A longer title of the same person that begins with the same words.
    pub(super) fn longer_title(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let mut key = alloc::vec![*self.doc.people.get(pair.name)? as u64];
        key.extend(&p.key);
        let mut answers: Vec<(usize, usize)> = longer(&self.by_person, &key)
            .take(REACH)
            .flatten()
            .filter_map(|&j| Some((self.doc.pairs.get(j)?.title.start, j)))
            .take(REACH)
            .collect();
        answers.sort_unstable();
        let tail_key = |j: usize| self.doc.parsed.get(j).and_then(|q| q.key.get(p.key.len()..));
        let row = |j: usize| self.doc.parsed.get(j).and_then(|q| q.country).map(|c| c.row);
        // *Hạ viện* and *Hạ viện Anh* are one.
        let begins = |a: usize, b: usize| tail_key(a).zip(tail_key(b)).is_some_and(|(a, b)| a.starts_with(b));
        let same = |a: usize, b: usize| begins(a, b) || begins(b, a) || row(a).is_some() && row(a) == row(b);
        let (mut j, share) = nearest(&answers, pair.title.start, same)?;
        if row(j).is_none() {
            let fuller = answers.iter().map(|a| a.1).filter(|&a| begins(a, j));
            j = fuller.max_by_key(|&a| (tail_key(a).map_or(0, <[u64]>::len), a == j)).unwrap_or(j);
        }
        if row(j).is_some() {
            // The first mention of a country is its fullest, the shortest title the one that the bare word means.
            let len =
                |j: usize| if p.gap == Gap::Country { 0 } else { self.doc.parsed.get(j).map_or(0, |q| q.key.len()) };
            j = answers.iter().map(|a| a.1).filter(|&a| same(a, j)).min_by_key(|&a| len(a)).unwrap_or(j);
        }
        if share < 0.5 || i == j {
            return None;
        }
        // *Bộ trưởng Tài chính nước này*
        let definite = self.doc.parsed.get(j).is_some_and(|q| q.gap == Gap::Country && q.definite);
        let source = if definite {
            self.country_around(self.doc.pairs.get(j)?, self.doc.parsed.get(j)?)?
        } else {
            self.placed(j)?
        };
        let rest = tail(&source.written, p.key.len());
        // *Tổng thống hợp hiến của Venezuela*: only the country is meant.
        let attributed = rest.starts_with(char::is_lowercase);
        if let Some(country) = self.doc.parsed.get(j)?.country.filter(|_| p.gap == Gap::Country && attributed) {
            return Some(self.in_country(p, country));
        }
        let written = join(&p.written, rest);
        Some(Filled { written, ..source })
    }

    /// The body of the title that *kiêm* ties to this one: *Phó Chủ tịch kiêm Tổng Thư ký Hội X*.
    pub(super) fn chained(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let (next, q) = (self.doc.pairs.get(i + 1)?, self.doc.parsed.get(i + 1)?);
        let tied = next.name == pair.name && next.title.start == pair.title.end + 1;
        if !tied || !self.doc.text.is_word(pair.title.end, "kiêm") || p.level == Some(Level::Central) {
            return None;
        }
        let full = self.placed(i + 1).filter(|f| !f.open && is_named(tail(&f.written, q.head_len)))?;
        // *Giám đốc Điều hành Khu vực của Hội đồng X*: the body is what both share.
        let t = &next.title;
        let bodies =
            || (t.head.end as usize..t.end).filter(|&at| self.doc.text.longest(at, Table::Organisations).is_some());
        let body = bodies().find(|&at| self.doc.text.is_word(at - 1, "của")).or_else(|| bodies().next());
        let before = body.map_or(q.head_len, |at| self.bodies.words(t.head.start as usize, at));
        Some(Filled { written: join(&p.written, tail(&full.written, before)), ..full })
    }

    /// The company, school or hospital that another title of the person names.
    pub(super) fn company(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let head = self.doc.text.cell(pair.title.head, column::LEVEL) == "organisation";
        let part = matches!(p.gap, Gap::Part(_)) && p.level == Some(Level::Organisation);
        if !part && !head {
            return None;
        }
        let &(j, at) = self.companies.get(self.doc.people.get(pair.name)?)?;
        let source = self.doc.pairs.get(j)?;
        let written = join(&p.written, &self.doc.writer.written(at, source.title.end));
        let place = self.doc.parsed.get(j).and_then(own_place);
        Some(Filled { written, place, level: Some(Level::Organisation), open: false })
    }

    /// The body of the next title of the mention, which has the organ that this one names: *Ủy viên Ban Cán sự đảng, Thứ
    /// trưởng Bộ X*.
    pub(super) fn organ_beside(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let (next, q) = (self.doc.pairs.get(i + 1)?, self.doc.parsed.get(i + 1)?);
        let (text, t) = (self.doc.text, &next.title);
        let separated = text.atom(pair.title.end).is_some_and(|a| a.is_mark(',') || a.is_mark('-'));
        if next.name != pair.name || t.start != pair.title.end + 1 || !separated || q.country.is_some() {
            return None;
        }
        let body = bodies(text, t.head.start as usize, t.end).next()?;
        let part = [Note::Local, Note::Inner, Note::Part, Note::Party].iter().any(|&n| text.noted(body, n));
        let whole = !part && Level::from_cell(text.cell(body, 1)).is_some();
        let full = self.placed(i + 1).filter(|f| !f.open && whole)?;
        let before = self.bodies.words(t.head.start as usize, body.start as usize);
        let rest = Some(tail(&full.written, before)).filter(|rest| is_named(rest) && !rest.starts_with(','))?;
        Some(Filled { written: join(&p.written, rest), ..full })
    }

    /// The body of the superior or deputy nearby: *Chủ tịch Hội X, Phó Chủ tịch thường trực*.
    pub(super) fn same_office(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        if p.gap != Gap::Body {
            return None;
        }
        let list = self.by_office.get(p.office)?;
        let at = pair.title.start;
        let n = list.partition_point(|a| a.0 < at);
        let &(from, j) = n.checked_sub(1).and_then(|n| list.get(n)).or_else(|| list.first())?;
        let (source, q) = (self.doc.pairs.get(j)?, self.doc.parsed.get(j)?);
        let other = self.doc.people.get(source.name) != self.doc.people.get(pair.name);
        let same_rank = self.doc.text.cell(source.title.head, column::DEGREE)
            == self.doc.text.cell(pair.title.head, column::DEGREE);
        let chief = self.doc.text.cell(pair.title.head, column::DEGREE) == "chief";
        // Ministers of one list differ; those of one document seldom.
        let ministry = self.doc.text.cell(pair.title.head, column::BODY) == "Bộ";
        let body_key = |j: usize| self.doc.parsed.get(j).and_then(|q| q.key.get(q.head_len..));
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

    /// A member of the government without a ministry: *Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ*.
    pub(super) fn minister(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let cell = |pair: &Pair, column: usize| self.doc.text.cell(pair.title.head, column);
        let heads = |j: &usize| {
            self.doc.pairs.get(*j).is_some_and(|q| {
                cell(q, column::LEVEL) == "central"
                    && cell(q, column::DEGREE) == "chief"
                    && cell(q, column::BODY).contains(' ')
            })
        };
        let minister = cell(pair, column::BODY) == "Bộ" && cell(pair, column::DEGREE) == "chief";
        let person = alloc::vec![*self.doc.people.get(pair.name)? as u64];
        let other = minister && longer(&self.by_person, &person).flatten().any(heads);
        other.then(|| Filled { written: p.written.clone(), place: None, level: p.level, open: false })
    }

    /// The Party committee of one who chairs the people's committee: *Phó Bí thư, Chủ tịch UBND huyện X*.
    pub(super) fn committee_beside(&self, i: usize, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let (next, q) = (self.doc.pairs.get(i + 1)?, self.doc.parsed.get(i + 1)?);
        let tied = next.name == pair.name && next.title.start <= pair.title.end + 1;
        let offices = p.office == "bí thư" && q.office == "chủ tịch";
        let unit = match q.gap {
            Gap::Unit(unit) => unit,
            _ => q.place?.unit,
        };
        if !tied || !offices || q.level != Some(unit.level()) && q.level != q.place.map(Place::level) {
            return None;
        }
        let full = self.placed(i + 1).filter(|f| !f.open)?;
        let committee = match unit {
            Unit::Province => "Tỉnh ủy",
            Unit::City => "Thành ủy",
            Unit::RuralDistrict => "Huyện ủy",
            Unit::UrbanDistrict => "Quận ủy",
            Unit::Town => "Thị ủy",
            Unit::Commune => "Đảng ủy xã",
            Unit::Ward => "Đảng ủy phường",
            Unit::Township => "Đảng ủy thị trấn",
            Unit::Zone => "Đảng ủy đặc khu",
            Unit::Village => return None,
        };
        let written = join(&p.written, committee);
        let place = behind_unit(full.place.as_ref()?, &written);
        Some(Filled { written: join(&written, &place), ..full })
    }

    /// The Party committee of another title of the mention: *Ủy viên Ban Thường vụ, Bí thư Huyện ủy*.
    pub(super) fn committee(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let &(j, at) = self.committees.get(&pair.name)?;
        let source = self.doc.pairs.get(j)?;
        let placed = self.placed(j)?;
        let before = words(&self.doc.writer.written(source.title.head.start as usize, at)).count();
        let written = join(&p.written, tail(&placed.written, before));
        Some(Filled { written, ..placed })
    }

    /// The commune of another title of the mention: *Bí thư Đảng ủy, Chủ tịch UBND xã Ia Pa*.
    pub(super) fn commune_committee(&self, pair: &Pair, p: &Parsed<'_>, at: usize) -> Option<Filled> {
        let organ = self.doc.text.longest(at, Table::Organisations)?;
        let place = [Unit::Commune, Unit::Ward, Unit::Township]
            .iter()
            .find_map(|u| self.mention_places.get(&(pair.name, *u)))?;
        if !self.doc.text.noted(organ, Note::Commune) {
            return None;
        }
        Some(Filled {
            written: join(&p.written, &with_unit(place, self.doc.text)),
            place: Some(place.name.to_string()),
            level: Some(Level::Commune),
            open: false,
        })
    }

    /// A central office of this name that the document names: *đại biểu Quốc hội*.
    pub(super) fn central_office(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        // *Chủ tịch* alone is hardly ever short for *Chủ tịch nước*.
        let member = self.doc.text.cell(pair.title.head, column::DEGREE) == "member";
        if !member && !p.office.contains("tổng ") {
            return None;
        }
        let office = key(p.office);
        let mut rows = longer(self.central_offices(), &office);
        let &(only, body) = rows.next().filter(|_| rows.next().is_none())?;
        let rest = tail(only, office.len());
        let written = join(&p.written, if key(body) == key(rest) { body } else { rest });
        Some(Filled { written, place: None, level: Some(Level::Central), open: false })
    }

    /// The office of the same words that the text names without a holder: *Bí thư Thành ủy yêu cầu*.
    pub(super) fn unheld(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let chief = self.doc.text.cell(pair.title.head, column::DEGREE) == "chief";
        let mut answers: Vec<(usize, usize)> = Vec::new();
        let mut held: Vec<usize> = Vec::new();
        for &j in longer(&self.by_title, &p.key).flatten().take(REACH) {
            let Some(source) = self.doc.pairs.get(j) else { continue };
            match source.name == NOBODY || !chief {
                true => answers.push((source.title.start, j)),
                false => held.push(j),
            }
        }
        answers.sort_unstable();
        let row = |j: usize| self.doc.parsed.get(j).and_then(|q| q.country).map(|c| c.row);
        let tail_key = |j: usize| self.doc.parsed.get(j).and_then(|q| q.key.get(p.key.len()..));
        let same = |a: usize, b: usize| tail_key(a) == tail_key(b) || row(a).is_some() && row(a) == row(b);
        let (j, _) = nearest(&answers, pair.title.start, same).filter(|a| a.1 >= ENOUGH)?;
        // What one person holds alone is not another's.
        if held.iter().any(|&h| same(h, j)) {
            return None;
        }
        let q = self.doc.parsed.get(j)?;
        match (p.gap, q.country) {
            (Gap::Country, Some(country)) => {
                let rest = tail(&q.written, p.key.len());
                // *Nghị sĩ Hạ viện Nhật Bản* has a body, *Tổng thống đắc cử của Mỹ* an attribute.
                let source = self.doc.pairs.get(j)?.title;
                let behind = source.head.start as usize + pair.title.end - pair.title.head.start as usize;
                let named = source.end == country.end && self.doc.text.longest(behind, Table::Organisations).is_some();
                let written = if named { join(&p.written, rest) } else { join(&p.written, &country.written) };
                return Some(Filled { written, ..self.in_country(p, country) });
            }
            (Gap::Country, None) | (_, Some(_)) => return None,
            _ => {}
        }
        // The rest is a body, nothing before or behind it: no *đại biểu Quốc hội về các vấn đề*.
        let source = self.doc.pairs.get(j)?.title;
        let rest = source.head.start as usize + pair.title.end - pair.title.head.start as usize;
        let from = (rest..rest + 2).find(|&i| self.doc.text.longest(i, Table::Organisations).is_some())?;
        let of = from == rest || self.doc.text.is_word(rest, "của");
        if !of || titles::body_end(self.doc.text, from, &|_| false) != source.end {
            return None;
        }
        let ministry = self.doc.text.cell(pair.title.head, column::BODY) == "Bộ";
        // *Chủ tịch* alone is hardly ever short for *Chủ tịch nước*.
        if q.level == Some(Level::Central) && chief && !ministry && !p.office.contains("tổng ") {
            return None;
        }
        let full = self.placed(j).filter(|f| !f.open && is_named(tail(&f.written, p.key.len())))?;
        Some(Filled { written: join(&p.written, tail(&full.written, p.key.len())), ..full })
    }
}
