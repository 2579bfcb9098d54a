//! x
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};
fn main() {
    let stdin = io::stdin();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in stdin.lock().lines() {
        let line = line.unwrap();
        let v: Value = serde_json::from_str(&line).unwrap();
        let text = v["text"].as_str().unwrap();
        let d = vanban::analyze(text);
        let o = json!({"id": v["id"], "mentions": d.mentions().iter().map(|m| json!({"start": m.span.start, "end": m.span.end, "text": m.span.of(text), "person": m.person,
          "titles": m.titles.iter().map(|t| json!({"start": t.span.start, "end": t.span.end, "text": t.span.of(text), "kind": t.kind.as_str(), "relation": t.relation.as_str(), "expanded": t.expanded, "status": t.status.as_str(), "role": t.role, "organisation": t.organisation, "place": t.place, "level": t.level.map(|l| l.as_str())})).collect::<Vec<_>>()})).collect::<Vec<_>>(),
          "abbreviations": d.abbreviations().iter().map(|a| json!({"start": a.span.start, "end": a.span.end, "text": a.text(text), "expansion": a.expansion, "confidence": a.confidence, "alternatives": a.alternatives})).collect::<Vec<_>>(),
          "repairs": d.repairs().iter().map(|r| json!({"start": r.span.start, "end": r.span.end, "text": r.span.of(text), "replacement": r.replacement, "kind": r.kind.as_str(), "confidence": r.confidence, "applied": r.applied, "evidence": r.evidence})).collect::<Vec<_>>()});
        writeln!(out, "{o}").unwrap();
    }
}
