#!/bin/sh
# headers.sh INCLUDE_FOLDER older|newer TARGET_FOLDER: the headers as they were before, or will be
# after, a field was appended to erp_part and erp_purchase_order.
set -eu
source=$1
age=$2
target=$3
rm -rf "$target"
mkdir -p "$target"
cp -R "$source/erp" "$target/"

edit() { # edit FILE SED_SCRIPT: and it must change something
  sed "$2" "$target/erp/document/$1" >"$target/edited"
  if cmp -s "$target/edited" "$target/erp/document/$1"; then
    echo "skew: '$2' does not change $1 any more; adapt tests/plugin_api/skew/headers.sh"
    exit 1
  fi
  mv "$target/edited" "$target/erp/document/$1"
}

case $age in
older)
  edit part.h '/^  int32_t active;/d'
  edit part.h '/^  uint32_t reserved;/d'
  edit part.h '/offsetof(erp_part, active)/d'
  edit part.h 's/sizeof(erp_part) == 80/sizeof(erp_part) == 72/'
  edit purchase_order.h '/^  const erp_fee\* const\* fees;/d'
  edit purchase_order.h '/^  size_t fee_count;/d'
  edit purchase_order.h 's/sizeof(erp_purchase_order) == 168/sizeof(erp_purchase_order) == 152/'
  ;;
newer)
  edit part.h 's/^} erp_part;/  erp_str barcode;\n&/'
  edit part.h 's/sizeof(erp_part) == 80/sizeof(erp_part) == 96/'
  edit purchase_order.h 's/^} erp_purchase_order;/  erp_str approved_by;\n&/'
  edit purchase_order.h 's/sizeof(erp_purchase_order) == 168/sizeof(erp_purchase_order) == 184/'
  ;;
esac
touch "$target/made"
