#!/usr/bin/env bash
# Measures all that `benches/README.md` tells and writes its figures anew, between the two marks:
# `benches/table.sh [PART …]`, from any folder; without a part, all of them. What is not measured keeps its figures.
# Nothing else should run meanwhile. All parts take about half an hour on two cores, and a million events 8 GiB of memory.
#
#   opening    examples/opening: reading and checking beside serde_yaml, the cache, memory; up to a million events
#   start      examples/start: from the start of the program to the first frame, and to the story
#   finding    cargo bench --bench finding
#   drawing    cargo bench --bench drawing, up to a million events
#   counts     instructions, where valgrind and gungraun-runner are
#   compare    what one would otherwise pick, where it is installed
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readme=benches/README.md
parts=("$@")
[[ ${#parts[@]} -gt 0 ]] || parts=(opening start finding drawing counts compare)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo build --quiet --release --locked --bins --examples
built=$(realpath "${CARGO_TARGET_DIR:-target}")/release

machine() {
    local model memory
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
    memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
    printf 'Measured on %s at %s with %s, on %s cores (%s) with %s; the load before it was %s.\n' \
        "$(date +%F)" "$(git rev-parse --short HEAD)" "$(rustc --version | cut -d' ' -f1,2)" "$(nproc)" "$model" "$memory" \
        "$(cut -d' ' -f1 /proc/loadavg)"
}

# The rows that a part printed of what is asked. What else it prints is for those who run it by themselves.
tell() {
    local rows
    rows=$(sed -n 's/^row: //p' "$folder/out")
    if [[ -n $rows ]]; then
        printf '| asked for | measured | reached |\n|---|---|---|\n%s\n\n' "$rows"
    fi
}

opening() {
    "$built/examples/opening" 1000 10000 100000 1000000 >"$folder/out"
    tell
    echo '| events | MB | reference | reading = ratio | and rules = ratio | memory: reference | reading | and rules | a second time = ratio to reading | memory | keeping it |'
    echo '|---|---|---|---|---|---|---|---|---|---|---|'
    grep -v '^row: ' "$folder/out"
}

start() {
    "$built/examples/generate" 100000 >"$folder/story.yaml"
    "$built/examples/start" 9 "$folder/story.yaml" >"$folder/out"
    rm "$folder/story.yaml"
    tell
    grep -v '^row: ' "$folder/out"
}

finding() {
    cargo bench --quiet --locked --bench finding >"$folder/out" 2>/dev/null
    tell
}

drawing() {
    DATELINE_EVENTS=1000000 cargo bench --quiet --locked --bench drawing >"$folder/out" 2>/dev/null
    tell
}

counts() {
    local runner
    if ! command -v valgrind >/dev/null || ! runner=${GUNGRAUN_RUNNER:-$(command -v gungraun-runner)}; then
        echo 'Not measured: valgrind or gungraun-runner is not installed.'
        return
    fi
    GUNGRAUN_RUNNER=$runner DATELINE_COUNTS=unlimited \
        cargo bench --quiet --locked --profile counted --package counting >"$folder/out" 2>/dev/null
    echo '| | instructions | at most |'
    echo '|---|---|---|'
    sed -E 's/\x1b\[[0-9;]*m//g' "$folder/out" | awk '
        /^counts::all::/ { sub(/^counts::all::/, ""); what = $1 }
        /Instructions:/ { split($2, counts, "|"); printf "%s %s\n", what, counts[1] }' |
        while read -r what count; do
            most=$(awk -v what="$what" '
                /library_benchmark\(/ { match($0, /at_most\([0-9_]+/); most = substr($0, RSTART + 8, RLENGTH - 8) }
                $0 ~ "^fn " what "\\(" { gsub("_", "", most); print int(most / 5) * 6; exit }' \
                benches/counting/benches/counts.rs)
            printf '| %s | %s | %s |\n' "$what" "$count" "$most"
        done
}

compare() {
    echo '| | the best of three |'
    echo '|---|---|'
    benches/compare.sh 10000 100000
}

for part in "${parts[@]}"; do
    echo "$part" >&2
    { machine; echo; "$part"; } >"$folder/part"
    # What stands between the marks of the part is replaced.
    awk -v part="$part" -v file="$folder/part" '
        $0 == "<!-- " part " -->" { print; print ""; while ((getline line < file) > 0) print line; print ""; skipping = 1; next }
        $0 == "<!-- /" part " -->" { skipping = 0 }
        !skipping' "$readme" >"$folder/readme"
    cp "$folder/readme" "$readme"
done
