//! Names of two units, which the model has to know where no capital shows them.
//!
//! A name that stands in the corpora a few times is learned from its capitals, so its pair gets next to no weight, and in small
//! letters it falls apart (*hải phòng*). Its pair is therefore kept, and holds its two units together by a weight of its own.
//! In the dictionary the same names did harm: a pattern that only names make took weight from the words of the language.

use std::collections::BTreeMap;

use vanban::segment::training::has_capital;

use crate::examples::Examples;
use crate::inventory::Inventory;
use crate::model::pair_key;

/// Names that are rarer are left out. F1 on UD-VTB train in small letters: from 1 on 98.22, from 2 on 98.21; without 98.14.
const MIN_COUNT: u32 = 2;
/// Smallest share of the name among all occurrences of its two units side by side, in any case.
const MIN_SHARE: f64 = 0.7;
/// Lines with a greater share of capitals are headings, and tell nothing.
const MAX_CAPITALS: f64 = 0.7;

/// The pairs that are names, in key order.
pub fn names(x: &Examples, inventory: &Inventory) -> Vec<u32> {
    // How often a pair is a name, and how often it occurs.
    let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for line in (0..x.n_lines()).map(|i| x.line(i)).filter(|line| tells_names(&x.shapes[line.clone()])) {
        for g in line.filter(|&g| x.is_candidate(g)) {
            let capitals = x.shapes[g..g + 2].iter().all(|&s| has_capital(s) == Some(true));
            let whole = x.is_joined(g) && !x.is_joined(g - 1) && !x.is_joined(g + 1);
            let (named, all) = counts.entry(pair_key(&x.numbers[g..g + 2])).or_default();
            *named += u32::from(capitals && whole);
            *all += 1;
        }
    }
    let is_class = |unit: u32| inventory.name(unit as u16).starts_with('<');
    counts.retain(|&key, &mut (named, all)| {
        let often = named >= MIN_COUNT && f64::from(named) >= MIN_SHARE * f64::from(all);
        often && !is_class(key >> 16) && !is_class(key & 0xFFFF)
    });
    counts.into_keys().collect()
}

/// Whether capitals mean anything in a line of these shapes: it has some, and other words.
pub fn tells_names(shapes: &[u8]) -> bool {
    let cases: Vec<bool> = shapes.iter().filter_map(|&s| has_capital(s)).collect();
    let capitals = cases.iter().filter(|&&capital| capital).count();
    capitals > 0 && (capitals as f64) < MAX_CAPITALS * cases.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Form, Sentence};

    #[test]
    fn a_name_is_a_pair_that_seldom_stands_apart() {
        let inventory = Inventory::new(BTreeMap::new(), 0, 1);
        let mut x = Examples::new();
        for line in [
            "Anh Lê_Hoa ở làng Sen_Hồ quen bà Lê_Hoa .",
            "Ở làng Sen_Hồ có hồ sen , sen hồ .",
            "CHỊ LÊ_HOA VÀ BÀ HOA_LÊ VÀ BÀ HOA_LÊ",
            "Chị Lê_Thu_Hoa và chị Lê_Thu_Hoa",
            "lê hoa lê hoa lê hoa",
        ] {
            x.add(&Sentence::read(line, Form::Tokenised), &inventory);
        }
        let names = names(&x, &inventory);
        let spelled = |key: u32| [key >> 16, key & 0xFFFF].map(|unit| inventory.name(unit as u16));
        assert_eq!(names.into_iter().map(spelled).collect::<Vec<_>>(), [["lê", "hoa"]]);
    }
}
