//! Characters that stand for another in a plainer text: spaces, dashes, quotes, invisible ones, marks behind a space.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use unicode_normalization::char::is_combining_mark;

use super::EditKind;
use super::words::Change;
use crate::scan::{is_dash, is_letter};
use crate::span::Span;
use crate::syllable::Syllable;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) spaces: bool,
    pub(super) dashes: bool,
    pub(super) quotes: bool,
    pub(super) invisible: bool,
    pub(super) stray_marks: bool,
}

impl Options {
    pub(super) const NONE: Self =
        Self { spaces: false, dashes: false, quotes: false, invisible: false, stray_marks: false };
}

/// The changes that the options ask for, sorted and disjoint.
pub(super) fn find(text: &str, options: Options) -> Vec<Change> {
    let mut out = Vec::new();
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        if at < taken {
            continue;
        }
        let end = at + c.len_utf8();
        let mut push = |end: usize, replacement: String, kind: EditKind| {
            out.push(Change { span: Span::new(at, end), replacement, kind });
            taken = end;
        };
        match c {
            ' ' if options.stray_marks => {
                if let Some((end, replacement)) = stray_mark(text, at) {
                    push(end, replacement, EditKind::StrayMark);
                }
            }
            c if c.is_ascii() => {}
            c if options.spaces && is_space(c) => push(end, " ".into(), EditKind::Space),
            c if options.dashes && is_dash(c) => push(end, "-".into(), EditKind::Dash),
            '‘' | '’' | '‚' | '‛' if options.quotes => push(end, "'".into(), EditKind::Quote),
            '“' | '”' | '„' | '‟' if options.quotes => push(end, "\"".into(), EditKind::Quote),
            c if options.invisible && is_removable(c) => push(end, String::new(), EditKind::Invisible),
            _ => {}
        }
    }
    out
}

/// White space but for line breaks.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_removable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// A space between a letter and its combining mark (`la ̀`), and a second one behind the mark if the letters after it
/// finish the syllable (`nhă ̀ m`).
fn stray_mark(text: &str, at: usize) -> Option<(usize, String)> {
    let before = text.get(..at)?;
    if !before.chars().next_back().is_some_and(|c| is_letter(c) && !c.is_numeric()) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let marks_len = rest.find(|c| !is_combining_mark(c)).unwrap_or(rest.len());
    let marks = rest.get(..marks_len).filter(|m| !m.is_empty())?;
    let head_start = before.rfind(|c| !is_letter(c)).map_or(0, |i| i + before.get(i..).map_or(1, first_len));
    let head = before.get(head_start..)?;
    let end = at + 1 + marks_len;
    if let Some(tail) = rest.get(marks_len..)?.strip_prefix(' ') {
        let tail_len = tail.find(|c| !is_letter(c)).unwrap_or(tail.len());
        let tail = tail.get(..tail_len)?;
        let joined: String = [head, marks, tail].concat();
        if !tail.is_empty() && Syllable::parse(tail).is_none() && Syllable::parse(&joined).is_some() {
            return Some((end + 1, marks.to_string()));
        }
    }
    Some((end, marks.to_string()))
}

fn first_len(s: &str) -> usize {
    s.chars().next().map_or(1, char::len_utf8)
}
