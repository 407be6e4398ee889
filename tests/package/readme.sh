#!/usr/bin/env bash
# The C program of a page compiles, has so many lines at most, and prints what stands below it.
#   readme.sh COMPILER SOURCE_DIR LIBRARY_DIR [PAGE LINES]     of README.md at most 30
set -euo pipefail
compiler=$1 source=$2 library=$3 page=${4:-README.md} most=${5:-30}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^```c$/ {on = 1; next} /^```$/ {on = 0} on' "$source/$page" > "$work/first.c"
awk '/a\.out$/ {on = 1; next} /^## / {on = 0} on && NF {sub(/^    /, ""); print}' "$source/$page" > "$work/expected"
lines=$(wc -l < "$work/first.c")
if [ "$lines" -lt 10 ] || [ "$lines" -gt "$most" ]; then
    echo "$page: the C program has $lines lines, expected 10 to $most" >&2
    exit 1
fi
"$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$source/include" "$work/first.c" \
    -L"$library" -Wl,-rpath,"$library" -lcocreate -o "$work/first"
"$work/first" > "$work/printed"
diff -u "$work/expected" "$work/printed"
