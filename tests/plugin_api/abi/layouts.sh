#!/bin/sh
# layouts.sh INCLUDE_FOLDER [TARGET]: the binary interface that the headers declare, as a text: ids
# and constants, enumerators with their numbers, each record with its size, alignment and members,
# each function with its signature. Drafts promise nothing, and are left out. Of this machine, or as clang lays it out for TARGET
# (aarch64-linux-gnu, ...). With LAYOUT_CC and LAYOUT_RUN, of what that compiler makes and that runs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
include=$(cd "$1" && pwd)
target=${2:-}
compiler=${LAYOUT_CC:-${CC:-cc}}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

(cd "$include" && find erp -name '*.h' ! -path '*/draft/*' | LC_ALL=C sort | sed 's/.*/#include "&"/') >"$scratch/all.c"
"${CC:-cc}" -x c++ -std=c++17 -D_WIN32 -E -dD -I"$include" "$scratch/all.c" >"$scratch/preprocessed"
awk -v root="$include/erp" -f "$here/declarations.awk" "$scratch/preprocessed" >"$scratch/unsorted"
LC_ALL=C sort -t "$(printf '\t')" -k1,1n -k2,2 -k3,3n "$scratch/unsorted" >"$scratch/declarations"
awk -f "$here/probe.awk" "$scratch/declarations" >>"$scratch/all.c"

# The headers' own assertions would stop here with less to say than the gate; every other
# compilation has them.
set -- -std=c11 -I"$include" '-D_Static_assert(condition,words)=struct erp_probe_asserts_nothing' "$scratch/all.c"
if [ -n "$target" ]; then
  clang -target "$target" -ffreestanding -S -emit-llvm -o "$scratch/probe.ll" "$@"
  sed -n '/@erp_layout = /{ s/.*\] \[//; s/\].*//; s/i64 //g; s/, /\n/g; p; }' "$scratch/probe.ll" >"$scratch/numbers"
else
  "$compiler" -DERP_PROBE_PRINTS -o "$scratch/probe.exe" "$@"
  ${LAYOUT_RUN:-} "$scratch/probe.exe" | tr -d '\r' >"$scratch/numbers"
fi
awk -f "$here/layout_text.awk" "$scratch/declarations" "$scratch/numbers"
