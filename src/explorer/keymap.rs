//! The one key table: dispatch, the hint bar, help, the palette and `docs/keys.md` all read it.
//!
//! Imports `key` only.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::key::Key;

/// Where the reader is, as far as keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere but in a text field.
    Anywhere,
    /// While a long story is read.
    Loading,
    /// The panes.
    Browse,
    /// The compare view.
    Compare,
    /// A list or card that covers the panes: disputes, an actor, a source, the reasons for a time.
    Cover,
    /// Disputes against sources.
    Matrix,
    /// A source's text.
    Text,
    /// The help.
    Help,
    /// The finder and the palette.
    Find,
    /// The field of a filter.
    Filter,
    /// The field of a view's name.
    Naming,
    /// The field of a note.
    Note,
    /// Every text field; what is no command types.
    Typing,
}

impl Scope {
    /// Every scope, in the order the help shows them.
    pub const ALL: &'static [Self] = &[
        Self::Browse,
        Self::Compare,
        Self::Matrix,
        Self::Cover,
        Self::Text,
        Self::Find,
        Self::Filter,
        Self::Naming,
        Self::Note,
        Self::Typing,
        Self::Help,
        Self::Loading,
        Self::Anywhere,
    ];

    /// The heading of this scope in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Everywhere",
            Self::Loading => "While a long story is read",
            Self::Browse => "Timeline and panes",
            Self::Compare => "Comparing accounts",
            Self::Matrix => "The matrix of disputes and sources",
            Self::Cover => "Lists and cards",
            Self::Text => "Reading a source's text",
            Self::Help => "Help",
            Self::Find => "Finder and palette",
            Self::Filter => "Filter field",
            Self::Naming => "Name of a view",
            Self::Note => "Writing a note",
            Self::Typing => "Every text field",
        }
    }

    /// Whether plain characters type here.
    pub fn types(self) -> bool {
        matches!(self, Self::Find | Self::Filter | Self::Naming | Self::Note | Self::Typing)
    }

    /// The scopes whose keys hold here, the nearest first.
    fn holding(self) -> impl Iterator<Item = Self> {
        let typing = (self.types() && self != Self::Typing).then_some(Self::Typing);
        let anywhere = (self != Self::Anywhere).then_some(Self::Anywhere);
        std::iter::once(self).chain(typing).chain(anywhere)
    }
}

macro_rules! commands {
    ($($command:ident, $scope:ident, $keys:expr, $hint:literal, $help:literal;)+) => {
        /// Something the reader can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = $help] $command,)+
        }

        /// Every command with its keys and its words, in the order of the help.
        pub const TABLE: &[Binding] = &[
            $(Binding {
                command: Command::$command,
                scope: Scope::$scope,
                keys: &$keys,
                hint: $hint,
                help: $help,
            },)+
        ];
    };
}

/// A row of the key table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What it does.
    pub command: Command,
    /// Where it does it.
    pub scope: Scope,
    /// Its keys, each in the notation of [`Key::parse_sequence`]; the first is the one hints show.
    pub keys: &'static [&'static str],
    /// One or two words for the hint bar; empty keeps it out of there.
    pub hint: &'static str,
    /// What it does, in a line, for help and palette.
    pub help: &'static str,
}

commands! {
    NextEvent, Browse, ["j", "down"], "next", "next event, or next entry of the pane; 5j moves by five";
    PreviousEvent, Browse, ["k", "up"], "", "previous event, or previous entry of the pane";
    CompareEvent, Browse, ["c"], "compare", "compare the accounts of this event side by side";
    CompareOthers, Browse, ["d"], "", "compare the two just picked, else what an actor said, else this event's accounts by source";
    Pick, Browse, ["space"], "", "pick this statement or market move, to be compared with a second; again drops it";
    ListDisputes, Browse, ["C"], "disputes", "list all disputes";
    Life, Browse, ["L"], "", "the life of an allegation: its stages as they were said, and as they were published";
    Why, Browse, ["w"], "", "why the event's time is what it is, step by step";
    FindActor, Browse, ["/"], "find", "find an actor, event, statement or source by a few letters";
    FilterEvents, Browse, ["f"], "filter", "filter the timeline: kind:market, said:\"completely false\", status:alleged or disputed:yes";
    ListViews, Browse, ["F"], "", "list the views, filters that have a name";
    NextPane, Browse, ["tab", "l", "right"], "pane", "next pane";
    PreviousPane, Browse, ["shift-tab", "h", "left"], "", "previous pane";
    Open, Browse, ["enter"], "open", "open what the cursor is on: a statement's words in the source's text, a card, a link, a dispute";
    FirstEvent, Browse, ["g g", "home"], "", "first event, or the top of the pane";
    LastEvent, Browse, ["G", "end"], "", "last event, or the end of the pane; 12G goes to the twelfth event";
    HalfPageDown, Browse, ["ctrl-d"], "", "half a page down";
    HalfPageUp, Browse, ["ctrl-u"], "", "half a page up";
    PageDown, Browse, ["pgdn", "ctrl-f"], "", "a page down";
    PageUp, Browse, ["pgup", "ctrl-b"], "", "a page up";
    SourceText, Browse, ["s"], "", "read the text of the source at the words of the statement or the figure";
    Zoom, Browse, ["z"], "zoom", "show this pane alone, or all of them again";
    Lanes, Browse, ["v"], "lanes", "lay the timeline out in lanes by actor, by kind, by source, and as a list again";
    NextFound, Browse, ["n"], "", "next event of what was found";
    PreviousFound, Browse, ["N"], "", "previous event of what was found";
    ClearFilter, Browse, ["esc"], "", "clear what is typed, then the filter";
    NextDispute, Browse, ["]"], "", "compare the next dispute";
    PreviousDispute, Browse, ["["], "", "compare the previous dispute";
    LinkForth, Browse, [")"], "", "follow a link to the event it points to";
    LinkBack, Browse, ["("], "", "follow a link back to the event it comes from";
    VisitedBack, Browse, ["{"], "", "back to the event visited before";
    VisitedForth, Browse, ["}"], "", "forth again through what was visited";
    Today, Browse, ["t"], "", "the event nearest to today; again for the next scheduled one";
    RelativeTimes, Browse, ["T"], "", "show how far events are from today and from the one before, or hide it";
    ToggleBookmark, Browse, ["m"], "", "set a bookmark on this event, statement or market move, or remove it";
    EditNote, Browse, ["i"], "", "write a note on this event, statement or market move";
    MarkRead, Browse, ["u"], "", "take this event for read, or for unread";
    NextUnread, Browse, ["U"], "", "the next event that is not read, or was changed since";
    StripCloser, Browse, ["+", "="], "", "show less time on the strip, around this event; down to an hour a column";
    StripWider, Browse, ["-"], "", "show more time on the strip; in the end all of it";
    ScrollDown, Compare, ["j", "down"], "scroll", "scroll down";
    ScrollUp, Compare, ["k", "up"], "", "scroll up";
    NextComparison, Compare, ["]", "c"], "next dispute", "next dispute";
    PreviousComparison, Compare, ["["], "previous", "previous dispute";
    ComparedOpen, Compare, ["enter"], "open", "read the source's text at the words of this account, or else go to its event; 2 and Enter for account 2";
    ComparedText, Compare, ["s"], "text", "read the source's text at the words of this account; 2s at those of account 2";
    ComparedEvent, Compare, ["E"], "event", "go to the event of this account, 2E to that of account 2; Esc there comes back";
    NextColumn, Compare, ["l", "right"], "column", "next position, source or statement";
    PreviousColumn, Compare, ["h", "left"], "", "the one before";
    NextAccount, Compare, ["tab"], "account", "next account of this column";
    PreviousAccount, Compare, ["shift-tab"], "", "previous account of this column";
    CompareZoom, Compare, ["z"], "zoom", "this column alone, or all of them again";
    CompareOther, Compare, ["d"], "other", "compare otherwise: positions, the two picked, an event by source, what an actor said";
    ComparePick, Compare, ["space"], "", "pick this account, to be compared with a second; again drops it";
    CompareTop, Compare, ["g g", "home"], "", "top";
    CompareEnd, Compare, ["G", "end"], "", "end";
    ComparePageDown, Compare, ["pgdn", "ctrl-d", "ctrl-f"], "", "a page down";
    ComparePageUp, Compare, ["pgup", "ctrl-u", "ctrl-b"], "", "a page up";
    CompareList, Compare, ["C"], "all", "list all disputes";
    CompareLife, Compare, ["L"], "life", "the life of the allegation in this dispute";
    LeaveComparison, Compare, ["esc"], "back", "back to the panes";
    MatrixDown, Matrix, ["j", "down"], "dispute", "next dispute";
    MatrixUp, Matrix, ["k", "up"], "", "previous dispute";
    MatrixRight, Matrix, ["l", "right", "tab"], "source", "next source";
    MatrixLeft, Matrix, ["h", "left", "shift-tab"], "", "previous source";
    NextDifference, Matrix, ["n", "]"], "difference", "next cell that differs from what most sources hold";
    PreviousDifference, Matrix, ["N", "["], "", "the cell before that differs";
    MatrixOpen, Matrix, ["enter"], "compare", "compare the accounts of this dispute, at that of this source";
    MatrixText, Matrix, ["s"], "text", "read the text of this source at the words by which it takes its position here";
    MatrixTop, Matrix, ["g g", "home"], "", "first dispute";
    MatrixEnd, Matrix, ["G", "end"], "", "last dispute";
    MatrixPageDown, Matrix, ["pgdn", "ctrl-d", "ctrl-f", "space"], "", "a page down";
    MatrixPageUp, Matrix, ["pgup", "ctrl-u", "ctrl-b"], "", "a page up";
    LeaveMatrix, Matrix, ["esc"], "back", "back";
    CoverDown, Cover, ["j", "down"], "next", "next entry";
    CoverUp, Cover, ["k", "up"], "previous", "previous entry";
    CoverOpen, Cover, ["enter"], "open", "open the entry";
    CoverEvent, Cover, ["E"], "", "go to the event of the entry; Esc there comes back";
    CoverText, Cover, ["s"], "", "read the text of the source, or of that of the statement";
    CoverLife, Cover, ["L"], "", "the life of the allegation in this entry's dispute; there the other order";
    CoverOther, Cover, ["d"], "", "compare the two just picked, else what this actor said, else the event's accounts by source";
    CoverPick, Cover, ["space"], "", "pick this statement or market move, to be compared with a second; again drops it";
    CoverTop, Cover, ["g g", "home"], "", "first entry";
    CoverEnd, Cover, ["G", "end"], "", "last entry";
    CoverPageDown, Cover, ["pgdn", "ctrl-d", "ctrl-f"], "", "a page down";
    CoverPageUp, Cover, ["pgup", "ctrl-u", "ctrl-b"], "", "a page up";
    SaveFilter, Cover, ["w"], "save", "in the list of views: give the filter in force a name and save it";
    CoverBookmark, Cover, ["m"], "", "set a bookmark on this entry, or remove it";
    CoverNote, Cover, ["i"], "", "write a note on this entry";
    LeaveCover, Cover, ["esc"], "back", "back";
    TextDown, Text, ["j", "down"], "scroll", "scroll down";
    TextUp, Text, ["k", "up"], "", "scroll up";
    SearchText, Text, ["/"], "search", "look for words in this text";
    NextPassage, Text, ["n"], "next place", "the next place of what is looked for, or of the words the text was opened for";
    PreviousPassage, Text, ["N"], "", "the place before";
    TextTop, Text, ["g g", "home"], "", "the beginning";
    TextEnd, Text, ["G", "end"], "", "the end";
    TextPageDown, Text, ["pgdn", "ctrl-d", "ctrl-f", "space"], "", "a page down";
    TextPageUp, Text, ["pgup", "ctrl-u", "ctrl-b"], "", "a page up";
    LeaveText, Text, ["esc"], "back", "back";
    Accept, Find, ["enter"], "take", "filter the timeline to an actor or source, go to an event or statement, run a command";
    NextKind, Find, ["tab"], "actors, events …", "on to actors, events, statements, sources";
    PreviousKind, Find, ["shift-tab"], "", "back through actors, events, statements, sources";
    NextMatch, Find, ["down", "ctrl-n"], "next", "next match";
    PreviousMatch, Find, ["up", "ctrl-p"], "", "previous match";
    ApplyFilter, Filter, ["enter"], "filter", "take the completion picked, else filter the timeline";
    NextCompletion, Filter, ["tab", "down", "ctrl-n"], "complete", "pick the next completion";
    PreviousCompletion, Filter, ["shift-tab", "up", "ctrl-p"], "", "pick the completion before, or none";
    SaveView, Naming, ["enter"], "save", "save the view under this name";
    LeaveNote, Note, ["esc"], "save", "save the note and go back; an empty one is removed";
    SaveNote, Note, ["ctrl-s"], "", "save the note and go on writing";
    DropNote, Note, ["ctrl-x"], "leave it", "go back and leave the note as it was saved last";
    NewLine, Note, ["enter"], "", "a new line";
    NoteUp, Note, ["up", "ctrl-p"], "", "a row up";
    NoteDown, Note, ["down", "ctrl-n"], "", "a row down";
    NotePageUp, Note, ["pgup"], "", "a page up";
    NotePageDown, Note, ["pgdn"], "", "a page down";
    NoteWordLeft, Note, ["ctrl-left"], "", "to the start of the word before";
    NoteWordRight, Note, ["ctrl-right"], "", "to the end of the word after";
    NoteStart, Note, ["ctrl-home"], "", "to the start of the note";
    NoteEnd, Note, ["ctrl-end"], "", "to the end of the note";
    CursorLeft, Typing, ["left", "ctrl-b"], "", "one character to the left";
    CursorRight, Typing, ["right", "ctrl-f"], "", "one character to the right";
    CursorStart, Typing, ["home", "ctrl-a"], "", "to the start";
    CursorEnd, Typing, ["end", "ctrl-e"], "", "to the end";
    EraseNext, Typing, ["delete", "ctrl-d"], "", "erase the character at the cursor";
    EraseWord, Typing, ["ctrl-w"], "", "erase the word before the cursor";
    EraseToStart, Typing, ["ctrl-u"], "", "erase all before the cursor";
    EraseToEnd, Typing, ["ctrl-k"], "", "erase all from the cursor on";
    LeaveField, Typing, ["esc"], "back", "back, leaving the timeline as it was";
    HelpDown, Help, ["j", "down"], "scroll", "scroll down";
    HelpUp, Help, ["k", "up"], "", "scroll up";
    HelpTop, Help, ["g g", "home"], "", "top";
    HelpEnd, Help, ["G", "end"], "", "end";
    HelpPageDown, Help, ["pgdn", "ctrl-d", "ctrl-f", "space"], "", "a page down";
    HelpPageUp, Help, ["pgup", "ctrl-u", "ctrl-b"], "", "a page up";
    LeaveHelp, Help, ["esc"], "back", "back";
    LeaveLoading, Loading, ["esc"], "quit", "quit, as q and Ctrl-c do here too";
    Matrix, Anywhere, ["M"], "", "the matrix: which source says what in which dispute, and who stands alone; M again goes back";
    Provenance, Anywhere, ["p"], "origins", "whence it is known: the sources of what the cursor is on, or of the event, down to the origins";
    Replies, Anywhere, ["R"], "", "the right of reply: what is alleged or recommended against whom, and what they said to it";
    Findings, Anywhere, ["!"], "", "what is wrong with the story's file, and what changed in it; ! again goes back";
    Reread, Anywhere, ["ctrl-r"], "", "read the story's file again; a change of it is taken in without that";
    ListMarks, Anywhere, ["'"], "", "your bookmarks and notes; ' again goes back";
    OpenPage, Anywhere, ["o"], "", "show where the source of what the cursor is on leads on the web; there Enter opens it";
    Copy, Anywhere, ["y"], "", "copy a citation of what the cursor is on; a dispute that was found, as YAML";
    Edit, Anywhere, ["e"], "", "open the story's file in your editor, at what the cursor is on";
    AsOf, Anywhere, ["a"], "as-of", "look back to a moment: what could have been known then";
    PublicationBack, Anywhere, ["<"], "", "look back to the publication before";
    PublicationForth, Anywhere, [">"], "", "on to the publication after, and after the last one to now";
    Possibly, Anywhere, ["P"], "", "looking back, hide what was only possibly known, or show it again";
    Now, Anywhere, ["A"], "", "back to now, from looking back";
    Help, Anywhere, ["?"], "help", "this help, or back from it";
    Palette, Anywhere, [":"], "", "find a command by its words and run it";
    Suspend, Anywhere, ["ctrl-z"], "", "hand the terminal back to the shell; fg returns";
    Redraw, Anywhere, ["ctrl-l"], "", "draw the whole screen anew";
    Quit, Anywhere, ["q", "ctrl-c"], "quit", "quit";
}

impl Command {
    /// The table's row of this command.
    pub fn binding(self) -> &'static Binding {
        // Every variant is made from a row, so a row is always found; the first stands in for the impossible.
        TABLE.iter().find(|binding| binding.command == self).unwrap_or(&TABLE[0])
    }
}

/// What a run of keys comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// A command.
    Command(Command),
    /// The start of one.
    Prefix,
    /// Nothing.
    Unbound,
}

/// The key table, ready for look-ups.
#[derive(Debug, Clone)]
pub struct Keymap(Arc<Bound>);

#[derive(Debug)]
struct Bound {
    bound: HashMap<(Scope, Vec<Key>), Command>,
    prefixes: std::collections::HashSet<(Scope, Vec<Key>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        // Whoever asks first reads the table for all: it is one and the same.
        static READ: LazyLock<Arc<Bound>> = LazyLock::new(|| Arc::new(Bound::read()));
        Self(Arc::clone(&READ))
    }
}

impl Bound {
    /// The key table, read.
    fn read() -> Self {
        let mut keymap = Self { bound: HashMap::new(), prefixes: std::collections::HashSet::new() };
        for binding in TABLE {
            for notation in binding.keys {
                // A test loops over the table: every notation in it reads.
                let keys = Key::parse_sequence(notation).unwrap_or_default();
                for end in 1..keys.len() {
                    keymap.prefixes.insert((binding.scope, keys[..end].to_vec()));
                }
                keymap.bound.insert((binding.scope, keys), binding.command);
            }
        }
        keymap
    }
}

impl Keymap {
    /// What `keys`, pressed one after the other, come to in `scope`. What is bound everywhere holds too, except
    /// that in a text field plain characters type.
    pub fn look_up(&self, scope: Scope, keys: &[Key]) -> Lookup {
        let types = scope.types()
            && keys.iter().any(|key| !key.ctrl && matches!(key.code, super::key::KeyCode::Char(_)));
        if types {
            return Lookup::Unbound;
        }
        for scope in scope.holding() {
            let entry = (scope, keys.to_vec());
            if let Some(command) = self.0.bound.get(&entry) {
                return Lookup::Command(*command);
            }
            if self.0.prefixes.contains(&entry) {
                return Lookup::Prefix;
            }
        }
        Lookup::Unbound
    }
}

/// The keys of a binding as the reader sees them: `j ↓`.
pub fn shown_keys(binding: &Binding) -> Vec<String> {
    binding
        .keys
        .iter()
        .map(|notation| {
            Key::parse_sequence(notation).unwrap_or_default().iter().map(ToString::to_string).collect()
        })
        .collect()
}

/// The bindings that hold in a scope: its own, then those of every text field where it is one, then those that hold
/// everywhere.
pub fn bindings_in(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    scope.holding().flat_map(|holding| TABLE.iter().filter(move |binding| binding.scope == holding))
}

/// The key table as a page of Markdown: `docs/keys.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Keys\n\nMade from the key table in `src/explorer/keymap.rs`; a test holds this page to it.\n\
         A number before a key repeats it or names a place: `5j`, `12G`.\n",
    );
    for scope in Scope::ALL {
        page.push_str("\n## ");
        page.push_str(scope.title());
        page.push_str("\n\n| keys | what it does |\n|---|---|\n");
        for binding in TABLE.iter().filter(|binding| binding.scope == *scope) {
            let keys: Vec<_> = shown_keys(binding).iter().map(|keys| format!("`{keys}`")).collect();
            page.push_str("| ");
            page.push_str(&keys.join(" "));
            page.push_str(" | ");
            page.push_str(binding.help);
            page.push_str(" |\n");
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binding_reads_and_none_hides_another() {
        let mut seen = HashMap::new();
        for binding in TABLE {
            assert!(!binding.keys.is_empty(), "{:?} has no key", binding.command);
            assert!(!binding.help.is_empty(), "{:?} has no help", binding.command);
            for notation in binding.keys {
                let keys = Key::parse_sequence(notation).unwrap_or_else(|| panic!("{notation}"));
                let earlier = seen.insert((binding.scope, keys.clone()), binding.command);
                assert_eq!(earlier, None, "{notation} stands twice in {:?}", binding.scope);
                assert!(
                    !(matches!(binding.scope, Scope::Find | Scope::Filter | Scope::Naming)
                        && TABLE
                            .iter()
                            .any(|other| { other.scope == Scope::Typing && other.keys.contains(notation) })),
                    "{notation} hides what every text field does"
                );
                assert!(
                    binding.scope == Scope::Anywhere || !seen.contains_key(&(Scope::Anywhere, keys)),
                    "{notation} hides what holds everywhere"
                );
            }
        }
        for (scope, keys) in seen.keys() {
            for end in 1..keys.len() {
                assert!(
                    !seen.contains_key(&(*scope, keys[..end].to_vec())),
                    "{keys:?} can never be finished"
                );
            }
        }
    }

    #[test]
    fn every_binding_is_found_by_its_keys() {
        let keymap = Keymap::default();
        for binding in TABLE {
            for notation in binding.keys {
                let keys = Key::parse_sequence(notation).expect("keys");
                assert_eq!(keymap.look_up(binding.scope, &keys), Lookup::Command(binding.command));
                for end in 1..keys.len() {
                    assert_eq!(keymap.look_up(binding.scope, &keys[..end]), Lookup::Prefix);
                }
            }
        }
    }

    #[test]
    fn in_a_text_field_characters_type() {
        let keymap = Keymap::default();
        let key = |notation| vec![Key::parse(notation).expect("a key")];
        assert_eq!(keymap.look_up(Scope::Find, &key("q")), Lookup::Unbound);
        assert_eq!(keymap.look_up(Scope::Find, &key("?")), Lookup::Unbound);
        assert_eq!(keymap.look_up(Scope::Find, &key("ctrl-c")), Lookup::Command(Command::Quit));
    }

    #[test]
    fn the_page_of_keys_is_the_table() {
        let place = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
        if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
            std::fs::write(place, markdown()).expect("docs/keys.md is written");
        }
        let written = std::fs::read_to_string(place).expect("docs/keys.md");
        assert_eq!(
            written.replace("\r\n", "\n"),
            markdown(),
            "run `DATELINE_WRITE_DOCS=1 cargo test --lib the_page_of_keys` to make docs/keys.md anew"
        );
    }
}
