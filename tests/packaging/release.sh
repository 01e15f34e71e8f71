#!/usr/bin/env bash
# release.sh SOURCE BUILD: runs the sh blocks of packaging/README.md line by line, with the build that is being tested.
set -euo pipefail
source_dir=$1 build_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*" && exit 1; }
for name in packaging plugins LICENSE; do ln -s "$source_dir/$name" "$work/$name"; done
mkdir "$work/build"
ln -s "$build_dir" "$work/build/release"
export SOURCE_DATE_EPOCH=$EPOCHSECONDS # the tree may have no commits; what the marketplace signs expires by it
cd "$work"
ran=0
while IFS= read -r line; do
  [[ $line == *./dev\ * ]] && continue # the build is there already
  echo "+ $line"
  bash -euo pipefail -c "$line" >said 2>&1 || fail "$(<said)"
  ran=$((ran + 1))
done < <(awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' packaging/README.md | sed -e ':more' -e '/\\$/ { N; s/\\\n//; b more' -e '}')
[[ $ran -ge 12 ]] || fail "only $ran commands found in packaging/README.md"

for home in try:side-loaded shop:verified; do
  "$work/build/release/host_stub/erp-host" --home "${home%:*}" plugins list >said
  grep -qE "^quickbooks +[0-9.]+ +disabled +${home#*:} +7 services" said || fail "the plugin is not listed as ${home#*:}: $(<said)"
done
[[ $(find dist -maxdepth 1 -name '*.deb' | wc -l) == 2 ]] || fail "made: $(ls dist)"
tar -xzf dist/quickbooks-*.tar.gz
cd quickbooks-*/
jq -e '.category == "Accounting & Finance" and .permissions.network == ["*.intuit.com:443"]' plugin.json >/dev/null || fail "$(<plugin.json)"
jq -e '.properties | has("ap_account") and has("client_secret")' settings.schema.json >/dev/null || fail "the settings are missing"
for package in libcurl4 libsqlite3-0 nlohmann-json3-dev libexpected-dev; do
  jq -e --arg name "$package" 'any(.packages[]; .name == $name)' licenses/sbom.spdx.json >/dev/null || fail "the bill does not name $package"
  [[ -s licenses/third-party/$package.copyright ]] || fail "the notice of $package is missing"
done
