#!/usr/bin/env bash
# golden_test.sh CHANGE: what the golden layouts make of a change of the headers. Each change is made
# to a copy; that the headers as they are keep their promises is a test of its own.
source "$(dirname "${BASH_SOURCE[0]}")/../../house/trial.sh"
unset LEDGERHOOK_ACCEPT_GOLDEN LEDGERHOOK_ACCEPT_ABI_BREAK
abi=$house/tests/plugin_api/abi
golden=$tree/layouts.txt
# As before the release, whatever the house's own text says by now; what a release changes has its test.
before_release() { sed 's/^released yes$/released no/' "$house/tests/plugin_api/golden/layouts.txt" >"$golden"; }
before_release
cp -R "$house/plugin_api/include" "$tree/include"

keeps() { "$abi/golden.sh" keeps "$tree/include" "$golden"; }
records() { "$abi/golden.sh" records "$tree/include" "$golden"; }

# edit HEADER SED_SCRIPT: and it must change something.
edit() {
  local file=$tree/include/erp/$1
  sed "$2" "$file" >"$tree/edited"
  cmp -s "$tree/edited" "$file" && fail "'$2' does not change $1 any more"
  mv "$tree/edited" "$file"
}

as_it_is() {
  passes keeps
  [[ -z $output ]] || fail "something is told of unchanged headers"
  passes records
}

appended_to_open() {
  edit document/part.h 's/^} erp_part;/  erp_str barcode;\n&/'
  passes keeps
  grep -qx 'added   erp_part.barcode erp_str' <<<"$output" || fail "the new member is not told"
  refuses './dev golden --accept' records
  LEDGERHOOK_ACCEPT_GOLDEN=1 passes records
  passes records
  edit document/part.h '/^  erp_str barcode;/d' # and from then on it is a promise, too
  refuses 'BROKEN  erp_part.barcode: removed (R3' keeps
}

appended_to_table() {
  edit ext/job.h 's/^} erp_job_v1;/  void(ERP_CALL* pause)(erp_instance*) ERP_NOEXCEPT;\n&/'
  refuses 'BROKEN  erp_job_v1.pause: added (R4' keeps
}

appended_to_value() {
  edit values.h 's/^} erp_attrs;/  size_t capacity;\n&/'
  refuses 'BROKEN  erp_attrs.capacity: added (R2' keeps
}

new_kind_of_value() {
  edit values.h 's/^} erp_value_as;/  uint64_t natural;\n&/'
  passes keeps
  edit values.h 's/^} erp_value_as;/  erp_str pair[2];\n&/'
  refuses 'BROKEN  erp_value_as.pair: added (R2' keeps
}

inserted() {
  edit document/part.h 's/^  erp_str number;/  erp_str barcode;\n&/'
  refuses 'BROKEN  erp_part.barcode: added, but not at the end (R3' keeps
  refuses 'BROKEN  erp_part.number: moved from offset 24 to 40 (R3' keeps
}

reordered() {
  edit document/supplier.h '/^  erp_str email;/d; s/^  erp_str name;$/  erp_str email;\n&/'
  refuses 'BROKEN  erp_supplier.name: moved from offset 24 to 40 (R3' keeps
  refuses 'BROKEN  erp_supplier.email: moved from offset 40 to 24 (R3' keeps
}

functions_reordered() {
  edit services/clock.h 's/\bnow\b/later/; s/monotonic_us/now/; s/\blater\b/monotonic_us/'
  refuses 'BROKEN  erp_clock_v1.now: moved from offset 0 to 8 (R4' keeps
}

removed() {
  edit document/purchase_order.h '/^  erp_str reference;/d'
  refuses 'BROKEN  erp_purchase_order.reference: removed (R3' keeps
}

renamed() {
  edit document/event.h 's/^  erp_str actor;/  erp_str user;/'
  refuses 'BROKEN  erp_event.actor: renamed to user (R3' keeps
}

retyped() {
  edit document/part.h 's/^  int32_t active;/  uint32_t active;/' # the same bytes
  refuses 'BROKEN  erp_part.active: was int32_t, is uint32_t (R3' keeps
}

passed_by_pointer() {
  edit services/log.h 's/erp_str message,/erp_str* message,/'
  refuses 'BROKEN  erp_log_v1.write: was void(__cdecl*)(erp_host_ctx*, int32_t level, erp_str message, erp_attrs fields) noexcept, is' keeps
}

new_parameter() {
  edit ext/command.h 's/erp_status(ERP_CALL\* list)(erp_instance\*, /&int32_t page, /'
  refuses 'BROKEN  erp_command_v1.list: was erp_status(__cdecl*)(erp_instance*, const erp_sink* out, erp_error*) noexcept, is erp_status(__cdecl*)(erp_instance*, int32_t page, const erp_sink* out, erp_error*) noexcept (R4' keeps
}

parameters_swapped() { # key and value are both erp_str
  edit services/secrets.h 's/erp_str key, erp_str value,/erp_str value, erp_str key,/'
  refuses 'BROKEN  erp_secrets_v1.put: was' keeps
}

noexcept_lost() {
  edit plugin.h 's/\(destroy)(erp_instance\*)\) ERP_NOEXCEPT/\1/'
  refuses 'BROKEN  erp_plugin.destroy: was void(__cdecl*)(erp_instance*) noexcept, is void(__cdecl*)(erp_instance*) (R3' keeps
}

calling_convention_changed() {
  edit abi.h 's/__cdecl/__stdcall/'
  refuses 'BROKEN  function erp_plugin_entry_v1: was' keeps
  refuses 'BROKEN  erp_sink.write: was' keeps
}

enumerator_changed() {
  edit status.h 's/ERP_E_TIMEOUT = -8/ERP_E_TIMEOUT = -18/'
  refuses 'BROKEN  enumerator ERP_E_TIMEOUT: was -8, is -18 (R9' keeps
}

enumerator_removed() {
  edit document/purchase_order.h 's/ERP_PO_CLOSED = 2, //'
  refuses 'BROKEN  enumerator ERP_PO_CLOSED: removed (R9' keeps
}

enumerator_added() {
  edit document/part.h 's/ERP_PART_SERVICE = 3/&, ERP_PART_KIT = 4/'
  passes keeps
  grep -qx 'added   enumerator ERP_PART_KIT = 4' <<<"$output" || fail "the new enumerator is not told"
  edit document/part.h 's/ERP_PART_KIT = 4/ERP_PART_KIT = 3/'
  refuses 'BROKEN  enumerator ERP_PART_KIT: takes the number 3 of ERP_PART_SERVICE (R9' keeps
}

id_changed() {
  edit services/secrets.h 's/"erp.secrets\/1"/"erp.vault\/1"/'
  refuses 'BROKEN  constant ERP_SERVICE_SECRETS: was "erp.secrets/1", is "erp.vault/1" (R4' keeps
}

new_table() {
  edit ext/job.h 's/^#define ERP_JOB_DELIVER/#define ERP_INTERFACE_JOB_2 "erp.job\/2"\n&/'
  edit ext/job.h 's/^ERP_ABI_ASSERT/typedef struct erp_job_v2 {\n  void(ERP_CALL* pause)(erp_instance*) ERP_NOEXCEPT;\n} erp_job_v2;\n&/'
  passes keeps
  edit ext/job.h 's/"erp.job\/2"/"erp.jobs\/2"/'
  refuses 'BROKEN  erp_job_v2: no constant has its id "erp.job/2" (R4' keeps
}

open_by_value() {
  edit document/receipt.h 's/^} erp_receipt;/  erp_supplier carrier;\n&/'
  refuses 'BROKEN  erp_receipt.carrier: has erp_supplier by value (R3' keeps
}

table_removed() {
  rm "$tree/include/erp/services/attributes.h"
  edit erp.h '/attributes/d'
  refuses 'BROKEN  table erp_attributes_v1: removed (R4' keeps
}

draft_promises_nothing() {
  mkdir "$tree/include/erp/ext/draft"
  printf '%s\n' '#include "erp/plugin.h"' 'typedef struct erp_batch { uint32_t struct_size; } erp_batch;' >"$tree/include/erp/ext/draft/batch.h"
  passes keeps
  [[ -z $output ]] || fail "something is told of a draft"
  passes records
}

not_understood() {
  edit document/part.h 's/^} erp_part;/  uint32_t flags : 3;\n&/'
  refuses 'does not understand' keeps
}

break_accepted_before_release() {
  edit document/part.h 's/^  int32_t active;/  uint32_t active;/'
  refuses './dev golden --accept-abi-break' keeps
  LEDGERHOOK_ACCEPT_GOLDEN=1 refuses 'BROKEN' records
  LEDGERHOOK_ACCEPT_GOLDEN=1 LEDGERHOOK_ACCEPT_ABI_BREAK=1 passes records
  passes keeps
}

break_refused_after_release() {
  sed -i 's/^released no$/released yes/' "$golden"
  passes records
  edit document/part.h 's/^  int32_t active;/  uint32_t active;/'
  LEDGERHOOK_ACCEPT_GOLDEN=1 LEDGERHOOK_ACCEPT_ABI_BREAK=1 refuses 'a break is not accepted any more (R10)' records
}

releases() { "$abi/golden.sh" releases "$tree/include" "$golden" "$@"; }

released() {
  local version
  version=1.$(sed -n 's/^#define ERP_ABI_MINOR \([0-9]*\)u$/\1/p' "$tree/include/erp/abi.h")
  refuses 'not 1.99' releases 1.99
  edit document/part.h 's/^} erp_part;/  erp_str barcode;\n&/; /sizeof(erp_part) ==/d'
  refuses './dev golden --accept' releases "$version" # what nobody wrote down is not released
  LEDGERHOOK_ACCEPT_GOLDEN=1 passes records
  passes releases "$version"
  grep -qx 'released yes' "$golden" || fail "it does not say that it is released"
  passes records
  edit document/part.h '/^  erp_str barcode;/d'
  LEDGERHOOK_ACCEPT_GOLDEN=1 LEDGERHOOK_ACCEPT_ABI_BREAK=1 refuses 'a break is not accepted any more (R10)' records
}

# Widths that differ between targets: long has 8 bytes here, 4 on Windows.
other_layout_on_windows() {
  edit document/part.h 's/^} erp_part;/  long weight;\n&/; /sizeof(erp_part) ==/d'
  LEDGERHOOK_ACCEPT_GOLDEN=1 passes records
  passes "$abi/targets.sh" "$tree/include" "$golden" x86_64-linux-gnu
  refuses 'the layout on x86_64-pc-windows-msvc is another one' \
    "$abi/targets.sh" "$tree/include" "$golden" x86_64-pc-windows-msvc
}

# A golden text that overlooks a member, or misreads a type, does not agree with clang's account.
reader_errs() {
  sed -i '/ active  *int32_t$/d' "$golden"
  refuses 'only clang says: erp_part.active at 72: int32_t' "$abi/targets.sh" "$tree/include" "$golden" x86_64-linux-gnu
  before_release
  sed -i 's/ const erp_fee\* const\*$/ const erp_fee* const/' "$golden"
  refuses 'only clang says: erp_purchase_order.fees at 152: consterp_fee*const*' \
    "$abi/targets.sh" "$tree/include" "$golden" x86_64-linux-gnu
}

"$1"
