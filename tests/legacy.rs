//! Legacy encodings: golden rows, every letter in every encoding, and laws on random input.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vanban::legacy::{
    DetectedEncoding, Encoding, LossReason, decode, decode_entities, decode_lossy, decode_mixed, decode_text, detect,
    detect_text, encode, encode_lossy, losses, repair_mojibake,
};
use vanban::{Alignment, Span};

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    let content = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let row = |line: &str| line.split('\t').map(str::to_string).collect();
    content.lines().filter(|l| !l.starts_with('#')).map(row).collect()
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| char::from(b)).collect()
}

/// windows-1252, with Latin-1 in its holes.
fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";
    let high: Vec<char> = HIGH.chars().collect();
    bytes.iter().map(|&b| if (0x80..0xA0).contains(&b) { high[usize::from(b) - 0x80] } else { char::from(b) }).collect()
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Kept bytes are equal on both sides, and the changes tile what is between.
fn check_alignment(original: &str, output: &str, alignment: &Alignment) {
    let (mut a, mut b) = (0, 0);
    let end = Span::new(original.len(), original.len());
    let output_end = Span::new(output.len(), output.len());
    for (o, p) in alignment.changes().iter().map(|c| (c.original, c.output)).chain([(end, output_end)]) {
        assert_eq!(original.get(a..o.start).unwrap(), output.get(b..p.start).unwrap(), "{original:?} {output:?}");
        assert!(original.get(o.range()).is_some() && output.get(p.range()).is_some());
        (a, b) = (o.end, p.end);
    }
}

/// One row in every direction: (problems).
fn check(encoding: Encoding, bytes: &[u8], text: &str, reason: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |what: &str, holds: bool, actual: String| {
        if !holds {
            wrong.push(format!("{encoding} {what} ({reason}): {text}\n  actual {actual}"));
        }
    };
    let decoded = decode(encoding, bytes);
    expect("decode", decoded.as_deref() == Ok(text), format!("{decoded:?}"));
    for misread in [latin1(bytes), windows_1252(bytes)] {
        let (decoded, alignment) = decode_text(encoding, &misread);
        check_alignment(&misread, &decoded, &alignment);
        expect("decode_text", decoded == text, decoded.to_string());
    }
    if !reason.starts_with("decode only") && !reason.starts_with(".VnTimeH") {
        let encoded = encode(encoding, text);
        expect("encode", encoded.as_deref() == Ok(bytes), format!("{encoded:02X?}"));
        let decomposed: String = text.nfd().collect();
        expect("encode NFD", encode(encoding, &decomposed).as_deref() == Ok(bytes), String::new());
    }
    wrong
}

#[test]
fn golden_rows_decode_and_encode() {
    let mut wrong = Vec::new();
    let rows = rows("tests/data/legacy.tsv");
    assert!(rows.len() >= 480);
    for row in rows {
        let [name, hex, text, reason] = row.as_slice() else { panic!("{row:?} has not four columns") };
        wrong.extend(check(Encoding::from_name(name).unwrap(), &bytes_of(hex), text, reason));
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Golden rows of offices and phrases are found, or nothing is said; never another encoding.
#[test]
fn golden_rows_are_detected() {
    let (mut found, mut silent, mut wrong) = (0, 0, Vec::new());
    for row in rows("tests/data/legacy.tsv") {
        let [name, hex, text, reason] = row.as_slice() else { panic!() };
        if !reason.starts_with("office") {
            continue;
        }
        let bytes = bytes_of(hex);
        let expected = DetectedEncoding::Legacy(Encoding::from_name(name).unwrap());
        for detection in [detect(&bytes), detect_text(&latin1(&bytes)), detect_text(&windows_1252(&bytes))] {
            match detection {
                None => silent += 1,
                Some(d) if d.encoding == expected => found += 1,
                Some(d) => wrong.push(format!("{name}: {text} as {d:?}")),
            }
        }
    }
    println!("detected {found}, silent {silent}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(found * 2 > silent, "detected {found}, silent {silent}");
}

#[test]
fn every_letter_in_every_encoding() {
    let letters: Vec<char> = rows("data/legacy_letters.tsv").iter().map(|r| r[0].chars().next().unwrap()).collect();
    assert_eq!(letters.len(), 134);
    let mut n = 0;
    for encoding in Encoding::ALL {
        for &letter in &letters {
            let text = letter.to_string();
            match encode(encoding, &text) {
                Ok(bytes) => {
                    assert_eq!(decode(encoding, &bytes).as_deref(), Ok(&*text), "{encoding}");
                    n += 1;
                }
                Err(e) => {
                    assert_eq!((encoding, e.loss.reason), (Encoding::Tcvn3, LossReason::NoCapital), "{e}");
                    assert!(letter.is_uppercase());
                    let (bytes, lost) = encode_lossy(encoding, &text);
                    assert_eq!(lost, losses(encoding, &text));
                    let small: String = letter.to_lowercase().collect();
                    assert_eq!(decode(encoding, &bytes), Ok(small));
                }
            }
        }
    }
    // 134 letters in five encodings, less the 60 toned capitals of TCVN3.
    assert_eq!(n, 5 * 134 - 60);
}

#[test]
fn words_of_other_languages_stay() {
    let mut by_language: std::collections::BTreeMap<String, Vec<String>> = Default::default();
    let mut wrong = Vec::new();
    let mut check = |text: &str| {
        let mixed = decode_mixed(text);
        let repaired = repair_mojibake(text);
        for (what, is_identity, out) in [
            ("detect", detect_text(text).is_none(), format!("{:?}", detect_text(text))),
            ("mixed", mixed.1.is_identity() && mixed.0 == text, mixed.0.to_string()),
            ("mojibake", repaired.1.is_identity() && repaired.0 == text, repaired.0.to_string()),
        ] {
            if !is_identity {
                wrong.push(format!("{what}: {text}\n  {out}"));
            }
        }
    };
    for row in rows("tests/data/untouched.tsv") {
        check(&row[0]);
        by_language.entry(row[1].clone()).or_default().push(row[0].clone());
    }
    for words in by_language.values() {
        check(&words.join(" "));
        for n in 2..=5 {
            words.chunks(n).for_each(|w| check(&w.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
