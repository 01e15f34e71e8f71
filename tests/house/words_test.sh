#!/usr/bin/env bash
# Words that no file may hold and names that no file may have.
source "$(dirname "${BASH_SOURCE[0]}")/trial.sh"

words() { "$house/dev.d/words" "$tree"; }
plant README.md 'A line that nobody minds.'

# What is refused is put together here, so that this file itself passes.
slash=/
unfinished=TO'DO'

repository_is_clean() { passes "$house/dev.d/words"; }

machine_path() {
  local folder
  for folder in work home root; do
    plant docs/guide.md 'first line' "see ${slash}${folder}${slash}someone"
    refuses 'docs/guide.md:2:' words
  done
}

unfinished_note() {
  plant src/a.cpp "int a; // ${unfinished}: later"
  refuses 'src/a.cpp:1:' words
  plant src/a.cpp "// FIX""ME"
  refuses 'src/a.cpp:1:' words
}

empty_name() {
  local name
  for name in utils/a.cpp string_utils.hpp src/helpers.cpp src/helper_base.cpp common/x.h src/job_manager.cpp misc.txt; do
    plant "$name" 'x'
    refuses "$name: a name that says nothing" words
    rm "$tree/$name"
  done
}

split_test_name() {
  plant tests/a_test.cpp 'TEST_CASE("it waits; then it sends") {'
  refuses 'tests/a_test.cpp:1:' words
}

reason_elsewhere() {
  local citation blank=' '
  for citation in "decision${blank}3" "Decisions${blank}4 and 5" "design${blank}s.6" "Design,${blank}section 2"; do
    plant src/a.hpp '#pragma once' "// Kept (${citation})."
    refuses 'src/a.hpp:2:' words
  done
}

lookalikes_pass() {
  plant src/database.cpp "// https:${slash}${slash}example.com${slash}home${slash}page, base64, my${unfinished}s" "auto path = \"\${HOME}${slash}work${slash}x\";"
  plant src/base64.cpp 'x'
  plant src/commons_license.txt 'x'
  plant docs/guide.md 'see decision [0005](adr/0005-sealed-requests.md), by design 3 times'
  passes words
}

"$1"
