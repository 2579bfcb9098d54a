//! What is added to the scores where letters have no case: weights of classes of units (see `classes`), learned on lines in
//! small letters while the scores of the model stay as they are.
//!
//! A line in small letters hides where names begin and end, and of a name that it never met the model knows nothing but its
//! syllables. Classes tell the rest: a surname, then a middle and a given name, then a verb. Since the weights are added only
//! where the text itself shows no case, proper text is cut as before. F1 in small letters on held-out news, Wikipedia, UD-VTB
//! train and dev: without 98.37, 97.52, 98.18 and 97.03; with them 98.40, 97.58, 98.17 and 97.07; dev in capitals 96.90 and
//! 96.92.
//!
//! Rejected: the same weights learned together with all others (proper text lost 0.05), a model of its own for lines in small
//! letters (no better), weights of pairs beside those of classes (news 98.43, Wikipedia 97.68, but UD-VTB train 98.15), 24 or
//! 64 classes (UD-VTB the same, the others worse).

use vanban::segment::training::{N_CASELESS, N_CLASSES, caseless_row};

use crate::examples::Examples;
use crate::learn::{Learner, Settings};
use crate::model::{Layout, Prepared};
use crate::quantise::rounded;
use crate::random::Random;

/// Largest weight: what the compiled form holds.
const MAX: f32 = 127.0;

/// Both weights of every row: the classes end with the gap's right unit, begin with its left one.
pub type Caseless = Vec<[i32; 2]>;

/// Learns from lines of one case; `weights` are those of the model.
pub fn learn(lines: &Prepared, weights: &[f32], layout: Layout, classes: &[usize]) -> Caseless {
    let settings = Settings { alpha: 0.1, l1: 1.0, ..Settings::default() };
    let mut learner = Learner::new(&[(2 * N_CASELESS, settings.l1)], &settings);
    let mut order: Vec<u32> = (0..lines.x.n_lines() as u32).collect();
    let (mut random, mut buffer) = (Random::new(), Vec::new());
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &line in &order {
            // Whether the gap before scores above zero.
            let mut before = false;
            for g in lines.x.line(line as usize) {
                if !lines.x.is_candidate(g) {
                    before = false;
                    continue;
                }
                lines.features(g, layout, &mut buffer);
                let score: f32 = buffer.iter().map(|&f| weights[f as usize]).sum();
                learner.update(&rows(&lines.x, g, before, classes), score, lines.x.is_joined(g));
                before = score > 0.0;
            }
        }
    }
    learner.weights().as_chunks::<2>().0.iter().map(|row| row.map(|w| rounded(w, MAX))).collect()
}

/// The two weights of the gap behind unit `g`.
fn rows(x: &Examples, g: usize, before: bool, classes: &[usize]) -> [u32; 2] {
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| classes[usize::from(x.numbers[g + i - 1])]);
    [2 * caseless_row(before, [a, b, c]) as u32, 2 * caseless_row(before, [b, c, d]) as u32 + 1]
}

/// The rows of the text form: side, gap before, two classes, the weights by the third.
pub fn write(caseless: &Caseless) -> impl Iterator<Item = String> {
    let rows = (0..2 * N_CLASSES * N_CLASSES).flat_map(|row| [(row, 0), (row, 1)]);
    rows.filter_map(|(row, side)| {
        let (before, first, second) = (row / (N_CLASSES * N_CLASSES), row / N_CLASSES % N_CLASSES, row % N_CLASSES);
        let weights: Vec<i32> =
            (0..N_CLASSES).map(|third| caseless[caseless_row(before == 1, [first, second, third])][side]).collect();
        let (side, before) = (["left", "right"][side], ["apart", "joined"][before]);
        let cells: String = weights.iter().map(|w| format!("\t{w}")).collect();
        weights.iter().any(|&w| w != 0).then(|| format!("{side}\t{before}\t{first:02}\t{second:02}{cells}"))
    })
}
