#!/bin/sh
# check.sh C_HOST TEMPLATE: the transcript of the smallest host with the smallest plugin.
set -eu
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT

expected='template 1.0.0
create: 0
settings: 0
activate: 0
onPoOrdered: 0
onPoOrdered, again: 2
events recorded: 1

status: 0
stop: 0'
[ "$("$1" "$2" 2>/dev/null)" = "$expected" ] || {
  echo "c_host says:"
  "$1" "$2"
  echo "and should say:"
  echo "$expected"
  exit 1
}

# Settings that the plugin refuses keep it from being activated.
echo '{"record_parts":"maybe"}' >"$settings"
if said=$("$1" "$2" "$settings" 2>/dev/null); then
  echo "bad settings were taken: $said"
  exit 1
fi
echo "$said" | grep -q '^settings: -2: record_parts must be "on" or "off"$'

# What is no plugin is refused with words, not loaded.
if "$1" /etc/passwd 2>/dev/null; then
  echo "a text file was loaded"
  exit 1
fi
