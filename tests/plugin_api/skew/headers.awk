# headers.awk: one header as it was before, or will be after, each of its open structs grew by a field.
# With -v age=older every open struct lacks its last member (and, if that one is `reserved`, the one
# before it, so that the size differs); with age=newer it has `erp_str later` behind it. erp_host and
# erp_plugin lose nothing: without their last function there is no plugin at all. Assertions about what
# changed go. Each struct that was changed is named in the file `changed`.
function flush_struct(    i, c, in_comment, start, count, drop, name, is_open) {
  name = body
  sub(/.*\} */, "", name)
  sub(/;.*/, "", name)
  is_open = body ~ /^typedef struct [a-z_0-9]+ \{[ \n]*uint32_t struct_size;/
  if (is_open) open[name] = 1
  if (!is_open || (age == "older" && (name == "erp_host" || name == "erp_plugin"))) {
    printf "%s", body
    return
  }
  print name >>changed
  if (age == "newer") {
    sub(/\n\}[^}]*$/, "\n  /* [since 1.1] */\n  erp_str later;&", body)
    printf "%s", body
    return
  }
  # ends[k]: where the k-th member ends, by its semicolon outside of comments
  for (i = 1; i <= length(body); i++) {
    c = substr(body, i, 2)
    if (c == "/*") in_comment = 1
    else if (c == "*/") in_comment = 0
    else if (!in_comment && substr(c, 1, 1) == ";") ends[++count] = i
  }
  count-- # the last one is the struct's own
  drop = substr(body, ends[count - 1] + 1, ends[count] - ends[count - 1])
  if (drop ~ /[ *]reserved;$/) count--
  drop = substr(body, ends[count - 1] + 1, ends[count] - ends[count - 1])
  gsub(/\/\*[^*]*\*\//, "", drop)
  if (drop ~ /,[^()]*;$/) {
    print "headers.awk: the last member of " name " shares its line; give it one of its own" | "cat >&2"
    exit 1
  }
  print substr(body, 1, ends[count - 1]) "\n} " name ";"
}

/^typedef struct [a-z_0-9]+ \{/ { body = ""; inside = 1 }
inside {
  body = body $0 "\n"
  if (/^\}/) {
    inside = 0
    flush_struct()
  }
  next
}
/^ERP_ABI_ASSERT\((sizeof|offsetof)\(erp_[a-z_0-9]+[,)]/ {
  name = $0
  sub(/^[^(]*\([a-z]*\(/, "", name)
  sub(/[,)].*/, "", name)
  if (name in open) next
}
/^#define ERP_ABI_MINOR / && age == "newer" { print "#define ERP_ABI_MINOR 1u"; next }
{ print }
