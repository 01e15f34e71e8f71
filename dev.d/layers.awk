# Reads layers.txt, then the list of source files on standard input, then the files themselves.
# Prints each breach as FILE:LINE: reason; exits 1 if there is one.

function breach(place, reason) { print place ": " reason; broken = 1 }

# The longest room whose folder or file the path is; "" if none.
function room_of(path,    room, found) {
  found = ""
  for (room in may)
    if ((path == room || index(path, room "/") == 1 || index(path, room ".") == 1) && length(room) > length(found))
      found = room
  return found
}

function is_pure(room,    folder) {
  for (folder in pure) if (index(room, folder "/") == 1 || room == folder) return folder
  return ""
}

function folder_of(path) { return sub(/\/[^\/]*$/, "", path) ? path "/" : "" }

function check_quoted(place, room, path, wanted,    target) {
  if (wanted ~ /(^|\/)\.\.?\//) { breach(place, "write \"" wanted "\" as a path from the plugin's folder"); return }
  if ((room "/" wanted) in is_file) return # its own room
  if ((folder_of(path) wanted) in is_file) wanted = folder_of(path) wanted
  target = index(wanted, "erp/") == 1 ? "erp" : room_of(wanted)
  if (target == "") { breach(place, "\"" wanted "\" is in no room of layers.txt"); return }
  if (target != room && index(may[room], " " target " ") == 0)
    breach(place, room " may not include " target " (\"" wanted "\")")
}

function check_outside(place, room, wanted,    prefix, folder, n, i, allowed) {
  if (index(wanted, "erp/") == 1) {
    if (index(may[room], " erp ") == 0) breach(place, room " may not include <" wanted ">")
    return
  }
  if ((wanted in is_file) || room_of(wanted) ~ /\//) { check_quoted(place, room, FILENAME, wanted); return }
  for (prefix in library)
    if (index(wanted, prefix) == 1 && index(library[prefix], " " room " ") == 0)
      breach(place, room " may not include <" wanted ">; it is for" library[prefix])
  folder = is_pure(room)
  if (folder == "") return
  if (wanted ~ /[\/.]/) {
    n = split(pure[folder], allowed, " ")
    for (i = 1; i <= n; i++) if (index(wanted, allowed[i]) == 1) return
    breach(place, folder "/ is pure: <" wanted "> is not among its libraries")
  } else if (wanted ~ /^(thread|mutex|shared_mutex|condition_variable|future|atomic|semaphore|latch|barrier|stop_token|filesystem|fstream|iostream|cstdio|random)$/)
    breach(place, folder "/ is pure: no <" wanted ">")
}

FILENAME == "layers.txt" {
  sub(/#.*/, "")
  if (NF == 0) next
  place = "layers.txt:" FNR
  name = $2; sub(/:$/, "", name)
  rest = " "
  for (i = 3; i <= NF; i++) rest = rest $i " "
  if ($2 !~ /:$/) breach(place, "'" $2 "' lacks its colon")
  else if ($1 == "pure") pure[name] = rest
  else if ($1 == "library") library[name] = rest
  else if ($1 == "room") {
    may[name] = " "
    for (i = 3; i <= NF; i++) {
      if ($i == "erp" || ($i in may && $i != name)) may[name] = may[name] $i " "
      else {
        count = 0
        for (room in may) if (index(room, $i "/") == 1) { may[name] = may[name] room " "; count++ }
        if (count == 0) breach(place, "'" $i "' is no room listed above " name)
      }
    }
  } else breach(place, "'" $1 "' is neither room, library nor pure")
  next
}

FILENAME == "-" {
  if ($0 == "") next
  is_file[$0] = 1
  if (room_of($0) == "") breach($0, "is in no room; name its room in layers.txt")
  next
}

FNR == 1 { room = room_of(FILENAME) }
room == "" { next }
{ place = FILENAME ":" FNR }

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
  wanted = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", wanted)
  quoted = substr(wanted, 1, 1) == "\""
  sub(/^[<"]/, "", wanted); sub(/[>"].*/, "", wanted)
  if (wanted == "nlohmann/json.hpp" && FILENAME ~ /\.(hpp|h)$/)
    breach(place, "a header takes <nlohmann/json_fwd.hpp>: json.hpp costs every file that includes it 2 s")
  if (wanted !~ /^nlohmann\// && quoted) check_quoted(place, room, FILENAME, wanted)
  else check_outside(place, room, wanted)
  next
}

is_pure(room) != "" {
  line = $0
  sub(/\/\/.*/, "", line)
  if (line ~ /_clock::now|std::time\(|[^a-z_]getenv\(|std::(jthread|thread|mutex|ofstream|ifstream)[^a-z_]/)
    breach(place, is_pure(room) "/ is pure: time, threads, files and the environment come in as parameters")
}

END { exit broken }
