#!/usr/bin/env bash
# validated.sh SOURCE BUILD: the QuickBooks plugin and the template, made into signed bundles from this
# build, pass every check of `erp-host plugins validate`, and that is a matter of seconds.
set -euo pipefail
source_dir=$1 build_dir=$2
seconds_max=120 # each, on two processors that do nothing else; not held against a busy machine
checks=25
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*" && exit 1; }
[[ ! -d /dev/shm ]] || export TMPDIR=/dev/shm # none of the checks is about the speed of a disk
erp_host=$build_dir/host_stub/erp-host
minisign -G -W -p "$work/our.pub" -s "$work/our.key" >"$work/minisign.log"
export SOURCE_DATE_EPOCH=1700000000 # the tree may have no commits

# validated LIBRARY MANIFEST SKIPPED WORD...: the names of checks that may be skipped, as a JSON array.
validated() {
  local library=$1 manifest=$2 skipped=$3
  shift 3
  "$source_dir/packaging/bundle" --library "$library" --manifest "$manifest" --describe "$build_dir/packaging/erp-describe" \
    --license "$source_dir/LICENSE" --build "$build_dir" --key "$work/our.key" --out "$work/dist" >"$work/made"
  local began=$EPOCHSECONDS bundle
  bundle=$(sed -n 1p "$work/made")
  "$erp_host" plugins validate "$bundle" --key "$work/our.pub" "$@" --json >"$work/verdicts" || fail "$(<"$work/verdicts")"
  local took=$((EPOCHSECONDS - began))
  echo "$(basename "$bundle"): $(jq -r 'group_by(.verdict) | map("\(length) \(.[0].verdict)") | join(", ")' "$work/verdicts") in $took s (aim: $seconds_max s)"
  jq -e --argjson checks "$checks" 'length == $checks' "$work/verdicts" >/dev/null || fail "not $checks checks: $(<"$work/verdicts")"
  jq -e --argjson skipped "$skipped" '[.[] | select(.verdict == "skip").check] == $skipped' "$work/verdicts" >/dev/null ||
    fail "skipped: $(jq -c '[.[] | select(.verdict == "skip") | [.check, .seen]]' "$work/verdicts")"
  jq -e 'all(.[]; .verdict == "pass" or .verdict == "warn" or .seen != "")' "$work/verdicts" >/dev/null || fail "skipped without a reason"
}

validated "$build_dir/plugins/quickbooks/quickbooks.so" "$source_dir/plugins/quickbooks/plugin.json" '[]' \
  --settings "$source_dir/tests/zoo/quickbooks.json"
validated "$build_dir/plugin_api/template.so" "$source_dir/plugin_api/template/plugin.json" '[]'
