//! "Is it clean?": whether a text needs the normaliser at all, at the speed of checking UTF-8.
//!
//! A finite automaton reads bytes; one table row of 256 bytes per state, so a byte costs one load. It knows, within a
//! word, the onset (`qu` and `gi` swallow a vowel letter), the vowel letters so far and where the tone stands, and gives
//! up ([`SUSPECT`]) when a tone stands where no style puts it, at combining marks, look-alikes and scripts whose
//! composition it does not know. Only the white-space-delimited piece around a suspect byte is looked at with care.
//!
//! A load takes some five cycles, and the next byte's load waits for it; so four stretches of a window of text
//! are read in turn in one loop, which hides the wait. Why not a vector of character classes: the decision needs the letters of a whole
//! rime, which the state carries for free.
//!
//! Which mistakes it may make: it may suspect what is right (a foreign word), never pass what the normaliser changes.
//!
//! Memory: 64 KiB of table, of which text touches some 6 KiB. Made by [`compile`] (`data/clean.bin`).

#[cfg(feature = "std")]
mod automaton;

#[cfg(feature = "std")]
pub use automaton::compile;

/// `TABLE[state << 8 | byte]` is the next state.
static TABLE: &[u8; 1 << 16] = include_bytes!("../../data/clean.bin");

/// The state between words, where every text begins.
const START: u8 = 0;
/// The state that is never left.
const SUSPECT: u8 = 1;

/// Bytes of a lane, roughly.
const LANE: usize = 1024;

#[inline]
#[expect(clippy::indexing_slicing, reason = "two bytes index 65,536 entries")]
fn step(state: u8, byte: u8) -> u8 {
    TABLE[usize::from(state) << 8 | usize::from(byte)]
}

/// Calls `suspect(start, end)` for every white-space-delimited piece that the automaton suspects, in text order, until it
/// returns false; whether it never did.
pub(super) fn all_clean(text: &str, mut suspect: impl FnMut(usize, usize) -> bool) -> bool {
    let bytes = text.as_bytes();
    // The next white space from `at` on, where a word certainly ends.
    let cut = |at: usize| {
        let at = at.min(bytes.len());
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())
    };
    let mut start = 0;
    while start < bytes.len() {
        let end = cut(start + WINDOW);
        let bounds = [start, cut(start + WINDOW / 4), cut(start + WINDOW / 2), cut(start + WINDOW / 4 * 3), end];
        // A window without any suspicion is done; the others are read again with care.
        if !four_lanes(bytes, bounds) && !one_lane(bytes, start, end, &mut suspect) {
            return false;
        }
        start = end;
    }
    true
}

/// Bytes of text that are read at once in four lanes.
const WINDOW: usize = 4 * LANE;

/// Whether the four stretches between the bounds, each beginning between words, are free of suspicion.
fn four_lanes(bytes: &[u8], bounds: [usize; 5]) -> bool {
    let [a, b, c, d, e] = bounds;
    let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    let (p, q, r, s) = (part(a, b), part(b, c), part(c, d), part(d, e));
    let common = p.len().min(q.len()).min(r.len()).min(s.len());
    let [mut w, mut x, mut y, mut z] = [START; 4];
    let lanes = p.iter().zip(q).zip(r.iter().zip(s));
    for ((&p, &q), (&r, &s)) in lanes {
        w = step(w, p);
        x = step(x, q);
        y = step(y, r);
        z = step(z, s);
    }
    // What the longer stretches have left, and the space that ends each.
    let finish = |state: u8, part: &[u8]| {
        let rest = part.get(common..).unwrap_or_default();
        step(rest.iter().fold(state, |state, &b| step(state, b)), b' ')
    };
    [finish(w, p), finish(x, q), finish(y, r), finish(z, s)].iter().all(|&state| state != SUSPECT)
}

fn one_lane(bytes: &[u8], start: usize, end: usize, suspect: &mut impl FnMut(usize, usize) -> bool) -> bool {
    lane_from(bytes, start, start, end, START, suspect)
}

/// Reads `from..end` of a window that begins at `start`.
fn lane_from(
    bytes: &[u8],
    start: usize,
    from: usize,
    end: usize,
    mut state: u8,
    suspect: &mut impl FnMut(usize, usize) -> bool,
) -> bool {
    let mut at = from;
    while at < end {
        let rest = bytes.get(at..end).unwrap_or_default();
        let Some(hit) = rest.iter().position(|&b| {
            state = step(state, b);
            state == SUSPECT
        }) else {
            break;
        };
        let hit = at + hit;
        let before = bytes.get(start..hit).unwrap_or_default();
        let piece_start = start + before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
        let behind = bytes.get(hit..end).unwrap_or_default();
        let piece_end = hit + behind.iter().position(u8::is_ascii_whitespace).unwrap_or(behind.len());
        if !suspect(piece_start, piece_end) {
            return false;
        }
        (at, state) = (piece_end, START);
    }
    // A window ends where a word does.
    if state != SUSPECT && step(state, b' ') == SUSPECT {
        let before = bytes.get(start..end).unwrap_or_default();
        let word_start = before.iter().rposition(u8::is_ascii_whitespace).map_or(start, |i| start + i + 1);
        return suspect(word_start, end);
    }
    true
}
