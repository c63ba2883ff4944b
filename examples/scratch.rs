use dateline::story::{self, build, check, document::Document, guard};
use std::time::Instant;
fn cpu() -> f64 {
    let mut t = 0.0;
    for e in std::fs::read_dir("/proc/self/task").unwrap() {
        let s = std::fs::read_to_string(e.unwrap().path().join("schedstat")).unwrap_or_default();
        t += s.split(' ').next().and_then(|s| s.parse::<f64>().ok()).unwrap_or(0.0);
    }
    t / 1e9
}
fn rss() -> String {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    s.lines()
        .filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS"))
        .map(|l| l.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024)
        .map(|m| format!("{m} MB "))
        .collect()
}
fn time<T>(what: &str, f: impl FnOnce() -> T) -> T {
    let (c, w) = (cpu(), Instant::now());
    let r = f();
    println!("{what}: cpu {:.2} wall {:.2} (hwm, rss) {}", cpu() - c, w.elapsed().as_secs_f64(), rss());
    r
}
fn main() {
    let mut args = std::env::args().skip(1);
    let bytes = std::fs::read(args.next().unwrap()).unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    println!("{} MB {}", bytes.len() / 1_000_000, rss());
    match args.next().as_deref() {
        Some("ref") => {
            let text = std::str::from_utf8(&bytes).unwrap();
            time("reference", || drop(std::hint::black_box(Document::from_yaml(text))));
        }
        Some("phases") => {
            let text = std::str::from_utf8(&bytes).unwrap();
            println!("needed {}", time("needed", || guard::needed(text)));
            let document = time("from_yaml", || Document::from_yaml(text).unwrap());
            let (graph, _) = time("build", || build::build(document));
            let graph = graph.unwrap();
            println!("{}", time("check", || check::check(&graph, today)).len());
            for (code, rule) in check::RULES {
                let _ = (code, rule);
            }
            time("drop", || drop(graph));
        }
        _ => {
            let (graph, found) = time("read_all", || story::read_all(&bytes));
            let graph = graph.unwrap();
            println!("{} {}", found.len(), graph.event_count());
            println!("{}", time("check", || check::check(&graph, today)).len());
        }
    }
}
