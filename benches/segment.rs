//! Words, with scratch memory and with 100,000 words of the user's own, beside their tokens, UAX #29 words and the check
//! of UTF-8: `cargo bench --bench segment`.
//!
//! The user's words are pairs of syllables in use; about one in 400 pairs of neighbours in the texts is one of them.

mod corpus;

use std::cell::RefCell;

use criterion::{Criterion, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;
use vanban::segment::{Scratch, Segmenter};

const SYLLABLES: &str = include_str!("../data/syllables.tsv");
const N_WORDS: usize = 100_000;

/// Pairs of syllables, spread evenly over all pairs of the most frequent ones.
fn with_words() -> Segmenter {
    let syllables: Vec<&str> =
        SYLLABLES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).take(6000).collect();
    let n = syllables.len();
    let pair = |i: usize| {
        // A step that shares no factor with the number of pairs meets no pair twice.
        let at = (i * 359 + 1) % (n * n);
        format!("{} {}", syllables[at / n], syllables[at % n])
    };
    let words = (0..N_WORDS).map(pair);
    let builder = words.fold(Segmenter::builder(), |builder, word| builder.add_word(word));
    builder.build().unwrap_or_else(|e| panic!("{e}"))
}

fn bench(c: &mut Criterion) {
    let (plain, with_words) = (Segmenter::default(), with_words());
    let scratch = RefCell::new(Scratch::new());
    corpus::bench(
        c,
        "segment",
        &corpus::Kind::USUAL,
        &[
            ("words", &|t| plain.words(t).count()),
            ("words_with", &|t| plain.words_with(t, &mut scratch.borrow_mut()).count()),
            ("segment_into", &|t| plain.segment_into(t, &mut scratch.borrow_mut()).len()),
            ("words_with, 100000 words added", &|t| with_words.words_with(t, &mut scratch.borrow_mut()).count()),
            ("tokens", &|t| vanban::scan::tokens(t).count()),
            ("unicode_words (peer)", &|t| t.unicode_words().count()),
            ("from_utf8 (peer)", &|t| std::str::from_utf8(t.as_bytes()).map_or(0, str::len)),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
