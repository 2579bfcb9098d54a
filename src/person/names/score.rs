//! How well a stretch of a capital run reads as one name.
//!
//! A run of n words has some n²/2 stretches. What an atom says is asked once ([`Word`]), what the words behind a border say
//! once ([`Ending`]), what the words before a name say once for each of its lengths that matters ([`Start`]); a stretch
//! only adds them up. Most stretches fall by their syllables alone, whatever stands around; only for the others it is read.

use alloc::vec::Vec;
use core::cell::{Cell, OnceCell};
use core::ops::Range;

use super::around;
use super::runs::{is_cut_short, joins_syllables};
use super::words::{foreign, foreign_score};
use super::{MAX_WORDS, Name, is_foreign, is_particle, name_scores, weight};
use crate::lexicon::{Annotated, Atom, AtomKind, Class, Classes, Match, Note, Table};
use crate::person::Clues;
use crate::scan::Case;

/// Scores the stretches of one run after the other.
pub(super) struct Scorer<'a, 't> {
    pub(super) text: &'a Annotated<'t>,
    pub(super) clues: &'a Clues,
    pub(super) run: Range<usize>,
    pub(super) words: Vec<Word>,
    /// What stands behind the atom, if a name may end with it.
    endings: Vec<Option<Ending>>,
}

/// What one atom of a run says.
#[derive(Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) is_word: bool,
    /// A syllable, or in the list of names.
    is_known: bool,
    /// Letters of Vietnamese, if no syllable.
    is_misprint: bool,
    /// No Vietnamese name has it inside.
    is_foreign: bool,
    /// In capitals / with a capital, and long enough that it tells.
    is_loud: bool,
    is_quiet: bool,
    /// In capitals and no known word.
    is_acronym: bool,
    /// No name has it, or none but as its first word.
    is_no_name: bool,
    is_honorific: bool,
    /// It joins the words around into one.
    joins: bool,
    /// Nats as surname, middle and given name.
    pub(super) scores: [f32; 3],
}

/// What the words behind a border say to all names that may end there.
pub(super) struct Ending {
    /// The name's last word is cut to its first letters: *Phạm Hồng Kh.*
    is_cut_short: bool,
    /// A syllable that a word in lower case follows.
    goes_on_lower: bool,
    /// The most that `behind` may score.
    bound: f32,
    behind: OnceCell<Behind>,
}

/// What is read only for names that are likely.
struct Behind {
    /// The last word closes a sentence whose border is not written: a name of several words does not end here.
    lone_only: bool,
    /// Names that begin at or before this atom would cut a longer phrase.
    crossed_from: Option<usize>,
    /// Capitalised words stay over behind it.
    is_left_over: bool,
    score: f32,
}

/// What the words before a start say, by the number of the name's words.
struct Start {
    at: usize,
    is_credit: bool,
    in_capitals: bool,
    /// The most that the words before may score.
    bound: f32,
    left: [Cell<Option<f32>>; 4],
    leftover: Cell<Option<f32>>,
}

/// A stretch while it grows.
#[derive(Default)]
struct Inside {
    words: usize,
    misprints: usize,
    is_foreign: bool,
    is_loud: bool,
    is_quiet: bool,
}

impl<'a, 't> Scorer<'a, 't> {
    pub(super) fn new(text: &'a Annotated<'t>, clues: &'a Clues) -> Self {
        Self { text, clues, run: 0..0, words: Vec::new(), endings: Vec::new() }
    }

    /// Whether a name may be in a run: a lone syllable is one by the words before it only. Most runs are the first word of
    /// a sentence.
    pub(super) fn may_be_name(&self, run: &Range<usize>) -> bool {
        run.len() > 1 && !self.has_no_name(run)
            || run.len() == 1 && self.text.atom(run.start).is_some_and(|a| a.syllable.is_none())
            || run.len() == 1
                && !self.clues.sentence_start(run.start)
                && around::left_bound(self.text, self.clues, run.start) >= weight::ANNOUNCER
                && around::left(self.text, self.clues, run.start, 1) >= weight::ANNOUNCER
    }

    /// Turns to the next run.
    pub(super) fn read(&mut self, run: Range<usize>) {
        let text = self.text;
        self.words.clear();
        self.words.extend(run.clone().map(|i| Word::read(text, i, run.start)));
        self.endings.clear();
        self.endings.extend((run.start + 1..=run.end).map(|end| Ending::read(text, run.start, end)));
        self.run = run;
    }

    /// Calls `found` for every name that begins at `start`, shortest first.
    pub(super) fn names_from(&self, start: usize, mut found: impl FnMut(Name)) {
        let skip = start - self.run.start;
        let joined = match skip.checked_sub(1) {
            Some(before) => self.words.get(before).is_some_and(|w| w.joins),
            None => start.checked_sub(1).is_some_and(|i| joins(self.text, i)),
        };
        if joined || !self.text.atom(start).is_some_and(Atom::is_capitalised) {
            return;
        }
        let start = Start::new(self.text, self.clues, start);
        let mut inside = Inside::default();
        let atoms = self.words.iter().zip(&self.endings).skip(skip).take(2 * MAX_WORDS);
        for ((word, ending), end) in atoms.zip(start.at + 1..) {
            if !inside.push(word, end - 1 > start.at, start.in_capitals) {
                return;
            }
            if let Some(name) = ending.as_ref().and_then(|ending| self.name(&start, end, &inside, ending)) {
                found(name);
            }
        }
    }

    fn name(&self, start: &Start, end: usize, inside: &Inside, ending: &Ending) -> Option<Name> {
        let (text, clues, words) = (self.text, self.clues, inside.words);
        let atoms = end - start.at;
        // A credit ends at a mark or a capital: Ảnh: Trân Châu | Chứng kiến …
        if ending.goes_on_lower && start.is_credit {
            return None;
        }
        // One syllable is a name only by what stands before it.
        let lone = atoms == 1 && text.atom(start.at).is_some_and(|a| a.syllable.is_some());
        if lone && (start.bound < weight::ANNOUNCER || start.left(self, 1) < weight::ANNOUNCER) {
            return None;
        }
        // One word of a Vietnamese name may be no syllable: Trần Thị Bíchh.
        let may_be_misprint = || inside.misprints == 1 && words >= 3 && name_scores(text, start.at)[0] > 0.5;
        let minority = || words >= 2 && is_foreign(text, start.at, Class::Ethnic);
        let vietnamese = !inside.is_foreign && (inside.misprints == 0 || may_be_misprint() || minority());
        // Linh mục Giuse Trần Văn Khoa: a saint's name before the family's.
        let saint = words >= 3 && atoms > 2 && is_foreign(text, start.at, Class::Saint);
        let alone = around::alone(text, clues, start.at, end, words);
        let bound = start.bound.max(alone);
        if vietnamese && !saint && bound < weight::TITLE_REACH {
            let (most, _) = self.vietnamese(start.at..end, words, bound, start.is_credit)?;
            if most + bound + ending.bound <= weight::THRESHOLD {
                return None;
            }
        }
        let behind = ending.behind.get_or_init(|| Behind::read(text, clues, self.run.start, end));
        if behind.lone_only && atoms > 1 {
            return None;
        }
        if behind.crossed_from.is_some_and(|from| start.at <= from) {
            // Chủ nhiệm Nguyễn Đức Hải | trình Quốc hội: a name of three behind its title, and a verb.
            let acts = vietnamese
                && words == 3
                && name_scores(text, start.at)[0] > 0.5
                && around::verb_behind(text, end).is_some()
                && !text.at(end - 1, CONTINUES).any(|m| m.end as usize > end)
                && start.left(self, words) >= weight::TITLE_REACH;
            if !acts {
                return None;
            }
        }
        let before = match start.left(self, words) {
            veto if veto < 0.0 => veto,
            left => left.max(alone),
        };
        // … Ernst Wastler | Tại cuộc tiếp …
        let sentence = || text.atom(end + 1).is_some_and(|a| a.case == Case::Lower) && around::opens(text, end);
        let is_left_over =
            behind.is_left_over && !(start.is_credit && around::opens(text, end) || !vietnamese && sentence());
        let leftover = if is_left_over { weight::LEFTOVER } else { 0.0 };
        let around = before + behind.score + start.leftover(self) + leftover;
        let (inside_score, full) = if saint {
            let before = before.max(weight::TITLE);
            self.vietnamese(start.at + 1..end, words - 1, before, around::credit_before(text, start.at + 1))?
        } else if vietnamese || ending.is_cut_short {
            self.vietnamese(start.at..end, words, before, start.is_credit)?
        } else {
            foreign(text, clues, start.at, end, words, before + behind.score)?
        };
        // A capital function word that only begins the sentence is no part of a name.
        let opener = clues.sentence_start(start.at)
            && text
                .context(start.at, Class::NotNameStart)
                .is_some_and(|m| !(words > 1 && text.noted(m, Note::Surname)));
        let agency = start.is_credit
            && text.atom(end).is_some_and(|a| {
                let short =
                    || text.atom(end + 1).is_some_and(|a| a.case == Case::Upper && a.len > 1 && a.breaks() == 0);
                a.is_mark('/') || a.is_mark(')') || a.is_mark('-') && short()
            });
        let inside_score = inside_score + weight::NOT_FIRST * self.strangers(start.at + 1..end) as f32;
        let inside_score = if agency { inside_score + weight::AGENCY } else { inside_score };
        let score = inside_score + around + if opener { weight::NOT_FIRST } else { 0.0 } - weight::THRESHOLD;
        (score > 0.0).then_some(Name { start: start.at, end, full, score })
    }

    /// How many function words that no name has stand in a stretch.
    fn strangers(&self, atoms: Range<usize>) -> usize {
        let is_stranger = |&at: &usize| {
            name_scores(self.text, at).iter().all(|s| *s < 0.0)
                && self
                    .text
                    .context(at, Class::NotNameStart)
                    .is_some_and(|m| m.len() == 1 && !self.text.noted(m, Note::Any))
        };
        atoms.filter(is_stranger).count()
    }
}

impl Word {
    fn read(text: &Annotated<'_>, at: usize, run_start: usize) -> Self {
        let Some(atom) = text.atom(at) else { return Self::default() };
        let joins = joins(text, at);
        if !atom.is_word() {
            // Only hyphens and the full stops of initials stand inside a name.
            return Self { is_foreign: !(atom.is_mark('.') || atom.is_mark('-')), joins, ..Self::default() };
        }
        let is_syllable = atom.syllable.is_some();
        let is_known = is_known(text, atom);
        // Bun-nhăng Vo-la-chít: syllables in lower case behind hyphens are a transcription.
        let behind_hyphen =
            atom.case == Case::Lower && at > run_start && text.atom(at - 1).is_some_and(|a| a.is_mark('-'));
        let letters = text.letters(at);
        let is_misprint = !is_known && crate::syllable::has_only_letters(letters);
        let many_capitals = || letters.chars().filter(|c| c.is_uppercase()).count() > 2;
        Self {
            is_word: true,
            is_known,
            is_misprint,
            is_foreign: behind_hyphen,
            is_loud: atom.case == Case::Upper && atom.len > 2 && is_syllable,
            is_quiet: atom.case == Case::Title && atom.len > 1,
            is_acronym: atom.case == Case::Upper && !is_known,
            is_no_name: atom.case == Case::Mixed && !is_syllable && foreign_score(text, at) <= 0.0 && many_capitals(),
            is_honorific: matches!(letters, "Ông" | "Bà"),
            joins,
            scores: name_scores(text, at),
        }
    }
}

impl Ending {
    fn read(text: &Annotated<'_>, run_start: usize, end: usize) -> Option<Self> {
        let last = text.atom(end - 1)?;
        let atoms = end - run_start;
        let mark = |i: usize, mark: char| text.atom(i).is_some_and(|a| a.is_mark(mark));
        let is_cut = last.is_mark('.') && atoms > 1 && is_cut_short(text, end - 2);
        let is_lower = last.case == Case::Lower;
        if !(last.is_word() || is_cut) || is_lower && !(atoms > 2 && mark(end - 2, '-')) {
            return None;
        }
        let next = text.atom(end);
        let glued_lower = || text.atom(end + 1).is_some_and(|a| a.glued() && a.case == Case::Lower);
        // A hyphenated word is not cut: Kim Jong|-un.
        let hyphen = next.is_some_and(|a| a.is_mark('-') && a.glued()) && glued_lower();
        // quochoi.vn
        let domain = !is_cut
            && next.is_some_and(|a| a.is_mark('.') && a.glued())
            && glued_lower()
            && text.atom(end + 1).is_some_and(|a| a.len <= 4);
        if hyphen
            || domain
            // A word cut short takes its full stop along.
            || last.is_word() && last.len > 1 && is_cut_short(text, end - 1)
            || is_lower && is_particle(text, end - 1)
            || joins(text, end)
        {
            return None;
        }
        let here = next.filter(|a| a.breaks() == 0);
        let bound = Self::bound(here);
        let goes_on_lower = last.syllable.is_some() && here.is_some_and(|a| a.case == Case::Lower);
        Some(Self { is_cut_short: is_cut, goes_on_lower, bound, behind: OnceCell::new() })
    }
}

/// Whether a word is a syllable, or in the list of names.
pub(super) fn is_known(text: &Annotated<'_>, atom: &Atom) -> bool {
    atom.syllable.is_some() || text.lexicon.name_row(atom.word).is_some()
}

impl Ending {
    /// The most that what begins with this atom may say of a name before it.
    pub(super) fn bound(next: Option<&Atom>) -> f32 {
        match next.filter(|a| a.breaks() == 0).map(|a| (a.kind(), a.case)) {
            Some((AtomKind::Word, Case::Lower)) => weight::VERB_AFTER,
            Some((AtomKind::Mark(_), _)) => weight::TITLE_AFTER.max(weight::AGE_AFTER),
            _ => 0.0,
        }
    }
}

impl Behind {
    fn read(text: &Annotated<'_>, clues: &Clues, run_start: usize, end: usize) -> Self {
        let goes_on = text.atom(end).is_some_and(|a| a.breaks() == 0 && !matches!(a.kind(), AtomKind::Mark(_)));
        // … Võ Kim Cự | Theo đó: a caption ends without a mark.
        let verb = around::verb_behind(text, end);
        let lone_only = goes_on
            && text.context(end, Class::Report).is_none()
            && text.atom(end - 1).is_some_and(|a| a.case == Case::Title)
            && text.context(end - 1, Class::NotNameStart).is_some_and(|m| !text.noted(m, Note::Any));
        Self {
            lone_only,
            crossed_from: crossed_from(text, run_start, end, verb),
            is_left_over: !clues.title_starts(end) && around::is_left_over(text, end),
            score: around::right(text, clues, end, verb),
        }
    }
}

impl Start {
    fn new(text: &Annotated<'_>, clues: &Clues, at: usize) -> Self {
        Self {
            at,
            is_credit: around::credit_before(text, at),
            in_capitals: clues.capital_line(at),
            bound: around::left_bound(text, clues, at),
            left: [const { Cell::new(None) }; 4],
            leftover: Cell::new(None),
        }
    }

    fn left(&self, run: &Scorer<'_, '_>, words: usize) -> f32 {
        let read = || around::left(run.text, run.clues, self.at, words);
        // Three and four words are judged alike, and so are five and more.
        let slot = match words {
            0 | 1 => 0,
            2 => 1,
            3 | 4 => 2,
            _ => 3,
        };
        self.left.get(slot).map_or_else(read, |cell| once(cell, read))
    }

    fn leftover(&self, run: &Scorer<'_, '_>) -> f32 {
        once(&self.leftover, || around::leftover_before(run.text, run.clues, self.at))
    }
}

fn once(cell: &Cell<Option<f32>>, read: impl FnOnce() -> f32) -> f32 {
    cell.get().unwrap_or_else(|| {
        let value = read();
        cell.set(Some(value));
        value
    })
}

impl Inside {
    /// Adds a word. `false` where neither this stretch nor a longer one is a name.
    fn push(&mut self, word: &Word, is_inner: bool, in_capitals: bool) -> bool {
        self.is_loud |= word.is_loud;
        self.is_quiet |= word.is_quiet;
        // ẢNH: LÊ PHI | Được biết: letters change their case where a sentence begins.
        let changes_case = self.is_loud && self.is_quiet;
        self.words += usize::from(word.is_word);
        self.misprints += usize::from(word.is_misprint && is_inner);
        let is_strange = word.is_word && !word.is_known && !(word.is_misprint && is_inner);
        self.is_foreign |= word.is_foreign && is_inner || is_strange;
        !(changes_case
            || is_inner && word.is_honorific
            || word.is_acronym && !in_capitals
            || word.is_no_name
            || self.words > MAX_WORDS)
    }
}

/// Whether the mark at `i` joins the words around it: two given names with a hyphen (*Frank-Walter Steinmeier*),
/// syllables of a transcription, an initial (*V.Pu-tin*).
fn joins(text: &Annotated<'_>, i: usize) -> bool {
    let Some(mark) = text.atom(i) else { return false };
    let next = |is: &dyn Fn(&Atom) -> bool| text.atom(i + 1).is_some_and(|a| a.is_capitalised() && is(a));
    let before = |is: &dyn Fn(&Atom) -> bool| {
        i.checked_sub(1).and_then(|k| text.atom(k)).is_some_and(|a| a.is_capitalised() && is(a))
    };
    match mark.kind() {
        AtomKind::Mark('-') => {
            let foreign = |a: &Atom| a.breaks() == 0 && a.syllable.is_none();
            mark.glued() && next(&|a| a.glued() && foreign(a)) && before(&foreign)
                || mark.breaks() == 0 && joins_syllables(text, i)
        }
        AtomKind::Mark('.') => mark.glued() && next(&|a| a.glued()) && before(&|a| a.len == 1),
        _ => false,
    }
}

/// What goes on behind a capital, as compounds do.
const CONTINUES: Classes = Classes::of_all(&[Table::Organisations, Table::Titles, Table::TitleWords]);

/// The last atom of a run at which a phrase begins that a border would cut: *Đoàn Thanh|niên*.
pub(super) fn crossed_from(text: &Annotated<'_>, run_start: usize, end: usize, verb: Option<Match>) -> Option<usize> {
    let is_lower = |i: usize| text.atom(i).is_some_and(|a| a.case == Case::Lower);
    // Nguyễn Đức Hải | trình bày: a verb of two words, not the end of *hải trình*.
    let verb = verb.is_some_and(|v| v.len() > 1);
    let before_lower = is_lower(end);
    let continues = |m: Match| {
        m.end as usize > end
            && !(verb && m.table == Table::Compounds)
            && (m.table == Table::Compounds || CONTINUES.contains(m.class))
    };
    // Nhật Bắc Tổng | Bí thư
    let title = |m: Match| m.end as usize > end && (end..m.end as usize).any(is_lower);
    let crosses = |&i: &usize| {
        text.at(i, Table::Titles.into()).any(title)
            || before_lower && (text.at(i, CONTINUES).any(continues) || text.has_asked(i, continues))
    };
    (run_start..end).rev().take(2 * MAX_WORDS).find(crosses)
}
