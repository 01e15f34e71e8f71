#pragma once

#include "packaging/packed.hpp"

#include <nlohmann/json.hpp>

// A marketplace in a folder, made with packaging/index as an operator would, and a home.
namespace market {

std::filesystem::path rogue(const std::string& way); // "CRASHES_IN_CREATE": see rogue.c

// A bundle of ship as packaging/bundle would describe it.
packed::Content ship(const std::filesystem::path& library, const std::string& version);
packed::Content ship_1_0();
packed::Content ship_1_1();

class Market {
 public:
  Market();
  host_test::Home home;
  packed::KeyPair root{home, "root"}, market{home, "market"}, publisher{home, "publisher"};
  std::filesystem::path folder() const { return home.scratch("market"); }

  // Signed by `by`, else by the publisher.
  void offer(const packed::Content& content, const packed::KeyPair* by = nullptr) const;
  // Both raise the serial. Throw if packaging/index refuses.
  void sign_keys(const std::vector<std::string>& more = {}) const;
  void sign_index(const std::vector<std::string>& more = {}) const;
  // As somebody with the key of the marketplace could, past packaging/index: writes and signs it.
  void forge_index(const std::function<void(nlohmann::json&)>& change) const;

  process::Result run(const std::vector<std::string>& words) const; // erp-host marketplace ...
  void add() const;                                                 // of the folder
  process::Result install(const std::vector<std::string>& more = {"--accept-permissions"}) const;
  nlohmann::json installed() const; // plugins list --json
  // It ends with 1, says so, and nothing of ship is there.
  void refuses(const process::Result& result, const std::string& why) const;
};

// Ship 1.0.0 was bought there and is enabled.
class Sailing : public Market {
 public:
  Sailing();
  nlohmann::json plugin() const { return installed()[0]; }
};

process::Result run_index(const std::vector<std::string>& words);
bool has(const std::string& text, const std::string& part);

} // namespace market
