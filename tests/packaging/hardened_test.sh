#!/usr/bin/env bash
# hardened_test.sh: what lacks one of the protections is refused, with what it lacks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/a.c" <<'C'
#include <stdio.h>
#include <string.h>
int main(int count, char** words) {
  char text[64];
  snprintf(text, sizeof text, "%s", words[count - 1]);
  strcpy(text, words[0]);
  return text[0];
}
C
flags=(-O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -pie "-Wl,-z,relro,-z,now")
built() { cc -w "${flags[@]}" "$@" "$work/a.c" -o "$work/a"; }
refused() { # WORDS FLAG...
  local words=$1
  shift
  built "$@"
  if ./hardened.sh "$work/a" >"$work/said"; then echo "not refused: $*" && exit 1; fi
  grep -qF -- "$words" "$work/said" || { echo "expected '$words', it said: $(<"$work/said")" && exit 1; }
}
built
./hardened.sh "$work/a"
refused "position independent" -no-pie -fno-pie
refused "no RELRO" -Wl,-z,norelro
refused "bound lazily" -Wl,-z,lazy
refused "executable stack" -Wl,-z,execstack
refused "folder of its own" -Wl,-rpath,/opt/lib
refused "stack protector" -fno-stack-protector
refused "not fortified" -U_FORTIFY_SOURCE
