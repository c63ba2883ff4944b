//! Opening a story, beside its reference in the same run: one `serde_yaml::from_str` of the text into the structs of the
//! format. Larger stories and memory: `examples/opening.rs`. How to read it: `benches/README.md`.

use std::hint::black_box;
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline::story::document::Document;
use dateline::story::{self, check, guard, pieces};

#[path = "generator/story.rs"]
mod generator;

use generator::Size;

fn opening(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("opening");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(4));
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    for events in [1_000, 10_000] {
        let text = generator::text(Size::of_events(events));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("reference", events), &text, |bencher, text| {
            bencher.iter_with_large_drop(|| Document::from_yaml(black_box(text)));
        });
        group.bench_with_input(BenchmarkId::new("read", events), &text, |bencher, text| {
            bencher.iter_with_large_drop(|| story::read_all(black_box(text.as_bytes())));
        });
        group.bench_with_input(BenchmarkId::new("guard", events), &text, |bencher, text| {
            bencher.iter(|| guard::needed(black_box(text)));
        });
        group.bench_with_input(BenchmarkId::new("pieces", events), &text, |bencher, text| {
            bencher.iter_with_large_drop(|| pieces::of(black_box(text)));
        });
        let graph = story::read(text.as_bytes()).ok();
        group.bench_with_input(BenchmarkId::new("check", events), &graph, |bencher, graph| {
            bencher
                .iter_with_large_drop(|| graph.as_ref().map(|graph| check::check(black_box(graph), today)));
        });
    }
    group.finish();
}

criterion_group!(benches, opening);
criterion_main!(benches);
