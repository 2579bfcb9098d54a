//! From the learner's numbers to the small integers that ship.

use vanban::segment::training::{N_PATTERNS, N_SHAPES};

use crate::model::{Layout, N_SHAPE_ROWS, PAIR_PLACES, PATTERN_BITS, UNIT_PLACES};

/// Score that multiplies the odds by *e*: a pair's weight reaches ±127/20 = ±6.3, every other ±204.
pub const UNIT_OF_ODDS: u8 = 20;
/// Largest weight of a pair, and of everything else: what the compiled form holds.
const MAX_PAIR: f32 = 127.0;
const MAX_OTHER: f32 = 4095.0;

/// Weights as the text form has them.
pub struct Weights {
    /// By row.
    pub units: Vec<[i32; UNIT_PLACES]>,
    /// By position in the list of pairs.
    pub pairs: Vec<[i32; PAIR_PLACES]>,
    pub shapes: Vec<i32>,
    pub patterns: Vec<i32>,
}

impl Weights {
    /// The same as the learner has them.
    pub fn unrounded(&self, at: Layout) -> Vec<f32> {
        let pieces = [self.units.as_flattened(), self.pairs.as_flattened(), &self.shapes, &self.patterns];
        let mut out: Vec<f32> = pieces.concat().into_iter().map(|w| w as f32 / f32::from(UNIT_OF_ODDS)).collect();
        // What backs off is in the tables.
        out.resize(at.end, 0.0);
        out
    }
}

/// The `keep` pairs with the greatest weight times root of count, as positions, in order.
pub fn strongest(weights: &[f32], at: Layout, counts: &[u32], keep: usize) -> Vec<usize> {
    let mut ranked: Vec<(f32, usize)> = weights[at.pairs..at.shapes]
        .chunks(PAIR_PLACES)
        .zip(counts)
        .enumerate()
        .map(|(i, (w, &n))| (w.iter().map(|w| w.abs()).sum::<f32>() * (n as f32).sqrt(), i))
        .filter(|r| r.0 > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(keep);
    let mut kept: Vec<usize> = ranked.into_iter().map(|r| r.1).collect();
    kept.sort_unstable();
    kept
}

/// A weight in the unit of the score.
pub fn rounded(weight: f32, max: f32) -> i32 {
    (weight * f32::from(UNIT_OF_ODDS)).round().clamp(-max, max) as i32
}

/// Rounds all weights; those for backing-off are added to the joint tables.
pub fn quantise(weights: &[f32], at: Layout) -> Weights {
    let bits =
        |pattern: usize| (0..PATTERN_BITS).filter(|b| pattern >> b & 1 == 1).map(|b| weights[at.bits + b]).sum::<f32>();
    // The middle two of four shapes.
    let two_shapes = |row: usize| weights[at.two_shapes + row / N_SHAPES % (N_SHAPES * N_SHAPES)];
    Weights {
        units: weights[..at.pairs].as_chunks().0.iter().map(|row| row.map(|w| rounded(w, MAX_OTHER))).collect(),
        pairs: weights[at.pairs..at.shapes].as_chunks().0.iter().map(|row| row.map(|w| rounded(w, MAX_PAIR))).collect(),
        shapes: (0..N_SHAPE_ROWS).map(|r| rounded(weights[at.shapes + r] + two_shapes(r), MAX_OTHER)).collect(),
        patterns: (0..N_PATTERNS).map(|p| rounded(weights[at.patterns + p] + bits(p), MAX_OTHER)).collect(),
    }
}
