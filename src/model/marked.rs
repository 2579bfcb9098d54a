//! A copy of a model in which pairs are marked.

use alloc::vec::Vec;

use super::map::Section;
use super::{Bytes, FIRST_MARK, HEADER_LEN, LONG_KEY, MAGIC, Model, NO_PAIR, PAIR_KEY};

/// Slots of pairs that the keys of triples have room for.
const MAX_PAIRS: u32 = 1 << (LONG_KEY - 16);

impl Model {
    /// A copy in which these pairs of units (left << 16, right), all different, have these bits from [`FIRST_MARK`] on; a
    /// pair that the model does not have is put in with weights of zero. `None` if there are too many. O(pairs).
    pub(crate) fn marked(&self, marks: &[(u32, u32)]) -> Option<Self> {
        let tables = self.tables();
        let mut pairs = Vec::new();
        let mut index = Vec::new();
        for (slot, key, value) in tables.pairs.entries() {
            index.resize(slot as usize + 1, u32::MAX);
            *index.last_mut()? = pairs.len() as u32;
            pairs.push((key, value & ((1 << FIRST_MARK) - 1)));
        }
        for &(key, flags) in marks {
            let key = u64::from(key);
            let slot = tables.pairs.slot(key);
            match tables.pairs.value(slot, key).and_then(|_| pairs.get_mut(*index.get(slot as usize)? as usize)) {
                Some((_, value)) => *value |= flags,
                None => pairs.push((key, NO_PAIR | flags)),
            }
        }
        let pairs = Section::new::<PAIR_KEY>(&pairs).filter(|p| p.size.1 <= MAX_PAIRS)?;
        // Longer words are keyed by the slots of what they begin with.
        let moved = |index: &[u32], to: &Section, (_, key, value): (u32, u64, u32)| {
            let at = *index.get((key >> 16) as usize)?;
            let slot = *to.slot_of.get(at as usize)?;
            Some((u64::from(slot) << 16 | key & 0xFFFF, value))
        };
        let mut index_of_triple = Vec::new();
        let mut list = Vec::new();
        for entry in tables.triples.entries() {
            if let Some(triple) = moved(&index, &pairs, entry) {
                index_of_triple.resize(entry.0 as usize + 1, u32::MAX);
                *index_of_triple.last_mut()? = list.len() as u32;
                list.push(triple);
            }
        }
        let triples = Section::new::<LONG_KEY>(&list)?;
        let list: Vec<_> = tables.quadruples.entries().filter_map(|e| moved(&index_of_triple, &triples, e)).collect();
        let quadruples = Section::new::<LONG_KEY>(&list)?;
        let others: Vec<_> = tables.others.entries().map(|(_, key, value)| (key, value)).collect();
        let others = Section::new::<LONG_KEY>(&others)?;

        let maps = [&pairs, &triples, &quadruples, &others];
        let sizes = maps.iter().flat_map(|m| [m.size.0, m.size.1]).flat_map(u32::to_le_bytes);
        let (head, rest) = self.as_bytes().split_at_checked(HEADER_LEN)?;
        let mut bytes: Vec<u8> = head.get(..MAGIC.len() + 12)?.iter().copied().chain(sizes).collect();
        bytes.extend(rest.get(..tables.len_before_maps())?);
        for map in maps {
            bytes.extend(&map.bytes);
        }
        Some(Self { bytes: Bytes::Loaded(bytes.into()) })
    }
}
