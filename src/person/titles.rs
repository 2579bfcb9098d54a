//! The grammar of titles.
//!
//! ```text
//! title      = [status] head [complement]
//! head       = a row of data/titles.tsv, the longest that fits
//! complement = { body | place | field of work | unit | capitalised word | abbreviation | number | link }
//! ```
//! A complement ends at a name, at punctuation, at another title and at every lower-case word that no data file lists as
//! part of a title, which is how a verb without punctuation ends it (`… tỉnh Quảng Trị khẳng định`). A comma is crossed
//! only before a superior body or place (`Chủ tịch UBND xã X, huyện Y`).

use core::cell::Cell;

use super::TitleKind;
use super::names::Name;
use crate::lexicon::{Annotated, Atom, AtomKind, Class, Classes, Match, Note, Table};
use crate::scan::Case;

/// Whether the remarks of a head's row allow it here: `not-before: a|b` names words that may not follow.
fn may_be_head(text: &Annotated<'_>, m: Match) -> bool {
    if !m.excludes() {
        return true;
    }
    let note = text.cell(m, column::NOTE);
    let forbidden = note.split("; ").find_map(|n| n.strip_prefix("not-before:"));
    forbidden.is_none_or(|list| !list.split(['|', ',']).any(|w| text.spells(m.end as usize, w.trim())))
}

/// A title read from the text, in atoms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TitlePhrase {
    /// First atom: the status word, or the head.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) head: Match,
    pub(crate) status: Option<Match>,
    pub(crate) kind: TitleKind,
}

/// Columns of `data/titles.tsv`.
pub(crate) mod column {
    pub(crate) const DEGREE: usize = 2;
    pub(crate) const ROLE: usize = 3;
    pub(crate) const LEVEL: usize = 4;
    pub(crate) const BODY: usize = 5;
    pub(crate) const NOTE: usize = 6;
}

/// Most atoms of a complement: the longest real ones have some thirty.
pub(super) const MAX_COMPLEMENT: usize = 40;

/// A title as it is read when nothing is a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    pub(crate) title: TitlePhrase,
    /// The last atom that a name at might have made a difference.
    last: usize,
}

impl Read {
    /// Reads the title whose head begins at `at`.
    pub(crate) fn new(text: &Annotated<'_>, at: usize) -> Option<Self> {
        let last = Cell::new(at);
        let is_name = |i: usize| {
            last.set(last.get().max(i));
            false
        };
        parse(text, at, &is_name).map(|title| Self { title, last: last.get() })
    }

    /// The title when names stand elsewhere: `next` is the first that ends behind its first atom.
    pub(crate) fn beside(
        &self,
        text: &Annotated<'_>,
        next: Option<&Name>,
        is_name: &dyn Fn(usize) -> bool,
    ) -> Option<TitlePhrase> {
        match next {
            Some(name) if name.start <= self.last => parse(text, self.title.head.start as usize, is_name),
            _ => Some(self.title),
        }
    }
}

/// Reads the title whose head begins at `at`. `is_name` tells where a name begins; a title never runs into it.
pub(crate) fn parse(text: &Annotated<'_>, at: usize, is_name: &dyn Fn(usize) -> bool) -> Option<TitlePhrase> {
    let head = head_at(text, at)?;
    let (head_start, head_end) = (head.start as usize, head.end as usize);
    if (head_start..head_end).any(is_name) {
        return None;
    }
    let kind = match head.class {
        Class::Rank => TitleKind::Rank,
        Class::Degree => TitleKind::Degree,
        Class::Profession => TitleKind::Profession,
        _ => TitleKind::Position,
    };
    let status = status_before(text, head_start);
    let start = status.map_or(head_start, |m| m.start as usize);
    let end = match kind {
        TitleKind::Rank => head_end,
        TitleKind::Degree => degree_end(text, head_end),
        _ => complement_end(text, body_of_head(text, head, is_name), is_name),
    };
    let with_body = (head_end..end).any(|i| text.begins(i).has(Table::Organisations));
    let kind = if kind == TitleKind::Profession && with_body { TitleKind::Position } else { kind };
    Some(TitlePhrase { start, end, head, status, kind })
}

/// End of the head, or of the body that begins inside it: *chủ nhiệm Ủy ban Tài chính*|*, Ngân sách*.
fn body_of_head(text: &Annotated<'_>, head: Match, is_name: &dyn Fn(usize) -> bool) -> usize {
    let end = head.end as usize;
    let bodies = (head.start as usize + 1..end)
        .filter_map(|i| text.longest(i, Table::Organisations))
        .map(|m| m.end as usize)
        .filter(|&e| e > end && !(end..e).any(is_name));
    bodies.max().unwrap_or(end)
}

/// The longest head that begins at `at` and is written as a title.
pub(crate) fn head_at(text: &Annotated<'_>, at: usize) -> Option<Match> {
    let first = text.atom(at)?;
    let m = text.longest(at, Table::Titles)?;
    // Tại | sao: the end of another word.
    let end = m.end as usize;
    let inside_word = text.ending_at(end, Class::NotTitle.into()).any(|w| w.start < m.start);
    if inside_word || !may_be_head(text, m) {
        return None;
    }
    // Trung Quốc | Vương Gia Thụy: no *Quốc vương*.
    let inside_country =
        at > 0 && first.is_capitalised() && text.at(at - 1, Class::Country.into()).any(|c| c.end as usize > at);
    if inside_country {
        return None;
    }
    // Short forms (TS, BS, GĐ) are capitals; their letters in lower case are something else.
    let short = m.len() == 1
        && first.syllable.is_none()
        && first.case == Case::Lower
        && !first.span().of(text.text).contains('-');
    let needs_capitals = text.noted(m, Note::Upper) && m.len() == 1 && first.case == Case::Lower;
    if short || needs_capitals {
        return None;
    }
    // An ordinary word or occupation with a capital behind a noun that begins a body's name is part of that name: Công ty
    // Sao Mai, Cục Nhà giáo.
    let named = first.case == Case::Title
        && text.ends(at).contains(Class::BodyHead)
        && (m.class == Class::Profession || is_weak(text, m));
    if named {
        return None;
    }
    // Inside a body's name it is no title: Văn phòng Chủ tịch nước.
    let inside_body = (at.saturating_sub(8)..at)
        .any(|i| text.at(i, Table::Organisations.into()).any(|b| b.end as usize >= m.end as usize && b.len() > 1));
    (!inside_body).then_some(m)
}

fn status_before(text: &Annotated<'_>, head_start: usize) -> Option<Match> {
    let m = text.context_before(head_start, Class::Status)?;
    // chính quyền Chủ tịch, sự cố Giám đốc: the end of another word.
    if text.context_before(head_start, Class::NotStatus).is_some() {
        return None;
    }
    let phrase = text.cell(m, 0);
    let is_plain = m.len() == 1 || matches!(phrase, "tạm quyền" | "đương kim");
    (is_plain && text.atom(head_start).is_some_and(|a| a.breaks() == 0)).then_some(m)
}

/// A degree is followed by its field at most: thạc sĩ tâm lý lâm sàng.
fn degree_end(text: &Annotated<'_>, head_end: usize) -> usize {
    let mut at = head_end;
    while let Some(m) = text.longest(at, Table::TitleWords) {
        // TS Sinh học
        let lower = |i: usize| text.atom(i).is_some_and(|a| a.case == Case::Lower && a.breaks() == 0);
        let field = lower(at) || m.len() > 1 && at == head_end && lower(at + 1);
        if !field || m.class != Class::Domain || text.noted(m, Note::Verb) {
            break;
        }
        at = m.end as usize;
    }
    at
}

fn complement_end(text: &Annotated<'_>, from: usize, is_name: &dyn Fn(usize) -> bool) -> usize {
    let mut at = from;
    // End of the last element that may close the title; links are kept only if something follows.
    let mut closed = from;
    while at < from + MAX_COMPLEMENT {
        let Some(atom) = text.atom(at).filter(|a| a.breaks() == 0) else { break };
        if is_name(at) {
            break;
        }
        match element(text, at, atom, from, is_name) {
            Element::Closing(end) => {
                let cut = (at + 1..end).find(|&i| is_name(i)).unwrap_or(end);
                at = cut;
                closed = cut;
                if cut < end {
                    break;
                }
            }
            Element::Link(end) => at = end,
            Element::None => break,
        }
    }
    // The full stop of TP. closes a title only before a name.
    let stop = closed > from && !is_name(closed) && text.atom(closed - 1).is_some_and(|a| a.is_mark('.'));
    closed - usize::from(stop)
}

/// Where the body that begins at `at` ends.
pub(crate) fn body_end(text: &Annotated<'_>, at: usize, is_name: &dyn Fn(usize) -> bool) -> usize {
    complement_end(text, at, is_name)
}

/// Whether an honorific begins here, and no place, body or field of work that is longer: *Bảo vệ sức khỏe bà mẹ trẻ em*.
fn is_honorific(text: &Annotated<'_>, at: usize, atom: &Atom) -> bool {
    let Some(honorific) = text.context(at, Class::Honorific).filter(|_| atom.case != Case::Upper) else { return false };
    let place = text.longest(at, Table::Places).filter(|_| atom.case == Case::Title);
    let field = text.longest(at, Table::TitleWords);
    !(place.is_some_and(|p| p.len() > honorific.len() || p.class == Class::Country)
        || field.is_some_and(|w| w.len() > honorific.len())
        || is_body(text, at))
}

const BODY_OR_WORD: Classes = Classes::of_all(&[Table::Organisations, Table::TitleWords]);
const TERM: Classes = Classes::new(&[Class::Term, Class::TitleJoiner]);
/// Nouns that go on.
const NOUN: Classes = Classes::new(&[Class::BodyHead, Class::Domain, Class::Link]);
/// Words that are no line of business.
const KNOWN: Classes = Classes::of_all(&[Table::ContextWords, Table::Titles]).with(Classes::new(&[Class::Stop]));

enum Element {
    /// May end the title.
    Closing(usize),
    /// Needs something behind it.
    Link(usize),
    None,
}

fn element(text: &Annotated<'_>, at: usize, atom: &Atom, from: usize, is_name: &dyn Fn(usize) -> bool) -> Element {
    match atom.kind() {
        AtomKind::Mark(mark) => return mark_element(text, at, mark, from, is_name),
        AtomKind::Number => {
            // A number belongs to a body (Quân khu 5), not to a term or date.
            let unit = |i: usize| text.ends(i).contains(Class::Unit);
            let behind_noun = (at > from || unit(at) || text.ends(at).contains(Class::Body))
                && !["ngày", "và", "các", "của"].iter().any(|w| text.spells(at - 1, w));
            return if behind_noun { Element::Closing(at + 1) } else { Element::None };
        }
        AtomKind::Opaque(_) => return Element::None,
        AtomKind::Word => {}
    }
    // … Trường Chính trị TP. | Ảnh: Hải An
    if text.begins(at).contains(Class::Byline) && text.atom(at + 1).is_some_and(|a| a.is_mark(':')) {
        return Element::None;
    }
    // thị trấn Lăng Cô
    let in_place = || {
        let title = |i: usize| text.atom(i).is_some_and(|a| a.case == Case::Title && a.breaks() == 0);
        at > from && title(at) && title(at - 1) && !title(at + 1) && text.ends(at - 1).contains(Class::Unit)
    };
    if is_honorific(text, at, atom) && !in_place() {
        return Element::None;
    }
    // All of them are words of terms, or join titles.
    let may_be = text.begins(at).intersects(TERM);
    let joins =
        may_be && text.is_word(at, "kiêm") && (!text.spells(at, "kiêm nhiệm") || head_at(text, at + 2).is_some());
    let term = || text.is_word(at, "khóa") || text.spells(at, "nhiệm kỳ") || text.spells(at, "giai đoạn");
    if joins || may_be && term() {
        return Element::None;
    }
    if atom.case == Case::Lower && text.begins(at).contains(Class::Stop) {
        let longest = |among: Classes| text.at(at, among).next_back().map(|m| m.len());
        const PART: Classes = Classes::of_all(&[Table::Organisations, Table::Titles, Table::TitleWords]);
        if longest(Class::Stop.into()) >= longest(PART) {
            return Element::None;
        }
    }
    let body = longest_of(text, at, Classes::PLACE_OR_BODY);
    let standing = at == from && text.spells(at, "thường trực");
    let title = text.longest(at, Table::Titles).filter(|_| !standing && head_at(text, at).is_some());
    let field = text.longest(at, Table::TitleWords).map_or(0, |w| w.len());
    // khoa | Giáo dục, no *khoa giáo*: a capital begins the longer word.
    let name_begins = |b: &Match| {
        let end = b.end as usize;
        text.atom(end).is_some_and(|a| a.case == Case::Title)
            && text.atom(end - 1).is_some_and(|a| a.case == Case::Lower)
            && text.longest(end, Table::TitleWords).is_some_and(|w| w.end as usize > at + field)
    };
    if let Some(m) = body.filter(|b| title.is_none_or(|t| b.len() >= t.len()) && (b.len() >= field || name_begins(b))) {
        return Element::Closing(m.end as usize);
    }
    if let Some(m) = title {
        // Another title ends this one, unless it is its object (trợ lý của Tổng thống) or a field of work (quản lý).
        let weak = text.ending_at(from, Table::Titles.into()).any(|h| is_weak(text, h));
        let linked = at > from && text.is_word(at - 1, "của") && !weak
            || at == from && (takes_title(text, at) || is_weak(text, m) && atom.case == Case::Lower)
            || at > from
                && text.spells(at, "phụ trách")
                && text.atom(at - 1).is_some_and(|a| a.case == Case::Lower || a.kind() == AtomKind::Number);
        let field = is_weak(text, m)
            && text.longest(at, Table::TitleWords).is_some_and(|w| w.class == Class::Domain)
            && text.ends(at).intersects(BODY_OR_WORD);
        if !field {
            return if linked { Element::Closing(m.end as usize) } else { Element::None };
        }
    }
    if let Some(m) = best_title_word(text, at) {
        // Fields of work that are verbs too (quản lý, khai thác) follow a noun of a body or a field, not a closed phrase.
        let verb = text.context(at, Class::Verb).is_some_and(|v| v.len() >= m.len() && atom.case == Case::Lower)
            || text.noted(m, Note::Verb);
        let after_noun =
            at == from || text.atom(at - 1).is_some_and(|a| a.is_mark('-')) || text.ends(at).intersects(NOUN);
        return match m.class {
            Class::Link => {
                let needs_capital = text.noted(m, Note::Cap);
                let capital = text.atom(m.end as usize).is_some_and(Atom::is_capitalised);
                // Giám đốc Tập đoàn Sao Mai | Tại cuộc tiếp …: the border of the sentence is not written.
                // Not in *UB Các vấn đề xã hội*.
                let noun = || text.ends(at).contains(Class::BodyHead);
                let opens = atom.case == Case::Title && !capital && !noun();
                if (needs_capital && !capital) || opens { Element::None } else { Element::Link(m.end as usize) }
            }
            Class::Tail if text.noted(m, Note::Out) => Element::None,
            _ if verb && !after_noun => Element::None,
            _ => Element::Closing(m.end as usize),
        };
    }
    if is_line_of_business(text, from, at) {
        return Element::Link(at + 1);
    }
    // Trưởng ban Kinh tế Trung ương | Những ý kiến …: the border of the sentence is not written.
    // Not in *phường Máy Tơ*.
    let named_unit = || {
        text.ends(at).contains(Class::Unit)
            && text.atom(at + 1).is_some_and(|a| a.case == Case::Title && a.breaks() == 0)
    };
    let opener = atom.case == Case::Title
        && !named_unit()
        && text.context(at, Class::NotNameStart).is_some_and(|m| {
            // … Hiệp hội Nghề cá Việt Nam | Để đảm bảo …
            let goes_on = || {
                text.ends(at).has(Table::Places)
                    && text.atom(at + 1).is_some_and(|a| a.case == Case::Lower && a.breaks() == 0)
            };
            let lower = |i: usize| text.atom(i).is_some_and(|a| a.case == Case::Lower && a.breaks() == 0);
            // … UBND TP Đà Nẵng | Theo đó …
            m.len() == 1 && (!text.noted(m, Note::Any) || goes_on()) || m.len() > 1 && lower(at + 1)
        });
    if opener {
        return Element::None;
    }
    // … Công an Hà Nội | Liên quan đến …
    let word_in_lower = || {
        text.atom(at + 1).is_some_and(|a| a.case == Case::Lower && a.breaks() == 0)
            && text.has_asked(at, |m| m.class == Class::Compound && m.len() == 2)
    };
    if atom.case == Case::Title && text.ends(at).has(Table::Places) && at > from && word_in_lower() {
        return Element::None;
    }
    // Trường Sĩ|quan, Hội Sử|học: directly behind the noun of a body, a word of two syllables.
    if atom.case == Case::Title
        && (text.ends(at).contains(Class::BodyHead) || at > from && text.atom(at - 1).is_some_and(|a| a.is_mark('-')))
        && word_in_lower()
    {
        return Element::Closing(at + 2);
    }
    if atom.is_capitalised()
        || atom.glued() && atom.is_word() && at > from && text.atom(at - 1).is_some_and(|a| a.is_mark('-'))
    {
        return Element::Closing(at + 1);
    }
    Element::None
}

/// A word that no file lists inside a company's name, its proper name close behind: *Công ty Chế biến | dừa | Lương Quới*.
fn is_line_of_business(text: &Annotated<'_>, from: usize, at: usize) -> bool {
    if at == from || !text.atom(at - 1).is_some_and(|a| a.case == Case::Lower) {
        return false;
    }
    let unknown = |i: usize| {
        text.atom(i).is_some_and(|a| a.case == Case::Lower && a.breaks() == 0 && a.syllable.is_some())
            && !text.begins(i).intersects(KNOWN)
            && !text.has_asked(i, |m| m.table == Table::ContextWords)
    };
    let company = |i: usize| text.at(i, Class::BodyHead.into()).any(|m| text.cell(m, 1) == "organisation");
    (from.saturating_sub(2)..at).any(company)
        && unknown(at)
        && (at + 1..at + 6)
            .find(|&i| !unknown(i))
            .is_some_and(|i| text.atom(i).is_some_and(|a| a.is_capitalised() && a.breaks() == 0))
}

/// The phrase of title words at `at` that reaches furthest with the one behind it: *quản lý | công nghệ thông tin*, not
/// *quản lý công | nghệ*.
fn best_title_word(text: &Annotated<'_>, at: usize) -> Option<Match> {
    let longest = text.longest(at, Table::TitleWords)?;
    // Phòng Hành chính | Công ty X, no *hành chính công*.
    let splits = |m: &Match| {
        let last = m.end as usize - 1;
        m.len() > 1
            && text.begins(last).contains(Class::BodyHead)
            && text.at(last, Class::BodyHead.into()).any(|b| b.end > m.end)
    };
    if splits(&longest) {
        return text.at(at, Table::TitleWords.into()).rev().find(|m| !splits(m));
    }
    if longest.len() < 2 || text.atom(longest.end as usize).is_none_or(|a| a.breaks() > 0 || a.case != Case::Lower) {
        return Some(longest);
    }
    let reach = |m: &Match| {
        let behind = text.at(m.end as usize, Table::TitleWords.into()).map(|b| b.end).max();
        (behind.unwrap_or(m.end), m.len())
    };
    text.at(at, Table::TitleWords.into()).max_by_key(reach)
}

/// Whether the head that ends here is the office of one who serves another office: *trợ lý | Bộ trưởng*.
fn takes_title(text: &Annotated<'_>, end: usize) -> bool {
    text.ending_at(end, Table::Titles.into()).any(|m| text.noted(m, Note::OfTitle))
}

fn is_body(text: &Annotated<'_>, at: usize) -> bool {
    text.longest(at, Table::Organisations).is_some_and(|m| m.len() > 1)
}

fn longest_of(text: &Annotated<'_>, at: usize, among: Classes) -> Option<Match> {
    let capital = || text.atom(at).is_some_and(Atom::is_capitalised);
    text.at(at, among).rev().find(|m| m.table != Table::Places || capital())
}

fn mark_element(text: &Annotated<'_>, at: usize, mark: char, from: usize, is_name: &dyn Fn(usize) -> bool) -> Element {
    let Some(next) = text.atom(at + 1).filter(|a| a.breaks() == 0) else { return Element::None };
    let word_behind = at > from;
    let next_is_field = || {
        text.begins(at + 1).contains(Class::Domain)
            || next.is_capitalised() && head_at(text, at + 1).is_none() && text.context(at + 1, Class::Status).is_none()
    };
    match mark {
        '&' | '/' if word_behind && next.is_word() => Element::Link(at + 1),
        // TP.HCM, TP. Nha Trang
        '.' if next.is_word() => {
            let dotted = text.ending_at(at + 1, Class::Abbreviation.into()).any(|m| m.len() > 1);
            let initials = next.glued() && text.atom(at - 1).is_some_and(|a| a.case == Case::Upper || a.len <= 2);
            if (dotted || initials) && !is_name(at + 1) { Element::Link(at + 1) } else { Element::None }
        }
        // Cục Cảnh sát hình sự (C02) Bộ Công an
        '(' => {
            let close = (at + 2..at + 6).find(|&i| text.atom(i).is_some_and(|a| a.is_mark(')')));
            let short = next.case == Case::Upper || next.len == 1;
            let goes_on = |c: usize| {
                let more = longest_of(text, c + 1, Classes::PLACE_OR_BODY);
                more.is_some() && text.atom(c + 1).is_some_and(Atom::is_capitalised) && !is_name(c + 1)
            };
            match close {
                // Directly behind the head its own short form: Tổng Giám đốc (TGĐ) Đài X.
                Some(c) if short && (word_behind || c == at + 2) && goes_on(c) => Element::Link(c + 1),
                _ => Element::None,
            }
        }
        // Tài nguyên - môi trường: a dash between two fields of work.
        '-' if !is_name(at + 1) => {
            // Also behind the head: cán bộ tư pháp - hộ tịch.
            let field_before = text.ends(at).contains(Class::Domain)
                || word_behind
                    && text
                        .atom(at - 1)
                        .is_some_and(|a| text.atom(at).is_some_and(|d| d.glued()) && (a.glued() || a.is_capitalised()));
            let in_body = (from.saturating_sub(4)..at).any(|i| text.longest(i, Table::Organisations).is_some());
            let two_capitals =
                in_body && text.atom(at - 1).is_some_and(|a| a.case == Case::Title) && next.case == Case::Title;
            if (field_before || word_behind && two_capitals)
                && next_is_field()
                && text.context(at + 1, Class::Honorific).is_none()
            {
                Element::Link(at + 1)
            } else {
                Element::None
            }
        }
        // Chủ tịch của “Engage Cuba”: a body that is nothing but a name.
        '"' if word_behind && text.is_word(at - 1, "của") && next.is_capitalised() => {
            let close = (at + 2..at + 8).find(|&i| text.atom(i).is_some_and(|a| a.is_mark('"')));
            close.map_or(Element::None, |c| Element::Closing(c + 1))
        }
        // Chủ tịch Công đoàn, Công ty X: the head ends in an organ of the superior body.
        // Phó Tổng cục trưởng, Tổng cục Thống kê: the office, then its own body.
        ',' if !word_behind && is_own_body(text, from) => Element::Link(at + 1),
        ',' if word_behind || text.ending_at(at, Table::Organisations.into()).any(|b| text.noted(b, Note::Part)) => {
            let place = text.longest(at + 1, Table::TitleWords).filter(|m| m.class == Class::Unit);
            let named = place.is_some_and(|m| {
                text.atom(m.end as usize).is_some_and(|a| a.is_capitalised() || a.kind() == AtomKind::Number)
                    && !is_name(m.end as usize)
            });
            // A body with a capital and no head of its own is the superior body: Phó Vụ trưởng Vụ X, Bộ Y.
            // UBND tỉnh, UBND huyện: a second body of the same sort begins another phrase.
            let second = text.longest(at + 1, Table::Organisations);
            // …, UBND quận đã bố trí kinh phí: the subject of what follows.
            let acts = |end: usize| {
                let end = end + usize::from(text.begins(end).contains(Class::Unit));
                text.context(end, Class::Modal).is_some_and(|m| text.context(m.end as usize, Class::Report).is_none())
            };
            let again = |i: usize| {
                let first = text.longest(i, Table::Organisations).filter(|m| m.class == Class::Body);
                first.is_some() && first.map(|m| m.row) == second.map(|m| m.row)
            };
            let body = next.is_capitalised()
                && !(from.saturating_sub(4)..at).any(again)
                && second.is_some_and(|m| !acts(m.end as usize))
                && head_at(text, at + 1).is_none()
                && text.longest(at + 1, Table::Organisations).is_some()
                && (from.saturating_sub(4)..at).any(|i| text.longest(i, Table::Organisations).is_some());
            // Chủ nhiệm Hậu cần - Kỹ thuật, Ban chỉ huy quân sự huyện: a field of work, then the body itself.
            let own_body = next.is_capitalised()
                && text.ends(at).contains(Class::Domain)
                && !(from.saturating_sub(4)..at).any(|i| text.longest(i, Table::Organisations).is_some())
                && head_at(text, at + 1).is_none()
                && text.longest(at + 1, Table::Organisations).is_some_and(|m| {
                    let end = m.end as usize;
                    m.len() > 1 && text.context(end, Class::Verb).is_none() && text.context(end, Class::Modal).is_none()
                });
            // Bộ trưởng Đất đai, Hạ tầng và Vận tải: fields of one office.
            let is_field = |i: usize| {
                let m = text.longest(i, Table::TitleWords).filter(|m| m.class == Class::Domain)?;
                text.atom(i).is_some_and(Atom::is_capitalised).then_some(m.end as usize)
            };
            let fields = || {
                let mut end = is_field(at + 1)?;
                for _ in 0..4 {
                    if text.is_word(end, "và") {
                        return is_field(end + 1);
                    }
                    end = is_field(end + usize::from(text.atom(end)?.is_mark(',')))?;
                }
                None
            };
            // Cục Giải quyết khiếu nại, tố cáo và thanh tra; Vụ Kế hoạch, Tài chính: fields of one department.
            let lower_field = |i: usize| {
                let m = text.longest(i, Table::TitleWords).filter(|m| m.class == Class::Domain)?;
                text.atom(i).is_some_and(|a| a.case == Case::Lower).then_some(m.end as usize)
            };
            let lower_fields = || {
                let end = lower_field(at + 1)?;
                if text.is_word(end, "và") { lower_field(end + 1) } else { None }
            };
            let one_more = || {
                let end = is_field(at + 1).filter(|&end| end > at + 2)?;
                (!is_name(at + 1) && !text.begins(end).contains(Class::Domain)).then_some(end)
            };
            let of_department = || {
                let lower = text.atom(at - 1).is_some_and(|a| a.case == Case::Lower);
                let department = (from.saturating_sub(4)..at).any(|i| text.begins(i).contains(Class::BodyHead));
                department && (one_more().is_some() || lower && lower_fields().is_some())
            };
            let fields = text.ends(at).contains(Class::Domain)
                && head_at(text, at + 1).is_none()
                && (fields().is_some() || of_department());
            // huyện Krông Bông, Đắk Lắk; phường Định Công, Hoàng Mai, Hà Nội
            let superior_place = next.is_capitalised()
                && text.begins(at + 1).intersects(Classes::new(&[Class::Province, Class::District]))
                && (from.saturating_sub(2)..at)
                    .any(|i| text.longest(i, Table::TitleWords).is_some_and(|m| m.class == Class::Unit))
                && !is_name(at + 1);
            if named || body || own_body || fields || superior_place { Element::Link(at + 1) } else { Element::None }
        }
        _ => Element::None,
    }
}

/// Whether the body of the office that ends at a comma begins behind it, with a name.
fn is_own_body(text: &Annotated<'_>, comma: usize) -> bool {
    let named = |head: Match| {
        let noun = text.cell(head, column::BODY);
        let behind = comma + 1 + noun.split(' ').count();
        noun.len() > 1
            && text.atom(behind).is_some_and(|a| a.is_capitalised() && a.breaks() == 0)
            && text.spells(comma + 1, &noun.to_lowercase())
    };
    text.begins(comma + 1).contains(Class::BodyHead) && text.ending_at(comma, Table::Titles.into()).any(named)
}

/// A head that is an ordinary word too (*đại diện, quản lý, bầu*): it needs a body, or the name right behind it.
pub(crate) fn is_weak(text: &Annotated<'_>, head: Match) -> bool {
    text.noted(head, Note::Weak)
}
