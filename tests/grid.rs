//! A text is as wide as ratatui's cells make it: where the two count differently, borders are torn.

use dateline::text;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns ratatui gives a text.
fn laid_out(words: &str, columns: u16) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 1));
    let (end, _) = buffer.set_stringn(0, 0, words, columns.into(), Style::new());
    end.into()
}

#[test]
fn every_character_made_safe_has_a_width_and_it_is_that_of_its_cells() {
    // Between these planes nothing is assigned; past them all is for private use.
    let assigned = ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}').chain('\u{f0000}'..='\u{f00ff}');
    for character in assigned {
        let raw = character.to_string();
        let safe = text::safe_line(&raw);
        let columns = laid_out(&safe, 16);
        assert_eq!(columns, text::width(&safe), "{character:?}");
        assert!(columns > 0, "{character:?} would not be seen");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_made_safe_is_as_wide_as_its_cells(raw in any::<String>()) {
        let safe = text::safe_line(&raw);
        prop_assert_eq!(laid_out(&safe, 4000), text::width(&safe));
    }

    #[test]
    fn so_are_clusters_of_joiners_marks_flags_and_kana(raw in "[a\u{301}\u{200d}👩👧🏽🚀🇩🇪漢ｶﾞ\u{fe0f}❤ันี\u{1100}\u{1161}\u{11a8} ]{0,40}") {
        let safe = text::safe_line(&raw);
        prop_assert_eq!(laid_out(&safe, 4000), text::width(&safe));
    }

    #[test]
    fn what_is_truncated_or_padded_is_as_wide_as_asked(raw in any::<String>(), columns in 0_u16..60) {
        let safe = text::safe_line(&raw);
        let asked = usize::from(columns);
        prop_assert!(laid_out(&text::truncate(&safe, asked), 4000) <= asked);
        prop_assert_eq!(laid_out(&text::pad(&safe, asked), 4000), asked);
    }
}
