#!/bin/sh
# Finding beside `fzf --filter` on the same names: `benches/compare.sh [COUNT]`, from the root of the project.
# fzf starts and reads the names for every query; what that alone takes is told first.
set -eu
count=${1:-100000}
command -v fzf >/dev/null || { echo "fzf is not installed" >&2; exit 2; }
names=$(mktemp)
trap 'rm -f "$names"' EXIT
cargo run --quiet --release --example names -- "$count" >"$names"
milliseconds() {
    best=
    for _ in 1 2 3 4 5; do
        began=$(date +%s%N)
        "$@" <"$names" >/dev/null || true
        taken=$((($(date +%s%N) - began) / 10000))
        if [ -z "$best" ] || [ "$taken" -lt "$best" ]; then best=$taken; fi
    done
    echo "$((best / 100)).$(printf %02d $((best % 100))) ms"
}
echo "$(wc -l <"$names") names of $count candidates; the best of five runs"
echo "fzf, reading only (a query that no letter of which occurs): $(milliseconds fzf --filter '‽')"
for query in a an byd "people's lib" zzzz; do
    echo "fzf --filter '$query': $(milliseconds fzf --filter "$query")"
done
echo "dateline, names taken in before as the explorer does:"
cargo bench --quiet --bench finding -- "finding/key/.*/$count" 2>/dev/null | grep -E "time:|actors"
