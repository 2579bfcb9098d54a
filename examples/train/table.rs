//! Files of lines, with the name for errors.

use std::path::Path;

/// A file of lines.
pub struct Table {
    name: String,
    lines: Vec<String>,
}

impl Table {
    /// Reads a whole file; corpora are small enough to be held in memory.
    pub fn read(path: &Path) -> Result<Self, String> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| format!("{name}: {e}"))?;
        let mut lines = Vec::new();
        for (i, line) in bytes.strip_suffix(b"\n").unwrap_or(&bytes).split(|&b| b == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let text = str::from_utf8(line)
                .map_err(|e| format!("{name}:{}: invalid UTF-8 at byte {}", i + 1, e.valid_up_to()))?;
            lines.push(text.to_owned());
        }
        Ok(Self { name, lines })
    }

    /// The same from a text in memory.
    #[cfg(test)]
    pub fn of(text: &str) -> Self {
        Self { name: "here".to_owned(), lines: text.lines().map(str::to_owned).collect() }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Lines that are neither empty nor begin with `#`, with their numbers from 1.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &str)> {
        let rows = self.lines.iter().enumerate().map(|(i, line)| (i + 1, line.as_str()));
        rows.filter(|(_, row)| !row.is_empty() && !row.starts_with('#'))
    }

    /// What is wrong with a line.
    pub fn error(&self, line: usize, reason: &str) -> String {
        format!("{}:{line}: {reason}", self.name)
    }
}
