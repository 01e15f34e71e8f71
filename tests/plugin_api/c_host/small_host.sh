#!/bin/sh
# small_host.sh SMALL_HOST PLUGIN SETTINGS: one hook, and the order waits in the plugin.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
said=$("$1" "$2" "$3" "$folder")
echo "$said"
echo "$said" | grep -qE '^Waiting +1$'
