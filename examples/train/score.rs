//! Words found against words that a line has.

use vanban::segment::{Scratch, Segmenter};

use crate::corpus::{Form, Sentence};

/// Counts of a comparison.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    correct: usize,
    found: usize,
    gold: usize,
}

impl Score {
    /// Cuts the lines, written in a form, and compares.
    pub fn of<'l>(segmenter: &Segmenter, lines: impl IntoIterator<Item = &'l str>, form: Form) -> Self {
        let (mut score, mut scratch) = (Self::default(), Scratch::new());
        for line in lines {
            let gold = Sentence::read(line, form);
            let (mut at, mut byte) = (0, 0);
            let spans = segmenter.segment_into(&gold.text, &mut scratch);
            let ends = spans.iter().map(|s| {
                at += gold.letters(byte, s.end);
                byte = s.end;
                at
            });
            score.add(&gold.ends, &ends.collect::<Vec<u32>>());
        }
        score
    }

    /// Compares word ends of one sentence; a word is right when both its ends are.
    fn add(&mut self, gold: &[u32], found: &[u32]) {
        self.gold += gold.len();
        self.found += found.len();
        let (mut i, mut j) = (0, 0);
        // Both lists begin a word at 0.
        let (mut gold_start, mut found_start) = (0, 0);
        while let (Some(&a), Some(&b)) = (gold.get(i), found.get(j)) {
            if a == b && gold_start == found_start {
                self.correct += 1;
            }
            if a <= b {
                gold_start = a;
                i += 1;
            }
            if b <= a {
                found_start = b;
                j += 1;
            }
        }
    }

    /// F1 in per cent.
    pub fn f1(self) -> f64 {
        200.0 * self.correct as f64 / (self.found + self.gold).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn a_word_needs_both_its_ends() {
        let mut score = Score::default();
        score.add(&[2, 5, 9], &[2, 9]);
        assert_eq!((score.correct, score.found, score.gold), (1, 2, 3));
        assert!((score.f1() - 40.0).abs() < 1e-9);
    }
}
