#!/bin/sh
# headers.sh INCLUDE_FOLDER: every header compiles alone, in every language and with every compiler
# that is meant to take it, without a warning. -Wpadded proves that no struct has a hidden hole, so
# its layout is the same wherever the alignment rules are.
set -eu
cd "$1"
headers=$(find erp -name '*.h' | sort)
tried=0
failed=0

try() { # try COMPILER LANGUAGE STANDARD HEADER...: each is a translation unit of its own
  compiler=$1
  language=$2
  standard=$3
  shift 3
  tried=$((tried + 1))
  if ! "$compiler" -x "$language" -std="$standard" -I. -Wall -Wextra -Wpedantic -Wpadded -Werror \
    -fsyntax-only "$@"; then
    echo "not every header compiles alone with $compiler -std=$standard"
    failed=$((failed + 1))
  fi
}

for pair in "gcc g++" "clang clang++"; do
  c=${pair% *}
  cxx=${pair#* }
  if ! command -v "$c" >/dev/null || ! command -v "$cxx" >/dev/null; then
    echo "skipped: $c is not installed"
    continue
  fi
  # shellcheck disable=SC2086 # one word a header
  {
    for each in c11 c17; do try "$c" c "$each" $headers; done
    for each in c++17 c++20; do try "$cxx" c++ "$each" $headers; done
    try "$cxx" c++ c++11 erp/erp.h
  }
done
echo "$tried compilers and standards, $failed failed"
[ "$tried" -gt 0 ] && [ "$failed" -eq 0 ]
