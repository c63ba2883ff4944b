//! Where sources can be read on the web: each address with the host it really leads to, before anything is opened.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::state::web::{Page, WebView};
use super::super::theme::Role;
use super::statement::source_label;
use crate::story::web_address::WebAddress;

pub(super) fn sheet(state: &State, web: &WebView, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    sheet.line(0, Role::Quiet, "Enter hands the address to your browser, y copies it, Esc does neither.");
    for page in &web.pages {
        sheet.gap();
        entry(&mut sheet, state, page);
    }
    sheet
}

fn entry(sheet: &mut Sheet, state: &State, page: &Page) {
    let source = state.graph.source(page.source);
    sheet.begin_entry(Target::Source(page.source));
    let label = source_label(state, source);
    sheet.line(0, Role::Speaker, &label);
    if source.publisher.is_some() {
        sheet.line(2, Role::Quiet, &source.title);
    }
    match &page.address {
        Ok(address) => destination(sheet, address),
        Err(why) => {
            sheet.line(2, Role::Fault, &format!("not opened: {why}"));
            sheet.line(2, Role::Quiet, source.url.as_deref().unwrap_or_default());
        }
    }
    sheet.end_entry();
}

fn destination(sheet: &mut Sheet, address: &WebAddress) {
    sheet.runs(2, 4, &[("goes to ", Role::Quiet), (address.host(), Role::Heading)]);
    if let Some(written) = address.host_as_written() {
        sheet.line(2, Role::Fault, &format!("! the story writes {written}, which is that host"));
    }
    if address.is_near() {
        sheet.line(2, Role::Fault, "! that is this machine or its own network, not the web");
    }
    sheet.line(2, Role::Text, address.as_str());
}
