#!/usr/bin/env bash
# stranger.sh SOURCE BUILD ERP_HOST: installs what authors get, moves it, and builds plugins against
# it in a folder that has nothing else of this repository; then the real host loads them.
set -euo pipefail
source_dir=$1 build_dir=$2 erp_host=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*" && exit 1; }

cmake --install "$build_dir" --component plugin_api --prefix "$work/installed" >"$work/install.log" || fail "$(<"$work/install.log")"
mv "$work/installed" "$work/moved" # it must not matter where it lies
if grep -rIl "$source_dir" "$work/moved"; then fail "an installed file names the source folder"; fi
[[ ! -e $work/moved/bin ]] || fail "the component plugin_api installs programs"

cp -r "$source_dir/tests/packaging/stranger" "$work/stranger"
cmake -S "$work/stranger" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/moved" >"$work/cmake.log" || fail "$(<"$work/cmake.log")"
cmake --build "$work/build" >"$work/build.log" || fail "$(<"$work/build.log")"

PKG_CONFIG_PATH=$(dirname "$(find "$work/moved" -name erp-plugin-api.pc)")
export PKG_CONFIG_PATH
read -ra compile < <(pkg-config --cflags erp-plugin-api)
read -ra link < <(pkg-config --libs erp-plugin-api)
cc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -DSTRANGER_ID='"stranger_pc"' "${compile[@]}" \
  "$work/stranger/plugin.c" -o "$work/stranger_pc.so" "${link[@]}"

# An author whose package asks for another major version is told so by CMake.
sed -i 's/find_package(erp_plugin_api 1.0/find_package(erp_plugin_api 99/' "$work/stranger/CMakeLists.txt"
if cmake -S "$work/stranger" -B "$work/other" -G Ninja -DCMAKE_PREFIX_PATH="$work/moved" >"$work/other.log" 2>&1; then
  fail "version 99 was found"
fi
grep -q 'compatible with requested' "$work/other.log" || fail "$(<"$work/other.log")"

for library in build/stranger_c build/stranger_cpp stranger_pc; do
  [[ $(nm -D --defined-only "$work/$library.so" | awk '{ print $3 }') == erp_plugin_entry_v1 ]] || fail "$library exports more than the entry"
  "$erp_host" --home "$work/home" plugins install "$work/$library.so"
  "$erp_host" --home "$work/home" plugins enable "${library##*/}"
done
sum=$("$erp_host" --home "$work/home" run stranger_cpp add 1.50 2)
[[ $sum == 3.50 ]] || fail "1.50 + 2 came out as '$sum'"
