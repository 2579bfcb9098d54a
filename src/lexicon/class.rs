//! What the class column of a data file may say, as one byte; a class also tells the file.
//!
//! Every question of the later stages is one of class (*does a place end here? a verb begin?*), and nearly always the
//! answer is no: [`Annotated`](super::Annotated) keeps the classes that begin and end at an atom as bits, so that a no costs
//! one load.

use super::Table;

macro_rules! classes {
    ($($table:ident { $($cell:literal => $class:ident),* $(,)? })*) => {
        /// The class of a row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Class { $($($class,)*)* }

        impl Class {
            pub(super) const ALL: &[Self] = &[$($(Self::$class,)*)*];

            /// The file whose rows have it.
            #[inline]
            pub(crate) const fn table(self) -> Table {
                match self { $($(Self::$class => Table::$table,)*)* }
            }

            /// Whether its phrases are looked for where a stage asks, not everywhere: they are many, and the question is rare.
            #[inline]
            pub(crate) const fn is_asked(self) -> bool {
                matches!(self, Self::Verb | Self::NotNameStart | Self::Compound | Self::Namesake | Self::Statesman)
            }

            /// What the file writes; empty where a file has one class only.
            #[cfg(feature = "std")]
            pub(super) const fn cell(self) -> &'static str {
                match self { $($(Self::$class => $cell,)*)* }
            }
        }

        impl Classes {
            /// All classes of a file.
            #[inline]
            pub(crate) const fn of(table: Table) -> Self {
                match table {
                    $(Table::$table => Self(0 $(| 1 << Class::$class as u8)*),)*
                    _ => Self(0),
                }
            }
        }
    };
}

classes! {
    Abbreviations { "" => Abbreviation }
    Titles { "position" => Position, "rank" => Rank, "degree" => Degree, "profession" => Profession }
    Organisations { "body" => Body, "head" => BodyHead }
    TitleWords { "domain" => Domain, "stop" => Stop, "unit" => Unit, "tail" => Tail, "link" => Link }
    ContextWords {
        "verb" => Verb, "not_name_start" => NotNameStart, "eponym" => Eponym, "appoint" => Appoint,
        "announcer" => Announcer, "group" => Group, "honorific" => Honorific, "place_head" => PlaceHead,
        "byline" => Byline, "tenure" => Tenure, "status" => Status, "office_word" => OfficeWord, "report" => Report,
        "active" => Active, "governs" => Governs, "term" => Term, "not_status" => NotStatus, "meanwhile" => Meanwhile,
        "lead_in" => LeadIn, "modal" => Modal, "house_number" => HouseNumber, "aside" => Aside, "plural_word" => PluralWord,
        "title_joiner" => TitleJoiner, "kin" => Kin, "consists" => Consists, "acts_for" => ActsFor,
        "not_title" => NotTitle, "dative" => Dative, "retired" => Retired, "namesake" => Namesake,
        "statesman" => Statesman, "lender" => Lender,
    }
    Places {
        "province" => Province, "district" => District, "city" => City, "country" => Country, "sea" => Sea,
    }
    ForeignNames {
        "given" => GivenName, "family" => FamilyName, "transcribed" => Transcribed, "ethnic" => Ethnic,
        "chinese" => Chinese, "korean" => Korean, "saint" => Saint, "particle" => Particle,
    }
    Compounds { "" => Compound }
}

/// Every class has a bit, and some are free, see [`super::annotated::Ends`].
const _: () = assert!(Class::ALL.len() <= 64 - super::annotated::LONGEST_BITS as usize);

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    /// What has a name of its own.
    pub(crate) const PLACE_OR_BODY: Self = Self::of_all(&[Table::Places, Table::Organisations]);

    pub(super) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// The set of these.
    pub(crate) const fn new(classes: &[Class]) -> Self {
        let (mut set, mut rest) = (Self(0), classes);
        while let [first, tail @ ..] = rest {
            set.insert(*first);
            rest = tail;
        }
        set
    }

    /// All classes of several files.
    pub(crate) const fn of_all(tables: &[Table]) -> Self {
        let (mut set, mut rest) = (Self(0), tables);
        while let [first, tail @ ..] = rest {
            set = set.with(Self::of(*first));
            rest = tail;
        }
        set
    }

    /// Both sets.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without another.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a class of this file is among them.
    #[inline]
    pub(crate) const fn has(self, table: Table) -> bool {
        self.intersects(Self::of(table))
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }

    #[inline]
    pub(crate) const fn contains(self, class: Class) -> bool {
        self.0 >> class as u8 & 1 == 1
    }

    #[inline]
    pub(crate) const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl From<Class> for Classes {
    #[inline]
    fn from(class: Class) -> Self {
        Self::new(&[class])
    }
}

impl From<Table> for Classes {
    #[inline]
    fn from(table: Table) -> Self {
        Self::of(table)
    }
}

#[cfg(feature = "std")]
impl Class {
    /// The column of the class.
    const fn column(table: Table) -> Option<usize> {
        match table {
            Table::Titles | Table::TitleWords | Table::ContextWords => Some(1),
            Table::Organisations | Table::Places | Table::ForeignNames => Some(2),
            _ => None,
        }
    }

    /// The class that the cells of a row give it.
    pub(super) fn of_row(table: Table, row: &[&str]) -> Result<Self, &'static str> {
        let cell = Self::column(table).map_or("", |c| row.get(c).copied().unwrap_or(""));
        let found = Self::ALL.iter().find(|c| c.table() == table && c.cell() == cell);
        found.copied().ok_or("the class is none of this file's")
    }
}
