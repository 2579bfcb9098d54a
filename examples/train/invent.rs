//! Lines in which the persons have other names, so that the model learns what a name is made of.
//!
//! The corpora name the same few persons again and again, and the pairs of their names take all the weight; of a name that
//! they do not have, the model then knows nothing where no capital shows it (*anh Thành Bỉ* in small letters). An invented
//! name is drawn syllable by syllable from how often each is surname, middle and given name. Given names alone are replaced
//! as well: without them the model would join a rare one to the verb behind it.
//! F1 on UD-VTB dev in small letters 96.97 without, 97.03 with them, as it is 97.56 and 97.57; on train 98.21 and 98.18, 98.35
//! and 98.36. Rejected: the same pairs as words of the dictionary (no gain), and other names in the place of the true ones
//! rather than beside them (98.33 on train as it is).

use std::collections::HashSet;

use crate::random::Random;
use crate::table::Table;

/// Per cent of the full names that are replaced, and of the given names alone.
const FULL_NAMES: u32 = 60;
const GIVEN_NAMES: u32 = 80;
/// Per cent of the names of two syllables behind an honorific that become a middle and a given name (*anh Minh Khôi*).
const WITHOUT_SURNAME: u32 = 60;
/// Occurrences from which on a syllable is used, and from which on it tells that a word is a name.
const MIN_USED: u32 = 3;
const MIN_TELLING: u32 = 30;
/// Longest name in syllables.
const MAX_LEN: usize = 4;

/// Positions in a name.
const SURNAME: usize = 0;
const MIDDLE: usize = 1;
const GIVEN: usize = 2;

pub struct Inventor {
    syllables: [Syllables; 3],
    honorifics: HashSet<String>,
    random: Random,
}

/// The syllables of one position.
#[derive(Default)]
struct Syllables {
    /// Each with the sum of the weights up to it.
    drawn: Vec<(String, u32)>,
    /// Those that tell that a word is a name: a surname at its start, a given name alone unless it is more often another
    /// word (*Điều*).
    telling: HashSet<String>,
}

impl Inventor {
    /// From rows of a syllable and five counts (surname, middle, given name; with a capital, in small letters), and from rows
    /// of a phrase and its class, of which the honorifics are used.
    pub fn read(syllables: &Table, context_words: &Table) -> Result<Self, String> {
        let mut new = Self { syllables: <_>::default(), honorifics: HashSet::new(), random: Random::new() };
        for (line, row) in syllables.rows() {
            let mut cells = row.split('\t');
            let name = capitalised(cells.next().unwrap_or(""));
            let counts = cells.map_while(|cell| cell.parse().ok()).collect::<Vec<u32>>();
            let counts = <[u32; 5]>::try_from(counts).map_err(|_| syllables.error(line, "five counts are needed"))?;
            let [positions @ .., in_capitals, in_small_letters] = counts;
            for (position, n) in new.syllables.iter_mut().zip(positions) {
                if n >= MIN_USED {
                    let before = position.drawn.last().map_or(0, |last| last.1);
                    position.drawn.push((name.clone(), before + weight(n)));
                }
                if n >= MIN_TELLING {
                    position.telling.insert(name.clone());
                }
            }
            if in_capitals <= in_small_letters {
                new.syllables[GIVEN].telling.remove(&name);
            }
        }
        let honorifics = context_words.rows().filter_map(|(_, row)| {
            let (phrase, class) = row.split_once('\t')?;
            (class.split('\t').next() == Some("honorific")).then(|| phrase.to_owned())
        });
        new.honorifics.extend(honorifics);
        Ok(new)
    }

    /// The line with other names, if it got any. Its first word stays, since its capital tells nothing.
    pub fn line(&mut self, line: &str) -> Option<String> {
        let mut words: Vec<String> = Vec::new();
        let mut is_changed = false;
        for word in line.split(' ') {
            let is_addressed = words.last().is_some_and(|last| self.honorifics.contains(last));
            let name = if words.is_empty() { None } else { self.other(word, is_addressed) };
            is_changed |= name.is_some();
            words.push(name.unwrap_or_else(|| word.to_owned()));
        }
        is_changed.then(|| words.join(" "))
    }

    /// Another name for a word that is one, if chance wants it.
    fn other(&mut self, word: &str, is_addressed: bool) -> Option<String> {
        let parts: Vec<&str> = word.split('_').collect();
        let told_by = if parts.len() == 1 { GIVEN } else { SURNAME };
        let is_name = parts.len() <= MAX_LEN
            && parts.iter().all(|part| is_capitalised(part))
            && (is_addressed || self.syllables[told_by].telling.contains(parts[0]));
        let share = if parts.len() == 1 { GIVEN_NAMES } else { FULL_NAMES };
        if !is_name || self.random.below(100) >= share {
            return None;
        }
        let n_middle = match parts.len() {
            1 => return Some(self.draw(GIVEN)),
            2 if is_addressed && self.random.below(100) < WITHOUT_SURNAME => {
                return Some(self.draw(MIDDLE) + "_" + &self.draw(GIVEN));
            }
            len => len - 2,
        };
        let positions = [SURNAME].into_iter().chain(std::iter::repeat_n(MIDDLE, n_middle)).chain([GIVEN]);
        Some(positions.map(|position| self.draw(position)).collect::<Vec<_>>().join("_"))
    }

    fn draw(&mut self, position: usize) -> String {
        let drawn = &self.syllables[position].drawn;
        let at = self.random.below(drawn.last().map_or(1, |last| last.1));
        drawn.get(drawn.partition_point(|syllable| syllable.1 <= at)).map_or_else(String::new, |s| s.0.clone())
    }
}

/// The three-quarter power, so that rare syllables are met often enough; of square roots, which every machine rounds alike.
fn weight(n: u32) -> u32 {
    let root = f64::from(n).sqrt();
    (root * root.sqrt()).ceil() as u32
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// One capital, then small letters.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventor() -> Inventor {
        let syllables = "đỗ\t90\t0\t0\t9\t9\nkhôi\t0\t0\t40\t5\t1\nsong\t0\t50\t2\t1\t9\n\
            lê\t2\t2\t2\t5\t1\n";
        Inventor::read(&Table::of(syllables), &Table::of("#p\tclass\nbà\thonorific\tfemale\nđến\tverb\t\n")).unwrap()
    }

    /// All that become of a line in a hundred trials.
    fn lines(line: &str) -> HashSet<Option<String>> {
        let mut inventor = inventor();
        (0..100).map(|_| inventor.line(line)).collect()
    }

    #[test]
    fn names_are_replaced_by_names_of_the_same_length() {
        let some = |line: &str| Some(line.to_owned());
        assert_eq!(lines("Ở đây bà Hoa đến ."), HashSet::from([None, some("Ở đây bà Khôi đến .")]));
        let of_two = HashSet::from([None, some("Gặp bà Đỗ_Khôi ."), some("Gặp bà Song_Khôi .")]);
        assert_eq!(lines("Gặp bà Hoa_Mai ."), of_two);
        assert_eq!(lines("Gặp Đỗ_Thị_Ngọc_Mai ."), HashSet::from([None, some("Gặp Đỗ_Song_Song_Khôi .")]));
        assert_eq!(lines("Gặp Khôi ."), HashSet::from([None, some("Gặp Khôi .")]));
    }

    #[test]
    fn other_words_stay() {
        for line in ["Đỗ_Hoa đến .", "Gặp Lê_Hoa .", "Xe đỗ_lại .", "Gặp Đỗ_HOA .", "Gặp Đỗ_Thị_Hoa_Mai_Ba .", ""]
        {
            assert_eq!(lines(line), HashSet::from([None]), "{line}");
        }
    }

    #[test]
    fn a_given_name_that_is_more_often_another_word_tells_nothing() {
        let mut inventor = Inventor::read(&Table::of("điều\t0\t0\t50\t5\t9"), &Table::of("")).unwrap();
        assert!((0..100).all(|_| inventor.line("Xem Điều 5 .").is_none()));
    }

    #[test]
    fn a_row_without_counts_is_named() {
        let error = Inventor::read(&Table::of("#s\nđỗ\t90\tx\t0\t9\t9"), &Table::of("")).err();
        assert_eq!(error, Some("here:2: five counts are needed".to_owned()));
    }
}
