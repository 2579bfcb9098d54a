//! Speed of every stage on a text of yours, beside peers in the same run.
//!
//! ```text
//! cargo run --release --example throughput -- FILE
//! ```
//! Single thread, the text in memory, one warm-up and five counted runs, the median. Prints `name<TAB>MB/s<TAB>ns/byte`:
//! megabytes (10^6 bytes of input) a second from raw text to that result, then the time of the stage alone (what its input
//! costs is taken off). Peers come last. Speeds on shared machines drift: compare within one run.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use icu_normalizer::ComposingNormalizer;
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;
use vanban::normalize::{Fold, Normalizer, fold, nfc, nfc_aligned};
use vanban::segment::{Scratch, Segmenter};

const RUNS: usize = 5;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (Some(file), None) = (args.next(), args.next()) else {
        eprintln!("usage: throughput FILE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(e) => {
            eprintln!("throughput: {file}: {e}");
            return ExitCode::from(2);
        }
    };
    match std::str::from_utf8(&bytes) {
        Ok(text) => {
            measure(text);
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("throughput: {file}: invalid UTF-8 at byte {}", e.valid_up_to());
            ExitCode::from(2)
        }
    }
}

/// Median seconds of the counted runs.
fn seconds(mut job: impl FnMut() -> usize) -> f64 {
    black_box(job());
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(job());
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// The text cut behind lines into documents of some 8 KiB, as articles are; the other rows take it as one document.
fn documents(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let line_end = rest.bytes().skip(8 << 10).position(|b| b == b'\n');
        let end = line_end.map_or(rest.len(), |at| (8 << 10) + at + 1);
        let (document, tail) = rest.split_at(end);
        rest = tail;
        (!document.is_empty()).then_some(document)
    })
}

fn measure(text: &str) {
    let nfd: String = text.nfd().collect();
    // `base`: seconds per byte of the stage that makes this stage's input.
    let row = |name: &str, input: &str, base: f64, job: &mut dyn FnMut(&str) -> usize| {
        let per_byte = seconds(|| job(black_box(input))) / input.len().max(1) as f64;
        println!("{name}\t{:.1}\t{:.3}", 1e-6 / per_byte, (per_byte - base).max(0.0) * 1e9);
        per_byte
    };
    let normalizer = Normalizer::default();
    let scan = row("scan", text, 0.0, &mut |t| vanban::scan::tokens(t).count());
    let segmenter = Segmenter::default();
    let mut scratch = Scratch::new();
    row("segment", text, scan, &mut |t| segmenter.words(t).count());
    row("segment-scratch", text, scan, &mut |t| segmenter.segment_into(t, &mut scratch).len());
    row("sentence", text, scan, &mut |t| vanban::sentences(t).count());
    // On the text as it should be, so that the check has to read all of it.
    let clean = normalizer.normalize(text);
    assert!(normalizer.is_normalized(&clean));
    row("normalize-clean", &clean, 0.0, &mut |t| usize::from(normalizer.is_normalized(t)));
    row("normalize-nfd", &nfd, 0.0, &mut |t| nfc(t).len());
    row("normalize-nfd-aligned", &nfd, 0.0, &mut |t| nfc_aligned(t).0.len());
    row("fold", text, 0.0, &mut |t| fold(t, Fold::Ascii).len());
    row("fold-mark", text, 0.0, &mut |t| fold(t, Fold::Mark).len());
    row("fold-tone", text, 0.0, &mut |t| fold(t, Fold::Tone).len());
    let expander = vanban::Expander::new();
    let expand = row("expand", text, scan, &mut |t| expander.apply(t).0.len());
    let finder = vanban::Analyzer::new().without_repairs();
    let people = row("people", text, expand, &mut |t| finder.analyze(t).persons().len());
    row("people-documents", text, expand, &mut |t| documents(t).map(|d| finder.analyze(d).persons().len()).sum());
    row("repair", text, people, &mut |t| vanban::analyze(t).repairs().len());
    row("analyze", text, 0.0, &mut |t| vanban::analyze(t).persons().len());

    let icu = ComposingNormalizer::new_nfc();
    row("from_utf8", text, 0.0, &mut |t| usize::from(std::str::from_utf8(t.as_bytes()).is_ok()));
    row("unicode_words", text, 0.0, &mut |t| t.unicode_words().count());
    row("nfc", &nfd, 0.0, &mut |t| t.nfc().collect::<String>().len());
    row("is_nfc_quick", &clean, 0.0, &mut |t| is_nfc_quick(t.chars()) as usize);
    row("icu_nfc", &clean, 0.0, &mut |t| usize::from(icu.is_normalized(t)));
}
