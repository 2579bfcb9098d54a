//! "Is it clean?": whether a text needs the normaliser at all, at the speed of checking UTF-8.
//!
//! A finite automaton reads bytes; one table row of 256 bytes per state, so a byte costs one load. It knows, within a
//! word, the onset (`qu` and `gi` swallow a vowel letter), the vowel letters so far and where the tone stands, and gives
//! up ([`SUSPECT`]) when a tone stands where no style puts it, at combining marks, look-alikes and scripts whose
//! composition it does not know. Only the white-space-delimited piece around a suspect byte is looked at with care.
//!
//! A load takes some five cycles, and the next byte's load waits for it; so four quarters of the text are read in turn
//! in one loop, which hides the wait. Why not a vector of character classes: the decision needs the letters of a whole
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

/// Bytes between two looks at the states.
const BLOCK: usize = 128;
/// Texts below this length are read in one lane.
const MIN_LANES: usize = 4 * BLOCK;

#[inline]
#[expect(clippy::indexing_slicing, reason = "two bytes index 65,536 entries")]
fn step(state: u8, byte: u8) -> u8 {
    TABLE[usize::from(state) << 8 | usize::from(byte)]
}

/// Calls `suspect(start, end)` for every white-space-delimited piece that the automaton suspects, until it returns
/// false; whether it never did.
pub(super) fn all_clean(text: &str, mut suspect: impl FnMut(usize, usize) -> bool) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < MIN_LANES {
        return lane(bytes, 0, bytes.len(), &mut suspect);
    }
    // Four quarters, cut at white space so that each begins between words.
    let cut = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())
    };
    let quarter = bytes.len() / 4;
    let (a, b, c) = (cut(quarter), cut(2 * quarter), cut(3 * quarter));
    let starts = [0, a, b, c];
    let ends = [a, b, c, bytes.len()];
    // The part that all four have.
    let common = starts.iter().zip(ends).map(|(s, e)| e - s).min().unwrap_or(0) / BLOCK * BLOCK;
    let part = |i: usize| starts.get(i).and_then(|&s| bytes.get(s..s + common)).unwrap_or_default();
    let (p, q, r, s) = (part(0), part(1), part(2), part(3));
    let mut states = [START; 4];
    let mut done = 0;
    let blocks = p.as_chunks::<BLOCK>().0.iter().zip(q.as_chunks::<BLOCK>().0);
    for ((p, q), (r, s)) in blocks.zip(r.as_chunks::<BLOCK>().0.iter().zip(s.as_chunks::<BLOCK>().0)) {
        let [mut w, mut x, mut y, mut z] = states;
        for i in 0..BLOCK {
            #[expect(clippy::indexing_slicing, reason = "i is below the length of the arrays")]
            {
                w = step(w, p[i]);
                x = step(x, q[i]);
                y = step(y, r[i]);
                z = step(z, s[i]);
            }
        }
        if w == SUSPECT || x == SUSPECT || y == SUSPECT || z == SUSPECT {
            break;
        }
        states = [w, x, y, z];
        done += BLOCK;
    }
    // What is left of each quarter, one after the other, from its last clean block.
    starts.iter().zip(ends).zip(states).all(|((&start, end), state)| {
        let from = if done == 0 { start } else { start + done };
        lane_from(bytes, start, from, end, state, &mut suspect)
    })
}

fn lane(bytes: &[u8], start: usize, end: usize, suspect: &mut impl FnMut(usize, usize) -> bool) -> bool {
    lane_from(bytes, start, start, end, START, suspect)
}

/// Reads `from..end` of the quarter that begins at `start`.
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
    // The end of a text ends a word.
    if state != SUSPECT && end == bytes.len() && step(state, b' ') == SUSPECT {
        let word_start = bytes.iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
        return suspect(word_start, end);
    }
    true
}
