//! Phrases as words that do not depend on case, tone placement or hyphens: what titles and bodies are compared by.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::syllable::Syllable;

/// The words of a phrase: codes of syllables, hashes of other words.
pub(super) type Key = Vec<u64>;

pub(super) fn key(written: &str) -> Key {
    words(written).map(|w| w.1).collect()
}

/// Where each word ends, and its key; dashes and commas are no words.
pub(super) fn words(written: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.');
    written.split(is_gap).filter(|w| !w.is_empty()).map(|w| {
        let end = w.as_ptr() as usize - written.as_ptr() as usize + w.len();
        let syllable = Syllable::parse(w).map(of_syllable);
        (end, syllable.unwrap_or_else(|| crate::scan::fold_hash(w) | 1 << 63))
    })
}

/// The key of a word that is a syllable.
pub(super) fn of_syllable(s: Syllable) -> u64 {
    u64::from(s.lexical().code())
}

/// What follows the first `n` words.
pub(super) fn tail(written: &str, n: usize) -> &str {
    let end = n.checked_sub(1).and_then(|i| words(written).nth(i)).map_or(0, |w| w.0);
    written.get(end..).unwrap_or("").trim_start()
}

/// A title and what completes it.
pub(super) fn join(title: &str, rest: &str) -> String {
    if rest.starts_with(',') { format!("{title}{rest}") } else { format!("{title} {rest}") }
}

/// Whether the words of one name are all in another, in their order.
pub(super) fn contains(long: &[u64], short: &[u64]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| l == w))
}

/// Whether a completion has a name in it.
pub(super) fn is_named(rest: &str) -> bool {
    rest.chars().any(char::is_uppercase)
}
