//! The data files and what is compiled from them.

use std::path::Path;

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn the_blob_is_compiled_from_the_data_files() {
    let contents: Vec<String> = vanban::lexicon::FILES.iter().map(|f| data(f)).collect();
    let contents: Vec<&str> = contents.iter().map(String::as_str).collect();
    let compiled = vanban::lexicon::compile(&contents).unwrap_or_else(|e| panic!("{e}"));
    let checked_in = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon.bin")).unwrap();
    assert!(compiled == checked_in, "run `cargo run --example compile_data`");
}

#[test]
fn the_automaton_is_made_from_the_syllable_tables() {
    let checked_in = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/clean.bin")).unwrap();
    assert!(vanban::normalize::compile_automaton() == checked_in, "run `cargo run --example compile_data`");
}

#[test]
fn every_data_file_has_a_row_of_provenance() {
    let readme = data("README.md");
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".tsv") {
            assert!(readme.contains(&format!("`{name}`")), "{name} is missing in data/README.md");
        }
    }
}

#[test]
fn the_files_are_in_nfc_with_one_header() {
    use unicode_normalization::is_nfc;
    for name in vanban::lexicon::FILES {
        let content = data(name);
        assert!(content.starts_with('#') && content.ends_with('\n'), "{name}");
        for (i, line) in content.lines().enumerate() {
            assert!(is_nfc(line), "{name}:{} is not NFC", i + 1);
        }
    }
}

#[test]
fn a_bad_data_file_is_named_with_line_and_reason() {
    let mut contents: Vec<&str> = vec!["# a\tb\nông\tx\n"; vanban::lexicon::FILES.len()];
    contents[2] = "# a\tb\nông\tx\nbà\n";
    let e = vanban::lexicon::compile(&contents).unwrap_err();
    assert_eq!(e.to_string(), "organisations.tsv:3: 1 columns instead of 2");
    contents[2] = "# a\tb\n19/7/2017\tx\n";
    let e = vanban::lexicon::compile(&contents).unwrap_err();
    assert!(e.to_string().starts_with("organisations.tsv:2: 19/7/2017: "), "{e}");
    assert!(vanban::lexicon::compile(&[]).is_err());
}
