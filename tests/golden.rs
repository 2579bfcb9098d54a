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
