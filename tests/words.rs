//! Words: golden rows, and laws that hold for every text, through the fast engine and the obvious one.

mod prose;

use std::sync::LazyLock;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vanban::Span;
use vanban::normalize::{Normalizer, TonePlacement};
use vanban::segment::reference::Reference;
use vanban::segment::{Scratch, Segmenter, WordKind};

use prose::{Piece, model_files, pieces, text_of};

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
    let files = model_files();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    Reference::new(&files).unwrap_or_else(|e| panic!("{e}"))
});

/// The spans of the words, after every way to get them has said the same.
fn words(text: &str) -> Vec<Span> {
    let segmenter = Segmenter::default();
    let words: Vec<_> = segmenter.words(text).collect();
    assert!(words.iter().all(|w| w.text == w.span.of(text)));
    let spans: Vec<Span> = words.iter().map(|w| w.span).collect();
    let mut scratch = Scratch::new();
    // A scratch that has seen another text, and one that stopped in the middle of it.
    assert!(segmenter.words_with("học sinh học, sinh học.", &mut scratch).count() > 2);
    assert!(segmenter.words_with(&"nhà nước và ".repeat(300), &mut scratch).nth(3).is_some());
    assert_eq!(segmenter.words_with(text, &mut scratch).map(|w| w.span).collect::<Vec<_>>(), spans, "{text:?}");
    assert_eq!(segmenter.segment_into(text, &mut scratch), spans, "{text:?}");
    assert_eq!(vanban::words(text).map(|w| w.span).collect::<Vec<_>>(), spans, "{text:?}");
    assert_eq!(REFERENCE.words(text), spans, "the obvious way cuts {text:?} otherwise");
    check_partition(text, &spans);
    spans
}

/// Words are sorted, disjoint, not empty, on character boundaries; only white space and what is invisible lies between.
fn check_partition(text: &str, words: &[Span]) {
    let mut at = 0;
    for word in words {
        assert!(word.start >= at && !word.is_empty(), "{word:?} of {text:?}");
        let (gap, letters) = (text.get(at..word.start), text.get(word.range()));
        assert!(gap.is_some_and(is_gap), "{gap:?} before {word:?} of {text:?}");
        assert!(letters.is_some_and(|l| !l.contains('\n')), "{word:?} of {text:?}");
        at = word.end;
    }
    assert!(text.get(at..).is_some_and(is_gap), "{at} of {text:?}");
}

fn is_gap(gap: &str) -> bool {
    let invisible = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{34F}');
    gap.chars().all(|c| c.is_whitespace() || c.is_control() || invisible(c))
}

/// The words as the golden rows have them.
fn shown(text: &str, words: &[Span]) -> String {
    let word = |w: &Span| w.of(text).split_whitespace().collect::<Vec<_>>().join("_");
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// Where the words begin and end, in characters of NFC: the same for all forms of a text.
fn places(text: &str, words: &[Span]) -> Vec<(usize, usize)> {
    let n_chars = |to: usize| text[..to].nfc().count();
    words.iter().map(|w| (n_chars(w.start), n_chars(w.end))).collect()
}

/// The text decomposed, half composed as windows-1258 has it, and in either tone placement.
fn other_forms(text: &str) -> [String; 4] {
    let style = |tone| Normalizer::builder().tone(tone).lookalikes(false).build().normalize(text).into_owned();
    [text.nfd().collect(), half_composed(text), style(TonePlacement::FirstVowel), style(TonePlacement::SecondVowel)]
}

/// Tones apart, other marks not: ê and U+0301.
fn half_composed(text: &str) -> String {
    let is_tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let mut out = String::new();
    for c in text.nfc() {
        let letters: String = std::iter::once(c).nfd().filter(|&c| !is_tone(c)).nfc().collect();
        out.push_str(&letters);
        out.extend(std::iter::once(c).nfd().filter(|&c| is_tone(c)));
    }
    out
}

fn check_forms(text: &str, words_of_text: &[Span]) {
    let expected = places(text, words_of_text);
    for form in other_forms(text) {
        let found = words(&form);
        assert_eq!(places(&form, &found), expected, "{form:?} is cut otherwise than {text:?}");
    }
}

/// Whether a text is cut as expected; of several right ways, separated by ` | `, one.
fn check(text: &str, expected: &str) -> Result<(), String> {
    let words = words(text);
    check_forms(text, &words);
    let actual = shown(text, &words);
    if expected.split(" | ").any(|e| e == actual) {
        Ok(())
    } else {
        Err(format!("{text}\n  expected {expected}\n  actual   {actual}"))
    }
}

#[test]
fn words_are_what_readers_take_for_words() {
    let rows = include_str!("data/words.tsv").lines().filter(|l| !l.starts_with('#'));
    let (mut n, mut wrong) = (0, Vec::new());
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [text, expected, now, reason] = cells.as_slice() else { panic!("{row:?} has not four columns") };
        let letters = |s: &str| s.replace(['_', ' ', '⏎'], "");
        for right in expected.split(" | ") {
            assert_ne!(&right, now, "{text}: what is right needs no FIXME");
            assert_eq!(letters(text), letters(right), "the row has other letters in its second column");
        }
        let text = text.replace('⏎', "\n");
        if let Err(e) = check(&text, if *now == "-" { expected } else { now }) {
            wrong.push(format!("{reason}: {e}"));
        }
        n += 1;
    }
    assert!(n > 90, "only {n} rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_nobody_hold_together_without_capitals() {
    for (text, expected) in [
        ("bác sĩ tô hoài diễm hỏi anh phí đình quyết", "bác_sĩ tô_hoài_diễm hỏi anh phí_đình_quyết"),
        ("anh trịnh bá khương gặp chị lưu diệp sương", "anh trịnh_bá_khương gặp chị lưu_diệp_sương"),
        ("cô ninh thị lụa hỏi bà mạc thị liễu", "cô ninh_thị_lụa hỏi bà mạc_thị_liễu"),
    ] {
        let as_it_is = (text.to_owned(), expected.to_owned());
        for (text, expected) in [as_it_is, (text.to_uppercase(), expected.to_uppercase())] {
            assert_eq!(shown(&text, &words(&text)), expected);
            // In many lines, and over the seams of blocks.
            let many = format!("Họp.\n{text}\n").repeat(80);
            let shown = shown(&many, &words(&many));
            assert_eq!(shown, vec![format!("Họp . {expected}"); 80].join(" "));
        }
    }
}

#[test]
fn the_kinds_of_words() {
    use WordKind::*;
    for (text, kind) in [
        ("học sinh", Compound),
        ("Thủ tướng", Compound),
        ("Quảng Trị", Name),
        ("HỌC SINH", Name),
        ("và", Syllable),
        ("HOÀ", Syllable),
        ("karaoke", Word),
        ("K'Ré", Word),
        ("UBND", Acronym),
        ("GD&ĐT", Acronym),
        ("06", Number),
        ("61%", Number),
        ("19/7/2017", Date),
        ("08h30", Time),
        ("123/QĐ-UBND", DocumentCode),
        ("QL1A", Alphanumeric),
        ("https://quangtri.gov.vn/a", Url),
        ("vanphong@quangtri.gov.vn", Email),
        ("@vanban", Handle),
        ("#thẻ", Hashtag),
        ("...", Punctuation),
        ("₫", Symbol),
    ] {
        let found: Vec<_> = vanban::words(text).map(|w| (w.text, w.kind)).collect();
        assert_eq!(found, [(text, kind)]);
    }
}

#[test]
fn the_kind_says_what_the_word_looks_like() {
    for text in prose::documents() {
        for word in vanban::words(&text) {
            let several = word.text.split_whitespace().count() > 1;
            assert_eq!(several, matches!(word.kind, WordKind::Compound | WordKind::Name), "{word:?}");
            if word.kind == WordKind::Name {
                let mut syllables = word.text.split_whitespace();
                assert!(syllables.all(|s| s.starts_with(char::is_uppercase)), "{word:?}");
            }
        }
    }
}

#[test]
fn no_word_goes_on_over_a_line_break() {
    for line_break in ["\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", " \n "] {
        assert_eq!(words(&format!("các học{line_break}sinh giỏi")).len(), 4, "{line_break:?}");
    }
    for space in [" ", "  ", "\t", "\u{a0}", "\u{2003}", "\u{3000}"] {
        assert_eq!(words(&format!("các học{space}sinh giỏi")).len(), 3, "{space:?}");
    }
}

#[test]
fn odd_texts_are_cut() {
    let marks = "\u{301}\u{323}".repeat(600);
    let letters = "a".repeat(20_000);
    let stops = "A. ".repeat(600);
    let breaks = "học\n".repeat(600);
    let no_space = "Học".repeat(3000);
    for text in [
        "",
        " ",
        "\n",
        "\n\n\n",
        "\r\n",
        "\r",
        "\u{feff}",
        ".",
        "_",
        "%",
        "1 %",
        "5%%",
        "TP.",
        "TP.\n",
        "TP..",
        "A.B.",
        "V.Pu-tin.",
        "\u{301}học\u{200b} sinh",
        "học\u{a0}sinh\u{2003}học",
        "漢字と仮名 ภาษาไทย",
        "🇻🇳 👍🏽",
        &marks,
        &letters,
        &stops,
        &breaks,
        &no_space,
    ] {
        words(text);
    }
}

#[test]
fn blocks_leave_no_seam() {
    // The same line again and again is cut the same way wherever it meets the end of a block.
    let line = "Hội đồng nhân dân tỉnh, TP. Hà Nội và 61% học sinh học sinh học.\n";
    let expected = shown(line, &words(line));
    for before in 0..40 {
        let text = "vì ".repeat(before) + "\n" + &line.repeat(40);
        let spans = words(&text);
        for (i, line) in shown(&text, &spans[before..]).split_inclusive(" .").enumerate() {
            assert_eq!(line.trim(), expected, "line {i} behind {before} words");
        }
    }
}

#[test]
fn whole_documents_are_cut_alike_in_all_forms() {
    for text in prose::documents() {
        check_forms(&text, &words(&text));
        words(&text.to_uppercase());
        words(&text.to_lowercase());
    }
}

#[test]
fn a_batch_gives_every_text_its_words() {
    let segmenter = Segmenter::default();
    let mut texts: Vec<String> = prose::documents().iter().flat_map(|d| d.lines().map(str::to_string)).collect();
    texts.insert(1, String::new());
    let mut n = 0;
    segmenter.segment_batch(texts.iter().map(String::as_str), |i, text, spans| {
        assert_eq!(i, n);
        assert_eq!(text, texts[i]);
        assert_eq!(spans, segmenter.words(text).map(|w| w.span).collect::<Vec<_>>());
        n += 1;
    });
    assert_eq!(n, texts.len());
}

/// Boundaries are the gaps of the words, with their decisions.
fn check_boundaries(segmenter: &Segmenter, text: &str) {
    let boundaries: Vec<_> = segmenter.boundaries(text).collect();
    let mut joined = Vec::new();
    let mut end = 0;
    for b in &boundaries {
        assert!(b.span.start >= end && !b.span.is_empty(), "{b:?} of {text:?}");
        assert!(text.get(b.span.range()).is_some_and(|g| is_gap(g) && !g.contains('\n')), "{b:?} of {text:?}");
        assert!((0.0..=1.0).contains(&b.confidence), "{b:?} of {text:?}");
        end = b.span.end;
        if b.joined {
            joined.push(b.span);
        }
    }
    // White space inside words is joined, white space at the edge of a word is not.
    let inside = |w: &Span| {
        let mut gaps = Vec::new();
        for b in boundaries.iter().filter(|b| b.span.start < w.end && w.start < b.span.end) {
            assert!(b.joined && w.start < b.span.start && b.span.end < w.end, "{b:?} in {w:?} of {text:?}");
            gaps.push(b.span);
        }
        // What is invisible may stand between white space.
        let pieces = w.of(text).split_whitespace().filter(|piece| !is_gap(piece)).count();
        assert_eq!(gaps.len(), pieces - 1, "{w:?} of {text:?}");
        gaps
    };
    let words: Vec<Span> = segmenter.words(text).map(|w| w.span).collect();
    assert_eq!(words.iter().flat_map(inside).collect::<Vec<_>>(), joined, "{text:?}");
}

#[test]
fn boundaries_of_documents_agree_with_their_words() {
    let segmenter = Segmenter::default();
    for text in prose::documents() {
        check_boundaries(&segmenter, &text);
        // Without words of the user the likelier side is decided for.
        assert!(segmenter.boundaries(&text).all(|b| b.confidence >= 0.5));
    }
    // Not everything is equally sure.
    let text = &prose::documents()[0];
    let sure = segmenter.boundaries(text).filter(|b| b.confidence > 0.99).count();
    assert!(sure > 0 && sure < segmenter.boundaries(text).count());
}

#[test]
fn boundaries_name_the_gap() {
    let text = "học  sinh, họp";
    let gaps: Vec<_> = Segmenter::default().boundaries(text).map(|b| (b.span, b.joined)).collect();
    assert_eq!(gaps, [(Span::new(5, 7), true)]);
    assert_eq!(Segmenter::default().boundaries("").count(), 0);
}

fn cases(n: u32) -> ProptestConfig {
    ProptestConfig { cases: n, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn short_texts_are_cut_as_the_reference_cuts_them(pieces in prop::collection::vec(pieces(), 0..30)) {
        let text = text_of(&pieces);
        check_forms(&text, &words(&text));
        check_boundaries(&Segmenter::default(), &text);
    }

    #[test]
    fn any_text_is_cut(text in "\\PC{0,60}") {
        words(&text);
    }

    #[test]
    fn texts_of_look_alikes_are_cut(text in "[a-cA-CĐđ0-3.,/&'@:_% \\-\n\r\u{301}\u{200B}#ạọTP]{0,60}") {
        words(&text);
        check_boundaries(&Segmenter::default(), &text);
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn texts_of_several_blocks_are_cut_as_the_reference_cuts_them(
        pieces in prop::collection::vec(pieces(), 520..1100),
    ) {
        let text = text_of(&pieces);
        words(&text);
        check_boundaries(&Segmenter::default(), &text);
    }

    #[test]
    fn one_line_of_several_blocks_without_marks(pieces in prop::collection::vec(0..usize::MAX, 600..900)) {
        let text = text_of(&pieces.iter().map(|&i| Piece::plain(i)).collect::<Vec<_>>());
        words(&text);
    }
}
