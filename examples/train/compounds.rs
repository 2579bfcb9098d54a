//! Which words go into the dictionary.
//!
//! A word of the list is taken if the corpora confirm it: they join it at least once, and where its pieces stand side by
//! side they do not leave them apart in more than nine of ten cases (*người thương* in *người thương binh* would only break
//! its neighbours). Rare words, a list read by hand of what the corpora do not show, are taken as they are: each costs some
//! bytes, and all of them together are worth 0.4 of F1 on UD-VTB train, because the other weights know nothing of them.
//! Corrections come last.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::corrections::Corrections;
use crate::dictionary::{Dictionary, MAX_LEN};
use crate::examples::Examples;
use crate::inventory::Inventory;
use crate::table::Table;

/// Smallest share of joined occurrences. 0.1, 0.3 and 0.5 measured alike (UD-VTB train 98.17, 98.16, 98.15; without: 98.09).
const MIN_JOINED_SHARE: f64 = 0.1;

/// The words, by their units, with their spelling in the list and how often the corpora have them.
pub struct Compounds {
    words: BTreeMap<Vec<u16>, (String, u32)>,
}

impl Compounds {
    /// Chooses among the listed words, the rare ones and the corrections.
    pub fn choose(
        listed: Option<&Table>,
        rare: Option<&Table>,
        corrections: &Corrections,
        x: &Examples,
        inventory: &Inventory,
    ) -> Result<Self, String> {
        // The spelling, and whether the word needs no confirmation.
        let mut spellings: BTreeMap<Vec<u16>, (String, bool)> = BTreeMap::new();
        for (line, word) in rare.into_iter().flat_map(Table::rows) {
            if !(2..=MAX_LEN).contains(&word.split(' ').count()) {
                return Err(rare.map_or_else(String::new, |r| r.error(line, &format!("{word}: not two to four units"))));
            }
            if let Some(units) = inventory.units_of(word) {
                spellings.insert(units, (word.to_owned(), true));
            }
        }
        for (_, word) in listed.into_iter().flat_map(Table::rows) {
            if let Some(units) = inventory.units_of(word).filter(|u| (2..=MAX_LEN).contains(&u.len())) {
                spellings.entry(units).or_insert_with(|| (word.to_owned(), false));
            }
        }
        for (pair, word) in corrections.joins() {
            spellings.insert(pair.to_vec(), (word.to_owned(), true));
        }
        for pair in corrections.splits() {
            spellings.remove(&pair[..]);
        }
        let (joined, apart) = evidence(x, &spellings);
        let count = |of: &Counts, units: &[u16]| of.get(units).copied().unwrap_or(0);
        let mut words = BTreeMap::new();
        for (units, (spelling, certain)) in &spellings {
            let (joined, apart) = (count(&joined, units), count(&apart, units));
            let confirmed = joined > 0 && f64::from(joined) >= MIN_JOINED_SHARE * f64::from(joined + apart);
            if *certain || confirmed {
                words.insert(units.clone(), (spelling.clone(), joined));
            }
        }
        Ok(Self { words })
    }

    pub fn dictionary(&self) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for units in self.words.keys() {
            dictionary.add(units);
        }
        dictionary
    }

    /// Spelling and count of every word.
    pub fn rows(&self) -> impl Iterator<Item = &(String, u32)> {
        self.words.values()
    }
}

/// Occurrences of sequences of units.
type Counts<'x> = HashMap<&'x [u16], u32>;

/// How often each word stands in the corpora as one word, and how often its pieces stand there otherwise, not inside a
/// longer word.
fn evidence<'x, T>(x: &'x Examples, words: &BTreeMap<Vec<u16>, T>) -> (Counts<'x>, Counts<'x>) {
    let firsts: HashSet<u16> = words.keys().filter_map(|units| units.first().copied()).collect();
    let words: HashSet<&[u16]> = words.keys().map(Vec::as_slice).collect();
    let (mut joined, mut apart) = (HashMap::new(), HashMap::new());
    for from in 1..x.numbers.len() {
        // A word that began before goes on here.
        if !firsts.contains(&x.numbers[from]) || x.is_joined(from - 1) {
            continue;
        }
        for len in 2..=MAX_LEN {
            let (Some(units), last) = (x.numbers.get(from..from + len), from + len - 1) else { break };
            if !x.is_candidate(last - 1) {
                break;
            }
            if !x.is_joined(last) && words.contains(units) {
                let whole = (from..last).all(|gap| x.is_joined(gap));
                *if whole { &mut joined } else { &mut apart }.entry(units).or_insert(0) += 1;
            }
        }
    }
    (joined, apart)
}
