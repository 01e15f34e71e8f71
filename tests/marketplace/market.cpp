#include "market.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

namespace market {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

void must(const process::Result& result) {
  if (result.exit_code != 0) throw std::runtime_error(result.err + result.out);
}

} // namespace

fs::path rogue(const std::string& way) {
  static const std::map<std::string, std::string> files = {
      {"CRASHES_IN_CREATE", CRASHES_IN_CREATE},
      {"HANGS_IN_CREATE", HANGS_IN_CREATE},
      {"LEAVES_A_PROCESS", LEAVES_A_PROCESS},
      {"CHANGES_ITS_FILE", CHANGES_ITS_FILE},
      {"IS_CURIOUS", IS_CURIOUS},
      {"SPEAKS_TO_THE_SCREEN", SPEAKS_TO_THE_SCREEN}};
  return files.at(way);
}

packed::Content ship(const fs::path& library, const std::string& version) {
  packed::Content content(library, version);
  content.manifest.update(
      {{"name", "The ship"},
       {"publisher", "Larkfield Fabrication (fictional)"},
       {"category", "Examples"},
       {"summary", "Starts and ends."},
       {"does", {"Nothing."}},
       {"touches", {"Nothing of yours."}},
       {"needs", {"Nothing."}},
       {"interfaces", json::array()},
       {"permissions", {{"services", {"erp.log/1"}}, {"network", {"ship.example.com:443"}}}}});
  return content;
}
packed::Content ship_1_0() {
  return ship(packed::ship_1_0(), "1.0.0");
}
packed::Content ship_1_1() {
  return ship(packed::ship_1_1(), "1.1.0");
}

Market::Market() {
  fs::create_directories(folder());
}

void Market::offer(const packed::Content& content, const packed::KeyPair* by) const {
  const fs::path file = packed::signed_bundle(home, content, by ? *by : publisher);
  for (const char* const ending : {"", ".minisig"})
    fs::copy_file(file.string() + ending, folder() / (file.filename().string() + ending),
                  fs::copy_options::overwrite_existing);
}

void Market::sign_keys(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {
      "keys",
      "--folder",
      folder().string(),
      "--root-key",
      root.secret_key.string(),
      "--marketplace",
      market.public_key.string(),
      "--publisher",
      "Larkfield Fabrication (fictional)=" + publisher.public_key.string() + "=ship,coaster"};
  words.insert(words.end(), more.begin(), more.end());
  must(run_index(words));
}

void Market::sign_index(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"entries", "--folder", folder().string(), "--marketplace-key",
                                    market.secret_key.string()};
  words.insert(words.end(), more.begin(), more.end());
  must(run_index(words));
}

void Market::forge_index(const std::function<void(json&)>& change) const {
  const fs::path file = folder() / "index.json";
  json index = json::parse(process::text_of(file));
  index["serial"] = index["serial"].get<int>() + 1;
  change(index);
  process::write_text(file, index.dump());
  packed::sign(file, market, "index.json serial=" + index["serial"].dump());
}

process::Result Market::run(const std::vector<std::string>& words) const {
  std::vector<std::string> all = {"marketplace"};
  all.insert(all.end(), words.begin(), words.end());
  return home.run(all);
}

void Market::add() const {
  must(run({"add", folder().string(), "--root-key", root.public_key.string()}));
}

process::Result Market::install(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"install", "ship"};
  words.insert(words.end(), more.begin(), more.end());
  return run(words);
}

json Market::installed() const {
  return home.json({"plugins", "list", "--json"});
}

void Market::refuses(const process::Result& result, const std::string& why) const {
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, why), result.err);
  CHECK(installed().empty());
  CHECK(!fs::exists(home.path() / "plugins" / "ship"));
  CHECK(fs::is_empty(home.path() / "plugins" / ".staging"));
}

Sailing::Sailing() {
  offer(ship_1_0());
  sign_keys();
  sign_index();
  add();
  must(install());
  must(home.run({"plugins", "enable", "ship"}));
}

process::Result run_index(const std::vector<std::string>& words) {
  return process::run(PACKAGING_INDEX, words);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace market
