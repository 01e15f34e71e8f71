#!/usr/bin/env bash
# anchor_test.sh CHANGE: what abidiff makes of a change of the headers, each made to a copy.
source "$(dirname "${BASH_SOURCE[0]}")/../../house/trial.sh"
cp -R "$house/plugin_api/include" "$tree/include"

keeps() { "$house/tests/plugin_api/abi/anchor.sh" keeps "$tree/include" "$house/tests/plugin_api/golden/types-1.0.abi"; }
keeps >"$tree/as_it_is" || [[ $? != 77 ]] || exit 77

# edit HEADER SED_SCRIPT: and it must change something.
edit() {
  local file=$tree/include/erp/$1
  sed "$2" "$file" >"$tree/edited"
  cmp -s "$tree/edited" "$file" && fail "'$2' does not change $1 any more"
  mv "$tree/edited" "$file"
}

appended() {
  edit document/part.h 's/^} erp_part;/  erp_str barcode;\n&/'
  passes keeps
  grep -q 'barcode' <<<"$output" || fail "the new member is not told"
}
reordered() {
  edit document/part.h '/^  erp_str number;/{N;s/\(.*\)\n\(.*\)/\2\n\1/}'
  refuses 'BROKEN: a member was changed, moved or removed' keeps
}
inserted() {
  edit document/part.h 's/^  erp_str number;/  erp_str barcode;\n&/'
  refuses 'BROKEN: a member was changed, moved or removed' keeps
}
removed() {
  edit document/part.h '/^  erp_str revision;/d'
  refuses 'BROKEN: a member was changed, moved or removed' keeps
}
retyped() {
  edit document/event.h 's/^  uint64_t sequence;/  int64_t sequence;/'
  refuses 'BROKEN: a member was changed, moved or removed' keeps
}
passed_otherwise() {
  edit services/schedule.h 's/erp_instant due_at/int32_t due_at/'
  refuses 'BROKEN: a member was changed, moved or removed' keeps
}

"$1"
