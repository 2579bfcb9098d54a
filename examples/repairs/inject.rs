//! One misprint in each article, and what becomes of it.

use std::collections::BTreeMap;

use vanban::Analyzer;
use vanban::syllable::Syllable;

use crate::articles::{Chance, hash, is_for_training, records, text};
use crate::slips::{KINDS, misspell};

/// An article with one name misspelt once.
pub struct Injected {
    pub text: String,
    pub wrong: String,
    pub right: String,
    pub kind: &'static str,
    /// Where the wrong form begins.
    pub start: usize,
    /// How often the right form is still written.
    pub others: usize,
}

/// Names of three words and more that the article writes twice or more, with the places of their mentions.
pub fn names(doc: &vanban::Document<'_>) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut names: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for m in doc.mentions() {
        let name = m.span.of(doc.text());
        let words = name.split(' ').count();
        if (3..=5).contains(&words)
            && name.split(' ').all(|w| Syllable::parse(w).is_some())
            && name.chars().any(char::is_lowercase)
        {
            names.entry(name.to_string()).or_default().push((m.span.start, m.span.end));
        }
    }
    names
}

/// Misspells one mention of a name that is written at least twice.
pub fn inject(doc: &vanban::Document<'_>, kinds: &[&'static str], chance: &mut Chance) -> Option<Injected> {
    let names = names(doc);
    let often: Vec<_> = names.iter().filter(|(_, at)| at.len() >= 2).collect();
    let (right, at) = *chance.pick(&often)?;
    let kind = *chance.pick(kinds)?;
    let wrong = misspell(right, kind, chance)?;
    if names.contains_key(&wrong) {
        return None;
    }
    let &(start, end) = chance.pick(at)?;
    let text = doc.text();
    Some(Injected {
        text: [&text[..start], &wrong, &text[end..]].concat(),
        wrong,
        right: right.clone(),
        kind,
        start,
        others: at.len() - 1,
    })
}

#[derive(Default)]
struct Tally {
    made: usize,
    mended: usize,
    /// Made, and mended, where the right form is still written twice or more.
    clear: usize,
    clear_mended: usize,
    wrong: usize,
}

/// Prints recall and precision by kind of slip over the articles that are not learned from.
pub fn measure(articles: &str, seed: u64, errors: bool) -> Result<(), String> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let analyzer = Analyzer::new();
    let mut n_elsewhere = 0;
    for record in records(articles)? {
        let id = text(&record, "id");
        if is_for_training(id) {
            continue;
        }
        let doc = analyzer.analyze(text(&record, "text"));
        let mut chance = Chance(seed ^ hash(id));
        let Some(made) = (0..20).find_map(|_| inject(&doc, &KINDS, &mut chance)) else { continue };
        let after = analyzer.analyze(&made.text);
        let tally = tallies.entry(made.kind).or_default();
        tally.made += 1;
        tally.clear += usize::from(made.others > 1);
        let place = made.start..made.start + made.wrong.len();
        let repair = after.repairs().iter().find(|r| r.applied && r.span.start < place.end && place.start < r.span.end);
        let mended = repair.is_some_and(|r| {
            let text = &made.text;
            [&text[..r.span.start], &r.replacement, &text[r.span.end..]].concat() == doc.text()
        });
        tally.mended += usize::from(mended);
        tally.clear_mended += usize::from(mended && made.others > 1);
        let elsewhere = after.repairs().iter().filter(|r| r.applied && !place.contains(&r.span.start));
        let before = doc.repairs().iter().filter(|r| r.applied).count();
        n_elsewhere += elsewhere.count().saturating_sub(before);
        if let Some(r) = repair.filter(|_| !mended) {
            tally.wrong += 1;
            if errors {
                println!("{id}\t{}\twrong\t{} → {}\t{}", made.kind, made.wrong, r.replacement, made.right);
            }
        } else if errors && !mended {
            println!("{id}\t{}\tmissed\t{}\t{}\t{}", made.kind, made.wrong, made.right, made.others);
        }
    }
    println!("slip\tmade\tmended\trecall\trecall with majority\tprecision");
    let row = |name: &str, t: &Tally| {
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        let recall = share(t.mended, t.made);
        let (clear, precision) = (share(t.clear_mended, t.clear), share(t.mended, t.mended + t.wrong));
        println!("{name}\t{}\t{}\t{recall:.1}\t{clear:.1}\t{precision:.1}", t.made, t.mended);
    };
    let mut all = Tally::default();
    for kind in KINDS {
        if let Some(t) = tallies.get(kind) {
            row(kind, t);
            all.made += t.made;
            all.mended += t.mended;
            all.wrong += t.wrong;
            all.clear += t.clear;
            all.clear_mended += t.clear_mended;
        }
    }
    row("all", &all);
    println!("repairs of other names that the misprint brought about: {n_elsewhere}");
    Ok(())
}
