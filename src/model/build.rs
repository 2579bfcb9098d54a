//! Numbers in, blob out: lays a model out for `Tables`.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::map::Section;
use super::{
    HEADER_LEN, LONG_KEY, LONGER, MAGIC, N_CASELESS, N_PATTERNS, N_SHAPE_ROWS, PAIR_KEY, PAIR_OFFSET, UNIT_OFFSET,
    WORD, longer_with, other_key,
};

/// A model as numbers; every weight in the unit of the score.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// Weights of a unit for the gap two before it, one before it, behind it, and the next.
    pub(crate) units: Vec<[i32; 4]>,
    pub(crate) shapes: Vec<i32>,
    pub(crate) patterns: Vec<i32>,
    /// By [`caseless_row`](super::caseless_row): what is added where letters have no case, by the classes up to the right
    /// unit of the gap, and by those from its left unit on.
    pub(crate) caseless: Vec<[i32; 2]>,
    /// Classes of the units; of those beyond its end 0.
    pub(crate) classes: Vec<u8>,
    /// Weights of a pair for the gap before it, inside, behind.
    pub(crate) pairs: BTreeMap<(u16, u16), [i32; 3]>,
    /// Words of two to four units.
    pub(crate) words: Vec<Vec<u16>>,
    /// Hash of a word that is no syllable, and its unit.
    pub(crate) others: BTreeMap<u64, u16>,
    pub(crate) bias: i32,
    pub(crate) unit_of_odds: u32,
}

/// Lays the model out.
///
/// # Errors
/// A weight out of range, or a word of other than two to four units.
pub(crate) fn build(source: &Source) -> Result<Vec<u8>, String> {
    let mut pairs: BTreeMap<u64, u32> = BTreeMap::new();
    for (&(left, right), weights) in &source.pairs {
        pairs.insert(pair_key(left, right), pair_value(*weights)?);
    }
    let no_pair = pair_value([0; 3])?;
    for word in &source.words {
        let &[a, b, ref rest @ ..] = word.as_slice() else { return Err("a word of one unit".to_string()) };
        let value = pairs.entry(pair_key(a, b)).or_insert(no_pair);
        *value |= rest.first().map_or(WORD, |&third| longer_with(third));
    }
    let (pairs, slot_of_pair) = map::<PAIR_KEY>(&pairs)?;
    let longer = |n: usize, key_of_prefix: &dyn Fn(&[u16]) -> Option<u64>| {
        let mut out: BTreeMap<u64, u32> = BTreeMap::new();
        for word in source.words.iter().filter(|w| w.len() >= n) {
            let (Some(prefix), Some(&last)) = (word.get(..n - 1), word.get(n - 1)) else { continue };
            let slot = key_of_prefix(prefix).ok_or("a prefix has no slot")?;
            *out.entry(slot << 16 | u64::from(last)).or_insert(0) |= if word.len() == n { WORD } else { LONGER };
        }
        Ok::<_, String>(out)
    };
    let pair_slot = |p: &[u16]| match *p {
        [a, b, ..] => slot_of_pair.get(&pair_key(a, b)).map(|&s| u64::from(s)),
        _ => None,
    };
    let (triples, slot_of_triple) = map::<LONG_KEY>(&longer(3, &pair_slot)?)?;
    let triple_slot = |p: &[u16]| {
        let key = pair_slot(p)? << 16 | u64::from(*p.get(2)?);
        slot_of_triple.get(&key).map(|&s| u64::from(s))
    };
    let (quadruples, _) = map::<LONG_KEY>(&longer(4, &triple_slot)?)?;
    if source.words.iter().any(|w| w.len() > 4) {
        return Err("a word of more than four units".to_string());
    }
    let others = source.others.iter().map(|(&hash, &unit)| (other_key(hash), u32::from(unit))).collect();
    let (others, _) = map::<LONG_KEY>(&others)?;

    let mut out = MAGIC.to_vec();
    let header = [source.units.len() as u32, source.bias as u32, source.unit_of_odds];
    let maps = [&pairs, &triples, &quadruples, &others];
    let sizes = maps.iter().flat_map(|m| [m.size.0, m.size.1]);
    out.extend(header.into_iter().chain(sizes).flat_map(u32::to_le_bytes));
    debug_assert_eq!(out.len(), HEADER_LEN);
    for weight in source.units.as_flattened() {
        out.extend(lane(*weight, UNIT_OFFSET)?.to_le_bytes());
    }
    for (table, n) in [(&source.shapes, N_SHAPE_ROWS), (&source.patterns, N_PATTERNS)] {
        for i in 0..n {
            let weight = i16::try_from(table.get(i).copied().unwrap_or(0)).map_err(|e| e.to_string())?;
            out.extend(weight.to_le_bytes());
        }
    }
    for map in maps {
        out.extend(&map.bytes);
    }
    for i in 0..N_CASELESS {
        for weight in source.caseless.get(i).copied().unwrap_or_default() {
            out.extend(i8::try_from(weight).map_err(|e| e.to_string())?.to_le_bytes());
        }
    }
    out.extend((0..source.units.len()).map(|unit| source.classes.get(unit).copied().unwrap_or(0)));
    Ok(out)
}

fn lane(weight: i32, offset: i32) -> Result<u16, String> {
    u16::try_from(weight + offset)
        .ok()
        .filter(|&w| i32::from(w) < 2 * offset)
        .ok_or_else(|| alloc::format!("weight {weight} is not within ±{}", offset - 1))
}

const fn pair_key(left: u16, right: u16) -> u64 {
    (left as u64) << 16 | right as u64
}

fn pair_value(weights: [i32; 3]) -> Result<u32, String> {
    let mut value = 0;
    for (i, w) in weights.into_iter().enumerate() {
        value |= u32::from(lane(w, PAIR_OFFSET)?) << (8 * i);
    }
    Ok(value)
}

/// The map, and the slot of every key.
fn map<const KEY: u32>(entries: &BTreeMap<u64, u32>) -> Result<(Section, BTreeMap<u64, u32>), String> {
    let list: Vec<(u64, u32)> = entries.iter().map(|(&key, &value)| (key, value)).collect();
    let section = Section::new::<KEY>(&list).ok_or("no perfect hash was found")?;
    let slot_of = entries.keys().copied().zip(section.slot_of.iter().copied()).collect();
    Ok((section, slot_of))
}
