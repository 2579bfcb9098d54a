//! How one syllable becomes another by mistake.
//!
//! Two syllables are compared part by part: onset, rime without tone, tone. One part may differ, and letters only as
//! `data/confusions.tsv` lists; everything else is another syllable.

use crate::syllable::Syllable;

/// In what two syllables of otherwise equal names differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// *Mỹ/Mĩ*: two accepted spellings.
    Spelling,
    /// Only the tone.
    Tone,
    /// Only the onset, as in the list.
    Onset,
    /// Only the rime, as in the list.
    Rime,
    /// Letters that are no Vietnamese syllable, one edit away: *Đưc, Thịnb*.
    Impossible,
}

impl Slip {
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Spelling => "two accepted spellings of one syllable (i/y)",
            Self::Tone => "one syllable differs in tone only",
            Self::Onset => "one syllable differs in its onset, as often mistyped",
            Self::Rime => "one syllable differs in its vowel or final, as often mistyped",
            Self::Impossible => "one form is no Vietnamese syllable",
        }
    }
}

static CONFUSIONS: &str = include_str!("../../data/confusions.tsv");

/// The slip between two words of names, if there is one. `None` stands for a word that is no syllable.
pub(super) fn slip(a: (&str, Option<Syllable>), b: (&str, Option<Syllable>)) -> Option<Slip> {
    match (a.1, b.1) {
        (Some(x), Some(y)) => {
            if x.lexical() == y.lexical() {
                return Some(Slip::Spelling);
            }
            let (onset, rime, tone) = (x.onset() == y.onset(), x.rime() == y.rime(), x.tone() == y.tone());
            match (onset, rime, tone) {
                (true, true, false) => Some(Slip::Tone),
                (false, true, _) => listed("onset", x.onset(), y.onset()).then_some(Slip::Onset),
                (true, false, _) => rimes_alike(x.rime(), y.rime()).then_some(Slip::Rime),
                _ => None,
            }
        }
        (None, Some(_)) | (Some(_), None) => one_edit(a.0, b.0).then_some(Slip::Impossible),
        (None, None) => None,
    }
}

fn listed(part: &str, a: &str, b: &str) -> bool {
    CONFUSIONS.lines().filter(|l| !l.starts_with('#')).any(|line| {
        let mut cells = line.split('\t');
        let (Some(p), Some(x), Some(y)) = (cells.next(), cells.next(), cells.next()) else { return false };
        p == part && (x == a && y == b || x == b && y == a)
    })
}

fn rimes_alike(a: &str, b: &str) -> bool {
    let (vowel_a, coda_a) = split(a);
    let (vowel_b, coda_b) = split(b);
    if coda_a == coda_b {
        return listed("vowel", vowel_a, vowel_b);
    }
    vowel_a == vowel_b && (coda_a.is_empty() || coda_b.is_empty() || listed("coda", coda_a, coda_b))
}

/// Vowel letters and final consonants of a rime.
fn split(rime: &str) -> (&str, &str) {
    let consonant = |c: char| matches!(c, 'c' | 'g' | 'h' | 'm' | 'n' | 'p' | 't');
    let at = rime.find(consonant).unwrap_or(rime.len());
    rime.split_at_checked(at).unwrap_or((rime, ""))
}

/// Whether one inserted, dropped, changed or swapped letter turns one word into the other; marks and tones count as part
/// of their letter, one of them lost is one change. O(length).
fn one_edit(a: &str, b: &str) -> bool {
    use alloc::vec::Vec;
    use unicode_normalization::UnicodeNormalization;
    let letters = |s: &str| s.nfd().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let tail = |s: &[char], skip: usize| s.get(same + skip..).map(<[char]>::to_vec).unwrap_or_default();
    match long.len() - short.len() {
        0 => {
            let swapped = tail(short, 2) == tail(long, 2)
                && short.get(same).is_some()
                && short.get(same) == long.get(same + 1)
                && short.get(same + 1) == long.get(same);
            tail(short, 1) == tail(long, 1) || swapped
        }
        1 => tail(short, 0) == tail(long, 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> Option<Slip> {
        slip((a, Syllable::parse(a)), (b, Syllable::parse(b)))
    }

    #[test]
    fn names_the_slip_between_two_syllables() {
        for (a, b, expected) in [
            ("Tịnh", "Thịnh", Some(Slip::Onset)),
            ("Trâm", "Châm", Some(Slip::Onset)),
            ("Dũng", "Dụng", Some(Slip::Tone)),
            ("Thi", "Thị", Some(Slip::Tone)),
            ("Sĩ", "Sỹ", Some(Slip::Spelling)),
            ("Cương", "Cường", Some(Slip::Tone)),
            ("Thương", "Thường", Some(Slip::Tone)),
            ("Tuấn", "Tấn", Some(Slip::Rime)),
            ("Phan", "Phạm", Some(Slip::Rime)),
            ("Đưc", "Đức", Some(Slip::Impossible)),
            ("Thịnhh", "Thịnh", Some(Slip::Impossible)),
            ("Thijnh", "Thịnh", Some(Slip::Impossible)),
            ("Chính", "Dũng", None),
            ("Hùng", "Lan", None),
        ] {
            assert_eq!(between(a, b), expected, "{a} {b}");
            assert_eq!(between(b, a), expected, "{b} {a}");
        }
    }
}
