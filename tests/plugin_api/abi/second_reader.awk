# second_reader.awk GOLDEN DUMP: clang's own account of the records (-fdump-record-layouts-complete)
# has the same records, members, offsets, sizes and types as the golden text. declarations.awk reads
# the headers by itself; this shows that it overlooked and misread nothing.
function plain(type,    parameters) {
  gsub(/struct |union |__attribute__\(\([a-z]+\)\)/, "", type)
  if (type ~ /\*\)\(/) { # of a function: what it returns, and how many it takes
    parameters = type
    sub(/.*\*\)\(/, "", parameters)
    parameters = gsub(/,/, "", parameters) + 1
    sub(/\([A-Za-z_ ]*\*\)\(.*/, "", type)
    type = type " of " parameters
  }
  gsub(/ /, "", type)
  return type
}
function note(side, what) {
  seen[side, what] = 1
  all[what] = 1
}
FNR == 1 { side = side == "" ? "golden" : "clang" }

side == "golden" && /^(value|union|open|table) / {
  record = $2
  note(side, record " has " $4 " bytes, aligned to " $6)
  records++
  next
}
side == "golden" && record != "" && /^ / {
  text = $0
  sub(/^ *[0-9]+ +[0-9]+ +[^ ]+ +/, "", text)
  note(side, record "." $3 " at " $1 ": " plain(text))
}

side == "clang" && /^\*\*\* / { record = ""; next }
side == "clang" && /\| (struct|union) / && record == "" {
  record = $NF ~ /^erp_/ && !/ \(unnamed/ ? $NF : "foreign"
  next
}
side == "clang" && /sizeof=/ && record != "foreign" && record != "" {
  text = $0
  sub(/.*sizeof=/, "", text)
  size = text + 0
  sub(/.*align=/, "", text)
  note(side, record " has " size " bytes, aligned to " (text + 0))
  next
}
side == "clang" && /\|   [^ ]/ && record != "foreign" && record != "" {
  text = $0
  sub(/^[^|]*\|   /, "", text)
  sub(/ [^ ]+$/, "", text)
  note(side, record "." $NF " at " $1 ": " plain(text))
}

END {
  for (what in all)
    if (!(("golden", what) in seen) || !(("clang", what) in seen)) {
      print ((("golden", what) in seen) ? "only in the golden text: " : "only clang says: ") what
      differences++
    }
  exit records == 0 || differences > 0
}
