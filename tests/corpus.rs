//! The generated texts of the benches are what they are said to be.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use corpus::{Kind, generated};
use vanban::scan::{TokenKind, tokens};

#[test]
fn the_same_seed_writes_the_same_text() {
    for kind in [Kind::CleanNfc, Kind::ListHeavy, Kind::Misspelt] {
        let (one, two) = (generated(kind, 2), generated(kind, 2));
        assert_eq!(one, two);
        assert_ne!(one[0], one[1]);
    }
}

#[test]
fn it_reads_as_official_prose() {
    for text in generated(Kind::CleanNfc, 4) {
        let n = tokens(&text).count();
        let syllables = tokens(&text).filter(|t| t.kind == TokenKind::Syllable).count();
        assert!(syllables * 10 > n * 7, "{syllables} syllables of {n} tokens");
        let n_sentences = vanban::sentences(&text).count();
        assert!((10..80).contains(&(n / n_sentences)), "{n} tokens in {n_sentences} sentences");
        let doc = vanban::analyze(&text);
        assert!(doc.persons().len() >= 8, "{} persons", doc.persons().len());
        assert!(doc.abbreviations().len() >= 10, "{} abbreviations", doc.abbreviations().len());
    }
}

#[test]
fn lists_are_lists_and_misspelt_names_are_found() {
    for text in generated(Kind::ListHeavy, 2) {
        assert!(text.matches(';').count() > 40);
        assert!(vanban::analyze(&text).mentions().len() > 40);
    }
    let repairs: usize = generated(Kind::Misspelt, 4).iter().map(|t| vanban::analyze(t).repairs().len()).sum();
    let without: usize = generated(Kind::CleanNfc, 4).iter().map(|t| vanban::analyze(t).repairs().len()).sum();
    assert!(repairs > without + 4, "{repairs} repairs, {without} without misprints");
}
