#!/usr/bin/env bash
# bundle.sh SOURCE ERP_DESCRIBE ERP_HOST: makes bundles of a stranger's plugin with packaging/bundle.
set -euo pipefail
source_dir=$1 describe=$2 erp_host=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*" && exit 1; }
refuses() { # WORDS COMMAND...
  local words=$1
  shift
  if "$@" >"$work/said" 2>&1; then fail "not refused: $words"; fi
  grep -qF -- "$words" "$work/said" || fail "expected '$words', it said: $(<"$work/said")"
}

minisign -G -W -p "$work/our.pub" -s "$work/our.key" >"$work/minisign.log"
export SOURCE_DATE_EPOCH=1700000000

# make FOLDER: compiles the plugin there and bundles it, as somebody would on a machine of his own.
make() {
  mkdir -p "$1/src" && cp "$source_dir/tests/packaging/stranger/plugin.c" "$1/src/"
  (
    cd "$1"
    cc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -MD -MF src/plugin.d -I "$source_dir/plugin_api/include" src/plugin.c \
      -o src/stranger.so -Wl,--version-script="$source_dir/plugin_api/cmake/plugin.map" -Wl,-z,defs,-z,relro,-z,now,-z,nodelete
    cat >plugin.json <<'JSON'
{"name": "A stranger's plugin", "publisher": "Larkfield Fabrication (fictional)", "license": "Apache-2.0", "category": "Examples",
 "summary": "Starts and ends.", "does": ["Nothing."], "touches": ["Nothing."], "needs": ["Nothing."],
 "permissions": {"services": [], "network": []}, "id": "stranger_c", "interfaces": []}
JSON
    cat >interface.json <<JSON
{"name": "ledgerhook-interface", "version": "0.1", "license": "Apache-2.0", "supplier": "Ledgerhook", "notice": "$source_dir/LICENSE",
 "files": ["$source_dir/plugin_api/include/"]}
JSON
    bundle --component interface.json --key "$work/our.key" --out dist
  ) >"$1.log" 2>&1 || fail "$(<"$1.log")"
}
bundle() {
  "$source_dir/packaging/bundle" --library src/stranger.so --manifest plugin.json --describe "$describe" \
    --license "$source_dir/LICENSE" --depends src/plugin.d "$@"
}

with_manifest() { # FILTER: as bundle, with another manifest
  jq "$1" plugin.json >other.json
  bundle --component interface.json --manifest other.json --out refused
}

# The same bytes in another folder, a second later, in another time zone, with other rights for new files.
make "$work/one"
sleep 1.1
(umask 077 && TZ=Pacific/Auckland make "$work/another place")
name=stranger_c-1.0.0-x86_64-linux.tar.gz
[[ $(uname -m) == x86_64 ]] || name=stranger_c-1.0.0-aarch64-linux.tar.gz
for file in "$name" "$name.minisig"; do
  cmp "$work/one/dist/$file" "$work/another place/dist/$file" || fail "$file differs from folder to folder"
done
minisign -V -q -p "$work/our.pub" -m "$work/one/dist/$name" || fail "minisign does not verify what was signed"

# What it holds: the hashes of all else, and a bill of materials without holes.
tar -xzf "$work/one/dist/$name" -C "$work"
cd "$work/stranger_c-1.0.0"
sha256sum --check --quiet --strict SHA256SUMS || fail "a hash is wrong"
diff <(find . -type f ! -name SHA256SUMS | sed 's#^\./##' | LC_ALL=C sort) <(sed 's/^[^ ]*  //' SHA256SUMS) || fail "SHA256SUMS does not name every file"
jq -e '.id == "stranger_c" and .version == "1.0.0" and .interfaces == [] and .abi.major == 1 and .settings_schema == null
  and (.runtime.glibc | test("^2([.][0-9]+)+$")) and .category == "Examples"' plugin.json >/dev/null || fail "plugin.json: $(<plugin.json)"
jq -e '.spdxVersion == "SPDX-2.3" and .creationInfo.created == "2023-11-14T22:13:20Z"
  and (([.packages[], .files[]] | map(.SPDXID)) + ["SPDXRef-DOCUMENT"]) as $known
    | all(.relationships[]; (.spdxElementId, .relatedSpdxElement) as $id | $known | index($id))' licenses/sbom.spdx.json >/dev/null ||
  fail "the bill of materials does not hang together"
jq -e '[.relationships[] | select(.relationshipType == "DYNAMIC_LINK").relatedSpdxElement] == ["SPDXRef-Package-libc6"]
  and any(.packages[]; .name == "libc6-dev")
  and any(.packages[]; .name == "ledgerhook-interface" and .licenseConcluded == "Apache-2.0" and .versionInfo == "0.1")
  and any(.relationships[]; .relationshipType == "GENERATED_FROM" and .relatedSpdxElement == "SPDXRef-Component-ledgerhook-interface")' licenses/sbom.spdx.json >/dev/null || fail "the bill does not name the C library"
[[ $(jq -r '.files[0].checksums[] | select(.algorithm == "SHA256").checksumValue' licenses/sbom.spdx.json) == "$(sha256sum <lib/*/stranger_c.so | cut -d ' ' -f 1)" ]] ||
  fail "the bill is about another library"
cmp licenses/third-party/ledgerhook-interface.copyright "$source_dir/LICENSE" || fail "the notice of the interface is another"
[[ -s licenses/third-party/libc6.copyright && -s licenses/LICENSE ]] || fail "the notices are missing"

# The host takes it.
"$erp_host" --home "$work/home" plugins keys add "$work/our.pub"
"$erp_host" --home "$work/home" plugins install "$work/one/dist/$name" | grep -F 'side-loaded'
"$erp_host" --home "$work/home" plugins enable stranger_c

# What it refuses.
cd "$work/one"
bundle --own "$source_dir/plugin_api" --out own >own.log || fail "--own is not enough: $(<own.log)"
refuses "are in no package of Debian" bundle --out refused
refuses "$source_dir/plugin_api/include/erp/" bundle --out refused
refuses "--component FILE.json" bundle --out refused
refuses "there is no folder 'nowhere'" bundle --own nowhere --out refused
mkdir -p "$work/acme/include" && echo '/* nothing */' >"$work/acme/include/acme.h"
jq --arg file "$work/acme/" '.name = "acme" | .files = [$file]' interface.json >acme.json
refuses "nothing of 'acme.json' went into" bundle --component interface.json --component acme.json --out refused
jq 'del(.license)' interface.json >holes.json
refuses "must have the texts name, version, license" bundle --component holes.json --out refused
jq '.notice = "no such file"' interface.json >gone.json
refuses "names what is not there" bundle --component gone.json --out refused
# Outside /usr and /lib is no hole: a header and an archive of others are asked for, too.
cp src/plugin.d src/plugin.d.whole
echo "more: $work/acme/include/acme.h" >>src/plugin.d
refuses "acme/include/acme.h" bundle --component interface.json --out refused
bundle --component interface.json --component acme.json --out with_acme >with_acme.log || fail "$(<with_acme.log)"
echo "more: src/was_here.h" >>src/plugin.d
refuses "is not there any more" bundle --component interface.json --component acme.json --out refused
mv src/plugin.d.whole src/plugin.d
refuses 'the library "stranger_c"' with_manifest '.id = "other"'
refuses 'interfaces: the manifest says ["erp.job/1"], the library []' with_manifest '.interfaces = ["erp.job/1"]'
refuses 'does not say: needs, permissions' with_manifest 'del(.needs, .permissions)'
refuses "there is no option '--sing'" bundle --sing
refuses '--library is missing' "$source_dir/packaging/bundle" --manifest plugin.json
refuses 'SOURCE_DATE_EPOCH is no number' env SOURCE_DATE_EPOCH=today "$source_dir/packaging/bundle" --library src/stranger.so \
  --manifest plugin.json --describe "$describe" --license "$source_dir/LICENSE" --depends src/plugin.d
grep -q 'Example, from a release build' <<<"$("$source_dir/packaging/bundle" --help)" || fail "--help does not teach"
grep -q 'bill of materials' <<<"$("$source_dir/packaging/sbom" --help)" || fail "sbom --help does not teach"
