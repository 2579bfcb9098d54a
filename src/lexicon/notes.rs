//! What the remarks of a row may say to the later stages, as bits; other remarks are for readers.

#[cfg(feature = "std")]
use super::Table;

macro_rules! notes {
    ($($remark:literal => $note:ident),* $(,)?) => {
        /// A remark in the notes of a row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Note { $($note,)* }

        impl Note {
            #[cfg(feature = "std")]
            const ALL: &[(Self, &'static str)] = &[$((Self::$note, $remark),)*];

            pub(super) const fn bit(self) -> u32 {
                1 << self as u8
            }
        }
    };
}

notes! {
    "upper" => Upper, "weak" => Weak, "of-title" => OfTitle, "join" => Join, "foreign with a country" => ForeignWithCountry,
    "short: " => Short, "verb" => Verb, "cap" => Cap, "out" => Out, "plural" => Plural, "crowd" => Crowd,
    "ambiguous" => Ambiguous, "doctrine" => Doctrine, "office" => Office, "closed" => Closed, "line" => Line,
    "surname" => Surname, "ministry" => Ministry, "seat" => Seat, "part" => Part, "party" => Party, "local" => Local,
    "inner" => Inner, "committee" => Committee, "commune" => Commune, "unit=village" => Village,
    "spelled" => Spelled, "of-state" => OfState, "" => Any,
}

/// Every note has a bit.
const _: () = assert!((Note::Any as u8) < u32::BITS as u8, "the last note has no bit");

impl Note {
    /// The bits of a row of a file with notes.
    #[cfg(feature = "std")]
    pub(super) fn of_row(table: Table, row: &[&str]) -> u32 {
        let column = match table {
            Table::Titles => 6,
            Table::Organisations => 4,
            Table::TitleWords | Table::ContextWords => 2,
            _ => return 0,
        };
        let cell = row.get(column).copied().unwrap_or("");
        let says = |remark: &str| match table {
            _ if remark.is_empty() => !matches!(cell, "" | "-"),
            Table::Organisations => cell.split("; ").any(|item| item == remark),
            _ => cell.contains(remark),
        };
        Self::ALL.iter().filter(|(_, remark)| says(remark)).fold(0, |bits, (note, _)| bits | note.bit())
    }
}
