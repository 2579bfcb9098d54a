//! Which parts of a text are read for its short forms.
//!
//! Most of a text says nothing about them: words in small letters or with a capital first letter begin none. One pass over
//! the tokens looks at nothing but capitals, brackets and slashes, and reads the atoms around each place where a short form
//! may stand: as many as senses, document numbers and the joints of forms can ask about, and more where a bracket or an
//! announcing phrase says that a form may be defined there. What is read begins with an atom that a line break seems to
//! precede, so nothing looks across what was passed over.
//!
//! The same pass counts what is asked of whole lines and of the document: letter case, and the tone placement in use.
//!
//! Complexity: linear; at a definition the tokens before it may be read once more.

use super::capitals::Lines;
use super::entries::Entries;
use crate::lexicon::Atoms;
use crate::lexicon::atoms::{each_atom_of, folded_mark};
use crate::scan::{self, Case, Gap, Token, TokenKind, Unit, case_of, is_letter, letter_count};
use crate::span::Span;
use crate::syllable::Syllable;

/// Tokens that are read before and from a short form on: three pairs of a document number; the longest form with the
/// longest cue or place behind it.
const AROUND: Reach = Reach { before: 8, from: 12 };
/// The same where one may be defined: an announcing phrase, the words behind the full form, the full form
/// (`definitions::REACH`).
const DEFINITION: Reach = Reach { before: 48, from: 32 };

/// How many tokens are read around a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reach {
    before: usize,
    from: usize,
}

/// What is known of a text when its short forms are read.
#[derive(Debug)]
pub(super) struct Survey<'t> {
    /// The atoms around every place where a short form may stand.
    pub(super) atoms: Atoms<'t>,
    pub(super) lines: Lines,
    /// Syllables with the tone mark on the first vowel less those with it on the second, where that differs.
    pub(super) first_vowels: i64,
    /// It has decomposed letters.
    pub(super) is_decomposed: bool,
}

impl<'t> Survey<'t> {
    /// Goes through `text`.
    pub(super) fn read(text: &'t str, entries: Option<&Entries>) -> Self {
        let mut out = Self { atoms: Atoms::new(text), lines: Lines::default(), first_vowels: 0, is_decomposed: false };
        let mut watch = Watch { text, entries: entries.filter(|e| !e.is_empty()), before: Before::Other, form: false };
        let mut recent = Recent::default();
        let mut n_more = 0;
        let mut end = 0;
        let mut tokens = scan::tokens(text);
        while let Some(unit) = tokens.unit() {
            out.count(&unit, end);
            end = unit.token.span.end;
            let reach = watch.reach(&unit, &out.atoms);
            if let Some(reach) = reach {
                recent.read(reach.before, &mut out.atoms);
                n_more = n_more.max(reach.from);
            }
            recent.push(&unit, n_more > 0);
            if n_more > 0 {
                out.atoms.push(&unit);
                n_more -= 1;
            }
        }
        out
    }

    /// Counts what the token says about its line and the document; `end` is the end of the token before.
    #[inline(always)]
    fn count(&mut self, unit: &Unit, end: usize) {
        let (text, span) = (self.atoms.text, unit.token.span);
        let begins_line = || text.as_bytes().get(end..span.start).is_some_and(|gap| gap.contains(&b'\n'));
        if end == 0 || unit.gap == Gap::Other && begins_line() {
            self.lines.begin(span.start);
        }
        match unit.found {
            Some(found) => self.count_syllable(found.syllable, unit.case(text), span),
            None => self.count_other(unit.token),
        }
    }

    #[inline(always)]
    fn count_syllable(&mut self, syllable: Syllable, case: Case, span: Span) {
        self.lines.count(case);
        if syllable.has_two_spellings() {
            // The last letter is a plain a, e, y, or it has the mark.
            let is_first = self.atoms.text.as_bytes().get(span.end.wrapping_sub(1)).is_some_and(u8::is_ascii);
            self.first_vowels += if is_first { 1 } else { -1 };
        }
    }

    fn count_other(&mut self, token: Token) {
        let text = self.atoms.text;
        let letters = token.span.of(text);
        // U+0300 to U+033F begin with this byte.
        if letters.as_bytes().contains(&0xCC) {
            self.is_decomposed |= letters.contains(['\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{309}', '\u{323}']);
        }
        let is_joined = match token.kind {
            TokenKind::Syllable => true,
            // A word without joints is one atom, and no syllable.
            TokenKind::Word | TokenKind::Acronym => !letters.chars().all(is_letter),
            TokenKind::Alphanumeric => true,
            _ => false,
        };
        if is_joined {
            each_atom_of(text, token, |span, _| {
                let letters = span.of(text);
                if let Some(syllable) = Syllable::parse(letters) {
                    self.count_syllable(syllable, case_of(letters), span);
                }
            });
        }
    }
}

/// The last tokens.
struct Recent {
    last: [Unit; Self::LEN],
    /// How many there were so far.
    n: usize,
    /// How many of the last were passed over, and how many before those are read without a break, at least.
    n_passed: usize,
    n_read: usize,
}

impl Default for Recent {
    fn default() -> Self {
        let token = Token { span: Span::new(0, 0), kind: TokenKind::Symbol };
        Self { last: [Unit::new(token, Gap::None); Self::LEN], n: 0, n_passed: 0, n_read: 0 }
    }
}

impl Recent {
    const LEN: usize = 64;

    /// The next token is read, or passed over.
    #[inline(always)]
    fn push(&mut self, unit: &Unit, is_read: bool) {
        if let Some(slot) = self.last.get_mut(self.n % Self::LEN) {
            // Field by field: a unit with its padding moves through memory slowly.
            (slot.token.span.start, slot.token.span.end) = (unit.token.span.start, unit.token.span.end);
            slot.token.kind = unit.token.kind;
            slot.found = unit.found;
            (slot.first_capital, slot.more_capitals, slot.gap) = (unit.first_capital, unit.more_capitals, unit.gap);
        }
        self.n += 1;
        if is_read {
            self.n_read += 1;
        } else {
            self.n_passed += 1;
        }
    }

    fn get(&self, i: usize) -> Option<&Unit> {
        self.last.get(i % Self::LEN)
    }

    /// Reads the last `n` tokens after all.
    fn read(&mut self, n: usize, atoms: &mut Atoms<'_>) {
        let n = n.min(self.n).min(Self::LEN - 1);
        let n_passed = core::mem::take(&mut self.n_passed);
        let n_more = if n <= n_passed + self.n_read && n > n_passed { n_passed } else { n };
        let first = self.n - n_more;
        if n_more > n_passed {
            // What was read of them before stands apart; it is read anew.
            atoms.forget(self.get(first).map_or(0, |unit| unit.token.span.start));
        }
        let is_apart =
            n_more < self.n && !self.get(first.wrapping_sub(1)).is_some_and(|u| atoms.ends_at(u.token.span.end));
        if is_apart {
            atoms.pass();
        }
        for i in first..self.n {
            if let Some(unit) = self.get(i) {
                atoms.push(unit);
            }
        }
        self.n_read = if n_more == n_passed { self.n_read + n_more } else { n_more };
    }
}

/// What stands directly before a token, quotation marks and colons aside.
#[derive(Clone, Copy, Debug)]
enum Before {
    Bracket,
    Syllable(Syllable),
    /// Letters that are no syllable in use.
    Letters(Span),
    Other,
}

/// Tells where a short form may stand.
struct Watch<'a, 't> {
    text: &'t str,
    entries: Option<&'a Entries>,
    before: Before,
    /// The last token may be one.
    form: bool,
}

impl Watch<'_, '_> {
    /// How much is read around this token, if anything is.
    #[inline(always)]
    fn reach(&mut self, unit: &Unit, atoms: &Atoms<'_>) -> Option<Reach> {
        let before = core::mem::replace(&mut self.before, Before::Other);
        let after_form = core::mem::replace(&mut self.form, false);
        let letters = unit.token.span.of(self.text);
        match (unit.found, unit.token.kind) {
            (Some(found), _) => {
                self.before = Before::Syllable(found.syllable);
                let is_form = unit.more_capitals || unit.first_capital && letters.chars().nth(1).is_none();
                self.form = is_form || self.entries.is_some_and(|e| e.may_begin_with(found.syllable));
            }
            (None, TokenKind::Punctuation | TokenKind::Symbol) => {
                return match folded_mark(letters.chars().next().unwrap_or(' ')) {
                    '(' | '[' => {
                        self.before = Before::Bracket;
                        after_form.then_some(DEFINITION)
                    }
                    ':' | '"' | '\'' => {
                        self.before = before;
                        None
                    }
                    // đ/ c
                    '/' => Some(AROUND),
                    _ => None,
                };
            }
            (None, kind) => {
                self.before = Before::Letters(unit.token.span);
                self.form = self.other_may_begin(letters, kind, atoms);
            }
        }
        if !self.form {
            return None;
        }
        let is_announced = match before {
            Before::Bracket => true,
            Before::Syllable(s) => atoms.lexicon.ends_announcer(s),
            Before::Letters(span) => {
                Syllable::parse(span.of(self.text)).is_some_and(|s| atoms.lexicon.ends_announcer(s))
            }
            Before::Other => false,
        };
        let n_more = self.entries.map_or(0, Entries::longest);
        let reach = if is_announced { DEFINITION } else { AROUND };
        Some(Reach { from: reach.from + n_more, ..reach })
    }

    /// Whether a token that is no syllable in use may be the first of a short form.
    fn other_may_begin(&self, letters: &str, kind: TokenKind, atoms: &Atoms<'_>) -> bool {
        match kind {
            TokenKind::DocumentCode => return true,
            TokenKind::Syllable | TokenKind::Word | TokenKind::Acronym | TokenKind::Alphanumeric => {}
            _ => return false,
        }
        let n_capitals = letters.chars().filter(|c| c.is_uppercase()).count();
        if self.entries.is_some() || n_capitals > 1 {
            return true;
        }
        if !letters.chars().all(is_letter) {
            return n_capitals > 0 || letters.contains('/');
        }
        let is_listed = || {
            let word = atoms.lexicon.word(scan::fold_hash(letters));
            word.is_some_and(|word| atoms.lexicon.begins_short_form(word))
        };
        n_capitals > 0 && (letter_count(letters) == 1 || kind != TokenKind::Syllable && is_listed())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::abbreviation::{abbreviations, find};
    use crate::lexicon::Annotated;

    #[test]
    fn no_listed_form_begins_with_a_common_word() {
        let file = |name: &str| match name {
            "forms" => include_str!("../../data/abbreviations.tsv"),
            _ => include_str!("../../data/document_codes.tsv"),
        };
        let rows = |name| file(name).lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
        let forms = rows("forms").flat_map(|r| r[0].split('|').collect::<Vec<_>>());
        let types = rows("codes").filter(|r| r[2] == "type").map(|r| r[0]);
        for form in forms.chain(types) {
            let text = alloc::format!("ở một nơi xa {} và ở một nơi xa", form.trim());
            let at = Survey::read(&text, None).atoms.atoms.iter().any(|a| a.span().start == "ở một nơi xa ".len());
            assert!(at, "{form}");
        }
    }

    /// Short forms among words, definitions, codes and marks.
    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(alloc::vec![
            "UBND",
            "TP",
            "TP.",
            "HCM",
            "T.Ư",
            "BTV",
            "BCH",
            "QĐ-UBND",
            "NH3",
            "đ/c",
            "đ/",
            "Tp",
            "Cty",
            "KT-XH",
            "VH, TT và DL",
            "(",
            ")",
            "(TĐKT)",
            "[PVN]",
            ",",
            ":",
            "\"",
            "-",
            "/",
            ".",
            "\n",
            "12",
            "12/2012",
            "123/QĐ-UBND",
            "A",
            "H.",
            "P.",
            "thi đua, khen thưởng",
            "Ủy ban nhân dân",
            "tỉnh",
            "sau đây gọi tắt là",
            "Tập đoàn Dầu khí Việt Nam",
            "ủy viên",
            "của",
            "và",
            "ông",
            "Lê Văn Tám",
            "Hải Phòng",
            "In-đô-nê-xi-a",
            "TRƯỞNG BAN",
            "CHỦ TỊCH",
            "Trump",
            "hoà",
            "toà nhà",
            "một hai ba bốn năm sáu bảy tám chín mười",
            "trong những ngày qua, người dân ở nhiều nơi đã đến đây",
        ])
    }

    proptest! {
        #[test]
        fn finds_what_a_reading_of_the_whole_text_finds(
            parts in prop::collection::vec((piece(), prop::bool::weighted(0.85)), 0..80),
        ) {
            let mut text = String::new();
            for (piece, space) in parts {
                text.push_str(piece);
                text.push_str(if space { " " } else { "" });
            }
            let whole = Annotated::read(&text);
            prop_assert_eq!(abbreviations(&text), find(&whole, &Lines::of(&whole)));
        }
    }

    #[test]
    fn counts_lines_and_tones() {
        let survey = Survey::read("HỘI NGHỊ CỦA UBND\nhoà bình, hóa học, UỶ BAN ở toà", None);
        assert!(survey.lines.is_capital_at(4) && !survey.lines.is_capital_at(30));
        assert_eq!((survey.first_vowels, survey.is_decomposed), (-2, false));
        assert!(Survey::read("Ti\u{309}nh", None).is_decomposed);
    }
}
