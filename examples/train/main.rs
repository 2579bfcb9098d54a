//! Trains the word model from segmented text: one sentence a line, words separated by spaces, the syllables of a word joined
//! by `_`.
//!
//! ```text
//! cargo run --release --example train -- CORPUS… --compounds FILE --out data     # data/words/*.tsv, data/words.bin
//! cargo run --release --example train -- CORPUS… --compounds FILE --out data --count-syllables   # data/syllables.tsv
//! ```
//! The last per cent of the lines of every corpus are not learned from; the words that are found in them, and in files for
//! `--gold`, are compared with theirs, and F1 is printed. The same input gives the same bytes. The numbers of the syllables
//! are compiled into the crate: after `--count-syllables` run the example `compile_data`, then train.

mod caseless;
mod classes;
mod compounds;
mod corpus;
mod corrections;
mod dictionary;
mod examples;
mod invent;
mod inventory;
mod learn;
mod model;
mod names;
mod quantise;
mod random;
mod score;
mod syllables;
mod table;
mod text_form;
mod train;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use vanban::segment::{FILES, Model, Segmenter, compile};

use corpus::Form;
use invent::Inventor;
use score::Score;
use table::Table;
use train::Sources;

/// Pairs that are kept. F1 on UD-VTB train and on held-out lines: 200,000 98.32 and 98.75, 120,000 98.33 and 98.75, 60,000
/// and 40,000 the same.
const KEEP: usize = 40_000;

#[derive(Parser)]
#[command(about = "Trains the word model from segmented Vietnamese text, one sentence a line, syllables joined by _")]
struct Args {
    /// Segmented text to learn from
    #[arg(required = true)]
    corpora: Vec<PathBuf>,
    /// Folder to write words/*.tsv and words.bin into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Words, one a line, that go into the dictionary if the corpora confirm them
    #[arg(long, value_name = "FILE")]
    compounds: Option<PathBuf>,
    /// Words that the corpora do not show, one a line [default: the crate's data/words/rare_words.tsv]
    #[arg(long, value_name = "FILE")]
    rare_words: Option<PathBuf>,
    /// Words in which the corpora are not followed [default: the crate's data/words/corrections.tsv]
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Pairs of units to keep
    #[arg(long, value_name = "N", default_value_t = KEEP)]
    keep: usize,
    /// Share of the lines of every corpus, its last, that is measured on and not learned from
    #[arg(long, value_name = "PERCENT", default_value_t = 5, value_parser = clap::value_parser!(u8).range(0..100))]
    hold_out: u8,
    /// Segmented text to measure on
    #[arg(long, value_name = "FILE", num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Count the syllables in use into syllables.tsv instead
    #[arg(long)]
    count_syllables: bool,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("train: {reason}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), String> {
    // Everything is read before anything long begins, so that a wrong name is told at once.
    let read_all = |paths: &[PathBuf]| paths.iter().map(|p| Table::read(p)).collect::<Result<Vec<_>, _>>();
    let own = |path: &Option<PathBuf>, name: &str| {
        Table::read(path.as_deref().unwrap_or(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)))
    };
    let listed = args.compounds.as_deref().map(Table::read).transpose()?;
    let rare = own(&args.rare_words, "words/rare_words.tsv")?;
    let corrections = own(&args.corrections, "words/corrections.tsv")?;
    let syllables = own(&None, "name_syllables.tsv")?;
    let inventor = Inventor::read(&syllables, &own(&None, "context_words.tsv")?)?;
    let gold = read_all(&args.gold)?;
    let corpora = read_all(&args.corpora)?;
    let words = args.out.join("words");
    std::fs::create_dir_all(&words).map_err(|e| format!("{}: {e}", words.display()))?;
    let write = |path: &Path, bytes: &[u8]| std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()));
    if args.count_syllables {
        return write(&args.out.join("syllables.tsv"), syllables::count(&corpora, listed.as_ref()).as_bytes());
    }

    let (mut lines, mut measured) = (Vec::new(), Vec::new());
    for corpus in &corpora {
        let all = corpus.lines();
        let (learned, held_out) = all.split_at(all.len() * (100 - usize::from(args.hold_out)) / 100);
        lines.extend(learned.iter().map(String::as_str));
        measured.push((format!("{} (held out)", corpus.name()), held_out));
    }
    measured.retain(|(_, held_out)| !held_out.is_empty());
    measured.extend(gold.iter().map(|gold| (gold.name().to_owned(), gold.lines())));
    if lines.iter().all(|line| line.trim().is_empty()) {
        return Err(format!("{}: no line to learn from", corpora[0].name()));
    }

    let sources = Sources {
        lines: &lines,
        listed: listed.as_ref(),
        rare: Some(&rare),
        corrections: Some(&corrections),
        keep: args.keep,
    };
    let trained = train::train(&sources, inventor, &bar)?;
    let contents: Vec<&str> = trained.files.iter().map(String::as_str).collect();
    let blob = compile(&contents)?;
    for (name, content) in FILES.iter().zip(&contents) {
        write(&words.join(name), content.as_bytes())?;
    }
    write(&args.out.join("words.bin"), &blob)?;

    let model = Model::from_bytes(&blob).map_err(|e| e.to_string())?;
    let segmenter = Segmenter::builder().model(model).build().map_err(|e| e.to_string())?;
    match report(&trained.summary, &segmenter, &measured) {
        // Nobody reads any more: no error.
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(format!("standard output: {e}")),
        _ => Ok(()),
    }
}

/// Prints what happened, and F1 in every form.
fn report(summary: &str, segmenter: &Segmenter, measured: &[(String, &[String])]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{summary}")?;
    for (name, lines) in measured {
        write!(out, "{name}: F1")?;
        for form in [Form::Tokenised, Form::Natural, Form::Lower, Form::Upper, Form::Decomposed] {
            let score = Score::of(segmenter, lines.iter().map(String::as_str), form);
            write!(out, " {:.2} {}", score.f1(), form.name())?;
        }
        writeln!(out)?;
    }
    out.flush()
}

/// A bar on a terminal, nothing on a pipe.
fn bar(what: &'static str, len: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {pos}/{len} {wide_bar} {eta}");
    let bar = ProgressBar::new(len as u64).with_message(what);
    style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
}
