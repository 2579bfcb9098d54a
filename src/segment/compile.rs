//! `data/words/*.tsv` → `data/words.bin`.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::TextForm;
use super::units::{FIRST_OTHER, number, row};
use crate::model::{self, Source};
use crate::scan;

/// Compiles the text form of a word model: the contents of [`FILES`](super::FILES), in that order.
///
/// # Errors
/// A row that cannot be read or names an unknown unit, a weight out of range; the message says where.
pub fn compile(files: &[&str]) -> Result<Vec<u8>, String> {
    let form = TextForm::read(files)?;
    let mut source = Source {
        shapes: form.shapes,
        patterns: form.patterns,
        caseless: form.caseless,
        bias: form.bias,
        unit_of_odds: form.unit_of_odds,
        ..Source::default()
    };
    let mut others: BTreeMap<u64, u16> = BTreeMap::new();
    for (name, weights) in &form.units {
        let unit = row(name, |name| {
            let free = FIRST_OTHER + others.len() as u16;
            Some(*others.entry(scan::fold_hash(name)).or_insert(free))
        });
        let unit = usize::from(unit.ok_or_else(|| format!("units.tsv: {name} is no syllable in use"))?);
        if source.units.len() <= unit {
            source.units.resize(unit + 1, [0; 4]);
        }
        if let Some(row) = source.units.get_mut(unit) {
            *row = *weights;
            // The text form goes from left to right, the lanes from the first gap to the last.
            row.reverse();
        }
    }
    let known = |name: &str| {
        number(name, |n| others.get(&scan::fold_hash(n)).copied()).ok_or_else(|| format!("unknown unit {name}"))
    };
    for (names, weights) in &form.pairs {
        let [left, right] = names.map(known);
        let [ends, inside, begins] = *weights;
        source.pairs.insert((left?, right?), [begins, inside, ends]);
    }
    for &(name, class) in &form.classes {
        let unit = usize::from(known(name)?);
        if source.classes.len() <= unit {
            source.classes.resize(unit + 1, 0);
        }
        if let Some(entry) = source.classes.get_mut(unit) {
            *entry = class as u8;
        }
    }
    // A unit may have a class and no weights.
    let n_units = source.units.len().max(source.classes.len());
    source.units.resize(n_units, [0; 4]);
    source.classes.resize(n_units, 0);
    for word in &form.compounds {
        source.words.push(word.split(' ').map(known).collect::<Result<_, _>>()?);
    }
    source.others = others;
    model::build(&source)
}
