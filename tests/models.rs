//! Broken word models: an error that names the place, or wrong words, never a panic.

use vanban::Span;
use vanban::segment::reference::Reference;
use vanban::segment::{FILES, Model, ModelError, Scratch, Segmenter, compile};

static BLOB: &[u8] = include_bytes!("../data/words.bin");

const TEXT: &str = "Hội đồng nhân dân tỉnh, TP. Hà Nội, 61% học sinh học sinh học; UBND, TĐKT, Guðmundur, hợp tác xã.
ông Nguyễn Đức Toản, Chủ tịch nước, chủ nghĩa xã hội; karaoke, 19/7/2017, 123/QĐ-UBND, ngoẩy.\n";

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

fn segmenter(model: Model) -> Segmenter {
    let builder = Segmenter::builder().model(model);
    builder.build().unwrap_or_else(|e| panic!("{e}"))
}

/// Words of a model that need not be right are still words of the text.
fn use_it(model: Model, text: &str, scratch: &mut Scratch) {
    let builder = Segmenter::builder().model(model.clone()).add_word("học sinh học").remove_word("nhân dân");
    let with_words = builder.forbid("hợp tác xã").forbid("karaoke").build().unwrap_or_else(|e| panic!("{e}"));
    for segmenter in [segmenter(model), with_words] {
        let spans: Vec<Span> = segmenter.segment_into(text, scratch).to_vec();
        let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(spans.iter().map(|w| letters(w.of(text))).sum::<usize>(), letters(text));
        assert!(spans.windows(2).all(|w| w[0].end <= w[1].start));
        assert!(segmenter.boundaries(text).all(|b| (0.0..=1.0).contains(&b.confidence)));
    }
}

#[test]
fn the_model_of_the_crate_can_be_loaded() {
    let model = Model::from_bytes(BLOB).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(model.as_bytes(), BLOB);
    assert_eq!(Segmenter::default().model().as_bytes(), BLOB);
    let loaded: Vec<_> = segmenter(model).words(TEXT).map(|w| w.span).collect();
    assert_eq!(loaded, vanban::words(TEXT).map(|w| w.span).collect::<Vec<_>>());
}

#[test]
fn a_truncated_model_is_no_model() {
    // Every length of the head, then a sample.
    let lengths = (0..300).chain((300..BLOB.len()).step_by(997)).chain(BLOB.len() - 50..BLOB.len());
    for len in lengths {
        let error = Model::from_bytes(&BLOB[..len]).unwrap_err();
        match error {
            ModelError::Magic => assert!(len < 8, "{len}: {error}"),
            // As long as the header is not there, no more than the header is expected.
            ModelError::Length { expected, found } => {
                assert_eq!((expected, found), (if len < 52 { 52 } else { BLOB.len() as u64 }, len));
            }
            _ => panic!("{len}: {error}"),
        }
    }
    let longer = [BLOB, b"\0"].concat();
    let error = Model::from_bytes(&longer).unwrap_err();
    let (expected, found) = (BLOB.len() as u64, longer.len());
    assert_eq!(error, ModelError::Length { expected, found });
    assert_eq!(error.to_string(), format!("{expected} bytes announced, {found} found"));
}

#[test]
fn what_is_no_model_is_refused() {
    for bytes in [
        &b""[..],
        b"vanbanw",
        b"vanbanw4",
        b"vanbanw0",
        &[0; 4096],
        &[255; 4096],
        include_bytes!("../data/lexicon.bin"),
    ] {
        assert!(Model::from_bytes(bytes).is_err());
    }
    assert_eq!(Model::from_bytes(b"PK\x03\x04").unwrap_err(), ModelError::Magic);
}

#[test]
fn a_number_out_of_range_is_named_with_its_place() {
    let mut bytes = BLOB.to_vec();
    // Behind eight bytes and twelve numbers stand the weights, which are below 2^13.
    let first = 8 + 4 * 12;
    bytes[first + 6..first + 8].copy_from_slice(&[0xFF; 2]);
    let error = Model::from_bytes(&bytes).unwrap_err();
    assert_eq!(error, ModelError::Value { offset: first + 6 });
    assert_eq!(error.to_string(), format!("a number is out of range at byte {}", first + 6));
}

#[test]
fn changed_bytes_never_make_it_panic() {
    let mut random = Random(7);
    let mut scratch = Scratch::new();
    let mut bytes = BLOB.to_vec();
    let long = TEXT.repeat(12);
    let (mut loaded, mut refused) = (0, 0);
    // Every byte of the head in several values, then one to a thousand random bytes anywhere.
    let heads = (0..96).flat_map(|at| [0x00, 0x01, 0x7F, 0x80, 0xFF].map(|byte| vec![(at, byte)]));
    let mut anywhere = Vec::new();
    for round in 0..160 {
        let n = [1, 10, 100, 1000][round % 4];
        anywhere.push((0..n).map(|_| (random.below(BLOB.len()), random.below(256) as u8)).collect::<Vec<_>>());
    }
    for changes in heads.chain(anywhere) {
        for &(at, byte) in &changes {
            bytes[at] = byte;
        }
        match Model::from_bytes(&bytes) {
            Ok(model) => {
                loaded += 1;
                use_it(model, if loaded % 8 == 0 { &long } else { TEXT }, &mut scratch);
            }
            Err(e) => {
                refused += 1;
                assert!(!e.to_string().is_empty());
                if let ModelError::Value { offset } = e {
                    assert!(offset < BLOB.len());
                }
            }
        }
        for &(at, _) in &changes {
            bytes[at] = BLOB[at];
        }
    }
    assert!(loaded > 100 && refused > 100, "{loaded} loaded, {refused} refused");
}

#[test]
fn all_bytes_of_the_tables_at_their_extremes() {
    // Everything behind the head in one value; weights of units stay in range as long as it is small.
    let mut scratch = Scratch::new();
    for byte in [0x00, 0x01, 0x0F, 0x10, 0x1F] {
        for from in [64, 1000, BLOB.len() / 8, BLOB.len() / 2] {
            let mut bytes = BLOB.to_vec();
            bytes[from..].fill(byte);
            if let Ok(model) = Model::from_bytes(&bytes) {
                use_it(model, TEXT, &mut scratch);
            }
        }
    }
}

#[test]
fn classes_decide_where_letters_have_no_case() {
    let weights = |at: usize| (0..32).map(|i| if i == at { "\t20" } else { "\t0" }).collect::<String>();
    let caseless = format!("left\tapart\t0\t1{}\nright\tapart\t2\t2{}\n", weights(2), weights(0));
    let files = [GOOD[0], GOOD[1], GOOD[2], GOOD[3], "học\t1\nsinh\t2\n", &caseless];
    let model = Model::from_bytes(&compile(&files).unwrap()).unwrap();
    let reference = Reference::new(&files).unwrap();
    let segmenter = segmenter(model);
    for (text, n) in [
        ("học sinh", 1),
        ("HỌC SINH", 1),
        ("học sinh sinh", 1),
        ("học sinh Lê", 3),
        ("học sinh đi học, Lê", 5),
        ("Học sinh", 2),
        ("- học sinh", 3),
        ("1 học sinh", 3),
        ("Lê\nhọc sinh\nhọc sinh", 3),
    ] {
        let words: Vec<_> = segmenter.words(text).map(|w| w.span).collect();
        assert_eq!(words, reference.words(text), "{text}");
        assert_eq!(words.len(), n, "{text}");
    }
}

/// A model of two syllables, as text.
const GOOD: [&str; 6] = [
    "#\nhọc\t0\t0\t0\t0\n",
    "#\nhọc\tsinh\t0\t0\t0\n",
    "#\nhọc sinh\n",
    "#\nbias\t-\t-5\nunit_of_odds\t-\t20\n",
    "#\nhọc\t1\n",
    "#\n",
];

#[test]
fn bad_text_files_are_named_with_line_and_reason() {
    let good = GOOD;
    let blob = compile(&good).unwrap_or_else(|e| panic!("{e}"));
    let model = Model::from_bytes(&blob).unwrap_or_else(|e| panic!("{e}"));
    // Nothing but a bias: nothing is joined.
    assert_eq!(segmenter(model).words("học sinh học").count(), 3);
    let error = |file: usize, content: &str| {
        let mut files = good;
        files[file] = content;
        compile(&files).unwrap_err()
    };
    for (file, content, message) in [
        (0, "#\nhọc\t0\t0\t0\n", "units.tsv:2: 3 numbers instead of 4"),
        (0, "học\t0\t0\tx\t0\n", "units.tsv:1: x: "),
        (1, "#\n#\nhọc\n", "pairs.tsv:3: two units are missing"),
        (3, "#\nbias\t0\n", "gaps.tsv:2: three columns are needed"),
        (4, "học\n", "classes.tsv:1: two columns are needed"),
        (4, "học\t32\n", "classes.tsv:1: 32 is no number below 32"),
        (5, "left\tapart\t0\n", "caseless.tsv:1: four columns before the weights are needed"),
        (5, "left\tapart\t0\t0\t1\n", "caseless.tsv:1: 1 numbers instead of 32"),
        (5, "up\tapart\t0\t0\t1\n", "caseless.tsv:1: up instead of left or right"),
        (3, "weight\t-\t0\n", "gaps.tsv:1: unknown kind weight"),
        (3, "shapes\tlower lower lower tall\t0\n", "gaps.tsv:1: unknown shape tall"),
    ] {
        let error = error(file, content);
        assert!(error.starts_with(message), "{error}");
    }
    // A weight that no lane can hold, a unit that does not exist, files that are missing.
    assert!(!error(0, "học\t9999\t0\t0\t0\n").is_empty());
    assert!(error(1, "#\nhọc\tguðmundur\t0\t0\t0\n").contains("guðmundur"));
    assert!(!error(2, "học\n").is_empty());
    assert!(!error(2, "học học học học học\n").is_empty());
    assert_eq!(compile(&good[..3]).unwrap_err(), format!("3 files instead of {}", FILES.len()));
}
