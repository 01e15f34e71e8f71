#!/bin/sh
# tags.sh INCLUDE_FOLDER: the headers pass tags.awk, and tags.awk sees each way to break the rule.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
find erp -name '*.h' -exec awk -f "$here/tags.awk" {} + || exit 1

spoilt=$(mktemp)
trap 'rm -f "$spoilt"' EXIT
must_complain() { # must_complain WHAT SED_SCRIPT
  sed "$2" erp/ext/job.h >"$spoilt"
  if cmp -s "$spoilt" erp/ext/job.h; then
    echo "the sed script '$2' changes nothing any more"
    exit 1
  fi
  if awk -f "$here/tags.awk" "$spoilt" >"$spoilt.out"; then
    echo "tags.awk does not see: $1"
    exit 1
  fi
  grep -q "$1" "$spoilt.out" || { cat "$spoilt.out"; exit 1; }
  rm -f "$spoilt.out"
}
must_complain 'run needs exactly one of \[any\]' 's/\[serial\]//'
must_complain 'run needs exactly one of \[any\]' 's/\[serial\]/[serial][any]/'
must_complain 'list needs exactly one of \[quick\]' 's/\[quick\]//'
must_complain 'run needs exactly one of \[quick\]' 's/\[may-block\]/[may-block][quick]/'
must_complain 'list needs ERP_NOEXCEPT' '0,/ERP_NOEXCEPT;/s//;/'
must_complain 'run needs ERP_CALL' 's/(ERP_CALL\* run)/(* run)/'
