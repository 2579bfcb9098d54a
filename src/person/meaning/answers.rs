//! Several answers of one source: the nearest before the title counts, with its share among them as confidence.
//!
//! Complexity: a list is ordered by place in the text; a look at it is a binary search and at most [`REACH`] steps on
//! either side.

/// The least confidence that fills a gap.
pub(super) const ENOUGH: f32 = 0.7;

/// Most answers of one source that are weighed.
pub(super) const REACH: usize = 48;

/// The answer before `at` that is nearest, else the first behind, with its share among those around; answers are in
/// text order, equal where `same` says so.
pub(super) fn nearest<A: Copy>(answers: &[(usize, A)], at: usize, same: impl Fn(A, A) -> bool) -> Option<(A, f32)> {
    let n = answers.partition_point(|a| a.0 < at);
    let around = answers.get(n.saturating_sub(REACH)..answers.len().min(n + REACH))?;
    let chosen = n.checked_sub(1).and_then(|i| answers.get(i)).or_else(|| answers.first())?.1;
    let equal = around.iter().filter(|a| same(a.1, chosen)).count();
    Some((chosen, equal as f32 / around.len() as f32))
}
