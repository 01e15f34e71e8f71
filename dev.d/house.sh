# shellcheck shell=bash
# What the commands in dev.d/ share. Sourced by them, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A copy of the tree, as ./dev mutants makes one, finds what was compiled here.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true

say() { echo "$*" >&2; }
die() {
  say "./dev: $*"
  exit 1
}

# need PROGRAM...: stops with the way out when a program of `setup ci` is missing.
need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || die "'$program' is not installed; ./dev setup ci installs it"
  done
}

# house_files [PATTERN...]: the files of this repository, one a line. Git's list where there is git,
# else (a tree that was unpacked or copied) everything but build output.
house_files() {
  local patterns=("$@") pattern file
  [[ ${#patterns[@]} -gt 0 ]] || patterns=('*')
  if git ls-files --error-unmatch dev >/dev/null 2>&1; then
    git ls-files -- "${patterns[@]}" | while read -r file; do [[ -f $file ]] && echo "$file"; done
  else
    find . \( -name .git -o -name node_modules -o -path ./build -o -path ./.cache \) -prune -o -type f -print |
      sed 's#^\./##' | LC_ALL=C sort | while read -r file; do
      for pattern in "${patterns[@]}"; do
        # shellcheck disable=SC2053 # the right side is meant as a pattern
        [[ $file == $pattern ]] && echo "$file" && break
      done
    done
  fi
  return 0
}

# tests_that STATUS FILE...: names of the tests that a run of ctest (--output-junit) left so: run
# (it passed), fail. One a line, sorted, without the room that stands before them.
tests_that() {
  local status=$1 file
  shift
  for file in "$@"; do
    if [[ -f $file ]]; then sed -nE "s/.*<testcase name=\"([^\"]*)\".* status=\"$status\".*/\1/p" "$file"; fi
  done | sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | without_room
}
without_room() { sed -E 's/^[a-z0-9_]+:([^ ].*)$/\1/' | LC_ALL=C sort -u; }

# configure PRESET: configures build/PRESET; quiet unless something is wrong.
configure() {
  mkdir -p "build/$1"
  cmake --preset "$1" >"build/$1/configure.log" 2>&1 || {
    cat "build/$1/configure.log" >&2
    die "configuring the preset '$1' failed"
  }
}

# test_programs PRESET ROOMS: the test executables of a configured preset whose name without test_
# matches the regular expression, one a line.
test_programs() {
  ninja -C "build/$1" -t targets all | sed -n 's/^\(test_[a-z0-9_]*\): phony.*/\1/p' | grep -xE "test_($2)" | sort -u
}

# preset_everyday: warnings are errors where CI says so.
preset_everyday() { if [[ ${CI:-} == true ]]; then echo ci; else echo dev; fi; }

# Tests that take long or need Node and npm; ./dev test leaves them to ./dev ci.
# shellcheck disable=SC2034 # for the commands
labels_long='^(slow|real-clients)$'
# Tests that try every case there is, for hours; only ./dev test --exhaustive runs them.
# shellcheck disable=SC2034
labels_exhaustive='^exhaustive$'
