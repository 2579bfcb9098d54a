//! Which title belongs to whom.
//!
//! Per sentence, in this order, a title once tied stays:
//! 1. *before*: the title ends where a name begins (an honorific may stand between); titles chained in front of it by
//!    comma, dash or *kiêm* belong to the same name; a plural or a colon distributes it over the names that follow;
//! 2. *after*: behind a name, through commas, dashes, parentheses and *kiêm*, title by title; ages and birth years are
//!    stepped over; a plural (*hai cựu thứ trưởng*) goes to every coordinated name before it;
//! 3. *predicate*: what `predicate` reads of verbs between a name and a title.

use alloc::vec::Vec;

use super::names::Name;
use super::titles::{self, TitlePhrase};
use super::{Relation, Status, TitleKind, term};
use crate::lexicon::{Annotated, AtomKind, Class, Note, Table};
use crate::scan::Case;

/// A title tied to a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Index of the name.
    pub(crate) name: usize,
    pub(crate) title: TitlePhrase,
    pub(crate) relation: Relation,
    /// What the predicate says of the office.
    pub(crate) said: Option<Status>,
}

/// The titles that a text names outside of names, in text order; none crosses the end of a sentence.
pub(crate) fn titles(
    text: &Annotated<'_>,
    sentences: &[u32],
    names: &[Name],
    read: &[titles::Read],
) -> Vec<TitlePhrase> {
    let mut in_name = alloc::vec![false; text.atoms.len() + 1];
    for n in names {
        in_name.get_mut(n.start..n.end).into_iter().flatten().for_each(|b| *b = true);
    }
    let is_name = |i: usize| in_name.get(i).copied().unwrap_or(false);
    let mut found = Vec::new();
    let mut names = names.iter().peekable();
    let mut ends = sentences.iter().skip(1).map(|&s| s as usize).peekable();
    let mut behind = 0;
    for read in read {
        let at = read.title.head.start as usize;
        if at < behind {
            continue;
        }
        while names.next_if(|n| n.end <= at).is_some() {}
        while ends.next_if(|&end| end <= at).is_some() {}
        let end = ends.peek().copied().unwrap_or(text.atoms.len());
        if let Some(t) = read.beside(text, names.peek().copied(), &is_name).filter(|t| t.end <= end) {
            behind = t.end.max(at + 1);
            found.push(t);
        }
    }
    found
}

/// Ties titles to names. Sorted by name, then title.
pub(crate) fn pair(text: &Annotated<'_>, sentences: &[u32], names: &[Name], titles: &[TitlePhrase]) -> Vec<Pair> {
    let mut out = Vec::new();
    let (mut next_name, mut next_title) = (0, 0);
    for (i, &start) in sentences.iter().enumerate() {
        let start = start as usize;
        let end = sentences.get(i + 1).map_or(text.atoms.len(), |&e| e as usize);
        let (first_name, first_title) = (next_name, next_title);
        while names.get(next_name).is_some_and(|n| n.start < end) {
            next_name += 1;
        }
        while titles.get(next_title).is_some_and(|t| t.end <= end) {
            next_title += 1;
        }
        if first_name == next_name {
            continue;
        }
        // A weak head needs a body behind it, or a name: Đại biểu A, Đại biểu (ĐB) A.
        let is_strong = |t: &&TitlePhrase| {
            let named = |at: usize| names.binary_search_by_key(&at, |n| n.start).is_ok();
            let mark = |at: usize, c: char| text.atom(at).is_some_and(|a| a.is_mark(c));
            t.end > t.head.end as usize
                || !titles::is_weak(text, t.head)
                || named(t.end)
                || mark(t.end, '(') && mark(t.end + 2, ')') && named(t.end + 3)
        };
        let found: Vec<TitlePhrase> =
            titles.get(first_title..next_title).unwrap_or_default().iter().filter(is_strong).copied().collect();
        let sentence = Sentence {
            text,
            start,
            names: names.get(first_name..next_name).unwrap_or_default(),
            first_name,
            tied: alloc::vec![None; found.len()],
            has_position: alloc::vec![false; next_name - first_name],
            titles: found,
            out: Vec::new(),
        };
        out.extend(sentence.run());
    }
    out
}

pub(super) struct Sentence<'a, 't> {
    pub(super) text: &'a Annotated<'t>,
    pub(super) start: usize,
    pub(super) names: &'a [Name],
    first_name: usize,
    pub(super) titles: Vec<TitlePhrase>,
    /// By title: how it was tied first.
    pub(super) tied: Vec<Option<(Relation, Option<Status>)>>,
    /// By name: whether a position stands before it.
    has_position: Vec<bool>,
    out: Vec<Pair>,
}

impl Sentence<'_, '_> {
    fn run(mut self) -> Vec<Pair> {
        self.before();
        self.after();
        self.predicates();
        self.out.sort_by_key(|p| (p.name, p.title.start));
        self.out
    }

    pub(super) fn tie(&mut self, name: usize, title: usize, relation: Relation, said: Option<Status>) {
        let Some(&t) = self.titles.get(title) else { return };
        if let Some(tied) = self.tied.get_mut(title) {
            tied.get_or_insert((relation, said));
        }
        if relation == Relation::Before
            && t.kind == TitleKind::Position
            && let Some(has) = self.has_position.get_mut(name)
        {
            *has = true;
        }
        self.out.push(Pair { name: self.first_name + name, title: t, relation, said });
    }

    pub(super) fn is_tied(&self, title: usize) -> bool {
        self.tied.get(title).is_none_or(Option::is_some)
    }

    pub(super) fn mark(&self, at: usize, marks: &[char]) -> bool {
        self.text.atom(at).is_some_and(|a| matches!(a.kind(), AtomKind::Mark(c) if marks.contains(&c)))
    }

    /// Steps back from `at` over honorifics, quotes and closing full stops of degrees; also whether an honorific was there.
    pub(super) fn back_over_honorifics(&self, mut at: usize) -> (usize, bool) {
        let mut honorific = false;
        while at > self.start {
            if let Some(m) = self.text.context_before(at, Class::Honorific).filter(|m| m.start as usize >= self.start) {
                at = m.start as usize;
                honorific = true;
            } else if self.mark(at - 1, &['"', '\'']) {
                at -= 1;
            } else {
                break;
            }
        }
        (at, honorific)
    }

    /// The title that ends at `at`, its term included.
    pub(super) fn title_ending_at(&self, at: usize) -> Option<usize> {
        self.titles.binary_search_by_key(&at, |t| t.end).ok().or_else(|| {
            // A term ends with a number or a bracket: XI is a syllable too.
            let last = self.text.atom(at.checked_sub(1)?)?;
            let number = last.syllable.is_none() || last.case == Case::Upper;
            let title = if number { self.titles.partition_point(|t| t.end < at).checked_sub(1) } else { None };
            title.filter(|&t| self.titles.get(t).is_some_and(|t| term::past(self.text, t.end) == at))
        })
    }

    fn title_starting_at(&self, at: usize) -> Option<usize> {
        self.titles.binary_search_by_key(&at, |t| t.start).ok()
    }

    /// The title directly before the position, perhaps behind `. , - ( :`.
    fn title_before(&self, at: usize) -> Option<usize> {
        if let Some(t) = self.title_ending_at(at) {
            return Some(t);
        }
        // Trung tướng nghỉ hưu A
        if let Some(m) = self.text.context_before(at, Class::Retired).filter(|m| m.start as usize > self.start) {
            return self.title_ending_at(m.start as usize);
        }
        let dotted = at > 0 && self.mark(at - 1, &['.']);
        if dotted { self.title_ending_at(at - 1) } else { None }
    }

    fn before(&mut self) {
        for n in 0..self.names.len() {
            let Some(name) = self.names.get(n).copied() else { continue };
            let (mut at, mut honorific) = self.back_over_honorifics(name.start);
            // Thủ tướng Anh: what looks like an honorific is the title's country.
            if self.title_ending_at(name.start).is_some() {
                (at, honorific) = (name.start, false);
            }
            let direct = self.title_before(at);
            let across = || {
                // Phó đại sứ tại London (Anh), ông A
                let before = at.checked_sub(1)?;
                let aside = before.checked_sub(1).filter(|_| self.mark(before, &[',']));
                let title = self.title_before(before).or_else(|| self.title_ending_at(self.aside_open(aside?)?))?;
                // Tổng thống Mỹ, ông Donald Trump — but not behind a name that the title follows.
                let t = self.titles.get(title)?;
                let position = t.kind == TitleKind::Position;
                // Thị trưởng London, Sadiq Khan, cho rằng
                let aside =
                    honorific || name.full && t.end > t.head.end as usize && !titles::is_weak(self.text, t.head);
                // Theo phát ngôn viên A, ông B: the source, then what it says of another.
                let group = self.text.context(t.head.start as usize, Class::Group).is_some();
                let source = (!honorific || group) && t.start > self.start && self.text.is_word(t.start - 1, "theo")
                    || group && self.text.context_before(t.start, Class::ActsFor).is_some();
                let separated = self.mark(at - 1, &[',']) && aside && position && !source && !self.is_object(t.start)
                    || self.mark(at - 1, &['-']) && position
                    || self.mark(at - 1, &[':']);
                // có nhiều nhà lãnh đạo, ông A: one of a crowd is not named by it.
                let many = self.text.context_before(name.start, Class::Honorific);
                let many = many.is_some_and(|m| self.text.noted(m, Note::Plural));
                let crowd = honorific && !many && self.is_plural(t.start) && self.group_after(n).is_empty();
                // Phó Thủ tướng A Chủ tịch Hội X, ông B …: a caption ends without a mark.
                let caption = honorific && self.names.binary_search_by_key(&t.start, |n| n.end).is_ok();
                (separated && !crowd && (caption || !self.in_apposition(t.start))).then_some(title)
            };
            // giám đốc tập đoàn X (Y) Trần Văn A
            let behind_aside = || self.title_ending_at(self.aside_open(at.checked_sub(1)?)?);
            // …, Phó Chủ tịch Hội A Ông Trần …: a caption ends without a mark, the title is of the name before it.
            let new_sentence = honorific && self.text.atom(at).is_some_and(|a| a.is_capitalised());
            // … được chỉ định làm Phó Bí thư Ông Trần …: so is one that was said of another.
            let said_before = |start: usize| {
                self.verb_before(start)
                    .is_some_and(|v| self.names.first().is_some_and(|first| first.end <= v.start as usize))
            };
            let of_name_before = |t: &usize| {
                new_sentence && self.titles.get(*t).is_some_and(|t| self.in_apposition(t.start) || said_before(t.start))
            };
            let direct = direct.filter(|t| !of_name_before(t));
            let behind_aside = || behind_aside().filter(|t| !of_name_before(t));
            // Phu nhân Thủ tướng Trần …, con gái Tổng thống …: the relative is named, not the holder.
            let kin = |t: &usize| {
                let start = self.titles.get(*t).map_or(0, |t| t.start);
                let kin = self.text.context_before(start, Class::Kin).filter(|m| m.start as usize >= self.start);
                kin.is_none_or(|m| self.follows_name(m.start as usize))
            };
            let Some(title) = direct.or_else(across).or_else(behind_aside).filter(kin) else { continue };
            let object = self.titles.get(title).and_then(|t| self.verb_before(t.start));
            if direct.is_none()
                && let Some(verb) = object.filter(|_| !self.is_tied(title))
            {
                // … bổ nhiệm ông A làm giám đốc, ông B nói: the verb has its subject.
                let at = verb.start as usize;
                if self.names.binary_search_by_key(&at, |n| n.end).is_ok()
                    && self.text.context(at, Class::Active).is_none()
                {
                    continue;
                }
                // Khi còn là giám đốc, ông A …; trước khi giữ chức vụ trưởng, ông A …
                let plural = self.text.context_before(name.start, Class::Honorific);
                let plural = plural.is_some_and(|m| self.text.noted(m, Note::Plural));
                let mut holders = if plural { self.group_after(n) } else { Vec::new() };
                holders.push(n);
                let said = Status::from_note(self.text.cell(verb, 2));
                holders.iter().for_each(|&n| self.tie(n, title, Relation::Predicate, said));
                continue;
            }
            self.tie_chain_before(n, title);
            let Some(t) = self.titles.get(title).copied() else { continue };
            let colon = self.mark(at.wrapping_sub(1), &[':']);
            let plural = self.text.context_before(name.start, Class::Honorific);
            let plural = plural.is_some_and(|m| self.text.noted(m, Note::Plural));
            if self.is_plural(t.start) || plural || colon {
                let others = if colon { self.listed_after(n) } else { self.group_after(n) };
                for other in others {
                    self.tie(other, title, Relation::Before, None);
                }
            } else if t.kind == TitleKind::Position && !honorific {
                for other in self.item_of_names(n, &t) {
                    self.tie(other, title, Relation::Before, None);
                }
            }
        }
    }

    /// `Phó Chánh án A, B;`: in a list of guests an item of nothing but names shares the title of its first one.
    fn item_of_names(&self, name: usize, title: &TitlePhrase) -> core::ops::Range<usize> {
        let bare = |n: &usize| {
            let (Some(a), Some(b)) = (self.names.get(n - 1), self.names.get(*n)) else { return false };
            b.full && b.end - b.start >= 2 && b.start == a.end + 1 && self.mark(a.end, &[','])
        };
        let more = (name + 1..self.names.len()).take_while(bare).count();
        let closed = self.names.get(name + more).is_some_and(|last| self.mark(last.end, &[';']));
        // Phó Thủ tướng A, B, C và …: there are several of them.
        let deputies = more > 1 && self.text.cell(title.head, titles::column::DEGREE) == "deputy";
        name + 1..name + 1 + if closed || deputies { more } else { 0 }
    }

    /// The bracket that opens the remark that closes at an atom.
    fn aside_open(&self, close: usize) -> Option<usize> {
        let close = Some(close).filter(|&c| self.mark(c, &[')']))?;
        (close.saturating_sub(5)..close).rev().find(|&i| self.mark(i, &['(']))
    }

    /// Whether a preposition governs what begins at `at`: `Trao đổi với phóng viên Báo X, ông Vũ …`.
    fn is_object(&self, at: usize) -> bool {
        self.text.context_before(at, Class::Governs).is_some_and(|m| m.start as usize >= self.start)
    }

    /// Whether a name stands before `at`, with a separator between: then what begins at `at` is in apposition to it.
    fn follows_name(&self, at: usize) -> bool {
        let ends = |end: usize| self.names.binary_search_by_key(&end, |n| n.end).is_ok();
        ends(at) || at > 0 && self.mark(at - 1, &[',', '-', '(', ':']) && ends(at - 1)
    }

    fn tie_chain_before(&mut self, name: usize, last: usize) {
        let direct = self
            .names
            .get(name)
            .is_some_and(|n| self.titles.get(last).is_some_and(|t| t.end == self.back_over_honorifics(n.start).0));
        let mut title = last;
        loop {
            if self.is_tied(title) {
                break;
            }
            self.tie(name, title, Relation::Before, None);
            let Some(t) = self.titles.get(title).copied() else { break };
            // The start of the title with words that belong to it: honorifics, plural.
            let (start, _) = self.back_over_honorifics(t.start);
            let mut at = start;
            if let Some(m) = self.text.context_before(at, Class::TitleJoiner).filter(|m| m.start as usize > self.start)
            {
                at = m.start as usize;
            }
            if at > self.start && self.mark(at - 1, &[',', '-', '.']) {
                at -= 1;
            }
            let Some(previous) = self.title_ending_at(at) else {
                self.tie_heading(name, at);
                break;
            };
            let Some(p) = self.titles.get(previous) else { break };
            // Khi làm giám đốc A | Phó thư ký B …: two offices with nothing between are two sentences.
            let positions = p.kind == TitleKind::Position && t.kind == TitleKind::Position;
            if positions && p.end == t.start && p.end > p.head.end as usize {
                break;
            }
            // Tổng thống nước A và Bộ trưởng nước B …: each with a body of its own, they are two people.
            let both = self.text.is_word(p.end, "và") && p.end + 1 == t.start;
            let whole = |t: &TitlePhrase| t.end > t.head.end as usize;
            if positions && both && direct && (whole(p) && whole(&t) || self.is_foreign(p) != self.is_foreign(&t)) {
                break;
            }
            // N được bầu làm tổng thống, Chủ tịch nước A đã gửi điện mừng: that office was said of another.
            let said_of_other = self
                .verb_before(p.start)
                .is_some_and(|v| self.names.first().is_some_and(|n| n.end <= v.start as usize));
            if positions && said_of_other {
                break;
            }
            // Between two names with a title each before: … Dũng, Giám đốc ĐH Đà Nẵng, GS.TS Nam — the next one's.
            let prefers_next = (t.kind != TitleKind::Position || self.name_before_is_object(p.start))
                && self.name_before_has_title(p.start);
            // Thay mặt lãnh đạo Bộ, Thứ trưởng A; trao đổi với phóng viên Báo X, Giám đốc B: the title is another's.
            let minor = t.kind != TitleKind::Position
                || titles::is_weak(self.text, p.head)
                || titles::is_weak(self.text, t.head);
            // hội nghị giao ban lãnh đạo thành phố, Chủ tịch A
            let group =
                self.text.context(p.head.start as usize, Class::Group).is_some() && !titles::is_weak(self.text, t.head);
            // Báo cáo với Bí thư Thành ủy, Phó Giám đốc Sở A cho biết: the one told and the one who tells.
            let told = || {
                let name = self.names.get(name);
                let speaks = name.is_some_and(|n| self.text.context(n.end, Class::Report).is_some());
                speaks && self.is_object(self.first_joined(previous))
            };
            // Theo phóng viên Báo X, Tổng thống A …: the source, then what it says of another.
            let minor_source = p.head.class == Class::Profession
                || self.text.noted(p.head, Note::OfTitle)
                || self.text.cell(p.head, titles::column::DEGREE) == "staff";
            let source = minor_source && p.start > self.start && self.text.is_word(p.start - 1, "theo");
            let other = group
                || source
                || p.kind == TitleKind::Position && told()
                || p.kind == TitleKind::Position && minor && self.is_object(p.start)
                || self.text.context_before(p.start, Class::ActsFor).is_some()
                || p.head.class == Class::Profession && self.is_object(p.start);
            // của các đại biểu, Bộ trưởng A: one name does not carry the office of several.
            let several = self.is_plural(p.start) && !self.is_plural(t.start) && self.group_after(name).is_empty();
            if other || self.is_crowd(p.start) || several || self.in_apposition(p.start) && !prefers_next {
                break;
            }
            title = previous;
        }
    }

    /// `các đồng chí Ủy viên Trung ương Đảng: Giám đốc X A, Giám đốc Y B; …`: what stands before the colon is said of each.
    fn tie_heading(&mut self, first: usize, at: usize) {
        let colon = at.checked_sub(1).filter(|&c| c > self.start && self.mark(c, &[':']));
        let heading = colon.and_then(|c| self.title_ending_at(c)).filter(|&t| !self.is_tied(t));
        let plural = |t: &TitlePhrase| t.kind == TitleKind::Position && self.is_plural(t.start);
        let Some(heading) = heading.filter(|&t| self.titles.get(t).is_some_and(plural)) else { return };
        let mut holders = alloc::vec![first];
        let mut commas = None;
        for next in first + 1..self.names.len() {
            let Some(semicolon) = self.between_items(next) else { break };
            // A, B; others
            if *commas.get_or_insert(!semicolon) && semicolon {
                break;
            }
            holders.push(next);
        }
        holders.iter().for_each(|&n| self.tie(n, heading, Relation::Before, None));
    }

    /// Whether a semicolon is among the separators between a name and the one before it in a list of office and name.
    fn between_items(&self, name: usize) -> Option<bool> {
        let mut at = self.names.get(name.checked_sub(1)?)?.end;
        let to = self.names.get(name)?.start;
        let mut semicolon = false;
        while at < to {
            let title = self.title_starting_at(at).and_then(|t| self.titles.get(t)).map(|t| t.end);
            let word = || {
                let of = |class| self.text.context(at, class).map(|m| m.end as usize);
                of(Class::Honorific).or_else(|| of(Class::PluralWord))
            };
            semicolon |= self.mark(at, &[';']);
            at = match title.or_else(word) {
                Some(end) => end,
                None if self.mark(at, &[',', ';', ':']) || self.text.is_word(at, "và") => at + 1,
                None => return None,
            };
        }
        (at == to).then_some(semicolon)
    }

    fn is_foreign(&self, title: &TitlePhrase) -> bool {
        self.text.cell(title.head, titles::column::LEVEL) == "foreign"
    }

    /// Where the first of the titles begins that *kiêm* joins to this one.
    fn first_joined(&self, mut title: usize) -> usize {
        loop {
            let start = self.titles.get(title).map_or(0, |t| t.start);
            let joiner = self.text.context_before(start, Class::TitleJoiner).filter(|m| m.start as usize > self.start);
            let Some(previous) = joiner.and_then(|m| self.title_ending_at(m.start as usize)) else { return start };
            title = previous;
        }
    }

    /// Whether a title that starts here hangs on a name before it, directly or through other titles.
    fn in_apposition(&self, start: usize) -> bool {
        let mut at = start;
        for _ in 0..8 {
            if self.follows_name(at) {
                return true;
            }
            let separated = at > 0 && self.mark(at - 1, &[',', '-']);
            let Some(previous) = separated.then(|| self.title_ending_at(at - 1)).flatten() else { return false };
            at = self.titles.get(previous).map_or(0, |t| t.start);
        }
        false
    }

    /// `Nhận lời mời của Bộ trưởng A, Phó Thủ tướng, Bộ trưởng B đã thăm`: whether a preposition governs the name before.
    fn name_before_is_object(&self, at: usize) -> bool {
        let name = self.names.partition_point(|n| n.end <= at).checked_sub(1).and_then(|n| self.names.get(n));
        name.is_some_and(|n| {
            let (start, _) = self.back_over_honorifics(n.start);
            let title = self.title_ending_at(start).map_or(start, |t| self.titles.get(t).map_or(start, |t| t.start));
            self.is_object(title)
        })
    }

    /// Whether the nearest name before `at` has a title before it.
    fn name_before_has_title(&self, at: usize) -> bool {
        let behind = self.names.partition_point(|n| n.end <= at);
        behind.checked_sub(1).is_some_and(|n| self.has_position.get(n).copied().unwrap_or(false))
    }

    /// `hai`, `các`, `2` … before the title.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&b| b >= self.start) else { return false };
        self.text.context_before(at, Class::PluralWord).is_some()
            || self.text.atom(before).is_some_and(|a| a.kind() == AtomKind::Number && a.len <= 2)
            || self.text.context_before(at, Class::Honorific).is_some_and(|m| self.text.noted(m, Note::Plural))
    }

    /// `nhiều, một số` before the title: some of many, who are not named.
    fn is_crowd(&self, at: usize) -> bool {
        self.text.context_before(at, Class::PluralWord).is_some_and(|m| self.text.noted(m, Note::Crowd))
    }

    /// Who is listed behind a colon: bare names up to the semicolon (`Phó Chủ tịch Hội: A, B; Chánh Văn phòng C`), else the
    /// first of each item.
    fn listed_after(&self, name: usize) -> Vec<usize> {
        let bare = |n: &usize| {
            let (Some(a), Some(b)) = (self.names.get(n - 1), self.names.get(*n)) else { return false };
            b.full && b.start == a.end + 1 && (self.mark(a.end, &[',']) || self.text.is_word(a.end, "và"))
        };
        let bare = |first: usize| (first + 1..self.names.len()).take_while(&bare);
        let mut listed: Vec<usize> = bare(name).collect();
        if listed.is_empty() {
            // A – Chủ tịch; B, C cùng …
            for item in self.items_after(name) {
                listed.push(item);
                listed.extend(bare(item).filter(|n| !listed.contains(n)).collect::<Vec<_>>());
            }
            listed.sort_unstable();
            listed.dedup();
        }
        listed
    }

    /// Names that begin an item of the list that `name` begins: behind a semicolon, perhaps with a rank before them.
    fn items_after(&self, name: usize) -> Vec<usize> {
        let begins_item = |n: &Name| {
            let (mut at, _) = self.back_over_honorifics(n.start);
            while let Some(t) =
                self.title_before(at).and_then(|t| self.titles.get(t)).filter(|t| t.kind != TitleKind::Position)
            {
                at = t.start;
            }
            at > self.start
                && (self.mark(at - 1, &[';'])
                    || self.text.is_word(at - 1, "và") && self.mark(at.wrapping_sub(2), &[';']))
        };
        // The list ends where another one begins.
        let begins_list = |n: &Name| {
            let (at, _) = self.back_over_honorifics(n.start);
            at > self.start && self.mark(at - 1, &[':'])
        };
        let rest = self.names.iter().enumerate().skip(name + 1).take_while(|(_, n)| !begins_list(n));
        let items: Vec<usize> = rest.filter(|(_, n)| begins_item(n)).map(|(i, _)| i).collect();
        if items.is_empty() { self.group_after(name) } else { items }
    }

    fn only_coordination(&self, from: usize, to: usize) -> bool {
        let (to, _) = self.back_over_honorifics(to);
        to <= from + 3
            && from < to
            && (from..to)
                .all(|i| self.mark(i, &[',', ';']) || ["và", "cùng", "với"].iter().any(|w| self.text.spells(i, w)))
    }

    fn after(&mut self) {
        for n in 0..self.names.len() {
            let Some(name) = self.names.get(n).copied() else { continue };
            if self.is_credit(n) {
                continue;
            }
            let mut at = name.end;
            let mut next_name = n + 1;
            // Lương Anh Khoa (bầu Khoa) - Chủ tịch …: another name of the same person.
            if self.mark(at, &['(']) {
                let close = (at + 1..at + 8).find(|&i| self.mark(i, &[')']));
                let inside = self.names.get(next_name).filter(|m| close == Some(m.end));
                if let (Some(close), Some(_)) = (close, inside) {
                    at = close + 1;
                    next_name += 1;
                }
            }
            // A (tức B, 41 tuổi, cựu cán bộ …): what follows the other name is said of A.
            if at == name.end
                && self.mark(at, &['('])
                && self.text.is_word(at + 1, "tức")
                && let Some(other) = self.names.get(next_name).filter(|o| o.start <= at + 4)
            {
                at = other.end;
                next_name += 1;
            }
            let limit = self.names.get(next_name).map_or(usize::MAX, |next| next.start);
            let mut first = true;
            for _ in 0..16 {
                let Some((next, semicolon)) = self.over_separators(at) else { break };
                if next >= limit {
                    break;
                }
                // The title itself, or behind a lead-in of at most three atoms.
                let first_title = self.titles.partition_point(|t| t.start < next);
                let title = self
                    .titles
                    .get(first_title)
                    .and_then(|t| (t.start == next || self.only_lead_in(next, t.start)).then_some(first_title));
                match title.filter(|&t| !self.is_tied(t)) {
                    Some(t) => {
                        let Some(phrase) = self.titles.get(t).copied() else { break };
                        // Phó Thủ tướng A Chủ tịch Hội X, ông B …: a caption ends without a mark.
                        let of_next = next == at
                            && self.mark(phrase.end, &[','])
                            && self.names.get(next_name).is_some_and(|next| {
                                let (start, honorific) = self.back_over_honorifics(next.start);
                                honorific && start == phrase.end + 1
                            });
                        if first && (self.text.is_word(at, "và") || self.mark(at, &[')']) || of_next)
                            || self.is_group(&phrase)
                            || self.is_next_subject(&name, &phrase)
                            || semicolon && first && phrase.status.is_none()
                            || semicolon && (titles::is_weak(self.text, phrase.head) || self.acts_for_many(&phrase))
                            || !self.closes_apposition(&phrase)
                        {
                            break;
                        }
                        let plural = self.is_plural(phrase.start);
                        let group: Vec<usize> = if plural && first { self.coordinated_before(n) } else { Vec::new() };
                        // …; hai đội phó là: others hold that office.
                        if plural && semicolon {
                            break;
                        }
                        self.tie(n, t, Relation::After, None);
                        for other in group {
                            self.tie(other, t, Relation::After, None);
                        }
                        at = term::past(self.text, phrase.end);
                    }
                    None if !semicolon => {
                        let Some(end) = self.aside_end(next, limit) else { break };
                        at = end;
                    }
                    None => break,
                }
                first = false;
            }
        }
    }

    /// `…, đại diện lãnh đạo các tỉnh`: more people, not the one named.
    fn is_group(&self, title: &TitlePhrase) -> bool {
        let many = |at: usize| {
            // đại biểu Quốc hội các khóa XIII, XIV: one person all the same.
            ["các", "một số", "những", "nhiều"].iter().any(|w| self.text.spells(at, w))
                && term::past(self.text, at) == at
        };
        // (ông Khoa - PV): the reporter's own remark.
        let remark = self.mark(title.end, &[')']) && self.text.letters(title.start) == "PV";
        // Trưởng ban Quản lý các KCN: the head names its body already, of which there is one.
        let behind = title.head.end as usize;
        let inside = |i: usize| self.text.longest(i, Table::Organisations).is_some_and(|m| m.end as usize > behind);
        let own_body = (title.head.start as usize + 1..behind).any(inside)
            || title.head.len() > 2 && title.end > behind + 1 && !self.acts_for_many(title);
        // …, lãnh đạo tỉnh cùng hàng ngàn người dân
        let with_others = self.acts_for_many(title) && self.text.is_word(title.end, "cùng");
        // …, đại diện Văn phòng, các Vụ
        let and_more = self.mark(title.end, &[','])
            && many(title.end + 1)
            && self.text.context(title.head.start as usize, Class::Group).is_some();
        remark || with_others || and_more || many(behind) && !own_body || many(title.end)
    }

    /// `đại diện lãnh đạo Bộ A` behind a semicolon is the next item of a list of guests.
    fn acts_for_many(&self, title: &TitlePhrase) -> bool {
        [title.head.start, title.head.end].iter().any(|&i| self.text.context(i as usize, Class::Group).is_some())
    }

    /// `Theo ông Tám, đại diện hãng đã xuống`: behind *theo* and a comma, a title with a verb is the subject of what follows.
    fn is_next_subject(&self, name: &Name, title: &TitlePhrase) -> bool {
        let (mut at, _) = self.back_over_honorifics(name.start);
        if let Some(t) = self.title_ending_at(at).and_then(|t| self.titles.get(t)) {
            at = t.start;
        }
        let told = at > self.start
            && (self.text.is_word(at - 1, "theo")
                || self.text.is_word(at - 1, "đến")
                || self.text.is_word(at - 1, "với"));
        let open = self.text.atom(title.end).is_some_and(|a| a.is_word() && a.breaks() == 0);
        let minor = titles::is_weak(self.text, title.head) || title.kind == TitleKind::Profession;
        let reports = self.text.context(title.end, Class::Report).is_some();
        // Theo đại biểu A, Bí thư Tỉnh ủy phải chỉ đạo: behind *theo* an office with a modal verb acts itself.
        let acts = at > self.start
            && self.text.is_word(at - 1, "theo")
            && self.text.context(title.end, Class::LeadIn).is_none()
            && self.text.context(title.end, Class::Modal).is_some();
        // Nhận xét về phần trả lời của Phó Thủ tướng A, Chủ tịch Quốc hội cho rằng: two offices, two people.
        let office_before = self.title_ending_at(self.back_over_honorifics(name.start).0);
        let office_before = office_before.and_then(|t| self.titles.get(t)).filter(|t| t.kind == TitleKind::Position);
        let speaks = office_before.is_some() && self.is_object(at) && reports;
        told && open && (minor && !reports || acts) || speaks
    }

    /// Whether a name is that of a photographer or author: nothing behind it is said of it.
    pub(super) fn is_credit(&self, name: usize) -> bool {
        self.names.get(name).is_some_and(|n| super::names::credit_before(self.text, n.start))
    }

    /// An occupation in apposition is followed by punctuation: `ông Lương, ngư dân, cho biết`, not `…, ngư dân các cửa biển`.
    fn closes_apposition(&self, title: &TitlePhrase) -> bool {
        let mark = self.text.atom(title.end).is_none_or(|a| a.breaks() > 0 || matches!(a.kind(), AtomKind::Mark(_)));
        let verb = self.text.context(title.end, Class::Verb).is_some();
        // Bộ trưởng A, đại diện cơ quan trình dự án, …: what it does, not what it is.
        let acts =
            verb && self.text.spells(title.start, "đại diện") && self.text.context(title.end, Class::Report).is_none();
        let plain = title.kind != TitleKind::Profession || mark || verb;
        !acts && (plain || ["và", "kiêm"].iter().any(|w| self.text.spells(title.end, w)))
    }

    fn coordinated_before(&self, name: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut first = name;
        while let Some(before) = first.checked_sub(1) {
            let (Some(a), Some(b)) = (self.names.get(before), self.names.get(first)) else { break };
            if !self.only_coordination(a.end, b.start) {
                break;
            }
            first = before;
            out.push(first);
        }
        out
    }

    /// Position behind the separators at `at`, and whether a semicolon was among them. `None` where none stands.
    fn over_separators(&self, at: usize) -> Option<(usize, bool)> {
        let mut next = at;
        let mut semicolon = false;
        while self.text.atom(next).is_some_and(|a| a.breaks() == 0) {
            if self.mark(next, &[',', '-', '(', ')', ';', ':']) {
                semicolon |= self.mark(next, &[';']);
                next += 1;
            } else if let Some(m) = self
                .text
                .context(next, Class::TitleJoiner)
                .filter(|m| !self.text.noted(*m, Note::Any) || self.title_starting_at(m.end as usize).is_some())
            {
                next = m.end as usize;
            } else {
                break;
            }
        }
        // A title may follow a name without any separator: … Hùng Bí thư Tỉnh ủy.
        let glued = next == at && self.title_starting_at(at).is_some();
        (next > at || glued).then_some((next, semicolon))
    }

    /// `hiện là`, `nay là`, `hai`, `là` … between the separator and the title.
    fn only_lead_in(&self, from: usize, to: usize) -> bool {
        let one = |i: usize| self.text.atom(i).is_some_and(|a| a.kind() == AtomKind::Number && a.len == 1);
        self.text.context(from, Class::LeadIn).is_some_and(|m| m.end as usize == to) || to == from + 1 && one(from)
    }

    /// End of an aside that says something else of the person: `42 tuổi`, `SN 1986`, `sinh năm 1970`, `trú tại …`.
    fn aside_end(&self, from: usize, limit: usize) -> Option<usize> {
        if self.mark(from.wrapping_sub(1), &['(']) {
            // (22 tuổi, giám đốc Công ty A): the office behind the age.
            let inside = (from..from + 24).take_while(|&i| i < limit && !self.mark(i, &[')']));
            let office = inside.filter(|&i| self.mark(i, &[','])).find(|&i| self.title_starting_at(i + 1).is_some());
            if office.is_some() {
                return office;
            }
            // (thứ hai từ trái sang), (ảnh): whatever it is, it closes.
            let close = (from..from + 24).find(|&i| self.mark(i, &[')']))?;
            return (close < limit).then_some(close);
        }
        let opens = self.text.atom(from).is_some_and(|a| matches!(a.kind(), AtomKind::Number | AtomKind::Opaque(_)))
            || self.text.context(from, Class::Aside).is_some();
        if !opens {
            return None;
        }
        let end = (from + 1..from + 24).find(|&i| {
            i >= limit || self.text.atom(i).is_none_or(|a| a.breaks() > 0) || self.mark(i, &[',', ')', ';', '-'])
        })?;
        (end < limit).then_some(end)
    }
}
