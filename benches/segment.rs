//! Words, with scratch memory and with words of the user's own, beside their tokens, UAX #29 words and the check of UTF-8:
//! `cargo bench --bench segment`.
//!
//! The user's words are 100,000 pairs of syllables in use, of which about one in 400 pairs of neighbours in the texts is one;
//! the words of the model's dictionary, which every fourth pair is; and 100,000 of both.

mod corpus;

use std::cell::RefCell;

use criterion::{Criterion, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;
use vanban::segment::{Scratch, Segmenter};

const SYLLABLES: &str = include_str!("../data/syllables.tsv");
const DICTIONARY: &str = include_str!("../data/words/compounds.tsv");
const N_WORDS: usize = 100_000;

/// The first column of a data file.
fn first_column(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next())
}

/// Pairs of syllables, spread evenly over all pairs of the most frequent ones.
fn pairs() -> impl Iterator<Item = String> {
    let syllables: Vec<&str> = first_column(SYLLABLES).take(6000).collect();
    let n = syllables.len();
    (0..N_WORDS).map(move |i| {
        // A step that shares no factor with the number of pairs meets no pair twice.
        let at = (i * 359 + 1) % (n * n);
        format!("{} {}", syllables[at / n], syllables[at % n])
    })
}

fn with(words: impl Iterator<Item = String>) -> Segmenter {
    let builder = words.fold(Segmenter::builder(), |builder, word| builder.add_word(word));
    builder.build().unwrap_or_else(|e| panic!("{e}"))
}

fn bench(c: &mut Criterion) {
    let dictionary = || first_column(DICTIONARY).map(str::to_string);
    let plain = Segmenter::default();
    let [rare, frequent, both] = [with(pairs()), with(dictionary()), with(dictionary().chain(pairs()).take(N_WORDS))];
    let scratch = RefCell::new(Scratch::new());
    corpus::bench(
        c,
        "segment",
        &corpus::Kind::USUAL,
        &[
            ("words", &|t| plain.words(t).count()),
            ("words_with", &|t| plain.words_with(t, &mut scratch.borrow_mut()).count()),
            ("segment_into", &|t| plain.segment_into(t, &mut scratch.borrow_mut()).len()),
            ("words_with, 100000 words added", &|t| rare.words_with(t, &mut scratch.borrow_mut()).count()),
            ("words_with, dictionary added", &|t| frequent.words_with(t, &mut scratch.borrow_mut()).count()),
            ("words_with, 100000 of both added", &|t| both.words_with(t, &mut scratch.borrow_mut()).count()),
            ("tokens", &|t| vanban::scan::tokens(t).count()),
            ("unicode_words (peer)", &|t| t.unicode_words().count()),
            ("from_utf8 (peer)", &|t| std::str::from_utf8(t.as_bytes()).map_or(0, str::len)),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
