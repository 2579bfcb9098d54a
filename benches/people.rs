//! Persons with their titles, from raw text, beside the stage before it: `cargo bench --bench people`.
//!
//! Persons come out of the whole analysis; on these texts, which misspell no name, repairs cost next to nothing of it.

mod corpus;

use corpus::Kind;
use criterion::{Criterion, criterion_group, criterion_main};

fn bench(c: &mut Criterion) {
    corpus::bench(
        c,
        "people",
        &[Kind::CleanNfc, Kind::Nfd, Kind::ListHeavy],
        &[("abbreviations", &|t| vanban::abbreviations(t).len()), ("persons", &|t| vanban::analyze(t).persons().len())],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
