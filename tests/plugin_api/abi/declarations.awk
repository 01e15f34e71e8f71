# declarations.awk: reads the preprocessed headers (C++17 for Windows with -E -dD, so that calling
# convention and noexcept are still words) and writes what they declare, a line each:
#
#   rank <TAB> owner <TAB> number in it <TAB> kind <TAB> name <TAB> type
#
# `root` is the folder of the headers; what comes from elsewhere is left out. A declaration that is
# not understood ends it with 2: nothing is passed over in silence.
BEGIN {
  OFS = "\t"
  rank["constant"] = 1; rank["opaque"] = 2; rank["alias"] = 3; rank["function"] = 4; rank["enumeration"] = 5
  rank["value"] = 6; rank["union"] = 6; rank["open"] = 7; rank["table"] = 8
}

function give_up(what) {
  printf "declarations.awk does not understand: %s\n", what | "cat >&2"
  failed = 1
  exit 2
}

# One spelling for each type: "const char* const*", "(a, b)".
function tidy(text) {
  gsub(/[ \t]+/, " ", text)
  gsub(/ *\* */, "* ", text)
  gsub(/\* \*/, "**", text)
  gsub(/ *, */, ", ", text)
  gsub(/\* ,/, "*,", text)
  gsub(/ *\( */, "(", text)
  gsub(/ *\) */, ")", text)
  gsub(/\)noexcept/, ") noexcept", text)
  sub(/^ /, "", text)
  sub(/ $/, "", text)
  return text
}

function emit(kind, owner, number, row_kind, name, type) { print rank[kind], owner, number, row_kind, name, type }

# Splits a declarator into the globals `name` and `type`.
function declarator(text,    head, tail) {
  if (match(text, /\([A-Za-z_0-9 ]*\* ?[A-Za-z_0-9]+\)\(/)) { # a pointer to a function
    head = substr(text, 1, RSTART - 1)
    name = substr(text, RSTART, RLENGTH - 2)
    tail = substr(text, RSTART + RLENGTH - 1)
    type = name
    sub(/.*\* ?/, "", name)
    sub(/\*.*/, "*)", type)
    type = head type tail
    return
  }
  tail = ""
  if (match(text, /\[[^\]]*\]$/)) {
    tail = substr(text, RSTART)
    text = substr(text, 1, RSTART - 1)
  }
  if (!match(text, /[A-Za-z_0-9]+$/) || RSTART == 1 || text ~ /[(){}:]/) give_up(text tail)
  name = substr(text, RSTART)
  type = tidy(substr(text, 1, RSTART - 1)) tail
}

function members(owner, body, is_union,    part, parts, i, n, names, j, count, kind, all_functions, is_open) {
  n = split(body, parts, ";")
  count = 0
  all_functions = 1
  for (i = 1; i <= n; i++) {
    part = tidy(parts[i])
    if (part == "") continue
    if (part !~ /\(/ && part ~ /,/) { # erp_str name, version
      if (part ~ /[*\[]/) give_up(part " (declare each pointer and array by itself)")
      split(part, names, ", ")
      declarator(names[1])
      member_name[++count] = name
      member_type[count] = type
      for (j = 2; j in names; j++) {
        member_name[++count] = names[j]
        member_type[count] = type
      }
      for (j in names) delete names[j]
      all_functions = 0
      continue
    }
    declarator(part)
    member_name[++count] = name
    member_type[count] = type
    if (type !~ /\*\)\(/) all_functions = 0
  }
  is_open = member_name[1] == "struct_size" && member_type[1] == "uint32_t"
  kind = is_union ? "union" : is_open ? "open" : all_functions && owner ~ /_v[0-9]+$/ ? "table" : "value"
  emit(kind, owner, 0, kind, owner, "")
  for (i = 1; i <= count; i++) emit(kind, owner, i, "member", member_name[i], member_type[i])
}

function enumerators(body,    parts, n, i, first, pair) {
  n = split(body, parts, ",")
  for (i = 1; i <= n; i++) {
    pair = tidy(parts[i])
    if (pair == "" && i == n) continue
    if (pair !~ /^[A-Za-z_0-9]+ ?= ?-?[0-9]+$/) give_up("enumerator " pair " (write its number)")
    sub(/ ?=.*/, "", pair)
    if (i == 1) {
      first = pair
      emit("enumeration", first, 0, "enumeration", first, "")
    }
    emit("enumeration", first, i, "enumerator", pair, "")
  }
}

function declaration(text,    body, owner) {
  text = tidy(text)
  if (text == "" || text ~ /^static_assert\(/) return
  if (text ~ /^enum ?\{/) {
    sub(/^enum ?\{/, "", text)
    sub(/\}$/, "", text)
    enumerators(text)
  } else if (text ~ /^typedef (struct|union) [A-Za-z_0-9]+ ?\{/) {
    owner = text
    sub(/^.*\} ?/, "", owner)
    body = text
    sub(/^[^{]*\{/, "", body)
    sub(/\}[^}]*$/, "", body)
    if (text !~ ("^typedef (struct|union) " owner " ?\\{")) give_up(text)
    members(owner, body, text ~ /^typedef union/)
  } else if (text ~ /^typedef struct ([A-Za-z_0-9]+) [A-Za-z_0-9]+$/) {
    sub(/.* /, "", text)
    emit("opaque", text, 0, "opaque", text, "")
  } else if (text ~ /^typedef /) {
    sub(/^typedef /, "", text)
    declarator(text)
    emit("alias", name, 0, "alias", name, type)
  } else if (match(text, /[A-Za-z_0-9]+\(.*\)( noexcept)?$/)) {
    while (match(text, /^__(declspec|attribute__)\(+[A-Za-z_0-9]*\)+/)) text = tidy(substr(text, RLENGTH + 1))
    match(text, /[A-Za-z_0-9]+\(/)
    name = substr(text, RSTART, RLENGTH - 1)
    emit("function", name, 0, "function", name, tidy(substr(text, 1, RSTART - 1)) substr(text, RSTART + RLENGTH - 1))
  } else
    give_up(text)
}

/^# [0-9]+ "/ {
  is_ours = index($0, "\"" root "/") > 0
  next
}
!is_ours { next }
/^#define ERP_[A-Z0-9_]+ / {
  if ($2 ~ /^ERP_(CALL|EXPORT|NOEXCEPT|EXTERN_C_BEGIN|EXTERN_C_END)$/ || NF < 3) next
  name = $2
  sub(/^#define +[^ ]+ +/, "")
  emit("constant", name, 0, "constant", name, $0)
  next
}
/^#/ { next }
{
  rest = $0
  sub(/extern "C" \{/, "", rest)
  while (match(rest, /[;{}]/)) {
    sign = substr(rest, RSTART, 1)
    text = text " " substr(rest, 1, RSTART - 1)
    rest = substr(rest, RSTART + 1)
    if (sign == ";" && depth == 0) {
      declaration(text)
      text = ""
      continue
    }
    if (sign == "}" && depth == 0) continue # of extern "C"
    depth += sign == "{" ? 1 : sign == "}" ? -1 : 0
    text = text sign
  }
  text = text " " rest
}
END { if (!failed && (depth != 0 || tidy(text) != "")) give_up(text) }
