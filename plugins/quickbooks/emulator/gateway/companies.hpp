#pragma once
#include "books/books.hpp"
#include "gateway/carry_out.hpp"
#include "state/clock.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

namespace emulator::gateway {

struct CompanyListing {
  std::string realm, name;
  Region region = Region::us;
  bool multicurrency = false;
};

std::string region_text(Region region); // "US", "CA", "UK", "AU"
std::optional<Region> region_of(const std::string& text);

// Every company and its books, kept in FOLDER as one snapshot and the journal of deeds since.
// Any thread; one call at a time gets into a company.
class Companies {
 public:
  // Loads, or seeds two companies at the first start. Throws when the folder cannot be read.
  Companies(std::filesystem::path folder, Region region, const Disputed& disputed = {});
  ~Companies();

  std::vector<CompanyListing> list() const;
  bool holds(const std::string& realm) const;
  CompanyListing add(const std::string& name, Region region, bool multicurrency);

  // Does it, and has it in the journal before it returns. The realm must be held.
  Outcome perform(state::Deed deed, const state::Clock& clock);
  // All live objects of an entity as QuickBooks would show them, inactive ones too, in Id order.
  // Nothing when there is no such entity.
  std::optional<nlohmann::ordered_json> objects(const std::string& realm, const std::string& entity,
                                                Instant now);

  void forget_request_ids();
  void keep_request_ids_for(std::chrono::seconds retention);
  std::chrono::seconds retention() const;
  // Seeds every company anew.
  void reset();
  void save();

 private:
  struct Company;
  void load(const std::string& text);
  void save_locked();
  Company& held(const std::string& realm) const;

  std::filesystem::path folder_;
  mutable std::shared_mutex world_; // shared by deeds; alone for what touches all companies
  std::map<std::string, std::unique_ptr<Company>> by_realm_;
  std::unique_ptr<state::Journal> journal_;
  std::int64_t generation_ = 0;
  const Disputed disputed_;
  Memory memory_;
};

} // namespace emulator::gateway
