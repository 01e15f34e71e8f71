# tags.awk FILE...: every function pointer of a table or open struct has ERP_CALL, ERP_NOEXCEPT,
# and in the comment above it exactly one concurrency tag and one duration tag (R8).
function count(text, pattern) { return gsub(pattern, "", text) }
function complain(what) {
  printf "%s:%d: %s %s\n", FILENAME, FNR, name, what
  complaints++
}
FNR == 1 { comment = ""; member = ""; in_comment = 0 }
/^[ \t]*\/\*/ { comment = ""; in_comment = 1 }
in_comment {
  comment = comment $0
  if (/\*\//) in_comment = 0
  next
}
/^[ \t]*#/ || /^typedef struct/ || /^}/ { comment = ""; member = ""; next }
{
  member = member $0
  if (!/;/) next
  if (member ~ /\(.*\* *[A-Za-z_]+\)\(/ && member !~ /^typedef/) {
    functions++
    name = member
    sub(/\)\(.*/, "", name)
    sub(/.*[* ]/, "", name)
    if (count(comment, "\\[any\\]") + count(comment, "\\[serial\\]") != 1)
      complain("needs exactly one of [any] [serial]")
    if (count(comment, "\\[quick\\]") + count(comment, "\\[may-block\\]") != 1)
      complain("needs exactly one of [quick] [may-block]")
    if (member !~ /\(ERP_CALL\*/) complain("needs ERP_CALL")
    if (member !~ /ERP_NOEXCEPT;/) complain("needs ERP_NOEXCEPT")
  }
  if (member !~ /^typedef/) comment = ""
  member = ""
}
END {
  printf "%d function pointers, %d complaints\n", functions, complaints
  exit functions == 0 || complaints > 0
}
