//! The tables against each other and against the alphabet.

use super::Encoding;
use super::tables::{
    byte_of_sign, byte_read_as, code_of, is_marked_letter, letter_of, sign_of, tcvn5712, windows_1252,
};
use crate::syllable::Syllable;

#[test]
fn codes_and_letters_are_inverse() {
    let mut n = 0;
    for letter in ('\u{C0}'..='\u{1EF9}').filter(|&c| is_marked_letter(c)) {
        n += 1;
        for encoding in Encoding::ALL {
            let code = code_of(encoding, letter).unwrap();
            if code != 0 {
                assert_eq!(letter_of(encoding, code), Some(letter), "{encoding}");
            }
        }
    }
    assert_eq!(n, 134);
    assert!(Encoding::ALL.iter().all(|&e| letter_of(e, 0).is_none() && code_of(e, 'a').is_none()));
}

#[test]
fn signs_are_inverse_and_no_letters() {
    for encoding in Encoding::ALL {
        for byte in 0..=0xFF {
            let Some(c) = sign_of(encoding, byte) else { continue };
            if letter_of(encoding, u32::from(byte)).is_none() {
                assert_eq!(byte_of_sign(encoding, c), Some(byte), "{encoding} {byte:02X}");
            }
        }
    }
}

#[test]
fn bytes_survive_a_reading_as_windows_1252_or_latin_1() {
    for byte in 0..=0xFF {
        assert_eq!(byte_read_as(windows_1252(byte)), Some(byte));
        assert_eq!(byte_read_as(char::from(byte)), Some(byte));
    }
    assert_eq!(byte_read_as('ế'), None);
}

/// The bytes that TCVN 5712-1 has beyond TCVN3 are its 60 toned capitals and five tones.
#[test]
fn tcvn_5712_1_completes_the_capitals() {
    let signs: Vec<char> = (0..=0xFF).filter_map(tcvn5712).collect();
    let lacking = ('\u{C0}'..='\u{1EF9}').filter(|&c| code_of(Encoding::Tcvn3, c) == Some(0));
    let mut capitals: Vec<char> = signs.iter().copied().filter(|c| is_marked_letter(*c)).collect();
    capitals.sort_unstable();
    assert!(capitals.iter().copied().eq(lacking));
    assert_eq!(signs.len(), 60 + 5);
}

/// Every syllable, in both cases, in every encoding.
#[test]
fn every_syllable_is_read_as_it_was_written() {
    use crate::syllable::ToneStyle;
    for syllable in Syllable::all() {
        let small = syllable.spelling(ToneStyle::FirstVowel).to_string();
        for text in [small.to_uppercase(), small] {
            for encoding in Encoding::ALL {
                match super::encode(encoding, &text) {
                    Ok(bytes) => assert_eq!(super::decode(encoding, &bytes).as_deref(), Ok(&*text), "{encoding}"),
                    Err(e) => {
                        assert_eq!((encoding, e.loss.reason), (Encoding::Tcvn3, super::LossReason::NoCapital), "{e}")
                    }
                }
            }
        }
    }
}
