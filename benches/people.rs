//! Persons with their titles, from raw text, beside the stage before it and UAX #29 words: `cargo bench --bench people`.

mod corpus;

use corpus::Kind;
use criterion::{Criterion, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

fn bench(c: &mut Criterion) {
    let finder = vanban::Analyzer::new().without_repairs();
    corpus::bench(
        c,
        "people",
        &[Kind::CleanNfc, Kind::Nfd, Kind::ListHeavy],
        &[
            ("abbreviations", &|t| vanban::abbreviations(t).len()),
            ("persons", &|t| finder.analyze(t).persons().len()),
            ("unicode_words (peer)", &|t| t.unicode_words().count()),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
