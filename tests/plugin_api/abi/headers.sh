#!/bin/sh
# headers.sh INCLUDE_FOLDER C_COMPILER CXX_COMPILER STANDARD...: every header compiles alone in each of
# the standards (c11, c++20, ...) without a warning. -Wpadded proves that no struct has a hidden hole,
# so its layout is the same wherever the alignment rules are.
set -eu
cd "$1"
c=$2
cxx=$3
shift 3
headers=$(find erp -name '*.h' | LC_ALL=C sort)
failed=0
for standard in "$@"; do
  case $standard in
  c++*) compiler=$cxx language=c++ ;;
  *) compiler=$c language=c ;;
  esac
  # shellcheck disable=SC2086 # one word a header, each a translation unit of its own
  if ! "$compiler" -x "$language" -std="$standard" -I. -Wall -Wextra -Wpedantic -Wpadded -Wconversion \
    -Werror -fsyntax-only $headers; then
    echo "not every header compiles alone with $compiler -std=$standard"
    failed=1
  fi
done
[ -n "$headers" ] && [ "$failed" -eq 0 ]
