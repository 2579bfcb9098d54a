//! Who is named in a document with which titles, its abbreviations spelled out, its misspelt names repaired.
//!
//! ```text
//! cargo run --release --example analyze -- examples/data/hoi-nghi.txt     # a readable report
//! cargo run --release --example analyze -- --json FILE                    # one JSON object
//! cargo run --release --example analyze -- --jsonl FILE…                  # {"id","text"} a line, one object a line
//! cargo run --release --example analyze -- --roster NAMES FILE            # names known to be right, with titles
//! ```
//! Reads standard input for `-` or no file. Offsets are UTF-8 bytes of the input text, half-open.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use vanban::abbreviation::Source;
use vanban::repair::Roster;
use vanban::{Analyzer, Document, Span};

#[derive(Parser)]
#[command(about = "Persons with their titles, abbreviations and misspelt names of a Vietnamese document")]
struct Args {
    /// Print one JSON object per document
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// Read many documents, {"id","text"} a line, and print one object a line
    #[arg(long)]
    jsonl: bool,
    /// Names known to be spelt right, one a line, their titles behind them, tabs between
    #[arg(long, value_name = "FILE")]
    roster: Option<String>,
    /// Files to read; standard input for - or none
    files: Vec<String>,
}

/// What went wrong, in one line: what and where.
type Failure = String;

fn main() -> ExitCode {
    let args = Args::parse();
    let names = if args.files.is_empty() { vec!["-".to_string()] } else { args.files.clone() };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = analyzer(&args).and_then(|analyzer| {
        names.iter().try_for_each(|name| match args.jsonl {
            true => many(&analyzer, name, &mut out),
            false => one(&analyzer, name, args.json, &mut out),
        })
    });
    let flushed = out.flush().map_err(Stop::from);
    match done.and(flushed) {
        Ok(()) | Err(Stop::Pipe) => ExitCode::SUCCESS,
        Err(Stop::Failure(reason)) => {
            eprintln!("analyze: {reason}");
            ExitCode::from(2)
        }
    }
}

/// Why the program ends early.
enum Stop {
    /// Nobody reads any more: no error.
    Pipe,
    Failure(Failure),
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::BrokenPipe { Self::Pipe } else { Self::Failure(format!("standard output: {e}")) }
    }
}

fn analyzer(args: &Args) -> Result<Analyzer, Stop> {
    let Some(name) = &args.roster else { return Ok(Analyzer::new()) };
    let roster = Roster::from_reader(BufReader::new(open(name)?)).map_err(|e| Stop::Failure(format!("{name}: {e}")))?;
    Ok(Analyzer::new().roster(roster))
}

fn open(name: &str) -> Result<Box<dyn Read>, Stop> {
    if name == "-" {
        return Ok(Box::new(io::stdin()));
    }
    File::open(name).map(|f| Box::new(f) as Box<dyn Read>).map_err(|e| Stop::Failure(format!("{name}: {e}")))
}

fn one(analyzer: &Analyzer, name: &str, as_json: bool, out: &mut impl Write) -> Result<(), Stop> {
    let mut bytes = Vec::new();
    open(name)?.read_to_end(&mut bytes).map_err(|e| Stop::Failure(format!("{name}: {e}")))?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|e| Stop::Failure(format!("{name}: invalid UTF-8 at byte {}", e.valid_up_to())))?;
    let doc = analyzer.analyze(text);
    if as_json {
        writeln!(out, "{}", object(&doc, None))?;
    } else {
        out.write_all(report(&doc).as_bytes())?;
    }
    Ok(())
}

fn many(analyzer: &Analyzer, name: &str, out: &mut impl Write) -> Result<(), Stop> {
    let progress = progress(name);
    let mut reader = BufReader::new(open(name)?);
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(|e| Stop::Failure(format!("{name}: {e}")))?;
        if read == 0 {
            break;
        }
        progress.inc(read as u64);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        // What was printed before a bad line stays printed.
        let bad = |reason: String| Stop::Failure(format!("{name}:{number}: {reason}"));
        let record: Value = serde_json::from_slice(&line).map_err(|e| bad(e.to_string()))?;
        let text = record.get("text").and_then(Value::as_str).ok_or_else(|| bad("no string under \"text\"".into()))?;
        let id = record.get("id").ok_or_else(|| bad("no \"id\"".into()))?;
        writeln!(out, "{}", object(&analyzer.analyze(text), Some(id)))?;
    }
    progress.finish_and_clear();
    Ok(())
}

/// A bar over the file's bytes on a terminal, nothing on a pipe.
fn progress(name: &str) -> ProgressBar {
    let len = std::fs::metadata(name).map(|m| m.len()).ok();
    match len {
        Some(len) if io::stderr().is_terminal() => {
            let style = ProgressStyle::with_template("{bytes}/{total_bytes} {wide_bar} {eta}");
            let bar = ProgressBar::new(len);
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        }
        _ => ProgressBar::hidden(),
    }
}

/// The analysis as the JSON object that the scorers read.
fn object(doc: &Document<'_>, id: Option<&Value>) -> Value {
    let text = doc.text();
    let part = |span: Span| (span.start, span.end, span.of(text));
    let term = |t: &vanban::person::Term| -> Value {
        let (start, end, words) = part(t.span);
        json!({"start": start, "end": end, "text": words, "numbers": t.numbers, "from": t.from, "until": t.until})
    };
    let titles = |m: &vanban::person::Mention| -> Vec<Value> {
        m.titles
            .iter()
            .map(|t| {
                let (start, end, raw) = part(t.span);
                json!({
                    "start": start, "end": end, "text": raw, "kind": t.kind.as_str(), "relation": t.relation.as_str(),
                    "expanded": t.expanded, "status": t.status.as_str(), "role": t.role,
                    "organisation": t.organisation, "place": t.place, "level": t.level.map(|l| l.as_str()),
                    "grade": t.grade.map(|g| g.as_str()), "term": t.term.as_ref().map(term),
                })
            })
            .collect()
    };
    let mentions: Vec<Value> = doc
        .mentions()
        .iter()
        .map(|m| {
            let (start, end, name) = part(m.span);
            json!({"start": start, "end": end, "text": name, "person": m.person, "titles": titles(m)})
        })
        .collect();
    let persons: Vec<Value> =
        doc.persons().iter().map(|p| json!({"name": p.name, "mentions": p.mentions, "titles": p.titles})).collect();
    let abbreviations: Vec<Value> = doc
        .abbreviations()
        .iter()
        .map(|a| {
            let (start, end, short) = part(a.span);
            json!({
                "start": start, "end": end, "text": short, "expansion": a.expansion, "source": a.source.as_str(),
                "confidence": rounded(a.confidence), "alternatives": a.alternatives,
            })
        })
        .collect();
    let repairs: Vec<Value> = doc
        .repairs()
        .iter()
        .map(|r| {
            let (start, end, name) = part(r.span);
            json!({
                "start": start, "end": end, "text": name, "replacement": r.replacement, "kind": r.kind.as_str(),
                "confidence": rounded(r.confidence), "applied": r.applied, "slip": r.slip.as_str(),
                "evidence": r.evidence.iter().map(|e| e.words.as_str()).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut object = serde_json::Map::new();
    if let Some(id) = id {
        object.insert("id".into(), id.clone());
    }
    object.insert("mentions".into(), mentions.into());
    object.insert("persons".into(), persons.into());
    object.insert("abbreviations".into(), abbreviations.into());
    object.insert("repairs".into(), repairs.into());
    Value::Object(object)
}

fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// The report for human eyes.
fn report(doc: &Document<'_>) -> String {
    let mut out = String::new();
    persons(doc, &mut out);
    abbreviations(doc, &mut out);
    repairs(doc, &mut out);
    out
}

fn persons(doc: &Document<'_>, out: &mut String) {
    let _ = writeln!(out, "PERSONS ({}, in {} mentions)", doc.persons().len(), doc.mentions().len());
    for person in doc.persons() {
        let times = person.mentions.len();
        let _ = write!(out, "\n  {}", person.name);
        let _ = if times > 1 { writeln!(out, "  ×{times}") } else { writeln!(out) };
        let mut shown: Vec<&str> = Vec::new();
        for &mention in &person.mentions {
            for title in doc.mentions().get(mention).into_iter().flat_map(|m| &m.titles) {
                if shown.contains(&title.known()) {
                    continue;
                }
                shown.push(title.known());
                let raw = one_line(title.span.of(doc.text()));
                let status = match title.status {
                    vanban::person::Status::Current => String::new(),
                    other => format!("  [{}]", other.as_str()),
                };
                let term = title.term.as_ref().map_or("", |t| t.span.of(doc.text()));
                let term = if term.is_empty() { String::new() } else { format!("  ({})", one_line(term)) };
                let _ = writeln!(out, "    {}{term}{status}", title.known());
                if raw != title.known() {
                    let _ = writeln!(out, "      written {raw}");
                }
            }
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn abbreviations(doc: &Document<'_>, out: &mut String) {
    // Every short form once, with how often it stands.
    let mut rows: Vec<(&str, String, &str, usize)> = Vec::new();
    for a in doc.abbreviations() {
        let short = a.span.of(doc.text());
        let full = match (&a.expansion, a.source) {
            (Some(full), _) => one_line(full),
            (None, Source::Code) => "(document number, stays)".to_string(),
            (None, _) if a.name.is_some() => format!("({}, stays)", one_line(a.name.as_deref().unwrap_or_default())),
            (None, _) if a.alternatives.is_empty() => "(stays)".to_string(),
            (None, _) => format!("(undecided: {})", a.alternatives.join(" | ")),
        };
        match rows.iter_mut().find(|r| r.0 == short && r.1 == full) {
            Some(row) => row.3 += 1,
            None => rows.push((short, full, a.source.as_str(), 1)),
        }
    }
    let _ = writeln!(out, "\nABBREVIATIONS ({})\n", rows.len());
    let width = rows.iter().map(|r| r.0.chars().count()).max().unwrap_or(0);
    for (short, full, source, times) in rows {
        let pad = width - short.chars().count();
        let from = if source == "definition" { ", defined in the text" } else { "" };
        let _ = writeln!(out, "  {short}{:pad$}  {full}  ×{times}{from}", "");
    }
}

fn repairs(doc: &Document<'_>, out: &mut String) {
    let _ = writeln!(out, "\nREPAIRS ({})", doc.repairs().len());
    for r in doc.repairs() {
        let verdict = match (r.applied, r.kind) {
            (true, _) => "repaired",
            (false, vanban::repair::RepairKind::Variant) => "accepted variant, left",
            (false, _) => "suggestion only",
        };
        let name = one_line(r.span.of(doc.text()));
        let _ = writeln!(out, "\n  {name} → {}  ({verdict}, {:.0} %)", r.replacement, r.confidence * 100.0);
        let _ = writeln!(out, "    at bytes {:?}", r.span);
        for e in &r.evidence {
            let _ = writeln!(out, "    {:+.1}  {}", e.log_odds, e.words);
        }
    }
}
