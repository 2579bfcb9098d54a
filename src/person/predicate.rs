//! Titles that a verb ties to a name.
//!
//! Three frames, in this order; the phrases are rows of `data/context_words.tsv`:
//! 1. *N verb T*: a phrase of class `appoint` stands before the title (`được bầu làm`, `từng giữ các chức vụ:`), the
//!    nearest name before it is the subject, or the one before that where the nearest appoints (`N được M bổ nhiệm
//!    làm T`); titles chained behind by comma, semicolon, *và*, *kiêm* follow, also across a term (`khóa XII`);
//! 2. *verb T đối với N*: the office that is given or taken, then the person (class `dative`);
//! 3. *T là N*, *T gồm các ông N, M*: the office, then its holders (class `consists`).
//!
//! A list of names shares the title; `lần lượt` deals the titles out in order.

use alloc::vec::Vec;

use super::pairing::Sentence;
use super::{Relation, Status, TitleKind, titles};
use crate::lexicon::{AtomKind, Class, Match, Note};

/// Atoms between the end of what is known of a name and what is predicated of it.
const MAX_PREDICATE: usize = 24;

/// Atoms of a term or remark between two titles of one list.
const MAX_TERM: usize = 16;

/// Names that share one title: the longest real lists have some dozens.
const MAX_GROUP: usize = 100;

/// Atoms before the verb in which *được*, *bị* make it a passive: the appointing body stands between.
const MAX_AGENT: usize = 12;

impl Sentence<'_, '_> {
    pub(super) fn predicates(&mut self) {
        for t in 0..self.titles.len() {
            if self.is_tied(t) {
                continue;
            }
            if self.is_taken_from_next(t) {
                continue;
            }
            if let Some((names, said, in_turn)) = self.said_before(t) {
                if in_turn && self.deal_out(&names, t, said) {
                    continue;
                }
                for name in names {
                    self.tie(name, t, Relation::Predicate, said);
                }
            }
        }
        for n in 0..self.names.len() {
            self.said_behind(n);
        }
    }

    /// `miễn nhiệm chức vụ T của ông N`: it is said of the name behind it.
    fn is_taken_from_next(&self, t: usize) -> bool {
        let Some(title) = self.titles.get(t) else { return false };
        if self.text.context(title.end, Class::Dative).is_none() {
            return false;
        }
        let next = self.names.get(self.names.partition_point(|n| n.start < title.end));
        let given_to = next.map(|n| self.back_over_honorifics(n.start)).filter(|(_, honorific)| *honorific);
        let linked = given_to.and_then(|(at, _)| self.text.context_before(at, Class::Dative));
        linked.is_some_and(|m| m.start as usize == title.end)
            && self
                .verb_before(title.start)
                .is_some_and(|v| Status::from_note(self.text.cell(v, 2)) == Some(Status::Former))
    }

    /// `Bà N (cháu ông M) làm T`: the name before the remark that ends between a name and a verb, if `name` is inside it.
    fn outside_aside(&self, name: usize, verb: usize) -> Option<usize> {
        let n = self.names.get(name)?;
        let close = (n.end..verb.min(n.end + MAX_PREDICATE)).find(|&i| self.mark(i, &['(', ')']))?;
        let before = name.checked_sub(1)?;
        let from = self.names.get(before)?.end;
        let open = (from..n.start).find(|&i| self.mark(i, &['(', ')']))?;
        (self.mark(close, &[')']) && open == from && self.mark(open, &['('])).then_some(before)
    }

    /// Names and status of a title whose verb stands before it, and whether the verb deals titles out in turn.
    fn said_before(&self, t: usize) -> Option<(Vec<usize>, Option<Status>, bool)> {
        let title = self.titles.get(t)?;
        let nearest = self.names.partition_point(|n| n.end <= title.start).checked_sub(1)?;
        let Some(verb) = self.verb_before(title.start) else {
            return self.chained(t, nearest).map(|said| (Vec::from([nearest]), said, false));
        };
        let start = verb.start as usize;
        // N tiếp Chủ tịch kiêm Giám đốc Công ty X: kiêm joins this office to one that is another's.
        let joined = self.text.context(start, Class::TitleJoiner).and_then(|_| self.title_ending_at(start));
        if joined.is_some_and(|t| !self.is_tied(t)) {
            return None;
        }
        let nearest = self.names.partition_point(|n| n.end <= start).checked_sub(1)?;
        let outside = self.outside_aside(nearest, start);
        let nearest = outside.unwrap_or(nearest);
        let from = self.names.get(nearest)?.end;
        if self.is_credit(nearest) {
            return None;
        }
        // Whose wife or son holds the office is not the one named.
        if self.text.context_before(start, Class::Announcer).is_some_and(|m| m.start as usize >= from) {
            return None;
        }
        // Tờ trình của N về việc miễn nhiệm chức vụ T: a matter, not what becomes of N.
        if start > 0 && self.text.is_word(start - 1, "việc") {
            return None;
        }
        let said = Status::from_note(self.text.cell(verb, 2));
        let active = self.text.context(start, Class::Active).is_some();
        let passive_from = from.max(start.saturating_sub(MAX_AGENT));
        let passive = (passive_from..start).any(|i| self.is_one_of(i, &["được", "bị", "để"]));
        let mut subject = nearest;
        if active && !passive {
            // N được M bổ nhiệm: who appoints is not who is appointed.
            let before = nearest.checked_sub(1)?;
            let (a, b) = (self.names.get(before)?.end, self.names.get(nearest)?.start);
            let received = (a..b).any(|i| self.is_one_of(i, &["được", "bị"]));
            if !received || start > from + 2 || b - a > MAX_PREDICATE {
                return None;
            }
            subject = before;
        }
        let known = self.known_until(subject, start);
        // N được cử tri thị xã A, huyện B bầu làm T: the electors stand between.
        let elected = usize::from(self.text.is_word(known, "được"));
        if start.saturating_sub(known) > MAX_PREDICATE * (1 + elected) {
            return None;
        }
        // N chỉ định hai nghị sĩ làm bộ trưởng: what the subject appoints holds the office.
        let appoints_other = subject == nearest
            && (known..start).any(|i| {
                self.text.context(i, Class::Active).is_some()
                    && !(known..=i).any(|j| self.is_one_of(j, &["được", "bị", "để"]))
            });
        // … bằng hình thức: cách chức T
        let form = |i: usize| self.mark(i, &[':']) && i >= 2 && self.text.spells(i - 2, "hình thức");
        let reported = (known..start)
            .any(|i| self.text.context(i, Class::Report).is_some() || self.mark(i, &['"', ';', ':']) && !form(i));
        if appoints_other || subject == nearest && reported {
            return None;
        }
        let in_turn = self.text.spells(start, "lần lượt")
            || start.checked_sub(2).is_some_and(|b| self.text.spells(b, "lần lượt"));
        let shared = in_turn || ["là", "đều là", "cùng là"].iter().any(|w| self.text.spells(start, w));
        let mut names = if shared { self.group_before(subject) } else { Vec::new() };
        names.reverse();
        names.push(subject);
        Some((names, said, in_turn))
    }

    /// `bà N1, ông N2, lần lượt là T1, T2`: as many titles as names, each for one.
    fn deal_out(&mut self, names: &[usize], first: usize, said: Option<Status>) -> bool {
        let in_list = |t: &usize| {
            let (Some(a), Some(b)) = (self.titles.get(t - 1), self.titles.get(*t)) else { return false };
            self.only_term(a.end, b.start)
        };
        let more = (first + 1..self.titles.len()).take_while(in_list).count();
        if names.len() < 2 || more + 1 != names.len() {
            return false;
        }
        for (i, &name) in names.iter().enumerate() {
            self.tie(name, first + i, Relation::Predicate, said);
        }
        true
    }

    /// What the list says that this title goes on: the title before it was predicated of the same name.
    fn chained(&self, t: usize, name: usize) -> Option<Option<Status>> {
        let previous = t.checked_sub(1)?;
        let end = self.titles.get(previous)?.end;
        let start = self.titles.get(t)?.start;
        let Some((Relation::Predicate, said)) = *self.tied.get(previous)? else { return None };
        (self.names.get(name)?.end <= end && self.only_term(end, start)).then_some(said)
    }

    /// Whether only separators and a term stand between two titles: `, kiêm`, ` khóa XII; `, ` (2016-2021), `.
    fn only_term(&self, from: usize, to: usize) -> bool {
        if from >= to || to - from > MAX_TERM {
            return false;
        }
        let mut separated = false;
        let mut at = from;
        while at < to {
            if self.mark(at, &['(']) {
                let Some(close) = (at + 1..to).find(|&i| self.mark(i, &[')'])) else { return false };
                at = close + 1;
            } else if self.mark(at, &[',', ';', '-']) || self.is_one_of(at, &["và", "kiêm"]) {
                separated = true;
                at += 1;
            } else if let Some(m) = self.text.context(at, Class::Term).filter(|m| m.end as usize <= to) {
                at = m.end as usize;
            } else if self.is_term_value(at) {
                at += 1;
            } else {
                return false;
            }
        }
        separated
    }

    /// A number or Roman numeral behind `khóa`, `năm`.
    fn is_term_value(&self, at: usize) -> bool {
        let roman = |s: &str| s.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        self.text.atom(at).is_some_and(|a| !a.is_word() && !matches!(a.kind(), AtomKind::Mark(_)))
            || roman(self.text.letters(at)) && !self.text.letters(at).is_empty()
            || self.mark(at, &['/'])
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.text.spells(at, w))
    }

    /// The phrase of appointment before a title, perhaps with words for the office between (`các chức vụ:`).
    pub(super) fn verb_before(&self, start: usize) -> Option<Match> {
        let mut at = start;
        let mut noun = None;
        for _ in 0..6 {
            let here = self.text.context_before(at, Class::Appoint).filter(|m| m.start as usize >= self.start);
            let office = self.text.context_before(at, Class::OfficeWord).filter(|m| m.start as usize > self.start);
            match (here, office) {
                (Some(verb), None) => return Some(verb),
                (Some(verb), Some(office)) if verb.start < office.start => return Some(verb),
                (_, Some(office)) => {
                    noun = noun.or(here);
                    at = office.start as usize;
                }
                (None, None) if at > self.start && self.mark(at - 1, &[':', '"']) => at -= 1,
                (None, None) => break,
            }
        }
        noun
    }

    /// Steps back over rows of a class of context words, colons and quotes.
    fn back_over_class(&self, mut at: usize, class: Class) -> usize {
        for _ in 0..6 {
            if let Some(m) = self.text.context_before(at, class).filter(|m| m.start as usize > self.start) {
                at = m.start as usize;
            } else if at > self.start && self.mark(at - 1, &[':', '"']) {
                at -= 1;
            } else {
                break;
            }
        }
        at
    }

    /// End of the last title in apposition to a name, before an atom: the subject's own phrase.
    fn known_until(&self, name: usize, before: usize) -> usize {
        let from = self.names.get(name).map_or(before, |n| n.end);
        let last = self.titles.partition_point(|t| t.end <= before);
        let tied = (0..last).rev().map_while(|t| self.titles.get(t).filter(|p| p.end > from).map(|p| (t, p.end)));
        tied.filter(|&(t, _)| self.is_tied(t)).map(|(_, end)| end).next().unwrap_or(from)
    }

    /// *verb T đối với N* and *T là N*.
    fn said_behind(&mut self, n: usize) {
        let Some(name) = self.names.get(n).copied() else { return };
        let (at, honorific) = self.back_over_honorifics(name.start);
        let colon = at > self.start && self.mark(at - 1, &[':']);
        let at = if colon { self.back_over_honorifics(at - 1).0 } else { at };
        if let Some(link) = self.text.context_before(at, Class::Dative).filter(|m| m.start as usize > self.start) {
            self.dative(n, link.start as usize);
        } else if (honorific || name.full)
            && let Some(link) = self.text.context_before(at, Class::Consists).filter(|m| m.start as usize > self.start)
        {
            self.consists(n, link.start as usize, self.text.noted(link, Note::Plural));
        }
    }

    fn dative(&mut self, name: usize, link: usize) {
        let Some(last) = self.last_title_before(link) else { return };
        let mut first = last;
        while let Some(previous) = first.checked_sub(1)
            && let (Some(a), Some(b)) = (self.titles.get(previous), self.titles.get(first))
            && self.only_term(a.end, b.start)
        {
            first = previous;
        }
        let Some(start) = self.titles.get(first).map(|t| t.start) else { return };
        let number = start > self.start && self.text.atom(start - 1).is_some_and(|a| a.len == 1 && !a.is_word());
        let verb = self.verb_before(if number { start - 1 } else { start });
        let Some(verb) = verb.filter(|m| !self.text.is_word(m.start as usize, "là")) else { return };
        let said = Status::from_note(self.text.cell(verb, 2));
        let mut names = self.group_after(name);
        names.push(name);
        for title in first..=last {
            if !self.is_tied(title) {
                names.iter().for_each(|&n| self.tie(n, title, Relation::Predicate, said));
            }
        }
    }

    fn consists(&mut self, name: usize, link: usize, plural: bool) {
        let at = self.back_over_class(link, Class::Meanwhile);
        let fits =
            |t: &usize| !self.is_tied(*t) && self.titles.get(*t).is_some_and(|t| !titles::is_weak(self.text, t.head));
        let Some(title) = self.title_ending_at(at).filter(fits) else { return };
        let several = plural || self.titles.get(title).is_some_and(|t| self.is_plural(t.start));
        let mut names = if several { self.group_after(name) } else { Vec::new() };
        if !plural {
            // Hai đội phó là các ông A và B; ông C …
            let ends = |n: &usize| self.names.get(*n).is_some_and(|n| self.item_begins(n.start));
            let end = names.iter().position(ends).unwrap_or(names.len());
            names.truncate(end);
        }
        names.push(name);
        names.iter().for_each(|&n| self.tie(n, title, Relation::Predicate, None));
    }

    /// Whether the name that starts here is the first of an item behind a semicolon.
    fn item_begins(&self, start: usize) -> bool {
        let (at, _) = self.back_over_honorifics(start);
        at > self.start && self.mark(at - 1, &[';'])
    }

    /// The title that ends before an atom, perhaps with its term between.
    fn last_title_before(&self, at: usize) -> Option<usize> {
        let title = self.titles.partition_point(|t| t.end <= at).checked_sub(1)?;
        let end = self.titles.get(title)?.end;
        let in_term = |i: usize| {
            self.is_term_value(i)
                || self.mark(i, &['(', ')', '-', ','])
                || self.text.context(i, Class::Term).is_some()
                || i > end && self.text.context(i - 1, Class::Term).is_some_and(|m| m.len() > 1)
        };
        (at - end <= MAX_TERM && (end..at).all(in_term)).then_some(title)
    }

    /// Names that go on the list of a name: only titles, ages, remarks in parentheses and honorifics between.
    pub(super) fn group_after(&self, name: usize) -> Vec<usize> {
        let linked = |b: &usize| b.checked_sub(1).is_some_and(|a| self.in_one_list(a, *b));
        (name + 1..self.names.len()).take(MAX_GROUP).take_while(linked).collect()
    }

    /// The same before a name, nearest first.
    fn group_before(&self, name: usize) -> Vec<usize> {
        (0..name).rev().take(MAX_GROUP).take_while(|&a| self.in_one_list(a, a + 1)).collect()
    }

    fn in_one_list(&self, a: usize, b: usize) -> bool {
        let (Some(from), Some(to)) = (self.names.get(a).map(|n| n.end), self.names.get(b).map(|n| n.start)) else {
            return false;
        };
        let (to, _) = self.back_over_honorifics(to);
        let mut at = from;
        let mut separated = false;
        while at < to {
            if self.mark(at, &['(']) {
                let Some(close) = (at + 1..to).find(|&i| self.mark(i, &[')'])) else { return false };
                at = close + 1;
            } else if self.mark(at, &[',', ';']) || self.is_one_of(at, &["và", "cùng"]) {
                separated = true;
                at += 1;
            } else if let Ok(t) = self.titles.binary_search_by_key(&at, |t| t.start)
                && let Some(title) = self.titles.get(t)
                && (title.end != to || title.kind != TitleKind::Position)
            {
                at = title.end;
            } else {
                return false;
            }
        }
        separated && at == to
    }
}
