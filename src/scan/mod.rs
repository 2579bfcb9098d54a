//! From text to tokens: where things begin and end, never what they mean.
//!
//! [`tokens`] walks the text once. White space separates; a *run* is the longest stretch of letters and digits with
//! single joiners (`. , - – / & ' _ @ : +`) between them. A run that is, as a whole, a URL, an e-mail address, a date, a
//! time, a number or a document code is one token; otherwise it is cut at each joiner unless the two sides belong
//! together (`compound`: `KT-XH`, `TP.HCM`, `K'Ré`, `Thoong-lun`, `đ/c`). Every decision looks at one run or two
//! neighbouring pieces, so the whole is linear.
//!
//! Invariants: tokens are sorted, disjoint, not empty, on character boundaries; what lies between two tokens is white
//! space or invisible; so tokens and gaps give back the text.

mod compound;
pub(crate) mod dotted;
mod source;
mod window;

use core::iter::FusedIterator;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub(crate) use source::Source;

use crate::span::Span;
use crate::syllable::{self, Attested, Syllable};

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TokenKind {
    /// One Vietnamese syllable (tiếng), in any case: *Thịnh*, *HOÀ*.
    Syllable,
    /// Other letters: foreign words, names of ethnic minorities, transcriptions: *Trump*, *K'Ré*, *Thoong-lun*.
    Word,
    /// Capitals that are no syllable, alone or joined: *UBND*, *KT-XH*, *GD&ĐT*, *TP.HCM*.
    Acronym,
    /// A number with its separators: *06*, *1.234.567,89*.
    Number,
    /// A calendar date, complete or not: *19/7/2017*, *19-7*.
    Date,
    /// A time of day: *08h30*, *17h*, *08:53*.
    Time,
    /// The number of an official document: *123/QĐ-UBND*, *18-NQ/TW*, *01/2020/TT-BNV*.
    DocumentCode,
    /// Letters and digits mixed: *QL1A*, *F-16*, *U23*, *5kg*, *49X-6666*.
    Alphanumeric,
    /// An internet address.
    Url,
    /// An e-mail address.
    Email,
    /// `@name`.
    Handle,
    /// `#thẻ`.
    Hashtag,
    /// A punctuation mark; consecutive full stops are one token.
    Punctuation,
    /// Any other single character: signs of currency, arrows, emoji.
    Symbol,
}

/// A token: where it stands and what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Token {
    /// Bytes of the text.
    pub span: Span,
    /// Its kind.
    pub kind: TokenKind,
}

/// Cuts `text` into tokens, lazily. O(length) in all, no allocation.
///
/// ```
/// use vanban::scan::{TokenKind, tokens};
/// let text = "Quyết định số 123/QĐ-UBND ngày 19/7/2017 của UBND tỉnh.";
/// let codes: Vec<&str> = tokens(text).filter(|t| t.kind == TokenKind::DocumentCode).map(|t| t.span.of(text)).collect();
/// assert_eq!(codes, ["123/QĐ-UBND"]);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, run_end: 0 }
}

/// What a byte behind a word of letters may do: end the run, be a [`JOINER`], or [`GOES_ON`].
static CLASS: [u8; 256] = classes();
const JOINER: u8 = 1;
const GOES_ON: u8 = 2;
/// A flag: the mark is a token of punctuation by itself when a byte of ASCII follows.
const MARK: u8 = 4;

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn classes() -> [u8; 256] {
    let mut out = [0; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
            out[b] = GOES_ON;
        } else if is_joiner(byte as char) {
            out[b] = JOINER;
        }
        if is_punctuation(byte as char) && !matches!(byte, b'.' | b'#' | b'@') && byte.is_ascii() {
            out[b] |= MARK;
        }
        b += 1;
    }
    out
}

/// First byte of U+2000–U+2FFF; “ ” and … are this, 0x80 and 0x9C, 0x9D, 0xA6.
const GENERAL_PUNCTUATION: u8 = 0xE2;

/// The class of a byte.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "a byte is below the 256 entries of the table")]
fn class_of(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

/// Whether a run of letters or digits goes on behind `next` and the byte after it.
#[inline(always)]
fn goes_on(next: u8, after: u8) -> bool {
    let class = class_of(next);
    class & GOES_ON != 0 || class & JOINER != 0 && class_of(after) & GOES_ON != 0
}

/// Iterator of [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// Up to here the run has been found to be no single token.
    run_end: usize,
}

/// Whether the character only separates: white space and what is invisible.
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || c.is_control()
}

/// Whether a line ends in a gap: at any character that UAX #14 calls a mandatory break.
pub(crate) fn breaks_line(gap: &str) -> bool {
    gap.contains(|c| matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}'))
}

pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{34F}')
}

pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        // Blocks that are letters throughout, combining marks, and general punctuation.
        'À'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}' => true,
        '\u{2000}'..='\u{206F}' => false,
        _ => (c.is_alphabetic() || is_combining_mark(c)) && !c.is_numeric(),
    }
}

pub(crate) fn is_digit(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_digit(),
        'À'..='\u{36F}' | '\u{1E00}'..='\u{206F}' => false,
        _ => c.is_numeric(),
    }
}

/// [`is_combining_mark`] with the answer for Latin letters and punctuation at hand.
fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\u{2FF}' | '\u{1E00}'..='\u{206F}' => false,
        '\u{300}'..='\u{36F}' => true,
        _ => is_combining_mark(c),
    }
}

/// Marks that may stand once between two letters or digits of a run.
pub(crate) const fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | '-' | '/' | '&' | '\'' | '’' | 'ʼ' | '‘' | '_' | '@' | ':' | '+' | '\u{2010}' | '\u{2011}' | '–'
    )
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

const fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '«' | '»' | '¡' | '¿' | '·' | '§' | '¶' | '、' | '。' | '（' | '）')
}

impl<'t> Tokens<'t> {
    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or("")
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    /// End of the letters or digits (not both) that start at `at`.
    fn piece_end(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let Some(first) = rest.chars().next() else { return at };
        let digits = is_digit(first);
        let more = |c: char| if digits { is_digit(c) } else { is_letter(c) || is_invisible(c) };
        let len = rest.find(|c| !more(c)).unwrap_or(rest.len());
        at + rest.get(..len).map_or(len, |p| p.trim_end_matches(is_invisible).len())
    }

    /// End of the run of letters, digits and joiners that starts at `at`.
    fn find_run_end(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let piece = self.piece_end(end);
            if piece == end {
                return end;
            }
            end = piece;
            let mut next = self.rest(end).chars();
            match (next.next(), next.next()) {
                (Some(c), _) if is_letter(c) || is_digit(c) => {}
                (Some(c), Some(d)) if is_joiner(c) && (is_letter(d) && !is_mark(d) || is_digit(d)) => {
                    end += c.len_utf8();
                }
                _ => return end,
            }
        }
    }

    fn token(&mut self, end: usize, kind: TokenKind) -> Option<Token> {
        let span = Span::new(self.at, end);
        self.at = end;
        Some(Token { span, kind })
    }

    /// A token that starts with a letter or digit.
    fn word(&mut self) -> Option<Token> {
        if let Some(len) = other_script_word(self.rest(self.at)) {
            return self.token(self.at + len, TokenKind::Word);
        }
        if self.at >= self.run_end {
            if let Some(end) = compound::url_end(self.rest(self.at)) {
                return self.token(self.at + end, TokenKind::Url);
            }
            self.run_end = self.find_run_end(self.at);
            let run = self.text.get(self.at..self.run_end)?;
            if let Some((len, kind)) = compound::whole_run(run, self.rest(self.run_end)) {
                return self.token(self.at + len, kind);
            }
        }
        // Pieces of the run, joined while two neighbours belong together.
        let first_end = self.piece_end(self.at);
        let mut end = first_end;
        let mut left = self.text.get(self.at..end)?;
        let mut joined = false;
        while end < self.run_end {
            let Some(joiner) = self.char_at(end) else { break };
            let (from, joiner) = if is_joiner(joiner) { (end + joiner.len_utf8(), Some(joiner)) } else { (end, None) };
            let next_end = self.piece_end(from);
            let Some(right) = self.text.get(from..next_end) else { break };
            if right.is_empty() || !compound::belong_together(left, joiner, right, !joined) {
                break;
            }
            (end, left, joined) = (next_end, right, true);
        }
        let whole = self.text.get(self.at..end)?;
        let kind = compound::kind_of(whole, joined);
        self.token(end, kind)
    }

    fn mark(&mut self, c: char) -> Option<Token> {
        let rest = self.rest(self.at);
        if c == '.' {
            let len = rest.len() - rest.trim_start_matches('.').len();
            return self.token(self.at + len, TokenKind::Punctuation);
        }
        if matches!(c, '#' | '@') {
            let tail = rest.get(1..).unwrap_or("");
            let len = tail.find(|c| !(is_letter(c) || is_digit(c) || c == '_')).unwrap_or(tail.len());
            if len > 0 && (c == '@' || tail.starts_with(is_letter)) {
                let kind = if c == '#' { TokenKind::Hashtag } else { TokenKind::Handle };
                return self.token(self.at + 1 + len, kind);
            }
        }
        // Marks that combine with this character (keycaps, variation selectors, stray accents) stay with it.
        let mut len = c.len_utf8();
        len += rest.get(len..).map_or(0, |r| r.len() - r.trim_start_matches(is_mark).len());
        let kind = if is_punctuation(c) { TokenKind::Punctuation } else { TokenKind::Symbol };
        self.token(self.at + len, kind)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        match self.plain() {
            Some(unit) => Some(unit.token),
            None => self.any(),
        }
    }
}

/// A token with what the word model asks about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) token: Token,
    pub(crate) found: Option<Attested>,
    pub(crate) first_capital: bool,
    pub(crate) more_capitals: bool,
    /// Letters of a syllable that was found.
    pub(crate) letters: usize,
    pub(crate) gap: Gap,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// One space.
    Space,
    /// White space and what is invisible; or nothing at all.
    Other,
}

impl Unit {
    /// Letter case of a syllable that was found.
    #[inline(always)]
    pub(crate) fn case(&self, text: &str) -> Case {
        match (self.first_capital, self.more_capitals) {
            (_, true) => case_of(self.token.span.of(text)),
            (true, false) => Case::Title,
            (false, false) => Case::Lower,
        }
    }

    /// A token about which nothing more is known.
    #[inline(always)]
    pub(crate) const fn new(token: Token, gap: Gap) -> Self {
        Self { token, found: None, first_capital: false, more_capitals: false, letters: 0, gap }
    }
}

/// The length and kind of the mark or number that a window begins with, if nothing is joined to it.
#[inline(always)]
fn plain_other(window: &[u8; 16]) -> Option<(usize, TokenKind)> {
    let [first, second, third, fourth, ..] = *window;
    if class_of(first) & MARK != 0 || first == b'.' && second != b'.' {
        return second.is_ascii().then_some((1, TokenKind::Punctuation));
    }
    if first.is_ascii_digit() {
        let len = window::digits(window)?;
        let [next, after] = *window.get(len..)?.first_chunk()?;
        // A scheme may follow: http://.
        let is_joined = next != b' ' && (goes_on(next, after) || next == b':' && after == b'/');
        return (!is_joined).then_some((len, TokenKind::Number));
    }
    let is_quote = first == GENERAL_PUNCTUATION && second == 0x80 && matches!(third, b'\x9C' | b'\x9D' | b'\xA6');
    (is_quote && fourth.is_ascii()).then_some((3, TokenKind::Punctuation))
}

impl<'t> Tokens<'t> {
    /// The next token, if it is a syllable in use, or a mark or a number that nothing is joined to, behind at most one space.
    #[inline(always)]
    pub(crate) fn plain(&mut self) -> Option<Unit> {
        match *self.text.as_bytes().get(self.at)? {
            b' ' => self.plain_behind(self.at + 1, Gap::Space),
            before if before < b' ' => self.plain_behind(self.at + 1, Gap::Other),
            _ => self.plain_behind(self.at, Gap::None),
        }
    }

    #[inline(always)]
    fn plain_behind(&mut self, at: usize, gap: Gap) -> Option<Unit> {
        if at < self.run_end {
            return None;
        }
        let bytes = self.text.as_bytes();
        let window: &[u8; 16] = bytes.get(at..)?.first_chunk()?;
        let Some(word) = window::read(window) else {
            let (len, kind) = plain_other(window)?;
            self.at = at + len;
            return Some(Unit::new(Token { span: Span::new(at, at + len), kind }, gap));
        };
        let found = syllable::find(word.low, word.high)?;
        let end = at + word.len;
        // The window holds at least three bytes behind the word.
        let [next, after, last] = *window.get(word.len..)?.first_chunk()?;
        let closes = || next == GENERAL_PUNCTUATION && after == 0x80 && matches!(last, b'\x9C' | b'\x9D' | b'\xA6');
        if next != b' ' && goes_on(next, after) && !closes() {
            return None;
        }
        self.at = end;
        let token = Token { span: Span::new(at, end), kind: TokenKind::Syllable };
        let first_capital = word.first_capital || found.capital;
        let (more_capitals, letters) = (word.more_capitals, word.letters());
        Some(Unit { token, found: Some(found), first_capital, more_capitals, letters, gap })
    }

    /// The next token with what is known about it.
    #[inline(always)]
    pub(crate) fn unit(&mut self) -> Option<Unit> {
        self.plain().or_else(|| self.any().map(|token| Unit::new(token, Gap::Other)))
    }

    /// Behind the white space and invisible characters at hand.
    fn gap_end(&self) -> usize {
        let mut at = self.at;
        while let Some(&b) = self.text.as_bytes().get(at) {
            if b > b' ' && b < 0x7F {
                break;
            }
            if b == b' ' || b == b'\n' {
                at += 1;
                continue;
            }
            match self.char_at(at) {
                Some(c) if is_gap(c) => at += c.len_utf8(),
                _ => break,
            }
        }
        at
    }

    /// A word, a number or a mark of ASCII that nothing is joined to.
    fn ascii(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let byte = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
        let first = *bytes.first()?;
        if self.at < self.run_end {
            return None;
        }
        if first.is_ascii_alphanumeric() {
            let digits = first.is_ascii_digit();
            let more = |b: &&u8| if digits { b.is_ascii_digit() } else { b.is_ascii_alphabetic() };
            let len = bytes.iter().take_while(more).count();
            // A scheme may follow: http://.
            if goes_on(byte(len), byte(len + 1)) || byte(len) == b':' && byte(len + 1) == b'/' {
                return None;
            }
            let end = self.at + len;
            let word = self.text.get(self.at..end)?;
            let kind = if digits { TokenKind::Number } else { compound::kind_of_letters(word) };
            return self.token(end, kind);
        }
        if !first.is_ascii() || matches!(first, b'.' | b'#' | b'@') || !byte(1).is_ascii() {
            return None;
        }
        let kind = if is_punctuation(first as char) { TokenKind::Punctuation } else { TokenKind::Symbol };
        self.token(self.at + 1, kind)
    }

    #[inline(never)]
    pub(crate) fn any(&mut self) -> Option<Token> {
        self.at = self.gap_end();
        if let Some(token) = self.ascii() {
            return Some(token);
        }
        let c = self.char_at(self.at)?;
        if (is_letter(c) && !is_mark(c)) || is_digit(c) { self.word() } else { self.mark(c) }
    }
}

impl FusedIterator for Tokens<'_> {}

/// Length of the first word of a piece in an East Asian script, by UAX #29; Thai, Lao and Khmer, which only a dictionary
/// could cut, stay whole.
fn other_script_word(piece: &str) -> Option<usize> {
    if !piece.starts_with(|c: char| c >= '\u{2E80}') {
        return None;
    }
    piece.split_word_bounds().next().map(str::len)
}

/// Letters of a word, whatever its Unicode form: characters that neither combine nor are invisible.
pub(crate) fn letter_count(word: &str) -> usize {
    word.chars().filter(|&c| !is_mark(c) && !is_invisible(c)).count()
}

/// Letter case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// No letter has case.
    None,
    /// *tỉnh*
    Lower,
    /// *Tỉnh*, and a single capital.
    Title,
    /// *TỈNH*
    Upper,
    /// *VnExpress*, *TTg*
    Mixed,
}

/// Letter case of `word`. O(length).
pub(crate) fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut first_upper) = (0usize, 0usize, None);
    for c in word.chars() {
        if c.is_ascii_lowercase() {
            lower += 1;
        } else if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        } else {
            continue;
        }
        first_upper.get_or_insert(c.is_uppercase());
    }
    match (upper, lower, first_upper) {
        (0, 0, _) => Case::None,
        (0, _, _) => Case::Lower,
        (1, _, Some(true)) => Case::Title,
        (_, 0, _) => Case::Upper,
        _ => Case::Mixed,
    }
}

/// The form under which words that are no syllable are compared: lower case, NFC, straight apostrophe, nothing invisible.
fn folded_chars(letters: &str) -> impl Iterator<Item = char> + '_ {
    let plain = |c: &char| !is_gap(*c);
    let straight = |c: char| if is_apostrophe(c) { '\'' } else { c };
    letters.nfc().filter(plain).map(straight).flat_map(char::to_lowercase).nfc()
}

/// The same as a string.
#[cfg(feature = "std")]
pub(crate) fn folded(letters: &str) -> alloc::string::String {
    folded_chars(letters).collect()
}

/// Latin letters that are precomposed, in either case, are their own NFC.
pub(crate) fn is_composed(c: char) -> bool {
    c < '\u{250}' || ('\u{1EA0}'..='\u{1EF9}').contains(&c)
}

/// FNV-1a, 64 bits, of the folded form; among some thousand words a collision has a chance of 10^-12.
pub(crate) fn fold_hash(letters: &str) -> u64 {
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3);
    let character = |h: u64, c: char| c.encode_utf8(&mut [0; 4]).bytes().fold(h, step);
    const BASIS: u64 = 0xCBF2_9CE4_8422_2325;
    if letters.is_ascii() {
        return letters.bytes().map(|b| b.to_ascii_lowercase()).fold(BASIS, step);
    }
    if letters.chars().all(|c| is_composed(c) && !is_invisible(c) && !c.is_control()) {
        return letters.chars().flat_map(char::to_lowercase).fold(BASIS, character);
    }
    folded_chars(letters).fold(BASIS, character)
}

/// Whether `text` is a Vietnamese syllable.
pub(crate) fn is_syllable(text: &str) -> bool {
    Syllable::parse(text).is_some()
}

#[cfg(test)]
mod tests;
