//! The whole way from segmented corpora to the model's text form.
//!
//! Read, correct the gaps, choose the dictionary, fit with L1, keep the strongest pairs, add lines with invented names, fit
//! again, round; then learn what is added where letters have no case. What looks random is the same every time and nothing runs in parallel: the same files give the same bytes.

use std::collections::BTreeMap;

use indicatif::ProgressBar;
use vanban::segment::training;

use crate::caseless;
use crate::classes::classes;
use crate::compounds::Compounds;
use crate::corpus::{Form, Sentence};
use crate::corrections::Corrections;
use crate::dictionary::Dictionary;
use crate::examples::Examples;
use crate::invent::Inventor;
use crate::inventory::Inventory;
use crate::learn::{Learner, Settings};
use crate::model::{INSIDE, Layout, PAIR_PLACES, Pairs, Prepared};
use crate::names::names;
use crate::quantise::{quantise, strongest};
use crate::random::Random;
use crate::table::Table;
use crate::text_form;

/// Words other than syllables that get a number of their own. F1 on UD-VTB train lower-cased: none 98.00, 500 98.10, 2000
/// 98.14, 5000 98.15.
const MAX_OTHERS: usize = 5000;
const MIN_OTHER_COUNT: u32 = 20;

/// What holds the two units of a name together, at least, where no capital does.
const NAME_WEIGHT: f32 = 4.0;

/// Every third line is learned with punctuation glued as a writer would.
const NATURAL_EVERY: usize = 3;
/// Lines that are learned a second time in lower case: all with a name of several syllables, and every fourth other.
const LOWER_EVERY: usize = 4;
/// Lines that are learned a second time in capitals.
const UPPER_EVERY: usize = 16;
/// Lines that are learned once more with invented names, if they have one. F1 on UD-VTB train, as it is and in small letters:
/// every line 98.33 and 98.14, every second 98.34 and 98.17, every third 98.36 and 98.18, none 98.35 and 98.21.
const INVENTED_EVERY: usize = 3;
/// Times that a line with a name is learned with invented names for where letters have no case; all lines are learned there
/// as they are.
const INVENTED_CASELESS: usize = 2;

/// What to train from.
pub struct Sources<'s> {
    /// Segmented lines.
    pub lines: &'s [&'s str],
    /// Words that the corpora have to confirm.
    pub listed: Option<&'s Table>,
    /// Words that they do not show.
    pub rare: Option<&'s Table>,
    /// Words in which they are not followed.
    pub corrections: Option<&'s Table>,
    /// Pairs to keep.
    pub keep: usize,
}

/// What came out.
pub struct Trained {
    /// The text form, in the order of [`vanban::segment::FILES`].
    pub files: [String; 6],
    /// What happened, for people.
    pub summary: String,
}

/// Trains a model; `bar` makes a bar for a step of so many parts.
pub fn train(
    sources: &Sources,
    mut inventor: Inventor,
    bar: &dyn Fn(&'static str, usize) -> ProgressBar,
) -> Result<Trained, String> {
    let settings = Settings::default();
    let inventory = Inventory::new(count_others(sources.lines, bar), MAX_OTHERS, MIN_OTHER_COUNT);
    let corrections = sources.corrections.map(|table| Corrections::read(table, &inventory)).transpose()?;
    let corrections = corrections.unwrap_or_default();
    let mut x = read(sources.lines, &inventory, bar);
    let n_corrected = corrections.apply(&mut x);
    let compounds = Compounds::choose(sources.listed, sources.rare, &corrections, &x, &inventory)?;
    let dictionary = compounds.dictionary();

    let (pairs, counts) = Pairs::count(&x, settings.min_pair);
    let mut summary = format!(
        "{} sentences in all forms, {} units, {n_corrected} gaps corrected, {} words, {} pairs",
        x.n_lines(),
        x.numbers.len(),
        compounds.rows().count(),
        pairs.keys.len()
    );
    let (mut x, weights) = fit(x, &inventory, &pairs, &dictionary, &settings, bar);
    let layout = Layout::new(inventory.n_rows(), pairs.keys.len());
    let mut kept = strongest(&weights, layout, &counts, sources.keep);
    summary += &format!(", {} of them kept", kept.len());
    let names = names(&x, &inventory);
    kept.extend(names.iter().filter_map(|&name| pairs.position(name)));
    kept.sort_unstable();
    kept.dedup();
    summary += &format!(", {} with those of {} names", kept.len(), names.len());

    let pairs = Pairs::new(kept.iter().map(|&i| pairs.keys[i]).collect());
    // Pairs of invented names are nothing to be kept, so these lines come now.
    add_invented(&mut x, sources.lines, &mut inventor, &inventory, bar);
    corrections.apply(&mut x);
    // What is kept needs no more shrinking.
    let (x, mut weights) = fit(x, &inventory, &pairs, &dictionary, &Settings { l1: 0.0, ..settings }, bar);
    let layout = Layout::new(inventory.n_rows(), pairs.keys.len());
    for pair in names.iter().filter_map(|&name| pairs.position(name)) {
        let inside = &mut weights[layout.pairs + PAIR_PLACES * pair + INSIDE];
        *inside = inside.max(NAME_WEIGHT);
    }
    let weights = quantise(&weights, layout);
    let classes = classes(&x, &inventory);
    drop(x);
    let mut lower = read_caseless(sources.lines, &mut inventor, &inventory, bar);
    corrections.apply(&mut lower);
    let lower = Prepared::new(lower, &pairs, &dictionary);
    let caseless = caseless::learn(&lower, &weights.unrounded(layout), layout, &classes);
    let files = text_form::write(&inventory, &weights, &pairs, &compounds, &classes, &caseless);
    Ok(Trained { files, summary })
}

/// How often each word that is no syllable stands in the lines, folded.
fn count_others(lines: &[&str], bar: &dyn Fn(&'static str, usize) -> ProgressBar) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for line in bar("counting", lines.len()).wrap_iter(lines.iter()) {
        let text = line.replace('_', " ");
        for unit in training::units(&text).iter().filter(|u| u.is_other()) {
            *counts.entry(training::folded(unit.span.of(&text))).or_insert(0) += 1;
        }
    }
    counts
}

/// The lines in the forms in which they are learned.
fn read(lines: &[&str], inventory: &Inventory, bar: &dyn Fn(&'static str, usize) -> ProgressBar) -> Examples {
    let mut x = Examples::new();
    for (i, line) in bar("reading", lines.len()).wrap_iter(lines.iter().enumerate()) {
        x.add(&Sentence::read(line, form_of(i)), inventory);
        if i % LOWER_EVERY == 0 || has_name(line) {
            x.add(&Sentence::read(line, Form::Lower), inventory);
        }
        if i % UPPER_EVERY == 0 {
            x.add(&Sentence::read(line, Form::Upper), inventory);
        }
    }
    x
}

/// The form in which line `i` is learned in its own case.
fn form_of(i: usize) -> Form {
    if i.is_multiple_of(NATURAL_EVERY) { Form::Natural } else { Form::Tokenised }
}

/// Lines with a name once more, with invented ones: in their own case, so that it does not lose weight, and in small
/// letters.
fn add_invented(
    x: &mut Examples,
    lines: &[&str],
    inventor: &mut Inventor,
    inventory: &Inventory,
    bar: &dyn Fn(&'static str, usize) -> ProgressBar,
) {
    for (i, line) in bar("inventing", lines.len()).wrap_iter(lines.iter().enumerate()) {
        if i % INVENTED_EVERY != INVENTED_EVERY - 1 || !has_name(line) {
            continue;
        }
        for form in [form_of(i), Form::Lower] {
            if let Some(invented) = inventor.line(line) {
                x.add(&Sentence::read(&invented, form), inventory);
            }
        }
    }
}

/// All lines in small letters, and those with a name once more with invented ones.
fn read_caseless(
    lines: &[&str],
    inventor: &mut Inventor,
    inventory: &Inventory,
    bar: &dyn Fn(&'static str, usize) -> ProgressBar,
) -> Examples {
    let mut x = Examples::new();
    for line in bar("reading in small letters", lines.len()).wrap_iter(lines.iter()) {
        x.add(&Sentence::read(line, Form::Lower), inventory);
        let n_invented = if has_name(line) { INVENTED_CASELESS } else { 0 };
        for invented in (0..n_invented).filter_map(|_| inventor.line(line)) {
            x.add(&Sentence::read(&invented, Form::Lower), inventory);
        }
    }
    x
}

/// Whether a word behind the first has two syllables with capitals.
fn has_name(line: &str) -> bool {
    let capitals = |word: &str| word.split('_').filter(|p| p.starts_with(char::is_uppercase)).count();
    line.split(' ').skip(1).any(|word| capitals(word) >= 2)
}

/// Learns all weights; gives the sentences back.
fn fit(
    x: Examples,
    inventory: &Inventory,
    pairs: &Pairs,
    dictionary: &Dictionary,
    settings: &Settings,
    bar: &dyn Fn(&'static str, usize) -> ProgressBar,
) -> (Examples, Vec<f32>) {
    let train = Prepared::new(x, pairs, dictionary);
    let layout = Layout::new(inventory.n_rows(), pairs.keys.len());
    let groups = [(layout.pairs, 0.0), (layout.shapes - layout.pairs, settings.l1), (layout.end - layout.shapes, 0.0)];
    let mut learner = Learner::new(&groups, settings);
    let mut order: Vec<u32> = (0..train.x.n_lines() as u32).collect();
    let mut random = Random::new();
    let mut buffer = Vec::new();
    let progress = bar("learning", settings.epochs * order.len());
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &line in &order {
            for g in train.x.line(line as usize).filter(|&g| train.x.is_candidate(g)) {
                train.features(g, layout, &mut buffer);
                learner.update(&buffer, 0.0, train.x.is_joined(g));
            }
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    (train.x, learner.weights())
}

#[cfg(test)]
mod tests {
    use vanban::segment::{Model, Segmenter, compile};

    use super::*;

    const LINES: [&str; 8] = [
        "Học_sinh trường làng học sinh_học .",
        "Cô_giáo dạy học_sinh đọc sách .",
        "Các học_sinh quý cô_giáo Lê_Thu_Hà .",
        "Nhà máy_bay đậu là nhà rộng .",
        "Máy_bay bay qua làng .",
        "Hôm_nay cô_giáo đọc sách sinh_học .",
        "Anh ta bay qua nhà học_sinh .",
        "Bà Lê_Thu_Hà ở làng .",
    ];

    fn train_lines(corrections: &str) -> [String; 6] {
        let lines: Vec<&str> = LINES.into_iter().cycle().take(200).collect();
        let (listed, rare) = (Table::of("học sinh\nbay qua\nsách đọc\nmáy bay"), Table::of("#word\ntrâu bò"));
        let corrections = Table::of(corrections);
        let sources = Sources {
            lines: &lines,
            listed: Some(&listed),
            rare: Some(&rare),
            corrections: Some(&corrections),
            keep: 50,
        };
        let inventor =
            Inventor::read(&Table::of("lê\t90\t0\t0\t9\t1\nthu\t0\t9\t9\t9\t1"), &Table::of("bà\thonorific")).unwrap();
        train(&sources, inventor, &|_, _| ProgressBar::hidden()).unwrap().files
    }

    fn segmenter(files: &[String; 6]) -> Segmenter {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let model = Model::from_bytes(&compile(&files).unwrap()).unwrap();
        Segmenter::builder().model(model).build().unwrap()
    }

    #[test]
    fn learns_the_words_of_a_small_corpus_and_the_corrections() {
        let files = train_lines("#how\tword\njoin\tanh ta\n");
        let segmenter = segmenter(&files);
        let words = |text| segmenter.words(text).map(|w| w.text.replace(' ', "_")).collect::<Vec<_>>().join(" ");
        assert_eq!(words("Học sinh học sinh học."), "Học_sinh học sinh_học .");
        assert_eq!(words("Hôm nay anh ta bay qua làng"), "Hôm_nay anh_ta bay qua làng");
        assert_eq!(words("cô giáo lê thu hà"), "cô_giáo lê_thu_hà");
        assert_eq!(files[2], "#word\tcount\nanh ta\t25\nhọc sinh\t163\nmáy bay\t75\ntrâu bò\t0\n");
        assert!(files[1].lines().count() <= 51);
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let (a, b) = (train_lines(""), train_lines(""));
        assert!(a == b);
        assert!(segmenter(&a).model().as_bytes() == segmenter(&b).model().as_bytes());
    }

    #[test]
    fn a_bad_correction_is_named_with_its_line() {
        let inventory = Inventory::new(BTreeMap::new(), 0, 0);
        let error = |text| Corrections::read(&Table::of(text), &inventory).err();
        assert_eq!(error("#x\nglue\tanh ta"), Some("here:2: glue instead of join or split".to_owned()));
        assert_eq!(error("join\tanh"), Some("here:1: anh: not two units".to_owned()));
        assert_eq!(error("join\tanh xyz"), Some("here:1: anh xyz: no syllables in use".to_owned()));
        assert_eq!(error("join\tanh ta\n\nsplit\tanh ta"), Some("here:3: anh ta stands twice".to_owned()));
    }
}
