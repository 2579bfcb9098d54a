//! Golden rows: `tests/data/*.tsv` through the public functions.

use vanban::person::Relation;

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let content = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let row = |line: &str| line.split('\t').map(str::to_string).collect();
    let rows: Vec<Vec<String>> = content.lines().filter(|l| !l.starts_with('#')).map(row).collect();
    assert!(rows.len() >= 20, "{file} has only {} rows", rows.len());
    rows
}

fn check(file: &str, actual: impl Fn(&str) -> String) {
    let mut wrong = Vec::new();
    for row in rows(file) {
        let [text, expected, reason] = row.as_slice() else { panic!("{file}: {row:?} has not three columns") };
        let actual = actual(text);
        if &actual != expected {
            wrong.push(format!("{reason}: {text}\n  expected {expected}\n  actual   {actual}"));
        }
    }
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

fn or_dash(items: Vec<String>) -> String {
    if items.is_empty() { "-".into() } else { items.join(" | ") }
}

#[test]
fn tones_are_placed_in_both_styles() {
    use vanban::normalize::{Normalizer, TonePlacement};
    let style = |tone| Normalizer::builder().tone(tone).build();
    let (first, second) = (style(TonePlacement::FirstVowel), style(TonePlacement::SecondVowel));
    let mut wrong = Vec::new();
    for row in rows("tone_placement.tsv") {
        let [input, one, two, reason] = row.as_slice() else { panic!("{row:?} has not four columns") };
        for (n, expected) in [(first, one), (second, two)] {
            let actual = n.normalize(input);
            if actual != *expected {
                wrong.push(format!("{reason}: {input} expected {expected} actual {actual}"));
            }
            // A right word comes back borrowed.
            let stays = n.normalize(expected);
            assert!(matches!(stays, std::borrow::Cow::Borrowed(_)), "{expected} became {stays}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn foreign_and_technical_words_stay() {
    use vanban::normalize::{Normalizer, TonePlacement};
    let words = rows("untouched.tsv");
    assert!(words.len() >= 1000);
    for tone in [TonePlacement::Preserve, TonePlacement::FirstVowel, TonePlacement::SecondVowel] {
        let n = Normalizer::builder().tone(tone).build();
        for row in &words {
            for text in [row[0].clone(), format!("ông {} ở Đức", row[0])] {
                let out = n.normalize(&text);
                assert!(matches!(out, std::borrow::Cow::Borrowed(_)), "{text} became {out}");
            }
        }
    }
}

#[test]
fn abbreviations_are_expanded_or_stay() {
    check("abbreviations.tsv", |text| {
        let doc = vanban::analyze(text);
        or_dash(
            doc.abbreviations()
                .iter()
                .map(|a| match &a.expansion {
                    Some(full) => format!("{}={full}", a.text(text)),
                    None => a.text(text).to_string(),
                })
                .collect(),
        )
    });
}

#[test]
fn persons_have_their_titles() {
    check("persons.tsv", |text| {
        let doc = vanban::analyze(text);
        let mention = |m: &vanban::person::Mention| {
            let mut out = format!("{}:", m.span.of(text));
            for t in &m.titles {
                let relation = match t.relation {
                    Relation::Before => '<',
                    Relation::After => '>',
                    _ => '=',
                };
                out.push_str(&format!(" {relation}{}", t.span.of(text)));
            }
            out
        };
        or_dash(doc.mentions().iter().map(mention).collect())
    });
}
