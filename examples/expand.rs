//! Writes the abbreviations of a document out: UBND becomes Ủy ban nhân dân, document numbers stay.
//!
//! ```text
//! cargo run --release --example expand -- [OPTIONS] [FILE]…
//!   --list                          one JSON object per abbreviation instead of the text
//!   --tone document|first|second    tone placement of what is written out: ủy or uỷ (default: as in the document)
//!   --headings capitals|leave       in lines of capitals
//!   --first-use-only                every form once
//!   --keep-short-form               Ủy ban nhân dân (UBND)
//!   --entry SHORT=FULL              add or override; repeatable
//!   --forbid SHORT                  leave as it is; repeatable
//!   --entries FILE                  lines SHORT<TAB>FULL; a short form alone forbids it
//!   --year YEAR                     names of that year
//!   --threshold NUMBER              confidence from which a sense counts (default 0.6)
//! ```
//! Reads UTF-8 from the files, standard input for `-` or none. A file is one document: its definitions hold in all of it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use serde_json::{Value, json};
use vanban::Expander;
use vanban::abbreviation::{Abbreviation, CodePart, Headings};
use vanban::normalize::TonePlacement;

#[derive(Parser)]
#[command(about = "Abbreviations of Vietnamese official text, written out")]
struct Args {
    /// Print one JSON object per abbreviation
    #[arg(long)]
    list: bool,
    /// Tone placement of what is written out
    #[arg(long, value_enum, default_value = "document")]
    tone: Tone,
    /// What happens in lines of capitals
    #[arg(long, value_enum, default_value = "capitals")]
    headings: HeadingsName,
    /// Write every form out at its first use only
    #[arg(long)]
    first_use_only: bool,
    /// Keep the short form in parentheses
    #[arg(long)]
    keep_short_form: bool,
    /// Add or override a short form
    #[arg(long, value_name = "SHORT=FULL")]
    entry: Vec<String>,
    /// Leave a short form as it is
    #[arg(long, value_name = "SHORT")]
    forbid: Vec<String>,
    /// Read short forms from a file
    #[arg(long, value_name = "FILE")]
    entries: Option<String>,
    /// Year of the document
    #[arg(long)]
    year: Option<u16>,
    /// Confidence from which a sense counts, 0 to 1
    #[arg(long, default_value_t = 0.6)]
    threshold: f32,
    /// Files to read; standard input for - or none
    files: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tone {
    Document,
    First,
    Second,
}

#[derive(Clone, Copy, ValueEnum)]
enum HeadingsName {
    Capitals,
    Leave,
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
    match run(&args) {
        Ok(()) | Err(Stop::Pipe) => ExitCode::SUCCESS,
        Err(Stop::Failure(reason)) => {
            eprintln!("expand: {reason}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Stop> {
    let expander = expander(args)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let standard_input = ["-".to_string()];
    let names = if args.files.is_empty() { &standard_input[..] } else { &args.files };
    let done = names.iter().try_for_each(|name| {
        let text = read(name)?;
        if args.list {
            for a in expander.list(&text) {
                writeln!(out, "{}", object(&a, &text))?;
            }
        } else {
            out.write_all(expander.apply(&text).0.as_bytes())?;
        }
        Ok(())
    });
    done.and(out.flush().map_err(Stop::from))
}

fn expander(args: &Args) -> Result<Expander, Stop> {
    if !(0.0..=1.0).contains(&args.threshold) {
        return Err(Stop::Failure(format!("--threshold {}: it must be from 0 to 1", args.threshold)));
    }
    let mut builder = Expander::builder()
        .tone(match args.tone {
            Tone::Document => TonePlacement::Preserve,
            Tone::First => TonePlacement::FirstVowel,
            Tone::Second => TonePlacement::SecondVowel,
        })
        .headings(match args.headings {
            HeadingsName::Capitals => Headings::Capitals,
            HeadingsName::Leave => Headings::Leave,
        })
        .first_use_only(args.first_use_only)
        .keep_short_form(args.keep_short_form)
        .threshold(args.threshold);
    if let Some(year) = args.year {
        builder = builder.year(year);
    }
    for entry in &args.entry {
        let (short, full) = entry
            .split_once('=')
            .ok_or_else(|| Stop::Failure(format!("--entry {entry}: there is no = between short and full form")))?;
        builder = builder.entry(short, full);
    }
    for short in &args.forbid {
        builder = builder.forbid(short);
    }
    let file = args.entries.as_deref().unwrap_or("");
    if let Some(name) = &args.entries {
        builder = builder.entries(&read(name)?);
    }
    builder.build().map_err(|e| {
        let of_file = if e.place.starts_with("line") { format!("{file}: ") } else { String::new() };
        Stop::Failure(format!("{of_file}{e}"))
    })
}

fn read(name: &str) -> Result<String, Stop> {
    let fail = |e: io::Error| Stop::Failure(format!("{name}: {e}"));
    let mut bytes = Vec::new();
    if name == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map_err(fail)?;
    } else {
        File::open(name).and_then(|mut f| f.read_to_end(&mut bytes)).map_err(fail)?;
    }
    String::from_utf8(bytes)
        .map_err(|e| Stop::Failure(format!("{name}: invalid UTF-8 at byte {}", e.utf8_error().valid_up_to())))
}

/// What is known about one abbreviation.
fn object(a: &Abbreviation<'_>, text: &str) -> Value {
    let mut object = json!({
        "start": a.span.start, "end": a.span.end, "text": a.span.of(text), "expansion": a.expansion,
        "source": a.source.as_str(), "confidence": (f64::from(a.confidence) * 100.0).round() / 100.0,
        "alternatives": a.alternatives, "why": a.why.to_string(), "domain": a.domain,
    });
    if let Some(name) = &a.name {
        object["name"] = json!(name);
    }
    if let Some(years) = a.valid {
        object["valid"] = json!([years.from, years.until]);
    }
    if let Some(n) = a.document_number(text) {
        let part = |p: &CodePart<'_>| json!({"short": p.short, "full": p.full, "term": p.term});
        object["number"] = json!({
            "number": n.number, "year": n.year, "system": format!("{:?}", n.system).to_lowercase(),
            "kind": n.kind.as_ref().map(part), "bodies": n.bodies.iter().map(part).collect::<Vec<_>>(),
            "unit": n.unit.as_ref().map(part), "spelled_out": n.spelled_out(),
        });
    }
    object
}
