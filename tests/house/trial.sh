# shellcheck shell=bash
# A throw-away tree to try a rule on, and the two verdicts. Sourced by the tests of this folder,
# which then run the function that ctest names.
set -euo pipefail
# shellcheck disable=SC2034 # the tests use it
house=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

# plant PATH [LINE...]: a file in the throw-away tree.
plant() {
  mkdir -p "$tree/$(dirname "$1")"
  printf '%s\n' "${@:2}" >"$tree/$1"
}

fail() {
  printf '%s\n' "$*" "--- it said:" "${output:-}"
  exit 1
}

# passes COMMAND...: it must end with 0.
passes() { output=$("$@" 2>&1) || fail "refused: $*"; }

# refuses TEXT COMMAND...: it must fail and say TEXT.
refuses() {
  local text=$1
  shift
  output=$("$@" 2>&1) && fail "let it pass: $*"
  grep -qF -- "$text" <<<"$output" || fail "refused, but did not say '$text'"
}
