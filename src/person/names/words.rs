//! What the words of a name say of it: Vietnamese syllables by their log-odds, other words by the lists of foreign names.

use core::ops::Range;

use super::score::{Ending, Scorer, is_known};
use super::{MAX_WORDS, around, cut, is_foreign, is_particle, name_scores, weight};
use crate::lexicon::{Annotated, Atom, Class, Classes, Match, Note, Table};
use crate::person::{Clues, titles};
use crate::scan::Case;

/// What the number of words says of a Vietnamese name.
const fn bias(words: usize) -> f32 {
    match words {
        2 => -0.8,
        3 => 1.0,
        4 => 0.8,
        5 => -1.0,
        _ => -2.5,
    }
}

/// What a surname of Chinese names scores at least.
const CHINESE: f32 = 0.5;

/// Longer runs are always read.
const MAX_RUN: usize = 8;

/// What is taken off a name without a surname that nothing before it makes one.
const NO_SURNAME: f32 = 2.0;

impl Scorer<'_, '_> {
    /// Whether a run surely holds no name: nothing before its words speaks for one, and no stretch of its syllables is one by
    /// itself. Most runs are places, bodies and the first words of sentences.
    pub(super) fn has_no_name(&self, run: &Range<usize>) -> bool {
        let text = self.text;
        // No name goes over an acronym: UBND TP.HCM.
        let is_acronym = |a: &Atom| a.case == Case::Upper && !is_known(text, a);
        let mut start = run.start;
        for at in run.clone() {
            let Some(atom) = text.atom(at) else { return false };
            if is_acronym(atom) && !self.clues.capital_line(at) {
                if !self.has_no_syllable_name(start..at, run.end) {
                    return false;
                }
                start = at + 1;
            } else if start == at && at > run.start && !atom.is_capitalised() {
                start = at + 1;
            }
        }
        self.has_no_syllable_name(start..run.end, run.end)
    }

    /// The same of a stretch of a run that ends at `run_end`.
    fn has_no_syllable_name(&self, stretch: Range<usize>, run_end: usize) -> bool {
        let (text, clues) = (self.text, self.clues);
        // The author's line ends where a sentence does, or at the mark before an agency or another author.
        let ends_alone = |at: usize| {
            (at + 1..=run_end).any(|i| clues.sentence_start(i))
                || text.atom(run_end).is_none_or(|a| a.is_mark('(') || a.is_mark('/') || a.is_mark('-'))
        };
        let mut scores = [[0.0f32; 3]; MAX_RUN];
        let Some(scores) = scores.get_mut(..stretch.len()) else { return false };
        for (at, slot) in stretch.clone().zip(scores.iter_mut()) {
            let Some(atom) = text.atom(at) else { return false };
            if atom.syllable.is_none()
                || is_foreign(text, at, Class::Ethnic)
                || is_foreign(text, at, Class::Saint)
                || around::left_bound(text, clues, at) >= weight::TITLE_REACH
                || around::may_stand_alone(text, clues, at) && ends_alone(at)
            {
                return false;
            }
            *slot = name_scores(text, at);
        }
        let scores = &*scores;
        for (at, surname) in stretch.clone().zip(scores) {
            let surname = if is_foreign(text, at, Class::Chinese) { surname[0].max(CHINESE) } else { surname[0] };
            let before = if clues.sentence_start(at) { 0.0 } else { weight::LIST };
            let start = surname + before - if surname < 0.0 { NO_SURNAME } else { 0.0 };
            let mut middle = 0.0f32;
            for (words, given) in (2..=MAX_WORDS).zip(scores.iter().skip(at + 1 - stretch.start)) {
                // That a part of it is a place does not speak against a name of three.
                let least = if words == 3 { 0.0 } else { f32::MIN };
                let name = start + middle.max(least) + given[2].max(-1.0).max(least) + bias(words);
                if name + Ending::bound(text.atom(at + words)) > weight::THRESHOLD {
                    return false;
                }
                middle += given[1].max(given[0]);
            }
        }
        true
    }

    /// The score of a name of Vietnamese syllables, and whether it can introduce a person.
    pub(super) fn vietnamese(
        &self,
        name: Range<usize>,
        words: usize,
        before: f32,
        is_credit: bool,
    ) -> Option<(f32, bool)> {
        let (text, clues) = (self.text, self.clues);
        let (start, end) = (name.start, name.end);
        // Behind a surname of the ethnic minorities any word may follow: Ksor, Giàng, Y, Niê.
        let minority = words >= 2 && is_foreign(text, start, Class::Ethnic);
        let floor = if minority {
            0.3
        } else if is_credit {
            -0.5
        } else if before >= weight::TITLE_REACH && words >= 3 {
            -1.5
        } else {
            -3.0f32
        };
        let mut scores = [[0.0f32; 3]; MAX_WORDS];
        let atoms = self.words.get(start - self.run.start..end - self.run.start)?;
        for (slot, word) in scores.iter_mut().zip(atoms.iter().filter(|w| w.is_word)) {
            *slot = word.scores.map(|s| s.max(floor));
        }
        let scores = scores.get(..words)?;
        let (first, last) = (scores.first()?, scores.last()?);
        if words == 1 {
            return self.lone_syllable(start, end, before).then_some((last[2].clamp(-1.0, 1.0) - 1.0, false));
        }
        let chinese = is_foreign(text, start, Class::Chinese);
        let reached = before >= weight::TITLE_REACH;
        let surname = if chinese { first[0].max(if reached { 2.5 } else { CHINESE }) } else { first[0] };
        // Trương Hòa Bình: that the place occurs often does not speak against the name.
        let is_given = |m: Match| m.end as usize == end && cut::is_given_part(text, start + 1, m);
        let place = words == 3 && text.at(start + 1, GIVEN_PART).any(is_given);
        let middle: f32 = scores.get(1..scores.len() - 1)?.iter().map(|s| s[1].max(s[0])).sum();
        let middle = if place { middle.max(0.0) } else { middle };
        let bias = bias(words);
        // A rare given name does not undo a surname: Vũ Đức Đam.
        let given = match surname > 0.5 && words >= 3 {
            true if place => last[2].max(0.0),
            true => last[2].max(-1.0),
            false => last[2],
        };
        let with_surname = surname + middle + given + bias;
        let without = first[1] + middle + last[2] - 1.5;
        let needs_context = surname < 0.0 && !reached;
        // Chủ tịch Hội đồng Nhà nước Trường Chinh: behind a title's body, two syllables that end the run.
        let whole = || {
            words == 2
                && before >= weight::TITLE_OPEN
                && !text.atom(end).is_some_and(|a| a.is_capitalised() && a.breaks() == 0)
                && !clues.title_before(start).is_some_and(|t| around::in_apposition(text, clues, t))
                && !self.is_behind_local_body(start)
        };
        let best =
            if with_surname >= without || before < weight::ANNOUNCER && !whole() { with_surname } else { without };
        Some((if needs_context { best - NO_SURNAME } else { best }, true))
    }

    /// One syllable is a name only by what stands before it.
    fn lone_syllable(&self, start: usize, end: usize, before: f32) -> bool {
        let (text, clues) = (self.text, self.clues);
        let Some(first) = text.atom(start) else { return false };
        let honorific = around::honorific_before(text, start);
        // Theo lãnh đạo …, Việc nuôi …: the word that opens a sentence whose border is not written.
        let opener =
            || text.context(start, Class::NotNameStart).is_some() || text.context(start, Class::Honorific).is_some();
        if !honorific && opener() {
            return false;
        }
        // One syllable with capitals behind is cut short: Ảnh: Tiên | Minh, đại biểu Lưu | Bình Nhưỡng.
        let more = |a: &Atom| a.is_capitalised() && a.breaks() == 0 && a.case == first.case;
        if text.atom(end).is_some_and(more) && !clues.sentence_start(end) && !clues.title_starts(end) {
            return false;
        }
        let phrase = |among: Classes, len: usize| text.at(start, among).any(|m| m.len() >= len);
        let other = || phrase(Classes::PLACE_OR_BODY, 1) || phrase(TITLE_WORDS, 2);
        before >= weight::ANNOUNCER && (honorific && !phrase(Table::Titles.into(), 2) || !other() && first.len != 1)
    }

    /// Behind a body of a province, district or commune it is rather the place: *Bí thư Huyện đoàn Hoài Nhơn*.
    fn is_behind_local_body(&self, start: usize) -> bool {
        self.text.ending_at(start, BODY_OR_TITLE).any(|m| {
            let level = match m.table {
                Table::Organisations => self.text.cell(m, 1),
                _ => self.text.cell(m, titles::column::LEVEL),
            };
            matches!(level, "province" | "district" | "commune")
        })
    }
}

const BODY_OR_TITLE: Classes = Classes::of_all(&[Table::Organisations, Table::Titles]);
const TITLE_WORDS: Classes = Classes::of_all(&[Table::Titles, Table::TitleWords]);
/// What the rest of a name may be elsewhere.
const GIVEN_PART: Classes = Classes::of_all(&[Table::Places, Table::TitleWords]);

/// What the lists of foreign names say of a word.
pub(super) fn foreign_score(text: &Annotated<'_>, at: usize) -> f32 {
    let given = is_foreign(text, at, Class::GivenName);
    let family = is_foreign(text, at, Class::FamilyName);
    let transcribed = is_foreign(text, at, Class::Transcribed);
    if given || family || transcribed { 2.2 } else { 0.0 }
}

/// The score of a name with words that are not Vietnamese, and whether it can introduce a person.
pub(super) fn foreign(
    text: &Annotated<'_>,
    clues: &Clues,
    start: usize,
    end: usize,
    words: usize,
    around: f32,
) -> Option<(f32, bool)> {
    // Samdech | Hun Sen
    let addressed = |a: &Atom| a.syllable.is_none() && text.context(start, Class::Honorific).is_some();
    if text.atom(start).is_some_and(addressed) {
        return None;
    }
    // … Moon Jae-in | Tân Tổng thống …: a caption ends without a mark.
    if words > 1 && clues.title_starts(end) && clues.title_starts(end - 1) {
        return None;
    }
    let mut score = 0.0;
    let mut listed = 0usize;
    // Written by syllables (Giép Xét-xừn), or in the letters of its language.
    let syllables =
        (start..end).any(|i| text.atom(i).is_some_and(|a| a.case == Case::Lower && a.glued() && a.syllable.is_some()));
    for i in start..end {
        let atom = text.atom(i)?;
        if !atom.is_word() {
            continue;
        }
        let known = foreign_score(text, i);
        let initial = atom.len == 1;
        let chinese = words > 1 && (is_foreign(text, i, Class::Chinese) || is_foreign(text, i, Class::Korean));
        listed += usize::from(known > 0.0 || chinese);
        score += if known > 0.0 {
            known
        } else if is_particle(text, i) || initial {
            0.3
        } else if atom.syllable.is_some() {
            let hyphen = |k: usize| text.atom(k).is_some_and(|a| a.is_mark('-') && a.glued());
            let transcribed = hyphen(i + 1) || i > start && hyphen(i - 1);
            let marked = !syllables
                && !text.letters(i).is_ascii()
                && !atom.glued()
                && !text.atom(i + 1).is_some_and(|a| a.glued());
            if chinese {
                1.0
            } else if transcribed {
                0.3
            } else if marked {
                // A Vietnamese word among foreign ones: Sylvie Goulard | Đảng Modem.
                -2.0
            } else {
                -0.4
            }
        } else {
            0.3
        };
    }
    // A place or body alone is none: Washington, Google.
    let thing =
        if listed == 0 { Classes::PLACE_OR_BODY.with(Class::Abbreviation.into()) } else { Classes::PLACE_OR_BODY };
    let is_lexical = text.at(start, thing).any(|m| m.end as usize == end);
    let begins_with_place =
        words > 1 && text.at(start, Classes::PLACE_OR_BODY).any(|m| m.table == Table::Places || m.len() == 1);
    if is_lexical || begins_with_place {
        return None;
    }
    // Ông Lê, giám đốc Samco: behind a title in apposition stands its body.
    let company = clues.title_before(start).is_some_and(|t| around::in_apposition(text, clues, t))
        && !clues.title_is_complete(start);
    // các thành viên Keidanren: behind a word like that, one strange word is a body.
    let member = |t: usize| {
        text.longest(t, Table::Titles).is_some_and(|m| m.class == Class::Position && text.noted(m, Note::Weak))
    };
    let members = clues.title_before(start).is_some_and(member) && !around::honorific_before(text, start);
    let company = company || words == 1 && members;
    let reached = around >= weight::TITLE_REACH;
    let strong = around >= weight::ANNOUNCER;
    match (words, listed) {
        (_, 0) if !reached || company => None,
        (1, 0) => (strong && !company).then_some((0.0, true)),
        (1, _) if strong => Some((score, true)),
        (1, _) => Some((score - 1.8, true)),
        (_, 0) if !strong => Some((score - 1.5, true)),
        _ => Some((score + if reached { 1.0 } else { -0.6 }, true)),
    }
}
