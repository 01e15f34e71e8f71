#!/bin/sh
# one_symbol.sh PLUGIN.so: it exports the entry and nothing else (R1). A symbol of the kind GNU_UNIQUE
# would show up here as well; it would be shared by two versions of a plugin that are both loaded.
set -eu
exported=$(nm -D --defined-only "$1" | awk '{ print $2, $3 }')
[ "$exported" = "T erp_plugin_entry_v1" ] && exit 0
echo "$1 should export T erp_plugin_entry_v1 alone, and exports:"
echo "$exported"
exit 1
