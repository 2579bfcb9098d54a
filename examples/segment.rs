//! Cuts a text into words, line by line: the syllables of a word joined by `_`, words separated by one space.
//!
//! ```text
//! cargo run --release --example segment -- [OPTIONS] [FILE]…
//!   --json             a line is a list of {"text","start","end","kind"}
//!   --sentences        one sentence a line
//!   --words FILE       words of your own, one a line; -word takes one back, !word forbids one
//!   --model FILE       another word model than the one built in
//! ```
//! Reads standard input for `-` or no file; memory does not grow with the files. Line ends stay as they are, letters too;
//! a `_` of the input is printed as it is, so where that matters take `--json`. Its offsets are UTF-8 bytes of the line of
//! the input, half-open, with `--sentences` as well.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use vanban::Span;
use vanban::segment::{Model, Scratch, Segmenter, WordKind};

#[derive(Parser)]
#[command(about = "Words of Vietnamese text, line by line")]
struct Args {
    /// Print every line as a JSON list of words
    #[arg(long)]
    json: bool,
    /// Print one sentence a line
    #[arg(long)]
    sentences: bool,
    /// A list of words of your own: one a line, -word takes one back, !word forbids one
    #[arg(long, value_name = "FILE")]
    words: Option<String>,
    /// A compiled word model
    #[arg(long, value_name = "FILE")]
    model: Option<String>,
    /// Files to read; standard input for - or none
    files: Vec<String>,
}

/// Why the program ends early.
enum Stop {
    /// Nobody reads any more: no error.
    Pipe,
    Failure(String),
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::BrokenPipe { Self::Pipe } else { Self::Failure(format!("standard output: {e}")) }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let names = if args.files.is_empty() { vec!["-".to_string()] } else { args.files.clone() };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = segmenter(&args)
        .and_then(|segmenter| names.iter().try_for_each(|name| segment(name, &args, &segmenter, &mut out)));
    let flushed = out.flush().map_err(Stop::from);
    match done.and(flushed) {
        Ok(()) | Err(Stop::Pipe) => ExitCode::SUCCESS,
        Err(Stop::Failure(reason)) => {
            eprintln!("segment: {reason}");
            ExitCode::from(2)
        }
    }
}

fn segmenter(args: &Args) -> Result<Segmenter, Stop> {
    let read = |name: &String| std::fs::read(name).map_err(|e| Stop::Failure(format!("{name}: {e}")));
    let mut builder = Segmenter::builder();
    if let Some(name) = &args.model {
        let model = Model::from_bytes(&read(name)?).map_err(|e| Stop::Failure(format!("{name}: {e}")))?;
        builder = builder.model(model);
    }
    let Some(name) = &args.words else {
        return Ok(builder.build().unwrap_or_default());
    };
    let list = read(name)?;
    let list = std::str::from_utf8(&list).map_err(|e| invalid(name, e.valid_up_to()))?;
    // A byte order mark is no part of the first word.
    let list = list.strip_prefix('\u{feff}').unwrap_or(list);
    builder.word_list(list).build().map_err(|e| Stop::Failure(format!("{name}:{}: {}: {}", e.entry, e.word, e.reason)))
}

fn invalid(name: &str, offset: usize) -> Stop {
    Stop::Failure(format!("{name}: invalid UTF-8 at byte {offset}"))
}

fn segment(name: &str, args: &Args, segmenter: &Segmenter, out: &mut impl Write) -> Result<(), Stop> {
    let fail = |e: io::Error| Stop::Failure(format!("{name}: {e}"));
    let input: Box<dyn Read> =
        if name == "-" { Box::new(io::stdin()) } else { Box::new(File::open(name).map_err(fail)?) };
    let progress = progress(name);
    let mut reader = BufReader::with_capacity(1 << 16, input);
    let (mut bytes, mut words, mut scratch) = (Vec::new(), Vec::new(), Scratch::new());
    let mut offset = 0;
    loop {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).map_err(fail)? == 0 {
            progress.finish_and_clear();
            return Ok(());
        }
        let line = std::str::from_utf8(&bytes).map_err(|e| invalid(name, offset + e.valid_up_to()))?;
        let content = line.strip_suffix('\n').map_or(line, |l| l.strip_suffix('\r').unwrap_or(l));
        let end = line.get(content.len()..).unwrap_or_default();
        words.clear();
        words.extend(segmenter.words_with(content, &mut scratch).map(|w| (w.span, w.kind)));
        let mut rest = words.as_slice();
        if args.sentences {
            // A word goes with the sentence that it begins in.
            for sentence in vanban::sentences(content) {
                let (here, behind) = rest.split_at(rest.partition_point(|(span, _)| span.start < sentence.end));
                if !here.is_empty() && !behind.is_empty() {
                    print(content, here, args.json, out)?;
                    out.write_all(if end.is_empty() { b"\n" } else { end.as_bytes() })?;
                    rest = behind;
                }
            }
        }
        print(content, rest, args.json, out)?;
        out.write_all(end.as_bytes())?;
        offset += bytes.len();
        progress.inc(bytes.len() as u64);
    }
}

/// A sentence, or what is left of a line.
fn print(line: &str, words: &[(Span, WordKind)], as_json: bool, out: &mut impl Write) -> Result<(), Stop> {
    if as_json {
        let word = |&(span, kind): &(Span, WordKind)| json!({"text": span.of(line), "start": span.start, "end": span.end, "kind": name_of(kind)});
        serde_json::to_writer(&mut *out, &words.iter().map(word).collect::<Vec<Value>>()).map_err(io::Error::from)?;
        return Ok(());
    }
    for (i, (span, _)) in words.iter().enumerate() {
        if i > 0 {
            out.write_all(b" ")?;
        }
        for (j, syllable) in span.of(line).split_whitespace().enumerate() {
            if j > 0 {
                out.write_all(b"_")?;
            }
            out.write_all(syllable.as_bytes())?;
        }
    }
    Ok(())
}

/// `DocumentCode` → `document_code`.
fn name_of(kind: WordKind) -> String {
    let mut out = String::new();
    for c in format!("{kind:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// A bar over the file's bytes on a terminal, nothing on a pipe.
fn progress(name: &str) -> ProgressBar {
    let len = std::fs::metadata(name).map(|m| m.len()).ok();
    match len {
        Some(len) if io::stderr().is_terminal() && !io::stdout().is_terminal() => {
            let style = ProgressStyle::with_template("{bytes}/{total_bytes} {wide_bar} {eta}");
            let bar = ProgressBar::new(len);
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        }
        _ => ProgressBar::hidden(),
    }
}
