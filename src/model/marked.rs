//! A copy of a model in which pairs are marked.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Bytes, Model};

impl Model {
    /// A copy in which those of these pairs of units (left << 16, right) that the model has also have these bits (from
    /// [`FIRST_MARK`](super::FIRST_MARK) on, or of [`longer_with`](super::longer_with)); and the others. O(length of the
    /// model).
    pub(crate) fn marked(&self, marks: &[(u32, u32)]) -> (Self, Vec<(u32, u32)>) {
        let mut others = Vec::new();
        if marks.is_empty() {
            return (self.clone(), others);
        }
        let pairs = self.tables().pairs;
        let mut bytes: Arc<[u8]> = self.as_bytes().into();
        let start = self.pair_slots();
        // Nobody else has the copy yet.
        let slots = Arc::get_mut(&mut bytes).and_then(|bytes| bytes.get_mut(start..start + 8 * pairs.n_slots()));
        let slots = slots.unwrap_or_default().as_chunks_mut::<8>().0;
        for &(pair, marks) in marks {
            let slot = pairs.slot(u64::from(pair));
            if pairs.value(slot, u64::from(pair)).is_none() {
                others.push((pair, marks));
            } else if let Some([.., flags]) = slots.get_mut(slot as usize) {
                // The flags are in the last byte of a slot.
                *flags |= (marks >> 24) as u8;
            }
        }
        (Self { bytes: Bytes::Loaded(bytes) }, others)
    }
}
