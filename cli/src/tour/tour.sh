#!/bin/sh
# A first look, run by `mvn -Ptour package` with the folder cli/target: snapshots a real folder (the Java runtime of the
# distribution that was just built) into a new repository, restores it elsewhere and compares the two.
set -eu
cd "$1"
rm -rf tour
mkdir tour
PATH=$PWD/strandline/bin:$PATH
export STRANDLINE_CACHE_DIR=$PWD/tour/cache

show() {
    printf '\n$ %s\n' "$*"
    "$@"
}

printf '\nIn %s:\n' "$PWD"
show strandline init -v -r tour/repository --key-file tour/key
show strandline snapshot -v -r tour/repository --key-file tour/key strandline/runtime
show strandline snapshot -v -r tour/repository --key-file tour/key strandline/runtime
show strandline list -r tour/repository --key-file tour/key
show strandline stats -r tour/repository --key-file tour/key
show strandline restore -v -r tour/repository --key-file tour/key latest --target tour/restored
show strandline check -v -r tour/repository --key-file tour/key

# Restored paths are kept whole below the target, or cut at the snapshot's root; either way there is one such folder.
restored=$(find tour/restored -type d -path '*/lib/server' -exec dirname {} \; | head -n 1)
show diff --recursive --no-dereference strandline/runtime "$(dirname "$restored")"
printf '\nThe restored folder is the same as the original. Everything of this tour is in %s.\n\n' "$PWD/tour"
