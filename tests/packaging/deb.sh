#!/usr/bin/env bash
# deb.sh SOURCE BUILD: makes the Debian packages of this build, and uses what is in them in a root of its own.
set -euo pipefail
source_dir=$1 build_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*" && exit 1; }

cpack --config "$build_dir/CPackConfig.cmake" -G DEB -B "$work/debs" >"$work/cpack.log" 2>&1 || fail "$(<"$work/cpack.log")"
version=$(sed -n 's/^project(ledgerhook VERSION \([0-9.]*\).*/\1/p' "$source_dir/CMakeLists.txt")
arch=$(dpkg --print-architecture)
programs=$work/debs/ledgerhook_${version}_$arch.deb
headers=$work/debs/libledgerhook-dev_${version}_$arch.deb
[[ -r $programs && -r $headers && $(find "$work/debs" -maxdepth 1 -name '*.deb' | wc -l) == 2 ]] || fail "made: $(ls "$work/debs")"

field() { dpkg-deb -f "$1" "$2"; }
[[ $(field "$programs" Package) == ledgerhook && $(field "$headers" Package) == libledgerhook-dev ]] || fail "the packages are not called so"
for library in libc6 libssl3 libarchive13 libsqlite3-0; do
  grep -qE "(^|, )$library( |,|\$)" <<<"$(field "$programs" Depends)" || fail "ledgerhook does not depend on $library: $(field "$programs" Depends)"
done
grep -q libexpected-dev <<<"$(field "$headers" Depends)" || fail "libledgerhook-dev does not depend on what its headers include"
grep -q 'Description: small host ERP' <<<"$(dpkg-deb -I "$programs")" || fail "$(dpkg-deb -I "$programs")"
for deb in "$programs" "$headers"; do
  dpkg-deb -c "$deb" >"$work/content"
  if grep -vE '^[-d]rw[x-]r-[x-]r-[x-] root/root .* \./(usr/.*)?$' "$work/content"; then fail "owner, rights or place of these is wrong"; fi
done
# Nothing belongs to both.
files() { dpkg-deb -c "$1" | awk '!/\/$/ { print $6 }' | sort; }
[[ -z $(comm -12 <(files "$programs") <(files "$headers")) ]] || fail "a file is in both packages"
dpkg-deb --fsys-tarfile "$programs" | tar -xO ./usr/share/doc/ledgerhook/changelog.gz >"$work/changelog.gz"
[[ $(zcat "$work/changelog.gz") == "ledgerhook ($version)"* ]] ||
  fail "packaging/deb/changelog is not about version $version"

dpkg-deb -x "$programs" "$work/root"
dpkg-deb -x "$headers" "$work/root"
[[ $("$work/root/usr/bin/erp-host" --version) == "erp-host $version" ]] || fail "erp-host does not run"
grep -q 'QuickBooks Online, emulated' <<<"$("$work/root/usr/bin/qbo-emulator" --help)" || fail "qbo-emulator does not run"
cp -r "$source_dir/tests/packaging/stranger" "$work/stranger"
cmake -S "$work/stranger" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/root/usr" >"$work/cmake.log" || fail "$(<"$work/cmake.log")"
cmake --build "$work/build" >"$work/build.log" || fail "$(<"$work/build.log")"
"$work/root/usr/bin/erp-host" --home "$work/home" plugins install "$work/build/stranger_cpp.so"

# Debian's own critic, where it is installed (./dev setup ci).
if command -v lintian >/dev/null; then
  lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs,pkg-config-unavailable-for-cross-compilation "$programs" "$headers" || fail "lintian found something"
fi
