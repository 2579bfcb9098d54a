//! Learns and measures the repair of misspelt names.
//!
//! ```text
//! cargo run --release --example repairs -- train GOLD ARTICLES --out data/repair_weights.tsv [--held-out FILE]
//! cargo run --release --example repairs -- inject ARTICLES [--seed N]
//! cargo run --release --example repairs -- sample ARTICLES [--seed N] [--count N]
//! ```
//! GOLD: labelled near-equal names, `{"id","text","pairs":[{"major","minor","label","right",…}]}` a line; ARTICLES:
//! `{"id","text"}` a line, standard input for `-`. Same files and seed, same output.
//!
//! *train* learns the weights from GOLD and from misprints and namesakes made in every other article, and prints the
//! figures of five-fold cross-validation, folds grouped by name. *inject* makes one misprint in each of the remaining
//! articles and prints recall and precision by kind of slip. *sample* draws applied repairs with their surroundings, to be
//! judged by a reader.

mod articles;
mod inject;
mod learn;
mod sample;
mod slips;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Learns and measures the repair of misspelt names")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learn the weights, print cross-validation
    Train {
        /// Labelled near-equal names, JSON lines
        gold: String,
        /// Articles, JSON lines
        articles: String,
        /// Where the weights are written
        #[arg(long)]
        out: String,
        /// Where the repairs of the held-out folds are written, as `analyze --jsonl` prints them
        #[arg(long)]
        held_out: Option<String>,
    },
    /// One misprint in each article: recall and precision by kind of slip
    Inject {
        /// Articles, JSON lines
        articles: String,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print every miss
        #[arg(long)]
        errors: bool,
    },
    /// Applied repairs drawn at random, with their surroundings
    Sample {
        /// Articles, JSON lines
        articles: String,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 100)]
        count: usize,
    },
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Train { gold, articles, out, held_out } => learn::train(&gold, &articles, &out, held_out.as_deref()),
        Command::Inject { articles, seed, errors } => inject::measure(&articles, seed, errors),
        Command::Sample { articles, seed, count } => sample::draw(&articles, seed, count),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("repairs: {reason}");
            ExitCode::from(2)
        }
    }
}
