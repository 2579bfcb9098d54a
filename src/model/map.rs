//! A map from keys to small numbers, read in place.

use alloc::vec::Vec;

use super::perfect::Hash;

/// A map of the blob whose keys have so many bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Map<'m, const KEY: u32> {
    hash: Hash,
    displacements: &'m [[u8; 2]],
    slots: &'m [[u8; 8]],
}

impl<'m, const KEY: u32> From<(Hash, &'m [[u8; 2]], &'m [[u8; 8]])> for Map<'m, KEY> {
    fn from((hash, displacements, slots): (Hash, &'m [[u8; 2]], &'m [[u8; 8]])) -> Self {
        Self { hash, displacements, slots }
    }
}

impl<const KEY: u32> Map<'_, KEY> {
    const MASK: u64 = (1 << KEY) - 1;

    /// Where a key would stand.
    #[inline(always)]
    pub(crate) fn slot(&self, key: u64) -> u32 {
        let displacement = self.displacements.get(self.hash.bucket(key)).map_or(0, |d| u16::from_le_bytes(*d));
        self.hash.slot(key, displacement) as u32
    }

    /// The value of the key whose slot this is.
    #[inline(always)]
    pub(crate) fn value(&self, slot: u32, key: u64) -> Option<u32> {
        let entry = self.slots.get(slot as usize).map_or(FREE, |s| u64::from_le_bytes(*s));
        (entry & Self::MASK == key).then_some((entry >> KEY) as u32)
    }

    /// The same without a branch: `found` and `other` make a value from what stands in the slot, one for this key, the other for
    /// another.
    #[inline(always)]
    pub(crate) fn either(&self, slot: u32, key: u64, found: impl Fn(u32) -> u32, other: impl Fn(u32) -> u32) -> u32 {
        let entry = self.slots.get(slot as usize).map_or(FREE, |s| u64::from_le_bytes(*s));
        let value = (entry >> KEY) as u32;
        core::hint::select_unpredictable(entry & Self::MASK == key, found(value), other(value))
    }

    /// The value of a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        self.value(self.slot(key), key)
    }

    pub(super) const fn n_slots(&self) -> usize {
        self.slots.len()
    }

    /// The slots that are taken, with their keys and values.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, u64, u32)> {
        let entries = (0..).zip(self.slots.iter().map(|entry| u64::from_le_bytes(*entry)));
        entries.filter(|e| e.1 != FREE).map(|(slot, entry)| (slot, entry & Self::MASK, (entry >> KEY) as u32))
    }
}

/// A slot without a key.
const FREE: u64 = u64::MAX;

/// A map as it is made, and the slot of every entry.
pub(super) struct Section {
    pub(super) bytes: Vec<u8>,
    /// Buckets and slots.
    pub(super) size: (u32, u32),
    pub(super) slot_of: Vec<u32>,
}

impl Section {
    /// Lays out these keys, all different, and their values.
    pub(super) fn new<const KEY: u32>(entries: &[(u64, u32)]) -> Option<Self> {
        let keys: Vec<u64> = entries.iter().map(|e| e.0).collect();
        let built = super::perfect::build(&keys)?;
        let size = (built.displacements.len() as u32, built.slots.len() as u32);
        let mut bytes: Vec<u8> = built.displacements.iter().flat_map(|d| d.to_le_bytes()).collect();
        let mut slot_of = alloc::vec![0; entries.len()];
        for (slot, i) in (0..).zip(built.slots) {
            let entry = i.and_then(|i| entries.get(i as usize));
            let entry = entry.map_or(FREE, |&(key, value)| key | u64::from(value) << KEY);
            bytes.extend(entry.to_le_bytes());
            if let Some(at) = i.and_then(|i| slot_of.get_mut(i as usize)) {
                *at = slot;
            }
        }
        Some(Self { bytes, size, slot_of })
    }
}
