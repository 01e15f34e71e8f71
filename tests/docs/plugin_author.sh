#!/usr/bin/env bash
# plugin_author.sh SOURCE BUILD: runs the sh block of docs/plugin-author.md line by line, in a home of its own and with the
# build that is being tested.
set -euo pipefail
source_dir=$1 build_dir=$2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$source_dir"
ran=0
while IFS= read -r line; do
  [[ $line == ./dev\ * ]] && continue # the build is there already
  line=${line//build\/dev/$build_dir}
  line=${line//\/tmp\/try/$home/try}
  echo "+ $line"
  bash -euo pipefail -c "$line"
  ran=$((ran + 1))
done < <(awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' docs/plugin-author.md)
[[ $ran -ge 4 ]] || { echo "only $ran commands found in docs/plugin-author.md" && exit 1; }
