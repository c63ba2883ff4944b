//! The grammar of filters.
//!
//! ```text
//! any  = all { "or" all }
//! all  = not { [ "and" ] not }
//! not  = ( "-" | "not" ) not | "(" any ")" | term
//! term = [ field ":" ] ( word | '"' text '"' )
//! ```
//!
//! Joining words and fields may be written in capitals; typographic quotation marks count as straight ones, because
//! that is how quoted words are pasted.

use std::ops::Range;

use winnow::ascii::{Caseless, multispace0, multispace1};
use winnow::combinator::{alt, cut_err, delimited, eof, opt, peek, preceded, repeat, separated, terminated};
use winnow::error::{ContextError, ErrMode};
use winnow::stream::{LocatingSlice, Location as _, Stateful, Stream as _};
use winnow::token::{one_of, take_till, take_while};
use winnow::{ModalResult, Parser};

use super::{Branch, FilterError, LONGEST, Term};

/// Brackets and turns inside each other. Each is a call deep, so there must be an end to them.
const DEEPEST: usize = 50;

/// The text that is left, and how many brackets and turns it stands in.
type Input<'t> = Stateful<LocatingSlice<&'t str>, usize>;

/// The words that are not looked for but join.
const JOINTS: [&str; 3] = ["and", "or", "not"];

/// Whether a character opens or closes a quotation.
pub(super) fn is_quotation_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„')
}

fn is_joint(word: &str) -> bool {
    JOINTS.iter().any(|joint| joint.eq_ignore_ascii_case(word))
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, '(' | ')') || is_quotation_mark(character)
}

/// Reads a filter that is not blank.
pub(super) fn read(text: &str) -> Result<Branch, FilterError> {
    let mut input = Stateful { input: LocatingSlice::new(text), state: 0 };
    let whole = delimited(multispace0, any, eof).parse_next(&mut input);
    whole.map_err(|_| {
        let at = input.current_token_start();
        if input.state > DEEPEST { too_deep(text, at) } else { why(text, at) }
    })
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
    input.state += 1;
    if input.state > DEEPEST {
        return Err(ErrMode::Cut(ContextError::new()));
    }
    let turned = preceded(alt(("-".void(), joint("not"))), not);
    let group = delimited(("(", multispace0), cut_err(any), cut_err((")", multispace0)));
    let turned = turned.map(|branch| Branch::Not(Box::new(branch)));
    let read = alt((turned, group, term.map(Branch::Term))).parse_next(input);
    // Where it is too deep the count stays, to be seen at the end.
    if input.state <= DEEPEST {
        input.state -= 1;
    }
    read
}

fn term(input: &mut Input<'_>) -> ModalResult<Term> {
    let start = input.checkpoint();
    let name = take_while(1.., |c: char| c.is_ascii_alphabetic() || c == '_');
    let field = terminated(name.with_span(), ":");
    let (field, value) = (opt(field), alt((quoted, bare))).parse_next(input)?;
    let (value, at, is_bare) = value;
    if field.is_none() && is_bare && (is_joint(&value) || value.starts_with('-')) || value.is_empty() {
        // The fault is under the word, not behind it.
        input.reset(&start);
        return Err(ErrMode::Backtrack(ContextError::new()));
    }
    multispace0.parse_next(input)?;
    let field = field.map(|(name, at): (&str, Range<usize>)| (name.to_ascii_lowercase(), at));
    Ok(Term { field, value, at })
}

/// What was written, where, and whether without quotation marks.
type Value = (String, Range<usize>, bool);

fn quoted(input: &mut Input<'_>) -> ModalResult<Value> {
    delimited(one_of(is_quotation_mark), take_till(0.., is_quotation_mark), one_of(is_quotation_mark))
        .with_span()
        .map(|(text, at): (&str, _)| (text.to_owned(), at, false))
        .parse_next(input)
}

fn bare(input: &mut Input<'_>) -> ModalResult<Value> {
    take_till(1.., ends_word)
        .with_span()
        .map(|(text, at): (&str, _)| (text.to_owned(), at, true))
        .parse_next(input)
}

/// A joining word with what follows it.
fn joint<'t>(word: &'static str) -> impl Parser<Input<'t>, (), ErrMode<ContextError>> {
    (Caseless(word), peek(alt((multispace1.void(), "(".void(), eof.void()))), multispace0).void()
}

/// A branch that stands alone needs no joint.
fn one_or(mut branches: Vec<Branch>, join: fn(Vec<Branch>) -> Branch) -> Branch {
    if branches.len() == 1 { branches.remove(0) } else { join(branches) }
}

/// What is open where a text ends.
#[derive(Default)]
struct Open {
    /// Where the brackets that are not closed stand.
    brackets: Vec<usize>,
    /// Where the quotation mark that is not closed stands.
    quotation: Option<usize>,
}

impl Open {
    fn at_end_of(text: &str) -> Self {
        let mut open = Self::default();
        for (at, character) in text.char_indices() {
            match (character, open.quotation) {
                (mark, Some(_)) if is_quotation_mark(mark) => open.quotation = None,
                (mark, None) if is_quotation_mark(mark) => open.quotation = Some(at),
                ('(', None) => open.brackets.push(at),
                (')', None) => drop(open.brackets.pop()),
                _ => {}
            }
        }
        open
    }
}

/// The character at a place; nothing at the end.
fn character_at(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

fn too_deep(text: &str, at: usize) -> FilterError {
    let message = format!("more than {DEEPEST} brackets and turns inside each other");
    FilterError::new(character_at(text, at), message)
}

/// What is wrong with a text that is too long, under what is too much.
pub(super) fn too_long(text: &str) -> Option<FilterError> {
    let (from, _) = text.char_indices().nth(LONGEST)?;
    Some(FilterError::new(from..text.len(), format!("a filter has at most {LONGEST} characters")))
}

/// What is wrong at a place where the grammar found no way on.
fn why(text: &str, at: usize) -> FilterError {
    // A field without a value is read up to its colon, or not at all.
    let at = match text[..at].strip_suffix(':') {
        Some(before) => before.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '_').len(),
        None => at,
    };
    let rest = &text[at..];
    let here = character_at(text, at);
    if let Some(mark) = Open::at_end_of(text).quotation.filter(|mark| *mark >= at) {
        return FilterError::new(character_at(text, mark), "this quotation mark is not closed");
    }
    let open = Open::at_end_of(&text[..at]).brackets;
    let Some(first) = rest.chars().next() else {
        return match open.last() {
            Some(bracket) => FilterError::new(character_at(text, *bracket), "this bracket is not closed"),
            None => FilterError::new(here, "something is missing at the end"),
        };
    };
    if first == ')' {
        let message = if open.is_empty() {
            "no bracket is open here"
        } else {
            "something is missing before this bracket"
        };
        return FilterError::new(here, message);
    }
    let word = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
    if is_joint(word) {
        return FilterError::new(at..at + word.len(), format!("something is missing beside this {word}"))
            .hint(Some(format!("to look for the word itself, write \"{word}\"")));
    }
    if let Some(name) = word.strip_suffix(':') {
        // Also where an empty pair of quotation marks follows.
        return FilterError::new(at..at + word.len(), format!("{name}: has no value"));
    }
    if first == '-' {
        return FilterError::new(here, "something is missing right after this -")
            .hint(Some("to look for the sign itself, write \"-\"".to_owned()));
    }
    if is_quotation_mark(first) {
        let end = rest.char_indices().filter(|(_, c)| is_quotation_mark(*c)).nth(1);
        let end = end.map_or(text.len(), |(mark, c)| at + mark + c.len_utf8());
        return FilterError::new(at..end, "nothing stands between these quotation marks");
    }
    FilterError::new(here, "this does not belong here")
}
