//! How one word of a name becomes another by mistake.
//!
//! Two syllables are compared part by part: onset, vowel letters, final, tone. One part may differ as
//! `data/confusions.tsv` lists it (counted in near-equal names of one article), or one letter may be dropped, added,
//! changed or swapped with its neighbour. Letters that are no syllable are read as Telex or VNI keys that were not
//! converted, as look-alikes, or letter by letter.
//!
//! Rejected: an edit distance with costs. *Hùng/Hưng* (two men) and *Thịnh/Tịnh* (a misprint) are one edit each; which
//! slip it is can be explained to a reader, a sum of costs cannot.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use unicode_normalization::UnicodeNormalization;

use crate::syllable::{Syllable, Tone};

/// How a name was misspelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Slip {
    /// *Sĩ/Sỹ, Phúc/Phước*: two accepted spellings of one name.
    Variant,
    /// *Thi* for *Thị*.
    ToneLost,
    /// *Tiễn* for *Tiến*, *Vình* for *Vĩnh*.
    Tone,
    /// *Tân* for *Tăn*, *Đuc* for *Đức*: the mark of a vowel or the bar of đ.
    Mark,
    /// *Tịnh* for *Thịnh*, *Châm* for *Trâm*: an onset that is mistaken for another.
    Onset,
    /// *Hoàn* for *Hoàng*: a final that is mistaken for another.
    Final,
    /// *Xân* for *Xuân*, *Thịnhh* for *Thịnh*: a letter dropped, added, swapped, or struck beside its key.
    Letter,
    /// *Dừ* for *Từ*: another letter.
    OtherLetter,
    /// *Thijnh, Thi5nh* for *Thịnh*: Telex or VNI keys that were not converted.
    Typing,
    /// *Ðặng* for *Đặng*: a letter of another alphabet that looks the same.
    LookAlike,
    /// *NgọcThịnh* for *Ngọc Thịnh*.
    SpaceMissing,
    /// *Th ịnh* for *Thịnh*.
    SpaceExtra,
    /// *thịnh* for *Thịnh*.
    Capital,
}

impl Slip {
    /// Every slip.
    pub const ALL: [Self; 13] = [
        Self::Variant,
        Self::ToneLost,
        Self::Tone,
        Self::Mark,
        Self::Onset,
        Self::Final,
        Self::Letter,
        Self::OtherLetter,
        Self::Typing,
        Self::LookAlike,
        Self::SpaceMissing,
        Self::SpaceExtra,
        Self::Capital,
    ];

    /// Lower-case English name, as in `data/repair_weights.tsv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Variant => "variant",
            Self::ToneLost => "tone_lost",
            Self::Tone => "tone",
            Self::Mark => "mark",
            Self::Onset => "onset",
            Self::Final => "final",
            Self::Letter => "letter",
            Self::OtherLetter => "other_letter",
            Self::Typing => "typing",
            Self::LookAlike => "look_alike",
            Self::SpaceMissing => "space_missing",
            Self::SpaceExtra => "space_extra",
            Self::Capital => "capital",
        }
    }

    /// Whether the form that it makes cannot be meant.
    pub(super) const fn is_impossible(self) -> bool {
        matches!(self, Self::Typing | Self::LookAlike | Self::SpaceMissing | Self::SpaceExtra | Self::Capital)
    }

    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Variant => "two accepted spellings",
            Self::ToneLost => "the tone is missing",
            Self::Tone => "only the tone differs",
            Self::Mark => "only a vowel mark or the bar of đ differs",
            Self::Onset => "only the onset differs, as it is often mistaken",
            Self::Final => "only the final differs, as it is often mistaken",
            Self::Letter => "a letter dropped, added, swapped, or struck beside its key",
            Self::OtherLetter => "one letter is another",
            Self::Typing => "Telex or VNI keys that were not converted",
            Self::LookAlike => "a letter that only looks the same",
            Self::SpaceMissing => "a space is missing",
            Self::SpaceExtra => "a space too many",
            Self::Capital => "the capital is missing",
        }
    }
}

/// One word of a name: its letters, and the syllable they are.
pub(super) type Word<'t> = (&'t str, Option<Syllable>);

static CONFUSIONS: &str = include_str!("../../data/confusions.tsv");

/// What is mistaken for what: `data/confusions.tsv`, read when it is first asked for, sorted. 4 KB.
#[derive(Default)]
pub(super) struct Confusions {
    parts: OnceCell<Vec<(&'static str, &'static str, &'static str)>>,
    words: OnceCell<Vec<(&'static str, Syllable, Syllable)>>,
}

impl Confusions {
    fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        CONFUSIONS.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
    }

    /// Whether a row has the two forms of a part of the syllable, in either order.
    fn has_part(&self, part: &'static str, a: &str, b: &str) -> bool {
        let rows = self.parts.get_or_init(|| {
            let mut rows: Vec<_> = Self::rows().flat_map(|(p, x, y)| [(p, x, y), (p, y, x)]).collect();
            rows.sort_unstable();
            rows
        });
        rows.binary_search(&(part, a, b)).is_ok()
    }

    /// Whether a row has the two words.
    fn has_word(&self, part: &'static str, a: Syllable, b: Syllable) -> bool {
        let rows = self.words.get_or_init(|| {
            let parsed = |(p, x, y): (&'static str, &str, &str)| Some((p, Syllable::parse(x)?, Syllable::parse(y)?));
            let whole = |row: &(&str, &str, &str)| matches!(row.0, "syllable" | "variant");
            let rows = Self::rows().filter(whole).filter_map(parsed);
            let mut rows: Vec<_> = rows.flat_map(|(p, x, y)| [(p, x, y), (p, y, x)]).collect();
            rows.sort_unstable();
            rows
        });
        rows.binary_search(&(part, a, b)).is_ok()
    }
}

/// By which slip `right` was written `wrong`, if by one. O(length of the words).
pub(super) fn slip(known: &Confusions, wrong: Word<'_>, right: Word<'_>) -> Option<Slip> {
    if let (Some(x), Some(y)) = (wrong.1, right.1) {
        return between_syllables(known, x, y);
    }
    if wrong.1.is_none() && right.1.is_some() {
        if typed(wrong.0) == right.1 {
            return Some(Slip::Typing);
        }
        if crate::normalize::normalize(wrong.0).nfc().eq(right.0.nfc()) {
            return Some(Slip::LookAlike);
        }
    }
    let (x, y) = (Spelt::new(wrong.0), Spelt::new(right.0));
    if wrong.1.is_none() == right.1.is_none() || x.is_cut_short() || y.is_cut_short() {
        return None;
    }
    between_letters(&x, &y, wrong.1.is_some())
}

/// The letters of a word in lower case with their marks, and its tones apart from them.
struct Spelt {
    letters: Vec<char>,
    tones: Vec<char>,
}

impl Spelt {
    fn new(word: &str) -> Self {
        let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let all = || word.nfd().flat_map(char::to_lowercase);
        Self { letters: all().filter(|c| !is_tone(c)).nfc().collect(), tones: all().filter(is_tone).collect() }
    }

    /// A name cut to its first letters (Kh., Ph.) is hidden on purpose.
    fn is_cut_short(&self) -> bool {
        let vowel = |c: &char| "aeiouy".contains(base(*c));
        self.letters.len() < 2 || self.letters.len() < 3 && !self.letters.iter().any(vowel)
    }
}

/// The letter without its mark.
fn base(letter: char) -> char {
    if letter == 'đ' { 'd' } else { letter.nfd().next().unwrap_or(letter) }
}

fn between_letters(wrong: &Spelt, right: &Spelt, is_syllable: bool) -> Option<Slip> {
    let missing = wrong.tones.len() < right.tones.len();
    if wrong.letters == right.letters {
        return Some(if missing { Slip::ToneLost } else { Slip::Tone });
    }
    let bases = |s: &Spelt| s.letters.iter().map(|c| base(*c)).collect::<Vec<char>>();
    // All marks lost at once, as where no Vietnamese keyboard was at hand.
    if bases(wrong) == bases(right)
        && (wrong.tones == right.tones || wrong.letters.iter().all(char::is_ascii) && missing)
    {
        return Some(Slip::Mark);
    }
    // A letter that is dropped takes its tone along, which leaves no syllable.
    let dropped = missing && !is_syllable && wrong.tones.is_empty() && wrong.letters.len() < right.letters.len();
    (wrong.tones == right.tones || dropped).then(|| edit(&wrong.letters, &right.letters)).flatten()
}

fn between_syllables(known: &Confusions, x: Syllable, y: Syllable) -> Option<Slip> {
    if x.lexical() == y.lexical() || known.has_word("variant", x, y) {
        return Some(Slip::Variant);
    }
    let (onset, rime, tone) = (x.onset() == y.onset(), x.rime() == y.rime(), x.tone() == y.tone());
    match (onset, rime, tone) {
        (true, true, _) => return Some(if x.tone() == Tone::Ngang { Slip::ToneLost } else { Slip::Tone }),
        (false, true, true) if known.has_part("onset", x.onset(), y.onset()) => return Some(Slip::Onset),
        (true, false, true) => {
            let ((vowel_x, final_x), (vowel_y, final_y)) = (split(x.rime()), split(y.rime()));
            if final_x == final_y && known.has_part("vowel", vowel_x, vowel_y) {
                let marks = vowel_x.chars().map(base).eq(vowel_y.chars().map(base));
                return Some(if marks { Slip::Mark } else { Slip::Letter });
            }
            if vowel_x == vowel_y && known.has_part("final", final_x, final_y) {
                return Some(Slip::Final);
            }
        }
        _ => {}
    }
    if known.has_word("syllable", x, y) {
        return Some(Slip::Final);
    }
    let spelt = |s: Syllable| Spelt::new(&s.spelling(crate::syllable::ToneStyle::FirstVowel));
    between_letters(&spelt(x), &spelt(y), true)
}

/// Vowel letters and final consonants of a rime.
fn split(rime: &str) -> (&str, &str) {
    let consonant = |c: char| matches!(c, 'c' | 'g' | 'h' | 'm' | 'n' | 'p' | 't');
    let at = rime.find(consonant).unwrap_or(rime.len());
    rime.split_at_checked(at).unwrap_or((rime, ""))
}

/// One inserted, dropped, changed or swapped letter. O(length).
fn edit(a: &[char], b: &[char]) -> Option<Slip> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let tail = |s: &'_ [char], skip: usize| s.get(same + skip..).map(<[char]>::to_vec).unwrap_or_default();
    match long.len() - short.len() {
        0 => {
            let (x, y) = (*short.get(same)?, *long.get(same)?);
            if tail(short, 1) == tail(long, 1) {
                return Some(match (base(x), base(y)) {
                    (u, v) if u == v => Slip::Mark,
                    (u, v) if neighbours(u, v) => Slip::Letter,
                    _ => Slip::OtherLetter,
                });
            }
            let swapped = tail(short, 2) == tail(long, 2)
                && short.get(same) == long.get(same + 1)
                && short.get(same + 1) == long.get(same);
            swapped.then_some(Slip::Letter)
        }
        1 => (tail(short, 0) == tail(long, 1)).then_some(Slip::Letter),
        _ => None,
    }
}

/// Keys that touch on a QWERTY keyboard.
fn neighbours(a: char, b: char) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |c: char| ROWS.iter().zip(0i32..).find_map(|(r, y)| r.find(c).map(|x| (x as i32, y)));
    let (Some((x, row)), Some((u, other))) = (place(a), place(b)) else { return false };
    // Each row stands half a key to the right of the one above.
    let apart = (2 * x + row) - (2 * u + other);
    row == other && apart.abs() == 2 || (row - other).abs() == 1 && apart.abs() <= 1
}

/// The syllable that Telex or VNI keys mean: *Thijnh, Thanhf, Thi5nh, D9uc71*. Keys are taken for marks from the left,
/// as the input methods do; tones may stand anywhere behind their vowel.
fn typed(word: &str) -> Option<Syllable> {
    let keys: Vec<char> = word.nfc().flat_map(char::to_lowercase).collect();
    [telex as fn(char, &str) -> Option<(char, char)>, vni].iter().find_map(|method| {
        let mut out = String::new();
        let mut tone = None;
        let mut converted = false;
        for (i, &key) in keys.iter().enumerate() {
            match method(key, &out) {
                Some((mark, base)) if base == TONE && i > 0 => {
                    tone = Some(mark);
                    converted = true;
                }
                Some((mark, base)) => {
                    let at = out.rfind(base)?;
                    let rest: String = out.get(at + base.len_utf8()..)?.into();
                    out.truncate(at);
                    out.push(mark);
                    // uow is ươ, also in part.
                    if mark == 'ơ' && out.ends_with("uơ") {
                        out.truncate(at - 1);
                        out.push_str("ươ");
                    }
                    out.push_str(&rest);
                    converted = true;
                }
                None => out.push(key),
            }
        }
        if !converted {
            return None;
        }
        // A stop bears no level tone, so the tone is read with the letters.
        out.extend(tone);
        Syllable::parse(&out)
    })
}

/// Stands for the base letter where a key is a tone.
const TONE: char = '\0';

/// The mark that a Telex key sets on the letters before: a tone, or a letter in place of its base.
fn telex(key: char, before: &str) -> Option<(char, char)> {
    let has = |c: char| before.contains(c);
    let vowel = before.chars().any(|c| !"bcdđghklmnpqrstvx".contains(c));
    match key {
        's' if vowel => Some(('\u{301}', TONE)),
        'f' if vowel => Some(('\u{300}', TONE)),
        'r' if vowel => Some(('\u{309}', TONE)),
        'x' if vowel => Some(('\u{303}', TONE)),
        'j' if vowel => Some(('\u{323}', TONE)),
        'a' if has('a') => Some(('â', 'a')),
        'e' if has('e') => Some(('ê', 'e')),
        'o' if has('o') => Some(('ô', 'o')),
        'd' if before.starts_with('d') => Some(('đ', 'd')),
        'w' if has('o') => Some(('ơ', 'o')),
        'w' if has('u') => Some(('ư', 'u')),
        'w' if has('a') => Some(('ă', 'a')),
        _ => None,
    }
}

fn vni(key: char, before: &str) -> Option<(char, char)> {
    let has = |c: char| before.contains(c);
    match key {
        '1' => Some(('\u{301}', TONE)),
        '2' => Some(('\u{300}', TONE)),
        '3' => Some(('\u{309}', TONE)),
        '4' => Some(('\u{303}', TONE)),
        '5' => Some(('\u{323}', TONE)),
        '6' if has('a') => Some(('â', 'a')),
        '6' if has('e') => Some(('ê', 'e')),
        '6' if has('o') => Some(('ô', 'o')),
        '7' if has('o') => Some(('ơ', 'o')),
        '7' if has('u') => Some(('ư', 'u')),
        '8' if has('a') => Some(('ă', 'a')),
        '9' if has('d') => Some(('đ', 'd')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> Option<Slip> {
        slip(&Confusions::default(), (a, Syllable::parse(a)), (b, Syllable::parse(b)))
    }

    #[test]
    fn names_the_slip_between_two_words() {
        for (wrong, right, expected) in [
            ("Tịnh", "Thịnh", Some(Slip::Onset)),
            ("Châm", "Trâm", Some(Slip::Onset)),
            ("Dũng", "Dụng", Some(Slip::Tone)),
            ("Thi", "Thị", Some(Slip::ToneLost)),
            ("Thị", "Thi", Some(Slip::Tone)),
            ("Sĩ", "Sỹ", Some(Slip::Variant)),
            ("Phúc", "Phước", Some(Slip::Variant)),
            ("Cương", "Cường", Some(Slip::ToneLost)),
            ("Hưng", "Hung", Some(Slip::Mark)),
            ("Duong", "Đương", Some(Slip::Mark)),
            ("Tuấn", "Tấn", Some(Slip::Letter)),
            ("Phan", "Pham", Some(Slip::Final)),
            ("Hoàn", "Hoàng", Some(Slip::Final)),
            ("Dừ", "Từ", Some(Slip::OtherLetter)),
            ("Đưc", "Đức", Some(Slip::ToneLost)),
            ("Tâp", "Tập", Some(Slip::ToneLost)),
            ("Thịnhh", "Thịnh", Some(Slip::Letter)),
            ("Thịnb", "Thịnh", Some(Slip::Letter)),
            ("Thijnh", "Thịnh", Some(Slip::Typing)),
            ("Thanhf", "Thành", Some(Slip::Typing)),
            ("Thi5nh", "Thịnh", Some(Slip::Typing)),
            ("Dduwcs", "Đức", Some(Slip::Typing)),
            ("D9u7c1", "Đức", Some(Slip::Typing)),
            ("Truowngf", "Trường", Some(Slip::Typing)),
            ("Viêt5", "Việt", Some(Slip::Typing)),
            ("Pạhm", "Phạm", Some(Slip::Letter)),
            ("Vnă", "Văn", Some(Slip::Letter)),
            ("Trn", "Trần", Some(Slip::Letter)),
            ("Ðặng", "Đặng", Some(Slip::LookAlike)),
            ("Kh", "Khá", None),
            ("Anh", "Mạnh", None),
            ("Chính", "Dũng", None),
            ("Hùng", "Lan", None),
            ("Thành", "Thanh", Some(Slip::Tone)),
        ] {
            assert_eq!(between(wrong, right), expected, "{wrong} {right}");
        }
    }
}
