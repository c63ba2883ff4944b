//! Where a text stands in quotation marks.
//!
//! Method: a quotation runs on across line ends, up to a blank line. Marks that have a direction open and close by it.
//! Straight ones, and the single ones that are apostrophes too, open after a blank or bracket and before a letter or
//! figure, and close after what is no blank and not before a letter. Of a mark that is never closed nobody can tell how
//! far it holds, unless the next paragraph opens with another: so print those who quote over several paragraphs. Double
//! and single marks are told apart, for one stands inside the other.

use std::ops::Range;

/// A stretch of a text behind an opening mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Its bytes, the marks not included.
    pub range: Range<usize>,
    /// Whether a mark closes it. Else nobody can tell how far it holds.
    pub closed: bool,
}

/// What opens a double quotation, and what closes it.
const DOUBLE: [(char, &[char]); 7] = [
    ('“', &['”', '"']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('『', &['』']),
    ('"', &['"', '”']),
];
/// Words that begin with an apostrophe, which is no opening mark: `'tis`.
const CUT: [&str; 8] = ["tis", "twas", "twere", "em", "til", "till", "cause", "round"];

/// The quotations of a text in order of their beginning, by `blocks`: its stretches without a blank line.
pub(super) fn quotations(text: &str, blocks: &[Range<usize>]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let next = blocks.get(place + 1).and_then(|next| text[next.clone()].trim_start().chars().next());
        let first = found.len();
        of_block(&text[block.clone()], next, &mut found);
        for quotation in &mut found[first..] {
            quotation.range = quotation.range.start + block.start..quotation.range.end + block.start;
        }
        found[first..].sort_by_key(|quotation| quotation.range.start);
    }
    found
}

/// `next` is the first character of the block behind this one.
fn of_block(block: &str, next: Option<char>, found: &mut Vec<Quotation>) {
    let mut double: Option<(usize, char)> = None;
    let mut single = Single::default();
    let mut before: Option<char> = None;
    let mut characters = block.char_indices().peekable();
    while let Some((at, mark)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        let (inside, opens_here) = (at + mark.len_utf8(), opens(before, after));
        let closes_here = closes(before, after);
        let is_closing = double.is_some_and(|(_, opener)| {
            let closers = DOUBLE.iter().find(|(other, _)| *other == opener).map_or(&[][..], |(_, all)| *all);
            closers.contains(&mark) && (mark != '"' || closes_here)
        });
        if let (true, Some((start, _))) = (is_closing, double) {
            found.push(Quotation { range: start..at, closed: true });
            double = None;
        } else if DOUBLE.iter().any(|(opener, _)| *opener == mark)
            && (!matches!(mark, '"' | '»') || opens_here)
            && double.is_none_or(|(_, opener)| opener == mark)
        {
            // A second one of its kind: the first was never closed, unless it opens a paragraph that goes on.
            if let Some((start, opener)) = double.replace((inside, mark)) {
                let begins_line =
                    block[..at].ends_with('\n') && block[..start].trim_end_matches(opener).is_empty();
                found.push(Quotation {
                    range: start..at,
                    closed: begins_line && is_whole_line(&block[start..at]),
                });
            }
        } else if matches!(mark, '‘' | '‹' | '‚' | '\'' | '’' | '›') {
            single.take(block, at, mark, (opens_here, closes_here), found);
        }
        before = Some(mark);
    }
    if let Some((start, opener)) = double {
        found.push(Quotation { range: start..block.len(), closed: next == Some(opener) });
    }
    single.give_up(found);
}

/// Whether a stretch between two opening marks is one line: a paragraph of a quotation of several.
fn is_whole_line(stretch: &str) -> bool {
    stretch.trim_end().lines().count() == 1 && stretch.trim_end().ends_with(['.', '!', '?', '…'])
}

/// A quotation in single marks, which are apostrophes too.
#[derive(Default)]
struct Single {
    /// Where it begins, and where it may have ended: behind a word in s, which may be a genitive.
    open: Option<(usize, Option<usize>)>,
}

impl Single {
    fn take(
        &mut self,
        block: &str,
        at: usize,
        mark: char,
        (opens, closes): (bool, bool),
        found: &mut Vec<Quotation>,
    ) {
        let rest = &block[at + mark.len_utf8()..];
        let is_opening = matches!(mark, '‘' | '‹' | '‚') || (mark == '\'' && opens);
        if is_opening && !is_cut_word(rest) {
            self.give_up(found);
            self.open = Some((at + mark.len_utf8(), None));
            return;
        }
        let (Some((start, end)), true) = (self.open, closes && matches!(mark, '’' | '\'' | '›')) else {
            return;
        };
        let genitive = block[..at].ends_with(['s', 'S'])
            && rest.trim_start().starts_with(char::is_alphanumeric)
            && mark != '›';
        if genitive {
            self.open = Some((start, end.or(Some(at))));
        } else {
            if let Some(end) = end {
                // Up to the first it is quoted either way; from there on nobody can tell.
                found.push(Quotation { range: start..end, closed: true });
            }
            found.push(Quotation { range: start..at, closed: end.is_none() });
            self.open = None;
        }
    }

    fn give_up(&mut self, found: &mut Vec<Quotation>) {
        if let Some((start, Some(end))) = self.open.take() {
            found.push(Quotation { range: start..end, closed: true });
        }
    }
}

/// Whether an apostrophe before `rest` stands for what was cut off: `'90s`, `'tis`.
fn is_cut_word(rest: &str) -> bool {
    let word: String =
        rest.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let year = word.strip_suffix('s').unwrap_or(&word);
    (year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit())) || CUT.contains(&word.as_str())
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|before| before.is_whitespace() || "([{—–-“\"‘'".contains(before))
        && after.is_some_and(|after| !after.is_whitespace())
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|before| !before.is_whitespace()) && after.is_none_or(|after| !after.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::quotations;

    fn found(text: &str) -> Vec<(String, bool)> {
        let mut blocks = Vec::new();
        let mut at = 0;
        for block in text.split("\n\n") {
            blocks.push(at..at + block.len());
            at += block.len() + 2;
        }
        let found = quotations(text, &blocks);
        found.into_iter().map(|it| (text[it.range].to_owned(), it.closed)).collect()
    }

    #[test]
    fn what_stands_in_quotation_marks_is_found_in_every_style() {
        for (text, inside) in [
            ("He said “it is false” and left.", &["it is false"][..]),
            ("He said \"it is false\" and left.", &["it is false"]),
            ("He said 'it is false', and left.", &["it is false"]),
            ("He said ‘it’s false’ and left.", &["it’s false"]),
            ("„Das ist falsch“, sagte er.", &["Das ist falsch"]),
            ("»Das ist falsch«, sagte er.", &["Das ist falsch"]),
            ("Il dit « faux ».", &[" faux "]),
            ("他说「不对」。", &["不对"]),
            ("“It is ‘false’,” he said.", &["It is ‘false’,", "false"]),
            ("“One.” “Two.”", &["One.", "Two."]),
            // Apostrophes and inches are no quotation marks.
            ("China’s firms’ ties and the dog's bone.", &[]),
            ("A 5\" screen.", &[]),
            ("In the '90s it was a threat to its rivals' trade.", &[]),
            ("'Tis a threat to the rivals' trade.", &[]),
            ("The 'market leaders' fell.", &["market leaders"]),
            // Wrapped.
            ("“It is\nfalse in\nall,” he said.", &["It is\nfalse in\nall,"]),
            // One that runs on into the next paragraph.
            ("“It goes on.\n\n“And ends.”", &["It goes on.", "And ends."]),
            ("“It goes on.\n“And ends.”", &["It goes on.\n", "And ends."]),
            ("", &[]),
        ] {
            let inside: Vec<_> = inside.iter().map(|it| ((*it).to_owned(), true)).collect();
            assert_eq!(found(text), inside, "{text}");
        }
    }

    #[test]
    fn of_a_mark_that_is_never_closed_nobody_can_tell_how_far_it_holds() {
        for (text, inside) in [
            ("“It goes on and on", &[("It goes on and on", false)][..]),
            ("“It goes on\n\nand on.", &[("It goes on", false)]),
            ("“It goes on. The “claims” were false.", &[("It goes on. The ", false), ("claims", true)]),
            // Either the rivals' or all of it.
            (
                "'The rivals' trade is dead', he said.",
                &[("The rivals", true), ("The rivals' trade is dead", false)],
            ),
        ] {
            let inside: Vec<_> = inside.iter().map(|(it, closed)| ((*it).to_owned(), *closed)).collect();
            assert_eq!(found(text), inside, "{text}");
        }
    }
}
