//! Logistic regression of a gap, by FTRL-proximal (McMahan et al. 2013): per-coordinate steps, exact zeros.
//!
//! Everything is single-threaded and seeded, and the exponential is our own, so the same corpus gives the same bytes.

/// Settings of the learner.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the lines.
    pub epochs: usize,
    /// Step size.
    pub alpha: f32,
    /// L1 strength of pairs.
    pub l1: f32,
    /// L2 strength of every weight.
    pub l2: f32,
    /// Pairs seen less often have no weights.
    pub min_pair: u32,
}

impl Default for Settings {
    /// Chosen on UD-VTB train (CC BY-SA 4.0), which is flat around these: alpha 0.1 to 0.4, L1 0.1 to 1, L2 1 to 5, 3 to 6
    /// epochs.
    fn default() -> Self {
        Self { epochs: 3, alpha: 0.2, l1: 0.3, l2: 1.0, min_pair: 2 }
    }
}

/// Most weights of one gap: four units, three pairs, two rows of shapes, one pattern and its bits.
pub const MAX_FEATURES: usize = 4 + 3 + 2 + 1 + 12;

/// A state of FTRL for one coordinate.
#[derive(Clone, Copy, Default)]
struct Coordinate {
    z: f32,
    n: f32,
}

pub struct Learner {
    state: Vec<Coordinate>,
    l1: Vec<f32>,
    alpha: f32,
    l2: f32,
}

impl Learner {
    /// `groups`: numbers of weights and their L1 strength.
    pub fn new(groups: &[(usize, f32)], settings: &Settings) -> Self {
        let l1: Vec<f32> = groups.iter().flat_map(|&(n, l1)| std::iter::repeat_n(l1, n)).collect();
        Self { state: vec![Coordinate::default(); l1.len()], l1, alpha: settings.alpha, l2: settings.l2 }
    }

    fn weight(&self, i: usize) -> f32 {
        let (c, l1) = (self.state[i], self.l1[i]);
        if c.z.abs() <= l1 { 0.0 } else { -(c.z - l1.copysign(c.z)) / ((1.0 + c.n.sqrt()) / self.alpha + self.l2) }
    }

    /// One step on one gap; `score` is what else is added to its weights.
    pub fn update(&mut self, features: &[u32], mut score: f32, joined: bool) {
        let mut weights = [0f32; MAX_FEATURES];
        for (w, &f) in weights.iter_mut().zip(features) {
            *w = self.weight(f as usize);
            score += *w;
        }
        let p = sigmoid(score);
        let gradient = p - f32::from(u8::from(joined));
        let square = gradient * gradient;
        for (w, &f) in weights.iter().zip(features) {
            let c = &mut self.state[f as usize];
            let sigma = ((c.n + square).sqrt() - c.n.sqrt()) / self.alpha;
            c.z += gradient - sigma * w;
            c.n += square;
        }
    }

    /// All weights.
    pub fn weights(&self) -> Vec<f32> {
        (0..self.state.len()).map(|i| self.weight(i)).collect()
    }
}

/// The logistic function from additions and multiplications alone: the same on every machine.
pub fn sigmoid(x: f32) -> f32 {
    let x = x.clamp(-30.0, 30.0);
    // e^-x = 2^(i + f): the integer part goes into the exponent bits, the fraction through a polynomial.
    let y = -x * std::f32::consts::LOG2_E;
    let i = y.floor();
    let f = y - i;
    // Taylor series of 2^f; the last terms correct it over [0, 1).
    let fraction = 1.0
        + f * (std::f32::consts::LN_2 + f * (0.240_226_5 + f * (0.055_504_1 + f * 0.009_618_1 + f * f * 0.001_333)));
    let power = f32::from_bits(((i as i32 + 127) as u32) << 23);
    1.0 / (1.0 + power * fraction)
}

#[cfg(test)]
mod tests {
    use super::sigmoid;

    #[test]
    fn sigmoid_is_the_logistic_function() {
        for i in -100..=100 {
            let x = i as f32 / 5.0;
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-4, "{x}");
        }
    }
}
