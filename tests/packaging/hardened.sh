#!/usr/bin/env bash
# hardened.sh PROGRAM_OR_LIBRARY...: each is built as what runs with other people's rights should be.
#
#   position independent        its addresses are drawn anew at each start
#   RELRO, bound at load        its table of functions cannot be written to afterwards
#   no executable stack, no TEXTREL, no segment both writable and executable
#   no RPATH or RUNPATH         it takes no library from a folder that somebody else may write to
#   stack protector, FORTIFY    an overrun ends the program (FORTIFY not in a build for debugging)
#
# Not CET: Debian 12's start files and libSQLiteCpp.a do not carry its mark, so no program linked
# with them can.
set -euo pipefail
failed=0
refuse() {
  echo "$1 $2"
  failed=1
}
for file in "$@"; do
  header=$(readelf -Wh "$file")
  segments=$(readelf -Wl "$file")
  dynamic=$(readelf -Wd "$file")
  symbols=$(readelf -W --dyn-syms "$file")
  has() { grep -qE "$2" <<<"$1"; }
  has "$header" 'Type: +DYN' || refuse "$file" "is not position independent; link it with -pie"
  has "$segments" 'GNU_RELRO' || refuse "$file" "has no RELRO; link it with -z relro"
  has "$dynamic" '\(FLAGS(_1)?\).*NOW' || refuse "$file" "is bound lazily; link it with -z now"
  has "$segments" 'GNU_STACK .* RW +0x' || refuse "$file" "wants an executable stack; link it with -z noexecstack"
  if has "$segments" 'LOAD .* RWE '; then refuse "$file" "has code that can be written to"; fi
  if has "$dynamic" 'TEXTREL'; then refuse "$file" "has relocations in its code; compile it with -fPIC"; fi
  if has "$dynamic" '\((RPATH|RUNPATH)\)'; then refuse "$file" "looks for libraries in a folder of its own"; fi
  has "$symbols" '__stack_chk_fail' || refuse "$file" "has no stack protector; compile it with -fstack-protector-strong"
  if [[ ${FORTIFIED:-yes} == yes ]]; then
    has "$symbols" '__[a-z]+_chk(@|$)' || refuse "$file" "is not fortified; compile it with -D_FORTIFY_SOURCE=2 and -O1"
  fi
done
exit "$failed"
