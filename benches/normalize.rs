//! Checking, composing and folding beside `icu_normalizer`, `unicode-normalization` and the check of UTF-8:
//! `cargo bench --bench normalize`. On `nfd` the checks stop at the first letter.

mod corpus;

use criterion::{Criterion, criterion_group, criterion_main};
use icu_normalizer::ComposingNormalizer;
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};
use vanban::normalize::{Fold, Normalizer, TonePlacement, collation_key, fold, fold_aligned, nfc, nfc_aligned};

fn bench(c: &mut Criterion) {
    let icu = ComposingNormalizer::new_nfc();
    let normalizer = Normalizer::default();
    let second = Normalizer::builder().tone(TonePlacement::SecondVowel).build();
    corpus::bench(
        c,
        "normalize",
        &corpus::Kind::USUAL,
        &[
            ("is_normalized", &|t| usize::from(normalizer.is_normalized(t))),
            ("normalize", &|t| normalizer.normalize(t).len()),
            ("normalize_second_vowel", &|t| second.normalize(t).len()),
            ("nfc", &|t| nfc(t).len()),
            ("nfc_aligned", &|t| nfc_aligned(t).0.len()),
            ("fold_tone", &|t| fold(t, Fold::Tone).len()),
            ("fold_mark", &|t| fold(t, Fold::Mark).len()),
            ("fold_ascii", &|t| fold(t, Fold::Ascii).len()),
            ("fold_aligned", &|t| fold_aligned(t, Fold::Ascii).0.len()),
            ("collation_key", &|t| collation_key(t).len()),
            ("icu is_normalized (peer)", &|t| usize::from(icu.is_normalized(t))),
            ("icu nfc (peer)", &|t| icu.normalize(t).len()),
            ("unicode_normalization nfc (peer)", &|t| t.nfc().collect::<String>().len()),
            ("unicode_normalization quick check (peer)", &|t| is_nfc_quick(t.chars()) as usize),
            ("from_utf8 (peer)", &|t| std::str::from_utf8(t.as_bytes()).map_or(0, str::len)),
        ],
    );
}

criterion_group!(benches, bench);
criterion_main!(benches);
