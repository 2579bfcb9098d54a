//! Makes the automaton: states are explored from the start, then those that behave alike are joined.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::syllable::{Letter, ToneStyle, nuclei, reads};

/// What the word has been so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    /// No letter yet.
    None,
    /// Only onset letters; the last one, if it is q or g, and whether it is the only one.
    Onset(u8),
    /// Vowel letters behind an onset that is `q`, `g` or another: up to four, and which carries a tone.
    Vowels {
        onset: u8,
        letters: [u8; 4],
        len: u8,
        tone: Option<u8>,
    },
    /// Letters behind the vowels, or no syllable any more: nothing can be wrong until the word ends.
    Rest,
    Suspect,
}

/// Bytes of a character read so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Partial {
    Whole,
    /// Two-byte lead, with its value shifted.
    Two(u8),
    /// E1 or E2, or E1 BA, E2 80 …
    Three(u8),
    ThreeOf(u8, u8),
    /// Continuation bytes of a character that only separates, still to come.
    Skip(u8),
}

type State = (Word, Partial);

const OTHER: u8 = 0;
const Q: u8 = 1;
const G: u8 = 2;

/// The table for `data/clean.bin`.
///
/// # Panics
/// If the automaton needs more than 256 states.
#[must_use]
pub fn compile() -> Vec<u8> {
    let nuclei = nuclei();
    // Explore.
    let mut ids: BTreeMap<State, usize> = BTreeMap::new();
    let mut queue: Vec<State> = Vec::from([(Word::None, Partial::Whole), (Word::Suspect, Partial::Whole)]);
    for (i, s) in queue.iter().enumerate() {
        ids.insert(*s, i);
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut next = 0;
    while let Some(&state) = queue.get(next) {
        next += 1;
        let row = (0..=255u8)
            .map(|b| {
                let to = transition(state, b, &nuclei);
                *ids.entry(to).or_insert_with(|| {
                    queue.push(to);
                    queue.len() - 1
                })
            })
            .collect();
        rows.push(row);
    }
    // Join states by refinement: at first only the suspect state differs.
    let mut class: Vec<usize> = (0..rows.len()).map(|i| usize::from(i == 1)).collect();
    loop {
        let mut seen: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
        let mut refined = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            let of = |s: &usize| class.get(*s).copied().unwrap_or(0);
            let key = (of(&i), row.iter().map(of).collect::<Vec<_>>());
            let n = seen.len();
            refined.push(*seen.entry(key).or_insert(n));
        }
        let settled = seen.len() == class.iter().max().map_or(0, |m| m + 1);
        class = refined;
        if settled {
            break;
        }
    }
    let n = class.iter().max().map_or(0, |m| m + 1);
    assert!(n <= 256, "the automaton has {n} states");
    // The start is class 0 and the suspect state class 1 by the order of `queue`.
    let mut table = alloc::vec![1u8; 1 << 16];
    for (row, &from) in rows.iter().zip(&class) {
        for (b, to) in row.iter().enumerate() {
            if let (Some(cell), Some(&to)) = (table.get_mut(from << 8 | b), class.get(*to)) {
                *cell = to as u8;
            }
        }
    }
    table
}

fn transition((word, partial): State, byte: u8, nuclei: &[(Vec<u8>, bool)]) -> State {
    if word == Word::Suspect {
        return (Word::Suspect, Partial::Whole);
    }
    let more = |p: Partial| (word, p);
    let suspect = (Word::Suspect, Partial::Whole);
    let continuation = byte & 0xC0 == 0x80;
    match partial {
        Partial::Whole => match byte {
            0..0x80 => event(word, char::from(byte), nuclei),
            0xC2..=0xCB => more(Partial::Two(byte)),
            0xE1 | 0xE2 => more(Partial::Three(byte)),
            // Combining marks, Greek, Cyrillic and everything behind: the general path knows them.
            _ => suspect,
        },
        _ if !continuation => suspect,
        Partial::Two(lead) => {
            let c = u32::from(lead & 0x1F) << 6 | u32::from(byte & 0x3F);
            char::from_u32(c).map_or(suspect, |c| event(word, c, nuclei))
        }
        Partial::Three(lead) => match (lead, byte) {
            (0xE1, 0xB8..=0xBB) => more(Partial::ThreeOf(lead, byte)),
            // General punctuation, currency, arrows, shapes; blocks with characters that change under NFC stay out.
            (0xE2, 0x80) => more(Partial::ThreeOf(lead, byte)),
            (0xE2, 0x81..=0x83 | 0x85..=0x8B | 0x8D..=0xAA) => match ended(word, nuclei) {
                Word::Suspect => suspect,
                word => (word, Partial::Skip(1)),
            },
            _ => suspect,
        },
        Partial::ThreeOf(0xE1, second) => {
            let c = 0x1000 | u32::from(second & 0x3F) << 6 | u32::from(byte & 0x3F);
            char::from_u32(c).map_or(suspect, |c| event(word, c, nuclei))
        }
        // U+2000 and U+2001 change under NFC; U+200B–U+200F may stand inside a word.
        Partial::ThreeOf(..) if matches!(byte, 0x80 | 0x81 | 0x8B..=0x8F) => suspect,
        Partial::ThreeOf(..) => (ended(word, nuclei), Partial::Whole),
        Partial::Skip(_) => more(Partial::Whole),
    }
}

/// A whole character.
fn event(word: Word, c: char, nuclei: &[(Vec<u8>, bool)]) -> State {
    let next = match c {
        // Look-alikes and the soft hyphen.
        'Ð' | 'ð' | 'Ɖ' | 'ɖ' | 'ƣ' | 'Ƣ' | 'ı' | '\u{AD}' => Word::Suspect,
        c => match reads(c) {
            Some(letter) => with_letter(word, letter, nuclei),
            None if c.is_alphabetic() => match ended_closed(word, nuclei) {
                Word::Suspect => Word::Suspect,
                _ => Word::Rest,
            },
            None => ended(word, nuclei),
        },
    };
    (next, Partial::Whole)
}

fn with_letter(word: Word, letter: Letter, nuclei: &[(Vec<u8>, bool)]) -> Word {
    let Letter { code, toned, vowel } = letter;
    match word {
        Word::None if vowel => first_vowel(OTHER, letter),
        Word::Onset(onset) if vowel => first_vowel(onset, letter),
        Word::None => Word::Onset(match code {
            c if c == Letter::Q => Q,
            c if c == Letter::G => G,
            _ => OTHER,
        }),
        Word::Onset(_) => Word::Onset(OTHER),
        Word::Vowels { onset, mut letters, len, tone } if vowel => {
            if toned && tone.is_some() {
                // Two tones are reported, if the word would be a syllable with one.
                return Word::Suspect;
            }
            if len == 4 {
                return Word::Rest;
            }
            if let Some(slot) = letters.get_mut(usize::from(len)) {
                *slot = code;
            }
            if !begins_nucleus(onset, letters.get(..usize::from(len) + 1).unwrap_or_default(), nuclei) {
                return Word::Rest;
            }
            Word::Vowels { onset, letters, len: len + 1, tone: tone.or(toned.then_some(len)) }
        }
        Word::Vowels { .. } => match ended_closed(word, nuclei) {
            Word::Suspect => Word::Suspect,
            _ => Word::Rest,
        },
        other => other,
    }
}

/// Whether vowel letters of some syllable begin so.
fn begins_nucleus(onset: u8, vowels: &[u8], nuclei: &[(Vec<u8>, bool)]) -> bool {
    let begins = |v: &[u8]| nuclei.iter().any(|(n, _)| n.starts_with(v));
    let swallowed = match (onset, vowels) {
        (Q, [Letter::U, rest @ ..]) | (G, [Letter::I, rest @ ..]) => Some(rest),
        _ => None,
    };
    begins(vowels) || swallowed.is_some_and(begins)
}

fn first_vowel(onset: u8, Letter { code, toned, .. }: Letter) -> Word {
    Word::Vowels { onset, letters: [code, 0, 0, 0], len: 1, tone: toned.then_some(0) }
}

/// The word ends here.
fn ended(word: Word, nuclei: &[(Vec<u8>, bool)]) -> Word {
    if is_wrong(word, false, nuclei) { Word::Suspect } else { Word::None }
}

/// A consonant closes the vowels.
fn ended_closed(word: Word, nuclei: &[(Vec<u8>, bool)]) -> Word {
    if is_wrong(word, true, nuclei) { Word::Suspect } else { Word::None }
}

/// Whether the tone stands where neither style puts it.
fn is_wrong(word: Word, closed: bool, nuclei: &[(Vec<u8>, bool)]) -> bool {
    let Word::Vowels { onset, letters, len, tone: Some(tone) } = word else { return false };
    let vowels = letters.get(..usize::from(len)).unwrap_or_default();
    // qu and gi take their vowel letter when another vowel follows.
    let swallowed = match (onset, vowels) {
        (Q, [Letter::U, _, ..]) => 1,
        (G, [Letter::I, second, ..]) if *second != Letter::E_CIRCUMFLEX => 1,
        _ => 0,
    };
    let (_, rime) = vowels.split_at(swallowed);
    if !nuclei.iter().any(|(n, c)| n == rime && *c == closed) {
        return false;
    }
    let Some(tone) = usize::from(tone).checked_sub(swallowed) else { return true };
    [ToneStyle::FirstVowel, ToneStyle::SecondVowel].iter().all(|s| Letter::tone_place(rime, closed, *s) != tone)
}
