//! A static map that answers with one look at a displacement and one at a slot, hit or miss, without a branch.
//!
//! Keys fall into buckets of four on average; the builder gives each bucket the smallest displacement that sends all its
//! keys to free slots, the fullest buckets first (hash, displace and compress; Belazzougui, Botelho, Dietzfelbinger 2009,
//! without the compression). Why not open addressing: a missing key would read on to the next free slot, and the branch
//! that ends the search is mispredicted about once a lookup, which costs more than both loads.
//!
//! Memory: half a byte of displacement a key, slots filled to 15/16. Keys are up to 64 bits.

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
#[cfg(feature = "std")]
pub(crate) struct Built {
    pub(crate) displacements: alloc::vec::Vec<u16>,
    pub(crate) slots: alloc::vec::Vec<Option<u32>>,
}

/// Finds a place for every key; keys must be different. O(keys) expected.
#[cfg(feature = "std")]
pub(crate) fn build(keys: &[u64]) -> Option<Built> {
    use alloc::vec::Vec;
    let n_buckets = keys.len().div_ceil(4).max(1);
    // A little more room each time a bucket finds no place.
    for slack in 0..16 {
        let n_slots = keys.len() + keys.len() / 15 + 1 + keys.len() * slack / 32;
        let hash = Hash::new(u32::try_from(n_buckets).ok()?, u32::try_from(n_slots).ok()?);
        let mut buckets: Vec<Vec<u32>> = alloc::vec![Vec::new(); n_buckets];
        for (i, &key) in keys.iter().enumerate() {
            buckets.get_mut(hash.bucket(key))?.push(i as u32);
        }
        let mut order: Vec<usize> = (0..n_buckets).collect();
        order.sort_by_key(|&b| (core::cmp::Reverse(buckets.get(b).map_or(0, Vec::len)), b));
        let mut built = Built { displacements: alloc::vec![0; n_buckets], slots: alloc::vec![None; n_slots] };
        if order.iter().all(|&b| place(hash, keys, buckets.get(b).map_or(&[], |b| b), b, &mut built)) {
            return Some(built);
        }
    }
    None
}

#[cfg(feature = "std")]
fn place(hash: Hash, keys: &[u64], members: &[u32], bucket: usize, built: &mut Built) -> bool {
    let mut slots = alloc::vec::Vec::with_capacity(members.len());
    for displacement in 0..=u16::MAX {
        slots.clear();
        for &member in members {
            let Some(&key) = keys.get(member as usize) else { return false };
            let slot = hash.slot(key, displacement);
            if !matches!(built.slots.get(slot), Some(None)) || slots.contains(&slot) {
                break;
            }
            slots.push(slot);
        }
        if slots.len() == members.len() {
            for (&slot, &member) in slots.iter().zip(members) {
                if let Some(free) = built.slots.get_mut(slot) {
                    *free = Some(member);
                }
            }
            if let Some(d) = built.displacements.get_mut(bucket) {
                *d = displacement;
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

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
