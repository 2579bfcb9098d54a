//! The user's own short forms: added, overriding the lexicon, or forbidden.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::definitions::letters;
use crate::lexicon::atoms::each_piece;
use crate::lexicon::{AtomKind, Atoms};
use crate::syllable::Syllable;

/// Why an entry was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryError {
    /// Which one: `entry 2`, `line 7`.
    pub place: String,
    /// Its short form as it was given.
    pub short: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {:?}: {}", self.place, self.short, self.reason)
    }
}

impl core::error::Error for EntryError {}

/// An entry as the user gave it: where, short form, full form (`None` forbids).
pub(super) type Given = (String, String, Option<String>);

/// The pieces behind the first, and the full form; `None` forbids.
type Entry = (Vec<(String, AtomKind)>, Option<String>);

/// Checked entries by the letters of their first piece, longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    by_first: BTreeMap<String, Vec<Entry>>,
    /// The first pieces that are syllables, and the most pieces of an entry.
    first_syllables: BTreeSet<u16>,
    longest: usize,
}

impl Entries {
    /// Checks and files the entries.
    pub(super) fn new(given: &[Given]) -> Result<Self, EntryError> {
        use unicode_normalization::UnicodeNormalization;
        let mut out = Self::default();
        for (place, short, full) in given {
            let error = |reason| EntryError { place: place.clone(), short: short.clone(), reason };
            let mut pieces: Vec<(String, AtomKind)> = Vec::new();
            each_piece(short.trim(), |letters, kind| pieces.push((letters.nfc().collect(), kind)));
            if pieces.is_empty() {
                return Err(error("the short form is empty"));
            }
            let (first, kind) = pieces.remove(0);
            if kind != AtomKind::Word {
                return Err(error("the short form must begin with a letter"));
            }
            if !short.chars().any(char::is_uppercase) && !short.contains('/') {
                return Err(error(
                    "a short form in small letters would change every such word: it needs a capital or a slash",
                ));
            }
            if short.chars().any(char::is_control) {
                return Err(error("the short form holds a line break, a tab or another control character"));
            }
            if let Some(full) = full {
                if full.trim().is_empty() {
                    return Err(error("the full form is empty; to leave the short form as it is, forbid it"));
                }
                if full.chars().any(char::is_control) {
                    return Err(error("the full form holds a line break, a tab or another control character"));
                }
            }
            out.first_syllables.extend(Syllable::parse(&first).map(Syllable::code));
            out.longest = out.longest.max(1 + pieces.len());
            let full = full.as_ref().map(|f| f.trim().to_string());
            let same_first = out.by_first.entry(first).or_default();
            if let Some(known) = same_first.iter().find(|e| e.0 == pieces) {
                if known.1 == full {
                    continue;
                }
                let both = known.1.is_some() && full.is_some();
                return Err(error(match both {
                    true => "the short form was entered before with another full form",
                    false => "the short form is entered and forbidden",
                }));
            }
            same_first.push((pieces, full));
            same_first.sort_by_key(|e| core::cmp::Reverse(e.0.len()));
        }
        Ok(out)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The most pieces that an entry has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Whether the first piece of an entry is this syllable, in any spelling.
    pub(super) fn may_begin_with(&self, syllable: Syllable) -> bool {
        self.first_syllables.contains(&syllable.code())
    }

    /// Reads `SHORT<TAB>FULL` lines; a line with a short form alone forbids it; `#` begins a remark.
    pub(super) fn lines(content: &str) -> Vec<Given> {
        let numbered = content.lines().enumerate().map(|(i, line)| (i + 1, line.trim_end()));
        let kept = numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        kept.map(|(n, line)| {
            let (short, full) = line.split_once('\t').map_or((line, None), |(short, full)| (short, Some(full)));
            (format!("line {n}"), short.to_string(), full.map(str::to_string))
        })
        .collect()
    }

    /// The entry used at this atom: its length in atoms and its full form.
    pub(super) fn at(&self, text: &Atoms<'_>, at: usize) -> Option<(usize, Option<&str>)> {
        let entries = self.by_first.get(&*letters(text, at, at + 1))?;
        let glued_before = text.atom(at).is_some_and(|a| a.glued())
            && at
                .checked_sub(1)
                .and_then(|i| text.atom(i))
                .is_some_and(|a| a.is_word() || a.kind() == AtomKind::Number);
        let (pieces, full) = entries.iter().find(|(pieces, _)| {
            let same = |(i, (piece, kind)): (usize, &(String, AtomKind))| {
                text.atom(at + 1 + i).is_some_and(|a| {
                    a.breaks() == 0
                        && match kind {
                            AtomKind::Mark(_) => a.kind() == *kind,
                            _ => *letters(text, at + 1 + i, at + 2 + i) == **piece,
                        }
                })
            };
            pieces.iter().enumerate().all(same)
                && text.atom(at + 1 + pieces.len()).is_none_or(|next| !next.glued() || !next.is_word())
        })?;
        (!glued_before).then(|| (1 + pieces.len(), full.as_deref()))
    }
}
