//! One pass over the atoms that finds every short form, and a second over those the first left undecided.
//!
//! Why two: the sense that a form has elsewhere in the document, and the domain to which the document's other forms
//! belong, are known only at its end.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec::Vec;

use super::capitals::Lines;
use super::definitions::{self, Definition, Definitions, letters};
use super::entries::Entries;
use super::result::{Abbreviation, Source, Why, Years};
use super::senses::{self, Choice, Sense};
use super::shape::{
    ends_well, is_glued_number, is_in_spaced_code, is_roman_numeral, is_written_so, takes_the_last_stop,
};
use super::{column, composed, confidence, number};
use crate::lexicon::{Atom, AtomKind, Atoms, Match};
use crate::scan::{Case, TokenKind};
use crate::span::Span;

/// What a caller may set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options<'o> {
    pub(super) entries: Option<&'o Entries>,
    /// Confidence from which a sense is given as the expansion.
    pub(super) threshold: f32,
    /// Year of the document: senses whose body had another name then are left out.
    pub(super) year: Option<u16>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { entries: None, threshold: confidence::THRESHOLD, year: None }
    }
}

/// Finds every abbreviation of a text, in text order, disjoint.
pub(super) fn find<'t>(text: &Atoms<'t>, lines: &Lines, options: &Options<'_>) -> Vec<Abbreviation<'t>> {
    let definitions = definitions::find(text, 0..text.atoms.len());
    find_among(text, lines, definitions, options, Some)
}

/// The same where it is known at which atoms one may begin: `next` gives the first from another on.
pub(super) fn find_among<'t>(
    text: &Atoms<'t>,
    lines: &Lines,
    definitions: Definitions,
    options: &Options<'_>,
    next: impl Fn(usize) -> Option<usize>,
) -> Vec<Abbreviation<'t>> {
    let mut reader = Reader {
        text,
        options,
        definitions,
        lines,
        senses: Vec::new(),
        found: Vec::new(),
        open: Vec::new(),
        seen: Seen::default(),
        same: BTreeMap::new(),
    };
    let mut at = 0;
    while let Some(start) = next(at)
        && let Some(atom) = text.atom(start)
    {
        at = start + reader.read(start, atom).max(1);
    }
    reader.decide_open_forms();
    reader.found
}

/// Whether the lexicon knows an expansion for the form that begins here.
pub(super) fn is_known(text: &Atoms<'_>, at: usize) -> bool {
    let mut senses = Vec::new();
    senses::collect(text, at, |m| is_written_so(text, m), &mut senses);
    senses.iter().any(|s| !text.cell(s.row, column::FULL).is_empty())
}

struct Reader<'a, 't> {
    text: &'a Atoms<'t>,
    options: &'a Options<'a>,
    definitions: Definitions,
    lines: &'a Lines,
    /// Scratch: the senses of the form that is read.
    senses: Vec<Sense>,
    found: Vec<Abbreviation<'t>>,
    /// Forms that another occurrence may decide: index in `found`, first atom, length.
    open: Vec<(usize, usize, usize)>,
    seen: Seen,
    /// Whether a definition, by its full form, and a row say the same.
    same: BTreeMap<(Span, u32), bool>,
}

/// What the decided forms say about the document.
#[derive(Default)]
struct Seen {
    /// By the first row of an ambiguous form: the row that neighbours selected and how often; no row when they selected
    /// several.
    by_cue: BTreeMap<u32, (Option<u32>, usize)>,
    /// The decided rows with their domains.
    domains: BTreeSet<(&'static str, u32)>,
}

impl<'t> Reader<'_, 't> {
    /// Reads the form that begins at `at`, if any; its length in atoms.
    fn read(&mut self, at: usize, atom: &Atom) -> usize {
        match atom.kind() {
            AtomKind::Opaque(TokenKind::DocumentCode) => {
                let why = Why::DocumentNumber;
                self.found.push(Abbreviation::new(atom.span(), Source::Code, confidence::CERTAIN, why));
                1
            }
            AtomKind::Word => self.read_word(at, atom),
            AtomKind::Opaque(_) | AtomKind::Number | AtomKind::Mark(_) => 1,
        }
    }

    fn read_word(&mut self, at: usize, atom: &Atom) -> usize {
        if let Some(entries) = self.options.entries
            && let Some((len, full)) = entries.at(self.text, at)
            && !self.is_in_code(at)
        {
            let why = if full.is_some() { Why::UserEntry } else { Why::Forbidden };
            let mut found = Abbreviation::new(self.span_of(at, at + len), Source::User, confidence::CERTAIN, why);
            found.expansion = full.map(|full| Cow::Owned(full.to_string()));
            self.found.push(found);
            return len;
        }
        let slash = || self.text.atom(at + 1).is_some_and(|next| next.glued() && next.is_mark('/'));
        if atom.case == Case::Lower && !slash() {
            return 1;
        }
        if let Some((len, definition)) = self.definitions.at(self.text, at)
            // LĐ is defined, but here stands LĐ-TB&XH.
            && !self.has_longer_form(at, len)
        {
            if !self.is_in_code(at) {
                self.push_defined(at, len, definition);
            }
            return len;
        }
        if let Some(len) = self.read_type_and_body(at) {
            return len;
        }
        self.read_listed(at, atom).or_else(|| self.read_composed(at, atom)).unwrap_or(1)
    }

    fn has_longer_form(&mut self, at: usize, len: usize) -> bool {
        let text = self.text;
        let fits = |m: Match| m.len() > len && is_written_so(text, m) && !takes_the_last_stop(text, m);
        senses::collect(text, at, fits, &mut self.senses) > 0
    }

    fn span_of(&self, start: usize, end: usize) -> Span {
        let first = self.text.atom(start).map_or(Span::default(), |a| a.span());
        let last = self.text.atom(end.saturating_sub(1)).map_or(first, |a| a.span());
        first.cover(last)
    }

    fn push_defined(&mut self, at: usize, len: usize, d: Definition) {
        let is_place = d.short.0 == at;
        let why = if is_place { Why::DefinedHere } else { Why::DefinedAt(self.span_of(d.short.0, d.short.1)) };
        let mut found = Abbreviation::new(self.span_of(at, at + len), Source::Definition, confidence::DEFINED, why);
        let full = d.full.of(self.text.text);
        if d.is_link {
            found.name = Some(Cow::Borrowed(full));
        } else {
            // The lexicon's capitals, where it knows the same words: Hội đồng Thi đua - Khen thưởng.
            let text = self.text;
            senses::collect(text, at, |m| m.len() == len && is_written_so(text, m), &mut self.senses);
            let same = &mut self.same;
            self.senses.retain(|s| {
                *same.entry((d.full, s.row.row)).or_insert_with(|| definitions::says_the_same(text, s.row, full))
            });
            senses::look_around(text, &mut self.senses);
            let listed = if is_place { None } else { senses::choose(text, &self.senses) };
            let listed = listed.map(|(row, _)| text.cell(row, column::FULL));
            found.expansion = Some(Cow::Borrowed(listed.unwrap_or(full)));
            found.domain = self.senses.first().map(|s| text.cell(s.row, column::DOMAIN));
        }
        self.found.push(found);
    }

    fn read_listed(&mut self, at: usize, atom: &Atom) -> Option<usize> {
        let text = self.text;
        let fits = |m| is_written_so(text, m) && ends_well(text, m) && !takes_the_last_stop(text, m);
        let mut len = senses::collect(text, at, fits, &mut self.senses);
        let first = self.senses.first()?.row;
        if self.is_in_code(at) {
            return Some(len);
        }
        // Between other capitals a short form that is also a syllable is that syllable: CA CAO, HỘI NGHỊ.
        if len == 1 && atom.syllable.is_some() && self.lines.is_capital_at(atom.span().start) {
            return None;
        }
        let mut chosen = self.choose();
        let stays = text.cell(first, column::PRIOR) == "never";
        // The full stop of the longer form may end the sentence instead: ĐT. 579, but đá cho ĐT.
        while !stays && len > 1 && (chosen.is_none() || self.may_end_sentence(at + len, chosen)) {
            let longer = chosen;
            let shorter = senses::collect(text, at, |m| m.len() < len && fits(m), &mut self.senses);
            if shorter == 0 {
                senses::collect(text, at, |m| m.len() == len && fits(m), &mut self.senses);
                chosen = longer;
                break;
            }
            len = shorter;
            chosen = self.choose();
        }
        let first = self.senses.first()?.row;
        if chosen.is_none() && !stays && is_roman_numeral(text.letters(at)) {
            return None;
        }
        // NH3, CO2: with digits behind it a pair of capitals is a formula or a model unless a neighbour says otherwise.
        let is_formula = atom.len == 2 && len == 1 && text.atom(at + 1).is_some_and(is_glued_number);
        if is_formula && !matches!(chosen, Some((_, Choice::Cue(..)))) {
            return None;
        }
        let span = self.span_of(at, at + len);
        let mut found = match chosen {
            Some((row, choice)) => {
                let why = match choice {
                    Choice::Cue(from, to) => Why::Neighbour(self.span_of(from, to)),
                    Choice::OnlySense => Why::OnlySense,
                    Choice::UsualSense => Why::UsualSense,
                };
                let mut found = Abbreviation::new(span, Source::Lexicon, choice.confidence(), why);
                set_sense(text, &mut found, row);
                found
            }
            None if stays => Abbreviation::new(span, Source::Lexicon, confidence::STAYS, Why::Stays),
            None => Abbreviation::new(span, Source::Lexicon, confidence::UNDECIDED, Why::Undecided),
        };
        self.note(at, len, first.row, chosen);
        self.finish(&mut found);
        self.found.push(found);
        Some(len)
    }

    /// The form before `end` ends in a full stop, no neighbour selected it, and a capital follows: họp tại TP. Ông nói.
    fn may_end_sentence(&self, end: usize, chosen: Option<(Match, Choice)>) -> bool {
        matches!(chosen, Some((_, Choice::UsualSense)))
            && self.text.atom(end - 1).is_some_and(|a| a.is_mark('.'))
            && self.text.atom(end).is_some_and(Atom::is_capitalised)
    }

    /// The sense of the collected ones that is meant.
    fn choose(&mut self) -> Option<(Match, Choice)> {
        self.leave_out_other_years();
        senses::look_around(self.text, &mut self.senses);
        senses::choose(self.text, &self.senses)
    }

    /// Remembers what this occurrence says about the others, or that the others may decide it.
    fn note(&mut self, at: usize, len: usize, first: u32, chosen: Option<(Match, Choice)>) {
        if let Some((row, _)) = chosen {
            self.seen.domains.insert((self.text.cell(row, column::DOMAIN), row.row));
        }
        // One letter says too little to be the same thing everywhere.
        if self.senses.len() < 2 || self.text.letters(at).len() < 2 {
            return;
        }
        match chosen {
            Some((row, Choice::Cue(..))) => {
                let entry = self.seen.by_cue.entry(first).or_insert((Some(row.row), 0));
                *entry = (entry.0.filter(|r| *r == row.row), entry.1 + 1);
            }
            _ => self.open.push((self.found.len(), at, len)),
        }
    }

    /// Second pass: the sense of the other occurrences, then that of the document's domain.
    fn decide_open_forms(&mut self) {
        for (i, at, len) in core::mem::take(&mut self.open) {
            let text = self.text;
            let fits = |m: Match| m.len() == len && is_written_so(text, m);
            senses::collect(text, at, fits, &mut self.senses);
            let Some(first) = self.senses.first().map(|s| s.row.row) else { continue };
            self.leave_out_other_years();
            senses::look_around(text, &mut self.senses);
            let allowed = |row: u32| self.senses.iter().find(|s| s.row.row == row && s.is_allowed(text)).map(|s| s.row);
            let n_forms = |domain: &str| self.seen.domains.range((domain, 0)..=(domain, u32::MAX)).count();
            let undecided = self.found.get(i).is_some_and(|f| f.why == Why::Undecided);
            // Against the usual sense one other place is not enough.
            let n_needed = if undecided { 1 } else { 2 };
            let seen = self.seen.by_cue.get(&first).filter(|(_, n)| *n >= n_needed);
            let same = seen.and_then(|(row, _)| *row).and_then(allowed);
            // Another case of the same words is no other sense: what the other places have decides nothing here.
            let now = self.found.get(i).and_then(|f| f.expansion.as_deref()).unwrap_or("").to_lowercase();
            let same = same.filter(|row| text.cell(*row, column::FULL).to_lowercase() != now);
            let (row, confidence, why) = if let Some(row) = same {
                (row, confidence::SAME_DOCUMENT, Why::SameDocument)
            } else if let Some(row) = senses::by_domain(text, &self.senses, n_forms).filter(|_| undecided) {
                (row, confidence::DOMAIN, Why::Domain(text.cell(row, column::DOMAIN)))
            } else {
                continue;
            };
            let mut found = Abbreviation::new(self.span_of(at, at + len), Source::Lexicon, confidence, why);
            set_sense(text, &mut found, row);
            self.finish(&mut found);
            if let Some(slot) = self.found.get_mut(i) {
                *slot = found;
            }
        }
    }

    /// Adds the alternatives, and withholds an expansion below the threshold.
    fn finish(&self, found: &mut Abbreviation<'t>) {
        let full = self.senses.iter().map(|s| self.text.cell(s.row, column::FULL)).filter(|full| !full.is_empty());
        if found.why == Why::Stays {
            return;
        }
        let chosen = found.expansion.as_deref().unwrap_or("").to_string();
        if found.confidence < self.options.threshold
            && let Some(Cow::Borrowed(_)) = found.expansion.take()
        {
            found.alternatives.extend(full.clone().find(|f| *f == chosen));
        }
        for other in full.filter(|f| *f != chosen) {
            if !found.alternatives.contains(&other) {
                found.alternatives.push(other);
            }
        }
    }

    /// Keeps the senses that existed in the year of the document, if any did.
    fn leave_out_other_years(&mut self) {
        let Some(year) = self.options.year else { return };
        let text = self.text;
        let existed = |s: &Sense| Years::read(text.cell(s.row, column::VALID)).is_none_or(|y| y.contains(year));
        if self.senses.iter().any(existed) {
            self.senses.retain(existed);
        }
    }

    /// A document that is named without its number, `QĐ-UBND`, `NĐ-CP`: both parts mean what they mean in numbers.
    fn read_type_and_body(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let glued = |i: usize| text.atom(i).filter(|a| a.glued() && a.breaks() == 0);
        glued(at + 1).filter(|a| a.is_mark('-'))?;
        glued(at + 2).filter(|a| a.is_word())?;
        if glued(at + 3).is_some_and(|a| a.is_word() || a.kind() == AtomKind::Number) || text.atom(at)?.glued() {
            return None;
        }
        let kind = number::state_type(&letters(text, at, at + 1))?;
        let body = number::state_body(&letters(text, at + 2, at + 3))?;
        // 309 QĐ-TTg: the slash of the number was forgotten.
        let before = at.checked_sub(1).and_then(|i| text.atom(i)).map(|a| a.kind());
        let has_number = matches!(before, Some(AtomKind::Number | AtomKind::Opaque(_)));
        if !has_number && !self.is_in_code(at) {
            for (i, full) in [(at, kind), (at + 2, body)] {
                let span = self.span_of(i, i + 1);
                let mut found = Abbreviation::new(span, Source::Lexicon, confidence::PARTS, Why::Parts);
                found.expansion = Some(Cow::Borrowed(full)).filter(|_| confidence::PARTS >= self.options.threshold);
                self.found.push(found);
            }
        }
        Some(3)
    }

    fn read_composed(&mut self, at: usize, atom: &Atom) -> Option<usize> {
        if atom.case != Case::Upper || atom.len < 4 || atom.syllable.is_some() || self.is_in_code(at) {
            return None;
        }
        if self.text.atom(at + 1).is_some_and(is_glued_number) {
            return None;
        }
        let full = composed::read(&self.text.lexicon, &letters(self.text, at, at + 1))?;
        let mut found = Abbreviation::new(atom.span(), Source::Lexicon, confidence::PARTS, Why::Parts);
        if confidence::PARTS >= self.options.threshold {
            found.expansion = Some(Cow::Owned(full));
        }
        self.found.push(found);
        Some(1)
    }

    fn is_in_code(&self, at: usize) -> bool {
        is_in_spaced_code(self.text, at)
    }
}

fn set_sense<'t>(text: &Atoms<'t>, found: &mut Abbreviation<'t>, row: Match) {
    found.expansion = Some(Cow::Borrowed(text.cell(row, column::FULL))).filter(|full| !full.is_empty());
    found.domain = Some(text.cell(row, column::DOMAIN)).filter(|d| !d.is_empty());
    found.valid = Years::read(text.cell(row, column::VALID));
}
