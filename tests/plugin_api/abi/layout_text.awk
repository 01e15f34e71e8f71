# layout_text.awk DECLARATIONS NUMBERS: the golden text. The numbers come in the order in which
# probe.awk asked for them.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 {
  row[++rows] = $0
  next
}
{ number[++numbers] = $0 }
function take() {
  if (++taken > numbers) {
    print "layout_text.awk: there are more declarations than numbers" | "cat >&2"
    exit 2
  }
  return number[taken]
}
END {
  for (i = 1; i <= rows; i++) {
    split(row[i], field, "\t")
    kind = field[4]; name = field[5]; type = field[6]
    if (kind == "constant" || kind == "alias" || kind == "function" || kind == "opaque") {
      if (kind != last) print ""
      line = sprintf("%-9s %-34s %s", kind, name, type)
      sub(/ +$/, "", line)
      print line
    } else if (kind == "enumeration")
      printf "\nenumeration %s\n", name
    else if (kind == "enumerator")
      printf "  %5d  %s\n", take(), name
    else if (kind == "member") {
      offset = take()
      printf "  %5d %5d  %-18s %s\n", offset, take(), name, type
    } else {
      size = take()
      printf "\n%s %s size %d align %d\n", kind, name, size, take()
    }
    last = kind
  }
}
