#!/usr/bin/env bash
# lint_test.sh CHANGE: what ./dev headers makes of a copy of the headers that breaks a rule.
source "$(dirname "${BASH_SOURCE[0]}")/../../house/trial.sh"

headers() { "$house/dev.d/headers" "$tree"; }

# broken HEADER SED_SCRIPT TEXT: after that edit of the headers, and no other, it says TEXT.
broken() {
  local file=erp/$1
  rm -rf "$tree/erp"
  cp -R "$house/plugin_api/include/erp" "$tree/"
  sed "$2" "$tree/$file" >"$tree/edited"
  cmp -s "$tree/edited" "$tree/$file" && fail "'$2' does not change $1 any more"
  mv "$tree/edited" "$tree/$file"
  refuses "$3" headers
  [[ $output == "$file:"* ]] || fail "it does not name $file first"
}

says() { grep -qF -- "$1" <<<"$output" || fail "it does not say '$1'"; }

# member MEMBER TEXT: with one more member of erp_part it says TEXT.
member() { broken document/part.h "s/^} erp_part;/  $1\n&/" "$2"; }

as_it_is() { passes "$house/dev.d/headers"; }

tags() {
  broken ext/settings.h 's/\[serial\]//' 'apply needs exactly one of [any] [serial]'
  broken ext/settings.h 's/\[serial\]/[serial][any]/' 'apply needs exactly one of [any] [serial]'
  broken ext/job.h 's/\[quick\]//' 'list needs exactly one of [quick] [may-block]'
  broken ext/job.h 's/\[may-block\]/[may-block][quick]/' 'run needs exactly one of [quick] [may-block]'
  broken plugin.h '/The one exported symbol/s/\[any\]//' 'erp_plugin_entry_v1 needs exactly one of [any] [serial]'
  broken values.h '/^  \/\* \[serial\]\[quick\] \*\//d' 'write needs exactly one of [any] [serial]'
  broken ext/job.h 's/^} erp_job_v1;/  void(ERP_CALL* pause)(erp_instance*) ERP_NOEXCEPT; \/* [any][quick] *\/\n&/' \
    'pause needs exactly one of [any] [serial]' # beside it, not above
}

call() {
  broken ext/job.h '0,/ERP_NOEXCEPT;/s//;/' 'list needs ERP_NOEXCEPT'
  broken ext/job.h 's/(ERP_CALL\* run)/(* run)/' 'run needs ERP_CALL'
  broken plugin.h 's/(ERP_CALL\* erp_plugin_entry_v1_fn)/(*erp_plugin_entry_v1_fn)/' 'erp_plugin_entry_v1_fn needs ERP_CALL'
  broken plugin.h 's/^ERP_EXPORT const erp_plugin\* ERP_CALL/ERP_EXPORT const erp_plugin*/' 'erp_plugin_entry_v1 needs ERP_CALL'
  broken ext/job.h 's/(erp_instance\*, const erp_sink\* out,/(erp_instance*, void (*each)(void),/' 'list needs ERP_CALL'
}

marks() {
  broken document/event.h 's/\[since 1.0\] //' 'erp_event needs [since 1.n]'
  broken services/clock.h '/\[since 1.0\]/d' 'erp_clock_v1 needs [since 1.n]'
  broken status.h '0,/\[since 1.0\]/s//Since 1.0./' 'enum needs [since 1.n]'
  broken document/part.h '0,/\[since 1.0\]/s///' 'enum needs [since 1.n]'
  broken document/event.h 's/\[since 1.0\]/[since the beginning]/' 'erp_event needs one mark of the form [since 1.n]'
  broken document/event.h 's/\[since 1.0\]/[since 1.1]/' 'erp_event: [since 1.1], but ERP_ABI_MINOR is 0'
  member '\/* [since 1.0] *\/\n  erp_str barcode;' 'barcode: [since 1.0], but what stands before it came no earlier'
  member '\/* [since 1.1] *\/\n  erp_str barcode;' 'barcode: [since 1.1], but ERP_ABI_MINOR is 0'
  sed -i 's/ERP_ABI_MINOR 0u/ERP_ABI_MINOR 1u/' "$tree/erp/abi.h"
  passes headers
}

names() {
  local name members='' all=(interface near far small min max ERROR linux stdin class delete template and)
  for name in "${all[@]}"; do members+="erp_str $name;\n"; done
  member "$members" "'interface'"
  for name in "${all[@]}"; do says "'$name' is a "; done
  member 'erp_str _name;' "'_name' begins with an underscore"
  broken ext/connect.h 's/erp_str redirect_uri,/erp_str new,/' "'new' is a word of C++"
  broken document/part.h 's/ERP_PART_SERVICE = 3/&, ERROR = 4/' "'ERROR'"
}

types() {
  local type members='' all=(bool double float long short int unsigned wchar_t time_t)
  for type in "${all[@]}"; do members+="$type weight;\n"; done
  member "$members" "'bool'"
  for type in "${all[@]}"; do says "'$type' differs between compilers"; done
  broken services/clock.h 's/int64_t(ERP_CALL\* monotonic_us)/double(ERP_CALL* monotonic_us)/' "'double' differs"
  member 'enum erp_kind other;' 'an enum as a type'
  member 'uint32_t flags : 3;' 'a bit-field'
  member 'erp_str names[];' 'an array without a length'
  broken services/log.h 's/erp_attrs fields)/erp_attrs fields, ...)/' 'variable arguments'
}

platforms() {
  member '#ifdef _WIN32\n  erp_str drive;\n#endif' 'a condition: a header says the same on every platform'
  broken document/part.h 's/^typedef struct/#pragma pack(1)\n&/' 'a pragma'
  broken document/part.h 's/^#include.*/&\n#include <time.h>/' 'includes something foreign'
}

enumerations() {
  broken document/part.h 's/Take a kind you do not know for ERP_PART_STOCKED. //' 'enum needs to say what to take a number for'
  broken status.h 's/Take a negative number you do not know/Negative numbers/' 'enum needs to say what to take a number for'
}

drafts() {
  cp -R "$house/plugin_api/include/erp" "$tree/"
  plant erp/ext/draft/batch.h '#ifndef ERP_EXT_DRAFT_BATCH_H' '#define ERP_EXT_DRAFT_BATCH_H' '#include "erp/plugin.h"' \
    '/* [since 1.0] */' 'typedef struct erp_batch_v1 {' '  /* [any][quick] */' \
    '  void(ERP_CALL* begin)(erp_instance*) ERP_NOEXCEPT;' '} erp_batch_v1;' '#endif'
  passes headers
  sed -i 's/^ERP_EXTERN_C_BEGIN/#include "erp\/ext\/draft\/batch.h"\n&/' "$tree/erp/ext/job.h"
  refuses 'erp/ext/job.h:8: includes a draft' headers
}

left_out() { broken erp.h '/services\/log.h/d' 'erp/erp.h: leaves out erp/services/log.h'; }

"$1"
