#!/bin/sh
# binary.sh PLUGIN.so [LIBRARY...]: the file is what hosts expect of a plugin. LIBRARY... is what it may
# need beside the C and C++ runtimes, by name without version: libcurl.so.
#
#   exports the entry alone (R1)    another symbol could meet one of the same name in the process
#   nothing GNU_UNIQUE              two versions of the plugin that are both loaded would share it
#   RELRO, bound at load            an open symbol shows when it is loaded, and not in a hook
#   no executable stack, no TEXTREL hardened hosts refuse both
#   RPATH none or $ORIGIN           it finds the same libraries wherever it is installed
#   NODELETE                        a host that closes it would unmap code that threads return to
set -eu
plugin=$1
shift
[ -r "$plugin" ] || { echo "$plugin cannot be read"; exit 1; }
failed=0
refuse() {
  echo "$plugin $1"
  failed=1
}

exported=$(nm -D --defined-only "$plugin" | awk '{ print gap $2, $3; gap = "and " }' | paste -sd ' ' -)
[ "$exported" = "T erp_plugin_entry_v1" ] ||
  refuse "should export T erp_plugin_entry_v1 alone, and exports: $exported"
readelf -W --dyn-syms "$plugin" | awk '$5 == "UNIQUE" && $7 != "UND" { found = 1 } END { exit found }' ||
  refuse "has symbols of the kind GNU_UNIQUE; is it linked with plugin.map?"

segments=$(readelf -W --segments "$plugin")
dynamic=$(readelf -W --dynamic "$plugin")
has() { echo "$dynamic" | grep -qE "$1"; }
echo "$segments" | grep -qE '^ +GNU_RELRO ' || refuse "has no RELRO; link it with -z relro"
has '\(FLAGS(_1)?\).*NOW' || refuse "is bound lazily; link it with -z now"
echo "$segments" | grep -qE '^ +GNU_STACK .* RW +0x' || refuse "wants an executable stack; link it with -z noexecstack"
if has '\(TEXTREL\)|\(FLAGS\).*TEXTREL'; then refuse "has relocations in its code (TEXTREL); compile it with -fPIC"; fi
has '\(FLAGS_1\).*NODELETE' || refuse "can be unmapped; link it with -z nodelete"

paths=$(echo "$dynamic" | sed -nE 's/.*\((RPATH|RUNPATH)\).*\[(.*)\]/\2/p' | tr ':' '\n')
for path in $paths; do
  # shellcheck disable=SC2016 # the loader expands it, not the shell
  case $path in
  '$ORIGIN' | '$ORIGIN'/*) ;;
  *) refuse "looks for libraries in $path; only \$ORIGIN moves with it" ;;
  esac
done

for needed in $(echo "$dynamic" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p'); do
  case ${needed%%.so*}.so in
  libc.so | libm.so | libpthread.so | libdl.so | libgcc_s.so | libstdc++.so | ld-linux*.so) continue ;;
  esac
  known=no
  for allowed in "$@"; do [ "${needed%%.so*}.so" = "$allowed" ] && known=yes; done
  [ $known = yes ] || refuse "needs $needed, which is not on its list (NEEDS of erp_add_plugin)"
done
exit "$failed"
