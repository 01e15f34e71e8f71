#!/bin/sh
# golden.sh keeps|records INCLUDE_FOLDER GOLDEN
#
#   keeps     fails if the headers break what the golden text promises: anything changed, removed or
#             reordered, anything added to what is frozen. What is added at an end passes.
#   records   fails if the golden text is not what the headers declare, word for word.
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
  echo '# it: plugin_api/README.md. By hand only the next line is changed, to yes, when 1.0 is tagged.'
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
[ "$mode" = records ] || exit 0

if [ "${LEDGERHOOK_ACCEPT_GOLDEN:-}" = 1 ]; then
  cp "$scratch/now" "$golden"
elif ! diff -u "$golden" "$scratch/now" >"$scratch/diff"; then
  sed 1,2d "$scratch/diff"
  echo "$golden does not tell this yet; ./dev golden --accept writes it down."
  exit 1
fi
