# Reads the C headers of plugin_api. Prints each breach as FILE:LINE: what; exits 1 if there is one.
#
# A comment that begins a line speaks for the code below it, past empty lines and #define; one that
# follows code on its line speaks for nobody here.

BEGIN {
  list("interface near far small min max ERROR IN OUT OPTIONAL DELETE", "is a macro in headers of Windows")
  list("linux unix errno stdin stdout stderr assert signals slots emit", "is a macro elsewhere")
  list("and and_eq asm bitand bitor catch class compl concept consteval constexpr constinit co_await co_return " \
    "co_yield decltype delete dynamic_cast explicit export false friend mutable namespace new noexcept not not_eq " \
    "nullptr operator or or_eq private protected public reinterpret_cast requires static_assert static_cast template " \
    "this throw true try typeid typename using virtual xor xor_eq", "is a word of C++")
  list("bool _Bool double float long short int unsigned signed wchar_t char8_t char16_t char32_t time_t off_t ssize_t " \
    "intmax_t uintmax_t ptrdiff_t va_list FILE", "differs between compilers or languages; take a type of fixed width")
  list("static inline volatile extern register", "has no place in an interface that other languages read")
}
function list(words, reason,    all, i, n) {
  n = split(words, all, " ")
  for (i = 1; i <= n; i++) refused[all[i]] = reason
}

function breach(what) {
  printf "%s:%d: %s\n", FILENAME, FNR, what
  breaches++
}
function count(text, pattern) { return gsub(pattern, "", text) }

# The [since 1.n] of a comment as n; -1 without one, -2 if there is more than one.
function since(text,    found) {
  found = count(text, "\\[since ")
  if (found != 1) return found == 0 ? -1 : -2
  if (!match(text, /\[since 1\.[0-9]+\]/)) return -2
  return substr(text, RSTART + 9, RLENGTH - 10) + 0
}

function check_tags(what) {
  if (count(above, "\\[any\\]") + count(above, "\\[serial\\]") != 1)
    breach(what " needs exactly one of [any] [serial] in the comment above it (R8)")
  if (count(above, "\\[quick\\]") + count(above, "\\[may-block\\]") != 1)
    breach(what " needs exactly one of [quick] [may-block] in the comment above it (R8)")
  functions++
}

function check_words(code,    rest, word) {
  if (code ~ /(^|[^A-Za-z0-9_])enum +[A-Za-z_]/) breach("an enum as a type: its size is the compiler's; take int32_t")
  if (code ~ /\.\.\./) breach("variable arguments: other languages cannot pass them")
  if (code ~ /[A-Za-z0-9_] *: *[0-9]/) breach("a bit-field: its place is the compiler's")
  if (code ~ /\[ *\]/) breach("an array without a length")
  rest = code
  gsub(/"[^"]*"/, "", rest)
  while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
    word = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    if (word in refused) breach("'" word "' " refused[word])
    else if (word ~ /^_/) breach("'" word "' begins with an underscore: such names are the compiler's")
  }
}

# The mark of a whole record or enumeration, or of the members from here on.
function check_since(what, is_start,    minor) {
  minor = since(above)
  if (minor == -2) breach(what " needs one mark of the form [since 1.n]")
  else if (minor == -1 && is_start) breach(what " needs [since 1.n] in the comment above it")
  if (is_start) {
    latest = minor < 0 ? 0 : minor
    if (minor >= 0) marks++
  } else if (minor >= 0) {
    if (minor <= latest) breach(what ": [since 1." minor "], but what stands before it came no earlier")
    latest = minor
  }
  if (minor > abi_minor) breach(what ": [since 1." minor "], but ERP_ABI_MINOR is " abi_minor)
}

function check_enumeration() {
  check_since("enum", 1)
  if (above !~ /you do not know/)
    breach("enum needs to say what to take a number for that \"you do not know\", in the comment above it (R9)")
}

# A whole statement, or the head of a record up to its brace.
function statement(code,    name) {
  sub(/^[ \t]+/, "", code)
  if (code ~ /^ERP_(ABI_ASSERT|EXTERN_C_)/) return
  check_words(code)
  name = code
  if (code ~ /\{$/) {
    sub(/ *\{$/, "", name)
    sub(/^typedef (struct|union) /, "", name)
    inside = 1
    if (name == "enum") check_enumeration()
    else check_since(name, 1)
    return
  }
  if (code ~ /^\}/) {
    inside = 0
    return
  }
  if (code ~ /^enum \{/) check_enumeration()
  if (code ~ /=/) { # enumerators
    inside = 0
    return
  }
  sub(/\)\(.*/, "", name)
  sub(/[;,[].*/, "", name)
  sub(/ERP_NOEXCEPT.*/, "", name)
  if (code ~ /ERP_EXPORT/) sub(/\(.*/, "", name)
  sub(/.*[* ]/, "", name)
  if (inside) check_since(name, 0)
  if (code ~ /\(/) {
    if (count(code, "ERP_CALL") != 1 || code ~ /\( *\*/) breach(name " needs ERP_CALL")
    if (code !~ /ERP_NOEXCEPT;$/) breach(name " needs ERP_NOEXCEPT (R6)")
    if (code !~ /^typedef/) check_tags(name)
  }
}

FNR == 1 { above = ""; code = ""; in_comment = 0; inside = 0; is_macro = 0; is_abi = FILENAME ~ /(^|\/)abi\.h$/ }

is_macro || /^[ \t]*#/ { # abi.h alone makes macros; elsewhere a define is an id or a number
  if (is_abi && /^#define ERP_ABI_MINOR /) abi_minor = $3 + 0
  if (/^[ \t]*#[ \t]*pragma/) breach("a pragma: layouts must not depend on it")
  if (!is_macro && !is_abi && /^[ \t]*#[ \t]*(if|else|elif)/ && !/^#ifndef ERP_[A-Z0-9_]+_H$/)
    breach("a condition: a header says the same on every platform; what differs belongs in abi.h")
  if (/^[ \t]*#[ \t]*include/ && !/"erp\// && !(is_abi && /<(stddef|stdint)\.h>/))
    breach("includes something foreign")
  if (/^[ \t]*#[ \t]*include.*\/draft\// && FILENAME !~ /\/draft\//)
    breach("includes a draft: what is released leans on nothing that may change")
  is_macro = /\\$/
  if (/\/\*/ && !/\*\//) in_comment = "beside"
  next
}
!in_comment && /^[ \t]*\/\*/ && code == "" { above = ""; in_comment = "above" }
{
  line = $0
  rest = ""
  while (line != "") {
    if (in_comment) {
      at = index(line, "*/")
      text = at ? substr(line, 1, at + 1) : line
      if (in_comment == "above") above = above " " text
      line = at ? substr(line, at + 2) : ""
      if (at) in_comment = 0
    } else {
      at = index(line, "/*")
      rest = rest (at ? substr(line, 1, at - 1) : line)
      line = at ? substr(line, at) : ""
      if (at) {
        if (!in_comment) in_comment = "beside"
        line = substr(line, 3)
      }
    }
  }
  sub(/[ \t]+$/, "", rest)
  if (rest == "") next
  code = code (code == "" ? "" : " ") rest
  if (rest ~ /^ERP_EXTERN_C_(BEGIN|END)$/) code = above = ""
  if (code !~ /[;{]$/) next
  statement(code)
  code = ""
  above = ""
}

END {
  if (functions == 0 || marks == 0) {
    print "no function or record found: is this the right folder?"
    breaches++
  }
  exit breaches > 0
}
