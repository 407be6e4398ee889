#!/bin/sh
# Each public header compiles alone, twice over, as strict C11 and as C++17, by every compiler at hand; clang reads the
# documentation comments.
set -eu
cd "$(dirname "$0")/.."

compilers=0
failed=0
try() { # name of the header, command...
    header=$1
    shift
    if ! printf '#include "cocreate/%s"\n#include "cocreate/%s"\n' "$header" "$header" |
        "$@" -Iinclude -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -pedantic-errors -; then
        echo "headers: cocreate/$header: fails with: $*"
        failed=$((failed + 1))
    fi
}

for pair in "gcc g++" "clang clang++" "${CC:-cc} ${CXX:-c++}"; do
    cc=${pair% *}
    cxx=${pair#* }
    command -v "$cc" >/dev/null || continue
    compilers=$((compilers + 1))
    for path in include/cocreate/*.h; do
        header=${path##*/}
        try "$header" "$cc" -x c -std=c11
        if command -v "$cxx" >/dev/null; then
            try "$header" "$cxx" -x c++ -std=c++17
        fi
        case $cc in
        clang*) try "$header" "$cc" -x c -std=c11 -Wdocumentation -Wdocumentation-pedantic ;;
        esac
    done
done

if [ "$compilers" -eq 0 ]; then
    echo "headers: skipped: no compiler is on the path"
    exit 77
fi
[ "$failed" -eq 0 ] || exit 1
echo "headers: each compiles alone as C11 and as C++17"
