#pragma once

#include "acceptance/world.hpp"
#include "embedded.hpp"
#include "tls_peer/certificate.hpp"

#include <map>
#include <set>
#include <string>

namespace fault_matrix {

// One QuickBooks, and one host with one home that is connected to it: they outlive many runs.
class Scene {
 public:
  explicit Scene(const std::string& pace = "documented");

  acceptance::World world;      // QuickBooks; the program erp-host is not used
  tls_peer::Identity authority; // the plugin believes it, as it does QuickBooks' own
  acceptance::Client browser;
  Embedded host;

  void move_s(std::int64_t by);    // both clocks
  void tell_quickbooks_the_time(); // what the host's clock has been moved meanwhile
  void heal();                     // no fault is left
  // What QuickBooks holds of an entity whose number or name begins so.
  std::vector<Json> held(const std::string& entity, const std::string& beginning) const;
  std::int64_t last_request() const;
  // What arrived since, company calls only, whose path behind the company begins so.
  std::vector<Json> requests_since(std::int64_t last, const std::string& path = "") const;
  std::int64_t token_calls() const; // refreshes, refused ones too
  std::int64_t revocations() const;
  int next_run() { return ++runs_; }

 private:
  Place place(const std::string& pace) const;
  std::string realm_path_;
  std::int64_t told_us_ = 0;
  mutable std::int64_t last_seen_ = 0; // of the requests
  int runs_ = 0;
};

} // namespace fault_matrix
