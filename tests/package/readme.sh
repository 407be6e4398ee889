#!/usr/bin/env bash
# The C program of README.md compiles, has at most 30 lines, and prints what stands below it.
#   readme.sh COMPILER SOURCE_DIR LIBRARY_DIR
set -euo pipefail
compiler=$1 source=$2 library=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^```c$/ {on = 1; next} /^```$/ {on = 0} on' "$source/README.md" > "$work/first.c"
awk '/a\.out$/ {on = 1; next} /^## / {on = 0} on && NF {sub(/^    /, ""); print}' "$source/README.md" > "$work/expected"
lines=$(wc -l < "$work/first.c")
if [ "$lines" -lt 10 ] || [ "$lines" -gt 30 ]; then
    echo "README.md: the C program has $lines lines, expected 10 to 30" >&2
    exit 1
fi
"$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$source/include" "$work/first.c" \
    -L"$library" -Wl,-rpath,"$library" -lcocreate -o "$work/first"
"$work/first" > "$work/printed"
diff -u "$work/expected" "$work/printed"
