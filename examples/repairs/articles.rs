//! Articles from JSON lines, and chance with a seed.

use std::fs::File;
use std::io::{BufRead, BufReader};

use serde_json::Value;

/// Reads the records of a file, one a line.
pub fn records(name: &str) -> Result<Vec<Value>, String> {
    let reader: Box<dyn BufRead> = match name {
        "-" => Box::new(BufReader::new(std::io::stdin())),
        _ => Box::new(BufReader::new(File::open(name).map_err(|e| format!("{name}: {e}"))?)),
    };
    let mut out = Vec::new();
    for (line, number) in reader.lines().zip(1..) {
        let line = line.map_err(|e| format!("{name}:{number}: {e}"))?;
        if !line.trim().is_empty() {
            out.push(serde_json::from_str(&line).map_err(|e| format!("{name}:{number}: {e}"))?);
        }
    }
    Ok(out)
}

/// A text under a key of a record.
pub fn text<'r>(record: &'r Value, key: &str) -> &'r str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A hash that does not change from one version of the compiler to the next (FNV-1a).
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Whether an article is one to learn from; the others are measured on.
pub fn is_for_training(id: &str) -> bool {
    hash(id) >> 32 & 1 == 0
}

/// Chance with a seed: SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        if list.is_empty() { None } else { list.get(self.below(list.len())) }
    }
}
