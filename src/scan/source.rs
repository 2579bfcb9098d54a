//! Where the tokens of a text come from, with a short cut through the words of a line: nearly every token is a syllable behind
//! one space, and who only passes over those need not look at each.

use super::{Gap, Token, Tokens, Unit};
use crate::span::Span;
use crate::syllable::Attested;

/// Where the tokens of a text come from.
pub(crate) trait Source: Iterator<Item = Token> {
    /// Passes over the words that stand behind one space each, and gives the token after them. `last` is the token
    /// before, and becomes the last word; the one before that word goes to `before`. Also how many words they were.
    #[inline]
    fn words(&mut self, last: &mut Token, before: &mut Token) -> (usize, Option<Token>) {
        let _ = (last, before);
        (0, self.next())
    }
}

impl<S: Source> Source for &mut S {
    #[inline]
    fn words(&mut self, last: &mut Token, before: &mut Token) -> (usize, Option<Token>) {
        (**self).words(last, before)
    }
}

impl Source for Tokens<'_> {
    #[inline]
    fn words(&mut self, last: &mut Token, before: &mut Token) -> (usize, Option<Token>) {
        let (n, unit) = self.spaced_units(last, before, |_, _| {});
        (n, unit.map(|u| u.token))
    }
}

impl Tokens<'_> {
    /// Passes over the syllables in use that stand behind one space each, calling `each`, and gives the unit after them
    /// with the number of them. `last` is the token before; the last two tokens are kept.
    #[inline(always)]
    pub(crate) fn spaced_units(
        &mut self,
        last: &mut Token,
        before: &mut Token,
        mut each: impl FnMut(&Unit, Attested),
    ) -> (usize, Option<Unit>) {
        // Fields are kept apart because tokens with their padding move through memory slowly.
        let (mut start, mut end, mut kind) = (last.span.start, last.span.end, last.kind);
        let (mut start_0, mut end_0, mut kind_0) = (before.span.start, before.span.end, before.kind);
        let mut n = 0;
        let next = loop {
            let unit = self.unit();
            let Some((word, found)) = unit.and_then(|u| Some((u, u.found.filter(|_| u.gap == Gap::Space)?))) else {
                break unit;
            };
            each(&word, found);
            (start_0, end_0, kind_0) = (start, end, kind);
            (start, end, kind) = (word.token.span.start, word.token.span.end, word.token.kind);
            n += 1;
        };
        *before = Token { span: Span { start: start_0, end: end_0 }, kind: kind_0 };
        *last = Token { span: Span { start, end }, kind };
        (n, next)
    }
}
