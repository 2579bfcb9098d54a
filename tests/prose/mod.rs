//! Texts for tests of words: documents of the benches' generator, and random texts that look like Vietnamese.

#![allow(dead_code, reason = "every test program uses a part of this")]

#[path = "../../benches/corpus/mod.rs"]
mod corpus;

use std::sync::LazyLock;

use proptest::prelude::*;

/// The text form of the word model, in the order of [`vanban::segment::FILES`].
pub fn model_files() -> Vec<String> {
    let read = |name: &&str| {
        let path = format!("{}/data/words/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
    };
    vanban::segment::FILES.iter().map(read).collect()
}

/// Official prose about invented persons: news and lists.
pub fn documents() -> Vec<String> {
    let mut out = corpus::generated(corpus::Kind::CleanNfc, 2);
    out.extend(corpus::generated(corpus::Kind::ListHeavy, 1));
    out
}

/// News of at least so many bytes.
pub fn news(n_bytes: usize) -> String {
    corpus::Generator::new(1, false).news(n_bytes)
}

static SYLLABLES: LazyLock<Vec<&str>> = LazyLock::new(|| first_column(include_str!("../../data/syllables.tsv")));
static COMPOUNDS: LazyLock<Vec<&str>> = LazyLock::new(|| first_column(include_str!("../../data/compounds.tsv")));

fn first_column(file: &'static str) -> Vec<&'static str> {
    file.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).collect()
}

/// Whatever else stands in texts.
const OTHERS: [&str; 40] = [
    "UBND",
    "TĐKT",
    "KT-XH",
    "GD&ĐT",
    "TP",
    "TP.",
    "GS.TS",
    "Q",
    "A",
    "TP.HCM",
    "T.Ư",
    "và/hoặc",
    "K'Ré",
    "H’leo",
    "đ/c",
    "Thoong-lun",
    "Trump",
    "karaoke",
    "Guðmundur",
    "Zoé",
    "café",
    "VnExpress",
    "06",
    "61",
    "61%",
    "1.234,5",
    "19/7/2017",
    "17h",
    "QL1A",
    "Covid-19",
    "123/QĐ-UBND",
    "a@b.vn",
    "baochinhphu.vn",
    "#thẻ",
    "50.000đ",
    "m²",
    "½",
    "漢字",
    "ngoẩy",
    "XII",
];
const SEPARATORS: [&str; 24] = [
    ", ",
    ". ",
    ".",
    "...",
    "…",
    "; ",
    ": ",
    " - ",
    "- ",
    "-",
    " – ",
    " (",
    ") ",
    " “",
    "” ",
    "\n",
    "\r\n",
    "\n\n",
    "  ",
    "\t",
    "\u{a0}",
    " \u{200b}",
    "/",
    "% ",
];

#[derive(Clone, Copy, Debug)]
pub enum Case {
    Lower,
    Title,
    /// Every syllable begins with a capital.
    Titles,
    Upper,
}

/// A few syllables and what stands behind them.
#[derive(Clone, Debug)]
pub struct Piece {
    words: &'static str,
    case: Case,
    behind: &'static str,
}

impl Piece {
    /// A frequent syllable or a compound in lower case, and a space.
    pub fn plain(i: usize) -> Self {
        let words = if i.is_multiple_of(2) { SYLLABLES[i / 2 % 300] } else { COMPOUNDS[i / 2 % COMPOUNDS.len()] };
        Self { words, case: Case::Lower, behind: " " }
    }
}

pub fn pieces() -> impl Strategy<Value = Piece> {
    let syllable = |n: usize| (0..n.min(SYLLABLES.len())).prop_map(|i| SYLLABLES[i]);
    let words = prop_oneof![
        // Frequent ones, so that pairs have weights; then all.
        4 => syllable(300),
        2 => syllable(usize::MAX),
        4 => (0..COMPOUNDS.len()).prop_map(|i| COMPOUNDS[i]),
        1 => prop::sample::select(&OTHERS[..]),
    ];
    let case = prop_oneof![
        6 => Just(Case::Lower),
        2 => Just(Case::Title),
        2 => Just(Case::Titles),
        1 => Just(Case::Upper),
    ];
    let behind = prop_oneof![5 => Just(" "), 1 => prop::sample::select(&SEPARATORS[..])];
    (words, case, behind).prop_map(|(words, case, behind)| Piece { words, case, behind })
}

pub fn text_of(pieces: &[Piece]) -> String {
    pieces.iter().map(|p| in_case(p.words, p.case) + p.behind).collect()
}

pub fn in_case(words: &str, case: Case) -> String {
    let title = |w: &str| {
        let mut letters = w.chars();
        letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
    };
    match case {
        Case::Lower => words.to_string(),
        Case::Title => title(words),
        Case::Titles => words.split(' ').map(title).collect::<Vec<_>>().join(" "),
        Case::Upper => words.to_uppercase(),
    }
}
