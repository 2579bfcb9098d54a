//! Laws that hold for every text.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vanban::{Document, Span, analyze};

const ARTICLE: &str = include_str!("../examples/data/hoi-nghi.txt");

/// Every span of the document slices its text on character boundaries.
fn check_spans(doc: &Document<'_>) {
    let text = doc.text();
    let slices = |s: Span| assert!(text.get(s.range()).is_some_and(|t| !t.is_empty()), "{s:?} of {text:?}");
    doc.tokens().for_each(|t| slices(t.span));
    doc.sentences().iter().for_each(|s| slices(*s));
    doc.abbreviations().iter().for_each(|a| slices(a.span));
    doc.repairs().iter().for_each(|r| slices(r.span));
    for m in doc.mentions() {
        slices(m.span);
        m.titles.iter().for_each(|t| slices(t.span));
        assert!(doc.persons()[m.person].mentions.iter().any(|&i| doc.mentions()[i].span == m.span));
    }
    let sorted = |spans: Vec<Span>| assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "{spans:?}");
    sorted(doc.mentions().iter().map(|m| m.span).collect());
    sorted(doc.abbreviations().iter().map(|a| a.span).collect());
    sorted(doc.sentences().to_vec());
    let (corrected, alignment) = doc.corrected();
    for r in doc.repairs().iter().filter(|r| r.applied) {
        assert_eq!(alignment.to_output(r.span).of(&corrected), r.replacement);
        assert_eq!(alignment.to_original(alignment.to_output(r.span)), r.span);
    }
}

/// What an analysis says, without offsets, in NFC and one tone style.
fn gist(doc: &Document<'_>) -> Vec<String> {
    let text = doc.text();
    let plain = |s: &str| second_vowel(&s.nfc().collect::<String>());
    let mut out: Vec<String> = Vec::new();
    for m in doc.mentions() {
        out.push(format!("{} {}", m.person, plain(m.span.of(text))));
        for t in &m.titles {
            out.push(format!(
                "  {} {:?} {:?} {:?} {}",
                plain(t.span.of(text)),
                t.kind,
                t.relation,
                t.status,
                plain(t.known())
            ));
        }
    }
    for a in doc.abbreviations() {
        out.push(format!("{} {:?}", plain(a.span.of(text)), a.expansion.as_deref().map(plain)));
    }
    for r in doc.repairs() {
        out.push(format!("{} {} {}", plain(r.span.of(text)), plain(&r.replacement), r.applied));
    }
    out
}

/// The other tone placement of open oa, oe, uy.
fn second_vowel(text: &str) -> String {
    let pairs = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
        ("Ủy", "Uỷ"),
    ];
    text.split_inclusive(|c: char| !c.is_alphabetic())
        .map(|word| {
            let (letters, rest) = word.split_at(word.trim_end_matches(|c: char| !c.is_alphabetic()).len());
            let other = pairs.iter().find_map(|(a, b)| letters.strip_suffix(a).map(|head| format!("{head}{b}")));
            other.unwrap_or_else(|| letters.to_string()) + rest
        })
        .collect()
}

#[test]
fn spans_of_the_article_slice_it() {
    check_spans(&analyze(ARTICLE));
}

#[test]
fn nfd_and_the_other_tone_style_mean_the_same() {
    let expected = gist(&analyze(ARTICLE));
    assert!(expected.len() > 80);
    let nfd: String = ARTICLE.nfd().collect();
    assert_eq!(gist(&analyze(&nfd)), expected);
    let other = second_vowel(ARTICLE);
    assert_ne!(other, ARTICLE);
    assert_eq!(gist(&analyze(&other)), expected);
}

#[test]
fn documents_do_not_influence_each_other() {
    let before = gist(&analyze(ARTICLE));
    let _ = analyze("Ủy ban ngu dốt (UBND). Thứ trưởng Huỳnh Thị Bích Trăm.");
    assert_eq!(gist(&analyze(ARTICLE)), before);
}

#[test]
fn a_repaired_text_needs_no_repair() {
    let doc = analyze(ARTICLE);
    assert_eq!(doc.repairs().iter().filter(|r| r.applied).count(), 1);
    let (corrected, _) = doc.corrected();
    assert_eq!(analyze(&corrected).repairs().iter().filter(|r| r.applied).count(), 0);
}

#[test]
fn odd_texts_are_no_trouble() {
    let long_line = "ông Lê Văn Tám, Chủ tịch UBND tỉnh, ".repeat(3000);
    let capitals = ARTICLE.to_uppercase();
    let marks = "\u{301}\u{323}".repeat(2000);
    let names = (0..3000).map(|i| format!("Lê Văn {}; ", ["Hùng", "Hưng", "Dũng", "Dung"][i % 4])).collect::<String>();
    let parentheses = "(".repeat(5000) + &"A(B".repeat(3000);
    for text in [
        "",
        " ",
        "\u{feff}",
        ".",
        "\r",
        "Guðmundur á Íslandi",
        "漢字と仮名",
        "0",
        &long_line,
        &capitals,
        &marks,
        &names,
        &parentheses,
    ] {
        check_spans(&analyze(text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_analysed(text in "\\PC{0,80}") {
        check_spans(&analyze(&text));
    }

    #[test]
    fn any_mix_of_officialese_is_analysed(parts in prop::collection::vec(0usize..24, 0..40)) {
        const PIECES: [&str; 24] = [
            "ông ", "Nguyễn ", "Văn ", "Hòa", ", ", "; ", " - ", "(", ")", "Chủ tịch ", "UBND ", "tỉnh ", "Quảng Trị ", ". ",
            "\n", "TP.", "HCM", "123/QĐ-UBND ", "kiêm ", "là ", "nguyên ", "Tổng thống Mỹ ", "Donald Trump ", "“",
        ];
        let text: String = parts.iter().map(|&i| PIECES[i]).collect();
        check_spans(&analyze(&text));
        let nfd: String = text.nfd().collect();
        prop_assert_eq!(gist(&analyze(&nfd)), gist(&analyze(&text)));
    }
}

/// A line of sixteen times the length may take thirty times as long, not two hundred.
#[test]
fn persons_of_one_long_sentence_take_linear_time() {
    let item = "Chủ tịch UBND tỉnh Quảng Trị Đoàn Trọng Hòa, Phó Bí thư Tỉnh ủy, trao quà cho ông Hòa và bà Trâm; ";
    let finder = vanban::Analyzer::new().without_repairs();
    for item in [item.to_string(), item.to_uppercase(), format!("bị cách chức {item}")] {
        let time = |n: usize| {
            let text = item.repeat(n);
            let start = std::time::Instant::now();
            assert!(finder.analyze(&text).mentions().len() >= n);
            start.elapsed().as_secs_f64()
        };
        // Another process may have disturbed one run.
        let linear = (0..3).any(|_| time(3200) < 30.0 * time(200));
        assert!(linear, "{item}");
    }
}
