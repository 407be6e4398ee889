#!/bin/sh
# Installs a build, moves the tree, and builds programs against it: by pkg-config, shared and static, and by
# find_package, in C and C++.
# usage: run.sh BUILD_FOLDER VERSION LIBDIR
set -eu
build=$1
version=$2
libdir=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc=${CC:-cc}

step() {
    echo "package: $1"
}
die() {
    echo "package: FAILED: $1" >&2
    exit 1
}
# Runs a program, which prints the version it was linked with.
says_version() { # what, program
    said=$("$2") || die "$1 does not run"
    [ "$said" = "libcocreate $version" ] || die "$1 says '$said', not 'libcocreate $version'"
}

step "install, then move the tree"
cmake --install "$build" --prefix "$work/first" --component library >/dev/null
mv "$work/first" "$work/moved"
prefix=$work/moved
if grep -rIl -e "$work/first" -e "$build" "$prefix"; then
    die "the files above name the place of the build or of the first installation"
fi
for header in "$here"/../../include/cocreate/*.h; do
    [ -f "$prefix/include/cocreate/${header##*/}" ] || die "${header##*/} is not installed"
done
export PKG_CONFIG_PATH="$prefix/$libdir/pkgconfig"
export LD_LIBRARY_PATH="$prefix/$libdir"

step "pkg-config"
[ "$(pkg-config --modversion cocreate)" = "$version" ] || die "pkg-config tells another version"
if pkg-config --exists "cocreate >= 99"; then
    die "pkg-config finds a version that is not there"
fi
# A shared link needs nothing but the library itself.
for flag in $(pkg-config --libs cocreate); do
    case $flag in
    -L* | -lcocreate) ;;
    *) die "pkg-config --libs gives $flag, which a shared link does not need" ;;
    esac
done
# shellcheck disable=SC2046
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags cocreate) "$here/consumer.c" \
    -o "$work/shared" $(pkg-config --libs cocreate) || die "C program, shared"
says_version "C program, shared" "$work/shared"

step "pkg-config --static"
# shellcheck disable=SC2046
"$cc" -std=c11 -static $(pkg-config --static --cflags cocreate) "$here/consumer.c" \
    -o "$work/static" $(pkg-config --static --libs cocreate) 2>"$work/log" || {
    cat "$work/log" >&2
    die "C program, static"
}
LD_LIBRARY_PATH='' says_version "C program, static" "$work/static"

step "find_package, C and C++"
cmake -S "$here/consumer" -B "$work/build" -Dwant="${version%.*}" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_BUILD_TYPE=Release >"$work/log" 2>&1 && cmake --build "$work/build" >>"$work/log" 2>&1 || {
    cat "$work/log" >&2
    die "find_package"
}
for program in shared_c static_c shared_cpp; do
    LD_LIBRARY_PATH='' says_version "$program" "$work/build/$program"
done

step "find_package refuses another minor version"
minor=${version#*.}
minor=${minor%.*}
for wrong in "${version%%.*}.$((minor + 1))" 99; do
    if cmake -S "$here/consumer" -B "$work/wrong" -Dwant="$wrong" -DCMAKE_PREFIX_PATH="$prefix" >"$work/log" 2>&1; then
        die "version $wrong is found"
    fi
    grep -q "compatible with requested" "$work/log" || {
        cat "$work/log" >&2
        die "version $wrong fails for another reason"
    }
    rm -rf "$work/wrong"
done

step "DESTDIR"
DESTDIR="$work/stage" cmake --install "$build" --prefix /usr --component library >/dev/null
PKG_CONFIG_PATH="$work/stage/usr/$libdir/pkgconfig"
# pkg-config leaves out -I/usr/include, so the place is asked for by name.
found=$(cd "$(pkg-config --define-variable=x=x --variable=libdir cocreate)" && pwd)
[ "$found" = "$work/stage/usr/$libdir" ] || die "a staged cocreate.pc points to $found"

echo "package: installed, moved, and used in every way"
