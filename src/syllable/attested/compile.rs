//! `data/syllables.tsv` → `data/syllables.bin`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{CAPITAL, MAX_LEN, N_RANKS, N_SLOTS, NONE, SLOT_LEN, slot};
use crate::syllable::{Syllable, ToneStyle};

/// Compiles the list of syllables in use; the second column and remarks are not read.
///
/// # Errors
/// A row that is no syllable or stands twice, or too many rows; the message says which line.
pub fn compile(file: &str) -> Result<Vec<u8>, String> {
    let mut slots = alloc::vec![[0u8; SLOT_LEN]; N_SLOTS];
    let mut ranks = alloc::vec![NONE; Syllable::COUNT];
    let mut n_ranks = 0u16;
    let mut listed = alloc::vec![false; Syllable::COUNT];
    for (i, line) in file.lines().enumerate() {
        let cell = line.split('\t').next().unwrap_or("");
        if cell.starts_with('#') || cell.is_empty() {
            continue;
        }
        let bad = |why: &str| format!("syllables.tsv:{}: {cell}: {why}", i + 1);
        let s = Syllable::parse(cell).ok_or_else(|| bad("no Vietnamese syllable"))?;
        let seen = listed.get_mut(usize::from(s.code())).ok_or_else(|| bad("no Vietnamese syllable"))?;
        if core::mem::replace(seen, true) {
            return Err(bad("stands twice"));
        }
        let class = s.lexical();
        let rank = class.rank_in(&ranks).unwrap_or_else(|| {
            n_ranks += 1;
            n_ranks - 1
        });
        for member in [s, class] {
            if let Some(r) = ranks.get_mut(usize::from(member.code())) {
                *r = rank;
            }
        }
        if usize::from(n_ranks) > N_RANKS {
            return Err(bad("too many syllables"));
        }
        for style in [ToneStyle::FirstVowel, ToneStyle::SecondVowel] {
            let spelling = s.spelling(style);
            insert(&mut slots, spelling.as_bytes(), s.code(), rank).ok_or_else(|| bad("no room"))?;
            let mut letters = spelling.chars();
            let first = letters.next().unwrap_or(' ');
            if !first.is_ascii() {
                let capital: String = first.to_uppercase().chain(letters).collect();
                insert(&mut slots, capital.as_bytes(), s.code() | CAPITAL, rank).ok_or_else(|| bad("no room"))?;
            }
        }
    }
    // The other spelling of a listed class has its rank, too: kĩ where only kỹ is listed.
    for s in Syllable::all() {
        if let Some(rank) = s.lexical().rank_in(&ranks)
            && let Some(r) = ranks.get_mut(usize::from(s.code()))
        {
            *r = rank;
        }
    }
    let mut out = slots.concat();
    out.extend(ranks.iter().flat_map(|r| r.to_le_bytes()));
    Ok(out)
}

impl Syllable {
    fn rank_in(self, ranks: &[u16]) -> Option<u16> {
        ranks.get(usize::from(self.code())).copied().filter(|&r| r != NONE)
    }
}

fn set(slot: &mut [u8; SLOT_LEN], at: usize, value: u16) {
    if let Some(bytes) = slot.get_mut(at..at + 2) {
        bytes.copy_from_slice(&value.to_le_bytes());
    }
}

/// Puts a spelling into its first free slot; a spelling that is there (both styles alike) stays.
fn insert(slots: &mut [[u8; SLOT_LEN]], spelling: &[u8], code: u16, rank: u16) -> Option<()> {
    let mut key = [0u8; MAX_LEN];
    key.get_mut(..spelling.len())?.copy_from_slice(spelling);
    let low = u64::from_le_bytes(*key.first_chunk()?);
    let high = u32::from_le_bytes(*key.last_chunk()?);
    let first = slot(low, high);
    // More than half of the slots stay free, so every search ends soon.
    for at in first..first + N_SLOTS / 2 {
        let free = slots.get_mut(at % N_SLOTS)?;
        if free.first_chunk() == Some(&key) {
            return Some(());
        }
        if free.first_chunk() == Some(&[0; MAX_LEN]) {
            free.get_mut(..MAX_LEN)?.copy_from_slice(&key);
            set(free, 12, code);
            set(free, 14, rank);
            return Some(());
        }
    }
    None
}
