//! Classes of units by what their capitals show: which stand in names, at which place of a name, beside names, or nowhere
//! near.
//!
//! K-means over shares: how often a unit begins, goes on in or ends a word or is one, with a capital and without; how often
//! a name stands behind it and before it. The classes are the same in every run: the first centre is the most frequent unit,
//! each next one the unit farthest from all centres.

use vanban::segment::training::{N_CLASSES, has_capital};

use crate::examples::Examples;
use crate::inventory::Inventory;
use crate::names::tells_names;

/// A unit alone, at the start, inside, at the end of a word: four counts with a capital, four without.
const N_PLACES: usize = 8;
/// And the small unit beside a capital: in front of it, behind it.
const N_COUNTS: usize = N_PLACES + 2;
const ROUNDS: usize = 25;
/// Occurrences from which on a unit is no likelier to become a centre.
const ENOUGH: f32 = 100.0;

type Point = [f32; N_COUNTS];

/// The class of every number of a unit. 0 is that of all that is no word, or never met where capitals tell something.
pub fn classes(x: &Examples, inventory: &Inventory) -> Vec<usize> {
    let counts = count(x, inventory.n_rows());
    let is_word = |unit: usize| !inventory.name(unit as u16).starts_with('<');
    let n_met = |unit: usize| counts[unit][..N_PLACES].iter().sum::<f32>();
    let met: Vec<usize> = (0..counts.len()).filter(|&unit| is_word(unit) && n_met(unit) > 0.0).collect();
    let points: Vec<(Point, f32)> = met.iter().map(|&unit| (point(&counts[unit]), n_met(unit).sqrt())).collect();
    let mut out = vec![0; counts.len()];
    for (&unit, class) in met.iter().zip(cluster(&points, N_CLASSES - 1)) {
        out[unit] = class + 1;
    }
    out
}

/// How often each unit stands where.
fn count(x: &Examples, n_units: usize) -> Vec<Point> {
    let mut counts = vec![[0.0; N_COUNTS]; n_units];
    for line in (0..x.n_lines()).map(|i| x.line(i)).filter(|line| tells_names(&x.shapes[line.clone()])) {
        // The capital of a first word says nothing.
        for g in line.clone().skip(1) {
            let capital = |at: usize| has_capital(x.shapes[at]) == Some(true);
            let (joined_before, joined) = (x.is_joined(g - 1), x.is_joined(g));
            let place = usize::from(joined) + 2 * usize::from(joined_before) + 4 * usize::from(!capital(g));
            let of = &mut counts[usize::from(x.numbers[g])];
            of[place] += 1.0;
            if !capital(g) {
                of[N_PLACES] += f32::from(u8::from(g + 1 < line.end && !joined && capital(g + 1)));
                of[N_PLACES + 1] += f32::from(u8::from(g > line.start + 1 && !joined_before && capital(g - 1)));
            }
        }
    }
    counts
}

/// Roots of shares, between which distances are those of distributions (Hellinger's); a little is added to every count.
fn point(counts: &Point) -> Point {
    let all: f32 = counts[..N_PLACES].iter().sum();
    let small: f32 = counts[N_PLACES / 2..N_PLACES].iter().sum();
    std::array::from_fn(|i| {
        let of = if i < N_PLACES { all + 2.0 } else { small + 5.0 };
        ((counts[i] + 0.25) / of).sqrt()
    })
}

fn distance(a: &Point, b: &Point) -> f32 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// The cluster of every point; each point has a weight.
fn cluster(points: &[(Point, f32)], n_clusters: usize) -> Vec<usize> {
    let heaviest = points.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let mut centres: Vec<Point> = heaviest.iter().map(|p| p.0).collect();
    while (1..n_clusters).contains(&centres.len()) {
        let far = |p: &(Point, f32)| {
            let nearest = centres.iter().map(|c| distance(c, &p.0)).fold(f32::INFINITY, f32::min);
            nearest * p.1.min(ENOUGH.sqrt())
        };
        let farthest = points.iter().max_by(|a, b| far(a).total_cmp(&far(b)));
        centres.extend(farthest.map(|p| p.0));
    }
    let mut of = vec![0; points.len()];
    for _ in 0..ROUNDS {
        let mut sums = vec![([0.0; N_COUNTS], 0.0f32); centres.len()];
        for (of, (point, weight)) in of.iter_mut().zip(points) {
            let near = |c: &usize| distance(&centres[*c], point);
            *of = (0..centres.len()).min_by(|a, b| near(a).total_cmp(&near(b))).unwrap_or(0);
            let (sum, n) = &mut sums[*of];
            sum.iter_mut().zip(point).for_each(|(s, p)| *s += weight * p);
            *n += weight;
        }
        for (centre, (sum, n)) in centres.iter_mut().zip(sums).filter(|(_, (_, n))| *n > 0.0) {
            *centre = sum.map(|s| s / n);
        }
    }
    of
}
