//! Segmented text: one sentence a line, words separated by spaces, the syllables of a word joined by `_`.
//!
//! A line is turned into running text (`_` becomes a space) in one of several [`Form`]s, and its word boundaries into
//! counts of characters that are no space, so that they stay valid however the text is spaced or read.

use unicode_normalization::UnicodeNormalization;

/// How the running text of a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As in the file: a space on both sides of every word.
    Tokenised,
    /// Punctuation glued as a writer would.
    Natural,
    /// Tokenised, lower-cased.
    Lower,
    /// Tokenised, in capitals.
    Upper,
    /// Tokenised, canonically decomposed.
    Decomposed,
}

impl Form {
    /// Its name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tokenised => "as it is",
            Self::Natural => "with glued punctuation",
            Self::Lower => "in lower case",
            Self::Upper => "in capitals",
            Self::Decomposed => "decomposed",
        }
    }
}

/// One line to learn from or to be measured on.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Running text.
    pub text: String,
    /// Ends of the words, as counts of [`letters`].
    pub ends: Vec<u32>,
}

impl Sentence {
    /// Reads one segmented line.
    pub fn read(line: &str, form: Form) -> Self {
        let line: String = line.nfc().collect();
        let (mut text, mut ends, mut at) = (String::with_capacity(line.len()), Vec::new(), 0u32);
        for word in line.split_whitespace() {
            let n = letters(word);
            if n > 0 {
                at += n;
                ends.push(at);
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(word.chars().map(|c| if c == '_' { ' ' } else { c }));
        }
        let text = match form {
            Form::Tokenised => text,
            Form::Natural => glued(&text),
            // Letters that change their number with case (ß, İ) would move the boundaries; the line is kept then.
            Form::Lower => Some(text.to_lowercase()).filter(|t| letters(t) == at).unwrap_or(text),
            Form::Upper => Some(text.to_uppercase()).filter(|t| letters(t) == at).unwrap_or(text),
            Form::Decomposed => text.nfd().collect(),
        };
        Self { text, ends }
    }

    /// The text between two bytes as a count of [`letters`] of its composed form.
    pub fn letters(&self, from: usize, to: usize) -> u32 {
        let piece = self.text.get(from..to).unwrap_or("");
        // Only the decomposed form has combining marks, U+0300 to U+036F, that composition takes away.
        match piece.bytes().any(|b| matches!(b, 0xCC | 0xCD)) {
            true => letters(&piece.nfc().collect::<String>()),
            false => letters(piece),
        }
    }
}

/// Characters that are neither white space nor `_`.
fn letters(text: &str) -> u32 {
    text.chars().filter(|&c| c != '_' && !c.is_whitespace()).count() as u32
}

/// Glues punctuation to its word: no space before closing marks, none after opening ones.
fn glued(text: &str) -> String {
    let (mut out, mut chars) = (String::with_capacity(text.len()), text.chars().peekable());
    while let Some(c) = chars.next() {
        let closes = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '%' | '…' | '”' | '’' | ')' | ']');
        if c == ' ' && (chars.peek().copied().is_some_and(closes) || out.ends_with(['(', '[', '“', '‘'])) {
            continue;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_do_not_depend_on_the_form() {
        for form in [Form::Tokenised, Form::Natural, Form::Lower, Form::Upper, Form::Decomposed] {
            let sentence = Sentence::read("Bà Lê_Hoa ( Huế ) đến .", form);
            assert_eq!(sentence.ends, [2, 7, 8, 11, 12, 15, 16]);
            assert_eq!(sentence.letters(0, sentence.text.len()), 16);
        }
        assert_eq!(Sentence::read("( Huế ) đến .", Form::Natural).text, "(Huế) đến.");
        assert_eq!(Sentence::read("học_sinh  mới", Form::Upper).text, "HỌC SINH MỚI");
    }
}
