#!/bin/sh
# headers.sh INCLUDE_FOLDER older|newer TARGET_FOLDER: the headers as they were before, or will be
# after, each open struct grew by a field; headers.awk says how.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$1
age=$2
target=$3
rm -rf "$target"
mkdir -p "$target"
cp -R "$source/erp" "$target/"
find "$target/erp" -name '*.h' | while read -r header; do
  awk -v age="$age" -v changed="$target/changed" -f "$here/headers.awk" "$header" >"$target/edited"
  mv "$target/edited" "$header"
done

# The matrix must know them all: skew_structs.h names each open struct.
sed -n 's/^ *SKEW_[A-Z]*(\(erp_[a-z_0-9]*\).*/\1/p' "$here/skew_structs.h" | LC_ALL=C sort >"$target/known"
[ "$age" = newer ] || sed -i '/^erp_host$/d; /^erp_plugin$/d' "$target/known"
LC_ALL=C sort "$target/changed" | diff - "$target/known" || {
  echo "skew: an open struct of the headers is not in tests/plugin_api/skew/skew_structs.h, or the other way round"
  exit 1
}
touch "$target/made"
