//! The story's file: the banner where another story shows than the one in it, and the list of what is wrong with it and
//! what changed in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::reread::Finding;
use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::state::live::{Live, Novelty, Trouble};
use super::super::theme::{Glyphs, Role};
use super::draw;
use crate::story::diagnostic::Severity;
use crate::text;

/// The first fault is cut to no fewer columns than this while anything else can be said shorter.
const FAULT: usize = 24;

/// `events.yaml cannot be read: line 41: …; the story of 14:03 shows; ! lists all`, across the whole screen.
pub(super) fn banner(state: &State, area: Rect, buffer: &mut Buffer) {
    let Some(trouble) = &state.live.trouble else { return };
    let columns = usize::from(area.width);
    let words = text::pad(&banner_words(state, trouble, columns), columns);
    draw::text(buffer, area, &words, Role::Banner, &state.theme);
}

/// What is wrong, as much of it as there is room for; that an older story shows, and where to read on, always.
fn banner_words(state: &State, trouble: &Trouble, columns: usize) -> String {
    let live = &state.live;
    let file = live.file.as_deref().unwrap_or("the file");
    let (heads, fault) = match trouble {
        Trouble::Gone => {
            ([format!("{file} is gone"), "file gone".to_owned(), "gone".to_owned()], String::new())
        }
        Trouble::Unread(why) => {
            let cannot = "cannot be read";
            ([format!("{file} {cannot}"), cannot.to_owned(), "unreadable".to_owned()], why.clone())
        }
        Trouble::Faulty => {
            let (place, message) = first_fault(live);
            ([format!("{file} cannot be read: {place}"), format!("{file}: {place}"), place], message)
        }
    };
    let older =
        live.read_at.as_ref().map_or("the story as it was".to_owned(), |at| format!("the story of {at}"));
    let (long, short) = if *trouble == Trouble::Faulty { ("; ! lists all", "; !") } else { ("", "") };
    let tails = [
        format!("; {older} shows{long}"),
        format!("; {older} shows{short}"),
        format!("; older story{short}"),
    ];
    let wanted = text::width(&fault).min(FAULT);
    let between = if fault.is_empty() { 0 } else { 2 };
    for (head, tail) in [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)] {
        let (head, tail) = (&heads[head], &tails[tail]);
        // A blank on each side.
        let taken = text::width(head) + between + text::width(tail) + 2;
        if taken + wanted <= columns {
            let fault = draw::truncate(&fault, columns - taken, &state.theme);
            let between = if between == 0 { "" } else { ": " };
            return format!(" {head}{between}{fault}{tail}");
        }
    }
    let [.., head] = &heads;
    let [.., tail] = &tails;
    let room = columns.saturating_sub(text::width(tail) + 1);
    format!(" {}{tail}", draw::truncate(head, room, &state.theme))
}

/// Where the first fault stands and what it is.
fn first_fault(live: &Live) -> (String, String) {
    match live.first() {
        Some(Finding { at: Some(at), message, .. }) => (format!("line {}", at.0), message.clone()),
        Some(Finding { message, .. }) => ("the whole file".to_owned(), message.clone()),
        None => ("the whole file".to_owned(), "it is no story".to_owned()),
    }
}

pub(super) fn title(state: &State) -> String {
    let (errors, warnings) = state.live.counts();
    match (errors, warnings) {
        (0, 0) => "The file".to_owned(),
        (0, warnings) => format!("The file: {}", counted(warnings, "warning")),
        (errors, 0) => format!("The file: {}", counted(errors, "error")),
        (errors, warnings) => {
            format!("The file: {} and {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What keeps the file from being a story goes first; else what changed in it does, before what an editor would ask.
pub(super) fn sheet(state: &State, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    state_of_file(&mut sheet, state);
    if state.live.trouble.is_some() {
        findings(&mut sheet, state);
        changes(&mut sheet, state);
    } else {
        changes(&mut sheet, state);
        findings(&mut sheet, state);
    }
    sheet
}

fn findings(sheet: &mut Sheet, state: &State) {
    let findings = state.live.findings.as_deref().unwrap_or_default();
    let (errors, _) = state.live.counts();
    if !findings.is_empty() {
        sheet.heading(if errors > 0 { "What is wrong" } else { "What an editor would ask" });
    }
    for (place, finding) in findings.iter().enumerate() {
        if place > 0 {
            sheet.gap();
        }
        entry(sheet, place, finding);
    }
}

fn changes(sheet: &mut Sheet, state: &State) {
    let (told, more) = state.live.unseen.told();
    if !told.is_empty() {
        sheet.heading("Changed in the story, and not seen yet");
    }
    for (place, told) in told.iter().enumerate() {
        sheet.begin_entry(Target::Change(place));
        let (mark, role) = mark(told.novelty, &state.theme.glyphs);
        let head = format!("{mark} {} ", told.novelty.word());
        let id = told.id.as_ref().map_or_else(String::new, |id| format!("  {id}"));
        sheet.runs(0, 2, &[(&head, role), (&told.words, Role::Text), (&id, Role::Quiet)]);
        sheet.end_entry();
    }
    if more > 0 {
        sheet.line(2, Role::Quiet, &format!("and {more} more that are not listed"));
    }
}

/// How the file stands.
fn state_of_file(sheet: &mut Sheet, state: &State) {
    let live = &state.live;
    let name = &state.name;
    let older = match &live.read_at {
        Some(at) => format!("; the story of {at} shows"),
        None => "; the story as it was shows".to_owned(),
    };
    match (&live.trouble, &live.findings) {
        (Some(Trouble::Gone), _) => {
            sheet.runs(0, 2, &[(name, Role::Title), (" is gone", Role::Fault), (&older, Role::Text)]);
        }
        (Some(Trouble::Unread(why)), _) => {
            let why = format!(": {why}");
            let runs = [
                (name.as_str(), Role::Title),
                (" cannot be read", Role::Fault),
                (&why, Role::Text),
                (&older, Role::Text),
            ];
            sheet.runs(0, 2, &runs);
        }
        (Some(Trouble::Faulty), _) => {
            sheet.runs(0, 2, &[(name, Role::Title), (" cannot be read", Role::Fault), (&older, Role::Text)]);
        }
        (None, None) => sheet.runs(0, 2, &[(name, Role::Title), (" is being checked", Role::Quiet)]),
        (None, Some(findings)) => {
            let read =
                live.read_at.as_ref().map_or_else(String::new, |at| format!(" as it was read at {at}"));
            let wrong = if findings.is_empty() { ", and nothing is wrong with it" } else { "" };
            let words = format!(" shows{read}{wrong}");
            sheet.runs(0, 2, &[(name, Role::Title), (&words, Role::Text)]);
        }
    }
}

fn entry(sheet: &mut Sheet, place: usize, finding: &Finding) {
    sheet.begin_entry(Target::Finding(place));
    let at = match finding.at {
        Some((line, column)) => format!("line {line}, column {column}  "),
        None => String::new(),
    };
    let (kind, role) = match finding.severity {
        Severity::Error => ("error", Role::Fault),
        Severity::Warning => ("warning", Role::Inferred),
    };
    let code = format!(" {}", finding.code);
    sheet.runs(0, 2, &[(&at, Role::Title), (kind, role), (&code, Role::Quiet)]);
    sheet.line(2, Role::Text, &finding.message);
    if let Some(hint) = &finding.hint {
        sheet.runs(2, 4, &[("help: ", Role::Heading), (hint, Role::Text)]);
    }
    if finding.more > 0 {
        sheet.line(2, Role::Quiet, &format!("{} more like this not listed", finding.more));
    }
    sheet.end_entry();
}

/// The mark of what differs from the last reading.
pub(super) fn mark(novelty: Novelty, glyphs: &Glyphs) -> (&'static str, Role) {
    match novelty {
        Novelty::New => (glyphs.new, Role::Heading),
        Novelty::Changed => (glyphs.changed, Role::Heading),
        Novelty::Gone => (glyphs.gone, Role::Lost),
    }
}
