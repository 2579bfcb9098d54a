//! The spellings of names in one document, and what stands around each.
//!
//! Occurrences come from three places: the mentions that `person` found; capital runs that look like a name but stand
//! where no person does (*phường Hà Huy Tập*); and, with those known, stretches of text that are one of them but for one
//! slip (`near`), which no search for names can see (*Ngọc Thijnh, NgọcThịnh, Th ịnh*).
//!
//! Memory: one occurrence a mention, one spelling a distinct form. O(atoms).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::slip::{Slip, Word};
use crate::lexicon::{Annotated, Atom, Class, Classes, Match, Table};
use crate::person::{Mention, Status, TitleKind};
use crate::span::Span;

/// Offices of one spelling that are compared.
const MAX_OFFICES: usize = 32;

/// Phrases that are no names.
const LISTED: Classes = Classes::of_all(&[Table::Places, Table::Organisations, Table::Titles]);

/// Where a name stands.
#[derive(Clone, Debug)]
pub(super) struct Occurrence<'t> {
    pub(super) span: Span,
    /// First atom, and the one behind the last.
    pub(super) atoms: (usize, usize),
    pub(super) words: Vec<Word<'t>>,
    /// Index of the mention, if `person` found one here.
    pub(super) mention: Option<usize>,
    pub(super) sentence: usize,
    /// Set where it is a known name but for a slip that its words alone do not tell.
    pub(super) near: Option<Near>,
}

/// A known name whose words do not answer one for one, or only in case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    /// The name that is meant.
    pub(super) keys: Vec<u64>,
    /// Its word with the slip.
    pub(super) hole: usize,
    pub(super) slip: Slip,
}

/// An office of a spelling's mentions.
#[derive(Clone, Debug)]
pub(super) struct Office {
    pub(super) span: Span,
    pub(super) title: String,
    /// The title in lower case, to compare.
    pub(super) key: String,
    pub(super) role: String,
    pub(super) place: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) former: bool,
}

impl Office {
    /// Whether both may be one office, named more or less fully, held at one time.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        // A body of one word (Bộ) is none named: which one it is, stands elsewhere.
        let vague = |s: &Option<String>| s.as_ref().is_none_or(|s| !s.contains(' '));
        let same = |a: &Option<String>, b: &Option<String>| vague(a) || vague(b) || a == b;
        self.role == other.role
            && self.former == other.former
            && (self.place.is_none() || other.place.is_none() || self.place == other.place)
            && same(&self.organisation, &other.organisation)
    }
}

/// What is said of age: years, or the year of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Age {
    Years(u16),
    Born(u16),
}

/// A thing said of a name, and where.
pub(super) type Said<T> = Vec<(T, Span)>;

/// One spelling of a name in the document.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling<'t> {
    pub(super) words: Vec<Word<'t>>,
    pub(super) keys: Vec<u64>,
    pub(super) near: Option<Near>,
    pub(super) occurrences: Vec<Occurrence<'t>>,
    pub(super) offices: Vec<Office>,
    /// Ranks, degrees, callings, what a street is: *ca sĩ, giáo sư, đối tượng, đường*.
    pub(super) callings: Said<String>,
    pub(super) honorifics: Said<String>,
    /// What the honorifics before it say: men, women.
    pub(super) genders: [bool; 2],
    pub(super) ages: Said<Age>,
    pub(super) places: Said<String>,
    /// Mentions by the last word alone.
    pub(super) alone: usize,
    /// Whether `person` found a mention so spelt.
    pub(super) is_person: bool,
    /// The titles that the user's roster has for this name, in lower case, if it has the name.
    pub(super) roster: Option<&'t [String]>,
}

impl<'t> Spelling<'t> {
    pub(super) fn spans(&self) -> Vec<Span> {
        self.occurrences.iter().map(|o| o.span).collect()
    }

    /// Its words in an occurrence that is not all capitals, if there is one.
    pub(super) fn usual_words(&self) -> &[Word<'t>] {
        let mixed = |o: &&Occurrence<'t>| o.words.iter().any(|w| w.0.chars().any(char::is_lowercase));
        self.occurrences.iter().find(mixed).map_or(self.words.as_slice(), |o| o.words.as_slice())
    }

    /// The name in one line.
    pub(super) fn form(&self) -> String {
        in_one_line(self.usual_words())
    }

    pub(super) const fn in_roster(&self) -> bool {
        self.roster.is_some()
    }

    /// Whether the document says who this is.
    pub(super) fn is_introduced(&self) -> bool {
        !self.offices.is_empty() || !self.ages.is_empty() || !self.places.is_empty()
    }
}

/// The words of a name, composed, one space between.
pub(super) fn in_one_line(words: &[Word<'_>]) -> String {
    let words: Vec<String> = words.iter().map(|w| crate::person::plain(w.0)).collect();
    words.join(" ")
}

/// Key under which two spellings of one word are the same: the exact syllable, else the hash of the folded letters.
pub(super) fn word_key((letters, syllable): &Word<'_>) -> u64 {
    syllable.map_or_else(|| crate::scan::fold_hash(letters) | 1 << 63, |s| u64::from(s.code()))
}

/// The mentions of a document that may be names with a misprint: Vietnamese, with at most one word that is no syllable.
/// Numbers in `covered` the atoms of every mention, from 1.
pub(super) fn from_mentions<'t>(
    text: &Annotated<'t>,
    sentences: &[u32],
    mentions: &[Mention],
    covered: &mut [u32],
) -> Vec<Occurrence<'t>> {
    let mut atom = 0;
    let mut out = Vec::with_capacity(mentions.len());
    for (i, m) in mentions.iter().enumerate() {
        while text.atom(atom).is_some_and(|a| a.span().start < m.span.start) {
            atom += 1;
        }
        let end = (atom..).find(|&k| text.atom(k).is_none_or(|a| a.span().end > m.span.end)).unwrap_or(atom);
        covered.get_mut(atom..end).into_iter().flatten().for_each(|c| *c = i as u32 + 1);
        let words: Vec<Word<'t>> = (atom..end)
            .filter_map(|k| text.atom(k))
            .filter(|a| a.is_word())
            .map(|a| (a.span().of(text.text), a.syllable))
            .collect();
        // Phuc1 is another word than Phuc.
        let goes_on = text.atom(end).is_some_and(|a| a.glued() && is_letters(a));
        if words.is_empty() || words.iter().filter(|w| w.1.is_none()).count() > 1 || goes_on {
            continue;
        }
        let sentence = sentences.partition_point(|&start| start as usize <= atom);
        // The full stop behind a short last word may be the sentence's.
        let last = (atom..end).rev().filter_map(|k| text.atom(k)).find(|a| a.is_word());
        let span = last.map_or(m.span, |a| Span::new(m.span.start, a.span().end));
        out.push(Occurrence { span, atoms: (atom, end), words, mention: Some(i), sentence, near: None });
    }
    out
}

/// Capital runs of three or four words that begin with a surname, outside the mentions and the places of the lexicon.
pub(super) fn from_runs<'t>(text: &Annotated<'t>, sentences: &[u32], covered: &[u32]) -> Vec<Occurrence<'t>> {
    let capital = |i: usize| text.atom(i).is_some_and(|a| a.is_word() && a.case == crate::scan::Case::Title);
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.atoms.len() {
        if !capital(at) {
            at += 1;
            continue;
        }
        let goes_on = |&i: &usize| capital(i) && text.atom(i).is_some_and(|a| a.breaks() == 0 && !a.glued());
        let end = at + 1 + (at + 1..).take_while(goes_on).count();
        // Đường Hà Huy Tập, at the head of a sentence.
        let head = text.context(at, Class::Eponym).filter(|m| end - at > 3 && m.end as usize + 3 <= end);
        let start = head.map_or(at, |m| m.end as usize);
        let run = start..end;
        at = end;
        let odd = || run.clone().filter(|&i| text.atom(i).is_some_and(|a| a.syllable.is_none()));
        let listed = |m: Match| m.len() > 1;
        if !(3..=4).contains(&run.len())
            || odd().count() > 1
            || !odd().all(|i| crate::syllable::has_only_letters(text.letters(i)))
            || run.clone().any(|i| covered.get(i).is_none_or(|c| *c > 0) || text.at(i, LISTED).any(listed))
            || name_count(text, &(text.letters(start), text.atom(start).and_then(|a| a.syllable)), 0) < MIN_SURNAMES
        {
            continue;
        }
        let words = run.clone().filter_map(|i| text.atom(i)).map(|a| (a.span().of(text.text), a.syllable)).collect();
        out.extend(occurrence(text, sentences, (start, end), words));
    }
    out
}

/// How often a word must be a surname in the lists to begin a name that no person bears.
const MIN_SURNAMES: u32 = 20;

pub(super) fn occurrence<'t>(
    text: &Annotated<'t>,
    sentences: &[u32],
    (start, end): (usize, usize),
    words: Vec<Word<'t>>,
) -> Option<Occurrence<'t>> {
    let span = text.atom(start)?.span().cover(text.atom(end.checked_sub(1)?)?.span());
    let sentence = sentences.partition_point(|&first| first as usize <= start);
    Some(Occurrence { span, atoms: (start, end), words, mention: None, sentence, near: None })
}

/// Groups the occurrences by spelling, in an order that does not depend on theirs, and reads what stands around.
pub(super) fn group<'t>(text: &Annotated<'t>, found: Vec<Occurrence<'t>>, mentions: &[Mention]) -> Vec<Spelling<'t>> {
    let mut by_key: BTreeMap<(Vec<u64>, Option<Near>), Spelling<'t>> = BTreeMap::new();
    for o in found {
        let keys: Vec<u64> = o.words.iter().map(word_key).collect();
        let s = by_key.entry((keys.clone(), o.near.clone())).or_default();
        if s.words.is_empty() {
            (s.words, s.keys, s.near) = (o.words.clone(), keys, o.near.clone());
        }
        s.is_person |= o.mention.is_some();
        read_titles(s, o.mention.and_then(|m| mentions.get(m)));
        read_around(text, s, o.atoms);
        s.occurrences.push(o);
    }
    let mut spellings: Vec<Spelling<'t>> = by_key.into_values().collect();
    // A given name alone (anh Đượm) speaks for the full name that ends in it.
    let alone: BTreeMap<u64, usize> = spellings
        .iter()
        .filter(|s| s.words.len() == 1)
        .filter_map(|s| Some((*s.keys.first()?, s.occurrences.len())))
        .collect();
    spellings.retain(|s| s.words.len() > 1);
    for s in &mut spellings {
        s.alone = s.keys.last().and_then(|k| alone.get(k)).copied().unwrap_or(0);
    }
    spellings
}

fn read_titles(s: &mut Spelling<'_>, mention: Option<&Mention>) {
    for t in mention.into_iter().flat_map(|m| &m.titles) {
        let key = t.known().to_lowercase();
        if t.kind != TitleKind::Position {
            say(&mut s.callings, key, t.span);
            continue;
        }
        let former = t.status == Status::Former;
        if s.offices.len() < MAX_OFFICES && !s.offices.iter().any(|o| o.key == key && o.former == former) {
            s.offices.push(Office {
                span: t.span,
                title: t.known().into(),
                key,
                role: t.role.clone(),
                place: t.place.clone(),
                organisation: t.organisation.clone(),
                former,
            });
        }
    }
}

/// Notes a thing said, once each.
fn say<T: PartialEq>(list: &mut Said<T>, what: T, span: Span) {
    if list.len() < MAX_OFFICES && !list.iter().any(|(w, _)| *w == what) {
        list.push((what, span));
    }
}

fn read_around(text: &Annotated<'_>, s: &mut Spelling<'_>, (start, end): (usize, usize)) {
    let phrase = |m: Match| {
        let span = text.atom(m.start as usize)?.span().cover(text.atom(m.end as usize - 1)?.span());
        Some((span.of(text.text).to_lowercase(), span))
    };
    if let Some(m) = text.context_before(start, Class::Honorific) {
        let notes = text.cell(m, 2);
        for (gender, known) in ["male", "female"].iter().zip(&mut s.genders) {
            *known |= notes.split("; ").any(|note| note == *gender);
        }
        if let Some((words, span)) = phrase(m).filter(|_| !notes.contains("plural")) {
            // Bố con anh and anh address one man.
            let last = words.rsplit(' ').next().filter(|_| words != "đồng chí").unwrap_or(&words).to_string();
            say(&mut s.honorifics, last, span);
        }
    }
    for class in [Class::Announcer, Class::Eponym] {
        if let Some((words, span)) = text.context_before(start, class).and_then(phrase) {
            // Trên đường and đường are one kind of thing.
            let last = words.rsplit(' ').next().filter(|_| class == Class::Eponym).unwrap_or(&words).to_string();
            say(&mut s.callings, last, span);
        }
    }
    let opens = text.atom(end).is_some_and(|a| a.breaks() == 0 && (a.is_mark('(') || a.is_mark(',') || a.is_mark('-')));
    if !opens {
        return;
    }
    if let Some((age, span)) = age(text, end + 1) {
        say(&mut s.ages, age, span);
    }
    // The place in the parenthesis or apposition behind: (34 tuổi, ở xã Vĩnh Thịnh …), (Khánh Hòa).
    for i in end + 1..end + 12 {
        let Some(a) = text.atom(i).filter(|a| a.breaks() == 0) else { break };
        if a.is_mark(')') || a.is_mark(';') || a.is_mark('.') {
            break;
        }
        if let Some((words, span)) = text.longest(i, Table::Places).and_then(phrase) {
            say(&mut s.places, words, span);
            break;
        }
    }
}

/// `34 tuổi`, `SN 1988`, `sinh năm 1988`, `1988)`.
fn age(text: &Annotated<'_>, at: usize) -> Option<(Age, Span)> {
    let number = |i: usize| -> Option<u16> { text.letters(i).parse().ok() };
    let span = |i: usize| text.atom(i).map(|a| a.span());
    if let Some(n) = number(at) {
        if text.is_word(at + 1, "tuổi") {
            return Some((Age::Years(n), span(at)?));
        }
        return ((1850..2100).contains(&n)).then_some((Age::Born(n), span(at)?));
    }
    let skip = [("sinh năm", 2), ("SN", 1)].into_iter().find(|(words, _)| text.spells(at, words))?.1;
    Some((Age::Born(number(at + skip)?), span(at + skip)?))
}

/// How often the lists of names have the word at a position (0 surname, 1 middle, 2 given).
pub(super) fn name_count(text: &Annotated<'_>, word: &Word<'_>, position: usize) -> u32 {
    let Some(s) = word.1 else { return 0 };
    let row = text.lexicon.syllable(s).and_then(|word| text.lexicon.name_row(word));
    row.and_then(|row| text.lexicon.cell(Table::NameSyllables, row, 1 + position).parse().ok()).unwrap_or(0)
}

/// Whether an atom may stand inside a name that was glued together by a slip: letters and digits.
pub(super) fn is_letters(a: &Atom) -> bool {
    a.is_word() || a.kind() == crate::lexicon::AtomKind::Number
}
