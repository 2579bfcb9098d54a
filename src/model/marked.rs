//! A copy of a model in which pairs are marked, and a filter of the marked pairs that it does not have.
//!
//! Every pair of a text asks its bucket for a displacement. Beside it stand the bits of the filter, so that they cost no
//! look at memory of their own.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::perfect::Hash;
use super::{Bytes, MAYBE_MARKED, Map, Model, NO_PAIR, PAIR_KEY};

/// For every bucket of the map of pairs: its displacement, and above it three fields of sixteen bits, in each of which every
/// pair of the bucket sets one.
#[derive(Debug, Default)]
pub(crate) struct Buckets(Vec<u64>);

impl Buckets {
    /// The bits that a pair looks at, one in each field, counted from the lowest of the three fields.
    #[inline(always)]
    const fn bits(pair: u64) -> [u32; 3] {
        let rest = Hash::rest(pair);
        [16 + rest % 16, 32 + (rest >> 4) % 16, 48 + (rest >> 8) % 16]
    }

    fn add(&mut self, hash: Hash, pair: u64) {
        if let Some(bucket) = self.0.get_mut(hash.bucket(pair)) {
            *bucket |= Self::bits(pair).iter().fold(0, |bits, bit| bits | 1 << bit);
        }
    }

    /// The slot in which a pair would stand, and its value if it does not: [`MAYBE_MARKED`] if it may be one of the filter, of a
    /// hundred others four.
    #[inline(always)]
    pub(crate) fn slot(&self, pairs: &Map<'_, PAIR_KEY>, pair: u64) -> (u32, u32) {
        let bucket = self.0.get(pairs.hash().bucket(pair)).copied().unwrap_or(0);
        let [a, b, c] = Self::bits(pair).map(|bit| bucket >> bit);
        (pairs.hash().slot(pair, bucket as u16) as u32, NO_PAIR | (a & b & c & 1) as u32 * MAYBE_MARKED)
    }
}

impl Model {
    /// A copy in which those of these pairs of units (left << 16, right) that the model has also have these bits (from
    /// [`FIRST_MARK`](super::FIRST_MARK) on, or of [`longer_with`](super::longer_with)); the others, and the buckets with a filter of
    /// them. O(length of the model).
    pub(crate) fn marked(&self, marks: &[(u32, u32)]) -> (Self, Buckets, Vec<(u32, u32)>) {
        let pairs = self.tables().pairs;
        let mut buckets = Buckets(pairs.displacements().map(u64::from).collect());
        let mut others = Vec::new();
        if marks.is_empty() {
            return (self.clone(), buckets, others);
        }
        let mut bytes: Arc<[u8]> = self.as_bytes().into();
        let start = self.pair_slots();
        // Nobody else has the copy yet.
        let slots = Arc::get_mut(&mut bytes).and_then(|bytes| bytes.get_mut(start..start + 8 * pairs.n_slots()));
        let slots = slots.unwrap_or_default().as_chunks_mut::<8>().0;
        for &(pair, marks) in marks {
            let key = u64::from(pair);
            let slot = pairs.slot(key);
            if pairs.value(slot, key).is_none() {
                buckets.add(pairs.hash(), key);
                others.push((pair, marks));
            } else if let Some([.., flags]) = slots.get_mut(slot as usize) {
                // The flags are in the last byte of a slot.
                *flags |= (marks >> 24) as u8;
            }
        }
        (Self { bytes: Bytes::Loaded(bytes) }, buckets, others)
    }
}
