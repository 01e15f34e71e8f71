# layout_compare.awk GOLDEN NOW: does what the headers declare now keep what the golden text
# promised? Each broken promise is told with the record, the member and the rule of erp/abi.h, and
# makes it end with 1; what was only added is told as "added". Both texts come from layouts.sh.

function broken(what, rule) { print "BROKEN  " what " (" rule ")"; breaches++ }
function added(what) { print "added   " what }

FNR == 1 { side = side == "" ? "old" : "new" }
/^#/ || /^released / || NF == 0 { next }

/^(constant|opaque|alias|function) / {
  key = side SUBSEP $1 SUBSEP $2
  single[$1, $2] = 1
  text = $0
  sub(/^[a-z]+ +[^ ]+ */, "", text)
  has[key] = 1
  value[key] = text
  next
}
/^enumeration / { group = $2; next }
/^(value|union|open|table) / {
  group = ""
  record = $2
  records[record] = 1
  kind[side, record] = $1
  size[side, record] = $4
  align[side, record] = $6
  next
}
group != "" {
  enumerators[$2] = 1
  number[side, $2] = $1
  of[side, $2] = group
  taken_by[side, group, $1] = $2
  next
}
{
  count[side, record]++
  member[side, record, count[side, record]] = $3
  place[side, record, $3] = count[side, record]
  offset[side, record, $3] = $1
  member_size[side, record, $3] = $2
  text = $0
  sub(/^ *[0-9]+ +[0-9]+ +[^ ]+ +/, "", text)
  type[side, record, $3] = text
}

function rule_of(what) {
  if (what == "open") return "R3: an open struct grows at its end only"
  if (what == "union") return "R2: a value type is frozen, and new kinds fit into the bytes of its union"
  if (what == "table") return "R4: a table is frozen; a change is a new id, /2"
  return "R2: a value type is frozen"
}

function compare_single(id,    part, what, name, old, new, rule) {
  split(id, part, SUBSEP)
  what = part[1]; name = part[2]
  old = "old" SUBSEP id; new = "new" SUBSEP id
  if (!(old in has)) { added(what " " name " " value[new]); return }
  rule = what == "function" ? "R1: one exported symbol, with the major version in its name" \
    : value[old] ~ /^"/ ? "R4: an id names one table for ever; a change is a new id" \
    : "R10: what was released does not change in place"
  if (!(new in has)) broken(what " " name ": removed", rule)
  else if (value[old] == value[new]) return
  else if (name == "ERP_ABI_MINOR" && value[new] + 0 > value[old] + 0) added(name " rises to " value[new])
  else broken(what " " name ": was " value[old] ", is " value[new], rule)
}

function compare_enumerator(name,    before, rule) {
  rule = "R9: a number means one thing for ever"
  if (!(("old", name) in number)) {
    before = taken_by["old", of["new", name], number["new", name]]
    if (before != "") broken("enumerator " name ": takes the number " number["new", name] " of " before, rule)
    else added("enumerator " name " = " number["new", name])
  } else if (!(("new", name) in number))
    broken("enumerator " name ": removed", rule)
  else if (number["old", name] != number["new", name])
    broken("enumerator " name ": was " number["old", name] ", is " number["new", name], rule)
  else if (of["old", name] != of["new", name] && (("new", of["old", name]) in number))
    broken("enumerator " name ": moved to another enumeration", rule)
}

function compare_member(r, i, rule,    m, what, here) {
  m = member["old", r, i]
  what = r "." m
  if (!(("new", r, m) in place)) {
    here = member["new", r, i]
    if (here != "" && !(("old", r, here) in place) && type["new", r, here] == type["old", r, m])
      broken(what ": renamed to " here, rule)
    else
      broken(what ": removed", rule)
    return
  }
  if (type["old", r, m] != type["new", r, m])
    broken(what ": was " type["old", r, m] ", is " type["new", r, m], rule)
  if (offset["old", r, m] != offset["new", r, m])
    broken(what ": moved from offset " offset["old", r, m] " to " offset["new", r, m], rule)
  if (member_size["old", r, m] != member_size["new", r, m])
    broken(what ": had " member_size["old", r, m] " bytes, has " member_size["new", r, m], rule)
}

function compare_record(r,    rule, i, m, before) {
  if (!(("old", r) in kind)) { added(kind["new", r] " " r); return }
  rule = rule_of(kind["old", r])
  if (!(("new", r) in kind)) { broken(kind["old", r] " " r ": removed", rule); return }
  before = breaches
  if (kind["old", r] != kind["new", r]) broken(r ": was of the kind " kind["old", r] ", is " kind["new", r], rule)
  for (i = 1; i <= count["old", r]; i++) compare_member(r, i, rule)
  for (i = 1; i <= count["new", r]; i++) {
    m = member["new", r, i]
    if (("old", r, m) in place) continue
    if (kind["old", r] == "union" && size["old", r] == size["new", r])
      added(r "." m " " type["new", r, m])
    else if (kind["old", r] != "open")
      broken(r "." m ": added", rule)
    else if (i <= count["old", r] || offset["new", r, m] + 0 < size["old", r] + 0)
      broken(r "." m ": added, but not at the end", rule)
    else
      added(r "." m " " type["new", r, m])
  }
  if (align["old", r] != align["new", r])
    broken(r ": was aligned to " align["old", r] ", is to " align["new", r], rule)
  if (breaches == before && kind["old", r] != "open" && size["old", r] != size["new", r])
    broken(r ": had " size["old", r] " bytes, has " size["new", r], rule)
}

# What holds of the new text by itself.
function check_shape(r,    i, m, t, words, n, j, id, revision) {
  if (kind["new", r] == "table") {
    id = r
    revision = r
    sub(/_v[0-9]+$/, "", id)
    sub(/.*_v/, "", revision)
    sub(/^erp_/, "", id)
    gsub(/_/, "-", id)
    if (!(("\"erp." id "/" revision "\"") in ids))
      broken(r ": no constant has its id \"erp." id "/" revision "\"", rule_of("table"))
  }
  for (i = 1; i <= count["new", r]; i++) {
    m = member["new", r, i]
    t = type["new", r, m]
    gsub(/[(),]/, " & ", t)
    gsub(/\*/, " * ", t)
    n = split(t, words, " ")
    for (j = 1; j <= n; j++)
      if (kind["new", words[j]] == "open" && words[j + 1] != "*" && words[j + 1] != "const")
        broken(r "." m ": has " words[j] " by value", "R3: open structs travel by pointer only")
  }
}

END {
  for (id in single) {
    split(id, part, SUBSEP)
    if (part[1] == "constant" && (("new" SUBSEP id) in has)) ids[value["new" SUBSEP id]] = 1
  }
  for (id in single) compare_single(id)
  for (name in enumerators) compare_enumerator(name)
  for (r in records) {
    compare_record(r)
    if (("new", r) in kind) check_shape(r)
  }
  if (side != "new") broken("one of the two texts is empty", "nothing to compare")
  exit breaches > 0
}
