//! A copy of a model in which pairs are marked.

use alloc::vec::Vec;

use super::{Bytes, Model};

impl Model {
    /// A copy in which those of these pairs of units (left << 16, right) that the model has also have these bits (from
    /// [`FIRST_MARK`](super::FIRST_MARK) on, or of [`longer_with`](super::longer_with)), and the others. O(length of the model), one copy of its bytes.
    pub(crate) fn marked(&self, marks: &[(u32, u32)]) -> (Self, Vec<(u32, u32)>) {
        let pairs = self.tables().pairs;
        let mut others = Vec::new();
        let mut bytes: Vec<u8> = Vec::new();
        let slots = self.pair_slots();
        for &(key, flags) in marks {
            let slot = pairs.slot(u64::from(key));
            if pairs.value(slot, u64::from(key)).is_none() {
                others.push((key, flags));
                continue;
            }
            if bytes.is_empty() {
                bytes.extend(self.as_bytes());
            }
            // The value is the upper half of a slot, and its flags are in the last byte.
            if let Some(last) = bytes.get_mut(slots + 8 * slot as usize + 7) {
                *last |= (flags >> 24) as u8;
            }
        }
        let model = if bytes.is_empty() { self.clone() } else { Self { bytes: Bytes::Loaded(bytes.into()) } };
        (model, others)
    }
}
