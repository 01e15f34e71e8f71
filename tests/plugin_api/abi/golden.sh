#!/bin/sh
# golden.sh keeps|records INCLUDE_FOLDER GOLDEN
# golden.sh releases INCLUDE_FOLDER GOLDEN 1.n
#
#   keeps     fails if the headers break what the golden text promises: anything changed, removed or
#             reordered, anything added to what is frozen. What is added at an end passes.
#   records   fails if the golden text is not what the headers declare, word for word.
#   releases  as records; then writes down that this is released, as version 1.n, which must be that
#             of the headers: from now on no break is accepted.
#
# With LEDGERHOOK_ACCEPT_GOLDEN=1 `records` rewrites the golden text if nothing is broken; with
# LEDGERHOOK_ACCEPT_ABI_BREAK=1 both let a break pass, as long as the text says `released no`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mode=$1
include=$2
golden=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

released=$(sed -n 's/^released //p' "$golden")
{
  echo '# The binary interface of plugin_api, made from its headers by ./dev golden --accept; how to read'
  echo '# it: plugin_api/README.md. The next line becomes yes by ./dev golden --release 1.0.'
  echo "released ${released:-no}"
  "$here/layouts.sh" "$include"
} >"$scratch/now"

broken=0
awk -f "$here/layout_compare.awk" "$golden" "$scratch/now" >"$scratch/said" || broken=1
LC_ALL=C sort "$scratch/said"

if [ "$broken" = 1 ]; then
  if [ "${LEDGERHOOK_ACCEPT_ABI_BREAK:-}" != 1 ]; then
    echo 'Libraries built with the old headers would misread these. Add beside it instead: conventions.md.'
    [ "$released" = yes ] || echo 'Nothing is released yet: if it is meant, ./dev golden --accept-abi-break records it.'
    exit 1
  fi
  if [ "$released" = yes ]; then
    echo 'The interface is released: a break is not accepted any more (R10).'
    exit 1
  fi
fi
[ "$mode" != keeps ] || exit 0

if [ "$mode" = records ] && [ "${LEDGERHOOK_ACCEPT_GOLDEN:-}" = 1 ]; then
  cp "$scratch/now" "$golden"
elif ! diff -u "$golden" "$scratch/now" >"$scratch/diff"; then
  sed 1,2d "$scratch/diff"
  echo "$golden does not tell this yet; ./dev golden --accept writes it down."
  exit 1
elif [ "$mode" = releases ]; then
  declared=1.$(sed -n 's/^constant  ERP_ABI_MINOR  *\([0-9]*\)u$/\1/p' "$golden")
  if [ "$4" != "$declared" ]; then
    echo "the headers say that they are version $declared, not $4 (ERP_ABI_MINOR in erp/abi.h)"
    exit 1
  fi
  sed 's/^released no$/released yes/' "$scratch/now" >"$golden"
fi
