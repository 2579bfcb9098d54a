//! Repairs of misspelt names: `cargo bench --bench repair`. What near-equal names cost is the difference between the
//! groups, whose texts differ only in them.

mod corpus;

use corpus::Kind;
use criterion::{Criterion, criterion_group, criterion_main};

fn bench(c: &mut Criterion) {
    corpus::bench(
        c,
        "repair",
        &[Kind::CleanNfc, Kind::Misspelt],
        &[
            ("repairs", &|t| vanban::analyze(t).repairs().len()),
            ("corrected", &|t| vanban::analyze(t).corrected().0.len()),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
