//! The words of `data/dotted.tsv`, read while the crate is compiled.
//!
//! A form is at most eight bytes in lower-case NFC, so it is one `u64`; forms are found through a 512-entry open-addressing
//! table, with no comparison of strings. The file is checked by the compiler: an unknown class or a form that is too long
//! stops the build. 4 KiB of slots and 1.6 KiB of rows.

use unicode_normalization::UnicodeNormalization;

const FILE: &[u8] = include_bytes!("../../data/dotted.tsv");
const N_FORMS: usize = rows();
const N_SLOTS: usize = 512;
const EMPTY: u8 = 255;

/// What a word says about the full stop behind or before it; the head of the file explains the classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Title,
    Name,
    Number,
    Chain,
    End,
    Section,
    Lone,
    Opener,
}

#[derive(Clone, Copy)]
struct Form {
    letters: u64,
    class: Class,
    capital: bool,
}

static FORMS: [Form; N_FORMS] = forms();
static SLOTS: [u8; N_SLOTS] = slots();

const _: () = assert!(N_FORMS < EMPTY as usize && N_FORMS * 2 < N_SLOTS);

/// The class of `word` in any case and Unicode form. O(1): words of more than eight folded bytes are in no row.
pub(crate) fn class_of(word: &str) -> Option<Class> {
    let letters = if word.is_ascii() { folded_ascii(word)? } else { folded(word)? };
    let mut at = slot(letters);
    loop {
        let form = FORMS.get(usize::from(*SLOTS.get(at)?))?; // EMPTY is beyond the last row
        if form.letters == letters {
            let fits = !form.capital || word.starts_with(char::is_uppercase);
            return fits.then_some(form.class);
        }
        at = (at + 1) % N_SLOTS;
    }
}

fn folded_ascii(word: &str) -> Option<u64> {
    (word.len() <= 8).then(|| word.bytes().rev().fold(0, |w, b| w << 8 | u64::from(b.to_ascii_lowercase())))
}

fn folded(word: &str) -> Option<u64> {
    // U+0300 to U+036F begin with these bytes. Eight bytes of NFC are never more than 24 of any other form.
    let decomposed = word.len() <= 24 && word.bytes().any(|b| matches!(b, 0xCC | 0xCD));
    match decomposed {
        true => pack(word.nfc().flat_map(char::to_lowercase)),
        false if word.len() <= 8 => pack(word.chars().flat_map(char::to_lowercase)),
        false => None,
    }
}

fn pack(chars: impl Iterator<Item = char>) -> Option<u64> {
    let (mut letters, mut at) = (0, 0);
    for c in chars {
        for b in c.encode_utf8(&mut [0; 4]).bytes() {
            letters |= u64::from(b).checked_shl(at)?;
            at += 8;
        }
    }
    Some(letters)
}

const fn slot(letters: u64) -> usize {
    (letters.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 55) as usize
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn next_line(mut at: usize) -> usize {
    while FILE[at] != b'\n' {
        at += 1;
    }
    at + 1
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn rows() -> usize {
    let (mut n, mut at) = (0, 0);
    while at < FILE.len() {
        n += (FILE[at] != b'#') as usize;
        at = next_line(at);
    }
    n
}

/// Reads the cell at `at`: its first eight bytes and where the next cell begins.
#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn cell(mut at: usize) -> (u64, usize) {
    let (mut word, mut shift) = (0, 0);
    while FILE[at] != b'\t' {
        assert!(shift < 64, "data/dotted.tsv: a cell of more than eight bytes");
        word |= (FILE[at] as u64) << shift;
        shift += 8;
        at += 1;
    }
    (word, at + 1)
}

const fn word(name: &[u8]) -> u64 {
    let (mut out, mut i) = (0, name.len());
    while i > 0 {
        i -= 1;
        #[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
        let b = name[i];
        out = out << 8 | b as u64;
    }
    out
}

const fn class(cell: u64) -> Class {
    const NAMES: [(u64, Class); 8] = [
        (word(b"title"), Class::Title),
        (word(b"name"), Class::Name),
        (word(b"number"), Class::Number),
        (word(b"chain"), Class::Chain),
        (word(b"end"), Class::End),
        (word(b"section"), Class::Section),
        (word(b"lone"), Class::Lone),
        (word(b"opener"), Class::Opener),
    ];
    let mut i = 0;
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated when the crate is compiled: an unknown class stops the build"
    )]
    while NAMES[i].0 != cell {
        i += 1;
    }
    #[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
    NAMES[i].1
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn forms() -> [Form; N_FORMS] {
    let mut out = [Form { letters: 0, class: Class::End, capital: false }; N_FORMS];
    let (mut at, mut n) = (0, 0);
    while at < FILE.len() {
        if FILE[at] != b'#' {
            let (letters, after) = cell(at);
            let (class_name, after) = cell(after);
            let (case, _) = cell(after);
            assert!(case == word(b"any") || case == word(b"capital"), "data/dotted.tsv: case is any or capital");
            out[n] = Form { letters, class: class(class_name), capital: case == word(b"capital") };
            n += 1;
        }
        at = next_line(at);
    }
    out
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn slots() -> [u8; N_SLOTS] {
    let forms = forms();
    let mut out = [EMPTY; N_SLOTS];
    let mut i = 0;
    while i < N_FORMS {
        let mut at = slot(forms[i].letters);
        while out[at] != EMPTY {
            assert!(forms[out[at] as usize].letters != forms[i].letters, "data/dotted.tsv: a form stands twice");
            at = (at + 1) % N_SLOTS;
        }
        out[at] = i as u8;
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn finds_every_row_in_any_case_and_form() {
        let file = core::str::from_utf8(FILE).unwrap();
        let mut n = 0;
        for row in file.lines().filter(|l| !l.starts_with('#')) {
            let form = row.split('\t').next().unwrap();
            assert_eq!(form, form.to_lowercase().nfc().collect::<String>(), "written in lower-case NFC");
            for spelling in [form.to_uppercase(), form.to_uppercase().nfd().collect()] {
                assert!(class_of(&spelling).is_some(), "{spelling}");
            }
            n += 1;
        }
        assert_eq!(n, N_FORMS);
    }

    #[test]
    fn no_form_with_a_dot_is_a_syllable_in_lower_case() {
        use Class::{Chain, End, Name, Number, Title};
        for form in FORMS.iter().filter(|f| !f.capital && matches!(f.class, Title | Name | Number | Chain | End)) {
            let bytes = form.letters.to_le_bytes();
            let letters = core::str::from_utf8(&bytes).unwrap().trim_end_matches('\0');
            assert!(!crate::scan::is_syllable(letters), "{letters}");
        }
    }

    #[test]
    fn finds_nothing_else() {
        for word in ["", "no", "co", "nói", "thành phố Hồ Chí Minh", "ăn no", "Ư", "tps", "\u{301}"] {
            assert_eq!(class_of(word), None, "{word}");
        }
        assert_eq!(class_of("No"), Some(Class::Number));
        assert_eq!(class_of("T.Ư"), Some(Class::End));
        assert_eq!(class_of("Tp"), Some(Class::Name));
    }
}
