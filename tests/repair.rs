//! Misspelt names: laws on made documents, rosters, the index over documents, weights.

use proptest::prelude::*;
use vanban::repair::{Feature, NameIndex, RepairKind, Roster, Slip, Weights};
use vanban::{Analyzer, Document, analyze};

const SURNAMES: [&str; 4] = ["Lê", "Trần", "Đỗ", "Phạm"];
const MIDDLES: [&str; 4] = ["Văn", "Thị", "Minh", "Ngọc"];
/// Near to each other on purpose.
const GIVEN: [&str; 12] =
    ["Thịnh", "Tịnh", "Thinh", "Thijnh", "Dũng", "Dụng", "Hùng", "Hưng", "Trâm", "Châm", "Sĩ", "Sỹ"];
const BEFORE: [&str; 6] = ["Ông", "Bà", "Bộ trưởng Bộ Y tế", "Chủ tịch UBND tỉnh Hà Nam", "Ca sĩ", "Anh"];
const BEHIND: [&str; 5] = [" đến dự.", " nói.", " (34 tuổi) về.", " và khách mời đến.", ", Giám đốc Sở Nội vụ, đến."];

/// A sentence about somebody.
fn sentence() -> impl Strategy<Value = String> {
    (0..BEFORE.len(), 0..2usize, 0..2usize, 0..GIVEN.len(), 0..BEHIND.len()).prop_map(|(b, s, m, g, a)| {
        format!("{} {} {} {}{}", BEFORE[b], SURNAMES[s], MIDDLES[m + 2], GIVEN[g], BEHIND[a])
    })
}

fn document() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(sentence(), 1..14)
}

/// The applied repairs, by their words.
fn applied(doc: &Document<'_>) -> Vec<(String, String)> {
    let applied = doc.repairs().iter().filter(|r| r.applied);
    let mut out: Vec<_> = applied.map(|r| (r.span.of(doc.text()).to_string(), r.replacement.clone())).collect();
    out.sort();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_time_changes_nothing(sentences in document()) {
        let text = sentences.join(" ");
        let doc = analyze(&text);
        let (once, _) = doc.corrected();
        let doc = analyze(&once);
        let (again, _) = doc.corrected();
        prop_assert_eq!(again.as_ref(), once.as_ref(), "{}", text);
    }

    #[test]
    fn the_order_of_sentences_does_not_matter(sentences in document(), by in 0usize..14) {
        let straight = applied(&analyze(&sentences.join(" ")));
        let mut other = sentences.clone();
        let n = other.len();
        other.rotate_left(by % n);
        prop_assert_eq!(applied(&analyze(&other.join(" "))), straight.clone());
        other.reverse();
        prop_assert_eq!(applied(&analyze(&other.join(" "))), straight);
    }

    #[test]
    fn a_higher_threshold_applies_a_subset(sentences in document(), low in 0.0f32..1.0, high in 0.0f32..1.0) {
        let text = sentences.join(" ");
        let (low, high) = (low.min(high), low.max(high));
        let loose = Analyzer::new().repair_threshold(low).analyze(&text);
        let strict = Analyzer::new().repair_threshold(high).analyze(&text);
        for r in strict.repairs().iter().filter(|r| r.applied) {
            let same = loose.repairs().iter().find(|l| l.span == r.span && l.applied);
            prop_assert_eq!(same.map(|l| &l.replacement), Some(&r.replacement), "{}", text);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_repairs(sentences in document()) {
        let text = sentences.join(" ");
        let (first, second) = (analyze(&text), analyze(&text));
        prop_assert_eq!(first.repairs(), second.repairs());
    }

    #[test]
    fn every_repair_has_evidence_that_slices_the_text(sentences in document()) {
        let text = sentences.join(" ");
        let doc = analyze(&text);
        for r in doc.repairs() {
            prop_assert!(!r.evidence.is_empty());
            prop_assert!((0.0..=1.0).contains(&r.confidence));
            prop_assert!(r.kind == RepairKind::Misprint || !r.applied);
            for e in &r.evidence {
                prop_assert!(!e.words.is_empty(), "{:?}", e);
                prop_assert!(e.spans.windows(2).all(|w| w[0] < w[1]));
                prop_assert!(e.spans.iter().all(|s| text.get(s.range()).is_some_and(|t| !t.is_empty())));
            }
        }
    }

    #[test]
    fn an_index_does_not_know_the_order_of_documents(documents in prop::collection::vec(document(), 1..5), cut in 0usize..5) {
        let texts: Vec<String> = documents.iter().map(|d| d.join(" ")).collect();
        let index = |texts: &[String]| {
            let mut index = NameIndex::default();
            texts.iter().for_each(|t| index.add(t, analyze(t).mentions()));
            index
        };
        let whole = index(&texts);
        let (left, right) = texts.split_at(cut.min(texts.len()));
        let mut merged = index(right);
        merged.merge(index(left));
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.people(), whole.people());
    }
}

#[test]
fn what_a_repair_uncovers_is_judged_as_well() {
    // Only with the first name whole the office behind it is somebody's, and only then the document introduces one of the
    // two other names.
    let text =
        "Ca sĩ Trần Ngọc Thijnh, Giám đốc Sở Nội vụ, đến. Anh Trần Ngọc Tịnh đến dự. Ca sĩ Trần Ngọc Thịnh đến dự.";
    let doc = analyze(text);
    let (once, alignment) = doc.corrected();
    let again = analyze(&once);
    assert!(again.repairs().iter().all(|r| !r.applied), "{:?}", again.repairs());
    assert!(!doc.repairs().is_empty());
    for r in doc.repairs().iter().filter(|r| r.applied) {
        assert_eq!(alignment.to_output(r.span).of(&once), r.replacement);
    }
}

#[test]
fn a_threshold_does_not_change_what_is_read_again() {
    let text = "Bà Lê Minh Thịnh đến dự. Bộ trưởng Bộ Y tế Lê Minh Thinh đến dự. Anh Lê Minh Thịnh (34 tuổi) về. \
        Ông Lê Minh Thijnh đến dự.";
    let at = |threshold: f32| Analyzer::new().repair_threshold(threshold).analyze(text).repairs().to_vec();
    let (loose, strict) = (at(0.0), at(0.6));
    assert_eq!(loose.len(), strict.len());
    for (l, s) in loose.iter().zip(&strict) {
        assert_eq!((l.span, &l.replacement, l.confidence), (s.span, &s.replacement, s.confidence));
        assert!(l.applied || !s.applied);
    }
}

#[test]
fn a_roster_decides_where_the_document_cannot() {
    let text = "Bộ trưởng Bộ Y tế Lê Minh Châm đến. Bộ trưởng Bộ Y tế Lê Minh Châm nói.";
    assert!(applied(&analyze(text)).is_empty());
    let rows = "# tên\tchức danh\nLê Minh Trâm\tBộ trưởng Bộ Y tế\n\nĐỗ Văn Tám\n";
    let roster = Roster::from_reader(rows.as_bytes()).unwrap();
    assert_eq!(roster.len(), 2);
    let analyzer = Analyzer::new().roster(roster);
    let right = ("Lê Minh Châm".to_string(), "Lê Minh Trâm".to_string());
    assert_eq!(applied(&analyzer.analyze(text)), [right.clone(), right]);
    // Another office: perhaps another person.
    assert!(applied(&analyzer.analyze("Giám đốc Sở Y tế tỉnh Hà Nam Lê Minh Châm nói.")).is_empty());
}

#[test]
fn a_name_of_the_roster_is_never_changed() {
    let text =
        "Bộ trưởng Bộ Y tế Lê Minh Trâm đến. Bộ trưởng Bộ Y tế Lê Minh Trâm nói. Bộ trưởng Bộ Y tế Lê Minh Châm về.";
    assert_eq!(applied(&analyze(text)).len(), 1);
    let mut roster = Roster::default();
    roster.add("Lê Minh Châm", []);
    let turned = applied(&Analyzer::new().roster(roster).analyze(text));
    assert!(turned.iter().all(|r| r.1 == "Lê Minh Châm"), "{turned:?}");
}

#[test]
fn a_roster_that_is_no_utf8_names_the_line() {
    let error = Roster::from_reader(&b"L\xc3\xaa Minh\n\xff\n"[..]).unwrap_err();
    assert_eq!(error.line, 2);
}

#[test]
fn an_index_makes_a_roster() {
    let mut index = NameIndex::default();
    for name in ["Trâm", "Trâm", "Trâm", "Châm"] {
        let text = format!("Thứ trưởng Bộ Nội vụ Huỳnh Bích {name} đến dự.");
        index.add(&text, analyze(&text).mentions());
    }
    let people = index.people();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].spellings, [("Huỳnh Bích Trâm".to_string(), 3), ("Huỳnh Bích Châm".to_string(), 1)]);
    let analyzer = Analyzer::new().roster(index.roster(3));
    assert_eq!(applied(&analyzer.analyze("Thứ trưởng Bộ Nội vụ Huỳnh Bích Châm nói.")).len(), 1);
}

#[test]
fn two_holders_of_different_offices_stay_two_in_the_index() {
    let mut index = NameIndex::default();
    for text in ["Giám đốc Sở Y tế tỉnh Hà Nam Lê Văn Dũng nói.", "Giám đốc Sở Nội vụ tỉnh Hà Nam Lê Văn Dụng nói."]
    {
        index.add(text, analyze(text).mentions());
    }
    assert_eq!(index.people().len(), 2);
}

#[test]
fn without_the_other_mentions_there_is_no_repair() {
    let wrong = "Bộ trưởng Bộ Y tế Lê Minh Tiễn về.";
    let text = format!("Bộ trưởng Bộ Y tế Lê Minh Tiến đến. Bộ trưởng Bộ Y tế Lê Minh Tiến nói. {wrong}");
    assert_eq!(applied(&analyze(&text)).len(), 1);
    assert!(analyze(wrong).repairs().is_empty());
}

#[test]
fn evidence_names_the_titles_in_common() {
    let text =
        "Bộ trưởng Bộ Y tế Lê Minh Tiến đến. Bộ trưởng Bộ Y tế Lê Minh Tiến nói. Bộ trưởng Bộ Y tế Lê Minh Tiễn về.";
    let doc = analyze(text);
    let r = &doc.repairs()[0];
    assert_eq!((r.slip, r.kind), (Slip::Tone, RepairKind::Misprint));
    let title = r.evidence.iter().find(|e| e.feature == Feature::SameTitle).unwrap();
    assert_eq!(title.spans.len(), 2);
    assert!(title.spans.iter().all(|s| s.of(text) == "Bộ trưởng Bộ Y tế"));
    // The sum of all pieces is the log-odds; what every pair shares is listed nowhere.
    let sum: f32 = r.evidence.iter().map(|e| e.log_odds).sum::<f32>() + Weights::default().get(Feature::Prior);
    assert!((1.0 / (1.0 + (-sum).exp()) - r.confidence).abs() < 0.01);
}

#[test]
fn weights_are_read_and_refused_with_their_line() {
    let weights = Weights::parse("# remark\nsame_title\t9.5\tboth have it\n").unwrap();
    assert!((weights.get(Feature::SameTitle) - 9.5).abs() < 1e-6);
    assert_eq!(Weights::parse("same_title\t1\nsame_titel\t1").unwrap_err().line, 2);
    assert_eq!(Weights::parse("same_title\tmuch").unwrap_err().line, 1);
    assert_eq!(Weights::parse("same_title\tNaN").unwrap_err().line, 1);
    // Every feature has its row in the shipped file.
    let rows = include_str!("../data/repair_weights.tsv");
    for f in Feature::ALL {
        assert!(rows.lines().any(|l| l.split('\t').next() == Some(f.as_str())), "{}", f.as_str());
        assert!(rows.contains(f.meaning()), "{}", f.as_str());
    }
}

#[test]
fn ten_thousand_names_cost_little_more_than_ten_times_a_thousand() {
    let text = |n: usize| -> String {
        let word = |i: usize, list: &[&str]| list[i % list.len()].to_string();
        (0..n)
            .map(|i| {
                let middle = word(i / 4, &["Văn", "Thị", "Minh", "Ngọc", "Hữu", "Đức", "Xuân", "Quang", "Bá", "Công"]);
                let second = word(i / 40, &["An", "Bình", "Cường", "Dung", "Hà", "Lan", "Mai", "Nam", "Phương", "Tâm"]);
                format!("Ông {} {middle} {second} {} nói. ", word(i, &SURNAMES), word(i / 400, &GIVEN))
            })
            .collect()
    };
    let time = |text: &str| {
        (0..3)
            .map(|_| {
                let start = std::time::Instant::now();
                std::hint::black_box(analyze(text).repairs().len());
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    let (small, large) = (time(&text(1_000)), time(&text(10_000)));
    assert!(large < small * 40, "{small:?} for a thousand, {large:?} for ten thousand");
}
