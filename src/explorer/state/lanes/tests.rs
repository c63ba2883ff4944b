use proptest::prelude::*;

use super::*;

fn graph(events: &[(String, String)]) -> Graph {
    use std::fmt::Write as _;
    let mut yaml = "format: 1\nstory: {title: T}\nsources: [{id: s, title: S, kind: article}]\n".to_owned();
    yaml.push_str(if events.is_empty() { "events: []\n" } else { "events:\n" });
    for (place, (kind, rest)) in events.iter().enumerate() {
        writeln!(yaml, "  - {{id: e-{place}, title: E, status: occurred, sources: [s], kind: {kind}{rest}}}")
            .expect("a string");
    }
    crate::story::read(yaml.as_bytes()).expect("a story")
}

fn of(events: &[(&str, &str)], columns: usize) -> Geometry {
    let events: Vec<_> = events.iter().map(|(kind, rest)| ((*kind).to_owned(), (*rest).to_owned())).collect();
    let graph = graph(&events);
    Geometry::of(&graph, graph.chronology().order(), By::Kind, columns)
}

#[test]
fn precision_is_width_and_undated_events_stand_apart() {
    let geometry = of(
        &[
            ("leak", ", when: 2025-01-01"),
            ("leak", ", when: '2025-02'"),
            ("leak", ", when: 2025-04-10, when_basis: inferred"),
            ("leak", ", after: [e-0], before: [e-2]"),
            ("talk", ""),
            ("talk", ", after: [e-2]"),
        ],
        100,
    );
    let shapes: Vec<_> = (0..6).filter_map(|place| geometry.shape(place)).collect();
    let known: Vec<_> = shapes.iter().map(|shape| shape.known).collect();
    // In order of time: the day, what is after it, the month, the inferred day, what is after that, the undated.
    let expected =
        [Some(Known::Stated), Some(Known::Narrowed), Some(Known::Stated), Some(Known::Unsure), None, None];
    assert_eq!(known, expected);
    assert_eq!((shapes[0].from, shapes[0].to), (0, 0), "a day is a point");
    let month = shapes[2];
    assert!(month.from < month.mark && month.mark < month.to, "a month is a bar: {month:?}");
    let scale = geometry.scale.as_ref().expect("a scale");
    assert_eq!((shapes[1].from, shapes[1].to), (0, scale.columns() - 1), "all between the two days");
    assert!(shapes[4].mark >= geometry.undated_from && shapes[5].mark > shapes[4].mark);
    assert!(scale.columns() < geometry.undated_from);
    let leak = &geometry.rows[0];
    assert_eq!(
        leak.bars.iter().map(|bar| bar.known).collect::<Vec<_>>(),
        [Known::Narrowed, Known::Stated, Known::Narrowed]
    );
    assert_eq!(leak.count(), 4);
}

#[test]
fn several_events_on_one_column_are_one_mark_and_a_click_goes_round_them() {
    let day = ", when: 2025-01-05";
    let geometry = of(&[("leak", ", when: 2024-01-01"), ("leak", day), ("leak", day), ("leak", day)], 90);
    let row = &geometry.rows[0];
    let mark = row.marks.last().expect("a mark");
    assert_eq!(row.places(mark), [1, 2, 3]);
    let at = |here| geometry.place_at(0, mark.column, here);
    assert_eq!([at(0), at(1), at(2), at(3)], [Some(1), Some(2), Some(3), Some(1)]);
    assert_eq!(geometry.place_at(0, mark.column - 1, 0), None);
    assert_eq!(geometry.place_at(7, mark.column, 0), None);
}

#[test]
fn where_no_event_has_a_time_the_undated_have_all_the_room() {
    let geometry = of(&[("leak", ""), ("talk", "")], 80);
    assert_eq!((geometry.scale.is_none(), geometry.undated_from), (true, 0));
    assert_eq!(geometry.shape(1).map(|shape| shape.mark), Some(1));
    let empty = of(&[], 80);
    assert!(empty.rows.is_empty() && empty.lanes_of(0).is_empty() && empty.shape(0).is_none());
}

#[test]
fn the_fullest_lane_of_the_cursor_is_always_in_view_and_no_more_scrolls_than_must() {
    let events: Vec<_> =
        (0..20).map(|nth| (format!("kind-{nth}"), format!(", when: 2025-01-{:02}", nth + 1))).collect();
    let graph = graph(&events);
    let mut lanes = Lanes { by: Some(By::Kind), ..Lanes::default() };
    lanes.refresh(&graph, graph.chronology().order(), 0, 100);
    let mut tops = Vec::new();
    for place in [0, 5, 6, 7, 19, 14, 13, 0] {
        lanes.settle(place, 6);
        tops.push(lanes.top);
        let shown = lanes.shown(place, true, 7);
        assert!(shown.len() == 7 && shown.contains(&Shown::Links));
        let at = shown.iter().position(|row| *row == Shown::Links).expect("a row for links");
        assert_eq!(shown[at - 1], Shown::Lane(place), "below the lane of the cursor");
    }
    assert_eq!(tops, [0, 0, 1, 2, 14, 9, 8, 0]);
}

#[test]
fn lanes_are_laid_out_anew_only_for_another_list_another_grouping_or_another_width() {
    let graph = graph(&[("leak".to_owned(), ", when: 2025-01-01".to_owned())]);
    let events = graph.chronology().order();
    let mut lanes = Lanes { by: Some(By::Kind), ..Lanes::default() };
    lanes.refresh(&graph, events, 0, 100);
    let made = lanes.geometry.clone();
    lanes.refresh(&graph, &[], 0, 100);
    assert_eq!(lanes.geometry, made, "the same version is the same list");
    lanes.refresh(&graph, &[], 1, 100);
    assert_ne!(lanes.geometry, made);
    lanes.refresh(&graph, events, 2, 100);
    assert_eq!(lanes.geometry, made);
    lanes.refresh(&graph, events, 2, 99);
    assert_ne!(lanes.geometry, made);
    lanes.by = None;
    lanes.refresh(&graph, events, 2, 99);
    assert_eq!(lanes.geometry, Geometry::default(), "a list keeps no lanes");
}

fn any_event() -> impl Strategy<Value = (String, String)> {
    let time = prop_oneof![
        Just(String::new()),
        (1900..2100_i32).prop_map(|year| format!(", when: '{year}'")),
        (2024..2026_i32, 1..13_u32).prop_map(|(year, month)| format!(", when: '{year}-{month:02}~'")),
        (1..29_u32).prop_map(|day| format!(", when: 2025-11-{day:02}, when_basis: inferred")),
        (1..29_u32).prop_map(|day| format!(", when: '2025-11-{day:02}/..'")),
        (0..24_u32).prop_map(|hour| format!(", when: '2025-11-14T{hour:02}:30'")),
        Just(", after: [e-0]".to_owned()),
    ];
    ("[a-c]", time)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_stays_inside_any_width_and_every_event_has_a_mark(
        rest in proptest::collection::vec(any_event(), 0..40),
        columns in 0_usize..300,
        by in proptest::sample::select(By::ALL),
    ) {
        let mut events = vec![("a".to_owned(), ", when: '1850'".to_owned())];
        events.extend(rest);
        let graph = graph(&events);
        let order = graph.chronology().order();
        let geometry = Geometry::of(&graph, order, by, columns);
        prop_assert!(geometry.undated_from <= geometry.field);
        prop_assert!(geometry.field == 0 || geometry.names + geometry.counts + 3 + geometry.field <= columns);
        if let Some(scale) = &geometry.scale {
            prop_assert!(scale.columns() <= geometry.undated_from);
        }
        for place in 0..order.len() {
            let shape = geometry.shape(place).expect("a shape");
            prop_assert!(shape.from <= shape.mark && shape.mark <= shape.to);
            prop_assert!(shape.to < geometry.field.max(1));
            let undated = shape.known.is_none();
            prop_assert!(geometry.field < 12 || undated == (shape.mark >= geometry.undated_from));
            let lanes = geometry.lanes_of(place);
            prop_assert!(!lanes.is_empty() && lanes.is_sorted());
            for lane in lanes {
                let row = &geometry.rows[*lane];
                let mark = row.mark_at(shape.mark).expect("a mark");
                prop_assert!(row.places(mark).contains(&place));
            }
        }
        for row in &geometry.rows {
            prop_assert!(row.marks.is_sorted_by(|one, other| one.column < other.column));
            prop_assert!(row.bars.is_sorted_by(|one, other| one.to < other.from));
            prop_assert!(row.bars.iter().all(|bar| bar.to < geometry.field));
        }
    }
}
