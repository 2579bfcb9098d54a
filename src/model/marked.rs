//! A copy of a model in which pairs are marked.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use super::map::Section;
use super::{Bytes, CLAIMED, Header, LONG_KEY, MAP_SIZES, Map, Model, NO_PAIR, PAIR_KEY, map_len};

/// Fewest marks with which it is worth to make the map anew for pairs that the model does not have, be they ever so few: a new
/// map takes fifteen milliseconds, and a look at it is quicker than one that minds claims.
const MANY_MARKS: usize = 1 << 12;
/// Most for which the slots of a new map fit into the keys of longer words.
const MANY: usize = 1 << 21;

impl Model {
    /// A copy in which these pairs of units (left << 16, right) have these bits, from [`FIRST_MARK`](super::FIRST_MARK) on, or of
    /// [`longer_with`](super::longer_with); and those pairs that are not in it. Where one of them would stand [`CLAIMED`] is
    /// set. O(length of the model and of the pairs).
    pub(crate) fn marked(&self, marks: &[(u32, u32)]) -> (Self, Vec<(u32, u32)>) {
        let pairs = self.tables().pairs;
        let others: Vec<(u32, u32)> =
            marks.iter().copied().filter(|&(pair, _)| pairs.get(u64::from(pair)).is_none()).collect();
        if marks.is_empty() {
            return (self.clone(), others);
        }
        let is_worth_it = marks.len() >= MANY_MARKS && (1..MANY).contains(&others.len());
        let with_others = if is_worth_it { self.with_pairs(&others) } else { None };
        let (model, others) = with_others.map_or((self.clone(), others), |model| (model, Vec::new()));
        (model.marked_in_place(marks), others)
    }

    fn marked_in_place(&self, marks: &[(u32, u32)]) -> Self {
        let pairs = self.tables().pairs;
        let mut bytes: Arc<[u8]> = self.as_bytes().into();
        let start = self.pair_slots();
        // Nobody else has the copy yet.
        let slots = Arc::get_mut(&mut bytes).and_then(|bytes| bytes.get_mut(start..start + 8 * pairs.n_slots()));
        let slots = slots.unwrap_or_default().as_chunks_mut::<8>().0;
        // The flags are in the last byte of a slot. A free slot is claimed by nobody yet.
        const CLAIM: u8 = (CLAIMED >> 24) as u8;
        for [.., flags] in &mut *slots {
            *flags &= !CLAIM;
        }
        for &(pair, marks) in marks {
            let slot = pairs.slot(u64::from(pair));
            let found = pairs.value(slot, u64::from(pair)).is_some();
            if let Some([.., flags]) = slots.get_mut(slot as usize) {
                *flags |= if found { (marks >> 24) as u8 } else { CLAIM };
            }
        }
        Self { bytes: Bytes::Loaded(bytes) }
    }

    /// A copy that has these pairs too, without weights.
    fn with_pairs(&self, others: &[(u32, u32)]) -> Option<Self> {
        let tables = self.tables();
        let mut entries: Vec<(u64, u32)> = tables.pairs.entries().map(|(_, key, value)| (key, value)).collect();
        entries.extend(others.iter().map(|&(pair, _)| (u64::from(pair), NO_PAIR)));
        let pairs = Section::new::<PAIR_KEY>(&entries)?;
        // The slots of one map are in the keys of the next.
        let triples = moved(&tables.triples, &new_slots(&tables.pairs, &pairs))?;
        let quadruples = moved(&tables.quadruples, &new_slots(&tables.triples, &triples))?;

        let bytes = self.as_bytes();
        let header = Header::read(bytes)?;
        let sections = [pairs, triples, quadruples];
        let start = self.pair_slots() - 2 * header.maps[0].0 as usize;
        let end = start + header.maps.iter().take(sections.len()).map(map_len).sum::<u64>() as usize;
        let mut out = bytes.get(..start)?.to_vec();
        let sizes = sections.iter().flat_map(|s| [s.size.0, s.size.1]).flat_map(u32::to_le_bytes);
        for (byte, new) in out.iter_mut().skip(MAP_SIZES).zip(sizes) {
            *byte = new;
        }
        out.extend(sections.iter().flat_map(|s| &s.bytes));
        out.extend(bytes.get(end..)?);
        Some(Self { bytes: Bytes::Loaded(out.into()) })
    }
}

/// For every slot of a map the slot to which its entry moves in a section that begins with the entries of the map.
fn new_slots<const KEY: u32>(map: &Map<'_, KEY>, section: &Section) -> Vec<u32> {
    let mut out = vec![0; map.n_slots()];
    for ((old, ..), &new) in map.entries().zip(&section.slot_of) {
        if let Some(slot) = out.get_mut(old as usize) {
            *slot = new;
        }
    }
    out
}

/// A map of longer words when the slots of what they begin with have moved.
fn moved(map: &Map<'_, LONG_KEY>, new_slots: &[u32]) -> Option<Section> {
    let new = |key: u64| Some(u64::from(*new_slots.get((key >> 16) as usize)?) << 16 | key & 0xFFFF);
    let entries: Option<Vec<(u64, u32)>> = map.entries().map(|(_, key, value)| Some((new(key)?, value))).collect();
    Section::new::<LONG_KEY>(&entries?)
}
