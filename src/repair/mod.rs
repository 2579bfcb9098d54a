//! stub
use alloc::string::String;
use alloc::vec::Vec;
use crate::lexicon::Annotated;
use crate::person::Mention;
use crate::span::Span;
/// d
pub(crate) const DEFAULT_THRESHOLD: f32 = 0.8;
/// Repair
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Repair {
    /// s
    pub span: Span,
    /// r
    pub replacement: String,
    /// a
    pub applied: bool,
}
pub(crate) fn find(_text: &Annotated<'_>, _s: &[u32], _m: &[Mention], _t: f32) -> Vec<Repair> { Vec::new() }
