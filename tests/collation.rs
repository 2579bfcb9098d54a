//! The collation key against CLDR's `vi`, as icu_collator implements it.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use proptest::prelude::*;
use vanban::normalize::collation_key;
use vanban::syllable::{Syllable, ToneStyle};

fn collator() -> CollatorBorrowed<'static> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    Collator::try_new(locale!("vi").into(), options).unwrap()
}

fn ours(a: &str, b: &str) -> Ordering {
    collation_key(a).cmp(&collation_key(b))
}

fn words(style: ToneStyle) -> impl Strategy<Value = String> {
    let all: Vec<Syllable> = Syllable::all().collect();
    let syllable = (prop::sample::select(all), 0u8..4).prop_map(move |(s, case)| {
        let lower = s.spelling(style).to_string();
        match case {
            0 => lower.to_uppercase(),
            1 => {
                let mut c = lower.chars();
                c.next().map(|f| f.to_uppercase().chain(c).collect()).unwrap_or_default()
            }
            _ => lower,
        }
    });
    prop::collection::vec(syllable, 1..4).prop_map(|v| v.join(" "))
}

#[test]
fn every_pair_of_neighbouring_syllables_is_in_order() {
    let icu = collator();
    let mut all: Vec<String> = Syllable::all()
        .flat_map(|s| {
            let lower = s.spelling(ToneStyle::FirstVowel).to_string();
            [lower.to_uppercase(), lower]
        })
        .collect();
    all.sort_by(|a, b| ours(a, b));
    for pair in all.windows(2) {
        assert_ne!(icu.compare(&pair[0], &pair[1]), Ordering::Greater, "{pair:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_sort_as_in_cldr(a in words(ToneStyle::FirstVowel), b in words(ToneStyle::FirstVowel)) {
        prop_assert_eq!(ours(&a, &b), collator().compare(&a, &b), "{} {}", a, b);
    }

    #[test]
    fn words_of_the_other_style_too(a in words(ToneStyle::SecondVowel), b in words(ToneStyle::SecondVowel)) {
        prop_assert_eq!(ours(&a, &b), collator().compare(&a, &b), "{} {}", a, b);
    }

    #[test]
    fn letters_and_spaces_sort_as_in_cldr(a in "[a-yA-YăâđêôơưĂÂĐÊÔƠƯàáảãạắấệớự ]{0,6}", b in "[a-dăâđêôơưÂÀáảãạắấệớự ]{0,6}") {
        prop_assert_eq!(ours(&a, &b), collator().compare(&a, &b), "{} {}", a, b);
    }
}

#[test]
fn both_styles_have_one_key() {
    for s in Syllable::all() {
        assert_eq!(
            collation_key(&s.spelling(ToneStyle::FirstVowel)),
            collation_key(&s.spelling(ToneStyle::SecondVowel))
        );
    }
}
