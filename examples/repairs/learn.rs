//! Learns the weights of evidence by logistic regression.
//!
//! Rows come from the labelled articles and from articles in which a misprint or a namesake
//! was made: a *namesake* is another person of the same article, renamed everywhere to a name near to a first one's, so
//! that all that the text says of two people stays true. Newton's method with a penalty on the squares; no chance but the
//! seed of the makings, so the same files give the same weights.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};
use vanban::Analyzer;
use vanban::repair::{Feature, NearEqual, Slip, Weights};

use crate::articles::{Chance, hash, is_for_training, records, text};
use crate::inject::{inject, names};
use crate::slips::{KINDS, misspell};

/// One comparison with its label.
struct Row {
    values: Vec<f64>,
    is_misprint: bool,
    weight: f64,
}

/// Features that no labels teach: their weights are set by hand, for reasons that stand beside them here.
const BY_HAND: [(Feature, f32); 4] = [
    // A name of the roster alone may be another person's; with a form that cannot be a name it is enough.
    (Feature::Roster, -1.5),
    // The office has one holder at a time.
    (Feature::RosterTitle, 8.0),
    // What the user knows to be right is never changed.
    (Feature::RosterForm, -20.0),
    // Letters that are no syllable cannot be the right form of ones that are.
    (Feature::RightNoSyllable, -6.0),
];

/// Share of the whole weight that the labelled articles have; there are few, but they are real.
const SHARE_OF_GOLD: f64 = 0.35;

/// Penalty on the square of each weight.
const PENALTY: f64 = 1.0;

pub fn train(gold: &str, articles: &str, out: &str, held_out: Option<&str>) -> Result<(), String> {
    let gold = records(gold)?;
    let made = made_rows(articles)?;
    let folds = folds(&gold);
    let analyzer = Analyzer::new();
    let labelled: Vec<Vec<Row>> = gold.iter().map(|g| gold_rows(&analyzer, g)).collect();
    let mut lines = String::new();
    for fold in 0..FOLDS {
        let rows: Vec<&Row> =
            labelled.iter().zip(&folds).filter(|(_, f)| **f != fold).flat_map(|(rows, _)| rows).collect();
        let analyzer = Analyzer::new().repair_weights(fit(&rows, &made)).repair_threshold(0.3);
        for (record, _) in gold.iter().zip(&folds).filter(|(_, f)| **f == fold) {
            let _ = writeln!(lines, "{}", repairs(&analyzer, record));
        }
    }
    if let Some(name) = held_out {
        std::fs::write(name, lines).map_err(|e| format!("{name}: {e}"))?;
    }
    let all: Vec<&Row> = labelled.iter().flatten().collect();
    let misprints = |rows: &[&Row]| rows.iter().filter(|r| r.is_misprint).count();
    let made_refs: Vec<&Row> = made.iter().collect();
    println!("labelled: {} comparisons, {} misprints", all.len(), misprints(&all));
    println!("made: {} comparisons, {} misprints", made.len(), misprints(&made_refs));
    let weights = fit(&all, &made);
    std::fs::write(out, table(&weights, all.len(), made.len())).map_err(|e| format!("{out}: {e}"))
}

fn table(weights: &Weights, n_gold: usize, n_made: usize) -> String {
    let mut out = String::from("# evidence\tweight\tmeaning\n");
    let _ = writeln!(
        out,
        "# Log-odds (natural logarithm) that a name is a misprint of a near-equal one: the sum of weight times value."
    );
    let _ = writeln!(
        out,
        "# Values are 0 or 1 where nothing else is said. Written by `cargo run --release --example repairs -- train`"
    );
    let _ = writeln!(
        out,
        "# from {n_gold} labelled comparisons and {n_made} made ones; the roster's rows are set by hand."
    );
    for f in Feature::ALL {
        let _ = writeln!(out, "{}\t{:.2}\t{}", f.as_str(), weights.get(*f), f.meaning());
    }
    out
}

fn values(pair: &NearEqual) -> Vec<f64> {
    let mut values = vec![0.0; Feature::ALL.len()];
    for (f, v) in &pair.values {
        values[*f as usize] = f64::from(*v);
    }
    values
}

/// The labelled comparisons of one article; pairs whose right form nobody knows are left out.
fn gold_rows(analyzer: &Analyzer, record: &Value) -> Vec<Row> {
    let mut labels: BTreeMap<(String, String), bool> = BTreeMap::new();
    for p in record.get("pairs").and_then(Value::as_array).into_iter().flatten() {
        let (a, b) = (text(p, "minor").to_string(), text(p, "major").to_string());
        match (text(p, "label"), text(p, "right")) {
            ("D", _) => {
                labels.insert((a.clone(), b.clone()), false);
                labels.insert((b, a), false);
            }
            ("T", right) if right == a || right == b => {
                let wrong = if right == a { b } else { a };
                labels.insert((wrong.clone(), right.to_string()), true);
                labels.insert((right.to_string(), wrong), false);
            }
            _ => {}
        }
    }
    let pairs = analyzer.near_equal_names(text(record, "text"));
    let rows = pairs.iter().filter(|p| is_in_question(p)).filter_map(|p| {
        let is_misprint = *labels.get(&(p.wrong.clone(), p.right.clone()))?;
        Some(Row { values: values(p), is_misprint, weight: 1.0 })
    });
    rows.collect()
}

/// Comparisons of misprints and namesakes made in every other article.
fn made_rows(articles: &str) -> Result<Vec<Row>, String> {
    let analyzer = Analyzer::new();
    let mut rows = Vec::new();
    for record in records(articles)?.iter().filter(|r| is_for_training(text(r, "id"))) {
        let doc = analyzer.analyze(text(record, "text"));
        let mut chance = Chance(hash(text(record, "id")));
        for kinds in [&KINDS[..], &QUIET_KINDS] {
            if let Some(made) = (0..20).find_map(|_| inject(&doc, kinds, &mut chance)) {
                rows.extend(rows_between(&analyzer, &made.text, &made.wrong, &made.right, true));
            }
        }
        if let Some((text, other, first)) = (0..20).find_map(|_| namesake(&doc, &mut chance)) {
            rows.extend(rows_between(&analyzer, &text, &other, &first, false));
        }
    }
    Ok(rows)
}

fn rows_between(analyzer: &Analyzer, text: &str, wrong: &str, right: &str, is_misprint: bool) -> Vec<Row> {
    let pairs = analyzer.near_equal_names(text);
    let between = |p: &&NearEqual| p.wrong == wrong && p.right == right || p.wrong == right && p.right == wrong;
    let row = |p: &NearEqual| Row { values: values(p), is_misprint: is_misprint && p.wrong == wrong, weight: 1.0 };
    pairs.iter().filter(between).filter(|p| is_in_question(p)).map(row).collect()
}

/// Whether a repair in this direction could be applied: to the more frequent form, or from one that cannot be a name.
/// The other direction teaches nothing about who is one person.
fn is_in_question(pair: &NearEqual) -> bool {
    let value = |f: Feature| pair.values.iter().find(|v| v.0 == f).map_or(0.0, |v| v.1);
    let impossible =
        matches!(pair.slip, Slip::Typing | Slip::LookAlike | Slip::SpaceMissing | Slip::SpaceExtra | Slip::Capital)
            || value(Feature::NoSyllable) > 0.0;
    pair.slip != Slip::Variant && (impossible || value(Feature::Ratio) > 0.0)
}

/// The article with another person renamed to a name near to a first one's: the text, the new name, the first name.
fn namesake(doc: &vanban::Document<'_>, chance: &mut Chance) -> Option<(String, String, String)> {
    let names: Vec<String> = names(doc).into_keys().collect();
    let (first, other) = (chance.pick(&names)?, chance.pick(&names)?);
    let kind = chance.pick(&QUIET_KINDS)?;
    let new = misspell(first, kind, chance)?;
    let is_name = new.split(' ').all(|w| vanban::syllable::Syllable::parse(w).is_some());
    if first == other || names.contains(&new) || !is_name {
        return None;
    }
    let person = doc.mentions().iter().find(|m| m.span.of(doc.text()) == *other)?.person;
    let text = doc.text();
    let (mut out, mut at) = (String::new(), 0);
    let given = new.rsplit(' ').next().unwrap_or_default();
    for m in doc.mentions().iter().filter(|m| m.person == person) {
        out.push_str(&text[at..m.span.start]);
        let old = m.span.of(text);
        out.push_str(if old == *other {
            &new
        } else if old.contains(' ') {
            old
        } else {
            given
        });
        at = m.span.end;
    }
    out.push_str(&text[at..]);
    Some((out, new, first.clone()))
}

/// Slips that leave a syllable. Misprints and namesakes are made by them alike, so that which slip it is, is learned from
/// the labelled articles alone.
const QUIET_KINDS: [&str; 8] =
    ["tone lost", "tone swapped", "tone swapped", "vowel mark", "onset", "final", "letter dropped", "neighbouring key"];

const FOLDS: usize = 5;

/// The fold of each article: articles that share a name are in one.
fn folds(gold: &[Value]) -> Vec<usize> {
    let of = |g: &Value| -> Vec<String> {
        let pairs = g.get("pairs").and_then(Value::as_array).into_iter().flatten();
        pairs.flat_map(|p| [text(p, "major").to_string(), text(p, "minor").to_string()]).collect()
    };
    let mut group: Vec<usize> = (0..gold.len()).collect();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for (i, record) in gold.iter().enumerate() {
        for name in of(record) {
            let first = *by_name.entry(name).or_insert(i);
            let (old, new) = (group[i], group[first]);
            group.iter_mut().filter(|g| **g == old).for_each(|g| *g = new);
        }
    }
    // The groups in an order by chance, dealt out in turn.
    let mut roots: Vec<usize> = group.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    roots.sort_by_key(|r| hash(text(&gold[*r], "id")));
    group.iter().map(|g| roots.iter().position(|r| r == g).unwrap_or(0) % FOLDS).collect()
}

fn repairs(analyzer: &Analyzer, record: &Value) -> Value {
    let doc = analyzer.analyze(text(record, "text"));
    let repairs: Vec<Value> = doc
        .repairs()
        .iter()
        .map(|r| {
            json!({
                "start": r.span.start, "end": r.span.end, "text": r.span.of(doc.text()), "replacement": r.replacement,
                "kind": r.kind.as_str(), "confidence": (f64::from(r.confidence) * 1000.0).round() / 1000.0, "applied": r.applied,
            })
        })
        .collect();
    json!({"id": text(record, "id"), "repairs": repairs})
}

/// Newton's method on the penalised likelihood.
fn fit(gold: &[&Row], made: &[Row]) -> Weights {
    let n = Feature::ALL.len();
    let total = (gold.len() + made.len()) as f64;
    let weight = |share: f64, rows: usize| share * total / rows.max(1) as f64;
    let (of_gold, of_made) = (weight(SHARE_OF_GOLD, gold.len()), weight(1.0 - SHARE_OF_GOLD, made.len()));
    let rows: Vec<(&Row, f64)> = gold.iter().map(|r| (*r, of_gold)).chain(made.iter().map(|r| (r, of_made))).collect();
    let fixed = |f: usize| BY_HAND.iter().any(|(h, _)| *h as usize == f);
    let mut w = vec![0.0; n];
    for (f, by_hand) in BY_HAND {
        w[f as usize] = f64::from(by_hand);
    }
    for _ in 0..30 {
        let mut gradient: Vec<f64> = w.iter().map(|x| -PENALTY * x).collect();
        let mut hessian = vec![vec![0.0; n]; n];
        for (row, share) in &rows {
            let sum: f64 = row.values.iter().zip(&w).map(|(v, w)| v * w).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let share = share * row.weight;
            for (i, v) in row.values.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                gradient[i] += share * v * (f64::from(u8::from(row.is_misprint)) - p);
                for (j, u) in row.values.iter().enumerate().filter(|(_, u)| **u != 0.0) {
                    hessian[i][j] += share * v * u * p * (1.0 - p);
                }
            }
        }
        hessian.iter_mut().enumerate().for_each(|(i, row)| row[i] += PENALTY);
        // A weight set by hand is not moved.
        for i in (0..n).filter(|i| fixed(*i)) {
            gradient[i] = 0.0;
            hessian.iter_mut().for_each(|row| row[i] = 0.0);
            hessian[i] = vec![0.0; n];
            hessian[i][i] = 1.0;
        }
        let step = solve(hessian, gradient);
        w.iter_mut().zip(&step).for_each(|(w, s)| *w += s.clamp(-2.0, 2.0));
        if step.iter().all(|s| s.abs() < 1e-6) {
            break;
        }
    }
    let mut weights = Weights::default();
    for f in Feature::ALL {
        // Rounded as the file has it.
        weights.set(*f, (w[*f as usize] * 100.0).round() as f32 / 100.0);
    }
    weights
}

/// Solves a symmetric positive definite system by elimination.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        for k in i + 1..n {
            let factor = a[k][i] / a[i][i];
            if factor != 0.0 {
                let pivot = a[i].clone();
                a[k].iter_mut().zip(&pivot).for_each(|(x, p)| *x -= factor * p);
                b[k] -= factor * b[i];
            }
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}
