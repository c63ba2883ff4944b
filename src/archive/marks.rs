//! Where a text stands in quotation marks.
//!
//! Method: marks that have a direction open and close by it. Straight ones, and the single ones that are apostrophes
//! too, open after a blank or bracket and before a letter or figure, and close after what is no blank and not before a
//! letter. A mark that is never closed holds to the end of its paragraph, as one does that runs on into the next.
//! Double and single marks are told apart, for one stands inside the other.

use std::ops::Range;

/// The byte ranges of a paragraph that stand in quotation marks, the marks not included; in order of their beginning.
pub(super) fn quoted(paragraph: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut double: Option<(usize, char)> = None;
    let mut single: Option<usize> = None;
    let mut before: Option<char> = None;
    let mut characters = paragraph.char_indices().peekable();
    while let Some((at, mark)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        let (inside, opens_here) = (at + mark.len_utf8(), opens(before, after));
        match mark {
            '“' | '„' | '«' | '「' | '『' if double.is_none() => double = Some((inside, mark)),
            '"' if double.is_none() && opens_here => double = Some((inside, mark)),
            '”' | '“' | '»' | '」' | '』' | '"' => {
                if let Some((start, opener)) = double
                    && (mark != '"' || opener != '"' || closes(before, after))
                {
                    found.push(start..at);
                    double = None;
                }
            }
            '‘' | '‹' | '‚' if single.is_none() => single = Some(inside),
            '\'' if single.is_none() && opens_here => single = Some(inside),
            '’' | '\'' | '›' => {
                if let Some(start) = single.filter(|_| closes(before, after)) {
                    found.push(start..at);
                    single = None;
                }
            }
            _ => {}
        }
        before = Some(mark);
    }
    found.extend(double.map(|(start, _)| start..paragraph.len()));
    found.sort_by_key(|range| range.start);
    found
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
    use super::quoted;

    #[test]
    fn what_stands_in_quotation_marks_is_found_in_every_style() {
        for (paragraph, inside) in [
            ("He said “it is false” and left.", &["it is false"][..]),
            ("He said \"it is false\" and left.", &["it is false"]),
            ("He said 'it is false', and left.", &["it is false"]),
            ("He said ‘it’s false’ and left.", &["it’s false"]),
            ("„Das ist falsch“, sagte er.", &["Das ist falsch"]),
            ("Il dit « faux ».", &[" faux "]),
            ("他说「不对」。", &["不对"]),
            ("“It is ‘false’,” he said.", &["It is ‘false’,", "false"]),
            ("“One.” “Two.”", &["One.", "Two."]),
            // Apostrophes and inches are no quotation marks.
            ("China’s firms’ ties and the dog's bone.", &[]),
            ("A 5\" screen.", &[]),
            // One that runs on into the next paragraph.
            ("“It goes on", &["It goes on"]),
            ("", &[]),
        ] {
            let found: Vec<_> = quoted(paragraph).into_iter().map(|range| &paragraph[range]).collect();
            assert_eq!(found, inside, "{paragraph}");
        }
    }
}
