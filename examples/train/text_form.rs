//! The model as text: tab-separated, sorted, one file a kind, so that the difference between two trainings can be read.
//!
//! | file | columns |
//! |---|---|
//! | `units.tsv` | unit (with a capital: where it has one inside a sentence), four weights |
//! | `pairs.tsv` | two units, three weights |
//! | `compounds.tsv` | word of the dictionary, count in the corpora |
//! | `gaps.tsv` | kind of weight, what it belongs to, weight |
//! | `classes.tsv` | unit, its class |
//! | `caseless.tsv` | where the classes stand, whether the gap before is joined, two classes, weights by the third |
//!
//! Rows whose weights are all zero are left out, unless other files need the name.

use vanban::segment::training;

use crate::caseless::{self, Caseless};
use crate::compounds::Compounds;
use crate::inventory::Inventory;
use crate::model::{PATTERN_BITS, Pairs};
use crate::quantise::{UNIT_OF_ODDS, Weights};

/// The contents of the files, in the order of [`vanban::segment::FILES`].
pub fn write(
    inventory: &Inventory,
    weights: &Weights,
    pairs: &Pairs,
    compounds: &Compounds,
    classes: &[usize],
    caseless: &Caseless,
) -> [String; 6] {
    let numbers = |weights: &[i32]| weights.iter().map(|w| format!("\t{w}")).collect::<String>();
    let is_zero = |weights: &[i32]| weights.iter().all(|&w| w == 0);
    let units = (0..inventory.n_rows()).zip(&weights.units).filter_map(|(row, weights)| {
        let kept = !is_zero(weights) || inventory.is_listed(row);
        kept.then(|| inventory.name(row as u16).to_owned() + &numbers(weights))
    });
    let pairs = pairs.keys.iter().zip(&weights.pairs).filter(|(_, weights)| !is_zero(&weights[..]));
    let pairs = pairs.map(|(&key, weights)| {
        let (left, right) = (inventory.name((key >> 16) as u16), inventory.name(key as u16));
        format!("{left}\t{right}{}", numbers(weights))
    });
    let compounds = compounds.rows().map(|(word, n)| format!("{word}\t{n}"));
    let classes = classes.iter().enumerate().filter(|(_, class)| **class != 0);
    let classes = classes.map(|(unit, class)| format!("{}\t{class}", inventory.name(unit as u16)));
    let names = training::shape_names();
    let shapes = weights.shapes.iter().enumerate().filter(|(_, w)| **w != 0).map(|(row, weight)| {
        let shapes: Vec<&str> = (0..4).rev().map(|i| names[row / names.len().pow(i) % names.len()]).collect();
        format!("shapes\t{}\t{weight}", shapes.join(" "))
    });
    let patterns = weights.patterns.iter().enumerate().filter(|(_, w)| **w != 0);
    let patterns = patterns.map(|(pattern, weight)| format!("pattern\t{pattern:0PATTERN_BITS$b}\t{weight}"));
    let settings = [("bias", 0), ("unit_of_odds", i32::from(UNIT_OF_ODDS))];
    let settings = settings.into_iter().map(|(name, value)| format!("{name}\t-\t{value}"));
    [
        file("#unit\tbefore\tleft\tright\tafter", units),
        file("#left\tright\tends\tinside\tbegins", pairs),
        file("#word\tcount", compounds),
        file("#kind\tkey\tweight", settings.chain(shapes).chain(patterns)),
        file("#unit\tclass", classes),
        file("#side\tbefore\tfirst\tsecond\tweights by the third", caseless::write(caseless)),
    ]
}

/// A header and sorted rows.
fn file(header: &str, rows: impl Iterator<Item = String>) -> String {
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    let mut out = format!("{header}\n");
    for row in rows {
        out.push_str(&row);
        out.push('\n');
    }
    out
}
