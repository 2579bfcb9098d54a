use super::*;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use unicode_normalization::UnicodeNormalization;

const STYLES: [ToneStyle; 2] = [ToneStyle::FirstVowel, ToneStyle::SecondVowel];

fn title(s: &str) -> String {
    let mut c = s.chars();
    c.next().map(|first| first.to_uppercase().chain(c).collect()).unwrap_or_default()
}

fn alternating(s: &str) -> String {
    s.chars().enumerate().map(|(i, c)| if i % 2 == 1 { c.to_uppercase().next().unwrap() } else { c }).collect()
}

/// Tone mark before the vowel's own mark: the order that NFD never has.
fn wrong_order(s: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    for c in s.nfd() {
        match (c, out.last()) {
            ('\u{302}' | '\u{306}' | '\u{31B}', Some('\u{300}'..='\u{323}')) => out.insert(out.len() - 1, c),
            ('\u{300}'..='\u{323}', Some('\u{302}' | '\u{306}' | '\u{31B}')) => out.insert(out.len() - 1, c),
            _ => out.push(c),
        }
    }
    out.into_iter().collect()
}

#[test]
fn parse_and_spell_are_inverses_for_every_syllable_style_case_and_form() {
    let mut n = 0;
    for s in Syllable::all() {
        assert_eq!(Syllable::from_code(s.code()), Some(s));
        for style in STYLES {
            let lower = s.spelling(style).to_string();
            for cased in [lower.clone(), title(&lower), lower.to_uppercase(), alternating(&lower)] {
                for form in [cased.clone(), cased.nfd().collect(), wrong_order(&cased)] {
                    assert_eq!(Syllable::parse(&form), Some(s), "{form} from {s:?}");
                    n += 1;
                }
            }
            assert_eq!(lower, lower.nfc().collect::<String>());
            assert!(!s.rime().is_empty());
        }
    }
    assert!(n > 300_000, "only {n} spellings");
}

#[test]
fn no_two_syllables_share_a_spelling() {
    let mut seen = std::collections::HashMap::new();
    for s in Syllable::all() {
        for style in STYLES {
            if let Some(other) = seen.insert(s.spelling(style).to_string(), s) {
                assert_eq!(other, s);
            }
        }
    }
}

#[test]
fn places_the_tone_as_both_styles_do() {
    for (rows, style) in [
        ("hòa khỏe lòe thúy ủy tùy lũy òa lòa", ToneStyle::FirstVowel),
        ("hoà khoẻ loè thuý uỷ tuỳ luỹ oà loà", ToneStyle::SecondVowel),
    ] {
        for w in rows.split(' ') {
            assert_eq!(&*Syllable::parse(w).unwrap().spelling(style), w);
        }
    }
    for w in "quý quỷ quỳnh quả quốc quặng quyết già giũ giếng giường gì gìn gỉ toàn hoàng khoét xoèn suýt huỳnh \
              huỵch uỵch buýt ngoài ngoáy ngoèo khuỷu khuỵu tuệ huế thuế thuở quở hoặc xoắn tuấn nguyễn chuyện tuyết \
              việt yếu người rượu nước trường của mùa lửa mía bìa lụa ừa đại bảy mài đói múi boòng moóc xoong khuya quạ \
              quạt quắt quẩy quên quỵt quều gieo giọng giữa giùi giội ỉa yên nghiêng"
        .split_whitespace()
    {
        for style in STYLES {
            let s = Syllable::parse(w).unwrap_or_else(|| panic!("{w} is a syllable"));
            assert_eq!(&*s.spelling(style), w);
        }
    }
}

#[test]
fn reads_misplaced_tones_as_the_same_syllable() {
    for (wrong, right) in [
        ("qúy", "quý"),
        ("gìa", "già"),
        ("tóan", "toán"),
        ("khủyu", "khuỷu"),
        ("tụê", "tuệ"),
        ("ngũyên", "nguyễn"),
        ("cuả", "của"),
        ("ngừơi", "người"),
    ] {
        assert_eq!(Syllable::parse(wrong).unwrap(), Syllable::parse(right).unwrap());
    }
}

#[test]
fn refuses_what_is_no_syllable() {
    for w in "Raúl señor résumé Zoé Chloé Noël Paulo Đắk Lắk Kđăm Krông H'leo hoàà hóà giỉ giiêng Viêt mật's bac tệp1 ngi ka \
              kua gê nge qa q ng g gh Ʊ ́ a\u{301}\u{300}"
        .split_whitespace()
    {
        assert_eq!(Syllable::parse(w), None, "{w}");
    }
    assert_eq!(Syllable::parse(""), None);
    assert_eq!(Syllable::parse(&"a".repeat(1_000_000)), None);
}

#[test]
fn files_i_and_y_together_only_for_lexicons() {
    for (y, i) in [("kỹ", "kĩ"), ("lý", "lí"), ("sỹ", "sĩ"), ("Mỹ", "mĩ"), ("quý", "quí"), ("tỷ", "tỉ")]
    {
        let (y, i) = (Syllable::parse(y).unwrap(), Syllable::parse(i).unwrap());
        assert_ne!(y, i);
        assert_eq!(y.lexical(), i);
    }
    let thuy = Syllable::parse("thủy").unwrap();
    assert_eq!(thuy.lexical(), thuy);
}
