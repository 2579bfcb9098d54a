//! Counts the syllables in use: `syllables.tsv`, whose order numbers them in the compiled model.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use vanban::syllable::{Syllable, ToneStyle};

use crate::table::Table;

/// Smallest number of occurrences of a syllable that no listed word has.
const MIN_COUNT: u32 = 2;

/// The file: every syllable that the corpora have at least twice or a listed word has, most frequent first, then by code.
pub fn count(corpora: &[Table], listed: Option<&Table>) -> String {
    let mut counts: BTreeMap<u16, u32> = BTreeMap::new();
    for line in corpora.iter().flat_map(Table::lines) {
        for syllable in line.split(|c: char| !c.is_alphabetic()).filter_map(Syllable::parse) {
            *counts.entry(syllable.code()).or_insert(0) += 1;
        }
    }
    counts.retain(|_, n| *n >= MIN_COUNT);
    for (_, word) in listed.into_iter().flat_map(Table::rows) {
        for syllable in word.split_whitespace().filter_map(Syllable::parse) {
            counts.entry(syllable.code()).or_insert(1);
        }
    }
    let mut rows: Vec<(u16, u32)> = counts.into_iter().collect();
    rows.sort_by_key(|&(code, n)| (Reverse(n), code));
    let mut out = "#syllable\tcount\n\
        # Syllables in use, most frequent first, with their occurrences; in lower case and NFC, tone on the first vowel. The\n\
        # order numbers them for the word model; what is missing here is still a syllable.\n"
        .to_owned();
    for (code, n) in rows {
        if let Some(syllable) = Syllable::from_code(code) {
            out += &format!("{}\t{n}\n", syllable.spelling(ToneStyle::FirstVowel));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_is_not_enough_unless_a_word_has_it() {
        let corpora = [Table::of("Hoà_bình và hòa_giải , và bình_yên"), Table::of("bình radio")];
        let file = count(&corpora, Some(&Table::of("hòa giải")));
        assert_eq!(file.lines().skip(3).collect::<Vec<_>>(), ["bình\t3", "hòa\t2", "và\t2", "giải\t1"]);
    }
}
