# probe.awk DECLARATIONS: a C source whose array holds the numbers of the layout: of a record its
# size and alignment, of a member its offset and size, of an enumerator its value. Compiled with
# -DERP_PROBE_PRINTS it is a program that prints them, a line each.
BEGIN {
  FS = "\t"
  print "const long long erp_layout[] = {"
}
$4 == "enumerator" { printf "  %s,\n", $5 }
$4 == "member" { printf "  offsetof(%s, %s), sizeof(((%s*)0)->%s),\n", $2, $5, $2, $5 }
$4 ~ /^(value|union|open|table)$/ { printf "  sizeof(%s), _Alignof(%s),\n", $5, $5 }
END {
  print "};"
  print "#ifdef ERP_PROBE_PRINTS"
  print "#include <stdio.h>"
  print "int main(void) {"
  print "  for (size_t i = 0; i < sizeof erp_layout / sizeof *erp_layout; ++i) printf(\"%d\\n\", (int)erp_layout[i]);"
  print "  return 0;"
  print "}"
  print "#endif"
}
