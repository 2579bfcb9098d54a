//! The whole analysis beside its first stages and UAX #29 words: `cargo bench --bench analyze`.

mod corpus;

use criterion::{Criterion, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

fn bench(c: &mut Criterion) {
    corpus::bench(
        c,
        "analyze",
        &corpus::Kind::USUAL,
        &[
            ("tokens", &|t| vanban::scan::tokens(t).count()),
            ("sentences", &|t| vanban::sentences(t).count()),
            ("abbreviations", &|t| vanban::abbreviations(t).len()),
            ("analyze", &|t| vanban::analyze(t).persons().len()),
            ("unicode_words (peer)", &|t| t.unicode_words().count()),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
