#!/bin/sh
# check.sh INCLUDE_FOLDER GOLDEN TEMPLATE.c BOOST_FOLDER WINE: the template plugin as a DLL and a host
# with Boost.DLL, both made with mingw, meet under Wine; and the layouts of mingw are the golden ones.
# Wine gets a home of its own and no display; the server it starts is ended with it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
include=$1
golden=$2
template=$3
boost=$4
wine=$5
scratch=$(mktemp -d)
export WINEPREFIX="$scratch/prefix" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
unset DISPLAY WAYLAND_DISPLAY
server=$(dirname "$(readlink -f "$wine")")/wineserver
[ -x "$server" ] || server=wineserver
leave() {
  "$server" -k >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap leave EXIT

c=x86_64-w64-mingw32-gcc-posix
cxx=x86_64-w64-mingw32-g++-posix
mkdir "$scratch/boost" "$scratch/data" "$scratch/refused"
ln -s "$boost/boost" "$scratch/boost/boost" # not the rest of that folder: it is Linux's
"$c" -std=gnu11 -O1 -Wall -Wextra -Werror -shared -static -include "$here/posix.h" -I"$include" \
  "$template" -o "$scratch/template.dll"
"$cxx" -std=c++17 -O1 -Wall -Wextra -Werror -static -isystem "$scratch/boost" -I"$include" \
  "$here/windows_host.cpp" -o "$scratch/windows_host.exe"

exported=$(x86_64-w64-mingw32-objdump -p "$scratch/template.dll" |
  sed -n '/Ordinal\/Name Pointer/,/^$/ s/^.*\] *//p' | sed 1d)
[ "$exported" = erp_plugin_entry_v1 ] || {
  echo "the DLL should export erp_plugin_entry_v1 alone (R1), and exports: $exported"
  exit 1
}

windows_path() { echo "Z:$1" | tr / '\134'; }
host() { "$wine" "$scratch/windows_host.exe" "$@" | tr -d '\r'; }
"$wine" cmd /c exit >/dev/null 2>&1 # makes its home, and says so
expect() { # expect TEXT ARGUMENT...
  expected=$1
  shift
  said=$(host "$@")
  [ "$said" = "$expected" ] && return
  echo "the host says:"
  echo "$said"
  echo "and should say:"
  echo "$expected"
  exit 1
}

dll=$(windows_path "$scratch/template.dll")
expect 'template 1.0.0
create: 0
log 2: received.log is open (0 fields)
activate: 0
onPoOrdered: 0
onPoOrdered, again: 2
events recorded: 1
status: 0
stop: 0' "$dll" "$(windows_path "$scratch/data")"
printf 'po_ordered\te-1\tpurchase_order/1042\n' | cmp - "$scratch/data/received.log"
expect 'template 1.0.0
create: 0
activate: -2: record_parts must be "on" or "off"' \
  "$dll" "$(windows_path "$scratch/refused")" '{"record_parts":"maybe"}'
exe=$(windows_path "$scratch/windows_host.exe")
expect "no plugin: $exe" "$exe" "$(windows_path "$scratch/refused")"

LAYOUT_CC=$c LAYOUT_RUN=$wine "$here/../abi/layouts.sh" "$include" >"$scratch/layouts"
grep -vE '^(#|released )' "$golden" | diff - "$scratch/layouts" || {
  echo "what mingw lays out is not what the golden text says"
  exit 1
}
