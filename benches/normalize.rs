//! Checking, composing and folding, beside `str::from_utf8`, `icu_normalizer` and `unicode-normalization`.
//!
//! `cargo bench --bench normalize` uses the shipped article, so that anyone can repeat it.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_normalizer::ComposingNormalizer;
use unicode_normalization::UnicodeNormalization;
use vanban::normalize::{Fold, Normalizer, TonePlacement, collation_key, fold, fold_aligned, nfc, nfc_aligned};

const ARTICLE: &str = include_str!("../examples/data/hoi-nghi.txt");

fn bench(c: &mut Criterion) {
    let icu = ComposingNormalizer::new_nfc();
    let clean = ARTICLE.repeat(40);
    let nfd: String = clean.nfd().collect();

    let mut group = c.benchmark_group("clean_nfc");
    group.throughput(Throughput::Bytes(clean.len() as u64));
    let normalizer = Normalizer::default();
    group.bench_function("is_normalized", |b| b.iter(|| normalizer.is_normalized(black_box(&clean))));
    let second = Normalizer::builder().tone(TonePlacement::SecondVowel).build();
    group.bench_function("second_vowel", |b| b.iter(|| second.normalize(black_box(&clean)).len()));
    for degree in [Fold::Tone, Fold::Mark, Fold::Ascii] {
        group.bench_function(format!("fold_{degree:?}"), |b| b.iter(|| fold(black_box(&clean), degree).len()));
    }
    group.bench_function("fold_aligned", |b| b.iter(|| fold_aligned(black_box(&clean), Fold::Ascii).0.len()));
    group.bench_function("collation_key", |b| b.iter(|| collation_key(black_box(&clean)).len()));
    group.bench_function("from_utf8 (peer)", |b| b.iter(|| std::str::from_utf8(black_box(clean.as_bytes())).is_ok()));
    group.bench_function("icu_normalizer (peer)", |b| b.iter(|| icu.is_normalized(black_box(&clean))));
    group.finish();

    let mut group = c.benchmark_group("nfd");
    group.throughput(Throughput::Bytes(nfd.len() as u64));
    group.bench_function("nfc", |b| b.iter(|| nfc(black_box(&nfd)).len()));
    group.bench_function("nfc_aligned", |b| b.iter(|| nfc_aligned(black_box(&nfd)).0.len()));
    group
        .bench_function("unicode_normalization (peer)", |b| b.iter(|| black_box(&nfd).nfc().collect::<String>().len()));
    group.bench_function("icu_normalizer (peer)", |b| b.iter(|| icu.normalize(black_box(&nfd)).len()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
