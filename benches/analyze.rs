//! The whole analysis and its first stages, in bytes per second, beside `unicode_words`.
//!
//! `cargo bench --bench analyze` uses the shipped article in four forms, so that anyone can repeat it.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

const ARTICLE: &str = include_str!("../examples/data/hoi-nghi.txt");

/// The kinds of input that texts come in.
fn inputs() -> Vec<(&'static str, String)> {
    let list: String = ARTICLE.lines().filter(|l| l.contains("các đồng chí:")).collect::<Vec<_>>().join("\n");
    vec![
        ("clean_nfc", ARTICLE.repeat(8)),
        ("nfd", ARTICLE.repeat(8).nfd().collect()),
        ("capitals", ARTICLE.repeat(8).to_uppercase()),
        ("list_heavy", list.repeat(40)),
    ]
}

fn bench(c: &mut Criterion) {
    for (kind, text) in inputs() {
        let mut group = c.benchmark_group(kind);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(20);
        group.bench_with_input(BenchmarkId::from_parameter("tokens"), &text, |b, t| {
            b.iter(|| vanban::scan::tokens(black_box(t)).count());
        });
        group.bench_with_input(BenchmarkId::from_parameter("sentences"), &text, |b, t| {
            b.iter(|| vanban::sentences(black_box(t)).count());
        });
        group.bench_with_input(BenchmarkId::from_parameter("analyze"), &text, |b, t| {
            b.iter(|| vanban::analyze(black_box(t)).persons().len());
        });
        group.bench_with_input(BenchmarkId::from_parameter("unicode_words (peer)"), &text, |b, t| {
            b.iter(|| black_box(t.as_str()).unicode_words().count());
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
