use super::*;
use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;

fn kinds(text: &str) -> Vec<(&str, TokenKind)> {
    tokens(text).map(|t| (t.span.of(text), t.kind)).collect()
}

fn check_partition(text: &str) {
    let mut at = 0;
    for t in tokens(text) {
        assert!(t.span.start >= at && !t.span.is_empty(), "{t:?} in {text:?}");
        assert!(text[at..t.span.start].chars().all(is_gap), "{t:?} in {text:?}");
        assert!(text.is_char_boundary(t.span.end));
        at = t.span.end;
    }
    assert!(text[at..].chars().all(is_gap));
}

#[test]
fn names_the_kinds_of_single_tokens() {
    use TokenKind::*;
    for (text, kind) in [
        ("Thịnh", Syllable),
        ("HOÀ", Syllable),
        ("th\u{323}i", Syllable),
        ("Trump", Word),
        ("K'Ré", Word),
        ("H’leo", Word),
        ("M'Nông", Word),
        ("Thoong-lun", Word),
        ("Xi-xu-lít", Word),
        ("Ki-moon", Word),
        ("đ/c", Word),
        ("km/h", Word),
        ("và/hoặc", Word),
        ("UBND", Acronym),
        ("KT-XH", Acronym),
        ("GD&ĐT", Acronym),
        ("LĐ-TB&XH", Acronym),
        ("TP.HCM", Acronym),
        ("T.Ư", Acronym),
        ("GS.TS", Acronym),
        ("NĐ-CP", Acronym),
        ("06", Number),
        ("1.234.567,89", Number),
        ("2,4", Number),
        ("4.0", Number),
        ("19/7/2017", Date),
        ("19-7-2017", Date),
        ("19.7.2017", Date),
        ("19/7", Date),
        ("7/2017", Date),
        ("08h30", Time),
        ("17h", Time),
        ("8g30", Time),
        ("08:53", Time),
        ("123/QĐ-UBND", DocumentCode),
        ("18-NQ/TW", DocumentCode),
        ("16/CT-TTg", DocumentCode),
        ("01/2020/TT-BNV", DocumentCode),
        ("30c/NQ-CP", DocumentCode),
        ("45/2019/QH14", DocumentCode),
        ("36-HD/VPTW", DocumentCode),
        ("QL1A", Alphanumeric),
        ("F-16", Alphanumeric),
        ("U23", Alphanumeric),
        ("49X-6666", Alphanumeric),
        ("Covid-19", Alphanumeric),
        ("5kg", Alphanumeric),
        ("https://quangtri.gov.vn/a?b=1", Url),
        ("baochinhphu.vn", Url),
        ("vanphong@quangtri.gov.vn", Email),
        ("#thẻ", Hashtag),
        ("@vanban", Handle),
        ("...", Punctuation),
        ("…", Punctuation),
        ("₫", Symbol),
        ("🇻", Symbol),
    ] {
        assert_eq!(kinds(text), [(text, kind)], "{text}");
    }
}

#[test]
fn cuts_where_writers_glue() {
    let words = |t: &str| kinds(t).iter().map(|k| k.0).collect::<Vec<_>>().join("|");
    for (text, cut) in [
        ("pháp luật.Tập trung", "pháp|luật|.|Tập|trung"),
        ("xã hội..., Phó", "xã|hội|...|,|Phó"),
        ("Thi đua- Khen thưởng", "Thi|đua|-|Khen|thưởng"),
        ("Mai-Uỷ viên", "Mai|-|Uỷ|viên"),
        ("tỉnh;Nguyễn", "tỉnh|;|Nguyễn"),
        ("(TĐKT)", "(|TĐKT|)"),
        ("“Doanh nhân”", "“|Doanh|nhân|”"),
        ("61%", "61|%"),
        ("TP. Hồ Chí Minh", "TP|.|Hồ|Chí|Minh"),
        ("2016-2020", "2016|-|2020"),
        ("xem http://a.b/c.", "xem|http://a.b/c|."),
        ("nhà a,b", "nhà|a|,|b"),
        ("V.Pu-tin", "V|.|Pu-tin"),
        ("nặng nề.trong", "nặng|nề|.|trong"),
        ("NẶNG NỀ.TRONG", "NẶNG|NỀ|.|TRONG"),
        ("TP.HCM, T.Ư, GS.TS", "TP.HCM|,|T.Ư|,|GS.TS"),
        ("tp.hcm, t.ư, gs.ts", "tp.hcm|,|t.ư|,|gs.ts"),
        ("gd&đt, r&d, anh&em", "gd&đt|,|r&d|,|anh|&|em"),
        ("covid-19, f-16, thứ-7, 5m-10m", "covid-19|,|f-16|,|thứ|-|7|,|5m|-|10m"),
        ("55.000đ/m2, 20/kg", "55.000đ/m2|,|20|/|kg"),
        ("theo Zing.vn, VnExpress.net", "theo|Zing.vn|,|VnExpress.net"),
        ("ภาษาไทย 漢字", "ภาษาไทย|漢|字"),
    ] {
        assert_eq!(words(text), cut, "{text}");
        check_partition(text);
    }
}

#[test]
fn agrees_with_a_regular_expression_on_document_codes() {
    // An independent statement of the two patterns; the scanner must say the same on all combinations.
    let pattern =
        regex::Regex::new(r"^\d+[a-z]?(/\d{4})?([-/]\p{Lu}{2,}g?\d*)(-\p{Lu}{2,}g?)?(/\p{Lu}{2,})?$").unwrap();
    // In small letters a year, or a type of consonants and something behind it.
    let small = regex::Regex::new(
        r"^\d+[a-z]?(/\d{4}/(qh\d+|\p{Ll}{2})(-\p{Ll}+|/\p{Ll}+)?|[-/](qh\d+|[c-tđ]{2})(-\p{Ll}+|/\p{Ll}+))$",
    )
    .unwrap();
    let mut n = 0;
    for number in ["1", "30c", "1234"] {
        for middle in ["/", "-", "/2020/"] {
            for kind in ["QĐ", "NQ", "CT", "QH14", "tt", "Nghị", "qđ", "qh14", "và"] {
                for tail in ["", "-UBND", "-TTg", "/TW", "-x", "-ubnd", "/tw"] {
                    let code: String = [number, middle, kind, tail].concat();
                    let found = kinds(&code) == [(code.as_str(), TokenKind::DocumentCode)];
                    let is_code = pattern.is_match(&code) || small.is_match(&code) && kind != "và";
                    assert_eq!(found, is_code && code.contains('/'), "{code}");
                    n += 1;
                }
            }
        }
    }
    assert_eq!(n, 567);
}

#[test]
fn gives_nfd_the_same_tokens() {
    use unicode_normalization::UnicodeNormalization;
    let text = "Đồng chí Điểu K'Ré, Phó Chủ tịch UBND tỉnh Đắk Nông (GD&ĐT) số 12/QĐ-UBND: “Hoà”…";
    let nfd: String = text.nfd().collect();
    let strip = |t: &str| kinds(t).into_iter().map(|(s, k)| (s.nfc().collect::<String>(), k)).collect::<Vec<_>>();
    assert_eq!(strip(text), strip(&nfd));
}

#[test]
fn stays_linear_on_hostile_runs() {
    for unit in ["a/", "1-", "A.", "a@", "1:", "K'", "x", ".", "\u{301}", "http://"] {
        let text = unit.repeat(400_000);
        check_partition(&text);
    }
}

proptest! {
    #[test]
    fn tokens_and_gaps_rebuild_any_text(text in "\\PC{0,60}") {
        check_partition(&text);
    }

    #[test]
    fn tokens_and_gaps_rebuild_lookalike_text(text in "[a-cA-CĐđ0-3.,/&'@:_ \\-\u{301}\u{200B}#ạ]{0,40}") {
        check_partition(&text);
    }
}
