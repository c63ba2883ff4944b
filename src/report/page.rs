//! A page of plain text: indented, wrapped by display width, written as it comes.
//!
//! Imports `text` only.

use std::io;

use crate::text;

/// The widest row, in columns.
const WIDTH: usize = 100;
/// The fewest columns a text is given, however deep it stands.
const NARROWEST: usize = 24;

/// Where rows go.
pub(super) struct Page<W> {
    out: W,
}

impl<W: io::Write> Page<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A heading with a rule under it and room above.
    pub(super) fn heading(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out, "\n{title}\n{}", "─".repeat(text::width(title)))
    }

    /// A paragraph, all rows of it indented alike.
    pub(super) fn prose(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.wrapped(indent, indent, text)
    }

    /// What belongs on one row; where it takes more, these hang two columns deeper.
    pub(super) fn row(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.wrapped(indent, indent + 2, text)
    }

    fn wrapped(&mut self, indent: usize, hang: usize, text: &str) -> io::Result<()> {
        let columns = WIDTH.saturating_sub(hang).max(NARROWEST);
        for (nth, row) in text::wrap(text, columns).into_iter().enumerate() {
            let row = &text[row];
            let indent = if nth == 0 { indent } else { hang };
            if row.is_empty() {
                writeln!(self.out)?;
            } else {
                writeln!(self.out, "{:indent$}{row}", "")?;
            }
        }
        Ok(())
    }

    /// Parts of one line, those that are there, with a middle dot between them; nothing where there are none.
    pub(super) fn parts(
        &mut self,
        indent: usize,
        parts: impl IntoIterator<Item = Option<String>>,
    ) -> io::Result<()> {
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return Ok(());
        }
        self.row(indent, &parts.join(" · "))
    }

    /// A note under its name, where there is one.
    pub(super) fn note(&mut self, indent: usize, name: &str, note: Option<&str>) -> io::Result<()> {
        note.map_or(Ok(()), |note| self.row(indent, &format!("{name}: {note}")))
    }

    /// A list under its name, where it holds anything.
    pub(super) fn list(
        &mut self,
        indent: usize,
        name: &str,
        entries: impl IntoIterator<Item = String>,
    ) -> io::Result<()> {
        let entries: Vec<_> = entries.into_iter().collect();
        if entries.is_empty() {
            return Ok(());
        }
        self.row(indent, &format!("{name}: {}", entries.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_wider_than_the_page_and_all_are_indented() {
        let mut out = Vec::new();
        let mut page = Page::new(&mut out);
        page.note(6, "note", Some(&"比亚迪 and others ".repeat(40))).expect("written");
        page.note(4, "none", None).expect("written");
        page.list(4, "none", []).expect("written");
        let rows = String::from_utf8(out).expect("text");
        assert!(rows.lines().count() > 5);
        assert!(rows.starts_with("      note: 比亚迪"), "{rows}");
        for row in rows.lines() {
            assert!(text::width(row) <= WIDTH, "{row}");
        }
        assert!(rows.lines().skip(1).all(|row| row.starts_with("        ") && !row.starts_with("         ")));
    }
}
