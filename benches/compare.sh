#!/usr/bin/env bash
# What a user would otherwise pick, on the same events and the same names: `benches/compare.sh [EVENTS [NAMES]]`, from any
# folder. Opening beside PyYAML's C loader, yq and lnav (which reads the events as lines of a log); finding beside
# `fzf --filter`. What is not installed is left out, by name. Each figure is the best of three runs, or the only one where that
# took more than twenty seconds. Rows of a table go to standard output, all else to standard error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
events=${1:-10000} names=${2:-100000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_CACHE_HOME=$folder/cache XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state
cargo build --quiet --release --locked --bins --examples
built=${CARGO_TARGET_DIR:-target}/release
"$built/examples/generate" "$events" >"$folder/story.yaml"
"$built/examples/lines" "$folder/story.yaml" >"$folder/story.log"
"$built/examples/names" "$names" >"$folder/names"

# The best of three, in seconds.
best() {
    local best='' began taken
    for _ in 1 2 3; do
        began=$(date +%s%N)
        "$@" >"$folder/out" 2>"$folder/why" </dev/null || { head -3 "$folder/why" >&2; echo failed; return; }
        taken=$(($(date +%s%N) - began))
        if [[ -z $best || $taken -lt $best ]]; then best=$taken; fi
        [[ $taken -lt 20000000000 ]] || break
    done
    printf '%d.%03d s' $((best / 1000000000)) $((best / 1000000 % 1000))
}
row() { printf '| %s | %s |\n' "$1" "$2"; }
has() { command -v "$1" >/dev/null || { echo "$1 is not installed: left out" >&2; false; }; }

row "$events events, $(wc -c <"$folder/story.yaml") bytes: dateline, all read, built and printed by \`show --json\`" \
    "$(best "$built/dateline" show --json --max-size 4G "$folder/story.yaml")"
row "the same: dateline, all read, built and checked by \`check\`" \
    "$(best "$built/dateline" check --max-size 4G "$folder/story.yaml")"
if python3 -c 'from yaml import CSafeLoader' 2>/dev/null; then
    row "the same: PyYAML's C loader, \`yaml.load(file, CSafeLoader)\`, no graph and no checks" \
        "$(best python3 -c 'import sys, yaml; yaml.load(open(sys.argv[1], encoding="utf-8"), yaml.CSafeLoader)' "$folder/story.yaml")"
else
    echo "PyYAML with its C loader is not installed: left out" >&2
fi
if has yq; then
    row "the same: $(yq --version | head -1), \`yq '.events | length'\`" \
        "$(best yq '.events | length' "$folder/story.yaml")"
fi
if has lnav; then
    row "their events as lines of a log, $(wc -c <"$folder/story.log") bytes: $(lnav -V | head -1), opened and counted" \
        "$(best lnav -n -c ';SELECT count(*) FROM all_logs' "$folder/story.log")"
fi

if has fzf; then
    # It starts and reads the names for every query: what that alone takes is told first.
    filter() { fzf --filter "$1" <"$folder/names"; [[ $? -le 1 ]]; }
    none() { filter "$1" || true; }
    row "fzf $(fzf --version | cut -d' ' -f1) over $(wc -l <"$folder/names") names of $names actors: started, all read, nothing found" \
        "$(best none '‽‽‽')"
    for query in a an byd "people's lib" zzzz; do
        row "the same: \`fzf --filter \"$query\"\`" "$(best none "$query")"
    done
fi
