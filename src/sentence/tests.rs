use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn check_laws(text: &str) {
    let mut tokens = scan::tokens(text).peekable();
    let mut at = 0;
    for s in sentences(text) {
        assert!(s.start >= at && !s.is_empty(), "{s:?} in {text:?}");
        assert_eq!(tokens.peek().map(|t| t.span.start), Some(s.start), "begins with a token: {text:?}");
        let mut end = s.start;
        while let Some(t) = tokens.next_if(|t| t.span.end <= s.end) {
            end = t.span.end;
        }
        assert_eq!(end, s.end, "ends with a token: {text:?}");
        at = s.end;
    }
    assert_eq!(tokens.next(), None, "every token is in a sentence: {text:?}");
}

impl Source for core::iter::Copied<core::slice::Iter<'_, Token>> {}

#[test]
fn gives_the_same_on_collected_tokens() {
    let text = "GS.TS. Lê Văn Tám nói. Ở TP. Huế mưa.\n\nHết";
    let tokens: Vec<Token> = scan::tokens(text).collect();
    assert!(split(text, tokens.iter().copied()).eq(sentences(text)));
    assert_eq!(sentences(text).count(), 3);
    assert_eq!(sentences("").next(), None);
    assert_eq!(sentences(" \n\u{200B}").next(), None);
}

#[test]
fn counts_breaks_of_every_convention() {
    for (gap, n) in
        [("", 0), (" \t", 0), ("\n", 1), ("\r\n", 1), ("\r", 1), ("\n\n", 2), ("\r\n \r\n", 2), ("\u{2029}", 2)]
    {
        assert_eq!(breaks(gap, 0, gap.len()), n, "{gap:?}");
    }
}

#[test]
fn stays_linear_on_hostile_input() {
    for unit in [
        ". ",
        "A. ",
        "A.",
        "TP. ",
        "TP. A",
        "\" ",
        ". \"",
        ".)",
        "1. ",
        "a\n",
        "\n",
        "\u{301}.",
        ".\u{301} ",
        "v.v",
        "x-. A ",
        "(. ",
    ] {
        let text = unit.repeat(40_000);
        check_laws(&text);
    }
    // A long stretch without a space before each stop.
    check_laws(&["a-".repeat(40_000), ". A".repeat(40_000)].concat());
}

const PIECES: [&str; 36] = [
    "TP", "GS", "TS", ".", ".", ".", "...", "…", "!", "?", "\"", "“", "”", "(", ")", ",", ";", ":", "-", "•", " ", " ",
    " ", "\n", "\n\n", "A", "Nguyễn", "Huế", "ông", "nói", "1", "000", "a", "v.v", "Kennedy", "Điều",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn holds_every_token_of_any_text(text in "\\PC{0,60}") {
        check_laws(&text);
    }

    #[test]
    fn holds_every_token_of_lookalike_text(text in pieces()) {
        check_laws(&text);
    }

    #[test]
    fn nfd_has_the_same_sentences(text in pieces()) {
        let nfd: String = text.nfd().collect();
        let of = |t: &str| sentences(t).map(|s| s.of(t).nfc().collect::<String>()).collect::<Vec<_>>();
        prop_assert_eq!(of(&text.nfc().collect::<String>()), of(&nfd));
    }

    #[test]
    fn text_of_capitals_still_splits(words in prop::collection::vec("(hội nghị|tỉnh ủy|nhân dân|kết luận|thảo luận)", 1..8)) {
        let text: String = words.iter().map(|w| [&w.to_uppercase(), ". "].concat()).collect();
        prop_assert_eq!(sentences(&text).count(), words.len());
    }
}
