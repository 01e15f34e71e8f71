#!/usr/bin/env bash
# Scripts that read a pipe only until they have seen enough.
source "$(dirname "${BASH_SOURCE[0]}")/trial.sh"

pipes() { "$house/dev.d/pipes" "$tree"; }
# What a script may not read with, written so that this file passes the rule itself.
early='| grep'

repository_ends_no_pipe_early() { passes "$house/dev.d/pipes"; }

a_reader_leaves_early() {
  local reader
  for reader in "$early -q x" "$early -Eq x" "$early -qE x" "$early -i -m1 x" "$early --quiet x" "| ""head -n 1" "|""head"; do
    plant tests/a.sh 'set -euo pipefail' "first" "dpkg-deb -I a.deb $reader || fail"
    refuses 'tests/a.sh:3:' pipes
  done
}

readers_to_the_end_pass() {
  # shellcheck disable=SC2016 # the text of a script
  plant tests/a.sh 'set -euo pipefail' 'grep -q x <<<"$(list)"' 'list | sed -n 1p' 'list | grep x | sort' 'list || head -n 1 b' "# list $early -q x"
  passes pipes
}

a_script_without_pipefail_passes() {
  plant tests/a.sh 'set -eu' "list $early -q x"
  passes pipes
}

"$1"
