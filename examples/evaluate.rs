//! How good and how fast the cuts are, on a text that is cut into words already.
//!
//! ```text
//! cargo run --release --example evaluate -- GOLD [--words FILE] [--model FILE]
//! ```
//! GOLD: UTF-8, one sentence a line, words separated by spaces, the syllables of a word joined by `_`; standard input for
//! `-`. Words are compared by their place among the characters of their line in NFC, white space and `_` left out; a word
//! is right if both its ends are. Precision is the share of the words found that are right, recall the share of GOLD's
//! that are found.
//!
//! The same lines are cut in several forms. *tokens*: every token of GOLD set off by spaces, as corpora print them; *text*: marks set to
//! the words as a writer does; the other forms are *text* decomposed, in lower case, and in capitals. Sentences: the lines
//! of *text* one behind another, one space between; an end counts where a line ends, the last one left out.
//!
//! Times are of one thread on *text*, the lines joined by line breaks, the median of five runs, each stage from the raw
//! text (words and sentences include the scan).

use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::Read;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use unicode_normalization::UnicodeNormalization;
use vanban::segment::{Model, Scratch, Segmenter};

#[derive(Parser)]
#[command(about = "Word and sentence F1 on a segmented file, and the time of each stage")]
struct Args {
    /// A segmented text: one sentence a line, syllables of a word joined by _; standard input for -
    gold: String,
    /// A list of words of your own: one a line, -word takes one back, !word forbids one
    #[arg(long, value_name = "FILE")]
    words: Option<String>,
    /// A compiled word model
    #[arg(long, value_name = "FILE")]
    model: Option<String>,
}

fn main() -> ExitCode {
    match evaluate(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("evaluate: {reason}");
            ExitCode::from(2)
        }
    }
}

fn read(name: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = match name {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        _ => std::fs::read(name).map(|b| bytes = b),
    };
    read.map_err(|e| format!("{name}: {e}")).map(|()| bytes)
}

fn read_text(name: &str) -> Result<String, String> {
    let invalid = |e: std::string::FromUtf8Error| e.utf8_error().valid_up_to();
    String::from_utf8(read(name)?).map_err(|e| format!("{name}: invalid UTF-8 at byte {}", invalid(e)))
}

fn segmenter(args: &Args) -> Result<Segmenter, String> {
    let mut builder = Segmenter::builder();
    if let Some(name) = &args.model {
        builder = builder.model(Model::from_bytes(&read(name)?).map_err(|e| format!("{name}: {e}"))?);
    }
    if let Some(name) = &args.words {
        builder = builder.word_list(&read_text(name)?);
    }
    let name = args.words.as_deref().unwrap_or_default();
    builder.build().map_err(|e| format!("{name}:{}: {}: {}", e.entry, e.word, e.reason))
}

fn evaluate(args: &Args) -> Result<(), String> {
    let gold = read_text(&args.gold)?;
    let gold: Vec<&str> = gold.lines().filter(|l| !l.trim().is_empty()).collect();
    if gold.is_empty() {
        return Err(format!("{}: no words in it", args.gold));
    }
    let segmenter = segmenter(args)?;
    let tokens: Vec<String> = gold.iter().map(|l| words_apart(l)).collect();
    let text: Vec<String> = tokens.iter().map(|l| as_written(l)).collect();
    let changed = |change: fn(&str) -> String| text.iter().map(|l| change(l)).collect::<Vec<String>>();
    let forms = [
        ("words, tokens", tokens.clone()),
        ("words, text", text.clone()),
        ("words, NFD", changed(|l| l.nfd().collect())),
        ("words, lower case", changed(str::to_lowercase)),
        ("words, capitals", changed(str::to_uppercase)),
    ];
    println!("{:<20}{:>8}{:>8}{:>8}{:>9}{:>9}{:>9}", "", "P", "R", "F1", "right", "found", "gold");
    for (name, lines) in &forms {
        let mut tally = Tally::default();
        for (number, (gold, line)) in gold.iter().zip(lines).enumerate() {
            let (wanted, n_wanted) = places(gold.split_whitespace());
            let (found, n_found) = places(segmenter.words(line).map(|w| w.text));
            if n_wanted != n_found {
                // The change of case has changed the number of letters (ß, ŉ): there is nothing to compare.
                eprintln!("{}:{}: {name}: {n_found} letters, {n_wanted} in GOLD", args.gold, number + 1);
            }
            tally.add(&wanted, &found);
        }
        tally.print(name);
    }
    sentences(&text).print("sentences");
    println!();
    times(&segmenter, &text.join("\n"));
    Ok(())
}

/// What was found beside what is to be found.
#[derive(Default)]
struct Tally {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Tally {
    fn add<T: Ord>(&mut self, wanted: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.right += wanted.intersection(found).count();
        self.found += found.len();
        self.wanted += wanted.len();
    }

    fn print(&self, name: &str) {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (p, r) = (share(self.right, self.found), share(self.right, self.wanted));
        let f1 = if self.right == 0 { 0.0 } else { 2.0 * p * r / (p + r) };
        println!("{name:<20}{p:>8.2}{r:>8.2}{f1:>8.2}{:>9}{:>9}{:>9}", self.right, self.found, self.wanted);
    }
}

/// Where words begin and end, in characters of NFC without white space and `_`; and the number of these characters.
fn places<'a>(words: impl Iterator<Item = &'a str>) -> (BTreeSet<(usize, usize)>, usize) {
    let (mut at, mut out) = (0, BTreeSet::new());
    for word in words {
        let n = word.nfc().filter(|&c| c != '_' && !c.is_whitespace()).count();
        if n > 0 {
            out.insert((at, at + n));
            at += n;
        }
    }
    (out, at)
}

/// A line of GOLD with a space for every `_`.
fn words_apart(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ").replace('_', " ")
}

/// The line as a writer would have it: no space before a mark that closes, none behind one that opens.
fn as_written(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    let mut opened = false;
    while let Some(c) = rest.next() {
        let before_closing = c == ' ' && rest.peek().is_some_and(|&n| ",.;:!?%…”’)]".contains(n));
        let behind_opening = c == ' ' && opened;
        opened = "([“‘".contains(c);
        if !before_closing && !behind_opening {
            out.push(c);
        }
    }
    out
}

/// Ends of sentences in the lines one behind another, in bytes.
fn sentences(lines: &[String]) -> Tally {
    let text = lines.join(" ");
    let mut end = 0;
    let ends = lines.iter().map(|line| {
        end += line.len() + 1;
        end - 1
    });
    let mut wanted: BTreeSet<usize> = ends.collect();
    let mut found: BTreeSet<usize> = vanban::sentences(&text).map(|s| s.end).collect();
    // The end of the text is no merit.
    wanted.remove(&text.len());
    found.remove(&text.len());
    let mut tally = Tally::default();
    tally.add(&wanted, &found);
    tally
}

const RUNS: usize = 5;

fn times(segmenter: &Segmenter, text: &str) {
    let mut scratch = Scratch::new();
    let row = |name: &str, job: &mut dyn FnMut(&str) -> usize| {
        black_box(job(text));
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                black_box(job(black_box(text)));
                start.elapsed().as_secs_f64()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let per_byte = times[RUNS / 2] / text.len().max(1) as f64;
        println!("{name:<20}{:>8.2}{:>8.1}", per_byte * 1e9, 1e-6 / per_byte);
    };
    println!("{:<20}{:>8}{:>8}", format!("{} bytes", text.len()), "ns/byte", "MB/s");
    row("scan", &mut |t| vanban::scan::tokens(t).count());
    row("words", &mut |t| segmenter.words_with(t, &mut scratch).count());
    row("sentences", &mut |t| vanban::sentences(t).count());
}
