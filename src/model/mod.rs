//! The compiled linear model: numbers in tables, read in place; what they mean is `segment`'s.
//!
//! A gap between two units is scored from four units around it, the three pairs they make, the joint shape of the four,
//! and the joint pattern of the words of a dictionary near it. Weights are small integers, stored with an offset so that
//! they are never negative: a row of a unit is a `u64` of four 16-bit lanes, one lane for each gap the unit is near, and
//! rows are added as whole registers. No lane overflows: four units below 2^13 and three pairs below 2^8 stay below 2^16.
//!
//! Little-endian, no alignment. After [`MAGIC`] eleven `u32` (see `Header`), then the sections in this order:
//!
//! | section | entry |
//! |---|---|
//! | units | 4 × `u16`: weight + [`UNIT_OFFSET`] for the gap two before the unit, one before it, behind it, and the next |
//! | shapes | `i16` per four shapes |
//! | patterns | `i16` per pattern |
//! | pairs | a map: left unit << 16, right unit → 3 × `u8` weight + [`PAIR_OFFSET`] (the gap before the pair, inside, behind), flags |
//! | triples | a map: slot of the pair << 16, third unit → flags |
//! | quadruples | a map: slot of the triple << 16, fourth unit → flags |
//! | others | a map: 38 bits of the hash of a word that is no syllable → unit |
//! | caseless | 2 × `i8` per row of [`caseless_row`]: the classes end behind the gap's right unit, or begin at its left unit |
//! | classes | `u8` per unit |
//!
//! Flags of a pair are its upper eight bits: 24 the pair is a word, 25 to 27 a longer word begins with it (`longer_with`), 28
//! and above zero but in a copy (`marked`). Those of triples and quadruples are 24, and 25 for a longer word.
//!
//! A map is displacements (`u16`) and slots (`u64`: key in the lower bits, 32 for pairs and 38 for the others, value in the
//! upper; all ones if free), see `perfect`. Memory: 8 bytes a unit, 9 bytes a pair. The blob that the crate carries is
//! trusted to be well-formed and still only read with checked access; one from a user is checked once by
//! [`Model::from_bytes`]. Words of a user are marked in the pairs of a copy, see `marked`.

#[cfg(feature = "std")]
mod build;
mod map;
mod marked;
mod perfect;

use alloc::sync::Arc;
use core::fmt;

#[cfg(feature = "std")]
pub(crate) use build::{Source, build};
pub(crate) use map::Map;
use perfect::Hash;

/// First bytes of a blob; the digit is the version of the layout.
const MAGIC: &[u8; 8] = b"vanbanw4";
/// Added to a unit's weight; weights are within ±4095.
pub(crate) const UNIT_OFFSET: i32 = 1 << 12;
/// Added to a pair's weight; weights are within ±127.
pub(crate) const PAIR_OFFSET: i32 = 1 << 7;
/// Entries of the table of shapes: four shapes of three bits.
pub(crate) const N_SHAPE_ROWS: usize = 1 << 12;
/// Entries of the table of patterns.
pub(crate) const N_PATTERNS: usize = 1 << 12;
/// Bits of the class of a unit.
const CLASS_BITS: usize = 5;
/// Classes of units.
pub(crate) const N_CLASSES: usize = 1 << CLASS_BITS;
/// Entries of a table of caseless weights: whether the gap before is joined, and three classes.
pub(crate) const N_CASELESS: usize = 2 * N_CLASSES * N_CLASSES * N_CLASSES;

/// Flag of a map's value: these units are a word.
pub(crate) const WORD: u32 = 1 << 24;
/// Flag of a triple's value: a longer word begins with these units. Of a pair's value the first of three, see
/// [`longer_with`].
pub(crate) const LONGER: u32 = 1 << 25;
/// Flag of a slot of pairs in a copy made by [`Model::marked`]: a pair that the copy does not have would stand here, and has
/// marks.
pub(crate) const CLAIMED: u32 = 1 << 28;
/// First of the bits of a pair's value that the model leaves free; there are three. What they mean in a copy made by
/// [`Model::marked`] is the caller's.
pub(crate) const FIRST_MARK: u32 = 29;

/// The flag of a pair that a longer word may begin with it and this unit: three flags for the last two bits of the unit. Few
/// pairs of a text go on so; without the bits fourteen of fifteen questions to the triples are in vain.
#[inline(always)]
pub(crate) const fn longer_with(third: u16) -> u32 {
    let last = third % 4;
    // 0, 1, 2, 2.
    LONGER << (last - (last & last >> 1))
}

/// Bits of the key of a pair.
const PAIR_KEY: u32 = 32;
/// Bits of any other key.
const LONG_KEY: u32 = 38;

/// A word model: immutable, cheap to clone and to share.
///
/// The one the crate carries costs nothing to get; another one is loaded from the bytes that the trainer writes.
#[derive(Clone)]
pub struct Model {
    bytes: Bytes,
}

#[derive(Clone)]
enum Bytes {
    BuiltIn(&'static [u8]),
    Loaded(Arc<[u8]>),
}

/// Why bytes are no word model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// The first bytes are not those of a word model of this version.
    Magic,
    /// The file has another length in bytes than its header announces.
    Length {
        /// What the header announces.
        expected: u64,
        /// What is there.
        found: usize,
    },
    /// A number out of its range, at this byte.
    Value {
        /// Bytes from the start of the file.
        offset: usize,
    },
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic => f.write_str("no word model of this version: it does not begin with vanbanw4"),
            Self::Length { expected, found } => write!(f, "{expected} bytes announced, {found} found"),
            Self::Value { offset } => write!(f, "a number is out of range at byte {offset}"),
        }
    }
}

impl core::error::Error for ModelError {}

/// The numbers behind [`MAGIC`], in the order of the file.
#[derive(Clone, Copy, Debug)]
struct Header {
    n_units: u32,
    /// Score of a gap without any evidence, as `i32`.
    bias: u32,
    /// Score that multiplies the odds by *e*.
    unit_of_odds: u32,
    /// Buckets and slots of each map.
    maps: [(u32, u32); N_MAPS],
}

const N_MAPS: usize = 4;

/// Numbers in the header.
const N_HEADER: usize = 11;
const HEADER_LEN: usize = 8 + 4 * N_HEADER;

/// Byte at which the sizes of the maps begin.
const MAP_SIZES: usize = 8 + 4 * 3;

/// Bytes of a map of so many buckets and slots.
fn map_len(&(buckets, slots): &(u32, u32)) -> u64 {
    2 * u64::from(buckets) + 8 * u64::from(slots)
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (numbers, _) = bytes.strip_prefix(MAGIC.as_slice())?.first_chunk::<{ 4 * N_HEADER }>()?.as_chunks::<4>();
        let [n_units, bias, unit_of_odds, maps @ ..] = numbers else { return None };
        let number = |b: &[u8; 4]| u32::from_le_bytes(*b);
        let [a, b, c, d, e, f, g, h] = maps else { return None };
        Some(Self {
            n_units: number(n_units),
            bias: number(bias),
            unit_of_odds: number(unit_of_odds),
            maps: [(a, b), (c, d), (e, f), (g, h)].map(|(x, y)| (number(x), number(y))),
        })
    }

    /// Bytes of the whole file.
    fn len(&self) -> u64 {
        let maps: u64 = self.maps.iter().map(map_len).sum();
        let fixed = 2 * (N_SHAPE_ROWS + N_PATTERNS + N_CASELESS);
        (HEADER_LEN + fixed) as u64 + 9 * u64::from(self.n_units) + maps
    }
}

impl Model {
    /// A model that is part of a program; not checked.
    pub(crate) const fn built_in(bytes: &'static [u8]) -> Self {
        Self { bytes: Bytes::BuiltIn(bytes) }
    }

    /// Loads a model that the trainer wrote. O(length): every number is checked once.
    ///
    /// # Errors
    /// [`ModelError`] says what is wrong and where; no bytes make this function or the use of its result panic.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let short = ModelError::Length { expected: HEADER_LEN as u64, found: bytes.len() };
        let header = Header::read(bytes).ok_or(if bytes.starts_with(MAGIC) { short } else { ModelError::Magic })?;
        if header.len() != bytes.len() as u64 {
            return Err(ModelError::Length { expected: header.len(), found: bytes.len() });
        }
        let range = |at: usize, ok: bool| if ok { Ok(()) } else { Err(ModelError::Value { offset: 8 + 4 * at }) };
        range(1, (header.bias as i32).unsigned_abs() < 1 << 20)?;
        range(2, (1..1 << 20).contains(&header.unit_of_odds))?;
        range(0, (1..1 << 16).contains(&header.n_units))?;
        for (i, &(buckets, slots)) in header.maps.iter().enumerate() {
            range(3 + 2 * i, (1..1 << 24).contains(&buckets))?;
            range(4 + 2 * i, (1..1 << 24).contains(&slots))?;
        }
        let model = Self { bytes: Bytes::Loaded(bytes.into()) };
        let tables = model.tables();
        if let Some((slot, ..)) = tables.pairs.entries().find(|entry| entry.2 >= CLAIMED) {
            return Err(ModelError::Value { offset: model.pair_slots() + 8 * slot as usize + 7 });
        }
        if let Some(unit) = tables.classes.iter().position(|&class| usize::from(class) >= N_CLASSES) {
            return Err(ModelError::Value { offset: bytes.len() - tables.classes.len() + unit });
        }
        let units = tables.units;
        for (i, lane) in units.as_flattened().as_chunks::<2>().0.iter().enumerate() {
            if i32::from(u16::from_le_bytes(*lane)) >= 2 * UNIT_OFFSET {
                return Err(ModelError::Value { offset: HEADER_LEN + 2 * i });
            }
        }
        Ok(model)
    }

    /// The bytes of the model.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::BuiltIn(bytes) => bytes,
            Bytes::Loaded(bytes) => bytes,
        }
    }

    /// Byte at which the slots of pairs begin.
    fn pair_slots(&self) -> usize {
        let (n_units, n_buckets) = Header::read(self.as_bytes()).map_or((0, 0), |h| (h.n_units, h.maps[0].0));
        HEADER_LEN + 8 * n_units as usize + 2 * (N_SHAPE_ROWS + N_PATTERNS + n_buckets as usize)
    }

    /// The tables, cut from the bytes. O(1).
    pub(crate) fn tables(&self) -> Tables<'_> {
        let bytes = self.as_bytes();
        let empty = Header { n_units: 0, bias: 0, unit_of_odds: 1, maps: [(0, 0); 4] };
        let header = Header::read(bytes).unwrap_or(empty);
        let mut rest = bytes.get(HEADER_LEN..).unwrap_or_default();
        let mut section = |len: usize| {
            let (section, tail) = rest.split_at_checked(len).unwrap_or_default();
            rest = tail;
            section
        };
        let units = section(8 * header.n_units as usize).as_chunks().0;
        let shapes = section(2 * N_SHAPE_ROWS).as_chunks().0;
        let patterns = section(2 * N_PATTERNS).as_chunks().0;
        let [pairs, triples, quadruples, others] = header.maps.map(|(buckets, slots)| {
            let displacements = section(2 * buckets as usize).as_chunks().0;
            (Hash::new(buckets, slots), displacements, section(8 * slots as usize).as_chunks().0)
        });
        let caseless = section(2 * N_CASELESS).as_chunks().0;
        let classes = section(header.n_units as usize);
        let bias = header.bias as i32 - 4 * UNIT_OFFSET - 3 * PAIR_OFFSET;
        Tables {
            units,
            shapes: shapes.first_chunk().unwrap_or(&[[0; 2]; N_SHAPE_ROWS]),
            patterns: patterns.first_chunk().unwrap_or(&[[0; 2]; N_PATTERNS]),
            caseless: caseless.first_chunk().unwrap_or(&[[0; 2]; N_CASELESS]),
            classes,
            pairs: pairs.into(),
            triples: triples.into(),
            quadruples: quadruples.into(),
            others: others.into(),
            bias,
            unit_of_odds: header.unit_of_odds,
        }
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = Header::read(self.as_bytes());
        f.debug_struct("Model").field("bytes", &self.as_bytes().len()).field("header", &header).finish()
    }
}

/// Key of a word that is no syllable.
pub(crate) const fn other_key(hash: u64) -> u64 {
    hash & ((1 << LONG_KEY) - 1)
}

/// The sections of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables<'m> {
    units: &'m [[u8; 8]],
    shapes: &'m [[u8; 2]; N_SHAPE_ROWS],
    patterns: &'m [[u8; 2]; N_PATTERNS],
    caseless: &'m [[u8; 2]; N_CASELESS],
    classes: &'m [u8],
    pub(crate) pairs: Map<'m, PAIR_KEY>,
    pub(crate) triples: Map<'m, LONG_KEY>,
    pub(crate) quadruples: Map<'m, LONG_KEY>,
    pub(crate) others: Map<'m, LONG_KEY>,
    /// Score of a gap without any evidence, the offsets of all weights taken off.
    bias: i32,
    unit_of_odds: u32,
}

/// The row of the table of caseless weights.
#[inline(always)]
pub(crate) fn caseless_row(before: bool, classes: [usize; 3]) -> usize {
    classes.into_iter().fold(usize::from(before), |row, class| row << CLASS_BITS | class)
}

/// What is added for a pair that is not in the map: weights of zero.
pub(crate) const NO_PAIR: u32 = (PAIR_OFFSET as u32) * 0x01_01_01;

impl Tables<'_> {
    /// The four lanes of a unit.
    #[inline(always)]
    pub(crate) fn unit(&self, unit: u16) -> u64 {
        const NONE: u64 = UNIT_OFFSET as u64 * 0x0001_0001_0001_0001;
        self.units.get(usize::from(unit)).map_or(NONE, |row| u64::from_le_bytes(*row))
    }

    /// The three lanes of a pair from the value in the map (or [`NO_PAIR`]).
    #[inline(always)]
    pub(crate) fn pair(&self, value: u32) -> u64 {
        let value = u64::from(value);
        value & 0xFF | (value & 0xFF00) << 8 | (value & 0xFF_0000) << 16
    }

    /// The score of a gap: `sum` is its lane, `shapes` four shapes of three bits, `pattern` the words near it.
    #[inline(always)]
    pub(crate) fn score(&self, sum: u16, shapes: usize, pattern: usize) -> i32 {
        let shape = self.shapes.get(shapes % N_SHAPE_ROWS).map_or(0, |w| i16::from_le_bytes(*w));
        let words = self.patterns.get(pattern % N_PATTERNS).map_or(0, |w| i16::from_le_bytes(*w));
        i32::from(sum) + i32::from(shape) + i32::from(words) + self.bias
    }

    /// What is added to the score of a gap where letters have no case: `units` are the four around it, `before` says
    /// whether the gap before scores above zero.
    pub(crate) fn caseless(&self, before: bool, units: [u16; 4]) -> i32 {
        let class = |unit: u16| usize::from(self.classes.get(usize::from(unit)).copied().unwrap_or(0)) % N_CLASSES;
        let [a, b, c, d] = units.map(class);
        let row = |classes| self.caseless.get(caseless_row(before, classes)).copied().unwrap_or_default();
        let ([left, _], [_, right]) = (row([a, b, c]), row([b, c, d]));
        i32::from(left as i8) + i32::from(right as i8)
    }

    /// Score that multiplies the odds by *e*.
    pub(crate) fn unit_of_odds(&self) -> u32 {
        self.unit_of_odds
    }
}
