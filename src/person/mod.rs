//! Who is named, and with which titles.
//!
//! 1. `titles` reads the grammar of titles forward from every head (`Phó Chủ tịch` …);
//! 2. `names` finds names, with the titles around as clues;
//! 3. `pairing` ties titles to names: directly before, behind in apposition; `predicate` where a verb stands between;
//! 4. `meaning` parses and expands each title: status, role, grade, body, place, level, term;
//! 5. `identity` joins mentions of one human being.
//!
//! Everything works on atoms of one document; nothing crosses a sentence but the place of a section head and identity.
//!
//! Invariants: mentions are ascending and disjoint; the spans of names and titles slice the caller's text; a title
//! belongs to mentions of its own sentence, or in a signature block to the name below it.

mod identity;
mod meaning;
pub(crate) mod names;
mod pairing;
mod predicate;
mod signature;
mod term;
pub(crate) mod titles;

pub use term::Term;

pub(crate) use meaning::plain;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::abbreviation::{Abbreviation, Lines};
use crate::lexicon::Annotated;
use crate::repair::Repair;
use crate::span::Span;

/// What sort of title it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TitleKind {
    /// An office or function in a body: *Chủ tịch UBND tỉnh*.
    Position,
    /// A rank of army, police, diplomacy or religion: *Đại tá*.
    Rank,
    /// An academic degree: *PGS.TS*.
    Degree,
    /// An occupation: *nhà báo*.
    Profession,
}

impl TitleKind {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Rank => "rank",
            Self::Degree => "degree",
            Self::Profession => "profession",
        }
    }
}

/// How the title is tied to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Relation {
    /// It stands directly before the name.
    Before,
    /// It stands behind the name, in apposition.
    After,
    /// It is said of the name: *là, giữ chức, được bầu làm*.
    Predicate,
}

impl Relation {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Predicate => "predicate",
        }
    }
}

/// Whether the office is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Status {
    /// Held now.
    Current,
    /// *nguyên, cựu*, or given up in the text.
    Former,
    /// *quyền, phụ trách*.
    Acting,
    /// *cố*: the holder died.
    Late,
    /// *tân*, or just appointed or elected.
    New,
    /// Nominated, planned.
    Proposed,
}

impl Status {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Former => "former",
            Self::Acting => "acting",
            Self::Late => "late",
            Self::New => "new",
            Self::Proposed => "proposed",
        }
    }

    fn from_note(note: &str) -> Option<Self> {
        Some(match note.split("; ").next()? {
            "former" => Self::Former,
            "acting" => Self::Acting,
            "late" => Self::Late,
            "new" => Self::New,
            "proposed" => Self::Proposed,
            "current" => Self::Current,
            _ => return None,
        })
    }
}

/// The level of government of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Level {
    /// Party, State and National Assembly of the country.
    Central,
    /// Province or city under central authority.
    Province,
    /// District, town, provincial city (until June 2025).
    District,
    /// Commune, ward, township.
    Commune,
    /// Of another country.
    Foreign,
    /// Companies, schools, hospitals, associations.
    Organisation,
}

impl Level {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Foreign => "foreign",
            Self::Organisation => "organisation",
        }
    }

    fn from_cell(cell: &str) -> Option<Self> {
        Some(match cell {
            "central" => Self::Central,
            "province" => Self::Province,
            "district" => Self::District,
            "commune" => Self::Commune,
            "foreign" => Self::Foreign,
            "organisation" => Self::Organisation,
            _ => return None,
        })
    }
}

/// What the holder of an office is in its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Grade {
    /// Heads it: *chủ tịch, bí thư, giám đốc, trưởng ban*.
    Chief,
    /// Stands in for its head: *phó chủ tịch, thứ trưởng, cấp phó*.
    Deputy,
    /// Belongs to it: *ủy viên, đại biểu, thành viên*.
    Member,
    /// Works for it: *thư ký, chuyên viên, phóng viên*.
    Staff,
}

impl Grade {
    /// Lower-case English name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chief => "chief",
            Self::Deputy => "deputy",
            Self::Member => "member",
            Self::Staff => "staff",
        }
    }

    fn from_cell(cell: &str) -> Option<Self> {
        Some(match cell {
            "chief" => Self::Chief,
            "deputy" => Self::Deputy,
            "member" => Self::Member,
            "staff" => Self::Staff,
            _ => return None,
        })
    }
}

/// One title of one mention, raw and parsed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Title {
    /// Bytes of the whole title, from its status word.
    pub span: Span,
    /// What sort of title it is.
    pub kind: TitleKind,
    /// How it is tied to the name.
    pub relation: Relation,
    /// Written out in full: short forms expanded, the body and the place added that the document determines, without
    /// status word. `None` where the document names several and does not decide between them.
    pub expanded: Option<String>,
    /// Short forms expanded and nothing added, without status word.
    pub written: String,
    /// Whether it is held.
    pub status: Status,
    /// The office without body, lower case: *phó chủ tịch*.
    pub role: String,
    /// Whether the role heads its body, stands in for its head, belongs to it or works for it. `None` for ranks, degrees
    /// and occupations without a body.
    pub grade: Option<Grade>,
    /// The body, expanded: *Ủy ban nhân dân*.
    pub organisation: Option<String>,
    /// Bare name of the most specific place: *Quảng Trị*.
    pub place: Option<String>,
    /// Level of the office.
    pub level: Option<Level>,
    /// Its term, which stands behind it: *khóa XIII, nhiệm kỳ 2021-2026*.
    pub term: Option<Term>,
}

impl Title {
    /// The title as far as it is known: in full, or as it is written.
    #[must_use]
    pub fn known(&self) -> &str {
        self.expanded.as_deref().unwrap_or(&self.written)
    }
}

/// One mention of a person by name.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Mention {
    /// Bytes of the name, without honorific, rank, degree or title.
    pub span: Span,
    /// Index into the document's persons.
    pub person: usize,
    /// Titles tied to this mention, in text order.
    pub titles: Vec<Title>,
}

/// One human being of a document.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Person {
    /// The fullest name: most words, then most frequent, then first.
    pub name: String,
    /// Indices into the document's mentions, ascending.
    pub mentions: Vec<usize>,
    /// Distinct titles as far as they are known, in text order.
    pub titles: Vec<String>,
}

/// What the grammar of titles and the sentences say about each atom, before names are known.
#[derive(Debug)]
pub(crate) struct Clues {
    atoms: Vec<Clue>,
    /// The titles, ascending by head, as they are read when nothing is a name.
    titles: Vec<titles::Read>,
}

/// What is said of one atom.
#[derive(Clone, Copy, Debug, Default)]
struct Clue {
    /// Bits of [`clue`].
    is: u8,
    /// First atom of the title that may end before it, plus one.
    title_before: u32,
}

/// Bits of a clue.
mod clue {
    pub(super) const SENTENCE_START: u8 = 1;
    pub(super) const CAPITAL_LINE: u8 = 1 << 1;
    pub(super) const TITLE_STARTS: u8 = 1 << 2;
    pub(super) const TITLE_ENDS: u8 = 1 << 3;
    pub(super) const TITLE_IS_COMPLETE: u8 = 1 << 4;
    pub(super) const TITLE_REACHES: u8 = 1 << 5;
}

impl Clues {
    fn read(text: &Annotated<'_>, sentences: &[u32], lines: &Lines) -> Self {
        let mut clues = Self {
            atoms: alloc::vec![Clue::default(); text.atoms.len() + 1],
            titles: Vec::with_capacity(text.marks.titles.len()),
        };
        for at in lines.in_capitals(text) {
            clues.set(at, clue::CAPITAL_LINE);
        }
        for &s in sentences {
            clues.set(s as usize, clue::SENTENCE_START);
        }
        for at in text.marks.titles.iter() {
            let Some(read) = titles::Read::new(text, at) else { continue };
            let t = read.title;
            clues.titles.push(read);
            clues.set(t.start, clue::TITLE_STARTS);
            clues.set(at, clue::TITLE_STARTS);
            let head_end = t.head.end as usize;
            clues.set(head_end, clue::TITLE_ENDS);
            for clue in clues.atoms.get_mut(head_end..=t.end).unwrap_or_default() {
                if clue.title_before == 0 {
                    clue.title_before = t.start as u32 + 1;
                }
            }
            let level = text.cell(t.head, titles::column::LEVEL);
            if t.kind != TitleKind::Position || matches!(level, "foreign" | "central") {
                clues.set(head_end, clue::TITLE_IS_COMPLETE);
            }
            for end in head_end + 1..=t.end {
                clues.set(end, clue::TITLE_REACHES);
            }
            // Degrees and ranks may carry a full stop: TS. Nguyễn Văn A.
            if text.atom(t.end).is_some_and(|a| a.is_mark('.')) && t.kind != TitleKind::Position {
                clues.set(t.end + 1, clue::TITLE_ENDS);
            }
        }
        clues
    }

    fn set(&mut self, at: usize, bit: u8) {
        if let Some(clue) = self.atoms.get_mut(at) {
            clue.is |= bit;
        }
    }

    fn is(&self, at: usize, bit: u8) -> bool {
        self.atoms.get(at).is_some_and(|c| c.is & bit != 0)
    }

    pub(crate) fn sentence_start(&self, at: usize) -> bool {
        self.is(at, clue::SENTENCE_START)
    }

    pub(crate) fn capital_line(&self, at: usize) -> bool {
        self.is(at, clue::CAPITAL_LINE)
    }

    pub(crate) fn title_starts(&self, at: usize) -> bool {
        self.is(at, clue::TITLE_STARTS)
    }

    pub(crate) fn title_ends(&self, at: usize) -> bool {
        self.is(at, clue::TITLE_ENDS)
    }

    /// First atom of a title that may end before `at`.
    pub(crate) fn title_before(&self, at: usize) -> Option<usize> {
        self.atoms.get(at)?.title_before.checked_sub(1).map(|t| t as usize)
    }

    /// Whether the sentence of `at` begins with a capital run and a dash: two authors' names.
    pub(crate) fn author_line(&self, at: usize) -> bool {
        (at.saturating_sub(6)..at).any(|i| self.sentence_start(i))
    }

    /// Whether the title that ends here needs no body behind it: *Thủ tướng, Đại tá, nhà báo*.
    pub(crate) fn title_is_complete(&self, at: usize) -> bool {
        self.is(at, clue::TITLE_IS_COMPLETE)
    }

    pub(crate) fn title_reaches(&self, at: usize) -> bool {
        self.is(at, clue::TITLE_REACHES)
    }
}

/// Finds the mentions of a document in text order, each with its titles and the number of its person.
pub(crate) fn find(
    text: &Annotated<'_>,
    sentences: &[u32],
    lines: &Lines,
    abbreviations: &[Abbreviation<'_>],
) -> Vec<Mention> {
    let clues = Clues::read(text, sentences, lines);
    let names = names::find(text, &clues);
    let titles = pairing::titles(text, sentences, &names, &clues.titles);
    let mut pairs = pairing::pair(text, sentences, &names, &titles);
    signature::sign(text, sentences, &names, &mut pairs);
    pairs.sort_by_key(|p| (p.name, p.title.start));
    let people = identity::join(text, &names, &pairs);
    let titles = meaning::read(text, sentences, &names, &titles, &pairs, &people, abbreviations);
    let mut mentions: Vec<Mention> = names
        .iter()
        .zip(&people)
        .map(|(n, &person)| {
            let first = text.atom(n.start).map_or(Span::default(), |a| a.span());
            let last = text.atom(n.end - 1).map_or(first, |a| a.span());
            Mention { span: first.cover(last), person, titles: Vec::new() }
        })
        .collect();
    for (pair, title) in pairs.iter().zip(titles) {
        if let Some(m) = mentions.get_mut(pair.name) {
            m.titles.push(title);
        }
    }
    for m in &mut mentions {
        m.titles.sort_by_key(|t| t.span);
    }
    mentions
}

/// Joins persons whose names an applied repair makes equal, and lists the persons of the document anew.
pub(crate) fn merge_repaired(text: &str, mentions: &mut [Mention], repairs: &[Repair]) -> Vec<Person> {
    let applied: Vec<&Repair> = repairs.iter().filter(|r| r.applied).collect();
    if !applied.is_empty() {
        let by_name: BTreeMap<String, usize> =
            mentions.iter().rev().map(|m| (plain(m.span.of(text)).to_lowercase(), m.person)).collect();
        let mut same_as: BTreeMap<usize, usize> = BTreeMap::new();
        for r in applied {
            let i = mentions.partition_point(|m| m.span.start < r.span.start);
            let wrong = mentions.get(i).filter(|m| m.span.start < r.span.end).map(|m| m.person);
            let (wrong, right) = (wrong, by_name.get(&r.replacement.to_lowercase()));
            if let (Some(wrong), Some(&right)) = (wrong, right) {
                same_as.insert(wrong, right);
            }
        }
        for m in mentions.iter_mut() {
            // A repaired form is never itself the right one, so one step reaches the person.
            m.person = same_as.get(&m.person).copied().unwrap_or(m.person);
        }
    }
    identity::renumber_mentions(mentions);
    identity::persons(text, mentions)
}
