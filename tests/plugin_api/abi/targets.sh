#!/bin/sh
# targets.sh INCLUDE_FOLDER GOLDEN TARGET...: on each target, as clang lays it out without its system,
# every record, member and enumerator is what the golden text says, clang's own account of them agrees
# (second_reader.awk), the headers' own assertions hold, and no struct has a hole.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
include=$1
golden=$2
shift 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
grep -vE '^(#|released )' "$golden" >"$scratch/golden"

failed=0
for target in "$@"; do
  "$here/layouts.sh" "$include" "$target" >"$scratch/now" || failed=1
  if ! diff "$scratch/golden" "$scratch/now"; then
    echo "the layout on $target is another one"
    failed=1
  fi
  (cd "$include" && find erp -name '*.h' ! -path '*/draft/*' | sed 's/.*/#include "&"/' | clang -target "$target" -x c -std=c11 \
    -ffreestanding -I. -fsyntax-only -Xclang -fdump-record-layouts-complete -) >"$scratch/dump" || failed=1
  if ! awk -f "$here/second_reader.awk" "$golden" "$scratch/dump"; then
    echo "clang reads the headers for $target otherwise"
    failed=1
  fi
  if ! (cd "$include" && find erp -name '*.h' | sed 's/.*/#include "&"/' | clang -target "$target" -x c -std=c11 \
    -ffreestanding -I. -Wall -Wextra -Wpedantic -Wpadded -Werror -fsyntax-only -); then
    echo "the headers do not compile for $target"
    failed=1
  fi
done
exit "$failed"
