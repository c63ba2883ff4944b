//! The grammar of filters.
//!
//! ```text
//! any  = all { "or" all }
//! all  = not { [ "and" ] not }
//! not  = ( "-" | "not" ) not | "(" any ")" | term
//! term = [ field ":" ] ( word | '"' text '"' )
//! ```

use std::ops::Range;

use winnow::ascii::{multispace0, multispace1};
use winnow::combinator::{alt, cut_err, delimited, eof, opt, peek, preceded, repeat, separated, terminated};
use winnow::stream::{LocatingSlice, Stream as _};
use winnow::token::{take_till, take_while};
use winnow::{ModalResult, Parser};

use super::{Branch, FilterError, Term};

type Input<'t> = LocatingSlice<&'t str>;

/// The words that are not looked for but join.
const JOINTS: [&str; 3] = ["and", "or", "not"];

/// Reads a filter that is not blank.
pub(super) fn read(text: &str) -> Result<Branch, FilterError> {
    let mut whole = delimited(multispace0, any, eof);
    whole.parse(LocatingSlice::new(text)).map_err(|error| why(text, error.offset()))
}

fn any(input: &mut Input<'_>) -> ModalResult<Branch> {
    separated(1.., all, joint("or")).map(|branches| one_or(branches, Branch::Any)).parse_next(input)
}

fn all(input: &mut Input<'_>) -> ModalResult<Branch> {
    (not, repeat(0.., preceded(opt(joint("and")), not)))
        .map(|(first, rest): (Branch, Vec<Branch>)| {
            one_or(std::iter::once(first).chain(rest).collect(), Branch::All)
        })
        .parse_next(input)
}

fn not(input: &mut Input<'_>) -> ModalResult<Branch> {
    let turned = preceded(alt(("-".void(), joint("not"))), not);
    let group = delimited(("(", multispace0), cut_err(any), cut_err((")", multispace0)));
    alt((turned.map(|branch| Branch::Not(Box::new(branch))), group, term.map(Branch::Term))).parse_next(input)
}

fn term(input: &mut Input<'_>) -> ModalResult<Term> {
    let start = input.checkpoint();
    let field = terminated(take_while(1.., |c: char| c.is_ascii_lowercase() || c == '_'), ":").with_span();
    let (field, (value, at)) = (opt(field), alt((quoted, bare))).parse_next(input)?;
    let joint = JOINTS.contains(&value.as_str()) || value.starts_with('-');
    if field.is_none() && is_bare(&at, &value) && joint {
        // The fault is under the word, not behind it.
        input.reset(&start);
        return Err(winnow::error::ErrMode::Backtrack(winnow::error::ContextError::new()));
    }
    multispace0.parse_next(input)?;
    Ok(Term { field: field.map(|(name, at): (&str, _)| (name.to_owned(), at.start..at.end)), value, at })
}

/// Whether a value was written without quotes: its span is then as long as its text.
fn is_bare(at: &Range<usize>, value: &str) -> bool {
    at.len() == value.len()
}

fn quoted(input: &mut Input<'_>) -> ModalResult<(String, Range<usize>)> {
    delimited('"', take_till(0.., '"'), '"')
        .with_span()
        .map(|(text, at): (&str, _)| (text.to_owned(), at))
        .parse_next(input)
}

fn bare(input: &mut Input<'_>) -> ModalResult<(String, Range<usize>)> {
    take_till(1.., |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
        .with_span()
        .map(|(text, at): (&str, _)| (text.to_owned(), at))
        .parse_next(input)
}

/// A joining word with what follows it.
fn joint<'t>(
    word: &'static str,
) -> impl Parser<Input<'t>, (), winnow::error::ErrMode<winnow::error::ContextError>> {
    (word, peek(alt((multispace1.void(), "(".void(), eof.void()))), multispace0).void()
}

/// A branch that stands alone needs no joint.
fn one_or(mut branches: Vec<Branch>, join: fn(Vec<Branch>) -> Branch) -> Branch {
    if branches.len() == 1 { branches.remove(0) } else { join(branches) }
}

/// What is wrong at a place where the grammar found no way on.
fn why(text: &str, offset: usize) -> FilterError {
    let rest = &text[offset.min(text.len())..];
    let open = text[..offset.min(text.len())].matches('(').count();
    let closed = text[..offset.min(text.len())].matches(')').count();
    let here = offset..offset + rest.chars().next().map_or(0, char::len_utf8);
    let unclosed_quote = text.matches('"').count() % 2 == 1;
    if unclosed_quote && rest.contains('"') {
        let at = text.rfind('"').unwrap_or(offset);
        return FilterError::new(at..at + 1, "this quotation mark is not closed");
    }
    match rest.chars().next() {
        None if open > closed => {
            let at = text.rfind('(').unwrap_or(offset);
            FilterError::new(at..at + 1, "this bracket is not closed")
        }
        None => FilterError::new(here, "something is missing at the end"),
        Some(')') if open <= closed => FilterError::new(here, "no bracket is open here"),
        Some(')') => FilterError::new(here, "something is missing before this bracket"),
        Some(_) => {
            let word = rest.split_whitespace().next().unwrap_or_default();
            let at = offset..offset + word.len();
            if JOINTS.contains(&word) {
                FilterError::new(at, format!("something is missing beside this {word}"))
                    .hint(Some(format!("to look for the word itself, write \"{word}\"")))
            } else {
                FilterError::new(here, "this does not belong here")
            }
        }
    }
}
