//! Text in quotes that is not closed where its author meant it to end: the next quotation mark of the file closes it, and
//! the reader stops anywhere after that.
//!
//! Imports nothing from the rest of the crate.

/// Fields that nearly every story has. Where one of them begins a line inside of a text in quotes, the text ended before.
const FIELDS: [&str; 26] = [
    "id",
    "title",
    "kind",
    "when",
    "status",
    "summary",
    "sources",
    "source",
    "text",
    "speaker",
    "locator",
    "stance",
    "form",
    "about",
    "publisher",
    "published",
    "name",
    "named",
    "note",
    "links",
    "statements",
    "reactions",
    "change",
    "label",
    "held_by",
    "archive",
];

/// Where the first text in quotes begins that swallows lines with fields, of those before this byte.
pub(super) fn unclosed_before(text: &str, before: usize) -> Option<usize> {
    let mut block: Option<usize> = None;
    let mut at = 0;
    while at < before {
        let end = line_end(text, at);
        let line = &text[at..end];
        let margin = line.len() - line.trim_start_matches(' ').len();
        // The lines of a block of text are no YAML.
        if block.is_some_and(|column| line.trim().is_empty() || margin > column) {
            at = end + 1;
            continue;
        }
        block = None;
        let entry = line.trim_start_matches(['-', ' ']);
        let column = line.len() - entry.len();
        let named = entry.split_once(": ").filter(|(name, _)| !name.starts_with(['[', '{', '"', '\'']));
        let value = named.map_or(entry, |(_, value)| value).trim_start();
        if value.starts_with(['|', '>']) {
            // A dash before the field belongs to its column.
            block = Some(if entry.len() == value.len() { margin } else { column });
        }
        let Some(open) = open_quote(line, value) else {
            at = end + 1;
            continue;
        };
        let start = at + open;
        let closed = close(text, start).unwrap_or(text.len());
        if text[start..closed].lines().skip(1).any(begins_field) {
            return (start < before).then_some(start);
        }
        at = line_end(text, closed.min(text.len())) + 1;
    }
    None
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// Where in the line a text in quotes begins that the line does not close.
fn open_quote(line: &str, value: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let flow = value.starts_with(['[', '{']);
    let mut at = line.len() - value.len();
    let mut last = b':';
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' if matches!(last, b':' | b',' | b'[' | b'{') => match close(line, at) {
                Some(closed) => at = closed,
                None => return Some(at),
            },
            b'#' if at > 0 && bytes[at - 1] == b' ' => return None,
            _ => {}
        }
        if bytes.get(at).is_some_and(|byte| *byte != b' ') {
            last = bytes[at];
        }
        at += 1;
        // Outside of brackets only the first character of a value opens a quotation.
        if !flow {
            return None;
        }
    }
    None
}

/// Where the quotation mark stands that closes the one here.
fn close(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = bytes[open];
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            _ if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

fn begins_field(line: &str) -> bool {
    let entry = line.trim_start_matches(['-', ' ', '[', '{']);
    let Some((name, rest)) = entry.split_once(':') else { return false };
    (rest.is_empty() || rest.starts_with(' ')) && FIELDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_swallows_fields_is_found_where_it_begins() {
        for (text, open) in [
            ("a: 1\ntitle: \"open\nkind: x\nnote: \"closed\" y\n", "\"open"),
            ("- text: 'open\n  source: wire\n  note: it's\n", "'open"),
            ("- {id: a, text: \"open, source: b}\n- {id: c, title: \"d\"}\n- title: \"e\"\n", "\"open"),
            ("- {id: a, text: \"open, source: b}\n  kind: \"d\" e\n", "\"open"),
            ("gaps:\n  - \"one\"\n  - \"open\n    title: x\n  - \"three\" y\n", "\"open"),
        ] {
            let found = unclosed_before(text, text.len());
            assert_eq!(found, text.find(open), "{text}");
        }
    }

    #[test]
    fn honest_texts_are_let_alone() {
        for text in [
            crate::story::EMBEDDED,
            crate::story::EXAMPLE,
            "title: \"over\n  two lines\"\nnote: 'it''s'\n",
            "note: >-\n  \"open\n  title: no field\nkind: x\n",
            "note: it's \"open\nkind: x\n",
            "a: x # \"open\nkind: \"x\"\n",
        ] {
            assert_eq!(unclosed_before(text, text.len()), None, "{text}");
        }
    }
}
