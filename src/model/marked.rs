//! A copy of a model in which pairs are marked.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Bytes, CLAIMED, Model};

impl Model {
    /// A copy in which those of these pairs of units (left << 16, right) that the model has also have these bits (from
    /// [`FIRST_MARK`](super::FIRST_MARK) on, or of [`longer_with`](super::longer_with)), and where others would stand
    /// [`CLAIMED`] is set; and the others. O(length of the model).
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
        // The flags are in the last byte of a slot. A free slot is claimed by nobody yet.
        const CLAIM: u8 = (CLAIMED >> 24) as u8;
        for [.., flags] in &mut *slots {
            *flags &= !CLAIM;
        }
        for &(key, marks) in marks {
            let slot = pairs.slot(u64::from(key));
            let Some([.., flags]) = slots.get_mut(slot as usize) else { continue };
            if pairs.value(slot, u64::from(key)).is_some() {
                *flags |= (marks >> 24) as u8;
            } else {
                *flags |= CLAIM;
                others.push((key, marks));
            }
        }
        (Self { bytes: Bytes::Loaded(bytes) }, others)
    }
}
