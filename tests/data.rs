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
    assert!(
        compiled.index == checked_in && compiled.cells == data("lexicon.txt"),
        "run `cargo run --example compile_data`"
    );
}

#[test]
fn the_automaton_is_made_from_the_syllable_tables() {
    let checked_in = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/clean.bin")).unwrap();
    assert!(vanban::normalize::compile_automaton() == checked_in, "run `cargo run --example compile_data`");
}

fn blob(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn the_syllables_in_use_are_compiled_from_their_list() {
    let compiled = vanban::syllable::compile(&data("syllables.tsv")).unwrap_or_else(|e| panic!("{e}"));
    assert!(compiled == blob("syllables.bin"), "run `cargo run --example compile_data`");
}

#[test]
fn the_word_model_is_compiled_from_its_text_form() {
    let files: Vec<String> = vanban::segment::FILES.iter().map(|f| data(&format!("words/{f}"))).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let compiled = vanban::segment::compile(&files).unwrap_or_else(|e| panic!("{e}"));
    assert!(compiled == blob("words.bin"), "run `cargo run --example compile_data`");
}

#[test]
fn every_data_file_has_a_row_of_provenance() {
    let readme = data("README.md");
    let mut n = 0;
    for dir in ["", "words/"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(dir)).unwrap() {
            let name = dir.to_string() + &entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".tsv") || name.ends_with(".bin") {
                assert!(readme.contains(&format!("`{name}`")), "{name} is missing in data/README.md");
                n += 1;
            }
        }
    }
    assert!(n > 25);
}

#[test]
fn the_files_are_in_nfc_with_one_header() {
    use unicode_normalization::is_nfc;
    let words = vanban::segment::FILES.map(|name| format!("words/{name}"));
    let others = vanban::lexicon::FILES.into_iter().chain(["syllables.tsv"]).map(str::to_string);
    for name in others.chain(words) {
        let content = data(&name);
        assert!(content.starts_with('#') && content.ends_with('\n'), "{name}");
        for (i, line) in content.lines().enumerate() {
            assert!(is_nfc(line), "{name}:{} is not NFC", i + 1);
        }
    }
}

fn table(name: &str) -> Vec<Vec<String>> {
    let rows = |l: &str| l.split('\t').map(str::to_string).collect();
    data(name).lines().filter(|l| !l.starts_with('#')).map(rows).collect()
}

/// `1981-1992`, `2025-`, `-2025` or `-`.
fn is_years(cell: &str) -> bool {
    let year = |y: &str| y.is_empty() || y.parse::<u16>().is_ok_and(|y| (1930..2100).contains(&y));
    cell.split_once('-').is_some_and(|(from, until)| year(from) && year(until))
}

#[test]
fn abbreviations_have_senses_that_can_be_told_apart() {
    let rows = table("abbreviations.tsv");
    let mut forms = std::collections::BTreeMap::new();
    for row in &rows {
        let [short, full, domain, prior, before, after, valid, grade, _] = row.as_slice() else { panic!("{row:?}") };
        assert!(["sure", "likely", "cue", "domain", "never"].contains(&prior.as_str()), "{short}: {prior}");
        assert!(domain.bytes().all(|b| b.is_ascii_lowercase()) && is_years(valid), "{short}: {domain} {valid}");
        assert!(["A", "B", "C", "V"].contains(&grade.as_str()), "{short}: {grade}");
        assert_eq!(full == "-", prior == "never", "{short}");
        let has_cue = |cell: &str| cell.split('|').any(|c| !c.is_empty() && !"+-".contains(c) && !c.starts_with('!'));
        assert!(!["cue", "domain"].contains(&prior.as_str()) || has_cue(before) || has_cue(after), "{short}: no cue");
        for variant in short.split('|') {
            let senses: &mut Vec<(String, String)> = forms.entry(variant.to_string()).or_default();
            assert!(senses.iter().all(|s| s.0 != *full), "{variant}: {full} stands twice");
            let settled = |p: &str| p == "sure" || p == "likely";
            assert!(!settled(prior) || senses.iter().all(|s| !settled(&s.1)), "{variant}: two usual senses");
            senses.push((full.clone(), prior.clone()));
        }
    }
    let written_out = forms.values().filter(|senses| senses.iter().any(|s| s.0 != "-")).count();
    assert!(written_out >= 1000, "{written_out}");
}

#[test]
fn rows_of_one_document_code_stand_together() {
    let rows = table("document_codes.tsv");
    let mut seen = std::collections::BTreeSet::new();
    for (i, row) in rows.iter().enumerate() {
        let [code, full, class, system, valid, _] = row.as_slice() else { panic!("{row:?}") };
        assert!(["type", "body", "unit"].contains(&class.as_str()), "{code}: {class}");
        assert!(["state", "party", "old", "-"].contains(&system.as_str()), "{code}: {system}");
        assert!(full.starts_with(char::is_uppercase) && is_years(valid), "{code}: {full} {valid}");
        assert!(seen.insert(code.clone()) || rows[i - 1][0] == *code, "{code} stands in two places");
    }
}

#[test]
fn parts_of_abbreviations_have_a_class() {
    let rows = table("abbreviation_parts.tsv");
    for row in &rows {
        let [part, _, class, follows, _] = row.as_slice() else { panic!("{row:?}") };
        assert!(["role", "organ", "body", "field", "scope"].contains(&class.as_str()), "{part}: {class}");
        for before in follows.split('|').filter(|f| *f != "-") {
            assert!(rows.iter().any(|r| r[0] == before), "{part} follows {before}, which is no part");
        }
    }
    for row in table("definition_words.tsv") {
        assert!(["announcer", "link", "head"].contains(&row[1].as_str()), "{row:?}");
    }
}

#[test]
fn a_bad_data_file_is_named_with_line_and_reason() {
    let reason = |contents: &[&str]| vanban::lexicon::compile(contents).unwrap_err().to_string();
    let mut contents: Vec<&str> = vanban::lexicon::FILES
        .iter()
        .map(|file| match *file {
            "titles.tsv" => "# head\tkind\nông\tposition\n",
            "organisations.tsv" => "# name\tlevel\tkind\nông\t-\tbody\n",
            "title_words.tsv" => "# word\tclass\nông\tlink\n",
            "context_words.tsv" => "# phrase\tclass\nông\tverb\n",
            "places.tsv" => "# name\ttype\tlevel\nông\t-\tcity\n",
            "foreign_names.tsv" => "# name\tcount\tclass\nông\t1\tgiven\n",
            "name_syllables.tsv" => "# syllable\tsurname\tmiddle\tgiven\tcapital\nông\t0\t0\t1\t2\n",
            _ => "# a\tb\nông\tx\n",
        })
        .collect();
    assert!(vanban::lexicon::compile(&contents).is_ok());
    let good = contents[2];
    contents[2] = "# name\tlevel\tkind\nông\t-\tbody\nbà\tbody\n";
    assert_eq!(reason(&contents), "organisations.tsv:3: 2 columns instead of 3");
    contents[2] = "# name\tlevel\tkind\n19/7/2017\t-\tbody\n";
    assert!(reason(&contents).starts_with("organisations.tsv:2: 19/7/2017: "), "{}", reason(&contents));
    contents[2] = "# name\tlevel\tkind\nông\t-\tbodies\n";
    assert_eq!(reason(&contents), "organisations.tsv:2: ông: the class is none of this file's");
    contents[2] = good;
    contents[0] = "# short\tfull\tdomain\tprior\tbefore\tafter\nCT\tx\tstate\tcue\t19/7/2017\t-\n";
    assert!(reason(&contents).starts_with("abbreviations.tsv:2: 19/7/2017: the cue "), "{}", reason(&contents));
    assert!(vanban::lexicon::compile(&[]).is_err());
}
