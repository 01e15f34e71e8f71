#!/usr/bin/env bash
# binary_test.sh DEFECT: a plugin with one defect, and what binary.sh says of it.
source "$(dirname "${BASH_SOURCE[0]}")/../../house/trial.sh"
map=$house/plugin_api/cmake/plugin.map

plant plugin.c 'int erp_plugin_entry_v1(void) { return 0; }'
sound=("-Wl,--version-script=$map" "-Wl,-z,relro,-z,now,-z,nodelete,-z,noexecstack")

link() { "${CC:-cc}" -shared -fPIC -o "$tree/plugin.so" "$@"; }
binary() { "$house/tests/plugin_api/abi/binary.sh" "$tree/plugin.so" "$@"; }
refused_for_that_alone() {
  refuses "$1" binary
  [[ $(wc -l <<<"$output") -eq 1 ]] || fail "it says more than '$1'"
}

sound_passes() {
  link "$tree/plugin.c" "${sound[@]}"
  passes binary
}

second_export() {
  plant plugin.c 'int erp_plugin_entry_v1(void) { return 0; }' 'int other(void) { return 0; }'
  link "$tree/plugin.c" "${sound[@]:1}"
  refused_for_that_alone 'alone, and exports: T erp_plugin_entry_v1 and T other'
  plant plugin.c 'int other(void) { return 0; }'
  link "$tree/plugin.c" "${sound[@]}"
  refused_for_that_alone 'should export T erp_plugin_entry_v1 alone'
}

unique() {
  plant plugin.cpp 'template <class T> struct Count { static inline int count = 0; };' \
    'extern "C" int erp_plugin_entry_v1() { return ++Count<int>::count; }'
  "${CXX:-c++}" -std=c++17 -shared -fPIC -o "$tree/plugin.so" "$tree/plugin.cpp" "${sound[@]:1}"
  refuses 'has symbols of the kind GNU_UNIQUE' binary
  "${CXX:-c++}" -std=c++17 -shared -fPIC -o "$tree/plugin.so" "$tree/plugin.cpp" "${sound[@]}"
  passes binary
}

hardening() {
  link "$tree/plugin.c" "${sound[@]}" -Wl,-z,lazy
  refused_for_that_alone 'is bound lazily'
  link "$tree/plugin.c" "${sound[@]}" -Wl,-z,norelro
  refused_for_that_alone 'has no RELRO'
  link "$tree/plugin.c" "${sound[@]}" -Wl,-z,execstack
  refused_for_that_alone 'wants an executable stack'
}

text_relocations() {
  plant more.c '__asm__(".text\n.quad erp_plugin_entry_v1\n");'
  link "$tree/plugin.c" "$tree/more.c" "${sound[@]}" -Wl,-z,notext 2>/dev/null
  refused_for_that_alone 'has relocations in its code'
}

unloadable() {
  link "$tree/plugin.c" "${sound[0]}" -Wl,-z,relro,-z,now
  refused_for_that_alone 'can be unmapped'
}

search_path() {
  link "$tree/plugin.c" "${sound[@]}" -Wl,-rpath,/opt/lib
  refused_for_that_alone 'looks for libraries in /opt/lib'
  link "$tree/plugin.c" "${sound[@]}" "-Wl,-rpath,\$ORIGIN:\$ORIGIN/lib"
  passes binary
}

foreign_library() {
  plant other.c 'int other(void) { return 1; }'
  "${CC:-cc}" -shared -fPIC -o "$tree/libother.so" -Wl,-soname,libother.so.2 "$tree/other.c"
  plant plugin.c 'int other(void);' 'int erp_plugin_entry_v1(void) { return other(); }'
  link "$tree/plugin.c" "${sound[@]}" "$tree/libother.so"
  refused_for_that_alone 'needs libother.so.2'
  passes binary libother.so
}

"$1"
