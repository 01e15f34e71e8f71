#!/usr/bin/env bash
# ./dev as a newcomer meets it.
source "$(dirname "${BASH_SOURCE[0]}")/trial.sh"

commands_explain() {
  local file name
  passes "$house/dev" help
  local listing=$output
  for file in "$house"/dev.d/*; do
    [[ -x $file && -f $file ]] || continue
    name=${file##*/}
    grep -qE "^  $name +[a-z]" <<<"$listing" || fail "./dev help does not tell what $name does"
    passes "$house/dev" "$name" --help
    [[ -n $output ]] || fail "./dev $name --help says nothing"
  done
}

unknown_command() {
  refuses 'lists the commands' "$house/dev" no-such-command
  refuses 'lists the commands' "$house/dev" ../dev.d/setup
}

setup_without_root() {
  local user=()
  if [[ $EUID -eq 0 ]]; then
    user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    "${user[@]}" test -r "$house/dev" || exit 77 # the tree lies where only root can read
    chmod 755 "$tree"
  elif sudo -n true 2>/dev/null; then
    exit 77 # this user may install packages
  fi
  plant packages.txt 'no-such-package-one - a reason' 'no-such-package-two - another' 'bash - is there' \
    'no-such-package-three bash its program is there'
  refuses 'apt-get update && apt-get install -y --no-install-recommends no-such-package-one no-such-package-two' \
    "${user[@]}" "$house/dev" setup --list "$tree/packages.txt" </dev/null
  grep -qE 'three|recommends.* bash' <<<"$output" && fail "asked for what is there"
  return 0
}

setup_silent() {
  plant packages.txt 'bash - is there' 'coreutils - is there'
  passes "$house/dev" setup --list "$tree/packages.txt"
  [[ -z $output ]] || fail "setup was not silent"
}

packages_have_reasons() {
  local list
  for list in demo ci; do
    output=$(sed 's/#.*//' "$house/dev.d/packages-$list.txt" | awk 'NF > 0 && NF < 3')
    [[ -z $output ]] || fail "lines of packages-$list.txt without program column or reason"
  done
}

"$1"
