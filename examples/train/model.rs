//! The linear model in floating point: which weights a gap adds up.

use std::collections::HashMap;

use vanban::segment::training::{N_PATTERNS, N_SHAPES};

use crate::dictionary::{Dictionary, pattern};
use crate::examples::Examples;
use crate::learn::MAX_FEATURES;

/// Weights of a row of a unit: the unit stands one before the gap's left unit, is it, is the right one, stands behind that.
pub const UNIT_PLACES: usize = 4;
/// Weights of a pair: it ends at the gap's left unit, spans the gap, begins at the right one.
pub const PAIR_PLACES: usize = 3;
/// Of these, where it spans the gap.
pub const INSIDE: usize = 1;
/// Four shapes, jointly.
pub const N_SHAPE_ROWS: usize = N_SHAPES.pow(4);
/// Bits of a pattern.
pub const PATTERN_BITS: usize = N_PATTERNS.trailing_zeros() as usize;
/// A pair without weights.
const NO_PAIR: u32 = u32::MAX;

/// Pairs of neighbouring units and their dense numbers.
pub struct Pairs {
    /// Left unit << 16 | right unit.
    pub keys: Vec<u32>,
    positions: HashMap<u32, u32>,
}

/// The key of two units.
pub fn pair_key(units: &[u16]) -> u32 {
    units.iter().fold(0, |key, &unit| key << 16 | u32::from(unit))
}

impl Pairs {
    pub fn new(keys: Vec<u32>) -> Self {
        let positions = keys.iter().zip(0..).map(|(&key, i)| (key, i)).collect();
        Self { keys, positions }
    }

    /// Pairs that occur at least `min_count` times, in key order, and their counts.
    pub fn count(x: &Examples, min_count: u32) -> (Self, Vec<u32>) {
        let mut all: Vec<u32> = x.numbers.windows(2).map(pair_key).collect();
        all.sort_unstable();
        let runs = all.chunk_by(|a, b| a == b).filter(|run| run.len() >= min_count as usize);
        let (keys, counts) = runs.map(|run| (run[0], run.len() as u32)).unzip();
        (Self::new(keys), counts)
    }

    /// The position of a pair.
    pub fn position(&self, key: u32) -> Option<usize> {
        self.positions.get(&key).map(|&i| i as usize)
    }

    /// The position of the pair at every unit and its right neighbour.
    fn of(&self, x: &Examples) -> Vec<u32> {
        let position = |units: &[u16]| self.position(pair_key(units)).map_or(NO_PAIR, |i| i as u32);
        x.numbers.windows(2).map(position).chain([NO_PAIR]).collect()
    }
}

/// Where the weights of each kind begin.
#[derive(Clone, Copy)]
pub struct Layout {
    pub pairs: usize,
    pub shapes: usize,
    pub patterns: usize,
    /// Backing-off for rare patterns: one weight a bit.
    pub bits: usize,
    /// Backing-off for rare shapes: the two at the gap.
    pub two_shapes: usize,
    pub end: usize,
}

impl Layout {
    pub fn new(n_rows: usize, n_pairs: usize) -> Self {
        let pairs = UNIT_PLACES * n_rows;
        let shapes = pairs + PAIR_PLACES * n_pairs;
        let patterns = shapes + N_SHAPE_ROWS;
        let bits = patterns + N_PATTERNS;
        let two_shapes = bits + PATTERN_BITS;
        Self { pairs, shapes, patterns, bits, two_shapes, end: two_shapes + N_SHAPES * N_SHAPES }
    }
}

/// Sentences with everything looked up.
pub struct Prepared {
    pub x: Examples,
    pairs: Vec<u32>,
    matches: Vec<u8>,
}

impl Prepared {
    pub fn new(x: Examples, pairs: &Pairs, dictionary: &Dictionary) -> Self {
        let (pairs, matches) = (pairs.of(&x), dictionary.matches(&x));
        Self { x, pairs, matches }
    }

    /// The weights of the gap behind unit `g`.
    pub fn features(&self, g: usize, at: Layout, out: &mut Vec<u32>) {
        out.clear();
        let x = &self.x;
        for place in 0..UNIT_PLACES {
            // g-1 and g+2 exist: a boundary stands on both sides of the line.
            out.push((UNIT_PLACES * usize::from(x.rows[g + place - 1]) + place) as u32);
        }
        for place in 0..PAIR_PLACES {
            let pair = self.pairs[g + place - 1];
            if pair != NO_PAIR {
                out.push((at.pairs + PAIR_PLACES * pair as usize + place) as u32);
            }
        }
        let shapes = x.shapes[g - 1..g + 3].iter().fold(0, |row, &s| row * N_SHAPES + usize::from(s));
        let two_shapes = shapes / N_SHAPES % (N_SHAPES * N_SHAPES);
        let pattern = pattern(&self.matches, g);
        out.extend([at.shapes + shapes, at.two_shapes + two_shapes, at.patterns + pattern].map(|f| f as u32));
        out.extend((0..PATTERN_BITS).filter(|b| pattern >> b & 1 == 1).map(|b| (at.bits + b) as u32));
        debug_assert!(out.len() <= MAX_FEATURES);
    }
}
