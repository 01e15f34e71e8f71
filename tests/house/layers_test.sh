#!/usr/bin/env bash
# The wall between the rooms of the plugin: does it hold, and does it notice?
source "$(dirname "${BASH_SOURCE[0]}")/trial.sh"

layers() { "$house/dev.d/layers" "$tree"; }

# A small tree with the real layers.txt in which all is well; each test then breaks one thing.
cp "$house/plugins/quickbooks/layers.txt" "$tree/"
plant core/money/decimal.hpp '#pragma once' '#include <nlohmann/json_fwd.hpp>' '#include <optional>'
plant core/mapping/part.hpp '#include "core/money/decimal.hpp"' '#include <tl/expected.hpp>' '#include "erp/values.h"'
plant core/mapping/part.cpp '#include "core/mapping/part.hpp"' '#include <nlohmann/json.hpp>' '// not std::chrono::system_clock::now()'
plant store/database.hpp '#include <SQLiteCpp/SQLiteCpp.h>' '#include <mutex>'
plant outbox/outbox.cpp '#include "store/database.hpp"' '#include "core/money/decimal.hpp"'
plant http/transport.cpp '#include <curl/curl.h>'
plant connector.cpp '#include "outbox/outbox.hpp"'
plant plugin.cpp '#include "instance.hpp"' '#include <erp/erp.h>'
plant emulator/http/server.hpp '#pragma once'
plant emulator/main.cpp '#include "emulator/http/server.hpp"' '#include "http/server.hpp"' '#include <curl/curl.h>'
sed -i '$d' "$tree/emulator/main.cpp"

plugin_holds() { passes "$house/dev.d/layers"; }
good_tree_passes() { passes layers; }

unlisted_arrow() {
  plant links/links.cpp '#include <string>' '#include "outbox/outbox.hpp"'
  refuses 'links/links.cpp:2: links may not include outbox' layers
  plant links/links.cpp '#include <outbox/outbox.cpp>'
  refuses 'links/links.cpp:1: links may not include outbox' layers
  plant links/links.cpp '  #  include "../outbox/outbox.hpp"'
  refuses 'links/links.cpp:1: write "../outbox/outbox.hpp" as a path' layers
}

core_looks_out() {
  plant core/money/money.cpp '#include "store/database.hpp"'
  refuses 'core/money may not include store' layers
  plant core/money/money.cpp '#include "core/mapping/part.hpp"'
  refuses 'core/money may not include core/mapping' layers
}

core_is_pure() {
  local line
  for line in '#include <thread>' '#include <mutex>' '#include <filesystem>' '#include <fstream>' '#include <iostream>' \
    '#include <curl/curl.h>' '#include <sqlite3.h>' '#include <unistd.h>' '#include <openssl/evp.h>' \
    'auto now = std::chrono::system_clock::now();' 'std::thread worker;'; do
    plant core/verdict/verdict.cpp "$line"
    refuses 'core/verdict/verdict.cpp:1: core/ is pure' layers
  done
}

emulator_is_apart() {
  plant emulator/answer.cpp '#include "core/money/decimal.hpp"'
  refuses 'emulator may not include core/money' layers
  plant emulator/answer.cpp '#include "erp/values.h"'
  refuses 'emulator may not include erp' layers
  rm "$tree/emulator/answer.cpp"
  plant connector.cpp '#include "emulator/http/server.hpp"'
  refuses 'connector may not include emulator' layers
}

json_in_header() {
  plant core/money/wire.hpp '#include <nlohmann/json.hpp>'
  refuses 'a header takes <nlohmann/json_fwd.hpp>' layers
}

curl_elsewhere() {
  plant company/company.cpp '#include <curl/curl.h>'
  refuses 'company may not include <curl/curl.h>' layers
}

homeless_file() {
  plant attic/old.cpp '#include <string>'
  refuses 'attic/old.cpp: is in no room' layers
}

circle() {
  printf 'room attic: cellar\nroom cellar: attic\n' >>"$tree/layers.txt"
  refuses "'cellar' is no room listed above attic" layers
}

"$1"
