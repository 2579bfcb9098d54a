//! The text form of the model, as `data/words` has it: read row by row, errors with file and line.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::units::Shape;
use crate::model::{N_CASELESS, N_CLASSES, N_PATTERNS, N_SHAPE_ROWS, caseless_row};

/// Names of the files, in the order in which [`compile`](super::compile) takes them.
#[doc(hidden)]
pub const FILES: [&str; 6] = ["units.tsv", "pairs.tsv", "compounds.tsv", "gaps.tsv", "classes.tsv", "caseless.tsv"];

/// The rows of the six files.
#[derive(Debug, Default)]
pub(crate) struct TextForm<'t> {
    /// A unit and its weights: where it stands one before the gap's left unit, is it, is the right one, one behind that.
    pub(crate) units: Vec<(&'t str, [i32; 4])>,
    /// Two units and their weights: the pair ends at the gap's left unit, holds the gap, begins at its right unit.
    pub(crate) pairs: Vec<([&'t str; 2], [i32; 3])>,
    /// Words of two to four units.
    pub(crate) compounds: Vec<&'t str>,
    /// By the four shapes around a gap, three bits each, the first highest.
    pub(crate) shapes: Vec<i32>,
    /// By the words near a gap; bits as `decide::pattern` has them.
    pub(crate) patterns: Vec<i32>,
    /// A unit and its class.
    pub(crate) classes: Vec<(&'t str, usize)>,
    /// Where letters have no case, by [`caseless_row`]: the classes end with the gap's right unit, begin with its left.
    pub(crate) caseless: Vec<[i32; 2]>,
    pub(crate) bias: i32,
    pub(crate) unit_of_odds: u32,
}

impl<'t> TextForm<'t> {
    /// Reads the contents of [`FILES`].
    pub(crate) fn read(files: &[&'t str]) -> Result<Self, String> {
        let [units, pairs, compounds, gaps, classes, caseless] = files else {
            return Err(format!("{} files instead of {}", files.len(), FILES.len()));
        };
        let mut out = Self {
            shapes: alloc::vec![0; N_SHAPE_ROWS],
            patterns: alloc::vec![0; N_PATTERNS],
            caseless: alloc::vec![[0; 2]; N_CASELESS],
            unit_of_odds: 1,
            ..Self::default()
        };
        each_row(FILES[0], units, |cells| {
            let (name, weights) = cells.split_first().ok_or("an empty row")?;
            out.units.push((name, numbers(weights)?));
            Ok(())
        })?;
        each_row(FILES[1], pairs, |cells| {
            let [left, right, weights @ ..] = cells else { return Err("two units are missing".to_string()) };
            out.pairs.push(([left, right], numbers(weights)?));
            Ok(())
        })?;
        each_row(FILES[2], compounds, |cells| {
            out.compounds.push(cells.first().copied().ok_or("an empty row")?);
            Ok(())
        })?;
        each_row(FILES[3], gaps, |cells| {
            let [kind, key, weight] = cells else { return Err("three columns are needed".to_string()) };
            let [weight] = numbers::<1>(&[weight])?;
            let unsigned = || u32::try_from(weight).map_err(|e| e.to_string());
            match *kind {
                "bias" => out.bias = weight,
                "unit_of_odds" => out.unit_of_odds = unsigned()?,
                "shapes" => *out.shapes.get_mut(shapes(key)?).ok_or("more than four shapes")? = weight,
                "pattern" => {
                    let pattern = usize::from_str_radix(key, 2).map_err(|e| e.to_string())?;
                    *out.patterns.get_mut(pattern).ok_or("more than twelve bits")? = weight;
                }
                other => return Err(format!("unknown kind {other}")),
            }
            Ok(())
        })?;
        each_row(FILES[4], classes, |cells| {
            let [name, class] = cells else { return Err("two columns are needed".to_string()) };
            out.classes.push((name, class_of(class)?));
            Ok(())
        })?;
        each_row(FILES[5], caseless, |cells| {
            let [side, before, first, second, weights @ ..] = cells else {
                return Err("four columns before the weights are needed".to_string());
            };
            let side = choice(["left", "right"], side)?;
            let before = choice(["apart", "joined"], before)? == 1;
            let [first, second] = [class_of(first)?, class_of(second)?];
            for (third, weight) in numbers::<N_CLASSES>(weights)?.into_iter().enumerate() {
                let row = out.caseless.get_mut(caseless_row(before, [first, second, third]));
                if let Some(entry) = row.and_then(|row| row.get_mut(side)) {
                    *entry = weight;
                }
            }
            Ok(())
        })?;
        Ok(out)
    }
}

/// A class of units.
fn class_of(cell: &str) -> Result<usize, String> {
    let class = cell.parse().ok().filter(|&class| class < N_CLASSES);
    class.ok_or_else(|| format!("{cell} is no number below {N_CLASSES}"))
}

/// Which of two names this is.
fn choice(names: [&str; 2], name: &str) -> Result<usize, String> {
    names.iter().position(|&n| n == name).ok_or_else(|| format!("{name} instead of {} or {}", names[0], names[1]))
}

fn each_row<'t>(
    name: &str,
    content: &'t str,
    mut give: impl FnMut(&[&'t str]) -> Result<(), String>,
) -> Result<(), String> {
    for (i, line) in content.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        give(&cells).map_err(|reason| format!("{name}:{}: {reason}", i + 1))?;
    }
    Ok(())
}

fn numbers<const N: usize>(cells: &[&str]) -> Result<[i32; N], String> {
    let numbers = cells.iter().map(|c| c.parse::<i32>().map_err(|e| format!("{c}: {e}")));
    let numbers = numbers.collect::<Result<Vec<i32>, String>>()?;
    <[i32; N]>::try_from(numbers).map_err(|found| format!("{} numbers instead of {N}", found.len()))
}

/// Names of the shapes, by number.
pub(crate) const SHAPES: [(Shape, &str); 8] = [
    (Shape::Mark, "mark"),
    (Shape::Number, "number"),
    (Shape::Lower, "lower"),
    (Shape::Title, "title"),
    (Shape::Upper, "upper"),
    (Shape::OtherLower, "other-lower"),
    (Shape::OtherTitle, "other-title"),
    (Shape::OtherUpper, "other-upper"),
];

fn shapes(key: &str) -> Result<usize, String> {
    key.split(' ').try_fold(0, |row, name| {
        let shape = SHAPES.iter().find(|s| s.1 == name).ok_or_else(|| format!("unknown shape {name}"))?;
        Ok(row << 3 | shape.0 as usize)
    })
}
