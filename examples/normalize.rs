//! Puts the diacritics of a text right, line by line: Unicode form, tone placement, legacy encodings, folding for search.
//!
//! ```text
//! cargo run --release --example normalize -- [OPTIONS] [FILE]…
//!   --tone preserve|first|second     first vowel: hòa, thủy; second vowel: hoà, thuỷ; preserve repairs what is wrong in both
//!   --form nfc|nfd
//!   --from tcvn3|vni|viscii|viqr|cp1258|auto
//!   --fold tone-style|tone|mark|ascii
//! ```
//! Reads UTF-8 (or the encoding named) from the files, standard input for `-` or none; memory does not grow with them.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use vanban::legacy::{self, DetectedEncoding, Encoding};
use vanban::normalize::{Fold, Form, Normalizer, TonePlacement, fold};

#[derive(Parser)]
#[command(about = "Unicode form, tone placement, legacy encodings and folding of Vietnamese text, line by line")]
struct Args {
    /// Where tone marks belong
    #[arg(long, value_enum, default_value = "preserve")]
    tone: Tone,
    /// Unicode form of the output
    #[arg(long, value_enum, default_value = "nfc")]
    form: FormName,
    /// Encoding of the input
    #[arg(long, value_enum)]
    from: Option<From>,
    /// Fold for search
    #[arg(long, value_enum)]
    fold: Option<Degree>,
    /// Turn every kind of space, dash and quotation mark into the plain one and remove invisible characters
    #[arg(long)]
    plain: bool,
    /// Files to read; standard input for - or none
    files: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tone {
    Preserve,
    First,
    Second,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormName {
    Nfc,
    Nfd,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum From {
    Tcvn3,
    Vni,
    Viscii,
    Viqr,
    Cp1258,
    Auto,
}

#[derive(Clone, Copy, ValueEnum)]
enum Degree {
    ToneStyle,
    Tone,
    Mark,
    Ascii,
}

/// Why the program ends early.
enum Stop {
    /// Nobody reads any more: no error.
    Pipe,
    Failure(String),
}

impl std::convert::From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::BrokenPipe { Self::Pipe } else { Self::Failure(format!("standard output: {e}")) }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let names = if args.files.is_empty() { vec!["-".to_string()] } else { args.files.clone() };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = names.iter().try_for_each(|name| convert(name, &args, &mut out));
    let flushed = out.flush().map_err(Stop::from);
    match done.and(flushed) {
        Ok(()) | Err(Stop::Pipe) => ExitCode::SUCCESS,
        Err(Stop::Failure(reason)) => {
            eprintln!("normalize: {reason}");
            ExitCode::from(2)
        }
    }
}

/// Bytes at the beginning of a file from which its encoding is guessed.
const SAMPLE: usize = 1 << 16;

fn convert(name: &str, args: &Args, out: &mut impl Write) -> Result<(), Stop> {
    let fail = |e: io::Error| Stop::Failure(format!("{name}: {e}"));
    let input: Box<dyn Read> =
        if name == "-" { Box::new(io::stdin()) } else { Box::new(File::open(name).map_err(fail)?) };
    let mut reader = BufReader::with_capacity(SAMPLE, input);
    let encoding = match args.from {
        None => None,
        Some(From::Auto) => match legacy::detect(reader.fill_buf().map_err(fail)?).map(|d| d.encoding) {
            Some(DetectedEncoding::Legacy(encoding)) => Some(encoding),
            _ => None,
        },
        Some(from) => Some(match from {
            From::Tcvn3 => Encoding::Tcvn3,
            From::Vni => Encoding::Vni,
            From::Viscii => Encoding::Viscii,
            From::Viqr => Encoding::Viqr,
            _ => Encoding::Windows1258,
        }),
    };
    let normalizer = normalizer(args);
    let mut line = Vec::new();
    let mut offset = 0;
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(fail)? == 0 {
            return Ok(());
        }
        let text =
            match encoding {
                Some(encoding) => Cow::Owned(legacy::decode(encoding, &line).map_err(|e| {
                    Stop::Failure(format!("{name}: byte {}: 0x{:02X} is no {encoding}", offset + e.offset, e.byte))
                })?),
                None => Cow::Borrowed(std::str::from_utf8(&line).map_err(|e| {
                    Stop::Failure(format!("{name}: invalid UTF-8 at byte {}", offset + e.valid_up_to()))
                })?),
            };
        let text = if args.from == Some(From::Auto) { mixed(text) } else { text };
        let text = normalizer.normalize(&text);
        let folded = match args.fold {
            Some(degree) => fold(
                &text,
                match degree {
                    Degree::ToneStyle => Fold::ToneStyle,
                    Degree::Tone => Fold::Tone,
                    Degree::Mark => Fold::Mark,
                    Degree::Ascii => Fold::Ascii,
                },
            ),
            None => Cow::Borrowed(&*text),
        };
        out.write_all(folded.as_bytes())?;
        offset += line.len();
    }
}

/// Runs of legacy encodings and mis-read UTF-8 in a line of Unicode.
fn mixed(text: Cow<'_, str>) -> Cow<'_, str> {
    let repaired = match legacy::repair_mojibake(&text).0 {
        Cow::Borrowed(_) => None,
        Cow::Owned(s) => Some(s),
    };
    let text = repaired.map_or(text, Cow::Owned);
    match legacy::decode_mixed(&text).0 {
        Cow::Borrowed(_) => text,
        Cow::Owned(s) => Cow::Owned(s),
    }
}

fn normalizer(args: &Args) -> Normalizer {
    let tone = match args.tone {
        Tone::Preserve => TonePlacement::Preserve,
        Tone::First => TonePlacement::FirstVowel,
        Tone::Second => TonePlacement::SecondVowel,
    };
    let form = match args.form {
        FormName::Nfc => Form::Nfc,
        FormName::Nfd => Form::Nfd,
    };
    let n = Normalizer::builder().tone(tone).form(form);
    if args.plain { n.spaces(true).dashes(true).quotes(true).invisible(true).build() } else { n.build() }
}
