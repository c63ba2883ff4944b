//! Roles and how they look. The only file that names colours and the glyphs of borders and marks.
//!
//! No meaning rests on colour alone: every role that means something also has a glyph, a word or a modifier.
//! Imports `colour` only.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::colour::{self, Background, Wish};

/// What a piece of text is, so that the theme can say how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Plain text.
    Text,
    /// Less important: locators, notes, frames of reference.
    Quiet,
    /// The name of the thing the pane is about.
    Title,
    /// A heading inside a pane.
    Heading,
    /// A speaker's name.
    Speaker,
    /// Verbatim words.
    Quote,
    /// Reported speech.
    Paraphrase,
    /// Something that was worked out, not stated.
    Inferred,
    /// Something without a date.
    Undated,
    /// A mark that accounts differ.
    Disputed,
    /// Words that differ between positions.
    Differs,
    /// What else is told of accounts and differs between them.
    Unlike,
    /// Something alleged.
    Allegation,
    /// Something denied.
    Denial,
    /// Something missing or damaged.
    Lost,
    /// A rise.
    Rise,
    /// A fall.
    Fall,
    /// Letters that match what is sought.
    Match,
    /// Characters that cannot be read as what is asked for.
    Fault,
    /// A key.
    Key,
    /// A frame.
    Border,
    /// The frame of the pane that has the keys.
    FocusedBorder,
    /// The line under the cursor, in the pane that has the keys.
    Cursor,
    /// The line under the cursor, elsewhere.
    DimCursor,
    /// A message to the reader.
    Notice,
    /// That not all of the story shows.
    Banner,
    /// What is written by machine.
    Machine,
    /// What is the reader's own and not the story's.
    Own,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] = &[
        Self::Text,
        Self::Quiet,
        Self::Title,
        Self::Heading,
        Self::Speaker,
        Self::Quote,
        Self::Paraphrase,
        Self::Inferred,
        Self::Undated,
        Self::Disputed,
        Self::Differs,
        Self::Unlike,
        Self::Allegation,
        Self::Denial,
        Self::Lost,
        Self::Rise,
        Self::Fall,
        Self::Match,
        Self::Fault,
        Self::Key,
        Self::Border,
        Self::FocusedBorder,
        Self::Cursor,
        Self::DimCursor,
        Self::Notice,
        Self::Banner,
        Self::Machine,
        Self::Own,
    ];
}

/// Marks that stand for a meaning. Each is one column wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// An event that occurred.
    pub occurred: &'static str,
    /// An alleged event.
    pub alleged: &'static str,
    /// A scheduled event.
    pub scheduled: &'static str,
    /// A possible event.
    pub possible: &'static str,
    /// A dispute.
    pub disputed: &'static str,
    /// What nobody else shares.
    pub alone: &'static str,
    /// Something possibly known at the moment looked back to.
    pub possibly: &'static str,
    /// An event that was not there when the file was read before.
    pub new: &'static str,
    /// One that reads otherwise.
    pub changed: &'static str,
    /// Something that is not there any more.
    pub gone: &'static str,
    /// Words found in their source's text.
    pub verified: &'static str,
    /// Words not found there.
    pub not_verified: &'static str,
    /// A source we hold.
    pub held: &'static str,
    /// A source known only through others.
    pub not_held: &'static str,
    /// The cursor's edge.
    pub cursor: &'static str,
    /// Not before.
    pub not_before: &'static str,
    /// Not after.
    pub not_after: &'static str,
    /// A link to another event.
    pub forth: &'static str,
    /// A link from another event.
    pub back: &'static str,
    /// A full cell of a bar.
    pub bar: &'static str,
    /// A stretch of time.
    pub stretch: &'static str,
    /// A stretch of time that was worked out, or is written as uncertain.
    pub unsure_stretch: &'static str,
    /// A stretch of time known only by what it follows and precedes.
    pub narrowed: &'static str,
    /// A stretch that is open towards what was.
    pub open_left: &'static str,
    /// A stretch that is open towards what comes.
    pub open_right: &'static str,
    /// A day on the strip.
    pub tick: &'static str,
    /// A day on the strip that was worked out, or is written as uncertain.
    pub unsure_tick: &'static str,
    /// The cursor on the strip.
    pub here: &'static str,
    /// The axis of the strip.
    pub axis: &'static str,
    /// A division of the axis.
    pub division: &'static str,
    /// A branch of a tree that another follows.
    pub branch: &'static str,
    /// The last branch.
    pub last_branch: &'static str,
    /// Between two branches.
    pub trunk: &'static str,
    /// Opening quotation mark.
    pub open_quote: &'static str,
    /// Closing quotation mark.
    pub close_quote: &'static str,
    /// Between two short facts on a line.
    pub between: &'static str,
    /// More of a list or text than fits.
    pub more: &'static str,
    /// The reader's bookmark.
    pub bookmark: &'static str,
    /// The reader's note.
    pub note: &'static str,
    /// Read by the reader.
    pub read: &'static str,
    /// Read, and changed since.
    pub reread: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    occurred: "●",
    alleged: "◌",
    scheduled: "◇",
    possible: "△",
    disputed: "≠",
    alone: "◆",
    possibly: "¿",
    new: "✚",
    changed: "±",
    gone: "−",
    verified: "✓",
    not_verified: "✗",
    held: "●",
    not_held: "○",
    cursor: "▌",
    not_before: "≥",
    not_after: "≤",
    forth: "→",
    back: "←",
    bar: "█",
    stretch: "━",
    unsure_stretch: "≈",
    narrowed: "╍",
    open_left: "◄",
    open_right: "►",
    tick: "┃",
    unsure_tick: "┇",
    here: "▲",
    axis: "─",
    division: "┴",
    branch: "├",
    last_branch: "└",
    trunk: "│",
    open_quote: "“",
    close_quote: "”",
    between: "·",
    more: "…",
    bookmark: "★",
    note: "✎",
    read: "·",
    reread: "Δ",
};

const ASCII: Glyphs = Glyphs {
    occurred: "*",
    alleged: "o",
    scheduled: "+",
    possible: ".",
    disputed: "#",
    alone: "!",
    possibly: "?",
    new: "n",
    changed: "c",
    gone: "-",
    verified: "v",
    not_verified: "!",
    held: "*",
    not_held: "o",
    cursor: "@",
    not_before: ">=",
    not_after: "<=",
    forth: ">",
    back: "<",
    bar: "#",
    stretch: "=",
    unsure_stretch: "~",
    narrowed: ".",
    open_left: "<",
    open_right: ">",
    tick: "|",
    unsure_tick: ":",
    here: "^",
    axis: "-",
    division: "+",
    branch: "|",
    last_branch: "`",
    trunk: "|",
    open_quote: "\"",
    close_quote: "\"",
    between: "-",
    more: "$",
    bookmark: "b",
    note: "n",
    read: ".",
    reread: "%",
};

/// What the lanes are drawn with, beside the marks. Each is one column wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneGlyphs {
    /// An event that occurred, at a time that was worked out or is written as uncertain.
    pub occurred: &'static str,
    /// An alleged event at such a time.
    pub alleged: &'static str,
    /// A scheduled event at such a time.
    pub scheduled: &'static str,
    /// A possible event at such a time.
    pub possible: &'static str,
    /// A stretch of time known only by what the event follows and precedes; never like a mark of an event.
    pub narrowed: &'static str,
    /// Half of the mark of a cut.
    pub cut: &'static str,
    /// A label's place on the axis.
    pub label: &'static str,
    /// Down to something.
    pub down: &'static str,
    /// Up to something.
    pub up: &'static str,
    /// Between the dated and the undated events.
    pub apart: &'static str,
    /// Lines by the sides they touch: 1 up, 2 down, 4 left, 8 right.
    pub lines: [&'static str; 16],
    /// A line from left to right for what was worked out.
    pub dashed_across: &'static str,
    /// A line from top to bottom for what was worked out.
    pub dashed_down: &'static str,
}

const UNICODE_LANES: LaneGlyphs = LaneGlyphs {
    occurred: "◉",
    alleged: "◎",
    scheduled: "◈",
    possible: "◬",
    narrowed: "╍",
    cut: "/",
    label: "┬",
    down: "▼",
    up: "▲",
    apart: "│",
    lines: [" ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼"],
    dashed_across: "╌",
    dashed_down: "╎",
};

const ASCII_LANES: LaneGlyphs = LaneGlyphs {
    occurred: "x",
    alleged: "e",
    scheduled: "t",
    possible: ",",
    narrowed: "_",
    cut: "/",
    label: "+",
    down: "v",
    up: "^",
    apart: "|",
    lines: [" ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+"],
    dashed_across: "'",
    dashed_down: ":",
};

const ASCII_BORDER: border::Set = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// How the explorer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
    /// What the text stands on, where that is known.
    background: Option<Background>,
    /// The marks.
    pub glyphs: Glyphs,
    /// What the lanes are drawn with.
    pub lanes: LaneGlyphs,
    /// The frames.
    pub border: border::Set<'static>,
}

impl Theme {
    /// A theme with or without colours, in Unicode or ASCII.
    pub fn new(colours: bool, unicode: bool) -> Self {
        Self {
            colours,
            background: None,
            glyphs: if unicode { UNICODE } else { ASCII },
            lanes: if unicode { UNICODE_LANES } else { ASCII_LANES },
            border: if unicode { border::PLAIN } else { ASCII_BORDER },
        }
    }

    /// The same theme on a background; on one that is not known, with colours that can be read on both.
    #[must_use]
    pub fn on(self, background: Option<Background>) -> Self {
        Self { background, ..self }
    }

    /// The theme the environment asks for: no colours with `NO_COLOR` set and not empty or `CLICOLOR=0`; those for the
    /// background that `COLORFGBG` tells; ASCII where the locale is not UTF-8. `variable` looks up an environment
    /// variable.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let colours = colour::wish(&variable) != Wish::Never;
        let background = colour::background(&variable);
        // As the C library does: the first of these that is set decides.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(name));
        // With none set at all most terminals of today still speak UTF-8.
        let unicode = locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        Self::new(colours, unicode).on(background)
    }

    /// Words of the explorer's own, such as the names of keys, in characters the theme has.
    pub fn own_words(&self, words: &str) -> String {
        if self.glyphs == UNICODE {
            return words.to_owned();
        }
        let in_ascii =
            [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right"), ("·", ASCII.between), (" …", "")];
        in_ascii.iter().fold(words.to_owned(), |words, (mark, ascii)| words.replace(mark, ascii))
    }

    /// The style of a role. Only the sixteen colours of the terminal's own palette are used, which the reader has
    /// chosen for their eyes.
    #[expect(clippy::match_same_arms, reason = "a row a role, to be read and changed as a table")]
    pub fn style(&self, role: Role) -> Style {
        let (colour, modifier) = match role {
            Role::Text | Role::Border => (None, Modifier::empty()),
            Role::Quote => (None, Modifier::BOLD),
            Role::Quiet => (None, Modifier::DIM),
            Role::Title => (None, Modifier::BOLD),
            Role::Heading => (Some(Color::Cyan), Modifier::BOLD),
            Role::Speaker => (Some(Color::Cyan), Modifier::BOLD),
            Role::Paraphrase => (None, Modifier::empty()),
            Role::Inferred => (None, Modifier::ITALIC),
            Role::Undated => (None, Modifier::DIM.union(Modifier::ITALIC)),
            Role::Disputed => (Some(Color::Magenta), Modifier::BOLD),
            Role::Differs => (Some(Color::Magenta), Modifier::BOLD.union(Modifier::UNDERLINED)),
            Role::Unlike => (None, Modifier::BOLD),
            Role::Allegation => (Some(Color::Red), Modifier::empty()),
            Role::Denial => (Some(Color::Blue), Modifier::empty()),
            Role::Lost => (Some(Color::Magenta), Modifier::ITALIC),
            Role::Rise => (Some(Color::Green), Modifier::empty()),
            Role::Fall => (Some(Color::Red), Modifier::empty()),
            Role::Match => (Some(Color::Magenta), Modifier::BOLD.union(Modifier::UNDERLINED)),
            Role::Fault => (Some(Color::Red), Modifier::BOLD.union(Modifier::UNDERLINED)),
            Role::Key => (Some(Color::Cyan), Modifier::BOLD),
            Role::FocusedBorder => (Some(Color::Cyan), Modifier::BOLD),
            Role::Cursor => (None, Modifier::REVERSED),
            Role::DimCursor => (None, Modifier::BOLD),
            Role::Notice => (None, Modifier::REVERSED),
            Role::Banner => (None, Modifier::REVERSED.union(Modifier::BOLD)),
            Role::Machine => (Some(Color::Magenta), Modifier::empty()),
            Role::Own => (Some(Color::Yellow), Modifier::ITALIC),
        };
        let style = Style::new().add_modifier(modifier);
        match colour {
            Some(colour) if self.colours => style.fg(self.legible(colour)),
            _ => style,
        }
    }

    /// The colour that reads as this one on the background: cyan and yellow fade on light, and blue, red and magenta on dark.
    fn legible(&self, colour: Color) -> Color {
        match (self.background, colour) {
            (Some(Background::Light), Color::Cyan) => Color::Blue,
            (Some(Background::Light), Color::Yellow) => Color::Magenta,
            (Some(Background::Dark), Color::Blue) => Color::LightBlue,
            (Some(Background::Dark), Color::Red) => Color::LightRed,
            (Some(Background::Dark), Color::Magenta) => Color::LightMagenta,
            _ => colour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_no_role_has_one() {
        let plain = Theme::new(false, true);
        for role in Role::ALL {
            assert_eq!(plain.style(*role).fg, None, "{role:?}");
            assert_eq!(plain.style(*role).bg, None, "{role:?}");
        }
    }

    #[test]
    fn no_colour_fades_into_the_background() {
        let colours = |background| {
            let theme = Theme::new(true, true).on(Some(background));
            Role::ALL.iter().filter_map(move |role| theme.style(*role).fg)
        };
        let faint_on_light = |colour| {
            matches!(colour, Color::Cyan | Color::Yellow | Color::White | Color::Gray)
                || matches!(colour, Color::LightCyan | Color::LightYellow | Color::LightGreen)
        };
        assert!(!colours(Background::Light).any(faint_on_light));
        let faint_on_dark = |colour| {
            matches!(colour, Color::Blue | Color::Black | Color::DarkGray | Color::Red | Color::Magenta)
        };
        assert!(!colours(Background::Dark).any(faint_on_dark));
    }

    #[test]
    fn what_the_cursor_and_a_difference_mean_is_seen_without_colour() {
        let plain = Theme::new(false, true);
        assert!(plain.style(Role::Cursor).add_modifier.contains(Modifier::REVERSED));
        assert!(plain.style(Role::Differs).add_modifier.contains(Modifier::UNDERLINED));
        assert!(plain.style(Role::Unlike).add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn the_environment_chooses() {
        let theme = |pairs: &'static [(&str, &str)]| {
            Theme::from_environment(move |name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(theme(&[]).colours);
        assert!(!theme(&[("NO_COLOR", "1")]).colours);
        assert!(theme(&[("NO_COLOR", "")]).colours);
        assert_eq!(theme(&[("COLORFGBG", "0;15")]), Theme::new(true, true).on(Some(Background::Light)));
        assert!(!theme(&[("CLICOLOR", "0")]).colours);
        assert_eq!(theme(&[("LANG", "C")]).glyphs, ASCII);
        assert_eq!(theme(&[("LANG", "C"), ("LC_ALL", "de_DE.UTF-8")]).glyphs, UNICODE);
    }

    #[test]
    fn the_names_of_keys_are_in_the_characters_of_the_theme() {
        assert_eq!(Theme::new(true, true).own_words("k ↑"), "k ↑");
        assert_eq!(Theme::new(true, false).own_words("k ↑"), "k Up");
    }

    #[test]
    fn what_lanes_are_drawn_with_is_one_column_wide_and_tells_times_and_links_apart() {
        for (lanes, marks) in [(UNICODE_LANES, UNICODE), (ASCII_LANES, ASCII)] {
            let shapes = [lanes.occurred, lanes.alleged, lanes.scheduled, lanes.possible];
            let sure = [marks.occurred, marks.alleged, marks.scheduled, marks.possible];
            let bars = [marks.stretch, marks.unsure_stretch, lanes.narrowed];
            let straight = [lanes.lines[3], lanes.lines[12], lanes.dashed_across, lanes.dashed_down];
            let all =
                [&shapes[..], &bars, &straight, &[lanes.cut, lanes.label, lanes.down, lanes.up, lanes.apart]];
            for mark in all.into_iter().flatten().chain(&lanes.lines) {
                assert_eq!(crate::text::width(mark), 1, "{mark}");
            }
            let mut distinct: Vec<_> = [&shapes[..], &sure, &bars, &straight].concat();
            let count = distinct.len();
            distinct.sort_unstable();
            distinct.dedup();
            assert_eq!(distinct.len(), count);
        }
    }

    #[test]
    fn every_mark_is_one_column_wide() {
        for glyphs in [UNICODE, ASCII] {
            for mark in [
                glyphs.occurred,
                glyphs.alleged,
                glyphs.scheduled,
                glyphs.possible,
                glyphs.disputed,
                glyphs.alone,
                glyphs.possibly,
                glyphs.new,
                glyphs.changed,
                glyphs.gone,
                glyphs.verified,
                glyphs.not_verified,
                glyphs.held,
                glyphs.not_held,
                glyphs.cursor,
                glyphs.forth,
                glyphs.back,
                glyphs.bar,
                glyphs.stretch,
                glyphs.unsure_stretch,
                glyphs.narrowed,
                glyphs.open_left,
                glyphs.open_right,
                glyphs.tick,
                glyphs.unsure_tick,
                glyphs.here,
                glyphs.axis,
                glyphs.division,
                glyphs.branch,
                glyphs.last_branch,
                glyphs.trunk,
                glyphs.open_quote,
                glyphs.close_quote,
                glyphs.between,
                glyphs.more,
                glyphs.bookmark,
                glyphs.note,
                glyphs.read,
                glyphs.reread,
            ] {
                assert_eq!(crate::text::width(mark), 1, "{mark}");
            }
        }
    }
}
