//! Words in which the corpora are not followed: rows of `corrections.tsv`, applied to the gaps before training.

use std::collections::BTreeMap;

use crate::examples::{Examples, JOINED};
use crate::inventory::Inventory;
use crate::table::Table;

/// Two units, and whether they are one word.
#[derive(Default)]
pub struct Corrections {
    rows: BTreeMap<[u16; 2], (String, bool)>,
}

impl Corrections {
    /// Reads rows `join|split <tab> word of two units <tab> reason`.
    pub fn read(table: &Table, inventory: &Inventory) -> Result<Self, String> {
        let mut new = Self::default();
        for (line, row) in table.rows() {
            let bad = |reason: &str| table.error(line, reason);
            let mut fields = row.split('\t');
            let (how, word) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
            let join = match how {
                "join" => true,
                "split" => false,
                _ => return Err(bad(&format!("{how} instead of join or split"))),
            };
            let units = inventory.units_of(word).ok_or_else(|| bad(&format!("{word}: no syllables in use")))?;
            let units = <[u16; 2]>::try_from(units).map_err(|_| bad(&format!("{word}: not two units")))?;
            if new.rows.insert(units, (word.to_owned(), join)).is_some() {
                return Err(bad(&format!("{word} stands twice")));
            }
        }
        Ok(new)
    }

    /// Joins two words of one unit, or splits a word of exactly two. Longer words stay as they are. Returns how many gaps
    /// changed.
    pub fn apply(&self, x: &mut Examples) -> usize {
        let mut n = 0;
        for g in 1..x.numbers.len().saturating_sub(1) {
            if !x.is_candidate(g) {
                continue;
            }
            let Some(&(_, join)) = self.rows.get(&[x.numbers[g], x.numbers[g + 1]]) else { continue };
            let alone = !x.is_joined(g - 1) && !x.is_joined(g + 1);
            if alone && x.is_joined(g) != join {
                x.gaps[g] ^= JOINED;
                n += 1;
            }
        }
        n
    }

    /// Pairs that are words, spelled out.
    pub fn joins(&self) -> impl Iterator<Item = (&[u16; 2], &str)> {
        self.rows.iter().filter(|(_, row)| row.1).map(|(pair, row)| (pair, row.0.as_str()))
    }

    /// Pairs that are no words.
    pub fn splits(&self) -> impl Iterator<Item = &[u16; 2]> {
        self.rows.iter().filter(|(_, row)| !row.1).map(|(pair, _)| pair)
    }
}
