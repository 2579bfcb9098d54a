//! Golden rows: `tests/data/*.tsv` through the public functions.

use vanban::person::Relation;

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let content = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let row = |line: &str| line.split('\t').map(str::to_string).collect();
    let rows: Vec<Vec<String>> = content.lines().filter(|l| !l.starts_with('#')).map(row).collect();
    assert!(rows.len() >= 15, "{file} has only {} rows", rows.len());
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
        let text = text.replace('⏎', "\n");
        let shown = |a: &vanban::abbreviation::Abbreviation<'_>| match (&a.expansion, &a.name) {
            (Some(full), _) => format!("{}={full}", a.span.of(&text)),
            (None, Some(name)) => format!("{}→{name}", a.span.of(&text)),
            (None, None) => a.span.of(&text).to_string(),
        };
        or_dash(vanban::analyze(&text).abbreviations().iter().map(shown).collect())
    });
}

#[test]
fn texts_are_written_out() {
    check("expansions.tsv", |text| vanban::expand(&text.replace('⏎', "\n")).replace('\n', "⏎"));
}

#[test]
fn persons_have_their_titles() {
    check("persons.tsv", |text| {
        let text = &text.replace('⏎', "\n");
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

#[test]
fn offices_are_completed_from_the_document() {
    use vanban::person::{Status, Title, TitleKind};
    check("offices.tsv", |row| {
        let text = row.replace(" ⏎ ", "\n");
        let doc = vanban::analyze(&text);
        let office = |t: &Title| {
            let place = t.place.as_ref().map(|p| format!(" [{p}]")).unwrap_or_default();
            let status = if t.status == Status::Current { String::new() } else { format!(" {}", t.status.as_str()) };
            format!("{}{place}{status}", t.expanded.as_deref().unwrap_or("?"))
        };
        let mention = |m: &vanban::person::Mention| {
            let offices = m.titles.iter().filter(|t| t.kind == TitleKind::Position).map(office);
            format!("{}: {}", m.span.of(&text), offices.collect::<Vec<_>>().join("; "))
        };
        or_dash(doc.mentions().iter().map(mention).collect())
    });
}

#[test]
fn a_short_head_is_written_out_where_it_says_which() {
    let expanded = |text: &str| vanban::analyze(text).mentions()[0].titles[0].expanded.clone();
    // Thượng tọa, Thủ tướng, Thường trực.
    assert_eq!(expanded("TT Nguyễn Hữu Phan chủ trì."), None);
    assert_eq!(expanded("Ảnh: TS Nguyễn Hữu Phan nói."), Some("tiến sĩ".into()));
}

#[test]
fn offices_have_a_grade_and_a_term() {
    check("terms.tsv", |text| {
        let doc = vanban::analyze(text);
        let title = |t: &vanban::person::Title| {
            let mut out = t.span.of(text).to_string();
            out.extend(t.grade.map(|g| format!(" ({})", g.as_str())));
            if let Some(term) = &t.term {
                out.push_str(&format!(": {}", term.span.of(text)));
                let numbers: Vec<String> = term.numbers.iter().map(u16::to_string).collect();
                if !numbers.is_empty() {
                    out.push_str(&format!(" [{}]", numbers.join(" ")));
                }
                let year = |y: Option<u16>| y.map(|y| y.to_string()).unwrap_or_default();
                if term.from.is_some() {
                    out.push_str(&format!(" {}-{}", year(term.from), year(term.until)));
                }
            }
            out
        };
        doc.mentions().iter().flat_map(|m| &m.titles).map(title).collect::<Vec<_>>().join(" | ")
    });
}

#[test]
fn mentions_of_one_person_are_joined() {
    check("identity.tsv", |text| {
        let doc = vanban::analyze(text);
        let mentions = doc.mentions();
        let person = |p: &vanban::person::Person| {
            p.mentions.iter().map(|&m| mentions[m].span.of(text)).collect::<Vec<_>>().join(" = ")
        };
        or_dash(doc.persons().iter().map(person).collect())
    });
}

/// `\uXXXX` as the character it names.
fn unescaped(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once("\\u") {
        let (digits, tail) = after.split_at(4);
        out.push_str(before);
        out.extend(char::from_u32(u32::from_str_radix(digits, 16).unwrap()));
        rest = tail;
    }
    out + rest
}

#[test]
fn conforms_to_the_rows_that_others_can_run() {
    use vanban::normalize::{Fold, Normalizer, TonePlacement, collation_key, fold, nfc, nfd};
    let style = |tone| Normalizer::builder().tone(tone).lookalikes(false).build();
    let rows = rows("conformance.tsv");
    assert!(rows.len() > 1000);
    for row in rows {
        let [operation, input, output, reason] = row.as_slice() else { panic!("{row:?} has not four columns") };
        let (input, output) = (unescaped(input), unescaped(output));
        let actual = match operation.as_str() {
            "first-vowel" => style(TonePlacement::FirstVowel).normalize(&input).into_owned(),
            "second-vowel" => style(TonePlacement::SecondVowel).normalize(&input).into_owned(),
            "nfc" => nfc(&input).into_owned(),
            "nfd" => nfd(&input).into_owned(),
            "fold-tone" => fold(&input, Fold::Tone).into_owned(),
            "fold-mark" => fold(&input, Fold::Mark).into_owned(),
            "fold-ascii" => fold(&input, Fold::Ascii).into_owned(),
            "sorts-before" => {
                assert!(collation_key(&input) < collation_key(&output), "{input} {output}");
                continue;
            }
            other => panic!("{other} is no operation"),
        };
        assert_eq!(actual, output, "{operation} {input}: {reason}");
    }
}

#[test]
fn sentences_end_where_readers_end_them() {
    check("sentences.tsv", |text| {
        let text = text.replace('⏎', "\n");
        or_dash(vanban::sentences(&text).map(|s| s.of(&text).replace('\n', "⏎")).collect())
    });
}

#[test]
fn names_are_repaired_with_evidence_and_left_without() {
    check("repairs.tsv", |text| {
        let doc = vanban::analyze(text);
        let applied = doc.repairs().iter().filter(|r| r.applied);
        or_dash(applied.map(|r| format!("{} → {}", r.span.of(text), r.replacement)).collect())
    });
}
