# Reads the C headers of plugin_api, in the order in which they are to be read, and writes them as one
# page of Markdown. Nothing is added but form: prose is the comment above a declaration, code is the
# declaration itself. Ends with 1 if it meets something it does not understand.
#
#   awk -v part=index|rules|body ... abi.h plugin.h ...

function give_up(what) {
  printf "%s:%d: reference.awk does not understand: %s\n", FILENAME, FNR, what | "cat >&2"
  failed = 1
  exit 1
}
function trim(text) {
  sub(/^[ \t\n]+/, "", text)
  sub(/[ \t\n]+$/, "", text)
  return text
}
# A line of a comment without its frame.
function bare(line) {
  sub(/^[ \t]*\/\*/, "", line)
  sub(/\*\/[ \t]*$/, "", line)
  sub(/^[ \t]*\*/, "", line)
  sub(/^ /, "", line)
  sub(/[ \t]+$/, "", line)
  return line
}
function escaped(text) {
  gsub(/\\/, "\\\\", text)
  gsub(/\*/, "\\*", text)
  gsub(/</, "\\&lt;", text)
  gsub(/>/, "\\&gt;", text)
  gsub(/\|/, "\\|", text)
  gsub(/  +/, " ", text)
  return text
}
function prose(text) {
  gsub(/\[since 1\.[0-9]+\]/, "", text)
  gsub(/\[(any|serial|quick|may-block)\]/, "", text)
  gsub(/[ \t\n]+/, " ", text)
  return escaped(trim(text))
}
function tag(text, choices,    n, all, i) {
  n = split(choices, all, " ")
  for (i = 1; i <= n; i++) if (index(text, "[" all[i] "]")) return all[i]
  return ""
}
function since(text) {
  if (!match(text, /\[since 1\.[0-9]+\]/)) return ""
  return substr(text, RSTART + 7, RLENGTH - 8)
}
function code(text) { return "```c\n" text "```\n" }

# What becomes of each argument, told from its type: the same sentence for the same type everywhere.
function ownership(list,    n, all, i, type, said, what) {
  n = split(list, all, /,[ \n]*/)
  said = ""
  for (i = 1; i <= n; i++) {
    type = trim(all[i])
    gsub(/[ \n]+/, " ", type)
    if (type ~ /^erp_(instance|host_ctx)\* *$/ || type ~ /^erp_error\*/ || type ~ /^void\* ctx/ || type == "void" || type == "") continue
    if (type ~ /^erp_instance\*\* ?/) what = "made here, the plugin's until `destroy()`: `" type "`"
    else if (type ~ /^const erp_sink\*/) what = "takes bytes and copies them: `" type "`"
    else if (type ~ /^const .*\*/ || type ~ /^erp_(str|attrs)( |$)/) what = "lent for the call: `" type "`"
    else if (type ~ /\*/) what = "the caller's, filled here: `" type "`"
    else what = "by value: `" type "`"
    said = said (said == "" ? "" : "<br>") what
  }
  return said
}

# One row of the table of a record's functions.
function function_row(text, comment,    name, parameters, returned) {
  gsub(/[ \n]+/, " ", text)
  text = trim(text)
  returned = text
  if (text ~ /ERP_CALL\*/) {
    sub(/ ?\(ERP_CALL\*.*/, "", returned)
    name = text
    sub(/.*\(ERP_CALL\* ?/, "", name)
    parameters = name
    sub(/\).*/, "", name)
    sub(/^[^(]*\(/, "", parameters)
  } else {
    sub(/^ERP_EXPORT /, "", returned)
    sub(/ ERP_CALL.*/, "", returned)
    name = text
    sub(/.*ERP_CALL /, "", name)
    parameters = name
    sub(/\(.*/, "", name)
    sub(/^[^(]*\(/, "", parameters)
  }
  sub(/\) ?ERP_NOEXCEPT;$/, "", parameters)
  functions++
  if (tag(comment, "any serial") == "" || tag(comment, "quick may-block") == "") give_up("the tags of " name)
  where[functions] = record == "" ? "`" name "`" : "`" record "` `" name "`"
  concurrency[functions] = tag(comment, "any serial")
  duration[functions] = tag(comment, "quick may-block")
  if (part == "index")
    printf "| %s | %s | %s | `%s` | %s |\n", where[functions], concurrency[functions], duration[functions], returned,
      ownership(parameters)
}

# A whole record, enumeration or other declaration, with the comment above it.
function declaration(    kind, name, i, n, lines, line, above, in_comment, pending, rows) {
  declared = trim(declared)
  name = declared
  record = ""
  if (declared ~ /^typedef (struct|union) [a-z_0-9]+ \{/) {
    sub(/^.*\}[ \n]*/, "", name)
    sub(/;.*/, "", name)
    record = name
    kind = declared ~ /^typedef union/ ? "value type, frozen (R2)" \
      : declared ~ /^typedef struct [a-z_0-9]+ \{\n *uint32_t struct_size;/ ? "open type, grows at its end (R3)" \
      : name ~ /_v[0-9]+$/ ? "table, frozen and complete (R4)" : "value type, frozen (R2)"
    n = split(declared, lines, "\n")
    for (i = 2; i < n; i++) {
      line = lines[i]
      if (in_comment || (line ~ /^ *\/\*/ && pending == "")) {
        if (!in_comment) above = ""
        above = above " " bare(line)
        in_comment = line !~ /\*\//
        continue
      }
      sub(/\/\*.*/, "", line)
      if (line ~ /^ *\* / || trim(line) == "") continue # the rest of a comment beside
      pending = pending line "\n"
      if (line !~ /;[ \t]*$/) continue
      if (pending ~ /ERP_CALL\*/) function_row(pending, above)
      pending = above = ""
    }
  } else if (declared ~ /^enum \{/) {
    name = declared
    sub(/^enum \{[ \n]*/, "", name)
    sub(/ ?=.*/, "", name)
    kind = "enumeration; a number means one thing for ever (R9)"
    name = name ", ..."
  } else if (declared ~ /^typedef struct [a-z_0-9]+[ \n]+[a-z_0-9]+;/) {
    sub(/^typedef struct [a-z_0-9]+[ \n]+/, "", name)
    sub(/;.*/, "", name)
    kind = "opaque"
  } else if (declared ~ /^ERP_EXPORT/) {
    sub(/.*ERP_CALL /, "", name)
    sub(/\(.*/, "", name)
    kind = "function; the one exported symbol (R1)"
    function_row(declared, comment)
  } else if (declared ~ /^typedef .*ERP_CALL\*/) {
    sub(/.*ERP_CALL\* ?/, "", name)
    sub(/\).*/, "", name)
    kind = "type of a function"
  } else if (declared ~ /^typedef [a-z_0-9]+ [a-z_0-9]+;/) {
    sub(/^typedef [a-z_0-9]+ /, "", name)
    sub(/;.*/, "", name)
    kind = "value type, frozen (R2)"
  } else
    give_up(declared)
  if (since(comment) != "") kind = kind "; since " since(comment)
  if (part == "body") printf "### %s\n\n*%s*\n\n%s%s\n", name, kind, prose(comment) == "" ? "" : prose(comment) "\n\n", code(declared "\n")
  declared = comment = record = ""
}

FNR == 1 {
  if (NR > 1 && trim(declared) != "") give_up(declared)
  header = FILENAME
  comment = declared = intro = ""
  in_intro = 1
  depth = in_block = is_macro = 0
  is_abi = header ~ /(^|\/)abi\.h$/
}
in_intro { # "/* name.h - what it is": the first comment
  intro = intro bare($0) "\n"
  if (!/\*\//) next
  in_intro = 0
  if (is_abi && part == "rules") {
    sub(/^[^\n]*\n/, "", intro)
    n = split(intro, lines, "\n")
    for (i = 1; i <= n; i++) {
      line = lines[i]
      if (match(line, /^ *R[0-9]+  ?/)) {
        sub(/^ */, "", line)
        rule = line
        sub(/ .*/, "", rule)
        sub(/^R[0-9]+ +/, "", line)
        printf "\n- **%s** %s", rule, escaped(trim(line))
        rules++
      } else if (trim(line) == "" && rules) printf ""
      else if (rules && line ~ /^ ? ? ? ? ? ?[^ ]/ && line !~ /^ /) { # text behind the rules
        printf "%s%s", said_after++ ? " " : "\n\n", escaped(trim(line))
      } else if (rules) printf "%s%s", line ~ /^ *\[(any|serial|quick|may-block)\]/ ? "<br>" : " ", escaped(trim(line))
    }
    printf "\n"
  }
  if (part == "body" && !is_abi) printf "## %s\n\n```text\n%s\n```\n\n", header, trim(intro)
  next
}
is_abi && !/^#define ERP_ABI_MINOR / { next } # macros for compilers, nothing to call
is_macro || /^#/ {
  is_macro = /\\$/
  if (/^#define ERP_[A-Z0-9_]+ / && part == "body") {
    name = $2
    if (name !~ /_H$/) printf "### %s\n\n*constant*\n\n%s%s\n", name, prose(comment) == "" || comment ~ /\[since|\[any/ ? "" : prose(comment) "\n\n", code($0 "\n")
  }
  if (/^#define ERP_(INTERFACE|SERVICE)_/ && part == "ids") {
    side = $2 ~ /INTERFACE/ ? "plugin" : "host"
    id = $3
    gsub(/"/, "", id)
    printf "| `%s` | %s | `%s` | `%s` |\n", id, side, $2, header
  }
  next
}
/^ERP_(EXTERN_C|ABI_ASSERT)/ || (/^[ \t]*$/ && depth == 0 && !in_block) { next }
depth == 0 && trim(declared) == "" && (in_block || /^[ \t]*\/\*/) {
  if (!in_block) comment = ""
  comment = comment " " bare($0)
  in_block = !/\*\//
  next
}
{
  declared = declared $0 "\n"
  line = $0
  gsub(/\/\*.*\*\//, "", line)
  depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
  if (depth == 0 && line ~ /;[ \t]*$/) declaration()
  else if (depth == 0 && line ~ /;[ \t]*\/\*/) declaration()
}
END {
  if (failed) exit 1
  if (trim(declared) != "") give_up(declared)
  if (part == "rules" && rules < 10) give_up("the rules of abi.h")
  if (part == "index" && functions < 20) give_up("so few functions")
}
