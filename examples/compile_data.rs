//! Compiles `data/*.tsv` into `data/lexicon.bin` and its cells in `data/lexicon.txt`, and the normaliser's automaton into
//! `data/clean.bin`; the library reads all of them in place.
//!
//! ```text
//! cargo run --example compile_data            # writes data/lexicon.bin
//! cargo run --example compile_data -- DIR     # the same for another folder
//! ```

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir =
        std::env::args().nth(1).map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data"), PathBuf::from);
    match compile(&dir) {
        Ok(bytes) => {
            eprintln!("{}: {bytes} bytes", dir.join("lexicon.bin").display());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::from(2)
        }
    }
}

fn compile(dir: &std::path::Path) -> Result<usize, String> {
    let read = |name: &str| {
        let path = dir.join(name);
        std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let contents = vanban::lexicon::FILES.iter().map(|name| read(name)).collect::<Result<Vec<_>, _>>()?;
    let contents: Vec<&str> = contents.iter().map(String::as_str).collect();
    let lexicon = vanban::lexicon::compile(&contents).map_err(|e| e.to_string())?;
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.join(name);
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))
    };
    write("lexicon.bin", &lexicon.index)?;
    write("lexicon.txt", lexicon.cells.as_bytes())?;
    let syllables = vanban::syllable::compile(&read("syllables.tsv")?)?;
    if std::fs::read(dir.join("syllables.bin")).ok().as_ref() != Some(&syllables) {
        write("syllables.bin", &syllables)?;
        return Err("the numbers of the syllables have changed: run it again".to_owned());
    }
    let words =
        vanban::segment::FILES.iter().map(|name| read(&format!("words/{name}"))).collect::<Result<Vec<_>, _>>()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    write("words.bin", &vanban::segment::compile(&words)?)?;
    write("clean.bin", &vanban::normalize::compile_automaton())?;
    Ok(lexicon.index.len())
}
