//! Finding and spelling out abbreviations, from raw text, beside the tokens it needs: `cargo bench --bench expand`.

mod corpus;

use criterion::{Criterion, criterion_group, criterion_main};

fn bench(c: &mut Criterion) {
    corpus::bench(
        c,
        "expand",
        &corpus::Kind::USUAL,
        &[("tokens", &|t| vanban::scan::tokens(t).count()), ("abbreviations", &|t| vanban::abbreviations(t).len())],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
