//! Which sense of a short form is meant: the neighbours that its rows in `data/abbreviations.tsv` name.
//!
//! All senses are asked at once: one walk through the trie of cues from the end of the form, one from its start (see
//! [`crate::lexicon::cues`]). A row that a neighbour forbids is out; of the others the one with the longest cue wins, then
//! the first with a kind of neighbour as cue, then the one whose prior is `sure` or `likely`.

use alloc::vec::Vec;

use super::{column, confidence};
use crate::lexicon::cues::{AFTER, BEFORE, CueKind};
use crate::lexicon::{AtomKind, Atoms, Match, Table};
use crate::scan::Case;

/// A row that could be meant, and which of its cues stand there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub(super) row: Match,
    hits: u8,
    /// Atoms of the cue, for the reason that is given.
    cue: (usize, usize),
    /// Length of the longest cue and of the longest that forbids, before and after.
    longest: [(u8, u8); 2],
}

const WORD_BEFORE: u8 = 1;
const WORD_AFTER: u8 = 2;
const KIND_BEFORE: u8 = 4;
const KIND_AFTER: u8 = 8;

/// How a sense was chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Choice {
    /// By the neighbour in these atoms.
    Cue(usize, usize),
    OnlySense,
    UsualSense,
}

impl Choice {
    pub(super) const fn confidence(self) -> f32 {
        match self {
            Self::Cue(..) => confidence::NEIGHBOUR,
            Self::OnlySense => confidence::ONLY_SENSE,
            Self::UsualSense => confidence::USUAL,
        }
    }
}

impl Sense {
    pub(super) const fn new(row: Match) -> Self {
        Self { row, hits: 0, cue: (0, 0), longest: [(0, 0); 2] }
    }

    pub(super) fn prior(&self, text: &Atoms<'_>) -> &'static str {
        text.cell(self.row, column::PRIOR)
    }

    /// Nothing here forbids the sense, and it is one that can be meant at all. Of a cue and one that forbids on the same
    /// side the longer counts: *bộ* speaks against the city in *TP*, *đảng bộ* for it.
    pub(super) fn is_allowed(&self, text: &Atoms<'_>) -> bool {
        self.longest.iter().all(|(cue, veto)| *veto == 0 || cue > veto) && self.prior(text) != "never"
    }

    fn needs_both(&self, text: &Atoms<'_>) -> bool {
        text.cell(self.row, column::BEFORE).starts_with('+')
    }

    fn has_cue(&self, text: &Atoms<'_>, before: u8, after: u8) -> bool {
        let (before, after) = (self.hits & before != 0, self.hits & after != 0);
        if self.needs_both(text) { before && after } else { before || after }
    }
}

/// Notes at every sense which of its cues stand beside the form.
pub(super) fn look_around(text: &Atoms<'_>, senses: &mut [Sense]) {
    let Some(first) = senses.first().map(|s| s.row) else { return };
    let (start, end) = (first.start as usize, first.end as usize);
    let mut note = |values: &[[u8; 4]], hit: u8, cue: (usize, usize)| {
        if !values.is_empty() {
            let capital = text.atom(cue.0).is_some_and(|a| a.is_capitalised());
            note(senses, values, hit, cue, capital);
        }
    };
    text.cues_after(AFTER, end, |len, values| note(values, WORD_AFTER, (end, end + len)));
    text.cues_before(start, |len, values| note(values, WORD_BEFORE, (start - len, start)));
    for kind in kinds_before(text, start).into_iter().flatten() {
        note(text.kind_cue(BEFORE, kind), KIND_BEFORE, (start.saturating_sub(1), start));
    }
    for kind in kinds_after(text, end).into_iter().flatten() {
        note(text.kind_cue(AFTER, kind), KIND_AFTER, (end, end + 1));
    }
}

/// Marks the senses of which `values` has a cue; `capital`: the cue begins with a capital here.
fn note(senses: &mut [Sense], values: &[[u8; 4]], hit: u8, cue: (usize, usize), capital: bool) {
    for sense in senses {
        let len = (cue.1 - cue.0).min(255) as u8;
        let side = sense.longest.get_mut(usize::from(hit & (WORD_AFTER | KIND_AFTER) != 0));
        let has = |value: u32| values.binary_search_by_key(&value, |v| u32::from_le_bytes(*v)).is_ok();
        let value = sense.row.row << 2;
        if has(value) || capital && has(value | 2) {
            if sense.hits & (WORD_BEFORE | WORD_AFTER) == 0 {
                sense.cue = cue;
            }
            sense.hits |= hit;
            if let Some(side) = side {
                side.0 = side.0.max(len);
            }
        } else if (has(value | 1) || capital && has(value | 3))
            && let Some(side) = side
        {
            side.1 = side.1.max(len);
        }
    }
}

/// The sense that is meant, and how it was chosen; `None` when undecided.
pub(super) fn choose(text: &Atoms<'_>, senses: &[Sense]) -> Option<(Match, Choice)> {
    let allowed = || senses.iter().filter(|s| s.is_allowed(text));
    // Words decide before kinds of words, and more words before fewer: Thứ trưởng BTC is not trưởng BTC.
    for (before, after) in [(WORD_BEFORE, WORD_AFTER), (WORD_BEFORE | KIND_BEFORE, WORD_AFTER | KIND_AFTER)] {
        let best = allowed().filter(|s| s.has_cue(text, before, after)).reduce(|best, s| {
            let len = |s: &Sense| s.longest.iter().map(|side| side.0).max();
            if len(s) > len(best) { s } else { best }
        });
        if let Some(s) = best {
            return Some((s.row, Choice::Cue(s.cue.0, s.cue.1)));
        }
    }
    allowed().find_map(|s| match s.prior(text) {
        "sure" => Some((s.row, Choice::OnlySense)),
        "likely" => Some((s.row, Choice::UsualSense)),
        _ => None,
    })
}

/// The sense that the domain of the document selects: its row must allow that (prior `domain`), and two other short
/// forms of the document must belong to the domain, twice as many as to that of any other sense.
pub(super) fn by_domain(text: &Atoms<'_>, senses: &[Sense], n_forms: impl Fn(&str) -> usize) -> Option<Match> {
    let domain = |s: &Sense| text.cell(s.row, column::DOMAIN);
    let mut allowed = senses.iter().filter(|s| s.is_allowed(text));
    let best = allowed.find(|s| s.prior(text) == "domain" && n_forms(domain(s)) >= 2)?;
    let n_best = n_forms(domain(best));
    let others = senses.iter().filter(|s| s.row.row != best.row.row && s.is_allowed(text));
    let clear = others.map(|s| if domain(s) == domain(best) { n_best } else { n_forms(domain(s)) });
    clear.max().is_none_or(|n| 2 * n <= n_best).then_some(best.row)
}

fn kinds_before(text: &Atoms<'_>, at: usize) -> [Option<CueKind>; 4] {
    let Some(short) = text.atom(at) else { return [None; 4] };
    let Some(before) = at.checked_sub(1).and_then(|i| text.atom(i)).filter(|_| short.breaks() == 0) else {
        return [Some(CueKind::LineStart), None, None, None];
    };
    let is_name = before.is_word() && before.case == Case::Title;
    [
        Some(CueKind::Any),
        (before.kind() == AtomKind::Number).then_some(CueKind::Number),
        is_name.then_some(CueKind::Place),
        is_name.then_some(CueKind::Name),
    ]
}

fn kinds_after(text: &Atoms<'_>, at: usize) -> [Option<CueKind>; 5] {
    let Some(after) = text.atom(at).filter(|a| a.breaks() == 0) else { return [None; 5] };
    let is_number = after.kind() == AtomKind::Number;
    let is_phone = || {
        let digits = after.span().of(text.text);
        digits.starts_with('0') || digits.len() >= 7
    };
    [
        Some(CueKind::Any),
        is_number.then_some(CueKind::Number),
        (is_number && is_phone()).then_some(CueKind::Phone),
        (after.is_word() && is_place(text, at)).then_some(CueKind::Place),
        (after.is_word() && after.case == Case::Title).then_some(CueKind::Name),
    ]
}

/// A capitalised word that is no common one: a place in the list, or two capitalised words in a row.
fn is_place(text: &Atoms<'_>, at: usize) -> bool {
    let capitalised =
        |i: usize| text.atom(i).is_some_and(|a| a.is_capitalised() && a.case != Case::Upper && a.breaks() == 0);
    capitalised(at)
        && (text.has_phrase(at, |m| m.table == Table::Places)
            || capitalised(at + 1)
            || text.atom(at).is_some_and(|a| a.syllable.is_none()))
}

/// The rows of the longest form that begins at `at` and `fits`, in file order; its length in atoms.
pub(super) fn collect(text: &Atoms<'_>, at: usize, fits: impl Fn(Match) -> bool, out: &mut Vec<Sense>) -> usize {
    out.clear();
    if !text.atom(at).is_some_and(|a| text.lexicon.begins_short_form(a.word)) {
        return 0;
    }
    let mut len = 0;
    text.phrases(at, |m| {
        if m.table == Table::Abbreviations && fits(m) {
            if m.len() > len {
                out.clear();
                len = m.len();
            }
            out.push(Sense::new(m));
        }
    });
    out.sort_unstable_by_key(|s| s.row.row);
    len
}
