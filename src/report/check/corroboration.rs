//! For people: what each position of each dispute rests on, counted by origins.
//!
//! The promise: the gravest first, and how many are left out where not all are listed. Imports `query`, `story` and
//! `text`.

use std::io;

use crate::query::dispute::by_gravity;
use crate::query::provenance::support_of_position;
use crate::story::diagnostic::tally::LISTED;
use crate::story::graph::Graph;
use crate::story::id::DisputeId;
use crate::story::vocabulary::Vocabulary as _;
use crate::text::safe_line;

/// Writes how many positions rest on how many origins; `verbose` lists them, a block for every dispute. Nothing where
/// there is no dispute:
///
/// ```text
/// story.yaml: 2 positions in 1 dispute, 0 on several origins, 1 on one, 1 on none that is stated
///   contradiction `fall-size`: By how much did the shares fall?
///     3.78 %: 2 sources, 1 origin
///     4.2 %: 1 source, origin not stated
/// ```
pub fn write(name: &str, graph: &Graph, verbose: bool, out: &mut impl io::Write) -> io::Result<()> {
    let of_all = by_gravity(graph);
    if of_all.is_empty() {
        return Ok(());
    }
    let (mut several, mut one, mut none) = (0, 0, 0);
    for position in of_all.iter().flat_map(|id| &graph.dispute(*id).positions) {
        match support_of_position(graph, position).origins.len() {
            0 => none += 1,
            1 => one += 1,
            _ => several += 1,
        }
    }
    let positions = counted(several + one + none, "position");
    let disputes = counted(of_all.len(), "dispute");
    let more = if verbose { "" } else { " (--verbose lists them)" };
    writeln!(
        out,
        "{}: {positions} in {disputes}, {several} on several origins, {one} on one, {none} on none that is stated{more}",
        safe_line(name)
    )?;
    if verbose { list(graph, &of_all, out) } else { Ok(()) }
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn list(graph: &Graph, disputes: &[DisputeId], out: &mut impl io::Write) -> io::Result<()> {
    for id in disputes.iter().take(LISTED) {
        let dispute = graph.dispute(*id);
        let (grade, question) = (dispute.grade.word(), safe_line(&dispute.question));
        writeln!(out, "  {grade} `{}`: {question}", safe_line(&dispute.id))?;
        for position in &dispute.positions {
            let support = support_of_position(graph, position).named(graph);
            writeln!(out, "    {}: {support}", safe_line(&position.label))?;
        }
    }
    match disputes.len().saturating_sub(LISTED) {
        0 => {}
        more => writeln!(out, "  {} not listed", counted(more, "more dispute"))?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::story;

    fn written(graph: &Graph) -> String {
        let mut out = Vec::new();
        write("story.yaml", graph, true, &mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn every_position_stands_with_its_origins_the_gravest_dispute_first() {
        let graph = story::read(story::EMBEDDED.as_bytes()).expect("the story builds");
        let text = written(&graph);
        let grades: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(grades.len(), graph.dispute_count());
        assert!(grades.is_sorted_by_key(|grade| *grade != "contradiction"), "{grades:?}");
        assert!(
            text.contains("4 sources, 1 origin (White House memo on Alibaba), 1 of unknown origin"),
            "{text}"
        );
    }

    #[test]
    fn what_is_not_listed_is_counted_and_nothing_is_said_of_none() {
        let mut yaml = "format: 1
story: {title: T}
sources: [{id: a, title: A, kind: article}]
events:
  - id: e
    title: T
    status: occurred
    sources: [a]
    statements:
      - {id: s, form: paraphrase, text: S, source: a}
      - {id: t, form: paraphrase, text: U, source: a}
"
        .to_owned();
        let graph = story::read(yaml.as_bytes()).expect("the story builds");
        assert_eq!(written(&graph), "");
        yaml.push_str("disputes:\n");
        for n in 0..LISTED + 2 {
            let positions = "[{label: L, held_by: [s]}, {label: M, held_by: [t]}]";
            let question = "'Q\u{202e}'";
            writeln!(yaml, "  - {{id: d{n}, question: {question}, grade: tension, positions: {positions}}}")
                .expect("written");
        }
        let graph = story::read(yaml.as_bytes()).expect("the story builds");
        let text = written(&graph);
        assert!(text.ends_with("  2 more disputes not listed\n"), "{text}");
        assert!(!text.contains('\u{202e}'));
        let count =
            "204 positions in 102 disputes, 0 on several origins, 0 on one, 204 on none that is stated";
        assert!(text.starts_with(&format!("story.yaml: {count}\n  tension `d0`: Q")), "{text}");
        assert!(text.contains("\n    L: 1 source, origin not stated\n"), "{text}");
    }
}
