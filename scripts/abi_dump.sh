#!/bin/sh
# The binary interface of a shared library as text, without machine paths.
# usage: abi_dump.sh LIBRARY
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
library=$1

# Without debug information abidw sees no types, and every comparison passes.
if ! readelf -S "$library" | grep -q '\.debug_info'; then
    echo "$library has no debug information; build with -g" >&2
    exit 1
fi
exec abidw --headers-dir "$root/include" --no-corpus-path --no-comp-dir-path --no-show-locs \
    --type-id-style hash --drop-private-types "$library"
