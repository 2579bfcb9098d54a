//! Tokens and sentences beside UAX #29 words and the check of UTF-8: `cargo bench --bench scan`.

mod corpus;

use criterion::{Criterion, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

fn bench(c: &mut Criterion) {
    corpus::bench(
        c,
        "scan",
        &corpus::Kind::USUAL,
        &[
            ("tokens", &|t| vanban::scan::tokens(t).count()),
            ("sentences", &|t| vanban::sentences(t).count()),
            ("unicode_words (peer)", &|t| t.unicode_words().count()),
            ("unicode_sentences (peer)", &|t| t.unicode_sentences().count()),
            ("from_utf8 (peer)", &|t| std::str::from_utf8(t.as_bytes()).map_or(0, str::len)),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
