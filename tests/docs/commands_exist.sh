#!/usr/bin/env bash
# commands_exist.sh SOURCE ERP_HOST: asks erp-host for the help of every command that the guides name.
set -euo pipefail
source_dir=$1 erp_host=$2
checked=0
while read -r words; do
  # shellcheck disable=SC2086 # words of a command
  "$erp_host" --home /nonexistent $words --help >/dev/null || { echo "erp-host has no command: $words" && exit 1; }
  checked=$((checked + 1))
done < <(grep -hoE 'erp-host --home HOME_DIR [a-z-]+( (install|enable|disable|list|set|show))?' \
  "$source_dir"/docs/*.md | sed 's/.*HOME_DIR //' | sort -u)
[[ $checked -ge 5 ]] || { echo "only $checked commands found in the guides" && exit 1; }
echo "$checked commands exist"
