//! An empty ratatui program, which `examples/start.rs` sets beside dateline: it takes the terminal, draws one frame with
//! one paragraph, and waits for `q`.

use std::io;

use crossterm::event::{self, Event, KeyCode};
use ratatui::widgets::Paragraph;

fn main() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let ended = terminal.draw(|frame| frame.render_widget(Paragraph::new("an empty program"), frame.area()));
    let ended = ended.map(|_| ()).and_then(|()| {
        loop {
            if let Event::Key(key) = event::read()?
                && key.code == KeyCode::Char('q')
            {
                return Ok(());
            }
        }
    });
    ratatui::try_restore().and(ended)
}
