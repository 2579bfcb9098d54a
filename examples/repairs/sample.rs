//! Applied repairs drawn at random, for a reader.

use crate::articles::{Chance, hash, records, text};

/// Prints how many repairs are applied, and draws some of them: one a line, the article's id, wrong and right form, slip,
/// confidence, and the surroundings of both.
pub fn draw(articles: &str, seed: u64, count: usize) -> Result<(), String> {
    let mut rows: Vec<(u64, String)> = Vec::new();
    let (mut n_articles, mut n_suggested) = (0usize, 0usize);
    for record in records(articles)? {
        n_articles += 1;
        let (id, body) = (text(&record, "id"), text(&record, "text"));
        let doc = vanban::analyze(body);
        let mut seen = std::collections::BTreeSet::new();
        n_suggested += doc.repairs().iter().filter(|r| !r.applied).count();
        for r in doc.repairs().iter().filter(|r| r.applied) {
            let wrong = r.span.of(body);
            if !seen.insert((wrong, r.replacement.as_str())) {
                continue;
            }
            let around = |start: usize, end: usize| {
                let from = body[..start].char_indices().rev().nth(70).map_or(0, |c| c.0);
                let to = body[end..].char_indices().nth(70).map_or(body.len(), |c| end + c.0);
                format!("{}[{}]{}", &body[from..start], &body[start..end], &body[end..to]).replace(['\n', '\t'], " ")
            };
            let right = body.find(&r.replacement).map_or(String::new(), |at| around(at, at + r.replacement.len()));
            let evidence: Vec<&str> = r.evidence.iter().take(6).map(|e| e.words.as_str()).collect();
            let line = format!(
                "{id}\t{wrong}\t{}\t{}\t{:.2}\t{}\t{right}\t{}",
                r.replacement,
                r.slip.as_str(),
                r.confidence,
                around(r.span.start, r.span.end),
                evidence.join("; ")
            );
            rows.push((Chance(seed ^ hash(&line)).next(), line));
        }
    }
    println!("# {n_articles} articles, {} names repaired, {n_suggested} suggestions", rows.len());
    rows.sort();
    for (_, line) in rows.into_iter().take(count) {
        println!("{line}");
    }
    Ok(())
}
