#include "gateway/companies.hpp"

#include "state/durable_file.hpp"

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

namespace emulator::gateway {

namespace {

using nlohmann::json;

// Realm ids have 16 digits, newer ones 19: too many for a double.
std::string realm_number(std::size_t index) {
  const auto text = std::to_string(index + 1);
  const std::string front = index % 2 == 0 ? "9341453000000000" : "4620816365000000000";
  return front.substr(0, front.size() - text.size()) + text;
}

const std::pair<Region, const char*> region_names[] = {
    {Region::us, "US"}, {Region::ca, "CA"}, {Region::uk, "UK"}, {Region::au, "AU"}};

} // namespace

std::string region_text(Region region) {
  for (const auto& [value, text] : region_names)
    if (value == region) return text;
  return "US";
}

std::optional<Region> region_of(const std::string& text) {
  for (const auto& [value, name] : region_names)
    if (text == name) return value;
  return std::nullopt;
}

struct Companies::Company {
  CompanyListing listing;
  Books books;
  Replays replays;
  std::mutex door;

  Company(CompanyListing what, const Disputed& disputed)
      : Company(what,
                Books::seeded(what.region, what.realm, what.name, SeedOptions{what.multicurrency}),
                disputed) {}
  Company(CompanyListing what, Books kept, const Disputed& disputed)
      : listing(std::move(what)), books(std::move(kept)) {
    books.assume(disputed);
  }
};

Companies::Companies(std::filesystem::path folder, Region region, const Disputed& disputed)
    : folder_(std::move(folder)), disputed_(disputed) {
  memory_.of_faults = disputed.is("request_id_of_fault", "remembered");
  if (const auto text = state::file_text(folder_ / "books.json")) {
    load(*text);
  } else {
    for (const auto& [name, many] : {std::pair{"Larkfield Fabrication (fictional)", false},
                                     std::pair{"Saltmarsh Instruments (fictional)", true}}) {
      const auto realm = realm_number(by_realm_.size());
      by_realm_[realm] =
          std::make_unique<Company>(CompanyListing{realm, name, region, many}, disputed_);
    }
  }
  save_locked();
}

Companies::~Companies() = default;

void Companies::load(const std::string& text) {
  const json stored = json::parse(text);
  generation_ = stored.at("generation");
  memory_.retention = std::chrono::seconds(stored.at("retention_s").get<std::int64_t>());
  for (const auto& it : stored.at("companies")) {
    CompanyListing listing{it.at("realm"), it.at("name"),
                           region_of(it.at("region")).value_or(Region::us), it.at("multicurrency")};
    auto company = std::make_unique<Company>(listing, Books::load(it.at("books")), disputed_);
    company->replays.load(it.at("replays"));
    by_realm_[listing.realm] = std::move(company);
  }
  const auto journal = folder_ / ("calls." + std::to_string(generation_) + ".journal");
  state::Journal::replay(journal, [this](const state::Deed& deed) {
    Company& company = held(deed.realm);
    carry_out(company.books, company.replays, deed, memory_);
  });
}

void Companies::save_locked() {
  json companies = json::array();
  for (const auto& [realm, company] : by_realm_)
    companies.push_back({{"realm", realm},
                         {"name", company->listing.name},
                         {"region", region_text(company->listing.region)},
                         {"multicurrency", company->listing.multicurrency},
                         {"books", company->books.save()},
                         {"replays", company->replays.saved()}});
  const json all{{"generation", generation_ + 1},
                 {"retention_s", memory_.retention.count()},
                 {"companies", companies}};
  // The snapshot names the journal that goes on from it: a crash between the two steps leaves
  // either the old pair or the new one.
  const auto next = folder_ / ("calls." + std::to_string(generation_ + 1) + ".journal");
  auto journal = std::make_unique<state::Journal>(next);
  state::replace_file(folder_ / "books.json",
                      all.dump(-1, ' ', false, json::error_handler_t::replace));
  journal_ = std::move(journal);
  std::filesystem::remove(folder_ / ("calls." + std::to_string(generation_) + ".journal"));
  ++generation_;
}

Companies::Company& Companies::held(const std::string& realm) const {
  const auto found = by_realm_.find(realm);
  if (found == by_realm_.end()) throw std::runtime_error("no company " + realm);
  return *found->second;
}

std::vector<CompanyListing> Companies::list() const {
  const std::shared_lock world(world_);
  std::vector<CompanyListing> out;
  for (const auto& [realm, company] : by_realm_)
    out.push_back(company->listing);
  return out;
}

bool Companies::holds(const std::string& realm) const {
  const std::shared_lock world(world_);
  return by_realm_.contains(realm);
}

CompanyListing Companies::add(const std::string& name, Region region, bool multicurrency) {
  const std::unique_lock world(world_);
  const CompanyListing listing{realm_number(by_realm_.size()), name, region, multicurrency};
  by_realm_[listing.realm] = std::make_unique<Company>(listing, disputed_);
  save_locked();
  return listing;
}

Outcome Companies::perform(state::Deed deed, const state::Clock& clock) {
  const std::shared_lock world(world_);
  Company& company = held(deed.realm);
  const std::scoped_lock door(company.door);
  deed.at = clock.now(); // inside the door: a company's deeds have rising instants
  auto outcome = carry_out(company.books, company.replays, deed, memory_);
  if (!may_write(deed.call) || outcome.replayed) return outcome;
  try {
    journal_->append(deed);
  } catch (const std::system_error& error) {
    // The books in memory are ahead of the disk now; going on would acknowledge what a restart
    // forgets.
    std::fprintf(stderr, "qbo-emulator: cannot record a call, stopping: %s\n", error.what());
    std::_Exit(1);
  }
  return outcome;
}

std::optional<nlohmann::ordered_json> Companies::objects(const std::string& realm,
                                                         const std::string& entity, Instant now) {
  constexpr std::size_t page = 1000;
  const std::shared_lock world(world_);
  Company& company = held(realm);
  const std::scoped_lock door(company.door);
  auto out = nlohmann::ordered_json::array();
  std::string where = " where Active in (true, false)";
  for (std::size_t start = 1;; start += page) {
    Call call{"GET", "query", {}, {}, {}};
    const auto tail = " startposition " + std::to_string(start) + " maxresults 1000";
    call.query.emplace("query", "select * from " + entity + where + tail);
    Answer answer = company.books.handle(call, now);
    if (answer.status != 200 && !where.empty()) { // a transaction has no Active
      where.clear();
      call.query = {{"query", "select * from " + entity + tail}};
      answer = company.books.handle(call, now);
    }
    if (answer.status != 200) return std::nullopt;
    const auto body = nlohmann::ordered_json::parse(answer.body);
    std::size_t got = 0;
    for (const auto& [name, value] : body.at("QueryResponse").items())
      if (value.is_array())
        for (const auto& object : value) {
          out.push_back(object);
          ++got;
        }
    if (got < page) return out;
  }
}

void Companies::forget_request_ids() {
  const std::unique_lock world(world_);
  for (const auto& [realm, company] : by_realm_)
    company->replays.forget();
  save_locked();
}

void Companies::keep_request_ids_for(std::chrono::seconds retention) {
  const std::unique_lock world(world_);
  memory_.retention = retention;
  save_locked();
}

std::chrono::seconds Companies::retention() const {
  const std::shared_lock world(world_);
  return memory_.retention;
}

void Companies::reset() {
  const std::unique_lock world(world_);
  for (auto& [realm, company] : by_realm_)
    company = std::make_unique<Company>(company->listing, disputed_);
  save_locked();
}

void Companies::save() {
  const std::unique_lock world(world_);
  save_locked();
}

} // namespace emulator::gateway
