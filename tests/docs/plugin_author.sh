#!/usr/bin/env bash
# plugin_author.sh SOURCE --build BUILD | --packages FOLDER
#
# Does what docs/plugin-author.md tells its reader, in the order of the page, as its reader: a home folder that is empty, one
# shell from beginning to end. A block of the page with a file's name behind its language becomes that file, a block `sh` is
# run line by line, a block `text` is what the lines before it must have printed.
#
#   --build BUILD        with the build that is being tested, as from a copy of the repository (blocks `sh source`)
#   --packages FOLDER    with the Debian packages in FOLDER, as root on a bare system (blocks `sh packages`); with those
#                        that packaging/README.md makes in dist:
#                        ./dev clean-room --with dist -- tests/docs/plugin_author.sh . --packages /srv/dist
set -euo pipefail
source_dir=$(cd "$1" && pwd)
road=${2#--} # build or packages
place=$(cd "$3" && pwd)
work=$(mktemp -d)
began=$SECONDS
fail() {
  echo "docs/plugin-author.md: $*"
  exit 1
}

running=
# shellcheck disable=SC2317 # the trap calls it
leave() {
  [[ -z $running ]] || { cat "$work/printed"; echo "docs/plugin-author.md: block $running went wrong"; }
  rm -rf "$work"
}
trap leave EXIT

# blocks/NN, and a line `NN LANGUAGE WORD` for each in blocks/list.
mkdir "$work/blocks" "$work/here" "$work/reader"
awk -v folder="$work/blocks" '
  /^```/ && !inside { inside = 1; file = sprintf("%s/%02d", folder, ++n); printf "" >file
    print n, substr($1, 4), $2 >(folder "/list"); next }
  /^```/ { inside = 0; close(file); next }
  inside { print >file }
  END { exit inside }' "$source_dir/docs/plugin-author.md" || fail "a block has no end"

export HOME=$work/reader
case $road in
build)
  mkdir "$work/here/build"
  ln -s "$place" "$work/here/build/release"
  road=source
  cd "$work/here"
  ;;
packages) cd "$place" ;;
*) fail "neither --build nor --packages" ;;
esac

commands=0
printed=$work/printed
while read -r number language word; do
  block=$work/blocks/$(printf %02d "$number")
  case $language in
  sh)
    [[ -z $word || $word == "$road" ]] || continue
    sed -i '/^PRESET=release \.\/dev build$/d' "$block" # the build is there already
    sed 's/^/$ /' "$block"
    commands=$((commands + $(wc -l <"$block")))
    running=$number
    # shellcheck disable=SC1090 # the page is what is being tested
    source "$block" >"$printed" </dev/null
    running=
    cat "$printed"
    ;;
  text) diff "$block" "$printed" || fail "the commands before it print something else than block $number says" ;;
  c | cpp | cmake | json)
    [[ -n $word ]] || fail "block $number ($language) does not say what file it is"
    cp "$block" "$word"
    ;;
  *) fail "what is a block of the kind '$language'?" ;;
  esac
done <"$work/blocks/list"

# The page is about all of this; were a block lost, it would pass otherwise.
[[ $commands -ge 20 ]] || fail "only $commands commands found"
for made in orderbook.so build/spend.so home/data/orderbook/orders.txt home/data/spend/orders.jsonl; do
  [[ -s ~/orderbook/$made ]] || fail "$made was not made"
done
echo "The guide works as written, with $(erp-host --version): $commands commands in $((SECONDS - began)) s."
