//! Makes the slips that writers make.

use unicode_normalization::UnicodeNormalization;
use vanban::syllable::{Syllable, Tone, ToneStyle};

use crate::articles::Chance;

/// The kinds of slip, in the order in which they are printed.
pub const KINDS: [&str; 16] = [
    "tone lost",
    "tone swapped",
    "vowel mark",
    "onset",
    "final",
    "letter dropped",
    "letter doubled",
    "letters swapped",
    "neighbouring key",
    "Telex keys",
    "VNI keys",
    "look-alike",
    "OCR",
    "space missing",
    "space extra",
    "capital lost",
];

const TONES: [Tone; 6] = [Tone::Ngang, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang];

/// The name with one slip of this kind, if it can have one.
pub fn misspell(name: &str, kind: &str, chance: &mut Chance) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    if kind == "space missing" {
        let at = chance.below(words.len() - 1);
        let joined = words.iter().enumerate().map(|(i, w)| if i == at { w.to_string() } else { format!("{w} ") });
        return Some(joined.collect::<String>().trim_end().to_string());
    }
    let at = chance.below(words.len());
    // A name that begins in lower case is another thing.
    if kind == "capital lost" && at == 0 {
        return None;
    }
    let word = words[at];
    let wrong = one_word(word, kind, chance)?;
    if wrong == word {
        return None;
    }
    let mut out: Vec<String> = words.iter().map(ToString::to_string).collect();
    out[at] = wrong;
    Some(out.join(" "))
}

fn one_word(word: &str, kind: &str, chance: &mut Chance) -> Option<String> {
    let s = Syllable::parse(word)?;
    let toned = |s: Syllable, t: Tone| s.with_tone(t).map(|s| capital(&s.spelling(ToneStyle::FirstVowel)));
    let letters: Vec<char> = word.nfc().collect();
    let swap = |pairs: &[(&str, &str)], chance: &mut Chance, part: fn(&str, &str, &str) -> Option<String>| {
        let lower: String = word.nfc().flat_map(char::to_lowercase).collect();
        let fitting: Vec<String> = pairs
            .iter()
            .flat_map(|(a, b)| [part(&lower, a, b), part(&lower, b, a)])
            .flatten()
            .filter(|w| Syllable::parse(w).is_some())
            .collect();
        chance.pick(&fitting).map(|w| capital(w))
    };
    let at = |chance: &mut Chance| 1 + chance.below(letters.len().saturating_sub(1));
    match kind {
        "tone lost" if s.tone() != Tone::Ngang => {
            // Stops bear no level tone, but the writer who forgets it does not care.
            toned(s, Tone::Ngang).or_else(|| Some(without_tone(word)))
        }
        "tone swapped" => {
            let others: Vec<String> =
                TONES[1..].iter().filter(|t| **t != s.tone()).filter_map(|t| toned(s, *t)).collect();
            chance.pick(&others).cloned()
        }
        "vowel mark" => {
            let pairs = [("ă", "a"), ("â", "a"), ("ê", "e"), ("ô", "o"), ("ơ", "o"), ("ư", "u"), ("đ", "d")];
            let base: String = word.nfd().collect();
            let marked: Vec<String> = pairs
                .iter()
                .filter_map(|(mark, plain)| {
                    let lost =
                        letters.iter().any(|c| c.to_lowercase().nfd().filter(|c| !is_tone(*c)).nfc().eq(mark.chars()));
                    lost.then(|| lose(&base, mark, plain))
                })
                .collect();
            chance.pick(&marked).cloned()
        }
        "onset" => swap(
            &[
                ("th", "t"),
                ("tr", "ch"),
                ("s", "x"),
                ("d", "gi"),
                ("gi", "r"),
                ("n", "l"),
                ("ng", "n"),
                ("kh", "k"),
                ("ph", "p"),
            ],
            chance,
            |w, a, b| w.strip_prefix(a).filter(|r| !r.starts_with('h')).map(|r| format!("{b}{r}")),
        ),
        "final" => swap(&[("n", "ng"), ("nh", "n"), ("c", "t"), ("n", "m")], chance, |w, a, b| {
            w.strip_suffix(a).filter(|r| r.chars().count() > 1).map(|r| format!("{r}{b}"))
        }),
        "letter dropped" if letters.len() > 2 => {
            let i = at(chance);
            Some(letters.iter().enumerate().filter(|(k, _)| *k != i).map(|(_, c)| *c).collect())
        }
        "letter doubled" if letters.len() > 1 => {
            let i = at(chance);
            Some(letters.iter().enumerate().flat_map(|(k, c)| [Some(*c), (k == i).then_some(*c)]).flatten().collect())
        }
        "letters swapped" if letters.len() > 2 => {
            let i = 1 + chance.below(letters.len() - 2);
            let mut out = letters;
            out.swap(i, i + 1);
            Some(out.into_iter().collect())
        }
        "neighbouring key" if letters.len() > 1 => {
            let i = at(chance);
            let near = [
                ('n', "bm"),
                ('h', "gj"),
                ('g', "fh"),
                ('i', "uo"),
                ('u', "yi"),
                ('o', "ip"),
                ('a', "s"),
                ('t', "ry"),
                ('m', "n"),
                ('c', "xv"),
                ('y', "tu"),
                ('e', "wr"),
                ('p', "o"),
            ];
            let keys = near.iter().find(|(c, _)| *c == letters[i])?.1.chars().collect::<Vec<_>>();
            let key = *chance.pick(&keys)?;
            Some(letters.iter().enumerate().map(|(k, c)| if k == i { key } else { *c }).collect())
        }
        "Telex keys" => keys(
            word,
            ["f", "r", "x", "s", "j"],
            [("ă", "aw"), ("â", "aa"), ("ê", "ee"), ("ô", "oo"), ("ơ", "ow"), ("ư", "uw"), ("đ", "dd")],
            false,
            chance,
        ),
        "VNI keys" => keys(
            word,
            ["2", "3", "4", "1", "5"],
            [("ă", "a8"), ("â", "a6"), ("ê", "e6"), ("ô", "o6"), ("ơ", "o7"), ("ư", "u7"), ("đ", "d9")],
            true,
            chance,
        ),
        "look-alike" => {
            let pairs = [('Đ', 'Ð'), ('o', 'о'), ('a', 'а'), ('c', 'с'), ('H', 'Н'), ('T', 'Т')];
            let (real, look) = *pairs.iter().find(|(c, _)| letters.contains(c))?;
            Some(word.nfc().collect::<String>().replacen(real, &look.to_string(), 1))
        }
        "OCR" => {
            let pairs = [("h", "b"), ("n", "u"), ("m", "rn"), ("c", "e"), ("i", "l"), ("g", "q")];
            let fitting: Vec<String> = pairs
                .iter()
                .filter(|(a, _)| letters.iter().skip(1).any(|c| c.to_string() == *a))
                .map(|(a, b)| word.nfc().collect::<String>().replacen(a, b, 1))
                .collect();
            chance.pick(&fitting).cloned()
        }
        "space extra" if letters.len() > 2 => {
            let i = at(chance);
            Some(letters.iter().enumerate().flat_map(|(k, c)| [(k == i).then_some(' '), Some(*c)]).flatten().collect())
        }
        "capital lost" => Some(word.nfc().flat_map(char::to_lowercase).collect()),
        _ => None,
    }
}

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

fn without_tone(word: &str) -> String {
    word.nfd().filter(|c| !is_tone(*c)).nfc().collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// The word (decomposed) without one mark.
fn lose(word: &str, mark: &str, plain: &str) -> String {
    if mark == "đ" {
        return word.replace('đ', "d").replace('Đ', "D").nfc().collect();
    }
    let combining = mark.nfd().nth(1).unwrap_or('\0');
    let _ = plain;
    let mut done = false;
    word.chars()
        .filter(|c| {
            done || *c != combining || {
                done = true;
                false
            }
        })
        .nfc()
        .collect()
}

/// One mark typed as keys: the tone behind the word, or a letter behind its base.
fn keys(word: &str, tones: [&str; 5], marks: [(&str, &str); 7], digits: bool, chance: &mut Chance) -> Option<String> {
    let s = Syllable::parse(word)?;
    let tone = [Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang].iter().position(|t| *t == s.tone());
    let with_tone = tone.map(|t| {
        let letters: Vec<char> = without_tone(word).chars().collect();
        // Telex keys are often struck right behind the vowel.
        let last_vowel =
            letters.iter().rposition(|c| !"bcdđghklmnpqrstvx".contains(c.to_lowercase().next().unwrap_or('b')));
        let at =
            if digits || chance.below(2) == 0 { letters.len() } else { last_vowel.map_or(letters.len(), |v| v + 1) };
        letters[..at].iter().collect::<String>() + tones[t] + &letters[at..].iter().collect::<String>()
    });
    let plain: String = word.nfc().flat_map(char::to_lowercase).collect();
    let with_mark = marks.iter().find(|(m, _)| plain.contains(m)).map(|(m, k)| capital(&plain.replacen(m, k, 1)));
    let both: Vec<String> = with_tone.into_iter().chain(with_mark).collect();
    chance.pick(&both).cloned()
}
