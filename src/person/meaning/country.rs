//! The country of an office that says only that it is foreign: *Tổng thống, Bộ trưởng Quốc phòng*.
//!
//! Another title of the mention or of the person tells it, else the text: what it names most, and near, among the
//! countries whose state has such an office.

use super::answers::REACH;
use super::context::{Context, Filled, Parsed};
use super::places::Country;
use super::words::join;
use crate::lexicon::{Class, Note, Table};
use crate::person::Level;
use crate::person::pairing::Pair;
use crate::person::titles::column;

/// The least share of one country among those that a text names: an office that a state does not have thins them out.
const ENOUGH_COUNTRY: f32 = 0.6;

impl Context<'_, '_> {
    /// The country of another title of the mention, or the one that the person governs.
    pub(super) fn own_country(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let person = self.doc.people.get(pair.name)?;
        let country = self.mention_countries.get(&pair.name).or_else(|| self.person_countries.get(person))?;
        Some(in_country(p, country))
    }

    /// The country that the text speaks of.
    pub(super) fn country_around(&self, pair: &Pair, p: &Parsed<'_>) -> Option<Filled> {
        let at = pair.title.start;
        let n = self.doc.countries.partition_point(|c| c.at < at);
        let around = self.doc.countries.get(n.saturating_sub(REACH)..self.doc.countries.len().min(n + REACH))?;
        let abroad = || around.iter().filter(|c| c.name != "Việt Nam" && c.has(p.office));
        let before = abroad().rev().find(|c| c.at < at);
        if p.definite {
            return before.map(|c| in_country(p, c));
        }
        let chosen = before.or_else(|| abroad().next())?;
        // A town or a house of government speaks for its country.
        let seats = self.town_countries().iter().filter(|s| **s == chosen.title).count();
        let equal = abroad().filter(|c| c.row == chosen.row).count() + seats;
        (equal as f32 >= ENOUGH_COUNTRY * (abroad().count() + seats) as f32).then(|| in_country(p, chosen))
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
        self.own_country(pair, p).filter(|_| foreign)
    }

    fn town_countries(&self) -> &[&'static str] {
        let seat = |at: usize| {
            let seat = self.doc.text.at(at).iter().rev().find_map(|m| match m.class {
                Class::City => Some(self.doc.text.cell(*m, 3)),
                _ if m.table == Table::Organisations => {
                    self.doc.text.cell(*m, 4).split("; ").find_map(|n| n.strip_prefix("country="))
                }
                _ => None,
            });
            seat.filter(|s| s.len() > 1)
        };
        self.town_countries.get_or_init(|| (0..self.doc.text.atoms.len()).filter_map(seat).collect())
    }
}

/// The title with the country behind it.
pub(super) fn in_country(p: &Parsed<'_>, country: &Country) -> Filled {
    Filled {
        written: join(&p.written, &country.written),
        place: Some(country.name.clone()),
        level: Some(Level::Foreign),
        open: false,
    }
}
