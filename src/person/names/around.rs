//! What the words around a name say of it: honorifics, titles, verbs, marks, and the nouns whose names are like persons'.

use super::runs::run_end;
use super::{is_foreign, is_particle, name_scores, weight};
use crate::lexicon::{Annotated, Atom, AtomKind, Class, Classes, Match, Note, Table};
use crate::person::{Clues, titles};
use crate::scan::Case;

/// Most atoms between the noun of a firm or school and its name.
const MAX_LINE_OF_BUSINESS: usize = 8;

/// Places and bodies with titles, and with the words of titles.
const OWN_PHRASE: Classes = Classes::PLACE_OR_BODY.with(Classes::of(Table::Titles));
const PHRASE: Classes = OWN_PHRASE.with(Classes::of(Table::TitleWords));

/// Whether capitalised words stay over behind a name: they speak against the cut, *Khánh|Hà, Trương Hòa|Bình*.
pub(super) fn is_left_over(text: &Annotated<'_>, end: usize) -> bool {
    text.atom(end).is_some_and(|a| {
        is_plain(a) || is_title_case(a) && a.breaks() == 0 && crate::syllable::has_only_letters(a.span().of(text.text))
    }) && !text.at(end, OWN_PHRASE).any(|m| m.len() > 1)
}

/// Whether the word opens a sentence whose border is not written: *Ảnh: Trân Châu | Chứng kiến …*.
pub(super) fn opens(text: &Annotated<'_>, at: usize) -> bool {
    let goes_on_lower =
        |m: Match| m.class == Class::Compound && text.atom(m.end as usize - 1).is_some_and(|a| a.case == Case::Lower);
    text.context(at, Class::NotNameStart).is_some() || text.has_asked(at, goes_on_lower)
}

/// The same as [`is_left_over`] before a name.
pub(super) fn leftover_before(text: &Annotated<'_>, clues: &Clues, start: usize) -> f32 {
    let before = start.checked_sub(1).and_then(|i| text.atom(i));
    if !before.is_some_and(|a| is_plain(a) || is_title_case(a)) || text.atom(start).is_none_or(|a| a.breaks() > 0) {
        return 0.0;
    }
    let is_apart = clues.sentence_start(start - 1)
        || clues.title_ends(start)
        || text.ends(start).intersects(PHRASE)
        || honorific_before(text, start)
        || clues.title_reaches(start) && (2..=3).any(|k| behind_thing(text, start, k));
    if is_apart { 0.0 } else { weight::LEFTOVER }
}

fn is_plain(a: &Atom) -> bool {
    a.is_word() && matches!(a.case, Case::Title | Case::Upper) && a.breaks() == 0 && a.syllable.is_some()
}

fn is_title_case(a: &Atom) -> bool {
    a.is_word() && a.case == Case::Title
}

/// A sentence that is nothing but the name, perhaps with an agency: the author's line.
pub(super) fn alone(text: &Annotated<'_>, clues: &Clues, start: usize, end: usize, words: usize) -> f32 {
    if !may_stand_alone(text, clues, start)
        || !(2..=4).contains(&words)
        || text.atom(start).is_some_and(|a| a.is_mark('.'))
    {
        return 0.0;
    }
    let over = |i: usize| text.atom(i).is_none() || clues.sentence_start(i);
    let agency = text.atom(end).is_some_and(|a| a.is_mark('(') || a.is_mark('/')) && {
        let close = (end + 1..end + 6).find(|&i| over(i) || text.atom(i).is_some_and(|a| a.is_mark(')')));
        close.is_some_and(|c| over(c) || over(c + 1) || text.atom(c + 1).is_some_and(|a| a.is_capitalised()))
    };
    let second =
        text.atom(end).is_some_and(|a| a.is_mark('-')) && text.atom(end + 1).is_some_and(Atom::is_capitalised) && {
            let rest = run_end(text, end + 1);
            over(rest) || text.atom(rest).is_some_and(|a| a.is_mark('('))
        };
    // Liên Hệ, Giới Thiệu, VŨ KHÍ: the menus and headings of a page.
    let menu = || (start..end).any(|i| text.has_asked(i, |m| m.class == Class::Compound && m.end as usize <= end));
    if (over(end) || agency || second) && !menu() { weight::BYLINE } else { 0.0 }
}

/// Whether a sentence that begins here, or a second author's name, may be nothing but a name, as [`alone`] tells.
pub(super) fn may_stand_alone(text: &Annotated<'_>, clues: &Clues, start: usize) -> bool {
    clues.sentence_start(start) && start > 0
        || start > 1 && text.atom(start - 1).is_some_and(|a| a.is_mark('-')) && clues.author_line(start)
}

/// Whether the `words` capitalised words before `at` stand behind a word like *trường, xã*: they are its name.
fn behind_thing(text: &Annotated<'_>, at: usize, words: usize) -> bool {
    at.checked_sub(words).is_some_and(|from| {
        (from..at).all(|i| text.atom(i).is_some_and(|a| a.case == Case::Title && a.breaks() == 0))
            && text.context_before(from, Class::Eponym).is_some_and(|m| !text.noted(m, Note::Closed))
    })
}

/// The most that [`left`] may be, by a look at the atom before.
pub(super) fn left_bound(text: &Annotated<'_>, clues: &Clues, start: usize) -> f32 {
    let Some(before) = start.checked_sub(1).and_then(|i| text.atom(i)) else { return 0.0 };
    let ends = text.ends(start);
    if clues.sentence_start(start) {
        0.0
    } else if matches!(before.kind(), AtomKind::Mark(':' | '-' | '/'))
        || ends.contains(Class::Honorific)
        || ends.contains(Class::Announcer)
        || clues.title_ends(start)
        || clues.title_reaches(start)
    {
        f32::INFINITY
    } else {
        weight::LIST
    }
}

/// What the words before a name say.
pub(super) fn left(text: &Annotated<'_>, clues: &Clues, start: usize, words: usize) -> f32 {
    let Some(before) = start.checked_sub(1).and_then(|i| text.atom(i)) else { return 0.0 };
    if clues.sentence_start(start) {
        return 0.0;
    }
    let mut score = 0.0f32;
    if honorific_before(text, start) {
        score = score.max(weight::HONORIFIC);
    }
    // các đồng chí Ủy viên Trung ương: A; Chủ tịch nước - A
    let inside_name = start >= 2 && (is_particle(text, start - 2) || is_foreign(text, start - 2, Class::GivenName));
    let surname = before.is_mark(':') || name_scores(text, start)[0] > 0.5;
    if matches!(before.kind(), AtomKind::Mark(':' | '-'))
        && surname
        && !inside_name
        && (clues.title_ends(start - 1) || clues.title_reaches(start - 1))
    {
        score = score.max(weight::TITLE_OPEN);
    }
    if text.context_before(start, Class::Announcer).is_some() {
        score = score.max(weight::ANNOUNCER);
    }
    if credit_before(text, start) {
        score = score.max(weight::BYLINE);
    }
    if clues.title_ends(start) {
        score = score.max(if clues.title_is_complete(start) { weight::TITLE } else { weight::TITLE_OPEN });
    } else if clues.title_reaches(start) && !before.is_mark(',') {
        let ends = text.ends(start);
        let lone_syllable = words == 1 && text.atom(start).is_some_and(|a| a.syllable.is_some());
        let foreign_pair = words > 1 && text.atom(start).is_some_and(|a| a.syllable.is_none());
        score = score.max(if ends.contains(Class::Country) && !lone_syllable {
            weight::TITLE
        } else if ends.intersects(Classes::PLACE_OR_BODY)
            || foreign_pair && ends.contains(Class::Domain)
            || foreign_pair && before.case == Case::Upper && before.len > 1
        {
            weight::TITLE_OPEN
        } else {
            weight::TITLE_REACH
        });
    }
    // số 32 Hoàng Bật Đạt: behind the number of a house the whole run is a street.
    let numbered = |at: usize| {
        let number =
            |i: usize| text.atom(i).is_some_and(|a| matches!(a.kind(), AtomKind::Number | AtomKind::Opaque(_)));
        at >= 2 && number(at - 1) && text.context(at - 2, Class::HouseNumber).is_some()
    };
    let run = (0..3)
        .take_while(|k| start.checked_sub(k + 1).and_then(|i| text.atom(i)).is_some_and(|a| a.case == Case::Title))
        .count();
    if !clues.title_reaches(start) && (0..=run).any(|k| numbered(start - k)) {
        return weight::EPONYM;
    }
    let title_start = clues.title_before(start);
    if title_start
        .and_then(|t| text.context_before(t, Class::Eponym))
        .is_some_and(|m| [Note::Office, Note::Ambiguous, Note::Doctrine].iter().all(|&n| !text.noted(m, n)))
    {
        return weight::EPONYM;
    }
    let listed = before.is_mark(',') || before.is_mark('-') || text.is_word(start - 1, "và");
    if listed && follows_eponym(text, start - 1) {
        return weight::EPONYM;
    }
    if let Some(m) = eponym_before(text, clues, start) {
        // UBND Thành phố Ngô Văn Quý: all provinces and cities are known, what is none is a name.
        let titled = clues.title_reaches(start) || clues.title_ends(start);
        let closed = text.noted(m, Note::Closed) && words >= 3 && titled && name_scores(text, start)[0] > 0.5;
        let office = text.noted(m, Note::Office) || text.noted(m, Note::Ambiguous);
        // Behind the name it is said of, a title's school or ward keeps its name: … Cương, Chủ tịch trường Lương Thế Vinh.
        let apposed = clues.title_before(start).is_some_and(|t| in_apposition(text, clues, t));
        let pupil = clues.title_before(start).is_some_and(|t| is_pupil(text, t));
        // Chủ tịch phường Nguyễn Cư Trinh: communes that bear a person's name are known.
        let namesake = || text.context(start, Class::Namesake).is_some_and(|m| m.len() == words);
        let in_title = titled && words >= 3 && !apposed && !pupil && !namesake();
        if !closed && (score < weight::ANNOUNCER || !office) {
            score = match (office, in_title) {
                // A name of five is a school's and a person's: Trường THPT Trần Phú | Lê Ngọc Khoa.
                (true, true) if words > 4 => score - 5.0,
                (true, true) => score - 1.5,
                (true, false) if text.noted(m, Note::Ambiguous) => weight::EPONYM_OFFICE,
                (true, false) => weight::EPONYM,
                (false, _) => weight::EPONYM,
            };
        }
    } else if score == 0.0
        && (matches!(before.kind(), AtomKind::Mark(';' | ':' | ',')) || text.is_word(start - 1, "và"))
    {
        score = weight::LIST;
    }
    score
}

/// The word that makes what follows the name of a thing, directly before it or before its line of business: *Công ty CP
/// Du lịch | Nghinh Phong, Trường ĐH Y khoa | Phạm Ngọc Thạch*.
fn eponym_before(text: &Annotated<'_>, clues: &Clues, start: usize) -> Option<Match> {
    if let Some(m) = text.context_before(start, Class::Eponym) {
        // chủ tàu | Lê Hoàng Khoa: who owns the thing is named.
        let owner = text.ending_at(start, Table::Titles.into()).any(|t| t.start < m.start && text.noted(t, Note::Weak));
        return (!owner).then_some(m);
    }
    let mut at = start;
    while let Some(field) = text.ending_at(at, Class::Domain.into()).next()
        && start - field.start as usize <= MAX_LINE_OF_BUSINESS
        && !text.ends(at).has(Table::Places)
        && !clues.title_starts(field.start as usize)
    {
        at = field.start as usize;
        let linked =
            at.checked_sub(1).filter(|&i| text.is_word(i, "và") || text.atom(i).is_some_and(|a| a.is_mark(',')));
        at = linked.unwrap_or(at);
        if let Some(m) = text.context_before(at, Class::Eponym) {
            return text.noted(m, Note::Line).then_some(m);
        }
    }
    None
}

/// Whether the title that starts here is one of many in a school or firm: what follows the school's word is its name.
fn is_pupil(text: &Annotated<'_>, title: usize) -> bool {
    text.longest(title, Table::Titles).is_some_and(|m| {
        m.class == Class::Profession || text.noted(m, Note::Weak) || text.cell(m, titles::column::DEGREE) == "staff"
    })
}

/// Whether a title that starts here stands behind a capitalised word, a separator between, in one sentence.
pub(super) fn in_apposition(text: &Annotated<'_>, clues: &Clues, title: usize) -> bool {
    title >= 2
        && !clues.sentence_start(title)
        && text.atom(title - 1).is_some_and(|a| matches!(a.kind(), AtomKind::Mark(',' | '-' | '(')))
        && text.atom(title - 2).is_some_and(|a| a.is_capitalised() && a.syllable.is_some())
        && !text.ends(title - 1).intersects(OWN_PHRASE)
}

/// `Ảnh: |Hải An`, `Ảnh: VGP/|Hải An`.
pub(in crate::person) fn credit_before(text: &Annotated<'_>, start: usize) -> bool {
    let Some(mut at) = start.checked_sub(1) else { return false };
    if text.atom(at).is_some_and(|a| a.is_mark('/'))
        && at >= 2
        && text.atom(at - 1).is_some_and(|a| a.case == Case::Upper)
    {
        at -= 2;
    }
    text.atom(at).is_some_and(|a| a.is_mark(':')) && text.context_before(at, Class::Byline).is_some()
}

/// `đường Võ Chí Công và |Phạm Văn Đồng`: the run before the comma or *và* stands behind a word like *đường*.
fn follows_eponym(text: &Annotated<'_>, end: usize) -> bool {
    let mut end = end;
    for _ in 0..6 {
        let run = (0..5)
            .take_while(|k| end.checked_sub(k + 1).and_then(|i| text.atom(i)).is_some_and(Atom::is_capitalised))
            .count();
        if run == 0 {
            return false;
        }
        let before = end - run;
        if let Some(m) = text.context_before(before, Class::Eponym) {
            let plural = ["các", "những", "hai"].iter().any(|w| m.start > 0 && text.spells(m.start as usize - 1, w));
            return !text.noted(m, Note::Ambiguous) && (!text.noted(m, Note::Office) || plural);
        }
        let separator = before.checked_sub(1).and_then(|i| text.atom(i));
        if !separator.is_some_and(|a| a.is_mark(',') || a.is_mark('-')) {
            return false;
        }
        end = before - 1;
    }
    false
}

/// Whether an honorific stands before; *Anh* inside a capital run is part of a name (*Lương Anh Khoa*).
pub(super) fn honorific_before(text: &Annotated<'_>, start: usize) -> bool {
    text.context_before(start, Class::Honorific).is_some_and(|m| {
        let first = m.start as usize;
        let lower = text.atom(first).is_some_and(|a| a.case == Case::Lower);
        let inside_run = first > 0
            && text.atom(first).is_some_and(|a| a.breaks() == 0)
            && text.atom(first - 1).is_some_and(|a| a.is_capitalised() && (a.case != Case::Upper || a.len == 1))
            && !matches!(text.letters(first), "Ông" | "Bà" | "Samdech");
        // Bà Chiểu, Bà Đen behind chợ, núi are places.
        let place = !lower && text.context_before(first, Class::Eponym).is_some();
        (lower || !inside_run) && !place
    })
}

/// The verb in lower case behind a name.
pub(super) fn verb_behind(text: &Annotated<'_>, end: usize) -> Option<Match> {
    text.atom(end).filter(|a| a.case == Case::Lower).and_then(|_| text.context(end, Class::Verb))
}

/// What the words after a name say; `verb` is the one in lower case that begins there.
pub(super) fn right(text: &Annotated<'_>, clues: &Clues, end: usize, verb: Option<Match>) -> f32 {
    let Some(after) = text.atom(end).filter(|a| a.breaks() == 0) else { return 0.0 };
    match after.kind() {
        // Cục trưởng C46: the sign of a department.
        AtomKind::Number if after.glued() => weight::EPONYM,
        _ if verb.is_some() => weight::VERB_AFTER,
        AtomKind::Mark(',' | '-' | '(') if clues.title_starts(end + 1) => weight::TITLE_AFTER,
        AtomKind::Mark(',' | '(' | '-') if is_age(text, end + 1) => weight::AGE_AFTER,
        _ => 0.0,
    }
}

/// `42 tuổi`, `SN 1986`, `sinh năm 1986`.
fn is_age(text: &Annotated<'_>, at: usize) -> bool {
    let number = |i: usize| text.atom(i).is_some_and(|a| a.kind() == AtomKind::Number);
    number(at) && text.is_word(at + 1, "tuổi")
        || text.spells(at, "sinh năm")
        || text.letters(at).eq_ignore_ascii_case("sn") && number(at + 1)
}
