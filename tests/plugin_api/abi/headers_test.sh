#!/usr/bin/env bash
# headers_test.sh CHANGE: what headers.sh makes of a header that does not stand alone or has a hole.
source "$(dirname "${BASH_SOURCE[0]}")/../../house/trial.sh"
cp -R "$house/plugin_api/include/erp" "$tree/"
headers() { "$house/tests/plugin_api/abi/headers.sh" "$tree" "${CC:-cc}" "${CXX:-c++}" "$@"; }

leans_on_another() {
  plant erp/new.h 'typedef struct erp_new {' '  erp_str name;' '} erp_new;'
  refuses 'not every header compiles alone' headers c11
}

has_a_hole() {
  plant erp/new.h '#include "erp/values.h"' 'typedef struct erp_new {' '  uint32_t struct_size;' '  erp_str name;' '} erp_new;'
  refuses 'padd' headers c11
}

c_only() {
  plant erp/new.h '#include "erp/values.h"' 'typedef struct erp_new {' '  erp_str class;' '} erp_new;'
  passes headers c11
  refuses 'not every header compiles alone' headers c++20
}

too_new_for_cxx11() {
  plant erp/new.h '#include "erp/values.h"' 'typedef struct erp_new {' '  erp_str name;' '} erp_new;' \
    '#ifdef __cplusplus' 'static_assert(sizeof(erp_new) == 16);' '#endif'
  passes headers c++20
  refuses 'not every header compiles alone' headers c++11
}

"$1"
