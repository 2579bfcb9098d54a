//! A static map that answers with one look at a displacement and one at a slot, hit or miss, without a branch.
//!
//! Keys fall into buckets of four on average; the builder gives each bucket the smallest displacement that sends all its
//! keys to free slots, the fullest buckets first (hash, displace and compress; Belazzougui, Botelho, Dietzfelbinger 2009,
//! without the compression). Why not open addressing: a missing key would read on to the next free slot, and the branch
//! that ends the search is mispredicted about once a lookup, which costs more than both loads.
//!
//! Memory: half a byte of displacement a key, slots filled to 15/16. Keys are up to 64 bits.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Where a key stands: its bucket, and its slot once the displacement of the bucket is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hash {
    n_buckets: u32,
    n_slots: u32,
}

impl Hash {
    pub(crate) const fn new(n_buckets: u32, n_slots: u32) -> Self {
        Self { n_buckets, n_slots }
    }

    /// Spreads a key over 64 bits. The upper half depends on all bits of the key, the highest bits of the lower half on its
    /// lower 32; both numbers below are made from highest bits.
    #[inline(always)]
    const fn mix(key: u64) -> u64 {
        key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// Bucket of a key.
    #[inline(always)]
    pub(crate) const fn bucket(self, key: u64) -> usize {
        (((Self::mix(key) >> 32) * self.n_buckets as u64) >> 32) as usize
    }

    /// Slot of a key in a bucket with this displacement.
    #[inline(always)]
    pub(crate) const fn slot(self, key: u64, displacement: u16) -> usize {
        let low = Self::mix(key) as u32 ^ (displacement as u32).wrapping_mul(0x9E37_79B1);
        ((low as u64 * self.n_slots as u64) >> 32) as usize
    }
}

/// The displacements and, for every slot, the index of the key in it.
pub(crate) struct Built {
    pub(crate) displacements: Vec<u16>,
    pub(crate) slots: Vec<Option<u32>>,
}

/// Finds a place for every key; keys must be different. O(keys) expected.
pub(crate) fn build(keys: &[u64]) -> Option<Built> {
    // A little more room each time a bucket finds no place.
    (0..16).find_map(|slack| with_room(keys, keys.len() + keys.len() / 15 + 1 + keys.len() * slack / 32))
}

fn with_room(keys: &[u64], n_slots: usize) -> Option<Built> {
    let n_buckets = keys.len().div_ceil(4).max(1);
    let hash = Hash::new(u32::try_from(n_buckets).ok()?, u32::try_from(n_slots).ok()?);
    let mut by_bucket: Vec<(u32, u32)> = (0..).zip(keys).map(|(i, &key)| (hash.bucket(key) as u32, i)).collect();
    by_bucket.sort_unstable();
    let mut buckets: Vec<&[(u32, u32)]> = by_bucket.chunk_by(|a, b| a.0 == b.0).collect();
    buckets.sort_by_key(|members| Reverse(members.len()));
    let mut built = Built { displacements: vec![0; n_buckets], slots: vec![None; n_slots] };
    let mut taken = vec![0u64; n_slots.div_ceil(64)];
    let mut members = Vec::new();
    for bucket in buckets {
        members.clear();
        members.extend(bucket.iter().filter_map(|&(_, i)| Some((i, *keys.get(i as usize)?))));
        let displacement = (0..=u16::MAX).find(|&d| place(hash, &members, d, &mut taken))?;
        for &(i, key) in &members {
            *built.slots.get_mut(hash.slot(key, displacement))? = Some(i);
        }
        *built.displacements.get_mut(bucket.first()?.0 as usize)? = displacement;
    }
    Some(built)
}

/// Takes the slots of all members, or none.
fn place(hash: Hash, members: &[(u32, u64)], displacement: u16, taken: &mut [u64]) -> bool {
    for (n, &(_, key)) in members.iter().enumerate() {
        let slot = hash.slot(key, displacement);
        let bit = 1 << (slot % 64);
        match taken.get_mut(slot / 64) {
            Some(word) if *word & bit == 0 => *word |= bit,
            _ => {
                for &(_, key) in members.iter().take(n) {
                    let slot = hash.slot(key, displacement);
                    if let Some(word) = taken.get_mut(slot / 64) {
                        *word &= !(1 << (slot % 64));
                    }
                }
                return false;
            }
        }
    }
    true
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;

    #[test]
    fn finds_every_key_where_it_was_put() {
        for n in [0u64, 1, 2, 5, 100, 20_000] {
            let keys: Vec<u64> = (0..n).map(|i| i * i * 7919 + i).collect();
            let built = build(&keys).unwrap();
            let hash = Hash::new(built.displacements.len() as u32, built.slots.len() as u32);
            for (i, &key) in keys.iter().enumerate() {
                let slot = hash.slot(key, built.displacements[hash.bucket(key)]);
                assert_eq!(built.slots[slot], Some(i as u32));
            }
            assert!(built.slots.len() as u64 <= n + n / 8 + 1, "{n}");
        }
    }
}
