//! Official prose about invented persons, made of the words of `data/*.tsv`.

const TITLES: &str = include_str!("../../data/titles.tsv");
const ORGANISATIONS: &str = include_str!("../../data/organisations.tsv");
const PLACES: &str = include_str!("../../data/places.tsv");
const NAME_SYLLABLES: &str = include_str!("../../data/name_syllables.tsv");
const ABBREVIATIONS: &str = include_str!("../../data/abbreviations.tsv");
const COMPOUNDS: &str = include_str!("../../data/compounds.tsv");
const ARTICLE: &str = include_str!("../../examples/data/hoi-nghi.txt");

/// Words between two compounds, as frequent as in running text.
const LINKS: [&str; 16] =
    ["và", "của", "các", "trong", "với", "được", "đã", "cho", "về", "tại", "không", "có", "những", "để", "là", "theo"];
const VERBS: [&str; 6] = ["cho biết", "nhấn mạnh", "phát biểu", "đề nghị", "khẳng định", "yêu cầu"];
const PERSONS_IN_DOCUMENT: usize = 12;

/// SplitMix64: eight lines, every seed good, no dependency.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Words with the running sums of their counts.
struct Weighted(Vec<(usize, String)>);

impl Weighted {
    /// The syllables of one position in names, in capitals.
    fn read(column: usize) -> Self {
        let mut sum = 0;
        let row = |row: Vec<&str>| {
            let count = row[column].parse::<usize>().unwrap_or(0);
            sum += count;
            (count > 0).then(|| (sum, capitalised(row[0])))
        };
        Self(rows(NAME_SYLLABLES).filter_map(row).collect())
    }

    fn pick(&self, random: &mut Random) -> &str {
        let at = random.below(self.0.last().map_or(0, |l| l.0));
        &self.0[self.0.partition_point(|&(sum, _)| sum <= at)].1
    }
}

fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

struct Person {
    name: String,
    title: String,
    mentions: usize,
}

/// Writes one document; the same seed writes the same.
pub struct Generator {
    random: Random,
    misspelt: bool,
    titles: Vec<&'static str>,
    organisations: Vec<&'static str>,
    places: Vec<(&'static str, &'static str)>,
    abbreviations: Vec<&'static str>,
    compounds: Vec<&'static str>,
    article: Vec<&'static str>,
    persons: Vec<Person>,
}

impl Generator {
    pub fn new(seed: u64, misspelt: bool) -> Self {
        let first = |cell: &'static str| cell.split('|').next().unwrap_or(cell);
        let mut new = Self {
            random: Random(seed),
            misspelt,
            titles: rows(TITLES).filter(|r| r[1] == "position").map(|r| first(r[0])).collect(),
            organisations: rows(ORGANISATIONS).map(|r| r[3]).filter(|d| d.len() > 3).collect(),
            places: rows(PLACES).filter(|r| r[1] != "nước").map(|r| (r[1], r[0])).collect(),
            abbreviations: rows(ABBREVIATIONS).filter(|r| r[3] == "sure").map(|r| first(r[0])).collect(),
            compounds: rows(COMPOUNDS).map(|r| r[0]).collect(),
            article: ARTICLE.lines().filter(|l| l.ends_with('.')).collect(),
            persons: Vec::new(),
        };
        let [surnames, middles, givens] = [1, 2, 3].map(Weighted::read);
        for _ in 0..PERSONS_IN_DOCUMENT {
            let r = &mut new.random;
            let name = [surnames.pick(r), middles.pick(r), givens.pick(r)].join(" ");
            let title = capitalised(r.pick(&new.titles));
            let title = format!("{title} {}", new.place());
            new.persons.push(Person { name, title, mentions: 0 });
        }
        new
    }

    /// A news text of at least so many bytes.
    pub fn news(mut self, n_bytes: usize) -> String {
        let mut out = format!("{}\n\n", capitalised(&self.clause(8)));
        while out.len() < n_bytes {
            for _ in 0..2 + self.random.below(4) {
                let sentence = self.sentence();
                out.push_str(&sentence);
                out.push(' ');
            }
            out.pop();
            out.push_str("\n\n");
        }
        out
    }

    /// A text of at least so many bytes that lists persons with their titles.
    pub fn lists(mut self, n_bytes: usize) -> String {
        let mut out = String::new();
        while out.len() < n_bytes {
            out.push_str(&format!("Về phía {} có các đồng chí: ", self.place()));
            for i in 0..4 + self.random.below(6) {
                let (name, title) = self.person();
                let other = capitalised(self.random.pick(&self.titles));
                out.push_str(&format!("{}{name}, {other}, {title}", if i > 0 { "; " } else { "" }));
            }
            out.push_str(".\n\n");
        }
        out
    }

    fn sentence(&mut self) -> String {
        match self.random.below(6) {
            0 => self.random.pick(&self.article).to_string(),
            1 => {
                let ((name, title), verb) = (self.person(), self.random.pick(&VERBS));
                format!("{title} {name} {verb} {}.", self.clause(9))
            }
            2 => {
                let (name, title) = self.person();
                let verb = self.random.pick(&VERBS);
                format!("“{}”, đồng chí {name}, {title}, {verb}.", capitalised(&self.clause(7)))
            }
            3 => {
                let number = 1 + self.random.below(3000);
                let (day, month) = (1 + self.random.below(28), 1 + self.random.below(12));
                let body = self.random.pick(&self.organisations);
                format!("Theo Quyết định số {number}/QĐ-UBND ngày {day}/{month}/2019 của {body}, {}.", self.clause(8))
            }
            4 => {
                let (short, place) = (self.random.pick(&self.abbreviations), self.place());
                format!("{short} {place} phối hợp với {} {}.", self.random.pick(&self.organisations), self.clause(6))
            }
            _ => {
                let (share, sum) = (self.random.below(1000), 1 + self.random.below(900));
                let head = capitalised(&self.clause(5));
                format!(
                    "{head}, tăng {},{}%, đạt {sum}.{:03} tỷ đồng; {}.",
                    share / 10,
                    share % 10,
                    sum,
                    self.clause(5)
                )
            }
        }
    }

    /// So many words, links among compounds.
    fn clause(&mut self, n_words: usize) -> String {
        let mut out = String::new();
        for i in 0..n_words {
            let word = if i % 3 == 1 { self.random.pick(&LINKS) } else { self.random.pick(&self.compounds) };
            out.push_str(word);
            out.push(' ');
        }
        out.pop();
        out
    }

    fn place(&mut self) -> String {
        let (kind, name) = self.places[self.random.below(self.places.len())];
        format!("{kind} {name}")
    }

    /// Name and title of a person of the document; the first ones are named more often. A name is misspelt at most once.
    fn person(&mut self) -> (String, String) {
        let n = 1 + self.random.below(self.persons.len());
        let person = &mut self.persons[self.random.below(n)];
        person.mentions += 1;
        let slip = self.misspelt && person.mentions == 4;
        let name = if slip { without_a_tone(&person.name) } else { person.name.clone() };
        (name, person.title.clone())
    }
}

/// The name with its last toned syllable in the level tone.
fn without_a_tone(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let is_tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let letters: Vec<char> = name.nfd().collect();
    let slip = letters.iter().rposition(|&c| is_tone(c));
    letters.iter().enumerate().filter(|&(i, _)| Some(i) != slip).map(|(_, &c)| c).nfc().collect()
}
