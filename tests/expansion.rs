//! Laws and options of writing abbreviations out.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vanban::abbreviation::{DocumentNumber, Edit, EntryError, Expander, Headings, Source, Why};
use vanban::normalize::TonePlacement;
use vanban::{Alignment, Span};

const ARTICLE: &str = include_str!("../examples/data/hoi-nghi.txt");

/// Output and alignment belong to the text and to the edits; document numbers are untouched.
fn check(expander: &Expander, text: &str) {
    let (out, alignment) = expander.apply(text);
    let edits = expander.edits(text);
    check_alignment(text, &out, &alignment, &edits);
    let found = expander.list(text);
    assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    for a in &found {
        assert!(text.get(a.span.range()).is_some_and(|t| !t.is_empty()));
        assert!((0.0..=1.0).contains(&a.confidence));
        assert!(!a.why.to_string().is_empty());
        if a.source == Source::Code {
            assert!(a.expansion.is_none() && edits.iter().all(|e| !e.span.overlaps(a.span)));
            assert_eq!(alignment.to_output(a.span).of(&out), a.span.of(text));
        }
        if a.why == Why::DefinedHere || a.expansion.is_none() {
            assert!(edits.iter().all(|e| e.span != a.span));
        }
        assert!(a.alternatives.iter().all(|alternative| Some(*alternative) != a.expansion.as_deref()));
    }
}

fn check_alignment(text: &str, out: &str, alignment: &Alignment, edits: &[Edit<'_>]) {
    let mut rebuilt = String::new();
    let mut at = 0;
    for e in edits {
        assert!(at <= e.span.start);
        rebuilt.push_str(&text[at..e.span.start]);
        rebuilt.push_str(&e.replacement);
        at = e.span.end;
        assert_eq!(alignment.to_output(e.span).of(out), e.replacement);
        assert_eq!(alignment.to_original(alignment.to_output(e.span)), e.span);
    }
    rebuilt.push_str(&text[at..]);
    assert_eq!(rebuilt, out);
    assert_eq!(alignment.changes().len(), edits.len());
}

fn plain(text: &str) -> String {
    text.nfc().collect()
}

#[test]
fn writes_the_article_out() {
    let expander = Expander::new();
    check(&expander, ARTICLE);
    let (once, _) = expander.apply(ARTICLE);
    assert!(once.contains("Ủy ban nhân dân") && once.contains("/QĐ-UBND"));
    assert_eq!(expander.apply(ARTICLE).0, once);
    let nfd: String = ARTICLE.nfd().collect();
    check(&expander, &nfd);
    assert_eq!(plain(&expander.apply(&nfd).0), plain(&once));
}

#[test]
fn an_expander_is_shared_between_threads_and_documents() {
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let expander = Expander::new();
    is_shared(&expander);
    let expected = expander.apply(ARTICLE).0.into_owned();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let expander = expander.clone();
            std::thread::spawn(move || {
                // What another document defines stays there.
                let _ = expander.apply("Ủy ban ngư dân (UBND) và UBND.");
                expander.apply(ARTICLE).0.into_owned()
            })
        })
        .collect();
    for t in threads {
        assert_eq!(t.join().unwrap(), expected);
    }
}

#[test]
fn the_user_adds_overrides_and_forbids() {
    let expander = Expander::builder()
        .entry("TTPVHCC", "Trung tâm Phục vụ hành chính công")
        .entry("BTC", "Bộ Tài chính")
        .entry("p/x", "phân xưởng")
        .forbid("UBND")
        .build()
        .unwrap();
    let text = "BTC lễ hội ở TTPVHCC, p/x 2, UBND và HĐND; số 5/QĐ-BTC";
    check(&expander, text);
    assert_eq!(
        expander.apply(text).0,
        "Bộ Tài chính lễ hội ở Trung tâm Phục vụ hành chính công, phân xưởng 2, UBND và Hội đồng nhân dân; số 5/QĐ-BTC"
    );
    let found = expander.list(text);
    assert_eq!((found[0].source, found[0].why), (Source::User, Why::UserEntry));
    assert_eq!(found[3].why, Why::Forbidden);
    // The document's own definition gives way to the user.
    let text = "ban tổ chức (BTC) họp. BTC nói.";
    assert_eq!(expander.apply(text).0, "ban tổ chức (Bộ Tài chính) họp. Bộ Tài chính nói.");
    // NFD entries are the same entries.
    let nfd: String = "HĐTƯ".nfd().collect();
    let expander = Expander::builder().entry(nfd, "Hội đồng Tư vấn").build().unwrap();
    assert_eq!(expander.apply("các HĐTƯ").0, "các Hội đồng Tư vấn");
}

#[test]
fn a_bad_entry_is_named_with_place_and_reason() {
    let error = |e: Result<Expander, EntryError>| e.unwrap_err().to_string();
    let b = Expander::builder;
    assert_eq!(error(b().entry("A1", "x").entry(" ", "y").build()), "entry 2, \" \": the short form is empty");
    assert!(error(b().entry("UBND", "  ").build()).starts_with("entry 1, \"UBND\": the full form is empty"));
    assert!(error(b().entry("UBND", "a\nb").build()).contains("line break"));
    assert!(error(b().entry("của", "x").build()).contains("small letters"));
    assert!(error(b().entry("4.0", "x").build()).contains("begin with a letter"));
    assert!(error(b().entry("CT", "x").entry("CT", "y").build()).contains("another full form"));
    assert!(error(b().entry("CT", "x").forbid("CT").build()).contains("entered and forbidden"));
    assert!(b().entry("CT", "x").entry("CT", "x").build().is_ok());
    let file = "# remark\nCT\tChủ tịch\n\nTT\n\tx\n";
    assert_eq!(error(b().entries(file).build()), "line 5, \"\": the short form is empty");
    let expander = b().entries("CT\tChủ tịch\nUBND\n").build().unwrap();
    assert_eq!(expander.apply("CT và UBND").0, "Chủ tịch và UBND");
}

#[test]
fn options_shape_what_is_written() {
    let text = "UBND TỈNH HỌP BÀN\nUBND tỉnh và UBND xã";
    let written = |e: Expander| e.apply(text).0.into_owned();
    let b = Expander::builder;
    assert_eq!(
        written(b().tone(TonePlacement::SecondVowel).build().unwrap()),
        "UỶ BAN NHÂN DÂN TỈNH HỌP BÀN\nUỷ ban nhân dân tỉnh và Uỷ ban nhân dân xã"
    );
    assert_eq!(
        written(b().headings(Headings::Leave).first_use_only(true).build().unwrap()),
        "UBND TỈNH HỌP BÀN\nUBND tỉnh và UBND xã".replacen("\nUBND", "\nỦy ban nhân dân", 1)
    );
    assert_eq!(
        written(b().keep_short_form(true).first_use_only(true).build().unwrap()),
        "ỦY BAN NHÂN DÂN (UBND) TỈNH HỌP BÀN\nUBND tỉnh và UBND xã"
    );
    let defined = "Ủy ban nhân dân (UBND) họp. UBND bàn.";
    assert_eq!(b().first_use_only(true).build().unwrap().apply(defined).0, defined);
    let usual = "các DN và HĐND";
    assert_eq!(b().threshold(0.9).build().unwrap().apply(usual).0, "các DN và Hội đồng nhân dân");
    let withheld = &b().threshold(0.9).build().unwrap().list(usual)[0];
    assert_eq!((withheld.expansion.as_deref(), &*withheld.alternatives), (None, &["doanh nghiệp"][..]));
}

#[test]
fn the_year_of_the_document_selects_the_name() {
    let text = "phòng VHTT và Sở VHTT";
    let list = |year| Expander::builder().year(year).build().unwrap().list(text);
    assert!(list(2000).iter().all(|a| a.expansion.as_deref() != Some("Văn hóa và Thể thao")));
    assert_eq!(list(2015)[1].expansion.as_deref(), Some("Văn hóa và Thể thao"));
    let valid = list(2015)[1].valid.unwrap();
    assert!(valid.contains(2007) && !valid.contains(2006));
}

#[test]
fn every_abbreviation_says_why() {
    let text = "UBND, DN, BCH TW, UVBCHTW, CT, FPT, thi đua khen thưởng (TĐK), TĐK, 12/QĐ-UBND";
    let why: Vec<String> = Expander::new().list(text).iter().map(|a| a.why.to_string()).collect();
    let spans = [text.find("TW,").unwrap(), text.find("TĐK").unwrap()];
    assert_eq!(
        why,
        [
            "the only sense".into(),
            "the usual sense".into(),
            format!("the words at bytes {:?} select the sense", Span::new(spans[0], spans[0] + 2)),
            "the usual sense".into(),
            "made of known parts".into(),
            "several senses, and nothing decides".into(),
            "a name or an international acronym stays".into(),
            "defined here".into(),
            format!("defined at bytes {:?}", Span::new(spans[1], spans[1] + "TĐK".len())),
            "the number of a document stays".to_string(),
        ]
    );
}

#[test]
fn texts_without_abbreviations_come_back_borrowed() {
    let text = "Ông Lê Văn Tám đến Huế, khóa XII, theo 12/QĐ-UBND.";
    assert!(matches!(vanban::expand(text), std::borrow::Cow::Borrowed(t) if std::ptr::eq(t, text)));
}

#[test]
fn time_stays_linear_on_odd_texts() {
    let start = std::time::Instant::now();
    for text in [
        "UBND-".repeat(20_000),
        "(UBND) ".repeat(20_000),
        "A(B".repeat(20_000),
        "A.".repeat(40_000),
        "UVBCHTW ".repeat(10_000),
        (0..20_000).map(|i| format!("kinh tế số {i} (KTS) KTS, ")).collect::<String>(),
        (0..10_000).map(|i| format!("(ABC{}) ", ["D", "E", "F"][i % 3])).collect::<String>(),
        "TT CT HĐ ".repeat(20_000),
    ] {
        let (out, _) = Expander::new().apply(&text);
        assert!(!out.is_empty());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Pieces of which officialese is made.
const PIECES: [&str; 32] = [
    "UBND",
    "HĐND ",
    "TP.",
    "HCM",
    "TT",
    "CT ",
    "BTC",
    "(",
    ")",
    " (TĐKT) ",
    "thi đua, khen thưởng",
    " lễ hội ",
    ". ",
    ", ",
    "\n",
    "-",
    "123/QĐ-UBND",
    " 18-NQ/TW ",
    " 30/2020/NĐ-CP",
    "Q.1",
    " QL1A",
    "KT-XH",
    "Uỷ viên ",
    "BCH TW ",
    "UVBCHTW",
    "Tập đoàn Dầu khí (PVN)",
    "PVN ",
    "đ/c ",
    "“",
    " gọi tắt là ",
    "TỈNH LỚN VÀ NHỎ",
    "Sở ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_written_out(text in "\\PC{0,80}") {
        check(&Expander::new(), &text);
    }

    #[test]
    fn any_mix_of_officialese_is_written_out(parts in prop::collection::vec(0usize..32, 0..40), keep in any::<bool>()) {
        let text: String = parts.iter().map(|&i| PIECES[i]).collect();
        let expander = Expander::builder().keep_short_form(keep).first_use_only(keep).build().unwrap();
        check(&expander, &text);
        // Deterministic, and the same in NFD.
        prop_assert_eq!(expander.apply(&text), expander.clone().apply(&text));
        let nfd: String = text.nfd().collect();
        check(&expander, &nfd);
        prop_assert_eq!(plain(&expander.apply(&nfd).0), plain(&expander.apply(&text).0));
    }

    #[test]
    fn a_filter_keeps_what_it_rejects(parts in prop::collection::vec(0usize..32, 0..30)) {
        let text: String = parts.iter().map(|&i| PIECES[i]).collect();
        let (out, alignment) = Expander::new().apply_with(&text, |_| false);
        prop_assert_eq!(&*out, &*text);
        prop_assert!(alignment.is_identity());
        let mut n = 0;
        let edits = Expander::new().edits(&text);
        let (out, alignment) = Expander::new().apply_with(&text, |_| { n += 1; n % 2 == 1 });
        let kept: Vec<Edit<'_>> = edits.into_iter().step_by(2).collect();
        check_alignment(&text, &out, &alignment, &kept);
    }

    #[test]
    fn no_document_leaks_into_the_next(a in prop::collection::vec(0usize..32, 0..30), b in prop::collection::vec(0usize..32, 0..30)) {
        let text = |parts: &[usize]| parts.iter().map(|&i| PIECES[i]).collect::<String>();
        let (a, b) = (text(&a), text(&b));
        let shared = Expander::new();
        let alone = Expander::new().apply(&b);
        let _ = shared.apply(&a);
        prop_assert_eq!(shared.apply(&b), alone);
    }

    #[test]
    fn any_text_is_a_document_number_or_none(code in "[0-9A-ZĐƯa-z/ -]{0,24}") {
        if let Some(n) = DocumentNumber::parse(&code) {
            prop_assert!(code.trim_start().starts_with(n.number));
            prop_assert!(!n.spelled_out().is_empty());
        }
    }
}
