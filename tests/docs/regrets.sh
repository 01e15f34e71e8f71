#!/usr/bin/env bash
# regrets.sh PAGE: every rule, file, header's name, check and test that the page names is there.
# shellcheck disable=SC2016 # the backquotes are the page's
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
page=$1
checked=0
found_in() { grep -rqF -- "$@"; } # TEXT WHERE...
while read -r name; do
  case $name in
  R[0-9] | R10) found_in " *  $name " plugin_api/include/erp/abi.h ;;
  erp.*/[0-9]*) found_in "\"$name\"" plugin_api/include/erp ;;
  *': '*) # suite: sentence
    suite=${name%%: *} sentence=${name#*: }
    case $suite in
    abi | docs) found_in "\"$sentence\"" tests/plugin_api/abi/CMakeLists.txt || found_in "\"$name\"" tests/docs/CMakeLists.txt ;;
    *) found_in "NAME $suite " tests && found_in "TEST_CASE(\"$sentence\")" tests ;;
    esac
    ;;
  erp_* | struct_size | min_host_minor) grep -rqw -- "$name" plugin_api/include/erp ;;
  */* | *.h | *.md | *.go) [[ -e $name || -e plugin_api/include/erp/$name || -e tests/plugin_api/$name ]] ;;
  *) found_in "\"$name\"," host_stub/validate/checks ;;
  esac || {
    echo "$page names '$name', and there is no such thing"
    exit 1
  }
  checked=$((checked + 1))
done < <(awk -F ' [|] ' '
  /^[|] / && !/^[|] what happened/ { print $3; next }
  !/^[|]/ { print }' "$page" | grep -oE '`[^`]+`' | tr -d '`' | grep -vxF 'erp-host plugins validate')
[[ $checked -ge 30 ]] || { echo "only $checked names found in $page" && exit 1; }
echo "$checked names exist"
