//! Each job of the crate in three lines, as a dependent crate would write it.

fn main() {
    let text = "Bà Lê Thị Thu Hà, Phó Chủ tịch UBND tỉnh Phú Yên, ký Quyết định 12/QĐ-UBND.";

    // Tokens with their exact places.
    let tokens: Vec<&str> = vanban::scan::tokens(text).map(|t| t.span.of(text)).collect();
    assert_eq!(tokens.last(), Some(&"."));
    assert!(tokens.contains(&"12/QĐ-UBND"));

    // Syllables, however spelt.
    let syllable = vanban::syllable::Syllable::parse("HOÀ");
    assert_eq!(syllable, vanban::syllable::Syllable::parse("hòa"));
    assert_eq!(syllable.map(|s| s.rime()), Some("oa"));

    // Persons with their titles.
    let doc = vanban::analyze(text);
    assert_eq!(doc.persons()[0].name, "Lê Thị Thu Hà");
    assert_eq!(doc.persons()[0].titles, ["Phó Chủ tịch Ủy ban nhân dân tỉnh Phú Yên"]);

    // Abbreviations; the document's number stays.
    let short: Vec<_> = doc.abbreviations().iter().map(|a| (a.span.of(text), a.expansion.as_deref())).collect();
    assert_eq!(short, [("UBND", Some("Ủy ban nhân dân")), ("12/QĐ-UBND", None)]);
    assert_eq!(doc.sentences().len(), 1);

    // Misspelt names, and the text with them repaired.
    let doc = vanban::analyze("Thứ trưởng Trần Thị Ngọc Bích nói. Thứ trưởng Trần Thị Ngọc Bích đi. Thứ trưởng Trần Thị Ngọc Bíchh về.");
    assert!(doc.repairs().iter().all(|r| r.applied && r.replacement == "Trần Thị Ngọc Bích"));
    assert!(doc.corrected().0.ends_with("Trần Thị Ngọc Bích về."));

    // Diacritics: repaired, folded, decoded.
    assert_eq!(vanban::normalize("môn tóan, señor"), "môn toán, señor");
    assert_eq!(vanban::normalize::fold("Đặng", vanban::normalize::Fold::Ascii), "Dang");
    assert_eq!(vanban::legacy::decode(vanban::legacy::Encoding::Viqr, b"Vie^.t").as_deref(), Ok("Việt"));

    println!("each job of vanban works from another crate");
}
