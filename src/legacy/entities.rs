//! Character references of HTML: `&ecirc;`, `&#7879;`, `&#x1EC7;`, and those escaped twice, `&amp;#7879;`.
//!
//! A reference needs its semicolon: `?a=1&copy=2` is an address. Escaped twice are only references to letters and signs;
//! `&amp;lt;` is text about HTML and becomes `&lt;`. Names stand in `data/html_entities.tsv`, read while the crate is
//! compiled into a sorted table of names packed eight bytes to a `u64` (261 × 16 bytes). O(length).

use alloc::borrow::Cow;
use alloc::string::String;

use super::tables::windows_1252;
use crate::span::Alignment;

const FILE: &[u8] = include_bytes!("../../data/html_entities.tsv");
/// Rows of `data/html_entities.tsv`.
const N_NAMES: usize = 261;

static NAMES: [(u64, u32); N_NAMES] = names();

/// The longest reference between `&` and `;`, in bytes: `#x10FFFF`, with leading zeros; names have at most eight.
const MAX_BODY: usize = 12;

/// Replaces the character references of HTML by their characters; unknown ones stay.
///
/// Numbers 128–159, which pages use as bytes of windows-1252, are read as that, as browsers do. The characters are not
/// normalised.
///
/// # Complexity
///
/// O(length); borrowed when there is none.
///
/// # Examples
///
/// ```
/// use vanban::legacy::decode_entities;
/// assert_eq!(decode_entities("T&Ecirc;N LOẠI, Vi&#7879;t, Vi&amp;#x1EC7;t").0, "TÊN LOẠI, Việt, Việt");
/// assert_eq!(decode_entities("A&B; ?a=1&copy=2").0, "A&B; ?a=1&copy=2");
/// ```
#[must_use]
pub fn decode_entities(text: &str) -> (Cow<'_, str>, Alignment) {
    let mut out = String::new();
    let mut alignment = Alignment::builder();
    let mut kept = 0;
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|r| r.find('&')) {
        at += next;
        let Some((c, len)) = text.get(at..).and_then(reference) else {
            at += 1;
            continue;
        };
        out.push_str(text.get(kept..at).unwrap_or(""));
        out.push(c);
        alignment.keep(at - kept);
        alignment.replace(len, c.len_utf8());
        at += len;
        kept = at;
    }
    if kept == 0 {
        return (Cow::Borrowed(text), Alignment::identity());
    }
    out.push_str(text.get(kept..).unwrap_or(""));
    (Cow::Owned(out), alignment.build())
}

/// The reference at the start of `text`: its character and its bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    // Ampersands that were escaped again, any number of times.
    let inner = rest.trim_start_matches("amp;");
    if inner.len() < rest.len()
        && let Some((c, len)) = single(inner)
        && !matches!(c, '<' | '>' | '&' | '"' | '\'')
    {
        return Some((c, text.len() - inner.len() + len));
    }
    let (c, len) = single(rest)?;
    Some((c, 1 + len))
}

/// A reference without its `&`: its character and its bytes.
fn single(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(MAX_BODY + 1).position(|b| b == b';')?;
    let body = rest.get(..end)?;
    let c = match body.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => {
            let i = NAMES.binary_search_by_key(&pack(body.as_bytes())?, |n| n.0).ok()?;
            NAMES.get(i).and_then(|n| char::from_u32(n.1))?
        }
    };
    Some((c, end + 1))
}

fn numeric(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    match u32::from_str_radix(digits, radix).ok()? {
        value @ 0x80..=0x9F => u8::try_from(value).ok().map(windows_1252),
        0..=8 | 0xB | 0xE..=0x1F => None,
        value => char::from_u32(value),
    }
}

/// A name of one to eight bytes, the first highest.
fn pack(name: &[u8]) -> Option<u64> {
    if name.is_empty() || name.len() > 8 {
        return None;
    }
    let packed = name.iter().fold(0, |packed, &b| packed << 8 | u64::from(b));
    Some(packed << (8 * (8 - name.len())))
}

#[expect(clippy::indexing_slicing, reason = "evaluated when the crate is compiled: a wrong index is a compile error")]
const fn names() -> [(u64, u32); N_NAMES] {
    let mut out = [(0, 0); N_NAMES];
    let (mut at, mut n) = (0, 0);
    while at < FILE.len() {
        if FILE[at] != b'#' {
            let (mut packed, mut shift) = (0, 64);
            while FILE[at] != b'\t' {
                shift -= 8;
                packed |= (FILE[at] as u64) << shift;
                at += 1;
            }
            at += 1;
            let mut c = 0;
            while FILE[at] != b'\t' {
                let digit = match FILE[at] {
                    b @ b'0'..=b'9' => b - b'0',
                    b @ b'A'..=b'F' => b - b'A' + 10,
                    // Anything else in the column of code points stops the build here.
                    _ => FILE[FILE.len()],
                };
                c = c << 4 | digit as u32;
                at += 1;
            }
            out[n] = (packed, c);
            // Bisection needs the rows in byte order.
            assert!(n == 0 || out[n - 1].0 < packed);
            n += 1;
        }
        while FILE[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    assert!(n == N_NAMES);
    out
}
