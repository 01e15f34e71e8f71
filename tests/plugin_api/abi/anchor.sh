#!/usr/bin/env bash
# anchor.sh keeps HEADERS GOLDEN.abi: whether abidiff, a judge of its own, finds that the types of
#   GOLDEN.abi are what they were. What is added at the end of a struct is told and passes: which
#   structs may grow is for golden.sh to say. 77: this machine cannot tell.
# anchor.sh makes HEADERS LAYOUTS: prints such a text of all records that the golden layouts name.
#
# abidiff compares what libraries export. The anchor is a library that exports a function for each
# record; nobody calls it.
set -euo pipefail
mode=$1 headers=$(realpath "$2") golden=$(realpath "$3")
[[ $(uname -m) == x86_64 ]] || { echo "the golden types are those of x86_64" && exit 77; }
for tool in abidw abidiff; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed (abigail-tools)" && exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" # no path of this machine gets into the anchor

case $mode in
makes) awk '$1 ~ /^(value|open|table)$/ { print $2 }' "$golden" >records ;;
keeps) sed -n "s/.*<elf-symbol name='anchor_\([a-z0-9_]*\)'.*/\1/p" "$golden" >records ;;
*) echo "anchor.sh makes or keeps, not '$mode'" >&2 && exit 2 ;;
esac
{
  echo '#include "erp/erp.h"'
  awk '{ printf "ERP_EXPORT void anchor_%s(const %s* it);\nvoid anchor_%s(const %s* it) { (void)it; }\n", $1, $1, $1, $1 }' records
} >anchor.c
# The headers' own assertions would be first to notice; here it is the other judge's turn.
"${CC:-cc}" -std=c11 -g -fPIC -shared -nostdlib -I "$headers" '-D_Static_assert(condition, text)=' -o anchor.so anchor.c

if [[ $mode == makes ]]; then
  abidw --no-corpus-path --no-comp-dir-path --no-show-locs --no-architecture anchor.so
  exit 0
fi
verdict=0
abidiff --no-architecture "$golden" anchor.so >told || verdict=$?
cat told
((verdict & 3)) && echo "abidiff could not compare" && exit 1
((verdict & 8)) && echo "BROKEN: something is gone (R10)" && exit 1
# Bits of the verdict do not tell a member that was moved from one that was appended; the words do.
if grep -qE 'data member (change|deletion)|(entity|type kind|type name|return type) changed' told; then
  echo "BROKEN: a member was changed, moved or removed (R3, R4, R10)"
  exit 1
fi
