#!/bin/sh
# The binary interface is that of tests/abi/cocreate.abi. A change, compatible or not, comes with a new baseline in the
# same commit: scripts/abi_baseline.
# usage: check_abi.sh LIBRARY
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v abidw >/dev/null || ! command -v abidiff >/dev/null; then
    echo "abi: skipped: abigail-tools is not installed"
    exit 77
fi
now=$(mktemp)
trap 'rm -f "$now"' EXIT
"$root/scripts/abi_dump.sh" "$1" >"$now"

# The exit status of abidiff is the same for a change that is compatible and for one that is not,
# and passing it the headers would hide changes of system types: anything but 0 is a failure.
if ! abidiff "$root/tests/abi/cocreate.abi" "$now"; then
    echo "abi: the interface changed; if that is meant, run scripts/abi_baseline and commit the result"
    exit 1
fi
echo "abi: as in tests/abi/cocreate.abi"
