use super::*;
use crate::syllable::{Syllable, ToneStyle};
use alloc::format;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn styled(tone: TonePlacement) -> Normalizer {
    Normalizer::builder().tone(tone).build()
}

/// Every way to write the syllable with its tone on one of its vowel letters, in NFC.
fn misplacements(s: Syllable) -> Vec<String> {
    let right = s.spelling(ToneStyle::FirstVowel);
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let tone: String = right.nfd().filter(is_tone).collect();
    let plain: String = right.nfd().filter(|c| !is_tone(c)).nfc().collect();
    let vowels = plain.char_indices().filter(|(_, c)| "aăâeêioôơuưy".contains(*c));
    vowels
        .map(|(i, c)| {
            let at = i + c.len_utf8();
            format!("{}{tone}{}", &plain[..at], &plain[at..]).nfc().collect::<String>()
        })
        .collect()
}

#[test]
fn repairs_every_misplaced_tone_of_every_syllable_in_both_styles() {
    let mut repaired = 0;
    for s in Syllable::all().filter(|s| s.tone() != crate::syllable::Tone::Ngang) {
        let first = s.spelling(ToneStyle::FirstVowel);
        let second = s.spelling(ToneStyle::SecondVowel);
        for wrong in misplacements(s) {
            if Syllable::parse(&wrong) != Some(s) || &*first == "giạ" {
                continue; // the same letters with that tone are another syllable's right spelling, or the listed exception
            }
            for (tone, wanted) in [
                (TonePlacement::FirstVowel, &*first),
                (TonePlacement::SecondVowel, &*second),
                (TonePlacement::Preserve, &*first),
            ] {
                let is_right = *wrong == *first || *wrong == *second;
                let wanted = if tone == TonePlacement::Preserve && is_right { wrong.as_str() } else { wanted };
                let n = styled(tone);
                assert_eq!(n.normalize(&wrong), wanted, "{wrong} {tone:?}");
                assert_eq!(n.normalize(&wrong.to_uppercase()), wanted.to_uppercase(), "{wrong} {tone:?} in capitals");
                let nfd: String = wrong.nfd().collect();
                assert_eq!(n.normalize(&nfd), wanted, "{wrong} {tone:?} in NFD");
                repaired += usize::from(!is_right);
            }
        }
    }
    assert!(repaired > 10_000, "{repaired}");
}

#[test]
fn leaves_every_right_syllable_borrowed() {
    for s in Syllable::all() {
        for (tone, style) in
            [(TonePlacement::FirstVowel, ToneStyle::FirstVowel), (TonePlacement::SecondVowel, ToneStyle::SecondVowel)]
        {
            let spelling = s.spelling(style);
            for n in [styled(tone), Normalizer::default()] {
                assert!(matches!(n.normalize(&spelling), Cow::Borrowed(_)), "{}", &*spelling);
            }
        }
    }
}

#[test]
fn styles_switch_there_and_back() {
    let (first, second) = (styled(TonePlacement::FirstVowel), styled(TonePlacement::SecondVowel));
    let text = "Ủy ban tỉnh Thanh Hóa, khỏe, THỦY LỢI, Hòa, quý, giữa, hoàn toàn, señor Raúl.";
    let switched = second.normalize(text);
    assert_eq!(switched, "Uỷ ban tỉnh Thanh Hoá, khoẻ, THUỶ LỢI, Hoà, quý, giữa, hoàn toàn, señor Raúl.");
    assert_eq!(first.normalize(&switched), text);
}

#[test]
fn repairs_marks_in_the_wrong_order_and_half_composed_letters() {
    for (wrong, right) in [
        ("u\u{301}\u{31B}", "ứ"),
        ("Viê\u{323}t", "Việt"),
        ("Vie\u{302}\u{323}t", "Việt"),
        ("Vie\u{323}\u{302}t", "Việt"),
        ("Vi\u{1EB9}\u{302}t", "Việt"),
        ("va\u{301}\u{302}n", "vấn"),
        ("hò\u{340}", "hò\u{300}"),
    ] {
        assert_eq!(normalize(wrong), right, "{wrong}");
    }
}

#[test]
fn replaces_lookalikes_only_in_vietnamese() {
    for (wrong, right) in [
        ("Ðảng và Nhà nước", "Đảng và Nhà nước"),
        ("15/2014/QÐ-UBND của tỉnh Đắk Lắk", "15/2014/QĐ-UBND của tỉnh Đắk Lắk"),
        ("Cộng hòa Việt Nаm", "Cộng hòa Việt Nam"), // Cyrillic а
        ("Guðmundur Ðorsteinsson á Íslandi", "Guðmundur Ðorsteinsson á Íslandi"),
        ("на русском языке", "на русском языке"),
    ] {
        assert_eq!(normalize(wrong), right);
    }
}

#[test]
fn cleans_characters_on_request_only() {
    let text = "6\u{A0}tháng – “thi đua” hò\u{AD}a la\u{20}\u{300} nhă\u{20}\u{300} m\u{200B}";
    assert_eq!(Normalizer::default().normalize(text), text);
    let n = Normalizer::builder().spaces(true).dashes(true).quotes(true).invisible(true).stray_marks(true).build();
    assert_eq!(n.normalize(text), "6 tháng - \"thi đua\" hòa là nhằm");
    let kinds: Vec<EditKind> = n.edits(text).edits.iter().map(|e| e.kind).collect();
    assert!(kinds.contains(&EditKind::Space) && kinds.contains(&EditKind::StrayMark), "{kinds:?}");
}

#[test]
fn reports_words_with_two_tones_and_leaves_them() {
    for word in ["hóà", "hoàà"] {
        let edits = Normalizer::default().edits(word);
        assert!(edits.edits.is_empty());
        assert_eq!(edits.undecided, [Span::new(0, word.len())]);
        assert!(matches!(normalize(word), Cow::Borrowed(_)));
    }
}

#[test]
fn folds_in_four_degrees() {
    let text = "Uỷ ban Đức Hoà, señor, \u{1EA4}n";
    for (degree, expected) in [
        (Fold::ToneStyle, "Ủy ban Đức Hòa, señor, Ấn"),
        (Fold::Tone, "Uy ban Đưc Hoa, señor, Ân"),
        (Fold::Mark, "Uy ban Đuc Hoa, señor, An"),
        (Fold::Ascii, "Uy ban Duc Hoa, senor, An"),
    ] {
        assert_eq!(fold(text, degree), expected);
        let nfd: String = text.nfd().collect();
        assert_eq!(fold(&nfd, degree), expected);
        assert!(matches!(fold("UBND tinh", degree), Cow::Borrowed(_)));
    }
    assert!(matches!(fold("đường", Fold::ToneStyle), Cow::Borrowed(_)));
}

/// Text in which every step has work: letters in all forms, marks, look-alikes, other scripts.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-ZđĐăâêôơưĂÂÊÔƠƯ]{1,4}",
        4 => "[àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,2}",
        2 => "[\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31B}\u{323}\u{327}\u{340}]{1,2}",
        2 => "[ .,\n\u{A0}“”–-]",
        1 => "[Ððıαнa\u{AD}\u{200B}ñüÅΩ한글ᄀ\u{1161}\u{11A8}中é]",
        1 => "[gqGQ][uiUI]?",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forms_equal_the_general_algorithm(text in mixed(), any in "\\PC{0,40}") {
        for t in [&text, &any] {
            prop_assert_eq!(nfc(t), t.nfc().collect::<String>());
            prop_assert_eq!(nfd(t), t.nfd().collect::<String>());
            prop_assert_eq!(is_nfc(t), t.nfc().eq(t.chars()));
            prop_assert_eq!(nfc_aligned(t).0, nfc(t));
        }
    }

    #[test]
    fn normalising_is_idempotent_and_alignments_cover(text in mixed()) {
        for tone in [TonePlacement::Preserve, TonePlacement::FirstVowel, TonePlacement::SecondVowel] {
            let n = styled(tone);
            let (once, alignment) = n.normalize_aligned(&text);
            prop_assert_eq!(&n.normalize(&text), &once);
            prop_assert_eq!(&n.normalize(&once), &once);
            prop_assert!(n.is_normalized(&once));
            prop_assert_eq!(n.is_normalized(&text), matches!(n.normalize(&text), Cow::Borrowed(_)));
            // Between the changes both texts are equal byte for byte.
            let (mut o, mut r) = (0, 0);
            for c in alignment.changes() {
                prop_assert_eq!(&text[o..c.original.start], &once[r..c.output.start]);
                prop_assert!(text.is_char_boundary(c.original.end) && once.is_char_boundary(c.output.end));
                (o, r) = (c.original.end, c.output.end);
            }
            prop_assert_eq!(&text[o..], &once[r..]);
            let edits = n.edits(&text);
            prop_assert_eq!(edits.edits.is_empty(), once == text);
        }
    }

    #[test]
    fn the_automaton_never_passes_what_would_change(text in mixed()) {
        let composed = nfc(&text);
        let (mut all, mut suspected) = (words::Findings::default(), words::Findings::default());
        words::find(&composed, 0, composed.len(), TonePlacement::Preserve, true, &mut all);
        clean::all_clean(&composed, |start, end| {
            words::find(&composed, start, end, TonePlacement::Preserve, true, &mut suspected);
            true
        });
        prop_assert_eq!(all.changes, suspected.changes);
    }

    #[test]
    fn folding_is_aligned_and_idempotent(text in mixed()) {
        for degree in [Fold::ToneStyle, Fold::Tone, Fold::Mark, Fold::Ascii] {
            let (folded, alignment) = fold_aligned(&text, degree);
            prop_assert_eq!(&fold(&text, degree), &folded);
            prop_assert_eq!(&fold(&folded, degree), &folded);
            let end = alignment.to_original(Span::new(0, folded.len())).end;
            prop_assert!(end <= text.len());
            let nfd: String = text.nfd().collect();
            let composed: String = text.nfc().collect();
            prop_assert_eq!(fold(&nfd, degree), fold(&composed, degree));
        }
    }
}

#[test]
fn long_texts_are_read_in_four_lanes_alike() {
    let line = "Ủy ban nhân dân tỉnh Thanh Hóa họp, quý giá, giữa, khuya, ngoằn ngoèo. ";
    let clean = line.repeat(200);
    assert!(matches!(normalize(&clean), Cow::Borrowed(_)));
    for at in (0..clean.len()).step_by(997) {
        let at = clean.bytes().take(at).rposition(|b| b == b' ').map_or(0, |i| i + 1);
        let wrong = format!("{}tóan {}", &clean[..at], &clean[at..]);
        let right = format!("{}toán {}", &clean[..at], &clean[at..]);
        assert!(normalize(&wrong) == right, "at {at}");
    }
}

#[test]
fn long_texts_are_written_through_the_buffer_alike() {
    let unit = "Ủy ban nhân dân tỉnh Thanh Hóa, \u{1112}\u{1161}\u{11AB}, a\u{327}\u{301}, “Đức”, 漢字. ";
    let pieces = 1500;
    let (text, nfd_unit) = (unit.repeat(pieces), unit.nfd().collect::<String>());
    let decomposed = nfd_unit.repeat(pieces);
    assert!(decomposed.len() > 60_000);
    assert!(nfc(&decomposed) == text.nfc().collect::<String>());
    let (composed, alignment) = nfc_aligned(&decomposed);
    assert!(composed == nfc(&decomposed));
    assert_eq!(alignment.to_original(Span::new(0, composed.len())), Span::new(0, decomposed.len()));
    for degree in [Fold::Tone, Fold::Mark, Fold::Ascii] {
        assert!(fold(&decomposed, degree) == fold(unit, degree).repeat(pieces));
        assert!(fold_aligned(&text, degree).0 == fold(unit, degree).repeat(pieces));
    }
}
