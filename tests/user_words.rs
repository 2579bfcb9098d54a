//! Words of the user's own: added, taken back, forbidden.

mod prose;

use std::sync::LazyLock;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vanban::Span;
use vanban::segment::reference::Reference;
use vanban::segment::{Scratch, Segmenter, SegmenterBuilder};

use prose::{Piece, model_files, text_of};

fn builder() -> SegmenterBuilder {
    Segmenter::builder()
}

fn build(builder: SegmenterBuilder) -> Segmenter {
    builder.build().unwrap_or_else(|e| panic!("{e}"))
}

/// The words, separated by ` | `, after every way to get them has said the same.
fn cut(segmenter: &Segmenter, text: &str) -> String {
    spans(segmenter, text).iter().map(|w| w.of(text)).collect::<Vec<_>>().join(" | ")
}

fn spans(segmenter: &Segmenter, text: &str) -> Vec<Span> {
    let spans: Vec<Span> = segmenter.words(text).map(|w| w.span).collect();
    let mut scratch = Scratch::new();
    assert!(segmenter.words_with(&"nhà nước và ".repeat(300), &mut scratch).nth(3).is_some());
    assert_eq!(segmenter.segment_into(text, &mut scratch), spans);
    // Boundaries decide the same: no cut inside a word, and no joint outside.
    for b in segmenter.boundaries(text) {
        let inside = spans.iter().any(|w| w.start < b.span.start && b.span.end < w.end);
        assert_eq!(b.joined, inside, "{b:?} of {text:?}");
        assert!((0.0..=1.0).contains(&b.confidence), "{b:?} of {text:?}");
    }
    spans
}

#[test]
fn an_added_word_is_one_word() {
    let text = "Ngân hàng FIS Bank khai trương";
    let segmenter = build(builder().add_word("FIS Bank"));
    assert_eq!(cut(&segmenter, text), "Ngân hàng | FIS Bank | khai trương");
    // In any letter case.
    assert_eq!(cut(&segmenter, "ngân hàng fis bank"), "ngân hàng | fis bank");
    assert_eq!(cut(&segmenter, "gặp Fis  BANK hay"), "gặp | Fis  BANK | hay");
    let segmenter = build(builder().add_word("xqz của").add_word("Và TĐKTX").add_word("qzx").forbid("Quảng Trị"));
    assert_eq!(cut(&segmenter, "Của XQZ CỦA và tđktx"), "Của | XQZ CỦA | và tđktx");
    assert_eq!(cut(&segmenter, "XqZ của VÀ TĐKTX"), "XqZ của | VÀ TĐKTX");
    assert_eq!(cut(&segmenter, "Ông QZX ở QUẢNG TRỊ"), "Ông | QZX | ở | QUẢNG | TRỊ");
    // Over a line break never.
    let segmenter = build(builder().add_word("FIS Bank"));
    assert_eq!(cut(&segmenter, "FIS\nBank"), "FIS | Bank");
}

#[test]
fn an_added_word_is_found_in_every_spelling() {
    let segmenter = build(builder().add_word("hòa kỹ thúy"));
    for text in ["hòa kỹ thúy", "hoà kĩ thuý", "HOÀ KỸ THÚY", "Hòa kỹ  Thuý", "hòa\u{a0}kỹ thúy"] {
        for form in [text.to_string(), text.nfd().collect()] {
            assert_eq!(segmenter.words(&form).count(), 1, "{form:?}");
        }
    }
    // Syllables that nobody uses are syllables all the same.
    let segmenter = build(builder().add_word("ngõe phũy"));
    for text in ["ngõe phũy", "ngoẽ phuỹ", "NGOẼ PHŨY"] {
        assert_eq!(segmenter.words(text).count(), 1, "{text:?}");
    }
    let segmenter = build(builder().add_word("hòa kỹ thúy"));
    for text in ["hoa kỹ thúy", "hòa ký thúy", "hòa, kỹ thúy", "hòa kỹ\nthúy"] {
        assert_ne!(segmenter.words(text).count(), 1, "{text:?}");
    }
}

#[test]
fn the_edges_of_an_added_word_are_cut() {
    // "sinh học" takes its syllables out of "học sinh", which the model would join.
    let segmenter = build(builder().add_word("sinh học"));
    assert_eq!(cut(&segmenter, "các học sinh học bài"), "các | học | sinh học | bài");
    // A word of one syllable cuts on both sides.
    let segmenter = build(builder().add_word("sinh"));
    assert_eq!(cut(&segmenter, "các học sinh giỏi"), "các | học | sinh | giỏi");
    let segmenter = build(builder().add_word("nhân"));
    assert_eq!(cut(&segmenter, "ủy ban nhân dân"), "ủy ban | nhân | dân");
}

#[test]
fn the_first_word_counts_and_of_those_the_longest() {
    let segmenter =
        build(builder().add_word("và của các").add_word("của các cho").add_word("và của").add_word("cho là"));
    assert_eq!(cut(&segmenter, "và của các cho là"), "và của các | cho là");
    assert_eq!(cut(&segmenter, "và của cho là"), "và của | cho là");
    assert_eq!(cut(&segmenter, "của các cho là"), "của các cho | là");
    assert_eq!(cut(&segmenter, "và của và của các"), "và của | và của các");
    // In whatever order they are given.
    let segmenter =
        build(builder().add_word("và của").add_word("cho là").add_word("của các cho").add_word("và của các"));
    assert_eq!(cut(&segmenter, "và của các cho là"), "và của các | cho là");
}

#[test]
fn a_word_is_not_found_inside_longer_tokens() {
    let segmenter = build(builder().add_word("thang").add_word("bậc thang"));
    for text in ["thanggggg", "thangs", "thang-x", "thang_1", "thang2", "a.thang@b.vn", "bậc thanggg", "xbậc thang"]
    {
        let plain = Segmenter::default();
        let without = cut(&plain, text);
        if text == "xbậc thang" {
            assert_eq!(cut(&segmenter, text), "xbậc | thang");
        } else {
            assert_eq!(cut(&segmenter, text), without, "{text}");
        }
    }
    assert_eq!(cut(&segmenter, "ruộng bậc thang"), "ruộng | bậc thang");
}

#[test]
fn entries_hold_marks_digits_and_hyphens() {
    let words = [
        "GD&ĐT",
        "TP. HCM",
        "F-16 Fighting",
        "Covid-19 nặng",
        "K'Ré Điểu",
        "24/7",
        "học, sinh",
        "(mới)",
        "4.0",
        "A. B.",
    ];
    let segmenter = build(words.iter().fold(builder(), |b, w| b.add_word(*w)));
    for word in words {
        for text in [format!("và {word} và"), format!("và {} và", word.to_lowercase())] {
            let expected = format!("và | {} | và", &text[4..text.len() - 4]);
            // In lower case the scanner cuts this: one letter takes the full stop only as a capital.
            let other_tokens = text.contains("a. b.");
            assert_eq!(cut(&segmenter, &text) == expected, !other_tokens, "{text}: {}", cut(&segmenter, &text));
        }
    }
    assert_eq!(cut(&segmenter, "TP.  HCM"), "TP.  HCM");
    // Marks within an entry: no white space is needed, and white space is no obstacle.
    assert_eq!(cut(&segmenter, "học , sinh"), "học , sinh");
    assert_eq!(cut(&segmenter, "học,sinh"), "học,sinh");
}

#[test]
fn a_removed_word_is_no_word_of_the_dictionary() {
    // Added and taken back: nothing remains.
    let text = "Các học sinh và của FIS.";
    let plain = "Các | học sinh | và | của | FIS | .";
    assert_eq!(cut(&Segmenter::default(), text), plain);
    let segmenter = build(builder().add_word("và của").add_word("sinh").remove_word("VÀ CỦA").remove_word("sinh"));
    assert_eq!(cut(&segmenter, text), plain);
    // Only what came before is taken back.
    let segmenter = build(builder().remove_word("và của").add_word("và của"));
    assert_eq!(cut(&segmenter, text), "Các | học sinh | và của | FIS | .");
}

#[test]
fn removing_equals_a_dictionary_without_the_word() {
    let files = model_files();
    let words = ["học sinh", "sinh học", "nhân dân", "hợp tác xã", "nhà máy", "chủ nghĩa xã hội", "kinh tế"];
    let word = |line: &str| line.split('\t').next().is_some_and(|w| words.contains(&w));
    let dictionary: String = files[2].lines().filter(|l| !word(l)).map(|l| l.to_string() + "\n").collect();
    assert!(dictionary.lines().count() + 4 <= files[2].lines().count(), "the words are not in the dictionary");
    let files = [&files[0], &files[1], &dictionary, &files[3], &files[4], &files[5]].map(String::as_str);
    let reference = Reference::new(&files).unwrap_or_else(|e| panic!("{e}"));
    let segmenter = build(words.iter().fold(builder(), |b, w| b.remove_word(w.to_uppercase())));
    let mut texts = prose::documents();
    texts.push("học sinh học sinh học nhân dân hợp tác xã nhà máy ".repeat(60));
    let mut differ = 0;
    for text in texts {
        let found = spans(&segmenter, &text);
        assert_eq!(found, reference.words(&text));
        differ += usize::from(found != spans(&Segmenter::default(), &text));
    }
    assert!(differ > 0, "removing changed nothing");
}

#[test]
fn a_forbidden_word_is_cut_at_its_weakest_gap() {
    assert_eq!(cut(&Segmenter::default(), "các học sinh giỏi"), "các | học sinh | giỏi");
    let segmenter = build(builder().forbid("học sinh").forbid("HỢP TÁC XÃ").forbid("nhân dân"));
    assert_eq!(cut(&segmenter, "các học sinh giỏi"), "các | học | sinh | giỏi");
    assert_eq!(cut(&segmenter, "các HỌC  SINH giỏi"), "các | HỌC | SINH | giỏi");
    assert_eq!(cut(&Segmenter::default(), "vào hợp tác xã."), "vào | hợp tác xã | .");
    assert_eq!(cut(&segmenter, "vào hợp tác xã."), "vào | hợp tác | xã | .");
    // Only whole words are forbidden.
    assert_eq!(cut(&build(builder().forbid("hợp tác")), "vào hợp tác xã."), "vào | hợp tác xã | .");
    // What the model would not join stays as it is.
    assert_eq!(cut(&build(builder().forbid("các học")), "các học sinh giỏi"), "các | học sinh | giỏi");
    // A forbidden word that is added is still forbidden.
    assert_eq!(cut(&build(builder().add_word("và của").forbid("và của")), "và của"), "và | của");
}

#[test]
fn the_confidence_tells_where_the_user_decided() {
    let text = "các học sinh giỏi";
    let confidence = |b: SegmenterBuilder, joined: bool| {
        let gap = build(b).boundaries(text).nth(1).unwrap();
        assert_eq!((gap.span.of(text), gap.joined), (" ", joined));
        gap.confidence
    };
    let plain = confidence(builder(), true);
    assert!(plain > 0.5);
    assert!((confidence(builder().forbid("học sinh"), false) - (1.0 - plain)).abs() < 1e-6);
    assert!((confidence(builder().add_word("học sinh"), true) - plain).abs() < 1e-6);
    assert!(confidence(builder().add_word("sinh giỏi"), false) < 0.5);
}

#[test]
fn a_list_says_what_to_do_line_by_line() {
    let list = "# words of ours\ncủa cho\n\n  và của  \n-của cho\n! học sinh\n-\n!\n";
    let segmenter = build(builder().word_list(list));
    assert_eq!(cut(&segmenter, "các học sinh và của của cho"), "các | học | sinh | và của | của | cho");
    let windows = build(builder().word_list("FIS Bank\r\nvà của\r\n"));
    assert_eq!(cut(&windows, "và của FIS Bank"), "và của | FIS Bank");
    // Lists of nothing are nothing.
    for nothing in ["", "\n", "# only a remark", "-", "!"] {
        assert_eq!(
            cut(&build(builder().word_list(nothing)), "học sinh học"),
            cut(&Segmenter::default(), "học sinh học")
        );
    }
}

#[test]
fn an_entry_that_no_text_can_hold_is_named() {
    let long = vec!["và"; 17].join(" ");
    let e = builder().word_list(&format!("# remark\nFIS Bank\n{long}\n")).build().unwrap_err();
    assert_eq!((e.entry, e.word.as_str()), (3, long.as_str()));
    assert_eq!(e.to_string(), format!("entry 3: {long:?}: it has more than 16 tokens"));
    let longest = vec!["và"; 16].join(" ");
    let segmenter = build(builder().add_word(&longest));
    assert_eq!(segmenter.words(&format!("là {longest} là")).count(), 3);
}

#[test]
fn many_words_are_found_as_few_are() {
    // So many pairs that no text has that the model has to make room for them.
    let syllables = include_str!("../data/syllables.tsv");
    let rare: Vec<&str> = syllables.lines().filter_map(|l| l.split('\t').next()).skip(7000).take(100).collect();
    let pairs = rare.iter().flat_map(|left| rare.iter().map(move |right| format!("{left} {right}")));
    let words = ["và của", "của các cho", "học sinh giỏi và", "nhân dân", "FIS Bank", "ủy ban nhân", "sinh xqz", "là"];
    let few = words.iter().fold(builder(), |b, w| b.add_word(*w)).remove_word("hợp tác xã");
    let many = pairs.fold(few.clone(), |b, w| b.add_word(w));
    let longer = |b: SegmenterBuilder| b.add_word(rare[..3].join(" ")).add_word(rare[..4].join(" "));
    let (few, many) = (build(few), build(longer(many)));
    let mut texts = prose::documents();
    texts.push("học sinh giỏi và của các cho FIS Bank, ủy ban nhân dân, hợp tác xã, chủ nghĩa xã hội. ".repeat(60));
    for text in texts {
        assert_eq!(spans(&many, &text), spans(&few, &text));
    }
    let text = format!("và {} {} {} {} {} và", rare[5], rare[6], rare[0], rare[1], rare[2]);
    assert_eq!(many.words(&text).map(|w| w.text.split(' ').count()).collect::<Vec<_>>(), [1, 2, 3, 1]);
    let text = format!("và {} và", rare[..5].join(" "));
    assert_eq!(many.words(&text).map(|w| w.text.split(' ').count()).collect::<Vec<_>>(), [1, 4, 1, 1]);
}

#[test]
fn a_short_form_takes_its_stop_at_the_edge_of_a_block() {
    // The stop is read as a cell of its own and becomes part of the form when the next token is seen.
    let segmenter = build(builder().add_word("ở TP.").add_word("TP. xqz"));
    for before in 480..530 {
        let text = "và ".repeat(before) + "của TP. xqz ở TP. Huế";
        let found: Vec<&str> = segmenter.words(&text).map(|w| w.text).collect();
        assert_eq!(found[before..], ["của", "TP. xqz", "ở TP.", "Huế"], "behind {before} words");
    }
}

#[test]
fn words_meet_the_edge_of_a_block_unharmed() {
    let longest = "và của các cho là và của các cho là và của các cho là và";
    let segmenter =
        build(builder().add_word("là có những để").add_word(longest).forbid("học sinh").remove_word("nhân dân"));
    let line = format!("là có những để học sinh {longest} vì là có những. ");
    let n = segmenter.words(&line).count();
    for before in 0..300 {
        let text = "vì ".repeat(before) + &line.repeat(3);
        let found: Vec<&str> = segmenter.words(&text).map(|w| w.text).collect();
        assert_eq!(found.len(), before + 3 * n, "behind {before} words");
        for found in found[before..].chunks(n) {
            assert_eq!(found[..4], ["là có những để", "học", "sinh", longest], "behind {before} words");
        }
    }
}

/// The obvious way to apply added words: tokens compared one by one.
fn with_added(text: &str, words: &[&str]) -> Vec<Span> {
    let key = |t: &str| t.nfc().collect::<String>().to_lowercase();
    let tokens: Vec<Span> = vanban::scan::tokens(text).map(|t| t.span).collect();
    let entries: Vec<Vec<String>> =
        words.iter().map(|w| vanban::scan::tokens(w).map(|t| key(t.span.of(w))).collect()).collect();
    let base: Vec<Span> = Segmenter::default().words(text).map(|w| w.span).collect();
    let inside = |at: usize| base.iter().any(|w| w.start < at && at < w.end);
    // Whether the gap behind each token is joined.
    let mut joined: Vec<bool> = tokens.iter().map(|t| inside(t.end)).collect();
    let mut at = 0;
    while at < tokens.len() {
        let fits = |entry: &&Vec<String>| {
            let found = tokens.get(at..at + entry.len());
            found.is_some_and(|found| {
                !text[found[0].start..found[found.len() - 1].end].contains('\n')
                    && found.iter().zip(entry.iter()).all(|(t, k)| key(t.of(text)) == *k)
            })
        };
        let len = entries.iter().filter(fits).map(Vec::len).max().unwrap_or(0);
        if len > 0 {
            if at > 0 {
                joined[at - 1] = false;
            }
            joined[at..at + len].fill(true);
            joined[at + len - 1] = false;
        }
        at += len.max(1);
    }
    let mut out: Vec<Span> = Vec::new();
    let mut goes_on = false;
    for (token, joined) in tokens.iter().zip(joined) {
        match out.last_mut() {
            Some(word) if goes_on => *word = word.cover(*token),
            _ => out.push(*token),
        }
        goes_on = joined;
    }
    out
}

/// The obvious way to forbid words.
fn with_forbidden(text: &str, words: &[&str]) -> Vec<Span> {
    let segmenter = Segmenter::default();
    let boundaries: Vec<_> = segmenter.boundaries(text).filter(|b| b.joined).collect();
    let key = |t: &str| t.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut todo: Vec<Span> = segmenter.words(text).map(|w| w.span).collect();
    todo.reverse();
    let mut out = Vec::new();
    while let Some(word) = todo.pop() {
        let gaps = boundaries.iter().filter(|b| word.start < b.span.start && b.span.end < word.end);
        // Of equal ones the first.
        let weakest = gaps.min_by(|a, b| a.confidence.total_cmp(&b.confidence));
        match weakest.filter(|_| words.contains(&key(word.of(text)).as_str())) {
            Some(gap) => todo.extend([Span::new(gap.span.end, word.end), Span::new(word.start, gap.span.start)]),
            None => out.push(word),
        }
    }
    out
}

const ADDED: [&str; 12] = [
    "và của",
    "và của các",
    "của các",
    "của",
    "các cho là",
    "là",
    "là , có",
    "12 và",
    ", và",
    "có có có có",
    "FIS Bank",
    "fis",
];
const TOKENS: [&str; 18] = [
    "và", "của", "các", "cho", "là", "có", "những", ",", "12", "\n", "FIS", "Bank", "học", "sinh", "Của", "CÁC", "-",
    "nhân",
];
static FORBIDDEN: LazyLock<Vec<&str>> =
    LazyLock::new(|| vec!["học sinh", "sinh học", "nhân dân", "hợp tác xã", "tác xã"]);

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn added_words_are_found_as_the_obvious_way_finds_them(
        which in prop::collection::vec(0..ADDED.len(), 0..8),
        tokens in prop::collection::vec(0..TOKENS.len(), 0..700),
    ) {
        let words: Vec<&str> = which.iter().map(|&i| ADDED[i]).collect();
        let segmenter = build(words.iter().fold(builder(), |b, w| b.add_word(*w)));
        let text: String = tokens.iter().map(|&i| TOKENS[i].to_string() + " ").collect();
        prop_assert_eq!(spans(&segmenter, &text), with_added(&text, &words), "{:?} in {:?}", words, text);
    }

    #[test]
    fn forbidden_words_are_cut_as_the_obvious_way_cuts_them(
        pieces in prop::collection::vec(0..usize::MAX, 0..500),
        seeds in prop::collection::vec((0..500usize, 0..5usize), 0..60),
    ) {
        let mut pieces: Vec<String> = pieces.iter().map(|&i| text_of(&[Piece::plain(i)])).collect();
        for (at, which) in seeds {
            pieces.insert(at.min(pieces.len()), FORBIDDEN[which].to_string() + " ");
        }
        let text = pieces.concat();
        let segmenter = build(FORBIDDEN.iter().fold(builder(), |b, w| b.forbid(*w)));
        prop_assert_eq!(spans(&segmenter, &text), with_forbidden(&text, &FORBIDDEN), "{:?}", text);
    }

    #[test]
    fn what_is_added_and_removed_leaves_no_trace(
        pieces in prop::collection::vec(prose::pieces(), 0..40),
        which in prop::collection::vec(0..ADDED.len(), 1..8),
    ) {
        let text = text_of(&pieces);
        let add = which.iter().fold(builder(), |b, &i| b.add_word(ADDED[i]));
        let back = which.iter().fold(add, |b, &i| b.remove_word(ADDED[i]));
        prop_assert_eq!(spans(&build(back), &text), spans(&Segmenter::default(), &text));
    }

    #[test]
    fn every_piece_of_a_text_can_be_a_word(pieces in prop::collection::vec(prose::pieces(), 0..30)) {
        let text = text_of(&pieces);
        let base = spans(&Segmenter::default(), &text);
        // The words that the model finds, added: they stay words, since they do not overlap.
        let add = base.iter().filter(|w| w.of(&text).split_whitespace().count() <= 5);
        let segmenter = build(add.fold(builder(), |b, w| b.add_word(w.of(&text))));
        let found = spans(&segmenter, &text);
        let mut at = 0;
        for word in found {
            prop_assert!(word.start >= at && text.get(word.range()).is_some_and(|w| !w.contains('\n')));
            at = word.end;
        }
    }
}
