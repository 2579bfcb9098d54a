//! The texts that all benches run on, and the way they run.
//!
//! Texts are generated from the words of `data/*.tsv` and the shipped article, with a fixed seed, so that anyone can
//! repeat a figure; they change only when the data change. Official prose in documents of about 8 KiB, 32 documents a
//! kind:
//!
//! | kind | what |
//! |---|---|
//! | `clean_nfc` | paragraphs of news: persons with titles, decisions, abbreviations, quotations |
//! | `nfd` | the same, decomposed |
//! | `capitals` | the same in capitals |
//! | `list_heavy` | paragraphs that list persons with their titles |
//! | `misspelt` | `clean_nfc` with the names of most persons misspelt once, by a tone |
//!
//! `VANBAN_CORPUS=FILE cargo bench` takes the first MiB of a UTF-8 file instead (`list_heavy`: its lines with two `;` or
//! more; `misspelt`: as it is). `cargo test --benches` runs everything once on one small document.

#![allow(dead_code, reason = "every bench is a program of its own and uses a part of this")]

mod generator;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use unicode_normalization::UnicodeNormalization;

pub use generator::Generator;

const DOCUMENT_BYTES: usize = 8 << 10;
const N_DOCUMENTS: usize = 32;
const CORPUS_BYTES: usize = 1 << 20;

/// The kinds of input that texts come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    CleanNfc,
    Nfd,
    Capitals,
    ListHeavy,
    Misspelt,
}

impl Kind {
    /// The kinds that every stage is measured on.
    pub const USUAL: [Self; 4] = [Self::CleanNfc, Self::Nfd, Self::Capitals, Self::ListHeavy];

    fn name(self) -> &'static str {
        match self {
            Self::CleanNfc => "clean_nfc",
            Self::Nfd => "nfd",
            Self::Capitals => "capitals",
            Self::ListHeavy => "list_heavy",
            Self::Misspelt => "misspelt",
        }
    }
}

/// A row of a bench: its name and what it does with a document; the number that it returns is kept from the optimiser.
pub type Job<'a> = (&'a str, &'a dyn Fn(&str) -> usize);

/// Runs the jobs of a stage on every kind of input, one group a kind (`scan/nfd`), in bytes of input per second.
pub fn bench(c: &mut Criterion, stage: &str, kinds: &[Kind], jobs: &[Job<'_>]) {
    for &kind in kinds {
        let documents = documents(kind);
        let mut group = c.benchmark_group(format!("{stage}/{}", kind.name()));
        group.throughput(Throughput::Bytes(documents.iter().map(|d| d.len() as u64).sum()));
        group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        for &(name, job) in jobs {
            group.bench_function(name, |b| b.iter(|| documents.iter().map(|d| job(black_box(d))).sum::<usize>()));
        }
        group.finish();
    }
}

/// The documents of a kind: of `VANBAN_CORPUS` if it is set, else generated.
pub fn documents(kind: Kind) -> Vec<String> {
    // Without `--bench` criterion runs every job once: `cargo test --benches`.
    let measured = std::env::args().any(|a| a == "--bench");
    let documents = match std::env::var_os("VANBAN_CORPUS") {
        Some(file) if measured => {
            let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            documents_of(&text, kind)
        }
        _ => generated(kind, if measured { N_DOCUMENTS } else { 1 }),
    };
    match kind {
        Kind::Nfd => documents.iter().map(|d| d.nfd().collect()).collect(),
        Kind::Capitals => documents.iter().map(|d| d.to_uppercase()).collect(),
        _ => documents,
    }
}

/// `n` documents, the same on every machine.
pub fn generated(kind: Kind, n: usize) -> Vec<String> {
    let seed = |i: usize| Generator::new(i as u64, kind == Kind::Misspelt);
    let document = |i: usize| match kind {
        Kind::ListHeavy => seed(i).lists(DOCUMENT_BYTES),
        _ => seed(i).news(DOCUMENT_BYTES),
    };
    (0..n).map(document).collect()
}

/// Cuts a corpus at line ends into documents.
fn documents_of(text: &str, kind: Kind) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut taken = 0;
    for line in text.lines().filter(|l| kind != Kind::ListHeavy || l.matches(';').count() >= 2) {
        if taken > CORPUS_BYTES {
            break;
        }
        if out.last().is_some_and(|d| d.len() >= DOCUMENT_BYTES) {
            out.push(String::new());
        }
        if let Some(document) = out.last_mut() {
            document.push_str(line);
            document.push('\n');
        }
        taken += line.len() + 1;
    }
    out
}
