//! Which runs and neighbours are one token.
//!
//! [`whole_run`] names the shapes that cover a whole run; [`belong_together`] decides about two pieces and the joiner
//! between them; [`kind_of`] names what came out. All are pure functions of a few characters.

use super::{
    Case, TokenKind, case_of, is_apostrophe, is_dash, is_digit, is_joiner, is_letter, is_syllable, letter_count,
};

/// Top-level domains that end a bare host name (`quangtri.gov.vn`).
const TOP_LEVEL: [&str; 10] = ["vn", "com", "net", "org", "edu", "gov", "info", "io", "asia", "eu"];

/// Length of an address that begins with a scheme or `www.`.
pub(super) fn url_end(rest: &str) -> Option<usize> {
    let starts = |p: &str| rest.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p));
    let prefix = ["http://", "https://", "www.", "ftp://"].iter().find(|p| starts(p))?;
    let len = address_len(rest);
    (len > prefix.len()).then_some(len)
}

/// Bytes up to white space or a quoting mark, without the punctuation that ends a sentence.
fn address_len(rest: &str) -> usize {
    let stop = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '‘' | '’' | '«' | '»');
    let len = rest.find(stop).unwrap_or(rest.len());
    let trailing = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'');
    rest.get(..len).map_or(0, |r| r.trim_end_matches(trailing).len())
}

/// The kind and length of a run that is one token as a whole; `after` is the text behind the run.
pub(super) fn whole_run(run: &str, after: &str) -> Option<(usize, TokenKind)> {
    if run.bytes().any(|b| b == b'@') {
        return is_email(run).then_some((run.len(), TokenKind::Email));
    }
    let host = || {
        let path = if after.starts_with('/') { address_len(after) } else { 0 };
        is_host(run).then_some((run.len() + path, TokenKind::Url))
    };
    if !run.starts_with(is_digit) {
        return host();
    }
    if let Some(kind) = digits_only(run) {
        return Some((run.len(), kind));
    }
    if is_time(run) {
        return Some((run.len(), TokenKind::Time));
    }
    if is_document_code(run) {
        return Some((run.len(), TokenKind::DocumentCode));
    }
    host()
}

fn pieces(run: &str) -> impl Iterator<Item = &str> + Clone {
    run.split(is_joiner)
}

fn all_digits(piece: &str) -> bool {
    !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_digit())
}

fn is_email(run: &str) -> bool {
    let mut sides = run.split('@');
    let (Some(user), Some(host), None) = (sides.next(), sides.next(), sides.next()) else { return false };
    !user.is_empty() && host.contains('.') && !host.contains(['/', '&', ','])
}

fn is_host(run: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    if !run.bytes().all(allowed) {
        return false;
    }
    let Some((front, last)) = run.rsplit_once('.') else { return false };
    TOP_LEVEL.contains(&last) && !front.split('.').any(str::is_empty)
}

/// Runs of digits and separators: dates, times, numbers.
fn digits_only(run: &str) -> Option<TokenKind> {
    if !run.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'/' | b'-' | b':')) {
        return None;
    }
    let separator = run.bytes().find(|b| !b.is_ascii_digit());
    let value = |p: &str| p.parse::<u32>().unwrap_or(u32::MAX);
    let mut parts = run.split(|c: char| !c.is_ascii_digit());
    let fields = [parts.next(), parts.next(), parts.next(), parts.next()];
    let one_separator = run.bytes().all(|b| b.is_ascii_digit() || Some(b) == separator);
    let day = |p: &str| p.len() <= 2 && (1..=31).contains(&value(p));
    let month = |p: &str| p.len() <= 2 && (1..=12).contains(&value(p));
    let year = |p: &str| matches!(p.len(), 2 | 4);
    match (separator, fields) {
        (None, _) => Some(TokenKind::Number),
        (Some(b'/' | b'-' | b'.'), [Some(d), Some(m), Some(y), None])
            if one_separator && day(d) && month(m) && year(y) =>
        {
            Some(TokenKind::Date)
        }
        (Some(b'/' | b'-'), [Some(d), Some(m), None, None]) if day(d) && month(m) => Some(TokenKind::Date),
        (Some(b'/'), [Some(m), Some(y), None, None]) if month(m) && y.len() == 4 => Some(TokenKind::Date),
        (Some(b':'), [Some(h), Some(m), None | Some(_), None]) if value(h) < 25 && value(m) < 60 && m.len() == 2 => {
            Some(TokenKind::Time)
        }
        (Some(b'.' | b','), _) if !run.contains(['/', '-', ':']) => Some(TokenKind::Number),
        (Some(b'/'), [Some(_), Some(_), None, None]) => Some(TokenKind::Number),
        _ => None,
    }
}

/// `17h`, `08h30`, `8g30`, `8h30ph`.
fn is_time(run: &str) -> bool {
    let Some((hours, rest)) = run.split_once(['h', 'g', 'H']) else { return false };
    let minutes = rest.trim_end_matches("ph").trim_end_matches('\'');
    let below = |p: &str, limit: u32| p.len() <= 2 && p.parse::<u32>().is_ok_and(|v| v < limit);
    below(hours, 25) && (minutes.is_empty() && run.len() <= 3 && !run.ends_with('g') || below(minutes, 60))
}

/// Number of a State document (`NUMBER/YEAR/TYPE-BODY`) or Party document (`NUMBER-TYPE/BODY`), as Decree 30/2020/NĐ-CP
/// and Guideline 36-HD/VPTW compose them; with a year, or with a type of consonants alone (*qđ*, *nq*), also in small letters.
fn is_document_code(run: &str) -> bool {
    if !run.contains('/') || run.contains([',', ':', '@']) {
        return false;
    }
    let mut parts = pieces(run);
    let number = parts.next().unwrap_or("");
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let suffix = number.get(digits..).unwrap_or("");
    if digits == 0 || letter_count(suffix) > 3 {
        return false;
    }
    if !run.chars().any(char::is_uppercase) {
        let has_year = parts.clone().next().is_some_and(|p| all_digits(p) && p.len() == 4);
        let mut names = parts.filter(|p| !all_digits(p)).peekable();
        let typed = has_year || names.peek().is_some_and(|p| !p.contains(is_vowel));
        let n = names.clone().count();
        let is_name = |p: &str| p.starts_with(is_letter) && !is_syllable(p);
        return typed && n > usize::from(!has_year) && names.all(is_name);
    }
    let mut letters = 0usize;
    for part in parts {
        if all_digits(part) {
            continue;
        }
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        if capitals == 0 || (capitals == 1 && letter_count(part) > 1 && !part.ends_with(|c: char| c.is_ascii_digit())) {
            return false;
        }
        letters += capitals;
    }
    letters >= 2
}

/// Whether the letter is, or begins with, a vowel.
fn is_vowel(c: char) -> bool {
    !c.is_ascii_digit()
        && !matches!(c.to_ascii_lowercase(), 'b'..='d' | 'f'..='h' | 'j'..='n' | 'p'..='t' | 'v'..='x' | 'z' | 'đ' | 'Đ')
}

/// Whether two neighbouring pieces of a run are one token. `joiner` is `None` where letters touch digits; `first` says that
/// nothing stands before `left`.
pub(super) fn belong_together(left: &str, joiner: Option<char>, right: &str, first: bool) -> bool {
    let digit = |p: &str| p.chars().next().is_some_and(is_digit);
    let (l_digit, r_digit) = (digit(left), digit(right));
    let (l_case, r_case) = (case_of(left), case_of(right));
    let capitals = |p: &str, case: Case| case == Case::Upper || (case == Case::Title && letter_count(p) == 1);
    match joiner {
        None => true,
        Some(c) if is_apostrophe(c) => !l_digit && !r_digit,
        Some('_') => true,
        Some('.') => match (l_digit, r_digit) {
            (true, true) => true,
            // Without capitals only letters that make no syllable tell: *tp.hcm*, *n.v.t*.
            (false, false) if l_case == Case::Lower && r_case == Case::Lower => {
                let short = |p: &str| letter_count(p) == 1 || letter_count(p) <= 4 && !p.contains(is_vowel);
                short(left) && short(right) && (letter_count(left) == 1) == (letter_count(right) == 1)
            }
            // A sentence in capitals may touch the next.
            (false, false) if letter_count(left) > 1 && letter_count(right) > 1 && is_syllable(right) => false,
            (false, false) => {
                let abbreviated = capitals(left, l_case) || matches!(left, "Tp" | "ThS" | "Th" | "Ts" | "Gs");
                abbreviated && (capitals(right, r_case) || matches!(right, "Ths" | "ThS" | "Ts"))
            }
            _ => false,
        },
        Some(',') => l_digit && r_digit,
        Some('&') if l_case == Case::Lower && r_case == Case::Lower => {
            let short = |p: &str| letter_count(p) == 1 || !p.contains(is_vowel);
            !l_digit && !r_digit && short(left) && short(right)
        }
        Some('&') => capitals(left, l_case) && capitals(right, r_case),
        Some('/') => !l_digit && !r_digit && letter_count(left) <= 4,
        Some(c) if is_dash(c) => match (l_digit, r_digit) {
            (false, false) => {
                // Two Vietnamese words with capitals are two words with a dash; the rest is one: KT-XH, Pu-tin, xi-măng.
                let two_words = l_case == Case::Title && matches!(r_case, Case::Title | Case::Upper);
                !(two_words && letter_count(left) > 1 && (is_syllable(left) || is_syllable(right)))
            }
            // *covid-19*, *f-16*; but *thứ-7*, *5m-10m*.
            (false, true) => {
                let name = l_case != Case::Lower || first && (letter_count(left) == 1 || !is_syllable(left));
                right.len() <= 4 && name
            }
            (true, false) => false,
            (true, true) => false,
        },
        _ => false,
    }
}

/// Kind of a word of ASCII letters.
pub(super) fn kind_of_letters(word: &str) -> TokenKind {
    match case_of(word) {
        _ if is_syllable(word) => TokenKind::Syllable,
        Case::Upper => TokenKind::Acronym,
        _ => TokenKind::Word,
    }
}

/// Kind of a token made of one piece, or of several that belong together.
pub(super) fn kind_of(whole: &str, joined: bool) -> TokenKind {
    let digits = whole.chars().any(is_digit);
    let letters = whole.chars().any(is_letter);
    match (digits, letters) {
        (true, false) => TokenKind::Number,
        (true, true) => TokenKind::Alphanumeric,
        _ if !joined && is_syllable(whole) => TokenKind::Syllable,
        _ if case_of(whole) == Case::Upper => TokenKind::Acronym,
        _ => TokenKind::Word,
    }
}
